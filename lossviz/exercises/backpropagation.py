"""The exercises and predictions of lesson 08."""

import numpy as np

from .engine import Exercise, Misconception, Number, Prediction


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


# ---------------------------------------------------------------------- the slope of the sigmoid


def _sigmoid_slope(z):
    p = _sigmoid(z)
    return p * (1 - p)


sigmoid_slope = Exercise(
    reference=_sigmoid_slope,
    cases=[(np.array([-2.0, 0.0, 0.5, 4.0]),), (np.array([1.0, -3.0]),)],
    misconceptions=[
        Misconception("the value", _sigmoid, "That is σ itself. Its slope is 0 far out on both sides, and σ is not."),
        Misconception(
            "no inner derivative",
            lambda z: _sigmoid(z) ** 2,
            "You have 1 / (1 + e⁻ᶻ)²: the outer derivative without its minus. The inner one, −e⁻ᶻ, is missing.",
        ),
        Misconception(
            "only the outer derivative",
            lambda z: -(_sigmoid(z) ** 2),
            "−1 / (1 + e⁻ᶻ)² is the outer derivative alone. Multiply it by the inner one, −e⁻ᶻ.",
        ),
        Misconception(
            "minus lost",
            lambda z: -_sigmoid_slope(z),
            "The sign is wrong: σ rises everywhere. There are two minus signs: one from the power −1, one from e⁻ᶻ.",
        ),
        Misconception(
            "square forgotten",
            lambda z: 1 - _sigmoid(z),
            "You have 1 − σ(z), which is e⁻ᶻ / (1 + e⁻ᶻ). Line 2 has the square below the line: one factor "
            "1 / (1 + e⁻ᶻ), which is σ(z), is missing.",
        ),
        Misconception(
            "tanh's slope",
            lambda z: 1 - _sigmoid(z) ** 2,
            "1 − value² is the slope of tanh. At z = 0 the sigmoid rises by ¼, tanh by 1.",
        ),
        Misconception(
            "z for σ(z)",
            lambda z: z * (1 - z),
            "What goes into σ (1 − σ) is the value σ(z), not z. Compute σ(z) first, then multiply.",
        ),
        Misconception(
            "only the exponential",
            lambda z: np.exp(-z),
            "e⁻ᶻ is only the inner part, and to the left it grows without limit. Divide it by (1 + e⁻ᶻ)².",
        ),
    ],
    notice="The value alone gives you the slope: σ (1 − σ). It is at most ¼, where σ = ½, and nearly 0 where σ is "
    "close to 0 or 1.",
)

# ---------------------------------------------------------------------- the gradient of a neuron


def _bce_gradient(w, b, x, y):
    return (_sigmoid(w * x + b) - y) * x


def _of_output(answer):
    """Turn a function of p, x and y into an answer."""
    return lambda w, b, x, y: answer(_sigmoid(w * x + b), x, y)


bce_gradient = Exercise(
    reference=_bce_gradient,
    cases=[(2.0, 2.0, 1.0, 0), (0.5, -1.0, 3.0, 1), (-1.0, 0.5, -2.0, 1), (0.3, 0.1, 2.0, 0)],
    misconceptions=[
        Misconception(
            "an extra σ′",
            _of_output(lambda p, x, y: (p - y) * p * (1 - p) * x),
            "σ′ = p (1 − p) is still there. BCE's own slope in p has p (1 − p) in its denominator: the two cancel.",
        ),
        Misconception(
            "MSE's gradient",
            _of_output(lambda p, x, y: 2 * (p - y) * p * (1 - p) * x),
            "That is the gradient of the squared error. BCE's first link is (p − y) / (p (1 − p)).",
        ),
        Misconception(
            "y − p",
            _of_output(lambda p, x, y: (y - p) * x),
            "The sign is wrong: y − p points downhill, the way to go. The gradient points uphill.",
        ),
        Misconception(
            "forgot x",
            _of_output(lambda p, x, y: p - y),
            "That is the slope in z, and in b. The slope in w has one more link: ∂z/∂w.",
        ),
        Misconception(
            "stopped before the sigmoid",
            _of_output(lambda p, x, y: (p - y) / (p * (1 - p)) * x),
            "You went from the loss to p, and from z to w. The link between them is missing: dp/dz = p (1 − p).",
        ),
        Misconception(
            "only the first link",
            _of_output(lambda p, x, y: (p - y) / (p * (1 - p))),
            "That is dL/dp, the first link. Two more lead from p to w.",
        ),
        Misconception(
            "a 2",
            _of_output(lambda p, x, y: 2 * (p - y) * x),
            "The 2 comes from a square. BCE has no square.",
        ),
        Misconception(
            "w for x",
            lambda w, b, x, y: (_sigmoid(w * x + b) - y) * w,
            "z = wx + b. Its slope in w is what w is multiplied by.",
        ),
        Misconception(
            "the score for p",
            lambda w, b, x, y: (w * x + b - y) * x,
            "You compared z with the target. The output is p = σ(z).",
        ),
    ],
    notice="Error times input, and nothing else. The same form as for a line with half the squared error: it is what "
    "remains whenever loss and output fit together.",
)

# ---------------------------------------------------------------------- one layer back


def _slope_before(slope, weights, h):
    return (slope @ weights.T) * h * (1 - h)


_SLOPE = np.array([[0.5, -1.0], [0.2, 0.3], [-0.4, 0.1]])
_W = np.array([[1.0, 2.0], [-3.0, 0.5]])
_H = np.array([[0.5, 0.9], [0.2, 0.6], [0.7, 0.3]])

slope_before = Exercise(
    reference=_slope_before,
    cases=[(_SLOPE, _W, _H), (2 * _SLOPE[:2], -_W.T, _H[1:])],
    misconceptions=[
        Misconception(
            "no σ′",
            lambda slope, weights, h: slope @ weights.T,
            "That is the slope in h. The sigmoid is between z and h: one more factor.",
        ),
        Misconception(
            "not turned over",
            lambda slope, weights, h: (slope @ weights) * h * (1 - h),
            "Forward, row i of the weights carries unit i on to all the next ones. Backward, unit i collects from them "
            "along the same row: `weights.T`. (Your product only runs because this matrix is square.)",
        ),
        Misconception(
            "σ′ of the value",
            lambda slope, weights, h: (slope @ weights.T) * _sigmoid(h) * (1 - _sigmoid(h)),
            "h is already σ(z). You sent it through the sigmoid once more.",
        ),
        Misconception(
            "times h",
            lambda slope, weights, h: (slope @ weights.T) * h,
            "The sigmoid's slope is h (1 − h); you multiplied by its value alone.",
        ),
        Misconception(
            "tanh's slope",
            lambda slope, weights, h: (slope @ weights.T) * (1 - h**2),
            "1 − h² is the slope of tanh. These units are sigmoids.",
        ),
        Misconception(
            "σ′ on the wrong side",
            lambda slope, weights, h: (slope * h * (1 - h)) @ weights.T,
            "You multiplied by h (1 − h) before going through the weights. On the way back the weights come first.",
        ),
    ],
    notice="One matrix product, and one product number by number: that is all of backpropagation, repeated for each "
    "layer.",
)

# ---------------------------------------------------------------------- how many layers

layers = Number(
    answer=10,
    misconceptions=[
        Misconception("one too few", 9, "Nine factors of ¼ leave 3.8e−6, still above a millionth."),
        Misconception("one too many", 11, "11 layers are enough, but so are fewer: you look for the first that is."),
        Misconception(
            "½ a layer",
            20,
            "You took ½ a layer. That is the value of σ at 0; its slope there is ¼, and slopes multiply.",
        ),
        Misconception("a tenth a layer", 6, "Six factors of a tenth make a millionth. A factor of ¼ takes longer."),
        Misconception(
            "natural logarithm",
            14,
            "log 1e6 is 13.8: that many factors of 1/e. Divide it by log 4.",
        ),
        Misconception(
            "subtracted", 250000, "¼ divided by a millionth is 250000. You divided once; each layer multiplies again."
        ),
        Misconception(
            "not whole", float(np.log(1e6) / np.log(4)), "Almost. A part of a layer does not exist: which whole number?"
        ),
    ],
    notice="¼^10 is 9.5e−7. This is a bound: the slopes leave at most so much. The weights are further factors.",
)

# ---------------------------------------------------------------------- predictions

fifty_steps = Prediction(
    options=["near 0", "about a half", "still above 0.9"],
    answer="still above 0.9",
    why="The gradient of the MSE is 0.03 at the start: the neuron is badly wrong, and is hardly told so.",
)

ten_slopes = Prediction(
    options=["about a fortieth", "about a thousandth", "about a millionth"],
    answer="about a millionth",
    why="Factors multiply: ¼ ten times over is 9.5e−7, and that is the most.",
)

which_layers = Prediction(
    options=["the first layers most", "the last layer alone", "all layers, by one factor"],
    answer="all layers, by one factor",
    why="The loss has its say once, at the output. What it hands in there is scaled down on the way by the same "
    "factors as before.",
)
