"""A fair race: each optimiser's learning rate is tuned on some starts, and judged on others."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .. import arguments
from ..checking import Check, Refusal, checked
from .descent import NUMBERS


def _rising(given) -> np.ndarray:
    rates = arguments.vector.convert(given)
    if rates[0] <= 0 or (np.diff(rates) <= 0).any():
        raise Refusal(f"{given!r:.80}")
    return rates


RISING = Check("a rising list of finite numbers above 0, shape (k,)", _rising, "array")


@dataclass(frozen=True, eq=False)
class Finish:
    """The result of one optimiser in a race. `race` makes it; it shows itself in words.

    Attributes
    ----------
    rates : numpy.ndarray, shape (k,)
        The learning rates that were tried.
    tuning : numpy.ndarray, shape (k,)
        For each rate, the median result over the starts for tuning; inf where more than half of the runs diverged.
    rate : float
        The rate with the least median; if there are several, the smallest of them.
    results : numpy.ndarray, shape (n,)
        The result of this rate from each start of the race; inf where the run diverged.
    """

    rates: np.ndarray
    tuning: np.ndarray
    rate: float
    results: np.ndarray

    @property
    def median(self) -> float:
        """The median result of the race."""
        return self.quantile(0.5)

    @checked(share=arguments.up_to(1))
    def quantile(self, share: float) -> float:
        """Return the result that at least this share of the starts reached or improved."""
        return _quantile(self.results, share)

    @property
    def diverged(self) -> int:
        """The number of starts of the race from which it diverged."""
        return int(np.isinf(self.results).sum())

    @property
    def at_edge(self) -> bool:
        """Whether the best rate lies at an end of those tried: a better one may lie beyond."""
        return self.rate in (self.rates[0], self.rates[-1])

    def __str__(self):
        edge = ", at the edge of those tried" if self.at_edge else ""
        return (
            f"learning rate {self.rate:.3g}{edge}: median {self.median:.3g}, "
            f"middle half from {self.quantile(0.25):.3g} to {self.quantile(0.75):.3g}, "
            f"{self.diverged} of {len(self.results)} diverged"
        )

    __repr__ = __str__


def _quantile(results: np.ndarray, share: float) -> float:
    """Return the result at this share of the way from the best to the worst: no mean of two, because one may be inf."""
    return float(np.sort(results)[math.ceil(share * len(results)) - 1])


@checked(
    run=arguments.function,
    entrant=arguments.function,
    rates=RISING,
    tuning=arguments.examples,
    starts=arguments.examples,
)
def race(run: Callable, entrant: Callable, rates, tuning, starts) -> Finish:
    """Give an optimiser a fair chance: tune its learning rate on some starts, then let it run from others.

    Give every optimiser that you compare the same `run`, the same number of rates, and the same starts.

    Parameters
    ----------
    run : callable
        Takes an optimiser and an array of starts; returns the result from each start (less is better), inf or NaN where
        the run diverged. It decides on the budget: how many gradients each run may compute.
    entrant : callable
        Takes a learning rate and returns an optimiser, as `optimizers.Adam` does.
    rates : array_like
        The learning rates to try, rising, all above 0.
    tuning, starts : array_like
        The starts for tuning, and those for the race, along the first axis: points, or seeds, or what else `run` takes.
        No start should be in both: a start that chose the rate cannot test it.

    Returns
    -------
    Finish
        With the rate that was chosen, and its results.

    Raises
    ------
    ValueError, TypeError
        run must return one number for each start.

    Examples
    --------
    >>> from lossviz.optimizers import GradientDescent, minimize_many
    >>> def run(optimizer, starts):
    ...     return minimize_many(lambda w: w[:, 0] ** 2, lambda w: 2 * w, starts, optimizer, steps=3).values[-1]
    >>> race(run, GradientDescent, rates=[0.1, 0.4, 1.5], tuning=[[1.0], [2.0]], starts=[[3.0], [-5.0]])
    learning rate 0.4: median 0.000576, middle half from 0.000576 to 0.0016, 0 of 2 diverged
    """

    def results(rate, starts):
        reached = NUMBERS("race: run", run(entrant(rate), starts))
        if reached.shape != (len(starts),):
            raise ValueError(
                f"race: run must return one number for each start, shape ({len(starts)},), got shape {reached.shape}"
            )
        return np.where(np.isnan(reached), np.inf, reached)

    medians = np.array([_quantile(results(rate, tuning), 0.5) for rate in rates.tolist()])
    best = float(rates[medians.argmin()])
    return Finish(rates, medians, best, results(best, starts))
