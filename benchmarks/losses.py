"""Measure the losses against PyTorch on the CPU, value and gradient, side by side in one run, and print a table.

    python benchmarks/losses.py [--quick] [NAME ...]

It needs PyTorch, which the project itself does not need: pip install torch. Both get the same million numbers in
float64; PyTorch uses as many threads as it chooses. Before the timing, both must agree. They take turns call by call,
so that other work of the machine slows both, and there is a rest before each call: PyTorch's threads spin for a while
after their work, and occupy the cores. Read the ratios of the medians, not the milliseconds. The script does not judge;
beside the ratios are the bars that the course has set for itself. It takes about two minutes.
"""

import argparse
import os
import platform
import sys
import time

import numpy as np

from lossviz import likelihood, losses
from lossviz.blocks import WORKERS
from lossviz.loss import Loss

try:
    import torch
except ImportError:
    sys.exit("benchmarks/losses.py needs PyTorch, which is not installed here: pip install torch")

from torch import distributions
from torch.nn import functional

ENTRIES = 1_000_000
REST = 0.02  # seconds before each call
BAR, CTC_BAR = 1.5, 5
STEPS, LABELS, SYMBOLS = 200, 40, 30
SAME = 1e-9  # the largest relative difference between both

ROW = "{:<24}{:>9}{:>9}{:>12}{:>9}{:>9}  {}"

# ---------------------------------------------------------------------- what both get

rng = np.random.default_rng(0)
PREDICTION, TARGET = rng.normal(0, 2, (2, ENTRIES))
PROBABILITY = rng.uniform(0.01, 0.99, ENTRIES)
BITS = rng.integers(0, 2, ENTRIES).astype(float)
SIGNS = 2 * BITS - 1
COUNTS = rng.poisson(3, ENTRIES).astype(float)
RATES = rng.uniform(0.5, 6, ENTRIES)

# ---------------------------------------------------------------------- the same in PyTorch
# With a function of torch.nn.functional or a distribution if there is one; otherwise as a user would write it.


def rmse(prediction, target):
    return torch.sqrt(functional.mse_loss(prediction, target))


def log_cosh(prediction, target):
    error = prediction - target
    return (torch.logaddexp(error, -error) - np.log(2)).mean()


def quantile(prediction, target):
    residual = target - prediction
    return torch.maximum(0.7 * residual, -0.3 * residual).mean()


def focal(score, target):
    cross_entropy = functional.binary_cross_entropy_with_logits(score, target, reduction="none")
    return ((1 - torch.exp(-cross_entropy)) ** 2 * cross_entropy).mean()


def hinge(score, target):
    return functional.relu(1 - target * score).mean()


def squared_hinge(score, target):
    return (functional.relu(1 - target * score) ** 2).mean()


def contrastive(distance, same):
    return (same * distance**2 + (1 - same) * functional.relu(1 - distance) ** 2).mean()


def discriminator(real, fake):
    return -(functional.logsigmoid(real) + functional.logsigmoid(-fake)).mean()


def generator(fake):
    return -functional.logsigmoid(fake).mean()


def generator_minimax(fake):
    return functional.logsigmoid(-fake).mean()


def policy_gradient(log_probability, advantage):
    return -(log_probability * advantage).mean()


def l1(weights):
    return weights.abs().sum()


def l2(weights):
    return (weights**2).sum()


def gaussian_nll(mean, target):
    return -distributions.Normal(mean, 1.0).log_prob(target).mean()


def laplace_nll(location, target):
    return -distributions.Laplace(location, 1.0).log_prob(target).mean()


def student_t_nll(location, target):
    return -distributions.StudentT(3.0, location, 1.0).log_prob(target).mean()


def bernoulli_nll(probability, target):
    return -distributions.Bernoulli(probability).log_prob(target).mean()


def poisson_nll(rate, target):
    return -distributions.Poisson(rate).log_prob(target).mean()


NUMBERS, SCORES, COINS = (PREDICTION, TARGET), (PREDICTION, BITS), (PROBABILITY, BITS)
ELEMENTWISE = {
    "sse": (NUMBERS, {}, lambda prediction, target: functional.mse_loss(prediction, target, reduction="sum")),
    "mse": (NUMBERS, {}, functional.mse_loss),
    "rmse": (NUMBERS, {}, rmse),
    "mae": (NUMBERS, {}, functional.l1_loss),
    "huber": (NUMBERS, {}, functional.huber_loss),
    "smooth_l1": (NUMBERS, {}, functional.smooth_l1_loss),
    "log_cosh": (NUMBERS, {}, log_cosh),
    "quantile": (NUMBERS, {"q": 0.7}, quantile),
    "binary_cross_entropy": (COINS, {}, functional.binary_cross_entropy),
    "sigmoid_cross_entropy": (SCORES, {}, functional.binary_cross_entropy_with_logits),
    "focal": (SCORES, {}, focal),
    "hinge": ((PREDICTION, SIGNS), {}, hinge),
    "squared_hinge": ((PREDICTION, SIGNS), {}, squared_hinge),
    "contrastive": ((RATES, BITS), {}, contrastive),
    "margin_ranking": ((PREDICTION, TARGET, SIGNS), {}, functional.margin_ranking_loss),
    "discriminator": (NUMBERS, {}, discriminator),
    "generator": ((PREDICTION,), {}, generator),
    "generator_minimax": ((PREDICTION,), {}, generator_minimax),
    "policy_gradient": ((-RATES, TARGET), {}, policy_gradient),
    "l1": ((PREDICTION,), {}, l1),
    "l2": ((PREDICTION,), {}, l2),
    "gaussian_nll": (NUMBERS, {}, gaussian_nll),
    "laplace_nll": (NUMBERS, {}, laplace_nll),
    "student_t_nll": (NUMBERS, {}, student_t_nll),
    "bernoulli_nll": (COINS, {}, bernoulli_nll),
    "poisson_nll": ((RATES, COUNTS), {}, poisson_nll),
}


def ctc(log_probability, labels):
    lengths = torch.tensor([len(log_probability)]), torch.tensor([len(labels)])
    return functional.ctc_loss(log_probability[:, None], labels[None], *lengths, reduction="sum")


# ---------------------------------------------------------------------- measuring


def of_loss(each: Loss, arguments: tuple, settings: dict):
    def run():
        value, gradient = each.value_and_gradient(*arguments, **settings)
        return value, gradient if isinstance(gradient, tuple) else (gradient,)

    return run


def through_log_softmax(each: Loss, log_probability: np.ndarray, labels: np.ndarray):
    """Do as `of_loss`, with the gradient that PyTorch's ctc_loss gives: in the scores, not in its argument."""

    def run():
        value, gradient = each.value_and_gradient(log_probability, labels)
        return value, (gradient + np.exp(log_probability),)

    return run


def of_torch(expression, arguments: tuple, learned: int):
    """Return a function that runs an expression forward, and backward to the first `learned` of its arguments."""
    tensors = [torch.tensor(argument) for argument in arguments]
    for tensor in tensors[:learned]:
        tensor.requires_grad_()

    def run():
        value = expression(*tensors)
        return value.item(), torch.autograd.grad(value, tensors[:learned])

    return run


def disagreement(ours, theirs) -> float:
    """Return the largest difference of both results, relative to the value, or to the gradient's largest entry."""
    (value, gradient), (other, other_gradient) = ours, theirs
    apart = [abs(value - other) / abs(other)]
    for one, two in zip(gradient, other_gradient, strict=True):
        apart.append(np.abs(one - two.numpy()).max() / np.abs(one).max())
    return max(apart)


def in_turns(ours, theirs, rounds: int) -> tuple[list[float], list[float]]:
    """Return the milliseconds of each call."""
    times = [], []
    for _ in range(rounds):
        for run, taken in zip((ours, theirs), times, strict=True):
            time.sleep(REST)
            start = time.perf_counter()
            run()
            taken.append(1000 * (time.perf_counter() - start))
    return times


def compare(name: str, ours, theirs, rounds: int, bar: float) -> float:
    """Print the times of both with their ratio, which is returned."""
    apart = disagreement(ours(), theirs())
    if not apart < SAME:
        sys.exit(f"{name}: lossviz and PyTorch differ by {apart:.1e}")
    cells = [of(taken) for taken in in_turns(ours, theirs, rounds) for of in (np.median, np.min)]
    ratio = cells[0] / cells[2]
    print(ROW.format(name, *(f"{cell:.2f}" for cell in cells), f"{ratio:.2f}x", f"bar: {bar}x").rstrip(), flush=True)
    return ratio


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="fewer rounds: to see whether it runs")
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these losses")
    asked = parser.parse_args()
    rounds = 5 if asked.quick else 60
    print(f"Python {platform.python_version()}, NumPy {np.__version__}, PyTorch {torch.__version__}; ", end="")
    print(f"{platform.system()}, {os.cpu_count()} cores; threads: lossviz {WORKERS}, PyTorch {torch.get_num_threads()}")
    print(f"value and gradient, ms; {ENTRIES:,} entries")
    print(ROW.format("", "lossviz", "min", "PyTorch", "min", "ratio", "").rstrip())
    ratios = []
    for name, (arguments, settings, expression) in ELEMENTWISE.items():
        if not asked.names or name in asked.names:
            each = getattr(losses, name, None) or getattr(likelihood, name)
            ours = of_loss(each, arguments, settings)
            theirs = of_torch(expression, arguments, learned=len(ours()[1]))
            ratios.append(compare(name, ours, theirs, rounds, BAR))
    print(f"faster than PyTorch: {sum(ratio < 1 for ratio in ratios)} of {len(ratios)}")
    if not asked.names or "ctc" in asked.names:
        print(f"one sequence: {STEPS} steps, {LABELS} labels, {SYMBOLS} symbols")
        log_probability = losses.log_softmax(rng.normal(0, 1, (STEPS, SYMBOLS)))
        spoken = log_probability, rng.integers(1, SYMBOLS, LABELS)
        compare("ctc", through_log_softmax(losses.ctc, *spoken), of_torch(ctc, spoken, 1), rounds, CTC_BAR)


if __name__ == "__main__":
    main()
