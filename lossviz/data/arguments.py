"""What the generators share: a count that is checked, and streams of random numbers that a seed fixes."""

import numpy as np

from ..kinds import index


def how_many(where: str, given, least: int) -> int:
    """Check how many of something are wanted: one integer of at least `least`."""
    if isinstance(given, bool) or not isinstance(given, int | np.integer):
        raise TypeError(f"{where} must be one integer of at least {least}, got {given!r:.80}")
    if given < least:
        raise ValueError(f"{where} must be at least {least}, got {given}")
    return int(given)


def streams(where: str, seed, n: int) -> list[np.random.Generator]:
    """Return `n` independent streams of random numbers, so that what one thing draws never moves another."""
    seed = index(where, seed)
    return [np.random.default_rng([seed, stream]) for stream in range(n)]
