"""The fair race of lesson 09: its courses, how one optimiser is tuned and run on one of them, and who is ahead.

A course is a problem that all six have to solve, a heat is one optimiser on one course. The rules that make a heat fair
are those of `lossviz.optimizers.race`.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np

from ... import arguments, data, losses, optimizers
from ...arguments import index, integer, one_of
from ...arrays import any_array
from ...caching import cached
from ...checking import Check, Refusal, checked
from ...optimizers.descent import ONE_OF_THE_RULES
from .rules import NAMES, ROLE, ROLES, RULES

BUDGET = 100  # gradients for each run
RATES = np.array([10 ** (p / 3) for p in range(-12, 4)])  # 0.0001 to 10
TUNING_STARTS, RACE_STARTS = 30, 100
TUNING_SEEDS, RACE_SEEDS = 3, 10  # for the digits
FLOOR = 1e-12  # a result nearer to the lowest than this counts as there

Finishes = dict[tuple[str, str], optimizers.Finish]  # by course and role


@checked(degrees=arguments.finite, curvatures=arguments.pair_above_0)
def turned_bowl(degrees: float = 30.0, curvatures=(1.0, 50.0)) -> data.Landscape:
    """Make a narrow bowl whose axes are turned against those of w₁ and w₂.

    Examples
    --------
    >>> turned_bowl(degrees=0)([1, 0]), turned_bowl(degrees=0)([0, 1])
    (0.5, 25.0)
    """
    a, b = curvatures.tolist()
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    p, q, r = a * cos**2 + b * sin**2, (a - b) * cos * sin, a * sin**2 + b * cos**2

    def turned(w1, w2):
        return (p * w1**2 + 2 * q * w1 * w2 + r * w2**2) / 2, (p * w1 + q * w2, q * w1 + r * w2)

    turned.__name__ = "turned_bowl"
    formula = rf"\tfrac{{1}}{{2}} \left({p:.4g}\, w_1^2 {2 * q:+.4g}\, w_1 w_2 + {r:.4g}\, w_2^2\right)"
    return data.Landscape(turned, formula, minima=[(0, 0)], start=(-2.0, 1.0), window=(-2.5, 2.5, -2.5, 2.5))


COURSES = {
    "bowl": turned_bowl(degrees=0),
    "turned bowl": turned_bowl(),
    "Rosenbrock": data.rosenbrock,
    "Beale": data.beale,
    "Himmelblau": data.himmelblau,
    "double well": data.double_well,
    "digits": None,  # a classifier of 650 weights, no landscape of two
}
HEATS = [(course, role) for course in COURSES for role in ROLES]

# ---------------------------------------------------------------------- what is refused


def _heat(given) -> tuple[str, str]:
    if not isinstance(given, tuple | list):
        raise Refusal(f"{given!r:.80}", TypeError)
    if not all(isinstance(part, str) for part in given) or tuple(given) not in HEATS:
        raise Refusal(f"{given!r:.80}")
    return tuple(given)


def _seeds(given) -> list[int]:
    if not isinstance(given, Iterable) or any_array(given).ndim == 0:  # any_array refuses hidden entries
        raise Refusal(f"{given!r:.80}", TypeError)
    seeds = [index.convert(seed) for seed in given]
    if not seeds:
        raise Refusal("none")
    return seeds


def _finishes(given) -> Finishes:
    if not isinstance(given, dict):
        raise Refusal(f"{given!r:.80}", TypeError)
    for heat, finish in given.items():
        if not isinstance(finish, optimizers.Finish):
            raise Refusal(f"{finish!r:.80} for {heat!r:.80}", TypeError)
        _heat(heat)
    return given


def _medians(given) -> dict[str, float]:
    if not isinstance(given, dict):
        raise Refusal(f"{given!r:.80}", TypeError)
    for role, median in given.items():
        ROLE.convert(role)
        if np.isnan(arguments.number.convert(median)):
            raise Refusal(f"{median} for {role!r}")
    return given


COURSE = one_of(*COURSES)
HEAT = Check("one of HEATS, a course and a role", _heat)
SURFACE = arguments.instance(data.Landscape, "a landscape, such as lossviz.data.rosenbrock")
SEEDS = Check("one or more integers from 0", _seeds)
FINISHES = Check("a dict from some of HEATS to what run_heat gave for them", _finishes)
MEDIANS = Check("a dict from some of ROLES to numbers, not NaN", _medians)

# ---------------------------------------------------------------------- heats


@checked(heat=HEAT)
def heat_name(heat: tuple[str, str]) -> str:
    """Say who runs where.

    Examples
    --------
    >>> heat_name(("bowl", "gradient_descent"))
    'GD on bowl'
    """
    course, role = heat
    return f"{NAMES[role]} on {course}"


@checked(landscape=SURFACE, count=integer(), seed=arguments.generator)
def starts_on(landscape: data.Landscape, count: int, seed: int | np.random.Generator) -> np.ndarray:
    """Draw starts from the middle of a landscape's window, where its walls are not yet too steep."""
    left, right, low, high = landscape.window
    middle, half = np.array([left + right, low + high]) / 2, np.array([right - left, high - low]) / 2
    return middle + 0.7 * half * seed.uniform(-1, 1, (count, 2))


@checked(course=COURSE)
def run_and_starts(course: str) -> tuple[Callable, Callable]:
    """Return what `lossviz.optimizers.race` needs for a course: how it is run, and the starts that a round of it has.

    Round 0 is the race; those after it are run from other starts. Without a number, the starts for tuning.

    Examples
    --------
    >>> run, starts = run_and_starts("digits")
    >>> starts(), starts(0), starts(1)
    (range(0, 3), range(3, 13), range(13, 23))
    """
    if course == "digits":

        def seeds(number: int | None = None) -> range:
            first = 0 if number is None else TUNING_SEEDS + RACE_SEEDS * number
            return range(first, first + (TUNING_SEEDS if number is None else RACE_SEEDS))

        return train_on_digits, seeds
    landscape = COURSES[course]

    def run(optimizer, starts):
        runs = optimizers.minimize_many(landscape, landscape.gradient, starts, optimizer, BUDGET)
        return runs.values[-1] - landscape(landscape.minima[0])

    def starts(number: int | None = None) -> np.ndarray:
        count = TUNING_STARTS if number is None else RACE_STARTS
        return starts_on(landscape, count, seed=1 if number is None else 2 + number)

    return run, starts


@checked(heat=HEAT)
@cached
def run_heat(heat: tuple[str, str]) -> optimizers.Finish:
    """Run one heat: one optimiser, tuned, on one course. What came of it is kept.

    Examples
    --------
    >>> run_heat(("bowl", "gradient_descent"))
    learning rate 0.0215: median 0.00493, middle half from 0.000958 to 0.0126, 0 of 100 diverged
    """
    course, role = heat
    run, starts = run_and_starts(course)
    return optimizers.race(run, RULES[role], RATES, starts(), starts(0))


# ---------------------------------------------------------------------- the digits


@cached
def pixels() -> tuple[np.ndarray, np.ndarray]:
    """Return the digits: grey from 0 to 1 with a 1 at the end of each row, for the bias; and the labels, one-hot."""
    x, label = data.digits()
    return np.column_stack([x / 16, np.ones(len(x))]), np.eye(10)[label]


@checked(seed=index)
@cached(maxsize=16)
def run_setup(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the first weights that belong to a seed, and its mini-batches: images and labels of 32 digits each."""
    x, one_hot = pixels()
    rng = np.random.default_rng(seed)
    weights = rng.normal(0, 0.01, (x.shape[1], 10))
    rows = rng.integers(len(x), size=(BUDGET, 32))
    return weights, x[rows], one_hot[rows]


@checked(optimizer=ONE_OF_THE_RULES, seeds=SEEDS)
def train_on_digits(optimizer: optimizers.Optimizer, seeds) -> np.ndarray:
    """Train a softmax classifier on mini-batches of 32 digits, once for each seed; return the loss on all digits.

    All seeds are trained side by side. A seed decides on the first weights and on the batches, so that all optimisers
    get the same.
    """
    x, one_hot = pixels()
    weights, images, labels = (np.array(part) for part in zip(*map(run_setup, seeds), strict=True))
    for step in range(BUDGET):
        batch = images[:, step]
        slope = (losses.softmax(batch @ weights) - labels[:, step]) / 32
        weights = optimizer.step(weights, batch.transpose(0, 2, 1) @ slope)
    # in blocks too small for threads: once woken, these wait busily through all the small products of the next run
    scores = np.concatenate([x[first : first + 256] @ weights for first in range(0, len(x), 256)], axis=1)
    return -(losses.log_softmax(scores) * one_hot).sum(axis=2).mean(axis=1)


# ---------------------------------------------------------------------- who is ahead


@checked(finishes=FINISHES, course=COURSE)
def medians_on(finishes: Finishes, course: str) -> dict[str, float]:
    """Return the median result of each role on a course, as far as it was run."""
    return {role: finishes[course, role].median for role in ROLES if (course, role) in finishes}


@checked(medians=MEDIANS)
def leaders(medians: dict[str, float]) -> list[str]:
    """Name those with the least median, or with one at the bottom; nobody if all diverged.

    Examples
    --------
    >>> leaders({"adam": 0.0, "momentum": 1e-15, "adagrad": 0.1})
    ['Adam', 'momentum']
    """
    least = max(min(medians.values(), default=np.inf), FLOOR)
    return [NAMES[role] for role, median in medians.items() if median <= least < np.inf]


@checked(finishes=FINISHES, course=COURSE, rounds=integer())
def wins_again(finishes: Finishes, course: str, rounds: int = 5) -> dict[str, int]:
    """Run the race on a course some times more, at the rates that were chosen, each time from other starts.

    Returns
    -------
    dict
        How often each was ahead, by name; nothing if not all were run before.
    """
    if len(medians_on(finishes, course)) < len(ROLES):
        return {}
    run, starts = run_and_starts(course)
    wins = dict.fromkeys(NAMES.values(), 0)
    for number in range(1, rounds + 1):
        again = {}
        for role in ROLES:
            before = finishes[course, role]
            again[role] = replace(before, results=run(RULES[role](before.rate), starts(number))).median
        for name in leaders(again):
            wins[name] += 1
    return wins
