"""Points of the plane, each with a class: the data of lessons 04, 05, 08, 09 and 11."""

import numpy as np

from .. import arguments
from ..checking import checked
from .seeds import streams

RARE_CENTRE = (1.5, 2.0)  # 2.5 standard deviations from the common class


@checked(n=arguments.integer(), classes=arguments.integer(2), spread=arguments.at_least_0, seed=arguments.seed)
def blobs(
    n: int = 150, classes: int = 3, spread: float = 1.0, seed: int | np.random.Generator = 4
) -> tuple[np.ndarray, np.ndarray]:
    """Draw normal clouds, one for each class, round centres that are spaced evenly on a circle of radius 2.

    By default the clouds overlap a little, so no boundary is perfect and the best one is finite. A smaller n gives the
    first points of a larger n. A smaller spread draws the same clouds together.

    Parameters
    ----------
    n : int
        How many points, at least 1. They take the classes in turn, so all classes are equally frequent.
    classes : int
        How many classes, at least 2.
    spread : float
        Standard deviation of a cloud in each direction, at least 0.
    seed : int or numpy.random.Generator
        The same integer gives the same points. A generator gives others each time: an integer is drawn from it.

    Returns
    -------
    x : numpy.ndarray, shape (n, 2)
    label : numpy.ndarray of int, shape (n,)
        From 0 to classes − 1.

    Examples
    --------
    >>> x, label = blobs(n=4, classes=2, spread=0)
    >>> label.tolist()
    [0, 1, 0, 1]
    >>> x[:2].round(3)
    array([[ 1.414,  1.414], [-1.414, -1.414]])
    """
    (errors,) = streams(seed, 1)
    label = np.arange(n, dtype=np.intp) % classes
    angle = np.pi / 4 + 2 * np.pi * label / classes  # from 45°: the boundary between two classes is diagonal
    centre = 2 * np.column_stack([np.cos(angle), np.sin(angle)])
    return centre + spread * errors.standard_normal((n, 2)), label


@checked(n=arguments.integer(), noise=arguments.at_least_0, seed=arguments.seed)
def moons(n: int = 200, noise: float = 0.15, seed: int | np.random.Generator = 8) -> tuple[np.ndarray, np.ndarray]:
    """Draw two half circles that reach into each other: two classes that a straight line cannot separate.

    A smaller n gives the first points of a larger n, and less noise is the same noise made smaller.

    Parameters
    ----------
    n : int
        How many points, at least 1. They take the classes in turn.
    noise : float
        Standard deviation of the normal noise on both coordinates, at least 0; the half circles have radius 1.
    seed : int or numpy.random.Generator
        The same integer gives the same points. A generator gives others each time: an integer is drawn from it.

    Returns
    -------
    x : numpy.ndarray, shape (n, 2)
    label : numpy.ndarray of int, shape (n,)
        0 for the upper half circle, round (0, 0), and 1 for the lower one, round (1, ½).

    Examples
    --------
    >>> x, label = moons(n=200, noise=0)
    >>> upper = x[label == 0]
    >>> bool(np.allclose(np.hypot(upper[:, 0], upper[:, 1]), 1))
    True
    """
    places, errors = streams(seed, 2)
    label = np.arange(n, dtype=np.intp) % 2
    angle = places.uniform(0, np.pi, n)
    upper = np.column_stack([np.cos(angle), np.sin(angle)])
    x = np.where(label[:, None] == 0, upper, [1.0, 0.5] - upper)
    return x + noise * errors.standard_normal((n, 2)), label


@checked(n=arguments.integer(2), rare=arguments.up_to(0.5), seed=arguments.seed)
def imbalanced(
    n: int = 1000, rare: float = 0.05, seed: int | np.random.Generator = 11
) -> tuple[np.ndarray, np.ndarray]:
    """Draw a common class and a rare one that overlaps it a little.

    Both are normal with standard deviation 1, the common one round (0, 0), the rare one round (1.5, 2). With more
    points, or another share, each class keeps its first points where they were.

    Parameters
    ----------
    n : int
        How many points in all, at least 2.
    rare : float
        The share of the rare class, above 0 and at most ½. It has round(rare · n) points, and at least one.
    seed : int or numpy.random.Generator
        The same integer gives the same points. A generator gives others each time: an integer is drawn from it.

    Returns
    -------
    x : numpy.ndarray, shape (n, 2)
        First the common class, then the rare one: so a plot draws the rare class on top.
    label : numpy.ndarray of int, shape (n,)
        0 for common, 1 for rare.

    Examples
    --------
    >>> x, label = imbalanced(n=1000, rare=0.05)
    >>> int(label.sum())
    50
    """
    common_points, rare_points = streams(seed, 2)
    few = max(1, round(rare * n))
    x = np.concatenate(
        [common_points.standard_normal((n - few, 2)), RARE_CENTRE + rare_points.standard_normal((few, 2))]
    )
    return x, np.repeat(np.array([0, 1], dtype=np.intp), [n - few, few])
