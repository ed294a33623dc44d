"""The explorers of lesson 07: a blind search against descent, secants, the error over h, a gradient check."""

import numpy as np
from matplotlib.patches import Rectangle

from .. import theme
from ..experiments import gradients as experiment
from ..gradients import VERDICTS
from ..live import Check, Choice, Handle, Play, Range, Scene, Steps, explorer
from ..plots import gradients as plots
from ..plots.numbers import minus, short

NO_SLOPE = "on a kink there is no slope,\nso there is no error"


class SearchRace(Scene):
    """Let a random search and a descent look for weights that read digits, evaluation by evaluation.

    The losses over the number of evaluations are on the left, the weights of one digit as pictures on the right.

    Examples
    --------
    >>> search_race(k=1).readout.partition("\\n")[2].partition(";")[0]
    'descent: loss 2.1012, 83.0 % right'
    """

    title = "Random search and gradient descent: 640 weights, the same number of evaluations"
    size = (10, 3.9)
    controls = (
        Play("k", "evaluations", last=experiment.TRIES, rate=15),
        Steps("scale", "random weights' size", experiment.SCALES, value=0.1),
        Range("digit", "weights of the digit", 0, 9, step=1, value=0),
    )
    slow = ("scale",)
    handles = (Handle("curves", x="k"),)

    def draw(self, figure):
        for scale in experiment.SCALES:
            experiment.search_run(scale)  # now, so that the slider need not wait
        self.curves, *self.pictures = figure.subplots(1, 3, width_ratios=[1.35, 1, 1])
        tries, descent = experiment.TRIES, experiment.descent_run()
        self.searched, _ = plots.best_of(self.curves, np.full(tries, np.nan), descent.loss[1:])
        self.curves.set(xscale="linear", xlim=(-4, tries + 4), title="Drag along the evaluations")
        self.curves.set(yscale="log", ylim=(0.11, 14), yticks=[0.2, 0.5, 1, 2, 5, 10])
        self.curves.set(yticklabels=["0.2", "0.5", "1", "2", "5", "10"])
        self.curves.minorticks_off()
        self.curves.text(70, 0.42, "descent", color=theme.STYLES["gradient_descent"]["color"])
        self.searched_name = self.curves.text(70, 1, "best random weights", color=theme.STYLES["other"]["color"])
        self.here = self.curves.axvline(0, color=theme.INK, lw=1)
        self.dots = [
            self.curves.plot([], [], **theme.dots(role, markersize=9))[0] for role in ("other", "gradient_descent")
        ]
        blank = np.zeros(64)
        self.images = [plots.picture(ax, blank, plots.SIGNED) for ax in self.pictures]
        for ax, name in zip(self.pictures, ("Random search", "Descent"), strict=True):
            ax.set(title=name, xlabel=" ")  # room for the shares
        self.shares = [ax.text(0.5, -0.04, "", transform=ax.transAxes, ha="center", va="top") for ax in self.pictures]
        return [self.here, *self.dots, *self.images, *self.shares]

    def prepare(self, scale):
        return experiment.search_run(scale)

    def draw_slow(self, prepared, scale):
        self.searched.set_ydata(prepared.loss[1:])
        self.searched_name.set_y(1.12 * prepared.loss[70])
        return [self.searched, self.searched_name]

    def update(self, prepared, k, scale, digit):
        digit, words = int(digit), []
        self.here.set_xdata([k, k])
        runs = {"best random": prepared, "descent": experiment.descent_run()}
        for (name, run), dot, image, text in zip(runs.items(), self.dots, self.images, self.shares, strict=True):
            tried = not np.isnan(run.loss[k])
            dot.set_data([k], [run.loss[k]])
            weights = run.weights[k, :, digit].reshape(8, 8)
            image.set(data=weights, clim=plots.largest_both_ways(weights))
            text.set_text(f"{100 * run.right[k]:.1f} % right" if tried else "none yet")
            words.append(f"{name}: " + (f"loss {run.loss[k]:.4f}, {text.get_text()}" if tried else "none yet"))
        return (
            f"after {k} evaluation{'s' * (k != 1)}, random weights of size {scale:g}:   {words[0]}\n"
            f"{words[1]}; its weights of digit {digit}: {minus(weights[3:5, 3:5].mean(), 3)} in the middle, "
            f"{minus(weights[3:5, [2, 5]].mean(), 3)} on both sides of it"
        )


# ---------------------------------------------------------------------- from the secant to the tangent


class Secant(Scene):
    """Drag two points of a loss together, and see the secant turn into the tangent.

    On the left is the secant through two points that are h apart, beside the tangent; on the right the error of its
    slope over h. "centered" is understood as well as "centred".

    Examples
    --------
    >>> secant(loss="squared error", w=2, h=0.5, scheme="forward").readout.partition("\\n")[2]
    'true slope 2.000000, error 0.5'
    """

    title = "A secant becomes the tangent as h shrinks"
    size = (10, 4.4)
    stops = (*experiment.one_two_five(-3, 0), 1.5)
    floor = 1e-11
    controls = (
        Range("w", "weight w", -1.5, 2.5, step=0.05, value=-0.5),
        Steps("h", "step h", stops, value=1),
        Choice("scheme", "difference", experiment.SCHEMES, value="forward", also=experiment.SPELLINGS),
        Choice("loss", "loss", tuple(experiment.CURVES), value="cross-entropy"),
    )
    slow = ("loss", "w", "scheme")
    handles = (
        Handle("left", at="bracket", move="stretch"),
        Handle("left", at="point_on_curve", x="w"),
        Handle("left", at="ends_of_secant", move="stretch"),
        Handle("left", move="pull"),
        Handle("right", x="h"),
    )
    covered = 0.1  # with steps below this the point covers the ends of the secant
    grid = np.linspace(-3.2, 4.2, 297)

    def draw(self, figure):
        self.left, self.right = figure.subplots(1, 2, width_ratios=[1.35, 1])
        self.left.set(xlim=(-3.1, 4.2), yticks=[], xlabel="weight w", ylabel="loss")
        self.left.set_title("Drag the point, the other end or the bracket")
        (self.curve,) = self.left.plot([], [], color=theme.INK)
        (self.tangent,) = self.left.plot([], [], **theme.line("best", linewidth=1.2))
        self.lines = {
            role: self.left.plot([], [], **theme.line(role, linewidth=2.2))[0] for role in ("one_sided", "centered")
        }
        self.ends = {
            role: self.left.plot([], [], **theme.dots(role, markersize=8))[0] for role in ("one_sided", "centered")
        }
        (self.point,) = self.left.plot([], [], **theme.dots("best", marker="o", markersize=10))
        self.span = self.left.plot([], [], color=theme.INK, lw=1, marker="|", markersize=8)[0]
        self.span_name = self.left.text(0, 0, "", ha="center", va="bottom")
        self.words = self.left.text(0.98, 0.97, "", transform=self.left.transAxes, ha="right", va="top")
        self.words.set_bbox(theme.ON_PAPER)
        self.errors = {
            scheme: plots.error_curve(self.right, [1e-3, 1.5], [1, 1], plots.ROLES[scheme])
            for scheme in ("forward", "centred")
        }
        self.right.set(xlim=(7e-4, 2.2), ylim=(self.floor / 5, 8), title="How wrong? Drag along h")
        self.right.text(1.2e-3, 2.2, "■ one-sided", color=theme.STYLES["one_sided"]["color"], va="center")
        self.right.text(1.2e-3, 0.4, "● centred", color=theme.STYLES["centered"]["color"], va="center")
        self.right.text(2, self.floor * 1.5, "0", ha="right")
        self.no_slope = self.right.text(0.04, 1e-5, NO_SLOPE, ha="center")
        (self.here,) = self.right.plot([], [], **theme.dots("best", marker="o", markersize=11, fillstyle="none"))
        moving = [self.tangent, *self.lines.values(), *self.ends.values(), self.point, self.span]
        return [*moving, self.span_name, self.words, self.here]

    def prepare(self, loss, w, scheme):
        side = "backward" if scheme == "backward" else "forward"
        curve = experiment.CURVES[loss]
        return [experiment.slope_errors(curve, w, self.stops, each) for each in (side, "centred")]

    def draw_slow(self, prepared, loss, w, scheme):
        curve, kink = experiment.CURVES[loss], experiment.at_kink(loss, w)
        self.left.set_ylim(curve.reach)
        self.curve.set_data(self.grid, curve.value(self.grid))
        for line, error in zip(self.errors.values(), prepared, strict=True):
            line.set_data(self.stops, np.maximum(error, self.floor))
            line.set_visible(not kink)
        self.no_slope.set_visible(kink)
        return [self.curve, *self.errors.values(), self.no_slope]

    def update(self, prepared, w, h, scheme, loss):
        curve, role = experiment.CURVES[loss], plots.ROLES[scheme]
        at = np.array(experiment.ends_of_difference(w, h, scheme))
        values, here = curve.value(at), float(curve.value(w))
        slope = float(experiment.measured_slopes(curve, w, [h], scheme)[0])
        true = experiment.true_slope(curve, w)
        reach = np.array([-3.2, 4.2])
        self.tangent.set_data(reach, here + true * (reach - w))
        for each in self.lines:
            self.lines[each].set_visible(each == role)
            self.ends[each].set_visible(each == role)
        self.lines[role].set_data(reach, values[0] + slope * (reach - at[0]))
        self.ends[role].set_data(at, values)
        self.point.set_data([w], [here])
        low, name = plots.bracket(curve)
        self.span.set_data(at, [low, low])
        self.span_name.set_position((at.sum() / 2, name))
        self.span_name.set_text(f"h = {h:g}" if scheme != "centred" else f"2h = {2 * h:g}")
        kink, error = experiment.at_kink(loss, w), abs(slope - true)
        self.tangent.set_visible(not kink)
        self.here.set_visible(not kink)
        told = "tangent: none" if kink else f"tangent {minus(true, 5)}"
        self.words.set_text(f"secant {minus(slope, 5)}\n{told}")
        self.here.set_data([h], [max(error, self.floor)])
        if kink:
            end = "w stands on the kink: slope −1 to its left, 0 to its right, none in between"
        else:
            end = f"true slope {minus(true, 6)}, error {short(error) if error > self.floor else '0'}"
        return f"{loss}, {scheme} difference, w = {minus(w, 2)}, h = {h:g}:   slope {minus(slope, 6)}\n{end}"

    def bracket(self, drag):
        return drag.start[0], plots.bracket(experiment.CURVES[drag.values["loss"]])[0]

    def point_on_curve(self, drag):
        return self._on_curve(drag, [drag.values["w"]])

    def ends_of_secant(self, drag):
        """Return where a hand finds the ends that are not the point; nowhere, if the point covers them."""
        ends = self._ends(drag)
        return ends if drag.values["h"] >= self.covered else np.full_like(ends, np.nan)

    def stretch(self, drag):
        return {"h": abs(drag.now[0] - drag.values["w"])}

    def pull(self, drag):
        """Let the nearest of the point and the ends come along with a hand that is close to none of them."""
        to_point, to_ends = (drag.reach(*at.T).min() for at in (self.point_on_curve(drag), self._ends(drag)))
        return self.stretch(drag) if to_ends < to_point else {"w": drag.values["w"] + drag.way[0]}

    def _ends(self, drag):
        w, h, scheme = (drag.values[name] for name in ("w", "h", "scheme"))
        return self._on_curve(drag, [end for end in experiment.ends_of_difference(w, h, scheme) if end != w])

    def _on_curve(self, drag, w):
        return np.column_stack([w, experiment.CURVES[drag.values["loss"]].value(np.array(w))])


# ---------------------------------------------------------------------- the error over h


class DifferenceError(Scene):
    """Move the step h of a measured slope through fifteen powers of ten, and see its error.

    On the left is the loss under a microscope as wide as h, as the computer computes it; on the right the error over
    all h. "centered" is understood as well as "centred".

    Examples
    --------
    >>> difference_error(loss="squared error", h=0.01, w=-1).readout.partition("\\n")[2]
    'measured slope −3.9900000000, true −4.0000000000, error 0.01'
    """

    title = "The error of a measured slope over the step h, and what the secant sees"
    size = (10, 4.6)
    stops = experiment.one_two_five(-15, 0)
    floor = 1e-17
    controls = (
        Steps("h", "step h", stops, value=1e-4),
        Choice("scheme", "difference", ("one-sided", "centred"), value="one-sided", also=experiment.SPELLINGS),
        Choice("precision", "precision", ("float64", "float32"), value="float64"),
        Choice("loss", "loss", tuple(experiment.CURVES), value="cross-entropy"),
        Range("w", "weight w", -2, 3, step=0.1, value=-1),
    )
    slow = ("loss", "precision", "w")
    handles = (Handle("left", move="zoom"), Handle("right", x="h"))
    view = np.linspace(-1.7, 1.7, 341)  # in steps h

    def draw(self, figure):
        self.left, self.right = figure.subplots(1, 2, width_ratios=[1, 1.25])
        self.left.set(xlim=(-1.7, 1.7), ylim=(-2, 2), yticks=[], xticks=[-1, 0, 1])
        self.left.set(xticklabels=["w − h", "w", "w + h"], ylabel="loss, as it is computed")
        self.left.set_title("What the secant sees")
        (self.tangent,) = self.left.plot([], [], **theme.line("best", linewidth=1.2))
        (self.computed,) = self.left.plot([], [], color=theme.INK, linewidth=1.3)
        roles = ("one_sided", "centered")
        self.lines = {role: self.left.plot([], [], **theme.line(role, linewidth=2.2))[0] for role in roles}
        self.ends = {role: self.left.plot([], [], **theme.dots(role, markersize=9))[0] for role in roles}
        self.words = self.left.text(0.97, 0.97, "", transform=self.left.transAxes, ha="right", va="top")
        self.words.set_bbox(theme.ON_PAPER)
        self.errors = {
            role: plots.error_curve(self.right, self.stops, np.ones(len(self.stops)), role, linestyle="none")
            for role in roles
        }
        self.right.set(xlim=(3e-16, 4), ylim=(self.floor / 3, 2000), title="Drag along h   ■ one-sided   ● centred")
        style = dict(color=theme.INK, linewidth=1, linestyle=":")
        # what theory says: too long a step (one for each scheme), and rounding
        self.theory = [self.right.plot([], [], **style)[0] for _ in range(3)]
        self.roots = [self.right.axvline(1, color=theme.FAINT, linewidth=1) for _ in roles]
        self.root_names = [self.right.text(1, 40, name, ha="center", bbox=theme.ON_PAPER) for name in ("√ε", "∛ε")]
        self.no_slope = self.right.text(1e-8, 1e-8, NO_SLOPE, ha="center", bbox=theme.ON_PAPER)
        (self.here,) = self.right.plot([], [], **theme.dots("best", marker="o", markersize=12, fillstyle="none"))
        moving = [self.tangent, self.computed, *self.lines.values(), *self.ends.values(), self.words]
        return [*moving, self.here]

    def prepare(self, loss, precision, w):
        return experiment.measure(experiment.CURVES[loss], w, self.stops, precision)

    def draw_slow(self, prepared, loss, precision, w):
        kink, epsilon = experiment.at_kink(loss, w), np.finfo(precision).eps
        for scheme, error in prepared.errors.items():
            line = self.errors[plots.ROLES[scheme]]
            line.set_data(self.stops, np.maximum(error, self.floor))
            line.set_visible(not kink)
        self.no_slope.set_visible(kink)
        h = np.geomspace(self.stops[0], self.stops[-1], 60)
        parts = experiment.error_parts(experiment.CURVES[loss], w, h, precision)
        for line, part in zip(self.theory, parts, strict=True):
            line.set_data(h, np.where(part > self.floor, part, np.nan))
        for line, name, power in zip(self.roots, self.root_names, (1 / 2, 1 / 3), strict=True):
            line.set_xdata([epsilon**power] * 2)
            name.set_x(epsilon**power)
        return [*self.roots, *self.theory, *self.errors.values(), *self.root_names, self.no_slope]

    def update(self, prepared, h, scheme, precision, loss, w):
        curve, role = experiment.CURVES[loss], plots.ROLES[scheme]
        slope, true = float(prepared.slopes[scheme][self.stops.index(h)]), experiment.true_slope(curve, w, precision)
        at = np.array([-1.0 if scheme == "centred" else 0.0, 1.0])  # the ends of the secant, in steps h from w
        ends = experiment.rises(curve, w, h, at, precision)
        seen = experiment.rises(curve, w, h, self.view, precision)
        # so that the tangent is neither flat nor upright, and the ends of the secant are in sight, below the words
        near = max(abs(true), 0.25, abs(ends).max() / 1.3)
        self.computed.set_data(self.view, seen / near)
        self.tangent.set_data(self.view[[0, -1]], true / near * self.view[[0, -1]])
        for each in self.lines:
            self.lines[each].set_visible(each == role)
            self.ends[each].set_visible(each == role)
        self.lines[role].set_data(self.view[[0, -1]], (ends[0] + slope * (self.view[[0, -1]] - at[0])) / near)
        self.ends[role].set_data(at, ends / near)
        kink, error = experiment.at_kink(loss, w), abs(slope - true)
        self.tangent.set_visible(not kink)
        self.here.set_visible(not kink)
        told = "tangent: none" if kink else f"tangent {minus(true, 6)}"
        self.words.set_text(f"secant {minus(slope, 6)}\n{told}")
        self.here.set_data([h], [max(error, self.floor)])
        lost = "   w + h is rounded to w" if experiment.is_lost(w, h, precision) else ""
        if kink:
            end = "w stands on the kink: no true slope"
        else:
            end = f"true {minus(true, 10)}, error {short(error) if error > self.floor else '0'}"
        return (
            f"{loss}, {scheme}, {precision}, w = {minus(w, 1)}, h = {short(h)}{lost}\n"
            f"measured slope {minus(slope, 10)}, {end}"
        )

    def zoom(self, drag):
        """Change h by the factor by which the hand moves away from w, or towards it."""
        start, now = (max(abs(x), 0.05) for x in (drag.start[0], drag.now[0]))
        return {"h": drag.values["h"] * now / start}


# ---------------------------------------------------------------------- a gradient check


class GradientReport(Scene):
    """Check derived gradients against measured ones, weight by weight, and find what is wrong with each.

    Fifteen weights: what was derived against what was measured, and the relative errors among the thresholds.

    Examples
    --------
    >>> gradient_report(gradient="D", weight=15, tell=True).readout.splitlines()[-1]
    'D: the biases were forgotten: their slopes are said to be 0'
    """

    title = "A gradient check of fifteen weights, and a bug to be found"
    size = (10, 4.6)
    controls = (
        Choice("gradient", "derived gradient", tuple(experiment.CASES), value="B"),
        Range("place", "set of weights", 1, experiment.PLACES, step=1, value=1),
        Steps("h", "step h", tuple(10.0**power for power in range(-10, -1)), value=1e-5),
        Range("weight", "weight looked at", 1, len(experiment.ROWS) * len(experiment.CLASSES), step=1, value=1),
        Check("tell", "tell me what is wrong", value=False),
    )
    handles = (Handle("grid", move="look_at"),)
    lowest = 2e-13

    def draw(self, figure):
        self.grid, self.scatter, self.strip = figure.subplots(1, 3, width_ratios=[1.1, 0.9, 1.4])
        names, classes = experiment.ROWS, experiment.CLASSES
        rows, columns = len(names), len(classes)
        self.grid.set(xlim=(-0.5, columns - 0.5), ylim=(rows - 0.5, -0.5), title="Relative error of each")
        self.grid.set(xticks=range(columns), xticklabels=classes, yticks=range(rows), yticklabels=names)
        self.grid.tick_params(length=0)
        for edge in np.arange(0.5, rows - 0.5):
            self.grid.axhline(edge, color=theme.FAINT, lw=0.8)
        self.grid.axhline(rows - 1.5, color=theme.INK, lw=1)
        self.cells = [
            self.grid.text(column, row, "", ha="center", va="center")
            for row in range(rows)
            for column in range(columns)
        ]
        self.frame = self.grid.add_patch(Rectangle((0, 0), 0.94, 0.88, fill=False, edgecolor=theme.INK, lw=2))
        plots.diagonal(self.scatter, 1)
        self.scatter.set(xticks=[], yticks=[], xlabel=" ", title="On the diagonal?")
        style = dict(transform=self.scatter.transAxes, ha="center", va="top")
        self.step = self.scatter.text(0.5, -0.03, "", **style)  # in place of a label, since it changes
        self.scatter.axhline(0, color=theme.FAINT, lw=0.8)
        self.scatter.axvline(0, color=theme.FAINT, lw=0.8)
        roles = ("model", "mae")  # of weights and of biases
        self.dots = [self.scatter.plot([], [], **theme.dots(role, markersize=6))[0] for role in roles]
        (self.ring,) = self.scatter.plot([], [], **theme.dots("best", marker="o", markersize=13, fillstyle="none"))
        plots.thresholds(self.strip)
        self.strip.set(ylim=(2.6, -1.35), yticks=range(columns), yticklabels=classes, title="Good, or wrong?")
        self.lanes = [self.strip.plot([], [], **theme.dots(role, markersize=6))[0] for role in roles]
        (self.mark,) = self.strip.plot([], [], **theme.dots("best", marker="o", markersize=13, fillstyle="none"))
        self.scatter.legend(self.dots, ["weights", "biases"], loc="lower right", handletextpad=0.1, borderpad=0.1)
        self.told = figure.text(0.5, 0.015, "", ha="center", va="bottom", weight="bold", bbox=theme.ON_PAPER)
        self.strip.set_xlabel("relative error\n ")  # room for what is told
        return [*self.cells, self.frame, *self.dots, self.ring, *self.lanes, self.mark, self.step, self.told]

    def update(self, gradient, place, h, weight, tell):
        case, names, classes = experiment.CASES[gradient], experiment.ROWS, experiment.CLASSES
        a, n, error = experiment.compare(gradient, int(place), h)
        for text, each in zip(self.cells, error.ravel(), strict=True):
            text.set_text(f"{each:.2f}" if each >= 0.01 else f"{each:.0e}".replace("-", "−") if each else "0")
            text.set_weight("bold" if each > 1e-4 else "normal")
        row, column = divmod(int(weight) - 1, len(classes))
        self.frame.set_xy((column - 0.47, row - 0.44))
        reach = 1.15 * max(abs(a).max(), abs(n).max())
        shown = np.maximum(error, self.lowest)
        lane = np.broadcast_to(np.arange(3.0), a.shape) + np.linspace(-0.28, 0.28, len(names))[:, None]
        for part, dots, lanes in zip((slice(0, -1), slice(-1, None)), self.dots, self.lanes, strict=True):
            dots.set_data(n[part].ravel() / reach, a[part].ravel() / reach)
            lanes.set_data(shown[part].ravel(), lane[part].ravel())
        self.ring.set_data([n[row, column] / reach], [a[row, column] / reach])
        self.mark.set_data([shown[row, column]], [lane[row, column]])
        self.step.set_text(f"measured, h = {short(h)}")
        self.told.set_text(f"{gradient}: {case.verdict}" if tell else "")
        worst_row, worst_column = experiment.worst_weight(error)
        verdict = next(words for limit, words in VERDICTS if error.max() <= limit)
        name = "cross-entropy" if case.loss is experiment.CROSS else "hinge"
        ratio = f", derived / measured {minus(a[row, column] / n[row, column], 4)}" if n[row, column] else ""
        return (
            f"gradient {gradient} of the {name}, set {int(place)}, h = {short(h)}:   largest relative error "
            f"{short(error.max())}, {names[worst_row]} of {classes[worst_column]}; {verdict}\n"
            f"{names[row]} of {classes[column]}: derived {minus(a[row, column], 6)}, measured "
            f"{minus(n[row, column], 6)}{ratio}, relative error {short(error[row, column])}"
            + (f"\n{gradient}: {case.verdict}" if tell else "")
        )

    def look_at(self, drag):
        column = min(len(experiment.CLASSES) - 1, max(0, round(drag.now[0])))
        row = min(len(experiment.ROWS) - 1, max(0, round(drag.now[1])))
        return {"weight": row * len(experiment.CLASSES) + column + 1}


difference_error = explorer(DifferenceError)
gradient_report = explorer(GradientReport)
search_race = explorer(SearchRace)
secant = explorer(Secant)
