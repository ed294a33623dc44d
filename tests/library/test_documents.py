"""README and CONTRIBUTING tell the truth: what they show runs, what they name is there."""

import doctest
import re
from pathlib import Path

from lossviz.live import LiveFigure
from lossviz.loss import Loss

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")


def block_with(text, word):
    """The one block of Python code that holds a word."""
    (found,) = (block for block in re.findall(r"```python\n(.*?)```", text, re.S) if word in block)
    return found


def run_last_line(source):
    """Run the block, and return what its last line evaluates to, as a notebook does."""
    names: dict = {}
    head, _, last = source.rstrip().rpartition("\n")
    exec(head, names)
    return eval(last, names)


def test_the_explorer_of_contributing_works_and_is_short():
    source = block_with(CONTRIBUTING, "class Tangent(Scene)")
    figure = run_last_line(source)
    assert isinstance(figure, LiveFigure)
    assert figure.readout == "w = -1.5   slope = -3.0"
    before = figure.frame
    figure.values = {"w": 0.5}
    assert not figure.error
    assert figure.frame != before
    assert figure.readout == "w = 0.5   slope = 1.0"
    body = source[source.index("class") :].strip().splitlines()
    assert len([line for line in body if line.strip()]) <= 12


def test_the_loss_of_contributing_is_a_loss_with_its_gradient():
    names: dict = {}
    exec(block_with(CONTRIBUTING, "def pseudo_huber"), names)
    pseudo_huber = names["pseudo_huber"]
    assert isinstance(pseudo_huber, Loss)
    measured = (pseudo_huber([2 + 1e-6], [0.0]) - pseudo_huber([2 - 1e-6], [0.0])) / 2e-6
    assert abs(measured - pseudo_huber.gradient([2.0], [0.0])[0]) < 1e-8


def test_the_example_of_the_readme_gives_what_it_shows():
    example = doctest.DocTestParser().get_doctest(block_with(README, ">>> huber("), {}, "README", "README.md", 0)
    assert doctest.DocTestRunner(verbose=False).run(example).failed == 0


def test_what_the_readme_and_contributing_name_is_there():
    for text in README, CONTRIBUTING, ARCHITECTURE:
        for path in re.findall(r"`((?:lossviz|tests|tools|benchmarks|notebooks|\.ci)/[\w./]*)`", text):
            assert (ROOT / path).exists(), path
    for script in re.findall(r"python (tools/\w+\.py|benchmarks/\w+\.py)", README):
        assert (ROOT / script).exists(), script


def test_the_picture_of_the_readme_is_there():
    (picture,) = re.findall(r"^!\[.+\]\((.+)\)$", README, re.M)
    assert (ROOT / picture).read_bytes().startswith(b"\x89PNG")
