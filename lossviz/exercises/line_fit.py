"""The exercises and predictions of lesson 01."""

import numpy as np

from .engine import Choice, Exercise, Misconception, Number, Prediction

_X = np.array([0.0, 1.0, 2.0, 4.0])
_Y = np.array([1.5, 2.0, 7.0, 8.5])
_CASES = [(_X, _Y, 2.0, 1.0), (_X[:3], _Y[:3], -1.5, 0.25)]


def _residual(x, y, m, c):
    return y - m * x - c


residual = Exercise(
    reference=_residual,
    cases=_CASES,
    misconceptions=[
        Misconception(
            "sign",
            lambda x, y, m, c: m * x + c - y,
            "Right size, wrong sign: the residual goes from the line up to the point, so a point above the line has a "
            "positive residual.",
        ),
        Misconception(
            "absolute value",
            lambda x, y, m, c: np.abs(y - m * x - c),
            "You took the absolute value. A residual keeps its sign; making it positive is the loss's business.",
        ),
        Misconception(
            "intercept with the wrong sign",
            lambda x, y, m, c: y - m * x + c,
            "Look at the bracket: y − (m x + c). The minus applies to the intercept too.",
        ),
        Misconception(
            "prediction",
            lambda x, y, m, c: m * x + c,
            "That is the prediction ŷ. The residual is y minus the prediction.",
        ),
        Misconception(
            "intercept forgotten",
            lambda x, y, m, c: y - m * x,
            "The intercept is missing: the line predicts m x + c, and you subtract all of it.",
        ),
        Misconception(
            "squared",
            lambda x, y, m, c: (y - m * x - c) ** 2,
            "Those are the squares. A residual keeps its sign and its unit; squaring it is the loss's business.",
        ),
    ],
    notice="One expression gives the residuals of all points: NumPy subtracts array from array, entry by entry.",
    unit="(unit of y)",
)


def _mse(x, y, m, c):
    return np.mean((y - m * x - c) ** 2)


mean_squared_error = Exercise(
    reference=_mse,
    cases=_CASES,
    misconceptions=[
        Misconception(
            "RMSE",
            lambda *case: np.sqrt(_mse(*case)),
            "That is the RMSE: you took the root at the end. The MSE stays squared.",
        ),
        Misconception(
            "half",
            lambda *case: _mse(*case) / 2,
            "That is half of the MSE. Some texts put a ½ in front, so that the derivative loses its 2; this "
            "course does not.",
        ),
        Misconception(
            "sum",
            lambda x, y, m, c: np.sum((y - m * x - c) ** 2),
            "That is the sum, the SSE. The mean divides by the number of points.",
        ),
        Misconception(
            "half the sum",
            lambda x, y, m, c: np.sum((y - m * x - c) ** 2) / 2,
            "That is half the sum of squares: the mean divides by N, not by 2.",
        ),
        Misconception(
            "absolute",
            lambda x, y, m, c: np.mean(np.abs(y - m * x - c)),
            "That is the mean of the absolute residuals. Square them instead.",
        ),
        Misconception(
            "square of the mean",
            lambda x, y, m, c: np.mean(y - m * x - c) ** 2,
            "You squared the mean. Square each residual first; otherwise plus and minus cancel before they are "
            "squared.",
        ),
        Misconception(
            "no square",
            lambda x, y, m, c: np.mean(y - m * x - c),
            "That is the plain mean of the residuals, in which plus and minus cancel. Square them first.",
        ),
        Misconception(
            "intercept with the wrong sign",
            lambda x, y, m, c: np.mean((y - m * x + c) ** 2),
            "The square is right, the residual is not: y − (m x + c), and the minus applies to the intercept too.",
        ),
        Misconception(
            "square of the sum",
            lambda x, y, m, c: np.sum(y - m * x - c) ** 2,
            "You squared the sum, in which plus and minus have cancelled. Square each residual first, then take the "
            "mean.",
        ),
        Misconception(
            "divided by N − 1",
            lambda x, y, m, c: np.sum((y - m * x - c) ** 2) / (len(x) - 1),
            "You divided by N − 1, as one does for a sample's variance. The mean of N squares divides by N.",
        ),
        Misconception(
            "variance",
            lambda x, y, m, c: np.var(y - m * x - c),
            "That is the variance of the residuals: it subtracts their mean first, and so it does not see that a line "
            "lies too high or too low.",
        ),
        Misconception(
            "no mean",
            lambda x, y, m, c: (y - m * x - c) ** 2,
            "Those are the squares, one for each point. The MSE is one number, their mean.",
        ),
    ],
    notice="Try m x + c − y instead: squaring makes the sign of the residual irrelevant.",
    unit="(unit of y)²",
)


def _slope(x, y):
    return np.sum((x - np.mean(x)) * (y - np.mean(y))) / np.sum((x - np.mean(x)) ** 2)


slope = Exercise(
    reference=_slope,
    cases=[(_X, _Y), (np.array([1.0, 2.0, 5.0]), np.array([3.0, 1.0, -4.0]))],
    misconceptions=[
        Misconception(
            "not centred",
            lambda x, y: np.sum(x * y) / np.sum(x**2),
            "That is the best slope for a line through the origin. Subtract the mean from x and from y first.",
        ),
        Misconception(
            "upside down",
            lambda x, y: np.sum((x - np.mean(x)) ** 2) / np.sum((x - np.mean(x)) * (y - np.mean(y))),
            "The fraction is upside down: the squares of x belong in the denominator.",
        ),
        Misconception(
            "divided by the spread of y",
            lambda x, y: np.sum((x - np.mean(x)) * (y - np.mean(y))) / np.sum((y - np.mean(y)) ** 2),
            "You divided by the squares of y. That is the slope for predicting x from y.",
        ),
        Misconception(
            "correlation",
            lambda x, y: np.corrcoef(x, y)[0, 1],
            "That is the correlation: it has no unit. The slope is in units of y per unit of x: divide by the squares "
            "of x alone.",
        ),
        Misconception(
            "first and last point",
            lambda x, y: (y[-1] - y[0]) / (x[-1] - x[0]),
            "That is the slope from the first point to the last; the points between them do not count.",
        ),
        Misconception(
            "two kinds of mean",
            lambda x, y: np.cov(x, y)[0, 1] / np.var(x),
            "Nearly: np.cov divides by N − 1, np.var by N. Divide by np.var(x, ddof=1), or take the plain sums.",
        ),
        Misconception(
            "not divided",
            lambda x, y: np.sum((x - np.mean(x)) * (y - np.mean(y))),
            "That is the numerator. Divide it by the sum of the squares of the centred x.",
        ),
    ],
    notice="The intercept follows: the best line passes through the centre, so c = ȳ − m x̄.",
    unit="(unit of y per unit of x)",
)

doubled = Number(
    answer=4.0,
    misconceptions=[
        Misconception("linear", 2.0, "Twice the residual, but the loss squares it."),
        Misconception("added", 3.0, "The square of 2 is not 3: multiply 2 by itself."),
        Misconception("unchanged", 1.0, "A loss that does not notice a doubled residual would not be useful."),
        Misconception("cubed", 8.0, "The loss squares each residual; you raised it to the third power."),
    ],
    notice="Squaring turns a factor of 2 into a factor of 4; the RMSE only doubles. So far-off points dominate "
    "the MSE.",
)

more_data = Choice(
    options=["half as far", "a quarter as far", "just as far", "twice as far"],
    answer="half as far",
    misconceptions=[
        Misconception(
            "1/N", "a quarter as far", "The error of an average shrinks with the root of N, not with N: look at √4."
        ),
        Misconception(
            "noise is forever",
            "just as far",
            "The noise of each point stays. But the line averages over all of them, and averages settle.",
        ),
        Misconception("upside down", "twice as far", "More points tell more about the line, not less."),
    ],
    notice="The slope's error falls as 1/√N: for one more correct digit you need a hundred times the data.",
)

cancelling_sum = Prediction(
    options=["0", "large and positive", "large and negative"],
    answer="0",
    why="The line passes through the centre of the points, so what lies above it and what lies below it cancel "
    "exactly.",
)

exact_recovery = Prediction(
    options=["exactly", "nearly", "not at all"],
    answer="nearly",
    why="The fit can only use the points, and every point carries noise; the noise of many points nearly averages out.",
)
