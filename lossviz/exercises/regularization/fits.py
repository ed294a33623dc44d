"""The exercise on ridge in closed form."""

import numpy as np

from ..engine import Exercise, Misconception

_X = np.array([[1.0, 0.0], [2.0, 1.0], [4.0, -1.0], [5.0, 2.0]])
_Y = np.array([3.0, 4.0, 9.0, 8.0])


def _uncentred():
    """Return 14 examples of four columns, of other means and spreads than 0 and 1, and a target of about 300."""
    rng = np.random.default_rng(5)
    x = (rng.normal(size=(14, 4)) * [1.0, 3.0, 0.5, 2.0] + [4.0, -2.0, 1.0, 11.0]).round(2)
    return x, (x @ [3.0, -1.0, 150.0, 0.5] + 5 * rng.normal(size=14) + 120).round(1)


def _exact():
    """Return seven examples of small columns that fit a target exactly."""
    x = np.array([[0.016, 0.004, -0.021], [-0.008, 0.019, 0.005], [0.011, -0.014, 0.023], [0.0, 0.007, 0.017],
                  [-0.022, -0.005, 0.009], [0.005, 0.023, -0.012], [0.013, 0.001, 0.004]])  # fmt: skip
    return x, x @ [50000.0, 170.0, -30000.0] + 450.0


_WIDE = np.random.default_rng(10).normal(0, 2, (12, 7)).round(2)  # seven columns, two of small weight
_CASES = [
    (_X, _Y, 0.5),
    (np.array([[0, 1, 2], [1, 0, 2], [1, 3, -1], [4, 1, 0], [-1, 1, 1]]), np.array([0, 3, 5, 9, 1]), 2),
    (*_uncentred(), 0.0037),
    (*_exact(), 0.0),
    (
        np.array([[0.4, 2.0], [1.9, -0.7], [-1.1, 3.5], [0.3, 0.3], [2.2, 1.8], [0.4, 2.0]]),
        np.array([0.5, -1.5, 2.0, 0.5, 0.015, -0.25]),
        15.3,
    ),
    (_WIDE, (_WIDE @ [0.9, -0.02, 1.7, 0.3, -1.1, 0.01, -0.6] + np.linspace(-1, 1, 12) ** 3).round(3), 0.03),
]


def _solve(x, y, added, centred=True):
    """Solve (xᵀx + added) w = xᵀy, about the means or not."""
    if centred:
        x, y = x - x.mean(axis=0), y - y.mean()
    return np.linalg.lstsq(x.T @ x + added, x.T @ y, rcond=None)[0]  # a wrong matrix may have no inverse


def _ridge(x, y, penalty):
    return _solve(x, y, len(y) * penalty * np.eye(x.shape[1]))


def _price(x, penalty):
    return len(x) * penalty * np.eye(x.shape[1])


def _intercept(x, y, penalty):
    return y.mean() - x.mean(axis=0) @ _ridge(x, y, penalty)


def _intercept_penalised(x, y, penalty):
    column_of_ones = np.column_stack([x, np.ones(len(x))])
    return _solve(column_of_ones, y, len(y) * penalty * np.eye(x.shape[1] + 1), centred=False)[:-1]


ridge = Exercise(
    reference=_ridge,
    cases=_CASES,
    within=2e-6,
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
            "one mean for all columns",
            (
                lambda x, y, penalty: _solve(x - x.mean(), y - y.mean(), _price(x, penalty), centred=False),
                lambda x, y, penalty: _solve(
                    x - x.mean(axis=1, keepdims=True), y - y.mean(), _price(x, penalty), centred=False
                ),
            ),
            "You took off another mean than that of each column: all numbers of x have one, or each row has its own. "
            "`axis=0` goes down the columns.",
        ),
        Misconception(
            "x not centred",
            lambda x, y, penalty: _solve(x, y - y.mean(), _price(x, penalty), centred=False),
            "You centred y, but not x. The plane goes through the means of both: take the means off the columns too.",
        ),
        Misconception(
            "standardised",
            (
                lambda x, y, penalty: _ridge(x / x.std(axis=0), y, penalty),
                lambda x, y, penalty: _ridge(x / x.std(axis=0), y, penalty) / x.std(axis=0),
            ),
            "You also divided the columns by their spreads, or gave a wide column a higher price. That is often wise, "
            "but it is another objective: here all weights have one price, and the columns stay as they are.",
        ),
        Misconception(
            "the number of columns",
            lambda x, y, penalty: _solve(x, y, x.shape[1] * penalty * np.eye(x.shape[1])),
            "You multiplied λ by the number of columns. N is the number of examples, that is, of rows.",
        ),
        Misconception(
            "a number for N",
            tuple(
                lambda x, y, penalty, count=count: _solve(x, y, count * penalty * np.eye(x.shape[1]))
                for count in (4, 15, 60)
            ),
            "N is always the same number in your function. It is how many examples are given: `len(y)`.",
        ),
        Misconception(
            "twice",
            lambda x, y, penalty: _ridge(x, y, 2 * penalty),
            "You added 2Nλ. Line 3 has a 2 in front of both terms; divide both by it.",
        ),
        Misconception(
            "λ² in place of λ",
            (
                lambda x, y, penalty: _ridge(x, y, len(y) * penalty**2),
                lambda x, y, penalty: _solve(x, y, penalty**2 * np.eye(x.shape[1])),
            ),
            "λ, or Nλ, is squared in your answer. Rows that are put under x are multiplied by themselves: they need "
            "the root of Nλ.",
        ),
        Misconception(
            "column by column",
            lambda x, y, penalty: (
                (x - x.mean(axis=0)).T @ y / (np.sum((x - x.mean(axis=0)) ** 2, axis=0) + len(y) * penalty)
            ),
            "You fitted each column for itself, as if it stood alone. Columns that go together share the work: solve "
            "for all weights at once.",
        ),
        Misconception(
            "intercept returned",
            (
                lambda x, y, penalty: np.append(_ridge(x, y, penalty), _intercept(x, y, penalty)),
                lambda x, y, penalty: np.insert(_ridge(x, y, penalty), 0, _intercept(x, y, penalty)),
            ),
            "The weights are right. Leave the intercept out: one number for each column is asked for.",
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
