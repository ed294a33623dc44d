"""Near misses and right answers to the exercises of the lesson, by hand; and harmless changes of its references."""

import statistics

import numpy as np


def return_in_loop(values):
    total = 0
    for value in values:
        total += value
        return total / len(values)


def overwritten(values):
    total = 0
    for value in values:
        total = value
    return total / len(values)


def in_place(values):
    values -= values[0]
    return np.mean(values)


def counted(values):
    total = count = 0
    for value in values:
        total, count = total + value, count + 1
    return total / count


def running(values):
    mean = 0.0
    for count, value in enumerate(values, start=1):
        mean += (value - mean) / count
    return mean


NEAR_MISSES = {
    "mean": {
        "sum": (lambda v: sum(v), "sum"),
        "sum of a list": (lambda v: np.array(v).sum(), "sum"),
        "median": (lambda v: statistics.median(v.tolist()), "median"),
        "n - 1": (lambda v: sum(v) / (len(v) - 1), "off by one"),
        "n + 1": lambda v: sum(v) / (len(v) + 1),
        "always 3": (lambda v: sum(v) / 3, "fixed number of values"),
        "three by name": (lambda v: (v[0] + v[1] + v[2]) / 3, None),
        "first skipped": (lambda v: sum(v[i] for i in range(1, len(v))) / len(v), "one value left out"),
        "last skipped": (lambda v: sum(v[i] for i in range(len(v) - 1)) / len(v), "one value left out"),
        "midpoint": (lambda v: (v.min() + v.max()) / 2, "midpoint"),
        "floor division": (lambda v: sum(v) // len(v), "rounded down"),
        "integers": (lambda v: sum(int(x) for x in v) / len(v), "each value cut"),
        "no zeros": (lambda v: v[v != 0].mean(), "zeros not counted"),
        "a set": (lambda v: sum(set(v.tolist())) / len(set(v.tolist())), "repeated values counted once"),
        "no brackets": (lambda v: sum(v[:-1]) + v[-1] / len(v), "only the last one divided"),
        "trimmed": lambda v: np.mean(np.sort(v)[1:-1]),
        "geometric": lambda v: np.exp(np.mean(np.log(np.abs(v) + 1e-12))),
        "root mean square": lambda v: np.sqrt(np.mean(v**2)),
        "without signs": lambda v: np.mean(np.abs(v)),
        "two decimals": lambda v: float(f"{np.mean(v):.2f}"),
        "six digits": lambda v: float(f"{np.mean(v):.6g}"),
        "half precision": lambda v: v.astype(np.float16).mean(),
        "all values": lambda v: v / len(v),
        "cumulated": lambda v: np.cumsum(v) / len(v),
        "not negative": lambda v: max(0, np.mean(v)),
        "return in the loop": (return_in_loop, "return in loop"),
        "overwritten": (overwritten, "not added up"),
        "in place": in_place,
        "text": lambda v: str(np.mean(v)),
        "printed": lambda v: print(np.mean(v)),
    }
}

RIGHT = {
    "mean": {
        "numpy": lambda v: np.mean(v),
        "method": lambda v: v.mean(),
        "sum and len": lambda v: np.sum(v) / len(v),
        "built-in": lambda v: sum(v) / v.size,
        "average": lambda v: np.average(v),
        "dot product": lambda v: v @ np.ones(len(v)) / len(v),
        "statistics": lambda v: statistics.mean(v.tolist()),
        "a loop": counted,
        "running": running,
        "centred": lambda v: v[0] + np.mean(v - v[0]),
    }
}

HARMLESS: dict = {
    "mean": {  # the order of the values does not change their sum
        "the examples sorted",
        "values sorted",
    }
}
