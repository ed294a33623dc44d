"""Losses of two players: a generator that makes things, and a discriminator that tells the made from the real.

Scores are those of the discriminator: above 0 it takes a thing for real. Its probability of "real" is their sigmoid.
"""

import numpy as np

from .. import arguments
from ..loss import loss


def _softplus(score: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return log(1 + exp(score)), which is −log σ(−score), and its slope, σ(score)."""
    value = score * (score > 0).astype(float) + np.log1p(np.exp(-np.abs(score)))
    return value, np.exp(score - value)


@loss(
    r"-\frac{1}{N} \sum_{i=1}^{N} \bigl[ \log \sigma(r_i) + \log(1 - \sigma(f_i)) \bigr]",
    real_score=arguments.real,
    fake_score=arguments.real,
)
def discriminator(real_score, fake_score):
    """Loss of the discriminator: real things should score high, made ones low.

    Parameters
    ----------
    real_score, fake_score : array_like
        Its scores of real and of made things, equal in shape. Both are learned: the gradient is a tuple of two.

    Returns
    -------
    float
        In nats: the two mean cross-entropies added (others halve the sum), 2 log 2 for a discriminator that cannot
        tell.

    Examples
    --------
    >>> round(discriminator([0.0], [0.0]), 6)
    1.386294

    References
    ----------
    I. Goodfellow et al., Generative adversarial nets, NeurIPS 2014.
    """
    missed, missed_slope = _softplus(-real_score)
    fooled, fooled_slope = _softplus(fake_score)
    return missed + fooled, (-missed_slope, fooled_slope)


@loss(r"-\frac{1}{N} \sum_{i=1}^{N} \log \sigma(f_i)", fake_score=arguments.real)
def generator(fake_score):
    """Non-saturating loss of the generator: what it makes should be taken for real.

    Parameters
    ----------
    fake_score : array_like
        The discriminator's scores of what the generator made.

    Returns
    -------
    float
        In nats, at least 0. Its slope is steepest, −1, where the discriminator is sure that the thing was made.

    Examples
    --------
    >>> round(generator([0.0, -2.0]), 6)
    1.410038

    References
    ----------
    I. Goodfellow et al., Generative adversarial nets, NeurIPS 2014, section 3.
    """
    value, slope = _softplus(-fake_score)
    return value, -slope


@loss(r"\frac{1}{N} \sum_{i=1}^{N} \log(1 - \sigma(f_i))", fake_score=arguments.real)
def generator_minimax(fake_score):
    """Minimax loss of the generator: exactly what the discriminator wants least.

    Parameters
    ----------
    fake_score : array_like
        The discriminator's scores of what the generator made.

    Returns
    -------
    float
        In nats, at most 0: smaller is better for the generator. Its slope vanishes where the discriminator is sure that
        the thing was made, just where the generator has most to learn.

    Examples
    --------
    >>> round(generator_minimax([0.0, -2.0]), 6)
    -0.410038

    References
    ----------
    I. Goodfellow et al., Generative adversarial nets, NeurIPS 2014, equation 1.
    """
    value, slope = _softplus(fake_score)
    return -value, -slope
