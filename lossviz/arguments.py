"""What an argument can be: the checks that turn what a reader gave into what the arithmetic expects.

A kind is a function `(where, given)` that returns the checked argument, or says what was given, what is allowed, and
where. How the shapes of several arguments must agree is said in `lossviz.loss`.
"""

from collections.abc import Callable
from numbers import Real

import numpy as np

LARGEST = np.finfo(float).max
SUM_TOLERANCE = 1e-4  # how far a distribution's sum may be from 1: rounding, or a step taken to measure a gradient

Kind = Callable[[str, object], object]

# ---------------------------------------------------------------------- arrays


def _array(where: str, given) -> np.ndarray:
    """Return `given` as an array of numbers that is not empty, or say why it is none."""
    try:
        array = np.asarray(given)
    except ValueError:
        raise ValueError(f"{where} must be a rectangular array, got rows of different lengths: {given!r:.80}") from None
    if array.dtype.kind not in "fiub":
        kind = {"U": "text", "S": "bytes", "c": "complex numbers"}.get(array.dtype.kind, f"{type(given).__name__}")
        raise TypeError(f"{where} must be numbers, got {kind}: {given!r:.80}")
    if array.size == 0:
        raise ValueError(f"{where} is empty (shape {array.shape}); at least one number is needed")
    return array


def _refuse_where(bad: np.ndarray, array: np.ndarray, where: str, allowed: str):
    if bad.any():
        index = tuple(int(i) for i in np.argwhere(bad)[0])
        place = f" at index {index[0] if len(index) == 1 else index}" if index else ""
        raise ValueError(f"{where} must hold {allowed}, got {array[index]:g}{place}")


def _array_of(allowed: str, low: float = -LARGEST, high: float = LARGEST) -> Kind:
    """Make the kind of the float64 arrays whose numbers lie between `low` and `high`, both included."""

    def kind(where: str, given) -> np.ndarray:
        array = _array(where, given).astype(np.float64, copy=False)
        if not (low <= array.min() and array.max() <= high):  # a NaN fails both comparisons
            _refuse_where(~((array >= low) & (array <= high)), array, where, allowed)
        return array

    kind.__doc__ = f"Check an array of {allowed}."
    return kind


def _array_of_two(first: float, second: float) -> Kind:
    """Make the kind of the float64 arrays that hold nothing but two numbers."""

    def kind(where: str, given) -> np.ndarray:
        array = _array(where, given).astype(np.float64, copy=False)
        _refuse_where((array != first) & (array != second), array, where, f"only {first:g} and {second:g}")
        return array

    kind.__doc__ = f"Check an array that holds only {first:g} and {second:g}."
    return kind


def _floats(kind: Kind) -> Kind:
    """Make of a kind the one that refuses integers: they are labels, or a target in the prediction's place."""

    def strict(where: str, given) -> np.ndarray:
        array = _array(where, given)
        if array.dtype.kind in "iub":
            raise TypeError(
                f"{where} must be probabilities, got integers: {given!r:.80}; write 1.0 for certainty "
                "(scores and labels are no probabilities, and the prediction comes before the target)"
            )
        return kind(where, array)

    strict.__doc__ = kind.__doc__.removesuffix(".") + ", given as floats."
    return strict


real = _array_of("finite numbers")
not_negative = _array_of("finite numbers of at least 0", low=0)
share = _array_of("numbers from 0 to 1", low=0, high=1)
probability = _floats(share)
log_probability = _array_of("logarithms of probabilities, finite and at most 0", high=0)
zero_or_one = _array_of_two(0, 1)
minus_or_plus_one = _array_of_two(-1, 1)


def label(where: str, given) -> np.ndarray:
    """Check an array of class indices: integers from 0."""
    array = _array(where, given)
    if array.dtype.kind not in "iu":
        raise TypeError(f"{where} must be integers, the indices of classes from 0, got {array.dtype}: {given!r:.80}")
    _refuse_where(array < 0, array, where, "indices of classes, from 0")
    return array.astype(np.int64, copy=False)


def count(where: str, given) -> np.ndarray:
    """Check an array of whole numbers from 0."""
    array = not_negative(where, given)
    _refuse_where(array != np.floor(array), array, where, "whole numbers of at least 0")
    return array


def distribution(where: str, given) -> np.ndarray:
    """Check distributions on the last axis: numbers from 0 to 1 that sum to 1."""
    array = share(where, given)
    if array.ndim == 0:
        raise ValueError(f"{where} must be a distribution, a row of probabilities, got one number: {array:g}")
    sums = array.sum(axis=-1)
    _refuse_where(abs(sums - 1) > SUM_TOLERANCE, sums, where, "rows that sum to 1")
    return array


distribution_of_floats = _floats(distribution)


def log_distribution(where: str, given) -> np.ndarray:
    """Check the logarithms of distributions on the last axis; −inf, the logarithm of 0, is one."""
    array = _array(where, given).astype(np.float64, copy=False)
    _refuse_where(~(array <= SUM_TOLERANCE), array, where, "logarithms of probabilities, at most 0")
    sums = np.exp(array).sum(axis=-1)
    _refuse_where(
        abs(sums - 1) > SUM_TOLERANCE, sums, where, "rows whose exponentials sum to 1 (log_softmax makes them)"
    )
    return array


# ---------------------------------------------------------------------- single numbers


def _number(allowed: str, legal: Callable[[float], bool]) -> Kind:
    """Make the kind of the single numbers that are legal."""

    def kind(where: str, given) -> float:
        if isinstance(given, bool) or not isinstance(given, Real | np.ndarray) or np.ndim(given):
            raise TypeError(f"{where} must be one number {allowed}, got {given!r:.80}")
        if not legal(float(given)):
            raise ValueError(f"{where} must be {allowed}, got {float(given):g}")
        return float(given)

    kind.__doc__ = f"Check one number {allowed}."
    return kind


positive = _number("above 0 and finite", lambda number: 0 < number < np.inf)
at_least_0 = _number("at least 0 and finite", lambda number: 0 <= number < np.inf)
between_0_and_1 = _number("above 0 and below 1", lambda number: 0 < number < 1)
from_0_to_1 = _number("from 0 to 1", lambda number: 0 <= number <= 1)
acute = _number("above 0 and below 90 degrees", lambda number: 0 < number < 90)


def whole(where: str, given, least: int = 1) -> int:
    """Check one integer, of at least `least`."""
    if isinstance(given, bool) or not isinstance(given, int | np.integer):
        raise TypeError(f"{where} must be one integer of at least {least}, got {given!r:.80}")
    if given < least:
        raise ValueError(f"{where} must be at least {least}, got {given}")
    return int(given)


def index(where: str, given) -> int:
    """Check one integer from 0."""
    return whole(where, given, least=0)


# ---------------------------------------------------------------------- kinds made of others


def optional(kind: Kind) -> Kind:
    """Make of a kind the one that lets None through."""

    def kind_or_none(where: str, given):
        return None if given is None else kind(where, given)

    kind_or_none.__doc__ = kind.__doc__.removesuffix(".") + ", or None."
    return kind_or_none


def one_or_each(where: str, given) -> float | np.ndarray:
    """Check one positive number, or an array with one for each example."""
    if np.ndim(given) == 0:
        return positive(where, given)
    array = real(where, given)
    _refuse_where(array <= 0, array, where, "numbers above 0")
    return array
