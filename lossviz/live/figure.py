"""The live figure: a scene with its controls in the notebook, one message from Python for one from the browser.

The browser's half is hands.js and live.js. It asks with a message (`values`, `press`, `drag` or `ratio`, and a
number). Python answers with one update of the traits below. The answer always has that number in `answered`, even if
the request failed.

A picture is a function of the values, so the browser keeps pictures. It shows a kept picture without asking. When the
hand rests, it tells Python which values it has shown (`seen`), and Python draws nothing. If there is a film, the
browser asks for its frames in advance (`ahead`). They come in a separate message, before the answer; that answer
changes nothing else.
"""

import base64
import copy
import threading
import time
from collections.abc import Mapping
from contextlib import nullcontext
from importlib.resources import files
from typing import Any

import anywidget
import traitlets

from ..checking import UsualArithmetic
from ..console import printable
from . import lifetime
from .canvas import DPI, Canvas, png
from .scene import Scene


class _Drawing:
    """While it is entered, no other thread draws, and what a reader has set with `numpy.seterr` does not count.

    JupyterLab may answer the browser's requests in a second thread while a cell runs; matplotlib needs one at a time.
    """

    def __init__(self):
        self._lock = threading.RLock()
        self._entered: list[UsualArithmetic] = []

    def __enter__(self):
        self._lock.acquire()
        self._entered.append(UsualArithmetic())
        self._entered[-1].__enter__()

    def __exit__(self, *error):
        self._entered.pop().__exit__(*error)
        self._lock.release()


_drawing = _Drawing()

AHEAD = 0.04  # seconds for the frames ahead of one request: a reader who comes meanwhile must not notice the delay


class Values(dict):
    """The values of a figure. An entry that is set moves the figure, as an assignment to `figure.values` does.

    Each reading of `figure.values` makes it anew: what a reader does with it cannot disagree with the picture.
    """

    def __init__(self, figure: "LiveFigure", values: dict):
        super().__init__(values)
        self._figure = figure

    def __setitem__(self, name: str, value: Any):
        """Move the figure."""
        self.update({name: value})

    def update(self, *changes, **more):
        """Move the figure, in one step."""
        self._figure.values = dict(*changes, **more)
        super().update(self._figure.values)

    def __ior__(self, changes):
        self.update(changes)
        return self

    def _refuse(self, *_):
        raise TypeError('values must stay complete; to change one, set it, as in figure.values["x"] = 1')

    __delitem__ = pop = popitem = clear = setdefault = _refuse

    def __reduce__(self):
        return dict, (dict(self),)  # a copy of it is a plain dict


class _Copied(traitlets.Any):
    """A trait whose reader gets a copy, so that nobody changes the figure's own state without its knowledge."""

    def get(self, obj, cls=None):
        return copy.deepcopy(super().get(obj, cls))


class _ValuesOfFigure(_Copied):
    allow_none = False  # otherwise traitlets would take None without asking `validate`

    def get(self, obj, cls=None):
        return Values(obj, super().get(obj, cls))

    def validate(self, obj, value):
        if not isinstance(value, Mapping):
            raise TypeError(f"values must be a dict of some or all values, got {value!r:.80}")
        return dict(value)


class LiveFigure(anywidget.AnyWidget):
    """A scene, drawn live.

    Parameters
    ----------
    scene : Scene
        What to draw.
    **start
        Values to start from, by the names of the scene's controls.

    Attributes
    ----------
    values : dict
        The present values, as a copy. Assign a dict with some or all of them, or set an entry, to move the figure;
        observe it to follow.
    readout : str
        The line under the picture.
    error : str
        The last line of the exception that the last request raised; empty if it went well.

    Raises
    ------
    ValueError
        If a start value is unknown or not allowed.

    Examples
    --------
    >>> from lossviz import explore
    >>> figure = explore.fit_line(m=3, c=5)
    >>> figure.values = {"m": 3.3}
    >>> figure.values["c"] = 5.3
    >>> figure.values["m"], figure.values["c"]
    (3.3, 5.3)
    """

    _esm = "\n".join(files(__package__).joinpath(name).read_text(encoding="utf-8") for name in ("hands.js", "live.js"))
    _css = files(__package__).joinpath("live.css").read_text(encoding="utf-8")

    title = traitlets.Unicode().tag(sync=True)
    size = _Copied().tag(sync=True)  # width and height in CSS pixels
    text_size = traitlets.Float().tag(sync=True)  # of the controls, in CSS pixels: the size of the figure's own text
    specs = _Copied().tag(sync=True)  # the controls, as the browser shows them
    areas = _Copied().tag(sync=True)  # where a drag can begin
    plain = traitlets.Bool().tag(sync=True)  # whether each control changes only its own value: no other follows
    frame = traitlets.Bytes().tag(sync=True)  # the picture, PNG
    values = _ValuesOfFigure().tag(sync=True)
    readout = traitlets.Unicode().tag(sync=True)
    error = traitlets.Unicode().tag(sync=True)
    answered = traitlets.Int(0).tag(sync=True)  # the number of the request that the present state answers

    _canvas: Canvas | None = None
    _seen = False  # whether the browser shows the picture of the new values already
    _outdated = False  # whether the browser does, while `frame` is an older picture

    def __init__(self, scene: Scene, **start):
        if not isinstance(scene, Scene):
            raise TypeError(f"LiveFigure: scene must be an object of a child of Scene, got {scene!r:.80}")
        lifetime.watch()
        with _drawing:
            values = scene.complete(start)
            values = scene.settle(values, values)
            self._canvas = Canvas(scene)
            readout, pixels = self._canvas.render(values)
        super().__init__(
            title=scene.title or type(scene).__name__,
            size=[round(inches * DPI) for inches in scene.size],
            text_size=self._canvas.style["font.size"] * DPI / 72,
            specs=[control.spec for control in scene.controls if control.spec],
            areas=self._canvas.areas(),
            plain=type(scene).follow is Scene.follow,
            frame=png(pixels),
            values=values,
            readout=readout,
        )
        self.on_msg(self._answer)
        lifetime.remember(self)

    @property
    def scene(self) -> Scene | None:
        """What is drawn; None once the figure is closed."""
        return self._canvas and self._canvas.scene

    # ------------------------------------------------------------------ from values to a picture

    @traitlets.validate("values")
    def _complete(self, proposal) -> dict:
        if self.comm is None:  # being made, or closed: then nothing moves any more
            return proposal["value"] if self._canvas else dict(self.values)
        before = dict(self.values)
        after = self.scene.complete(proposal["value"], before)
        return after if after == before else self.scene.settle(before, after)

    def notify_change(self, change):
        """Tell those who observe a trait; they get copies of the values, too."""
        if change.name == "values":
            change = type(change)(change, old=copy.deepcopy(change.old), new=copy.deepcopy(change.new))
        super().notify_change(change)

    def __setattr__(self, name: str, value: Any):
        """Set an attribute; new values travel in one message with their picture, so that they never disagree."""
        with _drawing, self.hold_sync() if name == "values" and self.comm is not None else nullcontext():
            super().__setattr__(name, value)

    @traitlets.observe("values")
    def _show(self, _change=None):
        if self.comm is None:  # being made, or closed
            return
        try:
            if self._seen:
                self.readout = self._canvas.move(self.values)
            else:
                self.readout, pixels = self._canvas.render(self.values)
                self.frame = png(pixels)
            self._outdated = self._seen
            self.error = ""
        except Exception as error:
            self._blame(error)

    def _blame(self, error: Exception):
        self.error = f"{type(error).__name__}: {error}"

    # ------------------------------------------------------------------ from the browser

    def _answer(self, _widget, request: dict, _buffers):
        """Answer one request: change the values, draw, and say which request this was; never stay silent."""
        if self._canvas is None:  # closed since the request was sent: nobody waits any more
            return
        with _drawing, self.hold_sync():
            try:
                if "ahead" in request:
                    self._draw_ahead(**request["ahead"])
                else:
                    self._change(request)
            except Exception as error:
                self._blame(error)
            finally:
                self.answered = int(request["number"])

    def _change(self, request: dict):
        self._seen = "seen" in request
        try:
            self.values = self._asked(request)
        finally:
            self._seen = False
        if self._canvas is None:  # closed by one that observes the values
            return
        if self._canvas.set_ratio(request.get("ratio", self._canvas.ratio)) or self.error:
            self._show()

    def _draw_ahead(self, values: dict, frames: list[int]):
        """Send the pictures of some frames of the film: as many as there is time for, none while a cell is running.

        It stops at a frame that cannot be drawn. If the reader goes there, an ordinary request will say why.
        """
        drawn, pictures, failed = [], [], False
        end = time.perf_counter() + AHEAD
        while len(drawn) < len(frames) and time.perf_counter() < end and not lifetime.cell_is_running():
            frame = frames[len(drawn)]
            try:
                readout, pixels = self._canvas.render(self.scene.complete({**values, self.scene.film: frame}))
            except Exception:
                failed = True
                break
            drawn.append([frame, readout])
            pictures.append(png(pixels))
        self.send(dict(ahead=drawn, failed=failed), buffers=pictures)

    def _asked(self, request: dict) -> dict:
        """Return the values that a request asks to change."""
        changes = self.scene.nearest(request.get("values", {}))
        if "press" in request:
            values = self.values | changes
            pressed = self.scene.press(request["press"], values, **self.scene.with_prepared(values))
            changes |= self.scene.nearest(pressed)
        if "drag" in request:
            start, now, values = request["drag"]
            changes |= self._canvas.drag(start, now, self.scene.complete(values))
        return changes

    def get_state(self, key=None, drop_defaults=False) -> dict:
        """Return the traits for a page that shows the figure again: the picture must be the present one."""
        if key is None and self._outdated:
            with _drawing:
                self._show()
        return super().get_state(key, drop_defaults)

    # ------------------------------------------------------------------ in the notebook

    def _repr_mimebundle_(self, **more: Any) -> tuple[dict, dict]:
        """Return the widget, a picture and a line of text in one bundle: a front end takes what it can show."""
        with _drawing:
            picture = png(self._canvas.render(self.values)[1], level=9)
        data, metadata = super()._repr_mimebundle_(**more)  # with what some front ends need to find the widget
        data = data | {
            "text/plain": printable(f"{type(self.scene).__name__}: {self.readout}"),
            "image/png": base64.b64encode(picture).decode(),
        }
        width, height = self.size
        return data, metadata | {"image/png": dict(width=width, height=height)}

    def __repr__(self) -> str:
        return super().__repr__() if self._canvas else "<LiveFigure: closed; run the cell that made it again>"

    def close(self):
        """Close the figure: it leaves the page, and Python keeps nothing of it."""
        with _drawing:
            if self._canvas is not None:
                self._canvas.close()
                self._canvas = None
        lifetime.close_layout(self)
        super().close()
        self.frame = b""
