"""lossviz: the library under an interactive course on loss functions and optimisers.

Importing it takes hardly any time: each part is loaded when it is first used.
"""

import importlib

__version__ = "0.1.0"

_PARTS = [
    "arguments",
    "course",
    "data",
    "environment",
    "exercises",
    "experiments",
    "explore",
    "gradients",
    "information",
    "likelihood",
    "live",
    "loss",
    "losses",
    "models",
    "notebooks",
    "optimizers",
    "plots",
    "theme",
]

__all__ = ["__version__", *_PARTS]


def __getattr__(name):
    if name in _PARTS:
        return importlib.import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__():
    return sorted([*globals(), *_PARTS])
