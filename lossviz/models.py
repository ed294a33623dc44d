"""The models that the course trains, each fitted exactly where mathematics allows it."""

import numpy as np


def _points(x, y, least: int) -> tuple[np.ndarray, np.ndarray]:
    x, y = np.asarray(x, float), np.asarray(y, float)
    if x.ndim != 1 or x.shape != y.shape:
        raise ValueError(f"x and y must be one-dimensional and equally long, got shapes {x.shape} and {y.shape}")
    if len(x) < least or not (np.isfinite(x).all() and np.isfinite(y).all()):
        raise ValueError(f"needs at least {least} points, all finite, got {len(x)}")
    if least > 1 and np.ptp(x) == 0:
        raise ValueError(f"x must hold at least two different values, got only {x[0]:g}")
    return x, y


def least_squares_line(x, y) -> tuple[float, float]:
    """Fit the line with the least `mse`, by its closed form.

    Parameters
    ----------
    x, y : array_like, shape (n,)
        At least two points with different x.

    Returns
    -------
    m, c : float
        Slope and intercept.

    Raises
    ------
    ValueError
        If no line is determined.

    Examples
    --------
    >>> least_squares_line([0, 1, 2], [1, 3, 5])
    (2.0, 1.0)
    """
    x, y = _points(x, y, least=2)
    centred = x - x.mean()
    m = (centred @ (y - y.mean())) / (centred @ centred)
    return float(m), float(y.mean() - m * x.mean())


def least_absolute_line(x, y) -> tuple[float, float]:
    """Fit a line with the least `mae`, by trying every line through two of the points.

    Some line with the least absolute error always passes through two points, so for a few dozen points the search
    is exact and quick. Where several lines are equally good, the first one found is returned.

    Parameters
    ----------
    x, y : array_like, shape (n,)
        At least two points with different x.

    Returns
    -------
    m, c : float
        Slope and intercept.

    Raises
    ------
    ValueError
        If no line is determined.

    Examples
    --------
    >>> least_absolute_line([0, 1, 2, 3, 4], [1, 3, 5, 7, -40])
    (2.0, 1.0)
    """
    x, y = _points(x, y, least=2)
    first, second = np.triu_indices(len(x), k=1)
    apart = x[first] != x[second]
    first, second = first[apart], second[apart]
    m = (y[second] - y[first]) / (x[second] - x[first])
    c = y[first] - m * x[first]
    best = np.abs(y - m[:, None] * x - c[:, None]).sum(axis=1).argmin()
    return float(m[best]), float(c[best])


def least_huber_line(x, y, delta: float = 1.0) -> tuple[float, float]:
    """Fit the line with the least `huber` loss.

    Each round fits a weighted least squares line in which a point whose residual exceeds delta weighs delta / |r|;
    the loss falls in every round, and the rounds end when the line no longer moves.

    Parameters
    ----------
    x, y : array_like, shape (n,)
        At least two points with different x.
    delta : float
        Above 0, in the unit of y.

    Returns
    -------
    m, c : float
        Slope and intercept.

    Raises
    ------
    ValueError
        If no line is determined, or delta is not above 0.

    Examples
    --------
    >>> m, c = least_huber_line([0, 1, 2, 3], [1, 3, 5, 7], delta=1)
    >>> round(m, 9), round(c, 9)
    (2.0, 1.0)

    References
    ----------
    P. W. Holland and R. E. Welsch, Robust regression using iteratively reweighted least squares, Communications in
    Statistics A6, 1977.
    """
    if not delta > 0:
        raise ValueError(f"delta must be above 0, got {delta}")
    x, y = _points(x, y, least=2)
    m, c = least_squares_line(x, y)
    for _ in range(1000):
        residual = np.abs(y - m * x - c)
        weight = delta / np.maximum(residual, delta)
        middle = weight @ x / weight.sum()
        new_m = (weight * (x - middle)) @ y / ((weight * (x - middle)) @ (x - middle))
        new_c = weight @ y / weight.sum() - new_m * middle
        moved = abs(new_m - m) + abs(new_c - c)
        m, c = new_m, new_c
        if moved < 1e-12 * (1 + abs(m) + abs(c)):
            break
    return float(m), float(c)


def best_huber_constant(y, delta: float = 1.0) -> float:
    """Find the one number with the least `huber` loss against all of `y`: between their mean and their median.

    Parameters
    ----------
    y : array_like, shape (n,)
        At least one number.
    delta : float
        Above 0, in the unit of y.

    Returns
    -------
    float
        In the unit of y. For a large delta the mean; for a delta near 0 the median.

    Raises
    ------
    ValueError
        If y is empty or delta is not above 0.

    Examples
    --------
    >>> best_huber_constant([0, 1, 20], delta=1)
    1.0
    """
    if not delta > 0:
        raise ValueError(f"delta must be above 0, got {delta}")
    y, _ = _points(y, y, least=1)
    # the slope of the loss, Σ clip(c − y, −δ, δ), rises with c and is straight between these corners
    corners = np.unique(np.concatenate([y - delta, y + delta]))
    slope = np.clip(corners[:, None] - y, -delta, delta).sum(axis=1)
    flat = corners[np.abs(slope) < 1e-12 * delta * len(y)]
    if len(flat):  # as for the median of an even number of values: the middle of all that are equally good
        return float((flat[0] + flat[-1]) / 2)
    return float(np.interp(0, slope, corners))


def line_mse(x, y, m, c) -> np.ndarray:
    """Return the `mse` of the line y = m x + c for many lines at once.

    The data enter through five sums alone, so a whole surface costs no more for a million points than for ten.

    Parameters
    ----------
    x, y : array_like, shape (n,)
        The points.
    m, c : array_like
        Slopes and intercepts; they are broadcast against each other.

    Returns
    -------
    numpy.ndarray
        In the squared unit of y, in the broadcast shape of m and c.

    Examples
    --------
    >>> line_mse([0, 1], [1, 3], m=[2, 0], c=[1, 1])
    array([0., 2.])
    """
    x, y = _points(x, y, least=1)
    # around the means nothing large has to cancel
    middle_x, middle_y = x.mean(), y.mean()
    x, y = x - middle_x, y - middle_y
    m = np.asarray(m, float)
    lift = m * middle_x + c - middle_y
    return m**2 * np.mean(x**2) - 2 * m * np.mean(x * y) + np.mean(y**2) + lift**2
