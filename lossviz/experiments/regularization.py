"""What lesson 10 computes: polynomials of all degrees at all λ, weights in a ball or a diamond, the path of ten
weights over λ, and a prior on one weight.

A penalty is named by its norm: "l2" is the sum of the squared weights, "l1" the sum of their sizes, as in `losses`.
"""

from typing import NamedTuple

import numpy as np

from .. import arguments, data, likelihood, losses, models
from ..arguments import at_least_0, finite, integer, one_of, pair, positive, real, vector, yes_or_no
from ..caching import cached
from ..checking import Check, Refusal, checked, condition


class Split(NamedTuple):
    """The examples for training, and the examples held back."""

    x: np.ndarray
    y: np.ndarray
    x_held: np.ndarray
    y_held: np.ndarray


NORM = one_of("l1", "l2")

# ---------------------------------------------------------------------- degree and λ

DEGREES = tuple(range(1, 15))  # degree 14 passes through all 15 points; the data do not determine a higher one
PENALTIES = (0, *(float(f"{digit}e{power}") for power in range(-8, 1) for digit in (1, 3)), 10.0)
SIZES = (15, 30, 60, 200)
HELD_BACK = 15
EXAMPLES = dict(draw=integer(0), n=integer(SIZES[0], SIZES[-1]))
POWERS = dict(**EXAMPLES, degree=integer(1, DEGREES[-1]))


@checked(x=real)
def true_curve(x) -> np.ndarray:
    """Return y = sin(π x), the curve of `data.curve` without its noise.

    Examples
    --------
    >>> float(true_curve(0.5))
    1.0
    """
    return np.sin(np.pi * x)


@checked(x=vector, degree=integer())
def powers(x, degree: int) -> np.ndarray:
    """Return the columns x, x², …, x to the power of `degree`.

    Examples
    --------
    >>> powers([2.0, 3.0], 3).tolist()
    [[2.0, 4.0, 8.0], [3.0, 9.0, 27.0]]
    """
    return x[:, None] ** np.arange(1, degree + 1)


@checked(**EXAMPLES)
@cached
def examples(draw: int, n: int) -> Split:
    """Return n examples for training, and 15 held back; more examples are the first 15 and others.

    Examples
    --------
    >>> [len(part) for part in examples(draw=1, n=60)]
    [60, 60, 15, 15]
    """
    x, y = data.curve(n=HELD_BACK + SIZES[-1], seed=14 + draw)
    few = data.split(x[: 2 * HELD_BACK], y[: 2 * HELD_BACK], validation=0.5)
    more = slice(2 * HELD_BACK, HELD_BACK + n)
    return Split(np.append(few[0], x[more]), np.append(few[1], y[more]), few[2], few[3])


@checked(x=vector)
def liftable(x) -> int:
    """Return the index of the example that can be lifted: the nearest to x = 0.4 of those that are always there."""
    return int(np.abs(x[:HELD_BACK] - 0.4).argmin())


class Decomposition(NamedTuple):
    """What all ridge fits to the same columns share: the columns' means and singular value decomposition."""

    mean: np.ndarray
    left: np.ndarray
    stretch: np.ndarray
    right: np.ndarray


@checked(**POWERS)
@cached
def decomposed_powers(draw: int, n: int, degree: int) -> Decomposition:
    """Decompose the powers of x: after that, a fit for another y or λ costs two small products."""
    columns = powers(examples(draw, n).x, degree)
    mean = columns.mean(axis=0)
    return Decomposition(mean, *np.linalg.svd(columns - mean, full_matrices=False))


@condition("y must hold n numbers")
def _a_number_each(values):
    n, y = values["n"], values["y"]
    return f"{n}, got {len(y)}" if len(y) != n else None


@checked(_a_number_each, **POWERS, y=vector)
def ridge_fits(draw: int, n: int, degree: int, y) -> tuple[np.ndarray, np.ndarray]:
    """Return weights (a row for each of `PENALTIES`) and intercepts: those of `models.ridge`, for all λ together."""
    mean, left, stretch, right = decomposed_powers(draw, n, degree)
    factor = stretch / (stretch**2 + n * np.array(PENALTIES)[:, None])
    weights = (factor * (left.T @ (y - y.mean()))) @ right
    return weights, y.mean() - weights @ mean


class Sweep(NamedTuple):
    """The fits of all degrees (rows) and all λ (columns) to the same examples, and their losses on both parts."""

    split: Split
    lifted: int  # which example is lifted
    fits: list[tuple[np.ndarray, np.ndarray]]  # for each degree, weights and intercepts over λ
    train: np.ndarray
    validation: np.ndarray

    @property
    def best(self) -> tuple[int, float]:
        """The degree and the λ of the least validation loss."""
        row, place = np.unravel_index(self.validation.argmin(), self.validation.shape)
        return DEGREES[row], PENALTIES[place]


@checked(**EXAMPLES, lift=finite)
def sweep(draw: int, n: int, lift: float = 0.0) -> Sweep:
    """Fit polynomials of all `DEGREES` with all `PENALTIES`; one example is lifted.

    Examples
    --------
    >>> sweep(draw=1, n=15).best
    (3, 0)
    """
    x, y, x_held, y_held = examples(draw, n)
    lifted = liftable(x)
    y = y.copy()
    y[lifted] += lift
    fits = [ridge_fits(draw, n, degree, y) for degree in DEGREES]
    train, validation = (
        np.array([_mse(fit, powers(part, degree), target) for degree, fit in zip(DEGREES, fits, strict=True)])
        for part, target in ((x, y), (x_held, y_held))
    )
    return Sweep(Split(x, y, x_held, y_held), lifted, fits, train, validation)


def _mse(fit: tuple[np.ndarray, np.ndarray], columns: np.ndarray, y) -> np.ndarray:
    """Return the MSE at each λ."""
    weights, c = fit
    return np.mean((weights @ columns.T + c[:, None] - y) ** 2, axis=1)


# ---------------------------------------------------------------------- how a penalty changes one weight


@checked(norm=NORM, w=real, penalty=at_least_0)
def price(norm: str, w, penalty: float) -> np.ndarray:
    """Return what a weight, or each of an array, costs: λ w² ("l2") or λ |w| ("l1").

    Examples
    --------
    >>> float(price("l2", -3.0, 0.5)), float(price("l1", -3.0, 0.5))
    (4.5, 1.5)
    """
    return penalty * (w**2 if norm == "l2" else np.abs(w))


@checked(norm=NORM, pull=real, penalty=at_least_0)
def shrunk(norm: str, pull, penalty: float) -> np.ndarray:
    """Return the weight w with the least (w − pull)² + λ w² ("l2") or (w − pull)² + λ |w| ("l1").

    Examples
    --------
    >>> float(shrunk("l2", 3.0, 1.0)), float(shrunk("l1", 3.0, 1.0))
    (1.5, 2.5)
    """
    if norm == "l2":
        return pull / (1 + penalty)
    return np.sign(pull) * np.maximum(np.abs(pull) - penalty / 2, 0)


# ---------------------------------------------------------------------- ball and diamond

CORNERS = np.array([[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0], [0.0, -1.0]])  # of the diamond of size 1


def _stretched(given) -> np.ndarray:
    shape = arguments.real.convert(given)
    if shape.shape != (2, 2):
        raise Refusal(f"shape {shape.shape}")
    (a, b), (c, d) = shape.tolist()
    if b != c or not (a > 0 and a * d > b * c):
        raise Refusal(f"{given!r:.80}")
    return shape


SHAPE = Check("the shape of a bowl over two weights: a symmetric (2, 2) array with stretches above 0", _stretched)


@checked(tilt=arguments.correlation)
def loss_shape(tilt: float) -> np.ndarray:
    """Return the shape (matrix) of the data loss of two weights; their columns have spread 1 and correlation `tilt`."""
    return np.array([[1.0, tilt], [tilt, 1.0]])


@checked(shape=SHAPE, best=pair, w=pair)
def data_loss(shape, best, w) -> float:
    """Return how far the data loss of two weights is above its minimum: (w − best)ᵀ shape (w − best).

    Examples
    --------
    >>> data_loss(loss_shape(0.0), [2.0, 0.0], [1.0, 0.0])
    1.0
    """
    away = w - best
    return float(away @ shape @ away)


@checked(norm=NORM, w=pair)
def length(norm: str, w) -> float:
    """Return the length of two weights as the ball ("l2") or the diamond ("l1") measures it.

    Examples
    --------
    >>> length("l2", [3.0, -4.0]), length("l1", [3.0, -4.0])
    (5.0, 7.0)
    """
    return float(np.hypot(*w) if norm == "l2" else np.abs(w).sum())


@checked(norm=NORM, shape=SHAPE, best=pair, size=positive)
def limited(norm: str, shape, best, size: float) -> tuple[np.ndarray, float]:
    """Return the two weights of least data loss in a ball ("l2") or diamond ("l1"), and the λ that would find them.

    Parameters
    ----------
    norm : str
        "l2" allows the ball |w| ≤ size, "l1" the diamond |w₁| + |w₂| ≤ size.
    shape : array, shape (2, 2)
        Of the data loss (w − best)ᵀ shape (w − best): symmetric, with eigenvalues above 0.
    best : array of two
        The weights of least data loss, without a limit.
    size : float
        Above 0.

    Examples
    --------
    >>> w, penalty = limited("l1", np.eye(2), [1.6, 0.6], 1.0)
    >>> w.tolist(), round(penalty, 4)
    ([1.0, 0.0], 1.2)
    """
    if length(norm, best) <= size:
        return best, 0.0
    return _on_the_ball(shape, best, size) if norm == "l2" else _on_the_diamond(shape, best, size)


def _on_the_ball(shape: np.ndarray, best: np.ndarray, size: float) -> tuple[np.ndarray, float]:
    stretch, axes = np.linalg.eigh(shape)
    pull = stretch * (axes.T @ best)
    low, high = 0.0, float(np.linalg.norm(pull) / size)  # at `high` the weights are too short
    for _ in range(60):
        middle = (low + high) / 2
        long = np.hypot(*(pull / (stretch + middle))) > size
        low, high = (middle, high) if long else (low, middle)
    w = axes @ (pull / (stretch + high))
    return np.where(np.abs(w) > 1e-12 * size, w, 0.0), high  # after turning the axes back, rounding hides an exact 0


def _on_the_diamond(shape: np.ndarray, best: np.ndarray, size: float) -> tuple[np.ndarray, float]:
    corners = size * CORNERS
    found = []
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):  # the lowest place on each side
        way = end - start
        share = way @ shape @ (best - start) / (way @ shape @ way)
        found.append(start if share <= 0 else end if share >= 1 else start + share * way)
    w = min(found, key=lambda each: (each - best) @ shape @ (each - best))
    return w, float(2 * np.abs(shape @ (best - w)).max())


@checked(shape=SHAPE, size=positive, reach=positive)
def corner_fields(shape: np.ndarray, size: float, reach: float = 20.0) -> np.ndarray:
    """Return, for each corner of the diamond, the field of optima whose solution is that corner: shape (4, 3, 2).

    At a corner the loss may fall in any direction between the directions of the two sides that meet there.
    """
    across = CORNERS[:, ::-1]
    steepest = np.stack([CORNERS - across, CORNERS + across], axis=1)
    ways = steepest @ np.linalg.inv(shape)
    ways /= np.linalg.norm(ways, axis=2, keepdims=True)
    tips = size * CORNERS[:, None]
    return np.concatenate([tips, tips + reach * ways], axis=1)


@checked(shape=SHAPE, size=positive, reach=positive)
def corner_rays(shape: np.ndarray, size: float, reach: float = 20.0) -> np.ndarray:
    """Return the lines of optima whose solution in the ball lies on an axis: shape (4, 3, 2).

    From 0 to the border they are the axis itself, because an optimum inside is the solution; outside they turn away.
    """
    ways = CORNERS @ np.linalg.inv(shape)
    ways /= np.linalg.norm(ways, axis=1, keepdims=True)
    return np.stack([np.zeros((4, 2)), size * CORNERS, size * CORNERS + reach * ways], axis=1)


# ---------------------------------------------------------------------- the path over λ

STRENGTHS = (0, *(float(f"{10**power:.3g}") for power in np.arange(-12, 23) / 6))
FITS = {"ridge": models.ridge, "lasso": models.lasso}
NORM_OF_FIT = {"ridge": "l2", "lasso": "l1"}
FEATURES = data.DIABETES_FEATURES
PEOPLE = range(40, 221, 20)  # how many people are in the training part


@cached
def people() -> Split:
    """Split the diabetes data as the notebook does: a quarter for the test at the end, a third of the rest held back.

    It does not return the test part, because nothing may be chosen by it.

    Examples
    --------
    >>> [len(part) for part in people()]
    [221, 221, 111, 111]
    """
    x, y, _, _ = data.split(*data.diabetes(), validation=0.25)
    return Split(*data.split(x, y, validation=1 / 3))


class Path(NamedTuple):
    """For each of `STRENGTHS`, the weights times their column's spread, and the RMSE on both parts."""

    weights: np.ndarray
    train: np.ndarray
    validation: np.ndarray

    @property
    def best(self) -> int:
        """The place of the least validation loss."""
        return int(self.validation.argmin())


@checked(fit=one_of(*FITS), n=integer(PEOPLE[0], PEOPLE[-1]), scaled=yes_or_no)
@cached
def path(fit: str, n: int, scaled: bool = True) -> Path:
    """Fit the first n people by "ridge" or "lasso" at all `STRENGTHS`, with columns scaled to a spread of 1 or not.

    Examples
    --------
    >>> lasso = path("lasso", 60)
    >>> f"{lasso.validation.min():.2f} at λ = {STRENGTHS[lasso.best]:g}"
    '58.89 at λ = 31.6'
    """
    x, y, x_held, y_held = people()
    x, y = x[:n], y[:n]
    mean, spread = x.mean(axis=0), x.std(axis=0)
    scale = spread if scaled else np.ones(len(spread))
    x, x_held = (x - mean) / scale, (x_held - mean) / scale
    fits = [FITS[fit](x, y, strength) for strength in STRENGTHS]
    train, validation = (
        np.array([losses.rmse(table @ w + c, target) for w, c in fits]) for table, target in ((x, y), (x_held, y_held))
    )
    return Path(np.array([w for w, _ in fits]) * spread / scale, train, validation)


def compute_all_paths() -> None:
    """Compute the paths for all `PEOPLE`, and keep them: after that, `path` answers immediately."""
    for fit in FITS:
        for n in PEOPLE:
            for scaled in (True, False):
                path(fit, n, scaled)


# ---------------------------------------------------------------------- a prior on one weight

NORM_OF_PRIOR = {"Gaussian": "l2", "Laplace": "l1"}
FLANK = {  # how high, as part of its peak, a prior is one standard deviation from 0
    "Gaussian": float(np.exp(-0.5)),
    "Laplace": float(np.exp(-np.sqrt(2))),
}
SIGMA = 1.0  # of the noise of each example
WEIGHTS = np.linspace(-9, 9, 1801)  # far beyond the picture: the mean needs the whole posterior
PRIOR = one_of(*NORM_OF_PRIOR)


@checked(prior=PRIOR, w=real, width=positive)
def prior_density(prior: str, w, width: float) -> np.ndarray:
    """Return the density of a "Gaussian" or "Laplace" prior about 0 whose standard deviation is `width`.

    Examples
    --------
    >>> f"{prior_density('Gaussian', 0.0, 1.0):.4f} {prior_density('Laplace', 0.0, 1.0):.4f}"
    '0.3989 0.7071'
    """
    zero = np.zeros(w.shape)
    if prior == "Gaussian":
        return np.exp(-likelihood.gaussian_nll.per_example(zero, w, width))
    return np.exp(-likelihood.laplace_nll.per_example(zero, w, width / np.sqrt(2)))


@checked(prior=PRIOR, width=positive, n=integer())
def strength_of_prior(prior: str, width: float, n: int) -> float:
    """Return the λ in (w − a)² + λ w² or (w − a)² + λ |w| that is equal to the prior, for n examples of noise σ = 1.

    Examples
    --------
    >>> strength_of_prior("Gaussian", width=0.5, n=5)
    0.8
    """
    if prior == "Gaussian":
        return SIGMA**2 / (n * width**2)
    return 2 * SIGMA**2 / (n * width / np.sqrt(2))


class Belief(NamedTuple):
    """Beliefs about one weight, over `WEIGHTS`: each as minus the logarithm of a density, from its minimum."""

    prior: np.ndarray
    likelihood: np.ndarray
    posterior: np.ndarray
    strength: float  # the λ that the prior is equal to
    best: float  # the weight of the highest posterior, MAP
    mean: float  # of the posterior

    @property
    def curves(self) -> tuple[np.ndarray, ...]:
        """Prior, likelihood and posterior."""
        return self[:3]


@checked(prior=PRIOR, width=positive, a=finite, n=integer())
def belief(prior: str, width: float, a: float, n: int) -> Belief:
    """Put a prior on one weight; n examples fit the weight a best.

    Examples
    --------
    >>> of_w = belief("Laplace", width=0.5, a=0.4, n=5)
    >>> f"{of_w.best:.3f} {of_w.mean:.3f}"
    '0.000 0.167'
    """
    strength = strength_of_prior(prior, width, n)
    minus_log = [
        -np.log(np.maximum(prior_density(prior, WEIGHTS, width), 1e-300)),
        n * (WEIGHTS - a) ** 2 / (2 * SIGMA**2),
    ]
    minus_log.append(minus_log[0] + minus_log[1])
    for values in minus_log:
        values -= values.min()
    posterior = np.exp(-minus_log[2])
    mean = float(np.sum(WEIGHTS * posterior) / np.sum(posterior))
    return Belief(*minus_log, strength, float(shrunk(NORM_OF_PRIOR[prior], a, strength)), mean)
