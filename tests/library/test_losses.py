"""The rules of every loss and every likelihood of all families; a new one needs a line in CASES."""

import copy
import inspect
import itertools
import pickle
import re
import threading
import time
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lossviz import arguments, blocks, likelihood, loss, losses
from lossviz.loss import Loss

ALL = {
    name: each for part in (losses, likelihood) for name, each in vars(part).items() if isinstance(each, Loss)
}  # likelihood has no list of its names: the module also holds what it imports, the same objects

# ---------------------------------------------------------------------- a batch for each loss
# Each line draws the arguments of one batch: away from kinks where there are any, and legal.


def numbers(rng, *shape, size=3.0):
    return rng.normal(0, size, shape or 6)


def probabilities(rng, *shape):
    return rng.uniform(0.02, 0.98, shape or 6)


def distributions(rng, rows=4, classes=3):
    weights = rng.uniform(0.1, 1, (rows, classes))
    return weights / weights.sum(axis=1, keepdims=True)


def bits(rng, *shape):
    return rng.integers(0, 2, shape or 6)


def signs(rng):
    return 2 * bits(rng) - 1


def labels(rng, rows=4, classes=3):
    return rng.integers(0, classes, rows)


def triplets(rng):
    return tuple(rng.normal(0, 1, (4, 2)) for _ in range(3))


CASES = {
    **dict.fromkeys(
        ["sse", "mse", "rmse", "mae", "huber", "smooth_l1", "log_cosh", "quantile"],
        lambda rng: (numbers(rng), numbers(rng)),
    ),
    "binary_cross_entropy": lambda rng: (probabilities(rng), bits(rng)),
    "sigmoid_cross_entropy": lambda rng: (numbers(rng), rng.uniform(0, 1, 6)),
    "focal": lambda rng: (numbers(rng), bits(rng), 1.5, 0.25),
    "categorical_cross_entropy": lambda rng: (distributions(rng), np.eye(3)[labels(rng)]),
    "sparse_categorical_cross_entropy": lambda rng: (distributions(rng), labels(rng)),
    "softmax_cross_entropy": lambda rng: (numbers(rng, 4, 3), labels(rng)),
    "hinge": lambda rng: (numbers(rng), signs(rng)),
    "squared_hinge": lambda rng: (numbers(rng), signs(rng)),
    "multiclass_hinge": lambda rng: (numbers(rng, 4, 3), labels(rng), 0.7),
    "dice": lambda rng: (probabilities(rng, 2, 3, 4), bits(rng, 2, 3, 4), 0.5),
    "tversky": lambda rng: (probabilities(rng, 2, 3, 4), bits(rng, 2, 3, 4), 0.3, 0.8, 0.2),
    "focal_tversky": lambda rng: (probabilities(rng, 2, 3, 4), bits(rng, 2, 3, 4), 0.3, 0.8, 0.75),
    "chamfer": lambda rng: (numbers(rng, 5, 2), numbers(rng, 3, 2)),
    "earth_movers_1d": lambda rng: (numbers(rng, 4), numbers(rng, 6)),
    "earth_movers": lambda rng: (numbers(rng, 4, 3), numbers(rng, 4, 3)),
    "contrastive": lambda rng: (rng.uniform(0.1, 3, 6), bits(rng), 2.0),
    "triplet": triplets,
    "angular": triplets,
    "margin_ranking": lambda rng: (numbers(rng), numbers(rng), signs(rng), 0.5),
    "ctc": lambda rng: (np.log(distributions(rng, 7, 4)), [2, 2, 1]),
    "discriminator": lambda rng: (numbers(rng), numbers(rng)),
    "generator": lambda rng: (numbers(rng),),
    "generator_minimax": lambda rng: (numbers(rng),),
    "policy_gradient": lambda rng: (-rng.uniform(0.1, 4, 6), numbers(rng)),
    "q_learning": lambda rng: (
        numbers(rng, 4, 3),
        labels(rng),
        numbers(rng, 4),
        numbers(rng, 4, 3),
        bits(rng, 4),
        0.9,
    ),
    "l1": lambda rng: (numbers(rng),),
    "l2": lambda rng: (numbers(rng),),
    "gaussian_nll": lambda rng: (numbers(rng), numbers(rng), rng.uniform(0.5, 2, 6)),
    "laplace_nll": lambda rng: (numbers(rng), numbers(rng), 0.7),
    "student_t_nll": lambda rng: (numbers(rng), numbers(rng), rng.uniform(0.5, 2, 6), 2.5),
    "bernoulli_nll": lambda rng: (probabilities(rng), bits(rng)),
    "categorical_nll": lambda rng: (distributions(rng), labels(rng)),
    "poisson_nll": lambda rng: (rng.uniform(0.2, 5, 6), rng.integers(0, 9, 6)),
}
NOT_CONVEX = {"focal", "dice", "tversky", "focal_tversky", "chamfer", "earth_movers_1d", "earth_movers"}
NOT_CONVEX |= {"contrastive", "triplet", "angular", "generator_minimax", "student_t_nll", "ctc"}
MAY_BE_NEGATIVE = {"generator_minimax", "policy_gradient", "gaussian_nll", "laplace_nll", "student_t_nll"}

each_loss = pytest.mark.parametrize("each", ALL.values(), ids=list(ALL))
seeds = st.integers(0, 2**32 - 1).map(np.random.default_rng)


def as_tuple(gradient):
    return gradient if isinstance(gradient, tuple) else (gradient,)


def replaced(arguments, position, new):
    return (*arguments[:position], new, *arguments[position + 1 :])


def refusals_of(each):
    """How the messages of a loss begin: with a sentence of its docstring."""
    return (
        *(f"{each.name}: {argument} must be {check.allowed}, got " for argument, check in each.checks.items()),
        *(f"{each.name}: {condition.sentence}, " for condition in each.conditions),
    )


def test_every_loss_has_a_case():
    assert set(CASES) == set(ALL), "a line in CASES says what a legal batch of it is"


# ---------------------------------------------------------------------- value and gradient


@each_loss
@settings(max_examples=20)
@given(seeds)
def test_the_gradient_is_the_slope_of_the_value(each, rng):
    arguments = CASES[each.name](rng)
    for position, gradient in enumerate(as_tuple(each.gradient(*arguments))):
        at = np.array(arguments[position], float)
        for index in np.ndindex(at.shape):
            around = []
            for step in -2e-6, -1e-6, 1e-6, 2e-6:
                moved = at.copy()
                moved[index] += step
                around.append(each(*replaced(arguments, position, moved)))
            left, right = (around[1] - around[0]) / 1e-6, (around[3] - around[2]) / 1e-6
            if abs(left - right) < 1e-3:  # no kink between
                measured = (around[2] - around[1]) / 2e-6
                assert measured == pytest.approx(gradient[index], rel=1e-4, abs=1e-5)


@pytest.mark.parametrize(
    "each", [each for name, each in ALL.items() if name not in NOT_CONVEX], ids=lambda each: each.name
)
@settings(max_examples=40)
@given(seeds, st.floats(0, 1))
def test_convex_in_the_first_argument(each, rng, t):
    one, other = CASES[each.name](rng), CASES[each.name](rng)
    between = t * np.asarray(one[0]) + (1 - t) * np.asarray(other[0])
    at_most = t * each(*one) + (1 - t) * each(other[0], *one[1:])
    assert each(between, *one[1:]) <= at_most + 1e-9 * (1 + abs(at_most))


@each_loss
@given(seeds)
def test_never_negative_unless_its_docstring_says_so(each, rng):
    arguments = CASES[each.name](rng)
    if each.name not in MAY_BE_NEGATIVE:
        assert each(*arguments) >= 0


@each_loss
def test_the_batch_s_value_is_made_of_its_examples(each):
    arguments = CASES[each.name](np.random.default_rng(1))
    examples = each.per_example(*arguments)
    together = {"sse": np.sum, "l1": np.sum, "l2": np.sum, "rmse": lambda squares: np.sqrt(np.mean(squares))}
    assert each(*arguments) == pytest.approx(together.get(each.name, np.mean)(examples), rel=1e-14)


@each_loss
def test_a_loss_is_copied_and_pickled_by_name(each):
    assert copy.deepcopy(each) is pickle.loads(pickle.dumps(each)) is each


@each_loss
def test_what_comes_out_is_float64_and_what_went_in_is_unchanged(each):
    arguments = CASES[each.name](np.random.default_rng(2))
    before = [np.array(argument) for argument in arguments]
    value, gradient = each.value_and_gradient(*arguments)
    assert type(value) is float
    for learned, argument in zip(as_tuple(gradient), before, strict=False):
        assert learned.dtype == np.float64
        assert learned.shape == argument.shape
        learned[...] = 100
    examples = each.per_example(*arguments)
    examples += 100
    for argument, old in zip(arguments, before, strict=True):
        assert (np.asarray(argument) == old).all()


@each_loss
def test_float32_and_nested_lists_are_taken(each):
    arguments = CASES[each.name](np.random.default_rng(3))
    lists = [np.asarray(argument).tolist() for argument in arguments]
    assert each(*lists) == each(*arguments)
    singles = [
        np.float32(argument) if np.asarray(argument).dtype == float and np.ndim(argument) else argument
        for argument in arguments
    ]
    assert each(*singles) == pytest.approx(each(*arguments), rel=1e-4)
    assert as_tuple(each.gradient(*singles))[0].dtype == np.float64


def test_soft_targets_lie_between_the_hard_ones():
    for each, prediction in (losses.binary_cross_entropy, [0.3]), (losses.sigmoid_cross_entropy, [-0.7]):
        assert each(prediction, [0.25]) == pytest.approx(0.75 * each(prediction, [0]) + 0.25 * each(prediction, [1]))


# ---------------------------------------------------------------------- large batches go through in blocks

ENTRY_BY_ENTRY = [
    name for name in CASES if isinstance(ALL[name], Loss) and ALL[name].shapes is loss.entries
]  # every entry is an example


@pytest.mark.parametrize("name", ENTRY_BY_ENTRY)
def test_a_large_batch_gives_what_its_parts_give(name, monkeypatch):
    each = ALL[name]
    rng = np.random.default_rng(4)
    batches = [CASES[name](rng) for _ in range(20)]
    joined = tuple(
        np.reshape([batch[position] for batch in batches], (4, 30)) if np.ndim(given) else given
        for position, given in enumerate(batches[0])
    )
    value, gradient = each.value_and_gradient(*joined)
    rule, sizes = each.rule, []

    def watched(**given):
        sizes.append(next(iter(given.values())).size)
        return rule(**given)

    monkeypatch.setattr(each, "rule", watched)
    monkeypatch.setattr(blocks, "BLOCK", 7)
    in_blocks, blocks_gradient = each.value_and_gradient(*joined)
    assert max(sizes) == 7
    assert in_blocks == pytest.approx(value, rel=1e-14)
    for one, other in zip(as_tuple(gradient), as_tuple(blocks_gradient), strict=True):
        assert other.shape == (4, 30)
        assert other == pytest.approx(one, rel=1e-14, abs=0)
    assert isinstance(blocks_gradient, tuple) == isinstance(gradient, tuple)


def test_a_large_batch_gives_the_same_digits_on_any_number_of_threads(monkeypatch):
    monkeypatch.setattr(blocks, "BLOCK", 100)
    batch = np.random.default_rng(6).normal(size=(2, 10_001))
    results = []
    for workers in 1, 2, 5:
        monkeypatch.setattr(blocks, "WORKERS", workers)
        results.append(losses.log_cosh.value_and_gradient(*batch))
    (value, gradient), *others = results
    for other, other_gradient in others:
        assert other == value
        assert (other_gradient == gradient).all()


def test_a_large_batch_goes_through_in_blocks_where_no_thread_can_start(monkeypatch):
    def refuse(thread):
        raise RuntimeError("can't start new thread")

    sizes, rule = [], losses.log_cosh.rule

    def watched(prediction, target):
        sizes.append(prediction.size)
        return rule(prediction, target)

    monkeypatch.setattr(blocks, "BLOCK", 100)
    monkeypatch.setattr(blocks, "WORKERS", 2)
    batch = np.random.default_rng(6).normal(size=(2, 1_001))
    value, gradient = losses.log_cosh.value_and_gradient(*batch)
    monkeypatch.setattr(losses.log_cosh, "rule", watched)
    monkeypatch.setattr(threading.Thread, "start", refuse)
    blocks._workers.cache_clear()
    try:
        for _ in range(2):
            alone, gradient_alone = losses.log_cosh.value_and_gradient(*batch)
            assert alone == value
            assert (gradient_alone == gradient).all()
        assert sizes == 2 * [1, *[100] * 10, 1]
    finally:
        blocks._workers.cache_clear()


@pytest.mark.parametrize("trouble", ["slow", "failing"])
def test_a_large_batch_is_whole_if_the_other_thread_fails_or_is_late(trouble, monkeypatch):
    begun = threading.Event()

    @loss.loss("", weights=arguments.real)
    def squares(weights):
        if threading.current_thread() is not threading.main_thread():
            begun.set()
            if trouble == "failing":
                raise ValueError
            time.sleep(0.05)
        elif weights.size == 10:  # a block
            assert begun.wait(5)
        return weights**2, 2 * weights

    monkeypatch.setattr(blocks, "BLOCK", 10)
    monkeypatch.setattr(blocks, "WORKERS", 2)
    weights = np.random.default_rng(7).normal(size=101)
    value, gradient = squares.value_and_gradient(weights)
    assert value == pytest.approx(np.mean(weights**2), rel=1e-14)
    assert gradient == pytest.approx(2 * weights / 101, rel=1e-14)
    begun.clear()
    assert squares(1e200 * weights) == np.inf  # without a warning from there, too


def test_what_is_wrong_in_a_large_batch_is_named_by_its_place_in_the_whole(monkeypatch):
    monkeypatch.setattr(blocks, "BLOCK", 3)
    spoilt = np.zeros((4, 5))
    spoilt[2, 3] = np.nan
    with pytest.raises(
        ValueError, match=r"^mse: prediction must be one or more finite numbers, got nan at index \(2, 3\)$"
    ):
        losses.mse(spoilt, np.zeros((4, 5)))
    with pytest.raises(
        ValueError, match=r"^mse: target must be one or more finite numbers, got nan at index \(2, 3\)$"
    ):
        losses.mse(np.zeros((4, 5)), spoilt)
    with pytest.raises(
        ValueError, match=r"^mse: target must have the shape of prediction, \(4, 5\), got shape \(20,\)$"
    ):
        losses.mse(np.zeros((4, 5)), np.zeros(20))
    with pytest.raises(ValueError, match="^huber: delta"):
        losses.huber(np.zeros((4, 5)), np.zeros((4, 5)), delta=-1)


# ---------------------------------------------------------------------- the ends of the range

FAR = np.array([1e4, -1e4, 1e4, -1e4, 0.0, 1.0])
ON = np.array([1, 1, 0, 0, 1, 0])
FAR_ROWS = np.array([[1e4, -1e4, 0.0], [-1e4, 1e4, 0.0], [1e4, 1e4, -1e4], [0.0, 0.0, 0.0]])
CERTAIN = np.array([1.0, 0.0, 1.0, 0.0])
TRUE = np.array([1, 0, 0, 1])
EXACT = [
    ("binary_cross_entropy", (CERTAIN, TRUE), [0, 0, np.inf, np.inf], [-1, 1, np.inf, -np.inf]),
    ("bernoulli_nll", (CERTAIN, TRUE), [0, 0, np.inf, np.inf], [-1, 1, np.inf, -np.inf]),
    ("binary_cross_entropy", ([0.0, 1.0], [0.5, 0.5]), [np.inf, np.inf], [-np.inf, np.inf]),
    ("sigmoid_cross_entropy", (FAR[:4], ON[:4]), [0, 1e4, 1e4, 0], [0, -1, 1, 0]),
    ("focal", (FAR[:4], ON[:4]), [0, 1e4, 1e4, 0], [0, -1, 1, 0]),
    ("softmax_cross_entropy", (FAR_ROWS, [0, 0, 2, 1]), [0, 2e4, 2e4 + np.log(2), np.log(3)], None),
    ("categorical_cross_entropy", ([[1.0, 0.0], [1.0, 0.0]], np.eye(2)), [0, np.inf], [[-1, 0], [0, -np.inf]]),
    ("sparse_categorical_cross_entropy", ([[1.0, 0.0], [1.0, 0.0]], [0, 1]), [0, np.inf], [[-1, 0], [0, -np.inf]]),
    ("categorical_nll", ([[1.0, 0.0], [1.0, 0.0]], [0, 1]), [0, np.inf], [[-1, 0], [0, -np.inf]]),
    ("hinge", (FAR[:4], 2 * ON[:4] - 1), [0, 10001, 10001, 0], [0, -1, 1, 0]),
    ("multiclass_hinge", (FAR_ROWS, [0, 0, 2, 1]), [0, 2e4 + 1 + 1e4 + 1, 2 * (2e4 + 1), 2], None),
    ("dice", ([[1.0, 0.0]], [[1, 0]]), 0, [[-0.5, 0.5]]),
    ("dice", ([[1.0, 0.0]], [[0, 1]]), 1, [[0, -1]]),
    ("dice", ([[0.0, 0.0]], [[0, 0]]), 0, [[0, 0]]),
    ("tversky", ([[0.0, 0.0]], [[0, 0]]), 0, [[0, 0]]),
    ("focal_tversky", ([[1.0, 0.0]], [[1, 0]], 0.5, 0.5, 0.5), 0, [[0, 0]]),
    ("contrastive", ([1e200, 0.0], [0, 1]), [0, 0], [0, 0]),
    ("generator", (FAR[:2],), [0, 1e4], [0, -1]),
    ("generator_minimax", (FAR[:2],), [-1e4, 0], [-1, 0]),
    ("discriminator", (FAR[:2], FAR[:2]), [1e4, 1e4], None),
    ("poisson_nll", ([0.0, 0.0], [0, 3]), [0, np.inf], [1, -np.inf]),
    ("student_t_nll", ([1e4], [0.0]), [2 * np.log1p(1e8 / 3) + np.log(np.sqrt(3) * np.pi / 2)], None),
]


@pytest.mark.parametrize(("name", "arguments", "values", "slopes"), EXACT)
def test_the_ends_of_the_range_are_the_exact_limits(name, arguments, values, slopes):
    each = ALL[name]
    values = np.array(values, float)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert each.per_example(*arguments) == pytest.approx(values, rel=1e-15)
        value, gradient = each.value_and_gradient(*arguments)
    assert value == pytest.approx(values.mean(), rel=1e-15)
    if slopes is not None:
        assert gradient * values.size == pytest.approx(np.array(slopes, float), rel=1e-15)


ANY_NUMBER_FIRST = [name for name, each in ALL.items() if next(iter(each.checks.values())) is arguments.real]


@pytest.mark.parametrize("name", ANY_NUMBER_FIRST)
@given(seeds)
def test_numbers_of_ten_thousand_make_no_nan_and_no_warning(name, rng):
    first, *others = CASES[name](rng)
    first = np.asarray(first) * rng.choice([1e4, 1e-4, 0], np.shape(first))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        value, gradient = ALL[name].value_and_gradient(first, *others)
    assert np.isfinite(value)
    assert all(np.isfinite(learned).all() for learned in as_tuple(gradient))


@pytest.mark.parametrize("name", ["sse", "mse", "rmse", "mae", "huber", "smooth_l1", "log_cosh", "quantile", "l2"])
def test_beyond_the_largest_float_lies_infinity(name):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        value, gradient = ALL[name].value_and_gradient([1e200, -1e200, 0.0], *[[0.0, 0.0, 0.0]] * (name != "l2"))
    assert value > 1e199
    assert not np.isnan(gradient).any()


@pytest.mark.parametrize("block", [1, 2**17])
def test_a_sum_beyond_the_largest_float_is_infinity_too(block, monkeypatch):
    monkeypatch.setattr(blocks, "BLOCK", block)
    assert losses.mae(np.array([1e308, 1e308]), np.zeros(2)) == np.inf


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("poisson_nll", ([3.0, 3.0], [1.7e308, 0.0])),
        ("policy_gradient", ([-1e200, -1e200], [1e200, -1e200])),
    ],
)
def test_what_is_too_large_for_any_answer_is_refused(name, arguments, monkeypatch):
    for block in blocks.BLOCK, 1:
        monkeypatch.setattr(blocks, "BLOCK", block)
        told = f"^{name}: the numbers are so large that the result would be inf minus inf; make them smaller"
        with pytest.raises(ValueError, match=told):
            ALL[name](*map(np.array, arguments))


def test_no_value_of_an_example_is_not_a_number():
    told = "^poisson_nll: the numbers are so large that the result would be inf minus inf; make them smaller"
    with pytest.raises(ValueError, match=told):
        likelihood.poisson_nll.per_example([3.0], [1.7e308])


SIZES = 5e-324, 1e-300, 1e-170, 1e170, 1e300, 1.7e308


@each_loss
@pytest.mark.parametrize("size", SIZES)
def test_numbers_of_any_size_make_no_nan_and_no_warning(each, size):
    """Each argument, and several together, at a size whose square, or whose double, is not a float any more."""
    for seed in range(8):
        rng = np.random.default_rng(seed)
        batch = CASES[each.name](rng)
        free = [place for place, given in enumerate(batch) if np.asarray(given).dtype.kind == "f"]
        for chosen in (some for n in range(1, len(free) + 1) for some in itertools.combinations(free, n)):
            sized = [
                np.multiply(rng.choice([size, size, -size, 0], np.shape(given)), 1.0) if place in chosen else given
                for place, given in enumerate(batch)
            ]
            sized = [float(given) if isinstance(given, np.ndarray) and not given.ndim else given for given in sized]
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                results, said = [], ""
                try:
                    value, gradient = each.value_and_gradient(*sized)
                    results = [value, each.per_example(*sized), *as_tuple(gradient)]
                except (TypeError, ValueError) as error:
                    said = str(error)
            assert results or said.startswith((*refusals_of(each), f"{each.name}: the numbers are so large that "))
            assert not any(np.isnan(result).any() for result in results), sized


POWERS = {"rmse": 1, "mae": 1, "quantile": 1, "chamfer": 2, "earth_movers": 1, "earth_movers_1d": 1, "l1": 1, "mse": 2}


@pytest.mark.parametrize("name", POWERS)
@pytest.mark.parametrize("exponent", [-1000, -600, 600, 1000])
def test_a_unit_of_any_size_only_moves_the_point(name, exponent):
    """With numbers c times as large the value is c or c² times as large; what is beyond the floats is inf, or 0."""
    batch, unit = CASES[name](np.random.default_rng(3)), 2.0**exponent
    value, gradient = ALL[name].value_and_gradient(*batch)
    far_value, far_gradient = ALL[name].value_and_gradient(*(np.multiply(given, unit) for given in batch))
    with np.errstate(over="ignore", under="ignore"):
        assert far_value == pytest.approx(value * unit if POWERS[name] == 1 else value * unit * unit, rel=1e-12)
        assert far_gradient == pytest.approx(gradient * (1 if POWERS[name] == 1 else unit), rel=1e-12, abs=0)


def test_triplets_far_out_are_exact():
    far = [[1e200, 0.0]], [[0.0, 0.0]], [[0.0, 1.0]]
    value, (anchor, positive, negative) = losses.triplet.value_and_gradient(*far)
    assert value == 1
    assert anchor[0] == pytest.approx([0, 1e-200])
    assert (positive == [[-1, 0]]).all()
    assert negative[0] == pytest.approx([1, -1e-200])
    assert losses.angular([[1e200, 0.0]], [[0.0, 0.0]], [[0.0, 1e200]]) == 0
    assert losses.angular([[1e200, 0.0]], [[0.0, 0.0]], [[5e199, 0.0]]) == np.inf


def test_a_student_s_tail_is_a_logarithm_however_far():
    value, slope = likelihood.student_t_nll.value_and_gradient([1e170], [0.0])
    assert value == pytest.approx(4 * np.log(1e170 / np.sqrt(3)) + np.log(np.sqrt(3) * np.pi / 2), rel=1e-14)
    assert slope[0] == pytest.approx(4e-170)
    assert likelihood.student_t_nll([1.0], [0.0], 1e-320) == pytest.approx(
        2 * np.log(1 / 3) + 3 * -np.log(1e-320) + np.log(np.sqrt(3) * np.pi / 2), rel=1e-12
    )
    assert likelihood.student_t_nll([1.0], [0.0], 1.0, df=1.7e308) == pytest.approx(
        likelihood.gaussian_nll([1.0], [0.0]), rel=1e-12
    )


@pytest.mark.parametrize("scores", [[1.7e308, -1.7e308], [-1.7e308, 1.7e308], [1e308, 1e300, -1.7e308]])
def test_scores_of_any_size_have_a_softmax(scores):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        p, log_p = losses.softmax(scores), losses.log_softmax(scores)
        value, gradient = losses.softmax_cross_entropy.value_and_gradient(scores, np.argmin(scores))
        assert losses.log_sum_exp(scores) == max(scores)
    top = np.arange(len(scores)) == np.argmax(scores)
    assert (p == top).all()
    assert (log_p[top] == 0).all()
    assert (log_p[~top] < -9e307).all()
    assert value == np.inf
    assert (gradient == top - 1.0 * (np.arange(len(scores)) == np.argmin(scores))).all()


# ---------------------------------------------------------------------- bad input, one table

NAN, INF = np.nan, np.inf
P, S, R = [[0.5, 0.5]], [[1.0, 2.0]], [1.0, 2.0]
LOG = np.log([[0.5, 0.25, 0.25], [0.5, 0.25, 0.25]])
BAD = [
    # shapes that differ
    ("mse", ([1, 2], [1]), ValueError, r"target must have the shape of prediction, \(2,\), got shape \(1,\)$"),
    ("mse", ([[1], [2]], [1, 2]), ValueError, r"target must have the shape of prediction, \(2, 1\), got shape \(2,\)$"),
    ("hinge", (R, [1]), ValueError, r"target must have the shape of score, \(2,\), got shape \(1,\)$"),
    ("dice", ([0.5, 0.5], [1]), ValueError, r"target must have the shape of probability, \(2,\), got shape \(1,\)$"),
    (
        "softmax_cross_entropy",
        (S, [0, 1]),
        ValueError,
        r"label must have an entry for each row of scores, shape \(1,\), got shape \(2,\)$",
    ),
    (
        "softmax_cross_entropy",
        (1.0, 0),
        ValueError,
        r"scores must hold rows, an entry for each of the classes, got shape \(\)$",
    ),
    (
        "categorical_cross_entropy",
        (P, [[1, 0, 0]]),
        ValueError,
        r"one_hot must have the shape of probability, \(1, 2\), got shape \(1, 3\)$",
    ),
    ("triplet", (R, R, [1.0]), ValueError, r"negative must have the shape of anchor, \(2,\), got shape \(1,\)$"),
    ("triplet", (1.0, 2.0, 3.0), ValueError, r"anchor must hold rows, got shape \(\)"),
    ("chamfer", ([[1.0, 2.0]], [[1.0]]), ValueError, r"target must have points of the dimension of points, 2, got 1$"),
    (
        "chamfer",
        (R, R),
        ValueError,
        r"points must be a list of points with finite coordinates, shape \(n, dimension\), got shape \(2,\)$",
    ),
    (
        "earth_movers",
        ([[1.0]], [[1.0], [2.0]]),
        ValueError,
        r"target must have the shape of points, \(1, 1\), got shape \(2, 1\)$",
    ),
    (
        "earth_movers_1d",
        ([[1.0]], R),
        ValueError,
        r"values must be a list of finite numbers, shape \(n,\), got shape \(1, 1\)$",
    ),
    (
        "q_learning",
        (S, [0], [1.0], [[1.0]], [0]),
        ValueError,
        r"next_q must have the shape of q, \(1, 2\), got shape \(1, 1\)$",
    ),
    ("q_learning", (S, [0], R, S, [0]), ValueError, r"reward must have the shape of action, \(1,\), got shape \(2,\)$"),
    (
        "gaussian_nll",
        (R, R, [1.0]),
        ValueError,
        r"sigma must be one number or have the shape of mean, \(2,\), got shape \(1,\)$",
    ),
    ("ctc", (LOG[0], [1]), ValueError, r"log_probability must have shape \(steps, symbols\), got shape \(3,\)"),
    ("ctc", (LOG, [[1]]), ValueError, r"labels must have shape \(n,\), got shape \(1, 1\)"),
    # NaN, infinity, nothing, not numbers
    ("mse", ([1, NAN], [1, 2]), ValueError, r"prediction must be one or more finite numbers, got nan at index 1$"),
    (
        "mse",
        ([[1, 2]], [[1, -INF]]),
        ValueError,
        r"target must be one or more finite numbers, got -inf at index \(0, 1\)$",
    ),
    ("mse", (NAN, 0), ValueError, r"prediction must be one or more finite numbers, got nan$"),
    ("mse", ([], []), ValueError, r"prediction must be one or more finite numbers, got none \(shape \(0,\)\)$"),
    ("ctc", (LOG, np.empty((0, 2), int)), ValueError, r"labels must have shape \(n,\), got shape \(0, 2\)"),
    (
        "mse",
        ([[1, 2], [3]], [1, 2]),
        ValueError,
        r"prediction must be one or more finite numbers, got rows of different lengths: \[\[1, 2\], \[3\]\]$",
    ),
    ("mse", (["a"], [1]), TypeError, r"prediction must be one or more finite numbers, got text: \['a'\]$"),
    ("mse", ([1], "1"), TypeError, r"target must be one or more finite numbers, got text: '1'$"),
    ("mse", ([1j], [1]), TypeError, r"prediction must be one or more finite numbers, got complex numbers: \[1j\]$"),
    ("mse", ([None], [1]), TypeError, r"prediction must be one or more finite numbers, got list: \[None\]$"),
    (
        "binary_cross_entropy",
        ([0.5, NAN], [1, 0]),
        ValueError,
        r"probability must be one or more numbers from 0 to 1, as floats, got nan at index 1$",
    ),
    ("l2", ([INF],), ValueError, r"weights must be one or more finite numbers, got inf at index 0"),
    # probabilities
    (
        "binary_cross_entropy",
        ([0.5, 1.5], [1, 0]),
        ValueError,
        r"probability must be one or more numbers from 0 to 1, as floats, got 1.5 at index 1$",
    ),
    (
        "binary_cross_entropy",
        ([1, 0], [1, 0]),
        TypeError,
        r"probability must be one or more numbers from 0 to 1, as floats, got integers: \[1, 0\]; write 1.0",
    ),
    ("bernoulli_nll", ([True], [1]), TypeError, r"probability must be .*, as floats, got integers: "),
    ("dice", ([1, 0], [1, 0]), TypeError, r"probability must be .*, as floats, got integers: "),
    (
        "categorical_cross_entropy",
        (np.eye(2, dtype=int), P * 2),
        TypeError,
        r"probability must be .*, as floats, got integers: ",
    ),
    (
        "categorical_cross_entropy",
        ([[0.5, 0.4]], [[1, 0]]),
        ValueError,
        r"probability must be rows of .* that sum to 1 \(within 0.0001\), as floats, got a sum of 0.9 at index 0$",
    ),
    (
        "categorical_cross_entropy",
        (P, [[1, 1]]),
        ValueError,
        r"one_hot must be rows of .* that sum to 1 \(within 0.0001\), got a sum of 2 at index 0$",
    ),
    (
        "categorical_cross_entropy",
        (P, [[2, -1]]),
        ValueError,
        r"one_hot must be rows of numbers from 0 to 1 that sum to 1 \(within 0.0001\), got 2 at index \(0, 0\)$",
    ),
    (
        "categorical_cross_entropy",
        (1.0, 1.0),
        ValueError,
        r"probability must be rows of numbers from 0 to 1 that sum to 1 .*, got one number: 1$",
    ),
    (
        "policy_gradient",
        ([0.5], [1.0]),
        ValueError,
        r"log_probability must be one or more logarithms of probabilities, finite and at most 0, got 0.5 at index 0$",
    ),
    (
        "ctc",
        (LOG + 1, [1]),
        ValueError,
        r"log_probability must be rows of logarithms of .* that sum to 1 .*, got 0.306853 at index \(0, 0\)$",
    ),
    (
        "ctc",
        (LOG - 1, [1]),
        ValueError,
        r"log_probability must be rows of .* that sum to 1 .*, got exponentials with a sum of 0.367879 at index 0$",
    ),
    # labels and targets
    ("softmax_cross_entropy", (S, [2]), ValueError, r"label must be below the number of classes, 2, got 2 at index 0$"),
    ("softmax_cross_entropy", (S[0], 2), ValueError, r"label must be below the number of classes, 2, got 2$"),
    (
        "softmax_cross_entropy",
        (S, [-1]),
        ValueError,
        r"label must be one or more integers from 0, the indices of classes, got -1 at index 0$",
    ),
    (
        "softmax_cross_entropy",
        (S, [0.0]),
        TypeError,
        r"label must be one or more integers from 0, the indices of classes, got float64: \[0.0\]$",
    ),
    (
        "multiclass_hinge",
        (S, [True]),
        TypeError,
        r"label must be one or more integers from 0, the indices of classes, got bool: \[True\]$",
    ),
    ("hinge", (R, [0, 1]), ValueError, r"target must be one or more numbers, each -1 or 1, got 0 at index 0"),
    ("focal", (R, [0.5, 1]), ValueError, r"target must be one or more numbers, each 0 or 1, got 0.5 at index 0"),
    (
        "sigmoid_cross_entropy",
        (R, [-1, 1]),
        ValueError,
        r"target must be one or more numbers from 0 to 1, got -1 at index 0",
    ),
    (
        "q_learning",
        (S, [2], [1.0], S, [0]),
        ValueError,
        r"action must be below the number of actions, 2, got 2 at index 0$",
    ),
    ("q_learning", (S, [0], [1.0], S, [0.5]), ValueError, r"done must be one or more numbers, each 0 or 1, got 0.5"),
    (
        "margin_ranking",
        (R, R, [1, 0]),
        ValueError,
        r"order must be one or more numbers, each -1 or 1, got 0 at index 1",
    ),
    ("contrastive", (R, [1, 2]), ValueError, r"same must be one or more numbers, each 0 or 1, got 2 at index 1"),
    (
        "contrastive",
        ([-1.0], [1]),
        ValueError,
        r"distance must be one or more numbers of at least 0 and finite, got -1 at index 0",
    ),
    ("ctc", (LOG, [0]), ValueError, r"labels must not hold the blank, 0, got it at index 0"),
    ("ctc", (LOG, [3]), ValueError, r"labels must be below the number of symbols, 3, got 3 at index 0$"),
    ("ctc", (LOG, [1], 3), ValueError, r"blank must be below the number of symbols, 3, got 3$"),
    ("ctc", (LOG, [1], -1), ValueError, r"blank must be one integer of at least 0, got -1$"),
    ("ctc", (LOG, [1], 0.0), TypeError, r"blank must be one integer of at least 0, got 0.0$"),
    (
        "poisson_nll",
        ([-1.0], [1]),
        ValueError,
        r"rate must be one or more numbers of at least 0 and finite, got -1 at index 0",
    ),
    (
        "poisson_nll",
        ([1.0], [0.5]),
        ValueError,
        r"target must be one or more whole numbers of at least 0, got 0.5 at index 0",
    ),
    # settings
    ("huber", (R, R, 0), ValueError, r"delta must be one number above 0 and finite, got 0"),
    ("huber", (R, R, NAN), ValueError, r"delta must be one number above 0 and finite, got nan"),
    ("huber", (R, R, "1"), TypeError, r"delta must be one number above 0 and finite, got '1'"),
    ("huber", (R, R, True), TypeError, r"delta must be one number above 0 and finite, got True"),
    ("smooth_l1", (R, R, -1), ValueError, r"beta must be one number above 0 and finite, got -1"),
    ("quantile", (R, R, 1), ValueError, r"q must be one number above 0 and below 1, got 1"),
    ("focal", (R, [1, 0], -1), ValueError, r"gamma must be one number of at least 0 and finite, got -1"),
    ("focal", (R, [1, 0], 2, 1.5), ValueError, r"alpha must be one number from 0 to 1, or None, got 1.5"),
    ("multiclass_hinge", (S, [0], 0), ValueError, r"margin must be one number above 0 and finite, got 0"),
    ("dice", ([0.5], [1], -1), ValueError, r"smooth must be one number of at least 0 and finite, got -1"),
    ("tversky", ([0.5], [1], -1), ValueError, r"alpha must be one number of at least 0 and finite, got -1"),
    ("focal_tversky", ([0.5], [1], 0.5, 0.5, 0), ValueError, r"gamma must be one number above 0 and finite, got 0"),
    ("triplet", (R, R, R, -1), ValueError, r"margin must be one number above 0 and finite, got -1"),
    ("angular", (R, R, R, 90), ValueError, r"degrees must be one number above 0 and below 90 degrees, got 90"),
    ("margin_ranking", (R, R, [1, 1], -1), ValueError, r"margin must be one number of at least 0 and finite, got -1"),
    ("q_learning", (S, [0], [1.0], S, [0], 1.5), ValueError, r"discount must be one number from 0 to 1, got 1.5"),
    (
        "gaussian_nll",
        (R, R, 0),
        ValueError,
        r"sigma must be one number above 0 and finite, or one for each example, got 0$",
    ),
    (
        "gaussian_nll",
        (R, R, [1.0, -1.0]),
        ValueError,
        r"sigma must be one number above 0 and finite, or one for each example, got -1 at index 1$",
    ),
    (
        "gaussian_nll",
        (R, R, [[1.0, INF]]),
        ValueError,
        r"sigma must be one number above 0 and finite, or one for each example, got inf at index \(0, 1\)$",
    ),
    (
        "laplace_nll",
        (R, R, -1),
        ValueError,
        r"scale must be one number above 0 and finite, or one for each example, got -1$",
    ),
    ("student_t_nll", (R, R, 1, 0), ValueError, r"df must be one number above 0 and finite, got 0"),
]


@pytest.mark.parametrize(("name", "arguments", "kind", "message"), BAD)
def test_bad_input_is_refused_with_a_reason(name, arguments, kind, message):
    each = ALL[name]
    for use in each, each.per_example, each.gradient:
        with pytest.raises(kind, match=f"^{name}: {message}") as refused:
            use(*arguments)
        assert str(refused.value).startswith(refusals_of(each)), "in the words of the docstring"


@each_loss
@pytest.mark.parametrize("bad", [NAN, INF, -INF], ids=str)
def test_bad_input_never_gives_a_silent_number(each, bad):
    arguments = CASES[each.name](np.random.default_rng(5))
    for position, argument in enumerate(arguments):
        array = np.array(argument, float)
        array.flat[-1] = bad
        if each.name == "ctc" and bad == -INF and position == 0:
            continue  # the logarithm of probability 0; the row no longer sums to 1, which has a line in the table
        with pytest.raises((ValueError, TypeError), match=f"^{each.name}: ") as refused:
            each(*replaced(arguments, position, array if np.ndim(argument) else float(array)))
        assert str(refused.value).startswith(refusals_of(each))


@each_loss
def test_arrays_that_do_not_fit_together_are_refused(each):
    """Unless their lengths are free: those of two clouds, of two heaps, of the steps and the labels of a sequence."""
    arguments = CASES[each.name](np.random.default_rng(5))
    for position, argument in enumerate(arguments):
        if np.ndim(argument) and len(arguments) > 1 and each.name not in {"chamfer", "earth_movers_1d", "ctc"}:
            with pytest.raises(ValueError, match=f"^{each.name}: ") as refused:
                each(*replaced(arguments, position, argument[:-1]))
            assert str(refused.value).startswith(refusals_of(each))


@each_loss
def test_what_the_docstring_says_of_shapes_is_refused_in_these_words(each):
    """Each condition is broken on purpose: one of several ways spoils the argument that the condition names first."""
    arguments = CASES[each.name](np.random.default_rng(5))
    names = list(each.checks)
    arguments += tuple(inspect.signature(each.rule).parameters[name].default for name in names[len(arguments) :])
    for condition in each.conditions:
        position = names.index(condition.sentence.split()[0])
        a = np.asarray(arguments[position])
        refused = set()
        for spoilt in [a[None], a * 0, a * 0 + 99, a.flat[0], *([np.r_[a, a], a[0], a[..., :1]] if a.ndim else [])]:
            spoilt = int(spoilt.flat[0]) if a.shape == () and a.dtype.kind == "i" else spoilt
            try:
                each(*replaced(arguments, position, spoilt))
            except (TypeError, ValueError) as error:
                refused.add(str(error).partition(", got")[0])
        assert any(said.startswith(f"{each.name}: {condition.sentence}") for said in refused), condition.sentence


def test_an_unknown_setting_is_refused():
    with pytest.raises(TypeError, match="delta"):
        losses.mse([1], [2], delta=1)


# ---------------------------------------------------------------------- how a loss shows itself


@each_loss
def test_a_loss_shows_its_formula_its_rule_and_its_text(each):
    assert each._repr_latex_() == f"$\\displaystyle {each.formula}$"
    assert repr(each) == f"{each.name}{inspect.signature(each.rule)}"
    assert inspect.getsource(inspect.unwrap(each)).startswith("@loss("), "?? shows the arithmetic"
    for part in "Parameters", "Returns", "Raises", "Examples", "References":
        assert len(re.findall(rf"^{part}\n-+$", inspect.cleandoc(each.__doc__), re.M)) == 1, part


@each_loss
def test_the_docstring_says_what_is_refused(each):
    """Where the checks say it: the rule's own docstring has no such section."""
    before, raises, after = re.split(r"^Raises\n-+$|^Examples\n-+$", inspect.cleandoc(each.__doc__), flags=re.M)
    assert "Returns\n-------" in before, "numpydoc's order"
    assert "References\n----------" in after
    said = " ".join(raises.split())
    assert said.startswith("ValueError, TypeError ")
    for argument, check in each.checks.items():
        assert re.search(rf"\b{argument}\b[\w, ]* must be {re.escape(check.allowed)}\.", said), argument
    for condition in each.conditions:
        assert f" {condition.sentence}." in said
    assert not re.search("^ *Raises$", each.rule.__doc__, re.M)


def test_the_help_of_huber_says_what_delta_must_be():
    assert "    delta must be one number above 0 and finite.\n" in losses.huber.__doc__


@each_loss
def test_a_formula_can_be_drawn_by_matplotlib_or_mathjax(each):
    assert each.formula.count("{") == each.formula.count("}")
    assert each.formula.count(r"\left") - each.formula.count(r"\left\l") == each.formula.count(r"\right")


def test_the_checks_must_be_those_of_the_rule():
    with pytest.raises(TypeError, match="there must be a check for each argument, prediction, target, got prediction$"):
        loss.loss("x", prediction=arguments.real)(lambda prediction, target: (prediction, target))
