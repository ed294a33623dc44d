"""Metric: losses that teach a distance between examples."""

import math

import mpmath
import torch.nn.functional as F  # noqa: N812

from oracle.asking import ask
from oracle.definitions import distance, squared_distance
from oracle.inputs import choose, draw, given, in_all_shapes, with_settings

DISTANCES = in_all_shapes(
    distance=lambda shape: draw("d", shape, 0, 2), same=lambda shape: choose("same", shape, [0, 1])
)
DISTANCES |= given(
    "distance same",
    {
        "all-same": (draw("d", (5,), 0, 2), [1] * 5),
        "all-different": (draw("d", (5,), 0, 2), [0] * 5),
        "touching": ([0.0, 0.0], [0, 1]),
        "at-the-margin": ([1.0, 1.0], [0, 1]),
        "extreme": ([1e4, 1e4], [0, 1]),
        "huge": ([1e200], [0]),
    },
)
ROLES = ("anchor", "positive", "negative")
DEPTH = dict.fromkeys(ROLES, 1)
SIZES = {"point": (2,), "one": (1, 2), "line": (6, 1), "plane": (8, 2), "ten": (4, 10), "stack": (2, 3, 2)}
TRIPLES = {case: {role: draw(role, shape) for role in ROLES} for case, shape in SIZES.items()}
TRIPLES |= given(
    "anchor positive negative",
    {
        "satisfied": ([[0.0, 0.0]], [[0.1, 0.2]], [[9.0, 7.0]]),
        "hard": ([[0.0, 0.0], [1.0, 1.0]], [[3.0, 4.0], [1.0, 2.5]], [[0.6, 0.8], [1.5, 1.0]]),
        "extreme": ([[1e4, -1e4], [0.0, 0.0]], [[-1e4, 1e4], [1.0, 0.0]], [[5e3, 2e3], [-1e4, 1e4]]),
    },
)
PAIRS = in_all_shapes(
    first=lambda shape: draw("first", shape),
    second=lambda shape: draw("second", shape),
    order=lambda shape: choose("order", shape, [-1, 1]),
)
PAIRS |= given(
    "first second order",
    {
        "right": ([2.0, 0.5], [0.0, 3.0], [1, -1]),
        "wrong": ([2.0, 0.5], [0.0, 3.0], [-1, 1]),
        "extreme": ([1e4, 1e4], [-1e4, -1e4], [1, -1]),
    },
)


def record():
    contrastive()
    triplet()
    angular()
    margin_ranking()


def contrastive():
    ask(
        "losses.contrastive",
        with_settings(DISTANCES, ["forty", "grid"], margin=[0.5, 2.5]),
        "torch.nn.functional.hinge_embedding_loss, squared",
        lambda distance, same, **margin: (
            F.hinge_embedding_loss(distance, 2 * same - 1, reduction="none", **margin) ** 2
        ),
        lambda distance, same, margin=1: distance**2 if same else max(0, margin - distance) ** 2,
    )


def triplet():
    ask(
        "losses.triplet",
        with_settings(TRIPLES, ["plane", "hard"], margin=[0.2, 5.0]),
        "torch.nn.functional.triplet_margin_loss(eps=0)",
        lambda anchor, positive, negative, **margin: F.triplet_margin_loss(
            anchor, positive, negative, eps=0.0, reduction="none", **margin
        ),
        lambda anchor, positive, negative, margin=1: max(
            0, distance(anchor, positive) - distance(anchor, negative) + margin
        ),
        learned=ROLES,
        depth=DEPTH,
    )


def angular():
    def library(anchor, positive, negative, degrees=45.0):
        opposite, adjacent = anchor - positive, negative - (anchor + positive) / 2
        wide = 4 * math.tan(math.radians(degrees)) ** 2
        return F.relu((opposite**2).sum(dim=-1) - wide * (adjacent**2).sum(dim=-1))

    def definition(anchor, positive, negative, degrees=45):
        middle = [(a + p) / 2 for a, p in zip(anchor, positive, strict=True)]
        wide = 4 * mpmath.tan(degrees * mpmath.pi / 180) ** 2
        return max(0, squared_distance(anchor, positive) - wide * squared_distance(negative, middle))

    ask(
        "losses.angular",
        with_settings(TRIPLES, ["plane", "hard", "ten"], degrees=[15.0, 36.0, 60.0]),
        "torch",
        library,
        definition,
        learned=ROLES,
        depth=DEPTH,
    )


def margin_ranking():
    ask(
        "losses.margin_ranking",
        with_settings(PAIRS, ["forty", "grid", "wrong"], margin=[0.5, 1.5]),
        "torch.nn.functional.margin_ranking_loss",
        lambda first, second, order, **margin: F.margin_ranking_loss(first, second, order, reduction="none", **margin),
        lambda first, second, order, margin=0: max(0, -order * (first - second) + margin),
        learned=("first", "second"),
    )
