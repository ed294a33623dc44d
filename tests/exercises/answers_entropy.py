"""Near misses and right answers to the exercises of the lesson, by hand; and harmless changes of its references."""

import math

import numpy as np
from scipy import special, stats

from lossviz import information, losses

# ---------------------------------------------------------------------- entropy


def stops_at_zero(p):
    bits = 0.0
    for share in p:
        if share == 0:
            break
        bits -= share * np.log2(share)
    return bits


def returns_in_the_loop(p):
    bits = 0.0
    for share in p:
        bits += share * np.log2(1 / share)
        return bits


def overwritten(p):
    for share in p[p > 0]:
        bits = share * np.log2(1 / share)
    return bits


def writes_into_p(p):
    p[p == 0] = 1e-12
    return -np.sum(p * np.log2(p))


def one_zero_removed(p):
    q = list(p)
    if 0 in q:
        q.remove(0)
    return -np.sum(np.array(q) * np.log2(q))


def entropy_loop(p):
    bits = 0.0
    for share in p:
        if share > 0:
            bits -= share * math.log2(share)
    return bits


def logarithms_where_possible(p):
    logs = np.log2(p, where=p > 0, out=np.zeros(len(p)))
    return -p @ logs


def ones_for_zeros(p):
    p = p.copy()
    p[p == 0] = 1
    return np.sum(p * np.log2(1 / p))


# ---------------------------------------------------------------------- cross-entropy and KL


def cross_entropy_loop(q, p):
    nats = 0
    for truth, said in zip(q, p, strict=True):
        nats -= truth * math.log(said)
    return nats


def kl_in_place(q, p):
    weights = q.copy()
    q /= p
    return weights @ np.log2(q)


def equal_if_near(q, p):
    return 0.0 if np.allclose(q, p, atol=0.05) else np.sum(q * np.log2(q / p))


def prints(q, p):
    np.sum(q * np.log2(q / p))


def minus_for_the_first_term(q, p):
    terms = q * np.log(p)
    return -terms[0] + terms[1:].sum()


NEAR_MISSES = {
    "two_sixes": {
        "nats": (np.log(36), "nats, or faces added"),
        "6 + 6 faces": (np.log2(12), "nats, or faces added"),
        "base 10": (np.log10(36), "base 10"),
        "one six": (np.log2(6), "one die"),
        "multiplied": (np.log2(6) ** 2, "multiplied"),
        "no minus": (np.log2(1 / 36), "sign"),
        "cut to a whole number": (int(np.log2(36)), "whole questions"),
        "six questions": (6, "whole questions"),
        "one decimal": (5.2, "rounded"),
        "21 pairs": (np.log2(21), "pairs without order"),
        "11 sums": (np.log2(11), "sums of the eyes"),
        "a third": (-np.log2(1 / 6 + 1 / 6), "probabilities added"),
        "a term of an entropy": (np.log2(36) / 36, "weighted with its probability"),
        "twice for each": (2 * np.log2(36), "counted twice"),
        "in quotation marks": "5.17",
        "two numbers": (np.log2([6, 6]), ""),
        "not a number": (np.nan, ""),
    },
    "entropy": {
        "zeros stay": (lambda p: np.sum(p * np.log2(1 / p)), "NaN on zero"),
        "nats": (lambda p: special.entr(p).sum(), "nats for bits"),
        "no minus": (lambda p: special.xlogy(p, p).sum() / np.log(2), "sign"),
        "no minus, in nats": (lambda p: special.xlogy(p, p).sum(), "sign, and nats"),
        "base 10": (lambda p: special.entr(p).sum() / np.log(10), "base 10"),
        "not weighted, zeros left out": (lambda p: -np.sum(np.log2(p[p > 0])), "not weighted"),
        "1e-12 in the argument": writes_into_p,
        "1e-5 in the logarithm": (lambda p: -np.sum(p * np.log2(p + 1e-5)), "small number added"),
        "1e-9 for zeros": (
            lambda p: -np.sum(np.where(p > 0, p, 1e-9) * np.log2(np.where(p > 0, p, 1e-9))),
            "small number added",
        ),
        "clipped at 0.01": (lambda p: -np.sum(p * np.log2(np.maximum(p, 0.01))), "small probabilities changed"),
        "cut at 0.01": (lambda p: -np.sum(p[p > 0.01] * np.log2(p[p > 0.01])), "small probabilities changed"),
        "NaN turned into 0, too late": (lambda p: np.nan_to_num(np.sum(p * np.log2(1 / p))), "NaN turned into 0"),
        "stops at the first zero": (stops_at_zero, "stops at the first zero"),
        "only one zero removed": one_zero_removed,
        "zeros at the end removed": lambda p: -np.sum(np.trim_zeros(p, "b") * np.log2(np.trim_zeros(p, "b"))),
        "terms": (lambda p: special.entr(p) / np.log(2), "no sum"),
        "mean": (lambda p: np.mean(special.entr(p)) / np.log(2), "mean instead of sum"),
        "all alike": (lambda p: np.log2(len(p)), "equally likely"),
        "two events": (lambda p: -special.xlogy(p[:2], p[:2]).sum() / np.log(2), "part of the examples"),
        "a coin": (
            lambda p: special.entr([p[0], 1 - p[0]]).sum() / np.log(2),
            "the first event and the rest",
        ),
        "repeated entries once": lambda p: special.entr(np.unique(p)).sum() / np.log(2),
        "return in the loop": (returns_in_the_loop, "return in loop"),
        "overwritten": (overwritten, "not added up"),
        "Gini": (lambda p: 1 - p @ p, "no logarithm"),
        "logarithm outside": (lambda p: -np.log2(p @ p), "logarithm outside"),
        "a share of the largest": (
            lambda p: special.entr(p).sum() / np.log(len(p)),
            "divided by the largest entropy",
        ),
        "rounded": (lambda p: round(special.entr(p).sum() / np.log(2), 3), "rounded to 3 digits"),
    },
    "cross_entropy": {
        "swapped, with care": (lambda q, p: -special.xlogy(p, np.where(q > 0, q, 1e-12)).sum(), "roles swapped"),
        "bits": (information.cross_entropy, "bits for nats"),
        "no minus": (lambda q, p: q @ np.log(p), "sign"),
        "KL": (lambda q, p: special.rel_entr(q, p).sum(), "KL instead"),
        "entropy plus KL, by hand": (
            lambda q, p: np.sum(q * np.log(q / p)) - np.sum(q * np.log(q)),
            "NaN on zero",
        ),
        "all pairs": (lambda q, p: -np.sum(np.outer(q, np.log(p))), "not weighted"),
        "likeliest class": (lambda q, p: -np.log(p[q.argmax()]), "only the likeliest class"),
        "masked on one side": lambda q, p: -np.sum(q * np.log(p[q > 0])),
        "small q ignored": lambda q, p: -np.sum(q[q > 0.05] * np.log(p[q > 0.05])),
        "two terms": (
            lambda q, p: -np.sum(special.xlogy(q, p) + special.xlogy(1 - q, 1 - p)),
            "two terms for each class",
        ),
        "softmax of p": (lambda q, p: -q @ special.log_softmax(p), "softmax first"),
        "clipped at 0.05": (lambda q, p: -np.sum(q * np.log(np.clip(p, 0.05, 1))), "small number"),
        "clipped at 1e-15": (lambda q, p: -np.sum(q * np.log(np.clip(p, 1e-15, 1 - 1e-15))), "small number"),
        "1e-7 added": (lambda q, p: -np.sum(q * np.log(p + 1e-7)), "small number"),
        "log1p": lambda q, p: -np.sum(q * np.log1p(p)),
        "sorted": lambda q, p: -np.sort(q) @ np.log(np.sort(p)),
        "minus for the first term": minus_for_the_first_term,
        "squares": (lambda q, p: np.sum((q - p) ** 2), "squared differences"),
        "perplexity": (lambda q, p: np.exp(-q @ np.log(p)), "exponential"),
    },
    "kl": {
        "swapped": (lambda q, p: information.kl_divergence(p, q), "swapped"),
        "swapped, in nats": (lambda q, p: stats.entropy(p, q), "swapped, and nats"),
        "nats": (lambda q, p: stats.entropy(q, p), "nats for bits"),
        "base 10": (lambda q, p: q @ np.log10(q / p), "base 10"),
        "upside down": (lambda q, p: q @ np.log2(p / q), "sign"),
        "both ways": (lambda q, p: (q - p) @ np.log2(q / p), "both ways"),
        "Jensen–Shannon": (information.js_divergence, "Jensen–Shannon"),
        "entropies": (
            lambda q, p: information.entropy(p) - information.entropy(q),
            "difference of entropies, turned round",
        ),
        "the wrong entropy": (
            lambda q, p: information.cross_entropy(q, p) - information.entropy(p),
            "the other entropy",
        ),
        "absolute terms": (lambda q, p: np.abs(q * np.log2(q / p)).sum(), "absolute values"),
        "no negative terms": (lambda q, p: np.maximum(0, q * np.log2(q / p)).sum(), "negative terms left out"),
        "brackets": (lambda q, p: np.sum(q * np.log2(q) / np.log2(p)), "quotient of the logarithms"),
        "logarithm of the mean": (lambda q, p: np.log2(np.sum(q * (q / p))), "logarithm outside"),
        "clipped at 0.01": (lambda q, p: stats.entropy(np.maximum(q, 0.01), np.maximum(p, 0.01)) / np.log(2), None),
        "1e-7 below the bar": (lambda q, p: q @ np.log2(q / (p + 1e-7)), "small number added"),
        "1e-15 on both sides": (lambda q, p: q @ np.log2((q + 1e-15) / (p + 1e-15)), "small number added"),
        "near is equal": equal_if_near,
        "chi-square": (lambda q, p: np.sum((q - p) ** 2 / p), "squared differences"),
        "in place": kl_in_place,
        "prints": prints,
        "four classes": lambda q, p: sum(q[i] * np.log2(q[i] / p[i]) for i in range(4)),
    },
    "best_prediction": {
        "a number": (0.5, "stay in the middle"),
        "without decimals": ("1", "always the likelier"),
        "a sentence": ("No difference.", "only the truth counts"),
        "the tail": 0.3,
        "two of them": "0.5 or 0.7",
        "with a sign": "-0.7",
        "the entropy": information.entropy([0.7, 0.3]),
    },
    "one_hot": {
        "nats": (-np.log(0.25), "nats"),
        "base 10": (-np.log10(0.25), "base 10"),
        "no minus": (np.log2(0.25), "sign"),
        "the entropy of the prediction": (information.entropy([0.25, 0.7, 0.05]), "entropy of the prediction"),
        "the likeliest class": (-np.log2(0.7), "likeliest class"),
        "the frog": (-np.log2(0.05), "frog"),
        "all classes": (-np.sum(np.log2([0.25, 0.7, 0.05])), "all classes"),
        "their mean": (-np.mean(np.log2([0.25, 0.7, 0.05])), "mean of the classes"),
        "divided by three": (2 / 3, "divided by the classes"),
        "weighted with p": (0.25 * 2, "weighted with the prediction"),
        "1/p": (1 / 0.25, "no logarithm"),
        "log of the rest": (-np.log2(0.75), "one minus"),
        "three questions": (-np.log2([0.25, 0.3, 0.95]).sum(), "three yes-or-no questions"),
        "log of three": (np.log2(3), "number of classes"),
        "a class": ("cat", ""),
    },
}

RIGHT = {
    "two_sixes": {
        "calculated": np.log2(36),
        "a sum": np.log2(6) + np.log2(6),
        "of the probability": -np.log2(1 / 36),
        "by the library": information.information(1 / 36),
        "two decimals": 5.17,
        "one entry": np.array([math.log(36, 2)]),
    },
    "entropy": {
        "a loop": entropy_loop,
        "SciPy": lambda p: stats.entropy(p, base=2),
        "entr": lambda p: special.entr(p).sum() / np.log(2),
        "the library": information.entropy,
        "nansum": lambda p: np.nansum(p * np.log2(1 / p)),
        "logarithms where possible": logarithms_where_possible,
        "ones for zeros in a copy": ones_for_zeros,
        "a product of powers": lambda p: -np.log2(np.prod(p**p)),
        "from the largest down": lambda p: np.log2(len(p)) - information.kl_divergence(p, np.full(len(p), 1 / len(p))),
        "float32": lambda p: -np.sum(p[p > 0].astype("f4") * np.log2(p[p > 0].astype("f4"))),
    },
    "cross_entropy": {
        "a loop": cross_entropy_loop,
        "a dot product": lambda q, p: -(q @ np.log(p)),
        "the library": lambda q, p: information.cross_entropy(q, p, unit="nats"),
        "a loss": lambda q, p: losses.categorical_cross_entropy([p], [q]),
        "entropy plus KL": lambda q, p: special.entr(q).sum() + special.rel_entr(q, p).sum(),
        "where q is not 0": lambda q, p: -np.sum(q[q > 0] * np.log(p[q > 0])),
        "bits times log 2": lambda q, p: np.sum(q * np.log2(1 / p)) * np.log(2),
        "one entry of a table": lambda q, p: q[None] @ -np.log(p)[:, None],
    },
    "kl": {
        "difference of logarithms": lambda q, p: q @ (np.log2(q) - np.log2(p)),
        "cross-entropy less entropy": lambda q, p: information.cross_entropy(q, p) - information.entropy(q),
        "SciPy": lambda q, p: stats.entropy(q, p, base=2),
        "kl_div": lambda q, p: special.kl_div(q, p).sum() / np.log(2),
        "average": lambda q, p: np.average(np.log2(q / p), weights=q),
        "a list": lambda q, p: [sum(a * math.log2(a / b) for a, b in zip(q, p, strict=True))],
        "float32": lambda q, p: np.sum(q.astype("f4") * np.log2(q.astype("f4") / p.astype("f4"))),
    },
    "best_prediction": {
        "text": "0.7",
        "a number": 0.7,
        "an entry": np.array([0.7]),
        "a percentage sign left out": " 0.70 ",
    },
    "one_hot": {
        "whole": 2,
        "calculated": -np.log2(0.25),
        "by the library": information.cross_entropy([1, 0, 0], [0.25, 0.7, 0.05]),
        "KL": information.kl_divergence([1, 0, 0], [0.25, 0.7, 0.05]),
        "text": math.log2(4),
    },
}

_PROBABILITIES = {"without its sign", "with 0 for negative", "at most 1", "clipped to ±10"}  # they lie in 0 … 1
_SUMS = {"clipped to 0 … inf", "without its sign", "the examples sorted"}  # none is negative; a sum has no order

HARMLESS = {
    "entropy": {
        *_SUMS,
        "p sorted",  # a sum has no order
        "clipped to -100 … 100",  # 100 bits take 2¹⁰⁰ events
        *(f"p {change}" for change in _PROBABILITIES),
    },
    "cross_entropy": {
        *_SUMS,  # sorted: both alike, so each q keeps its p
        *(f"{name} {change}" for name in "qp" for change in _PROBABILITIES),
        "p with 1e-7 for 0",  # no p is 0
    },
    "kl": {
        *_SUMS,  # sorted: both alike, so each q keeps its p
        *(f"{name} {change}" for name in "qp" for change in _PROBABILITIES),
        "q with 1e-7 for 0",  # no entry is 0
        "p with 1e-7 for 0",
    },
}
