"""Distances of clouds, compared with a second way that tries all possibilities of small clouds."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lossviz.losses import chamfer, earth_movers, earth_movers_1d

coordinates = st.integers(-40, 40).map(lambda number: number / 8)
clouds = st.integers(1, 5).flatmap(lambda n: arrays(float, (n, 2), elements=coordinates))
lists = st.integers(1, 7).flatmap(lambda n: arrays(float, n, elements=coordinates))


@given(clouds, clouds)
def test_chamfer_by_loops(a, b):
    def nearest(point, cloud):
        return min((point[0] - x) ** 2 + (point[1] - y) ** 2 for x, y in cloud)

    expected = sum(nearest(p, b) for p in a) / len(a) + sum(nearest(p, a) for p in b) / len(b)
    assert chamfer(a, b) == pytest.approx(expected, abs=1e-12)
    assert chamfer(b, a) == pytest.approx(expected, abs=1e-12)
    assert chamfer(a, a) == 0


@given(clouds, st.randoms(use_true_random=False))
def test_the_earth_mover_s_assignment_is_the_best_of_all(a, random):
    b = np.array([[random.uniform(-5, 5), random.uniform(-5, 5)] for _ in a])
    distance = np.linalg.norm(a[:, None] - b[None], axis=-1)
    ways = (sum(distance[i, j] for i, j in enumerate(order)) for order in permutations(range(len(a))))
    assert earth_movers(a, b) == pytest.approx(min(ways) / len(a))
    assert earth_movers(b, a) == pytest.approx(earth_movers(a, b))
    assert earth_movers(a, a[::-1]) == 0


@given(arrays(float, (3, 4, 2), elements=coordinates))
def test_the_earth_mover_keeps_the_triangle_inequality(clouds_of_four):
    a, b, c = clouds_of_four
    assert earth_movers(a, c) <= earth_movers(a, b) + earth_movers(b, c) + 1e-12
    x, y, z = clouds_of_four[..., 0]
    assert earth_movers_1d(x, z) <= earth_movers_1d(x, y) + earth_movers_1d(y, z) + 1e-12


@given(lists, lists)
def test_on_a_line_it_is_the_area_between_the_distribution_functions(a, b):
    places = np.unique(np.concatenate([a, b]))
    below = [np.mean(a <= x) - np.mean(b <= x) for x in places[:-1]]
    assert earth_movers_1d(a, b) == pytest.approx(np.abs(below) @ np.diff(places), abs=1e-12)
    assert earth_movers_1d(b, a) == pytest.approx(earth_movers_1d(a, b), abs=1e-12)
    assert earth_movers_1d(np.tile(a, 3), b) == pytest.approx(earth_movers_1d(a, b), abs=1e-12)


@given(arrays(float, (2, 5), elements=coordinates))
def test_on_a_line_both_earth_movers_agree(pair):
    a, b = pair
    assert earth_movers_1d(a, b) == pytest.approx(np.abs(np.sort(a) - np.sort(b)).mean(), abs=1e-12)
    assert earth_movers(a[:, None], b[:, None]) == pytest.approx(earth_movers_1d(a, b), abs=1e-12)
