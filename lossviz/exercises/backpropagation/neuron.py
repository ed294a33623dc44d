"""The exercises on one neuron: the slope of the sigmoid, and the gradient of BCE."""

import numpy as np

from ..engine import Exercise, Misconception, quietly


def sigmoid(z):
    """Return the sigmoid of a number or an array."""
    return 1 / (1 + np.exp(-z))


def _bare_brackets(z):
    """The sigmoid without brackets below the line."""
    return 1 / 1 + np.exp(-z)


# ---------------------------------------------------------------------- the slope of the sigmoid


def _sigmoid_slope(z):
    p = sigmoid(z)
    return p * (1 - p)


def _of_value(answer):
    """Turn a function of σ(z) into an answer."""
    return lambda z: answer(sigmoid(z))


_MANY_Z = np.array([-20.0, -11.3, -7.2, -3.7, -1.0, -0.6, -0.013, 0.0, 0.013, 0.4, 0.4, 1.9, 5.6, 8.1, 10.4, 20.0])

sigmoid_slope = Exercise(
    reference=_sigmoid_slope,
    cases=[
        (np.array([-2.0, 0.0, 0.5, 4.0]),),
        (np.array([1.0, -3.0]),),
        (np.random.default_rng(8).permutation(_MANY_Z),),
    ],
    misconceptions=[
        Misconception("the value", sigmoid, "That is σ itself. Its slope is 0 far out on both sides, and σ is not."),
        Misconception(
            "no inner derivative",
            _of_value(lambda p: p**2),
            "You have 1 / (1 + e⁻ᶻ)²: the outer derivative without its minus. The inner one, −e⁻ᶻ, is missing.",
        ),
        Misconception(
            "only the outer derivative",
            _of_value(lambda p: -(p**2)),
            "−1 / (1 + e⁻ᶻ)² is the outer derivative alone. Multiply it by the inner one, −e⁻ᶻ.",
        ),
        Misconception(
            "minus lost",
            lambda z: -_sigmoid_slope(z),
            "The sign is wrong: σ rises everywhere. There are two minus signs: one from the power −1, one from e⁻ᶻ. "
            "(If you wrote σ − 1, turn it round.)",
        ),
        Misconception(
            "square forgotten",
            _of_value(lambda p: 1 - p),
            "You have 1 − σ(z), which is e⁻ᶻ / (1 + e⁻ᶻ). Line 2 has the square below the line: one factor "
            "1 / (1 + e⁻ᶻ), which is σ(z), is missing.",
        ),
        Misconception(
            "all squared",
            _of_value(lambda p: (1 - p) ** 2),
            "You squared the whole fraction e⁻ᶻ / (1 + e⁻ᶻ), or took 1 − σ twice. Only what is below the line has a "
            "square.",
        ),
        Misconception(
            "plus for minus",
            _of_value(lambda p: p * (1 + p)),
            "You have σ (1 + σ), which does not come near 0 on the right. The two factors should sum to 1.",
        ),
        Misconception(
            "no brackets round 1 − σ",
            (_of_value(lambda p: p * 1 - p), _of_value(lambda p: p - p)),
            "`p * 1 - p` is p − p, which is 0. Put 1 − p in brackets.",
        ),
        Misconception(
            "no brackets below the line",
            (
                lambda z: _bare_brackets(z) * (1 - _bare_brackets(z)),
                _bare_brackets,
                lambda z: np.exp(-z) / 1 + np.exp(-z) ** 2,
                lambda z: np.exp(-z) / (1 + np.exp(-z) ** 2),
            ),
            "Some brackets are missing: `1 / 1 + a` is (1 / 1) + a, and a power comes before a sum. Write "
            "`1 / (1 + np.exp(-z))`, and square only what stands in brackets.",
        ),
        Misconception(
            "tanh's slope",
            (_of_value(lambda p: 1 - p**2), lambda z: 1 - np.tanh(z) ** 2),
            "1 − value² is the slope of tanh. At z = 0 the sigmoid rises by ¼, tanh by 1.",
        ),
        Misconception(
            "z for σ(z)",
            lambda z: z * (1 - z),
            "What goes into σ (1 − σ) is the value σ(z), not z. Compute σ(z) first, then multiply.",
        ),
        Misconception(
            "σ twice",
            (
                _of_value(_sigmoid_slope),
                _of_value(lambda p: p * (1 - sigmoid(p))),
                lambda z: sigmoid(z) * (1 - z),
                lambda z: z * (1 - sigmoid(z)),
            ),
            "The two factors do not belong together: both should hold the same p = σ(z), computed once from z.",
        ),
        Misconception(
            "only the exponential",
            lambda z: np.exp(-z),
            "e⁻ᶻ is only the inner part, and to the left it grows without limit. Divide it by (1 + e⁻ᶻ)².",
        ),
        Misconception(
            "a large step",
            tuple(
                lambda z, h=h, left=left: (sigmoid(z + h) - sigmoid(z - left * h)) / ((1 + left) * h)
                for h in (0.1, 0.01, 0.001, 1e-4, 1e-5, 1e-6)
                for left in (0, 1)
                if left == 0 or h > 1e-4
            ),
            "You measured the slope with two values: close, but not exact. Here σ(z) alone gives it, exactly.",
        ),
    ],
    notice="The value alone gives you the slope: σ (1 − σ). It is at most ¼, where σ = ½, and nearly 0 where σ is "
    "close to 0 or 1.",
)

# ---------------------------------------------------------------------- the gradient of a neuron


def _bce_gradient(w, b, x, y):
    return (sigmoid(w * x + b) - y) * x


def _of_output(answer):
    """Turn a function of p, x and y into an answer."""
    return lambda w, b, x, y: answer(sigmoid(w * x + b), x, y)


def _of_another_sum(total):
    """Turn a wrong sum z into an answer."""
    return lambda w, b, x, y: (sigmoid(total(w, b, x)) - y) * x


bce_gradient = Exercise(
    reference=_bce_gradient,
    cases=[
        (2.0, 2.0, 1.0, 0),
        (0.5, -1.0, 3.0, 1),
        (-1.0, 0.5, -2.0, 1),
        (0.3, 0.16, 2.0, 0),
        (14.3, 2.0, -0.15, 0),
        (3.0, -12.5, 4.1, 1),
        (3.1, 0.0, 0.015, 1),
        (3.1, 0.4, 0.0, 1),
        (0.0, 0.6, -37.5, 1),
        (-0.013, -0.7, -250.3, 0),
        (0.004, 0.2, 180.7, 0),
        (-0.5, 0.013, 8.0, 0),
        (0.9, 0.4, 8.5, 0),
        (20.0, 10.0, 1.5, 0),  # z = 40, where p is rounded to 1
        (45.0, 4.0, 0.8, 1),  # the same z, and right
    ],
    misconceptions=[
        Misconception(
            "0 in a denominator",
            (
                *(
                    quietly(_of_output(lambda p, x, y, rule=rule: rule(p, y) * x))
                    for rule in (
                        lambda p, y: (p - y) / (p * (1 - p)) * (p * (1 - p)),
                        lambda p, y: (-y / p + (1 - y) / (1 - p)) * (p * (1 - p)),
                    )
                ),
            ),
            "Right as long as p is not exactly 0 or 1. The last two neurons have z = 40, and there p is "
            "rounded to 1: the first link divides by 0. Let p (1 − p) cancel on paper, before you compute.",
        ),
        Misconception(
            "p kept away from 0 and 1",
            tuple(_of_output(lambda p, x, y, e=10.0**power: (np.clip(p, e, 1 - e) - y) * x) for power in range(-11, 0)),
            "You keep p away from 0 and 1, and for a neuron that is sure this changes its slope. Such a guard is for a "
            "division by p; once p (1 − p) has cancelled, nothing is divided.",
        ),
        Misconception(
            "an extra σ′",
            _of_output(lambda p, x, y: (p - y) * p * (1 - p) * x),
            "σ′ = p (1 − p) is still there. BCE's own slope in p has p (1 − p) in its denominator: the two cancel.",
        ),
        Misconception(
            "MSE's gradient",
            _of_output(lambda p, x, y: 2 * (p - y) * p * (1 - p) * x),
            "That is the gradient of the squared error. BCE's first link is (p − y) / (p (1 − p)).",
        ),
        Misconception(
            "y − p",
            _of_output(lambda p, x, y: (y - p) * x),
            "The sign is wrong: y − p points downhill, the way to go. The gradient points uphill.",
        ),
        Misconception(
            "forgot x",
            _of_output(lambda p, x, y: p - y),
            "That is the slope in z, and in b. The slope in w has one more link: ∂z/∂w.",
        ),
        Misconception(
            "y − p, without x",
            _of_output(lambda p, x, y: y - p),
            "Two things are wrong: the sign, and the last link, ∂z/∂w, is missing.",
        ),
        Misconception(
            "size of x",
            _of_output(lambda p, x, y: (p - y) * abs(x)),
            "You multiplied by the size of x. Where the input is negative, a larger w makes z smaller: the sign "
            "counts.",
        ),
        Misconception(
            "stopped before the sigmoid",
            quietly(_of_output(lambda p, x, y: (p - y) / (p * (1 - p)) * x)),
            "You went from the loss to p, and from z to w. The link between them is missing: dp/dz = p (1 − p).",
        ),
        Misconception(
            "only the first link",
            (
                quietly(_of_output(lambda p, x, y: (p - y) / (p * (1 - p)))),
                quietly(_of_output(lambda p, x, y: -y / p + (1 - y) / (1 - p))),
            ),
            "That is dL/dp, the first link. Two more lead from p to w.",
        ),
        Misconception(
            "no brackets round p (1 − p)",
            (
                quietly(_of_output(lambda p, x, y: (p - y) / p * (1 - p) * p * (1 - p) * x)),
                quietly(_of_output(lambda p, x, y: (p - y) / p * (1 - p) * x)),
            ),
            "`/ p * (1 - p)` divides by p and then multiplies by 1 − p. Here p (1 − p) stands below the line as a "
            "whole.",
        ),
        Misconception(
            "a 2",
            _of_output(lambda p, x, y: 2 * (p - y) * x),
            "The 2 comes from a square. BCE has no square.",
        ),
        Misconception(
            "w for x",
            lambda w, b, x, y: (sigmoid(w * x + b) - y) * w,
            "z = wx + b. Its slope in w is what w is multiplied by.",
        ),
        Misconception(
            "the score for p",
            lambda w, b, x, y: (w * x + b - y) * x,
            "You compared z with the target. The output is p = σ(z).",
        ),
        Misconception(
            "bias forgotten",
            _of_another_sum(lambda w, b, x: w * x),
            "Your neuron has no bias: z = wx + b.",
        ),
        Misconception(
            "the minus on wx alone",
            _of_another_sum(lambda w, b, x: w * x - b),
            "The bias has the wrong sign. In `np.exp(-w * x + b)` the minus reaches wx alone: put the sum in brackets, "
            "`-(w * x + b)`.",
        ),
        Misconception(
            "sign in the exponent",
            _of_another_sum(lambda w, b, x: -(w * x + b)),
            "Your output falls when z grows. The sigmoid has a minus in its exponent: e⁻ᶻ.",
        ),
        Misconception(
            "no brackets below the line",
            lambda w, b, x, y: (_bare_brackets(w * x + b) - y) * x,
            "`1 / 1 + a` is (1 / 1) + a. The sigmoid needs brackets below the line: `1 / (1 + np.exp(-z))`.",
        ),
        Misconception(
            "no brackets round the error",
            _of_output(lambda p, x, y: p - y * x),
            "A product comes before a difference: only y was multiplied by x. Put p − y in brackets.",
        ),
        Misconception(
            "the target left out",
            _of_output(lambda p, x, y: p * x),
            "That is right for y = 0 alone. The error is p − y.",
        ),
        Misconception(
            "only the term of y",
            (_of_output(lambda p, x, y: -y * (1 - p) * x), quietly(_of_output(lambda p, x, y: -y / p * x))),
            "For y = 0 you always give 0. The loss has a second term, (1 − y) log (1 − p), which counts there.",
        ),
        Misconception(
            "the decision for p",
            lambda w, b, x, y: (float(w * x + b > 0) - y) * x,
            "You compared the decision, 0 or 1, with the target. The loss sees the probability p.",
        ),
        Misconception(
            "the loss",
            (
                quietly(_of_output(lambda p, x, y: -np.log(p) if y else -np.log(1 - p))),
                quietly(_of_output(lambda p, x, y: -(y * np.log(p) + (1 - y) * np.log(1 - p)))),
                quietly(_of_output(lambda p, x, y: y * np.log(p) + (1 - y) * np.log(1 - p))),
                lambda w, b, x, y: np.logaddexp(0, (1 - 2 * y) * (w * x + b)),
            ),
            "That is the loss itself. We ask for its slope: how it changes when w grows.",
        ),
    ],
    notice="Error times input, and nothing else. The same form as for a line with half the squared error: it is what "
    "remains whenever loss and output fit together.",
    within=2e-6,
)
