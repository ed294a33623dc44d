"""What lesson 01 computes: a cloud with its best line, the loss over all lines and its downhill direction, residuals
that cancel.
"""

from typing import NamedTuple

import numpy as np

from .. import arguments, data, losses, models
from ..arguments import finite, real, same_shape, vector
from ..checking import checked

Span = tuple[float, float]


class Cloud(NamedTuple):
    """Points about a line, and their best line."""

    x: np.ndarray
    y: np.ndarray
    best: tuple[float, float]  # slope and intercept of least MSE
    least: float  # that MSE


@checked(noise=arguments.at_least_0, n=arguments.integer(2))
def cloud(noise: float = 1.0, n: int = 1000) -> Cloud:
    """Draw points as `data.line` does, and fit them.

    Examples
    --------
    >>> m, c = cloud(noise=0, n=10).best
    >>> f"{m:.6f} {c:.6f}"
    '3.300000 5.300000'
    """
    x, y = data.line(n=n, noise=noise)
    best = models.least_squares_line(x, y)
    return Cloud(x, y, best, float(models.line_mse(x, y, *best)))


@checked(same_shape("y", "x"), x=vector, y=vector, m=vector, c=vector)
def bowl(x, y, m: np.ndarray, c: np.ndarray) -> np.ndarray:
    """Return the MSE of every line over the slopes m and the intercepts c, shape (len(c), len(m))."""
    return models.line_mse(x, y, m, c[:, None])


@checked(same_shape("y", "x"), same_shape("c", "m"), x=vector, y=vector, m=real, c=real)
def downhill(x, y, m: np.ndarray, c: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return minus the gradient of the MSE, in m and in c, for each line of the arrays m and c."""
    residual = y - m[..., None] * x - c[..., None]
    return 2 * (residual * x).mean(axis=-1), 2 * residual.mean(axis=-1)


class ThreeMeans(NamedTuple):
    """Three ways to combine the residuals into one number, each in the unit of y."""

    plain: float
    absolute: float
    root: float


@checked(same_shape("y", "x"), x=vector, y=vector, m=finite)
def about_the_centre(x, y, m: float) -> tuple[float, ThreeMeans]:
    """Return the intercept of the line of slope m through the centre of the data, and three means of its residuals."""
    c = float(y.mean() - m * x.mean())
    line = m * x + c
    return c, ThreeMeans(float((y - line).mean()), losses.mae(line, y), losses.rmse(line, y))
