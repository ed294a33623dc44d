"""What a reader can set in a live figure (ranges, steps, choices, check boxes, buttons, a film to play), and what a
figure remembers.

Each control knows its legal values (`snap`) and how the browser should show it (`spec`). Nothing here draws.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from numbers import Real
from typing import Any

import numpy as np

ROUNDED = 1e-6  # how far from a legal value its roundings may lie: in steps, or as a share; float32 has seven digits


def _is_number(value: Any) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool)


def _is_finite(value: Any) -> bool:
    try:
        return _is_number(value) and math.isfinite(value)
    except OverflowError:  # an integer or a fraction beyond the largest float
        return False


def _refuse(where: str, argument: str, allowed: str, given: Any) -> ValueError:
    return ValueError(f"{where}: {argument} must be {allowed}, got {given!r:.80}")


@dataclass(frozen=True)
class Range:
    """A slider over the numbers from `minimum` to `maximum` in steps of `step`; its value is always a float.

    Parameters
    ----------
    name : str
        The keyword under which a scene's `update` receives the value.
    label : str
        What the reader sees beside the slider.
    minimum, maximum : float
        The two ends, in the unit of the value.
    step : float
        The distance between neighbouring values; the range is a whole number of steps.
    value : float
        Where the slider starts.
    unit : str, optional
        Written after the value.

    Raises
    ------
    ValueError
        If minimum is above maximum, the range is not a whole number of steps, or the start lies outside.

    Examples
    --------
    >>> Range("m", "slope m", -10, 10, step=0.1, value=0).snap(3.34)
    3.3
    """

    name: str
    label: str
    minimum: float
    maximum: float
    step: float
    value: float
    unit: str = ""

    def __post_init__(self):
        for part in ("minimum", "maximum", "step"):
            given = getattr(self, part)
            if not _is_finite(given):
                raise _refuse(f"Range {self.name!r}", part, "one finite number", given)
        if not self.minimum < self.maximum:
            raise _refuse(f"Range {self.name!r}", "minimum", f"below maximum, {self.maximum:g}", self.minimum)
        steps = (self.maximum - self.minimum) / self.step if self.step > 0 else 0
        if round(steps) < 1 or abs(steps - round(steps)) > 1e-6:
            allowed = f"above 0 and lead from {self.minimum:g} to {self.maximum:g} in whole steps"
            raise _refuse(f"Range {self.name!r}", "step", allowed, self.step)
        object.__setattr__(self, "value", self.snap(self.check(self.value, f"Range {self.name!r}")))

    @property
    def digits(self) -> int:
        """How many decimals are needed to distinguish neighbouring values."""
        return max(len(f"{part:.10f}".rstrip("0").partition(".")[2]) for part in (self.step, self.minimum))

    @property
    def allowed(self) -> str:
        """The legal values in words."""
        return f"one number from {self.minimum:g} to {self.maximum:g}"

    def check(self, value: Any, where: str = "Range") -> float:
        """Return `value` as a float, or raise a ValueError if it is not a number within the range.

        What lies beyond an end by no more than a rounding is the end.
        """
        spare = ROUNDED * self.step
        if not _is_number(value) or not self.minimum - spare <= value <= self.maximum + spare:  # a NaN fails both
            raise _refuse(where, self.name, self.allowed, value)
        return float(min(self.maximum, max(self.minimum, value)))

    def snap(self, value: float) -> float:
        """Return the value of the slider that lies nearest to `value`."""
        value = min(self.maximum, max(self.minimum, value))
        nearest = self.minimum + round((value - self.minimum) / self.step) * self.step
        return round(float(nearest), self.digits) + 0.0  # + 0.0 turns -0.0 into 0.0

    @property
    def spec(self) -> dict:
        """What the browser needs to show this control."""
        return dict(
            kind="range",
            name=self.name,
            label=self.label,
            min=self.minimum,
            max=self.maximum,
            step=self.step,
            digits=self.digits,
            unit=self.unit,
        )


@dataclass(frozen=True)
class _OneOf:
    """What Steps and Choice share: the value is one of a few options."""

    name: str
    label: str
    options: Sequence[Any]
    value: Any

    def __post_init__(self):
        object.__setattr__(self, "options", tuple(self.options))
        where = f"{type(self).__name__} {self.name!r}"
        if len(self.options) < 2 or len(set(self.options)) < len(self.options):
            raise _refuse(where, "options", "at least two, all different", list(self.options))
        self.check(self.value, where)

    @property
    def allowed(self) -> str:
        """The legal values in words."""
        shown = [repr(option) for option in self.options]
        return "one of " + ", ".join(shown if len(shown) <= 12 else [*shown[:3], "...", *shown[-3:]])

    def check(self, value: Any, where: str = "") -> Any:
        """Return the option equal to `value` but for a rounding, or raise a ValueError if there is none."""
        for option in self.options if isinstance(value, str | Real) else ():
            same = _is_finite(value) and _is_finite(option) and math.isclose(option, value, rel_tol=ROUNDED)
            if same or (option == value and isinstance(option, bool) == isinstance(value, bool)):
                return option
        raise _refuse(where or type(self).__name__, self.name, self.allowed, value)


@dataclass(frozen=True)
class Steps(_OneOf):
    """A slider that stops only at the listed numbers: for sizes and rates, which grow by factors.

    Parameters
    ----------
    name, label : str
        As in `Range`.
    options : sequence of float
        The stops, in rising order.
    value : float
        Where the slider starts: one of the options.
    unit : str, optional
        Written after the value.

    Raises
    ------
    ValueError
        If the options do not rise, are fewer than two, or the start is not among them.

    Examples
    --------
    >>> Steps("n", "points N", [10, 100, 1000], value=1000).snap(200)
    100
    """

    unit: str = ""

    def __post_init__(self):
        super().__post_init__()
        if list(self.options) != sorted(self.options):
            raise _refuse(f"Steps {self.name!r}", "options", "rising", list(self.options))

    def snap(self, value: float) -> Any:
        """Return the stop nearest to `value`."""
        return min(self.options, key=lambda option: abs(option - value))

    @property
    def spec(self) -> dict:
        """What the browser needs to show this control."""
        return dict(kind="steps", name=self.name, label=self.label, options=list(self.options), unit=self.unit)


@dataclass(frozen=True)
class Choice(_OneOf):
    """A row of radio buttons: one of a few words.

    Parameters
    ----------
    name, label : str
        As in `Range`.
    options : sequence of str
        The words to choose from.
    value : str
        The word chosen at the start.
    also : mapping of str to str, optional
        Other spellings that are understood, each with its option.

    Raises
    ------
    ValueError
        If there are fewer than two options, two are equal, or the start is not among them.

    Examples
    --------
    >>> Choice("loss", "loss", ["MSE", "MAE"], value="MSE").check("MAE")
    'MAE'
    >>> Choice("scheme", "scheme", ["forward", "centred"], "forward", also={"centered": "centred"}).check("centered")
    'centred'
    """

    also: Mapping[str, str] = field(default_factory=dict)

    def check(self, value: Any, where: str = "") -> Any:
        """Return the option that `value` names, or raise a ValueError if there is none."""
        return super().check(self.also.get(value, value) if isinstance(value, str) else value, where)

    def snap(self, value: str) -> str:
        """Return `value` itself: words cannot be rounded."""
        return self.check(value)

    @property
    def spec(self) -> dict:
        """What the browser needs to show this control."""
        return dict(kind="choice", name=self.name, label=self.label, options=list(self.options))


@dataclass(frozen=True)
class Check:
    """A box to tick.

    Parameters
    ----------
    name, label : str
        As in `Range`.
    value : bool
        Whether it is ticked at the start.

    Examples
    --------
    >>> Check("squares", "draw the squares", value=True).check(False)
    False
    """

    name: str
    label: str
    value: bool

    def __post_init__(self):
        self.check(self.value, f"Check {self.name!r}")

    @property
    def allowed(self) -> str:
        """The legal values in words."""
        return "True or False"

    def check(self, value: Any, where: str = "Check") -> bool:
        """Return `value`, or raise a ValueError if it is neither True nor False."""
        if not isinstance(value, bool | np.bool_):
            raise _refuse(where, self.name, self.allowed, value)
        return bool(value)

    def snap(self, value: bool) -> bool:
        """Return `value` itself."""
        return self.check(value)

    @property
    def spec(self) -> dict:
        """What the browser needs to show this control."""
        return dict(kind="check", name=self.name, label=self.label)


@dataclass(frozen=True)
class Button:
    """A button. It has no value: the scene's `press` says which values it changes.

    Examples
    --------
    >>> Button("best", "Go to the best fit").spec["kind"]
    'button'
    """

    name: str
    label: str

    @property
    def spec(self) -> dict:
        """What the browser needs to show this control."""
        return dict(kind="button", name=self.name, label=self.label)


def _plain(value: Any) -> Any:
    """Return a copy of `value` in which numbers and lists are those that JSON knows: int, float and list."""
    if isinstance(value, np.ndarray | np.generic):
        value = value.tolist()  # a longer float stays what it is
    if _is_finite(value) and not isinstance(value, int | float):
        return float(value)
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return {name: _plain(each) for name, each in value.items()} if isinstance(value, dict) else value


def _is_json(value: Any) -> bool:
    if isinstance(value, list):
        return all(map(_is_json, value))
    if isinstance(value, dict):
        return all(isinstance(name, str) and _is_json(each) for name, each in value.items())
    return value is None or isinstance(value, str | bool) or _is_finite(value)


@dataclass(frozen=True)
class Memory:
    """A value that no control shows: where something was dragged to, or the best so far.

    It is one of the figure's values, so a picture is still a function of the values alone. It can be what JSON can
    express, with finite numbers. The scene sets it in a handle's method, `press` or `follow`.

    Parameters
    ----------
    name : str
        The keyword under which a scene's `update` receives the value.
    value : optional
        What is remembered at the start.
    allowed : str, optional
        What a reader may give to start from, in words, if that makes sense: it then stands in the explorer's help, and
        the scene checks it.
    like : optional
        An example of what is remembered, if nothing is at the start. Where this, or `value`, is a number, only numbers
        are remembered.

    Examples
    --------
    >>> Memory("best", value=None).snap([3.3, 5.3])
    [3.3, 5.3]
    """

    name: str
    value: Any = None
    allowed: str = ""
    like: Any = None
    spec: None = field(default=None, init=False, repr=False)

    def check(self, value: Any, where: str = "Memory") -> Any:
        """Return a copy of `value`, or raise a ValueError if it cannot be remembered.

        What NumPy made becomes numbers and lists of Python, and so does a fraction.
        """
        value = _plain(value)
        if self.allowed or (value is None and self.value is None):
            return value
        if _is_number(self.value if self.like is None else self.like):
            if not _is_finite(value):
                raise _refuse(where, self.name, "one finite number", value)
        elif not _is_json(value):
            raise _refuse(where, self.name, "what JSON can express, with finite numbers", value)
        return value

    def snap(self, value: Any) -> Any:
        """Return the same as `check`."""
        return self.check(value)


@dataclass(frozen=True)
class Play:
    """A film: frames 0 to `last`; a reader can play it, pause it, step forward or back, and move its slider.

    While Python has nothing else to do, the browser asks for frames in advance, and keeps them. Later it shows them
    without asking again. So a frame may change only the picture and the readout: `follow` is not asked about it. A film
    starts on its last frame. A stored notebook shows this frame, and so does a system that is set to less motion.

    Parameters
    ----------
    name : str
        The keyword under which a scene's `update` receives the number of the frame, an int.
    label : str
        What the frames count, as the reader sees it beside the slider: for example "step".
    last : int
        The number of the last frame, 1 or more.
    rate : float, optional
        Frames per second at the usual speed; the reader can halve and double it.
    after_drag : bool, optional
        Whether the film plays from the start after a drag on the picture has ended.

    Raises
    ------
    ValueError
        If `last` is not an integer of at least 1, or the rate is not above 0.

    Examples
    --------
    >>> Play("k", "step", last=200).snap(57.2)
    57
    """

    name: str
    label: str
    last: int
    rate: float = 30.0
    after_drag: bool = False

    def __post_init__(self):
        if isinstance(self.last, bool) or not isinstance(self.last, int) or self.last < 1:
            raise _refuse(f"Play {self.name!r}", "last", "one integer of at least 1", self.last)
        if not _is_number(self.rate) or not 0 < self.rate < math.inf:
            raise _refuse(f"Play {self.name!r}", "rate", "one number above 0, in frames a second", self.rate)

    @property
    def value(self) -> int:
        """Where the film begins: on its last frame."""
        return self.last

    @property
    def allowed(self) -> str:
        """The legal values in words."""
        return f"the number of a frame, from 0 to {self.last}"

    def check(self, value: Any, where: str = "Play") -> float:
        """Return `value`, or raise a ValueError if it is not the number of a frame."""
        if not _is_number(value) or not -ROUNDED <= value <= self.last + ROUNDED:  # a NaN fails both comparisons
            raise _refuse(where, self.name, self.allowed, value)
        return value

    def snap(self, value: float) -> int:
        """Return the number of the frame nearest to `value`."""
        return round(min(self.last, max(0, value)))

    @property
    def spec(self) -> dict:
        """What the browser needs to show this control."""
        return dict(
            kind="play",
            name=self.name,
            label=self.label,
            last=self.last,
            rate=self.rate,
            after_drag=self.after_drag,
        )


Control = Range | Steps | Choice | Check | Button | Play | Memory
