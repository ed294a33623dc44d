"""Points along a curve that no straight line fits: the data of lesson 10."""

import numpy as np

from ..arguments import at_least_0, whole
from .seeds import streams


def curve(n: int = 20, noise: float = 0.2, seed: int = 15) -> tuple[np.ndarray, np.ndarray]:
    """Draw points scattered about y = sin(π x), one full wave.

    Fewer points are the first of the many, and less noise is the same noise made smaller.

    Parameters
    ----------
    n : int
        How many points, at least 1.
    noise : float
        Standard deviation of the normal noise on y, at least 0.
    seed : int
        The same seed gives the same points, another seed new ones: data that no fit has seen.

    Returns
    -------
    x, y : numpy.ndarray, shape (n,)
        x is uniform on [−1, 1], where the powers of x stay small.

    Raises
    ------
    ValueError
        If `n` or `noise` is too small.
    TypeError
        If an argument is not one number.

    Examples
    --------
    >>> x, y = curve(n=3, noise=0)
    >>> bool(np.allclose(y, np.sin(np.pi * x)))
    True
    """
    n = whole("curve: n", n)
    noise = at_least_0("curve: noise", noise)
    places, errors = streams("curve: seed", seed, 2)
    x = places.uniform(-1, 1, n)
    return x, np.sin(np.pi * x) + noise * errors.standard_normal(n)
