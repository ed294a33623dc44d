"""What lesson 02 computes: the losses as curves over the residual, the lines that they fit to points with an outlier,
and the one number that represents many numbers best.
"""

from typing import NamedTuple

import numpy as np

from .. import data, losses, models
from ..arguments import finite, not_negative, one_of, positive, real, vector, yes_or_no
from ..checking import checked
from ..models.fits import LINE

LOSSES = ("mse", "mae", "huber")  # those that the lesson compares
NAMES = {"mse": "squared error", "mae": "absolute error", "huber": "Huber", "log_cosh": "log-cosh"}
SHORT_NAMES = {"mse": "MSE", "mae": "MAE", "huber": "Huber"}
SIX_VALUES = np.array([1.0, 2.0, 4.0, 5.0, 8.0, 9.0])  # one number must represent these, and a seventh


class Curve(NamedTuple):
    """What one example costs, and how hard it pulls."""

    value: np.ndarray
    slope: np.ndarray


@checked(name=one_of(*NAMES), residual=real, delta=positive)
def curve(name: str, residual, delta: float = 1.0) -> Curve:
    """Return what one example with each of these residuals costs, and the slope of that cost in the residual.

    `name` is one of `NAMES`; only Huber's loss has a δ.

    Examples
    --------
    >>> [float(part[0]) for part in curve("huber", [3.0], delta=1.0)]
    [2.5, 1.0]
    """
    settings = {"delta": delta} if name == "huber" else {}
    loss = getattr(losses, name)
    zero = np.zeros_like(residual)
    # the losses are even: the slope in the residual is the slope in the prediction for a target 0; times N: one example
    slope = loss.gradient(residual, zero, **settings) * residual.size
    return Curve(loss.per_example(residual, zero, **settings), slope)


@checked(name=one_of(*NAMES), values=vector, constants=vector, delta=positive)
def constant_curve(name: str, values, constants, delta: float = 1.0) -> np.ndarray:
    """Return the loss of each constant as the one prediction for all `values`.

    Examples
    --------
    >>> constant_curve("mse", [1.0, 3.0], [1.0, 2.0]).tolist()
    [2.0, 1.0]
    """
    return curve(name, values - constants[:, None], delta).value.mean(axis=1)


@checked(values=vector, delta=positive)
def best_constants(values, delta: float = 1.0) -> dict[str, float]:
    """Return, for each of `LOSSES`, the constant of least loss.

    Examples
    --------
    >>> {name: round(best, 2) for name, best in best_constants([1.0, 2.0, 9.0]).items()}
    {'mse': 4.0, 'mae': 2.0, 'huber': 2.0}
    """
    return {
        "mse": float(np.mean(values)),
        "mae": float(np.median(values)),
        "huber": models.best_huber_constant(values, delta),
    }


# ---------------------------------------------------------------------- one outlier


@checked(*LINE, name=one_of(*LOSSES), x=vector, y=vector, delta=positive)
def best_line(name: str, x, y, delta: float = 1.0) -> tuple[float, float]:
    """Return slope and intercept of the line with the least loss, `name` being one of `LOSSES`.

    Examples
    --------
    >>> [f"{part:.3f}" for part in best_line("mse", [0.0, 1.0, 2.0], [1.0, 3.0, 5.0])]
    ['2.000', '1.000']
    """
    if name == "huber":
        return models.least_huber_line(x, y, delta)
    return models.least_squares_line(x, y) if name == "mse" else models.least_absolute_line(x, y)


@checked(per_example=not_negative)
def shares(per_example: np.ndarray) -> np.ndarray:
    """Return the share of each example in the sum, in percent.

    Examples
    --------
    >>> shares(np.array([1.0, 3.0])).tolist()
    [25.0, 75.0]
    """
    whole = per_example.sum()
    return 100 * per_example / whole if whole > 0 else np.zeros_like(per_example)


class LineFit(NamedTuple):
    """The best line for a loss, and each point's share, in percent, of the loss and of the pull."""

    m: float
    c: float
    of_the_loss: np.ndarray
    of_the_pull: np.ndarray


@checked(x=finite, y=finite, delta=positive, there=yes_or_no)
def with_outlier(x: float, y: float, delta: float = 1.0, there: bool = True) -> dict[str, LineFit]:
    """Fit the points of `data.outlier_line` by each of `LOSSES`; the outlier, the last, takes part only if it is there.

    Examples
    --------
    >>> fits = with_outlier(4.0, -15.0)
    >>> [f"{fits[name].m:.2f}" for name in LOSSES]
    ['0.44', '1.00', '0.99']
    """
    xs, ys = data.outlier_line(x, y)
    weights = np.append(np.ones(len(xs) - 1), float(there))  # a point of weight 0 does not take part
    fits = {}
    for name in LOSSES:
        m, c = best_line(name, xs[weights > 0], ys[weights > 0], delta)
        residual = np.round(ys - m * xs - c, 9)  # MAE's line passes through points: exactly 0 there
        value, slope = curve(name, residual, delta)
        fits[name] = LineFit(m, c, shares(weights * value), shares(weights * np.abs(slope)))
    return fits
