"""The optimisers: their rules, and what runs them: `minimize`, `race`, `random_search` and mini-batches.

An optimiser does not compute the gradient: it gets it as an argument.
"""

from .batching import batches
from .descent import Runs, Trajectory, minimize, minimize_many
from .racing import Finish, race
from .rules import RULES, AdaGrad, Adam, GradientDescent, Momentum, Optimizer, RMSProp
from .searching import Search, random_search

__all__ = [
    "RULES",
    "AdaGrad",
    "Adam",
    "Finish",
    "GradientDescent",
    "Momentum",
    "Optimizer",
    "RMSProp",
    "Runs",
    "Search",
    "Trajectory",
    "batches",
    "minimize",
    "minimize_many",
    "race",
    "random_search",
]
