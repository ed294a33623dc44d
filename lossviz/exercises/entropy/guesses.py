"""The questions of lesson 03 that have one answer: numbers, a choice, predictions."""

from ..engine import Choice, Misconception, Number, Prediction

# ---------------------------------------------------------------------- numbers

two_sixes = Number(
    answer=5.17,
    tolerance=0.006,
    misconceptions=[
        Misconception(
            "multiplied",
            6.68,
            "You multiplied the information of the two dice. Probabilities of independent events multiply; information "
            "adds up.",
        ),
        Misconception("one die", 2.585, "That is what one die tells. The second one tells the same amount again."),
        Misconception(
            "nats, or faces added",
            3.584,  # log 36 and log₂ 12 agree to two decimals
            "Did you take log 36? That is right in nats; bits need np.log2. Or log₂ 12? There are 6 · 6 pairs of "
            "faces, not 6 + 6.",
        ),
        Misconception("base 10", 1.556, "np.log10 counts in decimal digits. Bits need np.log2."),
        Misconception("probability", 1 / 36, "That is the probability, 1/36. The information is log₂ of 36."),
        Misconception("number of pairs", 36, "That is the number of pairs. How many bits do you need to number them?"),
        Misconception("sign", -5.17, "Right size, wrong sign: log₂ of 36, not of 1/36. Information is a gain."),
        Misconception(
            "whole questions",
            (5, 6),
            "That is a whole number of questions. Bits need not be whole: 36 lies between 2⁵ and 2⁶, so "
            "the answer lies between 5 and 6.",
        ),
        Misconception(
            "rounded", 5.2, "Nearly: that is one decimal. Give two, or the calculation itself, without rounding."
        ),
        Misconception(
            "pairs without order",
            4.392,
            "You counted pairs of faces without their order, 21 of them. They are not equally likely: 1 and 2 can come "
            "in two ways, 6 and 6 in one.",
        ),
        Misconception(
            "sums of the eyes",
            3.459,
            "You counted the sums from 2 to 12. They are not equally likely: 12 comes in one way, 7 in six.",
        ),
        Misconception(
            "probabilities added",
            1.585,
            "You added the probabilities, 1/6 + 1/6. For both to happen they multiply.",
        ),
        Misconception(
            "weighted with its probability",
            (0.1436, 0.862),
            "You weighted the information with a probability, as in a mean. Here it has happened: both are six.",
        ),
        Misconception(
            "counted twice",
            10.34,
            "You doubled once too often: log₂ 36 is for both dice already, log₂ 6 for one.",
        ),
    ],
    notice="log₂ 36 = log₂ 6 + log₂ 6: the outcomes multiply, what they tell adds up.",
    unit="bits",
)

one_hot = Number(
    answer=2.0,
    tolerance=0.006,
    misconceptions=[
        Misconception("entropy of the truth", 0.0, "That is H(Q): the truth is certain. And the prediction?"),
        Misconception(
            "probability", 0.25, "That is the probability. The cross-entropy asks how surprising it makes the cat."
        ),
        Misconception("nats", 1.386, "Right in nats, log 4. We ask for bits: take np.log2."),
        Misconception("base 10", 0.602, "np.log10 counts in decimal digits. Bits need np.log2."),
        Misconception("sign", -2.0, "Right size, wrong sign: log₂ 1/p, not log₂ p."),
        Misconception(
            "entropy of the prediction",
            1.076,
            "That is H(P), as if the prediction were the truth. What happens is a cat, always.",
        ),
        Misconception(
            "all classes",
            6.836,
            "You added the information of all three classes. The truth gives two of them weight 0.",
        ),
        Misconception(
            "mean of the classes",
            2.279,
            "You took the mean over the three classes. The truth is the weight: 1 for the cat, 0 for the others.",
        ),
        Misconception(
            "divided by the classes",
            2 / 3,
            "You divided by the number of classes. The truth already is the weight, and its entries sum to 1.",
        ),
        Misconception(
            "weighted with the prediction",
            0.5,
            "You weighted the information of the cat with the prediction, 0.25. The weight is the truth: 1.",
        ),
        Misconception(
            "likeliest class", 0.515, "That is for the car, the likeliest class. The photo shows a cat: which p counts?"
        ),
        Misconception("frog", 4.322, "That is for the frog. The photo shows a cat: which p counts?"),
        Misconception(
            "no logarithm", 4, "That is 1/p. How many bits do you need to number four equally likely things?"
        ),
        Misconception(
            "one minus",
            (0.75, 0.415),
            "1 − 0.25 is the probability that the model gave to something else. The photo shows a cat.",
        ),
        Misconception(
            "number of classes",
            1.585,
            "That is log₂ 3, right if all three classes had the same probability. The model gives the cat 0.25.",
        ),
        Misconception(
            "three yes-or-no questions",
            3.811,
            "You added a yes-or-no question for each class. The truth is one of three classes: only the cat's "
            "probability counts.",
        ),
    ],
    notice="log₂ 1/0.25 = log₂ 4 = 2. How the rest is shared between car and frog makes no difference.",
    unit="bits",
)

# ---------------------------------------------------------------------- a choice

best_prediction = Choice(
    options=["0.5", "0.7", "1.0", "no difference"],
    answer="0.7",
    misconceptions=[
        Misconception(
            "stay in the middle",
            "0.5",
            "The middle is safe: it costs 1 bit for every toss. But you know more: heads come more often. Say so.",
        ),
        Misconception(
            "always the likelier",
            "1.0",
            "Then every tail, three in ten, is something you called impossible. What does log₂ 1/0 cost?",
        ),
        Misconception(
            "only the truth counts",
            "no difference",
            "The part H(Q) is the same for every prediction, but the other part, KL(Q‖P), is not.",
        ),
    ],
    notice="Cross-entropy rewards honesty: no other number beats the probability that is true.",
)

# ---------------------------------------------------------------------- predictions

which_coin = Prediction(
    options=["0.5", "0.8", "0.99"],
    answer="0.5",
    misconceptions=[
        Misconception(
            "a balance of both",
            "0.8",
            "It sounds like a balance: tails that tell much, and still come often enough. But four of five tosses are "
            "heads, which tell only 0.32 bits each; the mean is 0.72.",
        ),
        Misconception(
            "the rarest tells most",
            "0.99",
            "A tail of this coin does tell most of all, 6.6 bits. But with its probability of 0.01 it adds only 0.07 "
            "to the mean.",
        ),
    ],
    why="Each toss of the fair coin tells 1 bit. A coin that nearly always shows head tells nearly nothing when it "
    "does, and its tails are too rare to make up for it.",
)

shorter_code = Prediction(
    options=["exactly 2", "less than 2", "more than 2"],
    answer="less than 2",
    misconceptions=[
        Misconception(
            "one length for all",
            "exactly 2",
            "Two bits are right if all four words have the same length. They need not have it: half of the message is "
            "the symbol a.",
        ),
        Misconception(
            "the long words decide",
            "more than 2",
            "If the symbol a gets only one bit, some words must be longer than two. But those are for rare symbols.",
        ),
    ],
    why="Short words for the frequent symbols save more than long words for the rare ones cost.",
)

same_both_ways = Prediction(
    options=["always", "sometimes", "never"],
    answer="sometimes",
    misconceptions=[
        Misconception(
            "a distance",
            "always",
            "KL grows as two distributions part, and a distance is the same both ways. But KL is not a distance.",
        ),
        Misconception(
            "never equal", "never", "For most pairs you are right, but one exception is enough against 'never'."
        ),
    ],
    why="If P = Q, both are 0. For (0.2, 0.8) and (0.8, 0.2), where the two events only change places, they are equal "
    "too. Otherwise they usually differ: the truth says how often each event counts, and the truth is Q in one and "
    "P in the other.",
)
