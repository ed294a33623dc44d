"""Information and divergences: known numbers, and what must hold for all distributions."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lossviz.information import cross_entropy, entropy, information, js_divergence, kl_divergence

weights = arrays(float, 4, elements=st.floats(0, 1).map(lambda w: round(w, 6))).filter(lambda w: w.sum() > 0.1)
distributions = weights.map(lambda w: w / w.sum())
PAIRS = [cross_entropy, kl_divergence, js_divergence]


def test_known_numbers():
    assert entropy(np.full(6, 1 / 6)) == pytest.approx(np.log2(6))
    assert round(entropy(np.full(6, 1 / 6)), 3) == 2.585
    assert entropy([0.5, 0.5]) == 1
    assert entropy([0.5, 0.5], unit="nats") == pytest.approx(np.log(2))
    assert entropy([0.5, 0.25, 0.25]) == 1.5
    assert information([1 / 8, 1]) == pytest.approx([3, 0])
    assert information(1) == 0
    assert information(np.exp(-2), unit="nats") == pytest.approx(2)
    assert kl_divergence([0.5, 0.5], [0.25, 0.75]) == pytest.approx(1 - np.log2(3) / 2)
    assert js_divergence([1, 0], [0, 1]) == 1


@pytest.mark.parametrize("function", [entropy, *PAIRS])
def test_many_distributions_together(function):
    rng = np.random.default_rng(0)
    several = rng.dirichlet(np.ones(3), (2, 5, 4))
    given_ones = several[:1] if function is entropy else several
    values = function(*given_ones)
    assert values.shape == (5, 4)
    assert values[1, 2] == pytest.approx(function(*given_ones[:, 1, 2]))
    assert type(function(*given_ones[:, 1, 2])) is float


@given(distributions, distributions)
def test_the_lengths_add_up(q, p):
    assert cross_entropy(q, p) == pytest.approx(entropy(q) + kl_divergence(q, p), rel=1e-9, abs=1e-9)
    assert cross_entropy(q, q) == pytest.approx(entropy(q), abs=1e-12)
    for function in PAIRS:
        assert function(q, p, unit="nats") == pytest.approx(function(q, p) * np.log(2))


@given(distributions, distributions)
def test_a_divergence_is_never_negative_and_0_only_for_equals(q, p):
    assert kl_divergence(q, q) == js_divergence(q, q) == 0
    assert kl_divergence(q, p) >= 0
    assert 0 <= js_divergence(q, p) <= 1 + 1e-12
    assert js_divergence(q, p) == pytest.approx(js_divergence(p, q), abs=1e-15)
    if np.abs(q - p).max() > 1e-6:
        assert kl_divergence(q, p) > 0
        assert js_divergence(q, p) > 0


@given(distributions)
def test_entropy_lies_between_certain_and_even(p):
    assert -1e-15 <= entropy(p) <= 2 + 1e-12


@given(distributions, distributions, distributions)
def test_the_root_of_js_is_a_distance(a, b, c):
    def distance(one, other):
        return np.sqrt(js_divergence(one, other))

    assert distance(a, c) <= distance(a, b) + distance(b, c) + 1e-9


def test_a_small_divergence_keeps_its_digits():
    eps = 1e-7
    p, q = np.array([0.5 + eps, 0.5 - eps]), np.array([0.5, 0.5])
    assert kl_divergence(q, p, unit="nats") == pytest.approx(2 * eps**2, rel=1e-6)


def test_zeros_are_the_exact_limits_without_a_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert entropy([1.0, 0.0]) == 0
        assert str(entropy([1.0, 0.0])) == "0.0"
        assert cross_entropy([1.0, 0.0], [1.0, 0.0]) == 0
        assert cross_entropy([0.5, 0.5], [1.0, 0.0]) == np.inf
        assert kl_divergence([0.5, 0.5], [1.0, 0.0]) == np.inf
        assert kl_divergence([1.0, 0.0], [0.5, 0.5]) == 1
        assert js_divergence([0.0, 1.0], [0.5, 0.5]) == pytest.approx(0.311278, abs=1e-6)
        assert information(0.0) == np.inf


BAD = [
    (
        entropy,
        ([0.5, 0.4],),
        {},
        ValueError,
        r"entropy: p must be rows of numbers from 0 to 1 that sum to 1 \(within 0.0001\), got a sum of 0\.9$",
    ),
    (
        entropy,
        ([[0.5, 0.5], [0.5, 0.6]],),
        {},
        ValueError,
        r"entropy: p must be rows of numbers from 0 to 1 that sum to 1 .*, got a sum of 1\.1 at index 1$",
    ),
    (
        entropy,
        ([1.5, -0.5],),
        {},
        ValueError,
        r"entropy: p must be rows of numbers from 0 to 1 that sum to 1 \(within 0.0001\), got 1\.5 at index 0",
    ),
    (
        entropy,
        ([0.5, np.nan],),
        {},
        ValueError,
        r"entropy: p must be rows of numbers from 0 to 1 that sum to 1 \(within 0.0001\), got nan at index 1",
    ),
    (
        entropy,
        ([1, 2, 3],),
        {},
        ValueError,
        r"entropy: p must be rows of numbers from 0 to 1 that sum to 1 \(within 0.0001\), got 2 at index 1",
    ),
    (
        entropy,
        (0.5,),
        {},
        ValueError,
        r"entropy: p must be rows of numbers from 0 to 1 that sum to 1 \(within 0.0001\), got one number: 0\.5$",
    ),
    (
        entropy,
        ([],),
        {},
        ValueError,
        r"entropy: p must be rows of numbers from 0 to 1 that sum to 1 \(within 0.0001\), got none \(shape \(0,\)\)$",
    ),
    (
        entropy,
        (["a"],),
        {},
        TypeError,
        r"entropy: p must be rows of numbers from 0 to 1 that sum to 1 \(within 0.0001\), got text",
    ),
    (entropy, ([1.0],), dict(unit="bit"), ValueError, r"entropy: unit must be one of 'bits', 'nats', got 'bit'$"),
    (entropy, ([1.0],), dict(unit=2), TypeError, r"entropy: unit must be one of 'bits', 'nats', got 2$"),
    (information, (1.5,), {}, ValueError, r"information: p must be one or more numbers from 0 to 1, got 1\.5$"),
    *[
        (
            f,
            ([0.5, 0.5], [0.2, 0.3, 0.5]),
            {},
            ValueError,
            rf"{f.__name__}: \w+ must have the shape of \w+, \(2,\), got shape \(3,\)$",
        )
        for f in PAIRS
    ],
    *[
        (
            f,
            ([0.5, 0.5], [0.5, 0.6]),
            {},
            ValueError,
            rf"{f.__name__}: \w+ must be rows of numbers from 0 to 1 that sum to 1 \(within 0.0001\), got a sum of 1.1",
        )
        for f in PAIRS
    ],
]


@pytest.mark.parametrize(("function", "arguments", "settings", "kind", "message"), BAD)
def test_bad_input_is_refused_with_a_reason(function, arguments, settings, kind, message):
    with pytest.raises(kind, match=f"^{message}"):
        function(*arguments, **settings)
