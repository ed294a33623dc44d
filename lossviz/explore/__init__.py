"""What is touched: one explorer for each idea. Each function returns a live figure; its arguments are start values."""

from .classification import boundary, clipping, log_loss_curve, margin_losses
from .entropy import coin, same_minimum, simplex, two_distributions
from .line_fit import cancelling, line_fit
from .maximum_likelihood import coin_likelihood, gaussian_fit, noise_round_trip, noise_sweep
from .regression import best_constant, loss_curves, outlier
from .start import valley
from .svm_softmax import calculation, score_gap, score_microscope, weight_scale

__all__ = [
    "best_constant",
    "boundary",
    "calculation",
    "cancelling",
    "clipping",
    "coin",
    "coin_likelihood",
    "gaussian_fit",
    "line_fit",
    "log_loss_curve",
    "loss_curves",
    "margin_losses",
    "noise_round_trip",
    "noise_sweep",
    "outlier",
    "same_minimum",
    "score_gap",
    "score_microscope",
    "simplex",
    "two_distributions",
    "valley",
    "weight_scale",
]
