"""Distance: how far two clouds of points are from each other."""

import itertools

import mpmath
import numpy as np
import ot
import scipy.optimize
import scipy.spatial
import scipy.stats
import torch
from mpmath import mpf

from oracle.asking import ask
from oracle.definitions import distance, squared_distance
from oracle.inputs import draw, given

SIZES = {
    "one-and-one": ((1, 2), (1, 2)),
    "line": ((5, 1), (5, 1)),
    "plane": ((4, 2), (4, 2)),
    "space": ((5, 3), (5, 3)),
}
UNEQUAL = {"one-and-many": ((1, 2), (7, 2)), "many-and-few": ((9, 2), (4, 2)), "wide": ((3, 8), (5, 8))}


def clouds_of(sizes):
    return {
        case: {"points": draw("points", here), "target": draw("points there", there)}
        for case, (here, there) in sizes.items()
    }


POINTS, TARGET = clouds_of(SIZES)["plane"].values()
SPECIAL = given(
    "points target",
    {"apart": (POINTS + 1e4, TARGET - 1e4), "nearby": (POINTS, POINTS[::-1] + np.array([0.001, 0.002]))},
)
SPECIAL |= {"same": {"points": POINTS, "target": POINTS[::-1].copy()}}


def record():
    chamfer()
    earth_movers_1d()
    earth_movers()


def chamfer():
    def nearest(one, other):
        return ((one[:, None] - other) ** 2).sum(dim=2).min(dim=1).values.mean()

    def nearest_by_definition(one, other):
        return mpmath.fsum(min(squared_distance(a, b) for b in other) for a in one) / len(one)

    def trees(points, target):
        return sum(np.mean(scipy.spatial.cKDTree(a).query(b)[0] ** 2) for a, b in [(points, target), (target, points)])

    ask(
        "losses.chamfer",
        clouds_of(SIZES | UNEQUAL) | SPECIAL,
        "torch",
        lambda points, target: nearest(points, target) + nearest(target, points),
        lambda points, target: nearest_by_definition(points, target) + nearest_by_definition(target, points),
        depth=None,
        also={"scipy.spatial.cKDTree": trees},
        examples=False,
    )


LENGTHS = {"one-and-one": (1, 1), "five": (5, 5), "twenty": (20, 20), "one-and-many": (1, 6), "many-and-one": (6, 1)}
LENGTHS |= {"four-and-six": (4, 6), "seven-and-three": (7, 3), "thirteen-and-eleven": (13, 11)}
VALUES = {
    case: {"values": draw("values", (here,)), "target": draw("values there", (there,))}
    for case, (here, there) in LENGTHS.items()
}
VALUES |= given(
    "values target",
    {
        "shifted": ([0.0, 1.0, 3.0], [5.0, 6.0, 8.0]),
        "far": ([1e4, -1e4, 3.0], [-9999.0, 2.0, 0.5]),
        "swapped": ([3.0, 1.0, 2.0], [2.0, 3.0, 1.0]),
        "doubled": ([3.0, 1.0], [1.0, 3.0, 3.0, 1.0]),
    },
)


def earth_movers_1d():
    def between_the_steps(values, target):
        """The area between the two distribution functions."""
        ends = sorted(values + target)
        area = mpf(0)
        for left, right in itertools.pairwise(ends):
            here, there = (mpf(sum(v <= left for v in each)) / len(each) for each in (values, target))
            area += (right - left) * abs(here - there)
        return area

    ask(
        "losses.earth_movers_1d",
        VALUES,
        "ot.wasserstein_1d",
        lambda values, target: ot.wasserstein_1d(values, target, p=1),
        between_the_steps,
        depth=None,
        also={
            "scipy.stats.wasserstein_distance": lambda values, target: scipy.stats.wasserstein_distance(values, target)
        },
        examples=False,
    )


def earth_movers():
    def best_of_all(points, target):
        orders = itertools.permutations(target)
        return min(mpmath.fsum(map(distance, points, order)) for order in orders) / len(points)

    def assignment(points, target):
        cost = scipy.spatial.distance.cdist(points, target)
        return cost[scipy.optimize.linear_sum_assignment(cost)].mean()

    special = {case: SPECIAL[case] for case in ("apart", "nearby")}
    large = clouds_of({"twelve": ((12, 2), (12, 2)), "thirty": ((30, 2), (30, 2))})
    staying = given("points target", {"some-stay": ([[0.0, 0.0], [1.0, 0.0]], [[1.0, 3.0], [0.0, 0.0]])})
    ask(
        "losses.earth_movers",
        clouds_of(SIZES) | special | large | {"same": SPECIAL["same"]} | staying,
        "ot.emd2",
        lambda points, target: ot.emd2([], [], torch.linalg.vector_norm(points[:, None] - target, dim=2)),
        best_of_all,
        depth=None,
        also={"scipy.optimize.linear_sum_assignment": assignment},
        too_large=set(large),
        examples=False,
    )
