"""The best coin."""

import numpy as np

from ..engine import Exercise, Misconception, quietly

_TOSSES = (np.random.default_rng(6).random(2003) < 0.7).astype(int)  # so many that their likelihood is rounded to 0
_ONE_HEAD = np.eye(1, 2600, 1234, dtype=int)[0]


def _best_theta(tosses):
    return np.mean(tosses)


def _likelihood(theta, tosses):
    return np.prod(np.where(tosses == 1, theta, 1 - theta))


def _log_likelihood(theta, tosses):
    heads, tails = np.sum(tosses), np.sum(1 - tosses)
    return (heads * np.log(theta) if heads else 0.0) + (tails * np.log(1 - theta) if tails else 0.0)


def _best_of(thetas, height=_log_likelihood):
    return quietly(lambda tosses: thetas[np.argmax([height(theta, tosses) for theta in thetas])])


def _of_shares(tosses):
    shares = np.arange(len(tosses) + 1) / len(tosses)
    return shares[np.argmax([_likelihood(share, tosses) for share in shares])]


_GRIDS = [
    np.linspace(0.01, 0.99, 99),
    np.linspace(0, 1, 101),
    np.linspace(0.001, 0.999, 999),
    np.linspace(0, 1, 1001),
    np.linspace(0, 1, 100),
]

best_theta = Exercise(
    reference=_best_theta,
    cases=[
        (np.array([1, 1, 0, 1, 0, 1, 1, 1]),),
        (np.array([0, 0, 1, 0, 0]),),
        (np.array([1, 0, 0]),),  # 1/3, which no grid has
        (_TOSSES,),
        (np.array([0, 1, 1, 0, 1, 1, 0, 0, 1, 0, 1, 1, 1]),),
        (_ONE_HEAD,),
        (np.array([1, 1, 1]),),
        (np.array([0, 0, 0, 0]),),
    ],
    within=2e-6,
    misconceptions=[
        Misconception("count", lambda tosses: np.sum(tosses), "That is the number of heads. θ is their share."),
        Misconception(
            "tails",
            lambda tosses: 1 - np.mean(tosses),
            "That is the share of the tails. θ is the probability of a 1.",
        ),
        Misconception(
            "odds",
            (
                quietly(lambda tosses: np.sum(tosses) / np.sum(1 - tosses)),
                lambda tosses: np.sum(tosses) / max(1, np.sum(1 - tosses)),
            ),
            "You divided heads by tails: those are the odds. Divide by the number of all tosses.",
        ),
        Misconception(
            "N − 1",
            lambda tosses: np.sum(tosses) / (len(tosses) - 1),
            "You divided by one toss too few. All tosses count: divide by N.",
        ),
        Misconception(
            "divided by 10",
            lambda tosses: np.sum(tosses) / 10,
            "You divided by 10. That was right for the ten tosses above; here there may be more or fewer.",
        ),
        Misconception(
            "last toss forgotten",
            lambda tosses: np.sum(tosses[:-1]) / len(tosses),
            "The last toss is missing among your heads. `range(len(tosses))` already ends with its number.",
        ),
        Misconception(
            "fair by decree",
            lambda tosses: 0.5,
            "A half is what we expect of a coin before we see it. Maximum likelihood looks at these tosses only.",
        ),
        Misconception(
            "the likelihood itself",
            (
                lambda tosses: _likelihood(np.mean(tosses), tosses),
                *(lambda tosses, grid=grid: max(_likelihood(theta, tosses) for theta in grid) for grid in _GRIDS),
            ),
            "That is how likely the tosses are under the best θ: the height of the curve. We ask for the θ below it.",
        ),
        Misconception(
            "the log-likelihood itself",
            (
                quietly(lambda tosses: _log_likelihood(np.mean(tosses), tosses)),
                quietly(lambda tosses: -_log_likelihood(np.mean(tosses), tosses)),
                quietly(lambda tosses: -_log_likelihood(np.mean(tosses), tosses) / len(tosses)),
            ),
            "That is the log-likelihood under the best θ, or the NLL: the height of a curve. We ask for the θ at which "
            "the curve has it.",
        ),
        Misconception(
            "best of a grid",
            tuple(map(_best_of, _GRIDS)),
            "That is the best θ of your list. It has only some values: after one head in three tosses the best θ is "
            "1/3, and this lies between two of them. Line 4 gives it exactly.",
        ),
        Misconception(
            "multiplied",
            (_of_shares, *(_best_of(grid, _likelihood) for grid in _GRIDS)),
            "You multiply the probabilities. For thousands of tosses every product is rounded to 0, and `argmax` takes "
            "the first. Logarithms do not underflow; line 4 needs neither.",
        ),
        Misconception(
            "never 0 or 1",
            tuple(
                lambda tosses, low=low: np.clip(np.mean(tosses), low, 1 - low)
                for low in (0.1, 0.05, 0.01, 1e-3, 1e-4, 1e-6, 1e-7, 1e-8, 1e-9)
            ),
            "You keep θ away from 0 and 1. That is careful, but after heads alone the likelihood is largest at θ = 1 "
            "exactly.",
        ),
        Misconception(
            "added tosses",
            lambda tosses: (np.sum(tosses) + 1) / (len(tosses) + 2),
            "You added one head and one tail that nobody tossed (Laplace's rule of succession). That is sensible and "
            "careful, but it is not the maximum of the likelihood.",
        ),
        Misconception(
            "the winner takes all",
            (
                lambda tosses: np.round(np.mean(tosses)),
                lambda tosses: np.median(tosses),
            ),
            "You rounded to the more frequent side. Under θ = 1 a single tail is impossible, and the likelihood 0.",
        ),
        Misconception(
            "the last count",
            lambda tosses: np.unique(tosses, return_counts=True)[1][-1] / len(tosses),
            "The last count of `np.unique` is that of the heads only if there are any. After tails alone it counts the "
            "tails.",
        ),
        Misconception(
            "spread",
            (lambda tosses: np.var(tosses), lambda tosses: np.std(tosses)),
            "That is the spread of the tosses: θ (1 − θ), or its root. We ask for θ itself.",
        ),
    ],
    notice="The share of heads, as everybody would have said; now it has a reason. After three heads in three tosses "
    "it is 1: maximum likelihood believes its data entirely.",
)
