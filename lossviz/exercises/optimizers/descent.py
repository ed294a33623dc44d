"""The exercises on gradient descent: one step, the largest learning rate, and how many updates an epoch has."""

import numpy as np

from ..engine import Exercise, Misconception, Number, quietly
from .cases import uneven

# ---------------------------------------------------------------------- one step of gradient descent


def _gradient_step(w, gradient, learning_rate):
    return w - learning_rate * gradient


gradient_step = Exercise(
    reference=_gradient_step,
    cases=[
        (np.array([2.0, -1.0]), np.array([4.0, -3.0]), 0.1),
        (np.array([0.5, 1.5, -2.0]), np.array([-2.0, 0.0, 5.0]), 0.02),
        (np.array([3, -2, 7, 0]), np.array([1.5, -0.37, 2.25, 40.0]), 0.03),
        (uneven(1, 13), uneven(2, 13, scale=5), 0.0371),
        (uneven(3, 3, 4), uneven(4, 3, 4), 12.5),
        (np.array([150.0, -0.004, 0.0]), np.array([-0.25, 160.0, 0.015]), 0.004),
    ],
    misconceptions=[
        Misconception(
            "uphill",
            lambda w, gradient, learning_rate: w + learning_rate * gradient,
            "The gradient points uphill. You followed it; go against it.",
        ),
        Misconception(
            "no learning rate",
            lambda w, gradient, learning_rate: w - gradient,
            "You used the whole gradient as the step. The learning rate is missing: multiply by η.",
        ),
        Misconception(
            "whole numbers stay whole",
            lambda w, gradient, learning_rate: (w - learning_rate * gradient).astype(w.dtype),
            "If w holds whole numbers, so does an array of its type: decimals that are written into it are cut off. "
            "Make it with `dtype=float`.",
        ),
        Misconception(
            "a number for η",
            tuple(
                lambda w, gradient, learning_rate, eta=eta: w - eta * gradient
                for eta in (0.001, 0.01, 0.05, 0.1, 0.2, 0.3, 0.5, 0.9)
            ),
            "The learning rate in your function is always the same number. It is given as `learning_rate`: use that.",
        ),
        Misconception(
            "the step alone",
            lambda w, gradient, learning_rate: -learning_rate * gradient,
            "That is the step. We ask for the place where it ends: start at w.",
        ),
        Misconception(
            "the step alone, uphill",
            lambda w, gradient, learning_rate: learning_rate * gradient,
            "That is how far to go. We ask for the place where the step ends: start at w, and subtract.",
        ),
        Misconception(
            "two weights",
            lambda w, gradient, learning_rate: (w - learning_rate * gradient)[:2],
            "Right for two weights, and only two come back. `w` may hold more: calculate with the whole array.",
        ),
        Misconception(
            "divided",
            lambda w, gradient, learning_rate: w - gradient / learning_rate,
            "You divided by η: a small learning rate would make long steps. Multiply.",
        ),
        Misconception(
            "brackets",
            lambda w, gradient, learning_rate: (w - learning_rate) * gradient,
            "You subtract η from w, and then multiply by the gradient. Multiply η and the gradient first.",
        ),
        Misconception(
            "added up",
            (
                lambda w, gradient, learning_rate: w - learning_rate * np.sum(gradient),
                lambda w, gradient, learning_rate: w - learning_rate * np.mean(gradient),
                lambda w, gradient, learning_rate: w - learning_rate * np.linalg.norm(gradient),
            ),
            "You made one number of the gradient, so all weights move equally far. Each weight has a slope of its own.",
        ),
        Misconception(
            "mean over the weights",
            (
                lambda w, gradient, learning_rate: w - learning_rate * gradient / len(w),
                lambda w, gradient, learning_rate: w - learning_rate * gradient / np.size(w),
            ),
            "You divided the step by the number of weights. Each weight takes its whole slope, times η.",
        ),
        Misconception(
            "clipped",
            lambda w, gradient, learning_rate: w - learning_rate * np.clip(gradient, -1, 1),
            "You cut the gradient to the range from −1 to 1. That is done against steps that are far too long; it is "
            "not asked for here.",
        ),
        Misconception(
            "the parabola",
            (
                lambda w, gradient, learning_rate: (1 - 2 * learning_rate) * w,
                lambda w, gradient, learning_rate: (1 - learning_rate) * w,
            ),
            "That is a step on a parabola whose gradient is 2w or w. Here any landscape is possible: use the gradient "
            "that is given.",
        ),
        Misconception(
            "direction only",
            lambda w, gradient, learning_rate: w - learning_rate * np.sign(gradient),
            "You kept the sign of each slope and ignored its size. That is another method (sign descent): gradient "
            "descent takes long steps where it is steep.",
        ),
        Misconception(
            "of unit length",
            quietly(lambda w, gradient, learning_rate: w - learning_rate * gradient / np.linalg.norm(gradient)),
            "You gave the gradient the length 1 first. Gradient descent does not do that: its steps shrink by "
            "themselves where the ground gets flat.",
        ),
        Misconception(
            "w shrunk",
            lambda w, gradient, learning_rate: w - learning_rate * w * gradient,
            "You multiplied the gradient by w. Subtract the gradient itself, times η.",
        ),
    ],
    notice="The step is as long as η times the slope. So the same η makes small steps on a flat landscape and far too "
    "large ones on a steep landscape: the right η depends on the landscape.",
)


def _largest_rate(curvatures):
    return 2 / np.max(curvatures)


largest_rate = Exercise(
    reference=_largest_rate,
    cases=[
        (np.array([1.0, 10.0]),),
        (np.array([3.0, 0.5, 8.0, 2.0]),),
        (np.array([7.3, 0.4, 2.0]),),
        (np.array([9, 12, 9, 3]),),
        (np.array([0.16, 0.0031, 0.04]),),
        (np.array([0.0007, 0.0012]),),
        (np.array([2.5, 4.7e7, 300.0]),),
        (np.array([2.9, 0.37, 9.61, 4.4, 0.08, 4.4, 6.3, 1.7, 5.2, 0.9, 3.8, 10.7, 8.1]),),
    ],
    misconceptions=[
        Misconception(
            "flattest",
            lambda curvatures: 2 / np.min(curvatures),
            "You took the smallest curvature, or the largest of the limits. With that η the steepest direction "
            "diverges, and the whole run with it.",
        ),
        Misconception(
            "one over",
            lambda curvatures: 1 / np.max(curvatures),
            "1/L is where one step reaches the bottom. Beyond it the steps overshoot, but they still shrink, up to "
            "twice that.",
        ),
        Misconception(
            "mean",
            (lambda curvatures: 2 / np.mean(curvatures), lambda curvatures: np.mean(2 / curvatures)),
            "You took a mean, of the curvatures or of the limits. Each direction has its own limit: the strictest "
            "limit counts.",
        ),
        Misconception(
            "sum",
            lambda curvatures: 2 / np.sum(curvatures),
            "You added the curvatures. That is safe, but not the limit: each direction has its own, 2 over its "
            "curvature.",
        ),
        Misconception(
            "each",
            lambda curvatures: 2 / curvatures,
            "Those are the limits of all directions. One η serves them all: which of the limits must it keep?",
        ),
        Misconception(
            "both ends",
            lambda curvatures: 2 / (np.min(curvatures) + np.max(curvatures)),
            "That is the η with which the steepest and the flattest direction shrink equally fast: the best η, not "
            "the largest.",
        ),
        Misconception(
            "condition number",
            (
                lambda curvatures: 2 / (np.max(curvatures) / np.min(curvatures)),
                lambda curvatures: np.max(curvatures) / np.min(curvatures),
                lambda curvatures: np.min(curvatures) / np.max(curvatures),
            ),
            "You divided one curvature by another. That ratio, the condition number, says how long it takes. The limit "
            "of η needs one curvature only.",
        ),
        Misconception(
            "the loop's start",
            (
                lambda curvatures: 2 / max(1, *curvatures),
                lambda curvatures: min(1, 2 / np.max(curvatures)),
                lambda curvatures: min(10, 2 / np.max(curvatures)),
                lambda curvatures: min(100, 2 / np.max(curvatures)),
            ),
            "Right, unless all curvatures are small. A fixed number limits your η: a `min`, or a loop that begins with "
            "a number that is none of the curvatures. Let only the curvatures decide.",
        ),
        Misconception(
            "the place",
            quietly(lambda curvatures: 2 / np.argmax(curvatures)),
            "`np.argmax` says where the largest curvature stands, not how large it is.",
        ),
        Misconception(
            "the curvature",
            lambda curvatures: np.max(curvatures),
            "That is the curvature that decides. What is the limit of η on a parabola with this curvature?",
        ),
        Misconception(
            "root",
            lambda curvatures: 2 / np.sqrt(np.max(curvatures)),
            "There is no root in line 4: |1 − ηL| < 1 leads to η itself.",
        ),
        Misconception(
            "half of it",
            lambda curvatures: np.max(curvatures) / 2,
            "Upside down: the steeper the valley, the smaller η must be.",
        ),
    ],
    notice="The steepest direction limits η, and the flattest one decides how long it takes. The ratio of their "
    "curvatures, the condition number, says how hard a valley is.",
)

updates = Number(
    answer=14,
    misconceptions=[
        Misconception("rounded down", 13, "13 batches of 32 are 416 examples. The remaining 26 count too."),
        Misconception("one too many", 15, "That is one too many. How many full batches are there, and what remains?"),
        Misconception(
            "what remains", 26, "So many examples are left after the full batches. How many batches are they?"
        ),
        Misconception("the batch size", 32, "That is how many examples a batch holds. How many batches are there?"),
        Misconception("one each", 442, "That is the number with one example at a time."),
        Misconception(
            "one", 1, "That is the number with all examples in one batch. (Or did you divide 32 by 442, and round up?)"
        ),
        Misconception("five epochs", 70, "So many are made in five epochs. We ask for one."),
        Misconception(
            "not whole",
            (442 / 32, 442 / 31, 13.8, 13.81, 13.812, 13.813, 13.5, 14.2, 14.3),
            "Not whole: the last batch is smaller, but it is a batch.",
        ),
        Misconception(
            "overlapping",
            (442 - 32, 442 - 32 + 1),
            "You subtracted. Each example is in one batch only, so the batches share them out: divide.",
        ),
        Misconception("multiplied", 442 * 32, "You multiplied. A batch holds 32 of the examples: divide."),
        Misconception("upside down", 32 / 442, "Your fraction is upside down: which share of the examples is a batch?"),
        Misconception("below 0", (-14, -13), "A count is not below 0. (`//` rounds down, so −442 // 32 is −14.)"),
    ],
    notice="13 full batches and one of 26. The number of examples seen is the same for every batch size; the number of "
    "steps is not.",
    unit="updates",
)
