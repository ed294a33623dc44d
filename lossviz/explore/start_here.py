"""The explorer of lesson 00: a ball in a valley, to learn what a live figure is."""

import numpy as np

from .. import theme
from ..live import Button, Drag, LiveFigure, Range, Scene
from ..plots.numbers import minus


class Valley(Scene):
    """A ball on the curve (w − 2)²."""

    title = "A ball in the valley of (w − 2)²"
    size = (8, 3)
    controls = (Range("w", "weight w", -2, 6, step=0.1, value=-1.0), Button("roll", "Take it to the bottom"))

    def draw(self, figure):
        self.ax = figure.subplots()
        w = np.linspace(-2, 6, 200)
        self.ax.plot(w, (w - 2) ** 2, **theme.line("best", linestyle="-"))
        self.ax.set(xlabel="w", ylabel="loss", ylim=(-1.5, 17), title="Drag the ball, or use the slider")
        self.ball = self.ax.plot([], [], **theme.dots("model", markersize=14))[0]
        return [self.ball]

    def update(self, w):
        self.ball.set_data([w], [(w - 2) ** 2])
        return f"w = {minus(w, 1)}   loss = {(w - 2) ** 2:.2f}"

    def press(self, name, values):
        return {"w": 2.0}

    def draggable(self):
        return [self.ax]

    def drag(self, drag: Drag):
        return {"w": drag.now[0]}


def valley(**start) -> LiveFigure:
    """Move a ball along a curve.

    Parameters
    ----------
    **start
        Where to begin: `w`.

    Raises
    ------
    ValueError
        If a name is unknown or a value is not allowed.

    Examples
    --------
    >>> valley(w=5).readout
    'w = 5.0   loss = 9.00'
    """
    return LiveFigure(Valley(), **start)
