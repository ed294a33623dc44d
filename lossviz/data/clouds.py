"""Clouds of points along simple outlines, without order and without labels: the data of lesson 12."""

import numpy as np

from .. import arguments
from ..checking import checked
from .seeds import streams

GOLDEN = (np.sqrt(5) - 1) / 2  # steps by this part of the outline never bunch and never come back to the same place


def _circle(t):
    return np.cos(2 * np.pi * t), np.sin(2 * np.pi * t)


def _square(t):
    corners = [0, 0.25, 0.5, 0.75, 1]
    return np.interp(t, corners, [-1, 1, 1, -1, -1]), np.interp(t, corners, [-1, -1, 1, 1, -1])


def _cross(t):
    return np.where(t < 0.5, 4 * t - 1, 0.0), np.where(t < 0.5, 0.0, 4 * t - 3)


SHAPES = {"circle": _circle, "cross": _cross, "square": _square}  # each takes a part of its outline, from 0 to 1


@checked(shape=arguments.one_of(*SHAPES), n=arguments.integer(), noise=arguments.at_least_0, seed=arguments.seed)
def cloud(shape: str = "circle", n: int = 40, noise: float = 0.05, seed: int | np.random.Generator = 12) -> np.ndarray:
    """Place points along an outline about (0, 0), spread evenly over all of it.

    A smaller n gives the first points of a larger n, and less noise is the same noise made smaller.

    Parameters
    ----------
    shape : {"circle", "cross", "square"}
        A circle of radius 1, a cross whose arms are 1 long, or a square of side 2.
    n : int
        How many points, at least 1; a distance that pairs the points of two clouds needs clouds of equal size.
    noise : float
        Standard deviation of the normal noise on both coordinates, at least 0.
    seed : int or numpy.random.Generator
        The same integer gives the same points. A generator gives others each time: an integer is drawn from it.

    Returns
    -------
    numpy.ndarray, shape (n, 2)

    Examples
    --------
    >>> points = cloud("circle", n=40, noise=0)
    >>> bool(np.allclose(np.hypot(points[:, 0], points[:, 1]), 1))
    True
    """
    places, errors = streams(seed, 2)
    t = (places.uniform() + GOLDEN * np.arange(n)) % 1
    return np.column_stack(SHAPES[shape](t)) + noise * errors.standard_normal((n, 2))
