"""What a reader has typed into a notebook, and a copy of it that overwrites nothing."""

import datetime
import json
import os
import sys
from pathlib import Path

RELOAD = (
    "If a notebook is open in JupyterLab: File > Reload Notebook from Disk, then Kernel > Restart Kernel and Run All "
    "Cells. If JupyterLab says that its file has changed on disk, choose Revert: that shows the new one. What you "
    "typed after you last saved is only in the browser: if you need it, first File > Save Notebook As..."
)


class CourseError(Exception):
    """What could not be done, and what is unchanged because of that. A notebook shows its words alone."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def bare(notebook: dict) -> dict:
    """Return a notebook without its results: what the course keeps of an original.

    Examples
    --------
    >>> cell = {"cell_type": "code", "source": "1 + 1", "outputs": ["2"], "execution_count": 7}
    >>> bare({"cells": [cell]})
    {'cells': [{'cell_type': 'code', 'source': '1 + 1', 'outputs': [], 'execution_count': None}]}
    """
    empty = {"outputs": [], "execution_count": None}
    cells = [cell | empty if cell["cell_type"] == "code" else cell for cell in notebook["cells"]]
    return notebook | {"cells": cells}


def typed(content: bytes | None) -> list[tuple] | None:
    """Return what a notebook's cells say, in order: their kind, their text, their pictures.

    Results do not count, and neither do empty cells, because a run gives these back.

    Parameters
    ----------
    content : bytes or None
        The file.

    Returns
    -------
    list of tuple or None
        None if the file is not a notebook, or if there is no file.

    Examples
    --------
    >>> typed(b'{"cells": [{"cell_type": "code", "source": ["a = 1"], "outputs": []}]}')
    [('code', 'a = 1', '{}')]
    >>> typed(b"not a notebook") is None
    True
    """
    try:
        cells = json.loads(content or b"")["cells"]
        said = [(cell["cell_type"], "".join(cell["source"]), cell.get("attachments", {})) for cell in cells]
        return [(kind, text, json.dumps(more, sort_keys=True)) for kind, text, more in said if text.strip() or more]
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def same_words(content: bytes | None, other: bytes | None) -> bool:
    """Whether two files are notebooks in which the same was typed; for files that are not notebooks, the same file."""
    return content == other or (typed(content) is not None and typed(content) == typed(other))


def keep(path: Path, content: bytes) -> Path:
    """Write a file's content beside it, under a new name with the date: it never overwrites a file.

    Parameters
    ----------
    path : Path
        The file, such as ``03_entropy.ipynb``.
    content : bytes
        What to keep.

    Returns
    -------
    Path
        The copy, such as ``03_entropy.my-copy-2026-11-28.ipynb``; the second of a day ends in ``-2.ipynb``.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     copies = [keep(Path(folder, "03_entropy.ipynb"), b"{}") for _ in range(2)]
    >>> copies[1].name == copies[0].stem + "-2.ipynb"
    True
    """
    day, number = datetime.date.today().isoformat(), 1
    while True:
        copy = path.with_name(f"{path.stem}.my-copy-{day}{f'-{number}' if number > 1 else ''}{path.suffix}")
        try:
            with copy.open("xb") as file:  # x: only if there is no such file yet
                file.write(content)
            return copy
        except FileExistsError:
            number += 1


def saved_at(path: Path) -> str:
    """Return the time at which a file was last saved, in words."""
    return f"{datetime.datetime.fromtimestamp(path.stat().st_mtime):%Y-%m-%d %H:%M:%S}"


def refuse_unsaved(function: str, only: Path | None = None) -> None:
    """Raise a CourseError if the running cell belongs to a notebook whose file does not contain this cell yet.

    What is typed is in the browser until it is saved, so a copy of the file would not have it. Only Jupyter's server
    tells a kernel the path of its notebook; elsewhere nothing is known, and nothing is refused.

    Parameters
    ----------
    function : str
        The name that the message begins with.
    only : Path, optional
        Look at this notebook only.
    """
    notebook = Path(os.environ.get("JPY_SESSION_NAME", ""))
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is None or not notebook.is_file() or (only and not (only.exists() and only.samefile(notebook))):
        return
    running = shell.history_manager.input_hist_raw[-1].strip()
    cells = typed(notebook.read_bytes())
    if cells is not None and running not in [text.strip() for _, text, _ in cells]:
        raise CourseError(
            f"{function}: nothing has changed, because this notebook has cells that are not saved. Save it first "
            f"(Ctrl + S; on a Mac, Command + S), then run this cell again."
        )
