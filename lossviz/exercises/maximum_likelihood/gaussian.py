"""The Gaussian: its negative log-likelihood, and its best σ."""

import numpy as np

from ..engine import Exercise, Misconception, quietly

_RNG = np.random.default_rng(66)
_MEANS = _RNG.normal(scale=3, size=13).round(4)
_TARGETS = (_MEANS + _RNG.normal(size=13)).round(4)
_MANY = _RNG.normal(size=(2, 2000)).round(4)
_RESIDUALS = np.append(_RNG.normal(scale=2, size=16).round(4) + 0.5, 40.0)

_CONSTANT = np.log(2 * np.pi) / 2


def _gaussian_nll(mean, target, sigma):
    return np.mean((target - mean) ** 2 / (2 * sigma**2) + np.log(sigma) + _CONSTANT)


def _terms(square, log, constant):
    """Put an answer together; one of its parts may be wrong."""
    return lambda mean, target, sigma: np.mean(
        square((target - mean) ** 2, sigma) + log(sigma) + constant * np.ones(len(target))
    )


def _square(square, sigma):
    return square / (2 * sigma**2)


def _none(sigma):
    return 0.0


def _density(mean, target, sigma):
    return np.exp(-((target - mean) ** 2) / (2 * sigma**2)) / (sigma * np.sqrt(2 * np.pi))


def _floored(rule):
    """Keep a density away from 0, with each of some small constants."""
    return tuple(
        quietly(lambda mean, target, sigma, low=low: -np.mean(np.log(rule(_density(mean, target, sigma), low))))
        for low in (1e-3, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15, 1e-16, 1e-20, 1e-30, 1e-300)
    )


gaussian_nll = Exercise(
    reference=_gaussian_nll,
    cases=[
        (np.array([1.0, 2.0, 0.0]), np.array([1.5, 0.0, -0.5]), 2.0),
        (np.array([3.0, -1.0]), np.array([3.5, 0.0]), 0.5),
        (_MEANS, _TARGETS, 0.75),
        (np.array([0.0, 1.0, 0.02]), np.array([0.05, 0.98, 0.0]), 0.1),  # below 0
        (np.array([4, -2, 7]), np.array([5, -2, 3]), 3.0),  # whole numbers
        (np.array([0.5, 2.0, -1.0]), np.array([61.0, 2.5, -1.25]), 1.25),  # 48 σ away
        (_MANY[0], _MANY[1], 1.5),
        (np.array([100.0, -30.0]), np.array([80.0, -25.0]), 12.5),
        (np.array([0.0, 0.0001]), np.array([0.0003, -0.0001]), 0.0002),  # a small unit
    ],
    misconceptions=[
        Misconception(
            "σ for σ²",
            _terms(lambda square, sigma: square / (2 * sigma), np.log, _CONSTANT),
            "The squared error is divided by 2σ², not by 2σ. At σ = 1 nobody would notice.",
        ),
        Misconception(
            "σ for a variance",
            (
                _terms(lambda square, sigma: square / (2 * sigma), lambda sigma: np.log(sigma) / 2, _CONSTANT),
                _terms(lambda square, sigma: square / (2 * sigma), lambda sigma: np.log(sigma) / 2, 0.0),
            ),
            "You take `sigma` for the variance σ². It is the standard deviation: where the formula has σ², square it. "
            "(Some libraries ask for the variance.)",
        ),
        Misconception(
            "log σ missing",
            _terms(_square, _none, _CONSTANT),
            "Nothing stops σ from growing: without log σ the widest bell would always be the best. It comes from the "
            "1/σ in front of the density.",
        ),
        Misconception(
            "sum",
            lambda mean, target, sigma: len(target) * _gaussian_nll(mean, target, sigma),
            "That is the sum over the examples. A loss is their mean.",
        ),
        Misconception(
            "divided by 5",
            lambda mean, target, sigma: len(target) / 5 * _gaussian_nll(mean, target, sigma),
            "You divided by 5. That was right for the five numbers above; here there may be more or fewer.",
        ),
        Misconception(
            "sum of the squares",
            lambda mean, target, sigma: np.sum((target - mean) ** 2) / (2 * sigma**2) + np.log(sigma) + _CONSTANT,
            "Your squared errors are added up, and log σ counts once. Each example has all three terms: take the mean "
            "of the squares too.",
        ),
        Misconception(
            "constant missing",
            _terms(_square, np.log, 0.0),
            "½ log 2π is missing. It moves no minimum, but with it the value is that of a density, and two noises can "
            "be compared.",
        ),
        Misconception(
            "the square alone",
            _terms(_square, _none, 0.0),
            "That is the exponent alone. The factor in front of the density counts too: −log of 1/(σ√(2π)).",
        ),
        Misconception(
            "MSE",
            (
                lambda mean, target, sigma: np.mean((target - mean) ** 2),
                lambda mean, target, sigma: np.mean((target - mean) ** 2) / 2,
            ),
            "That is the MSE, or half of it: σ has no part in it. The density knows σ, so its −log does too.",
        ),
        Misconception(
            "no half",
            _terms(lambda square, sigma: square / sigma**2, np.log, _CONSTANT),
            "The ½ of the exponent is missing: −½ ((y − μ)/σ)².",
        ),
        Misconception(
            "log σ²",
            _terms(_square, lambda sigma: np.log(sigma**2), _CONSTANT),
            "You have log σ² where log σ belongs: the factor in front of the density is 1/σ.",
        ),
        Misconception(
            "no logarithm",
            lambda mean, target, sigma: np.mean(_density(mean, target, sigma)),
            "That is the mean density. Take −log of each density, then the mean.",
        ),
        Misconception(
            "sign",
            (
                lambda mean, target, sigma: -_gaussian_nll(mean, target, sigma),
                quietly(lambda mean, target, sigma: np.mean(np.log(_density(mean, target, sigma)))),
            ),
            "That is the mean log-likelihood. The minus that makes it a loss is missing.",
        ),
        Misconception(
            "sign of the square",
            _terms(lambda square, sigma: -square / (2 * sigma**2), np.log, _CONSTANT),
            "Your squared error has the wrong sign: the further off, the smaller your loss. −log takes the minus out "
            "of the exponent.",
        ),
        Misconception(
            "log σ subtracted",
            _terms(_square, lambda sigma: -np.log(sigma), _CONSTANT),
            "Your log σ has the wrong sign. The factor in front of the density is 1/σ, and −log (1/σ) is + log σ.",
        ),
        Misconception(
            "times σ²",
            _terms(lambda square, sigma: square / 2 * sigma**2, np.log, _CONSTANT),
            "You divide by 2 and then multiply by σ²: that is how Python reads `/ 2 * sigma**2`. Put brackets round "
            "`2 * sigma**2`.",
        ),
        Misconception(
            "σ not squared, times",
            _terms(lambda square, sigma: square / 2 * sigma, np.log, _CONSTANT),
            "You multiply by σ. The squared error is divided by 2σ²: put brackets round `2 * sigma**2`.",
        ),
        Misconception(
            "no half in the constant",
            _terms(_square, np.log, 2 * _CONSTANT),
            "The constant is ½ log 2π: the factor in front of the density is 1 / √(2π).",
        ),
        Misconception(
            "no half before log 2πσ²",
            _terms(_square, lambda sigma: 2 * np.log(sigma), 2 * _CONSTANT),
            "You have log 2πσ². The factor in front of the density is one over the root of 2πσ², so half of that.",
        ),
        Misconception(
            "half log 2πσ",
            _terms(_square, lambda sigma: np.log(sigma) / 2, _CONSTANT),
            "½ log (2πσ²) is ½ log 2π + log σ: the ½ cancels the square of σ, and nothing else. You have ½ log σ.",
        ),
        Misconception(
            "another base",
            tuple(
                _terms(_square, lambda sigma, log=log: log(sigma), constant)
                for log in (np.log10, np.log2)
                for constant in (log(2 * np.pi) / 2, _CONSTANT)
            ),
            "You took a logarithm to another base. It must undo e^…, so it is the natural one: `np.log`.",
        ),
        Misconception(
            "π rounded",
            tuple(_terms(_square, np.log, np.log(2 * pi) / 2) for pi in (3.14, 3.141, 3.142, 3.1415, 3.1416, 22 / 7)),
            "Nearly: all your answers are off by the same little bit. π has more digits: `np.pi`.",
        ),
        Misconception(
            "multiplied",
            (
                quietly(lambda mean, target, sigma: -np.log(np.prod(_density(mean, target, sigma))) / len(target)),
                quietly(
                    lambda mean, target, sigma: -np.log(np.prod(_density(mean, target, sigma)) ** (1 / len(target)))
                ),
            ),
            "Right for a few examples. With 2000 of them the product of the densities is rounded to 0 before you take "
            "its logarithm. Add up the logarithms, as in line 2.",
        ),
        Misconception(
            "log of a rounded density",
            quietly(lambda mean, target, sigma: -np.mean(np.log(_density(mean, target, sigma)))),
            "Right as long as no target is far away. 48 σ away, the density is rounded to 0, and its logarithm is "
            "lost. Take the logarithm by hand, as in line 2.",
        ),
        Misconception(
            "floor under the density",
            _floored(np.maximum) + _floored(np.add),
            "A small constant under the logarithm keeps it finite, but it puts a ceiling on the loss. 48 σ away costs "
            "far more. Line 2 needs no such constant.",
        ),
        Misconception(
            "never below 0",
            (
                lambda mean, target, sigma: max(0.0, _gaussian_nll(mean, target, sigma)),
                lambda mean, target, sigma: np.abs(_gaussian_nll(mean, target, sigma)),
            ),
            "You do not let the loss fall below 0. A density may be above 1 when σ is small, and then its −log is "
            "negative: nothing is wrong with that.",
        ),
        Misconception(
            "mean before the square",
            lambda mean, target, sigma: np.mean(target - mean) ** 2 / (2 * sigma**2) + np.log(sigma) + _CONSTANT,
            "You square the mean of the errors, so errors of both signs cancel. Square each error, then take the mean.",
        ),
        Misconception(
            "no square",
            _terms(lambda square, sigma: np.sqrt(square) / (2 * sigma**2), np.log, _CONSTANT),
            "You take the size of the error. The Gaussian has its square in the exponent.",
        ),
        Misconception(
            "one mean for all",
            lambda mean, target, sigma: _gaussian_nll(np.mean(mean), target, sigma),
            "You compare each target with the mean of the predictions. Each target has a prediction of its own.",
        ),
        Misconception(
            "about the targets' mean",
            lambda mean, target, sigma: _gaussian_nll(np.mean(target), target, sigma),
            "You compare each target with the mean of the targets. Each target has its prediction in `mean`.",
        ),
        Misconception(
            "Laplace",
            lambda mean, target, sigma: np.mean(np.abs(target - mean)) / sigma + np.log(2 * sigma),
            "That is the NLL of Laplace noise, whose scale is b. The Gaussian is asked for.",
        ),
    ],
    notice="With σ = 1 it is half the MSE and a constant. Deep-learning libraries often leave the constant out: "
    "compare values only where you know which one you have.",
    unit="nats",
)

# ---------------------------------------------------------------------- the best σ


def _best_sigma(residual):
    return np.sqrt(np.mean(residual**2))


def _best_of(sigmas):
    def answer(residual):
        nll = np.mean(residual**2) / (2 * sigmas**2) + np.log(sigmas)
        return sigmas[np.argmin(nll)]

    return answer


def _without_outliers(residual):
    scale = 1.4826 * np.median(np.abs(residual))
    return _best_sigma(residual[np.abs(residual) <= 3 * scale])


best_sigma = Exercise(
    reference=_best_sigma,
    cases=[
        (np.array([3.0, -1.0, 2.0, 0.0]),),
        (np.array([-0.5, -2.5, 1.0]),),
        (_RESIDUALS,),
        (np.array([1.5, 1.5, 1.5, -2.25, -2.25]),),  # some alike
        (np.array([4, -2, 1, 7]),),  # whole numbers
        (np.array([250.0, -120.0, 90.5]),),
        (np.array([3e-8, 0.0, -2e-8, 1e-8]),),  # a small unit
    ],
    within=2e-6,
    misconceptions=[
        Misconception(
            "variance",
            lambda residual: np.mean(residual**2),
            "That is the MSE: σ², in the squared unit of y. σ is its root.",
        ),
        Misconception(
            "** 1/2",
            lambda residual: np.mean(residual**2) / 2,
            "That is half the MSE. Python reads `a ** 1/2` as `(a ** 1) / 2`: write `a ** 0.5` or `np.sqrt(a)`.",
        ),
        Misconception(
            "mean absolute",
            lambda residual: np.mean(np.abs(residual)),
            "That is the MAE: the best b of Laplace noise. For the Gaussian, square, average, take the root, in this "
            "order.",
        ),
        Misconception(
            "about their mean",
            lambda residual: np.std(residual),
            "`np.std` first subtracts the residuals' mean. Here the model's own prediction is the middle: its average "
            "error counts too.",
        ),
        Misconception(
            "variance about their mean",
            (lambda residual: np.var(residual), lambda residual: np.var(residual, ddof=1)),
            "`np.var` subtracts the residuals' mean, but the model's own prediction is the middle. And it is a square: "
            "σ is the root.",
        ),
        Misconception(
            "N − 1",
            lambda residual: np.std(residual, ddof=1),
            "Dividing by N − 1 makes σ² right on average over many data sets, but it is not where the likelihood of "
            "these data is largest. And the model's prediction, not the residuals' mean, is the middle.",
        ),
        Misconception(
            "N − 1, about 0",
            lambda residual: np.sqrt(np.sum(residual**2) / (len(residual) - 1)),
            "Dividing by N − 1 makes σ² right on average over many data sets; the likelihood of these data is largest "
            "with N.",
        ),
        Misconception(
            "N − 2",
            (
                lambda residual: np.sqrt(np.sum(residual**2) / (len(residual) - 2)),
                lambda residual: np.std(residual, ddof=2),
            ),
            "N − 2 allows for the two parameters of a fitted line, so that σ² is right on average over many data sets. "
            "The likelihood of these data is largest with N.",
        ),
        Misconception(
            "sum",
            lambda residual: np.sqrt(np.sum(residual**2)),
            "Divide by N before the root: with more data of one kind, σ should not grow.",
        ),
        Misconception(
            "divided by 5",
            lambda residual: np.sqrt(np.sum(residual**2) / 5),
            "You divided by 5. That was right for the five numbers above; divide by the number of these residuals.",
        ),
        Misconception(
            "divided after the root",
            lambda residual: np.sqrt(np.sum(residual**2)) / len(residual),
            "You took the root and divided by N after it. Divide first: the mean is inside the root.",
        ),
        Misconception(
            "mean before the square",
            (lambda residual: np.abs(np.mean(residual)), lambda residual: np.mean(residual)),
            "You took the mean of the residuals themselves, so those above and below 0 cancel. Square each one first.",
        ),
        Misconception(
            "a half left over",
            lambda residual: np.sqrt(np.mean(residual**2) / 2),
            "There is a ½ too many. The 2 of 2σ² is gone in line 1: the slope of 1/σ² has a 2, too.",
        ),
        Misconception(
            "median",
            (
                lambda residual: np.sqrt(np.median(residual**2)),
                lambda residual: np.median(np.abs(residual)),
                lambda residual: 1.4826 * np.median(np.abs(residual)),
            ),
            "You took a median, which does not see how far off the worst residuals are. The likelihood does: it asks "
            "for the mean of the squares.",
        ),
        Misconception(
            "outliers left out",
            _without_outliers,
            "You leave out what lies far away. The likelihood of these data has a factor for each of them.",
        ),
        Misconception(
            "equal residuals counted once",
            lambda residual: _best_sigma(np.unique(residual)),
            "Equal residuals count once in your answer. Each example counts.",
        ),
        Misconception(
            "one side only",
            (
                lambda residual: _best_sigma(residual[residual > 0]),
                lambda residual: _best_sigma(residual[residual >= 0]),
                lambda residual: _best_sigma(np.maximum(0, residual)),
            ),
            "Residuals below 0 do not count in your answer, and they should: the model is off by them, too.",
        ),
        Misconception(
            "best of a grid",
            (
                _best_of(np.linspace(0.5, 2, 1501)),
                _best_of(np.linspace(0.01, 5, 500)),
                _best_of(np.linspace(0.1, 10, 100)),
            ),
            "That is the best σ of your list, but σ may lie between two of its values, or beyond its ends. Line 2 "
            "gives it exactly.",
        ),
        Misconception(
            "never near 0",
            tuple(
                lambda residual, low=low: max(low, _best_sigma(residual))
                for low in (1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7)
            ),
            "You do not let σ become small. In another unit of y, the residuals, and their σ, may be tiny numbers.",
        ),
    ],
    notice="The best σ is the RMSE. So the RMSE is more than a readable MSE: it is the model's own statement of how "
    "far off it expects to be.",
    unit="(unit of y)",
)
