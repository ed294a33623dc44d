"""What lesson 04 asks to be written about margins: the hinge loss."""

import numpy as np

from ..engine import Exercise, Misconception, quietly


def _losses(s, label):
    return np.maximum(0, 1 - (2 * label - 1) * s)


def _hinge(s, label):
    return np.mean(_losses(s, label))


def _with_labels(turned):
    """The hinge loss with other numbers in place of −1 and +1."""
    return lambda s, label: np.mean(np.maximum(0, 1 - turned(label) * s))


def _over_margin(rule):
    return quietly(lambda s, label: np.mean(rule((2 * label - 1) * s)))


def _of_one_class(which, all_count):
    def rule(s, label):
        chosen = label == which
        return np.divide(np.sum(_losses(s, label)[chosen]), len(s) if all_count else np.count_nonzero(chosen))

    return quietly(rule)


def _of_those_that_pay(s, label):
    paid = _losses(s, label)
    return np.divide(np.sum(paid), np.count_nonzero(paid))


_SCORES = np.random.default_rng(8).normal(0, 3, 13).round(3)
_LABELS = np.array([1, 0, 0, 1, 1, 0, 1, 0, 0, 0, 1, 0, 1])

hinge = Exercise(
    reference=_hinge,
    cases=[
        (np.array([2.0, 0.5, -1.0, -3.0]), np.array([1, 1, 1, 0])),
        (np.array([0.25, -0.5, 4.0, 0.3]), np.array([0, 0, 0, 1])),
        (np.array([1.0, -1.0, 0.0, 0.0, 2.5]), np.array([1, 0, 1, 0, 1])),  # exactly at the margin, and at 0
        (np.array([1.5, -2.0, 7.0]), np.array([1, 0, 1])),  # nothing to pay
        (np.array([250.0, -3.0]), np.array([0, 1])),
        (np.array([0.951234567, 0.015]), np.array([1, 1])),
        (np.array([-40.0]), np.array([1])),
        (_SCORES, _LABELS),
    ],
    misconceptions=[
        Misconception(
            "targets 0 and 1",
            _with_labels(lambda label: label),
            "You multiplied by the labels 0 and 1. For class 0 the score then does not count. The hinge needs −1 and "
            "+1: convert the labels first, y = 2 · label − 1.",
        ),
        Misconception(
            "labels converted wrongly",
            (
                _with_labels(lambda label: label - 1),
                _with_labels(lambda label: 2 * (label - 1)),
                _with_labels(lambda label: 2 * label),
                _with_labels(lambda label: 2 * label + 1),
                _with_labels(lambda label: label + 1),
                _with_labels(lambda label: 2 * label - 2),
                _with_labels(lambda label: label - 0.5),
                lambda s, label: np.mean(np.maximum(0, 1 - (2 * label - 1 * s))),
                lambda s, label: np.mean(np.maximum(0, 1 - 2 * label - 1 * s)),
            ),
            "Put 0 and 1 into your conversion of the labels: −1 and +1 must come out, and then be multiplied by the "
            "score. Look at the brackets.",
        ),
        Misconception(
            "no max",
            _over_margin(lambda m: 1 - m),
            "Without the max, a point far on the correct side gets a negative loss, and hides the loss of wrong ones.",
        ),
        Misconception(
            "no 1",
            _over_margin(lambda m: np.maximum(0, -m)),
            "Without the 1, being just right is enough. The hinge asks for a margin of 1.",
        ),
        Misconception(
            "sign",
            _over_margin(lambda m: np.maximum(0, 1 + m)),
            "You punish the correct side. There the margin y s is positive, and it must lower the loss. Is +1 your "
            "class 1, and is there a minus before the margin?",
        ),
        Misconception(
            "sum",
            lambda s, label: np.sum(_losses(s, label)),
            "That is the sum over the examples. The loss of a batch is their mean.",
        ),
        Misconception(
            "max of the mean",
            lambda s, label: np.maximum(0, np.mean(1 - (2 * label - 1) * s)),
            "You took the mean first and the max afterwards. The max belongs to each example.",
        ),
        Misconception(
            "squared",
            _over_margin(lambda m: np.maximum(0, 1 - m) ** 2),
            "That is the squared hinge. Leave out the square.",
        ),
        Misconception(
            "one by one",
            _losses,
            "Those are the losses of the single examples. The loss of a batch is their mean.",
        ),
        Misconception(
            "the largest alone",
            lambda s, label: np.max(_losses(s, label)),
            "That is the largest loss of all. `np.maximum` compares each example with 0; the mean comes after it.",
        ),
        Misconception(
            "mean over those that pay",
            (quietly(_of_those_that_pay), quietly(lambda s, label: np.nan_to_num(_of_those_that_pay(s, label)))),
            "You divided by the number of examples that cost something. The mean is over all examples, also those that "
            "cost 0.",
        ),
        Misconception(
            "one class left out",
            (_of_one_class(1, True), _of_one_class(0, True), _of_one_class(1, False), _of_one_class(0, False)),
            "You added up the losses of one class only. The points of both classes count, each with its own y.",
        ),
        Misconception(
            "only mistakes pay",
            (_over_margin(lambda m: np.where(m < 0, 1 - m, 0)), _over_margin(lambda m: np.where(m <= 0, 1 - m, 0))),
            "A point on the correct side pays too, as long as its margin is below 1. Where does the loss become 0?",
        ),
        Misconception(
            "capped",
            tuple(_over_margin(lambda m, most=most: np.clip(1 - m, 0, most)) for most in (1, 2, 5, 10, 100)),
            "You limit what one point can cost. The hinge has no limit: it goes on rising on the wrong side.",
        ),
        Misconception(
            "maximum with 1",
            _over_margin(lambda m: np.maximum(1, 1 - m)),
            "You compare with 1, so nothing ever costs less than 1. The loss is 0 beyond the margin: compare with 0.",
        ),
        Misconception(
            "absolute value",
            (_over_margin(lambda m: np.abs(1 - m)), lambda s, label: np.mean(np.abs(2 * label - 1 - s))),
            "You measure how far the margin is from 1, on both sides. Beyond 1 nothing is wrong any more: there the "
            "loss is 0.",
        ),
        Misconception(
            "mistakes counted",
            (_over_margin(lambda m: m <= 0), _over_margin(lambda m: m < 0), _over_margin(lambda m: m < 1)),
            "That is a share of examples: it counts mistakes. The hinge also says how far each point is short of the "
            "margin.",
        ),
        Misconception(
            "sign of the score",
            lambda s, label: np.mean(np.maximum(0, 1 - (2 * label - 1) * np.sign(s))),
            "You reduced the score to its class, −1 or +1. How large the score is counts as well.",
        ),
        Misconception(
            "logistic",
            (
                _over_margin(lambda m: np.log(1 + np.exp(-m))),
                _over_margin(lambda m: np.logaddexp(0, -m)),
            ),
            "That is the logistic loss, which never becomes exactly 0. The hinge is a max, without exp and log.",
        ),
        Misconception(
            "sigmoid first",
            quietly(lambda s, label: np.mean(np.maximum(0, 1 - (2 * label - 1) / (1 + np.exp(-s))))),
            "You turned the scores into probabilities. The hinge takes the score itself, which can be any number.",
        ),
        Misconception(
            "each score with each label",
            lambda s, label: np.mean(np.maximum(0, 1 - np.outer(2 * label - 1, s))),
            "You paired every score with every label. Each example has its own label: multiply entry by entry.",
        ),
    ],
    notice="A point beyond the margin costs exactly 0, so it has no influence at all on the boundary.",
)
