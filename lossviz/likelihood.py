"""Negative log-likelihoods of the noises that the course assumes, and samples drawn from them.

A likelihood is a `lossviz.loss.Loss`: the mean over examples of −log p(target | parameter), with all constants, so that
two noises can be compared on the same data. Its gradient is the one in the first argument.
"""

import math

import numpy as np

from . import arguments
from .checking import checked
from .loss import labelled_rows, loss
from .losses.classification import binary_cross_entropy, sparse_categorical_cross_entropy, x_log_y

# ---------------------------------------------------------------------- numbers


@loss(
    r"\frac{1}{N} \sum_{i=1}^{N} \left[ \frac{(y_i - \mu_i)^2}{2 \sigma_i^2} + \log \sigma_i"
    r" + \tfrac12 \log 2\pi \right]",
    mean=arguments.real,
    target=arguments.real,
    sigma=arguments.one_or_each,
)
def gaussian_nll(mean, target, sigma=1.0):
    """Negative log-likelihood of Gaussian noise.

    Parameters
    ----------
    mean, target : array_like
        Numbers in one unit, equal in shape.
    sigma : float or array_like
        The standard deviation (not the variance), above 0, in the unit of the target: one for all, or one for each.

    Returns
    -------
    float
        In nats, of a density per unit of the target: it may be negative. For a fixed sigma it is `mse` / 2σ² and a
        constant, so both have one minimiser.

    Examples
    --------
    >>> round(gaussian_nll([0.0], [0.0], sigma=1.0), 6)
    0.918939

    References
    ----------
    C. F. Gauss, Theoria motus corporum coelestium, 1809, section 177.
    """
    error = (mean - target) / sigma
    return error**2 / 2 + np.log(sigma) + math.log(2 * math.pi) / 2, error / sigma


@loss(
    r"\frac{1}{N} \sum_{i=1}^{N} \left[ \frac{|y_i - \mu_i|}{b_i} + \log 2 b_i \right]",
    location=arguments.real,
    target=arguments.real,
    scale=arguments.one_or_each,
)
def laplace_nll(location, target, scale=1.0):
    """Negative log-likelihood of Laplace noise.

    Parameters
    ----------
    location, target : array_like
        Numbers in one unit, equal in shape.
    scale : float or array_like
        The mean absolute deviation b, above 0, in the unit of the target: one for all, or one for each.

    Returns
    -------
    float
        In nats, of a density per unit of the target. For a fixed scale it is `mae` / b and a constant, so both have
        one minimiser. Where an error is exactly 0 the slope returned is 0.

    Examples
    --------
    >>> round(laplace_nll([0.0], [1.0], scale=1.0), 6)
    1.693147

    References
    ----------
    P.-S. Laplace, Mémoire sur la probabilité des causes par les évènemens, 1774.
    """
    error = location - target
    log_width = np.where(np.isinf(2 * scale), np.log(scale) + math.log(2), np.log(2 * scale))
    return np.abs(error) / scale + log_width, np.sign(error) / scale


@loss(
    r"\frac{1}{N} \sum_{i=1}^{N} \left[ \frac{\nu + 1}{2} \log\!\left( 1 + \frac{(y_i - \mu_i)^2}{\nu\, b_i^2} \right)"
    r" + \log \frac{\Gamma(\frac{\nu}{2}) \sqrt{\nu \pi}\; b_i}{\Gamma(\frac{\nu + 1}{2})} \right]",
    location=arguments.real,
    target=arguments.real,
    scale=arguments.one_or_each,
    df=arguments.positive,
)
def student_t_nll(location, target, scale=1.0, df=3.0):
    """Negative log-likelihood of Student-t noise, whose tails are so heavy that an outlier hardly pulls.

    Parameters
    ----------
    location, target : array_like
        Numbers in one unit, equal in shape.
    scale : float or array_like
        The width b, above 0, in the unit of the target (not the standard deviation): one for all, or one for each.
    df : float
        The degrees of freedom ν, above 0: 1 is Cauchy noise; towards infinity it becomes Gaussian.

    Returns
    -------
    float
        In nats, of a density per unit of the target. Not convex: far out the slope falls again.

    Examples
    --------
    >>> round(student_t_nll([0.0], [0.0], scale=1.0, df=1.0), 6)  # log π
    1.14473

    References
    ----------
    Student (W. S. Gosset), The probable error of a mean, Biometrika 6, 1908; K. L. Lange, R. J. A. Little and J. M. G.
    Taylor, Robust statistical modeling using the t distribution, Journal of the American Statistical Association 84,
    1989.
    """
    from scipy.special import betaln

    error = (location - target) / scale
    constant = betaln(1 / 2, df / 2) + math.log(df) / 2  # the two Γ as one B: for a large ν each alone is astronomical
    if df < 1e-290:  # there B is 2 / ν, also where ν / 2 would be 0
        constant = math.log(2) - math.log(df) / 2
    growth, slope = np.log1p(error**2 / df), (df + 1) * error / (df + error**2) / scale
    far = ~np.isfinite(error**2 / df)
    if far.any():  # the square is beyond the largest float, its logarithm is not
        half = location / 2 - target / 2
        log_ratio = np.log(np.abs(half)) + math.log(2) - np.log(scale) - math.log(df) / 2
        growth = np.where(far, np.logaddexp(0, 2 * log_ratio), growth)
        slope = np.where(far, (df + 1) / 2 / half / (1 + np.exp(-2 * log_ratio)), slope)
    return (df + 1) / 2 * growth + np.log(scale) + constant, slope


# ---------------------------------------------------------------------- classes and counts


@loss(
    r"-\frac{1}{N} \sum_{i=1}^{N} \log\bigl[ p_i^{y_i} (1 - p_i)^{1 - y_i} \bigr]",
    probability=arguments.probability,
    target=arguments.zero_or_one,
)
def bernoulli_nll(probability, target):
    """Negative log-likelihood of coin tosses: `binary_cross_entropy`, met from the other side.

    Parameters
    ----------
    probability : array_like
        The probability of 1, from 0 to 1, as floats.
    target : array_like
        What came: 1 or 0. Equal in shape.

    Returns
    -------
    float
        In nats, at least 0; inf if something came that was thought impossible.

    Examples
    --------
    >>> round(bernoulli_nll([0.5, 0.5], [1, 0]), 6)
    0.693147

    References
    ----------
    J. Bernoulli, Ars conjectandi, 1713.
    """
    return binary_cross_entropy.rule(probability, target)  # −log [p^y (1 − p)^(1 − y)], the logarithm taken


@loss(
    r"-\frac{1}{N} \sum_{i=1}^{N} \log p_{i, y_i}",
    shapes=labelled_rows,
    probability=arguments.distribution_of_floats,
    label=arguments.label,
)
def categorical_nll(probability, label):
    """Negative log-likelihood of one of several classes: `sparse_categorical_cross_entropy`, met from the other side.

    Parameters
    ----------
    probability : array_like, shape (..., C)
        Rows of probabilities, as floats, that sum to 1.
    label : array_like of int, shape (...)
        Which class came, from 0 to C − 1.

    Returns
    -------
    float
        In nats, at least 0: −log of the probability of what came.

    Examples
    --------
    >>> round(categorical_nll([[0.5, 0.25, 0.25]], [1]), 6)  # log 4
    1.386294

    References
    ----------
    J. Bernoulli, Ars conjectandi, 1713.
    """
    return sparse_categorical_cross_entropy.rule(probability, label)


@loss(
    r"\frac{1}{N} \sum_{i=1}^{N} \bigl[ \lambda_i - y_i \log \lambda_i + \log y_i! \bigr]",
    rate=arguments.not_negative,
    target=arguments.count,
)
def poisson_nll(rate, target):
    """Negative log-likelihood of counts with a given rate.

    Parameters
    ----------
    rate : array_like
        The expected count λ, at least 0.
    target : array_like
        What was counted: whole numbers from 0. Equal in shape.

    Returns
    -------
    float
        In nats, log y! included (many libraries leave it out, or approximate it). For a rate of 0 it is 0 if nothing
        was counted, else inf.

    Examples
    --------
    >>> round(poisson_nll([2.0], [3]), 6)
    1.712318

    References
    ----------
    S. D. Poisson, Recherches sur la probabilité des jugements, 1837.
    """
    from scipy.special import gammaln

    slope = 1 - target / (rate + (target == 0))
    return rate - x_log_y(target, rate) + gammaln(target + 1), slope


# ---------------------------------------------------------------------- samples
# y ~ p(y | parameter): what a fitted model says the next observations may be.


@checked(
    arguments.same_shape("sigma", "mean", or_one_number=True),
    mean=arguments.real,
    sigma=arguments.one_or_each,
    rng=arguments.generator,
)
def gaussian_sample(mean, sigma=1.0, rng=0) -> np.ndarray:
    """Draw targets with Gaussian noise, one for each mean.

    Parameters
    ----------
    mean : array_like
        Any finite numbers.
    sigma : float or array_like
        The standard deviation, above 0: one for all, or one for each.
    rng : int or numpy.random.Generator
        A seed, or a generator to go on with.

    Returns
    -------
    numpy.ndarray
        In the shape of the mean.

    Examples
    --------
    >>> gaussian_sample([0.0, 100.0], sigma=0.1).round(0)
    array([  0., 100.])
    """
    return rng.normal(mean, sigma)


@checked(
    arguments.same_shape("scale", "location", or_one_number=True),
    location=arguments.real,
    scale=arguments.one_or_each,
    rng=arguments.generator,
)
def laplace_sample(location, scale=1.0, rng=0) -> np.ndarray:
    """Draw targets with Laplace noise, one for each location.

    Parameters
    ----------
    location : array_like
        Any finite numbers.
    scale : float or array_like
        The mean absolute deviation, above 0: one for all, or one for each.
    rng : int or numpy.random.Generator
        A seed, or a generator to go on with.

    Returns
    -------
    numpy.ndarray
        In the shape of the location.

    Examples
    --------
    >>> laplace_sample(np.zeros(5)).shape
    (5,)
    """
    return rng.laplace(location, scale)


@checked(
    arguments.same_shape("scale", "location", or_one_number=True),
    location=arguments.real,
    scale=arguments.one_or_each,
    df=arguments.positive,
    rng=arguments.generator,
)
def student_t_sample(location, scale=1.0, df=3.0, rng=0) -> np.ndarray:
    """Draw targets with Student-t noise, one for each location.

    Parameters
    ----------
    location : array_like
        Any finite numbers.
    scale : float or array_like
        The width, above 0: one for all, or one for each.
    df : float
        The degrees of freedom, above 0.
    rng : int or numpy.random.Generator
        A seed, or a generator to go on with.

    Returns
    -------
    numpy.ndarray
        In the shape of the location.

    Examples
    --------
    >>> student_t_sample(np.zeros(5), df=1.0).shape
    (5,)
    """
    with np.errstate(over="ignore"):  # a sample beyond the largest float is infinite
        return location + scale * rng.standard_t(df, size=location.shape)


@checked(probability_of_1=arguments.probability, rng=arguments.generator)
def bernoulli_sample(probability_of_1, rng=0) -> np.ndarray:
    """Toss coins, one for each probability.

    Parameters
    ----------
    probability_of_1 : array_like
        From 0 to 1, as floats.
    rng : int or numpy.random.Generator
        A seed, or a generator to go on with.

    Returns
    -------
    numpy.ndarray of int
        1 or 0, in the shape of the probabilities.

    Examples
    --------
    >>> bernoulli_sample([0.0, 1.0])
    array([0, 1])
    """
    return (rng.random(probability_of_1.shape) < probability_of_1).astype(np.intp)


@checked(probabilities=arguments.distribution_of_floats, rng=arguments.generator)
def categorical_sample(probabilities, rng=0) -> np.ndarray:
    """Draw a class for each row of probabilities.

    Parameters
    ----------
    probabilities : array_like, shape (..., C)
        Rows, as floats, that sum to 1.
    rng : int or numpy.random.Generator
        A seed, or a generator to go on with.

    Returns
    -------
    numpy.ndarray of int, shape (...)
        Indices from 0 to C − 1.

    Examples
    --------
    >>> categorical_sample([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    array([1, 2])
    """
    steps = probabilities.cumsum(axis=-1)
    drawn = rng.random((*steps.shape[:-1], 1)) * steps[..., -1:]
    return (drawn >= steps).sum(axis=-1)


@checked(rate=arguments.sample_rate, rng=arguments.generator)
def poisson_sample(rate, rng=0) -> np.ndarray:
    """Draw a count for each rate.

    Parameters
    ----------
    rate : array_like
        The expected counts, from 0 to 9.2e18.
    rng : int or numpy.random.Generator
        A seed, or a generator to go on with.

    Returns
    -------
    numpy.ndarray of int
        In the shape of the rate.

    Examples
    --------
    >>> poisson_sample([0.0])
    array([0])
    """
    return rng.poisson(rate)
