"""Drawing points, a line through them, the residuals, and the loss as a landscape over lines (lesson 01)."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.contour import ContourSet
from matplotlib.lines import Line2D

from .. import theme
from ..experiments import line_fit as experiment


def points(ax: Axes, x, y, **style) -> Line2D:
    """Draw the data as dots."""
    return ax.plot(x, y, **theme.dots("data", markersize=4, alpha=0.6, label="data") | style)[0]


def model_line(ax: Axes, m: float, c: float, role: str = "model", **style) -> Line2D:
    """Draw the line y = m x + c across the panel's present width, and label its axes."""
    ends = np.array(ax.get_xlim())
    drawn = ax.plot(ends, m * ends + c, **theme.line(role) | style)[0]
    ax.set(xlim=ends, xlabel="x", ylabel="y")
    return drawn


def residual_ends(x, y, m: float, c: float) -> np.ndarray:
    """Return where each residual begins, on the line, and ends, at its point: shape (n, 2, 2)."""
    return np.stack([np.column_stack([x, m * x + c]), np.column_stack([x, y])], axis=1)


def residuals(ax: Axes, x, y, m: float, c: float) -> LineCollection:
    """Draw each residual as a vertical segment from the line to its point."""
    segments = LineCollection(residual_ends(x, y, m, c), colors=theme.STYLES["residual"]["color"], linewidths=1.2)
    segments.set_label("residual")
    return ax.add_collection(segments, autolim=False)


def square_corners(ax: Axes, x, y, m: float, c: float) -> np.ndarray:
    """Return the corners of a square on each residual that is square on the screen: shape (n, 4, 2).

    It depends on the shape of the panel, so set the limits first. The square lies on the side with more room.
    """
    low, high = ax.get_xlim()
    x_per_y = (high - low) / np.ptp(ax.get_ylim()) * ax.bbox.height / ax.bbox.width
    line = m * x + c
    side = np.where(x > (low + high) / 2, -1, 1) * np.abs(y - line) * x_per_y
    return np.stack(
        [np.column_stack(corner) for corner in [(x, line), (x, y), (x + side, y), (x + side, line)]], axis=1
    )


def squares(ax: Axes, x, y, m: float, c: float) -> PolyCollection:
    """Draw the square on each residual: its area is the squared error."""
    color = theme.STYLES["residual"]["color"]
    patches = PolyCollection(square_corners(ax, x, y, m, c), facecolors=color, edgecolors=color, alpha=0.25)
    return ax.add_collection(patches, autolim=False)


def bowl(ax: Axes, x, y, m_range=(-2.0, 8.0), c_range=(-1.0, 11.0)) -> tuple[ContourSet, ContourSet]:
    """Draw the mean squared error of every line as a landscape over slope and intercept: pale is low.

    The levels have equal steps in the root of the loss; otherwise the bottom of the bowl would be one flat spot. Return
    the filled contours and the contour lines.
    """
    m, c = np.linspace(*m_range, 90), np.linspace(*c_range, 90)
    loss = experiment.bowl(x, y, m, c)
    levels = np.linspace(np.sqrt(loss.min()), np.sqrt(loss.max()), 13) ** 2
    filled = ax.contourf(m, c, loss, levels, cmap=theme.LANDSCAPE)
    drawn = ax.contour(m, c, loss, levels, colors=theme.INK, linewidths=0.6, alpha=0.5)
    ax.clabel(drawn, levels[4::2], fmt="%.0f", fontsize="small")
    ax.set(xlabel="slope m", ylabel="intercept c", xlim=m_range, ylim=c_range)
    return filled, drawn


def gradient_arrows(ax: Axes, x, y, count: int = 7) -> None:
    """Draw, on a grid over the panel, in which direction and how fast the MSE falls: minus its gradient."""
    m, c = (np.linspace(low, high, count + 2)[1:-1] for low, high in (ax.get_xlim(), ax.get_ylim()))
    m, c = np.meshgrid(m, c)
    ax.quiver(m, c, *experiment.downhill(x, y, m, c), color=theme.INK, angles="xy", width=0.005, pivot="tail")
