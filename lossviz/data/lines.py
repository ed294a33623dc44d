"""Points along a straight line: the data of lessons 01 and 02."""

import numpy as np

from .. import arguments
from ..checking import checked
from .seeds import streams

LINE_M = 3.3  # the true slope
LINE_C = 5.3  # the true intercept


@checked(n=arguments.integer(), noise=arguments.at_least_0, seed=arguments.seed)
def line(n: int = 1000, noise: float = 1.0, seed: int | np.random.Generator = 1) -> tuple[np.ndarray, np.ndarray]:
    """Draw points scattered about y = 3.3 x + 5.3.

    A smaller n gives the first points of a larger n, and less noise is the same noise made smaller. So a slider for `n`
    or `noise` changes only one thing, if the seed stays.

    Parameters
    ----------
    n : int
        How many points, at least 1.
    noise : float
        Standard deviation of the normal noise on y, at least 0.
    seed : int or numpy.random.Generator
        The same integer gives the same points. A generator gives others each time: an integer is drawn from it.

    Returns
    -------
    x, y : numpy.ndarray, shape (n,)
        x is uniform on [−5, 5].

    Examples
    --------
    >>> x, y = line(n=3, noise=0)
    >>> bool(np.allclose(y, 3.3 * x + 5.3))
    True
    """
    places, errors = streams(seed, 2)
    x = places.uniform(-5, 5, n)
    return x, LINE_M * x + LINE_C + noise * errors.standard_normal(n)


@checked(x=arguments.finite, y=arguments.finite, n=arguments.integer(2), seed=arguments.generator)
def outlier_line(
    x: float = 4.0, y: float = 0.0, n: int = 12, seed: int | np.random.Generator = 2
) -> tuple[np.ndarray, np.ndarray]:
    """Place a few points close to y = x + 2, and one more at (x, y).

    Parameters
    ----------
    x, y : float
        Where the outlier lies; it is the last point.
    n : int
        How many points there are besides the outlier, at least 2.
    seed : int or numpy.random.Generator
        The same integer gives the same points. A generator gives others each time.

    Returns
    -------
    x, y : numpy.ndarray, shape (n + 1,)

    Examples
    --------
    >>> x, y = outlier_line(x=4, y=-20)
    >>> float(x[-1]), float(y[-1]), len(x)
    (4.0, -20.0, 13)
    """
    places = np.linspace(-5, 5, n)
    noise = seed.normal(0, 0.5, n)
    return np.append(places, x), np.append(places + 2 + noise, y)
