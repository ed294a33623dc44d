"""The exercise on the λ that a prior asks for."""

from ..engine import Misconception, Number

strength = Number(
    answer=0.25,
    misconceptions=[
        Misconception(
            "sum convention",
            25.0,
            "σ²/τ² belongs to the sum of squared errors. Our data loss is their mean: divide by N as well. "
            "(If you mean per cent: give the number itself.)",
        ),
        Misconception("roots", 0.05, "You divided the widths. The two densities contain their squares."),
        Misconception(
            "upside down",
            0.0004,
            "Your fraction is upside down. A narrow prior (small τ) is a strong belief in small weights: λ must grow.",
        ),
        Misconception(
            "half",
            0.125,
            "That is half of it, and two mistakes lead here. Is σ squared? And is a ½ left over? Line 3 times 2σ²/N "
            "has none.",
        ),
        Misconception(
            "times N",
            2500.0,
            "You multiplied by N. The more examples, the less the prior counts: divide.",
        ),
        Misconception(
            "Laplace",
            (0.2, 0.2 * 2**0.5, 0.283),
            "2σ²/(Nb) is the λ of a Laplace prior. This prior is Gaussian. (If you rounded: give all digits.)",
        ),
        Misconception(
            "τ not squared",
            (0.1, 10.0),
            "σ is squared in your answer, τ is not. In the exponent of a Gaussian its width is squared, of noise and "
            "prior alike.",
        ),
        Misconception(
            "brackets",
            (2**2 / 100 * 0.4**2, 0.64),
            "τ² or N came to stand above the bar: Python divides and multiplies from left to right. Put brackets "
            "around what stands below.",
        ),
        Misconception(
            "√N",
            2.5,
            "N enters as it is, not by its root: the mean divides by N.",
        ),
        Misconception("N²", 0.0025, "You divided by N twice."),
        Misconception(
            "no prior",
            0.04,
            "σ²/N holds the noise and the number of examples. The width of the prior, τ, is missing.",
        ),
        Misconception(
            "no noise",
            (6.25, 0.0625),
            "1/τ² says how narrow the prior is. How much it counts depends on the noise, too: σ² is missing.",
        ),
        Misconception(
            "below 0", -0.25, "A price is not below 0. The minus signs of both logarithms are gone in line 3."
        ),
        Misconception(
            "twice",
            0.5,
            "That is twice the right number. Line 3 times 2σ²/N: both ½ are gone, and no 2 is left. Or did you take a "
            "root at the end?",
        ),
    ],
    notice="With ten times the data, λ would be a tenth: the prior is the same, but the data count more. A λ tuned on "
    "a small set is too large for a big one, if the loss is a mean.",
)
