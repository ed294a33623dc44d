"""Mini-batches: all examples in random order, a few at a time."""

from collections.abc import Iterator

import numpy as np

from ..arguments import whole


def _generator(where: str, given) -> np.random.Generator:
    if isinstance(given, np.random.Generator):
        return given
    if isinstance(given, bool) or not isinstance(given, int | np.integer):
        raise TypeError(f"{where} must be a numpy.random.Generator or an integer seed, got {given!r:.80}")
    if given < 0:
        raise ValueError(f"{where} must be at least 0, got {given}")
    return np.random.default_rng(given)


def batches(x, y, size: int, rng: np.random.Generator | int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Deal all examples out in mini-batches, in random order: one epoch.

    Parameters
    ----------
    x, y : array_like
        The examples along the first axis, equally many; of any kind.
    size : int
        How many examples make a batch, at least 1. The last batch is smaller if they do not come out even, and the
        only one holds all if there are no more.
    rng : numpy.random.Generator or int
        Hand the same generator to every epoch, and each has an order of its own. An integer of at least 0 is a seed,
        and gives the same order each time.

    Returns
    -------
    iterator of (x, y)
        Each example once. The arrays are copies.

    Raises
    ------
    ValueError
        If x and y are not equally long, there is no example, or a number is not allowed.
    TypeError
        If `size` is no integer, or `rng` is neither a generator nor an integer.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> for x, y in batches([1, 2, 3, 4, 5], [10, 20, 30, 40, 50], size=2, rng=rng):
    ...     print(x, y)
    [5 1] [50 10]
    [2 3] [20 30]
    [4] [40]

    References
    ----------
    L. Bottou, F. E. Curtis and J. Nocedal, Optimization methods for large-scale machine learning, SIAM Review 60, 2018.
    """
    x, y = np.asarray(x), np.asarray(y)
    if x.ndim == 0 or y.ndim == 0 or len(x) != len(y):
        raise ValueError(
            f"batches: x and y must hold equally many examples along their first axis, got shapes {x.shape} and "
            f"{y.shape}"
        )
    if len(x) == 0:
        raise ValueError(f"batches: x is empty (shape {x.shape}); at least one example is needed")
    size = whole("batches: size", size)
    order = _generator("batches: rng", rng).permutation(len(x))
    deals = (order[start : start + size] for start in range(0, len(x), size))
    return ((x[deal], y[deal]) for deal in deals)
