"""What was handed in, as numbers that can be compared; and when two answers are the same."""

import inspect
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from decimal import Decimal
from numbers import Real
from typing import Any

import numpy as np

from .showing import show

# how far an answer may be from the reference: relative, and absolute for numbers near 0
RTOL, ATOL = 1e-9, 1e-12
_SINGLE = {2: 1e-2, 4: 1e-5}  # bytes of a float -> the relative rounding of a whole calculation with such floats


class Unusable(Exception):  # noqa: N818, not an error: it carries a sentence for the reader
    """What was handed in cannot be compared with numbers; the message tells the reader why."""


def numbers(answer: Any) -> np.ndarray:
    """Return an answer as an array of numbers, with the precision in which it was calculated.

    Raises
    ------
    Unusable
        If it is not made of numbers, or some are hidden. Its message completes "your function …".
    """
    _refuse_no_container(answer)
    try:
        array = np.array(_without_record(answer))  # a copy: the next call may write into the same array
        if array.dtype.kind == "O":
            array = _each_as_float(array)
    except Exception as error:
        raise Unusable(_why_no_array(answer, error)) from None
    if array.dtype.kind == "c":
        raise Unusable(
            f"returns complex numbers: {show(answer)}. Did you take the root or a power of a negative number?"
        )
    if array.dtype.kind not in "fiub":
        raise Unusable(f"returns {show(answer)}, of type {type(answer).__name__}; it should return numbers.")
    return array


def several(answer: Any, axes: int) -> list:
    """Return the things that came back together, as a list; one thing is a list of one.

    An array with no more axes than `axes`, those of one result, is one thing.

    Raises
    ------
    Unusable
        If their order is not known, or they are not calculated yet, or it is None.
    """
    _refuse_no_container(answer)
    if isinstance(answer, str | bytes) or (isinstance(answer, np.ndarray) and answer.ndim <= axes):
        return [answer]
    try:
        return list(answer)
    except Exception:  # one number
        return [answer]


def _refuse_no_container(answer: Any) -> None:
    if answer is None:
        raise Unusable("returns None. Does your function end with `return` and a value?")
    if answer is ...:
        raise Unusable("returns the three dots. Put your answer in their place.")
    if problem := _no_container_of_numbers(answer):
        raise Unusable(problem)


def _no_container_of_numbers(answer: Any) -> str:
    kind = type(answer).__name__
    if inspect.iscoroutine(answer):
        answer.close()
        return "returns a coroutine. Write `def` without `async` before it."
    if isinstance(answer, Iterator):
        return f"returns a {kind}, whose numbers are not calculated yet. Put list( ) around it."
    if isinstance(answer, Mapping | AbstractSet):
        return f"returns a {kind}: {show(answer)}. Return the numbers alone, as a list or an array."
    if isinstance(answer, np.ma.MaskedArray) and np.ma.is_masked(answer):
        return f"returns a masked array, in which some numbers are hidden: {show(answer)}. Return all numbers."
    if callable(answer) and not hasattr(type(answer), "__array__"):
        return f"returns {show(answer)}, which is a function or a class. Call it: brackets after its name."
    return ""


def _without_record(answer: Any) -> Any:
    """Return a tensor that records gradients without the record: its numbers are the same."""
    if isinstance(answer, list | tuple):
        return type(answer)(map(_without_record, answer)) if type(answer) in (list, tuple) else answer
    detach = getattr(answer, "detach", None)
    return detach() if callable(detach) and not isinstance(answer, np.ndarray) else answer


def _each_as_float(array: np.ndarray) -> np.ndarray:
    """Return an array of Python's other numbers (fractions, decimals, huge integers) as floats."""
    for one in array.flat:
        if not isinstance(one, Real | Decimal | np.ndarray) and not hasattr(one, "__float__"):
            raise TypeError(type(one).__name__)
    return array.astype(float)


def _why_no_array(answer: Any, error: Exception) -> str:
    if isinstance(answer, tuple):
        things = " and ".join(map(show, answer))
        return f"returns {len(answer)} things at once: {things}. Return only what is asked for."
    if isinstance(error, OverflowError):
        return f"returns a number that is too large for a float: {show(answer)}."
    if isinstance(answer, list) and isinstance(error, ValueError) and "inhomogeneous" in str(error):
        return f"returns rows of different lengths: {show(answer)}."
    return f"returns {show(answer)}, of type {type(answer).__name__}; it should return numbers."


def as_number(answer: Any) -> float | None:
    """Return the one number that was handed in; None if it is not one number."""
    if isinstance(answer, bool | np.bool_ | str | bytes):
        return None
    try:
        array = numbers(answer)
    except Unusable:
        return math.inf if isinstance(answer, int) and answer > 0 else -math.inf if isinstance(answer, int) else None
    return float(array.item()) if array.size == 1 and array.dtype.kind in "fiu" else None


# ---------------------------------------------------------------------- the same


def same(left: Any, right: Any, rtol: float = RTOL, atol: float = ATOL) -> bool:
    """Return whether two answers agree up to rounding."""
    left, right = np.asarray(left), np.asarray(right)
    return left.shape == right.shape and bool(np.allclose(left, right, rtol=rtol, atol=atol, equal_nan=True))


def precision(array: np.ndarray) -> float:
    """Return how exact a whole calculation in the answer's own floats is; `RTOL` for ordinary ones.

    An ordinary float that is exactly a float of 32 bits was calculated as one, and converted at the end.
    """
    if array.dtype.kind == "f" and array.dtype.itemsize in _SINGLE:
        return _SINGLE[array.dtype.itemsize]
    with np.errstate(all="ignore"):
        converted = array.dtype.kind == "f" and array.size and (array == array.astype(np.float32)).all()
    return _SINGLE[4] if converted else RTOL


def in_single(case: Sequence) -> list:
    """Return arguments as someone finds them who calculates with floats of 32 bits."""
    with np.errstate(all="ignore"):
        return [one.astype(np.float32).astype(float) if _is_floats(one) else one for one in case]


def _is_floats(one: Any) -> bool:
    return isinstance(one, np.ndarray) and one.dtype.kind == "f"


def as_asked(answer: np.ndarray, expected: Any) -> np.ndarray:
    """Return an array of one entry as one number where one number is expected."""
    return answer.reshape(()) if np.ndim(expected) == 0 and answer.size == 1 else answer


def agrees(answer: np.ndarray, case: Sequence, reference: Callable, expected: Any, within: float = 0.0) -> bool:
    """Return whether an answer is the reference's, as exactly as the floats in which it was calculated allow."""
    if same(answer, expected):
        return True
    floats = precision(answer)
    rtol, expected = max(floats, within), np.asarray(expected, float)
    finite = np.abs(expected[np.isfinite(expected)])
    atol = max(ATOL, rtol / 10 * finite.max(initial=0.0)) if rtol > RTOL else ATOL
    if floats > RTOL:  # what was rounded first, and then subtracted
        atol = max(atol, floats / 25 * min(1.0, max((np.abs(one).max() for one in case if _is_floats(one)), default=0)))
    if same(answer, expected, rtol, atol):
        return True
    if answer.dtype.kind != "f":
        return False
    try:
        rounded = reference(*in_single(case))
    except Exception:  # it may not be defined there
        return False
    return same(answer, rounded, rtol, atol)


def unchanged(now: Any, before: Any) -> bool:
    """Return whether an argument is still exactly as it was handed over."""
    if isinstance(before, np.ndarray):
        return (
            isinstance(now, np.ndarray)
            and now.dtype == before.dtype
            and np.array_equal(now, before, equal_nan=before.dtype.kind == "f")
        )
    if isinstance(before, list | tuple):
        return len(now) == len(before) and all(map(unchanged, now, before))
    return bool(now == before) or now is before
