"""The exercises and predictions of lesson 03.

`one_distribution` and `two_distributions` have the functions to write, `guesses` the questions with one answer.
"""

from .guesses import best_prediction, one_hot, same_both_ways, shorter_code, two_sixes, which_coin
from .one_distribution import entropy
from .two_distributions import cross_entropy, kl

__all__ = [
    "best_prediction",
    "cross_entropy",
    "entropy",
    "kl",
    "one_hot",
    "same_both_ways",
    "shorter_code",
    "two_sixes",
    "which_coin",
]
