"""Drawing noises and what they make likely: densities with their sticks, sweeps in aligned panels, and the landscape of
the Gaussian's negative log-likelihood (lesson 06).
"""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.lines import Line2D
from matplotlib.text import Text

from .. import likelihood, theme

NAMES = {"gaussian": "Gaussian", "laplace": "Laplace", "student_t": "Student-t"}
LOSSES = {"gaussian": "MSE", "laplace": "MAE", "student_t": "Student-t NLL"}  # the loss that each noise asks for
RISES = (0.02, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0)  # the landscape's lines: so far above its lowest place, in nats


def density(role: str, y, location: float = 0.0, scale: float = 1.0) -> np.ndarray:
    """Return how dense the noise `role` lies at each y: exp of minus its negative log-likelihood there."""
    nll = getattr(likelihood, f"{role}_nll")
    y = np.asarray(y, float)
    return np.exp(-nll.per_example(np.full(y.shape, location), y, scale))


def density_curve(ax: Axes, role: str, y, location: float = 0.0, scale: float = 1.0, **style) -> Line2D:
    """Draw the density of the noise `role` over y."""
    shown = theme.line(role, label=NAMES[role]) | style
    return ax.plot(y, density(role, y, location, scale), **shown)[0]


def stick_ends(x, heights) -> np.ndarray:
    """Return where each stick begins, on the axis, and ends: shape (n, 2, 2)."""
    x, heights = np.asarray(x, float), np.asarray(heights, float)
    return np.stack([np.column_stack([x, np.zeros_like(x)]), np.column_stack([x, heights])], axis=1)


def sticks(ax: Axes, x, heights, role: str = "likelihood", **style) -> LineCollection:
    """Draw an upright stick from the axis to each height."""
    shown = dict(colors=theme.STYLES[role]["color"], linewidths=2.5) | style
    return ax.add_collection(LineCollection(stick_ends(x, heights), **shown), autolim=False)


def running_product(ax: Axes, probabilities) -> Line2D:
    """Draw, on an axis of powers of ten, the product of the first, the first two, ... of the probabilities.

    Where float64 holds nothing but 0 the line ends, since 0 has no place on such an axis, and a grey field begins.
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
    """Put a tick at each height, and beside it a text to be set and moved like any artist; `widest` keeps the room.

    An axis makes all its ticks anew when its labels change, which takes longer than a figure has in a drag.
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


def nll_regions(mean: float, spread: float, lowest: float, largest_sigma: float) -> list[np.ndarray]:
    """Return the outlines of the places (μ, σ) whose Gaussian NLL is at most `lowest` + each of `RISES`, widest first.

    They have a closed form: the NLL is log σ + ½ log 2π + (spread² + (μ − mean)²) / 2σ², with the data's own mean and
    spread (standard deviation). Outlines end a little above `largest_sigma`.
    """
    level = lowest - np.log(2 * np.pi) / 2 + np.array(RISES[::-1])

    def square(sigma):  # of half the width of each region at this height; below 0 outside
        return 2 * sigma**2 * (level - np.log(sigma)) - spread**2

    widest = np.exp(level - 0.5)
    foot = _crossing(square, np.full(len(level), 1e-3), widest)
    top = np.minimum(_crossing(square, np.full(len(level), np.exp(level)), widest), 1.1 * largest_sigma)
    sigma = foot + (top - foot) * (1 - np.cos(np.linspace(0, np.pi, 48)[:, None])) / 2  # dense where the outline turns
    half = np.sqrt(np.maximum(square(sigma), 0))
    outline = np.concatenate([[mean + half, sigma], [(mean - half)[::-1], sigma[::-1]]], axis=1)
    return list(outline.transpose(2, 1, 0))


def _crossing(function, outside, inside) -> np.ndarray:
    """Halve the way between places where the function is below 0 and places where it is not, until they meet."""
    for _ in range(40):
        middle = (outside + inside) / 2
        below = function(middle) < 0
        outside, inside = np.where(below, middle, outside), np.where(below, inside, middle)
    return inside


def nll_landscape(ax: Axes, mean: float, spread: float, lowest: float) -> PolyCollection:
    """Draw the Gaussian NLL of every (μ, σ) in the panel as a landscape: pale is low."""
    shades = theme.LANDSCAPE(np.linspace(1, 0, len(RISES) + 1))
    ax.set_facecolor(shades[0])
    ax.set(xlabel="mean μ", ylabel="spread σ")
    outlines = nll_regions(mean, spread, lowest, ax.get_ylim()[1])
    regions = PolyCollection(outlines, facecolors=shades[1:], edgecolors=theme.INK, linewidths=0.5)
    return ax.add_collection(regions, autolim=False)


def strip(ax: Axes, values, row: float, role: str, **style) -> Line2D:
    """Draw values as a strip of small dots about the height `row`, spread upright so that few hide each other."""
    shown = theme.dots(role, markersize=2.5, alpha=0.5) | style
    return ax.plot(values, row + scatter(len(values)), **shown)[0]


def scatter(n: int, width: float = 0.5) -> np.ndarray:
    """Return n heights about 0, evenly spread over `width` and in no visible order: steps of the golden section."""
    return width * ((np.arange(n) * (np.sqrt(5) - 1) / 2) % 1 - 0.5)


def band(ax: Axes, x, mean, sigma, role: str = "model", **style) -> None:
    """Draw a model's mean over x, and the band of two standard deviations to both sides."""
    color = theme.STYLES[role]["color"]
    ax.fill_between(x, mean - 2 * sigma, mean + 2 * sigma, color=color, alpha=0.18, linewidth=0)
    ax.plot(x, mean, **theme.line(role) | style)
    for side in (-2, 2):
        ax.plot(x, mean + side * sigma, color=color, linewidth=0.8)


def bells(ax: Axes, places, mean, sigma, width: float = 0.9, role: str = "gaussian") -> list[Line2D]:
    """Draw at each place a Gaussian that stands upright on its side: the distribution of y that a model puts there.

    Its top reaches `width` to the right, in the unit of x.
    """
    drawn = []
    for x, middle in zip(places, mean, strict=True):
        y = np.linspace(middle - 3 * sigma, middle + 3 * sigma, 121)
        height = density(role, y, middle, sigma)
        right = x + width * height / height.max()
        drawn.append(ax.plot(right, y, **theme.line(role))[0])
        ax.fill_betweenx(y, x, right, color=theme.STYLES[role]["color"], alpha=0.18, linewidth=0)
    return drawn
