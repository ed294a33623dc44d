"""The explorers of lesson 04: a point on the log loss, the margin losses, a boundary with its points, a clipped log."""

from dataclasses import replace

import numpy as np
from matplotlib.axes import Axes

from .. import data, losses, theme
from ..live import GRIP, Button, Check, Choice, Drag, LiveFigure, Range, Scene
from ..plots import classification_losses as plots
from ..plots.numbers import minus, short

# ---------------------------------------------------------------------- −log p


class LogLossCurve(Scene):
    """One example on the curve of its loss, over the probability and over the score."""

    title = "What a probability costs, over the probability and over its score"
    size = (10, 4.2)
    controls = (
        Range("score", "score s", -8, 8, step=0.05, value=-2.0),
        Choice("target", "target", ("y = 1", "y = 0"), value="y = 1"),
        Check("squared", "the squared error (y − p)² beside it", value=False),
    )
    grid = np.linspace(-8, 8, 641)

    def draw(self, figure):
        self.panels = figure.subplots(1, 2)
        plots.log_loss_curves(*self.panels)
        self.panels[0].set_title("Over p: a wall at confident and wrong")
        self.panels[1].set_title("Over s: a straight line without an end")
        self.p = losses.sigmoid(self.grid)
        self.own = [ax.plot([], [], linewidth=11, alpha=0.25)[0] for ax in self.panels]
        self.flat = [ax.plot([], [], **theme.line("squared"))[0] for ax in self.panels]
        self.flat_name = self.panels[1].text(0, 0.25, "(y − p)²", color=theme.STYLES["squared"]["color"], va="bottom")
        self.tangents = [ax.plot([], [], color=theme.INK, lw=1.2)[0] for ax in self.panels]
        look = theme.dots("model", markersize=11, color=theme.INK, clip_on=False)
        self.dots = [ax.plot([], [], **look)[0] for ax in self.panels]
        return [*self.own, *self.flat, self.flat_name, *self.tangents, *self.dots]

    def update(self, score, target, squared):
        y = int(target == "y = 1")
        (loss,), (slope,) = plots.log_loss([score], y)
        p = float(losses.sigmoid(score))
        slope_in_p = -1 / p if y else 1 / (1 - p)
        style = theme.line(plots.CLASSES[y])
        for own, flat, x in zip(self.own, self.flat, (self.p, self.grid), strict=True):
            own.set_data(x, plots.log_loss(self.grid, y)[0])
            own.set_color(style["color"])
            flat.set_data(x, (y - self.p) ** 2)
            flat.set_visible(squared)
        self.flat_name.set(visible=squared, x=-7.6 if y else 7.6, y=1.1, ha="left" if y else "right")
        for tangent, dot, x, rise in zip(self.tangents, self.dots, (p, score), (slope_in_p, slope), strict=True):
            tangent.set_data(*_piece(tangent.axes, x, loss, rise))
            dot.set_data([x], [loss])
        words = f"−log p = {loss:.3f}" if y else f"−log(1 − p) = {loss:.3f}"
        beside = f"   squared error {(y - p) ** 2:.3f}" if squared else ""
        return (
            f"s = {minus(score)}   p = {p:.4f}   target {y}   loss {words} nats   "
            f"slope in p {minus(slope_in_p)}, in s {minus(slope, 3)}{beside}"
        )

    def draggable(self):
        return self.panels

    def drag(self, drag: Drag):
        x = self.p if drag.axes is self.panels[0] else self.grid
        curves = {f"y = {y}": plots.log_loss(self.grid, y)[0] for y in (1, 0)}
        took = min(curves, key=lambda target: drag.reach(x, curves[target]).min())
        place = replace(drag, start=drag.now).reach(x, curves[took]).argmin()
        return {"target": took, "score": float(self.grid[place])}


def _piece(axes: Axes, x: float, y: float, slope: float, length: float = 90.0) -> tuple[list, list]:
    """Return a piece of a straight line about a data point, so many CSS pixels long whatever its slope."""
    (x0, y0), (x1, y1) = axes.transData.transform([(x, y), (x + 1, y + slope)])
    half = 0.5 * length * axes.figure.dpi / 100 / np.hypot(x1 - x0, y1 - y0)
    return [x - half, x + half], [y - half * slope, y + half * slope]


def log_loss_curve(**start) -> LiveFigure:
    """Drag an example along the curve of its cross-entropy.

    Parameters
    ----------
    **start
        Where to begin: `score`, `target` ("y = 1" or "y = 0"), `squared`.

    Raises
    ------
    ValueError
        If a name is unknown or a value is not allowed.

    Examples
    --------
    >>> log_loss_curve(score=0).readout.partition("   slope")[0]
    's = 0.00   p = 0.5000   target 1   loss −log p = 0.693 nats'
    """
    return LiveFigure(LogLossCurve(), **start)


# ---------------------------------------------------------------------- losses over the margin


class MarginLosses(Scene):
    """Value and slope of four losses over the margin."""

    title = "Four losses over the margin: what they cost, and how hard they pull"
    size = (10, 4.2)
    controls = (
        Range("margin", "margin y s", -3, 3, step=0.05, value=-1.0),
        Check("bits", "logistic loss in bits (log₂)", value=False),
    )
    roles = ("zero_one", "hinge", "squared_hinge", "logistic")

    def draw(self, figure):
        self.panels = figure.subplots(1, 2)
        drawn = plots.margin_curves(*self.panels, self.roles)
        self.panels[0].set(ylim=(-0.25, 6), title="What it costs: drag the line")
        self.panels[1].set(ylim=(-8.4, 0.6), title="How hard it pulls")
        self.logistic = drawn[self.roles.index("logistic")]
        self.grid = self.logistic[0].get_xdata()
        self.here = [ax.axvline(0, color=theme.INK, lw=1) for ax in self.panels]
        self.dots = [
            [ax.plot([], [], **theme.dots(role, markersize=9))[0] for ax in self.panels] for role in self.roles
        ]
        figure.legend(handles=[pair[0] for pair in drawn], loc="outside lower center", ncols=len(self.roles))
        return [*self.logistic, *self.here, *(dot for pair in self.dots for dot in pair)]

    def update(self, margin, bits):
        base = 2 if bits else np.e
        for line, y in zip(self.logistic, plots.margin_curve("logistic", self.grid, base), strict=True):
            line.set_ydata(y)
        for line in self.here:
            line.set_xdata([margin, margin])
        words = []
        for role, pair in zip(self.roles, self.dots, strict=True):
            (value,), (slope,) = plots.margin_curve(role, [margin], base)
            for dot, y in zip(pair, (value, slope), strict=True):
                dot.set_data([margin], [y])
            name = "logistic in bits" if bits and role == "logistic" else plots.NAMES[role]
            words.append(f"{name} {value:.3f}, slope {minus(slope)}")
        return f"margin {minus(margin)}   " + "   ".join(words)

    def draggable(self):
        return self.panels

    def drag(self, drag: Drag):
        return {"margin": drag.now[0]}


def margin_losses(**start) -> LiveFigure:
    """Drag a margin along four losses.

    Parameters
    ----------
    **start
        Where to begin: `margin`, `bits`.

    Raises
    ------
    ValueError
        If a name is unknown or a value is not allowed.

    Examples
    --------
    >>> margin_losses(margin=-1).readout.partition("   squared")[0]
    'margin −1.00   0–1 1.000, slope 0.00   hinge 2.000, slope −1.00'
    """
    return LiveFigure(MarginLosses(), **start)


# ---------------------------------------------------------------------- a boundary in the plane


class Boundary(Scene):
    """Two classes, a boundary to be dragged, and what each point costs under three losses."""

    title = "A decision boundary, its points, and what each of them costs under three losses"
    size = (10, 5)
    roles = ("logistic", "hinge", "squared")
    names = ("BCE", "hinge", "squared error")
    n = 60
    wrong = 43  # deep in its own class: with the other label it is confident and wrong
    controls = (
        Range("angle", "direction", -180, 179, step=1, value=-100, unit="°"),
        Range("offset", "offset", -4, 4, step=0.05, value=0.5),
        Range("steepness", "steepness ‖w‖", 0.2, 8, step=0.05, value=1.0),
        Range("point", "chosen point", 1, 60, step=1, value=42),
        Choice("size", "area of a point", names, value="BCE"),
        Check("mislabelled", "give one point the wrong label", value=False),
        Button("best", "Go to the least BCE"),
    )
    arm = 2.5  # how far from the boundary's foot it is turned
    elbow = -1.3  # and where its steepness is taken hold of
    longest = 7.9  # a bar longer than this runs out of its panel

    def draw(self, figure):
        panels = figure.subplot_mosaic([["plane", "curves"], ["plane", "bars"]], width_ratios=[1, 1.05])
        self.plane, self.curves, self.bars = panels["plane"], panels["curves"], panels["bars"]
        self.x, self.label = data.blobs(n=self.n, classes=2, spread=1.2)
        return [*self.draw_plane(), *self.draw_curves(), *self.draw_bars()]

    def draw_plane(self):
        plots.frame_plane(self.plane, self.x, self.label)
        self.plane.set_title("Drag the handles; click a point")
        self.lines = plots.boundary(self.plane, (1, 0), 0)
        # a marker is painted ten times as fast as a text
        self.levels = [
            self.plane.plot([], [], color=theme.INK, linestyle="none", marker=f"${sign}1$", markersize=15)[0]
            for sign in "-+"
        ]
        self.clouds = [
            self.plane.scatter(*self.x.T, s=0, alpha=0.7, linewidths=0, **_look(role)) for role in plots.CLASSES
        ]
        self.crosses = self.plane.plot([], [], "x", color=theme.INK, markersize=6, mew=1.2)[0]
        self.ring = self.plane.plot([], [], "o", color=theme.INK, markersize=17, fillstyle="none", mew=1.8)[0]
        self.lie = self.plane.text(
            *self.x[self.wrong] + (-0.2, -0.95), "wrong label", color=theme.INK, ha="center", weight="bold"
        )
        grip = dict(color=theme.INK, markeredgecolor=theme.PAPER, markersize=12)
        self.handles = [
            self.plane.plot([], [], **theme.dots("model", marker=marker, **grip))[0] for marker in ("s", "o", "D")
        ]
        return [*self.lines, *self.levels, *self.clouds, self.crosses, self.ring, self.lie, *self.handles]

    def draw_curves(self):
        plots.margin_curves(self.curves, None, self.roles, reach=6)
        self.curves.set(ylim=(-0.6, 7), title="Where the margins lie", xlabel="margin", ylabel="loss")
        for role, *place, name in (
            ("logistic", -5.4, 3.4, "BCE"),
            ("hinge", -3.9, 5.9, "hinge"),
            ("squared", -5.9, 1.75, "squared error"),
        ):
            self.curves.text(*place, name, color=theme.STYLES[role]["color"], va="center")
        self.rugs = [
            self.curves.plot([], [], **theme.dots(role, markersize=4.5, alpha=0.5))[0] for role in plots.CLASSES
        ]
        self.here = self.curves.axvline(0, color=theme.INK, lw=1)
        self.marks = [self.curves.plot([], [], **theme.dots(role, markersize=9))[0] for role in self.roles]
        self.beyond = self.curves.plot([], [], color=theme.INK, linestyle="none", markersize=11)[
            0
        ]  # the panel ends here
        return [*self.rugs, self.here, *self.marks, self.beyond]

    def draw_bars(self):
        places = np.arange(3)[::-1]
        colors = [theme.STYLES[role]["color"] for role in self.roles]
        self.own = self.bars.barh(places + 0.15, [0, 0, 0], 0.5, color=colors)
        self.mean = self.bars.barh(places - 0.22, [0, 0, 0], 0.24, color=theme.STYLES["data"]["color"])
        self.tips = [self.bars.text(0, y, "", va="center_baseline") for y in places + 0.15]
        self.bars.set(xlim=(0, 8), ylim=(-0.6, 2.6), yticks=places, yticklabels=("BCE", "hinge", "squared\nerror"))
        self.bars.set(xlabel="loss (share of the total)", title="Chosen point; grey: mean")
        return [*self.own, *self.mean, *self.tips]

    def update(self, angle, offset, steepness, point, size, mislabelled):
        across, along = directions(angle)
        chosen = int(point) - 1
        label = self.labelled(mislabelled)
        score = steepness * (self.x @ across - offset)
        margin = (2 * label - 1) * score
        cost = np.stack([plots.margin_curve(role, margin)[0] for role in self.roles])
        own, mean = cost[:, chosen], cost.mean(axis=1)
        share = 100 * own / np.maximum(cost.sum(axis=1), 1e-300)

        weights, bias = steepness * across, -steepness * offset
        for line, level in zip(self.lines, (0, -1, 1), strict=True):
            line.set_data(*plots.level_ends(weights, bias, level).T)
        for level, side in zip(self.levels, (-1, 1), strict=True):
            level.set_data(*((offset + side * (1 / steepness + 0.35)) * across + 3.4 * along)[:, None])
        for handle, place in zip(self.handles, self.grips(angle, offset, steepness), strict=True):
            handle.set_data(*place.reshape(-1, 2).T)
        area = 14 + 45 * cost[self.names.index(size)]
        for number, cloud in enumerate(self.clouds):
            cloud.set_sizes(np.where(label == number, area, 0))
        missed = margin <= 0
        self.crosses.set_data(*self.x[missed].T)
        self.ring.set_data(*self.x[[chosen]].T)
        self.lie.set_visible(mislabelled)

        for number, rug in enumerate(self.rugs):
            rug.set_data(margin[label == number].clip(-5.9, 5.9), np.full((label == number).sum(), -0.3))
        shown = margin[chosen].clip(-5.7, 5.7)
        self.here.set_xdata([shown, shown])
        for mark, role in zip(self.marks, self.roles, strict=True):
            mark.set_data([shown], plots.margin_curve(role, [shown])[0])
        self.beyond.set_data([shown] * int(shown != margin[chosen]), [2.9] * int(shown != margin[chosen]))
        self.beyond.set_marker("<" if shown < 0 else ">")

        for bar, value in zip([*self.own, *self.mean], [*own, *mean], strict=True):
            bar.set_width(min(value, self.longest))
        for tip, value, part in zip(self.tips, own, share, strict=True):
            length = min(value, self.longest)
            inside = length > 0.6 * self.longest
            tip.set_text(f"{value:.2f} ({part:.0f} %){' →' if value > length else ''}")
            tip.set(x=length - 0.12 if inside else length + 0.12, ha="right" if inside else "left")
            tip.set_color(theme.PAPER if inside else theme.INK)

        p = float(losses.sigmoid(score[chosen]))
        values, means = (
            ", ".join(f"{name} {value:.3f}" for name, value in zip(self.names, of, strict=True)) for of in (own, mean)
        )
        return (
            f"point {chosen + 1}, class {label[chosen]}: score {minus(score[chosen])}, p = {p:.4f}, "
            f"margin {minus(margin[chosen])}: {values}   "
            f"mean of {self.n}: {means}   on the wrong side: {missed.sum()}   "
            f"largest: point {area.argmax() + 1}, {size} {cost[self.names.index(size)].max():.3f}"
        )

    def labelled(self, mislabelled: bool) -> np.ndarray:
        """Return the classes, one of them turned round if so wished."""
        label = self.label.copy()
        label[self.wrong] ^= mislabelled
        return label

    def grips(self, angle, offset, steepness) -> list[np.ndarray]:
        """Return where the boundary is moved, where it is turned (two places), and where it is made steeper."""
        across, along = directions(angle)
        foot = offset * across
        turn = np.stack([foot - self.arm * along, foot + self.arm * along])
        return [foot, turn, foot + across / steepness + self.elbow * along]

    def press(self, name, values):
        return least_bce(self.x, self.labelled(values["mislabelled"]))

    def draggable(self):
        return [self.plane]

    def drag(self, drag: Drag):
        angle, offset, steepness = (drag.values[name] for name in ("angle", "offset", "steepness"))
        across, _ = directions(angle)
        move, turn, steep = self.grips(angle, offset, steepness)
        grips = {"move": move, "forward": turn[1], "back": turn[0], "steep": steep}
        took = min(grips, key=lambda name: drag.reach(*grips[name]))
        now = np.array(drag.now)
        if drag.reach(*grips[took]) > GRIP:
            near = drag.reach(*self.x.T)
            return {"point": float(near.argmin() + 1)} if near.min() < GRIP else {}
        if took == "move":
            return {"offset": offset + (now - drag.start) @ across}
        if took == "steep":
            return {"steepness": 1 / max(float((now - move) @ across), 0.1)}
        # the boundary turns about the middle of the plane: its distance from there stays
        ahead = np.arctan2(self.arm if took == "forward" else -self.arm, offset)
        return {"angle": (np.degrees(np.arctan2(now[1], now[0]) - ahead) + 180) % 360 - 180}


def _look(role: str) -> dict:
    return {key: theme.STYLES[role][key] for key in ("color", "marker")}


def directions(angle: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the unit vector across a boundary, towards class 1, and the one along it."""
    turn = np.radians(angle)
    return np.array([np.cos(turn), np.sin(turn)]), np.array([-np.sin(turn), np.cos(turn)])


def least_bce(x: np.ndarray, label: np.ndarray) -> dict[str, float]:
    """Return direction, offset and steepness of the boundary with the least BCE, found by Newton's method."""
    with_1 = np.column_stack([x, np.ones(len(x))])
    w = np.zeros(3)
    for _ in range(12):
        p = losses.sigmoid(with_1 @ w)
        w -= np.linalg.solve(with_1.T * (p * (1 - p)) @ with_1, with_1.T @ (p - label))
    size = np.hypot(w[0], w[1])
    return {
        "angle": float(np.degrees(np.arctan2(w[1], w[0]))),
        "offset": float(-w[2] / size),
        "steepness": float(size),
    }


def boundary(**start) -> LiveFigure:
    """Drag a decision boundary, and see what its points cost under BCE, hinge and squared error.

    Parameters
    ----------
    **start
        Where to begin: `angle`, `offset`, `steepness`, `point` (from 1 to 60), `size` ("BCE", "hinge" or "squared
        error"), `mislabelled`.

    Raises
    ------
    ValueError
        If a name is unknown or a value is not allowed.

    Examples
    --------
    >>> boundary(angle=-139, offset=-0.1, steepness=3.45).readout.partition("   on the ")[2]
    'wrong side: 2   largest: point 45, BCE 2.222'
    """
    return LiveFigure(Boundary(), **start)


# ---------------------------------------------------------------------- a constant in the logarithm


class Clipping(Scene):
    """A constant added in the logarithm, and what it does at both ends."""

    title = "−log(p + ε): a ceiling for the wrong, a discount for the perfect"
    size = (10, 4.2)
    controls = (
        Range("epsilon", "exponent of ε", -15, -1, step=0.25, value=-7),
        Range("p", "exponent of p", -20, 0, step=0.25, value=-10),
    )

    def draw(self, figure):
        panels = figure.subplot_mosaic([["left", "top"], ["left", "bottom"]], width_ratios=[1.4, 1])
        self.left, self.top, self.bottom = panels["left"], panels["top"], panels["bottom"]
        self.grid = np.linspace(-20, 0, 401)
        self.left.plot(10**self.grid, plots.clipped(self.grid, 0), **theme.line("logistic"))
        self.left.set(xscale="log", xlim=(1e-20, 3), ylim=(-2, 48), ylabel="loss (nats)")
        self.left.set(xlabel="p, the probability of the true class", title="Drag p along, or the ceiling up and down")
        blue, orange = (theme.STYLES[role]["color"] for role in ("logistic", "prediction"))
        self.left.text(3e-18, 43.5, "−log p", color=blue)
        self.curve = self.left.plot([], [], **theme.line("prediction", linewidth=3))[0]
        self.name = self.left.text(2e-20, 0, "", color=orange, va="top")
        self.dots = [self.left.plot([], [], **theme.dots(r, markersize=10))[0] for r in ("logistic", "prediction")]
        self.gap = self.left.plot([], [], color=theme.INK, lw=1.2)[0]

        epsilon = 10 ** np.linspace(-15, -1, 141)
        self.top.plot(epsilon, -np.log(epsilon), **theme.line("prediction"))
        self.top.set(xscale="log", ylim=(0, 40), ylabel="nats", title="The ceiling, −log ε")
        self.bottom.plot(epsilon, np.log1p(epsilon), **theme.line("prediction"))
        self.bottom.set(xscale="log", yscale="log", ylabel="nats below 0", xlabel="ε")
        self.bottom.set(yticks=[1e-15, 1e-10, 1e-5, 1], title="The discount, log(1 + ε)")
        for ax in (self.top, self.bottom):
            ax.set_xlim(4e-16, 0.3)
        self.here = [ax.plot([], [], **theme.dots("prediction", markersize=10))[0] for ax in (self.top, self.bottom)]
        return [self.curve, self.name, self.gap, *self.dots, *self.here]

    def update(self, epsilon, p):
        constant, probability = 10**epsilon, 10**p
        cap, discount = -np.log(constant), np.log1p(constant)
        exact, with_it = -np.log(probability) + 0.0, -np.log(probability + constant)
        self.curve.set_data(10**self.grid, plots.clipped(self.grid, constant))
        self.name.set(text=f"with ε = {short(constant, 2)}", y=min(cap - 1.2, 27) if cap > 8 else cap + 4.2)
        self.gap.set_data([probability] * 2, [exact, with_it])
        for dot, y in zip(self.dots, (exact, with_it), strict=True):
            dot.set_data([probability], [y])
        for dot, y in zip(self.here, (cap, discount), strict=True):
            dot.set_data([constant], [y])
        return (
            f"ε = {short(constant, 2)}: ceiling {cap:.3f}, loss of a perfect prediction {short(-discount)}   "
            f"p = {short(probability, 2)}: −log p = {exact:.3f}, with ε {minus(with_it, 3)}"
        )

    def draggable(self):
        return [self.left, self.top, self.bottom]

    def drag(self, drag: Drag):
        if drag.axes is not self.left:
            return {"epsilon": np.log10(drag.now[0])}
        epsilon, p = drag.values["epsilon"], drag.values["p"]
        cap = -epsilon * np.log(10)
        on_ceiling = drag.start[0] < 10 ** (epsilon - 0.5) and drag.reach(drag.start[0], cap) < GRIP
        if on_ceiling and all(drag.reach(10**p, y) > GRIP for y in plots.clipped([p], 10**epsilon)):
            return {"epsilon": -drag.now[1] / np.log(10)}
        return {"p": np.log10(drag.now[0])}


def clipping(**start) -> LiveFigure:
    """Add a constant in the logarithm, and see what it does to the wrong and to the perfect.

    Parameters
    ----------
    **start
        Where to begin: `epsilon` and `p`, as powers of ten.

    Raises
    ------
    ValueError
        If a name is unknown or a value is not allowed.

    Examples
    --------
    >>> clipping(epsilon=-7).readout.partition("   p")[0]
    'ε = 1e−7: ceiling 16.118, loss of a perfect prediction −1e−7'
    """
    return LiveFigure(Clipping(), **start)
