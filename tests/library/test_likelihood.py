"""Likelihoods: they are densities, each is a loss of the course in another unit, and samples follow them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lossviz import likelihood, losses
from lossviz.likelihood import (
    bernoulli_nll,
    bernoulli_sample,
    categorical_nll,
    categorical_sample,
    gaussian_nll,
    gaussian_sample,
    laplace_nll,
    laplace_sample,
    poisson_nll,
    poisson_sample,
    student_t_nll,
    student_t_sample,
)

pairs = st.integers(0, 10_000).map(lambda seed: np.random.default_rng(seed).normal(0, 3, (2, 7)))


@pytest.mark.parametrize(
    ("nll", "settings"),
    [(gaussian_nll, dict(sigma=0.7)), (laplace_nll, dict(scale=0.4)), (student_t_nll, dict(scale=0.3, df=4.0))],
    ids=lambda value: getattr(value, "name", ""),
)
def test_a_density_has_area_1(nll, settings):
    y = np.linspace(-60, 60, 400_001)
    density = np.exp(-nll.per_example(np.full(y.shape, 0.5), y, **settings))
    assert np.sum((density[1:] + density[:-1]) / 2 * np.diff(y)) == pytest.approx(1, abs=1e-6)


def test_probabilities_of_all_that_may_come_sum_to_1():
    counts = np.arange(80)
    assert np.exp(-poisson_nll.per_example(np.full(80, 7.5), counts)).sum() == pytest.approx(1, rel=1e-12)
    assert np.exp(-bernoulli_nll.per_example([0.3, 0.3], [0, 1])).sum() == pytest.approx(1)
    assert np.exp(-categorical_nll.per_example([[0.2, 0.3, 0.5]] * 3, [0, 1, 2])).sum() == pytest.approx(1)


@given(pairs, st.floats(0.1, 5))
def test_a_loss_is_a_choice_of_noise(pair, width):
    y_hat, y = pair
    constant = np.log(width * np.sqrt(2 * np.pi))
    assert gaussian_nll(y_hat, y, sigma=width) == pytest.approx(losses.mse(y_hat, y) / (2 * width**2) + constant)
    assert laplace_nll(y_hat, y, scale=width) == pytest.approx(losses.mae(y_hat, y) / width + np.log(2 * width))
    assert gaussian_nll.gradient(y_hat, y, sigma=width) == pytest.approx(losses.mse.gradient(y_hat, y) / (2 * width**2))
    assert student_t_nll(y_hat, y, scale=width, df=1e7) == pytest.approx(gaussian_nll(y_hat, y, sigma=width), rel=1e-2)


@given(pairs)
def test_one_width_for_each_is_the_sum_of_the_parts(pair):
    y_hat, y = pair
    widths = np.linspace(0.5, 2, 7)
    for nll in gaussian_nll, laplace_nll, student_t_nll:
        assert nll.per_example(y_hat, y, widths) == pytest.approx(
            [nll([one], [other], width) for one, other, width in zip(y_hat, y, widths, strict=True)]
        )


def test_the_best_parameters_are_the_textbook_s():
    y = np.array([1.0, 2.0, 4.0, 9.0])
    assert not gaussian_nll.gradient(np.full(4, 4.0), y).sum().round(12)
    best = min(np.linspace(1, 6, 501), key=lambda sigma: gaussian_nll(np.full(4, 4.0), y, sigma=sigma))
    assert best == pytest.approx(np.std(y), abs=0.01)
    heads = np.array([1, 1, 0, 1])
    assert bernoulli_nll.gradient(np.full(4, 0.75), heads).sum() == pytest.approx(0)
    assert poisson_nll.gradient(np.full(4, 4.0), y).sum() == pytest.approx(0)


def test_the_product_underflows_where_the_sum_does_not():
    assert np.prod(np.full(2000, 0.5)) == 0
    assert round(2000 * bernoulli_nll(np.full(2000, 0.5), np.ones(2000, int)), 2) == 1386.29


# ---------------------------------------------------------------------- samples

N = 40_000
SAMPLES = {
    "gaussian": (lambda rng: gaussian_sample(np.full(N, 2.0), sigma=0.5, rng=rng), 2.0, 0.5),
    "laplace": (lambda rng: laplace_sample(np.full(N, 2.0), scale=0.5, rng=rng), 2.0, 0.5 * np.sqrt(2)),
    "student_t": (lambda rng: student_t_sample(np.full(N, 2.0), scale=0.5, df=8, rng=rng), 2.0, 0.5 * np.sqrt(8 / 6)),
    "bernoulli": (lambda rng: bernoulli_sample(np.full(N, 0.3), rng=rng), 0.3, np.sqrt(0.21)),
    "poisson": (lambda rng: poisson_sample(np.full(N, 4.0), rng=rng), 4.0, 2.0),
    "categorical": (lambda rng: categorical_sample(np.tile([0.25, 0.5, 0.25], (N, 1)), rng=rng), 1.0, np.sqrt(0.5)),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_samples_have_the_mean_and_the_spread_of_their_noise(name):
    draw, mean, spread = SAMPLES[name]
    drawn = draw(3)
    assert drawn.shape == (N,)
    assert drawn.mean() == pytest.approx(mean, abs=5 * spread / np.sqrt(N))
    assert drawn.std() == pytest.approx(spread, rel=0.05)
    assert (draw(3) == drawn).all(), "one seed, one sample"
    assert (draw(4) != drawn).any()
    rng = np.random.default_rng(3)
    assert (draw(rng) == drawn).all()
    assert (draw(rng) != drawn).any(), "a generator goes on"


def test_every_likelihood_has_its_sample():
    names = {name.removesuffix("_nll") for name in vars(likelihood) if name.endswith("_nll")}
    assert names == set(SAMPLES)


def test_what_is_certain_is_drawn():
    assert (categorical_sample([[0.0, 1.0, 0.0]] * 50) == 1).all()
    assert (bernoulli_sample(np.r_[np.zeros(50), np.ones(50)]) == np.r_[np.zeros(50), np.ones(50)]).all()
    assert categorical_sample([[[0.5, 0.5]] * 3] * 2).shape == (2, 3)


BAD = [
    (gaussian_sample, ([np.nan],), ValueError, "gaussian_sample: mean must be one or more finite numbers, got nan"),
    (
        gaussian_sample,
        ([0.0], 0),
        ValueError,
        "gaussian_sample: sigma must be one number above 0 and finite, or one for each example, got 0",
    ),
    (
        laplace_sample,
        ([0.0], -1),
        ValueError,
        "laplace_sample: scale must be one number above 0 and finite, or one for each example, got -1",
    ),
    (student_t_sample, ([0.0], 1, 0), ValueError, "student_t_sample: df must be one number above 0 and finite, got 0"),
    (
        bernoulli_sample,
        ([1.5],),
        ValueError,
        "bernoulli_sample: probability_of_1 must be one or more numbers from 0 to 1, as floats, got 1.5",
    ),
    (
        bernoulli_sample,
        ([1],),
        TypeError,
        "bernoulli_sample: probability_of_1 must be one or more numbers from 0 to 1, as floats, got integers",
    ),
    (
        categorical_sample,
        ([0.5, 0.4],),
        ValueError,
        "categorical_sample: probabilities must be rows of numbers from 0 to 1 that sum to 1 .*, got a sum of 0.9",
    ),
    (
        poisson_sample,
        ([-1],),
        ValueError,
        "poisson_sample: rate must be one or more numbers from 0 to 9.2e18, got -1",
    ),
]


BAD += [
    (
        draw,
        (good, *settings, rng),
        kind,
        rf"{draw.__name__}: rng must be an integer from 0, or a .*Generator, got {got}",
    )
    for draw, good, settings in [
        (gaussian_sample, [0.0], [1.0]),
        (laplace_sample, [0.0], [1.0]),
        (student_t_sample, [0.0], [1.0, 3.0]),
        (bernoulli_sample, [0.5], []),
        (categorical_sample, [0.5, 0.5], []),
        (poisson_sample, [1.0], []),
    ]
    for rng, kind, got in [("x", TypeError, "'x'"), (-1, ValueError, "-1"), (None, TypeError, "None")]
]


@pytest.mark.parametrize(("draw", "arguments", "kind", "message"), BAD)
def test_bad_input_is_refused_with_a_reason(draw, arguments, kind, message):
    with pytest.raises(kind, match=f"^{message}"):
        draw(*arguments)
