"""The residuals of a line, and the mean of their squares."""

import numpy as np

from ..engine import Exercise, Misconception, quietly
from .points import WITH_A_LINE


def _residual(x, y, m, c):
    return y - m * x - c


def _distance(x, y, m, c):
    return (y - m * x - c) / np.sqrt(1 + m**2)


def _with_zero(place):
    def answer(x, y, m, c):
        e = _residual(x, y, m, c)
        e[place] = 0
        return e

    return answer


residual = Exercise(
    reference=_residual,
    cases=WITH_A_LINE,
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
            "slope with the wrong sign",
            (lambda x, y, m, c: y + m * x - c, lambda x, y, m, c: y + m * x + c),
            "You add what the slope contributes. Subtract the whole prediction, m x and c, from y.",
        ),
        Misconception(
            "prediction",
            lambda x, y, m, c: m * x + c,
            "That is the prediction ŷ. The residual is y minus the prediction.",
        ),
        Misconception(
            "intercept forgotten",
            lambda x, y, m, c: y - m * x,
            "The intercept is missing: the line predicts m x + c; subtract all of it.",
        ),
        Misconception(
            "intercept forgotten, and sign",
            lambda x, y, m, c: m * x - y,
            "Two things are still wrong. The intercept is missing: the line predicts m x + c. And the order is y minus "
            "prediction.",
        ),
        Misconception(
            "intercept forgotten, and absolute value",
            lambda x, y, m, c: np.abs(y - m * x),
            "Two things are still wrong. The intercept is missing: the line predicts m x + c. And a residual keeps its "
            "sign.",
        ),
        Misconception(
            "slope forgotten",
            (lambda x, y, m, c: y - m - c, lambda x, y, m, c: y - x - c, lambda x, y, m, c: y - c),
            "What the line predicts depends on x: it is m times x, plus c. Subtract all of it from y.",
        ),
        Misconception(
            "bracket around x + c",
            lambda x, y, m, c: y - m * (x + c),
            "You multiply the intercept by m, too. The line predicts m x + c: only x is multiplied.",
        ),
        Misconception(
            "squared",
            lambda x, y, m, c: (y - m * x - c) ** 2,
            "Those are the squares. A residual keeps its sign and its unit; squaring it is the loss's business.",
        ),
        Misconception(
            "shortest distance",
            (_distance, lambda *case: np.abs(_distance(*case))),
            "That is the shortest distance from the point to the line. The line is asked for y at a given x, so a "
            "residual is measured along y alone.",
        ),
        Misconception(
            "relative",
            (
                quietly(lambda x, y, m, c: _residual(x, y, m, c) / y),
                quietly(lambda x, y, m, c: _residual(x, y, m, c) / (m * x + c)),
            ),
            "You divided by y or by the prediction: that is a relative error, without a unit. A residual is a plain "
            "difference, in the unit of y.",
        ),
        Misconception(
            "a line of its own",
            lambda x, y, m, c: y - np.polyval(np.polyfit(x, y, 1), x),
            "Those are the residuals of the best line. We ask for those of the line with the given m and c.",
        ),
        Misconception(
            "centred",
            lambda x, y, m, c: _residual(x, y, m, c) - np.mean(_residual(x, y, m, c)),
            "You subtract the mean residual. A line that lies too low has residuals with a positive mean, and that "
            "must stay visible.",
        ),
        Misconception(
            "one point left out",
            (_with_zero(-1), _with_zero(0)),
            "The residual of one point stays 0. Begin with index 0, and end with the last one: `range(len(x))` counts "
            "all points.",
        ),
        Misconception(
            "fixed number of points",
            tuple(lambda x, y, m, c, n=n: _residual(x[:n], y[:n], m, c) for n in (3, 4, 25)),
            "You go through the same number of points in each call. Go through all of them: `range(len(x))`.",
        ),
        Misconception(
            "array of integers",
            lambda x, y, m, c: _residual(x, y, m, c).astype(np.result_type(x, y)),
            "Right, except where x and y hold whole numbers: `np.zeros_like(y)` then makes an array of whole numbers, "
            "which cuts off the decimals. `np.zeros(len(y))` makes floats.",
        ),
    ],
    notice="One expression gives the residuals of all points: NumPy subtracts array from array, entry by entry.",
    unit="(unit of y)",
)


def _mse(x, y, m, c):
    return np.mean((y - m * x - c) ** 2)


mean_squared_error = Exercise(
    reference=_mse,
    cases=WITH_A_LINE,
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
            "fixed number of points",
            tuple(
                lambda x, y, m, c, count=count: np.sum((y - m * x - c) ** 2) / count for count in (1000, 25, 4, 3, 40)
            ),
            "You divide by the same number in each call. Divide by how many points there are in this call: len(x).",
        ),
        Misconception(
            "absolute",
            lambda x, y, m, c: np.mean(np.abs(y - m * x - c)),
            "That is the mean of the absolute residuals. Square them instead.",
        ),
        Misconception(
            "norm",
            (
                lambda *case: np.linalg.norm(_residual(*case)),
                lambda *case: np.linalg.norm(_residual(*case)) / len(case[0]),
            ),
            "A root is in it: the norm is the root of the sum of the squares. The MSE has no root.",
        ),
        Misconception(
            "square of the mean",
            lambda x, y, m, c: np.mean(y - m * x - c) ** 2,
            "You squared the mean. Square each residual first; otherwise plus and minus cancel before they are "
            "squared.",
        ),
        Misconception(
            "no square",
            (lambda x, y, m, c: np.mean(y - m * x - c), lambda x, y, m, c: np.mean(m * x + c - y)),
            "That is the plain mean of the residuals, in which plus and minus cancel. Square them first.",
        ),
        Misconception(
            "times 2",
            (lambda *case: np.mean(_residual(*case) * 2), lambda *case: np.mean(np.abs(_residual(*case) * 2))),
            "You multiplied each residual by 2. To square is to multiply a number by itself: `** 2`.",
        ),
        Misconception(
            "intercept with the wrong sign",
            lambda x, y, m, c: np.mean((y - m * x + c) ** 2),
            "The square is right, the residual is not: y − (m x + c), and the minus applies to the intercept too.",
        ),
        Misconception(
            "intercept forgotten",
            lambda x, y, m, c: np.mean((y - m * x) ** 2),
            "The square is right, the residual is not: the line predicts m x + c, and the intercept is missing.",
        ),
        Misconception(
            "bracket around x + c",
            lambda x, y, m, c: np.mean((y - m * (x + c)) ** 2),
            "The square is right, the residual is not: in m x + c only x is multiplied by m.",
        ),
        Misconception(
            "only the prediction squared",
            (lambda x, y, m, c: np.mean(y - (m * x + c) ** 2), lambda x, y, m, c: np.mean(y - m * x - c**2)),
            "`**` binds more tightly than `−`, so only what stands directly before it is squared. Put brackets around "
            "the whole residual.",
        ),
        Misconception(
            "difference of squares",
            (lambda x, y, m, c: np.mean(y**2 - (m * x + c) ** 2), lambda x, y, m, c: np.mean((m * x + c) ** 2 - y**2)),
            "You squared first and subtracted after that. Subtract first: square the residual.",
        ),
        Misconception(
            "square of the sum",
            lambda x, y, m, c: np.sum(y - m * x - c) ** 2,
            "You squared the sum, in which plus and minus have cancelled. Square each residual first, then take the "
            "mean.",
        ),
        Misconception(
            "square of the sum, divided by N",
            lambda x, y, m, c: np.sum(y - m * x - c) ** 2 / len(x),
            "Dividing by N is right. But you squared the sum, in which plus and minus have cancelled: square each "
            "residual, then add.",
        ),
        Misconception(
            "divided by N − 1",
            quietly(lambda x, y, m, c: np.sum((y - m * x - c) ** 2) / (len(x) - 1)),
            "You divided by N − 1, as one does for a sample's variance. The mean of N squares divides by N.",
        ),
        Misconception(
            "divided by N − 2",
            quietly(lambda x, y, m, c: np.sum((y - m * x - c) ** 2) / (len(x) - 2)),
            "You divided by N − 2, as one does to estimate the noise around a fitted line. The mean of N squares "
            "divides by N.",
        ),
        Misconception(
            "variance",
            lambda x, y, m, c: np.var(y - m * x - c),
            "That is the variance of the residuals: it subtracts their mean first, and so it does not see that a line "
            "lies too high or too low.",
        ),
        Misconception(
            "median",
            lambda x, y, m, c: np.median((y - m * x - c) ** 2),
            "That is the median of the squares. Take their mean.",
        ),
        Misconception(
            "one point left out",
            (
                lambda *case: np.sum(_residual(*case)[1:] ** 2) / len(case[0]),
                lambda *case: np.sum(_residual(*case)[:-1] ** 2) / len(case[0]),
            ),
            "You divide by the right number, but the square of one point is missing in your sum. Begin with index 0, "
            "and end with the last one.",
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
