"""Fits without training, by a formula or a search: lines, constants, and lines with a penalty on their weights."""

import numpy as np

from .. import arguments
from ..arguments import broadcasts, same_shape
from ..checking import Check, Refusal, checked, condition


@condition("x must hold two or more different numbers")
def _a_line_is_determined(values):
    return f"got only {values['x'][0]:g}" if (values["x"] == values["x"][0]).all() else None


# What is beyond the floats raises here, and `checked` refuses the numbers. A sum of inf could give a false fit.
EXACT_OR_REFUSED = np.errstate(over="raise", divide="raise", invalid="raise")
LINE = same_shape("y", "x"), _a_line_is_determined


def _least_squares_line(x: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    centred = x - x.mean()
    m = (centred @ (y - y.mean())) / (centred @ centred)
    return float(m), float(y.mean() - m * x.mean())


@checked(*LINE, x=arguments.vector, y=arguments.vector)
@EXACT_OR_REFUSED
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

    Examples
    --------
    >>> least_squares_line([0, 1, 2], [1, 3, 5])
    (2.0, 1.0)
    """
    return _least_squares_line(x, y)


@checked(*LINE, x=arguments.vector, y=arguments.vector)
@EXACT_OR_REFUSED
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

    Examples
    --------
    >>> least_absolute_line([0, 1, 2, 3, 4], [1, 3, 5, 7, -40])
    (2.0, 1.0)
    """
    first, second = np.triu_indices(len(x), k=1)
    apart = x[first] != x[second]
    first, second = first[apart], second[apart]
    m = (y[second] - y[first]) / (x[second] - x[first])
    c = y[first] - m * x[first]
    best = np.abs(y - m[:, None] * x - c[:, None]).sum(axis=1).argmin()
    return float(m[best]), float(c[best])


@checked(*LINE, x=arguments.vector, y=arguments.vector, delta=arguments.positive)
@EXACT_OR_REFUSED
def least_huber_line(x, y, delta: float = 1.0) -> tuple[float, float]:
    """Fit the line with the least `huber` loss.

    Each round fits a weighted least squares line: a point whose residual exceeds delta has the weight delta / |r|. The
    loss falls in every round, and the rounds end when the line no longer moves.

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
    m, c = _least_squares_line(x, y)
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


@checked(y=arguments.vector, delta=arguments.positive)
@EXACT_OR_REFUSED
def best_huber_constant(y, delta: float = 1.0) -> float:
    """Find the number with the least `huber` loss against all of `y`: it lies between their mean and their median.

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

    Examples
    --------
    >>> best_huber_constant([0, 1, 20], delta=1)
    1.0
    """
    # the slope of the loss, Σ clip(c − y, −δ, δ), rises with c and is straight between these corners
    corners = np.unique(np.concatenate([y - delta, y + delta]))
    slope = np.clip(corners[:, None] - y, -delta, delta).sum(axis=1)
    flat = corners[np.abs(slope) < 1e-12 * delta * len(y)]
    if len(flat):  # as for the median of an even number of values: the middle of all equally good numbers
        return float((flat[0] + flat[-1]) / 2)
    return float(np.interp(0, slope, corners))


def _rows(given) -> np.ndarray:
    array = arguments.real.convert(given)
    if array.ndim == 0:
        raise Refusal(f"one number: {array:g}")
    return array


@checked(y=Check("rows of finite numbers, one or more in each", _rows), df=arguments.positive)
@EXACT_OR_REFUSED
def best_student_t_constant(y, df: float = 3.0) -> np.ndarray:
    """Find, for each row of `y`, the number with the least `student_t_nll` against all of it, by weighted means.

    In each round a value gets a smaller weight, the further it lies from the last location. The first location is the
    median. This loss may have several valleys; the search goes down into the valley at the median.

    Parameters
    ----------
    y : array_like, shape (..., n)
        Values in rows, at least one in each.
    df : float
        The degrees of freedom ν of noise of width 1, above 0.

    Returns
    -------
    numpy.ndarray, shape (...)
        In the unit of y.

    Examples
    --------
    >>> best_student_t_constant([[0, 1, 2, 1000], [0, 1, 2, 3]]).round(3)
    array([1.002, 1.5  ])

    References
    ----------
    K. L. Lange, R. J. A. Little and J. M. G. Taylor, Robust statistical modeling using the t distribution, Journal of
    the American Statistical Association 84, 1989.
    """
    location = np.median(y, axis=-1)
    for _ in range(40):
        with np.errstate(over="ignore"):  # a value so far away has no weight
            weight = 1 / (df + (y - location[..., None]) ** 2)
        location = (weight * y).sum(axis=-1) / weight.sum(axis=-1)
    return location


@checked(
    same_shape("y", "x"),
    broadcasts("c", "m"),
    x=arguments.vector,
    y=arguments.vector,
    m=arguments.real,
    c=arguments.real,
)
@EXACT_OR_REFUSED
def line_mse(x, y, m, c) -> np.ndarray:
    """Return the `mse` of the line y = m x + c for many lines in one call.

    The result depends on the data only through five sums. After these, a surface for a million points takes no longer
    than one for ten points.

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
    # with the means subtracted, no large numbers have to cancel
    middle_x, middle_y = x.mean(), y.mean()
    x, y = x - middle_x, y - middle_y
    lift = m * middle_x + c - middle_y
    return m**2 * np.mean(x**2) - 2 * m * np.mean(x * y) + np.mean(y**2) + lift**2


# ---------------------------------------------------------------------- with a penalty on the weights


@condition("y must be one number for each row of x")
def _one_for_each_row(values):
    (n, _), shape = values["x"].shape, values["y"].shape
    return f"{n} of them, got shape {shape}" if shape != (n,) else None


def _centred(x, y) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.float64]:
    """Return x and y with their means subtracted, and the means: the intercept follows from them."""
    mean_x, mean_y = x.mean(axis=0), y.mean()
    # a column that does not vary becomes exactly 0, without a rest of rounding
    return np.where(np.ptp(x, axis=0) > 0, x - mean_x, 0.0), (y - mean_y) * (np.ptp(y) > 0), mean_x, mean_y


def _or_1(size: np.ndarray) -> np.ndarray:
    """Replace each size of 0 by 1, so that we can divide: a column of zeros stays a column of zeros."""
    return np.where(size > 0, size, 1.0)


@checked(_one_for_each_row, x=arguments.table(), y=arguments.real, penalty=arguments.at_least_0)
@EXACT_OR_REFUSED
def ridge(x, y, penalty: float) -> tuple[np.ndarray, float]:
    r"""Fit a linear model with the least `mse` plus λ Σ w², by its closed form.

    It minimises (1/N) Σ (y − w·x − c)² + λ Σ w². The intercept c is not penalised: if all y rise by 1, the line rises
    by 1 and is otherwise the same. With the means subtracted, (XᵀX + N λ I) w = Xᵀy.

    Parameters
    ----------
    x : array_like, shape (N, features) or (N,)
        A row for each example. The penalty is not the same in other units: scale the columns first.
    y : array_like, shape (N,)
        What to predict.
    penalty : float
        λ, at least 0. With 0 this is least squares; if the data do not determine the weights, one of the solutions.
        Without the 1/N (as in scikit-learn's `Ridge`) the penalty of the same fit is N λ.

    Returns
    -------
    weights : numpy.ndarray, shape (features,)
        One for each column.
    c : float
        The intercept. `np.append(weights, c)` are the parameters of `Line(features)`.

    Examples
    --------
    >>> ridge([-1, 0, 1], [1, 3, 5], penalty=0)
    (array([2.]), 3.0)
    >>> ridge([-1, 0, 1], [1, 3, 5], penalty=2 / 3)
    (array([1.]), 3.0)

    References
    ----------
    A. E. Hoerl and R. W. Kennard, Ridge regression: biased estimation for nonorthogonal problems, Technometrics 12,
    1970.
    """
    x, y, mean_x, mean_y = _centred(x, y)
    n, features = x.shape
    # Least squares with a row √(Nλ) w = 0 for each weight: the same equations, but XᵀX would lose digits.
    x = np.vstack([x, np.sqrt(n * penalty) * np.eye(features)])
    y = np.append(y, np.zeros(features))
    size = _or_1(np.linalg.norm(x, axis=0))
    weights = np.linalg.lstsq(x / size, y, rcond=None)[0] / size
    return weights, float(mean_y - mean_x @ weights)


@checked(_one_for_each_row, x=arguments.table(), y=arguments.real, penalty=arguments.at_least_0)
@EXACT_OR_REFUSED
def lasso(x, y, penalty: float) -> tuple[np.ndarray, float]:
    r"""Fit a linear model with the least `mse` plus λ Σ |w|, by coordinate descent.

    It minimises (1/N) Σ (y − w·x − c)² + λ Σ |w|; the intercept c is not penalised. Each weight in turn takes its best
    value while the others stay: its pull minus λ/2, or exactly 0 if the pull is weaker than λ/2.

    Parameters
    ----------
    x : array_like, shape (N, features) or (N,)
        A row for each example. The penalty is not the same in other units: scale the columns first.
    y : array_like, shape (N,)
        What to predict.
    penalty : float
        λ, at least 0. With 1/(2N) in place of 1/N (as in scikit-learn's `Lasso`) the penalty of the same fit is λ/2.

    Returns
    -------
    weights : numpy.ndarray, shape (features,)
        One for each column; those that are not needed are exactly 0.
    c : float
        The intercept. `np.append(weights, c)` are the parameters of `Line(features)`.

    Examples
    --------
    >>> lasso([-1, 0, 1], [1, 3, 5], penalty=4 / 3)
    (array([1.]), 3.0)
    >>> lasso([-1, 0, 1], [1, 3, 5], penalty=3)
    (array([0.]), 3.0)

    References
    ----------
    R. Tibshirani, Regression shrinkage and selection via the lasso, Journal of the Royal Statistical Society B 58,
    1996.
    J. Friedman, T. Hastie, H. Höfling and R. Tibshirani, Pathwise coordinate optimization, Annals of Applied
    Statistics 1, 2007.
    """
    x, y, mean_x, mean_y = _centred(x, y)
    # The same problem with columns of length 1: half the objective is ½ |y − x w|² + Σ price |w|.
    size = _or_1(np.sqrt(np.mean(x**2, axis=0)))
    x, y, price = x / size / np.sqrt(len(x)), y / np.sqrt(len(y)), penalty / (2 * size)
    turn, x = np.linalg.qr(x)  # at most as many rows as columns; all distances stay the same
    y = turn.T @ y
    w = np.zeros(x.shape[1])
    for _ in range(1000):
        for j in range(len(w)):
            pull = x[:, j] @ (y - x @ w) + w[j]
            w[j] = np.sign(pull) * max(abs(pull) - price[j], 0)
        w = _best_with_these_signs(w, x, y, price)
        pull = x.T @ (y - x @ w)  # at the best weights: ± the price; for a weight of 0, less
        amiss = np.where(w, np.abs(pull - price * np.sign(w)), np.abs(pull) - price)
        if amiss.max() <= 1e-10 * np.linalg.norm(y) + 1e-15 * np.abs(w).sum():  # the second term is for rounding
            break
    return w / size, float(mean_y - mean_x @ (w / size))


def _best_with_these_signs(w, x, y, price) -> np.ndarray:
    """Go straight to the best weights that have the signs of `w`; a weight that meets 0 on the way stays there.

    If columns are alike, single coordinates would take thousands of rounds. The objective falls on the whole way.
    """
    w = w.copy()
    while w.any():
        used = np.flatnonzero(w)
        cost = price[used] * np.sign(w[used])
        left, stretch, right = np.linalg.svd(x[:, used], full_matrices=False)
        seen = stretch > 1e-13 * stretch[0]
        left, stretch, right = left[:, seen], stretch[seen], right[seen]
        # a step against `free` changes no prediction, and the penalty falls until a sign changes
        free = cost - right.T @ (right @ cost)
        if np.linalg.norm(free) > 1e-9 * np.linalg.norm(cost):
            step, whole_way = -free, np.inf
        else:
            step = right.T @ ((left.T @ y) / stretch - (right @ cost) / stretch**2 - right @ w[used])
            whole_way = 1.0
        meets_0 = np.full(len(used), np.inf)
        shrinks = step * w[used] < 0
        meets_0[shrinks] = -w[used][shrinks] / step[shrinks]
        first = meets_0.argmin()
        if meets_0[first] > whole_way:
            w[used] += step
            break
        w[used] += meets_0[first] * step
        w[used[first]] = 0
    return w
