"""The models of the course: some are trained step by step, the others are fitted by a formula or a search."""

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
