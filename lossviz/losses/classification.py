r"""Losses for predicting classes, and the functions that turn scores into probabilities.

A score is any number, a probability lies between 0 and 1. A loss of scores is exact where the same loss of
probabilities has already been rounded: a score of −1000 means something, exp(−1000) is 0.
"""

import numpy as np

from .. import arguments
from ..checking import checked
from ..loss import labelled_rows, loss, rows

# ---------------------------------------------------------------------- from scores to probabilities


@checked(score=arguments.real)
def sigmoid(score) -> np.ndarray:
    r"""Logistic function σ(s) = 1 / (1 + exp(−s)): the probability of class 1 from one score.

    Parameters
    ----------
    score : array_like
        Any finite numbers.

    Returns
    -------
    numpy.ndarray
        Probabilities, in the shape of the score.

    Examples
    --------
    >>> sigmoid([0.0, 1000.0, -1000.0])
    array([0.5, 1. , 0. ])

    References
    ----------
    P.-F. Verhulst, Recherches mathématiques sur la loi d'accroissement de la population, 1845.
    """
    with np.errstate(over="ignore", under="ignore"):  # far below 0 the power is inf, and 1 / inf is the limit, 0
        return 1 / (1 + np.exp(-score))


def _log_sum_exp(scores: np.ndarray) -> np.ndarray:
    """Return log Σ exp along the last axis; a score may be −inf if another is finite."""
    largest = scores.argmax(axis=-1)[..., None]
    top = np.take_along_axis(scores, largest, axis=-1)
    others = np.exp(scores - top)
    np.put_along_axis(others, largest, 0, axis=-1)
    return top[..., 0] + np.log1p(others.sum(axis=-1))


def _softmax(scores: np.ndarray, axis: int = -1) -> np.ndarray:
    powers = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return powers / powers.sum(axis=axis, keepdims=True)


@checked(arguments.has_axis("scores", "axis"), scores=arguments.real, axis=arguments.any_integer)
def log_sum_exp(scores, axis: int = -1) -> np.ndarray:
    """Logarithm of the sum of the exponentials, without overflow and without losing what is small.

    The largest score is taken out first, so the largest exponential is 1; `log1p` of the others keeps their digits.

    Parameters
    ----------
    scores : array_like, shape (..., C)
        Any finite numbers.
    axis : int
        Along which axis to sum.

    Returns
    -------
    numpy.ndarray, shape (...)
        In nats. Between the largest score and the largest score + log C.

    Examples
    --------
    >>> float(log_sum_exp([1000.0, 1000.0]) - 1000)  # doctest: +ELLIPSIS
    0.6931471805...
    """
    with np.errstate(over="ignore", under="ignore"):
        return _log_sum_exp(np.moveaxis(scores, axis, -1))


@checked(arguments.has_axis("scores", "axis"), scores=arguments.real, axis=arguments.any_integer)
def softmax(scores, axis: int = -1) -> np.ndarray:
    r"""Softmax p_c = exp(s_c) / Σ exp(s_j): the probabilities of classes from their scores.

    Parameters
    ----------
    scores : array_like, shape (..., C)
        Any finite numbers. Adding one constant to all of them changes nothing.
    axis : int
        Along which axis the probabilities sum to 1.

    Returns
    -------
    numpy.ndarray, shape (..., C)
        Probabilities.

    Examples
    --------
    >>> softmax([3.2, 5.1, -1.7]).round(2)
    array([0.13, 0.87, 0.  ])

    References
    ----------
    J. S. Bridle, Probabilistic interpretation of feedforward classification network outputs, with relationships to
    statistical pattern recognition, Neurocomputing (NATO ASI Series 68), 1990.
    """
    with np.errstate(over="ignore", under="ignore"):
        return _softmax(scores, axis)


@checked(arguments.has_axis("scores", "axis"), scores=arguments.real, axis=arguments.any_integer)
def log_softmax(scores, axis: int = -1) -> np.ndarray:
    r"""Logarithm of softmax, s_c − log Σ exp(s_j), finite where softmax itself is rounded to 0.

    Parameters
    ----------
    scores : array_like, shape (..., C)
        Any finite numbers.
    axis : int
        Along which axis the probabilities sum to 1.

    Returns
    -------
    numpy.ndarray, shape (..., C)
        In nats, at most 0.

    Examples
    --------
    >>> log_softmax([0.0, -1000.0])
    array([    0., -1000.])
    """
    with np.errstate(over="ignore", under="ignore"):  # a logarithm beyond the largest float is −inf
        shifted = scores - scores.max(axis=axis, keepdims=True)
        return shifted - np.expand_dims(_log_sum_exp(np.moveaxis(shifted, axis, -1)), axis)


def x_log_y(x, y) -> np.ndarray:
    """Product x log y, with 0 log y = 0 for every y, as the limit demands.

    Parameters
    ----------
    x, y : array_like
        Numbers of at least 0.

    Returns
    -------
    numpy.ndarray
        −inf where y is 0 and x is not.

    Examples
    --------
    >>> x_log_y(np.array([0.0, 0.5, 1.0]), np.array([0.0, 1.0, 0.0]))
    array([  0.,   0., -inf])
    """
    with np.errstate(divide="ignore"):
        return x * np.log(y + (x == 0))  # where x is 0, y is moved off 0, so that the logarithm is finite


# ---------------------------------------------------------------------- two classes


@loss(
    r"-\frac{1}{N} \sum_{i=1}^{N} \bigl[ y_i \log p_i + (1 - y_i) \log(1 - p_i) \bigr]",
    probability=arguments.probability,
    target=arguments.share,
)
def binary_cross_entropy(probability, target):
    """Binary cross-entropy (BCE) of a probability, also called log loss.

    Parameters
    ----------
    probability : array_like
        The predicted probability of class 1, from 0 to 1, as floats.
    target : array_like
        1 or 0, the class; or a number between, the probability that it is 1. Equal in shape.

    Returns
    -------
    float
        In nats, at least 0; the base-2 logarithm would give bits, 1.44 times as many. Confident and wrong, p = 0 for
        a target of 1, costs inf, exactly: nothing is clipped, where many libraries clip p or the logarithm.

    Examples
    --------
    >>> round(binary_cross_entropy([0.9, 0.2], [1, 0]), 6)
    0.164252

    References
    ----------
    I. J. Good, Rational decisions, Journal of the Royal Statistical Society B 14, 1952.
    """
    zero, one = target == 0, target == 1  # 0 log 0 is 0: there what stands under the logarithm is moved off 0
    value = -target * np.log(probability + zero) - (1 - target) * np.log1p(one - probability)
    slope = (1 - target) / (1 - probability + one) - target / (probability + zero)
    return value, slope


@loss(
    r"\frac{1}{N} \sum_{i=1}^{N} \bigl[ y_i \log(1 + e^{-s_i}) + (1 - y_i) \log(1 + e^{s_i}) \bigr]",
    score=arguments.real,
    target=arguments.share,
)
def sigmoid_cross_entropy(score, target):
    """Binary cross-entropy of the sigmoid of a score, also called logistic loss.

    Parameters
    ----------
    score : array_like
        Any finite numbers; above 0 means class 1.
    target : array_like
        1 or 0, the class; or a number between, the probability that it is 1. Equal in shape.

    Returns
    -------
    float
        In nats. The value of `binary_cross_entropy(sigmoid(score), target)`, and finite for every score. The slope in
        the score is sigmoid(score) − target.

    Examples
    --------
    >>> sigmoid_cross_entropy([1000.0, -1000.0], [1, 1])
    500.0

    References
    ----------
    D. R. Cox, The regression analysis of binary sequences, Journal of the Royal Statistical Society B 20, 1958.
    """
    said = (score > 0).astype(float)  # the class on whose side the score is; exp(s) itself would overflow
    small = np.exp(-np.abs(score))
    value = score * (said - target) + np.log1p(small)
    slope = (said - target + small * (1 - said - target)) / (1 + small)  # σ(s) − y, to the last digit
    return value, slope


@loss(
    r"-\frac{1}{N} \sum_{i=1}^{N} \alpha_i (1 - q_i)^{\gamma} \log q_i,\quad"
    r" q_i = \begin{cases} \sigma(s_i) & y_i = 1 \\ 1 - \sigma(s_i) & y_i = 0 \end{cases}",
    score=arguments.real,
    target=arguments.zero_or_one,
    gamma=arguments.at_least_0,
    alpha=arguments.optional(arguments.from_0_to_1),
)
def focal(score, target, gamma=2.0, alpha=None):
    """Focal loss: cross-entropy that cares less for what is already right.

    Parameters
    ----------
    score : array_like
        Any finite numbers; above 0 means class 1.
    target : array_like
        1 or 0, equal in shape.
    gamma : float
        How strongly the probability q of the true class turns an example down, by (1 − q)^gamma; at least 0, and 0
        is `sigmoid_cross_entropy`.
    alpha : float, optional
        The weight of class 1, from 0 to 1; class 0 weighs 1 − alpha. None weighs both 1, which is not alpha = ½.

    Returns
    -------
    float
        In nats, divided by the number of examples; the paper divides by the number of objects instead.

    Examples
    --------
    >>> round(focal([2.0, -1.0], [1, 0], gamma=2.0), 6)
    0.012231

    References
    ----------
    T.-Y. Lin, P. Goyal, R. Girshick, K. He and P. Dollár, Focal loss for dense object detection, ICCV 2017.
    """
    sign = 2 * target - 1
    toward = sign * score  # the score, counted towards the true class
    right, wrong = 1 / (1 + np.exp(-toward)), 1 / (1 + np.exp(toward))
    log_right = np.minimum(toward, 0) - np.log1p(np.exp(-np.abs(toward)))
    weight = wrong**gamma
    if alpha is not None:
        weight = weight * (alpha * target + (1 - alpha) * (1 - target))
    slope = sign * weight * (gamma * right * log_right - wrong)
    return -weight * log_right, slope


# ---------------------------------------------------------------------- several classes


@loss(
    r"-\frac{1}{N} \sum_{i=1}^{N} \sum_{c=1}^{C} y_{ic} \log p_{ic}",
    shapes=rows,
    probability=arguments.distribution_of_floats,
    one_hot=arguments.distribution,
)
def categorical_cross_entropy(probability, one_hot):
    """Cross-entropy of the probabilities of several classes against a one-hot target.

    Parameters
    ----------
    probability : array_like, shape (..., C)
        Rows of predicted probabilities, as floats, that sum to 1.
    one_hot : array_like, shape (..., C)
        Rows with a 1 for the true class and 0 for the others; or any distribution over the classes.

    Returns
    -------
    float
        In nats, the mean over rows. A true class with probability 0 costs inf. The gradient takes each probability as
        free, −y / p; what keeps their sum at 1 is the softmax before it.

    Examples
    --------
    >>> round(categorical_cross_entropy([[0.7, 0.2, 0.1]], [[1, 0, 0]]), 6)
    0.356675

    References
    ----------
    I. J. Good, Rational decisions, Journal of the Royal Statistical Society B 14, 1952.
    """
    value = -x_log_y(one_hot, probability).sum(axis=-1)
    return value, -one_hot / (probability + (one_hot == 0))


@loss(
    r"-\frac{1}{N} \sum_{i=1}^{N} \log p_{i, y_i}",
    shapes=labelled_rows,
    probability=arguments.distribution_of_floats,
    label=arguments.label,
)
def sparse_categorical_cross_entropy(probability, label):
    """Cross-entropy of the probabilities of several classes against the index of the true one.

    Parameters
    ----------
    probability : array_like, shape (..., C)
        Rows of predicted probabilities, as floats, that sum to 1.
    label : array_like of int, shape (...)
        The index of each row's true class, from 0 to C − 1.

    Returns
    -------
    float
        In nats, the mean over rows: the number that `categorical_cross_entropy` gives for the one-hot rows of these
        labels.

    Examples
    --------
    >>> round(sparse_categorical_cross_entropy([[0.7, 0.2, 0.1]], [0]), 6)
    0.356675

    References
    ----------
    I. J. Good, Rational decisions, Journal of the Royal Statistical Society B 14, 1952.
    """
    true = label[..., None]
    p_true = np.take_along_axis(probability, true, axis=-1)
    slope = np.zeros(probability.shape)
    np.put_along_axis(slope, true, -1 / p_true, axis=-1)
    return -np.log(p_true[..., 0]), slope


@loss(
    r"\frac{1}{N} \sum_{i=1}^{N} \Bigl[ \log \sum_{c=1}^{C} e^{s_{ic}} - s_{i, y_i} \Bigr]",
    shapes=labelled_rows,
    scores=arguments.real,
    label=arguments.label,
)
def softmax_cross_entropy(scores, label):
    """Cross-entropy of the softmax of scores against the index of the true class.

    Parameters
    ----------
    scores : array_like, shape (..., C)
        Rows of finite numbers, one for each class.
    label : array_like of int, shape (...)
        The index of each row's true class, from 0 to C − 1.

    Returns
    -------
    float
        In nats, the mean over rows, and finite for all scores. The gradient in a row is (softmax − one-hot) / N.

    Examples
    --------
    >>> round(softmax_cross_entropy([3.2, 5.1, -1.7], 0), 5)
    2.04036

    References
    ----------
    J. S. Bridle, Probabilistic interpretation of feedforward classification network outputs, with relationships to
    statistical pattern recognition, Neurocomputing (NATO ASI Series 68), 1990.
    """
    true = label[..., None]
    ahead = scores - np.take_along_axis(scores, true, axis=-1)  # how far each score is ahead of the true one
    beyond = np.isinf(ahead).any(axis=-1)  # a difference of two scores is beyond the largest float
    value = np.where(ahead.max(axis=-1) == np.inf, np.inf, _log_sum_exp(ahead))
    slope = _softmax(np.where(beyond[..., None], scores, ahead))
    np.put_along_axis(slope, true, 0, axis=-1)
    np.put_along_axis(slope, true, -slope.sum(axis=-1, keepdims=True), axis=-1)  # p − 1, with no digit lost near 1
    return value, slope
