"""Near misses and right answers to the exercises of the lesson, by hand; and harmless changes of its references."""

import math

import numpy as np

from lossviz import losses


def sigma(z):
    return 1 / (1 + np.exp(-z))


# ---------------------------------------------------------------------- the slope of the sigmoid


def first_entry(z):
    for each in z:
        return [sigma(each) * (1 - sigma(each))]


def by_mirror(z):
    return sigma(z) * sigma(-z)


def one_by_one(z):
    values = [0.5 * (1 + math.tanh(each / 2)) for each in z]
    return [p - p * p for p in values]


# ---------------------------------------------------------------------- the gradient of a neuron


def by_links(w, b, x, y):
    p = sigma(w * x + b)
    return (p - y) / (p * (1 - p)) * p * (1 - p) * x


def by_two_fractions(w, b, x, y):
    p = sigma(w * x + b)
    return (-y / p + (1 - y) / (1 - p)) * p * (1 - p) * x


def two_branches(w, b, x, y):
    z = w * x + b
    return -x / (1 + np.exp(z)) if y else x / (1 + np.exp(-z))


# ---------------------------------------------------------------------- one layer back


def bounds_exchanged(slope, weights, h):
    units, after = range(slope.shape[1]), range(h.shape[1])
    return np.array([[sum(row[o] * weights[i, o] for o in after) * v[i] * (1 - v[i]) for i in units]
                     for row, v in zip(slope, h, strict=True)])  # fmt: skip


def shape_of_the_weights(slope, weights, h):
    found = np.zeros((len(h), weights.shape[1]))
    for n in range(len(h)):
        found[n] = weights @ slope[n] * h[n] * (1 - h[n])
    return found


def without_the_last(slope, weights, h):
    found = (slope @ weights.T) * h * (1 - h)
    found[-1] = 0
    return found


def in_place(slope, weights, h):
    h *= 1 - h
    return (slope @ weights.T) * h


def in_loops(slope, weights, h):
    found = np.zeros_like(h)
    for n, i in np.ndindex(*h.shape):
        found[n, i] = sum(s * w for s, w in zip(slope[n], weights[i], strict=True)) * h[n, i] * (1 - h[n, i])
    return found


def with_their_factor(factor):
    return lambda slope, weights, h: (slope @ weights.T) * factor(h)


NEAR_MISSES = {
    "sigmoid_slope": {
        "value": (sigma, "the value"),
        "square forgotten": (lambda z: np.exp(-z) / (1 + np.exp(-z)), "square forgotten"),
        "all squared": (lambda z: (np.exp(-z) / (1 + np.exp(-z))) ** 2, "all squared"),
        "minus": (lambda z: sigma(z) * (sigma(z) - 1), "minus lost"),
        "plus": (lambda z: sigma(z) * (1 + sigma(z)), "plus for minus"),
        "brackets": (lambda z: sigma(z) * 1 - sigma(z), "no brackets round 1 − σ"),
        "brackets below": (lambda z: (1 / 1 + np.exp(-z)) * (1 - (1 / 1 + np.exp(-z))), "no brackets below the line"),
        "tanh": (lambda z: 1 - np.tanh(z) ** 2, "tanh's slope"),
        "z": (lambda z: z * (1 - z), "z for σ(z)"),
        "mixed": (lambda z: sigma(z) * (1 - z), "σ twice"),
        "measured": (lambda z: (sigma(z + 0.01) - sigma(z)) / 0.01, "a large step"),
        "one entry": (first_entry, "return in loop"),
        "one number": (lambda z: np.dot(sigma(z), 1 - sigma(z)), "added up"),
        "half": (lambda z: sigma(z) * (1 - sigma(z)) / 2, "factor"),
        "far out 0": lambda z: np.where(np.abs(z) > 10, 0, by_mirror(z)),
        "cut": lambda z: by_mirror(np.clip(z, -12, 12)),
        "right half": lambda z: by_mirror(z) * (z > 0),
        "bell": lambda z: 0.25 * np.exp(-(z**2) / 4),
        "math": lambda z: math.exp(-z) / (1 + math.exp(-z)) ** 2,
    },
    "bce_gradient": {
        "extra": (lambda w, b, x, y: (sigma(w * x + b) - y) * by_mirror(w * x + b) * x, "an extra σ′"),
        "MSE": (lambda w, b, x, y: 2 * (sigma(w * x + b) - y) * by_mirror(w * x + b) * x, "MSE's gradient"),
        "y − p": (lambda w, b, x, y: (y - sigma(w * x + b)) * x, "y − p"),
        "no x": (lambda w, b, x, y: sigma(w * x + b) - y, "forgot x"),
        "w": (lambda w, b, x, y: (sigma(w * x + b) - y) * w, "w for x"),
        "no bias": (lambda w, b, x, y: (sigma(w * x) - y) * x, "bias forgotten"),
        "minus": (lambda w, b, x, y: (1 / (1 + np.exp(-w * x + b)) - y) * x, "the minus on wx alone"),
        "no minus": (lambda w, b, x, y: (1 / (1 + np.exp(w * x + b)) - y) * x, "sign in the exponent"),
        "brackets": (lambda w, b, x, y: sigma(w * x + b) - y * x, "no brackets round the error"),
        "links": (by_links, "0 in a denominator"),
        "two fractions": (by_two_fractions, "0 in a denominator"),
        "size of x": (lambda w, b, x, y: (sigma(w * x + b) - y) * abs(x), "size of x"),
        "decision": (lambda w, b, x, y: ((w * x + b > 0) - y) * x, "the decision for p"),
        "loss": (lambda w, b, x, y: losses.sigmoid_cross_entropy([w * x + b], [y]), "the loss"),
        "no target": (lambda w, b, x, y: sigma(w * x + b) * x, "the target left out"),
        "both": (lambda w, b, x, y: ((sigma(w * x + b) - y) * x, sigma(w * x + b) - y), "one of several"),
        "clipped": (
            lambda w, b, x, y: (np.clip(sigma(w * x + b), 1e-7, 1 - 1e-7) - y) * x,
            "p kept away from 0 and 1",
        ),
        "z clipped": lambda w, b, x, y: (sigma(np.clip(w * x + b, -12, 12)) - y) * x,
        "rounded": lambda w, b, x, y: round((sigma(w * x + b) - y) * x, 5),
        "a step": lambda w, b, x, y: w - 0.1 * (sigma(w * x + b) - y) * x,
    },
    "slope_before": {
        "no factor": (with_their_factor(np.ones_like), "no σ′"),
        "ReLU": (with_their_factor(lambda h: h > 0), "no σ′"),
        "reshaped": (lambda s, w, h: (s @ w.reshape(w.shape[::-1])) * h * (1 - h), "not turned over"),
        "not transposed": (lambda s, w, h: (s @ w) * h * (1 - h), "not turned over"),
        "σ again": (with_their_factor(lambda h: by_mirror(h)), "σ′ of the value"),
        "h": (with_their_factor(lambda h: h), "times h"),
        "1 − h": (with_their_factor(lambda h: 1 - h), "times 1 − h"),
        "minus": (with_their_factor(lambda h: h * (h - 1)), "sign"),
        "brackets": (lambda s, w, h: s @ w.T * h - h**2, "no brackets round 1 − h"),
        "tanh": (with_their_factor(lambda h: 1 - h * h), "tanh's slope"),
        "factor first": (lambda s, w, h: (s * h * (1 - h)) @ w.T, "σ′ on the wrong side"),
        "no weights": (lambda s, w, h: s * h * (1 - h), "without the weights"),
        "first unit": (lambda s, w, h: s[:, :1] * w[:, 0] * h * (1 - h), "one unit after it"),
        "weights' gradient": (lambda s, w, h: h.T @ s, "the weights' gradient"),
        "summed": (lambda s, w, h: ((s @ w.T) * h * (1 - h)).sum(axis=0), "the biases' gradient"),
        "mean": (lambda s, w, h: (s @ w.T) * h * (1 - h) / len(s), "divided by N again"),
        "on its side": (lambda s, w, h: w @ s.T * (h * (1 - h)).T, "transposed"),
        "negative cut": (lambda s, w, h: np.maximum(s @ w.T, 0) * h * (1 - h), "floored at 0"),
        "loop bounds": bounds_exchanged,
        "shape of the weights": shape_of_the_weights,
        "last row": without_the_last,
        "in place": in_place,
        "entry by entry": lambda s, w, h: s * w.T * h * (1 - h),
    },
    "layers": {
        "down": (9, "one too few"),
        "up again": (11, "one too many"),
        "half": (20, "½ a layer"),
        "tenths": (6, "a tenth a layer"),
        "natural logarithm": (np.ceil(np.log(1e6)), "natural logarithm"),
        "not rounded": (np.log(1e6) / np.log(4), "not whole"),
        "two decimals": (9.97, "not whole"),
        "once": (1e6 / 4, "divided once"),
        "fourth root": (1e6**0.25, "the fourth root"),
        "turned": (np.log(4) / np.log(1e6), "upside down"),
        "left": (0.25**10, "what is left"),
        "negative": (-10, "negative"),
        "four": 4,
        "two numbers": [9, 10],
    },
}

RIGHT = {
    "sigmoid_slope": {
        "p (1 − p)": lambda z: sigma(z) * (1 - sigma(z)),
        "line 2": lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2,
        "mirror": by_mirror,
        "tanh": lambda z: (1 - np.tanh(z / 2) ** 2) / 4,
        "cosh": lambda z: 1 / (4 * np.cosh(z / 2) ** 2),
        "one by one": one_by_one,
        "float32": lambda z: sigma(z.astype(np.float32)) * (1 - sigma(z.astype(np.float32))),
    },
    "bce_gradient": {
        "error times input": lambda w, b, x, y: (sigma(w * x + b) - y) * x,
        "two branches": two_branches,
        "library": lambda w, b, x, y: losses.sigmoid_cross_entropy.gradient([w * x + b], [y]) * x,
        "tanh": lambda w, b, x, y: x * (0.5 + 0.5 * np.tanh((w * x + b) / 2) - y),
        "math": lambda w, b, x, y: x / (1 + math.exp(-(w * x + b))) - x * y,
        "float32": lambda w, b, x, y: np.float32((sigma(np.float32(w * x + b)) - y) * x),
    },
    "slope_before": {
        "product": lambda s, w, h: (s @ w.T) * h * (1 - h),
        "other order": lambda s, w, h: (h - h**2) * np.dot(s, w.T),
        "einsum": lambda s, w, h: np.einsum("no,io->ni", s, w) * h * (1 - h),
        "loops": in_loops,
        "transposed twice": lambda s, w, h: (w @ s.T).T * h * (1 - h),
        "lists": lambda s, w, h: [list(w @ a * v * (1 - v)) for a, v in zip(s, h, strict=True)],
        "broadcast": lambda s, w, h: (s[:, None, :] * w).sum(axis=2) * h * (1 - h),
        "float32": lambda s, w, h: (np.float32(s) @ np.float32(w).T) * np.float32(h * (1 - h)),
    },
    "layers": {
        "int": 10,
        "float": 10.0,
        "ceil": np.ceil(np.log(1e6) / np.log(4)),
        "counted": next(n for n in range(99) if 0.25**n < 1e-6),
        "one entry": [10],
    },
}

HARMLESS = {
    "sigmoid_slope": {
        "clipped to 0 … inf",  # the slope lies between 0 and ¼
        "clipped to -1 … 1",  # the same
        "clipped to 0 … 1",  # the same
        "clipped to -10 … 10",  # the same
        "clipped to -100 … 100",  # the same
        "without its sign",  # the same
        "z without its sign",  # the slope is the same on both sides of 0
        "z with 1e-7 for 0",  # the slope is largest at 0: 1e-7 beside it, it is the same to 15 digits
    },
    "bce_gradient": {
        "y without its sign",  # y is 0 or 1
        "y rounded",  # the same
        "y rounded to 1 digit",  # the same
        "y with 0 for negative",  # the same
        "y at most 1",  # the same
        "y clipped to ±10",  # the same
        "y with 0 for small",  # the same
    },
    "slope_before": {
        "h without its sign",  # a sigmoid's value lies between 0 and 1
        "h with 0 for negative",  # the same
        "h at most 1",  # the same
        "h clipped to ±10",  # the same
        "h with 1e-7 for 0",  # no sigmoid gives exactly 0
    },
}
