"""Drawing what goes back through a network: activations and their slopes, one neuron's gradient under two losses, a
chain of slopes, and gradients layer by layer (lesson 08).
"""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from .. import theme
from ..arguments import keyed_by
from ..checking import checked
from ..experiments import backpropagation as experiment
from ..experiments.backpropagation import ACTIVATION_NAMES, LOSS_NAMES


def activation_curves(
    value_ax: Axes, slope_ax: Axes, roles=tuple(ACTIVATION_NAMES), reach: float = 6.0
) -> list[list[Line2D]]:
    """Draw activations over z, values in one panel and slopes in the other."""
    z = np.linspace(-reach, reach, 601)
    drawn = []
    for role in roles:
        value, slope = experiment.activation(role, z)
        if role == "relu":  # a jump: no line may pretend to join 0 and 1
            slope = np.where(np.isclose(z, 0), np.nan, slope)
        style = theme.line(role, label=ACTIVATION_NAMES[role])
        drawn.append([value_ax.plot(z, value, **style)[0], slope_ax.plot(z, slope, **style)[0]])
    value_ax.set(xlabel="z", ylabel="value", ylim=(-1.25, 2.25), xticks=np.arange(-6, 7, 3))
    slope_ax.set(
        xlabel="z", ylabel="slope", ylim=(-0.08, 1.18), yticks=[0, 0.25, 0.5, 0.75, 1], xticks=np.arange(-6, 7, 3)
    )
    for ax in (value_ax, slope_ax):
        ax.axhline(0, color=theme.FAINT, linewidth=0.8, zorder=0)
        ax.axvline(0, color=theme.FAINT, linewidth=0.8, zorder=0)
        ax.set_xlim(-reach, reach)
    return drawn


# ---------------------------------------------------------------------- one sigmoid neuron


def gradient_curves(ax: Axes, target: int = 0, reach: float = 9.0) -> list[Line2D]:
    """Draw the size of the gradient of both losses over z, for one sigmoid neuron."""
    z = np.linspace(-reach, reach, 361)
    ax.set(xlim=(-reach, reach), ylim=(-0.06, 1.12), xlabel="z = wx + b", ylabel="size of the gradient")
    ax.axhline(0, color=theme.FAINT, linewidth=0.8, zorder=0)
    return [
        ax.plot(z, np.abs(experiment.neuron_loss(role, z, target)[1]), **theme.line(role, label=name))[0]
        for role, name in LOSS_NAMES.items()
    ]


@checked(curves=keyed_by(theme.ROLE))
def over_steps(ax: Axes, curves: dict, names: dict | None = None, **style) -> list[Line2D]:
    """Draw one value for each step of learning, a line for each role of `curves`; `names` are written at their ends."""
    drawn = []
    for role, values in curves.items():
        drawn.append(ax.plot(np.arange(len(values)), values, **theme.line(role) | style)[0])
        if names:
            place = len(values) - 1, values[-1]
            ax.annotate(
                names[role],
                place,
                xytext=(5, 0),
                textcoords="offset points",
                va="center",
                color=theme.STYLES[role]["color"],
                annotation_clip=False,
            )
    ax.set_xlabel("step")
    return drawn


# ---------------------------------------------------------------------- a chain, and its slopes


def chain(ax: Axes, names, values, slopes, factors) -> None:
    """Draw a calculation as a chain of boxes: values go to the right, above; slopes of the loss come back, below.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where; its axis is switched off.
    names, values, slopes : sequence of str
        What each box holds: the name of a quantity, its value, the slope of the loss in it.
    factors : sequence of str
        One less: by what the slope is multiplied on its way back between two boxes.
    """
    color = theme.STYLES["residual"]["color"]
    last = len(names) - 1
    ax.set(xlim=(-0.5, last + 0.5), ylim=(-0.98, 0.85))
    ax.axis("off")
    box = dict(boxstyle="round,pad=0.5", facecolor=theme.PAPER, edgecolor=theme.INK)
    for place, (name, value, slope) in enumerate(zip(names, values, slopes, strict=True)):
        ax.text(place, 0, name, ha="center", va="center", bbox=box, zorder=3)
        ax.text(place, 0.36, value, ha="center", va="bottom")
        ax.text(place, -0.46, slope, ha="center", va="top", color=color)
    for place, factor in enumerate(factors):
        there = dict(arrowstyle="->", color=theme.INK, shrinkA=0, shrinkB=0)
        back = dict(arrowstyle="->", color=color, linestyle="--", shrinkA=0, shrinkB=0)
        ax.annotate("", (place + 0.7, 0.11), (place + 0.3, 0.11), arrowprops=there)
        ax.annotate("", (place + 0.3, -0.11), (place + 0.7, -0.11), arrowprops=back)
        ax.text(place + 0.5, -0.2, factor, ha="center", va="top", color=color)
    ax.text(-0.45, 0.82, "forward: values →", va="top")
    ax.text(last + 0.45, -0.95, "← backward: slopes of the loss, link by link", va="bottom", ha="right", color=color)


def neuron_chain(ax: Axes, role: str, w: float, b: float, x: float, target: int) -> None:
    """Draw one sigmoid neuron and its loss as a `chain`: four values forward, four slopes back."""
    links = experiment.neuron_chain(role, w, b, x, target)
    chain(
        ax,
        ("w", "z = wx + b", "p = σ(z)", LOSS_NAMES[role]),
        (f"{w:g}", f"{links.z:g}", f"{links.p:.3f}", f"{links.loss:.3f}"),
        (f"{links.slope_in_w:.4f}", f"{links.slope_in_z:.4f}", f"{links.slope_in_p:.4f}", "1"),
        (f"× x = {x:g}", f"× σ′(z) = {links.bend:.4f}", f"× dL/dp = {links.slope_in_p:.4f}"),
    )


# ---------------------------------------------------------------------- layer by layer


@checked(norms=keyed_by(experiment.ACTIVATION))
def by_layer(ax: Axes, norms: dict, **style) -> list[Line2D]:
    """Draw the norm of the gradient in each layer's weights on an axis of powers of ten, a line for each activation."""
    ax.set(yscale="log", xlabel="layer, from the input on", ylabel="norm of the gradient")
    return [
        ax.plot(
            np.arange(1, len(values) + 1),
            values,
            **theme.STYLES[role] | dict(label=ACTIVATION_NAMES[role]) | style,
        )[0]
        for role, values in norms.items()
    ]


# ---------------------------------------------------------------------- a ReLU that learns, or dies


def relu_steps(ax: Axes, x, y, way) -> list[Line2D]:
    """Draw what one ReLU neuron makes of x at each (w, b) of `way`, and the points it should meet."""
    reach = np.linspace(0, 1.1 * np.max(x), 111)
    drawn = []
    for step, (w, b) in enumerate(way):
        last = step == len(way) - 1
        style = theme.line("relu", linewidth=2.5 if last else 1.0, linestyle="-" if last else "--")
        drawn.append(ax.plot(reach, np.maximum(0, w * reach + b), **style)[0])
    color = theme.STYLES["relu"]["color"]
    first, now = drawn[0].get_ydata(), drawn[-1].get_ydata()
    ax.plot(x, y, **theme.dots("data", markersize=8, color=theme.INK))
    ax.set(xlabel="x", ylabel="output", ylim=(-0.4, 4.4))
    place = np.argmin(np.abs(first - 3.6))  # on the first line, near its upper end
    ax.annotate("start", (reach[place], first[place]), (-6, 0), textcoords="offset points", ha="right", color=color)
    named = f"after {len(way) - 1} step{'s' * (len(way) > 2)}"
    ax.annotate(named, (reach[-1], now[-1]), (0, 7), textcoords="offset points", ha="right", color=color)
    return drawn


def relu_landscape(ax: Axes, x, y, weights, biases) -> None:
    """Draw the squared error of one ReLU neuron over w and b: hatched, and flat, where it is 0 for every x."""
    w, b = np.meshgrid(np.linspace(*weights, 161), np.linspace(*biases, 161))
    loss, dead = experiment.relu_losses(x, y, w, b)
    levels = [0, 0.02, 0.1, 0.3, 0.6, 1, 2, 4, 8, 16, 32, 64, 128]
    shades = theme.LANDSCAPE(np.linspace(0, 1, len(levels) - 1))
    ax.contourf(w, b, loss, levels=levels, colors=shades)
    ax.contour(w, b, loss, levels=levels[1:], colors=theme.INK, linewidths=0.4)
    hatched = ax.contourf(w, b, dead, levels=[0.5, 1.5], colors=["#00000000"], hatches=["///"])
    hatched.set(edgecolor=theme.FAINT, linewidth=0)
    place = weights[0] + 0.05 * (weights[1] - weights[0]), biases[0] + 0.06 * (biases[1] - biases[0])
    ax.text(*place, "dead: flat, gradient 0", bbox=theme.ON_PAPER)
    ax.set(xlim=weights, ylim=biases, xlabel="weight w", ylabel="bias b")
