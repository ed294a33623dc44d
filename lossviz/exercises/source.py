"""What the source of a wrong function shows: the slips that beginners make in every lesson."""

import ast
import builtins
import inspect
import textwrap
from collections.abc import Callable, Iterator

import numpy as np

_LOOPS = (ast.For, ast.While)


def slips(function: Callable) -> Iterator[tuple[str, str]]:
    """Yield the slips in the source of a function that gave a wrong answer: a name and a sentence for each."""
    return _found(_TELLING, function)


def questions(function: Callable) -> Iterator[tuple[str, str]]:
    """Yield what may also be meant: to be told only where the numbers show nothing else."""
    return _found(_QUESTIONS, function)


def _found(finders: tuple[Callable, ...], function: Callable) -> Iterator[tuple[str, str]]:
    tree = _tree(function)
    for find in finders if tree else ():
        if told := find(tree, function):
            yield find.__name__.strip("_").replace("_", " "), told


def _tree(function: Callable) -> ast.FunctionDef | ast.Lambda | None:
    """Return the syntax tree of a function written by the reader; None where its source cannot be had."""
    try:
        code = function.__code__
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except Exception:
        return None
    kinds = ast.Lambda if code.co_name == "<lambda>" else ast.FunctionDef
    found = [node for node in ast.walk(tree) if isinstance(node, kinds)]
    if kinds is ast.Lambda:  # its source is the whole line, which may have more than one
        found = [node for node in found if _names(node) == list(code.co_varnames[: len(_names(node))])]
        inner = {part for node in found for part in ast.walk(node) if part is not node}
        found = [node for node in found if node not in inner]
        return found[0] if len(found) == 1 else None
    return next(iter(found), None)


def _names(function: ast.Lambda) -> list[str]:
    return [each.arg for each in (*function.args.posonlyargs, *function.args.args)]


def _return_in_loop(tree, _function) -> str:
    for loop in ast.walk(tree):
        if not isinstance(loop, _LOOPS):
            continue
        back = next((line for line in loop.body if isinstance(line, ast.Return)), None)
        summed = {part.target.id for part in ast.walk(loop) if isinstance(part, ast.AugAssign) and _named(part.target)}
        if back and any(isinstance(part, ast.Continue) for part in ast.walk(loop)):  # which leads past the `return`
            back = back if summed & _loaded(back) and isinstance(loop, ast.For) else None
        if back:
            return "`return` stands inside the loop, so the loop ends there. Move it to the left."
    return ""


def _not_added_up(tree, _function) -> str:
    """A name that each turn of a loop gives a new value, and that is used only after the loop."""
    for loop in ast.walk(tree):
        if not isinstance(loop, _LOOPS):
            continue
        for line in loop.body:
            if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
                name = line.targets[0].id
                if name not in _loaded(loop) and name in _loaded(tree):
                    return f"Each turn of your loop gives `{name}` a new value; the old one is lost. Did you mean `+=`?"
    return ""


def _root(tree, _function) -> str:
    for node in ast.walk(tree):
        if _is(node, ast.Div) and _is(node.left, ast.Pow):
            one, other = node.left.right, node.right
            if isinstance(one, ast.Constant) and one.value == 1 and isinstance(other, ast.Constant):
                return f"`** 1/{other.value}` is (… ** 1) / {other.value}: write `** (1/{other.value})`."
    return ""


def _one_divided(tree, _function) -> str:
    """`1 / 1 + …`: a denominator without its brackets."""
    for node in ast.walk(tree):
        below = node.left.right if _is(node, ast.Add) and _is(node.left, ast.Div) else None
        if isinstance(below, ast.Constant) and below.value == 1:
            return "`a / 1 + b` is (a / 1) + b: put the whole denominator into brackets."
    return ""


def _power(tree, _function) -> str:
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.BitXor):
            sides = [node.value] if isinstance(node, ast.AugAssign) else [node.left, node.right]
            if not any(isinstance(part, ast.Compare) for side in sides for part in ast.walk(side)):  # true or false
                return "In Python a power is `**`; the sign `^` means something else."
    return ""


def _largest_of_all(tree, _function) -> str:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and len(node.args) == 2:
            extreme = {"max": "maximum", "min": "minimum", "amax": "maximum", "amin": "minimum"}.get(node.func.attr)
            if isinstance(node.args[0], ast.List | ast.Tuple):  # several arrays in one: the axis is meant
                continue
            if extreme and isinstance(node.func.value, ast.Name) and not isinstance(node.args[0], ast.Constant):
                axis = node.args[1]
                number = axis.operand if isinstance(axis, ast.UnaryOp) else axis
                zero = isinstance(number, ast.Constant) and number.value == 0 and "max" in node.func.attr
                if isinstance(number, ast.Constant) and not zero:
                    continue
                name = f"np.{node.func.attr}"
                return (
                    f"`{name}(a, b)` takes b for an axis. The larger or smaller of two, entry by entry: `np.{extreme}`."
                )
            if extreme and isinstance(node.args[0], ast.Constant):
                return f"`np.{node.func.attr}` looks for one entry of an array; entry by entry works `np.{extreme}`."
    return ""


def _loop_leaves_out(tree, _function) -> str:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "range" and node.args:
            first, last = node.args[0], node.args[min(1, len(node.args) - 1)]
            if len(node.args) > 1 and isinstance(first, ast.Constant) and first.value == 1:
                return "`range(1, …)` begins with the index 1, and the first entry has the index 0. Is it meant?"
            if _is(last, ast.Sub) and isinstance(last.right, ast.Constant):
                return "`range(n - 1)` ends with the index n − 2, and the last of n entries has n − 1. Is it meant?"
    return ""


def _fixed_number(tree, _function) -> str:
    """A count that is written as a number: right for one size of the arguments."""
    for node in ast.walk(tree):
        if _is(node, ast.Div) and _adds_up(node.left):
            number = node.right
        elif isinstance(node, ast.For) and _counts_entries(node):
            number = node.iter.args[-1]
        else:
            continue
        if isinstance(number, ast.Constant) and isinstance(number.value, int) and number.value > 2:
            return f"The number {number.value} stands in your function. Is it right for arguments of another size, too?"
    return ""


def _counts_entries(loop: ast.For) -> bool:
    """Whether a loop goes through `range(…)`, and takes entries by its number."""
    if not (isinstance(loop.iter, ast.Call) and getattr(loop.iter.func, "id", "") == "range" and loop.iter.args):
        return False
    taken = [ast.unparse(part.slice) for part in ast.walk(loop) if isinstance(part, ast.Subscript)]
    return _named(loop.target) and loop.target.id in taken


def _adds_up(node) -> bool:
    """Whether something is a sum, or a name that may hold one."""
    if isinstance(node, ast.UnaryOp):
        return _adds_up(node.operand)
    called = node.func if isinstance(node, ast.Call) else None
    name = getattr(called, "attr", getattr(called, "id", ""))
    return isinstance(node, ast.Name) or _is(node, ast.MatMult) or name in ("sum", "nansum", "fsum", "dot", "len")


def _named(node) -> bool:
    return isinstance(node, ast.Name)


def _is(node, operation: type) -> bool:
    return isinstance(node, ast.BinOp) and isinstance(node.op, operation)


def _unused(tree, function) -> str:
    loaded = _loaded(tree)
    missing = [
        name
        for name, given in inspect.signature(function).parameters.items()
        if name not in loaded and not name.startswith("_") and given.kind not in (given.KEYWORD_ONLY, given.VAR_KEYWORD)
    ]
    if not missing or loaded & {"locals", "vars", "eval", "exec"}:  # these find an argument without its name
        return ""
    names = " and ".join(f"`{name}`" for name in missing)
    return f"Your function does not use {names}."


def _notebook_names(tree, function) -> str:
    """A number or an array of the notebook in place of an argument."""
    own = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)}
    own |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    own |= set(inspect.unwrap(function).__code__.co_freevars)  # of a function round this one
    for name in sorted(_loaded(tree) - own):
        value = function.__globals__.get(name)
        if not hasattr(builtins, name) and isinstance(value, int | float | list | tuple | np.ndarray | np.number):
            return f"Your function uses `{name}` of the notebook, which is none of its arguments."
    return ""


def _loaded(tree) -> set[str]:
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    return names | {node.target.id for node in ast.walk(tree)
                    if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name)}  # fmt: skip


_TELLING = (_return_in_loop, _not_added_up, _power, _root, _one_divided, _largest_of_all)
_QUESTIONS = (_unused, _notebook_names, _fixed_number, _loop_leaves_out)
