"""The exercises and predictions of lesson 10."""

import numpy as np

from .engine import Exercise, Misconception, Number, Prediction

# ---------------------------------------------------------------------- ridge in closed form

_X = np.array([[1.0, 0.0], [2.0, 1.0], [4.0, -1.0], [5.0, 2.0]])
_Y = np.array([3.0, 4.0, 9.0, 8.0])
_RIDGE_CASES = [
    (_X, _Y, 0.5),
    (
        np.array([[0.0, 1.0, 2.0], [1.0, 0.0, 2.0], [1.0, 3.0, -1.0], [4.0, 1.0, 0.0], [-1.0, 1.0, 1.0]]),
        np.arange(5.0),
        2.0,
    ),
]


def _solve(x, y, added, centred=True):
    """Solve (xᵀx + added) w = xᵀy, about the means or not."""
    if centred:
        x, y = x - x.mean(axis=0), y - y.mean()
    return np.linalg.solve(x.T @ x + added, x.T @ y)


def _ridge(x, y, penalty):
    return _solve(x, y, len(y) * penalty * np.eye(x.shape[1]))


def _intercept_penalised(x, y, penalty):
    column_of_ones = np.column_stack([x, np.ones(len(x))])
    return _solve(column_of_ones, y, len(y) * penalty * np.eye(x.shape[1] + 1), centred=False)[:-1]


ridge = Exercise(
    reference=_ridge,
    cases=_RIDGE_CASES,
    misconceptions=[
        Misconception(
            "λ without N",
            lambda x, y, penalty: _solve(x, y, penalty * np.eye(x.shape[1])),
            "You added λI. The data loss here is a mean: multiply the equation by N, and λ becomes Nλ. (Your answer is "
            "right where the loss is a sum.)",
        ),
        Misconception(
            "minus",
            lambda x, y, penalty: _solve(x, y, -len(y) * penalty * np.eye(x.shape[1])),
            "You subtracted the penalty. That rewards large weights, and they grow. Add it.",
        ),
        Misconception(
            "intercept penalised",
            _intercept_penalised,
            "You gave x a column of ones and penalised its weight as well: that is the intercept, and it should be "
            "free. Subtract the means from x and y first; then you do not need an intercept.",
        ),
        Misconception(
            "not centred",
            lambda x, y, penalty: _solve(x, y, len(y) * penalty * np.eye(x.shape[1]), centred=False),
            "Your plane goes through 0, because the intercept is missing. Subtract the means from x and y first.",
        ),
        Misconception(
            "half of it",
            lambda x, y, penalty: _solve(x, y, len(y) * penalty / 2 * np.eye(x.shape[1])),
            "You added Nλ/2. The slope of w² is 2w, and the squared error brings a 2 as well: both cancel.",
        ),
        Misconception(
            "added to every entry",
            lambda x, y, penalty: _solve(x, y, len(y) * penalty),
            "A number added to a matrix is added to all its entries. The penalty belongs on the diagonal: times "
            "`np.eye(x.shape[1])`.",
        ),
        Misconception(
            "divided instead",
            lambda x, y, penalty: _solve(x, y, 0.0) / (1 + penalty),
            "You divided the weights of least squares by 1 + λ. That is right for a single column of spread 1; several "
            "columns influence each other.",
        ),
        Misconception(
            "no penalty",
            lambda x, y, penalty: _solve(x, y, 0.0),
            "Those are the weights of least squares: your answer does not use λ.",
        ),
        Misconception(
            "lambda over N",
            lambda x, y, penalty: _solve(x, y, penalty / len(y) * np.eye(x.shape[1])),
            "You added λ/N. Multiply the whole equation by N: XᵀX loses its 1/N, and λ gains an N.",
        ),
        Misconception(
            "N twice",
            lambda x, y, penalty: _ridge(x, y, len(y) * penalty),
            "N counts twice in your answer: either XᵀX and Xᵀy are divided by N, or λ is multiplied by it.",
        ),
    ],
    notice="The diagonal term makes the matrix invertible even when two columns are equal, or when there are more "
    "columns than examples. That was ridge's first purpose, in 1970.",
)

# ---------------------------------------------------------------------- the penalties' gradients

_W = np.array([3.0, -0.5, 0.0, 1.5])

l2_gradient = Exercise(
    reference=lambda weights, penalty: 2 * penalty * weights,
    cases=[(_W, 0.1), (np.array([-2.0, 4.0]), 3.0)],
    misconceptions=[
        Misconception(
            "no 2",
            lambda weights, penalty: penalty * weights,
            "You have λw, which is the slope of ½λw². The penalty here is λw² without a ½: its slope has a 2.",
        ),
        Misconception(
            "absolute",
            lambda weights, penalty: 2 * penalty * np.abs(weights),
            "Your slope is never negative. A negative weight must be pushed up to become smaller in size: keep its "
            "sign.",
        ),
        Misconception(
            "L1",
            lambda weights, penalty: penalty * np.sign(weights),
            "That is the slope of λ Σ |w|: it pulls a small weight as hard as a large one. The slope of a square "
            "grows with w.",
        ),
        Misconception(
            "the value",
            lambda weights, penalty: penalty * np.sum(weights**2),
            "That is the penalty itself, one number. We ask for its slope in each weight.",
        ),
        Misconception(
            "the squares",
            lambda weights, penalty: penalty * weights**2,
            "Those are the terms of the penalty. Differentiate each: what is the slope of w²?",
        ),
        Misconception(
            "without λ",
            lambda weights, penalty: 2 * weights,
            "λ is missing: it multiplies the penalty, so it multiplies the slope too.",
        ),
        Misconception(
            "mean",
            lambda weights, penalty: 2 * penalty * weights / len(weights),
            "You divided by the number of weights. The penalty is a sum, not a mean.",
        ),
        Misconception(
            "downhill",
            lambda weights, penalty: -2 * penalty * weights,
            "That points downhill: it is minus the gradient. Return the gradient itself.",
        ),
    ],
    notice="A step of gradient descent subtracts η · 2λw: it multiplies the weight by 1 − 2ηλ, independent of the "
    "data. Hence L2's other name, weight decay.",
)

l1_gradient = Exercise(
    reference=lambda weights, penalty: penalty * np.sign(weights),
    cases=[(_W, 0.1), (np.array([-2.0, 4.0]), 3.0)],
    misconceptions=[
        Misconception(
            "no sign",
            lambda weights, penalty: penalty * np.ones(len(weights)),
            "You give every weight the slope λ. To the left of 0, |w| falls as w rises: there the slope is −λ, and at "
            "0 we agreed on 0.",
        ),
        Misconception(
            "1 at 0",
            lambda weights, penalty: penalty * np.where(weights >= 0, 1.0, -1.0),
            "Right, except for a weight of exactly 0. There |w| has a kink, and any slope from −λ to λ is possible; we "
            "agreed on 0.",
        ),
        Misconception(
            "−1 at 0",
            lambda weights, penalty: penalty * np.where(weights > 0, 1.0, -1.0),
            "Right, except for a weight of exactly 0: you push it up as if it were negative. We agreed on the slope 0 "
            "there.",
        ),
        Misconception(
            "the value",
            lambda weights, penalty: penalty * np.abs(weights),
            "Those are the terms of the penalty, λ|w|. We ask for their slope.",
        ),
        Misconception(
            "the sum",
            lambda weights, penalty: penalty * np.sum(np.abs(weights)),
            "That is the penalty itself, one number. We ask for its slope in each weight.",
        ),
        Misconception(
            "L2",
            lambda weights, penalty: 2 * penalty * weights,
            "That is the slope of λ Σ w². The slope of |w| is the same however large w is.",
        ),
        Misconception(
            "the weight",
            lambda weights, penalty: penalty * weights,
            "Your slope grows with the weight. A straight line has one slope, however far out.",
        ),
        Misconception(
            "a 2 from the square",
            lambda weights, penalty: 2 * penalty * np.sign(weights),
            "The 2 comes from the slope of a square. |w| is not a square.",
        ),
        Misconception(
            "without λ",
            lambda weights, penalty: np.sign(weights),
            "λ is missing: it multiplies the penalty, so it multiplies the slope too.",
        ),
        Misconception(
            "mean",
            lambda weights, penalty: penalty * np.sign(weights) / len(weights),
            "You divided by the number of weights. The penalty is a sum, not a mean.",
        ),
        Misconception(
            "downhill",
            lambda weights, penalty: -penalty * np.sign(weights),
            "That points downhill: it is minus the gradient. Return the gradient itself.",
        ),
    ],
    notice="The pull does not fade as the weight gets small. That is why L1 brings weights all the way to 0, and L2 "
    "does not.",
)

# ---------------------------------------------------------------------- the soft threshold


def _soft(pull, amount):
    return np.sign(pull) * np.maximum(np.abs(pull) - amount, 0) + 0.0  # no −0 is shown to the reader


soft_threshold = Exercise(
    reference=lambda a, penalty: _soft(a, penalty / 2),
    cases=[(np.array([3.0, -2.0, 0.25, -0.5, 0.75]), 1.0), (np.array([-1.5, 0.5, 4.0]), 3.0)],
    misconceptions=[
        Misconception(
            "λ instead of λ/2",
            lambda a, penalty: _soft(a, penalty),
            "You subtract λ. The slope of (w − a)² has a factor 2, that of λ|w| does not: subtract λ/2.",
        ),
        Misconception(
            "hard threshold",
            lambda a, penalty: np.where(np.abs(a) > penalty / 2, a, 0.0),
            "You keep large weights as they are. The penalty pulls at them too: each loses λ/2.",
        ),
        Misconception(
            "no max",
            lambda a, penalty: np.sign(a) * (np.abs(a) - penalty / 2),
            "In your answer small weights go through 0 to the other side. They should stop at 0.",
        ),
        Misconception(
            "no sign",
            lambda a, penalty: np.maximum(np.abs(a) - penalty / 2, 0),
            "The sizes are right, the signs are lost: a negative weight shrinks towards 0 from below.",
        ),
        Misconception(
            "one side only",
            lambda a, penalty: np.maximum(a - penalty / 2, 0),
            "Every negative weight became 0. Subtract λ/2 from the size, then put the sign back.",
        ),
        Misconception(
            "subtracted with its sign",
            lambda a, penalty: a - penalty / 2,
            "You move every weight down by λ/2. That makes a negative weight larger in size.",
        ),
        Misconception(
            "what was taken off",
            lambda a, penalty: np.clip(a, -penalty / 2, penalty / 2),
            "That is the part that the penalty removes. We ask for the part that is left.",
        ),
        Misconception(
            "ridge",
            lambda a, penalty: a / (1 + penalty),
            "That is what λw² does: it divides, and no weight becomes 0. λ|w| subtracts.",
        ),
    ],
    notice="This line is the core of all lasso solvers. It makes exact zeros because |w| has a kink at 0: a pull "
    "weaker than λ/2 cannot move a weight away from it.",
)

# ---------------------------------------------------------------------- λ from a prior

strength = Number(
    answer=0.25,
    tolerance=1e-4,
    misconceptions=[
        Misconception(
            "sum convention",
            25.0,
            "σ²/τ² belongs to the sum of squared errors. Our data loss is their mean: divide by N as well.",
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
            "Both exponents have a ½. Multiply everything by 2σ²/N, and both are gone.",
        ),
        Misconception(
            "times N",
            2500.0,
            "You multiplied by N. The more examples, the less the prior counts: divide.",
        ),
        Misconception(
            "Laplace",
            0.2,
            "That is 2σ²/(Nb), with τ for b: the λ of a Laplace prior. This prior is Gaussian.",
        ),
        Misconception("twice", 0.5, "There is a 2 too many. Line 3 times 2σ²/N: both ½ are gone, and no 2 is left."),
    ],
    notice="With ten times the data, λ would be a tenth: the prior is the same, but the data count more. A λ tuned on "
    "a small set is too large for a big one, if the loss is a mean.",
)

# ---------------------------------------------------------------------- predictions

training = Prediction(
    options=["yes, here and there", "only once it overfits", "no, never"],
    answer="no, never",
    why="A polynomial of degree 5 can do all that one of degree 4 can: set the weight of the fifth power to 0. More "
    "freedom never fits the training data worse.",
)

zeros = Prediction(
    options=["none", "about half", "all but one"],
    answer="none",
    why="Ridge makes weights small, not 0. The slope of w² fades as w nears 0, and so does the pull.",
)

shared = Prediction(
    options=["one column alone gets it", "both get half", "nobody can say"],
    answer="both get half",
    why="Half the weight costs a quarter, so two halves cost half of one whole. Least squares alone cannot say.",
)
