"""The explorers of lesson 04: a point on the log loss, the margin losses, a boundary with its points, a clipped log."""

from dataclasses import replace

import numpy as np
from matplotlib.axes import Axes

from .. import losses, theme
from ..experiments import classification_losses as experiment
from ..live import GRIP, Button, Check, Choice, Handle, Range, Scene, explorer
from ..plots import classification_losses as plots
from ..plots.numbers import minus, short

# ---------------------------------------------------------------------- −log p


class LogLossCurve(Scene):
    """Drag an example along the curve of its cross-entropy.

    Examples
    --------
    >>> log_loss_curve(score=0).readout.partition("   slope")[0]
    's = 0.00   p = 0.5000   target 1   loss −log p = 0.693 nats'
    """

    title = "What a probability costs, over the probability and over its score"
    size = (10, 4.2)
    controls = (
        Range("score", "score s", -8, 8, step=0.05, value=-2.0),
        Choice("target", "target", ("y = 1", "y = 0"), value="y = 1"),
        Check("squared", "the squared error (y − p)² beside it", value=False),
    )
    handles = (Handle("panels", move="slide"),)

    def draw(self, figure):
        self.panels = figure.subplots(1, 2)
        plots.log_loss_curves(*self.panels)
        self.panels[0].set_title("Over p: a wall at confident and wrong")
        self.panels[1].set_title("Over s: a straight line without an end")
        self.curves = [experiment.log_loss_curve(target, count=641) for target in (0, 1)]
        self.own = [ax.plot([], [], linewidth=11, alpha=0.25)[0] for ax in self.panels]
        self.flat = [ax.plot([], [], **theme.line("squared"))[0] for ax in self.panels]
        self.flat_name = self.panels[1].text(0, 0.25, "(y − p)²", color=theme.STYLES["squared"]["color"], va="bottom")
        self.tangents = [ax.plot([], [], color=theme.INK, lw=1.2)[0] for ax in self.panels]
        look = theme.dots("model", markersize=11, color=theme.INK, clip_on=False)
        self.dots = [ax.plot([], [], **look)[0] for ax in self.panels]
        return [*self.own, *self.flat, self.flat_name, *self.tangents, *self.dots]

    def update(self, score, target, squared):
        y = int(target == "y = 1")
        here, curve = experiment.one_example(score, y), self.curves[y]
        style = theme.line(plots.CLASSES[y])
        for own, flat, x in zip(self.own, self.flat, (curve.probability, curve.score), strict=True):
            own.set_data(x, curve.loss)
            own.set_color(style["color"])
            flat.set_data(x, curve.squared)
            flat.set_visible(squared)
        self.flat_name.set(visible=squared, x=-7.6 if y else 7.6, y=1.1, ha="left" if y else "right")
        places = (here.probability, here.slope_in_p), (score, here.slope_in_score)
        for tangent, dot, (x, slope) in zip(self.tangents, self.dots, places, strict=True):
            tangent.set_data(*_piece(tangent.axes, x, here.loss, slope))
            dot.set_data([x], [here.loss])
        words = f"−log p = {here.loss:.3f}" if y else f"−log(1 − p) = {here.loss:.3f}"
        beside = f"   squared error {here.squared:.3f}" if squared else ""
        return (
            f"s = {minus(score)}   p = {here.probability:.4f}   target {y}   loss {words} nats   "
            f"slope in p {minus(here.slope_in_p)}, in s {minus(here.slope_in_score, 3)}{beside}"
        )

    def slide(self, drag):
        """Move the example along the nearer curve, to the place nearest to the hand."""
        x = [curve.probability if drag.axes is self.panels[0] else curve.score for curve in self.curves]
        took = min((1, 0), key=lambda y: drag.reach(x[y], self.curves[y].loss).min())
        place = replace(drag, start=drag.now).reach(x[took], self.curves[took].loss).argmin()
        return {"target": f"y = {took}", "score": float(self.curves[took].score[place])}


def _piece(axes: Axes, x: float, y: float, slope: float, length: float = 90.0) -> tuple[list, list]:
    """Return a piece of a straight line about a data point: so many CSS pixels long, for any slope."""
    (x0, y0), (x1, y1) = axes.transData.transform([(x, y), (x + 1, y + slope)])
    half = 0.5 * length * axes.figure.dpi / 100 / np.hypot(x1 - x0, y1 - y0)
    return [x - half, x + half], [y - half * slope, y + half * slope]


# ---------------------------------------------------------------------- losses over the margin


class MarginLosses(Scene):
    """Drag a margin along four losses.

    Examples
    --------
    >>> margin_losses(margin=-1).readout.partition("   squared")[0]
    'margin −1.00   0–1 1.000, slope 0.00   hinge 2.000, slope −1.00'
    """

    title = "Four losses over the margin: what they cost, and how hard they pull"
    size = (10, 4.2)
    controls = (
        Range("margin", "margin y s", -3, 3, step=0.05, value=-1.0),
        Check("bits", "logistic loss in bits (log₂)", value=False),
    )
    handles = (Handle("panels", x="margin"),)
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
        for line, y in zip(self.logistic, experiment.margin_curve("logistic", self.grid, base), strict=True):
            line.set_ydata(y)
        for line in self.here:
            line.set_xdata([margin, margin])
        words = []
        for role, pair in zip(self.roles, self.dots, strict=True):
            (value,), (slope,) = experiment.margin_curve(role, [margin], base)
            for dot, y in zip(pair, (value, slope), strict=True):
                dot.set_data([margin], [y])
            name = "logistic in bits" if bits and role == "logistic" else experiment.NAMES[role]
            words.append(f"{name} {value:.3f}, slope {minus(slope)}")
        return f"margin {minus(margin)}   " + "   ".join(words)


# ---------------------------------------------------------------------- a boundary in the plane


class Boundary(Scene):
    """Drag a decision boundary, and see what its points cost under BCE, hinge and squared error.

    Examples
    --------
    >>> boundary(angle=-139, offset=-0.1, steepness=3.45).readout.partition("   on the ")[2]
    'wrong side: 2   largest: point 45, BCE 2.222'
    """

    title = "A decision boundary, its points, and what each of them costs under three losses"
    size = (10, 5)
    names, roles = tuple(experiment.COMPARED), tuple(experiment.COMPARED.values())
    controls = (
        Range("angle", "direction", -180, 179, step=1, value=-100, unit="°"),
        Range("offset", "offset", -4, 4, step=0.05, value=0.5),
        Range("steepness", "steepness ‖w‖", 0.2, 8, step=0.05, value=1.0),
        Range("point", "chosen point", 1, experiment.POINTS, step=1, value=42),
        Choice("size", "area of a point", names, value="BCE"),
        Check("mislabelled", "give one point the wrong label", value=False),
        Button("best", "Go to the least BCE"),
    )
    handles = (Handle("plane", at="places", move="pull"), Handle("plane", move="choose"))
    arm = 2.5  # distance from the boundary's foot to the handles that turn it
    elbow = -1.3  # and to the handle for its steepness
    longest = 7.9  # a longer bar does not fit in its panel

    def draw(self, figure):
        panels = figure.subplot_mosaic([["plane", "curves"], ["plane", "bars"]], width_ratios=[1, 1.05])
        self.plane, self.curves, self.bars = panels["plane"], panels["curves"], panels["bars"]
        return [*self.draw_plane(), *self.draw_curves(), *self.draw_bars()]

    def draw_plane(self):
        x, label = experiment.two_classes()
        plots.frame_plane(self.plane, x, label)
        self.plane.set_title("Drag the handles; click a point")
        self.lines = plots.boundary(self.plane, (1, 0), 0)
        # painting a marker is ten times as fast as painting a text
        self.levels = [
            self.plane.plot([], [], color=theme.INK, linestyle="none", marker=f"${sign}1$", markersize=15)[0]
            for sign in "-+"
        ]
        self.clouds = [self.plane.scatter(*x.T, s=0, alpha=0.7, linewidths=0, **_look(role)) for role in plots.CLASSES]
        self.crosses = self.plane.plot([], [], "x", color=theme.INK, markersize=6, mew=1.2)[0]
        self.ring = self.plane.plot([], [], "o", color=theme.INK, markersize=17, fillstyle="none", mew=1.8)[0]
        self.lie = self.plane.text(
            *x[experiment.WRONG] + (-0.2, -0.95), "wrong label", color=theme.INK, ha="center", weight="bold"
        )
        grip = dict(color=theme.INK, markeredgecolor=theme.PAPER, markersize=12)
        self.knobs = [
            self.plane.plot([], [], **theme.dots("model", marker=marker, **grip))[0] for marker in ("s", "o", "D")
        ]
        return [*self.lines, *self.levels, *self.clouds, self.crosses, self.ring, self.lie, *self.knobs]

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
        # a point beyond the end of the panel
        self.beyond = self.curves.plot([], [], color=theme.INK, linestyle="none", markersize=11)[0]
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
        x, label = experiment.two_classes(mislabelled)
        score, margin, cost = experiment.costs(x, label, angle, offset, steepness)
        chosen, shown, missed = int(point) - 1, cost[self.names.index(size)], margin <= 0
        own, mean = cost[:, chosen], cost.mean(axis=1)
        self.move_boundary(angle, offset, steepness)
        area = 14 + 45 * shown
        for number, cloud in enumerate(self.clouds):
            cloud.set_sizes(np.where(label == number, area, 0))
        self.crosses.set_data(*x[missed].T)
        self.ring.set_data(*x[[chosen]].T)
        self.lie.set_visible(mislabelled)
        self.move_marks(margin, label, chosen)
        self.fill_bars(own, mean, 100 * own / np.maximum(cost.sum(axis=1), 1e-300))
        values, means = (
            ", ".join(f"{name} {value:.3f}" for name, value in zip(self.names, of, strict=True)) for of in (own, mean)
        )
        return (
            f"point {chosen + 1}, class {label[chosen]}: score {minus(score[chosen])}, "
            f"p = {losses.sigmoid(score[chosen]):.4f}, margin {minus(margin[chosen])}: {values}   "
            f"mean of {len(x)}: {means}   on the wrong side: {missed.sum()}   "
            f"largest: point {area.argmax() + 1}, {size} {shown.max():.3f}"
        )

    def move_boundary(self, angle, offset, steepness):
        across, along = experiment.directions(angle)
        weights, bias = steepness * across, -steepness * offset
        for line, level in zip(self.lines, (0, -1, 1), strict=True):
            line.set_data(*plots.level_ends(weights, bias, level).T)
        for level, side in zip(self.levels, (-1, 1), strict=True):
            level.set_data(*((offset + side * (1 / steepness + 0.35)) * across + 3.4 * along)[:, None])
        for knob, place in zip(self.knobs, self.grips(angle, offset, steepness), strict=True):
            knob.set_data(*place.reshape(-1, 2).T)

    def move_marks(self, margin, label, chosen):
        for number, rug in enumerate(self.rugs):
            rug.set_data(margin[label == number].clip(-5.9, 5.9), np.full((label == number).sum(), -0.3))
        shown = margin[chosen].clip(-5.7, 5.7)
        self.here.set_xdata([shown, shown])
        for mark, role in zip(self.marks, self.roles, strict=True):
            mark.set_data([shown], experiment.margin_curve(role, [shown])[0])
        self.beyond.set_data([shown] * int(shown != margin[chosen]), [2.9] * int(shown != margin[chosen]))
        self.beyond.set_marker("<" if shown < 0 else ">")

    def fill_bars(self, own, mean, share):
        for bar, value in zip([*self.own, *self.mean], [*own, *mean], strict=True):
            bar.set_width(min(value, self.longest))
        for tip, value, part in zip(self.tips, own, share, strict=True):
            length = min(value, self.longest)
            inside = length > 0.6 * self.longest
            tip.set_text(f"{value:.2f} ({part:.0f} %){' →' if value > length else ''}")
            tip.set(x=length - 0.12 if inside else length + 0.12, ha="right" if inside else "left")
            tip.set_color(theme.PAPER if inside else theme.INK)

    def press(self, name, values):
        return experiment.least_bce(*experiment.two_classes(values["mislabelled"]))

    def grips(self, angle, offset, steepness) -> list[np.ndarray]:
        """Return where the boundary is moved, where it is turned (two places), and where it is made steeper."""
        across, along = experiment.directions(angle)
        foot = offset * across
        turn = np.stack([foot - self.arm * along, foot + self.arm * along])
        return [foot, turn, foot + across / steepness + self.elbow * along]

    def places(self, drag):
        return np.vstack(self.grips(*(drag.values[name] for name in ("angle", "offset", "steepness"))))

    def pull(self, drag):
        """Move, turn or steepen the boundary: the hand took one of the four places of `grips`."""
        offset, now = drag.values["offset"], self.places(drag)[drag.index] + drag.way
        across, _ = experiment.directions(drag.values["angle"])
        match drag.index:
            case 0:
                return {"offset": offset + drag.way @ across}
            case 3:
                return {"steepness": 1 / max(float((now - offset * across) @ across), 0.1)}
        # the boundary turns about the middle of the plane: its distance from there stays
        ahead = np.arctan2(self.arm if drag.index == 2 else -self.arm, offset)
        return {"angle": (np.degrees(np.arctan2(now[1], now[0]) - ahead) + 180) % 360 - 180}

    def choose(self, drag):
        """Choose the point that was clicked."""
        near = drag.reach(*experiment.two_classes()[0].T)
        return {"point": float(near.argmin() + 1)} if near.min() < GRIP else {}


def _look(role: str) -> dict:
    return {key: theme.STYLES[role][key] for key in ("color", "marker")}


# ---------------------------------------------------------------------- a constant in the logarithm


class Clipping(Scene):
    """Add a constant in the logarithm, and see what it does to the wrong and to the perfect.

    Examples
    --------
    >>> clipping(epsilon=-7).readout.partition("   p")[0]
    'ε = 1e−7: ceiling 16.118, loss of a perfect prediction −1e−7'
    """

    title = "−log(p + ε): a ceiling for the wrong, a discount for the perfect"
    size = (10, 4.2)
    controls = (
        Range("epsilon", "exponent of ε", -15, -1, step=0.25, value=-7),
        Range("p", "exponent of p", -20, 0, step=0.25, value=-10),
    )
    handles = (
        Handle("left", at="ceiling", move="lift"),
        Handle("left", move="slide"),
        Handle(("top", "bottom"), move="set_constant"),
    )

    def draw(self, figure):
        panels = figure.subplot_mosaic([["left", "top"], ["left", "bottom"]], width_ratios=[1.4, 1])
        self.left, self.top, self.bottom = panels["left"], panels["top"], panels["bottom"]
        self.grid = np.linspace(-20, 0, 401)
        self.left.plot(10**self.grid, experiment.clipped(self.grid, 0), **theme.line("logistic"))
        self.left.set(xscale="log", xlim=(1e-20, 3), ylim=(-2, 48), ylabel="loss (nats)")
        self.left.set(xlabel="p, the probability of the true class", title="Drag p along, or the ceiling up and down")
        blue, orange = (theme.STYLES[role]["color"] for role in ("logistic", "prediction"))
        self.left.text(3e-18, 43.5, "−log p", color=blue)
        self.curve = self.left.plot([], [], **theme.line("prediction", linewidth=3))[0]
        self.curve_name = self.left.text(2e-20, 0, "", color=orange, va="top")
        self.dots = [self.left.plot([], [], **theme.dots(r, markersize=10))[0] for r in ("logistic", "prediction")]
        self.gap = self.left.plot([], [], color=theme.INK, lw=1.2)[0]

        epsilon = 10 ** np.linspace(-15, -1, 141)
        self.top.plot(epsilon, experiment.ceiling(epsilon), **theme.line("prediction"))
        self.top.set(xscale="log", ylim=(0, 40), ylabel="nats", title="The ceiling, −log ε")
        self.bottom.plot(epsilon, experiment.discount(epsilon), **theme.line("prediction"))
        self.bottom.set(xscale="log", yscale="log", ylabel="nats below 0", xlabel="ε")
        self.bottom.set(yticks=[1e-15, 1e-10, 1e-5, 1], title="The discount, log(1 + ε)")
        for ax in (self.top, self.bottom):
            ax.set_xlim(4e-16, 0.3)
        self.here = [ax.plot([], [], **theme.dots("prediction", markersize=10))[0] for ax in (self.top, self.bottom)]
        return [self.curve, self.curve_name, self.gap, *self.dots, *self.here]

    def update(self, epsilon, p):
        constant, probability = 10**epsilon, 10**p
        cap, discount = experiment.ceiling(constant), experiment.discount(constant)
        exact, with_it = -np.log(probability) + 0.0, -np.log(probability + constant)
        self.curve.set_data(10**self.grid, experiment.clipped(self.grid, constant))
        self.curve_name.set(text=f"with ε = {short(constant, 2)}", y=min(cap - 1.2, 27) if cap > 8 else cap + 4.2)
        self.gap.set_data([probability] * 2, [exact, with_it])
        for dot, y in zip(self.dots, (exact, with_it), strict=True):
            dot.set_data([probability], [y])
        for dot, y in zip(self.here, (cap, discount), strict=True):
            dot.set_data([constant], [y])
        return (
            f"ε = {short(constant, 2)}: ceiling {cap:.3f}, loss of a perfect prediction {short(-discount)}   "
            f"p = {short(probability, 2)}: −log p = {exact:.3f}, with ε {minus(with_it, 3)}"
        )

    def ceiling(self, drag):
        """Return the ceiling's height above the hand; nothing where the curve is below the ceiling or the point is."""
        epsilon, p = drag.values["epsilon"], drag.values["p"]
        on_point = drag.reach(10**p, float(experiment.clipped(p, 10**epsilon))) <= GRIP
        left_of_bend = drag.start[0] < 10 ** (epsilon - 0.5)
        return (drag.start[0], -epsilon * np.log(10)) if left_of_bend and not on_point else (np.nan, np.nan)

    def lift(self, drag):
        return {"epsilon": drag.values["epsilon"] - drag.way[1] / np.log(10)}

    def slide(self, drag):
        return {"p": np.log10(drag.now[0])}

    def set_constant(self, drag):
        return {"epsilon": np.log10(drag.now[0])}


boundary = explorer(Boundary)
clipping = explorer(Clipping)
log_loss_curve = explorer(LogLossCurve)
margin_losses = explorer(MarginLosses)
