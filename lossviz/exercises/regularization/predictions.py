"""What a reader of lesson 10 guesses before a cell shows it."""

from ..engine import Misconception, Prediction

training = Prediction(
    options=["yes, here and there", "only once it overfits", "no, never"],
    answer="no, never",
    misconceptions=[
        Misconception(
            "now and then",
            "yes, here and there",
            "Validation losses go up and down like that. The training loss is what the fit makes as small as it can.",
        ),
        Misconception(
            "overfitting hurts",
            "only once it overfits",
            "Overfitting makes the loss on other points rise. On the training points it looks like progress.",
        ),
    ],
    why="A polynomial of degree 5 can do all that one of degree 4 can: set the weight of the fifth power to 0. More "
    "freedom never fits the training data worse.",
)

zeros = Prediction(
    options=["none", "about half", "all but one"],
    answer="none",
    misconceptions=[
        Misconception(
            "as the lasso",
            "about half",
            "That would be the lasso, which has just removed five of ten.",
        ),
        Misconception(
            "a heavy price",
            "all but one",
            "The price is heavy, and it takes most of its size from each weight. But however heavy, it divides.",
        ),
    ],
    why="Ridge makes weights small, not 0. The slope of w² fades as w nears 0, and so does the pull.",
)

shared = Prediction(
    options=["one column alone gets it", "both get half", "nobody can say"],
    answer="both get half",
    misconceptions=[
        Misconception(
            "the winner takes it",
            "one column alone gets it",
            "One column is enough for a perfect fit. But it pays 3² = 9, and two that share pay 1.5² + 1.5² = 4.5.",
        ),
        Misconception(
            "as least squares",
            "nobody can say",
            "All of these weights fit equally well. But the penalty tells them apart.",
        ),
    ],
    why="Half the weight costs a quarter, so two halves cost half of one whole. Least squares alone cannot say.",
)
