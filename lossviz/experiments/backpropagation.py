"""What lesson 08 computes: one sigmoid neuron that learns with two losses, the slopes of activations, what arrives of
the gradient in each layer, and a ReLU that learns or dies.
"""

import math
from typing import NamedTuple

import numpy as np

from .. import arguments, losses, models
from ..arguments import at_least_0, bit, finite, integer, one_of, positive, real, vector
from ..caching import cached
from ..checking import checked

ACTIVATION_NAMES = {"sigmoid": "sigmoid", "tanh": "tanh", "relu": "ReLU"}
LOSS_NAMES = {"mse": "MSE", "cross_entropy": "BCE"}


ACTIVATION, LOSS = one_of(*ACTIVATION_NAMES), one_of(*LOSS_NAMES)


@checked(role=ACTIVATION, z=real)
def activation(role: str, z) -> tuple[np.ndarray, np.ndarray]:
    """Return value and slope of the activation `role` at each z.

    Examples
    --------
    >>> [float(each) for each in activation("sigmoid", 0.0)]
    [0.5, 0.25]
    """
    unit = models.ACTIVATIONS[role]
    return unit(z), unit.slope(z)


# ---------------------------------------------------------------------- one sigmoid neuron

NEURON_STEPS = 300  # of learning, that are shown
LEARNING = dict(role=LOSS, w=finite, b=finite, target=bit, rate=positive, steps=integer(0))


@checked(role=LOSS, z=real, target=bit)
def neuron_loss(role: str, z, target: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the loss of a sigmoid neuron at each z, and its slope in z; for x = 1 that is the slope in w and in b.

    Examples
    --------
    >>> [float(each) for each in neuron_loss("mse", 0.0, target=0)]
    [0.25, 0.25]
    """
    goal = np.full(z.shape, target)
    if role == "cross_entropy":
        return losses.sigmoid_cross_entropy.per_example(z, goal), losses.sigmoid(z) - goal
    p = losses.sigmoid(z)
    return losses.mse.per_example(p, goal), 2 * (p - goal) * p * losses.sigmoid(-z)  # 1 − p = σ(−z), to all digits


@checked(**LEARNING)
def descend_neuron(role: str, w: float, b: float, target: int, rate: float, steps: int = NEURON_STEPS) -> np.ndarray:
    """Return z after 0, 1, ... `steps` steps of gradient descent for one neuron p = σ(wx + b) with x = 1.

    Examples
    --------
    >>> descend_neuron("cross_entropy", 0.0, 0.0, target=1, rate=1.0, steps=1)
    array([0., 1.])
    """
    way = [w + b]
    for _ in range(steps):
        z = w + b
        p = 1 / (1 + math.exp(-z)) if z > -700 else math.exp(z)  # exp(710) would be beyond the largest float
        slope = p - target if role == "cross_entropy" else 2 * (p - target) * p * (1 - p)
        w, b = w - rate * slope, b - rate * slope  # with x = 1 both have the same slope
        way.append(w + b)
    return np.array(way)


class NeuronRun(NamedTuple):
    """One neuron after 0, 1, 2 … steps of learning: its weighted sum, its output, its loss and the slope in z."""

    z: np.ndarray
    p: np.ndarray
    loss: np.ndarray
    slope: np.ndarray


@checked(**LEARNING)
def neuron_run(role: str, w: float, b: float, target: int, rate: float, steps: int = NEURON_STEPS) -> NeuronRun:
    """Let one neuron learn as `descend_neuron` does, and look at all of it.

    Examples
    --------
    >>> neuron_run("mse", 2.0, 2.0, target=0, rate=0.15).p[[0, 50]].round(3)
    array([0.982, 0.964])
    """
    z = descend_neuron(role, w, b, target, rate, steps)
    return NeuronRun(z, losses.sigmoid(z), *neuron_loss(role, z, target))


@checked(arguments.has_axes("p", "steps"), p=arguments.share, target=bit)
def first_step_right(p: np.ndarray, target: int) -> int | None:
    """Return the first step at which the output is past ½, on the side of the target; None if it never is.

    Examples
    --------
    >>> first_step_right(np.array([0.9, 0.6, 0.3]), target=0)
    2
    """
    right = (p > 0.5) == target
    return int(right.argmax()) if right.any() else None


class NeuronChain(NamedTuple):
    """The links of one neuron, from the weight to the loss, and the slope of the loss in each of them."""

    z: float
    p: float
    loss: float
    bend: float  # the slope of the sigmoid, p (1 − p)
    slope_in_w: float
    slope_in_z: float
    slope_in_p: float


@checked(role=LOSS, w=finite, b=finite, x=finite, target=bit)
def neuron_chain(role: str, w: float, b: float, x: float, target: int) -> NeuronChain:
    """Return what goes forward through one sigmoid neuron and its loss, and what comes back.

    Examples
    --------
    >>> neuron_chain("cross_entropy", w=1.0, b=-2.0, x=2.0, target=0).slope_in_w
    1.0
    """
    z = w * x + b
    p = float(losses.sigmoid(z))
    loss, slope = (float(each) for each in neuron_loss(role, z, target))
    bend = p * (1 - p)
    return NeuronChain(z, p, loss, bend, slope * x, slope, slope / bend)


# ---------------------------------------------------------------------- gradients by depth

WIDTH = 16  # units of each hidden layer, and features
EXAMPLES = 32
LOSSES = {"MSE": losses.mse, "BCE": losses.binary_cross_entropy}
NETWORK = dict(depth=integer(), scale=at_least_0)
GRADIENT = dict(**NETWORK, loss=one_of(*LOSSES), bias=finite)


@cached
def examples() -> tuple[np.ndarray, np.ndarray]:
    """Return rows of standard normal numbers, with classes 0 and 1 in turn."""
    return np.random.default_rng(8).standard_normal((EXAMPLES, WIDTH)), np.arange(EXAMPLES) % 2


@checked(role=ACTIVATION, **NETWORK, bias=finite)
def fresh_network(role: str, depth: int, scale: float = 1.0, bias: float = 0.0) -> tuple[models.MLP, np.ndarray]:
    """Return a network with `depth` hidden layers and its start: weights of size scale / √inputs, and a last bias.

    Examples
    --------
    >>> model, start = fresh_network("tanh", depth=2, bias=4.0)
    >>> model.size, float(start[-1])
    (561, 4.0)
    """
    model = models.MLP((WIDTH,) * (depth + 1) + (1,), activation=role, output="probability")
    parameters = scale * model.initial(seed=3)
    parameters[-1] = bias
    return model, parameters


@checked(role=ACTIVATION, **GRADIENT)
def norms_by_layer(role: str, depth: int, scale: float = 1.0, loss: str = "BCE", bias: float = 0.0) -> np.ndarray:
    """Return the norm of the gradient in the weights of each layer, from the first to the last.

    Examples
    --------
    >>> len(norms_by_layer("sigmoid", depth=10))
    11
    """
    x, target = examples()
    model, parameters = fresh_network(role, depth, scale, bias)
    return np.array([np.linalg.norm(g) for g in model.layer_gradients(parameters, x, target, LOSSES[loss])])


@checked(role=ACTIVATION, **NETWORK)
def slopes_by_layer(role: str, depth: int, scale: float = 1.0) -> np.ndarray:
    """Return the root mean square of the units' slopes in each hidden layer.

    Examples
    --------
    >>> bool(slopes_by_layer("sigmoid", depth=10).max() <= 0.25)
    True
    """
    model, parameters = fresh_network(role, depth, scale)
    unit = models.ACTIVATIONS[role]
    return np.array([np.sqrt(np.mean(unit.slope_at(a) ** 2)) for a in model.activations(parameters, examples()[0])])


@checked(**NETWORK)
def silent_units(depth: int, scale: float = 1.0) -> int:
    """Count the ReLU units that give 0 for all examples."""
    model, parameters = fresh_network("relu", depth, scale)
    return int(sum((values == 0).all(axis=0).sum() for values in model.activations(parameters, examples()[0])))


class FreshNetworks(NamedTuple):
    """Three networks that differ in their activation alone; each dictionary has the activation as its key."""

    norms: dict[str, np.ndarray]
    slopes: dict[str, np.ndarray]
    silent: int  # ReLU units that give 0 for all examples


@checked(**GRADIENT)
def fresh_networks(depth: int, scale: float = 1.0, loss: str = "BCE", bias: float = 0.0) -> FreshNetworks:
    """Return what arrives of the gradient in each layer of three fresh networks, and the slopes of their units.

    Examples
    --------
    >>> list(fresh_networks(depth=2).norms)
    ['sigmoid', 'tanh', 'relu']
    """
    return FreshNetworks(
        {role: norms_by_layer(role, depth, scale, loss, bias) for role in ACTIVATION_NAMES},
        {role: slopes_by_layer(role, depth, scale) for role in ACTIVATION_NAMES},
        silent_units(depth, scale),
    )


# ---------------------------------------------------------------------- a ReLU that learns, or dies

RELU_X, RELU_Y = np.array([1.0, 2.0, 3.0]), np.array([0.5, 1.0, 1.5])
RELU_STEPS = 60  # of learning, that are shown


class ReluState(NamedTuple):
    """One ReLU neuron on the three points: its loss, the slopes in w and b, and for how many it is above 0."""

    loss: float
    slope_in_w: float
    slope_in_b: float
    alive: int


@checked(w=finite, b=finite)
def relu_state(w: float, b: float) -> ReluState:
    """Return the squared error of one ReLU neuron on the three points, and its gradient.

    Examples
    --------
    >>> relu_state(w=-1.0, b=0.0).alive
    0
    """
    z = w * RELU_X + b
    loss = float(np.mean((np.maximum(0, z) - RELU_Y) ** 2))
    return ReluState(loss, *_relu_slopes(w, b), int((z > 0).sum()))


def _relu_slopes(w: float, b: float) -> tuple[float, float]:
    z = w * RELU_X + b
    slope = 2 * (z - RELU_Y) * (z > 0) / len(RELU_X)
    return float(slope @ RELU_X), float(slope.sum())


@checked(w=finite, b=finite, rate=positive, steps=integer(0))
def descend_relu(w: float, b: float, rate: float, steps: int = RELU_STEPS) -> np.ndarray:
    """Return (w, b) after 0, 1, ... `steps` steps of gradient descent, for one ReLU neuron and the squared error.

    Examples
    --------
    >>> descend_relu(2.0, 0.0, rate=0.2, steps=2)
    array([[ 2. ,  0. ],
           [-0.8, -1.2],
           [-0.8, -1.2]])
    """
    way = [(w, b)]
    for _ in range(steps):
        in_w, in_b = _relu_slopes(w, b)
        w, b = w - rate * in_w, b - rate * in_b
        way.append((w, b))
    return np.array(way)


@checked(arguments.same_shape("y", "x"), arguments.same_shape("b", "w"), x=vector, y=vector, w=real, b=real)
def relu_losses(x, y, w: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the squared error of a ReLU neuron for each of the arrays w and b, and where it is 0 for every x.

    Examples
    --------
    >>> loss, dead = relu_losses([1.0, 2.0], [0.0, 2.0], np.array([1.0, -1.0]), np.array([0.0, 0.0]))
    >>> loss.tolist(), dead.tolist()
    ([0.5, 2.0], [False, True])
    """
    z = w[..., None] * x + b[..., None]
    return np.mean((np.maximum(0, z) - y) ** 2, axis=-1), (z <= 0).all(axis=-1)
