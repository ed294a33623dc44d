"""Near misses and right answers to the exercises of lesson 05, by hand; and harmless changes of its references."""

import math

import numpy as np

from lossviz import losses


def short(s, y, margin):
    """How far each class is over the margin, the true class included; negative where it is not."""
    return s - s[y] + margin


def wrong(s, y):
    return [j for j in range(len(s)) if j != y]


def softmax(s):
    powers = np.exp(s - np.max(s))
    return powers / powers.sum()


def integer_terms(s, y, margin):
    terms = np.zeros_like(s)
    for j in wrong(s, y):
        terms[j] = max(0, s[j] - s[y] + margin)
    return terms.sum()


def first_turn_only(s, y, margin):
    loss = 0
    for j in range(len(s)):
        if j == y:
            continue
        loss += max(0, s[j] - s[y] + margin)
        return loss
    return loss


def only_the_last_image(scores, labels):
    for s, y in zip(scores, labels, strict=True):
        total = np.maximum(0, np.delete(short(s, y, 1), y)).sum()
    return total / len(labels)


def of_each(scores, labels):
    return losses.multiclass_hinge.per_example(scores, labels)


NEAR_MISSES = {
    "hinge": {
        "the true class counted": (lambda s, y, d: np.maximum(0, short(s, y, d)).sum(), "true class counted"),
        "1 taken off for the true class": (lambda s, y, d: np.maximum(0, short(s, y, d)).sum() - 1, "1 taken off"),
        "another class is level": (
            lambda s, y, d: sum(max(0, each - s[y] + d) for each in s if each != s[y]),
            "equal scores left out",
        ),
        "a set of scores": (
            lambda s, y, d: sum(max(0, each - s[y] + d) for each in set(np.delete(s, y).tolist())),
            "equal scores counted once",
        ),
        "Δ after the max": (
            lambda s, y, d: sum(max(0, s[j] - s[y]) + d for j in wrong(s, y)),
            "margin outside the max",
        ),
        "who is ahead": (
            lambda s, y, d: sum(s[j] - s[y] + d for j in wrong(s, y) if s[j] > s[y]),
            "only classes above the true one",
        ),
        "range(3)": (
            lambda s, y, d: sum(max(0, s[j] - s[y] + d) for j in range(min(3, len(s))) if j != y),
            "always three classes",
        ),
        "range(len − 1)": (
            lambda s, y, d: sum(max(0, s[j] - s[y] + d) for j in range(len(s) - 1) if j != y),
            "last class left out",
        ),
        "terms in an array of integers": (integer_terms, "cut to whole numbers"),
        "the best class left out": (
            lambda s, y, d: np.delete(np.maximum(0, short(s, y, d)), s.argmax()).sum(),
            "highest class left out",
        ),
        "return in the loop": (first_turn_only, "return in loop"),
        "the terms": (lambda s, y, d: np.delete(np.maximum(0, short(s, y, d)), y)),
        "squared": (lambda s, y, d: np.sum(np.maximum(0, np.delete(short(s, y, d), y)) ** 2), "squared"),
        "one decimal": lambda s, y, d: round(float(losses.multiclass_hinge(s, y, margin=d)), 1),
        "class 0 is true": (lambda s, y, d: losses.multiclass_hinge(s, 0, margin=d), "fixed argument"),
        "at most 100 for a class": lambda s, y, d: np.clip(np.delete(short(s, y, d), y), 0, 100).sum(),
        "the two worst": lambda s, y, d: np.sort(np.maximum(0, np.delete(short(s, y, d), y)))[-2:].sum(),
    },
    "mean_hinge": {
        "divided by the classes": (lambda s, y: of_each(s, y).sum() / len(s[0]), "divided by the number of classes"),
        "divided by 3": (lambda s, y: of_each(s, y).sum() / 3, "divided by 3"),
        "divided by the labels that occur": (
            lambda s, y: of_each(s, y).sum() / len(np.unique(y)),
            "divided by the number of different labels",
        ),
        "N − 1": (lambda s, y: of_each(s, y).sum() / (len(y) - 1), "factor N/(N − 1)"),
        "who has a loss": (
            lambda s, y: of_each(s, y).sum() / max(1, (of_each(s, y) > 0).sum()),
            "only images with a loss",
        ),
        "not averaged": (of_each, "not averaged"),
        "the last image": (only_the_last_image, "not added up"),
        "the first three": lambda s, y: losses.multiclass_hinge(s[:3], y[:3]),
        "the first twenty": lambda s, y: of_each(s[:20], y[:20]).sum() / len(y),
        "labels in order": lambda s, y: losses.multiclass_hinge(s, np.sort(y)),
        "the classes' means": lambda s, y: np.mean([of_each(s[y == c], y[y == c]).mean() for c in np.unique(y)]),
        "highest class": lambda s, y: losses.multiclass_hinge(s, s.argmax(axis=1)),
        "floor division": (lambda s, y: of_each(s, y).sum() // len(y), "rounded down"),
        "softmax": (losses.softmax_cross_entropy, "cross-entropy"),
        "margin 2": lambda s, y: losses.multiclass_hinge(s, y, margin=2.0),
    },
    "cross_entropy": {
        "exp of 1000": (lambda s, y: np.log(np.exp(s).sum()) - s[y], "unshifted sum"),
        "inf / inf": (lambda s, y: -np.log(np.exp(s[y]) / np.exp(s).sum()), "unshifted"),
        "log of 0": (lambda s, y: -np.log(softmax(s)[y]), "rounded to 0"),
        "1e-12 added": (lambda s, y: -np.log(softmax(s)[y] + 1e-12), "floor of 1e-12"),
        "clipped": (lambda s, y: -math.log(np.clip(softmax(s)[y], 1e-15, 1 - 1e-15)), "floor of 1e-15"),
        "the smallest float added": lambda s, y: -np.log(softmax(s)[y] + np.finfo(float).tiny),
        "the mean subtracted": (lambda s, y: np.log(np.exp(s - s.mean()).sum()) - (s[y] - s.mean()), "mean subtracted"),
        "the size subtracted": (
            lambda s, y: abs(s).max() + np.log(np.exp(s - abs(s).max()).sum()) - s[y],
            "largest size subtracted",
        ),
        "the true score subtracted": (lambda s, y: np.log(np.exp(s - s[y]).sum()), "true score subtracted"),
        "shifted in the sum": (lambda s, y: np.log(np.exp(s - s.max()).sum()) - s[y], "only the sum shifted"),
        "bits": (lambda s, y: losses.softmax_cross_entropy(s, y) / math.log(2), "log2"),
        "the minus": (lambda s, y: -losses.softmax_cross_entropy(s, y), "no minus"),
        "at most 100": (lambda s, y: min(100, losses.softmax_cross_entropy(s, y)), "loss cut off"),
        "scores within ±700": (lambda s, y: losses.softmax_cross_entropy(np.clip(s, -700, 700), y), "scores cut off"),
        "three classes": lambda s, y: losses.softmax_cross_entropy(s[:3], min(y, 2)),
        "two digits": lambda s, y: round(float(losses.softmax_cross_entropy(s, y)), 2),
        "each class": (lambda s, y: np.log(np.exp(s - s.max()).sum()) - (s - s.max()), "one of several"),
        "1 / p": (lambda s, y: 1 / softmax(s)[y], "exponential"),
    },
    "fresh_network": {
        "hinge": (99, "hinge"),
        "log10": (np.log10(100), "log10"),
        "bits": (6.64, "log2"),
        "minus": (np.log(0.01), "sign"),
        "p": (1 / 100, "probability"),
        "−log (1 − p)": (-np.log(0.99), "probability"),
        "ten": (np.log(10), "ten classes"),
        "99 wrong ones": (np.log(99), "wrong classes"),
        "a sum": (100 * np.log(100), "all classes added"),
        "too coarse": (5, "rounded"),
        "a little less": 4.59,
        "a little more": 4.62,
        "in quotation marks": "4.605",
        "several": [4.6, 4.7],
    },
    "which_weights": {
        "no blanks": ("1,0,0,0", "fewest weights"),
        "as an array": (np.array([0.5, 0.5, 0, 0]), "half way"),
        "true minus": ("2, −1, 0, 0", "signs cancel"),
        "no zeros in front": (".5, .5, 0, 0", "half way"),
        "another score": "0.5, 0.5, 0.5, 0.5",
        "none of them": "0, 0, 0, 0",
        "a name": "w2",
        "two": "1, 0, 0, 0 or 0.25, 0.25, 0.25, 0.25",
    },
}

RIGHT = {
    "hinge": {
        "a loop": lambda s, y, d: sum(max(0, s[j] - s[y] + d) for j in range(len(s)) if j != y),
        "taken off again": lambda s, y, d: np.maximum(0, s - s[y] + d).sum() - d,
        "deleted": lambda s, y, d: np.maximum(0, np.delete(s, y) - s[y] + d).sum(),
        "a mask": lambda s, y, d: np.sum((short(s, y, d) * (np.arange(len(s)) != y)).clip(min=0)),
        "an edge": lambda s, y, d: sum(float(s[j]) - (s[y] - d) for j in wrong(s, y) if s[j] > s[y] - d),
        "the library": lambda s, y, d: losses.multiclass_hinge(s, y, margin=d),
        "float32": lambda s, y, d: np.maximum(0, np.delete(np.float32(s) - np.float32(s[y]), y) + np.float32(d)).sum(),
        "one entry": lambda s, y, d: [losses.multiclass_hinge(s, y, margin=d)],
    },
    "mean_hinge": {
        "the library": losses.multiclass_hinge,
        "of each": lambda s, y: sum(of_each(s, y)) / len(s),
        "a table": lambda s, y: np.maximum(0, s - s[np.arange(len(y)), y][:, None] + 1).sum() / len(y) - 1,
        "lists": lambda s, y: (
            sum(
                max(0, a - row[k] + 1)
                for row, k in zip(s.tolist(), y.tolist(), strict=True)
                for j, a in enumerate(row)
                if j != k
            )
            / len(s)
        ),
        "float32": lambda s, y: np.float32(losses.multiclass_hinge(s, y)),
    },
    "cross_entropy": {
        "the library": losses.softmax_cross_entropy,
        "logaddexp": lambda s, y: np.logaddexp.reduce(s) - s[y],
        "log softmax": lambda s, y: -losses.log_softmax(s)[y],
        "put back": lambda s, y: np.max(s) + np.log(np.sum(np.exp(s - np.max(s)))) - s[y],
        "math": lambda s, y: math.log(sum(math.exp(each - max(s)) for each in s)) + max(s) - s[y],
        "log1p": lambda s, y: np.log1p(np.sum(np.exp(np.delete(s, s.argmax()) - s.max()))) - (s[y] - s.max()),
        "float32": lambda s, y: (
            np.log(np.sum(np.exp((s - s.max()).astype(np.float32)))) - (s - s.max()).astype(np.float32)[y]
        ),
    },
    "fresh_network": {
        "log": np.log(100),
        "minus log": -np.log(1 / 100),
        "three digits": 4.61,
        "two are enough": 4.6,
        "the library": losses.softmax_cross_entropy(np.zeros(100), 0),
        "float32": np.float32(4.6051702),
        "an array of one": np.array([4.605]),
    },
    "which_weights": {
        "as it stands": "0.25, 0.25, 0.25, 0.25",
        "no blanks": "0.25,0.25,0.25,0.25",
        "brackets": "(0.25, 0.25, 0.25, 0.25)",
        "a list": [0.25, 0.25, 0.25, 0.25],
        "an array": np.full(4, 0.25),
        "no zeros in front": ".25, .25, .25, .25",
    },
}

_NEVER_NEGATIVE = {
    "clipped to 0 … inf",  # neither loss is ever below 0
    "without its sign",
}

HARMLESS = {
    "hinge": _NEVER_NEGATIVE
    | {
        "scores plus a hair",  # only differences of scores count
        *(f"label {change}" for change in ("without its sign", "rounded", "rounded to 1 digit", "with 0 for negative")),
        "label with 0 for small",  # a label is 0, 1, 2, …
        "margin without its sign",  # a margin is above 0
        "margin with 0 for negative",
        "margin with 1e-7 for 0",
    },
    "mean_hinge": _NEVER_NEGATIVE
    | {
        "the examples sorted",  # a mean does not know the order; labels stay with their rows
        "scores plus a hair",  # only differences of scores count
        *(
            f"labels {change}"
            for change in ("without its sign", "rounded", "rounded to 1 digit", "with 0 for negative")
        ),
        "labels with 0 for small",  # a label is 0, 1, 2, …
    },
    "cross_entropy": _NEVER_NEGATIVE
    | {
        "scores plus a hair",  # only differences of scores count
        *(f"label {change}" for change in ("without its sign", "rounded", "rounded to 1 digit", "with 0 for negative")),
        "label with 0 for small",  # a label is 0, 1, 2, …
    },
}
