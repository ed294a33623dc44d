"""Holding examples back from training: lessons 10 and 15."""

import numpy as np

from .. import arguments
from ..checking import Check, Refusal, checked
from .seeds import streams


def _two_examples(given) -> np.ndarray:
    array = arguments.examples.convert(given)
    if len(array) < 2:
        raise Refusal(f"{len(array)}")
    return array


@checked(
    arguments.same_length("y", "x"),
    x=Check("two or more examples of any sort, along the first axis", _two_examples),
    y=arguments.examples,
    validation=arguments.between_0_and_1,
    seed=arguments.seed,
)
def split(
    x, y, validation: float = 0.25, seed: int | np.random.Generator = 0
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Split examples at random into a part for training and a part for validation.

    A larger validation part contains all examples of a smaller one.

    Parameters
    ----------
    x : array_like, shape (n, ...)
        The examples, along the first axis; at least 2.
    y : array_like, shape (n, ...)
        Their targets or labels.
    validation : float
        The share that is held back, above 0 and below 1: round(validation · n) examples, but at least one, and at
        least one is left for training.
    seed : int or numpy.random.Generator
        The same integer gives the same split. A generator gives others each time: an integer is drawn from it.

    Returns
    -------
    x_train, y_train, x_validation, y_validation : numpy.ndarray
        In random order, and of the types of `x` and `y`.

    Examples
    --------
    >>> x_train, y_train, x_validation, y_validation = split([[1], [2], [3], [4]], [1, 4, 9, 16])
    >>> len(x_train), len(x_validation)
    (3, 1)
    >>> bool((x_train[:, 0] ** 2 == y_train).all())
    True
    """
    (shuffle,) = streams(seed, 1)
    held = min(max(1, round(validation * len(x))), len(x) - 1)
    order = shuffle.permutation(len(x))
    return x[order[held:]], y[order[held:]], x[order[:held]], y[order[:held]]
