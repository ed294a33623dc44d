"""Overlap, distance, metric, sequence and reinforcement losses: by a second way, small enough to be tried in full."""

from itertools import pairwise, permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lossviz.losses import (
    angular,
    chamfer,
    contrastive,
    ctc,
    dice,
    discriminator,
    earth_movers,
    earth_movers_1d,
    focal_tversky,
    generator,
    generator_minimax,
    l1,
    l2,
    log_softmax,
    margin_ranking,
    policy_gradient,
    q_learning,
    softmax,
    triplet,
    tversky,
)

coordinates = st.integers(-40, 40).map(lambda number: number / 8)
clouds = st.integers(1, 5).flatmap(lambda n: arrays(float, (n, 2), elements=coordinates))
lists = st.integers(1, 7).flatmap(lambda n: arrays(float, n, elements=coordinates))
masks = arrays(int, (3, 4), elements=st.integers(0, 1))
soft_masks = arrays(float, (3, 4), elements=st.floats(0, 1))
weights = st.floats(0, 2)

# ---------------------------------------------------------------------- overlap


@given(masks, masks, weights, weights)
def test_overlap_of_hard_masks_is_counting(a, b, alpha, beta):
    both, only_a, only_b = np.sum(a & b), np.sum(a & ~b & 1), np.sum(b & ~a & 1)
    if both + only_a + only_b:
        assert dice(a.astype(float), b) == pytest.approx(1 - 2 * both / (2 * both + only_a + only_b))
    else:
        assert dice(a.astype(float), b) == 0
    size = both + alpha * only_a + beta * only_b
    if size > 1e-6:
        assert tversky(a.astype(float), b, alpha=alpha, beta=beta) == pytest.approx(1 - both / size, abs=1e-12)


@given(soft_masks, masks, st.floats(0, 1))
def test_dice_and_jaccard_are_tverskys(p, t, smooth):
    if p.sum() + t.sum() < 1e-6:
        return
    for use in "__call__", "gradient":
        one = getattr(dice, use)(p, t, smooth=2 * smooth)
        assert one == pytest.approx(getattr(tversky, use)(p, t, smooth=smooth), rel=1e-9, abs=1e-9)
        assert getattr(focal_tversky, use)(p, t) == pytest.approx(getattr(tversky, use)(p, t), rel=1e-9, abs=1e-9)
    jaccard = 1 - (p * t).sum() / (p.sum() + t.sum() - (p * t).sum())
    assert tversky(p, t, alpha=1, beta=1) == pytest.approx(jaccard, abs=1e-12)
    assert focal_tversky(p, t, gamma=0.75) == pytest.approx(tversky(p, t) ** 0.75)


@given(masks, masks)
def test_alpha_weighs_false_positives(a, b):
    p = a.astype(float)
    assert tversky(p, b, alpha=0.3, beta=0.7) == pytest.approx(tversky(b.astype(float), a, alpha=0.7, beta=0.3))
    too_much, too_little = np.ones((3, 4)), np.zeros((3, 4))
    too_little[0, 0] = 1
    target = np.zeros((3, 4))
    target[0, :2] = 1
    assert tversky(too_much, target, alpha=0.9, beta=0.1) > tversky(too_much, target, alpha=0.1, beta=0.9)
    assert tversky(too_little, target, alpha=0.9, beta=0.1) < tversky(too_little, target, alpha=0.1, beta=0.9)


def test_several_pictures_are_examples_and_a_flat_one_is_one():
    p, t = np.random.default_rng(0).uniform(size=(5, 3, 4)), np.random.default_rng(1).integers(0, 2, (5, 3, 4))
    for each in dice, tversky, focal_tversky:
        assert each.per_example(p, t) == pytest.approx([each(one, other) for one, other in zip(p, t, strict=True)])
        assert each(p[0].ravel(), t[0].ravel()) == pytest.approx(each(p[0], t[0]))


# ---------------------------------------------------------------------- distance


@given(clouds, clouds)
def test_chamfer_by_loops(a, b):
    def nearest(point, cloud):
        return min((point[0] - x) ** 2 + (point[1] - y) ** 2 for x, y in cloud)

    expected = sum(nearest(p, b) for p in a) / len(a) + sum(nearest(p, a) for p in b) / len(b)
    assert chamfer(a, b) == pytest.approx(expected, abs=1e-12)
    assert chamfer(b, a) == pytest.approx(expected, abs=1e-12)
    assert chamfer(a, a) == 0


@given(clouds, st.randoms(use_true_random=False))
def test_the_earth_mover_s_assignment_is_the_best_of_all(a, random):
    b = np.array([[random.uniform(-5, 5), random.uniform(-5, 5)] for _ in a])
    distance = np.linalg.norm(a[:, None] - b[None], axis=-1)
    ways = (sum(distance[i, j] for i, j in enumerate(order)) for order in permutations(range(len(a))))
    assert earth_movers(a, b) == pytest.approx(min(ways) / len(a))
    assert earth_movers(b, a) == pytest.approx(earth_movers(a, b))
    assert earth_movers(a, a[::-1]) == 0


@given(arrays(float, (3, 4, 2), elements=coordinates))
def test_the_earth_mover_keeps_the_triangle_inequality(clouds_of_four):
    a, b, c = clouds_of_four
    assert earth_movers(a, c) <= earth_movers(a, b) + earth_movers(b, c) + 1e-12
    x, y, z = clouds_of_four[..., 0]
    assert earth_movers_1d(x, z) <= earth_movers_1d(x, y) + earth_movers_1d(y, z) + 1e-12


@given(lists, lists)
def test_on_a_line_it_is_the_area_between_the_distribution_functions(a, b):
    places = np.unique(np.concatenate([a, b]))
    below = [np.mean(a <= x) - np.mean(b <= x) for x in places[:-1]]
    assert earth_movers_1d(a, b) == pytest.approx(np.abs(below) @ np.diff(places), abs=1e-12)
    assert earth_movers_1d(b, a) == pytest.approx(earth_movers_1d(a, b), abs=1e-12)
    assert earth_movers_1d(np.tile(a, 3), b) == pytest.approx(earth_movers_1d(a, b), abs=1e-12)


@given(arrays(float, (2, 5), elements=coordinates))
def test_on_a_line_both_earth_movers_agree(pair):
    a, b = pair
    assert earth_movers_1d(a, b) == pytest.approx(np.abs(np.sort(a) - np.sort(b)).mean(), abs=1e-12)
    assert earth_movers(a[:, None], b[:, None]) == pytest.approx(earth_movers_1d(a, b), abs=1e-12)


# ---------------------------------------------------------------------- metric

points = arrays(float, (3, 2), elements=coordinates)


@given(points, st.floats(0, 2 * np.pi), st.floats(0.5, 3))
def test_turning_and_moving_all_points_changes_nothing(three, turn, scale):
    turned = three @ [[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]] + [3, -1]
    assert triplet(*turned) == pytest.approx(triplet(*three), abs=1e-9)
    assert angular(*turned) == pytest.approx(angular(*three), abs=1e-9)
    assert angular(*(scale * three)) == pytest.approx(scale**2 * angular(*three), abs=1e-9)
    assert triplet(*(scale * three), margin=scale) == pytest.approx(scale * triplet(*three), abs=1e-9)


def test_the_angular_loss_is_0_up_to_its_angle():
    anchor, positive = [1.0, 0.0], [-1.0, 0.0]
    for degrees in 20, 45, 60:
        far_enough = 1 / np.tan(np.radians(degrees))  # seen from there, half the pair fills just this angle
        assert angular(anchor, positive, [0.0, far_enough * 1.001], degrees=degrees) == 0
        assert angular(anchor, positive, [0.0, far_enough * 0.999], degrees=degrees) > 0
    # at the middle between them nothing is subtracted: |a − p|²
    assert angular(anchor, positive, [0.0, 0.0]) == 4


def test_metric_losses_by_hand():
    assert contrastive([0.5, 3.0], [1, 1]) == (0.25 + 9) / 2
    assert contrastive([0.5, 3.0], [0, 0], margin=2) == 2.25 / 2
    assert triplet([0.0], [1.0], [3.0], margin=1) == 0
    assert triplet([[0.0], [0.0]], [[1.0], [2.0]], [[3.0], [2.0]], margin=1) == 0.5
    pull, positive, negative = triplet.gradient([0.0, 0.0], [0.0, 2.0], [1.0, 0.0])
    assert (pull == [1, -1]).all()
    assert (positive == [0, 1]).all()
    assert (negative == [-1, 0]).all()
    assert not np.any(triplet.gradient([0.0, 0.0], [0.0, 0.0], [0.0, 0.0])), "no direction, no pull"
    assert margin_ranking([1.0], [3.0], [-1]) == 0
    assert margin_ranking([1.0], [3.0], [1], margin=0.5) == 2.5


# ---------------------------------------------------------------------- sequence


def collapse(path, blank):
    """What a path says: a symbol said again goes on, then blanks are dropped."""
    kept = [symbol for place, symbol in enumerate(path) if place == 0 or symbol != path[place - 1]]
    return [symbol for symbol in kept if symbol != blank]


def by_all_paths(log_p, labels, blank):
    steps, symbols = log_p.shape
    return -np.log(
        sum(
            np.exp(sum(log_p[t, symbol] for t, symbol in enumerate(path)))
            for path in product(range(symbols), repeat=steps)
            if collapse(path, blank) == list(labels)
        )
        or 0.0
    )


EVERY_SMALL_CASE = [
    (steps, symbols, blank, labels)
    for symbols in (2, 3)
    for steps in (1, 2, 3, 4, 5)
    for blank in range(symbols)
    for n in (1, 2, 3)
    for labels in product(sorted(set(range(symbols)) - {blank}), repeat=n)
]


@pytest.mark.parametrize("symbols", [2, 3])
def test_ctc_is_the_sum_over_all_paths(symbols):
    for steps, of, blank, labels in EVERY_SMALL_CASE:
        if of != symbols:
            continue
        log_p = log_softmax(np.random.default_rng([steps, blank, len(labels)]).normal(0, 2, (steps, symbols)))
        with np.errstate(divide="ignore"):
            expected = by_all_paths(log_p, labels, blank)
        assert ctc(log_p, labels, blank=blank) == pytest.approx(expected, rel=1e-12), (steps, blank, labels)


@settings(max_examples=30)
@given(st.integers(0, 10_000), st.integers(1, 12), st.lists(st.integers(1, 3), min_size=1, max_size=5))
def test_ctc_gradients_are_minus_probabilities(seed, steps, labels):
    log_p = log_softmax(np.random.default_rng(seed).normal(0, 3, (steps, 4)))
    value, gradient = ctc.value_and_gradient(log_p, labels)
    needed = len(labels) + sum(one == other for one, other in pairwise(labels))
    assert np.isinf(value) == (steps < needed), "n labels take n steps, and one more between two that are equal"
    if np.isfinite(value):
        assert -gradient.sum(axis=1) == pytest.approx(1), "some symbol is said at each step"
        assert (gradient <= 0).all()
    else:
        assert not gradient.any()


def test_ctc_of_probabilities_0():
    log_p = np.array([[-np.inf, 0.0], [-np.inf, 0.0]])  # nothing but the symbol can be said
    value, gradient = ctc.value_and_gradient(log_p, [1])
    assert value == 0
    assert gradient == pytest.approx(np.array([[0, -1], [0, -1]]))
    assert ctc(log_p[:, ::-1], [1]) == np.inf
    assert ctc([[0.0, -np.inf], [-np.inf, 0.0]], [1]) == 0


def test_ctc_of_a_long_sequence_stays_in_range():
    log_p = log_softmax(np.random.default_rng(0).normal(0, 30, (500, 30)))
    value, gradient = ctc.value_and_gradient(log_p, np.arange(40) % 7 + 1)
    assert value > 1000, "a probability of less than 1e-434, below the least float"
    assert -gradient.sum(axis=1) == pytest.approx(1)


# ---------------------------------------------------------------------- adversarial, reinforcement, penalty


def test_the_two_generators_want_the_same_and_the_discriminator_the_opposite():
    score = np.linspace(-6, 6, 13)
    assert (generator.gradient(score) < 0).all()
    assert (generator_minimax.gradient(score) < 0).all()
    assert generator.gradient([0.0]) == generator_minimax.gradient([0.0]) == -0.5
    assert discriminator.gradient(score, score)[1].min() > 0
    assert generator.gradient([-9.0])[0] < -0.99
    assert generator_minimax.gradient([-9.0])[0] > -0.001
    assert discriminator(score, score) == pytest.approx(generator(score) - generator_minimax(score))


@given(st.integers(0, 10_000))
def test_the_policy_gradient_is_that_of_the_expected_reward(seed):
    """On a bandit with all actions tried as often as the policy says, the estimate is exact."""
    rng = np.random.default_rng(seed)
    score, reward = rng.normal(size=4), rng.normal(size=4)
    policy = softmax(score)
    per_action = policy_gradient.gradient(log_softmax(score), reward) * 4  # slope of each action's own term
    jacobian = np.eye(4) - policy  # of the log-probabilities in the scores
    estimate = (policy * per_action) @ jacobian
    assert estimate == pytest.approx(-policy * (reward - policy @ reward), abs=1e-12)


def test_q_learning_on_a_small_corridor_finds_its_values():
    """Three states in a row, the reward behind the last; the values are 0.81, 0.9, 1 for going right."""
    q = np.zeros((3, 2))
    state, action = np.array([0, 1, 2, 0, 1, 2]), np.array([1, 1, 1, 0, 0, 0])
    following, reward, done = np.array([1, 2, 2, 0, 0, 1]), np.array([0.0, 0, 1, 0, 0, 0]), np.array([0, 0, 1, 0, 0, 0])
    for _ in range(200):
        pull = q_learning.gradient(q[state], action, reward, q[following], done, discount=0.9)
        np.add.at(q, state, -6 * 0.5 * pull)
    assert q == pytest.approx(np.array([[0.729, 0.81], [0.729, 0.9], [0.81, 1.0]]), abs=1e-6)


def test_penalties():
    assert l1([[1.0, -2.0]]) == 3
    assert l2([[1.0, -2.0]]) == 5
    assert (l1.gradient([[1.0, -2.0, 0.0]]) == [[1, -1, 0]]).all()
    assert (l2.gradient([[1.0, -2.0]]) == [[2, -4]]).all()
