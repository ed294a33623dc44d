"""How things are drawn: functions on matplotlib Axes that return the artists they made and know no widget."""

from . import (
    backpropagation,
    classification,
    course,
    entropy,
    gradients,
    lines,
    losses,
    maximum_likelihood,
    optimizers,
    regularization,
    svm_softmax,
)

__all__ = [
    "backpropagation",
    "classification",
    "course",
    "entropy",
    "gradients",
    "lines",
    "losses",
    "maximum_likelihood",
    "optimizers",
    "regularization",
    "svm_softmax",
]
