"""The checker: what it says to right, wrong and broken answers; and that each misconception gets its own hint."""

import functools
import re
import warnings
from fractions import Fraction

import numpy as np
import pytest

from lossviz import exercises
from lossviz.exercises.engine import Choice, Exercise, Misconception, Number, Prediction

ITEMS = {f"{lesson}.{name}": item for lesson in exercises.__all__ for name, item in exercises.of(lesson).items()}
CHECKED = {name: item for name, item in ITEMS.items() if not isinstance(item, Prediction)}
each = pytest.mark.parametrize("item", CHECKED.values(), ids=CHECKED.keys())

scale = Exercise(
    reference=lambda values, factor: values * factor,
    cases=[(np.array([1.0, 2.0]), 3.0), (np.array([0.0, -1.0]), 2.0)],
    misconceptions=[Misconception("added", lambda values, factor: values + factor, "You added.")],
    notice="Well.",
    unit="m",
)


# ---------------------------------------------------------------------- the exercises of the course


@each
def test_the_reference_is_right(item):
    answer = item.reference if isinstance(item, Exercise) else item.answer
    feedback = item.check(answer)
    assert feedback.verdict == "right"
    assert feedback.text == item.notice


@each
def test_each_misconception_gets_its_own_hint(item):
    assert len(item.misconceptions) >= 3
    assert len({wrong.hint for wrong in item.misconceptions}) == len(item.misconceptions)
    for wrong in item.misconceptions:
        for answer in wrong.answers:
            feedback = item.check(answer)
            assert (feedback.verdict, feedback.misconception, feedback.text) == ("wrong", wrong.name, wrong.hint)


@each
def test_unanswered_is_not_attempted(item):
    assert item.check(...).verdict == "open"
    if isinstance(item, Exercise):
        assert item.check(lambda *arguments: ...).verdict == "open"


@pytest.mark.parametrize(
    "item", [item for item in ITEMS.values() if isinstance(item, Choice)], ids=lambda item: item.answer
)
def test_every_wrong_option_has_its_hint(item):
    assert {wrong.answer for wrong in item.misconceptions} == set(item.options) - {item.answer}


@pytest.mark.parametrize(
    "item", [item for item in ITEMS.values() if isinstance(item, Prediction)], ids=lambda item: item.answer
)
def test_predictions_have_their_answer_among_the_options(item):
    assert item.answer in item.options


# ---------------------------------------------------------------------- what a reader may hand in


def add_in_place(values, factor):
    values *= factor
    return values


def prints_and_fails(values, factor):
    print("mine")
    return values / undefined_name + 0 * (factor + factor + factor + factor + factor + factor + factor)  # noqa: F821


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (lambda values, factor: factor * values, "✓ Right. Well."),
        (lambda values, factor: [value * factor for value in values], "✓ Right."),
        (lambda values, factor: values + factor, "✗ Not yet. You added."),
        (lambda values, factor: None, "returns None. Does your function end with `return` and a value?"),
        (lambda values, factor: "6", "returns '6', of type str; it should return numbers."),
        (lambda values, factor: [[1], [2, 3]], "returns rows of different lengths"),
        (lambda values, factor: (values, factor), "returns 2 things at once: [1., 2.] and 3. Return only what"),
        (lambda values, factor: values[0], "returns one number: 1\nIt should return an array of shape (2,)."),
        (lambda values, factor: values * np.nan, "Where in your function does nan or inf first appear?"),
        (lambda values, factor: values, "gives       [1, 2] m\n    should give [3, 6] m\n                 ^  ^"),
        (lambda values, factor: factor * values + 4e-7, "Off by 4.0e-07 at most: nearly right."),
        (lambda values: values, "calls your function with 2 arguments (values, factor); yours takes: values."),
        (lambda: 1, "yours takes: no arguments."),
        (np.array([3.0, 6.0]), "The checker needs your function itself, without brackets"),
        (add_in_place, "changes its arguments: afterwards they are [3., 6.], 3."),
        (prints_and_fails, "Your function stopped with NameError: name 'undefined_name' is not defined"),
        (lambda values, factor: 1 / 0, "ZeroDivisionError: division by zero"),
    ],
)  # fmt: skip
def test_feedback_in_plain_words(answer, told, capsys):
    feedback = str(scale.check(answer))
    assert told in feedback
    assert "Traceback" not in feedback
    assert "engine.py" not in feedback
    if answer is prints_and_fails:
        assert capsys.readouterr().out == "mine\n", "what the reader prints is not lost"


def test_an_exception_tells_where_and_what_was_called():
    feedback = str(scale.check(prints_and_fails))
    assert "in line" in feedback
    assert re.search(r"`return values / undefined_name .{49}`", feedback), "a long line is cut"
    assert "The checker called prints_and_fails(values=[1., 2.], factor=3)" in feedback


def test_one_argument_is_not_called_arguments():
    double = Exercise(reference=lambda value: 2 * value, cases=[(1.0,)], misconceptions=[], notice="Twice.")
    assert "with 1 argument (value); yours takes: no arguments." in str(double.check(lambda: 2))


def test_the_arguments_are_the_checker_s_own():
    scale.check(add_in_place)
    assert (scale.cases[0][0] == [1, 2]).all()


def test_an_endless_loop_can_be_stopped_and_is_told_where():
    def endless(values, factor):
        while True:
            raise KeyboardInterrupt  # as if the reader had pressed the button

    feedback = str(scale.check(endless))
    assert "✗ Not yet. You stopped your function, in line" in feedback
    assert "`raise KeyboardInterrupt" in feedback


def test_a_mask_of_truths_is_not_taken_for_the_numbers():
    assert scale.check(lambda values, factor: values > 0).verdict == "wrong"


number = Number(4.0, [Misconception("root", 2.0, "No root.")], "Four.", tolerance=0.01, unit="m")


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (4.005, "✓ Right. Four."),
        (np.float64(4), "✓ Right."),
        (np.array(4), "✓ Right."),
        (2, "✗ Not yet. No root."),
        (3, "3 m is too small."),
        (5.0, "5 m is too large."),
        ("4", "The answer is one number; you gave '4'. Write it without quotation marks."),
        ([4], "✓ Right."),
        ([4, 4], "The answer is one number; you gave [4, 4]."),
        (True, "The answer is one number; you gave True."),
        (None, "The answer is one number; you gave None."),
        (float("nan"), "The answer is a finite number; you gave nan."),
    ],
)
def test_numbers(answer, told):
    assert told in str(number.check(answer))


choice = Choice(["MSE", "MAE"], "MAE", [Misconception("other", "MSE", "The other.")], "Yes.")


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("MAE", "✓ Right. Yes."),
        (" mae ", "✓ Right. Yes."),
        ("mse", "✗ Not yet. The other."),
        ("RMSE", "'RMSE' is not one of the answers. Choose one of: 'MSE', 'MAE'."),
        (1, "1 is not one of the answers."),
        (len, "<built-in function len> is not one of the answers."),
        (None, "None is not one of the answers."),
    ],
)
def test_choices(answer, told):
    assert told in str(choice.check(answer))


def test_predictions_are_noted_and_answered():
    coin = Prediction(["heads", "tails"], "tails", "So it fell.")
    assert str(coin.reveal()) == "= Answer. 'tails' (you made no guess). So it fell."
    assert coin.commit(...).verdict == "open"
    assert "'edge' is not one of the answers" in str(coin.commit("edge"))
    assert coin.guess is None
    assert str(coin.commit("Tails")) == "→ Noted. You say 'tails'. The answer comes further down."
    assert str(coin.reveal()) == "= Answer. 'tails'; just as you said. So it fell."
    coin.commit("heads")
    assert "you said 'heads'" in str(coin.reveal())
    coin.commit(...)
    assert "you made no guess" in str(coin.reveal())


def test_feedback_says_in_words_what_it_says_in_color():
    feedback = scale.check(lambda values, factor: "<b>6</b>")
    html = feedback._repr_html_()
    assert "✗ Not yet." in html
    assert "&lt;b&gt;6&lt;/b&gt;" in html, "what the reader typed is shown, not interpreted"
    assert repr(feedback) == str(feedback)


def test_a_number_may_be_chosen_without_quotation_marks():
    width = Choice(["none", "0.5", "2.0"], "2.0", [Misconception("small", "0.5", "Too small.")], "Yes.")
    assert [width.check(answer).verdict for answer in (2.0, 2, "2.0", np.float64(2))] == ["right"] * 4
    assert width.check(0.5).misconception == "small"
    for other in 3, np.array([2.0, 3.0]), None:
        assert "is not one of the answers" in str(width.check(other))


def test_an_unknown_lesson_is_named():
    with pytest.raises(ValueError, match=r"^of: lesson must be one of .*'line_fit'.*, got '01_line_fit'$"):
        exercises.of("01_line_fit")


# ---------------------------------------------------------------------- what a person types

OPTIONS = {name: item for name, item in ITEMS.items() if hasattr(item, "options")}
each_question = pytest.mark.parametrize("item", OPTIONS.values(), ids=OPTIONS.keys())
KEYBOARD = str.maketrans({"−": "-", "–": "-", "²": "^2", "³": "^3", "½": "1/2", "×": "*", "·": "*", "≤": "<=",
                          "’": "'", "′": "'", "σ": "sigma", "λ": "lambda", "η": "eta", "μ": "mu", "θ": "theta",
                          "ε": "epsilon", "≥": ">=", "√": "sqrt", "∞": "inf", "é": "e"})  # fmt: skip


def chosen(item, answer):
    """The option that an item takes an answer for, seen from outside; None if it takes it for none."""
    if isinstance(item, Prediction):
        feedback = item.commit(answer)
        said, item.guess = item.guess, None
        return said if feedback.verdict == "noted" else None
    feedback = item.check(answer)
    if feedback.verdict == "right":
        return item.answer
    return next((wrong.answer for wrong in item.misconceptions if wrong.name == feedback.misconception), None)


def retyped(option):
    """An option as people type it."""
    plain = option.translate(KEYBOARD)
    yield from {
        option, plain, plain.upper(), plain.lower(), f" {plain} ", plain + ".", f'"{plain}"', f"“{plain}”",
        plain.replace(" ", ""), plain.replace(" ", "  "), plain.replace("^", "**"), option.replace("−", "–"),
        plain.replace("-", "—"), plain.replace("°", ""), f"'{plain}'", np.str_(plain),
    }  # fmt: skip
    try:
        number = float(plain)
    except ValueError:
        return
    yield from (number, np.float64(number), np.float32(number), np.array(number), np.array([number]), f"{number:.3f}")
    if number == int(number):
        yield from (
            int(number),
            np.int64(number),
            np.array(int(number)),
            np.uint8(abs(number)) if number >= 0 else number,
        )


@each_question
def test_each_option_is_taken_however_it_is_typed(item):
    for option in item.options:
        if isinstance(item, Prediction) or option == item.answer or item.misconceptions:
            for answer in retyped(option):
                assert chosen(item, answer) == option, f"{answer!r} for {option!r}"


@each_question
def test_what_is_no_option_is_refused_in_a_neutral_way(item):
    for answer in (
        "",
        "?",
        "something else",
        True,
        None,
        1234567,
        1.2345e-3,
        [],
        {},
        len,
        2 + 0j,
        np.nan,
        float("inf"),
    ):
        feedback = item.commit(answer) if isinstance(item, Prediction) else item.check(answer)
        assert feedback.verdict == "unclear", f"{answer!r}: {feedback}"
        assert "✗" not in str(feedback)


def test_a_part_of_an_option_is_enough_if_no_other_has_it():
    far = Choice(["half as far", "twice as far", "about 35 % (of 10)"], "half as far", [], "Yes.")
    assert chosen(far, "half") == chosen(far, "Half as") == "half as far"
    for unclear in "as far", "far", "as", "al", "3", "5", "f":
        assert far.check(unclear).verdict == "unclear", unclear
    signs = Choice(["−5", "5", "−5 and 5", "the rule is right", "the rule is not right"], "−5", [], "Yes.")
    assert signs.check("-5").verdict == "right"
    assert signs.check("right").verdict == "unclear"
    tanh = Choice(["(1 + tanh(z)) / 2", "tanh(z)"], "tanh(z)", [], "Yes.")
    assert tanh.check("1 + tanh(z) / 2").verdict == "unclear", "brackets have a meaning"
    assert tanh.check("tanh").verdict == tanh.check("[tanh z]").verdict == tanh.check("(tanh(z))").verdict == "right"
    lists = Choice(["0.25, 0.25, 0.25", "w = 2, 0"], "w = 2, 0", [], "Yes.")
    for unclear in "0.25", "0.25, 0.25", "2", 0.25:
        assert lists.check(unclear).verdict == "unclear", unclear
    assert lists.check("2, 0").verdict == "right"


def test_a_mistyped_guess_does_not_erase_a_good_one():
    coin = Prediction(["heads", "tails"], "tails", "So it fell.", [Misconception("hope", "heads", "The coin is fair.")])
    coin.commit("heads")
    assert str(coin.commit("haeds")).endswith("Choose one of: 'heads', 'tails'. Your guess 'heads' still counts.")
    assert str(coin.reveal()) == "= Answer. 'tails'; you said 'heads'. The coin is fair. So it fell."
    assert coin.reveal().misconception == "hope"


def test_an_exercise_shown_alone_does_not_tell_its_answer():
    for name, item in ITEMS.items():
        assert repr(item) == f"<{type(item).__name__} {name}>"


def test_feedback_knows_its_exercise_and_tells_it_to_programs():
    for name, item in ITEMS.items():
        feedback = item.commit(...) if isinstance(item, Prediction) else item.check(...)
        assert (feedback.exercise, feedback.verdict) == (name, "open")
    wrong = exercises.line_fit.residual.check(lambda x, y, m, c: m * x + c - y)
    assert wrong._repr_mimebundle_() == {
        "application/vnd.lossviz.feedback+json": {
            "exercise": "line_fit.residual", "verdict": "wrong", "misconception": "sign",
        },
    }  # fmt: skip


# ---------------------------------------------------------------------- whatever is handed in


class Raises:
    """Whatever is asked of it, it raises: `error` from each of its special methods."""

    def __init__(self, error=RuntimeError):
        def refuse(*_, **__):
            raise error("no")

        self.refuse = refuse

    def __array__(self, *_, **__):
        self.refuse()

    def __repr__(self):
        self.refuse()

    def __float__(self):
        self.refuse()

    def __len__(self):
        self.refuse()

    def __eq__(self, other):
        self.refuse()

    __hash__ = None


class Tensor:
    """Records gradients, as a tensor of PyTorch does: NumPy may not read it before `detach`."""

    def __init__(self, values):
        self.values = values

    def __array__(self, *_, **__):
        raise RuntimeError("Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.")

    def detach(self):
        return self.values


STRANGE = [
    None, ..., True, "6", b"6", 1j, np.complex128(3), 10**400, -(10**400), 10**5000, float("inf"), float("nan"), len,
    int, Raises(), Raises(SystemError), object(), {}, {"a": 1}, {1, 2}, range(3), iter([1, 2]), (n for n in (1, 2)),
    map(abs, [1]),
    [[1], [1, 2]], [1, [2, 3]], [None, None], ["a", "b"], [], (), np.array([]), np.array(["a"]), np.array("6"),
    np.ma.array([1.0, 2.0], mask=[0, 1]), np.ma.masked, np.array([object()]), np.datetime64("2020-01-01"),
    Tensor(Raises()), type("Odd", (), {"detach": 3})(), [Raises(), Raises()], slice(3), NotImplemented,
    memoryview(b"ab"),
]  # fmt: skip


@pytest.mark.parametrize("strange", STRANGE, ids=lambda value: type(value).__name__)
def test_whatever_is_handed_in_gets_feedback(strange):
    case = (np.array([1.0, 2.0]),)
    several = Exercise(reference=lambda a: (a, a + 1), cases=[case], misconceptions=[], notice="", results=("a", "b"))
    verdicts = {
        scale.check(lambda values, factor: strange).verdict,
        scale.check(strange).verdict,
        several.check(lambda a: strange).verdict,
        several.check(lambda a: (strange, a + 1)).verdict,
        several.check(lambda a: [strange, strange]).verdict,
        number.check(strange).verdict,
        choice.check(strange).verdict,
        Prediction(["x", "y"], "x", "So.").commit(strange).verdict,
    }
    assert verdicts <= {"wrong", "unclear", "open"}
    assert "right" not in verdicts


def test_a_tensor_that_records_gradients_is_taken_for_its_numbers():
    assert scale.check(lambda values, factor: Tensor(values * factor)).verdict == "right"
    assert scale.check(lambda values, factor: [Tensor(value * factor) for value in values]).verdict == "right"
    assert number.check(Tensor(np.array(4.0))).verdict == "right"
    assert number.check(Fraction(4)).verdict == "right"


class Callable:
    """An object that can be called."""

    def __call__(self, values, factor):
        return values * factor


def test_anything_that_can_be_called_is_a_function():
    times = functools.partial(lambda power, values, factor: values * factor**power, 1)
    for function in (Callable(), Callable().__call__, times, np.multiply, lambda *args: args[0] * args[1]):
        assert scale.check(function).verdict == "right"
    assert "takes" in str(scale.check(Callable)) or "returns" in str(scale.check(Callable))

    def stops(values, factor):
        raise SystemExit

    assert "Leave out `exit()`" in str(scale.check(stops))

    async def later(values, factor):
        return values * factor

    assert "without `async`" in str(scale.check(later))


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("error", ["raise", "ignore", "warn"])
def test_the_reader_s_floating_point_settings_change_no_verdict(error):
    with np.errstate(all=error), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for item in CHECKED.values():
            if isinstance(item, Exercise):
                assert item.check(item.reference).verdict == "right"
                assert item.check(lambda *arguments: 0.0).verdict == "wrong"
