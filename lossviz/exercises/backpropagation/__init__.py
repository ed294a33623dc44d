"""The exercises and predictions of lesson 08.

Here are the question with one answer and the predictions; the functions to be written are in `neuron` (the slope of the
sigmoid, the gradient of BCE) and `layer` (one layer back).
"""

import numpy as np

from ..engine import Misconception, Number, Prediction
from .layer import slope_before
from .neuron import bce_gradient, sigmoid_slope

__all__ = ["bce_gradient", "fifty_steps", "layers", "sigmoid_slope", "slope_before", "ten_slopes", "which_layers"]

# ---------------------------------------------------------------------- how many layers

_EXACT = float(np.log(1e6) / np.log(4))  # 9.9658

layers = Number(
    answer=10,
    misconceptions=[
        Misconception("one too few", 9, "Nine factors of ¼ leave 3.8e−6, still above a millionth."),
        Misconception("one too many", 11, "11 layers are enough, but so are fewer: you look for the first that is."),
        Misconception(
            "½ a layer",
            (20, 2 * _EXACT, 19),
            "You took ½ a layer. That is the value of σ at 0; its slope there is ¼, and slopes multiply.",
        ),
        Misconception("a tenth a layer", 6, "Six factors of a tenth make a millionth. A factor of ¼ takes longer."),
        Misconception(
            "natural logarithm",
            (14, 13, float(np.log(1e6)), 13.8, 13.82),
            "log 1e6 is 13.8: that many factors of 1/e. Divide it by log 4.",
        ),
        Misconception(
            "divided once",
            (250000, 250001, 4e6),
            "You divided or multiplied once. Each layer multiplies by ¼ again: ¼, then ¼ · ¼, and so on.",
        ),
        Misconception(
            "the fourth root",
            (31, 32, 1e6**0.25, 31.6),
            "You took the fourth root of a million: n⁴ for 4ⁿ. The number of layers stands in the exponent.",
        ),
        Misconception(
            "upside down",
            (1, 1 / _EXACT, 0.1),
            "The quotient is upside down: a single layer leaves ¼. How many times does log 4 go into log 1e6?",
        ),
        Misconception(
            "what is left", (0.25**10, 9.5e-7), "That is what ten layers leave of a slope. We ask for their number."
        ),
        Misconception(
            "negative",
            (-10, -_EXACT, -9),
            "A number of layers is positive. In log(1e−6) / log(1/4) both logarithms are negative.",
        ),
        Misconception(
            "not whole",
            (_EXACT, 9.9, 9.96, 9.97, 9.965, 9.966, 9.9657, 9.9658),
            "Almost. A part of a layer does not exist: which whole number?",
        ),
    ],
    notice="¼^10 is 9.5e−7. This is a bound: the slopes leave at most so much. The weights are further factors.",
)

# ---------------------------------------------------------------------- predictions

fifty_steps = Prediction(
    options=["near 0", "about a half", "still above 0.9"],
    answer="still above 0.9",
    why="The gradient of the MSE is 0.03 at the start: the neuron is badly wrong, and is hardly told so.",
    misconceptions=[
        Misconception(
            "a large error is mended fast",
            "near 0",
            "A large error should make a large step, and for a straight line it does. Here the sigmoid is between the "
            "error and the weight, and so far out it is nearly flat.",
        ),
        Misconception(
            "a little slower",
            "about a half",
            "You expected MSE to be slower than BCE, and it is. But half of the way would take steps of some size, and "
            "the first ones are tiny.",
        ),
    ],
)

ten_slopes = Prediction(
    options=["about a fortieth", "about a thousandth", "about a millionth"],
    answer="about a millionth",
    why="Factors multiply: ¼ ten times over is 9.5e−7, and that is the most.",
    misconceptions=[
        Misconception(
            "added",
            "about a fortieth",
            "That is ¼ divided by 10, the number of layers. But each layer multiplies what is left by ¼ again.",
        ),
        Misconception(
            "½ a layer",
            "about a thousandth",
            "That is ½ ten times over. ½ is the value of σ at 0; its slope there is ¼.",
        ),
    ],
)

which_layers = Prediction(
    options=["the first layers most", "the last layer alone", "all layers, by one factor"],
    answer="all layers, by one factor",
    why="The loss has its say once, at the output. What it hands in there is scaled down on the way by the same "
    "factors as before.",
    misconceptions=[
        Misconception(
            "where it is needed most",
            "the first layers most",
            "The first layers have lost most, so one would wish it. But a factor at the output cannot know how far a "
            "slope still has to go.",
        ),
        Misconception(
            "the last layer's own σ′",
            "the last layer alone",
            "The σ′ that BCE removes is indeed the last layer's. But the slopes of all other layers have passed it on "
            "their way, too.",
        ),
    ],
)
