"""Drawing what lesson 07 measures: weights as pictures, a blind search, secants, errors over h, a gradient check."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.text import Text

from .. import theme
from ..arguments import one_of
from ..checking import checked
from ..experiments.gradients import Curve

INK_ON_PAPER = "Greys"  # of scanned digits: 0 is paper
SIGNED = "PuOr"  # of weights: below 0, around 0 (white), above 0; safe for colour-blind eyes
NAMES = {"one_sided": "one-sided", "centered": "centred"}
ROLES = {"forward": "one_sided", "backward": "one_sided", "one-sided": "one_sided", "centred": "centered"}
# the usual words for a relative error, and how they are written above each other where there is little room; with each
# the largest error that it still covers
THRESHOLDS = (("good", 1e-7), ("fine with\nkinks", 1e-4), ("\n\nsuspicious", 1e-2), ("wrong", 10.0))


# ---------------------------------------------------------------------- digits, weights, and a search for them


def picture(ax: Axes, numbers: np.ndarray, cmap: str = INK_ON_PAPER) -> AxesImage:
    """Show 64 numbers as 8 × 8 pixels: a scanned digit, or (with SIGNED) the weights that look at one.

    Weights are scaled to the largest among them, so that 0 is white.
    """
    numbers = np.reshape(numbers, (8, 8))
    low, high = (0, max(numbers.max(), 1e-12)) if cmap == INK_ON_PAPER else largest_both_ways(numbers)
    ax.set(xticks=[], yticks=[])
    ax.spines[:].set(visible=True, color=theme.FAINT, linewidth=0.8)
    return ax.imshow(numbers, cmap=cmap, vmin=low, vmax=high)


def largest_both_ways(numbers: np.ndarray) -> tuple[float, float]:
    """Return the ends of a colour scale that has 0 in its middle."""
    largest = max(float(abs(numbers).max()), 1e-12)
    return -largest, largest


def best_of(ax: Axes, searched: np.ndarray, descended: np.ndarray) -> tuple[Line2D, Line2D]:
    """Draw two losses over the number of evaluations that they cost: the best of a search so far, and a descent.

    The first number of each has cost one evaluation. Return the two lines.
    """
    lines = tuple(
        ax.plot(np.arange(1, len(values) + 1), values, **theme.line(role))[0]
        for role, values in (("other", searched), ("gradient_descent", descended))
    )
    ax.set(xscale="log", xlabel="evaluations", ylabel="loss")
    return lines


# ---------------------------------------------------------------------- slopes


@checked(role=one_of(*NAMES))
def through(ax: Axes, w: Sequence[float], values: Sequence[float], role: str) -> tuple[Line2D, Line2D]:
    """Draw the straight line through two points of a curve, across the panel, and the two points.

    Return the line and the points.
    """
    line = ax.axline((w[0], values[0]), (w[1], values[1]), **theme.line(role, label=NAMES[role]))
    (points,) = ax.plot(w, values, **theme.dots(role, markersize=9))
    return line, points


def guides(ax: Axes) -> list[Text]:
    """Lay named helper lines beside the arms of a V: errors that fall as 1/h, and that rise as h and as h².

    They are placed for float64, and a loss, a weight and a curvature of about 1.
    """
    names = []
    for words, h, start, power, (dx, dy), (ha, va) in (
        ("∝ 1/h", (4e-11, 5e-9), 1e-4, -1, (5, 3), ("left", "bottom")),
        ("∝ h", (3e-7, 0.3), 1e-7, 1, (-6, 3), ("right", "bottom")),
        ("∝ h²", (5e-5, 0.6), 7e-12, 2, (6, -3), ("left", "top")),
    ):
        h = np.array(h)
        error = start * (h / h[0]) ** power
        ax.plot(h, error, color=theme.INK, linewidth=1, linestyle=":")
        middle = np.sqrt(h.prod()), np.sqrt(error.prod())
        names.append(ax.annotate(words, middle, (dx, dy), textcoords="offset points", ha=ha, va=va))
    ax.set_xticks([1e-12, 1e-8, 1e-4, 1])
    return names


@checked(role=theme.ROLE)
def error_curve(ax: Axes, h: np.ndarray, error: np.ndarray, role: str, **style) -> Line2D:
    """Draw the error of a measured slope over the step h, on axes of powers of ten."""
    (line,) = ax.plot(h, error, **(theme.STYLES[role] | dict(linewidth=1, markersize=4) | style))
    ax.set(xscale="log", yscale="log", xlabel="step h", ylabel="error of the slope")
    return line


def bracket(curve: Curve) -> tuple[float, float]:
    """Return the heights of the bracket that shows h, below the curve, and of its name."""
    low, high = curve.reach
    return low + 0.04 * (high - low), low + 0.075 * (high - low)


# ---------------------------------------------------------------------- a gradient check


def thresholds(ax: Axes) -> list[Text]:
    """Divide an axis of relative errors at the usual thresholds, and name the parts along the top; return the names."""
    ax.set(xscale="log", xlim=(1e-13, 10), xlabel="relative error", xticks=[1e-10, 1e-7, 1e-4, 1e-2])
    ax.minorticks_off()
    names, left = [], 1e-13  # the lines end below the names, since the longest is wider than its part
    for name, right in THRESHOLDS:
        if right < 10:
            ax.axvline(right, ymax=0.78, color=theme.INK, linewidth=1, linestyle=":")
        place = 10 ** ((np.log10(left) + np.log10(right)) / 2)
        names.append(ax.text(place, 0.99, name, transform=ax.get_xaxis_transform(), ha="center", va="top"))
        left = right
    return names


def diagonal(ax: Axes, reach: float) -> Line2D:
    """Draw where what was derived equals what was measured, on axes that go to ±reach."""
    ax.set(xlim=(-reach, reach), ylim=(-reach, reach), xlabel="measured", ylabel="derived")
    return ax.axline((0, 0), slope=1, **theme.line("best", linewidth=1.2))
