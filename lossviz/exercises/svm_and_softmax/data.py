"""The scores that the answers to lesson 05 are tried on."""

import numpy as np

CAT, CAR, FROG = np.array([3.2, 5.1, -1.7]), np.array([1.3, 4.9, 2.0]), np.array([2.2, 2.5, -3.1])
FOUR = np.array([CAT, CAR, FROG, [0.0, 2.0, 0.5]])

_rng = np.random.default_rng(5)
TWELVE = _rng.normal(scale=2.5, size=12).round(3)
MANY = _rng.normal(scale=1.5, size=(23, 5)).round(3)
WIDE = _rng.normal(scale=1.5, size=(7, 13)).round(3)
