"""The explorers of lesson 05: the calculation line by line, scores under a microscope, the gap, the weights' scale."""

import numpy as np
from matplotlib.patches import Rectangle

from .. import theme
from ..experiments import svm_and_softmax as experiment
from ..experiments.svm_and_softmax import BASES, CLASSES, NAMES, SCORES
from ..live import Button, Choice, Handle, Range, Scene, Steps, explorer
from ..plots import svm_and_softmax as plots
from ..plots.numbers import minus, plain, short
from ..plots.svm_and_softmax import score_text

ROLES = tuple(NAMES)
COLORS = {role: theme.STYLES[role]["color"] for role in ROLES}

# ---------------------------------------------------------------------- the calculation, line by line

APART = " " * 5  # between numbers side by side
LINES = 6  # every calculation has as many lines
IMAGES = ("cat image", "car image", "frog image", "all three")
LOSSES = dict(zip(("hinge", "softmax"), experiment.IMAGE_LOSSES.values(), strict=True))
LIT = "#fff0c2"  # behind the numbers of the present line


def _hinge_lines(image: int) -> list[tuple[str, str, list]]:
    """Return the lines of an image's hinge loss: the step in words, the calculation, and the cells that it uses."""
    scores, here = SCORES[image], (image, image)
    true, name = score_text(scores[image]), CLASSES[image]
    over = experiment.over_margin(scores, image)
    lines = [(f"The true class is {name}. Its score:", true, [here])]
    for wrong in (row for row in range(len(CLASSES)) if row != image):
        ahead = scores[wrong] - scores[image] + 1
        cells = [(wrong, image), here]
        less = f"− ({true})" if scores[image] < 0 else f"− {true}"
        sum_ = f"{score_text(scores[wrong])} {less} + 1 = {plain(ahead)}"
        lines.append((f"{CLASSES[wrong]} less {name}, plus the margin Δ = 1:", sum_, cells))
        verdict = "Above 0, so it counts:" if ahead > 0 else "Not above 0, so it costs nothing:"
        lines.append((verdict, f"max(0, {plain(ahead)}) = {plain(over[wrong])}", cells[:1]))
    terms = " + ".join(plain(over[row]) for row in range(len(CLASSES)) if row != image)
    return [*lines, ("Add the wrong classes up. The image's loss:", f"{terms} = {plain(over.sum())}", [(3, image)])]


def _softmax_lines(image: int) -> list[tuple[str, str, list]]:
    """Return the lines of an image's cross-entropy, in the same form."""
    scores, here = SCORES[image], (image, image)
    found = experiment.work_out(scores, image)
    powers, p = found.powers, found.probabilities
    column = [(row, image) for row in range(len(CLASSES))]
    words = [score_text(score) for score in scores]
    rounded = [f"{power:.2f}" for power in powers]
    loss = f"{found.cross_entropy:.5f}"
    return [
        (f"The true class is {CLASSES[image]}. The scores:", APART.join(words), column),
        (f"Exponentials, exp({words[0]}) and so on, all above 0:", APART.join(rounded), column),
        ("Add them up, and round only then:", f"{' + '.join(rounded)} = {powers.sum():.2f}", column),
        (f"Divide each by {powers.sum():.2f}. The probabilities:", APART.join(map("{:.3f}".format, p)), column),
        (f"Keep the one of the true class, {CLASSES[image]}:", f"p = {short(p[image], 7)}", [here]),
        ("Minus the natural logarithm. The image's loss:", f"−log {short(p[image], 7)} = {loss}", [(3, image)]),
    ]


def _mean_lines(loss: str) -> list[tuple[str, str, list]]:
    """Return the lines that combine the losses of the three images."""
    single, words = LOSSES[loss], _results(loss)
    total, n = single.sum(), len(single)
    results = [(len(CLASSES), column) for column in range(n)]
    return [
        ("The losses of the three images:", APART.join(words), results),
        ("Add them up:", f"{' + '.join(words)} = {plain(total)}", results),
        ("Count the images, not the classes:", f"N = {n}", []),
        ("Divide. The loss of the batch:", f"{plain(total)} / {n} = {plain(total / n)}", []),
        ("If every image came twice, N would be 6:", f"{plain(2 * total)} / 6 = {plain(2 * total / 6)}", []),
        ("Not by the number of classes, still C = 3:", f"{plain(2 * total)} / 3 = {plain(2 * total / 3)}", []),
    ]


def _results(loss: str) -> list[str]:
    """Return the losses of the three images as the table's last row shows them."""
    return [plain(value) for value in LOSSES[loss]]


class Calculation(Scene):
    """Compute both losses of the three images, one line at a time.

    The lecture's table is on the left, the calculation on the right.

    Examples
    --------
    >>> calculation(image="cat image", line=6).readout
    "hinge, cat image, line 6 of 6\\nAdd the wrong classes up. The image's loss: 2.9 + 0 = 2.9"
    """

    title = "The two losses of three images, worked out line by line"
    size = (10, 4.6)
    controls = (
        Choice("loss", "loss", tuple(LOSSES), value="hinge"),
        Choice("image", "column", IMAGES, value="cat image"),
        Range("line", "line of the calculation", 1, LINES, step=1, value=2),
        Button("back", "Back"),
        Button("next", "Next line"),
    )
    slow = ("loss", "image")
    handles = (Handle("left", move="take_column"), Handle("right", y="line"))
    pages = tuple((loss, image) for loss in LOSSES for image in IMAGES)

    def draw(self, figure):
        self.left, self.right = figure.subplots(1, 2, width_ratios=[1, 1.55])
        self.cells = plots.score_table(self.left, "loss")
        self.left.set_title("Each column is an image")
        self.right.set(xlim=(0, 1), ylim=(LINES + 0.55, 0.45), xticks=[], yticks=[], title="One line at a time")
        self.right.spines[:].set_visible(False)
        words = [dict(x=0.02, va="center"), dict(x=0.06, va="center", size="large", weight="bold")]
        # each line is two texts: the step in words, and the calculation
        self.lines_of_page = [
            [self.right.text(y=row + y, s="", **kind) for kind, y in zip(words, (0.76, 1.2), strict=True)]
            for row in range(LINES)
        ]
        self.present = [self.right.text(y=0, s="", **kind) for kind in words]
        self.curtain = self.right.add_patch(Rectangle((0, 0), 1, LINES + 1, color=theme.PAPER))
        self.band = self.right.add_patch(Rectangle((0.002, 0), 0.994, 0.94, facecolor=LIT, edgecolor=theme.INK, lw=0.8))
        self.column = self.left.plot([], [], color=theme.INK, lw=3, solid_capstyle="butt")[0]
        style = dict(facecolor=LIT, edgecolor=theme.INK, linewidth=2.5)
        self.marks = [self.left.add_patch(Rectangle((0, 0), 0.88, 0.76, **style)) for _ in CLASSES]
        # a mark covers its cell of the table, so it shows the number again
        self.marked = [self.left.text(0, 0, "", ha="center", va="center", size="x-large") for _ in CLASSES]
        return [self.curtain, self.band, *self.present, *self.marks, *self.marked]

    def prepare(self, loss, image):
        return self.lines(loss, image)

    def draw_slow(self, prepared, loss, image):
        for texts, (*words, _) in zip(self.lines_of_page, prepared, strict=True):
            for text, word in zip(texts, words, strict=True):
                text.set_text(word)
        column = IMAGES.index(image)
        reach = (column - 0.45, column + 0.45) if column < len(SCORES) else (-0.45, len(SCORES) - 0.55)
        self.column.set_data(reach, (-0.46, -0.46))
        results = [self.cells[len(CLASSES), column] for column in range(len(SCORES))]
        for place, (cell, value) in enumerate(zip(results, _results(loss), strict=True)):
            cell.set_text(value if place < column else "")
        return [self.column, *results, *(text for texts in self.lines_of_page for text in texts)]

    def update(self, prepared, loss, image, line):
        line = int(line)
        *words, cells = prepared[line - 1]
        self.curtain.set_y(line + 0.46)  # later lines are already drawn, behind the curtain
        self.band.set_y(line - 0.48)
        for text, word, y in zip(self.present, words, (-0.24, 0.2), strict=True):
            text.set(y=line + y, text=word)
        places = cells + [None] * (len(self.marks) - len(cells))
        for mark, number, place in zip(self.marks, self.marked, places, strict=True):
            mark.set_visible(place is not None)
            number.set_visible(place is not None)
            if place is not None:
                row, column = place
                mark.set_xy((column - 0.44, row - 0.38))
                result = _results(loss)[column]
                number.set(
                    position=(column, row), text=result if row == len(CLASSES) else score_text(SCORES[column, row])
                )
        return f"{loss}, {image}, line {line} of {LINES}\n{words[0]} {', '.join(words[1].split(APART))}"

    @staticmethod
    def lines(loss: str, image: str) -> list[tuple[str, str, list]]:
        """Return the lines of one page: the steps in words, the calculations, and the cells that they use."""
        number = IMAGES.index(image)
        if number == len(SCORES):
            return _mean_lines(loss)
        return _hinge_lines(number) if loss == "hinge" else _softmax_lines(number)

    def press(self, name, values, prepared):
        page = self.pages.index((values["loss"], values["image"]))
        place = page * LINES + int(values["line"]) - 1 + (1 if name == "next" else -1)
        page, line = divmod(place % (len(self.pages) * LINES), LINES)  # after the last line comes the first
        loss, image = self.pages[page]
        return {"loss": loss, "image": image, "line": line + 1}

    def take_column(self, drag):
        x = drag.now[0]
        return {"image": IMAGES[min(2, max(0, round(x)))]} if x > -0.5 else {}


# ---------------------------------------------------------------------- the microscope

LOWEST, HIGHEST = -6.0, 9.0  # of a score


class ScoreMicroscope(Scene):
    """Drag the scores of one image, and follow both losses through every step.

    Each class has a row, with everything that is computed from its score.

    Examples
    --------
    >>> score_microscope(cat=3.2, car=5.1, frog=-1.7).readout.partition(",")[0]
    'hinge: car 2.9 + frog 0 = 2.9'
    """

    title = "One image's scores, and every number that both losses make of them"
    size = (10, 4.6)
    controls = (
        *(Range(name, f"score of {name}", LOWEST, HIGHEST, step=0.1, value=0.0) for name in CLASSES),
        Choice("true", "true class", CLASSES, value="cat"),
        Range("margin", "margin Δ", 0.1, 3, step=0.1, value=1.0),
        Choice("base", "logarithm to base", tuple(BASES), value="e (nats)"),
        *(Button(f"{name}_image", f"{name.capitalize()} image") for name in CLASSES),
        Button("raise", "Add 1 to every score"),
    )
    slow = ("true", "base")
    handles = (Handle("scores", move="pull"),)

    def draw(self, figure):
        panels = figure.subplots(1, 4, width_ratios=[2.3, 1.1, 1.15, 1.15], sharey=True)
        self.scores, self.terms, self.powers, self.shares = panels
        self.bars, self.outside, self.line = plots.excess(self.scores, np.zeros(3), 0)
        plots.label_microscope(panels)
        self.columns = [
            panel.barh(range(3), [1] * 3, height=0.5, left=1e-3 if panel is self.powers else 0, color=color)
            for panel, color in zip(panels[1:], (COLORS["hinge"], *[COLORS["cross_entropy"]] * 2), strict=True)
        ]
        self.labels = [[panel.text(0, row, "", va="center") for row in range(3)] for panel in panels[1:]]
        below = [dict(transform=panel.transAxes, weight="bold", va="bottom") for panel in panels[1:]]
        self.heads = [panel.text(0.03, 0.13, "", **style) for panel, style in zip(panels[1:], below, strict=True)]
        self.results = [panel.text(0.03, 0.05, "", **style) for panel, style in zip(panels[1:], below, strict=True)]
        beside = dict(transform=self.scores.get_yaxis_transform(), ha="right")
        self.names = [self.scores.text(-0.01, row, "", va="bottom", **beside) for row in range(3)]
        self.values = [self.scores.text(-0.01, row + 0.04, "", va="top", **beside) for row in range(3)]
        self.no_term = self.terms.text(0.8, 0, "true: no term", va="center")
        (self.grip,) = self.scores.plot([], [], **theme.dots("hinge", marker="D", markersize=9))
        self.grip_name = self.scores.text(0, 3.0, "", va="center")
        self.arrows = plots.push_arrows(self.scores)
        bars = [bar for column in (self.bars, self.outside, *self.columns) for bar in column]
        labels = [label for column in self.labels for label in column]
        texts = [*labels, *self.results, *self.values, self.grip_name]
        return [*bars, self.line, self.grip, self.arrows, *texts]

    def draw_slow(self, prepared, true, base):
        for name, text in zip(CLASSES, self.names, strict=True):
            text.set(text=f"{name}, true" if name == true else name, weight="bold" if name == true else "normal")
        self.no_term.set_y(CLASSES.index(true))
        for text, word in zip(self.heads, ("hinge loss", "sum", f"−{BASES[base][0]} p({true})"), strict=True):
            text.set_text(word)
        return [*self.names, self.no_term, *self.heads]

    def update(self, prepared, true, margin, base, **scores):
        label, (log, unit) = CLASSES.index(true), BASES[base]
        s = np.array([scores[name] for name in CLASSES])
        found = experiment.work_out(s, label, margin)
        over, powers, p = found.over, found.powers, found.probabilities
        cross, cross_push = found.cross_entropy / unit, found.cross_entropy_push / unit
        self._show_scores(s, label, margin, over)
        self.arrows.set_offsets(np.column_stack([np.repeat(s, 2), self.arrows.get_offsets()[:, 1]]))
        self.arrows.set_UVC(np.column_stack([found.hinge_push, cross_push]).ravel(), np.zeros(6))
        columns = [(over, [plain(o) for o in over]), (powers, map(_power, powers)), (p, map("{:.3f}".format, p))]
        for bars, labels, (widths, words) in zip(self.columns, self.labels, columns, strict=True):
            for bar, text, width, word in zip(bars, labels, widths, words, strict=True):
                bar.set_width(width)
                text.set(x=width * 2 if bars is self.columns[1] else width + 0.03 * bar.axes.get_xlim()[1], text=word)
        self.labels[0][label].set_text("")
        for text, word in zip(self.results, (plain(found.hinge), _power(powers.sum()), f"{cross:.3f}"), strict=True):
            text.set_text(f"= {word}")
        terms = " + ".join(f"{name} {plain(o)}" for name, o in zip(CLASSES, over, strict=True) if name != true)
        return (
            f"hinge: {terms} = {plain(found.hinge)}, pushes {_pushes(found.hinge_push)}\n"
            f"cross-entropy: exp {', '.join(map(_power, powers))}, sum {_power(powers.sum())}, "
            f"p {', '.join(map('{:.3f}'.format, p))}, "
            f"−{log} {short(p[label])} = {cross:.3f}, pushes {_pushes(cross_push)}"
        )

    def _show_scores(self, s, label, margin, over):
        for row, (bar, part) in enumerate(zip(self.bars, self.outside, strict=True)):
            bar.set(width=s[row], facecolor=theme.INK if row == label else plots.BAR)
            part.set(x=s[row] - over[row], width=over[row], visible=over[row] > 0)
            self.values[row].set_text(plain(s[row]))
        edge = s[label] - margin
        self.line.set_xdata([edge, edge])
        self.grip.set_data([edge], [3.0])
        side = -1 if edge > 3 else 1
        self.grip_name.set(x=edge + 0.7 * side, ha="left" if side > 0 else "right", text=f"true − Δ = {plain(edge)}")

    def press(self, name, values, prepared):
        if name == "raise":
            raised = {each: values[each] + 1 for each in CLASSES}
            return raised if max(raised.values()) <= HIGHEST else {}
        image = CLASSES.index(name.removesuffix("_image"))
        return dict(zip(CLASSES, SCORES[image].tolist(), strict=True)) | {"true": CLASSES[image]}

    def pull(self, drag):
        """Move the diamond to the hand; or move the bar, in the row where the drag began, as far as the hand moves."""
        row = drag.start[1]
        if row > 2.5:
            return {"margin": drag.values[drag.values["true"]] - drag.now[0]}
        name = CLASSES[min(2, max(0, round(row)))]
        return {name: drag.values[name] + drag.way[0]}


def _power(value: float) -> str:
    return minus(value, 0 if value >= 1000 else 2 if value >= 0.1 else 4)


def _pushes(push: np.ndarray) -> str:
    return ", ".join(f"{name} {_push(each)}" for name, each in zip(CLASSES, push, strict=True))


def _push(push: float) -> str:
    """Write a push with its sign: those of the hinge are whole, and those of the cross-entropy are never 0."""
    digits = plain(abs(push), 3) if push == round(push) else minus(abs(push), 3)
    if 0 < abs(push) < 5e-4:
        digits = short(abs(push), 2)
    return ("−" if push < 0 else "+" if push > 0 else "") + digits


# ---------------------------------------------------------------------- the gap


class ScoreGap(Scene):
    """Widen the gap between the true class and the best wrong one, and watch both losses.

    The image is the car of the lecture; sixty similar images have scores that are moved a little at random.

    Examples
    --------
    >>> score_gap(gap=2.9, jiggle=0).readout.partition(";")[0]
    'gap 2.9: hinge 0.00, pushes the true score by 0'
    """

    title = "How far the true class is ahead, and what is left of each loss"
    size = (10, 4.2)
    controls = (
        Range("gap", "gap", -4, 10, step=0.05, value=2.9),
        Range("margin", "margin Δ", 0.1, 4, step=0.1, value=1.0),
        Range("jiggle", "jiggle of the scores", 0, 2, step=0.05, value=0.5),
    )
    handles = (
        Handle("panels", at=("gap", None), x="gap"),  # first: it wins where both lines meet
        Handle("panels", at=("margin", None), x="margin"),
        Handle("panels", x="gap"),
    )

    def draw(self, figure):
        self.panels = list(figure.subplots(1, 2))
        self.drawn = plots.gap_curves(*self.panels)
        self.panels[0].set_title("Drag the gap, or the edge of the margin")
        self.panels[1].set_title("One loss ends, the other never does")
        self.panels[0].legend(handles=[self.drawn[role][0] for role in ROLES], loc="upper right")
        self.gap = self.drawn["hinge"][0].get_xdata()
        self.end = self.panels[1].text(0, 2e-5, "hinge: 0 from here on", color=COLORS["hinge"], bbox=theme.ON_PAPER)
        self.edges = [panel.axvline(0, color=COLORS["hinge"], lw=0.8) for panel in self.panels]
        self.here = [panel.axvline(0, color=theme.INK, lw=1) for panel in self.panels]
        self.cloud, self.dots = (self._empty(markersize=3.5, alpha=0.5), self._empty(markersize=9))
        dots = [dot for each in (self.cloud, self.dots) for role in ROLES for dot in each[role]]
        return [*self.edges, *self.here, *self.drawn["hinge"], self.end, *dots]

    def _empty(self, **style):
        """Make dots for each role in both panels, not yet placed."""
        return {role: [panel.plot([], [], **theme.dots(role, **style))[0] for panel in self.panels] for role in ROLES}

    def update(self, gap, margin, jiggle):
        curve = experiment.both_losses(experiment.scores_of_gap(self.gap), margin=margin)["hinge"]
        for line, values in zip(self.drawn["hinge"], (curve, plots.above_0(curve)), strict=True):
            line.set_ydata(values)
        now = experiment.work_out(experiment.scores_of_gap(gap), true=0, margin=margin)
        gaps, shaken = experiment.jiggled(gap, jiggle)
        many = experiment.both_losses(shaken, margin=margin)
        for role, loss in zip(ROLES, (now.hinge, now.cross_entropy), strict=True):
            for place, clean in enumerate((lambda values: values, plots.above_0)):
                self.cloud[role][place].set_data(gaps, clean(many[role]))
                self.dots[role][place].set_data([gap], clean(np.array([loss])))
        side = 1 if margin < 2.5 else -1  # on a projector the words do not fit to the right of a wide margin
        self.end.set(x=margin + 0.2 * side, ha="left" if side > 0 else "right")
        for edge, here in zip(self.edges, self.here, strict=True):
            edge.set_xdata([margin, margin])
            here.set_xdata([gap, gap])
        zeros, cross = int(np.sum(many["hinge"] == 0)), many["cross_entropy"]
        return (
            f"gap {plain(gap)}: hinge {now.hinge:.2f}, pushes the true score by {now.hinge_push[0] + 0.0:.0f};   "
            f"cross-entropy {short(now.cross_entropy, 4)}, pushes by {short(now.cross_entropy_push[0], 4)}\n"
            f"of {len(gaps)} jiggled images {zeros} have a hinge loss of 0;   "
            f"their cross-entropy goes from {short(cross.min())} to {short(cross.max())}"
        )


# ---------------------------------------------------------------------- the scale of the weights


class WeightScale(Scene):
    """Scale the weights up and down, and see the effect of a penalty on their size.

    Data loss, penalty and their sum are drawn over the scale: hinge on the left, cross-entropy on the right.

    Examples
    --------
    >>> weight_scale(a=2, strength=0).readout.partition("\\n")[0]
    'a = 2.00, R = 12.00:   hinge 0.0000 + 0.0000 = 0.0000 (0 for every a from 0.5 on)'
    """

    title = "Which of the weights a · W is best, without and with a penalty"
    size = (10, 4.2)
    controls = (
        Range("a", "scale a of the weights", 0, 4, step=0.05, value=1.0),
        Steps("strength", "strength λ of the penalty", (0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3), value=0),
    )
    slow = ("strength",)
    handles = (Handle("panels", x="a"),)

    def draw(self, figure):
        self.panels = list(figure.subplots(1, 2, sharey=True))
        self.panels[0].set_title("Hinge: a flat valley without λ")
        self.panels[1].set_title("Cross-entropy: no end without λ")
        self.drawn = [plots.objective_curves(p, role, 0.0) for p, role in zip(self.panels, ROLES, strict=True)]
        figure.legend(handles=[self.drawn[0][0], *self.drawn[1]], loc="outside lower center", ncols=4)
        self.panels[1].set_ylabel("")
        self.scale = self.drawn[0][0].get_xdata()
        self.here = [p.axvline(0, color=theme.INK, lw=1) for p in self.panels]
        self.stars, self.dots = (
            [
                panel.plot([], [], **theme.dots(role, markersize=13, markeredgecolor=theme.PAPER))[0]
                for panel in self.panels
            ]
            for role in ("best", "model")
        )
        moving = [line for data_loss, penalty, objective in self.drawn for line in (objective, penalty, data_loss)]
        return [*self.here, *moving, *self.stars, *self.dots]

    def prepare(self, strength):
        return experiment.objective(self.scale, strength)

    def update(self, prepared, a, strength):
        here, words = experiment.losses_of_scale(a), []
        size, penalty = experiment.penalty_of_scale(a), experiment.penalty_of_scale(a, strength)
        for role, (_, dotted, total), *parts in zip(ROLES, self.drawn, self.here, self.dots, self.stars, strict=True):
            line, dot, star = parts
            dotted.set_ydata(prepared.penalty)
            total.set_ydata(prepared.total[role])
            line.set_xdata([a, a])
            dot.set_data([a], [here[role] + penalty])
            best, lowest = prepared.best[role]
            star.set_data([best], [lowest])
            star.set_visible(strength > 0)
            least = f"least at a = {best:.2f}"
            if strength == 0:
                least = "0 for every a from 0.5 on" if role == "hinge" else "falls with every step in a"
            words.append(f"{NAMES[role]} {here[role]:.4f} + {penalty:.4f} = {here[role] + penalty:.4f} ({least})")
        return f"a = {a:.2f}, R = {size:.2f}:   {words[0]}\n{words[1]}"


calculation = explorer(Calculation)
score_gap = explorer(ScoreGap)
score_microscope = explorer(ScoreMicroscope)
weight_scale = explorer(WeightScale)
