"""Near misses and right answers to the exercises of the lesson, by hand; and harmless changes of its references."""

import numpy as np

from lossviz import losses, models


def first_alone(x, y, m, c):
    for a, b in zip(x, y, strict=True):
        return b - m * a - c


def last_left_0(x, y, m, c):
    e = np.zeros(len(x))
    for i in range(len(x) - 1):
        e[i] = y[i] - m * x[i] - c
    return e


def whole_numbers(x, y, m, c):
    e = np.zeros_like(y)
    for i in range(len(x)):
        e[i] = y[i] - m * x[i] - c
    return e


def in_place(x, y, m, c):
    y -= m * x
    return y - c


def looped_residual(x, y, m, c):
    e = []
    for a, b in zip(x, y, strict=True):
        e.append(b - (m * a + c))
    return e


def return_in_loop(x, y, m, c):
    total = 0
    for a, b in zip(x, y, strict=True):
        total += (b - m * a - c) ** 2
        return total / len(x)


def looped_mse(x, y, m, c):
    total = 0.0
    for a, b in zip(x, y, strict=True):
        total += (b - m * a - c) ** 2
    return total / len(x)


def searched(x, y):
    """The slope by ever finer steps: as near as floats can tell."""
    dx, dy = x - x.mean(), y - y.mean()
    low, high = -1e4, 1e4
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if np.sum(dx * (dy - middle * dx)) > 0 else (low, middle)
    return low


def descended(x, y):
    """Newton's method on both parameters, without centring."""
    m = c = 0.0
    for _ in range(3):
        e = y - m * x - c
        curvature = np.array([[np.mean(x * x), np.mean(x)], [np.mean(x), 1]])
        m, c = np.array([m, c]) + np.linalg.solve(curvature, [np.mean(x * e), np.mean(e)])
    return m


NEAR_MISSES = {
    "residual": {
        "sign": (lambda x, y, m, c: m * x + c - y, "sign"),
        "no brackets": (lambda x, y, m, c: y - m * x + c, "intercept with the wrong sign"),
        "no intercept": (lambda x, y, m, c: y - m * x, "intercept forgotten"),
        "no intercept, and sign": (lambda x, y, m, c: m * x - y, "intercept forgotten, and sign"),
        "no intercept, and size": (lambda x, y, m, c: abs(y - m * x), "intercept forgotten, and absolute value"),
        "size": (lambda x, y, m, c: abs(m * x + c - y), "absolute value"),
        "squares": (lambda x, y, m, c: (m * x + c - y) ** 2, "squared"),
        "root of squares": (lambda x, y, m, c: np.sqrt((m * x + c - y) ** 2), "absolute value"),
        "prediction": (lambda x, y, m, c: c + m * x, "prediction"),
        "m (x + c)": (lambda x, y, m, c: y - m * (x + c), "bracket around x + c"),
        "shortest": (lambda x, y, m, c: (y - m * x - c) / np.hypot(1, m), "shortest distance"),
        "shortest, its size": (lambda x, y, m, c: abs(y - m * x - c) / np.hypot(1, m), "shortest distance"),
        "along x": lambda x, y, m, c: (y - c) / (m or 1) - x,
        "relative": (lambda x, y, m, c: (y - m * x - c) / y, "relative"),
        "x and y exchanged": (lambda x, y, m, c: x - m * y - c, "exchanged"),
        "m and c exchanged": (lambda x, y, m, c: y - c * x - m, "exchanged"),
        "own line": (lambda x, y, m, c: y - np.polyval(np.polyfit(x, y, 1), x), "a line of its own"),
        "line of the text": lambda x, y, m, c: y - x - 2,
        "centred": (lambda x, y, m, c: y - m * x - np.mean(y - m * x), "centred"),
        "mean": (lambda x, y, m, c: np.mean(y - m * x - c), "averaged"),
        "one number for each pair": lambda x, y, m, c: y[:, None] - m * x - c,
        "the first four": lambda x, y, m, c: [b - m * a - c for a, b in zip(x[:4], y[:4], strict=True)],
        "the first alone": (first_alone, "return in loop"),
        "the last left 0": (last_left_0, "one point left out"),
        "an array of integers": (whole_numbers, "array of integers"),
        "sorted": lambda x, y, m, c: np.sort(y - m * x - c),
        "two decimals": lambda x, y, m, c: np.round(y - m * x - c, 2),
        "in place": in_place,
    },
    "mean_squared_error": {
        "root": (lambda x, y, m, c: np.mean((y - m * x - c) ** 2) ** 0.5, "RMSE"),
        "half": (lambda x, y, m, c: np.mean((y - m * x - c) ** 2) / 2, "half"),
        "sum": (lambda x, y, m, c: losses.sse(m * x + c, y), "sum"),
        "absolute": (lambda x, y, m, c: losses.mae(m * x + c, y), "absolute"),
        "times 2": (lambda x, y, m, c: np.mean((y - m * x - c) * 2), "times 2"),
        "no brackets": (lambda x, y, m, c: np.mean(y - m * x - c**2), "only the prediction squared"),
        "prediction squared": (lambda x, y, m, c: np.mean(y - (m * x + c) ** 2), "only the prediction squared"),
        "difference of squares": (lambda x, y, m, c: np.mean(y**2 - (m * x + c) ** 2), "difference of squares"),
        "square of the sum / N": (
            lambda x, y, m, c: sum(y - m * x - c) ** 2 / len(x),
            "square of the sum, divided by N",
        ),
        "square of the mean": (lambda x, y, m, c: (y - m * x - c).mean() ** 2, "square of the mean"),
        "no intercept": (lambda x, y, m, c: np.mean((y - m * x) ** 2), "intercept forgotten"),
        "m and c exchanged": (lambda x, y, m, c: np.mean((y - c * x - m) ** 2), "exchanged"),
        "a thousand points": (lambda x, y, m, c: np.sum((y - m * x - c) ** 2) / 1000, "fixed number of points"),
        "norm": (lambda x, y, m, c: np.linalg.norm(y - m * x - c), "norm"),
        "N - 2": (lambda x, y, m, c: np.sum((y - m * x - c) ** 2) / (x.size - 2), "divided by N − 2"),
        "median": (lambda x, y, m, c: np.median((y - m * x - c) ** 2), "median"),
        "largest": lambda x, y, m, c: np.max((y - m * x - c) ** 2),
        "best line": lambda x, y, m, c: np.mean((y - np.polyval(np.polyfit(x, y, 1), x)) ** 2),
        "size lost": (lambda x, y, m, c: np.mean(y - m * x - c), "no square"),
        "the first skipped": (
            lambda x, y, m, c: sum((y[i] - m * x[i] - c) ** 2 for i in range(1, len(x))) / len(x),
            "one point left out",
        ),
        "return in the loop": (return_in_loop, "return in loop"),
        "six decimals": lambda x, y, m, c: round(float(np.mean((y - m * x - c) ** 2)), 6),
        "squares": (lambda x, y, m, c: [e**2 for e in y - m * x - c], "no mean"),
    },
    "slope": {
        "not centred": (lambda x, y: (x @ y) / (x @ x), "not centred"),
        "only above": (lambda x, y: np.sum((x - x.mean()) * (y - y.mean())) / np.sum(x**2), "only half centred"),
        "only below": (lambda x, y: np.sum(x * y) / np.sum((x - x.mean()) ** 2), "only half centred"),
        "x and y exchanged": (lambda x, y: np.polyfit(y, x, 1)[0], "divided by the spread of y"),
        "upside down": (lambda x, y: 1 / np.polyfit(x, y, 1)[0], "upside down"),
        "intercept": (lambda x, y: models.least_squares_line(x, y)[1], "intercept"),
        "both": (lambda x, y: np.polyfit(x, y, 1), "one of several"),
        "correlation": (lambda x, y: np.corrcoef(y, x)[1, 0], "correlation"),
        "covariance": (lambda x, y: np.cov(x, y)[0, 1], "covariance"),
        "sum and variance": (
            lambda x, y: np.sum((x - x.mean()) * (y - y.mean())) / np.var(x),
            "a sum and a mean",
        ),
        "two kinds": (lambda x, y: np.cov(x, y)[0, 1] / np.var(x), "two kinds of mean"),
        "spreads": (lambda x, y: y.std() / x.std(), "quotient of the spreads"),
        "mean of ratios": (lambda x, y: np.mean((y - y.mean()) / (x - x.mean())), "mean of the ratios"),
        "sum first": (lambda x, y: np.sum(x - x.mean()) * np.sum(y - y.mean()), "products of the sums"),
        "0": (lambda x, y: 0, "products of the sums"),
        "no brackets": (
            lambda x, y: np.sum((x - x.mean()) * y - y.mean()) / np.sum((x - x.mean()) ** 2),
            "brackets",
        ),
        "medians": (
            lambda x, y: np.sum((x - np.median(x)) * (y - np.median(y))) / np.sum((x - np.median(x)) ** 2),
            "centred at the median",
        ),
        "least absolute": lambda x, y: models.least_absolute_line(x, y)[0],
        "first and last": (lambda x, y: (y[-1] - y[0]) / (x[-1] - x[0]), "first and last point"),
        "smallest and largest": lambda x, y: (y[x.argmax()] - y[x.argmin()]) / (x.max() - x.min()),
        "small constant": (
            lambda x, y: np.sum((x - x.mean()) * (y - y.mean())) / (np.sum((x - x.mean()) ** 2) + 1e-8),
            "small constant",
        ),
        "a hundred points": (lambda x, y: np.polyfit(x[:100], y[:100], 1)[0], "fixed number of points"),
        "each point once": lambda x, y: np.polyfit(*np.unique([x, y], axis=1), 1)[0],
        "six decimals": lambda x, y: np.round(np.polyfit(x, y, 1)[0], 6),
        "quadratic": lambda x, y: np.polyfit(x, y, 2)[1],
        "size": (lambda x, y: abs(np.polyfit(x, y, 1)[0]), "sign lost"),
    },
    "doubled": {
        "2": (2, "linear"),
        "3": (3, "added"),
        "8": (8.0, "cubed"),
        "16": (16, "squared twice"),
        "root": (np.sqrt(2), "a root"),
        "a quarter": (1 / 4, "upside down"),
        "2 ^ 2": (2 ^ 2, "^ for a power"),
        "per cent": (400, "in per cent"),
        "minus": (-4, None),
        "nearly": (4.01, None),
        "a word": ("four", None),
        "two": ([2, 4], None),
    },
    "more_data": {
        "a quarter": ("a quarter as far", "1/N"),
        "a quarter, short": ("Quarter.", "1/N"),
        "the same": ("just as far", "noise is forever"),
        "twice": ("twice", "upside down"),
        "two at once": ("half as far or a quarter as far", None),
        "a number": (2, None),
        "not half": ("not half as far", None),
    },
}

RIGHT = {
    "residual": {
        "plain": lambda x, y, m, c: y - m * x - c,
        "brackets": lambda x, y, m, c: y - (c + m * x),
        "two steps": lambda x, y, m, c: (y - c) - m * x,
        "minus the difference": lambda x, y, m, c: -(m * x + c - y),
        "polynomial": lambda x, y, m, c: y - np.polyval([m, c], x),
        "subtract": lambda x, y, m, c: np.subtract(y, np.multiply(m, x) + c),
        "comprehension": lambda x, y, m, c: [b - m * a - c for a, b in zip(x, y, strict=True)],
        "a loop": looped_residual,
    },
    "mean_squared_error": {
        "plain": lambda x, y, m, c: np.mean((y - m * x - c) ** 2),
        "other sign": lambda x, y, m, c: np.mean((m * x + c - y) ** 2),
        "sum and len": lambda x, y, m, c: np.sum(np.square(y - m * x - c)) / len(y),
        "dot product": lambda x, y, m, c: (y - m * x - c) @ (y - m * x - c) / len(x),
        "library": lambda x, y, m, c: losses.mse(m * x + c, y),
        "norm": lambda x, y, m, c: np.linalg.norm(y - m * x - c) ** 2 / len(x),
        "variance and mean": lambda x, y, m, c: np.var(y - m * x - c) + np.mean(y - m * x - c) ** 2,
        "a loop": looped_mse,
    },
    "slope": {
        "polyfit": lambda x, y: np.polyfit(x, y, 1)[0],
        "covariance": lambda x, y: np.cov(x, y)[0, 1] / np.var(x, ddof=1),
        "means": lambda x, y: (np.mean(x * y) - x.mean() * y.mean()) / (np.mean(x * x) - x.mean() ** 2),
        "sums": lambda x, y: (len(x) * (x @ y) - x.sum() * y.sum()) / (len(x) * (x @ x) - x.sum() ** 2),
        "one centred": lambda x, y: (x - x.mean()) @ y / ((x - x.mean()) @ x),
        "correlation": lambda x, y: np.corrcoef(x, y)[0, 1] * np.std(y) / np.std(x),
        "lstsq": lambda x, y: np.linalg.lstsq(np.c_[x, np.ones(len(x))], y, rcond=None)[0][0],
        "library": lambda x, y: models.least_squares_line(x, y)[0],
        "a search": searched,
        "Newton's method": descended,
    },
    "doubled": {"4": 4, "4.0": 4.0, "2²": 2**2, "array": np.array(4), "in a list": [4], "power": np.power(2, 2)},
    "more_data": {
        "as it is": "half as far",
        "capital and stop": "Half as far.",
        "short": "half",
        "blanks": "  half  as far ",
        "an array": np.array("half as far"),
    },
}

HARMLESS: dict = {
    "mean_squared_error": {  # a mean of squares is not negative, and the order of the points does not matter
        "without its sign",
        "clipped to 0 … inf",
        "the examples sorted",
    },
    "slope": {  # what is added to all x or all y is subtracted with the mean; the order does not matter
        "x plus a hair",
        "y plus a hair",
        "the examples sorted",
    },
}
