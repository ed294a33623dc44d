"""The exercise on the centred difference."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from ..engine import Exercise, Misconception, quietly


@dataclass(frozen=True)
class _Curve:
    """A function of one number, which shows its formula to a reader."""

    formula: str
    rule: Callable = field(repr=False)

    def __call__(self, w):
        return self.rule(w)

    def __repr__(self):
        return self.formula


def _centered(f, w, h):
    return (f(w + h) - f(w - h)) / (2 * h)


def _own_steps():
    """Yield a difference with a step of the reader's own, on both sides and on one."""
    for power in range(-2, -9, -1):
        yield lambda f, w, h, own=10.0**power: _centered(f, w, own)
        yield lambda f, w, h, own=10.0**power: (f(w + own) - f(w)) / own


centered = Exercise(
    reference=_centered,
    cases=[
        (_Curve("w³ − 2w + 1", lambda w: w**3 - 2 * w + 1), 1.5, 0.5),
        (_Curve("½w⁴ − w³ + 3w + 2", lambda w: 0.5 * w**4 - w**3 + 3 * w + 2), -1.0, 0.3),
        (_Curve("w³ − 3w", lambda w: w**3 - 3 * w), 1.0, 0.7),
        (_Curve("20w² − 0.3w", lambda w: 20 * w**2 - 0.3 * w), 0.0, 1.3),
        (_Curve("0.3e^(−2w)", lambda w: 0.3 * np.exp(-2 * w)), 0.013, 0.015),
        (_Curve("w³", lambda w: w**3), 0.02, 0.004),  # a small step
        (_Curve("9000 sin(w/4)", lambda w: 9000 * np.sin(w / 4)), -14.2, 11.5),
        (_Curve("50w³ − w", lambda w: 50 * w**3 - w), 2.3, 0.3),
        (_Curve("max(0, 1 − w)", lambda w: np.maximum(0.0, 1 - w)), 0.9, 0.25),  # across a kink
        (_Curve("2w + 1", lambda w: 2 * w + 1), 4.0, 0.125),
    ],
    misconceptions=[
        Misconception(
            "forward",
            lambda f, w, h: (f(w + h) - f(w)) / h,
            "That is the one-sided difference, forward. The centred difference looks h to the right and h to the left.",
        ),
        Misconception(
            "backward",
            lambda f, w, h: (f(w) - f(w - h)) / h,
            "That is the one-sided difference, backward. The centred difference looks to both sides of w.",
        ),
        Misconception(
            "divided by h",
            lambda f, w, h: (f(w + h) - f(w - h)) / h,
            "Twice too large. How far is it from w − h to w + h? (If you added a forward and a backward difference: "
            "take their mean.)",
        ),
        Misconception(
            "divided by 2",
            lambda f, w, h: (f(w + h) - f(w - h)) / 2,
            "You divided by 2 alone. The distance from w − h to w + h depends on h.",
        ),
        Misconception(
            "not divided",
            lambda f, w, h: f(w + h) - f(w - h),
            "That is how much the function rises. The slope is the rise per unit: divide by the distance.",
        ),
        Misconception(
            "no brackets round 2h",
            lambda f, w, h: (f(w + h) - f(w - h)) / 2 * h,
            "`/ 2 * h` divides by 2 and then multiplies by h. Write `/ (2 * h)`.",
        ),
        Misconception(
            "multiplied by the distance",
            lambda f, w, h: (f(w + h) - f(w - h)) * (2 * h),
            "You multiplied by the distance 2h. A slope is the rise per unit: divide by it.",
        ),
        Misconception(
            "no brackets round the difference",
            lambda f, w, h: f(w + h) - f(w - h) / (2 * h),
            "Division comes before subtraction: only f(w − h) was divided. Put the difference in brackets.",
        ),
        Misconception(
            "upside down",
            lambda f, w, h: (f(w - h) - f(w + h)) / (2 * h),
            "The sign is wrong: subtract the left value from the right value.",
        ),
        Misconception(
            "forward, upside down",
            (lambda f, w, h: (f(w) - f(w + h)) / h, lambda f, w, h: (f(w - h) - f(w)) / h),
            "Two things are wrong: the sign, and you look to one side only.",
        ),
        Misconception(
            "sum for difference",
            lambda f, w, h: (f(w + h) + f(w - h)) / (2 * h),
            "You added the two values. A slope asks how much they differ: subtract the left value from the right one.",
        ),
        Misconception(
            "second difference",
            (
                lambda f, w, h: (f(w + h) - 2 * f(w) + f(w - h)) / h**2,
                lambda f, w, h: ((f(w + h) - f(w)) / h - (f(w) - f(w - h)) / h) / h,
                lambda f, w, h: (f(w + h) - 2 * f(w) + f(w - h)) / (2 * h),
            ),
            "f(w + h) − 2 f(w) + f(w − h) measures how the slope changes: f″. For the slope itself, f(w) is not "
            "needed.",
        ),
        Misconception(
            "half a step",
            lambda f, w, h: (f(w + h / 2) - f(w - h / 2)) / (2 * h),
            "You went half a step to each side, so the distance is h. Go a whole step to each side, as the statement "
            "says.",
        ),
        Misconception(
            "half a step, over h",
            lambda f, w, h: (f(w + h / 2) - f(w - h / 2)) / h,
            "That is a centred difference too, with half the step. Here h is the distance to each side.",
        ),
        Misconception(
            "two steps",
            (
                lambda f, w, h: (f(w + 2 * h) - f(w - 2 * h)) / (4 * h),
                lambda f, w, h: (f(w + 2 * h) - f(w - 2 * h)) / (2 * h),
            ),
            "You went 2h to each side. One step to each side is enough: then the two places are 2h from each other.",
        ),
        Misconception(
            "forward, over 2h",
            lambda f, w, h: (f(w + h) - f(w)) / (2 * h),
            "You divide by the distance of both sides, but look to one side only: use the value at w − h instead of "
            "the one at w.",
        ),
        Misconception(
            "no brackets at all",
            lambda f, w, h: f(w + h) - f(w - h) / 2 * h,
            "Two pairs of brackets are missing: one round the difference, one round 2 * h.",
        ),
        Misconception(
            "step relative to w",
            quietly(lambda f, w, h: _centered(f, w, np.abs(w) * h)),
            "Your step is h times the size of w. The step is h itself, wherever w is; at w = 0 yours would be 0.",
        ),
        Misconception(
            "another h",
            tuple(_own_steps()),
            "You measured with a step of your own. We ask for the centred difference with the given h, however large "
            "it is.",
        ),
    ],
    notice="The last case was a straight line: for a line, every h gives the exact slope.",
)
