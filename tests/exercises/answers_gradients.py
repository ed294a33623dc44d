"""Near misses and right answers to the exercises of the lesson, by hand; and harmless changes of its references."""

import numpy as np

from lossviz import gradients, losses

# ---------------------------------------------------------------------- the centred difference


def five_points(f, w, h):
    near = (f(w + h) - f(w - h)) / (2 * h)
    far = (f(w + 2 * h) - f(w - 2 * h)) / (4 * h)
    return (4 * near - far) / 3


def never_below_0(f, w, h):
    left = max(w - h, 0)
    return (f(w + h) - f(left)) / (w + h - left)


def by_signs(f, w, h):
    return sum(sign * f(w + sign * h) for sign in (1, -1)) / (2 * h)


def with_named_ends(f, w, h):
    right, left = w + h, w - h
    return (f(right) - f(left)) / (right - left)


# ---------------------------------------------------------------------- the gradient of softmax cross-entropy


def softmax(scores, axis=1):
    powers = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return powers / powers.sum(axis=axis, keepdims=True)


def at_true(scores, labels, value=-1.0):
    """A table of 0, with a value at the true classes."""
    table = np.zeros(scores.shape)
    table[np.arange(len(labels)), labels] = value
    return table


def unstable(scores, labels):
    p = np.exp(scores) / np.sum(np.exp(scores), axis=1, keepdims=True)
    p[np.arange(len(labels)), labels] -= 1
    return p / len(labels)


def without_keepdims(scores, labels):
    powers = np.exp(scores)
    return (powers / powers.sum(axis=1) + at_true(scores, labels)) / len(labels)


def only_the_last_row(scores, labels):
    p = softmax(scores)
    for row, true in enumerate(labels):  # noqa: B007, the next line stands outside of the loop: that is the slip
        pass
    p[row, true] -= 1
    return p / len(labels)


def in_place(scores, labels):
    scores -= scores.max(axis=1, keepdims=True)
    return (softmax(scores) + at_true(scores, labels)) / len(labels)


def rows_in_a_loop(scores, labels):
    rows = []
    for s, true in zip(scores, labels, strict=True):
        p = np.exp(s - np.max(s))
        p = p / p.sum()
        p[true] -= 1
        rows.append(p / len(labels))
    return rows


def by_its_logarithm(scores, labels):
    p = np.exp(scores - np.logaddexp.reduce(scores, axis=1, keepdims=True))
    return (p - (np.arange(scores.shape[1]) == labels[:, None])) / len(scores)


def by_the_jacobian(scores, labels):
    p = softmax(scores)
    in_p = at_true(scores, labels, -1 / p[np.arange(len(labels)), labels] / len(labels))
    return np.einsum("nj,njk->nk", in_p, p[:, :, None] * (np.eye(p.shape[1]) - p[:, None, :]))


# ---------------------------------------------------------------------- the relative error


def size(a, n):
    return np.maximum(np.abs(a), np.abs(n))


def careful(a, n):
    return np.abs(a - n) / np.where(size(a, n) > 0, size(a, n), 1)


def for_rows_of_numbers(a, n):
    return [abs(i - j) / max(abs(i), abs(j)) if i or j else 0 for i, j in zip(a, n, strict=True)]


def one_by_one(a, n):
    if np.ndim(a):
        return [one_by_one(*pair) for pair in zip(a, n, strict=True)]
    return abs(a - n) / max(abs(a), abs(n)) if a or n else 0.0


def by_assignment(a, n):
    error, alive = np.zeros(np.shape(a)), (a != 0) | (n != 0)
    error[alive] = np.abs(a - n)[alive] / size(a, n)[alive]
    return error


NEAR_MISSES = {
    "sign": {
        "larger": ("make it larger", "with the slope"),
        "closer": ("Closer to 0.", "size for sign"),
        "leave": ("leave", "slope 0 only"),
        "the new weight": -1.71,
        "two at once": "make it larger or make it smaller",
        "smaller in size": "make its absolute value smaller",
        "nothing": None,
    },
    "centered": {
        "one side": (lambda f, w, h: (f(w + h) - f(w)) / h, "forward"),
        "sum of two one-sided": (lambda f, w, h: (f(w + h) - f(w)) / h + (f(w) - f(w - h)) / h, "divided by h"),
        "2 alone": (lambda f, w, h: (f(w + h) - f(w - h)) / 2, "divided by 2"),
        "by the distance": (lambda f, w, h: (f(w + h) - f(w - h)) * 2 * h, "multiplied by the distance"),
        "brackets": (lambda f, w, h: (f(w + h) - f(w - h)) / 2 * h, "no brackets round 2h"),
        "two steps": (lambda f, w, h: (f(w + 2 * h) - f(w - 2 * h)) / (4 * h), "two steps"),
        "forward, left less right": (lambda f, w, h: (f(w) - f(w + h)) / h, "forward, upside down"),
        "nothing at 0": lambda f, w, h: by_signs(f, w, h) if w else 0.0,
        "sum": (lambda f, w, h: (f(w + h) + f(w - h)) / (2 * h), "sum for difference"),
        "curvature": (lambda f, w, h: (f(w + h) + f(w - h) - 2 * f(w)) / h**2, "second difference"),
        "relative step": (lambda f, w, h: (f(w + w * h) - f(w - w * h)) / (2 * w * h), "step relative to w"),
        "own step": (lambda f, w, h: (f(w + 1e-4) - f(w - 1e-4)) / 2e-4, "another h"),
        "large steps cut": (
            lambda f, w, h: (f(w + min(h, 1e-3)) - f(w - min(h, 1e-3))) / (2 * min(h, 1e-3)),
            "another h",
        ),
        "library's step": (lambda f, w, h: gradients.numerical_gradient(f, w), "another h"),
        "both halves": (lambda f, w, h: [(f(w + h) - f(w)) / h, (f(w) - f(w - h)) / h], "not averaged"),
        "no sign": (lambda f, w, h: abs(f(w + h) - f(w - h)) / (2 * h), "sign lost"),
        "whole numbers": (lambda f, w, h: (f(w + h) - f(w - h)) // (2 * h), "rounded down"),
        "rounded": lambda f, w, h: round((f(w + h) - f(w - h)) / (2 * h), 6),
        "more exact": five_points,
        "never below 0": never_below_0,
        "small slopes are 0": lambda f, w, h: by_signs(f, w, h) * (abs(by_signs(f, w, h)) > 0.6),
        "not called": lambda f, w, h: (f * (w + h) - f * (w - h)) / (2 * h),
    },
    "softmax_gradient": {
        "sum": (lambda s, y: softmax(s) + at_true(s, y), "not divided by N"),
        "sum, unstable": (lambda s, y: unstable(s, y) * len(y), "not divided by N"),
        "unstable": (unstable, "too large for exp"),
        "one maximum for all": (lambda s, y: unstable(s - np.max(s), y), "too large for exp"),
        "averaged": (lambda s, y: (softmax(s) + at_true(s, y)).mean(axis=0), "mean over the images"),
        "loss": (lambda s, y: losses.softmax_cross_entropy(s, y), "the loss"),
        "overwritten": (lambda s, y: np.where(at_true(s, y) < 0, -1, softmax(s)) / len(y), "overwritten"),
        "only true": (lambda s, y: at_true(s, y) * (1 - softmax(s)) / len(y), "only the true classes"),
        "highest": (lambda s, y: (softmax(s) + at_true(s, s.argmax(axis=1))) / len(y), "1 at the highest score"),
        "from 1": (lambda s, y: (softmax(s) + at_true(s, y - 1)) / len(y), "counted from 1"),
        "added": (lambda s, y: (softmax(s) - at_true(s, y)) / len(y), "1 added"),
        "sigmoid": (lambda s, y: (losses.sigmoid(s) + at_true(s, y)) / len(y), "sigmoid for softmax"),
        "counted": (lambda s, y: losses.multiclass_hinge.gradient(s, y), "the hinge's counting"),
        "columns": (lambda s, y: (softmax(s, 0) + at_true(s, y)) / len(y), "softmax of the columns"),
        "three classes": lambda s, y: (softmax(s) - np.eye(3)[y]) / len(y),
        "classes by the largest label": lambda s, y: (softmax(s) - np.eye(y.max() + 1)[y]) / len(y),
        "four images": lambda s, y: (softmax(s) + at_true(s, y)) / 4,
        "clipped": lambda s, y: (np.clip(softmax(s), 1e-6, 1 - 1e-6) + at_true(s, y)) / len(y),
        "scores cut": lambda s, y: unstable(np.clip(s, -700, 700), y),
        "without keepdims": without_keepdims,
        "only the last row": only_the_last_row,
        "in place": in_place,
        "base 2": lambda s, y: (softmax(s * np.log(2)) + at_true(s, y)) / len(y),
    },
    "relative_error": {
        "0 / 0": (lambda a, n: np.abs(a - n) / size(a, n), "0 / 0"),
        "added": (lambda a, n: np.abs(a - n) / (size(a, n) + 1e-8), "a floor"),
        "floor": (lambda a, n: np.abs(a - n) / np.maximum(1e-8, size(a, n)), "a floor"),
        "the distance from 1 to the next number": (
            lambda a, n: np.abs(a - n) / (size(a, n) + np.finfo(float).eps),
            "a tiny constant",
        ),
        "isclose": (lambda a, n: np.where(np.isclose(a, n), 0, careful(a, n)), "a floor"),
        "small is equal": (lambda a, n: careful(a, n) * (np.abs(a - n) > 1e-9), "a floor"),
        "either 0": (lambda a, n: np.where(a * n == 0, 0, careful(a, n)), "0 where one is 0"),
        "1": (lambda a, n: np.where(size(a, n) == 0, 1, careful(a, n)), "1 for 0 / 0"),
        "the sum, with a floor": (lambda a, n: np.abs(a - n) / np.maximum(1e-8, np.abs(a) + np.abs(n)), "sum of both"),
        "the sum": (lambda a, n: np.nan_to_num(np.abs(a - n) / (np.abs(a) + np.abs(n))), "sum of both"),
        "root": (lambda a, n: np.abs(a - n) / np.sqrt(a**2 + n**2), "root of the squares"),
        "the smaller": (lambda a, n: np.abs(a - n) / np.minimum(np.abs(a), np.abs(n)), "smaller one"),
        "signed": (lambda a, n: (n - a) / np.where(size(a, n) > 0, size(a, n), 1), "signed"),
        "sizes": (lambda a, n: np.abs(np.abs(a) - np.abs(n)) / size(a, n), "sizes compared"),
        "at most 1": (lambda a, n: np.minimum(careful(a, n), 1), "cut at 1"),
        "flat": (lambda a, n: np.ravel(careful(a, n)), "shape"),
        "mean": lambda a, n: np.mean(careful(a, n)),
        "rows of numbers alone": for_rows_of_numbers,
        "whole rows": lambda a, n: np.abs(a - n) / np.where(size(a, n).any(axis=0), size(a, n), 1),
        "rounded": lambda a, n: np.round(careful(a, n), 3),
    },
    "evaluations": {
        "start forgotten": (7850, "one forgotten"),
        "no biases": (7841, "biases forgotten"),
        "weights": (28 * 28 * 10, "biases and one forgotten"),
        "one bias": (7842, "one bias"),
        "both sides": (2 * 7850, "centred"),
        "both sides and the start": (15701, "centred"),
        "twice all": (2 * 7851, "two for each"),
        "pixels": (28 * 28, "inputs only"),
        "sum": (28 * 28 + 10 + 1, "classes added"),
        "one row": (28 * 10 + 10 + 1, "28 pixels"),
        "this notebook": (641, "the images of this notebook"),
        "half a loss": 7851.5,
        "negative": -7851,
        "text": "7851",
    },
}

RIGHT = {
    "sign": {
        "as it stands": "make it smaller",
        "capitals": "Make it smaller.",
        "one word": "smaller",
        "NumPy's text": np.array("make it smaller"),
    },
    "centered": {
        "formula": lambda f, w, h: (f(w + h) - f(w - h)) / (2 * h),
        "two divisions": lambda f, w, h: (f(w + h) - f(w - h)) / 2 / h,
        "mean of both sides": lambda f, w, h: np.array(((f(w + h) - f(w)) / h + (f(w) - f(w - h)) / h) / 2),
        "signs": by_signs,
        "ends": with_named_ends,
        "np.diff": lambda f, w, h: np.diff([f(w - h), f(w + h)]) / (2 * h),
        "np.gradient": lambda f, w, h: np.gradient([f(w - h), f(w), f(w + h)], h)[1],
        "float32": lambda f, w, h: np.float32((f(w + h) - f(w - h)) / (2 * h)),
    },
    "softmax_gradient": {
        "one-hot": lambda s, y: (softmax(s) - np.eye(s.shape[1])[y]) / len(y),
        "library": losses.softmax_cross_entropy.gradient,
        "loop": rows_in_a_loop,
        "logarithm": by_its_logarithm,
        "Jacobian": by_the_jacobian,
        "shift, then the bare formula": lambda s, y: unstable(s - s.max(axis=1, keepdims=True), y),
        "float32": lambda s, y: ((softmax(s.astype(np.float32)) + at_true(s, y)) / len(y)).astype(np.float32),
        "lists": lambda s, y: ((softmax(s) + at_true(s, y)) / len(y)).tolist(),
    },
    "relative_error": {
        "where": careful,
        "nan to 0": lambda a, n: np.nan_to_num(np.abs(a - n) / size(a, n)),
        "truth as a number": lambda a, n: np.abs(a - n) / (size(a, n) + (size(a, n) == 0)),
        "the smallest float": lambda a, n: np.abs(a - n) / np.maximum(size(a, n), np.finfo(float).tiny),
        "np.divide": lambda a, n: np.divide(np.abs(a - n), size(a, n), out=np.zeros(np.shape(a)), where=size(a, n) > 0),
        "one by one": one_by_one,
        "vectorize": np.vectorize(one_by_one),
        "assignment": by_assignment,
    },
    "evaluations": {
        "product": 28 * 28 * 10 + 10 + 1,
        "float": 7851.0,
        "NumPy": np.int64(7851),
        "one entry": [7851],
        "each class": 10 * (784 + 1) + 1,
    },
}

HARMLESS = {
    "centered": {
        "h without its sign",  # −h exchanges the two ends and turns the distance: the same quotient
        "h with 0 for negative",  # h is above 0
        "h with 1e-7 for 0",  # h is above 0
    },
    "softmax_gradient": {
        "clipped to -1 … 1",  # a slope is p / N or (p − 1) / N
        "clipped to -10 … 10",  # the same
        "clipped to -100 … 100",  # the same
        "scores plus a hair",  # softmax does not change if all scores of a row grow alike
        "labels without its sign",  # labels are 0, 1, 2, …
        "labels rounded",  # whole numbers
        "labels rounded to 1 digit",  # whole numbers
        "labels with 0 for negative",  # none is negative
        "labels with 0 for small",  # the only small one is 0
    },
    "relative_error": {
        "clipped to 0 … inf",  # the difference of two numbers is 0 to 2 times the larger size
        "clipped to -10 … 10",  # the same
        "clipped to -100 … 100",  # the same
        "without its sign",  # the same
    },
}
