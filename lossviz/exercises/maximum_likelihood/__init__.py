"""The exercises and predictions of lesson 06.

`coin` has the best coin, `gaussian` the Gaussian and its best σ, `classes` the categorical distribution, and
`questions` what is answered with a choice.
"""

from .classes import categorical_nll
from .coin import best_theta
from .gaussian import best_sigma, gaussian_nll
from .questions import sigma, underflow, wide_band, winner

__all__ = [
    "best_sigma",
    "best_theta",
    "categorical_nll",
    "gaussian_nll",
    "sigma",
    "underflow",
    "wide_band",
    "winner",
]
