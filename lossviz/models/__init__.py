"""The models of the course: those that are trained, step by step, and those that mathematics fits at once."""

from .fits import (
    best_huber_constant,
    best_student_t_constant,
    lasso,
    least_absolute_line,
    least_huber_line,
    least_squares_line,
    line_mse,
    ridge,
)
from .linear import Line, Logistic, Softmax
from .mlp import ACTIVATIONS, MLP
from .model import accuracy

__all__ = [
    "ACTIVATIONS",
    "MLP",
    "Line",
    "Logistic",
    "Softmax",
    "accuracy",
    "best_huber_constant",
    "best_student_t_constant",
    "lasso",
    "least_absolute_line",
    "least_huber_line",
    "least_squares_line",
    "line_mse",
    "ridge",
]
