"""What the generators share: streams of random numbers that depend only on a seed."""

import numpy as np


def streams(seed: int | np.random.Generator, n: int) -> list[np.random.Generator]:
    """Return `n` independent streams of random numbers: to draw from one of them does not change the others.

    They depend only on an integer, the seed. From a generator such an integer is drawn: the generator moves on by one
    draw, however much the streams are used.
    """
    if isinstance(seed, np.random.Generator):
        seed = int(seed.integers(2**63))
    return [np.random.default_rng([seed, stream]) for stream in range(n)]
