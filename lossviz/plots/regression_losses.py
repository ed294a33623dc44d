"""Drawing losses as curves over the residual: what an example costs, and how hard it pulls (lesson 02)."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from .. import theme
from ..experiments import regression_losses as experiment


def curves(value_ax: Axes, slope_ax: Axes, roles, delta: float = 1.0, reach: float = 4.0) -> list[list[Line2D]]:
    """Draw the losses named in `roles` over the residual, values in one panel and slopes in the other."""
    residual = np.linspace(-reach, reach, 401)
    drawn = []
    for role in roles:
        value, slope = experiment.curve(role, residual, delta)
        if role == "mae":  # a kink: a line must not connect −1 and +1
            slope = np.where(residual == 0, np.nan, slope)
        style = theme.line(role, label=experiment.NAMES[role])
        drawn.append([value_ax.plot(residual, value, **style)[0], slope_ax.plot(residual, slope, **style)[0]])
    value_ax.set(xlabel="residual r", ylabel="loss of one example")
    slope_ax.set(xlabel="residual r", ylabel="slope of the loss")
    for ax in (value_ax, slope_ax):
        ax.axhline(0, color=theme.FAINT, linewidth=0.8, zorder=0)
        ax.axvline(0, color=theme.FAINT, linewidth=0.8, zorder=0)
        ax.set_xlim(-reach, reach)
    return drawn
