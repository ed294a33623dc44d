"""Steps of lesson 09: gradient descent on a parabola, on batches, with momentum on a hill; and Adam with its parts on
or off.
"""

import math
from typing import NamedTuple

import numpy as np

from ... import arguments, data, losses, optimizers
from ...arguments import finite, integer, one_or_more, positive, real, yes_or_no
from ...caching import cached
from ...checking import checked

# ---------------------------------------------------------------------- a step on a parabola

PARABOLA_STEPS = 40


class ParabolaRun(NamedTuple):
    """Where gradient descent is after each step, and its loss there."""

    w: np.ndarray
    loss: np.ndarray


@checked(rate=positive, curvature=positive, start=finite, steps=integer(0))
def on_parabola(rate: float, curvature: float, start: float, steps: int = PARABOLA_STEPS) -> ParabolaRun:
    """Run gradient descent on ½ L w², L the curvature: each step multiplies w by 1 − ηL.

    Examples
    --------
    >>> on_parabola(rate=0.5, curvature=1, start=2, steps=2).w.tolist()
    [2.0, 1.0, 0.5]
    """
    w = start * (1 - rate * curvature) ** np.arange(steps + 1)
    return ParabolaRun(w, curvature * w**2 / 2)


# ---------------------------------------------------------------------- batches

BATCH_SIZES = (1, 4, 16, 32, 128, 442)
NAMED_BATCHES = {"stochastic": 1, "mini_batch": 32, "full_batch": 442}  # roles of the theme
EPOCHS = 5


@cached
def patients() -> tuple[np.ndarray, np.ndarray]:
    """Return body mass index and triglycerides of the diabetes data, shape (442, 2), and the progression; each with
    mean 0 and standard deviation 1.
    """
    x, y = data.diabetes()
    columns = [data.DIABETES_FEATURES.index(name) for name in ("bmi", "s5")]
    x = x[:, columns]
    return (x - x.mean(axis=0)) / x.std(axis=0), (y - y.mean()) / y.std()


@cached
def best_weights() -> tuple[np.ndarray, float]:
    """Return the weights with the least MSE on the patients, and that MSE."""
    x, y = patients()
    w = np.linalg.solve(x.T @ x, x.T @ y)
    return w, float(losses.mse(x @ w, y))


@checked(w=arguments.pairs)
def above_least(w) -> np.ndarray:
    """Return how far the MSE of weights w, shape (..., 2), on all patients lies above the least: it is a bowl."""
    return _above_least(w)


def _above_least(w: np.ndarray) -> np.ndarray:
    x, _ = patients()
    off = w - best_weights()[0]
    return ((off @ (x.T @ x / len(x))) * off).sum(axis=-1)


@checked(size=integer())
def seen(size: int) -> np.ndarray:
    """Return how many examples have been seen after each update; the last batch of an epoch may be smaller.

    Examples
    --------
    >>> seen(300)[:5]
    array([  0, 300, 442, 742, 884])
    """
    n = len(patients()[1])
    in_epoch = np.minimum(np.arange(1, -(-n // size) + 1) * size, n)
    return np.concatenate([[0], *(epoch * n + in_epoch for epoch in range(EPOCHS))])


@cached
def _batch_gradients(size: int) -> list[tuple[float, ...]]:
    """Deal the patients out in batches for `EPOCHS` epochs; of each batch keep the numbers that make its gradient.

    The gradient of the MSE at w is (p w₁ + q w₂ − s, q w₁ + r w₂ − t).
    """
    rng, kept = np.random.default_rng(9), []
    for _ in range(EPOCHS):
        for x, y in optimizers.batches(*patients(), size, rng):
            (p, q), (_, r) = 2 * x.T @ x / len(x)
            s, t = 2 * x.T @ y / len(x)
            kept.append((float(p), float(q), float(r), float(s), float(t)))
    return kept


class BatchRun(NamedTuple):
    """Gradient descent on batches, from its start and then after each update."""

    weights: np.ndarray  # shape (updates + 1, 2)
    above: np.ndarray  # how far their MSE on all patients lies above the least
    seen: np.ndarray  # how many examples have been seen

    @property
    def updates(self) -> np.ndarray:
        """How many updates have been made."""
        return np.arange(len(self.weights))


@checked(size=integer(), rate=positive, w1=finite, w2=finite)
@cached(maxsize=64)
def batch_run(size: int, rate: float, w1: float, w2: float) -> BatchRun:
    """Train the two weights of the patients' line on batches of one size, for `EPOCHS` epochs.

    Examples
    --------
    >>> batch_run(442, 0.1, -1.0, -1.2).seen.tolist()
    [0, 442, 884, 1326, 1768, 2210]
    """
    way = [(w1, w2)]
    for p, q, r, s, t in _batch_gradients(size):
        w1, w2 = w1 - rate * (p * w1 + q * w2 - s), w2 - rate * (q * w1 + r * w2 - t)
        way.append((w1, w2))
    weights = np.array(way)
    return BatchRun(weights, _above_least(weights), seen(size))


# ---------------------------------------------------------------------- a ball with momentum

BETAS = np.round(np.linspace(0, 0.98, 99), 2)
STARTS = np.round(np.linspace(-2, 2.4, 89), 2)
ROLLS = 200
VALLEYS = (-1.125418782756626, 0.7864825411616272)  # the deep one and the shallow one
RIDGE = 0.3389  # where the hill between the two valleys is highest; between the slider's starts


@checked(w=one_or_more(real))
def hill(w):
    """Return the height of the double well along w₂ = 0."""
    return w**4 / 4 - w**2 / 2 + 0.3 * w


@checked(arguments.broadcasts("beta", "w"), w=real, rate=positive, beta=one_or_more(arguments.share), steps=integer(0))
def roll(w, rate: float, beta, steps: int = ROLLS) -> np.ndarray:
    """Return where momentum, v ← β v + g and w ← w − η v, takes each w on the hill, shape (steps + 1, *shape of w).

    Examples
    --------
    >>> bool(roll(2.0, rate=0.02, beta=0.9)[-1] < RIDGE)  # through the shallow valley into the deep one
    True
    """
    v = 0.0
    way = [w]
    for _ in range(steps):
        v = beta * v + w * w * w - w + 0.3
        w = w - rate * v
        way.append(w)
    return np.array(way)


@checked(rate=positive)
@cached
def end_valleys(rate: float) -> np.ndarray:
    """Return for each start (rows) and β (columns) the valley at the end: 0 for the deep one, 1 for the shallow."""
    return np.where(roll(np.tile(STARTS[:, None], len(BETAS)), rate, BETAS)[-1] < RIDGE, 0, 1)


# ---------------------------------------------------------------------- Adam's parts

NARROW = data.quadratic(curvatures=(0.5, 10.0))
FRAMES = 200


class AdamRun(NamedTuple):
    """Where Adam is after each step, its loss there, and how long its steps are in both directions, in η."""

    points: np.ndarray  # shape (steps + 1, 2)
    losses: np.ndarray
    lengths: np.ndarray  # shape (steps, 2)


@checked(
    momentum=yes_or_no, scaling=yes_or_no, correction=yes_or_no, rate=positive, w1=finite, w2=finite, steps=integer()
)
@cached(maxsize=64)
def adam_run(
    momentum: bool, scaling: bool, correction: bool, rate: float, w1: float, w2: float, steps: int = FRAMES
) -> AdamRun:
    """Run Adam with some of its parts on the narrow bowl; β₁ is 0.9, β₂ 0.999.

    Without momentum it takes the gradient itself, without scaling it does not divide, without correction the two
    running means stay as they are. With all three it is `optimizers.Adam`; with none, gradient descent.

    Examples
    --------
    >>> adam_run(True, True, True, rate=0.05, w1=-2, w2=1).lengths[0].round(6)
    array([1., 1.])
    """
    beta1, beta2 = 0.9 if momentum else 0.0, 0.999
    w, m, v = [w1, w2], [0.0, 0.0], [0.0, 0.0]
    way = [tuple(w)]
    for t in range(1, steps + 1):
        for i, g in enumerate(NARROW.gradient(w).tolist()):
            m[i] = beta1 * m[i] + (1 - beta1) * g
            v[i] = beta2 * v[i] + (1 - beta2) * g * g
            first, second = m[i], v[i]
            if correction:
                first, second = first / (1 - beta1**t), second / (1 - beta2**t)
            w[i] -= rate * (first / (math.sqrt(second) + 1e-8) if scaling else first)
        way.append(tuple(w))
    points = np.array(way)
    return AdamRun(points, NARROW(points), abs(np.diff(points, axis=0)) / rate)
