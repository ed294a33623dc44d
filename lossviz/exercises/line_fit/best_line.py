"""The slope of the best line, in closed form."""

import numpy as np

from ..engine import Exercise, Misconception, quietly
from .points import FAR_X, FAR_Y, MANY_X, MANY_Y, SMALL_X, SMALL_Y, X, Y


def _centred(x, y):
    return x - np.mean(x), y - np.mean(y)


def _slope(x, y):
    dx, dy = _centred(x, y)
    return np.sum(dx * dy) / np.sum(dx**2)


def _of_centred(rule):
    """Let a wrong rule have x, y and both of them centred."""
    return quietly(lambda x, y: rule(x, y, *_centred(x, y)))


slope = Exercise(
    reference=_slope,
    cases=[
        (X, Y),
        (np.array([1.0, 2.0, 5.0, 6.0]), np.array([3.0, 1.0, -4.0, 0.0])),
        (np.array([3, -1, 7, 4, 4]), np.array([2, 0, -1, 5, 5])),
        (FAR_X, FAR_Y),
        (SMALL_X, SMALL_Y),
        (SMALL_X[::-1], np.array([0.0031, 0.0, -0.0042, 0.0016, -0.0007])),
        (SMALL_X, np.array([-3.1, 0.4, 2.7, -5.9, 1.25])),
        (MANY_X, MANY_Y),
        (np.array([1987.0, 1991.0, 2004.0, 2010.0, 2013.0]), np.array([3.1, 2.75, 0.5, 0.625, -1.0])),  # years
    ],
    misconceptions=[
        Misconception(
            "not centred",
            lambda x, y: np.sum(x * y) / np.sum(x**2),
            "That is the best slope for a line through the origin. Subtract the mean from x and from y first.",
        ),
        Misconception(
            "only half centred",
            (
                _of_centred(lambda x, y, dx, dy: np.sum(dx * dy) / np.sum(x**2)),
                _of_centred(lambda x, y, dx, dy: np.sum(x * y) / np.sum(dx**2)),
            ),
            "Above the bar you centred and below you did not, or the other way round. Both parts need the centred x.",
        ),
        Misconception(
            "upside down",
            lambda x, y: np.sum((x - np.mean(x)) ** 2) / np.sum((x - np.mean(x)) * (y - np.mean(y))),
            "The fraction is upside down: the squares of x belong in the denominator.",
        ),
        Misconception(
            "divided by the spread of y",
            lambda x, y: np.sum((x - np.mean(x)) * (y - np.mean(y))) / np.sum((y - np.mean(y)) ** 2),
            "That is the slope for predicting x from y: you divided by the squares of y, or gave a function y and x in "
            "the wrong order.",
        ),
        Misconception(
            "correlation",
            lambda x, y: np.corrcoef(x, y)[0, 1],
            "That is the correlation: it has no unit. The slope is in units of y per unit of x: divide by the squares "
            "of x alone.",
        ),
        Misconception(
            "quotient of the spreads",
            (lambda x, y: np.std(y) / np.std(x), _of_centred(lambda x, y, dx, dy: np.sum(dy**2) / np.sum(dx**2))),
            "You divide the spread of y by the spread of x: that is never negative, and does not see whether y goes up "
            "with x. Above the bar stand products of x and y.",
        ),
        Misconception(
            "first and last point",
            lambda x, y: (y[-1] - y[0]) / (x[-1] - x[0]),
            "That is the slope from the first point to the last; the points between them do not count.",
        ),
        Misconception(
            "two kinds of mean",
            (
                lambda x, y: np.cov(x, y)[0, 1] / np.var(x),
                lambda x, y: np.cov(x, y, bias=True)[0, 1] / np.var(x, ddof=1),
            ),
            "Nearly: np.cov divides by N − 1, np.var by N. Divide by np.var(x, ddof=1), or take the plain sums.",
        ),
        Misconception(
            "a sum and a mean",
            (
                _of_centred(lambda x, y, dx, dy: np.sum(dx * dy) / np.mean(dx**2)),
                _of_centred(lambda x, y, dx, dy: np.mean(dx * dy) / np.sum(dx**2)),
                _of_centred(lambda x, y, dx, dy: np.sum(dx * dy) / np.var(x, ddof=1)),
                lambda x, y: np.cov(x, y)[0, 1] / np.sum((x - np.mean(x)) ** 2),
            ),
            "On one side of the bar you take a sum, on the other a mean (np.var and np.cov are means, too). Take the "
            "same on both sides, so that N cancels.",
        ),
        Misconception(
            "not divided",
            lambda x, y: np.sum((x - np.mean(x)) * (y - np.mean(y))),
            "That is the numerator. Divide it by the sum of the squares of the centred x.",
        ),
        Misconception(
            "covariance",
            (
                _of_centred(lambda x, y, dx, dy: np.mean(dx * dy)),
                lambda x, y: np.cov(x, y)[0, 1],
            ),
            "That is the covariance of x and y. For the slope it is divided by the variance of x, both with N or both "
            "with N − 1.",
        ),
        Misconception(
            "not squared",
            (
                _of_centred(lambda x, y, dx, dy: np.sum(dx * dy) / np.sum(np.abs(dx))),
                _of_centred(lambda x, y, dx, dy: np.sum(dx * dy) / np.sum(np.abs(dx * 2))),
                _of_centred(lambda x, y, dx, dy: np.sum(dx * dy) / np.sum(dx**2) ** 0.5),
            ),
            "The numerator is right. Below the bar stands the sum of the squares of the centred x: each is multiplied "
            "by itself, and there is no root.",
        ),
        Misconception(
            "products of the sums",
            (
                lambda x, y: 0.0,
                _of_centred(lambda x, y, dx, dy: np.sum(dx) * np.sum(dy) / np.sum(dx) ** 2),
                _of_centred(lambda x, y, dx, dy: np.sum(dx * dy) / np.sum(dx) ** 2),
            ),
            "A sum of centred numbers is 0, up to rounding, so nothing useful is left when you add before you multiply "
            "or square. Multiply point by point, then add.",
        ),
        Misconception(
            "mean of the ratios",
            (
                _of_centred(lambda x, y, dx, dy: np.mean(dy / dx)),
                _of_centred(lambda x, y, dx, dy: np.sum(dy / dx)),
                quietly(lambda x, y: np.mean(y / x)),
                quietly(lambda x, y: np.sum(y / x)),
            ),
            "You divide for each point, and add after that. Add first, above and below the bar, and divide once, at "
            "the end.",
        ),
        Misconception(
            "ratio of the means",
            quietly(lambda x, y: np.mean(y) / np.mean(x)),
            "That is the slope from the origin to the centre of the points. Look at how y changes when x does: centre "
            "both.",
        ),
        Misconception(
            "no sums",
            (
                _of_centred(lambda x, y, dx, dy: dy / dx),
                _of_centred(lambda x, y, dx, dy: dx * dy / dx**2),
                _of_centred(lambda x, y, dx, dy: dx * dy / np.sum(dx**2)),
            ),
            "You return one number for each point. The slope is one number: a sum above the bar, divided by a sum "
            "below it.",
        ),
        Misconception(
            "brackets",
            (
                lambda x, y: np.sum((x - np.mean(x)) * y - np.mean(y)) / np.sum((x - np.mean(x)) ** 2),
                lambda x, y: np.sum(x - np.mean(x) * y - np.mean(y)) / np.sum((x - np.mean(x)) ** 2),
                _of_centred(lambda x, y, dx, dy: np.sum(dx * dy) / np.sum(x - np.mean(x) ** 2)),
            ),
            "`*` and `**` bind more tightly than `−`. Put brackets around each difference, or give dx and dy names.",
        ),
        Misconception(
            "intercept",
            lambda x, y: np.mean(y) - _slope(x, y) * np.mean(x),
            "That is the intercept. `np.polyfit` and `models.least_squares_line` return the slope first, at index 0.",
        ),
        Misconception(
            "centred at the median",
            lambda x, y: np.sum((x - np.median(x)) * (y - np.median(y))) / np.sum((x - np.median(x)) ** 2),
            "You subtract the medians. The best line for squares passes through the means of x and y: subtract those.",
        ),
        Misconception(
            "through the first point",
            lambda x, y: np.sum((x - x[0]) * (y - y[0])) / np.sum((x - x[0]) ** 2),
            "That is the best slope for a line through the first point. The best of all lines passes through the "
            "centre: subtract the means.",
        ),
        Misconception(
            "whole means",
            lambda x, y: (
                np.sum((x - np.floor(np.mean(x))) * (y - np.floor(np.mean(y))))
                / np.sum((x - np.floor(np.mean(x))) ** 2)
            ),
            "Your means are whole numbers: `//` cuts off the decimals. Divide with `/`.",
        ),
        Misconception(
            "small constant",
            tuple(
                _of_centred(lambda x, y, dx, dy, small=small: np.sum(dx * dy) / (np.sum(dx**2) + small))
                for small in (1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9)
            ),
            "You add a small constant below the bar. Where the places x lie close together, it is not small: leave it "
            "out.",
        ),
        Misconception(
            "fixed number of points",
            tuple(lambda x, y, n=n: _slope(x[:n], y[:n]) for n in (4, 25, 40, 50, 100)),
            "You use the first points only, always as many. Use all of them, however many there are.",
        ),
    ],
    notice="The intercept follows: the best line passes through the centre, so c = ȳ − m x̄.",
    unit="(unit of y per unit of x)",
    within=2e-6,
)
