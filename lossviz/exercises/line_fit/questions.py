"""The questions of lesson 01: a number, a choice, and two predictions."""

from ..engine import Choice, Misconception, Number, Prediction

doubled = Number(
    answer=4.0,
    misconceptions=[
        Misconception("linear", 2.0, "Twice the residual, but the loss squares it."),
        Misconception(
            "added",
            3.0,
            "The square of 2 is not 3. If you mean what is added: the factor is the new MSE divided by the old one.",
        ),
        Misconception("unchanged", 1.0, "A loss that does not notice a doubled residual would not be useful."),
        Misconception(
            "cubed",
            8.0,
            "8 is 2 to the third power, or a sum of two squares. Each residual is squared, and in a mean the number of "
            "points does not count.",
        ),
        Misconception("squared twice", 16.0, "The factor 2 is squared once: in (2 e)² there is one square."),
        Misconception(
            "^ for a power", 0.0, "In Python `2 ^ 2` is 0, since `^` is not a power. A power is written `2 ** 2`."
        ),
        Misconception(
            "upside down",
            (0.25, 0.5),
            "Larger residuals make a larger loss, so the factor is above 1: the new MSE divided by the old one.",
        ),
        Misconception(
            "a root", 2**0.5, "A root would make the growth slower than that of the residuals. The MSE squares them."
        ),
        Misconception(
            "in per cent",
            (400.0, 300.0, 200.0),
            "Is that in per cent? The factor is the new MSE divided by the old one.",
        ),
    ],
    notice="Squaring turns a factor of 2 into a factor of 4; the RMSE only doubles. So far-off points dominate "
    "the MSE.",
)

more_data = Choice(
    options=["half as far", "a quarter as far", "just as far", "twice as far"],
    answer="half as far",
    misconceptions=[
        Misconception(
            "1/N", "a quarter as far", "The error of an average shrinks with the root of N, not with N: look at √4."
        ),
        Misconception(
            "noise is forever",
            "just as far",
            "The noise of each point stays. But the line averages over all of them, and averages settle.",
        ),
        Misconception("upside down", "twice as far", "More points tell more about the line, not less."),
    ],
    notice="The slope's error falls as 1/√N: for one more correct digit you need a hundred times the data.",
)

cancelling_sum = Prediction(
    options=["0", "large and positive", "large and negative"],
    answer="0",
    why="The line passes through the centre of the points, so what lies above it and what lies below it cancel "
    "exactly.",
    misconceptions=[
        Misconception(
            "size for sum",
            "large and positive",
            "The residuals are large, that is true, but they keep their signs when they are added.",
        ),
        Misconception(
            "falling is negative",
            "large and negative",
            "The slope is negative, but the residuals are negative only on one side of the centre. On the other side "
            "they are positive.",
        ),
    ],
)

exact_recovery = Prediction(
    options=["exactly", "nearly", "not at all"],
    answer="nearly",
    why="The fit can only use the points, and every point carries noise; the noise of many points nearly averages out.",
    misconceptions=[
        Misconception(
            "a thousand is enough",
            "exactly",
            "A thousand points make the error small, but not 0.",
        ),
        Misconception(
            "noise destroys all",
            "not at all",
            "Each single point is off by about 1. But the line is not drawn through one point, it uses all of them.",
        ),
    ],
)
