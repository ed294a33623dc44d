"""The shared `Loss`: what turns a loss's per-example rule into something to call, differentiate and read.

Here are the decorator, the kinds of argument a loss can take, and how examples are put together. The losses
themselves, and nothing but their arithmetic, are in `lossviz.losses`.
"""

import functools
import inspect
from collections.abc import Callable
from numbers import Real

import numpy as np

# ---------------------------------------------------------------------- kinds of argument


def _array(where: str, given) -> np.ndarray:
    """Return `given` as float64, or say why it is no array of numbers."""
    try:
        raw = np.asarray(given)
    except ValueError:
        raise ValueError(f"{where} must be a rectangular array, got rows of different lengths: {given!r:.80}") from None
    if raw.dtype.kind not in "fiub":
        kind = {"U": "text", "S": "bytes", "c": "complex numbers"}.get(raw.dtype.kind, f"{type(given).__name__}")
        raise TypeError(f"{where} must be numbers, got {kind}: {given!r:.80}")
    if raw.size == 0:
        raise ValueError(f"{where} is empty (shape {raw.shape}); a loss needs at least one example")
    array = raw.astype(np.float64)  # always a copy: a loss never shares memory with what it was given
    _refuse_where(~np.isfinite(array), array, where, "finite numbers")
    return array


def _refuse_where(bad: np.ndarray, array: np.ndarray, where: str, allowed: str):
    if bad.any():
        index = tuple(int(i) for i in np.argwhere(bad)[0])
        place = f" at index {index[0] if len(index) == 1 else index}" if index else ""
        raise ValueError(f"{where} must hold {allowed}, got {array[index]:g}{place}")


def real(where: str, given) -> np.ndarray:
    """Check an array of finite numbers."""
    return _array(where, given)


def _number(where: str, given, allowed: str, legal: Callable[[float], bool]) -> float:
    if isinstance(given, bool) or not isinstance(given, Real | np.ndarray) or np.ndim(given):
        raise TypeError(f"{where} must be one number {allowed}, got {given!r:.80}")
    if not legal(float(given)):
        raise ValueError(f"{where} must be {allowed}, got {float(given):g}")
    return float(given)


def positive(where: str, given) -> float:
    """Check one finite number above 0."""
    return _number(where, given, "above 0 and finite", lambda number: 0 < number < np.inf)


def between_0_and_1(where: str, given) -> float:
    """Check one number strictly between 0 and 1."""
    return _number(where, given, "above 0 and below 1", lambda number: 0 < number < 1)


# ---------------------------------------------------------------------- from examples to one number
# Each returns the batch's value and the factor that turns the slopes of the examples into its gradient.


def mean(per_example: np.ndarray) -> tuple[float, float]:
    """The mean over examples: what a batch's loss is unless its name says otherwise."""
    return per_example.mean(), 1 / per_example.size


def total(per_example: np.ndarray) -> tuple[float, float]:
    """The sum over examples."""
    return per_example.sum(), 1.0


def root_mean(per_example: np.ndarray) -> tuple[float, float]:
    """The square root of the mean; where the mean is 0 it has a kink, and the gradient is taken to be 0."""
    root = np.sqrt(per_example.mean())
    return root, 0.5 / (root * per_example.size) if root > 0 else 0.0


# ---------------------------------------------------------------------- Loss


class Loss:
    """A loss: call it for the batch's value; ask it for the values of the examples, or the gradient.

    Made by the decorator `loss` from a rule that returns, for each example, the value and its slope in the
    prediction. In a notebook it shows itself as its formula, and `??` shows the rule.

    Attributes
    ----------
    name : str
        The name of the rule, as in `lossviz.losses`.
    formula : str
        The batch's value in LaTeX.

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

    def __init__(self, rule: Callable, formula: str, kinds: dict[str, Callable], together: Callable):
        functools.update_wrapper(self, rule)
        self.name = rule.__name__
        self.formula = formula
        self._rule = rule
        self._kinds = kinds
        self._together = together
        self._signature = inspect.signature(rule)
        if list(self._signature.parameters) != list(kinds):
            raise TypeError(f"{self.name}: the kinds {list(kinds)} are not the rule's arguments")

    def __call__(self, *arguments, **settings) -> float:
        """Return the loss of the batch."""
        return self.value_and_gradient(*arguments, **settings)[0]

    def per_example(self, *arguments, **settings) -> np.ndarray:
        """Return the values of the single examples, in the shape of the arguments, before they are put together."""
        return self._apply(arguments, settings)[0]

    def gradient(self, *arguments, **settings) -> np.ndarray:
        """Return the gradient of the batch's value with respect to the first argument, in its shape."""
        return self.value_and_gradient(*arguments, **settings)[1]

    def value_and_gradient(self, *arguments, **settings) -> tuple[float, np.ndarray]:
        """Return the loss of the batch and its gradient, for the price of one pass."""
        per_example, slope = self._apply(arguments, settings)
        value, factor = self._together(per_example)
        return float(value), slope * factor

    def _apply(self, arguments, settings) -> tuple[np.ndarray, np.ndarray]:
        bound = self._signature.bind(*arguments, **settings)
        bound.apply_defaults()
        checked = {name: self._kinds[name](f"{self.name}: {name}", given) for name, given in bound.arguments.items()}
        self._refuse_unlike(checked)
        with np.errstate(over="ignore", under="ignore"):  # beyond the largest float the value is inf, without a warning
            return self._rule(**checked)

    def _refuse_unlike(self, checked: dict):
        shapes = {name: array.shape for name, array in checked.items() if isinstance(array, np.ndarray)}
        first, *others = shapes
        for other in others:
            if shapes[other] != shapes[first]:
                raise ValueError(
                    f"{self.name}: {first} has shape {shapes[first]}, {other} has shape {shapes[other]}; "
                    "they must be equal"
                )

    def __repr__(self):
        return f"{self.name}{self._signature}"

    def _repr_latex_(self):
        return f"$\\displaystyle {self.formula}$"


def loss(formula: str, together: Callable = mean, **kinds: Callable) -> Callable[[Callable], Loss]:
    """Make a `Loss` of a rule.

    Parameters
    ----------
    formula : str
        The batch's value in LaTeX.
    together : callable
        How the values of the examples become the batch's: `mean`, `total` or `root_mean`.
    **kinds : callable
        For each argument of the rule, the check that turns what a reader gave into what the rule expects:
        `real`, `positive` and their neighbours above. All arrays must have one shape.

    Examples
    --------
    >>> @loss(r"\\frac{1}{N} \\sum r^4", prediction=real, target=real)
    ... def fourth_power(prediction, target):
    ...     r = prediction - target
    ...     return r**4, 4 * r**3
    >>> fourth_power([2.0], [0.0]), fourth_power.gradient([2.0], [0.0])
    (16.0, array([32.]))
    """
    return lambda rule: Loss(rule, formula, kinds, together)
