"""The fair race of lesson 09: the courses, how one optimiser is tuned and run on one of them, and the explorer of all
that came of it.
"""

import functools
import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ... import data, losses, optimizers, theme
from ...live import Check, Choice, Drag, LiveFigure, Range, Scene, Steps
from ...plots import optimizers as plots
from ...plots.maximum_likelihood import scatter
from ...plots.numbers import short
from ...plots.optimizers import NAMES
from .steps import ROLES, RULES

BUDGET = 100  # gradients for each run
RATES = np.array([10 ** (p / 3) for p in range(-12, 4)])  # 0.0001 to 10
TUNING_STARTS, RACE_STARTS = 30, 100
TUNING_SEEDS, RACE_SEEDS = 3, 10  # for the digits


def turned_bowl(degrees: float = 30.0, curvatures=(1.0, 50.0)) -> data.Landscape:
    """Make a narrow bowl whose axes are turned against those of w₁ and w₂."""
    a, b = curvatures
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
    "digits": None,
}
HEATS = [(course, role) for course in COURSES for role in ROLES]


def heat_name(job: tuple[str, str]) -> str:
    """Say who runs where."""
    course, role = job
    return f"{NAMES[role]} on {course}"


def starts_on(landscape: data.Landscape, count: int, seed: int) -> np.ndarray:
    """Draw starts from the middle of a landscape's window, where its walls are not yet too steep."""
    left, right, low, high = landscape.window
    middle, half = np.array([left + right, low + high]) / 2, np.array([right - left, high - low]) / 2
    return middle + 0.7 * half * np.random.default_rng(seed).uniform(-1, 1, (count, 2))


def runs_on(course: str):
    """Return what `optimizers.race` needs for a course: how it is run, and the starts that a round of it has.

    Round 0 is the race; those after it are run from other starts. Without a number, the starts for tuning.
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


@functools.cache
def heat(job: tuple[str, str]) -> optimizers.Finish:
    """Run one heat: one optimiser, tuned, on one course."""
    course, role = job
    run, starts = runs_on(course)
    return optimizers.race(run, RULES[role], RATES, starts(), starts(0))


@functools.cache
def pixels() -> tuple[np.ndarray, np.ndarray]:
    """Return the digits: grey from 0 to 1 with a 1 at the end of each row, for the bias; and the labels, one-hot."""
    x, label = data.digits()
    return np.column_stack([x / 16, np.ones(len(x))]), np.eye(10)[label]


@functools.lru_cache(maxsize=16)
def lesson_plan(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the first weights that belong to a seed, and its mini-batches: images and labels of 32 digits each."""
    x, one_hot = pixels()
    rng = np.random.default_rng(seed)
    weights = rng.normal(0, 0.01, (x.shape[1], 10))
    rows = rng.integers(len(x), size=(BUDGET, 32))
    return weights, x[rows], one_hot[rows]


def train_on_digits(optimizer, seeds) -> np.ndarray:
    """Train a softmax classifier on mini-batches of 32 digits, once for each seed; return the loss on all digits.

    All seeds are trained side by side. A seed decides on the first weights and on the batches, so that all optimisers
    get the same.
    """
    x, one_hot = pixels()
    weights, images, labels = (np.array(part) for part in zip(*map(lesson_plan, seeds), strict=True))
    for step in range(BUDGET):
        batch = images[:, step]
        slope = (losses.softmax(batch @ weights) - labels[:, step]) / 32
        weights = optimizer.step(weights, batch.transpose(0, 2, 1) @ slope)
    # in blocks too small for threads: once woken, these wait busily through all the small products of the next run
    scores = np.concatenate([x[first : first + 256] @ weights for first in range(0, len(x), 256)], axis=1)
    return -(losses.log_softmax(scores) * one_hot).sum(axis=2).mean(axis=1)


def told(finish: optimizers.Finish | None, digits: int = 1) -> str:
    """Write a finish for a table: its median in so many digits, and in brackets how many diverged."""
    if finish is None:
        return "not run"
    if np.isinf(finish.median):
        median = "diverged"
    else:
        median = "~0" if finish.median < plots.FLOOR else short(finish.median, digits)
    return median + (f" ({finish.diverged})" if finish.diverged else "")


def ahead(finishes: dict[tuple[str, str], optimizers.Finish], course: str) -> str:
    """Name who is ahead on a course by the median, of those that were run; all that are at the bottom are."""
    medians = {role: finishes[course, role].median for role in ROLES if (course, role) in finishes}
    if not medians:
        return "not run"
    names = ", ".join(leaders(medians)) or "nobody"
    return names + (f" (only {len(medians)} of {len(ROLES)} were run)" if len(medians) < len(ROLES) else "")


def leaders(medians: dict[str, float]) -> list[str]:
    """Name those with the least median, or with one at the bottom; nobody if all diverged."""
    least = max(min(medians.values()), plots.FLOOR)
    return [NAMES[role] for role, median in medians.items() if median <= least < np.inf]


def ahead_again(finishes: dict[tuple[str, str], optimizers.Finish], course: str, rounds: int = 5) -> str:
    """Run the race on a course some times more, at the rates that were chosen, each time from other starts; say how
    often each was ahead.
    """
    before = {role: finishes[course, role] for role in ROLES if (course, role) in finishes}
    if len(before) < len(ROLES):
        return "not run"
    run, starts = runs_on(course)
    wins = dict.fromkeys(NAMES.values(), 0)
    for number in range(1, rounds + 1):
        again = {
            role: replace(finish, results=run(RULES[role](finish.rate), starts(number)))
            for role, finish in before.items()
        }
        for name in leaders({role: finish.median for role, finish in again.items()}):
            wins[name] += 1
    return ", ".join(f"{name} {count}" for name, count in wins.items() if count)


# the axis of the results: on the toys from the bottom to far above it; on the digits all come close to each other
SCALES = {
    "toys": ((3e-13, 3e3), ([1e-12, 1e-8, 1e-4, 1], ["≤ $10^{-12}$", "$10^{-8}$", "$10^{-4}$", "1"])),
    "digits": ((0.05, 30), ([0.1, 1, 10], ["0.1", "1", "10"])),
}


class Race(Scene):
    """The results of a race: how each learning rate did when it was tuned, and what all reached with their best."""

    title = "A fair race: how each was tuned, and how far it came"
    size = (10, 4.8)
    controls = (
        Choice("course", "course", tuple(COURSES), value="bowl"),
        Steps("rate", "one learning rate η for all", tuple(float(f"{rate:.2g}") for rate in RATES), value=0.1),
        Range("share", "mark: reached from", 5, 95, step=5, value=50, unit="%"),
        Check("dots", "a dot for each start", True),
    )

    def __init__(self, results: Sequence[optimizers.Finish] | None = None):
        if isinstance(results, str | optimizers.Finish) or not isinstance(results, Sequence | None):
            raise TypeError(f"race: results must be a list of what heat gave, or None, got {results!r:.80}")
        for index, finish in enumerate(results or []):
            if not isinstance(finish, optimizers.Finish):
                raise TypeError(f"race: results must be what heat gave, got {finish!r:.80} at index {index}")
        if results is not None and len(results) > len(HEATS):
            raise ValueError(f"race: results must be of the {len(HEATS)} heats at most, got {len(results)}")
        self.results = results

    def draw(self, figure):
        results = [heat(job) for job in HEATS] if self.results is None else self.results
        self.finishes = dict(zip(HEATS, results, strict=False))  # a race that was stopped has fewer
        self.left, self.right = figure.subplots(1, 2, width_ratios=[1, 1.25])
        limits, ticks = SCALES["toys"]
        self.left.set(xscale="log", yscale="log", xlim=(6e-5, 16), ylim=limits, xlabel="learning rate η")
        self.left.set(ylabel="median result", title="Tuning: each η that was tried")
        self.right.set(xscale="log", xlim=limits, ylim=(5.7, -0.5), xlabel=f"result after {BUDGET} gradients")
        self.right.set_title("The race: each with its own best η")
        self.left.set_yticks(*ticks)
        self.right.set_xticks(*ticks)
        for ax in (self.left, self.right):
            ax.minorticks_off()
        self.right.set_yticks(range(6), ["η 0.0022 (edge)"] * 6, fontsize="small")
        self.right.tick_params(axis="y", length=0, labelcolor="none")  # room for the names, each with its best rate
        for row, name in enumerate(NAMES.values()):
            self.beside(row - 0.12, name, weight="bold")
        self.entries = [self.entry(row, role) for row, role in enumerate(ROLES)]
        self.marks = [self.right.plot([], [], **self.large(role))[0] for role in ROLES]
        self.line = self.left.axvline(1, color=theme.INK, linewidth=1)
        ring, bar = dict(marker="o", markersize=8, fillstyle="none"), dict(marker="|", markersize=17, markeredgewidth=2)
        self.rings = [self.left.plot([], [], color=theme.INK, linestyle="none", **ring)[0] for _ in ROLES]
        self.ticks = [self.right.plot([], [], color=theme.INK, linestyle="none", **bar)[0] for _ in ROLES]
        return [self.line, *self.rings, *self.marks, *self.ticks]

    def beside(self, row: float, words: str = "", **style):
        """Write to the left of a row."""
        where = dict(transform=self.right.get_yaxis_transform(), ha="right", va="center", in_layout=False)
        return self.right.text(-0.02, row, words, **where, **style)

    def large(self, role: str) -> dict:
        """Return the style of a mark."""
        return theme.dots(role, markersize=11, markeredgecolor=theme.INK if role == "adagrad" else theme.PAPER)

    def entry(self, row: int, role: str) -> list:
        """Make the artists of one optimiser: its curve and its best rate, its dots, bar and words."""
        below = dict(transform=self.right.get_yaxis_transform(), ha="right", va="bottom", fontsize="small")
        wide = dict(color=theme.STYLES[role]["color"], linewidth=6, alpha=0.5, solid_capstyle="butt")
        return [
            plots.tuning(self.left, [1], [1], role),
            self.left.plot([], [], **self.large(role))[0],
            self.right.plot([], [], **theme.dots(role, markersize=3, alpha=0.5))[0],
            self.right.plot([], [], **wide)[0],
            self.beside(row + 0.22, fontsize="small"),
            self.right.text(1, row + 0.47, "", bbox=theme.ON_PAPER, **below),
        ]

    def update_slow(self, course, dots):
        limits, ticks = SCALES["digits" if course == "digits" else "toys"]
        self.left.set_ylim(limits)
        self.left.set_yticks(*ticks)
        self.right.set_xlim(limits)
        self.right.set_xticks(*ticks)
        for row, (role, entry) in enumerate(zip(ROLES, self.entries, strict=True)):
            finish = self.finishes.get((course, role))
            curve, best, cloud, bar, words, lost = entry
            for artist in (curve, best, cloud, bar):
                artist.set_visible(finish is not None)
            if finish is None:
                words.set_text("not run")
                lost.set_text("")
                continue
            curve.set_data(finish.rates, plots.shown(finish.tuning))
            best.set_data([finish.rate], plots.shown([finish.tuning.min()]))
            cloud.set_data(plots.shown(finish.results), row + scatter(len(finish.results), 0.5))
            cloud.set_visible(dots)
            bar.set_data(np.clip([finish.quantile(0.25), finish.quantile(0.75)], plots.FLOOR, 1e4), [row, row])
            words.set_text(f"η {short(finish.rate, 2)}{' (edge)' if finish.at_edge else ''}")
            lost.set_text(f"{finish.diverged} of {len(finish.results)} diverged" if finish.diverged else "")
        entries = [artist for part in zip(*self.entries, strict=True) for artist in part]
        return [self.left.yaxis, self.right.xaxis, *entries]

    def update(self, course, rate, share, dots):
        which = int(np.argmin(abs(np.log(RATES / rate))))
        self.line.set_xdata([RATES[which]] * 2)
        own, with_one = [], []
        drawn = zip(ROLES, self.rings, self.ticks, self.marks, strict=True)
        for row, (role, ring, tick, mark) in enumerate(drawn):
            finish = self.finishes.get((course, role))
            reached = finish.quantile(share / 100) if finish else np.inf
            mark.set_data(plots.shown([reached]), [row])
            mark.set_visible(finish is not None)
            median = finish.tuning[which] if finish else np.inf
            ring.set_data([RATES[which]], plots.shown([median]))
            tick.set_data(plots.shown([median]), [row])
            own.append(f"{NAMES[role]} {result(reached) if finish else 'not run'}")
            with_one.append(f"{NAMES[role]} {result(median) if finish else 'not run'}")
        tuned = "median of the starts for tuning"
        return (
            f"{course}{', a dot for each start' if dots else ''}: reached from {share:.0f} % of the starts, each with "
            f"its own η: {', '.join(own)}\n{tuned}, with η = {short(rate, 2)} for all: {', '.join(with_one)}"
        )

    def draggable(self):
        return [self.left]

    def drag(self, drag: Drag):
        return {"rate": drag.now[0]}


def result(value: float) -> str:
    """Write a result: what is within the floor counts as the bottom."""
    if np.isinf(value):
        return "diverged"
    return "at the bottom" if value < plots.FLOOR else short(value, 2)


def race(results: Sequence[optimizers.Finish] | None = None, **start) -> LiveFigure:
    """Look at a race: how each optimiser was tuned, and what it reached.

    Parameters
    ----------
    results : sequence of lossviz.optimizers.Finish, optional
        What `heat` gave for the first of `HEATS`, as far as they were run; if None, all are run now, which takes some
        seconds.
    **start
        Where to begin: `course`, `rate`, `share`, `dots`.

    Raises
    ------
    ValueError
        If a name is unknown or a value is not allowed, or there are more results than heats.
    TypeError
        If a result is not what `heat` gives.

    Examples
    --------
    >>> race([heat(("bowl", "gradient_descent"))]).readout.partition("own η: ")[2][:40]
    'GD 0.0049, momentum not run, Nesterov no'
    """
    return LiveFigure(Race(results), **start)
