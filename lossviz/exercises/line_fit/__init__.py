"""The exercises and predictions of lesson 01.

`residuals` has what a line misses, and the mean of its squares; `best_line` the slope; `questions` what is answered
with a word or a number; `points` the points of the cases.
"""

from .best_line import slope
from .questions import cancelling_sum, doubled, exact_recovery, more_data
from .residuals import mean_squared_error, residual

__all__ = ["cancelling_sum", "doubled", "exact_recovery", "mean_squared_error", "more_data", "residual", "slope"]
