"""Lesson 10: its plots and explorers against the fits of the library, by numbers and by hand on the picture."""

import itertools
import re

import numpy as np
import pytest
from matplotlib.figure import Figure

from lossviz import data, exercises, explore, likelihood, losses, models, plots
from lossviz.experiments import regularization as lesson
from lossviz.explore.regularization import _rough
from lossviz.live import Drag

A = np.array([[1.0, 0.6], [0.6, 1.0]])


def number(readout: str, name: str) -> float:
    """Read the number that follows a name in a readout."""
    return float(re.search(rf"{re.escape(name)} (?:= )?(−?[\d.e+]+)", readout)[1].replace("−", "-"))


def pressed(figure, **values) -> dict:
    """What the button "best" sets at these values; the other values are those that are shown."""
    values = figure.scene.complete(values, figure.values)
    return figure.scene.press("best", values, prepared=figure.scene.prepared_for(values))


@pytest.fixture
def ax():
    return Figure().subplots()


# ---------------------------------------------------------------------- plots


def test_the_parts_are_told_apart_by_more_than_colour(ax):
    train, held = plots.regularization.two_parts(ax, [0, 1], [2, 3], [4], [5])
    assert train.get_xydata().tolist() == [[0, 2], [1, 3]]
    assert held.get_xydata().tolist() == [[4, 5]]
    assert train.get_marker() != held.get_marker()
    assert held.get_markerfacecolor() != held.get_markeredgecolor()


def test_a_loss_of_0_stays_on_the_axis(ax):
    train, validation = plots.regularization.both_losses(ax, [1, 2], [0.5, 0.0], [0.7, 0.9])
    assert ax.get_yscale() == "log"
    assert train.get_ydata().tolist() == [0.5, plots.regularization.FLOOR]
    assert validation.get_ydata().tolist() == [0.7, 0.9]


@pytest.mark.parametrize("role", ["l1", "l2"])
@pytest.mark.parametrize("penalty", [0.3, 2.0])
def test_a_shrunken_weight_is_where_the_objective_is_least(role, penalty):
    w = np.linspace(-4, 4, 80001)
    for pull in -2.5, -0.1, 0.0, 0.8, 3.0:
        price = penalty * (w**2 if role == "l2" else np.abs(w))
        found = lesson.shrunk(role, pull, penalty)
        assert found == pytest.approx(w[np.argmin((w - pull) ** 2 + price)], abs=1e-4)


@pytest.mark.parametrize(("role", "fit"), [("l2", models.ridge), ("l1", models.lasso)])
def test_a_shrunken_weight_is_that_of_the_library_for_one_column_of_spread_1(role, fit):
    x = np.array([-1.0, 1.0, -1.0, 1.0])
    y = np.array([-2.0, 1.0, -0.5, 1.5])
    assert lesson.shrunk(role, np.mean(x * y), 0.4) == pytest.approx(fit(x, y, 0.4)[0][0])


def test_the_star_of_one_weight_lies_at_the_bottom_of_its_curve(ax):
    w = np.linspace(-1, 3, 4001)
    for role in "l1", "l2":
        curve, star = plots.regularization.one_weight(ax, role, 1.7, 1.0, w)
        assert star.get_xdata()[0] == pytest.approx(w[curve.get_ydata().argmin()], abs=1e-3)
        assert star.get_ydata()[0] == pytest.approx(curve.get_ydata().min(), abs=1e-6)


def test_ball_and_diamond_have_the_same_reach_on_the_axes():
    ball, diamond = (plots.regularization.border(role, 1.5) for role in ("l2", "l1"))
    assert np.allclose(np.hypot(*ball.T), 1.5)
    assert np.allclose(np.abs(diamond).sum(axis=1), 1.5)
    assert ball.max() == diamond.max() == pytest.approx(1.5)


def test_ellipses_are_lines_of_equal_loss():
    centre = np.array([0.4, -1.0])
    for level, outline in zip((0.5, 2.0), plots.regularization.ellipses(A, centre, [0.5, 2.0]), strict=True):
        away = outline - centre
        assert np.allclose(np.einsum("ni,ij,nj->n", away, A, away), level)


def test_the_grey_fields_are_just_the_stars_that_end_in_a_corner():
    shape, size = np.array([[1.0, 0.3], [0.3, 2.0]]), 0.8
    fields = lesson.corner_fields(shape, size)
    for corner, (tip, one, other) in zip(lesson.CORNERS, fields, strict=True):
        assert np.allclose(tip, size * corner)
        inside = tip + 0.05 * (one - tip) + 0.03 * (other - tip)
        assert np.allclose(lesson.limited("l1", shape, inside, size)[0], tip)
        for outside in (
            tip + 0.05 * (one - tip) - 0.001 * (other - tip),
            tip + 0.05 * (other - tip) - 0.001 * (one - tip),
        ):
            w, _ = lesson.limited("l1", shape, outside, size)
            assert not np.allclose(w, tip, atol=1e-6)
            assert w.all()


def test_the_grey_lines_are_the_stars_that_end_on_an_axis():
    rays = lesson.corner_rays(A, 0.8)
    for corner, (middle, tip, end) in zip(lesson.CORNERS, rays, strict=True):
        w, _ = lesson.limited("l2", A, tip + 0.1 * (end - tip), 0.8)
        assert (w == 0).tolist() == (corner == 0).tolist(), "exactly, as the readout says it"
        assert np.allclose(w, 0.8 * corner)
        inside = (middle + tip) / 2
        w, penalty = lesson.limited("l2", A, inside, 0.8)
        assert penalty == 0
        assert w.tolist() == inside.tolist() == (0.4 * corner).tolist()


def test_labels_are_moved_apart_in_their_order():
    heights = np.array([5.0, 0.0, 0.1, 0.2, -3.0])
    moved = plots.regularization.apart(heights, 1.0)
    assert (np.argsort(moved) == np.argsort(heights)).all()
    assert np.diff(np.sort(moved)).min() >= 1 - 1e-9
    assert moved[[0, 4]].tolist() == [5, -3], "who has room stays"
    assert moved[1:4].mean() == pytest.approx(0.1)


@pytest.mark.parametrize("prior", ["Laplace", "Gaussian"])
def test_a_prior_has_area_1_and_the_width_it_says(prior):
    w = np.linspace(-30, 30, 600001)
    density = lesson.prior_density(prior, w, 1.3)
    step = w[1] - w[0]
    assert density.sum() * step == pytest.approx(1, abs=1e-6)
    assert np.sqrt((w**2 * density).sum() * step) == pytest.approx(1.3, abs=1e-5)


# ---------------------------------------------------------------------- degree and λ


def test_the_first_examples_are_those_of_the_notebook_and_more_are_added():
    x, y = data.curve(n=30)
    for mine, theirs in zip(lesson.examples(1, 15), data.split(x, y, validation=0.5), strict=True):
        assert (mine == theirs).all()
    many = lesson.examples(1, 60)
    assert (many[0][:15] == lesson.examples(1, 15)[0]).all()
    assert len(np.unique(many[0])) == 60
    assert not set(many[0]) & set(many[2]), "what is held back is never learned from"


@pytest.mark.parametrize("degree", [1, 4, 9, 14])
@pytest.mark.parametrize("n", [15, 60])
def test_all_fits_together_are_those_of_the_library(degree, n):
    x, y, *_ = lesson.examples(3, n)
    weights, c = lesson.ridge_fits(3, n, degree, y)
    for w, intercept, penalty in list(zip(weights, c, lesson.PENALTIES, strict=True))[::4]:
        by_library, its_c = models.ridge(lesson.powers(x, degree), y, penalty)
        assert w == pytest.approx(by_library, rel=1e-6, abs=1e-6)
        assert intercept == pytest.approx(its_c, abs=1e-6)


def test_the_readout_tells_both_losses_of_the_curve_that_is_drawn():
    figure = explore.overfitting(degree=5, penalty=0.001, n=30, lift=0.5, draw=2)
    x, y, x_held, y_held = lesson.examples(2, 30)
    y = y.copy()
    y[lesson.liftable(x)] += 0.5
    w, c = models.ridge(lesson.powers(x, 5), y, 0.001)
    train = losses.mse(lesson.powers(x, 5) @ w + c, y)
    held = losses.mse(lesson.powers(x_held, 5) @ w + c, y_held)
    assert number(figure.readout, "train MSE") == pytest.approx(train, abs=5e-5)
    assert number(figure.readout, "validation MSE") == pytest.approx(held, rel=1e-3)
    assert number(figure.readout, "largest weight") == pytest.approx(np.abs(w).max(), rel=5e-3)
    scene = figure.scene
    assert scene.curve.get_ydata() == pytest.approx(lesson.powers(scene.grid, 5) @ w + c)
    red = lesson.liftable(x)
    assert scene.point.get_xydata()[0] == pytest.approx([x[red], y[red]])


def test_the_data_determine_every_fit_without_a_penalty():
    """Otherwise the picture would depend on rounding, and differ from machine to machine."""
    for draw in range(1, 21):
        x, y, x_held, _ = lesson.examples(draw, 15)
        degree = lesson.DEGREES[-1]
        weights, c = lesson.ridge_fits(draw, 15, degree, y)
        w, its_c = models.ridge(lesson.powers(x, degree), y, 0)
        mine, theirs = lesson.powers(x_held, degree) @ weights[0] + c[0], lesson.powers(x_held, degree) @ w + its_c
        assert mine == pytest.approx(theirs, rel=1e-4, abs=1e-4)


def test_huge_sizes_are_written_without_digits_that_rounding_made():
    assert [_rough(value) for value in (0.02829, 4479.74, 2.4e14)] == ["0.0283", "4 480", "over a million"]
    readout = explore.overfitting(degree=14, draw=5).readout
    assert "validation MSE over a million" in readout
    assert "largest weight over a million" in readout
    assert "e+" not in readout
    assert "λ = 1e−5," in explore.overfitting(penalty=1e-5).readout


def test_both_panels_agree_on_where_we_are():
    scene = explore.overfitting(degree=7, penalty=1e-4).scene
    (by_degree, held_by_degree), (by_penalty, held_by_penalty) = scene.losses
    place = lesson.PENALTIES.index(1e-4)
    assert by_degree.get_ydata()[6] == by_penalty.get_ydata()[place]
    assert held_by_degree.get_ydata()[6] == held_by_penalty.get_ydata()[place]
    dots = [dot for pair in scene.dots for dot in pair]
    assert [dot.get_xdata()[0] for dot in dots] == [7, 7, scene.places[place], scene.places[place]]
    for star, curve in zip(scene.stars, (held_by_degree, held_by_penalty), strict=True):
        assert star.get_ydata()[0] == curve.get_ydata().min()


@pytest.mark.parametrize("draw", [1, 7, 20])
def test_training_loss_falls_with_the_degree_where_nothing_is_charged_and_rises_with_the_penalty(draw):
    train = lesson.sweep(draw, 15).train
    assert (np.diff(train[:, 0]) < 1e-6).all()
    assert (np.diff(train[:12], axis=1) > -1e-9).all()


def test_the_button_goes_to_the_least_validation_loss():
    figure = explore.overfitting(draw=4)
    figure.values = pressed(figure)
    first, second = figure.readout.splitlines()
    assert number(first, "validation MSE") == number(second, "least validation MSE:")
    assert number(first, "validation MSE") == pytest.approx(lesson.sweep(4, 15).validation.min(), rel=1e-3)


def test_the_button_answers_for_the_given_values_not_for_those_that_are_shown():
    figure = explore.overfitting(draw=1)
    assert pressed(figure) == {"degree": 3, "penalty": 0}
    answer = pressed(figure, draw=2)
    degree, penalty = lesson.sweep(2, 15).best
    assert answer == {"degree": degree, "penalty": penalty} != pressed(figure)
    assert answer == pressed(explore.overfitting(draw=2))


def test_point_degree_and_penalty_can_be_dragged():
    scene = explore.overfitting(lift=0.5).scene
    values = scene.complete({"lift": 0.5})
    x, y, *_ = lesson.examples(1, 15)
    at = x[lesson.liftable(x)], y[lesson.liftable(x)] + 0.5
    assert scene.drag(Drag(scene.left, at, (0.9, at[1] - 0.8), values)) == {"lift": pytest.approx(-0.3)}
    assert scene.drag(Drag(scene.left, (-0.8, 2.0), (0, 0), values)) == {}
    assert scene.drag(Drag(scene.top, (2, 1), (6.2, 1), values)) == {"degree": 6.2}
    assert scene.drag(Drag(scene.bottom, (2, 1), (-0.6, 1), values)) == {"penalty": 0}
    assert scene.drag(Drag(scene.bottom, (2, 1), (2.9, 1), values)) == {"penalty": lesson.PENALTIES[3]}
    assert scene.drag(Drag(scene.bottom, (2, 1), (99, 1), values)) == {"penalty": 10}


# ---------------------------------------------------------------------- ball and diamond


def in_data(shape, best):
    """Make data whose mean squared error is (w − best)ᵀ shape (w − best) and nothing more."""
    signs = np.array([[1.0, 1], [1, -1], [-1, 1], [-1, -1]])
    x = signs @ np.linalg.cholesky(shape).T
    return x, x @ best


@pytest.mark.parametrize(("role", "fit"), [("l2", models.ridge), ("l1", models.lasso)])
@pytest.mark.parametrize("best", [(1.6, 0.6), (-0.3, 2.0), (2.5, -2.4), (0.0, -1.5)])
@pytest.mark.parametrize("tilt", [-0.7, 0.0, 0.9])
def test_a_limit_is_the_penalty_it_claims_to_be(role, fit, best, tilt):
    shape = np.array([[1, tilt], [tilt, 1]])
    w, penalty = lesson.limited(role, shape, best, 0.9)
    assert penalty > 0
    assert fit(*in_data(shape, np.array(best)), penalty)[0] == pytest.approx(w, abs=1e-8)


@pytest.mark.parametrize("role", ["l1", "l2"])
@pytest.mark.parametrize("tilt", [-0.9, 0.3])
def test_no_allowed_weights_are_better(role, tilt):
    shape, best = np.array([[1, tilt], [tilt, 1]]), np.array([1.1, -1.7])
    w, _ = lesson.limited(role, shape, best, 1.2)
    length = np.abs(w).sum() if role == "l1" else np.hypot(*w)
    assert length == pytest.approx(1.2)
    corners = plots.regularization.border(role, 1.2)
    along = np.concatenate([np.linspace(a, b, 50) for a, b in itertools.pairwise(corners)]) - best
    assert (w - best) @ shape @ (w - best) <= np.einsum("ni,ij,nj->n", along, shape, along).min() + 1e-12


def test_a_star_inside_is_left_alone():
    for role in "l2", "l1":
        w, penalty = lesson.limited(role, A, (0.3, -0.2), 1.0)
        assert w.tolist() == [0.3, -0.2]
        assert penalty == 0


def test_the_readout_names_the_zeros_of_the_diamond_and_of_the_ball():
    _, ball, diamond = explore.ball_and_diamond(b1=0.4, b2=-2, size=1).readout.splitlines()
    assert "w₁ is exactly 0" in diamond
    assert "no weight is 0" in ball
    for b1, b2, tilt in (2, 0, 0), (1.4, -0.2, 0.5), (3, -1.8, 0.9):
        _, ball, diamond = explore.ball_and_diamond(b1=b1, b2=b2, size=1, tilt=tilt).readout.splitlines()
        assert "w = (1.00, 0.00), w₂ is exactly 0" in ball
        assert "w₂ is exactly 0" in diamond
    _, ball, diamond = explore.ball_and_diamond(b1=2, b2=0, size=1).readout.splitlines()
    assert "w₂ is exactly 0" in diamond
    assert "w₂ is exactly 0" in ball


def test_the_touching_contour_passes_through_the_solution():
    scene = explore.ball_and_diamond(b1=-2, b2=1.2, size=0.7, tilt=0.5).scene
    best, shape = np.array([-2, 1.2]), np.array([[1, 0.5], [0.5, 1]])
    for role in "l1", "l2":
        w = scene.solution[role].get_xydata()[0]
        level = (w - best) @ shape @ (w - best)
        away = scene.touching[role].get_xydata() - best
        assert np.allclose(np.einsum("ni,ij,nj->n", away, shape, away), level)


def test_the_star_and_the_borders_can_be_dragged():
    scene = explore.ball_and_diamond(b1=2, b2=1, size=1).scene
    values = scene.complete({"b1": 2, "b2": 1, "size": 1})
    ball, diamond = scene.panels["l2"], scene.panels["l1"]
    assert scene.drag(Drag(ball, (2, 1), (-1, 0.5), values)) == {"b1": -1, "b2": 0.5}
    assert scene.drag(Drag(ball, (-0.6, -0.8), (-1.2, -1.6), values)) == {"size": pytest.approx(2)}
    assert scene.drag(Drag(diamond, (-0.5, -0.5), (-1, -1), values)) == {"size": pytest.approx(2)}
    assert scene.drag(Drag(diamond, (-2, 2), (-2, 2), values)) == {"b1": -2, "b2": 2}
    assert scene.drag(Drag(ball, (0, 0), (1, 2), values)) == {"b1": 1, "b2": 2}
    on_the_border = scene.complete({"b1": 1, "b2": 0, "size": 1})
    for panel in ball, diamond:
        moved = scene.drag(Drag(panel, (0.9, 0.1), (0.5, 0.5), on_the_border))
        assert moved == {"b1": 0.5, "b2": 0.5}, "the star goes before the border, though that is nearer"


# ---------------------------------------------------------------------- the path


@pytest.mark.parametrize("fit", ["ridge", "lasso"])
def test_a_path_in_scaled_columns_is_the_library_s(fit):
    x, y, x_held, y_held = (part[:60] if i < 2 else part for i, part in enumerate(lesson.people()))
    mean, spread = x.mean(axis=0), x.std(axis=0)
    weights, train, validation = lesson.path(fit, 60, True)
    for place in 0, 8, 16, 24:
        w, c = getattr(models, fit)((x - mean) / spread, y, lesson.STRENGTHS[place])
        assert weights[place] == pytest.approx(w)
        assert train[place] == pytest.approx(losses.rmse((x - mean) / spread @ w + c, y))
        assert validation[place] == pytest.approx(losses.rmse((x_held - mean) / spread @ w + c, y_held))


def test_without_a_penalty_units_do_not_matter_and_with_one_they_do():
    scaled, raw = lesson.path("ridge", 60, True), lesson.path("ridge", 60, False)
    assert raw[0][0] == pytest.approx(scaled[0][0], rel=1e-6)
    assert raw[2][0] == pytest.approx(scaled[2][0])
    place = lesson.STRENGTHS.index(10.0)
    assert np.abs(raw[0][place] - scaled[0][place]).max() > 5


def test_the_three_parts_have_nobody_in_common():
    x, y = data.diabetes()
    learned, _, held, _ = lesson.people()
    _, _, test, _ = data.split(x, y, validation=0.25)
    rows = [{tuple(row) for row in part} for part in (learned, held, test)]
    assert [len(part) for part in rows] == [221, 111, 110]
    assert len(set.union(*rows)) == len(x)


def test_the_readout_names_what_is_left():
    figure = explore.weight_path(fit="lasso", strength=10.0, n=60)
    left = figure.readout.splitlines()[0].partition("left: ")[2].split(", ")
    weights = lesson.path("lasso", 60, True)[0][lesson.STRENGTHS.index(10.0)]
    assert left == [name for name, w in zip(data.DIABETES_FEATURES, weights, strict=True) if w]
    assert [text.get_text() == "0" for text in figure.scene.numbers] == (weights == 0).tolist()
    figure.values = {"fit": "ridge", "strength": lesson.STRENGTHS[-1]}
    assert "all ten are left" in figure.readout
    assert all(text.get_text() == "≈ 0" for text in figure.scene.numbers)
    figure.values = {"fit": "lasso"}
    assert "0 left: none" in figure.readout


def test_the_path_s_button_and_drag():
    figure = explore.weight_path(fit="ridge", n=100)
    figure.values = pressed(figure)
    _, _, validation = lesson.path("ridge", 100, True)
    assert number(figure.readout, "validation") == number(figure.readout, "least on validation")
    assert number(figure.readout, "validation") == pytest.approx(validation.min(), abs=0.005)
    scene, values = figure.scene, dict(figure.values)
    assert scene.drag(Drag(scene.top, (3, 0), (-9, 0), values)) == {"strength": 0}
    assert scene.drag(Drag(scene.bottom, (3, 0), (12.2, 0), values)) == {"strength": lesson.STRENGTHS[12]}


# ---------------------------------------------------------------------- the prior


@pytest.mark.parametrize("prior", ["Gaussian", "Laplace"])
@pytest.mark.parametrize(("width", "a", "n"), [(0.5, 1.2, 5), (0.2, -0.9, 2), (1.5, 2.0, 50), (2.0, 3.0, 1)])
def test_the_map_is_the_highest_place_of_likelihood_times_prior(prior, width, a, n):
    figure = explore.prior(prior=prior, width=width, a=a, n=n)
    w = np.linspace(-7, 7, 280001)
    column = np.where(np.arange(n) % 2, -1.0, 1.0)  # of mean square 1
    fitted = a * column
    log = -sum(
        likelihood.gaussian_nll.per_example(w * x, np.full(w.shape, y)) for x, y in zip(column, fitted, strict=True)
    )
    log += np.log(lesson.prior_density(prior, w, width))
    assert number(figure.readout, "MAP weight") == pytest.approx(w[log.argmax()], abs=6e-4)
    posterior = np.exp(log - log.max())
    assert number(figure.readout, "posterior mean") == pytest.approx(np.sum(w * posterior) / posterior.sum(), abs=2e-3)


@pytest.mark.parametrize(("prior", "fit"), [("Gaussian", models.ridge), ("Laplace", models.lasso)])
def test_the_penalty_of_a_prior_gives_the_library_s_weight(prior, fit):
    x = np.array([-1.0, 1.0] * 5)
    y = 0.8 * x
    figure = explore.prior(prior=prior, width=0.4, a=0.8, n=10)
    penalty = lesson.strength_of_prior(prior, 0.4, 10)
    assert number(figure.readout, "MAP weight") == pytest.approx(fit(x, y, penalty)[0][0], abs=5e-4)


def test_only_a_laplace_prior_makes_an_exact_0():
    assert "MAP weight 0.000 exactly" in explore.prior(prior="Laplace", a=0.3).readout
    assert "exactly" not in explore.prior(prior="Gaussian", a=0.3).readout


def test_objective_is_penalty_plus_data_loss_up_to_where_it_begins():
    scene = explore.prior(prior="Laplace", width=0.5, a=1.0, n=2).scene
    prior, data_loss, objective = (curve.get_ydata() for curve in scene.curves[1])
    assert np.ptp(prior + data_loss - objective) == pytest.approx(0, abs=1e-9)
    above = [curve.get_ydata() for curve in scene.curves[0]]
    assert np.allclose(np.log(above[1]), -data_loss)


def test_peak_and_flank_can_be_dragged():
    scene = explore.prior(width=0.5, a=1.5).scene
    values = scene.complete({"width": 0.5, "a": 1.5})
    assert scene.drag(Drag(scene.top, (0.5, np.exp(-0.5)), (0.8, 0.5), values)) == {"width": 0.8}
    assert scene.drag(Drag(scene.top, (1.5, 1.0), (1.0, 1.0), values)) == {"a": 1.0}
    assert scene.drag(Drag(scene.bottom, (0.5, 2.0), (0.2, 2.0), values)) == {"a": pytest.approx(1.2)}


# ---------------------------------------------------------------------- what is computed


def test_the_curve_without_noise_is_that_of_the_data():
    x, y = data.curve(n=20, noise=0)
    assert lesson.true_curve(x) == pytest.approx(y)


@pytest.mark.parametrize("w", [(1.0, -0.4), (0.3, 2.0)])
def test_the_loss_above_its_least_is_the_mean_squared_error_of_data_of_that_shape(w):
    best, shape = np.array([-0.3, 2.0]), lesson.loss_shape(0.6)
    x, y = in_data(shape, best)
    assert lesson.data_loss(shape, best, w) == pytest.approx(losses.mse(x @ w, y))


@pytest.mark.parametrize("norm", ["l1", "l2"])
def test_the_border_is_as_long_everywhere_as_its_size(norm):
    for w in plots.regularization.border(norm, 1.7):
        assert lesson.length(norm, w) == pytest.approx(1.7)


def test_the_price_of_weights_is_the_library_s_penalty():
    w = np.array([1.5, -0.5, 0.0])
    assert lesson.price("l2", w, 0.3).sum() == pytest.approx(0.3 * losses.l2(w))
    assert lesson.price("l1", w, 0.3).sum() == pytest.approx(0.3 * losses.l1(w))


def test_the_least_validation_loss_is_looked_for_in_all_fits():
    of_all = lesson.sweep(3, 30, lift=0.4)
    degree, penalty = of_all.best
    assert of_all.validation[degree - 1, lesson.PENALTIES.index(penalty)] == of_all.validation.min()
    assert of_all.split.y[of_all.lifted] == pytest.approx(lesson.examples(3, 30).y[of_all.lifted] + 0.4)
    assert lesson.examples(3, 30).y[of_all.lifted] != of_all.split.y[of_all.lifted], "what is kept is not lifted"


def test_a_path_is_kept():
    assert lesson.path("lasso", 60, True) is lesson.path("lasso", 60, True)
    best = lesson.path("lasso", 60, True).best
    assert lesson.path("lasso", 60, True).validation[best] == lesson.path("lasso", 60, True).validation.min()


def test_the_flank_of_a_prior_is_its_height_one_width_from_0():
    for prior, height in lesson.FLANK.items():
        at_flank, at_peak = lesson.prior_density(prior, [0.7, 0.0], 0.7)
        assert height == pytest.approx(at_flank / at_peak)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: lesson.examples(1, 5), "examples: n must be one integer from 15 to 200, got 5"),
        (lambda: lesson.path("Ridge", 60), "path: fit must be one of 'ridge', 'lasso', got 'Ridge'"),
        (lambda: lesson.path("ridge", 500), "path: n must be one integer from 40 to 220, got 500"),
        (lambda: lesson.shrunk("L1", 1.0, 2.0), "shrunk: norm must be one of 'l1', 'l2', got 'L1'"),
        (lambda: lesson.price("lasso", 1.0, 2.0), "price: norm must be one of 'l1', 'l2', got 'lasso'"),
        (lambda: lesson.length("l3", [1, 1]), "length: norm must be one of 'l1', 'l2', got 'l3'"),
        (lambda: lesson.limited("ball", A, [1, 1], 1), "limited: norm must be one of 'l1', 'l2', got 'ball'"),
        (lambda: lesson.limited("l1", A, [1, 1], 0.0), "limited: size must be one number above 0 and finite, got 0"),
        (
            lambda: lesson.prior_density("l2", 0, 1),
            "prior_density: prior must be one of 'Gaussian', 'Laplace', got 'l2'",
        ),
        (lambda: lesson.belief("gauss", 1, 1, 1), "belief: prior must be one of 'Gaussian', 'Laplace', got 'gauss'"),
    ],
)
def test_what_would_give_nonsense_is_refused(call, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}"):
        call()


# ---------------------------------------------------------------------- exercises


def test_the_references_agree_with_the_library():
    tasks = exercises.regularization
    for x, y, penalty in tasks.ridge.cases:
        assert tasks.ridge.reference(x, y, penalty) == pytest.approx(models.ridge(x, y, penalty)[0])
    for weights, penalty in tasks.l2_gradient.cases:
        assert tasks.l2_gradient.reference(weights, penalty) == pytest.approx(penalty * losses.l2.gradient(weights))
        assert tasks.l1_gradient.reference(weights, penalty) == pytest.approx(penalty * losses.l1.gradient(weights))
    for a, penalty in tasks.soft_threshold.cases:
        right = tasks.soft_threshold.reference(a, penalty)
        assert right == pytest.approx(lesson.shrunk("l1", a, penalty))
        assert not np.signbit(right[right == 0]).any(), "a reader would be shown −0"
    assert tasks.strength.answer == pytest.approx(2**2 / (100 * 0.4**2))
    for_laplace = next(wrong for wrong in tasks.strength.misconceptions if wrong.name == "Laplace")
    assert for_laplace.answers[0] == pytest.approx(2 * 2**2 / (100 * 0.4))


def test_the_predictions_are_true():
    tasks = exercises.regularization
    assert tasks.training.answer == "no, never"
    twins = np.repeat(np.array([[-1.0], [0], [1], [2]]), 2, axis=1)
    weights, _ = models.ridge(twins, 3 * twins[:, 0], 1e-6)
    assert tasks.shared.answer == "both get half"
    assert weights == pytest.approx([1.5, 1.5], abs=1e-5)
    assert tasks.zeros.answer == "none"
    assert lesson.path("ridge", 60, True)[0].all()
