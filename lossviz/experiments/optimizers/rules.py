"""The six optimisers that lesson 09 compares: how they are called, and how each is made."""

import functools
from collections.abc import Callable

from ... import optimizers
from ...arguments import one_of

NAMES = {
    "gradient_descent": "GD",
    "momentum": "momentum",
    "nesterov": "Nesterov",
    "adagrad": "AdaGrad",
    "rmsprop": "RMSProp",
    "adam": "Adam",
}  # roles of the theme, as they are called in figures
ROLES = tuple(NAMES)
ROLE = one_of(*ROLES)
RULES: dict[str, Callable[[float], optimizers.Optimizer]] = {
    "gradient_descent": optimizers.GradientDescent,
    "momentum": optimizers.Momentum,
    "nesterov": functools.partial(optimizers.Momentum, nesterov=True),
    "adagrad": optimizers.AdaGrad,
    "rmsprop": optimizers.RMSProp,
    "adam": optimizers.Adam,
}  # from a learning rate to an optimiser; their other settings are the library's
