"""The explorer of lesson 00: a ball in a valley, to learn what a live figure is."""

import numpy as np

from .. import theme
from ..experiments import start_here as experiment
from ..live import Button, Handle, Range, Scene, explorer
from ..plots.numbers import minus


class Valley(Scene):
    """Move a ball along the curve (w − 2)².

    Examples
    --------
    >>> valley(w=5).readout
    'w = 5.0   loss = 9.00'
    """

    title = "A ball in the valley of (w − 2)²"
    size = (8, 3)
    controls = (Range("w", "weight w", -2, 6, step=0.1, value=-1.0), Button("roll", "Take it to the bottom"))
    handles = (Handle("ax", x="w"),)

    def draw(self, figure):
        self.ax = figure.subplots()
        w = np.linspace(-2, 6, 200)
        self.ax.plot(w, experiment.valley(w), **theme.line("best", linestyle="-"))
        self.ax.set(xlabel="w", ylabel="loss", ylim=(-1.5, 17), title="Drag the ball, or use the slider")
        self.ball = self.ax.plot([], [], **theme.dots("model", markersize=14))[0]
        return [self.ball]

    def update(self, w):
        loss = experiment.valley(w)
        self.ball.set_data([w], [loss])
        return f"w = {minus(w, 1)}   loss = {loss:.2f}"

    def press(self, name, values):
        return {"w": experiment.LOWEST}


valley = explorer(Valley)
