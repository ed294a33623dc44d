"""Optimisers: the points of fifty steps on two surfaces."""

import itertools

import mpmath
import torch
from mpmath import mpf

from oracle.asking import agree
from oracle.definitions import exact
from oracle.inputs import named
from oracle.table import write

STEPS = 50
START = {"rosenbrock": [-1.2, 1.0], "bowl": [4.0, -3.0]}
SURFACE = {
    "rosenbrock": lambda w: (1 - w[0]) ** 2 + 100 * (w[1] - w[0] ** 2) ** 2,
    "bowl": lambda w: (w[0] ** 2 + 10 * w[1] ** 2) / 2,
}
SLOPES = {  # for the definitions; torch differentiates the surfaces itself
    "rosenbrock": lambda x, y: (2 * (x - 1) - 400 * x * (y - x**2), 200 * (y - x**2)),
    "bowl": lambda x, y: (x, 10 * y),
}

# A rule by its definition. From the step's number, one parameter's slope g, and the two numbers m and s that the rule
# remembers (0 at first) -> how far the parameter goes down, and what the rule remembers next.


def descent(learning_rate):
    return lambda t, g, m, s: (learning_rate * g, m, s)


def momentum(learning_rate, momentum=0.9, nesterov=False):
    def rule(t, g, m, s):
        m = momentum * m + g
        return learning_rate * (g + momentum * m if nesterov else m), m, s

    return rule


def adagrad(learning_rate=0.01, epsilon=1e-10):
    def rule(t, g, m, s):
        s += g**2
        return learning_rate * g / (mpmath.sqrt(s) + epsilon), m, s

    return rule


def rmsprop(learning_rate=0.01, decay=0.9, epsilon=1e-8):
    def rule(t, g, m, s):
        s = decay * s + (1 - mpf(decay)) * g**2
        return learning_rate * g / (mpmath.sqrt(s) + epsilon), m, s

    return rule


def adam(learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    def rule(t, g, m, s):
        m, s = beta1 * m + (1 - mpf(beta1)) * g, beta2 * s + (1 - mpf(beta2)) * g**2
        unbiased_m, unbiased_s = m / (1 - mpf(beta1) ** t), s / (1 - mpf(beta2) ** t)
        return learning_rate * unbiased_m / (mpmath.sqrt(unbiased_s) + epsilon), m, s

    return rule


def trajectory(surface, make):
    w = torch.tensor(START[surface], requires_grad=True)
    optimizer = make([w])
    points = [w.tolist()]
    for _ in range(STEPS):
        optimizer.zero_grad()
        SURFACE[surface](w).backward()
        optimizer.step()
        points.append(w.tolist())
    return points


def trajectory_by_definition(surface, rule):
    points, memory = [exact(START[surface])], [(mpf(0), mpf(0))] * 2
    for t in range(1, STEPS + 1):
        moves = [rule(t, g, *kept) for g, kept in zip(SLOPES[surface](*points[-1]), memory, strict=True)]
        points.append([w - move for w, (move, _, _) in zip(points[-1], moves, strict=True)])
        memory = [(m, s) for _, m, s in moves]
    return [[float(w) for w in point] for point in points]


def record():
    gradient_descent()
    momentum_and_nesterov()
    adaptive()


def follow(name, optimizer, definition, library_names, surfaces, all_settings):
    for surface, settings in itertools.product(surfaces, all_settings):
        case = f"{surface},{named(settings)}" if settings else surface
        points = trajectory(surface, lambda w, settings=settings: optimizer(w, **library_names(**settings)))
        agree(f"{name} {case}", points, trajectory_by_definition(surface, definition(**settings)))
        by = f"torch.optim.{optimizer.__name__}"
        write(f"optimizers.{name}", case, settings, by, ["definition"], surface=surface, points=points)


def rates(*learning_rates, **others):
    return [{"learning_rate": each, **others} for each in learning_rates]


def gradient_descent():
    sgd = torch.optim.SGD, descent, lambda learning_rate: {"lr": learning_rate}
    follow("GradientDescent", *sgd, ["rosenbrock"], rates(1e-4, 5e-4, 1e-3))
    follow("GradientDescent", *sgd, ["bowl"], rates(0.01, 0.1, 0.19, 0.21))  # the last one diverges


def momentum_and_nesterov():
    def heavy(learning_rate, momentum=0.9, nesterov=False):
        return {"lr": learning_rate, "momentum": momentum, "nesterov": nesterov}

    sgd = torch.optim.SGD, momentum, heavy
    follow("Momentum", *sgd, ["rosenbrock"], rates(1e-4) + rates(1e-4, nesterov=True) + rates(5e-4, momentum=0.5))
    follow("Momentum", *sgd, ["bowl"], rates(0.02) + rates(0.05, nesterov=True) + rates(0.1, momentum=0.5))
    follow("Momentum", *sgd, ["bowl"], rates(0.1, momentum=0.0) + rates(0.05, momentum=0.99, nesterov=True))


def adaptive():
    def adagrad_names(learning_rate=0.01, epsilon=1e-10):
        return {"lr": learning_rate, "eps": epsilon}

    def rmsprop_names(learning_rate=0.01, decay=0.9, epsilon=1e-8):
        return {"lr": learning_rate, "alpha": decay, "eps": epsilon}

    def adam_names(learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
        return {"lr": learning_rate, "betas": (beta1, beta2), "eps": epsilon}

    both = ("rosenbrock", "bowl")
    settings = [{}, *rates(0.1), *rates(0.5, epsilon=1e-8), *rates(2.0, epsilon=1e-3)]
    follow("AdaGrad", torch.optim.Adagrad, adagrad, adagrad_names, both, settings)
    settings = [{}, *rates(0.002), *rates(0.02, decay=0.99), *rates(0.1, decay=0.5, epsilon=1e-3)]
    follow("RMSProp", torch.optim.RMSprop, rmsprop, rmsprop_names, both, settings)
    settings = [{}, *rates(0.1), *rates(0.3, beta1=0.5, beta2=0.9), *rates(0.1, epsilon=0.1), *rates(0.1, beta1=0.0)]
    follow("Adam", torch.optim.Adam, adam, adam_names, both, settings)
