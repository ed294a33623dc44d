"""The one gate through which arrays come in: what a reader gave becomes an array, or is refused by its name.

`numpy.asarray` loses some meanings without a word: it counts the hidden entries of a masked array, and as floats it
takes text for numbers and None for NaN. So no other part of the library calls it on what a reader gave.
"""

import numpy as np

from .checking import Refusal

SORTS = {"U": "text", "S": "bytes", "c": "complex numbers", "b": "booleans"}  # of arrays that are not numbers
PLAIN = {float, int, bool, str, np.float64}  # entries of a list that hide nothing


def _hides(given) -> bool:
    """Return whether there is a masked array among what was given, with an entry that does not count."""
    if isinstance(given, np.ma.MaskedArray):
        return bool(np.ma.is_masked(given))
    return isinstance(given, list | tuple) and not PLAIN.issuperset(map(type, given)) and any(map(_hides, given))


def any_array(given) -> np.ndarray:
    """Return what was given as an array of any sort, with any number of entries.

    Examples
    --------
    >>> any_array(["a", "b"]).shape
    (2,)
    """
    if type(given) is np.ndarray:
        return given
    if _hides(given):
        raise Refusal(f"a masked array: {given!s:.80}; first fill its hidden entries, or leave them out", TypeError)
    try:
        return np.asarray(given)
    except ValueError:
        if isinstance(given, list | tuple):
            raise Refusal(f"rows of different lengths: {given!r:.80}") from None
        raise _no_array(given) from None
    except Exception:  # whatever the object's own code raises: RuntimeError for a tensor that records gradients
        raise _no_array(given) from None


def _no_array(given) -> Refusal:
    hint = "if it is a tensor that records gradients, give what its method .detach() returns"
    return Refusal(f"{type(given).__name__}, which does not become an array; {hint}", TypeError)


def number_array(given, sorts: str = "fiu", may_be_empty: bool = False) -> np.ndarray:
    """Return what was given as an array of numbers, at least one.

    Parameters
    ----------
    given
        What the reader gave.
    sorts : str
        The kinds of dtype that are taken, by NumPy's letters: floats, integers, unsigned ones; "b" for booleans, where
        they stand for 0 and 1.
    may_be_empty : bool
        Whether no number at all means something.

    Examples
    --------
    >>> number_array([1, 2])
    array([1, 2])
    """
    array = any_array(given)
    if array.size == 0 and may_be_empty and array.dtype.kind in "fiu":
        return array
    if array.dtype.kind not in sorts:
        hint = "; write 1 and 0 if they are meant as numbers" if array.dtype.kind == "b" else ""
        raise Refusal(f"{SORTS.get(array.dtype.kind, type(given).__name__)}: {given!r:.80}{hint}", TypeError)
    if array.size == 0:
        raise Refusal(f"none (shape {array.shape})")
    return array


def float_array(given, sorts: str = "fiu", may_be_empty: bool = False) -> np.ndarray:
    """Return what was given as `number_array` does, as float64; it may hold NaN or infinity.

    Examples
    --------
    >>> float_array([1, 2])
    array([1., 2.])
    """
    array = number_array(given, sorts, may_be_empty)
    if array.dtype == np.float64:
        return array
    with np.errstate(over="ignore"):  # a longer float beyond the largest float64 becomes inf
        return array.astype(np.float64)


def place(position) -> str:
    """Say where in an array something stands: " at index 3", " at index (0, 1)", or nothing for a single number."""
    position = tuple(int(i) for i in position)
    return f" at index {position[0] if len(position) == 1 else position}" if position else ""


def refuse_where(bad: np.ndarray, array: np.ndarray, what: str = ""):
    """Refuse an array for the first number that is bad."""
    if bad.any():
        position = tuple(np.argwhere(bad)[0])
        number = array[position]
        raise Refusal(f"{what}{number if array.dtype.kind in 'iu' else format(number, 'g')}{place(position)}")
