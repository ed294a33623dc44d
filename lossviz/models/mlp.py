"""The multilayer perceptron, with its backpropagation written out, and the activations of its hidden layers."""

from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from .. import arguments
from ..arrays import place
from ..checking import Check, Refusal, checked
from .model import OUTPUT, Layer, Model


class Activation(NamedTuple):
    """The function that a hidden unit applies to its input z: call it for the value, ask it for the slope.

    Attributes
    ----------
    value : callable
        From z to the value.
    slope_at : callable
        From the value to the slope: for all three activations the value is enough, so nothing is computed twice.

    Examples
    --------
    >>> relu = ACTIVATIONS["relu"]
    >>> relu([-2.0, 3.0]), relu.slope([-2.0, 3.0])
    (array([0., 3.]), array([0., 1.]))
    """

    value: Callable[[np.ndarray], np.ndarray]
    slope_at: Callable[[np.ndarray], np.ndarray]

    def __call__(self, z) -> np.ndarray:
        """Return the value at z."""
        return self.value(arguments.numbers("activation: z", z))

    def slope(self, z) -> np.ndarray:
        """Return the slope at z."""
        return self.slope_at(self(z))


ACTIVATIONS = {
    # σ(z), but quicker than losses.sigmoid, which keeps the digits of a σ near 0; hidden units do not need these
    "sigmoid": Activation(lambda z: (1 + np.tanh(z / 2)) / 2, lambda value: value * (1 - value)),  # slope at most ¼
    "tanh": Activation(np.tanh, lambda value: 1 - value**2),  # slope at most 1
    "relu": Activation(lambda z: np.maximum(z, 0.0), lambda value: (value > 0).astype(float)),  # slope 0 at the kink
}


def _sizes(given) -> tuple[int, ...]:
    if not isinstance(given, tuple | list):
        raise Refusal(f"{given!r:.80}", TypeError)
    if len(given) < 2:
        raise Refusal(f"{given!r:.80}")
    sizes = []
    for position, size in enumerate(given):
        try:
            sizes.append(arguments.integer().convert(size))
        except Refusal as refusal:
            raise Refusal(f"{refusal.got}{place([position])}", refusal.error) from None
    return tuple(sizes)


SIZES = Check("a tuple of two or more integers of at least 1", _sizes)


class MLP(Model):
    r"""Multilayer perceptron: layers of units, each an activation of a weighted sum of the units before it.

    Parameters
    ----------
    sizes : tuple of int
        The number of features, the units of each hidden layer, the output units: (2, 8, 1) has 8 hidden units.
        Two numbers make a model without a hidden layer.
    activation : {"sigmoid", "tanh", "relu"}
        Of the hidden layers; see `ACTIVATIONS`.
    output : {"score", "probability"}
        What is predicted: the output units' weighted sums, or their sigmoid (one unit) or softmax (several).

    Attributes
    ----------
    size : int
        How many parameters there are: layer by layer the weights, row by row, and the biases.

    Examples
    --------
    >>> from lossviz.losses import sigmoid_cross_entropy
    >>> model = MLP(sizes=(2, 3, 1), activation="tanh")
    >>> model.size
    13
    >>> [layer.weights.shape for layer in model.unpack(model.initial())]
    [(2, 3), (3, 1)]
    >>> value, gradient = model.value_and_gradient(np.zeros(13), [[1, 2], [3, 4]], [1, 1], sigmoid_cross_entropy)
    >>> round(value, 6), float(gradient[-1])
    (0.693147, -0.5)

    References
    ----------
    D. E. Rumelhart, G. E. Hinton and R. J. Williams, Learning representations by back-propagating errors, Nature 323,
    1986.
    """

    @checked(sizes=SIZES, activation=arguments.one_of(*ACTIVATIONS), output=OUTPUT)
    def __init__(self, sizes: tuple[int, ...] = (2, 8, 1), activation: str = "tanh", output: str = "score"):
        super().__init__(sizes, output)
        self.activation = activation

    @checked(seed=arguments.generator, scale=arguments.optional(arguments.at_least_0))
    def initial(self, seed: int | np.random.Generator = 0, scale: float | None = None) -> np.ndarray:
        """Draw parameters to start from: not 0, because then all units of a layer would stay the same.

        Parameters
        ----------
        seed : int or numpy.random.Generator
            The same integer gives the same numbers; another scale only multiplies them. A generator gives others each
            time.
        scale : float, optional
            The factor of the weights, which are standard normal; at least 0, and the same in all layers. By default
            1 / √inputs in each layer: then a weighted sum of inputs with variance 1 has variance 1 too.
            √(2 / (inputs + units)) and, for ReLU, √(2 / inputs) are usual as well. Biases are 0.

        Returns
        -------
        numpy.ndarray, shape (size,)

        Examples
        --------
        >>> model = MLP(sizes=(100, 50, 1))
        >>> round(float(model.unpack(model.initial())[0].weights.std()), 2)
        0.1

        References
        ----------
        Y. LeCun, L. Bottou, G. B. Orr and K.-R. Müller, Efficient BackProp, in Neural Networks: Tricks of the Trade,
        1998 (1 / √inputs).
        X. Glorot and Y. Bengio, Understanding the difficulty of training deep feedforward neural networks, AISTATS
        2010 (√(2 / (inputs + units))).
        K. He, X. Zhang, S. Ren and J. Sun, Delving deep into rectifiers, ICCV 2015 (√(2 / inputs)).
        """
        return super().initial(seed, scale)

    def unpack(self, parameters) -> list[Layer]:
        """Name the parameters: for each layer `weights`, shape (inputs, units), and `biases`, shape (units,); views."""
        rest = self._flat(parameters)
        layers = []
        for inputs, units in pairwise(self.sizes):
            weights, biases, rest = np.split(rest, [inputs * units, (inputs + 1) * units])
            layers.append(Layer(weights.reshape(inputs, units), biases))
        return layers

    def forward(self, parameters, x) -> list[np.ndarray]:
        """Return x, the values of each hidden layer, and the scores."""
        activation = ACTIVATIONS[self.activation]
        *hidden, last = self.unpack(parameters)
        values = [x]
        for weights, biases in hidden:
            values.append(activation(values[-1] @ weights + biases))
        scores = values[-1] @ last.weights + last.biases
        return [*values, scores[:, 0] if self.sizes[-1] == 1 else scores]

    def backward(self, parameters, values, slope) -> np.ndarray:
        """Carry the slope in each score back, layer by layer, from the last to the first."""
        activation = ACTIVATIONS[self.activation]
        layers = self.unpack(parameters)
        slope = slope.reshape(len(slope), -1)  # a single output unit gets its axis back
        gradient = []
        for i in reversed(range(len(layers))):
            inputs = values[i]
            gradient = [(inputs.T @ slope).ravel(), slope.sum(axis=0), *gradient]
            if i > 0:  # on to the weighted sums of the layer before
                slope = slope @ layers[i].weights.T * activation.slope_at(inputs)
        return np.concatenate(gradient)

    def activations(self, parameters, x) -> list[np.ndarray]:
        """Return the values of the hidden layers, one array of shape (N, units) for each.

        Parameters
        ----------
        parameters : array_like, shape (size,)
            The parameters, as `unpack` reads them.
        x : array_like, shape (N, features)
            A row for each example.

        Returns
        -------
        list of numpy.ndarray
            From the first hidden layer to the last.

        Raises
        ------
        ValueError, TypeError
            As a call of the model.

        Examples
        --------
        >>> MLP(sizes=(1, 2, 1), activation="relu").activations([1, -1, 0, 0, 1, 1, 0], [2.0, -3.0])
        [array([[2., 0.],
               [0., 3.]])]
        """
        with np.errstate(all="ignore"):
            return self.forward(self._finite(parameters), self._table(x))[1:-1]

    def layer_gradients(self, parameters, x, target, loss, **settings) -> list[np.ndarray]:
        """Return the gradient in the weights of each layer: it shows how the gradient fades or grows with depth.

        Parameters
        ----------
        parameters, x, target, loss, **settings
            As for `value_and_gradient`.

        Returns
        -------
        list of numpy.ndarray
            From the first layer to the last, each in the shape (inputs, units) of its weights.

        Raises
        ------
        ValueError, TypeError
            As `value_and_gradient`.

        Examples
        --------
        >>> from lossviz.losses import mse
        >>> model = MLP(sizes=(1, 1, 1), activation="relu")
        >>> model.layer_gradients([1, 0, 1, 0], [2.0], [0.0], mse)
        [array([[8.]]), array([[8.]])]
        """
        _, gradient = self.value_and_gradient(parameters, x, target, loss, **settings)
        return [weights for weights, _ in self.unpack(gradient)]
