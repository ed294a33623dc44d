"""Results that are computed once and kept: nobody who gets one can change it for the next."""

import functools
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np


def cached(function: Callable | None = None, *, maxsize: int | None = None) -> Callable:
    """Decorate a function so that it computes each result once; all arrays in a result can only be read.

    Parameters
    ----------
    function : callable
        Its arguments must be hashable.
    maxsize : int, optional
        How many results are kept: those that were used last. None keeps all.

    Examples
    --------
    >>> @cached
    ... def squares(n):
    ...     return np.arange(n) ** 2
    >>> squares(3)[0] = 5
    Traceback (most recent call last):
    ValueError: assignment destination is read-only
    """
    if function is None:
        return functools.partial(cached, maxsize=maxsize)

    @functools.wraps(function)
    def compute(*arguments, **named):
        return frozen(function(*arguments, **named))

    return functools.lru_cache(maxsize)(compute)


def frozen(value: Any) -> Any:
    """Make every array in a value read-only, and return the value.

    Arrays are looked for in lists, tuples, mappings and dataclasses.

    Examples
    --------
    >>> frozen((np.ones(2), 3))[0].flags.writeable
    False
    """
    if isinstance(value, np.ndarray):
        value.flags.writeable = False
    elif isinstance(value, list | tuple):
        for part in value:
            frozen(part)
    elif isinstance(value, Mapping):
        for part in value.values():
            frozen(part)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            frozen(getattr(value, field.name))
    return value
