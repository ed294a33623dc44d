"""Overlap: how far a predicted region and the true one differ."""

import itertools
import math

import numpy as np
import scipy.spatial
import sklearn.metrics
from mpmath import mpf

from oracle.asking import ask, by_hand
from oracle.definitions import HALF
from oracle.inputs import choose, draw, given, with_settings


def masks(shape):
    return draw("mask", shape, 0.0, 1.0), choose("mask", shape, [0, 1])


def hard(shape):
    return choose("other", shape, [0.0, 1.0]), choose("mask", shape, [0, 1])


LINES = given(
    "probability target",
    {
        "one-pixel": ([0.25], [1]),
        "line": masks((12,)),
        "line,hard": hard((30,)),
        "perfect": ([0.0, 1.0, 1.0], [0, 1, 1]),
        "disjoint": ([1.0, 0.0, 0.0, 1.0], [0, 1, 1, 0]),
        "nothing-predicted": ([0.0, 0.0, 0.0, 0.0], [0, 1, 1, 0]),
        "nothing-there": ([0.5, 0.25, 0.125], [0, 0, 0]),
        "everything-there": ([0.5, 0.25, 0.125], [1, 1, 1]),
    },
)
IMAGES = given(
    "probability target",
    {
        "image": masks((4, 5)),
        "image,hard": hard((5, 5)),
        "images": masks((3, 4, 4)),
        "images,hard": hard((3, 4, 4)),
        "channels": masks((2, 2, 3, 3)),
    },
)
EMPTY = {"probability": np.zeros(4), "target": np.zeros(4, int)}


def record():
    of_regions(LINES, 1, "line", {"empty,smooth=1": EMPTY | {"smooth": 1.0}})
    of_regions(IMAGES, 2, "images", {})
    for function in "losses.dice", "losses.tversky", "losses.focal_tversky":  # 0 / 0: two empty regions are the same
        by_hand(function, "empty", EMPTY, 0.0, [0.0] * 4)
    perfect = LINES["perfect"] | {"gamma": 2.0}
    by_hand("losses.focal_tversky", "perfect,gamma=2", perfect, 0.0, [0.0, 0.0, 0.0])


def of_regions(cases, axes, shape, more):
    """Ask about regions of one or two axes; those of a named shape, soft and hard, with settings as well."""
    dice_also = {"scipy.spatial.distance.dice": of_sets(dissimilarity), "sklearn.metrics.f1_score": of_sets(f1)}
    also = {"sklearn.metrics.fbeta_score": of_sets(f_beta), "sklearn.metrics.jaccard_score": of_sets(jaccard)}
    depth, both = {"probability": axes, "target": axes}, [shape, f"{shape},hard"]
    smoothed = more | with_settings(cases, both, smooth=[1.0, 0.01])
    ask("losses.dice", smoothed, "torch", dice, dice_by_definition, depth=depth, also=dice_also)
    weighted = with_settings(smoothed, both, alpha=[0.3, 1.0], beta=[0.7, 1.0])
    weighted |= with_settings(cases, [shape], alpha=[0.0, 2.0], beta=[0.25], smooth=[1.0])
    ask("losses.tversky", weighted, "torch", tversky, tversky_by_definition, depth=depth, also=also)
    focused = with_settings(weighted, both, alpha=[0.3], beta=[0.7], gamma=[0.75, 4 / 3, 2.0])
    ask("losses.focal_tversky", focused, "torch", tversky, tversky_by_definition, depth=depth, also=also)


# ---------------------------------------------------------------------- libraries that compare sets


def of_sets(score):
    """Ask a library that compares sets: only about hard masks, without smoothing, with the weights that it knows."""

    def opinion(probability, target, smooth=0.0, alpha=0.5, beta=0.5, gamma=1.0):
        if smooth or not np.isin(probability, [0, 1]).all():
            return None
        shape = (-1, *target.shape[-2:]) if target.ndim > 1 else (1, -1)
        pairs = zip(target.reshape(shape), probability.astype(int).reshape(shape), strict=True)
        indices = [score(there.ravel(), predicted.ravel(), alpha, beta) for there, predicted in pairs]
        return None if None in indices else np.mean([(1 - index) ** gamma for index in indices])

    return opinion


def f1(there, predicted, alpha, beta):
    return sklearn.metrics.f1_score(there, predicted)


def dissimilarity(there, predicted, alpha, beta):
    return 1 - scipy.spatial.distance.dice(there.astype(bool), predicted.astype(bool))


def jaccard(there, predicted, alpha, beta):
    return sklearn.metrics.jaccard_score(there, predicted) if alpha == beta == 1 else None


def f_beta(there, predicted, alpha, beta):
    if not math.isclose(alpha + beta, 1):
        return None
    return sklearn.metrics.fbeta_score(there, predicted, beta=math.sqrt(beta / alpha))


# ---------------------------------------------------------------------- definitions


def counts(probability, target):
    """Count pixel by pixel: true positives, false positives, false negatives."""
    both = only_predicted = only_there = mpf(0)
    if isinstance(target[0], list):
        probability, target = (list(itertools.chain(*mask)) for mask in (probability, target))
    for p, t in zip(probability, target, strict=True):
        both += p * t
        only_predicted += p * (1 - t)
        only_there += (1 - p) * t
    return both, only_predicted, only_there


def dice_by_definition(probability, target, smooth=0):
    both, only_predicted, only_there = counts(probability, target)
    return 1 - (2 * both + smooth) / (2 * both + only_predicted + only_there + smooth)


def tversky_by_definition(probability, target, alpha=HALF, beta=HALF, smooth=0, gamma=1):
    both, only_predicted, only_there = counts(probability, target)
    return (1 - (both + smooth) / (both + alpha * only_predicted + beta * only_there + smooth)) ** gamma


# ---------------------------------------------------------------------- in tensors


def area(mask):
    return mask.sum(dim=(-2, -1) if mask.ndim > 1 else -1)


def dice(probability, target, smooth=0.0):
    both = area(probability * target)
    return 1 - (2 * both + smooth) / (area(probability) + area(target) + smooth)


def tversky(probability, target, alpha=0.5, beta=0.5, smooth=0.0, gamma=1.0):
    both = area(probability * target)
    only_predicted, only_there = area(probability) - both, area(target) - both
    return (1 - (both + smooth) / (both + alpha * only_predicted + beta * only_there + smooth)) ** gamma
