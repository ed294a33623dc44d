"""What the course needs on this machine, and one line that says what to do if something is missing."""

import re
import sys
from importlib.metadata import PackageNotFoundError, requires, version

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
    for name, wanted in _ranges().items():
        try:
            found = version(name)
        except PackageNotFoundError:
            found = None
        lines.append(_line(name, found, wanted, _REPAIR))
    if not any("→" in line for line in lines):
        lines.append("All is ready.")
    return "\n".join(lines)


def _ranges() -> dict[str, str]:
    """Return each package the course needs, with the range of its versions."""
    wanted = [re.fullmatch(r"([\w-]+)(.*)", line.partition(";")[0].strip()) for line in requires("lossviz") or []]
    return {match[1]: match[2] for match in wanted}


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
