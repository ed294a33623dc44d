"""The questions of lesson 04 that have one answer: a number, a choice, predictions."""

import numpy as np

from ..engine import Choice, Misconception, Number, Prediction

# ---------------------------------------------------------------------- one number, one word

_SHARE = 1 / (1 + np.exp(-3))  # the probability that the question is about

two_classes = Number(
    answer=3.0,
    misconceptions=[
        Misconception("sum", 7.0, "That is the sum of the scores. Adding 1 to both would change it, but not softmax."),
        Misconception(
            "mean", 3.5, "That is the mean of the scores. Adding 1 to both would change it, but not softmax."
        ),
        Misconception("the other way round", -3.0, "That is the number for class 0: the sign is wrong."),
        Misconception(
            "own score alone", 5.0, "The score of class 0 counts too: if it were 5 as well, both classes would have ½."
        ),
        Misconception(
            "the other score alone", 2.0, "That is the score of class 0. For class 1, its own score counts as well."
        ),
        Misconception(
            "quotient",
            (2.5, 0.4, 0.916291, -0.916291),
            "You divided the scores. They stand in exponents, and dividing powers subtracts the exponents.",
        ),
        Misconception(
            "share",
            (5 / 7, 2 / 7),
            "That is a share of the scores. Softmax shares out their powers, exp(5) and exp(2).",
        ),
        Misconception("product", 10.0, "You multiplied the scores. Write out softmax: which exponent is left?"),
        Misconception(
            "half or double",
            (1.5, 6.0),
            "You are off by a factor of 2: the sigmoid takes the exponent as it is, unlike tanh. Divide numerator and "
            "denominator by exp(5), and read the exponent that is left.",
        ),
        Misconception(
            "probability",
            (_SHARE, 1 - _SHARE, 0.95, 0.05, 0.953, 0.047),
            "That is a probability, which comes out of the sigmoid. We ask for the number that goes in.",
        ),
        Misconception(
            "logarithm of the probability",
            (np.log(_SHARE), -np.log(_SHARE), np.log(1 - _SHARE), -np.log(1 - _SHARE)),
            "That is the logarithm of a probability. The sigmoid takes the logarithm of the odds.",
        ),
        Misconception(
            "odds",
            (np.exp(3), np.exp(-3)),
            "Those are the odds, exp(s₁) divided by exp(s₀), or turned round. The sigmoid takes their logarithm.",
        ),
        Misconception(
            "power", (np.exp(5), np.exp(2)), "That is a power. The sigmoid takes what stands in the exponent."
        ),
        Misconception("bits", 3 / np.log(2), "In base 2 it would be right. The sigmoid has powers of e."),
        Misconception(
            "equal classes", 0.0, "σ(0) is ½: both classes would be equally likely. But class 1 has the larger score."
        ),
    ],
    notice="So a softmax over two classes has one number too many: only the difference of its scores matters.",
)

no_probability = Choice(
    options=["σ(z)", "tanh(z)", "(1 + tanh(z)) / 2", "1 − σ(z)"],
    answer="tanh(z)",
    misconceptions=[
        Misconception("sigmoid", "σ(z)", "σ(z) = 1 / (1 + exp(−z)) lies between 0 and 1: it can be a probability."),
        Misconception(
            "shifted",
            "(1 + tanh(z)) / 2",
            "tanh lies between −1 and 1; adding 1 and halving puts it between 0 and 1. It is σ(2z).",
        ),
        Misconception("the other class", "1 − σ(z)", "That is the probability of the other class, σ(−z)."),
    ],
    notice="tanh(z) has the right shape but the wrong range: at z = −1 it is negative.",
)

# ---------------------------------------------------------------------- predictions

tenth = Prediction(
    options=["a little more", "twice as much", "ten times as much"],
    answer="twice as much",
    misconceptions=[
        Misconception(
            "hardly any difference",
            "a little more",
            "0.1 and 0.01 look like nearly the same number, and the squared error would treat them almost alike. "
            "The logarithm does not: it counts factors.",
        ),
        Misconception(
            "in proportion",
            "ten times as much",
            "The loss would be ten times as large if it were 1/p. But it is −log p, which grows much more slowly.",
        ),
    ],
    why="log 0.01 is log 0.1 + log 0.1. Each factor of ten in p adds the same 2.30 nats: the loss grows slowly, "
    "but it never stops.",
)

hinge_pull = Prediction(
    options=["−5", "0.9", "3", "−5 and 0.9 alike"],
    answer="−5 and 0.9 alike",
    misconceptions=[
        Misconception(
            "the worst pulls hardest",
            "−5",
            "This point has the largest loss by far, 6. But the pull is the slope of the loss, not the loss.",
        ),
        Misconception(
            "the nearest pulls hardest",
            "0.9",
            "This point is nearest to the margin of 1, and it does pull. But a straight line has no place where it is "
            "steeper.",
        ),
        Misconception(
            "the surest pulls hardest",
            "3",
            "This point is beyond the margin: its loss is 0, and stays 0 if the boundary moves a little.",
        ),
    ],
    why="Left of a margin of 1 the hinge is a straight line of slope −1, near or far; right of it there is no pull "
    "at all.",
)

perfect = Prediction(
    options=["below 0", "exactly 0", "above 0"],
    answer="below 0",
    misconceptions=[
        Misconception(
            "perfect costs nothing",
            "exactly 0",
            "Without the constant it would be: log 1 is 0. But the constant is added to p = 1 as well.",
        ),
        Misconception(
            "a constant costs something",
            "above 0",
            "Something was added, so the loss seems to grow. But it was added inside the logarithm, and a larger "
            "number there costs less.",
        ),
    ],
    why="log(1 + 0.0000001) is positive, and the minus in front makes the loss negative: better than perfect.",
)

widest = Prediction(
    options=["the one with the wider gap", "neither", "the steeper one"],
    answer="neither",
    misconceptions=[
        Misconception(
            "hinge means margin",
            "the one with the wider gap",
            "Many texts say this, because the hinge asks for a margin of 1. But that is a margin in the score: both "
            "lines give it to each point already, and more counts for nothing.",
        ),
        Misconception(
            "surer is better",
            "the steeper one",
            "A steeper score makes all margins larger, and BCE would reward that. The hinge stops at 1.",
        ),
    ],
    why="Both lines have a hinge loss of exactly 0, and nothing is less than that. The hinge alone has no wish left.",
)
