"""Lesson 01: its figures can be read at every end and on a projector, and first attempts are understood."""

from itertools import pairwise

import numpy as np
import pytest

from lossviz import data, exercises, explore, gradients, losses, models, theme
from lossviz.experiments import line_fit as lesson
from lossviz.live import Drag


def named(exercise, answer):
    return exercise.check(answer).misconception


def boxes(texts):
    return [text.get_window_extent() for text in texts]


# ---------------------------------------------------------------------- figures


def test_on_a_projector_the_right_panel_s_words_keep_apart_and_inside():
    theme.use("projector")
    figure = explore.cancelling()
    ax = figure.scene.right
    ticks = boxes(ax.get_xticklabels())
    assert all(left.x1 < right.x0 for left, right in pairwise(ticks))
    assert max(box.x1 for box in [*ticks, *boxes([ax.xaxis.label, ax._left_title, ax.title])]) < figure.size[0]
    figure.close()


def test_a_dot_on_the_edge_is_shown_whole():
    assert not explore.fit_line(m=8, c=11).scene.here.get_clip_on()


def test_at_the_best_fit_nothing_is_below_it():
    figure = explore.fit_line(m=3.3, c=5.3, noise=0, n=10)
    assert "above the best fit by 0.000   your best so far: 0.000 above" in figure.readout


# ---------------------------------------------------------------------- what is computed


def test_the_bowl_is_the_mse_of_every_line_and_downhill_is_minus_its_gradient():
    x, y = data.line(n=30)
    m, c = np.array([-1.0, 2.0, 5.0]), np.array([0.0, 6.0])
    bowl = lesson.bowl(x, y, m, c)
    assert bowl.shape == (2, 3)
    down_m, down_c = lesson.downhill(x, y, *np.meshgrid(m, c))
    for row, column in np.ndindex(2, 3):
        at = np.array([m[column], c[row]])
        assert bowl[row, column] == pytest.approx(losses.mse(at[0] * x + at[1], y))
        slope = gradients.numerical_gradient(lambda line: losses.mse(line[0] * x + line[1], y), at)
        assert [down_m[row, column], down_c[row, column]] == pytest.approx(-slope, rel=1e-6)


def test_a_line_through_the_centre_has_residuals_that_cancel():
    x, y = data.line(n=40)
    c, means = lesson.about_the_centre(x, y, -3.0)
    assert c - 3 * x.mean() == pytest.approx(y.mean())
    assert means.plain == pytest.approx(0, abs=1e-12)
    assert means.absolute == losses.mae(c - 3 * x, y)
    assert means.root == losses.rmse(c - 3 * x, y)


# ---------------------------------------------------------------------- first attempts


def test_first_attempts_at_the_residual_are_understood():
    check = exercises.line_fit.residual
    assert named(check, lambda x, y, m, c: y - m * x) == "intercept forgotten"
    assert named(check, lambda x, y, m, c: (m * x + c - y) ** 2) == "squared"
    assert check.check(lambda x, y, m, c: [b - m * a - c for a, b in zip(x, y, strict=True)]).verdict == "right"


def test_first_attempts_at_the_mse_are_understood():
    check = exercises.line_fit.mean_squared_error
    assert named(check, lambda x, y, m, c: sum(y - m * x - c) ** 2) == "square of the sum"
    assert named(check, lambda x, y, m, c: np.sum((y - m * x - c) ** 2) / (x.size - 1)) == "divided by N − 1"
    assert named(check, lambda x, y, m, c: (y - m * x - c).var()) == "variance"
    assert named(check, lambda x, y, m, c: np.square(y - m * x - c)) == "no mean"
    assert check.check(lambda x, y, m, c: ((m * x + c - y) ** 2).mean()).verdict == "right"


def test_first_attempts_at_the_slope_are_understood():
    check = exercises.line_fit.slope
    assert named(check, lambda x, y: np.cov(x, y)[0, 1] / x.var()) == "two kinds of mean"
    assert named(check, lambda x, y: ((x - x.mean()) * (y - y.mean())).sum()) == "not divided"
    assert check.check(lambda x, y: np.cov(x, y)[0, 1] / np.var(x, ddof=1)).verdict == "right"
    assert check.check(lambda x, y: np.polyfit(x, y, 1)[0]).verdict == "right"


# ---------------------------------------------------------------------- the numbers


def test_line_fit_tells_the_losses_of_the_line():
    figure = explore.fit_line(m=2, c=1, n=100, noise=2)
    x, y = data.line(n=100, noise=2)
    mse = losses.mse(2 * x + 1, y)
    least = losses.mse(np.polyval(np.polyfit(x, y, 1), x), y)
    assert figure.readout.startswith(
        f"MSE = {mse:.3f}   RMSE = {mse**0.5:.3f}   above the best fit by {mse - least:.3f}"
    )


def test_line_fit_remembers_the_best_so_far_on_the_same_data():
    figure = explore.fit_line(m=3.3, c=5.3)
    best = figure.values["record"]
    figure.values = {"m": 0}
    assert figure.values["record"] == best
    figure._answer(None, {"press": "best", "number": 1}, [])
    assert figure.values["record"] < best
    assert (figure.values["m"], figure.values["c"]) == pytest.approx(models.least_squares_line(*data.line()), abs=0.03)
    figure.values = {"noise": 2.0}
    assert figure.values["record"] > 3, "other data, another race"


def test_line_fit_can_be_turned_lifted_and_moved_in_the_bowl():
    scene = explore.fit_line(m=1, c=2).scene
    values = scene.complete({"m": 1, "c": 2})
    turned = scene.drag(Drag(scene.left, (4, 6), (4, 14), values))
    assert turned["m"] * 4 + turned["c"] == pytest.approx(14), "the end follows the hand"
    assert turned["m"] * -4 + turned["c"] == pytest.approx(-2), "the other end stays"
    assert scene.drag(Drag(scene.left, (0, 2), (1, 5), values)) == {"c": 5}
    assert scene.drag(Drag(scene.right, (0, 0), (3, 4), values)) == {"m": 3, "c": 4}


def test_cancelling_never_leaves_zero():
    figure = explore.cancelling()
    for m in -8.0, -1.0, 3.3, 8.0:
        figure.values = {"m": m}
        assert figure.readout.startswith("mean residual = 0.00 ")
