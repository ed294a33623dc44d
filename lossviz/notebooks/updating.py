"""Update the course with git: notebooks that would be in the way become copies, then the branch moves forward.

Nothing is merged, so there is never a conflict inside a notebook. Whatever fails, the reader's files stay.
"""

from dataclasses import dataclass
from pathlib import Path

from . import git
from .copies import RELOAD, CourseError, keep, refuse_unsaved, same_words, typed

WITHOUT_GIT = (
    "update: nothing has changed, because this course does not come from git. Download the newest course, unpack it "
    "into a new folder, not over this one, and open it there as its README says: all that you wrote stays in {}"
)


@dataclass
class InTheWay:
    """A notebook of the reader's at a place that the update changes."""

    path: Path
    name: str  # for git
    content: bytes | None  # None if the reader deleted it
    committed: bytes | None  # None if git does not have it
    versions: list[bytes]  # what was typed: the file, and what was staged if that is different


def update() -> None:
    """Fetch the newest course with git, and keep what was typed.

    Save the open notebooks first. A notebook that the update changes, and into which something was typed, becomes a
    copy beside it, under a name with ``my-copy`` and the date. Other notebooks stay untouched. Only a branch without
    commits of its own moves, and only forward.

    Raises
    ------
    CourseError
        If the course does not come from git, the network fails, the branch has commits of its own, or another file
        than a notebook would be overwritten. Then nothing has changed.

    Examples
    --------
    >>> update.__module__  # call it in a course that was cloned with git, as update()
    'lossviz.notebooks.updating'
    """
    course = git.COURSE
    refuse_unsaved("update")
    _refuse_unready(course)
    _ask("the newest course could not be fetched", "fetch", "--quiet", course=course)
    newest = git.line("rev-parse", "@{upstream}", course=course)
    ahead, behind = map(int, git.line("rev-list", "--left-right", "--count", f"HEAD...{newest}", course=course).split())
    if not behind:
        print("The course is up to date, so nothing has changed.")
        return
    if ahead:
        raise CourseError(_with_own_commits(ahead, course))
    changed = git.paths("diff", "--name-only", "--no-renames", "-z", "HEAD", newest, course=course)
    in_the_way = _in_the_way(changed, newest, course)
    copies = _keep(in_the_way)
    _move_forward(in_the_way, newest, course)
    print("\n".join(_report(behind, changed, copies)))


def _ask(otherwise: str, *arguments: str, course: Path) -> str:
    """Run git; if it fails, say that nothing has changed, and why."""
    try:
        return git.line(*arguments, course=course)
    except CourseError as error:
        raise CourseError(f"update: nothing has changed, because {otherwise}: {error}") from None


def _refuse_unready(course: Path) -> None:
    """Refuse a course without git, without a branch that can move, or in the middle of a merge."""
    if not (course / ".git").exists():  # a folder, or a file in a second work tree
        raise CourseError(WITHOUT_GIT.format(course))
    _ask("git cannot read this course", "rev-parse", "HEAD", course=course)
    _ask("git is not on a branch (git switch main goes back to it)", "symbolic-ref", "HEAD", course=course)
    _ask("this branch follows no other", "rev-parse", "@{upstream}", course=course)
    if git.paths("ls-files", "-z", "--unmerged", course=course):
        raise CourseError("update: nothing has changed, because a merge is not finished: git status shows it")


def _with_own_commits(ahead: int, course: Path) -> str:
    """Say what a reader with own commits can do."""
    newest = git.line("rev-parse", "--abbrev-ref", "@{upstream}", course=course)
    return (
        f"update: nothing has changed, because this branch has {ahead} commit{'s' if ahead > 1 else ''} that {newest} "
        f"does not have. Merge yourself (git merge {newest}), or give your commits a branch of their own (git branch "
        f"my-commits) and go over to the newest course (git reset --keep {newest})."
    )


def _in_the_way(changed: list[str], newest: str, course: Path) -> list[InTheWay]:
    """Return the notebooks that the update would overwrite; refuse if it would overwrite another file."""
    known = set(git.paths("ls-files", "-z", course=course))
    local = set(git.paths("diff", "--name-only", "--no-renames", "-z", "HEAD", course=course))
    local |= set(git.paths("diff", "--name-only", "--no-renames", "-z", "--cached", "HEAD", course=course))
    unknown = {name for name in changed if name not in known and (course / name).exists()}
    names = [name for name in changed if name in local | unknown]
    others = [name for name in names if not name.endswith(".ipynb") or (course / name).is_dir()]
    if others:
        raise CourseError(
            f"update: nothing has changed, because you have changed files that the update changes, too: "
            f"{', '.join(others)}. Move them to another folder, or put your changes aside with git stash; then update."
        )
    return [_look_at(name, newest, course) for name in names]


def _look_at(name: str, newest: str, course: Path) -> InTheWay:
    """Collect what was typed into a notebook: what neither the course's version nor the newest one says."""
    path = course / name
    content = path.read_bytes() if path.exists() else None
    committed, staged = git.blob(f"HEAD:{name}", course), git.blob(f":{name}", course)
    versions, said = [], [committed, git.blob(f"{newest}:{name}", course)]
    for version in content, staged:
        if version is not None and not any(same_words(version, each) for each in said):
            versions.append(version)
            said.append(version)
    return InTheWay(path, name, content, committed, versions)


def _keep(in_the_way: list[InTheWay]) -> list[Path]:
    """Copy all that was typed, before anything changes."""
    try:
        return [keep(each.path, version) for each in in_the_way for version in each.versions]
    except OSError as error:
        raise CourseError(f"update: nothing has changed, because a notebook cannot be copied ({error})") from None


def _move_forward(in_the_way: list[InTheWay], newest: str, course: Path) -> None:
    """Clear the way and move the branch; if that fails, put the reader's notebooks back."""
    cleared = []
    try:
        for each in in_the_way:
            if _now(each) != each.content:
                raise CourseError(f"{each.path.name} was saved just now; update again")
            cleared.append(each)
            if each.committed is not None:
                git.git("checkout", "--quiet", "HEAD", "--", each.name, course=course)
            else:
                git.git("rm", "--quiet", "--cached", "--ignore-unmatch", "--", each.name, course=course)
                each.path.unlink(missing_ok=True)
        git.git("merge", "--quiet", "--ff-only", "--no-overwrite-ignore", newest, course=course)
    except (CourseError, OSError) as error:
        for each in cleared:
            if each.content is not None and not _saved_since(each):
                each.path.write_bytes(each.content)
        raise CourseError(f"update: your notebooks are as they were, because the update failed: {error}") from None


def _now(notebook: InTheWay) -> bytes | None:
    return notebook.path.read_bytes() if notebook.path.exists() else None


def _saved_since(notebook: InTheWay) -> bool:
    """Whether the reader saved a notebook again after its place was cleared: then these are the newest words."""
    now = _now(notebook)
    return typed(now) is not None and not same_words(now, notebook.committed)


def _report(commits: int, changed: list[str], copies: list[Path]) -> list[str]:
    """Say what is new, what was kept, and what is left to do."""
    told = [f"The course is up to date: {commits} change{'s' if commits > 1 else ''} came in."]
    if copies:
        told.append("The update changes notebooks into which you wrote. Your versions are kept beside the new ones:")
        told += [f"    {copy}" for copy in copies]
    if {"requirements.txt", "pyproject.toml", "setup.py"} & set(changed):
        told.append("The course may need newer packages: python -m pip install -r requirements.txt")
    return [*told, RELOAD]
