"""Right answers in any style are taken, and what the checker says of wrong ones is true."""

import builtins
import collections
import linecache
import warnings

import numpy as np
import pytest

from lossviz.exercises.engine import Choice, Exercise

X, Y, Z = np.array([1.5, -2.0, 3.0]), np.array([0.25, 2.5, -3.0]), np.array([4.0, 0.5, 1.0])


def asks(reference, *cases, **more):
    return Exercise(reference=reference, cases=cases, misconceptions=[], notice="Yes.", **more)


twice = asks(lambda x: 2 * x, (X,), (Y,), (Z,))
middle = asks(lambda x: np.mean(x), (X,), (Y,), (Z,))
both = asks(lambda x: (np.mean(x), np.std(x)), (X,), (Y,), (Z,), results=("mean", "spread"))
positive = asks(lambda x: x > 0, (X,), (Y,))
half_square = asks(lambda x: np.where(abs(x) < 1, x**2 / 2, abs(x) - 0.5), (X,), (Y,))


def cell(source, **notebook):
    """What a cell defines as `f`, with its source."""
    name = f"<cell of {hash(source)}>"
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    names = dict(np=np) | notebook
    exec(compile(source, name, "exec"), names)
    return names["f"]


# ---------------------------------------------------------------------- right answers


def test_a_function_may_write_into_the_same_array_in_each_call():
    kept, one, two = np.zeros(3), np.zeros(()), np.zeros(2)

    def into(place, value):
        place[...] = value
        return place

    assert twice.check(lambda x: np.multiply(x, 2, out=kept)).verdict == "right"
    assert middle.check(lambda x: into(one, x.mean())).verdict == "right"
    assert both.check(lambda x: into(two, (x.mean(), x.std()))).verdict == "right"


class Series:
    """As a series of pandas: not a sequence for Python, and never true or false."""

    def __init__(self, values):
        self.values = np.asarray(values)

    def __array__(self, dtype=None, copy=None):
        return self.values if dtype is None else self.values.astype(dtype)

    def __len__(self):
        return len(self.values)

    def __iter__(self):
        return iter(self.values)

    def __bool__(self):
        raise ValueError("The truth value of a Series is ambiguous.")

    def __eq__(self, other):
        return Series(self.values == other)

    __hash__ = None


@pytest.mark.parametrize("kind", [list, tuple, np.array, collections.deque, Series], ids=lambda kind: kind.__name__)
def test_several_results_may_come_in_any_container_with_an_order(kind):
    assert both.check(lambda x: kind([x.mean(), x.std()])).verdict == "right"
    assert twice.check(lambda x: kind(list(2 * x))).verdict == "right"


def test_warnings_that_the_reader_made_errors_stop_no_right_answer():
    logs = asks(lambda p: np.sum(np.where(p > 0, p * np.log(np.where(p > 0, p, 1)), 0)), (np.array([0.5, 0.5, 0]),))
    with warnings.catch_warnings(record=True):
        warnings.simplefilter("error")
        assert logs.check(lambda p: np.sum(np.where(p > 0, p * np.log(p), 0))).verdict == "right"


def test_an_answer_of_true_and_false_is_compared():
    assert positive.check(lambda x: [value > 0 for value in x]).verdict == "right"
    assert "1 minus the right one" in str(positive.check(lambda x: x <= 0))
    assert positive.check(lambda x: x < 99).verdict == "wrong"


# ---------------------------------------------------------------------- words, whatever happens


class Proxy:
    """Has whatever attribute is asked for, or none that can be asked for; it can be called."""

    def __init__(self, refuses):
        self.refuses = refuses

    def __getattr__(self, name):
        if self.refuses:
            raise RuntimeError(name)
        return self

    def __call__(self, *arguments):
        return np.tanh(arguments[0]) + 0.3 if len(arguments) == 1 else self


@pytest.mark.parametrize("refuses", [True, False])
def test_an_object_with_odd_attributes_gets_words(refuses):
    for exercise in twice, middle, both:
        assert exercise.check(Proxy(refuses)).verdict == "wrong"
        assert "hidden" not in str(exercise.check(lambda x: Proxy(refuses)))


class Stop(BaseException):
    """Of a library's own."""


@pytest.mark.parametrize("error", [Stop, GeneratorExit, SystemExit, BaseExceptionGroup("g", [KeyboardInterrupt()])])
def test_an_exception_of_any_kind_gets_words(error):
    def stops(x):
        raise error

    assert "Your function stopped with" in str(twice.check(stops))


def test_a_name_that_is_not_a_text_gets_words():
    def named(x):
        return np.tanh(x) + 0.3

    odd = Proxy(refuses=False)
    odd.__name__ = 3
    assert "gives" in str(twice.check(odd))
    assert "named(x=" in str(twice.check(named))


def test_a_reader_s_print_options_do_not_change_what_is_shown():
    before = str(twice.check(lambda x: np.tanh(x)))
    with np.printoptions(precision=0, formatter={"float": "{:.0f}".format}, sign="+", threshold=1):
        assert str(twice.check(lambda x: np.tanh(x))) == before


def test_arguments_that_only_a_name_can_hand_over_are_shown_as_such():
    product = asks(lambda x, m, c: m * x + c, (X, 2.0, 1.0))
    assert "yours takes: x, *, m, c." in str(product.check(lambda x, *, m, c: m * x + c))


def test_a_list_as_an_argument_is_no_obstacle():
    first = asks(lambda values: values[0], ([1, 2],), ([7, -4],))
    assert first.check(lambda values: values[0]).verdict == "right"
    assert first.check(lambda values: np.tanh(values[1])).verdict == "wrong"


# ---------------------------------------------------------------------- what is said is true


TRUE = [  # an exercise, a cell, and what must not be said of it
    (half_square, "def f(x):\n    return np.where(abs(x) < 1, x**2 / 2, abs(x))", "** (2/2)"),
    (half_square, "def f(x):\n    return np.where((x > 0) ^ (x < 2), x**2, x)", "the sign `^`"),
    (middle, "def f(x):\n    for one in x:\n        if one < 0:\n            continue\n        return one",
     "loop ends"),
    (middle, "def f(x):\n    n = 0\n    while True:\n        n += 1\n        if n < 3:\n            continue\n"
     "        return np.tanh(n * x[0])", "loop ends"),
    (middle, "def f(x):\n    return np.tanh(eval('x[0]'))", "does not use"),
    (middle, "def f(x):\n    return np.tanh(list(locals().values())[0][1])", "does not use"),
    (middle, "def f(x, **more):\n    return np.tanh(x[0])", "does not use"),
    (middle, "def make():\n    scale = 2.0\n    def f(x):\n        return np.tanh(scale * x[0])\n    return f\n"
     "f = make()", "of the notebook"),
    (middle, "f = [lambda a, unused: a, lambda x: np.tanh(x[0])][1]", "does not use"),
    (twice, "def f(x):\n    return np.max([x, np.tanh(x)], 0)", "takes b for an axis"),
    (twice, "def f(x):\n    if len(x) > 99:\n        range()\n    return np.tanh(x)", "nothing of this"),
    (asks(lambda x: x - 5, (np.array([3, 4]),), (np.array([9, 1]),)), "def f(x):\n    return (x - 5) * (x - 4)",
     "but for arrays of integers"),
    (both, "def f(x):\n    return x.mean(), None", "\nreturns None"),
    (both, "def f(x):\n    return (one for one in (x.mean(), x.std()))", "returns 1 thing"),
    (both, "def f(x):\n    return {'mean': x.mean(), 'spread': x.std()}", "returns 1 thing"),
    (twice, "def f(x):\n    y = 2 * x\n    if x[0] > 1:\n        y[0] = 7\n    return y", "in each call"),
    (middle, "def f(x):\n    return f(x[1:]) + x[0]if len(x) else f(x)", "never ends"),
]  # fmt: skip


@pytest.mark.parametrize(("exercise", "source", "untrue"), TRUE, ids=[source for _, source, _ in TRUE])
def test_nothing_untrue_is_said(exercise, source, untrue):
    feedback = exercise.check(cell(source, scale=3.0))
    assert feedback.verdict == "wrong"
    assert untrue not in feedback.text, feedback


def test_a_name_of_python_that_has_another_meaning_now_is_named():
    assert hasattr(builtins, "sum")
    said = str(middle.check(cell("def f(x):\n    return sum(x) / len(x)", sum=3.5)))
    assert "`sum` is now 3.5" in said
    assert "`del sum`" in said
    said = str(middle.check(cell("def f(x):\n    return np.mean(x)", np=3.5)))
    assert "`np` is now 3.5" in said
    said = str(middle.check(cell("def f(x):\n    sum = sum(x)\n    return sum / len(x)")))
    assert "no longer Python's `sum`" in said


def test_a_part_that_leaves_out_the_no_is_another_answer():
    exact = Choice(["exactly", "nearly", "not at all"], "exactly", [], "Yes.")
    best = Choice(["0.5", "momentum", "no one wins them all"], "momentum", [], "Yes.")
    for unclear in "at all", "all", "At":
        assert exact.check(unclear).verdict == "unclear"
    for unclear in "one", "wins them all", "one wins":
        assert best.check(unclear).verdict == "unclear"


def test_a_comma_before_three_digits_may_mean_thousands():
    rounds = Choice(["0.125", "1", "10"], "0.125", [], "Yes.")
    assert rounds.check("10,000").verdict == "unclear"
    assert rounds.check("1,000").verdict == "unclear"
    assert rounds.check("0,125").verdict == "right"
