"""Random search: a way to find a minimum without a gradient."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .. import arguments
from ..checking import checked
from .descent import VALUE, point_in_words

POINT = arguments.returned(arguments.real)


@dataclass(frozen=True, eq=False)
class Search:
    """The points that a random search tried. `random_search` makes it; it shows itself in words.

    Attributes
    ----------
    points : numpy.ndarray, shape (tries, *shape of a point)
        All points, in the order of the tries.
    values : numpy.ndarray, shape (tries,)
        The function there; inf where it was inf.
    """

    points: np.ndarray
    values: np.ndarray

    @property
    def best_so_far(self) -> np.ndarray:
        """The least value up to each try: the curve of the search, which never rises."""
        return np.minimum.accumulate(self.values)

    @property
    def best(self) -> np.ndarray:
        """The point with the least value; the first, if there are several."""
        return self.points[self.values.argmin()]

    def __str__(self):
        tries = len(self.values)
        return (
            f"{tries} tr{'ies' if tries != 1 else 'y'}, the best was number {self.values.argmin() + 1}\n"
            f"first   value {self.values[0]:.4g} at {point_in_words(self.points[0])}\n"
            f"best    value {self.values.min():.4g} at {point_in_words(self.best)}"
        )

    __repr__ = __str__


@checked(function=arguments.function, draw=arguments.function, tries=arguments.integer(), seed=arguments.generator)
def random_search(function: Callable, draw: Callable, tries: int, seed: int | np.random.Generator = 0) -> Search:
    """Try points at random and see which is best: it needs no gradient, and it finds little.

    Parameters
    ----------
    function : callable
        Takes a point and returns one number, which may be inf.
    draw : callable
        Takes a `numpy.random.Generator` and returns a point: finite numbers, always in one shape.
    tries : int
        How many points to try, at least 1.
    seed : int or numpy.random.Generator
        An integer of at least 0: the same integer gives the same points, and with more tries they are the first ones.
        Or a generator, which moves on with every use.

    Returns
    -------
    Search
        With all points and values, the best of them, and the best so far at each try.

    Raises
    ------
    ValueError, TypeError
        draw must return one or more finite numbers, always in the same shape.
        function must return one number, and not NaN.

    Examples
    --------
    >>> search = random_search(lambda w: w @ w, lambda rng: rng.normal(size=3), tries=1000)
    >>> search.points.shape
    (1000, 3)
    >>> search.best_so_far[[0, 9, 99, 999]].round(3)
    array([0.443, 0.429, 0.059, 0.02 ])

    References
    ----------
    J. Bergstra and Y. Bengio, Random search for hyper-parameter optimization, Journal of Machine Learning Research 13,
    2012.
    """
    rng, points, values = seed, [], []
    for number in range(1, tries + 1):
        point = POINT("random_search: draw", draw(rng)).copy()
        if points and point.shape != points[0].shape:
            raise ValueError(
                f"random_search: draw must always return the same shape, got {point.shape} at try {number} and "
                f"{points[0].shape} at the first"
            )
        value = VALUE("random_search: function", function(point.copy()))
        if math.isnan(value):
            raise ValueError(f"random_search: function must return a number, got nan at try {number}")
        points.append(point)
        values.append(value)
    return Search(np.array(points), np.array(values))
