"""What takes the steps: `minimize` from one start, `minimize_many` from many at once."""

import copy
import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from ..arguments import at_least_0, optional, real, whole
from ..gradients import one_number
from . import rules

LARGEST_COORDINATE = 1e9  # a run with a coordinate beyond it has diverged
LARGEST_GRADIENT = 1e150  # or with a gradient beyond this norm: most rules square it, and the square must be finite
SHOWN_IN_FULL = 6  # how many numbers of a point are written out


def _array_like(where: str, given, start: np.ndarray) -> np.ndarray:
    """Return what a reader's function gave as float64 in the shape of start; it may hold NaN or infinity."""
    if type(given) is np.ndarray and given.dtype == np.float64 and given.shape == start.shape:
        return given
    try:
        array = np.asarray(given)
    except ValueError:
        raise ValueError(f"{where} must return a rectangular array, got {given!r:.80}") from None
    if array.dtype.kind not in "fiu":
        raise TypeError(f"{where} must return numbers, got {given!r:.80}")
    if array.shape != start.shape:
        raise ValueError(f"{where} returned the shape {array.shape}, start has shape {start.shape}; they must be equal")
    return array.astype(np.float64)


def in_words(point: np.ndarray) -> str:
    """Write a point out, or say how large it is."""
    if point.size > SHOWN_IN_FULL:
        return f"{point.size} numbers, the largest {abs(point).max():.4g} in size"
    if point.ndim == 0:
        return f"{point:.4g}"
    return f"({', '.join(f'{number:.4g}' for number in point.ravel())})"


@dataclass(frozen=True, eq=False)
class Trajectory:
    """The way an optimiser went; made by `minimize`, it shows itself in words.

    Attributes
    ----------
    points : numpy.ndarray, shape (k + 1, *shape of start)
        The start and the k points after it. All are finite and within the limit of 1e9: a point at which a run was
        seen to diverge is not kept.
    values : numpy.ndarray, shape (k + 1,)
        The function there; all finite.
    evaluations : int
        How many times the gradient was asked for.
    converged : bool
        Whether the run ended because the gradient was within the tolerance.
    diverged : bool
        Whether it ended because something was no longer finite, a coordinate beyond the limit, or the norm of the
        gradient above 1e150, where squares overflow.
    reason : str
        Why it ended, in a sentence.
    """

    points: np.ndarray
    values: np.ndarray
    evaluations: int
    converged: bool
    diverged: bool
    reason: str

    def __str__(self):
        return (
            f"{self.reason}\n"
            f"start   value {self.values[0]:.4g} at {in_words(self.points[0])}\n"
            f"end     value {self.values[-1]:.4g} at {in_words(self.points[-1])}\n"
            f"cost    {self.evaluations} gradient evaluation{'s' * (self.evaluations != 1)}"
        )

    __repr__ = __str__


def minimize(
    function: Callable, gradient: Callable, start, optimizer, steps: int, tolerance: float | None = None
) -> Trajectory:
    """Let an optimiser go downhill, and record its way.

    A run that diverges ends there and says so; that is a result, not an error.

    Parameters
    ----------
    function : callable
        Takes an array in the shape of start and returns one number. It is called once for each point, so that there
        is something to show; the optimiser does not use it.
    gradient : callable
        Takes an array in the shape of start and returns the gradient there, in the same shape. It may draw a
        mini-batch of its own at each call.
    start : array_like
        Where to begin: finite numbers in any shape, none beyond ±1e9.
    optimizer : GradientDescent, Momentum, AdaGrad, RMSProp, Adam, or another
        Anything with a method `step(parameters, gradient)` that returns the new parameters. The run uses a copy that
        has forgotten all earlier steps, so the same optimiser gives the same run again. (A reader's own class is
        copied as it is, and its `reset()` called if it has one.)
    steps : int
        How many steps to take at most, at least 1.
    tolerance : float, optional
        Stop before a step if the Euclidean norm of the gradient is at most this, in its unit. At least 0.

    Returns
    -------
    Trajectory
        With the points, the values, and why it ended.

    Raises
    ------
    ValueError
        If start is empty, NaN, infinite or beyond ±1e9, the function is not finite there, the gradient or a step
        has another shape, or a number is not allowed.
    TypeError
        If something is no number, or the optimiser has no step.

    Examples
    --------
    >>> from lossviz.optimizers import GradientDescent
    >>> run = minimize(lambda w: w @ w, lambda w: 2 * w, [1.0, -2.0], GradientDescent(0.25), steps=100, tolerance=1e-3)
    >>> run
    Converged after 13 steps: the gradient's norm, 0.0005459, is within the tolerance of 0.001.
    start   value 5 at (1, -2)
    end     value 7.451e-08 at (0.0001221, -0.0002441)
    cost    14 gradient evaluations
    >>> run.points[:3]
    array([[ 1.  , -2.  ],
           [ 0.5 , -1.  ],
           [ 0.25, -0.5 ]])
    >>> minimize(lambda w: w @ w, lambda w: 2 * w, [1.0, -2.0], GradientDescent(2), steps=100).reason
    'Diverged at step 19: a coordinate grew to 2.325e+09.'
    """
    start = real("minimize: start", start)
    if abs(start).max() > LARGEST_COORDINATE:
        raise ValueError(
            f"minimize: start must lie within ±{LARGEST_COORDINATE:g}, got {start.flat[abs(start).argmax()]:g}"
        )
    steps = whole("minimize: steps", steps)
    tolerance = optional(at_least_0)("minimize: tolerance", tolerance)
    rule = _fresh_rule(optimizer, start)
    with np.errstate(all="ignore"):  # what overflows has diverged, and is reported
        return _run(function, gradient, start.copy(), rule, steps, tolerance)


def _fresh_rule(optimizer, start: np.ndarray) -> Callable:
    """Return the steps of an optimiser that has forgotten all: a function from w and g to the new w."""
    if type(optimizer) not in rules.RULES:
        return _fresh_step(optimizer, start)
    return rules.fresh_rule(optimizer, start.size)


def _fresh_step(optimizer, start: np.ndarray) -> Callable:
    """Return the steps of a reader's own optimiser, on copies, so that it may work in place."""
    if isinstance(optimizer, type) or not callable(getattr(optimizer, "step", None)):
        what = f"the class {optimizer.__name__}" if isinstance(optimizer, type) else f"{optimizer!r:.80}"
        raise TypeError(
            "minimize: optimizer must have a method step(parameters, gradient), as GradientDescent(0.1) has, "
            f"got {what}"
        )
    fresh = copy.deepcopy(optimizer)
    if callable(getattr(fresh, "reset", None)):
        fresh.reset()
    return lambda w, g: _array_like("minimize: optimizer.step", fresh.step(w.copy(), g.copy()), start).copy()


def _value(function, w) -> float:
    try:
        value = function(w.copy())
        return value if type(value) is float else one_number("minimize: function", value)
    except OverflowError:  # what Python's own numbers do where NumPy's become inf
        return math.inf


def _slope(gradient, w, start) -> np.ndarray:
    try:
        return _array_like("minimize: gradient", gradient(w.copy()), start)
    except OverflowError:
        return np.full(w.shape, math.inf)


def _norm(array) -> float:
    if array.size <= rules.QUICKER_AS_FLOATS:
        return math.hypot(*array.ravel().tolist())
    return math.sqrt(np.vdot(array, array))


def _excess(array: np.ndarray) -> str:
    """Say in what way the numbers are too large."""
    finite = np.isfinite(array)
    return f"grew to {array.flat[abs(array).argmax()]:.4g}" if finite.all() else f"became {array[~finite][0]:g}"


def _steps(count: int) -> str:
    return f"{count} step{'s' * (count != 1)}"


def _run(function, gradient, start, rule, steps, tolerance) -> Trajectory:
    def trajectory(reason, evaluations, converged=False, diverged=False):
        return Trajectory(np.array(points), np.array(values), evaluations, converged, diverged, reason)

    w, points, values = start, [start], [_value(function, start)]
    if not math.isfinite(values[0]):
        raise ValueError(f"minimize: function must be finite at start, got {values[0]:g}")
    for step in range(1, steps + 1):
        g = _slope(gradient, w, start)
        norm = _norm(g)
        if not norm <= LARGEST_GRADIENT:
            return trajectory(f"Diverged at step {step}: the gradient {_excess(g)}.", step, diverged=True)
        if tolerance is not None and norm <= tolerance:
            within = f"the gradient's norm, {norm:.4g}, is within the tolerance of {tolerance:g}"
            return trajectory(f"Converged after {_steps(step - 1)}: {within}.", step, converged=True)
        w = rule(w, g)
        if (
            not _norm(w) <= LARGEST_COORDINATE and not abs(w).max() <= LARGEST_COORDINATE
        ):  # the first test is quick, the second exact
            return trajectory(f"Diverged at step {step}: a coordinate {_excess(w)}.", step, diverged=True)
        value = _value(function, w)
        if not math.isfinite(value):
            return trajectory(f"Diverged at step {step}: the value became {value:g}.", step, diverged=True)
        points.append(w)
        values.append(value)
    if tolerance is None:
        return trajectory(f"Did all {_steps(steps)}.", steps)
    within = f"the gradient's norm, last {norm:.4g}, was never within the tolerance of {tolerance:g}"
    return trajectory(f"Did all {_steps(steps)}; {within}.", steps)


@dataclass(frozen=True, eq=False)
class Runs:
    """The ways from many starts; made by `minimize_many`.

    Attributes
    ----------
    points : numpy.ndarray, shape (steps + 1, *shape of starts)
        All points. A run that diverges stays where it was last within the limit.
    values : numpy.ndarray, shape (steps + 1, n)
        The function there; inf once a run has diverged.
    diverged : numpy.ndarray of bool, shape (n,)
        Which runs did.
    """

    points: np.ndarray
    values: np.ndarray
    diverged: np.ndarray


def minimize_many(function: Callable, gradient: Callable, starts, optimizer, steps: int) -> Runs:
    """Let an optimiser go downhill from many starts at once, each run by itself: `minimize` in one pass of NumPy.

    Parameters
    ----------
    function : callable
        Takes points of shape (m, d), a row for each, and returns their m values; asked once, for all points together.
    gradient : callable
        Takes such points and returns the gradients there, in the same shape.
    starts : array_like, shape (n, d)
        A row for each run, finite and within ±1e9.
    optimizer : GradientDescent, Momentum, AdaGrad, RMSProp or Adam
        The runs use a copy that has forgotten all earlier steps. Its rules work number by number, so the rows do not
        know of each other.
    steps : int
        How many steps to take, at least 1; a gradient evaluation each.

    Returns
    -------
    Runs
        With all points and values.

    Raises
    ------
    ValueError
        If starts is no table, empty, NaN, infinite or beyond ±1e9, or the function or the gradient returns another
        shape.
    TypeError
        If something is no number, or the optimiser is none of these.

    Examples
    --------
    >>> from lossviz.optimizers import GradientDescent
    >>> runs = minimize_many(lambda w: w[:, 0] ** 2, lambda w: 2 * w, [[1.0], [-8.0]], GradientDescent(0.25), steps=2)
    >>> runs.points[:, 1, 0]
    array([-8., -4., -2.])
    >>> runs.values[-1], runs.diverged
    (array([0.0625, 4.    ]), array([False, False]))
    """
    w = real("minimize_many: starts", starts).copy()
    if w.ndim != 2 or not w.size:
        raise ValueError(f"minimize_many: starts must have shape (n, d), a row for each run, got {w.shape}")
    if abs(w).max() > LARGEST_COORDINATE:
        raise ValueError(
            f"minimize_many: starts must lie within ±{LARGEST_COORDINATE:g}, got {w.flat[abs(w).argmax()]:g}"
        )
    if type(optimizer) not in rules.RULES:
        allowed = ", ".join(rule.__name__ for rule in rules.RULES)
        raise TypeError(f"minimize_many: optimizer must be one of {allowed}, got {optimizer!r:.80}")
    steps, rule = whole("minimize_many: steps", steps), replace(optimizer)._rule

    points, end = [w], np.full(len(w), steps + 1)  # the step at which each run was seen to diverge
    with np.errstate(all="ignore"):  # what overflows has diverged
        for step in range(1, steps + 1):
            g = _array_like("minimize_many: gradient", gradient(w.copy()), w)
            w = rule(w, g)
            if not (
                abs(w).max() <= LARGEST_COORDINATE and abs(g).max() <= LARGEST_GRADIENT / w.shape[1]
            ):  # else all is sound: look no closer
                sound = (abs(w).max(axis=1) <= LARGEST_COORDINATE) & (np.sqrt((g**2).sum(axis=1)) <= LARGEST_GRADIENT)
                end = np.where(sound, end, np.minimum(end, step))
                w = np.where(sound[:, None], w, points[-1])
            points.append(w)
        points = np.array(points)
        rows = points.reshape(-1, w.shape[1])
        values = _array_like("minimize_many: function", function(rows.copy()), rows[:, 0]).reshape(len(points), -1)
    if not np.isfinite(values[0]).all():
        raise ValueError(f"minimize_many: function must be finite at all starts, got {values[0].max():g}")
    wild = ~np.isfinite(values)
    end = np.minimum(end, np.where(wild.any(axis=0), wild.argmax(axis=0), steps + 1))
    for run in np.flatnonzero(end <= steps):
        points[end[run] :, run] = points[end[run] - 1, run]
        values[end[run] :, run] = np.inf
    return Runs(points, values, end <= steps)
