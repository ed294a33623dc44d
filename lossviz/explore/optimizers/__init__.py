"""The explorers of lesson 09: step sizes, rolling balls, batches, landscapes to descend, Adam in parts, a race."""

from .landscapes import descent
from .racing import *  # noqa: F403
from .racing import race
from .steps import *  # noqa: F403
from .steps import adam_parts, batch_size, rolling, step_size

__all__ = ["adam_parts", "batch_size", "descent", "race", "rolling", "step_size"]
