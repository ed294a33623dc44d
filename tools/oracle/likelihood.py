"""Likelihood: negative log-likelihoods of numbers and of counts; those of classes are asked with classification."""

import math

import mpmath
import numpy as np
import scipy.stats
import torch
import torch.nn.functional as F  # noqa: N812

from oracle.asking import ask, by_hand
from oracle.definitions import HALF, x_log_y
from oracle.inputs import choose, draw, given, in_all_shapes, with_settings

CHOSEN = ["forty", "far"]  # cases that are asked with settings
SCALES = [1e-4, 0.5, 3.0, 1000.0]


def record():
    gaussian()
    laplace()
    student_t()
    poisson()


def cases_of(first, width):
    cases = in_all_shapes(**{first: lambda shape: draw("mean", shape), "target": lambda shape: draw("y", shape)})
    one_for_each = {"grid,each": cases["grid"] | {width: draw("width", (3, 4), 0.1, 4)}}
    special = {
        "far": ([1e4, 0.0], [0.0, -1e4]),
        "near": ([1e-9, 0.5], [0.0, 0.5000001]),
        "integers": ([1, 4], [3, 2]),
    }
    return cases | one_for_each | given(f"{first} target", special)


def gaussian():
    perfect = given("mean target", {"perfect": ([1.5, -2.0], [1.5, -2.0])})
    ask(
        "likelihood.gaussian_nll",
        with_settings(cases_of("mean", "sigma") | perfect, CHOSEN, sigma=SCALES),
        "torch.nn.functional.gaussian_nll_loss(full=True)",
        lambda mean, target, sigma=1.0: F.gaussian_nll_loss(
            mean, target, sigma**2 * torch.ones_like(mean), full=True, reduction="none"
        ),
        lambda mean, target, sigma=1: (
            ((target - mean) / sigma) ** 2 / 2 + mpmath.log(sigma * mpmath.sqrt(2 * mpmath.pi))
        ),
        also={"scipy.stats.norm": lambda mean, target, sigma=1.0: -scipy.stats.norm.logpdf(target, mean, sigma).mean()},
        library_fails={"forty,sigma=0.0001", "far,sigma=0.0001"},  # torch clamps the variance at 1e-6
    )


def laplace():
    def scipy_laplace(location, target, scale=1.0):
        """SciPy takes the logarithm of a density that underflows far out."""
        value = -scipy.stats.laplace.logpdf(target, location, scale).mean()
        return value if np.isfinite(value) else None

    ask(
        "likelihood.laplace_nll",
        with_settings(cases_of("location", "scale"), CHOSEN, scale=SCALES),
        "torch.distributions.Laplace",
        lambda location, target, scale=1.0: -torch.distributions.Laplace(location, scale).log_prob(target),
        lambda location, target, scale=1: abs(target - location) / scale + mpmath.log(2 * scale),
        also={"scipy.stats.laplace": scipy_laplace},
    )


def student_t():
    def definition(location, target, scale=1, df=3):
        gammas = mpmath.loggamma(HALF * df) - mpmath.loggamma(HALF * (df + 1))
        z = (target - location) / scale
        return gammas + mpmath.log(scale * mpmath.sqrt(mpmath.pi * df)) + HALF * (df + 1) * mpmath.log1p(z**2 / df)

    cases = cases_of("location", "scale")
    ask(
        "likelihood.student_t_nll",
        with_settings(cases, CHOSEN, df=[0.01, 1.0, 5.0, 200.0, 1e6, 1e12])
        | with_settings(cases, CHOSEN, scale=[1e-4, 0.5, 1000.0], df=[2.5]),
        "torch.distributions.StudentT",
        lambda location, target, scale=1.0, df=3.0: -torch.distributions.StudentT(df, location, scale).log_prob(target),
        definition,
        also={
            "scipy.stats.t": lambda location, target, scale=1.0, df=3.0: (
                -scipy.stats.t.logpdf(target, df, location, scale).mean()
            )
        },
        library_fails={"forty,df=1e+06", "forty,df=1e+12", "far,df=1e+12"},  # log Γ − log Γ cancels
    )


def poisson():
    counts = in_all_shapes(
        rate=lambda shape: draw("rate", shape, 0.1, 9), target=lambda shape: choose("count", shape, range(12))
    )
    counts |= given(
        "rate target",
        {
            "none": (draw("rate", (4,), 0.1, 9), [0, 0, 0, 0]),
            "large": ([1e4, 9990.0, 0.001], [10000, 9000, 0]),
            "unlikely": ([1e-9, 1e4], [12, 3]),
        },
    )
    ask(
        "likelihood.poisson_nll",
        counts,
        "torch.distributions.Poisson",
        lambda rate, target: -torch.distributions.Poisson(rate).log_prob(target),
        lambda rate, target: rate - x_log_y(target, rate) + mpmath.loggamma(target + 1),
        also={"scipy.stats.poisson": lambda rate, target: -scipy.stats.poisson.logpmf(target, rate).mean()},
    )
    impossible = {"rate": [0.0, 0.0], "target": [0, 2]}
    by_hand("likelihood.poisson_nll", "rate-0", impossible, [0, math.inf], [0.5, -math.inf])
