"""What only one lesson computes: races, paths, sweeps, the lecture's numbers. NumPy only, no figures.

In a notebook: `experiments.entropy.…`, in a file named after the lesson.
"""

from ..caching import frozen
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

for _lesson in __all__:  # a reader who changes one of its arrays would change the lesson
    frozen([value for name, value in vars(globals()[_lesson]).items() if not name.startswith("__")])
