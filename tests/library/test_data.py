"""The data: seeded generators, landscapes to descend, and the two real sets."""

import gzip
import inspect
import re
import subprocess
import sys
import warnings
import zlib
from importlib.resources import files
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lossviz import data

# ---------------------------------------------------------------------- the generators together

FUNCTIONS = [name for name in data.__all__ if inspect.isroutine(getattr(data, name))]
SEEDED = {
    "line": data.line,
    "outlier_line": lambda **settings: data.outlier_line(**settings)[::-1],  # y first: x does not depend on the seed
    "curve": data.curve,
    "blobs": data.blobs,
    "moons": data.moons,
    "imbalanced": data.imbalanced,
    "disc_image": data.disc_image,
    "cloud": lambda **settings: (data.cloud(**settings),),
    "split": lambda seed=0: data.split(np.arange(20), np.arange(20), seed=seed),
}
LABELLED = [data.blobs, data.moons, data.imbalanced]
each_seeded = pytest.mark.parametrize("draw", SEEDED.values(), ids=SEEDED)
each_labelled = pytest.mark.parametrize("draw", LABELLED, ids=lambda draw: draw.__name__)


@each_seeded
def test_a_seed_fixes_everything_and_another_changes_it(draw):
    once, again, other = draw(seed=3), draw(seed=3), draw(seed=4)
    assert all(np.array_equal(a, b) for a, b in zip(once, again, strict=True))
    assert not np.array_equal(once[0], other[0])
    once[0][:] = -1
    assert np.array_equal(draw(seed=3)[0], again[0]), "what is drawn is not shared"


@each_seeded
def test_a_generator_is_taken_for_a_seed_and_moves_on(draw):
    rng, alike = np.random.default_rng(3), np.random.default_rng(3)
    once, next_time = draw(seed=rng), draw(seed=rng)
    assert all(np.array_equal(a, b) for a, b in zip(once, draw(seed=alike), strict=True))
    assert not all(np.array_equal(a, b) for a, b in zip(once, next_time, strict=True))
    assert all(np.array_equal(a, b) for a, b in zip(next_time, draw(seed=alike), strict=True))


@pytest.mark.parametrize("name", ["line", "curve", "blobs", "moons", "cloud"])
def test_fewer_points_are_the_first_of_the_many_from_a_generator_too(name):
    many, few = (SEEDED[name](n=n, seed=np.random.default_rng(5)) for n in (50, 7))
    for of_many, of_few in zip(many, few, strict=True):
        assert np.array_equal(of_many[:7], of_few)


@each_seeded
def test_numbers_are_float64_and_finite(draw):
    for array in draw():
        assert array.dtype in (np.float64, np.intp)
        assert np.isfinite(array).all()


def test_the_first_values_stay_what_they_are():
    """Notebooks print numbers that depend on these: if NumPy's streams change, this test should show it first."""
    x, y = data.line()
    assert x[:2] == pytest.approx([0.118216, 4.504637], abs=1e-6)
    assert y[:2] == pytest.approx([6.223467, 21.407548], abs=1e-6)
    assert data.outlier_line()[1][:2] == pytest.approx([-2.905473, -2.352283], abs=1e-6)
    x, y = data.curve()
    assert x[:2] == pytest.approx([0.385487, 0.631634], abs=1e-6)
    assert y[:2] == pytest.approx([0.917275, 0.725797], abs=1e-6)
    assert data.blobs()[0][1] == pytest.approx([-0.268128, 1.176786], abs=1e-6)
    assert data.moons()[0][1] == pytest.approx([2.258094, 0.504637], abs=1e-6)
    assert data.imbalanced()[0][0] == pytest.approx([0.034193, 1.359748], abs=1e-6)
    assert data.imbalanced()[0][-1] == pytest.approx([0.388177, 2.780417], abs=1e-6)
    assert data.disc_image()[0][0, :2] == pytest.approx([0.412987, 0.419764], abs=1e-6)
    assert data.disc_image()[1].sum() == 63
    assert data.cloud("circle")[1] == pytest.approx([0.678165, -0.669469], abs=1e-6)
    assert data.cloud("cross")[1] == pytest.approx([-0.001136, 0.539824], abs=1e-6)
    assert data.cloud("square")[1] == pytest.approx([-1.001136, 0.113523], abs=1e-6)
    assert data.split(np.arange(8), np.arange(8))[0].tolist() == [3, 6, 5, 0, 1, 7]


@pytest.mark.parametrize("name", ["line", "curve", "blobs", "moons", "cloud"])
def test_fewer_points_are_the_first_of_the_many(name):
    for many, few in zip(SEEDED[name](n=50), SEEDED[name](n=7), strict=True):
        assert few.shape == (7, *many.shape[1:])
        assert np.array_equal(many[:7], few)


@pytest.mark.parametrize("name", ["line", "curve", "blobs", "moons", "disc_image", "cloud"])
def test_less_noise_is_the_same_noise_made_smaller(name):
    setting = "spread" if name == "blobs" else "noise"
    where = 1 if name in ("line", "curve") else 0
    none, some, more = (SEEDED[name](**{setting: size})[where] for size in (0, 0.3, 0.6))
    assert np.abs(some - none).max() > 0.3
    assert more - none == pytest.approx(2 * (some - none))


ONE = "must be one number of at least 0 and finite"
SEED = "seed must be an integer from 0, or a numpy.random.Generator"
EXAMPLES = "examples of any sort, along the first axis"
BAD = [
    ("line", dict(n=0), ValueError, "n must be one integer of at least 1, got 0"),
    ("line", dict(n="3"), TypeError, "n must be one integer of at least 1, got '3'"),
    ("line", dict(noise=-1), ValueError, f"noise {ONE}, got -1"),
    ("line", dict(noise=np.nan), ValueError, f"noise {ONE}, got nan"),
    ("line", dict(seed="1"), TypeError, f"{SEED}, got '1'"),
    ("outlier_line", dict(x=np.inf), ValueError, "x must be one number that is finite, got inf"),
    ("outlier_line", dict(y=[0, 1]), TypeError, r"y must be one number that is finite, got \[0, 1\]"),
    ("outlier_line", dict(n=1), ValueError, "n must be one integer of at least 2, got 1"),
    ("outlier_line", dict(seed=-1), ValueError, f"{SEED}, got -1"),
    ("curve", dict(n=0), ValueError, "n must be one integer of at least 1, got 0"),
    ("curve", dict(noise=-0.1), ValueError, f"noise {ONE}, got -0.1"),
    ("curve", dict(noise="much"), TypeError, f"noise {ONE}, got 'much'"),
    ("curve", dict(seed=-1), ValueError, f"{SEED}, got -1"),
    ("blobs", dict(n=-5), ValueError, "n must be one integer of at least 1, got -5"),
    ("blobs", dict(n=2.5), TypeError, "n must be one integer of at least 1, got 2.5"),
    ("blobs", dict(n=True), TypeError, "n must be one integer of at least 1, got True"),
    ("blobs", dict(classes=1), ValueError, "classes must be one integer of at least 2, got 1"),
    ("blobs", dict(spread=np.nan), ValueError, f"spread {ONE}, got nan"),
    ("blobs", dict(spread=[1, 2, 3]), TypeError, rf"spread {ONE}, got \[1, 2, 3\]"),
    ("blobs", dict(seed=None), TypeError, f"{SEED}, got None"),
    ("moons", dict(n=0), ValueError, "n must be one integer of at least 1, got 0"),
    ("moons", dict(noise=np.inf), ValueError, f"noise {ONE}, got inf"),
    ("moons", dict(seed=0.5), TypeError, f"{SEED}, got 0.5"),
    ("imbalanced", dict(n=1), ValueError, "n must be one integer of at least 2, got 1"),
    ("imbalanced", dict(rare=0), ValueError, "rare must be one number above 0 and at most 0.5, got 0"),
    ("imbalanced", dict(rare=0.6), ValueError, "rare must be one number above 0 and at most 0.5, got 0.6"),
    ("imbalanced", dict(rare=None), TypeError, "rare must be one number above 0 and at most 0.5, got None"),
    ("imbalanced", dict(seed=-1), ValueError, f"{SEED}, got -1"),
    ("disc_mask", dict(size=0), ValueError, "size must be one integer of at least 1, got 0"),
    ("disc_mask", dict(radius=-1), ValueError, f"radius {ONE}, got -1"),
    (
        "disc_mask",
        dict(centre=3),
        ValueError,
        r"centre must be two finite numbers, row and column, or None, got shape \(\)",
    ),
    (
        "disc_mask",
        dict(centre=(1, 2, 3)),
        ValueError,
        r"centre must be two finite numbers, row and column, or None, got shape \(3,\)",
    ),
    (
        "disc_mask",
        dict(centre=(1, np.nan)),
        ValueError,
        "centre must be two finite numbers, row and column, or None, got nan at index 1",
    ),
    (
        "disc_mask",
        dict(centre="ab"),
        TypeError,
        "centre must be two finite numbers, row and column, or None, got text: 'ab'",
    ),
    ("disc_image", dict(size=7), ValueError, "size must be one integer of at least 8, got 7"),
    ("disc_image", dict(noise=-1), ValueError, f"noise {ONE}, got -1"),
    ("disc_image", dict(seed="x"), TypeError, f"{SEED}, got 'x'"),
    ("cloud", dict(shape="star"), ValueError, "shape must be one of 'circle', 'cross', 'square', got 'star'"),
    ("cloud", dict(shape=[]), TypeError, r"shape must be one of 'circle', 'cross', 'square', got \[\]"),
    ("cloud", dict(n=0), ValueError, "n must be one integer of at least 1, got 0"),
    ("cloud", dict(noise=-1), ValueError, f"noise {ONE}, got -1"),
    ("cloud", dict(seed=None), TypeError, f"{SEED}, got None"),
    ("split", dict(x=[1, 2], y=[1]), ValueError, "y must hold as many examples as x, 2, got 1"),
    ("split", dict(x=1, y=[1]), ValueError, rf"x must be two or more {EXAMPLES}, got shape \(\)"),
    ("split", dict(x=[1, 2], y=[]), ValueError, rf"y must be one or more {EXAMPLES}, got shape \(0,\)"),
    (
        "split",
        dict(x=[[1], [1, 2]], y=[1, 2]),
        ValueError,
        rf"x must be two or more {EXAMPLES}, got rows of .* \[1, 2\]\]",
    ),
    ("split", dict(x=[1], y=[1]), ValueError, f"x must be two or more {EXAMPLES}, got 1"),
    (
        "split",
        dict(x=[1, 2], y=[1, 2], validation=0),
        ValueError,
        "validation must be one number above 0 and below 1, got 0",
    ),
    (
        "split",
        dict(x=[1, 2], y=[1, 2], validation=1),
        ValueError,
        "validation must be one number above 0 and below 1, got 1",
    ),
    ("split", dict(x=[1, 2], y=[1, 2], validation="half"), TypeError, "validation must be one number .*, got 'half'"),
    ("split", dict(x=[1, 2], y=[1, 2], seed=-1), ValueError, f"{SEED}, got -1"),
    ("quadratic", dict(curvatures=2), ValueError, r"curvatures must be two numbers above 0 and finite, got shape \(\)"),
    (
        "quadratic",
        dict(curvatures=(1, 2, 3)),
        ValueError,
        r"curvatures must be two numbers above 0 and finite, got shape \(3,\)",
    ),
    (
        "quadratic",
        dict(curvatures=(1, 0)),
        ValueError,
        "curvatures must be two numbers above 0 and finite, got 0 at index 1",
    ),
    (
        "quadratic",
        dict(curvatures=("a", 1)),
        TypeError,
        r"curvatures must be two numbers above 0 and finite, got text: \('a', 1\)",
    ),
]


@pytest.mark.parametrize(("name", "settings", "kind", "message"), BAD, ids=lambda value: str(value)[:40])
def test_bad_input_is_refused_with_the_name_of_function_and_argument(name, settings, kind, message):
    with pytest.raises(kind, match=f"^{name}: {message}$"):
        getattr(data, name)(**settings)


def test_every_public_function_is_named_in_that_table_for_each_of_its_arguments():
    checked = {(name, argument) for name, settings, *_ in BAD for argument in settings}
    for name in FUNCTIONS:
        for argument in inspect.signature(getattr(data, name)).parameters:
            assert (name, argument) in checked, f"{name}: {argument}"


# ---------------------------------------------------------------------- each generator


def test_line_is_the_curriculum_s():
    x, y = data.line()
    assert len(x) == len(y) == 1000
    assert -5 <= x.min() < -4.9 < 4.9 < x.max() <= 5
    noise = y - (3.3 * x + 5.3)
    assert abs(noise.mean()) < 0.1
    assert noise.std() == pytest.approx(1, abs=0.05)


def test_one_slider_changes_one_thing():
    x, y = data.line(n=100, noise=1)
    fewer_x, fewer_y = data.line(n=10, noise=1)
    assert (x[:10] == fewer_x).all()
    assert (y[:10] == fewer_y).all()
    quieter = data.line(n=100, noise=0.5)[1]
    true = 3.3 * x + 5.3
    assert quieter - true == pytest.approx((y - true) / 2)
    assert not np.allclose(x, data.line(n=100, seed=2)[0])


@pytest.mark.parametrize("bad", [dict(n=0), dict(noise=-1), dict(noise=np.nan)])
def test_line_refuses(bad):
    with pytest.raises(ValueError, match="^line: "):
        data.line(**bad)


def test_outlier_line():
    x, y = data.outlier_line(x=1, y=-9)
    assert (x[-1], y[-1]) == (1, -9)
    assert np.abs(y[:-1] - x[:-1] - 2).max() < 2
    with pytest.raises(ValueError, match="^outlier_line: n"):
        data.outlier_line(n=1)


def test_curve_is_a_sine_wave_with_noise():
    x, y = data.curve(n=4000)
    assert -1 <= x.min() < -0.99 < 0.99 < x.max() <= 1
    error = y - np.sin(np.pi * x)
    assert abs(error.mean()) < 0.02
    assert error.std() == pytest.approx(0.2, abs=0.01)


@each_labelled
def test_labels_are_whole_numbers_one_for_each_point(draw):
    x, label = draw(n=90)
    assert x.shape == (90, 2)
    assert label.shape == (90,)
    assert label.dtype == np.intp
    assert set(label.tolist()) == set(range(label.max() + 1))


@pytest.mark.parametrize("classes", [2, 3, 5])
def test_blobs_lie_round_centres_on_a_circle(classes):
    x, label = data.blobs(n=1000 * classes, classes=classes)
    assert np.bincount(label).tolist() == [1000] * classes
    centres = np.array([x[label == k].mean(axis=0) for k in range(classes)])
    assert np.hypot(*centres.T) == pytest.approx(np.full(classes, 2), abs=0.1)
    turn = np.diff(np.arctan2(centres[:, 1], centres[:, 0])) % (2 * np.pi)
    assert turn == pytest.approx(np.full(classes - 1, 2 * np.pi / classes), abs=0.1)
    assert (x - centres[label]).std(axis=0) == pytest.approx([1, 1], abs=0.05)


def test_two_blobs_overlap_so_that_the_best_boundary_is_finite():
    x, label = data.blobs(classes=2)
    # Newton's method for the logistic loss; on separable data its weights grow without end
    inputs, weights = np.column_stack([x, np.ones(len(x))]), np.zeros(3)
    for _ in range(15):
        p = 1 / (1 + np.exp(-inputs @ weights))
        weights -= np.linalg.solve((inputs.T * (p * (1 - p))) @ inputs, inputs.T @ (p - label))
    assert inputs.T @ (p - label) == pytest.approx(np.zeros(3), abs=1e-6)
    assert np.abs(weights).max() < 5
    assert 0.9 < ((inputs @ weights > 0) == label).mean() < 1


def test_moons_are_two_half_circles_that_no_line_separates():
    x, label = data.moons(n=400, noise=0)
    upper, lower = x[label == 0], x[label == 1]
    assert len(upper) == len(lower) == 200
    assert np.hypot(*upper.T) == pytest.approx(np.ones(200))
    assert np.hypot(*(lower - [1, 0.5]).T) == pytest.approx(np.ones(200))
    assert upper[:, 1].min() >= 0
    assert lower[:, 1].max() <= 0.5
    for half in upper, lower:  # each reaches from end to end
        assert np.ptp(half[:, 0]) > 1.98
    line = np.linalg.lstsq(np.column_stack([x, np.ones(400)]), 2 * label - 1, rcond=None)[0]
    assert (((np.column_stack([x, np.ones(400)]) @ line) > 0) == label).mean() < 0.95


@pytest.mark.parametrize(("n", "rare", "few"), [(1000, 0.05, 50), (1000, 0.5, 500), (30, 0.05, 2), (10, 0.001, 1)])
def test_the_rare_class_has_its_exact_share(n, rare, few):
    x, label = data.imbalanced(n=n, rare=rare)
    assert x.shape == (n, 2)
    assert np.bincount(label).tolist() == [n - few, few]
    assert (np.diff(label) >= 0).all(), "the rare ones come last"


def test_another_share_or_more_points_leave_the_others_where_they_were():
    x, label = data.imbalanced(n=100, rare=0.1)
    for n, rare in [(100, 0.3), (500, 0.1)]:
        other, other_label = data.imbalanced(n=n, rare=rare)
        for kind in 0, 1:
            one, two = x[label == kind], other[other_label == kind]
            same = min(len(one), len(two))
            assert np.array_equal(one[:same], two[:same])


def test_the_rare_class_overlaps_a_little():
    x, label = data.imbalanced(n=20_000, rare=0.5)
    assert x[label == 0].mean(axis=0) == pytest.approx([0, 0], abs=0.05)
    assert x[label == 1].mean(axis=0) == pytest.approx([1.5, 2], abs=0.05)
    assert x[label == 1].std(axis=0) == pytest.approx([1, 1], abs=0.05)
    nearer = ((x - [1.5, 2]) ** 2).sum(axis=1) < (x**2).sum(axis=1)
    assert 0.85 < (nearer == label).mean() < 0.95


def test_a_disc_is_round_and_where_it_is_wanted():
    mask = data.disc_mask(size=64, radius=20)
    assert mask.dtype == np.float64
    assert set(np.unique(mask)) == {0, 1}
    assert mask.sum() == pytest.approx(np.pi * 20**2, rel=0.01)
    assert (mask == mask[::-1]).all()
    assert (mask == mask.T).all(), "without a centre it is in the middle"
    there = data.disc_mask(centre=(8, 20), radius=5)
    assert (there == np.roll(data.disc_mask(centre=(10, 17), radius=5), (-2, 3), axis=(0, 1))).all()
    assert there[8, 20] == 1
    assert there[20, 8] == 0
    assert data.disc_mask(centre=[0, 0], radius=1.1)[:2, :2].tolist() == [[1, 1], [1, 0]]


def test_a_disc_grows_with_its_radius_and_can_be_empty():
    masks = [data.disc_mask(centre=(10, 12), radius=radius) for radius in np.arange(0, 40, 0.5)]
    assert masks[0].sum() == 0
    assert masks[1].sum() == 1
    assert all((small <= large).all() for small, large in pairwise(masks))
    assert masks[-1].all()
    assert data.disc_mask(centre=(-50, 5)).sum() == 0


def test_a_disc_image_shows_its_mask_wholly_inside():
    for seed in range(60):
        image, mask = data.disc_image(seed=seed)
        assert image.shape == mask.shape == (32, 32)
        assert 0.04 < mask.mean() < 0.21
        edge = np.ones((32, 32), bool)
        edge[1:-1, 1:-1] = False
        assert not mask[edge].any()
        assert image[mask == 1].mean() - image[mask == 0].mean() == pytest.approx(1, abs=0.3)
        assert image[mask == 0].std() == pytest.approx(0.5, abs=0.07)
    assert data.disc_image(size=8)[1].sum() > 0


def test_clouds_cover_their_outlines_evenly():
    circle = data.cloud("circle", n=50, noise=0)
    gaps = np.diff(np.sort(np.arctan2(circle[:, 1], circle[:, 0])))
    assert gaps.max() < 3 * gaps.min()
    square = data.cloud("square", n=80, noise=0)
    assert np.abs(square).max(axis=1) == pytest.approx(np.ones(80))
    cross = data.cloud("cross", n=80, noise=0)
    assert not cross.prod(axis=1).any()
    assert np.abs(cross).max() <= 1
    for axis in 0, 1:
        for side in -1, 1:
            assert 18 <= np.isclose(square[:, axis], side).sum() <= 22
            assert 18 <= (side * cross[:, axis] > 0).sum() <= 22


def test_clouds_can_be_equally_large():
    assert {data.cloud(shape, n=33).shape for shape in ("circle", "cross", "square")} == {(33, 2)}


# ---------------------------------------------------------------------- holding back


@given(st.integers(2, 40), st.floats(0.01, 0.99), st.integers(0, 5))
def test_a_split_keeps_every_example_once_with_its_target(n, validation, seed):
    x, y = np.arange(2.0 * n).reshape(n, 2), np.arange(n)
    x_train, y_train, x_validation, y_validation = data.split(x, y, validation, seed)
    assert sorted([*y_train, *y_validation]) == list(range(n))
    assert (x_train == x[y_train]).all()
    assert (x_validation == x[y_validation]).all()
    assert 1 <= len(y_validation) <= n - 1
    assert abs(len(y_validation) - validation * n) <= 1


def test_a_split_is_random_nested_and_leaves_its_input_alone():
    x, label = data.blobs(n=40)
    before = x.copy()
    x_train, label_train, x_held, label_held = data.split(x, label, 0.25)
    assert len(x_held) == 10
    assert label_train.dtype == label_held.dtype == np.intp
    assert np.array_equal(data.split(x, label, 0.5)[2][:10], x_held)
    assert not np.array_equal(np.sort(x_held, axis=0), np.sort(x[:10], axis=0))
    x_train[:], x_held[:] = 0, 0
    assert (x == before).all()


# ---------------------------------------------------------------------- landscapes

LANDSCAPES = [
    data.quadratic(),
    data.quadratic(curvatures=(3, 0.5)),
    data.rosenbrock,
    data.beale,
    data.himmelblau,
    data.double_well,
    data.saddle,
]
each_landscape = pytest.mark.parametrize("landscape", LANDSCAPES, ids=lambda landscape: landscape.name)
shares = st.tuples(st.floats(0, 1), st.floats(0, 1))


def inside(landscape, share):
    """Return a point of the window."""
    left, right, bottom, top = landscape.window
    return np.array([left + share[0] * (right - left), bottom + share[1] * (top - bottom)])


def grid(landscape, n=61):
    left, right, bottom, top = landscape.window
    return np.stack(np.meshgrid(np.linspace(left, right, n), np.linspace(bottom, top, n)), axis=-1)


@pytest.mark.parametrize(
    ("landscape", "point", "height"),
    [
        (data.quadratic(), (2, 1), 7),
        (data.quadratic(curvatures=(3, 0.5)), (2, 4), 10),
        (data.rosenbrock, (1, 1), 0),
        (data.rosenbrock, (-1.2, 1), 24.2),
        (data.rosenbrock, (0, 0), 1),
        (data.beale, (3, 0.5), 0),
        (data.beale, (1, 1), 14.203125),
        (data.beale, (0, 1), 14.203125),
        (data.beale, (4.5, 4.5), 174813.36328125),
        (data.himmelblau, (3, 2), 0),
        (data.himmelblau, (0, 0), 170),
        (data.himmelblau, (-1, 1), 130),
        (data.double_well, (0, 2), 2),
        (data.double_well, (2, 0), 2.6),
        (data.saddle, (3, 1), 8),
        (data.saddle, (1, 3), -8),
    ],
)
def test_known_heights(landscape, point, height):
    assert landscape(point) == pytest.approx(height, rel=1e-12, abs=1e-12)


@each_landscape
@given(shares)
def test_the_gradient_is_the_slope(landscape, share):
    point, step = inside(landscape, share), 1e-5
    gradient = landscape.gradient(point)
    assert gradient.shape == (2,)
    assert gradient.dtype == np.float64
    for i, move in enumerate(step * np.eye(2)):
        measured = (landscape(point + move) - landscape(point - move)) / (2 * step)
        assert gradient[i] == pytest.approx(measured, rel=1e-6, abs=1e-5)


@each_landscape
def test_minima_are_minima(landscape):
    minima = landscape.minima
    assert minima.shape == (len(minima), 2)
    heights = landscape(minima)
    assert (np.diff(heights) >= -1e-20).all(), "the lowest first"
    left, right, bottom, top = landscape.window
    for minimum, height in zip(minima, heights, strict=True):
        assert landscape.gradient(minimum) == pytest.approx([0, 0], abs=1e-12)
        for turn in np.linspace(0, 2 * np.pi, 16, endpoint=False):
            assert landscape(minimum + 0.01 * np.array([np.cos(turn), np.sin(turn)])) > height
        assert left < minimum[0] < right
        assert bottom < minimum[1] < top
    if len(minima):
        assert landscape(grid(landscape)).min() >= heights[0]


def test_the_minima_are_the_stated_ones():
    for landscape in LANDSCAPES[:5]:
        assert landscape(landscape.minima) == pytest.approx(np.zeros(len(landscape.minima)), abs=1e-25)
    assert [len(landscape.minima) for landscape in LANDSCAPES] == [1, 1, 1, 1, 4, 2, 0]
    assert data.himmelblau.minima.round(6).tolist() == [
        [3, 2],
        [-2.805118, 3.131313],
        [-3.77931, -3.283186],
        [3.584428, -1.848127],
    ]
    deep, shallow = data.double_well(data.double_well.minima)
    assert (deep, shallow) == pytest.approx((-0.569861, 0.022320), abs=1e-6)
    ridge = data.double_well([0.3389362416, 0])
    assert data.double_well.gradient([0.3389362416, 0]) == pytest.approx([0, 0], abs=1e-9)
    assert ridge - shallow == pytest.approx(0.025, abs=5e-4)
    assert not data.beale.gradient([0, 1]).any(), "the saddle of Beale's function"
    assert not data.saddle.gradient([0, 0]).any()


@each_landscape
def test_the_start_is_in_the_window_and_descent_from_it_arrives(landscape):
    left, right, bottom, top = landscape.window
    start = landscape.start
    assert start.shape == (2,)
    assert left < start[0] < right
    assert bottom < start[1] < top
    assert np.abs(landscape.gradient(start)).max() > 0.1
    point = start
    for _ in range(20_000 if landscape.minima.size else 100):
        point = point - 0.0015 * landscape.gradient(point)
    if landscape.minima.size:
        assert np.abs(landscape.minima - point).max(axis=1).min() < 0.01
    else:
        assert landscape(point) < landscape(start)


def test_momentum_rolls_over_the_ridge_of_the_double_well_and_small_steps_do_not():
    for momentum, end in [(0.0, 1), (0.9, 0)]:
        point, velocity = data.double_well.start, np.zeros(2)
        for _ in range(3000):
            velocity = momentum * velocity + data.double_well.gradient(point)
            point = point - 0.01 * velocity
        assert point == pytest.approx(data.double_well.minima[end], abs=1e-6)


@each_landscape
@given(st.lists(shares, min_size=1, max_size=4))
def test_many_points_together_are_the_single_ones(landscape, several):
    points = np.array([inside(landscape, share) for share in several])
    heights, gradients = landscape(points), landscape.gradient(points)
    assert heights.shape == (len(points),)
    assert gradients.shape == points.shape
    for point, height, gradient in zip(points, heights, gradients, strict=True):
        assert landscape(point) == pytest.approx(height, rel=1e-12, abs=1e-12)
        assert landscape.gradient(point) == pytest.approx(gradient, rel=1e-12, abs=1e-12)
        assert isinstance(landscape(point), float)


@each_landscape
def test_grids_lists_and_integers_are_taken(landscape):
    points = grid(landscape, n=5)[:3]
    assert landscape(points).shape == (3, 5)
    assert landscape.gradient(points).shape == (3, 5, 2)
    assert landscape.gradient(points)[2, 1] == pytest.approx(landscape.gradient(points[2, 1]))
    assert landscape([2, 1]) == landscape((2.0, 1.0)) == landscape(np.array([2, 1])) == landscape(np.float32([2, 1]))
    assert landscape(np.empty((0, 2))).shape == (0,)
    before = points.copy()
    landscape(points)[:] = 7
    landscape.gradient(points)[:] = 7
    assert (points == before).all()


@each_landscape
def test_far_out_the_height_is_infinite_without_a_warning(landscape):
    far = [-np.inf, -1e308, -1e200, 1e200, 1e308, np.inf]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for point in [(w1, w2) for w1 in [*far, 0.0, 1.0] for w2 in far] + [(w1, 0.0) for w1 in far]:
            assert np.isinf(landscape(point)), point
            assert type(landscape(point)) is float
            assert landscape(point) > 0 or landscape is data.saddle
            assert landscape(np.array([point, (0, 0)])).tolist() == [landscape(point), landscape((0, 0))]
            assert landscape.gradient(point).shape == (2,)
            assert landscape.gradient([point]).shape == (1, 2)
        assert np.isnan(landscape([np.nan, 0]))
        assert np.isnan(landscape([[0, np.nan], [0, 0]])).tolist() == [True, False]
    assert data.saddle([0, 1e200]) == -np.inf


@each_landscape
def test_an_optimiser_may_diverge_without_a_warning(landscape):
    point, heights = landscape.start, []
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for _ in range(2000):
            heights.append(landscape(point))
            gradient = landscape.gradient(point)
            if not np.isfinite(gradient).all():
                break
            point = (np.array(point) - 20.0 * np.clip(gradient, -1e300, 1e300)).tolist()
    assert not np.isfinite(heights[-1])


@pytest.mark.parametrize(
    ("point", "kind", "message"),
    [
        (1.0, ValueError, r"point must hold two coordinates on its last axis, got shape \(\)"),
        ([1, 2, 3], ValueError, r"point must hold two coordinates on its last axis, got shape \(3,\)"),
        (np.zeros((2, 3)), ValueError, r"point must hold two coordinates on its last axis, got shape \(2, 3\)"),
        (["1", "2"], TypeError, r"point must be numbers, got text: \['1', '2'\]"),
        ([1j, 2], TypeError, r"point must be numbers, got complex numbers: \[1j, 2\]"),
        (None, TypeError, "point must be numbers, got NoneType: None"),
        ([[1, 2], [3]], ValueError, r"point must be numbers, got rows of different lengths: \[\[1, 2\], \[3\]\]"),
    ],
)
@each_landscape
def test_what_is_not_a_point_is_refused(landscape, point, kind, message):
    for use in landscape, landscape.gradient:
        with pytest.raises(kind, match=f"^{landscape.name}: {message}$"):
            use(point)


LANDSCAPE = dict(rule=lambda w1, w2: (0, (0, 0)), formula="0", minima=[(0, 0)], start=(1, 1), window=(-1, 1, -1, 1))


@pytest.mark.parametrize(
    ("changed", "kind", "message"),
    [
        (dict(rule=3), TypeError, "rule must be a function, got 3"),
        (dict(formula=3), TypeError, "formula must be a text, the formula in LaTeX, got 3"),
        (
            dict(minima=[1, 2, 3]),
            ValueError,
            r"minima must be points, shape \(k, 2\), or an empty list, got shape \(3,\)",
        ),
        (dict(minima=[(0, np.nan)]), ValueError, r"minima must be points, .*, got nan at index \(0, 1\)"),
        (dict(start=3), ValueError, r"start must be two finite numbers, got shape \(\)"),
        (dict(window=(0, 1)), ValueError, r"window must be four finite numbers, got shape \(2,\)"),
    ],
)
def test_no_landscape_is_made_of_nonsense(changed, kind, message):
    assert data.Landscape(**LANDSCAPE).window == (-1, 1, -1, 1)
    with pytest.raises(kind, match=f"^Landscape: {message}$"):
        data.Landscape(**LANDSCAPE | changed)


@each_landscape
def test_a_landscape_gives_copies_and_shows_itself(landscape):
    landscape.start[:] = 99
    landscape.minima[:] = 99
    assert not (landscape.start == 99).any()
    assert not (landscape.minima == 99).any()
    assert landscape._repr_latex_() == f"$\\displaystyle {landscape.formula}$"
    assert repr(landscape) == f"{landscape.name}(point)"
    assert isinstance(landscape, data.Landscape)
    assert getattr(data, landscape.name)
    assert inspect.getsource(inspect.unwrap(landscape)).count("return") == 1, "?? shows the arithmetic"
    assert landscape.__doc__ != data.Landscape.__doc__


@each_landscape
@given(shares)
def test_the_formula_is_what_is_computed(landscape, share):
    """Read the LaTeX as arithmetic; the quadratic's factors stand before a bracket."""
    code = landscape.formula.replace(r"\left", "").replace(r"\right", "")
    code = re.sub(r"\\tfrac\{(\d)\}\{(\d)\}", r"(\1/\2)", code)
    code = re.sub(r"w_(\d)", r"w[\1-1]", code).replace("^", "**").replace(r"\,", "")
    code = re.sub(r"(?<=[\d\])]) +(?=[w(])|(?<=\d)(?=[w(])", "*", code)
    point = inside(landscape, share)
    assert eval(code, {"w": point.tolist()}) == pytest.approx(landscape(point), rel=1e-9, abs=1e-9)


def test_quadratic_has_the_curvatures_that_were_asked_for():
    bowl = data.quadratic(curvatures=(3, 0.5))
    assert bowl.gradient([1, 0]).tolist() == [3, 0]
    assert bowl.gradient([0, 1]).tolist() == [0, 0.5]
    assert data.quadratic().gradient([1, 1]).tolist() == [1, 10]
    with pytest.raises(TypeError, match="positional"):
        data.quadratic([1, 2])  # a point given to what makes landscapes


# ---------------------------------------------------------------------- real data


def test_digits_are_all_there():
    x, label = data.digits()
    assert x.shape == (1797, 64)
    assert label.shape == (1797,)
    assert x.dtype == np.float64
    assert label.dtype == np.intp
    assert np.bincount(label).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert (x.min(), x.max(), x.sum()) == (0, 16, 561718)
    assert (x == x.round()).all()
    assert zlib.crc32(x.astype(np.uint8).tobytes()) == 4087501628
    assert zlib.crc32(label.astype(np.uint8).tobytes()) == 4168075561


def test_the_first_digit_is_a_zero():
    x, label = data.digits()
    assert label[0] == 0
    ink = x[0].reshape(8, 8)
    assert ink[0].tolist() == [0, 0, 5, 13, 9, 1, 0, 0]
    assert ink[4, 3] == 0, "a hole in the middle"
    assert ink[4, 1] == 5


def test_the_published_rows_of_diabetes():
    x, y = data.diabetes()
    assert x.shape == (442, 10)
    assert y.shape == (442,)
    assert x.dtype == y.dtype == np.float64
    assert data.DIABETES_FEATURES == ("age", "sex", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6")
    assert np.column_stack([x, y])[:6].tolist() == [
        [59, 2, 32.1, 101, 157, 93.2, 38, 4, 4.8598, 87, 151],
        [48, 1, 21.6, 87, 183, 103.2, 70, 3, 3.8918, 69, 75],
        [72, 2, 30.5, 93, 156, 93.6, 41, 4, 4.6728, 85, 141],
        [24, 1, 25.3, 84, 198, 131.4, 40, 5, 4.8903, 89, 206],
        [50, 1, 23.0, 101, 192, 125.4, 52, 4, 4.2905, 80, 135],
        [23, 1, 22.6, 89, 139, 64.8, 61, 2, 4.1897, 68, 97],
    ]
    assert y.mean() == pytest.approx(152.13348416)
    assert (y.min(), y.max()) == (25, 346)
    assert x.mean(axis=0) == pytest.approx(
        [48.5181, 1.46833, 26.37579, 94.64701, 189.14027, 115.43914, 49.78846, 4.07025, 4.64141, 91.26018], abs=1e-5
    )
    assert zlib.crc32(np.round(x * 1e4).astype("<i4").tobytes()) == 3650670931
    assert zlib.crc32(y.astype("<i2").tobytes()) == 501294194


def test_the_units_that_the_docstring_reads_off_the_columns():
    x, _ = data.diabetes()
    column = dict(zip(data.DIABETES_FEATURES, x.T, strict=True))
    estimate = column["s1"] - column["s3"] - np.exp(column["s5"]) / 5
    assert (np.abs(estimate - column["s2"]) < 0.005).sum() == 438
    ratio = column["s1"] / column["s3"]
    assert np.abs(ratio - column["s4"]).max() < 0.7
    assert set(column["sex"]) == {1, 2}


@pytest.mark.parametrize("load", [data.digits, data.diabetes], ids=["digits", "diabetes"])
def test_real_data_are_fresh_copies(load):
    for i in 0, 1:
        array = load()[i]
        before = array.copy()
        array += 5
        assert (load()[i] == before).all()


def test_the_files_are_small_and_name_source_licence_and_columns():
    folder = files("lossviz.data")
    packed, plain = (folder.joinpath(name).read_bytes() for name in ("digits.csv.gz", "diabetes.csv"))
    assert len(packed) < 100_000
    assert len(plain) < 30_000
    assert packed[4:8] == bytes(4), "no time inside, so the same numbers are the same file"
    assert b"\r" not in plain
    assert plain.splitlines()[0].decode().split(",") == [*data.DIABETES_FEATURES, "progression"]
    assert gzip.decompress(packed).splitlines()[0].decode().endswith("row7_column7,digit")
    sources = folder.joinpath("sources.md").read_text(encoding="utf-8")
    for fact in "digits.csv.gz", "diabetes.csv", "CC BY 4.0", "10.24432/C50P49", "10.1214/009053604000000067", "438":
        assert fact in sources


# ---------------------------------------------------------------------- the part as a whole


def test_importing_the_data_costs_next_to_nothing():
    code = (
        "import sys\nfrom lossviz import data\nfrom lossviz.data import real\nprint(real._table.cache_info().currsize)"
    )
    code += "\nprint(' '.join(sys.modules))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    read, *modules = out.split()
    assert read == "0", "no file is read before it is asked for"
    assert not set(modules) & {"scipy", "matplotlib", "ipywidgets", "IPython", "sklearn", "pandas"}


def test_everything_public_is_exported_in_order():
    assert data.__all__ == sorted(data.__all__)
    defined = {
        name
        for module in ("classes", "clouds", "curves", "landscapes", "lines", "masks", "real", "splits")
        for name, value in vars(sys.modules[f"lossviz.data.{module}"]).items()
        if getattr(value, "__module__", None) == f"lossviz.data.{module}" and not name.startswith("_")
    }
    assert defined <= set(data.__all__)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_docstring_says_shapes_errors_an_example(name):
    function = getattr(data, name)
    text = inspect.cleandoc(function.__doc__)
    assert re.match(r".+\.\n\n", text), "one line first"
    wanted = (
        ["Returns", "Examples"] if name in ("digits", "diabetes") else ["Parameters", "Returns", "Raises", "Examples"]
    )
    for part in wanted:
        assert re.search(rf"^{part}\n-+$", text, re.M), part
    for argument in inspect.signature(function).parameters:
        assert re.search(rf"^(\w+, )*{argument}(, \w+)* : ", text, re.M), argument
