"""Lessons 01 and 02: their figures can be read at every end and on a projector, and first attempts are understood."""

from itertools import pairwise

import numpy as np
import pytest

from lossviz import exercises, explore, theme


def named(exercise, answer):
    return exercise.check(answer).misconception


def boxes(texts):
    return [text.get_window_extent() for text in texts]


# ---------------------------------------------------------------------- figures


@pytest.mark.parametrize("make", [explore.cancelling, explore.outlier])
def test_on_a_projector_the_right_panel_s_words_keep_apart_and_inside(make):
    theme.use("projector")
    figure = make()
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
    assert not explore.fit_line(m=8, c=11).scene.here.get_clip_on()
    assert not explore.best_constant(largest=30).scene.far.get_clip_on()


def test_at_the_best_fit_nothing_is_below_it():
    figure = explore.fit_line(m=3.3, c=5.3, noise=0, n=10)
    assert "above the best fit by 0.000   your best so far: 0.000 above" in figure.readout


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
