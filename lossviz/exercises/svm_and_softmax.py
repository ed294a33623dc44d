"""The exercises and predictions of lesson 05."""

import numpy as np

from .engine import Choice, Exercise, Misconception, Number, Prediction, quietly

_CAT, _CAR, _FROG = np.array([3.2, 5.1, -1.7]), np.array([1.3, 4.9, 2.0]), np.array([2.2, 2.5, -3.1])

# ---------------------------------------------------------------------- the hinge loss of one image


def _over(scores, label, margin):
    """The terms of all classes, the true class included."""
    return np.maximum(0, scores - scores[label] + margin)


def _hinge(scores, label, margin):
    return np.sum(np.delete(_over(scores, label, margin), label))


hinge = Exercise(
    reference=_hinge,
    cases=[(_CAT, 0, 1.0), (_CAR, 1, 1.0), (_FROG, 2, 1.0), (np.array([0.5, 0.75, -0.25, 1.0]), 1, 2.0)],
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
            "no max",
            lambda scores, label, margin: np.sum(np.delete(scores - scores[label] + margin, label)),
            "Some of your terms are negative, so a class that is far behind hides another that is ahead. Replace each "
            "negative term by 0 before you add.",
        ),
        Misconception(
            "max of the sum",
            lambda scores, label, margin: np.maximum(0, np.sum(np.delete(scores - scores[label] + margin, label))),
            "You took the max of the sum and 0. Each term has its own max, inside the sum.",
        ),
        Misconception(
            "upside down",
            lambda scores, label, margin: np.sum(np.delete(np.maximum(0, scores[label] - scores + margin), label)),
            "You exchanged the two scores. A wrong class above the true one costs: wrong score minus true score.",
        ),
        Misconception(
            "margin subtracted",
            lambda scores, label, margin: np.sum(np.maximum(0, scores - scores[label] - margin)),
            "With a minus, a wrong class may be ahead by Δ at no cost. The margin should ask for more, not less: "
            "plus Δ.",
        ),
        Misconception(
            "always a margin of 1",
            lambda scores, label, margin: _hinge(scores, label, 1.0),
            "Right while the margin is 1. But it is an argument: write `margin` where you wrote 1.",
        ),
        Misconception(
            "always three classes",
            lambda scores, label, margin: np.sum(np.delete(_over(scores, label, margin)[:3], label)),
            "Right while there are three classes. There may be more: count them with `len(scores)`.",
        ),
        Misconception(
            "worst class only",
            lambda scores, label, margin: np.max(np.delete(_over(scores, label, margin), label)),
            "That is the largest term alone, another multiclass hinge (Crammer and Singer). Here all wrong classes "
            "are added.",
        ),
        Misconception(
            "mean over classes",
            lambda scores, label, margin: _hinge(scores, label, margin) / len(scores),
            "You divided by the number of classes. Inside one image the terms are added; a mean comes later, over "
            "images.",
        ),
        Misconception(
            "mean over wrong classes",
            lambda scores, label, margin: _hinge(scores, label, margin) / (len(scores) - 1),
            "You took the mean of the wrong classes' terms. Inside one image they are added.",
        ),
    ],
    notice="The car image gives exactly 0, not almost 0: the hinge loss asks for nothing beyond the margin.",
)

# ---------------------------------------------------------------------- the cross-entropy of one image


def _cross_entropy(scores, label):
    ahead = scores - np.max(scores)
    return np.log(np.sum(np.exp(ahead))) - ahead[label]


def _softmax(scores):
    powers = np.exp(scores)
    return powers / np.sum(powers)


def _shifted(scores):
    return _softmax(scores - np.max(scores))


_LOG10 = "That is the logarithm to base 10: 0.886 for the cat image. This course, and every library, takes `np.log`."
_LOG2 = "That is the logarithm to base 2, in bits: 2.94 for the cat image. The loss is in nats: take `np.log`."
_PROBABILITY = "That is the probability of the true class. The loss is minus its logarithm."

cross_entropy = Exercise(
    reference=_cross_entropy,
    cases=[(_CAT, 0), (_CAR, 1), (_FROG, 2), (np.array([1000.0, 1001.0, 0.0]), 0), (np.array([0.0, 1000.0]), 0)],
    misconceptions=[
        Misconception(
            "unshifted",
            quietly(lambda scores, label: -np.log(_softmax(scores)[label])),
            "Right for the three images. But exp(1000) is too large for any float, so inf / inf leaves no number. "
            "Subtract the largest score from all of them first.",
        ),
        Misconception(
            "unshifted sum",
            quietly(lambda scores, label: np.log(np.sum(np.exp(scores))) - scores[label]),
            "Right for the three images, but the sum of exponentials overflows to inf for scores of 1000. Subtract "
            "the largest score from all of them first.",
        ),
        Misconception(
            "rounded to 0",
            quietly(lambda scores, label: -np.log(_shifted(scores)[label])),
            "Nearly. A probability of exp(−1000) was rounded to 0 before you took its logarithm. Take the logarithm "
            "by hand: log of the sum, minus the shifted true score.",
        ),
        *(
            Misconception(
                f"{epsilon} added",
                quietly(lambda scores, label, epsilon=float(epsilon): -np.log(_shifted(scores)[label] + epsilon)),
                f"Nearly. The {epsilon} in the logarithm puts a ceiling of {-np.log(float(epsilon)):.1f} on the loss, "
                "and a probability of exp(−1000) costs 1000. Without it: the log of the sum, minus the shifted true "
                "score.",
            )
            for epsilon in ("1e-15", "1e-12", "1e-10", "1e-9", "1e-8", "1e-7")
        ),
        Misconception(
            "clipped at 1e-7",
            lambda scores, label: -np.log(np.clip(_shifted(scores)[label], 1e-7, 1)),
            "Nearly. Clipping at 1e-7 puts a ceiling of 16.1 on the loss, and a probability of exp(−1000) costs 1000. "
            "Without it: the log of the sum, minus the shifted true score.",
        ),
        *(
            Misconception(f"{name}{how}", quietly(answer), hint + more)
            for how, p, more in [
                ("", _softmax, " (And for scores of 1000 your exponentials overflow: subtract the largest score.)"),
                (", shifted", _shifted, " (And exp(−1000) is rounded to 0: take the logarithm before the division.)"),
            ]
            for name, answer, hint in [
                ("log10", lambda scores, label, p=p: -np.log10(p(scores)[label]), _LOG10),
                ("log2", lambda scores, label, p=p: -np.log2(p(scores)[label]), _LOG2),
                ("no minus", lambda scores, label, p=p: np.log(p(scores)[label]), "Right size, wrong sign: log p."),
                ("all classes", lambda scores, label, p=p: -np.sum(np.log(p(scores))), "Only the true class counts."),
            ]
        ),
        Misconception("log10, exact", lambda scores, label: _cross_entropy(scores, label) / np.log(10), _LOG10),
        Misconception("log2, exact", lambda scores, label: _cross_entropy(scores, label) / np.log(2), _LOG2),
        Misconception("probability", quietly(lambda scores, label: _softmax(scores)[label]), _PROBABILITY),
        Misconception(
            "probability, shifted",
            lambda scores, label: _shifted(scores)[label],
            f"{_PROBABILITY} It grows as p falls.",
        ),
        Misconception(
            "only the sum shifted",
            lambda scores, label: np.log(np.sum(np.exp(scores - np.max(scores)))) - scores[label],
            "You subtracted the largest score inside the sum, but not from the true score. The result stays the same "
            "only if you shift all scores.",
        ),
        Misconception(
            "true score left out",
            lambda scores, label: np.log(np.sum(np.exp(scores - np.max(scores)))) + np.max(scores),
            "That is the logarithm of the sum, the same for every label. Subtract the true score.",
        ),
    ],
    notice="Minus the logarithm of a fraction is log(sum) − score: no division is left, and nothing can be rounded to "
    "0 on the way.",
    unit="nats",
)

# ---------------------------------------------------------------------- the mean over a batch

_FOUR = np.array([_CAT, _CAR, _FROG, [0.0, 2.0, 0.5]])


def _of_each(scores, labels):
    return np.array([_hinge(s, label, 1.0) for s, label in zip(scores, labels, strict=True)])


mean_hinge = Exercise(
    reference=lambda scores, labels: np.mean(_of_each(scores, labels)),
    cases=[
        (_FOUR, np.array([0, 1, 2, 0])),
        (np.array([[1.0, 0.5, 3.0, 0.0, -1.0], [0.25, 0.0, 0.0, 4.0, 1.0]]), np.array([0, 1])),
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
            "divided by the wrong classes too",
            lambda scores, labels: np.mean(_of_each(scores, labels)) / (scores.shape[1] - 1),
            "You averaged over the wrong classes as well as over the images. Inside an image the terms are added.",
        ),
        Misconception(
            "true classes counted",
            lambda scores, labels: np.mean(_of_each(scores, labels)) + 1,
            "Too large by exactly 1: in each image the true class has been counted, with a term of Δ = 1.",
        ),
        Misconception(
            "only images with a loss",
            lambda scores, labels: np.sum(_of_each(scores, labels)) / np.count_nonzero(_of_each(scores, labels)),
            "You divided by the number of images whose loss is above 0. Images with a loss of 0 count too: they are "
            "part of the mean.",
        ),
        Misconception(
            "one label for all",
            lambda scores, labels: np.mean([_hinge(s, labels[0], 1.0) for s in scores]),
            "You compared every image with the first label. Each row has its own label.",
        ),
    ],
    notice="Twice the images, the same loss: that is the purpose of a mean. So the learning rate can stay the same.",
)

# ---------------------------------------------------------------------- numbers and choices

fresh_network = Number(
    answer=float(np.log(100)),
    tolerance=0.006,
    unit="nats",
    misconceptions=[
        Misconception("hinge", 99.0, "That is what the hinge loss begins with, C − 1. We ask for the cross-entropy."),
        Misconception("classes", 100.0, "That is the number of classes. The loss is its logarithm."),
        Misconception("log10", 2.0, "That is log₁₀ 100. The loss uses the natural logarithm."),
        Misconception("log2", float(np.log2(100)), "That is log₂ 100, in bits. The loss is in nats."),
        Misconception(
            "probability", 0.01, "That is the probability of each class, 1/100. What is minus its logarithm?"
        ),
        Misconception("nothing learned, nothing lost", 0.0, "A loss of 0 would mean full confidence in the truth."),
        Misconception(
            "sign", -float(np.log(100)), "Right size, wrong sign: log 1/100 is negative, the loss is minus it."
        ),
    ],
    notice="If a fresh network for 100 classes prints something far from this, look for a bug before you train.",
)

which_weights = Choice(
    options=["1, 0, 0, 0", "0.25, 0.25, 0.25, 0.25", "0.5, 0.5, 0, 0", "2, -1, 0, 0"],
    answer="0.25, 0.25, 0.25, 0.25",
    misconceptions=[
        Misconception(
            "fewest weights",
            "1, 0, 0, 0",
            "It uses the fewest weights, but R counts squares: 1² alone is 1. (Choosing few is what Σ |w| may do.)",
        ),
        Misconception(
            "half way", "0.5, 0.5, 0, 0", "On the way: ¼ + ¼ = ½. What if you went on sharing the same score out?"
        ),
        Misconception(
            "signs cancel",
            "2, -1, 0, 0",
            "In the score 2 and −1 cancel partly; in R they do not: squares of both signs add up.",
        ),
    ],
    notice="All four give the score 1, so the data cannot tell them apart. The penalty can: it spreads the weight over "
    "all inputs.",
)

# ---------------------------------------------------------------------- predictions

halved = Prediction(
    options=["both stay", "only the hinge loss changes", "only the cross-entropy changes", "both change"],
    answer="only the cross-entropy changes",
    why="Halved, the car is still ahead by more than the margin of 1, so the hinge loss stays 0. The probability of "
    "the car falls, so its cross-entropy rises.",
)

fresh_hinge = Prediction(
    options=["0", "1", "9", "10"],
    answer="9",
    why="Each of the 9 wrong classes is level with the true one, and so a full margin of 1 short of being behind. Each "
    "costs 1.",
)

doubled = Prediction(
    options=["it stays 0", "it rises above 0", "it falls below 0"],
    answer="it stays 0",
    why="Doubled weights double every score, and so every gap: one that was wide enough stays so. And no hinge loss is "
    "ever below 0.",
)
