"""The shared `Loss`: what turns a loss's per-example rule into something to call, differentiate and read.

Here are the decorator, what counts as an example, and how examples are put together. The losses themselves, and
nothing but their arithmetic, are in `lossviz.losses`; the kinds of argument that they name are in `lossviz.arguments`.
"""

import functools
import inspect
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from .checking import Check

WORKERS = min(2, os.cpu_count() or 1)  # more would wait for one another: between NumPy's steps only one can go on
BLOCK = 1 << 17  # how many entries go through a rule at a time: few enough for the cache, enough to keep a thread busy


@functools.cache
def _workers() -> ThreadPoolExecutor:
    """Return the threads that large batches are shared among; NumPy lets them run side by side."""
    return ThreadPoolExecutor(WORKERS, thread_name_prefix="lossviz")


def _share(task: Callable, items: Sequence):
    """Call the task with each item, on several threads: whoever is free takes the next."""
    left = iter(items)

    def work():
        with np.errstate(all="ignore"):
            for item in left:
                task(item)

    others = [_workers().submit(work) for _ in range(WORKERS - 1)]
    work()
    for other in others:
        if not other.cancel():  # it may not have begun, where other programs hold the cores
            other.result()


# ---------------------------------------------------------------------- from examples to one number
# Each takes the sum over the examples and their number, and returns the batch's value and the factor that turns the
# slopes of the examples into its gradient.


def mean(total: float, n: int) -> tuple[float, float]:
    """The mean over examples: what a batch's loss is unless its name says otherwise."""
    return float(total) / n, 1 / n


def total(total: float, n: int) -> tuple[float, float]:
    """The sum over examples."""
    return float(total), 1.0


def root_mean(total: float, n: int) -> tuple[float, float]:
    """The square root of the mean; where the mean is 0 it has a kink, and the gradient is taken to be 0."""
    root = float(np.sqrt(total / n))
    return root, 0.5 / (root * n) if root > 0 else 0.0


# ---------------------------------------------------------------------- what is an example
# Each looks at the checked arguments of a loss and refuses shapes that do not fit together.


def _arrays(checked: dict) -> dict[str, np.ndarray]:
    return {name: given for name, given in checked.items() if isinstance(given, np.ndarray)}


def _refuse_axes(name: str, argument: str, array: np.ndarray, allowed: str):
    raise ValueError(f"{name}: {argument} must {allowed}, got shape {array.shape}")


def entries(name: str, checked: dict):
    """Every entry is an example: all arrays have one shape."""
    arrays = _arrays(checked)
    first, *others = arrays
    for other in others:
        if arrays[other].shape != arrays[first].shape:
            raise ValueError(
                f"{name}: {first} has shape {arrays[first].shape}, {other} has shape {arrays[other].shape}; "
                "they must be equal"
            )


def rows(name: str, checked: dict):
    """Every row, along the last axis, is an example: all arrays have one shape."""
    entries(name, checked)
    first, array = next(iter(_arrays(checked).items()))
    if array.ndim == 0:
        _refuse_axes(name, first, array, "hold rows")


def labelled_rows(name: str, checked: dict):
    """Every row of the first array is an example, with a class of it named by the second."""
    (first, array), (second, labels), *_ = _arrays(checked).items()
    if array.ndim == 0:
        _refuse_axes(name, first, array, "hold rows, an entry for each class")
    if labels.shape != array.shape[:-1]:
        raise ValueError(
            f"{name}: {first} has shape {array.shape}, {second} has shape {labels.shape}; "
            f"one {second} is needed for each row, shape {array.shape[:-1]}"
        )
    classes = array.shape[-1]
    if labels.max() >= classes:
        row = np.argwhere(labels >= classes)[0]
        place = f" at index {row[0] if len(row) == 1 else tuple(map(int, row))}" if len(row) else ""
        raise ValueError(f"{name}: {second} must be from 0 to {classes - 1}, got {labels[tuple(row)]}{place}")


# ---------------------------------------------------------------------- Loss


def _one_or_all(gradients: list[np.ndarray]) -> np.ndarray | tuple[np.ndarray, ...]:
    return gradients[0] if len(gradients) == 1 else tuple(gradients)


def _as_tuple(slope: np.ndarray | tuple[np.ndarray, ...]) -> tuple[np.ndarray, ...]:
    return slope if isinstance(slope, tuple) else (slope,)


class Loss:
    """A loss: call it for the batch's value; ask it for the values of the examples, or the gradient.

    Made by the decorator `loss` from a rule that returns, for each example, the value and its slope in what is
    learned. In a notebook it shows itself as its formula, and `??` shows the rule.

    Attributes
    ----------
    name : str
        The name of the rule, as in `lossviz.losses`.
    formula : str
        The batch's value in LaTeX.
    rule : callable
        The arithmetic, without any check of what it is given.

    Examples
    --------
    >>> from lossviz.losses import mse
    >>> mse([1.0, 2.0], [1.0, 4.0])
    2.0
    >>> mse.per_example([1.0, 2.0], [1.0, 4.0])
    array([0., 4.])
    >>> mse.gradient([1.0, 2.0], [1.0, 4.0])
    array([ 0., -2.])
    """

    def __init__(self, rule: Callable, formula: str, kinds: dict[str, Check], example: Callable, together: Callable):
        functools.update_wrapper(self, rule)
        self.name = rule.__name__
        self.formula = formula
        self.rule = rule
        self._kinds = kinds
        self._example = example
        self._together = together
        self._signature = inspect.signature(rule)
        if list(self._signature.parameters) != list(kinds):
            raise TypeError(f"{self.name}: the kinds {list(kinds)} are not the rule's arguments")

    def __call__(self, *arguments, **settings) -> float:
        """Return the loss of the batch."""
        return self.value_and_gradient(*arguments, **settings)[0]

    def per_example(self, *arguments, **settings) -> np.ndarray:
        """Return the values of the single examples, before they are put together."""
        return self._apply(self._check(self._bind(arguments, settings)))[0]

    def gradient(self, *arguments, **settings) -> np.ndarray | tuple[np.ndarray, ...]:
        """Return the gradient of the batch's value with respect to the first argument, in its shape.

        Where a loss learns several arguments, as `triplet` does, a tuple in their order.
        """
        return self.value_and_gradient(*arguments, **settings)[1]

    def value_and_gradient(self, *arguments, **settings) -> tuple[float, np.ndarray | tuple[np.ndarray, ...]]:
        """Return the loss of the batch and its gradient, for the price of one pass."""
        given = self._bind(arguments, settings)
        first = next(iter(given.values()))
        with np.errstate(all="ignore"):  # a sum beyond the largest float is inf, too
            if self._example is entries and isinstance(first, np.ndarray) and first.size > BLOCK:
                try:
                    return self._in_blocks(given)
                except (TypeError, ValueError, RuntimeError):
                    pass  # something is wrong, and below it is said where in the whole batch; or no thread can be had
            per_example, slopes = self._apply(self._check(given))
            value, factor = self._put_together(np.sum(per_example), np.size(per_example))
            return value, _one_or_all([slope * factor for slope in slopes])

    def _bind(self, arguments, settings) -> dict:
        bound = self._signature.bind(*arguments, **settings)
        bound.apply_defaults()
        return bound.arguments

    def _check(self, given: dict) -> dict:
        checked = {name: self._kinds[name](f"{self.name}: {name}", value) for name, value in given.items()}
        self._example(self.name, checked)
        return checked

    def _apply(self, checked: dict) -> tuple[np.ndarray, list[np.ndarray]]:
        """Return the values of the examples and their slopes in each argument that is learned."""
        # beyond the largest float a value is inf, at the ends of a range a slope may be: exact, so without a warning
        with np.errstate(all="ignore"):
            value, slope = self.rule(**checked)
            # adding 0 turns −0 into 0 and makes a new array: what comes out never shares memory with what went in
            return value + 0.0, [each + 0.0 for each in _as_tuple(slope)]

    def _put_together(self, total: float, n: int) -> tuple[float, float]:
        value, factor = self._together(total, n)
        if np.isnan(value):
            raise ValueError(
                f"{self.name}: the numbers are so large that inf would be taken from inf; make them smaller"
            )
        return value, factor

    def _in_blocks(self, given: dict):
        """Do as `value_and_gradient` for a large batch, block by block on several threads: the same numbers, sooner.

        The blocks, and so the sum to its last digit, are the same however many threads take part.
        """
        arrays = {name: np.asarray(value) for name, value in given.items() if np.ndim(value)}
        entries(self.name, arrays)
        first = next(iter(arrays.values()))
        shape, n = first.shape, first.size
        arrays = {name: array.reshape(-1) for name, array in arrays.items()}
        one = self._check(given | {name: array[:1] for name, array in arrays.items()})
        settings = {name: value for name, value in one.items() if name not in arrays}
        gradients = [np.empty(n) for _ in self._apply(one)[1]]
        factor = 1.0 if self._together is root_mean else self._together(0.0, n)[1]  # a root's slope needs the sum
        blocks = [slice(start, start + BLOCK) for start in range(0, n, BLOCK)]
        sums = np.empty(len(blocks))

        def compute(i):
            part = {name: self._kinds[name](name, array[blocks[i]]) for name, array in arrays.items()}
            per_example, slopes = self.rule(**part, **settings)
            sums[i] = per_example.sum()
            for gradient, slope in zip(gradients, _as_tuple(slopes), strict=True):
                np.multiply(slope, factor, out=gradient[blocks[i]])

        def scale(block):
            for gradient in gradients:
                gradient[block] *= final_factor

        _share(compute, range(len(blocks)))
        value, final_factor = self._put_together(sums.sum(), n)
        if self._together is root_mean:
            _share(scale, blocks)
        return value, _one_or_all([gradient.reshape(shape) for gradient in gradients])

    def __reduce__(self) -> str:
        """Be copied and sent to another process as a function is: by name."""
        return self.name

    def __repr__(self):
        return f"{self.name}{self._signature}"

    def _repr_latex_(self):
        return f"$\\displaystyle {self.formula}$"


def loss(formula: str, example: Callable = entries, together: Callable = mean, **kinds: Check) -> Callable:
    """Make a `Loss` of a rule.

    Parameters
    ----------
    formula : str
        The batch's value in LaTeX.
    example : callable
        What an example is, and so which shapes go together: `entries`, `rows`, `labelled_rows`, or a function
        of the loss's name and its checked arguments that refuses what does not fit.
    together : callable
        How the values of the examples become the batch's: `mean`, `total` or `root_mean`.
    **kinds : callable
        For each argument of the rule, the check that turns what a reader gave into what the rule expects:
        `real`, `positive` and their neighbours in `lossviz.arguments`.

    Returns
    -------
    callable
        The decorator. The rule it takes returns the values of the examples and their slopes in its first argument,
        or a tuple of slopes, in the order of the arguments, if several are learned. It changes no argument.

    Examples
    --------
    >>> from lossviz.arguments import real
    >>> @loss(r"\\frac{1}{N} \\sum r^4", prediction=real, target=real)
    ... def fourth_power(prediction, target):
    ...     r = prediction - target
    ...     return r**4, 4 * r**3
    >>> fourth_power([2.0], [0.0]), fourth_power.gradient([2.0], [0.0])
    (16.0, array([32.]))
    """
    return lambda rule: Loss(rule, formula, kinds, example, together)
