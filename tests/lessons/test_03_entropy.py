"""Lesson 03: bars that keep summing to 1, lengths that add up, a triangle; and the answers a beginner gives first."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from lossviz import exercises, experiments, explore, information, plots, theme
from lossviz.experiments.entropy import LEVELS, rescaled
from lossviz.live import Drag

shares = st.lists(st.floats(0, 1), min_size=4, max_size=4).filter(lambda p: sum(p) > 0.01)


def pressed(figure, name):
    figure._answer(None, {"press": name, "number": figure.answered + 1}, [])
    assert not figure.error


def dragged(figure, axes, start, now):
    drag = Drag(axes, start, now, dict(figure.values))
    figure.values = figure.scene.nearest(figure.scene.drag(drag))


def right_end(rectangle):
    return rectangle.get_x() + rectangle.get_width()


# ---------------------------------------------------------------------- the coin


@pytest.mark.parametrize("head", [0.0, 0.02, 0.3, 0.5, 0.985])
def test_coin_tells_what_the_library_says(head):
    figure = explore.coin(head=head)
    mean = information.entropy([head, 1 - head])
    assert figure.readout.endswith(f"weighted mean H = {mean:.3f} bits")
    assert figure.scene.point.get_ydata()[0] == mean
    area = sum(bar.get_width() * bar.get_height() for bar in figure.scene.bars)
    assert area == pytest.approx(mean), "the bars' area is the entropy"
    assert figure.scene.mean.get_ydata()[0] == mean, "and their mean height"


@pytest.mark.parametrize("preset", theme.PRESETS)
def test_the_coin_s_words_stand_under_the_arch(preset):
    theme.use(preset)
    figure = explore.coin()
    words, ax = figure.scene.point_name, figure.scene.left
    for head in np.linspace(0, 1, 41):
        figure.values = {"head": head}
        place = words.get_window_extent()
        (left, bottom), (right, top) = ax.transData.inverted().transform([place.min, place.max])
        assert bottom > 0, "above the axis"
        if top > 0.15:  # at the ends of the arch there is no room under it
            assert top < min(information.entropy([[left, 1 - left], [right, 1 - right]])), head
    figure.close()


def test_a_side_that_never_comes_has_infinite_information():
    assert "tail (probability 0.000) tells ∞ bits" in explore.coin(head=1).readout


def test_coin_can_be_dragged_on_both_panels():
    figure = explore.coin(head=0.8)
    for axes in figure.scene.draggable():
        dragged(figure, axes, (0.8, 0.5), (0.3, 0.1))
        assert figure.values["head"] == 0.3
        figure.values = {"head": 0.8}


# ---------------------------------------------------------------------- two distributions


@given(p=shares, place=st.integers(0, 3), value=st.floats(0, 1))
def test_the_others_give_way_in_proportion(p, place, value):
    p = np.array(p) / sum(p)
    after = np.array(rescaled(p, place, value))
    assert after[place] == value
    assert after.sum() == pytest.approx(1)
    others = np.delete(p, place)
    if others.sum() > 1e-6:
        assert np.delete(after, place) * others.sum() == pytest.approx(others * (1 - value), abs=1e-9)


def test_what_was_scaled_keeps_its_ratios_and_nothing_becomes_even():
    assert experiments.entropy.scaled([1, 3, 0]) == [0.25, 0.75, 0]
    assert experiments.entropy.scaled([0, 0, 0, 0]) == [0.25] * 4


@given(q=shares, p=shares)
def test_what_each_symbol_costs_adds_up_to_the_cross_entropy(q, p):
    q, p = (np.round(each, 9) / np.round(each, 9).sum() for each in (q, p))  # not 5e-324, where digits are lost
    of_q, kl, whole = experiments.entropy.entropy_plus_kl(q, p, "nats")
    assert sum(experiments.entropy.cost_of_each(q, p, "nats")) == pytest.approx(whole)
    assert of_q + kl == pytest.approx(whole, abs=1e-9)


def test_others_that_are_all_0_share_what_is_left():
    assert rescaled([1.0, 0, 0, 0], 0, 0.4) == pytest.approx([0.4, 0.2, 0.2, 0.2])


def test_sliders_and_bars_show_one_distribution_that_sums_to_1():
    figure = explore.two_distributions()
    for name, value in [("q_a", 0.9), ("q_d", 0.0), ("p_b", 0.333 + 0.002), ("p_b", 1.0), ("p_c", 0.5), ("q_a", 0.0)]:
        figure.values = {name: value}
        assert figure.values[name] == value, "the slider that was moved stays where it was put"
        for of in "qp":
            exact = figure.values[of]
            assert sum(exact) == pytest.approx(1)
            assert [bar.get_height() for bar in figure.scene.bars[of]] == exact
            assert [figure.values[f"{of}_{s}"] for s in "abcd"] == pytest.approx(exact, abs=0.0026)


def test_many_small_steps_do_not_wear_the_ratios_down():
    scene = explore.two_distributions(q=[0.1, 0.45, 0.3, 0.15]).scene
    values = scene.complete({"q": [0.1, 0.45, 0.3, 0.15]})
    values |= scene.nearest(scene.follow(values, values))
    for step in [*range(100), *reversed(range(100))]:
        after = scene.complete({"q_a": 0.1 + 0.005 * step}, values)
        values = after | scene.nearest(scene.follow(values, after))
    assert values["q"] == pytest.approx([0.1, 0.45, 0.3, 0.15])


def test_a_bar_follows_the_hand_and_only_its_own_distribution_gives_way():
    figure = explore.two_distributions(q=[0.5, 0.25, 0.125, 0.125], p=[0.25] * 4)
    dragged(figure, figure.scene.panels["q"], (1.2, 0.2), (1.4, 0.4))
    assert figure.values["q"] == pytest.approx([0.4, 0.4, 0.1, 0.1])
    assert figure.values["q_b"] == 0.4
    assert figure.values["p"] == [0.25] * 4
    dragged(figure, figure.scene.panels["p"], (3.0, 0.2), (3.0, 7.0))
    assert figure.values["p"] == [0, 0, 0, 1], "a hand above the panel means 1"


@pytest.mark.parametrize("unit", ["bits", "nats"])
@pytest.mark.parametrize("q", [[0.5, 0.25, 0.125, 0.125], [1.0, 0, 0, 0], [0.2, 0.3, 0.1, 0.4]])
def test_the_lengths_are_the_library_s_and_add_up(q, unit):
    p = [0.1, 0.5, 0.15, 0.25]
    figure = explore.two_distributions(q=q, p=p, unit=unit)
    of_q, kl, whole = (
        information.entropy(q, unit),
        information.kl_divergence(q, p, unit),
        information.cross_entropy(q, p, unit),
    )
    upper = figure.scene.sums[0]
    assert upper.entropy.get_width() == pytest.approx(of_q)
    assert upper.kl.get_width() == pytest.approx(kl)
    assert right_end(upper.kl) == pytest.approx(whole), "entropy and KL end where the cross-entropy ends"
    assert right_end(upper.parts[-1]) == pytest.approx(whole)
    assert figure.readout.splitlines()[1] == f"H(Q) {of_q:.3f} + KL(Q‖P) {kl:.3f} = H(Q, P) {whole:.3f} {unit}"


def test_the_lower_pair_has_the_roles_exchanged():
    q, p = [0.4, 0.3, 0.2, 0.1], [0.1, 0.6, 0.2, 0.1]
    there, back = explore.two_distributions(q=q, p=p), explore.two_distributions(q=p, p=q)
    lower = there.readout.splitlines()[2].replace("Q", "X").replace("P", "Q").replace("X", "P")
    assert lower == back.readout.splitlines()[1]
    pressed(there, "swap")
    assert there.readout == back.readout


def test_what_is_impossible_has_an_infinite_cost_and_stays_in_the_panel():
    figure = explore.two_distributions(q=[0.25] * 4, p=[0.5, 0.5, 0, 0])
    assert "KL(Q‖P) ∞ = H(Q, P) ∞ bits" in figure.readout
    assert "KL(P‖Q) 1.000 = H(P, Q) 2.000" in figure.readout
    upper, lower = figure.scene.sums
    assert right_end(lower.kl) == right_end(lower.parts[-1]) == 2
    assert right_end(upper.kl) == right_end(upper.parts[-1]) == figure.scene.longest
    assert "longer than the panel" in upper.below.get_text()


def test_the_buttons_do_what_they_say():
    figure = explore.two_distributions()
    pressed(figure, "one_hot")
    assert figure.values["q"] == [1, 0, 0, 0]
    assert "H(Q) 0.000 + KL(Q‖P) 3.000 = H(Q, P) 3.000" in figure.readout
    pressed(figure, "even")
    assert figure.values["p"] == [0.25] * 4
    pressed(figure, "equal")
    assert figure.values["p"] == figure.values["q"]
    assert figure.readout.count("0.000 bits") == 2


def test_single_probabilities_given_at_the_start_are_scaled():
    figure = explore.two_distributions(q_a=1.0, q_b=1.0, q_c=0.0, q_d=0.0)
    assert figure.values["q"] == [0.5, 0.5, 0, 0]
    nothing = explore.two_distributions(q_a=0.0, q_b=0.0, q_c=0.0, q_d=0.0)
    assert nothing.values["q"] == [0.25] * 4


def test_a_distribution_in_single_precision_is_one():
    p = np.array([0.1, 0.2, 0.3, 0.4], dtype=np.float32) / np.float32(1.0000001)
    assert abs(sum(p.tolist()) - 1) > 1e-9
    values = explore.two_distributions(p=p).values
    assert sum(values["p"]) == pytest.approx(1, abs=1e-15)
    assert values["p"] == pytest.approx(p.tolist(), abs=1e-6)
    with pytest.raises(ValueError, match="sum to 1, got"):
        explore.two_distributions(p=[0.1, 0.2, 0.3, 0.4001])


@pytest.mark.parametrize(
    "given", [[0.5, 0.5], [0.5, 0.5, 0.5, 0], [1.5, -0.5, 0, 0], [0.5, 0.5, 0, np.nan], [1, 0, 0, "a"], "even", 0.25]
)
def test_what_is_not_a_distribution_is_refused(given):
    with pytest.raises(ValueError, match="^two_distributions: p must be 4 probabilities that sum to 1, got"):
        explore.two_distributions(p=given)


# ---------------------------------------------------------------------- one minimum


@pytest.mark.parametrize("truth", [0.0, 0.3, 0.5, 0.85, 1.0])
def test_both_curves_are_lowest_at_the_truth_and_apart_by_its_entropy(truth):
    figure = explore.same_minimum(truth=truth, prediction=0.4)
    cross, kl = (curve.get_ydata() for curve in figure.scene.curves)
    grid = figure.scene.curves[0].get_xdata()
    of_truth = information.entropy([truth, 1 - truth])
    assert cross - kl == pytest.approx(of_truth)
    assert grid[cross.argmin()] == grid[kl.argmin()] == pytest.approx(truth, abs=0.0051)
    whole, below, above = figure.scene.bars
    assert whole.get_height() == pytest.approx(below.get_height() + above.get_height())
    assert above.get_y() == below.get_height() == of_truth
    pressed(figure, "best")
    assert figure.values["prediction"] == np.clip(truth, 0.01, 0.99)


def test_truth_and_prediction_can_be_dragged_apart():
    figure = explore.same_minimum(truth=0.7, prediction=0.2)
    dragged(figure, figure.scene.left, (0.7, 2.0), (0.6, 2.0))
    assert (figure.values["truth"], figure.values["prediction"]) == (0.6, 0.2)
    dragged(figure, figure.scene.left, (0.3, 2.0), (0.35, 2.0))
    assert (figure.values["truth"], figure.values["prediction"]) == (0.6, 0.35)


def test_where_both_are_in_one_place_the_prediction_is_dragged():
    figure = explore.same_minimum(truth=0.5, prediction=0.5)
    dragged(figure, figure.scene.left, (0.5, 2.0), (0.6, 2.0))
    assert (figure.values["truth"], figure.values["prediction"]) == (0.5, 0.6)


def test_a_coin_s_losses_are_those_of_its_two_sides():
    cross, kl = experiments.entropy.coin_losses(0.7, [0.2, 0.7])
    assert cross[0] == information.cross_entropy([0.7, 1 - 0.7], [0.2, 0.8])
    assert kl.tolist() == [information.kl_divergence([0.7, 1 - 0.7], [0.2, 0.8]), 0]


# ---------------------------------------------------------------------- the triangle


def test_plane_and_distribution_are_each_other_s_inverse():
    p = np.random.default_rng(0).dirichlet([1, 1, 1], size=50)
    assert experiments.entropy.to_distribution(experiments.entropy.to_plane(p)) == pytest.approx(p)
    assert experiments.entropy.to_distribution([[0, -3.0], [2.0, 0.0]]) == pytest.approx(
        np.array([[1, 0, 0], [0, 1, 0]])
    )
    assert experiments.entropy.grid().sum(axis=-1) == pytest.approx(1)


def test_the_nearer_point_is_dragged():
    figure = explore.simplex(p=[0.2, 0.5, 0.3], q=[0.6, 0.3, 0.1])
    goal = experiments.entropy.to_plane([0.1, 0.1, 0.8])
    dragged(figure, figure.scene.plane, tuple(experiments.entropy.to_plane([0.22, 0.5, 0.28])), tuple(goal))
    assert figure.values["p"] == pytest.approx([0.1, 0.1, 0.8])
    assert figure.values["p_frog"] == 0.8
    assert figure.values["q"] == [0.6, 0.3, 0.1]
    dragged(figure, figure.scene.plane, tuple(experiments.entropy.to_plane([0.6, 0.3, 0.1])), (-1.0, -1.0))
    assert figure.values["q"] == pytest.approx([1, 0, 0])


@pytest.mark.parametrize("color", LEVELS)
def test_the_colors_and_the_lines_are_the_library_s(color):
    q = [0.6, 0.3, 0.1]
    figure = explore.simplex(color=color, q=q)
    image, _, *names = figure.scene.map
    measure = {
        "entropy of P": information.entropy,
        "KL(Q‖P)": lambda p: information.kl_divergence(q, p),
        "KL(P‖Q)": lambda p: information.kl_divergence(p, q),
        "JS(P, Q)": lambda p: information.js_divergence(p, q),
    }[color]
    grid = experiments.entropy.grid()
    for row, column in [(5, 40), (30, 45), (60, 44)]:
        assert image.get_array()[row, column] == pytest.approx(measure(grid[row, column]))
    assert len(names) >= 4
    for name in names:
        there = experiments.entropy.to_distribution(name.get_position())
        assert measure(there) == pytest.approx(float(name.get_text()), rel=0.02), "a line's number stands on the line"


@pytest.mark.parametrize("measure", LEVELS)
@pytest.mark.parametrize("q", [[0.6, 0.3, 0.1], [1.0, 0, 0], [1 / 3] * 3])
def test_on_the_walk_a_measure_only_rises_or_only_falls(measure, q):
    along = experiments.entropy.triangle_map(measure, q).values_on_walk
    along = along[np.isfinite(along)]
    assert (np.diff(along) >= 0).all() or (np.diff(along) <= 0).all()


def test_the_map_of_the_entropy_is_one_for_all_truths_and_nobody_can_change_it():
    one, other = (experiments.entropy.triangle_map("entropy of P", q) for q in ([0.6, 0.3, 0.1], [1.0, 0, 0]))
    assert one is other
    with pytest.raises(ValueError, match="read-only"):
        experiments.entropy.grid()[0] = 0


def test_an_unknown_measure_is_refused():
    with pytest.raises(ValueError, match=r"^measured: measure must be one of 'entropy of P', .*, got 'entropy'"):
        experiments.entropy.measured("entropy", [[1, 0, 0]], [1, 0, 0])


def test_only_what_depends_on_q_is_colored_anew():
    figure = explore.simplex(color="entropy of P")
    before = list(figure.scene.map)
    figure.values = {"q_cat": 0.05}
    assert figure.scene.map == before
    assert figure.frame == explore.simplex(**figure.values).frame, "what was kept is what would be drawn"
    figure.values = {"color": "KL(P‖Q)"}
    colored = list(figure.scene.map)
    figure.values = {"p_cat": 0.9}
    assert figure.scene.map == colored
    figure.values = {"q_cat": 0.7}
    assert not set(figure.scene.map) & set(colored)


def test_a_map_that_is_no_longer_shown_is_thrown_away():
    figure = explore.simplex(color="KL(Q‖P)")
    for q in [0.9, 0.05, 0.4]:
        figure.values = {"q_cat": q}
    fresh = explore.simplex(**figure.values)
    assert len(figure.scene.plane.get_children()) == len(fresh.scene.plane.get_children())


def test_simplex_measures_are_shown_in_bits():
    figure = explore.simplex(p=[0.2, 0.5, 0.3], q=[1.0, 0, 0])
    js = information.js_divergence([0.2, 0.5, 0.3], [1.0, 0, 0])
    assert f"KL(Q‖P) {np.log2(5):.3f}   KL(P‖Q) ∞   JS {js:.3f} bits" in figure.readout
    assert figure.scene.ends[3].get_text() == "∞"


# ---------------------------------------------------------------------- plots


def test_information_bars_have_the_entropy_as_their_area():
    ax = Figure().subplots()
    p = np.array([0.5, 0.3, 0.2])
    drawn = plots.entropy.information_bars(ax, p, ("class_0", "class_1", "class_2"))
    assert [bar.get_x() for bar in drawn] == pytest.approx([0, 0.5, 0.8])
    assert sum(bar.get_width() * bar.get_height() for bar in drawn) == pytest.approx(information.entropy(p))


def test_the_code_tree_shows_each_word_under_its_symbol():
    ax = Figure().subplots()
    code = {"a": "0", "b": "10", "c": "110", "d": "111"}
    plots.entropy.code_tree(ax, code)
    places = {
        text.get_text(): text.get_position() for text in ax.texts if len(text.get_text()) > 1 or text.get_text() in code
    }
    for symbol, word in code.items():
        if len(word) > 1:
            assert places[word][0] == places[symbol][0]
        assert places[symbol][1] == -len(word), "the deeper, the longer"
    assert places["a"][0] < places["b"][0] < places["c"][0] < places["d"][0], "0 goes left, 1 goes right"


# ---------------------------------------------------------------------- what a beginner writes first


@pytest.mark.parametrize(
    ("answer", "named"),
    [
        (lambda p: -np.sum(p * np.log2(p)), "NaN on zero"),
        (lambda p: -np.sum(p * np.log(p)), "nats, and NaN on zero"),
        (lambda p: sum(x * np.log2(x) for x in p if x > 0), "sign"),
        (lambda p: -sum(x * np.log(x) for x in p if x), "nats for bits"),
        (lambda p: np.sum(np.log2(1 / p)), "not weighted"),
        (lambda p: -(p * np.log2(np.where(p > 0, p, 1))), "no sum"),
        (lambda p: np.mean(-p[p > 0] * np.log2(p[p > 0])), "mean instead of sum"),
        (lambda p: np.log2(p.size), "equally likely"),
    ],
)
def test_first_attempts_at_entropy_are_understood(answer, named):
    with np.errstate(divide="ignore", invalid="ignore"):
        assert exercises.entropy.entropy.check(answer).misconception == named


@pytest.mark.parametrize(
    "answer",
    [
        lambda p: -np.sum(p[p > 0] * np.log2(p[p > 0])),
        lambda p: -sum(x * np.log2(x) for x in p if x > 0),
        lambda p: information.entropy(p),
        lambda p: np.nansum(p * np.log2(1 / np.where(p > 0, p, np.nan))),
    ],
)
def test_right_ways_to_entropy_are_right(answer):
    assert exercises.entropy.entropy.check(answer).verdict == "right"


def test_first_attempts_at_kl_are_understood():
    check = exercises.entropy.kl.check
    assert check(lambda q, p: np.sum(p * np.log2(p / q))).misconception == "swapped"
    assert check(lambda q, p: np.sum(q * np.log2(p / q))).misconception == "sign"
    assert check(lambda q, p: -np.sum(q * np.log2(p))).misconception == "cross-entropy instead"
    assert check(lambda q, p: sum(p * np.log2(q / p))).misconception == "weighted with the prediction"
    assert check(lambda q, p: np.mean(q * np.log2(q / p))).misconception == "mean instead of sum"
    assert check(lambda q, p: np.sum(q * np.log2(1 / p)) - np.sum(q * np.log2(1 / q))).verdict == "right"


def test_first_attempts_at_cross_entropy_are_understood():
    check = exercises.entropy.cross_entropy.check
    with np.errstate(divide="ignore", invalid="ignore"):
        assert check(lambda q, p: -np.sum(p * np.log(q))).misconception == "roles swapped"
        assert check(lambda q, p: -np.sum(q * np.log2(p))).misconception == "bits for nats"
        assert check(lambda q, p: np.sum(q * np.log(q / p))).misconception == "KL instead, with NaN"
        assert check(lambda q, p: np.sum(p * np.log(1 / p))).misconception == "entropy of the prediction"
        assert check(lambda q, p: -np.sum(q * np.log10(p))).misconception == "base 10"
        assert check(lambda q, p: information.cross_entropy(q, p, "nats")).verdict == "right"


def test_answers_by_calculation_are_right():
    assert exercises.entropy.two_sixes.check(np.log2(36)).verdict == "right"
    assert exercises.entropy.two_sixes.check(np.log2(6) ** 2).misconception == "multiplied"
    for other in np.log(36), np.log2(12):  # 3.5835 and 3.5850
        assert exercises.entropy.two_sixes.check(other).misconception == "nats, or faces added"
    assert exercises.entropy.one_hot.check(np.log2(4)).verdict == "right"
    assert exercises.entropy.one_hot.check(information.entropy([0.25, 0.7, 0.05])).misconception == (
        "entropy of the prediction"
    )
