"""Losses that arrange points: what belongs together should lie close, what does not should lie apart."""

import numpy as np

from .. import arguments
from ..loss import loss, rows
from .distance import scaled


@loss(
    r"\frac{1}{N} \sum_{i=1}^{N} \bigl[ y_i d_i^2 + (1 - y_i) \max(0,\; m - d_i)^2 \bigr]",
    distance=arguments.not_negative,
    same=arguments.zero_or_one,
    margin=arguments.positive,
)
def contrastive(distance, same, margin=1.0):
    """Contrastive loss of pairs: pulls what is the same together, pushes what is not beyond a margin.

    Parameters
    ----------
    distance : array_like
        The distance of each pair, at least 0.
    same : array_like
        1 where the two belong together, 0 where not (the paper's Y is the other way round); equal in shape.
    margin : float
        From this distance on a pair that does not belong together costs nothing; above 0, in the unit of the distance.

    Returns
    -------
    float
        In the squared unit of the distance, without the paper's ½.

    Examples
    --------
    >>> contrastive([0.5, 0.5], [1, 0], margin=2.0)
    1.25

    References
    ----------
    R. Hadsell, S. Chopra and Y. LeCun, Dimensionality reduction by learning an invariant mapping, CVPR 2006.
    """
    pull, push = same * distance, (1 - same) * np.maximum(margin - distance, 0)  # one of the two is 0
    return pull**2 + push**2, 2 * (pull - push)


def _length(way: np.ndarray) -> np.ndarray:
    return np.linalg.norm(way, axis=-1, keepdims=True)


def _direction(way: np.ndarray) -> np.ndarray:
    """Return the slope of the length: the way made 1 long; where there is no way, 0."""
    length = _length(way)
    return way / (length + (length == 0))


@loss(
    r"\frac{1}{N} \sum_{i=1}^{N} \max\bigl(0,\; \lVert a_i - p_i \rVert - \lVert a_i - n_i \rVert + m\bigr)",
    shapes=rows,
    anchor=arguments.real,
    positive=arguments.real,
    negative=arguments.real,
    margin=arguments.positive,
)
def triplet(anchor, positive, negative, margin=1.0):
    """Triplet loss: the positive should be nearer to the anchor than the negative, by a margin.

    Parameters
    ----------
    anchor, positive, negative : array_like, shape (..., dimension)
        Points, one in each row, equal in shape. All three are learned: the gradient is a tuple of three.
    margin : float
        Above 0, in the unit of the points.

    Returns
    -------
    float
        In the unit of the points, the mean over rows. With plain Euclidean distances; the paper squares them. Where the
        margin is just kept, or two points are one, the loss has a kink; the slope returned there is 0.

    Examples
    --------
    >>> triplet([0.0, 0.0], [3.0, 4.0], [0.0, 4.5], margin=1.0)
    1.5

    References
    ----------
    F. Schroff, D. Kalenichenko and J. Philbin, FaceNet: a unified embedding for face recognition and clustering, CVPR
    2015.
    """
    scale, anchor, positive, negative = scaled(anchor, positive, negative, axis=-1)
    to_positive, to_negative = anchor - positive, anchor - negative
    over = (_length(to_positive) - _length(to_negative)) * scale + margin
    pull, push = (over > 0) * _direction(to_positive), (over > 0) * _direction(to_negative)
    return np.maximum(over, 0)[..., 0], (pull - push, -pull, push)


@loss(
    r"\frac{1}{N} \sum_{i=1}^{N} \max\Bigl(0,\; \lVert a_i - p_i \rVert^2 - 4 \tan^2\!\alpha\,"
    r" \bigl\lVert n_i - \tfrac{a_i + p_i}{2} \bigr\rVert^2\Bigr)",
    shapes=rows,
    anchor=arguments.real,
    positive=arguments.real,
    negative=arguments.real,
    degrees=arguments.acute,
)
def angular(anchor, positive, negative, degrees=45.0):
    """Angular loss: seen from the negative, anchor and positive should lie within an angle, however far all are.

    Parameters
    ----------
    anchor, positive, negative : array_like, shape (..., dimension)
        Points, one in each row, equal in shape. All three are learned: the gradient is a tuple of three.
    degrees : float
        α, the largest angle that costs nothing, between 0 and 90 degrees.

    Returns
    -------
    float
        In the squared unit of the points, the mean over rows. Whether it is 0 does not depend on the size of the
        triangle, only on its shape. Where the angle is just kept the slope returned is 0.

    Examples
    --------
    >>> round(angular([1.0, 0.0], [-1.0, 0.0], [0.0, 0.5], degrees=45.0), 9)
    3.0

    References
    ----------
    J. Wang, F. Zhou, S. Wen, X. Liu and Y. Lin, Deep metric learning with angular loss, ICCV 2017 (equation 3).
    """
    steep = 4 * np.tan(np.radians(degrees)) ** 2
    scale, anchor, positive, negative = scaled(anchor, positive, negative, axis=-1)
    apart, off = anchor - positive, negative - (anchor + positive) / 2
    over = (apart**2).sum(axis=-1, keepdims=True) - steep * (off**2).sum(axis=-1, keepdims=True)
    active = over > 0
    towards, away = active * 2 * apart, active * steep * off
    slopes = towards + away, -towards + away, -2 * away
    return (np.maximum(over, 0) * scale * scale)[..., 0], tuple(slope * scale for slope in slopes)


@loss(
    r"\frac{1}{N} \sum_{i=1}^{N} \max\bigl(0,\; -o_i (a_i - b_i) + m\bigr)",
    first=arguments.real,
    second=arguments.real,
    order=arguments.minus_or_plus_one,
    margin=arguments.at_least_0,
)
def margin_ranking(first, second, order, margin=0.0):
    """Margin ranking loss of two scores: the one that should rank higher should be higher, by a margin.

    Parameters
    ----------
    first, second : array_like
        The scores of two things. Both are learned: the gradient is a tuple of two.
    order : array_like
        1 where the first should rank higher, −1 where the second should; all equal in shape.
    margin : float
        At least 0, in the unit of the scores.

    Returns
    -------
    float
        In the unit of the scores. Where the margin is just kept the loss has a kink; the slope returned there is 0.

    Examples
    --------
    >>> margin_ranking([2.0, 1.0], [1.0, 3.0], [1, 1], margin=0.5)
    1.25

    References
    ----------
    R. Herbrich, T. Graepel and K. Obermayer, Large margin rank boundaries for ordinal regression, 2000.
    """
    over = margin - order * (first - second)
    slope = -order * (over > 0)
    return np.maximum(over, 0), (slope, -slope)
