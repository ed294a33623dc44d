"""Text for a console that may not know all our letters: on a page every letter can be shown, in a terminal not."""

import sys


def printable(text: str) -> str:
    """Return `text` as the present console can show it.

    A true minus becomes a hyphen where it is unknown, any other unknown letter a question mark.

    Examples
    --------
    >>> printable("w = -1")
    'w = -1'
    """
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.replace("−", "-").encode(encoding, "replace").decode(encoding)
    return text
