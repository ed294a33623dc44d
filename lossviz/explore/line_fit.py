"""The explorers of lesson 01: a line through points, and the sum of residuals that hides a bad line."""

import numpy as np

from .. import data, losses, models, theme
from ..live import GRIP, Button, Check, Drag, LiveFigure, Memory, Range, Scene, Steps
from ..plots import line_fit as lines
from ..plots.numbers import minus


class LineFit(Scene):
    """Data and line on the left, the loss over all lines on the right: two views of one thing."""

    title = "A line through points, and its place in the bowl of all lines"
    size = (10, 4.2)
    controls = (
        Range("m", "slope m", -2, 8, step=0.05, value=1.0),
        Range("c", "intercept c", -1, 11, step=0.05, value=2.0),
        Range("noise", "noise σ", 0, 5, step=0.25, value=1.0),
        Steps("n", "points N", (10, 30, 100, 300, 1000), value=1000),
        Check("squares", "draw the squares of five residuals", value=True),
        Button("best", "Go to the best fit"),
        Memory("record"),  # the least loss reached so far on these data
    )
    shown = 40  # residuals are drawn for so many points
    handles = np.array([-4.0, 4.0])  # where the line can be turned

    def draw(self, figure):
        self.left, self.right = figure.subplots(1, 2, width_ratios=[1.25, 1])
        self.left.set(xlim=(-5.2, 5.2), ylim=(-25, 35), title="Drag the line, or its two ends")
        self.right.set(title="Every line is a place in the bowl")
        self.landscape = ()
        self.cloud = lines.points(self.left, [], [])
        self.line = lines.model_line(self.left, 0, 0, label="your line")
        self.ends = self.left.plot([], [], **theme.dots("model", markersize=9, markeredgecolor=theme.PAPER))[0]
        self.segments = lines.residuals(self.left, np.empty(0), np.empty(0), 0, 0)
        self.boxes = lines.squares(self.left, np.empty(0), np.empty(0), 0, 0)
        here = theme.dots("model", markersize=11, markeredgecolor=theme.PAPER, clip_on=False)
        self.here = self.right.plot([], [], **here)[0]
        self.star = self.right.plot([], [], **theme.dots("best", markersize=13, markeredgecolor=theme.PAPER))[0]
        self.star_name = self.right.annotate("best fit", (0, 0), xytext=(0, 8), ha="center", textcoords="offset points")
        self.left.legend(loc="upper left")
        return [self.boxes, self.segments, self.line, self.ends, self.here]

    def update_slow(self, noise, n):
        self.x, self.y = data.line(n=n, noise=noise)
        self.best = models.least_squares_line(self.x, self.y)
        self.least = float(models.line_mse(self.x, self.y, *self.best))
        self.cloud.set_data(self.x, self.y)
        for old in self.landscape:
            old.remove()
        filled, contours = lines.bowl(self.right, self.x, self.y, m_range=(-2, 8), c_range=(-1, 11))
        self.landscape = filled, contours
        self.star.set_data([self.best[0]], [self.best[1]])
        self.star_name.xy = self.best
        self.few = np.argsort(self.x[:10])[::2]  # spread from left to right
        return [self.cloud, filled, contours, *contours.labelTexts, self.star, self.star_name]

    def update(self, m, c, noise, n, squares, record):
        some = slice(0, self.shown)
        x, y = self.x[some], self.y[some]
        ends = np.array(self.left.get_xlim())
        self.line.set_data(ends, m * ends + c)
        self.ends.set_data(self.handles, m * self.handles + c)
        self.segments.set_segments(lines.residual_ends(x, y, m, c))
        few = self.few if squares else []
        self.boxes.set_verts(lines.square_corners(self.left, x[few], y[few], m, c))
        self.here.set_data([m], [c])
        mse = losses.mse(m * self.x + c, self.y)
        areas = (y[self.few] - m * x[self.few] - c) ** 2
        return (
            f"MSE = {mse:.3f}   RMSE = {mse**0.5:.3f}   above the best fit by {minus(mse - self.least, 3)}   "
            f"your best so far: {minus(record - self.least, 3)} above"
            + (f"   mean of the five squares: {areas.mean():.1f}" if squares else "")
        )

    def follow(self, before, after):
        x, y = data.line(n=after["n"], noise=after["noise"])
        mse = float(models.line_mse(x, y, after["m"], after["c"]))
        same_data = before["n"] == after["n"] and before["noise"] == after["noise"]
        return {"record": min(mse, before["record"]) if same_data and before["record"] is not None else mse}

    def press(self, name, values):
        return dict(zip(("m", "c"), models.least_squares_line(*data.line(values["n"], values["noise"])), strict=True))

    def draggable(self):
        return [self.left, self.right]

    def drag(self, drag: Drag):
        x, y = drag.now
        if drag.axes is self.right:
            return {"m": x, "c": y}
        m, c = drag.values["m"], drag.values["c"]
        near, far = sorted(self.handles, key=lambda handle: drag.reach(handle, m * handle + c))
        if drag.reach(near, m * near + c) > GRIP:
            return {"c": c + y - drag.start[1]}
        m_new = (m * far + c - y) / (far - near)
        return {"m": m_new, "c": y - m_new * near}


def fit_line(**start) -> LiveFigure:
    """Fit a line by hand and watch the mean squared error.

    Parameters
    ----------
    **start
        Where to begin: `m`, `c`, `noise`, `n`, `squares`.

    Raises
    ------
    ValueError
        If a name is unknown or a value is not allowed.

    Examples
    --------
    >>> fit_line(m=3.3, c=5.3, noise=0, squares=False).readout
    'MSE = 0.000   RMSE = 0.000   above the best fit by 0.000   your best so far: 0.000 above'
    """
    return LiveFigure(LineFit(), **start)


class Cancelling(Scene):
    """A line that turns about the centre of the data: its residuals sum to 0 whatever its slope."""

    title = "A line through the centre of the data, and three ways to add up its residuals"
    controls = (Range("m", "slope m", -8, 8, step=0.1, value=-3.0),)

    def draw(self, figure):
        self.x, self.y = data.line(n=40)
        self.centre = self.x.mean(), self.y.mean()
        left, self.right = figure.subplots(1, 2, width_ratios=[1.4, 1])
        left.set(xlim=(-5.2, 5.2), ylim=(-40, 50), title="Turn the line about the centre")
        lines.points(left, self.x, self.y)
        left.plot(*self.centre, **theme.dots("best", markersize=12))
        self.line = lines.model_line(left, 0, 0)
        self.segments = lines.residuals(left, self.x, self.y, 0, 0)
        names = ["mean\nof e", "mean\nof |e|", "root of\nmean e²"]
        self.bars = self.right.bar(names, [0, 0, 0], color=[theme.STYLES[k]["color"] for k in ("best", "mae", "mse")])
        self.right.set(ylim=(0, 36), ylabel="unit of y", title="The plain mean never moves")
        self.tops = [self.right.text(i, 0, "", ha="center", va="bottom") for i in range(3)]
        self.left = left
        return [self.segments, self.line, *self.bars, *self.tops]

    def update(self, m):
        c = self.centre[1] - m * self.centre[0]
        ends = np.array(self.left.get_xlim())
        self.line.set_data(ends, m * ends + c)
        self.segments.set_segments(lines.residual_ends(self.x, self.y, m, c))
        residual = self.y - m * self.x - c
        plain = float(residual.mean())
        absolute, root = losses.mae(m * self.x + c, self.y), losses.rmse(m * self.x + c, self.y)
        for bar, top, height in zip(self.bars, self.tops, (plain, absolute, root), strict=True):
            bar.set_height(height)
            top.set(y=height, text=f"{abs(height):.2f}")
        return f"mean residual = {abs(plain):.2f}   MAE = {absolute:.2f}   RMSE = {root:.2f}"

    def draggable(self):
        return [self.left]

    def drag(self, drag: Drag):
        (x, y), (middle_x, middle_y) = drag.now, self.centre
        return {"m": (y - middle_y) / (x - middle_x)} if abs(x - middle_x) > 0.3 else {}


def cancelling(**start) -> LiveFigure:
    """Turn a line about the centre of the data, and see which sum notices.

    Parameters
    ----------
    **start
        Where to begin: `m`.

    Raises
    ------
    ValueError
        If a name is unknown or a value is not allowed.

    Examples
    --------
    >>> cancelling(m=-8).readout.startswith("mean residual = 0.00")
    True
    """
    return LiveFigure(Cancelling(), **start)
