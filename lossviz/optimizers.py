"""The optimisers: their rules, and what runs them: `minimize`, `race`, `random_search` and mini-batches.

Where the gradient comes from is no matter here: it is handed in.
"""

import copy
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from .arguments import at_least_0, optional, positive, real, whole
from .gradients import one_number

LIMIT = 1e9  # a run with a coordinate beyond it has diverged
STEEP = 1e150  # or with a gradient beyond this norm: most rules square it, and the square must be finite
FEW = 6  # up to so many numbers, Python's own are quicker than an array

# ---------------------------------------------------------------------- kinds of argument


def _below_1(where: str, given) -> float:
    number = at_least_0(where, given)
    if number >= 1:
        raise ValueError(f"{where} must be at least 0 and below 1, got {number:g}")
    return number


def _yes_or_no(where: str, given) -> bool:
    if not isinstance(given, bool | np.bool_):
        raise TypeError(f"{where} must be True or False, got {given!r:.80}")
    return bool(given)


def _generator(where: str, given) -> np.random.Generator:
    if isinstance(given, np.random.Generator):
        return given
    if isinstance(given, bool) or not isinstance(given, int | np.integer):
        raise TypeError(f"{where} must be a numpy.random.Generator or an integer seed, got {given!r:.80}")
    if given < 0:
        raise ValueError(f"{where} must be at least 0, got {given}")
    return np.random.default_rng(given)


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


SETTINGS = dict(
    learning_rate=positive,
    momentum=_below_1,
    nesterov=_yes_or_no,
    decay=_below_1,
    beta1=_below_1,
    beta2=_below_1,
    epsilon=positive,
    bias_correction=_yes_or_no,
)

# ---------------------------------------------------------------------- the rules


class Optimizer:
    """What all optimisers share: they check their settings, take a step by their rule, and can forget.

    Each is a dataclass of its settings with a `_rule`: from the parameters w and the gradient g there to the new
    parameters. The rules work number by number, on arrays of any shape. What a rule remembers between steps starts
    at 0; so an optimiser serves one array of parameters, until `reset`.
    """

    def __post_init__(self):
        self._check_settings()
        self.reset()

    def _check_settings(self):
        for name, kind in SETTINGS.items():
            if hasattr(self, name):
                setattr(self, name, kind(f"{type(self).__name__}: {name}", getattr(self, name)))

    def reset(self):
        """Forget all earlier steps; the settings stay."""
        self._shape = None
        self._forget()

    def _forget(self):
        """A rule that remembers something sets it to 0 here."""

    def step(self, parameters, gradient) -> np.ndarray:
        """Take one step; the arguments stay as they are.

        Parameters
        ----------
        parameters : array_like
            Finite numbers in any shape, the same at every step.
        gradient : array_like
            The gradient there, in the shape of the parameters.

        Returns
        -------
        numpy.ndarray
            The new parameters.

        Raises
        ------
        ValueError
            If the shapes differ from each other, or from those of the steps before, a number is missing, NaN or
            infinite, or a setting has been changed to one that is not allowed.
        TypeError
            If something is no number.

        Examples
        --------
        >>> GradientDescent(learning_rate=0.1).step([1.0, 2.0], gradient=[10.0, -10.0])
        array([0., 3.])
        """
        name = type(self).__name__
        w, g = real(f"{name}: parameters", parameters), real(f"{name}: gradient", gradient)
        if w.shape != g.shape:
            raise ValueError(
                f"{name}: parameters has shape {w.shape}, gradient has shape {g.shape}; they must be equal"
            )
        if self._shape not in (None, w.shape):
            raise ValueError(
                f"{name}: parameters has shape {w.shape}, at the steps before it had {self._shape}; "
                "reset() forgets those, or use another optimiser"
            )
        self._check_settings()
        self._shape = w.shape
        return np.asarray(self._rule(w, g))


@dataclass
class GradientDescent(Optimizer):
    """Gradient descent: w ← w − η g.

    On a quadratic whose largest curvature is L it converges for η < 2/L, and diverges beyond.

    Parameters
    ----------
    learning_rate : float
        η > 0.

    Raises
    ------
    ValueError, TypeError
        If the setting is not allowed.

    Examples
    --------
    >>> GradientDescent(learning_rate=0.25).step(4.0, gradient=8.0)
    array(2.)

    References
    ----------
    A. Cauchy, Méthode générale pour la résolution des systèmes d'équations simultanées, Comptes rendus 25, 1847.
    """

    learning_rate: float

    def _rule(self, w, g):
        return w - self.learning_rate * g


@dataclass
class Momentum(Optimizer):
    """Gradient descent with momentum: v ← μ v + g, then w ← w − η v.

    With Nesterov's variant, w ← w − η (g + μ v): the velocity counts as it will be after one more step.

    Parameters
    ----------
    learning_rate : float
        η > 0. It multiplies the whole velocity, as in PyTorch. Where v ← μ v − η g and w ← w + v is written, the
        steps are the same as long as η stays.
    momentum : float
        μ, at least 0 and below 1. Under a steady gradient the velocity grows to g / (1 − μ).
    nesterov : bool
        Whether to use Nesterov's variant, in PyTorch's form: w stands for the point ahead, at which the gradient is
        taken.

    Raises
    ------
    ValueError, TypeError
        If a setting is not allowed.

    Examples
    --------
    >>> optimizer = Momentum(learning_rate=0.1, momentum=0.5)
    >>> w = optimizer.step(1.0, gradient=2.0)
    >>> optimizer.step(w, gradient=2.0)
    array(0.5)

    References
    ----------
    B. T. Polyak, Some methods of speeding up the convergence of iteration methods, USSR Computational Mathematics and
    Mathematical Physics 4, 1964. Y. Nesterov, A method for solving the convex programming problem with convergence
    rate O(1/k²), Soviet Mathematics Doklady 27, 1983. I. Sutskever, J. Martens, G. Dahl, G. Hinton, On the importance
    of initialization and momentum in deep learning, ICML 2013.
    """

    learning_rate: float
    momentum: float = 0.9
    nesterov: bool = False

    def _forget(self):
        self._v = 0.0

    def _rule(self, w, g):
        self._v = v = self.momentum * self._v + g
        if self.nesterov:
            v = g + self.momentum * v
        return w - self.learning_rate * v


@dataclass
class AdaGrad(Optimizer):
    """AdaGrad: each number has a learning rate of its own, which falls as its gradients add up.

    s ← s + g², then w ← w − η g / (√s + ε).

    Parameters
    ----------
    learning_rate : float
        η > 0.
    epsilon : float
        ε > 0, outside the root; it only keeps the first steps from dividing by 0.

    Raises
    ------
    ValueError, TypeError
        If a setting is not allowed.

    Examples
    --------
    >>> optimizer = AdaGrad(learning_rate=0.5)
    >>> w = optimizer.step([1.0, 1.0], gradient=[3.0, 300.0])
    >>> w
    array([0.5, 0.5])
    >>> optimizer.step(w, gradient=[4.0, 0.0])
    array([0.1, 0.5])

    References
    ----------
    J. Duchi, E. Hazan, Y. Singer, Adaptive subgradient methods for online learning and stochastic optimization,
    Journal of Machine Learning Research 12, 2011.
    """

    learning_rate: float = 0.01
    epsilon: float = 1e-10

    def _forget(self):
        self._s = 0.0

    def _rule(self, w, g):
        self._s = s = self._s + g**2
        return w - self.learning_rate * g / (s**0.5 + self.epsilon)


@dataclass
class RMSProp(Optimizer):
    """RMSProp: AdaGrad with a running mean of the squared gradients in place of their sum, so that steps do not die.

    s ← ρ s + (1 − ρ) g², then w ← w − η g / (√s + ε).

    Parameters
    ----------
    learning_rate : float
        η > 0.
    decay : float
        ρ, at least 0 and below 1: how much of the running mean stays at each step. PyTorch calls it alpha and
        starts from 0.99.
    epsilon : float
        ε > 0, outside the root, as in PyTorch; TensorFlow has it inside.

    Raises
    ------
    ValueError, TypeError
        If a setting is not allowed.

    Examples
    --------
    >>> RMSProp(learning_rate=0.1, decay=0.75).step([1.0, 1.0], gradient=[0.03, -300.0]).round(6)
    array([0.8, 1.2])

    References
    ----------
    T. Tieleman and G. Hinton, Lecture 6.5: RMSProp, Coursera: Neural Networks for Machine Learning, 2012.
    """

    learning_rate: float = 0.01
    decay: float = 0.9
    epsilon: float = 1e-8

    def _forget(self):
        self._s = 0.0

    def _rule(self, w, g):
        self._s = s = self.decay * self._s + (1 - self.decay) * g**2
        return w - self.learning_rate * g / (s**0.5 + self.epsilon)


@dataclass
class Adam(Optimizer):
    """Adam: momentum, RMSProp, and a correction of their slow start.

    m ← β₁ m + (1 − β₁) g and v ← β₂ v + (1 − β₂) g² are running means. Both start at 0, so after t steps they are too
    small by the factors 1 − β₁ᵗ and 1 − β₂ᵗ; divided by these, m̂ and v̂ give w ← w − η m̂ / (√v̂ + ε).

    Its parts one by one: without momentum, `beta1=0`; without momentum and correction it is
    `RMSProp(learning_rate, decay=beta2)`; without division and correction,
    `Momentum(learning_rate * (1 - beta1), momentum=beta1)`. `beta2=0` does not switch the division off: it divides by
    the size of the newest gradient alone.

    Parameters
    ----------
    learning_rate : float
        η > 0; about the length of a step in each number, whatever the scale of the gradient.
    beta1, beta2 : float
        β₁ and β₂, at least 0 and below 1: how much of the running means of g and of g² stays at each step.
    epsilon : float
        ε > 0, outside the root.
    bias_correction : bool
        Whether to divide by 1 − βᵗ. Without it the first steps are off by (1 − β₁) / √(1 − β₂): for the settings
        given here 3.2 times too long.

    Raises
    ------
    ValueError, TypeError
        If a setting is not allowed.

    Examples
    --------
    >>> Adam(learning_rate=0.1).step([1.0, 1.0], gradient=[0.03, -300.0]).round(6)
    array([0.9, 1.1])

    References
    ----------
    D. P. Kingma and J. Ba, Adam: a method for stochastic optimization, ICLR 2015.
    """

    learning_rate: float = 0.001
    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8
    bias_correction: bool = True

    def _forget(self):
        self._t, self._m, self._v = 0, 0.0, 0.0

    def _rule(self, w, g):
        self._t += 1
        self._m = m = self.beta1 * self._m + (1 - self.beta1) * g
        self._v = v = self.beta2 * self._v + (1 - self.beta2) * g**2
        if self.bias_correction:
            m = m / (1 - self.beta1**self._t)
            v = v / (1 - self.beta2**self._t)
        return w - self.learning_rate * m / (v**0.5 + self.epsilon)


RULES = (GradientDescent, Momentum, AdaGrad, RMSProp, Adam)

# ---------------------------------------------------------------------- running them


def _in_words(point: np.ndarray) -> str:
    if point.size > FEW:
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
            f"start   value {self.values[0]:.4g} at {_in_words(self.points[0])}\n"
            f"end     value {self.values[-1]:.4g} at {_in_words(self.points[-1])}\n"
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
    if abs(start).max() > LIMIT:
        raise ValueError(f"minimize: start must lie within ±{LIMIT:g}, got {start.flat[abs(start).argmax()]:g}")
    steps = whole("minimize: steps", steps)
    tolerance = optional(at_least_0)("minimize: tolerance", tolerance)
    rule = _fresh_rule(optimizer, start)
    with np.errstate(all="ignore"):  # what overflows has diverged, and is reported
        return _run(function, gradient, start.copy(), rule, steps, tolerance)


def _fresh_rule(optimizer, start: np.ndarray) -> Callable:
    """Return the steps of an optimiser that has forgotten all: a function from w and g to the new w."""
    if type(optimizer) not in RULES:
        return _fresh_step(optimizer, start)
    if start.size > FEW:
        return replace(optimizer)._rule
    # the rules work number by number: few numbers are sooner done one by one, each with an optimiser of its own
    optimizers = [replace(optimizer) for _ in range(start.size)]

    def rule(w, g):
        new = np.array(list(map(type(optimizer)._rule, optimizers, w.ravel().tolist(), g.ravel().tolist())))
        return new if w.ndim == 1 else new.reshape(w.shape)

    return rule


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
    if array.size <= FEW:
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
        if not norm <= STEEP:
            return trajectory(f"Diverged at step {step}: the gradient {_excess(g)}.", step, diverged=True)
        if tolerance is not None and norm <= tolerance:
            within = f"the gradient's norm, {norm:.4g}, is within the tolerance of {tolerance:g}"
            return trajectory(f"Converged after {_steps(step - 1)}: {within}.", step, converged=True)
        w = rule(w, g)
        if not _norm(w) <= LIMIT and not abs(w).max() <= LIMIT:  # the first test is quick, the second exact
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
    >>> runs = minimize_many(lambda w: w[:, 0] ** 2, lambda w: 2 * w, [[1.0], [-8.0]], GradientDescent(0.25), steps=2)
    >>> runs.points[:, 1, 0]
    array([-8., -4., -2.])
    >>> runs.values[-1], runs.diverged
    (array([0.0625, 4.    ]), array([False, False]))
    """
    w = real("minimize_many: starts", starts).copy()
    if w.ndim != 2 or not w.size:
        raise ValueError(f"minimize_many: starts must have shape (n, d), a row for each run, got {w.shape}")
    if abs(w).max() > LIMIT:
        raise ValueError(f"minimize_many: starts must lie within ±{LIMIT:g}, got {w.flat[abs(w).argmax()]:g}")
    if type(optimizer) not in RULES:
        allowed = ", ".join(rule.__name__ for rule in RULES)
        raise TypeError(f"minimize_many: optimizer must be one of {allowed}, got {optimizer!r:.80}")
    steps, rule = whole("minimize_many: steps", steps), replace(optimizer)._rule

    points, end = [w], np.full(len(w), steps + 1)  # the step at which each run was seen to diverge
    with np.errstate(all="ignore"):  # what overflows has diverged
        for step in range(1, steps + 1):
            g = _array_like("minimize_many: gradient", gradient(w.copy()), w)
            w = rule(w, g)
            if not (abs(w).max() <= LIMIT and abs(g).max() <= STEEP / w.shape[1]):  # else all is sound: look no closer
                sound = (abs(w).max(axis=1) <= LIMIT) & (np.sqrt((g**2).sum(axis=1)) <= STEEP)
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


@dataclass(frozen=True, eq=False)
class Finish:
    """How one entrant came through a race; made by `race`, it shows itself in words.

    Attributes
    ----------
    rates : numpy.ndarray, shape (k,)
        The learning rates that were tried.
    tuning : numpy.ndarray, shape (k,)
        For each of them the median result over the starts for tuning; inf where more than half diverged.
    rate : float
        The one with the least median; of several, the smallest.
    results : numpy.ndarray, shape (n,)
        What was reached with it from each start of the race; inf where it diverged.
    """

    rates: np.ndarray
    tuning: np.ndarray
    rate: float
    results: np.ndarray

    @property
    def median(self) -> float:
        """The median result of the race."""
        return self.quantile(0.5)

    def quantile(self, share: float) -> float:
        """Return the result that at least this share of the starts reached, or a better one."""
        return _quantile(self.results, share)

    @property
    def diverged(self) -> int:
        """From how many starts of the race it diverged."""
        return int(np.isinf(self.results).sum())

    @property
    def at_edge(self) -> bool:
        """Whether the best rate lies at an end of those tried: a better one may lie beyond."""
        return self.rate in (self.rates[0], self.rates[-1])

    def __str__(self):
        edge = ", at the edge of those tried" if self.at_edge else ""
        return (
            f"learning rate {self.rate:.3g}{edge}: median {self.median:.3g}, "
            f"middle half from {self.quantile(0.25):.3g} to {self.quantile(0.75):.3g}, "
            f"{self.diverged} of {len(self.results)} diverged"
        )

    __repr__ = __str__


def _quantile(results: np.ndarray, share: float) -> float:
    """Return the result at this share of the way from the best to the worst: never a mean, which inf would spoil."""
    return float(np.sort(results)[math.ceil(share * len(results)) - 1])


def race(run: Callable, entrant: Callable, rates, tuning, starts) -> Finish:
    """Give an optimiser a fair chance: tune its learning rate on some starts, then let it run from others.

    Whoever is to be compared with it gets the same `run`, as many rates, and the same starts.

    Parameters
    ----------
    run : callable
        Takes an optimiser and an array of starts; returns what is reached from each, the less the better, inf or NaN
        where the run diverged. It decides on the budget: how many gradients each run may ask for.
    entrant : callable
        Takes a learning rate and returns an optimiser, as `optimizers.Adam` does.
    rates : array_like
        The learning rates to try, rising, all above 0.
    tuning, starts : array_like
        The starts for tuning, and those for the race, along the first axis: points, or seeds, or whatever `run` takes.
        No start should be in both: a rate that was chosen on a start is no longer tested by it.

    Returns
    -------
    Finish
        With the rate that was chosen, and what it reached.

    Raises
    ------
    ValueError
        If there are no rates, they do not rise, one is not above 0, or `run` returns another number of results.
    TypeError
        If something is no number.

    Examples
    --------
    >>> def run(optimizer, starts):
    ...     return minimize_many(lambda w: w[:, 0] ** 2, lambda w: 2 * w, starts, optimizer, steps=3).values[-1]
    >>> race(run, GradientDescent, rates=[0.1, 0.4, 1.5], tuning=[[1.0], [2.0]], starts=[[3.0], [-5.0]])
    learning rate 0.4: median 0.000576, middle half from 0.000576 to 0.0016, 0 of 2 diverged
    """
    rates = real("race: rates", rates)
    if rates.ndim != 1 or not rates.size or rates[0] <= 0 or (np.diff(rates) <= 0).any():
        raise ValueError(f"race: rates must be a rising list of numbers above 0, got {rates!r:.80}")

    def results(rate, starts):
        reached = np.asarray(run(entrant(rate), starts))
        if reached.dtype.kind not in "fiu":
            raise TypeError(f"race: run must return numbers, got {reached!r:.80}")
        if reached.shape != (len(starts),):
            raise ValueError(f"race: run must return {len(starts)} results, one for each start, got {reached.shape}")
        return np.where(np.isnan(reached), np.inf, reached)

    tuning, starts = np.asarray(tuning), np.asarray(starts)
    medians = np.array([_quantile(results(rate, tuning), 0.5) for rate in rates.tolist()])
    best = float(rates[medians.argmin()])
    return Finish(rates, medians, best, results(best, starts))


@dataclass(frozen=True, eq=False)
class Search:
    """What a random search tried; made by `random_search`, it shows itself in words.

    Attributes
    ----------
    points : numpy.ndarray, shape (tries, *shape of a point)
        All points, in the order of the tries.
    values : numpy.ndarray, shape (tries,)
        The function there; inf where it was inf.
    """

    points: np.ndarray
    values: np.ndarray

    @property
    def best_so_far(self) -> np.ndarray:
        """The least value up to each try: the curve of the search, which never rises."""
        return np.minimum.accumulate(self.values)

    @property
    def best(self) -> np.ndarray:
        """The point with the least value; the first, if there are several."""
        return self.points[self.values.argmin()]

    def __str__(self):
        tries = len(self.values)
        return (
            f"{tries} tr{'ies' if tries != 1 else 'y'}, the best was number {self.values.argmin() + 1}\n"
            f"first   value {self.values[0]:.4g} at {_in_words(self.points[0])}\n"
            f"best    value {self.values.min():.4g} at {_in_words(self.best)}"
        )

    __repr__ = __str__


def random_search(function: Callable, draw: Callable, tries: int, seed: int | np.random.Generator = 0) -> Search:
    """Try points at random and see which is best: what there is to do without a gradient, and how little it gets.

    Parameters
    ----------
    function : callable
        Takes a point and returns one number, which may be inf.
    draw : callable
        Takes a `numpy.random.Generator` and returns a point: finite numbers, always in one shape.
    tries : int
        How many points to try, at least 1.
    seed : int or numpy.random.Generator
        An integer of at least 0: the same one gives the same points, and the first of many tries are the few.
        Or a generator, which is used and so moved on.

    Returns
    -------
    Search
        With all points and values, the best of them, and the best so far at each try.

    Raises
    ------
    ValueError
        If a point is empty, NaN, infinite or not in the shape of the first, a value is NaN, or a number is not
        allowed.
    TypeError
        If something is no number, or the seed is neither an integer nor a generator.

    Examples
    --------
    >>> search = random_search(lambda w: w @ w, lambda rng: rng.normal(size=3), tries=1000)
    >>> search.points.shape
    (1000, 3)
    >>> search.best_so_far[[0, 9, 99, 999]].round(3)
    array([0.443, 0.429, 0.059, 0.02 ])

    References
    ----------
    J. Bergstra and Y. Bengio, Random search for hyper-parameter optimization, Journal of Machine Learning Research 13,
    2012.
    """
    tries, rng = whole("random_search: tries", tries), _generator("random_search: seed", seed)
    points, values = [], []
    for number in range(1, tries + 1):
        point = real("random_search: draw", draw(rng)).copy()
        if points and point.shape != points[0].shape:
            raise ValueError(
                f"random_search: draw must always return the same shape, got {point.shape} at try {number} and "
                f"{points[0].shape} at the first"
            )
        value = one_number("random_search: function", function(point.copy()))
        if math.isnan(value):
            raise ValueError(f"random_search: function must return a number, got nan at try {number}")
        points.append(point)
        values.append(value)
    return Search(np.array(points), np.array(values))


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
