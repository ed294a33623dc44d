"""Execute the course's notebooks and write them back; and turn a notebook into text for editing, and back.

    python tools/notebooks.py execute [NAME ...]     run notebooks (all of them if none is named), write them back
    python tools/notebooks.py edit NAME ...          write scratch/NAME.py, the notebook as text, to edit
    python tools/notebooks.py write NAME ...         make notebooks/NAME.ipynb of scratch/NAME.py, and execute it
    python tools/notebooks.py tidy [NAME ...]        write notebooks back as they should be stored, without running them
    python tools/notebooks.py text PATH              print a notebook as text, for git diff (see CONTRIBUTING.md)

A notebook is stored as a reader should find it: executed from top to bottom, with pictures but without widgets, and
independent of the time and the machine. Executing it again does not change a byte unless its results changed.
What is written also goes, without results, to lossviz/notebooks/originals/, for readers who start a notebook afresh.
"""

import argparse
import sys
from pathlib import Path

from notebook_text import as_text

ROOT = Path(__file__).parent.parent
NOTEBOOKS = ROOT / "notebooks"
SCRATCH = ROOT / "scratch"


def change(what: str, names: list[str]):
    """Run the command on the named notebooks; if none is named, on all of the course, but not on a reader's copies."""
    import jupytext  # here, because git waits for `text`, which does not need them
    import nbformat
    from notebook_store import execute, store, tidy

    from lossviz.course import LESSONS

    for name in names or [lesson.name for lesson in LESSONS if lesson.ready]:
        notebook, text = NOTEBOOKS / f"{name}.ipynb", SCRATCH / f"{name}.py"
        source = text if what == "write" else notebook
        if not source.exists():
            sys.exit(f"{source.relative_to(ROOT)} is not there")
        read = jupytext.read(text) if what == "write" else nbformat.read(notebook, as_version=4)
        if what == "edit":
            SCRATCH.mkdir(exist_ok=True)
            for cell in read.cells:
                cell.metadata.pop("jupyter", None)  # which outputs are collapsed follows from the text
            jupytext.write(read, text, fmt="py:percent")
            print(f"written   {text.relative_to(ROOT)}")
        else:
            store(tidy(read) if what == "tidy" else execute(read), notebook)


def show(paths: list[str]):
    """Print notebooks as text, in the encoding that git expects, even if the system uses another."""
    for path in paths:
        sys.stdout.buffer.write(as_text(Path(path)).encode())


def main(arguments: list[str]):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["execute", "edit", "write", "tidy", "text"])
    parser.add_argument("names", nargs="*", metavar="NAME", help="a notebook's name without .ipynb; of text, a path")
    asked = parser.parse_args(arguments)
    if asked.what == "text":
        show(asked.names)
    else:
        change(asked.what, asked.names)


if __name__ == "__main__":
    main(sys.argv[1:])
