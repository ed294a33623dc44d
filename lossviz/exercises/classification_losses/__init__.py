"""The exercises and predictions of lesson 04.

`probabilities` and `margins` have the functions to write, `guesses` the questions with one answer.
"""

from .guesses import hinge_pull, no_probability, perfect, tenth, two_classes, widest
from .margins import hinge
from .probabilities import bce, softmax

__all__ = [
    "bce",
    "hinge",
    "hinge_pull",
    "no_probability",
    "perfect",
    "softmax",
    "tenth",
    "two_classes",
    "widest",
]
