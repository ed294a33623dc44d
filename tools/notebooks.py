"""Execute the course's notebooks and write them back; and turn a notebook into text for editing, and back.

    python tools/notebooks.py execute [NAME ...]     run notebooks (all of them if none is named), write them back
    python tools/notebooks.py edit NAME ...          write scratch/NAME.py, the notebook as text, to edit
    python tools/notebooks.py write NAME ...         make notebooks/NAME.ipynb of scratch/NAME.py, and execute it
    python tools/notebooks.py tidy [NAME ...]        write notebooks back as they should be stored, without running them

A notebook is stored as a reader should find it: executed from top to bottom, with pictures but no widget, nothing in it
that depends on the time or the machine. Executing it again changes no byte unless its results changed.
"""

import argparse
import base64
import hashlib
import sys
from collections import Counter
from pathlib import Path

import jupytext
import nbformat
from nbclient import NotebookClient
from palette import with_palette

ROOT = Path(__file__).parent.parent
NOTEBOOKS = ROOT / "notebooks"
SCRATCH = ROOT / "scratch"
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"},
}


def execute(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Run all cells in a fresh kernel, and return the notebook as it is to be stored."""
    client = NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": NOTEBOOKS}})
    client.execute()
    return tidy(notebook)


def tidy(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Take out what depends on the run: widgets, execution times, cuts in a text; name the cells by their text.

    Pictures get a palette: git keeps them for ever.
    """
    notebook.metadata = nbformat.from_dict(METADATA)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    seen = Counter()
    for cell in notebook.cells:
        seen[cell.source] += 1
        cell.id = hashlib.sha256(f"{cell.source}{seen[cell.source]}".encode()).hexdigest()[:8]
        cell.metadata = nbformat.from_dict({"tags": cell.metadata.tags} if cell.metadata.get("tags") else {})
        if cell.cell_type == "code":
            cell.outputs = whole(cell.outputs)
            for output in cell.outputs:
                data = output.get("data", {})
                data.pop(WIDGET_VIEW, None)
                if "image/png" in data:
                    picture = with_palette(base64.b64decode(data["image/png"]))
                    data["image/png"] = base64.b64encode(picture).decode()
    return notebook


def whole(outputs: list[nbformat.NotebookNode]) -> list[nbformat.NotebookNode]:
    """Join the pieces of one text: where a kernel cuts what a cell prints depends on how long it took."""
    joined = []
    for output in outputs:
        before = joined[-1] if joined else None
        if output.output_type == "stream" and before and before.get("name") == output.name:
            before.text += output.text
        else:
            joined.append(output)
    return joined


def store(notebook: nbformat.NotebookNode, path: Path):
    """Write a notebook; a file that would not change is not touched."""
    text = nbformat.writes(notebook) + "\n"
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8", newline="\n")
        print(f"written   {path.relative_to(ROOT)}")
    else:
        print(f"unchanged {path.relative_to(ROOT)}")


def main(arguments: list[str]):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["execute", "edit", "write", "tidy"])
    parser.add_argument("names", nargs="*", metavar="NAME", help="a notebook's name without .ipynb")
    asked = parser.parse_args(arguments)
    names = asked.names or sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb"))
    for name in names:
        notebook, text = NOTEBOOKS / f"{name}.ipynb", SCRATCH / f"{name}.py"
        source = text if asked.what == "write" else notebook
        if not source.exists():
            sys.exit(f"{source.relative_to(ROOT)} is not there")
        if asked.what == "edit":
            SCRATCH.mkdir(exist_ok=True)
            jupytext.write(nbformat.read(notebook, as_version=4), text, fmt="py:percent")
            print(f"written   {text.relative_to(ROOT)}")
        else:
            read = jupytext.read(text) if asked.what == "write" else nbformat.read(notebook, as_version=4)
            store(tidy(read) if asked.what == "tidy" else execute(read), notebook)


if __name__ == "__main__":
    main(sys.argv[1:])
