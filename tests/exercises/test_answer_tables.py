"""The tables of near misses and right answers to each exercise, written by hand: `answers_<lesson>.py`.

NEAR_MISSES and RIGHT hold, for each exercise, answers by what they are. A near miss is refused. If it is a pair, its
second part is the name of the mistake that the reader is told. RIGHT answers are accepted.
"""

import importlib

import numpy as np
import pytest

from lossviz import exercises

TABLES = {lesson: importlib.import_module(f"answers_{lesson}") for lesson in exercises.__all__}


def rows(which):
    for lesson, table in TABLES.items():
        for name, answers in getattr(table, which).items():
            for word, answer in answers.items():
                yield pytest.param(exercises.of(lesson)[name], answer, id=f"{lesson}.{name}-{word}")


def check(item, answer):
    with np.errstate(all="ignore"):
        return item.check(answer)


@pytest.mark.parametrize(("item", "answer"), list(rows("NEAR_MISSES")))
def test_a_near_miss_is_refused_and_named(item, answer):
    answer, told = answer if isinstance(answer, tuple) else (answer, None)
    feedback = check(item, answer)
    assert feedback.verdict in ("wrong", "unclear")
    if told is not None:
        assert feedback.misconception == told, feedback


@pytest.mark.parametrize(("item", "answer"), list(rows("RIGHT")))
def test_a_right_answer_is_taken(item, answer):
    feedback = check(item, answer)
    assert feedback.verdict == "right", feedback


@pytest.mark.parametrize("lesson", exercises.__all__)
def test_each_exercise_has_its_rows(lesson):
    checked = {name for name, item in exercises.of(lesson).items() if not isinstance(item, exercises.engine.Prediction)}
    assert set(TABLES[lesson].RIGHT) == set(TABLES[lesson].NEAR_MISSES) == checked
