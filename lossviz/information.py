"""Information, entropy, cross-entropy and divergences of discrete distributions, in bits or nats.

Distributions are on the last axis; the axes before it hold several of them. The truth comes first, the prediction
second, as usual in formulas such as H(Q, P) and KL(Q‖P). In a loss the prediction comes first.
"""

import numpy as np

from . import arguments
from .checking import checked
from .losses.classification import x_log_y

UNITS = {"bits": np.log(2), "nats": 1.0}  # how many nats one of them is
UNIT = arguments.one_of(*UNITS)


def _one_or_many(values: np.ndarray) -> float | np.ndarray:
    """Return one number as a float, and turn −0 into 0."""
    values = values + 0.0
    return float(values) if values.ndim == 0 else values


@checked(p=arguments.share, unit=UNIT)
def information(p, unit: str = "bits") -> float | np.ndarray:
    """Information of an event, also called surprisal: log 1/p.

    Parameters
    ----------
    p : array_like
        Probabilities of events, from 0 to 1; each entry is a separate event.
    unit : str
        "bits", the logarithm with base 2, or "nats", the natural one.

    Returns
    -------
    float or numpy.ndarray
        In the unit, in the shape of p: 0 for what is certain, inf for what is impossible.

    Examples
    --------
    >>> information(1 / 8)
    3.0
    >>> information([1.0, 0.5, 0.0])
    array([ 0.,  1., inf])

    References
    ----------
    C. E. Shannon, A mathematical theory of communication, Bell System Technical Journal 27, 1948.
    """
    with np.errstate(divide="ignore"):
        return _one_or_many(-np.log(p) / UNITS[unit])


@checked(p=arguments.distribution, unit=UNIT)
def entropy(p, unit: str = "bits") -> float | np.ndarray:
    """Entropy: the mean information, H(P) = Σ p log 1/p.

    Parameters
    ----------
    p : array_like, shape (..., C)
        Distributions on the last axis. An event of probability 0 adds 0, the limit of p log 1/p.
    unit : str
        "bits" or "nats".

    Returns
    -------
    float or numpy.ndarray, shape (...)
        In the unit: from 0 for a certain event to log C for the uniform distribution.

    Examples
    --------
    >>> entropy([0.5, 0.5])
    1.0
    >>> entropy([1.0, 0.0])
    0.0

    References
    ----------
    C. E. Shannon, A mathematical theory of communication, Bell System Technical Journal 27, 1948.
    """
    return _one_or_many(-x_log_y(p, p).sum(axis=-1) / UNITS[unit])


@checked(
    arguments.same_shape("prediction", "truth"),
    truth=arguments.distribution,
    prediction=arguments.distribution,
    unit=UNIT,
)
def cross_entropy(truth, prediction, unit: str = "bits") -> float | np.ndarray:
    """Cross-entropy H(Q, P) = Σ q log 1/p: the mean information of events from Q, when the prediction is P.

    Parameters
    ----------
    truth, prediction : array_like, shape (..., C)
        Distributions on the last axis, Q and P, equal in shape. Not symmetric: the order matters.
    unit : str
        "bits" or "nats".

    Returns
    -------
    float or numpy.ndarray, shape (...)
        In the unit, at least the entropy of the truth; inf where an event happens that the prediction excludes.

    Examples
    --------
    >>> cross_entropy([0.5, 0.5], [0.25, 0.75], unit="bits")  # doctest: +ELLIPSIS
    1.2075187496...

    References
    ----------
    I. J. Good, Some terminology and notation in information theory, Proceedings of the IEE C 103, 1956.
    """
    return _one_or_many(-x_log_y(truth, prediction).sum(axis=-1) / UNITS[unit])


def _divergence(truth: np.ndarray, prediction: np.ndarray) -> np.ndarray:
    """Return KL(Q‖P) in nats as Σ (q log q/p − q + p). The added terms sum to 0, because q and p both sum to 1.

    In this form each term is at least 0, equal distributions give exactly 0, and a small divergence keeps its digits.
    """
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        change = (prediction - truth) / truth
        log_ratio = np.where(np.abs(change) < 0.5, np.log1p(change), np.log(prediction / truth))
        terms = truth * (change - log_ratio)
    return np.where(change < 1e300, terms, prediction).sum(axis=-1)  # where q is 0, or nearly 0, only p is left


@checked(
    arguments.same_shape("prediction", "truth"),
    truth=arguments.distribution,
    prediction=arguments.distribution,
    unit=UNIT,
)
def kl_divergence(truth, prediction, unit: str = "bits") -> float | np.ndarray:
    """Kullback-Leibler divergence KL(Q‖P) = Σ q log q/p: the cost, in addition to the entropy, of predicting P.

    Parameters
    ----------
    truth, prediction : array_like, shape (..., C)
        Distributions on the last axis, Q and P, equal in shape. Not symmetric, so it is not a distance.
    unit : str
        "bits" or "nats".

    Returns
    -------
    float or numpy.ndarray, shape (...)
        In the unit: 0 for equal distributions, otherwise above 0; inf where an event happens that P excludes.

    Examples
    --------
    >>> kl_divergence([0.5, 0.5], [0.25, 0.75], unit="bits")  # doctest: +ELLIPSIS
    0.2075187496...

    References
    ----------
    S. Kullback and R. A. Leibler, On information and sufficiency, Annals of Mathematical Statistics 22, 1951.
    """
    return _one_or_many(_divergence(truth, prediction) / UNITS[unit])


@checked(arguments.same_shape("q", "p"), p=arguments.distribution, q=arguments.distribution, unit=UNIT)
def js_divergence(p, q, unit: str = "bits") -> float | np.ndarray:
    """Jensen–Shannon divergence: the mean of both KL divergences from the mixture halfway between.

    Parameters
    ----------
    p, q : array_like, shape (..., C)
        Distributions on the last axis, equal in shape.
    unit : str
        "bits" or "nats".

    Returns
    -------
    float or numpy.ndarray, shape (...)
        In the unit, from 0 to 1 bit, and symmetric. Its square root, which some libraries return, is a distance.

    Examples
    --------
    >>> js_divergence([1.0, 0.0], [0.0, 1.0], unit="bits")
    1.0

    References
    ----------
    J. Lin, Divergence measures based on the Shannon entropy, IEEE Transactions on Information Theory 37, 1991.
    """
    middle = (p + q) / 2
    return _one_or_many((_divergence(p, middle) + _divergence(q, middle)) / (2 * UNITS[unit]))
