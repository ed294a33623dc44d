"""What all trained models share: flat parameters, the gradient of a loss in them, and the share of right predictions.

What a model computes, forward and backward, is in `linear.py` and `mlp.py`.
"""

import inspect
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from .. import arguments
from ..arrays import any_array
from ..checking import Check, Refusal, checked, condition, refusals, with_raises
from ..losses import sigmoid, softmax

TARGET = Check("a rectangular array", any_array)
VALUE = arguments.returned(arguments.number)
SLOPE = arguments.returned(arguments.numbers)
OUTPUT = arguments.one_of("score", "probability")
JUST_INSIDE = np.finfo(float).tiny, np.nextafter(1, 0)  # probabilities nearest to 0 and 1 with a finite inverse


class Layer(NamedTuple):
    """The parameters of one layer: a row of weights for each input, a column and a bias for each unit."""

    weights: np.ndarray
    biases: np.ndarray | float


# ---------------------------------------------------------------------- from scores to probabilities, and back


def probabilities(scores: np.ndarray) -> np.ndarray:
    """Return the sigmoid of one score for each example, the softmax of several."""
    return sigmoid(scores) if scores.ndim == 1 else softmax(scores)


def slope_in_scores(p: np.ndarray, slope: np.ndarray) -> np.ndarray:
    """Carry the slope in the probabilities `p` back to the scores."""
    if p.ndim == 1:
        return slope * p * (1 - p)  # σ′ = σ (1 − σ)
    return p * (slope - (p * slope).sum(axis=1, keepdims=True))  # ∂p_k/∂s_c = p_k ([k = c] − p_c)


# ---------------------------------------------------------------------- Model


class Model:
    """A trained model: all its parameters are one flat vector, so one optimiser fits every model.

    To write a new model, write a class with three methods. `unpack` names the parts of the vector. `forward` returns
    what flows through the model, from x to the scores. `backward` carries the slope in the scores back to the
    parameters. Both take arrays without a check: `__call__`, `value_and_gradient` and `objective` check them first.

    Parameters
    ----------
    sizes : tuple of int
        The number of features, and then the number of units of each layer.
    output : {"score", "probability"}
        What the model predicts: its scores, or their sigmoid (one unit) or softmax (several).
    """

    def __init_subclass__(cls):
        """Complete the docstring of a model with the errors of its constructor."""
        checks = getattr(vars(cls).get("__init__"), "checks", {})  # a reader's own model may have none
        cls.__doc__ = with_raises(cls.__doc__, refusals(checks))

    def __init__(self, sizes: tuple[int, ...], output: str = "score"):
        self.sizes = sizes
        self.features = sizes[0]
        self.size = sum((inputs + 1) * units for inputs, units in pairwise(sizes))
        self.output = output

    @checked(seed=arguments.generator, scale=arguments.optional(arguments.at_least_0))
    def initial(self, seed: int | np.random.Generator = 0, scale: float | None = 0.0) -> np.ndarray:
        """Draw parameters to start from; by default all are 0.

        The loss of a linear model has one valley (for the losses of the course that are convex). So any start is good;
        zeros are usual, because they do not prefer a class.

        Parameters
        ----------
        seed : int or numpy.random.Generator
            The same integer gives the same numbers; another scale only multiplies them. A generator gives others each
            time.
        scale : float or None
            The factor of the weights, which are standard normal; at least 0. None means 1 / √inputs in each layer.
            Biases are 0.

        Returns
        -------
        numpy.ndarray, shape (size,)
        """
        rng, parts = seed, []
        for inputs, units in pairwise(self.sizes):
            factor = 1 / np.sqrt(inputs) if scale is None else scale
            parts += [factor * rng.standard_normal(inputs * units) + 0.0, np.zeros(units)]  # + 0.0: no −0
        return np.concatenate(parts)

    def __call__(self, parameters, x) -> np.ndarray:
        """Predict.

        Parameters
        ----------
        parameters : array_like, shape (size,)
            The parameters, as `unpack` reads them.
        x : array_like, shape (N, features)
            A row for each example. With one feature also of shape (N,).

        Returns
        -------
        numpy.ndarray, shape (N,) or (N, C)
            A number for each example from one output unit, a row from several.

        Raises
        ------
        ValueError, TypeError
            parameters must be a flat array of `size` finite numbers.
            x must be rows of `features` finite numbers.
        """
        parameters, x = self._finite(parameters), self._table(x)
        with np.errstate(all="ignore"):
            return self._predicted(self.forward(parameters, x)[-1])

    def value_and_gradient(self, parameters, x, target, loss, **settings) -> tuple[float, np.ndarray]:
        """Return the loss of the predictions, and its gradient in the parameters.

        Parameters
        ----------
        parameters : array_like, shape (size,)
            Where to measure.
        x : array_like, shape (N, features)
            A row for each example. With one feature also of shape (N,).
        target : array_like
            The target that the loss needs for N examples.
        loss : lossviz.loss.Loss
            Or anything with a method `value_and_gradient(prediction, target)` that returns a number and an array in
            the prediction's shape.
        **settings
            Settings of the loss, such as `delta=2.0`.

        Returns
        -------
        value : float
            In the loss's unit.
        gradient : numpy.ndarray, shape (size,)
            In the order of the parameters. If a probability is rounded to exactly 0 or 1, the loss's slope there may be
            infinite; the gradient is still the limit, and finite.

        Raises
        ------
        ValueError, TypeError
            parameters must be a flat array of `size` finite numbers.
            As `objective`, and what the loss itself refuses in the predictions or the target.
        """
        return self.objective(x, target, loss, **settings).value_and_gradient(self._finite(parameters))

    def objective(self, x, target, loss, **settings) -> "Objective":
        """Return the loss on these examples as a function of the parameters alone, which is what optimisers take.

        Parameters
        ----------
        x, target, loss, **settings
            As for `value_and_gradient`. x and target are checked only here.

        Returns
        -------
        Objective
            `f(parameters)` is the loss, `f.gradient(parameters)` its gradient. If training has diverged and the
            predictions are beyond the largest float, the loss is inf and the gradient NaN.

        Raises
        ------
        ValueError, TypeError
            x must be rows of `features` finite numbers.
            target must have an entry for each row of x.
            loss must have a method value_and_gradient(prediction, target).
        """
        return Objective(self, x, target, loss, settings)

    def _flat(self, parameters) -> np.ndarray:
        """Check the number of the parameters; after training has diverged they may be infinite or NaN."""
        array = arguments.numbers(f"{type(self).__name__}: parameters", parameters)
        if array.shape != (self.size,):
            raise ValueError(
                f"{type(self).__name__}: parameters must be a flat array of {self.size} numbers, got shape "
                f"{array.shape}"
            )
        return array

    def _finite(self, parameters) -> np.ndarray:
        return self._flat(arguments.real(f"{type(self).__name__}: parameters", parameters))

    def _table(self, x) -> np.ndarray:
        return arguments.table(self.features)(f"{type(self).__name__}: x", x)

    def _predicted(self, scores: np.ndarray) -> np.ndarray:
        return probabilities(scores) if self.output == "probability" else scores

    def __repr__(self):
        arguments = (f"{name}={getattr(self, name)!r}" for name in inspect.signature(type(self)).parameters)
        return f"{type(self).__name__}({', '.join(arguments)})"


class Objective:
    """The loss of a model on fixed examples, as a function of the model's parameters.

    Made by the method `objective` of a model.
    """

    def __init__(self, model: Model, x, target, loss, settings: dict):
        name = type(model).__name__
        if not hasattr(loss, "value_and_gradient"):
            raise TypeError(
                f"{name}: loss must have a method value_and_gradient(prediction, target), as all of lossviz.losses "
                f"have, got {loss!r:.80}"
            )
        self.model = model
        self.x = model._table(x)
        self.target = TARGET(f"{name}: target", target)
        if self.target.shape[:1] != (len(self.x),):
            raise ValueError(
                f"{name}: target must have an entry for each row of x, {len(self.x)}, got shape {self.target.shape}"
            )
        self.loss = loss
        self.settings = settings

    def __call__(self, parameters) -> float:
        """Return the loss at these parameters."""
        values = self._forward(self.model._flat(parameters))
        return np.inf if values is None else self._value_and_slope(values[-1])[0]

    def gradient(self, parameters) -> np.ndarray:
        """Return the gradient of the loss at these parameters."""
        return self.value_and_gradient(parameters)[1]

    def value_and_gradient(self, parameters) -> tuple[float, np.ndarray]:
        """Return the loss at these parameters and its gradient, from one pass forward and one back."""
        parameters = self.model._flat(parameters)
        values = self._forward(parameters)
        if values is None:
            return np.inf, np.full(self.model.size, np.nan)
        value, slope = self._value_and_slope(values[-1])
        with np.errstate(all="ignore"):
            return value, self.model.backward(parameters, values, slope)

    def _forward(self, parameters: np.ndarray) -> list[np.ndarray] | None:
        """Return what flows through the model, or None if training has diverged."""
        if not np.isfinite(parameters).all():
            return None
        with np.errstate(all="ignore"):
            values = self.model.forward(parameters, self.x)
        return values if np.isfinite(values[-1]).all() else None

    def _value_and_slope(self, scores: np.ndarray) -> tuple[float, np.ndarray]:
        """Return the loss, and its slope in the scores."""
        with np.errstate(all="ignore"):
            prediction = self.model._predicted(scores)
        value, slope = self._ask_the_loss(prediction)
        if self.model.output == "score":
            return value, slope
        if not np.isfinite(slope).all():
            # A probability is rounded to 0 or 1, where a logarithm's slope is infinite and the sigmoid's slope is 0.
            # The product has a limit: we compute it just inside.
            prediction = prediction.clip(*JUST_INSIDE)
            _, slope = self._ask_the_loss(prediction)
        return value, slope_in_scores(prediction, slope)

    def _ask_the_loss(self, prediction: np.ndarray) -> tuple[float, np.ndarray]:
        value, slope = self.loss.value_and_gradient(prediction, self.target, **self.settings)
        name = f"{type(self.model).__name__}: loss.value_and_gradient"
        value, slope = VALUE(f"{name}: value", value), SLOPE(f"{name}: gradient", slope)
        if slope.shape != prediction.shape:
            raise ValueError(
                f"{type(self.model).__name__}: the gradient that loss returns must have the prediction's shape "
                f"{prediction.shape}, got {slope.shape}"
            )
        return value, slope

    def __repr__(self):
        return f"<{getattr(self.loss, 'name', self.loss)} of {self.model!r} on {len(self.x)} examples>"


# ---------------------------------------------------------------------- how many are right


def _scores(given) -> np.ndarray:
    array = arguments.real.convert(given)
    if array.ndim not in (1, 2):
        raise Refusal(f"shape {array.shape}")
    return array


@condition("label must be one class for each example")
def _one_label_each(values):
    (n, *_), shape = values["scores"].shape, values["label"].shape
    return f"{n} of them, got shape {shape}" if shape != (n,) else None


@condition("label must hold classes (from 0 to C − 1; for single scores 0 and 1, or −1 and 1)")
def _labels_are_classes(values):
    scores, label = values["scores"], values["label"]
    allowed = [range(scores.shape[1])] if scores.ndim == 2 else [(0, 1), (-1, 1)]
    if any(np.isin(label, classes).all() for classes in allowed):
        return None
    return (f"here from 0 to {scores.shape[1] - 1}, " if scores.ndim == 2 else "") + f"got {np.unique(label)!s:.80}"


@checked(
    _one_label_each,
    _labels_are_classes,
    scores=Check("one or more finite numbers, shape (N,) or (N, C)", _scores),
    label=arguments.real_or_boolean,
)
def accuracy(scores, label) -> float:
    """Share of examples whose predicted class is the true one.

    It is easy to read, but an optimiser cannot use it, because its slope is 0 almost everywhere.

    Parameters
    ----------
    scores : array_like, shape (N, C) or (N,)
        A row for each example: it predicts the class with the largest entry, score or probability (the first of
        several). Or one score for each example: above 0 predicts class 1. From a probability subtract ½ first.
    label : array_like, shape (N,)
        For rows, the index of the true class, from 0 to C − 1. For single scores 1, and 0 or −1 for the other class.

    Returns
    -------
    float
        From 0 to 1.

    Examples
    --------
    >>> accuracy([[3.2, 5.1, -1.7], [1.3, 4.9, 2.0]], [0, 1])
    0.5
    >>> accuracy([2.5, -0.5, 0.1, -3.0], [1, 0, 0, 0])
    0.75
    """
    predicted = scores.argmax(axis=1) if scores.ndim == 2 else np.where(scores > 0, 1, label.min(initial=0))
    return float((predicted == label).mean())
