"""The exercise on the relative error of a derived and a measured slope."""

import numpy as np

from ..engine import Exercise, Misconception, quietly


def _powers(least):
    return [10.0**power for power in range(least, -3)]


def _larger(a, n):
    return np.maximum(np.abs(a), np.abs(n))


def _safe(a, n):
    return np.where(_larger(a, n) > 0, _larger(a, n), 1.0)


def _relative(analytic, numerical):
    return np.abs(analytic - numerical) / _safe(analytic, numerical)


def _over(size):
    """The error over another size: as it is, with three ways round 0 / 0, and with small constants against it."""
    rules = [
        size,
        lambda a, n: np.where(size(a, n) == 0, np.inf, size(a, n)),
        lambda a, n: np.where(size(a, n) == 0, 1, size(a, n)),
        lambda a, n: np.where(size(a, n) > 0, size(a, n), 1),
    ]
    for small in _powers(-15):
        rules += [lambda a, n, e=small: size(a, n) + e, lambda a, n, e=small: np.maximum(size(a, n), e)]
    return tuple(quietly(lambda a, n, rule=rule: np.abs(a - n) / rule(a, n)) for rule in rules)


def _with_a_constant():
    """Yield answers with a small constant that hides the error of slopes of 4e-9."""
    yield lambda a, n: np.where(np.isclose(a, n), 0, _relative(a, n))
    yield lambda a, n: np.where(np.isclose(a, 0) & np.isclose(n, 0), 0, _relative(a, n))
    for small in _powers(-13):
        yield lambda a, n, e=small: np.abs(a - n) / (_larger(a, n) + e)
    for small in _powers(-10):
        yield lambda a, n, e=small: np.where(np.abs(a - n) < e, 0, _relative(a, n))
    for small in _powers(-8):
        yield lambda a, n, e=small: np.abs(a - n) / np.maximum(_larger(a, n), e)
        yield lambda a, n, e=small: np.where(_larger(a, n) < e, 0, _relative(a, n))


def _where_both_are_0(value):
    return lambda a, n: np.where(_larger(a, n) == 0, value, _relative(a, n))


_DENOMINATORS = [
    (
        "sum of both",
        lambda a, n: np.abs(a) + np.abs(n),
        "You divided by the sum of the two sizes, as some texts do; it makes every error about half as large. Here it "
        "is the larger of the two.",
    ),
    (
        "mean of both",
        lambda a, n: (np.abs(a) + np.abs(n)) / 2,
        "You divided by the mean of the two sizes, as some texts do. Here it is the larger of the two.",
    ),
    (
        "smaller one",
        lambda a, n: np.minimum(np.abs(a), np.abs(n)),
        "You divided by the smaller of the two sizes. Where only one of the slopes is 0, the result is useless: take "
        "the larger one.",
    ),
    (
        "measured one",
        lambda a, n: np.abs(n),
        "You divided by the measured slope alone. Where it is 0 and the derived slope is not, the result is useless: "
        "take the larger of the two sizes.",
    ),
    (
        "derived one",
        lambda a, n: np.abs(a),
        "You divided by the derived slope alone. A gradient that forgets a weight says 0 there: take the larger of the "
        "two sizes.",
    ),
    (
        "root of the squares",
        np.hypot,
        "You divided by the root of the sum of both squares. Here it is simpler: the larger of the two sizes.",
    ),
    (
        "signed maximum",
        np.maximum,
        "You took the larger of the two numbers, not of their sizes: of −3 and −2 that is −2, and the error is "
        "negative. Take absolute values first.",
    ),
]

_PAIRS = np.array(
    [
        [1234.5, 1230.7], [-15.25, 14.0], [0.013, 0.0131], [0.0, 0.0], [4.05e-9, 4e-9], [-3e-8, 1e-8], [0.0, -0.37],
        [-250.0, -0.4], [0.51, 0.0], [-0.0123, -0.0124], [7.7, -7.7], [-2e-5, -2.3e-5], [0.0, 4e-8], [88.0, 81.3],
    ]
)  # fmt: skip

relative_error = Exercise(
    reference=_relative,
    cases=[
        (np.array([3.0, -2.0, 0.5, 0.0]), np.array([2.0, -2.5, -0.5, 0.0])),
        (np.array([0.0, 0.25, -4.0]), np.array([0.25, 0.2, -1.0])),
        (np.array([[2.0, -0.3, 0.0], [0.7, 1.5, -6.0]]), np.array([[1.7, -0.4, 0.0], [0.0, -0.2, -6.5]])),
        (_PAIRS[:, 0].copy(), _PAIRS[:, 1].copy()),
    ],
    misconceptions=[
        Misconception(
            "0 / 0",
            _over(_larger)[0],
            "Right, but where both slopes are 0 you divide 0 by 0. There the error is 0: they agree. Put something "
            "that is not 0 into the denominator there.",
        ),
        Misconception(
            "a floor",
            tuple(_with_a_constant()),
            "Right for ordinary slopes. But slopes can be as small as 1e-9, and next to them a small constant is not "
            "small (`np.isclose` has one, too): it hides a wrong slope. Treat only sizes of exactly 0 in another way.",
        ),
        Misconception(
            "a tiny constant",
            tuple(
                lambda a, n, e=e: np.abs(a - n) / (_larger(a, n) + e)
                for e in (1e-14, 1e-15, float(np.finfo(float).eps), 1e-16, 1e-17)
            ),
            "Nearly right: the constant in your denominator changes the errors of the smallest slopes a little. Treat "
            "only sizes of exactly 0 in another way, and you need none.",
        ),
        Misconception(
            "1 for 0 / 0",
            (_where_both_are_0(1.0), _where_both_are_0(2.0), _where_both_are_0(np.inf)),
            "Where both slopes are 0 they agree, so there the error should be 0.",
        ),
        Misconception(
            "0 where one is 0",
            lambda a, n: np.where((a == 0) | (n == 0), 0, _relative(a, n)),
            "Where only one of the two slopes is 0, they do not agree: somebody has forgotten this weight. The error "
            "is 0 only where both are 0.",
        ),
        Misconception(
            "absolute error",
            lambda a, n: np.abs(a - n),
            "That is the difference itself. Whether 0.001 is much depends on the slope: divide by the larger of the "
            "two sizes.",
        ),
        Misconception(
            "signed",
            (
                lambda a, n: (a - n) / _safe(a, n),
                lambda a, n: (n - a) / _safe(a, n),
                quietly(lambda a, n: (a - n) / _larger(a, n)),
                quietly(lambda a, n: (n - a) / _larger(a, n)),
            ),
            "Some of your errors are negative, and would pass any threshold. Take the size of the difference.",
        ),
        Misconception(
            "sizes compared",
            (
                lambda a, n: np.abs(np.abs(a) - np.abs(n)) / _safe(a, n),
                quietly(lambda a, n: np.abs(np.abs(a) - np.abs(n)) / _larger(a, n)),
            ),
            "You subtracted the sizes, so a flipped sign goes unnoticed: of 0.5 and −0.5 the sizes are equal. Subtract "
            "first, then take the size.",
        ),
        Misconception(
            "one size for all",
            lambda a, n: np.abs(a - n) / np.max(_larger(a, n)),
            "You divided all differences by the one largest slope, so a wrong small slope hides. `np.maximum` takes "
            "the larger of each pair; `np.max` takes the largest of all.",
        ),
        *(
            Misconception(name, _over(size), f"{hint} (And where both slopes are 0, let the error be 0.)")
            for name, size, hint in _DENOMINATORS
        ),
        Misconception(
            "largest only",
            (lambda a, n: np.max(_relative(a, n)), quietly(lambda a, n: np.max(_over(_larger)[0](a, n)))),
            "That is the largest of the relative errors. We ask for all of them: their places tell where the bug is.",
        ),
        Misconception(
            "norms",
            (
                lambda a, n: np.linalg.norm(a - n) / max(np.linalg.norm(a), np.linalg.norm(n)),
                lambda a, n: np.linalg.norm(a - n) / (np.linalg.norm(a) + np.linalg.norm(n)),
            ),
            "That compares the two gradients as a whole, and a wrong small slope hides behind the large ones. Compare "
            "number by number.",
        ),
    ],
    notice="A flipped sign gives 2, the largest possible error; a weight that one side has forgotten gives exactly 1. "
    "The number alone is a clue.",
)
