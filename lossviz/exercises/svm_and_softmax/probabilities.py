"""The softmax cross-entropy of one image."""

import numpy as np

from ..engine import Exercise, Misconception, quietly
from .data import CAR, CAT, FROG, TWELVE

_FLOORS = [
    "1e-3",
    "1e-4",
    "1e-5",
    "1e-6",
    "1e-7",
    "1e-8",
    "1e-9",
    "1e-10",
    "1e-12",
    "1e-15",
    "1e-16",
    "1e-20",
    "1e-30",
    "1e-300",
]


def _ahead(scores):
    return scores - np.max(scores)


def _log_sum(scores):
    return np.max(scores) + np.log(np.sum(np.exp(scores - np.max(scores))))


def _cross_entropy(scores, label):
    ahead = _ahead(scores)
    return np.log(np.sum(np.exp(ahead))) - ahead[label]


def _softmax(scores):
    powers = np.exp(scores)
    return powers / np.sum(powers)


def _shifted(scores):
    return _softmax(_ahead(scores))


def _shifted_by(amount):
    """Subtract something else than the largest score; without the fraction, and with it."""
    return (
        quietly(lambda scores, label: np.log(np.sum(np.exp(scores - amount(scores)))) - scores[label] + amount(scores)),
        quietly(lambda scores, label: amount(scores) + np.log(np.sum(np.exp(scores - amount(scores)))) - scores[label]),
        quietly(lambda scores, label: -np.log(_softmax(scores - amount(scores))[label])),
    )


def _only_above(least):
    return lambda scores: np.max(scores) if np.max(scores) > least else 0


def _of_softmax(rule, exact):
    """The same mistake made with the plain softmax, with the shifted one, and without a fraction."""
    return (
        quietly(lambda scores, label: rule(_softmax(scores), label)),
        quietly(lambda scores, label: rule(_shifted(scores), label)),
        quietly(exact),
    )


def _floored(low):
    return (
        quietly(lambda scores, label: -np.log(_shifted(scores)[label] + low)),
        quietly(lambda scores, label: -np.log(np.maximum(_shifted(scores)[label], low))),
        quietly(lambda scores, label: -np.log(np.clip(_shifted(scores)[label], low, 1 - low))),
    )


def _cut_off(limit):
    return quietly(
        lambda scores, label: (
            np.log(np.sum(np.exp(np.clip(scores, -limit, limit)))) - np.clip(scores[label], -limit, limit)
        )
    )


cross_entropy = Exercise(
    reference=_cross_entropy,
    cases=[
        (CAT, 0),
        (CAR, 1),
        (FROG, 2),
        (np.array([1000.0, 1001.0, 0.0]), 0),
        (np.array([0.0, 1000.0]), 0),
        (np.array([1000.0, 0.0, 0.0, 0.0]), 1),
        (np.array([1000.0, 0.0, 0.0, 0.0]), 0),  # exactly 0
        (np.array([-1000.0, -1001.0, -1002.0]), 0),
        (np.array([0.0, 720.0]), 0),  # exp(720) is too large, exp(-720) is not yet 0
        (np.array([300.0, 299.0, -1200.0]), 1),
        (np.array([0.0, 20000.0]), 0),
        (np.array([0.0, -0.01, 0.5]), 0),
        (np.array([2, 5, 4, 5]), 2),  # whole numbers, two alike
        (TWELVE, 11),
    ],
    misconceptions=[
        Misconception(
            "unshifted",
            quietly(lambda scores, label: -np.log(_softmax(scores)[label])),
            "Right for the three images. But exp(1000) is too large for any float, so inf / inf leaves no number. "
            "Subtract the largest score from all of them first.",
        ),
        Misconception(
            "unshifted sum",
            quietly(lambda scores, label: np.log(np.sum(np.exp(scores))) - scores[label]),
            "Right for the three images, but the sum of exponentials overflows to inf for scores of 1000. Subtract "
            "the largest score from all of them first.",
        ),
        Misconception(
            "rounded to 0",
            quietly(lambda scores, label: -np.log(_shifted(scores)[label])),
            "Nearly. A probability of exp(−1000) was rounded to 0 before you took its logarithm. Take the logarithm "
            "by hand: log of the sum, minus the shifted true score.",
        ),
        Misconception(
            "true score subtracted",
            quietly(lambda scores, label: np.log(np.sum(np.exp(scores - scores[label])))),
            "Nearly. You subtract the true score. That is the same loss, but if another score is 1000 higher, its "
            "exponential is too large for a float. Subtract the largest score.",
        ),
        Misconception(
            "mean subtracted",
            _shifted_by(np.mean),
            "You subtract the mean of the scores. One score can still lie far above it, and its exponential is then "
            "too large for a float. After the largest score is subtracted, none is above 0.",
        ),
        Misconception(
            "largest size subtracted",
            _shifted_by(lambda scores: np.max(np.abs(scores))),
            "You subtract the largest size, without its sign. If all scores are near −1000, that pushes them down to "
            "−2000, and all exponentials become 0. Subtract the largest score itself.",
        ),
        Misconception(
            "smallest subtracted",
            _shifted_by(np.min),
            "You subtract the smallest score, so the others become large, and their exponentials may be too large for "
            "a float. Subtract the largest: then none is above 0.",
        ),
        Misconception(
            "shifted only if large",
            (*_shifted_by(_only_above(0)), *_shifted_by(_only_above(700))),
            "You subtract the largest score only when it is large. When all scores are far below 0, all exponentials "
            "become 0, and log 0 is −∞. Subtract it always.",
        ),
        Misconception(
            "scores cut off",
            tuple(_cut_off(limit) for limit in (700, 709, 500, 100, 50)),
            "You cut the scores off. That prevents the overflow, but it changes their differences, and so the loss. "
            "Subtract the largest score instead: no difference changes.",
        ),
        *(
            Misconception(
                f"floor of {low}",
                _floored(float(low)),
                f"Nearly. The {low} in the logarithm puts a ceiling of {-np.log(float(low)):.1f} on the loss, and a "
                "probability of exp(−1000) costs 1000. Without it: the log of the sum, minus the shifted true score.",
            )
            for low in _FLOORS
        ),
        Misconception(
            "loss cut off",
            tuple(
                lambda scores, label, most=most: min(most, _cross_entropy(scores, label))
                for most in (10, 20, 30, 50, 100, 700, 745, 1000)
            ),
            "You cut the loss off above. It has no upper end: a true score that is 20000 behind costs 20000.",
        ),
        Misconception(
            "log10",
            _of_softmax(
                lambda p, label: -np.log10(p[label]), lambda scores, label: _cross_entropy(scores, label) / np.log(10)
            ),
            "That is the logarithm to base 10: 0.886 for the cat image. This course, and every library, takes "
            "`np.log`.",
        ),
        Misconception(
            "log2",
            _of_softmax(
                lambda p, label: -np.log2(p[label]), lambda scores, label: _cross_entropy(scores, label) / np.log(2)
            ),
            "That is the logarithm to base 2, in bits: 2.94 for the cat image. The loss is in nats: take `np.log`.",
        ),
        Misconception(
            "another base, for the sum alone",
            tuple(
                quietly(lambda scores, label, log=log: log(np.sum(np.exp(_ahead(scores)))) - _ahead(scores)[label])
                for log in (np.log2, np.log10)
            ),
            "The log of e^s is s only for the natural logarithm. So the log of the sum must be the natural one, too: "
            "`np.log`.",
        ),
        Misconception(
            "no minus",
            _of_softmax(lambda p, label: np.log(p[label]), lambda scores, label: -_cross_entropy(scores, label)),
            "Right size, wrong sign: you give log p, and the loss is −log p.",
        ),
        Misconception(
            "all classes",
            _of_softmax(
                lambda p, label: -np.sum(np.log(p)),
                lambda scores, label: np.sum(_log_sum(scores) - scores),
            ),
            "You add −log p of all classes. Only the true class counts.",
        ),
        Misconception(
            "mean over classes",
            _of_softmax(
                lambda p, label: -np.log(p[label]) / len(p),
                lambda scores, label: _cross_entropy(scores, label) / len(scores),
            ),
            "You divided by the number of classes. There is only one term, that of the true class.",
        ),
        Misconception(
            "largest class",
            _of_softmax(lambda p, label: -np.log(np.max(p)), lambda scores, label: _log_sum(scores) - np.max(scores)),
            "That is −log of the largest probability, whatever the label is. The loss asks for the true class: `label` "
            "says which score to subtract.",
        ),
        Misconception(
            "label counted from 1",
            _of_softmax(
                lambda p, label: -np.log(p[label - 1]), lambda scores, label: _cross_entropy(scores, label - 1)
            ),
            "You take `label - 1` for the true class. Labels are counted from 0, like the places of an array.",
        ),
        Misconception(
            "probability",
            tuple(quietly(lambda scores, label, p=p: p(scores)[label]) for p in (_softmax, _shifted)),
            "That is the probability of the true class. The loss is minus its logarithm: it grows as p falls.",
        ),
        Misconception(
            "one minus p",
            tuple(quietly(lambda scores, label, p=p: 1 - p(scores)[label]) for p in (_softmax, _shifted)),
            "1 − p grows as p falls, too, but it is never above 1. The loss is minus the logarithm of p.",
        ),
        Misconception(
            "only the sum shifted",
            lambda scores, label: np.log(np.sum(np.exp(_ahead(scores)))) - scores[label],
            "You subtracted the largest score inside the sum, but not from the true score. The result stays the same "
            "only if you shift all scores.",
        ),
        Misconception(
            "true score left out",
            (lambda scores, label: _log_sum(scores), quietly(lambda scores, label: np.log(np.sum(np.exp(scores))))),
            "That is the logarithm of the sum, the same for every label. Subtract the true score.",
        ),
        Misconception(
            "sum without logarithm",
            lambda scores, label: np.sum(np.exp(_ahead(scores))) - _ahead(scores)[label],
            "You subtract the true score from the sum itself. Take the logarithm of the sum first.",
        ),
        Misconception(
            "logarithm of the mean",
            lambda scores, label: np.log(np.mean(np.exp(_ahead(scores)))) - _ahead(scores)[label],
            "You took the mean of the exponentials. Softmax divides by their sum.",
        ),
        Misconception(
            "true class not in the sum",
            lambda scores, label: _log_sum(np.delete(scores, label)) - scores[label],
            "You left the true class out of the sum, as the hinge loss does. The sum of softmax has all classes: "
            "otherwise the shares do not add up to 1.",
        ),
        Misconception(
            "largest less true score",
            lambda scores, label: np.max(scores) - scores[label],
            "That is how far the true score is behind the largest one. In the sum, the other classes count too: take "
            "the logarithm of the sum of all exponentials.",
        ),
        Misconception(
            "no exponentials",
            (
                quietly(lambda scores, label: -np.log(scores[label] / np.sum(scores))),
                quietly(
                    lambda scores, label: (
                        -np.log((scores - np.min(scores) + 1)[label] / np.sum(scores - np.min(scores) + 1))
                    )
                ),
                quietly(lambda scores, label: -np.log(np.abs(scores[label]) / np.sum(np.abs(scores)))),
            ),
            "You divide the scores themselves by their sum. Softmax takes the exponential of each score first.",
        ),
    ],
    notice="Minus the logarithm of a fraction is log(sum) − score: no division is left, and nothing can be rounded to "
    "0 on the way.",
    unit="nats",
)
