"""What lesson 07 computes: a blind search beside a descent, slopes measured at every step h and in two precisions, and
derived gradients with a bug in them.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from .. import arguments, data, losses
from ..arguments import above_0, finite, integer, one_of, one_or_more, positive, real
from ..caching import cached
from ..checking import Check, Refusal, checked
from ..gradients import numerical_gradient

# ---------------------------------------------------------------------- a search and a descent

TRIES = 200
SCALES = (0.01, 0.03, 0.1, 0.3, 1)  # of the random weights
RATE = 1.0  # the learning rate of the descent


class Run(NamedTuple):
    """Where a search or a descent was after 0, 1, 2 … evaluations; before its first try a search was nowhere."""

    weights: np.ndarray  # (evaluations, 64, 10)
    loss: np.ndarray
    right: np.ndarray  # the share of images whose highest score is the true one


@cached
def digits() -> tuple[np.ndarray, np.ndarray]:
    """Return the first 600 images with ink between 0 and 1, and their labels."""
    x, label = data.digits()
    return x[:600] / 16, label[:600]


@cached
def random_weights() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return standard normal weights for each try, the scores they give, and the share they get right."""
    x, label = digits()
    weights = np.random.default_rng(0).normal(size=(TRIES, 64, 10))
    scores = np.tensordot(weights, x, ([1], [1])).transpose(0, 2, 1)
    return weights, scores, np.mean(scores.argmax(axis=2) == label, axis=1)


@checked(scale=positive)
@cached
def search_run(scale: float) -> Run:
    """Return the best of so many random weights of size `scale`, after each try; the weights themselves unscaled.

    Examples
    --------
    >>> round(float(search_run(0.1).loss[-1]), 3)
    2.249
    """
    weights, scores, right = random_weights()
    label = np.broadcast_to(digits()[1], scores.shape[:2])
    loss = losses.softmax_cross_entropy.per_example(scale * scores, label).mean(axis=1)
    best = np.maximum.accumulate(np.where(loss == np.minimum.accumulate(loss), np.arange(TRIES), 0))
    nowhere = np.zeros((1, 64, 10)), [np.nan], [np.nan]
    return Run(*map(np.concatenate, zip(nowhere, (weights[best], loss[best], right[best]), strict=True)))


@cached
def descent_run() -> Run:
    """Return where gradient descent from 0 was when it had asked for so many gradients.

    Examples
    --------
    >>> round(float(descent_run().loss[1]), 3)
    2.101
    """
    x, label = digits()
    w, run = np.zeros((64, 10)), []
    for _ in range(TRIES + 1):
        scores = x @ w
        loss, slope = losses.softmax_cross_entropy.value_and_gradient(scores, label)
        run.append((w, loss, np.mean(scores.argmax(axis=1) == label)))
        w = w - RATE * (x.T @ slope)
    return Run(*map(np.array, zip(*run, strict=True)))


# ---------------------------------------------------------------------- three losses of one weight


class Curve(NamedTuple):
    """A loss over one weight, and its derivatives. The loss is computed in the precision of what it is given."""

    value: Callable
    slope: Callable
    second: Callable
    third: Callable
    reach: tuple[float, float]  # what a panel should show of it


def _sigmoid(w):
    return 1 / (1 + np.exp(-w))


def _bell(w):
    return _sigmoid(w) * _sigmoid(-w)


CURVES = {
    "cross-entropy": Curve(
        lambda w: np.log(1 + np.exp(-w)),
        lambda w: -_sigmoid(-w),
        _bell,
        lambda w: _bell(w) * (_sigmoid(-w) - _sigmoid(w)),
        (-0.35, 3.2),
    ),
    "squared error": Curve(
        lambda w: (1 - w) ** 2, lambda w: 2 * (w - 1), lambda w: 2 + 0 * w, lambda w: 0 * w, (-1.6, 10)
    ),
    "hinge": Curve(
        lambda w: np.maximum(0, 1 - w), lambda w: -1.0 * (w < 1), lambda w: 0 * w, lambda w: 0 * w, (-1, 4.2)
    ),
}


CURVE = arguments.instance(Curve, "a Curve: a loss of one weight, such as those in CURVES")
PRECISION = one_of("float32", "float64")


@checked(loss=one_of(*CURVES), w=finite)
def at_kink(loss: str, w: float) -> bool:
    """Whether w stands where the hinge has no slope."""
    return loss == "hinge" and abs(w - 1) < 1e-9


@checked(curve=CURVE, w=finite, precision=PRECISION)
def true_slope(curve: Curve, w: float, precision: str = "float64") -> float:
    """Return the slope at the number to which w is rounded."""
    return float(curve.slope(float(np.dtype(precision).type(w))))


# ---------------------------------------------------------------------- slopes measured by differences

SCHEMES = ("forward", "backward", "centred")
SPELLINGS = {"centered": "centred"}  # other words for a scheme: the library's, in American spelling
SCHEME = one_of(*SCHEMES, also={**SPELLINGS, "one-sided": "forward"})


POWER = integer(-300, 300)  # of ten, as floats hold them


@checked(arguments.not_below("highest", "lowest"), lowest=POWER, highest=POWER)
def one_two_five(lowest: int, highest: int) -> tuple[float, ...]:
    """Return 1, 2 and 5 times the powers of ten from 10^lowest to 10^highest, where it ends.

    Examples
    --------
    >>> one_two_five(-1, 0)
    (0.1, 0.2, 0.5, 1.0)
    """
    return (
        *(float(f"{digit}e{power}") for power in range(lowest, highest) for digit in (1, 2, 5)),
        float(f"1e{highest}"),
    )


@checked(w=one_or_more(real), h=one_or_more(above_0), scheme=SCHEME)
def ends_of_difference(w, h, scheme: str) -> tuple:
    """Return the two places that a difference compares: the left one and the right one.

    `scheme` is "forward" (or "one-sided"), "backward", or "centred" (or "centered").

    Examples
    --------
    >>> ends_of_difference(2.0, 0.5, "backward")
    (1.5, 2.0)
    """
    return _ends(w, h, scheme)


def _ends(w, h, scheme: str) -> tuple:
    """Do what `ends_of_difference` does in the precision of what is given."""
    return w if scheme == "forward" else w - h, w if scheme == "backward" else w + h


AT_STEPS = dict(curve=CURVE, w=finite, h=above_0, precision=PRECISION)
MEASURED = dict(**AT_STEPS, scheme=SCHEME)


@checked(**MEASURED)
def measured_slopes(curve: Curve, w: float, h, scheme: str, precision: str = "float64") -> np.ndarray:
    """Measure the slope at w for each of the steps h, with all arithmetic in one precision.

    Unlike `gradients.numerical_gradient` it goes on where w + h rounds to w: that is what one should see.

    Examples
    --------
    >>> measured_slopes(CURVES["squared error"], 2.0, [1.0, 0.5], "forward")
    array([3. , 2.5])
    """
    w, h = np.array([w], precision), h.astype(precision)  # not 0-d: these would turn float32 into float64
    behind, ahead = _ends(w, h, scheme)
    return (curve.value(ahead) - curve.value(behind)) / (h + h if scheme == "centred" else h)


@checked(**MEASURED)
def slope_errors(curve: Curve, w: float, h, scheme: str, precision: str = "float64") -> np.ndarray:
    """Return how far each measured slope is from the true one.

    Examples
    --------
    >>> slope_errors(CURVES["squared error"], 2.0, [1.0, 0.5], "forward")
    array([1. , 0.5])
    """
    slopes = measured_slopes(curve, w, h, scheme, precision).astype(float)
    return abs(slopes - true_slope(curve, w, precision))


class ErrorParts(NamedTuple):
    """What theory says of the error of a measured slope: the part that a long step makes, and that of rounding."""

    one_sided: np.ndarray  # h/2 times the second derivative
    centred: np.ndarray  # h²/6 times the third
    rounding: np.ndarray  # of the loss, over h


@checked(**AT_STEPS)
def error_parts(curve: Curve, w: float, h: np.ndarray, precision: str = "float64") -> ErrorParts:
    """Return the parts of the error for each step of the array h.

    Examples
    --------
    >>> error_parts(CURVES["squared error"], -1.0, np.array([0.1, 0.01])).one_sided
    array([0.1 , 0.01])
    """
    epsilon = np.finfo(precision).eps
    return ErrorParts(
        h / 2 * abs(float(curve.second(w))),
        h**2 / 6 * abs(float(curve.third(w))),
        epsilon / 2 * max(float(curve.value(w)), 1e-30) / h,
    )


class Measured(NamedTuple):
    """Both schemes at one weight, over all steps; each is a dictionary with the scheme as its key."""

    slopes: dict[str, np.ndarray]
    errors: dict[str, np.ndarray]


@checked(**AT_STEPS)
def measure(curve: Curve, w: float, h, precision: str = "float64") -> Measured:
    """Measure the slope at w one-sided and centred, for each of the steps h.

    Examples
    --------
    >>> measure(CURVES["squared error"], 2.0, [1.0, 0.5]).errors["centred"]
    array([0., 0.])
    """
    schemes = ("one-sided", "centred")
    return Measured(
        {scheme: measured_slopes(curve, w, h, scheme, precision) for scheme in schemes},
        {scheme: slope_errors(curve, w, h, scheme, precision) for scheme in schemes},
    )


@checked(curve=CURVE, w=finite, h=positive, steps=real, precision=PRECISION)
def rises(curve: Curve, w: float, h: float, steps, precision: str = "float64") -> np.ndarray:
    """Return the computed loss so many steps h from w, above that at w, in units of h.

    Examples
    --------
    >>> rises(CURVES["squared error"], 2.0, 0.5, [-1, 0, 1])
    array([-1.5,  0. ,  2.5])
    """
    at = np.array([w], precision)  # not 0-d: see `measured_slopes`
    there = curve.value(at + (steps * h).astype(precision))
    return (there.astype(float) - float(curve.value(at)[0])) / h


@checked(w=finite, h=positive, precision=PRECISION)
def is_lost(w: float, h: float, precision: str = "float64") -> bool:
    """Whether w + h is rounded to w.

    Examples
    --------
    >>> is_lost(1.0, 1e-9, "float32"), is_lost(1.0, 1e-9)
    (True, False)
    """
    number = np.dtype(precision).type
    return bool(number(w) + number(h) == number(w))


# ---------------------------------------------------------------------- a gradient check

IMAGES, PIXELS, CLASSES = 5, 4, ("cat", "car", "frog")
STRENGTH = 0.1  # λ
ROWS = (*(f"pixel {row + 1}" for row in range(PIXELS)), "bias")
# of the sets of weights. In each, the clues of all cases are clear: no weight is close to 0 (its penalty would be right
# even in E), and no slope is exactly 0 (one would divide rounding by rounding)
SEEDS = (101, 107, 159, 106, 188, 114)
PLACES = len(SEEDS)


@cached
def batch() -> tuple[np.ndarray, np.ndarray]:
    """Return five images of four pixels and a 1 for the bias, and their labels."""
    x = np.random.default_rng(7).uniform(0.5, 2, size=(IMAGES, PIXELS)).round(1)
    return np.column_stack([x, np.ones(IMAGES)]), np.array([0, 1, 2, 1, 0])


def _with_gradient(given) -> Callable:
    if not callable(given) or not callable(getattr(given, "gradient", None)):
        raise Refusal(f"{given!r:.80}", TypeError)
    return given


OF_SHAPE = PIXELS + 1, len(CLASSES)
WEIGHTS = arguments.of_shape(OF_SHAPE, real, f"finite numbers, shape {OF_SHAPE}")
LOSS = Check("a loss of scores and labels that has a gradient, such as losses.softmax_cross_entropy", _with_gradient)


@checked(weights=WEIGHTS, loss=LOSS)
def penalised_loss(weights, loss: Callable) -> float:
    """Return the mean loss of the batch, with a penalty on all weights but the biases."""
    return _penalised_loss(weights, loss)


def _penalised_loss(weights: np.ndarray, loss: Callable) -> float:
    x, label = batch()
    return loss(x @ weights, label) + STRENGTH * np.sum(weights[:-1] ** 2)


@checked(weights=WEIGHTS, loss=LOSS, slope_in_scores=arguments.optional(arguments.function), factor=finite)
def derived_gradient(weights, loss: Callable, slope_in_scores: Callable | None = None, factor: float = 2) -> np.ndarray:
    """Return the gradient of `penalised_loss`, or what comes out if a step of it is changed."""
    x, label = batch()
    scores = x @ weights
    slope = (slope_in_scores or loss.gradient)(scores, label)
    penalty = factor * STRENGTH * weights
    penalty[-1] = 0
    return x.T @ slope + penalty


def _hinge_without_counting(scores, label):
    """The slope of the hinge, but with −1 for the true class however many classes stick out."""
    slope = losses.multiclass_hinge.gradient(scores, label)
    slope[np.arange(len(label)), label] = np.maximum(slope[np.arange(len(label)), label], -1 / len(label))
    return slope


def _without_biases(weights, loss):
    gradient = derived_gradient(weights, loss)
    gradient[-1] = 0
    return gradient


CROSS, HINGE = losses.softmax_cross_entropy, losses.multiclass_hinge


class Case(NamedTuple):
    """A derived gradient to be checked, and what is wrong with it."""

    loss: Callable
    gradient: Callable
    verdict: str


CASES = {
    "A": Case(
        CROSS,
        lambda w: derived_gradient(w, CROSS, lambda s, y: -CROSS.gradient(s, y)),
        "y − p in place of p − y: the data's part has the wrong sign",
    ),
    "B": Case(CROSS, lambda w: derived_gradient(w, CROSS), "nothing: this gradient is right"),
    "C": Case(
        CROSS,
        lambda w: derived_gradient(w, CROSS, lambda s, y: IMAGES * CROSS.gradient(s, y)),
        "not divided by N: the data's part is 5 times too large",
    ),
    "D": Case(CROSS, lambda w: _without_biases(w, CROSS), "the biases were forgotten: their slopes are said to be 0"),
    "E": Case(CROSS, lambda w: derived_gradient(w, CROSS, factor=1), "the penalty: λw in place of 2λw"),
    "F": Case(
        HINGE,
        lambda w: derived_gradient(w, HINGE, _hinge_without_counting),
        "the hinge's true class: −1 in place of minus the number of classes that stick out",
    ),
    "G": Case(
        HINGE,
        lambda w: derived_gradient(w, HINGE),
        "nothing: this gradient is right, but in set 1 a class stands at a kink",
    ),
}


@checked(place=integer(1, PLACES))
@cached
def weight_set(place: int) -> np.ndarray:
    """Return the weights of a set, 1 to `PLACES`; in the first, one wrong class stands within a hair of the margin.

    Examples
    --------
    >>> weight_set(2).shape
    (5, 3)
    """
    weights = np.random.default_rng(SEEDS[place - 1]).normal(scale=0.8, size=(PIXELS + 1, len(CLASSES))).round(2)
    if place == 1:
        x, _ = batch()
        s = x[0] @ weights  # the image of a cat; its class 2 is put to the margin
        weights[-1, 2] += s[0] - s[2] - 1 + 4e-6
    return weights


class Comparison(NamedTuple):
    """A derived gradient beside the measured one, and the relative error of each slope."""

    derived: np.ndarray
    measured: np.ndarray
    error: np.ndarray


@checked(letter=one_of(*CASES), place=integer(1, PLACES), h=positive)
@cached(maxsize=128)
def compare(letter: str, place: int, h: float) -> Comparison:
    """Compare the gradient of a case with the one measured with the step h, in one set of weights.

    Unlike `gradients.check_gradient` it makes no allowance for rounding: that is what one should see.

    Examples
    --------
    >>> round(float(compare("D", 2, 1e-5).error[-1].max()), 6)
    1.0
    """
    case, weights = CASES[letter], weight_set(place)
    derived = case.gradient(weights)
    measured = numerical_gradient(lambda w: _penalised_loss(w, case.loss), weights, step=h)
    size = np.maximum(abs(derived), abs(measured))
    return Comparison(derived, measured, abs(derived - measured) / np.where(size > 0, size, 1))


@checked(arguments.has_axes("error", "rows", "columns"), error=real)
def worst_weight(error: np.ndarray) -> tuple[int, int]:
    """Return row and column of the largest error: the first of those that are equally large but for rounding.

    Examples
    --------
    >>> worst_weight(np.array([[0.5, 2.0], [2.0 + 1e-9, 1.0]]))
    (0, 1)
    """
    row, column = np.unravel_index(np.argmax(error >= (1 - 1e-6) * error.max()), error.shape)
    return int(row), int(column)
