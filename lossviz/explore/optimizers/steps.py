"""The explorers of lesson 09: a step on a parabola, batches, a ball with momentum, Adam's parts; and six optimisers.

What they do on landscapes is in landscapes.py, their race in racing.py.
"""

import functools
import math
from collections.abc import Callable

import numpy as np

from ... import data, losses, optimizers, theme
from ...live import Check, Choice, Drag, LiveFigure, Play, Range, Scene, Steps
from ...plots import optimizers as plots
from ...plots.numbers import short
from ...plots.optimizers import NAMES

ROLES = tuple(NAMES)
RULES: dict[str, Callable[[float], optimizers.Optimizer]] = {
    "gradient_descent": optimizers.GradientDescent,
    "momentum": optimizers.Momentum,
    "nesterov": functools.partial(optimizers.Momentum, nesterov=True),
    "adagrad": optimizers.AdaGrad,
    "rmsprop": optimizers.RMSProp,
    "adam": optimizers.Adam,
}  # from a learning rate to an optimiser; their other settings are the library's


def point(w) -> str:
    """Write a place of the plane."""
    return f"({almost(w[0])}, {almost(w[1])})"


def almost(value: float) -> str:
    """Write a number; what is left of it after the last digit of its like is rounding, and is called ≈ 0."""
    return short(value) if value == 0 or abs(value) >= plots.FLOOR else "≈ 0"


# ---------------------------------------------------------------------- a step on a parabola


class StepSize(Scene):
    """Gradient descent on ½ L w²: where it is, what a step multiplies w by, and the loss."""

    title = "Gradient descent on a parabola: the learning rate and its limit 2/L"
    size = (10, 4.2)
    controls = (
        Range("rate", "learning rate η", 0.02, 2.2, step=0.02, value=0.2),
        Range("curvature", "curvature L", 1, 4, step=0.1, value=2.0),
        Range("start", "start w", -3, 3, step=0.1, value=-2.5),
        Play("k", "step", last=40, rate=6, after_drag=True),
    )

    def draw(self, figure):
        self.left, self.middle, self.right = figure.subplots(1, 3, width_ratios=[1.25, 1, 1])
        self.left.set(xlim=(-3.5, 3.5), ylim=(-1, 19), xlabel="w", ylabel="loss", title="Drag the start")
        plots.factor(self.middle, 2.2)
        self.middle.set_title("Drag the learning rate")
        self.right.set(xlim=(0, 41), yscale="log", ylim=(1e-12, 1e4), yticks=[1e-10, 1e-5, 1], xlabel="step")
        self.right.set(ylabel="loss", title="The loss")
        grid = np.linspace(-3.5, 3.5, 141)
        self.grid = grid
        self.curve = self.left.plot(grid, grid**2, color=theme.INK, linewidth=1.2)[0]
        self.line = self.middle.plot([], [], **theme.line("gradient_descent"))[0]
        self.limit = self.middle.axvline(1, **theme.line("residual", linewidth=1.5))
        self.limit_name = self.middle.text(1, -2.5, "", va="bottom", bbox=theme.ON_PAPER)
        self.all = self.left.plot([], [], **theme.line("gradient_descent", linewidth=0.8, alpha=0.35))[0]
        self.losses = self.right.plot([], [], **theme.line("gradient_descent", linewidth=1, alpha=0.35))[0]
        moving = theme.line("gradient_descent", marker="o", markersize=4, linewidth=1.2)
        self.way = self.left.plot([], [], **moving)[0]
        self.ball = self.left.plot(
            [], [], **theme.dots("gradient_descent", markersize=12, markeredgecolor=theme.PAPER)
        )[0]
        self.first = self.left.plot([], [], **theme.dots("best", marker="o", markersize=9, fillstyle="none"))[0]
        self.here = self.middle.plot([], [], **theme.dots("gradient_descent", markersize=11))[0]
        self.now = self.right.plot([], [], **moving)[0]
        return [self.way, self.first, self.ball, self.here, self.now]

    def update_slow(self, rate, curvature, start):
        self.w = start * (1 - rate * curvature) ** np.arange(41)
        self.heights = curvature * self.w**2 / 2
        self.near = self.w.clip(-1e4, 1e4)  # what is farther away lies beyond matplotlib's arithmetic
        self.low = curvature * self.near**2 / 2
        self.curve.set_ydata(curvature * self.grid**2 / 2)
        self.line.set_data([0, 2.2], [1, 1 - 2.2 * curvature])
        self.limit.set_xdata([2 / curvature] * 2)
        left = curvature < 1.7
        self.limit_name.set(x=2 / curvature + (-0.05 if left else 0.05), ha="right" if left else "left")
        self.limit_name.set_text(f"2/L = {2 / curvature:.2f}")
        self.all.set_data(self.near, self.low)
        self.losses.set_data(np.arange(41), self.heights.clip(1e-14, 1e6))
        return [self.curve, self.line, self.limit, self.limit_name, self.all, self.losses]

    def update(self, rate, curvature, start, k):
        past = slice(0, k + 1)
        self.way.set_data(self.near[past], self.low[past])
        self.ball.set_data(self.near[[k]], self.low[[k]])
        self.first.set_data(self.w[:1], self.heights[:1])
        factor = 1 - rate * curvature
        self.here.set_data([rate], [max(factor, -2.95)])
        self.now.set_data(np.arange(k + 1), self.heights[past].clip(1e-14, 1e6))
        return (
            f"η = {rate:.2f}, L = {curvature:.1f}, limit 2/L = {2 / curvature:.2f}: each step multiplies w by 1 − ηL = "
            f"{short(round(factor, 4))}, {_in_words(factor)}\n"
            f"start w = {short(start)}   step {k}: w = {almost(self.w[k])}, loss {almost(self.heights[k])}"
        )

    def draggable(self):
        return [self.left, self.middle]

    def drag(self, drag: Drag):
        return {"start": drag.now[0]} if drag.axes is self.left else {"rate": drag.now[0]}


def _in_words(factor: float) -> str:
    factor = round(factor, 6)
    if factor > 0:
        return "so it creeps down on its side"
    if factor == 0:
        return "so one step is enough"
    if factor > -1:
        return "so it jumps across and comes nearer"
    return "so it jumps to and fro for ever" if factor == -1 else "so each jump is longer than the last: it diverges"


def step_size(**start) -> LiveFigure:
    """Drag the learning rate over its limit, and the start; watch gradient descent on a parabola.

    Parameters
    ----------
    **start
        Where to begin: `rate`, `curvature`, `start`, `k`.

    Raises
    ------
    ValueError
        If a name is unknown or a value is not allowed.

    Examples
    --------
    >>> step_size(rate=0.5, curvature=1, start=2, k=1).readout.splitlines()[1]
    'start w = 2   step 1: w = 1, loss 0.5'
    """
    return LiveFigure(StepSize(), **start)


# ---------------------------------------------------------------------- batches

BATCH_SIZES = (1, 4, 16, 32, 128, 442)
EPOCHS = 5


@functools.cache
def patients() -> tuple[np.ndarray, np.ndarray]:
    """Return body mass index and triglycerides of the diabetes data, shape (442, 2), and the progression; each with
    mean 0 and standard deviation 1.
    """
    x, y = data.diabetes()
    columns = [data.DIABETES_FEATURES.index(name) for name in ("bmi", "s5")]
    x = x[:, columns]
    return (x - x.mean(axis=0)) / x.std(axis=0), (y - y.mean()) / y.std()


@functools.cache
def best_weights() -> tuple[np.ndarray, float]:
    """Return the weights with the least MSE on the patients, and that MSE."""
    x, y = patients()
    w = np.linalg.solve(x.T @ x, x.T @ y)
    return w, float(losses.mse(x @ w, y))


@functools.cache
def dealt(size: int) -> list[tuple[float, ...]]:
    """Deal the patients out in batches for `EPOCHS` epochs; of each batch keep the numbers that make its gradient.

    The gradient of the MSE at w is (p w₁ + q w₂ − s, q w₁ + r w₂ − t).
    """
    rng, kept = np.random.default_rng(9), []
    for _ in range(EPOCHS):
        for x, y in optimizers.batches(*patients(), size, rng):
            (p, q), (_, r) = 2 * x.T @ x / len(x)
            s, t = 2 * x.T @ y / len(x)
            kept.append((float(p), float(q), float(r), float(s), float(t)))
    return kept


@functools.lru_cache(maxsize=64)
def batch_way(size: int, rate: float, w1: float, w2: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the weights after each update of gradient descent on batches, shape (updates + 1, 2), and how far their
    MSE on all patients lies above the least.
    """
    way = [(w1, w2)]
    for p, q, r, s, t in dealt(size):
        w1, w2 = w1 - rate * (p * w1 + q * w2 - s), w2 - rate * (q * w1 + r * w2 - t)
        way.append((w1, w2))
    way = np.array(way)
    return way, above_least(way)


def above_least(w) -> np.ndarray:
    """Return how far the MSE of weights w, shape (..., 2), on all patients lies above the least: it is a bowl."""
    x, _ = patients()
    off = np.asarray(w) - best_weights()[0]
    return ((off @ (x.T @ x / len(x))) * off).sum(axis=-1)


def seen(size: int) -> np.ndarray:
    """Return how many examples have been seen after each update; the last batch of an epoch may be smaller."""
    n = len(patients()[1])
    in_epoch = np.minimum(np.arange(1, -(-n // size) + 1) * size, n)
    return np.concatenate([[0], *(epoch * n + in_epoch for epoch in range(EPOCHS))])


class BatchSize(Scene):
    """One line fit on real data with batches of a size to choose: its way in the bowl, and its loss by two measures."""

    title = "Batch size on real data: the way in the bowl, and the loss against what it cost"
    size = (10, 4.6)
    controls = (
        Steps("batch", "batch size", BATCH_SIZES, value=32),
        Steps("rate", "learning rate η", (0.003, 0.01, 0.03, 0.1, 0.3), value=0.03),
        Choice("count", "count", ("examples seen", "updates"), value="examples seen"),
        Range("w1", "start w₁ (bmi)", -1.5, 2, step=0.1, value=-1.0),
        Range("w2", "start w₂ (s5)", -1.5, 2, step=0.1, value=-1.2),
        Play("k", "part of five epochs", last=200, after_drag=True),
    )
    window = (-1.7, 2.2, -1.7, 2.2)

    def draw(self, figure):
        self.left, self.right = figure.subplots(1, 2, width_ratios=[1, 1.4])
        plots.landscape(self.left, above_least(plots.grid(self.window)), self.window)
        self.left.set(xlabel="weight of bmi, $w_1$", ylabel="weight of s5, $w_2$", title="Drag the start")
        plots.minima(self.left, best_weights()[0])
        self.right.set(xscale="log", yscale="log", xlim=(0.8, 3000), ylim=(1e-7, 100), xticks=[1, 10, 100, 1000])
        self.right.set(ylabel="MSE above the least", yticks=[1e-6, 1e-4, 1e-2, 1])
        self.right.set_xticks([1, 10, 100, 1000], ["1", "10", "100", "1000"])
        self.right.minorticks_off()
        self.right.set_title("The loss on all 442, against what it cost")
        self.unit = self.right.set_xlabel("examples seen (442 are an epoch)")
        self.others = [self.right.plot([], [], **theme.line(role, linewidth=1, alpha=0.55))[0] for role in BATCH_ROLES]
        box = dict(bbox=theme.ON_PAPER, fontsize="small", va="center")
        self.names = [self.right.text(1, 1, f"batch {size}", **box) for size in BATCH_ROLES.values()]
        self.chosen = self.right.text(1, 1, "", weight="bold", **box)
        self.faint = self.left.plot([], [], color=theme.INK, linewidth=0.6, alpha=0.4)[0]
        self.first = self.left.plot([], [], **theme.dots("best", marker="o", markersize=9, fillstyle="none"))[0]
        end = dict(marker="o", markersize=9, markevery=[-1], markeredgecolor=theme.PAPER)
        self.way = self.left.plot([], [], **theme.line("model", linewidth=1.3) | end)[0]
        held = dict(drawstyle="steps-post")  # until the next update the loss stays as it is, whatever has been seen
        self.curve = self.right.plot([], [], **theme.line("model", linewidth=1.5) | end | held)[0]
        return [self.way, self.curve]

    def update_slow(self, batch, rate, count, w1, w2):
        self.points, self.above = batch_way(batch, rate, w1, w2)
        self.cost = self.costs(batch, count)
        self.faint.set_data(*self.points.T)
        self.first.set_data([w1], [w2])
        self.unit.set_text("examples seen (442 are an epoch)" if count == "examples seen" else "updates of the weights")
        for line, name, size in zip(self.others, self.names, BATCH_ROLES.values(), strict=True):
            cost, above = self.costs(size, count), batch_way(size, rate, w1, w2)[1].clip(1e-8, 1e4)
            line.set_data(cost[1:], above[1:])
            name.set(**self.beside(cost, above, count), visible=size != batch)
        self.chosen.set(**self.beside(self.cost, self.above, count, up=batch in BATCH_ROLES.values()))
        self.chosen.set_text(f"batch {batch}")
        return [self.unit, self.faint, self.first, *self.others, *self.names, self.chosen]

    @staticmethod
    def beside(cost, above, count, up=True) -> dict:
        """Find a place for a curve's name: by examples the curves begin apart from each other, by updates they end so.

        The chosen curve may begin near one of the others; its name is then below it.
        """
        if count == "updates":
            return dict(x=cost[-1], y=max(above.min() / 3, 2e-7), ha="right")
        return dict(x=1.05 * cost[1], y=min(above[1], 60) * (2 if up else 0.45), ha="left")

    def costs(self, batch, count) -> np.ndarray:
        """Return what has been spent after each update, by the reader's measure."""
        return seen(batch) if count == "examples seen" else np.arange(len(dealt(batch)) + 1)

    def update(self, batch, rate, count, w1, w2, k):
        spent = EPOCHS * 442 * k / 200
        done = int(np.searchsorted(seen(batch), spent + 1e-9, side="right"))
        past = slice(0, done)
        self.way.set_data(*self.points[past].T)
        self.curve.set_data(self.cost[past].clip(0.8, None), self.above[past].clip(1e-8, 1e4))
        epochs = spent / 442
        return (
            f"batch size {batch}, η = {rate:g}, from ({short(w1)}, {short(w2)}), count: {count}\n"
            f"after {epochs:.2f} epochs: {seen(batch)[done - 1]} examples seen, {done - 1} updates, "
            f"MSE above the least {short(self.above[done - 1])}"
        )

    def draggable(self):
        return [self.left]

    def drag(self, drag: Drag):
        return {"w1": drag.now[0], "w2": drag.now[1]}


BATCH_ROLES = {"stochastic": 1, "mini_batch": 32, "full_batch": 442}


def batch_size(**start) -> LiveFigure:
    """Choose how many examples each step sees, and compare by updates and by examples.

    Parameters
    ----------
    **start
        Where to begin: `batch`, `rate`, `count`, `w1`, `w2`, `k`.

    Raises
    ------
    ValueError
        If a name is unknown or a value is not allowed.

    Examples
    --------
    >>> batch_size(batch=442, k=40).readout.partition("MSE")[0].splitlines()[1]
    'after 1.00 epochs: 442 examples seen, 1 updates, '
    """
    return LiveFigure(BatchSize(), **start)


# ---------------------------------------------------------------------- a ball with momentum

BETAS = np.round(np.linspace(0, 0.98, 99), 2)
STARTS = np.round(np.linspace(-2, 2.4, 89), 2)
ROLLS = 200
VALLEYS = theme.LANDSCAPE.resampled(4)
RIDGE = 0.3389  # where the hill between the two valleys is highest; between the slider's starts


def hill(w):
    """Return the height of the double well along w₂ = 0."""
    return w**4 / 4 - w**2 / 2 + 0.3 * w


def roll(w, rate: float, beta, steps: int = ROLLS) -> np.ndarray:
    """Return where momentum, v ← β v + g and w ← w − η v, takes each w on the hill, shape (steps + 1, *shape of w)."""
    w, v = np.asarray(w, float), 0.0
    way = [w]
    for _ in range(steps):
        v = beta * v + w * w * w - w + 0.3
        w = w - rate * v
        way.append(w)
    return np.array(way)


@functools.cache
def ends(rate: float) -> np.ndarray:
    """Return for each start (rows) and β (columns) the valley at the end: 0 for the deep one, 1 for the shallow."""
    return np.where(roll(np.tile(STARTS[:, None], len(BETAS)), rate, BETAS)[-1] < RIDGE, 0, 1)


class Rolling(Scene):
    """A ball with momentum in a double well: its way, and, for every start and β, the valley in which it ends."""

    title = "Momentum in two valleys: through the shallow one, or out of the deep one"
    size = (10, 5)
    controls = (
        Range("beta", "momentum β", 0, 0.98, step=0.01, value=0.9),
        Steps("rate", "learning rate η", (0.005, 0.01, 0.02, 0.05, 0.1), value=0.02),
        Range("start", "start w", -2, 2.4, step=0.05, value=2.0),
        Play("k", "step", last=ROLLS, after_drag=True),
    )

    def draw(self, figure):
        for rate in self.controls[1].options:  # ahead of the hand
            ends(rate)
        (self.top, self.right), (self.bottom, spare) = figure.subplots(2, 2, width_ratios=[1.2, 1], sharex="col")
        layout = self.right.get_gridspec()
        spare.remove()
        self.right.set_subplotspec(layout[:, 1])
        self.right.tick_params(labelbottom=True)
        w = np.linspace(-2.2, 2.6, 241)
        self.top.plot(w, hill(w), color=theme.INK, linewidth=1.5)
        self.top.set(xlim=(-2.2, 2.6), ylim=(-1.5, 3.2), ylabel="loss", title="Drag the ball to its start")
        self.top.text(-1.13, -0.78, "deep", ha="center", va="top")
        self.top.text(0.79, -0.22, "shallow", ha="center", va="top")
        self.bottom.set(ylim=(ROLLS + 8, -8), xlabel="w", ylabel="step", title="Where it was, from top to bottom")
        for valley in (-1.125418782756626, 0.7864825411616272):
            self.bottom.axvline(valley, color=theme.FAINT, linewidth=0.8)
        box = (-0.005, 0.985, STARTS[0] - 0.025, STARTS[-1] + 0.025)
        self.image = self.right.imshow(
            ends(0.02), origin="lower", extent=box, aspect="auto", cmap=VALLEYS, vmin=0, vmax=2
        )
        self.right.set(xlabel="momentum β", ylabel="start w", title="Where it ends: drag the dot")
        self.words = []
        for height, word in ((1.4, "ends in the shallow valley"), (-0.8, "ends in the deep valley")):
            self.words.append(self.right.text(0.03, height, word))
        self.first = self.top.plot([], [], **theme.dots("best", marker="o", markersize=9, fillstyle="none"))[0]
        self.faint = self.bottom.plot([], [], **theme.line("momentum", linewidth=0.8, alpha=0.4))[0]
        self.trail = self.top.plot([], [], **theme.line("momentum", linewidth=1.2, linestyle="-"))[0]
        ball = dict(markersize=13, markeredgecolor=theme.PAPER)
        self.ball = self.top.plot([], [], **theme.dots("momentum", marker="o") | ball)[0]
        end = dict(marker="o", markersize=8, markevery=[-1], linestyle="-", markeredgecolor=theme.PAPER)
        self.trace = self.bottom.plot([], [], **theme.line("momentum", linewidth=1.6) | end)[0]
        dot = theme.dots("outlier", marker="o", markersize=11, markeredgecolor=theme.PAPER, clip_on=False)
        self.here = self.right.plot([], [], **dot)[0]
        return [self.trail, self.ball, self.trace, self.here]

    def update_slow(self, beta, rate, start):
        self.w = roll(start, rate, beta)
        self.image.set_data(ends(rate))
        self.first.set_data([start], [hill(start)])
        self.faint.set_data(self.w, np.arange(ROLLS + 1))
        return [self.image, *self.words, self.first, self.faint]

    def update(self, beta, rate, start, k):
        past = self.w[: k + 1]
        self.trail.set_data(past, hill(past) + 0.06)
        self.ball.set_data(past[-1:], hill(past[-1:]) + 0.12)
        self.trace.set_data(past, np.arange(k + 1))
        self.here.set_data([beta], [start])
        end = "in the deep valley" if self.w[-1] < RIDGE else "in the shallow valley"
        over = int(np.sum(np.diff(past < RIDGE)))
        return (
            f"β = {beta:.2f}, η = {rate:g}, start w = {short(start)}   step {k}: w = {short(past[-1])}, "
            f"loss {short(hill(past[-1]))}, crossed the ridge {over} time{'s' * (over != 1)}   "
            f"after {ROLLS} steps: {end}"
        )

    def draggable(self):
        return [self.top, self.bottom, self.right]

    def drag(self, drag: Drag):
        if drag.axes is self.right:
            return {"beta": drag.now[0], "start": drag.now[1]}
        return {"start": drag.now[0]}


def rolling(**start) -> LiveFigure:
    """Let a ball with momentum roll in two valleys, and see from which starts it ends in which.

    Parameters
    ----------
    **start
        Where to begin: `beta`, `rate`, `start`, `k`.

    Raises
    ------
    ValueError
        If a name is unknown or a value is not allowed.

    Examples
    --------
    >>> rolling(beta=0).readout.rpartition(": ")[2], rolling(beta=0.9).readout.rpartition(": ")[2]
    ('in the shallow valley', 'in the deep valley')
    """
    return LiveFigure(Rolling(), **start)


# ---------------------------------------------------------------------- Adam's parts

NARROW = data.quadratic(curvatures=(0.5, 10.0))
FRAMES = 200


def adam_way(momentum: bool, scaling: bool, correction: bool, rate: float, start, steps: int = FRAMES) -> np.ndarray:
    """Return the way of Adam with some of its parts on the narrow bowl, shape (steps + 1, 2); β₁ 0.9, β₂ 0.999.

    Without momentum it takes the gradient itself, without scaling it does not divide, without correction the two
    running means stay as they are. With all three it is `optimizers.Adam`; with none, gradient descent.
    """
    beta1, beta2 = 0.9 if momentum else 0.0, 0.999
    w, m, v = list(map(float, start)), [0.0, 0.0], [0.0, 0.0]
    way = [tuple(w)]
    for t in range(1, steps + 1):
        for i, g in enumerate(NARROW.gradient(w).tolist()):
            m[i] = beta1 * m[i] + (1 - beta1) * g
            v[i] = beta2 * v[i] + (1 - beta2) * g * g
            first, second = m[i], v[i]
            if correction:
                first, second = first / (1 - beta1**t), second / (1 - beta2**t)
            w[i] -= rate * (first / (math.sqrt(second) + 1e-8) if scaling else first)
        way.append(tuple(w))
    return np.array(way)


class AdamParts(Scene):
    """Adam with each of its three parts on or off: its way, the length of its steps in both directions, its loss."""

    title = "Adam taken apart: momentum, scaling and bias correction, each on or off"
    size = (10, 4.6)
    controls = (
        Check("momentum", "momentum (β₁ 0.9)", True),
        Check("scaling", "scaling (β₂ 0.999)", True),
        Check("correction", "bias correction", True),
        Steps("rate", "learning rate η", (0.01, 0.02, 0.05, 0.1, 0.15), value=0.05),
        Range("w1", "start w₁", -2.4, 2.4, step=0.1, value=-2.0),
        Range("w2", "start w₂", -1.4, 1.4, step=0.1, value=1.0),
        Play("k", "step", last=FRAMES, after_drag=True),
    )

    def draw(self, figure):
        self.left, self.middle, self.right = figure.subplots(1, 3, width_ratios=[1.35, 1, 1])
        plots.landscape(self.left, NARROW(plots.grid(NARROW.window)), NARROW.window)
        plots.minima(self.left, NARROW.minima)
        self.left.set_title("Drag the start")
        self.middle.set(xscale="log", yscale="log", xlim=(0.9, 220), ylim=(1e-4, 60), xticks=[1, 10, 100])
        self.middle.set_xticks([1, 10, 100], ["1", "10", "100"])
        self.middle.set(xlabel="step", ylabel="length of the step, in η", title="How long is each step?")
        self.middle.axhline(1, color=theme.FAINT, linewidth=0.8)
        self.right.set(yscale="log", xlim=(0, FRAMES + 6), ylim=(1e-10, 1e3), yticks=[1e-8, 1e-4, 1], xlabel="step")
        self.right.set(ylabel="loss", title="The loss")
        thin = dict(linewidth=1, alpha=0.6)
        self.whole = [ax.plot([], [], **theme.line("adam", **thin))[0] for ax in (self.left, self.right)]
        self.plain = [ax.plot([], [], **theme.line("gradient_descent", **thin))[0] for ax in (self.left, self.right)]
        names = ["Adam, all parts", "GD, no part"]
        self.right.legend([self.whole[1], self.plain[1]], names, loc="upper right", fontsize="small", borderpad=0)
        self.first = self.left.plot([], [], **theme.dots("best", marker="o", markersize=9, fillstyle="none"))[0]
        end = dict(marker="o", markersize=9, markevery=[-1], markeredgecolor=theme.PAPER, color=theme.INK)
        self.way = self.left.plot([], [], linewidth=1.8, **end)[0]
        self.curve = self.right.plot([], [], linewidth=1.8, **end)[0]
        thick = dict(color=theme.INK, linewidth=1.8)
        self.steps = [
            self.middle.plot([], [], **thick, linestyle=style, marker=mark, markevery=[-1], markersize=8)[0]
            for style, mark in (("-", "o"), ("--", "s"))
        ]
        samples = [self.middle.plot([], [], **thick, linestyle=style)[0] for style in ("-", "--")]
        self.middle.legend(samples, ["in $w_1$", "in $w_2$"], loc="upper right", fontsize="small", borderpad=0)
        return [self.way, self.curve, *self.steps]

    def update_slow(self, momentum, scaling, correction, rate, w1, w2):
        start = (w1, w2)
        self.points = adam_way(momentum, scaling, correction, rate, start)
        self.lengths = abs(np.diff(self.points, axis=0)) / rate
        self.heights = NARROW(self.points)
        others = adam_way(True, True, True, rate, start), adam_way(False, False, False, rate, start)
        for pair, points in zip((self.whole, self.plain), others, strict=True):
            pair[0].set_data(*points.T)
            pair[1].set_data(np.arange(FRAMES + 1), NARROW(points).clip(1e-12, None))
        self.first.set_data([w1], [w2])
        return [*self.whole, *self.plain, self.first]

    def update(self, momentum, scaling, correction, rate, w1, w2, k):
        self.way.set_data(*self.points[: k + 1].T)
        self.curve.set_data(np.arange(k + 1), self.heights[: k + 1].clip(1e-12, None))
        for line, lengths in zip(self.steps, self.lengths.T, strict=True):
            line.set_data(np.arange(1, k + 1), lengths[:k].clip(1e-6, None))
        parts = [name for name, on in (("momentum", momentum), ("scaling", scaling), ("correction", correction)) if on]
        lengths = ", ".join(map(almost, self.lengths[k - 1] if k else (0.0, 0.0)))
        return (
            f"parts: {', '.join(parts) or 'none'}   η = {rate:g}, from {point((w1, w2))}   step {k}: "
            f"w = {point(self.points[k])}, loss {almost(self.heights[k])}\n"
            f"length of this step in w₁ and w₂: {lengths} times η; of the first: "
            + ", ".join(map(almost, self.lengths[0]))
        )

    def draggable(self):
        return [self.left]

    def drag(self, drag: Drag):
        return {"w1": drag.now[0], "w2": drag.now[1]}


def adam_parts(**start) -> LiveFigure:
    """Switch Adam's parts on and off, and see what each does.

    Parameters
    ----------
    **start
        Where to begin: `momentum`, `scaling`, `correction`, `rate`, `w1`, `w2`, `k`.

    Raises
    ------
    ValueError
        If a name is unknown or a value is not allowed.

    Examples
    --------
    >>> adam_parts(momentum=False, scaling=False, correction=False, rate=0.05, k=1).readout.splitlines()[0]
    'parts: none   η = 0.05, from (−2, 1)   step 1: w = (−1.95, 0.5), loss 2.2'
    """
    return LiveFigure(AdamParts(), **start)
