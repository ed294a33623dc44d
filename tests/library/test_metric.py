"""Metric losses: what they leave alone, and values by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lossviz.losses import angular, contrastive, margin_ranking, triplet

coordinates = st.integers(-40, 40).map(lambda number: number / 8)
points = arrays(float, (3, 2), elements=coordinates)


@given(points, st.floats(0, 2 * np.pi), st.floats(0.5, 3))
def test_turning_and_moving_all_points_changes_nothing(three, turn, scale):
    turned = three @ [[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]] + [3, -1]
    assert triplet(*turned) == pytest.approx(triplet(*three), abs=1e-9)
    assert angular(*turned) == pytest.approx(angular(*three), abs=1e-9)
    assert angular(*(scale * three)) == pytest.approx(scale**2 * angular(*three), abs=1e-9)
    assert triplet(*(scale * three), margin=scale) == pytest.approx(scale * triplet(*three), abs=1e-9)


def test_the_angular_loss_is_0_up_to_its_angle():
    anchor, positive = [1.0, 0.0], [-1.0, 0.0]
    for degrees in 20, 45, 60:
        far_enough = 1 / np.tan(np.radians(degrees))  # seen from there, half the pair fills just this angle
        assert angular(anchor, positive, [0.0, far_enough * 1.001], degrees=degrees) == 0
        assert angular(anchor, positive, [0.0, far_enough * 0.999], degrees=degrees) > 0
    # at the middle between them nothing is subtracted: |a − p|²
    assert angular(anchor, positive, [0.0, 0.0]) == 4


def test_metric_losses_by_hand():
    assert contrastive([0.5, 3.0], [1, 1]) == (0.25 + 9) / 2
    assert contrastive([0.5, 3.0], [0, 0], margin=2) == 2.25 / 2
    assert triplet([0.0], [1.0], [3.0], margin=1) == 0
    assert triplet([[0.0], [0.0]], [[1.0], [2.0]], [[3.0], [2.0]], margin=1) == 0.5
    pull, positive, negative = triplet.gradient([0.0, 0.0], [0.0, 2.0], [1.0, 0.0])
    assert (pull == [1, -1]).all()
    assert (positive == [0, 1]).all()
    assert (negative == [-1, 0]).all()
    assert not np.any(triplet.gradient([0.0, 0.0], [0.0, 0.0], [0.0, 0.0])), "no direction, no pull"
    assert margin_ranking([1.0], [3.0], [-1]) == 0
    assert margin_ranking([1.0], [3.0], [1], margin=0.5) == 2.5
