"""Questions with one answer: choices, numbers and predictions; and what all exercises share."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from .answers import as_number
from .feedback import Feedback
from .options import listed, meant
from .patterns import about_number
from .showing import show

UNANSWERED = "Replace the three dots with your answer, and run the cell again."


@dataclass(frozen=True)
class Misconception:
    """A wrong answer with a name.

    Attributes
    ----------
    name : str
        What is confused, in a few words.
    answer : callable or value, or tuple of them
        What someone with this misconception would answer: a function like the reference, an option, or a number. A
        tuple holds several such answers: the same mistake, made with care in another place or without.
    hint : str
        What helps them to go on, without giving the solution away.
    """

    name: str
    answer: Any
    hint: str

    @property
    def answers(self) -> tuple:
        """All answers that show this misconception."""
        return self.answer if isinstance(self.answer, tuple) else (self.answer,)


class Named:
    """What all exercises share: they know their own name once `lossviz.exercises` is imported."""

    name = ""  # such as "line_fit.residual"

    def __repr__(self):
        return f"<{type(self).__name__} {self.name}>".replace(" >", ">")  # the answer is not told

    def says(self, verdict: str, text: str, misconception: str = "") -> Feedback:
        """Return feedback that knows which exercise it is of."""
        return Feedback(verdict, text, misconception, self.name)


@dataclass(frozen=True, repr=False)
class Choice(Named):
    """A question with a few answers to choose from.

    Parameters
    ----------
    options : sequence of str
        What can be chosen.
    answer : str
        The right one.
    misconceptions : sequence of Misconception
        One for each wrong option.
    notice : str
        One thing worth noticing, told with the right answer.

    Examples
    --------
    >>> grows = Choice(["mse", "mae"], "mse", [Misconception("linear", "mae", "What if an error doubles?")], "Yes.")
    >>> grows.check("mae")
    ✗ Not yet. What if an error doubles?
    >>> grows.check("huber")
    ? Please write it in another way. 'huber' is not one of the answers. Choose one of: 'mse', 'mae'.
    """

    options: Sequence[str]
    answer: str
    misconceptions: Sequence[Misconception]
    notice: str

    def check(self, answer: Any) -> Feedback:
        """Say whether `answer` is the right option."""
        if answer is ...:
            return self.says("open", UNANSWERED)
        if (chosen := meant(self.options, answer)) is None:
            return self.says("unclear", _no_option(self.options, answer))
        if chosen == self.answer:
            return self.says("right", self.notice)
        wrong = next(misconception for misconception in self.misconceptions if misconception.answer == chosen)
        return self.says("wrong", wrong.hint, wrong.name)


@dataclass(frozen=True, repr=False)
class Number(Named):
    """A question whose answer is one number.

    Parameters
    ----------
    answer : float
        The right number.
    misconceptions : sequence of Misconception
        Wrong numbers to recognise.
    notice : str
        One thing worth noticing, told with the right answer.
    tolerance : float
        How far an answer may be off, in the unit of the answer.
    unit : str, optional
        The unit of the answer.

    Examples
    --------
    >>> Number(4.0, [Misconception("root", 2.0, "The square, not its root.")], "2² = 4.").check(2)
    ✗ Not yet. The square, not its root.
    """

    answer: float
    misconceptions: Sequence[Misconception]
    notice: str
    tolerance: float = 1e-6
    unit: str = ""

    def check(self, answer: Any) -> Feedback:
        """Say whether `answer` is the right number."""
        if answer is ...:
            return self.says("open", UNANSWERED)
        if (number := as_number(answer)) is None:
            quoted = " Write it without quotation marks." * isinstance(answer, str)
            return self.says("unclear", f"The answer is one number; you gave {show(answer)}.{quoted}")
        if math.isnan(number):
            return self.says("unclear", f"The answer is a finite number; you gave {show(answer)}.")
        if self._near(number, self.answer):
            return self.says("right", self.notice)
        for wrong in self.misconceptions:
            if any(self._near(number, one) for one in wrong.answers):
                return self.says("wrong", wrong.hint, wrong.name)
        unit = f" {self.unit}" if self.unit else ""
        size = "small" if number < self.answer else "large"
        hint = about_number(number, self.answer)
        return self.says("wrong", f"{show(answer)}{unit} is too {size}. {hint}".rstrip())

    def _near(self, number: float, other: float) -> bool:
        return abs(number - other) <= max(self.tolerance, 1e-6 * abs(other))


@dataclass(repr=False)
class Prediction(Named):
    """A guess that the reader makes before the figure shows the answer.

    Parameters
    ----------
    options : sequence of str
        What can be guessed.
    answer : str
        The true answer.
    why : str
        The reason, shown with the answer.
    misconceptions : sequence of Misconception
        One for each wrong option: its hint says what is tempting in this guess and where it goes wrong. `reveal`
        shows it to a reader who made this guess, before the reason.

    Examples
    --------
    >>> coin = Prediction(["heads", "tails"], "tails", "It fell so.", [Misconception("hope", "heads", "It was fair.")])
    >>> coin.commit("heads")
    → Noted. You say 'heads'. The answer comes further down.
    >>> coin.reveal()
    = Answer. 'tails'; you said 'heads'. It was fair. It fell so.
    """

    options: Sequence[str]
    answer: str
    why: str
    misconceptions: Sequence[Misconception] = ()
    guess: str | None = field(default=None, init=False)

    def commit(self, guess: Any) -> Feedback:
        """Note the reader's guess; the last guess counts, and three dots take it back."""
        if guess is ...:
            self.guess = None
            return self.says("open", f"Replace the three dots with your guess: {listed(self.options)}.")
        if (chosen := meant(self.options, guess)) is None:
            kept = f" Your guess '{self.guess}' still counts." if self.guess else ""
            return self.says("unclear", _no_option(self.options, guess) + kept)
        self.guess = chosen
        return self.says("noted", f"You say '{self.guess}'. The answer comes further down.")

    def reveal(self) -> Feedback:
        """Tell the answer; if there was a guess, tell what is right or wrong in it."""
        if self.guess is None:
            return self.says("answer", f"'{self.answer}' (you made no guess). {self.why}")
        if self.guess == self.answer:
            return self.says("answer", f"'{self.answer}'; just as you said. {self.why}")
        wrong = next((wrong for wrong in self.misconceptions if wrong.answer == self.guess), None)
        hint = f"{wrong.hint} " if wrong else ""
        return self.says(
            "answer", f"'{self.answer}'; you said '{self.guess}'. {hint}{self.why}", wrong.name if wrong else ""
        )


def _no_option(options: Sequence[str], answer: Any) -> str:
    return f"{show(answer)} is not one of the answers. Choose one of: {listed(options)}."
