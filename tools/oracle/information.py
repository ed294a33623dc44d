"""Information: entropy and related measures, in bits and in nats."""

import math

import mpmath
import scipy.spatial
import scipy.special
import scipy.stats
import torch
import torch.nn.functional as F  # noqa: N812

from oracle.asking import ask_plain
from oracle.definitions import log, x_log_y
from oracle.inputs import distributions, given, with_settings

SHAPES = {"coin": (2,), "die": (6,), "rows": (3, 4), "cube": (2, 3, 5)}
PAIRS = {case: (distributions("p", shape), distributions("q", shape)) for case, shape in SHAPES.items()}
PAIRS |= {
    "one": ([1.0], [1.0]),
    "even": ([0.125] * 8, distributions("q", (8,))),
    "sure": ([0.0, 1.0, 0.0], [0.25, 0.5, 0.25]),
    "some-sure": ([[0.5, 0.5, 0.0], [1.0, 0.0, 0.0]], [[0.25, 0.5, 0.25], [0.5, 0.25, 0.25]]),
    "tiny": ([1e-300, 1.0], [0.25, 0.75]),
    "tinier": ([1e-310, 1.0], [0.5, 0.5]),  # its inverse overflows
    "hardly-foreseen": ([0.5, 0.25, 0.25], [2**-33, 0.5, 0.5 - 2**-33]),
    "not-foreseen": ([[1.0, 0.0], [0.5, 0.5]], [[1e-300, 1.0], [1e-17, 1.0]]),
    "close": ([0.5, 0.5], [0.5 + 2**-20, 0.5 - 2**-20]),
    "closer": ([0.25, 0.25, 0.5], [0.25 + 2**-40, 0.25 - 2**-40, 0.5]),
}
SAME = {"same": (distributions("p", (6,)), distributions("p", (6,)))}
IMPOSSIBLE = {
    "impossible": ([0.5, 0.5], [1.0, 0.0]),
    "some-impossible": ([[0.5, 0.5], [1.0, 0.0]], [[1.0, 0.0], [1.0, 0.0]]),
}
DISJOINT = {"disjoint": ([0.5, 0.5, 0.0], [0.0, 0.0, 1.0])}
CANCELS = {"close"}  # SciPy subtracts what is nearly equal


def record():
    alone = in_units(given("p", {case: (p,) for case, (p, _) in PAIRS.items()}))
    of_truth = in_units(given("truth prediction", PAIRS | SAME | IMPOSSIBLE))
    information(alone)
    entropy(alone)
    cross_entropy(of_truth)
    kl_divergence(of_truth)
    js_divergence(in_units(given("p q", PAIRS | SAME | DISJOINT)))


def in_units(cases):
    return with_settings(cases, cases, unit=["bits", "nats"])


def ln(unit):
    return math.log(2) if unit == "bits" else 1.0


def information(cases):
    ask_plain(
        "information.information",
        cases,
        "torch.log",
        lambda p, unit="bits": -torch.log(torch.tensor(p)) / ln(unit),
        lambda p, unit="bits": [-log(each) / ln(unit) for each in p],
        also={"scipy.special.xlogy": lambda p, unit="bits": -scipy.special.xlogy(1, p) / ln(unit)},
    )


def entropy(cases):
    def categorical(p, unit="bits"):
        """Move probabilities away from 0 and 1 by torch's rounding, as torch does."""
        if p.min() < 1e-9 or p.max() == 1:
            return None
        return torch.distributions.Categorical(torch.tensor(p)).entropy().numpy() / ln(unit)

    ask_plain(
        "information.entropy",
        cases,
        "scipy.stats.entropy",
        lambda p, unit="bits": scipy.stats.entropy(p, axis=-1) / ln(unit),
        lambda p, unit="bits": -mpmath.fsum(x_log_y(each, each) for each in p) / ln(unit),
        also={"torch.distributions.Categorical": categorical},
    )


def cross(truth, prediction):
    return -mpmath.fsum(map(x_log_y, truth, prediction))


def cross_entropy(cases):
    def torch_cross(truth, prediction, unit="bits"):
        if prediction.min() == 0:
            return None
        classes = truth.shape[-1]
        logs, truth_rows = torch.log(torch.tensor(prediction)).reshape(-1, classes), torch.tensor(truth)
        rows = F.cross_entropy(logs, truth_rows.reshape(-1, classes), reduction="none")
        return rows.reshape(truth.shape[:-1]).numpy() / ln(unit)

    ask_plain(
        "information.cross_entropy",
        cases,
        "scipy.special.xlogy",
        lambda truth, prediction, unit="bits": -scipy.special.xlogy(truth, prediction).sum(axis=-1) / ln(unit),
        lambda truth, prediction, unit="bits": cross(truth, prediction) / ln(unit),
        also={"torch.nn.functional.cross_entropy": torch_cross},
    )


def kl_divergence(cases):
    def torch_kl(truth, prediction, unit="bits"):
        if prediction.min() == 0:
            return None
        terms = F.kl_div(torch.log(torch.tensor(prediction)), torch.tensor(truth), reduction="none")
        return terms.sum(dim=-1).numpy() / ln(unit)

    ask_plain(
        "information.kl_divergence",
        cases,
        "scipy.stats.entropy",
        lambda truth, prediction, unit="bits": scipy.stats.entropy(truth, prediction, axis=-1) / ln(unit),
        lambda truth, prediction, unit="bits": (cross(truth, prediction) - cross(truth, truth)) / ln(unit),
        also={"torch.nn.functional.kl_div": torch_kl},
        library_fails=CANCELS,
    )


def js_divergence(cases):
    def definition(p, q, unit="bits"):
        middle = [(a + b) / 2 for a, b in zip(p, q, strict=True)]
        return (cross(p, middle) + cross(q, middle) - cross(p, p) - cross(q, q)) / 2 / ln(unit)

    ask_plain(
        "information.js_divergence",
        cases,
        "scipy.spatial.distance.jensenshannon, squared",
        lambda p, q, unit="bits": scipy.spatial.distance.jensenshannon(p, q, axis=-1) ** 2 / ln(unit),
        definition,
        library_fails=CANCELS,
    )
