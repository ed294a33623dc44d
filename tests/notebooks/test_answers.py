"""The exercises in the notebooks: the solution passes, and the stub says that nothing was attempted yet."""

import re
from dataclasses import dataclass

import nbformat
import pytest
from test_rules import PATHS

from lossviz import exercises
from lossviz.exercises.engine import Prediction


@dataclass
class Task:
    """An exercise of a notebook: the code before it, the stub cell, the text under it."""

    name: str
    setup: str
    stub: str
    text: str

    @property
    def solution(self) -> str:
        return re.search(r"<summary>Solution</summary>\s*```python\n(.*?)```", self.text, re.S)[1]

    def feedback(self, answer: str):
        """Run `answer` in place of the stub, and return what the cell's last line gives."""
        names: dict = {}
        exec(self.setup, names)
        exec(answer, names)
        return eval(self.stub.splitlines()[-1], names)


def tasks():
    for path in PATHS:
        cells = nbformat.read(path, as_version=4).cells
        setup = next(cell.source for cell in cells if cell.cell_type == "code")
        for place, cell in enumerate(cells):
            if found := re.search(r"exercises\.(\w+\.\w+)\.check\(", cell.source):
                yield Task(found[1], setup, cell.source, cells[place + 1].source)


TASKS = list(tasks())


@pytest.fixture(params=TASKS, ids=lambda task: task.name)
def task(request):
    return request.param


def test_the_stub_is_not_attempted_yet(task):
    stub = task.stub.rpartition("\n")[0]
    assert task.feedback(stub).verdict == "open"


def test_the_solution_passes(task):
    feedback = task.feedback(task.solution)
    assert feedback.verdict == "right", feedback


def test_two_hints_come_before_the_solution(task):
    assert re.findall(r"<summary>(.*?)</summary>", task.text) == ["Hint 1", "Hint 2", "Solution"]


def test_every_exercise_of_the_library_stands_in_one_notebook():
    checked = [task.name for task in TASKS]
    cells = [cell.source for path in PATHS for cell in nbformat.read(path, as_version=4).cells]
    committed = re.findall(r"exercises\.(\w+\.\w+)\.commit\(", "\n".join(cells))
    known = {f"{module}.{name}": item for module in exercises.__all__ for name, item in exercises.of(module).items()}
    assert sorted(checked) == sorted(name for name, item in known.items() if not isinstance(item, Prediction))
    assert sorted(committed) == sorted(name for name, item in known.items() if isinstance(item, Prediction))
