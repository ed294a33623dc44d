"""The exercises and predictions of lesson 10.

`fits` has ridge in closed form; `penalties` the gradients of both penalties and the soft threshold; `beliefs` the λ of
a prior; `predictions` the guesses.
"""

from .beliefs import strength
from .fits import ridge
from .penalties import l1_gradient, l2_gradient, soft_threshold
from .predictions import shared, training, zeros

__all__ = ["l1_gradient", "l2_gradient", "ridge", "shared", "soft_threshold", "strength", "training", "zeros"]
