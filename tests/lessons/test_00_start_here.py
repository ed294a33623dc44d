"""Lesson 00: the ball in its valley."""

import pytest

from lossviz import experiments, explore
from lossviz.live import Drag


def test_the_lowest_place_of_the_valley_is_where_the_button_goes():
    figure = explore.valley(w=5)
    lowest = experiments.start_here.LOWEST
    assert figure.scene.press("roll", figure.values) == {"w": lowest}
    around = [experiments.start_here.valley(lowest + way) for way in (-0.1, 0.0, 0.1)]
    assert around == pytest.approx([0.01, 0, 0.01])


def test_the_ball_comes_to_the_hand_and_lies_on_the_curve():
    figure = explore.valley(w=-1)
    scene = figure.scene
    assert scene.drag(Drag(scene.ax, (4, 10), (3.5, 2), figure.values)) == {"w": 3.5}
    figure.values = {"w": 3.5}
    assert scene.ball.get_xydata().tolist() == [[3.5, 2.25]]
    assert figure.readout == "w = 3.5   loss = 2.25"
