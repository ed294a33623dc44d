"""The shared Loss: what it accepts, refuses and shows; and what every loss of the library must obey."""

import inspect
import re
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lossviz import losses
from lossviz.loss import Loss, between_0_and_1, loss, positive, real

ALL = [getattr(losses, name) for name in losses.__all__]
each_loss = pytest.mark.parametrize("each", ALL, ids=lambda each: each.name)
numbers = st.floats(-100, 100).map(lambda number: round(number, 3))


def pairs(n=5):
    return st.tuples(arrays(float, n, elements=numbers), arrays(float, n, elements=numbers))


# ---------------------------------------------------------------------- bad input

BAD = {
    "shapes differ": (([1, 2], [1]), ValueError, r"prediction has shape \(2,\), target has shape \(1,\)"),
    "no broadcasting": (([[1], [2]], [1, 2]), ValueError, r"prediction has shape \(2, 1\), target has shape \(2,\)"),
    "nan": (([1, np.nan], [1, 2]), ValueError, r"prediction must hold finite numbers, got nan at index 1"),
    "infinity": (
        ([[1, 2]], [[1, -np.inf]]),
        ValueError,
        r"target must hold finite numbers, got -inf at index \(0, 1\)",
    ),
    "scalar nan": ((np.nan, 0), ValueError, r"prediction must hold finite numbers, got nan$"),
    "empty": (([], []), ValueError, r"prediction is empty \(shape \(0,\)\)"),
    "ragged": (([[1, 2], [3]], [1, 2]), ValueError, r"prediction must be a rectangular array"),
    "text": ((["a"], [1]), TypeError, r"prediction must be numbers, got text: \['a'\]"),
    "numbers as text": (([1], "1"), TypeError, r"target must be numbers, got text: '1'"),
    "complex": (([1j], [1]), TypeError, r"prediction must be numbers, got complex"),
    "None": (([None], [1]), TypeError, r"prediction must be numbers, got list: \[None\]"),
}


@each_loss
@pytest.mark.parametrize("what", BAD)
def test_bad_arrays_are_refused_with_a_reason(each, what):
    arguments, kind, message = BAD[what]
    for use in each, each.per_example, each.gradient:
        with pytest.raises(kind, match=f"^{each.name}: {message}"):
            use(*arguments)


@pytest.mark.parametrize(("name", "setting"), [("huber", "delta"), ("smooth_l1", "beta")])
@pytest.mark.parametrize("bad", [0, -1, np.nan, np.inf])
def test_a_width_must_be_positive(name, setting, bad):
    with pytest.raises(ValueError, match=rf"^{name}: {setting} must be above 0 and finite, got {bad:g}"):
        getattr(losses, name)([1], [2], **{setting: bad})


@pytest.mark.parametrize("bad", [0, 1, -0.1, 2, np.nan])
def test_a_quantile_lies_between_0_and_1(bad):
    with pytest.raises(ValueError, match="^quantile: q must be above 0 and below 1, got"):
        losses.quantile([1], [2], q=bad)


@pytest.mark.parametrize("bad", ["1", None, [1.0], True, 1j])
def test_a_setting_is_one_number(bad):
    for kind in positive, between_0_and_1:
        with pytest.raises(TypeError, match="^here must be one number"):
            kind("here", bad)


def test_an_unknown_setting_is_refused():
    with pytest.raises(TypeError, match="delta"):
        losses.mse([1], [2], delta=1)


# ---------------------------------------------------------------------- what every loss obeys


@each_loss
def test_integers_lists_and_single_numbers_are_taken(each):
    assert each([1, 2], [3, 2]) == each(np.array([1.0, 2.0]), np.array([3.0, 2.0]))
    assert isinstance(each(3, 1), float)
    assert each.gradient(np.float32([1, 2]), [3, 2]).dtype == np.float64


@each_loss
@given(pairs())
def test_the_gradient_is_the_slope_of_the_value(each, pair):
    prediction, target = pair
    step = 1e-5
    apart = np.abs(prediction - target)
    kinks = np.isclose(apart, 0, atol=1e-3) | np.isclose(apart, 1, atol=1e-3)
    gradient = each.gradient(prediction, target)
    for i in np.flatnonzero(~kinks):
        move = np.zeros_like(prediction)
        move[i] = step
        measured = (each(prediction + move, target) - each(prediction - move, target)) / (2 * step)
        assert measured == pytest.approx(gradient[i], rel=1e-5, abs=1e-6)


@each_loss
@given(pairs(), st.floats(0, 1))
def test_convex_in_the_prediction(each, pair, t):
    prediction, target = pair
    between = each(t * prediction + (1 - t) * target, target)
    assert between <= t * each(prediction, target) + (1 - t) * each(target, target) + 1e-9


@each_loss
@given(pairs())
def test_never_negative_and_0_for_a_perfect_prediction(each, pair):
    prediction, target = pair
    assert each(prediction, target) >= 0
    assert each(target, target) == 0
    assert not each.gradient(target, target).any()


@each_loss
def test_inputs_stay_as_they_were_and_share_nothing_with_outputs(each):
    prediction, target = np.array([1.0, 5.0]), np.array([2.0, 2.0])
    value = each.per_example(prediction, target)
    value += 100
    each.gradient(prediction, target)[:] = 100
    assert (prediction == [1, 5]).all()
    assert (target == [2, 2]).all()


@each_loss
@pytest.mark.parametrize("far", [1e4, 1e200])
def test_far_off_is_the_exact_limit_without_a_warning(each, far):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        value, gradient = each.value_and_gradient([far, -far, 0.0], [0.0, 0.0, 0.0])
    assert not np.isnan(value)
    assert not np.isnan(gradient).any()
    if far == 1e4:
        assert np.isfinite(value)


@each_loss
def test_shapes_are_kept(each):
    grid = np.arange(6.0).reshape(2, 3)
    assert each.per_example(grid, grid + 1).shape == (2, 3)
    assert each.gradient(grid, grid + 1).shape == (2, 3)


# ---------------------------------------------------------------------- how a loss shows itself


@each_loss
def test_a_loss_shows_its_formula_its_rule_and_its_text(each):
    assert each._repr_latex_() == f"$\\displaystyle {each.formula}$"
    assert repr(each).startswith(f"{each.name}(prediction, target")
    assert inspect.getsource(inspect.unwrap(each)).count("\n    return ") == 1, "?? shows the arithmetic"
    for part in "Parameters", "Returns", "Raises", "Examples", "References":
        assert re.search(rf"^{part}\n-+$", inspect.cleandoc(each.__doc__), re.M), part


def test_the_kinds_must_be_those_of_the_rule():
    with pytest.raises(TypeError, match="not the rule's arguments"):
        loss("x", prediction=real)(lambda prediction, target: (prediction, target))


def test_a_loss_is_a_loss():
    assert all(isinstance(each, Loss) for each in ALL)
