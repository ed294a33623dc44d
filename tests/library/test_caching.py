"""Results that are kept cannot be changed by one who gets them."""

import inspect
from pathlib import Path

import numpy as np
import pytest

from lossviz import experiments
from lossviz.caching import cached, frozen
from lossviz.course import LESSONS

LESSON_MODULES = [lesson.module for lesson in LESSONS if lesson.ready]


def arrays(value):
    """All arrays in a value."""
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, list | tuple):
        for part in value:
            yield from arrays(part)
    elif isinstance(value, dict):
        yield from arrays(list(value.values()))


def test_a_result_is_computed_once_and_can_only_be_read():
    calls = []

    @cached(maxsize=2)
    def pair(n):
        """Two arrays."""
        calls.append(n)
        return {"one": (np.ones(n), [np.zeros(n)])}

    result = pair(3)
    assert pair(3) is result
    assert calls == [3]
    assert pair.__doc__ == "Two arrays."
    assert [array.flags.writeable for array in arrays(result)] == [False, False]
    pair(1), pair(2), pair(3)
    assert calls == [3, 1, 2, 3], "it keeps two"


def test_what_is_no_array_stays_as_it_is():
    for value in (3, "text", None, {1: "a"}, (1, 2)):
        assert frozen(value) is value


@pytest.mark.parametrize("lesson", LESSON_MODULES)
def test_the_arrays_of_an_experiment_can_only_be_read(lesson):
    module = getattr(experiments, lesson)
    writeable = [name for name, value in vars(module).items() if any(a.flags.writeable for a in arrays(value))]
    assert writeable == []


@pytest.mark.parametrize("lesson", LESSON_MODULES)
def test_what_an_experiment_keeps_can_only_be_read(lesson):
    """Those cached functions that take no arguments are called."""
    for name, function in vars(getattr(experiments, lesson)).items():
        if hasattr(function, "cache_info") and not inspect.signature(function).parameters:
            assert not any(array.flags.writeable for array in arrays(function())), name


def test_an_experiment_keeps_results_in_no_other_way():
    package = Path(inspect.getfile(experiments)).parent
    for path in sorted(package.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        assert "lru_cache" not in source, path
        assert "functools.cache\n" not in source, path
