"""The rules: five optimisers, each a dataclass of its settings with its formula."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace

import numpy as np

from .. import arguments
from ..arguments import same_shape
from ..checking import checked, refusals, with_raises

QUICKER_AS_FLOATS = 6  # up to so many numbers, Python's floats are quicker than an array

SETTINGS = dict(
    learning_rate=arguments.positive,
    momentum=arguments.below_1,
    nesterov=arguments.yes_or_no,
    decay=arguments.below_1,
    beta1=arguments.below_1,
    beta2=arguments.below_1,
    epsilon=arguments.positive,
    bias_correction=arguments.yes_or_no,
)


def _tells_its_settings(rule: type) -> type:
    """Complete the docstring of a rule with the errors of its settings."""
    checks = {field.name: SETTINGS[field.name] for field in fields(rule)}
    rule.__doc__ = with_raises(rule.__doc__, refusals(checks))
    return rule


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
        for name, check in SETTINGS.items():
            if hasattr(self, name):
                setattr(self, name, check(f"{type(self).__name__}: {name}", getattr(self, name)))

    def reset(self):
        """Forget all earlier steps; the settings stay."""
        self._shape = None
        self._forget()

    def _forget(self):
        """A rule that remembers something sets it to 0 here."""

    @checked(same_shape("gradient", "parameters"), parameters=arguments.real, gradient=arguments.real)
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
        ValueError, TypeError
            parameters must have the shape of the steps before.
            A setting that was changed must be allowed.

        Examples
        --------
        >>> GradientDescent(learning_rate=0.1).step([1.0, 2.0], gradient=[10.0, -10.0])
        array([0., 3.])
        """
        if self._shape not in (None, parameters.shape):
            raise ValueError(
                f"{type(self).__name__}: parameters must have the shape of the steps before, {self._shape}, got shape "
                f"{parameters.shape}; reset() forgets those steps, or use another optimiser"
            )
        self._check_settings()
        self._shape = parameters.shape
        return np.asarray(self._rule(parameters, gradient))


@_tells_its_settings
@dataclass
class GradientDescent(Optimizer):
    """Gradient descent: w ← w − η g.

    On a quadratic whose largest curvature is L it converges for η < 2/L, and diverges beyond.

    Parameters
    ----------
    learning_rate : float
        η > 0.

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


@_tells_its_settings
@dataclass
class Momentum(Optimizer):
    """Gradient descent with momentum: v ← μ v + g, then w ← w − η v.

    With Nesterov's variant, w ← w − η (g + μ v): the velocity counts as it will be after one more step.

    Parameters
    ----------
    learning_rate : float
        η > 0. It multiplies the whole velocity, as in PyTorch. Some texts write v ← μ v − η g and w ← w + v: the steps
        are the same as long as η stays.
    momentum : float
        μ, at least 0 and below 1. Under a steady gradient the velocity grows to g / (1 − μ).
    nesterov : bool
        Whether to use Nesterov's variant, in PyTorch's form: w is the point ahead, where the gradient is computed.

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


@_tells_its_settings
@dataclass
class AdaGrad(Optimizer):
    """AdaGrad: each number has its own learning rate, which falls as its squared gradients add up.

    s ← s + g², then w ← w − η g / (√s + ε).

    Parameters
    ----------
    learning_rate : float
        η > 0.
    epsilon : float
        ε > 0, outside the root; it only keeps the first steps from dividing by 0.

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


@_tells_its_settings
@dataclass
class RMSProp(Optimizer):
    """RMSProp: AdaGrad with a running mean of the squared gradients in place of their sum, so steps do not shrink to 0.

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


@_tells_its_settings
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
        η > 0; about the length of a step in each number, at any scale of the gradient.
    beta1, beta2 : float
        β₁ and β₂, at least 0 and below 1: how much of the running means of g and of g² stays at each step.
    epsilon : float
        ε > 0, outside the root.
    bias_correction : bool
        Whether to divide by 1 − βᵗ. Without it the first steps are off by (1 − β₁) / √(1 − β₂): for the settings
        given here 3.2 times too long.

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


def fresh_rule(optimizer: Optimizer, size: int) -> Callable:
    """Return the rule of an optimiser that has forgotten everything: a quick function from w and g to the new w.

    It does not check anything, and does not change the optimiser. For up to `QUICKER_AS_FLOATS` numbers it takes w and
    g apart: each number gets a copy of the optimiser, whose rule then works on Python's floats. This makes it quick: on
    two numbers a step of Adam takes 4 µs in this way and 15 µs on an array. So `minimize` costs 8 times as much as the
    gradient that it follows, not 17 times.

    What must hold, so that both ways give the same points:

    - The optimiser is one of `RULES`. A subclass may have another `step`, which this function does not call.
    - The rules work number by number: a new number does not depend on the other numbers. A rule that clips the norm of
      the gradient, for instance, must work on an array.
    - They are written with operators only, which mean the same for a float and an array. `np.sqrt` of a float works,
      but takes longer than the whole step.
    - They never divide by 0, and never square a number above 1e154: NumPy returns inf there, but Python's floats raise
      an error. `epsilon` is above 0, and `minimize` ends a run at `descent.LARGEST_GRADIENT`, far below 1e154.

    Parameters
    ----------
    optimizer : Optimizer
        One of `RULES`.
    size : int
        How many numbers w holds.

    Returns
    -------
    callable
        Takes w and g, float64 arrays of one shape with `size` numbers; returns a new array. It remembers its steps.

    Examples
    --------
    >>> rule = fresh_rule(Momentum(learning_rate=0.1, momentum=0.5), size=2)
    >>> w = rule(np.array([1.0, 0.0]), np.array([2.0, 0.0]))
    >>> rule(w, np.array([2.0, 1.0]))
    array([ 0.5, -0.1])
    """
    if size > QUICKER_AS_FLOATS:
        return replace(optimizer)._rule
    one_each = [replace(optimizer) for _ in range(size)]
    rule_of_one = type(optimizer)._rule

    def rule(w, g):
        new = np.array(list(map(rule_of_one, one_each, w.ravel().tolist(), g.ravel().tolist())))
        return new if w.ndim == 1 else new.reshape(w.shape)

    return rule
