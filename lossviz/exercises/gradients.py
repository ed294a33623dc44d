"""The exercises and predictions of lesson 07."""

import numpy as np

from .engine import Choice, Exercise, Misconception, Number, Prediction, quietly

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

# ---------------------------------------------------------------------- the centred difference


def _centered(f, w, h):
    return (f(w + h) - f(w - h)) / (2 * h)


centered = Exercise(
    reference=_centered,
    cases=[
        (np.poly1d([1.0, 0.0, -2.0, 1.0]), 1.5, 0.5),
        (np.poly1d([0.5, -1.0, 0.0, 3.0, 2.0]), -1.0, 0.25),
        (np.poly1d([2.0, 1.0]), 4.0, 0.125),
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
            "Twice too large. How far is it from w − h to w + h?",
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
            "half a step",
            lambda f, w, h: (f(w + h / 2) - f(w - h / 2)) / (2 * h),
            "You went half a step to each side, so the distance is h. Go a whole step to each side, or divide by h.",
        ),
        Misconception(
            "half a step, over h",
            lambda f, w, h: (f(w + h / 2) - f(w - h / 2)) / h,
            "That is a centred difference too, with half the step. Here h is the distance to each side.",
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
            "another h",
            lambda f, w, h: np.polyval(np.polyder(f), w),
            "That is the exact slope, or one measured with a tiny h of your own. We ask for the difference with the "
            "given h, however large it is.",
        ),
    ],
    notice="The last case was a straight line: for a line, every h gives the exact slope.",
)

# ---------------------------------------------------------------------- the gradient of softmax cross-entropy


def _softmax(scores, axis=1):
    powers = np.exp(scores - np.max(scores, axis=axis, keepdims=True))
    return powers / np.sum(powers, axis=axis, keepdims=True)


def _one_hot(scores, labels):
    return np.eye(scores.shape[1])[labels]


def _slope(scores, labels):
    return _softmax(scores) - _one_hot(scores, labels)


softmax_gradient = Exercise(
    reference=lambda scores, labels: _slope(scores, labels) / len(labels),
    cases=[
        (np.array([[3.2, 5.1, -1.7], [1.3, 4.9, 2.0], [2.2, 2.5, -3.1], [0.0, 0.5, 0.25]]), np.array([0, 1, 2, 2])),
        (np.array([[1.0, 0.0, 0.5, -1.0], [0.25, 2.0, 0.0, 0.0]]), np.array([3, 0])),
    ],
    misconceptions=[
        Misconception(
            "y − p",
            lambda scores, labels: -_slope(scores, labels) / len(labels),
            "Every sign is wrong: that is y − p. The true class should have a negative slope, because a higher score "
            "lowers the loss.",
        ),
        Misconception(
            "not divided by N",
            _slope,
            "That is the gradient of the sum over the images. The loss of a batch is their mean: divide by N.",
        ),
        Misconception(
            "y − p, not divided by N",
            lambda scores, labels: -_slope(scores, labels),
            "Two things are wrong: every sign, and the mean over the images is missing: divide by N.",
        ),
        Misconception(
            "divided by C",
            lambda scores, labels: _slope(scores, labels) / scores.shape[1],
            "You divided by the number of classes. The mean is over the images: as many as there are rows.",
        ),
        Misconception(
            "divided by all entries",
            lambda scores, labels: _slope(scores, labels) / scores.size,
            "You divided by the number of all scores, N times C. The mean is over the images alone.",
        ),
        Misconception(
            "one-hot forgotten",
            lambda scores, labels: _softmax(scores) / len(labels),
            "That is p / N: all slopes are positive, and the labels are not used. Subtract 1 at the true class first.",
        ),
        Misconception(
            "one-hot and N forgotten",
            lambda scores, labels: _softmax(scores),
            "Those are the probabilities: a good start. Subtract 1 at the true class, and divide by N.",
        ),
        Misconception(
            "scores for probabilities",
            lambda scores, labels: (scores - _one_hot(scores, labels)) / len(labels),
            "You subtracted the one-hot vector from the scores. Subtract it from the probabilities.",
        ),
        Misconception(
            "labels subtracted",
            lambda scores, labels: (_softmax(scores) - labels[:, None]) / len(labels),
            "You subtracted the label itself, which is only the number of a class. Subtract 1 at that class.",
        ),
        Misconception(
            "whole columns",
            lambda scores, labels: (_softmax(scores) - np.isin(np.arange(scores.shape[1]), labels)) / len(labels),
            "`p[:, labels]` means whole columns, in all rows. One entry in each row is `p[np.arange(len(labels)), "
            "labels]`.",
        ),
        Misconception(
            "1 subtracted everywhere",
            lambda scores, labels: (_softmax(scores) - 1) / len(labels),
            "You subtracted 1 from every class. The one-hot vector has a single 1, at the true class.",
        ),
        Misconception(
            "slope in the probability",
            lambda scores, labels: -_one_hot(scores, labels) / _softmax(scores) / len(labels),
            "That is the slope of −log p in the probability, −1/p. We ask for the slope in the scores: the softmax "
            "is in between.",
        ),
        Misconception(
            "p (1 − p)",
            lambda scores, labels: _softmax(scores) * (1 - _softmax(scores)) / len(labels),
            "That is how a probability changes with its own score. The loss's slope is that, times −1/p at the true "
            "class, and it becomes simpler.",
        ),
        Misconception(
            "softmax of the columns",
            lambda scores, labels: (_softmax(scores, 0) - _one_hot(scores, labels)) / len(labels),
            "Your probabilities sum to 1 down each column. Each row is an image, so sum along the rows: axis=1.",
        ),
        Misconception(
            "softmax of the whole table",
            lambda scores, labels: (np.exp(scores) / np.sum(np.exp(scores)) - _one_hot(scores, labels)) / len(labels),
            "You divided by the sum of all exponentials of the table. Each row has its own sum: axis=1, keepdims=True.",
        ),
    ],
    notice="Each row sums to 0, as the scores' gradients in notebook 05 did: what one class gains, the others lose.",
)

# ---------------------------------------------------------------------- the relative error


def _over(size):
    """The relative error with another denominator: once as it is, and once with 0 for 0 / 0."""

    def bare(a, n):
        return np.abs(a - n) / size(a, n)

    return quietly(bare), quietly(lambda a, n: np.where(size(a, n) == 0, 0.0, bare(a, n)))


def _larger(a, n):
    return np.maximum(np.abs(a), np.abs(n))


def _relative(analytic, numerical):
    size = _larger(analytic, numerical)
    return np.abs(analytic - numerical) / np.where(size > 0, size, 1.0)


_KINDS_OF_0 = [("", " (And where both slopes are 0, let the error be 0.)"), (", 0 for 0 / 0", "")]
_DENOMINATORS = [
    (
        "sum of both",
        lambda a, n: np.abs(a) + np.abs(n),
        "You divided by the sum of the two sizes, as some texts do; it makes every error about half as large. Here it "
        "is the larger of the two.",
    ),
    (
        "mean of both",
        lambda a, n: (np.abs(a) + np.abs(n)) / 2,
        "You divided by the mean of the two sizes, as some texts do. Here it is the larger of the two.",
    ),
    (
        "smaller one",
        lambda a, n: np.minimum(np.abs(a), np.abs(n)),
        "You divided by the smaller of the two sizes. Where only one of the slopes is 0, the result is useless: take "
        "the larger one.",
    ),
    (
        "measured one",
        lambda a, n: np.abs(n),
        "You divided by the measured slope alone. Where it is 0 and the derived slope is not, the result is useless: "
        "take the larger of the two sizes.",
    ),
    (
        "derived one",
        lambda a, n: np.abs(a),
        "You divided by the derived slope alone. A gradient that forgets a weight says 0 there: take the larger of the "
        "two sizes.",
    ),
    (
        "signed maximum",
        np.maximum,
        "You took the larger of the two numbers, not of their sizes: of −3 and −2 that is −2, and the error is "
        "negative. Take absolute values first.",
    ),
]

relative_error = Exercise(
    reference=_relative,
    cases=[
        (np.array([3.0, -2.0, 0.5, 0.0]), np.array([2.0, -2.5, -0.5, 0.0])),
        (np.array([0.0, 0.25, -4.0]), np.array([0.25, 0.2, -1.0])),  # not tiny: a reader may add 1e-8 to the sizes
    ],
    misconceptions=[
        Misconception(
            "0 / 0",
            _over(_larger)[0],
            "Right, but where both slopes are 0 you divide 0 by 0. There the error is 0: they agree. Put something "
            "that is not 0 into the denominator there.",
        ),
        Misconception(
            "absolute error",
            lambda a, n: np.abs(a - n),
            "That is the difference itself. Whether 0.001 is much depends on the slope: divide by the larger of the "
            "two sizes.",
        ),
        Misconception(
            "signed",
            lambda a, n: (a - n) / np.where(_larger(a, n) > 0, _larger(a, n), 1.0),
            "Some of your errors are negative, and would pass any threshold. Take the size of the difference.",
        ),
        Misconception(
            "sizes compared",
            lambda a, n: np.abs(np.abs(a) - np.abs(n)) / np.where(_larger(a, n) > 0, _larger(a, n), 1.0),
            "You subtracted the sizes, so a flipped sign goes unnoticed: of 0.5 and −0.5 the sizes are equal. Subtract "
            "first, then take the size.",
        ),
        Misconception(
            "one size for all",
            lambda a, n: np.abs(a - n) / np.max(_larger(a, n)),
            "You divided all differences by the one largest slope, so a wrong small slope hides. `np.maximum` takes "
            "the larger of each pair; `np.max` takes the largest of all.",
        ),
        *(
            Misconception(f"{name}{how}", answer, hint + more)
            for name, size, hint in _DENOMINATORS
            for (how, more), answer in zip(_KINDS_OF_0, _over(size), strict=True)
        ),
        Misconception(
            "largest only",
            lambda a, n: np.max(_relative(a, n)),
            "That is the largest of the relative errors. We ask for all of them: their places tell where the bug is.",
        ),
        Misconception(
            "norms",
            lambda a, n: np.linalg.norm(a - n) / max(np.linalg.norm(a), np.linalg.norm(n)),
            "That compares the two gradients as a whole, and a wrong small slope hides behind the large ones. Compare "
            "number by number.",
        ),
    ],
    notice="A flipped sign gives 2, the largest possible error; a weight that one side has forgotten gives exactly 1. "
    "The number alone is a clue.",
)

# ---------------------------------------------------------------------- how many evaluations

evaluations = Number(
    answer=7851.0,
    tolerance=0.5,
    misconceptions=[
        Misconception(
            "one forgotten",
            7850.0,
            "One for each weight, and one more: the loss where nothing is moved. All the others are compared with it.",
        ),
        Misconception("biases forgotten", 7841.0, "The ten biases are parameters too: each has a slope."),
        Misconception("biases and one forgotten", 7840.0, "Those are the weights. Add the ten biases, and one more."),
        Misconception(
            "centred",
            15700.0,
            "That is the centred difference, two for each parameter. We ask for the one-sided difference.",
        ),
        Misconception("two for each", 15702.0, "f(w) need not be computed anew for each parameter: once is enough."),
        Misconception("inputs only", 785.0, "Each of the ten classes has its own 784 weights."),
    ],
    notice="That is the cost of one single step of the descent. And this is a very small model.",
)

# ---------------------------------------------------------------------- predictions

lucky = Prediction(
    options=["about 15 %", "about 35 %", "about 60 %", "about 85 %"],
    answer="about 15 %",
    why="Not even twice what pure chance gets, which is 10 % for ten digits. In 640 dimensions almost every point is "
    "a bad one, and a thousand tries see almost nothing.",
)

smaller_step = Prediction(
    options=["about 1e-13", "about 1e-9", "about 1e-5", "about 1e-4 or worse"],
    answer="about 1e-4 or worse",
    why="The loss is only known to sixteen digits. Of the difference of two nearly equal losses few of them are left, "
    "and dividing by a tiny h makes the error of the last one large.",
)

parabola = Prediction(
    options=["0, whatever h is", "proportional to h", "proportional to h²"],
    answer="0, whatever h is",
    why="A parabola bends equally on both sides, so the two errors cancel. For w², say, ((w + h)² − (w − h)²) / 2h is "
    "2w exactly. What is left of the error of a centred difference comes from the third derivative, and a parabola has "
    "none.",
)
