"""Near misses and right answers to the exercises of the lesson, by hand; and harmless changes of its references."""

import functools
import math
from fractions import Fraction

import numpy as np

from lossviz import losses, models

# ---------------------------------------------------------------------- ridge


def centred(x, y):
    return x - x.mean(axis=0), y - y.mean()


def solved(x, y, price):
    """Solve with a price that is a number: it stands on the diagonal."""
    return np.linalg.solve(x.T @ x + price * np.eye(x.shape[1]), x.T @ y)


def in_place(x, y, penalty):
    x -= x.mean(axis=0)
    y -= y.mean()
    return solved(x, y, len(y) * penalty)


def three_columns(x, y, penalty):
    x, y = centred(x, y)
    return np.linalg.inv(x.T @ x + len(y) * penalty * np.eye(3)) @ x.T @ y


def rows_of_the_price(x, y, penalty):
    x, y = centred(x, y)
    columns = x.shape[1]
    rows = np.vstack([x, len(y) * penalty * np.eye(columns)])
    return np.linalg.lstsq(rows, np.append(y, np.zeros(columns)), rcond=None)[0]


def rows_of_its_root(x, y, penalty):
    columns = x.shape[1]
    rows = np.vstack([x - x.mean(axis=0), np.sqrt(len(y) * penalty) * np.eye(columns)])
    return np.linalg.lstsq(rows, np.append(y - y.mean(), np.zeros(columns)), rcond=None)[0]


def column_by_column(x, y, penalty):
    x, y = centred(x, y)
    return np.array([x[:, j] @ y / (x[:, j] @ x[:, j] + len(y) * penalty) for j in range(x.shape[1])])


def downhill(steps, rate):
    def answer(x, y, penalty):
        x, y = centred(x, y)
        w = np.zeros(x.shape[1])
        for _ in range(steps):
            w = w - rate * (2 / len(y) * x.T @ (x @ w - y) + 2 * penalty * w)
        return w

    return answer


def bordered(x, y, penalty):
    """With a column of ones, whose weight has no price."""
    wide = np.column_stack([x, np.ones(len(x))])
    price = np.diag([float(penalty)] * x.shape[1] + [0.0])
    return np.linalg.solve(wide.T @ wide / len(x) + price, wide.T @ y / len(x))[:-1]


def by_singular_values(x, y, penalty):
    left, sizes, right = np.linalg.svd(x - x.mean(axis=0), full_matrices=False)
    return right.T @ (sizes / (sizes**2 + len(y) * penalty) * (left.T @ (y - y.mean())))


def coordinate_by_coordinate(x, y, penalty):
    x, y = centred(x, y)
    w = np.zeros(x.shape[1])
    for _ in range(3000):
        for j in range(len(w)):
            rest = y - x @ w + x[:, j] * w[j]
            w[j] = x[:, j] @ rest / (x[:, j] @ x[:, j] + len(y) * penalty)
    return w


def newton(x, y, penalty):
    x, y = centred(x, y)
    slope = -2 / len(y) * x.T @ y
    curvature = 2 / len(y) * np.einsum("ni,nj->ij", x, x) + 2 * penalty * np.eye(x.shape[1])
    return list(-np.linalg.solve(curvature, slope))


def ridge_in_single(x, y, penalty):
    x, y = np.asarray(x, np.float32), np.asarray(y, np.float32)
    x, y = centred(x, y)
    return np.linalg.solve(x.T @ x + np.float32(len(y) * penalty) * np.eye(x.shape[1], dtype=np.float32), x.T @ y)


def nearly_found(x, y, penalty):
    """What a search finds that stops early: right to six digits."""
    found = solved(*centred(x, y), len(y) * penalty)
    return found * (1 + 7e-7 * np.cos(np.arange(len(found)) + len(y)))


# ---------------------------------------------------------------------- the penalties' gradients


def last_spared(gradient):
    def answer(weights, penalty):
        found = np.array(gradient(weights, penalty), dtype=float)
        found[-1] = 0
        return found

    return answer


def in_their_type(gradient):
    def answer(weights, penalty):
        found = np.zeros_like(weights)
        found[...] = gradient(weights, penalty)
        return found

    return answer


def only_rows(weights, penalty):
    return np.array([penalty if w > 0 else -penalty if w < 0 else 0.0 for w in weights])


def entry_by_entry(weights, penalty):
    found = np.empty(np.shape(weights))
    for place, w in np.ndenumerate(weights):
        found[place] = 2 * penalty * w
    return found


def nested(weights, penalty):
    if np.ndim(weights):
        return [nested(each, penalty) for each in weights]
    return penalty * ((weights > 0) - 1.0 * (weights < 0))


def by_masks(weights, penalty):
    found = np.zeros(np.shape(weights))
    found[weights > 0] = penalty
    found[weights < 0] = -penalty
    return found


def complex_step(weights, penalty):
    return np.imag(penalty * (weights + 1e-20j) ** 2) / 1e-20


# ---------------------------------------------------------------------- the soft threshold


def soft(a, amount):
    return np.sign(a) * np.maximum(np.abs(a) - amount, 0)


def searched(*grid):
    places = np.linspace(*grid)

    def answer(a, penalty):
        found = [places[np.argmin((places - each) ** 2 + penalty * np.abs(places))] for each in np.ravel(a)]
        return np.reshape(found, np.shape(a))

    return answer


def survivors(a, penalty):
    kept = a[np.abs(a) > penalty / 2]
    return kept - np.sign(kept) * penalty / 2


def stepwise(a, penalty):
    if np.ndim(a):
        return [stepwise(each, penalty) for each in a]
    return a - penalty / 2 if a > penalty / 2 else a + penalty / 2 if a < -penalty / 2 else 0.0


def by_bisection(a, penalty):
    def one(a):
        low, high = -abs(a) - 1.0, abs(a) + 1.0
        if abs(2 * a) <= penalty:
            return 0.0
        for _ in range(200):
            w = (low + high) / 2
            low, high = (low, w) if 2 * (w - a) + penalty * np.sign(w) > 0 else (w, high)
        return low

    return np.reshape([one(each) for each in np.ravel(a)], np.shape(a))


def best_of_three(a, penalty):
    places = np.stack([0.0 * a, np.maximum(a - penalty / 2, 0), np.minimum(a + penalty / 2, 0)])
    cost = (places - a) ** 2 + penalty * np.abs(places)
    return np.take_along_axis(places, cost.argmin(axis=0)[None], axis=0)[0]


NEAR_MISSES = {
    "ridge": {
        "nothing centred": (lambda x, y, penalty: solved(x, y, len(y) * penalty), "not centred"),
        "only y centred": (lambda x, y, penalty: solved(x, y - y.mean(), len(y) * penalty), "x not centred"),
        "one mean": (
            lambda x, y, penalty: solved(x - np.mean(x), y - np.mean(y), len(y) * penalty),
            "one mean for all columns",
        ),
        "standardised": (
            lambda x, y, penalty: solved((x - x.mean(axis=0)) / x.std(axis=0), y - y.mean(), len(y) * penalty),
            "standardised",
        ),
        "no N": (lambda x, y, penalty: solved(*centred(x, y), penalty), "λ without N"),
        "columns for N": (
            lambda x, y, penalty: solved(*centred(x, y), x.shape[1] * penalty),
            "the number of columns",
        ),
        "N of the notebook": (lambda x, y, penalty: solved(*centred(x, y), 15 * penalty), "a number for N"),
        "N − 1": lambda x, y, penalty: solved(*centred(x, y), (len(y) - 1) * penalty),
        "2Nλ": (lambda x, y, penalty: solved(*centred(x, y), 2 * len(y) * penalty), "twice"),
        "rows of Nλ": rows_of_the_price,
        "rows of λ": (lambda x, y, penalty: solved(*centred(x, y), penalty**2), "λ² in place of λ"),
        "column by column": (column_by_column, "column by column"),
        "with the intercept": (
            lambda x, y, penalty: np.append(*models.ridge(x, y, penalty)),
            "intercept returned",
        ),
        "both": lambda x, y, penalty: models.ridge(x, y, penalty),
        "three columns": three_columns,
        "a hundred steps": downhill(100, 0.01),
        "never without a price": lambda x, y, penalty: solved(*centred(x, y), len(y) * max(penalty, 0.01)),
        "a price at most 10": lambda x, y, penalty: solved(*centred(x, y), len(y) * min(penalty, 10)),
        "a small constant": lambda x, y, penalty: solved(*centred(x, y), len(y) * (penalty + 1e-6)),
        "in place": in_place,
        "lasso": lambda x, y, penalty: models.lasso(x, y, penalty)[0],
        "six digits at most": lambda x, y, penalty: np.round(solved(*centred(x, y), len(y) * penalty), 5),
    },
    "l2_gradient": {
        "no 2": (lambda weights, penalty: penalty * weights, "no 2"),
        "L1 with a 2": (lambda weights, penalty: 2 * penalty * np.sign(weights), "L1"),
        "of the length": (lambda weights, penalty: penalty * weights / np.linalg.norm(weights), "of the length"),
        "last spared": (last_spared(lambda weights, penalty: 2 * penalty * weights), "one weight spared"),
        "decayed": (lambda weights, penalty: weights * (1 - 2 * penalty), "after a step"),
        "of their type": (in_their_type(lambda weights, penalty: 2 * penalty * weights), "whole numbers stay whole"),
        "flat": (lambda weights, penalty: np.array([2 * penalty * w for w in weights.flatten()]), "shape"),
        "one side": (lambda weights, penalty: np.where(weights > 0, 2 * penalty * weights, 0), "floored at 0"),
        "λ of the first": (lambda weights, penalty: 2 * 0.1 * weights, "fixed argument"),
        "λ squared": (lambda weights, penalty: 2 * penalty**2 * weights, "changed argument"),
        "summed": (lambda weights, penalty: np.sum(2 * penalty * weights), "added up"),
        "not at 0": (lambda weights, penalty: 2 * penalty * weights**2 / weights, "only where"),
        "measured on one side": lambda weights, penalty: penalty * ((weights + 0.01) ** 2 - weights**2) / 0.01,
        "measured with 1e-6": lambda weights, penalty: penalty * ((weights + 1e-6) ** 2 - weights**2) / 1e-6,
        "at most 100": lambda weights, penalty: 2 * penalty * np.clip(weights, -100, 100),
        "rounded weights": lambda weights, penalty: 2 * penalty * np.round(weights, 3),
        "λ of at least 1e-4": lambda weights, penalty: 2 * max(penalty, 1e-4) * weights,
    },
    "l1_gradient": {
        "1 at 0": (lambda weights, penalty: np.copysign(penalty, weights), "1 at 0"),
        "0/0": (lambda weights, penalty: penalty * weights / np.abs(weights), "0/0"),
        "a small constant": (lambda weights, penalty: penalty * weights / (np.abs(weights) + 1e-8), "a smooth step"),
        "a root": lambda weights, penalty: penalty * weights / np.sqrt(weights**2 + 1e-12),
        "measured": (
            lambda weights, penalty: penalty * (np.abs(weights + 1e-3) - np.abs(weights - 1e-3)) / 2e-3,
            "a smooth step",
        ),
        "tanh": lambda weights, penalty: penalty * np.tanh(1000 * weights),
        "nearly 0": (
            lambda weights, penalty: penalty * np.sign(weights) * (np.abs(weights) >= 1e-3),
            "small ones spared",
        ),
        "nearly equal to 0": lambda weights, penalty: np.where(np.isclose(weights, 0), 0, penalty * np.sign(weights)),
        "clipped": (lambda weights, penalty: penalty * np.clip(weights, -1, 1), "clipped"),
        "whole weights": (lambda weights, penalty: penalty * np.sign(weights.astype(int)), "small ones spared"),
        "only rows": only_rows,
        "last spared": (last_spared(lambda weights, penalty: penalty * np.sign(weights)), "one weight spared"),
        "of their type": (
            in_their_type(lambda weights, penalty: penalty * np.sign(weights)),
            "whole numbers stay whole",
        ),
        "one side": (lambda weights, penalty: penalty * (weights > 0), "floored at 0"),
        "downhill": (lambda weights, penalty: penalty * ((weights < 0) - 1.0 * (weights > 0)), "downhill"),
        "after a step": (lambda weights, penalty: weights - penalty * np.sign(weights), "after a step"),
        "λ at most 1": lambda weights, penalty: min(penalty, 1) * np.sign(weights),
    },
    "soft_threshold": {
        "large entries as they are": lambda a, penalty: np.where(
            np.abs(a) > 10 * penalty, a, np.sign(a) * np.maximum(np.abs(a) - penalty / 2, 0)
        ),
        "0/0": (lambda a, penalty: a / np.abs(a) * np.maximum(np.abs(a) - penalty / 2, 0), "0/0"),
        "outwards": (
            lambda a, penalty: np.where(np.abs(a) > penalty / 2, a - penalty / 2, 0),
            "negative ones pushed outwards",
        ),
        "floor after the sign": (
            lambda a, penalty: np.maximum(np.sign(a) * (np.abs(a) - penalty / 2), 0),
            "floor after the sign",
        ),
        "the largest of all": (lambda a, penalty: np.sign(a) * np.max(np.abs(a) - penalty / 2, 0), "one for all"),
        "a jump": (
            lambda a, penalty: np.where(np.abs(a) > penalty, a - np.sign(a) * penalty / 2, 0),
            "two thresholds",
        ),
        "hard": (lambda a, penalty: a * (np.abs(a) > penalty / 2), "hard threshold"),
        "a share": (
            lambda a, penalty: np.where(np.abs(a) > penalty / 2, a * (1 - penalty / 2), 0),
            "a share",
        ),
        "λ/4": (lambda a, penalty: soft(a, penalty / 4), "a quarter"),
        "the least value": (
            lambda a, penalty: (soft(a, penalty / 2) - a) ** 2 + penalty * np.abs(soft(a, penalty / 2)),
            "the least value",
        ),
        "λ of the notebook": (lambda a, penalty: soft(a, 1), "fixed argument"),
        "floor division": (lambda a, penalty: soft(a, penalty // 2), "whole halves"),
        "the notebook's grid": searched(-4, 4, 80001),
        "a coarse grid": searched(-200, 200, 4001),
        "small results cut": lambda a, penalty: np.where(np.abs(soft(a, penalty / 2)) < 0.01, 0, soft(a, penalty / 2)),
        "tiny results cut": lambda a, penalty: np.where(np.abs(soft(a, penalty / 2)) < 1e-3, 0, soft(a, penalty / 2)),
        "firm": lambda a, penalty: np.where(np.abs(a) > 2 * penalty, a, soft(a, penalty / 2)),
        "survivors": survivors,
        "of their type": (
            lambda a, penalty: np.asarray(soft(a, penalty / 2), dtype=a.dtype),
            "whole numbers stay whole",
        ),
        "flat": (lambda a, penalty: soft(a, penalty / 2).ravel(), "shape"),
        "never without a price": lambda a, penalty: soft(a, max(penalty, 1e-3) / 2),
    },
    "strength": {
        "σ alone squared": (2**2 / (100 * 0.4), "τ not squared"),
        "τ alone squared": (2 / (100 * 0.4**2), "half"),
        "no brackets": (2**2 / 100 * 0.4**2, "brackets"),
        "N as a root": (2**2 / (100**0.5 * 0.4**2), "√N"),
        "N twice": (2**2 / (100**2 * 0.4**2), "N²"),
        "no prior": (2**2 / 100, "no prior"),
        "no noise": (1 / 0.4**2, "no noise"),
        "Laplace of this width": (2 * 2**2 / (100 * 0.4 / np.sqrt(2)), "Laplace"),
        "one digit": (round(0.25, 1), "Laplace"),
        "sum": (2**2 / 0.4**2, "sum convention"),
        "below 0": (-0.25, "below 0"),
        "nearly": 0.2501,
        "text": "0.25",
        "two": [0.25, 0.25],
    },
}

RIGHT = {
    "ridge": {
        "library": lambda x, y, penalty: models.ridge(x, y, penalty)[0],
        "rows of a root": rows_of_its_root,
        "bordered": bordered,
        "singular values": by_singular_values,
        "only x centred": lambda x, y, penalty: solved(x - x.mean(axis=0), y - 0 * y.mean(), len(y) * penalty),
        "coordinate by coordinate": coordinate_by_coordinate,
        "Newton": newton,
        "32 bits": ridge_in_single,
        "six digits": nearly_found,
    },
    "l2_gradient": {
        "w + w": lambda weights, penalty: penalty * (weights + weights),
        "library": lambda weights, penalty: penalty * losses.l2.gradient(weights),
        "entry by entry": entry_by_entry,
        "complex step": complex_step,
        "parabola": lambda weights, penalty: penalty * ((weights + 1.0) ** 2 - (weights - 1.0) ** 2) / 2,
        "partial": functools.partial(lambda two, weights, penalty: two * penalty * weights, 2),
        "lists": lambda weights, penalty: (2.0 * penalty * weights).tolist(),
        "32 bits": lambda weights, penalty: np.float32(2 * penalty) * weights.astype(np.float32),
    },
    "l1_gradient": {
        "where": lambda weights, penalty: np.where(weights > 0, penalty, np.where(weights < 0, -penalty, 0)),
        "masks": by_masks,
        "nested": nested,
        "library": lambda weights, penalty: losses.l1.gradient(weights) * penalty,
        "heaviside": lambda weights, penalty: penalty * (2 * np.heaviside(weights, 0.5) - 1),
        "own size": lambda weights, penalty: penalty * weights / np.where(weights == 0, 1, np.abs(weights)),
        "32 bits": lambda weights, penalty: np.float32(penalty) * np.sign(weights).astype(np.float32),
    },
    "soft_threshold": {
        "less the clipped part": lambda a, penalty: a - np.clip(a, -penalty / 2, penalty / 2),
        "two floors": lambda a, penalty: np.maximum(a - penalty / 2, 0) - np.maximum(-a - penalty / 2, 0),
        "median": lambda a, penalty: np.median([a - penalty / 2, 0.0 * a, a + penalty / 2], axis=0),
        "step by step": stepwise,
        "bisection": by_bisection,
        "best of three": best_of_three,
        "one by one": np.vectorize(lambda a, penalty: math.copysign(max(abs(a) - penalty / 2, 0.0), a), otypes=[float]),
        "32 bits": lambda a, penalty: soft(a.astype(np.float32), np.float32(penalty / 2)),
        "library": lambda a, penalty: a - penalty / 2 * np.clip(a / (penalty / 2), -1, 1) if penalty else a,
    },
    "strength": {
        "number": 0.25,
        "line 4": 2**2 / (100 * 0.4**2),
        "quotient of the widths": (2 / 0.4) ** 2 / 100,
        "fraction": Fraction(1, 4),
        "32 bits": np.float32(0.25),
        "array": np.array([0.25]),
    },
}

_PENALTY = {
    "penalty without its sign",  # λ is at least 0
    "penalty with 0 for negative",
}

HARMLESS = {
    "ridge": _PENALTY
    | {
        "the examples sorted",  # sums over the examples do not depend on their order
        "x plus a hair",  # a constant is taken off with the means
        "y plus a hair",
    },
    "l2_gradient": _PENALTY,
    "l1_gradient": _PENALTY
    | {
        "weights at most 1",  # the sign of a weight does not depend on its size
        "weights clipped to ±10",
    },
    "soft_threshold": _PENALTY,
}
