"""What `minimize` costs on top of the gradient that it follows: 1000 steps against 1000 bare calls of the gradient.

    python benchmarks/minimize.py

Runs and calls take turns, so that other work of the machine slows both: read the ratios, not the milliseconds. The
gradient is Rosenbrock's in two dimensions, in Python's own numbers: it is so little work that the optimiser takes
nearly all of the time. With a slower gradient the ratio falls towards 1.
"""

import time

import numpy as np

from lossviz.optimizers import AdaGrad, Adam, GradientDescent, Momentum, RMSProp, minimize

STEPS = 1000
AGAIN = 6  # repeats of the bare calls, so that they take about as long as a run
BAR = 10  # for Adam
START = np.array([-1.2, 1.0])
OPTIMIZERS = [Adam(0.01), GradientDescent(1e-3), Momentum(1e-4), AdaGrad(0.1), RMSProp(0.01)]

ROW = "{:<36}{:>9}{:>9}{:>12}{:>9}{:>9}  {}"


def rosenbrock(w: np.ndarray) -> float:
    x, y = w.tolist()
    return (1 - x) ** 2 + 100 * (y - x * x) ** 2


def gradient(w: np.ndarray) -> np.ndarray:
    x, y = w.tolist()
    return np.array([-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)])


def measure(optimizer, rounds: int = 30) -> dict[str, list[float]]:
    """Return, for each round, the milliseconds of a run, and of the same number of bare calls of its gradient."""
    times = {"minimize": [], "gradient": []}
    for _ in range(rounds):
        start = time.perf_counter()
        for _ in range(AGAIN * STEPS):
            gradient(START)
        middle = time.perf_counter()
        run = minimize(rosenbrock, gradient, START, optimizer, STEPS)
        end = time.perf_counter()
        if run.evaluations != STEPS:
            raise RuntimeError(f"{optimizer}: {run.reason}")
        times["gradient"].append(1000 * (middle - start) / AGAIN)
        times["minimize"].append(1000 * (end - middle))
    return times


def main():
    print(
        ROW.format(
            f"ms for {STEPS} steps in two dimensions", "minimize", "p95", "gradient", "p95", "ratio", ""
        ).rstrip()
    )
    for optimizer in OPTIMIZERS:
        times = measure(optimizer)
        cells = [f"{np.percentile(of, share):.2f}" for of in times.values() for share in (50, 95)]
        ratio = np.median(np.divide(times["minimize"], times["gradient"]))  # of each round: the machine may slow down
        bar = f"bar: {BAR}x" if isinstance(optimizer, Adam) else ""
        print(ROW.format(type(optimizer).__name__, *cells, f"{ratio:.1f}x", bar).rstrip())


if __name__ == "__main__":
    main()
