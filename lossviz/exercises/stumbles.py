"""What an exception means: Python's and NumPy's own sentence, and a plain one for somebody who meets it first."""

import builtins
import re
import traceback
from collections.abc import Callable

from .showing import show

# (type's name, part of the message) -> what it means; the first that fits is told
_MEANINGS = [
    ("", r"truth value of an array",
     "`if`, `and`, `or`, `max` and `min` ask for one value, and here stands a whole array. Entry by entry work "
     "`np.where`, `&`, `|`, `np.maximum` and `np.minimum`."),
    ("TypeError", r"bitwise_xor|for \^", "In Python a power is `**`; the sign `^` means something else."),
    ("TypeError", r"only (?:0-dimensional|length-1|size-1) arrays",
     "A function that takes one number, as those of `math` and `float` do, was given an array. NumPy's functions "
     "(`np.log`, `np.exp`, `np.sqrt`, …) take a whole array."),
    ("TypeError", r"scalar index|cannot be interpreted as an integer",
     "A whole number is needed here. In `np.max(a, b)` the second argument is an axis: entry by entry the larger is "
     "`np.maximum(a, b)`. A count or an index must be an `int`."),
    ("", r"could not be broadcast",
     "Two arrays do not fit together: their shapes are in the message. A sum, mean or maximum of each row loses its "
     "axis unless you write `keepdims=True` (or add it again with `[:, None]`). "
     "Or a size stands in your function as a number, and here it is another."),
    ("", r"cannot reshape", "The size stands in your function as a number, and here it is another."),
    ("", r"matmul|shapes .* not aligned",
     "`@` and `np.dot` need as many columns on their left as rows on their right. Is a `.T` missing? Or is it the "
     "product entry by entry, `*`?"),
    ("AxisError", r"", "The array has fewer axes than you think: print its shape."),
    ("IndexError", r"out of (?:range|bounds)",
     "There is no entry with this index. Counting begins with 0, so the last of N entries has the index N − 1."),
    ("IndexError", r"only integers|arrays used as indices", "An index must be a whole number, or an array of them."),
    ("IndexError", r"too many indices|invalid index", "The brackets hold more indices than the array has axes."),
    ("UnboundLocalError", r"", "The name is used before it has a value: give it one above this line."),
    ("TypeError", r"NoneType",
     "Something here is None, which means nothing: often the result of a function without `return`, or of `print`."),
    ("TypeError", r"list.* and |and .*list|multiply sequence|'list'|list indices",
     "A list does not calculate. `np.array(…)` makes an array of it, which does."),
    ("TypeError", r"str", "Text does not calculate: leave the quotation marks away, or use `float(…)`."),
    ("", r"could not convert string|invalid literal", "Here stands text, and a number is needed."),
    ("TypeError", r"object is not callable",
     "Round brackets after a value call it like a function. For a product write `*`; for an entry use [ ]."),
    ("TypeError", r"not subscriptable|not iterable|has no len|unsized",
     "This is one number: it has no entries, so there is nothing to count, to index or to loop over."),
    ("TypeError", r"positional argument|unexpected keyword|required .*argument",
     "A function was called with arguments that do not fit. `help(…)` of it tells which it takes."),
    ("TypeError", r"unsupported operand", "These two things cannot be combined by this operation: print both."),
    ("TypeError", r"ufunc", "NumPy cannot calculate with what it was given here: print it, and its type."),
    ("ValueError", r"math domain|expected a (?:positive|nonnegative)",
     "`math.log` takes numbers above 0 only, and `math.sqrt` none below 0."),
    ("OverflowError", r"", "The number becomes too large for a float. Rewrite the formula so that it stays small."),
    ("ZeroDivisionError", r"", "You divide by 0. For which arguments can that happen?"),
    ("FloatingPointError", r"", "A result is not finite: a division by 0, a log of 0, or an overflow."),
    ("ValueError", r"unpack", "The number of names on the left of `=` is not the number of values on its right."),
    ("ValueError", r"inhomogeneous|different lengths", "The rows have different lengths, so they make no array."),
    ("ValueError", r"zero-size|empty", "An empty array has no maximum, minimum or mean."),
    ("RecursionError", r"",
     "The function calls itself too many times. When does it stop? Or does it have the name of the one you meant?"),
    ("TypeError", r"unhashable",
     "An array or a list cannot be a key of a dictionary or an element of a set, and a cache needs keys."),
    ("AttributeError", r"module", "The module has no such function: look at how its name is spelled."),
    ("AttributeError", r"", "This has nothing of that name. `np.asarray(…)` makes an array of a list or a number."),
    ("KeyError", r"", "There is nothing under this key."),
    ("ModuleNotFoundError", r"", "This package is not installed, and no exercise needs it."),
    ("MemoryError", r"", "The arrays are too large for the memory: look at their shapes."),
    ("SystemExit", r"", "Leave out `exit()` and `quit()`: a function ends with `return`."),
    ("AssertionError", r"", "An `assert` of yours does not hold for these arguments."),
    ("NotImplementedError", r"", "The function is not written yet."),
]  # fmt: skip


def explain(function: Callable, error: BaseException, arguments: list[str]) -> str:
    """Say that a function stopped, what that means, and where in the reader's own lines it happened."""
    try:
        message = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    except Exception:
        message = type(error).__name__
    parts = [f"Your function stopped with {message:.300}"]
    if meaning := _covered(function, error) or _meaning(error, message, arguments):
        parts.append(meaning)
    if where := place(function, error):
        parts.append(f"It arose in {where}")
    return "\n".join(parts)


def _covered(function: Callable, error: BaseException) -> str:
    """Say that a name of Python or of NumPy means something else now; empty if none does."""
    code, notebook = getattr(function, "__code__", None), getattr(function, "__globals__", {})
    used = getattr(code, "co_names", ())
    if isinstance(error, UnboundLocalError):
        name = next(iter(re.findall(r"'(\w+)'", str(error))), "")
        if hasattr(builtins, name):
            return (
                f"Your function gives `{name}` a value, so here it is no longer Python's `{name}`. Take another name."
            )
    if isinstance(error, TypeError) and "not callable" in str(error):
        for name in used:
            if hasattr(builtins, name) and name in notebook and not callable(notebook[name]):
                return (
                    f"In your notebook, `{name}` is now {show(notebook[name])}, no longer Python's function. "
                    f"`del {name}` in a cell brings the function back."
                )
    if isinstance(error, AttributeError) and "np" in used and not hasattr(notebook.get("np"), "ndarray"):
        return f"In your notebook, `np` is now {show(notebook.get('np'))}. `import numpy as np` makes it NumPy again."
    return ""


def _meaning(error: BaseException, message: str, arguments: list[str]) -> str:
    kinds = {kind.__name__ for kind in type(error).__mro__}
    if isinstance(error, NameError) and not isinstance(error, UnboundLocalError):
        return _unknown_name(getattr(error, "name", None) or "", arguments)
    for kind, part, meaning in _MEANINGS:
        if (not kind or kind in kinds) and re.search(part, message):
            return meaning
    if re.match(r"[\w.]+: \w+.* must ", message.partition(": ")[2]):
        return ""  # our own sentence says it all
    return "Python cannot carry out this line with the values it has there. Print them just before it."


def _unknown_name(name: str, arguments: list[str]) -> str:
    for first in arguments:
        if name.startswith(first) and name != first and name[len(first) :] in arguments:
            return f"Python takes `{name}` for one name. A product needs its sign: `{first} * {name[len(first) :]}`."
    return "Python does not know this name. Is it spelled as where it was made, and was that cell run?"


def place(function: Callable, error: BaseException) -> str:
    """Return the last line of the reader's own code that an exception came through; leave out the checker's."""
    code = getattr(function, "__code__", None)
    code = code or getattr(type(function).__dict__.get("__call__"), "__code__", None)  # an object that can be called
    frames = [
        frame for frame in traceback.extract_tb(error.__traceback__) if code and frame.filename == code.co_filename
    ]
    if not frames:
        return ""
    line = f": `{frames[-1].line:.80}`" if frames[-1].line else ""
    return f"line {frames[-1].lineno} of your cell{line}"
