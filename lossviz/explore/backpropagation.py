"""The explorers of lesson 08: one neuron that learns with two losses, the slopes of activations, gradients by depth,
and a ReLU that learns or dies.
"""

import functools
import math
from itertools import chain

import numpy as np
from matplotlib.axes import Axes

from .. import losses, models, theme
from ..live import GRIP, Choice, Drag, LiveFigure, Play, Range, Scene, Steps
from ..plots import backpropagation as plots
from ..plots.numbers import minus, short

LAST = 300  # steps of learning that are shown


# ---------------------------------------------------------------------- the race of one neuron


def race(role: str, w: float, b: float, target: int, rate: float, steps: int = LAST) -> np.ndarray:
    """Return z after 0, 1, ... `steps` steps of gradient descent for one neuron p = σ(wx + b) with x = 1."""
    way = [w + b]
    for _ in range(steps):
        p = 1 / (1 + math.exp(-(w + b)))
        slope = p - target if role == "cross_entropy" else 2 * (p - target) * p * (1 - p)
        w, b = w - rate * slope, b - rate * slope  # with x = 1 both have the same slope
        way.append(w + b)
    return np.array(way)


class NeuronRace(Scene):
    """One sigmoid neuron, and its twin: same start, same learning rate, another loss."""

    title = "One sigmoid neuron learns with MSE, its twin with BCE, from the same start"
    size = (10, 6)
    controls = (
        Range("w", "start weight w", -3, 3, step=0.1, value=2.0),
        Range("b", "start bias b", -3, 3, step=0.1, value=2.0),
        Choice("target", "target", ("y = 0", "y = 1"), value="y = 0"),
        Steps("rate", "learning rate η", (0.05, 0.15, 0.5, 1.5, 5.0), value=0.15),
        Play("k", "step", last=LAST, after_drag=True),
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
        self.output.set(xlim=(-4, LAST + 4), ylim=(-0.17, 1.17), ylabel="output p", title="The output, step by step")
        self.loss.set(xlim=(-4, LAST + 4), ylim=(-0.25, 6.3), ylabel="loss", title="The loss, step by step")
        self.loss.set_xlabel("step")
        self.aim = self.output.axhline(0, **theme.line("best", linewidth=1.2))
        self.aim_name = self.output.text(2, 0, "target")
        self.start = self.curve.plot([], [], "o", color=theme.INK, markersize=15, fillstyle="none", mew=1.6)[0]
        self.whole = [[self._line(ax, role, 0.3) for role in plots.LOSSES] for ax in (self.output, self.loss)]
        self.done = [[self._line(ax, role, 1.0) for role in plots.LOSSES] for ax in (self.output, self.loss)]
        self.tangents = [self.curve.plot([], [], **theme.line(role, linewidth=1.5))[0] for role in plots.LOSSES]
        self.dots = [
            [self._dot(ax, role) for role in plots.LOSSES] for ax in (self.curve, self.pull, self.output, self.loss)
        ]
        keys = [self.pull.plot([], [], **theme.STYLES[role], label=name)[0] for role, name in plots.LOSSES.items()]
        figure.legend(handles=keys, loc="outside lower center", ncols=2)
        return [*chain(*self.done), *self.tangents, *chain(*self.dots)]

    @staticmethod
    def _line(ax: Axes, role: str, alpha: float):
        return ax.plot([], [], **theme.line(role, alpha=alpha))[0]

    @staticmethod
    def _dot(ax: Axes, role: str):
        return ax.plot([], [], **theme.dots(role, markersize=10, markeredgecolor=theme.PAPER))[0]

    def update_slow(self, w, b, target, rate):
        y = int(target == "y = 1")
        self.ways = [race(role, w, b, y, rate) for role in plots.LOSSES]
        told = [plots.neuron_loss(role, way, y) for role, way in zip(plots.LOSSES, self.ways, strict=True)]
        self.outputs = [losses.sigmoid(way) for way in self.ways]
        self.costs = [cost for cost, _ in told]
        self.slopes = [slope for _, slope in told]
        for line, role in zip(self.pulls, plots.LOSSES, strict=True):
            line.set_ydata(np.abs(plots.neuron_loss(role, line.get_xdata(), y)[1]))
        steps = np.arange(LAST + 1)
        for lines, values in zip(self.whole, (self.outputs, self.costs), strict=True):
            for line, each in zip(lines, values, strict=True):
                line.set_data(steps, each)
        self.aim.set_ydata([y, y])
        self.aim_name.set(y=1.03 if y else -0.03, va="bottom" if y else "top")
        self.start.set_data([w + b], losses.sigmoid([w + b]))
        return [self.aim, self.aim_name, *self.pulls, self.start, *chain(*self.whole)]

    def update(self, w, b, target, rate, k):
        words = []
        for number, name in enumerate(plots.LOSSES.values()):
            z, p = self.ways[number][k], self.outputs[number][k]
            cost, slope = self.costs[number][k], self.slopes[number][k]
            for line, values in zip(self.done, (self.outputs, self.costs), strict=True):
                line[number].set_data(np.arange(k + 1), values[number][: k + 1])
            half = np.array([-1.6, 1.6])
            self.tangents[number].set_data(z + half, p + half * p * (1 - p))
            for dots, place in zip(self.dots, ((z, p), (z, abs(slope)), (k, p), (k, cost)), strict=True):
                dots[number].set_data([place[0]], [place[1]])
            words.append(f"{name}: z {minus(z)}, p {p:.3f}, loss {cost:.3f}, gradient {minus(slope, 3)}")
        return f"step {k}   " + "\n".join(words) + f"   {self.crossing(int(target == 'y = 1'))}"

    def crossing(self, y: int) -> str:
        """Say after how many steps each output is past ½, on the side of the target."""
        right = [(p > 0.5) == y for p in self.outputs]
        if all(each[0] for each in right):
            return "right from the start"
        first = [f"{each.argmax()}" if each.any() else f"> {LAST}" for each in right]
        return "past ½: " + ", ".join(map(" ".join, zip(plots.LOSSES.values(), first, strict=True)))

    def draggable(self):
        return [self.curve, self.pull]

    def drag(self, drag: Drag):
        """Move z by moving w and b alike; where one is at its end, the other takes the rest."""
        w, b = drag.values["w"], drag.values["b"]
        z = drag.now[0]
        if drag.axes is self.pull or drag.reach(w + b, losses.sigmoid(w + b)) < GRIP:
            z = w + b + drag.now[0] - drag.start[0]
        z = np.clip(z, -6, 6)
        new_w = round(float(np.clip((z + w - b) / 2, max(-3, z - 3), min(3, z + 3))), 1)
        return {"w": new_w, "b": z - new_w}


def neuron_race(**start) -> LiveFigure:
    """Let one neuron learn with MSE and its twin with BCE, and play it step by step.

    Parameters
    ----------
    **start
        Where to begin: `w`, `b`, `target` ("y = 0" or "y = 1"), `rate`, `k`.

    Raises
    ------
    ValueError
        If a name is unknown or a value is not allowed.

    Examples
    --------
    >>> neuron_race(k=0).readout.partition("\\n")[0]
    'step 0   MSE: z 4.00, p 0.982, loss 0.964, gradient 0.035'
    """
    return LiveFigure(NeuronRace(), **start)


# ---------------------------------------------------------------------- slopes of activations


class ActivationSlopes(Scene):
    """Three activations, their slopes at one z, and the product of many such slopes."""

    title = "Sigmoid, tanh and ReLU: value, slope, and what is left of a slope after n layers"
    size = (10, 4.4)
    controls = (
        Range("z", "weighted sum z", -6, 6, step=0.05, value=1.0),
        Range("n", "layers n", 1, 20, step=1, value=10),
        Range("w", "size of each weight |w|", 0.1, 5, step=0.1, value=1.0),
    )
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
            for role in plots.NAMES
        ]
        self.dots = [
            [ax.plot([], [], **theme.dots(role, markersize=10, markeredgecolor=theme.PAPER))[0] for role in plots.NAMES]
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
        for number, (role, name) in enumerate(plots.NAMES.items()):
            value, slope = (float(each) for each in plots.activation(role, z))
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

    def draggable(self):
        return [self.values, self.slopes, self.products]

    def drag(self, drag: Drag):
        return {"n" if drag.axes is self.products else "z": drag.now[0]}


def activation_slopes(**start) -> LiveFigure:
    """Drag z along three activations, and see what their slopes leave of a gradient after n layers.

    Parameters
    ----------
    **start
        Where to begin: `z`, `n`, `w`.

    Raises
    ------
    ValueError
        If a name is unknown or a value is not allowed.

    Examples
    --------
    >>> activation_slopes(z=0, n=10, w=1).readout.partition("\\n")[2]
    'left of a slope after 10 layers with |w| = 1.0:   sigmoid 9.54e−7   tanh 1   ReLU 0'
    """
    return LiveFigure(ActivationSlopes(), **start)


# ---------------------------------------------------------------------- gradients by depth

WIDTH = 16  # units of each hidden layer, and features
EXAMPLES = 32
OUTPUTS = {"MSE": losses.mse, "BCE": losses.binary_cross_entropy}


@functools.cache
def examples() -> tuple[np.ndarray, np.ndarray]:
    """Return rows of standard normal numbers, with classes 0 and 1 in turn."""
    return np.random.default_rng(8).standard_normal((EXAMPLES, WIDTH)), np.arange(EXAMPLES) % 2


def fresh(role: str, depth: int, scale: float = 1.0, bias: float = 0.0) -> tuple[models.MLP, np.ndarray]:
    """Return a network with `depth` hidden layers and its start: weights of size scale / √inputs, and a last bias."""
    if not isinstance(depth, int) or depth < 1:
        raise ValueError(f"a fresh network: depth must be an integer of at least 1, got {depth!r:.80}")
    model = models.MLP((WIDTH,) * (depth + 1) + (1,), activation=role, output="probability")
    parameters = scale * model.initial(seed=3)
    parameters[-1] = bias
    return model, parameters


def norms_by_layer(role: str, depth: int, scale: float = 1.0, loss: str = "BCE", bias: float = 0.0) -> np.ndarray:
    """Return the norm of the gradient in the weights of each layer, from the first to the last."""
    if loss not in OUTPUTS:
        raise ValueError(f"norms_by_layer: loss must be one of {', '.join(map(repr, OUTPUTS))}, got {loss!r:.80}")
    x, target = examples()
    model, parameters = fresh(role, depth, scale, bias)
    return np.array([np.linalg.norm(g) for g in model.layer_gradients(parameters, x, target, OUTPUTS[loss])])


def slopes_by_layer(role: str, depth: int, scale: float = 1.0) -> np.ndarray:
    """Return the root mean square of the units' slopes in each hidden layer."""
    model, parameters = fresh(role, depth, scale)
    unit = models.ACTIVATIONS[role]
    return np.array([np.sqrt(np.mean(unit.slope_at(a) ** 2)) for a in model.activations(parameters, examples()[0])])


def silent_units(depth: int, scale: float = 1.0) -> int:
    """Count the ReLU units that give 0 for all examples."""
    model, parameters = fresh("relu", depth, scale)
    return int(sum((values == 0).all(axis=0).sum() for values in model.activations(parameters, examples()[0])))


class GradientDepth(Scene):
    """The gradient in each layer of three networks that differ in their activation alone."""

    title = "How much of the gradient arrives in each layer of three fresh networks"
    size = (10, 4.8)
    controls = (
        Range("depth", "hidden layers", 1, 20, step=1, value=10),
        Steps("scale", "weights × 1/√inputs", (0.5, 0.7, 1.0, 1.4, 2.0, 4.0), value=1.0),
        Choice("loss", "loss", tuple(OUTPUTS), value="BCE"),
        Range("bias", "last bias", 0, 8, step=0.5, value=0.0),
    )
    powers = 10.0 ** np.arange(-25, 11, 5)  # on the axis of the norms

    def draw(self, figure):
        self.norms, self.slopes = figure.subplots(1, 2, width_ratios=[1.5, 1])
        self.lines = plots.by_layer(self.norms, {role: [] for role in plots.NAMES}, markersize=5)
        self.norms.set(xlim=(0.4, 21.9), xticks=[1, 5, 10, 15, 20])
        self.norms.set(ylim=(self.powers[0], self.powers[-1]), yticks=self.powers)
        self.norms.minorticks_off()
        self.norms.set_title("Gradient in each layer: drag the edge")
        self.slopes.set(xlim=(0.4, 21.9), ylim=(-0.05, 1.1), xticks=[1, 5, 10, 15, 20], yticks=[0, 0.25, 0.5, 0.75, 1])
        self.slopes.set(xlabel="layer, from the input on", title="Slope of the units", ylabel="root mean square")
        self.slopes.axhline(0.25, color=theme.FAINT, linewidth=0.8, linestyle=":")
        self.means = [
            self.slopes.plot([], [], **theme.STYLES[role] | dict(markersize=4, linewidth=1.2))[0]
            for role in plots.NAMES
        ]
        dotted = dict(color=theme.INK, linestyle=(0, (1, 2)), linewidth=1.2)
        self.guide = self.norms.plot([], [], label="¼ a layer", **dotted)[0]
        self.below = self.norms.text(
            0.8, 5 * self.powers[0], "ReLU: below the panel", color=theme.STYLES["relu"]["color"], bbox=theme.ON_PAPER
        )
        self.edges = [ax.axvline(1, color=theme.INK, lw=1) for ax in (self.norms, self.slopes)]
        figure.legend(handles=[*self.lines, self.guide], loc="outside lower center", ncols=4)
        return [*self.edges, self.guide, *self.means, *self.lines, self.below]

    def update_slow(self, depth, scale, loss, bias):
        depth = int(depth)
        self.found = {role: norms_by_layer(role, depth, scale, loss, bias) for role in plots.NAMES}
        self.steep = {role: slopes_by_layer(role, depth, scale) for role in plots.NAMES}
        self.silent = silent_units(depth, scale)
        return []

    def update(self, depth, scale, loss, bias):
        depth = int(depth)
        layers = np.arange(1, depth + 2)
        for line, norms in zip(self.lines, self.found.values(), strict=True):
            line.set_data(layers, np.where(norms > 0, norms, np.nan))
        for line, slopes in zip(self.means, self.steep.values(), strict=True):
            line.set_data(layers[:-1], slopes)
        last = self.found["sigmoid"][-1]
        self.guide.set_data(layers, last * 0.25 ** (depth + 1 - layers))
        for edge in self.edges:
            edge.set_xdata([depth + 1.4] * 2)
        self.below.set_visible(self.found["relu"].max() < self.powers[0])  # MSE, and each p nearly 0 or 1
        words = [f"{plots.NAMES[role]} {short(norms[0])} to {short(norms[-1])}" for role, norms in self.found.items()]
        return (
            f"{depth} hidden layer{'s' * (depth > 1)}, {loss}   first to last layer: {'   '.join(words)}\n"
            f"ReLU units that are 0 for all examples: {self.silent} of {WIDTH * depth}"
        )

    def draggable(self):
        return [self.norms, self.slopes]

    def drag(self, drag: Drag):
        return {"depth": drag.now[0] - 1.4}


def gradient_depth(**start) -> LiveFigure:
    """Deepen three fresh networks, scale their weights, and see what arrives of the gradient in each layer.

    Parameters
    ----------
    **start
        Where to begin: `depth`, `scale`, `loss` ("MSE" or "BCE"), `bias`.

    Raises
    ------
    ValueError
        If a name is unknown or a value is not allowed.

    Examples
    --------
    >>> gradient_depth(depth=10).readout.partition(":")[0]
    '10 hidden layers, BCE   first to last layer'
    """
    return LiveFigure(GradientDepth(), **start)


# ---------------------------------------------------------------------- a ReLU that learns, or dies

RELU_X, RELU_Y = np.array([1.0, 2.0, 3.0]), np.array([0.5, 1.0, 1.5])


def relu_way(w: float, b: float, rate: float, steps: int) -> np.ndarray:
    """Return (w, b) after 0, 1, ... `steps` steps of gradient descent, for one ReLU neuron and the squared error."""
    way = [(w, b)]
    for _ in range(steps):
        z = w * RELU_X + b
        slope = 2 * (z - RELU_Y) * (z > 0) / len(RELU_X)
        w, b = w - rate * float(slope @ RELU_X), b - rate * float(slope.sum())
        way.append((w, b))
    return np.array(way)


class ReluNeuron(Scene):
    """One ReLU neuron, three points, and the landscape of its loss with the flat part where it is dead."""

    title = "One ReLU neuron learns three points, or dies"
    size = (10, 4.6)
    controls = (
        Range("w", "start weight w", -2, 3, step=0.1, value=2.0),
        Range("b", "start bias b", -3, 3, step=0.1, value=0.0),
        Steps("rate", "learning rate η", (0.02, 0.05, 0.1, 0.15, 0.2, 0.3), value=0.2),
        Play("k", "step", last=60, rate=10, after_drag=True),
    )
    reach = np.linspace(0, 3.4, 69)
    shown = (-3, 3.4), (-3.4, 3.4)  # the weights and biases of the landscape

    def draw(self, figure):
        self.line, self.plane = figure.subplots(1, 2)
        color = theme.STYLES["relu"]["color"]
        self.line.plot(RELU_X, RELU_Y, **theme.dots("data", markersize=9, color=theme.INK))
        self.line.set(
            xlim=(0, 3.4), ylim=(-0.5, 6.5), xlabel="x", ylabel="output", title="Dashed: where it starts. Drag it"
        )
        self.begin = self.line.plot([], [], color=color, linestyle="--", linewidth=1.2)[0]
        self.now = self.line.plot([], [], color=color, linewidth=3)[0]
        self.grip = self.line.plot([], [], **theme.dots("relu", markersize=11, markeredgecolor=theme.PAPER))[0]
        plots.relu_landscape(self.plane, RELU_X, RELU_Y, *self.shown)
        self.plane.set_title("Pale is a low loss. Drag the start")
        self.way = self.plane.plot([], [], color=theme.INK, linewidth=1.2, marker=".", markersize=5)[0]
        self.start = self.plane.plot([], [], "o", color=theme.INK, markersize=13, fillstyle="none", mew=1.6)[0]
        self.here = self.plane.plot([], [], **theme.dots("relu", markersize=11, markeredgecolor=theme.PAPER))[0]
        return [self.begin, self.now, self.grip, self.way, self.start, self.here]

    def update_slow(self, w, b, rate):
        self.points = relu_way(w, b, rate, self.controls[-1].last)
        return []

    def update(self, w, b, rate, k):
        now_w, now_b = self.points[k]
        z = now_w * RELU_X + now_b
        self.begin.set_data(self.reach, np.maximum(0, w * self.reach + b))
        self.now.set_data(self.reach, np.maximum(0, now_w * self.reach + now_b))
        self.grip.set_data([3], [max(0, 3 * w + b)])
        self.way.set_data(*self.points[: k + 1].T)
        self.start.set_data([w], [b])
        self.here.set_data([np.clip(now_w, -2.9, 3.3)], [np.clip(now_b, -3.3, 3.3)])  # at the edge, if beyond
        slope = 2 * (z - RELU_Y) * (z > 0) / len(RELU_X)
        loss = float(np.mean((np.maximum(0, z) - RELU_Y) ** 2))
        alive = int((z > 0).sum())
        return (
            f"step {k}   w = {minus(now_w)}, b = {minus(now_b)}   loss {loss:.4f}\n"
            f"gradient in w {minus(float(slope @ RELU_X), 3)}, in b {minus(float(slope.sum()), 3)}   "
            + (f"above 0 for {alive} of 3 points" if alive else "dead: 0 for all three points, gradient 0")
        )

    def draggable(self):
        return [self.line, self.plane]

    def drag(self, drag: Drag):
        w, b = drag.values["w"], drag.values["b"]
        if drag.axes is self.plane:
            return {"w": drag.now[0], "b": drag.now[1]}
        if drag.reach(3, max(0, 3 * w + b)) < GRIP:  # the end of the start line turns it about its value at x = 0
            return {"w": (drag.now[1] - b) / 3}
        return {"b": b + drag.now[1] - drag.start[1]}


def relu_neuron(**start) -> LiveFigure:
    """Let one ReLU neuron learn three points, and find the steps that kill it.

    Parameters
    ----------
    **start
        Where to begin: `w`, `b`, `rate`, `k`.

    Raises
    ------
    ValueError
        If a name is unknown or a value is not allowed.

    Examples
    --------
    >>> relu_neuron(w=2, b=0, rate=0.2, k=1).readout.partition("   loss")[0]
    'step 1   w = −0.80, b = −1.20'
    """
    return LiveFigure(ReluNeuron(), **start)
