"""The course's data: generators with a seed, landscapes to descend, and two small real data sets."""

from .classes import blobs, imbalanced, moons
from .clouds import cloud
from .curves import curve
from .landscapes import Landscape, beale, double_well, himmelblau, quadratic, rosenbrock, saddle
from .lines import LINE_C, LINE_M, line, outlier_line
from .masks import disc_image, disc_mask
from .real import DIABETES_FEATURES, diabetes, digits
from .splits import split

__all__ = [
    "DIABETES_FEATURES",
    "LINE_C",
    "LINE_M",
    "Landscape",
    "beale",
    "blobs",
    "cloud",
    "curve",
    "diabetes",
    "digits",
    "disc_image",
    "disc_mask",
    "double_well",
    "himmelblau",
    "imbalanced",
    "line",
    "moons",
    "outlier_line",
    "quadratic",
    "rosenbrock",
    "saddle",
    "split",
]
