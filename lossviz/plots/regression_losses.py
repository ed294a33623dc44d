"""Drawing losses: as curves over the residual, and over the one number that is to stand for many (lesson 02)."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from .. import losses, theme

NAMES = {"mse": "squared error", "mae": "absolute error", "huber": "Huber", "log_cosh": "log-cosh"}


def curve(role: str, residual: np.ndarray, delta: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """Return what one example with each of these residuals costs, and the slope of that cost in the residual."""
    settings = {"delta": delta} if role == "huber" else {}
    loss = getattr(losses, role)
    zero = np.zeros_like(residual)
    # the losses are even: the slope in the residual is that in the prediction of a target 0; times N, for one example
    return loss.per_example(residual, zero, **settings), loss.gradient(residual, zero, **settings) * residual.size


def curves(value_ax: Axes, slope_ax: Axes, roles, delta: float = 1.0, reach: float = 4.0) -> list[list[Line2D]]:
    """Draw the losses named in `roles` over the residual, values in one panel and slopes in the other."""
    residual = np.linspace(-reach, reach, 401)
    drawn = []
    for role in roles:
        value, slope = curve(role, residual, delta)
        if role == "mae":  # a kink: no line may pretend to join −1 and +1
            slope = np.where(residual == 0, np.nan, slope)
        style = theme.line(role, label=NAMES[role])
        drawn.append([value_ax.plot(residual, value, **style)[0], slope_ax.plot(residual, slope, **style)[0]])
    value_ax.set(xlabel="residual r", ylabel="loss of one example")
    slope_ax.set(xlabel="residual r", ylabel="slope of the loss")
    for ax in (value_ax, slope_ax):
        ax.axhline(0, color=theme.FAINT, linewidth=0.8, zorder=0)
        ax.axvline(0, color=theme.FAINT, linewidth=0.8, zorder=0)
        ax.set_xlim(-reach, reach)
    return drawn


def shares(per_example: np.ndarray) -> np.ndarray:
    """Return what part of the whole loss each example makes, in percent."""
    whole = per_example.sum()
    return 100 * per_example / whole if whole > 0 else np.zeros_like(per_example)


def constant_curve(role: str, values: np.ndarray, constants: np.ndarray, delta: float = 1.0) -> np.ndarray:
    """Return the loss of each constant as the one prediction for all `values`."""
    return curve(role, values - constants[:, None], delta)[0].mean(axis=1)
