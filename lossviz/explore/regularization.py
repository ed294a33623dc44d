"""The explorers of lesson 10: degree and λ, ball and diamond, the path of the weights over λ, and a prior of one."""

import functools
from typing import NamedTuple

import numpy as np
from matplotlib.collections import LineCollection

from .. import data, losses, models, theme
from ..live import GRIP, Button, Check, Choice, Drag, LiveFigure, Range, Scene, Steps
from ..plots import regularization as plots
from ..plots.numbers import minus, short


def rough(value: float, digits: int = 3) -> str:
    """Write a size to so many digits; a huge one hangs on how a fit that is all but undetermined was rounded."""
    if value >= 1e6:
        return "over a million"
    return f"{value:.{digits}g}" if value < 1000 else minus(value, 0)


def powers(x, degree: int) -> np.ndarray:
    """Return the columns x, x², …, x to the power of `degree`."""
    return np.asarray(x)[:, None] ** np.arange(1, degree + 1)


# ---------------------------------------------------------------------- degree and λ

DEGREES = tuple(range(1, 15))  # of 15 points, degree 14 misses none; a higher one would not be determined
PENALTIES = (0, *(float(f"{digit}e{power}") for power in range(-8, 1) for digit in (1, 3)), 10.0)
PLACES = np.array(
    [-1.0, *range(1, len(PENALTIES))]
)  # of each λ on an axis of powers of ten; 0 is not on it, but beside it
SIZES = (15, 30, 60, 200)
HELD_BACK = 15


@functools.cache
def examples(draw: int, n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return x and y to learn from, and x and y held back; more of them are those and others."""
    x, y = data.curve(n=HELD_BACK + max(SIZES), seed=14 + draw)
    few = data.split(x[: 2 * HELD_BACK], y[: 2 * HELD_BACK], validation=0.5)
    more = slice(2 * HELD_BACK, HELD_BACK + n)
    return np.append(few[0], x[more]), np.append(few[1], y[more]), few[2], few[3]


def red_point(x) -> int:
    """Return which example can be moved: of the few that are always there, the one nearest to x = 0.4."""
    return int(np.abs(x[:HELD_BACK] - 0.4).argmin())


class Parts(NamedTuple):
    """What all ridge fits of one degree on the same x share: the singular value decomposition of the columns."""

    mean: np.ndarray
    left: np.ndarray
    stretch: np.ndarray
    right: np.ndarray


@functools.cache
def parts(draw: int, n: int, degree: int) -> Parts:
    """Take the powers of x apart: with that, a fit for another y or λ costs two small products."""
    columns = powers(examples(draw, n)[0], degree)
    mean = columns.mean(axis=0)
    return Parts(mean, *np.linalg.svd(columns - mean, full_matrices=False))


def ridge_fits(draw: int, n: int, degree: int, y) -> tuple[np.ndarray, np.ndarray]:
    """Return weights (a row for each of `PENALTIES`) and intercepts: what `models.ridge` finds, for all λ at once."""
    mean, left, stretch, right = parts(draw, n, degree)
    factor = stretch / (stretch**2 + n * np.array(PENALTIES)[:, None])
    weights = (factor * (left.T @ (y - y.mean()))) @ right
    return weights, y.mean() - weights @ mean


class Overfitting(Scene):
    """A polynomial of a chosen degree and penalty, and its loss on both parts of the data over all others."""

    title = "A polynomial through points, and its loss on points it has not seen"
    size = (10, 4.8)
    controls = (
        Range("degree", "degree", DEGREES[0], DEGREES[-1], step=1, value=12),
        Steps("penalty", "penalty λ", PENALTIES, value=0),
        Steps("n", "points to learn from", SIZES, value=15),
        Range("lift", "lift of the red point", -1.5, 1.5, step=0.05, value=0),
        Range("draw", "draw number", 1, 20, step=1, value=1),
        Button("best", "Go to the least validation loss"),
    )
    grid = np.linspace(-1, 1, 241)
    columns = powers(grid, DEGREES[-1])
    low, high = 1e-3, 30.0  # of the axes of the losses

    def draw(self, figure):
        (self.left, self.top), (spare, self.bottom) = figure.subplots(2, 2, width_ratios=[1.15, 1])
        layout = self.left.get_gridspec()
        spare.remove()
        self.left.set_subplotspec(layout[:, 0])
        self.left.set(xlim=(-1.05, 1.05), ylim=(-2.3, 2.3), title="Drag the red point up and down")
        self.truth = plots.true_curve(self.left)
        self.train, self.validation = plots.two_parts(self.left, [], [], [], [])
        self.curve = plots.fit(self.left, [], [])
        self.point = self.left.plot([], [], **theme.dots("outlier", markersize=10, markeredgecolor=theme.PAPER))[0]
        self.top.set(xlim=(0.5, 14.5), xticks=range(2, 15, 2), title="Loss over the degree, at this λ", xlabel="degree")
        self.bottom.set(xlim=(-1.8, PLACES[-1] + 0.6), xlabel="penalty λ", title="Loss over λ, at this degree")
        shown = [0, *range(1, len(PENALTIES), 4)]
        names = ["0", *(f"$10^{{{np.log10(PENALTIES[i]):.0f}}}$" for i in shown[1:])]
        self.bottom.set_xticks(PLACES[shown], names)
        self.panels = self.top, self.bottom
        places = DEGREES, PLACES
        blank = [np.full(len(place), np.nan) for place in places]
        self.losses = [
            plots.both_losses(ax, place, empty, empty)
            for ax, place, empty in zip(self.panels, places, blank, strict=True)
        ]
        self.stars = [
            ax.plot([], [], **theme.dots("best", markersize=13, markeredgecolor=theme.PAPER))[0] for ax in self.panels
        ]
        self.here = [ax.axvline(0, color=theme.INK, linewidth=1) for ax in self.panels]
        self.dots = [
            ax.plot([], [], **theme.dots(role, markersize=11, markeredgecolor=theme.PAPER, clip_on=False))[0]
            for ax in self.panels
            for role in ("train", "validation")
        ]
        for ax in self.panels:
            ax.set_ylim(self.low, self.high)
            for line in ax.lines[:2]:
                line.set_markersize(4)
        self.stars[0].set_label("least validation loss")
        handles = self.train, self.validation, self.curve, self.truth, self.stars[0]
        figure.legend(handles=handles, loc="outside lower center", ncols=5)
        curves = [line for pair in self.losses for line in pair]
        return [self.curve, self.point, *curves, *self.here, *self.dots, *self.stars]

    def update_slow(self, draw, n, lift):
        self.x, y, self.x_held, self.y_held = examples(int(draw), n)
        self.red = red_point(self.x)
        self.y = y.copy()
        self.y[self.red] += lift
        both = [self._losses(int(draw), n, degree) for degree in DEGREES]
        self.train_loss, self.validation_loss = np.array(both).transpose(1, 0, 2)
        others = np.arange(len(self.x)) != self.red
        self.train.set_data(self.x[others], self.y[others])
        self.validation.set_data(self.x_held, self.y_held)
        self.point.set_data([self.x[self.red]], [self.y[self.red]])
        return [self.train, self.validation]

    def _losses(self, draw, n, degree):
        """Return training and validation MSE of one degree at all λ."""
        weights, c = ridge_fits(draw, n, degree, self.y)
        pairs = (self.x, self.y), (self.x_held, self.y_held)
        return [np.mean((weights @ powers(x, degree).T + c[:, None] - y) ** 2, axis=1) for x, y in pairs]

    def update(self, degree, penalty, n, lift, draw):
        degree, place = int(degree), PENALTIES.index(penalty)
        weights, c = ridge_fits(int(draw), n, degree, self.y)
        w = weights[place]
        self.curve.set_data(self.grid, np.clip(self.columns[:, :degree] @ w + c[place], -9, 9))
        both = self.train_loss, self.validation_loss
        for loss, by_degree, by_penalty in zip(both, *self.losses, strict=True):
            by_degree.set_ydata(np.maximum(loss[:, place], plots.FLOOR))
            by_penalty.set_ydata(np.maximum(loss[degree - 1], plots.FLOOR))
        here = [loss[degree - 1, place] for loss in both]
        at_penalty = PLACES[place]
        for line, at in zip(self.here, (degree, at_penalty), strict=True):
            line.set_xdata([at, at])
        for dot, at, loss in zip(self.dots, (degree, degree, at_penalty, at_penalty), here * 2, strict=True):
            dot.set_data([at], [np.clip(loss, self.low, self.high)])
        cuts = self.validation_loss[:, place], self.validation_loss[degree - 1]
        for star, at, cut in zip(self.stars, (DEGREES, PLACES), cuts, strict=True):
            star.set_data([at[cut.argmin()]], [np.clip(cut.min(), self.low, self.high)])
        best_degree, best_penalty = self.best()
        least = self.validation_loss[best_degree - 1, PENALTIES.index(best_penalty)]
        return (
            f"degree {degree}, λ = {short(penalty)}, {n} points: train MSE {here[0]:.4f}   "
            f"validation MSE {rough(here[1], 4)}   largest weight {rough(np.abs(w).max())}\n"
            f"least validation MSE: {least:.4g}, at degree {best_degree}, λ = {short(best_penalty)}"
        )

    def best(self) -> tuple[int, float]:
        """The degree and the λ of the least validation loss."""
        row, place = np.unravel_index(self.validation_loss.argmin(), self.validation_loss.shape)
        return DEGREES[row], PENALTIES[place]

    def press(self, name, values):
        return dict(zip(("degree", "penalty"), self.best(), strict=True))

    def draggable(self):
        return [self.left, self.top, self.bottom]

    def drag(self, drag: Drag):
        if drag.axes is self.top:
            return {"degree": drag.now[0]}
        if drag.axes is self.bottom:
            return {"penalty": PENALTIES[np.abs(PLACES - drag.now[0]).argmin()]}
        x, y, _, _ = examples(int(drag.values["draw"]), drag.values["n"])
        red = red_point(x)
        if drag.reach(x[red], y[red] + drag.values["lift"]) > GRIP:
            return {}
        return {"lift": drag.values["lift"] + drag.now[1] - drag.start[1]}


def overfitting(**start) -> LiveFigure:
    """Move degree and λ of a polynomial, and compare its loss on both parts of the data.

    Parameters
    ----------
    **start
        Where to begin: `degree`, `penalty`, `n`, `lift`, `draw`.

    Raises
    ------
    ValueError
        If a name is unknown or a value is not allowed.

    Examples
    --------
    >>> overfitting(degree=3).readout.partition("   largest")[0]
    'degree 3, λ = 0, 15 points: train MSE 0.0241   validation MSE 0.02829'
    """
    return LiveFigure(Overfitting(), **start)


# ---------------------------------------------------------------------- ball and diamond


def in_ball(shape: np.ndarray, best, size: float) -> tuple[np.ndarray, float]:
    """Return the w with |w| ≤ size and the least (w − best)ᵀ shape (w − best), and its λ."""
    best = np.asarray(best, float)
    if np.hypot(*best) <= size:
        return best, 0.0
    stretch, axes = np.linalg.eigh(shape)
    pull = stretch * (axes.T @ best)
    low, high = 0.0, float(np.linalg.norm(pull) / size)  # at `high` the weights are too short
    for _ in range(60):
        middle = (low + high) / 2
        long = np.hypot(*(pull / (stretch + middle))) > size
        low, high = (middle, high) if long else (low, middle)
    w = axes @ (pull / (stretch + high))
    return np.where(np.abs(w) > 1e-12 * size, w, 0.0), high  # the axes are turned back: rounding leaves no exact 0


def in_diamond(shape: np.ndarray, best, size: float) -> tuple[np.ndarray, float]:
    """Return the w with |w₁| + |w₂| ≤ size and the least (w − best)ᵀ shape (w − best), and its λ."""
    best = np.asarray(best, float)
    if np.abs(best).sum() <= size:
        return best, 0.0
    corners = size * plots.CORNERS
    found = []
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):  # the least place on each side
        way = end - start
        share = way @ shape @ (best - start) / (way @ shape @ way)
        found.append(start if share <= 0 else end if share >= 1 else start + share * way)
    w = min(found, key=lambda each: (each - best) @ shape @ (each - best))
    return w, float(2 * np.abs(shape @ (best - w)).max())


SOLVERS = {"l2": in_ball, "l1": in_diamond}


class BallAndDiamond(Scene):
    """One data loss, two sets of allowed weights: where does each meet the lowest contour it can reach?"""

    title = "Two weights, the data's best choice, and a ball or a diamond they may not leave"
    size = (10, 5.3)
    controls = (
        Range("b1", "best w₁ without a limit", -3, 3, step=0.05, value=1.6),
        Range("b2", "best w₂ without a limit", -3, 3, step=0.05, value=0.6),
        Range("size", "size t of ball and diamond", 0.2, 3, step=0.05, value=1.0),
        Range("tilt", "how alike the two columns are", -0.9, 0.9, step=0.05, value=0.0),
    )
    reach = 3.2
    levels = (0.35 * np.arange(1, 10)) ** 2

    def draw(self, figure):
        self.panels = dict(zip(("l2", "l1"), figure.subplots(1, 2), strict=True))
        titles = {"l2": "L2: a zero only on the grey lines", "l1": "L1: a zero on all of the grey"}
        self.zeros, self.region, self.rings, self.touching = {}, {}, {}, {}
        self.star, self.solution, self.word = {}, {}, {}
        for role, ax in self.panels.items():
            plots.weight_plane(ax, self.reach)
            ax.set_title(titles[role])
            self.zeros[role] = plots.zero_fields(ax, role)
            self.region[role] = plots.allowed(ax, role, 1.0)
            self.rings[role] = plots.rings(ax)
            self.touching[role] = ax.plot([], [], color=theme.INK, linewidth=1.8)[0]
            self.star[role] = ax.plot([], [], **theme.dots("best", markersize=14, markeredgecolor=theme.PAPER))[0]
            self.solution[role] = ax.plot([], [], **theme.dots(role, markersize=11, markeredgecolor=theme.PAPER))[0]
            self.word[role] = ax.text(0, 0, "", bbox=theme.ON_PAPER, va="center")
        moving = (self.rings, self.touching, self.star, self.solution, self.word)
        return [artists[role] for role in self.panels for artists in moving]

    def update_slow(self, size, tilt):
        self.shape = np.array([[1.0, tilt], [tilt, 1.0]])
        self.zeros["l1"].set_verts(plots.corner_fields(self.shape, size))
        self.zeros["l2"].set_segments(plots.corner_rays(self.shape, size))
        for role, region in self.region.items():
            region.set_verts([plots.border(role, size)])
        return [*self.zeros.values(), *self.region.values()]

    def update(self, b1, b2, size, tilt):
        best = np.array([b1, b2])
        rings = plots.ellipses(self.shape, best, self.levels)
        words = []
        for role, solve in SOLVERS.items():
            w, penalty = solve(self.shape, best, size)
            excess = float((w - best) @ self.shape @ (w - best))
            self.rings[role].set_segments(rings)
            self.touching[role].set_data(*plots.ellipses(self.shape, best, [excess])[0].T)
            self.star[role].set_data([b1], [b2])
            self.solution[role].set_data([w[0]], [w[1]])
            zeros = [name for name, value in zip(("w₁", "w₂"), w, strict=True) if value == 0]
            told = " and ".join(f"{name} is exactly 0" for name in zeros) or "no weight is 0"
            self._place(self.word[role], w, best, " = ".join([*zeros, "0"]) if zeros else "")
            words.append(
                f"{'ball' if role == 'l2' else 'diamond'}: w = ({minus(w[0], 2)}, {minus(w[1], 2)}), {told}, "
                f"loss {excess:.3f} above its least, as with λ = {penalty:.2f}"
            )
        return f"without a limit ({minus(b1, 2)}, {minus(b2, 2)}), t = {size:.2f}\n" + "\n".join(words)

    @staticmethod
    def _place(word, w, best, text):
        """Write beside a corner: outward along its axis, and across the axis away from the star."""
        outward, away = np.where(w >= 0, 1, -1), np.where(w >= best, 1, -1)
        on_the_side = w[1] == 0
        right, up = (outward[0], away[1]) if on_the_side else (away[0], outward[1])
        word.set(x=w[0] + 0.17 * right, y=w[1] + (0.34 if on_the_side else 0.2) * up, text=text)
        word.set(ha="left" if right > 0 else "right", visible=bool(text))

    def draggable(self):
        return list(self.panels.values())

    def drag(self, drag: Drag):
        values, length = drag.values, np.hypot if drag.axes is self.panels["l2"] else _length_1
        size = length(*drag.start)
        if size > 0 and drag.reach(values["b1"], values["b2"]) > GRIP:
            nearest = np.array(drag.start) * values["size"] / size
            if drag.reach(*nearest) < min(GRIP, drag.reach(values["b1"], values["b2"])):
                return {"size": values["size"] + length(*drag.now) - size}
        return {"b1": drag.now[0], "b2": drag.now[1]}


def _length_1(x, y) -> float:
    return abs(x) + abs(y)


def ball_and_diamond(**start) -> LiveFigure:
    """Drag the best weights of a data loss about, and see where ball and diamond let them go.

    Parameters
    ----------
    **start
        Where to begin: `b1`, `b2`, `size`, `tilt`.

    Raises
    ------
    ValueError
        If a name is unknown or a value is not allowed.

    Examples
    --------
    >>> ball_and_diamond(b1=2, b2=0.5, size=1).readout.splitlines()[2]
    'diamond: w = (1.00, 0.00), w₂ is exactly 0, loss 1.250 above its least, as with λ = 2.00'
    """
    return LiveFigure(BallAndDiamond(), **start)


# ---------------------------------------------------------------------- the path over λ

STRENGTHS = (0, *(float(f"{10**power:.3g}") for power in np.arange(-12, 23) / 6))
FITS = {"ridge": models.ridge, "lasso": models.lasso}
ROLES = {"ridge": "l2", "lasso": "l1"}
FEATURES = data.DIABETES_FEATURES


class People(NamedTuple):
    """The diabetes data in three parts; the test part is not here, since nothing may be chosen by it."""

    x: np.ndarray
    y: np.ndarray
    x_held: np.ndarray
    y_held: np.ndarray


@functools.cache
def people() -> People:
    """Split as the notebook does: a quarter for the test at the end, a third of the rest for validation."""
    x, y, _, _ = data.split(*data.diabetes(), validation=0.25)
    return People(*data.split(x, y, validation=1 / 3))


@functools.cache
def path(fit: str, n: int, scaled: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return, for each of `STRENGTHS`, the weights times their column's spread, and the RMSE on both parts."""
    x, y, x_held, y_held = people()
    x, y = x[:n], y[:n]
    mean, spread = x.mean(axis=0), x.std(axis=0)
    scale = spread if scaled else np.ones(len(spread))
    x, x_held = (x - mean) / scale, (x_held - mean) / scale
    fits = [FITS[fit](x, y, strength) for strength in STRENGTHS]
    train, validation = (
        np.array([losses.rmse(table @ w + c, target) for w, c in fits]) for table, target in ((x, y), (x_held, y_held))
    )
    return np.array([w for w, _ in fits]) * spread / scale, train, validation


class WeightPath(Scene):
    """Ten weights over λ, what is left of each at the λ in hand, and the loss on people held back."""

    title = "Ten measurements of people with diabetes, and what a growing penalty leaves of their weights"
    size = (10, 5.8)
    controls = (
        Choice("fit", "penalty", ("ridge", "lasso"), value="lasso"),
        Steps("strength", "λ", STRENGTHS, value=10.0),
        Range("n", "people to learn from", 40, 220, step=20, value=60),
        Check("scaled", "scale the columns to a spread of 1 first", value=True),
        Button("best", "Go to the least validation loss"),
    )
    reach = 104.0  # of the axis of the weights
    places = np.array([-3.0, *range(1, len(STRENGTHS))])  # λ = 0 is not on an axis of powers of ten, but beside it

    def draw(self, figure):
        for fit in FITS:  # ahead of the hand: no update waits for it
            for n in range(40, 221, 20):
                path(fit, n, True)
                path(fit, n, False)
        (self.top, self.right), (self.bottom, spare) = figure.subplots(
            2, 2, width_ratios=[1.6, 1], height_ratios=[1.4, 1], sharex="col"
        )
        layout = self.right.get_gridspec()
        spare.remove()
        self.right.set_subplotspec(layout[:, 1])
        self.right.tick_params(labelbottom=True)
        self.top.set(
            xlim=(-10, len(STRENGTHS)),
            ylim=(-self.reach, self.reach),
            title="Drag along λ: what becomes of the weights",
        )
        self.bottom.set(ylim=(38, 89), xlabel="penalty λ", ylabel="RMSE", title="The loss on both parts")
        shown = [0, *(i for i, each in enumerate(STRENGTHS) if each and np.log10(each) % 1 == 0)]
        self.bottom.set_xticks(self.places[shown], [f"{STRENGTHS[i]:g}" for i in shown])
        self.ways = plots.paths(self.top, self.places, np.zeros((len(STRENGTHS), len(FEATURES))), "l1")
        self.names = [self.top.text(-5.8, 0, name, ha="right", va="center_baseline") for name in FEATURES]
        self.leaders = self.top.add_collection(LineCollection([], colors=theme.FAINT, linewidths=0.8), autolim=False)
        self.curves = [self.bottom.plot([], [], **theme.line(role, label=role))[0] for role in ("train", "validation")]
        self.star = self.bottom.plot([], [], **theme.dots("best", markersize=13, markeredgecolor=theme.PAPER))[0]
        self.bottom.legend(loc="upper left", ncols=2)
        self.bars, self.numbers = plots.weight_bars(self.right, FEATURES)
        self.right.set(xlim=(-1.6 * self.reach, 1.6 * self.reach), xlabel="weight × spread of its column")
        self.right.set_title("What is left")
        self.here = [ax.axvline(0, color=theme.INK, linewidth=1) for ax in (self.top, self.bottom)]
        self.dots = [
            self.bottom.plot([], [], **theme.dots(role, markersize=10, markeredgecolor=theme.PAPER))[0]
            for role in ("train", "validation")
        ]
        return [*self.here, *self.dots, *self.bars, *self.numbers]

    def update_slow(self, fit, n, scaled):
        self.weights, *self.rmse = path(fit, int(n), scaled)
        color = theme.STYLES[ROLES[fit]]["color"]
        self.ways.set(segments=plots.path_ends(self.places, self.weights), color=color)
        ends = np.clip(self.weights[0], -self.reach, self.reach)
        heights = plots.apart(ends, gap=0.16 * self.reach)
        heights -= max(0, heights.max() - 0.95 * self.reach) + min(0, heights.min() + 0.95 * self.reach)
        near, far = np.full(len(ends), self.places[0]), np.full(len(ends), self.places[0] - 2.6)
        self.leaders.set_segments(np.stack([np.stack([far, heights], 1), np.stack([near, ends], 1)], 1))
        for name, height in zip(self.names, heights, strict=True):
            name.set_y(height)
        for curve, values in zip(self.curves, self.rmse, strict=True):
            curve.set_data(self.places, values)
        best = int(self.rmse[1].argmin())
        self.star.set_data([self.places[best]], [self.rmse[1][best]])
        for bar in self.bars:
            bar.set_color(color)
        return [self.ways, self.leaders, *self.names, *self.curves, self.star]

    def update(self, fit, strength, n, scaled):
        place = STRENGTHS.index(strength)
        w = self.weights[place]
        for line in self.here:
            line.set_xdata([self.places[place]] * 2)
        for dot, values in zip(self.dots, self.rmse, strict=True):
            dot.set_data([self.places[place]], [values[place]])
        for bar, number, value in zip(self.bars, self.numbers, w, strict=True):
            bar.set_width(value)
            number.set(x=value + (1.5 if value >= 0 else -1.5), ha="left" if value >= 0 else "right")
            number.set_text("0" if value == 0 else minus(value, 1) if abs(value) >= 0.05 else "≈ 0")
        left = [name for name, value in zip(FEATURES, w, strict=True) if value != 0]
        told = "all ten are left" if len(left) == 10 else f"{len(left)} left: {', '.join(left) or 'none'}"
        best = int(self.rmse[1].argmin())
        return (
            f"{fit}, λ = {strength:g}, {int(n)} people{'' if scaled else ', columns in their own units'}: {told}\n"
            f"RMSE train {self.rmse[0][place]:.2f}, validation {self.rmse[1][place]:.2f}   "
            f"least on validation {self.rmse[1][best]:.2f}, at λ = {STRENGTHS[best]:g}"
        )

    def press(self, name, values):
        _, _, validation = path(values["fit"], int(values["n"]), values["scaled"])
        return {"strength": STRENGTHS[int(validation.argmin())]}

    def draggable(self):
        return [self.top, self.bottom]

    def drag(self, drag: Drag):
        return {"strength": STRENGTHS[np.abs(self.places - drag.now[0]).argmin()]}


def weight_path(**start) -> LiveFigure:
    """Follow the weights of ten measurements over λ, under ridge or lasso.

    Parameters
    ----------
    **start
        Where to begin: `fit`, `strength`, `n`, `scaled`.

    Raises
    ------
    ValueError
        If a name is unknown or a value is not allowed.

    Examples
    --------
    >>> weight_path(fit="lasso", strength=100.0, n=220).readout.splitlines()[0]
    'lasso, λ = 100, 220 people: 1 left: bmi'
    """
    return LiveFigure(WeightPath(), **start)


# ---------------------------------------------------------------------- a prior on one weight

PRIORS = {"Gaussian": "l2", "Laplace": "l1"}


class Prior(Scene):
    """One weight: what was believed of it, what the data say, and both: above as densities, below as losses."""

    title = "One weight: prior, likelihood and posterior, and below them penalty, data loss and objective"
    size = (10, 5.2)
    controls = (
        Choice("prior", "prior", tuple(PRIORS), value="Gaussian"),
        Range("width", "width τ of the prior", 0.1, 2, step=0.05, value=0.5),
        Range("a", "weight a that fits the data best", -3, 3, step=0.05, value=1.2),
        Steps("n", "examples N", (1, 2, 5, 10, 20, 50, 100), value=5),
    )
    sigma = 1.0
    reach = 3.2
    grid = np.linspace(-9, 9, 1801)  # far beyond the picture: the mean wants all of the posterior

    def draw(self, figure):
        self.panels = self.top, self.bottom = figure.subplots(2, 1, sharex=True)
        self.top.set(xlim=(-self.reach, self.reach), ylim=(-0.05, 1.25), ylabel="part of its peak")
        self.top.set_title("Beliefs about w: drag the peak of the likelihood, or the flank of the prior")
        self.bottom.set(ylim=(-0.3, 6), xlabel="weight w", ylabel="−log, from its least")
        self.bottom.set_title("Minus the logarithm: penalty + data loss = objective")
        grey = dict(color=theme.STYLES["data"]["color"], linestyle="--")
        looks = grey, theme.line("likelihood"), dict(color=theme.INK, linestyle="-")
        names = ("prior, penalty", "likelihood, data loss", "posterior, objective")
        self.curves = [
            [ax.plot([], [], **look, label=name)[0] for look, name in zip(looks, names, strict=True)]
            for ax in self.panels
        ]
        self.best = [ax.axvline(0, **theme.line("best", linewidth=1.2)) for ax in self.panels]
        self.dots = [
            ax.plot([], [], **theme.dots("best", markersize=13, markeredgecolor=theme.PAPER))[0] for ax in self.panels
        ]
        self.handles = self.top.plot([], [], **theme.dots("model", markersize=9, markeredgecolor=theme.PAPER))[0]
        self.word = self.top.text(0, 1.14, "", bbox=theme.ON_PAPER, va="center")
        figure.legend(handles=self.curves[0], loc="outside lower center", ncols=3)
        curves = [curve for panel in self.curves for curve in panel]
        return [*self.best, *curves, *self.dots, self.handles, self.word]

    def penalty(self, prior: str, width: float, n: int) -> float:
        """λ in (w − a)² + λ w² or (w − a)² + λ |w|: what the prior amounts to."""
        if prior == "Gaussian":
            return self.sigma**2 / (n * width**2)
        return 2 * self.sigma**2 / (n * width / np.sqrt(2))

    def update(self, prior, width, a, n):
        role, penalty = PRIORS[prior], self.penalty(prior, width, n)
        best = float(plots.shrunk(role, a, penalty))
        minus_log = [
            -np.log(np.maximum(plots.prior_density(role, self.grid, width), 1e-300)),
            n * (self.grid - a) ** 2 / (2 * self.sigma**2),
        ]
        minus_log.append(minus_log[0] + minus_log[1])
        for values, above, below in zip(minus_log, *self.curves, strict=True):
            values -= values.min()
            above.set_data(self.grid, np.exp(-values))
            below.set_data(self.grid, values)
        for line, dot, height in zip(self.best, self.dots, (1.0, 0.0), strict=True):
            line.set_xdata([best, best])
            dot.set_data([best], [height])
        self.handles.set_data([a, width], [1.0, self._flank(role)])
        posterior = np.exp(-minus_log[2])
        mean = float(np.sum(self.grid * posterior) / np.sum(posterior))
        left = best > 1.2
        self.word.set(x=best + (-0.08 if left else 0.08), ha="right" if left else "left")
        self.word.set_text(f"MAP {minus(best, 2)}" + (", exactly" if best == 0 else ""))
        return (
            f"{prior} prior of width {width:.2f}, N = {n}, σ = 1: as λ = {penalty:.3f}\n"
            f"MAP weight {minus(best, 3)}{' exactly' if best == 0 else ''}   "
            f"without a prior {minus(a, 2)}   posterior mean {minus(mean, 3)}"
        )

    @staticmethod
    def _flank(role: str) -> float:
        """How high, as part of its peak, a prior is one standard deviation from 0."""
        return float(np.exp(-0.5) if role == "l2" else np.exp(-np.sqrt(2)))

    def draggable(self):
        return list(self.panels)

    def drag(self, drag: Drag):
        values = drag.values
        if drag.axes is self.top:
            flank = self._flank(PRIORS[values["prior"]])
            if drag.reach(values["width"], flank) < min(GRIP, drag.reach(values["a"], 1.0)):
                return {"width": drag.now[0]}
        return {"a": values["a"] + drag.now[0] - drag.start[0]}


def prior(**start) -> LiveFigure:
    """Put a prior on one weight, and see which penalty it is and where it pulls the weight.

    Parameters
    ----------
    **start
        Where to begin: `prior`, `width`, `a`, `n`.

    Raises
    ------
    ValueError
        If a name is unknown or a value is not allowed.

    Examples
    --------
    >>> prior(prior="Gaussian", width=1, a=1, n=1).readout.splitlines()[0]
    'Gaussian prior of width 1.00, N = 1, σ = 1: as λ = 1.000'
    """
    return LiveFigure(Prior(), **start)
