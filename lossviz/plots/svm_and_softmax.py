"""Drawing the scores of three images, with their multiclass hinge loss and cross-entropy (lesson 05)."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.lines import Line2D
from matplotlib.quiver import Quiver
from matplotlib.text import Text

from .. import theme
from ..arguments import one_of
from ..checking import checked
from ..experiments import svm_and_softmax as experiment
from ..experiments.svm_and_softmax import CLASSES, NAMES, SCORES
from .numbers import minus, plain

BAR = "#a9b1b9"  # the scores of wrong classes: pale, so that marks on them can be seen; the true class is dark


def score_text(score: float) -> str:
    """Write a score as the lecture's table does: with one digit and a real minus sign."""
    return minus(score, 1)


# ---------------------------------------------------------------------- the lecture's table


def score_table(ax: Axes, last_row: str = "") -> dict[tuple[int, int], Text]:
    """Write the scores as the lecture's table: a column for each image, a row for each class, the true scores framed.

    Row r and column c are at the place (c, r). If the last row has a name, its empty cells are drawn too. Return the
    cells by (row, column).
    """
    rows = len(CLASSES) + bool(last_row)
    ax.set(xlim=(-1.15, 2.5), ylim=(rows - 0.5, -1.1))
    ax.set_axis_off()
    for column, name in enumerate(CLASSES):
        ax.text(column, -0.72, f"{name}\nimage", ha="center", va="center", weight="bold")
    for row, name in enumerate([*CLASSES, last_row][:rows]):
        ax.text(-1.1, row, name, va="center", weight="bold")
        if row > 0:
            ax.axhline(row - 0.5, color=theme.FAINT, lw=1.6 if row == len(CLASSES) else 0.8)
    for true in range(len(CLASSES)):
        frame = np.array([[-0.4, -0.34], [0.4, -0.34], [0.4, 0.34], [-0.4, 0.34], [-0.4, -0.34]]) + true
        ax.plot(*frame.T, color=theme.INK, lw=1.4)
    words = [[score_text(score) for score in scores] for scores in SCORES.T]
    words += [[""] * len(SCORES)] * bool(last_row)
    return {
        (row, column): ax.text(column, row, word, ha="center", va="center", size="x-large")
        for row, line in enumerate(words)
        for column, word in enumerate(line)
    }


# ---------------------------------------------------------------------- one image's scores as bars


def excess(ax: Axes, scores: np.ndarray, true: int, margin: float = 1.0) -> tuple[BarContainer, BarContainer, Line2D]:
    """Draw one image's scores as horizontal bars; the parts beyond the dotted line are the hinge loss.

    Return the bars, the parts beyond the line (invisible where there is none), and the line.
    """
    rows = np.arange(len(scores))
    bars = ax.barh(rows, scores, height=0.5, color=BAR, edgecolor=theme.STYLES["data"]["color"])
    over = experiment.over_margin(scores, true, margin)
    style = dict(facecolor="none", edgecolor=theme.STYLES["hinge"]["color"], hatch="////", linewidth=1.5)
    outside = ax.barh(rows, over, left=scores - over, height=0.66, **style)
    for part, width in zip(outside, over, strict=True):
        part.set_visible(width > 0)
    bars[true].set_facecolor(theme.INK)
    line = ax.axvline(scores[true] - margin, color=theme.STYLES["hinge"]["color"], linestyle=":")
    ax.axvline(0, color=theme.INK, lw=0.8)
    ax.set(ylim=(len(scores) - 0.4, -0.6), yticks=rows, yticklabels=CLASSES[: len(scores)], xlabel="score")
    return bars, outside, line


def label_microscope(panels) -> None:
    """Set up the panels of one image: scores, hinge terms, powers and probabilities, with a row for each class.

    The names of the classes change, so the space to the left of the first panel stays empty for them.
    """
    scores, terms, powers, probabilities = panels
    scores.set(xlim=(-8.4, 13.4), ylim=(3.7, -0.62), yticks=range(3), yticklabels=["frog, true"] * 3)
    scores.tick_params(axis="y", length=0, labelcolor="none")
    for name in scores.get_yticklabels():
        name.set_weight("bold")
    scores.spines["left"].set_visible(False)
    scores.set(xticks=range(-6, 10, 3), title="Drag a bar, or the diamond")
    scores.set_xlabel("score; arrows: the push of hinge (upper)\nand of cross-entropy (lower)")
    terms.set(xlim=(0, 26), xticks=[0, 10, 20], title="Hinge terms")
    powers.set(xscale="log", xlim=(1e-3, 1e8), xticks=[1, 1e3], title="exp(score)")
    probabilities.set(xlim=(0, 1.6), xticks=[0, 0.5, 1], title="Probability p")
    for panel in panels[1:]:
        panel.tick_params(axis="y", length=0, labelleft=False)


def push_arrows(ax: Axes) -> Quiver:
    """Draw two arrows in each class's row, the hinge's above that of the cross-entropy; a push of 1 is 2 units long."""
    rows = np.repeat(np.arange(3.0), 2) + np.tile([-0.14, 0.14], 3)
    style = dict(units="inches", width=0.05, headwidth=3.4, headlength=3.4, headaxislength=3.4, minlength=0)
    style |= dict(color=[theme.STYLES[role]["color"] for role in NAMES] * 3, edgecolor=theme.PAPER, linewidth=0.6)
    return ax.quiver(0 * rows, rows, rows, 0 * rows, scale_units="x", scale=0.5, **style)


# ---------------------------------------------------------------------- both losses over the gap


def above_0(values: np.ndarray) -> np.ndarray:
    """Return `values` with NaN for each 0: a logarithmic axis has no place for 0."""
    return np.where(values > 0, values, np.nan)


def gap_curves(ax: Axes, powers_ax: Axes, margin: float = 1.0) -> dict[str, list[Line2D]]:
    """Draw both losses over the gap between the true and the best wrong score: on a linear and a logarithmic axis.

    Return the two lines of each role.
    """
    gap = np.linspace(-4, 10, 401)
    drawn = {}
    for role, values in experiment.both_losses(experiment.scores_of_gap(gap), margin=margin).items():
        style = theme.line(role, label=NAMES[role])
        drawn[role] = [ax.plot(gap, values, **style)[0], powers_ax.plot(gap, above_0(values), **style)[0]]
    ax.set(ylim=(-0.4, 8), ylabel="loss of the image")
    powers_ax.set(yscale="log", ylim=(1e-5, 20), ylabel="the same, in powers of 10")
    for panel in (ax, powers_ax):
        panel.set(xlim=(-4, 10), xticks=range(-4, 11, 2), xlabel="gap: true score less best wrong score")
    return drawn


# ---------------------------------------------------------------------- the scale of the weights


@checked(role=one_of(*NAMES))
def objective_curves(ax: Axes, role: str, strength: float) -> tuple[Line2D, Line2D, Line2D]:
    """Draw data loss, λR and their sum over the scale a of the weights; return the three lines."""
    scale = np.linspace(0, 4, 401)
    found = experiment.objective(scale, strength)
    lines = (
        ax.plot(scale, found.data_loss[role], **theme.line(role, label=NAMES[role]))[0],
        ax.plot(scale, found.penalty, **theme.line("mse", linestyle=":", label="penalty λR"))[0],
        ax.plot(scale, found.total[role], **theme.line("best", linestyle="-", label="sum: the objective"))[0],
    )
    ax.set(xlim=(0, 4), ylim=(-0.08, 2.6), xlabel="scale a of the weights, a · W", ylabel="loss")
    return lines


def spread(ax: Axes) -> Line2D:
    """Draw R over the weights (1 − 3t, t, t, t), which all give the input (1, 1, 1, 1) the score 1; name two."""
    t = np.linspace(-0.15, 0.65, 321)
    (line,) = ax.plot(t, experiment.penalty_of_shares(t), **theme.line("mse"))
    for place, name, place_of_words, align in [
        (0, "(1, 0, 0, 0)", (0.02, 1.05), "left"),
        (0.25, "(¼, ¼, ¼, ¼)", (0.25, 1.6), "center"),
    ]:
        height = experiment.penalty_of_shares(place)
        ax.plot(place, height, **theme.dots("best", marker="o", markersize=8))
        words = f"{name}: R = {plain(height)}"
        ax.annotate(words, (place, height), place_of_words, ha=align, arrowprops=dict(arrowstyle="-", shrinkB=5))
    ax.set(xlabel="t, in weights (1 − 3t, t, t, t)", ylabel="R(w)")
    return line
