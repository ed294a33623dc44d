"""How a notebook is stored: executed, without anything that depends on the run, its pictures with a palette."""

import base64
import hashlib
import json
import re
from collections import Counter
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from palette import with_palette

from lossviz.notebooks.copies import bare

ROOT = Path(__file__).parent.parent
NOTEBOOKS = ROOT / "notebooks"
ORIGINALS = ROOT / "lossviz" / "notebooks" / "originals"  # for a reader who starts a notebook afresh
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
    """Remove what depends on the run: widgets, execution times, cuts in a text; name the cells by their text.

    Pictures get a palette, because git keeps every version for ever. Outputs that answer a prediction are collapsed.
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
    for place in spoilers([cell.source for cell in notebook.cells]):
        if notebook.cells[place].cell_type == "code":
            notebook.cells[place].metadata["jupyter"] = {"outputs_hidden": True}
    return notebook


def spoilers(sources: list[str]) -> list[int]:
    """Return the places of the cells that answer a prediction: from its guess to its `reveal`.

    A front end opens a collapsed output again as soon as its cell runs. If a whole section and more lies between guess
    and answer, only the cells of the answer's section count. Exercises and other guesses stay open: they tell nothing.
    """
    found = set()
    headings = [place for place, source in enumerate(sources) if re.search(r"^## ", source, re.M)]
    for guess, source in enumerate(sources):
        for name in re.findall(r"exercises\.(\w+\.\w+)\.commit\(", source):
            answer = next(
                place for place in range(guess, len(sources)) if f"exercises.{name}.reveal(" in sources[place]
            )
            between = [place for place in headings if guess < place < answer]
            first = between[-1] if len(between) > 1 else guess + 1
            found |= {place for place in range(first, answer + 1) if not _asks(sources[place])}
    return sorted(found)


def _asks(source: str) -> bool:
    return bool(re.search(r"exercises\.\w+\.\w+\.(?:check|commit)\(", source))


def whole(outputs: list[nbformat.NotebookNode]) -> list[nbformat.NotebookNode]:
    """Join the pieces of one text: a kernel cuts what a cell prints into pieces that depend on the time it took."""
    joined = []
    for output in outputs:
        before = joined[-1] if joined else None
        if output.output_type == "stream" and before and before.get("name") == output.name:
            before.text += output.text
        else:
            joined.append(output)
    return joined


def store(notebook: nbformat.NotebookNode, path: Path):
    """Write a notebook, and its original in the package, which has no results; only if the file would change."""
    text = nbformat.writes(notebook) + "\n"
    original = json.dumps(bare(json.loads(text)), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    write(text, path)
    write(original, ORIGINALS / f"{path.stem}.json")


def write(text: str, path: Path):
    """Write a file if it would change, and say so."""
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8", newline="\n")
        print(f"written   {path.relative_to(ROOT)}")
    else:
        print(f"unchanged {path.relative_to(ROOT)}")
