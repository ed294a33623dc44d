"""Any cell may be run again at the end: it does not fail, and it prints the same.

The cells run here without a kernel, and no picture is drawn: what is tested is names and numbers. After
the whole notebook, its cells run once more from the last to the first, so each finds the names as all others left them.
"""

import ast
import contextlib
import io

import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pytest
from test_rules import PATHS

from lossviz import exercises
from lossviz.live.canvas import Canvas


class Notebook:
    """The cells of a notebook, run in one namespace."""

    def __init__(self, path):
        self.cells = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
        self.names = {"__name__": "__main__", "display": print}

    def run(self, place):
        """Run a cell, and return what it prints and what its last line gives, as a notebook shows it."""
        tree = ast.parse(self.cells[place], filename=f"cell {place}")
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(tree, f"cell {place}", "exec"), self.names)
            value = eval(compile(ast.Expression(last.value), f"cell {place}", "eval"), self.names) if last else None
        silent = value is None or self.cells[place].rstrip().endswith(";")
        return printed.getvalue() + ("" if silent else text(value))


def text(value):
    """What a notebook without pictures shows of a value."""
    bundle = getattr(value, "_repr_mimebundle_", dict)()
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    return data.get("text/plain", repr(value))


@pytest.fixture(params=PATHS, ids=lambda path: path.stem)
def notebook(request, monkeypatch):
    monkeypatch.setattr(plt, "show", lambda: plt.close("all"))
    monkeypatch.setattr(Canvas, "_lay_out", lambda canvas: canvas.figure.set_layout_engine("none"))
    monkeypatch.setattr(Canvas, "render", lambda canvas, values: (canvas.move(values), np.zeros((1, 1, 4), np.uint8)))
    yield Notebook(request.param)
    plt.close("all")
    for lesson in exercises.__all__:
        for item in exercises.of(lesson).values():
            if isinstance(item, exercises.engine.Prediction):
                item.guess = None


def test_any_cell_may_be_run_again_at_the_end(notebook):
    first = [notebook.run(place) for place in range(len(notebook.cells))]
    faults = []
    for place in reversed(range(len(notebook.cells))):
        try:
            again = notebook.run(place)
        except Exception as error:
            again = f"{type(error).__name__}: {error}"
        if again != first[place]:
            faults.append(f"code cell {place}\n{notebook.cells[place]}\n--- first\n{first[place]}\n--- again\n{again}")
    assert not faults, f"{len(faults)} cells\n\n" + "\n\n".join(faults)
