"""The explorers of lesson 06: a coin in three aligned panels, a Gaussian among points, a noise that picks a loss."""

import types

import numpy as np

from .. import theme
from ..experiments import maximum_likelihood as experiment
from ..experiments.maximum_likelihood import DRAWS, LOSSES, NAMES, SIZES
from ..live import Button, Choice, Handle, Range, Scene, Steps, explorer
from ..plots import maximum_likelihood as plots
from ..plots.numbers import minus, plain, short

ROLES = tuple(NAMES)
PLACES = ("y1", "y2", "y3", "y4", "y5")  # the controls of the five points


class _Swept(Scene):
    """One parameter in three aligned panels: likelihood, log-likelihood and loss, with one best place."""

    size = (10, 5.6)
    grid: np.ndarray  # of the parameter, where the curves are computed

    def draw(self, figure):
        self.panels = list(figure.subplots(3, 1, sharex=True))
        self.curves = [ax.plot([], [], color=theme.INK)[0] for ax in self.panels]
        self.best = [ax.axvline(0, **theme.line("best", linewidth=1.2)) for ax in self.panels]
        self.best_name = self.panels[0].text(0, 1.24, "", va="center", bbox=theme.ON_PAPER)
        self.here = [ax.axvline(0, color=theme.STYLES["model"]["color"], lw=1) for ax in self.panels]
        self.dots = [ax.plot([], [], **theme.dots("model", markersize=9))[0] for ax in self.panels]
        return [*self.here, *self.dots, self.best_name]

    def _draw_curves(self, heights, best):
        """Move the curves, and the lines that mark their best place; return them."""
        for curve, values in zip(self.curves, heights, strict=True):
            curve.set_data(self.grid, values)
        for line in self.best:
            line.set_xdata([best, best])
        return [*self.best, *self.curves]

    def _stand_at(self, place, heights):
        """Move the line through all panels, and its dots on the curves."""
        for line, dot, height in zip(self.here, self.dots, heights, strict=True):
            line.set_xdata([place, place])
            dot.set_data([place], [height])


# ---------------------------------------------------------------------- the coin


class CoinLikelihood(_Swept):
    """Sweep a coin's θ, and watch likelihood, log-likelihood and loss agree on the best θ.

    Examples
    --------
    >>> coin_likelihood(theta=0.5, heads=1, tails=1).readout
    '1 head, 1 tail, θ = 0.50: likelihood 0.25   log-likelihood −1.39   BCE 0.6931   best θ = 0.50'
    """

    title = "A coin: likelihood, log-likelihood and loss over θ, one above the other"
    controls = (
        Range("theta", "probability θ", 0.01, 0.99, step=0.01, value=0.5),
        Range("heads", "heads", 0, 10, step=1, value=7),
        Range("tails", "tails", 0, 10, step=1, value=3),
        Steps("times", "so many times over", (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000), value=1, unit="×"),
        Button("best", "Go to the best θ"),
    )
    slow = ("heads", "tails", "times")
    handles = (Handle("panels", x="theta"),)
    grid = np.linspace(0.002, 0.998, 499)

    def draw(self, figure):
        moving = super().draw(figure)
        top, middle, bottom = self.panels
        top.set(ylim=(-0.06, 1.4), title="Likelihood: the product of the probabilities of all tosses")
        self.peak_label = plots.side_labels(top, [0, 1], "8.8e−888")
        middle.set(ylim=(-1.6, 0.1), title="Log-likelihood: the sum of their logarithms")
        self.log_labels = plots.side_labels(middle, [0, -0.5, -1, -1.5], "−88 888")
        bottom.set(ylim=(-0.1, 1.6), title="BCE: minus the log-likelihood, divided by the number of tosses")
        bottom.set(xlim=(0, 1), xlabel="θ, the probability of heads", yticks=[0, 0.5, 1, 1.5])
        for curve, role in zip(self.curves, ("likelihood", "likelihood", "logistic"), strict=True):
            curve.set(**theme.line(role))
        self.lost = top.text(0.5, 0.5, "exactly 0 for every θ: too small for a float64", ha="center", va="center")
        self.lost.set_bbox(dict(facecolor=theme.PAPER, edgecolor="none"))
        return [*moving, self.lost]

    def prepare(self, heads, tails, times):
        return experiment.Tosses(int(heads) * times, int(tails) * times)

    def draw_slow(self, prepared, heads, tails, times):
        n, best, peak = prepared.n, prepared.best, prepared.likelihood(prepared.best)
        moved = self._draw_curves(self._heights(prepared, self.grid), best)
        for line in self.best:
            line.set_visible(n > 0)
        left = best > 0.5  # on a projector a thousand tosses need half of the panel
        self.best_name.set(x=best + (-0.01 if left else 0.01), ha="right" if left else "left", visible=n > 0)
        self.best_name.set_text(f"best θ = {plain(prepared.heads)} / {plain(n)} = {best:.2f}")
        self.lost.set_visible(peak == 0)
        for label, height in zip(self.peak_label, (0, peak), strict=True):
            label.set(text=short(height, 2), visible=height > 0 or label is self.peak_label[0])
        for label, height in zip(self.log_labels, (0, -0.5, -1, -1.5), strict=True):
            label.set(text=plain(n * height), visible=n > 0 or height == 0)
        return [*self.peak_label, *self.log_labels, *moved]

    def update(self, prepared, theta, **_):
        self._stand_at(theta, self._heights(prepared, theta))
        if prepared.n == 0:
            return f"θ = {theta:.2f}: no toss, so every θ is as likely as any other"
        log = prepared.log_likelihood(theta)
        return (
            f"{_count(prepared.heads, 'head')}, {_count(prepared.tails, 'tail')}, θ = {theta:.2f}: "
            f"likelihood {short(prepared.likelihood(theta))}   log-likelihood {minus(log, 2)}   "
            f"BCE {-log / prepared.n:.4f}   best θ = {prepared.best:.2f}"
            + ("" if prepared.likelihood(prepared.best) else ", though the likelihood is 0 even there")
        )

    def press(self, name, values, prepared):
        return {"theta": prepared.best}

    @staticmethod
    def _heights(tosses, theta):
        """Return the heights of the three curves: the first relative to its peak, the second per toss."""
        a_toss = tosses.log_likelihood(theta) / max(tosses.n, 1)
        product, peak = tosses.likelihood(theta), tosses.likelihood(tosses.best)
        return product / peak if peak else product, a_toss, -a_toss


def _count(n: int, what: str) -> str:
    return f"{plain(n)} {what}{'' if n == 1 else 's'}"


# ---------------------------------------------------------------------- the Gaussian


class GaussianFit(Scene):
    """Put a Gaussian over points, and see what each point costs.

    The upper panel shows its density, the lower panel minus the logarithm, the right panel all Gaussians.

    Examples
    --------
    >>> gaussian_fit(mu=0, sigma=1, y1=0, y2=0, y3=0, y4=0, y5=0).readout.partition("   best")[0]
    'μ = 0.00, σ = 1.00:   costs 0.92 + 0.92 + 0.92 + 0.92 + 0.92 = 4.59   NLL 0.919   MSE 0.000'
    """

    title = "A Gaussian among five points: how dense it lies there, and what that costs"
    size = (10, 4.8)
    controls = (
        Range("mu", "mean μ", -4, 4, step=0.05, value=-1.0),
        Range("sigma", "spread σ", 0.4, 3, step=0.05, value=0.8),
        *(
            Range(name, f"point {name[1:]}", -4, 4, step=0.1, value=value)
            for name, value in zip(PLACES, experiment.POINTS, strict=True)
        ),
        Button("best", "Go to the best μ and σ"),
    )
    slow = PLACES
    handles = (
        *(Handle("top", at=(name, 0), x=name) for name in PLACES),
        *(Handle("bottom", at=(name, None), x=name) for name in PLACES),
        Handle("top", at="grips_of_bell", move="move_bell"),
        Handle("top", x="mu", relative=True),
        Handle("right", x="mu", y="sigma"),
    )
    least_sigma, largest_sigma = 0.4, 3.0
    grid = np.linspace(-4.4, 4.4, 221)

    def draw(self, figure):
        (self.top, self.right), (self.bottom, spare) = figure.subplots(2, 2, width_ratios=[1.35, 1], sharex="col")
        layout = self.right.get_gridspec()
        spare.remove()
        self.right.set_subplotspec(layout[:, 1])
        self.right.tick_params(labelbottom=True)
        self.top.set(xlim=(-4.4, 4.4), ylim=(-0.09, 1.05), ylabel="density", yticks=[0, 0.5, 1])
        self.top.set_title("Drag a point, the top of the bell, or its flank")
        self.bottom.set(ylim=(0, 8), xlabel="y", ylabel="−log density")
        self.bottom.set_title("What each point costs: −log of its stick")
        self.right.set(xlim=(-4, 4), ylim=(self.least_sigma, self.largest_sigma))
        self.right.set_title("NLL of every bell: pale is low")
        self.landscape = plots.nll_landscape(self.right, 0.0, 1.0, 1.0)
        self.mean_line = self.right.axvline(0, **theme.line("best", linewidth=1.2))
        self.star = self.right.plot([], [], **theme.dots("best", markersize=13, markeredgecolor=theme.PAPER))[0]
        self.star_name = self.right.annotate("best", (0, 0), xytext=(9, 5), textcoords="offset points")
        self.bell = self.top.plot([], [], **theme.line("gaussian"))[0]
        self.cost = self.bottom.plot([], [], **theme.line("gaussian"))[0]
        self.sticks = plots.sticks(self.top, [], [])
        self.costs = plots.sticks(self.bottom, [], [], role="residual")
        self.points = self.top.plot([], [], **theme.dots("data", markersize=10, color=theme.INK))[0]
        self.grips = self.top.plot([], [], **theme.dots("model", markersize=9, markeredgecolor=theme.PAPER))[0]
        self.numbers = [self.bottom.text(0, 0, "", ha="center", va="bottom") for _ in range(5)]
        self.here = self.right.plot([], [], **theme.dots("model", markersize=11, markeredgecolor=theme.PAPER))[0]
        return [self.bell, self.cost, self.sticks, self.costs, self.points, self.grips, *self.numbers, self.here]

    def prepare(self, **points):
        return experiment.best_bell([points[name] for name in PLACES], self.least_sigma, self.largest_sigma)

    def draw_slow(self, prepared, **_):
        mean, sigma = prepared.mean, prepared.sigma
        self.landscape.set_verts(experiment.nll_regions(mean, prepared.spread, prepared.nll, self.largest_sigma))
        self.mean_line.set_xdata([mean, mean])
        self.star.set_data([mean], [sigma])
        self.star_name.xy = mean, sigma
        left, below = mean > 3, sigma > 2.7  # where the word does not fit in the panel
        self.star_name.set(position=(-9 if left else 9, -5 if below else 5), ha="right" if left else "left")
        self.star_name.set_va("top" if below else "baseline")
        return [self.landscape, self.mean_line, self.star, self.star_name]

    def update(self, prepared, mu, sigma, **_):
        y, (each, squares) = prepared.y, experiment.costs(prepared.y, mu, sigma)
        bell = experiment.density("gaussian", self.grid, mu, sigma)
        self.bell.set_data(self.grid, bell)
        self.cost.set_data(self.grid, -np.log(np.maximum(bell, 1e-300)))
        self.sticks.set_segments(plots.stick_ends(y, experiment.density("gaussian", y, mu, sigma)))
        self.costs.set_segments(plots.stick_ends(y, each))
        self.points.set_data(y, np.zeros(5))
        self.grips.set_data(*_top_and_flank(mu, sigma))
        self._write_costs(y, mu, sigma, each)
        self.here.set_data([mu], [sigma])
        total, costs = float(each.sum()), " + ".join(map(minus, each))
        return (
            f"μ = {minus(mu, 2)}, σ = {sigma:.2f}:   costs {costs} = {minus(total)}   "
            f"NLL {total / 5:.3f}   MSE {squares:.3f}   "
            f"best μ {minus(prepared.mean, 2)}, σ {prepared.sigma:.2f}: NLL {prepared.nll:.3f}"
        )

    def _write_costs(self, points, mu, sigma, costs):
        """Write the cost of each point at the tip of its stick, so that no number covers another."""
        written = []
        for i in np.argsort(points, kind="stable"):
            y, height, text = points[i], min(costs[i] + 0.1, 7.1), f"{costs[i]:.1f}"
            # above the tip where the parabola is flat; on its open side where it is steep
            aside = float(np.clip((mu - y) / sigma**2, -1, 1))
            if costs[i] > 7.1:  # the tip is out of sight: outside, if there is room
                aside = float(np.sign(y - mu) if abs(y) < 3.4 else -np.sign(y))
            x, step = y + 0.34 * aside, 0.25 if height < 4 else -0.25
            # on a projector a digit is 0.2 wide, and a line 1 high
            while any(abs(x - x0) < 0.1 * len(text + text0) and abs(height - h0) < 0.99 for x0, h0, text0 in written):
                height += step
            written.append((x, height, text))
            self.numbers[i].set(x=x, y=height, text=text)

    def press(self, name, values, prepared):
        return {"mu": prepared.mean, "sigma": prepared.sigma}

    def grips_of_bell(self, drag):
        return np.column_stack(_top_and_flank(drag.values["mu"], drag.values["sigma"]))

    def move_bell(self, drag):
        """Move the bell by its top, or its flank."""
        if drag.index == 0:
            return {"mu": drag.values["mu"] + drag.way[0]}
        return {"sigma": drag.values["sigma"] + drag.way[0]}


def _top_and_flank(mu, sigma):
    """Return where a hand can take a bell: x and y of its top, and of the place one σ to the right of the top."""
    x = np.array([mu, mu + sigma])
    return x, experiment.density("gaussian", x, mu, sigma)


# ---------------------------------------------------------------------- the noise that picks a loss

CEILINGS = types.MappingProxyType({"gaussian": 16, "laplace": 4, "student_t": 4})  # of the panel of the loss
BEST = {"gaussian": "the mean", "laplace": "the median", "student_t": "where most points lie"}


def _role_of(noise: str) -> str:
    """Return the role, in `theme` and `likelihood`, of a noise that the reader has chosen by its name."""
    return next(role for role, name in NAMES.items() if name == noise)


class NoiseSweep(_Swept):
    """Sweep the location of a noise over five points; choose the noise, and drag the last point.

    Examples
    --------
    >>> noise_sweep(noise="Laplace", far=8).readout.partition("   best ")[2]
    'μ = 0.80'
    """

    title = "Five points, a noise about a location: likelihood, log-likelihood and loss, one above the other"
    controls = (
        Choice("noise", "the noise", tuple(NAMES.values()), value="Gaussian"),
        Range("location", "location μ", -2, 8, step=0.05, value=3.0),
        Range("far", "the last point", -2, 8, step=0.1, value=2.5),
        Button("best", "Go to the best μ"),
    )
    slow = ("noise", "far")
    handles = (Handle("top", at=("far", -0.2), x="far"), Handle("panels", x="location"))
    grid = np.linspace(-2, 8, 401)

    def draw(self, figure):
        moving = super().draw(figure)
        self.top, middle, bottom = self.panels
        self.top.set(xlim=(-2, 8), ylim=(-0.4, 1.4))
        self.top.set_title("Likelihood, and below it the points: drag the last one, or the line")
        self.peak_label = plots.side_labels(self.top, [1], "8.8e−88")
        self.top.axhline(0, color=theme.FAINT, linewidth=0.8)
        self.top.plot(experiment.POINTS[:4], np.full(4, -0.2), **theme.dots("data", markersize=8))
        middle.set(ylim=(-42, 0), yticks=[0, -20, -40], title="Log-likelihood")
        bottom.set(ylim=(0, 1.05), xlabel="location μ, and the points' y")
        self.loss_name = bottom.set_title("Loss")
        self.loss_labels = plots.side_labels(bottom, [0, 0.5, 1], "88")
        self.far = self.top.plot([], [], **theme.dots("outlier", markersize=10, clip_on=False))[0]
        return [*moving, self.far]

    def prepare(self, noise, far):
        return experiment.NoisyPoints(_role_of(noise), [*experiment.POINTS[:4], far])

    def draw_slow(self, prepared, noise, far):
        role, best = prepared.noise, prepared.best
        moved = self._draw_curves(self._heights(prepared, self.grid), best)
        for curve in self.curves:
            curve.set(**theme.line(role))
        self.best_name.set(x=best + 0.1, text=f"best μ = {minus(best, 2)}: {BEST[role]}")
        self.peak_label[0].set_text(short(prepared.peak, 2))
        self.loss_name.set_text(f"Loss: {LOSSES[role]}")
        for label, part in zip(self.loss_labels, (0, 0.5, 1), strict=True):
            label.set_text(f"{part * CEILINGS[role]:g}")
        return [*self.peak_label, self.loss_name, *self.loss_labels, *moved]

    def update(self, prepared, noise, location, far):
        self._stand_at(location, self._heights(prepared, location))
        self.far.set_data([far], [-0.2])
        log, loss = prepared.at(location)
        return (
            f"{noise} noise, last point {minus(far, 1)}, μ = {minus(location, 2)}: likelihood {short(np.exp(log))}   "
            f"log-likelihood {minus(log, 2)}   {LOSSES[prepared.noise]} {loss:.3f}   "
            f"best μ = {minus(prepared.best, 2)}"
        )

    def press(self, name, values, prepared):
        return {"location": prepared.best}

    @staticmethod
    def _heights(points, location):
        """Return the heights of the three curves: the first relative to its peak, the last relative to its panel."""
        log, loss = points.at(location)
        return np.exp(log) / points.peak, log, loss / CEILINGS[points.noise]


class NoiseRoundTrip(Scene):
    """Choose a noise, draw from it again and again, and see which loss comes closest to the truth.

    Examples
    --------
    >>> noise_round_trip(noise="Gaussian", n=30).readout.startswith("draw 1: 30 points, Gaussian noise: MSE")
    True
    """

    title = "A noise, and the three losses that try to see through it"
    size = (10, 4.8)
    controls = (
        Choice("noise", "the noise", tuple(NAMES.values()), value="Laplace"),
        Steps("n", "points N", SIZES, value=100),
        Range("draw", "draw number", 1, DRAWS, step=1, value=1),
    )
    slow = ("noise", "n")
    handles = (Handle("right", move="take_draw"),)
    grid = np.linspace(-6, 6, 241)

    def draw(self, figure):
        for noise in ROLES:  # before the first drag, so that an update does not wait for it
            for n in SIZES:
                experiment.estimates(noise, n)
        self.left, self.right = figure.subplots(1, 2, width_ratios=[1, 1.5])
        self.left.set(xlim=(-6, 6), ylim=(-0.25, 0.53), xlabel="y; the true location is 0", ylabel="density")
        self.left.set(xticks=[-6, -3, 0, 3, 6], yticks=[0, 0.25, 0.5], title="One draw from the noise")
        self.left.axhline(0, color=theme.FAINT, linewidth=0.8)
        self.shape = self.left.plot([], [], color=theme.INK, linestyle="-")[0]
        self.sample = self.left.plot([], [], **theme.dots("data", markersize=4, alpha=0.7))[0]
        self.marks = [self.left.plot([], [], **theme.line(role, linewidth=1.6))[0] for role in ROLES]
        self.right.set(ylim=(-0.55, 2.75), yticks=(2, 1, 0), yticklabels=["MSE", "MAE", "Student-t\nNLL"])
        self.right.set(
            xlabel="the loss's best constant; 0 would be right", title=f"{DRAWS} draws: whose typical error is least?"
        )
        self.right.axvline(0, color=theme.INK, linewidth=0.8)
        self.right.set_xticks([-0.5, 0, 0.5], ["", "0", ""])
        below = self.right.get_xaxis_transform()
        self.ends = [self.right.text(x, -0.02, "", transform=below, ha="center", va="top") for x in (-0.5, 0.5)]
        self.strips = [plots.strip(self.right, [], 0, role) for role in ROLES]
        self.bars = [self.right.plot([], [], color=theme.INK, linewidth=4, solid_capstyle="butt")[0] for _ in ROLES]
        self.words = [self.right.text(0, 0, "", ha="left", va="center") for _ in ROLES]
        self.picked = [
            self.right.plot([], [], **theme.dots(role, markersize=11, markeredgecolor=theme.PAPER))[0] for role in ROLES
        ]
        self.right.set_xlim(-1, 1)
        return [self.sample, *self.marks, *self.picked]

    def prepare(self, noise, n):
        return experiment.round_trip(_role_of(noise), n)

    def draw_slow(self, prepared, noise, n):
        reach = self.reach(n)
        for end, sign in zip(self.ends, (-1, 1), strict=True):
            end.set_text(minus(sign * reach / 2, 2))
        self.shape.set_data(self.grid, experiment.density(prepared.noise, self.grid))
        least = int(prepared.errors.argmin())
        for row, (strip, bar, word) in enumerate(zip(self.strips, self.bars, self.words, strict=True)):
            strip.set_data(prepared.estimates[row] / reach, 2 - row + plots.scatter(DRAWS))
            error = prepared.errors[row]
            bar.set_data([-error / reach, error / reach], [2.4 - row] * 2)
            word.set(x=error / reach + 0.03, y=2.4 - row, weight="bold" if row == least else "normal")
            word.set_text(f"±{error:.4f}" + (" ★ least" if row == least else ""))
        return [*self.ends, self.shape, *self.strips, *self.bars, *self.words]

    def update(self, prepared, noise, n, draw):
        reach, number = self.reach(n), int(draw) - 1
        y, mine = prepared.draws[number], prepared.estimates[:, number]
        self.sample.set_data(y, -0.13 + plots.scatter(n, 0.2))
        for row, (mark, dot) in enumerate(zip(self.marks, self.picked, strict=True)):
            mark.set_data([mine[row]] * 2, [-0.25, -0.01])
            dot.set_data([mine[row] / reach], [2 - row])
        outside = int(np.sum(np.abs(y) > 6))
        names = list(LOSSES.values())
        told = ", ".join(f"{name} {minus(value, 3)}" for name, value in zip(names, mine, strict=True))
        errors = ", ".join(f"{value:.4f}" for value in prepared.errors)
        beyond = f" ({outside} beyond the picture)" if outside else ""
        return (
            f"draw {number + 1}: {n} points{beyond}, {noise} noise: {told}   typical errors: {errors}   "
            f"least: {names[prepared.errors.argmin()]}"
        )

    def take_draw(self, drag):
        """Take one of a strip's dots: the draw whose estimate lies nearest to the hand."""
        row = int(np.clip(2 - round(drag.start[1]), 0, 2))
        way = drag.prepared.estimates[row] - drag.now[0] * self.reach(drag.values["n"])
        return {"draw": int(np.abs(way).argmin()) + 1}

    @staticmethod
    def reach(n):
        """Return half the width of the panel: at this zoom all sizes look alike, and only the axis changes."""
        return 6 / n**0.5


coin_likelihood = explorer(CoinLikelihood)
gaussian_fit = explorer(GaussianFit)
noise_round_trip = explorer(NoiseRoundTrip)
noise_sweep = explorer(NoiseSweep)
