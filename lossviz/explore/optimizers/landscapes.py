"""An explorer of lesson 09: a ball that is dropped on a landscape, from where all chosen optimisers run."""

from typing import NamedTuple

import numpy as np

from ... import optimizers, theme
from ...experiments import optimizers as experiment
from ...experiments.optimizers import LANDSCAPES, NAMES, ROLES, STEPS
from ...live import Check, Choice, Handle, Memory, Play, Range, Scene, Steps, explorer
from ...plots import optimizers as plots
from ...plots.numbers import short

ALL = "all"
WHOSE = {ALL: ROLES, **{NAMES[role]: (role,) for role in ROLES}}
LOWEST, HIGHEST = 1e-9, 1e6  # of the axis of the loss


class Run(NamedTuple):
    """A descent, and how it is drawn."""

    rate: float
    trajectory: optimizers.Trajectory
    way: np.ndarray  # on the unit square
    above: np.ndarray  # how far above the lowest, within the axis


class Descent(Scene):
    """Drop a ball on a landscape, and let the optimisers run from there.

    Examples
    --------
    >>> descent(landscape="bowl", w1=1, w2=0, k=1, momentum=False, adam=False).readout
    'bowl from (1, 0), all rates × 1, step 1, loss above the lowest: GD 0.405'
    """

    title = "Drop a ball on a landscape: the ways of six optimisers, and their losses"
    size = (10, 5)
    controls = (
        Choice("landscape", "landscape", tuple(LANDSCAPES), value="Rosenbrock"),
        *(Check(role, name, role in ("gradient_descent", "momentum", "adam")) for role, name in NAMES.items()),
        Choice("whose", "change the rate of", tuple(WHOSE), value=ALL),
        Steps("factor", "its learning rate ×", experiment.FACTORS, value=1),
        Range("w1", "start w₁", -5, 5, step=0.05, value=-1.2),
        Range("w2", "start w₂", -5, 5, step=0.05, value=1.0),
        Play("k", "step", last=STEPS, after_drag=True),
        *(Memory(f"{role}_factor", 1) for role in ROLES),
    )
    slow = ("landscape", "whose", "w1", "w2", *ROLES, *(f"{role}_factor" for role in ROLES))
    handles = (Handle("left", move="drop"),)

    def draw(self, figure):
        self.left, self.right, key = figure.subplots(1, 3, width_ratios=[1.35, 1.15, 0.62])
        self.left.set_title("Drop the ball: click, or drag")
        self.limits = plots.square_window(self.left)
        self.image = plots.KeptImage(self.left)
        self.contours = plots.thin_contours(self.left)
        self.stars = plots.minima(self.left, [])
        self.right.set(yscale="log", xlim=(0, STEPS + 6), ylim=(LOWEST, HIGHEST), yticks=[1e-8, 1e-4, 1, 1e4])
        self.right.set(xlabel="step", ylabel="loss above the lowest", title="How far above the lowest")
        self.rates, self.lost, self.samples, self.pointer = plots.key(key)
        ring = theme.dots("best", marker="o", markersize=12, fillstyle="none", clip_on=False)  # whole at the edge, too
        self.first = self.left.plot([], [], **ring)[0]
        self.ways, self.trails = plots.thin_and_thick(self.left)
        self.curves, self.traces = plots.thin_and_thick(self.right)
        return [self.first, *self.trails.values(), *self.traces.values(), *self.lost.values()]

    def prepare(self, landscape, whose, w1, w2, **of_roles):
        runs = {}
        for role in ROLES:
            if of_roles[role]:
                rate = experiment.sensible_rate(landscape, role) * of_roles[f"{role}_factor"]
                run = experiment.descend(landscape, role, rate, w1, w2)
                above = (run.values - experiment.lowest(landscape)).clip(LOWEST / 100, HIGHEST * 100)
                runs[role] = Run(rate, run, plots.near(plots.to_square(run.points, landscape)), above)
        return runs

    def draw_slow(self, prepared, landscape, whose, w1, w2, **of_roles):
        picture, lines = plots.painted(landscape)
        self.image.set_data(picture)
        self.contours.set_paths(lines)
        for text, value in zip(self.limits, LANDSCAPES[landscape].window, strict=True):
            text.set_text(short(value))
        self.stars.set_data(*plots.to_square(LANDSCAPES[landscape].minima, landscape).T)
        self.first.set_data(*plots.to_square([w1, w2], landscape).T)
        for role in ROLES:
            run = prepared.get(role)
            factor = of_roles[f"{role}_factor"]
            times = f" ×{factor:g}" if factor != 1 else ""
            self.rates[role].set_text(f"η {short(run.rate)}{times}" if run else "not running")
            self.samples[role].set_visible(bool(run))
            self.ways[role].set_data(*(run.way.T if run else ([], [])))
            self.curves[role].set_data(*((np.arange(len(run.above)), run.above) if run else ([], [])))
        self.pointer.set(y=ROLES.index(WHOSE[whose][0]) - 0.14, visible=whose != ALL)
        lines = [*self.ways.values(), *self.curves.values()]
        words = [*self.rates.values(), *self.samples.values(), self.pointer]
        return [self.image, self.contours, *self.limits, self.stars, *lines, *words]

    def update(self, prepared, landscape, whose, factor, w1, w2, k, **_):
        told = []
        for role in ROLES:
            run = prepared.get(role)
            way, above = (run.way[: k + 1], run.above[: k + 1]) if run else (np.empty((0, 2)), np.empty(0))
            self.trails[role].set_data(*way.T)
            self.traces[role].set_data(np.arange(len(above)), above)
            self.lost[role].set_visible(bool(run) and run.trajectory.diverged and k >= len(run.way))
            if run:
                told.append(f"{NAMES[role]} {_how_far(run.trajectory, k, landscape)}")
        at = "all rates" if whose == ALL else f"rate of {whose}"
        return (
            f"{landscape} from {plots.point((w1, w2))}, {at} × {factor:g}, step {k}, loss above the lowest: "
            f"{', '.join(told) or 'no optimiser is ticked'}"
        )

    def follow(self, before, after):
        """The slider shows the factor of the optimisers that `whose` names; a new landscape has its own start."""
        changed = {name for name in after if after[name] != before[name]}
        surface, follows = LANDSCAPES[after["landscape"]], {}
        start = after["w1"], after["w2"]
        if "landscape" in changed and not changed & {"w1", "w2"}:
            start = experiment.DROPS.get(after["landscape"], surface.start.tolist())
        left, right, low, high = surface.window
        follows |= {"w1": min(right, max(left, start[0])), "w2": min(high, max(low, start[1]))}
        memories = [f"{role}_factor" for role in WHOSE[after["whose"]]]
        if "whose" in changed and "factor" not in changed:
            if after["whose"] != ALL:
                follows["factor"] = after[memories[0]]
        elif "factor" in changed or (not changed and all(after[name] == 1 for name in memories)):
            follows |= dict.fromkeys(memories, after["factor"])
        return follows

    def drop(self, drag):
        """Drop the ball where the hand is on the unit square."""
        left, right, low, high = LANDSCAPES[drag.values["landscape"]].window
        x, y = drag.now
        return {"w1": left + x * (right - left), "w2": low + y * (high - low)}


def _how_far(run: optimizers.Trajectory, k: int, landscape: str) -> str:
    """Say in words how far a run is."""
    last = len(run.values) - 1
    if run.diverged and k > last:
        return f"diverged at step {last + 1}"
    k = min(k, last)
    outside = not experiment.inside(run.points[k], landscape)
    if landscape == "saddle" and outside:
        return "has left the window"
    return plots.almost(max(run.values[k] - experiment.lowest(landscape), 0)) + (" (outside)" if outside else "")


descent = explorer(Descent)
