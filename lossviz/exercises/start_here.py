"""The exercise and the prediction of lesson 00: small ones, to learn how they work."""

import numpy as np

from .engine import Exercise, Misconception, Prediction


def _two_at_a_time(values):
    mean_so_far = values[0]
    for value in values[1:]:
        mean_so_far = (mean_so_far + value) / 2
    return mean_so_far


mean = Exercise(
    reference=lambda values: np.mean(values),
    cases=[
        (np.array([1.0, 2.0, 6.0]),),
        (np.array([4.0, -7.8, 0.0, 2.25, 4.0, -6.37]),),
        (np.array([5, -2, 5, 0]),),
        (np.array([0.0021, 0.0, 0.00137, -0.0004, 0.0093]),),
        (np.array([81234.56, 97000.25, 12.5]),),
        (np.random.default_rng(1).normal(20, 30, 120).round(3),),
    ],
    misconceptions=[
        Misconception("sum", lambda values: np.sum(values), "That is the sum. Divide it by how many values there are."),
        Misconception(
            "median",
            lambda values: np.median(values),
            "That is the median, the value in the middle of the sorted list.",
        ),
        Misconception(
            "off by one",
            lambda values: np.sum(values) / (len(values) - 1),
            "You divided by the number of values minus 1. Divide by the number of values.",
        ),
        Misconception(
            "fixed number of values",
            tuple(lambda values, count=count: np.sum(values) / count for count in (2, 3, 4, 5, 10)),
            "You divide by the same number in each call. Divide by how many values there are in this call: count them.",
        ),
        Misconception(
            "one value left out",
            (lambda values: np.sum(values[:-1]) / len(values), lambda values: np.sum(values[1:]) / len(values)),
            "You divide by the right number, but one value is missing in your sum. Begin with index 0, and end with "
            "the last one: `range(len(values))` counts them all.",
        ),
        Misconception(
            "midpoint",
            lambda values: (np.min(values) + np.max(values)) / 2,
            "That is the midpoint of the smallest and the largest value. The mean uses all the values between, too.",
        ),
        Misconception(
            "two at a time",
            _two_at_a_time,
            "Each step takes the mean of two, so the last value has half of all the weight. In a mean all values have "
            "the same weight: add them all up first, and divide once.",
        ),
        Misconception(
            "only the last one divided",
            lambda values: np.sum(values[:-1]) + values[-1] / len(values),
            "Only the last value is divided. Brackets around the whole sum help, or a name for it.",
        ),
        Misconception(
            "zeros not counted",
            lambda values: np.sum(values) / np.count_nonzero(values),
            "You do not count the values that are 0. A 0 is a value like the others.",
        ),
        Misconception(
            "repeated values counted once",
            lambda values: np.mean(np.unique(values)),
            "You count a repeated value only once: a set, or `np.unique`, does that. Each one counts.",
        ),
        Misconception(
            "each value cut",
            (lambda values: np.mean(np.trunc(values)), lambda values: np.mean(np.floor(values))),
            "Each value loses its decimals before you add: `int` or `//` does that. Leave the values as they are.",
        ),
    ],
    notice="This is how every exercise answers: immediately, and with one thing to notice. A mean needs at least one "
    "value.",
)

lowest = Prediction(
    options=["w = 0", "w = 2", "w = 4"],
    answer="w = 2",
    why="A square is never below 0, and (w − 2)² is 0 where w is 2.",
    misconceptions=[
        Misconception(
            "the valley of w²",
            "w = 0",
            "The curve w² is lowest there, but the −2 in the bracket moves the whole curve: at w = 0 its height is 4.",
        ),
        Misconception(
            "squared the 2",
            "w = 4",
            "4 is the square of 2, but what is squared is the whole bracket: at w = 4 it is 2, so the height is 4.",
        ),
    ],
)
