"""The exercise and the prediction of lesson 00: small ones, to learn how they work."""

import numpy as np

from .engine import Exercise, Misconception, Prediction

mean = Exercise(
    reference=lambda values: np.mean(values),
    cases=[(np.array([1.0, 2.0, 6.0]),), (np.array([-1.0, 4.0, 0.0, 2.0]),)],
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
    ],
    notice="This is how every exercise answers: immediately, and with one thing to notice. A mean needs at least one "
    "value.",
)

lowest = Prediction(
    options=["w = 0", "w = 2", "w = 4"],
    answer="w = 2",
    why="A square is never below 0, and (w − 2)² is 0 where w is 2.",
)
