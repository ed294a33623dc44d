"""The words of code, comments and documents: English that a reader who learns the language understands at first."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = {".py", ".js", ".css", ".md", ".toml", ".yml", ".sh"}
QUOTES_THEM = {"CONTRIBUTING.md", "tests/library/test_words.py"}  # these two say what not to write

# a pattern, and the better words; \s+ stands for a line break, too
BETTER = {
    r"\basked\s+for\s+(is|are)\b": "we ask for …",
    r"(?<!there\s)\b(is|are|was|were|be)\s+no\s+(number|loss|trick|matter|question|drag|error|news|curve|point)s?\b": (
        "is not a number"
    ),
    r"\bso\s+written\b|\bso\s+is\s+called\b": "in this form; that is the name of …",
    r"\bof\s+a\s+film\s+(it|the\s+page)\b": "the page asks for the frames of a film",
    r"\bh[au]ngs?\s+on\b": "depends on",
    r"\bwho\s+believes\b": "when the prediction is …",
    r"\bwhatever\s+(else|befalls|its|their)\b|\bbefalls\b": "for any …; other work of the machine slows both",
    r"\b(has|have|had)\s+(a|no|the\s+last)\s+(say|word)\b": "counts; does not count; decides",
    r"\bnobody\s+here\s+wrote\b": "independent",
    r"\bsign\s+is\s+turned\b": "the sign is wrong",
    r"\b(takes?|taken)\s+hold\s+of\b": "a hand takes a handle, or drags it",
    r"\bdoes?\s+no\s+harm\b": "is harmless; changes nothing",
    r"\bknows?\s+no\s+(widget|browser|message)s?\b": "does not know widgets",
    r"\bits\s+kin\b": "related measures",
    r"\binformations\b": "information, which has no plural",
    r"\bin\s+ignorance\s+of\b": "without knowing",
    r"\bas\s+they\s+stand\b": "by default",
    r"\bfits?\s+in\s+a\s+head\b": "short",
    r"\bfewer\s+points\s+are\s+the\s+first\b": "a smaller n gives the first points of a larger n",
}


def texts():
    """Return the text files that git knows, by their paths."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    if listed.returncode:
        pytest.skip("this folder is not a git repository")
    names = [name for name in listed.stdout.splitlines() if Path(name).suffix in TEXT or name == ".ci/run"]
    return {name: (ROOT / name).read_text(encoding="utf-8") for name in names if name not in QUOTES_THEM}


@pytest.mark.parametrize("pattern", BETTER)
def test_nobody_has_to_read_a_sentence_twice(pattern):
    found = [
        f"{name}:{text.count(chr(10), 0, hit.start()) + 1}: {hit.group()!r}, better: {BETTER[pattern]}"
        for name, text in texts().items()
        for hit in re.finditer(pattern, text, re.I)
    ]
    assert not found, "\n".join(found)
