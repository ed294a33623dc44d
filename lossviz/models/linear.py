"""The models without a hidden layer: a line, and the linear classifiers of two classes and of several."""

from typing import NamedTuple

import numpy as np

from .. import arguments
from ..checking import checked
from .model import OUTPUT, Layer, Model


class Slope(NamedTuple):
    """The parameters of a straight line y = m x + c."""

    m: float
    c: float


class Linear(Model):
    """What the models without a hidden layer share: each score is x·w + b; the parameters are W, then b."""

    def _layer(self, parameters: np.ndarray) -> Layer:
        units = self.sizes[-1]
        weights, biases = parameters[:-units], parameters[-units:]
        return Layer(weights, float(biases[0])) if units == 1 else Layer(weights.reshape(-1, units), biases)

    def unpack(self, parameters) -> Layer:
        """Name the parameters: `weights`, a row for each feature, and `biases`; with one unit a vector and a number."""
        return self._layer(self._flat(parameters))

    def forward(self, parameters, x) -> list[np.ndarray]:
        """Return x and the scores."""
        weights, biases = self._layer(parameters)
        return [x, x @ weights + biases]

    def backward(self, parameters, values, slope) -> np.ndarray:
        """Carry the slope in each score back to the parameters: a weight moves its score by x, a bias by 1."""
        x, _ = values
        return np.append(x.T @ slope, slope.sum(axis=0))


class Line(Linear):
    r"""Straight line ŷ = m x + c; with several features the plane ŷ = w·x + c.

    Parameters
    ----------
    features : int
        How many numbers describe an example.

    Attributes
    ----------
    size : int
        How many parameters there are: a weight for each feature, then the intercept.

    Examples
    --------
    >>> from lossviz.losses import mse
    >>> line = Line()
    >>> line([2.0, 1.0], x=[0, 1, 2])
    array([1., 3., 5.])
    >>> line.value_and_gradient([2.0, 1.0], [0, 1, 2], [1, 3, 2], mse)
    (3.0, array([4., 2.]))

    References
    ----------
    A.-M. Legendre, Nouvelles méthodes pour la détermination des orbites des comètes, 1805, appendix.
    """

    @checked(features=arguments.integer())
    def __init__(self, features: int = 1):
        super().__init__((features, 1))

    def unpack(self, parameters) -> Slope | Layer:
        """Name the parameters: `m` and `c` of a line, `weights` and `biases` (one number) with several features."""
        parameters = self._flat(parameters)
        return Slope(*parameters.tolist()) if self.features == 1 else self._layer(parameters)


class Logistic(Linear):
    r"""Logistic regression: a score s = w·x + b for class 1, and its probability σ(s).

    Parameters
    ----------
    features : int
        How many numbers describe an example.
    output : {"score", "probability"}
        What is predicted. Use scores with losses such as `sigmoid_cross_entropy` or `hinge`, probabilities with
        `binary_cross_entropy`. With scores, nothing is rounded on the way.

    Attributes
    ----------
    size : int
        How many parameters there are: a weight for each feature, then the bias.

    Examples
    --------
    >>> from lossviz.losses import sigmoid_cross_entropy
    >>> model = Logistic(features=2)
    >>> model([1.0, -1.0, 0.5], x=[[2, 1], [0, 3]])
    array([ 1.5, -2.5])
    >>> value, gradient = model.value_and_gradient(model.initial(), [[2, 1], [0, 3]], [1, 0], sigmoid_cross_entropy)
    >>> round(value, 6), gradient
    (0.693147, array([-0.5,  0.5,  0. ]))

    References
    ----------
    D. R. Cox, The regression analysis of binary sequences, Journal of the Royal Statistical Society B 20, 1958.
    """

    @checked(features=arguments.integer(), output=OUTPUT)
    def __init__(self, features: int = 2, output: str = "score"):
        super().__init__((features, 1), output)


class Softmax(Linear):
    r"""Linear classifier of several classes: scores s = x W + b, and their probabilities softmax(s).

    Parameters
    ----------
    features : int
        How many numbers describe an example.
    classes : int
        How many classes there are, at least 2.
    output : {"score", "probability"}
        What is predicted. Use scores with losses such as `softmax_cross_entropy` or `multiclass_hinge`,
        probabilities with `categorical_cross_entropy`. With scores, nothing is rounded on the way.

    Attributes
    ----------
    size : int
        How many parameters there are: W, row by row, then b.

    Examples
    --------
    >>> from lossviz.losses import softmax_cross_entropy
    >>> model = Softmax(features=2, classes=3)
    >>> model.size, model.unpack(range(9)).biases
    (9, array([6., 7., 8.]))
    >>> value, gradient = model.value_and_gradient(model.initial(), [[1.0, 2.0]], [0], softmax_cross_entropy)
    >>> round(value, 6) == round(float(np.log(3)), 6)
    True

    References
    ----------
    J. S. Bridle, Probabilistic interpretation of feedforward classification network outputs, with relationships to
    statistical pattern recognition, Neurocomputing (NATO ASI Series 68), 1990.
    """

    @checked(features=arguments.integer(), classes=arguments.integer(2), output=OUTPUT)
    def __init__(self, features: int, classes: int, output: str = "score"):
        super().__init__((features, classes), output)
        self.classes = classes
