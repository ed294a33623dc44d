"""The glossary and the map of notebook 00 say what the other notebooks say."""

import re
from pathlib import Path

import nbformat
import pytest

from lossviz.course import LESSONS

FOLDER = Path(__file__).parents[2] / "notebooks"


def prose(name):
    cells = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4).cells
    return "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


def rows():
    table = prose("00_start_here").partition("| English | 한국어 | notebook |\n")[2].partition("\n\n")[0]
    return [tuple(row.strip("| ").split(" | ")) for row in table.splitlines() if row.startswith("| ")]


READY = pytest.mark.parametrize(
    "lesson", [lesson for lesson in LESSONS if lesson.ready], ids=lambda lesson: lesson.name
)


@READY
def test_a_notebook_needs_what_the_map_says(lesson):
    (needs,) = re.findall(r"^\*\*You need\*\*(.*)", prose(lesson.name), re.M)
    assert tuple(re.findall(r"\]\((\d\d)_", needs)) == lesson.needs


def test_terms_stand_once_and_in_order():
    terms = [term for term, *_ in rows()]
    assert len(terms) > 150
    assert terms == sorted(set(terms), key=str.casefold)


def test_each_term_has_its_korean_term_and_a_notebook_of_the_course():
    numbers = {lesson.number for lesson in LESSONS}
    for term, korean, number in rows():
        assert re.search("[가-힣]", korean) or term == "RMSProp", term
        assert number in numbers, term


@READY
def test_the_notebook_explains_its_terms(lesson):
    """At least under one of its names, perhaps in another form: "saturated" for "saturation"."""
    text = prose(lesson.name).casefold()
    for term, _korean, number in rows():
        names = [re.findall(r"\w+", name.casefold()) for name in re.split(r"[(,]", term)]
        said = any(name and all(word[:5] in text for word in name if word != "of") for name in names)
        assert said or number != lesson.number, term
