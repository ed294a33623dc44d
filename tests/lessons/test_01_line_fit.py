"""Lesson 01: its figures can be read at every end and on a projector, and first attempts are understood."""

from itertools import pairwise

import numpy as np

from lossviz import exercises, explore, theme


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
