"""What lesson 03 asks to be written about one distribution: its entropy; and numbers that its cases need."""

from functools import partial

import numpy as np

from ..engine import Exercise, Misconception, quietly

SMALL = (1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10)  # what people put in place of 0
TINY = (1e-12, 1e-15, 1e-16)


def shares(seed: int, most: int, size: int) -> np.ndarray:
    """A distribution with repeated entries, and 0 among them if `most` is small."""
    counts = np.random.default_rng(seed).integers(0, most, size)
    return counts / counts.sum()


def each(rule, values=SMALL):
    """The same wrong answer with each of these small numbers."""
    return tuple(quietly(partial(rule, small=small)) for small in values)


# ---------------------------------------------------------------------- entropy


def _entropy(p):
    p = p[p > 0]
    return np.sum(p * np.log2(1 / p))


def _entropy_in(log, sign=-1):
    """Return two entropies with another logarithm or sign: the first leaves out zeros, the second makes NaN of them."""

    def careful(p):
        p = p[p > 0]
        return sign * np.sum(p * log(p))

    return careful, quietly(lambda p: sign * np.sum(p * log(p)))


_nats, _nats_nan = _entropy_in(np.log)
_negative, _negative_nan = _entropy_in(np.log2, sign=1)
_tens, _tens_nan = _entropy_in(np.log10)


@quietly
def _terms(p):
    return p * np.log2(1 / p)


def _before_the_first_zero(p):
    return _entropy(p[: np.argmin(p)] if p.min() == 0 else p)


def _with_small_number_added(p, small):
    return -np.sum(p * np.log2(p + small))


def _with_small_number_for_zero(p, small):
    p = np.where(p == 0, small, p)
    return -np.sum(p * np.log2(p))


def _all_raised(p, small):
    p = p + small
    return -np.sum(p * np.log2(p))


def _without_the_rare(p, small):
    return _entropy(p[p > small])


def _clipped_from_below(p, small):
    return -np.sum(p * np.log2(np.clip(p, small, 1)))


entropy = Exercise(
    reference=_entropy,
    cases=[
        (np.array([0.5, 0.3, 0.2]),),
        (np.array([0.1, 0.0, 0.6, 0.0, 0.3]),),
        (np.array([0.0, 1.0]),),
        (np.array([0.99, 0.006, 0.004]),),
        (np.array([1e-8, 1 - 1e-8]),),
        (shares(1, 7, 14),),
        (shares(2, 40, 3000),),  # more than 10 bits
    ],
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
        Misconception(
            "sign, and nats",
            _entropy_in(np.log, sign=1),
            "Two things are still wrong. The sign: logarithms of probabilities are negative. And the unit: np.log "
            "counts in nats, bits need np.log2.",
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
            (quietly(lambda p: np.sum(np.log2(1 / p))), lambda p: -np.sum(np.log2(p[p > 0]))),
            "You added the information of all events as if they were equally frequent. Each counts with its "
            "probability, p · log₂ 1/p.",
        ),
        Misconception(
            "small number added",
            (
                *each(_with_small_number_added),
                *each(_with_small_number_for_zero),
                *each(_all_raised),
            ),
            "A small number in place of 0 keeps NaN away, but makes the entropy a little wrong. Leave the zeros out "
            "instead: `p[p > 0]`.",
        ),
        Misconception(
            "small probabilities changed",
            (*each(_clipped_from_below, SMALL[:-3]), *each(_without_the_rare, (0.05, *SMALL[:-3]))),
            "You leave out, or cut off, small probabilities too. An event that is rare but possible does tell "
            "something: only an exact 0 may be left out.",
        ),
        Misconception(
            "NaN turned into 0",
            (lambda p: 0.0 if p.min() == 0 else _entropy(p)),
            "One probability of 0 makes your whole answer 0: NaN has spread over the sum before it was replaced, or "
            "the function returned too early. Only the term of this event is 0.",
        ),
        Misconception(
            "stops at the first zero",
            _before_the_first_zero,
            "You stop at the first probability that is 0. Leave out this one event, and go on with those after it.",
        ),
        Misconception(
            "no sum",
            (_terms, lambda p: np.nan_to_num(_terms(p)), lambda p: _terms(p[p > 0])),
            "Those are the terms, one for each event. The entropy is one number, their sum.",
        ),
        Misconception(
            "mean instead of sum",
            (
                lambda p: _entropy(p) / np.count_nonzero(p),
                lambda p: _entropy(p) / len(p),
                lambda p: np.mean(_terms(p)),
            ),
            "You took the mean over the events. The probabilities already are the weights: they sum to 1, so add up.",
        ),
        Misconception(
            "equally likely",
            (lambda p: np.log2(len(p)), lambda p: np.log2(np.count_nonzero(p))),
            "That would be right if all events were equally likely. Here each event has its own p, and tells log₂ 1/p.",
        ),
        Misconception(
            "divided by the largest entropy",
            (
                quietly(lambda p: _entropy(p) / np.log2(len(p))),
                quietly(lambda p: np.divide(_entropy(p), np.log2(np.count_nonzero(p)))),
            ),
            "You divided by the entropy of equally likely events. That gives a share between 0 and 1; we ask for the "
            "bits themselves.",
        ),
        Misconception(
            "logarithm outside",
            lambda p: -np.log2(np.sum(p**2)),
            "You took one logarithm, of a mean of probabilities. Entropy is a mean of logarithms: first the "
            "information of each event, then the mean.",
        ),
        Misconception(
            "no logarithm",
            (lambda p: 1 - np.sum(p**2), lambda p: np.sum(p**2), lambda p: np.sum(p * (1 - p))),
            "There is no logarithm in it. What an event tells is log₂ 1/p, and each counts with its probability.",
        ),
        Misconception(
            "the first event and the rest",
            quietly(lambda p: -np.nansum([p[0] * np.log2(p[0]), (1 - p[0]) * np.log2(1 - p[0])])),
            "That is the entropy of a coin with p[0] and 1 − p[0]. There can be more than two events: add over all.",
        ),
    ],
    notice="We may leave out the zeros: p · log₂ 1/p goes to 0 as p does. What never happens cannot surprise.",
    unit="bits",
)
