"""What a reader moves by hand: an explorer for each idea. Each function takes start values and returns a live figure.

`progress`, the bar for computations that take long, is here too, for the notebooks.
"""

from ..live import progress as progress
from .backpropagation import activation_slopes, gradient_depth, neuron_race, relu_neuron
from .classification_losses import boundary, clipping, log_loss_curve, margin_losses
from .entropy import coin, same_minimum, simplex, two_distributions
from .gradients import difference_error, gradient_report, search_race, secant
from .line_fit import cancelling, fit_line
from .maximum_likelihood import coin_likelihood, gaussian_fit, noise_round_trip, noise_sweep
from .optimizers import adam_parts, batch_size, descent, race, rolling, step_size
from .regression_losses import best_constant, loss_curves, outlier
from .regularization import ball_and_diamond, overfitting, prior, weight_path
from .start_here import valley
from .svm_and_softmax import calculation, score_gap, score_microscope, weight_scale

__all__ = [
    "activation_slopes",
    "adam_parts",
    "ball_and_diamond",
    "batch_size",
    "best_constant",
    "boundary",
    "calculation",
    "cancelling",
    "clipping",
    "coin",
    "coin_likelihood",
    "descent",
    "difference_error",
    "fit_line",
    "gaussian_fit",
    "gradient_depth",
    "gradient_report",
    "log_loss_curve",
    "loss_curves",
    "margin_losses",
    "neuron_race",
    "noise_round_trip",
    "noise_sweep",
    "outlier",
    "overfitting",
    "prior",
    "race",
    "relu_neuron",
    "rolling",
    "same_minimum",
    "score_gap",
    "score_microscope",
    "search_race",
    "secant",
    "simplex",
    "step_size",
    "two_distributions",
    "valley",
    "weight_path",
    "weight_scale",
]
