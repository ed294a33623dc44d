"""What is asked: the exercises and predictions of each lesson, in a file named after it.

In a notebook: `exercises.line_fit.residual.check(residual)`.
"""

from . import (
    backpropagation,
    classification,
    entropy,
    gradients,
    line_fit,
    maximum_likelihood,
    optimizers,
    regression,
    regularization,
    start,
    svm_softmax,
)
from .engine import Choice, Exercise, Number, Prediction

__all__ = [
    "backpropagation",
    "classification",
    "entropy",
    "gradients",
    "line_fit",
    "maximum_likelihood",
    "optimizers",
    "regression",
    "regularization",
    "start",
    "svm_softmax",
]


def of(lesson: str) -> dict[str, Exercise | Choice | Number | Prediction]:
    """Return all exercises and predictions of a lesson's file, by their names.

    Examples
    --------
    >>> sorted(of("start"))
    ['lowest', 'mean']
    """
    kinds = Exercise | Choice | Number | Prediction
    return {name: item for name, item in vars(globals()[lesson]).items() if isinstance(item, kinds)}
