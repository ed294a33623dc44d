"""How a function that a reader writes is checked.

An exercise knows its misconceptions: wrong answers that have a name, a cause and a hint. Nothing here knows a lesson.
What holds for all lessons is beside it: `questions` (choices, numbers, predictions), `answers` (what was handed in,
and when it is right), `options` (which option was meant), `stumbles` (what an exception means), `source` and
`patterns` (what a wrong answer shows), `showing` (how it is written).
"""

import copy
import functools
import inspect
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

from .answers import ATOL, RTOL, Unusable, agrees, as_asked, numbers, same, several, unchanged
from .feedback import Feedback
from .patterns import Run, observations
from .questions import UNANSWERED, Choice, Misconception, Named, Number, Prediction
from .showing import call, difference, shape, show
from .source import questions, slips
from .stumbles import explain, place

__all__ = ["Choice", "Exercise", "Misconception", "Number", "Prediction", "quietly"]

_PATIENCE = 5.0  # seconds until we say how to stop a function that does not end


@dataclass(frozen=True, repr=False)
class Exercise(Named):
    """A function to be written by the reader.

    Parameters
    ----------
    reference : callable
        A right solution. Its name and arguments are those the reader's function should have.
    cases : sequence of tuple
        Arguments to call it with, all positional. Together they distinguish each misconception and each near miss
        from all other answers.
    misconceptions : sequence of Misconception
        The wrong answers to recognise.
    notice : str
        One thing worth noticing, shown with a right answer.
    unit : str, optional
        The unit of the answer, shown with numbers.
    results : sequence of str, optional
        The names of what comes back, if that is more than one thing: ("w", "v").
    within : float, optional
        How far, relative to its size, an answer may be off and still be right, where a search can find the answer too.

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
    results: Sequence[str] = ()
    within: float = 0.0

    @property
    def arguments(self) -> list[str]:
        """The names of the arguments."""
        return list(inspect.signature(self.reference).parameters)

    def check(self, function: Any) -> Feedback:
        """Run the reader's `function` on the cases, and say what is right or wrong."""
        if function is ...:
            return self.says("open", UNANSWERED)
        if problem := self._unusable(function):
            return self.says("wrong", problem)
        runs, trouble = [], ""
        for case in self.cases:
            given = copy.deepcopy(case)
            try:
                with _patience(), np.errstate(**_without_raising()), _warnings_only():
                    answer = function(*given)
            except KeyboardInterrupt as stop:
                return self.says("wrong", self._stopped(function, case, stop))
            except BaseException as error:  # whatever it is, a reader gets words
                trouble = explain(function, error, self.arguments)
                trouble += f"\nThe checker called {self._call(function, case)}"
            if not trouble and answer is ...:
                return self.says("open", UNANSWERED)
            with np.errstate(all="ignore"):
                if not trouble:
                    parts, trouble = self._taken(function, case, given, answer)
                if trouble:
                    break
                runs.append(Run(case, parts, self._expected(case)))
        with np.errstate(all="ignore"):
            return self._judge(function, runs, trouble)

    # ------------------------------------------------------------------ from what was handed in to what is compared

    def _unusable(self, function: Any) -> str:
        if not callable(function):
            return (
                f"The checker needs your function itself, without brackets after its name; it was given "
                f"{show(function)}."
            )
        try:
            signature = inspect.signature(function)
        except Exception:  # some functions do not tell their arguments
            return ""
        try:
            signature.bind(*self.arguments)
        except TypeError:
            given, takes = self.arguments, ", ".join(_listed(signature)) or "no arguments"
            return (
                f"The checker calls your function with {len(given)} argument{'s' * (len(given) > 1)} "
                f"({', '.join(given)}); yours takes: {takes}."
            )
        return ""

    @functools.cached_property
    def _answers(self) -> dict[int, list[np.ndarray]]:
        """What the reference gives for each case, by the case's identity: it is asked for again and again."""
        return {id(case): self._asked(case) for case in self.cases}

    def _expected(self, case: tuple) -> list[np.ndarray]:
        return self._answers[id(case)] if id(case) in self._answers else self._asked(case)

    def _asked(self, case: tuple) -> list[np.ndarray]:
        right = self.reference(*copy.deepcopy(case))
        return [np.asarray(part) for part in right] if self.results else [np.asarray(right)]

    def _parts(self, answer: Any, case: tuple) -> list[np.ndarray]:
        """Return each thing that came back as an array of numbers; raise `Unusable` if that cannot be done."""
        if not self.results:
            return [as_asked(numbers(answer), self._expected(case)[0])]
        things = several(answer, max(part.ndim for part in self._expected(case)))
        if len(things) != len(self.results):
            raise Unusable(
                f"returns {_times(len(things), 'thing')}: {show(answer)}. Return {len(self.results)}, in this order: "
                f"{', '.join(self.results)}."
            )
        parts = []
        for name, thing, right in zip(self.results, things, self._expected(case), strict=True):
            try:
                parts.append(as_asked(numbers(thing), right))
            except Unusable as problem:
                raise Unusable(f"{name}: {problem}") from None
        return parts

    def _taken(self, function: Callable, case: tuple, given: tuple, answer: Any) -> tuple[list[np.ndarray], str]:
        """Return what came back as arrays, and what is wrong with its form or with the arguments afterwards."""
        try:
            parts = self._parts(answer, case)
        except Unusable as problem:
            hint = _prints(function) if answer is None else ""
            return [], f"{self._call(function, case)}\n{problem}{hint}"
        if not unchanged(given, case):
            now = ", ".join(map(show, given))
            problem = f"changes its arguments: afterwards they are {now}. Work on a copy, or on a new array."
            return [], f"{self._call(function, case)}\n{problem}"
        return parts, ""

    # ------------------------------------------------------------------ the verdict

    def _judge(self, function: Callable, runs: list[Run], trouble: str) -> Feedback:
        if all(map(self._right, runs)):
            if trouble:
                before = f"\nBefore that, {_times(len(runs), 'call')} gave the right answer." if runs else ""
                return self.says("wrong", trouble + before)
            return self.says("right", self.notice)
        if not trouble and self._found_by_search(runs):
            return self.says("right", f"{self.notice} (Right to six digits. An exact formula exists, too.)")
        recognised = [wrong for wrong in self.misconceptions if self._shows(wrong, runs)]
        later = f"\nIn a later call it also stops. {trouble}" if trouble else ""
        if recognised and (not trouble or len(recognised) == 1):
            return self.says("wrong", recognised[0].hint + later, recognised[0].name)
        name, told = next(self._explanations(function, runs), ("", ""))
        wrong = [run for run in runs if not self._right(run)]
        first = next((run for run in wrong if not self._right(run, self.within)), wrong[0])
        text = f"{self._call(function, first.case)}\n{self._difference(first)}"
        right = len(runs) - len(wrong)
        if right:
            text += f"\nThe answer is right in {right} of {_times(len(runs), 'call')}."
        return self.says("wrong", f"{text}\n{told}".rstrip() + later, name)

    def _right(self, run: Run, within: float = 0.0) -> bool:
        return len(run.got) == len(run.expected) and all(
            agrees(got, run.case, lambda *case, part=part: self._expected(case)[part], expected, within)
            for part, (got, expected) in enumerate(zip(run.got, run.expected, strict=True))
        )

    def _found_by_search(self, runs: list[Run]) -> bool:
        close = bool(self.within) and all(self._right(run, self.within) for run in runs)
        return close and _noisy(runs) and not all(_rounded(part) for run in runs for part in run.got)

    def _shows(self, wrong: Misconception, runs: list[Run]) -> bool:
        return any(all(self._is(answer, run) for run in runs) for answer in wrong.answers)

    def _is(self, answer: Callable, run: Run) -> bool:
        try:
            parts = self._parts(answer(*copy.deepcopy(run.case)), run.case)
        except Exception:
            return False
        return all(same(got, part) for got, part in zip(run.got, parts, strict=True))

    def _explanations(self, function: Callable, runs: list[Run]) -> Iterator[tuple[str, str]]:
        """What the source shows, and what the answers have in common; the most telling first."""
        yield from slips(function)
        if self.results:
            yield from self._which_result(runs)
        else:
            plain = [Run(run.case, run.got[0], run.expected[0]) for run in runs]
            yield from observations(plain, self.reference, self.arguments)
        yield from questions(function)

    def _which_result(self, runs: list[Run]) -> Iterator[tuple[str, str]]:
        order = range(len(self.results))
        parts = [[same(run.got[i], run.expected[j]) for run in runs] for i in order for j in order]
        table = np.array(parts).reshape(len(order), len(order), len(runs)).all(axis=2)
        if not table.diagonal().all() and (table.sum(axis=1) == 1).all() and (table.sum(axis=0) == 1).all():
            came = ", ".join(self.results[int(np.argmax(row))] for row in table)
            yield "order", f"The numbers are right, but they come as {came}. Return {', '.join(self.results)}."
        for i in order:
            if table[i, i]:
                continue
            plain = [Run(run.case, run.got[i], run.expected[i]) for run in runs]
            for name, told in observations(plain, lambda *case, i=i: self._expected(case)[i], self.arguments):
                yield name, f"About {self.results[i]}: {told}"
        fine = [self.results[i] for i in order if table[i, i]]
        rest = [self.results[i] for i in order if not table[i, i]]
        if fine:
            yield f"only {' and '.join(rest)}", f"{' and '.join(fine)}: right. {' and '.join(rest)}: not yet."

    def _difference(self, run: Run) -> str:
        for which, (got, expected) in enumerate(zip(run.got, run.expected, strict=True)):
            close = got.shape == expected.shape and np.isclose(got, expected, rtol=RTOL, atol=ATOL, equal_nan=True)
            if np.all(close):
                continue
            whose = f"{self.results[which]}:" if self.results else ""
            if got.shape != expected.shape:
                return (
                    f"{whose}{' ' * bool(whose)}returns {shape(got)}: {show(got)}\nIt should return {shape(expected)}."
                )
            text = difference(got, expected, ~np.asarray(close), self.unit)
            if not np.isfinite(got).all() and np.isfinite(expected).all():
                text += "\nWhere in your function does nan or inf first appear? (0 / 0, log 0, ∞ − ∞, exp of 1000)"
            return f"{whose}\n{text}" if whose else text
        return ""

    # ------------------------------------------------------------------ words

    def _call(self, function: Callable, case: tuple) -> str:
        return call(function, self.arguments, case)

    def _stopped(self, function: Callable, case: tuple, stop: BaseException) -> str:
        where = place(function, stop)
        at = f", in {where}" if where else ""
        return f"You stopped your function{at}.\nDoes a loop of it end? The checker called {self._call(function, case)}"


def _without_raising() -> dict[str, str]:
    """Return the reader's settings for floating-point errors, but for "raise": a right answer may divide by 0."""
    return {kind: reaction if reaction in ("ignore", "print") else "warn" for kind, reaction in np.geterr().items()}


@contextmanager
def _warnings_only():
    """Let a warning be a warning where the reader has made errors of them: a right answer may divide by 0."""
    if all(action != "error" for action, *_ in warnings.filters):
        yield
        return
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        yield


@contextmanager
def _patience():
    """Say after some seconds how to stop a function that does not end, where there are threads to say it."""
    told = "Your function is still running. If it does not end: ■ in the toolbar stops it (Kernel → Interrupt)."
    clock = threading.Timer(_PATIENCE, print, [told])
    clock.daemon = True
    try:
        clock.start()
    except RuntimeError:  # a browser's Python
        clock = None
    try:
        yield
    finally:
        if clock:
            clock.cancel()


def _prints(function: Callable) -> str:
    names = getattr(getattr(function, "__code__", None), "co_names", ())
    return " `print` shows a value, `return` hands it on." if "print" in names else ""


def _listed(signature: inspect.Signature) -> Iterator[str]:
    """Yield the names of the arguments, with a star where only a name can hand them over."""
    named = False
    for name, parameter in signature.parameters.items():
        if parameter.kind == parameter.KEYWORD_ONLY and not named:
            yield "*"
        named = named or parameter.kind in (parameter.KEYWORD_ONLY, parameter.VAR_POSITIONAL)
        yield {parameter.VAR_POSITIONAL: "*", parameter.VAR_KEYWORD: "**"}.get(parameter.kind, "") + name


def _times(count: int, thing: str) -> str:
    return f"{count} {thing}{'s' * (count != 1)}"


def _noisy(runs: list[Run]) -> bool:
    """Whether nearly all numbers are a little off, each by its own amount, as a search or a measurement leaves them.

    A guard, a floor or a limit changes some numbers and leaves the others as they are.
    """
    parts = [pair for run in runs for pair in zip(run.got, run.expected, strict=True)]
    got, right = (np.concatenate([np.ravel(pair[i]).astype(float) for pair in parts]) for i in (0, 1))
    counted = np.isfinite(right) & (right != 0)
    off = (got[counted] - right[counted]) / right[counted]
    return bool(off.size) and np.mean(np.abs(off) > 1e-14) > 0.7 and np.ptp(off) > 1e-3 * np.abs(off).max()


def _rounded(part: np.ndarray) -> bool:
    return any(np.array_equal(part, np.round(part, digits), equal_nan=True) for digits in range(8))


def quietly(rule: Callable) -> Callable:
    """Let a wrong rule return NaN or infinity without a warning: we recognise the rule by this answer."""

    def run(*arguments):
        with np.errstate(all="ignore"):
            return rule(*arguments)

    return run
