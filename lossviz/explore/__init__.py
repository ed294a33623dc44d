"""What is touched: one explorer for each idea. Each function returns a live figure; its arguments are start values."""

from .line_fit import cancelling, line_fit
from .regression import best_constant, loss_curves, outlier
from .start import valley

__all__ = ["best_constant", "cancelling", "line_fit", "loss_curves", "outlier", "valley"]
