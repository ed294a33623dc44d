"""Drawing distributions, the information of their events, and the lengths that compare them (lesson 03)."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.contour import QuadContourSet
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon, Rectangle
from matplotlib.text import Text

from .. import theme
from ..checking import checked
from ..experiments import entropy as experiment

HATCHES = {"kl": "///", "prediction": "\\\\"}  # in addition to the colour, for lengths and bars next to others
LARGEST = 1e9  # used for ∞ where a line must connect numbers


@checked(role=theme.ROLE)
def look(role: str) -> dict:
    """Return how a bar in a role of the theme is filled."""
    return dict(facecolor=theme.STYLES[role]["color"], edgecolor=theme.PAPER, hatch=HATCHES.get(role, ""), linewidth=0)


def number(value: float, digits: int = 2) -> str:
    """Write a length; an infinite length as ∞."""
    return f"{value:.{digits}f}" if np.isfinite(value) else "∞"


# ---------------------------------------------------------------------- distributions as bars, and their information


def bars(ax: Axes, p, names, role: str) -> BarContainer:
    """Draw a distribution: one bar for each event."""
    drawn = ax.bar(np.arange(len(p)), p, width=0.7, **look(role))
    ax.set(xticks=np.arange(len(p)), xticklabels=names, ylim=(0, 1.15), yticks=[0, 0.5, 1], ylabel="probability")
    return drawn


def heads_curve(ax: Axes) -> Line2D:
    """Draw the entropy of a coin over the probability of its head."""
    p = np.linspace(0, 1, 401)
    ax.set(xlabel="probability of head", ylabel="entropy H, bits", xlim=(-0.02, 1.02), ylim=(0, 1.12))
    return ax.plot(p, experiment.coin_entropy(p), **theme.line("entropy"))[0]


def information_bars(ax: Axes, p, roles) -> list[Rectangle]:
    """Draw each event as a bar as wide as its probability and as high as its information, side by side from 0 to 1.

    The area of the bars is the entropy. So is their mean height, because the widths sum to 1.
    """
    drawn = [ax.add_patch(Rectangle((0, 0), 0, 0, **look(role))) for role in roles]
    place_information_bars(drawn, p)
    ax.set(xlabel="probability", ylabel="information, bits", xlim=(0, 1), ylim=(0, 5))
    return drawn


def place_information_bars(drawn: list[Rectangle], p) -> None:
    """Give the bars of `information_bars` another distribution."""
    lefts = np.cumsum(p) - p
    heights = experiment.information_of_possible(p)  # a bar of width 0 needs no height
    for bar, left, width, height in zip(drawn, lefts, p, heights, strict=True):
        bar.set_bounds(left, 0, width, height)


# ---------------------------------------------------------------------- a code as a tree


def code_tree(ax: Axes, code: dict[str, str]) -> None:
    """Draw a code of zeros and ones as a tree: left is 0, right is 1, and each leaf is a symbol with its word."""
    nodes = {word[:depth] for word in code.values() for depth in range(len(word) + 1)}
    place = {node: sum((-1 if bit == "0" else 1) / 2**depth for depth, bit in enumerate(node, 1)) for node in nodes}
    paper = dict(facecolor=theme.PAPER, edgecolor="none", pad=1.5)
    for node in sorted(nodes - {""}):
        up = node[:-1]
        ax.plot([place[up], place[node]], [-len(up), -len(node)], color=theme.INK, linewidth=1.2, zorder=1)
        middle = (place[up] + place[node]) / 2, -(len(up) + len(node)) / 2
        ax.text(*middle, node[-1], ha="center", va="center", bbox=paper)
    for symbol, word in code.items():
        ax.plot(place[word], -len(word), **theme.dots("truth", markersize=16))
        ax.text(place[word], -len(word), symbol, ha="center", va="center_baseline", color=theme.PAPER, weight="bold")
        ax.text(place[word], -len(word) - 0.3, word, ha="center", va="top")
    ax.set(xlim=(-1.1, 1.1), ylim=(-max(map(len, code.values())) - 0.7, 0.2))
    ax.set_axis_off()


# ---------------------------------------------------------------------- cross-entropy and KL over the prediction


def coin_curves(ax: Axes, truth: float) -> list[Line2D]:
    """Draw cross-entropy and KL of a coin over the prediction: the same curve, once lifted by the truth's entropy."""
    prediction = np.linspace(0.005, 0.995, 199)
    both = zip(("cross_entropy", "kl"), ("H(Q, P)", "KL(Q‖P)"), experiment.coin_losses(truth, prediction), strict=True)
    drawn = [ax.plot(prediction, curve, **theme.line(role, label=name))[0] for role, name, curve in both]
    ax.set(xlim=(0, 1), ylim=(0, 4), xlabel="predicted probability of head", ylabel="bits")
    return drawn


# ---------------------------------------------------------------------- lengths


def length(ax: Axes, row: float, role: str, **style) -> Rectangle:
    """Draw a length from 0 at a height of the panel; `place_length` says how long it is."""
    return ax.add_patch(Rectangle((0, row - 0.31), 0, 0.62, **look(role) | style))


def place_length(drawn: Rectangle, start: float, size: float) -> float:
    """Let a length begin at `start` and be `size` long, but end at the panel's edge; return where it ends."""
    right = drawn.axes.get_xlim()[1]
    start, end = min(start, right), min(start + size, right)
    drawn.set(x=start, width=end - start)
    return end


# ---------------------------------------------------------------------- three classes: a triangle


def triangle(ax: Axes, names) -> Polygon:
    """Draw the triangle of all distributions over three classes; at a corner, its class is certain."""
    look = dict(closed=True, fill=False, edgecolor=theme.INK, linewidth=1.2, zorder=3)
    outline = ax.add_patch(Polygon(experiment.CORNERS, **look))
    places = ("left", "top", -0.07, -0.04), ("right", "top", 0.07, -0.04), ("center", "bottom", 0, 0.04)
    for name, (x, y), (ha, va, right, up) in zip(names, experiment.CORNERS, places, strict=True):
        ax.text(x + right, y + up, f"certainly {name}", ha=ha, va=va)
    ax.set(aspect="equal", xlim=(-0.08, 1.08), ylim=(-0.12, 0.97))
    ax.set_axis_off()
    return outline


def landscape(ax: Axes, outline: Polygon, values: np.ndarray, levels) -> list[AxesImage | QuadContourSet]:
    """Colour the triangle by `values` on the experiment's grid, pale for low; draw each level except the last."""
    values = np.minimum(values, levels[-1])  # beyond the last level, and at ∞, the darkest colour
    box = (0, 1, 0, experiment.CORNERS[2, 1])
    image = ax.imshow(values, extent=box, origin="lower", cmap=theme.LANDSCAPE, vmin=0, vmax=levels[-1], zorder=0)
    contours = ax.contour(values, levels[:-1], extent=box, colors=theme.INK, linewidths=0.7, alpha=0.6)
    for artist in (image, contours):
        artist.set_clip_path(outline)
    return [image, contours]


def name_levels(ax: Axes, along: np.ndarray, values: np.ndarray, levels) -> list[Text]:
    """Write each level except the last where the walk `along` meets it; on it the values only rise, or only fall."""
    way = 1 if values[0] < values[-1] else -1
    x, y = experiment.to_plane(along)[::way].T
    values = np.minimum(values[::way], LARGEST)
    met = [level for level in levels[:-1] if values[0] < level < values[-1]]
    paper = dict(facecolor=theme.PAPER, edgecolor="none", pad=0.8, alpha=0.7)
    style = dict(ha="center", va="center", fontsize="small", bbox=paper)
    return [ax.text(np.interp(v, values, x), np.interp(v, values, y), f"{v:g}", **style) for v in met]
