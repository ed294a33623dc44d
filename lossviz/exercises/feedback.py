"""The answer that a reader gets: a verdict and some lines of text, in colour where the front end can show it."""

from dataclasses import dataclass
from html import escape

# verdict -> the word that opens the feedback, its mark, and the colours of its box: edge, paper, ink
_LOOKS = {
    "right": ("Right", "✓", "#007d5f", "#eaf6f2", "#0b3d30"),
    "wrong": ("Not yet", "✗", "#b86e00", "#fdf3e7", "#4d2a00"),
    "open": ("Not attempted yet", "…", "#66707a", "#f1f3f5", "#2b3138"),
    "noted": ("Noted", "→", "#0067a5", "#e9f2f9", "#08314c"),
    "answer": ("Answer", "=", "#0067a5", "#e9f2f9", "#08314c"),
}


@dataclass(frozen=True)
class Feedback:
    """The checker's answer. Its text says all that its colour says.

    Attributes
    ----------
    verdict : str
        "right", "wrong", "open" (nothing to check yet), "noted" (a prediction) or "answer" (its solution).
    text : str
        What the reader should know, in one or more lines.
    misconception : str
        The name of the misconception that was recognised; empty if none was.

    Examples
    --------
    >>> Feedback("right", "The mean is 2.")
    ✓ Right. The mean is 2.
    """

    verdict: str
    text: str
    misconception: str = ""

    def __str__(self):
        word, mark, *_ = _LOOKS[self.verdict]
        return f"{mark} {word}. {self.text}"

    __repr__ = __str__

    def _repr_html_(self):
        word, mark, edge, paper, ink = _LOOKS[self.verdict]
        lines = escape(self.text).replace("\n", "<br>")
        style = f"border-left:4px solid {edge};background:{paper};color:{ink};padding:.5em .9em;max-width:960px"
        return f'<div style="{style}"><b>{mark} {word}.</b> {lines}</div>'
