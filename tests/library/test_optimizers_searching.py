"""Random search: the same seed gives the same points, and the best is best."""

import numpy as np
import pytest

from lossviz.optimizers import Search, random_search

C = np.array([1.0, 4.0, 10.0])  # the curvatures of the bowl ½ Σ c w²


def bowl(w):
    return float(np.sum(C * w**2) / 2)


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
