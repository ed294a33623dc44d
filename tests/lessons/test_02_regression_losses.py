"""Lesson 02: its curves and fits against the library, its figures at every end, and first attempts understood."""

import re
from itertools import pairwise

import numpy as np
import pytest
from matplotlib.figure import Figure

from lossviz import data, exercises, explore, losses, models, plots, theme
from lossviz.experiments import regression_losses as lesson
from lossviz.live import Drag


def named(exercise, answer):
    return exercise.check(answer).misconception


def boxes(texts):
    return [text.get_window_extent() for text in texts]


@pytest.fixture
def ax():
    return Figure().subplots()


# ---------------------------------------------------------------------- what is computed


@pytest.mark.parametrize("role", ["mse", "mae", "huber", "log_cosh"])
def test_the_slope_curve_is_the_slope_of_the_value_curve(role):
    residual = np.linspace(-3, 3, 6001)
    value, slope = lesson.curve(role, residual, delta=1.5)
    middle = np.abs(residual[1:-1]) > 0.01
    assert np.allclose(np.gradient(value, residual)[1:-1][middle], slope[1:-1][middle], atol=2e-3)


def test_curves_return_what_they_drew(ax):
    other = Figure().subplots()
    drawn = plots.regression_losses.curves(ax, other, ["mse", "mae"])
    assert [pair[0].axes for pair in drawn] == [ax, ax]
    assert [pair[1].axes for pair in drawn] == [other, other]
    assert np.isnan(drawn[1][1].get_ydata()).sum() == 1, "no line joins the two slopes of the absolute value"


def test_shares_are_percent_of_the_whole():
    assert lesson.shares(np.array([1.0, 3.0])) == pytest.approx([25, 75])
    assert lesson.shares(np.zeros(3)) == pytest.approx([0, 0, 0])


@pytest.mark.parametrize("name", lesson.LOSSES)
def test_a_constant_s_loss_is_the_library_s_and_least_at_the_best_constant(name):
    values, constants = np.array([1.0, 2, 4, 5, 8, 9, 24]), np.linspace(0, 30, 3001)
    curve = lesson.constant_curve(name, values, constants, delta=3)
    settings = {"delta": 3} if name == "huber" else {}
    assert curve[700] == pytest.approx(getattr(losses, name)(np.full(7, constants[700]), values, **settings))
    assert constants[curve.argmin()] == pytest.approx(lesson.best_constants(values, delta=3)[name], abs=0.006)


@pytest.mark.parametrize("there", [True, False])
def test_every_loss_fits_its_own_line_to_the_points_that_take_part(there):
    fits = lesson.with_outlier(4.0, -15.0, 2.0, there)
    x, y = data.outlier_line(4, -15)
    x, y = (x, y) if there else (x[:-1], y[:-1])
    assert (fits["mse"].m, fits["mse"].c) == models.least_squares_line(x, y)
    assert (fits["mae"].m, fits["mae"].c) == models.least_absolute_line(x, y)
    assert (fits["huber"].m, fits["huber"].c) == models.least_huber_line(x, y, 2)
    for fit in fits.values():
        for shares in fit.of_the_loss, fit.of_the_pull:
            assert shares.sum() == pytest.approx(100)
            assert (shares[-1] > 0) == there


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: lesson.curve("rmse", [1.0]),
            "curve: name must be one of 'mse', 'mae', 'huber', 'log_cosh', got 'rmse'",
        ),
        (lambda: lesson.constant_curve("MSE", [1.0], [1.0]), "constant_curve: name must be one of 'mse', "),
        (
            lambda: lesson.best_line("log_cosh", [0, 1], [0, 1]),
            "best_line: name must be one of 'mse', 'mae', 'huber', got",
        ),
    ],
)
def test_a_loss_that_the_lesson_does_not_have_is_refused(call, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}"):
        call()


# ---------------------------------------------------------------------- figures


def test_on_a_projector_the_right_panel_s_words_keep_apart_and_inside():
    theme.use("projector")
    figure = explore.outlier()
    ax = figure.scene.right
    ticks = boxes(ax.get_xticklabels())
    assert all(left.x1 < right.x0 for left, right in pairwise(ticks))
    assert max(box.x1 for box in [*ticks, *boxes([ax.xaxis.label, ax._left_title, ax.title])]) < figure.size[0]
    figure.close()


def test_no_legend_hides_the_outlier():
    scene = explore.outlier(x=-5, y=25).scene
    assert scene.left.get_legend() is None
    (legend,) = scene.left.figure.legends
    assert [text.get_text() for text in legend.get_texts()] == ["good points", "outlier", "MSE", "MAE", "Huber"]
    assert legend.get_window_extent().y1 < scene.left.get_window_extent().y0


def test_a_dot_on_the_edge_is_shown_whole():
    assert not explore.best_constant(largest=30).scene.far.get_clip_on()


def test_residual_and_delta_can_be_dragged():
    scene = explore.loss_curves(r=2, delta=1).scene
    for ax in scene.panels:
        for values in {"r": 2, "delta": 1}, {"r": -3, "delta": 2.5}:
            values = scene.complete(values)
            delta = values["delta"]
            assert scene.drag(Drag(ax, (values["r"] + 0.125, 1), (1.125, 2), values)) == {"r": 1}, "it keeps its way"
            assert scene.drag(Drag(ax, (0.2, 1), (-1.2, 2), values)) == {"r": -1.2}
            assert scene.drag(Drag(ax, (delta, 1), (0.5, 2), values)) == {"delta": 0.5}
            assert scene.drag(Drag(ax, (-delta, 1), (-0.5, 2), values)) == {"delta": 0.5}
    values = scene.complete({"r": 1, "delta": 1})
    assert scene.drag(Drag(scene.panels[0], (1.0625, 1), (2.0625, 1), values)) == {"r": 2}, "on an edge, r is taken"


def test_the_outlier_can_be_dragged_and_nothing_else():
    scene = explore.outlier(x=2, y=-10).scene
    values = scene.complete({"x": 2, "y": -10})
    assert scene.drag(Drag(scene.left, (2.1, -10), (1.1, -4), values)) == {"x": pytest.approx(1), "y": -4}
    assert scene.drag(Drag(scene.left, (0, 0), (1, 1), values)) == {}
    assert list(scene.draggable()) == [scene.left]


def test_the_constant_and_the_largest_value_can_be_dragged():
    scene = explore.best_constant(constant=12, largest=24).scene
    values = scene.complete({})
    assert scene.drag(Drag(scene.top, (24.1, 0), (20.1, 0.5), values)) == {"largest": pytest.approx(20)}
    assert scene.drag(Drag(scene.top, (24, 0.9), (20, 0.5), values)) == {"constant": 20}
    assert scene.drag(Drag(scene.bottom, (24, 1), (7.5, 2), values)) == {"constant": 7.5}


# ---------------------------------------------------------------------- what the text says of the explorers


def test_with_delta_10_huber_s_constant_follows_for_a_while_and_then_stops():
    def marks(largest, delta=10):
        return [float(dot.get_xdata()[0]) for dot in explore.best_constant(largest=largest, delta=delta).scene.least]

    for now, later in (9, 12), (12, 16.5):
        assert np.subtract(marks(later), marks(now))[[0, 1]] == pytest.approx([(later - now) / 7, 0])
        assert marks(later)[2] > marks(now)[2]
    assert marks(16.5)[2] == pytest.approx(16.5 - 10)
    assert marks(30)[2] == pytest.approx(marks(16.5)[2])
    assert marks(9, delta=3)[2] == pytest.approx(marks(30, delta=3)[2])


def test_first_attempts_at_huber_are_understood():
    def with_far(far):
        return lambda r, delta: np.where(abs(r) <= delta, r**2 / 2, far(r, delta))

    check = exercises.regression_losses.huber
    assert named(check, with_far(lambda r, delta: delta * (r - delta / 2))) == "sign lost far out"
    assert named(check, with_far(lambda r, delta: delta * (abs(r) + delta / 2))) == "offset added"
    assert named(check, lambda r, delta: np.where(abs(r) < delta, r * r, 2 * delta * abs(r) - delta**2)) == "twice"
    assert named(check, lambda r, delta: np.clip(r, -delta, delta)) == "slope"
    assert check.check(with_far(lambda r, delta: delta * (abs(r) - delta / 2))).verdict == "right"


def test_first_attempts_at_the_gradient_of_the_mae_are_understood():
    check = exercises.regression_losses.mae_gradient
    with np.errstate(invalid="ignore"):
        assert named(check, lambda p, t: (p - t) / abs(p - t) / p.size) == "NaN at the kink"
    assert named(check, lambda p, t: np.sign(t - p)) == "sign, and not divided by N"
    assert named(check, lambda p, t: (p - t) / p.size) == "half the gradient of the MSE"
    assert named(check, lambda p, t: np.where(p > t, 1, -1) / p.size) == "−1 at the kink"
    assert named(check, lambda p, t: np.where(p < t, -1, 1) / p.size) == "+1 at the kink"
    assert check.check(lambda p, t: (1.0 * (p > t) - (p < t)) / p.size).verdict == "right"


# ---------------------------------------------------------------------- the numbers


def test_outlier_shows_the_three_exact_fits():
    figure = explore.outlier(x=4, y=-15, delta=2)
    x, y = data.outlier_line(4, -15)
    fits = models.least_squares_line(x, y), models.least_absolute_line(x, y), models.least_huber_line(x, y, 2)
    slopes = "MSE {:.2f}, MAE {:.2f}, Huber {:.2f}".format(*(m for m, _ in fits))
    assert figure.readout.startswith(f"slope: {slopes}   outlier's share of the loss: MSE 8")
    figure.values = {"show": "share of the pull"}
    assert "outlier's share of the pull: MSE" in figure.readout
    assert "MAE 9 %" in figure.readout, "one voice among those of the points that are not exactly on the line"
    figure.values = {"there": False}
    assert figure.readout.endswith("MSE 0 %, MAE 0 %, Huber 0 %")


def test_loss_curves_mark_where_huber_changes():
    figure = explore.loss_curves(delta=1.5)
    figure.values = {"delta": 0.7}
    assert [edge.get_xdata()[0] for edge in figure.scene.edges] == [-0.7, 0.7, -0.7, 0.7]


def test_best_constant_marks_mean_median_and_between():
    readout = explore.best_constant(constant=5, largest=24, delta=3).readout
    assert "MAE 4.86 (least 4.86 at 5.00)" in readout
    assert f"at {np.mean([1, 2, 4, 5, 8, 9, 24]):.2f})" in readout
    assert "at 5.67)" in readout
