"""What a live figure shows: the class a new explorer starts from, and the drag it may answer.

A scene draws with matplotlib and knows its controls. It knows no widget, no browser and no message.
"""

import inspect
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .controls import Button, Control, Play

GRIP = 18  # CSS pixels: a hand this close to a handle takes hold of the handle


@dataclass(frozen=True)
class Drag:
    """A hand on the picture: where it took hold, where it is now, and the values when it took hold.

    Every message of a drag carries all of this, so a dropped message loses nothing.

    Attributes
    ----------
    axes : matplotlib.axes.Axes
        The panel in which the drag began; it keeps the drag when the hand leaves it.
    start, now : tuple of float
        Data coordinates (x, y) in that panel.
    values : dict
        The figure's values when the drag began.
    """

    axes: Axes
    start: tuple[float, float]
    now: tuple[float, float]
    values: dict

    def reach(self, x, y) -> float | np.ndarray:
        """Distance in CSS pixels (1/100 inch) from the start of the drag to a data point, or to each of many."""
        to_pixels = self.axes.transData.transform
        way = to_pixels(np.column_stack([x, y])) - to_pixels(self.start)
        distance = 100 / self.axes.figure.dpi * np.hypot(*way.T)
        return distance if np.ndim(x) else float(distance[0])


class Scene:
    """Something to draw, and the controls that change it. An explorer is a child of this class.

    Write `draw` and `update`; add the others when the explorer needs them. What is drawn must depend on the values
    alone: the same values, the same picture.

    Attributes
    ----------
    title : str
        What the figure is about: its accessible name. If a child gives none, it is the name of its class.
    size : tuple of float
        Width and height in inches, at 100 CSS pixels to the inch.
    controls : sequence of controls
        Ranges, steps, choices, check boxes, buttons and memories, in the order the reader sees them.

    Examples
    --------
    >>> from lossviz.live import LiveFigure, Range, Scene
    >>> class Dot(Scene):
    ...     title = "A dot on the line y = 2x"
    ...     controls = [Range("x", "position x", 0, 1, step=0.1, value=0.5)]
    ...
    ...     def draw(self, figure):
    ...         self.dot, = figure.subplots().plot([], [], "o")
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

    def draw(self, figure: Figure) -> Sequence[Artist]:
        """Draw everything once, and return the artists that `update` moves, in the order they are to be painted."""
        raise NotImplementedError(f"{type(self).__name__} must define draw(self, figure)")

    def update(self, **values) -> str:
        """Move the moving artists to where `values` put them, and return the readout: the numbers in one line."""
        raise NotImplementedError(f"{type(self).__name__} must define update(self, ...)")

    def update_slow(self) -> Sequence[Artist]:
        """Change what changes rarely, and return it in the order it is to be painted: above what `draw` has left still,
        below what moves.

        A child names the values it depends on as arguments; it is called when one of them has changed, before `update`.
        """
        return ()

    def press(self, name: str, values: dict) -> dict:
        """Return the values that the button `name` sets."""
        raise NotImplementedError(f"{type(self).__name__} has a button but no press(self, name, values)")

    def drag(self, drag: Drag) -> dict:
        """Return the values that a drag on the picture sets; an empty dict where there is nothing to take hold of."""
        return {}

    def follow(self, before: dict, after: dict) -> dict:
        """Return what else changes because the values went from `before` to `after`: memories, or other controls.

        It is not asked when a film moved on and nothing else did.
        """
        return {}

    def draggable(self) -> Sequence[Axes]:
        """Return the panels on which a drag does something; the browser shows a hand there."""
        return ()

    # ------------------------------------------------------------------ values: one set of rules for all children

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.title = cls.title or cls.__name__
        names = [control.name for control in cls.controls]
        if repeated := {name for name in names if names.count(name) > 1}:
            raise ValueError(f"{cls.__name__}: two controls are named {sorted(repeated)[0]!r}")
        if len(films := [control.name for control in cls.controls if isinstance(control, Play)]) > 1:
            raise ValueError(f"{cls.__name__}: a scene plays one film, not {' and '.join(films)}")

    @property
    def slow_names(self) -> list[str]:
        """The values on which what changes rarely depends."""
        return list(inspect.signature(self.update_slow).parameters)

    @property
    def film(self) -> str | None:
        """The name of the `Play` among the controls, if there is one."""
        return next((control.name for control in self.controls if isinstance(control, Play)), None)

    def complete(self, changes: dict, values: dict | None = None) -> dict:
        """Return `values` (the start values if None) with `changes` put in, checked.

        Raises
        ------
        ValueError
            If a name is unknown or a value is not allowed; it says which, and what is.
        """
        known = {control.name: control for control in self.controls if not isinstance(control, Button)}
        for name in changes:
            if name not in known:
                shown = [control.name for control in known.values() if control.spec]
                raise ValueError(f"{type(self).__name__} has no control {name!r}; it has {', '.join(shown) or 'none'}")
        values = {name: control.value for name, control in known.items()} if values is None else dict(values)
        values.update({name: known[name].snap(known[name].check(value)) for name, value in changes.items()})
        return values

    def settle(self, before: dict, after: dict) -> dict:
        """Return `after` with all that follows from the way to it from `before`."""
        if [name for name in after if after[name] != before[name]] == [self.film]:
            return after
        return after | self.nearest(self.follow(before, after))

    def nearest(self, changes: dict) -> dict:
        """Return `changes` moved to the nearest legal values: what a hand that goes too far gets."""
        known = {control.name: control for control in self.controls}
        return {name: known[name].snap(value) for name, value in changes.items()}
