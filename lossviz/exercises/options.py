"""Which option was meant: options are compared as a person would compare them.

A reader has an ordinary keyboard, and options hold "−", "°", "σ" or "h²". So both sides are brought to one form first.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

_DASHES = "‐‑‒–—―−﹣－"
_QUOTES = "\"'`´‘’‚‛“”„‟«»‹›′″"
_SPELLED = str.maketrans({**dict.fromkeys(_DASHES, "-"), "√": " sqrt ", "≤": "<=", "≥": ">=", "∞": " inf ", "º": "°",
                          "℃": "°C", "≈": " ", "~": " ", "½": " 1/2", "¼": " 1/4", "¾": " 3/4", "⅓": " 1/3",
                          "⅔": " 2/3", "…": " "})  # fmt: skip
# what a person leaves out or adds without another meaning
_SILENT = re.compile(r"\b(?:the|an|a|its|it is|it's|about|around|approximately|circa|ca|degrees?|deg)\b|[°^*·×]")
_DECIMAL_COMMA = re.compile(r"\s*-?(?![1-9]\d*,\d{3}\D*$)\d+,\d+\s*%?\s*\.?\s*")  # 10,000 may be ten thousand
_TOKEN = re.compile(r"(?:(?<![a-z\d])-)?\d*\.?\d+(?:e[-+]?\d+)?|[^\W\d_]+|\S")


def _form(text: str) -> str:
    """Bring a text to the form in which options are compared: small letters, plain signs, Greek letters by name."""
    for quote in _QUOTES:
        text = text.replace(quote, "")
    text = unicodedata.normalize("NFKD", text.translate(_SPELLED)).casefold()
    text = "".join(_letter(sign) for sign in text if not unicodedata.combining(sign))
    text = re.sub(r"(?<=\d),(?=\d)", ".", text) if _DECIMAL_COMMA.fullmatch(text) else text
    text = re.sub(r"(?<=\d) +(?=\d{3}(?!\d))", "", text)  # 10 000 is one number
    text = re.sub(r"[\s.,;:!?]+$", "", text).strip()
    return text[1:-1].strip() if re.fullmatch(r"[(\[{][^()\[\]{}]*[)\]}]", text) else text


def _letter(sign: str) -> str:
    name = unicodedata.name(sign, "")
    return f" {name.split()[-1].casefold()} " if name.startswith("GREEK SMALL LETTER") else sign


def _tokens(text: str) -> tuple[str, ...]:
    """Cut a text into words, numbers and signs, without what is silent."""
    form = _form(text)
    found = tuple(_TOKEN.findall(_SILENT.sub(" ", form)))
    return tuple(map(_plain_number, found or _TOKEN.findall(form)))


def _joined(text: str) -> set[str]:
    """Return a text without blanks, with and without what is silent."""
    joined = {"".join(_tokens(text)), re.sub(r"[°^*·×\s]", "", _form(text))}
    if not re.search(r"[-+/]", _form(text)):  # brackets matter where something is added or divided
        joined |= {re.sub(r"[()\[\]{}]", "", each) for each in joined}
    return joined


def _plain_number(token: str) -> str:
    try:
        return f"{float(token):.10g}"
    except ValueError:
        return token


def _value(text: str) -> float | None:
    """Return the number that a text is, such as "0.5", "1/2" or "−5"; None if it is not a number."""
    form = _form(text).replace(" ", "")
    if re.fullmatch(r"-?\d{1,9}/[1-9]\d{0,8}", form):
        return float(Fraction(form))
    return float(form) if re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?", form) else None


def as_text(answer: Any) -> str | None:
    """Return what was handed in as the text that a reader would have typed; None for anything else."""
    if isinstance(answer, str):
        return str(answer)
    if isinstance(answer, bool | np.bool_):
        return str(answer)
    try:
        if isinstance(answer, list | tuple | np.ndarray) and np.ndim(answer) == 1 and 1 < len(answer) < 20:
            parts = [as_text(part) for part in answer]
            return None if None in parts else ", ".join(parts)
        array = np.asarray(answer)
        if array.size == 1 and array.dtype.kind in "iuf" and np.isfinite(array).all():
            return f"{array.item():.6g}" if array.dtype.kind == "f" else str(array.item())
        if array.size == 1 and array.dtype.kind in "US":
            return str(array.item())
        if isinstance(answer, Fraction):
            return str(answer)
    except Exception:
        return None
    return None


def meant(options: Sequence[str], answer: Any) -> str | None:
    """Return the option that was meant; None if none was, or more than one could be.

    Capitals, blanks, quotation marks, brackets, a full stop and the kind of a dash do not matter. `h^2` is h², `sigma`
    is σ, and 1 is "1.0". A part of an option is enough if no other option has this part, or none begins with it.

    Examples
    --------
    >>> meant(["−5", "0.9", "−5 and 0.9 alike"], "-5")
    '−5'
    >>> meant(["half as far", "twice as far"], "Half.")
    'half as far'
    >>> meant(["half as far", "twice as far"], "as far")
    """
    if (text := as_text(answer)) is None:
        return None
    if text in options:
        return text
    value = _value(text)
    if value is not None:
        equal = [
            option for option in options if (its := _value(option)) is not None and abs(its - value) <= 1e-6 * abs(its)
        ]
        if equal:
            return _only(equal)
    if isinstance(answer, bool | np.bool_):
        return _only(option for option in options if _form(option) == text.casefold())
    tokens = _tokens(text)
    same = [option for option in options if _joined(option) & _joined(text)]
    parts = same or [option for option in options if _is_part(tokens, _tokens(option))]
    found = _only(parts) or _only(option for option in parts if _tokens(option)[: len(tokens)] == tokens)
    return found if same or found is None or _denies(tokens) == _denies(_tokens(found)) else None


def _only(found: Iterable[str]) -> str | None:
    found = list(found)
    return found[0] if len(found) == 1 else None


def _is_part(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """Whether `part`, with at least one word or number, stands in `whole` as it is; of several numbers it needs all."""
    words = [token for token in part if len(token) > 1 and token.isalpha()]
    if not words and [token for token in part if _is_number(token)] != [token for token in whole if _is_number(token)]:
        return False
    if not words and not any(map(_is_number, part)):
        return False
    for i in range(len(whole) - len(part) + 1):
        if whole[i : i + len(part)] == part and not {"+", "-", "/"} & {*whole[:i], *whole[i + len(part) :]}:
            return True  # and what is left out is no part of a formula
    return False


def _denies(tokens: tuple[str, ...]) -> bool:
    """Whether a text says no: "at all" does not mean "not at all"."""
    return not {"no", "not", "none", "never", "nobody", "nothing", "neither", "without"}.isdisjoint(tokens)


def _is_number(token: str) -> bool:
    return any(sign.isdigit() for sign in token)


def listed(options: Sequence[str]) -> str:
    """Write the options for a reader: each in quotation marks, with commas between them."""
    return ", ".join(f"'{option}'" for option in options)
