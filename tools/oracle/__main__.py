"""Ask about every family, and write the table."""

import sys
import warnings
from pathlib import Path

sys.path[0] = str(Path(__file__).parents[1])  # so that these modules are oracle.…, not top-level modules

from oracle import (  # noqa: E402
    adversarial,
    classification,
    distance,
    information,
    likelihood,
    margin,
    metric,
    optimizers,
    overlap,
    penalty,
    regression,
    reinforcement,
    sequence,
    table,
)

FAMILIES = [regression, classification, margin, overlap, distance, metric, sequence, adversarial, reinforcement]
FAMILIES += [penalty, information, likelihood, optimizers]


def main():
    for family in FAMILIES:
        before = len(table.records)
        family.record()
        print(f"{family.__name__.partition('.')[2]:16} {len(table.records) - before:4} records")
    table.save()


if __name__ == "__main__":
    warnings.filterwarnings("ignore", message="The use of `x.T`", category=UserWarning)  # inside POT
    main()
