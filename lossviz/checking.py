"""How an argument is refused: what a check is, the decorator that checks a function, and what its docstring then says.

All of the library refuses an argument in one dialect: "function: argument must …, got …". What stands after "must" is
said once: by the `Check` of one argument, or by the `Condition` on several. The same words make the *Raises* section
of a docstring, so text and behaviour cannot differ. The checks themselves are in `lossviz.arguments`.
"""

import functools
import inspect
import re
import textwrap
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass

import numpy as np

# ---------------------------------------------------------------------- NumPy's error state

TOO_FAR = "the numbers are too large or too small to compute with; choose a unit that brings them nearer to 1"
USUAL = dict(divide="warn", over="warn", under="ignore", invalid="warn")  # as NumPy begins
_inside = ContextVar("inside", default=False)


class UsualArithmetic:
    """While it is entered, NumPy treats overflow and its like as usual, whatever a reader has set with `numpy.seterr`.

    Harmless underflow would otherwise stop the library. Only the outermost one sets anything: what runs inside may
    have chosen to ignore even more.

    Examples
    --------
    >>> with np.errstate(all="raise"), UsualArithmetic():
    ...     print(np.exp(-1000.0))
    0.0
    """

    def __enter__(self):
        self._token = None if _inside.get() else _inside.set(True)
        if self._token:
            self._state = np.errstate(**USUAL)
            self._state.__enter__()

    def __exit__(self, *error):
        if self._token:
            self._state.__exit__(*error)
            _inside.reset(self._token)


# ---------------------------------------------------------------------- what a check is


class Refusal(Exception):  # noqa: N818, it is not an error yet: the check makes one of it
    """What was given in place of what is allowed: raised by the `convert` of a check, which puts it into words.

    Parameters
    ----------
    got : str
        What stands after "got" in the message: what was given, and where.
    error : type
        The exception that the reader sees: TypeError for a thing of another sort, ValueError for a wrong value.
    """

    def __init__(self, got: str, error: type[Exception] = ValueError):
        super().__init__(got)
        self.got = got
        self.error = error


@dataclass(frozen=True)
class Check:
    """A check of one argument: called with where it stands and what was given, it returns the checked value.

    Attributes
    ----------
    allowed : str
        What completes "argument must be …", in the message and in the docstring.
    convert : callable
        From what was given to the checked value. It raises `Refusal` where that is not possible.
    gives : {"number", "array", "rows", "either", "other"}
        What the checked value is: one number, an array, an array that has at least one axis, one number or an array.
        From it follows which arguments of a loss must have one shape.
    verb : str
        "be", or "return" where a reader's function is asked for the value.

    Examples
    --------
    >>> from lossviz.arguments import positive
    >>> positive("huber: delta", 2)
    2.0
    >>> positive("huber: delta", -2)
    Traceback (most recent call last):
    ValueError: huber: delta must be one number above 0 and finite, got -2
    >>> positive.allowed
    'one number above 0 and finite'
    """

    allowed: str
    convert: Callable[[object], object]
    gives: str = "other"
    verb: str = "be"

    def __call__(self, where: str, given):
        """Return the checked value; `where` is "function: argument"."""
        try:
            return self.convert(given)
        except Refusal as refusal:
            raise refusal.error(f"{where} must {self.verb} {self.allowed}, got {refusal.got}") from None


@dataclass(frozen=True)
class Condition:
    """What must hold between several checked arguments.

    Attributes
    ----------
    sentence : str
        "argument must …", as in the message and in the docstring.
    violation : callable
        From the checked arguments, a dict by name, to None where the condition holds; else to the rest of the message:
        "got shape (3,)", or what the sentence means here and what was given, "(2,), got shape (3,)".

    Examples
    --------
    >>> from lossviz.arguments import same_shape
    >>> condition = same_shape("target", "prediction")
    >>> condition.sentence
    'target must have the shape of prediction'
    >>> condition("mse", {"prediction": [1.0, 2.0], "target": [1.0, 2.0, 3.0]})
    Traceback (most recent call last):
    ValueError: mse: target must have the shape of prediction, (2,), got shape (3,)
    """

    sentence: str
    violation: Callable[[Mapping], str | None]

    def __call__(self, function: str, checked: Mapping):
        """Raise a ValueError that names the function if the condition does not hold."""
        rest = self.violation(checked)
        if rest:
            raise ValueError(f"{function}: {self.sentence}, {rest}")


def condition(sentence: str) -> Callable:
    """Make a `Condition` of the function below, which looks for a violation of the sentence."""
    return lambda violation: Condition(sentence, violation)


# ---------------------------------------------------------------------- the Raises section of a docstring

AFTER_RAISES = "Warns|Warnings|See Also|Notes|Examples|References"
RAISES = "ValueError, TypeError"


def refusals(checks: Mapping[str, Check], conditions: Iterable[Condition] = ()) -> list[str]:
    """Return what must hold, a sentence for each check and each condition; arguments with one check share a sentence.

    Examples
    --------
    >>> from lossviz.arguments import real, same_shape
    >>> refusals({"x": real, "y": real}, [same_shape("y", "x")])
    ['x and y must be one or more finite numbers.', 'y must have the shape of x.']
    """
    names: dict[str, list[str]] = {}
    for argument, check in checks.items():
        names.setdefault(f"must {check.verb} {check.allowed}.", []).append(argument)
    return [f"{in_words(sharing)} {must}" for must, sharing in names.items()] + [
        f"{each.sentence}." for each in conditions
    ]


def in_words(names: list[str]) -> str:
    """Join names as a sentence does: a, b and c."""
    *most, end = names
    return f"{', '.join(most)} and {end}" if most else end


def with_raises(docstring: str | None, sentences: list[str]) -> str | None:
    """Return the docstring with a *Raises* section that says the sentences.

    It stands where numpydoc has it: after what is returned, before the examples. If the docstring has such a section
    of its own, the sentences are put in front of what that says.

    Examples
    --------
    >>> print(with_raises("Fit a line.\\n\\nReferences\\n----------\\nGauss", ["x must be one number."]))
    Fit a line.
    <BLANKLINE>
    Raises
    ------
    ValueError, TypeError
        x must be one number.
    <BLANKLINE>
    References
    ----------
    Gauss
    """
    if docstring is None or not sentences:  # Python leaves docstrings out on demand
        return docstring
    text = inspect.cleandoc(docstring)
    lines = [line for each in sentences for line in textwrap.wrap(each, 112, break_on_hyphens=False)]
    entry = f"{RAISES}\n" + textwrap.indent("\n".join(lines), "    ")
    own = re.search(r"^Raises\n-+\n", text, re.M)
    if own:
        rest = text[own.end() :]
        joint = "\n" + rest.removeprefix(f"{RAISES}\n") if rest.startswith(f"{RAISES}\n") else "\n" + rest
        return text[: own.end()] + entry + joint
    section = f"Raises\n------\n{entry}\n"
    later = re.search(rf"^({AFTER_RAISES})\n-+$", text, re.M)
    return f"{text[: later.start()]}{section}\n{text[later.start() :]}" if later else f"{text}\n\n{section}"


def checked(*conditions: Condition, **checks: Check) -> Callable:
    """Check the arguments of the function or method below, and complete its docstring with a *Raises* section.

    The function gets the checked values. An argument without a check is passed on as it was given. A call that does
    not fit the function at all raises the usual TypeError. A method is named by its class. What a reader has set with
    `numpy.seterr` does not count in the function. The cost is a few microseconds for each call: too much for a loop
    over numbers.

    Parameters
    ----------
    *conditions : Condition
        What must hold between the checked arguments.
    **checks : Check
        The check of each argument, in the order in which they are made.

    Returns
    -------
    callable
        The decorator.

    Examples
    --------
    >>> from lossviz.arguments import real, same_shape
    >>> @checked(same_shape("y", "x"), x=real, y=real)
    ... def dot(x, y):
    ...     '''Return the sum of the products.'''
    ...     return float((x * y).sum())
    >>> dot([1, 2], [3, 4])
    11.0
    >>> dot([1, 2], [3])
    Traceback (most recent call last):
    ValueError: dot: y must have the shape of x, (2,), got shape (1,)
    >>> print(dot.__doc__)
    Return the sum of the products.
    <BLANKLINE>
    Raises
    ------
    ValueError, TypeError
        x and y must be one or more finite numbers.
        y must have the shape of x.
    <BLANKLINE>
    """

    def decorate(function: Callable) -> Callable:
        parameters = inspect.signature(function).parameters
        unknown = set(checks) - set(parameters)
        if unknown:
            raise TypeError(f"{function.__name__}: {in_words(sorted(unknown))} must be among its arguments")
        bind = _binder(parameters)
        is_method = next(iter(parameters), None) == "self"

        @functools.wraps(function)
        def call(*given, **named):
            values = bind(given, named)
            if values is None:
                return function(*given, **named)  # Python's own words for a call that does not fit
            name = type(given[0]).__name__ if is_method else function.__name__
            with UsualArithmetic():
                for argument, check in checks.items():
                    values[argument] = check(f"{name}: {argument}", values[argument])
                for each in conditions:
                    each(name, values)
                try:
                    return function(**values)
                except (ArithmeticError, np.linalg.LinAlgError) as error:
                    if _is_ours(error):
                        raise ValueError(f"{name}: {TOO_FAR}") from None
                    raise

        call.__doc__ = with_raises(function.__doc__, refusals(checks, conditions))
        call.checks = checks
        return call

    return decorate


def _is_ours(error: Exception) -> bool:
    """Return whether the library's own arithmetic has failed, not a function that the reader gave."""
    trace = error.__traceback__
    while trace.tb_next:
        trace = trace.tb_next
    return trace.tb_frame.f_globals.get("__name__", "").startswith((f"{__package__}.", "numpy."))


def _binder(parameters: Mapping[str, inspect.Parameter]) -> Callable:
    """Make the function that binds a call's arguments to their names, defaults included; a wrong call gives None.

    It does what `inspect.Signature.bind` does, in about a fifth of the time, for functions without *args.
    """
    kinds = {name: parameter.kind for name, parameter in parameters.items()}
    if inspect.Parameter.VAR_POSITIONAL in kinds.values() or inspect.Parameter.POSITIONAL_ONLY in kinds.values():
        raise TypeError("the arguments of a checked function must have names")
    names = {name for name, kind in kinds.items() if kind is not inspect.Parameter.VAR_KEYWORD}
    takes_others = len(names) < len(kinds)
    positional = [name for name, kind in kinds.items() if kind is inspect.Parameter.POSITIONAL_OR_KEYWORD]
    defaults = {name: each.default for name, each in parameters.items() if each.default is not inspect.Parameter.empty}

    def bind(given: tuple, named: dict) -> dict | None:
        first = dict(zip(positional, given, strict=False))
        values = {**defaults, **first, **named}
        fits = names <= values.keys() if takes_others else names == values.keys()
        return values if fits and len(given) <= len(positional) and first.keys().isdisjoint(named) else None

    return bind
