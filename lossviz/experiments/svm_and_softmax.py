"""What lesson 05 computes: both losses of three images step by step, over the gap between two scores, and over the
scale of the weights.
"""

import math
from typing import NamedTuple

import numpy as np

from .. import arguments, losses
from ..arguments import finite, index, one_or_more, positive, real, vector
from ..caching import cached
from ..checking import checked, condition

CLASSES = ("cat", "car", "frog")
SCORES = np.array([[3.2, 5.1, -1.7], [1.3, 4.9, 2.0], [2.2, 2.5, -3.1]])  # a row for each image, in this order
TRUE = np.array([0, 1, 2])  # the first image shows a cat, the second a car, the third a frog

# three images of four pixels, and weights that put each image's true class ahead by 2
PIXELS = np.array([[2.0, 0.0, 0.0, 1.0], [0.0, 2.0, 0.0, 1.0], [0.0, 0.0, 2.0, 1.0]])
WEIGHTS = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [0.0, 0.0, 0.0]])

NAMES = {"hinge": "hinge", "cross_entropy": "cross-entropy"}  # the name of each loss in the lesson
# how the logarithm to each base is written, and how many nats its unit is
BASES = {"e (nats)": ("log", 1.0), "2 (bits)": ("log₂", math.log(2)), "10": ("log₁₀", math.log(10))}
JIGGLES = 60  # images whose scores are moved a little at random

# ---------------------------------------------------------------------- one image


@condition("true must be the index of one of the scores")
def _has_a_score(values):
    n, true = len(values["scores"]), values["true"]
    return None if true < n else f"here from 0 to {n - 1}, got {true}"


@condition("true must be one class for all rows of scores, or one for each, and have a score")
def _have_a_score(values):
    *rows, n = values["scores"].shape
    true = values["true"]
    if true.ndim > len(rows) or any(a not in (1, b) for a, b in zip(true.shape[::-1], rows[::-1], strict=False)):
        return f"got shape {true.shape}"
    return f"here from 0 to {n - 1}, got {true.max()}" if true.max() >= n else None


@checked(_has_a_score, scores=vector, true=index, margin=positive)
def over_margin(scores, true: int, margin: float = 1.0) -> np.ndarray:
    """Return the terms of one image's hinge loss: how far each wrong score is above the true score minus the margin.

    Examples
    --------
    >>> over_margin([3.2, 5.1, -1.7], 0).round(1)
    array([0. , 2.9, 0. ])
    """
    over = np.maximum(0, scores - scores[true] + margin)
    over[true] = 0
    return over


class WorkedOut(NamedTuple):
    """Everything that both losses compute from one image's scores."""

    over: np.ndarray  # the hinge loss's terms
    powers: np.ndarray  # exp(score)
    probabilities: np.ndarray
    hinge: float
    cross_entropy: float  # in nats, like its pushes
    hinge_push: np.ndarray  # minus the gradient: which way each score is pushed, and how hard
    cross_entropy_push: np.ndarray


@checked(_has_a_score, scores=vector, true=index, margin=positive)
def work_out(scores: np.ndarray, true: int, margin: float = 1.0) -> WorkedOut:
    """Compute both losses of one image, with all steps on the way.

    Examples
    --------
    >>> found = work_out(SCORES[0], true=0)
    >>> f"{found.hinge:.1f} {found.cross_entropy:.5f}"
    '2.9 2.04036'
    """
    hinge, hinge_slope = losses.multiclass_hinge.value_and_gradient(scores, true, margin=margin)
    cross_entropy, slope = losses.softmax_cross_entropy.value_and_gradient(scores, true)
    return WorkedOut(
        over_margin(scores, true, margin),
        np.exp(scores),
        losses.softmax(scores),
        hinge,
        cross_entropy,
        -hinge_slope,
        -slope,
    )


@checked(_have_a_score, scores=arguments.rows, true=arguments.label, margin=positive)
def both_losses(scores: np.ndarray, true=0, margin: float = 1.0) -> dict[str, np.ndarray]:
    """Return both losses of each row of scores; `true` is one class for all rows, or one for each.

    Examples
    --------
    >>> both_losses(SCORES, TRUE)["hinge"].round(1)
    array([ 2.9,  0. , 12.9])
    """
    labels = np.broadcast_to(true, scores.shape[:-1])
    return {
        "hinge": losses.multiclass_hinge.per_example(scores, labels, margin=margin),
        "cross_entropy": losses.softmax_cross_entropy.per_example(scores, labels),
    }


IMAGE_LOSSES = both_losses(SCORES, TRUE)

# ---------------------------------------------------------------------- the gap


@checked(gap=real)
def scores_of_gap(gap) -> np.ndarray:
    """Return rows of scores: the true class at 0, the best wrong class `gap` lower, the other 0.7 lower still.

    With a gap of 2.9 they are the scores of the car image.

    Examples
    --------
    >>> scores_of_gap(2.9)
    array([ 0. , -2.9, -3.6])
    """
    return np.stack([np.zeros_like(gap), -gap, -gap - 0.7], axis=-1)


@checked(gap=finite, jiggle=arguments.at_least_0)
def jiggled(gap: float, jiggle: float) -> tuple[np.ndarray, np.ndarray]:
    """Move the scores of a gap a little at random, always in the same way; return each row's own gap, and the scores.

    Examples
    --------
    >>> gaps, scores = jiggled(2.9, jiggle=0)
    >>> len(gaps), float(gaps.min())
    (60, 2.9)
    """
    scores = scores_of_gap(gap) + jiggle * _tremble()
    return scores[:, 0] - scores[:, 1:].max(axis=1), scores


@cached
def _tremble() -> np.ndarray:
    return np.random.default_rng(5).normal(size=(JIGGLES, len(CLASSES)))


# ---------------------------------------------------------------------- the scale of the weights


@checked(scale=real)
def losses_of_scale(scale) -> dict[str, np.ndarray]:
    """Return the mean of both losses over the three images of four pixels, for weights `scale` · WEIGHTS.

    Examples
    --------
    >>> losses_of_scale([0, 0.5, 1])["hinge"]
    array([2., 0., 0.])
    """
    scores = np.multiply.outer(scale, PIXELS @ WEIGHTS)
    return {role: values.mean(axis=-1) for role, values in both_losses(scores, true=TRUE).items()}


@checked(scale=one_or_more(real), strength=arguments.at_least_0)
def penalty_of_scale(scale, strength: float = 1.0):
    """Return λR of the weights `scale` · WEIGHTS: R is the sum of their squares, `strength` is λ.

    Examples
    --------
    >>> penalty_of_scale(2)
    12.0
    """
    return strength * losses.l2(WEIGHTS) * scale**2


class Objective(NamedTuple):
    """What is minimised, over a row of scales: data loss and penalty of each scale, and their sum."""

    data_loss: dict[str, np.ndarray]
    penalty: np.ndarray
    total: dict[str, np.ndarray]
    best: dict[str, tuple[float, float]]  # the scale with the least sum, and that sum


@checked(scale=vector, strength=arguments.at_least_0)
def objective(scale, strength: float) -> Objective:
    """Return both objectives over a row of scales, for a penalty that counts `strength` times.

    Examples
    --------
    >>> objective([0, 0.5, 1], strength=0.125).best["hinge"]
    (0.5, 0.09375)
    """
    data_loss, penalty = losses_of_scale(scale), penalty_of_scale(scale, strength)
    total = {role: values + penalty for role, values in data_loss.items()}
    best = {role: (float(scale[values.argmin()]), float(values.min())) for role, values in total.items()}
    return Objective(data_loss, penalty, total, best)


@checked(t=one_or_more(real))
def penalty_of_shares(t):
    """Return the penalty R of the weights (1 − 3t, t, t, t), which give the input (1, 1, 1, 1) the same score of 1.

    Examples
    --------
    >>> penalty_of_shares(0), penalty_of_shares(0.25)
    (1.0, 0.25)
    """
    return (1 - 3 * t) ** 2 + 3 * t**2
