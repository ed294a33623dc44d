"""The explorers of lesson 09: step sizes, rolling balls, batches, landscapes to descend, Adam in parts, a race.

`steps` has step sizes, the rolling ball, batches and Adam in parts; `landscapes` the descent; `racing` the race.

`race` shows what came of a race that is over; `lossviz.optimizers.race` is what runs it, for one optimiser at a time.
"""

from .landscapes import descent
from .racing import race
from .steps import adam_parts, batch_size, rolling, step_size

__all__ = ["adam_parts", "batch_size", "descent", "race", "rolling", "step_size"]
