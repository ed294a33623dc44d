"""What lesson 04 asks to be written about probabilities: the binary cross-entropy and the softmax."""

from functools import partial

import numpy as np

from ..engine import Exercise, Misconception, quietly

_SMALL = (1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15)


def _each(rule, values=_SMALL):
    """The same wrong answer with each of these numbers."""
    return tuple(quietly(partial(rule, number=number)) for number in values)


# ---------------------------------------------------------------------- binary cross-entropy


def _bce(p, y):
    return -np.mean(np.log(np.where(y == 1, p, 1 - p)))


def _many(seed: int, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Predictions from hopeless to nearly perfect, and labels of both classes."""
    rng = np.random.default_rng(seed)
    return (1 / (1 + np.exp(-rng.normal(0, 3, size)))).round(6).clip(1e-5, 1 - 1e-5), rng.integers(0, 2, size)


@quietly
def _in_two_terms(p, y):
    """The formula, word for word: 0 log 0 is then NaN."""
    return y * np.log(p) + (1 - y) * np.log(1 - p)


@quietly
def _of_the_ones(p, y):
    return y * np.log(p)


@quietly
def _of_the_zeros(p, y):
    return (1 - y) * np.log(1 - p)


@quietly
def _of_the_truth(p, y):
    return np.log(np.where(y == 1, p, 1 - p))


def _with_care(terms):
    """The same terms, with 0 where they are NaN."""
    return lambda p, y: np.nan_to_num(terms(p, y), nan=0.0, neginf=-np.inf)


def _sigmoid(s):
    return 1 / (1 + np.exp(-s))


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
_NAN = "And 0 · log 0, which the formula asks for where p is exactly 0 or 1, is NaN for the computer."


def _only_inexact(p, y, count=np.count_nonzero):
    """The mean over those examples alone whose prediction is not exactly 0 or 1."""
    kept = (p > 0) & (p < 1)
    return np.divide(-np.sum(_of_the_truth(p[kept], y[kept])), count(kept))


def _of_one_class(p, y, which):
    return np.divide(-np.sum(_of_the_truth(p[y == which], y[y == which])), np.count_nonzero(y == which))


bce = Exercise(
    reference=_bce,
    cases=[
        (np.array([0.9, 0.2, 0.6]), np.array([1, 0, 0])),
        (np.array([0.3, 0.75]), np.array([1, 1])),
        (np.array([0.0, 0.6, 0.25]), np.array([0, 1, 1])),
        (np.array([1.0, 0.35, 0.2, 0.8]), np.array([1, 0, 0, 1])),
        (np.array([0.0, 1.0, 1.0]), np.array([0, 1, 1])),  # nothing to pay
        (np.array([1e-20, 0.9995, 1e-4]), np.array([1, 0, 0])),  # sure, and wrong
        (np.array([1e-50, 1e-47]), np.array([1, 1])),  # more than 100 nats
        (np.array([0.35]), np.array([0])),
        _many(1, 13),
        _many(2, 2000),  # the product of so many probabilities is 0
    ],
    misconceptions=[
        Misconception(
            "0 log 0",
            lambda p, y: -np.mean(_in_two_terms(p, y)),
            "Right for ordinary numbers. But where p is exactly 0 or exactly 1, the formula asks for 0 · log 0, which "
            "is NaN for the computer. Take the logarithm of the probability of the true class alone.",
        ),
        Misconception(
            "0 log 0 at p = 1",
            (
                lambda p, y: -np.mean(_with_care(_of_the_ones)(p, y) + _of_the_zeros(p, y)),
                *_each(lambda p, y, number: -np.mean(y * np.log(p + number) + _of_the_zeros(p, y))),
            ),
            "You cared for p = 0 only. Where p = 1 and y = 1, the second term asks for 0 · log 0 as well: NaN.",
        ),
        Misconception(
            "0 log 0 at p = 0",
            (
                lambda p, y: -np.mean(_of_the_ones(p, y) + _with_care(_of_the_zeros)(p, y)),
                *_each(lambda p, y, number: -np.mean(_of_the_ones(p, y) + (1 - y) * np.log(1 - p + number))),
            ),
            "You cared for p = 1 only. Where p = 0 and y = 0, the first term asks for 0 · log 0 as well: NaN.",
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
            (
                lambda p, y: -np.mean(_of_the_ones(p, y)),
                lambda p, y: -np.mean(_with_care(_of_the_ones)(p, y)),
                quietly(partial(_of_one_class, which=1)),
            ),
            "You left out the examples with y = 0. They have their own term, (1 − y) log(1 − p).",
        ),
        Misconception(
            "only the zeros",
            (
                lambda p, y: -np.mean(_of_the_zeros(p, y)),
                lambda p, y: -np.mean(_with_care(_of_the_zeros)(p, y)),
                quietly(partial(_of_one_class, which=0)),
            ),
            "You left out the examples with y = 1. They have their own term, y log p.",
        ),
        Misconception(
            "parentheses",
            (
                lambda p, y: -np.mean(_of_the_ones(p, y)) + np.mean(_of_the_zeros(p, y)),
                lambda p, y: np.mean(_with_care(_of_the_zeros)(p, y) - _with_care(_of_the_ones)(p, y)),
            ),
            "Your minus changes the first term only. It stands before the brackets, so it belongs to both terms.",
        ),
        Misconception(
            "one by one",
            (lambda p, y: -_of_the_truth(p, y), lambda p, y: -_in_two_terms(p, y)),
            "Those are the losses of the single examples. The loss of a batch is one number, their mean.",
        ),
        Misconception(
            "exact predictions left out of the mean",
            quietly(_only_inexact),
            "You left predictions of exactly 0 or 1 out of the mean. They cost 0, but they are examples: they count in "
            "N.",
        ),
        Misconception(
            "NaN turned into 0",
            lambda p, y: np.nan_to_num(-np.mean(_in_two_terms(p, y))),
            "One exact prediction makes your whole loss 0: NaN was replaced after the mean, or the function returned "
            "too early. Only this example costs 0.",
        ),
        Misconception(
            "small number",
            (
                *_each(lambda p, y, number: -np.mean(np.log(np.where(y == 1, p, 1 - p) + number))),
                *_each(lambda p, y, number: -np.mean(np.log(np.maximum(np.where(y == 1, p, 1 - p), number)))),
                *_each(lambda p, y, number: _bce(np.clip(p, number, 1 - number), y)),
            ),
            "Nearly: a small number, added or as the end of a clip, avoids NaN. But a very wrong prediction then costs "
            "too little, and a perfect one a little more or less than 0. The probability of the true class needs no "
            "such number.",
        ),
        Misconception(
            "capped",
            _each(
                lambda p, y, number: np.mean(np.minimum(number, -_of_the_truth(p, y))), (1, 5, 10, 15, 16, 20, 30, 100)
            ),
            "You limit what one example can cost. The −log p of a sure mistake has no limit: that is what makes it "
            "teach.",
        ),
        Misconception(
            "logarithm of the product",
            quietly(lambda p, y: -np.log(np.prod(np.where(y == 1, p, 1 - p))) / len(y)),
            "Right for few examples. The product of thousands of probabilities is too small for the computer, which "
            "rounds it to 0. Take the logarithms first, and add them.",
        ),
        Misconception(
            "logarithm of the mean",
            lambda p, y: -np.log(np.mean(np.where(y == 1, p, 1 - p))),
            "You took the mean first and the logarithm afterwards. Each example has its own logarithm; the mean comes "
            "last.",
        ),
        Misconception(
            "distance to 1",
            quietly(lambda p, y: -np.mean(np.log(1 - np.abs(y - p)))),
            "1 − |y − p| is the right probability on paper. But for a tiny p and y = 1 it is 1 − (1 − p), and the "
            "computer loses the digits of p there. Take p itself where y = 1.",
        ),
        Misconception(
            "the other class",
            (
                quietly(lambda p, y: -np.mean(np.log(np.where(y == 1, 1 - p, p)))),
                quietly(lambda p, y: -np.mean((1 - y) * np.log(p) + y * np.log(1 - p))),
            ),
            "You took the probability of the class that did not happen. p is that of class 1: take it where y = 1.",
        ),
        Misconception(
            "always p",
            quietly(lambda p, y: -np.mean(np.log(p))),
            "You took p for every example. p is the probability of class 1; where y = 0, the true class has the rest.",
        ),
        Misconception(
            "sigmoid again",
            lambda p, y: _bce(_sigmoid(p), y),
            "You put p through a sigmoid once more, as if it were a score. It is a probability already.",
        ),
        Misconception(
            "squared error",
            (lambda p, y: np.mean((y - p) ** 2), lambda p, y: np.sum((y - p) ** 2)),
            "That is the squared error of the probabilities, which never asks more than 1 of an example.",
        ),
        Misconception(
            "share of mistakes",
            (
                lambda p, y: np.mean((p > 0.5) != y),
                lambda p, y: np.mean((p > 0.5) == y),
                lambda p, y: np.mean(np.abs(y - p)),
            ),
            "There is no logarithm in it. What an example costs is −log of the probability of its true class.",
        ),
        Misconception(
            "labels as places",
            quietly(lambda p, y: -np.mean(np.log(p[y]))),
            "`p[y]` picks entry 0 or entry 1 of p, whatever the example is. You need the probability of each example's "
            "own class: p or 1 − p.",
        ),
        Misconception(
            "divided by the ones",
            (
                quietly(lambda p, y: np.divide(-np.sum(_of_the_truth(p, y)), np.sum(y))),
                quietly(lambda p, y: -np.sum(_of_the_truth(p, y)) / max(1, np.sum(y))),
            ),
            "You divided by the number of examples with y = 1. The mean is over all N examples.",
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


def _over(axis, powers_of=np.exp):
    @quietly
    def rule(s):
        powers = powers_of(s)
        return powers / powers.sum(axis=axis, keepdims=axis is not None)

    return rule


def _shifted_by(shift):
    """Shares of each row, after a shift that the row gives."""
    return _over(1, lambda s: np.exp(s - shift(s)))


_less_largest = _shifted_by(lambda s: s.max(axis=1, keepdims=True))


def _powers(s):
    return np.exp(s - s.max(axis=1, keepdims=True))


_TABLE = np.random.default_rng(5).normal(0, 3, (12, 4)).round(3)
_TABLE[4] = _TABLE[2]  # a repeated row
_TABLE[7, 3] = 0.012

softmax = Exercise(
    reference=_softmax,
    cases=[
        (np.array([[3.2, 5.1, -1.7], [0.0, 0.0, 1.0]]),),
        (np.array([[1000.0, 1001.0, 999.0]]),),
        (np.array([[2.0, 1.0], [-1000.0, -1001.0]]),),
        (np.array([[-800.0, -801.5, -799.25]]),),  # far below 0, alone
        (np.array([[-400.0, -401.0]]),),
        (np.array([[3, -2, 0, 1], [0, 0, 0, 0]]),),  # whole numbers
        (np.array([[-1e5, 0.0, 1e5], [1e5, 0.0, -1e5], [0.0, 2e4, 1.0]]),),  # wide rows
        (_TABLE,),
        (_TABLE[:6].reshape(2, 12)[:, 1:],),
    ],
    misconceptions=[
        Misconception(
            "not shifted",
            _over(1),
            "Right for small scores. But exp(1000) overflows, and inf / inf is NaN; 0 / 0, when all powers are 0, is "
            "NaN too. Subtract each row's largest score first: the probabilities stay the same.",
        ),
        Misconception(
            "shifted only where large",
            quietly(lambda s: _less_largest(s) if s.max() > 700 else _over(1)(s)),
            "Large scores are fine now. But in a row far below 0 all powers are 0, and 0 / 0 is NaN. Shift always: it "
            "never does any harm.",
        ),
        Misconception(
            "another shift",
            (
                _shifted_by(lambda s: s.mean(axis=1, keepdims=True)),
                _shifted_by(lambda s: s.min(axis=1, keepdims=True)),
                _shifted_by(lambda s: np.median(s, axis=1, keepdims=True)),
                _shifted_by(lambda s: s[:, :1]),
                _shifted_by(lambda s: s[:, -1:]),
            ),
            "Not every row is safe yet: in a row of very different scores the largest power still overflows. A row's "
            "mean, its smallest or its first score is not enough, and wider floats are not either. Which shift makes "
            "the largest score exactly 0?",
        ),
        Misconception(
            "largest size taken off",
            _shifted_by(lambda s: np.abs(s).max(axis=1, keepdims=True)),
            "You subtracted the largest size of each row, without its sign. In a row of scores far below 0 that moves "
            "them down even more. Take the largest score itself.",
        ),
        Misconception(
            "clipped",
            tuple(
                _over(1, lambda s, reach=reach: np.exp(np.clip(s, -reach, reach)))
                for reach in (10, 20, 50, 88, 100, 500, 600, 700, 709)
            ),
            "You cut the scores off, so two scores beyond the cut count alike. Subtract the largest score of the row "
            "instead: that changes no probability.",
        ),
        Misconception(
            "NaN replaced",
            (
                lambda s: np.nan_to_num(_over(1)(s)),
                lambda s: np.nan_to_num(_over(1)(s), nan=1 / s.shape[1]),
                lambda s: np.nan_to_num(_over(1)(s), nan=1.0),
            ),
            "You replaced NaN afterwards, when the scores behind it are lost: the row does not have their "
            "probabilities. Keep NaN from arising: subtract each row's largest score before the powers.",
        ),
        Misconception(
            "scaled",
            (
                _over(1, lambda s: np.exp(s / np.abs(s).max(axis=1, keepdims=True))),
                _over(1, lambda s: np.exp(s / s.max(axis=1, keepdims=True))),
                _over(1, lambda s: np.exp(s / np.abs(s).max())),
                _over(1, lambda s: np.exp(s / s.max())),
            ),
            "You divided the scores by the largest. That changes their differences, and with them the probabilities; "
            "subtracting does not.",
        ),
        Misconception(
            "wrong axis",
            (
                _over(0, lambda s: np.exp(s - s.max(axis=0))),
                _over(0, _powers),
                quietly(lambda s: _powers(s) / _powers(s).sum(axis=0)),
            ),
            "Your columns sum to 1. A row is one example, so its classes, along axis 1, must sum to 1.",
        ),
        Misconception(
            "wrong axis, not shifted",
            _over(0),
            "Your columns sum to 1. A row is one example, so its classes, along axis 1, must sum to 1. And large "
            "scores overflow: subtract the largest first.",
        ),
        Misconception(
            "not normalised",
            _powers,
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
            (_over(None, lambda s: np.exp(s - s.max())), _over(None, _powers)),
            "The whole table sums to 1. Each row must: sum along axis 1, with keepdims=True.",
        ),
        Misconception(
            "over the whole table, not shifted",
            _over(None),
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
            (
                _over(1, lambda s: s),
                _over(1, lambda s: s - s.min(axis=1, keepdims=True)),
                _over(1, lambda s: s - s.min(axis=1, keepdims=True) + 1),
                _over(1, np.abs),
                _over(1, lambda s: np.maximum(s, 0)),
            ),
            "You shared out the scores themselves, by their sum. A score can be negative, a probability cannot: take "
            "the powers exp(s) first.",
        ),
        Misconception(
            "sigmoids",
            (quietly(_sigmoid), _over(1, _sigmoid)),
            "The sigmoid is for two classes and one score. With a score for each class, take the powers exp(s), and "
            "divide by their sum.",
        ),
        Misconception(
            "powers of 2",
            _over(1, lambda s: 2.0 ** (s - s.max(axis=1, keepdims=True))),
            "You took powers of 2. Softmax takes powers of e: np.exp.",
        ),
        Misconception(
            "minus in the power",
            (
                _over(1, lambda s: np.exp(-s)),
                _over(1, lambda s: np.exp(s.min(axis=1, keepdims=True) - s)),
                _over(1, lambda s: np.exp(s.max(axis=1, keepdims=True) - s)),
            ),
            "Your smallest score gets the largest probability: a minus is turned round.",
        ),
        Misconception(
            "only the largest",
            lambda s: np.eye(s.shape[1])[s.argmax(axis=1)],
            "You gave all probability to the largest score. Softmax gives some to each class.",
        ),
        Misconception(
            "an integer table",
            lambda s: _softmax(s).astype(s.dtype),
            "Right for scores with decimals. But a table made like s holds whole numbers if the scores do, and cuts "
            "off every decimal: make it with np.zeros(s.shape), or let NumPy make it.",
        ),
        Misconception(
            "logarithm",
            quietly(lambda s: np.log(_softmax(s))),
            "That is the logarithm of softmax. We ask for the probabilities.",
        ),
        Misconception(
            "logarithm, by log-sum-exp",
            lambda s: s - s.max(axis=1, keepdims=True) - np.log(_powers(s).sum(axis=1, keepdims=True)),
            "That is the logarithm of softmax, exact and without overflow. np.exp of it gives the probabilities.",
        ),
    ],
    notice="After the shift the largest power is exp(0) = 1: nothing can overflow, and the sum is never 0.",
)
