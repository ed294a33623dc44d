"""Points along a curve that a straight line cannot fit: the data of lesson 10."""

import numpy as np

from .. import arguments
from ..checking import checked
from .seeds import streams


@checked(n=arguments.integer(), noise=arguments.at_least_0, seed=arguments.seed)
def curve(n: int = 20, noise: float = 0.2, seed: int | np.random.Generator = 15) -> tuple[np.ndarray, np.ndarray]:
    """Draw points scattered about y = sin(π x), one full wave.

    A smaller n gives the first points of a larger n, and less noise is the same noise made smaller.

    Parameters
    ----------
    n : int
        How many points, at least 1.
    noise : float
        Standard deviation of the normal noise on y, at least 0.
    seed : int or numpy.random.Generator
        The same integer gives the same points; another integer gives new points, which no fit has seen. A generator
        gives others each time: an integer is drawn from it.

    Returns
    -------
    x, y : numpy.ndarray, shape (n,)
        x is uniform on [−1, 1], where the powers of x stay small.

    Examples
    --------
    >>> x, y = curve(n=3, noise=0)
    >>> bool(np.allclose(y, np.sin(np.pi * x)))
    True
    """
    places, errors = streams(seed, 2)
    x = places.uniform(-1, 1, n)
    return x, np.sin(np.pi * x) + noise * errors.standard_normal(n)
