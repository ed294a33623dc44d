"""The points of lesson 01's cases: a few to read, some small and some far out, and many."""

import numpy as np

X = np.array([0.0, 1.0, 2.0, 4.0])
Y = np.array([1.5, 2.0, 7.0, 8.5])
FAR_X = np.array([21.5, 20.0, 26.25, 23.0])
FAR_Y = np.array([0.31, 0.305, 0.42, 0.3])
SMALL_X = np.array([0.0042, 0.0, -0.0013, 0.0081, 0.0027])
SMALL_Y = np.array([0.37, -0.0061, 0.0, 0.52, -0.013])

_RANDOM = np.random.default_rng(1)
MANY_X = _RANDOM.uniform(-5, 5, 120).round(1)
MANY_Y = (3.3 * MANY_X + 5.3 + _RANDOM.normal(0, 4, 120)).round(2)
MANY_X[::15], MANY_Y[::15] = MANY_X[7], MANY_Y[7]  # one point more than once

# x, y, and a line m, c
WITH_A_LINE = [
    (X, Y, 2.0, 1.0),
    (np.array([3.0, -1.5, 0.0, 2.5, -1.5]), np.array([0.0, 4.25, -3.75, 1.137, 2.0]), -1.5, 0.257),
    (np.array([2, -1, 5]), np.array([4, 3, -2]), 0.5, -3.75),
    (SMALL_X, SMALL_Y, 51.3, 0.0),
    (FAR_X, FAR_Y, 0.01371, 0.0021),
    (FAR_X, FAR_Y, 0.0, 0.3),
    (np.array([3.0, 0.0, -1.0]), np.array([7.0, 1.0, -1.0]), 2.0, 1.0),  # all points on the line
    (MANY_X, MANY_Y, -37.25, 14.9),
]
