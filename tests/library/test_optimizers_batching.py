"""Mini-batches: in an epoch every example comes once."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lossviz.optimizers import batches


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
