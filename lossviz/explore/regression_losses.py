"""The explorers of lesson 02: the losses as curves, one outlier among good points, and the best constant."""

import numpy as np

from .. import data, theme
from ..experiments import regression_losses as experiment
from ..live import Check, Choice, Handle, Range, Scene, explorer
from ..plots import line_fit
from ..plots import regression_losses as plots
from ..plots.numbers import minus


class LossCurves(Scene):
    """Slide a residual along the three losses, and change δ.

    The left panel shows what it costs, the right panel how hard it pulls.

    Examples
    --------
    >>> loss_curves(r=2, delta=1).readout
    'r = 2.00   squared error 4.000, slope 4.00   absolute error 2.000, slope 1.00   Huber 1.500, slope 1.00'
    """

    title = "What one residual costs, and how hard it pulls, under three losses"
    controls = (
        Range("r", "residual r", -4, 4, step=0.05, value=2.0),
        Range("delta", "Huber's δ", 0.1, 4, step=0.1, value=1.0),
    )
    handles = (
        Handle("panels", at=("r", None), x="r"),  # first: where r is at an edge, the hand takes r
        Handle("panels", at="places_of_edges", move="widen"),
        Handle("panels", x="r"),
    )
    residual = np.linspace(-4, 4, 401)

    def draw(self, figure):
        self.panels = figure.subplots(1, 2)
        self.panels[0].set(ylim=(-0.4, 10), title="What it costs")
        self.panels[1].set(ylim=(-8.5, 8.5), title="How hard it pulls")
        drawn = plots.curves(*self.panels, experiment.LOSSES)
        self.huber = drawn[experiment.LOSSES.index("huber")]
        self.edges = [ax.axvline(x, color=theme.STYLES["huber"]["color"], lw=0.8) for ax in self.panels for x in (0, 0)]
        self.here = [ax.axvline(0, color=theme.INK, lw=1) for ax in self.panels]
        self.dots = {
            role: [ax.plot([], [], **theme.dots(role, markersize=9))[0] for ax in self.panels]
            for role in experiment.LOSSES
        }
        figure.legend(handles=[pair[0] for pair in drawn], loc="outside lower center", ncols=len(drawn))
        return [*self.edges, *self.here, *self.huber, *(dot for pair in self.dots.values() for dot in pair)]

    def update(self, r, delta):
        for line, heights in zip(self.huber, experiment.curve("huber", self.residual, delta), strict=True):
            line.set_ydata(heights)
        for edge, x in zip(self.edges, (-delta, delta, -delta, delta), strict=True):
            edge.set_xdata([x, x])
        for line in self.here:
            line.set_xdata([r, r])
        words = []
        for role, dots in self.dots.items():
            (value,), (slope,) = experiment.curve(role, [r], delta)
            for dot, height in zip(dots, (value, slope), strict=True):
                dot.set_data([r], [height])
            words.append(f"{experiment.NAMES[role]} {value:.3f}, slope {minus(slope)}")
        return f"r = {minus(r)}   " + "   ".join(words)

    def places_of_edges(self, drag):
        delta, height = drag.values["delta"], drag.start[1]
        return [(-delta, height), (delta, height)]

    def widen(self, drag):
        edge = (-1, 1)[drag.index] * drag.values["delta"]
        return {"delta": abs(edge + drag.way[0])}


class Outlier(Scene):
    """Drag one outlier and watch the three fitted lines disagree.

    A dozen good points are beside it; the right panel shows the share of each point.

    Examples
    --------
    >>> outlier(there=False).readout.partition("   ")[0]
    'slope: MSE 1.03, MAE 1.06, Huber 1.03'
    """

    title = "One outlier, and the lines that three losses fit"
    size = (10, 4.4)
    controls = (
        Range("x", "outlier's x", -5, 5, step=0.1, value=4.0),
        Range("y", "outlier's y", -25, 25, step=0.25, value=-15.0),
        Range("delta", "Huber's δ", 0.1, 20, step=0.1, value=1.0),
        Choice("show", "on the right", ("share of the loss", "share of the pull"), value="share of the loss"),
        Check("there", "the outlier takes part", value=True),
    )
    handles = (Handle("left", at=("x", "y"), x="x", y="y"),)

    def draw(self, figure):
        self.left, self.right = figure.subplots(1, 2, width_ratios=[1.25, 1])
        x, y = data.outlier_line()
        self.left.set(xlim=(-5.5, 5.5), ylim=(-27, 27), title="Drag the outlier")
        good = line_fit.points(self.left, x[:-1], y[:-1], markersize=6, alpha=1)
        self.lines = [line_fit.model_line(self.left, 0, 0, role) for role in experiment.LOSSES]
        self.point = self.left.plot([], [], **theme.dots("outlier", markersize=10))[0]
        places = np.arange(len(x))
        self.shares = [
            self.right.plot(places + shift, 0 * places, **theme.dots(role))[0]
            for role, shift in zip(experiment.LOSSES, (-0.22, 0, 0.22), strict=True)
        ]
        self.right.set(xlim=(-0.7, len(x) - 0.3), ylim=(-4, 104), xlabel="point, from left to right")
        self.right.set(xticks=places[::2], xticklabels=[*range(1, len(x), 2), "out"], ylabel="percent")
        self.right.set_title("What share each point has")
        both = [good, self.point, *zip(self.lines, self.shares, strict=True)]  # a line on the left, dots on the right
        names = ["good points", "outlier", *experiment.SHORT_NAMES.values()]
        figure.legend(handles=both, labels=names, loc="outside lower center", ncols=len(names))
        return [*self.lines, self.point, *self.shares]

    def update(self, x, y, delta, show, there):
        ends = np.array(self.left.get_xlim())
        slopes, outlier_shares = [], []
        fits = experiment.with_outlier(x, y, delta, there)
        for (role, fit), line, dots in zip(fits.items(), self.lines, self.shares, strict=True):
            share = fit.of_the_loss if show == "share of the loss" else fit.of_the_pull
            line.set_data(ends, fit.m * ends + fit.c)
            dots.set_ydata(share)
            slopes.append(f"{experiment.SHORT_NAMES[role]} {minus(fit.m)}")
            outlier_shares.append(f"{experiment.SHORT_NAMES[role]} {share[-1]:.0f} %")
        self.point.set_data([x], [y])
        self.point.set_fillstyle("full" if there else "none")
        return f"slope: {', '.join(slopes)}   outlier's {show}: {', '.join(outlier_shares)}"


class BestConstant(Scene):
    """Look for the number that represents seven numbers best, under three losses.

    Each loss prefers another number.

    Examples
    --------
    >>> best_constant(constant=5, largest=9).readout.partition("   MAE")[0]
    'constant 5.0:   MSE 9.57 (least 9.39 at 5.43)'
    """

    title = "One number for seven values, and what three losses say to it"
    size = (10, 4.2)
    controls = (
        Range("constant", "your constant", 0, 30, step=0.1, value=12.0),
        Range("largest", "largest value", 9, 30, step=0.5, value=24.0),
        Range("delta", "Huber's δ", 0.1, 20, step=0.1, value=3.0),
    )
    handles = (Handle("top", at=("largest", 0), x="largest"), Handle(("top", "bottom"), x="constant"))
    grid = np.linspace(0, 30, 301)

    def draw(self, figure):
        self.top, self.bottom = figure.subplots(2, 1, sharex=True, height_ratios=[1, 3])
        self.top.set(xlim=(0, 30), ylim=(-1, 1), yticks=[], title="Drag your constant, or the largest value")
        self.top.plot(experiment.SIX_VALUES, np.zeros(6), **theme.dots("data", markersize=8))
        self.far = self.top.plot([], [], **theme.dots("outlier", markersize=10, clip_on=False))[0]
        self.bottom.set(ylim=(0.9, 3), xlabel="constant prediction", ylabel="loss, as a multiple\nof its least")
        labels = {"mse": "MSE: least at the mean", "mae": "MAE: least at the median", "huber": "Huber: between"}
        self.lines = [self.bottom.plot([], [], **theme.line(role, label=labels[role]))[0] for role in experiment.LOSSES]
        self.least = [self.bottom.plot([], [], **theme.dots(role, markersize=10))[0] for role in experiment.LOSSES]
        self.here = [ax.axvline(0, color=theme.INK, lw=1.2) for ax in (self.top, self.bottom)]
        self.bottom.legend(loc="lower right")
        return [self.far, *self.here, *self.lines, *self.least]

    def update(self, constant, largest, delta):
        values = np.append(experiment.SIX_VALUES, largest)
        best = experiment.best_constants(values, delta)
        words = []
        for (role, place), line, dot in zip(best.items(), self.lines, self.least, strict=True):
            asked = np.append(self.grid, [place, constant])
            *curve, bottom, mine = experiment.constant_curve(role, values, asked, delta)
            line.set_data(self.grid, curve / bottom)
            dot.set_data([place], [1])
            words.append(f"{experiment.SHORT_NAMES[role]} {mine:.2f} (least {bottom:.2f} at {place:.2f})")
        self.far.set_data([largest], [0])
        for line in self.here:
            line.set_xdata([constant, constant])
        return f"constant {constant:.1f}:   " + "   ".join(words)


best_constant = explorer(BestConstant)
loss_curves = explorer(LossCurves)
outlier = explorer(Outlier)
