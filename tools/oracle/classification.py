"""Classification: activations, and the losses of two and of several classes."""

import math

import mpmath
import numpy as np
import scipy.special
import sklearn.metrics
import torch
import torch.nn.functional as F  # noqa: N812

from oracle.asking import ask, ask_plain, by_hand
from oracle.definitions import log, log_sum_exp, softplus, x_log_y
from oracle.inputs import choose, distributions, draw, given, in_all_shapes, with_settings

INF = math.inf


def record():
    sigmoid()
    softmax()
    of_two_probabilities()
    of_a_score()
    focal()
    of_a_class_probability()
    of_one_hot_classes()
    of_class_scores()


# ---------------------------------------------------------------------- activations

SCORES = {
    "seven": draw("scores", (7,)),
    "grid": draw("scores", (3, 4)),
    "cube": draw("scores", (2, 3, 4)),
    "one": np.array([2.5]),
    "equal": np.zeros((2, 5)),
    "large": np.array([700.0, -700.0, 0.0, 36.0, -36.0]),
    "extreme": np.array([1e4, -1e4, 0.0]),
    "shifted": 1e4 + draw("scores", (4,)),
}


def sigmoid():
    ask_plain(
        "losses.sigmoid",
        {case: {"score": each} for case, each in SCORES.items()},
        "torch.sigmoid",
        lambda score: torch.sigmoid(torch.tensor(score)),
        lambda score: [1 / (1 + mpmath.exp(-s)) for s in score],
        also={"scipy.special.expit": lambda score: scipy.special.expit(score)},
    )


def softmax():
    cases = {case: {"scores": each} for case, each in SCORES.items()}
    cases |= {"grid,axis=0": cases["grid"] | {"axis": 0}, "cube,axis=1": cases["cube"] | {"axis": 1}}
    definitions = {
        "softmax": lambda scores: [mpmath.exp(s - log_sum_exp(scores)) for s in scores],
        "log_softmax": lambda scores: [s - log_sum_exp(scores) for s in scores],
        "log_sum_exp": log_sum_exp,
    }
    for name, definition in definitions.items():
        library = name.replace("log_sum_exp", "logsumexp")
        ask_plain(
            f"losses.{name}",
            cases,
            f"torch.{library}",
            lambda scores, axis=-1, library=library: getattr(torch, library)(torch.tensor(scores), dim=axis),
            definition,
            also={
                f"scipy.special.{library}": lambda scores, axis=-1, library=library: getattr(scipy.special, library)(
                    scores, axis=axis
                )
            },
        )


# ---------------------------------------------------------------------- two classes

PROBABILITIES = in_all_shapes(
    probability=lambda shape: draw("p", shape, 0.01, 0.99), target=lambda shape: choose("hard", shape, [0, 1])
)
PROBABILITIES |= given(
    "probability target",
    {
        "all-zeros": (draw("p", (5,), 0.01, 0.99), [0] * 5),
        "all-ones": (draw("p", (5,), 0.01, 0.99), [1] * 5),
        "nearly-sure": ([1e-5, 1 - 1e-5, 1e-5], [0, 1, 1]),
        "tiny": ([1e-300, 1e-15, 1e-12], [1, 0, 1]),
    },
)
LOGITS = in_all_shapes(score=lambda shape: draw("s", shape, -6, 6), target=lambda shape: choose("hard", shape, [0, 1]))
LOGITS |= given(
    "score target",
    {
        "all-zeros": (draw("s", (5,)), [0] * 5),
        "all-ones": (draw("s", (5,)), [1] * 5),
        "undecided": ([0.0, 0.0], [0, 1]),
        "large": ([40.0, -40.0, 40.0, -40.0], [1, 0, 0, 1]),
        "large-and-right": ([300.0, -300.0, 50.0], [1, 0, 1]),
        "extreme": ([1e4, -1e4, 1e4, -1e4], [1, 0, 0, 1]),
        "extreme-and-right": ([1e4, -1e4], [1, 0]),
    },
)


def of_two_probabilities():
    soft = {"soft": {"probability": draw("p", (8,), 0.01, 0.99), "target": draw("soft", (8,), 0.0, 1.0)}}

    def log_loss(probability, target):
        if not np.isin(target, [0, 1]).all():
            return None
        return sklearn.metrics.log_loss(target.ravel(), probability.ravel(), labels=[0, 1])

    for function in "losses.binary_cross_entropy", "likelihood.bernoulli_nll":
        ask(
            function,
            PROBABILITIES | soft if "losses" in function else PROBABILITIES,
            "torch.nn.functional.binary_cross_entropy",
            lambda probability, target: F.binary_cross_entropy(probability, target, reduction="none"),
            lambda probability, target: -x_log_y(target, probability) - x_log_y(1 - target, 1 - probability),
            also={"sklearn.metrics.log_loss": log_loss},
            library_fails={"tiny"},  # torch clamps the logarithm at −100, and p (1 − p) at 1e-12
        )
        right = {"probability": [0.0, 1.0], "target": [0, 1]}
        by_hand(function, "sure-and-right", right, [0, 0], [1 / 2, -1 / 2])
        wrong = {"probability": [0.0, 1.0, 0.5], "target": [1, 0, 1]}
        by_hand(function, "sure-and-wrong", wrong, [INF, INF, math.log(2)], [-INF, INF, -2 / 3])
    torn = {"probability": [0.0, 1.0], "target": [0.5, 0.25]}
    by_hand("losses.binary_cross_entropy", "sure-of-the-uncertain", torn, [INF, INF], [-INF, INF])


def of_a_score():
    soft = given(
        "score target",
        {
            "soft": (draw("s", (8,)), draw("soft", (8,), 0.0, 1.0)),
            "soft-extreme": ([1e4, -1e4, 800.0], [0.5, 0.25, 0.125]),
        },
    )

    def log_expit(score, target):
        return -np.mean(target * scipy.special.log_expit(score) + (1 - target) * scipy.special.log_expit(-score))

    ask(
        "losses.sigmoid_cross_entropy",
        LOGITS | soft,
        "torch.nn.functional.binary_cross_entropy_with_logits",
        lambda score, target: F.binary_cross_entropy_with_logits(score, target, reduction="none"),
        lambda score, target: target * softplus(-score) + (1 - target) * softplus(score),
        also={"scipy.special.log_expit": log_expit},
        library_fails={"large-and-right"},  # torch drops what is small beside 1
    )


def focal():
    def library(score, target, gamma=2.0, alpha=None):
        toward = torch.where(target > 0, score, -score)
        weight = 1.0 if alpha is None else torch.where(target > 0, alpha, 1 - alpha)
        return -weight * torch.sigmoid(-toward) ** gamma * F.logsigmoid(toward)

    def definition(score, target, gamma=2, alpha=None):
        toward = score if target else -score
        weight = 1 if alpha is None else alpha if target else 1 - alpha
        return weight * mpmath.exp(-gamma * softplus(toward)) * softplus(-toward)

    ask(
        "losses.focal",
        with_settings(LOGITS, ["forty", "large"], gamma=[0.0, 0.5, 5.0])
        | with_settings(LOGITS, ["forty", "extreme"], gamma=[2.0, 1.0], alpha=[0.25, 0.75])
        | with_settings(LOGITS, ["grid"], alpha=[0.5, 0.0, 1.0, None]),
        "torch.nn.functional.logsigmoid",
        library,
        definition,
    )


# ---------------------------------------------------------------------- several classes

SIZES = {"one-row": (1, 3), "two-classes": (6, 2), "ten-classes": (4, 10), "many-rows": (20, 3), "stack": (2, 3, 4)}
RIGHT = {name: choose("right", shape[:-1], range(shape[-1])) for name, shape in SIZES.items()}
ROWS = {name: {"probability": distributions("rows", shape), "label": RIGHT[name]} for name, shape in SIZES.items()}
ROWS |= given(
    "probability label",
    {
        "one-class": ([[1.0], [1.0]], [0, 0]),
        "same-class": (distributions("rows", (5, 4)), [3] * 5),
        "sure": ([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]], [0, 2]),
        "tiny": ([[1e-300, 0.5, 0.5], [0.0, 1e-12, 1.0]], [0, 1]),
        "some-zeros": ([[0.0, 0.25, 0.75], [0.5, 0.5, 0.0]], [2, 0]),
    },
)
WITH_ZEROS = {"sure", "tiny", "some-zeros"}  # torch multiplies the slope of log 0 with 0, and answers NaN
WRONG = given("probability label", {"": ([[0.0, 1.0], [0.5, 0.5]], [0, 1])})[""]
WRONG_ANSWERS = [INF, math.log(2)], [[-INF, 0], [0, -1]]
# the course's worked example: images of a cat, a car and a frog, scored as cat, car and frog
IMAGES = [[3.2, 5.1, -1.7], [1.3, 4.9, 2.0], [2.2, 2.5, -3.1]]
ROWS_OF_SCORES = {name: {"scores": draw("scores", shape, -4, 4), "label": RIGHT[name]} for name, shape in SIZES.items()}
ROWS_OF_SCORES |= given(
    "scores label",
    {
        "images": (IMAGES, [0, 1, 2]),
        "cat": (IMAGES[0], 0),
        "one-class": ([[2.0], [-1e4]], [0, 0]),
        "equal": (np.full((3, 4), 7.0), [0, 3, 1]),
        "same-class": (draw("scores", (5, 4)), [3] * 5),
        "large": ([[40.0, 0.0, -40.0], [45.0, 0.0, -40.0]], [1, 0]),
        "extreme": ([[1e4, -1e4, 0.0], [1e4, 9998.5, -1e4]], [1, 0]),
        "extreme-and-right": ([[1e4, -1e4, 0.0], [-1e4, 0.0, 1e4]], [0, 2]),
        "shifted": (1e4 + draw("scores", (3, 4)), [0, 1, 2]),
    },
)


def nll(probability, label):
    logs = torch.log(probability).reshape(-1, probability.shape[-1])
    return F.nll_loss(logs, label.reshape(-1), reduction="none").reshape(label.shape)


def of_a_class_probability():
    def log_loss(probability, label):
        classes = probability.shape[-1]
        if classes == 1:
            return None
        return sklearn.metrics.log_loss(label.ravel(), probability.reshape(-1, classes), labels=range(classes))

    for function in "losses.sparse_categorical_cross_entropy", "likelihood.categorical_nll":
        ask(
            function,
            ROWS,
            "torch.nn.functional.nll_loss",
            nll,
            lambda probability, label: -log(probability[int(label)]),
            depth={"probability": 1},
            also={"sklearn.metrics.log_loss": log_loss},
            library_fails=WITH_ZEROS,
        )
        by_hand(function, "sure-and-wrong", WRONG, *WRONG_ANSWERS)


def of_one_hot_classes():
    def one_hot(probability, label):
        return {"probability": probability, "one_hot": np.eye(probability.shape[-1], dtype=int)[label]}

    function = "losses.categorical_cross_entropy"
    ask(
        function,
        {case: one_hot(**each) for case, each in ROWS.items()},
        "torch.nn.functional.nll_loss",
        lambda probability, one_hot: nll(probability, one_hot.argmax(dim=-1)),
        lambda probability, one_hot: -mpmath.fsum(map(x_log_y, one_hot, probability)),
        depth={"probability": 1, "one_hot": 1},
        library_fails=WITH_ZEROS,
    )
    by_hand(function, "sure-and-wrong", one_hot(**WRONG), *WRONG_ANSWERS)


def in_rows(library, scores, label, **settings):
    rows = library(scores.reshape(-1, scores.shape[-1]), label.reshape(-1), reduction="none", **settings)
    return rows.reshape(label.shape)


def of_class_scores():
    def log_softmax(scores, label):
        return -np.take_along_axis(scipy.special.log_softmax(scores, axis=-1), label[..., None], axis=-1).mean()

    small = given("scores label", {"large-and-right": ([[40.0, 0.0, 3.0], [0.0, -60.0, 60.0]], [0, 2])})
    ask(
        "losses.softmax_cross_entropy",
        ROWS_OF_SCORES | small,
        "torch.nn.functional.cross_entropy",
        lambda scores, label: in_rows(F.cross_entropy, scores, label),
        lambda scores, label: log_sum_exp(scores) - scores[int(label)],
        depth={"scores": 1},
        also={"scipy.special.log_softmax": log_softmax},
        library_fails={"large-and-right"},  # torch drops what is small beside 1
    )
