"""Explorers of lesson 09: a step on a parabola, batches, a ball with momentum, and Adam's parts."""

import numpy as np

from ... import theme
from ...experiments import optimizers as experiment
from ...experiments.optimizers import FRAMES, NAMED_BATCHES, NARROW, PARABOLA_STEPS, RIDGE, ROLLS
from ...live import Check, Choice, Handle, Play, Range, Scene, Steps, explorer
from ...plots import optimizers as plots
from ...plots.numbers import short
from ...plots.optimizers import almost, point

START = dict(marker="o", markersize=9, fillstyle="none")  # the ring where a way begins
END = dict(marker="o", markersize=9, markevery=[-1], markeredgecolor=theme.PAPER)  # the dot where it is now

# ---------------------------------------------------------------------- a step on a parabola


class StepSize(Scene):
    """Drag the learning rate over its limit, and the start; watch gradient descent on a parabola.

    Examples
    --------
    >>> step_size(rate=0.5, curvature=1, start=2, k=1).readout.splitlines()[1]
    'start w = 2   step 1: w = 1, loss 0.5'
    """

    title = "Gradient descent on a parabola: the learning rate and its limit 2/L"
    size = (10, 4.2)
    controls = (
        Range("rate", "learning rate η", 0.02, 2.2, step=0.02, value=0.2),
        Range("curvature", "curvature L", 1, 4, step=0.1, value=2.0),
        Range("start", "start w", -3, 3, step=0.1, value=-2.5),
        Play("k", "step", last=PARABOLA_STEPS, rate=6, after_drag=True),
    )
    slow = ("rate", "curvature", "start")
    handles = (Handle("left", x="start"), Handle("middle", x="rate"))
    far = 1e4  # what is farther away lies beyond matplotlib's arithmetic
    shown = (1e-14, 1e6)  # losses beyond these lie outside the panel

    def draw(self, figure):
        self.left, self.middle, self.right = figure.subplots(1, 3, width_ratios=[1.25, 1, 1])
        self.left.set(xlim=(-3.5, 3.5), ylim=(-1, 19), xlabel="w", ylabel="loss", title="Drag the start")
        plots.step_factor(self.middle, 2.2)
        self.middle.set_title("Drag the learning rate")
        self.right.set(xlim=(0, 41), yscale="log", ylim=(1e-12, 1e4), yticks=[1e-10, 1e-5, 1], xlabel="step")
        self.right.set(ylabel="loss", title="The loss")
        grid = np.linspace(-3.5, 3.5, 141)
        self.curve = self.left.plot(grid, grid**2, color=theme.INK, linewidth=1.2)[0]
        self.line = self.middle.plot([], [], **theme.line("gradient_descent"))[0]
        self.limit = self.middle.axvline(1, **theme.line("residual", linewidth=1.5))
        self.limit_name = self.middle.text(1, -2.5, "", va="bottom", bbox=theme.ON_PAPER)
        self.all = self.left.plot([], [], **theme.line("gradient_descent", linewidth=0.8, alpha=0.35))[0]
        self.losses = self.right.plot([], [], **theme.line("gradient_descent", linewidth=1, alpha=0.35))[0]
        moving = theme.line("gradient_descent", marker="o", markersize=4, linewidth=1.2)
        self.way = self.left.plot([], [], **moving)[0]
        ball = theme.dots("gradient_descent", markersize=12, markeredgecolor=theme.PAPER)
        self.ball = self.left.plot([], [], **ball)[0]
        self.first = self.left.plot([], [], **theme.dots("best", **START))[0]
        self.here = self.middle.plot([], [], **theme.dots("gradient_descent", markersize=11))[0]
        self.now = self.right.plot([], [], **moving)[0]
        return [self.way, self.first, self.ball, self.here, self.now]

    def prepare(self, rate, curvature, start):
        return experiment.on_parabola(rate, curvature, start)

    def draw_slow(self, prepared, rate, curvature, start):
        self.curve.set_ydata(curvature * self.curve.get_xdata() ** 2 / 2)
        self.line.set_data([0, 2.2], [1, 1 - 2.2 * curvature])
        self.limit.set_xdata([2 / curvature] * 2)
        left = curvature < 1.7
        self.limit_name.set(x=2 / curvature + (-0.05 if left else 0.05), ha="right" if left else "left")
        self.limit_name.set_text(f"2/L = {2 / curvature:.2f}")
        self.all.set_data(*self.drawn(prepared.w, curvature))
        self.losses.set_data(np.arange(PARABOLA_STEPS + 1), prepared.loss.clip(*self.shown))
        return [self.curve, self.line, self.limit, self.limit_name, self.all, self.losses]

    def update(self, prepared, rate, curvature, start, k):
        w, loss = prepared.w[: k + 1], prepared.loss[: k + 1]
        way = self.drawn(w, curvature)
        self.way.set_data(*way)
        self.ball.set_data(*(each[-1:] for each in way))
        self.first.set_data(w[:1], loss[:1])
        factor = 1 - rate * curvature
        self.here.set_data([rate], [max(factor, -2.95)])
        self.now.set_data(np.arange(k + 1), loss.clip(*self.shown))
        return (
            f"η = {rate:.2f}, L = {curvature:.1f}, limit 2/L = {2 / curvature:.2f}: each step multiplies w by 1 − ηL = "
            f"{short(round(factor, 4))}, {_in_words(factor)}\n"
            f"start w = {short(start)}   step {k}: w = {almost(w[-1])}, loss {almost(loss[-1])}"
        )

    def drawn(self, w, curvature):
        """Return where on the parabola w is drawn."""
        w = w.clip(-self.far, self.far)
        return w, curvature * w**2 / 2


def _in_words(factor: float) -> str:
    factor = round(factor, 6)
    if factor > 0:
        return "so it creeps down on its side"
    if factor == 0:
        return "so one step is enough"
    if factor > -1:
        return "so it jumps across and comes nearer"
    return "so it jumps to and fro for ever" if factor == -1 else "so each jump is longer than the last: it diverges"


step_size = explorer(StepSize)


# ---------------------------------------------------------------------- batches

COSTS = {"examples seen": "examples seen (442 are an epoch)", "updates": "updates of the weights"}


class BatchSize(Scene):
    """Choose how many examples each step sees, and compare by updates and by examples.

    A line is fitted to real data; its way in the bowl is on the left, its loss by two measures on the right.

    Examples
    --------
    >>> batch_size(batch=442, k=40).readout.partition("MSE")[0].splitlines()[1]
    'after 1.00 epochs: 442 examples seen, 1 updates, '
    """

    title = "Batch size on real data: the way in the bowl, and the loss against what it cost"
    size = (10, 4.6)
    controls = (
        Steps("batch", "batch size", experiment.BATCH_SIZES, value=32),
        Steps("rate", "learning rate η", (0.003, 0.01, 0.03, 0.1, 0.3), value=0.03),
        Choice("count", "count", tuple(COSTS), value="examples seen"),
        Range("w1", "start w₁ (bmi)", -1.5, 2, step=0.1, value=-1.0),
        Range("w2", "start w₂ (s5)", -1.5, 2, step=0.1, value=-1.2),
        Play("k", "part of five epochs", last=200, after_drag=True),
    )
    slow = ("batch", "rate", "count", "w1", "w2")
    handles = (Handle("left", x="w1", y="w2"),)
    window = (-1.7, 2.2, -1.7, 2.2)

    def draw(self, figure):
        self.left, self.right = figure.subplots(1, 2, width_ratios=[1, 1.4])
        plots.landscape(self.left, experiment.above_least(experiment.grid(self.window)), self.window)
        self.left.set(xlabel="weight of bmi, $w_1$", ylabel="weight of s5, $w_2$", title="Drag the start")
        plots.minima(self.left, experiment.best_weights()[0])
        self.right.set(xscale="log", yscale="log", xlim=(0.8, 3000), ylim=(1e-7, 100), xticks=[1, 10, 100, 1000])
        self.right.set(ylabel="MSE above the least", yticks=[1e-6, 1e-4, 1e-2, 1])
        self.right.set_xticks([1, 10, 100, 1000], ["1", "10", "100", "1000"])
        self.right.minorticks_off()
        self.right.set_title("The loss on all 442, against what it cost")
        self.unit = self.right.set_xlabel(COSTS["examples seen"])
        faint = dict(linewidth=1, alpha=0.55)
        self.others = [self.right.plot([], [], **theme.line(role, **faint))[0] for role in NAMED_BATCHES]
        box = dict(bbox=theme.ON_PAPER, fontsize="small", va="center")
        self.names = [self.right.text(1, 1, f"batch {size}", **box) for size in NAMED_BATCHES.values()]
        self.chosen = self.right.text(1, 1, "", weight="bold", **box)
        self.faint = self.left.plot([], [], color=theme.INK, linewidth=0.6, alpha=0.4)[0]
        self.first = self.left.plot([], [], **theme.dots("best", **START))[0]
        self.way = self.left.plot([], [], **theme.line("model", linewidth=1.3) | END)[0]
        held = dict(drawstyle="steps-post")  # until the next update the loss stays as it is, whatever has been seen
        self.curve = self.right.plot([], [], **theme.line("model", linewidth=1.5) | END | held)[0]
        return [self.way, self.curve]

    def prepare(self, batch, rate, count, w1, w2):
        return experiment.batch_run(batch, rate, w1, w2)

    def draw_slow(self, prepared, batch, rate, count, w1, w2):
        self.faint.set_data(*prepared.weights.T)
        self.first.set_data([w1], [w2])
        self.unit.set_text(COSTS[count])
        for line, name, size in zip(self.others, self.names, NAMED_BATCHES.values(), strict=True):
            run = experiment.batch_run(size, rate, w1, w2)
            line.set_data(_cost(run, count)[1:], run.above.clip(1e-8, 1e4)[1:])
            name.set(**_place_of_name(run, count), visible=size != batch)
        self.chosen.set(**_place_of_name(prepared, count, up=batch in NAMED_BATCHES.values()))
        self.chosen.set_text(f"batch {batch}")
        return [self.unit, self.faint, self.first, *self.others, *self.names, self.chosen]

    def update(self, prepared, batch, rate, count, w1, w2, k):
        spent = experiment.EPOCHS * 442 * k / 200
        done = int(np.searchsorted(prepared.seen, spent + 1e-9, side="right"))
        self.way.set_data(*prepared.weights[:done].T)
        self.curve.set_data(_cost(prepared, count)[:done].clip(0.8, None), prepared.above[:done].clip(1e-8, 1e4))
        return (
            f"batch size {batch}, η = {rate:g}, from ({short(w1)}, {short(w2)}), count: {count}\n"
            f"after {spent / 442:.2f} epochs: {prepared.seen[done - 1]} examples seen, {done - 1} updates, "
            f"MSE above the least {short(prepared.above[done - 1])}"
        )


def _cost(run: experiment.BatchRun, count: str) -> np.ndarray:
    """Return what has been spent after each update, by the reader's measure."""
    return run.seen if count == "examples seen" else run.updates


def _place_of_name(run: experiment.BatchRun, count: str, up: bool = True) -> dict:
    """Find a place for a curve's name: by examples the curves begin apart from each other, by updates they end so.

    The chosen curve may begin near one of the others; its name is then below it.
    """
    cost, above = _cost(run, count), run.above.clip(1e-8, 1e4)
    if count == "updates":
        return dict(x=cost[-1], y=max(above.min() / 3, 2e-7), ha="right")
    return dict(x=1.05 * cost[1], y=min(above[1], 60) * (2 if up else 0.45), ha="left")


batch_size = explorer(BatchSize)


# ---------------------------------------------------------------------- a ball with momentum


class Rolling(Scene):
    """Let a ball with momentum roll in two valleys, and see from which starts it ends in which.

    Examples
    --------
    >>> rolling(beta=0).readout.rpartition(": ")[2], rolling(beta=0.9).readout.rpartition(": ")[2]
    ('in the shallow valley', 'in the deep valley')
    """

    title = "Momentum in two valleys: through the shallow one, or out of the deep one"
    size = (10, 5)
    controls = (
        Range("beta", "momentum β", 0, 0.98, step=0.01, value=0.9),
        Steps("rate", "learning rate η", (0.005, 0.01, 0.02, 0.05, 0.1), value=0.02),
        Range("start", "start w", -2, 2.4, step=0.05, value=2.0),
        Play("k", "step", last=ROLLS, after_drag=True),
    )
    slow = ("beta", "rate", "start")
    handles = (Handle(("top", "bottom"), x="start"), Handle("right", x="beta", y="start"))

    def draw(self, figure):
        for rate in self.controls[1].options:  # ahead of the hand
            experiment.end_valleys(rate)
        (self.top, self.right), (self.bottom, spare) = figure.subplots(2, 2, width_ratios=[1.2, 1], sharex="col")
        layout = self.right.get_gridspec()
        spare.remove()
        self.right.set_subplotspec(layout[:, 1])
        self.right.tick_params(labelbottom=True)
        w = np.linspace(-2.2, 2.6, 241)
        self.top.plot(w, experiment.hill(w), color=theme.INK, linewidth=1.5)
        self.top.set(xlim=(-2.2, 2.6), ylim=(-1.5, 3.2), ylabel="loss", title="Drag the ball to its start")
        self.top.text(-1.13, -0.78, "deep", ha="center", va="top")
        self.top.text(0.79, -0.22, "shallow", ha="center", va="top")
        self.bottom.set(ylim=(ROLLS + 8, -8), xlabel="w", ylabel="step", title="Where it was, from top to bottom")
        for valley in experiment.VALLEYS:
            self.bottom.axvline(valley, color=theme.FAINT, linewidth=0.8)
        self.image = plots.end_map(self.right, experiment.end_valleys(0.02))
        self.right.set(xlabel="momentum β", ylabel="start w", title="Where it ends: drag the dot")
        words = (1.4, "ends in the shallow valley"), (-0.8, "ends in the deep valley")
        self.words = [self.right.text(0.03, height, word) for height, word in words]
        self.first = self.top.plot([], [], **theme.dots("best", **START))[0]
        self.faint = self.bottom.plot([], [], **theme.line("momentum", linewidth=0.8, alpha=0.4))[0]
        self.trail = self.top.plot([], [], **theme.line("momentum", linewidth=1.2, linestyle="-"))[0]
        ball = dict(marker="o", markersize=13, markeredgecolor=theme.PAPER)
        self.ball = self.top.plot([], [], **theme.dots("momentum") | ball)[0]
        end = END | dict(markersize=8, linestyle="-")
        self.trace = self.bottom.plot([], [], **theme.line("momentum", linewidth=1.6) | end)[0]
        dot = theme.dots("outlier", marker="o", markersize=11, markeredgecolor=theme.PAPER, clip_on=False)
        self.here = self.right.plot([], [], **dot)[0]
        return [self.trail, self.ball, self.trace, self.here]

    def prepare(self, beta, rate, start):
        return experiment.roll(start, rate, beta)

    def draw_slow(self, prepared, beta, rate, start):
        self.image.set_data(experiment.end_valleys(rate))
        self.first.set_data([start], [experiment.hill(start)])
        self.faint.set_data(prepared, np.arange(ROLLS + 1))
        return [self.image, *self.words, self.first, self.faint]

    def update(self, prepared, beta, rate, start, k):
        past = prepared[: k + 1]
        heights = experiment.hill(past)
        self.trail.set_data(past, heights + 0.06)
        self.ball.set_data(past[-1:], heights[-1:] + 0.12)
        self.trace.set_data(past, np.arange(k + 1))
        self.here.set_data([beta], [start])
        end = "in the deep valley" if prepared[-1] < RIDGE else "in the shallow valley"
        over = int(np.sum(np.diff(past < RIDGE)))
        return (
            f"β = {beta:.2f}, η = {rate:g}, start w = {short(start)}   step {k}: w = {short(past[-1])}, "
            f"loss {short(heights[-1])}, crossed the ridge {over} time{'s' * (over != 1)}   "
            f"after {ROLLS} steps: {end}"
        )


rolling = explorer(Rolling)


# ---------------------------------------------------------------------- Adam's parts


class AdamParts(Scene):
    """Switch Adam's parts on and off, and see what each does.

    From left to right: its way, the length of its steps in both directions, its loss.

    Examples
    --------
    >>> adam_parts(momentum=False, scaling=False, correction=False, rate=0.05, k=1).readout.splitlines()[0]
    'parts: none   η = 0.05, from (−2, 1)   step 1: w = (−1.95, 0.5), loss 2.2'
    """

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
    slow = ("momentum", "scaling", "correction", "rate", "w1", "w2")
    handles = (Handle("left", x="w1", y="w2"),)

    def draw(self, figure):
        self.left, self.middle, self.right = figure.subplots(1, 3, width_ratios=[1.35, 1, 1])
        plots.landscape(self.left, NARROW(experiment.grid(NARROW.window)), NARROW.window)
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
        small = dict(loc="upper right", fontsize="small", borderpad=0)
        self.right.legend([self.whole[1], self.plain[1]], ["Adam, all parts", "GD, no part"], **small)
        self.first = self.left.plot([], [], **theme.dots("best", **START))[0]
        thick = dict(color=theme.INK, linewidth=1.8)
        self.way = self.left.plot([], [], **thick, **END)[0]
        self.curve = self.right.plot([], [], **thick, **END)[0]
        self.steps = [
            self.middle.plot([], [], **thick, linestyle=style, marker=mark, markevery=[-1], markersize=8)[0]
            for style, mark in (("-", "o"), ("--", "s"))
        ]
        samples = [self.middle.plot([], [], **thick, linestyle=style)[0] for style in ("-", "--")]
        self.middle.legend(samples, ["in $w_1$", "in $w_2$"], **small)
        return [self.way, self.curve, *self.steps]

    def prepare(self, momentum, scaling, correction, rate, w1, w2):
        return experiment.adam_run(momentum, scaling, correction, rate, w1, w2)

    def draw_slow(self, prepared, momentum, scaling, correction, rate, w1, w2):
        for lines, parts in (self.whole, True), (self.plain, False):
            run = experiment.adam_run(parts, parts, parts, rate, w1, w2)
            lines[0].set_data(*run.points.T)
            lines[1].set_data(np.arange(FRAMES + 1), run.losses.clip(1e-12, None))
        self.first.set_data([w1], [w2])
        return [*self.whole, *self.plain, self.first]

    def update(self, prepared, momentum, scaling, correction, rate, w1, w2, k):
        points, heights, lengths = prepared
        self.way.set_data(*points[: k + 1].T)
        self.curve.set_data(np.arange(k + 1), heights[: k + 1].clip(1e-12, None))
        for line, each in zip(self.steps, lengths.T, strict=True):
            line.set_data(np.arange(1, k + 1), each[:k].clip(1e-6, None))
        parts = [name for name, on in (("momentum", momentum), ("scaling", scaling), ("correction", correction)) if on]
        now, first = (", ".join(map(almost, each)) for each in (lengths[k - 1] if k else (0.0, 0.0), lengths[0]))
        return (
            f"parts: {', '.join(parts) or 'none'}   η = {rate:g}, from {point((w1, w2))}   step {k}: "
            f"w = {point(points[k])}, loss {almost(heights[k])}\n"
            f"length of this step in w₁ and w₂: {now} times η; of the first: {first}"
        )


adam_parts = explorer(AdamParts)
