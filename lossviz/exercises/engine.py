"""How answers are checked: functions that a reader writes, choices, numbers, and predictions.

An exercise knows its misconceptions: wrong answers that have a name, a cause and a hint. Nothing here knows a lesson.
"""

import copy
import inspect
import math
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .feedback import Feedback

_UNANSWERED = "Replace the three dots with your answer, and run the cell again."


@dataclass(frozen=True)
class Misconception:
    """A wrong answer with a name.

    Attributes
    ----------
    name : str
        What is confused, in a few words.
    answer : callable or value
        What someone with this misconception would answer: a function like the reference, an option, or a number.
    hint : str
        What helps them to go on, without giving the solution away.
    """

    name: str
    answer: Any
    hint: str


@dataclass(frozen=True)
class Exercise:
    """A function to be written by the reader.

    Parameters
    ----------
    reference : callable
        A right solution. Its name and arguments are those the reader's function should have.
    cases : sequence of tuple
        Arguments to call it with, all positional. Together they distinguish each misconception from all other answers.
    misconceptions : sequence of Misconception
        The wrong answers to recognise.
    notice : str
        One thing worth noticing, shown with a right answer.
    unit : str, optional
        The unit of the answer, shown with numbers.

    Examples
    --------
    >>> double = Exercise(
    ...     reference=lambda x: 2 * x,
    ...     cases=[(3,), (-1,)],
    ...     misconceptions=[Misconception("squared", lambda x: x**2, "x² multiplies x by itself.")],
    ...     notice="Twice 0 is 0.",
    ... )
    >>> double.check(lambda x: x + x)
    ✓ Right. Twice 0 is 0.
    >>> double.check(lambda x: x * x)
    ✗ Not yet. x² multiplies x by itself.
    >>> double.check(lambda x: ...)
    … Not attempted yet. Replace the three dots with your answer, and run the cell again.
    """

    reference: Callable
    cases: Sequence[tuple]
    misconceptions: Sequence[Misconception]
    notice: str
    unit: str = ""

    @property
    def arguments(self) -> list[str]:
        """The names of the arguments."""
        return list(inspect.signature(self.reference).parameters)

    def check(self, function: Any) -> Feedback:
        """Run the reader's `function` on the cases, and say what is right or wrong."""
        if function is ...:
            return Feedback("open", _UNANSWERED)
        if problem := self._unusable(function):
            return Feedback("wrong", problem)
        answers = []
        for case in self.cases:
            given = copy.deepcopy(case)
            try:
                answer = function(*given)
            except Exception as error:
                return Feedback("wrong", self._stumble(function, case, error))
            if answer is ...:
                return Feedback("open", _UNANSWERED)
            if problem := _no_numbers(answer):
                return Feedback("wrong", f"{_call(function, self.arguments, case)}\n{problem}")
            if not all(map(_same, given, case)):
                now = ", ".join(map(_show, given))
                problem = "changes its arguments: afterwards they are"
                return Feedback(
                    "wrong",
                    f"{_call(function, self.arguments, case)}\n{problem} {now}. Work on a copy, or on a new array.",
                )
            answers.append(answer)
        return self._judge(function, answers)

    def _judge(self, function: Callable, answers: list) -> Feedback:
        right = [self.reference(*case) for case in self.cases]
        if _same(answers, right):
            return Feedback("right", self.notice)
        for misconception in self.misconceptions:
            if _same(answers, [misconception.answer(*case) for case in self.cases]):
                return Feedback("wrong", misconception.hint, misconception.name)
        case, got, expected = next(
            trio for trio in zip(self.cases, answers, right, strict=True) if not _same(trio[1], trio[2])
        )
        return Feedback("wrong", f"{_call(function, self.arguments, case)}\n{self._difference(got, expected)}")

    def _difference(self, got: Any, expected: Any) -> str:
        got, expected = np.asarray(got), np.asarray(expected)
        if got.shape != expected.shape:
            return f"returns {_shape(got)}: {_show(got)}\nIt should return {_shape(expected)}."
        if not np.isfinite(got).all() and np.isfinite(expected).all():
            return f"returns {_show(got)}. Where in your function does nan or inf first appear?"
        unit = f" {self.unit}" if self.unit else ""
        if _show(got) == _show(expected):
            off = f"{np.abs(got - expected).max():.1e}"
            return (
                f"gives {_show(got)}{unit}, off by {off}: nearly right. "
                "Is there a small constant in it, or did you round?"
            )
        return f"gives {_show(got)}{unit}\nbut should give {_show(expected)}{unit}"

    # ------------------------------------------------------------------ what can go wrong before there is an answer

    def _unusable(self, function: Any) -> str:
        if not callable(function):
            return (
                f"The checker needs your function itself, without brackets after its name; it was given "
                f"{_show(function)}."
            )
        try:
            inspect.signature(function).bind(*self.arguments)
        except TypeError:
            given, takes = self.arguments, ", ".join(inspect.signature(function).parameters) or "no arguments"
            return (
                f"The checker calls your function with {len(given)} argument{'s' * (len(given) > 1)} "
                f"({', '.join(given)}); yours takes: {takes}."
            )
        except ValueError:  # a built-in that does not tell its arguments: the call itself will show whether they fit
            pass
        return ""

    def _stumble(self, function: Callable, case: tuple, error: Exception) -> str:
        """Say where in the reader's own lines an exception arose; leave out the lines of the checker."""
        code = getattr(function, "__code__", None)
        frames = [
            frame for frame in traceback.extract_tb(error.__traceback__) if code and frame.filename == code.co_filename
        ]
        where = ""
        if frames:
            line = f": `{frames[-1].line:.80}`" if frames[-1].line else ""
            where = f"\nIt arose in line {frames[-1].lineno} of your cell{line}"
        message = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        return (
            f"Your function stopped with {message}{where}\nThe checker called {_call(function, self.arguments, case)}"
        )


@dataclass(frozen=True)
class Choice:
    """A question with a few answers to choose from.

    Parameters
    ----------
    options : sequence of str
        What can be chosen.
    answer : str
        The right one.
    misconceptions : sequence of Misconception
        One for each wrong option.
    notice : str
        One thing worth noticing, told with the right answer.

    Examples
    --------
    >>> grows = Choice(["mse", "mae"], "mse", [Misconception("linear", "mae", "What if an error doubles?")], "Yes.")
    >>> grows.check("mae")
    ✗ Not yet. What if an error doubles?
    >>> grows.check("huber")
    ✗ Not yet. 'huber' is not one of the answers. Choose one of: 'mse', 'mae'.
    """

    options: Sequence[str]
    answer: str
    misconceptions: Sequence[Misconception]
    notice: str

    def check(self, answer: Any) -> Feedback:
        """Say whether `answer` is the right option."""
        if answer is ...:
            return Feedback("open", _UNANSWERED)
        if problem := _not_among(self.options, answer):
            return Feedback("wrong", problem)
        if (chosen := _option(self.options, answer)) == self.answer:
            return Feedback("right", self.notice)
        wrong = next(misconception for misconception in self.misconceptions if misconception.answer == chosen)
        return Feedback("wrong", wrong.hint, wrong.name)


@dataclass(frozen=True)
class Number:
    """A question whose answer is one number.

    Parameters
    ----------
    answer : float
        The right number.
    misconceptions : sequence of Misconception
        Wrong numbers to recognise.
    notice : str
        One thing worth noticing, told with the right answer.
    tolerance : float
        How far an answer may be off, in the unit of the answer.
    unit : str, optional
        The unit of the answer.

    Examples
    --------
    >>> Number(4.0, [Misconception("root", 2.0, "The square, not its root.")], "2² = 4.").check(2)
    ✗ Not yet. The square, not its root.
    """

    answer: float
    misconceptions: Sequence[Misconception]
    notice: str
    tolerance: float = 1e-6
    unit: str = ""

    def check(self, answer: Any) -> Feedback:
        """Say whether `answer` is the right number."""
        if answer is ...:
            return Feedback("open", _UNANSWERED)
        if isinstance(answer, np.ndarray) and answer.ndim == 0:
            answer = answer.item()
        if isinstance(answer, bool) or np.ndim(answer) or not isinstance(answer, int | float | np.number):
            quoted = " Write it without quotation marks." * isinstance(answer, str)
            return Feedback("wrong", f"The answer is one number; you gave {_show(answer)}.{quoted}")
        if not math.isfinite(answer):
            return Feedback("wrong", f"The answer is a finite number; you gave {_show(answer)}.")
        if abs(answer - self.answer) <= self.tolerance:
            return Feedback("right", self.notice)
        for wrong in self.misconceptions:
            if abs(answer - wrong.answer) <= self.tolerance:
                return Feedback("wrong", wrong.hint, wrong.name)
        unit = f" {self.unit}" if self.unit else ""
        return Feedback("wrong", f"{_show(answer)}{unit} is too {'small' if answer < self.answer else 'large'}.")


@dataclass
class Prediction:
    """A guess that the reader makes before the figure shows the answer.

    Parameters
    ----------
    options : sequence of str
        What can be guessed.
    answer : str
        The true answer.
    why : str
        The reason, shown with the answer.

    Examples
    --------
    >>> coin = Prediction(["heads", "tails"], "tails", "It fell so.")
    >>> coin.commit("heads")
    → Noted. You say 'heads'. The answer comes further down.
    >>> coin.reveal()
    = Answer. 'tails'; you said 'heads'. It fell so.
    """

    options: Sequence[str]
    answer: str
    why: str
    guess: str | None = field(default=None, init=False)

    def commit(self, guess: Any) -> Feedback:
        """Note the reader's guess; the last guess counts."""
        self.guess = None
        if guess is ...:
            return Feedback("open", f"Replace the three dots with your guess: {_listed(self.options)}.")
        if problem := _not_among(self.options, guess):
            return Feedback("wrong", problem)
        self.guess = _option(self.options, guess)
        return Feedback("noted", f"You say '{self.guess}'. The answer comes further down.")

    def reveal(self) -> Feedback:
        """Tell the answer, and the guess if there was one."""
        if self.guess is None:
            return Feedback("answer", f"'{self.answer}' (you made no guess). {self.why}")
        said = "just as you said" if self.guess == self.answer else f"you said '{self.guess}'"
        return Feedback("answer", f"'{self.answer}'; {said}. {self.why}")


# ---------------------------------------------------------------------- comparing and showing


def _option(options: Sequence[str], answer: Any) -> str | None:
    """Return the option that was meant: capitals, blanks and missing quotation marks do not matter, nor 1 for "1.0"."""

    def meant(option: str) -> bool:
        if isinstance(answer, str):
            return option.casefold() == answer.strip().casefold()
        try:
            return isinstance(answer, int | float) and float(option) == answer
        except ValueError:
            return False

    return next(filter(meant, options), None)


def _not_among(options: Sequence[str], answer: Any) -> str:
    if _option(options, answer) is None:
        return f"{_show(answer)} is not one of the answers. Choose one of: {_listed(options)}."
    return ""


def _listed(options: Sequence[str]) -> str:
    return ", ".join(f"'{option}'" for option in options)


def quietly(rule: Callable) -> Callable:
    """Let a wrong rule return NaN or infinity without a warning: we recognise the rule by this answer."""

    def run(*arguments):
        with np.errstate(all="ignore"):
            return rule(*arguments)

    return run


def _same(left: Any, right: Any) -> bool:
    """Whether two answers agree, up to rounding; lists are compared part by part."""
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(_same, left, right))
    return np.shape(left) == np.shape(right) and np.allclose(left, right, rtol=1e-7, atol=1e-10, equal_nan=True)


def _show(value: Any) -> str:
    """Write a value so that it fits on one line."""
    if isinstance(value, float | np.floating) or (isinstance(value, np.ndarray) and value.ndim == 0):
        return f"{value:.6g}"
    if isinstance(value, np.ndarray):
        return np.array2string(value, precision=6, separator=", ", threshold=8)
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."


def _call(function: Callable, names: Sequence[str], case: tuple) -> str:
    """Write out how a function was called."""
    called = getattr(function, "__name__", "<lambda>").replace("<lambda>", "your function")
    given = ", ".join(f"{name}={_show(value)}" for name, value in zip(names, case, strict=True))
    return f"{called}({given})"


def _no_numbers(answer: Any) -> str:
    """Say why an answer cannot be compared with numbers; empty if it can."""
    if answer is None:
        return "returns None. Does your function end with `return` and a value?"
    try:
        kind = np.asarray(answer).dtype.kind
    except ValueError:
        if isinstance(answer, tuple):
            things = " and ".join(map(_show, answer))
            return f"returns {len(answer)} things at once: {things}. Return only what is asked for."
        return f"returns rows of different lengths: {_show(answer)}."
    if kind not in "fiub":
        return f"returns {_show(answer)}, of type {type(answer).__name__}; it should return numbers."
    return ""


def _shape(array: np.ndarray) -> str:
    return "one number" if array.ndim == 0 else f"an array of shape {array.shape}"
