"""Measured gradients: exact where they can be, of the right order elsewhere; and the verdict on a derived gradient."""

import itertools
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from lossviz.gradients import GradientReport, check_gradient, numerical_gradient

SCHEMES = ["centered", "forward", "backward"]
numbers = st.floats(-10, 10).map(lambda number: round(number, 3))


def waves(w):
    return float(np.sum(np.sin(w) * np.exp(w / 2)))


def slope_of_waves(w):
    return np.exp(w / 2) * (np.cos(w) + np.sin(w) / 2)


class Counted:
    """A function that keeps every array it was given."""

    def __init__(self, function):
        self.function, self.seen = function, []

    def __call__(self, w):
        self.seen.append(w)
        return self.function(w)


# ---------------------------------------------------------------------- the numerical gradient


@given(st.data())
def test_the_centred_difference_of_a_quadratic_is_exact_in_any_shape(data):
    at = data.draw(arrays(float, array_shapes(max_dims=3, max_side=3), elements=numbers))
    c = data.draw(arrays(float, at.shape, elements=numbers))
    measured = numerical_gradient(lambda w: np.sum(c * w**2), at, step=0.5)
    assert measured.shape == at.shape
    assert measured.dtype == np.float64
    assert measured == pytest.approx(2 * c * at, rel=1e-12, abs=1e-11)


def test_a_number_has_a_slope_and_each_scheme_its_own():
    def square(w):
        return w**2

    for at in 3, 3.0, np.float64(3), np.array(3):
        assert numerical_gradient(square, at, step=0.5).shape == ()
        assert numerical_gradient(square, at, step=0.5) == 6
        assert numerical_gradient(square, at, step=0.5, scheme="forward") == 6.5
        assert numerical_gradient(square, at, step=0.5, scheme="backward") == 5.5


@pytest.mark.parametrize(("scheme", "order"), [("centered", 2), ("forward", 1), ("backward", 1)])
def test_the_error_falls_as_the_power_of_the_step_that_theory_gives(scheme, order):
    at = np.array([0.3, -1.2, 2.0])
    errors = [np.abs(numerical_gradient(waves, at, step, scheme) - slope_of_waves(at)) for step in (1e-2, 5e-3, 2.5e-3)]
    for coarse, fine in itertools.pairwise(errors):
        assert coarse / fine == pytest.approx(2**order, rel=0.02)


def test_centred_is_understood_as_well():
    at = np.array([0.3, -1.2])
    assert (numerical_gradient(waves, at, scheme="centred") == numerical_gradient(waves, at, scheme="centered")).all()
    with pytest.raises(ValueError, match="got 'centre'"):
        numerical_gradient(waves, at, scheme="centre")


def test_the_default_is_good_to_nine_digits():
    at = np.array([[0.3, -1.2], [2.0, 0.0]])
    assert numerical_gradient(waves, at) == pytest.approx(slope_of_waves(at), rel=1e-9)


@pytest.mark.parametrize(("scheme", "calls"), [("centered", 12), ("forward", 7), ("backward", 7)])
def test_the_cost_is_that_of_the_scheme(scheme, calls):
    function = Counted(np.sum)
    numerical_gradient(function, np.ones((2, 3)), scheme=scheme)
    assert len(function.seen) == calls


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_function_may_keep_and_change_what_it_gets(scheme):
    def greedy(w):
        value = float(w @ w)
        w[:] = 100
        return value

    at, function = np.array([1.0, 2.0]), Counted(greedy)
    assert numerical_gradient(function, at, scheme=scheme) == pytest.approx([2, 4], abs=1e-4)
    assert (at == [1, 2]).all()
    for one, other in itertools.combinations([at, *function.seen], 2):
        assert not np.shares_memory(one, other)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_float32_stays_float32_throughout(scheme):
    at = np.linspace(1, 3, 20, dtype=np.float32)
    function = Counted(lambda w: float(np.sum(w.astype(float) ** 2)))
    h = np.float32(1e-2)
    measured = numerical_gradient(function, at, step=1e-2, scheme=scheme)
    assert measured.dtype == np.float32
    assert {w.dtype for w in function.seen} == {np.dtype(np.float32)}

    def f(move):  # by hand, rounded to float32 after every operation
        points = at + move * np.eye(20, dtype=np.float32)
        return np.sum(points.astype(float) ** 2, axis=1).astype(np.float32)

    up, here, down = f(h), f(np.float32(0)), f(-h)
    by_hand = {"centered": (up - down) / (h + h), "forward": (up - here) / h, "backward": (here - down) / h}[scheme]
    assert (measured == by_hand).all()


def test_other_kinds_of_number_become_float64():
    for at in [2, 3], np.array([2, 3], np.float16), np.array([2, 3], np.int8), np.array([True, False]):
        assert numerical_gradient(lambda w: w @ w, at).dtype == np.float64


def test_rounding_is_worse_in_float32_and_for_smaller_steps():
    def error(step, kind):
        at = np.array([0.3, 1.7], kind)
        return np.abs(numerical_gradient(waves, at, step) - slope_of_waves(at.astype(float))).max()

    assert error(1e-5, np.float32) > 1e-3 > 1e-8 > error(1e-5, np.float64)
    assert error(1e-1, np.float64) > 100 * error(1e-5, np.float64)
    assert error(1e-12, np.float64) > 100 * error(1e-5, np.float64)


def test_a_slope_beyond_the_largest_float_is_infinite_without_a_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert numerical_gradient(lambda w: 1e305 * w, 1.0, step=1e-5) == pytest.approx(1e305)
        assert numerical_gradient(lambda w: 1e308 * np.sign(w), 0.0) == np.inf


# ---------------------------------------------------------------------- bad input

HERE = [1.0, 2.0]
BAD = {
    "step 0": (dict(step=0), ValueError, "step must be one number above 0 and finite, got 0"),
    "step below 0": (dict(step=-1e-5), ValueError, "step must be one number above 0 and finite, got -1e-05"),
    "step nan": (dict(step=np.nan), ValueError, "step must be one number above 0 and finite, got nan"),
    "step infinite": (dict(step=np.inf), ValueError, "step must be one number above 0 and finite, got inf"),
    "step as text": (dict(step="1e-5"), TypeError, "step must be one number"),
    "steps": (dict(step=[1e-5, 1e-5]), TypeError, "step must be one number"),
    "step lost": (dict(at=[1.0, 1e12]), ValueError, r"step must be large enough to change at\[1\] = 1e\+12 in float64"),
    "step lost in float32": (
        dict(at=np.float32([[1.0]]), step=1e-9),
        ValueError,
        r"step must be large enough to change at\[0, 0\] = 1 in float32, got 1e-09",
    ),
    "step lost at 0": (dict(at=np.float32(0), step=1e-60), ValueError, "step must be large enough to change at = 0"),
    "scheme": (
        dict(scheme="central"),
        ValueError,
        "scheme must be one of 'centered', 'forward', 'backward', got 'central'",
    ),
    "no scheme": (dict(scheme=None), TypeError, "scheme must be one of 'centered', 'forward', 'backward', got None"),
    "no function": (dict(function=3), TypeError, "function must be a function, got 3"),
    "empty": (dict(at=[]), ValueError, r"at must be one or more finite numbers, got none \(shape \(0,\)\)"),
    "nan": (dict(at=[1, np.nan]), ValueError, "at must be one or more finite numbers, got nan at index 1"),
    "infinite": (dict(at=[[np.inf]]), ValueError, r"at must be one or more finite numbers, got inf at index \(0, 0\)"),
    "text": (dict(at="12"), TypeError, "at must be one or more finite numbers, got text"),
    "nothing": (dict(at=None), TypeError, "at must be one or more finite numbers, got NoneType: None"),
    "ragged": (
        dict(at=[[1], [1, 2]]),
        ValueError,
        "at must be one or more finite numbers, got rows of different lengths",
    ),
    "an array back": (
        dict(function=lambda w: w),
        TypeError,
        r"function must return one number, got an array of shape \(2,\)",
    ),
    "an array of one": (dict(function=lambda w: w[:1]), TypeError, r"got an array of shape \(1,\)"),
    "nothing back": (dict(function=lambda w: None), TypeError, "function must return one number, got None"),
    "text back": (dict(function=lambda w: "1"), TypeError, "function must return one number, got '1'"),
    "a truth back": (dict(function=lambda w: w[0] > 1), TypeError, "function must return one number"),
    "Python's truth back": (dict(function=lambda w: True), TypeError, "function must return one number, got True"),
    "complex back": (dict(function=lambda w: 1j), TypeError, "function must return one number, got 1j"),
    "a pair back": (dict(function=lambda w: (1.0, w)), TypeError, "function must return one number"),
    "nan back": (
        dict(function=lambda w: np.nan if w[1] > 2 else 1.0),
        ValueError,
        r"function must return a finite number, got nan where at\[1\] is moved by 1e-05",
    ),
    "infinity back": (
        dict(function=lambda w: -np.inf if w[1] < 2 else 1.0),
        ValueError,
        r"function must return a finite number, got -inf where at\[1\] is moved by -1e-05",
    ),
    "too much for float32": (dict(at=np.float32(1), function=lambda w: 1e39), ValueError, "finite number, got inf"),
}


@pytest.mark.parametrize("what", BAD)
def test_bad_input_is_refused_with_a_reason(what):
    settings, kind, message = BAD[what]
    with pytest.raises(kind, match=f"^numerical_gradient: .*{message}"):
        numerical_gradient(**dict(function=lambda w: np.sum(w**2), at=HERE, step=1e-5) | settings)


def test_one_sided_schemes_say_so_if_the_function_is_not_finite_at_the_place_itself():
    with pytest.raises(ValueError, match="got nan at `at` itself"):
        numerical_gradient(lambda w: np.nan, HERE, scheme="forward")


# ---------------------------------------------------------------------- the check


def test_a_right_gradient_is_good():
    at = np.array([[0.3, -1.2], [2.0, 0.7]])
    report = check_gradient(waves, slope_of_waves, at)
    assert isinstance(report, GradientReport)
    assert report.verdict.startswith("good")
    assert 0 < report.largest < 1e-8
    assert 0 < report.rounding < 1e-7
    assert (report.analytic == slope_of_waves(at)).all()
    assert (report.numerical == numerical_gradient(waves, at)).all()
    size = np.maximum(abs(report.analytic), abs(report.numerical))
    assert (report.relative_error == abs(report.analytic - report.numerical) / size).all()


@given(st.integers(0, 1), st.integers(0, 2), st.floats(0.02, 5) | st.floats(-5, -0.02))
def test_a_planted_bug_is_found_where_it_is(row, column, bug):
    at = np.array([[0.3, -1.2, 2.0], [0.7, 1.1, -0.4]])
    wrong = slope_of_waves(at)
    wrong[row, column] *= 1 + bug
    for given_as in wrong, lambda w: wrong:
        report = check_gradient(waves, given_as, at)
        assert report.where == (row, column)
        assert report.verdict.startswith("wrong")
        assert report.largest == pytest.approx(abs(bug) / max(1, abs(1 + bug)), rel=1e-6)


@pytest.mark.parametrize(
    ("off", "verdict"),
    [
        (0, "good"),
        (0.9e-7, "good"),
        (1.1e-7, "fine for a function with kinks"),
        (0.9e-4, "fine for a function with kinks"),
        (1.1e-4, "suspicious"),
        (0.9e-2, "suspicious"),
        (1.1e-2, "wrong"),
        (2, "wrong"),
    ],
)
def test_the_verdict_has_the_usual_thresholds(off, verdict):
    # steps that are powers of 2 leave a straight line's slope without any rounding
    report = check_gradient(lambda w: 4 * w, 4 / (1 - off) if off < 1 else -4, 1.0, step=2**-16)
    assert report.largest == pytest.approx(off, rel=1e-6)
    assert report.verdict.startswith(verdict)


def test_a_kink_within_the_step_shows():
    report = check_gradient(lambda w: np.abs(w).sum(), np.sign, [1.0, 2e-6, -3.0])
    assert report.where == (1,)
    assert report.verdict.startswith("wrong")


def test_zero_is_not_divided_by():
    report = check_gradient(lambda w: w[0] ** 2, [6.0, 0.0], [3.0, 1.0])
    assert report.relative_error[1] == 0
    assert report.verdict.startswith("good")
    assert check_gradient(lambda w: 1.0, [0.0], [3.0]).largest == 0
    report = check_gradient(lambda w: w[0] ** 2, [6.0, 1e-3], [3.0, 1.0])  # but 0 is not 0.001
    assert report.largest == 1
    assert report.where == (1,)


@pytest.mark.parametrize("noise", [0, 1])
def test_rounding_at_a_minimum_is_not_held_against_the_gradient(noise):
    rng = np.random.default_rng(0)
    x = rng.uniform(-5, 5, 1000)
    y = 3.3 * x + 5.3 + noise * rng.normal(size=1000)
    best = np.polyfit(x, y, 1)

    def function(w):
        return np.mean((w[0] * x + w[1] - y) ** 2)

    def gradient(w):
        error = w[0] * x + w[1] - y
        return 2 * np.array([np.mean(error * x), np.mean(error)])

    assert check_gradient(function, gradient, best).verdict.startswith("good")
    for bug in (1e-6, 0), (0, -1e-6):  # small, but more than rounding
        assert check_gradient(function, lambda w, bug=bug: gradient(w) + bug, best).verdict.startswith("wrong")


def test_values_that_overflow_do_not_excuse_an_error():
    with pytest.raises(
        ValueError, match="^check_gradient: numerical gradient must be one or more finite numbers, got inf"
    ):
        check_gradient(lambda w: 1e308 * np.sign(w), 0.0, 0.0)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        reports = [check_gradient(lambda w, at=at: 1e307 * (w != at), 3.0, at) for at in (0.0, 1.0)]
    for report in reports:
        assert not report.rounding < np.inf
        assert report.verdict.startswith("wrong")


def test_the_check_is_in_float64():
    at = np.float32([0.3, 1.7])
    seen = Counted(slope_of_waves)
    report = check_gradient(waves, seen, at)
    assert report.verdict.startswith("good")
    assert report.numerical.dtype == seen.seen[0].dtype == np.float64


def test_the_inputs_stay_and_are_not_shared():
    at, analytic = np.array([1.0, 2.0]), np.array([2.0, 4.0])

    def greedy(w):
        w *= 2
        return w

    report = check_gradient(lambda w: w @ w, greedy, at)
    assert report.verdict.startswith("good")
    assert (at == [1, 2]).all()
    report = check_gradient(lambda w: w @ w, analytic, at)
    assert not np.shares_memory(report.analytic, analytic)


def test_the_report_shows_itself_in_four_plain_lines():
    report = check_gradient(lambda w: np.sum(w**2), lambda w: 2.1 * w, [[1.0, 0.0], [0.0, -2.0]])
    assert repr(report) == str(report)
    assert str(report).splitlines() == [
        "largest relative error  0.0476 at [0, 0]",
        "analytic gradient       2.1",
        "numerical gradient      2",
        "verdict                 wrong: above 1e-2",
    ]
    assert str(check_gradient(lambda w: w**2, 6.3, 3)).splitlines()[0] == "largest relative error  0.0476"
    assert check_gradient(lambda w: w**2, 6.3, 3).where == ()


BAD_CHECKS = {
    "shapes": (
        dict(gradient=[1.0]),
        ValueError,
        r"gradient must have the shape of at, \(2,\), got shape \(1,\)",
    ),
    "shape of what is returned": (
        dict(gradient=lambda w: w[:, None]),
        ValueError,
        r"gradient must have the shape of at, \(2,\), got shape \(2, 1\)",
    ),
    "one for all": (dict(gradient=1.0), ValueError, r"gradient must have the shape of at, \(2,\), got shape \(\)"),
    "nan": (dict(gradient=[1, np.nan]), ValueError, "gradient must be one or more finite numbers, got nan at index 1"),
    "no gradient": (
        dict(gradient=lambda w: None),
        TypeError,
        "gradient must return one or more finite numbers, got NoneType: None",
    ),
    "text": (dict(gradient="ab"), TypeError, "gradient must be one or more finite numbers, got text"),
    "no function": (dict(function=3), TypeError, "function must be a function, got 3"),
    "empty": (dict(at=[]), ValueError, r"at must be one or more finite numbers, got none \(shape \(0,\)\)"),
    "nan there": (dict(at=[np.nan, 1]), ValueError, "at must be one or more finite numbers, got nan at index 0"),
    "step": (dict(step=0), ValueError, "step must be one number above 0 and finite, got 0"),
    "step lost": (
        dict(step=1e-30),
        ValueError,
        r"step must be large enough to change at\[0\] = 1 in float64, got 1e-30",
    ),
    "not one number": (dict(function=lambda w: w), TypeError, "function must return one number"),
    "not finite there": (
        dict(function=lambda w: np.inf if w[0] == 1 else 0),
        ValueError,
        "function must return a finite number, got inf at `at` itself",
    ),
}


@pytest.mark.parametrize("what", BAD_CHECKS)
def test_a_bad_check_is_refused_with_a_reason(what):
    settings, kind, message = BAD_CHECKS[what]
    with pytest.raises(kind, match=f"^check_gradient: {message}"):
        check_gradient(**dict(function=lambda w: w @ w, gradient=lambda w: 2 * w, at=HERE) | settings)
