"""The explorers of lesson 06: a coin in three aligned panels, a Gaussian among points, a noise that picks a loss."""

import functools
import types

import numpy as np

from .. import likelihood, losses, models, theme
from ..live import GRIP, Button, Choice, Drag, LiveFigure, Range, Scene, Steps
from ..plots import maximum_likelihood as plots
from ..plots.numbers import minus, plain, short

# ---------------------------------------------------------------------- the coin


class CoinLikelihood(Scene):
    """A coin's θ, swept: three views of one thing, one above the other, with one best place."""

    title = "A coin: likelihood, log-likelihood and loss over θ, one above the other"
    size = (10, 5.6)
    controls = (
        Range("theta", "probability θ", 0.01, 0.99, step=0.01, value=0.5),
        Range("heads", "heads", 0, 10, step=1, value=7),
        Range("tails", "tails", 0, 10, step=1, value=3),
        Steps("times", "so many times over", (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000), value=1, unit="×"),
        Button("best", "Go to the best θ"),
    )
    grid = np.linspace(0.002, 0.998, 499)

    def draw(self, figure):
        self.panels = figure.subplots(3, 1, sharex=True)
        top, middle, bottom = self.panels
        top.set(ylim=(-0.06, 1.4), title="Likelihood: the product of the probabilities of all tosses")
        self.peak_label = plots.side_labels(top, [0, 1], "8.8e−888")
        middle.set(ylim=(-1.6, 0.1), title="Log-likelihood: the sum of their logarithms")
        self.log_labels = plots.side_labels(middle, [0, -0.5, -1, -1.5], "−88 888")
        bottom.set(ylim=(-0.1, 1.6), title="BCE: minus the log-likelihood, divided by the number of tosses")
        bottom.set(xlim=(0, 1), xlabel="θ, the probability of heads", yticks=[0, 0.5, 1, 1.5])
        self.curves = [
            ax.plot([], [], **theme.line(role))[0]
            for ax, role in zip(self.panels, ("likelihood", "likelihood", "logistic"), strict=True)
        ]
        self.best = [ax.axvline(0, **theme.line("best", linewidth=1.2)) for ax in self.panels]
        self.best_name = top.text(0, 1.24, "", va="center", bbox=theme.ON_PAPER)
        self.lost = top.text(0.5, 0.5, "exactly 0 for every θ: too small for a float64", ha="center", va="center")
        self.lost.set_bbox(dict(facecolor=theme.PAPER, edgecolor="none"))
        self.here = [ax.axvline(0, color=theme.STYLES["model"]["color"], lw=1) for ax in self.panels]
        self.dots = [ax.plot([], [], **theme.dots("model", markersize=9))[0] for ax in self.panels]
        return [*self.here, *self.dots, self.best_name, self.lost]

    def update_slow(self, heads, tails, times):
        self.heads, self.tails = int(heads) * times, int(tails) * times
        self.n = self.heads + self.tails
        self.peak = likelihood_of(self.best_theta, self.heads, self.tails)
        for curve, values in zip(self.curves, self.heights(self.grid), strict=True):
            curve.set_data(self.grid, values)
        for line in self.best:
            line.set_xdata([self.best_theta, self.best_theta])
            line.set_visible(self.n > 0)
        left = self.best_theta > 0.5  # on a projector a thousand tosses need half of the panel
        self.best_name.set(
            x=self.best_theta + (-0.01 if left else 0.01), ha="right" if left else "left", visible=self.n > 0
        )
        self.best_name.set_text(f"best θ = {plain(self.heads)} / {plain(self.n)} = {self.best_theta:.2f}")
        self.lost.set_visible(self.peak == 0)
        for label, height in zip(self.peak_label, (0, self.peak), strict=True):
            label.set(text=short(height, 2), visible=height > 0 or label is self.peak_label[0])
        for label, height in zip(self.log_labels, (0, -0.5, -1, -1.5), strict=True):
            label.set(text=plain(self.n * height), visible=self.n > 0 or height == 0)
        return [*self.peak_label, *self.log_labels, *self.best, *self.curves]

    @property
    def best_theta(self) -> float:
        return self.heads / self.n if self.n else 0.5

    def heights(self, theta):
        """Return the heights of the three curves: the first as part of its peak, the second for one toss."""
        a_toss = log_likelihood_of(theta, self.heads, self.tails) / max(self.n, 1)
        product = likelihood_of(theta, self.heads, self.tails)
        return product / self.peak if self.peak else product, a_toss, -a_toss

    def update(self, theta, heads, tails, times):
        for line, dot, height in zip(self.here, self.dots, self.heights(theta), strict=True):
            line.set_xdata([theta, theta])
            dot.set_data([theta], [height])
        if self.n == 0:
            return f"θ = {theta:.2f}: no toss, so every θ is as likely as any other"
        product = likelihood_of(theta, self.heads, self.tails)
        log = log_likelihood_of(theta, self.heads, self.tails)
        return (
            f"{_count(self.heads, 'head')}, {_count(self.tails, 'tail')}, θ = {theta:.2f}: "
            f"likelihood {short(product)}   log-likelihood {minus(log, 2)}   BCE {-log / self.n:.4f}   "
            f"best θ = {self.best_theta:.2f}" + (", though the likelihood is 0 even there" if self.peak == 0 else "")
        )

    def press(self, name, values):
        n = values["heads"] + values["tails"]
        return {"theta": values["heads"] / n if n else 0.5}

    def draggable(self):
        return self.panels

    def drag(self, drag: Drag):
        return {"theta": drag.now[0]}


def likelihood_of(theta, heads: int, tails: int):
    """Return θ^heads (1 − θ)^tails as float64 holds it: 0 where it is too small."""
    with np.errstate(under="ignore"):
        return np.power(theta, float(heads)) * np.power(1.0 - theta, float(tails))


def log_likelihood_of(theta, heads: int, tails: int):
    """Return heads · log θ + tails · log (1 − θ)."""
    return heads * np.log(theta) + tails * np.log1p(-theta)


def _count(n: int, what: str) -> str:
    return f"{plain(n)} {what}{'' if n == 1 else 's'}"


def coin_likelihood(**start) -> LiveFigure:
    """Sweep a coin's θ, and watch likelihood, log-likelihood and loss agree on the best.

    Parameters
    ----------
    **start
        Where to begin: `theta`, `heads`, `tails`, `times`.

    Raises
    ------
    ValueError
        If a name is unknown or a value is not allowed.

    Examples
    --------
    >>> coin_likelihood(theta=0.5, heads=1, tails=1).readout
    '1 head, 1 tail, θ = 0.50: likelihood 0.25   log-likelihood −1.39   BCE 0.6931   best θ = 0.50'
    """
    return LiveFigure(CoinLikelihood(), **start)


# ---------------------------------------------------------------------- the Gaussian


class GaussianFit(Scene):
    """A Gaussian among five points: its density, minus the logarithm of it, and its place among all Gaussians."""

    title = "A Gaussian among five points: how dense it lies there, and what that costs"
    size = (10, 4.8)
    controls = (
        Range("mu", "mean μ", -4, 4, step=0.05, value=-1.0),
        Range("sigma", "spread σ", 0.4, 3, step=0.05, value=0.8),
        *(
            Range(f"y{i}", f"point {i}", -4, 4, step=0.1, value=value)
            for i, value in enumerate((-0.6, 0.3, 0.8, 1.5, 2.5), 1)
        ),
        Button("best", "Go to the best μ and σ"),
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
        self.handles = self.top.plot([], [], **theme.dots("model", markersize=9, markeredgecolor=theme.PAPER))[0]
        self.numbers = [self.bottom.text(0, 0, "", ha="center", va="bottom") for _ in range(5)]
        self.here = self.right.plot([], [], **theme.dots("model", markersize=11, markeredgecolor=theme.PAPER))[0]
        return [self.bell, self.cost, self.sticks, self.costs, self.points, self.handles, *self.numbers, self.here]

    def update_slow(self, y1, y2, y3, y4, y5):
        self.y = np.array([y1, y2, y3, y4, y5])
        self.best = self.best_for(self.y)
        self.lowest = likelihood.gaussian_nll(np.full(5, self.best[0]), self.y, self.best[1])
        self.landscape.set_verts(plots.nll_regions(self.best[0], float(self.y.std()), self.lowest, self.largest_sigma))
        self.mean_line.set_xdata([self.best[0]] * 2)
        self.star.set_data([self.best[0]], [self.best[1]])
        self.star_name.xy = self.best
        left, below = self.best[0] > 3, self.best[1] > 2.7  # where the word would leave the panel
        self.star_name.set(position=(-9 if left else 9, -5 if below else 5), ha="right" if left else "left")
        self.star_name.set_va("top" if below else "baseline")
        return [self.landscape, self.mean_line, self.star, self.star_name]

    def best_for(self, y) -> tuple[float, float]:
        """The mean, and the spread about it, as far as the slider goes."""
        return float(y.mean()), float(np.clip(y.std(), self.least_sigma, self.largest_sigma))

    def update(self, mu, sigma, **_):
        heights = plots.density("gaussian", self.y, mu, sigma)
        each = likelihood.gaussian_nll.per_example(np.full(5, mu), self.y, sigma)
        bell = plots.density("gaussian", self.grid, mu, sigma)
        self.bell.set_data(self.grid, bell)
        self.cost.set_data(self.grid, -np.log(np.maximum(bell, 1e-300)))
        self.sticks.set_segments(plots.stick_ends(self.y, heights))
        self.costs.set_segments(plots.stick_ends(self.y, each))
        self.points.set_data(self.y, np.zeros(5))
        flank = plots.density("gaussian", [mu, mu + sigma], mu, sigma)
        self.handles.set_data([mu, mu + sigma], flank)
        self._write_costs(mu, sigma, each)
        self.here.set_data([mu], [sigma])
        total, squares = float(each.sum()), losses.mse(np.full(5, mu), self.y)
        costs = " + ".join(map(minus, each))
        mean, spread = self.best
        return (
            f"μ = {minus(mu, 2)}, σ = {sigma:.2f}:   costs {costs} = {minus(total)}   "
            f"NLL {total / 5:.3f}   MSE {squares:.3f}   best μ {minus(mean, 2)}, σ {spread:.2f}: NLL {self.lowest:.3f}"
        )

    def _write_costs(self, mu, sigma, costs):
        """Write what each point costs at the tip of its stick, and no number over another."""
        written = []
        for i in np.argsort(self.y, kind="stable"):
            y, height, text = self.y[i], min(costs[i] + 0.1, 7.1), f"{costs[i]:.1f}"
            # where the parabola is flat over the tip; where it is steep on its open side
            aside = float(np.clip((mu - y) / sigma**2, -1, 1))
            if costs[i] > 7.1:  # the tip is out of sight: outside, if there is room
                aside = float(np.sign(y - mu) if abs(y) < 3.4 else -np.sign(y))
            x, step = y + 0.34 * aside, 0.25 if height < 4 else -0.25
            # on a projector a digit is 0.2 wide, and a line 1 high
            while any(abs(x - x0) < 0.1 * len(text + text0) and abs(height - h0) < 0.99 for x0, h0, text0 in written):
                height += step
            written.append((x, height, text))
            self.numbers[i].set(x=x, y=height, text=text)

    def press(self, name, values):
        mu, sigma = self.best_for(np.array([values[f"y{i}"] for i in range(1, 6)]))
        return {"mu": mu, "sigma": sigma}

    def draggable(self):
        return [self.top, self.bottom, self.right]

    def drag(self, drag: Drag):
        mu, sigma = drag.values["mu"], drag.values["sigma"]
        if drag.axes is self.right:
            return {"mu": drag.now[0], "sigma": drag.now[1]}
        near = min(range(1, 6), key=lambda i: abs(drag.values[f"y{i}"] - drag.start[0]))
        y = drag.values[f"y{near}"]
        if drag.axes is self.bottom:
            return {f"y{near}": drag.now[0]} if drag.reach(y, drag.start[1]) < GRIP else {}
        if drag.reach(y, 0) < GRIP:
            return {f"y{near}": drag.now[0]}
        top, flank = plots.density("gaussian", [mu, mu + sigma], mu, sigma)
        if drag.reach(mu + sigma, flank) < min(GRIP, drag.reach(mu, top)):
            return {"sigma": drag.now[0] - mu}
        return {"mu": mu + drag.now[0] - drag.start[0]}


def gaussian_fit(**start) -> LiveFigure:
    """Lay a Gaussian among points, and see what each point costs.

    Parameters
    ----------
    **start
        Where to begin: `mu`, `sigma`, and the points `y1` to `y5`.

    Raises
    ------
    ValueError
        If a name is unknown or a value is not allowed.

    Examples
    --------
    >>> gaussian_fit(mu=0, sigma=1, y1=0, y2=0, y3=0, y4=0, y5=0).readout.partition("   best")[0]
    'μ = 0.00, σ = 1.00:   costs 0.92 + 0.92 + 0.92 + 0.92 + 0.92 = 4.59   NLL 0.919   MSE 0.000'
    """
    return LiveFigure(GaussianFit(), **start)


# ---------------------------------------------------------------------- the noise that picks a loss

ROLES = tuple(plots.NAMES)
SIZES = (10, 30, 100, 300)
DRAWS = 300


@functools.cache
def draws(noise: str) -> np.ndarray:
    """Draw the noise: a row for each draw. Fewer points are the first of the many."""
    return getattr(likelihood, f"{noise}_sample")(np.zeros((DRAWS, SIZES[-1])), rng=6)


@functools.cache
def estimates(noise: str, n: int) -> np.ndarray:
    """Return the best constant of each draw under MSE, MAE and Student-t NLL, shape (3, draws)."""
    y = draws(noise)[:, :n]
    return np.array([y.mean(axis=1), np.median(y, axis=1), models.best_student_t_constant(y)])


class NoiseSweep(Scene):
    """Five points and a location that is swept: three views of one thing, for a noise of the reader's choice."""

    title = "Five points, a noise about a location: likelihood, log-likelihood and loss, one above the other"
    size = (10, 5.6)
    controls = (
        Choice("noise", "the noise", tuple(plots.NAMES.values()), value="Gaussian"),
        Range("location", "location μ", -2, 8, step=0.05, value=3.0),
        Range("far", "the last point", -2, 8, step=0.1, value=2.5),
        Button("best", "Go to the best μ"),
    )
    others = np.array([-0.6, 0.3, 0.8, 1.5])
    grid = np.linspace(-2, 8, 401)
    ceilings = types.MappingProxyType({"gaussian": 16, "laplace": 4, "student_t": 4})  # of the panel of the loss

    def draw(self, figure):
        self.panels = figure.subplots(3, 1, sharex=True)
        top, middle, bottom = self.panels
        top.set(
            xlim=(-2, 8), ylim=(-0.4, 1.4), title="Likelihood, and below it the points: drag the last one, or the line"
        )
        self.peak_label = plots.side_labels(top, [1], "8.8e−88")
        top.axhline(0, color=theme.FAINT, linewidth=0.8)
        top.plot(self.others, np.full(4, -0.2), **theme.dots("data", markersize=8))
        middle.set(ylim=(-42, 0), yticks=[0, -20, -40], title="Log-likelihood")
        bottom.set(ylim=(0, 1.05), xlabel="location μ, and the points' y")
        self.loss_name = bottom.set_title("Loss")
        self.loss_labels = plots.side_labels(bottom, [0, 0.5, 1], "88")
        self.curves = [ax.plot([], [], color=theme.INK)[0] for ax in self.panels]
        self.best = [ax.axvline(0, **theme.line("best", linewidth=1.2)) for ax in self.panels]
        self.best_name = top.text(0, 1.24, "", va="center", bbox=theme.ON_PAPER)
        self.far = top.plot([], [], **theme.dots("outlier", markersize=10, clip_on=False))[0]
        self.here = [ax.axvline(0, color=theme.STYLES["model"]["color"], lw=1) for ax in self.panels]
        self.dots = [ax.plot([], [], **theme.dots("model", markersize=9))[0] for ax in self.panels]
        return [*self.here, *self.dots, self.best_name, self.far]

    def update_slow(self, noise, far):
        self.role = role_of(noise)
        self.y = np.append(self.others, far)
        self.best_location = best_location(self.role, self.y)
        self.peak = np.exp(self.values_at(self.best_location)[0])
        for curve, values in zip(self.curves, self.heights(self.grid), strict=True):
            curve.set_data(self.grid, values)
            curve.set(**theme.line(self.role))
        for line in self.best:
            line.set_xdata([self.best_location] * 2)
        words = {"gaussian": "the mean", "laplace": "the median", "student_t": "where most points lie"}[self.role]
        self.best_name.set(x=self.best_location + 0.1, text=f"best μ = {minus(self.best_location, 2)}: {words}")
        self.peak_label[0].set_text(short(self.peak, 2))
        self.loss_name.set_text(f"Loss: {plots.LOSSES[self.role]}")
        for label, part in zip(self.loss_labels, (0, 0.5, 1), strict=True):
            label.set_text(f"{part * self.ceilings[self.role]:g}")
        return [*self.peak_label, self.loss_name, *self.loss_labels, *self.best, *self.curves]

    def values_at(self, location):
        """Return log-likelihood and loss at each location."""
        location = np.asarray(location, float)[..., None] + np.zeros(5)
        y = np.broadcast_to(self.y, location.shape)
        nll = getattr(likelihood, f"{self.role}_nll").per_example(location, y)
        loss = {"gaussian": losses.mse.per_example, "laplace": losses.mae.per_example}.get(self.role)
        return -nll.sum(axis=-1), (nll if loss is None else loss(location, y)).mean(axis=-1)

    def heights(self, location):
        """Return the heights of the three curves: the first as part of its peak, the last as part of its panel."""
        log, loss = self.values_at(location)
        return np.exp(log) / self.peak, log, loss / self.ceilings[self.role]

    def update(self, noise, location, far):
        for line, dot, height in zip(self.here, self.dots, self.heights(location), strict=True):
            line.set_xdata([location, location])
            dot.set_data([location], [height])
        self.far.set_data([far], [-0.2])
        log, loss = self.values_at(location)
        return (
            f"{noise} noise, last point {minus(far, 1)}, μ = {minus(location, 2)}: likelihood {short(np.exp(log))}   "
            f"log-likelihood {minus(log, 2)}   {plots.LOSSES[self.role]} {loss:.3f}   "
            f"best μ = {minus(self.best_location, 2)}"
        )

    def press(self, name, values):
        return {"location": best_location(role_of(values["noise"]), np.append(self.others, values["far"]))}

    def draggable(self):
        return self.panels

    def drag(self, drag: Drag):
        if drag.axes is self.panels[0] and drag.reach(drag.values["far"], -0.2) < GRIP:
            return {"far": drag.now[0]}
        return {"location": drag.now[0]}


def role_of(noise: str) -> str:
    """Return the role, in `theme` and `likelihood`, of a noise that the reader has chosen by its name."""
    return next(role for role, name in plots.NAMES.items() if name == noise)


def best_location(role: str, y) -> float:
    """Return the location of maximum likelihood of a noise for the values y."""
    return float({"gaussian": np.mean, "laplace": np.median, "student_t": models.best_student_t_constant}[role](y))


def noise_sweep(**start) -> LiveFigure:
    """Sweep the location of a noise over five points; choose the noise, and drag the last point.

    Parameters
    ----------
    **start
        Where to begin: `noise`, `location`, `far`.

    Raises
    ------
    ValueError
        If a name is unknown or a value is not allowed.

    Examples
    --------
    >>> noise_sweep(noise="Laplace", far=8).readout.partition("   best ")[2]
    'μ = 0.80'
    """
    return LiveFigure(NoiseSweep(), **start)


class NoiseRoundTrip(Scene):
    """Draw from a noise, estimate with each loss, many times over: which loss comes closest?"""

    title = "A noise, and the three losses that try to see through it"
    size = (10, 4.8)
    controls = (
        Choice("noise", "the noise", tuple(plots.NAMES.values()), value="Laplace"),
        Steps("n", "points N", SIZES, value=100),
        Range("draw", "draw number", 1, DRAWS, step=1, value=1),
    )
    grid = np.linspace(-6, 6, 241)

    def draw(self, figure):
        for noise in ROLES:  # ahead of the hand: no update waits for it
            for n in SIZES:
                estimates(noise, n)
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

    def update_slow(self, noise, n):
        self.role = role_of(noise)
        self.estimates = estimates(self.role, n)
        self.errors = np.sqrt(np.mean(self.estimates**2, axis=1))
        self.reach = 6 / n**0.5  # at this zoom all sizes look alike: what shrinks are the numbers on the axis
        for end, sign in zip(self.ends, (-1, 1), strict=True):
            end.set_text(minus(sign * self.reach / 2, 2))
        self.shape.set_data(self.grid, plots.density(self.role, self.grid))
        least = int(self.errors.argmin())
        for row, (strip, bar, word) in enumerate(zip(self.strips, self.bars, self.words, strict=True)):
            strip.set_data(self.estimates[row] / self.reach, 2 - row + plots.scatter(DRAWS))
            error = self.errors[row]
            bar.set_data([-error / self.reach, error / self.reach], [2.4 - row] * 2)
            word.set(x=error / self.reach + 0.03, y=2.4 - row, weight="bold" if row == least else "normal")
            word.set_text(f"±{error:.4f}" + (" ★ least" if row == least else ""))
        return [*self.ends, self.shape, *self.strips, *self.bars, *self.words]

    def update(self, noise, n, draw):
        number = int(draw) - 1
        y = draws(self.role)[number, :n]
        self.sample.set_data(y, -0.13 + plots.scatter(n, 0.2))
        mine = self.estimates[:, number]
        for row, (mark, dot) in enumerate(zip(self.marks, self.picked, strict=True)):
            mark.set_data([mine[row]] * 2, [-0.25, -0.01])
            dot.set_data([mine[row] / self.reach], [2 - row])
        outside = int(np.sum(np.abs(y) > 6))
        names = list(plots.LOSSES.values())
        mine = ", ".join(f"{name} {minus(value, 3)}" for name, value in zip(names, mine, strict=True))
        errors = ", ".join(f"{value:.4f}" for value in self.errors)
        beyond = f" ({outside} beyond the picture)" if outside else ""
        return (
            f"draw {number + 1}: {n} points{beyond}, {noise} noise: {mine}   typical errors: {errors}   "
            f"least: {names[self.errors.argmin()]}"
        )

    def draggable(self):
        return [self.right]

    def drag(self, drag: Drag):
        """Take hold of a strip's dots: the draw whose estimate lies nearest to the hand."""
        role = role_of(drag.values["noise"])
        n = drag.values["n"]
        row = int(np.clip(2 - round(drag.start[1]), 0, 2))
        found = np.abs(estimates(role, n)[row] - drag.now[0] * 6 / n**0.5).argmin()
        return {"draw": int(found) + 1}


def noise_round_trip(**start) -> LiveFigure:
    """Choose a noise, draw from it again and again, and see which loss comes closest to the truth.

    Parameters
    ----------
    **start
        Where to begin: `noise`, `n`, `draw`.

    Raises
    ------
    ValueError
        If a name is unknown or a value is not allowed.

    Examples
    --------
    >>> noise_round_trip(noise="Gaussian", n=30).readout.startswith("draw 1: 30 points, Gaussian noise: MSE")
    True
    """
    return LiveFigure(NoiseRoundTrip(), **start)
