"""What the checker explains in every lesson: the slips that beginners make everywhere, and what wrong numbers show."""

import linecache
import math

import numpy as np
import pytest

from lossviz.exercises.engine import Exercise, Number
from lossviz.exercises.patterns import about_number

X, Y = np.array([1.25, -2.0, 0.5, 3.0]), np.array([0.3, 1.7, -0.2, 2.1])
TABLE = np.array([[0.1, 2.3, -1.7], [1.9, 0.4, 0.6]])


def asks(reference, *cases, **more):
    return Exercise(reference=reference, cases=cases, misconceptions=[], notice="Yes.", **more)


each = asks(lambda x, m: np.maximum(0, m * x), (X, 1.5), (X[:3], -0.7))
one = asks(lambda x, y: np.mean((x - y) ** 2), (X, Y), (X[:3], Y[:3]))
tanh = asks(lambda x: np.tanh(x), (X,), (Y,))
whole = asks(lambda x: x / 4, (X,), (np.array([1, 2, -3]),))
rows = asks(lambda s: s - s.max(axis=1, keepdims=True), (TABLE,), (TABLE[:, :2] * 3.1,))
logs = asks(lambda x: np.sum(np.log2(np.abs(x))), (X,), (Y,))
fit = asks(lambda x, y: tuple(np.polyfit(x, y, 1)), (X, Y), (X[:3], Y[1:]), results=("m", "c"))
step = asks(lambda w, v: (w - 0.1 * v, 0.9 * v), (X, Y), (X[:3], Y[:3]), results=("w", "v"))
root = asks(lambda x: np.sqrt(np.mean(x**2)), (X,), (Y,))
picks = asks(lambda p, label: p[np.arange(len(label)), label].sum(), (np.exp(TABLE), np.array([1, 2])),
             (np.exp(-TABLE), np.array([2, 1])))  # fmt: skip

TOLD = [
    (one, "for a, b in zip(x, y):\n    return (a - b) ** 2", "return in loop", "`return` stands inside the loop"),
    (one, "for a, b in zip(x, y):\n    t = (a - b) ** 2\nreturn t / len(x)", "not added up", "Did you mean `+=`?"),
    (one, "return np.mean((x - y) * 2)", "", "should give"),
    (one, "return ((x - y) ^ 2).mean()", "", "In Python a power is `**`"),
    (one, "return (x - y)**2", "not averaged", "their mean is asked for"),
    (one, "return np.sum((x - y)**2)", "factor N", "N times the right one, with N = the number of examples"),
    (one, "return np.sum((x - y)**2) / 4", "fixed number", "The number 4 stands in your function"),
    (one, "return -np.mean((x - y)**2)", "sign", "the right size and the wrong sign"),
    (one, "return np.mean((x - y)**2) / 2", "factor", "0.5 times the right one: a ½ too many"),
    (one, "return np.round(np.mean((x - y)**2), 2)", "rounded", "rounded to 2 decimals"),
    (one, "return np.mean((x - y)**2) + 1e-7", "nearly", "Off by 1.0e-07 at most"),
    (one, "return str(np.mean((x - y)**2))", "", "of type str; it should return numbers"),
    (one, "print(np.mean((x - y)**2))", "", "`print` shows a value, `return` hands it on."),
    (whole, "r = np.zeros_like(x)\nfor i in range(len(x)):\n    r[i] = x[i] / 4\nreturn r", "only integers",
     "loses its decimals"),
    (one, "return np.mean(x**2)", "unused", "does not use `y`"),
    (one, "return np.mean((X - Y)**2)", "always the same", "the same answer in all 2 calls"),
    (one, "return np.mean((x[1:] - y[1:])**2)", "part of the entries", "without the first entry"),
    (one, "t = 0\nfor i in range(1, len(x)):\n    t += (x[i] - y[i])**2\nreturn t / len(x)", "loop leaves out",
     "begins with the index 1"),
    (one, "return math.sqrt(np.mean((x - y)**2))", "root", "the square root of the right one"),
    (one, "return math.pow(x - y, 2)", "", "NumPy's functions"),
    (one, "import torch2\nreturn 0", "", "not installed"),
    (one, "return np.mean((x - z)**2)", "", "Python does not know this name"),
    (one, "return np.mean((x - y)**2", "", None),
    (each, "return max(0, m * x)", "", "`np.maximum`"),
    (each, "if m * x > 0:\n    return m * x\nreturn 0 * x", "", "`np.where`"),
    (each, "return np.max(0, m * x)", "", "`np.maximum(a, b)`"),
    (each, "return np.max(m * x, 0)", "largest of all", "takes b for an axis"),
    (each, "return mx", "", "A product needs its sign: `m * x`"),
    (each, "return m(x)", "", "For a product write `*`"),
    (tanh, "return np.where(x < 0, 0, np.tanh(x))", "floored at 0", "below 0 has become 0"),
    (tanh, "return np.where(x < 0, x, np.tanh(x))", "only where", "right except where `x` is negative"),
    (each, "return [m * a if m * a > 0 else 0 for a in list(x)[:-1]]", "end missing", "the last ones are missing"),
    (each, "return np.append(np.maximum(0, m * x)[:-1], 9.0)", "only the last", "for the last entry in each call"),
    (each, "return np.maximum(0, m * x).reshape(-1, 1)", "shape", "only their shape is not"),
    (each, "return np.maximum(0, m * x).sum()", "added up", "You add up"),
    (each, "return x", "an argument", "gives back `x` as it is"),
    (each, "return 0 * x", "nothing but 0", "gives 0 in each call"),
    (each, "return np.maximum(0, abs(m) * x)", "changed argument", "for `m` without its sign"),
    (each, "return np.maximum(0, 1.5 * x)", "fixed argument", "for `m` = 1.5 in each call"),
    (each, "return np.maximum(0, m * x).astype(int)", "rounded down", "cut down to a whole one"),
    (each, "return np.minimum(np.maximum(0, m * x), 1)", "cut at 1", "Each number above 1 has become 1"),
    (each, "return x @ x.T @ np.ones((3, 3))", "", "`@` and `np.dot` need as many columns"),
    (each, "return [m * x[i] for i in range(len(x) + 1)]", "", "the last of N entries has the index N − 1"),
    (each, "return each_(x, m)", "", "Python does not know this name"),
    (each, "return list(x) * m", "", "A list does not calculate"),
    (each, "return 'm' * x", "", "NumPy cannot calculate"),
    (each, "assert False", "", "An `assert` of yours"),
    (each, "x += 1\nreturn np.maximum(0, m * (x - 1))", "", "changes its arguments"),
    (each, "return (np.maximum(0, m * a) for a in x)", "", "Put list( ) around it"),
    (rows, "return s - s.max(axis=1)", "", "`keepdims=True`"),
    (rows, "return s - s.max(axis=2, keepdims=True)", "", "fewer axes than you think"),
    (logs, "return np.sum(np.log(np.abs(x)))", "factor", "the other base of a logarithm, `np.log` and `np.log2`"),
    (logs, "return sum(math.log(a) for a in x)", "", "`math.log` takes numbers above 0"),
    (logs, "return math.log(x)", "", "NumPy's functions"),
    (fit, "return np.polyfit(x, y, 1)[::-1]", "order", "they come as c, m. Return m, c."),
    (fit, "return np.polyfit(x, y, 1)[0]", "", "returns 1 thing"),
    (fit, "m, c = np.polyfit(x, y, 1)\nreturn m, -c", "sign", "About c: Each number has the right size"),
    (step, "return w - 0.1 * v, v", "an argument", "About v: Your function gives back `v`"),
    (step, "return v * 0.9, w - 0.1 * v", "order", "they come as v, w. Return w, v."),
    (step, "return w - 0.1 * v, np.tanh(v) * 5", "only v", "w: right. v: not yet."),
    (root, "return np.mean(x**2) ** 1/2", "root", "write `** (1/2)`"),
    (root, "return 1 / 1 + np.mean(x**2)", "one divided", "put the whole denominator into brackets"),
    (picks, "return p[np.arange(len(label)), label - 1].sum()", "changed argument", "for `label` counted from 1"),
]  # fmt: skip


def written(exercise, body):
    """A function as a reader writes it in a cell: with its source."""
    arguments = ", ".join(exercise.arguments)
    source = f"def answer({arguments}):\n" + "".join(f"    {line}\n" for line in body.splitlines())
    name = f"<cell of {hash(source)}>"
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    names = dict(np=np, math=math, X=X, Y=Y)
    exec(compile(source, name, "exec"), names)
    return names["answer"]


@pytest.mark.parametrize(("exercise", "body", "name", "told"), TOLD, ids=[body[:60] for _, body, *_ in TOLD])
def test_slips_of_every_lesson_are_explained(exercise, body, name, told):
    if told is None:
        with pytest.raises(SyntaxError):  # Python says this itself, before the checker is called
            written(exercise, body)
        return
    with np.errstate(all="ignore"):
        feedback = exercise.check(written(exercise, body))
    assert feedback.verdict == "wrong"
    assert told in feedback.text, feedback
    assert feedback.misconception == name


STOPS = [
    "raise ValueError('odd')", "raise KeyError('a')", "raise Exception", "return answer(x, m)", "m.foo", "1 / 0",
    "raise Warning", "raise OSError", "return np.foo(x)", "y = z_ = q", "return x[0.5]", "return {}[1]", "a = a + 1",
]  # fmt: skip


def test_no_sentence_of_python_or_numpy_stands_alone():
    """Below each exception there is a line in plain words."""
    for body in STOPS:
        text = each.check(written(each, body)).text
        first, second, *_ = text.splitlines()
        assert first.startswith("Your function stopped with"), text
        assert not second.startswith(("It arose", "The checker")), text


def test_what_differs_is_marked_below_the_entries():
    feedback = each.check(written(each, "return np.append(np.maximum(0, m * x)[:-1], 9.0)"))
    assert feedback.text.splitlines()[1:4] == [
        "    gives       [1.875,     0,  0.75,     9]",
        "    should give [1.875,     0,  0.75,   4.5]",
        "                                          ^",
    ]
    html = feedback._repr_html_()
    assert html.count("<pre") == 1
    assert "font-family" not in html, "the front end has its own fixed-width font"


def test_of_a_long_array_the_part_is_shown_that_differs():
    long = asks(lambda x: x * 1.5, (np.arange(1.0, 51),))
    text = long.check(lambda x: np.where(x == 38, 0, x * 1.5)).text
    assert "gives       [… " in text
    assert "Entries 35 to 42 of 50 are shown; 1 differ" in text
    assert "57" in text


def test_of_a_table_the_rows_are_shown_that_differ():
    text = rows.check(lambda s: s - s.max()).text
    assert "row 1:\n    gives" in text
    assert "row 0:" not in text


def test_a_success_in_some_calls_is_told():
    text = each.check(lambda x, m: m * x if m > 0 else np.maximum(0, m * x)).text
    assert "The answer is right in 1 of 2 calls." in text


@pytest.mark.parametrize(
    ("number", "right", "told"),
    [
        (5.2, 5.169925, "It is rounded too much"),
        (-2.0, 2.0, "the sign is not"),
        (0.693147, 1.0, "another base"),
        (200.0, 2.0, "the decimal point"),
        (0.5, 2.0, "upside down"),
        (1.7, 2.0, ""),
        (0.0, 2.0, ""),
    ],
)
def test_what_a_wrong_number_shows(number, right, told):
    assert told in about_number(number, right)
    assert bool(told) == bool(about_number(number, right))
    assert Number(right, [], "Yes.").check(number).text.endswith(about_number(number, right) or "small.")
