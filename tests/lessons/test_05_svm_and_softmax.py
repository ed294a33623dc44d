"""Lesson 05: its plots draw the lecture's numbers, its explorers tell the library's, and its wrong answers are met."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from lossviz import exercises, experiments, explore, losses, plots, theme
from lossviz.experiments.svm_and_softmax import CLASSES, PIXELS, SCORES, TRUE, WEIGHTS
from lossviz.explore.svm_and_softmax import Calculation
from lossviz.live import Drag
from lossviz.plots.numbers import plain


@pytest.fixture
def ax():
    return Figure().subplots()


def pressed(figure, name):
    figure._answer(None, {"press": name, "number": figure.answered + 1}, [])
    assert not figure.error
    return figure.readout


def dragged(figure, start, now, panel=0):
    """Drag between two places of a panel, in its data; return the values that this sets."""
    scene = figure.scene
    return scene.nearest(scene.drag(Drag(scene.draggable()[panel], start, now, figure.values)))


# ---------------------------------------------------------------------- the lecture's numbers


def test_the_scores_give_the_numbers_of_the_lecture():
    assert losses.multiclass_hinge.per_example(SCORES, TRUE) == pytest.approx([2.9, 0, 12.9])
    assert losses.multiclass_hinge(SCORES, TRUE) == pytest.approx(5.27, abs=0.005)
    assert losses.softmax_cross_entropy.per_example(SCORES, TRUE) == pytest.approx(
        [2.04036, 0.07913, 6.15648], abs=5e-6
    )
    assert losses.softmax_cross_entropy(SCORES, TRUE) == pytest.approx(2.75865, abs=5e-6)


def test_the_table_has_a_column_for_each_image(ax):
    cells = plots.svm_and_softmax.score_table(ax, "loss")
    assert [cells[row, 0].get_text() for row in range(4)] == ["3.2", "5.1", "−1.7", ""]
    assert [cells[row, 2].get_text() for row in range(4)] == ["2.2", "2.5", "−3.1", ""]
    assert cells[2, 1].get_text() == "2.0"
    assert all(cell.get_position() == (column, row) for (row, column), cell in cells.items())
    assert (3, 0) not in plots.svm_and_softmax.score_table(ax)


def test_a_frame_lies_round_each_true_score(ax):
    plots.svm_and_softmax.score_table(ax)
    frames = [line for line in ax.lines if len(line.get_xdata()) == 5]
    middles = [(line.get_xdata().mean().round(), line.get_ydata().mean().round()) for line in frames]
    assert middles == [(0, 0), (1, 1), (2, 2)]


@pytest.mark.parametrize("margin", [0.5, 1.0, 2.0])
@pytest.mark.parametrize("true", [0, 1, 2])
def test_what_sticks_out_is_the_hinge_loss(ax, true, margin):
    scores = SCORES[true]
    over = experiments.svm_and_softmax.over_margin(scores, true, margin)
    assert over.sum() == pytest.approx(losses.multiclass_hinge(scores, true, margin=margin))
    bars, outside, line = plots.svm_and_softmax.excess(ax, scores, true, margin)
    assert [bar.get_width() for bar in bars] == pytest.approx(scores)
    edge = line.get_xdata()[0]
    assert edge == pytest.approx(scores[true] - margin)
    for part, wide, score in zip(outside, over, scores, strict=True):
        assert part.get_visible() == (wide > 0)
        if wide > 0:
            assert (part.get_x(), part.get_x() + part.get_width()) == pytest.approx((edge, score))


def test_the_gap_curves_are_the_losses_of_the_car_image_when_its_gap_is_2_9(ax):
    drawn = plots.svm_and_softmax.gap_curves(ax, Figure().subplots())
    gap, values = drawn["cross_entropy"][0].get_data()
    assert np.interp(2.9, gap, values) == pytest.approx(losses.softmax_cross_entropy(SCORES[1], 1), rel=1e-3)
    powers = drawn["hinge"][1].get_ydata()
    assert np.isnan(powers[gap >= 1]).all()
    assert (powers[gap < 0.99] > 0).all()


def test_the_scale_of_the_weights_gives_the_library_s_losses():
    for scale in 0.0, 0.3, 0.5, 1.0, 4.0:
        found, scores = experiments.svm_and_softmax.losses_of_scale(scale), PIXELS @ (scale * WEIGHTS)
        assert found["hinge"] == pytest.approx(losses.multiclass_hinge(scores, TRUE), abs=1e-12)
        assert found["cross_entropy"] == pytest.approx(losses.softmax_cross_entropy(scores, TRUE))


def test_the_objective_is_the_sum_of_its_two_parts(ax):
    data_loss, penalty, objective = (
        line.get_ydata() for line in plots.svm_and_softmax.objective_curves(ax, "hinge", 0.3)
    )
    assert np.allclose(data_loss + penalty, objective)
    assert penalty[-1] == pytest.approx(0.3 * losses.l2(4 * WEIGHTS))


def test_spread_weights_are_the_least(ax):
    t, penalty = plots.svm_and_softmax.spread(ax).get_data()
    assert t[penalty.argmin()] == pytest.approx(0.25, abs=0.003)
    assert penalty == pytest.approx([losses.l2([1 - 3 * each, each, each, each]) for each in t])


# ---------------------------------------------------------------------- what is computed


@pytest.mark.parametrize(
    ("true", "must"),
    [(-1, "be one integer of at least 0"), (3, "be the index of one of the scores, here from 0 to 2")],
)
def test_the_true_class_is_one_of_those_that_have_a_score(true, must):
    with pytest.raises(ValueError, match=f"^over_margin: true must {must}, got {true}$"):
        experiments.svm_and_softmax.over_margin([3.2, 5.1, -1.7], true)


@pytest.mark.parametrize("margin", [0.5, 1.0])
@pytest.mark.parametrize("true", [0, 1, 2])
def test_all_that_is_worked_out_of_an_image_is_the_library_s(true, margin):
    scores = SCORES[true]
    before = scores.copy()
    found = experiments.svm_and_softmax.work_out(scores, true, margin)
    assert found.hinge == losses.multiclass_hinge(scores, true, margin=margin)
    assert found.over.sum() == pytest.approx(found.hinge)
    assert found.cross_entropy == losses.softmax_cross_entropy(scores, true)
    assert found.probabilities == pytest.approx(found.powers / found.powers.sum())
    assert (found.hinge_push == -losses.multiclass_hinge.gradient(scores, true, margin=margin)).all()
    assert (found.cross_entropy_push == -losses.softmax_cross_entropy.gradient(scores, true)).all()
    assert (scores == before).all()


def test_jiggled_images_have_the_gap_on_average_and_are_always_the_same():
    gaps, scores = experiments.svm_and_softmax.jiggled(3.0, 0.5)
    assert gaps == pytest.approx([row[0] - max(row[1:]) for row in scores])
    assert scores.mean(axis=0) == pytest.approx([0, -3, -3.7], abs=0.2)
    wider, again = experiments.svm_and_softmax.jiggled(3.0, 1.0)
    assert again - [0, -3, -3.7] == pytest.approx(2 * (scores - [0, -3, -3.7])), "the same jiggle, twice as strong"
    assert wider.std() > gaps.std()


def test_the_objective_is_least_where_it_says():
    scale = np.linspace(0, 4, 81)
    found = experiments.svm_and_softmax.objective(scale, strength=0.1)
    for role, (best, least) in found.best.items():
        assert found.total[role] == pytest.approx(found.data_loss[role] + 0.1 * losses.l2(WEIGHTS) * scale**2)
        assert least == found.total[role].min() == found.total[role][scale == best].item()


# ---------------------------------------------------------------------- the calculation


def test_next_goes_through_everything_once_and_back_undoes_it():
    scene, start = Calculation(), {"loss": "hinge", "image": "cat image", "line": 1}
    values, seen = start, []
    for _ in range(48):
        seen.append(values)
        values = scene.press("next", values, scene.prepared_for(values))
    assert len({tuple(each.values()) for each in seen}) == 48
    assert values == start, "after the last line comes the first"
    for before in reversed(seen):
        values = scene.press("back", values, scene.prepared_for(values))
        assert values == before


def test_the_buttons_turn_the_page():
    figure = explore.calculation(line=6)
    assert pressed(figure, "next").startswith("hinge, car image, line 1 of 6\nThe true class is car.")
    assert pressed(figure, "back").startswith("hinge, cat image, line 6 of 6\nAdd")


@pytest.mark.parametrize(
    ("loss", "image", "line", "told"),
    [
        ("hinge", "cat image", 2, "5.1 − 3.2 + 1 = 2.9"),
        ("hinge", "cat image", 4, "−1.7 − 3.2 + 1 = −3.9"),
        ("hinge", "cat image", 5, "max(0, −3.9) = 0"),
        ("hinge", "cat image", 6, "2.9 + 0 = 2.9"),
        ("hinge", "car image", 6, "0 + 0 = 0"),
        ("hinge", "frog image", 2, "2.2 − (−3.1) + 1 = 6.3"),
        ("hinge", "frog image", 6, "6.3 + 6.6 = 12.9"),
        ("hinge", "all three", 4, "15.8 / 3 = 5.27"),
        ("hinge", "all three", 5, "31.6 / 6 = 5.27"),
        ("hinge", "all three", 6, "31.6 / 3 = 10.53"),
        ("softmax", "cat image", 2, "24.53     164.02     0.18"),
        ("softmax", "cat image", 3, "24.53 + 164.02 + 0.18 = 188.74"),
        ("softmax", "cat image", 4, "0.130     0.869     0.001"),
        ("softmax", "cat image", 6, "= 2.04036"),
        ("softmax", "car image", 6, "= 0.07913"),
        ("softmax", "frog image", 6, "= 6.15648"),
        ("softmax", "all three", 4, "8.28 / 3 = 2.76"),
    ],
)
def test_the_lines_of_the_calculation(loss, image, line, told):
    assert Calculation.lines(loss, image)[line - 1][1].endswith(told)


@pytest.mark.parametrize("image", ["cat image", "car image", "frog image"])
def test_the_last_line_holds_on_a_calculator(image):
    *_, (_, kept, _), (_, last, _) = Calculation.lines("softmax", image)
    p, loss = last.removeprefix("−log ").split(" = ")
    assert kept == f"p = {p}"
    assert f"{-np.log(float(p)):.5f}" == loss


@pytest.mark.parametrize("loss", ["hinge", "softmax"])
@pytest.mark.parametrize("image", ["cat image", "car image", "frog image", "all three"])
def test_lines_appear_one_at_a_time_and_the_marks_lie_on_their_numbers(loss, image):
    figure = explore.calculation(loss=loss, image=image, line=1)
    scene = figure.scene
    for line in range(1, 7):
        figure.values = {"line": line}
        rows = [texts[1].get_position()[1] for texts in scene.lines_of_page]
        assert [row < scene.curtain.get_y() for row in rows] == [number < line for number in range(6)]
        assert scene.curtain.get_y() + scene.curtain.get_height() > rows[-1] + 0.5
        assert [text.get_text() for text in scene.present] == [
            text.get_text() for text in scene.lines_of_page[line - 1]
        ]
        cells = scene.lines(loss, image)[line - 1][2]
        marks = [mark.get_center().round().tolist() for mark in scene.marks if mark.get_visible()]
        assert marks == [[column, row] for row, column in cells]
        numbers = {text.get_position(): text.get_text() for text in scene.marked if text.get_visible()}
        for row, column in cells:  # a mark bears the number of the cell that it covers
            assert numbers[column, row] == (scene.cells[row, column].get_text() or numbers[column, row] or None)


def test_each_line_is_about_the_numbers_it_uses():
    cells = [cells for *_, cells in Calculation.lines("hinge", "cat image")]
    assert cells == [[(0, 0)], [(1, 0), (0, 0)], [(1, 0)], [(2, 0), (0, 0)], [(2, 0)], [(3, 0)]]
    column = [(0, 2), (1, 2), (2, 2)]
    cells = [cells for *_, cells in Calculation.lines("softmax", "frog image")]
    assert cells == [column, column, column, column, [(2, 2)], [(3, 2)]]


def test_a_result_stands_in_the_table_once_it_is_worked_out():
    figure = explore.calculation(image="car image", line=5)
    results = [figure.scene.cells[3, column] for column in range(3)]
    assert [cell.get_text() for cell in results] == ["2.9", "", ""]
    figure.values = {"line": 6}
    assert [text.get_text() for text in figure.scene.marked if text.get_visible()] == ["0"]
    figure.values = {"loss": "softmax", "image": "all three"}
    assert [cell.get_text() for cell in results] == ["2.04", "0.08", "6.16"]


def test_a_column_and_a_line_can_be_taken_by_hand():
    figure = explore.calculation()
    assert dragged(figure, (2, 1), (2.2, 1)) == {"image": "frog image"}
    assert dragged(figure, (-0.9, 1), (-0.8, 1)) == {}
    assert dragged(figure, (0.5, 2), (0.5, 4.1), panel=1) == {"line": 4}


# ---------------------------------------------------------------------- the microscope


@pytest.mark.parametrize(("base", "unit"), [("e (nats)", 1), ("2 (bits)", np.log(2)), ("10", np.log(10))])
@pytest.mark.parametrize("true", CLASSES)
def test_the_microscope_tells_the_library_s_numbers(true, base, unit):
    figure = explore.score_microscope(cat=1.5, car=2.5, frog=-0.5, true=true, margin=1.5, base=base)
    s, label = np.array([1.5, 2.5, -0.5]), CLASSES.index(true)
    hinge, cross = figure.readout.split("\n")
    assert f" = {plain(losses.multiclass_hinge(s, label, margin=1.5))}, pushes" in hinge
    assert f" = {losses.softmax_cross_entropy(s, label) / unit:.3f}, pushes" in cross
    assert f"sum {np.exp(s).sum():.2f}" in cross
    pushes = -losses.softmax_cross_entropy.gradient(s, label) / unit
    told = cross.partition("pushes ")[2].replace("−", "-")
    assert [float(part.split()[1]) for part in told.split(", ")] == pytest.approx(pushes, abs=6e-4)


def test_all_views_of_the_microscope_agree():
    scene = explore.score_microscope(cat=3.2, car=5.1, frog=-1.7).scene
    terms, powers, shares = ([bar.get_width() for bar in column] for column in scene.columns)
    assert [bar.get_width() for bar in scene.bars] == [3.2, 5.1, -1.7]
    assert terms == pytest.approx([0, 2.9, 0])
    assert powers == pytest.approx(np.exp([3.2, 5.1, -1.7]))
    assert shares == pytest.approx(losses.softmax([3.2, 5.1, -1.7]))
    assert [text.get_text() for text in scene.results] == ["= 2.9", "= 188.74", "= 2.040"]
    assert [text.get_text() for text in scene.heads] == ["hinge loss", "sum", "−log p(cat)"]
    assert [text.get_text() for text in scene.values] == ["3.2", "5.1", "−1.7"]
    hinge, cross = scene.arrows.U[::2], scene.arrows.U[1::2]
    assert hinge == pytest.approx([1, -1, 0])
    assert cross == pytest.approx(-losses.softmax_cross_entropy.gradient([3.2, 5.1, -1.7], 0))
    assert scene.arrows.get_offsets()[:, 0] == pytest.approx([3.2, 3.2, 5.1, 5.1, -1.7, -1.7])


def test_pushes_are_whole_for_hinge_and_never_0_for_the_cross_entropy():
    hinge, cross = explore.score_microscope(cat=9, car=-6, frog=-6).readout.split("\n")
    assert hinge.endswith("pushes cat 0, car 0, frog 0")
    assert cross.endswith("pushes cat +6.1e−7, car −3.1e−7, frog −3.1e−7")
    hinge, cross = explore.score_microscope(cat=0, car=9, frog=9, margin=3).readout.split("\n")
    assert hinge.endswith("pushes cat +2, car −1, frog −1")
    assert "exp 1.00, 8 103, 8 103, sum 16 207," in cross


def test_a_large_power_stays_in_its_panel():
    theme.use("projector")
    scene = explore.score_microscope(cat=9, car=9, frog=9).scene
    edge = scene.shares.get_window_extent().x0
    assert all(label.get_window_extent().x1 < edge for label in scene.labels[1])


def test_scores_and_margin_can_be_dragged():
    figure = explore.score_microscope(cat=3.2, car=5.1, frog=-1.7)
    assert dragged(figure, (4, 1.1), (2.5, 0)) == {"car": pytest.approx(3.6)}, "the row where the drag began counts"
    assert dragged(figure, (0, -0.4), (1, 0)) == {"cat": pytest.approx(4.2)}
    assert dragged(figure, (-1, 2.2), (1, 3)) == {"frog": pytest.approx(0.3)}
    assert dragged(figure, (2.2, 3), (1.2, 3)) == {"margin": pytest.approx(2.0)}


def test_the_buttons_put_the_images_in_and_shift_all_scores():
    figure = explore.score_microscope()
    for number, name in enumerate(CLASSES):
        pressed(figure, f"{name}_image")
        assert [figure.values[each] for each in CLASSES] == SCORES[number].tolist()
        assert figure.values["true"] == name
    before = figure.readout.partition(" = ")[2].partition(",")[0]
    pressed(figure, "raise")
    assert [figure.values[each] for each in CLASSES] == pytest.approx(SCORES[2] + 1)
    assert figure.readout.partition(" = ")[2].startswith(before), "a shift changes no loss"
    figure.values = {"cat": 9}
    pressed(figure, "raise")
    assert figure.values["car"] == pytest.approx(3.5), "all scores or none"


# ---------------------------------------------------------------------- the gap and the scale


def test_the_gap_at_2_9_is_the_car_image():
    readout = explore.score_gap(gap=2.9, jiggle=0).readout
    assert "hinge 0.00, pushes the true score by 0;" in readout
    assert "cross-entropy 0.07913" in readout
    assert "of 60 jiggled images 60 have a hinge loss of 0" in readout


def test_the_cross_entropy_never_arrives_at_0():
    readout = explore.score_gap(gap=10, jiggle=2).readout
    assert "cross-entropy 6.794e−5, pushes by 6.794e−5" in readout
    least = readout.partition("goes from ")[2].split()[0]
    assert 0 < float(least.replace("−", "-")) < 1e-4


def test_the_line_of_the_gap_passes_behind_the_words():
    figure = explore.score_gap()
    order = figure._canvas.moving
    assert figure.scene.end.get_bbox_patch() is not None
    assert all(order.index(line) < order.index(figure.scene.end) for line in figure.scene.here)


def test_many_jiggled_images_wake_the_hinge_loss_up():
    figure = explore.score_gap(gap=1.2, jiggle=2)
    zeros = int(figure.readout.split("images ")[1].split()[0])
    assert 5 < zeros < 50
    places, values = figure.scene.cloud["hinge"][0].get_data()
    assert np.sum(values == 0) == zeros
    assert (values[places < 1] > 0).all()


def test_the_gap_and_the_edge_of_the_margin_can_be_dragged():
    figure = explore.score_gap(gap=4, margin=1)
    assert dragged(figure, (1.05, 2), (2.05, 2)) == {"margin": 2.0}
    assert dragged(figure, (4.5, 2), (5.5, 2)) == {"gap": 5.0}


def test_of_the_gap_and_the_edge_the_hand_takes_the_nearer_one():
    figure = explore.score_gap(gap=1.6, margin=1)
    assert dragged(figure, (1.2, 2), (2.0, 2)) == {"margin": 1.8}
    assert dragged(figure, (1.4, 2), (2.0, 2)) == {"gap": 2.2}
    figure.values = {"gap": 1}
    assert dragged(figure, (1.2, 2), (2.0, 2)) == {"gap": 1.8}, "where both lie together it is the gap"


def test_the_edge_of_the_margin_is_where_the_curve_ends():
    figure = explore.score_gap(margin=2.5)
    figure.values = {"margin": 1.5}
    assert [edge.get_xdata()[0] for edge in figure.scene.edges] == [1.5, 1.5]
    gap, values = figure.scene.drawn["hinge"][0].get_data()
    assert gap[values > 0].max() == pytest.approx(1.5, abs=0.05)


@pytest.mark.parametrize("strength", [0.001, 0.1, 1, 3])
def test_the_marked_scale_is_the_best_one(strength):
    scene = explore.weight_scale(strength=strength).scene
    scale = np.linspace(0, 4, 4001)
    found = experiments.svm_and_softmax.losses_of_scale(scale)
    for role, star in zip(("hinge", "cross_entropy"), scene.stars, strict=True):
        objective = found[role] + strength * losses.l2(WEIGHTS) * scale**2
        assert star.get_xdata()[0] == pytest.approx(scale[objective.argmin()], abs=0.01)
        assert star.get_visible()


def test_without_a_penalty_there_is_no_best_scale_to_mark():
    figure = explore.weight_scale(a=2, strength=0)
    assert not any(star.get_visible() for star in figure.scene.stars)
    assert "hinge 0.0000 + 0.0000 = 0.0000 (0 for every a from 0.5 on)" in figure.readout
    assert dragged(figure, (2, 1), (0.4, 1), panel=1) == {"a": 0.4}


# ---------------------------------------------------------------------- what a beginner hands in

hinges = losses.multiclass_hinge.per_example


@pytest.mark.parametrize(
    ("exercise", "answer", "name"),
    [
        ("hinge", lambda s, y, d: sum(max(0, s[j] - s[y] + d) for j in range(len(s))), "true class counted"),
        ("hinge", lambda s, y, d: sum(max(0, s[j] - s[y]) for j in range(len(s)) if j != y), "no margin"),
        ("hinge", lambda s, y, d: sum(s[j] - s[y] + d for j in range(len(s)) if j != y), "no max"),
        (
            "hinge",
            lambda s, y, d: sum(max(0, s[j] - s[y] + d) for j in range(3) if j != y),
            "always three classes",
        ),
        ("cross_entropy", lambda s, y: -np.log(losses.softmax(s)[y] + 1e-9), "1e-9 added"),
        ("cross_entropy", lambda s, y: -np.log(max(losses.softmax(s)[y], 1e-7)), "clipped at 1e-7"),
        ("cross_entropy", lambda s, y: np.log(np.exp(s - s.max()).sum()) - s[y], "only the sum shifted"),
        ("cross_entropy", lambda s, y: -np.log10(np.exp(s[y]) / np.exp(s).sum()), "log10"),
        ("cross_entropy", lambda s, y: -np.log2(np.exp(s)[y] / np.exp(s).sum()), "log2"),
        ("cross_entropy", lambda s, y: -np.log(np.exp(s[y]) / sum(np.exp(s))), "unshifted"),
        ("cross_entropy", lambda s, y: np.exp(s - s.max())[y] / np.exp(s - s.max()).sum(), "probability, shifted"),
        ("mean_hinge", lambda s, y: hinges(s, y).sum() / 3, "divided by 3"),
        ("mean_hinge", lambda s, y: hinges(s, y).sum() / len(s[0]), "divided by the number of classes"),
    ],
)  # fmt: skip
def test_wrong_answers_written_otherwise_are_recognised(exercise, answer, name):
    with np.errstate(all="ignore"):
        feedback = exercises.of("svm_and_softmax")[exercise].check(answer)
    assert (feedback.verdict, feedback.misconception) == ("wrong", name)


def test_three_digits_are_enough_for_the_fresh_network():
    item = exercises.svm_and_softmax.fresh_network
    assert [item.check(answer).verdict for answer in (4.6, 4.61, 4.605, 4.5)] == ["right", "right", "right", "wrong"]
