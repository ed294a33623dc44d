"""Starting a notebook afresh: what was typed is always kept, the original comes back with git and without."""

import datetime
import json
import os
import re
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace

import pytest

from lossviz import __main__ as command_line
from lossviz import notebooks
from lossviz.course import LESSONS
from lossviz.notebooks import fresh, git
from lossviz.notebooks.copies import bare, keep, same_words, typed

ROOT = Path(__file__).parents[2]
READY = [lesson.name for lesson in LESSONS if lesson.ready]
NAME = "03_entropy"
FILE = f"{NAME}.ipynb"
STORED = (ROOT / "notebooks" / FILE).read_bytes()
PACKED = files("lossviz").joinpath("notebooks", "originals", f"{NAME}.json").read_bytes()
TODAY = datetime.date.today().isoformat()


def answered(content=STORED, words="my own answer: 답"):
    """A notebook as a reader has left it: a cell changed, a cell run again, spaces where JupyterLab sets them."""
    notebook = json.loads(content)
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    code[1]["source"] = [words]
    code[2]["execution_count"] = 99
    return json.dumps(notebook, indent=1, ensure_ascii=False).encode()


@pytest.fixture(params=["course", "한글 폴더 with spaces"])
def course(request, tmp_path, monkeypatch):
    """A course without git, in a folder of its own."""
    folder = tmp_path / request.param
    (folder / "notebooks").mkdir(parents=True)
    (folder / "notebooks" / FILE).write_bytes(answered())
    monkeypatch.setattr(git, "COURSE", folder)
    monkeypatch.chdir(tmp_path)
    return folder


def committed(folder):
    """Make a git repository of a course, with the notebook as the course has it, and the reader's answers on top."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    path = folder / "notebooks" / FILE
    mine = path.read_bytes()
    path.write_bytes(STORED)
    as_somebody = ["-c", "user.name=a", "-c", "user.email=a@b.c"]
    for words in ["init", "-q"], ["add", "."], [*as_somebody, "commit", "-qm", "course"]:
        git.git(*words, course=folder)
    path.write_bytes(mine)


def found(folder):
    return sorted(path.name for path in (folder / "notebooks").iterdir())


# ---------------------------------------------------------------------- the originals in the package


@pytest.mark.parametrize("name", READY)
def test_the_package_has_each_notebook_without_its_results(name):
    stored = (ROOT / "notebooks" / f"{name}.ipynb").read_bytes()
    packed = files("lossviz").joinpath("notebooks", "originals", f"{name}.json").read_bytes()
    assert json.loads(packed) == bare(json.loads(stored)), f"python tools/notebooks.py tidy {name} writes it"
    assert same_words(packed, stored)


def test_the_package_has_no_other_originals():
    names = {Path(each.name).stem for each in files("lossviz").joinpath("notebooks", "originals").iterdir()}
    assert names == set(READY)


# ---------------------------------------------------------------------- what counts as typed


def test_results_and_empty_cells_are_not_typed_but_every_letter_is():
    run = json.loads(STORED)
    for number, cell in enumerate(run["cells"]):
        cell["metadata"] = {"collapsed": True}
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": number}
    run["cells"].append({"cell_type": "code", "source": [], "outputs": [], "metadata": {}, "execution_count": None})
    assert same_words(json.dumps(run).encode(), STORED)
    assert not same_words(answered(words="1"), STORED)
    assert not same_words(answered(words="1"), answered(words="1 "))


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"cells": [1]}', b"\xff\xfe", b"<<<<<<< ours", None])
def test_a_file_that_is_not_a_notebook_is_the_same_only_as_itself(content):
    assert typed(content) is None
    assert same_words(content, content)
    assert not same_words(content, STORED)
    assert not same_words(content, b"also not a notebook")


def test_a_picture_in_a_cell_is_typed():
    cell = {"cell_type": "markdown", "source": "", "attachments": {"a.png": {"image/png": "AAAA"}}}
    assert typed(json.dumps({"cells": [cell]}).encode())


# ---------------------------------------------------------------------- copies


def test_a_copy_never_overwrites_a_file(tmp_path):
    names = [keep(tmp_path / FILE, bytes([number])).name for number in range(3)]
    assert names == [f"{NAME}.my-copy-{TODAY}{end}.ipynb" for end in ("", "-2", "-3")]
    assert [(tmp_path / name).read_bytes() for name in names] == [b"\x00", b"\x01", b"\x02"]


def test_copies_are_not_lessons():
    """Whatever lists the notebooks of a course takes them from the list of lessons: a folder may hold copies."""
    exception = ROOT / "tests" / "notebooks" / "test_rules.py"  # compares the folder with the list
    for path in (
        path for folder in ("tests", "tools", "benchmarks", "lossviz") for path in (ROOT / folder).rglob("*.py")
    ):
        if path not in {exception, Path(__file__).resolve()}:
            assert not re.search(r"glob\(.*ipynb", path.read_text(encoding="utf-8")), path


def test_pytest_and_git_leave_copies_out(tmp_path):
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (pattern,) = re.findall(r"--ignore-glob=(\S+?)[\s\"]", settings)
    copy = keep(tmp_path / FILE, b"").name
    assert pattern in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert Path(copy).match(pattern)
    assert not any(Path(f"{name}.ipynb").match(pattern) for name in READY)


# ---------------------------------------------------------------------- afresh


def test_without_git_the_answers_are_kept_and_the_original_comes_from_the_package(course, capsys, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    notebooks.afresh(NAME)
    said = capsys.readouterr().out
    copy = f"{NAME}.my-copy-{TODAY}.ipynb"
    assert found(course) == [FILE, copy]
    assert (course / "notebooks" / copy).read_bytes() == answered()
    assert (course / "notebooks" / FILE).read_bytes() == PACKED
    assert str(course / "notebooks" / FILE) in said
    for words in copy, "Run All Cells", "Reload Notebook from Disk", "Revert", "Save Notebook As":
        assert words in said


def test_with_git_the_original_comes_back_byte_for_byte(course, capsys):
    committed(course)
    notebooks.afresh(NAME)
    assert (course / "notebooks" / FILE).read_bytes() == STORED
    assert git.git("status", "--porcelain", "-uno", course=course) == b""
    assert "no results" not in capsys.readouterr().out


def test_answers_that_the_reader_committed_are_not_taken_for_the_original(course):
    committed(course)
    git.git("-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qam", "my answers", course=course)
    notebooks.afresh(NAME)
    assert (course / "notebooks" / FILE).read_bytes() == PACKED
    assert (course / "notebooks" / f"{NAME}.my-copy-{TODAY}.ipynb").read_bytes() == answered()


@pytest.mark.parametrize("with_git", [True, False])
def test_a_second_time_changes_nothing(course, capsys, with_git):
    if with_git:
        committed(course)
    notebooks.afresh(NAME)
    capsys.readouterr()
    notebooks.afresh(NAME)
    assert len(found(course)) == 2
    assert "nothing has changed" in capsys.readouterr().out


def test_two_versions_of_one_day_are_both_kept(course):
    for words in "first", "second":
        (course / "notebooks" / FILE).write_bytes(answered(words=words))
        notebooks.afresh(NAME)
    first, second = (course / "notebooks" / f"{NAME}.my-copy-{TODAY}{end}.ipynb" for end in ("", "-2"))
    assert "first" in first.read_text(encoding="utf-8")
    assert "second" in second.read_text(encoding="utf-8")


def test_a_notebook_that_was_only_run_leaves_no_copy(course, capsys):
    (course / "notebooks" / FILE).write_bytes(json.dumps(json.loads(STORED)).encode())
    notebooks.afresh(NAME)
    assert found(course) == [FILE]
    assert "Nothing was typed" in capsys.readouterr().out


@pytest.mark.parametrize("content", [b"", b"not a notebook", b"\xff\x00", b'{"cells": 1}'])
def test_a_broken_notebook_is_kept_as_it_is(course, content):
    (course / "notebooks" / FILE).write_bytes(content)
    notebooks.afresh(NAME)
    assert (course / "notebooks" / f"{NAME}.my-copy-{TODAY}.ipynb").read_bytes() == content


def test_a_notebook_that_was_deleted_comes_back(course):
    (course / "notebooks" / FILE).unlink()
    notebooks.afresh(NAME)
    assert found(course) == [FILE]


def test_the_notebook_of_the_current_folder_is_meant_before_that_of_the_course(course, tmp_path):
    (tmp_path / FILE).write_bytes(answered(words="here"))
    notebooks.afresh(FILE)
    assert (course / "notebooks" / FILE).read_bytes() == answered()
    assert (tmp_path / FILE).read_bytes() == PACKED
    assert "here" in (tmp_path / f"{NAME}.my-copy-{TODAY}.ipynb").read_text(encoding="utf-8")


@pytest.mark.parametrize("form", [str, Path, lambda path: str(path.relative_to(Path.cwd()))])
def test_a_path_is_understood(course, form):
    notebooks.afresh(form(course / "notebooks" / FILE))
    assert len(found(course)) == 2


@pytest.mark.parametrize(
    ("given", "rest"),
    [
        ("entropy", "got 'entropy'"),
        ("", "got ''"),
        ("03_entropy.txt", "got '03_entropy.txt'"),
        ("12_distances", "got '12_distances', which is in preparation"),
        ("03_entropy.my-copy-2026-11-28.ipynb", "got '03_entropy.my-copy-2026-11-28.ipynb', which is a copy"),
        (".", "got '.'"),
    ],
)
def test_a_name_that_is_not_a_notebook_is_refused(course, given, rest):
    message = f"afresh: notebook must be the name of a notebook, such as '03_entropy', {rest}"
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        notebooks.afresh(given)
    with pytest.raises(TypeError, match="^afresh: notebook must be the name of a notebook.*, got 3$"):
        notebooks.afresh(3)
    assert found(course) == [FILE]


def test_a_folder_that_is_not_there_is_named(course):
    with pytest.raises(notebooks.CourseError, match="nothing has changed, because there is no folder .*nowhere"):
        notebooks.afresh(course / "nowhere" / FILE)


def test_a_folder_in_the_place_of_the_notebook_is_refused(course):
    (course / "notebooks" / FILE).unlink()
    (course / "notebooks" / FILE).mkdir()
    with pytest.raises(notebooks.CourseError, match="nothing has changed"):
        notebooks.afresh(NAME)


def test_where_nothing_can_be_written_nothing_changes(course, monkeypatch):
    """As in a read-only folder, which a test cannot make where it runs as root."""

    def refused(path, content):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(fresh, "keep", refused)
    with pytest.raises(notebooks.CourseError, match=r"^afresh: nothing has changed, because .* cannot be copied \("):
        notebooks.afresh(NAME)
    assert found(course) == [FILE]
    assert (course / "notebooks" / FILE).read_bytes() == answered()


def test_if_the_notebook_cannot_be_written_it_is_as_it_was(course, monkeypatch):
    write, writes = Path.write_bytes, []

    def half(self, content):
        writes.append(self)
        if len(writes) > 1:
            return write(self, content)
        write(self, content[: len(content) // 2])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", half)
    with pytest.raises(notebooks.CourseError, match="is as it was, because it cannot be written"):
        notebooks.afresh(NAME)
    assert (course / "notebooks" / FILE).read_bytes() == answered()


# ---------------------------------------------------------------------- in a notebook's cell, in a terminal


@pytest.mark.parametrize("running", ["notebooks.afresh('03_entropy')", "my own answer: 답\n", "other"])
def test_a_notebook_with_cells_that_are_not_saved_is_refused(course, monkeypatch, running):
    """The cell that runs is in the file only if the notebook was saved after it was typed."""
    path = course / "notebooks" / FILE
    shell = SimpleNamespace(history_manager=SimpleNamespace(input_hist_raw=["", running]))
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))
    monkeypatch.setenv("JPY_SESSION_NAME", str(path))
    if running.strip() in [text for _, text, _ in typed(answered())]:
        notebooks.afresh(NAME)
        assert len(found(course)) == 2
    else:
        with pytest.raises(notebooks.CourseError, match="nothing has changed, .* not saved. Save it first"):
            notebooks.afresh(NAME)
        assert found(course) == [FILE]
        (course / "notebooks" / "00_start_here.ipynb").write_bytes(path.read_bytes())
        notebooks.afresh("00_start_here")  # not the notebook that runs: nothing is known about it


def test_a_notebook_shows_the_words_of_an_error_alone():
    assert notebooks.CourseError("in words")._render_traceback_() == ["in words"]


def test_the_command_line_does_the_same_and_says_in_words_what_it_cannot_do(course, capsys):
    command_line.main(["afresh", NAME])
    assert len(found(course)) == 2
    with pytest.raises(SystemExit, match="^afresh: notebook must be the name"):
        command_line.main(["afresh", "entropy"])
    with pytest.raises(SystemExit, match="^update: nothing has changed, because this course does not come from git"):
        command_line.main(["update"])


def test_the_command_line_can_print_any_path(tmp_path):
    """On a console whose encoding lacks letters of the path, as on some systems with Windows."""
    folder = tmp_path / "손실"
    folder.mkdir()
    asked = [sys.executable, "-m", "lossviz", "afresh", str(folder / FILE)]
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(asked, env=environment, cwd=tmp_path, capture_output=True, check=True)
    assert b"is new" in done.stdout
    assert (folder / FILE).exists()


def test_the_line_of_lesson_00_works(course, monkeypatch):
    """It is run as it is written there, in the folder of the notebooks."""
    lesson = json.loads((ROOT / "notebooks" / "00_start_here.ipynb").read_text(encoding="utf-8"))
    text = "".join(word for cell in lesson["cells"] for word in cell["source"])
    (line,) = re.findall(r"`(from lossviz import notebooks; .*?)`", text)
    (course / "notebooks" / "00_start_here.ipynb").write_bytes(answered())
    monkeypatch.chdir(course / "notebooks")
    exec(line, {})
    assert len(found(course)) == 3
    assert "git" not in re.findall(r"\w+", text)
