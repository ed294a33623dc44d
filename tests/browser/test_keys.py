"""What happens to the keys that a reader presses on a live figure, in the applications that readers use."""

import lab
import nbformat
import pytest
from test_live import DEFINE, OTHER, SCENES, SHOW, show, write_notebook

LETTERS = "abcdefghijklmnopqrstuvwxyzABDHIJKLMPSVXZ"
ON_CELLS = (*LETTERS, *"0123456789", "dd", "00", "ii", "Delete", "Enter", "Backspace")  # what acts on cells or Python
MOVES = {"ArrowLeft": -1, "ArrowRight": 1, "ArrowDown": -1, "ArrowUp": 1, "Home": -5, "End": 5}  # in steps, from 5

STEPPED = """
class Stepped(Dot):
    controls = [Range("x", "position x", 0, 10, step=1, value=5), Range("y", "position y", 0, 1, step=0.5, value=0.5)]
"""


@pytest.fixture(scope="module", params=["lab", "notebook"])
def opened(request, chromium):
    server = request.getfixturevalue("server" if request.param == "lab" else "notebook_7")
    write_notebook(server.folder / "keys.ipynb", *map(nbformat.v4.new_code_cell, (SCENES + STEPPED, "", "")))
    with lab.open_notebook(chromium, server, "keys.ipynb") as notebook:
        yield notebook


@pytest.fixture
def notebook(opened):
    opened.run(DEFINE)
    return opened


def around(notebook: lab.Notebook) -> tuple:
    """What a key may not change: the cells, which of them is active, and the kernel."""
    state = "panel => [panel.content.activeCellIndex, panel.content.mode, panel.sessionContext.session.kernel.id]"
    return notebook.cells(), notebook._do(state), notebook.page.locator(".jp-Dialog").count()


def test_keys_typed_on_a_control_stay_out_of_the_notebook(notebook):
    figure = show(notebook, "LiveFigure(Everything())")
    before = around(notebook)
    for control in figure.controls():
        for element in control.row.locator("input, select, button").all() or [control.input]:
            for keys in ON_CELLS:
                element.focus()
                press = notebook.page.keyboard.type if len(keys) <= 2 else notebook.page.keyboard.press
                press(keys)
            assert around(notebook) == before, f"{control.label}"


def test_an_arrow_moves_a_slider_one_step_and_nothing_else(notebook):
    figure = show(notebook, "LiveFigure(Stepped())")
    slider = figure.control("position x")
    before = around(notebook)
    slider.input.click()
    for key, steps in MOVES.items():
        slider.set("5")
        slider.press(key)
        assert (slider.value, figure.readout) == (str(5 + steps), f"x = {5 + steps}.00, y = 0.50")
        assert slider.input.evaluate("input => input === document.activeElement"), key
    assert around(notebook) == before


def test_the_keyboard_leads_into_a_figure_and_out_again(notebook):
    figure = show(notebook, "LiveFigure(Stepped())")
    first, last = (control.input for control in figure.controls())
    focus_inside = "box => box.contains(document.activeElement)"
    first.focus()
    notebook.page.keyboard.press("Tab")
    assert last.evaluate("input => input === document.activeElement")
    notebook.page.keyboard.press("Tab")
    assert not figure.box.evaluate(focus_inside)
    last.focus()
    notebook.page.keyboard.press("Escape")
    assert not figure.box.evaluate(focus_inside)
    count = len(notebook.cells())
    notebook.page.keyboard.press("b")  # the notebook's keys are the notebook's again
    assert len(notebook.cells()) == count + 1
    notebook.page.keyboard.type("dd")
    assert len(notebook.cells()) == count


def test_the_shortcuts_for_running_and_saving_work_on_a_control(notebook):
    figure = show(notebook, "LiveFigure(Dot())")
    count = notebook.cells()[SHOW].execution_count
    figure.control("position x").input.press("Shift+Enter")
    notebook.wait_for(f"panel => panel.content.model.cells.get({SHOW}).executionCount === {count + 1}")
    notebook.write(OTHER, "# not saved yet")
    notebook.wait_for("panel => panel.context.model.dirty")
    notebook.figure().control("position x").input.press("ControlOrMeta+s")
    notebook.wait_for("panel => !panel.context.model.dirty")


def test_a_figure_that_is_gone_listens_to_nothing(notebook):
    notebook.page.evaluate("""() => {
      window.listening ??= new Set();
      for (const [name, does] of [["addEventListener", "add"], ["removeEventListener", "delete"]]) {
        const own = (window[`own ${name}`] ??= window[name]);
        window[name] = (type, call, ...more) => {
          if (type === "keydown") window.listening[does](call);
          return own.call(window, type, call, ...more);
        };
      }
    }""")
    listening = "() => window.listening.size"
    figure = show(notebook, "display(LiveFigure(Dot()), LiveFigure(Dot()))")
    for each in notebook.figures():
        each.control("position x").input.focus()
        assert notebook.page.evaluate(listening) == 1
    figure = show(notebook, "LiveFigure(Dot())")
    figure.control("position x").input.focus()
    assert notebook.page.evaluate(listening) == 1
    notebook.run(OTHER)
    show(notebook, "LiveFigure(Dot())")  # the one that had the focus leaves the page
    assert notebook.page.evaluate(listening) == 0
