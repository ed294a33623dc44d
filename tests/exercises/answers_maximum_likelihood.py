"""Near misses and right answers to the exercises of lesson 06, by hand; and harmless changes of its references."""

import math
import statistics

import numpy as np

from lossviz import likelihood, losses


def shares(tosses):
    """All θ that could be the share of heads."""
    return np.arange(len(tosses) + 1) / len(tosses)


def likelihoods(tosses, thetas):
    return [np.prod(np.where(tosses == 1, theta, 1 - theta)) for theta in thetas]


def narrowed(slope, low, high):
    """The place between two others where a slope changes its sign from above 0 to below."""
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if slope(middle) > 0 else (low, middle)
    return (low + high) / 2


def golden(height, low, high):
    """The place of the smallest value between two others, found by a search."""
    ratio = (math.sqrt(5) - 1) / 2
    for _ in range(80):
        left, right = high - ratio * (high - low), low + ratio * (high - low)
        low, high = (low, right) if height(left) < height(right) else (left, high)
    return (low + high) / 2


def log_sigma(residual):
    half, top = np.mean(residual**2) / 2, np.log(np.abs(residual).max())
    return golden(lambda log: half * np.exp(-2 * log) + log, top - 8, top + 1)


def density(mean, target, sigma):
    return np.exp(-((target - mean) ** 2) / (2 * sigma**2)) / (sigma * np.sqrt(2 * np.pi))


def first_head_only(tosses):
    heads = 0
    for toss in tosses:
        heads += toss
        return heads / len(tosses)


def picked(p, label):
    return p[np.arange(len(label)), label]


def one_hot(p, label):
    return np.eye(p.shape[1])[label]


GRID = np.linspace(0.01, 0.99, 99)

NEAR_MISSES = {
    "best_theta": {
        "a count": (np.sum, "count"),
        "odds": (lambda t: np.sum(t == 1) / np.sum(t == 0), "odds"),
        "the notebook's grid": (
            lambda t: GRID[np.argmax([np.sum(np.log(np.where(t == 1, theta, 1 - theta))) for theta in GRID])],
            "best of a grid",
        ),
        "the notebook's grid, multiplied": (lambda t: GRID[np.argmax(likelihoods(t, GRID))], "multiplied"),
        "all shares, multiplied": (lambda t: shares(t)[np.argmax(likelihoods(t, shares(t)))], "multiplied"),
        "two decimals": lambda t: round(float(np.mean(t)), 2),
        "four decimals": lambda t: round(float(np.mean(t)), 4),
        "kept off the ends": (lambda t: np.clip(np.mean(t), 0.01, 0.99), "never 0 or 1"),
        "Laplace's rule": (lambda t: (np.sum(t) + 1) / (len(t) + 2), "added tosses"),
        "half a head more": lambda t: (np.sum(t) + 0.5) / (len(t) + 1),
        "the count of np.unique": lambda t: np.unique(t, return_counts=True)[1][1] / len(t),
        "whole numbers": (lambda t: np.sum(t) // len(t), "rounded down"),
        "the ten of the notebook": (lambda t: sum(t) / 10, "divided by 10"),
        "return in the loop": (first_head_only, "return in loop"),
        "the more frequent side": lambda t: max(np.mean(t), 1 - np.mean(t)),
        "small integers": lambda t: np.sum(t, dtype=np.uint8) / len(t),
        "in percent": (lambda t: 100 * np.mean(t), "factor"),
    },
    "gaussian_nll": {
        "a product": (lambda m, y, s: -np.log(np.prod(density(m, y, s))) / len(y), "multiplied"),
        "the log of the density": (lambda m, y, s: np.mean(-np.log(density(m, y, s))), "log of a rounded density"),
        "1e-12 added": (lambda m, y, s: -np.mean(np.log(density(m, y, s) + 1e-12)), "floor under the density"),
        "at least 0": (lambda m, y, s: max(0, likelihood.gaussian_nll(m, y, s)), "never below 0"),
        "a variance": (
            lambda m, y, s: np.mean((y - m) ** 2) / (2 * s) + np.log(2 * np.pi * s) / 2,
            "σ for a variance",
        ),
        "as PyTorch has it": (
            lambda m, y, s: np.mean((np.log(s) + (y - m) ** 2 / s) / 2),
            "σ for a variance",
        ),
        "without constants": (lambda m, y, s: np.mean((y - m) ** 2) / (2 * s**2), "the square alone"),
        "brackets": (
            lambda m, y, s: np.mean((y - m) ** 2) / 2 * s**2 + np.log(s * np.sqrt(2 * np.pi)),
            "times σ²",
        ),
        "a sum": (lambda m, y, s: np.sum(likelihood.gaussian_nll.per_example(m, y, s)), "sum"),
        "not averaged": (likelihood.gaussian_nll.per_example, "not averaged"),
        "base 10": (
            lambda m, y, s: np.mean((y - m) ** 2) / (2 * s**2) + np.log10(s) + np.log10(2 * np.pi) / 2,
            "another base",
        ),
        "22/7": (
            lambda m, y, s: np.mean((y - m) ** 2) / (2 * s**2) + np.log(s) + np.log(2 * 22 / 7) / 2,
            "π rounded",
        ),
        "σ = 1": (lambda m, y, s: likelihood.gaussian_nll(m, y, 1.0), "fixed argument"),
        "at most 10 σ": lambda m, y, s: (
            likelihood.gaussian_nll(np.zeros(len(y)), np.clip((y - m) / s, -10, 10), 1) + np.log(s)
        ),
        "1e-8 under the fraction": lambda m, y, s: (
            np.mean((y - m) ** 2) / (2 * s**2 + 1e-8) + np.log(s * np.sqrt(2 * np.pi))
        ),
        "σ at least 0.001": lambda m, y, s: likelihood.gaussian_nll(m, y, max(s, 1e-3)),
        "the best σ": lambda m, y, s: likelihood.gaussian_nll(m, y, losses.rmse(m, y)),
        "both sorted": lambda m, y, s: likelihood.gaussian_nll(np.sort(m), np.sort(y), s),
        "ten examples": lambda m, y, s: likelihood.gaussian_nll(m[:10], y[:10], s),
    },
    "best_sigma": {
        "the MSE": (lambda r: np.mean(r**2), "variance"),
        "np.std": (np.std, "about their mean"),
        "np.var": (np.var, "variance about their mean"),
        "N − 1": (lambda r: np.sqrt(r @ r / (len(r) - 1)), "N − 1, about 0"),
        "N − 2": (lambda r: np.sqrt(r @ r / (len(r) - 2)), "N − 2"),
        "the norm": (np.linalg.norm, "sum"),
        "the norm over N": (lambda r: np.linalg.norm(r) / len(r), "divided after the root"),
        "** 1/2": (lambda r: np.mean(r**2) ** 1 / 2, "** 1/2"),
        "the notebook's list": (
            lambda r: (s := np.linspace(0.5, 2, 1501))[np.argmin(np.mean(r**2) / (2 * s**2) + np.log(s))],
            "best of a grid",
        ),
        "a set": (
            lambda r: math.sqrt(statistics.fmean(each**2 for each in {*r.tolist()})),
            "equal residuals counted once",
        ),
        "outliers": (
            lambda r: losses.rmse(r := r[abs(r) <= 3 * 1.4826 * np.median(abs(r))], 0 * r),
            "outliers left out",
        ),
        "at least 0.001": (lambda r: max(1e-3, np.sqrt(np.mean(r**2))), "never near 0"),
        "residuals that are 0": lambda r: np.sqrt(np.sum(r**2) / np.count_nonzero(r)),
        "1e-12 added": lambda r: np.sqrt(np.mean(r**2) + 1e-12),
        "within ±30": lambda r: np.sqrt(np.mean(np.clip(r, -30, 30) ** 2)),
        "ten": lambda r: np.sqrt(np.mean(r[:10] ** 2)),
        "a short search": lambda r: np.float64(np.sqrt(np.mean(r**2)) * (1 + 1e-5)),
    },
    "sigma": {
        "an ordinary keyboard": ("It moves by sigma.", "added"),
        "blanks": ("  it moves to half ", "scaled"),
        "a part": ("disappears", "flattened"),
        "a place": 0.9,
        "two": ["it stays where it is", "it moves to half"],
        "the contrary": "it does not stay where it is",
        "nothing": "",
    },
    "categorical_nll": {
        "a product": (lambda p, k: -np.log(np.prod(picked(p, k))) / len(k), "multiplied"),
        "one-hot": (lambda p, k: -np.mean(np.sum(one_hot(p, k) * np.log(p), axis=1)), "0 times log 0"),
        "one-hot, averaged": (lambda p, k: -np.mean(one_hot(p, k) * np.log(p)), "mean over classes"),
        "three classes": (
            lambda p, k: -sum(np.log(p[k == c, c]).sum() for c in range(min(3, p.shape[1]))) / len(k),
            "always three classes",
        ),
        "np.eye(3)": lambda p, k: -np.mean(np.log(np.sum(np.eye(3)[k] * p, axis=1))),
        "1e-12 added": (lambda p, k: -np.mean(np.log(picked(p, k) + 1e-12)), "floor of 1e-12"),
        "clipped": (lambda p, k: -np.mean(np.log(np.clip(picked(p, k), 1e-7, 1 - 1e-7))), "floor of 1e-7"),
        "rows": (
            lambda p, k: -np.mean(np.log(p[np.minimum(k, len(p) - 1)])) if k.max() < len(p) else np.nan,
            "rows for columns",
        ),
        "from 1": (lambda p, k: -np.mean(np.log(picked(p, k - 1))), "labels counted from 1"),
        "if label": (
            lambda p, k: -sum(np.log(row[c]) for row, c in zip(p, k, strict=True) if c) / len(k),
            "class 0 left out",
        ),
        "base 10": (lambda p, k: -np.mean(np.log10(picked(p, k))), "log10"),
        "over C": (lambda p, k: -np.sum(np.log(picked(p, k))) / p.shape[1], "divided by the classes"),
        "the favourite": (lambda p, k: -np.mean(np.log(p.max(axis=1))), "largest probability"),
        "the labels that occur": lambda p, k: -np.sum(np.log(picked(p, k))) / len(np.unique(k)),
        "the mean of the classes": lambda p, k: np.mean([-np.mean(np.log(p[k == c, c])) for c in np.unique(k)]),
        "at most 100": lambda p, k: np.mean(np.minimum(100, -np.log(picked(p, k)))),
        "perplexity": (lambda p, k: np.exp(-np.mean(np.log(picked(p, k)))), "exponential"),
        "ten": lambda p, k: likelihood.categorical_nll(p[:10], k[:10]),
        "three decimals": lambda p, k: round(float(likelihood.categorical_nll(p, k)), 3),
    },
}

RIGHT = {
    "best_theta": {
        "counted": lambda t: sum(1 for toss in t if toss == 1) / len(t),
        "bincount": lambda t: np.bincount(t, minlength=2)[1] / len(t),
        "fmean": lambda t: statistics.fmean(map(float, t)),
        "the slope's zero": lambda t: narrowed(lambda q: t.sum() * (1 - q) - (len(t) - t.sum()) * q, 0.0, 1.0),
        "all shares, with logs": lambda t: max(
            shares(t),
            key=lambda q: sum(
                n * math.log(p) if p else -math.inf for n, p in ((t.sum(), q), ((1 - t).sum(), 1 - q)) if n
            ),
        ),
        "a search": lambda t: golden(
            lambda q: -sum(n * math.log(p) for n, p in ((t.sum(), q), ((1 - t).sum(), 1 - q)) if n), 0.0, 1.0
        ),
        "float32": lambda t: np.mean(t, dtype=np.float32),
    },
    "gaussian_nll": {
        "a loop": lambda m, y, s: statistics.fmean(
            ((b - a) / s) ** 2 / 2 + math.log(s) + math.log(2 * math.pi) / 2 for a, b in zip(m, y, strict=True)
        ),
        "from the MSE": lambda m, y, s: losses.mse(m, y) / (2 * s**2) + np.log(s * np.sqrt(2 * np.pi)),
        "one logarithm": lambda m, y, s: np.mean((y - m) ** 2 / s**2 + np.log(2 * np.pi * s**2)) / 2,
        "of each factor": lambda m, y, s: -np.mean(np.log(1 / (s * np.sqrt(2 * np.pi))) - ((y - m) / s) ** 2 / 2),
        "the library": likelihood.gaussian_nll,
        "one entry": lambda m, y, s: [likelihood.gaussian_nll(m, y, s)],
        "float32": lambda m, y, s: np.float32(likelihood.gaussian_nll(m, y, s)),
    },
    "best_sigma": {
        "the norm": lambda r: np.linalg.norm(r) / np.sqrt(len(r)),
        "the RMSE": lambda r: losses.rmse(r, np.zeros(len(r))),
        "a mirror": lambda r: np.std([*r, *-r]),
        "statistics": lambda r: statistics.pvariance(r.tolist(), mu=0) ** 0.5,
        "a search for log σ": lambda r: np.exp(log_sigma(r)),
        "hypot": lambda r: math.hypot(*r) / math.sqrt(len(r)),
        "an array of one": lambda r: np.sqrt(np.mean(r**2, keepdims=True)),
    },
    "sigma": {
        "as it stands": "it stays where it is",
        "a sentence": "It stays where it is.",
        "a beginning": "it stays",
        "no article": "stays where it is",
        "an array": np.array("it stays where it is"),
    },
    "categorical_nll": {
        "a loop": lambda p, k: sum(-math.log(row[c]) for row, c in zip(p, k, strict=True)) / len(k),
        "take_along_axis": lambda p, k: -np.log(np.take_along_axis(p, k[:, None], axis=1)).mean(),
        "a mask": lambda p, k: -np.log(p[np.arange(p.shape[1]) == k[:, None]]).mean(),
        "one-hot before the log": lambda p, k: -np.mean(np.log(np.sum(one_hot(p, k) * p, axis=1))),
        "where": lambda p, k: -np.mean(np.sum(np.log(np.where(one_hot(p, k) == 1, p, 1)), axis=1)),
        "the library": losses.sparse_categorical_cross_entropy,
        "float32": lambda p, k: np.float32(likelihood.categorical_nll(p, k)),
    },
}

HARMLESS = {
    "best_theta": {
        # a share lies from 0 to 1
        *(
            "clipped to 0 … inf",
            "clipped to -1 … 1",
            "clipped to 0 … 1",
            "clipped to -10 … 10",
            "clipped to -100 … 100",
        ),
        "without its sign",
        "the examples sorted",  # a share does not know the order
        "tosses sorted",
        # a toss is 0 or 1
        *(
            f"tosses {change}"
            for change in ("without its sign", "rounded", "rounded to 1 digit", "with 0 for negative")
        ),
        *(f"tosses {change}" for change in ("at most 1", "clipped to ±10", "with 0 for small")),
    },
    "gaussian_nll": {
        "the examples sorted",  # a mean does not know the order; each target stays with its prediction
        # a standard deviation is above 0
        *(f"sigma {change}" for change in ("without its sign", "with 0 for negative", "with 1e-7 for 0")),
    },
    "best_sigma": {
        "clipped to 0 … inf",  # a root is never below 0
        "without its sign",
        "the examples sorted",  # a mean does not know the order
        "residual sorted",
        "residual without its sign",  # squares
    },
    "categorical_nll": {
        "clipped to 0 … inf",  # −log of a probability is never below 0
        "without its sign",
        "the examples sorted",  # a mean does not know the order; each label stays with its row
        # a probability lies from 0 to 1, and that of the class that came is above 0
        *(f"probability {change}" for change in ("without its sign", "with 0 for negative", "at most 1")),
        *("probability clipped to ±10", "probability with 1e-7 for 0"),
        # a label is 0, 1, 2, …
        *(f"label {change}" for change in ("without its sign", "rounded", "rounded to 1 digit", "with 0 for negative")),
        "label with 0 for small",
    },
}
