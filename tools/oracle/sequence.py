"""Sequence: CTC. Its gradient is given in the scores before the log-softmax, because torch computes this gradient."""

import itertools
import math

import mpmath
import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from mpmath import mpf

from oracle.asking import agree
from oracle.definitions import exact, log, log_sum_exp, measured_slope
from oracle.inputs import draw
from oracle.table import write

CASES = {
    "one-step": (draw("scores", (1, 3)), [2], 0),
    "two-steps": (draw("scores", (2, 3)), [1], 0),
    "exact-fit": (draw("scores", (3, 4)), [1, 2, 3], 0),
    "four-steps": (draw("scores", (4, 4)), [2, 3], 0),
    "repeat": (draw("scores", (5, 3)), [1, 1], 0),
    "repeat,exact-fit": (draw("scores", (3, 3)), [2, 2], 0),
    "two-symbols": (draw("scores", (6, 2)), [1, 1], 0),
    "blank-last": (draw("scores", (5, 3)), [0, 1], 2),
    "blank-between": (draw("scores", (5, 3)), [2, 0], 1),
    "even": (np.zeros((6, 4)), [1, 2, 2], 0),
    "twenty-steps": (draw("scores", (20, 5)), [1, 4, 4, 2, 3, 1], 0),
    "twenty-steps,blank-last": (draw("scores", (20, 5)), [0, 1, 1, 0, 3], 4),
    "many-labels": (draw("scores", (30, 4)), [1, 2, 3, 3, 2, 1, 1, 2, 3, 1, 2, 2, 3], 0),
    "fifty-steps": (draw("scores", (50, 8)), [1, 7, 7, 3, 2, 6, 5, 5, 5, 4, 1, 2], 0),
    "fifty-steps,one-label": (draw("scores", (50, 4)), [3], 0),
    "large": (draw("scores", (8, 4), -60, 60), [1, 3, 2], 0),
    "extreme": (draw("scores", (6, 3), -1e4, 1e4), [1, 2, 1], 0),
    "more-labels-than-steps": (draw("scores", (2, 4)), [1, 2, 3], 0),
    "no-room-between-repeats": (draw("scores", (3, 3)), [1, 1, 2], 0),
}
CERTAIN = {
    "never-blank": (np.array([[0.0, 0.5, 0.5], [0.0, 0.25, 0.75], [0.0, 0.5, 0.5]]), [1, 2]),
    "some-zeros": (np.array([[0.5, 0.5, 0.0], [0.25, 0.0, 0.75], [0.0, 1.0, 0.0], [0.25, 0.25, 0.5]]), [1, 2, 1]),
    "sure": (np.eye(3)[[1, 0, 1, 2]], [1, 1, 2]),
    "sure-and-wrong": (np.eye(3)[[1, 0, 1, 2]], [1, 2]),
}


def record():
    for case, (scores, labels, blank) in CASES.items():
        of_scores(case, scores, labels, blank)
    for case, (probability, labels) in CERTAIN.items():
        of_probabilities(case, probability, labels)


def ctc(logs, labels, blank=0, **settings):
    lengths = torch.tensor(len(logs)), torch.tensor(len(labels))
    return F.ctc_loss(logs, torch.tensor(labels), *lengths, blank=blank, reduction="sum", **settings)


def of_scores(case, scores, labels, blank):
    asked = torch.tensor(scores, requires_grad=True)
    logs = F.log_softmax(asked, dim=1)
    value = ctc(logs, labels, blank).item()
    # labels without a path have the loss inf; zero_infinity makes the gradient 0 there, and only there
    gradient = torch.autograd.grad(ctc(logs, labels, blank, zero_infinity=True), asked)[0].numpy()
    definitions = {"definition, by recursion": by_recursion}
    if scores.shape[1] ** scores.shape[0] <= 300:
        definitions["definition, over all alignments"] = over_all_alignments
    for definition in definitions.values():
        confirm(f"ctc {case}", definition, scores, labels, blank, value, gradient)
    arguments = {"scores": scores, "labels": labels} | ({"blank": blank} if blank else {})
    by = "torch.nn.functional.ctc_loss"
    write("losses.ctc", case, arguments, by, definitions, value=value, gradient={"scores": gradient})


def confirm(where, definition, scores, labels, blank, value, gradient):
    long = exact(scores)
    agree(where, value, float(definition(long, labels, blank)))
    if math.isfinite(value):
        slopes = [measured_slope(lambda s: definition(s, labels, blank), long, i) for i in np.ndindex(scores.shape)]
        agree(f"{where}: gradient", gradient, np.reshape(slopes, scores.shape))


def over_all_alignments(scores, labels, blank):
    likelihood = mpf(0)
    for path in paths_of(labels, len(scores), len(scores[0]), blank):
        likelihood += mpmath.exp(mpmath.fsum(scores[t][symbol] for t, symbol in enumerate(path)))
    return mpmath.fsum(map(log_sum_exp, scores)) - log(likelihood)


def paths_of(labels, steps, symbols, blank):
    """Yield the paths that are read as the labels: repeats count once, blanks do not count."""
    for path in itertools.product(range(symbols), repeat=steps):
        if [symbol for symbol, _ in itertools.groupby(path) if symbol != blank] == labels:
            yield path


def by_recursion(scores, labels, blank):
    states = [blank]
    for label in labels:
        states += [label, blank]
    reached = []
    for row in scores:
        whole = log_sum_exp(row)
        before, reached = reached, []
        for s, state in enumerate(states):
            if not before:
                came = mpf(s < 2)
            else:
                may_skip = s > 1 and state not in (blank, states[s - 2])
                came = sum(before[max(0, s - 1 - may_skip) : s + 1])
            reached.append(came * mpmath.exp(row[state] - whole) if came else mpf(0))
    return -log(sum(reached[-2:]))


def of_probabilities(case, probability, labels):
    """A symbol of probability 0 has no score: here the gradient is in the logarithms."""
    with np.errstate(divide="ignore"):
        logs = np.log(probability)
    value, share = shares(probability, labels, 0)
    agree(f"ctc {case}", ctc(torch.tensor(logs), labels).item(), value)
    by, also = "definition, over all alignments", ["torch.nn.functional.ctc_loss, the value"]
    arguments = {"log_probability": logs, "labels": labels}
    write("losses.ctc", case, arguments, by, also, value=value, gradient={"log_probability": share})


def shares(probability, labels, blank):
    """Return the loss and its gradient, which is minus the share of the paths through each symbol."""
    likelihood, share = mpf(0), np.full(probability.shape, mpf(0))
    steps, symbols = probability.shape
    for path in paths_of(labels, steps, symbols, blank):
        weight = mpmath.fprod(mpf(probability[t, symbol]) for t, symbol in enumerate(path))
        likelihood += weight
        share[range(steps), path] += weight
    return float(-log(likelihood)), (-share / (likelihood or 1)).astype(float)
