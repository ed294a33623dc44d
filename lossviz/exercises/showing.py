"""How values, calls and differences are written for a reader: in one format, aligned, with what differs marked."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from .feedback import INDENT

_WIDEST = 8  # so many entries of a row are written out
_ROWS = 3  # so many wrong rows are shown
# NumPy's own settings, whatever a reader has set: two decimals of a reader's would hide a difference
_PRINTED = dict(precision=8, threshold=1000, edgeitems=3, linewidth=75, suppress=False, nanstr="nan", infstr="inf",
                sign="-", formatter=None, floatmode="maxprec", legacy=False)  # fmt: skip


def show(value: Any) -> str:
    """Write a value so that it fits on one line; whatever it is, and however the reader prints, this does not fail."""
    try:
        with np.printoptions(**_PRINTED):
            return _written(value)
    except Exception:
        return f"an object of type {type(value).__name__}"


def _written(value: Any) -> str:
    if isinstance(value, float | np.floating) or (isinstance(value, np.ndarray) and value.ndim == 0):
        return f"{value:.6g}" if np.asarray(value).dtype.kind in "fiu" else str(value)
    if isinstance(value, np.ndarray):
        edge = 3 if value.ndim < 2 else 2  # at each end of what is too long
        text = np.array2string(value, precision=6, separator=", ", threshold=_WIDEST, edgeitems=edge)
        return " ".join(text.split())
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."


def call(function: Callable, names: Sequence[str], case: Sequence) -> str:
    """Write out how a function was called."""
    try:
        called = str(function.__name__).replace("<lambda>", "your function")
    except Exception:  # an object that can be called
        called = "your function"
    given = ", ".join(f"{name}={show(value)}" for name, value in zip(names, case, strict=True))
    return f"{called}({given})"


def shape(array: np.ndarray) -> str:
    """Say in words what shape an answer has."""
    return "one number" if array.ndim == 0 else f"an array of shape {array.shape}"


def difference(got: np.ndarray, expected: np.ndarray, wrong: np.ndarray, unit: str) -> str:
    """Write two arrays of one shape above each other, in one format, with a mark under each entry that differs."""
    unit = f" {unit}" if unit else ""
    if got.ndim == 0:
        ours, right = _alike([got], [expected], [True])
        return f"{INDENT}gives       {ours}{unit}\n{INDENT}should give {right}{unit}"
    if got.ndim == 1:
        return "\n".join(_pair(got, expected, wrong, unit))
    rows = [got.reshape(-1, got.shape[-1]), expected.reshape(-1, got.shape[-1]), wrong.reshape(-1, got.shape[-1])]
    bad = np.flatnonzero(rows[2].any(axis=1))
    lines = []
    for row in bad[:_ROWS]:
        place = np.unravel_index(row, got.shape[:-1])
        lines.append(f"row {', '.join(str(int(i)) for i in place)}:")
        lines += _pair(*(each[row] for each in rows), unit)
    if len(bad) > _ROWS:
        lines.append(f"and {len(bad) - _ROWS} more of the {len(rows[0])} rows differ.")
    return "\n".join(lines)


def _pair(got: np.ndarray, expected: np.ndarray, wrong: np.ndarray, unit: str) -> list[str]:
    start = 0
    if len(got) > _WIDEST:
        start = int(np.clip(np.argmax(wrong) - 2, 0, len(got) - _WIDEST))
    window = slice(start, start + _WIDEST)
    cut_left, cut_right = "… " * (start > 0), ", …" * (start + _WIDEST < len(got))
    texts = _alike(got[window], expected[window], wrong[window])
    half = len(texts) // 2
    marks = " " * len(f"should give [{cut_left}")
    for text, bad in zip(texts[:half], wrong[window], strict=True):
        marks += ("^" * len(text.strip()) if bad else "").rjust(len(text)) + "  "
    lines = [
        f"{INDENT}gives       [{cut_left}{', '.join(texts[:half])}{cut_right}]{unit}",
        f"{INDENT}should give [{cut_left}{', '.join(texts[half:])}{cut_right}]{unit}",
        f"{INDENT}{marks.rstrip()}",
    ]
    if len(got) > _WIDEST:
        lines.append(f"Entries {start} to {start + half - 1} of {len(got)} are shown; {int(wrong.sum())} differ.")
    return lines


def _alike(ours: Sequence, right: Sequence, wrong: Sequence) -> list[str]:
    """Write numbers in one format and width, with as many digits as it takes to see that the wrong ones differ."""
    ours, right = ([np.asarray(value).item() for value in values] for values in (ours, right))
    for digits in range(6, 18):
        texts = [f"{value:.{digits}g}" for value in [*ours, *right]]
        pairs = zip(texts[: len(ours)], texts[len(ours) :], wrong, strict=True)
        if all(one != other or not bad for one, other, bad in pairs):
            break
    width = max(map(len, texts))
    return [text.rjust(width) for text in texts]
