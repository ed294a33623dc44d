"""How things are drawn: functions on matplotlib Axes that return the artists they made; they do not know widgets."""

from . import (
    backpropagation,
    classification_losses,
    entropy,
    gradients,
    line_fit,
    maximum_likelihood,
    optimizers,
    regression_losses,
    regularization,
    start_here,
    svm_and_softmax,
)

__all__ = [
    "backpropagation",
    "classification_losses",
    "entropy",
    "gradients",
    "line_fit",
    "maximum_likelihood",
    "optimizers",
    "regression_losses",
    "regularization",
    "start_here",
    "svm_and_softmax",
]
