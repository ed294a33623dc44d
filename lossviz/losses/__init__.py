"""The losses of the course, one file for each family; each is a `lossviz.loss.Loss`."""

from .adversarial import discriminator, generator, generator_minimax
from .classification import (
    binary_cross_entropy,
    categorical_cross_entropy,
    focal,
    log_softmax,
    log_sum_exp,
    sigmoid,
    sigmoid_cross_entropy,
    softmax,
    softmax_cross_entropy,
    sparse_categorical_cross_entropy,
)
from .distance import chamfer, earth_movers, earth_movers_1d
from .margin import hinge, multiclass_hinge, squared_hinge
from .metric import angular, contrastive, margin_ranking, triplet
from .overlap import dice, focal_tversky, tversky
from .penalty import l1, l2
from .regression import huber, log_cosh, mae, mse, quantile, rmse, smooth_l1, sse
from .reinforcement import policy_gradient, q_learning
from .sequence import ctc

__all__ = [
    "angular",
    "binary_cross_entropy",
    "categorical_cross_entropy",
    "chamfer",
    "contrastive",
    "ctc",
    "dice",
    "discriminator",
    "earth_movers",
    "earth_movers_1d",
    "focal",
    "focal_tversky",
    "generator",
    "generator_minimax",
    "hinge",
    "huber",
    "l1",
    "l2",
    "log_cosh",
    "log_softmax",
    "log_sum_exp",
    "mae",
    "margin_ranking",
    "mse",
    "multiclass_hinge",
    "policy_gradient",
    "q_learning",
    "quantile",
    "rmse",
    "sigmoid",
    "sigmoid_cross_entropy",
    "smooth_l1",
    "softmax",
    "softmax_cross_entropy",
    "sparse_categorical_cross_entropy",
    "squared_hinge",
    "sse",
    "triplet",
    "tversky",
]
