"""The hinge loss: of one image, and the mean over a batch."""

import numpy as np

from ..engine import Exercise, Misconception, quietly
from .data import CAR, CAT, FOUR, FROG, MANY, TWELVE, WIDE

# ---------------------------------------------------------------------- the hinge loss of one image


def _terms(scores, label, margin):
    """What stands inside the max, for all classes, the true one included."""
    return scores - scores[label] + margin


def _over(scores, label, margin):
    return np.maximum(0, _terms(scores, label, margin))


def _wrong(terms, label):
    return np.delete(terms, label)


def _hinge(scores, label, margin):
    return np.sum(_wrong(_over(scores, label, margin), label))


def _loop(classes, scores, label, margin):
    """Go through some classes, as many as there are."""
    over = _over(scores, label, margin)
    return sum(over[j] for j in classes if j != label and j < len(over))


def _in_place_of_integers(scores, label, margin):
    terms = np.zeros_like(scores)
    for j, term in enumerate(_over(scores, label, margin)):
        if j != label:
            terms[j] = term
    return np.sum(terms)


def _after_deleting(place):
    """Look up the true score when the true class is no longer there."""

    def answer(scores, label, margin):
        others = np.delete(scores, label)
        return np.sum(np.maximum(0, others - others[(label + place) % len(others)] + margin))

    return answer


hinge = Exercise(
    reference=_hinge,
    cases=[
        (CAT, 0, 1.0),
        (CAR, 1, 1.0),
        (FROG, 2, 1.0),
        (np.array([0.5, 0.75, -0.25, 1.0]), 1, 2.0),
        (np.array([2.0, 2.0, 0.5, 2.7, 2.7]), 0, 0.6),  # as high as the true class; two alike
        (np.array([3, -1, 4, 4, 2]), 3, 1.75),  # whole numbers
        (np.array([3.0, 2.0, 1.0]), 0, 1.0),  # exactly at the margin
        (np.array([-1000.0, -1112.5, -1003.25]), 1, 12.5),
        (TWELVE, 11, 0.375),
        (np.array([0.0, 0.013123457]), 1, 0.0156),  # two classes, small numbers
    ],
    misconceptions=[
        Misconception(
            "true class counted",
            lambda scores, label, margin: np.sum(_over(scores, label, margin)),
            "Every answer is too large by exactly the margin. The true class minus itself is 0, plus the margin: this "
            "term does not belong in the sum.",
        ),
        Misconception(
            "no margin",
            lambda scores, label, margin: np.sum(np.maximum(0, scores - scores[label])),
            "You ask the true class to be ahead. The loss asks it to be ahead by the margin: add Δ inside the max.",
        ),
        Misconception(
            "margin outside the max",
            (
                lambda scores, label, margin: np.sum(_wrong(np.maximum(0, scores - scores[label]) + margin, label)),
                lambda scores, label, margin: np.sum(np.maximum(0, scores - scores[label]) + margin),
                lambda scores, label, margin: np.sum(np.maximum(0, scores - scores[label])) + margin,
            ),
            "You add Δ after the max, so even a class that is far behind costs something. Δ belongs inside the max.",
        ),
        Misconception(
            "no max",
            (
                lambda scores, label, margin: np.sum(_wrong(_terms(scores, label, margin), label)),
                lambda scores, label, margin: np.sum(_terms(scores, label, margin)),
            ),
            "Some of your terms are negative, so a class that is far behind hides another that is ahead. Replace each "
            "negative term by 0 before you add.",
        ),
        Misconception(
            "max of the sum",
            (
                lambda scores, label, margin: np.maximum(0, np.sum(_wrong(_terms(scores, label, margin), label))),
                lambda scores, label, margin: np.maximum(0, np.sum(_terms(scores, label, margin))),
            ),
            "You took the max of the sum and 0. Each term has its own max, inside the sum.",
        ),
        Misconception(
            "upside down",
            (
                lambda scores, label, margin: np.sum(_wrong(np.maximum(0, scores[label] - scores + margin), label)),
                lambda scores, label, margin: np.sum(np.maximum(0, scores[label] - scores + margin)),
            ),
            "You exchanged the two scores. A wrong class above the true one costs: wrong score minus true score.",
        ),
        Misconception(
            "margin subtracted",
            lambda scores, label, margin: np.sum(np.maximum(0, scores - scores[label] - margin)),
            "With a minus, a wrong class may be ahead by Δ at no cost. The margin should ask for more, not less: "
            "plus Δ.",
        ),
        Misconception(
            "only classes above the true one",
            lambda scores, label, margin: np.sum(_over(scores, label, margin)[scores > scores[label]]),
            "You count a class only if its score is above the true one. A class that is a little below costs too, "
            "because it should stay Δ below.",
        ),
        Misconception(
            "equal scores left out",
            lambda scores, label, margin: np.sum(_over(scores, label, margin)[scores != scores[label]]),
            "You leave out every class with the true class's score. A wrong class may have the same score, and then "
            "it costs Δ. Leave out one place only: compare the class's number with `label`.",
        ),
        Misconception(
            "equal scores counted once",
            lambda scores, label, margin: np.sum(
                np.maximum(0, np.unique(_wrong(_terms(scores, label, margin), label)))
            ),
            "Two classes with equal scores give one term in your sum. Each wrong class gives a term of its own.",
        ),
        Misconception(
            "always a margin of 1",
            lambda scores, label, margin: _hinge(scores, label, 1.0),
            "Right while the margin is 1. But it is an argument: write `margin` where you wrote 1.",
        ),
        Misconception(
            "1 taken off",
            lambda scores, label, margin: np.sum(_over(scores, label, margin)) - 1,
            "Right while the margin is 1. The term of the true class, which you take off, is Δ, not always 1.",
        ),
        Misconception(
            "a margin of 1, and the true class counted",
            lambda scores, label, margin: np.sum(_over(scores, label, 1.0)),
            "Two things: the true class minus itself plus 1 is in your sum and does not belong there; and the margin "
            "is an argument, not always 1.",
        ),
        Misconception(
            "always three classes",
            (
                lambda scores, label, margin: _loop(range(3), scores, label, margin),
                lambda scores, label, margin: _loop([(label + 1) % 3, (label + 2) % 3], scores, label, margin),
            ),
            "Right while there are three classes. There may be more, or two: count them with `len(scores)`.",
        ),
        Misconception(
            "last class left out",
            lambda scores, label, margin: _loop(range(len(scores) - 1), scores, label, margin),
            "You never look at the last class. `range(len(scores))` already ends with the number of the last one.",
        ),
        Misconception(
            "class 0 left out",
            (
                lambda scores, label, margin: np.sum(_over(scores, label, margin)[1:]),
                lambda scores, label, margin: _loop(range(1, len(scores)), scores, label, margin),
            ),
            "Class 0 never gives a term in your sum. Classes are counted from 0, and the one to leave out is `label`.",
        ),
        Misconception(
            "highest class left out",
            lambda scores, label, margin: np.sum(_wrong(_over(scores, label, margin), np.argmax(scores))),
            "You leave out the class with the highest score. Leave out the true class, also where it is another one.",
        ),
        Misconception(
            "label counted from 1",
            lambda scores, label, margin: _hinge(scores, (label - 1) % len(scores), margin),
            "You take `label - 1` for the true class. Labels are counted from 0, like the places of an array.",
        ),
        Misconception(
            "true score looked up too late",
            (_after_deleting(-1), _after_deleting(0)),
            "After `np.delete` the true score is gone, and the places have moved. Take `scores[label]` before.",
        ),
        Misconception(
            "worst class only",
            (
                lambda scores, label, margin: np.max(_wrong(_over(scores, label, margin), label)),
                lambda scores, label, margin: np.max(_over(scores, label, margin)),
            ),
            "That is the largest term alone, another multiclass hinge (Crammer and Singer). Here all wrong classes "
            "are added.",
        ),
        Misconception(
            "mean over classes",
            (
                lambda scores, label, margin: _hinge(scores, label, margin) / len(scores),
                lambda scores, label, margin: np.mean(_over(scores, label, margin)),
            ),
            "You divided by the number of classes. Inside one image the terms are added; a mean comes later, over "
            "images.",
        ),
        Misconception(
            "mean over wrong classes",
            lambda scores, label, margin: _hinge(scores, label, margin) / (len(scores) - 1),
            "You took the mean of the wrong classes' terms. Inside one image they are added.",
        ),
        Misconception(
            "squared",
            (
                lambda scores, label, margin: np.sum(_wrong(_over(scores, label, margin), label) ** 2),
                lambda scores, label, margin: np.sum(_over(scores, label, margin) ** 2),
            ),
            "You squared the terms: that is the squared hinge loss. Here each term counts as it is.",
        ),
        Misconception(
            "classes counted",
            (
                lambda scores, label, margin: np.sum(_wrong(_terms(scores, label, margin), label) > 0),
                lambda scores, label, margin: np.sum(_wrong(_terms(scores, label, margin), label) >= 0),
                lambda scores, label, margin: np.sum(_terms(scores, label, margin) > 0),
            ),
            "You count the classes that stick out. The loss adds up how far each of them sticks out.",
        ),
        Misconception(
            "one score only",
            lambda scores, label, margin: np.maximum(0, margin - scores[label]),
            "Your answer looks at the true score alone: that is the hinge loss of two classes. Here the true score "
            "is compared with that of each wrong class.",
        ),
        Misconception(
            "cut to whole numbers",
            _in_place_of_integers,
            "Whole scores make `np.zeros_like(scores)` an array of whole numbers, and it cuts the decimals of what "
            "you put into it. Take `np.zeros(len(scores))`.",
        ),
    ],
    notice="The car image gives exactly 0, not almost 0: the hinge loss asks for nothing beyond the margin.",
)

# ---------------------------------------------------------------------- the mean over a batch


def _of_each(scores, labels):
    return np.array([_hinge(s, label, 1.0) for s, label in zip(scores, labels, strict=True)])


def _mean_of(answer, **settings):
    """The mean over the images of another number for each image."""
    return lambda scores, labels: np.mean(
        [answer(s, label, 1.0, **settings) for s, label in zip(scores, labels, strict=True)]
    )


def _no_content_images(scores, labels):
    each = _of_each(scores, labels)
    return np.sum(each) / max(1, np.count_nonzero(each))


def _columns(scores, labels):
    """Take columns for images; NaN where that has to stop."""
    pairs = list(zip(scores.T, labels, strict=False))
    if any(label >= len(s) for s, label in pairs):
        return np.nan
    return sum(_hinge(s, label, 1.0) for s, label in pairs)


def _rows_of_labels(scores, labels):
    """Subtract the scores of the row `label` of the table."""
    over = np.maximum(0, scores - scores[labels % len(scores)] + 1) if labels.max() < len(scores) else np.nan
    return np.sum(over)


def _without_columns(scores, labels):
    terms = np.maximum(0, scores - scores[np.arange(len(labels)), labels][:, None] + 1)
    terms[:, labels] = 0
    return np.sum(terms) / len(labels)


mean_hinge = Exercise(
    reference=lambda scores, labels: np.mean(_of_each(scores, labels)),
    cases=[
        (FOUR, np.array([0, 1, 2, 0])),
        (np.array([[1.0, 0.5, 3.0, 0.0, -1.0], [0.25, 0.0, 0.0, 4.0, 1.0]]), np.array([0, 1])),
        (MANY, np.arange(23) * 7 % 5),
        (np.array([[0.0, 0.95123457, 0.012, -0.1], [0.5, 0.25, 2.0, -1.0]]), np.array([1, 2])),  # a small loss
        (np.array([[-150.0, 30.5, 12.25], [20.0, 400.0, -75.0]]), np.array([0, 0])),
        (np.array([[3, 1, 2], [0, 2, 2]]), np.array([0, 1])),  # whole numbers, exactly at the margin
        (np.array([[3.0, 1.0, 0.0], [0.5, 5.0, 1.0]]), np.array([0, 1])),  # nothing sticks out
        (WIDE, np.array([12, 3, 12, 0, 11, 7, 3])),
    ],
    misconceptions=[
        Misconception(
            "divided by the number of classes",
            lambda scores, labels: np.sum(_of_each(scores, labels)) / scores.shape[1],
            "You divided by the number of classes. In the lecture both numbers are 3, so nobody notices. We average "
            "over the images: divide by the number of rows.",
        ),
        Misconception(
            "divided by 3",
            lambda scores, labels: np.sum(_of_each(scores, labels)) / 3,
            "You divided by 3. That was right for the lecture's three images; other batches have more or fewer.",
        ),
        Misconception(
            "sum",
            lambda scores, labels: np.sum(_of_each(scores, labels)),
            "That is the sum over the images: it would grow with every image added. Divide by their number.",
        ),
        Misconception(
            "divided by both",
            lambda scores, labels: np.mean(_of_each(scores, labels)) / scores.shape[1],
            "You averaged over images and over classes. Inside an image the terms are added; only the images are "
            "averaged.",
        ),
        Misconception(
            "divided by both, true classes counted",
            _mean_of(lambda s, label, margin: np.mean(_over(s, label, margin))),
            "Two things: the mean is over images and classes, but inside an image the terms are added; and in each "
            "image the true class has a term of 1, which does not belong there.",
        ),
        Misconception(
            "divided by the wrong classes too",
            lambda scores, labels: np.mean(_of_each(scores, labels)) / (scores.shape[1] - 1),
            "You averaged over the wrong classes as well as over the images. Inside an image the terms are added.",
        ),
        Misconception(
            "divided by the number of different labels",
            lambda scores, labels: np.sum(_of_each(scores, labels)) / len(set(labels.tolist())),
            "You divided by the number of different labels. Several images may have one label, and each image counts.",
        ),
        Misconception(
            "only images with a loss",
            (
                _no_content_images,
                quietly(lambda s, labels: np.sum(_of_each(s, labels)) / np.count_nonzero(_of_each(s, labels))),
            ),
            "You divided by the number of images whose loss is above 0. Images with a loss of 0 count too: they are "
            "part of the mean.",
        ),
        Misconception(
            "median",
            lambda scores, labels: np.median(_of_each(scores, labels)),
            "That is the median of the images' losses. The loss of a batch is their mean.",
        ),
        Misconception(
            "true classes counted",
            _mean_of(lambda s, label, margin: np.sum(_over(s, label, margin))),
            "Too large by exactly 1: in each image the true class has been counted, with a term of Δ = 1.",
        ),
        Misconception(
            "whole columns set to 0",
            _without_columns,
            "`terms[:, labels] = 0` clears the columns of all labels, in every row. In each row one place is meant: "
            "`terms[np.arange(len(labels)), labels]`.",
        ),
        Misconception(
            "equal scores left out",
            _mean_of(lambda s, label, margin: np.sum(_over(s, label, margin)[s != s[label]])),
            "You leave out every class with the true class's score. A wrong class may have the same score, and then "
            "it costs 1. Leave out the place `label` alone.",
        ),
        Misconception(
            "one label for all",
            lambda scores, labels: np.mean([_hinge(s, labels[0], 1.0) for s in scores]),
            "You compared every image with the first label. Each row has its own label.",
        ),
        Misconception(
            "columns for images",
            (
                lambda scores, labels: _columns(scores, labels) / len(labels),
                lambda scores, labels: _columns(scores, labels) / min(scores.shape),
                lambda scores, labels: _columns(scores, labels) / scores.shape[1],
            ),
            "You take the columns for the images. In the lecture's table they are, but in `scores` each row is an "
            "image: no `.T` is needed.",
        ),
        Misconception(
            "rows for true scores",
            lambda scores, labels: _rows_of_labels(scores, labels) / len(labels),
            "`scores[labels]` takes whole rows of the table, those with the labels' numbers. The true score of image "
            "`i` is `scores[i, labels[i]]`.",
        ),
        Misconception(
            "last image left out",
            lambda scores, labels: np.sum(_of_each(scores, labels)[:-1]) / len(labels),
            "The loss of the last image is missing. `range(len(labels))` already ends with the number of the last one.",
        ),
        Misconception(
            "no margin",
            _mean_of(lambda s, label, margin: np.sum(np.maximum(0, s - s[label]))),
            "The margin is missing. Each wrong class should stay 1 behind the true one: add 1 inside the max.",
        ),
        Misconception(
            "margin outside the max",
            _mean_of(lambda s, label, margin: np.sum(_wrong(np.maximum(0, s - s[label]) + margin, label))),
            "You add the margin after the max, so even a class that is far behind costs 1. It belongs inside the max.",
        ),
        Misconception(
            "labels counted from 1",
            _mean_of(lambda s, label, margin: _hinge(s, label - 1, margin)),
            "You take `label - 1` for the true class. Labels are counted from 0, like the places of an array.",
        ),
        Misconception(
            "no max",
            (
                _mean_of(lambda s, label, margin: np.sum(_wrong(_terms(s, label, margin), label))),
                _mean_of(lambda s, label, margin: np.sum(_terms(s, label, margin))),
            ),
            "Some of your terms are negative. A class that is far behind costs nothing, but it earns nothing either: "
            "replace each negative term by 0.",
        ),
        Misconception(
            "max of the sum",
            (
                _mean_of(lambda s, label, margin: max(0, np.sum(_wrong(_terms(s, label, margin), label)))),
                _mean_of(lambda s, label, margin: max(0, np.sum(_terms(s, label, margin)))),
            ),
            "You took the max of an image's sum and 0. Each term has its own max, inside the sum.",
        ),
        Misconception(
            "upside down",
            _mean_of(lambda s, label, margin: np.sum(_wrong(np.maximum(0, s[label] - s + margin), label))),
            "You exchanged the two scores. A wrong class above the true one costs: wrong score minus true score.",
        ),
        Misconception(
            "always three classes",
            (
                _mean_of(lambda s, label, margin: _loop(range(3), s, label, margin)),
                _mean_of(lambda s, label, margin: _loop([(label + 1) % 3, (label + 2) % 3], s, label, margin)),
            ),
            "Right while there are three classes. There may be more: count the columns with `scores.shape[1]`.",
        ),
        Misconception(
            "worst class only",
            (
                _mean_of(lambda s, label, margin: np.max(_wrong(_over(s, label, margin), label))),
                _mean_of(lambda s, label, margin: np.max(_over(s, label, margin))),
            ),
            "You take only the largest term of each image. Here all wrong classes are added.",
        ),
        Misconception(
            "squared",
            _mean_of(lambda s, label, margin: np.sum(_wrong(_over(s, label, margin), label) ** 2)),
            "You squared the terms: that is the squared hinge loss. Here each term counts as it is.",
        ),
        Misconception(
            "cross-entropy",
            _mean_of(lambda s, label, margin: np.log(np.sum(np.exp(s))) - s[label]),
            "That is the softmax cross-entropy of the batch. The hinge loss is asked for.",
        ),
    ],
    notice="Twice the images, the same loss: that is the purpose of a mean. So the learning rate can stay the same.",
)
