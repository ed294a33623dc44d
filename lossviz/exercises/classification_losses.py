"""The exercises and predictions of lesson 04."""

import numpy as np

from .engine import Choice, Exercise, Misconception, Number, Prediction, quietly

# ---------------------------------------------------------------------- binary cross-entropy


def _bce(p, y):
    return -np.mean(np.log(np.where(y == 1, p, 1 - p)))


@quietly
def _in_two_terms(p, y):
    """The formula, word for word: 0 log 0 is then NaN."""
    return y * np.log(p) + (1 - y) * np.log(1 - p)


@quietly
def _one_term(p, y):
    return y * np.log(p)


def _of_the_truth(p, y):
    return np.log(np.where(y == 1, p, 1 - p))


# mistakes with the single logarithms; each one with and without a special treatment of p = 0
_BCE_SLIPS = {
    "sum": (
        lambda logs: -np.sum(logs),
        "That is the sum over the examples. The loss of a batch is their mean.",
    ),
    "no minus": (
        lambda logs: np.mean(logs),
        "The logarithm of a number below 1 is negative, so your loss is negative. A minus is missing in front.",
    ),
    "bits": (
        lambda logs: -np.mean(logs) / np.log(2),
        "That is in bits: you took log₂. This course's log is the natural one, np.log.",
    ),
    "base 10": (
        lambda logs: -np.mean(logs) / np.log(10),
        "You took the logarithm with base 10. This course's log is the natural one, np.log.",
    ),
    "mean over both terms": (
        lambda logs: -np.mean(logs) / 2,
        "That is half of the loss. Each example counts once, not once for each of the two terms.",
    ),
}
_NAN = "One term is NaN: for p = 0 and y = 0 the formula asks for 0 · log 0, which the computer cannot do."

bce = Exercise(
    reference=_bce,
    cases=[
        (np.array([0.9, 0.2, 0.6]), np.array([1, 0, 0])),
        (np.array([0.3, 0.75]), np.array([1, 1])),
        (np.array([0.0, 1.0, 0.25]), np.array([0, 1, 1])),
    ],
    misconceptions=[
        Misconception(
            "0 log 0",
            lambda p, y: -np.mean(_in_two_terms(p, y)),
            f"Right for ordinary numbers. {_NAN} Take the logarithm of the probability of the true class alone.",
        ),
        *(
            Misconception(name, lambda p, y, slip=slip: slip(_of_the_truth(p, y)), hint)
            for name, (slip, hint) in _BCE_SLIPS.items()
        ),
        *(
            Misconception(f"{name}, and 0 log 0", lambda p, y, slip=slip: slip(_in_two_terms(p, y)), f"{hint} {_NAN}")
            for name, (slip, hint) in _BCE_SLIPS.items()
        ),
        Misconception(
            "only the ones",
            lambda p, y: -np.mean(_one_term(p, y)),
            "You left out the examples with y = 0. They have their own term, (1 − y) log(1 − p).",
        ),
        Misconception(
            "parentheses",
            lambda p, y: -np.mean(_one_term(p, y)) + np.mean(_in_two_terms(p, y) - _one_term(p, y)),
            "Your minus changes the first term only. It stands before the brackets, so it belongs to both terms.",
        ),
        *(
            Misconception(
                f"{epsilon} added",
                lambda p, y, epsilon=float(epsilon): -np.mean(np.log(np.where(y == 1, p, 1 - p) + epsilon)),
                f"Nearly: the {epsilon} inside the logarithm avoids NaN, but changes every loss a little; a perfect "
                "prediction gets a loss below 0. The probability of the true class needs no constant.",
            )
            for epsilon in ("1e-7", "1e-6", "1e-5", "1e-4")
        ),
        *(
            Misconception(
                f"clipped at {epsilon}",
                lambda p, y, epsilon=float(epsilon): _bce(np.clip(p, epsilon, 1 - epsilon), y),
                f"Nearly: clipping at {epsilon} avoids NaN, but a prediction that is exactly right then costs a "
                "little. It costs nothing: the probability of the true class needs no clipping.",
            )
            for epsilon in ("1e-7", "1e-6", "1e-5", "1e-4")
        ),
        Misconception(
            "the other class",
            quietly(lambda p, y: -np.mean(np.log(np.where(y == 1, 1 - p, p)))),
            "You took the probability of the class that did not happen. p is that of class 1: take it where y = 1.",
        ),
        Misconception(
            "squared error",
            lambda p, y: np.mean((y - p) ** 2),
            "That is the squared error of the probabilities, which is never more than 1.",
        ),
    ],
    notice="With y = 1 only log p is left, with y = 0 only log(1 − p): each time the logarithm of the probability that "
    "the model gave to what really happened.",
    unit="nats",
)

# ---------------------------------------------------------------------- softmax


def _softmax(s):
    powers = np.exp(s - s.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def _over(axis):
    def rule(s):
        powers = np.exp(s)
        return powers / powers.sum(axis=axis, keepdims=axis is not None)

    return rule


softmax = Exercise(
    reference=_softmax,
    cases=[
        (np.array([[3.2, 5.1, -1.7], [0.0, 0.0, 1.0]]),),
        (np.array([[1000.0, 1001.0, 999.0]]),),
        (np.array([[2.0, 1.0], [-1000.0, -1001.0]]),),
    ],
    misconceptions=[
        Misconception(
            "not shifted",
            quietly(_over(1)),
            "Right for small scores. But exp(1000) overflows, and inf / inf is NaN; 0 / 0, when all powers are 0, is "
            "NaN too. Subtract each row's largest score first: the probabilities stay the same.",
        ),
        Misconception(
            "wrong axis",
            lambda s: np.exp(s - s.max(axis=0)) / np.exp(s - s.max(axis=0)).sum(axis=0),
            "Your columns sum to 1. A row is one example, so its classes, along axis 1, must sum to 1.",
        ),
        Misconception(
            "wrong axis, not shifted",
            quietly(_over(0)),
            "Your columns sum to 1. A row is one example, so its classes, along axis 1, must sum to 1. And large "
            "scores overflow: subtract the largest first.",
        ),
        Misconception(
            "not normalised",
            lambda s: np.exp(s - s.max(axis=1, keepdims=True)),
            "These are the powers, with 1 for the largest. Divide each row by its sum.",
        ),
        Misconception(
            "not normalised, not shifted",
            quietly(np.exp),
            "These are the powers, and the large ones overflow. Subtract each row's largest score, and divide each "
            "row by its sum.",
        ),
        Misconception(
            "over the whole table",
            lambda s: np.exp(s - s.max()) / np.exp(s - s.max()).sum(),
            "The whole table sums to 1. Each row must: sum along axis 1, with keepdims=True.",
        ),
        Misconception(
            "over the whole table, not shifted",
            quietly(_over(None)),
            "The whole table sums to 1. Each row must: sum along axis 1, with keepdims=True. And large scores "
            "overflow: subtract the largest first.",
        ),
        Misconception(
            "one maximum for all",
            quietly(lambda s: _over(1)(s - s.max())),
            "You subtracted the largest score of the whole table from every row. A row far below it then has only "
            "zeros, and 0 / 0 is NaN. Each row needs its own maximum.",
        ),
        Misconception(
            "share of the scores",
            lambda s: s / s.sum(axis=1, keepdims=True),
            "You divided the scores themselves by their sum. A score can be negative, a probability cannot: take the "
            "powers exp(s) first.",
        ),
        Misconception(
            "logarithm",
            lambda s: np.log(_softmax(s)),
            "That is the logarithm of softmax. We ask for the probabilities.",
        ),
    ],
    notice="After the shift the largest power is exp(0) = 1: nothing can overflow, and the sum is never 0.",
)

# ---------------------------------------------------------------------- hinge


def _hinge(s, label):
    return np.mean(np.maximum(0, 1 - (2 * label - 1) * s))


hinge = Exercise(
    reference=_hinge,
    cases=[
        (np.array([2.0, 0.5, -1.0, -3.0]), np.array([1, 1, 1, 0])),
        (np.array([0.25, -0.5, 4.0]), np.array([0, 0, 0])),
    ],
    misconceptions=[
        Misconception(
            "targets 0 and 1",
            lambda s, label: np.mean(np.maximum(0, 1 - label * s)),
            "You multiplied by the labels 0 and 1. For class 0 the score then does not count. The hinge needs −1 and "
            "+1: convert the labels first, y = 2 · label − 1.",
        ),
        Misconception(
            "no max",
            lambda s, label: np.mean(1 - (2 * label - 1) * s),
            "Without the max, a point far on the correct side gets a negative loss, and hides the loss of wrong ones.",
        ),
        Misconception(
            "no 1",
            lambda s, label: np.mean(np.maximum(0, -(2 * label - 1) * s)),
            "Without the 1, being just right is enough. The hinge asks for a margin of 1.",
        ),
        Misconception(
            "sign",
            lambda s, label: np.mean(np.maximum(0, 1 + (2 * label - 1) * s)),
            "You punish the correct side. There the margin y s is positive, and it must lower the loss.",
        ),
        Misconception(
            "sum",
            lambda s, label: np.sum(np.maximum(0, 1 - (2 * label - 1) * s)),
            "That is the sum over the examples. The loss of a batch is their mean.",
        ),
        Misconception(
            "max of the mean",
            lambda s, label: np.maximum(0, np.mean(1 - (2 * label - 1) * s)),
            "You took the mean first and the max afterwards. The max belongs to each example.",
        ),
        Misconception(
            "squared",
            lambda s, label: np.mean(np.maximum(0, 1 - (2 * label - 1) * s) ** 2),
            "That is the squared hinge. Leave out the square.",
        ),
        Misconception(
            "one by one",
            lambda s, label: np.maximum(0, 1 - (2 * label - 1) * s),
            "Those are the losses of the single examples. The loss of a batch is their mean.",
        ),
    ],
    notice="A point beyond the margin costs exactly 0, so it has no influence at all on the boundary.",
    unit="(unit of the score)",
)

# ---------------------------------------------------------------------- one number, one word

two_classes = Number(
    answer=2.0,
    misconceptions=[
        Misconception("sum", 4.0, "That is the sum of the scores. Adding 1 to both would change it, but not softmax."),
        Misconception("the other way round", -2.0, "That is the number for the second class: the sign is wrong."),
        Misconception("first alone", 3.0, "The second score counts too: with s₂ = 3 both classes would have ½."),
        Misconception(
            "a third", 1 / 3, "That is a ratio of scores. They stand in exponents: dividing powers subtracts."
        ),
        Misconception("half", 1.0, "Divide numerator and denominator by exp(3), and read the exponent that is left."),
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
    why="log 0.01 is log 0.1 + log 0.1. Each factor of ten in p adds the same 2.30 nats: the loss grows slowly, "
    "but it never stops.",
)

hinge_pull = Prediction(
    options=["−5", "0.9", "3", "−5 and 0.9 alike"],
    answer="−5 and 0.9 alike",
    why="Left of a margin of 1 the hinge is a straight line of slope −1, near or far; right of it there is no pull "
    "at all.",
)

perfect = Prediction(
    options=["below 0", "exactly 0", "above 0"],
    answer="below 0",
    why="log(1 + 0.0000001) is positive, and the minus in front makes the loss negative: better than perfect.",
)

widest = Prediction(
    options=["the one with the wider gap", "neither", "the steeper one"],
    answer="neither",
    why="Both have a hinge loss of exactly 0, and nothing is less than that. The hinge alone has no wish left.",
)
