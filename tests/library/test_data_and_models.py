"""The generators, and the exact fits, against NumPy and against brute force."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lossviz import data, losses, models

CLOUDS = st.integers(0, 10_000).map(lambda seed: data.outlier_line(y=-seed % 40 - 20.0, seed=seed))


def test_line_is_the_curriculum_s():
    x, y = data.line()
    assert len(x) == len(y) == 1000
    assert -5 <= x.min() < -4.9 < 4.9 < x.max() <= 5
    noise = y - (3.3 * x + 5.3)
    assert abs(noise.mean()) < 0.1
    assert noise.std() == pytest.approx(1, abs=0.05)


def test_one_slider_changes_one_thing():
    x, y = data.line(n=100, noise=1)
    fewer_x, fewer_y = data.line(n=10, noise=1)
    assert (x[:10] == fewer_x).all()
    assert (y[:10] == fewer_y).all()
    quieter = data.line(n=100, noise=0.5)[1]
    true = 3.3 * x + 5.3
    assert quieter - true == pytest.approx((y - true) / 2)
    assert not np.allclose(x, data.line(n=100, seed=2)[0])


@pytest.mark.parametrize("bad", [dict(n=0), dict(noise=-1), dict(noise=np.nan)])
def test_line_refuses(bad):
    with pytest.raises(ValueError, match="^line: "):
        data.line(**bad)


def test_outlier_line():
    x, y = data.outlier_line(x=1, y=-9)
    assert (x[-1], y[-1]) == (1, -9)
    assert np.abs(y[:-1] - x[:-1] - 2).max() < 2
    with pytest.raises(ValueError, match="^outlier_line: n"):
        data.outlier_line(n=1)


@given(CLOUDS)
def test_least_squares_agrees_with_numpy(cloud):
    assert models.least_squares_line(*cloud) == pytest.approx(np.polyfit(*cloud, deg=1), rel=1e-9, abs=1e-9)


@given(CLOUDS)
def test_no_line_nearby_is_better(cloud):
    x, y = cloud
    for fit, loss, settings in [
        (models.least_squares_line, losses.mse, {}),
        (models.least_absolute_line, losses.mae, {}),
        (models.least_huber_line, losses.huber, dict(delta=1.5)),
    ]:
        m, c = fit(x, y, **settings)
        least = loss(m * x + c, y, **settings)
        for step in 1e-3, 0.1, 3:
            for turn in np.linspace(0, 2 * np.pi, 13):
                other_m, other_c = m + step * np.cos(turn), c + step * np.sin(turn)
                assert loss(other_m * x + other_c, y, **settings) >= least - 1e-12


@given(CLOUDS)
def test_a_wide_huber_is_least_squares(cloud):
    assert models.least_huber_line(*cloud, delta=1e6) == pytest.approx(models.least_squares_line(*cloud))


@given(st.lists(st.integers(-20, 20), min_size=1, max_size=9), st.floats(0.05, 30))
def test_the_best_huber_constant_is_best(values, delta):
    values = np.array(values, float)
    best = models.best_huber_constant(values, delta)

    def loss(constant):
        return losses.huber(np.full(len(values), constant), values, delta=delta)

    assert loss(best) <= min(map(loss, np.linspace(-21, 21, 421))) + 1e-9
    assert min(values) - 1e-9 <= best <= max(values) + 1e-9


def test_the_best_huber_constant_goes_from_median_to_mean():
    values = [1, 2, 4, 5, 8, 9, 24]
    assert models.best_huber_constant(values, 1e-6) == pytest.approx(5)
    assert models.best_huber_constant(values, 1e6) == pytest.approx(np.mean(values))
    assert models.best_huber_constant([0, 10, 20, 30], 1) == 15  # all between 11 and 19 are best: the middle


@given(CLOUDS, st.floats(-5, 5), st.floats(-5, 5))
def test_the_surface_is_the_loss_of_each_line(cloud, m, c):
    x, y = cloud
    assert models.line_mse(x, y, m, c) == pytest.approx(losses.mse(m * x + c, y))


@pytest.mark.parametrize(
    ("x", "y"),
    [([1], [1]), ([1, 1], [0, 2]), ([1, 2], [1]), ([[1, 2]], [[1, 2]]), ([1, np.nan], [1, 2])],
)
def test_a_line_that_is_not_determined_is_refused(x, y):
    for fit in models.least_squares_line, models.least_absolute_line, models.least_huber_line:
        with pytest.raises(ValueError, match="x|points"):
            fit(x, y)


def test_delta_must_be_positive():
    with pytest.raises(ValueError, match="delta must be above 0"):
        models.least_huber_line([0, 1], [0, 1], delta=0)
    with pytest.raises(ValueError, match="delta must be above 0"):
        models.best_huber_constant([0, 1], delta=-1)


def test_the_best_student_t_constant_takes_rows_and_refuses_the_rest():
    rows = np.random.default_rng(0).normal(size=(3, 9))
    assert models.best_student_t_constant(rows) == pytest.approx([models.best_student_t_constant(row) for row in rows])
    assert models.best_student_t_constant(rows, df=1e9) == pytest.approx(rows.mean(axis=1), abs=1e-6)
    for bad, message in [([], "y is empty"), ([np.nan], "y must hold finite"), (1.0, "y must hold rows of values")]:
        with pytest.raises(ValueError, match=f"^best_student_t_constant: {message}"):
            models.best_student_t_constant(bad)
    with pytest.raises(ValueError, match="^best_student_t_constant: df must be above 0"):
        models.best_student_t_constant([1.0], df=0)
