"""The exercises and predictions of lesson 02."""

import numpy as np

from .engine import Choice, Exercise, Misconception, Prediction

_R = np.array([-3.0, -0.5, 0.0, 1.0, 4.0])


def _huber(r, delta):
    return np.where(np.abs(r) <= delta, r**2 / 2, delta * np.abs(r) - delta**2 / 2)


def _branches(near, far):
    return lambda r, delta: np.where(np.abs(r) <= delta, near(r, delta), far(r, delta))


def _parabola(r, delta):
    return r**2 / 2


def _straight(r, delta):
    return delta * np.abs(r) - delta**2 / 2


huber = Exercise(
    reference=_huber,
    cases=[(_R, 2.0), (_R, 0.75)],
    misconceptions=[
        Misconception(
            "no half",
            _branches(lambda r, delta: r**2, _straight),
            "Near 0 it should be half the square. Without the ½ the two pieces do not meet at δ.",
        ),
        Misconception(
            "branches swapped",
            _branches(_straight, _parabola),
            "The two pieces have changed places: the parabola belongs to the small residuals.",
        ),
        Misconception(
            "no offset",
            _branches(_parabola, lambda r, delta: delta * np.abs(r)),
            "The straight piece lies too high by ½δ²: at |r| = δ the loss jumps.",
        ),
        Misconception(
            "delta not squared",
            _branches(_parabola, lambda r, delta: delta * np.abs(r) - delta / 2),
            "You subtract ½δ where ½δ² belongs. At δ = 1 nobody would notice.",
        ),
        Misconception(
            "slope 1",
            _branches(_parabola, lambda r, delta: np.abs(r) - delta / 2),
            "Your straight piece has slope 1; it needs the slope of the parabola at δ, which is δ.",
        ),
        Misconception(
            "smooth L1",
            lambda r, delta: _huber(r, delta) / delta,
            "That is smooth L1 with β = δ: Huber divided by δ. The two agree only at δ = 1.",
        ),
        Misconception(
            "sign lost",
            lambda r, delta: np.where(r <= delta, r**2 / 2, delta * r - delta**2 / 2),
            "You compared r, not |r|, with δ: a large negative residual is far away too.",
        ),
        Misconception(
            "only the parabola", _parabola, "That is the parabola everywhere. Beyond δ a straight line takes over."
        ),
        Misconception(
            "sign lost far out",
            _branches(_parabola, lambda r, delta: delta * r - delta**2 / 2),
            "The condition is right, the straight piece is not: with δ · r, a large negative residual has a negative "
            "loss. Take |r|.",
        ),
        Misconception(
            "offset added",
            _branches(_parabola, lambda r, delta: delta * np.abs(r) + delta**2 / 2),
            "Subtract the ½δ², do not add it: at |r| = δ the straight piece must have the value ½δ².",
        ),
        Misconception(
            "twice",
            lambda r, delta: 2 * _huber(r, delta),
            "Twice too large everywhere: both pieces meet, but near 0 it should be half the square.",
        ),
        Misconception(
            "slope",
            lambda r, delta: np.clip(r, -delta, delta),
            "Those are the slopes of Huber's loss. We ask for its values.",
        ),
    ],
    notice="At |r| = δ both pieces give ½δ², and both have the slope δ: that is why the ½ and the ½δ² are there.",
)


def _mae_gradient(prediction, target):
    return np.sign(prediction - target) / len(target)


def _divided_by_size(prediction, target):
    with np.errstate(invalid="ignore"):
        return (prediction - target) / np.abs(prediction - target) / len(target)


mae_gradient = Exercise(
    reference=_mae_gradient,
    cases=[
        (np.array([1.0, 5.0, 3.0, 0.0]), np.array([2.0, 2.0, 3.0, 7.0])),
        (np.array([0.5, -2.0]), np.array([-1.0, -1.0])),
    ],
    misconceptions=[
        Misconception(
            "not divided by N",
            lambda prediction, target: np.sign(prediction - target),
            "Those are the slopes of the single terms. The loss is the terms' mean: divide by N.",
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
            "value",
            lambda prediction, target: np.abs(prediction - target) / len(target),
            "Those are the terms of the loss itself. We ask for their slopes.",
        ),
        Misconception(
            "sum",
            lambda prediction, target: np.sum(np.sign(prediction - target)) / len(target) * np.ones(len(target)),
            "You added the slopes up. Each prediction has its own slope.",
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
            "NaN at the kink",
            _divided_by_size,
            "Right, except where a prediction is exactly its target: 0 / 0 is NaN. There return 0: `np.sign` does.",
        ),
    ],
    notice="However large an error, its slope is 1/N or −1/N: that is why one outlier cannot drag the MAE far.",
)

delta = Choice(
    options=["0.01", "1.5", "21", "50"],
    answer="1.5",
    misconceptions=[
        Misconception(
            "always robust",
            "0.01",
            "Now nearly every residual lies beyond δ, and Huber is only a scaled MAE. The many good points lose their "
            "smooth parabola.",
        ),
        Misconception(
            "the outlier as the measure",
            "21",
            "A residual of exactly δ still lies on the parabola: the outlier would pull with its full 21. δ must lie "
            "below the residuals that you distrust.",
        ),
        Misconception(
            "never robust", "50", "Now no residual lies beyond δ, not even the outlier's: Huber is half of the MSE."
        ),
    ],
    notice="δ says which residuals are ordinary: choose it just above the noise of the good points, and below the "
    "outliers.",
)

constant = Choice(
    options=["mean", "median", "most frequent value", "midpoint of smallest and largest"],
    answer="median",
    misconceptions=[
        Misconception(
            "mean",
            "mean",
            "The mean is best for the MSE: each point pulls with its distance. For the MAE all pull equally hard.",
        ),
        Misconception(
            "mode",
            "most frequent value",
            "The most frequent value is best if only exact hits count. The MAE also asks how far off the others are.",
        ),
        Misconception(
            "midrange",
            "midpoint of smallest and largest",
            "The midpoint makes the largest error smallest. The MAE counts how many points lie on each side.",
        ),
    ],
    notice="At the median as many points pull up as down; their distances do not matter.",
)

unit = Choice(
    options=["°C", "°C²", "√°C", "no unit"],
    answer="°C",
    misconceptions=[
        Misconception("unit of the MSE", "°C²", "That is the unit of the MSE. The root brings it back."),
        Misconception("root of the unit", "√°C", "You take the root of a number in °C², not in °C: what is √(°C²)?"),
        Misconception("a ratio", "no unit", "Nothing was divided by anything in °C, so the unit stays."),
    ],
    notice='So you can compare an RMSE with the data: "off by 2 °C" has a meaning; "off by 4 °C²" has none.',
)

which_line = Prediction(
    options=["mse", "mae", "huber"],
    answer="mse",
    why="In the MSE a point pulls with the size of its residual, in the MAE every point pulls with the same strength, "
    "and in Huber's loss the pull stops growing at δ.",
)

far_slope = Prediction(
    options=["the same", "twice as much", "four times as much"],
    answer="twice as much",
    why="The slope of r² is 2r: a residual twice as large pulls twice as hard. (Its loss is four times as large.)",
)
