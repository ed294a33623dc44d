"""The explorers of lesson 08: one neuron that learns with two losses, the slopes of activations, gradients by depth,
and a ReLU that learns or dies.
"""

from itertools import chain

import numpy as np
from matplotlib.axes import Axes

from .. import losses, theme
from ..experiments import backpropagation as experiment
from ..experiments.backpropagation import ACTIVATION_NAMES, LOSS_NAMES, NEURON_STEPS
from ..live import Choice, Handle, Play, Range, Scene, Steps, explorer
from ..plots import backpropagation as plots
from ..plots.numbers import minus, short

# ---------------------------------------------------------------------- the race of one neuron


class NeuronRace(Scene):
    """Let one neuron learn with MSE and its twin with BCE, and play it step by step.

    They have the same start and the same learning rate, but another loss.

    Examples
    --------
    >>> neuron_race(k=0).readout.partition("\\n")[0]
    'step 0   MSE: z 4.00, p 0.982, loss 0.964, gradient 0.035'
    """

    title = "One sigmoid neuron learns with MSE, its twin with BCE, from the same start"
    size = (10, 6)
    controls = (
        Range("w", "start weight w", -3, 3, step=0.1, value=2.0),
        Range("b", "start bias b", -3, 3, step=0.1, value=2.0),
        Choice("target", "target", ("y = 0", "y = 1"), value="y = 0"),
        Steps("rate", "learning rate η", (0.05, 0.15, 0.5, 1.5, 5.0), value=0.15),
        Play("k", "step", last=NEURON_STEPS, after_drag=True),
    )
    slow = ("w", "b", "target", "rate")
    handles = (
        Handle("curve", at="place_of_start", move="carry"),
        Handle("curve", move="bring"),
        Handle("pull", move="carry"),
    )
    reach = 9.0

    def draw(self, figure):
        (self.curve, self.output), (self.pull, self.loss) = figure.subplots(2, 2, width_ratios=[1, 1.15])
        z = np.linspace(-self.reach, self.reach, 361)
        self.curve.plot(z, losses.sigmoid(z), color=theme.FAINT, linewidth=1.5)
        self.curve.set(xlim=(-self.reach, self.reach), ylim=(-0.12, 1.12), ylabel="output p = σ(z)")
        self.curve.set_title("Where they sit: drag the start")
        self.pulls = plots.gradient_curves(self.pull)
        self.pull.set_title("What each learns by, at its place")
        steps = (-4, NEURON_STEPS + 4)
        self.output.set(xlim=steps, ylim=(-0.17, 1.17), ylabel="output p", title="The output, step by step")
        self.loss.set(xlim=steps, ylim=(-0.25, 6.3), ylabel="loss", title="The loss, step by step")
        self.loss.set_xlabel("step")
        self.aim = self.output.axhline(0, **theme.line("best", linewidth=1.2))
        self.aim_name = self.output.text(2, 0, "target")
        self.start = self.curve.plot([], [], "o", color=theme.INK, markersize=15, fillstyle="none", mew=1.6)[0]
        self.whole = [[self._line(ax, role, 0.3) for role in LOSS_NAMES] for ax in (self.output, self.loss)]
        self.done = [[self._line(ax, role, 1.0) for role in LOSS_NAMES] for ax in (self.output, self.loss)]
        self.tangents = [self.curve.plot([], [], **theme.line(role, linewidth=1.5))[0] for role in LOSS_NAMES]
        self.dots = [
            [self._dot(ax, role) for role in LOSS_NAMES] for ax in (self.curve, self.pull, self.output, self.loss)
        ]
        keys = [self.pull.plot([], [], **theme.STYLES[role], label=name)[0] for role, name in LOSS_NAMES.items()]
        figure.legend(handles=keys, loc="outside lower center", ncols=2)
        return [*chain(*self.done), *self.tangents, *chain(*self.dots)]

    @staticmethod
    def _line(ax: Axes, role: str, alpha: float):
        return ax.plot([], [], **theme.line(role, alpha=alpha))[0]

    @staticmethod
    def _dot(ax: Axes, role: str):
        return ax.plot([], [], **theme.dots(role, markersize=10, markeredgecolor=theme.PAPER))[0]

    def prepare(self, w, b, target, rate):
        return [experiment.neuron_run(role, w, b, int(target == "y = 1"), rate) for role in LOSS_NAMES]

    def draw_slow(self, prepared, w, b, target, rate):
        y = int(target == "y = 1")
        for line, role in zip(self.pulls, LOSS_NAMES, strict=True):
            line.set_ydata(np.abs(experiment.neuron_loss(role, line.get_xdata(), y)[1]))
        steps = np.arange(NEURON_STEPS + 1)
        for run, output, loss in zip(prepared, *self.whole, strict=True):
            output.set_data(steps, run.p)
            loss.set_data(steps, run.loss)
        self.aim.set_ydata([y, y])
        self.aim_name.set(y=1.03 if y else -0.03, va="bottom" if y else "top")
        self.start.set_data([w + b], losses.sigmoid([w + b]))
        return [self.aim, self.aim_name, *self.pulls, self.start, *chain(*self.whole)]

    def update(self, prepared, w, b, target, rate, k):
        words = []
        for number, (name, run) in enumerate(zip(LOSS_NAMES.values(), prepared, strict=True)):
            z, p, loss, slope = (values[k] for values in run)
            for lines, values in zip(self.done, (run.p, run.loss), strict=True):
                lines[number].set_data(np.arange(k + 1), values[: k + 1])
            half = np.array([-1.6, 1.6])
            self.tangents[number].set_data(z + half, p + half * p * (1 - p))
            for dots, place in zip(self.dots, ((z, p), (z, abs(slope)), (k, p), (k, loss)), strict=True):
                dots[number].set_data([place[0]], [place[1]])
            words.append(f"{name}: z {minus(z)}, p {p:.3f}, loss {loss:.3f}, gradient {minus(slope, 3)}")
        return f"step {k}   " + "\n".join(words) + f"   {self._crossing(prepared, int(target == 'y = 1'))}"

    @staticmethod
    def _crossing(runs, y: int) -> str:
        """Say after how many steps each output is past ½, on the side of the target."""
        first = [experiment.first_step_right(run.p, y) for run in runs]
        if all(step == 0 for step in first):
            return "right from the start"
        shown = [f"> {NEURON_STEPS}" if step is None else f"{step}" for step in first]
        return "past ½: " + ", ".join(map(" ".join, zip(LOSS_NAMES.values(), shown, strict=True)))

    def place_of_start(self, drag):
        z = drag.values["w"] + drag.values["b"]
        return z, losses.sigmoid(z)

    def carry(self, drag):
        return self._weight_and_bias(drag.values, drag.values["w"] + drag.values["b"] + drag.way[0])

    def bring(self, drag):
        return self._weight_and_bias(drag.values, drag.now[0])

    @staticmethod
    def _weight_and_bias(values, z: float) -> dict:
        """Reach z by moving w and b alike; where one is at its end, the other takes the rest."""
        z = np.clip(z, -6, 6)
        even = (z + values["w"] - values["b"]) / 2
        w = round(float(np.clip(even, max(-3, z - 3), min(3, z + 3))), 1)
        return {"w": w, "b": z - w}


# ---------------------------------------------------------------------- slopes of activations


class ActivationSlopes(Scene):
    """Drag z along three activations, and see what their slopes leave of a gradient after n layers.

    Examples
    --------
    >>> activation_slopes(z=0, n=10, w=1).readout.partition("\\n")[2]
    'left of a slope after 10 layers with |w| = 1.0:   sigmoid 9.54e−7   tanh 1   ReLU 0'
    """

    title = "Sigmoid, tanh and ReLU: value, slope, and what is left of a slope after n layers"
    size = (10, 4.4)
    controls = (
        Range("z", "weighted sum z", -6, 6, step=0.05, value=1.0),
        Range("n", "layers n", 1, 20, step=1, value=10),
        Range("w", "size of each weight |w|", 0.1, 5, step=0.1, value=1.0),
    )
    handles = (Handle(("values", "slopes"), x="z"), Handle("products", x="n"))
    powers = 10.0 ** np.arange(-20, 16, 5)  # on the axis; 5 to the 20, the largest product, is 1e14

    def draw(self, figure):
        self.values, self.slopes, self.products = figure.subplots(1, 3, width_ratios=[1, 1, 1.25])
        drawn = plots.activation_curves(self.values, self.slopes, reach=6.5)
        self.values.set_title("Value: drag z")
        self.slopes.set_title("Slope")
        self.slopes.axhline(0.25, color=theme.FAINT, linewidth=0.8, linestyle=":")
        self.products.set(yscale="log", xlim=(0.4, 20.6), xlabel="layers n", xticks=[1, 5, 10, 15, 20])
        self.products.set(ylim=(self.powers[0], self.powers[-1]), yticks=self.powers)
        self.products.minorticks_off()
        self.products.set_title("(weight × slope)ⁿ")
        self.products.axhline(1, color=theme.FAINT, linewidth=0.8)
        self.here = [ax.axvline(0, color=theme.INK, lw=1) for ax in (self.values, self.slopes)]
        self.there = self.products.axvline(1, color=theme.INK, lw=1)
        self.rows = [
            self.products.plot([], [], **theme.STYLES[role] | dict(markersize=3.5, linewidth=1.2))[0]
            for role in ACTIVATION_NAMES
        ]
        dot = dict(markersize=10, markeredgecolor=theme.PAPER)
        self.dots = [
            [ax.plot([], [], **theme.dots(role, **dot))[0] for role in ACTIVATION_NAMES]
            for ax in (self.values, self.slopes, self.products)
        ]
        self.dead = self.products.text(
            0.8, 2e14, "ReLU: exactly 0", color=theme.STYLES["relu"]["color"], va="top", bbox=theme.ON_PAPER
        )
        figure.legend(handles=[pair[0] for pair in drawn], loc="outside lower center", ncols=3)
        return [*self.rows, *self.here, self.there, self.dead, *chain(*self.dots)]

    def update(self, z, n, w):
        n = int(n)
        layers = np.arange(1, 21)
        units, products = [], []
        for number, (role, name) in enumerate(ACTIVATION_NAMES.items()):
            value, slope = (float(each) for each in experiment.activation(role, z))
            product = (w * slope) ** n
            self.rows[number].set_data(layers, np.where(slope > 0, (w * slope) ** layers, np.nan))
            for dots, place in zip(self.dots, ((z, value), (z, slope), (n, product or np.nan)), strict=True):
                dots[number].set_data([place[0]], [place[1]])
            units.append(f"{name} {minus(value, 3)}, slope {short(slope)}")
            products.append(f"{name} {short(product)}")
        for line, place in zip((*self.here, self.there), (z, z, n), strict=True):
            line.set_xdata([place, place])
        self.dead.set_visible(z <= 0)
        left = f"left of a slope after {n} layer{'s' * (n > 1)} with |w| = {w:.1f}"
        return f"z = {minus(z)}:   {'   '.join(units)}\n{left}:   {'   '.join(products)}"


# ---------------------------------------------------------------------- gradients by depth


class GradientDepth(Scene):
    """Deepen three fresh networks, scale their weights, and see what arrives of the gradient.

    The networks differ in their activation alone. On the left is the gradient in each layer, on the right the slope of
    the units.

    Examples
    --------
    >>> gradient_depth(depth=10).readout.partition(":")[0]
    '10 hidden layers, BCE   first to last layer'
    """

    title = "How much of the gradient arrives in each layer of three fresh networks"
    size = (10, 4.8)
    controls = (
        Range("depth", "hidden layers", 1, 20, step=1, value=10),
        Steps("scale", "weights × 1/√inputs", (0.5, 0.7, 1.0, 1.4, 2.0, 4.0), value=1.0),
        Choice("loss", "loss", tuple(experiment.LOSSES), value="BCE"),
        Range("bias", "last bias", 0, 8, step=0.5, value=0.0),
    )
    slow = ("depth", "scale", "loss", "bias")
    handles = (Handle(("norms", "slopes"), move="move_edge"),)
    beyond = 1.4  # the edge stands so far behind the last hidden layer
    powers = 10.0 ** np.arange(-25, 11, 5)  # on the axis of the norms

    def draw(self, figure):
        self.norms, self.slopes = figure.subplots(1, 2, width_ratios=[1.5, 1])
        self.lines = plots.by_layer(self.norms, {role: [] for role in ACTIVATION_NAMES}, markersize=5)
        self.norms.set(xlim=(0.4, 21.9), xticks=[1, 5, 10, 15, 20])
        self.norms.set(ylim=(self.powers[0], self.powers[-1]), yticks=self.powers)
        self.norms.minorticks_off()
        self.norms.set_title("Gradient in each layer: drag the edge")
        self.slopes.set(xlim=(0.4, 21.9), ylim=(-0.05, 1.1), xticks=[1, 5, 10, 15, 20], yticks=[0, 0.25, 0.5, 0.75, 1])
        self.slopes.set(xlabel="layer, from the input on", title="Slope of the units", ylabel="root mean square")
        self.slopes.axhline(0.25, color=theme.FAINT, linewidth=0.8, linestyle=":")
        self.means = [
            self.slopes.plot([], [], **theme.STYLES[role] | dict(markersize=4, linewidth=1.2))[0]
            for role in ACTIVATION_NAMES
        ]
        dotted = dict(color=theme.INK, linestyle=(0, (1, 2)), linewidth=1.2)
        self.guide = self.norms.plot([], [], label="¼ a layer", **dotted)[0]
        self.below = self.norms.text(
            0.8, 5 * self.powers[0], "ReLU: below the panel", color=theme.STYLES["relu"]["color"], bbox=theme.ON_PAPER
        )
        self.edges = [ax.axvline(1, color=theme.INK, lw=1) for ax in (self.norms, self.slopes)]
        figure.legend(handles=[*self.lines, self.guide], loc="outside lower center", ncols=4)
        return [*self.edges, self.guide, *self.means, *self.lines, self.below]

    def prepare(self, depth, scale, loss, bias):
        return experiment.fresh_networks(int(depth), scale, loss, bias)

    def update(self, prepared, depth, scale, loss, bias):
        depth = int(depth)
        layers = np.arange(1, depth + 2)
        for line, norms in zip(self.lines, prepared.norms.values(), strict=True):
            line.set_data(layers, np.where(norms > 0, norms, np.nan))
        for line, slopes in zip(self.means, prepared.slopes.values(), strict=True):
            line.set_data(layers[:-1], slopes)
        last = prepared.norms["sigmoid"][-1]
        self.guide.set_data(layers, last * 0.25 ** (depth + 1 - layers))
        for edge in self.edges:
            edge.set_xdata([depth + self.beyond] * 2)
        self.below.set_visible(prepared.norms["relu"].max() < self.powers[0])  # MSE, and each p nearly 0 or 1
        ends = {name: prepared.norms[role][[0, -1]] for role, name in ACTIVATION_NAMES.items()}
        words = [f"{name} {short(first)} to {short(last)}" for name, (first, last) in ends.items()]
        return (
            f"{depth} hidden layer{'s' * (depth > 1)}, {loss}   first to last layer: {'   '.join(words)}\n"
            f"ReLU units that are 0 for all examples: {prepared.silent} of {experiment.WIDTH * depth}"
        )

    def move_edge(self, drag):
        return {"depth": drag.now[0] - self.beyond}


# ---------------------------------------------------------------------- a ReLU that learns, or dies


class ReluNeuron(Scene):
    """Let one ReLU neuron learn three points, and find the steps that kill it.

    On the right is the landscape of its loss, with the flat part where it is dead.

    Examples
    --------
    >>> relu_neuron(w=2, b=0, rate=0.2, k=1).readout.partition("   loss")[0]
    'step 1   w = −0.80, b = −1.20'
    """

    title = "One ReLU neuron learns three points, or dies"
    size = (10, 4.6)
    controls = (
        Range("w", "start weight w", -2, 3, step=0.1, value=2.0),
        Range("b", "start bias b", -3, 3, step=0.1, value=0.0),
        Steps("rate", "learning rate η", (0.02, 0.05, 0.1, 0.15, 0.2, 0.3), value=0.2),
        Play("k", "step", last=experiment.RELU_STEPS, rate=10, after_drag=True),
    )
    slow = ("w", "b", "rate")
    handles = (
        Handle("line", at="end_of_start", move="turn"),
        Handle("line", y="b", relative=True),
        Handle("plane", x="w", y="b"),
    )
    reach = np.linspace(0, 3.4, 69)
    shown = (-3, 3.4), (-3.4, 3.4)  # the weights and biases of the landscape

    def draw(self, figure):
        self.line, self.plane = figure.subplots(1, 2)
        color = theme.STYLES["relu"]["color"]
        self.line.plot(experiment.RELU_X, experiment.RELU_Y, **theme.dots("data", markersize=9, color=theme.INK))
        self.line.set(
            xlim=(0, 3.4), ylim=(-0.5, 6.5), xlabel="x", ylabel="output", title="Dashed: where it starts. Drag it"
        )
        self.begin = self.line.plot([], [], color=color, linestyle="--", linewidth=1.2)[0]
        self.now = self.line.plot([], [], color=color, linewidth=3)[0]
        self.grip = self.line.plot([], [], **theme.dots("relu", markersize=11, markeredgecolor=theme.PAPER))[0]
        plots.relu_landscape(self.plane, experiment.RELU_X, experiment.RELU_Y, *self.shown)
        self.plane.set_title("Pale is a low loss. Drag the start")
        self.way = self.plane.plot([], [], color=theme.INK, linewidth=1.2, marker=".", markersize=5)[0]
        self.start = self.plane.plot([], [], "o", color=theme.INK, markersize=13, fillstyle="none", mew=1.6)[0]
        self.here = self.plane.plot([], [], **theme.dots("relu", markersize=11, markeredgecolor=theme.PAPER))[0]
        return [self.begin, self.now, self.grip, self.way, self.start, self.here]

    def prepare(self, w, b, rate):
        return experiment.descend_relu(w, b, rate)

    def update(self, prepared, w, b, rate, k):
        now_w, now_b = prepared[k]
        self.begin.set_data(self.reach, np.maximum(0, w * self.reach + b))
        self.now.set_data(self.reach, np.maximum(0, now_w * self.reach + now_b))
        self.grip.set_data([3], [max(0, 3 * w + b)])
        self.way.set_data(*prepared[: k + 1].T)
        self.start.set_data([w], [b])
        self.here.set_data([np.clip(now_w, -2.9, 3.3)], [np.clip(now_b, -3.3, 3.3)])  # at the edge, if beyond
        state = experiment.relu_state(now_w, now_b)
        return (
            f"step {k}   w = {minus(now_w)}, b = {minus(now_b)}   loss {state.loss:.4f}\n"
            f"gradient in w {minus(state.slope_in_w, 3)}, in b {minus(state.slope_in_b, 3)}   "
            + (f"above 0 for {state.alive} of 3 points" if state.alive else "dead: 0 for all three points, gradient 0")
        )

    def end_of_start(self, drag):
        return 3, max(0, 3 * drag.values["w"] + drag.values["b"])

    def turn(self, drag):
        """Turn the start line about its value at x = 0."""
        _, end = self.end_of_start(drag)
        return {"w": (end + drag.way[1] - drag.values["b"]) / 3}


activation_slopes = explorer(ActivationSlopes)
gradient_depth = explorer(GradientDepth)
neuron_race = explorer(NeuronRace)
relu_neuron = explorer(ReluNeuron)
