"""Near misses and right answers to the exercises of the lesson, by hand; and harmless changes of its references."""

import functools
import math

import numpy as np

from lossviz import optimizers

# ---------------------------------------------------------------------- gradient descent


def first_weight_only(w, gradient, learning_rate):
    new = np.array(w, dtype=float)
    for i in range(len(w)):
        new[i] = w[i] - learning_rate * gradient[i]
        return new


def two_weights_only(w, gradient, learning_rate):
    return np.array([w[0] - learning_rate * gradient[0], w[1] - learning_rate * gradient[1]])


def in_the_type_of_w(w, gradient, learning_rate):
    new = w.copy()
    new[...] = w - learning_rate * gradient
    return new


def in_place(w, gradient, learning_rate):
    w -= learning_rate * gradient
    return w


def copy_and_change(w, gradient, learning_rate):
    new = np.array(w, dtype=float)
    new -= learning_rate * gradient
    return new


def row_by_row(w, gradient, learning_rate):
    if np.ndim(w) == 0:
        return w - learning_rate * gradient
    return [row_by_row(a, g, learning_rate) for a, g in zip(w, gradient, strict=True)]


class Step:
    def __call__(self, w, gradient, learning_rate):
        return np.add(w, np.multiply(-learning_rate, gradient))


def starts_at(first):
    def largest(curvatures):
        steepest = first
        for each in curvatures:
            steepest = max(steepest, each)
        return 2 / steepest

    return largest


def sorts_its_argument(curvatures):
    curvatures.sort()
    return 2 / curvatures[-1]


def by_bisection(curvatures):
    low, high = 0.0, 1.0
    while np.all(np.abs(1 - high * curvatures) < 1):
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if np.all(np.abs(1 - middle * curvatures) < 1) else (low, middle)
    return high


# ---------------------------------------------------------------------- momentum


def momentum_with(velocity=None, step=None):
    def answer(w, v, gradient, learning_rate, beta):
        new = velocity(v, gradient, beta) if velocity else beta * v + gradient
        return step(w, v, new, gradient, learning_rate, beta) if step else w - learning_rate * new, new

    return answer


def momentum_in_place(w, v, gradient, learning_rate, beta):
    v *= beta
    v += gradient
    return w - learning_rate * v, v


def momentum_weight_by_weight(w, v, gradient, learning_rate, beta):
    new_w, new_v = [], []
    for i in range(len(w)):
        new_v.append(beta * v[i] + gradient[i])
        new_w.append(w[i] - learning_rate * new_v[i])
    return new_w, new_v


def momentum_as_a_matrix(w, v, gradient, learning_rate, beta):
    turn = np.array([[1, -learning_rate * beta, -learning_rate], [0, beta, 1]])
    return turn @ np.stack([w, v, gradient])


def momentum_of_copies(w, v, gradient, learning_rate, beta):
    w, v = np.array(w, float), np.array(v, float)
    v *= beta
    v += gradient
    w -= learning_rate * v
    return [w, v]


def momentum_in_single(w, v, gradient, learning_rate, beta):
    w, v, gradient = (np.asarray(each, np.float32) for each in (w, v, gradient))
    v = np.float32(beta) * v + gradient
    return w - np.float32(learning_rate) * v, v


# ---------------------------------------------------------------------- Adam


def adam(w, gradient, m, v, t, learning_rate, beta1, beta2, epsilon):
    m = m + (1 - beta1) * (gradient - m)
    v = v + (1 - beta2) * (np.square(gradient) - v)
    step = (m / (1 - math.pow(beta1, t))) / (np.sqrt(v / (1 - math.pow(beta2, t))) + epsilon)
    return w - learning_rate * step, m, v


def adam_step_by(rule):
    """The right m and v; the new w is made by `rule` of w, the gradient, both hats, and the numbers."""

    def answer(w, gradient, m, v, t, learning_rate, beta1, beta2, epsilon):
        _, m, v = adam(w, gradient, m, v, t, learning_rate, beta1, beta2, epsilon)
        m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
        return rule(w, gradient, m_hat, v_hat, t, learning_rate, epsilon), m, v

    return answer


def adam_of(change):
    """Adam's answer to changed arguments, given by name."""
    names = ("w", "gradient", "m", "v", "t", "learning_rate", "beta1", "beta2", "epsilon")

    def answer(w, gradient, m, v, t, learning_rate, beta1, beta2, epsilon):
        given = dict(zip(names, (w, gradient, m, v, t, learning_rate, beta1, beta2, epsilon), strict=True))
        return adam(**(given | change(given)))

    return answer


def adam_with_means(mean, mean_v=None):
    def answer(w, gradient, m, v, t, learning_rate, beta1, beta2, epsilon):
        m, v = mean(beta1, m, gradient), (mean_v or mean)(beta2, v, gradient**2)
        m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
        return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), m, v

    return answer


def adam_as_in_the_demo(w, gradient, m, v, t, learning_rate, beta1, beta2, epsilon):
    m = 0.9 * m + 0.1 * gradient
    v = 0.999 * v + 0.001 * gradient**2
    m_hat, v_hat = m / (1 - 0.9**t), v / (1 - 0.999**t)
    return w - 0.1 * m_hat / (np.sqrt(v_hat) + 1e-8), m, v


def adam_corrected_up_to(last):
    def answer(w, gradient, m, v, t, learning_rate, beta1, beta2, epsilon):
        _, m, v = adam(w, gradient, m, v, t, learning_rate, beta1, beta2, epsilon)
        m_hat, v_hat = (m / (1 - beta1**t), v / (1 - beta2**t)) if t <= last else (m, v)
        return w - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon), m, v

    return answer


def adam_in_place(w, gradient, m, v, t, learning_rate, beta1, beta2, epsilon):
    m += (1 - beta1) * (gradient - m)
    v += (1 - beta2) * (gradient**2 - v)
    return adam_step_by(lambda w, g, m, v, t, rate, e: w - rate * m / (np.sqrt(v) + e))(
        w, gradient, m, v, t, learning_rate, beta1, beta2, epsilon
    )


def adam_weight_by_weight(w, gradient, m, v, t, learning_rate, beta1, beta2, epsilon):
    rows = []
    for one, g, a, b in zip(w, gradient, m, v, strict=True):
        a, b = beta1 * a + (1 - beta1) * g, beta2 * b + (1 - beta2) * g * g
        rows.append((one - learning_rate * a / (1 - beta1**t) / (math.sqrt(b / (1 - beta2**t)) + epsilon), a, b))
    return [list(column) for column in zip(*rows, strict=True)]


def adam_with_epsilon_drawn_out(w, gradient, m, v, t, learning_rate, beta1, beta2, epsilon):
    m = beta1 * m + (1 - beta1) * gradient
    v = beta2 * v + (1 - beta2) * gradient * gradient
    root = (1 - beta2**t) ** 0.5
    return w - learning_rate * root / (1 - beta1**t) * m / (v**0.5 + epsilon * root), m, v


def adam_stacked(w, gradient, m, v, t, learning_rate, beta1, beta2, epsilon):
    return np.stack(adam(w, gradient, m, v, t, learning_rate, beta1, beta2, epsilon))


def adam_by_average(w, gradient, m, v, t, learning_rate, beta1, beta2, epsilon):
    m = np.average([m, gradient], axis=0, weights=[beta1, 1 - beta1])
    v = np.average([v, gradient**2], axis=0, weights=[beta2, 1 - beta2])
    return w - learning_rate * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + epsilon), m, v


NEAR_MISSES = {
    "gradient_step": {
        "uphill": (lambda w, gradient, learning_rate: w + learning_rate * gradient, "uphill"),
        "of length 1": (lambda w, g, rate: w - rate * g / np.sqrt(np.sum(g**2)), "of unit length"),
        "clipped to ±1": (lambda w, g, rate: w - rate * np.clip(g, -1, 1), "clipped"),
        "clipped to ±10": lambda w, g, rate: w - rate * np.clip(g, -10, 10),
        "clipped by its length": lambda w, g, rate: w - rate * g / max(1, np.linalg.norm(g)),
        "mean over the weights": (lambda w, g, rate: w - rate * g / w.size, "mean over the weights"),
        "dot product": (lambda w, g, rate: w - np.dot(rate, g.sum()), "added up"),
        "η of the notebook": (lambda w, gradient, learning_rate: w - 0.2 * gradient, "a number for η"),
        "brackets": (lambda w, g, rate: (w - rate) * g, "brackets"),
        "gradient not used": (lambda w, gradient, learning_rate: w - learning_rate * 2 * w, "the parabola"),
        "size of the slope": (lambda w, g, rate: w - rate * np.abs(g), "changed argument"),
        "kept above 0": (lambda w, g, rate: np.maximum(w - rate * g, 0), "floored at 0"),
        "first weight only": (first_weight_only, "return in loop"),
        "two weights only": (two_weights_only, "two weights"),
        "in the type of w": (in_the_type_of_w, "whole numbers stay whole"),
        "in place": in_place,
        "flattened": (lambda w, g, rate: np.ravel(w - rate * g), "shape"),
        "half a step": lambda w, g, rate: w - rate * g / 2,
        "not below a step of 1e-3": lambda w, g, rate: w - np.where(np.abs(rate * g) < 1e-3, 0, rate * g),
        "no bias": lambda w, g, rate: w - rate * np.where(np.arange(w.size).reshape(w.shape) == w.size - 1, 0, g),
        "rate at most 1": lambda w, g, rate: w - min(rate, 1) * g,
        "slopes rounded": lambda w, g, rate: w - rate * np.round(g, 2),
    },
    "largest_rate": {
        "largest limit": (lambda curvatures: np.max(2 / curvatures), "flattest"),
        "first": (lambda curvatures: 2 / curvatures[0], "part of the entries"),
        "last": (lambda curvatures: 2 / curvatures[-1], "part of the entries"),
        "third": lambda curvatures: 2 / curvatures[min(2, len(curvatures) - 1)],
        "first left out": (lambda curvatures: 2 / max(curvatures[1:]), "part of the entries"),
        "a loop from 1": (starts_at(1), "the loop's start"),
        "a loop from 0.01": starts_at(0.01),
        "limits at most 10": (lambda curvatures: min(10, *(2 / curvatures)), "the loop's start"),
        "rounded": (lambda curvatures: round(2 / float(max(curvatures)), 3), "rounded"),
        "place": (lambda curvatures: 2 / np.argmax(curvatures), "the place"),
        "as text": lambda curvatures: 2 / float(max(str(each) for each in curvatures)),
        "to be safe": lambda curvatures: 1.99 / np.max(curvatures),
        "a little below": (lambda curvatures: 2 / np.max(curvatures) - 1e-3, "shift"),
        "a small constant": lambda curvatures: 2 / (np.max(curvatures) + 1e-8),
        "whole numbers": lambda curvatures: 2 / int(np.max(curvatures)),
        "floor division": (lambda curvatures: 2 // np.max(curvatures), "rounded down"),
        "condition number": (lambda curvatures: np.max(curvatures) / np.min(curvatures), "condition number"),
        "median": lambda curvatures: 2 / np.median(curvatures),
        "length of the row": lambda curvatures: 2 / np.linalg.norm(curvatures),
        "best of two": (lambda curvatures: 2 / (curvatures.max() + curvatures.min()), "both ends"),
        "sorts its argument": sorts_its_argument,
    },
    "updates": {
        "rounded down": (442 // 32, "rounded down"),
        "one decimal": (13.8, "not whole"),
        "not rounded": (442 / 32, "not whole"),
        "nearly": 14.001,
        "rest": (442 % 32, "what remains"),
        "one too many": (442 // 32 + 2, "one too many"),
        "windows": (442 - 32 + 1, "overlapping"),
        "product": (442 * 32, "multiplied"),
        "table": (70, "five epochs"),
        "a minus too few": (-442 // 32, "below 0"),
        "both": list(divmod(442, 32)),
        "text": "14",
        "truth": True,
    },
    "momentum_step": {
        "running mean": (momentum_with(lambda v, g, beta: beta * v + (1 - beta) * g), "mean"),
        "friction": (momentum_with(lambda v, g, beta: (1 - beta) * v + g), "friction and memory exchanged"),
        "β around both": (momentum_with(lambda v, g, beta: beta * (v + g)), "β at both"),
        "no memory": (momentum_with(lambda v, g, beta: g), "no memory"),
        "β of 0.9": momentum_with(lambda v, g, beta: 0.9 * v + g),
        "velocity subtracted": (momentum_with(lambda v, g, beta: g - beta * v), "changed argument"),
        "velocity of at most 1": (momentum_with(lambda v, g, beta: np.clip(beta * v + g, -1, 1)), "cut to −1 … 1"),
        "restart": momentum_with(lambda v, g, beta: np.where(v * g < 0, 0, beta * v) + g),
        "Nesterov": (momentum_with(step=lambda w, v, new, g, rate, beta: w - rate * (g + beta * new)), "Nesterov"),
        "β in the step": (momentum_with(step=lambda w, v, new, g, rate, beta: w - rate * beta * new), "Nesterov"),
        "old velocity": (momentum_with(step=lambda w, v, new, g, rate, beta: w - rate * v), "old velocity"),
        "η twice": (
            lambda w, v, g, rate, beta: (w - rate * (beta * v + rate * g), beta * v + rate * g),
            "η twice",
        ),
        "gradient handed back": (lambda w, v, g, rate, beta: (w - rate * (beta * v + g), g), "gradient returned"),
        "order": (lambda w, v, g, rate, beta: (beta * v + g, w - rate * (beta * v + g)), "order"),
        "only how far": (lambda w, v, g, rate, beta: (-rate * (beta * v + g), beta * v + g), "the step alone"),
        "w alone": lambda w, v, g, rate, beta: w - rate * (beta * v + g),
        "v alone": lambda w, v, g, rate, beta: beta * v + g,
        "three things": lambda w, v, g, rate, beta: (w - rate * (beta * v + g), beta * v + g, g),
        "flat": lambda w, v, g, rate, beta: np.concatenate([w - rate * (beta * v + g), beta * v + g]),
        "in place": momentum_in_place,
        "two weights": lambda w, v, g, rate, beta: (
            (w - rate * (beta * v + g))[:2],
            (beta * v + g)[:2],
        ),
        "small velocities forgotten": momentum_with(lambda v, g, beta: np.where(np.abs(v) < 0.05, 0, beta * v) + g),
    },
    "longer": {
        "m": ("a third", "m alone"),
        "as it is": ("as long", "both cancel"),
        "capitals": ("TEN TIMES AS LONG", "β₁ alone"),
        "number": 0.1 / 0.001,
        "two": ["about three times as long", "as long"],
        "not": "not about three times as long",
        "thirty": "about thirty times as long",
        "nothing": None,
    },
    "adam_step": {
        "sums": (adam_with_means(lambda beta, old, new: beta * old + new), "no 1 − β"),
        "m as in momentum": (
            adam_with_means(
                lambda beta, old, new: beta * old + new, lambda beta, old, new: beta * old + (1 - beta) * new
            ),
            "no 1 − β",
        ),
        "shares exchanged": (
            adam_with_means(lambda beta, old, new: (1 - beta) * old + beta * new),
            "old and new exchanged",
        ),
        "the demo's numbers": (adam_as_in_the_demo, "numbers in place of arguments"),
        "ε of 1e-8": (adam_of(lambda given: {"epsilon": 1e-8}), "numbers in place of arguments"),
        "βs exchanged": (
            adam_of(lambda given: {"beta1": given["beta2"], "beta2": given["beta1"]}),
            "β swapped",
        ),
        "one β": (adam_of(lambda given: {"beta2": given["beta1"]}), "β₁ for both"),
        "gradient": (
            adam_step_by(lambda w, g, m, v, t, rate, e: w - rate * g / (np.sqrt(v) + e)),
            "gradient in place of m̂",
        ),
        "bracket missing": (
            adam_step_by(lambda w, g, m, v, t, rate, e: w - rate * m / np.sqrt(v) + e),
            "ε beside the fraction",
        ),
        "ε in the root": (
            adam_step_by(lambda w, g, m, v, t, rate, e: w - rate * m / np.sqrt(v + e)),
            "ε inside the root",
        ),
        "no ε": (adam_step_by(lambda w, g, m, v, t, rate, e: w - rate * m / np.sqrt(v)), "no ε"),
        "the larger": (
            adam_step_by(lambda w, g, m, v, t, rate, e: w - rate * m / np.maximum(np.sqrt(v), e)),
            "the larger of two",
        ),
        "no root": (adam_step_by(lambda w, g, m, v, t, rate, e: w - rate * m / (v + e)), "no root"),
        "no η": (adam_of(lambda given: {"learning_rate": 1.0}), "no learning rate"),
        "a step of at most η": adam_step_by(
            lambda w, g, m, v, t, rate, e: w - rate * np.clip(m / (np.sqrt(v) + e), -1, 1)
        ),
        "corrected ten times": adam_corrected_up_to(10),
        "corrected a thousand times": adam_corrected_up_to(1000),
        "AMSGrad": adam_with_means(
            lambda beta, old, new: beta * old + (1 - beta) * new,
            lambda beta, old, new: np.maximum(old, beta * old + (1 - beta) * new),
        ),
        "weights decay": adam_step_by(
            lambda w, g, m, v, t, rate, e: 0.99 * w - rate * m / (np.sqrt(v) + e),
        ),
        "v before m": (lambda *given: tuple(adam(*given)[i] for i in (0, 2, 1)), "m and v exchanged"),
        "m, v, w": (lambda *given: tuple(adam(*given)[i] for i in (1, 2, 0)), "order"),
        "w alone": lambda *given: adam(*given)[0],
        "in place": adam_in_place,
        "t from 0": (adam_of(lambda given: {"t": given["t"] + 1}), "another step"),
    },
}

RIGHT = {
    "gradient_step": {
        "copy": copy_and_change,
        "row by row": row_by_row,
        "library": lambda w, g, rate: optimizers.GradientDescent(rate).step(w, g),
        "object": Step(),
        "partial": functools.partial(lambda sign, w, g, rate: w + sign * rate * g, -1),
        "from the other side": lambda w, g, rate: -(rate * g - w),
        "objects": lambda w, g, rate: (w - rate * g).astype(object),
        "32 bits": lambda w, g, rate: w.astype(np.float32) - np.float32(rate) * g.astype(np.float32),
        "list": lambda w, g, rate: (w - rate * g).tolist(),
    },
    "largest_rate": {
        "least limit": lambda curvatures: min(2 / each for each in curvatures),
        "sorted": lambda curvatures: 2 / sorted(curvatures)[-1],
        "a loop from 0": starts_at(0),
        "norm": lambda curvatures: 2 / np.linalg.norm(curvatures, ord=np.inf),
        "bisection": by_bisection,
        "one entry": lambda curvatures: 2 / np.max(curvatures, keepdims=True),
        "32 bits": lambda curvatures: np.float32(2) / np.max(curvatures.astype(np.float32)),
        "reduce": lambda curvatures: 2 / functools.reduce(lambda a, b: a if a > b else b, curvatures),
    },
    "updates": {
        "whole": 14,
        "float": 14.0,
        "ceil": np.ceil(442 / 32),
        "negated": -(-442 // 32),
        "range": len(range(0, 442, 32)),
        "32 bits": np.float32(14),
        "one entry": np.array([14]),
    },
    "momentum_step": {
        "as the formula": momentum_with(),
        "weight by weight": momentum_weight_by_weight,
        "matrix": momentum_as_a_matrix,
        "copies": momentum_of_copies,
        "32 bits": momentum_in_single,
        "friction taken off": momentum_with(lambda v, g, beta: v - (1 - beta) * v + g),
        "in one line": lambda w, v, g, rate, beta: (w - rate * beta * v - rate * g, g + beta * v),
    },
    "longer": {
        "option": "about three times as long",
        "full stop": "About three times as long.",
        "short": "three times as long",
        "capitals": "ABOUT THREE TIMES AS LONG",
        "blanks": "  about three times as long ",
        "part": "three times",
    },
    "adam_step": {
        "towards the new value": adam,
        "weight by weight": adam_weight_by_weight,
        "ε drawn out": adam_with_epsilon_drawn_out,
        "stacked": adam_stacked,
        "average": adam_by_average,
        "list": lambda *given: list(adam(*given)),
        "no negative zero": lambda *given: tuple(part + 0.0 for part in adam(*given)),
    },
}

_RATE = {
    "learning_rate without its sign",  # a learning rate is above 0
    "learning_rate with 0 for negative",
    "learning_rate with 1e-7 for 0",
}

HARMLESS = {
    "gradient_step": _RATE,
    "largest_rate": {
        "the examples sorted",  # a largest value does not depend on the order,
        "curvatures sorted",
        "curvatures without repeated entries",  # nor on how often it occurs
        "curvatures without its sign",  # curvatures are above 0, and so is the limit
        "curvatures with 0 for negative",
        "curvatures with 1e-7 for 0",
        "without its sign",
        "clipped to 0 … inf",
    },
    "momentum_step": _RATE
    | {
        "beta without its sign",  # β is at least 0 and below 1
        "beta with 0 for negative",
        "beta at most 1",
        "beta clipped to ±10",
    },
    "adam_step": _RATE
    | {
        "v without its sign",  # v is a mean of squares
        "v with 0 for negative",
        "t without its sign",  # t is a whole number, at least 1
        "t rounded",
        "t rounded to 1 digit",
        "t with 0 for negative",
        "t with 0 for small",
        "t with 1e-7 for 0",
        "beta1 without its sign",  # both β are at least 0 and below 1
        "beta1 with 0 for negative",
        "beta1 at most 1",
        "beta1 clipped to ±10",
        "beta2 without its sign",
        "beta2 with 0 for negative",
        "beta2 at most 1",
        "beta2 clipped to ±10",
        "epsilon without its sign",  # ε is above 0
        "epsilon with 0 for negative",
        "epsilon with 1e-7 for 0",
    },
}
