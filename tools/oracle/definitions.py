"""Numbers of 100 digits, slopes measured with them, and the arithmetic that the definitions share."""

import mpmath
import numpy as np
from mpmath import mpf

mpmath.mp.dps = 100
STEP = mpf(10) ** -25  # for the measured slopes, relative to the number that is moved; their error is about STEP²
HALF = mpf(1) / 2


def exact(array):
    return [exact(each) for each in array] if np.ndim(array) else mpf(float(array))


def moved(array, index, step):
    if not index:
        return array + step
    return [moved(each, index[1:], step) if i == index[0] else each for i, each in enumerate(array)]


def measured_slope(function, array, index):
    """The slope of a function of an array of long numbers in one of its entries."""
    at = array
    for i in index:
        at = at[i]
    step = STEP * (abs(at) if at else 1)
    return float((function(moved(array, index, step)) - function(moved(array, index, -step))) / (2 * step))


def log(x):
    return mpmath.log(x) if x > 0 else -mpmath.inf


def x_log_y(x, y):
    return x * log(y) if x else mpf(0)


def softplus(x):
    return max(x, 0) + mpmath.log1p(mpmath.exp(-abs(x)))


def log_sum_exp(scores):
    return mpmath.log(mpmath.fsum(map(mpmath.exp, scores)))


def squared_distance(one, other):
    return mpmath.fsum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def distance(one, other):
    return mpmath.sqrt(squared_distance(one, other))
