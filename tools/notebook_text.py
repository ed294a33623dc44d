"""A notebook as text, for `git diff`: cells, what they print, and one line for each picture.

Needs only Python and starts fast: git calls it twice for each notebook of a diff, with paths of temporary files. It
leaves out what readers do not look at: names of cells, and the order in which they ran.
"""

import base64
import hashlib
import json
import struct
from pathlib import Path

PNG = b"\x89PNG\r\n\x1a\n"


def as_text(path: Path) -> str:
    """Return a notebook as text. A file that is not a notebook, in a merge for example, comes back as it is."""
    written = path.read_text(encoding="utf-8", errors="replace")
    try:
        notebook = json.loads(written)
        cells = notebook["cells"]
    except (ValueError, KeyError, TypeError):
        return written
    about = {key: each for key, each in notebook.items() if key != "cells"}
    lines = [f"# notebook {json.dumps(about, ensure_ascii=False, sort_keys=True)}"]
    for cell in cells:
        lines += ["", *cell_lines(cell)]
    return "\n".join(lines) + "\n"


def cell_lines(cell: dict) -> list[str]:
    """Return a cell's heading, its source, and its outputs, each under a heading."""
    kind = "" if cell["cell_type"] == "code" else f" [{cell['cell_type']}]"
    metadata = f" {json.dumps(cell['metadata'], ensure_ascii=False, sort_keys=True)}" if cell.get("metadata") else ""
    lines = [f"# %%{kind}{metadata}", *whole(cell["source"]).splitlines()]
    for name, data in cell.get("attachments", {}).items():
        lines += [f"# %% attachment {name}", *data_lines(data)]
    for output in cell.get("outputs", []):
        lines += output_lines(output)
    return lines


def output_lines(output: dict) -> list[str]:
    """Return what a cell printed, showed or failed with."""
    kind = output["output_type"]
    if kind == "stream":
        return [f"# %% {output['name']}", *whole(output["text"]).splitlines()]
    if kind == "error":
        return ["# %% error", f"{output['ename']}: {output['evalue']}"]
    return [
        "# %% result" if kind == "execute_result" else "# %% shown",
        *data_lines(output["data"], output.get("metadata")),
    ]


def data_lines(data: dict, metadata: dict | None = None) -> list[str]:
    """Return the plain text in full, and one line for each other form of the same output."""
    lines = whole(data.get("text/plain", "")).splitlines()
    others = sorted(key for key in data if key != "text/plain")
    return lines + [summary(key, data[key], (metadata or {}).get(key)) for key in others]


def summary(kind: str, stored: object, metadata: object) -> str:
    """Return one line that changes when the output changes: its size, how it is shown, and a short hash."""
    if isinstance(stored, str | list):
        text = whole(stored)
        content = base64.b64decode(text) if kind.startswith("image/") and "<" not in text else text.encode()
    else:
        content = json.dumps(stored, sort_keys=True).encode()
    size = "{} × {}".format(*struct.unpack(">II", content[16:24])) if content.startswith(PNG) else ""
    shown = "shown as {width} × {height}".format(**metadata) if {"width", "height"} <= set(metadata or {}) else ""
    told = [kind, size, shown, f"{len(content)} bytes", hashlib.sha256(content).hexdigest()[:8]]
    return f"[{', '.join(each for each in told if each)}]"


def whole(text: str | list[str]) -> str:
    """Return a text that the notebook may have as a list of lines."""
    return text if isinstance(text, str) else "".join(text)
