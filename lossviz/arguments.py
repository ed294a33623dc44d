"""What an argument can be: the checks that turn what a reader gave into what the arithmetic expects.

Every check of the library is here. Call it with "function: argument" and what was given, or name it in the decorator
`lossviz.checking.checked`; its attribute `allowed` is what completes "argument must be …".
"""

import functools
from collections.abc import Callable, Mapping
from dataclasses import replace
from numbers import Real

import numpy as np

from .arrays import any_array, float_array, number_array, refuse_where
from .checking import Check, Condition, Refusal

LARGEST = np.finfo(float).max
LARGEST_INDEX = np.iinfo(np.intp).max
SUM_TOLERANCE = 1e-4  # how far a distribution's sum may be from 1: rounding, or a step taken to measure a gradient

# ---------------------------------------------------------------------- arrays


def _array_of(
    allowed: str, low: float = -LARGEST, high: float = LARGEST, axes: int | None = None, sorts: str = "fiu"
) -> Check:
    """Make the check of float64 arrays with numbers from `low` to `high`, both included, and so many axes."""

    def convert(given) -> np.ndarray:
        array = float_array(given, sorts)
        if not (low <= array.min() and array.max() <= high):  # a NaN fails both comparisons
            refuse_where(~((array >= low) & (array <= high)), array)
        if axes is not None and array.ndim != axes:
            raise Refusal(f"shape {array.shape}")
        return array

    return Check(allowed, convert, "array")


def _array_of_two(first: float, second: float, sorts: str = "fiu") -> Check:
    """Make the check of float64 arrays that hold only two numbers."""

    def convert(given) -> np.ndarray:
        array = float_array(given, sorts)
        refuse_where((array != first) & (array != second), array)
        return array

    return Check(f"one or more numbers, each {first:g} or {second:g}", convert, "array")


def _as_floats(check: Check) -> Check:
    """Make of a check the one that refuses integers: they are labels, or a target in the prediction's place."""

    def convert(given) -> np.ndarray:
        array = number_array(given, "fiub")
        if array.dtype.kind in "iub":
            raise Refusal(
                f"integers: {given!r:.80}; write 1.0 for certainty "
                "(scores and labels are not probabilities, and the prediction comes before the target)",
                TypeError,
            )
        return check.convert(array)

    return replace(check, allowed=f"{check.allowed}, as floats", convert=convert)


def _label(given) -> np.ndarray:
    array = number_array(given, "fiub")
    if array.dtype.kind not in "iu":
        raise Refusal(f"{array.dtype}: {given!r:.80}", TypeError)
    refuse_where((array < 0) | (array > LARGEST_INDEX), array)
    return array.astype(np.intp, copy=False)  # in a browser's Python an index has 32 bits


def _labels_in_order(given) -> np.ndarray:
    if number_array(given, "fiub", may_be_empty=True).size == 0:
        return np.empty(np.shape(given), np.intp)
    return _label(given)


def _count(given) -> np.ndarray:
    array = not_negative.convert(given)
    refuse_where(array != np.floor(array), array)
    return array


def _distribution(given) -> np.ndarray:
    array = share.convert(given)
    if array.ndim == 0:
        raise Refusal(f"one number: {array:g}")
    sums = array.sum(axis=-1)
    refuse_where(abs(sums - 1) > SUM_TOLERANCE, sums, "a sum of ")
    return array


def _rows(given) -> np.ndarray:
    array = real.convert(given)
    if array.ndim == 0:
        raise Refusal(f"one number: {array:g}")
    return array


def _log_distribution(given) -> np.ndarray:
    array = float_array(given)
    refuse_where(~(array <= SUM_TOLERANCE), array)
    if array.ndim == 0:
        raise Refusal(f"one number: {array:g}")
    sums = np.exp(array).sum(axis=-1)
    refuse_where(abs(sums - 1) > SUM_TOLERANCE, sums, "exponentials with a sum of ")
    return array


def _table(features: int | None, given) -> np.ndarray:
    array = real.convert(given)
    if array.ndim == 1 and features in (1, None):
        array = array[:, None]
    if array.ndim != 2 or features not in (array.shape[-1], None):
        raise Refusal(f"shape {np.shape(given)}")
    return array


@functools.cache
def table(features: int | None = None) -> Check:
    """Make the check of rows of finite numbers, a row for each example; one feature may come without its axis."""
    allowed = f"(N, {features or 'features'})" + (" or (N,)" if features in (1, None) else "")
    return Check(
        f"rows of finite numbers, a row for each example, shape {allowed}", functools.partial(_table, features), "array"
    )


def of_shape(shape: tuple[int, ...], check: Check, allowed: str) -> Check:
    """Make of an array's check the one that allows a single shape."""

    def convert(given) -> np.ndarray:
        array = check.convert(given)
        if array.shape != shape:
            raise Refusal(f"shape {array.shape}")
        return array

    return replace(check, allowed=allowed, convert=convert)


def one_or_more(check: Check) -> Check:
    """Make of an array's check the one that hands on a single number as a float."""

    def convert(given) -> float | np.ndarray:
        array = check.convert(given)
        return float(array) if array.ndim == 0 else array

    return replace(check, convert=convert, gives="either")


def with_last_axis(length: int, check: Check, allowed: str) -> Check:
    """Make of an array's check the one that allows one length of the last axis."""

    def convert(given) -> np.ndarray:
        array = check.convert(given)
        if array.shape[-1:] != (length,):
            raise Refusal(f"shape {array.shape}")
        return array

    return replace(check, allowed=allowed, convert=convert)


def _examples(given) -> np.ndarray:
    array = any_array(given)
    if array.ndim == 0 or len(array) == 0:
        raise Refusal(f"shape {array.shape}")
    return array


numbers = Check("one or more numbers", float_array, "array")
real = _array_of("one or more finite numbers")
real_or_boolean = _array_of("one or more finite numbers", sorts="fiub")  # True is 1, False is 0
not_negative = _array_of("one or more numbers of at least 0 and finite", low=0)
sample_rate = _array_of("one or more numbers from 0 to 9.2e18", low=0, high=9.2e18)  # NumPy draws counts up to there
above_0 = _array_of("one or more numbers above 0 and finite", low=5e-324)  # the smallest float
share = _array_of("one or more numbers from 0 to 1", low=0, high=1, sorts="fiub")
probability = _as_floats(share)
log_probability = _array_of("one or more logarithms of probabilities, finite and at most 0", high=0)
zero_or_one = _array_of_two(0, 1, sorts="fiub")
minus_or_plus_one = _array_of_two(-1, 1)
label = Check("one or more integers from 0, the indices of classes", _label, "array")
labels_in_order = Check("a list of integers from 0, the indices of symbols; it may be empty", _labels_in_order, "array")
count = Check("one or more whole numbers of at least 0", _count, "array")
distribution = Check(f"rows of numbers from 0 to 1 that sum to 1 (within {SUM_TOLERANCE})", _distribution, "rows")
distribution_of_floats = _as_floats(distribution)
log_distribution = Check(
    f"rows of logarithms of probabilities that sum to 1 (within {SUM_TOLERANCE}; log_softmax makes them)",
    _log_distribution,
    "rows",
)
rows = Check("one or more rows of finite numbers", _rows, "rows")
vector = _array_of("a list of finite numbers, shape (n,)", axes=1)
points = _array_of("a list of points with finite coordinates, shape (n, dimension)", axes=2)
pair = of_shape((2,), real, "two finite numbers")
pair_above_0 = of_shape((2,), above_0, "two numbers above 0 and finite")
pairs = with_last_axis(2, real, "finite numbers, two on the last axis")
examples = Check("one or more examples of any sort, along the first axis", _examples, "array")

# ---------------------------------------------------------------------- single numbers


def _one_number(given) -> float:
    """Return one number as a float; it may be infinite or NaN."""
    if isinstance(given, np.ndarray) and given.ndim == 0:
        given = given[()]
    if isinstance(given, bool) or not isinstance(given, Real):
        what = f"an array of shape {given.shape}" if isinstance(given, np.ndarray) else f"{given!r:.80}"
        raise Refusal(what, TypeError)
    try:
        return float(given)
    except OverflowError:
        raise Refusal(f"an integer beyond the largest float, {LARGEST:g}") from None


def _number(allowed: str, legal: Callable[[float], bool]) -> Check:
    """Make the check of single numbers that are legal."""

    def convert(given) -> float:
        number = _one_number(given)
        if not legal(number):
            raise Refusal(f"{number:g}")
        return number

    return Check(f"one number {allowed}".rstrip(), convert, "number")


number = Check("one number", _one_number, "number")
finite = _number("that is finite", lambda number: -np.inf < number < np.inf)
positive = _number("above 0 and finite", lambda number: 0 < number < np.inf)
at_least_0 = _number("of at least 0 and finite", lambda number: 0 <= number < np.inf)
between_0_and_1 = _number("above 0 and below 1", lambda number: 0 < number < 1)
from_0_to_1 = _number("from 0 to 1", lambda number: 0 <= number <= 1)
below_1 = _number("of at least 0 and below 1", lambda number: 0 <= number < 1)
above_1 = _number("above 1 and finite", lambda number: 1 < number < np.inf)
correlation = _number("above -1 and below 1", lambda number: -1 < number < 1)
acute = _number("above 0 and below 90 degrees", lambda number: 0 < number < 90)


@functools.cache
def up_to(most: float) -> Check:
    """Make the check of one number above 0 and at most `most`."""
    return _number(f"above 0 and at most {most:g}", lambda number: 0 < number <= most)


def _one_integer(given) -> int:
    if isinstance(given, bool) or not isinstance(given, int | np.integer):
        raise Refusal(f"{given!r:.80}", TypeError)
    return int(given)


any_integer = Check("one integer", _one_integer, "number")


@functools.cache
def integer(least: int = 1, most: int | None = None) -> Check:
    """Make the check of one integer of at least `least`, or from `least` to `most`."""

    def convert(given) -> int:
        number = _one_integer(given)
        if number < least or (most is not None and number > most):
            raise Refusal(f"{number}")
        return number

    return Check(
        f"one integer {f'of at least {least}' if most is None else f'from {least} to {most}'}", convert, "number"
    )


def _bit(given) -> int:
    number = _one_integer(given)
    if number not in (0, 1):
        raise Refusal(f"{number}")
    return number


index = integer(0)
bit = Check("0 or 1, as an integer", _bit, "number")


# ---------------------------------------------------------------------- names, switches, seeds, functions


def one_of(*options: str, also: Mapping[str, str] | None = None) -> Check:
    """Make the check of a name: one of the options, or another spelling that stands for one of them.

    Examples
    --------
    >>> one_of("centered", "forward", also={"centred": "centered"})("slope: scheme", "centred")
    'centered'
    """
    understood = {option: option for option in options} | dict(also or {})

    def convert(given) -> str:
        if not isinstance(given, str):
            raise Refusal(f"{given!r:.80}", TypeError)
        if given not in understood:
            raise Refusal(f"{given!r:.80}")
        return understood[given]

    return Check(f"one of {', '.join(map(repr, options))}", convert)


def _yes_or_no(given) -> bool:
    if not isinstance(given, bool | np.bool_):
        raise Refusal(f"{given!r:.80}", TypeError)
    return bool(given)


def _seed(given) -> int | np.random.Generator:
    return given if isinstance(given, np.random.Generator) else index.convert(given)


def _function(given) -> Callable:
    if not callable(given):
        raise Refusal(f"{given!r:.80}", TypeError)
    return given


yes_or_no = Check("True or False", _yes_or_no)
# One rule for every `seed` and every `rng`. The first hands on what was given, the second makes a generator of it.
seed = Check("an integer from 0, or a numpy.random.Generator", _seed)
generator = replace(seed, convert=lambda given: np.random.default_rng(_seed(given)))
function = Check("a function", _function)


def instance(kind: type, allowed: str) -> Check:
    """Make the check of what can only be one kind of thing."""

    def convert(given):
        if not isinstance(given, kind):
            raise Refusal(f"{given!r:.80}", TypeError)
        return given

    return Check(allowed, convert)


# ---------------------------------------------------------------------- checks made of others


def optional(check: Check) -> Check:
    """Make of a check the one that lets None through."""

    def convert(given):
        return None if given is None else check.convert(given)

    return replace(check, allowed=f"{check.allowed}, or None", convert=convert)


def keyed_by(check: Check) -> Check:
    """Make of a check the one of dictionaries whose keys it lets through.

    Examples
    --------
    >>> keyed_by(one_of("l1", "l2"))("f: fits", {"l3": 0})
    Traceback (most recent call last):
    ValueError: f: fits must be a dict, and each key one of 'l1', 'l2', got 'l3'
    """

    def convert(given) -> dict:
        if not isinstance(given, dict):
            raise Refusal(f"{given!r:.80}", TypeError)
        return {check.convert(key): value for key, value in given.items()}

    return Check(f"a dict, and each key {check.allowed}", convert)


def returned(check: Check) -> Check:
    """Make of a check the one of what a reader's function returned.

    Examples
    --------
    >>> returned(number)("minimize: function", "three")
    Traceback (most recent call last):
    TypeError: minimize: function must return one number, got 'three'
    """
    return replace(check, verb="return")


def _one_or_each(given) -> float | np.ndarray:
    if number_array(given, "fiub").ndim == 0:
        return positive.convert(given)
    array = real.convert(given)
    refuse_where(array <= 0, array)
    return array


one_or_each = Check("one number above 0 and finite, or one for each example", _one_or_each, "either")

# ---------------------------------------------------------------------- several arguments


def same_shape(other: str, first: str, or_one_number: bool = False) -> Condition:
    """Make the condition that two arrays have one shape; if it may, the other can be one number for all."""

    def violation(checked):
        wanted, shape = np.shape(checked[first]), np.shape(checked[other])
        if shape != wanted and not (or_one_number and shape == ()):
            return f"{wanted}, got shape {shape}"
        return None

    must = "must be one number or have the shape" if or_one_number else "must have the shape"
    return Condition(f"{other} {must} of {first}", violation)


def same_length(other: str, first: str) -> Condition:
    """Make the condition that two arrays hold equally many examples along their first axis."""

    def violation(checked):
        wanted, length = len(checked[first]), len(checked[other])
        return f"{wanted}, got {length}" if length != wanted else None

    return Condition(f"{other} must hold as many examples as {first}", violation)


def broadcasts(other: str, first: str) -> Condition:
    """Make the condition that two arrays can be taken together."""

    def violation(checked):
        wanted, shape = np.shape(checked[first]), np.shape(checked[other])
        try:
            np.broadcast_shapes(wanted, shape)
        except ValueError:
            return f"{wanted}, got shape {shape}"
        return None

    return Condition(
        f"{other} must have a shape that goes with the shape of {first}, as NumPy's rules of broadcasting say",
        violation,
    )


def not_below(other: str, first: str) -> Condition:
    """Make the condition that one number is at least as large as another."""

    def violation(checked):
        least, given = checked[first], checked[other]
        return f"{least:g}, got {given:g}" if given < least else None

    return Condition(f"{other} must be at least as large as {first}", violation)


def has_axes(argument: str, *axes: str) -> Condition:
    """Make the condition that an array has these axes."""

    def violation(checked):
        shape = np.shape(checked[argument])
        return None if len(shape) == len(axes) else f"got shape {shape}"

    return Condition(f"{argument} must have shape ({', '.join(axes)}{',' * (len(axes) == 1)})", violation)


def has_axis(array: str, axis: str) -> Condition:
    """Make the condition that an argument names one of the axes of an array."""

    def violation(checked):
        shape, given = checked[array].shape, checked[axis]
        return None if -len(shape) <= given < len(shape) else f"shape {shape}, got {given}"

    return Condition(f"{axis} must be an axis of {array}", violation)
