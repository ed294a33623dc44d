"""The exercises and predictions of lesson 09.

`descent` has the step of gradient descent, its largest rate and the count of updates; `momentum` and `adam` a step of
each; `predictions` the guesses; `cases` the long arrays that the functions are called with.
"""

from .adam import adam_step, longer
from .descent import gradient_step, largest_rate, updates
from .momentum import momentum_step
from .predictions import first_step, leaves_the_deep_valley, one_epoch, twice_the_best, winner

__all__ = [
    "adam_step",
    "first_step",
    "gradient_step",
    "largest_rate",
    "leaves_the_deep_valley",
    "longer",
    "momentum_step",
    "one_epoch",
    "twice_the_best",
    "updates",
    "winner",
]
