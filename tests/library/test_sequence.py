"""CTC: the sum over all paths, compared with sequences so short that all paths can be tried."""

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lossviz.losses import ctc, log_softmax


def collapse(path, blank):
    """The labels of a path: repeats are joined, then blanks are dropped."""
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
    for n in (0, 1, 2, 3)
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


@pytest.mark.parametrize("nothing", [[], (), np.array([]), np.array([], int)], ids=repr)
def test_silence_has_one_path(nothing):
    value, gradient = ctc.value_and_gradient(np.log(np.full((3, 2), 0.5)), nothing)
    assert value == pytest.approx(3 * np.log(2), rel=1e-15)
    assert (gradient == [[-1, 0]] * 3).all(), "the blank is said at each step"
    assert ctc(np.log(np.full((3, 2), 0.5)), nothing, blank=1) == value


@settings(max_examples=30)
@given(st.integers(0, 10_000), st.integers(1, 12), st.lists(st.integers(1, 3), max_size=5))
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
    log_p = np.array([[-np.inf, 0.0], [-np.inf, 0.0]])  # only the symbol can be said
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
