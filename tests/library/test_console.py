"""Whatever we say can be printed on any console: with other letters where it lacks ours."""

import io
import sys

import pytest

from lossviz import environment, exercises
from lossviz.console import printable
from lossviz.exercises.engine import Exercise, Prediction

CONSOLES = ["ascii", "cp949", "cp1252", "latin-1", "utf-8", "utf-16"]


@pytest.fixture(params=CONSOLES)
def console(request, monkeypatch):
    stream = io.TextIOWrapper(io.BytesIO(), encoding=request.param, write_through=True)
    monkeypatch.setattr(sys, "stdout", stream)
    return stream


def test_unknown_letters_have_another_form(monkeypatch):
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="ascii"))
    assert printable("✓ Right. w = −1 → 2 … ŷ") == "+ Right. w = -1 -> 2 ... ?"


def test_all_feedback_can_be_printed(console):
    for lesson in exercises.__all__:
        for item in exercises.of(lesson).values():
            if isinstance(item, Prediction):
                print(item.commit(...), item.commit("?"), item.reveal())
                continue
            print(item.check(...), item.check(item.reference if isinstance(item, Exercise) else item.answer))
            print(item.check(lambda *arguments: None), repr(item.check("−")))


def test_the_report_can_be_printed(console, monkeypatch):
    monkeypatch.setattr(environment, "version", lambda name: "0.1")
    print(environment.report())


def test_without_a_console_nothing_fails(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    assert printable("→") == "→"
