"""What the generators share: streams of random numbers that a seed fixes."""

import numpy as np

from ..arguments import index


def streams(where: str, seed, n: int) -> list[np.random.Generator]:
    """Return `n` independent streams of random numbers, so that what one thing draws never moves another."""
    seed = index(where, seed)
    return [np.random.default_rng([seed, stream]) for stream in range(n)]
