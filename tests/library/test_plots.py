"""Plots: they draw where the numbers say, return what they draw, and do not know widgets."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from lossviz import data, models, plots, theme
from lossviz.course import LESSONS
from lossviz.plots.numbers import plain, short


@pytest.fixture
def ax():
    return Figure().subplots()


def test_points_and_line_lie_where_they_should(ax):
    x, y = data.line(n=20)
    assert (plots.line_fit.points(ax, x, y).get_xydata() == np.column_stack([x, y])).all()
    line = plots.line_fit.model_line(ax, 2, 1)
    assert np.allclose(line.get_ydata(), 2 * line.get_xdata() + 1)
    assert tuple(line.get_xdata()) == ax.get_xlim()


def test_residuals_are_upright_from_line_to_point(ax):
    x, y = np.array([0.0, 2.0]), np.array([5.0, 1.0])
    segments = plots.line_fit.residuals(ax, x, y, m=1, c=1).get_segments()
    assert np.allclose(segments, [[[0, 1], [0, 5]], [[2, 3], [2, 1]]])


def test_squares_are_square_on_the_screen(ax):
    ax.set(xlim=(-5, 5), ylim=(-20, 30))
    x, y = np.array([-3.0, 4.0]), np.array([2.0, -6.0])
    for corners in plots.line_fit.square_corners(ax, x, y, m=1, c=0):
        pixels = ax.transData.transform(corners)
        sides = np.linalg.norm(np.roll(pixels, 1, axis=0) - pixels, axis=1)
        assert np.allclose(sides, sides[0])
        assert ax.get_xlim()[0] < corners[:, 0].min() < corners[:, 0].max() < ax.get_xlim()[1]


def test_the_bowl_is_lowest_at_the_best_fit(ax):
    x, y = data.line()
    filled, lines = plots.line_fit.bowl(ax, x, y)
    assert filled.levels[0] == pytest.approx(models.line_mse(x, y, *models.least_squares_line(x, y)), abs=0.05)
    assert set(ax.collections) >= {filled, lines}


def test_gradient_arrows_point_to_the_best_fit_from_both_sides(ax):
    x, y = data.line()
    ax.set(xlim=(-2, 8), ylim=(-1, 11))
    plots.line_fit.gradient_arrows(ax, x, y)
    arrows = ax.collections[-1]
    best_m, _ = models.least_squares_line(x, y)
    left = best_m - 1 > arrows.X
    right = best_m + 1 < arrows.X
    assert (arrows.U[left] > 0).all()
    assert (arrows.U[right] < 0).all()


def test_the_course_map_names_every_notebook(ax):
    plots.start_here.course_map(ax)
    words = {text.get_text() for text in ax.texts}
    for lesson in LESSONS:
        assert {lesson.number, lesson.title} <= words
    assert sum("in preparation" in text for text in words) >= 1


@pytest.mark.parametrize("preset", theme.PRESETS)
def test_every_word_of_the_course_map_lies_in_a_box(preset):
    theme.use(preset)
    figure = Figure(figsize=(10, 3.1))  # as in notebook 00
    ax = figure.subplots()
    plots.start_here.course_map(ax)
    figure.draw_without_rendering()
    boxes = [patch.get_window_extent() for patch in ax.patches]
    for text in ax.texts:
        words = text.get_window_extent()
        inside = [box for box in boxes if box.x0 < words.x0 and words.x1 < box.x1 and box.y0 < words.y0 < box.y1]
        assert len(inside) == 1, text.get_text()


@pytest.mark.parametrize(
    ("value", "written"), [(0, "0"), (-0.0, "0"), (0.0022, "0.0022"), (-2.5e6, "−2.5e6"), (4.94e-324, "4.94e−324")]
)
def test_a_number_is_written_short_and_only_0_as_0(value, written):
    assert short(value) == written


def test_numbers_are_written_with_a_real_minus_and_without_needless_zeros():
    assert [plain(x) for x in (-3.9, 15.8 / 3, 10.0, 0.004, -0.004)] == ["−3.9", "5.27", "10", "0", "0"]


NO_ROLE = "must be one of .*, got 'nothing'"


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (lambda ax: plots.backpropagation.over_steps(ax, {"nothing": [1]}), "over_steps: curves must be a dict, .*"),
        (lambda ax: plots.backpropagation.by_layer(ax, {"mse": [1]}), "by_layer: norms must be a dict, .*, got 'mse'"),
        (lambda ax: plots.backpropagation.by_layer(ax, [1]), r"by_layer: norms must be a dict, .*, got \[1\]"),
        (lambda ax: plots.backpropagation.activation_curves(ax, ax, ["nothing"]), f"activation: role {NO_ROLE}"),
        (lambda ax: plots.backpropagation.neuron_chain(ax, "nothing", 1, 1, 1, 0), f"neuron_chain: role {NO_ROLE}"),
        (lambda ax: plots.classification_losses.margin_curves(ax, None, ["nothing"]), f"margin_curve: role {NO_ROLE}"),
        (lambda ax: plots.entropy.length(ax, 1, "nothing"), f"look: role {NO_ROLE}"),
        (lambda ax: plots.gradients.through(ax, [0, 1], [0, 1], "nothing"), f"through: role {NO_ROLE}"),
        (lambda ax: plots.gradients.error_curve(ax, [1], [1], "nothing"), f"error_curve: role {NO_ROLE}"),
        (lambda ax: plots.line_fit.model_line(ax, 1, 1, "nothing"), f"line: role {NO_ROLE}"),
        (lambda ax: plots.maximum_likelihood.density_curve(ax, "nothing", [1]), f"density_curve: role {NO_ROLE}"),
        (lambda ax: plots.maximum_likelihood.sticks(ax, [1], [1], "nothing"), f"sticks: role {NO_ROLE}"),
        (lambda ax: plots.maximum_likelihood.band(ax, [1], 1, 1, "nothing"), f"band: role {NO_ROLE}"),
        (lambda ax: plots.maximum_likelihood.bells(ax, [1], [1], 1, role="nothing"), f"bells: role {NO_ROLE}"),
        (lambda ax: plots.optimizers.way(ax, [[1, 1]], "nothing"), f"way: role {NO_ROLE}"),
        (lambda ax: plots.optimizers.to_square([1, 1], "nothing"), f"to_square: landscape {NO_ROLE}"),
        (lambda ax: plots.optimizers.painted("nothing"), f"painted: landscape {NO_ROLE}"),
        (lambda ax: plots.optimizers.painted(["bowl"]), r"painted: landscape must be one of .*, got \['bowl'\]"),
        (lambda ax: plots.optimizers.leaders_text({}, "nothing"), f"medians_on: course {NO_ROLE}"),
        (lambda ax: plots.optimizers.tuning(ax, [1], [1], "nothing"), f"tuning: role {NO_ROLE}"),
        (lambda ax: plots.optimizers.medians(ax, ["a"], {"nothing": [1]}), "medians: results must be a dict, .*"),
        (lambda ax: plots.optimizers.race_entry(ax, ax, 1, "mse"), "race_entry: role must be one of .*, got 'mse'"),
        (lambda ax: plots.regression_losses.curves(ax, ax, ["nothing"]), f"curve: name {NO_ROLE}"),
        (lambda ax: plots.regularization.one_weight(ax, "nothing", 1, 1, [1]), f"one_weight: role {NO_ROLE}"),
        (lambda ax: plots.regularization.border("L1", 1.0), "border: role must be one of 'l1', 'l2', got 'L1'"),
        (lambda ax: plots.regularization.allowed(ax, "nothing", 1.0), f"allowed: role {NO_ROLE}"),
        (lambda ax: plots.regularization.zero_fields(ax, "nothing"), f"zero_fields: role {NO_ROLE}"),
        (lambda ax: plots.regularization.paths(ax, [1], [[1]], "nothing"), f"paths: role {NO_ROLE}"),
        (lambda ax: plots.svm_and_softmax.objective_curves(ax, "nothing", 1.0), f"objective_curves: role {NO_ROLE}"),
    ],
)
def test_a_role_or_a_name_that_is_not_there_is_refused_in_words(ax, draw, message):
    with pytest.raises((TypeError, ValueError), match=f"^{message}"):
        draw(ax)
