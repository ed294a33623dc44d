"""The answer that a reader gets: a verdict and some lines of text, in colour where the front end can show it."""

from dataclasses import dataclass
from html import escape
from itertools import groupby

from ..console import printable

# verdict -> the word that opens the feedback, its mark, and the colours of its box: edge, paper, ink
_LOOKS = {
    "right": ("Right", "✓", "#007d5f", "#eaf6f2", "#0b3d30"),
    "wrong": ("Not yet", "✗", "#b86e00", "#fdf3e7", "#4d2a00"),
    "open": ("Not attempted yet", "…", "#66707a", "#f1f3f5", "#2b3138"),
    "unclear": ("Please write it in another way", "?", "#66707a", "#f1f3f5", "#2b3138"),
    "noted": ("Noted", "→", "#0067a5", "#e9f2f9", "#08314c"),
    "answer": ("Answer", "=", "#0067a5", "#e9f2f9", "#08314c"),
}

MACHINE = "application/vnd.lossviz.feedback+json"  # the part of the output that a program reads

INDENT = "    "  # a line that begins with it is aligned with its neighbours: a fixed-width font shows it


@dataclass(frozen=True)
class Feedback:
    """The checker's answer. Its text says all that its colour says.

    In a notebook, the output also has a part for programs, of the type `MACHINE`: the exercise, the verdict and the
    misconception.

    Attributes
    ----------
    verdict : str
        "right", "wrong", "open" (nothing to check yet), "unclear" (no answer to this question), "noted" (a prediction)
        or "answer" (its solution).
    text : str
        What the reader should know, in one or more lines. Lines that begin with four blanks are aligned.
    misconception : str
        The name of the mistake that was recognised; empty if none was.
    exercise : str
        Which exercise it is of: "line_fit.residual".

    Examples
    --------
    >>> Feedback("right", "The mean is 2.")
    ✓ Right. The mean is 2.
    """

    verdict: str
    text: str
    misconception: str = ""
    exercise: str = ""

    def __str__(self):
        word, mark, *_ = _LOOKS[self.verdict]
        return printable(f"{mark} {word}. {self.text}")

    __repr__ = __str__

    def _repr_html_(self):
        word, mark, edge, paper, ink = _LOOKS[self.verdict]
        blocks = []
        for aligned, lines in groupby(self.text.split("\n"), lambda line: line.startswith(INDENT)):
            if aligned:
                rows = "\n".join(escape(line) for line in lines)
                blocks.append(f'<pre style="{_FIXED_WIDTH};color:{ink}">{rows}</pre>')
            else:
                blocks.append("<br>".join(map(escape, lines)))
        style = f"border-left:4px solid {edge};background:{paper};color:{ink};padding:.5em .9em;max-width:960px"
        return f'<div style="{style}"><b>{mark} {word}.</b> {"".join(blocks)}</div>'

    def _repr_mimebundle_(self, **_):
        return {MACHINE: dict(exercise=self.exercise, verdict=self.verdict, misconception=self.misconception)}


_FIXED_WIDTH = "margin:.3em 0;padding:0;background:none;border:0;font-size:.95em;line-height:1.35;overflow-x:auto"
