"""The exercises and predictions of lesson 05.

`margins` has the hinge loss of an image and of a batch, `probabilities` the cross-entropy, `questions` what is answered
with a number or a choice, and `data` the scores that answers are tried on.
"""

from .margins import hinge, mean_hinge
from .probabilities import cross_entropy
from .questions import doubled, fresh_hinge, fresh_network, halved, which_weights

__all__ = [
    "cross_entropy",
    "doubled",
    "fresh_hinge",
    "fresh_network",
    "halved",
    "hinge",
    "mean_hinge",
    "which_weights",
]
