"""Text for a console that may not know all our letters: on a page every letter can be shown, in a terminal not."""

import sys

PLAIN = str.maketrans({"−": "-", "→": "->", "…": "...", "✓": "+", "✗": "x", "²": "^2", "·": "."})


def printable(text: str) -> str:
    """Return `text` as the present console can show it.

    Where a letter is unknown, a true minus becomes a hyphen, an arrow `->`, and what has no other form a question mark.

    Examples
    --------
    >>> printable("w = −1 → 2")
    'w = −1 → 2'
    """
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(PLAIN).encode(encoding, "replace").decode(encoding)
    return text
