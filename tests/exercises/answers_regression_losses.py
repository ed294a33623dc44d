"""Near misses and right answers to the exercises of the lesson, by hand; and harmless changes of its references."""

import numpy as np

from lossviz import gradients, losses


def return_in_loop(prediction, target):
    slopes = []
    for p, t in zip(prediction, target, strict=True):
        slopes.append(np.sign(p - t) / len(target))
        return slopes


def whole_slopes(prediction, target):
    slopes = np.zeros_like(target)
    slopes[prediction > target] = 1 / len(target)
    slopes[prediction < target] = -1 / len(target)
    return slopes


def looped_slopes(prediction, target):
    slopes = []
    for p, t in zip(prediction, target, strict=True):
        slopes.append(1 if p > t else -1 if p < t else 0)
    return np.array(slopes) / len(slopes)


def whole_losses(r, delta):
    loss = np.zeros_like(r)
    near = np.abs(r) <= delta
    loss[near] = r[near] ** 2 / 2
    loss[~near] = delta * np.abs(r[~near]) - delta**2 / 2
    return loss


def masked_losses(r, delta):
    loss = r**2 / 2
    far = np.abs(r) > delta
    loss[far] = delta * (np.abs(r[far]) - delta / 2)
    return loss


def looped_losses(r, delta):
    loss = []
    for one in r:
        if abs(one) < delta:
            loss.append(one * one / 2)
        else:
            loss.append(delta * abs(one) - delta * delta / 2)
    return loss


def last_alone(r, delta):
    for one in r:
        loss = one**2 / 2 if abs(one) <= delta else delta * abs(one) - delta**2 / 2
    return loss


def changes_r(r, delta):
    np.abs(r, out=r)
    return np.where(r <= delta, r**2 / 2, delta * r - delta**2 / 2)


def far(rule):
    """Huber's loss with another rule beyond δ."""
    return lambda r, delta: np.where(abs(r) <= delta, r**2 / 2, rule(abs(r), delta))


def where(condition):
    """Huber's loss with another rule for which residuals are near."""
    return lambda r, delta: np.where(condition(r, delta), r**2 / 2, delta * abs(r) - delta**2 / 2)


NEAR_MISSES = {
    "mae_gradient": {
        "sign": (lambda p, t: np.sign(t - p) / len(t), "sign"),
        "with respect to the target": (lambda p, t: -losses.mae.gradient(p, t), "sign"),
        "not divided": (lambda p, t: np.sign(p - t), "not divided by N"),
        "nearly equal is equal": lambda p, t: np.where(np.isclose(p, t), 0, np.sign(p - t)) / len(t),
        "divided by 5": (lambda p, t: np.sign(p - t) / 5, "fixed N"),
        "times N": (lambda p, t: np.sign(p - t) * len(t), "multiplied by N"),
        "sign, and not divided": (lambda p, t: np.sign(t - p), "sign, and not divided by N"),
        "MSE": (lambda p, t: losses.mse.gradient(p, t), "gradient of the MSE"),
        "2r": (lambda p, t: 2 * (p - t), "slope of the square"),
        "Huber": (lambda p, t: losses.huber.gradient(p, t), "gradient of Huber's loss"),
        "smooth L1": (lambda p, t: losses.smooth_l1.gradient(p, t), "gradient of Huber's loss"),
        "Huber, not divided": (lambda p, t: np.clip(p - t, -1, 1), "gradient of Huber's loss, not divided by N"),
        "the loss": (lambda p, t: abs(p - t) / len(t), "value"),
        "mean of the signs": (lambda p, t: np.mean(np.sign(p - t)), "sum"),
        "mean of the signs, for each": (lambda p, t: np.full(len(t), np.mean(np.sign(p - t))), "sum"),
        "no kink": (lambda p, t: np.where(p > t, 1, -1) / len(t), "−1 at the kink"),
        "no kink, not divided": (lambda p, t: np.where(p < t, -1, 1), "±1 at the kink, and not divided by N"),
        "0 / 0": (lambda p, t: (p - t) / abs(p - t) / len(t), "NaN at the kink"),
        "a small constant": (lambda p, t: (p - t) / (abs(p - t) + 1e-6) / len(t), "small constant"),
        "only too high": (lambda p, t: np.where(p > t, 1, 0) / len(t), "only what is too high"),
        "signs subtracted": (lambda p, t: (np.sign(p) - np.sign(t)) / len(t), "signs subtracted"),
        "whole errors": (lambda p, t: np.sign((p - t).astype(int)) / len(t), "small errors taken for 0"),
        "tolerance": (lambda p, t: np.where(abs(p - t) < 1e-3, 0, np.sign(p - t)) / len(t), "small errors taken for 0"),
        "smooth sign": lambda p, t: np.tanh(1000 * (p - t)) / len(t),
        "a root of a square": lambda p, t: (p - t) / np.sqrt((p - t) ** 2 + 1e-8) / len(t),
        "the exact ones left out": lambda p, t: np.sign(p - t)[p != t] / len(t),
        "an array of integers": (whole_slopes, "array of integers"),
        "return in the loop": (return_in_loop, "return in loop"),
    },
    "huber": {
        "no half": (lambda r, d: np.where(abs(r) <= d, r**2, d * abs(r) - d**2 / 2), "no half"),
        "no half in both": (lambda r, d: np.where(abs(r) <= d, r**2, d * abs(r) - d**2), "no half in both"),
        "swapped": (lambda r, d: np.where(abs(r) > d, r**2 / 2, d * abs(r) - d**2 / 2), "branches swapped"),
        "no offset": (far(lambda size, d: d * size), "no offset"),
        "only |r|": (far(lambda size, d: size), "slope 1, no offset"),
        "half of δ": (far(lambda size, d: d * size - d / 2), "delta not squared"),
        "all of δ²": (far(lambda size, d: d * (size - d)), "offset not halved"),
        "brackets": (far(lambda size, d: 0.5 * (d * size - d**2)), "all of the straight piece halved"),
        "slope 1": (far(lambda size, d: size - d / 2), "slope 1"),
        "δ = 1": (lambda r, d: np.where(abs(r) <= 1, r**2 / 2, abs(r) - 0.5), "fixed argument"),
        "straight piece of 1": (far(lambda size, d: size - 1 / 2), "straight piece of δ = 1"),
        "constant": (far(lambda size, d: d**2 / 2), "constant beyond δ"),
        "0 beyond": (far(lambda size, d: 0), "0 beyond δ"),
        "smooth L1": (lambda r, d: np.where(abs(r) < d, r**2 / (2 * d), abs(r) - d / 2), "smooth L1"),
        "r compared": (where(lambda r, d: r <= d), "sign lost"),
        "r² compared": (where(lambda r, d: r**2 <= d), "squares compared with δ"),
        "½r² compared": (where(lambda r, d: r**2 / 2 < d), "loss compared with δ"),
        "1 % too far": where(lambda r, d: abs(r) <= 1.01 * d),
        "1 compared": where(lambda r, d: abs(r) <= 1),
        "0 at the seam": (
            lambda r, d: (abs(r) < d) * r**2 / 2 + (abs(r) > d) * (d * abs(r) - d**2 / 2),
            "0 at the seam",
        ),
        "twice at the seam": lambda r, d: (abs(r) <= d) * r**2 / 2 + (abs(r) >= d) * (d * abs(r) - d**2 / 2),
        "smaller": (lambda r, d: np.minimum(r**2 / 2, d * abs(r) - d**2 / 2), "only the straight piece"),
        "larger": (lambda r, d: np.maximum(r**2 / 2, d * abs(r) - d**2 / 2), "only the parabola"),
        "pseudo-Huber": (lambda r, d: d**2 * (np.sqrt(1 + (r / d) ** 2) - 1), "pseudo-Huber"),
        "log-cosh": (lambda r, d: np.log(np.cosh(r)), "log-cosh"),
        "slope": (lambda r, d: np.clip(r, -d, d), "slope"),
        "mean": (lambda r, d: losses.huber(r, np.zeros(len(r)), delta=d), "averaged"),
        "near ones alone": lambda r, d: r[abs(r) <= d] ** 2 / 2,
        "an array of integers": (whole_losses, "array of integers"),
        "the last alone": last_alone,
        "in place": changes_r,
    },
    "delta": {
        "0.01": ("0.01", "always robust"),
        "a number": (0.01, "always robust"),
        "the outlier": ("21", "the outlier as the measure"),
        "50": (50.0, "never robust"),
        "its sign": (-1.5, None),
        "15": ("15", None),
        "two at once": ("1.5 or 21", None),
    },
    "constant": {
        "mean": ("Mean.", "mean"),
        "mode": ("most frequent", "mode"),
        "midpoint": ("midpoint", "midrange"),
        "not the median": ("not the median", None),
        "both": ("mean or median", None),
        "a function": (np.median, None),
    },
    "unit": {
        "of the MSE": ("°C²", "unit of the MSE"),
        "with a caret": ("C^2", "unit of the MSE"),
        "a root": ("sqrt(°C)", "root of the unit"),
        "none": ("No unit", "a ratio"),
        "another": ("°F", None),
        "two at once": ("°C or °C²", None),
    },
}

RIGHT = {
    "mae_gradient": {
        "sign": lambda p, t: np.sign(p - t) / len(t),
        "comparisons": lambda p, t: ((p > t) * 1 - (p < t) * 1) / p.size,
        "two wheres": lambda p, t: np.where(p > t, 1 / len(t), np.where(p < t, -1 / len(t), 0)),
        "minus the other sign": lambda p, t: -np.sign(t - p) / t.shape[0],
        "library": lambda p, t: losses.mae.gradient(p, t),
        "measured": lambda p, t: gradients.numerical_gradient(lambda q: np.abs(q - t).sum(), p * 1.0) / len(t),
        "measured mean": lambda p, t: gradients.numerical_gradient(lambda q: np.abs(q - t).mean(), p * 1.0),
        "0 / 0 mended": lambda p, t: np.nan_to_num((p - t) / abs(p - t)) / len(t),
        "a loop": looped_slopes,
    },
    "huber": {
        "where": lambda r, d: np.where(np.abs(r) <= d, r**2 / 2, d * np.abs(r) - d**2 / 2),
        "below, not at": lambda r, d: np.where(abs(r) < d, 0.5 * r**2, d * (abs(r) - 0.5 * d)),
        "other order": lambda r, d: np.where(np.abs(r) > d, d * np.abs(r) - d**2 / 2, r * r / 2),
        "clipped": lambda r, d: np.clip(r, -d, d) * (r - np.clip(r, -d, d) / 2),
        "smaller of two": lambda r, d: np.minimum(abs(r), d) ** 2 / 2 + d * np.maximum(abs(r) - d, 0),
        "library": lambda r, d: losses.huber.per_example(r, np.zeros(len(r)), delta=d),
        "a mask": lambda r, d: masked_losses(r * 1.0, d),
        "a loop": looped_losses,
    },
    "delta": {"as it is": "1.5", "a number": 1.5, "comma": "1,5", "more digits": "1.50", "an array": np.array([1.5])},
    "constant": {"as it is": "median", "capital": "Median", "with article": "the median", "stop": " median. "},
    "unit": {"as it is": "°C", "one sign": "℃", "ordinal": "ºC", "a blank": "° C", "no sign": "C", "word": "deg C"},
}

HARMLESS: dict = {
    "huber": {
        # the loss of −r is that of r, and no loss is negative
        "r without its sign",
        "without its sign",
        "clipped to 0 … inf",
        # delta is above 0
        "delta without its sign",
        "delta with 0 for negative",
        "delta with 1e-7 for 0",
        # the loss of 1e-7 is at most 5e-15: rounding may be as large
        "r with 1e-7 for 0",
    },
    "mae_gradient": {  # each slope is 1/N, 0 or −1/N
        "clipped to -1 … 1",
        "clipped to -10 … 10",
        "clipped to -100 … 100",
    },
}
