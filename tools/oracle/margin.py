"""Margin: hinge losses, of several classes, and of a score and a side."""

import mpmath
import sklearn.metrics
import torch
import torch.nn.functional as F  # noqa: N812

from oracle.asking import ask
from oracle.classification import ROWS_OF_SCORES, in_rows
from oracle.inputs import choose, draw, given, in_all_shapes, with_settings

CASES = in_all_shapes(score=lambda shape: draw("s", shape), target=lambda shape: choose("side", shape, [-1, 1]))
CASES |= given(
    "score target",
    {
        "all-minus": (draw("s", (5,)), [-1] * 5),
        "all-plus": (draw("s", (5,)), [1] * 5),
        "undecided": ([0.0, 0.0], [-1, 1]),
        "beyond": ([2.0, -1.5, 30.0], [1, -1, 1]),
        "extreme": ([1e4, -1e4, 1e4, -1e4], [1, -1, -1, 1]),
        "at-the-margin": ([1.0, -1.0, 0.5], [1, -1, 1]),
    },
)


def record():
    multiclass_hinge()
    hinge()
    squared_hinge()


def multiclass_hinge():
    ask(
        "losses.multiclass_hinge",
        with_settings(ROWS_OF_SCORES, ["images", "many-rows", "extreme"], margin=[0.5, 3.0]),
        "torch.nn.functional.multi_margin_loss, times the classes",
        lambda scores, label, **margin: in_rows(F.multi_margin_loss, scores, label, **margin) * scores.shape[-1],
        lambda scores, label, margin=1: mpmath.fsum(
            max(0, s - scores[int(label)] + margin) for c, s in enumerate(scores) if c != label
        ),
        depth={"scores": 1},
    )


def hinge():
    def sklearn_hinge(score, target):
        return sklearn.metrics.hinge_loss(target.ravel(), score.ravel()) if {-1, 1} <= {*target.ravel()} else None

    ask(
        "losses.hinge",
        CASES,
        "torch.nn.functional.margin_ranking_loss against 0, with margin 1",
        lambda score, target: F.margin_ranking_loss(score, 0 * score, target, margin=1.0, reduction="none"),
        lambda score, target: max(0, 1 - target * score),
        also={"sklearn.metrics.hinge_loss": sklearn_hinge},
        kinks={"at-the-margin"},
    )


def squared_hinge():
    def library(score, target):
        scores = torch.stack([0 * score, score], dim=-1).reshape(-1, 2)
        label = (target > 0).long().reshape(-1)
        return 2 * F.multi_margin_loss(scores, label, p=2, reduction="none").reshape(score.shape)

    ask(
        "losses.squared_hinge",
        CASES,
        "torch.nn.functional.multi_margin_loss(p=2) of the scores 0 and s, times the classes",
        library,
        lambda score, target: max(0, 1 - target * score) ** 2,
    )
