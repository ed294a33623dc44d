"""The number, the choice and the predictions of lesson 05."""

import numpy as np

from ..engine import Choice, Misconception, Number, Prediction

# ---------------------------------------------------------------------- numbers and choices

fresh_network = Number(
    answer=float(np.log(100)),
    tolerance=0.006,
    unit="nats",
    misconceptions=[
        Misconception(
            "hinge",
            99.0,
            "That is what the hinge loss begins with, the number of wrong classes. We ask for the cross-entropy.",
        ),
        Misconception("classes", 100.0, "That is the number of classes. The loss is its logarithm."),
        Misconception("log10", 2.0, "That is log₁₀ 100. The loss uses the natural logarithm."),
        Misconception("log2", float(np.log2(100)), "That is log₂ 100, in bits. The loss is in nats."),
        Misconception(
            "probability",
            0.01,
            "Each class has the probability 1/100, the true one too. The loss is minus the logarithm of that.",
        ),
        Misconception(
            "one minus p",
            0.99,
            "That is 1 − 1/100, the probability of being wrong. The loss is minus the logarithm of p = 1/100.",
        ),
        Misconception("nothing learned, nothing lost", 0.0, "A loss of 0 would mean full confidence in the truth."),
        Misconception(
            "sign",
            -float(np.log(100)),
            "Right size, wrong sign: log 1/100 is negative, the loss is minus it.",
        ),
        Misconception("ten classes", float(np.log(10)), "That is log 10, for the ten digits. How many kinds are here?"),
        Misconception("two classes", float(np.log(2)), "That is log 2, for two classes. How many kinds are here?"),
        Misconception(
            "wrong classes",
            float(np.log(99)),
            "That is log 99. Softmax shares the probability among all classes, the true one included.",
        ),
        Misconception(
            "all classes added",
            float(100 * np.log(100)),
            "You added −log p of all 100 classes. Only the true class counts.",
        ),
        Misconception(
            "divided by the classes",
            float(np.log(100) / 100),
            "You divided by the number of classes. There is only one term, that of the true class.",
        ),
        Misconception("rounded", 5.0, "Three digits, please: a whole number is too coarse to find a bug with."),
        Misconception("one", 1.0, "The probabilities of all classes sum to 1. How large is that of one class?"),
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
    misconceptions=[
        Misconception(
            "order kept",
            "both stay",
            "The order of the three scores stays, but the cross-entropy looks at their differences, too.",
        ),
        Misconception(
            "the strict one",
            "only the hinge loss changes",
            "The hinge loss asks for a margin, so it may seem the stricter one. Beyond the margin it notices nothing.",
        ),
        Misconception(
            "half the scores, half the loss",
            "both change",
            "All differences are halved, so both losses seem bound to change. But one of them asks only whether a lead "
            "is large enough, not how large it is.",
        ),
    ],
)

fresh_hinge = Prediction(
    options=["0", "1", "9", "10"],
    answer="9",
    why="Each of the 9 wrong classes is level with the true one, and should be 1 behind it. Each costs 1.",
    misconceptions=[
        Misconception(
            "nobody ahead",
            "0",
            "No wrong class is ahead of the true one. But a tie is not enough for this loss: it asks for a margin.",
        ),
        Misconception(
            "one class",
            "1",
            "That is the cost of one wrong class, and there are more of them.",
        ),
        Misconception(
            "true class counted",
            "10",
            "There are ten classes, but the true one gives no term.",
        ),
    ],
)

doubled = Prediction(
    options=["it stays 0", "it rises above 0", "it falls below 0"],
    answer="it stays 0",
    why="Doubled weights double every score, and so every gap: one that was wide enough stays so. And no hinge loss is "
    "ever below 0.",
    misconceptions=[
        Misconception(
            "larger scores, larger loss",
            "it rises above 0",
            "Larger scores make the hinge loss larger only where a wrong class is ahead of the true one. None is here.",
        ),
        Misconception(
            "better than 0",
            "it falls below 0",
            "The gaps do become wider, but beyond the margin that is worth nothing.",
        ),
    ],
)
