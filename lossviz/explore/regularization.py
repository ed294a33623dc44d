"""The explorers of lesson 10: degree and λ, ball and diamond, the path of the weights over λ, a prior on one weight."""

import numpy as np
from matplotlib.collections import LineCollection

from .. import theme
from ..experiments import regularization as experiment
from ..live import GRIP, Button, Check, Choice, Handle, Range, Scene, Steps, explorer
from ..plots import regularization as plots
from ..plots.numbers import minus, short


def _rough(value: float, digits: int = 3) -> str:
    """Write a size to so many digits, and a huge size in words: the data hardly determine it, so rounding decides."""
    if value >= 1e6:
        return "over a million"
    return f"{value:.{digits}g}" if value < 1000 else minus(value, 0)


# ---------------------------------------------------------------------- degree and λ


class Overfitting(Scene):
    """Move degree and λ of a polynomial, and compare its loss on both parts of the data.

    The right panels show the losses over all other degrees and all other λ.

    Examples
    --------
    >>> overfitting(degree=3).readout.partition("   largest")[0]
    'degree 3, λ = 0, 15 points: train MSE 0.0241   validation MSE 0.02829'
    """

    title = "A polynomial through points, and its loss on points it has not seen"
    size = (10, 4.8)
    controls = (
        Range("degree", "degree", experiment.DEGREES[0], experiment.DEGREES[-1], step=1, value=12),
        Steps("penalty", "penalty λ", experiment.PENALTIES, value=0),
        Steps("n", "points to learn from", experiment.SIZES, value=15),
        Range("lift", "lift of the red point", -1.5, 1.5, step=0.05, value=0),
        Range("draw", "draw number", 1, 20, step=1, value=1),
        Button("best", "Go to the least validation loss"),
    )
    slow = ("draw", "n", "lift")
    handles = (
        Handle("left", at="red_point", y="lift"),
        Handle("top", x="degree"),
        Handle("bottom", move="choose_penalty"),
    )
    grid = np.linspace(-1, 1, 241)
    columns = experiment.powers(grid, experiment.DEGREES[-1])
    places = plots.penalty_places(experiment.PENALTIES, beside=1.0)
    low, high = 1e-3, 30.0  # of the axes of the losses

    def draw(self, figure):
        panels = figure.subplot_mosaic([["left", "top"], ["left", "bottom"]], width_ratios=[1.15, 1])
        self.left, self.top, self.bottom = (panels[name] for name in ("left", "top", "bottom"))
        self.left.set(xlim=(-1.05, 1.05), ylim=(-2.3, 2.3), title="Drag the red point up and down")
        truth = plots.true_curve(self.left)
        self.train, self.validation = plots.two_parts(self.left, [], [], [], [])
        self.curve = plots.fit(self.left, [], [])
        self.point = plots.dot(self.left, "outlier", 10)
        self.top.set(xlim=(0.5, 14.5), xticks=range(2, 15, 2), title="Loss over the degree, at this λ", xlabel="degree")
        self.bottom.set(xlim=(-1.8, self.places[-1] + 0.6), xlabel="penalty λ", title="Loss over λ, at this degree")
        powers_of_ten = range(1, len(self.places), 4)
        names = [f"$10^{{{np.log10(experiment.PENALTIES[i]):.0f}}}$" for i in powers_of_ten]
        self.bottom.set_xticks(self.places[[0, *powers_of_ten]], ["0", *names])
        right = self.top, self.bottom
        self.losses = [
            plots.both_losses(ax, places, *np.full((2, len(places)), np.nan))
            for ax, places in zip(right, (experiment.DEGREES, self.places), strict=True)
        ]
        self.stars = [plots.dot(ax, "best", 13) for ax in right]
        self.here = plots.here(right)
        self.dots = [[plots.dot(ax, role, 11, clip_on=False) for role in ("train", "validation")] for ax in right]
        curves, dots = ([line for pair in pairs for line in pair] for pairs in (self.losses, self.dots))
        for line in curves:
            line.set_markersize(4)
        for ax in right:
            ax.set_ylim(self.low, self.high)
        self.stars[0].set_label("least validation loss")
        shown = self.train, self.validation, self.curve, truth, self.stars[0]
        figure.legend(handles=shown, loc="outside lower center", ncols=len(shown))
        return [self.curve, self.point, *curves, *self.here, *dots, *self.stars]

    def prepare(self, draw, n, lift):
        return experiment.sweep(int(draw), n, lift)

    def draw_slow(self, prepared, draw, n, lift):
        x, y, x_held, y_held = prepared.split
        self.train.set_data(np.delete(x, prepared.lifted), np.delete(y, prepared.lifted))
        self.validation.set_data(x_held, y_held)
        self.point.set_data([x[prepared.lifted]], [y[prepared.lifted]])
        return [self.train, self.validation]

    def update(self, prepared, degree, penalty, n, lift, draw):
        row, column = int(degree) - 1, experiment.PENALTIES.index(penalty)
        weights, c = prepared.fits[row]
        w = weights[column]
        self.curve.set_data(self.grid, np.clip(self.columns[:, : len(w)] @ w + c[column], -9, 9))
        both = prepared.train, prepared.validation
        self._show_cut(0, experiment.DEGREES, row, [loss[:, column] for loss in both])
        self._show_cut(1, self.places, column, [loss[row] for loss in both])
        best_degree, best_penalty = prepared.best
        return (
            f"degree {row + 1}, λ = {short(penalty)}, {n} points: train MSE {prepared.train[row, column]:.4f}   "
            f"validation MSE {_rough(prepared.validation[row, column], 4)}   "
            f"largest weight {_rough(np.abs(w).max())}\n"
            f"least validation MSE: {prepared.validation.min():.4g}, at degree {best_degree}, λ = {short(best_penalty)}"
        )

    def _show_cut(self, panel, axis, place, losses):
        """Draw both losses along one axis, mark the present place, and put a star at the least validation loss."""
        self.here[panel].set_xdata([axis[place]] * 2)
        for line, dot, loss in zip(self.losses[panel], self.dots[panel], losses, strict=True):
            line.set_ydata(np.maximum(loss, plots.FLOOR))
            dot.set_data([axis[place]], [np.clip(loss[place], self.low, self.high)])
        _, validation = losses
        least = validation.argmin()
        self.stars[panel].set_data([axis[least]], [np.clip(validation[least], self.low, self.high)])

    def press(self, name, values, prepared):
        return dict(zip(("degree", "penalty"), prepared.best, strict=True))

    def red_point(self, drag):
        split, lifted = drag.prepared.split, drag.prepared.lifted
        return split.x[lifted], split.y[lifted]

    def choose_penalty(self, drag):
        return {"penalty": experiment.PENALTIES[np.abs(self.places - drag.now[0]).argmin()]}


# ---------------------------------------------------------------------- ball and diamond


class BallAndDiamond(Scene):
    """Drag the best weights of a data loss, and see where ball and diamond let them go.

    One data loss, two sets of allowed weights: each touches the lowest contour that it can reach.

    Examples
    --------
    >>> ball_and_diamond(b1=2, b2=0.5, size=1).readout.splitlines()[2]
    'diamond: w = (1.00, 0.00), w₂ is exactly 0, loss 1.250 above its least, as with λ = 2.00'
    """

    title = "Two weights, the data's best choice, and a ball or a diamond they may not leave"
    size = (10, 5.3)
    controls = (
        Range("b1", "best w₁ without a limit", -3, 3, step=0.05, value=1.6),
        Range("b2", "best w₂ without a limit", -3, 3, step=0.05, value=0.6),
        Range("size", "size t of ball and diamond", 0.2, 3, step=0.05, value=1.0),
        Range("tilt", "how alike the two columns are", -0.9, 0.9, step=0.05, value=0.0),
    )
    slow = ("size", "tilt")
    handles = (Handle("panels", at="place_on_border", move="resize"), Handle("panels", x="b1", y="b2"))
    reach = 3.2
    levels = (0.35 * np.arange(1, 10)) ** 2

    def draw(self, figure):
        self.panels = dict(zip(("l2", "l1"), figure.subplots(1, 2), strict=True))
        titles = {"l2": "L2: a zero only on the grey lines", "l1": "L1: a zero on all of the grey"}
        self.zeros, self.region, self.rings, self.touching = {}, {}, {}, {}
        self.star, self.solution, self.word = {}, {}, {}
        for role, ax in self.panels.items():
            plots.weight_plane(ax, self.reach)
            ax.set_title(titles[role])
            self.zeros[role] = plots.zero_fields(ax, role)
            self.region[role] = plots.allowed(ax, role, 1.0)
            self.rings[role] = plots.rings(ax)
            self.touching[role] = ax.plot([], [], color=theme.INK, linewidth=1.8)[0]
            self.star[role] = plots.dot(ax, "best", 14)
            self.solution[role] = plots.dot(ax, role, 11)
            self.word[role] = ax.text(0, 0, "", bbox=theme.ON_PAPER, va="center")
        moving = (self.rings, self.touching, self.star, self.solution, self.word)
        return [artists[role] for role in self.panels for artists in moving]

    def prepare(self, size, tilt):
        return experiment.loss_shape(tilt)

    def draw_slow(self, prepared, size, tilt):
        self.zeros["l1"].set_verts(experiment.corner_fields(prepared, size))
        self.zeros["l2"].set_segments(experiment.corner_rays(prepared, size))
        for role, region in self.region.items():
            region.set_verts([plots.border(role, size)])
        return [*self.zeros.values(), *self.region.values()]

    def update(self, prepared, b1, b2, size, tilt):
        best = np.array([b1, b2])
        rings = plots.ellipses(prepared, best, self.levels)
        words = []
        for role in self.panels:
            w, penalty = experiment.limited(role, prepared, best, size)
            excess = experiment.data_loss(prepared, best, w)
            self.rings[role].set_segments(rings)
            self.touching[role].set_data(*plots.ellipses(prepared, best, [excess])[0].T)
            self.star[role].set_data([b1], [b2])
            self.solution[role].set_data([w[0]], [w[1]])
            zeros = [name for name, value in zip(("w₁", "w₂"), w, strict=True) if value == 0]
            told = " and ".join(f"{name} is exactly 0" for name in zeros) or "no weight is 0"
            self._place(self.word[role], w, best, " = ".join([*zeros, "0"]) if zeros else "")
            words.append(
                f"{'ball' if role == 'l2' else 'diamond'}: w = ({minus(w[0], 2)}, {minus(w[1], 2)}), {told}, "
                f"loss {excess:.3f} above its least, as with λ = {penalty:.2f}"
            )
        return f"without a limit ({minus(b1, 2)}, {minus(b2, 2)}), t = {size:.2f}\n" + "\n".join(words)

    @staticmethod
    def _place(word, w, best, text):
        """Write beside a corner: outside it along its axis, and on the side of the axis away from the star."""
        outward, away = np.where(w >= 0, 1, -1), np.where(w >= best, 1, -1)
        on_the_side = w[1] == 0
        right, up = (outward[0], away[1]) if on_the_side else (away[0], outward[1])
        word.set(x=w[0] + 0.17 * right, y=w[1] + (0.34 if on_the_side else 0.2) * up, text=text)
        word.set(ha="left" if right > 0 else "right", visible=bool(text))

    def place_on_border(self, drag):
        """Return where the line from 0 to the hand crosses the border; nothing if the hand is at the star or at 0."""
        length = self._length(drag, drag.start)
        if length == 0 or drag.reach(drag.values["b1"], drag.values["b2"]) <= GRIP:
            return np.nan, np.nan
        return np.array(drag.start) * drag.values["size"] / length

    def resize(self, drag):
        return {"size": drag.values["size"] + self._length(drag, drag.now) - self._length(drag, drag.start)}

    def _length(self, drag, w):
        return experiment.length("l2" if drag.axes is self.panels["l2"] else "l1", w)


# ---------------------------------------------------------------------- the path over λ


class WeightPath(Scene):
    """Follow the weights of ten measurements over λ, under ridge or lasso.

    The right panel shows the rest of each weight at the present λ, the lower panel the loss on people held back.

    Examples
    --------
    >>> weight_path(fit="lasso", strength=100.0, n=220).readout.splitlines()[0]
    'lasso, λ = 100, 220 people: 1 left: bmi'
    """

    title = "Ten measurements of people with diabetes, and what a growing penalty leaves of their weights"
    size = (10, 5.8)
    controls = (
        Choice("fit", "penalty", tuple(experiment.FITS), value="lasso"),
        Steps("strength", "λ", experiment.STRENGTHS, value=10.0),
        Range(
            "n",
            "people to learn from",
            experiment.PEOPLE[0],
            experiment.PEOPLE[-1],
            step=experiment.PEOPLE.step,
            value=60,
        ),
        Check("scaled", "scale the columns to a spread of 1 first", value=True),
        Button("best", "Go to the least validation loss"),
    )
    slow = ("fit", "n", "scaled")
    handles = (Handle(("top", "bottom"), move="choose_strength"),)
    reach = 104.0  # of the axis of the weights
    places = plots.penalty_places(experiment.STRENGTHS, beside=3.0)

    def draw(self, figure):
        experiment.compute_all_paths()  # before the first drag, so that an update does not wait for it
        panels = figure.subplot_mosaic(
            [["top", "right"], ["bottom", "right"]], width_ratios=[1.6, 1], height_ratios=[1.4, 1]
        )
        self.top, self.bottom, self.right = (panels[name] for name in ("top", "bottom", "right"))
        self.top.sharex(self.bottom)
        self.top.tick_params(labelbottom=False)
        self.top.set(xlim=(-10, len(self.places)), ylim=(-self.reach, self.reach))
        self.top.set_title("Drag along λ: what becomes of the weights")
        self.bottom.set(ylim=(38, 89), xlabel="penalty λ", ylabel="RMSE", title="The loss on both parts")
        shown = [i for i, each in enumerate(experiment.STRENGTHS) if not each or np.log10(each) % 1 == 0]
        self.bottom.set_xticks(self.places[shown], [f"{experiment.STRENGTHS[i]:g}" for i in shown])
        self.ways = plots.paths(self.top, self.places, np.zeros((len(self.places), len(experiment.FEATURES))), "l1")
        self.names = [self.top.text(-5.8, 0, name, ha="right", va="center_baseline") for name in experiment.FEATURES]
        self.leaders = self.top.add_collection(LineCollection([], colors=theme.FAINT, linewidths=0.8), autolim=False)
        self.curves = [self.bottom.plot([], [], **theme.line(role, label=role))[0] for role in ("train", "validation")]
        self.star = plots.dot(self.bottom, "best", 13)
        self.bottom.legend(loc="upper left", ncols=2)
        self.bars, self.numbers = plots.weight_bars(self.right, experiment.FEATURES)
        self.right.set(xlim=(-1.6 * self.reach, 1.6 * self.reach), xlabel="weight × spread of its column")
        self.right.set_title("What is left")
        self.here = plots.here((self.top, self.bottom))
        self.dots = [plots.dot(self.bottom, role, 10) for role in ("train", "validation")]
        return [*self.here, *self.dots, *self.bars, *self.numbers]

    def prepare(self, fit, n, scaled):
        return experiment.path(fit, int(n), scaled)

    def draw_slow(self, prepared, fit, n, scaled):
        color = theme.STYLES[experiment.NORM_OF_FIT[fit]]["color"]
        self.ways.set(segments=plots.path_ends(self.places, prepared.weights), color=color)
        ends = np.clip(prepared.weights[0], -self.reach, self.reach)
        heights = plots.apart(ends, gap=0.16 * self.reach)
        heights -= max(0, heights.max() - 0.95 * self.reach) + min(0, heights.min() + 0.95 * self.reach)
        near, far = np.full(len(ends), self.places[0]), np.full(len(ends), self.places[0] - 2.6)
        self.leaders.set_segments(np.stack([np.stack([far, heights], 1), np.stack([near, ends], 1)], 1))
        for name, height in zip(self.names, heights, strict=True):
            name.set_y(height)
        for curve, values in zip(self.curves, (prepared.train, prepared.validation), strict=True):
            curve.set_data(self.places, values)
        self.star.set_data([self.places[prepared.best]], [prepared.validation[prepared.best]])
        for bar in self.bars:
            bar.set_color(color)
        return [self.ways, self.leaders, *self.names, *self.curves, self.star]

    def update(self, prepared, fit, strength, n, scaled):
        place = experiment.STRENGTHS.index(strength)
        w, train, validation = (part[place] for part in prepared)
        for line in self.here:
            line.set_xdata([self.places[place]] * 2)
        for dot, height in zip(self.dots, (train, validation), strict=True):
            dot.set_data([self.places[place]], [height])
        for bar, number, value in zip(self.bars, self.numbers, w, strict=True):
            bar.set_width(value)
            number.set(x=value + (1.5 if value >= 0 else -1.5), ha="left" if value >= 0 else "right")
            number.set_text("0" if value == 0 else minus(value, 1) if abs(value) >= 0.05 else "≈ 0")
        left = [name for name, value in zip(experiment.FEATURES, w, strict=True) if value != 0]
        told = "all ten are left" if len(left) == 10 else f"{len(left)} left: {', '.join(left) or 'none'}"
        best = prepared.best
        return (
            f"{fit}, λ = {strength:g}, {int(n)} people{'' if scaled else ', columns in their own units'}: {told}\n"
            f"RMSE train {train:.2f}, validation {validation:.2f}   "
            f"least on validation {prepared.validation[best]:.2f}, at λ = {experiment.STRENGTHS[best]:g}"
        )

    def press(self, name, values, prepared):
        return {"strength": experiment.STRENGTHS[prepared.best]}

    def choose_strength(self, drag):
        return {"strength": experiment.STRENGTHS[np.abs(self.places - drag.now[0]).argmin()]}


# ---------------------------------------------------------------------- a prior on one weight


class Prior(Scene):
    """Put a prior on one weight, and see which penalty it is and where it pulls the weight.

    Prior, data, and both together: as densities in the upper panel, as losses in the lower panel.

    Examples
    --------
    >>> prior(prior="Gaussian", width=1, a=1, n=1).readout.splitlines()[0]
    'Gaussian prior of width 1.00, N = 1, σ = 1: as λ = 1.000'
    """

    title = "One weight: prior, likelihood and posterior, and below them penalty, data loss and objective"
    size = (10, 5.2)
    controls = (
        Choice("prior", "prior", tuple(experiment.NORM_OF_PRIOR), value="Gaussian"),
        Range("width", "width τ of the prior", 0.1, 2, step=0.05, value=0.5),
        Range("a", "weight a that fits the data best", -3, 3, step=0.05, value=1.2),
        Steps("n", "examples N", (1, 2, 5, 10, 20, 50, 100), value=5),
    )
    handles = (
        Handle("top", at=("a", 1.0), x="a"),
        Handle("top", at="flank", x="width"),
        Handle("panels", x="a", relative=True),
    )
    reach = 3.2

    def draw(self, figure):
        self.panels = self.top, self.bottom = figure.subplots(2, 1, sharex=True)
        self.top.set(xlim=(-self.reach, self.reach), ylim=(-0.05, 1.25), ylabel="part of its peak")
        self.top.set_title("Beliefs about w: drag the peak of the likelihood, or the flank of the prior")
        self.bottom.set(ylim=(-0.3, 6), xlabel="weight w", ylabel="−log, from its least")
        self.bottom.set_title("Minus the logarithm: penalty + data loss = objective")
        grey = dict(color=theme.STYLES["data"]["color"], linestyle="--")
        looks = grey, theme.line("likelihood"), dict(color=theme.INK, linestyle="-")
        names = ("prior, penalty", "likelihood, data loss", "posterior, objective")
        self.curves = [
            [ax.plot([], [], **look, label=name)[0] for look, name in zip(looks, names, strict=True)]
            for ax in self.panels
        ]
        self.best = [ax.axvline(0, **theme.line("best", linewidth=1.2)) for ax in self.panels]
        self.dots = [plots.dot(ax, "best", 13) for ax in self.panels]
        self.grips = plots.dot(self.top, "model", 9)
        self.word = self.top.text(0, 1.14, "", bbox=theme.ON_PAPER, va="center")
        figure.legend(handles=self.curves[0], loc="outside lower center", ncols=3)
        curves = [curve for panel in self.curves for curve in panel]
        return [*self.best, *curves, *self.dots, self.grips, self.word]

    def update(self, prior, width, a, n):
        belief = experiment.belief(prior, width, a, n)
        for values, above, below in zip(belief.curves, *self.curves, strict=True):
            above.set_data(experiment.WEIGHTS, np.exp(-values))
            below.set_data(experiment.WEIGHTS, values)
        best = belief.best
        for line, dot, height in zip(self.best, self.dots, (1.0, 0.0), strict=True):
            line.set_xdata([best, best])
            dot.set_data([best], [height])
        self.grips.set_data([a, width], [1.0, experiment.FLANK[prior]])
        left = best > 1.2
        self.word.set(x=best + (-0.08 if left else 0.08), ha="right" if left else "left")
        self.word.set_text(f"MAP {minus(best, 2)}" + (", exactly" if best == 0 else ""))
        return (
            f"{prior} prior of width {width:.2f}, N = {n}, σ = 1: as λ = {belief.strength:.3f}\n"
            f"MAP weight {minus(best, 3)}{' exactly' if best == 0 else ''}   "
            f"without a prior {minus(a, 2)}   posterior mean {minus(belief.mean, 3)}"
        )

    def flank(self, drag):
        return drag.values["width"], experiment.FLANK[drag.values["prior"]]


ball_and_diamond = explorer(BallAndDiamond)
overfitting = explorer(Overfitting)
prior = explorer(Prior)
weight_path = explorer(WeightPath)
