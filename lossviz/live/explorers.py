"""Make an explorer from a scene: the function that a reader calls, with a signature and a help from the controls."""

import inspect
import re
from collections.abc import Callable

from .controls import Button, Check, Choice, Control, Memory, Play, Range, Steps
from .figure import LiveFigure
from .scene import Scene


def explorer(scene: type[Scene]) -> Callable[..., LiveFigure]:
    """Make the public function of an explorer: it returns a new live figure of the scene.

    Its name is the scene's `name`, or else the class's name in lower case with underscores. Its arguments are those of
    the scene's own `__init__`, then the start values of the controls, by keyword only. Its help is the scene's
    docstring, completed with what the controls know: names, ranges, options, buttons, errors.

    Parameters
    ----------
    scene : type of Scene
        The class; its docstring begins with one line that says what the reader does.

    Returns
    -------
    callable

    Examples
    --------
    >>> from lossviz.live import Range, Scene, explorer
    >>> class TwiceX(Scene):
    ...     "Double a number."
    ...
    ...     controls = [Range("x", "number x", 0, 1, step=0.1, value=0.5)]
    ...
    ...     def draw(self, figure):
    ...         return []
    ...
    ...     def update(self, x):
    ...         return f"2x = {2 * x:.1f}"
    >>> twice_x = explorer(TwiceX)
    >>> twice_x(x=0.2).readout
    '2x = 0.4'
    >>> inspect.signature(twice_x)
    <Signature (*, x: float = 0.5) -> lossviz.live.figure.LiveFigure>
    """
    name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", scene.name).lower()
    own = [] if scene.__init__ is object.__init__ else list(inspect.signature(scene).parameters.values())
    starts = [
        inspect.Parameter(each.name, inspect.Parameter.KEYWORD_ONLY, default=each.value, annotation=_type_of(each))
        for each in _shown(scene)
    ]
    takes = inspect.Signature(own)

    def make(*given, **start) -> LiveFigure:
        try:
            takes.bind_partial(*given)
        except TypeError:
            shown = f", as in {name}({starts[0].name}={starts[0].default!r})" if starts else ""
            raise TypeError(f"{name}: start values must be given by name{shown}, got {given[-1]!r:.80}") from None
        named = {each.name: start.pop(each.name) for each in own if each.name in start}
        return LiveFigure(scene(*given, **named), **start)

    scene.name = make.__name__ = make.__qualname__ = name
    make.__module__ = scene.__module__
    make.__signature__ = inspect.Signature([*own, *starts], return_annotation=LiveFigure)
    make.__doc__ = _help_of(scene)
    return make


def _shown(scene: type[Scene]) -> list[Control]:
    """Return the controls whose value a reader may give."""
    return [each for each in scene.controls if not isinstance(each, Button) and (each.spec or each.allowed)]


def _type_of(control: Control) -> type:
    if isinstance(control, Steps):
        return float if any(isinstance(option, float) for option in control.options) else int
    return {Range: float, Choice: str, Check: bool, Play: int, Memory: object}[type(control)]


def _help_of(scene: type[Scene]) -> str:
    """Return the scene's docstring with the sections that the controls can write."""
    written = inspect.cleandoc(scene.__doc__ or "")
    start, examples, rest = re.fullmatch(r"(.*?)(Examples\n--+\n)?((?(2).*))", written, re.S).groups(default="")
    parts = [start.rstrip()]
    shown = _shown(scene)
    if shown:
        lines = [] if "Parameters\n---" in start else ["", "Parameters", "----------"]
        for control in shown:
            lines.append(f"{control.name} : {_type_of(control).__name__}, default {control.value!r}")
            lines.append(f"    {_says(control)}")
        parts.append("\n".join(lines))
    errors = "If a name is unknown, or a control does not allow a value; the message says what it allows."
    parts += ["", "Raises", "------", "ValueError", f"    {errors}"]
    buttons = [f'"{control.label}"' for control in scene.controls if isinstance(control, Button)]
    if buttons:
        parts += ["", "Notes", "-----", f"Buttons: {', '.join(buttons)}."]
    return "\n".join([*parts, "", examples + rest]).rstrip() if examples else "\n".join(parts)


def _says(control: Control) -> str:
    """Return what a control shows and takes, in one sentence."""
    unit = f", in {control.unit}" if getattr(control, "unit", "") else ""
    between = f", rounded to steps of {control.step:g}" if isinstance(control, Range) else ""
    if isinstance(control, Memory):
        return f"{control.allowed[:1].upper()}{control.allowed[1:]}."
    label = control.label[:1].upper() + control.label[1:]
    return f"{label}{unit}: {control.allowed}{between}."
