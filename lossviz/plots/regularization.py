"""Drawing what a penalty does: fits with their losses on both parts of the data, shrunken weights, ball and diamond,
coefficient paths, and priors (lesson 10).
"""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import to_rgba
from matplotlib.container import BarContainer
from matplotlib.lines import Line2D
from matplotlib.text import Text

from .. import theme
from ..checking import checked
from ..experiments import regularization as experiment

FLOOR = 1e-6  # a logarithmic axis has no place for a loss of 0

# ---------------------------------------------------------------------- fits, and their losses


def two_parts(ax: Axes, x_train, y_train, x_validation, y_validation) -> tuple[Line2D, Line2D]:
    """Draw the training examples as filled dots, those that are held back as open squares."""
    held = theme.dots("validation", markersize=6, markerfacecolor=theme.PAPER, markeredgewidth=1.6)
    validation = ax.plot(x_validation, y_validation, **held, label="validation")[0]
    train = ax.plot(x_train, y_train, **theme.dots("train", markersize=6), label="train")[0]
    ax.set(xlabel="x", ylabel="y")
    ax.label_outer()  # among panels that share their axes
    return train, validation


def true_curve(ax: Axes) -> Line2D:
    """Draw y = sin(π x), the curve without its noise, faintly."""
    x = np.linspace(-1, 1, 201)
    return ax.plot(x, experiment.true_curve(x), color=theme.FAINT, linestyle=":", linewidth=1.6, label="the truth")[0]


def fit(ax: Axes, x, y, **style) -> Line2D:
    """Draw a fitted curve."""
    return ax.plot(x, y, **theme.line("model", label="fit") | style)[0]


def both_losses(ax: Axes, place, train, validation, markers: bool = True) -> tuple[Line2D, Line2D]:
    """Draw training and validation loss over what is varied, on a logarithmic axis."""
    drawn = []
    for role, values in ("train", train), ("validation", validation):
        style = theme.STYLES[role] if markers else theme.line(role)
        drawn.append(ax.plot(place, np.maximum(values, FLOOR), **style | {"label": role})[0])
    ax.set(yscale="log", ylabel="MSE")
    return tuple(drawn)


def penalty_places(penalties, beside: float) -> np.ndarray:
    """Return the place of each λ on a logarithmic axis; the first, λ = 0, gets a place to its left."""
    return np.array([-beside, *range(1, len(penalties))])


def here(axes) -> list[Line2D]:
    """Draw on each panel the vertical line at the present values, not yet placed."""
    return [ax.axvline(0, color=theme.INK, linewidth=1) for ax in axes]


def dot(ax: Axes, role: str, size: float, **style) -> Line2D:
    """Draw, not yet placed, a single mark; its pale edge separates it from what is behind it."""
    return ax.plot([], [], **theme.dots(role, markersize=size, markeredgecolor=theme.PAPER, **style))[0]


# ---------------------------------------------------------------------- how a penalty changes one weight


def shrinkage(ax: Axes, penalty: float, reach: float = 3.0) -> list[Line2D]:
    """Draw the weight that each penalty gives, over the weight of least squares."""
    pull = np.linspace(-reach, reach, 601)
    ax.plot(pull, pull, color=theme.FAINT, linestyle=":")
    ax.text(0.7 * reach, 0.75 * reach, "no penalty", ha="right", va="bottom")
    drawn = []
    for role, name in ("l2", "L2"), ("l1", "L1"):
        drawn.append(ax.plot(pull, experiment.shrunk(role, pull, penalty), **theme.line(role))[0])
        end = reach, float(experiment.shrunk(role, reach, penalty))
        ax.annotate(name, end, xytext=(4, 0), textcoords="offset points", va="center")
    ax.axhline(0, color=theme.FAINT, linewidth=0.8, zorder=0)
    ax.axvline(0, color=theme.FAINT, linewidth=0.8, zorder=0)
    ax.set(xlabel="weight of least squares, a", ylabel="weight with a penalty", xlim=(-reach, reach))
    return drawn


@checked(role=experiment.NORM)
def one_weight(ax: Axes, role: str, pull: float, penalty: float, w) -> tuple[Line2D, Line2D]:
    """Draw the objective of one weight, (w − pull)² plus the penalty, and mark its minimum."""
    w = np.asarray(w, float)
    price = experiment.price(role, w, penalty)
    curve = ax.plot(w, (w - pull) ** 2 + price, **theme.line(role))[0]
    best = float(experiment.shrunk(role, pull, penalty))
    least = (best - pull) ** 2 + float(experiment.price(role, best, penalty))
    star = dot(ax, "best", 13)
    star.set_data([best], [least])
    ax.plot(w, price, color=theme.FAINT, linestyle=":")
    ax.set(xlabel="w", ylabel="objective")
    return curve, star


# ---------------------------------------------------------------------- ball and diamond


@checked(role=experiment.NORM)
def border(role: str, size: float) -> np.ndarray:
    """Return the outline of the ball |w| ≤ size ("l2") or the diamond |w₁| + |w₂| ≤ size ("l1"), shape (n, 2)."""
    if role == "l1":
        return size * np.array([[1, 0], [0, 1], [-1, 0], [0, -1], [1, 0]], float)
    angle = np.linspace(0, 2 * np.pi, 121)
    return size * np.column_stack([np.cos(angle), np.sin(angle)])


def ellipses(shape: np.ndarray, centre, levels) -> np.ndarray:
    """Return the outlines on which (w − centre)ᵀ shape (w − centre) has each of the levels: (levels, n, 2)."""
    angle = np.linspace(0, 2 * np.pi, 97)
    root = np.linalg.inv(np.linalg.cholesky(shape)).T  # it maps the unit circle to the ellipse of level 1
    unit = np.column_stack([np.cos(angle), np.sin(angle)]) @ root.T
    return np.asarray(centre) + np.sqrt(np.asarray(levels, float))[:, None, None] * unit


def weight_plane(ax: Axes, reach: float) -> None:
    """Make a panel the plane of two weights, with the same unit on both axes."""
    ax.set(xlim=(-reach, reach), ylim=(-reach, reach), xlabel="w₁", ylabel="w₂", box_aspect=1)
    ax.axhline(0, color=theme.INK, linewidth=0.8)
    ax.axvline(0, color=theme.INK, linewidth=0.8)


@checked(role=experiment.NORM)
def allowed(ax: Axes, role: str, size: float) -> PolyCollection:
    """Draw the weights that are allowed: a ball or a diamond about 0."""
    color, line = theme.STYLES[role]["color"], theme.STYLES[role]["linestyle"]
    region = PolyCollection(
        [border(role, size)], facecolors=to_rgba(color, 0.18), edgecolors=color, linewidths=2, linestyles=line
    )
    return ax.add_collection(region, autolim=False)


def rings(ax: Axes) -> LineCollection:
    """Draw, not yet placed, thin contours of the data loss."""
    return ax.add_collection(LineCollection([], colors=theme.INK, linewidths=0.6, alpha=0.5), autolim=False)


@checked(role=experiment.NORM)
def zero_fields(ax: Axes, role: str) -> PolyCollection | LineCollection:
    """Draw, not yet placed, the optima whose solution has a weight of 0: fields of the diamond, lines of the ball."""
    if role == "l1":
        fields = PolyCollection([], facecolors=theme.FAINT, alpha=0.22, linewidths=0)
    else:
        fields = LineCollection([], colors=theme.FAINT, alpha=0.5, linewidths=5)  # wide enough to be seen under an axis
    return ax.add_collection(fields, autolim=False)


# ---------------------------------------------------------------------- coefficient paths


@checked(role=theme.ROLE)
def paths(ax: Axes, place, weights, role: str) -> LineCollection:
    """Draw the path of each weight over λ; `weights` has a row for each place, a column for each weight."""
    ways = LineCollection(path_ends(place, weights), colors=theme.STYLES[role]["color"], linewidths=1.6)
    ax.axhline(0, color=theme.FAINT, linewidth=0.8, zorder=0)
    ax.set(ylabel="weight × spread")
    return ax.add_collection(ways, autolim=False)


def path_ends(place, weights) -> np.ndarray:
    """Return the lines of the paths: shape (weights, places, 2)."""
    weights = np.asarray(weights, float)
    return np.stack([np.broadcast_to(place, weights.T.shape), weights.T], axis=2)


def apart(heights, gap: float) -> np.ndarray:
    """Move heights as little as needed until neighbours are `gap` apart, and keep their order: places for labels."""
    heights = np.asarray(heights, float)
    order = np.argsort(heights, kind="stable")
    blocks: list[list[float]] = []  # middle, number of labels
    for height in heights[order]:
        blocks.append([float(height), 1])
        while len(blocks) > 1 and blocks[-1][0] - blocks[-2][0] < gap * (blocks[-1][1] + blocks[-2][1]) / 2:
            (upper, n), (lower, m) = blocks.pop(), blocks.pop()
            blocks.append([(upper * n + lower * m) / (n + m), n + m])
    spread = [middle + gap * (i - (n - 1) / 2) for middle, n in blocks for i in range(n)]
    moved = np.empty(len(heights))
    moved[order] = spread
    return moved


def weight_bars(ax: Axes, names) -> tuple[BarContainer, list[Text]]:
    """Draw a horizontal bar for each weight, the first on top, and beside each a text for its number."""
    rows = np.arange(len(names))[::-1]
    bars = ax.barh(rows, np.zeros(len(names)), height=0.62)
    ax.set(yticks=rows, yticklabels=names, ylim=(-0.6, len(names) - 0.4))
    ax.axvline(0, color=theme.INK, linewidth=0.8)
    return bars, [ax.text(0, row, "", va="center_baseline") for row in rows]


# ---------------------------------------------------------------------- priors


def priors(ax: Axes, width: float, reach: float = 4.0) -> list[Line2D]:
    """Draw the two priors of equal standard deviation."""
    w = np.linspace(-reach, reach, 801)
    drawn = [
        ax.plot(w, experiment.prior_density(prior, w, width), **theme.line(role, label=prior))[0]
        for prior, role in experiment.NORM_OF_PRIOR.items()
    ]
    ax.set(xlabel="weight w", ylabel="density", xlim=(-reach, reach))
    return drawn
