"""Mini-batches: all examples in random order, a few at a time."""

from collections.abc import Iterator

import numpy as np

from .. import arguments
from ..checking import checked


@checked(
    arguments.same_length("y", "x"),
    x=arguments.examples,
    y=arguments.examples,
    size=arguments.integer(),
    rng=arguments.generator,
)
def batches(x, y, size: int, rng: np.random.Generator | int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Deal all examples out in mini-batches, in random order: one epoch.

    Parameters
    ----------
    x, y : array_like
        The examples along the first axis, as many in x as in y; of any kind.
    size : int
        How many examples are in a batch, at least 1. The last batch holds the rest, so it may be smaller. If there are
        fewer examples than that, one batch holds them all.
    rng : numpy.random.Generator or int
        Give the same generator to every epoch, and each epoch has its own order. An integer of at least 0 is a seed,
        and gives the same order each time.

    Returns
    -------
    iterator of (x, y)
        Each example once. The arrays are copies.

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
    order = rng.permutation(len(x))
    deals = (order[start : start + size] for start in range(0, len(x), size))
    return ((x[deal], y[deal]) for deal in deals)
