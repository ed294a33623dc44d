"""The shared `Loss`: what turns a loss's per-example rule into something to call, differentiate and read.

Here are the decorator, what counts as an example, and how examples are put together. The losses themselves, and
nothing but their arithmetic, are in `lossviz.losses`; the checks that they name are in `lossviz.arguments`; how a large
batch is shared among threads is in `lossviz.blocks`.
"""

import functools
import inspect
from collections.abc import Callable, Mapping

import numpy as np

from . import blocks
from .arguments import same_shape
from .arrays import place
from .checking import Check, Condition, refusals, with_raises

# ---------------------------------------------------------------------- from examples to one number
# Each takes the sum over the examples and their number, and returns the batch's value and the factor that turns the
# slopes of the examples into its gradient.


def mean(summed: float, n: int) -> tuple[float, float]:
    """The mean over examples: the loss of a batch, unless its name says something else."""
    return float(summed) / n, 1 / n


def total(summed: float, n: int) -> tuple[float, float]:
    """The sum over examples."""
    return float(summed), 1.0


def root_mean(summed: float, n: int) -> tuple[float, float]:
    """The square root of the mean. Where the mean is 0 it has a kink; there we set the gradient to 0."""
    root = float(np.sqrt(summed / n))
    return root, 0.5 / (root * n) if root > 0 else 0.0


# ---------------------------------------------------------------------- what is an example
# Each takes the checks of a loss's arguments, by name, and returns the conditions on the shapes of those that are
# arrays.

Checks = Mapping[str, Check]


def _arrays(checks: Checks) -> list[str]:
    return [name for name, check in checks.items() if check.gives in ("array", "rows", "either")]


def entries(checks: Checks) -> list[Condition]:
    """Every entry is an example: all arrays have one shape."""
    first, *others = _arrays(checks)
    return [same_shape(other, first, or_one_number=checks[other].gives == "either") for other in others]


def rows(checks: Checks) -> list[Condition]:
    """Every row, along the last axis, is an example: all arrays have one shape."""
    first, *_ = _arrays(checks)
    return [*_has_rows(checks, first, "rows"), *entries(checks)]


def labelled_rows(checks: Checks, of: str = "classes") -> list[Condition]:
    """Every row of the first array is an example; the second array names its class."""
    first, second, *_ = _arrays(checks)
    return [
        *_has_rows(checks, first, f"rows, an entry for each of the {of}"),
        _one_for_each_row(second, first),
        _below_the_number_of(of, second, first),
    ]


def _has_rows(checks: Checks, argument: str, what: str) -> list[Condition]:
    """Make the condition that an array has rows, unless its check says so already."""
    if checks[argument].gives == "rows":
        return []
    return [
        Condition(f"{argument} must hold {what}", lambda checked: None if checked[argument].ndim else "got shape ()")
    ]


def _one_for_each_row(labels: str, scores: str) -> Condition:
    def violation(checked):
        wanted, shape = checked[scores].shape[:-1], checked[labels].shape
        return None if shape == wanted else f"shape {wanted}, got shape {shape}"

    return Condition(f"{labels} must have an entry for each row of {scores}", violation)


def _below_the_number_of(things: str, labels: str, scores: str) -> Condition:
    def violation(checked):
        number, given = checked[scores].shape[-1], checked[labels]
        if given.max() < number:
            return None
        position = tuple(np.argwhere(given >= number)[0])
        return f"{number}, got {given[position]}{place(position)}"

    return Condition(f"{labels} must be below the number of {things}", violation)


def independent(checks: Checks) -> list[Condition]:
    """The batch is one example, and its arrays need not have one shape."""
    return []


# ---------------------------------------------------------------------- Loss


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
        The arithmetic, without any check of its arguments.
    checks : dict
        The check of each argument, by its name.
    conditions : list
        What must hold between the arguments: which shapes fit together.

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

    def __init__(self, rule: Callable, formula: str, checks: Checks, shapes: Callable, reduction: Callable):
        functools.update_wrapper(self, rule)
        self.name = rule.__name__
        self.formula = formula
        self.rule = rule
        self.checks = checks
        self.shapes = shapes
        self.reduction = reduction
        self._signature = inspect.signature(rule)
        if list(self._signature.parameters) != list(checks):
            raise TypeError(
                f"{self.name}: there must be a check for each argument, {', '.join(self._signature.parameters)}, "
                f"got {', '.join(checks)}"
            )
        self.conditions = shapes(checks)
        self.__doc__ = with_raises(rule.__doc__, refusals(checks, self.conditions))

    def __call__(self, *arguments, **settings) -> float:
        """Return the loss of the batch."""
        return self.value_and_gradient(*arguments, **settings)[0]

    def per_example(self, *arguments, **settings) -> np.ndarray:
        """Return the values of the single examples, before they are combined."""
        given = self._bind(arguments, settings)
        with np.errstate(all="ignore"):
            examples = self.apply(self.check(given))[0]
        self._refuse_nan(examples)
        return examples

    def gradient(self, *arguments, **settings) -> np.ndarray | tuple[np.ndarray, ...]:
        """Return the gradient of the batch's value with respect to the first argument, in its shape.

        For a loss that learns several arguments, as `triplet` does, it is a tuple in their order.
        """
        return self.value_and_gradient(*arguments, **settings)[1]

    def value_and_gradient(self, *arguments, **settings) -> tuple[float, np.ndarray | tuple[np.ndarray, ...]]:
        """Return the loss of the batch and its gradient, both from one pass."""
        given = self._bind(arguments, settings)
        with np.errstate(all="ignore"):  # a sum beyond the largest float is inf, too
            in_blocks = self.shapes is entries and blocks.are_large(given)
            done = blocks.value_and_gradient(self, given) if in_blocks else None
            value, gradients = done or self._at_once(given)
            if self.slope_needs_the_sum and not 1e-150 < value < 1e150:
                value, gradients = self._scaled(given)
        return value, gradients[0] if len(gradients) == 1 else tuple(gradients)

    def _at_once(self, given: dict) -> tuple[float, list[np.ndarray]]:
        per_example, slopes = self.apply(self.check(given))
        value, factor = self.reduce(np.sum(per_example), np.size(per_example))
        return value, [slope * factor for slope in slopes]

    def _scaled(self, given: dict) -> tuple[float, list[np.ndarray]]:
        """Return what `_at_once` does where squares leave the floats, or have left nothing: with smaller numbers.

        What stands under the root is a square. So a factor of all arguments is one of the value, and no slope changes.
        """
        checked = self.check(given)
        size = max(np.abs(each).max() for each in checked.values()) or 1.0
        value, gradients = self._at_once({name: each / size for name, each in checked.items()})
        return float(value * size), gradients

    def _bind(self, arguments, settings) -> dict:
        bound = self._signature.bind(*arguments, **settings)
        bound.apply_defaults()
        return bound.arguments

    def check(self, given: dict) -> dict:
        """Return the checked arguments, each by itself and then their shapes together."""
        checked = {name: self.checks[name](f"{self.name}: {name}", value) for name, value in given.items()}
        for condition in self.conditions:
            condition(self.name, checked)
        return checked

    def apply(self, checked: dict) -> tuple[np.ndarray, list[np.ndarray]]:
        """Return the values of the examples and their slopes in each argument that is learned."""
        # A value beyond the largest float is inf, and a slope at the end of a range may be. This is exact: no warning.
        with np.errstate(all="ignore"):
            value, slope = self.rule(**checked)
            # adding 0 turns −0 into 0 and makes a new array: a result never shares memory with an argument
            return value + 0.0, [each + 0.0 for each in (slope if isinstance(slope, tuple) else (slope,))]

    def reduce(self, summed: float, n: int) -> tuple[float, float]:
        """Return the batch's value, from the sum of its n examples, and the factor of their slopes."""
        value, factor = self.reduction(summed, n)
        self._refuse_nan(value)
        return value, factor

    def _refuse_nan(self, numbers):
        if np.isnan(numbers).any():
            raise ValueError(
                f"{self.name}: the numbers are so large that the result would be inf minus inf; make them smaller"
            )

    @property
    def slope_needs_the_sum(self) -> bool:
        """Whether all examples must be summed before a slope is known: under a root."""
        return self.reduction is root_mean

    def __reduce__(self) -> str:
        """Copy a loss, or send it to another process, by its name, as for a function."""
        return self.name

    def __repr__(self):
        return f"{self.name}{self._signature}"

    def _repr_latex_(self):
        return f"$\\displaystyle {self.formula}$"


def loss(formula: str, shapes: Callable = entries, reduction: Callable = mean, **checks: Check) -> Callable:
    """Turn a rule into a `Loss`.

    Parameters
    ----------
    formula : str
        The batch's value in LaTeX.
    shapes : callable
        What an example is, and so which shapes fit together: `entries`, `rows`, `labelled_rows`, `independent`, or a
        function from the checks to the conditions that the arguments must meet.
    reduction : callable
        How the values of the examples become the batch's: `mean`, `total` or `root_mean`.
    **checks : Check
        For each argument of the rule, the check that turns the reader's value into what the rule expects: `real`,
        `positive` and the other checks of `lossviz.arguments`. From the checks and the conditions, the docstring gets
        its *Raises* section.

    Returns
    -------
    callable
        The decorator. The rule it takes returns the values of the examples and their slopes in its first argument,
        or a tuple of slopes, in the order of the arguments, if several are learned. It changes no argument.

    Examples
    --------
    >>> from lossviz import arguments
    >>> @loss(r"\\frac{1}{N} \\sum r^4", prediction=arguments.real, target=arguments.real)
    ... def fourth_power(prediction, target):
    ...     r = prediction - target
    ...     return r**4, 4 * r**3
    >>> fourth_power([2.0], [0.0]), fourth_power.gradient([2.0], [0.0])
    (16.0, array([32.]))
    """
    return lambda rule: Loss(rule, formula, checks, shapes, reduction)
