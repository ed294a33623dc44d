"""Drawing noises and likelihoods: densities with their sticks, sweeps in aligned panels, and the landscape of the
Gaussian's negative log-likelihood (lesson 06).
"""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.lines import Line2D
from matplotlib.text import Text

from .. import theme
from ..checking import checked
from ..experiments import maximum_likelihood as experiment
from ..experiments.maximum_likelihood import NAMES


@checked(role=experiment.NOISE)
def density_curve(ax: Axes, role: str, y, location: float = 0.0, scale: float = 1.0, **style) -> Line2D:
    """Draw the density of the noise `role` over y."""
    shown = theme.line(role, label=NAMES[role]) | style
    return ax.plot(y, experiment.density(role, y, location, scale), **shown)[0]


def stick_ends(x, heights) -> np.ndarray:
    """Return where each stick begins, on the axis, and ends: shape (n, 2, 2)."""
    x, heights = np.asarray(x, float), np.asarray(heights, float)
    return np.stack([np.column_stack([x, np.zeros_like(x)]), np.column_stack([x, heights])], axis=1)


@checked(role=theme.ROLE)
def sticks(ax: Axes, x, heights, role: str = "likelihood", **style) -> LineCollection:
    """Draw a vertical stick from the axis to each height."""
    shown = dict(colors=theme.STYLES[role]["color"], linewidths=2.5) | style
    return ax.add_collection(LineCollection(stick_ends(x, heights), **shown), autolim=False)


def running_product(ax: Axes, probabilities) -> Line2D:
    """Draw, on a logarithmic axis, the product of the first, the first two, ... of the probabilities.

    The line ends where float64 can hold only 0, because such an axis has no place for 0; there a grey field begins.
    """
    product = np.cumprod(probabilities)
    count = np.arange(1, len(product) + 1)
    left = product > 0
    ax.set(yscale="log", ylim=(1e-323, 1), yticks=[1, 1e-100, 1e-200, 1e-300], xlim=(0, len(product)))
    ax.set(xlabel="number of factors", ylabel="product")
    drawn = ax.plot(count[left], product[left], **theme.line("likelihood"))[0]
    if not left.all():
        last, first = count[left][-1], count[~left][0]
        ax.plot([last], [1e-323], **theme.dots("likelihood", markersize=8, clip_on=False))
        ax.axvspan(first, len(product), color=theme.FAINT, alpha=0.25, linewidth=0)
        ax.text((first + len(product)) / 2, 1e-160, "exactly 0", ha="center")
    return drawn


def side_labels(ax: Axes, heights, widest: str) -> list[Text]:
    """Put a tick at each height, and beside it a text that can be set and moved; `widest` is the longest text.

    An axis makes all its ticks again when its labels change. That takes longer than a figure has in a drag.
    """
    ax.set_yticks(heights, [widest] * len(heights))
    ax.tick_params(axis="y", labelcolor="none")
    beside = ax.get_yaxis_transform()
    return [ax.text(-0.012, height, "", transform=beside, ha="right", va="center_baseline") for height in heights]


def sweep(panels, grid, likelihood, log_likelihood, loss, role: str) -> list[Line2D]:
    """Draw likelihood, log-likelihood and loss over the one parameter that is swept, in three aligned panels.

    A broken line through all of them marks where the loss is least. Return the three curves.
    """
    rows = (likelihood, "likelihood"), (log_likelihood, "log-likelihood"), (loss, "loss")
    drawn = []
    for ax, (values, name), each in zip(panels, rows, ("likelihood", "likelihood", role), strict=True):
        drawn.append(ax.plot(grid, values, **theme.line(each))[0])
        ax.axvline(grid[np.argmin(loss)], **theme.line("best", linewidth=1.2))
        ax.set_ylabel(name)
    return drawn


def nll_landscape(ax: Axes, mean: float, spread: float, lowest: float) -> PolyCollection:
    """Draw the Gaussian NLL of every (μ, σ) in the panel as a landscape: pale is low."""
    shades = theme.LANDSCAPE(np.linspace(1, 0, len(experiment.RISES) + 1))
    ax.set_facecolor(shades[0])
    ax.set(xlabel="mean μ", ylabel="spread σ")
    outlines = experiment.nll_regions(mean, spread, lowest, ax.get_ylim()[1])
    regions = PolyCollection(outlines, facecolors=shades[1:], edgecolors=theme.INK, linewidths=0.5)
    return ax.add_collection(regions, autolim=False)


def strip(ax: Axes, values, row: float, role: str, **style) -> Line2D:
    """Draw values as a strip of small dots about the height `row`, spread vertically so that few hide each other."""
    shown = theme.dots(role, markersize=2.5, alpha=0.5) | style
    return ax.plot(values, row + scatter(len(values)), **shown)[0]


def scatter(n: int, width: float = 0.5) -> np.ndarray:
    """Return n heights about 0, evenly spread over `width` without a visible order: steps of the golden section."""
    return width * ((np.arange(n) * (np.sqrt(5) - 1) / 2) % 1 - 0.5)


@checked(role=theme.ROLE)
def band(ax: Axes, x, mean, sigma, role: str = "model", **style) -> None:
    """Draw a model's mean over x, and the band of two standard deviations to both sides."""
    color = theme.STYLES[role]["color"]
    ax.fill_between(x, mean - 2 * sigma, mean + 2 * sigma, color=color, alpha=0.18, linewidth=0)
    ax.plot(x, mean, **theme.line(role) | style)
    for side in (-2, 2):
        ax.plot(x, mean + side * sigma, color=color, linewidth=0.8)


@checked(role=experiment.NOISE)
def bells(ax: Axes, places, mean, sigma, width: float = 0.9, role: str = "gaussian") -> list[Line2D]:
    """Draw at each place a Gaussian turned on its side: the distribution of y that a model predicts there.

    Its top reaches `width` to the right, in the unit of x.
    """
    drawn = []
    for x, middle in zip(places, mean, strict=True):
        y = np.linspace(middle - 3 * sigma, middle + 3 * sigma, 121)
        height = experiment.density(role, y, middle, sigma)
        right = x + width * height / height.max()
        drawn.append(ax.plot(right, y, **theme.line(role))[0])
        ax.fill_betweenx(y, x, right, color=theme.STYLES[role]["color"], alpha=0.18, linewidth=0)
    return drawn
