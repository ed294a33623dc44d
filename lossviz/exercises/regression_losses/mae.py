"""The gradient of the MAE, written by the reader."""

import numpy as np

from ..engine import Exercise, Misconception, quietly

_RANDOM = np.random.default_rng(3)
_MANY_TARGET = _RANDOM.normal(5, 20, 120).round(2)
_MANY_PREDICTION = (_MANY_TARGET + _RANDOM.choice([0.0, 0.3, -0.04, -2.5, 40.0], 120)).round(2)


def _mae_gradient(prediction, target):
    return np.sign(prediction - target) / len(target)


def _huber_gradient(prediction, target):
    return np.clip(prediction - target, -1, 1) / len(target)


@quietly
def _divided_by_size(prediction, target):
    return (prediction - target) / np.abs(prediction - target) / len(target)


mae_gradient = Exercise(
    reference=_mae_gradient,
    cases=[
        (np.array([1.0, 5.0, 3.0, 0.0]), np.array([2.0, 2.0, 3.0, 7.0])),
        (np.array([0.5, -2.0, 0.25]), np.array([-1.0, -1.0, 0.5])),
        (np.array([4, -2, 5, 0, 12, -15]), np.array([1, -2, 8, 0, 11, -13])),
        (
            np.array([0.0004, 2.7, 0.0, -0.0013, 0.0002, 4000.02]),
            np.array([0.0002, 2.2, 0.0, -0.001, 0.0006, 4000.0]),
        ),
        (_MANY_PREDICTION, _MANY_TARGET),
    ],
    misconceptions=[
        Misconception(
            "not divided by N",
            lambda prediction, target: np.sign(prediction - target),
            "Those are the slopes of the single terms. The loss is the terms' mean: divide by N.",
        ),
        Misconception(
            "fixed N",
            tuple(lambda prediction, target, n=n: np.sign(prediction - target) / n for n in (4, 5, 3, 2, 1000)),
            "You divide by the same number in each call. N is the number of predictions in this call: len(target).",
        ),
        Misconception(
            "multiplied by N",
            lambda prediction, target: np.sign(prediction - target) * len(target),
            "You multiplied by N. In a mean of N terms each term counts 1/N: divide.",
        ),
        Misconception(
            "divided by what is wrong",
            quietly(lambda prediction, target: np.sign(prediction - target) / np.count_nonzero(prediction != target)),
            "You divide by the number of predictions that are not exact. The mean counts the exact ones, too.",
        ),
        Misconception(
            "sign",
            lambda prediction, target: np.sign(target - prediction) / len(target),
            "Right size, wrong sign. If a prediction is too high, raising it further makes the loss grow: its slope is "
            "positive.",
        ),
        Misconception(
            "gradient of the MSE",
            lambda prediction, target: 2 * (prediction - target) / len(target),
            "That is the gradient of the MSE: it grows with the error. The absolute value has slope −1 or +1.",
        ),
        Misconception(
            "slope of the square",
            (lambda prediction, target: 2 * (prediction - target), lambda prediction, target: prediction - target),
            "That grows with the error, as the slope of a square does. The absolute value has slope −1 or +1. And the "
            "loss is a mean: divide by N.",
        ),
        Misconception(
            "gradient of Huber's loss",
            _huber_gradient,
            "That is the gradient of Huber's loss with δ = 1: where an error is smaller than 1, its slope is smaller, "
            "too. The absolute value has slope −1 or +1, however small the error is.",
        ),
        Misconception(
            "gradient of Huber's loss, not divided by N",
            lambda prediction, target: _huber_gradient(prediction, target) * len(target),
            "Those are the slopes of Huber's loss, which are smaller for errors below 1. The absolute value has slope "
            "−1 or +1; and since the loss is a mean, divide by N.",
        ),
        Misconception(
            "value",
            lambda prediction, target: np.abs(prediction - target) / len(target),
            "Those are the terms of the loss itself. We ask for their slopes.",
        ),
        Misconception(
            "sum",
            (
                lambda prediction, target: np.mean(np.sign(prediction - target)) * np.ones(len(target)),
                lambda prediction, target: np.mean(np.sign(prediction - target)),
            ),
            "You give the sum of all the slopes (the mean of the signs is the same). Each prediction has its own "
            "slope: return one number for each.",
        ),
        Misconception(
            "sign, and not divided by N",
            lambda prediction, target: np.sign(target - prediction),
            "Two things are still wrong. The sign: a prediction that is too high has a positive slope. And the loss is "
            "a mean: divide by N.",
        ),
        Misconception(
            "half the gradient of the MSE",
            lambda prediction, target: (prediction - target) / len(target),
            "That grows with the error, as the gradient of half the MSE does. The absolute value has slope −1 or +1.",
        ),
        Misconception(
            "−1 at the kink",
            lambda prediction, target: np.where(prediction > target, 1, -1) / len(target),
            "Right, except where a prediction is exactly its target: there return 0. `np.sign` does.",
        ),
        Misconception(
            "+1 at the kink",
            lambda prediction, target: np.where(prediction >= target, 1, -1) / len(target),
            "Right, except where a prediction is exactly its target: there return 0, as np.sign does.",
        ),
        Misconception(
            "±1 at the kink, and not divided by N",
            (
                lambda prediction, target: np.where(prediction > target, 1, -1),
                lambda prediction, target: np.where(prediction >= target, 1, -1),
            ),
            "Two things are still wrong. The loss is a mean: divide by N. And where a prediction is exactly its "
            "target, return 0.",
        ),
        Misconception(
            "NaN at the kink",
            _divided_by_size,
            "Right, except where a prediction is exactly its target: 0 / 0 is NaN. There return 0: `np.sign` does.",
        ),
        Misconception(
            "only what is too high",
            (
                lambda prediction, target: (prediction > target) / len(target),
                lambda prediction, target: 1.0 * (prediction > target),
            ),
            "A prediction that is too low has a slope, too: raising it makes the loss smaller, so its slope is "
            "negative.",
        ),
        Misconception(
            "signs subtracted",
            lambda prediction, target: (np.sign(prediction) - np.sign(target)) / len(target),
            "You take the signs first, and subtract after that. Subtract first: the sign of the error counts.",
        ),
        Misconception(
            "small errors taken for 0",
            (
                lambda prediction, target: np.sign(np.round(prediction - target)) / len(target),
                lambda prediction, target: np.sign(np.round(prediction - target, 1)) / len(target),
                lambda prediction, target: np.sign(np.round(prediction - target, 2)) / len(target),
                lambda prediction, target: np.sign(np.round(prediction - target, 3)) / len(target),
                lambda prediction, target: np.sign(np.trunc(prediction - target)) / len(target),
                lambda prediction, target: np.sign(np.trunc(prediction) - np.trunc(target)) / len(target),
                lambda prediction, target: np.where(
                    np.isclose(prediction, target), 0, _mae_gradient(prediction, target)
                ),
            ),
            "You count small errors as 0, by rounding, by a tolerance or by `np.isclose`. Even the smallest error has "
            "slope −1 or +1.",
        ),
        Misconception(
            "smoothed near 0",
            tuple(
                lambda prediction, target, h=h: (
                    (np.abs(prediction - target + h) - np.abs(prediction - target - h)) / (2 * h * len(target))
                )
                for h in (0.1, 0.01, 0.001)
            ),
            "You measure the slope with a step that is larger than some of the errors, so it reaches across the kink. "
            "Use the formula: the slope is −1 or +1 up to the kink.",
        ),
        Misconception(
            "small constant",
            tuple(
                lambda prediction, target, small=small: (
                    (prediction - target) / (np.abs(prediction - target) + small) / len(target)
                )
                for small in (1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9)
            ),
            "The small constant keeps 0 / 0 away, but it makes each slope a little too small. `np.sign` needs none.",
        ),
        Misconception(
            "array of integers",
            lambda prediction, target: _mae_gradient(prediction, target).astype(np.result_type(prediction, target)),
            "Right, except where the arguments hold whole numbers: `np.zeros_like(target)` then makes an array of "
            "whole numbers, in which 1/N becomes 0. `np.zeros(len(target))` makes floats.",
        ),
    ],
    notice="However large an error, its slope is 1/N or −1/N: that is why one outlier cannot drag the MAE far.",
    within=2e-6,
)
