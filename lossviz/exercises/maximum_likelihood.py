"""The exercises and predictions of lesson 06."""

import numpy as np

from .engine import Choice, Exercise, Misconception, Prediction

# ---------------------------------------------------------------------- the coin


def _best_theta(tosses):
    return np.mean(tosses)


best_theta = Exercise(
    reference=_best_theta,
    cases=[(np.array([1, 1, 0, 1, 0, 1, 1, 1]),), (np.array([0, 0, 1, 0, 0]),)],
    misconceptions=[
        Misconception("count", lambda tosses: np.sum(tosses), "That is the number of heads. θ is their share."),
        Misconception(
            "tails",
            lambda tosses: 1 - np.mean(tosses),
            "That is the share of the tails. θ is the probability of a 1.",
        ),
        Misconception(
            "odds",
            lambda tosses: np.sum(tosses) / np.sum(1 - tosses),
            "You divided heads by tails: those are the odds. Divide by the number of all tosses.",
        ),
        Misconception(
            "fair by decree",
            lambda tosses: 0.5,
            "A half is what we expect of a coin before we see it. Maximum likelihood looks at these tosses only.",
        ),
        Misconception(
            "the likelihood itself",
            lambda tosses: np.prod(np.where(tosses == 1, np.mean(tosses), 1 - np.mean(tosses))),
            "That is how likely the tosses are under the best θ: the height of the curve. We ask for the θ below it.",
        ),
        Misconception(
            "added tosses",
            lambda tosses: (np.sum(tosses) + 1) / (len(tosses) + 2),
            "You added one head and one tail that nobody tossed (Laplace's rule of succession). That is sensible and "
            "careful, but it is not the maximum of the likelihood.",
        ),
        Misconception(
            "the winner takes all",
            lambda tosses: np.round(np.mean(tosses)),
            "You rounded to the more frequent side. Under θ = 1 a single tail is impossible, and the likelihood 0.",
        ),
    ],
    notice="The share of heads, as everybody would have said; now it has a reason. After three heads in three tosses "
    "it is 1: maximum likelihood believes its data entirely.",
)

# ---------------------------------------------------------------------- the Gaussian


def _gaussian_nll(mean, target, sigma):
    return np.mean((target - mean) ** 2 / (2 * sigma**2) + np.log(sigma) + np.log(2 * np.pi) / 2)


def _terms(square, log, constant):
    """Put an answer together; one of its parts may be wrong."""
    return lambda mean, target, sigma: np.mean(
        square((target - mean) ** 2, sigma) + log(sigma) + constant * np.ones(len(target))
    )


def _square(square, sigma):
    return square / (2 * sigma**2)


_CONSTANT = np.log(2 * np.pi) / 2

gaussian_nll = Exercise(
    reference=_gaussian_nll,
    cases=[
        (np.array([1.0, 2.0, 0.0]), np.array([1.5, 0.0, -0.5]), 2.0),
        (np.array([3.0, -1.0]), np.array([3.5, 0.0]), 0.5),
    ],
    misconceptions=[
        Misconception(
            "σ for σ²",
            _terms(lambda square, sigma: square / (2 * sigma), np.log, _CONSTANT),
            "The squared error is divided by 2σ², not by 2σ. At σ = 1 nobody would notice.",
        ),
        Misconception(
            "log σ missing",
            _terms(_square, lambda sigma: 0.0, _CONSTANT),
            "Nothing stops σ from growing: without log σ the widest bell would always be the best. It comes from the "
            "1/σ in front of the density.",
        ),
        Misconception(
            "sum",
            lambda mean, target, sigma: len(target) * _gaussian_nll(mean, target, sigma),
            "That is the sum over the examples. A loss is their mean.",
        ),
        Misconception(
            "constant missing",
            _terms(_square, np.log, 0.0),
            "½ log 2π is missing. It moves no minimum, but with it the value is that of a density, and two noises can "
            "be compared.",
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
            lambda mean, target, sigma: np.mean(
                np.exp(-((target - mean) ** 2) / (2 * sigma**2)) / (sigma * np.sqrt(2 * np.pi))
            ),
            "That is the mean density. Take −log of each density, then the mean.",
        ),
        Misconception(
            "sign",
            lambda mean, target, sigma: -_gaussian_nll(mean, target, sigma),
            "That is the mean log-likelihood. The minus that makes it a loss is missing.",
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
            "no half in the constant",
            _terms(_square, np.log, 2 * _CONSTANT),
            "The constant is ½ log 2π: the factor in front of the density is 1 / √(2π).",
        ),
        Misconception(
            "half log 2πσ",
            _terms(_square, lambda sigma: np.log(sigma) / 2, _CONSTANT),
            "½ log (2πσ²) is ½ log 2π + log σ: the ½ cancels the square of σ, and nothing else. You have ½ log σ.",
        ),
    ],
    notice="With σ = 1 it is half the MSE and a constant. Deep-learning libraries often leave the constant out: "
    "compare values only where you know which one you have.",
    unit="nats",
)


def _best_sigma(residual):
    return np.sqrt(np.mean(residual**2))


best_sigma = Exercise(
    reference=_best_sigma,
    cases=[(np.array([3.0, -1.0, 2.0, 0.0]),), (np.array([-0.5, -2.5, 1.0]),)],
    misconceptions=[
        Misconception(
            "variance",
            lambda residual: np.mean(residual**2),
            "That is the MSE: σ², in the squared unit of y. σ is its root.",
        ),
        Misconception(
            "mean absolute",
            lambda residual: np.mean(np.abs(residual)),
            "That is the MAE: the best b of Laplace noise. For the Gaussian, square, average, take the root.",
        ),
        Misconception(
            "about their mean",
            lambda residual: np.std(residual),
            "`np.std` first subtracts the residuals' mean. Here the model's own prediction is the middle: its average "
            "error counts too.",
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
            "sum",
            lambda residual: np.sqrt(np.sum(residual**2)),
            "Divide by N before the root: with more data of one kind, σ should not grow.",
        ),
    ],
    notice="The best σ is the RMSE. So the RMSE is more than a readable MSE: it is the model's own statement of how "
    "far off it expects to be.",
    unit="(unit of y)",
)

sigma = Choice(
    options=["it stays where it is", "it moves by σ", "it moves to half", "it disappears"],
    answer="it stays where it is",
    misconceptions=[
        Misconception(
            "added", "it moves by σ", "σ stands under the squared error and in log σ. Is it added to μ anywhere?"
        ),
        Misconception(
            "scaled",
            "it moves to half",
            "The squared error is divided by four times as much: the valley gets flatter. Does its lowest place move?",
        ),
        Misconception(
            "flattened",
            "it disappears",
            "However flat a parabola is, it has a lowest place. Where is (μ − mean)² / 2σ² least?",
        ),
    ],
    notice="A positive factor and a constant do not move the minimum. So you may use MSE without knowing σ, and find σ "
    "afterwards.",
)

# ---------------------------------------------------------------------- classes

_P = np.array([[0.7, 0.2, 0.1], [0.1, 0.3, 0.6], [0.25, 0.5, 0.25], [0.05, 0.15, 0.8]])


def _picked(probability, label):
    return probability[np.arange(len(label)), label]


def _row_sums(table):
    return table.sum(axis=1, keepdims=True)


def _categorical_nll(probability, label):
    return -np.mean(np.log(_picked(probability, label)))


categorical_nll = Exercise(
    reference=_categorical_nll,
    cases=[(_P, np.array([0, 2, 0, 1])), (_P[:2], np.array([1, 1]))],
    misconceptions=[
        Misconception(
            "probability",
            lambda probability, label: np.mean(_picked(probability, label)),
            "That is the mean probability of the true classes. Take −log of each first.",
        ),
        Misconception(
            "bits",
            lambda probability, label: -np.mean(np.log2(_picked(probability, label))),
            "You took the logarithm to base 2, so this is in bits. This course counts in nats: `np.log`.",
        ),
        Misconception(
            "mean over classes",
            lambda probability, label: -np.sum(np.log(_picked(probability, label))) / probability.size,
            "You divided by examples times classes. Each example gives one term, so divide by N.",
        ),
        Misconception(
            "sum",
            lambda probability, label: -np.sum(np.log(_picked(probability, label))),
            "That is the sum over the examples: minus the log-likelihood. The loss is its mean.",
        ),
        Misconception(
            "sign",
            lambda probability, label: np.mean(np.log(_picked(probability, label))),
            "The minus is missing: a logarithm of a probability is never above 0, a loss never below.",
        ),
        Misconception(
            "largest probability",
            lambda probability, label: -np.mean(np.log(np.max(probability, axis=1))),
            "You took each row's largest probability. The label says which entry counts, even where the model prefers "
            "another.",
        ),
        Misconception(
            "all classes",
            lambda probability, label: -np.mean(np.sum(np.log(probability), axis=1)),
            "You added the logarithms of all classes. Only the class that came counts: the others have y = 0.",
        ),
        Misconception(
            "logarithm of the mean",
            lambda probability, label: -np.log(np.mean(_picked(probability, label))),
            "You took the logarithm of the mean. The logarithm turns the product into a sum, so it comes first, for "
            "each example.",
        ),
        Misconception(
            "every row with every label",
            lambda probability, label: -np.mean(np.log(probability[:, label])),
            "`probability[:, label]` takes all the labels' columns from every row. Pair them up: row 0 with the first "
            "label, row 1 with the second, and so on.",
        ),
        Misconception(
            "softmax again",
            lambda probability, label: _categorical_nll(np.exp(probability) / _row_sums(np.exp(probability)), label),
            "You took a softmax first. That is for scores; these rows are probabilities already, and sum to 1.",
        ),
        Misconception(
            "1e-7 added",
            lambda probability, label: -np.mean(np.log(_picked(probability, label) + 1e-7)),
            "Nearly: the 1e-7 inside the logarithm changes every loss a little. Leave it out.",
        ),
        Misconception(
            "one minus",
            lambda probability, label: np.mean(1 - _picked(probability, label)),
            "1 − p also falls as p rises, but it is not a logarithm: being sure and wrong would cost at most 1.",
        ),
    ],
    notice="It reads one number from each row. The others still matter: the numbers of a row sum to 1.",
    unit="nats",
)

# ---------------------------------------------------------------------- predictions

underflow = Prediction(
    options=["about 1e-602", "exactly 0", "an error"],
    answer="exactly 0",
    why="The smallest number above 0 that a float64 can hold is about 4.9e-324. What is less than half of it is stored "
    "as 0, without a word.",
)

winner = Prediction(
    options=["the mean (MSE)", "the median (MAE)", "both alike"],
    answer="the median (MAE)",
    why="MAE is Laplace's own loss. On Gaussian noise the mean wins.",
)

wide_band = Prediction(
    options=[
        "everywhere 95 %",
        "too few on the left, too many on the right",
        "too many on the left, too few on the right",
    ],
    answer="too many on the left, too few on the right",
    why="One σ for all is a compromise: too wide where the noise is small, too narrow where it is large.",
)
