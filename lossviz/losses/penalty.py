"""Penalties on the size of weights, to be added to a loss of the data: loss + λ · penalty."""

import numpy as np

from .. import arguments
from ..loss import loss, total


@loss(r"\sum_k |w_k|", reduction=total, weights=arguments.real)
def l1(weights):
    """L1 penalty: the sum of the absolute weights, as in the lasso.

    Parameters
    ----------
    weights : array_like
        Of any shape.

    Returns
    -------
    float
        In the unit of the weights; a sum, not a mean. At a weight of 0 the penalty has a kink; the slope returned there
        is 0.

    Examples
    --------
    >>> l1([1.0, -2.0, 0.0])
    3.0

    References
    ----------
    R. Tibshirani, Regression shrinkage and selection via the lasso, Journal of the Royal Statistical Society B 58,
    1996.
    """
    return np.abs(weights), np.sign(weights)


@loss(r"\sum_k w_k^2", reduction=total, weights=arguments.real)
def l2(weights):
    """L2 penalty: the sum of the squared weights, as in ridge regression, also called weight decay.

    Parameters
    ----------
    weights : array_like
        Of any shape.

    Returns
    -------
    float
        In the squared unit of the weights: R(W) = Σ w², a sum, without a ½ (with it, the gradient is w, not 2 w).

    Examples
    --------
    >>> l2([1.0, 1.0, 1.0, 1.0]), l2([0.25, 0.25, 0.25, 0.25])
    (4.0, 0.25)

    References
    ----------
    A. E. Hoerl and R. W. Kennard, Ridge regression: biased estimation for nonorthogonal problems, Technometrics 12,
    1970.
    """
    return weights**2, 2 * weights
