"""The categorical distribution: one of several classes."""

import numpy as np

from ..engine import Exercise, Misconception, quietly

_P = np.array([[0.7, 0.2, 0.1], [0.1, 0.3, 0.6], [0.25, 0.5, 0.25], [0.05, 0.15, 0.8]])
_RNG = np.random.default_rng(606)


def _rows(examples, classes):
    """Rows of probabilities in thousandths, each class with at least one."""
    shares = _RNG.dirichlet(np.ones(classes), size=examples)
    return (1 + _RNG.multinomial(1000 - classes, shares)) / 1000


_LONG, _LONG_LABELS = _rows(13, 4), _RNG.integers(4, size=13)
_MANY, _MANY_LABELS = _rows(2000, 3), _RNG.integers(3, size=2000)
_WIDE, _WIDE_LABELS = _rows(5, 12), np.array([11, 0, 11, 5, 2])
_FLOORS = ["1e-3", "1e-4", "1e-5", "1e-6", "1e-7", "1e-8", "1e-9", "1e-10", "1e-12", "1e-15", "1e-16", "1e-20", "1e-30"]


def _picked(probability, label):
    return probability[np.arange(len(label)), label]


def _row_sums(table):
    return table.sum(axis=1, keepdims=True)


def _one_hot(probability, label):
    return np.eye(probability.shape[1])[label]


def _categorical_nll(probability, label):
    return -np.mean(np.log(_picked(probability, label)))


def _floored(low):
    return (
        lambda probability, label: -np.mean(np.log(_picked(probability, label) + low)),
        lambda probability, label: -np.mean(np.log(np.maximum(_picked(probability, label), low))),
        lambda probability, label: -np.mean(np.log(np.clip(_picked(probability, label), low, 1 - low))),
    )


def _of_rows(probability, label):
    """Take the rows `label` of the table; NaN where there are not so many."""
    return -np.mean(np.log(probability[label])) if label.max() < len(probability) else np.nan


def _first_classes(probability, label):
    counted = label < 3
    return -np.sum(np.log(_picked(probability, label)[counted])) / len(label)


def _binary(probability, label):
    p = probability[:, 1]
    return -np.mean(np.where(label == 1, np.log(p), np.log(1 - p)))


def _both_sides(probability, label):
    y = _one_hot(probability, label)
    return -np.sum(np.log(np.where(y == 1, probability, 1 - probability))) / len(label)


categorical_nll = Exercise(
    reference=_categorical_nll,
    cases=[
        (_P, np.array([0, 2, 0, 1])),
        (_P[:2], np.array([1, 1])),
        (_LONG, _LONG_LABELS),
        (np.array([[0.35, 0.65], [0.875, 0.125], [0.45, 0.55]]), np.array([0, 1, 1])),  # two classes
        (np.array([[0.5, 0.0, 0.5], [0.0, 0.996, 0.004]]), np.array([2, 1])),  # classes that cannot come
        (np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]]), np.array([0, 1, 0])),  # sure and right: exactly 0
        (_MANY, _MANY_LABELS),
        (_WIDE, _WIDE_LABELS),
        (np.array([[1e-60, 1.0], [1.0, 1e-70]]), np.array([0, 1])),  # sure and wrong
    ],
    misconceptions=[
        Misconception(
            "probability",
            lambda probability, label: np.mean(_picked(probability, label)),
            "That is the mean probability of the true classes. Take −log of each first.",
        ),
        Misconception(
            "bits",
            lambda probability, label: -np.mean(np.log2(_picked(probability, label))),
            "You took the logarithm to base 2, so this is in bits. This course counts in nats: `np.log`.",
        ),
        Misconception(
            "log10",
            lambda probability, label: -np.mean(np.log10(_picked(probability, label))),
            "You took the logarithm to base 10. This course counts in nats: `np.log`.",
        ),
        Misconception(
            "mean over classes",
            (
                lambda probability, label: -np.sum(np.log(_picked(probability, label))) / probability.size,
                quietly(lambda probability, label: -np.mean(_one_hot(probability, label) * np.log(probability))),
            ),
            "You divided by examples times classes. Each example gives one term, so divide by N.",
        ),
        Misconception(
            "divided by the classes",
            lambda probability, label: -np.sum(np.log(_picked(probability, label))) / probability.shape[1],
            "You divided by the number of classes. The mean is over the examples: divide by the number of rows.",
        ),
        Misconception(
            "sum",
            lambda probability, label: -np.sum(np.log(_picked(probability, label))),
            "That is the sum over the examples: minus the log-likelihood. The loss is its mean.",
        ),
        Misconception(
            "sign",
            lambda probability, label: np.mean(np.log(_picked(probability, label))),
            "The minus is missing: a logarithm of a probability is never above 0, a loss never below.",
        ),
        Misconception(
            "largest probability",
            lambda probability, label: -np.mean(np.log(np.max(probability, axis=1))),
            "You took each row's largest probability. The label says which entry counts, even where the model prefers "
            "another.",
        ),
        Misconception(
            "all classes",
            quietly(lambda probability, label: -np.mean(np.sum(np.log(probability), axis=1))),
            "You added the logarithms of all classes. Only the class that came counts: the others have y = 0.",
        ),
        Misconception(
            "all classes, averaged",
            quietly(lambda probability, label: -np.mean(np.log(probability))),
            "You averaged the logarithms of the whole table. From each row one entry counts: the one that the label "
            "names.",
        ),
        Misconception(
            "logarithm of the mean",
            lambda probability, label: -np.log(np.mean(_picked(probability, label))),
            "You took the logarithm of the mean. The logarithm turns the product into a sum, so it comes first, for "
            "each example.",
        ),
        Misconception(
            "multiplied",
            (
                quietly(lambda probability, label: -np.log(np.prod(_picked(probability, label))) / len(label)),
                quietly(lambda probability, label: -np.log(np.prod(_picked(probability, label)) ** (1 / len(label)))),
            ),
            "Right for a few examples. With 2000 of them the product is rounded to 0 before you take its logarithm. "
            "Take the logarithm of each, then the mean.",
        ),
        Misconception(
            "0 times log 0",
            quietly(lambda p, label: -np.mean(np.sum(_one_hot(p, label) * np.log(p), axis=1))),
            "Right as long as no probability is 0. A class that did not come may have p = 0, and 0 · log 0 is nan for "
            "NumPy. Pick the true entry first, then take its logarithm.",
        ),
        Misconception(
            "every row with every label",
            quietly(lambda probability, label: -np.mean(np.log(probability[:, label]))),
            "`probability[:, label]` takes all the labels' columns from every row. Pair them up: row 0 with the first "
            "label, row 1 with the second, and so on.",
        ),
        Misconception(
            "rows for columns",
            quietly(_of_rows),
            "`probability[label]` takes whole rows, those with the labels' numbers. From each row take the entry that "
            "its label names.",
        ),
        Misconception(
            "labels counted from 1",
            quietly(lambda probability, label: _categorical_nll(probability, label - 1)),
            "You take the entry `label - 1`. Labels are counted from 0, like the places of an array.",
        ),
        Misconception(
            "class 0 left out",
            lambda probability, label: -np.sum(np.log(_picked(probability, label)[label > 0])) / len(label),
            "Examples of class 0 give no term in your sum. In Python `if label` is false for 0, but 0 is a class.",
        ),
        Misconception(
            "always three classes",
            _first_classes,
            "Right while there are three classes. There may be more: count them with `probability.shape[1]`.",
        ),
        Misconception(
            "two classes only",
            quietly(_binary),
            "That is the BCE, for a class 1 and everything else. Here are several classes: take the probability of the "
            "class that came.",
        ),
        Misconception(
            "both sides",
            (
                quietly(_both_sides),
                quietly(lambda probability, label: _both_sides(probability, label) / probability.shape[1]),
            ),
            "You also count log (1 − p) of the classes that did not come, as a coin for each class would. One "
            "distribution for all classes counts the true class alone.",
        ),
        Misconception(
            "softmax again",
            lambda probability, label: _categorical_nll(np.exp(probability) / _row_sums(np.exp(probability)), label),
            "You took a softmax first. That is for scores; these rows are probabilities already, and sum to 1.",
        ),
        *(
            Misconception(
                f"floor of {low}",
                _floored(float(low)),
                f"Nearly: the {low} in the logarithm changes a loss and puts a ceiling of {-np.log(float(low)):.1f} on "
                "it. Leave it out: the class that came has a probability above 0.",
            )
            for low in _FLOORS
        ),
        Misconception(
            "one minus",
            lambda probability, label: np.mean(1 - _picked(probability, label)),
            "1 − p also falls as p rises, but it is not a logarithm: being sure and wrong would cost at most 1.",
        ),
    ],
    notice="It reads one number from each row. The others still matter: the numbers of a row sum to 1.",
    unit="nats",
)
