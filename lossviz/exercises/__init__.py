"""What is asked: the exercises and predictions of each lesson, in a file named after it.

In a notebook: `exercises.line_fit.residual.check(residual)`.
"""

from ..arguments import one_of
from ..checking import checked
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
from .engine import Choice, Exercise, Number, Prediction

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


def _name_all():
    for lesson in __all__:
        for name, item in of(lesson).items():
            object.__setattr__(item, "name", f"{lesson}.{name}")  # once, here: an exercise is frozen from now on


@checked(lesson=one_of(*__all__))
def of(lesson: str) -> dict[str, Exercise | Choice | Number | Prediction]:
    """Return all exercises and predictions of a lesson's file, by their names.

    Examples
    --------
    >>> sorted(of("start_here"))
    ['lowest', 'mean']
    """
    kinds = Exercise | Choice | Number | Prediction
    return {name: item for name, item in vars(globals()[lesson]).items() if isinstance(item, kinds)}


_name_all()
