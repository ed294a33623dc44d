"""Huber's loss, written by the reader."""

import numpy as np

from ..engine import Exercise, Misconception, quietly

_MANY = np.random.default_rng(2).normal(0, 40, 120).round(2)
_MANY[-7] = -1234.5
_SMALL = np.array([0.0031, -0.052, 0.0, 0.013, 0.0127, -0.0009, 0.0214])


def _huber(r, delta):
    return np.where(np.abs(r) <= delta, r**2 / 2, delta * np.abs(r) - delta**2 / 2)


def _branches(near, far):
    return lambda r, delta: np.where(np.abs(r) <= delta, near(r, delta), far(r, delta))


def _parabola(r, delta):
    return r**2 / 2


def _straight(r, delta):
    return delta * np.abs(r) - delta**2 / 2


huber = Exercise(
    reference=_huber,
    cases=[
        (np.array([-3.0, -0.5, 0.0, 1.0, 2.0, 4.0]), 2.0),
        (np.array([0.75, 0.753, -0.75, -0.79, 0.7, 5.37, 0.85, -0.1]), 0.75),
        (np.array([3, -1, 0, 2, -4]), 1.5),
        (_SMALL, 0.013),
        (_SMALL[::-1], 0.0021),
        (_MANY, 31.7),
        (_MANY[::-1], 1.0),
    ],
    misconceptions=[
        Misconception(
            "no half",
            _branches(lambda r, delta: r**2, _straight),
            "Near 0 it should be half the square. Without the ½ the two pieces do not meet at δ.",
        ),
        Misconception(
            "no half in both",
            _branches(lambda r, delta: r**2, lambda r, delta: delta * np.abs(r) - delta**2),
            "Both pieces lack a ½: it belongs before r², and before the δ² that is subtracted.",
        ),
        Misconception(
            "branches swapped",
            _branches(_straight, _parabola),
            "The two pieces have changed places: the parabola belongs to the small residuals.",
        ),
        Misconception(
            "no offset",
            _branches(_parabola, lambda r, delta: delta * np.abs(r)),
            "The straight piece lies too high by ½δ²: at |r| = δ the loss jumps.",
        ),
        Misconception(
            "slope 1, no offset",
            _branches(_parabola, lambda r, delta: np.abs(r)),
            "Your straight piece is |r|: it has slope 1 where it needs the slope δ, and it must be lowered to meet the "
            "parabola at δ.",
        ),
        Misconception(
            "delta not squared",
            _branches(_parabola, lambda r, delta: delta * np.abs(r) - delta / 2),
            "You subtract ½δ where ½δ² belongs. At δ = 1 nobody would notice.",
        ),
        Misconception(
            "offset not halved",
            _branches(_parabola, lambda r, delta: delta * (np.abs(r) - delta)),
            "You subtract δ² where ½δ² belongs: at |r| = δ your straight piece is 0, and the parabola is not.",
        ),
        Misconception(
            "all of the straight piece halved",
            _branches(_parabola, lambda r, delta: (delta * np.abs(r) - delta**2) / 2),
            "Your ½ applies to the whole straight piece. Only δ² is halved: look at the brackets.",
        ),
        Misconception(
            "slope 1",
            _branches(_parabola, lambda r, delta: np.abs(r) - delta / 2),
            "Your straight piece has slope 1; it needs the slope of the parabola at δ, which is δ.",
        ),
        Misconception(
            "straight piece of δ = 1",
            _branches(_parabola, lambda r, delta: np.abs(r) - 0.5),
            "|r| − ½ is the straight piece for δ = 1. For any δ its slope is δ, and it is lowered by ½δ².",
        ),
        Misconception(
            "smooth L1",
            lambda r, delta: _huber(r, delta) / delta,
            "That is smooth L1 with β = δ: Huber divided by δ. The two agree only at δ = 1.",
        ),
        Misconception(
            "sign lost",
            lambda r, delta: np.where(r <= delta, r**2 / 2, delta * r - delta**2 / 2),
            "You compared r, not |r|, with δ: a large negative residual is far away too.",
        ),
        Misconception(
            "squares compared with δ",
            lambda r, delta: np.where(r**2 <= delta, _parabola(r, delta), _straight(r, delta)),
            "You compared r² with δ. They have different units: compare |r| with δ.",
        ),
        Misconception(
            "loss compared with δ",
            lambda r, delta: np.where(r**2 / 2 <= delta, _parabola(r, delta), _straight(r, delta)),
            "You compared ½r² with δ. δ is a limit for the residual, not for its loss: compare |r| with δ.",
        ),
        Misconception(
            "0 at the seam",
            lambda r, delta: np.where(np.abs(r) == delta, 0, _huber(r, delta)),
            "Right, except where |r| is exactly δ: there you give 0. One of the two pieces must include it.",
        ),
        Misconception(
            "0 beyond δ",
            _branches(_parabola, lambda r, delta: 0 * r),
            "Beyond δ your loss is 0, as if those residuals were perfect. There the straight line takes over.",
        ),
        Misconception(
            "constant beyond δ",
            (
                lambda r, delta: np.minimum(r**2, delta**2) / 2,
                _branches(_parabola, lambda r, delta: delta + 0 * r),
            ),
            "Beyond δ your loss stays constant, so a large residual has no pull at all. It should go on rising, with "
            "the slope δ.",
        ),
        Misconception(
            "only the parabola",
            _parabola,
            "That is the parabola everywhere (it is also the larger of the two pieces). Beyond δ a straight line takes "
            "over.",
        ),
        Misconception(
            "only the straight piece",
            _straight,
            "That is the straight piece for all r, even near r = 0, where it is negative. (The smaller of the two is "
            "always this piece.) Up to δ take half the square: choose by |r|, for each entry by itself.",
        ),
        Misconception(
            "sign lost far out",
            _branches(_parabola, lambda r, delta: delta * r - delta**2 / 2),
            "The condition is right, the straight piece is not: with δ · r, a large negative residual has a negative "
            "loss. Take |r|.",
        ),
        Misconception(
            "offset added",
            _branches(_parabola, lambda r, delta: delta * np.abs(r) + delta**2 / 2),
            "Subtract the ½δ², do not add it: at |r| = δ the straight piece must have the value ½δ².",
        ),
        Misconception(
            "twice",
            lambda r, delta: 2 * _huber(r, delta),
            "Twice too large everywhere: both pieces meet, but near 0 it should be half the square.",
        ),
        Misconception(
            "slope",
            lambda r, delta: np.clip(r, -delta, delta),
            "Those are the slopes of Huber's loss. We ask for its values.",
        ),
        Misconception(
            "pseudo-Huber",
            lambda r, delta: delta**2 * (np.sqrt(1 + (r / delta) ** 2) - 1),
            "That is the pseudo-Huber loss, which has no seam. Huber's is exactly half the square up to δ, and exactly "
            "a straight line beyond.",
        ),
        Misconception(
            "log-cosh",
            (
                lambda r, delta: np.logaddexp(r, -r) - np.log(2),
                quietly(lambda r, delta: np.log(np.cosh(r))),
            ),
            "That is log-cosh, which has no seam and no δ. Huber's loss has two pieces, and δ says where they meet.",
        ),
        Misconception(
            "array of integers",
            lambda r, delta: _huber(r, delta).astype(r.dtype),
            "Right, except where r holds whole numbers: `np.zeros_like(r)` and `np.piecewise` then make an array of "
            "whole numbers, which cuts off the decimals. `np.zeros(len(r))` makes floats.",
        ),
    ],
    notice="At |r| = δ both pieces give ½δ², and both have the slope δ: that is why the ½ and the ½δ² are there.",
)
