"""The exercises on the gradients of both penalties, and on the soft threshold."""

import functools

import numpy as np

from ..engine import Exercise, Misconception, quietly

# ---------------------------------------------------------------------- the penalties' gradients

_W = np.array([3.0, -0.5, 0.0, 1.5])
_LONG = np.array([0.001, -1000.0, 0.0, 3.0725, -0.0431, 150.25, 3e-10, -2.5, 0.0004, -0.3, 1.5, -0.0017, 0.94])
_MATRIX = np.array([[0.37, -12.5, 0.0], [0.005, 1.5, -0.25]])
_WHOLE = np.array([4, -7, 0, 1])
_WEIGHTS = [(_W, 0.1), (np.array([-2.0, 4.0]), 3.0), (_WHOLE, 0.35), (_LONG, 125.0371284),
            (_LONG[:3], 0.0), (_MATRIX, 0.0371284), (_LONG[2:5].reshape(1, 3), 0.0042)]  # fmt: skip


def _spared(gradient):
    """Return the gradient with a slope of 0 for the first or the last weight, or row of weights."""

    def answer(where, weights, penalty):
        found = np.array(gradient(weights, penalty), dtype=float)
        (found.flat if where[0] == "weight" else found)[where[1]] = 0
        return found

    places = [(kind, place) for kind in ("weight", "row") for place in (0, -1)]
    return tuple(functools.partial(answer, where) for where in places)


def _l2(weights, penalty):
    return 2 * penalty * weights


def _l1(weights, penalty):
    return penalty * np.sign(weights)


l2_gradient = Exercise(
    reference=_l2,
    cases=_WEIGHTS,
    misconceptions=[
        Misconception(
            "whole numbers stay whole",
            lambda weights, penalty: (2 * penalty * weights).astype(weights.dtype),
            "If the weights are whole numbers, an array of their type cuts off all decimals. Make yours with "
            "`dtype=float`.",
        ),
        Misconception(
            "no 2",
            lambda weights, penalty: penalty * weights,
            "You have λw, which is the slope of ½λw². The penalty here is λw² without a ½: its slope has a 2.",
        ),
        Misconception(
            "absolute",
            lambda weights, penalty: 2 * penalty * np.abs(weights),
            "Your slope is never negative. A negative weight must be pushed up to become smaller in size: keep its "
            "sign.",
        ),
        Misconception(
            "L1",
            (
                lambda weights, penalty: penalty * np.sign(weights),
                lambda weights, penalty: 2 * penalty * np.sign(weights),
            ),
            "That is the slope of λ Σ |w|: it pulls a small weight as hard as a large one. The slope of a square "
            "grows with w.",
        ),
        Misconception(
            "the value",
            lambda weights, penalty: penalty * np.sum(weights**2),
            "That is the penalty itself, one number. We ask for its slope in each weight.",
        ),
        Misconception(
            "the squares",
            lambda weights, penalty: penalty * weights**2,
            "Those are the terms of the penalty. Differentiate each: what is the slope of w²?",
        ),
        Misconception(
            "of the length",
            quietly(lambda weights, penalty: penalty * weights / np.sqrt(np.sum(weights**2))),
            "That is the slope of λ times the length of w, the root of Σ w². The penalty has no root.",
        ),
        Misconception(
            "after a step",
            (
                lambda weights, penalty: weights - 2 * penalty * weights,
                lambda weights, penalty: weights - penalty * weights,
            ),
            "Those are the weights after a step against the gradient, with η = 1. We ask for the gradient itself.",
        ),
        Misconception(
            "one weight spared",
            _spared(_l2),
            "One weight, the first or the last, has the slope 0 in your answer. An intercept would be spared; but all "
            "of these are weights.",
        ),
        Misconception(
            "without λ",
            lambda weights, penalty: 2 * weights,
            "λ is missing: it multiplies the penalty, so it multiplies the slope too.",
        ),
        Misconception(
            "mean",
            lambda weights, penalty: 2 * penalty * weights / np.size(weights),
            "You divided by the number of weights. The penalty is a sum, not a mean.",
        ),
        Misconception(
            "downhill",
            lambda weights, penalty: -2 * penalty * weights,
            "That points downhill: it is minus the gradient. Return the gradient itself.",
        ),
    ],
    notice="A step of gradient descent subtracts η · 2λw: it multiplies the weight by 1 − 2ηλ, independent of the "
    "data. Hence L2's other name, weight decay.",
)

l1_gradient = Exercise(
    reference=_l1,
    cases=_WEIGHTS,
    misconceptions=[
        Misconception(
            "whole numbers stay whole",
            lambda weights, penalty: (penalty * np.sign(weights)).astype(weights.dtype),
            "If the weights are whole numbers, an array of their type cuts off the decimals of λ. Make yours with "
            "`dtype=float`.",
        ),
        Misconception(
            "no sign",
            lambda weights, penalty: penalty * np.ones(np.shape(weights)),
            "You give every weight the slope λ. To the left of 0, |w| falls as w rises: there the slope is −λ, and at "
            "0 we agreed on 0.",
        ),
        Misconception(
            "1 at 0",
            lambda weights, penalty: penalty * np.where(weights >= 0, 1.0, -1.0),
            "Right, except for a weight of exactly 0. There |w| has a kink, and any slope from −λ to λ is possible; we "
            "agreed on 0.",
        ),
        Misconception(
            "−1 at 0",
            lambda weights, penalty: penalty * np.where(weights > 0, 1.0, -1.0),
            "Right, except for a weight of exactly 0: you push it up as if it were negative. We agreed on the slope 0 "
            "there.",
        ),
        Misconception(
            "0/0",
            quietly(lambda weights, penalty: penalty * weights / np.abs(weights)),
            "w/|w| is the sign, except at 0: there it is 0/0. We agreed on the slope 0 there.",
        ),
        Misconception(
            "small ones spared",
            tuple(
                lambda weights, penalty, least=least: np.where(np.abs(weights) < least, 0, penalty * np.sign(weights))
                for least in (1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1)
            ),
            "You count a small weight as 0. However small it is, the pull on it is λ; only at 0 itself is it 0.",
        ),
        Misconception(
            "a smooth step",
            tuple(
                lambda weights, penalty, size=size: penalty * weights / (np.abs(weights) + size)
                for size in (1e-12, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2)
            )
            + tuple(
                lambda weights, penalty, step=step: (
                    penalty * (np.abs(weights + step) - np.abs(weights - step)) / (2 * step)
                )
                for step in (1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1)
            ),
            "Your slope changes little by little near 0, because of a small constant or a measuring step. The sign "
            "jumps: at 0.001 the slope is λ, as at 1000.",
        ),
        Misconception(
            "clipped",
            lambda weights, penalty: penalty * np.clip(weights, -1, 1),
            "Beyond 1 and −1 that is right. But a weight of 0.5 has the slope λ too, not half of it.",
        ),
        Misconception(
            "one weight spared",
            _spared(_l1),
            "One weight, the first or the last, has the slope 0 in your answer. An intercept would be spared; but all "
            "of these count.",
        ),
        Misconception(
            "after a step",
            lambda weights, penalty: weights - penalty * np.sign(weights),
            "Those are the weights after a step against the gradient, with η = 1. We ask for the gradient alone.",
        ),
        Misconception(
            "the value",
            lambda weights, penalty: penalty * np.abs(weights),
            "Those are the terms of the penalty, λ|w|. We ask for their slope.",
        ),
        Misconception(
            "the sum",
            lambda weights, penalty: penalty * np.sum(np.abs(weights)),
            "That is the penalty itself, one number. We ask for its slope in each weight.",
        ),
        Misconception(
            "L2",
            lambda weights, penalty: 2 * penalty * weights,
            "That is the slope of λ Σ w². The slope of |w| is the same however large w is.",
        ),
        Misconception(
            "the weight",
            lambda weights, penalty: penalty * weights,
            "Your slope grows with the weight. A straight line has one slope, however far out.",
        ),
        Misconception(
            "a 2 from the square",
            lambda weights, penalty: 2 * penalty * np.sign(weights),
            "The 2 comes from the slope of a square. |w| is not a square.",
        ),
        Misconception(
            "without λ",
            lambda weights, penalty: np.sign(weights),
            "λ is missing: it multiplies the penalty, so it multiplies the slope too.",
        ),
        Misconception(
            "mean",
            lambda weights, penalty: penalty * np.sign(weights) / np.size(weights),
            "You divided by the number of weights. The penalty is a sum, not a mean.",
        ),
        Misconception(
            "downhill",
            lambda weights, penalty: -penalty * np.sign(weights),
            "That points downhill: it is minus the gradient. Return the gradient itself.",
        ),
    ],
    notice="The pull does not fade as the weight gets small. That is why L1 brings weights all the way to 0, and L2 "
    "does not.",
)

# ---------------------------------------------------------------------- the soft threshold


def _soft(pull, amount):
    return np.sign(pull) * np.maximum(np.abs(pull) - amount, 0) + 0.0  # no −0 is shown to the reader


_SMALL = np.array([0.0402137, -0.0519283, 0.0, 0.0367, -0.0368041, 0.0110017, 0.0502906, -0.0367, 0.0415528, 0.0044193,
                   -0.0398774, 0.0409362, 0.0425639])  # fmt: skip

soft_threshold = Exercise(
    reference=lambda a, penalty: _soft(a, penalty / 2),
    cases=[
        (np.array([3.0, -2.0, 0.25, -0.5, 0.75]), 1.0),
        (np.array([-1.5, 0.5, 0.0, 4.0]), 3.0),
        (np.array([5, -4, 1, -1, 0, 2]), 3),
        (_SMALL, 0.0734),
        (_SMALL[1:4] / 20, 0.0),
        (_SMALL[2:9], 0.0087),
        (np.array([[2650.25, -13.0, 12.5], [-12.5, 0.0, 30.0], [12.5031, 2.0, -60.7]]), 25.0),
    ],
    within=2e-6,
    misconceptions=[
        Misconception(
            "whole numbers stay whole",
            lambda a, penalty: (_soft(a, penalty / 2)).astype(a.dtype),
            "If a holds whole numbers, so does an array of its type: decimals that are written into it are cut off. "
            "Make it with `dtype=float`.",
        ),
        Misconception(
            "λ instead of λ/2",
            lambda a, penalty: _soft(a, penalty),
            "You subtract λ. The slope of (w − a)² has a factor 2, that of λ|w| does not: subtract λ/2.",
        ),
        Misconception(
            "hard threshold",
            (
                lambda a, penalty: np.where(np.abs(a) > penalty / 2, a, 0.0),
                lambda a, penalty: np.where(np.abs(a) > penalty, a, 0.0),
            ),
            "You keep large weights as they are. The penalty pulls at them too: each loses λ/2.",
        ),
        Misconception(
            "negative ones pushed outwards",
            lambda a, penalty: np.where(np.abs(a) > penalty / 2, a - penalty / 2, 0.0),
            "You subtract λ/2 from negative weights as well, which moves them away from 0. Take it off the size, and "
            "put the sign back.",
        ),
        Misconception(
            "two thresholds",
            (
                lambda a, penalty: np.where(np.abs(a) > penalty, a - np.sign(a) * penalty / 2, 0.0),
                lambda a, penalty: np.where(np.abs(a) > penalty / 2, a - np.sign(a) * penalty, 0.0),
            ),
            "The place where you cut and the amount that you subtract differ. Both are λ/2: so the result begins at 0, "
            "without a jump.",
        ),
        Misconception(
            "whole halves",
            lambda a, penalty: _soft(a, penalty // 2),
            "`//` cuts off the decimals, so that half of 1 becomes 0. `/` divides.",
        ),
        Misconception(
            "a quarter",
            lambda a, penalty: _soft(a, penalty / 4),
            "You halve λ twice. Line 1 sets 2(w − a) + λ to 0: how far is w from a?",
        ),
        Misconception(
            "a share",
            (
                lambda a, penalty: np.where(np.abs(a) > penalty / 2, a * (1 - penalty / 2), 0.0),
                lambda a, penalty: a * np.maximum(1 - penalty / 2, 0),
            ),
            "You take off a share of the weight. |w| takes off the same amount from each, large or small.",
        ),
        Misconception(
            "0/0",
            quietly(lambda a, penalty: a / np.abs(a) * np.maximum(np.abs(a) - penalty / 2, 0)),
            "a/|a| is the sign, except at 0: there it is 0/0. `np.sign` gives 0 there.",
        ),
        Misconception(
            "the floor at λ/2",
            lambda a, penalty: np.sign(a) * np.maximum(np.abs(a), penalty / 2),
            "λ/2 is your floor, and nothing is subtracted: small weights grow. Subtract it, and let 0 be the floor.",
        ),
        Misconception(
            "one for all",
            (
                lambda a, penalty: np.sign(a) * np.max(np.abs(a) - penalty / 2),
                lambda a, penalty: np.sign(a) * max(0, np.max(np.abs(a) - penalty / 2)),
                lambda a, penalty: np.sign(a) * np.max(np.abs(a) - penalty / 2, 0),
            ),
            "All your weights have one size: `np.max` takes the largest of all. Entry by entry the larger of two is "
            "`np.maximum`.",
        ),
        Misconception(
            "the least value",
            lambda a, penalty: (_soft(a, penalty / 2) - a) ** 2 + penalty * np.abs(_soft(a, penalty / 2)),
            "That is how small the objective gets. We ask for the w at which it is so small.",
        ),
        Misconception(
            "no max",
            lambda a, penalty: np.sign(a) * (np.abs(a) - penalty / 2),
            "In your answer small weights go through 0 to the other side. They should stop at 0.",
        ),
        Misconception(
            "no sign",
            lambda a, penalty: np.maximum(np.abs(a) - penalty / 2, 0),
            "The sizes are right, the signs are lost: a negative weight shrinks towards 0 from below.",
        ),
        Misconception(
            "one side only",
            lambda a, penalty: np.maximum(a - penalty / 2, 0),
            "Every negative weight became 0. Subtract λ/2 from the size, and put the sign back after the floor.",
        ),
        Misconception(
            "floor after the sign",
            lambda a, penalty: np.maximum(np.sign(a) * (np.abs(a) - penalty / 2), 0),
            "Your floor comes after the sign, so it cuts off all that is negative. First the floor for the size, then "
            "the sign.",
        ),
        Misconception(
            "subtracted with its sign",
            lambda a, penalty: a - penalty / 2,
            "You move every weight down by λ/2. That makes a negative weight larger in size.",
        ),
        Misconception(
            "what was taken off",
            lambda a, penalty: np.clip(a, -penalty / 2, penalty / 2),
            "That is the part that the penalty removes. We ask for the part that is left.",
        ),
        Misconception(
            "ridge",
            lambda a, penalty: a / (1 + penalty),
            "That is what λw² does: it divides, and no weight becomes 0. λ|w| subtracts.",
        ),
    ],
    notice="This line is the core of all lasso solvers. It makes exact zeros because |w| has a kink at 0: a pull "
    "weaker than λ/2 cannot move a weight away from it.",
)
