"""What takes the steps: `minimize` from one start, `minimize_many` from many starts together."""

import copy
import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from .. import arguments
from ..arrays import float_array, place
from ..checking import Check, Refusal, checked
from . import rules

LARGEST_COORDINATE = 1e9  # a run with a coordinate beyond it has diverged
LARGEST_GRADIENT = 1e150  # or with a gradient beyond this norm: most rules square it, and the square must be finite
SHOWN_IN_FULL = 6  # how many numbers of a point are written out

# ---------------------------------------------------------------------- what is refused


def _within(array: np.ndarray) -> np.ndarray:
    """Return the array if its coordinates are not beyond the limit."""
    beyond = np.argwhere(abs(array) > LARGEST_COORDINATE)
    if len(beyond):
        raise Refusal(f"{array[tuple(beyond[0])]:g}{place(beyond[0])}")
    return array


def _rows(given) -> np.ndarray:
    array = arguments.real.convert(given)
    if array.ndim != 2:
        raise Refusal(f"shape {array.shape}")
    return _within(array)


def _has_a_step(given):
    if isinstance(given, type):
        raise Refusal(f"the class {given.__name__}", TypeError)
    if not callable(getattr(given, "step", None)):
        raise Refusal(f"{given!r:.80}", TypeError)
    return given


def _one_of_the_rules(given) -> rules.Optimizer:
    if type(given) not in rules.RULES:
        raise Refusal(f"{given!r:.80}", TypeError)
    return given


START = Check(
    f"one or more finite numbers within ±{LARGEST_COORDINATE:g}", lambda given: _within(arguments.real.convert(given))
)
STARTS = Check(f"finite numbers within ±{LARGEST_COORDINATE:g}, shape (n, d), a row for each run", _rows)
OPTIMIZER = Check("a method step(parameters, gradient), as GradientDescent(0.1) has", _has_a_step, verb="have")
ONE_OF_THE_RULES = Check(
    f"one of {', '.join(rule.__name__ for rule in rules.RULES)}, with its settings", _one_of_the_rules
)
VALUE = arguments.returned(arguments.number)
NUMBERS = arguments.returned(Check("numbers", float_array))


def _in_shape(where: str, given, start: np.ndarray, wanted: str = "an array like start") -> np.ndarray:
    """Return what a reader's function gave as float64 in the shape of start; it may hold NaN or infinity."""
    if type(given) is np.ndarray and given.dtype == np.float64 and given.shape == start.shape:
        return given
    array = NUMBERS(where, given)
    if array.shape != start.shape:
        raise ValueError(f"{where} must return {wanted}, shape {start.shape}, got shape {array.shape}")
    return array


# ---------------------------------------------------------------------- from one start


def point_in_words(point: np.ndarray) -> str:
    """Write a point out, or say how large it is."""
    if point.size > SHOWN_IN_FULL:
        return f"{point.size} numbers, the largest {abs(point).max():.4g} in size"
    if point.ndim == 0:
        return f"{point:.4g}"
    return f"({', '.join(f'{number:.4g}' for number in point.ravel())})"


@dataclass(frozen=True, eq=False)
class Trajectory:
    """The path of an optimiser. `minimize` makes it; it shows itself in words.

    Attributes
    ----------
    points : numpy.ndarray, shape (k + 1, *shape of start)
        The start and the k points after it. All are finite and within the limit of 1e9: the point at which a run
        diverges is not kept.
    values : numpy.ndarray, shape (k + 1,)
        The function there; all finite.
    evaluations : int
        How many times the gradient was computed.
    converged : bool
        Whether the run ended because the gradient was within the tolerance.
    diverged : bool
        Whether it ended because something was not finite any more, a coordinate was beyond the limit, or the norm of
        the gradient was above 1e150, where squares overflow.
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
            f"start   value {self.values[0]:.4g} at {point_in_words(self.points[0])}\n"
            f"end     value {self.values[-1]:.4g} at {point_in_words(self.points[-1])}\n"
            f"cost    {self.evaluations} gradient evaluation{'s' * (self.evaluations != 1)}"
        )

    __repr__ = __str__


@checked(
    function=arguments.function,
    gradient=arguments.function,
    start=START,
    optimizer=OPTIMIZER,
    steps=arguments.integer(),
    tolerance=arguments.optional(arguments.at_least_0),
)
def minimize(
    function: Callable, gradient: Callable, start, optimizer, steps: int, tolerance: float | None = None
) -> Trajectory:
    """Let an optimiser go downhill, and record its path.

    A run that diverges ends there and says so; that is a result, not an error.

    Parameters
    ----------
    function : callable
        Takes an array in the shape of start and returns one number. It is called once for each point, to record the
        value; the optimiser does not use it.
    gradient : callable
        Takes an array in the shape of start and returns the gradient there, in the same shape. It may draw a new
        mini-batch at each call.
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
    ValueError, TypeError
        function must return one number, and a finite one at start.
        gradient and optimizer.step must return an array in the shape of start.

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
    rule = _fresh_steps(optimizer, start)
    with np.errstate(all="ignore"):  # what overflows has diverged, and is reported
        return _run(function, gradient, start.copy(), rule, steps, tolerance)


def _fresh_steps(optimizer, start: np.ndarray) -> Callable:
    """Return the steps of an optimiser that has forgotten everything: a function from w and g to the new w.

    A reader's own optimiser works on copies, so that it may change its arrays in place.
    """
    if type(optimizer) in rules.RULES:
        return rules.fresh_rule(optimizer, start.size)
    fresh = copy.deepcopy(optimizer)
    if callable(getattr(fresh, "reset", None)):
        fresh.reset()
    return lambda w, g: _in_shape("minimize: optimizer.step", fresh.step(w.copy(), g.copy()), start).copy()


def _value(function, w) -> float:
    try:
        value = function(w.copy())
        return value if type(value) is float else VALUE("minimize: function", value)
    except OverflowError:  # what Python's own numbers do where NumPy's become inf
        return math.inf


def _slope(gradient, w, start) -> np.ndarray:
    try:
        return _in_shape("minimize: gradient", gradient(w.copy()), start)
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


# ---------------------------------------------------------------------- from many starts


@dataclass(frozen=True, eq=False)
class Runs:
    """The paths from many starts. `minimize_many` makes it.

    Attributes
    ----------
    points : numpy.ndarray, shape (steps + 1, *shape of starts)
        All points. A run that diverges stays where it was last within the limit.
    values : numpy.ndarray, shape (steps + 1, n)
        The function there; inf once a run has diverged.
    diverged : numpy.ndarray of bool, shape (n,)
        Which runs diverged.
    """

    points: np.ndarray
    values: np.ndarray
    diverged: np.ndarray


@checked(
    function=arguments.function,
    gradient=arguments.function,
    starts=STARTS,
    optimizer=ONE_OF_THE_RULES,
    steps=arguments.integer(),
)
def minimize_many(function: Callable, gradient: Callable, starts, optimizer, steps: int) -> Runs:
    """Let an optimiser go downhill from many starts together, each run separately: `minimize` in one pass of NumPy.

    Parameters
    ----------
    function : callable
        Takes points of shape (m, d), a row for each, and returns their m values; called once, for all points together.
    gradient : callable
        Takes such points and returns the gradients there, in the same shape.
    starts : array_like, shape (n, d)
        A row for each run, finite and within ±1e9.
    optimizer : GradientDescent, Momentum, AdaGrad, RMSProp or Adam
        The runs use a copy that has forgotten all earlier steps. Its rules work number by number, so the rows do not
        influence each other.
    steps : int
        How many steps to take, at least 1; a gradient evaluation each.

    Returns
    -------
    Runs
        With all points and values.

    Raises
    ------
    ValueError, TypeError
        function must return one number for each point, all finite at the starts.
        gradient must return an array in the shape of starts.

    Examples
    --------
    >>> from lossviz.optimizers import GradientDescent
    >>> runs = minimize_many(lambda w: w[:, 0] ** 2, lambda w: 2 * w, [[1.0], [-8.0]], GradientDescent(0.25), steps=2)
    >>> runs.points[:, 1, 0]
    array([-8., -4., -2.])
    >>> runs.values[-1], runs.diverged
    (array([0.0625, 4.    ]), array([False, False]))
    """
    w, rule = starts.copy(), replace(optimizer)._rule
    points, end = [w], np.full(len(w), steps + 1)  # the step at which each run was seen to diverge
    with np.errstate(all="ignore"):  # what overflows has diverged
        for step in range(1, steps + 1):
            g = _in_shape("minimize_many: gradient", gradient(w.copy()), w, "an array like starts")
            w = rule(w, g)
            all_sound = abs(w).max() <= LARGEST_COORDINATE and abs(g).max() <= LARGEST_GRADIENT / w.shape[1]
            if not all_sound:  # look closer, row by row
                sound = (abs(w).max(axis=1) <= LARGEST_COORDINATE) & (np.sqrt((g**2).sum(axis=1)) <= LARGEST_GRADIENT)
                end = np.where(sound, end, np.minimum(end, step))
                w = np.where(sound[:, None], w, points[-1])
            points.append(w)
        points = np.array(points)
        rows = points.reshape(-1, w.shape[1])
        values = _in_shape("minimize_many: function", function(rows.copy()), rows[:, 0], "one number for each point")
        values = values.reshape(len(points), -1)
    wild = ~np.isfinite(values)
    if wild[0].any():
        raise ValueError(f"minimize_many: function must be finite at all starts, got {values[0][wild[0]][0]:g}")
    end = np.minimum(end, np.where(wild.any(axis=0), wild.argmax(axis=0), steps + 1))
    for run in np.flatnonzero(end <= steps):
        points[end[run] :, run] = points[end[run] - 1, run]
        values[end[run] :, run] = np.inf
    return Runs(points, values, end <= steps)
