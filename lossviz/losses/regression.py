r"""Losses for predicting numbers.

A rule returns two arrays: the values of the examples, and their slopes in the prediction. It is written in the
error ŷ − y, prediction minus target, whose sign the slope needs; the course's residual r = y − ŷ is its negative.
"""

import numpy as np

from .. import arguments
from ..loss import loss, root_mean, total


@loss(r"\sum_{i=1}^{N} (\hat y_i - y_i)^2", reduction=total, prediction=arguments.real, target=arguments.real)
def sse(prediction, target):
    """Sum of squared errors.

    Parameters
    ----------
    prediction, target : array_like
        Numbers in one unit, equal in shape.

    Returns
    -------
    float
        In the squared unit of the target. It grows with the number of examples; `mse` does not. Half of it,
        ½ Σ (ŷ − y)², is in use too: the same minimiser, and a gradient without the factor 2.

    Examples
    --------
    >>> sse([2.5, 0.0, 2.0], [3.0, -0.5, 2.0])
    0.5

    References
    ----------
    A.-M. Legendre, Nouvelles méthodes pour la détermination des orbites des comètes, 1805, appendix.
    """
    error = prediction - target
    return error**2, 2 * error


@loss(r"\frac{1}{N} \sum_{i=1}^{N} (\hat y_i - y_i)^2", prediction=arguments.real, target=arguments.real)
def mse(prediction, target):
    """Mean squared error, also called L2 or quadratic loss.

    Parameters
    ----------
    prediction, target : array_like
        Numbers in one unit, equal in shape; each entry is an example.

    Returns
    -------
    float
        In the squared unit of the target. Without a ½: some texts have 1/(2N), which halves value and gradient.

    Examples
    --------
    >>> mse([2.5, 0.0, 2.0, 8.0], [3.0, -0.5, 2.0, 7.0])
    0.375

    References
    ----------
    C. F. Gauss, Theoria combinationis observationum erroribus minimis obnoxiae, 1823.
    """
    error = prediction - target
    return error**2, 2 * error


@loss(
    r"\sqrt{\frac{1}{N} \sum_{i=1}^{N} (\hat y_i - y_i)^2}",
    reduction=root_mean,
    prediction=arguments.real,
    target=arguments.real,
)
def rmse(prediction, target):
    """Root mean squared error: `mse` brought back to the unit of the target.

    Parameters
    ----------
    prediction, target : array_like
        Numbers in one unit, equal in shape.

    Returns
    -------
    float
        In the unit of the target. `rmse.per_example` gives the squared errors, which stand under the root.
        At a perfect fit the root has a kink; the gradient returned there is 0.

    Examples
    --------
    >>> rmse([1.0, 2.0], [4.0, 5.0])
    3.0

    References
    ----------
    C. F. Gauss, Theoria combinationis observationum erroribus minimis obnoxiae, 1823.
    """
    error = prediction - target
    return error**2, 2 * error


@loss(r"\frac{1}{N} \sum_{i=1}^{N} |\hat y_i - y_i|", prediction=arguments.real, target=arguments.real)
def mae(prediction, target):
    """Mean absolute error, also called L1 loss.

    Parameters
    ----------
    prediction, target : array_like
        Numbers in one unit, equal in shape.

    Returns
    -------
    float
        In the unit of the target. Where an error is exactly 0 the loss has a kink; the slope returned there is 0.

    Examples
    --------
    >>> mae([2.5, 0.0, 2.0, 8.0], [3.0, -0.5, 2.0, 7.0])
    0.5

    References
    ----------
    P.-S. Laplace, Mémoire sur la probabilité des causes par les évènemens, 1774.
    """
    error = prediction - target
    return np.abs(error), np.sign(error)


@loss(
    r"\frac{1}{N} \sum_{i=1}^{N} \begin{cases} \frac12 r_i^2 & |r_i| \le \delta \\"
    r" \delta |r_i| - \frac12 \delta^2 & |r_i| > \delta \end{cases},\quad r_i = y_i - \hat y_i",
    prediction=arguments.real,
    target=arguments.real,
    delta=arguments.positive,
)
def huber(prediction, target, delta=1.0):
    """Huber loss: half the squared error near 0, a straight line beyond.

    Parameters
    ----------
    prediction, target : array_like
        Numbers in one unit, equal in shape.
    delta : float
        Where the parabola becomes a line, above 0, in the unit of the target. There value and slope agree.

    Returns
    -------
    float
        In the squared unit of the target. For a large delta it is half of `mse`; divided by a small delta it
        tends to `mae`.

    Examples
    --------
    >>> huber([0.5, 3.0], [0.0, 0.0], delta=1.0)
    1.3125

    References
    ----------
    P. J. Huber, Robust estimation of a location parameter, Annals of Mathematical Statistics 35, 1964.
    """
    error = prediction - target
    slope = np.clip(error, -delta, delta)
    value = slope * (error - 0.5 * slope)  # where the slope is the error: ½ error²; where it is ±δ: δ |error| − ½ δ²
    return value, slope


@loss(
    r"\frac{1}{N} \sum_{i=1}^{N} \begin{cases} \frac{1}{2\beta} r_i^2 & |r_i| \le \beta \\"
    r" |r_i| - \frac12 \beta & |r_i| > \beta \end{cases},\quad r_i = y_i - \hat y_i",
    prediction=arguments.real,
    target=arguments.real,
    beta=arguments.positive,
)
def smooth_l1(prediction, target, beta=1.0):
    """Smooth L1 loss: the absolute error with its kink rounded off. It is `huber` divided by delta, with delta = beta.

    Parameters
    ----------
    prediction, target : array_like
        Numbers in one unit, equal in shape.
    beta : float
        Where the parabola becomes a line, above 0, in the unit of the target. Beyond it the slope is ±1 for
        every beta, while Huber's is ±delta; the two losses are one only at 1.

    Returns
    -------
    float
        In the unit of the target.

    Examples
    --------
    >>> smooth_l1([0.5, 3.0], [0.0, 0.0], beta=2.0)
    1.03125

    References
    ----------
    R. Girshick, Fast R-CNN, ICCV 2015 (with beta = 1).
    """
    error = prediction - target
    slope = np.clip(error / beta, -1, 1)
    value = slope * (error - beta / 2 * slope)  # where the slope is error / β: error² / 2β; at ±1: |error| − ½ β
    return value, slope


@loss(r"\frac{1}{N} \sum_{i=1}^{N} \log \cosh(\hat y_i - y_i)", prediction=arguments.real, target=arguments.real)
def log_cosh(prediction, target):
    """Logarithm of the hyperbolic cosine of the error: like Huber's loss, but smooth everywhere.

    Parameters
    ----------
    prediction, target : array_like
        Numbers without a unit (a cosh takes none; scale the data first), equal in shape.

    Returns
    -------
    float
        Near 0 about ½ error², far out |error| − log 2.

    Examples
    --------
    >>> round(log_cosh([1.0, 0.0], [0.0, 0.0]), 6)
    0.21689

    References
    ----------
    P. J. Green, Bayesian reconstructions from emission tomography data using a modified EM algorithm, IEEE
    Transactions on Medical Imaging 9, 1990.
    """
    error = prediction - target
    size = np.abs(error)
    near = np.minimum(size, 20)  # cosh² = 1 + sinh² keeps all digits near 0; beyond 20 only the size is left to add
    return np.log1p(np.sinh(near) ** 2) / 2 + (size - near), np.tanh(error)


@loss(
    r"\frac{1}{N} \sum_{i=1}^{N} \max\bigl(q\,r_i,\; (q-1)\,r_i\bigr),\quad r_i = y_i - \hat y_i",
    prediction=arguments.real,
    target=arguments.real,
    q=arguments.between_0_and_1,
)
def quantile(prediction, target, q=0.5):
    """Quantile loss, also called pinball loss: the best constant is the q-quantile of the targets.

    Parameters
    ----------
    prediction, target : array_like
        Numbers in one unit, equal in shape.
    q : float
        Which quantile, strictly between 0 and 1. A prediction too low costs q per unit, one too high 1 − q.

    Returns
    -------
    float
        In the unit of the target; half of `mae` for q = 0.5. At an error of 0 the slope returned is 0.

    Examples
    --------
    >>> quantile([0.0, 0.0], [1.0, -1.0], q=0.75)
    0.5

    References
    ----------
    R. Koenker and G. Bassett, Regression quantiles, Econometrica 46, 1978.
    """
    error = prediction - target
    slope = (1 - q) * (error > 0) - q * (error < 0)
    return slope * error, slope
