"""Landscapes to descend: functions of two parameters, w₁ and w₂, whose minima are known: lesson 09.

A rule returns the height at a point and its two slopes, derived by hand. The same line of arithmetic serves single
points, as Python's floats, and whole grids, as arrays.
"""

import functools
from collections.abc import Callable

import numpy as np

from .. import arguments
from ..arrays import float_array, number_array
from ..checking import Check, Refusal, checked


def _minima(given) -> np.ndarray:
    empty = number_array(given, may_be_empty=True).size == 0
    array = np.empty((0, 2)) if empty else arguments.real.convert(given)
    if array.shape[1:] != (2,):
        raise Refusal(f"shape {array.shape}")
    return array


def _text(given) -> str:
    if not isinstance(given, str):
        raise Refusal(f"{given!r:.80}", TypeError)
    return given


# an optimiser that diverges asks for points that are not finite, a plot for no point at all
POINT = Check("numbers", functools.partial(float_array, may_be_empty=True), "array")


class Landscape:
    """A function of two parameters: call it with a point for its height; ask it for its gradient there.

    It is quick for a single point, because optimisers ask for thousands; for plots it takes grids of points. Far out,
    the arithmetic overflows: the height is infinite, and the gradient is not finite any more. This gives no warning,
    because an optimiser that diverges gets there. In a notebook a landscape shows itself as its formula, and `??` shows
    its rule.

    Attributes
    ----------
    name : str
        As in `lossviz.data`.
    formula : str
        In LaTeX.
    minima : numpy.ndarray, shape (k, 2)
        Where its local minima lie, the lowest first; a new array each time.
    start : numpy.ndarray, shape (2,)
        A point worth starting from; a new array each time.
    window : tuple of float
        What a plot should show: the smallest and the largest w₁, then the smallest and the largest w₂.

    Examples
    --------
    >>> rosenbrock([1, 1]), rosenbrock.minima
    (0.0, array([[1., 1.]]))
    >>> rosenbrock.gradient([0, 0])
    array([-2.,  0.])
    """

    @checked(
        rule=arguments.function,
        formula=Check("a text, the formula in LaTeX", _text),
        minima=Check("points, shape (k, 2), or an empty list", _minima),
        start=arguments.pair,
        window=arguments.of_shape((4,), arguments.real, "four finite numbers"),
    )
    def __init__(self, rule: Callable, formula: str, minima: list, start: tuple, window: tuple):
        """Make a landscape from a rule.

        Parameters
        ----------
        rule : callable
            Takes w₁ and w₂, numbers or arrays of one shape, and returns the height and a pair of slopes.
        formula, minima, start, window
            They become the attributes of these names.
        """
        functools.update_wrapper(self, rule)
        self.name = rule.__name__
        self.formula = formula
        self.window = tuple(window.tolist())
        self._rule = rule
        self._minima = minima
        self._start = start

    @property
    def minima(self) -> np.ndarray:
        """Where its local minima lie, the lowest first."""
        return self._minima.copy()

    @property
    def start(self) -> np.ndarray:
        """A point worth starting from."""
        return self._start.copy()

    def __call__(self, point) -> float | np.ndarray:
        """Return the height at a point, or the heights at many.

        Parameters
        ----------
        point : array_like, shape (2,) or (..., 2)
            w₁ and w₂, on the last axis.

        Returns
        -------
        float, or numpy.ndarray of shape (...)
            Where the arithmetic overflows inf, or −inf where the landscape falls without end; NaN only for a point
            that is NaN.

        Raises
        ------
        ValueError, TypeError
            point must be numbers, two on its last axis.
        """
        point = self._checked(point)
        height, _ = self._apply(point)
        if point.ndim == 1 and height == height:
            return float(height)
        height = np.where(np.isnan(height) & ~np.isnan(point).any(axis=-1), np.inf, height)
        return height if height.ndim else float(height)

    def gradient(self, point) -> np.ndarray:
        """Return the gradient at a point, or the gradients at many, in the shape of `point`."""
        _, slopes = self._apply(self._checked(point))
        gradient = np.array(slopes, dtype=float)
        return gradient.transpose(*range(1, gradient.ndim), 0)  # np.moveaxis takes ten times as long

    def _checked(self, point) -> np.ndarray:
        quick = type(point) is np.ndarray and point.dtype == np.float64  # optimisers give thousands of these
        array = point if quick else POINT(f"{self.name}: point", point)
        if array.shape[-1:] != (2,):
            raise ValueError(f"{self.name}: point must hold two coordinates on its last axis, got shape {array.shape}")
        return array

    def _apply(self, point: np.ndarray):
        if point.ndim == 1:
            try:
                return self._rule(*point.tolist())  # Python's floats: on two numbers ten times as fast as NumPy's
            except OverflowError:
                pass
        with np.errstate(all="ignore"):
            return self._rule(point[..., 0], point[..., 1])

    def __repr__(self):
        return f"{self.name}(point)"

    def _repr_latex_(self):
        return f"$\\displaystyle {self.formula}$"


def _landscape(formula: str, minima: list, start: tuple, window: tuple) -> Callable:
    return lambda rule: Landscape(rule, formula, minima, start, window)


@checked(curvatures=arguments.pair_above_0)
def quadratic(*, curvatures: tuple[float, float] = (1.0, 10.0)) -> Landscape:
    """Make a bowl, ½ (a w₁² + b w₂²), whose curvatures along the axes are a and b.

    Gradient descent converges on it for every learning rate below 2 / (the larger curvature). The ratio of the
    curvatures says how slowly it converges.

    Parameters
    ----------
    curvatures : pair of float
        Both above 0.

    Returns
    -------
    Landscape
        With its minimum, 0, at (0, 0).

    Examples
    --------
    >>> bowl = quadratic(curvatures=(1, 4))
    >>> bowl([2, 1]), bowl.gradient([2, 1])
    (4.0, array([2., 4.]))
    """
    a, b = curvatures.tolist()

    def bowl(w1, w2):
        return (a * w1**2 + b * w2**2) / 2, (a * w1, b * w2)

    bowl.__name__ = "quadratic"
    bowl.__doc__ = f"Bowl with the curvatures {a:g} and {b:g}, made by `lossviz.data.quadratic`."
    formula = rf"\tfrac{{1}}{{2}} \left({a:g}\, w_1^2 + {b:g}\, w_2^2\right)"
    return Landscape(bowl, formula, minima=[(0, 0)], start=(-2.0, 1.0), window=(-2.5, 2.5, -1.5, 1.5))


@_landscape(r"(1 - w_1)^2 + 100\, (w_2 - w_1^2)^2", minima=[(1, 1)], start=(-1.2, 1.0), window=(-2.0, 2.0, -1.0, 3.0))
def rosenbrock(w1, w2):
    """Rosenbrock's valley: steep walls, and a curved floor that hardly slopes. The minimum, 0, is at (1, 1).

    The start is Rosenbrock's own: on the floor, with the bend between the start and the minimum.

    Examples
    --------
    >>> rosenbrock([1, 1]), round(rosenbrock(rosenbrock.start), 6)
    (0.0, 24.2)

    References
    ----------
    H. H. Rosenbrock, An automatic method for finding the greatest or least value of a function, The Computer
    Journal 3, 1960.
    """
    across = w2 - w1**2
    height = (1 - w1) ** 2 + 100 * across**2
    return height, (-2 * (1 - w1) - 400 * w1 * across, 200 * across)


@_landscape(
    r"(1.5 - w_1 + w_1 w_2)^2 + (2.25 - w_1 + w_1 w_2^2)^2 + (2.625 - w_1 + w_1 w_2^3)^2",
    minima=[(3, 0.5)],
    start=(1.0, 1.0),
    window=(-4.5, 4.5, -4.5, 4.5),
)
def beale(w1, w2):
    """Beale's function: a plain with walls that rise above 100,000 in the corners. The minimum, 0, is at (3, ½).

    The start, the usual one, is on the plain; at (0, 1) is a saddle.

    Examples
    --------
    >>> beale([3, 0.5]), beale([1, 1])
    (0.0, 14.203125)

    References
    ----------
    E. M. L. Beale, On an iterative method for finding a local minimum of a function of more than one variable,
    Technical Report 25, Statistical Techniques Research Group, Princeton University, 1958.
    """
    first = 1.5 - w1 + w1 * w2
    second = 2.25 - w1 + w1 * w2**2
    third = 2.625 - w1 + w1 * w2**3
    height = first**2 + second**2 + third**2
    slope1 = 2 * (first * (w2 - 1) + second * (w2**2 - 1) + third * (w2**3 - 1))
    slope2 = 2 * w1 * (first + 2 * w2 * second + 3 * w2**2 * third)
    return height, (slope1, slope2)


@_landscape(
    r"(w_1^2 + w_2 - 11)^2 + (w_1 + w_2^2 - 7)^2",
    minima=[
        (3, 2),
        (-2.805118086952745, 3.131312518250573),
        (-3.7793102533777465, -3.2831859912861696),
        (3.5844283403304917, -1.8481265269644036),
    ],
    start=(0.0, 0.0),
    window=(-5.0, 5.0, -5.0, 5.0),
)
def himmelblau(w1, w2):
    """Himmelblau's function: four minima, all equally deep, 0. Which one is reached depends on the start.

    Examples
    --------
    >>> himmelblau([3, 2]), himmelblau([0, 0])
    (0.0, 170.0)

    References
    ----------
    D. M. Himmelblau, Applied Nonlinear Programming, McGraw-Hill, 1972.
    """
    first = w1**2 + w2 - 11
    second = w1 + w2**2 - 7
    return first**2 + second**2, (4 * w1 * first + 2 * second, 2 * first + 4 * w2 * second)


@_landscape(
    r"\tfrac{1}{4} w_1^4 - \tfrac{1}{2} w_1^2 + 0.3\, w_1 + \tfrac{1}{2} w_2^2",
    minima=[(-1.125418782756626, 0), (0.7864825411616272, 0)],
    start=(2.0, 1.0),
    window=(-2.0, 2.5, -1.5, 1.5),
)
def double_well(w1, w2):
    """Two valleys with a low ridge between them: from the start, the shallow valley comes first, then the deep one.

    Gradient descent with small steps ends in the first valley, at w₁ = 0.786. The ridge is only 0.025 higher: an
    optimiser with momentum can roll over it into the second valley, at w₁ = −1.125.

    Examples
    --------
    >>> deep, shallow = double_well.minima
    >>> round(double_well(deep), 3), round(double_well(shallow), 3)
    (-0.57, 0.022)

    References
    ----------
    B. T. Polyak, Some methods of speeding up the convergence of iteration methods, USSR Computational Mathematics and
    Mathematical Physics 4, 1964: the heavy ball.
    """
    height = w1**4 / 4 - w1**2 / 2 + 0.3 * w1 + w2**2 / 2
    return height, (w1**3 - w1 + 0.3, w2)


@_landscape("w_1^2 - w_2^2", minima=[], start=(-1.5, 0.01), window=(-2.0, 2.0, -2.0, 2.0))
def saddle(w1, w2):
    """Saddle: the gradient is 0 at (0, 0), but this is not a minimum, and there is none elsewhere.

    From the start, a little beside the ridge, gradient descent first slides to the middle, slows down, and then leaves
    it along w₂ faster and faster.

    Examples
    --------
    >>> saddle([1, 0]), saddle([0, 1]), len(saddle.minima)
    (1.0, -1.0, 0)
    """
    return w1**2 - w2**2, (2 * w1, -2 * w2)
