"""The loss of a sequence whose labels are known, but not when each is said."""

import numpy as np

from .. import arguments
from ..checking import condition
from ..loss import loss


@condition("blank must be below the number of symbols")
def _blank_is_a_symbol(checked):
    symbols, blank = checked["log_probability"].shape[1], checked["blank"]
    return f"{symbols}, got {blank}" if blank >= symbols else None


@condition("labels must be below the number of symbols")
def _labels_are_symbols(checked):
    symbols, labels = checked["log_probability"].shape[1], checked["labels"]
    return f"{symbols}, got {labels.max()} at index {labels.argmax()}" if labels.max(initial=0) >= symbols else None


@condition("labels must not hold the blank")
def _no_label_is_blank(checked):
    blank, labels = checked["blank"], checked["labels"]
    return f"{blank}, got it at index {list(labels).index(blank)}" if blank in labels else None


def _lattice(checks):
    """Steps in rows, symbols in columns; the labels are symbols, and none is the blank."""
    axes = [arguments.has_axes("log_probability", "steps", "symbols"), arguments.has_axes("labels", "n")]
    return [*axes, _blank_is_a_symbol, _labels_are_symbols, _no_label_is_blank]


def _paths_to_each_state(emission: np.ndarray, may_skip: np.ndarray) -> np.ndarray:
    """Return, for each step and state, the log-probability of all paths that start at the top and have come there.

    A path stays in its state, or moves on by one; it may skip a blank between two labels that differ.
    """
    steps, states = emission.shape
    paths = np.full((steps, states + 2), -np.inf)  # two states ahead of the first: nobody comes from there
    paths[0, 2:4] = emission[0, :2]
    skip = np.where(may_skip, 0.0, -np.inf)
    for now, before, said in zip(paths[1:], paths[:-1], emission[1:], strict=True):
        stay_or_step = np.logaddexp(before[2:], before[1:-1])
        now[2:] = np.logaddexp(stay_or_step, before[:-2] + skip) + said
    return paths[:, 2:]


@loss(
    r"-\log \sum_{\pi \in \mathcal{B}^{-1}(\ell)} \prod_{t=1}^{T} p_{t, \pi_t}",
    shapes=_lattice,
    log_probability=arguments.log_distribution,
    labels=arguments.labels_in_order,
    blank=arguments.index,
)
def ctc(log_probability, labels, blank=0):
    """Connectionist temporal classification of one sequence: all ways of saying the labels, at whatever steps, count.

    A path names one symbol at each step; saying a symbol again goes on with it, and blanks, which say nothing, are
    dropped: `a a _ a b` says a a b. The sum over all paths that say the labels is taken on a lattice, step by step,
    wholly in logarithms.

    Parameters
    ----------
    log_probability : array_like, shape (T, symbols)
        For each step the logarithms of the symbols' probabilities, in nats; `log_softmax` makes them.
    labels : array_like of int, shape (n,)
        The symbols that should be said, in order; none is the blank. Without any, nothing should be said.
    blank : int
        The symbol that says nothing.

    Returns
    -------
    float
        In nats, for the whole sequence: divided neither by T nor by the number of labels, as some do. It is inf if the
        labels cannot be said in T steps; between two equal labels a blank is needed, so n labels take n steps and one
        more for each such pair. The gradient takes each log-probability as free: minus the probability that, the labels
        being given, the symbol is said at the step; where the loss is inf, it is 0.

    Examples
    --------
    >>> even = np.log(np.full((3, 2), 0.5))
    >>> round(ctc(even, [1]), 6)  # _ _ a, _ a a, a a a, a a _, a _ _, _ a _: 6 of 8 paths
    0.287682

    References
    ----------
    A. Graves, S. Fernández, F. Gomez and J. Schmidhuber, Connectionist temporal classification: labelling unsegmented
    sequence data with recurrent neural networks, ICML 2006.
    """
    symbol = np.full(2 * len(labels) + 1, blank)
    symbol[1::2] = labels  # the states of the lattice: blanks around the labels
    differs = np.zeros(len(symbol), bool)
    differs[3::2] = labels[1:] != labels[:-1]
    emission = log_probability[:, symbol]
    before = _paths_to_each_state(emission, differs)
    after = _paths_to_each_state(emission[::-1, ::-1], np.roll(differs[::-1], 2))[::-1, ::-1]  # the same, from the end
    log_likelihood = np.logaddexp.reduce(before[-1, -2:])  # a path ends with the last label or the blank after it
    if log_likelihood == -np.inf:
        return np.inf, np.zeros(log_probability.shape)
    said_at = np.exp(before + np.where(emission == -np.inf, 0, after - emission) - log_likelihood)
    slope = np.zeros(log_probability.shape)
    np.add.at(slope.T, symbol, -said_at.T)
    return -log_likelihood, slope
