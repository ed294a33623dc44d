"""Regression: losses of the error, prediction − target."""

import math

import mpmath
import scipy.special
import sklearn.metrics
import torch
import torch.nn.functional as F  # noqa: N812

from oracle.asking import ask, root_mean, total
from oracle.definitions import HALF
from oracle.inputs import draw, given, in_all_shapes, with_settings

CASES = in_all_shapes(prediction=lambda shape: draw("prediction", shape), target=lambda shape: draw("target", shape))
CASES |= given(
    "prediction target",
    {
        "integers": ([1, 5, -3, 2], [3, 0, -4, 9]),
        "outlier": ([0.0, 0.0, 0.0, 0.0, 0.0], [1.25, -0.5, 0.25, -2.0, 80.0]),
        "near": ([1e-9, -3e-8, 2e-7, 5e-4], [0.0, 0.0, 0.0, 0.0]),
        "far": ([1e4, -1e4, 9999.5], [0.0, 0.5, -1e4]),
        "huge": ([1e150, -3e140], [0.0, 2e140]),
        "offset": (1e6 + draw("high", (6,)), 1e6 + draw("high too", (6,))),
    },
)
PERFECT = given(
    "prediction target",
    {"perfect": ([1.5, -2.0, 0.0], [1.5, -2.0, 0.0]), "some-perfect": ([1.5, -2.0, 4.0], [1.5, 0.25, 4.0])},
)
SEAM = given("prediction target", {"seam": ([0.5, -0.5, 1.0, -1.0, 2.5, -2.5], [0.0] * 6)})
BEND = given("prediction target", {"bend": ([0.999, 1.0, 1.001, -20.0, 19.0], [0.0] * 5)})


def record():
    squared_errors()
    absolute_error()
    errors_with_a_seam()
    log_cosh()
    quantile()


def metric(name, settings_of=lambda **settings: settings):
    def opinion(prediction, target, **settings):
        return getattr(sklearn.metrics, name)(target.ravel(), prediction.ravel(), **settings_of(**settings))

    return {f"sklearn.metrics.{name}": opinion}


def squared_errors():
    def squared(prediction, target):
        return F.mse_loss(prediction, target, reduction="none")

    def definition(prediction, target):
        return (prediction - target) ** 2

    about = CASES | PERFECT, "torch.nn.functional.mse_loss", squared, definition
    ask("losses.sse", *about, together=total)
    ask("losses.mse", *about, also=metric("mean_squared_error"))
    ask(
        "losses.rmse",
        *about,
        together=root_mean,
        also=metric("root_mean_squared_error"),
        library_fails={"perfect"},  # the root has a kink there: torch answers NaN, the course takes the middle slope
    )


def absolute_error():
    ask(
        "losses.mae",
        CASES | PERFECT,
        "torch.nn.functional.l1_loss",
        lambda prediction, target: F.l1_loss(prediction, target, reduction="none"),
        lambda prediction, target: abs(prediction - target),
        also=metric("mean_absolute_error"),
    )


def errors_with_a_seam():
    def huber(prediction, target, delta=1):
        r = abs(prediction - target)
        return r**2 / 2 if r <= delta else delta * r - delta**2 / 2

    def scipy_huber(prediction, target, delta=1.0):
        return scipy.special.huber(delta, prediction - target).mean()

    widths, chosen = [0.5, 2.5, 1000.0], ["forty", "far", "near", "seam"]
    ask(
        "losses.huber",
        with_settings(CASES | PERFECT | SEAM, chosen, delta=widths),
        "torch.nn.functional.huber_loss",
        lambda prediction, target, **delta: F.huber_loss(prediction, target, reduction="none", **delta),
        huber,
        also={"scipy.special.huber": scipy_huber},
    )
    ask(
        "losses.smooth_l1",
        with_settings(CASES | PERFECT | SEAM, chosen, beta=widths),
        "torch.nn.functional.smooth_l1_loss",
        lambda prediction, target, **beta: F.smooth_l1_loss(prediction, target, reduction="none", **beta),
        lambda prediction, target, beta=1: huber(prediction, target, beta) / beta,
    )


def log_cosh():
    def library(prediction, target):
        r = torch.abs(prediction - target)
        return r + F.softplus(-2 * r) - math.log(2)

    ask(
        "losses.log_cosh",
        CASES | PERFECT | BEND,
        "torch.nn.functional.softplus",
        library,
        lambda prediction, target: mpmath.log(mpmath.cosh(prediction - target)),
        library_fails={"near"},  # the sum cancels
    )


def quantile():
    def pinball(prediction, target, q=0.5):
        return q * F.relu(target - prediction) + (1 - q) * F.relu(prediction - target)

    ask(
        "losses.quantile",
        with_settings(CASES | SEAM, ["forty", "far"], q=[0.1, 0.9, 0.999]),
        "torch.nn.functional.relu",
        pinball,
        lambda prediction, target, q=HALF: max(q * (target - prediction), (q - 1) * (target - prediction)),
        also=metric("mean_pinball_loss", lambda q=0.5: {"alpha": q}),
    )
