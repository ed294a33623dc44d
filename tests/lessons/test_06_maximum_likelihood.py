"""Lesson 06: its plots and explorers against the likelihoods of the library, by numbers and by hand on the picture."""

import itertools
import re

import numpy as np
import pytest
from matplotlib.figure import Figure

from lossviz import exercises, experiments, explore, likelihood, losses, models, plots, theme
from lossviz.experiments.maximum_likelihood import best_location, draws, estimates
from lossviz.live import Drag
from lossviz.plots.numbers import short

Y = np.array([-0.6, 0.3, 0.8, 1.5, 2.5])  # the points that the explorers begin with


def pressed(scene, values) -> dict:
    """Press the button "best"; return the values that this sets."""
    return scene.press("best", values, scene.prepared_for(values))


def number(readout: str, name: str) -> float:
    """Read the number that follows a name in a readout."""
    return float(re.search(rf"{re.escape(name)} (?:= )?(−?[\d.]+)", readout)[1].replace("−", "-"))


@pytest.fixture
def ax():
    return Figure().subplots()


# ---------------------------------------------------------------------- what is computed


@pytest.mark.parametrize("call", ["density", "best_location", "draws", "estimates", "typical_errors", "round_trip"])
def test_a_noise_that_is_not_there_is_named(call):
    arguments = {"draws": (), "density": (Y,), "best_location": (Y,)}.get(call, (10,))
    with pytest.raises(
        ValueError, match=f"^{call}: noise must be one of 'gaussian', 'laplace', 'student_t', got 'cauchy'$"
    ):
        getattr(experiments.maximum_likelihood, call)("cauchy", *arguments)


@pytest.mark.parametrize("n", [0, -5, 301])
def test_estimates_are_made_of_the_points_that_there_are(n):
    with pytest.raises(ValueError, match=f"^estimates: n must be one integer from 1 to 300, got {n}$"):
        estimates("laplace", n)


def test_tosses_are_as_likely_as_the_library_says():
    tosses = experiments.maximum_likelihood.Tosses(heads=7, tails=3)
    y = np.repeat([1, 0], [7, 3])
    for theta in 0.3, 0.7:
        nll = 10 * likelihood.bernoulli_nll(np.full(10, theta), y)
        assert tosses.log_likelihood(theta) == pytest.approx(-nll)
        assert tosses.likelihood(theta) == pytest.approx(np.exp(-nll))
    assert (tosses.n, tosses.best) == (10, 0.7)
    assert experiments.maximum_likelihood.Tosses(0, 0).best == 0.5


def test_the_best_bell_has_the_least_nll_that_its_bounds_allow():
    bell = experiments.maximum_likelihood.best_bell(Y, 0.4, 3.0)
    assert (bell.mean, bell.sigma) == pytest.approx((Y.mean(), Y.std()))
    for mean, sigma in itertools.product(bell.mean + np.array([-0.01, 0.01]), bell.sigma + np.array([-0.01, 0.01])):
        assert likelihood.gaussian_nll(np.full(5, mean), Y, sigma) > bell.nll
    costs = experiments.maximum_likelihood.costs(Y, bell.mean, bell.sigma)
    assert costs.nll.mean() == pytest.approx(bell.nll)
    assert costs.mse == pytest.approx(Y.var())
    narrow = experiments.maximum_likelihood.best_bell(Y, 0.4, 0.5)
    assert narrow.sigma == 0.5
    assert narrow.spread == pytest.approx(Y.std())


@pytest.mark.parametrize("noise", ["gaussian", "laplace", "student_t"])
def test_the_best_location_of_points_has_the_largest_likelihood_and_the_least_loss(noise):
    points = experiments.maximum_likelihood.NoisyPoints(noise, Y)
    log, loss = points.at(points.best + np.array([-0.1, 0.0, 0.1]))
    assert log.argmax() == loss.argmin() == 1
    assert points.peak == pytest.approx(np.exp(log[1]))
    assert log[1] == pytest.approx(-5 * getattr(likelihood, f"{noise}_nll")(np.full(5, points.best), Y))


def test_a_round_trip_holds_the_draws_their_estimates_and_the_typical_errors():
    found = experiments.maximum_likelihood.round_trip("student_t", 30)
    assert (found.draws == draws("student_t")[:, :30]).all()
    assert found.estimates[0] == pytest.approx(found.draws.mean(axis=1))
    assert found.errors == pytest.approx([np.sqrt(np.mean(row**2)) for row in found.estimates])


# ---------------------------------------------------------------------- plots


@pytest.mark.parametrize("role", ["gaussian", "laplace", "student_t"])
def test_a_density_is_exp_of_minus_its_nll_and_has_the_area_1(role):
    y = np.linspace(-400, 400, 400001)
    density = experiments.maximum_likelihood.density(role, y, 0.5, 0.7)
    assert np.sum(density) * (y[1] - y[0]) == pytest.approx(1, abs=1e-5)
    nll = getattr(likelihood, f"{role}_nll")
    assert -np.log(density[200300]) == pytest.approx(nll([0.5], [y[200300]], 0.7))


def test_sticks_stand_on_the_axis_and_reach_their_heights(ax):
    segments = plots.maximum_likelihood.sticks(ax, [1.0, 2.0], [0.3, 0.4]).get_segments()
    assert np.allclose(segments, [[[1, 0], [1, 0.3]], [[2, 0], [2, 0.4]]])


def test_the_running_product_ends_where_float64_has_only_0(ax):
    line = plots.maximum_likelihood.running_product(ax, np.full(2000, 0.5))
    assert line.get_xdata()[-1] == 1074
    assert 0.5**1074 > 0
    assert 0.5**1075 == 0
    assert [text.get_text() for text in ax.texts] == ["exactly 0"]


def test_a_running_product_that_is_not_lost_is_drawn_whole(ax):
    assert len(plots.maximum_likelihood.running_product(ax, np.full(100, 0.5)).get_xdata()) == 100
    assert not ax.texts


def test_a_sweep_marks_the_least_loss_in_every_panel():
    panels = Figure().subplots(3, 1)
    grid = np.array([0.0, 1.0, 2.0])
    plots.maximum_likelihood.sweep(panels, grid, [0.1, 0.9, 0.2], [-3, -1, -2], [3, 1, 2], role="mse")
    assert [ax.lines[-1].get_xdata()[0] for ax in panels] == [1, 1, 1]


@pytest.mark.parametrize("y", [Y, 0.2 * Y, np.zeros(5), np.array([-4.0, -4, 4, 4, 4])])
def test_the_landscape_s_outlines_are_lines_of_equal_nll(y):
    sigma = float(np.clip(y.std(), 0.4, 3))
    lowest = likelihood.gaussian_nll(np.full(5, y.mean()), y, sigma)
    outlines = experiments.maximum_likelihood.nll_regions(float(y.mean()), float(y.std()), lowest, 3.0)
    rises = experiments.maximum_likelihood.RISES[::-1]
    assert len(outlines) == len(rises)
    for rise, outline in zip(rises, outlines, strict=True):
        inner = outline[(outline[:, 1] < 3.29) & (outline[:, 1] > 0.01)]
        found = [likelihood.gaussian_nll(np.full(5, mu), y, s) for mu, s in inner]
        assert len(found) > 20
        assert np.allclose(found, lowest + rise, atol=1e-6)


def test_bells_stand_at_their_places_and_lean_to_the_right(ax):
    bell, _ = plots.maximum_likelihood.bells(ax, [0.0, 5.0], [1.0, 2.0], sigma=0.5, width=0.8)
    x, y = bell.get_data()
    assert x.max() == pytest.approx(0.8)
    assert y[x.argmax()] == pytest.approx(1)


def test_a_band_reaches_two_standard_deviations(ax):
    x = np.array([0.0, 1.0])
    plots.maximum_likelihood.band(ax, x, x, np.array([0.5, 1.0]))
    assert sorted(tuple(line.get_ydata()) for line in ax.lines) == [(-1, -1), (0, 1), (1, 3)]


# ---------------------------------------------------------------------- the coin


def test_the_coin_s_three_numbers_are_those_of_the_library():
    readout = explore.coin_likelihood(theta=0.6, heads=7, tails=3, times=2).readout
    y = np.repeat([1, 0], [14, 6])
    p = np.where(y == 1, 0.6, 0.4)
    assert number(readout, "log-likelihood") == pytest.approx(np.log(p).sum(), abs=0.005)
    assert number(readout, "BCE") == pytest.approx(losses.binary_cross_entropy(np.full(20, 0.6), y), abs=5e-5)
    assert f"likelihood {short(np.prod(p))} " in readout
    assert readout.endswith("best θ = 0.70")


def test_the_coin_s_three_curves_have_one_best_place():
    scene = explore.coin_likelihood(heads=4, tails=6).scene
    likely, log, loss = (curve.get_ydata() for curve in scene.curves)
    assert scene.grid[likely.argmax()] == scene.grid[log.argmax()] == scene.grid[loss.argmin()]
    assert scene.grid[log.argmax()] == pytest.approx(0.4, abs=0.002)
    assert {line.get_xdata()[0] for line in scene.best} == {0.4}
    assert np.allclose(loss, -(4 * np.log(scene.grid) + 6 * np.log(1 - scene.grid)) / 10)
    assert np.allclose(log, -loss), "the middle panel is marked in tosses: its curve is that of one"
    assert [label.get_text() for label in scene.log_labels] == ["0", "−5", "−10", "−15"]


def peak(figure) -> float:
    """The largest likelihood of the tosses that a figure of the coin shows."""
    tosses = figure.scene.prepared_for(figure.values)
    return tosses.likelihood(tosses.best)


def test_with_thousands_of_tosses_the_likelihood_is_exactly_0_and_the_loss_does_not_notice():
    figure = explore.coin_likelihood(theta=0.7, times=100)
    assert peak(figure) > 0
    assert not figure.scene.lost.get_visible()
    loss = figure.scene.curves[2].get_ydata().copy()
    figure.values = {"times": 200}
    assert peak(figure) == 0
    assert figure.scene.lost.get_visible()
    assert not figure.scene.curves[0].get_ydata().any()
    assert np.allclose(figure.scene.curves[2].get_ydata(), loss)
    assert "likelihood 0 " in figure.readout
    assert "BCE 0.6109" in figure.readout
    assert figure.readout.endswith("though the likelihood is 0 even there")


def test_without_a_toss_no_theta_is_better_than_another():
    figure = explore.coin_likelihood(heads=0, tails=0)
    assert figure.readout.endswith("no toss, so every θ is as likely as any other")
    assert set(figure.scene.curves[0].get_ydata()) == {1}


def test_numbers_of_tosses_are_written_as_everywhere():
    figure = explore.coin_likelihood(heads=1, tails=0)
    assert figure.readout.startswith("1 head, 0 tails, ")
    figure.values = {"tails": 1, "times": 1000}
    assert figure.readout.startswith("1 000 heads, 1 000 tails, ")
    assert [label.get_text() for label in figure.scene.log_labels] == ["0", "−1 000", "−2 000", "−3 000"]
    figure.values = {"heads": 0, "tails": 0}
    assert [label.get_text() for label in figure.scene.log_labels if label.get_visible()] == ["0"]


@pytest.mark.parametrize(("heads", "tails"), [(5, 5), (6, 5), (7, 3), (10, 9), (10, 0), (0, 10)])
def test_the_name_of_the_best_theta_stays_in_its_panel(heads, tails):
    theme.use("projector")
    scene = explore.coin_likelihood(heads=heads, tails=tails, times=1000).scene
    panel, words = scene.panels[0].get_window_extent(), scene.best_name.get_window_extent()
    assert panel.x0 < words.x0
    assert words.x1 < panel.x1


def test_theta_follows_the_hand_and_the_button():
    scene = explore.coin_likelihood().scene
    values = scene.complete({"heads": 3, "tails": 1})
    for ax in scene.panels:
        assert scene.drag(Drag(ax, (0.5, 0), (0.31, 0), values)) == {"theta": 0.31}
    assert pressed(scene, values) == {"theta": 0.75}


# ---------------------------------------------------------------------- the Gaussian


def test_the_sticks_add_up_to_the_nll():
    figure = explore.gaussian_fit(mu=0.5, sigma=1.2)
    each = [float(cost) for cost in re.findall(r"\d\.\d\d", figure.readout.partition("costs")[2].partition("=")[0])]
    assert each == pytest.approx(likelihood.gaussian_nll.per_example(np.full(5, 0.5), Y, 1.2), abs=0.005)
    assert number(figure.readout, "NLL") == pytest.approx(likelihood.gaussian_nll(np.full(5, 0.5), Y, 1.2), abs=5e-4)
    assert number(figure.readout, "MSE") == pytest.approx(losses.mse(np.full(5, 0.5), Y), abs=5e-4)
    above = figure.scene.sticks.get_segments()
    below = figure.scene.costs.get_segments()
    assert np.allclose([-np.log(stick[1, 1]) for stick in above], [stick[1, 1] for stick in below])


@pytest.mark.parametrize("preset", ["lab", "projector"])
def test_no_cost_is_written_over_another(preset):
    theme.use(preset)
    figure = explore.gaussian_fit()
    together, apart = {f"y{i}": 0.0 for i in range(1, 6)}, {f"y{i}": y for i, y in enumerate(Y, 1)}
    for points, mu, sigma in itertools.product((apart, together, apart | {"y5": 4}), (0.9, 4), (0.4, 1.05, 3)):
        figure.values = points | {"mu": mu, "sigma": sigma}
        boxes = [number.get_window_extent() for number in figure.scene.numbers]
        for left, right in itertools.combinations(boxes, 2):
            across = min(left.x1, right.x1) - max(left.x0, right.x0)
            upright = min(left.y1, right.y1) - max(left.y0, right.y0)
            assert across < 2 or upright < 3, (points, mu, sigma)


def test_sigma_changes_the_nll_but_neither_the_mse_nor_the_best_mean():
    figure = explore.gaussian_fit(mu=1, sigma=0.5)
    before = figure.readout
    figure.values = {"sigma": 2.0}
    assert number(before, "MSE") == number(figure.readout, "MSE")
    assert number(before, "NLL") != number(figure.readout, "NLL")
    assert before.partition("best")[2] == figure.readout.partition("best")[2]


def test_the_button_goes_to_mean_and_spread():
    scene = explore.gaussian_fit().scene
    best = pressed(scene, scene.complete({}))
    assert best == pytest.approx({"mu": Y.mean(), "sigma": Y.std()})
    together = pressed(scene, scene.complete({f"y{i}": 1.0 for i in range(1, 6)}))
    assert together == pytest.approx({"mu": 1.0, "sigma": 0.4}), "no narrower than the slider goes"


def test_points_top_flank_and_landscape_can_be_dragged():
    scene = explore.gaussian_fit(mu=-2, sigma=0.8).scene
    values = scene.complete({"mu": -2, "sigma": 0.8})
    top, flank = experiments.maximum_likelihood.density("gaussian", [-2, -1.2], -2, 0.8)
    assert scene.drag(Drag(scene.top, (1.5, 0), (3.1, 0.2), values)) == {"y4": 3.1}
    assert scene.drag(Drag(scene.top, (-2, top), (-1, top), values)) == {"mu": -1}
    assert scene.drag(Drag(scene.top, (-1.2, flank), (-0.7, flank), values)) == {"sigma": pytest.approx(1.3)}
    assert scene.drag(Drag(scene.bottom, (2.5, 4), (3.5, 1), values)) == {"y5": 3.5}
    assert scene.drag(Drag(scene.bottom, (-3.5, 4), (3.5, 1), values)) == {}
    assert scene.drag(Drag(scene.right, (0, 1), (1.5, 2), values)) == {"mu": 1.5, "sigma": 2}


def test_of_a_point_and_the_top_of_a_wide_bell_the_hand_takes_the_nearer_one():
    scene = explore.gaussian_fit().scene
    values = scene.complete({"mu": 0, "sigma": 3, "y3": 0})
    top, _ = experiments.maximum_likelihood.density("gaussian", [0, 3], 0, 3)
    assert scene.drag(Drag(scene.top, (0.02, 0.02), (1.02, 0), values)) == {"y3": 1}
    assert scene.drag(Drag(scene.top, (0, top), (1, top), values)) == {"mu": 1}


# ---------------------------------------------------------------------- noises


@pytest.mark.parametrize("noise", ["Gaussian", "Laplace", "Student-t"])
@pytest.mark.parametrize("far", [-2.0, 2.5, 8.0])
def test_likelihood_and_loss_agree_on_the_best_location(noise, far):
    figure = explore.noise_sweep(noise=noise, far=far)
    likely, log, loss = (curve.get_ydata() for curve in figure.scene.curves)
    grid = figure.scene.grid
    assert grid[likely.argmax()] == grid[log.argmax()] == grid[loss.argmin()]
    assert grid[log.argmax()] == pytest.approx(figure.scene.prepared_for(figure.values).best, abs=0.0126)
    figure.values = {"location": pressed(figure.scene, figure.values)["location"]}
    assert abs(number(figure.readout, ", μ") - number(figure.readout, "best μ")) < 0.026


def test_the_sweep_s_numbers_are_those_of_the_library():
    readout = explore.noise_sweep(noise="Laplace", location=1, far=4).readout
    y = np.array([-0.6, 0.3, 0.8, 1.5, 4.0])
    assert number(readout, "log-likelihood") == pytest.approx(-5 * likelihood.laplace_nll(np.ones(5), y), abs=0.005)
    assert number(readout, "MAE") == pytest.approx(losses.mae(np.ones(5), y), abs=5e-4)
    readout = explore.noise_sweep(noise="Student-t", location=1, far=4).readout
    assert number(readout, "Student-t NLL") == pytest.approx(likelihood.student_t_nll(np.ones(5), y), abs=5e-4)


def test_the_last_point_pulls_each_noise_s_best_as_far_as_its_loss_lets_it():
    near, far = np.array([-0.6, 0.3, 0.8, 1.5, 2.5]), np.array([-0.6, 0.3, 0.8, 1.5, 8.0])
    assert best_location("gaussian", far) - best_location("gaussian", near) == pytest.approx(5.5 / 5)
    assert best_location("laplace", far) == best_location("laplace", near) == 0.8
    assert best_location("student_t", far) < best_location("student_t", near), "it turns back"


def test_the_last_point_and_the_line_can_be_dragged():
    scene = explore.noise_sweep().scene
    values = scene.complete({"far": 6})
    assert scene.drag(Drag(scene.panels[0], (6, -0.2), (4.5, 0), values)) == {"far": 4.5}
    assert scene.drag(Drag(scene.panels[0], (3, 0.5), (1, 0), values)) == {"location": 1}
    assert scene.drag(Drag(scene.panels[2], (6, 0.1), (1, 0), values)) == {"location": 1}


def test_the_best_student_t_constant_is_where_its_nll_is_least():
    y = draws("student_t")[:20, :30]
    grid = np.linspace(-2, 2, 2001)
    found = models.best_student_t_constant(y)
    for row, location in zip(y, found, strict=True):
        nll = [likelihood.student_t_nll(np.full(30, each), row) for each in grid]
        assert location == pytest.approx(grid[np.argmin(nll)], abs=0.002)
        slope = likelihood.student_t_nll.gradient(np.full(30, location), row).sum()
        assert slope == pytest.approx(0, abs=1e-6)


def test_each_noise_is_won_by_its_own_loss():
    for row, noise in enumerate(experiments.maximum_likelihood.NAMES):
        figure = explore.noise_round_trip(noise=experiments.maximum_likelihood.NAMES[noise], n=100)
        errors = np.sqrt(np.mean(estimates(noise, 100) ** 2, axis=1))
        assert errors.argmin() == row
        words = [word.get_text() for word in figure.scene.words]
        assert [("least" in word) for word in words] == [place == row for place in range(3)]
        told = re.search(r"typical errors: ([\d., ]+)   least: (.*)", figure.readout)
        assert [float(error) for error in told[1].split(", ")] == pytest.approx(errors, abs=5e-5)
        assert told[2] == experiments.maximum_likelihood.LOSSES[noise]


def test_an_estimate_is_the_loss_s_best_constant():
    y = draws("laplace")[4, :30]
    constants = np.linspace(-1, 1, 2001)
    for loss, found in zip(
        (losses.mse, losses.mae, likelihood.student_t_nll), estimates("laplace", 30)[:, 4], strict=True
    ):
        values = [loss(np.full(30, each), y) for each in constants]
        assert loss(np.full(30, found), y) <= min(values) + 1e-12


def test_the_points_shown_are_those_the_estimates_are_made_of():
    figure = explore.noise_round_trip(noise="Student-t", n=30, draw=7)
    shown = figure.scene.sample.get_xdata()
    assert (shown == draws("student_t")[6, :30]).all()
    assert number(figure.readout, "MSE") == pytest.approx(shown.mean(), abs=5e-4)


def test_a_drag_on_a_strip_picks_the_draw_under_the_hand():
    figure = explore.noise_round_trip(noise="Laplace", n=100)
    scene = figure.scene
    for row in range(3):
        wanted = int(estimates("laplace", 100)[row].argmax())
        place = estimates("laplace", 100)[row, wanted] / scene.reach(100)
        values = scene.complete({"noise": "Laplace", "n": 100})
        assert scene.drag(Drag(scene.right, (0, 2 - row), (place, 2 - row), values)) == {"draw": wanted + 1}


# ---------------------------------------------------------------------- exercises


def test_the_references_agree_with_the_library():
    lesson = exercises.maximum_likelihood
    for case in lesson.gaussian_nll.cases:
        assert lesson.gaussian_nll.reference(*case) == pytest.approx(likelihood.gaussian_nll(*case))
    for case in lesson.categorical_nll.cases:
        assert lesson.categorical_nll.reference(*case) == pytest.approx(likelihood.categorical_nll(*case))
    for (residual,) in lesson.best_sigma.cases:
        assert lesson.best_sigma.reference(residual) == pytest.approx(losses.rmse(residual, 0 * residual))
    for (tosses,) in lesson.best_theta.cases:
        thetas = np.linspace(0.005, 0.995, 199)
        nll = [likelihood.bernoulli_nll(np.full(len(tosses), theta), tosses) for theta in thetas]
        assert lesson.best_theta.reference(tosses) == pytest.approx(thetas[np.argmin(nll)], abs=0.0026)


@pytest.mark.parametrize(
    ("exercise", "answer", "name"),
    [
        ("gaussian_nll", lambda m, y, s: np.mean((y - m) ** 2 / 2 * s**2 + np.log(s * np.sqrt(2 * np.pi))), "times σ²"),
        ("gaussian_nll", lambda m, y, s: likelihood.gaussian_nll(m, y, s) - 2 * np.log(s), "log σ subtracted"),
        (
            "gaussian_nll",
            lambda m, y, s: np.mean(((y - m) / s) ** 2) / 2 + np.log(2 * np.pi * s),
            "no half in the constant",
        ),
        ("categorical_nll", lambda p, k: -np.mean(np.log(p[:, k])), "every row with every label"),
        ("categorical_nll", lambda p, k: losses.softmax_cross_entropy(p, k), "softmax again"),
        ("categorical_nll", lambda p, k: -np.mean(np.log(p[np.arange(len(k)), k] + 1e-7)), "1e-7 added"),
    ],
)  # fmt: skip
def test_wrong_answers_written_otherwise_are_recognised(exercise, answer, name):
    feedback = exercises.of("maximum_likelihood")[exercise].check(answer)
    assert (feedback.verdict, feedback.misconception) == ("wrong", name)


def test_the_predictions_are_true():
    assert 0.5**2000 == 0
    assert exercises.maximum_likelihood.underflow.answer == "exactly 0"
    mean, median, _ = np.sqrt(np.mean(estimates("laplace", 100) ** 2, axis=1))
    assert median < mean
    assert "median" in exercises.maximum_likelihood.winner.answer
