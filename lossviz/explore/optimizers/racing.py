"""The explorer of lesson 09 that shows a race which is over: how each optimiser was tuned, and what it reached."""

from collections.abc import Sequence

import numpy as np

from ... import checking, optimizers, theme
from ...arguments import optional
from ...experiments import optimizers as experiment
from ...experiments.optimizers import BUDGET, COURSES, FLOOR, HEATS, NAMES, RATES, ROLES
from ...live import Check, Choice, Handle, Range, Scene, Steps, explorer
from ...plots import optimizers as plots
from ...plots.maximum_likelihood import scatter
from ...plots.numbers import short


def _results(given) -> list[optimizers.Finish]:
    if isinstance(given, str | optimizers.Finish) or not isinstance(given, Sequence):
        raise checking.Refusal(f"{given!r:.80}", TypeError)
    for index, finish in enumerate(given):
        if not isinstance(finish, optimizers.Finish):
            raise checking.Refusal(f"{finish!r:.80} at index {index}", TypeError)
    if len(given) > len(HEATS):
        raise checking.Refusal(f"{len(given)}")
    return list(given)


RESULTS = optional(checking.Check(f"a list of what run_heat gave, for the {len(HEATS)} heats at most", _results))


class Race(Scene):
    """Look at a race: how each optimiser was tuned, and what it reached.

    It shows a race that is over. `lossviz.optimizers.race`, a function of the same name, is what ran each of its heats:
    one optimiser on one course.

    Parameters
    ----------
    results : sequence of lossviz.optimizers.Finish, optional
        What `experiments.optimizers.run_heat` gave for the first of `HEATS`, as far as they were run; anything else is
        a TypeError, more of them a ValueError. If None, all are run now, which takes some seconds.

    Examples
    --------
    >>> race([experiment.run_heat(("bowl", "gradient_descent"))]).readout.partition("own η: ")[2][:40]
    'GD 0.0049, momentum not run, Nesterov no'
    """

    title = "A fair race: how each was tuned, and how far it came"
    size = (10, 4.8)
    controls = (
        Choice("course", "course", tuple(COURSES), value="bowl"),
        Steps("rate", "one learning rate η for all", tuple(float(f"{rate:.2g}") for rate in RATES), value=0.1),
        Range("share", "mark: reached from", 5, 95, step=5, value=50, unit="%"),
        Check("dots", "a dot for each start", True),
    )
    slow = ("course", "dots")
    handles = (Handle("left", x="rate"),)

    def __init__(self, results: Sequence[optimizers.Finish] | None = None):
        self.results = RESULTS("race: results", results)

    def draw(self, figure):
        results = map(experiment.run_heat, HEATS) if self.results is None else self.results
        self.finishes = dict(zip(HEATS, results, strict=False))  # a race that was stopped has fewer
        self.left, self.right = figure.subplots(1, 2, width_ratios=[1, 1.25])
        limits, ticks = plots.SCALES["toys"]
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
            plots.beside(self.right, row - 0.12, name, weight="bold")
        self.entries = [plots.race_entry(self.left, self.right, row, role) for row, role in enumerate(ROLES)]
        self.marks = [plots.race_mark(self.right, role) for role in ROLES]
        self.line = self.left.axvline(1, color=theme.INK, linewidth=1)
        ring, bar = dict(marker="o", markersize=8, fillstyle="none"), dict(marker="|", markersize=17, markeredgewidth=2)
        self.rings = [self.left.plot([], [], color=theme.INK, linestyle="none", **ring)[0] for _ in ROLES]
        self.ticks = [self.right.plot([], [], color=theme.INK, linestyle="none", **bar)[0] for _ in ROLES]
        return [self.line, *self.rings, *self.marks, *self.ticks]

    def prepare(self, course, dots):
        return {role: self.finishes.get((course, role)) for role in ROLES}

    def draw_slow(self, prepared, course, dots):
        limits, ticks = plots.SCALES["digits" if course == "digits" else "toys"]
        self.left.set_ylim(limits)
        self.left.set_yticks(*ticks)
        self.right.set_xlim(limits)
        self.right.set_xticks(*ticks)
        for row, (finish, entry) in enumerate(zip(prepared.values(), self.entries, strict=True)):
            for artist in (entry.curve, entry.best, entry.cloud, entry.bar):
                artist.set_visible(finish is not None)
            if finish is None:
                entry.rate.set_text("not run")
                entry.lost.set_text("")
                continue
            entry.curve.set_data(finish.rates, plots.within_scale(finish.tuning))
            entry.best.set_data([finish.rate], plots.within_scale([finish.tuning.min()]))
            entry.cloud.set_data(plots.within_scale(finish.results), row + scatter(len(finish.results), 0.5))
            entry.cloud.set_visible(dots)
            entry.bar.set_data(np.clip([finish.quantile(0.25), finish.quantile(0.75)], FLOOR, 1e4), [row, row])
            entry.rate.set_text(f"η {short(finish.rate, 2)}{' (edge)' if finish.at_edge else ''}")
            entry.lost.set_text(f"{finish.diverged} of {len(finish.results)} diverged" if finish.diverged else "")
        entries = [artist for part in zip(*self.entries, strict=True) for artist in part]
        return [self.left.yaxis, self.right.xaxis, *entries]

    def update(self, prepared, course, rate, share, dots):
        which = int(np.argmin(abs(np.log(RATES / rate))))
        self.line.set_xdata([RATES[which]] * 2)
        own, with_one = [], []
        drawn = zip(prepared.items(), self.rings, self.ticks, self.marks, strict=True)
        for row, ((role, finish), ring, tick, mark) in enumerate(drawn):
            reached = finish.quantile(share / 100) if finish else np.inf
            mark.set_data(plots.within_scale([reached]), [row])
            mark.set_visible(finish is not None)
            median = finish.tuning[which] if finish else np.inf
            ring.set_data([RATES[which]], plots.within_scale([median]))
            tick.set_data(plots.within_scale([median]), [row])
            own.append(f"{NAMES[role]} {plots.result(reached) if finish else 'not run'}")
            with_one.append(f"{NAMES[role]} {plots.result(median) if finish else 'not run'}")
        tuned = "median of the starts for tuning"
        return (
            f"{course}{', a dot for each start' if dots else ''}: reached from {share:.0f} % of the starts, each with "
            f"its own η: {', '.join(own)}\n{tuned}, with η = {short(rate, 2)} for all: {', '.join(with_one)}"
        )


race = explorer(Race)
