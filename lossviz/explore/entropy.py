"""The explorers of lesson 03: a coin, two distributions and the lengths between them, one minimum, three classes."""

import numpy as np

from .. import information, theme
from ..experiments import entropy as experiment
from ..live import Button, Choice, Handle, Memory, Range, Scene, explorer
from ..live.controls import ROUNDED
from ..plots import entropy as plots
from ..plots.entropy import number

STEP = 0.005  # of a probability: fine enough for 1/8


class Coin(Scene):
    """Slide a coin along its entropy curve, and see what head and tail tell.

    Examples
    --------
    >>> coin(head=0.5).readout.rpartition("   ")[2]
    'weighted mean H = 1.000 bits'
    """

    title = "A coin: what head tells, what tail tells, and their mean, the entropy"
    controls = (Range("head", "probability of head", 0, 1, step=STEP, value=0.8), Button("fair", "Make it fair"))
    handles = (Handle(("left", "right"), x="head"),)
    names = ("head", "tail")

    def draw(self, figure):
        self.left, self.right = figure.subplots(1, 2)
        self.left.set_title("Drag the point: an even coin tells most")
        plots.heads_curve(self.left)
        self.point = self.left.plot([], [], **theme.dots("entropy", markersize=11, markeredgecolor=theme.PAPER))[0]
        self.point_name = self.left.text(0, 0, "", va="top")
        self.right.set_title("The area of the bars is H")
        self.bars = plots.information_bars(self.right, np.array([0.5, 0.5]), ("truth", "prediction"))
        self.mean = self.right.axhline(0, **theme.line("best", linewidth=1.5))
        self.bar_names = [_centred(self.right, bbox=theme.ON_PAPER) for _ in self.names]
        self.mean_name = self.right.text(0.5, 4.9, "", ha="center", va="top")
        return [self.point, self.point_name, *self.bars, self.mean, self.mean_name, *self.bar_names]

    def update(self, head):
        p = experiment.coins(head)
        told, mean = information.information(p), information.entropy(p)
        self.point.set_data([head], [mean])
        side = 1 if head < 0.5 else -1  # its words are inside the arch
        x = min(head + 0.03, 0.375) if side > 0 else max(head - 0.03, 0.625)
        self.point_name.set(x=x, y=np.clip(mean - 0.03, 0.1, 0.88), ha="left" if side > 0 else "right")
        self.point_name.set_text(f"H = {mean:.3f}")
        plots.place_information_bars(self.bars, p)
        self.mean.set_ydata([mean, mean])
        middles = np.clip([head / 2, (1 + head) / 2], 0.23, 0.77)
        for name, text, x, bits in zip(self.names, self.bar_names, middles, told, strict=True):
            text.set(x=x, y=min(bits, 3.9) + 0.08, text=f"{name}: {number(bits)} bits")
        self.mean_name.set_text(f"dashed: mean height, H = {mean:.3f} bits")
        words = [
            f"{name} (probability {share:.3f}) tells {number(bits, 3)} bits"
            for name, share, bits in zip(self.names, p, told, strict=True)
        ]
        return "   ".join([*words, f"weighted mean H = {mean:.3f} bits"])

    def press(self, name, values):
        return {"head": 0.5}


# ---------------------------------------------------------------------- two distributions that keep summing to 1


def _sliders(of: str, symbols, start) -> tuple:
    """Return a slider for each probability of a distribution, and a memory with the exact probabilities.

    The sliders show rounded steps; without the memory, each move would change the ratios a little.
    """
    ranges = (
        Range(f"{of}_{symbol}", f"{of.upper()}({symbol})", 0, 1, step=STEP, value=p)
        for symbol, p in zip(symbols, start, strict=True)
    )
    all_of_it = f"{of.upper()} exactly: {len(symbols)} probabilities that sum to 1"
    return (*ranges, Memory(of, allowed=all_of_it))


class _Pair(Scene):
    """What the scenes of a truth Q and a prediction P share: after every move, both still sum to 1."""

    symbols: tuple[str, ...]

    def follow(self, before, after):
        changes = {}
        for of in ("q", "p"):
            names = [f"{of}_{symbol}" for symbol in self.symbols]
            exact = self._exact(of, names, before, after)
            changes |= {of: exact} | dict(zip(names, exact, strict=True))
        return changes

    def _exact(self, of: str, names: list[str], before: dict, after: dict) -> list[float]:
        asked = np.array([after[name] for name in names])
        moved = [place for place, name in enumerate(names) if after[name] != before[name]]
        if after[of] is not None and (after[of] != before[of] or not moved):  # dragged, pressed, or given exactly
            return self._checked(of, after[of])
        if after[of] is not None and len(moved) == 1:
            return experiment.rescaled(after[of], moved[0], asked[moved[0]])
        return experiment.scaled(asked)

    def _checked(self, of: str, given) -> list[float]:
        try:
            p = [float(share) for share in given]
        except (TypeError, ValueError):  # not a list, or not of numbers
            p = []
        if len(p) == len(self.symbols) and min(p) >= 0 and abs(sum(p) - 1) <= ROUNDED:
            return p if abs(sum(p) - 1) <= 1e-9 else experiment.scaled(np.array(p))
        raise ValueError(
            f"{self.name}: {of} must be {len(self.symbols)} probabilities that sum to 1, got {given!r:.80}"
        )


class TwoDistributions(_Pair):
    """Drag the bars of a truth and a prediction: entropy, KL and cross-entropy are lengths that add up.

    You can also start it with whole distributions: `q` and `p`, each a list of four probabilities. Single probabilities
    are scaled to sum to 1.

    Examples
    --------
    >>> two_distributions(q=[0.5, 0.5, 0, 0], p=[0.25, 0.25, 0.25, 0.25]).readout.splitlines()[1]
    'H(Q) 1.000 + KL(Q‖P) 1.000 = H(Q, P) 2.000 bits'
    """

    title = "A truth Q and a prediction P over four symbols: entropy + KL = cross-entropy"
    size = (10, 4.8)
    symbols = ("a", "b", "c", "d")
    controls = (
        *_sliders("q", symbols, (0.5, 0.25, 0.125, 0.125)),
        *_sliders("p", symbols, (0.125, 0.5, 0.125, 0.25)),
        Choice("unit", "unit", ("bits", "nats"), value="bits"),
        Button("equal", "Make P equal to Q"),
        Button("even", "Make P even"),
        Button("one_hot", "Make Q one-hot"),
        Button("swap", "Swap Q and P"),
    )
    handles = (Handle("panels", move="raise_bar"),)
    longest = 5.0  # the longest length that fits in the panel

    def draw(self, figure):
        parts = figure.subplot_mosaic([["q", "lengths"], ["p", "lengths"]], width_ratios=[1, 1.5])
        self.panels = {of: parts[of] for of in ("q", "p")}
        parts["q"].set_title("Drag the truth Q")
        parts["p"].set_title("Drag the prediction P (◂ Q)")
        even = np.full(len(self.symbols), 1 / len(self.symbols))
        roles = {"q": "truth", "p": "prediction"}
        self.bars = {of: plots.bars(ax, even, self.symbols, roles[of]) for of, ax in self.panels.items()}
        self.tops = {of: [_centred(ax) for _ in self.symbols] for of, ax in self.panels.items()}
        self.goals = parts["p"].plot([], [], **theme.dots("truth", marker="<", markersize=8))[0]
        ax = parts["lengths"]
        ax.set(xlim=(0, self.longest), ylim=(-0.3, 5.2), yticks=[], title="Entropy plus KL is as long as cross-entropy")
        ax.spines["left"].set_visible(False)
        self.unit = ax.text(self.longest, -0.2, "", ha="right", va="bottom")
        self.sums = [_Sum(ax, 4.2, "Q", "P", self.symbols), _Sum(ax, 1.4, "P", "Q", symbols=())]
        bars = [artist for of in self.panels for artist in (*self.bars[of], *self.tops[of])]
        return [*bars, self.goals, *self.sums[0].artists, *self.sums[1].artists, self.unit]

    def update(self, unit, q, p, **_sliders):
        for of, shares in (("q", q), ("p", p)):
            for place, (bar, top, share) in enumerate(zip(self.bars[of], self.tops[of], shares, strict=True)):
                bar.set_height(share)
                top.set(x=place, y=share + 0.02, text=f"{share:.3f}")
        self.goals.set_data(np.arange(len(q)) + 0.43, q)
        self.unit.set_text(unit)
        words = [self.sums[0].show(q, p, unit), self.sums[1].show(p, q, unit)]
        return f"Q = {_listed(q)}   P = {_listed(p)}\n" + "\n".join(f"{line} {unit}" for line in words)

    def press(self, name, values):
        q, p = values["q"], values["p"]
        match name:
            case "equal":
                return {"p": q}
            case "even":
                return {"p": [1 / len(p)] * len(p)}
            case "one_hot":
                return {"q": np.eye(len(q))[np.argmax(q)].tolist()}
        return {"q": p, "p": q}

    def raise_bar(self, drag):
        """Let the bar at which the drag began follow the hand; the other bars of its distribution change with it."""
        of = next(of for of, ax in self.panels.items() if ax is drag.axes)
        place = int(np.clip(round(drag.start[0]), 0, len(self.symbols) - 1))
        value = STEP * round(float(np.clip(drag.now[1], 0, 1)) / STEP)
        return {of: experiment.rescaled(drag.values[of], place, value)}


class _Sum:
    """Two rows of lengths: an entropy followed by its KL, and below them the cross-entropy.

    If there are symbols, the cross-entropy is divided into the cost of each symbol.
    """

    def __init__(self, ax, top: float, true: str, believed: str, symbols):
        self.names = f"H({true})", f"KL({true}‖{believed})", f"H({true}, {believed})"
        middle = top - 0.75
        self.entropy, self.kl = plots.length(ax, top, "entropy"), plots.length(ax, top, "kl")
        self.parts = [plots.length(ax, middle, "cross_entropy", linewidth=1.5) for _ in symbols or [""]]
        self.letters = [ax.text(0, middle, s, ha="center", va="center", color=theme.PAPER) for s in symbols]
        self.above = ax.text(0, top + 0.38, "", va="bottom")
        self.below = ax.text(0, middle - 0.4, "", va="top")
        ax.text(ax.get_xlim()[1], top + 0.38, f"{true} true, {believed} believed", ha="right", va="bottom")
        self.end = ax.plot([], [], color=theme.INK, linewidth=1.2)[0]
        self.rows = [top + 0.38, middle - 0.38]
        self.artists = [self.entropy, self.kl, *self.parts, *self.letters, self.end, self.above, self.below]

    def show(self, true, believed, unit: str) -> str:
        """Set the lengths for a truth and a prediction; return the sum in words."""
        sizes = experiment.entropy_plus_kl(true, believed, unit)
        end = plots.place_length(self.kl, plots.place_length(self.entropy, 0, sizes.entropy), sizes.kl)
        self.end.set_data([end, end], self.rows)
        if self.letters:
            self._cut(experiment.cost_of_each(true, believed, unit))
        else:
            plots.place_length(self.parts[0], 0, sizes.cross_entropy)
        terms = [f"{name} {number(size, 3)}" for name, size in zip(self.names, sizes, strict=True)]
        self.above.set_text(f"{terms[0]}  +  {terms[1]}")
        too_long = sizes.cross_entropy > self.end.axes.get_xlim()[1]
        self.below.set_text(f"=  {terms[2]}" + ("  (longer than the panel →)" if too_long else ""))
        return f"{terms[0]} + {terms[1]} = {terms[2]}"

    def _cut(self, costs):
        start = 0.0
        for part, letter, size in zip(self.parts, self.letters, costs, strict=True):
            until = plots.place_length(part, start, size)
            letter.set(x=(start + until) / 2, visible=until - start > 0.16)
            start = until


def _centred(ax, **style):
    return ax.text(0, 0, "", ha="center", va="bottom", **style)


def _listed(p) -> str:
    return f"({', '.join(f'{share:.3f}' for share in p)})"


# ---------------------------------------------------------------------- one minimum


class SameMinimum(Scene):
    """Slide a prediction along cross-entropy and KL, and see why minimising one minimises the other.

    Both curves are over the predicted probability of a coin's head.

    Examples
    --------
    >>> same_minimum(truth=0.5, prediction=0.5).readout
    'truth 0.50, prediction 0.50:   H(Q, P) = 1.000 bits = H(Q) 1.000 + KL(Q‖P) 0.000'
    """

    title = "Cross-entropy and KL over the prediction: two curves, one lowest place"
    controls = (
        Range("truth", "truth Q(head)", 0, 1, step=0.01, value=0.7),
        Range("prediction", "prediction P(head)", 0.01, 0.99, step=0.01, value=0.25),
        Button("best", "Go to the lowest place"),
    )
    handles = (
        Handle("left", at=("prediction", None), x="prediction"),  # first: it wins if both are in one place
        Handle("left", at=("truth", None), x="truth"),
        Handle("left", x="prediction"),
    )
    columns = ((0, "cross_entropy"), (1, "entropy"), (1, "kl"))  # the place of each bar on the right

    def draw(self, figure):
        self.left, right = figure.subplots(1, 2, width_ratios=[2.2, 1])
        self.left.set_title("Drag: the gap between the curves never changes")
        self.curves = plots.coin_curves(self.left, 0.5)
        self.goal = self.left.axvline(0, **theme.line("truth", linestyle=":", linewidth=1.5))
        self.goal_name = self.left.text(0, 2.9, "", va="top", color=theme.STYLES["truth"]["color"])
        self.gap = self.left.plot([], [], **theme.line("entropy", linewidth=5, alpha=0.8, solid_capstyle="butt"))[0]
        self.dots = [self.left.plot([], [], **theme.dots(role, markersize=10))[0] for role in ("cross_entropy", "kl")]
        self.dots[1].set(marker="v")
        figure.legend(handles=self.curves, loc="outside lower center", ncols=2)
        right.set(xlim=(-0.6, 1.6), ylim=(0, 4), xticks=[0, 1], xticklabels=["H(Q, P)", "H(Q) + KL"], ylabel="bits")
        right.set_title("One height, two ways")
        self.bars = [right.bar(place, 0, 0.7, **plots.look(role))[0] for place, role in self.columns]
        self.tops = [_centred(right, bbox=theme.ON_PAPER) for _ in range(2)]
        return [self.goal, self.goal_name, *self.curves, self.gap, *self.dots, *self.bars, *self.tops]

    def update(self, truth, prediction):
        grid = self.curves[0].get_xdata()
        for curve, values in zip(self.curves, experiment.coin_losses(truth, grid), strict=True):
            curve.set_ydata(values)
        cross, kl = experiment.coin_losses(truth, prediction)
        of_truth = experiment.coin_entropy(truth)
        self.goal.set_xdata([truth, truth])
        right = truth < 0.5
        self.goal_name.set(x=truth + (0.012 if right else -0.012), ha="left" if right else "right", text="truth")
        self.gap.set_data([prediction, prediction], [kl, cross])
        for dot, height in zip(self.dots, (cross, kl), strict=True):
            dot.set_data([prediction], [height])
        for bar, bottom, height in zip(self.bars, (0, 0, of_truth), (cross, of_truth, kl), strict=True):
            bar.set(y=bottom, height=height)
        for place, text in enumerate((f"{cross:.3f}", f"{of_truth:.3f} + {kl:.3f}")):
            self.tops[place].set(x=place, y=min(cross, 3.2) + 0.06, text=text)
        return (
            f"truth {truth:.2f}, prediction {prediction:.2f}:   H(Q, P) = {cross:.3f} bits = "
            f"H(Q) {of_truth:.3f} + KL(Q‖P) {kl:.3f}"
        )

    def press(self, name, values):
        return {"prediction": values["truth"]}


# ---------------------------------------------------------------------- three classes


class Simplex(_Pair):
    """Drag a prediction over the triangle of all distributions over three classes.

    You can also start it with whole distributions: `p` and `q`, each a list of three probabilities. Single
    probabilities are scaled to sum to 1.

    Examples
    --------
    >>> simplex(p=[0, 1, 0], q=[0, 0.5, 0.5]).readout.splitlines()[1]
    'H(Q) 1.000   H(P) 0.000   KL(Q‖P) ∞   KL(P‖Q) 1.000   JS 0.311 bits   (colour: entropy of P)'
    """

    title = "All distributions over three classes, as a triangle"
    size = (10, 4.8)
    symbols = ("cat", "car", "frog")
    controls = (
        Choice("color", "colour by", tuple(experiment.LEVELS), value=experiment.ENTROPY),
        *_sliders("p", symbols, (0.2, 0.5, 0.3)),
        *_sliders("q", symbols, (0.6, 0.3, 0.1)),
        Button("middle", "P to the middle"),
        Button("equal", "P to Q"),
    )
    slow = ("color", "q")
    handles = (Handle("plane", move="take_nearer"),)

    def draw(self, figure):
        self.plane, right = figure.subplots(1, 2, width_ratios=[1.25, 1])
        self.plane.set_title("Every point is a distribution: drag P, or Q")
        self.outline = plots.triangle(self.plane, self.symbols)
        self.map, self.map_of = [], []  # what `draw_slow` draws again, and from which values
        marks = {"p": "prediction", "q": "truth"}
        self.points = {
            of: self.plane.plot([], [], **theme.dots(role, markersize=12, markeredgecolor=theme.PAPER))[0]
            for of, role in marks.items()
        }
        self.point_names = {of: self.plane.text(0, 0, of.upper(), weight="bold", va="center") for of in marks}
        measures = ("H(Q)", "H(P)", "KL(Q‖P)", "KL(P‖Q)", "JS(P, Q)")
        right.set(xlim=(0, 4), ylim=(-0.6, 4.6), yticks=range(4, -1, -1), yticklabels=measures, xlabel="bits")
        right.set_title("KL takes a side, JS does not")
        roles = ("truth", "prediction", "kl", "kl", "data")
        self.lengths = [plots.length(right, 4 - row, role) for row, role in enumerate(roles)]
        self.ends = [right.text(0, 4 - row, "", va="center", bbox=theme.ON_PAPER) for row in range(5)]
        return [*self.points.values(), *self.point_names.values(), *self.lengths, *self.ends]

    def prepare(self, color, q):
        return experiment.triangle_map(color, q)

    def draw_slow(self, prepared, color, q):
        if not self.map_of or self.map_of[0] is not prepared:  # the entropy's map stays when Q moves
            self.map_of.clear()
            while self.map:
                self.map.pop().remove()
            levels = experiment.LEVELS[color]
            self.map += plots.landscape(self.plane, self.outline, prepared.values, levels)
            self.map += plots.name_levels(self.plane, prepared.walk, prepared.values_on_walk, levels)
            self.map_of.append(prepared)
        return self.map

    def update(self, prepared, color, q, p, **_sliders):
        shift = 0.045
        for of, shares in (("p", p), ("q", q)):
            x, y = experiment.to_plane(shares)
            self.points[of].set_data([x], [y])
            self.point_names[of].set(x=x + (shift if of == "p" else -shift), y=y, ha="left" if of == "p" else "right")
        sizes = experiment.lengths(q, p)
        for drawn, text, size in zip(self.lengths, self.ends, sizes, strict=True):
            text.set(x=min(plots.place_length(drawn, 0, size), 3.3) + 0.06, text=number(size, 3))
        names = ("H(Q)", "H(P)", "KL(Q‖P)", "KL(P‖Q)", "JS")
        told = "   ".join(f"{name} {number(size, 3)}" for name, size in zip(names, sizes, strict=True))
        return f"P = {_listed(p)}   Q = {_listed(q)}\n{told} bits   (colour: {color})"

    def press(self, name, values, prepared):
        return {"p": values["q"] if name == "equal" else [1 / 3] * 3}

    def take_nearer(self, drag):
        """Move the nearer of the two points to the hand."""
        near = min(("p", "q"), key=lambda of: drag.reach(*experiment.to_plane(drag.values[of])))
        return {near: experiment.to_distribution(drag.now).tolist()}


coin = explorer(Coin)
same_minimum = explorer(SameMinimum)
simplex = explorer(Simplex)
two_distributions = explorer(TwoDistributions)
