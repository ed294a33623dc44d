"""The questions of lesson 02: choices and predictions."""

from ..engine import Choice, Misconception, Prediction

delta = Choice(
    options=["0.01", "1.5", "21", "50"],
    answer="1.5",
    misconceptions=[
        Misconception(
            "always robust",
            "0.01",
            "Now nearly every residual lies beyond δ, and Huber is only a scaled MAE. The many good points lose their "
            "smooth parabola.",
        ),
        Misconception(
            "the outlier as the measure",
            "21",
            "A residual of exactly δ still lies on the parabola: the outlier would pull with its full 21. δ must lie "
            "below the residuals that you distrust.",
        ),
        Misconception(
            "never robust", "50", "Now no residual lies beyond δ, not even the outlier's: Huber is half of the MSE."
        ),
    ],
    notice="δ says which residuals are ordinary: choose it just above the noise of the good points, and below the "
    "outliers.",
)

constant = Choice(
    options=["mean", "median", "most frequent value", "midpoint of smallest and largest"],
    answer="median",
    misconceptions=[
        Misconception(
            "mean",
            "mean",
            "The mean is best for the MSE: each point pulls with its distance. For the MAE all pull equally hard.",
        ),
        Misconception(
            "mode",
            "most frequent value",
            "The most frequent value is best if only exact hits count. The MAE also asks how far off the others are.",
        ),
        Misconception(
            "midrange",
            "midpoint of smallest and largest",
            "The midpoint makes the largest error smallest. The MAE counts how many points lie on each side.",
        ),
    ],
    notice="At the median as many points pull up as down; their distances do not matter.",
)

unit = Choice(
    options=["°C", "°C²", "√°C", "no unit"],
    answer="°C",
    misconceptions=[
        Misconception("unit of the MSE", "°C²", "That is the unit of the MSE. The root brings it back."),
        Misconception("root of the unit", "√°C", "You take the root of a number in °C², not in °C: what is √(°C²)?"),
        Misconception("a ratio", "no unit", "Nothing was divided by anything in °C, so the unit stays."),
    ],
    notice='So you can compare an RMSE with the data: "off by 2 °C" has a meaning; "off by 4 °C²" has none.',
)

which_line = Prediction(
    options=["mse", "mae", "huber"],
    answer="mse",
    why="In the MSE a point pulls with the size of its residual, in the MAE every point pulls with the same strength, "
    "and in Huber's loss the pull stops growing at δ.",
    misconceptions=[
        Misconception(
            "the outlier makes most of the loss",
            "mae",
            "It is true that the outlier makes most of the MAE, too. But a line is moved by the pull, the slope of the "
            "loss, not by its height.",
        ),
        Misconception(
            "a square for all",
            "huber",
            "Huber's loss squares small residuals, that is true, but the outlier lies far beyond δ.",
        ),
    ],
)

far_slope = Prediction(
    options=["the same", "twice as much", "four times as much"],
    answer="twice as much",
    why="The slope of r² is 2r: a residual twice as large pulls twice as hard. (Its loss is four times as large.)",
    misconceptions=[
        Misconception(
            "the slope of the absolute value",
            "the same",
            "So it is for the absolute error, whose slope is −1 or +1, however large r is. A parabola gets steeper.",
        ),
        Misconception(
            "the loss, not its slope",
            "four times as much",
            "The question asks for the pull, not for the loss: the pull is the slope.",
        ),
    ],
)
