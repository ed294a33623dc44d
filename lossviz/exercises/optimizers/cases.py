"""Long and uneven arguments: they refuse answers that are right only for a few, for small or for round numbers."""

import numpy as np


def uneven(seed: int, *shape: int, scale: float = 1.0) -> np.ndarray:
    """Return numbers of both signs, between a fiftieth of `scale` and 16 times `scale`, with a 0 at the end."""
    rng = np.random.default_rng(seed)
    found = rng.choice([-1, 1], size=shape) * 10 ** rng.uniform(-1.7, 1.2, size=shape)
    found.flat[-1] = 0
    return (scale * found).round(3)
