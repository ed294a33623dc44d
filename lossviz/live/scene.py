"""What a live figure shows: the base class of all explorers, its handles, and the drag that they answer.

A scene draws with matplotlib and knows its controls. It does not know widgets, browsers or messages.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from numbers import Real
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .controls import Button, Check, Choice, Control, Play

GRIP = 18  # CSS pixels: a hand this close to a handle takes the handle
KEPT = 4  # how many results of `prepare` a scene keeps: a drag asks for its start again and again


@dataclass(frozen=True)
class Drag:
    """A drag on the picture: where it began, where the hand is now, and the values when it began.

    Every message of a drag carries all of this, so a dropped message loses nothing.

    Attributes
    ----------
    axes : matplotlib.axes.Axes
        The panel in which the drag began; the drag belongs to it even when the hand leaves it.
    start, now : tuple of float
        Data coordinates (x, y) in that panel.
    values : dict
        The figure's values when the drag began.
    prepared
        What the scene's `prepare` made for these values.
    index : int
        Which of the handle's places the hand took.
    """

    axes: Axes
    start: tuple[float, float]
    now: tuple[float, float]
    values: dict
    prepared: Any = None
    index: int = 0

    @property
    def way(self) -> tuple[float, float]:
        """How far the hand has moved since the drag began."""
        return self.now[0] - self.start[0], self.now[1] - self.start[1]

    def reach(self, x, y) -> float | np.ndarray:
        """Distance in CSS pixels (1/100 inch) from the start of the drag to a data point, or to each of many."""
        to_pixels = self.axes.transData.transform
        way = to_pixels(np.column_stack([x, y])) - to_pixels(self.start)
        distance = 100 / self.axes.figure.dpi * np.hypot(*way.T)
        return distance if np.ndim(x) else float(distance[0])


@dataclass(frozen=True)
class Handle:
    """Something on the picture that a hand can drag, and the controls that follow the hand.

    The hand takes the nearest handle within `GRIP`, 18 CSS pixels. If none is so near, it takes the panel's first
    handle that is everywhere. If there is none of these either, nothing happens.

    Parameters
    ----------
    panel : str or sequence of str
        The names of the scene's attributes that hold the panels: each one Axes, or several.
    at : tuple or str, optional
        Where the handle is, in data coordinates. Each of x and y is a number, the name of a control whose value it is,
        or None if the handle stretches along the whole panel. Or `at` is the name of a method of the scene, which gets
        the `Drag` and returns one place (x, y), several, or none; `Drag.index` then says which was taken. Without `at`
        the handle is everywhere on its panel.
    x, y : str, optional
        The control that follows the hand's x, or y.
    move : str, optional
        In place of `x` and `y`: the name of a method of the scene, which gets the `Drag` and returns the new values.
    relative : bool, optional
        If True, the value changes by as much as the hand moves. If False, the value becomes the place of the hand. If
        None, it is True for a handle that has a place, and False for one that is everywhere.

    Examples
    --------
    >>> Handle("left", at=("x", "y"), x="x", y="y").at
    ('x', 'y')
    """

    panel: str | Sequence[str]
    at: tuple[str | float | None, str | float | None] | str | None = None
    x: str | None = None
    y: str | None = None
    move: str | None = None
    relative: bool | None = None

    @property
    def panels(self) -> tuple[str, ...]:
        """The names of the attributes that hold the panels."""
        return (self.panel,) if isinstance(self.panel, str) else tuple(self.panel)

    def changes(self, scene: "Scene", drag: Drag) -> dict:
        """Return the values that a drag of this handle sets."""
        if self.move:
            return getattr(scene, self.move)(drag)
        relative = self.at is not None if self.relative is None else self.relative
        pairs = zip((self.x, self.y), drag.now, drag.way, strict=True)
        return {name: drag.values[name] + way if relative else now for name, now, way in pairs if name}

    def places(self, scene: "Scene", drag: Drag) -> np.ndarray:
        """Return where the handle is, shape (n, 2)."""
        if isinstance(self.at, str):
            return np.reshape(getattr(scene, self.at)(drag), (-1, 2))
        pairs = zip(self.at, drag.start, strict=True)
        return np.array([[start if c is None else drag.values.get(c, c) for c, start in pairs]], float)

    def check(self, scene: type["Scene"], controls: set[str]):
        """Refuse a handle whose parts the scene does not have; `controls` are those whose value can be a number."""
        what = f"{scene.__name__}: a handle"
        named = [part for part in (self.x, self.y) if part]
        if bool(named) == bool(self.move):
            raise ValueError(f"{what} must name controls (x, y) or a method (move), got {self}")
        place = (None, None) if self.at is None or isinstance(self.at, str) else self.at
        pair = isinstance(place, Sequence) and len(place) == 2
        if not pair or not all(part is None or isinstance(part, str | Real) for part in place):
            allowed = "(x, y), each a number, the name of a control or None, or where a method says"
            raise ValueError(f"{what} must be at {allowed}, got {self.at!r}")
        for name in (*named, *(part for part in place if isinstance(part, str))):
            if name not in controls:
                known = ", ".join(sorted(controls))
                raise ValueError(f"{what} must name a control with numbers ({known}), got {name!r}")
        for name in (self.move, self.at):
            if isinstance(name, str) and not callable(getattr(scene, name, None)):
                raise ValueError(f"{what} must name a method of the scene, got {name!r}")


class Scene:
    """Something to draw, and the controls that change it. An explorer is a child of this class.

    Write `draw` and `update`; add the others when the explorer needs them. The picture must depend on the values
    alone: the same values give the same picture. So only `draw` may set attributes. What other methods need,
    `prepare` returns.

    Attributes
    ----------
    title : str
        What the figure is about: its accessible name. If no class gives one, it is the name of the scene's class.
    size : tuple of float
        Width and height in inches, at 100 CSS pixels per inch.
    controls : sequence of controls
        Ranges, steps, choices, check boxes, buttons and memories, in the order the reader sees them.
    slow : sequence of str
        The values that decide what changes rarely: the arguments of `prepare`.
    handles : sequence of Handle
        What a hand can drag on the picture.
    name : str
        The scene's name in messages: the name of the class, or of the function that `explorer` has made of it.

    Methods
    -------
    draw(figure)
        Draw once, and return the artists that move.
    update(**values), or update(prepared, **values)
        Move them, and return the readout.
    prepare(**slow)
        Return what depends on the slow values: the argument `prepared` of the others.
    draw_slow(prepared, **slow)
        Move what changes rarely, and return it.
    press(name, values), or press(name, values, prepared)
        Return the values that a button sets.
    follow(before, after)
        Return the other values that change.

    Raises
    ------
    ValueError
        When the class is made: if two controls have the same name, `slow` or a handle names a control that does not
        exist, or a handle names a method that does not exist.

    Examples
    --------
    >>> from lossviz.live import Handle, LiveFigure, Range, Scene
    >>> class Dot(Scene):
    ...     title = "A dot on the line y = 2x"
    ...     controls = [Range("x", "position x", 0, 1, step=0.1, value=0.5)]
    ...     handles = [Handle("axes", x="x")]
    ...
    ...     def draw(self, figure):
    ...         self.axes = figure.subplots()
    ...         self.dot, = self.axes.plot([], [], "o")
    ...         return [self.dot]
    ...
    ...     def update(self, x):
    ...         self.dot.set_data([x], [2 * x])
    ...         return f"y = {2 * x:.1f}"
    >>> LiveFigure(Dot(), x=0.2).readout
    'y = 0.4'
    """

    title: str = ""
    size: tuple[float, float] = (10, 4)
    controls: Sequence[Control] = ()
    slow: Sequence[str] = ()
    handles: Sequence[Handle] = ()
    name: str = ""

    def draw(self, figure: Figure) -> Sequence[Artist]:
        """Draw everything once, and return the artists that `update` moves, in the order of painting.

        All others are painted once, ticks and legends too. Give each legend a place (`loc`): by default matplotlib
        chooses one that depends on the lines.
        """
        raise NotImplementedError(f"{type(self).__name__} must define draw(self, figure)")

    def prepare(self, **slow) -> Any:
        """Return what `draw_slow`, `update`, `press` and `drag` need of the values named in `slow`.

        It is called only when one of them has changed. These methods receive the result as the argument `prepared`; a
        `Drag` has it as an attribute. They do not change it: it is kept for the next time that the values come.
        """
        return None

    def draw_slow(self, prepared, **slow) -> Sequence[Artist]:
        """Move what changes rarely, and return it in the order of painting.

        It is painted above what never changes, and below what moves. If the limits of a panel change here,
        set its ticks as well, and return its `xaxis` or `yaxis` too: without that, the old ticks stay in the picture.
        """
        return ()

    def update(self, **values) -> str:
        """Move the moving artists to where `values` put them, and return the readout: the numbers in one line.

        A scene with `slow` values receives what it has prepared as well: `update(self, prepared, …)`.
        """
        raise NotImplementedError(f"{type(self).__name__} must define update(self, ...)")

    def press(self, name: str, values: dict) -> dict:
        """Return the values that the button `name` sets.

        A scene with `slow` values receives what it has prepared as well: `press(self, name, values, prepared)`.
        """
        raise NotImplementedError(f"{type(self).__name__} has a button but no press(self, name, values)")

    def follow(self, before: dict, after: dict) -> dict:
        """Return what else changes because the values went from `before` to `after`: memories, or other controls.

        It is not asked when only the frame of a film has changed.
        """
        return {}

    # ------------------------------------------------------------------ the hand

    def drag(self, drag: Drag) -> dict:
        """Return the values that a drag on the picture sets; an empty dict where there is nothing to drag."""
        if self.slow and drag.prepared is None:
            drag = replace(drag, prepared=self.prepared_for(drag.values))
        nearest, taken, index = GRIP, None, 0
        for handle in self.handles:
            if drag.axes not in self._axes_of(handle):
                continue
            if handle.at is None:
                taken = taken or handle
                continue
            distance = np.nan_to_num(drag.reach(*handle.places(self, drag).T), nan=np.inf)
            if distance.min(initial=np.inf) < nearest:
                nearest, taken, index = distance.min(), handle, int(distance.argmin())
        return taken.changes(self, replace(drag, index=index)) if taken else {}

    def draggable(self) -> Sequence[Axes]:
        """Return the panels on which a drag has an effect; the browser shows a hand there."""
        return list(dict.fromkeys(axes for handle in self.handles for axes in self._axes_of(handle)))

    def _axes_of(self, handle: Handle) -> list[Axes]:
        found = []
        for name in handle.panels:
            if (panel := getattr(self, name, None)) is None:
                raise AttributeError(f"{self.name}: a handle must name an attribute that draw sets, got {name!r}")
            several = list(panel.values()) if isinstance(panel, Mapping) else panel
            found.extend(np.ravel(np.array(several, dtype=object)))  # a list, or what `figure.subplots` returns
        return found

    # ------------------------------------------------------------------ values: one set of rules for all children

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.name = cls.__dict__.get("name", cls.__name__)
        names = [control.name for control in cls.controls]
        if repeated := {name for name in names if names.count(name) > 1}:
            raise ValueError(f"{cls.__name__}: two controls are named {sorted(repeated)[0]!r}")
        if "prepared" in names:
            raise ValueError(f"{cls.__name__}: no control may be named 'prepared', the name of what `prepare` returns")
        if len(films := [control.name for control in cls.controls if isinstance(control, Play)]) > 1:
            raise ValueError(f"{cls.__name__}: a scene plays one film, not {' and '.join(films)}")
        known = {control.name for control in cls.controls if not isinstance(control, Button)}
        for name in cls.slow:
            if name not in known:
                raise ValueError(f"{cls.__name__}: slow must name controls ({', '.join(sorted(known))}), got {name!r}")
        if isinstance(cls.handles, Handle):
            raise TypeError(f"{cls.__name__}: handles must be several, as in [Handle(…)], got {cls.handles!r:.80}")
        numbers = {control.name for control in cls.controls if not isinstance(control, Button | Check | Choice)}
        for handle in cls.handles:
            if not isinstance(handle, Handle):
                raise TypeError(f"{cls.__name__}: handles must be Handle objects, got {handle!r:.80}")
            handle.check(cls, numbers)

    def refuse_hidden(self):
        """Refuse a scene whose `draw` has set an attribute that the class declares: it would count no more.

        Nor may it hide a method: a handle may name it.
        """
        for name in vars(self):
            is_method = callable(getattr(type(self), name, None))
            if is_method or name in ("title", "size", "controls", "slow", "handles", "name"):
                why = "it is a method of the class" if is_method else "the class declares it"
                raise AttributeError(f"{type(self).__name__}: draw must not set self.{name}: {why}")

    @property
    def film(self) -> str | None:
        """The name of the `Play` among the controls, if there is one."""
        return next((control.name for control in self.controls if isinstance(control, Play)), None)

    def slow_values(self, values: dict) -> dict:
        """Return the values that decide what changes rarely."""
        return {name: values[name] for name in self.slow}

    def prepared_for(self, values: dict) -> Any:
        """Return what `prepare` makes for these values; the last few are kept."""
        slow = self.slow_values(values)
        kept = self.__dict__.setdefault("_kept", deque(maxlen=KEPT))
        found = next((place for place, (known, _) in enumerate(kept) if known == slow), None)
        if found is None:
            kept.append((slow, self.prepare(**slow)))
        else:
            entry = kept[found]
            del kept[found]
            kept.append(entry)  # the result that was used last is dropped last
        return kept[-1][1]

    def with_prepared(self, values: dict) -> dict:
        """Return the argument `prepared` for `update` and `press`; none for a scene without slow values."""
        return {"prepared": self.prepared_for(values)} if self.slow else {}

    def complete(self, changes: dict, values: dict | None = None) -> dict:
        """Return `values` (the start values if None) with `changes` applied and checked.

        Raises
        ------
        ValueError
            If a name is unknown or a value is not allowed; it says which, and what is.
        """
        known = self._with_values(changes)
        values = {name: control.value for name, control in known.items()} if values is None else dict(values)
        values.update({name: known[name].snap(known[name].check(value, self.name)) for name, value in changes.items()})
        return values

    def settle(self, before: dict, after: dict) -> dict:
        """Return `after`, completed by all that follows from the change from `before`."""
        if [name for name in after if after[name] != before[name]] == [self.film]:
            return after
        return after | self.nearest(self.follow(before, after))

    def nearest(self, changes: dict) -> dict:
        """Return `changes` moved to the nearest legal values: a hand that goes too far stops at the end."""
        if not isinstance(changes, Mapping):
            raise TypeError(f"{self.name}: new values must be a dict, got {changes!r:.80}")
        known = self._with_values(changes)
        return {name: known[name].snap(value) for name, value in changes.items()}

    def _with_values(self, names) -> dict[str, Control]:
        """Return the controls that have a value, by name; refuse a name that is none of theirs."""
        known = {control.name: control for control in self.controls if not isinstance(control, Button)}
        for name in names:
            if name not in known:
                shown = [control.name for control in known.values() if control.spec or control.allowed]
                raise ValueError(f"{self.name}: values must name controls ({', '.join(shown) or 'none'}), got {name!r}")
        return known
