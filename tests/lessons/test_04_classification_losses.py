"""Lesson 04: its plots and explorers say what the library says, can be dragged, and agree with each other."""

import re

import numpy as np
import pytest
from matplotlib.figure import Figure

from lossviz import data, exercises, experiments, explore, losses, plots, theme
from lossviz.experiments.classification_losses import directions, least_bce
from lossviz.live import Drag

X, LABEL = data.blobs(n=60, classes=2, spread=1.2)
NUMBER = r"−?\d+(?:\.\d+)?(?:e−?\d+)?"


def told(readout, *names):
    """The numbers that follow these words in a readout."""
    return [float(re.search(rf"{re.escape(name)}\s*({NUMBER})", readout)[1].replace("−", "-")) for name in names]


@pytest.fixture
def panels():
    return Figure().subplots(1, 2)


# ---------------------------------------------------------------------- plots


@pytest.mark.parametrize("target", [0, 1])
def test_log_loss_is_the_cross_entropy_of_the_sigmoid(target):
    score = np.array([-3.0, 0.0, 2.5])
    value, slope = experiments.classification_losses.log_loss(score, target)
    p = losses.sigmoid(score)
    assert value == pytest.approx(losses.binary_cross_entropy.per_example(p, np.full(3, target)))
    assert slope == pytest.approx(p - target)


def test_both_panels_show_the_same_losses(panels):
    for over_p, over_s in plots.classification_losses.log_loss_curves(*panels):
        assert np.allclose(over_p.get_xdata(), losses.sigmoid(over_s.get_xdata()))
        assert (over_p.get_ydata() == over_s.get_ydata()).all()


@pytest.mark.parametrize("target", [0, 1])
def test_one_example_is_a_place_on_its_curve_and_the_chain_rule_joins_its_slopes(target):
    curve = experiments.classification_losses.log_loss_curve(target, reach=3, count=7)
    here = experiments.classification_losses.one_example(2.0, target)
    assert curve.score[5] == 2
    assert here[:3] == pytest.approx((curve.probability[5], curve.loss[5], curve.squared[5]))
    p = here.probability
    assert here.slope_in_p * p * (1 - p) == pytest.approx(here.slope_in_score)


@pytest.mark.parametrize("role", ["hinge", "squared_hinge", "logistic", "squared"])
def test_the_slope_over_the_margin_is_the_slope_of_the_value(role):
    margin = np.linspace(-4, 4, 8001)
    value, slope = experiments.classification_losses.margin_curve(role, margin, base=2 if role == "logistic" else np.e)
    smooth = np.abs(margin[1:-1] - 1) > 0.01
    assert np.allclose(np.gradient(value, margin)[1:-1][smooth], slope[1:-1][smooth], atol=1e-3)


@pytest.mark.parametrize("label", [0, 1])
def test_losses_over_the_margin_are_those_of_score_and_label(label):
    score, y = np.array([-2.0, 0.3, 4.0]), 2 * label - 1
    one = np.ones(3)

    def curve(role):
        return experiments.classification_losses.margin_curve(role, y * score)[0]

    assert curve("logistic") == pytest.approx(losses.sigmoid_cross_entropy.per_example(score, label * one))
    assert curve("hinge") == pytest.approx(losses.hinge.per_example(score, y * one))
    assert curve("squared_hinge") == pytest.approx(losses.squared_hinge.per_example(score, y * one))
    assert curve("squared") == pytest.approx((losses.sigmoid(score) - label) ** 2)
    assert curve("zero_one").tolist() == [float(y * s < 0) for s in score]


def test_no_line_joins_the_two_sides_of_a_jump(panels):
    (zero_one, _), (_, hinge_slope) = plots.classification_losses.margin_curves(*panels, ["zero_one", "hinge"])
    assert np.isnan(zero_one.get_ydata()).sum() == 1
    assert np.isnan(hinge_slope.get_ydata()).sum() == 1


def test_in_bits_the_logistic_loss_is_1_at_the_boundary_and_nowhere_below_0_1():
    margin = np.linspace(-5, 5, 101)
    bits = experiments.classification_losses.margin_curve("logistic", margin, base=2)[0]
    assert bits[50] == pytest.approx(1)
    assert (bits >= experiments.classification_losses.margin_curve("zero_one", margin)[0]).all()


def test_what_is_not_a_curve_over_the_margin_is_refused():
    with pytest.raises(ValueError, match="^margin_curve: role must be one of 'zero_one', .*, got 'mse'"):
        experiments.classification_losses.margin_curve("mse", [1.0])
    with pytest.raises(ValueError, match="^margin_curve: base must be one number above 1 and finite, got 1$"):
        experiments.classification_losses.margin_curve("logistic", [1.0], base=1)


@pytest.mark.parametrize("level", [-1.0, 0.0, 1.0])
def test_the_score_has_its_level_all_along_the_line(level):
    weights, bias = np.array([-1.5, 0.7]), 0.4
    ends = plots.classification_losses.level_ends(weights, bias, level)
    assert ends @ weights + bias == pytest.approx([level, level])
    assert np.linalg.norm(ends[1] - ends[0]) == pytest.approx(40)


def test_the_boundary_is_drawn_without_moving_the_frame(panels):
    ax = panels[0]
    plots.classification_losses.plane(ax, X, LABEL, reach=4)
    lines = plots.classification_losses.boundary(ax, (1.0, 1.0), 0.0)
    assert len(lines) == 3
    assert ax.get_xlim() == (-4, 4)
    assert {text.get_text() for text in ax.texts} == {"class 0", "class 1"}


# ---------------------------------------------------------------------- −log p


def test_log_loss_curve_tells_loss_and_slopes():
    readout = explore.log_loss_curve(score=-1.5, target="y = 0", squared=True).readout
    p = float(losses.sigmoid(-1.5))
    loss, in_p, in_s, squared = told(readout, "−log(1 − p) =", "slope in p", "in s", "squared error")
    assert loss == pytest.approx(-np.log(1 - p), abs=5e-4)
    assert (in_p, in_s) == pytest.approx((1 / (1 - p), p), abs=5e-3)
    assert squared == pytest.approx(p**2, abs=5e-4)


def test_the_dot_lies_on_both_curves_at_one_height():
    scene = explore.log_loss_curve(score=2, target="y = 1").scene
    (x0,), (y0,) = scene.dots[0].get_data()
    (x1,), (y1,) = scene.dots[1].get_data()
    assert x0 == losses.sigmoid(x1)
    assert y0 == y1 == pytest.approx(-np.log(x0))
    for tangent, dot in zip(scene.tangents, scene.dots, strict=True):
        assert np.mean(tangent.get_ydata()) == pytest.approx(dot.get_ydata()[0])


def test_a_dot_at_the_end_of_its_panel_is_whole():
    scene = explore.log_loss_curve(score=8).scene
    assert not any(dot.get_clip_on() for dot in scene.dots)


@pytest.mark.parametrize("panel", [0, 1])
@pytest.mark.parametrize("target", [0, 1])
def test_a_dot_dragged_along_a_curve_stays_under_the_hand(panel, target):
    scene = explore.log_loss_curve().scene
    values = scene.complete({})

    def place(score):
        x = losses.sigmoid(score) if panel == 0 else score
        return float(x), float(experiments.classification_losses.log_loss([score], target)[0][0])

    moved = scene.drag(Drag(scene.panels[panel], place(-4.0 + 8 * target), place(1.0), values))
    assert moved == {"target": f"y = {target}", "score": pytest.approx(1.0, abs=0.03)}


# ---------------------------------------------------------------------- margins


def test_margin_losses_tell_what_the_library_says():
    readout = explore.margin_losses(margin=-1.25).readout
    assert told(readout, "hinge", "squared hinge", "logistic (BCE)") == pytest.approx(
        [
            losses.hinge([-1.25], [1]),
            losses.squared_hinge([-1.25], [1]),
            losses.sigmoid_cross_entropy([-1.25], [1]),
        ],
        abs=1e-3,
    )
    bits = explore.margin_losses(margin=0, bits=True).readout
    assert told(bits, "logistic in bits") == [1.0]


# ---------------------------------------------------------------------- the boundary


def scores(values):
    across, _ = directions(values["angle"])
    return values["steepness"] * (X @ across - values["offset"])


@pytest.mark.parametrize("mislabelled", [False, True])
def test_boundary_tells_the_losses_of_the_point_and_of_all(mislabelled):
    figure = explore.boundary(angle=-150, offset=-0.5, steepness=2.5, point=44, mislabelled=mislabelled)
    label = LABEL.copy()
    label[43] ^= mislabelled
    s = scores(figure.values)
    single, whole = figure.readout.split("   mean of 60: ")
    for part, of in (single, slice(43, 44)), (whole, slice(None)):
        expected = [
            losses.sigmoid_cross_entropy(s[of], label[of]),
            losses.hinge(s[of], 2 * label[of] - 1),
            losses.mse(losses.sigmoid(s[of]), label[of]),
        ]
        assert told(part, "BCE", "hinge", "squared error") == pytest.approx(expected, abs=6e-4)
    assert told(whole, "on the wrong side:") == [np.sum((s > 0) != label)]


def test_words_in_a_bar_stay_in_it():
    theme.use("projector")
    scene = explore.boundary(steepness=8, mislabelled=True, point=44).scene
    for bar, tip in list(zip(scene.own, scene.tips, strict=True))[:2]:
        inner, outer = tip.get_window_extent(), bar.get_window_extent()
        assert tip.get_color() == theme.PAPER
        assert outer.y0 < inner.y0 < inner.y1 < outer.y1


def test_all_views_of_the_boundary_agree():
    figure = explore.boundary(angle=-120, offset=0.3, steepness=1.5, point=7)
    scene, s = figure.scene, scores(figure.values)
    margin = (2 * LABEL - 1) * s
    cost = [mark.get_ydata()[0] for mark in scene.marks]
    assert {mark.get_xdata()[0] for mark in scene.marks} == {margin[6]}
    assert [bar.get_width() for bar in scene.own] == pytest.approx(cost)
    assert np.allclose(scene.ring.get_xydata(), X[6])
    assert np.allclose(scene.crosses.get_xydata(), X[margin < 0])
    areas = np.maximum(*(cloud.get_sizes() for cloud in scene.clouds))
    bce = losses.sigmoid_cross_entropy.per_example(s, LABEL)
    assert (np.argsort(areas) == np.argsort(bce)).all(), "the larger the loss, the larger the point"


def test_confident_and_wrong_has_no_limit_but_under_the_squared_error():
    readouts = [explore.boundary(steepness=k, mislabelled=True, point=44).readout for k in (2, 4, 8)]
    bce, hinge, squared = zip(*(told(readout, "BCE", "hinge", "squared error") for readout in readouts), strict=True)
    assert bce[2] > 1.9 * bce[1] > 3.6 * bce[0]
    assert hinge[2] > 1.8 * hinge[1]
    assert max(squared) <= 1


@pytest.mark.parametrize(
    ("grip", "name", "change"),
    [("move", "offset", 0.75), ("forward", "angle", 20.0), ("back", "angle", -35.0), ("steep", "steepness", 2.0)],
)
def test_a_handle_follows_the_hand(grip, name, change):
    scene = explore.boundary().scene
    values = scene.complete({"angle": -100, "offset": 0.5, "steepness": 1.0})

    def place(values):
        move, turn, steep = scene.grips(values["angle"], values["offset"], values["steepness"])
        return {"move": move, "back": turn[0], "forward": turn[1], "steep": steep}[grip]

    goal = values | {name: values[name] + change}
    moved = scene.drag(Drag(scene.plane, tuple(place(values)), tuple(place(goal)), values))
    assert moved == {name: pytest.approx(goal[name])}


def test_a_grip_goes_before_a_point_that_lies_under_it():
    scene = explore.boundary().scene
    angle, offset = np.degrees(np.arctan2(*X[23][::-1])), np.hypot(*X[23])
    values = scene.complete({}) | {"angle": angle, "offset": offset - 0.1}
    here = tuple(X[23])
    assert scene.drag(Drag(scene.plane, here, here, values)) == {"offset": offset - 0.1}


def test_a_point_is_chosen_by_a_click_and_an_empty_place_by_nothing():
    scene = explore.boundary().scene
    values = scene.complete({"angle": -100, "offset": 2.0})
    here = tuple(X[23])
    assert scene.drag(Drag(scene.plane, here, here, values)) == {"point": 24}
    assert scene.drag(Drag(scene.plane, (-4.5, 4.5), (0, 0), values)) == {}


def test_the_button_goes_to_the_least_bce():
    best = least_bce(X, LABEL)
    across, _ = directions(best["angle"])

    def bce(w):
        return losses.sigmoid_cross_entropy(X @ w[:2] + w[2], LABEL)

    w = np.append(best["steepness"] * across, -best["steepness"] * best["offset"])
    rng = np.random.default_rng(0)
    assert all(bce(w) < bce(w + step) for step in 0.01 * rng.standard_normal((20, 3)))


def test_classes_that_a_line_separates_have_no_least_bce():
    x, label = data.blobs(n=20, classes=2, spread=0.9)
    with pytest.raises(ValueError, match="^least_bce: x must hold classes that no line separates"):
        least_bce(x, label)


def test_the_boundary_s_points_are_the_lesson_s_and_nobody_can_change_them():
    x, label = experiments.classification_losses.two_classes()
    assert (x == X).all()
    assert (label == LABEL).all()
    wrong = experiments.classification_losses.two_classes(mislabelled=True)[1]
    assert (wrong != LABEL).nonzero()[0].tolist() == [experiments.classification_losses.WRONG]
    with pytest.raises(ValueError, match="read-only"):
        label[0] = 1


def test_a_wrong_label_makes_the_best_boundary_less_sure():
    figure = explore.boundary()
    clean = figure.scene.press("best", figure.values)
    wrong = figure.scene.press("best", figure.values | {"mislabelled": True})
    assert wrong["steepness"] < 0.7 * clean["steepness"]


# ---------------------------------------------------------------------- the constant in the logarithm


@pytest.mark.parametrize("exponent", [-12, -7, -1])
def test_clipping_tells_ceiling_and_discount(exponent):
    readout = explore.clipping(epsilon=exponent, p=-3).readout
    epsilon = 10.0**exponent
    expected = [-np.log(epsilon), -np.log1p(epsilon), -np.log(1e-3), -np.log(1e-3 + epsilon)]
    names = "ceiling", "perfect prediction", "−log p =", "with ε"
    assert told(readout, *names) == pytest.approx(expected, rel=6e-3, abs=6e-4)


def test_a_constant_below_0_is_refused():
    with pytest.raises(ValueError, match="^clipped: epsilon must be one number of at least 0 and finite, got -0.1$"):
        experiments.classification_losses.clipped([-1.0], -0.1)


def test_below_0_stands_a_true_minus():
    readout = explore.clipping(epsilon=-1, p=0).readout
    assert readout.endswith("−log p = 0.000, with ε −0.095")


@pytest.mark.parametrize("exponent", [-15, -13.25, -12, -9, -3.25, -1])
def test_the_name_of_the_clipped_curve_lies_beside_it(exponent):
    theme.use("projector")
    scene = explore.clipping(epsilon=exponent, p=-20).scene
    box = scene.curve_name.get_window_extent()
    curve = scene.left.transData.transform(scene.curve.get_xydata())
    beside = curve[(curve[:, 0] > box.x0) & (curve[:, 0] < box.x1), 1]
    assert (beside > box.y1).all() or (beside < box.y0).all()


def test_the_ceiling_and_p_can_be_dragged():
    scene = explore.clipping().scene
    values = scene.complete({"epsilon": -7, "p": -10})
    ceiling = 7 * np.log(10)
    drag = Drag(scene.left, (1e-17, ceiling), (1e-16, ceiling + 6.9), values)
    assert scene.drag(drag)["epsilon"] == pytest.approx(-10, abs=0.01)
    assert scene.drag(Drag(scene.left, (1e-10, ceiling), (1e-4, 5.0), values)) == {"p": pytest.approx(-4)}
    on_ceiling = Drag(scene.left, (1e-10, ceiling), (1e-10, ceiling + 6.9), values)
    assert list(scene.drag(on_ceiling)) == ["p"], "the point lies there"
    assert scene.drag(Drag(scene.top, (1e-7, 16), (1e-3, 3), values)) == {"epsilon": pytest.approx(-3)}


# ---------------------------------------------------------------------- what a beginner would write


def naive_bce(p, y):
    with np.errstate(all="ignore"):
        return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


def looping_softmax(s):
    rows = []
    for row in s:
        powers = [np.exp(score - max(row)) for score in row]
        rows.append([power / sum(powers) for power in powers])
    return rows


def test_other_right_ways_are_right_and_the_formula_word_for_word_is_named():
    items = exercises.classification_losses
    assert items.bce.check(naive_bce).misconception == "0 log 0"
    for epsilon in 1e-15, 1e-7, 1e-5:
        clipped = items.bce.check(lambda p, y, e=epsilon: naive_bce(np.clip(p, e, 1 - e), y))
        assert clipped.misconception == "small number"
        added = items.bce.check(lambda p, y, e=epsilon: -np.mean(y * np.log(p + e) + (1 - y) * np.log(1 - p + e)))
        assert added.misconception == "small number"
    with np.errstate(divide="ignore"):
        assert items.bce.check(lambda p, y: -np.mean(np.log(abs(y - p)))).misconception == "the other class"
    assert items.bce.check(lambda p, y: np.sum(naive_bce(p, y)) * len(p)).misconception == "sum, and 0 log 0"
    assert items.softmax.check(looping_softmax).verdict == "right"
    assert items.softmax.check(lambda s: losses.softmax(s)).verdict == "right"
    assert items.hinge.check(lambda s, y: losses.hinge(s, 2 * y - 1)).verdict == "right"
    assert items.hinge.check(lambda s, y: np.mean(np.maximum(0, 1 - y * s))).misconception == "targets 0 and 1"
