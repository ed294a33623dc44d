"""The exercise on the way back through a layer."""

import numpy as np

from ..engine import Exercise, Misconception
from .neuron import sigmoid


def _slope_before(slope, weights, h):
    return (slope @ weights.T) * h * (1 - h)


def _where_it_runs(answer):
    """A wrong answer that stops for some shapes of the weights, and there the right one: the engine sees it stop."""

    def run(slope, weights, h):
        try:
            return answer(slope, weights, h)
        except ValueError:
            return _slope_before(slope, weights, h)

    return run


def _back(answer):
    """Turn a function of the slopes in h, and of h, into an answer."""
    return lambda slope, weights, h: answer(slope @ weights.T, h)


_SLOPE = np.array([[0.5, -1.0], [0.2, 0.3], [-0.4, 0.1]])
_W = np.array([[1.0, 2.0], [-3.0, 0.5]])
_H = np.array([[0.5, 0.9], [0.2, 0.6], [0.7, 0.3]])

# 12 examples, three units before the layer, two after it; some numbers large, some small
_random = np.random.default_rng(8)
_SLOPES = np.round(_random.normal(size=(12, 2)), 2)
_SLOPES[3:8:2] = (150.5, -121.0), (-88.0, 0.013), (0.0, 0.4)
_WEIGHTS = np.array([[-0.83, 0.01], [14.5, -12.3], [0.0, 1.7]])
_VALUES = np.round(_random.uniform(0.05, 0.95, size=(12, 3)), 2)
_VALUES[4] = 0.004, 0.999, 0.5

slope_before = Exercise(
    reference=_slope_before,
    cases=[
        (_SLOPE, _W, _H),
        (2 * _SLOPE[:2], -_W.T, _H[1:]),
        (  # three units before the layer, one after it
            np.array([[0.2], [-0.3], [0.0], [0.15]]),
            np.array([[0.7], [0.0], [-1.6]]),
            np.array([[0.5, 0.8, 0.1], [0.35, 0.6, 0.9], [0.2, 0.45, 0.7], [0.05, 0.3, 0.5]]),
        ),
        (  # four units before it, five after it
            np.array([[0.4, -0.1, 0.0, 0.25, -0.7], [-0.2, 0.35, 0.6, -0.5, 0.1]]),
            np.array([[1, -2, 0, 1, 3], [0, 1, -1, 2, 1], [2, 2, -3, 0, 1], [-1, 0, 4, 1, -2]]) / 2,
            np.array([[0.3, 0.6, 0.8, 0.15], [0.55, 0.2, 0.4, 0.9]]),
        ),
        (_SLOPES, _WEIGHTS, _VALUES),
    ],
    misconceptions=[
        Misconception(
            "no σ′",
            _back(lambda back, h: back),
            "That is the slope in h. The sigmoid is between z and h: one more factor. (`h > 0`, the slope of ReLU, is "
            "1 for all of these.)",
        ),
        Misconception(
            "not turned over",
            (
                _where_it_runs(lambda slope, weights, h: (slope @ weights) * h * (1 - h)),
                lambda slope, weights, h: (slope @ weights.reshape(weights.shape[::-1])) * h * (1 - h),
            ),
            "Forward, row i of the weights carries unit i on to all the next ones. Backward, unit i collects from them "
            "along the same row: the matrix has to be transposed. (`reshape` does not exchange rows and columns.)",
        ),
        Misconception(
            "σ′ of the value",
            _back(lambda back, h: back * sigmoid(h) * (1 - sigmoid(h))),
            "h is already σ(z). You sent it through the sigmoid once more.",
        ),
        Misconception(
            "times h",
            _back(lambda back, h: back * h),
            "The sigmoid's slope is h (1 − h); you multiplied by its value alone.",
        ),
        Misconception(
            "times 1 − h",
            _back(lambda back, h: back * (1 - h)),
            "The sigmoid's slope is h (1 − h); you multiplied by its second factor alone.",
        ),
        Misconception(
            "sign",
            _back(lambda back, h: back * h * (h - 1)),
            "Every sign is wrong. The way back has no minus of its own: the sigmoid rises everywhere, so h (1 − h) is "
            "above 0. (Did you write h − 1 for 1 − h?)",
        ),
        Misconception(
            "no brackets round 1 − h",
            (
                _back(lambda back, h: back * h * 1 - h),
                _back(lambda back, h: back * h - h**2),
                _back(lambda back, h: back * h - h),
            ),
            "A product comes before a difference. The factor 1 − h (or h − h²) needs brackets.",
        ),
        Misconception(
            "tanh's slope",
            _back(lambda back, h: back * (1 - h**2)),
            "1 − h² is the slope of tanh. These units are sigmoids.",
        ),
        Misconception(
            "σ′ on the wrong side",
            (
                _where_it_runs(lambda slope, weights, h: (slope * h * (1 - h)) @ weights.T),
                _where_it_runs(lambda slope, weights, h: (h * (1 - h)) @ weights * slope),
            ),
            "You multiplied by h (1 − h) before going through the weights. On the way back the weights come first.",
        ),
        Misconception(
            "without the weights",
            _where_it_runs(lambda slope, weights, h: slope * h * (1 - h)),
            "You left out the weights. A unit's slope comes from all units that it feeds, each through its weight.",
        ),
        Misconception(
            "one unit after it",
            (
                lambda slope, weights, h: np.outer(slope[:, 0], weights[:, 0]) * h * (1 - h),
                lambda slope, weights, h: np.outer(slope[:, -1], weights[:, -1]) * h * (1 - h),
            ),
            "You went back through one unit after the layer only. A unit feeds all of them: add up their slopes, each "
            "times its weight.",
        ),
        Misconception(
            "sums multiplied",
            lambda slope, weights, h: np.outer(slope.sum(axis=1), weights.sum(axis=1)) * h * (1 - h),
            "You added up the slopes, and added up the weights, and multiplied the sums. Each slope goes with its own "
            "weight: multiply first, then add up.",
        ),
        Misconception(
            "the inverse",
            lambda slope, weights, h: (slope @ np.linalg.pinv(weights)) * h * (1 - h),
            "The way back does not undo the layer: it needs no inverse. Each slope takes the same weight back that the "
            "value took forward.",
        ),
        Misconception(
            "the weights' gradient",
            (lambda slope, weights, h: h.T @ slope, lambda slope, weights, h: h.T @ slope / len(h)),
            "`h.T @ slope` is the gradient of this layer's weights. We ask for the slopes one layer before: a row for "
            "each example, a column for each unit.",
        ),
        Misconception(
            "the biases' gradient",
            (
                lambda slope, weights, h: _slope_before(slope, weights, h).sum(axis=0),
                lambda slope, weights, h: _slope_before(slope, weights, h).mean(axis=0),
            ),
            "You added up the examples, as for the gradient of the biases. Here each example keeps its own row.",
        ),
        Misconception(
            "divided by N again",
            lambda slope, weights, h: _slope_before(slope, weights, h) / len(h),
            "You divided by the number of examples. That was done once, at the output: `slope` has it in it.",
        ),
    ],
    notice="One matrix product, and one product number by number: that is all of backpropagation, repeated for each "
    "layer.",
    within=2e-6,
)
