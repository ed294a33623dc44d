"""Lesson 07: its plots and explorers show what the library computes, its bugs are bugs, and wrong answers are met."""

import itertools

import numpy as np
import pytest
from matplotlib.figure import Figure

from lossviz import data, exercises, explore, gradients, losses, optimizers, plots
from lossviz.experiments import gradients as lesson
from lossviz.live import GRIP, Drag

PLACES = range(1, lesson.PLACES + 1)


@pytest.fixture
def ax():
    return Figure().subplots()


def dragged(figure, start, now, panel=0):
    """Drag between two places of a panel, in its data; return the values that a scene would set."""
    scene = figure.scene
    return scene.drag(Drag(scene.draggable()[panel], start, now, figure.values))


# ---------------------------------------------------------------------- plots


def test_a_digit_is_ink_on_paper_and_weights_have_0_in_the_middle(ax):
    x, _ = data.digits()
    digit = plots.gradients.picture(ax, x[0])
    assert digit.get_clim() == (0, x[0].max())
    assert (digit.get_array() == x[0].reshape(8, 8)).all()
    weights = plots.gradients.picture(ax, np.linspace(-3, 1, 64), plots.gradients.SIGNED)
    assert weights.get_clim() == (-3, 3)
    plots.gradients.picture(ax, np.zeros(64), plots.gradients.SIGNED)  # nothing to scale by


def test_the_first_try_has_cost_one_evaluation(ax):
    searched, descended = plots.gradients.best_of(ax, np.array([3.0, 2.0, 2.0]), np.array([1.0, 0.5]))
    assert searched.get_xydata().tolist() == [[1, 3], [2, 2], [3, 2]]
    assert descended.get_xydata().tolist() == [[1, 1], [2, 0.5]]


def test_a_secant_passes_through_its_points(ax):
    line, points = plots.gradients.through(ax, [1, 3], [2, -2], "one_sided")
    assert (line.get_xy1(), line.get_xy2()) == ((1, 2), (3, -2))
    assert points.get_xydata().tolist() == [[1, 2], [3, -2]]


def test_the_guides_are_as_steep_as_their_names_say(ax):
    names = plots.gradients.guides(ax)
    assert [name.get_text() for name in names] == ["∝ 1/h", "∝ h", "∝ h²"]
    for line, power in zip(ax.lines, [-1, 1, 2], strict=True):
        (h0, h1), (e0, e1) = line.get_data()
        assert np.log(e1 / e0) / np.log(h1 / h0) == pytest.approx(power)


def test_the_thresholds_are_the_library_s(ax):
    names = plots.gradients.thresholds(ax)
    limits = [limit for limit, _ in gradients.VERDICTS]
    assert [line.get_xdata()[0] for line in ax.lines] == limits[:-1]
    for name, (_, words) in zip(names, gradients.VERDICTS, strict=True):
        assert name.get_text().split()[0] == words.replace(":", "").split()[0]
    places = [name.get_position()[0] for name in names]
    assert [np.searchsorted(limits, place) for place in places] == [0, 1, 2, 3]
    assert all(max(line.get_ydata()) < 0.8 for line in ax.lines)  # they end below the names, which may be wider


# ---------------------------------------------------------------------- the search and the descent


@pytest.mark.parametrize("scale", lesson.SCALES)
def test_the_search_is_the_library_s(scale):
    x, label = lesson.digits()
    search = optimizers.random_search(
        lambda w: losses.softmax_cross_entropy(x @ w, label),
        lambda rng: rng.normal(scale=scale, size=(64, 10)),
        tries=lesson.TRIES,
    )
    run = lesson.search_run(scale)
    assert run.loss[1:] == pytest.approx(search.best_so_far)
    assert run.right[-1] == np.mean((x @ search.best).argmax(axis=1) == label)
    assert scale * run.weights[-1] == pytest.approx(search.best)


def test_the_descent_is_the_library_s():
    x, label = lesson.digits()
    descent = optimizers.minimize(
        lambda w: losses.softmax_cross_entropy(x @ w, label),
        lambda w: x.T @ losses.softmax_cross_entropy.gradient(x @ w, label),
        np.zeros((64, 10)),
        optimizers.GradientDescent(lesson.RATE),
        steps=lesson.TRIES,
    )
    run = lesson.descent_run()
    assert run.loss == pytest.approx(descent.values)
    assert run.weights[57] == pytest.approx(descent.points[57])


def test_all_views_of_the_race_show_one_moment():
    figure = explore.search_race(k=57, scale=0.3, digit=4)
    scene = figure.scene
    runs = lesson.search_run(0.3), lesson.descent_run()
    assert [dot.get_xydata()[0].tolist() for dot in scene.dots] == [[57, run.loss[57]] for run in runs]
    for run, image, text in zip(runs, scene.images, scene.shares, strict=True):
        assert (image.get_array() == run.weights[57, :, 4].reshape(8, 8)).all()
        assert text.get_text() == f"{100 * run.right[57]:.1f} % right"
        assert f"loss {run.loss[57]:.4f}, {text.get_text()}" in figure.readout
    assert scene.searched.get_ydata() == pytest.approx(runs[0].loss[1:])


def test_before_the_first_try_there_is_nothing_and_the_evaluation_can_be_dragged():
    figure = explore.search_race(k=0)
    assert "best random: none yet" in figure.readout
    assert "descent: loss 2.3026" in figure.readout
    assert dragged(figure, (10, 1), (31.2, 1)) == {"k": 31.2}


# ---------------------------------------------------------------------- measured slopes


@pytest.mark.parametrize("name", lesson.CURVES)
@pytest.mark.parametrize("w", [-1.5, 0.25, 2.0])
def test_the_derivatives_of_the_curves(name, w):
    curve = lesson.CURVES[name]
    for function, derivative in itertools.pairwise(curve[:4]):
        slope = gradients.numerical_gradient(lambda w, function=function: float(function(w)), w)
        assert float(derivative(w)) == pytest.approx(float(slope), abs=1e-9)
    one = np.array([w])
    theirs = {
        "cross-entropy": losses.sigmoid_cross_entropy(one, [1]),
        "squared error": losses.mse(one, [1.0]),
        "hinge": losses.hinge(one, [1]),
    }
    assert curve.value(w) == pytest.approx(theirs[name])


@pytest.mark.parametrize("precision", ["float64", "float32"])
@pytest.mark.parametrize(
    ("scheme", "theirs"),
    [("forward", "forward"), ("one-sided", "forward"), ("backward", "backward"), ("centred", "centered")],
)
def test_slopes_are_measured_as_the_library_measures_them(scheme, theirs, precision):
    curve, h = lesson.CURVES["cross-entropy"], [0.5, 1e-3]
    found = lesson.measured_slopes(curve, -0.7, h, scheme, precision)
    assert found.dtype == precision
    for slope, step in zip(found, h, strict=True):
        at = np.array([-0.7], precision)
        expected = gradients.numerical_gradient(lambda w: curve.value(w)[0], at, step=step, scheme=theirs)
        assert slope == expected[0]


@pytest.mark.parametrize(
    ("scheme", "ends"),
    [
        ("forward", (2, 2.5)),
        ("one-sided", (2, 2.5)),
        ("backward", (1.5, 2)),
        ("centred", (1.5, 2.5)),
        ("centered", (1.5, 2.5)),
    ],
)
def test_a_difference_compares_two_places(scheme, ends):
    assert lesson.ends_of_difference(2, 0.5, scheme) == ends
    curve = lesson.CURVES["squared error"]
    (slope,) = lesson.measured_slopes(curve, 2, [0.5], scheme)
    rise = curve.value(ends[1]) - curve.value(ends[0])
    assert slope == rise / (ends[1] - ends[0])
    assert lesson.slope_errors(curve, 2, [0.5], scheme) == [abs(slope - 2)]


@pytest.mark.parametrize("scheme", ["central", "", None, 3])
def test_a_scheme_that_is_not_there_is_refused(scheme):
    said = f"^measured_slopes: scheme must be one of 'forward', 'backward', 'centred', got {scheme!r}$"
    with pytest.raises(ValueError if isinstance(scheme, str) else TypeError, match=said):
        lesson.measured_slopes(lesson.CURVES["hinge"], 0, [0.5], scheme)


@pytest.mark.parametrize("explorer", [explore.secant, explore.difference_error])
def test_both_spellings_of_the_centred_scheme_are_understood(explorer):
    ours, theirs = explorer(scheme="centred"), explorer(scheme="centered")
    assert theirs.values == ours.values
    assert theirs.values["scheme"] == "centred"
    assert theirs.readout == ours.readout
    ours.values = {"scheme": "centered", "h": 0.1}
    assert not ours.error
    assert ours.values["scheme"] == "centred"


@pytest.mark.parametrize("precision", ["float64", "float32"])
def test_what_is_measured_and_what_is_seen_is_one_thing(precision):
    curve, h = lesson.CURVES["cross-entropy"], [0.5, 1e-3]
    slopes, errors = lesson.measure(curve, -0.7, h, precision)
    for scheme, left in ("one-sided", 0), ("centred", -1):
        assert errors[scheme] == pytest.approx(
            abs(slopes[scheme].astype(float) - lesson.true_slope(curve, -0.7, precision))
        )
        for slope, step in zip(slopes[scheme], h, strict=True):
            low, high = lesson.rises(curve, -0.7, step, [left, 1], precision)
            assert (high - low) / (1 - left) == pytest.approx(slope, rel=1e-3 if precision == "float32" else 1e-9)


def test_a_step_is_lost_where_the_sum_is_rounded():
    assert [lesson.is_lost(-1, h, "float32") for h in (1e-9, 1e-7, 1e-5)] == [True, False, False]
    assert [lesson.is_lost(-1, h) for h in (1e-17, 1e-15)] == [True, False]


def test_float32_is_coarser_and_loses_a_tiny_step():
    curve = lesson.CURVES["cross-entropy"]
    fine, coarse = (lesson.measured_slopes(curve, -1, [1e-5], "one-sided", each)[0] for each in ("float64", "float32"))
    assert 1e-4 < abs(coarse - fine) < 0.1
    assert lesson.measured_slopes(curve, -1, [1e-9], "one-sided", "float32")[0] == 0
    figure = explore.difference_error(h=1e-9, precision="float32", w=-1)
    assert "w + h is rounded to w" in figure.readout
    assert "rounded" not in explore.difference_error(h=1e-5, precision="float32", w=-1).readout


# ---------------------------------------------------------------------- the secant


@pytest.mark.parametrize(
    ("scheme", "ends"), [("forward", (0.5, 1.5)), ("backward", (-0.5, 0.5)), ("centred", (-0.5, 1.5))]
)
def test_the_secant_passes_through_its_ends(scheme, ends):
    figure = explore.secant(loss="squared error", w=0.5, h=1, scheme=scheme)
    scene, role = figure.scene, plots.gradients.ROLES[scheme]
    assert scene.ends[role].get_xdata() == pytest.approx(ends)
    line = np.polyfit(*scene.lines[role].get_data(), 1)
    assert np.polyval(line, ends) == pytest.approx([(1 - end) ** 2 for end in ends])
    assert f"slope {line[0]:.6f}".replace("-", "−") in figure.readout
    assert [each.get_visible() for each in scene.lines.values()] == [role == each for each in scene.lines]


def test_the_ring_lies_on_the_error_of_its_scheme():
    figure = explore.secant(loss="cross-entropy", w=-1, h=0.1)
    for scheme, curve in ("forward", "forward"), ("backward", "forward"), ("centred", "centred"):
        figure.values = {"scheme": scheme}
        ring = figure.scene.here.get_xydata()[0]
        assert ring.tolist() in figure.scene.errors[curve].get_xydata().tolist()


def test_the_errors_have_the_slopes_1_and_2():
    scene = explore.secant(loss="cross-entropy", w=-1).scene
    for scheme, power in ("forward", 1), ("centred", 2):
        h, error = (np.log(values[:6]) for values in scene.errors[scheme].get_data())
        assert np.polyfit(h, error, 1)[0] == pytest.approx(power, abs=0.02)


def test_a_parabola_has_no_centred_error_and_a_kink_no_slope():
    figure = explore.secant(loss="squared error", w=2, h=1.5, scheme="centred")
    assert figure.readout.endswith("true slope 2.000000, error 0")
    figure.values = {"loss": "hinge", "w": 1}
    assert "kink" in figure.readout
    assert "slope −0.500000" in figure.readout
    assert not figure.scene.tangent.get_visible()
    assert not figure.scene.here.get_visible()
    figure.values = {"w": 1.05}
    assert "kink" not in figure.readout


def test_the_point_and_the_end_can_be_dragged():
    figure = explore.secant(loss="hinge", w=-0.5, h=1)
    assert dragged(figure, (0.55, 0.5), (0.1, 3)) == {"h": pytest.approx(0.6)}
    assert dragged(figure, (-0.45, 1.5), (0.05, 0)) == {"w": pytest.approx(0.0)}
    figure.values = {"scheme": "backward"}
    assert dragged(figure, (-1.5, 2.5), (-1.0, 2)) == {"h": pytest.approx(0.5)}
    figure.values = {"scheme": "centred"}
    for start, now in (-1.5, -1.0), (0.5, 0.0):
        height = float(lesson.CURVES["hinge"].value(start))
        assert dragged(figure, (start, height), (now, 2)) == {"h": pytest.approx(0.5)}
    assert dragged(figure, (0.1, 1e-3), (0.02, 1), panel=1) == {"h": 0.02}


@pytest.mark.parametrize("loss", lesson.CURVES)
@pytest.mark.parametrize("scheme", lesson.SCHEMES)
def test_where_the_points_coincide_the_bracket_sets_the_step_and_a_hand_on_the_point_moves_it(loss, scheme):
    figure = explore.secant(loss=loss, w=0.5, h=0.001, scheme=scheme)
    low, name = plots.gradients.bracket(lesson.CURVES[loss])
    assert figure.scene.span.get_ydata() == pytest.approx([low, low])
    assert figure.scene.span_name.get_position()[1] == name
    assert dragged(figure, (0.5, low), (0.9, low + 1)) == {"h": pytest.approx(0.4)}
    height = float(lesson.CURVES[loss].value(0.5))
    for start in 0.47, 0.53:  # 2 pixels to the left or to the right
        assert dragged(figure, (start, height), (start + 0.2, height)) == {"w": pytest.approx(0.7)}


@pytest.mark.parametrize(
    ("scheme", "start", "moved"),
    [
        ("forward", 2.5, {"h": 1.5}),
        ("forward", -2.0, {"w": 0.0}),
        ("backward", -2.0, {"h": 3.0}),
        ("backward", 2.5, {"w": 0.0}),
        ("centred", -2.0, {"h": 3.0}),
        ("centred", 2.5, {"h": 1.5}),
    ],
)
@pytest.mark.parametrize("h", [0.001, 0.2])
def test_a_hand_far_from_everything_pulls_what_is_nearest(scheme, start, moved, h):
    """Half a unit to the left: the point moves as far, the end comes to the hand."""
    figure = explore.secant(loss="hinge", w=0.5, h=h, scheme=scheme)
    assert dragged(figure, (start, 1.5), (start - 0.5, 1.5)) == {
        name: pytest.approx(value) for name, value in moved.items()
    }


def test_an_end_beside_the_point_can_be_taken():
    figure = explore.secant(loss="hinge", w=0.5, h=0.2, scheme="centred")
    for end in 0.3, 0.7:
        height = float(lesson.CURVES["hinge"].value(end))
        assert dragged(figure, (end, height), (1.5, height)) == {"h": pytest.approx(1.0)}


@pytest.mark.parametrize("loss", lesson.CURVES)
def test_the_bracket_keeps_away_from_the_curve(loss):
    figure = explore.secant(loss=loss)
    curve, (low, _) = lesson.CURVES[loss], plots.gradients.bracket(lesson.CURVES[loss])
    for w in np.linspace(-1.5, 2.5, 9):
        drag = Drag(figure.scene.left, (w, float(curve.value(w))), (0, 0), figure.values)
        assert drag.reach(w, low) > GRIP + 7


# ---------------------------------------------------------------------- the error over h


@pytest.mark.parametrize("precision", ["float64", "float32"])
@pytest.mark.parametrize("scheme", ["one-sided", "centred"])
@pytest.mark.parametrize("h", [1.0, 1e-3, 1e-6])
def test_microscope_ring_and_readout_tell_one_slope(scheme, precision, h):
    figure = explore.difference_error(h=h, scheme=scheme, precision=precision, w=-1)
    scene, curve = figure.scene, lesson.CURVES["cross-entropy"]
    slope = float(lesson.measured_slopes(curve, -1, [h], scheme, precision)[0])
    true = lesson.true_slope(curve, -1, precision)
    assert scene.here.get_xydata()[0] == pytest.approx([h, max(abs(slope - true), scene.floor)])
    assert f"measured slope {slope:.10f}".replace("-", "−") in figure.readout
    role = plots.gradients.ROLES[scheme]
    (x0, x1), (y0, y1) = scene.lines[role].get_data()
    assert (y1 - y0) / (x1 - x0) * max(abs(true), 0.25) == pytest.approx(slope)
    ends, heights = scene.ends[role].get_data()
    assert list(ends) == [-1 if scheme == "centred" else 0, 1]
    drawn = np.interp(ends, *scene.lines[role].get_data())
    assert heights == pytest.approx(drawn, abs=2e-2 if precision == "float32" else 1e-6)


def test_the_best_step_is_where_theory_says():
    scene = explore.difference_error(w=-1).scene
    for role, root in ("one_sided", 1 / 2), ("centered", 1 / 3):
        h, error = scene.errors[role].get_data()
        best = h[np.argmin(error)]
        assert 1 / 30 < best / np.finfo(float).eps ** root < 30
    names = [name.get_position()[0] for name in scene.root_names]
    assert names == pytest.approx([np.finfo(float).eps ** (1 / 2), np.finfo(float).eps ** (1 / 3)])


def test_the_dotted_lines_are_the_two_parts_of_the_error():
    scene = explore.difference_error(w=-1).scene
    curve = lesson.CURVES["cross-entropy"]
    for line, role, h in (scene.theory[0], "one_sided", 1e-3), (scene.theory[1], "centered", 1e-2):
        steps, error = scene.errors[role].get_data()
        predicted = np.exp(np.interp(np.log(h), np.log(line.get_xdata()), np.log(line.get_ydata())))
        assert error[list(steps).index(h)] == pytest.approx(predicted, rel=0.05)
    h, rounding = scene.theory[2].get_data()
    assert rounding * h == pytest.approx(np.finfo(float).eps / 2 * float(curve.value(-1.0)))


def test_a_parabola_has_one_arm_only_when_centred():
    figure = explore.difference_error(loss="squared error", scheme="centred", w=-1)
    assert np.isnan(figure.scene.theory[1].get_ydata()).all()
    assert figure.scene.prepared_for(figure.values).slopes["centred"][-1] == -4


@pytest.mark.parametrize("precision", ["float64", "float32"])
@pytest.mark.parametrize("scheme", ["one-sided", "centred"])
def test_on_the_kink_there_is_no_true_slope_under_the_microscope_either(scheme, precision):
    figure = explore.difference_error(loss="hinge", w=1, h=1e-3, scheme=scheme, precision=precision)
    scene = figure.scene
    assert figure.readout.endswith("w stands on the kink: no true slope")
    hidden = [scene.tangent, scene.here, *scene.errors.values()]
    assert not any(artist.get_visible() for artist in hidden)
    assert scene.words.get_text().endswith("tangent: none")
    assert scene.no_slope.get_visible()
    figure.values = {"w": 1.1}
    assert all(artist.get_visible() for artist in hidden)
    assert not scene.no_slope.get_visible()
    assert "true 0.0000000000, error" in figure.readout


@pytest.mark.parametrize(("loss", "w", "h", "precision"), [
    ("squared error", 1, 1.0, "float64"),
    ("hinge", 1, 0.01, "float64"),
    ("cross-entropy", -1, 5e-8, "float32"),
])  # fmt: skip
def test_the_ends_of_the_secant_are_in_sight_and_below_the_words(loss, w, h, precision):
    scene = explore.difference_error(loss=loss, w=w, h=h, scheme="centred", precision=precision).scene
    heights = scene.ends["centered"].get_ydata()
    assert 0.5 < abs(heights).max() < 1.35


def test_the_secant_stands_on_the_staircase():
    figure = explore.difference_error(h=1e-7, precision="float32", w=-1)
    scene = figure.scene
    for h in 1e-7, 5e-7, 1e-8:
        figure.values = {"h": h}
        view, seen = scene.computed.get_data()
        ends, heights = scene.ends["one_sided"].get_data()
        assert [seen[abs(view - end).argmin()] for end in ends] == pytest.approx(heights)
        assert (view[0], view[-1]) == scene.left.get_xlim()
        assert len(set(seen)) < 20  # a few steps, of many places each
    assert set(seen) == {0}  # every place is rounded to w


def test_the_step_can_be_dragged_in_both_panels():
    figure = explore.difference_error(h=1e-4)
    assert dragged(figure, (1e-4, 1), (3e-9, 1), panel=1) == {"h": 3e-9}
    assert dragged(figure, (1.0, 0), (0.5, 0)) == {"h": pytest.approx(5e-5)}
    assert dragged(figure, (-1.0, 0), (-1.5, 0)) == {"h": pytest.approx(1.5e-4)}


# ---------------------------------------------------------------------- the gradient check


def report(name, place, h=1e-5):
    case, weights = lesson.CASES[name], lesson.weight_set(place)
    return gradients.check_gradient(lambda w: lesson.penalised_loss(w, case.loss), case.gradient, weights, step=h)


@pytest.mark.parametrize("place", PLACES)
def test_the_right_gradient_is_good_everywhere(place):
    assert report("B", place).verdict.startswith("good")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", "ACDEF")
@pytest.mark.parametrize("h", [1e-4, 1e-6])
def test_a_bug_is_found_wherever_one_looks(name, place, h):
    assert report(name, place, h).verdict.startswith("wrong")


@pytest.mark.parametrize("place", PLACES)
def test_no_chance_blurs_the_clues(place):
    """No weight is so close to 0 that E is right there; no slope of a right gradient is 0, where rounding decides."""
    assert lesson.compare("E", place, 1e-5)[2][:-1].min() > 1e-2
    for name in ("B", "G") if place > 1 else "B":
        for h in 1e-4, 1e-5, 1e-6, 1e-7:
            derived, _, error = lesson.compare(name, place, h)
            assert abs(derived).min() > 1e-2
            assert error.max() < 1e-6


def test_a_kink_goes_away_with_a_smaller_step_or_other_weights():
    assert report("G", 1).verdict.startswith("wrong")
    assert report("G", 1, h=1e-6).verdict.startswith("good")
    for place in PLACES[1:]:
        assert report("G", place).verdict.startswith("good")


@pytest.mark.parametrize("place", PLACES)
def test_each_bug_leaves_the_clue_that_the_lesson_names(place):
    found = {name: report(name, place) for name in "ACDE"}
    bias = {name: each.analytic[-1] / each.numerical[-1] for name, each in found.items()}
    assert bias["A"] == pytest.approx(-1)
    assert bias["C"] == pytest.approx(lesson.IMAGES)
    assert bias["E"] == pytest.approx(1)
    assert (found["D"].analytic[-1] == 0).all()
    assert found["D"].relative_error[:-1].max() < 1e-7
    missing = found["E"].numerical - found["E"].analytic
    assert missing[:-1] == pytest.approx(lesson.STRENGTH * lesson.weight_set(place)[:-1], abs=1e-8)


@pytest.mark.parametrize("place", PLACES[1:])
def test_the_uncounted_hinge_errs_where_two_classes_stick_out(place):
    x, label = lesson.batch()
    weights = lesson.weight_set(place)
    slopes = losses.multiclass_hinge.gradient(x @ weights, label) * len(label)
    two = slopes[np.arange(len(label)), label] == -2
    wrong = report("F", place).relative_error.max(axis=0) > 1e-2
    assert two.any()
    assert set(np.flatnonzero(wrong)) == set(label[two])


@pytest.mark.parametrize("name", lesson.CASES)
def test_all_views_of_the_report_agree(name):
    figure = explore.gradient_report(gradient=name, place=2, weight=8, h=1e-4)
    scene, found = figure.scene, report(name, 2, 1e-4)
    size = np.maximum(abs(found.analytic), abs(found.numerical))
    error = abs(found.analytic - found.numerical) / np.where(size > 0, size, 1)
    told = [float(cell.get_text().replace("−", "-")) for cell in scene.cells]
    assert told == pytest.approx(error.ravel(), rel=0.5, abs=5e-3)
    row, column = 2, 1
    assert scene.frame.get_xy() == pytest.approx((column - 0.47, row - 0.44))
    a, n = found.analytic[row, column], found.numerical[row, column]
    assert f"pixel 3 of car: derived {a:.6f}, measured {n:.6f}".replace("-", "−") in figure.readout
    x, y = scene.ring.get_xydata()[0]
    assert y / x == pytest.approx(a / n)
    shown = np.concatenate([lane.get_xdata() for lane in scene.lanes])
    assert shown == pytest.approx(np.maximum(error, scene.lowest).ravel())
    assert lesson.CASES[name].verdict not in figure.readout
    figure.values = {"tell": True}
    assert figure.readout.endswith(f"{name}: {lesson.CASES[name].verdict}")
    assert scene.told.get_text() == f"{name}: {lesson.CASES[name].verdict}"
    assert scene.step.get_text() == "measured, h = 0.0001"


def test_an_error_of_0_is_written_as_0(monkeypatch):
    nothing = np.ones((5, 3)), np.ones((5, 3)), np.zeros((5, 3))
    monkeypatch.setattr(lesson, "compare", lambda *_: nothing)
    assert {cell.get_text() for cell in explore.gradient_report().scene.cells} == {"0"}


def test_the_worst_weight_is_the_first_of_equals():
    assert "largest relative error 2, bias of cat; wrong" in explore.gradient_report(gradient="A").readout


def test_of_errors_that_differ_by_rounding_the_first_is_the_worst():
    assert lesson.worst_weight(np.array([[0.0, 2.0], [2.0 + 1e-9, 1.0]])) == (0, 1)
    assert lesson.worst_weight(np.array([[0.0, 2.0], [2.1, 1.0]])) == (1, 0)


@pytest.mark.parametrize("place", [0, 7, 1.5, -1])
def test_a_set_of_weights_that_is_not_there_is_refused(place):
    said = f"^weight_set: place must be one integer from 1 to 6, got {place}$"
    with pytest.raises(TypeError if place == 1.5 else ValueError, match=said):
        lesson.weight_set(place)


def test_a_cell_can_be_clicked():
    figure = explore.gradient_report()
    assert dragged(figure, (0, 0), (2.2, 3.9)) == {"weight": 15}
    assert dragged(figure, (0, 0), (-0.4, 1.2)) == {"weight": 4}
    assert dragged(figure, (0, 0), (9, 9)) == {"weight": 15}


# ---------------------------------------------------------------------- what a beginner hands in


def softmax(s):
    e = np.exp(s - s.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def hot(s, y):
    return (y[:, None] == np.arange(s.shape[1])).astype(int)


@pytest.mark.parametrize(
    ("exercise", "answer", "name"),
    [
        ("centered", lambda f, w, h: (f(w + h) - f(w)) / h, "forward"),
        ("centered", lambda f, w, h: f(w + h) / (2 * h) - f(w - h) / h / 2, "right"),
        ("centered", lambda f, w, h: (f(w + h) - f(w - h)) / h, "divided by h"),
        ("centered", lambda f, w, h: 0.5 * h * (f(w + h) - f(w - h)), "no brackets round 2h"),
        ("centered", lambda f, w, h: (f(w + 1e-5) - f(w - 1e-5)) / 2e-5, "another h"),
        ("centered", lambda f, w, h: (f(w + h / 2) - f(w - h / 2)) / h, "half a step, over h"),
        ("centered", lambda f, w, h: (f(w + h) - f(w)) / h / 2, "forward, over 2h"),
        ("centered", lambda f, w, h: f(w + h) - 0.5 * f(w - h) * h, "no brackets at all"),
        ("softmax_gradient", lambda s, y: (hot(s, y) - softmax(s)) / len(y), "y − p"),
        ("softmax_gradient", lambda s, y: softmax(s) - hot(s, y), "not divided by N"),
        ("softmax_gradient", lambda s, y: -hot(s, y) / softmax(s) / len(s), "slope in the probability"),
        ("softmax_gradient", lambda s, y: losses.softmax_cross_entropy.gradient(s, y), "right"),
        ("softmax_gradient", lambda s, y: softmax(s), "one-hot and N forgotten"),
        ("softmax_gradient", lambda s, y: (s - hot(s, y)) / len(y), "scores for probabilities"),
        ("softmax_gradient", lambda s, y: (softmax(s).T - y).T / len(y), "labels subtracted"),
        ("softmax_gradient", lambda s, y: (softmax(s) - hot(s, y).max(axis=0)) / len(y), "whole columns"),
        ("relative_error", lambda a, n: abs(a - n), "absolute error"),
        ("relative_error", lambda a, n: 2 * abs(a - n) / (abs(a) + abs(n)), "mean of both"),
        ("relative_error", lambda a, n: abs(a - n) / np.minimum(abs(a), abs(n)), "smaller one"),
        ("relative_error", lambda a, n: abs(abs(a) - abs(n)) / np.maximum(np.maximum(abs(a), abs(n)), 1e-12),
         "sizes compared"),
        ("relative_error", lambda a, n: abs(a - n) / np.max([abs(a), abs(n)]), "one size for all"),
        ("relative_error", lambda a, n: abs(a - n) / (np.maximum(abs(a), abs(n)) + 1e-8), "a floor"),
        ("relative_error", lambda a, n: abs(a - n) / np.maximum(abs(a), abs(n)), "0 / 0"),
        ("relative_error", lambda a, n: abs(a - n) / (abs(a) + abs(n) + 1e-15), "sum of both"),
        ("relative_error", lambda a, n: abs(a - n) / np.maximum(np.maximum(abs(a), abs(n)), 1e-12), "right"),
    ],
)  # fmt: skip
def test_answers_written_otherwise_are_recognised(exercise, answer, name):
    with np.errstate(all="ignore"):
        feedback = exercises.of("gradients")[exercise].check(answer)
    assert (feedback.misconception or feedback.verdict) == name


def test_a_message_names_the_arguments_as_the_exercise_does():
    assert exercises.gradients.relative_error.arguments == ["analytic", "numerical"]
    assert exercises.gradients.softmax_gradient.arguments == ["scores", "labels"]
    assert exercises.gradients.centered.arguments == ["f", "w", "h"]


def test_the_losses_of_one_gradient_are_counted_as_the_library_counts():
    """784 weights and a bias for each of ten classes would take long; fewer show the rule D + 1 as well."""
    calls = []
    gradients.numerical_gradient(lambda w: calls.append(1) or float(w.sum()), np.zeros(31), scheme="forward")
    assert len(calls) == 31 + 1
    assert exercises.gradients.evaluations.answer == 28 * 28 * 10 + 10 + 1
