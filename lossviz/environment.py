"""What the course needs on this machine, and one line that says what to do if something is missing."""

import re
import sys
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from .console import printable

_REPAIR = "python -m pip install -r requirements.txt"


def report() -> str:
    """Say, in a line for each part, which version is here and whether it works; and what to do if one does not.

    The ranges are those of requirements.txt. Nothing is imported, so the report works even where a part is broken.

    Returns
    -------
    str
        Ends with "All is ready." if it is.

    Examples
    --------
    >>> print(report().splitlines()[-1])
    All is ready.
    """
    lines = [_line("python", ".".join(map(str, sys.version_info[:3])), ">=3.11", "install Python 3.11 or newer")]
    if _version("lossviz") is None:
        lines.append(_line("lossviz", None, "", _REPAIR))
    for name, wanted in _ranges().items():
        lines.append(_line(name, _version(name), wanted, _REPAIR))
    if not any("→" in line for line in lines):
        lines.append("All is ready.")
    return printable("\n".join(lines))


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _ranges() -> dict[str, str]:
    """Return each package the course needs here, with the range of its versions."""
    wanted = [re.match(r"(\w[\w-]*)([^;]*)", line) for line in _requirements()]
    ranges = {match[1]: match[2].strip() for match in wanted if match}
    if sys.platform == "emscripten":  # in a browser's Python, the page is there already
        ranges.pop("jupyterlab", None)
    return ranges


def _requirements() -> list[str]:
    """Return the lines of requirements: of the installed package, or else of the folder that holds it."""
    try:
        return requires("lossviz") or []
    except PackageNotFoundError:
        listed = Path(__file__).parents[1] / "requirements.txt"
        return listed.read_text(encoding="utf-8").splitlines() if listed.is_file() else []


def _line(name: str, found: str | None, wanted: str, repair: str) -> str:
    if found is None:
        return f"{name:12} missing → {repair}"
    return f"{name:12} {found}" + ("" if _within(found, wanted) else f" is outside {wanted} → {repair}")


def _within(found: str, wanted: str) -> bool:
    """Whether a version lies in a range like ">=4.2,<5"; a pre-release counts as its release."""
    for bound in wanted.split(","):
        operator, limit = re.match(r"(>=|<)(.*)", bound.strip()).groups()
        below = _numbers(found) < _numbers(limit)
        if below != (operator == "<"):
            return False
    return True


def _numbers(text: str) -> list[int]:
    return [int(part) for part in re.match(r"\d+(?:\.\d+)*", text.strip())[0].split(".")]
