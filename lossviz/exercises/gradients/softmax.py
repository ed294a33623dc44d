"""The exercise on the gradient of softmax cross-entropy."""

import numpy as np

from ..engine import Exercise, Misconception, quietly


def _softmax(scores, axis=1):
    powers = np.exp(scores - np.max(scores, axis=axis, keepdims=True))
    return powers / np.sum(powers, axis=axis, keepdims=True)


def _bare(scores, axis=1):
    """Softmax as its formula says; a score of 1000 is too large for it."""
    return np.exp(scores) / np.sum(np.exp(scores), axis=axis, keepdims=True)


def _one_shift(scores, axis=1):
    """Softmax after the largest score of all was subtracted; a row far below it becomes 0 / 0."""
    return _bare(scores - np.max(scores), axis)


def _sigmoid(scores):
    return 1 / (1 + np.exp(-scores))


def _one_hot(scores, labels):
    return np.eye(scores.shape[1])[labels]


def _wrong(rule, softmaxes=(_softmax, _bare, _one_shift)):
    """Answers to the same mistake, `rule` of softmax, scores and labels: with each way to compute a softmax."""
    return tuple(quietly(lambda scores, labels, p=p: rule(p, scores, labels)) for p in softmaxes)


def _error(p, scores, labels):
    return p(scores) - _one_hot(scores, labels)


def _gradient(p, scores, labels):
    return _error(p, scores, labels) / len(labels)


def _with_true_class(p, scores, labels, rule):
    """The probabilities, changed at the true classes by a rule, over N."""
    found = p(scores)
    rows = np.arange(len(labels))
    found[rows, labels] = rule(found[rows, labels])
    return found / len(labels)


def _only_true(p, scores, labels):
    return _gradient(p, scores, labels) * _one_hot(scores, labels)


def _counts(scores, labels):
    rows = np.arange(len(labels))
    found = (scores - scores[rows, labels][:, None] + 1 > 0).astype(float)
    found[rows, labels] = 1 - found.sum(axis=1)
    return found


_random = np.random.default_rng(7)
_IMAGES = np.round(_random.normal(scale=2, size=(12, 4)), 2)
_IMAGES[5] = 0.01, -0.013, 0.0, 0.7
_TRUE = np.array([0, 2, 2, 1, 3, 0, 0, 1, 3, 2, 1, 0])
_CLASSES = np.round(_random.normal(scale=2, size=(3, 13)), 1)

softmax_gradient = Exercise(
    reference=lambda scores, labels: _gradient(_softmax, scores, labels),
    cases=[
        (np.array([[3.2, 5.1, -1.7], [1.3, 4.9, 2.0], [2.2, 2.5, -3.1], [0.0, 0.5, 0.25]]), np.array([0, 1, 2, 2])),
        (np.array([[1.0, 0.0, 0.5, -1.0], [0.25, 2.0, 0.0, 0.0]]), np.array([1, 0])),  # without the last class
        (np.array([[0.7, -1.1]]), np.array([1])),  # one image
        (_IMAGES, _TRUE),
        (_CLASSES, np.array([12, 0, 11])),
        (np.array([[1000.0, 998.5, 0.0], [-1000.0, -1001.0, -999.0], [0.5, 2.0, 1.0]]), np.array([1, 0, 2])),
    ],
    misconceptions=[
        Misconception(
            "too large for exp",
            _wrong(_gradient, (_bare, _one_shift)),
            "Right for ordinary scores. But e^1000 is too large for a float, and e^−1000 is rounded to 0. From each "
            "row subtract its own largest score first (not that of the whole table): the probabilities stay the same.",
        ),
        Misconception(
            "y − p",
            _wrong(lambda *given: -_gradient(*given)),
            "Every sign is wrong: that is y − p. The true class should have a negative slope, because a higher score "
            "lowers the loss.",
        ),
        Misconception(
            "not divided by N",
            _wrong(_error),
            "That is the gradient of the sum over the images. The loss of a batch is their mean: divide by N.",
        ),
        Misconception(
            "y − p, not divided by N",
            _wrong(lambda *given: -_error(*given)),
            "Two things are wrong: every sign, and the mean over the images is missing: divide by N.",
        ),
        Misconception(
            "divided by C",
            _wrong(lambda p, s, y: _error(p, s, y) / s.shape[1]),
            "You divided by the number of classes. The mean is over the images: as many as there are rows.",
        ),
        Misconception(
            "divided by all entries",
            _wrong(lambda p, s, y: _error(p, s, y) / s.size),
            "You divided by the number of all scores, N times C. The mean is over the images alone.",
        ),
        Misconception(
            "mean over the images",
            (
                *_wrong(lambda *given: _gradient(*given).sum(axis=0)),
                *_wrong(lambda *given: _gradient(*given).mean(axis=0)),
            ),
            "You averaged the rows, and one slope for each class is left. The mean of the loss is why we divide by N; "
            "each score of each image keeps a slope of its own.",
        ),
        Misconception(
            "the loss",
            _wrong(lambda p, s, y: -np.mean(np.log(p(s)[np.arange(len(y)), y]))),
            "That is the loss itself, one number. We ask how it changes with each score: one slope for each.",
        ),
        Misconception(
            "a 2",
            (*_wrong(lambda *given: 2 * _gradient(*given)), *_wrong(lambda *given: 2 * _error(*given))),
            "The 2 comes from a square, as in the squared error. Cross-entropy has no square.",
        ),
        Misconception(
            "one-hot forgotten",
            _wrong(lambda p, s, y: p(s) / len(y)),
            "That is p / N: all slopes are positive, and the labels are not used. Subtract 1 at the true class first.",
        ),
        Misconception(
            "one-hot and N forgotten",
            _wrong(lambda p, s, y: p(s)),
            "Those are the probabilities: a good start. Subtract 1 at the true class, and divide by N.",
        ),
        Misconception(
            "scores for probabilities",
            (lambda s, y: (s - _one_hot(s, y)) / len(y), lambda s, y: s - _one_hot(s, y)),
            "You subtracted the one-hot vector from the scores. Subtract it from the probabilities.",
        ),
        Misconception(
            "sigmoid for softmax",
            (*_wrong(_gradient, (_sigmoid,)), *_wrong(_error, (_sigmoid,))),
            "You sent each score through the sigmoid by itself. Here the classes share one probability of 1: softmax "
            "divides by the sum of the row.",
        ),
        Misconception(
            "labels subtracted",
            _wrong(lambda p, s, y: (p(s) - y[:, None]) / len(y)),
            "You subtracted the label itself, which is only the number of a class. Subtract 1 at that class.",
        ),
        Misconception(
            "counted from 1",
            _wrong(lambda p, s, y: _gradient(p, s, y - 1)),
            "You took 1 from the labels. They count the classes from 0, as Python counts columns.",
        ),
        Misconception(
            "whole columns",
            _wrong(lambda p, s, y: (p(s) - np.isin(np.arange(s.shape[1]), y)) / len(y)),
            "`p[:, labels]` means whole columns, in all rows. One entry in each row is `p[np.arange(len(labels)), "
            "labels]`.",
        ),
        Misconception(
            "1 subtracted everywhere",
            _wrong(lambda p, s, y: (p(s) - 1) / len(y)),
            "You subtracted 1 from every class. The one-hot vector has a single 1, at the true class.",
        ),
        Misconception(
            "1 added",
            _wrong(lambda p, s, y: (p(s) + _one_hot(s, y)) / len(y)),
            "You added 1 at the true class. A higher true score lowers the loss, so its slope should be negative.",
        ),
        Misconception(
            "overwritten",
            (
                *_wrong(lambda *given: _with_true_class(*given, lambda p: -1)),
                *_wrong(lambda *given: _with_true_class(*given, lambda p: 1)),
            ),
            "At the true class the probability is lost: `=` writes a new value there. Subtract 1 from it, with `-=`.",
        ),
        Misconception(
            "only the true classes",
            (*_wrong(_only_true), *_wrong(lambda p, s, y: _gradient(p, s, y)[np.arange(len(y)), y])),
            "The slopes at the true classes are right. The wrong classes have slopes, too: a higher wrong score raises "
            "the loss.",
        ),
        Misconception(
            "1 at the highest score",
            _wrong(lambda p, s, y: _gradient(p, s, s.argmax(axis=1))),
            "You subtracted 1 where the score is highest: that is what the model says. Subtract it at the true class, "
            "which `labels` tells.",
        ),
        Misconception(
            "slope in the probability",
            (*_wrong(lambda p, s, y: -_one_hot(s, y) / p(s) / len(y)), *_wrong(lambda p, s, y: -_one_hot(s, y) / p(s))),
            "That is the slope of −log p in the probability, −1/p. We ask for the slope in the scores: the softmax "
            "is in between.",
        ),
        Misconception(
            "p (1 − p)",
            _wrong(lambda p, s, y: p(s) * (1 - p(s)) / len(y)),
            "That is how a probability changes with its own score. The loss's slope is that, times −1/p at the true "
            "class, and it becomes simpler.",
        ),
        Misconception(
            "an extra p (1 − p)",
            _wrong(lambda p, s, y: _gradient(p, s, y) * p(s) * (1 - p(s))),
            "p − one-hot is already the slope in the scores: softmax's own slope is in it. You multiplied by "
            "p (1 − p) once more.",
        ),
        Misconception(
            "the hinge's counting",
            (lambda s, y: _counts(s, y) / len(y), _counts),
            "You counted the classes over the margin: that is the hinge's gradient. With cross-entropy each class "
            "weighs as much as its probability.",
        ),
        Misconception(
            "softmax of the columns",
            _wrong(lambda p, s, y: (p(s, 0) - _one_hot(s, y)) / len(y)),
            "Your probabilities sum to 1 down each column. Each row is an image, so sum along the rows: axis=1.",
        ),
        Misconception(
            "softmax of the whole table",
            _wrong(lambda p, s, y: (p(s, None) - _one_hot(s, y)) / len(y)),
            "You divided by the sum of all exponentials of the table. Each row has its own sum: axis=1, keepdims=True.",
        ),
    ],
    notice="Each row sums to 0, as the scores' gradients in notebook 05 did: what one class gains, the others lose.",
    within=2e-6,
)
