"""Updating the course with git: whatever the reader did and whatever the course did, no word is lost.

Each test has an upstream repository, a reader's clone of it, and real git.
"""

import contextlib
import datetime
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lossviz import notebooks
from lossviz.notebooks import CourseError, git, updating

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

ROOT = Path(__file__).parents[2]
TODAY = datetime.date.today().isoformat()
AS_SOMEBODY = ["-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "commit.gpgsign=false"]
ENTROPY, LINE, ADDED = (f"notebooks/{name}.ipynb" for name in ("03_entropy", "01_line_fit", "11_new"))
COPY = f"notebooks/03_entropy.my-copy-{TODAY}.ipynb"
MINE = "my own words: 답"


def notebook(*cells, run=0):
    """A notebook's file; `run` stands for its results."""
    code = [
        {"cell_type": "code", "execution_count": run, "metadata": {}, "outputs": [], "source": [cell]} for cell in cells
    ]
    content = json.dumps({"cells": code, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1)
    return content.encode() + b"\n"


def write(folder, name, content):
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)


def commit(folder, message="a change"):
    git.git("add", "-A", course=folder)
    git.git(*AS_SOMEBODY, "commit", "-qm", message, course=folder)


def head(folder):
    return git.line("rev-parse", "HEAD", course=folder)


def everything(folder):
    """All files of a course, with their contents."""
    return {
        str(path.relative_to(folder).as_posix()): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".git" not in path.relative_to(folder).parts
    }


def all_words(folder):
    return b"\n".join(everything(folder).values())


@pytest.fixture
def upstream(tmp_path):
    folder = tmp_path / "upstream"
    folder.mkdir()
    git.git("init", "-q", "-b", "main", course=folder)
    write(folder, ".gitattributes", b"* text=auto eol=lf\n")
    write(folder, ".gitignore", b"*.my-copy-*\nscratch/\n")
    write(folder, "README.md", b"the course\n")
    write(folder, ENTROPY, notebook("answer = ...", "plot()"))
    write(folder, LINE, notebook("slope = ..."))
    commit(folder)
    return folder


@pytest.fixture
def course(upstream, tmp_path, monkeypatch):
    git.git("clone", "-q", str(upstream), "한글 course", course=tmp_path)
    folder = tmp_path / "한글 course"
    monkeypatch.setattr(git, "COURSE", folder)
    return folder


@pytest.fixture
def newer(upstream, course):
    """The course has changed notebook 03 after the reader cloned it."""
    write(upstream, ENTROPY, notebook("answer = ...", "plot(better=True)", run=1))
    commit(upstream)
    return upstream


def is_updated(course, upstream):
    assert head(course) == head(upstream)
    assert git.git("status", "--porcelain", course=course) == b""
    return everything(upstream).items() <= everything(course).items()


# ---------------------------------------------------------------------- it goes well


def test_nothing_new_changes_nothing(course, capsys):
    write(course, ENTROPY, notebook(MINE))
    before = everything(course)
    notebooks.update()
    assert everything(course) == before
    assert capsys.readouterr().out == "The course is up to date, so nothing has changed.\n"


def test_a_notebook_with_answers_becomes_a_copy(course, newer, capsys):
    write(course, ENTROPY, notebook(MINE))
    notebooks.update()
    assert is_updated(course, newer)
    assert (course / COPY).read_bytes() == notebook(MINE)
    said = capsys.readouterr().out
    assert "1 change came in" in said
    assert str(course / COPY) in said
    assert "Reload Notebook from Disk" in said


def test_a_second_update_has_nothing_to_do_and_a_later_one_overwrites_no_copy(course, newer, capsys):
    write(course, ENTROPY, notebook(MINE))
    notebooks.update()
    notebooks.update()
    assert "nothing has changed" in capsys.readouterr().out
    write(course, ENTROPY, notebook("later words"))
    write(newer, ENTROPY, notebook("answer = ...", "plot(best=True)"))
    commit(newer)
    notebooks.update()
    assert is_updated(course, newer)
    assert (course / COPY).read_bytes() == notebook(MINE)
    assert (course / COPY.replace(".ipynb", "-2.ipynb")).read_bytes() == notebook("later words")


def test_answers_in_other_notebooks_stay_where_they_are(course, newer):
    write(course, LINE, notebook(MINE))
    notebooks.update()
    assert head(course) == head(newer)
    assert (course / LINE).read_bytes() == notebook(MINE)
    assert not list(course.rglob("*my-copy*"))


def test_a_notebook_that_was_only_run_leaves_no_copy(course, newer):
    write(course, ENTROPY, notebook("answer = ...", "plot()", run=7))
    notebooks.update()
    assert is_updated(course, newer)
    assert not list(course.rglob("*my-copy*"))


@pytest.mark.parametrize("what", ["deleted", "renamed"])
def test_a_notebook_that_the_course_removed_stays_as_a_copy(course, upstream, what):
    if what == "deleted":
        (upstream / ENTROPY).unlink()
    else:
        (upstream / ENTROPY).rename(upstream / ADDED)
    commit(upstream)
    write(course, ENTROPY, notebook(MINE))
    notebooks.update()
    assert is_updated(course, upstream)
    assert not (course / ENTROPY).exists()
    assert (course / COPY).read_bytes() == notebook(MINE)


def test_a_notebook_that_the_reader_deleted_comes_back(course, newer):
    (course / ENTROPY).unlink()
    notebooks.update()
    assert is_updated(course, newer)


def test_what_was_staged_is_kept_too(course, newer):
    write(course, ENTROPY, notebook("staged words"))
    git.git("add", "-A", course=course)
    write(course, ENTROPY, notebook(MINE))
    notebooks.update()
    assert is_updated(course, newer)
    for words in "staged words", json.dumps(MINE).strip('"'):
        assert words.encode() in all_words(course)


def test_what_was_staged_and_then_taken_back_in_the_file_is_kept(course, newer):
    before = (course / ENTROPY).read_bytes()
    write(course, ENTROPY, notebook("staged words"))
    git.git("add", "-A", course=course)
    write(course, ENTROPY, before)
    notebooks.update()
    assert is_updated(course, newer)
    assert b"staged words" in all_words(course)


@pytest.mark.parametrize("staged", [False, True])
def test_a_notebook_of_the_reader_s_in_the_place_of_a_new_one_becomes_a_copy(course, upstream, staged):
    write(upstream, ADDED, notebook("the new lesson"))
    commit(upstream)
    write(course, ADDED, notebook(MINE))
    if staged:
        git.git("add", "-A", course=course)
    notebooks.update()
    assert is_updated(course, upstream)
    assert (course / f"notebooks/11_new.my-copy-{TODAY}.ipynb").read_bytes() == notebook(MINE)


def test_a_broken_notebook_is_kept_as_it_is(course, newer):
    write(course, ENTROPY, b"<<<<<<< ours\n")
    notebooks.update()
    assert is_updated(course, newer)
    assert (course / COPY).read_bytes() == b"<<<<<<< ours\n"


def test_new_packages_are_announced(course, newer, capsys):
    write(newer, "requirements.txt", b"numpy\n")
    commit(newer)
    notebooks.update()
    assert "python -m pip install -r requirements.txt" in capsys.readouterr().out


@pytest.mark.parametrize("settings", [{"merge.ff": "false"}, {"diff.external": "false"}, {"core.autocrlf": "true"}])
def test_a_reader_s_settings_of_git_change_nothing(course, newer, settings):
    for name, value in settings.items():
        git.git("config", name, value, course=course)
    write(course, ENTROPY, notebook(MINE).replace(b"\n", b"\r\n"))
    notebooks.update()
    assert is_updated(course, newer)
    assert (course / COPY).read_bytes() == notebook(MINE).replace(b"\n", b"\r\n")


def test_a_variable_that_points_at_another_repository_changes_nothing(course, newer, monkeypatch, tmp_path):
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    notebooks.update()
    assert is_updated(course, newer)


# ---------------------------------------------------------------------- it is refused, and nothing changes


def refused(course, match):
    """Update, see it refused, and see that files, branch and index are as they were."""

    def state():
        return everything(course), head(course), git.git("diff", "--cached", course=course)

    before = state()
    with pytest.raises(CourseError, match=match) as caught:
        notebooks.update()
    assert str(caught.value).startswith("update: ")
    assert state() == before
    return str(caught.value)


def test_without_the_network_nothing_changes_and_git_s_words_are_shown(course, newer):
    write(course, ENTROPY, notebook(MINE))
    newer.rename(newer.with_name("gone"))
    message = refused(course, "nothing has changed, because the newest course could not be fetched: git fetch failed")
    assert "upstream" in message


def test_without_a_git_program_nothing_changes(course, newer, monkeypatch):
    write(course, ENTROPY, notebook(MINE))
    before = everything(course)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(CourseError, match="nothing has changed, .* git is not installed"):
        notebooks.update()
    assert everything(course) == before


def test_a_course_from_a_zip_says_what_to_do_even_inside_another_repository(course, tmp_path, monkeypatch):
    inside = course / "unpacked"
    write(inside, ENTROPY, notebook(MINE))
    monkeypatch.setattr(git, "COURSE", inside)
    with pytest.raises(CourseError, match="does not come from git. Download .* into a new folder, not over this one"):
        notebooks.update()


def test_commits_of_the_reader_s_are_not_touched(course, newer):
    write(course, ENTROPY, notebook(MINE))
    commit(course, "my answers")
    message = refused(course, "this branch has 1 commit that origin/main does not have")
    for command in "git branch my-commits", "git reset --keep origin/main":
        assert command in message
        git.git(*command.split()[1:], course=course)
    assert is_updated(course, newer)
    assert git.blob(f"my-commits:{ENTROPY}", course) == notebook(MINE)


def test_commits_of_the_reader_s_alone_are_no_hindrance(course, capsys):
    write(course, ENTROPY, notebook(MINE))
    commit(course, "my answers")
    notebooks.update()
    assert "nothing has changed" in capsys.readouterr().out


def test_a_commit_without_a_branch_is_not_moved(course, newer):
    write(course, ENTROPY, notebook(MINE))
    git.git("checkout", "-q", "--detach", course=course)
    refused(course, "git is not on a branch")


def test_a_branch_that_follows_no_other_is_not_moved(course, newer):
    git.git("checkout", "-q", "-b", "mine", course=course)
    refused(course, "this branch follows no other")


def test_an_unfinished_merge_is_left_alone(course, newer):
    write(course, ENTROPY, notebook(MINE))
    commit(course)
    with pytest.raises(CourseError):
        git.git(*AS_SOMEBODY, "pull", "-q", "--no-rebase", course=course)
    refused(course, "a merge is not finished")


@pytest.mark.parametrize("how", ["changed", "untracked", "ignored", "folder"])
def test_another_file_in_the_way_is_named(course, newer, how):
    name = {"changed": "README.md", "untracked": "new.md", "ignored": "scratch/new.md", "folder": "new.ipynb"}[how]
    write(newer, name, b"the course's\n")
    git.git("add", "-f", name, course=newer)
    commit(newer)
    write(course, f"{name}/mine.txt" if how == "folder" else name, b"mine\n")
    write(course, ENTROPY, notebook(MINE))
    assert name in refused(course, "you have changed files that the update changes, too")


def test_a_notebook_that_cannot_be_copied_stays(course, newer, monkeypatch):
    def full(path, content):
        raise OSError(28, "No space left on device")

    write(course, ENTROPY, notebook(MINE))
    monkeypatch.setattr(updating, "keep", full)
    refused(course, "nothing has changed, because a notebook cannot be copied")


@pytest.mark.parametrize("trick", ["assume-unchanged", "skip-worktree"])
def test_a_notebook_that_git_was_told_to_overlook_is_not_lost(course, newer, trick):
    git.git("update-index", f"--{trick}", ENTROPY, course=course)
    write(course, ENTROPY, notebook(MINE))
    with contextlib.suppress(CourseError):
        notebooks.update()
    assert json.dumps(MINE).encode() in all_words(course)


def test_if_git_fails_at_the_end_the_notebooks_are_put_back(course, upstream, newer):
    """Git holds a lock, as when another program works on the repository at the same time."""
    write(upstream, ADDED, notebook("new"))
    commit(upstream)
    write(course, ENTROPY, notebook(MINE))
    write(course, ADDED, notebook("also mine"))
    (course / ".git" / "index.lock").touch()
    with pytest.raises(CourseError, match="your notebooks are as they were, because the update failed: .*index.lock"):
        notebooks.update()
    assert (course / ENTROPY).read_bytes() == notebook(MINE)
    assert (course / ADDED).read_bytes() == notebook("also mine")
    (course / ".git" / "index.lock").unlink()
    notebooks.update()
    assert is_updated(course, upstream)


@pytest.mark.parametrize("when", ["before", "checkout", "merge"])
def test_a_notebook_that_is_saved_during_the_update_keeps_its_newest_words(course, newer, monkeypatch, when):
    write(course, ENTROPY, notebook(MINE, "plot()"))
    later = notebook(MINE, "saved by the front end: 더", "plot()")

    def saving(what):
        def run(*arguments, **more):
            if arguments[0] == when:
                (course / ENTROPY).write_bytes(later)
            return what(*arguments, **more)

        return run

    if when == "before":
        keep = updating.keep
        monkeypatch.setattr(updating, "keep", lambda *a: (keep(*a), (course / ENTROPY).write_bytes(later))[0])
    elif when == "merge":
        monkeypatch.setattr(git, "git", saving(git.git))
    else:
        checked = updating._move_forward
        monkeypatch.setattr(
            updating, "_move_forward", lambda *a, **m: ((course / ENTROPY).write_bytes(later), checked(*a, **m))[1]
        )
    with pytest.raises(CourseError, match="the update failed"):
        notebooks.update()
    assert everything(course)[ENTROPY] == later
    assert everything(course)[COPY] == notebook(MINE, "plot()")


def test_if_git_refuses_to_move_forward_the_notebooks_are_put_back(course, upstream, newer):
    """Git does not report a change of a file that it was told to overlook, but does not overwrite it either."""
    write(upstream, "README.md", b"the course's\n")
    write(upstream, ADDED, notebook("new"))
    commit(upstream)
    git.git("update-index", "--assume-unchanged", "README.md", course=course)
    for name, words in {"README.md": b"mine\n", ENTROPY: notebook(MINE), ADDED: notebook("also mine")}.items():
        write(course, name, words)
    before = everything(course)
    with pytest.raises(CourseError, match="your notebooks are as they were, because (?s:.*)README.md"):
        notebooks.update()
    assert before.items() <= everything(course).items()


# ---------------------------------------------------------------------- from a terminal, in a course of its own


def test_a_clone_updates_its_own_library_and_its_own_notebooks(tmp_path):
    """The commands of the README, with the library of the clone, not with that of the tests."""
    upstream = tmp_path / "upstream"
    for part in "lossviz", "notebooks":
        shutil.copytree(ROOT / part, upstream / part, ignore=shutil.ignore_patterns("__pycache__", "*.my-copy-*"))
    shutil.copy(ROOT / ".gitattributes", upstream)
    shutil.copy(ROOT / ".gitignore", upstream)
    git.git("init", "-q", "-b", "main", course=upstream)
    commit(upstream)
    git.git("clone", "-q", str(upstream), "course", course=tmp_path)
    course = tmp_path / "course"
    write(upstream, ENTROPY, notebook("answer = ..."))
    commit(upstream)
    write(course, ENTROPY, notebook(MINE))

    def ask(*words):
        environment = os.environ | {"PYTHONPATH": str(course), "PYTHONUTF8": "1"}
        command = [sys.executable, "-m", "lossviz", *words]
        return subprocess.run(command, cwd=course, env=environment, capture_output=True, encoding="utf-8", check=False)

    updated = ask("update")
    assert updated.returncode == 0, updated.stderr
    assert is_updated(course, upstream)
    assert (course / COPY).read_bytes() == notebook(MINE)
    assert "nothing has changed" in ask("update").stdout
    write(course, LINE, notebook(MINE))
    assert ask("afresh", "01_line_fit").returncode == 0
    assert is_updated(course, upstream)
    wrong = ask("afresh", "line")
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert wrong.stderr.startswith("afresh: notebook must be the name of a notebook")
