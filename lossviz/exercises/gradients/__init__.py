"""The exercises and predictions of lesson 07.

Here are the questions with one answer and the predictions; the functions to be written are in `difference` (the centred
difference), `softmax` (the gradient of softmax cross-entropy) and `relative` (the relative error).
"""

from ..engine import Choice, Misconception, Number, Prediction
from .difference import centered
from .relative import relative_error
from .softmax import softmax_gradient

__all__ = [
    "centered",
    "evaluations",
    "lucky",
    "parabola",
    "relative_error",
    "sign",
    "smaller_step",
    "softmax_gradient",
]

# ---------------------------------------------------------------------- the sign of a slope

sign = Choice(
    options=["make it larger", "make it smaller", "bring it closer to 0", "leave it"],
    answer="make it smaller",
    misconceptions=[
        Misconception(
            "with the slope",
            "make it larger",
            "A slope of +0.6 says that a larger weight has a larger loss. You want a smaller one.",
        ),
        Misconception(
            "size for sign",
            "bring it closer to 0",
            "From −1.11 towards 0 the weight grows. What does a positive slope say about a growing weight?",
        ),
        Misconception(
            "slope 0 only",
            "leave it",
            "A weight stays where it is only if its slope is 0. This slope is 0.6.",
        ),
    ],
    notice="Against the slope: −1.11 becomes −1.12, say, further from 0. The sign of the weight does not matter.",
)

# ---------------------------------------------------------------------- how many evaluations

evaluations = Number(
    answer=7851.0,
    tolerance=0.01,
    misconceptions=[
        Misconception(
            "one forgotten",
            7850.0,
            "One for each parameter, and one more: the loss where nothing is moved. All the others are compared with "
            "it.",
        ),
        Misconception(
            "biases forgotten", 7841.0, "There are ten biases, and they are parameters too: each has a slope."
        ),
        Misconception("biases and one forgotten", 7840.0, "Those are the weights. Add the ten biases, and one more."),
        Misconception(
            "one bias",
            7842.0,
            "You counted one bias. Each of the ten classes has a bias of its own.",
        ),
        Misconception(
            "a bias for each pixel",
            (8625.0, 8624.0),
            "You counted a bias for each pixel. A bias is added to a score, so each class has one.",
        ),
        Misconception(
            "centred",
            (15700.0, 15701.0, 15680.0),
            "That is two for each parameter, as in the centred difference. The one-sided one needs one for each, "
            "and the loss at the start once.",
        ),
        Misconception("two for each", 15702.0, "f(w) need not be computed again for each parameter: once is enough."),
        Misconception(
            "inputs only", (784.0, 785.0, 786.0), "Each of the ten classes has its own 784 weights, and a bias."
        ),
        Misconception(
            "classes added",
            (794.0, 795.0, 805.0),
            "You added the classes to the pixels. Each class has a weight for each pixel: multiply them.",
        ),
        Misconception(
            "28 pixels",
            (280.0, 281.0, 290.0, 291.0),
            "An image of 28 × 28 has more than 28 pixels: it has 28 rows of 28.",
        ),
        Misconception(
            "the images of this notebook",
            (640.0, 641.0, 650.0, 651.0),
            "The images of this notebook have 8 × 8 pixels, and its model has no biases. Here they have 28 × 28.",
        ),
    ],
    notice="That is the cost of one single step of the descent. And this is a very small model.",
)

# ---------------------------------------------------------------------- predictions

lucky = Prediction(
    options=["about 15 %", "about 35 %", "about 60 %", "about 85 %"],
    answer="about 15 %",
    why="The best of the thousand is not even twice as good as chance, which gets 10 % of ten digits. In 640 "
    "dimensions almost every point is a bad one, and a thousand tries see almost nothing.",
    misconceptions=[
        Misconception(
            "a thousand is much",
            "about 35 %",
            "A thousand tries sound like many, and the best of so many should stand out. It does, but only "
            "by a little.",
        ),
        Misconception(
            "some are half good",
            "about 60 %",
            "To be right more often than not, most of the 640 weights must fit together. A random draw fits a few of "
            "them, and others work against it.",
        ),
        Misconception(
            "as good as training",
            "about 85 %",
            "A model that learns reaches that. Nothing is learned here: no try uses what another one found.",
        ),
    ],
)

smaller_step = Prediction(
    options=["about 1e-13", "about 1e-9", "about 1e-5", "about 1e-4 or worse"],
    answer="about 1e-4 or worse",
    why="The loss is only known to sixteen digits. Of the difference of two nearly equal losses few of them are left, "
    "and dividing by a tiny h makes the error of the last one large.",
    misconceptions=[
        Misconception(
            "the rule goes on",
            "about 1e-13",
            "You went on with the formula: h is 1e8 times smaller, so h/2 f″ is, too. That part of the error does "
            "shrink. Another part grows.",
        ),
        Misconception(
            "as the root",
            "about 1e-9",
            "You expected that something stops the gain. Something does, and more than that: the error grows again.",
        ),
        Misconception(
            "no change",
            "about 1e-5",
            "You may have thought that the error stays where it is once h is small. It does not stay: it has a lowest "
            "point, and this h is far beyond it.",
        ),
    ],
)

parabola = Prediction(
    options=["0, whatever h is", "proportional to h", "proportional to h²"],
    answer="0, whatever h is",
    why="A parabola bends equally on both sides, so the two errors cancel. For w², say, ((w + h)² − (w − h)²) / 2h is "
    "2w exactly. What is left of the error of a centred difference comes from the third derivative, and a parabola has "
    "none.",
    misconceptions=[
        Misconception(
            "as one-sided",
            "proportional to h",
            "That is the one-sided difference, whose error begins with h times the second derivative. The centred one "
            "has lost this term: it is the same on both sides.",
        ),
        Misconception(
            "as for any curve",
            "proportional to h²",
            "That is how the error of the centred difference begins for a curve in general. Look at what stands beside "
            "h² in line 4.",
        ),
    ],
)
