"""Gradients measured by differences, and the check of a derived gradient against a measured one.

The derived gradients themselves stand beside their losses, in `lossviz.losses`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from . import arguments
from .checking import checked

# the verdicts on the largest relative error: the largest error of each verdict, and its words
VERDICTS = (
    (1e-7, "good: 1e-7 or less"),
    (1e-4, "fine for a function with kinks; for a smooth one it should be 1e-7 or less"),
    (1e-2, "suspicious: above 1e-4"),
    (np.inf, "wrong: above 1e-2"),
)
GOOD = VERDICTS[0][0]


SCHEME = arguments.one_of("centered", "forward", "backward", also={"centred": "centered"})


def _keeping_float32(given) -> np.ndarray:
    array = arguments.real_or_boolean.convert(given)
    return array.astype(np.float32) if getattr(given, "dtype", None) == np.float32 else array


KEEPING_FLOAT32 = replace(arguments.real, convert=_keeping_float32)
VALUE = arguments.returned(arguments.number)


def _finite(where: str, value, place: str):
    if not np.isfinite(value):
        raise ValueError(f"{where} must return a finite number, got {value:g} {place}")
    return value


@checked(function=arguments.function, at=KEEPING_FLOAT32, step=arguments.positive, scheme=SCHEME)
def numerical_gradient(function: Callable, at, step: float = 1e-5, scheme: str = "centered") -> np.ndarray:
    """Measure a gradient: move one number at a time by a small step, and see how much the function changes.

    All in float64, unless `at` is a NumPy array of float32: then the points, the step, the values and their
    differences are float32 throughout, and so is the gradient. The rounding of float32 can be seen that way.

    Parameters
    ----------
    function : callable
        Takes an array in the shape of `at` and returns one finite number. Each call gets a new array.
    at : array_like
        Where the gradient is wanted: finite numbers in any shape, or a single one.
    step : float
        How far to move, h > 0, in the unit of `at`. The error of a difference has two parts. With a smaller h, the
        function bends less within the step; but its rounding is divided by h, and so weighs more.
    scheme : str
        "centered" or "centred", (f(x + h) − f(x − h)) / 2h, with two evaluations for each number and an error of
        order h²;
        "forward", (f(x + h) − f(x)) / h, or "backward", (f(x) − f(x − h)) / h, with one evaluation for each number and
        one more that all of them share, and an error of order h.

    Returns
    -------
    numpy.ndarray
        In the shape of `at`; in the unit of the function over the unit of `at`.

    Raises
    ------
    ValueError, TypeError
        step must be large enough to change every number in at.
        function must return one number, and a finite one.

    Examples
    --------
    >>> numerical_gradient(lambda w: w[0] ** 2 + 3 * w[1], [2.0, 5.0]).round(6)
    array([4., 3.])
    >>> float(numerical_gradient(lambda w: w**2, 2.0, step=0.5, scheme="forward"))
    4.5

    References
    ----------
    W. H. Press et al., Numerical Recipes, 3rd ed., 2007, section 5.7.
    """
    return _measured("numerical_gradient", function, at, step, scheme)


def _measured(name: str, function: Callable, x: np.ndarray, step: float, scheme: str) -> np.ndarray:
    """Return the numerical gradient at x, in the precision of x; `name` is the function that error messages name."""
    precision = x.dtype.type
    with np.errstate(over="ignore"):
        h = precision(step)
        if not np.isfinite(h + h):
            raise ValueError(f"{name}: step must be at most half the largest {precision.__name__}, got {step:g}")

    def f(point, place):
        value = precision(VALUE(f"{name}: function", function(point)))
        return _finite(f"{name}: function", value, place)

    def f_beside(index, move):
        point = x.copy()
        point[index] += move
        place = f"at[{', '.join(map(str, index))}]" if index else "at"
        if point[index] == x[index]:
            raise ValueError(
                f"{name}: step must be large enough to change {place} = {x[index]:g} in {precision.__name__}, "
                f"got {step:g}"
            )
        return f(point, f"where {place} is moved by {move:g}")

    with np.errstate(over="ignore"):  # a slope beyond the largest float is inf
        here = f(x.copy(), "at `at` itself") if scheme != "centered" else None
        gradient = np.empty_like(x)
        for index in np.ndindex(x.shape):
            if scheme == "centered":
                gradient[index] = (f_beside(index, +h) - f_beside(index, -h)) / (h + h)
            elif scheme == "forward":
                gradient[index] = (f_beside(index, +h) - here) / h
            else:
                gradient[index] = (here - f_beside(index, -h)) / h
    return gradient


@dataclass(frozen=True, eq=False)
class GradientReport:
    """How far a derived gradient is from the measured one; made by `check_gradient`, it shows itself in words.

    Attributes
    ----------
    analytic, numerical : numpy.ndarray
        The derived gradient a and the measured one n, in one shape.
    relative_error : numpy.ndarray
        |a − n| / max(|a|, |n|) in that shape, without a unit. It is set to 0 where both are 0; also where it is above
        1e-7 but the difference is within `rounding`.
    rounding : float
        How large a difference the rounding of float64 alone can make. A measurement cannot distinguish a slope of this
        size or less from 0.
    """

    analytic: np.ndarray
    numerical: np.ndarray
    relative_error: np.ndarray
    rounding: float

    @property
    def where(self) -> tuple[int, ...]:
        """The index of the largest relative error; empty for a single number."""
        return tuple(int(i) for i in np.unravel_index(self.relative_error.argmax(), self.relative_error.shape))

    @property
    def largest(self) -> float:
        """The largest relative error."""
        return float(self.relative_error[self.where])

    @property
    def verdict(self) -> str:
        """What the largest relative error means, by the usual thresholds: good, fine, suspicious or wrong."""
        return next(words for limit, words in VERDICTS if self.largest <= limit)

    def __str__(self):
        place = f" at [{', '.join(map(str, self.where))}]" if self.where else ""
        return (
            f"largest relative error  {self.largest:.3g}{place}\n"
            f"analytic gradient       {self.analytic[self.where]:.10g}\n"
            f"numerical gradient      {self.numerical[self.where]:.10g}\n"
            f"verdict                 {self.verdict}"
        )

    __repr__ = __str__


@checked(function=arguments.function, at=arguments.real, step=arguments.positive)
def check_gradient(function: Callable, gradient, at, step: float = 1e-5) -> GradientReport:
    """Compare a derived gradient with the centred difference, number by number; always in float64.

    Parameters
    ----------
    function : callable
        Takes an array in the shape of `at` and returns one finite number.
    gradient : callable or array_like
        The derived gradient at `at`, or a function that computes it from `at`; in the shape of `at`.
    at : array_like
        Where to compare: finite numbers in any shape, or a single one.
    step : float
        The step of the centred difference, above 0, in the unit of `at`.

    Returns
    -------
    GradientReport
        The relative error of each number, the largest with its place, and a verdict. Errors up to 1e-7 are good. Errors
        up to 1e-4 are fine if the step may have crossed a kink, but not for a smooth function. Above 1e-4 the gradient
        is suspicious, above 1e-2 it is wrong.

    Raises
    ------
    ValueError, TypeError
        gradient must be, or return, one or more finite numbers in the shape of at.
        step must be large enough to change every number in at.
        function must return one number, and a finite one.

    Examples
    --------
    >>> check_gradient(lambda w: w @ w, lambda w: 3 * w, at=[1.0, -2.0])
    largest relative error  0.333 at [0]
    analytic gradient       3
    numerical gradient      2
    verdict                 wrong: above 1e-2

    References
    ----------
    Stanford CS231n, Convolutional Neural Networks for Visual Recognition, notes on gradient checks: the relative error
    and its thresholds.
    """
    x, h = at, step
    analytic = _analytic(gradient, x)

    def f(point):
        values.append(VALUE("check_gradient: function", function(point)))
        return values[-1]

    values = []  # f(x), then f(x + h) and f(x − h) for each number in turn
    here = _finite("check_gradient: function", f(x.copy()), "at `at` itself")
    numerical = arguments.real("check_gradient: numerical gradient", _measured("check_gradient", f, x, h, "centered"))
    with np.errstate(all="ignore"):
        difference = abs(analytic - numerical)
        size = np.maximum(abs(analytic), abs(numerical))
        relative = np.divide(difference, size, out=np.zeros_like(size), where=size > 0)
        rounding = _rounding(x, h, here, np.reshape(values[1:], (*x.shape, 2)))
    if rounding < np.inf:  # otherwise the values are close to the largest float, and the rounding is unknown
        relative[(difference <= rounding) & (relative > GOOD)] = 0  # rounding, not an error of the gradient
    return GradientReport(analytic, numerical, relative, rounding)


def _analytic(gradient, x: np.ndarray) -> np.ndarray:
    """Return the derived gradient at x: an array, or what the reader's function computes."""
    check = arguments.returned(arguments.real) if callable(gradient) else arguments.real
    analytic = check("check_gradient: gradient", gradient(x.copy()) if callable(gradient) else gradient).copy()
    if analytic.shape != x.shape:
        raise ValueError(f"check_gradient: gradient must have the shape of at, {x.shape}, got shape {analytic.shape}")
    return analytic


def _rounding(x, h, here, beside) -> float:
    """Estimate how far rounding can move a centred difference: the rounding of the values, and of the numbers in x.

    The error of a value is about ε |f|. The error of a number of x is about ε |x|; it moves the value by ε |x| times
    the slope. Here the slope is the steeper of the two one-sided slopes, because the centred one is 0 at a minimum. The
    factor 10 leaves room for sums of many terms.
    """
    steepness = abs(beside - here).max(axis=-1) / h
    largest = max(abs(here), abs(beside).max())
    return float(10 * np.finfo(float).eps / h * (largest + (abs(x) * steepness).sum()))
