"""What lesson 03 asks to be written about two distributions: cross-entropy and KL."""

import numpy as np

from ..engine import Exercise, Misconception, quietly
from .one_distribution import SMALL, TINY, each, shares

# ---------------------------------------------------------------------- cross-entropy

_TRUTH, _PREDICTION = np.array([0.5, 0.3, 0.2]), np.array([0.2, 0.7, 0.1])


def _cross_entropy(q, p):
    return -np.sum(q * np.log(p))


def _entropy_of_truth(q, p):
    q = q[q > 0]
    return -np.sum(q * np.log(q))


def _swapped_with_small_number(q, p, small):
    return -np.sum(p * np.log(np.where(q > 0, q, small)))


@quietly
def _careless_divergence(q, p):
    return np.sum(q * np.log(q / p))


def _softmax(p):
    powers = np.exp(p)
    return powers / powers.sum()


cross_entropy = Exercise(
    reference=_cross_entropy,
    cases=[
        (_TRUTH, _PREDICTION),
        (np.array([0.0, 1.0, 0.0]), np.array([0.1, 0.6, 0.3])),
        (np.array([0.5, 0.0, 0.2, 0.3]), np.array([0.02, 0.5, 0.4, 0.08])),
        (np.array([0.0, 1.0]), np.array([1e-9, 1 - 1e-9])),  # nearly perfect
        (np.array([1.0, 0.0, 0.0]), np.array([1e-50, 0.25, 0.75])),  # more than 100 nats
        (np.array([0.04, 0.95, 0.01]), np.array([1e-6, 0.5, 0.499999])),
        (shares(3, 7, 13), (shares(4, 30, 13) + 0.01) / 1.13),
    ],
    misconceptions=[
        Misconception(
            "roles swapped",
            (
                quietly(lambda q, p: -np.sum(p * np.log(q))),
                lambda q, p: -np.sum(p[q > 0] * np.log(q[q > 0])),
                *each(_swapped_with_small_number, (*SMALL, *TINY, 1e-300)),
            ),
            "Truth and prediction have changed places. The truth says how often, so it stands outside; the prediction "
            "says how surprised, so it stands inside the logarithm.",
        ),
        Misconception(
            "sign",
            lambda q, p: np.sum(q * np.log(p)),
            "Right size, but negative: the logarithm of a probability is never above 0. Put a minus before the sum.",
        ),
        Misconception(
            "bits for nats",
            lambda q, p: -np.sum(q * np.log2(p)),
            "Right in bits. Losses are counted in nats: take np.log.",
        ),
        Misconception(
            "sign, and bits",
            lambda q, p: np.sum(q * np.log2(p)),
            "Two things are still wrong. A minus is missing; and np.log2 counts in bits, nats need np.log.",
        ),
        Misconception(
            "KL instead",
            lambda q, p: _cross_entropy(q, p) - _entropy_of_truth(q, p),
            "That is KL(Q‖P): you have subtracted the entropy of the truth. Cross-entropy keeps it.",
        ),
        Misconception(
            "KL instead, with NaN",
            _careless_divergence,
            "Your logarithm contains the truth: that is KL(Q‖P), and NaN where q is 0. In cross-entropy the logarithm "
            "contains the prediction only.",
        ),
        Misconception(
            "NaN on zero",
            quietly(lambda q, p: _careless_divergence(q, p) - np.sum(q * np.log(q))),
            "Right, as long as no q is 0: then your log q is infinite, and 0 times it is NaN. Entropy plus KL is one "
            "way, but the logarithm of the prediction is all that cross-entropy needs.",
        ),
        Misconception(
            "entropy of the truth",
            (_entropy_of_truth, quietly(lambda q, p: -np.sum(q * np.log(q)))),
            "That is H(Q); your answer never looks at the prediction. p belongs inside the logarithm.",
        ),
        Misconception(
            "mean instead of sum",
            lambda q, p: -np.mean(q * np.log(p)),
            "You took the mean over the classes. The truth already is the weight: its entries sum to 1, so add up.",
        ),
        Misconception(
            "not weighted",
            lambda q, p: -np.sum(np.log(p)),
            "You added the information of all classes equally, or paired every q with every p, which comes to the "
            "same. Each class counts as often as the truth says: its own q times its own −log p.",
        ),
        Misconception(
            "no logarithm",
            (lambda q, p: -np.sum(q * p), lambda q, p: np.sum(q * p), lambda q, p: 1 - np.sum(q * p)),
            "You weighted the probabilities themselves. The truth is the weight of the information, −log p.",
        ),
        Misconception(
            "logarithm outside",
            lambda q, p: -np.log(np.sum(q * p)),
            "You took the logarithm after the sum. First the logarithm of each p, then the weights, then the sum.",
        ),
        Misconception(
            "only the likeliest class",
            lambda q, p: -np.log(p[np.argmax(q)]),
            "You looked at the likeliest class alone. That is enough for a one-hot truth; here the truth may share its "
            "weight among several classes.",
        ),
        Misconception(
            "two terms for each class",
            quietly(lambda q, p: -np.sum(q * np.log(p) + (1 - q) * np.log(1 - p))),
            "The terms with 1 − q and 1 − p are for a single yes-or-no question, which has only two outcomes. Here "
            "each outcome stands in the arrays already.",
        ),
        Misconception(
            "logarithm of the rest",
            quietly(lambda q, p: -np.sum(q * np.log(1 - p))),
            "1 − p is the probability that something else happens. What happens tells −log p.",
        ),
        Misconception(
            "softmax first",
            (
                lambda q, p: -np.sum(q * np.log(_softmax(p))),
                lambda q, p: np.log(np.sum(np.exp(p))) - np.sum(q * p),
            ),
            "You put p through a softmax. It holds probabilities already: take their logarithm as they are.",
        ),
        Misconception(
            "squared differences",
            (lambda q, p: np.sum((q - p) ** 2), lambda q, p: np.mean((q - p) ** 2)),
            "That is the squared error of the bars. Cross-entropy counts surprise: the truth times −log p.",
        ),
        Misconception(
            "small number",
            (
                *each(lambda q, p, small: -np.sum(q * np.log(p + small)), (*SMALL, *TINY)),
                *each(lambda q, p, small: _cross_entropy(q, np.maximum(p, small)), (0.05, *SMALL, *TINY)),
                *each(lambda q, p, small: _cross_entropy(q, np.clip(p, small, 1 - small)), (0.05, *SMALL, *TINY)),
            ),
            "You added a small number, or cut small probabilities off, so a very wrong prediction costs too little. No "
            "entry of p is 0: take the logarithm of p as it is.",
        ),
        Misconception(
            "no sum",
            lambda q, p: -q * np.log(p),
            "Those are the terms, one for each class. Cross-entropy is one number, their sum.",
        ),
        Misconception(
            "entropy of the prediction",
            lambda q, p: -np.sum(p * np.log(p)),
            "That is H(P); your answer never looks at the truth. q belongs outside the logarithm, as the weight.",
        ),
        Misconception(
            "base 10",
            lambda q, p: -np.sum(q * np.log10(p)),
            "np.log10 counts in decimal digits. Nats need np.log.",
        ),
    ],
    notice="With the one-hot truth (0, 1, 0) only −log p of the true class is left: the loss of notebook 04.",
    unit="nats",
)

# ---------------------------------------------------------------------- KL


def _divergence(q, p):
    return np.sum(q * np.log2(q / p))


def _jensen_shannon(q, p):
    middle = (q + p) / 2
    return (_divergence(q, middle) + _divergence(p, middle)) / 2


kl = Exercise(
    reference=_divergence,
    cases=[
        (_TRUTH, _PREDICTION),
        (np.array([0.25, 0.25, 0.25, 0.25]), np.array([0.4, 0.3, 0.2, 0.1])),
        (np.array([0.1, 0.9]), np.array([0.1, 0.9])),
        (np.array([0.04, 0.96]), np.array([0.01, 0.99])),  # nearly equal
        (np.array([0.005, 0.015, 0.98]), np.array([0.3, 0.004, 0.696])),
        (np.array([0.999, 0.001]), np.array([1e-35, 1.0])),  # more than 100 bits
        ((shares(5, 30, 13) + 0.01) / 1.13, (shares(6, 30, 13) + 0.001) / 1.013),
    ],
    misconceptions=[
        Misconception(
            "swapped",
            lambda q, p: _divergence(p, q),
            "That is KL(P‖Q), the other way round. The truth Q comes first: it is the weight, and the numerator.",
        ),
        Misconception(
            "sign",
            lambda q, p: -_divergence(q, p),
            "Right size, wrong sign: a divergence is never below 0. Is your fraction upside down?",
        ),
        Misconception(
            "cross-entropy instead",
            lambda q, p: -np.sum(q * np.log2(p)),
            "That is the whole cross-entropy H(Q, P). KL is how far it is above H(Q): subtract the entropy of the "
            "truth.",
        ),
        Misconception(
            "added",
            lambda q, p: -np.sum(q * np.log2(p)) - np.sum(q * np.log2(q)),
            "You added H(Q) to H(Q, P), or lost a minus on the way. KL is the cross-entropy minus the entropy.",
        ),
        Misconception(
            "nats for bits",
            lambda q, p: np.sum(q * np.log(q / p)),
            "Right in nats. We ask for bits: take np.log2.",
        ),
        Misconception(
            "base 10",
            lambda q, p: np.sum(q * np.log10(q / p)),
            "np.log10 counts in decimal digits. Bits need np.log2.",
        ),
        Misconception(
            "swapped, and nats",
            lambda q, p: np.sum(p * np.log(p / q)),
            "Two things are still wrong. That is the other way round, KL(P‖Q); and np.log counts in nats, bits need "
            "np.log2.",
        ),
        Misconception(
            "both ways",
            (
                lambda q, p: _divergence(q, p) + _divergence(p, q),
                lambda q, p: (_divergence(q, p) + _divergence(p, q)) / 2,
            ),
            "You combined both ways, KL(Q‖P) and KL(P‖Q). We ask for the first alone; its only weight is the truth.",
        ),
        Misconception(
            "Jensen–Shannon",
            _jensen_shannon,
            "That is the Jensen–Shannon divergence, which is the same both ways. KL compares the truth with the "
            "prediction directly, not with a mixture of both.",
        ),
        Misconception(
            "difference of entropies",
            lambda q, p: np.sum(p * np.log2(p)) - np.sum(q * np.log2(q)),
            "That is H(Q) − H(P). It can be negative, and is 0 for many unequal pairs. The first term must be the "
            "cross-entropy, weighted with q.",
        ),
        Misconception(
            "difference of entropies, turned round",
            lambda q, p: np.sum(q * np.log2(q)) - np.sum(p * np.log2(p)),
            "That is H(P) − H(Q): each term is weighted with its own distribution. In KL the truth q weights both.",
        ),
        Misconception(
            "the other entropy",
            lambda q, p: np.sum(p * np.log2(p)) - np.sum(q * np.log2(p)),
            "You subtracted H(P), the entropy of the prediction. What the best code needs is the entropy of the truth.",
        ),
        Misconception(
            "logarithm of the difference",
            quietly(lambda q, p: np.sum(q * np.log2(np.abs(q - p)))),
            "The logarithm of a difference is not the difference of the logarithms: log q − log p is log q/p.",
        ),
        Misconception(
            "quotient of the logarithms",
            (
                quietly(lambda q, p: np.sum(q * np.log2(q) / np.log2(p))),
                quietly(lambda q, p: np.sum(q * np.log2(q) / p)),
            ),
            "The division comes too late: KL needs the logarithm of the quotient q/p. Look at the brackets.",
        ),
        Misconception(
            "absolute values",
            lambda q, p: np.sum(np.abs(q * np.log2(q / p))),
            "You lost the minus signs of the single terms. Some terms are negative, and must be: only their sum is "
            "never below 0.",
        ),
        Misconception(
            "negative terms left out",
            lambda q, p: np.sum(np.maximum(0, q * np.log2(q / p))),
            "You left out the negative terms. They belong to the sum: only the sum is never below 0.",
        ),
        Misconception(
            "logarithm outside",
            lambda q, p: np.log2(np.sum(q * q / p)),
            "You took the logarithm after the sum. First the logarithm of each quotient, then the weights, then the "
            "sum.",
        ),
        Misconception(
            "absolute differences",
            (lambda q, p: np.sum(np.abs(q - p)), lambda q, p: np.sum(np.abs(q - p)) / 2),
            "That adds up how far the bars are apart. KL compares information: logarithms of the probabilities.",
        ),
        Misconception(
            "squared differences",
            (lambda q, p: np.sum((q - p) ** 2), lambda q, p: np.sum((q - p) ** 2 / p)),
            "That adds up squares of the differences. KL compares information: logarithms of the probabilities.",
        ),
        Misconception(
            "not weighted",
            lambda q, p: np.sum(np.log2(q / p)),
            "You added the logarithms of all ratios equally. Each counts as often as the truth says: multiply by q.",
        ),
        Misconception(
            "no sum",
            lambda q, p: q * np.log2(q / p),
            "Those are the terms; some are negative. KL is their sum, and that is never below 0.",
        ),
        Misconception(
            "weighted with the prediction",
            lambda q, p: np.sum(p * np.log2(q / p)),
            "The fraction is right, the weight is not: the truth says how often, so it is q.",
        ),
        Misconception(
            "mean instead of sum",
            lambda q, p: _divergence(q, p) / len(q),
            "You took the mean over the events. The truth already is the weight: its entries sum to 1, so add up.",
        ),
        Misconception(
            "small number added",
            (
                *each(lambda q, p, small: np.sum(q * np.log2(q / (p + small))), (*SMALL, *TINY)),
                *each(lambda q, p, small: np.sum(q * np.log2((q + small) / (p + small))), (*SMALL, *TINY)),
                *each(lambda q, p, small: _divergence(np.maximum(q, small), np.maximum(p, small)), (*SMALL, *TINY)),
                *each(lambda q, p, small: np.sum(q * np.log2(q / np.maximum(p, small))), (*SMALL, *TINY)),
            ),
            "You changed small probabilities, by a small number or by clipping. No entry is 0, so nothing needs to be "
            "changed, and a small p must cost much.",
        ),
    ],
    notice="Single terms may be negative, where P promises more than Q keeps; the sum never is.",
    unit="bits",
)
