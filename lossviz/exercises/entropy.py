"""The exercises and predictions of lesson 03."""

import numpy as np

from .engine import Choice, Exercise, Misconception, Number, Prediction


def _quiet():
    return np.errstate(divide="ignore", invalid="ignore")  # wrong answers may take the logarithm of 0


def _entropy(p):
    p = p[p > 0]
    return np.sum(p * np.log2(1 / p))


def _entropy_in(log, sign=-1):
    """Return two entropies with another logarithm or sign: the first leaves out zeros, the second makes NaN of them."""

    def careful(p):
        p = p[p > 0]
        return sign * np.sum(p * log(p))

    def careless(p):
        with _quiet():
            return sign * np.sum(p * log(p))

    return careful, careless


_nats, _nats_nan = _entropy_in(np.log)
_negative, _negative_nan = _entropy_in(np.log2, sign=1)
_tens, _tens_nan = _entropy_in(np.log10)


def _unweighted(p):
    with _quiet():
        return np.sum(np.log2(1 / p))


def _terms(p):
    return np.array([share * np.log2(1 / share) if share > 0 else 0.0 for share in p])


entropy = Exercise(
    reference=_entropy,
    cases=[(np.array([0.5, 0.3, 0.2]),), (np.array([0.5, 0.0, 0.25, 0.25]),)],
    misconceptions=[
        Misconception(
            "NaN on zero",
            _entropy_in(np.log2)[1],
            "Right, as long as no probability is 0: then 0 · log₂ 0 is NaN in NumPy. An event that never happens adds "
            "nothing, so leave it out: `p[p > 0]`.",
        ),
        Misconception(
            "nats for bits",
            _nats,
            "Right in nats: np.log is the natural logarithm. We ask for bits, so take np.log2.",
        ),
        Misconception(
            "nats, and NaN on zero",
            _nats_nan,
            "Two things are still wrong. np.log counts in nats; bits need np.log2. And 0 · log 0 is NaN in NumPy: "
            "leave the zeros out, `p[p > 0]`.",
        ),
        Misconception(
            "sign",
            _negative,
            "Right size, but negative: logarithms of probabilities are. The information is log₂ 1/p, or −log₂ p.",
        ),
        Misconception(
            "sign, and NaN on zero",
            _negative_nan,
            "Two things are still wrong. The sign: the information is −log₂ p. And the zeros: 0 · log₂ 0 is NaN in "
            "NumPy, so leave them out, `p[p > 0]`.",
        ),
        Misconception("base 10", _tens, "np.log10 counts in decimal digits. Bits need np.log2."),
        Misconception(
            "base 10, and NaN on zero",
            _tens_nan,
            "np.log10 counts in decimal digits; bits need np.log2. And where p is 0, the product is NaN: leave the "
            "zeros out.",
        ),
        Misconception(
            "not weighted",
            _unweighted,
            "You added the information of all events as if they were equally frequent. Each counts with its "
            "probability, p · log₂ 1/p.",
        ),
        Misconception(
            "small number added",
            lambda p: -np.sum(p * np.log2(p + 1e-7)),
            "The small number inside the logarithm keeps NaN away, but makes every entropy a little wrong. Leave the "
            "zeros out instead: `p[p > 0]`.",
        ),
        Misconception(
            "no sum", _terms, "Those are the terms, one for each event. The entropy is one number, their sum."
        ),
        Misconception(
            "mean instead of sum",
            lambda p: _entropy(p) / np.count_nonzero(p),
            "You took the mean over the events. The probabilities already are the weights: they sum to 1, so add up.",
        ),
        Misconception(
            "even",
            lambda p: np.log2(len(p)),
            "That would be right if all events were equally likely. Here each event has its own p, and tells log₂ 1/p.",
        ),
    ],
    notice="We may leave out the zeros: p · log₂ 1/p goes to 0 as p does. What never happens cannot surprise.",
    unit="bits",
)


def _cross_entropy(q, p):
    return -np.sum(q * np.log(p))


def _entropy_of_truth(q, p):
    q = q[q > 0]
    return -np.sum(q * np.log(q))


def _swapped_cross_entropy(q, p):
    with _quiet():
        return -np.sum(p * np.log(q))


def _careless_divergence(q, p):
    with _quiet():
        return np.sum(q * np.log(q / p))


cross_entropy = Exercise(
    reference=_cross_entropy,
    cases=[
        (np.array([0.5, 0.3, 0.2]), np.array([0.2, 0.7, 0.1])),
        (np.array([0.0, 1.0, 0.0]), np.array([0.1, 0.6, 0.3])),
    ],
    misconceptions=[
        Misconception(
            "roles swapped",
            _swapped_cross_entropy,
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
            "entropy of the truth",
            _entropy_of_truth,
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
            "You added the information of all classes equally. Each counts as often as the truth says: multiply by q.",
        ),
        Misconception(
            "no logarithm",
            lambda q, p: -np.sum(q * p),
            "You weighted the probabilities themselves. The truth is the weight of the information, −log p.",
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


def _divergence(q, p):
    return np.sum(q * np.log2(q / p))


kl = Exercise(
    reference=_divergence,
    cases=[
        (np.array([0.5, 0.3, 0.2]), np.array([0.2, 0.7, 0.1])),
        (np.array([0.25, 0.25, 0.25, 0.25]), np.array([0.4, 0.3, 0.2, 0.1])),
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
            "logarithm of the difference",
            lambda q, p: np.sum(q * np.log2(np.abs(q - p))),
            "The logarithm of a difference is not the difference of the logarithms: log q − log p is log q/p.",
        ),
        Misconception(
            "absolute differences",
            lambda q, p: np.sum(np.abs(q - p)),
            "That adds up how far the bars are apart. KL compares information: logarithms of the probabilities.",
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
            "weighed with the prediction",
            lambda q, p: np.sum(p * np.log2(q / p)),
            "The fraction is right, the weight is not: the truth says how often, so it is q.",
        ),
        Misconception(
            "mean instead of sum",
            lambda q, p: _divergence(q, p) / len(q),
            "You took the mean over the events. The truth already is the weight: its entries sum to 1, so add up.",
        ),
    ],
    notice="Single terms may be negative, where P promises more than Q keeps; the sum never is.",
    unit="bits",
)

two_sixes = Number(
    answer=5.17,
    tolerance=0.006,
    misconceptions=[
        Misconception(
            "multiplied",
            6.68,
            "You multiplied the information of the two dice. Probabilities of independent events multiply; information "
            "adds up.",
        ),
        Misconception("one die", 2.585, "That is what one die tells. The second one tells the same amount again."),
        Misconception(
            "nats, or faces added",
            3.584,  # log 36 and log₂ 12 agree to two decimals
            "That is log 36, which is right in nats: bits need np.log2. But if you took log₂ 12: there are 6 · 6 pairs "
            "of faces, not 6 + 6.",
        ),
        Misconception("probability", 1 / 36, "That is the probability, 1/36. The information is log₂ of 36."),
        Misconception("number of pairs", 36, "That is the number of pairs. How many bits do you need to number them?"),
        Misconception("sign", -5.17, "Right size, wrong sign: log₂ of 36, not of 1/36. Information is a gain."),
    ],
    notice="log₂ 36 = log₂ 6 + log₂ 6: the outcomes multiply, what they tell adds up.",
    unit="bits",
)

one_hot = Number(
    answer=2.0,
    tolerance=0.006,
    misconceptions=[
        Misconception("entropy of the truth", 0.0, "That is H(Q): the truth is certain. And the prediction?"),
        Misconception(
            "probability", 0.25, "That is the probability. The cross-entropy asks how surprising it makes the cat."
        ),
        Misconception("nats", 1.386, "Right in nats, log 4. We ask for bits: take np.log2."),
        Misconception("sign", -2.0, "Right size, wrong sign: log₂ 1/p, not log₂ p."),
        Misconception(
            "entropy of the prediction",
            1.076,
            "That is H(P), as if the prediction were the truth. What happens is a cat, always.",
        ),
        Misconception(
            "all classes",
            6.836,
            "You added the information of all three classes. The truth gives two of them weight 0.",
        ),
    ],
    notice="log₂ 1/0.25 = log₂ 4 = 2. How the rest is shared between car and frog makes no difference.",
    unit="bits",
)

best_prediction = Choice(
    options=["0.5", "0.7", "1.0", "no difference"],
    answer="0.7",
    misconceptions=[
        Misconception(
            "stay in the middle",
            "0.5",
            "The middle is safe: it costs 1 bit for every toss. But you know more: heads come more often. Say so.",
        ),
        Misconception(
            "always the likelier",
            "1.0",
            "Then every tail, three in ten, is something you called impossible. What does log₂ 1/0 cost?",
        ),
        Misconception(
            "only the truth counts",
            "no difference",
            "The part H(Q) is the same for every prediction, but the other part, KL(Q‖P), is not.",
        ),
    ],
    notice="Cross-entropy rewards honesty: no other number beats the probability that is true.",
)

which_coin = Prediction(
    options=["0.5", "0.8", "0.99"],
    answer="0.5",
    why="A coin that nearly always shows head tells nearly nothing when it does, and its telling tails are too rare to "
    "make up for it.",
)

shorter_code = Prediction(
    options=["exactly 2", "less than 2", "more than 2"],
    answer="less than 2",
    why="Short words for the frequent symbols save more than long words for the rare ones cost.",
)

same_both_ways = Prediction(
    options=["always", "sometimes", "never"],
    answer="sometimes",
    why="If P = Q both are 0, and a few other pairs agree by accident. In general they differ: the truth decides which "
    "events count most, and that is another distribution on each side.",
)
