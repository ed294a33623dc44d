"""A matplotlib figure that is drawn again and again, quickly, in three layers.

What never changes is drawn once. What changes rarely is drawn only when it changes. What moves is drawn every time.
The picture is a `Figure` with an Agg canvas, not one of pyplot's: nothing is shown, registered or kept elsewhere.
"""

import struct
import zlib
from contextlib import contextmanager

import numpy as np
from matplotlib import rcParams
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.image import AxesImage

from .. import theme
from .scene import Drag, Scene

DPI = 100  # matplotlib's dots per inch at a device pixel ratio of 1; also CSS pixels per inch of figure
LARGEST_RATIO = 2.0  # beyond this, more pixels cost time and show nothing


def png(pixels: np.ndarray, level: int = 1) -> bytes:
    """Encode an RGBA picture as PNG, made to be written quickly.

    The rows are stored unfiltered. Image libraries choose a filter for each row, which takes longer than all the rest;
    pictures with large areas of one colour compress well without a filter.

    Parameters
    ----------
    pixels : numpy.ndarray, shape (height, width, 4), uint8
    level : int
        zlib's effort, 1 (a frame in a drag) to 9 (a picture to keep).
    """
    height, width, _ = pixels.shape
    rows = np.zeros((height, 1 + 4 * width), np.uint8)  # the first byte of a row names its filter: 0 is none
    rows[:, 1:] = pixels.reshape(height, 4 * width)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(data, zlib.crc32(kind)))

    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)  # 8 bits a channel, RGBA
    parts = chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(rows, level)), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@contextmanager
def applied(settings: dict):
    """Draw with these settings; afterwards matplotlib's are again as they were."""
    other = {name: rcParams[name] for name, value in settings.items() if rcParams[name] != value}
    if not other:  # the usual case, and a figure that moves asks often
        yield
        return
    rcParams.update({name: settings[name] for name in other})
    try:
        yield
    finally:
        rcParams.update(other)


class Canvas:
    """The picture of one scene.

    Parameters
    ----------
    scene : Scene
        What to draw. Its `draw` is called here, once.

    Attributes
    ----------
    style : dict
        Matplotlib's settings for every picture: the course's style when the canvas was made. So a figure that moves
        does not mix it with what a reader has set since.
    """

    def __init__(self, scene: Scene):
        self.scene = scene
        self.ratio = 1.0
        self.style = theme.style()
        self.slow: list = []  # what changes rarely
        self._slow_values: dict | None = None  # what it was last changed for
        self._ground = None  # pixels of everything that never changes
        self._still = None  # the same, with the slow artists drawn on top
        with applied(self.style):
            self._make()

    def _make(self):
        scene = self.scene
        self.figure = Figure(figsize=scene.size, dpi=DPI)
        self._agg = FigureCanvasAgg(self.figure)
        self.moving = list(scene.draw(self.figure))
        scene.refuse_hidden()
        self._set_apart(self.moving)
        self._lay_out()

    def render(self, values: dict) -> tuple[str, np.ndarray]:
        """Draw the scene for `values`; return the readout and the pixels, a (height, width, 4) view that the next call
        overwrites.
        """
        with applied(self.style):
            readout = self._move(values)
            if self._still is None:
                self._draw_still()
            else:
                self._agg.restore_region(self._still)
            for artist in self.moving:
                self.figure.draw_artist(artist)
        return readout, np.asarray(self._agg.buffer_rgba())

    def move(self, values: dict) -> str:
        """Move the scene to `values` without drawing it, and return the readout."""
        with applied(self.style):
            return self._move(values)

    def _move(self, values: dict) -> str:
        slow_values, prepared = self.scene.slow_values(values), self.scene.with_prepared(values)
        if slow_values != self._slow_values:
            self._still = self._slow_values = None
            self.slow = list(self.scene.draw_slow(**prepared, **slow_values)) if self.scene.slow else []
            self._set_apart(self.slow)
            self._slow_values = slow_values
        readout = self.scene.update(**prepared, **values)
        if not isinstance(readout, str):
            raise TypeError(f"{type(self.scene).__name__}.update must return the readout, a str; got {readout!r}")
        return readout

    def _lay_out(self):
        """Find the place of the panels once, before any value is drawn; after that nothing jumps."""
        if any(axes.get_subplotspec() for axes in self.figure.axes):  # otherwise the scene has placed its panels itself
            self.figure.draw_without_rendering()
        self.figure.set_layout_engine("none")

    @staticmethod
    def _set_apart(artists: list):
        """Keep artists out of the ground and out of the layout: the place of a panel must not depend on the values."""
        for artist in artists:
            artist.set(animated=True, in_layout=False)

    def _draw_still(self):
        if self._ground is None:
            self._draw_ground()
            self._ground = self._agg.copy_from_bbox(self.figure.bbox)
        else:
            self._agg.restore_region(self._ground)
        for artist in self.slow:
            self.figure.draw_artist(artist)
        self._still = self._agg.copy_from_bbox(self.figure.bbox)

    def _draw_ground(self):
        # Matplotlib leaves out what is animated, except an image (3.8) and the label of an axis: we hide these two.
        # We do not hide the others: Matplotlib would find another place for a hidden title.
        parts = {part for axes in self.figure.axes for part in axes.get_children()} | set(self.figure.get_children())
        hidden = [
            artist
            for artist in (*self.slow, *self.moving)
            if artist.get_visible() and (isinstance(artist, AxesImage) or artist not in parts)
        ]
        for artist in hidden:
            artist.set_visible(False)
        self._agg.draw()
        for artist in hidden:
            artist.set_visible(True)

    def set_ratio(self, ratio: float) -> bool:
        """From now on draw for a screen with `ratio` device pixels per CSS pixel; return whether that is new."""
        ratio = min(LARGEST_RATIO, max(1.0, float(ratio)))
        if ratio == self.ratio:
            return False
        self.ratio, self._ground, self._still = ratio, None, None
        self.figure.set_dpi(DPI * ratio)
        return True

    def areas(self) -> list[list[float]]:
        """Where a drag can begin: [left, top, right, bottom] of each panel, in fractions of the picture."""
        width, height = self.figure.bbox.size
        boxes = [axes.bbox for axes in self.scene.draggable()]
        return [[b.x0 / width, 1 - b.y1 / height, b.x1 / width, 1 - b.y0 / height] for b in boxes]

    def drag(self, start: list[float], now: list[float], values: dict) -> dict:
        """Return the values that a drag between two points of the picture (fractions from its top left) sets."""
        width, height = self.figure.bbox.size
        start, now = ((x * width, (1 - y) * height) for x, y in (start, now))
        for axes in self.scene.draggable():
            if axes.bbox.contains(*start):
                (x0, y0), (x1, y1) = axes.transData.inverted().transform([start, now])
                drag = Drag(axes, (float(x0), float(y0)), (float(x1), float(y1)), values)
                return self.scene.nearest(self.scene.drag(drag))
        return {}

    def close(self):
        """Release the scene and the pixels now; the garbage collector finds the figure's many cycles later."""
        self._agg.renderer = self._ground = self._still = None
        self.figure = self._agg = self.scene = None
        self.moving = self.slow = []
