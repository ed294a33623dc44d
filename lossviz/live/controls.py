"""What a reader can set in a live figure: ranges, steps, choices, check boxes, buttons, a film to play; and what a
figure remembers.

Each control knows its legal values (`snap`) and how the browser should show it (`spec`). Nothing here draws.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from numbers import Real
from typing import Any


def _refuse(name: str, problem: str) -> ValueError:
    return ValueError(f"control {name!r}: {problem}")


@dataclass(frozen=True)
class Range:
    """A slider over the numbers from `minimum` to `maximum` in steps of `step`.

    Parameters
    ----------
    name : str
        The keyword under which a scene's `update` receives the value.
    label : str
        What the reader sees beside the slider.
    minimum, maximum : float
        The two ends, in the unit of the value.
    step : float
        The distance between neighbouring values; it goes a whole number of times into the range.
    value : float
        Where the slider starts.
    unit : str, optional
        Written after the value.

    Raises
    ------
    ValueError
        If the ends are upside down, the step does not lead from one to the other, or the start lies outside.

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
            if isinstance(given, bool) or not isinstance(given, Real) or not math.isfinite(given):
                raise _refuse(self.name, f"{part} must be a finite number, got {given!r}")
        if not self.minimum < self.maximum:
            raise _refuse(self.name, f"minimum must be below maximum, got {self.minimum} and {self.maximum}")
        steps = (self.maximum - self.minimum) / self.step if self.step > 0 else 0
        if round(steps) < 1 or abs(steps - round(steps)) > 1e-6:
            way = f"from {self.minimum} to {self.maximum}"
            raise _refuse(self.name, f"step must be above 0 and lead {way} in whole steps, got {self.step}")
        object.__setattr__(self, "value", self.snap(self.check(self.value)))

    @property
    def digits(self) -> int:
        """The decimals that tell neighbouring values apart."""
        return max(len(f"{part:.10f}".rstrip("0").partition(".")[2]) for part in (self.step, self.minimum))

    def check(self, value: Any) -> float:
        """Return `value` as a float, or raise a ValueError if it is no number within the range."""
        if isinstance(value, bool) or not isinstance(value, Real) or not math.isfinite(value):
            raise _refuse(self.name, f"needs a finite number, got {value!r}")
        if not self.minimum <= value <= self.maximum:
            raise _refuse(self.name, f"{value} is outside [{self.minimum}, {self.maximum}]")
        return float(value)

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
    """What Steps and Choice share: a value that is one of a few."""

    name: str
    label: str
    options: Sequence[Any]
    value: Any

    def __post_init__(self):
        object.__setattr__(self, "options", tuple(self.options))
        if len(self.options) < 2:
            raise _refuse(self.name, f"needs at least two options, got {list(self.options)}")
        if len(set(self.options)) < len(self.options):
            raise _refuse(self.name, f"options must differ, got {list(self.options)}")
        self.check(self.value)

    def check(self, value: Any) -> Any:
        """Return the option equal to `value`, or raise a ValueError if there is none."""
        for option in self.options:
            if option == value and isinstance(option, bool) == isinstance(value, bool):
                return option
        shown = [repr(option) for option in self.options]
        allowed = ", ".join(shown if len(shown) <= 12 else [*shown[:3], "...", *shown[-3:]])
        raise _refuse(self.name, f"{value!r} is not one of [{allowed}]")


@dataclass(frozen=True)
class Steps(_OneOf):
    """A slider that stops at the listed numbers alone: for sizes and rates, which grow by factors.

    Parameters
    ----------
    name, label : str
        As in `Range`.
    options : sequence of float
        The stops, rising.
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
            raise _refuse(self.name, f"options must rise, got {list(self.options)}")

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

    Raises
    ------
    ValueError
        If there are fewer than two options, two are equal, or the start is not among them.

    Examples
    --------
    >>> Choice("loss", "loss", ["MSE", "MAE"], value="MSE").check("MAE")
    'MAE'
    """

    def snap(self, value: str) -> str:
        """Return `value` itself: between words there is nothing to round."""
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
        self.check(self.value)

    def check(self, value: Any) -> bool:
        """Return `value`, or raise a ValueError if it is neither True nor False."""
        if not isinstance(value, bool):
            raise _refuse(self.name, f"needs True or False, got {value!r}")
        return value

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


@dataclass(frozen=True)
class Memory:
    """A value that no control shows: where something was dragged to, or the best so far.

    It is one of the figure's values, so a picture stays a function of the values alone. Anything JSON can
    say is allowed; the scene that owns it sets it in `drag`, `press` or `follow`.

    Examples
    --------
    >>> Memory("best", value=None).snap([3.3, 5.3])
    [3.3, 5.3]
    """

    name: str
    value: Any = None
    spec: None = field(default=None, init=False, repr=False)

    def check(self, value: Any) -> Any:
        """Return `value` itself: anything can be remembered."""
        return value

    def snap(self, value: Any) -> Any:
        """Return `value` itself."""
        return value


@dataclass(frozen=True)
class Play:
    """A film: frames 0 to `last`, to be played, paused, stepped through either way, and scrubbed.

    The browser asks for frames ahead while Python has nothing else to do, keeps them, and shows them without asking
    again. So a frame may change nothing but the picture and the readout: `follow` is not asked about it. A film starts
    on its last frame, which is what a stored notebook shows, and what a reader sees who wants no motion.

    Parameters
    ----------
    name : str
        The keyword under which a scene's `update` receives the number of the frame, an int.
    label : str
        What the frames count, as the reader sees it beside the slider: "step", say.
    last : int
        The number of the last frame, 1 or more.
    rate : float, optional
        Frames a second at the usual speed; the reader can halve and double it.
    after_drag : bool, optional
        Whether a drag on the picture, once let go, plays the film from the start.

    Raises
    ------
    ValueError
        If `last` is no whole number from 1 on, or the rate is not above 0.

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
            raise _refuse(self.name, f"last must be a whole number from 1 on, got {self.last!r}")
        if isinstance(self.rate, bool) or not isinstance(self.rate, Real) or not 0 < self.rate < math.inf:
            raise _refuse(self.name, f"rate must be a number above 0, in frames a second, got {self.rate!r}")

    @property
    def value(self) -> int:
        """Where the film stands at the start: on its last frame."""
        return self.last

    def check(self, value: Any) -> float:
        """Return `value`, or raise a ValueError if it is no number of a frame."""
        if isinstance(value, bool) or not isinstance(value, Real) or not math.isfinite(value):
            raise _refuse(self.name, f"needs the number of a frame, got {value!r}")
        if not 0 <= value <= self.last:
            raise _refuse(self.name, f"{value} is outside [0, {self.last}]")
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
