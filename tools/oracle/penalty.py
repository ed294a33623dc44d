"""Penalty: the sizes of weights."""

import numpy as np
import scipy.linalg
import torch
import torch.nn.functional as F  # noqa: N812

from oracle.asking import ask, total
from oracle.inputs import draw, in_all_shapes

CASES = in_all_shapes(weights=lambda shape: draw("w", shape)) | {
    "spread": {"weights": np.full(4, 0.25)},
    "alone": {"weights": np.array([1.0, 0.0, 0.0, 0.0])},
    "nothing": {"weights": np.zeros(3)},
    "extreme": {"weights": np.array([1e4, -1e4, 1e-9])},
}


def record():
    ask(
        "losses.l1",
        CASES,
        "torch.nn.functional.l1_loss",
        lambda weights: F.l1_loss(weights, torch.zeros_like(weights), reduction="none"),
        lambda weights: abs(weights),
        together=total,
        also={"scipy.linalg.norm": lambda weights: scipy.linalg.norm(weights.ravel(), 1)},
        examples=False,
    )
    ask(
        "losses.l2",
        CASES,
        "torch.nn.functional.mse_loss",
        lambda weights: F.mse_loss(weights, torch.zeros_like(weights), reduction="none"),
        lambda weights: weights**2,
        together=total,
        also={"scipy.linalg.norm": lambda weights: scipy.linalg.norm(weights.ravel()) ** 2},
        examples=False,
    )
