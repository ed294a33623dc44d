"""Start a notebook afresh: the reader's version becomes a copy beside it, the original comes back."""

from importlib.resources import files
from pathlib import Path

from lossviz.course import LESSONS

from . import git
from .copies import RELOAD, CourseError, keep, refuse_unsaved, same_words, saved_at


def afresh(notebook: str | Path) -> None:
    """Start a notebook afresh, and keep what was typed into it as a copy beside it.

    Save the notebook first: what is only in the browser is not in its file. The copy is the file as it was saved,
    under a name with ``my-copy`` and the date; no file is ever overwritten. If nothing was typed, there is no copy.
    The original comes from git where the course was cloned, with its results; otherwise from the package, without.

    Parameters
    ----------
    notebook : str or Path
        Its name, such as "03_entropy", with or without ``.ipynb``: the notebook in the current folder, or else the one
        in the folder of the course. Or its path.

    Raises
    ------
    ValueError, TypeError
        notebook must be the name or the path of a notebook of the course that is ready.
    CourseError
        If the notebook cannot be copied or written, or has cells that are not saved. Then it is as it was.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "03_entropy.ipynb")
    ...     afresh(path)  # doctest: +ELLIPSIS
    03_entropy.ipynb is new: ...
    >>> afresh("entropy")
    Traceback (most recent call last):
    ValueError: afresh: notebook must be the name of a notebook, such as '03_entropy', got 'entropy'
    """
    path = _path(notebook)
    refuse_unsaved("afresh", path)
    original = _original(path.stem)
    new = original if original is not None else _packed(path.stem)
    told = [f"{path.name} is new: {path}"]
    try:
        before = path.read_bytes() if path.exists() else None
        if before == new:
            print(f"{path.name} is as the course has it, so nothing has changed: {path}")
            return
        if before is not None and not same_words(before, new):
            copy = keep(path, before)
            told.append(f"Your version, as saved on {saved_at(path)}, is kept in the same folder: {copy.name}")
        elif before is not None:
            told.append("Nothing was typed into the old one, so there is no copy of it.")
    except OSError as error:
        raise CourseError(f"afresh: nothing has changed, because {path} cannot be copied ({error})") from None
    _write(path, new, before)
    if original is None:
        told.append("It has no results yet: Run > Run All Cells makes them in a few seconds.")
    print("\n".join([*told, RELOAD]))


def _path(notebook: str | Path) -> Path:
    """Return the path of a notebook of the course, which need not exist; refuse any other name."""
    if not isinstance(notebook, str | Path):
        raise TypeError(f"afresh: notebook must be the name of a notebook, such as '03_entropy', got {notebook!r}")
    given, ready = Path(notebook), {lesson.name: lesson.ready for lesson in LESSONS}
    name = given.name.removesuffix(".ipynb")
    if not ready.get(name):
        rest = ", which is in preparation" if name in ready else ", which is a copy" if ".my-copy-" in name else ""
        raise ValueError(
            f"afresh: notebook must be the name of a notebook, such as '03_entropy', got {str(notebook)!r}{rest}"
        )
    file = f"{name}.ipynb"
    if len(given.parts) > 1:
        folders = [given.parent]
    else:
        folders = [Path.cwd()] if Path(file).exists() else [git.COURSE / "notebooks"]
    if not folders[0].is_dir():
        raise CourseError(f"afresh: nothing has changed, because there is no folder {folders[0]}")
    return folders[0].resolve() / file


def _original(name: str) -> bytes | None:
    """Return the notebook with its results from git, if git has it as the course wrote it."""
    committed = git.blob(f"HEAD:./notebooks/{name}.ipynb", git.COURSE)
    return committed if committed is not None and same_words(committed, _packed(name)) else None


def _packed(name: str) -> bytes:
    """Return the notebook without results, which the package carries."""
    try:
        return (files("lossviz") / "notebooks" / "originals" / f"{name}.json").read_bytes()
    except OSError as error:
        raise CourseError(f"afresh: nothing has changed, because the original is missing ({error})") from None


def _write(path: Path, new: bytes, before: bytes | None) -> None:
    """Write the notebook; if that fails half-way, put back what was there."""
    try:
        path.write_bytes(new)
    except OSError as error:
        if before is not None and path.read_bytes() != before:
            path.write_bytes(before)
        raise CourseError(f"afresh: {path} is as it was, because it cannot be written ({error})") from None
