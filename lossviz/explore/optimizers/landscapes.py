"""The landscapes of lesson 09 and the explorer that drops a ball on them, from where all chosen optimisers run."""

import functools
from dataclasses import replace

import numpy as np
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.path import Path

from ... import data, optimizers, theme
from ...live import Check, Choice, Drag, LiveFigure, Memory, Play, Range, Scene, Steps
from ...plots import optimizers as plots
from ...plots.numbers import short
from ...plots.optimizers import NAMES
from .steps import ROLES, RULES, almost, point

LANDSCAPES = {
    "bowl": data.quadratic(),
    "Rosenbrock": data.rosenbrock,
    "Beale": data.beale,
    "Himmelblau": data.himmelblau,
    "double well": data.double_well,
    "saddle": data.saddle,
}
# a learning rate with which each optimiser gets on, in 200 steps, from most places of the window: × 1 on the slider
SENSIBLE = {
    "bowl": (0.1, 0.01, 0.05, 0.5, 0.02, 0.1),
    "Rosenbrock": (0.001, 0.0005, 0.0005, 0.5, 0.02, 0.2),
    "Beale": (0.001, 0.0005, 0.0005, 0.5, 0.05, 0.2),
    "Himmelblau": (0.005, 0.002, 0.002, 0.5, 0.05, 0.2),
    "double well": (0.1, 0.02, 0.02, 0.5, 0.02, 0.1),
    "saddle": (0.02, 0.005, 0.005, 0.2, 0.02, 0.05),
}
DROPS = {"saddle": (-1.5, 0.05)}  # where the slider's nearest to the landscape's own start would be on the ridge itself
STEPS = 200
FAR = 1000.0  # windows from the middle: what is farther away is drawn there, in its direction
# ends that lie on one another: the last drawn is the smallest, and leaves a rim of those below
SIZES = {"gradient_descent": 16, "momentum": 13, "nesterov": 12, "adagrad": 10, "rmsprop": 9, "adam": 7}
FACTORS = (0.1, 0.2, 0.5, 1, 2, 5, 10)
ALL = "all"
WHOSE = {ALL: ROLES, **{NAMES[role]: (role,) for role in ROLES}}
LOWEST, HIGHEST = 1e-9, 1e6  # of the axis of the loss


def sensible_rate(landscape: str, role: str) -> float:
    """Return the learning rate that × 1 stands for."""
    return SENSIBLE[landscape][ROLES.index(role)]


@functools.cache
def bottom(landscape: str) -> float:
    """Return the lowest height of a landscape; of one without a lowest place, the lowest within its window."""
    surface = LANDSCAPES[landscape]
    return float(surface(surface.minima[0]) if len(surface.minima) else surface(plots.grid(surface.window)).min())


@functools.lru_cache(maxsize=256)
def descend(landscape: str, role: str, rate: float, w1: float, w2: float) -> optimizers.Trajectory:
    """Let one optimiser run on a landscape."""
    surface = LANDSCAPES[landscape]
    run = optimizers.minimize(lambda w: 0.0, surface.gradient, [w1, w2], RULES[role](rate), STEPS)
    return replace(run, values=surface(run.points))  # all heights at once: a hand that drags must not wait


@functools.cache
def painted(landscape: str) -> tuple[np.ndarray, list[Path]]:
    """Return a landscape's picture, RGBA, and the lines of its contours; the window is stretched to a unit square."""
    heights = LANDSCAPES[landscape](plots.grid(LANDSCAPES[landscape].window, 321))
    steps = plots.levels(heights)
    shades = theme.LANDSCAPE(np.linspace(0, 1, len(steps) - 1), bytes=True)
    picture = shades[np.clip(np.searchsorted(steps, heights, side="right") - 1, 0, len(shades) - 1)]
    coarse = plots.grid((0, 1, 0, 1))
    drawn = Figure().subplots().contour(coarse[..., 0], coarse[..., 1], heights[::2, ::2], steps[1:-1])
    return picture, drawn.get_paths()


def near(points) -> np.ndarray:
    """Bring points that are too far away for matplotlib's arithmetic nearer to the middle of the unit square."""
    away = points - 0.5
    return 0.5 + away * np.minimum(1, FAR / np.maximum(np.linalg.norm(away, axis=1, keepdims=True), 1))


class KeptImage(AxesImage):
    """An image that fits itself to the pixels of the screen once, not for each picture: that takes a third of the time
    that a drag has.
    """

    def set_data(self, pixels):
        """Show other pixels."""
        super().set_data(pixels)
        self._fitted = {}

    def make_image(self, renderer, magnification=1.0, unsampled=False):
        """Return what matplotlib's own image would, for the panel as large as it is now."""
        size = (*self.axes.bbox.bounds, magnification, unsampled)
        if size not in self._fitted:
            self._fitted[size] = super().make_image(renderer, magnification, unsampled)
        return self._fitted[size]


class Descent(Scene):
    """A ball that the reader drops on a landscape; from there all chosen optimisers run."""

    title = "Drop a ball on a landscape: the ways of six optimisers, and their losses"
    size = (10, 5)
    controls = (
        Choice("landscape", "landscape", tuple(LANDSCAPES), value="Rosenbrock"),
        *(Check(role, name, role in ("gradient_descent", "momentum", "adam")) for role, name in NAMES.items()),
        Choice("whose", "change the rate of", tuple(WHOSE), value=ALL),
        Steps("factor", "its learning rate ×", FACTORS, value=1),
        Range("w1", "start w₁", -5, 5, step=0.05, value=-1.2),
        Range("w2", "start w₂", -5, 5, step=0.05, value=1.0),
        Play("k", "step", last=STEPS, after_drag=True),
        *(Memory(f"{role}_factor", 1) for role in ROLES),
    )

    def draw(self, figure):
        self.left, self.right, self.key = figure.subplots(1, 3, width_ratios=[1.35, 1.15, 0.62])
        self.left.set(xlim=(0, 1), ylim=(0, 1), xlabel="$w_1$", ylabel="$w_2$", title="Drop the ball: click, or drag")
        self.left.set_xticks([0, 1], ["−8.8"] * 2)
        self.left.set_yticks([0, 1], ["−8.8"] * 2)
        self.left.tick_params(labelcolor="none")  # room for the labels, which change
        under, beside = self.left.get_xaxis_transform(), self.left.get_yaxis_transform()
        self.ticks = [self.left.text(x, -0.025, "", transform=under, ha="center", va="top") for x in (0, 1)]
        self.ticks += [self.left.text(-0.025, y, "", transform=beside, ha="right", va="center") for y in (0, 1)]
        self.image = KeptImage(self.left, origin="lower", extent=(0, 1, 0, 1), interpolation="nearest")
        self.image.set_data(np.zeros((1, 1, 4), np.uint8))
        self.image.set_clip_path(self.left.patch)
        self.left.add_image(self.image)
        self.shown = None  # the landscape in the image
        thin = dict(facecolors="none", edgecolors=theme.INK, linewidths=0.4)
        self.contours = self.left.add_collection(PathCollection([], **thin), autolim=False)
        self.stars = plots.minima(self.left, [])
        self.right.set(
            yscale="log", xlim=(0, STEPS + 6), ylim=(LOWEST, HIGHEST), yticks=[1e-8, 1e-4, 1, 1e4], xlabel="step"
        )
        self.right.set(ylabel="loss above the lowest", title="How far above the lowest")
        self.key.set(xlim=(0, 1), ylim=(6.2, -0.8), xticks=[], yticks=[])
        self.key.spines[:].set_visible(False)
        for row, name in enumerate(NAMES.values()):
            self.key.text(0.37, row - 0.14, name, va="center", weight="bold")
        self.rates = [self.key.text(0.37, row + 0.2, "", va="center", fontsize="small") for row in range(6)]
        lost = dict(va="center", fontsize="small", visible=False)
        self.lost = {role: self.key.text(0.37, row + 0.46, "diverged", **lost) for row, role in enumerate(ROLES)}
        self.samples = [
            self.key.plot([0.0, 0.27], [row, row], **theme.STYLES[role], markevery=[-1], clip_on=False)[0]
            for row, role in enumerate(ROLES)
        ]
        self.pointer = self.key.text(0.3, 0, "›", ha="right", va="center", weight="bold")
        thin = dict(linewidth=0.9, alpha=0.45)
        self.ways = {role: self.left.plot([], [], **theme.line(role, **thin))[0] for role in ROLES}
        self.curves = {role: self.right.plot([], [], **theme.line(role, **thin))[0] for role in ROLES}
        ring = theme.dots("best", marker="o", markersize=12, fillstyle="none", clip_on=False)  # whole at the edge, too
        self.first = self.left.plot([], [], **ring)[0]
        end = dict(markevery=[-1], markeredgecolor=theme.PAPER, linewidth=1.8)
        ends = {role: theme.STYLES[role] | end | dict(markersize=SIZES[role]) for role in ROLES}
        ends["adagrad"] |= dict(markeredgecolor=theme.STYLES["adagrad"]["color"])  # a cross has nothing but its edge
        self.trails = {role: self.left.plot([], [], **ends[role])[0] for role in ROLES}
        self.traces = {role: self.right.plot([], [], **ends[role])[0] for role in ROLES}
        return [self.first, *self.trails.values(), *self.traces.values(), *self.lost.values()]

    def update_slow(
        self, landscape, whose, w1, w2,
        gradient_descent, momentum, nesterov, adagrad, rmsprop, adam,
        gradient_descent_factor, momentum_factor, nesterov_factor, adagrad_factor, rmsprop_factor, adam_factor,
    ):  # fmt: skip
        on = dict(zip(ROLES, (gradient_descent, momentum, nesterov, adagrad, rmsprop, adam), strict=True))
        factors = (
            gradient_descent_factor,
            momentum_factor,
            nesterov_factor,
            adagrad_factor,
            rmsprop_factor,
            adam_factor,
        )
        surface = LANDSCAPES[landscape]
        left, right, low, high = surface.window
        picture, lines = painted(landscape)
        if landscape != self.shown:
            self.image.set_data(picture)
            self.shown = landscape
        self.contours.set_paths(lines)
        for text, value in zip(self.ticks, (left, right, low, high), strict=True):
            text.set_text(short(value))
        self.stars.set_data(*self.square(surface.minima, landscape).T)
        self.first.set_data(*self.square([[w1, w2]], landscape).T)
        self.runs, self.on = {}, [role for role in ROLES if on[role]]
        for row, (role, factor) in enumerate(zip(ROLES, factors, strict=True)):
            rate = sensible_rate(landscape, role) * factor
            self.rates[row].set_text(f"η {short(rate)}" + (f" ×{factor:g}" if factor != 1 else ""))
            self.samples[row].set_visible(on[role])
            if not on[role]:
                self.rates[row].set_text("not running")
                self.ways[role].set_data([], [])
                self.curves[role].set_data([], [])
                continue
            run = descend(landscape, role, rate, w1, w2)
            way = near(self.square(run.points, landscape))
            above = (run.values - bottom(landscape)).clip(LOWEST / 100, HIGHEST * 100)
            self.runs[role] = run, way, above
            self.ways[role].set_data(*way.T)
            self.curves[role].set_data(np.arange(len(above)), above)
        self.pointer.set(y=ROLES.index(WHOSE[whose][0]) - 0.14, visible=whose != ALL)
        drawn = [*self.ways.values(), *self.curves.values()]
        return [
            self.image,
            self.contours,
            *self.ticks,
            self.stars,
            *drawn,
            *self.rates,
            *self.samples,
            self.pointer,
        ]

    @staticmethod
    def square(points, landscape) -> np.ndarray:
        """Stretch the window to the unit square."""
        left, right, low, high = LANDSCAPES[landscape].window
        return (np.reshape(points, (-1, 2)) - (left, low)) / (right - left, high - low)

    def update(self, landscape, whose, factor, w1, w2, k, **_):
        told = []
        for role in ROLES:
            run, way, above = self.runs.get(role, (None, np.empty((0, 2)), np.empty(0)))
            self.trails[role].set_data(*way[: k + 1].T)
            self.traces[role].set_data(np.arange(len(above[: k + 1])), above[: k + 1])
            self.lost[role].set_visible(run is not None and run.diverged and k >= len(way))
            if run is not None:
                told.append(f"{NAMES[role]} {self.state(run, k, landscape)}")
        at = "all rates" if whose == ALL else f"rate of {whose}"
        return (
            f"{landscape} from {point((w1, w2))}, {at} × {factor:g}, step {k}, loss above the lowest: "
            f"{', '.join(told) or 'no optimiser is ticked'}"
        )

    def state(self, run, k, landscape) -> str:
        """Say in words how far a run is."""
        last = len(run.values) - 1
        if run.diverged and k > last:
            return f"diverged at step {last + 1}"
        k = min(k, last)
        place = self.square(run.points[k], landscape)
        outside = ((place < 0) | (place > 1)).any()
        if landscape == "saddle" and outside:
            return "has left the window"
        return almost(max(run.values[k] - bottom(landscape), 0)) + (" (outside)" if outside else "")

    def follow(self, before, after):
        """The slider shows the factor of whoever it belongs to; a new landscape has a start of its own."""
        changed = {name for name in after if after[name] != before[name]}
        surface, follows = LANDSCAPES[after["landscape"]], {}
        start = after["w1"], after["w2"]
        if "landscape" in changed and not changed & {"w1", "w2"}:
            start = DROPS.get(after["landscape"], surface.start.tolist())
        left, right, low, high = surface.window
        follows |= {"w1": min(right, max(left, start[0])), "w2": min(high, max(low, start[1]))}
        memories = [f"{role}_factor" for role in WHOSE[after["whose"]]]
        if "whose" in changed and "factor" not in changed:
            if after["whose"] != ALL:
                follows["factor"] = after[memories[0]]
        elif "factor" in changed or (not changed and all(after[name] == 1 for name in memories)):
            follows |= dict.fromkeys(memories, after["factor"])
        return follows

    def draggable(self):
        return [self.left]

    def drag(self, drag: Drag):
        left, right, low, high = LANDSCAPES[drag.values["landscape"]].window
        x, y = drag.now
        return {"w1": left + x * (right - left), "w2": low + y * (high - low)}


def descent(**start) -> LiveFigure:
    """Drop a ball on a landscape, and let the optimisers run from there.

    Parameters
    ----------
    **start
        Where to begin: `landscape`, `w1`, `w2`, `k`; `gradient_descent`, `momentum`, `nesterov`, `adagrad`, `rmsprop`,
        `adam`, True for those that run; `whose` and `factor`, by which learning rates are multiplied.

    Raises
    ------
    ValueError
        If a name is unknown or a value is not allowed.

    Examples
    --------
    >>> descent(landscape="bowl", w1=1, w2=0, k=1, momentum=False, adam=False).readout
    'bowl from (1, 0), all rates × 1, step 1, loss above the lowest: GD 0.405'
    """
    return LiveFigure(Descent(), **start)
