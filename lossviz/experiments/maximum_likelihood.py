"""What lesson 06 computes: how likely tosses and points are under a model, and how near each loss comes to the truth
under each noise.

A noise is named as in `lossviz.likelihood`: "gaussian", "laplace" or "student_t".
"""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from .. import arguments, likelihood, losses, models
from ..arguments import finite, index, one_of, positive, real, vector
from ..caching import cached
from ..checking import checked

NAMES = {"gaussian": "Gaussian", "laplace": "Laplace", "student_t": "Student-t"}
LOSSES = {"gaussian": "MSE", "laplace": "MAE", "student_t": "Student-t NLL"}  # the loss that belongs to each noise
POINTS = (-0.6, 0.3, 0.8, 1.5, 2.5)  # the points under a Gaussian, and under other noises
SIZES = (10, 30, 100, 300)  # how many points are drawn from a noise
DRAWS = 300  # how often they are drawn
RISES = (0.02, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0)  # the landscape's outlines: their heights above its lowest place, in nats


NOISE = one_of(*NAMES)
N = arguments.integer(1, SIZES[-1])


def _of_noise(noise: str, what: str) -> Callable:
    """Return the library's function for a noise: its "nll" or its "sample"."""
    return getattr(likelihood, f"{noise}_{what}")


@checked(noise=NOISE, y=real, location=finite, scale=positive)
def density(noise: str, y, location: float = 0.0, scale: float = 1.0) -> np.ndarray:
    """Return the density of a noise at each y: exp of minus its negative log-likelihood there.

    Examples
    --------
    >>> density("laplace", [-1, 0, 1]).round(4)
    array([0.1839, 0.5   , 0.1839])
    """
    return np.exp(-_of_noise(noise, "nll").per_example(np.full(y.shape, location), y, scale))


# ---------------------------------------------------------------------- the coin


THETA = arguments.one_or_more(arguments.share)


@dataclass(frozen=True)
class Tosses:
    """The tosses of a coin, and how likely they are under each θ, the probability of heads.

    Examples
    --------
    >>> tosses = Tosses(heads=7, tails=3)
    >>> f"{tosses.likelihood(0.7):.6f} {tosses.log_likelihood(0.7):.4f} {tosses.best:.1f}"
    '0.002224 -6.1086 0.7'
    """

    heads: int
    tails: int

    def __post_init__(self):
        for name in ("heads", "tails"):
            object.__setattr__(self, name, index(f"Tosses: {name}", getattr(self, name)))

    @property
    def n(self) -> int:
        """The number of tosses."""
        return self.heads + self.tails

    @property
    def best(self) -> float:
        """The θ of maximum likelihood, the share of heads; without a toss ½, as good as any other."""
        return self.heads / self.n if self.n else 0.5

    @checked(theta=THETA)
    def likelihood(self, theta):
        """Return θ^heads (1 − θ)^tails as float64 holds it: 0 where it is too small."""
        with np.errstate(under="ignore"):
            return np.power(theta, float(self.heads)) * np.power(1.0 - theta, float(self.tails))

    @checked(theta=THETA)
    def log_likelihood(self, theta):
        """Return heads · log θ + tails · log (1 − θ)."""
        return self.heads * np.log(theta) + self.tails * np.log1p(-theta)


# ---------------------------------------------------------------------- the Gaussian


class Bell(NamedTuple):
    """The Gaussian of maximum likelihood for some points."""

    y: np.ndarray  # the points
    mean: float
    sigma: float  # within the bounds that were set
    nll: float
    spread: float  # the points' own standard deviation, without bounds


@checked(arguments.not_below("largest_sigma", "least_sigma"), y=vector, least_sigma=positive, largest_sigma=positive)
def best_bell(y, least_sigma: float, largest_sigma: float) -> Bell:
    """Find the Gaussian of maximum likelihood for the points, with a σ between two bounds.

    Examples
    --------
    >>> bell = best_bell([-1, 1], least_sigma=0.4, largest_sigma=3.0)
    >>> bell.mean, bell.sigma
    (0.0, 1.0)
    """
    mean, spread = float(y.mean()), float(y.std())
    sigma = float(np.clip(spread, least_sigma, largest_sigma))
    return Bell(y, mean, sigma, likelihood.gaussian_nll(np.full(len(y), mean), y, sigma), spread)


class Costs(NamedTuple):
    """What points cost under one Gaussian."""

    nll: np.ndarray  # of each point
    mse: float


@checked(y=vector, mean=finite, sigma=positive)
def costs(y: np.ndarray, mean: float, sigma: float) -> Costs:
    """Return minus the log of the density at each point, and the mean squared distance from the mean.

    Examples
    --------
    >>> costs(np.array([-1.0, 1.0]), mean=0.0, sigma=1.0).nll.round(4)
    array([1.4189, 1.4189])
    """
    means = np.full(len(y), mean)
    return Costs(likelihood.gaussian_nll.per_example(means, y, sigma), losses.mse(means, y))


@checked(mean=finite, spread=arguments.at_least_0, lowest=finite, largest_sigma=positive)
def nll_regions(mean: float, spread: float, lowest: float, largest_sigma: float) -> list[np.ndarray]:
    """Return the outlines of the places (μ, σ) whose Gaussian NLL is at most `lowest` + each of `RISES`, widest first.

    They have a closed form: the NLL is log σ + ½ log 2π + (spread² + (μ − mean)²) / 2σ², with the data's own mean and
    spread (standard deviation). Outlines end a little above `largest_sigma`.

    Examples
    --------
    >>> widest, *_ = nll_regions(mean=0.0, spread=1.0, lowest=1.4189, largest_sigma=3.0)
    >>> widest.shape, f"{widest[:, 1].max():.1f}"
    ((96, 2), '3.3')
    """
    level = lowest - np.log(2 * np.pi) / 2 + np.array(RISES[::-1])

    def square(sigma):  # the square of half the width of each region at this height; below 0 outside the region
        return 2 * sigma**2 * (level - np.log(sigma)) - spread**2

    widest = np.exp(level - 0.5)
    foot = _crossing(square, np.full(len(level), 1e-3), widest)
    top = np.minimum(_crossing(square, np.full(len(level), np.exp(level)), widest), 1.1 * largest_sigma)
    sigma = foot + (top - foot) * (1 - np.cos(np.linspace(0, np.pi, 48)[:, None])) / 2  # dense where the outline turns
    half = np.sqrt(np.maximum(square(sigma), 0))
    outline = np.concatenate([[mean + half, sigma], [(mean - half)[::-1], sigma[::-1]]], axis=1)
    return list(outline.transpose(2, 1, 0))


def _crossing(function, outside, inside) -> np.ndarray:
    """Halve the distance between places where the function is below 0 and places where it is not, until they meet."""
    for _ in range(40):
        middle = (outside + inside) / 2
        below = function(middle) < 0
        outside, inside = np.where(below, middle, outside), np.where(below, inside, middle)
    return inside


# ---------------------------------------------------------------------- the noise that picks a loss


@checked(noise=NOISE, y=vector)
def best_location(noise: str, y) -> float:
    """Return the location of maximum likelihood of a noise for the values y.

    Examples
    --------
    >>> best_location("gaussian", [0, 1, 5]), best_location("laplace", [0, 1, 5])
    (2.0, 1.0)
    """
    return float({"gaussian": np.mean, "laplace": np.median, "student_t": models.best_student_t_constant}[noise](y))


@dataclass(frozen=True, eq=False)
class NoisyPoints:
    """Points under a noise of a known form around an unknown location.

    Examples
    --------
    >>> points = NoisyPoints("laplace", [0, 1, 5])
    >>> points.best
    1.0
    >>> log_likelihood, loss = points.at([0, 1])
    >>> loss.round(4)
    array([2.    , 1.6667])
    """

    noise: str
    y: Sequence[float]

    def __post_init__(self):
        object.__setattr__(self, "noise", NOISE("NoisyPoints: noise", self.noise))
        object.__setattr__(self, "y", vector("NoisyPoints: y", self.y))

    @functools.cached_property
    def best(self) -> float:
        """The location of maximum likelihood."""
        return best_location(self.noise, self.y)

    @functools.cached_property
    def peak(self) -> float:
        """The likelihood of the best location."""
        return float(np.exp(self.at(self.best)[0]))

    @checked(location=real)
    def at(self, location) -> tuple[np.ndarray, np.ndarray]:
        """Return the log-likelihood of each location, and the loss that belongs to the noise."""
        location = location[..., None] + np.zeros(len(self.y))
        y = np.broadcast_to(self.y, location.shape)
        nll = _of_noise(self.noise, "nll").per_example(location, y)
        loss = {"gaussian": losses.mse.per_example, "laplace": losses.mae.per_example}.get(self.noise)
        return -nll.sum(axis=-1), (nll if loss is None else loss(location, y)).mean(axis=-1)


@checked(noise=NOISE)
@cached
def draws(noise: str) -> np.ndarray:
    """Draw from a noise about 0, always the same: a row for each draw; its first n points are a draw of n points.

    Examples
    --------
    >>> draws("laplace").shape
    (300, 300)
    """
    return _of_noise(noise, "sample")(np.zeros((DRAWS, SIZES[-1])), rng=6)


@checked(noise=NOISE, n=N)
@cached
def estimates(noise: str, n: int) -> np.ndarray:
    """Return the best constant for the first n points of each draw, under MSE, MAE and Student-t NLL: shape (3, draws).

    Examples
    --------
    >>> estimates("laplace", 100).shape
    (3, 300)
    """
    y = draws(noise)[:, :n]
    return np.array([y.mean(axis=1), np.median(y, axis=1), models.best_student_t_constant(y)])


@checked(noise=NOISE, n=N)
def typical_errors(noise: str, n: int) -> np.ndarray:
    """Return how far each loss's estimates lie from the truth, 0: the root of their mean square, shape (3,).

    Examples
    --------
    >>> mse, mae, student_t = typical_errors("laplace", 100)
    >>> bool(mae < mse)
    True
    """
    return np.sqrt(np.mean(estimates(noise, n) ** 2, axis=1))


class RoundTrip(NamedTuple):
    """Draws from a noise about 0, and what each loss makes of them."""

    noise: str
    draws: np.ndarray  # shape (draws, points)
    estimates: np.ndarray  # shape (3, draws)
    errors: np.ndarray  # the typical error of each loss


@checked(noise=NOISE, n=N)
def round_trip(noise: str, n: int) -> RoundTrip:
    """Draw n points from a noise, many times, and estimate its middle with each loss.

    Examples
    --------
    >>> round_trip("laplace", 100).draws.shape
    (300, 100)
    """
    return RoundTrip(noise, draws(noise)[:, :n], estimates(noise, n), typical_errors(noise, n))
