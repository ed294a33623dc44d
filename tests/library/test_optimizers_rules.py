"""The optimisers' rules against closed forms, and against the same rules written out in plain numbers."""

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from lossviz.optimizers import RULES, AdaGrad, Adam, GradientDescent, Momentum, RMSProp, minimize, rules

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
    huge = 1e12  # an epsilon so large that the root does not matter: the rule divides by a constant
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


# ---------------------------------------------------------------------- number by number, and as an array


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
@pytest.mark.parametrize("g", [0.0, 3.0, -1e150])
def test_a_rule_works_on_plain_floats_and_gives_one(optimizer, g):
    """What `fresh_rule` relies on: operators only, and no error for gradients as large as `minimize` allows."""
    walker = dataclasses.replace(optimizer)
    w = walker._rule(1.0, g)
    for result in w, walker._rule(w, g):
        assert type(result) is float
        assert math.isfinite(result)


@each_rule
@pytest.mark.parametrize("size", [1, 3, rules.QUICKER_AS_FLOATS, rules.QUICKER_AS_FLOATS + 1])
def test_a_fresh_rule_has_forgotten_all_and_leaves_the_optimiser_as_it_is(optimizer, size):
    used = dataclasses.replace(optimizer)
    w, g = np.linspace(1, 2, size), np.linspace(-3, 4, size)
    used.step(w, g)
    rule = rules.fresh_rule(used, size)
    fresh = dataclasses.replace(optimizer)
    at, expected = w, w
    for _ in range(3):
        at, expected = rule(at, g), fresh.step(expected, g)
        assert at == pytest.approx(expected, rel=1e-13)
    other = dataclasses.replace(optimizer)
    other.step(w, g)
    assert (used.step(w, g) == other.step(w, g)).all(), "it remembers one step, and no more"
