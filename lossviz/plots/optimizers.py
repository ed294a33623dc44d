"""Drawing descents: landscapes with ways through them, a step's factor, batches, and how a race was tuned and won
(lesson 09).
"""

import functools
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.contour import ContourSet
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.path import Path
from matplotlib.text import Text

from .. import theme
from ..arguments import keyed_by
from ..checking import checked
from ..experiments import optimizers as experiment
from ..experiments.optimizers import FLOOR, LANDSCAPE, NAMES, ROLE, ROLES
from .numbers import short

# ---------------------------------------------------------------------- in words


def almost(value: float) -> str:
    """Write a number; one so small that only rounding is left of it is called ≈ 0.

    Examples
    --------
    >>> almost(0.25), almost(3e-17), almost(0.0)
    ('0.25', '≈ 0', '0')
    """
    return short(value) if value == 0 or abs(value) >= FLOOR else "≈ 0"


def point(w) -> str:
    """Write a place of the plane.

    Examples
    --------
    >>> point([-1.5, 1e-15])
    '(−1.5, ≈ 0)'
    """
    return f"({almost(w[0])}, {almost(w[1])})"


def result(value: float) -> str:
    """Write a result of a race: what is within the floor counts as the bottom.

    Examples
    --------
    >>> result(0.256), result(1e-15), result(float("inf"))
    ('0.26', 'at the bottom', 'diverged')
    """
    if np.isinf(value):
        return "diverged"
    return "at the bottom" if value < FLOOR else short(value, 2)


def table_entry(finish, digits: int = 1) -> str:
    """Write what `run_heat` gave for a table: its median in so many digits, and in brackets how many diverged."""
    if finish is None:
        return "not run"
    lost = f" ({finish.diverged})" if finish.diverged else ""
    if np.isinf(finish.median):
        return "diverged" + lost
    return ("~0" if finish.median < FLOOR else short(finish.median, digits)) + lost


def leaders_text(finishes: dict, course: str) -> str:
    """Name who is ahead on a course by the median, of those that were run; all that are at the bottom are."""
    medians = experiment.medians_on(finishes, course)
    if not medians:
        return "not run"
    names = ", ".join(experiment.leaders(medians)) or "nobody"
    return names + (f" (only {len(medians)} of {len(ROLES)} were run)" if len(medians) < len(ROLES) else "")


def wins_text(wins: dict[str, int]) -> str:
    """Say how often each was ahead: of what `wins_again` gave, those who were at all.

    Examples
    --------
    >>> wins_text({"GD": 0, "momentum": 3, "Adam": 2})
    'momentum 3, Adam 2'
    """
    return ", ".join(f"{name} {count}" for name, count in wins.items() if count) if wins else "not run"


# ---------------------------------------------------------------------- landscapes

LEVELS = 13


def levels(heights: np.ndarray) -> np.ndarray:
    """Return rising heights for contours that divide the window into parts of similar area, finer near the bottom.

    Walls that are a thousand times as high as the valley is deep then leave something to be seen in the valley.
    """
    return np.unique(np.quantile(heights, np.linspace(0, 1, LEVELS) ** 1.5))


def landscape(ax: Axes, heights: np.ndarray, window) -> tuple[ContourSet, ContourSet]:
    """Draw the heights at the points of a grid as a landscape: pale is low. Return filled and drawn contours.

    The grid is that of `experiments.optimizers.grid`.
    """
    points = experiment.grid(window, len(heights))
    steps = levels(heights)
    shades = theme.LANDSCAPE(np.linspace(0, 1, len(steps) - 1))
    filled = ax.contourf(points[..., 0], points[..., 1], heights, steps, colors=shades)
    drawn = ax.contour(points[..., 0], points[..., 1], heights, steps[1:-1], colors=theme.INK, linewidths=0.5)
    ax.set(xlim=window[:2], ylim=window[2:], xlabel="$w_1$", ylabel="$w_2$")
    return filled, drawn


@checked(role=theme.ROLE)
def way(ax: Axes, points, role: str, **style) -> Line2D:
    """Draw the way of an optimiser, shape (k + 1, 2), with a mark at its end."""
    points = np.asarray(points)
    drawn = theme.STYLES[role] | dict(markevery=[-1], markersize=9, markeredgecolor=theme.PAPER) | style
    return ax.plot(points[:, 0], points[:, 1], **drawn)[0]


def minima(ax: Axes, points, **style) -> Line2D:
    """Mark where a landscape is lowest."""
    points = np.reshape(points, (-1, 2))
    star = theme.dots("best", markersize=12, markeredgecolor=theme.PAPER)
    return ax.plot(points[:, 0], points[:, 1], **star | style)[0]


# ---------------------------------------------------------------------- landscapes that change, on a unit square

FAR = 1000.0  # windows from the middle: what is farther away is drawn there, in its direction


@checked(landscape=LANDSCAPE)
def to_square(points, landscape: str) -> np.ndarray:
    """Stretch the window of a landscape to the unit square."""
    left, right, low, high = experiment.LANDSCAPES[landscape].window
    return (np.reshape(points, (-1, 2)) - (left, low)) / (right - left, high - low)


def near(points) -> np.ndarray:
    """Bring points that are too far away for matplotlib's arithmetic nearer to the middle of the unit square."""
    away = points - 0.5
    return 0.5 + away * np.minimum(1, FAR / np.maximum(np.linalg.norm(away, axis=1, keepdims=True), 1))


def square_window(ax: Axes) -> list[Text]:
    """Prepare a panel for landscapes on the unit square, and return the numbers at its ends: w₁ twice, then w₂."""
    ax.set(xlim=(0, 1), ylim=(0, 1), xlabel="$w_1$", ylabel="$w_2$")
    ax.set_xticks([0, 1], ["−8.8"] * 2)
    ax.set_yticks([0, 1], ["−8.8"] * 2)
    ax.tick_params(labelcolor="none")  # room for the numbers, which change
    under, beside = ax.get_xaxis_transform(), ax.get_yaxis_transform()
    numbers = [ax.text(x, -0.025, "", transform=under, ha="center", va="top") for x in (0, 1)]
    return numbers + [ax.text(-0.025, y, "", transform=beside, ha="right", va="center") for y in (0, 1)]


@checked(landscape=LANDSCAPE)
@functools.cache
def painted(landscape: str) -> tuple[np.ndarray, list[Path]]:
    """Return a landscape's picture, RGBA, and the lines of its contours; the window is stretched to a unit square."""
    surface = experiment.LANDSCAPES[landscape]
    heights = surface(experiment.grid(surface.window, 321))
    steps = levels(heights)
    shades = theme.LANDSCAPE(np.linspace(0, 1, len(steps) - 1), bytes=True)
    picture = shades[np.clip(np.searchsorted(steps, heights, side="right") - 1, 0, len(shades) - 1)]
    coarse = experiment.grid((0, 1, 0, 1))
    drawn = Figure().subplots().contour(coarse[..., 0], coarse[..., 1], heights[::2, ::2], steps[1:-1])
    return picture, drawn.get_paths()


class KeptImage(AxesImage):
    """An image on the unit square that fits itself to the pixels of the screen once, not for each picture: that takes
    a third of the time that a drag has.
    """

    def __init__(self, ax: Axes):
        super().__init__(ax, origin="lower", extent=(0, 1, 0, 1), interpolation="nearest")
        self._pixels = None
        self.set_data(np.zeros((1, 1, 4), np.uint8))
        self.set_clip_path(ax.patch)
        ax.add_image(self)

    def set_data(self, pixels):
        """Show other pixels; if they are those that are shown already, nothing is to be done."""
        if pixels is not self._pixels:
            super().set_data(pixels)
            self._pixels, self._fitted = pixels, {}

    def make_image(self, renderer, magnification=1.0, unsampled=False):
        """Return what matplotlib's own image would, for the panel as large as it is now."""
        size = (*self.axes.bbox.bounds, magnification, unsampled)
        if size not in self._fitted:
            self._fitted[size] = super().make_image(renderer, magnification, unsampled)
        return self._fitted[size]


def thin_contours(ax: Axes) -> PathCollection:
    """Add a collection for the contours that `painted` gives."""
    thin = dict(facecolors="none", edgecolors=theme.INK, linewidths=0.4)
    return ax.add_collection(PathCollection([], **thin), autolim=False)


class Key(NamedTuple):
    """The parts of a key that change, each by role, and a mark beside one of its rows."""

    rates: dict[str, Text]
    lost: dict[str, Text]
    samples: dict[str, Line2D]
    pointer: Text


def key(ax: Axes) -> Key:
    """Draw a key of the six optimisers, each with room for its learning rate and for the word that it diverged."""
    ax.set(xlim=(0, 1), ylim=(6.2, -0.8), xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    for row, name in enumerate(NAMES.values()):
        ax.text(0.37, row - 0.14, name, va="center", weight="bold")
    small = dict(va="center", fontsize="small")
    return Key(
        {role: ax.text(0.37, row + 0.2, "", **small) for row, role in enumerate(ROLES)},
        {role: ax.text(0.37, row + 0.46, "diverged", visible=False, **small) for row, role in enumerate(ROLES)},
        {
            role: ax.plot([0.0, 0.27], [row, row], **theme.STYLES[role], markevery=[-1], clip_on=False)[0]
            for row, role in enumerate(ROLES)
        },
        ax.text(0.3, 0, "›", ha="right", va="center", weight="bold"),
    )


# ends that lie on one another: the last drawn is the smallest, and leaves a rim of those below
SIZES = {"gradient_descent": 16, "momentum": 13, "nesterov": 12, "adagrad": 10, "rmsprop": 9, "adam": 7}


def thin_and_thick(ax: Axes) -> tuple[dict[str, Line2D], dict[str, Line2D]]:
    """Add for each optimiser a faint line, for its whole way, and one with a mark at its end, for where it is now."""
    faint = {role: ax.plot([], [], **theme.line(role, linewidth=0.9, alpha=0.45))[0] for role in ROLES}
    end = dict(markevery=[-1], markeredgecolor=theme.PAPER, linewidth=1.8)
    styles = {role: theme.STYLES[role] | end | dict(markersize=SIZES[role]) for role in ROLES}
    styles["adagrad"] |= dict(markeredgecolor=theme.STYLES["adagrad"]["color"])  # a cross has nothing but its edge
    return faint, {role: ax.plot([], [], **styles[role])[0] for role in ROLES}


# ---------------------------------------------------------------------- one step on a parabola


def step_factor(ax: Axes, largest: float) -> None:
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


def batch_costs(memory: Axes, updates: Axes, sizes, n: int) -> None:
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


# ---------------------------------------------------------------------- a ball in two valleys


def end_map(ax: Axes, valleys: np.ndarray) -> AxesImage:
    """Draw for each start (upwards) and each momentum the valley at the end, pale for the deep one."""
    starts = experiment.STARTS
    box = (-0.005, 0.985, starts[0] - 0.025, starts[-1] + 0.025)
    shades = theme.LANDSCAPE.resampled(4)
    return ax.imshow(valleys, origin="lower", extent=box, aspect="auto", cmap=shades, vmin=0, vmax=2)


# ---------------------------------------------------------------------- the race

# the axis of the results, its limits and ticks: on the toys from the bottom to far above it; on the digits all come
# close to each other
SCALES = {
    "toys": ((3e-13, 3e3), ([1e-12, 1e-8, 1e-4, 1], ["≤ $10^{-12}$", "$10^{-8}$", "$10^{-4}$", "1"])),
    "digits": ((0.05, 30), ([0.1, 1, 10], ["0.1", "1", "10"])),
}


def within_scale(results) -> np.ndarray:
    """Return results as a race's axis can show them: at least `FLOOR`, and NaN where a run diverged."""
    results = np.asarray(results, float)
    return np.where(np.isfinite(results), np.maximum(results, FLOOR), np.nan)


@checked(role=theme.ROLE)
def tuning(ax: Axes, rates, medians, role: str, **style) -> Line2D:
    """Draw the median result of each learning rate; where more than half of the runs diverged, nothing."""
    return ax.plot(rates, within_scale(medians), **theme.STYLES[role] | dict(markersize=4) | style)[0]


@checked(results=keyed_by(ROLE))
def medians(ax: Axes, courses, results: dict[str, list[float]]) -> list[Line2D]:
    """Draw, for each course a column, what each role reached; what diverged has no mark."""
    drawn = []
    for place, (role, values) in enumerate(results.items()):
        across = np.arange(len(courses)) + 0.11 * (place - (len(results) - 1) / 2)
        drawn.append(ax.plot(across, within_scale(values), **theme.dots(role, markersize=8, label=NAMES[role]))[0])
    ax.set(yscale="log", ylabel="median result", ylim=(3e-13, 30))
    ax.set_xticks(range(len(courses)), courses)
    ax.set_yticks([1e-12, 1e-8, 1e-4, 1], ["≤ $10^{-12}$", "$10^{-8}$", "$10^{-4}$", "1"])
    ax.minorticks_off()
    for place in range(1, len(courses)):
        ax.axvline(place - 0.5, color=theme.FAINT, linewidth=0.6)
    return drawn


def race_mark(ax: Axes, role: str) -> Line2D:
    """Add the large mark of one optimiser."""
    edge = theme.INK if role == "adagrad" else theme.PAPER
    return ax.plot([], [], **theme.dots(role, markersize=11, markeredgecolor=edge))[0]


def beside(ax: Axes, row: float, words: str = "", **style) -> Text:
    """Write to the left of a row."""
    where = dict(transform=ax.get_yaxis_transform(), ha="right", va="center", in_layout=False)
    return ax.text(-0.02, row, words, **where, **style)


class RaceEntry(NamedTuple):
    """What is drawn of one optimiser in a race."""

    curve: Line2D  # the median result of each learning rate
    best: Line2D  # the one that was chosen
    cloud: Line2D  # a dot for each start
    bar: Line2D  # the middle half of them
    rate: Text
    lost: Text  # how many diverged


@checked(role=ROLE)
def race_entry(left: Axes, right: Axes, row: int, role: str) -> RaceEntry:
    """Add the artists of one optimiser to a race's two panels: tuning on the left, its row of results on the right."""
    below = dict(transform=right.get_yaxis_transform(), ha="right", va="bottom", fontsize="small")
    wide = dict(color=theme.STYLES[role]["color"], linewidth=6, alpha=0.5, solid_capstyle="butt")
    return RaceEntry(
        tuning(left, [1], [1], role),
        race_mark(left, role),
        right.plot([], [], **theme.dots(role, markersize=3, alpha=0.5))[0],
        right.plot([], [], **wide)[0],
        beside(right, row + 0.22, fontsize="small"),
        right.text(1, row + 0.47, "", bbox=theme.ON_PAPER, **below),
    )
