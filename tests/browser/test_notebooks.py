"""Every notebook of the course in a real JupyterLab: run it, then move every control of every figure by keyboard.

A few of them in Notebook 7 too.
"""

import re

import lab
import pytest

from lossviz.course import LESSONS

NOTEBOOKS = [f"{lesson.name}.ipynb" for lesson in LESSONS if lesson.ready]

# radio buttons go round: as many arrows as there are options lead back to the first choice
BOTH_ENDS_AND_BACK = {"range": ["Home", "End", "ArrowLeft"], "checkbox": ["Space", "Space"], "button": ["Enter"]}
AWAY = {"range": "End", "checkbox": "Space", "button": "Enter", "radio": "ArrowDown"}


@pytest.fixture(scope="module", params=NOTEBOOKS)
def notebook(request, server, chromium):
    """A notebook that was opened, read as it was stored (`stored`: the text of its outputs), and then run.

    `before` has the places of the cells whose outputs were collapsed before.
    """
    with lab.open_notebook(chromium, server, request.param) as notebook:
        notebook.trust()
        notebook.stored = notebook.page.locator(".jp-OutputArea-output").all_inner_texts()
        notebook.before = notebook.hidden()
        notebook.run_all()
        yield notebook


def test_it_can_be_read_before_it_is_run(notebook):
    assert notebook.stored, "it is stored without outputs"
    assert not [text for text in notebook.stored if re.search("(Loading|Error displaying) widget", text)]


def test_every_cell_runs(notebook):
    code = [cell for cell in notebook.cells() if cell.type == "code" and cell.source.strip()]
    errors = [output for cell in code for output in cell.outputs if output["output_type"] == "error"]
    assert [f"{error['ename']}: {error['evalue']}" for error in errors] == []
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    if any("explore." in cell.source for cell in code):
        assert notebook.figures(), "its cells name explorers, but no live figure is shown"


def test_answers_are_collapsed_until_their_cells_run(notebook):
    answers = [place for place, cell in enumerate(notebook.cells()) if ".reveal()" in cell.source]
    assert set(answers) <= set(notebook.before)
    assert notebook.hidden() == []


def test_every_control_changes_its_figure(notebook):
    problems = []
    for figure in notebook.figures():
        figure.wait_ready()
        start = [(control, control.value) for control in figure.controls()]
        for control, _ in start:
            problems += [f"{figure.title}, {control.label}: {problem}" for problem in what_fails(control)]
            for other, value in start:  # the effect of a control must not depend on the place of the one before
                other.set(value)
    assert problems == []


def what_fails(control: lab.Control) -> list[str]:
    """Move a control by keyboard to both ends and back; return what its figure fails to do."""
    figure, problems, useful = control.figure, [], False
    before = figure.readout, figure.pixels()
    for moved, key in moves(control):
        value = moved.value
        moved.press(key)
        after = figure.readout, figure.pixels()
        if moved.label == control.label:
            useful |= after[0] != before[0] and after[1] != before[1]
            # between two ends the picture must change; one step of a slider may be too small to see
            if moved.value != value and after == before and key != "ArrowLeft":
                problems.append(f"{key} changes neither picture nor readout")
        if figure.note:
            problems.append(f"{key} on {moved.label} brings up the note {figure.note!r}")
        before = after
    return problems if useful else [*problems, "no move changes both picture and readout"]


def moves(control: lab.Control) -> list[tuple[lab.Control, str]]:
    if control.kind == "radio":
        return [(control, "ArrowDown")] * control.row.locator("input").count()
    own = [(control, key) for key in BOTH_ENDS_AND_BACK[control.kind]]
    if control.kind != "button":
        return own
    # "start again" does nothing at the start: a button is pressed once more when everything else has moved
    others = [other for other in control.figure.controls() if other.label != control.label]
    return own + [(other, AWAY[other.kind]) for other in others] + own


def test_every_film_plays_and_can_be_stepped_through_by_keyboard(notebook):
    for figure in notebook.figures():
        if not figure.box.locator(".lossviz-play").count():
            continue
        figure.wait_ready()
        row = figure.box.locator(".lossviz-play")
        slider, (play, back, on) = row.locator("input"), row.get_by_role("button").all()
        at = lambda slider=slider: int(slider.input_value())  # noqa: E731
        start = at()
        row.get_by_label("speed").focus()
        notebook.page.keyboard.press("ArrowDown")
        assert row.get_by_label("speed").input_value() == "2"
        slider.press("Home")
        figure.wait_ready()
        begin = figure.readout, figure.pixels()
        play.press("Enter")
        figure.wait_for("box => Number(box.querySelector('.lossviz-play input').value) >= 3")
        if row.get_attribute("data-playing") == "true":
            play.press("Enter")
        figure.wait_ready()
        paused = at()
        assert (figure.readout, figure.pixels()) != begin, f"{figure.title}: the film shows one picture"
        back.press("Enter")
        figure.wait_ready()
        assert at() == paused - 1
        on.press("Enter")
        figure.wait_ready()
        assert at() == paused
        assert figure.note == ""
        slider.fill(str(start))
        figure.wait_ready()


@pytest.mark.parametrize("name", [name for name in NOTEBOOKS if name[:2] in ("00", "05", "09")])
def test_notebook_7_leaves_every_control_its_keys(name, notebook_7, chromium):
    """Three figures of each notebook: what a key then does is the same in both applications, and tested above."""
    with lab.open_notebook(chromium, notebook_7, name) as notebook:
        assert notebook.hidden(), "the answers to the guesses"
        notebook.run_all()
        assert notebook.hidden() == [], "a cell that has run shows its output"
        figures, before = notebook.figures()[:3], notebook.cells()
        assert figures
        for figure in figures:
            figure.wait_ready()
            for control in figure.controls():
                assert keys_that_fail(control) == [], f"{figure.title}, {control.label}"
            figure.wait_ready()
            assert figure.note == ""
        assert notebook.cells() == before


def keys_that_fail(control: lab.Control) -> list[str]:
    """Move a control to both ends without waiting for the pictures; return the keys that do not move it."""
    if control.kind == "button":
        control.input.press("Enter")
        return []
    ends = {"Home": "min", "End": "max"} if control.kind == "range" else {}
    failed = []
    for key in ends or [{"checkbox": "Space", "radio": "ArrowDown"}[control.kind]]:
        before = control.value
        control.input.press(key)
        expected = control.input.get_attribute(ends[key]) if ends else None
        if control.value != expected if ends else control.value == before:
            failed.append(key)
    return failed


def test_its_figures_are_accessible(notebook, accessibility):
    assert [problem for figure in notebook.figures() for problem in accessibility(figure)] == []


def test_nothing_went_wrong_behind_the_scenes(notebook):
    """This test is the last, so that it also sees what went wrong in the tests above."""
    assert notebook.console_errors == []
    assert notebook.outside_requests == []
