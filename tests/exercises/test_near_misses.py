"""Mechanical near misses: each is made of a reference, and the exercise's own cases must refuse it.

What another answer is for one exercise can be the same answer for another: sorted values have the same mean. Each table
`answers_<lesson>.py` lists under HARMLESS the changes that change nothing for any legal arguments. An entry of it that
is refused fails too, so the lists stay true.
"""

import copy
import importlib
import re

import numpy as np
import pytest

from lossviz import exercises
from lossviz.exercises.engine import Exercise

pytestmark = pytest.mark.filterwarnings("ignore::RuntimeWarning")  # a near miss may average nothing

ITEMS = {
    f"{lesson}.{name}": item
    for lesson in exercises.__all__
    for name, item in exercises.of(lesson).items()
    if isinstance(item, Exercise)
}


def table(name):
    lesson = name.partition(".")[0]
    return importlib.import_module(f"answers_{lesson}")


def on_results(item, change):
    """The reference with each of its results changed."""

    def answer(*case):
        found = item.reference(*case)
        return tuple(map(change, found)) if item.results else change(np.asarray(found))

    return answer


def on_arguments(item, change):
    def answer(*case):
        return item.reference(*change(list(copy.deepcopy(case))))

    return answer


def cut(case, part):
    """Arguments with a part of the examples alone; arrays as long as the first are rows of examples."""
    length = next((len(one) for one in case if np.ndim(one)), None)
    return [one[part] if np.ndim(one) and len(one) == length else one for one in case]


def cut_columns(case, part):
    """Arguments with a part of the columns alone."""
    return [one[..., part] if np.ndim(one) == 2 else one for one in case]


def at(place, rule):
    return lambda case: [rule(one) if i == place else one for i, one in enumerate(case)]


def ordered(case):
    """All arrays of examples, put in the order of the first one's numbers."""
    first = next(np.asarray(one) for one in case if np.ndim(one))
    order = np.argsort(first if first.ndim == 1 else first[:, 0], kind="stable")
    return [one[order] if np.ndim(one) and len(one) == len(first) else one for one in case]


def floats(one):
    return isinstance(one, np.ndarray) and one.dtype.kind == "f"


def numeric(one):
    return isinstance(one, np.ndarray | int | float) and np.asarray(one).dtype.kind in "fiu"


RANGES = [(0, np.inf), (-np.inf, 0), (-1, 1), (0, 1), (-10, 10), (-100, 100), (1e-7, np.inf), (0.01, np.inf)]


def near_misses(item):
    """Yield each change with its name and the wrong function that it makes of the reference."""
    first = item.cases[0]
    for digits in range(5):
        yield f"rounded to {digits} digits", on_results(item, lambda a, digits=digits: np.round(a, digits))
    yield "rounded to 6 digits", on_results(item, lambda a: np.round(a, 6))
    yield "floored", on_results(item, np.floor)
    yield "as integers", on_results(item, lambda a: np.asarray(a).astype(np.int64))
    for low, high in (
        (0, np.inf),
        (-np.inf, 0),
        (-1, 1),
        (0, 1),
        (-10, 10),
        (-100, 100),
        (1e-7, np.inf),
        (0.01, np.inf),
    ):
        yield f"clipped to {low} … {high}", on_results(item, lambda a, low=low, high=high: np.clip(a, low, high))
    yield "the answer of the first case", lambda *case: item.reference(*copy.deepcopy(first))
    yield "without its sign", on_results(item, np.abs)
    for factor in (1 + 1e-5, 1 - 1e-3):
        yield f"times {factor}", on_results(item, lambda a, factor=factor: a * factor)
    yield "plus 1e-6", on_results(item, lambda a: a + 1e-6)
    if any(np.ndim(one) for one in first):
        for count in (1, 2, 3, 4, 5, 8, 10):
            change = lambda case, count=count: cut(case, slice(count))  # noqa: E731
            yield f"the first {count} examples", on_arguments(item, change)
        yield "the first example skipped", on_arguments(item, lambda case: cut(case, slice(1, None)))
        yield "the last example skipped", on_arguments(item, lambda case: cut(case, slice(None, -1)))
        yield "the examples sorted", on_arguments(item, ordered)
    if any(np.ndim(one) == 2 for one in first):
        for count in (1, 2, 3):
            change = lambda case, count=count: cut_columns(case, slice(count))  # noqa: E731
            yield f"the first {count} columns", on_arguments(item, change)
        yield "the last column skipped", on_arguments(item, lambda case: cut_columns(case, slice(None, -1)))
    for i, name in enumerate(item.arguments):
        yield from changed_argument(item, i, name)


def changed_argument(item, i, name):
    """Yield what goes wrong with one argument: hard-coded, cut, sorted, rounded, without its sign."""
    first = item.cases[0][i]
    if not numeric(first):
        return
    yield f"{name} of the first case", on_arguments(item, at(i, lambda _: copy.deepcopy(first)))
    if np.ndim(first) == 0:
        for value in (0, 1, 2, 0.5, 0.1):
            yield f"{name} = {value}", on_arguments(item, at(i, lambda a, value=value: type(a)(value)))
    else:
        yield f"{name} sorted", on_arguments(item, at(i, lambda a: np.sort(a, axis=0)))
        yield f"{name} without repeated entries", on_arguments(item, at(i, lambda a: np.unique(a, axis=0)))
    hair = 1e-5 if item.within else 1e-7  # what a search finds is taken to six digits
    for word, rule in {**RULES, "plus a hair": lambda a: a + hair}.items():
        yield f"{name} {word}", on_arguments(item, at(i, rule))


RULES = {
    "without its sign": np.abs,
    "rounded": np.round,
    "rounded to 1 digit": lambda a: np.round(a, 1),
    "with 0 for negative": lambda a: np.maximum(a, 0),
    "at most 1": lambda a: np.minimum(a, 1),
    "clipped to ±10": lambda a: np.clip(a, -10, 10),
    "with 0 for small": lambda a: np.where(np.abs(a) < 0.02, 0, a),
    "with 1e-7 for 0": lambda a: np.where(a == 0, 1e-7, a),
}


CASES = [(name, word, answer) for name, item in ITEMS.items() for word, answer in near_misses(item)]


def quietly(answer):
    def run(*case):
        with np.errstate(all="ignore"):
            return answer(*case)

    return run


@pytest.mark.parametrize("name", ITEMS)
def test_each_near_miss_is_refused(name):
    """And what the reader is told can be read: no line is too long, and none is of the checker's own code."""
    item, harmless = ITEMS[name], set(table(name).HARMLESS.get(name.partition(".")[2], {}))
    feedback = {word: item.check(quietly(answer)) for other, word, answer in CASES if other == name}
    assert harmless <= set(feedback), "HARMLESS names a change that does not exist"
    taken = {word for word, said in feedback.items() if said.verdict == "right"}
    assert taken - harmless == set(), "wrong, and accepted"
    assert harmless - taken == set(), "listed as harmless, and refused"
    for word, said in feedback.items():
        assert not re.search(r"engine\.py|Traceback", said.text), word
        assert max(map(len, said.text.splitlines())) < 400, f"{word}\n{said}"


# ---------------------------------------------------------------------- what a right answer may look like


def as_list(answer):
    return answer.tolist() if isinstance(answer, np.ndarray) else answer


STYLES = {
    "lists": as_list,
    "tuples of numbers": lambda a: tuple(a) if np.ndim(a) else a,
    "0-d arrays": np.asarray,
    "one entry": lambda a: np.atleast_1d(a),
    "a list of one": lambda a: [float(a)] if np.ndim(a) == 0 else a,
    "NumPy's numbers": lambda a: np.float64(a) if np.ndim(a) == 0 else a,
    "float32": lambda a: np.asarray(a, dtype=np.float32),
    "floats that were float32": lambda a: np.asarray(a, dtype=np.float32).astype(float),
    "objects": lambda a: np.asarray(a, dtype=object),
}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", ITEMS)
def test_a_right_answer_is_taken_in_each_style(name, style):
    feedback = ITEMS[name].check(on_results(ITEMS[name], STYLES[style]))
    assert feedback.verdict == "right", feedback


@pytest.mark.parametrize("name", ITEMS)
def test_an_answer_calculated_in_float32_is_right(name):
    item = ITEMS[name]

    def single(*case):
        with np.errstate(all="ignore"):
            given = [
                one.astype(np.float32) if isinstance(one, np.ndarray) and one.dtype.kind == "f" else one for one in case
            ]
            found = item.reference(*given)
        return found if item.results else np.float32(found)

    feedback = item.check(single)
    assert feedback.verdict == "right", feedback


# ---------------------------------------------------------------------- what the checker says at once


@pytest.mark.parametrize("name", ITEMS)
def test_an_argument_changed_by_a_hair_is_seen(name):
    item = ITEMS[name]

    def answer(*case):
        found = item.reference(*copy.deepcopy(case))
        for one in case:
            if floats(one):
                one.flat[-1] = np.nextafter(one.flat[-1], np.inf)
        return found

    if any(floats(one) for case in item.cases for one in case):
        assert "changes its arguments" in str(item.check(answer))


@pytest.mark.parametrize("name", ITEMS)
def test_an_exception_in_a_later_case_hides_no_mistake_and_no_success(name):
    item = ITEMS[name]
    last = len(item.cases) - 1

    def stops_at_the_last(rule):
        calls = iter(range(len(item.cases)))

        def answer(*case):
            if next(calls) == last:
                raise ZeroDivisionError("division by zero")
            with np.errstate(all="ignore"):
                return rule(*case)

        return answer

    feedback = item.check(stops_at_the_last(item.reference))
    assert feedback.verdict == "wrong"
    assert "ZeroDivisionError" in feedback.text
    for wrong in item.misconceptions:
        rule = wrong.answers[0]
        with np.errstate(all="ignore"):
            early = [item.check(rule).misconception == wrong.name]
        feedback = item.check(stops_at_the_last(rule))
        assert feedback.verdict == "wrong"
        assert "ZeroDivisionError" in feedback.text or not all(early)
