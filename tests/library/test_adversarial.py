"""Adversarial losses: what the two networks minimise."""

import numpy as np
import pytest

from lossviz.losses import discriminator, generator, generator_minimax


def test_the_two_generators_want_the_same_and_the_discriminator_the_opposite():
    score = np.linspace(-6, 6, 13)
    assert (generator.gradient(score) < 0).all()
    assert (generator_minimax.gradient(score) < 0).all()
    assert generator.gradient([0.0]) == generator_minimax.gradient([0.0]) == -0.5
    assert discriminator.gradient(score, score)[1].min() > 0
    assert generator.gradient([-9.0])[0] < -0.99
    assert generator_minimax.gradient([-9.0])[0] > -0.001
    assert discriminator(score, score) == pytest.approx(generator(score) - generator_minimax(score))
