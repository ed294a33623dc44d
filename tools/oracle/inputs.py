"""The batches of the oracle: random numbers that never change, and cases written by hand."""

import itertools
import math
import random

import numpy as np


def draw(name, shape, low=-3.0, high=3.0):
    """Numbers of three decimals that depend only on these arguments: a new case does not change the others."""
    source = random.Random(f"{name} {shape} {low} {high}")
    return np.array([round(source.uniform(low, high), 3) for _ in range(math.prod(shape))]).reshape(shape)


def choose(name, shape, options):
    source = random.Random(f"{name} {shape} {options}")
    return np.array([source.choice(options) for _ in range(math.prod(shape))]).reshape(shape)


def distributions(name, shape):
    """Probabilities of three decimals whose last axis sums to 1."""
    thousandths = np.floor(1000 * draw(name, shape, 0.1, 1.0) / shape[-1])
    thousandths[..., -1] += 1000 - thousandths.sum(axis=-1)
    return thousandths / 1000


SHAPES = {"scalar": (), "one": (1,), "seven": (7,), "forty": (40,), "grid": (3, 4), "cube": (2, 3, 2)}


def in_all_shapes(**arguments):
    return {name: {key: make(shape) for key, make in arguments.items()} for name, shape in SHAPES.items()}


def given(names, cases):
    """Give names to the arguments of cases that are written as tuples of lists."""
    return {case: dict(zip(names.split(), map(np.array, each), strict=True)) for case, each in cases.items()}


def with_settings(cases, chosen, **settings):
    """Add the chosen cases once more with each combination of the settings; without any, a case shows the defaults."""
    more = dict(cases)
    for combination in itertools.product(*settings.values()):
        setting = dict(zip(settings, combination, strict=True))
        more |= {f"{case},{named(setting)}": cases[case] | setting for case in chosen}
    return more


def named(setting):
    return ",".join(
        f"{key}={each:.4g}" if isinstance(each, float) else f"{key}={each}" for key, each in setting.items()
    )
