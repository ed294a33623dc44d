"""The explorers of lesson 01: a line through points, and the sum of residuals that hides a bad line."""

import numpy as np

from .. import data, losses, models, theme
from ..experiments import line_fit as experiment
from ..live import Button, Check, Handle, Memory, Range, Scene, Steps, explorer
from ..plots import line_fit as plots
from ..plots.numbers import minus


class LineFit(Scene):
    """Fit a line by hand and watch the mean squared error.

    Data and line are on the left, the loss over all lines on the right: two views of the same line.

    Examples
    --------
    >>> fit_line(m=3.3, c=5.3, noise=0, squares=False).readout
    'MSE = 0.000   RMSE = 0.000   above the best fit by 0.000   your best so far: 0.000 above'
    """

    name = "fit_line"  # line_fit is the lesson's module, and a function must not hide a module
    title = "A line through points, and its place in the bowl of all lines"
    size = (10, 4.2)
    controls = (
        Range("m", "slope m", -2, 8, step=0.05, value=1.0),
        Range("c", "intercept c", -1, 11, step=0.05, value=2.0),
        Range("noise", "noise σ", 0, 5, step=0.25, value=1.0),
        Steps("n", "points N", (10, 30, 100, 300, 1000), value=1000),
        Check("squares", "draw the squares of five residuals", value=True),
        Button("best", "Go to the best fit"),
        Memory("record", like=0.0),  # the least loss reached so far on these data
    )
    slow = ("noise", "n")
    handles = (
        Handle("left", at="ends_of_line", move="turn"),
        Handle("left", y="c", relative=True),
        Handle("right", x="m", y="c"),
    )
    shown = 40  # how many residuals are drawn
    grips = np.array([-4.0, 4.0])  # the x where the line can be turned

    def draw(self, figure):
        self.left, self.right = figure.subplots(1, 2, width_ratios=[1.25, 1])
        self.left.set(xlim=(-5.2, 5.2), ylim=(-25, 35), title="Drag the line, or its two ends")
        self.right.set(title="Every line is a place in the bowl")
        self.landscape = []  # what `draw_slow` draws again
        self.cloud = plots.points(self.left, [], [])
        self.line = plots.model_line(self.left, 0, 0, label="your line")
        self.ends = self.left.plot([], [], **theme.dots("model", markersize=9, markeredgecolor=theme.PAPER))[0]
        self.segments = plots.residuals(self.left, np.empty(0), np.empty(0), 0, 0)
        self.boxes = plots.squares(self.left, np.empty(0), np.empty(0), 0, 0)
        here = theme.dots("model", markersize=11, markeredgecolor=theme.PAPER, clip_on=False)
        self.here = self.right.plot([], [], **here)[0]
        self.star = self.right.plot([], [], **theme.dots("best", markersize=13, markeredgecolor=theme.PAPER))[0]
        self.star_name = self.right.annotate("best fit", (0, 0), xytext=(0, 8), ha="center", textcoords="offset points")
        self.left.legend(loc="upper left")
        return [self.boxes, self.segments, self.line, self.ends, self.here]

    def prepare(self, noise, n):
        return experiment.cloud(noise, n)

    def draw_slow(self, prepared, noise, n):
        x, y, best, _ = prepared
        self.cloud.set_data(x, y)
        while self.landscape:
            self.landscape.pop().remove()
        filled, contours = plots.bowl(self.right, x, y, m_range=(-2, 8), c_range=(-1, 11))
        self.landscape += filled, contours
        self.star.set_data([best[0]], [best[1]])
        self.star_name.xy = best
        return [self.cloud, filled, contours, *contours.labelTexts, self.star, self.star_name]

    def update(self, prepared, m, c, noise, n, squares, record):
        x, y = prepared.x[: self.shown], prepared.y[: self.shown]
        few = np.argsort(prepared.x[:10])[::2]  # spread from left to right
        ends = np.array(self.left.get_xlim())
        self.line.set_data(ends, m * ends + c)
        self.ends.set_data(self.grips, m * self.grips + c)
        self.segments.set_segments(plots.residual_ends(x, y, m, c))
        boxed = few if squares else []
        self.boxes.set_verts(plots.square_corners(self.left, x[boxed], y[boxed], m, c))
        self.here.set_data([m], [c])
        mse = losses.mse(m * prepared.x + c, prepared.y)
        areas = (y[few] - m * x[few] - c) ** 2
        above, best_so_far = mse - prepared.least, record - prepared.least
        return (
            f"MSE = {mse:.3f}   RMSE = {mse**0.5:.3f}   above the best fit by {minus(above, 3)}   "
            f"your best so far: {minus(best_so_far, 3)} above"
            + (f"   mean of the five squares: {areas.mean():.1f}" if squares else "")
        )

    def follow(self, before, after):
        x, y = data.line(n=after["n"], noise=after["noise"])
        mse = float(models.line_mse(x, y, after["m"], after["c"]))
        same_data = before["n"] == after["n"] and before["noise"] == after["noise"]
        return {"record": min(mse, before["record"]) if same_data and before["record"] is not None else mse}

    def press(self, name, values, prepared):
        return dict(zip(("m", "c"), prepared.best, strict=True))

    def ends_of_line(self, drag):
        return np.column_stack([self.grips, drag.values["m"] * self.grips + drag.values["c"]])

    def turn(self, drag):
        """Turn the line about the end that the hand has not taken."""
        near, far = self.grips[drag.index], self.grips[1 - drag.index]
        fixed = drag.values["m"] * far + drag.values["c"]
        end = drag.values["m"] * near + drag.values["c"] + drag.way[1]
        m = (fixed - end) / (far - near)
        return {"m": m, "c": fixed - m * far}


class Cancelling(Scene):
    """Turn a line about the centre of the data, and see which sum notices.

    Its residuals sum to 0 for every slope.

    Examples
    --------
    >>> cancelling(m=-8).readout.startswith("mean residual = 0.00")
    True
    """

    title = "A line through the centre of the data, and three ways to add up its residuals"
    controls = (Range("m", "slope m", -8, 8, step=0.1, value=-3.0),)
    handles = (Handle("left", move="turn"),)

    def draw(self, figure):
        self.x, self.y = data.line(n=40)
        self.left, self.right = figure.subplots(1, 2, width_ratios=[1.4, 1])
        self.left.set(xlim=(-5.2, 5.2), ylim=(-40, 50), title="Turn the line about the centre")
        plots.points(self.left, self.x, self.y)
        self.left.plot(self.x.mean(), self.y.mean(), **theme.dots("best", markersize=12))
        self.line = plots.model_line(self.left, 0, 0)
        self.segments = plots.residuals(self.left, self.x, self.y, 0, 0)
        names = ["mean\nof e", "mean\nof |e|", "root of\nmean e²"]
        self.bars = self.right.bar(names, [0, 0, 0], color=[theme.STYLES[k]["color"] for k in ("best", "mae", "mse")])
        self.right.set(ylim=(0, 36), ylabel="unit of y", title="The plain mean never moves")
        self.tops = [self.right.text(i, 0, "", ha="center", va="bottom") for i in range(3)]
        return [self.segments, self.line, *self.bars, *self.tops]

    def update(self, m):
        c, means = experiment.about_the_centre(self.x, self.y, m)
        ends = np.array(self.left.get_xlim())
        self.line.set_data(ends, m * ends + c)
        self.segments.set_segments(plots.residual_ends(self.x, self.y, m, c))
        for bar, top, height in zip(self.bars, self.tops, means, strict=True):
            bar.set_height(height)
            top.set(y=height, text=f"{abs(height):.2f}")
        return f"mean residual = {abs(means.plain):.2f}   MAE = {means.absolute:.2f}   RMSE = {means.root:.2f}"

    def turn(self, drag):
        across, up = drag.now[0] - self.x.mean(), drag.now[1] - self.y.mean()
        return {"m": up / across} if abs(across) > 0.3 else {}


cancelling = explorer(Cancelling)
fit_line = explorer(LineFit)
