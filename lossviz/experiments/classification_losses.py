"""What lesson 04 computes: losses over probability, score and margin, a boundary and its points, a constant in the
logarithm.
"""

from functools import cache
from typing import NamedTuple

import numpy as np

from .. import arguments, data, losses
from ..arguments import bit, finite, one_of, real
from ..checking import checked, condition

# ---------------------------------------------------------------------- one example: probability and score


@checked(score=real, target=bit)
def log_loss(score, target: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the binary cross-entropy of single scores, in nats, and its slope in the score, p − y.

    Examples
    --------
    >>> value, slope = log_loss([0.0], target=1)
    >>> value.round(4), slope
    (array([0.6931]), array([-0.5]))
    """
    target = np.full(score.shape, float(target))
    return (
        losses.sigmoid_cross_entropy.per_example(score, target),
        losses.sigmoid_cross_entropy.gradient(score, target) * score.size,
    )


class Curve(NamedTuple):
    """The loss of one example over its score, and over the probability that the score becomes."""

    score: np.ndarray
    probability: np.ndarray
    loss: np.ndarray
    squared: np.ndarray  # the squared error (y − p)²


@checked(target=bit, reach=arguments.positive, count=arguments.integer(2))
def log_loss_curve(target: int, reach: float = 8.0, count: int = 401) -> Curve:
    """Return the curve of the log loss for scores from −reach to reach.

    Examples
    --------
    >>> log_loss_curve(target=1, reach=1, count=3).loss.round(4)
    array([1.3133, 0.6931, 0.3133])
    """
    score = np.linspace(-reach, reach, count)
    probability = losses.sigmoid(score)
    return Curve(score, probability, log_loss(score, target)[0], (target - probability) ** 2)


class Example(NamedTuple):
    """One example: its probability, its loss and squared error, and the slope of the loss in p and in the score."""

    probability: float
    loss: float
    squared: float
    slope_in_p: float
    slope_in_score: float


@checked(score=finite, target=bit)
def one_example(score: float, target: int) -> Example:
    """Return what one example costs, and how fast that changes.

    Examples
    --------
    >>> one_example(0.0, target=0).slope_in_p
    2.0
    """
    (loss,), (slope,) = log_loss([score], target)
    p = float(losses.sigmoid(score))
    return Example(p, float(loss), (target - p) ** 2, -1 / p if target else 1 / (1 - p), float(slope))


# ---------------------------------------------------------------------- one example: the margin

NAMES = {
    "zero_one": "0–1",
    "hinge": "hinge",
    "squared_hinge": "squared hinge",
    "logistic": "logistic (BCE)",
    "squared": "squared error of p",
}


@checked(role=one_of(*NAMES), margin=real, base=arguments.above_1)
def margin_curve(role: str, margin, base: float = np.e) -> tuple[np.ndarray, np.ndarray]:
    """Return what one example costs at each of these margins y s, and the slope of that cost in the margin.

    `role` is a key of `NAMES`. The logistic loss is in nats unless another `base` is given. Where the 0–1 loss
    jumps, and where the hinge has its kink, the slope returned is 0.

    Examples
    --------
    >>> margin_curve("hinge", [-1, 2])
    (array([2., 0.]), array([-1.,  0.]))
    """
    if role == "zero_one":
        return (margin <= 0).astype(float), np.zeros_like(margin)
    one = np.ones_like(margin)  # for a target of +1 the margin is the score
    if role == "squared":
        wrong = losses.sigmoid(-margin)
        return wrong**2, -2 * wrong**2 * losses.sigmoid(margin)
    loss = losses.sigmoid_cross_entropy if role == "logistic" else getattr(losses, role)
    unit = np.log(base) if role == "logistic" else 1.0
    return loss.per_example(margin, one) / unit, loss.gradient(margin, one) * margin.size / unit


# ---------------------------------------------------------------------- two classes in the plane

POINTS = 60
WRONG = 43  # deep in its own class: with the other label it is confident and wrong
# the losses that judge a boundary, by their names in the lesson: the keys of `NAMES`
COMPARED = {"BCE": "logistic", "hinge": "hinge", "squared error": "squared"}


@condition("label must be one class for each point of x")
def _a_label_each(values):
    (n, _), shape = values["x"].shape, values["label"].shape
    return f"{n} of them, got shape {shape}" if shape != (n,) else None


@condition("x must hold points that do not all lie on one line")
def _on_no_line(values):
    x = values["x"]
    return f"got {len(x)} that do" if np.linalg.matrix_rank(x - x.mean(axis=0)) < 2 else None


PLACES = dict(x=arguments.table(2), label=arguments.zero_or_one)


@checked(mislabelled=arguments.yes_or_no)
@cache
def two_classes(mislabelled: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """Return points, shape (60, 2), and their classes; if asked, with one wrong label.

    Examples
    --------
    >>> (two_classes()[1] != two_classes(mislabelled=True)[1]).nonzero()[0]
    array([43])
    """
    x, label = data.blobs(n=POINTS, classes=2, spread=1.2)
    label[WRONG] ^= mislabelled
    x.flags.writeable = label.flags.writeable = False  # all callers get the same arrays
    return x, label


@checked(angle=finite)
def directions(angle: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the unit vector across a boundary, towards class 1, and the one along it; the angle is in degrees.

    Examples
    --------
    >>> directions(0)[0]
    array([1., 0.])
    """
    turn = np.radians(angle)
    return np.array([np.cos(turn), np.sin(turn)]), np.array([-np.sin(turn), np.cos(turn)])


class Costs(NamedTuple):
    """What points cost, given a boundary."""

    score: np.ndarray  # of each point
    margin: np.ndarray
    cost: np.ndarray  # a row for each of the losses in `COMPARED`


@checked(_a_label_each, **PLACES, angle=finite, offset=finite, steepness=finite)
def costs(x, label, angle: float, offset: float, steepness: float) -> Costs:
    """Return scores, margins and losses of points, for a boundary across `angle` and `offset` from the middle.

    Examples
    --------
    >>> costs(np.array([[2.0, 0.0]]), np.array([1]), angle=0, offset=1, steepness=3).margin
    array([3.])
    """
    across, _ = directions(angle)
    score = steepness * (x @ across - offset)
    margin = (2 * label - 1) * score
    return Costs(score, margin, np.stack([margin_curve(role, margin)[0] for role in COMPARED.values()]))


@checked(_a_label_each, _on_no_line, **PLACES)
def least_bce(x: np.ndarray, label: np.ndarray) -> dict[str, float]:
    """Return direction, offset and steepness of the boundary with the least BCE, found by Newton's method.

    Parameters
    ----------
    x : numpy.ndarray, shape (n, 2)
        The points.
    label : numpy.ndarray, shape (n,)
        Their classes, 0 or 1.

    Returns
    -------
    dict
        "angle", in degrees, "offset" and "steepness".

    Raises
    ------
    ValueError
        If a line separates the classes: a steeper one then always has less BCE.

    Examples
    --------
    >>> {name: round(value, 2) for name, value in least_bce(*two_classes()).items()}
    {'angle': -139.18, 'offset': -0.1, 'steepness': 3.43}
    """
    with_1 = np.column_stack([x, np.ones(len(x))])
    w = np.zeros(3)
    for _ in range(12):
        p = losses.sigmoid(with_1 @ w)
        w -= np.linalg.solve(with_1.T * (p * (1 - p)) @ with_1, with_1.T @ (p - label))
        if ((2 * label - 1) * (with_1 @ w) > 0).all():
            raise ValueError("least_bce: x must hold classes that no line separates, got two that a line does")
    size = np.hypot(w[0], w[1])
    return {
        "angle": float(np.degrees(np.arctan2(w[1], w[0]))),
        "offset": float(-w[2] / size),
        "steepness": float(size),
    }


# ---------------------------------------------------------------------- a constant in the logarithm


@checked(exponent=arguments.log_probability, epsilon=arguments.at_least_0)
def clipped(exponent, epsilon: float) -> np.ndarray:
    """Return −log(p + ε) for p = 10^exponent, the probability of the true class.

    Examples
    --------
    >>> clipped([-30, -3], epsilon=1e-7).round(3)
    array([16.118,  6.908])
    """
    return -np.log(10.0**exponent + epsilon)


@checked(epsilon=arguments.above_0)
def ceiling(epsilon: float | np.ndarray) -> np.float64 | np.ndarray:
    """Return −log ε: the loss of p = 0 with the constant.

    Examples
    --------
    >>> print(f"{ceiling(1e-7):.3f}")
    16.118
    """
    return -np.log(epsilon)


@checked(epsilon=arguments.not_negative)
def discount(epsilon: float | np.ndarray) -> np.float64 | np.ndarray:
    """Return log(1 + ε), how far below 0 the constant puts the loss of a perfect prediction.

    Examples
    --------
    >>> print(f"{discount(0.1):.3f}")
    0.095
    """
    return np.log1p(epsilon)
