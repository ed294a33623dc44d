"""Losses that want the true class ahead by a margin, and are content with that: those of support vector machines."""

import numpy as np

from .. import arguments
from ..loss import labelled_rows, loss


@loss(r"\frac{1}{N} \sum_{i=1}^{N} \max(0,\; 1 - y_i s_i)", score=arguments.real, target=arguments.minus_or_plus_one)
def hinge(score, target):
    """Hinge loss of two classes.

    Parameters
    ----------
    score : array_like
        Any finite numbers; their sign is the predicted class.
    target : array_like
        −1 or +1, the true class; equal in shape. (Not 0 and 1, as for the cross-entropies: 2 y − 1 turns them.)

    Returns
    -------
    float
        In the unit of the score: 0 from a margin y s of 1 on, and 1 more for each unit below. At a margin of exactly
        1 the loss has a kink; the slope returned there is 0.

    Examples
    --------
    >>> hinge([2.0, 0.5, -1.0], [1, 1, 1])
    0.8333333333333334

    References
    ----------
    C. Cortes and V. Vapnik, Support-vector networks, Machine Learning 20, 1995.
    """
    short = 1 - target * score  # how much is missing to the margin
    return np.maximum(short, 0), -target * (short > 0)


@loss(r"\frac{1}{N} \sum_{i=1}^{N} \max(0,\; 1 - y_i s_i)^2", score=arguments.real, target=arguments.minus_or_plus_one)
def squared_hinge(score, target):
    """Squared hinge loss of two classes: smooth at the margin, and sterner with what is far on the wrong side.

    Parameters
    ----------
    score : array_like
        Any finite numbers; their sign is the predicted class.
    target : array_like
        −1 or +1, the true class; equal in shape.

    Returns
    -------
    float
        In the squared unit of the score, without a ½.

    Examples
    --------
    >>> squared_hinge([2.0, 0.5, -1.0], [1, 1, 1])
    1.4166666666666667

    References
    ----------
    Y.-J. Lee and O. L. Mangasarian, SSVM: a smooth support vector machine for classification, Computational
    Optimization and Applications 20, 2001.
    """
    short = np.maximum(1 - target * score, 0)
    return short**2, -2 * target * short


@loss(
    r"\frac{1}{N} \sum_{i=1}^{N} \sum_{c \ne y_i} \max(0,\; s_{ic} - s_{i, y_i} + \Delta)",
    shapes=labelled_rows,
    scores=arguments.real,
    label=arguments.label,
    margin=arguments.positive,
)
def multiclass_hinge(scores, label, margin=1.0):
    """Multiclass hinge loss of Weston and Watkins: every wrong class should stay behind the true one by a margin.

    Parameters
    ----------
    scores : array_like, shape (..., C)
        Rows of finite numbers, one for each class.
    label : array_like of int, shape (...)
        The index of each row's true class, from 0 to C − 1.
    margin : float
        Δ, above 0, in the unit of the scores.

    Returns
    -------
    float
        In the unit of the scores: the sum over the wrong classes, the mean over rows. Others divide by C as well, or
        take the worst wrong class alone (Crammer and Singer). Where a class stands exactly at the margin the loss
        has a kink; its slope returned there is 0.

    Examples
    --------
    >>> round(multiclass_hinge([3.2, 5.1, -1.7], 0), 9)
    2.9

    References
    ----------
    J. Weston and C. Watkins, Support vector machines for multi-class pattern recognition, ESANN 1999.
    """
    true = label[..., None]
    over = scores - np.take_along_axis(scores, true, axis=-1) + margin  # how far each class is over the margin
    np.put_along_axis(over, true, 0, axis=-1)
    slope = (over > 0).astype(float)
    np.put_along_axis(slope, true, -slope.sum(axis=-1, keepdims=True), axis=-1)
    return np.maximum(over, 0).sum(axis=-1), slope
