"""The optimisers against closed forms and against rules written out in plain numbers; and what runs them."""

import dataclasses
import math
import re
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from lossviz.optimizers import (
    RULES,
    AdaGrad,
    Adam,
    GradientDescent,
    Momentum,
    RMSProp,
    Search,
    Trajectory,
    batches,
    minimize,
    random_search,
    rules,
)

C = np.array([1.0, 4.0, 10.0])  # the curvatures of the bowl ½ Σ c w²
START = np.array([1.0, -2.0, 0.5])
ANY = [
    GradientDescent(0.05),
    Momentum(0.03, momentum=0.8),
    Momentum(0.03, momentum=0.8, nesterov=True),
    AdaGrad(0.3),
    RMSProp(0.02),
    Adam(0.1),
    Adam(0.1, bias_correction=False),
]
each_rule = pytest.mark.parametrize("optimizer", ANY, ids=repr)


def bowl(w):
    return float(np.sum(C * w**2) / 2)


def slope_of_bowl(w):
    return C * w


def ways(optimizer, start, gradient, steps):
    """The same run three ways: step by step, and by minimize number by number and as an array."""
    by_hand = [np.asarray(start, float)]
    walker = dataclasses.replace(optimizer)
    for _ in range(steps):
        by_hand.append(walker.step(by_hand[-1], gradient(by_hand[-1])))
    yield np.array(by_hand)
    for few in 0, 100:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(rules, "QUICKER_AS_FLOATS", few)
            yield minimize(lambda w: 0.0, gradient, start, optimizer, steps).points


# ---------------------------------------------------------------------- closed forms on a quadratic


@given(st.floats(0.001, 0.19), st.integers(1, 60))
def test_gradient_descent_on_a_quadratic_is_a_geometric_sequence(rate, steps):
    k = np.arange(steps + 1)[:, None]
    for points in ways(GradientDescent(rate), START, slope_of_bowl, steps):
        assert points == pytest.approx((1 - rate * C) ** k * START, rel=1e-10, abs=1e-13)


@given(st.floats(0.001, 0.1), st.floats(0, 0.95), st.booleans(), st.integers(1, 30))
def test_momentum_on_a_quadratic_is_a_power_of_a_matrix(rate, momentum, nesterov, steps):
    powers = []
    for c, start in zip(C, START, strict=True):
        velocity = np.array([momentum, c])  # the new v, in terms of (v, w)
        reach = np.array([0, c]) + momentum * velocity if nesterov else velocity
        both = np.array([velocity, np.array([0, 1]) - rate * reach])
        powers.append([(np.linalg.matrix_power(both, k) @ [0, start])[1] for k in range(steps + 1)])
    exact = np.transpose(powers)
    for points in ways(Momentum(rate, momentum, nesterov), START, slope_of_bowl, steps):
        assert points == pytest.approx(exact, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(("share", "diverges"), [(0.99, False), (0.5, False), (1.01, True), (1.5, True)])
def test_the_limit_of_stability_is_2_over_the_largest_curvature(share, diverges):
    run = minimize(bowl, slope_of_bowl, START, GradientDescent(share * 2 / C.max()), steps=2000)
    assert run.diverged == diverges
    assert diverges or run.values[-1] < 1e-12
    at_the_limit = minimize(bowl, slope_of_bowl, [0, 0, 1], GradientDescent(2 / C.max()), steps=50)
    assert np.abs(at_the_limit.points[:, 2]) == pytest.approx(1)


@pytest.mark.parametrize(("share", "diverges"), [(0.99, False), (1.01, True)])
def test_momentum_moves_the_limit_to_2_plus_2_mu(share, diverges):
    rate = share * 2 * (1 + 0.8) / C.max()
    assert minimize(bowl, slope_of_bowl, START, Momentum(rate, momentum=0.8), steps=5000).diverged == diverges


def test_momentum_gathers_speed_up_to_1_over_1_minus_mu():
    run = minimize(lambda w: 3 * w, lambda w: 3.0, 0, Momentum(0.1, momentum=0.75), steps=200)
    assert np.diff(run.points)[-1] == pytest.approx(-0.1 * 3 / (1 - 0.75))


# ---------------------------------------------------------------------- the rules, number by number


def adagrad(w, slopes, rate, epsilon):
    total = 0
    for g in slopes:
        total = total + g * g
        w = w - rate * g / (math.sqrt(total) + epsilon)
        yield w


def rmsprop(w, slopes, rate, decay, epsilon):
    mean = 0
    for g in slopes:
        mean = decay * mean + (1 - decay) * g * g
        w = w - rate * g / (math.sqrt(mean) + epsilon)
        yield w


def adam(w, slopes, rate, beta1, beta2, epsilon, correct=True):
    m = v = 0
    for t, g in enumerate(slopes, start=1):
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g * g
        m_hat = m / (1 - beta1**t) if correct else m
        v_hat = v / (1 - beta2**t) if correct else v
        w = w - rate * m_hat / (math.sqrt(v_hat) + epsilon)
        yield w


def nesterov(w, slopes, rate, momentum):
    v = 0
    for g in slopes:
        v = momentum * v + g
        w = w - rate * (g + momentum * v)
        yield w


BY_HAND = {
    "AdaGrad": (AdaGrad(0.3, 1e-3), adagrad, (0.3, 1e-3)),
    "RMSProp": (RMSProp(0.02, 0.7, 1e-3), rmsprop, (0.02, 0.7, 1e-3)),
    "Adam": (Adam(0.1, 0.8, 0.95, 1e-3), adam, (0.1, 0.8, 0.95, 1e-3)),
    "Adam, uncorrected": (Adam(0.1, 0.8, 0.95, 1e-3, False), adam, (0.1, 0.8, 0.95, 1e-3, False)),
    "Adam without momentum": (Adam(0.1, 0, 0.95), adam, (0.1, 0, 0.95, 1e-8)),
    "Adam without memory": (Adam(0.1, 0, 0), adam, (0.1, 0, 0, 1e-8)),
    "Nesterov": (Momentum(0.1, 0.8, nesterov=True), nesterov, (0.1, 0.8)),
}


@pytest.mark.parametrize("what", BY_HAND)
def test_the_rule_step_by_step(what):
    optimizer, rule, constants = BY_HAND[what]
    slopes = np.array([[3.0, -0.002], [2.5, 0.0], [-4.0, 0.001], [0.0, 0.003], [0.5, 0.003], [0.5, -50.0]])
    exact = np.transpose([list(rule(w, of, *constants)) for w, of in zip([1.0, -2.0], slopes.T.tolist(), strict=True)])

    def told():
        queue = iter(slopes)
        return lambda w: next(queue)

    walker, w = dataclasses.replace(optimizer), np.array([1.0, -2.0])
    for g, expected in zip(slopes, exact, strict=True):
        w = walker.step(w, g)
        assert w == pytest.approx(expected, rel=1e-13)
    for few in 0, 100:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(rules, "QUICKER_AS_FLOATS", few)
            run = minimize(lambda w: 0.0, told(), [1.0, -2.0], optimizer, len(slopes))
        assert run.points[1:] == pytest.approx(exact, rel=1e-13)


@given(arrays(float, (2, 3), elements=st.floats(1e-3, 1e6) | st.floats(-1e6, -1e-3)))
def test_first_steps_do_not_depend_on_the_scale_of_the_gradient(g):
    zero = np.zeros_like(g)
    assert Adam(0.1).step(zero, g) == pytest.approx(-0.1 * np.sign(g), rel=2e-5)
    assert AdaGrad(0.1).step(zero, g) == pytest.approx(-0.1 * np.sign(g), rel=2e-5)
    assert RMSProp(0.1, decay=0.75).step(zero, g) == pytest.approx(-0.2 * np.sign(g), rel=4e-5)
    off = (1 - 0.9) / math.sqrt(1 - 0.999)  # 3.16…
    assert Adam(0.1, bias_correction=False).step(zero, g) == pytest.approx(-0.1 * off * np.sign(g), rel=1e-3)


def test_adam_is_momentum_and_rmsprop_and_correction():
    def run(optimizer):
        return minimize(bowl, slope_of_bowl, START, optimizer, 30).points

    without = dict(bias_correction=False)
    assert run(Adam(0.1, beta1=0, beta2=0.9, **without)) == pytest.approx(run(RMSProp(0.1, decay=0.9)), rel=1e-12)
    huge = 1e12  # an epsilon beside which the root is nothing: no division but by a constant
    plain = run(Adam(0.05 * huge, beta1=0.8, epsilon=huge, **without))
    assert plain == pytest.approx(run(Momentum(0.05 * (1 - 0.8), momentum=0.8)), rel=1e-9)
    signs = run(Adam(0.03, beta1=0, beta2=0))
    assert np.abs(np.diff(signs, axis=0)) == pytest.approx(0.03, rel=1e-4)
    assert run(Momentum(0.05, momentum=0)) == pytest.approx(run(GradientDescent(0.05)))


def test_defaults_are_those_of_the_papers():
    assert repr(Adam()) == "Adam(learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-08, bias_correction=True)"
    assert repr(RMSProp()) == "RMSProp(learning_rate=0.01, decay=0.9, epsilon=1e-08)"
    assert repr(AdaGrad()) == "AdaGrad(learning_rate=0.01, epsilon=1e-10)"
    assert repr(Momentum(0.1)) == "Momentum(learning_rate=0.1, momentum=0.9, nesterov=False)"
    assert repr(GradientDescent(1)) == "GradientDescent(learning_rate=1.0)"


@each_rule
def test_where_the_slope_is_0_nothing_moves(optimizer):
    assert (dataclasses.replace(optimizer).step([1.0, 2.0], [0.0, 0.0]) == [1, 2]).all()


# ---------------------------------------------------------------------- a step


@each_rule
@settings(max_examples=30)
@given(data=st.data())
def test_a_step_keeps_the_shape_and_works_number_by_number(optimizer, data):
    shape = data.draw(array_shapes(min_dims=0, max_dims=3, max_side=3))
    numbers = arrays(float, shape, elements=st.floats(-10, 10).map(lambda number: round(number, 3)))
    w, g, g2 = data.draw(numbers), data.draw(numbers), data.draw(numbers)
    kept = w.copy(), g.copy(), g2.copy()
    whole = dataclasses.replace(optimizer)
    first = whole.step(w, g)
    second = whole.step(first, g2)
    assert isinstance(second, np.ndarray)
    assert second.shape == shape
    assert second.dtype == np.float64
    for index in np.ndindex(shape):
        one = dataclasses.replace(optimizer)
        assert one.step(one.step(w[index], g[index]), g2[index]) == pytest.approx(second[index], rel=1e-13, abs=1e-13)
    for array, before in zip((w, g, g2), kept, strict=True):
        assert (array == before).all()
        assert not np.shares_memory(array, second)


@each_rule
def test_integers_lists_and_float32_are_taken(optimizer):
    def step(*arguments):
        return dataclasses.replace(optimizer).step(*arguments)

    exact = step(np.array([1.0, 2.0]), np.array([4.0, -8.0]))
    assert (step([1, 2], [4, -8]) == exact).all()
    assert (step(np.float32([1, 2]), np.int8([4, -8])) == exact).all()
    rate = np.float32(0.1)
    assert type(dataclasses.replace(optimizer, learning_rate=rate).learning_rate) is float
    assert dataclasses.replace(optimizer, learning_rate=rate).step([1.0], [1.0]).dtype == np.float64


@each_rule
def test_reset_forgets(optimizer):
    walker = dataclasses.replace(optimizer)
    first = walker.step(START, C)
    walker.step(first, -C)
    with pytest.raises(
        ValueError, match=r"parameters must have the shape of the steps before, \(3,\), got shape \(2,\); reset\(\)"
    ):
        walker.step([1, 2], [1, 2])
    walker.reset()
    assert walker == optimizer
    assert (walker.step(START, C) == first).all()
    walker.reset()
    walker.step([1, 2], [1, 2])


# ---------------------------------------------------------------------- bad settings and bad steps


def settings_of(kind):
    return [(kind, field.name) for field in dataclasses.fields(kind)]


BAD_SETTINGS = {
    "learning_rate": [0, -0.1, np.nan, np.inf],
    "epsilon": [0, -1e-8, np.nan, np.inf],
    "momentum": [1, -0.1, 1.5, np.nan],
    "decay": [1, -0.1, 1.5, np.nan],
    "beta1": [1, -0.1, 1.5, np.nan],
    "beta2": [1, -0.1, 1.5, np.nan],
}


@pytest.mark.parametrize(("kind", "setting"), [pair for kind in RULES for pair in settings_of(kind)])
def test_a_bad_setting_is_refused_with_a_reason(kind, setting):
    good = dict(learning_rate=0.1)
    for bad in BAD_SETTINGS.get(setting, []):
        with pytest.raises(ValueError, match=f"^{kind.__name__}: {setting} must be .*, got {bad:g}$"):
            kind(**good | {setting: bad})
    for bad in "0.1", None, [0.1], 1j, True if setting in BAD_SETTINGS else 1:
        with pytest.raises(TypeError, match=f"^{kind.__name__}: {setting} must be .*, got "):
            kind(**good | {setting: bad})


@pytest.mark.parametrize("kind", RULES)
def test_a_setting_made_bad_afterwards_is_refused(kind):
    optimizer = kind(learning_rate=0.1)
    optimizer.learning_rate = -0.1
    with pytest.raises(
        ValueError, match=f"^{kind.__name__}: learning_rate must be one number above 0 and finite, got -0.1"
    ):
        optimizer.step([1.0], [1.0])
    with pytest.raises(
        ValueError, match=f"^{kind.__name__}: learning_rate must be one number above 0 and finite, got -0.1"
    ):
        minimize(bowl, slope_of_bowl, START, optimizer, 5)


BAD_STEPS = {
    "shapes": (
        ([1, 2], [1]),
        ValueError,
        r"gradient must have the shape of parameters, \(2,\), got shape \(1,\)",
    ),
    "no broadcasting": (([1, 2], 1), ValueError, r"gradient must have the shape of parameters, \(2,\), got shape \(\)"),
    "nan": (([1, 2], [1, np.nan]), ValueError, "gradient must be one or more finite numbers, got nan at index 1"),
    "infinity": (([np.inf], [1]), ValueError, "parameters must be one or more finite numbers, got inf at index 0"),
    "empty": (([], []), ValueError, r"parameters must be one or more finite numbers, got none \(shape \(0,\)\)"),
    "text": ((["1"], [1]), TypeError, "parameters must be one or more finite numbers, got text"),
    "nothing": (([1], None), TypeError, "gradient must be one or more finite numbers, got NoneType: None"),
}


@each_rule
@pytest.mark.parametrize("what", BAD_STEPS)
def test_a_bad_step_is_refused_with_a_reason(optimizer, what):
    arguments, kind, message = BAD_STEPS[what]
    with pytest.raises(kind, match=f"^{type(optimizer).__name__}: {message}"):
        optimizer.step(*arguments)


# ---------------------------------------------------------------------- minimize


@each_rule
@pytest.mark.parametrize("start", [START, np.arange(1.0, 25).reshape(2, 3, 4), 3.0], ids=np.shape)
def test_minimize_takes_the_optimiser_s_steps(optimizer, start):
    def gradient(w):
        return w + 2 * np.sin(w)

    by_hand, *others = ways(optimizer, start, gradient, 40)
    assert by_hand.shape == (41, *np.shape(start))
    for points in others:
        assert points == pytest.approx(by_hand, rel=1e-11, abs=1e-13)


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
def test_whatever_stops_being_finite_ends_the_run_at_the_last_good_point(what, few, monkeypatch):
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
    """An optimiser that returns what it was told."""

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
        "gradient must return a rectangular array",
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


# ---------------------------------------------------------------------- random search


def draw(rng):
    return rng.normal(size=3)


def test_a_random_search_is_the_same_for_the_same_seed():
    search = random_search(bowl, draw, tries=200, seed=3)
    assert isinstance(search, Search)
    assert search.points.shape == (200, 3)
    assert search.values.tolist() == [bowl(w) for w in search.points]
    again = random_search(bowl, draw, tries=200, seed=np.random.default_rng(3))
    assert (again.points == search.points).all()
    assert (random_search(bowl, draw, tries=20, seed=3).points == search.points[:20]).all()
    assert not np.allclose(random_search(bowl, draw, tries=200).points, search.points)
    rng = np.random.default_rng(3)  # a generator moves on
    assert not np.allclose(*(random_search(bowl, draw, tries=5, seed=rng).points for _ in range(2)))


def test_the_best_so_far_never_rises_and_the_best_is_best():
    search = random_search(bowl, draw, tries=300, seed=1)
    best = search.best_so_far
    assert (np.diff(best) <= 0).all()
    assert best.tolist() == [min(search.values[: k + 1]) for k in range(300)]
    assert bowl(search.best) == best[-1] == search.values.min()
    number = search.values.argmin() + 1
    assert repr(search) == str(search)
    assert str(search).splitlines()[0] == f"300 tries, the best was number {number}"
    assert str(search).splitlines()[2].startswith(f"best    value {best[-1]:.4g} at (")
    one = random_search(lambda w: np.inf, lambda rng: 2, tries=1)
    assert str(one).splitlines() == [
        "1 try, the best was number 1",
        "first   value inf at 2",
        "best    value inf at 2",
    ]


def test_draw_and_function_may_reuse_and_change_their_array():
    buffer = np.empty((2, 2))

    def reused(rng):
        buffer[:] = rng.normal(size=(2, 2))
        return buffer

    def greedy(w):
        w *= w
        return w.sum()

    search = random_search(greedy, reused, tries=10)
    assert search.values == pytest.approx((search.points**2).sum(axis=(1, 2)))
    assert len(np.unique(search.values)) == 10


BAD_SEARCHES = {
    "no tries": (dict(tries=0), ValueError, "tries must be one integer of at least 1, got 0"),
    "tries as a float": (dict(tries=10.0), TypeError, "tries must be one integer of at least 1, got 10.0"),
    "seed below 0": (dict(seed=-1), ValueError, "seed must be an integer from 0, or a numpy.random.Generator, got -1"),
    "seed as text": (dict(seed="1"), TypeError, "seed must be an integer from 0, or a numpy.random.Generator, got '1'"),
    "no seed": (dict(seed=None), TypeError, "seed must be an integer from 0, or a numpy.random.Generator, got None"),
    "a truth": (dict(seed=True), TypeError, "seed must be an integer from 0, or a numpy.random.Generator, got True"),
    "old generator": (
        dict(seed=np.random.RandomState(1)),
        TypeError,
        "seed must be an integer from 0, or a numpy.random.Generator, got RandomState",
    ),
    "nan drawn": (
        dict(draw=lambda rng: [np.nan]),
        ValueError,
        "draw must return one or more finite numbers, got nan at index 0",
    ),
    "nothing drawn": (
        dict(draw=lambda rng: []),
        ValueError,
        r"draw must return one or more finite numbers, got none \(shape \(0,\)\)",
    ),
    "text drawn": (dict(draw=lambda rng: "a"), TypeError, "draw must return one or more finite numbers, got text"),
    "shapes drawn": (
        dict(draw=lambda rng: np.ones(rng.integers(1, 50)), function=len),
        ValueError,
        r"draw must always return the same shape, got \(\d+,\) at try 2 and \(\d+,\) at the first",
    ),
    "nan": (dict(function=lambda w: np.nan), ValueError, "function must return a number, got nan at try 1"),
    "an array back": (dict(function=lambda w: w), TypeError, "function must return one number, got an array"),
}


@pytest.mark.parametrize("what", BAD_SEARCHES)
def test_a_bad_search_is_refused_with_a_reason(what):
    changed, kind, message = BAD_SEARCHES[what]
    with pytest.raises(kind, match=f"^random_search: {message}"):
        random_search(**dict(function=bowl, draw=draw, tries=5) | changed)


# ---------------------------------------------------------------------- mini-batches


@given(st.integers(1, 60), st.integers(1, 70), st.integers(0, 5))
def test_an_epoch_deals_every_example_once(n, size, seed):
    x = np.arange(2.0 * n).reshape(n, 2)
    y = np.array([f"label {i}" for i in range(n)])
    dealt = list(batches(x, y, size, seed))
    assert [len(of_x) for of_x, _ in dealt] == [size] * (n // size) + [n % size] * (n % size > 0)
    for of_x, of_y in dealt:
        assert of_x.shape == (len(of_y), 2)
        assert of_y.tolist() == [f"label {int(i)}" for i in of_x[:, 0] / 2]
        assert not np.shares_memory(of_x, x)
    together = np.concatenate([of_x for of_x, _ in dealt])
    assert (np.sort(together[:, 0]) == x[:, 0]).all()


def test_a_seed_gives_the_same_order_and_a_generator_another_one_each_epoch():
    def order(rng):
        return np.concatenate([x for x, _ in batches(range(50), range(50), 8, rng)]).tolist()

    assert order(4) == order(4) == order(np.random.default_rng(4))
    assert order(4) != order(5)
    assert order(4) != list(range(50))
    rng = np.random.default_rng(4)
    assert order(rng) != order(rng)


def test_batches_keep_the_kind_and_hold_what_was_there_at_the_call():
    x, y = np.arange(6), np.float32([0, 1, 2, 3, 4, 5])
    (of_x, of_y), *_ = batches(x, y, 4, 0)
    assert (of_x.dtype, of_y.dtype) == (x.dtype, y.dtype)
    of_x += 100
    assert (x == range(6)).all()


BAD_BATCHES = {
    "lengths": (dict(y=[1, 2]), ValueError, "y must hold as many examples as x, 3, got 2"),
    "one number": (
        dict(x=1, y=1),
        ValueError,
        r"x must be one or more examples of any sort, along the first axis, got shape \(\)",
    ),
    "empty": (
        dict(x=[], y=[]),
        ValueError,
        r"x must be one or more examples of any sort, along the first axis, got shape \(0,\)",
    ),
    "size 0": (dict(size=0), ValueError, "size must be one integer of at least 1, got 0"),
    "size below 0": (dict(size=-2), ValueError, "size must be one integer of at least 1, got -2"),
    "size a float": (dict(size=2.0), TypeError, "size must be one integer of at least 1, got 2.0"),
    "size a truth": (dict(size=True), TypeError, "size must be one integer of at least 1, got True"),
    "no rng": (dict(rng=None), TypeError, "rng must be an integer from 0, or a numpy.random.Generator, got None"),
    "rng below 0": (dict(rng=-1), ValueError, "rng must be an integer from 0, or a numpy.random.Generator, got -1"),
    "rng a float": (dict(rng=0.5), TypeError, "rng must be an integer from 0, or a numpy.random.Generator, got 0.5"),
}


@pytest.mark.parametrize("what", BAD_BATCHES)
def test_bad_batches_are_refused_at_the_call(what):
    changed, kind, message = BAD_BATCHES[what]
    with pytest.raises(kind, match=f"^batches: {message}"):
        batches(**dict(x=[1, 2, 3], y=[1, 2, 3], size=2, rng=0) | changed)
