"""What a wrong answer has in common with the right one, in all calls: true of any lesson.

An observation is told only if it holds in each call. It is no guess at what the reader thought: it says what the
numbers show ("each is twice the right one"), and what that often comes from.
"""

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from .answers import ATOL, RTOL, same


class Run(NamedTuple):
    """One call of the reader's function: its arguments, what it gave, and what the reference gives."""

    case: Sequence
    got: np.ndarray
    expected: np.ndarray


def observations(runs: list[Run], reference: Callable, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what holds for all the calls: a name and a sentence each, the most telling first."""
    runs = [Run(run.case, _countable(run.got), _countable(run.expected)) for run in runs]
    with np.errstate(all="ignore"):
        if all(same(run.got, runs[0].got) for run in runs) and not all(
            same(run.expected, runs[0].expected) for run in runs
        ):
            yield (
                "always the same",
                f"Your function gives the same answer in all {len(runs)} calls, though the arguments differ.",
            )
            return
        yield from _an_argument(runs, names)
        if all(run.got.shape == run.expected.shape for run in runs):
            yield from _entry_by_entry(runs)
            yield from _other_arguments(runs, reference, names)
            yield from _only_integers(runs)
            yield from _only_at_an_end(runs)
            yield from _only_where(runs, names)
        else:
            yield from _other_shape(runs)


def _countable(array: np.ndarray) -> np.ndarray:
    return array.astype(int) if array.dtype.kind == "b" else array


def _an_argument(runs: list[Run], names: Sequence[str]) -> Iterator[tuple[str, str]]:
    for place, name in enumerate(names):
        if all(_numeric(run.case[place]) and same(run.got, run.case[place]) for run in runs):
            yield "an argument", f"Your function gives back `{name}` as it is."
    if all(not run.got.any() for run in runs):
        yield "nothing but 0", "Your function gives 0 in each call."


# ---------------------------------------------------------------------- the same shape

_RULES = [
    ("sign", lambda e: -e, "Each number has the right size and the wrong sign."),
    ("sign lost", np.abs, "The sizes are right, but the minus signs are lost."),
    ("floored at 0", lambda e: np.maximum(e, 0), "Each number below 0 has become 0; the others are right."),
    ("cut at 1", lambda e: np.minimum(e, 1), "Each number above 1 has become 1; the others are right."),
    ("cut to −1 … 1", lambda e: np.clip(e, -1, 1), "What lies outside −1 … 1 is cut off; the other numbers are right."),
    ("cut to 0 … 1", lambda e: np.clip(e, 0, 1), "What lies outside 0 … 1 is cut off; the other numbers are right."),
    ("only the sign", np.sign, "You give −1, 0 or 1: the sign of each right number."),
    ("squared", np.square, "Each number is the square of the right one."),
    ("root", np.sqrt, "Each number is the square root of the right one."),
    ("upside down", lambda e: 1 / e, "Each number is 1 divided by the right one: the fraction is upside down."),
    ("1 minus", lambda e: 1 - e, "Each number is 1 minus the right one."),
    ("exponential", np.exp, "Each number is e to the power of the right one: a logarithm is missing."),
    ("negative exponential", lambda e: np.exp(-e), "Each number is e^(−x) of the right one x: the −log is missing."),
    ("logarithm", np.log, "Each number is the logarithm of the right one."),
    ("negative logarithm", lambda e: -np.log(e), "Each number is −log of the right one."),
    ("power of 2", np.exp2, "Each number is 2 to the power of the right one."),
    ("rounded down", np.floor, "Each number is cut down to a whole one: `//`, `int` or `floor` does that."),
    ("decimals cut", np.trunc, "The decimals are cut off: `int`, `//` or an array of integers does that."),
]  # fmt: skip

# a factor -> where it comes from, often
_FACTORS = {
    np.log(2): ", log 2: the other base of a logarithm, `np.log` and `np.log2`",
    1 / np.log(2): ", 1 / log 2: the other base of a logarithm, `np.log2` and `np.log`",
    np.log(10): ", log 10: the other base of a logarithm, `np.log` and `np.log10`",
    np.log10(2): ", log₁₀ 2: the other base of a logarithm, `np.log10` and `np.log2`",
    1 / np.log10(2): ", log₂ 10: the other base of a logarithm, `np.log2` and `np.log10`",
    1 / np.log(10): ", 1 / log 10: the other base of a logarithm, `np.log10` and `np.log`",
    0.5: ": a ½ too many, or a 2 forgotten",
    2.0: ": a 2 too many, or a ½ forgotten",
}


def _entry_by_entry(runs: list[Run]) -> Iterator[tuple[str, str]]:
    tiny = _all_tiny(runs)
    for digits in range(9):
        if all(same(run.got, np.round(run.expected, digits), 1e-12, 1e-12) for run in runs):
            to = f"to {digits} decimal{'s' * (digits > 1)}" if digits else "or cut to a whole one"
            yield "rounded", f"Each number is the right one, rounded {to}. Give the number itself."
    if all(run.expected.dtype.kind in "fiu" for run in runs):
        for name, rule, told in _RULES:
            if not tiny and all(same(run.got, rule(run.expected.astype(float)), 1e-6, 1e-9) for run in runs):
                yield name, told
    yield from _factor(runs)
    yield from _shift(runs)
    if all(same(np.abs(run.got), np.abs(run.expected)) for run in runs):
        yield "some signs", "The sizes are right, but some signs are not."
    if all(run.expected.ndim == 1 and same(run.got, run.expected[::-1]) for run in runs):
        yield "backwards", "The numbers are right, in reversed order."
    elif all(run.expected.ndim == 2 and same(run.got, run.expected.T) for run in runs):
        yield "transposed", "The numbers are right; rows and columns are exchanged. `.T` turns them back."
    elif all(run.expected.ndim and same(np.sort(run.got, axis=None), np.sort(run.expected, axis=None)) for run in runs):
        yield "another order", "The numbers are right, but in another order."
    if tiny:
        yield (
            "nearly",
            (
                f"Off by {max(_gap(run) for run in runs):.1e} at most: nearly right. Is there a small constant in it, "
                "did you round, did you calculate with 32 bits (float32), or stop a search too early?"
            ),
        )


def _gap(run: Run) -> float:
    return float(np.max(np.abs(run.got - run.expected), initial=0.0))


def _all_tiny(runs: list[Run]) -> bool:
    return all(same(run.got, run.expected, 1e-4, 1e-5) for run in runs)


def _factor(runs: list[Run]) -> Iterator[tuple[str, str]]:
    each = [_ratio(run) for run in runs]
    known = [ratio for ratio in each if ratio is not None and ratio == ratio]
    if None in each or not known:
        return
    counted = sum(np.count_nonzero(run.expected) for run in runs)
    if counted > 1 and all(same(ratio, known[0], 1e-6) for ratio in known):
        if abs(known[0] - 1) > 1e-3:
            cause = next((text for factor, text in _FACTORS.items() if same(known[0], factor, 1e-6)), "")
            yield "factor", f"Each number is {known[0]:.6g} times the right one{cause}."
        return
    for what, count in _COUNTS:
        counts = [count(run.case) for run in runs]
        if None in counts or len(set(counts)) == 1:
            continue
        for text, factor, hint in _OF_COUNTS:
            if all(ratio != ratio or same(ratio, factor(n), 1e-6) for ratio, n in zip(each, counts, strict=True)):
                yield f"factor {text}", f"Each number is {text} times the right one, with N = {what}.{hint}"
                return


def _ratio(run: Run) -> float | None:
    """Return the one factor between answer and right answer; NaN if both are 0, None if there is none."""
    got, expected = run.got.astype(float), run.expected.astype(float)
    if not (np.isfinite(got).all() and np.isfinite(expected).all()):
        return None
    at = np.argmax(np.abs(expected)) if expected.size else 0
    if not expected.any():
        return np.nan if not got.any() else None
    ratio = float(got.flat[at] / expected.flat[at])
    return ratio if ratio and same(got, ratio * expected, 1e-6, 1e-9 * abs(ratio)) else None


def _examples(case: Sequence) -> int | None:
    return next((len(one) for one in case if np.ndim(one)), None)


def _columns(case: Sequence) -> int | None:
    return next((np.shape(one)[1] for one in case if np.ndim(one) == 2), None)


def _size(case: Sequence) -> int | None:
    return next((np.size(one) for one in case if np.ndim(one) == 2), None)


_COUNTS = [
    ("the number of examples", _examples),
    ("the number of columns", _columns),
    ("the number of all entries", _size),
]
_OF_COUNTS = [
    ("N", lambda n: n, " A sum where a mean is asked for?"),
    ("1/N", lambda n: 1 / n, " A mean where a sum is asked for, or divided twice?"),
    ("N/(N − 1)", lambda n: n / (n - 1) if n > 1 else np.inf, ""),
    ("(N − 1)/N", lambda n: (n - 1) / n, ""),
    ("√N", np.sqrt, ""),
    ("1/√N", lambda n: 1 / np.sqrt(n), ""),
    ("N/2", lambda n: n / 2, ""),
    ("2N", lambda n: 2 * n, ""),
]


def _shift(runs: list[Run]) -> Iterator[tuple[str, str]]:
    steps = np.concatenate([np.ravel(run.got.astype(float) - run.expected) for run in runs])
    if (
        steps.size > 1
        and np.isfinite(steps).all()
        and abs(steps[0]) > 1e-4
        and np.allclose(steps, steps[0], 1e-6, 1e-9)
    ):
        word = "large" if steps[0] > 0 else "small"
        yield "shift", f"Each number is {abs(steps[0]):.6g} too {word}."


# ---------------------------------------------------------------------- the right answer to another question


def _other_arguments(runs: list[Run], reference: Callable, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    for name, told, change in _changes(runs, names):
        try:
            if all(same(run.got, reference(*change(list(run.case))), 1e-6, 1e-9) for run in runs):
                yield name, told
        except Exception:
            continue


_CHANGES = [
    ("without its sign", np.abs),
    ("with the opposite sign", np.negative),
    ("squared", np.square),
    ("sorted", np.sort),
    ("cut to the range from 0 to 1", lambda a: np.clip(a, 0, 1)),
    ("with 0 in place of what is below 0", lambda a: np.maximum(a, 0)),
    ("rounded to whole numbers", np.round),
]

_LABELS = [("counted from 1", lambda a: a - 1), ("one too high", lambda a: a + 1)]

_PARTS = [
    ("without the first {}", slice(1, None)),
    ("without the last {}", slice(None, -1)),
    ("for the first {} alone", slice(1)),
    *((f"for the first {k} {{many}} alone", slice(k)) for k in range(2, 11)),
    ("for the last {} alone", slice(-1, None)),
    ("for each second {} alone", slice(None, None, 2)),
]


def _changes(runs: list[Run], names: Sequence[str]) -> Iterator[tuple[str, str, Callable]]:
    """Yield other arguments than those given: a name, a sentence, and what makes them of a case."""
    first = runs[0].case
    for (i, one), (j, other) in itertools.combinations(enumerate(names), 2):
        if np.shape(first[i]) == np.shape(first[j]):
            told = f"It is the right answer with `{one}` and `{other}` exchanged."
            yield "exchanged", told, lambda case, i=i, j=j: [case[{i: j, j: i}.get(k, k)] for k in range(len(case))]
    for i, name in enumerate(names):
        if not _numeric(first[i]):
            continue
        for word, rule in _CHANGES if np.asarray(first[i]).dtype.kind == "f" else _LABELS:
            yield "changed argument", f"It is the right answer for `{name}` {word}.", _with(i, rule)
        if np.ndim(first[i]) == 0:
            for value in (0.0, 1.0, 2.0, 0.5, first[i]):
                told = f"It is the right answer for `{name}` = {value:.6g} in each call: use the argument."
                yield "fixed argument", told, _with(i, lambda a, value=value: type(a)(value))
    what, many = ("entry", "entries") if max(map(np.ndim, first)) < 2 else ("row", "rows")
    for word, part in _PARTS:
        told = f"It is the right answer {word.format(what, many=many)}."
        yield f"part of the {many}", told, lambda case, part=part: _cut(case, part)


def _cut(case: Sequence, part: slice) -> list:
    """Return arguments with a part of the examples alone."""
    examples = _examples(case)
    return [a[part] if np.ndim(a) and len(a) == examples else a for a in case]


def _with(place: int, rule: Callable) -> Callable:
    return lambda case: [rule(a) if i == place else a for i, a in enumerate(case)]


def _numeric(one: Any) -> bool:
    return isinstance(one, np.ndarray | int | float | np.number) and np.asarray(one).dtype.kind in "fiu"


def _only_integers(runs: list[Run]) -> Iterator[tuple[str, str]]:
    integers = [
        any(isinstance(one, np.ndarray) and one.ndim and one.dtype.kind in "iu" for one in run.case) for run in runs
    ]
    if any(integers) and not all(integers) and integers == [not same(run.got, run.expected) for run in runs]:
        yield (
            "only integers",
            "It is right but for arrays of integers. What you write into such an array loses its decimals, and "
            "`np.zeros_like` of it is one: `np.zeros(…)` has floats.",
        )


def _only_at_an_end(runs: list[Run]) -> Iterator[tuple[str, str]]:
    if not all(run.got.ndim and len(run.got) > 1 for run in runs):
        return
    wrong = [run for run in runs if not same(run.got, run.expected)]
    if len(wrong) < 2:  # one call alone may be a coincidence
        return
    what = "entry" if all(run.got.ndim == 1 for run in wrong) else "row"
    for word, rest in (("first", slice(1, None)), ("last", slice(None, -1))):
        if all(same(run.got[rest], run.expected[rest]) for run in runs):
            where = "" if any(same(run.got, run.expected) for run in runs) else " in each call"
            yield f"only the {word}", f"It is right except for the {word} {what}{where}."


def _only_where(runs: list[Run], names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Say for which entries of an argument all wrong entries are, if the other entries are right."""
    for place, name in enumerate(names):
        if not all(
            _numeric(run.case[place]) and np.shape(run.case[place]) == run.got.shape and run.got.ndim for run in runs
        ):
            continue
        x = np.concatenate([np.ravel(run.case[place]) for run in runs]).astype(float)
        bad = np.concatenate([np.ravel(~np.isclose(run.got, run.expected, RTOL, ATOL, equal_nan=True)) for run in runs])
        for word, where in (("0", x == 0), ("negative", x < 0), ("positive", x > 0)):
            if where.any() and not where.all() and (bad == where).all():
                yield "only where", f"It is right except where `{name}` is {word}."


def about_number(number: float, right: float) -> str:
    """Say what a wrong number shows without telling the right one; empty if it shows nothing.

    Examples
    --------
    >>> about_number(5.2, 5.169925)
    'It is rounded too much: give more decimals.'
    >>> about_number(-4.0, 4.0)
    'The size is right, the sign is not.'
    """
    if number and any(number == round(right, digits) for digits in range(6)):
        return "It is rounded too much: give more decimals."
    if not number or not right:
        return ""
    factor = number / right
    if same(factor, -1.0, 1e-5):
        return "The size is right, the sign is not."
    if any(same(factor, 10.0**power, 1e-5) for power in (-3, -2, -1, 1, 2, 3)):
        return "The digits are right; the decimal point is in another place."
    if any("log" in cause and same(factor, other, 1e-5) for other, cause in _FACTORS.items()):
        return "The logarithm has another base than it should."
    return "The fraction is upside down." if same(number * right, 1.0, 1e-5) else ""


# ---------------------------------------------------------------------- another shape

_SUMMARIES = [
    ("not averaged", "array", np.mean, "You give one number for each entry; their mean is asked for."),
    ("not added up", "array", np.sum, "You give one number for each entry; their sum is asked for."),
    ("not the largest", "array", np.max, "You give one number for each entry; the largest of them is asked for."),
    ("added up", "number", np.sum, "You add up what should stay one number for each entry."),
    ("averaged", "number", np.mean, "You average what should stay one number for each entry."),
    ("first entry", "number", lambda a: a.flat[0], "That is the first entry alone. Does the loop end too early?"),
    (
        "last entry",
        "number",
        lambda a: a.flat[-1],
        "That is the last entry alone. Does each turn of a loop overwrite it?",
    ),
]


def _other_shape(runs: list[Run]) -> Iterator[tuple[str, str]]:
    if all(run.expected.ndim == 0 for run in runs) and any(run.got.ndim for run in runs):
        for name, kind, summary, told in _SUMMARIES:
            if kind == "array" and all(run.got.size and same(summary(run.got), run.expected) for run in runs):
                yield name, told
        if all(run.got.size and np.isclose(run.got, run.expected, RTOL, ATOL).any() for run in runs):
            yield "one of several", "The right number is among those that you return. Return this one alone."
    if all(run.got.ndim == 0 and run.expected.size for run in runs):
        for name, kind, summary, told in _SUMMARIES:
            if kind == "number" and all(same(run.got, summary(run.expected)) for run in runs):
                yield name, told
    if all(run.got.size == run.expected.size and run.got.ndim for run in runs):
        if all(run.got.ndim == 2 and same(run.got.T, run.expected) for run in runs):
            yield "transposed", "The numbers are right; rows and columns are exchanged. `.T` turns them back."
        elif all(same(run.got.ravel(), run.expected.ravel()) for run in runs):
            yield "shape", "The numbers are right, only their shape is not: `.reshape` or `.ravel` changes it."
    runs = [run for run in runs if not same(run.got, run.expected)]
    if all(run.got.ndim == run.expected.ndim == 1 and 0 < len(run.got) < len(run.expected) for run in runs):
        if all(same(run.got, run.expected[: len(run.got)]) for run in runs):
            yield "end missing", "The first entries are right, the last ones are missing."
        elif all(same(run.got, run.expected[len(run.expected) - len(run.got) :]) for run in runs):
            yield "beginning missing", "The last entries are right, the first ones are missing."
