"""Losses that compare two sets of points, in no order: how far is one cloud from the other?

Each takes one pair of clouds; `per_example` gives its one value.
"""

import functools

import numpy as np

from .. import arguments
from ..checking import condition
from ..loss import entries, independent, loss


@condition("target must have points of the dimension of points")
def _one_dimension(checked):
    wanted, dimension = checked["points"].shape[1], checked["target"].shape[1]
    return None if dimension == wanted else f"{wanted}, got {dimension}"


def _clouds(checks):
    """Both clouds lie in one space; their numbers of points may differ."""
    return [_one_dimension]


def _partners(checks):
    """Every point needs a partner."""
    return entries(checks)


def scaled(*arrays: np.ndarray, axis=None) -> tuple:
    """Return what the arrays are divided by, so that squares stay within the floats, and after it the quotients.

    It is 1 for numbers of a usual size, and then the arrays come back as they are. For others it is the largest of
    them: of all together, or along an axis, which is kept.
    """
    sizes = [np.abs(each) for each in arrays]
    if all(size.max() < 1e150 and size.min() > 1e-150 for size in sizes):  # the usual case; along an axis it is slower
        return 1.0, *arrays
    largest = functools.reduce(np.maximum, [size.max(axis=axis, keepdims=axis is not None) for size in sizes])
    unusual = (largest > 1e150) | ((largest > 0) & (largest < 1e-150))
    if not unusual.any():
        return 1.0, *arrays
    scale = np.where(unusual, largest, 1.0)
    return scale, *(each / scale for each in arrays)


@loss(
    r"\frac{1}{N} \sum_{i=1}^{N} \min_j \lVert x_i - y_j \rVert^2 +"
    r" \frac{1}{M} \sum_{j=1}^{M} \min_i \lVert x_i - y_j \rVert^2",
    shapes=_clouds,
    points=arguments.points,
    target=arguments.points,
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

    Examples
    --------
    >>> chamfer([[0.0, 0.0], [1.0, 0.0]], [[0.0, 0.0], [3.0, 0.0]])
    2.5

    References
    ----------
    H. Fan, H. Su and L. Guibas, A point set generation network for 3D object reconstruction from a single image, CVPR
    2017.
    """
    scale, points, target = scaled(points, target)
    squared = ((points[:, None] - target[None]) ** 2).sum(axis=-1)
    of_point, of_target = squared.argmin(axis=1), squared.argmin(axis=0)  # the nearest ones
    value = squared.min(axis=1).mean() + squared.min(axis=0).mean()
    slope = 2 * (points - target[of_point]) / len(points)
    np.add.at(slope, of_target, 2 * (points[of_target] - target) / len(target))
    return value * scale * scale, slope * scale


@loss(
    r"\int_0^1 \bigl| F^{-1}(u) - G^{-1}(u) \bigr|\, du",
    shapes=independent,
    values=arguments.vector,
    target=arguments.vector,
)
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
    # n m may be beyond the largest index where an index has 32 bits
    parts_of_n, parts_of_m = (np.arange(1, parts + 1, dtype=np.int64) for parts in (n, m))
    ends = np.union1d(parts_of_n * m, parts_of_m * n)  # where a part of either heap ends, times n m
    mass = np.diff(ends, prepend=0) / (n * m)
    order = np.argsort(values, kind="stable")
    mover = order[(ends - 1) // m]
    way = values[mover] - np.sort(target)[(ends - 1) // n]
    return mass @ np.abs(way), np.bincount(mover, weights=mass * np.sign(way), minlength=n)


@loss(
    r"\min_{\pi} \frac{1}{N} \sum_{i=1}^{N} \lVert x_i - y_{\pi(i)} \rVert",
    shapes=_partners,
    points=arguments.points,
    target=arguments.points,
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

    scale, points, target = scaled(points, target)
    _, partner = linear_sum_assignment(np.linalg.norm(points[:, None] - target[None], axis=-1))
    way = points - target[partner]
    length = np.linalg.norm(way, axis=-1, keepdims=True)
    return length.mean() * scale, way / (length + (length == 0)) / len(points)
