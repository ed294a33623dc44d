"""The rules that every notebook of the course keeps, checked on the committed files."""

import re
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest

import lossviz
from lossviz.course import LESSONS

ROOT = Path(__file__).parents[2]
READY = [lesson for lesson in LESSONS if lesson.ready]
PATHS = [ROOT / "notebooks" / f"{lesson.name}.ipynb" for lesson in READY]
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?")


@pytest.fixture(scope="module", params=PATHS, ids=lambda path: path.stem)
def path(request):
    return request.param


@pytest.fixture(scope="module")
def notebook(path):
    return nbformat.read(path, as_version=4)


@pytest.fixture(scope="module")
def lesson(path):
    return next(lesson for lesson in LESSONS if lesson.name == path.stem)


def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def prose(notebook):
    return [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]


def printed(cell):
    """All text that a cell's outputs show."""
    for output in cell.outputs:
        yield output.get("text", "")
        yield output.get("data", {}).get("text/plain", "")


# ---------------------------------------------------------------------- as executed


def test_the_list_of_lessons_and_the_folder_agree():
    found = sorted((ROOT / "notebooks").glob("*.ipynb"))
    assert [path for path in found if ".my-copy-" not in path.name] == PATHS, "a reader's copies are not lessons"


def test_every_cell_was_executed_once_and_in_order(notebook):
    assert [cell.execution_count for cell in code(notebook)] == list(range(1, len(code(notebook)) + 1))


def test_what_a_cell_prints_is_stored_in_one_piece(notebook):
    """Otherwise the file would change with the time that printing takes."""
    for cell in code(notebook):
        streams = [output.get("name") for output in cell.outputs]
        assert all(not one or one != other for one, other in pairwise(streams)), cell.source


def test_no_cell_failed_or_warned(notebook):
    for cell in code(notebook):
        for output in cell.outputs:
            assert output.output_type != "error", cell.source
            assert output.get("name") != "stderr", f"{cell.source}\n{output.text}"


def test_nothing_of_the_run_is_stored(notebook):
    assert set(notebook.metadata) == {"kernelspec", "language_info"}, "widget state or other metadata"
    assert "version" not in notebook.metadata.language_info
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    for cell in notebook.cells:
        assert set(cell.metadata) <= {"tags", "jupyter"}, cell.source
        for output in cell.get("outputs", []):
            assert not any("widget" in kind for kind in output.get("data", {})), cell.source


def collapsed(cell):
    return cell.metadata.get("jupyter", {}).get("outputs_hidden", False)


def test_the_answer_to_a_guess_is_collapsed_until_its_cell_runs(notebook):
    """The outputs from a guess to its answer, or from the heading of the answer's section if that is far away."""
    cells, hidden, far = notebook.cells, set(), 0
    for guess, cell in enumerate(cells):
        for name in re.findall(r"(exercises\.\w+\.\w+)\.commit\(", cell.source):
            assert not collapsed(cell)
            answer = next(place for place in range(guess, len(cells)) if f"{name}.reveal(" in cells[place].source)
            assert collapsed(cells[answer]), name
            headings = [place for place in range(guess, answer) if cells[place].source.startswith("## ")]
            far += len(headings) > 1
            for place in range(headings[-1] if len(headings) > 1 else guess, answer + 1):
                if cells[place].cell_type == "code" and not re.search(r"\.(check|commit)\(", cells[place].source):
                    hidden.add(place)
    assert [place for place, cell in enumerate(cells) if collapsed(cell)] == sorted(hidden)
    assert far <= 1, "a guess is answered soon"


def test_each_picture_is_followed_by_its_summary_in_words(notebook):
    for cell in code(notebook):
        for place, output in enumerate(cell.outputs):
            if "image/png" not in output.get("data", {}):
                continue
            own = output.data["text/plain"]
            after = [later.text for later in cell.outputs[place + 1 :] if later.output_type == "stream"]
            assert not own.startswith("<Figure") or after, f"print a summary after plt.show() in\n{cell.source}"


# ---------------------------------------------------------------------- as written


def test_opening(notebook, lesson):
    opening = notebook.cells[0].source
    assert opening.startswith(f"# {lesson.number} · {lesson.title}"), "title"
    assert re.search(r"^\*\*.+\*\*$", opening, re.M), "the promise, one bold sentence"
    assert 3 <= len(re.findall(r"^- ", opening, re.M)) <= 5, "three to five things to be able to do"
    assert "**You need**" in opening
    assert f"about {lesson.minutes} minutes" in opening


def test_closing(notebook):
    closing = notebook.cells[-1].source
    summary, test, sources = re.findall(
        r"^## (?:Summary|Test yourself|Sources)\n(.*?)(?=^## |^---)", closing, re.M | re.S
    )
    assert re.findall(r"^(\d)\. ", summary, re.M) == list("12345"), "a summary in five lines"
    assert test.count("<details>") == 3, "three questions to test oneself"
    assert sources.count("\n- ") >= 2, "sources"


def test_navigation(notebook, lesson):
    place, ways = LESSONS.index(lesson), []
    if place > 0:
        before = LESSONS[place - 1]
        ways.append(f"[← {before.number} · {before.title}]({before.name}.ipynb)")
    if place > 1:
        ways.append("[00 · Start here (the map)](00_start_here.ipynb)")
    if place + 1 < len(LESSONS):
        after = LESSONS[place + 1]
        name = f"{after.number} · {after.title}"
        ways.append(f"[{name} →]({after.name}.ipynb)" if after.ready else f"{name}, in preparation")
    *_, last_line = notebook.cells[-1].source.splitlines()
    assert last_line == " · ".join(ways)


@pytest.mark.parametrize("source", [*PATHS, ROOT / "README.md", ROOT / "CONTRIBUTING.md"], ids=lambda path: path.name)
def test_links_lead_to_files_that_are_there(source):
    if source.suffix == ".ipynb":
        texts = prose(nbformat.read(source, as_version=4))
    else:
        texts = [source.read_text(encoding="utf-8")]
    for target in LINK.findall("\n".join(texts)):
        if target.startswith("http"):
            continue
        later = [lesson.name for lesson in LESSONS if not lesson.ready]
        assert (source.parent / target).exists() or Path(target).stem in later, target


def test_a_link_to_a_notebook_in_preparation_says_so(notebook):
    for text in prose(notebook):
        for lesson in LESSONS:
            if not lesson.ready and f"({lesson.name}.ipynb)" in text:
                pytest.fail(f"{lesson.name} is not there yet: name it without a link")


def test_the_first_code_cell_is_the_same_everywhere(notebook):
    first = nbformat.read(PATHS[0], as_version=4)
    assert code(notebook)[0].source == code(first)[0].source


# the names that a notebook uses from the layers: an explorer by its own name, everything else as layer.lesson.name
LESSONS_USE = re.compile(r"(?<![\w.])(experiments|plots|exercises)\b(?:\.(\w+))?(?:\.(\w+))?")
EXPLORERS_USE = re.compile(r"(?<![\w.])explore\b(?:\.(\w+))?(.?)")


def test_a_notebook_names_what_it_uses_of_the_library_in_one_way(notebook):
    modules = {lesson.module for lesson in READY}
    for cell in code(notebook):
        source = "\n".join(line for line in cell.source.splitlines() if not line.startswith(("from ", "import ")))
        for layer, module, name in LESSONS_USE.findall(source):
            assert module in modules, f"{layer}.{module} in\n{cell.source}"
            assert hasattr(getattr(getattr(lossviz, layer), module), name), f"{layer}.{module}.{name}"
        for name, after in EXPLORERS_USE.findall(source):
            assert name in (*lossviz.explore.__all__, "progress"), f"explore.{name} in\n{cell.source}"
            assert after == "(", f"explore.{name}{after} in\n{cell.source}"


def test_code_cells_are_short(notebook):
    for cell in code(notebook):
        lines = [line for line in cell.source.splitlines() if line.strip()]
        assert len(lines) <= 10, cell.source
        assert max(map(len, lines)) <= 100, cell.source


def test_numbers_in_prose_come_out_of_a_cell(notebook):
    """Decimals, and whole numbers of three digits and more, must stand in some output of the notebook."""
    outputs = "\n".join(text for cell in code(notebook) for text in printed(cell))
    shown = {Decimal(number) for number in NUMBER.findall(outputs)}
    for text in prose(notebook):
        text = re.sub(r"^## Sources\n.*?^---", "", text, flags=re.M | re.S)
        text = re.sub(r"```.*?```|`[^`]*`|\]\([^)]*\)", " ", text, flags=re.S)
        text = text.replace(r"\,", " ").replace("{,}", "")
        for number in NUMBER.findall(text):
            if "." in number or len(number) >= 3:
                assert Decimal(number) in shown, f"{number} is in no output; it stands in:\n{text}"


def test_a_guess_is_answered_further_down(notebook):
    cells = [cell.source for cell in code(notebook)]
    for place, source in enumerate(cells):
        for name in re.findall(r"(exercises\.\w+\.\w+)\.commit\(", source):
            assert any(f"{name}.reveal()" in later for later in cells[place + 1 :]), name


# ---------------------------------------------------------------------- the maps


def test_the_readme_lists_the_notebooks_with_their_minutes():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \[(\d\d) · ([^\]]+)\]\(notebooks/(\w+)\.ipynb\) \|.*\| (\d+) \|$", readme, re.M)
    assert rows == [(lesson.number, lesson.title, lesson.name, str(lesson.minutes)) for lesson in READY]
    for lesson in LESSONS:
        if not lesson.ready:
            assert lesson.title in readme, f"{lesson.title} is announced nowhere"
