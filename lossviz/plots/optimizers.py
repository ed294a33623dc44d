"""Drawing descents: landscapes with ways through them, a step's factor, batches, and how a race was tuned and won
(lesson 09).
"""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.contour import ContourSet
from matplotlib.lines import Line2D

from .. import theme

NAMES = {
    "gradient_descent": "GD",
    "momentum": "momentum",
    "nesterov": "Nesterov",
    "adagrad": "AdaGrad",
    "rmsprop": "RMSProp",
    "adam": "Adam",
}  # roles of the theme, as they are called in figures
LEVELS = 13


# ---------------------------------------------------------------------- landscapes


def grid(window, count: int = 161) -> np.ndarray:
    """Return points all over a window (least and largest w₁, then w₂), shape (count, count, 2), w₂ along the rows."""
    left, right, bottom, top = window
    w1, w2 = np.meshgrid(np.linspace(left, right, count), np.linspace(bottom, top, count))
    return np.stack([w1, w2], axis=-1)


def levels(heights: np.ndarray) -> np.ndarray:
    """Return rising heights for contours that divide the window into parts of similar area, finer near the bottom.

    Walls that are a thousand times as high as the valley is deep then leave something to be seen in the valley.
    """
    return np.unique(np.quantile(heights, np.linspace(0, 1, LEVELS) ** 1.5))


def landscape(ax: Axes, heights: np.ndarray, window) -> tuple[ContourSet, ContourSet]:
    """Draw the heights at the points of `grid` as a landscape: pale is low. Return filled and drawn contours."""
    points = grid(window, len(heights))
    steps = levels(heights)
    shades = theme.LANDSCAPE(np.linspace(0, 1, len(steps) - 1))
    filled = ax.contourf(points[..., 0], points[..., 1], heights, steps, colors=shades)
    drawn = ax.contour(points[..., 0], points[..., 1], heights, steps[1:-1], colors=theme.INK, linewidths=0.5)
    ax.set(xlim=window[:2], ylim=window[2:], xlabel="$w_1$", ylabel="$w_2$")
    return filled, drawn


def way(ax: Axes, points, role: str, **style) -> Line2D:
    """Draw the way of an optimiser, shape (k + 1, 2), with a mark at its end."""
    points = np.asarray(points)
    shown = theme.STYLES[role] | dict(markevery=[-1], markersize=9, markeredgecolor=theme.PAPER) | style
    return ax.plot(points[:, 0], points[:, 1], **shown)[0]


def minima(ax: Axes, points, **style) -> Line2D:
    """Mark where a landscape is lowest."""
    points = np.reshape(points, (-1, 2))
    return ax.plot(
        points[:, 0], points[:, 1], **theme.dots("best", markersize=12, markeredgecolor=theme.PAPER) | style
    )[0]


# ---------------------------------------------------------------------- one step on a parabola


def factor(ax: Axes, largest: float) -> None:
    """Prepare a panel for what a step multiplies w by: between the two lines it shrinks, outside it grows."""
    ax.set(
        xlim=(0, largest), ylim=(-3, 1.25), xlabel="learning rate η", ylabel="factor 1 − ηL", yticks=[-3, -2, -1, 0, 1]
    )
    ax.axhspan(-1, 1, color=theme.STYLES["gradient_descent"]["color"], alpha=0.1, linewidth=0)
    for height in (-1, 1):
        ax.axhline(height, color=theme.INK, linewidth=0.8)
    ax.axhline(0, color=theme.FAINT, linewidth=0.8)
    ax.text(0.98 * largest, 0.5, "converges", ha="right", va="center")
    ax.text(0.02 * largest, -2.95, "diverges", va="bottom")


# ---------------------------------------------------------------------- batches


def counts(memory: Axes, updates: Axes, sizes, n: int) -> None:
    """Draw, for batch sizes, the rows that a step holds in memory and the updates of one epoch of n examples."""
    sizes = np.asarray(sizes)
    steps = -(-n // sizes)
    for ax, values, words in ((memory, sizes, "rows in memory at a step"), (updates, steps, "updates in an epoch")):
        ax.plot(sizes, values, **theme.STYLES["model"])
        ax.set(xscale="log", yscale="log", xlabel="batch size", ylabel=words, ylim=(0.6, 2.5 * n))
        ax.set_xticks(sizes, [f"{size}" for size in sizes])
        ax.set_yticks([1, 10, 100], ["1", "10", "100"])
        ax.minorticks_off()
        for size, value in zip(sizes, values, strict=True):
            ax.annotate(f"{value}", (size, value), (0, 8), textcoords="offset points", ha="center", bbox=theme.ON_PAPER)


# ---------------------------------------------------------------------- the race

FLOOR = 1e-12  # what is nearer to the bottom than this counts as there


def shown(results) -> np.ndarray:
    """Return results as a race's axis can show them: at least `FLOOR`, and NaN where a run diverged."""
    results = np.asarray(results, float)
    return np.where(np.isfinite(results), np.maximum(results, FLOOR), np.nan)


def tuning(ax: Axes, rates, medians, role: str, **style) -> Line2D:
    """Draw the median result of each learning rate; where more than half of the runs diverged, nothing."""
    return ax.plot(rates, shown(medians), **theme.STYLES[role] | dict(markersize=4) | style)[0]


def medians(ax: Axes, courses, results: dict[str, list[float]]) -> list[Line2D]:
    """Draw, for each course a column, what each role reached; what diverged has no mark."""
    drawn = []
    for place, (role, values) in enumerate(results.items()):
        across = np.arange(len(courses)) + 0.11 * (place - (len(results) - 1) / 2)
        drawn.append(ax.plot(across, shown(values), **theme.dots(role, markersize=8, label=NAMES[role]))[0])
    ax.set(yscale="log", ylabel="median result", ylim=(3e-13, 30))
    ax.set_xticks(range(len(courses)), courses)
    ax.set_yticks([1e-12, 1e-8, 1e-4, 1], ["≤ $10^{-12}$", "$10^{-8}$", "$10^{-4}$", "1"])
    ax.minorticks_off()
    for place in range(1, len(courses)):
        ax.axvline(place - 0.5, color=theme.FAINT, linewidth=0.6)
    return drawn
