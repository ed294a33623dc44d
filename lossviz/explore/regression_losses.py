"""The explorers of lesson 02: the losses as curves, one outlier among good points, and the best constant."""

import numpy as np

from .. import data, models, theme
from ..live import Check, Choice, Drag, LiveFigure, Range, Scene
from ..plots import line_fit as lines
from ..plots import regression_losses as curves
from ..plots.numbers import minus

ROLES = ("mse", "mae", "huber")
LABELS = {"mse": "MSE", "mae": "MAE", "huber": "Huber"}


class LossCurves(Scene):
    """Value and slope of the three losses over the residual."""

    title = "What one residual costs, and how hard it pulls, under three losses"
    controls = (
        Range("r", "residual r", -4, 4, step=0.05, value=2.0),
        Range("delta", "Huber's δ", 0.1, 4, step=0.1, value=1.0),
    )

    def draw(self, figure):
        self.panels = figure.subplots(1, 2)
        self.panels[0].set(ylim=(-0.4, 10), title="What it costs")
        self.panels[1].set(ylim=(-8.5, 8.5), title="How hard it pulls")
        self.residual = np.linspace(-4, 4, 401)
        drawn = curves.curves(*self.panels, ROLES)
        self.huber = drawn[ROLES.index("huber")]
        self.edges = [ax.axvline(x, color=theme.STYLES["huber"]["color"], lw=0.8) for ax in self.panels for x in (0, 0)]
        self.here = [ax.axvline(0, color=theme.INK, lw=1) for ax in self.panels]
        self.dots = [[ax.plot([], [], **theme.dots(role, markersize=9))[0] for ax in self.panels] for role in ROLES]
        figure.legend(handles=[pair[0] for pair in drawn], loc="outside lower center", ncols=len(ROLES))
        return [*self.edges, *self.here, *self.huber, *(dot for pair in self.dots for dot in pair)]

    def update(self, r, delta):
        value, slope = curves.curve("huber", self.residual, delta)
        self.huber[0].set_ydata(value)
        self.huber[1].set_ydata(slope)
        for edge, x in zip(self.edges, (-delta, delta, -delta, delta), strict=True):
            edge.set_xdata([x, x])
        for line in self.here:
            line.set_xdata([r, r])
        words = []
        for role, (value_dot, slope_dot) in zip(ROLES, self.dots, strict=True):
            (value,), (slope,) = curves.curve(role, np.array([r]), delta)
            value_dot.set_data([r], [value])
            slope_dot.set_data([r], [slope])
            words.append(f"{curves.NAMES[role]} {value:.3f}, slope {minus(slope)}")
        return f"r = {minus(r)}   " + "   ".join(words)

    def draggable(self):
        return self.panels

    def drag(self, drag: Drag):
        r, delta = drag.values["r"], drag.values["delta"]
        edge = min((-delta, delta), key=lambda x: drag.reach(x, drag.start[1]))
        if drag.reach(edge, drag.start[1]) < min(12, drag.reach(r, drag.start[1])):
            return {"delta": abs(drag.now[0])}
        return {"r": drag.now[0]}


def loss_curves(**start) -> LiveFigure:
    """Slide a residual along the three losses, and δ along with it.

    Parameters
    ----------
    **start
        Where to begin: `r`, `delta`.

    Raises
    ------
    ValueError
        If a name is unknown or a value is not allowed.

    Examples
    --------
    >>> loss_curves(r=2, delta=1).readout
    'r = 2.00   squared error 4.000, slope 4.00   absolute error 2.000, slope 1.00   Huber 1.500, slope 1.00'
    """
    return LiveFigure(LossCurves(), **start)


class Outlier(Scene):
    """A dozen good points, one that is not, and the line each loss likes best."""

    title = "One outlier, and the lines that three losses fit"
    size = (10, 4.4)
    controls = (
        Range("x", "outlier's x", -5, 5, step=0.1, value=4.0),
        Range("y", "outlier's y", -25, 25, step=0.25, value=-15.0),
        Range("delta", "Huber's δ", 0.1, 20, step=0.1, value=1.0),
        Choice("show", "on the right", ("share of the loss", "share of the pull"), value="share of the loss"),
        Check("there", "the outlier takes part", value=True),
    )

    def draw(self, figure):
        self.left, self.right = figure.subplots(1, 2, width_ratios=[1.25, 1])
        x, y = data.outlier_line()
        self.left.set(xlim=(-5.5, 5.5), ylim=(-27, 27), title="Drag the outlier")
        good = lines.points(self.left, x[:-1], y[:-1], markersize=6, alpha=1)
        self.fits = [lines.model_line(self.left, 0, 0, role) for role in ROLES]
        self.point = self.left.plot([], [], **theme.dots("outlier", markersize=10))[0]
        places = np.arange(len(x))
        self.shares = [
            self.right.plot(places + shift, 0 * places, **theme.dots(role))[0]
            for role, shift in zip(ROLES, (-0.22, 0, 0.22), strict=True)
        ]
        self.right.set(xlim=(-0.7, len(x) - 0.3), ylim=(-4, 104), xlabel="point, from left to right")
        self.right.set(xticks=places[::2], xticklabels=[*range(1, len(x), 2), "out"], ylabel="percent")
        self.right.set_title("What share each point has")
        both = [good, self.point, *zip(self.fits, self.shares, strict=True)]  # a line on the left, dots on the right
        names = ["good points", "outlier", *LABELS.values()]
        figure.legend(handles=both, labels=names, loc="outside lower center", ncols=len(names))
        return [*self.fits, self.point, *self.shares]

    def update(self, x, y, delta, show, there):
        xs, ys = data.outlier_line(x, y)
        weights = np.append(np.ones(len(xs) - 1), float(there))  # a point of weight 0 does not take part
        ends = np.array(self.left.get_xlim())
        slopes, outlier_shares = [], []
        for role, line, dots in zip(ROLES, self.fits, self.shares, strict=True):
            m, c = fitted(role, xs[weights > 0], ys[weights > 0], delta)
            line.set_data(ends, m * ends + c)
            residual = np.round(ys - m * xs - c, 9)  # MAE's line passes through points: there it is 0, not dust
            value, slope = curves.curve(role, residual, delta)
            share = curves.shares(weights * (value if show == "share of the loss" else np.abs(slope)))
            dots.set_ydata(share)
            slopes.append(f"{LABELS[role]} {minus(m)}")
            outlier_shares.append(f"{LABELS[role]} {share[-1]:.0f} %")
        self.point.set_data([x], [y])
        self.point.set_fillstyle("full" if there else "none")
        return f"slope: {', '.join(slopes)}   outlier's {show}: {', '.join(outlier_shares)}"

    def draggable(self):
        return [self.left]

    def drag(self, drag: Drag):
        x, y = drag.values["x"], drag.values["y"]
        if drag.reach(x, y) > 40:
            return {}
        return {"x": x + drag.now[0] - drag.start[0], "y": y + drag.now[1] - drag.start[1]}


def fitted(role: str, x, y, delta: float = 1.0) -> tuple[float, float]:
    """Return slope and intercept of the line with the least loss of the kind `role`: "mse", "mae" or "huber"."""
    if role == "huber":
        return models.least_huber_line(x, y, delta)
    return models.least_squares_line(x, y) if role == "mse" else models.least_absolute_line(x, y)


def outlier(**start) -> LiveFigure:
    """Drag one outlier and watch the three fitted lines disagree.

    Parameters
    ----------
    **start
        Where to begin: `x`, `y`, `delta`, `show`, `there`.

    Raises
    ------
    ValueError
        If a name is unknown or a value is not allowed.

    Examples
    --------
    >>> outlier(there=False).readout.partition("   ")[0]
    'slope: MSE 1.03, MAE 1.06, Huber 1.03'
    """
    return LiveFigure(Outlier(), **start)


class BestConstant(Scene):
    """One number to stand for seven: each loss prefers another."""

    title = "One number for seven values, and what three losses say to it"
    size = (10, 4.2)
    controls = (
        Range("constant", "your constant", 0, 30, step=0.1, value=12.0),
        Range("largest", "largest value", 9, 30, step=0.5, value=24.0),
        Range("delta", "Huber's δ", 0.1, 20, step=0.1, value=3.0),
    )
    others = np.array([1.0, 2.0, 4.0, 5.0, 8.0, 9.0])

    def draw(self, figure):
        self.top, self.bottom = figure.subplots(2, 1, sharex=True, height_ratios=[1, 3])
        self.top.set(xlim=(0, 30), ylim=(-1, 1), yticks=[], title="Drag your constant, or the largest value")
        self.top.plot(self.others, np.zeros(6), **theme.dots("data", markersize=8))
        self.far = self.top.plot([], [], **theme.dots("outlier", markersize=10, clip_on=False))[0]
        self.bottom.set(ylim=(0.9, 3), xlabel="constant prediction", ylabel="loss, as a multiple\nof its least")
        self.grid = np.linspace(0, 30, 301)
        names = {"mse": "MSE: least at the mean", "mae": "MAE: least at the median", "huber": "Huber: between"}
        self.lines = [self.bottom.plot([], [], **theme.line(role, label=names[role]))[0] for role in ROLES]
        self.least = [self.bottom.plot([], [], **theme.dots(role, markersize=10))[0] for role in ROLES]
        self.here = [ax.axvline(0, color=theme.INK, lw=1.2) for ax in (self.top, self.bottom)]
        self.bottom.legend(loc="lower right")
        return [self.far, *self.here, *self.lines, *self.least]

    def update(self, constant, largest, delta):
        values = np.append(self.others, largest)
        best = np.mean(values), np.median(values), models.best_huber_constant(values, delta)
        words = []
        for role, line, dot, place in zip(ROLES, self.lines, self.least, best, strict=True):
            *curve, bottom, mine = curves.constant_curve(role, values, np.append(self.grid, [place, constant]), delta)
            line.set_data(self.grid, curve / bottom)
            dot.set_data([place], [1])
            words.append(f"{LABELS[role]} {mine:.2f} (least {bottom:.2f} at {place:.2f})")
        self.far.set_data([largest], [0])
        for line in self.here:
            line.set_xdata([constant, constant])
        return f"constant {constant:.1f}:   " + "   ".join(words)

    def draggable(self):
        return [self.top, self.bottom]

    def drag(self, drag: Drag):
        if drag.axes is self.top and drag.reach(drag.values["largest"], 0) < 20:
            return {"largest": drag.now[0]}
        return {"constant": drag.now[0]}


def best_constant(**start) -> LiveFigure:
    """Look for the one number that stands best for seven, under three losses.

    Parameters
    ----------
    **start
        Where to begin: `constant`, `largest`, `delta`.

    Raises
    ------
    ValueError
        If a name is unknown or a value is not allowed.

    Examples
    --------
    >>> best_constant(constant=5, largest=9).readout.partition("   MAE")[0]
    'constant 5.0:   MSE 9.57 (least 9.39 at 5.43)'
    """
    return LiveFigure(BestConstant(), **start)
