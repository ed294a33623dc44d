"""Sigmoid, softmax and the losses of classes: the worked example, and the identities between them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lossviz.losses import (
    binary_cross_entropy,
    categorical_cross_entropy,
    focal,
    log_softmax,
    log_sum_exp,
    multiclass_hinge,
    sigmoid,
    sigmoid_cross_entropy,
    softmax,
    softmax_cross_entropy,
    sparse_categorical_cross_entropy,
)

IMAGES = np.array([[3.2, 5.1, -1.7], [1.3, 4.9, 2.0], [2.2, 2.5, -3.1]])  # cat, car, frog; scores of cat, car, frog
TRUE = np.array([0, 1, 2])
scores = arrays(float, (3, 4), elements=st.floats(-50, 50))
few_labels = arrays(int, 3, elements=st.integers(0, 3))
single_scores = arrays(float, 5, elements=st.floats(-50, 50))
classes = arrays(int, 5, elements=st.integers(0, 1))


def test_the_worked_example():
    assert multiclass_hinge.per_example(IMAGES, TRUE) == pytest.approx([2.9, 0, 12.9], rel=1e-12)
    assert round(multiclass_hinge(IMAGES, TRUE), 2) == 5.27
    assert np.exp(IMAGES[0]).round(2) == pytest.approx([24.53, 164.02, 0.18])
    assert np.exp(IMAGES[0]).sum().round(2) == 188.74
    assert softmax(IMAGES[0]).round(2) == pytest.approx([0.13, 0.87, 0.0])
    assert softmax_cross_entropy.per_example(IMAGES, TRUE).round(5) == pytest.approx([2.04036, 0.07913, 6.15648])
    assert round(softmax_cross_entropy(IMAGES, TRUE), 5) == 2.75865


def test_at_the_start_the_losses_tell_the_number_of_classes():
    for c in 2, 3, 10:
        assert multiclass_hinge(np.zeros((4, c)), np.zeros(4, int)) == c - 1
        assert softmax_cross_entropy(np.zeros((4, c)), np.zeros(4, int)) == pytest.approx(np.log(c), rel=1e-15)


# ---------------------------------------------------------------------- from scores to probabilities


@given(scores, st.floats(-1000, 1000))
def test_a_constant_does_not_change_softmax(s, constant):
    assert softmax(s + constant) == pytest.approx(softmax(s), rel=1e-9, abs=1e-12)
    assert softmax(s).sum(axis=1) == pytest.approx(1)


@given(scores)
def test_the_three_of_softmax_agree(s):
    assert np.exp(log_softmax(s)) == pytest.approx(softmax(s), rel=1e-12, abs=1e-300)
    assert log_sum_exp(s) == pytest.approx(np.log(np.exp(s).sum(axis=1)), rel=1e-12)
    assert pytest.approx(softmax(s)) == softmax(s.T, axis=0).T
    assert pytest.approx(log_softmax(s)) == log_softmax(s.T, axis=0).T
    assert log_sum_exp(s.T, axis=0) == pytest.approx(log_sum_exp(s))


@given(single_scores)
def test_sigmoid_is_softmax_of_two(s):
    assert sigmoid(s) == pytest.approx(softmax(np.stack([np.zeros(5), s], axis=-1))[:, 1], rel=1e-12)
    assert sigmoid(s) + sigmoid(-s) == pytest.approx(1)
    assert 2 * sigmoid(2 * s) - 1 == pytest.approx(np.tanh(s))


def test_far_scores_keep_their_digits():
    assert sigmoid([1e4, -1e4, -700.0]) == pytest.approx([1, 0, np.exp(-700)], rel=1e-12, abs=0)
    assert softmax([1e4, 0.0, -1e4]) == pytest.approx([1, 0, 0])
    assert log_softmax([1e4, 0.0, -1e4]) == pytest.approx([0, -1e4, -2e4])
    assert log_softmax([0.0, -40.0])[0] == pytest.approx(-np.exp(-40), rel=1e-12)
    assert log_sum_exp([1e4, 1e4]) == 1e4 + np.log(2)
    assert softmax_cross_entropy([40.0, 0.0], 0) == pytest.approx(np.exp(-40), rel=1e-12)
    assert softmax_cross_entropy.gradient([40.0, 0.0], 0) == pytest.approx(np.exp(-40) * np.array([-1, 1]), rel=1e-12)


@pytest.mark.parametrize("function", [sigmoid, softmax, log_softmax, log_sum_exp])
@pytest.mark.parametrize(
    ("bad", "kind", "message"),
    [
        ([1, np.nan], ValueError, "must be one or more finite numbers, got nan at index 1"),
        ([np.inf], ValueError, "must be one or more finite numbers, got inf at index 0"),
        ([], ValueError, r"must be one or more finite numbers, got none \(shape \(0,\)\)"),
        (["1"], TypeError, "must be one or more finite numbers, got text"),
    ],
)
def test_bad_scores_are_refused(function, bad, kind, message):
    with pytest.raises(kind, match=f"^{function.__name__}: scores? {message}"):
        function(bad)


# ---------------------------------------------------------------------- one loss in several forms


@given(single_scores, classes)
def test_cross_entropy_of_two_classes_in_three_ways(s, y):
    expected = sigmoid_cross_entropy(s, y)
    assert softmax_cross_entropy(np.stack([np.zeros(5), s], axis=-1), y) == pytest.approx(expected, rel=1e-9)
    if np.abs(s).max() < 15:  # further out, the probability has lost the digits that its logarithm needs
        assert binary_cross_entropy(sigmoid(s), y) == pytest.approx(expected, rel=1e-6)
    assert focal(s, y, gamma=0) == pytest.approx(expected, rel=1e-12)
    assert focal(s, y, gamma=2) <= expected + 1e-12
    assert focal(s, y, gamma=0, alpha=0.5) == pytest.approx(expected / 2, rel=1e-12)


@given(scores, few_labels)
def test_cross_entropy_of_several_classes_in_three_ways(s, label):
    s = s / 5
    p, one_hot = softmax(s), np.eye(4)[label]
    expected = softmax_cross_entropy(s, label)
    assert sparse_categorical_cross_entropy(p, label) == pytest.approx(expected, rel=1e-9)
    assert categorical_cross_entropy(p, one_hot) == pytest.approx(expected, rel=1e-9)
    assert softmax_cross_entropy.gradient(s, label) == pytest.approx((p - one_hot) / 3, abs=1e-12)
    assert categorical_cross_entropy.gradient(p, one_hot) == pytest.approx(
        sparse_categorical_cross_entropy.gradient(p, label)
    )
