"""The landscapes of lesson 09, and the descents of single optimisers on them."""

from dataclasses import replace

import numpy as np

from ... import arguments, data, optimizers
from ...arguments import finite, one_of, positive
from ...caching import cached
from ...checking import checked
from .rules import ROLE, ROLES, RULES

LANDSCAPES = {
    "bowl": data.quadratic(),
    "Rosenbrock": data.rosenbrock,
    "Beale": data.beale,
    "Himmelblau": data.himmelblau,
    "double well": data.double_well,
    "saddle": data.saddle,
}
LANDSCAPE = one_of(*LANDSCAPES)
# a learning rate with which each optimiser gets on, in 200 steps, from most places of the window: × 1 on the slider
SENSIBLE = {
    "bowl": (0.1, 0.01, 0.05, 0.5, 0.02, 0.1),
    "Rosenbrock": (0.001, 0.0005, 0.0005, 0.5, 0.02, 0.2),
    "Beale": (0.001, 0.0005, 0.0005, 0.5, 0.05, 0.2),
    "Himmelblau": (0.005, 0.002, 0.002, 0.5, 0.05, 0.2),
    "double well": (0.1, 0.02, 0.02, 0.5, 0.02, 0.1),
    "saddle": (0.02, 0.005, 0.005, 0.2, 0.02, 0.05),
}
FACTORS = (0.1, 0.2, 0.5, 1, 2, 5, 10)
DROPS = {"saddle": (-1.5, 0.05)}  # where the slider's nearest to the landscape's own start would be on the ridge itself
STEPS = 200


WINDOW = arguments.of_shape((4,), arguments.real, "four finite numbers, least and largest w₁, then w₂")


@checked(window=WINDOW, count=arguments.integer(2))
def grid(window, count: int = 161) -> np.ndarray:
    """Return points all over a window (least and largest w₁, then w₂), shape (count, count, 2), w₂ along the rows.

    Examples
    --------
    >>> grid((-1, 2, 3, 5), 4)[0].tolist()
    [[-1.0, 3.0], [0.0, 3.0], [1.0, 3.0], [2.0, 3.0]]
    """
    left, right, bottom, top = window
    w1, w2 = np.meshgrid(np.linspace(left, right, count), np.linspace(bottom, top, count))
    return np.stack([w1, w2], axis=-1)


POINTS = arguments.with_last_axis(2, arguments.numbers, "numbers, finite or not, two on the last axis")


@checked(points=POINTS, landscape=LANDSCAPE)
def inside(points, landscape: str) -> np.ndarray:
    """Return which points, shape (..., 2), lie within the window of a landscape."""
    left, right, low, high = LANDSCAPES[landscape].window
    w1, w2 = np.moveaxis(points, -1, 0)
    return (left <= w1) & (w1 <= right) & (low <= w2) & (w2 <= high)


@checked(landscape=LANDSCAPE, role=ROLE)
def sensible_rate(landscape: str, role: str) -> float:
    """Return the learning rate that × 1 stands for.

    Examples
    --------
    >>> sensible_rate("Rosenbrock", "adam")
    0.2
    """
    return SENSIBLE[landscape][ROLES.index(role)]


@checked(landscape=LANDSCAPE)
@cached
def lowest(landscape: str) -> float:
    """Return the lowest height of a landscape; of one without a lowest place, the lowest within its window."""
    surface = LANDSCAPES[landscape]
    return float(surface(surface.minima[0]) if len(surface.minima) else surface(grid(surface.window)).min())


@checked(landscape=LANDSCAPE, role=ROLE, rate=positive, w1=finite, w2=finite)
@cached(maxsize=256)
def descend(landscape: str, role: str, rate: float, w1: float, w2: float) -> optimizers.Trajectory:
    """Let one optimiser run on a landscape for `STEPS` steps.

    Examples
    --------
    >>> descend("bowl", "gradient_descent", rate=0.1, w1=1.0, w2=0.0).points[1]
    array([0.9, 0. ])
    """
    surface = LANDSCAPES[landscape]
    run = optimizers.minimize(lambda w: 0.0, surface.gradient, [w1, w2], RULES[role](rate), STEPS)
    return replace(run, values=surface(run.points))  # all heights at once: a hand that drags must not wait
