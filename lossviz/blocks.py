"""Large batches: their entries go through a loss's rule block by block, on several threads where there are any.

The numbers are the same as for the whole batch in one piece, but they come sooner: a block stays in the processor's
cache, and NumPy lets threads run side by side. The blocks do not depend on the number of threads; so the sum does not
either, to its last digit.
"""

import contextlib
import functools
import math
import os
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np

from .arrays import any_array
from .checking import Refusal

WORKERS = min(2, os.cpu_count() or 1)  # more would wait for each other: between NumPy's steps only one can run
BLOCK = 1 << 17  # how many entries go through a rule at a time: few enough for the cache, enough to keep a thread busy


@functools.cache
def _workers() -> ThreadPoolExecutor | None:
    """Return the threads that share a large batch, or None where a thread cannot start."""
    workers = ThreadPoolExecutor(WORKERS, thread_name_prefix="lossviz")
    try:
        workers.submit(int)
    except RuntimeError:  # as in a browser's Python
        return None
    return workers


def _begin_elsewhere(work: Callable) -> list[Future]:
    """Ask the other threads, as many as there are, to help."""
    others: list[Future] = []
    workers = _workers() if WORKERS > 1 else None
    if workers:
        with contextlib.suppress(RuntimeError):  # when Python is ending, a thread cannot begin
            others.extend(workers.submit(work) for _ in range(WORKERS - 1))
    return others


def share(task: Callable, items: Sequence):
    """Call the task with each item, on several threads if there are any: a thread that is free takes the next item.

    Examples
    --------
    >>> squares = [0, 0, 0]
    >>> def square(i):
    ...     squares[i] = i**2
    >>> share(square, range(3))
    >>> squares
    [0, 1, 4]
    """
    left = iter(items)

    def work():
        with np.errstate(all="ignore"):
            for item in left:
                task(item)

    others = _begin_elsewhere(work)
    work()
    for other in others:
        if not other.cancel():  # it may not have begun, if other programs use the cores
            other.result()


def are_large(given: dict) -> bool:
    """Return whether the arguments of a loss are so large that blocks make it faster."""
    first = next(iter(given.values()))
    return isinstance(first, np.ndarray) and first.size > BLOCK


def value_and_gradient(loss, given: dict) -> tuple[float, list[np.ndarray]] | None:
    """Return a loss of entries and its gradients, or None if an argument is refused.

    A block that is refused does not know where in the batch it stands, and another thread may have failed before it.
    So we return None. The loss then computes the whole batch in one piece, as for a small batch, and its message says
    what is wrong and where.
    """
    try:
        return _value_and_gradient(loss, given)
    except (Refusal, TypeError, ValueError):
        return None


def _value_and_gradient(loss, given: dict) -> tuple[float, list[np.ndarray]]:
    arrays = {name: any_array(value) for name, value in given.items() if np.ndim(value)}
    shape = next(iter(arrays.values())).shape
    if any(array.shape != shape for array in arrays.values()):
        raise ValueError
    n = math.prod(shape)
    arrays = {name: array.reshape(-1) for name, array in arrays.items()}
    one = loss.check(given | {name: array[:1] for name, array in arrays.items()})
    settings = {name: value for name, value in one.items() if name not in arrays}
    gradients = [np.empty(n) for _ in loss.apply(one)[1]]
    factor = 1.0 if loss.slope_needs_the_sum else loss.reduce(0.0, n)[1]
    blocks = [slice(start, start + BLOCK) for start in range(0, n, BLOCK)]
    sums = np.empty(len(blocks))

    def compute(i):
        part = {name: loss.checks[name](name, array[blocks[i]]) for name, array in arrays.items()}
        per_example, slopes = loss.rule(**part, **settings)
        sums[i] = per_example.sum()
        for gradient, slope in zip(gradients, slopes if isinstance(slopes, tuple) else [slopes], strict=True):
            np.multiply(slope, factor, out=gradient[blocks[i]])

    def scale(block):
        for gradient in gradients:
            gradient[block] *= final_factor

    share(compute, range(len(blocks)))
    value, final_factor = loss.reduce(sums.sum(), n)
    if loss.slope_needs_the_sum:
        share(scale, blocks)
    return value, [gradient.reshape(shape) for gradient in gradients]
