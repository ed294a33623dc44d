"""Drawing losses of classes over probability, score and margin, and two classes in the plane (lesson 04)."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from .. import theme
from ..experiments import classification_losses as experiment

CLASSES = ("class_0", "class_1")

# ---------------------------------------------------------------------- one example: probability and score


def log_loss_curves(probability_ax: Axes, score_ax: Axes, reach: float = 8.0) -> list[list[Line2D]]:
    """Draw what each probability costs, and beside it what its score costs: a pair of lines for each target."""
    drawn = []
    for target, role in enumerate(CLASSES):
        curve = experiment.log_loss_curve(target, reach)
        panels = (probability_ax, curve.probability), (score_ax, curve.score)
        drawn.append([ax.plot(x, curve.loss, **theme.line(role))[0] for ax, x in panels])
    height = experiment.one_example(-0.72 * reach, 1).loss
    for ax, x, words in (
        (probability_ax, (0.03, 0.97), ("target 1:\n−log p", "target 0:\n−log(1 − p)")),
        (score_ax, (-0.72 * reach, 0.72 * reach), ("target 1", "target 0")),
    ):
        for place, text, role, side in zip(x, words, reversed(CLASSES), ("left", "right"), strict=True):
            shift = (12, 0) if side == "left" else (-12, 0)
            ax.annotate(
                text,
                (place, height),
                xytext=shift,
                textcoords="offset points",
                color=theme.STYLES[role]["color"],
                ha=side,
                va="center",
                linespacing=1.3,
            )
        ax.set(ylim=(-0.02 * reach, 1.04 * reach), ylabel="loss of one example (nats)")
    probability_ax.set(xlim=(-0.02, 1.02), xlabel="probability p of class 1")
    score_ax.set(xlim=(-reach, reach), xticks=np.linspace(-reach, reach, 9), xlabel="score s")
    return drawn


# ---------------------------------------------------------------------- one example: the margin


def margin_curves(value_ax: Axes, slope_ax: Axes | None, roles, reach: float = 3.0) -> list[list[Line2D]]:
    """Draw losses over the margin: values in one panel and, if there is a second, slopes in it."""
    margin = np.linspace(-reach, reach, 601)
    drawn = []
    for role in roles:
        value, slope = experiment.margin_curve(role, margin)
        # a line must not connect the two sides of a jump
        if role == "hinge":
            slope = np.where(np.isclose(margin, 1), np.nan, slope)
        if role == "zero_one":
            value = np.where(np.isclose(margin, 0), np.nan, value)
        style = theme.line(role, label=experiment.NAMES[role])
        pair = [value_ax.plot(margin, value, **style)[0]]
        if slope_ax is not None:
            pair.append(slope_ax.plot(margin, slope, **style)[0])
        drawn.append(pair)
    for ax in filter(None, (value_ax, slope_ax)):
        ax.axhline(0, color=theme.FAINT, linewidth=0.8, zorder=0)
        ax.axvline(0, color=theme.FAINT, linewidth=0.8, zorder=0)
        ax.set(xlim=(-reach, reach), xlabel="margin y s")
    value_ax.set_ylabel("loss of one example")
    if slope_ax is not None:
        slope_ax.set_ylabel("slope of the loss")
    return drawn


# ---------------------------------------------------------------------- two classes in the plane


def plane(ax: Axes, x, label, reach: float = 5.0, **style) -> list[Line2D]:
    """Draw points of two classes, each class with its own marker, in a plane with the same scale on both axes."""
    label = np.asarray(label)
    drawn = []
    for number, role in enumerate(CLASSES):
        drawn += ax.plot(*x[label == number].T, **theme.dots(role, markersize=6) | style)
    frame_plane(ax, x, label, reach)
    return drawn


def frame_plane(ax: Axes, x, label, reach: float = 5.0) -> None:
    """Give a plane equal scales and names for its axes, and write the name of each class in the nearest corner."""
    for number, role in enumerate(CLASSES):
        corner = 0.95 * reach * np.sign(x[label == number].mean(axis=0))
        sides = dict(ha="right" if corner[0] > 0 else "left", va="top" if corner[1] > 0 else "bottom")
        ax.text(*corner, f"class {number}", color=theme.STYLES[role]["color"], weight="bold", **sides)
    ax.set_aspect("equal")
    ax.set(xlim=(-reach, reach), ylim=(-reach, reach), xlabel="x₁", ylabel="x₂")


def level_ends(weights, bias: float, level: float = 0.0, reach: float = 20.0) -> np.ndarray:
    """Return two far ends of the line on which the score w·x + b has the value `level`: shape (2, 2)."""
    weights = np.asarray(weights, float)
    size = np.hypot(*weights)
    across = weights / size
    foot = (level - bias) / size * across
    along = np.array([-across[1], across[0]])
    return np.stack([foot - reach * along, foot + reach * along])


def boundary(ax: Axes, weights, bias: float, **style) -> list[Line2D]:
    """Draw the decision boundary, where the score is 0, and dotted lines where it is −1 and +1; return all three."""
    drawn = []
    for level in (0, -1, 1):
        look = (
            dict(color=theme.INK, linestyle="-") if level == 0 else dict(color=theme.INK, linestyle=":", linewidth=1.2)
        )
        ends = level_ends(weights, bias, level)
        drawn += ax.plot(*ends.T, **look | style, scalex=False, scaley=False)
    return drawn
