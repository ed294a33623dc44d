"""The choice and the predictions of lesson 06."""

from ..engine import Choice, Misconception, Prediction

sigma = Choice(
    options=["it stays where it is", "it moves by σ", "it moves to half", "it disappears"],
    answer="it stays where it is",
    misconceptions=[
        Misconception(
            "added", "it moves by σ", "σ stands under the squared error and in log σ. Is it added to μ anywhere?"
        ),
        Misconception(
            "scaled",
            "it moves to half",
            "The squared error is divided by four times as much: the valley gets flatter. Does its lowest place move?",
        ),
        Misconception(
            "flattened",
            "it disappears",
            "However flat a parabola is, it has a lowest place. Where is (μ − mean)² / 2σ² least?",
        ),
    ],
    notice="A positive factor and a constant do not move the minimum. So you may use MSE without knowing σ, and find σ "
    "afterwards.",
)

# ---------------------------------------------------------------------- predictions

underflow = Prediction(
    options=["about 1e-602", "exactly 0", "an error"],
    answer="exactly 0",
    why="The smallest number above 0 that a float64 can hold is about 4.9e-324. What is half of it or less is stored "
    "as 0, without a word.",
    misconceptions=[
        Misconception("no limit", "about 1e-602", "That is the true product, but a float64 cannot hold it."),
        Misconception(
            "a warning",
            "an error",
            "Python stops where a power is too large, as in `2.0 ** 2000`. Where one is too small, it does not.",
        ),
    ],
)

winner = Prediction(
    options=["the mean (MSE)", "the median (MAE)", "both alike"],
    answer="the median (MAE)",
    why="MAE is Laplace's own loss. On Gaussian noise the mean wins.",
    misconceptions=[
        Misconception(
            "the usual one",
            "the mean (MSE)",
            "The mean uses the full size of each number. But Laplace noise has more of them far out, and these few "
            "move the mean.",
        ),
        Misconception(
            "right in the end",
            "both alike",
            "With more and more numbers both come to 0. But one of them needs fewer numbers to come as close.",
        ),
    ],
)

wide_band = Prediction(
    options=[
        "everywhere 95 %",
        "too few on the left, too many on the right",
        "too many on the left, too few on the right",
    ],
    answer="too many on the left, too few on the right",
    why="One σ for all is a compromise: too wide where the noise is small, too narrow where it is large.",
    misconceptions=[
        Misconception(
            "one rule for all",
            "everywhere 95 %",
            "Two standard deviations hold 95 % only if σ is right at each x. Here the noise grows, and the band does "
            "not.",
        ),
        Misconception(
            "sides exchanged",
            "too few on the left, too many on the right",
            "The noise does differ from side to side, but where it is small, more points lie inside the band, not "
            "fewer.",
        ),
    ],
)
