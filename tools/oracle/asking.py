"""The questions about a function: the answers of a library, of its definition and of others, and their comparison."""

from typing import NamedTuple

import numpy as np
import torch

from oracle.definitions import exact, measured_slope
from oracle.table import write

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)  # the order of a sum, and so its last digit, must not depend on the machine's cores


class Answer(NamedTuple):
    """One answer about a batch: its value, its examples' values, and its gradient by the arguments' names."""

    value: float
    per_example: np.ndarray
    gradient: dict


def agree(where, one, other, digits=11):
    """Stop if two answers differ; beside large numbers, a small number is only as exact as they are."""
    one, other = np.asarray(one, float), np.asarray(other, float)
    if one.shape != other.shape:
        raise ValueError(f"{where}: shapes {one.shape} and {other.shape}")
    largest = np.abs(other[np.isfinite(other)]).max(initial=0)
    np.testing.assert_allclose(one, other, rtol=10.0**-digits, atol=1e-14 * largest, err_msg=where)


def mean(per_example):
    return per_example.mean()


def total(per_example):
    return per_example.sum()


def root_mean(per_example):
    return per_example.mean() ** 0.5


def by_definition(definition, arguments, learned, depth, together):
    """Return the answer of the definition for one example; its gradient has only the learned arguments.

    `depth` says how many of an argument's last axes belong to one example: 0 for an argument that is not named. With
    None, all axes of all arguments do.
    """
    arrays = {key: each for key, each in arguments.items() if isinstance(each, np.ndarray)}
    settings = {key: exact(each) for key, each in arguments.items() if key not in arrays and each is not None}
    first = next(iter(arrays.values()))
    axes = first.ndim if depth is None else depth.get(next(iter(arrays)), 0)
    shape = first.shape[: first.ndim - axes]
    values, slopes = np.empty(shape), {key: np.empty(arrays[key].shape) for key in learned}
    for place in np.ndindex(shape):
        example = {key: exact(each[place]) for key, each in arrays.items()} | settings
        values[place] = float(definition(**example))
        for key in learned:
            for index in np.ndindex(arrays[key].shape[len(shape) :]):
                slopes[key][place + index] = measured_slope(
                    lambda entry, key=key, example=example: definition(**(example | {key: entry})), example[key], index
                )
    value = together(values)
    factor = {mean: 1 / values.size, total: 1.0, root_mean: 0.5 / (value * values.size) if value else 0.0}[together]
    return Answer(float(value), values, {key: slope * factor for key, slope in slopes.items()})


def with_autograd(library, arguments, learned, together):
    """Return what torch computes."""
    tensors = {
        key: torch.tensor(each.copy(), dtype=torch.long if key in {"label", "action"} else torch.float64)
        if isinstance(each, np.ndarray)
        else each
        for key, each in arguments.items()
    }
    for key in learned:
        tensors[key].requires_grad_()
    per_example = library(**tensors)
    value = together(per_example)
    gradient = torch.autograd.grad(value, [tensors[key] for key in learned])
    gradient = {key: each.numpy() for key, each in zip(learned, gradient, strict=True)}
    return Answer(value.item(), per_example.detach().numpy(), gradient)


def agree_in_all(where, one, other):
    agree(f"{where}: value", one.value, other.value)
    agree(f"{where}: examples", one.per_example, other.per_example)
    for key, slope in other.gradient.items():
        agree(f"{where}: gradient in {key}", one.gradient[key], slope)


def who_agrees(where, value, arguments, also):
    """Return the names of the other libraries that have the case; stop if one of them differs."""
    opinions = {name: opinion(**arguments) for name, opinion in (also or {}).items()}
    opinions = {name: other for name, other in opinions.items() if other is not None}
    for name, other in opinions.items():
        agree(f"{where}: {name}", other, value)
    return list(opinions)


def ask(
    function,
    cases,
    by,
    library,
    definition,
    learned=None,
    depth=(),
    together=mean,
    also=None,
    library_fails=(),
    kinks=(),
    too_large=(),
    examples=True,
):
    """Compute all cases of a loss, compare the answers, and write the records.

    library        arguments as tensors -> tensor of the examples' values
    definition     arguments of one example as numbers of 100 digits -> its value
    learned        names of the arguments that the gradient is taken in; the first one if not given
    depth          how many of an argument's last axes belong to one example (see `by_definition`)
    also           name of another library's function -> the batch's value from the arguments; None: has no such case
    library_fails  cases that `by` answers wrongly or not at all; the definition is written instead
    kinks          cases without a gradient
    too_large      cases whose definition would take too long
    examples       whether the loss has values of single examples
    """
    depth = None if depth is None else dict(depth)
    for case, arguments in cases.items():
        where, names = f"{function} {case}", learned or [next(iter(arguments))]
        if case in library_fails:
            said_by, agreed = "definition", []
            answer = by_definition(definition, arguments, names, depth, together)
        else:
            said_by, agreed = by, []
            answer = with_autograd(library, arguments, names, together)
            if case not in too_large:
                slopes_of = () if case in kinks else names
                agree_in_all(where, answer, by_definition(definition, arguments, slopes_of, depth, together))
                agreed.append("definition")
            agreed += who_agrees(where, answer.value, arguments, also)
            if not agreed:
                raise ValueError(f"{where}: nobody agrees with {by}")
        answers = {"value": answer.value, "per_example": answer.per_example if examples else None}
        answers["gradient"] = None if case in kinks else answer.gradient
        write(function, case, arguments, said_by, agreed, **answers)


def by_hand(function, case, arguments, per_example, gradient):
    """Write a record with answers in closed form, for the ends of the range: there values or slopes are infinite."""
    answers = {"value": np.mean(per_example), "per_example": per_example}
    write(function, case, arguments, "closed form", **answers, gradient={next(iter(arguments)): gradient})


def ask_plain(function, cases, by, library, definition, also=None, library_fails=()):
    """Like `ask`, for a function that is not a loss: it returns one number or array for each row.

    The definition takes one row of each argument, and the settings.
    """
    for case, arguments in cases.items():
        defined = by_rows(definition, arguments)
        if any(case.startswith(fails) for fails in library_fails):
            write(function, case, arguments, "definition", value=defined)
            continue
        where, value = f"{function} {case}", np.asarray(library(**arguments))
        agree(where, value, defined)
        write(function, case, arguments, by, ["definition", *who_agrees(where, value, arguments, also)], value=value)


def by_rows(definition, arguments):
    """Return the answer of the definition for all rows; it is written for one row."""
    arrays = {key: each for key, each in arguments.items() if isinstance(each, np.ndarray)}
    settings = {key: each for key, each in arguments.items() if key not in arrays}
    axis = settings.pop("axis", -1)
    rows = [np.moveaxis(each, axis, -1) for each in arrays.values()]
    shape = rows[0].shape[:-1]
    defined = np.array([definition(*(exact(each[i]) for each in rows), **settings) for i in np.ndindex(shape)], float)
    return np.moveaxis(defined.reshape(*shape, -1), -1, axis) if defined.ndim > 1 else defined.reshape(shape)
