"""Near misses and right answers to the exercises of the lesson, by hand; and harmless changes of its references."""

import math

import numpy as np
from scipy import special

from lossviz import losses

# ---------------------------------------------------------------------- binary cross-entropy


def truth(p, y):
    return np.where(y == 1, p, 1 - p)


def formula(p, y):
    return y * np.log(p) + (1 - y) * np.log(1 - p)


def writes_into_p(p, y):
    p[p == 0] = 1e-15
    p[p == 1] = 1 - 1e-15
    return -np.mean(formula(p, y))


def clips_p_itself(p, y):
    np.clip(p, 1e-300, 1, out=p)
    return -np.mean(special.xlogy(y, p) + special.xlog1py(1 - y, -p))


def sure_ones_are_free(p, y):
    costs = [0 if a > 0.999 or a < 0.001 else -np.log(a if t else 1 - a) for a, t in zip(p, y, strict=True)]
    return sum(costs) / len(y)


def bce_returns_in_the_loop(p, y):
    nats = 0
    for a, t in zip(p, y, strict=True):
        nats -= np.log(a) if t == 1 else np.log(1 - a)
        return nats / len(p)


def bce_loop(p, y):
    nats = 0
    for a, t in zip(p, y, strict=True):
        nats -= math.log(a) if t == 1 else math.log(1 - a)
    return nats / len(p)


def only_inexact(p, y):
    kept = (p > 0) & (p < 1)
    return -np.sum(formula(p[kept], y[kept])) / np.count_nonzero(kept)


def terms_without_nan(p, y):
    return -np.mean(np.nan_to_num(y * np.log(p), nan=0) + np.nan_to_num((1 - y) * np.log(1 - p), nan=0))


# ---------------------------------------------------------------------- softmax


def shares(powers):
    return powers / powers.sum(axis=1, keepdims=True)


def softmax(s):
    return special.softmax(s, axis=1)


def like_s(s):
    table = np.zeros_like(s)
    for row, scores in zip(table, s, strict=True):
        row[:] = special.softmax(scores)
    return table


def in_place(s):
    s -= s.max(axis=1, keepdims=True)
    return shares(np.exp(s))


def only_one_row(s):
    for row in s:
        return special.softmax(row)


def without_the_last_row(s):
    table = np.zeros(s.shape)
    for i in range(len(s) - 1):
        table[i] = special.softmax(s[i])
    return table


def two_dimensions_lost(s):
    return special.softmax(s, axis=1).ravel()


def rows_as_lists(s):
    table = []
    for row in s.tolist():
        powers = [math.exp(score - max(row)) for score in row]
        table.append([power / sum(powers) for power in powers])
    return table


# ---------------------------------------------------------------------- hinge


def margin(s, label):
    return (2 * label - 1) * s


def writes_into_label(s, label):
    label[label == 0] = -1
    return np.mean(np.maximum(0, 1 - label * s))


def of_four(s, label):
    return np.maximum(0, 1 - margin(s, label)).sum() / 4


def hinge_loop(s, label):
    total = 0
    for score, one in zip(s, label, strict=True):
        total += max(0, 1 - score) if one else max(0, 1 + score)
    return total / len(s)


def of_both_classes(s, label):
    up, down = s[label == 1], s[label == 0]
    return (np.maximum(0, 1 - up).sum() + np.maximum(0, 1 + down).sum()) / len(s)


NEAR_MISSES = {
    "no_probability": {
        "sigma": ("sigma(z)", "sigmoid"),
        "an ordinary minus": ("1 - sigma(z)", "the other class"),
        "no blanks": ("(1+tanh(z))/2", "shifted"),
        "two of them": "tanh(z) and σ(z)",
        "a number": np.tanh(-1),
        "another function": "tan(z)",
        "none": "none",
    },
    "two_classes": {
        "turned round": (2 - 5, "the other way round"),
        "sum": (5 + 2, "sum"),
        "mean": ((5 + 2) / 2, "mean"),
        "own": (5, "own score alone"),
        "other": (2, "the other score alone"),
        "quotient": (5 / 2, "quotient"),
        "logarithm of the quotient": (np.log(5 / 2), "quotient"),
        "share": (5 / 7, "share"),
        "product": (10, "product"),
        "half": (1.5, "half or double"),
        "double, as in tanh": (6, "half or double"),
        "probability": (losses.softmax([2.0, 5.0])[1], "probability"),
        "its logarithm": (losses.softmax_cross_entropy([2.0, 5.0], 1), "logarithm of the probability"),
        "odds": (np.exp(3), "odds"),
        "base 2": (3 / np.log(2), "bits"),
        "both": ((2, 5), ""),
        "text": ("three", ""),
    },
    "bce": {
        "the formula": (lambda p, y: -np.mean(formula(p, y)), "0 log 0"),
        "care at 0": (
            lambda p, y: -np.mean(y * np.log(np.where(p == 0, 1, p)) + (1 - y) * np.log(1 - p)),
            "0 log 0 at p = 1",
        ),
        "care at 1": (
            lambda p, y: -np.mean(y * np.log(p) + (1 - y) * np.log(np.where(p == 1, 1, 1 - p))),
            "0 log 0 at p = 0",
        ),
        "sum": (lambda p, y: -np.log(truth(p, y)).sum(), "sum"),
        "no minus": (lambda p, y: np.log(truth(p, y)).mean(), "no minus"),
        "bits": (lambda p, y: -np.log2(truth(p, y)).mean(), "bits"),
        "parentheses, with care": (
            lambda p, y: -np.mean(special.xlogy(y, p)) + np.mean(special.xlog1py(1 - y, -p)),
            "parentheses",
        ),
        "only the ones, with care": (lambda p, y: -np.mean(special.xlogy(y, p)), "only the ones"),
        "only the zeros": (lambda p, y: -np.mean(special.xlog1py(1 - y, -p)), "only the zeros"),
        "1e-15 in the argument": writes_into_p,
        "1e-300 in the argument": clips_p_itself,
        "clipped at 1e-7": (lambda p, y: -np.mean(formula(*(np.clip(p, 1e-7, 1 - 1e-7), y))), "small number"),
        "clipped at 1e-15": (lambda p, y: -np.mean(np.log(np.maximum(truth(p, y), 1e-15))), "small number"),
        "1e-7 added": (lambda p, y: -np.mean(np.log(truth(p, y) + 1e-7)), "small number"),
        "capped at 100": (lambda p, y: np.mean(np.minimum(100, -np.log(truth(p, y)))), "capped"),
        "nanmean without the exact": (only_inexact, "exact predictions left out of the mean"),
        "NaN turned into 0, too late": (lambda p, y: np.nan_to_num(-np.mean(formula(p, y))), "NaN turned into 0"),
        "distance": (lambda p, y: -np.mean(np.log(1 - np.abs(y - p))), "distance to 1"),
        "product": (lambda p, y: -np.log(np.prod(truth(p, y))) / len(y), "logarithm of the product"),
        "mean first": (lambda p, y: -np.log(np.mean(truth(p, y))), "logarithm of the mean"),
        "places": (lambda p, y: -np.mean(np.log(p[y])), "labels as places"),
        "a score": (losses.sigmoid_cross_entropy, "sigmoid again"),
        "each loss": (lambda p, y: -np.log(truth(p, y)), "one by one"),
        "sure predictions are free": sure_ones_are_free,
        "return in the loop": (bce_returns_in_the_loop, "return in loop"),
        "divided by the ones": (lambda p, y: -np.log(truth(p, y)).sum() / max(1, y.sum()), "divided by the ones"),
    },
    "softmax": {
        "no shift": (lambda s: shares(np.exp(s)), "not shifted"),
        "mean taken off": (lambda s: shares(np.exp(s - s.mean(axis=1, keepdims=True))), "another shift"),
        "smallest taken off": (lambda s: shares(np.exp(s - s.min(axis=1, keepdims=True))), "another shift"),
        "first column taken off": (lambda s: shares(np.exp(s - s[:, :1])), "another shift"),
        "wider floats": lambda s: shares(np.exp(s.astype(np.longdouble))).astype(float),
        "largest size": (
            lambda s: shares(np.exp(s - np.abs(s).max(axis=1, keepdims=True))),
            "largest size taken off",
        ),
        "one maximum": (lambda s: shares(np.exp(s - s.max())), "one maximum for all"),
        "only where large": (
            lambda s: softmax(s) if s.max() > 700 else shares(np.exp(s)),
            "shifted only where large",
        ),
        "clipped": (lambda s: shares(np.exp(np.clip(s, -500, 500))), "clipped"),
        "NaN replaced": (lambda s: np.nan_to_num(shares(np.exp(s))), "NaN replaced"),
        "columns": (lambda s: special.softmax(s, axis=0), "wrong axis"),
        "the whole table": (special.softmax, "over the whole table"),
        "no sum": (lambda s: np.exp(s - s.max(axis=1, keepdims=True)), "not normalised"),
        "a table of integers": (like_s, "an integer table"),
        "in place": in_place,
        "one row": (only_one_row, "return in loop"),
        "the last row is missing": without_the_last_row,
        "1e-4 below the bar": lambda s: softmax(s) / (1 + 1e-4),
        "three columns": lambda s: np.exp(s) / np.exp(s[:, :3]).sum(axis=1, keepdims=True),
        "log-softmax": (lambda s: special.log_softmax(s, axis=1), "logarithm, by log-sum-exp"),
        "one-hot": (lambda s: np.eye(s.shape[1])[s.argmax(axis=1)], "only the largest"),
        "sigmoids": (special.expit, "sigmoids"),
        "flat": (two_dimensions_lost, "shape"),
        "keepdims forgotten": lambda s: np.exp(s - s.max(axis=1)),
        "sorted rows": (lambda s: softmax(np.sort(s, axis=1)), "another order"),
    },
    "hinge": {
        "labels as they are": (lambda s, label: np.maximum(0, 1 - label * s).mean(), "targets 0 and 1"),
        "label − 1": (lambda s, label: np.maximum(0, 1 - (label - 1) * s).mean(), "labels converted wrongly"),
        "2 label": (lambda s, label: np.maximum(0, 1 - 2 * label * s).mean(), "labels converted wrongly"),
        "brackets": (lambda s, label: np.maximum(0, 1 - 2 * (label - 1) * s).mean(), "labels converted wrongly"),
        "classes exchanged": (lambda s, label: np.maximum(0, 1 - (1 - 2 * label) * s).mean(), "sign"),
        "no max": (lambda s, label: np.mean(1 - margin(s, label)), "no max"),
        "no margin": (lambda s, label: np.maximum(0, -margin(s, label)).mean(), "no 1"),
        "sum": (lambda s, label: np.maximum(0, 1 - margin(s, label)).sum(), "sum"),
        "mean first": (lambda s, label: max(0, 1 - margin(s, label).mean()), "max of the mean"),
        "squared": (lambda s, label: np.mean(np.maximum(0, 1 - margin(s, label)) ** 2), "squared"),
        "each": (lambda s, label: np.maximum(0, 1 - margin(s, label)), "one by one"),
        "one class": (lambda s, label: np.mean(np.where(label == 0, np.maximum(0, 1 + s), 0)), "one class left out"),
        "those that pay": (
            lambda s, label: np.sum(np.maximum(0, 1 - margin(s, label))) / np.sum(margin(s, label) < 1),
            "mean over those that pay",
        ),
        "capped": (lambda s, label: np.clip(1 - margin(s, label), 0, 5).mean(), "capped"),
        "mistakes alone": (
            lambda s, label: np.where(margin(s, label) < 0, 1 - margin(s, label), 0).mean(),
            "only mistakes pay",
        ),
        "in the argument": writes_into_label,
        "four points": of_four,
        "logistic": (lambda s, label: np.logaddexp(0, -margin(s, label)).mean(), "logistic"),
        "halved": (lambda s, label: np.maximum(0, 1 - margin(s, label)).mean() / 2, "factor"),
        "a margin of ½": lambda s, label: np.maximum(0, 0.5 - margin(s, label)).mean(),
        "all pairs": (
            lambda s, label: np.maximum(0, 1 - np.outer(2 * label - 1, s)).mean(),
            "each score with each label",
        ),
        "Python's max": lambda s, label: np.mean(max(0, 1 - margin(s, label))),
    },
}

RIGHT = {
    "no_probability": {"text": "tanh(z)", "capitals": "Tanh(z)", "no brackets": "tanh z", "quoted": '"tanh(z)".'},
    "two_classes": {
        "whole": 3,
        "difference": 5 - 2,
        "log-odds": float(special.logit(losses.softmax([2.0, 5.0])[1])),
        "quotient of powers": np.log(np.exp(5) / np.exp(2)),
        "one entry": [3],
        "0-d": np.array(3.0),
    },
    "bce": {
        "a loop": bce_loop,
        "the library": losses.binary_cross_entropy,
        "xlogy": lambda p, y: -np.mean(special.xlogy(y, p) + special.xlog1py(1 - y, -p)),
        "powers": lambda p, y: -np.mean(np.log(p**y * (1 - p) ** (1 - y))),
        "each term without NaN": terms_without_nan,
        "a mixture": lambda p, y: np.average(-np.log(y * p + (1 - y) * (1 - p))),
        "columns": lambda p, y: -np.mean(np.log(np.column_stack([1 - p, p])[np.arange(len(y)), y])),
        "two groups": lambda p, y: -(np.log(p[y == 1]).sum() + np.log1p(-p[y == 0]).sum()) / len(p),
        "float32": lambda p, y: -np.mean(np.log(truth(p.astype("f4"), y))),
    },
    "softmax": {
        "SciPy": softmax,
        "SciPy, float32": lambda s: special.softmax(s.astype("f4"), axis=1),
        "the library": losses.softmax,
        "lists": rows_as_lists,
        "log-sum-exp": lambda s: np.exp(s - special.logsumexp(s, axis=1, keepdims=True)),
        "turned": lambda s: special.softmax(s.T, axis=0).T,
        "differences": lambda s: 1 / np.exp(s[:, None, :] - s[:, :, None]).sum(axis=2),
        "a tuple of rows": lambda s: tuple(map(special.softmax, s)),
    },
    "hinge": {
        "a loop": hinge_loop,
        "the library": lambda s, label: losses.hinge(s, 2 * label - 1),
        "where": lambda s, label: np.where(margin(s, label) < 1, 1 - margin(s, label), 0).mean(),
        "clip": lambda s, label: np.clip(1 - margin(s, label), 0, None).mean(),
        "x plus |x|": lambda s, label: np.mean(1 - margin(s, label) + np.abs(1 - margin(s, label))) / 2,
        "both classes": of_both_classes,
        "one entry": lambda s, label: [np.average(np.maximum(0, 1 - np.where(label, s, -s)))],
        "float32": lambda s, label: np.maximum(0, 1 - margin(s.astype("f4"), label)).mean(),
    },
}

_SUMS = {"clipped to 0 … inf", "without its sign", "the examples sorted"}  # none is negative; a mean has no order
_LABELS = {
    "without its sign",
    "rounded",
    "rounded to 1 digit",
    "with 0 for negative",
    "at most 1",
    "clipped to ±10",
    "with 0 for small",
}  # they are 0 and 1

HARMLESS = {
    "bce": {
        *_SUMS,
        *(f"p {change}" for change in ("without its sign", "with 0 for negative", "at most 1", "clipped to ±10")),
        *(f"y {change}" for change in _LABELS),
        "y with 1e-7 for 0",  # what is not 1 is class 0
    },
    "softmax": {
        # probabilities lie in 0 … 1
        *(f"clipped to {reach}" for reach in ("0 … inf", "-1 … 1", "0 … 1", "-10 … 10", "-100 … 100")),
        "without its sign",
        "s plus a hair",  # one constant for all scores
    },
    "hinge": {
        *_SUMS,
        *(f"label {change}" for change in _LABELS),
    },
}
