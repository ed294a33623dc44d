"""What lesson 03 computes: coins, distributions that keep summing to 1, lengths that add up, and the triangle of all
distributions over three classes.
"""

from typing import NamedTuple

import numpy as np

from .. import arguments, information
from ..arguments import distribution, one_of, same_shape, share
from ..caching import cached
from ..checking import checked, condition
from ..information import UNIT

TRUTH_AND_PREDICTION = dict(truth=distribution, prediction=distribution)

# ---------------------------------------------------------------------- a coin


@checked(head=share)
def coins(head) -> np.ndarray:
    """Return the distributions (head, tail) of coins, given the probability of head of each: shape (..., 2).

    Examples
    --------
    >>> coins([0.5, 0.75])
    array([[0.5 , 0.5 ],
           [0.75, 0.25]])
    """
    return np.stack([head, 1 - head], axis=-1)


@checked(head=share)
def coin_entropy(head) -> float | np.ndarray:
    """Return the entropy, in bits, of coins with these probabilities of head.

    Examples
    --------
    >>> coin_entropy([0, 0.5])
    array([0., 1.])
    """
    return information.entropy(coins(head))


@checked(truth=arguments.from_0_to_1, prediction=share)
def coin_losses(truth: float, prediction) -> tuple[np.ndarray, np.ndarray]:
    """Return cross-entropy and KL of a coin in bits, given the probability of head in truth and in each prediction.

    Examples
    --------
    >>> coin_losses(0.5, [0.5, 0.25])[0].round(3)
    array([1.   , 1.208])
    """
    p = coins(prediction)
    q = np.broadcast_to(coins(truth), p.shape)
    return information.cross_entropy(q, p), information.kl_divergence(q, p)


# ---------------------------------------------------------------------- distributions over a few symbols


@checked(p=share)
def information_of_possible(p) -> np.ndarray:
    """Return the information of each event, in bits; 0 for an event that never happens.

    Examples
    --------
    >>> information_of_possible([0.5, 0.5, 0])
    array([1., 1., 0.])
    """
    return np.where(p > 0, information.information(p), 0)


@checked(arguments.has_axes("p", "n"), p=arguments.not_negative)
def scaled(p) -> list[float]:
    """Return the distribution with the ratios of p, numbers of at least 0; if all are 0, the uniform distribution.

    Examples
    --------
    >>> scaled([1, 1, 0]), scaled([0, 0])
    ([0.5, 0.5, 0.0], [0.5, 0.5])
    """
    return (p / p.sum() if p.any() else np.full(len(p), 1 / len(p))).tolist()


@condition("place must be the place of one of several probabilities")
def _a_place(values):
    n, place = len(values["p"]), values["place"]
    return None if place < n > 1 else f"here from 0 to {n - 1}, got {place}"


@checked(arguments.has_axes("p", "n"), _a_place, p=distribution, place=arguments.index, value=arguments.from_0_to_1)
def rescaled(p, place: int, value: float) -> list[float]:
    """Return a distribution with one probability set, and the others scaled so that the sum stays 1.

    Their ratios stay; if all of them are 0, they get equal parts of the rest.

    Examples
    --------
    >>> rescaled([0.5, 0.25, 0.25], place=0, value=0.0)
    [0.0, 0.5, 0.5]
    """
    p = p.copy()
    others = np.arange(len(p)) != place
    rest = p[others].sum()
    p[others] = p[others] * ((1 - value) / rest) if rest > 0 else (1 - value) / others.sum()
    p[place] = value
    return p.tolist()


class Sum(NamedTuple):
    """Two lengths, and their sum."""

    entropy: float
    kl: float
    cross_entropy: float


@checked(same_shape("prediction", "truth"), **TRUTH_AND_PREDICTION, unit=UNIT)
def entropy_plus_kl(truth, prediction, unit: str = "bits") -> Sum:
    """Return the entropy of the truth, the KL divergence that the prediction adds to it, and the cross-entropy.

    Examples
    --------
    >>> entropy_plus_kl([0.5, 0.5], [0.25, 0.75])._asdict()["entropy"]
    1.0
    """
    return Sum(
        information.entropy(truth, unit),
        information.kl_divergence(truth, prediction, unit),
        information.cross_entropy(truth, prediction, unit),
    )


@checked(arguments.has_axes("truth", "n"), same_shape("prediction", "truth"), **TRUTH_AND_PREDICTION, unit=UNIT)
def cost_of_each(truth, prediction, unit: str = "bits") -> list[float]:
    """Return what each symbol adds to the cross-entropy; a symbol that never happens costs nothing.

    Examples
    --------
    >>> cost_of_each([0.5, 0.5, 0], [0.5, 0.25, 0.25])
    [0.5, 1.0, 0.0]
    """
    pairs = zip(truth.tolist(), prediction.tolist(), strict=True)
    return [share * information.information(belief, unit) if share else 0.0 for share, belief in pairs]


# ---------------------------------------------------------------------- three classes: a triangle

CORNERS = np.array([[0.0, 0.0], [1.0, 0.0], [0.5, np.sqrt(3) / 2]])  # at each of them one class is certain
ENTROPY, FROM_Q, TO_Q, BETWEEN = "entropy of P", "KL(Q‖P)", "KL(P‖Q)", "JS(P, Q)"
# where lines are drawn, in bits; at the last, the colour is darkest
LEVELS = {
    ENTROPY: (0.5, 0.75, 1.0, 1.25, 1.5, np.log2(3)),
    FROM_Q: (0.05, 0.2, 0.5, 1.0, 2.0, 3.0, 4.0),
    TO_Q: (0.05, 0.2, 0.5, 1.0, 2.0, 3.0, 4.0),
    BETWEEN: (0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 1.0),
}
OVER_THREE = arguments.with_last_axis(3, distribution, "rows of three numbers from 0 to 1 that sum to 1")
ONE_OVER_THREE = arguments.of_shape((3,), distribution, "three numbers from 0 to 1 that sum to 1")


@checked(p=OVER_THREE)
def to_plane(p) -> np.ndarray:
    """Return where distributions over three classes lie in the triangle: shape (..., 2).

    Examples
    --------
    >>> to_plane([0, 1, 0])
    array([1., 0.])
    """
    return p @ CORNERS


@checked(point=arguments.pairs)
def to_distribution(point) -> np.ndarray:
    """Return the distributions at points of the plane; outside the triangle, of the nearest point on it: (..., 3).

    Examples
    --------
    >>> to_distribution([2, 0])
    array([0., 1., 0.])
    """
    x, y = np.moveaxis(point, -1, 0)
    third = y / CORNERS[2, 1]
    second = x - third / 2
    p = np.stack([1 - second - third, second, third], axis=-1)
    largest_first = np.sort(p, axis=-1)[..., ::-1]
    # what each of the largest one, two or three must lose so that these alone sum to 1
    too_much = (largest_first.cumsum(axis=-1) - 1) / np.arange(1, 4)
    return np.clip(p - too_much.max(axis=-1, keepdims=True), 0, 1)


@checked(columns=arguments.integer(2))
@cached(maxsize=2)
def grid(columns: int = 91) -> np.ndarray:
    """Return the distributions on a grid over the triangle's box, row by row from below: shape (rows, columns, 3)."""
    x, y = np.meshgrid(np.linspace(0, 1, columns), np.linspace(0, CORNERS[2, 1], round(0.87 * columns)))
    p = to_distribution(np.stack([x, y], axis=-1))
    p.flags.writeable = False  # all callers get the same array
    return p


@checked(arguments.broadcasts("q", "p"), measure=one_of(*LEVELS), p=OVER_THREE, q=OVER_THREE)
def measured(measure: str, p, q) -> np.ndarray:
    """Return one of the four measures, a key of `LEVELS`, in bits, at each of the distributions p, shape (..., 3).

    Examples
    --------
    >>> measured("KL(Q‖P)", [[0.5, 0.25, 0.25]], q=[1, 0, 0])
    array([1.])
    """
    q = np.broadcast_to(q, p.shape)
    if measure == ENTROPY:
        return information.entropy(p)
    if measure == BETWEEN:
        return information.js_divergence(p, q)
    return information.kl_divergence(q, p) if measure == FROM_Q else information.kl_divergence(p, q)


class Map(NamedTuple):
    """The values that colour the triangle, and a walk on which they only rise or only fall: it places the numbers."""

    values: np.ndarray  # on `grid`
    walk: np.ndarray  # distributions, shape (steps, 3)
    values_on_walk: np.ndarray


@checked(measure=one_of(*LEVELS), q=ONE_OVER_THREE)
def triangle_map(measure: str, q) -> Map:
    """Return the map of a measure over all distributions over three classes; the entropy's does not depend on q."""
    return _triangle_map(measure, None if measure == ENTROPY else tuple(q.tolist()))


@cached(maxsize=4)
def _triangle_map(measure: str, q: tuple | None) -> Map:
    middle, corners = (1 / 3, 1 / 3, 1 / 3), np.eye(3)
    # from the middle to the top, or from q to the farthest corner
    ends = (middle, corners[2]) if q is None else (q, corners[np.argmin(q)])
    walk = np.linspace(*ends, 201)[1:-1]
    return Map(measured(measure, grid(), q or middle), walk, measured(measure, walk, q or middle))


class Lengths(NamedTuple):
    """The measures of a truth and a prediction: of each alone, and between them."""

    of_truth: float
    of_prediction: float
    from_truth: float
    to_truth: float
    between: float


@checked(same_shape("prediction", "truth"), **TRUTH_AND_PREDICTION)
def lengths(truth, prediction) -> Lengths:
    """Return the entropies of Q and P, KL(Q‖P), KL(P‖Q) and JS(P, Q), in bits.

    Examples
    --------
    >>> lengths([1, 0, 0], [0.5, 0.5, 0]).from_truth
    1.0
    """
    return Lengths(
        information.entropy(truth),
        information.entropy(prediction),
        information.kl_divergence(truth, prediction),
        information.kl_divergence(prediction, truth),
        information.js_divergence(prediction, truth),
    )
