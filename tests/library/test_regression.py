"""The regression losses against numbers computed by hand, and against each other."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lossviz.losses import huber, log_cosh, mae, mse, quantile, rmse, smooth_l1, sse

R = np.array([-1.0, 0.5, 0.0, 2.0, -8.0])  # residuals; as predictions of a target 0 they are errors of the other sign
ZERO = np.zeros(5)
errors = arrays(float, 4, elements=st.floats(-50, 50))
widths = st.floats(0.01, 20)


@pytest.mark.parametrize(
    ("value", "by_hand"),
    [
        (sse(-R, ZERO), 69.25),
        (mse(-R, ZERO), 13.85),
        (rmse(-R, ZERO), math.sqrt(13.85)),
        (mae(-R, ZERO), 2.3),
        (huber(-R, ZERO), (0.5 + 0.125 + 0 + 1.5 + 7.5) / 5),
        (huber(-R, ZERO, delta=2), (0.5 + 0.125 + 0 + 2 + 14) / 5),
        (smooth_l1(-R, ZERO, beta=2), (0.25 + 0.0625 + 0 + 1 + 7) / 5),
        (quantile(-R, ZERO, q=0.9), (0.1 + 0.45 + 0 + 1.8 + 0.8) / 5),
        (log_cosh([1.0], [0.0]), math.log(math.cosh(1))),
    ],
)
def test_by_hand(value, by_hand):
    assert value == pytest.approx(by_hand, rel=1e-14)


def test_gradients_by_hand():
    assert sse.gradient(-R, ZERO) == pytest.approx([2, -1, 0, -4, 16])
    assert mse.gradient(-R, ZERO) == pytest.approx([0.4, -0.2, 0, -0.8, 3.2])
    assert rmse.gradient(-R, ZERO) == pytest.approx(np.array([0.2, -0.1, 0, -0.4, 1.6]) / math.sqrt(13.85))
    assert mae.gradient(-R, ZERO) == pytest.approx([0.2, -0.2, 0, -0.2, 0.2])
    assert huber.gradient(-R, ZERO) == pytest.approx([0.2, -0.1, 0, -0.2, 0.2])
    assert quantile.gradient(-R, ZERO, q=0.9) == pytest.approx([0.02, -0.18, 0, -0.18, 0.02])


@given(errors, widths)
def test_huber_lies_between_its_limits(error, delta):
    value = huber.per_example(error, np.zeros(4), delta=delta)
    assert (value <= error**2 / 2 + 1e-9).all()
    assert (value <= delta * np.abs(error) + 1e-9).all()
    assert (value >= delta * np.abs(error) - delta**2 / 2 - 1e-9).all()


@given(widths)
def test_huber_is_smooth_where_its_pieces_meet(delta):
    below, above = np.nextafter(delta, 0), np.nextafter(delta, np.inf)
    for sign in 1, -1:
        values, slopes = zip(
            *(huber.value_and_gradient([sign * r], [0.0], delta=delta) for r in (below, above)), strict=True
        )
        assert values[0] == pytest.approx(values[1], rel=1e-12)
        assert slopes[0] == pytest.approx(slopes[1], rel=1e-12)
        assert slopes[1] == pytest.approx([sign * delta])


@given(errors, widths)
def test_smooth_l1_is_huber_divided_by_delta(error, width):
    zero = np.zeros(4)
    assert smooth_l1(error, zero, beta=width) == pytest.approx(huber(error, zero, delta=width) / width)
    assert smooth_l1.gradient(error, zero, beta=width) == pytest.approx(
        huber.gradient(error, zero, delta=width) / width
    )


@given(errors)
def test_the_median_quantile_is_half_the_mae(error):
    assert quantile(error, np.zeros(4)) == pytest.approx(mae(error, np.zeros(4)) / 2)


def test_log_cosh_keeps_its_digits_near_and_far():
    assert log_cosh.per_example([1e-8], [0.0]) == pytest.approx([5e-17], rel=1e-12)
    assert log_cosh.per_example([1e4], [0.0]) == pytest.approx([1e4 - math.log(2)], rel=1e-15)
    across = log_cosh.per_example(np.array([1 - 1e-12, 1 + 1e-12]), [0.0, 0.0])
    assert across[0] == pytest.approx(across[1], rel=1e-11)


def test_the_best_constant_of_the_quantile_loss_is_the_quantile():
    values = np.arange(1.0, 12)
    found = min(values, key=lambda constant: quantile(np.full(11, constant), values, q=0.8))
    assert found == np.quantile(values, 0.8)


@pytest.mark.parametrize(
    "each", [sse, mse, rmse, mae, huber, smooth_l1, log_cosh, quantile], ids=lambda each: each.name
)
@given(errors, errors)
def test_a_perfect_prediction_costs_nothing_and_pulls_nowhere(each, prediction, target):
    assert each(prediction, target) >= 0
    assert each(target, target) == 0
    assert not each.gradient(target, target).any()
