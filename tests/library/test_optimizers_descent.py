"""What takes the steps: when a run ends, what it says, and what is refused."""

import dataclasses
import math
import re
import warnings

import numpy as np
import pytest
from test_optimizers_rules import START, C, bowl, each_rule, slope_of_bowl

from lossviz.optimizers import (
    Adam,
    GradientDescent,
    Momentum,
    Trajectory,
    minimize,
    minimize_many,
    rules,
)


@each_rule
def test_the_same_optimiser_gives_the_same_run_twice(optimizer):
    used = dataclasses.replace(optimizer)
    first = minimize(bowl, slope_of_bowl, START, used, 20)
    assert used == optimizer
    by_hand = used.step([5.0], [7.0])
    second = minimize(bowl, slope_of_bowl, START, used, 20)
    assert (first.points == second.points).all()
    assert (first.values == second.values).all()
    fresh = dataclasses.replace(optimizer)  # and what the object remembered, it still remembers
    fresh.step([5.0], [7.0])
    assert (used.step(by_hand, [-2.0]) == fresh.step(by_hand, [-2.0])).all()


def test_a_trajectory_tells_what_happened():
    seen = {"function": 0, "gradient": 0}

    def counted(name, function):
        def call(w):
            seen[name] += 1
            return function(w)

        return call

    run = minimize(counted("function", bowl), counted("gradient", slope_of_bowl), START, GradientDescent(0.1), 25)
    assert isinstance(run, Trajectory)
    assert seen == {"function": 26, "gradient": 25}
    assert run.evaluations == 25
    assert run.points.shape == (26, 3)
    assert (run.points[0] == START).all()
    assert run.values.tolist() == [bowl(w) for w in run.points]
    assert (run.converged, run.diverged, run.reason) == (False, False, "Did all 25 steps.")
    assert repr(run) == str(run)
    assert str(run).splitlines() == [
        "Did all 25 steps.",
        "start   value 9.75 at (1, -2, 0.5)",
        f"end     value {run.values[-1]:.4g} at (0.07179, -5.686e-06, 0)",
        "cost    25 gradient evaluations",
    ]
    one = minimize(bowl, slope_of_bowl, np.ones((4, 3)), GradientDescent(0.1), 1)
    assert one.reason == "Did all 1 step."
    assert "12 numbers, the largest 1 in size" in str(one)
    assert "cost    1 gradient evaluation\n" in str(one) + "\n"
    assert "at -2\n" in str(minimize(lambda w: w, lambda w: 1, -2, GradientDescent(0.1), 1))


def test_a_tolerance_stops_the_run_before_the_step():
    run = minimize(bowl, slope_of_bowl, START, GradientDescent(0.1), 1000, tolerance=1e-3)
    norms = np.linalg.norm(run.points * C, axis=1)
    assert run.converged
    assert not run.diverged
    assert norms[-1] <= 1e-3 < norms[-2]
    assert run.evaluations == len(run.points)
    steps = len(run.points) - 1
    assert run.reason == (
        f"Converged after {steps} steps: the gradient's norm, {norms[-1]:.4g}, is within the tolerance of 0.001."
    )
    run = minimize(bowl, slope_of_bowl, START, GradientDescent(0.1), 5, tolerance=1e-3)
    assert (run.converged, run.evaluations) == (False, 5)
    norm = np.linalg.norm(run.points[4] * C)
    within = f"the gradient's norm, last {norm:.4g}, was never within the tolerance of 0.001"
    assert run.reason == f"Did all 5 steps; {within}."
    at_once = minimize(bowl, slope_of_bowl, np.zeros(3), GradientDescent(0.1), 5, tolerance=0)
    assert at_once.converged
    assert at_once.reason.startswith("Converged after 0 steps:")
    assert at_once.points.shape == (1, 3)


@pytest.mark.parametrize("few", [0, 100])
def test_divergence_is_reported_with_its_step_not_raised(few, monkeypatch):
    monkeypatch.setattr(rules, "QUICKER_AS_FLOATS", few)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        run = minimize(bowl, slope_of_bowl, START, GradientDescent(0.5), 1000)
    step = next(k for k in range(1000) if np.abs((1 - 0.5 * C) ** k * START).max() > 1e9)
    assert run.diverged
    assert not run.converged
    assert len(run.points) == step
    assert run.evaluations == step
    assert run.reason.startswith(f"Diverged at step {step}: a coordinate grew to ")
    grown = ((1 - 0.5 * C) ** step * START)[2]
    assert run.reason.endswith(f" {grown:.4g}.")
    assert (np.abs(run.points) <= 1e9).all()
    assert np.isfinite(run.values).all()


def explosion(at, bad, good=0.0):
    """A function that returns something bad from a point on."""
    return lambda w: bad if w.flat[0] >= at else good


DIVERGED = {
    "value inf": (explosion(3, np.inf), lambda w: -np.ones(2), "the value became inf"),
    "value nan": (explosion(3, np.nan), lambda w: -np.ones(2), "the value became nan"),
    "value -inf": (explosion(3, np.float64(-np.inf)), lambda w: -np.ones(2), "the value became -inf"),
    "plain numbers overflow": (
        lambda w: math.exp(1000) if w[0] >= 3 else 0.0,
        lambda w: -np.ones(2),
        "the value became inf",
    ),
    "coordinate": (lambda w: 0.0, explosion(2, [-1e10, 0], [-1, 0]), r"a coordinate grew to 1e\+10"),
    "gradient nan": (lambda w: 0.0, explosion(2, [0, np.nan], [-1, 0]), "the gradient became nan"),
    "gradient inf": (lambda w: 0.0, explosion(2, [-np.inf, 0], [-1, 0]), "the gradient became -inf"),
    "gradient mixed": (lambda w: 0.0, explosion(2, [3, np.inf], [-1, 0]), "the gradient became inf"),
    "gradient huge": (lambda w: 0.0, explosion(2, [0, 1e200], [-1, 0]), r"the gradient grew to 1e\+200"),
    "gradient overflows": (
        lambda w: 0.0,
        lambda w: [-math.exp(1000 * (w[0] >= 2)), 0],
        "the gradient became inf",
    ),
}


@pytest.mark.parametrize("few", [0, 100])
@pytest.mark.parametrize("what", DIVERGED)
def test_anything_that_is_not_finite_ends_the_run_at_the_last_good_point(what, few, monkeypatch):
    monkeypatch.setattr(rules, "QUICKER_AS_FLOATS", few)
    function, gradient, reason = DIVERGED[what]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        run = minimize(function, gradient, [0.0, 0.0], GradientDescent(1), 100)
    assert run.diverged
    assert run.points[:, 0].tolist() == [0, 1, 2]
    assert run.values.tolist() == [0, 0, 0]
    assert run.evaluations == 3
    assert re.fullmatch(rf"Diverged at step 3: {reason}\.", run.reason)


@each_rule
@pytest.mark.parametrize("few", [0, 100])
def test_no_rule_stalls_or_warns_on_the_way_out(optimizer, few, monkeypatch):
    monkeypatch.setattr(rules, "QUICKER_AS_FLOATS", few)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        run = minimize(lambda w: -np.exp(w @ w), lambda w: -2 * w * np.exp(w @ w), [1.0, 2.0], optimizer, 5000)
    assert run.diverged
    assert np.isfinite(run.points).all()
    assert np.isfinite(run.values).all()


def test_many_numbers_near_the_limit_are_not_beyond_it():
    run = minimize(lambda w: 0.0, np.zeros_like, np.full(100, 9e8), GradientDescent(1), 3)
    assert not run.diverged


def test_the_inputs_stay_and_the_functions_may_keep_and_change_what_they_get():
    kept = []

    def greedy(function):
        def call(w):
            result = function(w)
            kept.append(w)
            w *= 100
            return result

        return call

    start = START.copy()
    run = minimize(greedy(bowl), greedy(slope_of_bowl), start, Momentum(0.05), 10)
    assert (start == START).all()
    assert (run.points == minimize(bowl, slope_of_bowl, START, Momentum(0.05), 10).points).all()
    assert not any(np.shares_memory(w, run.points) for w in [start, *kept])
    assert len({id(w) for w in kept}) == 21


def test_the_start_may_be_the_very_array_that_the_gradient_works_with():
    weights = START.copy()

    def gradient(w):
        weights[:] = w
        return C * weights

    run = minimize(bowl, gradient, weights, GradientDescent(0.05), 10)
    assert (run.points == minimize(bowl, slope_of_bowl, START, GradientDescent(0.05), 10).points).all()


class InPlace:
    """A reader's own momentum, which changes its arrays in place and returns the same one each time."""

    def __init__(self):
        self.v, self.w = np.zeros(3), np.empty(3)

    def step(self, w, g):
        self.v *= 0.9
        self.v += g
        w -= 0.05 * self.v
        self.w[:] = w
        return self.w


def test_a_reader_s_own_optimiser_is_taken_and_not_changed():
    own = InPlace()
    expected = minimize(bowl, slope_of_bowl, START, Momentum(0.05), 10).points
    for _ in range(2):
        assert minimize(bowl, slope_of_bowl, START, own, 10).points == pytest.approx(expected, rel=1e-12)
    assert not own.v.any()

    class Halved(Adam):
        def step(self, w, g):
            return (super().step(w, g) + w) / 2

    used = Halved(0.1)
    used.step([3.0], [4.0])
    halved = minimize(bowl, slope_of_bowl, START, used, 10).points
    steps = minimize(bowl, slope_of_bowl, START, Adam(0.05), 10).points
    assert halved[1] == pytest.approx(steps[1])
    assert (halved == minimize(bowl, slope_of_bowl, START, used, 10).points).all()


class Returns:
    """An optimiser that returns what the test gives it."""

    def __init__(self, given):
        self.given = given

    def step(self, w, g):
        return self.given


@pytest.mark.parametrize(("given", "how"), [([0, np.nan], "became nan"), ([0, -np.inf], "became -inf")])
def test_a_step_that_is_not_finite_ends_the_run(given, how):
    run = minimize(lambda w: 0.0, lambda w: w, [1.0, 2.0], Returns(given), 5)
    assert run.reason == f"Diverged at step 1: a coordinate {how}."
    assert run.points.tolist() == [[1, 2]]


BAD_RUNS = {
    "start empty": (
        dict(start=[]),
        ValueError,
        r"start must be one or more finite numbers within ±1e\+09, got none \(shape \(0,\)\)",
    ),
    "start nan": (
        dict(start=[1, np.nan, 2]),
        ValueError,
        r"start must be one or more finite numbers within ±1e\+09, got nan at index 1",
    ),
    "start inf": (
        dict(start=[1, np.inf, 2]),
        ValueError,
        r"start must be one or more finite numbers within ±1e\+09, got inf at index 1",
    ),
    "start far": (
        dict(start=[1, -2e9, 2]),
        ValueError,
        r"start must be one or more finite numbers within ±1e\+09, got -2e\+09 at index 1",
    ),
    "start text": (dict(start="123"), TypeError, r"start must be one or more finite numbers within ±1e\+09, got text"),
    "no step": (dict(steps=0), ValueError, "steps must be one integer of at least 1, got 0"),
    "steps below 0": (dict(steps=-3), ValueError, "steps must be one integer of at least 1, got -3"),
    "half a step": (dict(steps=10.0), TypeError, "steps must be one integer of at least 1, got 10.0"),
    "steps a truth": (dict(steps=True), TypeError, "steps must be one integer of at least 1, got True"),
    "steps text": (dict(steps="10"), TypeError, "steps must be one integer of at least 1, got '10'"),
    "tolerance below 0": (
        dict(tolerance=-1),
        ValueError,
        "tolerance must be one number of at least 0 and finite, or None, got -1",
    ),
    "tolerance nan": (
        dict(tolerance=np.nan),
        ValueError,
        "tolerance must be one number of at least 0 and finite, or None, got nan",
    ),
    "tolerance text": (dict(tolerance="1"), TypeError, "tolerance must be one number"),
    "an array back": (
        dict(function=slope_of_bowl),
        TypeError,
        r"function must return one number, got an array of shape",
    ),
    "nothing back": (dict(function=lambda w: None), TypeError, "function must return one number, got None"),
    "a truth back": (dict(function=lambda w: True), TypeError, "function must return one number, got True"),
    "nan at the start": (dict(function=lambda w: np.nan), ValueError, "function must be finite at start, got nan"),
    "inf at the start": (
        dict(function=lambda w: math.exp(999)),
        ValueError,
        "function must be finite at start, got inf",
    ),
    "another shape": (
        dict(gradient=lambda w: w[:2]),
        ValueError,
        r"gradient must return an array like start, shape \(3,\), got shape \(2,\)",
    ),
    "a column": (
        dict(gradient=lambda w: w[:, None]),
        ValueError,
        r"gradient must return an array like start, shape \(3,\), got shape \(3, 1\)",
    ),
    "one slope": (
        dict(gradient=bowl),
        ValueError,
        r"gradient must return an array like start, shape \(3,\), got shape \(\)",
    ),
    "text slopes": (dict(gradient=lambda w: ["a", "b", "c"]), TypeError, "gradient must return numbers, got"),
    "no slopes": (dict(gradient=lambda w: None), TypeError, "gradient must return numbers, got None"),
    "complex slopes": (dict(gradient=lambda w: w + 1j), TypeError, "gradient must return numbers"),
    "truths for slopes": (dict(gradient=lambda w: w > 1), TypeError, "gradient must return numbers"),
    "ragged slopes": (
        dict(gradient=lambda w: [[1], [1, 2], 3]),
        ValueError,
        "gradient must return numbers, got rows of different lengths",
    ),
    "no optimiser": (dict(optimizer=0.1), TypeError, r"optimizer must have a method step\(.*got 0.1"),
    "optimiser's name": (dict(optimizer="Adam"), TypeError, r"optimizer must have a method step\(.*got 'Adam'"),
    "optimiser's class": (dict(optimizer=Adam), TypeError, r"optimizer must have a method step\(.*got the class Adam"),
    "own step's shape": (
        dict(optimizer=Returns(np.ones(2))),
        ValueError,
        r"optimizer.step must return an array like start, shape \(3,\), got shape \(2,\)",
    ),
    "own step nothing": (dict(optimizer=Returns(None)), TypeError, "optimizer.step must return numbers, got None"),
}


@pytest.mark.parametrize("what", BAD_RUNS)
def test_a_bad_run_is_refused_with_a_reason(what):
    changed, kind, message = BAD_RUNS[what]
    good = dict(function=bowl, gradient=slope_of_bowl, start=START, optimizer=GradientDescent(0.1), steps=10)
    with pytest.raises(kind, match=f"^minimize: {message}"):
        minimize(**good | changed)


# ---------------------------------------------------------------------- many starts


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_a_function_that_is_not_finite_at_one_of_the_starts_is_refused_with_what_it_gave(bad):
    def hole(w):
        return np.where(w[:, 0] == 2, bad, 1.0)

    with pytest.raises(ValueError, match=f"^minimize_many: function must be finite at all starts, got {bad:g}$"):
        minimize_many(hole, np.ones_like, [[1.0], [2.0], [3.0]], GradientDescent(0.1), steps=2)
