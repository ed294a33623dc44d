"""What is asked: the exercises and predictions of each lesson, in a file named after it.

In a notebook: `exercises.line_fit.residual.check(residual)`.
"""

from . import line_fit, regression, start

__all__ = ["line_fit", "regression", "start"]
