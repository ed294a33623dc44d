"""Holding examples back from training: lessons 10 and 15."""

import numpy as np

from ..arguments import between_0_and_1
from .seeds import streams


def split(x, y, validation: float = 0.25, seed: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Split examples at random into some to train on and some to validate with.

    A larger validation part keeps all examples of a smaller one.

    Parameters
    ----------
    x : array_like, shape (n, ...)
        The examples, along the first axis; at least 2.
    y : array_like, shape (n, ...)
        Their targets or labels.
    validation : float
        The share that is held back, above 0 and below 1: round(validation · n) examples, but at least one, and at
        least one is left to train on.
    seed : int
        The same seed gives the same split.

    Returns
    -------
    x_train, y_train, x_validation, y_validation : numpy.ndarray
        In random order, and of the types of `x` and `y`.

    Raises
    ------
    ValueError
        If `x` and `y` are not equally long, there are fewer than 2 examples, or `validation` is out of its range.
    TypeError
        If `validation` or `seed` is not one number.

    Examples
    --------
    >>> x_train, y_train, x_validation, y_validation = split([[1], [2], [3], [4]], [1, 4, 9, 16])
    >>> len(x_train), len(x_validation)
    (3, 1)
    >>> bool((x_train[:, 0] ** 2 == y_train).all())
    True
    """
    x, y = np.asarray(x), np.asarray(y)
    if x.ndim == 0 or y.ndim == 0 or len(x) != len(y):
        raise ValueError(f"split: x and y must be equally long, got shapes {x.shape} and {y.shape}")
    if len(x) < 2:
        raise ValueError(f"split: x must hold at least 2 examples, got {len(x)}")
    share = between_0_and_1("split: validation", validation)
    (shuffle,) = streams("split: seed", seed, 1)
    held = min(max(1, round(share * len(x))), len(x) - 1)
    order = shuffle.permutation(len(x))
    return x[order[held:]], y[order[held:]], x[order[:held]], y[order[:held]]
