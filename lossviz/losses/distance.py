"""Losses that compare two sets of points, in no order: how far is one cloud from the other?

Each takes one pair of clouds; `per_example` gives its one value.
"""

import numpy as np

from ..arguments import real
from ..loss import loss


def _clouds(name: str, checked: dict):
    """Both are lists of points of one dimension; their numbers may differ."""
    for argument, cloud in checked.items():
        if cloud.ndim != 2:
            raise ValueError(f"{name}: {argument} must be a list of points, shape (n, dimension), got {cloud.shape}")
    points, target = checked.values()
    if points.shape[1] != target.shape[1]:
        raise ValueError(
            f"{name}: points has shape {points.shape}, target has shape {target.shape}; "
            "their points must have one dimension"
        )


def _equal_clouds(name: str, checked: dict):
    """Both are lists of equally many points of one dimension."""
    _clouds(name, checked)
    points, target = checked.values()
    if len(points) != len(target):
        raise ValueError(
            f"{name}: points has shape {points.shape}, target has shape {target.shape}; "
            "every point needs a partner, so they must be equal"
        )


def _numbers(name: str, checked: dict):
    """Both are lists of numbers; how many there are may differ."""
    for argument, numbers in checked.items():
        if numbers.ndim != 1:
            raise ValueError(f"{name}: {argument} must be a list of numbers, shape (n,), got shape {numbers.shape}")


@loss(
    r"\frac{1}{N} \sum_{i=1}^{N} \min_j \lVert x_i - y_j \rVert^2 +"
    r" \frac{1}{M} \sum_{j=1}^{M} \min_i \lVert x_i - y_j \rVert^2",
    example=_clouds,
    points=real,
    target=real,
)
def chamfer(points, target):
    """Chamfer distance: how far each point is from the nearest of the other cloud, both ways.

    Parameters
    ----------
    points : array_like, shape (N, dimension)
        The predicted cloud.
    target : array_like, shape (M, dimension)
        The true cloud, of any size.

    Returns
    -------
    float
        In the squared unit of the points: the means of the squared distances, one way and the other, added. Others
        take plain distances, sums, or half of this. Where two points are equally near, the gradient follows the first.

    Raises
    ------
    ValueError
        If an array is no list of points, their dimensions differ, or a number is NaN or infinite.
    TypeError
        If something is no number.

    Examples
    --------
    >>> chamfer([[0.0, 0.0], [1.0, 0.0]], [[0.0, 0.0], [3.0, 0.0]])
    2.5

    References
    ----------
    H. Fan, H. Su and L. Guibas, A point set generation network for 3D object reconstruction from a single image, CVPR
    2017.
    """
    squared = ((points[:, None] - target[None]) ** 2).sum(axis=-1)
    of_point, of_target = squared.argmin(axis=1), squared.argmin(axis=0)  # the nearest ones
    value = squared.min(axis=1).mean() + squared.min(axis=0).mean()
    slope = 2 * (points - target[of_point]) / len(points)
    np.add.at(slope, of_target, 2 * (points[of_target] - target) / len(target))
    return value, slope


@loss(r"\int_0^1 \bigl| F^{-1}(u) - G^{-1}(u) \bigr|\, du", example=_numbers, values=real, target=real)
def earth_movers_1d(values, target):
    """Earth mover's distance on a line, also called Wasserstein-1: the least work to turn one heap into the other.

    Parameters
    ----------
    values : array_like, shape (N,)
        Where the predicted heap lies, in N equal parts.
    target : array_like, shape (M,)
        Where the true heap lies, in M equal parts.

    Returns
    -------
    float
        In the unit of the values: mass 1 times the distance moved. On a line sorting is optimal; for equally many
        values it is the mean of |sorted values − sorted target|. Where two values are equal the slope returned is 0.

    Raises
    ------
    ValueError
        If an array has not one axis, or a number is NaN or infinite.
    TypeError
        If something is no number.

    Examples
    --------
    >>> earth_movers_1d([0.0, 3.0, 1.0], [5.0, 6.0, 8.0])
    5.0

    References
    ----------
    S. S. Vallender, Calculation of the Wasserstein distance between probability distributions on the line, Theory of
    Probability and its Applications 18, 1974.
    """
    n, m = len(values), len(target)
    ends = np.union1d(np.arange(1, n + 1) * m, np.arange(1, m + 1) * n)  # where a part of either heap ends, times n m
    mass = np.diff(ends, prepend=0) / (n * m)
    order = np.argsort(values, kind="stable")
    mover = order[(ends - 1) // m]
    way = values[mover] - np.sort(target)[(ends - 1) // n]
    return mass @ np.abs(way), np.bincount(mover, weights=mass * np.sign(way), minlength=n)


@loss(
    r"\min_{\pi} \frac{1}{N} \sum_{i=1}^{N} \lVert x_i - y_{\pi(i)} \rVert",
    example=_equal_clouds,
    points=real,
    target=real,
)
def earth_movers(points, target):
    """Earth mover's distance of two clouds: the mean way when every point gets a partner of its own, at least cost.

    Parameters
    ----------
    points, target : array_like, shape (N, dimension)
        The predicted and the true cloud, equally many points.

    Returns
    -------
    float
        In the unit of the points, Euclidean and not squared. Where a point lies on its partner the slope returned
        is 0.

    Raises
    ------
    ValueError
        If the shapes differ, an array is no list of points, or a number is NaN or infinite.
    TypeError
        If something is no number.

    Examples
    --------
    >>> earth_movers([[0.0, 0.0], [1.0, 0.0]], [[1.0, 0.0], [0.0, 3.0]])
    1.5

    References
    ----------
    Y. Rubner, C. Tomasi and L. J. Guibas, The earth mover's distance as a metric for image retrieval, International
    Journal of Computer Vision 40, 2000. The assignment is SciPy's: D. F. Crouse, On implementing 2D rectangular
    assignment algorithms, IEEE Transactions on Aerospace and Electronic Systems 52, 2016.
    """
    from scipy.optimize import linear_sum_assignment

    _, partner = linear_sum_assignment(np.linalg.norm(points[:, None] - target[None], axis=-1))
    way = points - target[partner]
    length = np.linalg.norm(way, axis=-1, keepdims=True)
    return length.mean(), way / (length + (length == 0)) / len(points)
