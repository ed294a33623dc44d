"""The explorers of lesson 07: a blind search against descent, secants, the error over h, a gradient check."""

import functools
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from matplotlib.patches import Rectangle

from .. import data, losses, theme
from ..gradients import VERDICTS, numerical_gradient
from ..live import GRIP, Check, Choice, Drag, LiveFigure, Play, Range, Scene, Steps
from ..plots import gradients as plots
from ..plots.numbers import minus, short

# ---------------------------------------------------------------------- a search and a descent

TRIES = 200
SCALES = (0.01, 0.03, 0.1, 0.3, 1)
RATE = 1.0  # the learning rate of the descent


class Run(NamedTuple):
    """Where a search or a descent was after 0, 1, 2 … evaluations; before its first try a search was nowhere."""

    weights: np.ndarray  # (evaluations, 64, 10)
    loss: np.ndarray
    right: np.ndarray  # the share of images whose highest score is the true one


@functools.cache
def digits() -> tuple[np.ndarray, np.ndarray]:
    """Return the first 600 images with ink between 0 and 1, and their labels."""
    x, label = data.digits()
    return x[:600] / 16, label[:600]


@functools.cache
def draws() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return standard normal weights for each try, the scores they give, and the share they get right."""
    x, label = digits()
    weights = np.random.default_rng(0).normal(size=(TRIES, 64, 10))
    scores = np.tensordot(weights, x, ([1], [1])).transpose(0, 2, 1)
    return weights, scores, np.mean(scores.argmax(axis=2) == label, axis=1)


@functools.cache
def search(scale: float) -> Run:
    """Return the best of so many random weights, after each try."""
    weights, scores, right = draws()
    label = np.broadcast_to(digits()[1], scores.shape[:2])
    loss = losses.softmax_cross_entropy.per_example(scale * scores, label).mean(axis=1)
    best = np.maximum.accumulate(np.where(loss == np.minimum.accumulate(loss), np.arange(TRIES), 0))
    nowhere = np.zeros((1, 64, 10)), [np.nan], [np.nan]
    return Run(*map(np.concatenate, zip(nowhere, (weights[best], loss[best], right[best]), strict=True)))


@functools.cache
def descent() -> Run:
    """Return where gradient descent from 0 was when it had asked for so many gradients."""
    x, label = digits()
    w, run = np.zeros((64, 10)), []
    for _ in range(TRIES + 1):
        scores = x @ w
        loss, slope = losses.softmax_cross_entropy.value_and_gradient(scores, label)
        run.append((w, loss, np.mean(scores.argmax(axis=1) == label)))
        w = w - RATE * (x.T @ slope)
    return Run(*map(np.array, zip(*run, strict=True)))


class SearchRace(Scene):
    """The loss over evaluations of a random search and of a descent, and a digit's weights as pictures."""

    title = "Random search and gradient descent: 640 weights, the same number of evaluations"
    size = (10, 3.9)
    controls = (
        Play("k", "evaluations", last=TRIES, rate=15),
        Steps("scale", "random weights' size", SCALES, value=0.1),
        Range("digit", "weights of the digit", 0, 9, step=1, value=0),
    )

    def draw(self, figure):
        for scale in SCALES:
            search(scale)  # now, so that the slider need not wait
        self.curves, *self.pictures = figure.subplots(1, 3, width_ratios=[1.35, 1, 1])
        self.searched, _ = plots.best_of(self.curves, np.full(TRIES, np.nan), descent().loss[1:])
        self.curves.set(xscale="linear", xlim=(-4, TRIES + 4), title="Drag along the evaluations")
        self.curves.set(yscale="log", ylim=(0.11, 14), yticks=[0.2, 0.5, 1, 2, 5, 10])
        self.curves.set(yticklabels=["0.2", "0.5", "1", "2", "5", "10"])
        self.curves.minorticks_off()
        self.curves.text(70, 0.42, "descent", color=theme.STYLES["gradient_descent"]["color"])
        self.name = self.curves.text(70, 1, "best random weights", color=theme.STYLES["other"]["color"])
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

    def update_slow(self, scale):
        self.search = search(scale)
        self.searched.set_ydata(self.search.loss[1:])
        self.name.set_y(1.12 * self.search.loss[70])
        return [self.searched, self.name]

    def update(self, k, scale, digit):
        digit, words = int(digit), []
        self.here.set_xdata([k, k])
        for run, dot, image, text, name in zip(
            (self.search, descent()), self.dots, self.images, self.shares, ("best random", "descent"), strict=True
        ):
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

    def draggable(self):
        return [self.curves]

    def drag(self, drag: Drag):
        return {"k": drag.now[0]}


def search_race(**start) -> LiveFigure:
    """Let a random search and a gradient descent look for the weights that read digits, evaluation by evaluation.

    Parameters
    ----------
    **start
        Where to begin: `k`, `scale`, `digit`.

    Raises
    ------
    ValueError
        If a name is unknown or a value is not allowed.

    Examples
    --------
    >>> search_race(k=1).readout.partition("\\n")[2].partition(";")[0]
    'descent: loss 2.1012, 83.0 % right'
    """
    return LiveFigure(SearchRace(), **start)


# ---------------------------------------------------------------------- three losses of one weight


class Curve(NamedTuple):
    """A loss over one weight, and its derivatives. The loss is computed in the precision of what it is given."""

    value: Callable
    slope: Callable
    second: Callable
    third: Callable
    reach: tuple[float, float]  # what a panel should show of it


def _sigmoid(w):
    return 1 / (1 + np.exp(-w))


def _bell(w):
    return _sigmoid(w) * _sigmoid(-w)


CURVES = {
    "cross-entropy": Curve(
        lambda w: np.log(1 + np.exp(-w)),
        lambda w: -_sigmoid(-w),
        _bell,
        lambda w: _bell(w) * (_sigmoid(-w) - _sigmoid(w)),
        (-0.35, 3.2),
    ),
    "squared error": Curve(
        lambda w: (1 - w) ** 2, lambda w: 2 * (w - 1), lambda w: 2 + 0 * w, lambda w: 0 * w, (-1.6, 10)
    ),
    "hinge": Curve(
        lambda w: np.maximum(0, 1 - w), lambda w: -1.0 * (w < 1), lambda w: 0 * w, lambda w: 0 * w, (-1, 4.2)
    ),
}
NO_SLOPE = "on a kink there is no slope,\nso there is no error"


def at_kink(loss: str, w: float) -> bool:
    """Whether w stands where the hinge has no slope."""
    return loss == "hinge" and abs(w - 1) < 1e-9


def measured(curve: Curve, w: float, h, scheme: str, precision: str = "float64") -> np.ndarray:
    """Measure the slope at w for each of the steps h, with all arithmetic in one precision.

    Unlike `gradients.numerical_gradient` it goes on where w + h rounds to w: that is what one should see.
    """
    w, h = np.array([w], precision), np.asarray(h, precision)  # not 0-d: these would turn float32 into float64
    ahead = curve.value(w + h) if scheme != "backward" else curve.value(w)
    behind = curve.value(w - h) if scheme in ("backward", "centred") else curve.value(w)
    return (ahead - behind) / (h + h if scheme == "centred" else h)


def exact(curve: Curve, w: float, precision: str = "float64") -> float:
    """Return the true slope at the number to which w is rounded."""
    return float(curve.slope(float(np.dtype(precision).type(w))))


def one_two_five(lowest: int, highest: int) -> tuple[float, ...]:
    """Return 1, 2 and 5 times the powers of ten from 10^lowest to 10^highest, where it ends."""
    return (
        *(float(f"{digit}e{power}") for power in range(lowest, highest) for digit in (1, 2, 5)),
        float(f"1e{highest}"),
    )


# ---------------------------------------------------------------------- from the secant to the tangent

SCHEMES = ("forward", "backward", "centred")
ROLES = {"forward": "one_sided", "backward": "one_sided", "one-sided": "one_sided", "centred": "centered"}


def bracket(curve: Curve) -> tuple[float, float]:
    """Return the heights of the bracket that shows h, below the curve, and of its name."""
    low, high = curve.reach
    return low + 0.04 * (high - low), low + 0.075 * (high - low)


class Secant(Scene):
    """A secant through two points of a loss, h apart, beside the tangent; and the error of its slope over h."""

    title = "A secant becomes the tangent as h shrinks"
    size = (10, 4.4)
    stops = (*one_two_five(-3, 0), 1.5)
    floor = 1e-11
    radius = 7  # CSS pixels, of the point at w
    controls = (
        Range("w", "weight w", -1.5, 2.5, step=0.05, value=-0.5),
        Steps("h", "step h", stops, value=1),
        Choice("scheme", "difference", SCHEMES, value="forward"),
        Choice("loss", "loss", tuple(CURVES), value="cross-entropy"),
    )
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
            scheme: plots.error_curve(self.right, [1e-3, 1.5], [1, 1], ROLES[scheme])
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

    def update_slow(self, loss, w, scheme):
        curve = CURVES[loss]
        self.left.set_ylim(curve.reach)
        self.curve.set_data(self.grid, curve.value(self.grid))
        side = "backward" if scheme == "backward" else "forward"
        for line, way in zip(self.errors.values(), (side, "centred"), strict=True):
            error = abs(measured(curve, w, self.stops, way) - exact(curve, w))
            line.set_data(self.stops, np.maximum(error, self.floor))
            line.set_visible(not at_kink(loss, w))
        self.no_slope.set_visible(at_kink(loss, w))
        return [self.curve, *self.errors.values(), self.no_slope]

    def update(self, w, h, scheme, loss):
        curve, role = CURVES[loss], ROLES[scheme]
        a = w if scheme == "forward" else w - h
        b = w if scheme == "backward" else w + h
        at = np.array([a, b])
        values, here = curve.value(at), float(curve.value(w))
        slope, true = float(measured(curve, w, [h], scheme)[0]), exact(curve, w)
        reach = np.array([-3.2, 4.2])
        self.tangent.set_data(reach, here + true * (reach - w))
        for each in self.lines:
            self.lines[each].set_visible(each == role)
            self.ends[each].set_visible(each == role)
        self.lines[role].set_data(reach, values[0] + slope * (reach - a))
        self.ends[role].set_data(at, values)
        self.point.set_data([w], [here])
        low, name = bracket(curve)
        self.span.set_data(at, [low, low])
        self.span_name.set_position(((a + b) / 2, name))
        self.span_name.set_text(f"h = {h:g}" if scheme != "centred" else f"2h = {2 * h:g}")
        kink, error = at_kink(loss, w), abs(slope - true)
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

    def draggable(self):
        return [self.left, self.right]

    def drag(self, drag: Drag):
        values, x = drag.values, drag.now[0]
        if drag.axes is self.right:
            return {"h": x}
        curve, w = CURVES[values["loss"]], values["w"]
        if drag.reach(drag.start[0], bracket(curve)[0]) < GRIP:
            return {"h": abs(x - w)}
        if drag.reach(w, float(curve.value(w))) < self.radius:  # it lies above the ends, and hides them if h is tiny
            return {"w": w + x - drag.start[0]}
        ends = [w + side * values["h"] for side in (-1, 1) if values["scheme"] != ("forward", "", "backward")[side + 1]]
        grip = min(drag.reach(end, float(curve.value(end))) for end in ends)
        if grip < drag.reach(w, float(curve.value(w))):
            return {"h": abs(x - w)}
        return {"w": w + x - drag.start[0]}


def secant(**start) -> LiveFigure:
    """Drag two points of a loss together, and see the secant turn into the tangent.

    Parameters
    ----------
    **start
        Where to begin: `w`, `h`, `scheme` ("forward", "backward" or "centred"), `loss`.

    Raises
    ------
    ValueError
        If a name is unknown or a value is not allowed.

    Examples
    --------
    >>> secant(loss="squared error", w=2, h=0.5, scheme="forward").readout.partition("\\n")[2]
    'true slope 2.000000, error 0.5'
    """
    return LiveFigure(Secant(), **start)


# ---------------------------------------------------------------------- the error over h


class DifferenceError(Scene):
    """A loss under a microscope as wide as h, as the computer computes it; and the error over all h."""

    title = "The error of a measured slope over the step h, and what the secant sees"
    size = (10, 4.6)
    stops = one_two_five(-15, 0)
    floor = 1e-17
    controls = (
        Steps("h", "step h", stops, value=1e-4),
        Choice("scheme", "difference", ("one-sided", "centred"), value="one-sided"),
        Choice("precision", "precision", ("float64", "float32"), value="float64"),
        Choice("loss", "loss", tuple(CURVES), value="cross-entropy"),
        Range("w", "weight w", -2, 3, step=0.1, value=-1),
    )
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

    def update_slow(self, loss, precision, w):
        curve, true = CURVES[loss], exact(CURVES[loss], w, precision)
        self.slopes = {scheme: measured(curve, w, self.stops, scheme, precision) for scheme in ("one-sided", "centred")}
        for scheme, slopes in self.slopes.items():
            error = abs(slopes.astype(float) - true)
            self.errors[ROLES[scheme]].set_data(self.stops, np.maximum(error, self.floor))
            self.errors[ROLES[scheme]].set_visible(not at_kink(loss, w))
        self.no_slope.set_visible(at_kink(loss, w))
        h, epsilon = np.array([self.stops[0], self.stops[-1]]), np.finfo(precision).eps
        fine = np.geomspace(*h, 60)
        parts = [
            fine / 2 * abs(float(curve.second(w))),
            fine**2 / 6 * abs(float(curve.third(w))),
            epsilon / 2 * max(float(curve.value(w)), 1e-30) / fine,
        ]
        for line, part in zip(self.theory, parts, strict=True):
            line.set_data(fine, np.where(part > self.floor, part, np.nan))
        for line, name, power in zip(self.roots, self.root_names, (1 / 2, 1 / 3), strict=True):
            line.set_xdata([epsilon**power] * 2)
            name.set_x(epsilon**power)
        return [*self.roots, *self.theory, *self.errors.values(), *self.root_names, self.no_slope]

    def update(self, h, scheme, precision, loss, w):
        curve, role, kind = CURVES[loss], ROLES[scheme], np.dtype(precision).type
        slope, true = float(self.slopes[scheme][self.stops.index(h)]), exact(curve, w, precision)
        a = -1 if scheme == "centred" else 0
        at = np.array([w], precision)  # not 0-d: see `measured`
        value = float(curve.value(at)[0])

        def heights(steps):
            """The computed loss so many steps h from w, above that at w, in units of h."""
            return (curve.value(at + (np.asarray(steps) * h).astype(precision)).astype(float) - value) / h

        ends = heights([a, 1.0])
        # so that the tangent is neither flat nor upright, and the ends of the secant are in sight, below the words
        near = max(abs(true), 0.25, abs(ends).max() / 1.3)
        self.computed.set_data(self.view, heights(self.view) / near)
        self.tangent.set_data(self.view[[0, -1]], true / near * self.view[[0, -1]])
        for each in self.lines:
            self.lines[each].set_visible(each == role)
            self.ends[each].set_visible(each == role)
        self.lines[role].set_data(self.view[[0, -1]], (ends[0] + slope * (self.view[[0, -1]] - a)) / near)
        self.ends[role].set_data([a, 1], ends / near)
        kink, error = at_kink(loss, w), abs(slope - true)
        self.tangent.set_visible(not kink)
        self.here.set_visible(not kink)
        told = "tangent: none" if kink else f"tangent {minus(true, 6)}"
        self.words.set_text(f"secant {minus(slope, 6)}\n{told}")
        self.here.set_data([h], [max(error, self.floor)])
        lost = "   w + h is rounded to w" if at[0] + kind(h) == at[0] else ""
        if kink:
            end = "w stands on the kink: no true slope"
        else:
            end = f"true {minus(true, 10)}, error {short(error) if error > self.floor else '0'}"
        return (
            f"{loss}, {scheme}, {precision}, w = {minus(w, 1)}, h = {short(h)}{lost}\n"
            f"measured slope {minus(slope, 10)}, {end}"
        )

    def draggable(self):
        return [self.left, self.right]

    def drag(self, drag: Drag):
        if drag.axes is self.right:
            return {"h": drag.now[0]}
        start, now = (max(abs(x), 0.05) for x in (drag.start[0], drag.now[0]))
        return {"h": drag.values["h"] * now / start}


def difference_error(**start) -> LiveFigure:
    """Move the step h of a measured slope through fifteen powers of ten, and see where its error comes from.

    Parameters
    ----------
    **start
        Where to begin: `h`, `scheme` ("one-sided" or "centred"), `precision`, `loss`, `w`.

    Raises
    ------
    ValueError
        If a name is unknown or a value is not allowed.

    Examples
    --------
    >>> difference_error(loss="squared error", h=0.01, w=-1).readout.partition("\\n")[2]
    'measured slope −3.9900000000, true −4.0000000000, error 0.01'
    """
    return LiveFigure(DifferenceError(), **start)


# ---------------------------------------------------------------------- a gradient check

IMAGES, PIXELS, CLASSES = 5, 4, ("cat", "car", "frog")
STRENGTH = 0.1  # λ
ROWS = (*(f"pixel {row + 1}" for row in range(PIXELS)), "bias")
# of the sets of weights. In each, the clues of all cases are clear: no weight is close to 0 (its penalty would be right
# even in E), and no slope is exactly 0 (one would divide rounding by rounding)
SEEDS = (101, 107, 159, 106, 188, 114)
PLACES = len(SEEDS)


@functools.cache
def batch() -> tuple[np.ndarray, np.ndarray]:
    """Return five images of four pixels and a 1 for the bias, and their labels."""
    x = np.random.default_rng(7).uniform(0.5, 2, size=(IMAGES, PIXELS)).round(1)
    return np.column_stack([x, np.ones(IMAGES)]), np.array([0, 1, 2, 1, 0])


def objective(weights, loss: Callable) -> float:
    """Return the mean loss of the batch, with a penalty on all weights but the biases."""
    x, label = batch()
    return loss(x @ weights, label) + STRENGTH * np.sum(weights[:-1] ** 2)


def derived(weights, loss: Callable, slope_in_scores: Callable | None = None, factor: float = 2) -> np.ndarray:
    """Return the gradient of `objective`, or what comes out if a step of it is changed."""
    x, label = batch()
    scores = x @ weights
    slope = (slope_in_scores or loss.gradient)(scores, label)
    penalty = factor * STRENGTH * weights
    penalty[-1] = 0
    return x.T @ slope + penalty


def _hinge_without_counting(scores, label):
    """The slope of the hinge, but with −1 for the true class however many classes stick out."""
    slope = losses.multiclass_hinge.gradient(scores, label)
    slope[np.arange(len(label)), label] = np.maximum(slope[np.arange(len(label)), label], -1 / len(label))
    return slope


def _without_biases(weights, loss):
    gradient = derived(weights, loss)
    gradient[-1] = 0
    return gradient


CROSS, HINGE = losses.softmax_cross_entropy, losses.multiclass_hinge


class Case(NamedTuple):
    """A derived gradient to be checked, and what is wrong with it."""

    loss: Callable
    gradient: Callable
    verdict: str


CASES = {
    "A": Case(
        CROSS,
        lambda w: derived(w, CROSS, lambda s, y: -CROSS.gradient(s, y)),
        "y − p in place of p − y: the data's part has the wrong sign",
    ),
    "B": Case(CROSS, lambda w: derived(w, CROSS), "nothing: this gradient is right"),
    "C": Case(
        CROSS,
        lambda w: derived(w, CROSS, lambda s, y: IMAGES * CROSS.gradient(s, y)),
        "not divided by N: the data's part is 5 times too large",
    ),
    "D": Case(CROSS, lambda w: _without_biases(w, CROSS), "the biases were forgotten: their slopes are said to be 0"),
    "E": Case(CROSS, lambda w: derived(w, CROSS, factor=1), "the penalty: λw in place of 2λw"),
    "F": Case(
        HINGE,
        lambda w: derived(w, HINGE, _hinge_without_counting),
        "the hinge's true class: −1 in place of minus the number of classes that stick out",
    ),
    "G": Case(
        HINGE, lambda w: derived(w, HINGE), "nothing: this gradient is right, but in set 1 a class stands at a kink"
    ),
}


@functools.cache
def weights_of(place: int) -> np.ndarray:
    """Return the weights of a place; at the first, one wrong class stands within a hair of the margin."""
    weights = np.random.default_rng(SEEDS[place - 1]).normal(scale=0.8, size=(PIXELS + 1, len(CLASSES))).round(2)
    if place == 1:
        x, _ = batch()
        s = x[0] @ weights  # the image of a cat; its class 2 is put to the margin
        weights[-1, 2] += s[0] - s[2] - 1 + 4e-6
    return weights


@functools.lru_cache(maxsize=128)
def compared(letter: str, place: int, h: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the derived slopes, the measured ones, and their relative errors.

    Unlike `gradients.check_gradient` it makes no allowance for rounding: that is what one should see.
    """
    case, weights = CASES[letter], weights_of(place)
    a = case.gradient(weights)
    n = numerical_gradient(lambda w: objective(w, case.loss), weights, step=h)
    size = np.maximum(abs(a), abs(n))
    return a, n, abs(a - n) / np.where(size > 0, size, 1)


class GradientReport(Scene):
    """Fifteen weights: what was derived against what was measured, and the relative errors among the thresholds."""

    title = "A gradient check of fifteen weights, and a bug to be found"
    size = (10, 4.6)
    controls = (
        Choice("gradient", "derived gradient", tuple(CASES), value="B"),
        Range("place", "set of weights", 1, PLACES, step=1, value=1),
        Steps("h", "step h", tuple(10.0**power for power in range(-10, -1)), value=1e-5),
        Range("weight", "weight looked at", 1, len(ROWS) * len(CLASSES), step=1, value=1),
        Check("tell", "tell me what is wrong", value=False),
    )
    lowest = 2e-13

    def draw(self, figure):
        self.grid, self.scatter, self.strip = figure.subplots(1, 3, width_ratios=[1.1, 0.9, 1.4])
        rows, columns = len(ROWS), len(CLASSES)
        self.grid.set(xlim=(-0.5, columns - 0.5), ylim=(rows - 0.5, -0.5), title="Relative error of each")
        self.grid.set(xticks=range(columns), xticklabels=CLASSES, yticks=range(rows), yticklabels=ROWS)
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
        kinds = [dict(role="model", markersize=6), dict(role="mae", markersize=6)]  # weights, biases
        self.dots = [self.scatter.plot([], [], **theme.dots(**kind))[0] for kind in kinds]
        (self.ring,) = self.scatter.plot([], [], **theme.dots("best", marker="o", markersize=13, fillstyle="none"))
        plots.thresholds(self.strip)
        self.strip.set(ylim=(2.6, -1.35), yticks=range(columns), yticklabels=CLASSES, title="Good, or wrong?")
        self.lanes = [self.strip.plot([], [], **theme.dots(**kind))[0] for kind in kinds]
        (self.mark,) = self.strip.plot([], [], **theme.dots("best", marker="o", markersize=13, fillstyle="none"))
        handles = [self.dots[0], self.dots[1]]
        self.scatter.legend(handles, ["weights", "biases"], loc="lower right", handletextpad=0.1, borderpad=0.1)
        self.told = figure.text(0.5, 0.015, "", ha="center", va="bottom", weight="bold", bbox=theme.ON_PAPER)
        self.strip.set_xlabel("relative error\n ")  # room for what is told
        return [*self.cells, self.frame, *self.dots, self.ring, *self.lanes, self.mark, self.step, self.told]

    def update(self, gradient, place, h, weight, tell):
        case, number = CASES[gradient], int(weight) - 1
        a, n, error = compared(gradient, int(place), h)
        for text, each in zip(self.cells, error.ravel(), strict=True):
            text.set_text(f"{each:.2f}" if each >= 0.01 else f"{each:.0e}".replace("-", "−") if each else "0")
            text.set_weight("bold" if each > 1e-4 else "normal")
        row, column = divmod(number, len(CLASSES))
        self.frame.set_xy((column - 0.47, row - 0.44))
        reach = 1.15 * max(abs(a).max(), abs(n).max())
        shown = np.maximum(error, self.lowest)
        lane = np.broadcast_to(np.arange(3.0), a.shape) + np.linspace(-0.28, 0.28, len(ROWS))[:, None]
        for part, dots, lanes in zip((slice(0, -1), slice(-1, None)), self.dots, self.lanes, strict=True):
            dots.set_data(n[part].ravel() / reach, a[part].ravel() / reach)
            lanes.set_data(shown[part].ravel(), lane[part].ravel())
        self.ring.set_data([n[row, column] / reach], [a[row, column] / reach])
        self.mark.set_data([shown[row, column]], [lane[row, column]])
        self.step.set_text(f"measured, h = {short(h)}")
        self.told.set_text(f"{gradient}: {case.verdict}" if tell else "")
        # the first of those that are equally large but for rounding
        worst = np.unravel_index(np.argmax(error >= (1 - 1e-6) * error.max()), error.shape)
        verdict = next(words for limit, words in VERDICTS if error.max() <= limit)
        name = "cross-entropy" if case.loss is CROSS else "hinge"
        ratio = f", derived / measured {minus(a[row, column] / n[row, column], 4)}" if n[row, column] else ""
        return (
            f"gradient {gradient} of the {name}, set {int(place)}, h = {short(h)}:   largest relative error "
            f"{short(error.max())}, {ROWS[worst[0]]} of {CLASSES[worst[1]]}; {verdict}\n"
            f"{ROWS[row]} of {CLASSES[column]}: derived {minus(a[row, column], 6)}, measured "
            f"{minus(n[row, column], 6)}{ratio}, relative error {short(error[row, column])}"
            + (f"\n{gradient}: {case.verdict}" if tell else "")
        )

    def draggable(self):
        return [self.grid]

    def drag(self, drag: Drag):
        column = min(len(CLASSES) - 1, max(0, round(drag.now[0])))
        row = min(len(ROWS) - 1, max(0, round(drag.now[1])))
        return {"weight": row * len(CLASSES) + column + 1}


def gradient_report(**start) -> LiveFigure:
    """Check derived gradients against measured ones, weight by weight, and find what is wrong with each.

    Parameters
    ----------
    **start
        Where to begin: `gradient` ("A" to "G"), `place`, `h`, `weight`, `tell`.

    Raises
    ------
    ValueError
        If a name is unknown or a value is not allowed.

    Examples
    --------
    >>> gradient_report(gradient="D", weight=15, tell=True).readout.splitlines()[-1]
    'D: the biases were forgotten: their slopes are said to be 0'
    """
    return LiveFigure(GradientReport(), **start)
