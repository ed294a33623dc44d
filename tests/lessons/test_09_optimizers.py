"""Lesson 09: its explorers against the library's optimisers and losses, and the race that it runs."""

import functools
import inspect
import itertools
import re

import numpy as np
import pytest
from matplotlib.figure import Figure

from lossviz import data, exercises, explore, losses, models, optimizers, plots
from lossviz.experiments import optimizers as lesson
from lossviz.experiments.optimizers import racing
from lossviz.live import Drag, LiveFigure
from lossviz.plots import numbers

ALL_ON = dict.fromkeys(lesson.ROLES, True)


def number(readout: str, name: str) -> float:
    """Read the number that follows a name in a readout."""
    return float(re.search(rf"{re.escape(name)} (−?[\d.]+(?:e−?\d+)?)", readout)[1].replace("−", "-"))


# ---------------------------------------------------------------------- many runs together, and a race


def by_rows(landscape):
    return landscape, landscape.gradient


@pytest.mark.parametrize("landscape", [data.rosenbrock, data.beale, data.double_well], ids=lambda it: it.name)
@pytest.mark.parametrize("role", lesson.ROLES)
def test_many_runs_together_are_the_runs_one_by_one(landscape, role):
    rule = lesson.RULES[role](0.002)
    starts = np.array([[0.5, 0.5], [-1.0, 1.5], [1.5, -0.5], [4.4, 4.4], [-4.0, 4.0]])  # the last two may diverge
    runs = optimizers.minimize_many(*by_rows(landscape), starts, rule, steps=40)
    for column, start in enumerate(starts):
        alone = optimizers.minimize(*by_rows(landscape), start, rule, steps=40)
        kept = len(alone.points)
        assert runs.diverged[column] == alone.diverged
        assert np.allclose(runs.points[:kept, column], alone.points, rtol=1e-6)
        assert np.allclose(runs.values[:kept, column], alone.values, rtol=1e-6)
        assert np.isinf(runs.values[kept:, column]).all()
        assert np.allclose(runs.points[kept:, column], alone.points[-1]), "a lost run stays where it was last well"


def test_some_of_the_runs_do_diverge():
    starts = np.array([[0.5, 0.5], [4.4, 4.4]])
    runs = optimizers.minimize_many(*by_rows(data.beale), starts, optimizers.GradientDescent(0.01), steps=40)
    assert runs.diverged.tolist() == [False, True]


def test_a_run_that_meets_an_infinite_value_or_gradient_is_lost_there():
    def pit(w):
        return np.where(w[:, 0] < 0, np.inf, w[:, 0])

    runs = optimizers.minimize_many(pit, np.ones_like, [[2.5], [9.0]], optimizers.GradientDescent(1.0), steps=4)
    assert runs.values[:, 0].tolist() == [2.5, 1.5, 0.5, np.inf, np.inf]
    assert runs.points[:, 0, 0].tolist() == [2.5, 1.5, 0.5, 0.5, 0.5]
    assert runs.values[-1, 1] == 5
    for slope in 1e200, 0.9e150:  # the second is too steep only as a norm, over both weights
        steep = functools.partial(np.full_like, fill_value=slope)
        runs = optimizers.minimize_many(lambda w: w[:, 0], steep, [[1.0, 1.0]], optimizers.Adam(0.1), steps=2)
        assert runs.diverged.tolist() == [True]


@pytest.mark.parametrize(
    ("changed", "kind", "message"),
    [
        (
            dict(starts=[1.0, 2.0]),
            ValueError,
            r"minimize_many: starts must be .*, shape \(n, d\), a row for each run, got shape \(2,\)",
        ),
        (
            dict(starts=[[1e10]]),
            ValueError,
            r"starts must be finite numbers within ±1e\+09, .*, got 1e\+10 at index \(0, 0\)",
        ),
        (dict(starts=[["a"]]), TypeError, "minimize_many: starts must be finite numbers .*, got text"),
        (
            dict(function=lambda w: w),
            ValueError,
            r"minimize_many: function must return one number for each point, shape \(3,\), got shape \(3, 1\)",
        ),
        (dict(function=lambda w: w[:, 0] * np.inf), ValueError, "must be finite at all starts, got inf"),
        (
            dict(gradient=lambda w: w[0]),
            ValueError,
            r"minimize_many: gradient must return an array like starts, shape \(1, 1\), got shape \(1,\)",
        ),
        (dict(optimizer=3), TypeError, "optimizer must be one of GradientDescent, .*, got 3"),
        (dict(steps=0), ValueError, "steps must be one integer of at least 1, got 0"),
    ],
)
def test_many_runs_refuse_what_makes_no_sense(changed, kind, message):
    given = dict(function=lambda w: w[:, 0], gradient=np.ones_like, starts=[[1.0]], steps=2)
    given |= dict(optimizer=optimizers.GradientDescent(0.1)) | changed
    with pytest.raises(kind, match=message):
        optimizers.minimize_many(**given)


def parabola(optimizer, starts):
    return optimizers.minimize_many(
        lambda w: w[:, 0] ** 2, lambda w: 2 * w, np.reshape(starts, (-1, 1)), optimizer, steps=20
    ).values[-1]


def test_a_race_takes_the_rate_with_the_least_median_and_other_starts_than_for_tuning():
    seen = []

    def run(optimizer, starts):
        seen.append((optimizer.learning_rate, starts.tolist()))
        return parabola(optimizer, starts)

    finish = optimizers.race(run, optimizers.GradientDescent, [0.01, 0.3, 0.8, 5.0], [1.0, 2.0, 3.0], [4.0, 5.0])
    assert [rate for rate, _ in seen] == [0.01, 0.3, 0.8, 5.0, finish.rate]
    assert [starts for _, starts in seen] == [[1, 2, 3]] * 4 + [[4, 5]]
    assert finish.rate == pytest.approx(0.3)
    assert finish.tuning.argmin() == 1
    assert not finish.at_edge
    assert finish.results == pytest.approx([16 * 0.4**40, 25 * 0.4**40])


def test_what_diverges_counts_as_infinitely_bad_but_does_not_spoil_the_median():
    def run(optimizer, starts):
        return np.array([0.5, np.nan, 0.1, np.inf, 0.3])

    finish = optimizers.race(run, optimizers.GradientDescent, [0.1, 0.2], range(5), range(5))
    assert finish.median == 0.5
    assert finish.quantile(0.2) == 0.1
    assert np.isinf(finish.quantile(0.75))
    assert finish.diverged == 2
    assert finish.at_edge
    assert "at the edge of those tried" in str(finish)
    assert "2 of 5 diverged" in str(finish)


@pytest.mark.parametrize(
    ("rates", "run", "kind", "message"),
    [
        (
            [],
            parabola,
            ValueError,
            r"race: rates must be a rising list of finite numbers above 0, shape \(k,\), got none",
        ),
        ([0.2, 0.1], parabola, ValueError, "race: rates must be a rising list of finite numbers above 0"),
        ([-1.0, 0.1], parabola, ValueError, "race: rates must be a rising list"),
        (
            [0.1],
            lambda optimizer, starts: [1.0],
            ValueError,
            r"run must return one number for each start, shape \(2,\), got shape \(1,\)",
        ),
        ([0.1], lambda optimizer, starts: ["a", "b"], TypeError, "run must return numbers"),
    ],
)
def test_a_race_refuses_what_makes_no_sense(rates, run, kind, message):
    with pytest.raises(kind, match=message):
        optimizers.race(run, optimizers.GradientDescent, rates, tuning=[1.0, 2.0], starts=[1.0, 2.0])


# ---------------------------------------------------------------------- plots


@pytest.fixture
def ax():
    return Figure().subplots()


def test_levels_divide_the_window_finer_near_the_bottom():
    heights = data.beale(lesson.grid(data.beale.window))
    levels = plots.optimizers.levels(heights)
    assert (np.diff(levels) > 0).all()
    share = [np.mean(heights <= level) for level in levels]
    assert share[0] < 0.01
    assert share[-1] == 1
    assert np.diff(share).min() < 0.05 < np.diff(share).max() < 0.15


def test_the_grid_covers_the_window_with_w2_upwards():
    points = lesson.grid((-1, 2, 3, 5), 4)
    assert points[0, 0].tolist() == [-1, 3]
    assert points[-1, 0].tolist() == [-1, 5]
    assert points[0, -1].tolist() == [2, 3]


def test_counts_are_rows_and_updates(ax):
    other = Figure().subplots()
    plots.optimizers.batch_costs(ax, other, [1, 32, 442], 442)
    assert ax.lines[0].get_ydata().tolist() == [1, 32, 442]
    assert other.lines[0].get_ydata().tolist() == [442, 14, 1]


def test_results_at_the_floor_are_drawn_there_and_diverged_ones_not_at_all(ax):
    assert plots.optimizers.within_scale([0.0, 1e-30, 0.5, np.inf])[:3].tolist() == [1e-12, 1e-12, 0.5]
    assert np.isnan(plots.optimizers.within_scale([np.inf])).all()
    drawn = plots.optimizers.medians(ax, ["a", "b"], {"adam": [0.1, np.inf], "momentum": [0.0, 1.0]})
    assert np.isnan(drawn[0].get_ydata()[1])
    assert drawn[1].get_ydata().tolist() == [1e-12, 1]


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0"), (-0.0, "0"), (1234.5, "1.23e3"), (-0.5, "−0.5"), (2.5e-9, "2.5e−9"), (1e-174, "1e−174")],
)
def test_numbers_are_written_shortly(value, written):
    assert numbers.short(value) == written


# ---------------------------------------------------------------------- a step on a parabola


@pytest.mark.parametrize(("rate", "curvature"), [(0.2, 2.0), (0.9, 2.0), (1.1, 2.0), (0.5, 4.0)])
def test_step_size_goes_gradient_descent_s_way(rate, curvature):
    figure = explore.step_size(rate=rate, curvature=curvature, start=-2.5, k=7)
    rule = optimizers.GradientDescent(rate)
    run = optimizers.minimize(lambda w: curvature * w**2 / 2, lambda w: curvature * w, -2.5, rule, steps=40)
    assert np.allclose(figure.scene.prepared_for(figure.values).w, run.points)
    assert number(figure.readout, "w =") == pytest.approx(-2.5)
    assert number(figure.readout.splitlines()[1], "loss") == pytest.approx(run.values[7], rel=5e-3)
    assert len(figure.scene.now.get_xdata()) == 8


@pytest.mark.parametrize(
    ("rate", "told"),
    [(0.2, "creeps"), (0.5, "one step"), (0.9, "nearer"), (1.0, "for ever"), (1.02, "diverges")],
)
def test_step_size_names_the_five_kinds(rate, told):
    assert told in explore.step_size(rate=rate, curvature=2.0).readout


@pytest.mark.parametrize("rate", [0.9, 1.02, 2.2])
def test_what_step_size_draws_lies_on_the_parabola_also_far_out(rate):
    figure = explore.step_size(rate=rate, curvature=4.0, k=40)
    w, loss = figure.scene.way.get_data()
    assert np.allclose(loss, 2 * w**2)
    assert np.allclose(w[:2], figure.scene.prepared_for(figure.values).w[:2])
    assert abs(w).max() <= 1e4


def test_step_size_s_start_and_rate_follow_the_hand():
    figure = explore.step_size()
    scene, values = figure.scene, figure.values
    assert scene.drag(Drag(scene.left, (0, 1), (1.5, 2), values)) == {"start": 1.5}
    assert scene.drag(Drag(scene.middle, (0, 1), (0.7, 2), values)) == {"rate": 0.7}


# ---------------------------------------------------------------------- batches


@pytest.mark.parametrize("size", [1, 32, 442])
def test_a_batch_s_way_is_that_of_minimize_on_the_library_s_batches(size):
    x, y = lesson.patients()
    rng = np.random.default_rng(9)
    dealt = [batch for _ in range(lesson.EPOCHS) for batch in optimizers.batches(x, y, size, rng)]
    model, queue = models.Line(features=2), iter(dealt)

    def gradient(w):
        batch_x, batch_y = next(queue)
        return model.value_and_gradient([*w, 0.0], batch_x, batch_y, losses.mse)[1][:2]

    run = optimizers.minimize(
        lambda w: losses.mse(x @ w, y), gradient, [-1, -1.2], optimizers.GradientDescent(0.03), len(dealt)
    )
    ours = lesson.batch_run(size, 0.03, -1.0, -1.2)
    assert np.allclose(ours.weights, run.points)
    assert np.allclose(ours.above + lesson.best_weights()[1], run.values)
    assert lesson.seen(size).tolist() == [0, *np.cumsum([len(batch_y) for _, batch_y in dealt])]


def test_the_best_weights_are_where_the_gradient_is_0():
    x, y = lesson.patients()
    w, least = lesson.best_weights()
    assert np.allclose(x.T @ (x @ w - y), 0, atol=1e-9)
    assert lesson.above_least(w) == 0
    assert lesson.above_least([1.0, -1.0]) == pytest.approx(losses.mse(x @ [1.0, -1.0], y) - least)


def test_a_film_of_batches_counts_whole_updates_only():
    figure = explore.batch_size(batch=442, rate=0.1)
    for k, seen, updates in [(0, 0, 0), (39, 0, 0), (40, 442, 1), (199, 1768, 4), (200, 2210, 5)]:
        figure.values = {"k": k}
        assert f"{seen} examples seen, {updates} updates" in figure.readout
        assert len(figure.scene.curve.get_xdata()) == updates + 1
    run = figure.scene.prepared_for(figure.values)
    assert run.updates.tolist() == [0, 1, 2, 3, 4, 5]
    assert run.seen.tolist() == lesson.seen(442).tolist()
    figure.values = {"count": "updates"}
    assert figure.scene.curve.get_xdata()[-1] == 5


@pytest.mark.parametrize("count", ["examples seen", "updates"])
@pytest.mark.parametrize("batch", lesson.BATCH_SIZES)
def test_the_names_of_the_batches_do_not_lie_on_each_other(batch, count):
    figure = explore.batch_size(batch=batch, count=count)
    scene = figure.scene
    renderer = scene.left.figure.canvas.get_renderer()
    boxes = [name.get_window_extent(renderer) for name in (*scene.names, scene.chosen) if name.get_visible()]
    assert len(boxes) == (3 if batch in lesson.NAMED_BATCHES.values() else 4)
    assert not [pair for pair in itertools.combinations(boxes, 2) if pair[0].overlaps(pair[1])]


def test_until_the_next_update_the_loss_stays():
    scene = explore.batch_size(batch=442, k=80).scene
    assert scene.curve.get_drawstyle() == "steps-post"
    assert scene.curve.get_xdata().tolist() == [0.8, 442, 884]


# ---------------------------------------------------------------------- momentum


@pytest.mark.parametrize("beta", [0.0, 0.8, 0.95])
def test_the_ball_rolls_as_momentum_does_in_the_double_well(beta):
    rule = optimizers.Momentum(0.02, momentum=beta)
    run = optimizers.minimize(data.double_well, data.double_well.gradient, [2, 0], rule, lesson.ROLLS)
    assert np.allclose(lesson.roll(2.0, 0.02, beta), run.points[:, 0])
    assert np.allclose(lesson.hill(run.points[:, 0]), run.values)


def test_the_ridge_is_the_highest_place_between_the_valleys():
    between = np.linspace(-1, 0.7, 17001)
    assert between[lesson.hill(between).argmax()] == pytest.approx(lesson.RIDGE, abs=1e-3)
    assert not np.isin(lesson.RIDGE, lesson.STARTS)
    for w in lesson.VALLEYS:
        assert lesson.hill(w) < min(lesson.hill(w - 1e-4), lesson.hill(w + 1e-4))


@pytest.mark.parametrize(("beta", "start"), [(0.0, 2.0), (0.9, 2.0), (0.5, -1.0), (0.98, -2.0)])
def test_the_map_of_ends_agrees_with_the_ball(beta, start):
    figure = explore.rolling(beta=beta, start=start, rate=0.02)
    row, column = np.abs(lesson.STARTS - start).argmin(), np.abs(lesson.BETAS - beta).argmin()
    assert ("shallow" in figure.readout.rpartition(":")[2]) == bool(lesson.end_valleys(0.02)[row, column])
    assert figure.scene.prepared_for(figure.values)[0] == start


def test_rolling_can_be_dragged_in_the_map_and_on_the_hill():
    figure = explore.rolling()
    scene, values = figure.scene, figure.values
    assert scene.drag(Drag(scene.right, (0, 0), (0.5, 1.2), values)) == {"beta": 0.5, "start": 1.2}
    assert scene.drag(Drag(scene.top, (0, 0), (1.5, 1.2), values)) == {"start": 1.5}


# ---------------------------------------------------------------------- Adam's parts


@pytest.mark.parametrize(
    ("parts", "rule"),
    [
        ((True, True, True), optimizers.Adam(0.05)),
        ((True, True, False), optimizers.Adam(0.05, bias_correction=False)),
        ((False, True, True), optimizers.Adam(0.05, beta1=0)),
        ((False, True, False), optimizers.RMSProp(0.05, decay=0.999)),
        ((True, False, False), optimizers.Momentum(0.05 * 0.1, momentum=0.9)),
        ((False, False, False), optimizers.GradientDescent(0.05)),
        ((False, False, True), optimizers.GradientDescent(0.05)),
    ],
)
def test_adam_with_some_of_its_parts_is_another_optimiser(parts, rule):
    bowl = lesson.NARROW
    run = optimizers.minimize(bowl, bowl.gradient, [-2, 1], rule, lesson.FRAMES)
    assert np.allclose(lesson.adam_run(*parts, 0.05, -2, 1).points, run.points, atol=1e-12)


def test_adam_s_run_has_its_losses_and_the_lengths_of_its_steps():
    run = lesson.adam_run(True, True, False, 0.02, -2.0, 1.0, steps=30)
    assert run.losses == pytest.approx([lesson.NARROW(w) for w in run.points])
    assert run.points[0].tolist() == [-2, 1]
    assert np.abs(np.diff(run.points, axis=0)) == pytest.approx(0.02 * run.lengths)


def test_adam_parts_tells_the_length_of_the_steps():
    figure = explore.adam_parts(momentum=True, scaling=True, correction=False, k=1)
    assert figure.readout.endswith("length of this step in w₁ and w₂: 3.16, 3.16 times η; of the first: 3.16, 3.16")
    figure.values = {"correction": True}
    assert "of the first: 1, 1" in figure.readout
    figure.values = {"momentum": False, "scaling": False}
    assert "of the first: 1, 10" in figure.readout
    figure.values = {"k": 0}
    assert "in w₁ and w₂: 0, 0 times η" in figure.readout


# ---------------------------------------------------------------------- the ball on a landscape


@pytest.mark.parametrize("landscape", lesson.LANDSCAPES)
def test_every_optimiser_gets_on_from_the_landscape_s_own_start(landscape):
    surface = lesson.LANDSCAPES[landscape]
    for role in lesson.ROLES:
        run = lesson.descend(landscape, role, lesson.sensible_rate(landscape, role), *surface.start.tolist())
        assert not run.diverged, role
        assert run.values[-1] < run.values[0], role


def test_the_balls_run_as_minimize_says():
    figure = explore.descent(landscape="Himmelblau", w1=1.0, w2=-1.0, k=30, **ALL_ON)
    surface = data.himmelblau
    for role in lesson.ROLES:
        rule = lesson.RULES[role](lesson.sensible_rate("Himmelblau", role))
        run = optimizers.minimize(surface, surface.gradient, [1, -1], rule, steps=30)
        assert number(figure.readout, lesson.NAMES[role]) == pytest.approx(run.values[-1], rel=6e-3)
        assert np.allclose(figure.scene.trails[role].get_xydata(), plots.optimizers.to_square(run.points, "Himmelblau"))
        assert len(figure.scene.traces[role].get_xdata()) == 31


def test_a_run_that_diverges_is_told_and_stays_in_the_picture():
    figure = explore.descent(landscape="Beale", w1=4, w2=4, **ALL_ON)
    assert "GD diverged at step 2" in figure.readout
    assert "Adam diverged" not in figure.readout
    lost = {role for role, word in figure.scene.lost.items() if word.get_visible()}
    assert lost == {"gradient_descent", "momentum", "nesterov"}
    surface = data.beale
    left, right, low, high = surface.window
    for role in lost:
        start, end = figure.scene.trails[role].get_xydata()[:2]
        assert np.abs(end).max() <= 1.01 * plots.optimizers.FAR
        down = -surface.gradient([4, 4]) / (right - left, high - low)
        assert (end - start) @ down / np.linalg.norm(end - start) / np.linalg.norm(down) > 0.999, "its own direction"
    figure.values = {"k": 1}
    assert "diverged" not in figure.readout
    assert not any(word.get_visible() for word in figure.scene.lost.values())


def test_ends_that_lie_on_one_another_can_be_told_apart():
    scene = explore.descent(landscape="bowl", **ALL_ON).scene
    for drawn in scene.trails, scene.traces:
        sizes = [line.get_markersize() for line in drawn.values()]
        assert sizes == sorted(sizes, reverse=True)
        assert np.diff(sizes).max() <= -1


@pytest.mark.parametrize("landscape", lesson.LANDSCAPES)
def test_from_where_a_new_landscape_drops_the_ball_everybody_comes_down(landscape):
    figure = explore.descent(landscape="bowl" if landscape != "bowl" else "saddle", **ALL_ON)
    figure.values = {"landscape": landscape}
    start = np.array([figure.values["w1"], figure.values["w2"]])
    assert np.allclose(start, lesson.LANDSCAPES[landscape].start, atol=0.051)
    for run in figure.scene.prepared_for(figure.values).values():
        run = run.trajectory
        assert run.values[-1] < run.values[0]
    if landscape == "saddle":
        assert figure.readout.count("has left the window") == 6, "the ball does not lie on the ridge"


@pytest.mark.parametrize("landscape", ["double well", "saddle"])
def test_losses_are_counted_from_the_lowest_place(landscape):
    figure = explore.descent(landscape=landscape, k=0, **ALL_ON)
    surface = lesson.LANDSCAPES[landscape]
    lowest = surface(lesson.grid(surface.window, 401)).min()
    assert lesson.lowest(landscape) == pytest.approx(lowest, abs=1e-4)
    start = figure.values["w1"], figure.values["w2"]
    for trace in figure.scene.traces.values():
        assert trace.get_ydata()[0] == pytest.approx(surface(start) - lowest, rel=1e-3)


@pytest.mark.parametrize("landscape", lesson.LANDSCAPES)
def test_inside_is_within_the_window_with_its_edge(landscape):
    left, right, low, high = lesson.LANDSCAPES[landscape].window
    corners = np.array([[left, low], [right, low], [left, high], [right, high]])
    middle = np.array([left + right, low + high]) / 2
    assert lesson.inside(middle, landscape)
    assert lesson.inside(corners, landscape).all()
    assert not lesson.inside(middle + 1.001 * (corners - middle), landscape).any()
    assert plots.optimizers.to_square(corners, landscape).tolist() == [[0, 0], [1, 0], [0, 1], [1, 1]]


def test_leaving_the_saddle_is_told():
    figure = explore.descent(landscape="saddle", w1=-1.5, w2=0.05)
    assert "GD has left the window" in figure.readout
    figure.values = {"w2": 0.0}
    assert "GD 4," in figure.readout, "exactly on the ridge nobody falls to either side"


def test_a_rate_belongs_to_all_or_to_one():
    figure = explore.descent(landscape="bowl", factor=2)
    factors = [figure.values[f"{role}_factor"] for role in lesson.ROLES]
    assert factors == [2] * 6
    figure.values = {"whose": "Adam"}
    figure.values = {"factor": 0.5}
    assert [figure.values[f"{role}_factor"] for role in lesson.ROLES] == [2, 2, 2, 2, 2, 0.5]
    figure.values = {"whose": "momentum"}
    assert figure.values["factor"] == 2, "the slider shows whose it is"
    figure.values = {"whose": "Adam"}
    assert figure.values["factor"] == 0.5
    assert figure.scene.rates["adam"].get_text() == "η 0.05 ×0.5"
    figure.values = {"whose": "all"}
    assert figure.values["adam_factor"] == 0.5, "choosing changes no rate"
    figure.values = {"factor": 1}
    assert {figure.values[f"{role}_factor"] for role in lesson.ROLES} == {1}


def test_a_figure_can_be_made_again_from_its_values():
    figure = explore.descent(landscape="bowl")
    for values in ({"whose": "Adam"}, {"factor": 5}, {"whose": "GD"}, {"factor": 0.2}, {"whose": "all"}):
        figure.values = values
        again = LiveFigure(type(figure.scene)(), **figure.values)
        assert again.values == figure.values
        assert again.frame == figure.frame


def test_a_new_landscape_has_a_start_of_its_own_and_the_window_holds_the_ball():
    figure = explore.descent(landscape="Rosenbrock", w1=0.5, w2=0.5)
    figure.values = {"landscape": "Himmelblau"}
    assert (figure.values["w1"], figure.values["w2"]) == (0, 0)
    figure.values = {"w1": -4.5}
    figure.values = {"landscape": "bowl", "w1": -5.0}
    assert figure.values["w1"] == -2.5
    values = figure.values
    assert figure.scene.drag(Drag(figure.scene.left, (0, 0), (1.0, 0.5), values)) == {"w1": 2.5, "w2": 0.0}


def test_no_optimiser_at_all_is_not_an_error():
    assert "no optimiser is ticked" in explore.descent(**dict.fromkeys(lesson.ROLES, False)).readout


# ---------------------------------------------------------------------- the race


def test_the_turned_bowl_is_the_bowl_turned():
    straight, turned = racing.turned_bowl(degrees=0), racing.turned_bowl(degrees=30)
    angle = np.radians(30)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    for point in np.random.default_rng(0).normal(size=(5, 2)):
        assert turned(turn @ point) == pytest.approx(straight(point))
        assert turned.gradient(turn @ point) == pytest.approx(turn @ straight.gradient(point))
    assert (straight([1, 0]), straight([0, 1])) == (0.5, 25)


def test_starts_for_tuning_and_for_the_race_differ_and_lie_in_the_window():
    for landscape in filter(None, racing.COURSES.values()):
        tuning, starts = racing.starts_on(landscape, 30, seed=1), racing.starts_on(landscape, 100, seed=2)
        left, right, low, high = landscape.window
        for points in tuning, starts:
            assert ((points > (left, low)) & (points < (right, high))).all()
        assert not (tuning[:, None] == starts).all(axis=2).any()


@pytest.mark.parametrize("course", racing.COURSES)
def test_no_start_serves_twice(course):
    _, starts = racing.run_and_starts(course)
    drawn = [tuple(np.atleast_1d(start)) for each in (None, 0, 1, 2) for start in starts(each)]
    assert len(set(drawn)) == len(drawn)
    assert len(starts()) % 2 or len(starts()) > 20, "the median of a few must not be the better half's"


def test_a_race_that_is_run_again_takes_other_starts_and_the_same_rates(monkeypatch):
    seen = []

    def run(optimizer, starts):
        seen.append((optimizer.learning_rate, optimizer._shape, tuple(starts)))
        return np.full(4, 1.0 if optimizer.learning_rate == 0.3 else 2.0)

    monkeypatch.setattr(racing, "run_and_starts", lambda course: (run, lambda number=None: range(number, number + 4)))
    rates = dict(zip(lesson.ROLES, (0.1, 0.2, 0.3, 0.4, 0.3, 0.6), strict=True))
    finishes = {
        ("bowl", role): optimizers.Finish(np.array([rate]), np.array([1.0]), rate, np.array([5.0]))
        for role, rate in rates.items()
    }
    assert plots.optimizers.wins_text(racing.wins_again(finishes, "bowl", rounds=2)) == "Nesterov 2, RMSProp 2"
    assert [rate for rate, _, _ in seen] == 2 * list(rates.values())
    assert {starts for _, _, starts in seen} == {(1, 2, 3, 4), (2, 3, 4, 5)}
    del finishes["bowl", "adam"]
    assert plots.optimizers.wins_text(racing.wins_again(finishes, "bowl")) == "not run"
    assert plots.optimizers.wins_text(racing.wins_again({}, "bowl")) == "not run"


def test_who_leads_on_the_digits_changes_with_the_seeds():
    finishes = {("digits", role): racing.run_heat(("digits", role)) for role in lesson.ROLES}
    assert plots.optimizers.leaders_text(finishes, "digits") == "Adam"
    assert plots.optimizers.wins_text(racing.wins_again(finishes, "digits")) == "Nesterov 5"


def test_the_race_s_axes_suit_the_course():
    results = [racing.run_heat(("bowl", "gradient_descent"))]
    scene = (figure := explore.race(results)).scene
    toys = scene.right.get_xlim()
    figure.values = {"course": "digits"}
    assert scene.right.get_xlim() == scene.left.get_ylim() == (0.05, 30)
    figure.values = {"course": "bowl"}
    assert scene.right.get_xlim() == scene.left.get_ylim() == toys


def test_a_heat_keeps_the_budget():
    asked = []
    landscape = racing.COURSES["bowl"]

    class Counting(data.Landscape):
        def gradient(self, point):
            asked.append(len(point))
            return super().gradient(point)

    counting = Counting(landscape._rule, landscape.formula, landscape.minima, landscape.start, landscape.window)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(racing.COURSES, "bowl", counting)
        finish = inspect.unwrap(racing.run_heat)(("bowl", "adam"))
    assert len(asked) == racing.BUDGET * (len(racing.RATES) + 1)
    assert len(finish.results) == racing.RACE_STARTS


def test_training_on_digits_is_what_the_model_and_the_loss_of_the_library_give():
    x, label = data.digits()
    seed, rule = 4, optimizers.Adam(0.05)
    model = models.Softmax(64, 10)
    weights, images, one_hot = racing.run_setup(seed)
    run = rule
    run.reset()
    w = weights.ravel()  # 64 rows for the pixels and one for the bias, as the model keeps them
    for batch, hot in zip(images, one_hot, strict=True):
        _, gradient = model.value_and_gradient(w, batch[:, :-1], hot.argmax(axis=1), losses.softmax_cross_entropy)
        w = run.step(w, gradient)
    expected = losses.softmax_cross_entropy(model(w, x / 16), label)
    assert racing.train_on_digits(optimizers.Adam(0.05), [seed, 5])[0] == pytest.approx(expected)


def test_a_race_that_was_stopped_says_what_is_missing():
    results = [racing.run_heat(job) for job in racing.HEATS[:2]]
    figure = explore.race(results)
    assert number(figure.readout, "GD") == pytest.approx(results[0].median, rel=0.05)
    assert "Nesterov not run" in figure.readout
    assert [artist.get_text() for artist in figure.scene.entries[2][-2:]] == ["not run", ""]
    figure.values = {"course": "digits"}
    assert figure.readout.count("not run") == 12
    assert explore.race([]).readout.count("not run") == 12


@pytest.mark.parametrize(
    ("results", "kind", "got"),
    [
        ("abc", TypeError, "'abc'"),
        (5, TypeError, "5"),
        ([3], TypeError, "3 at index 0"),
        ("many", ValueError, "43"),
    ],
)
def test_a_race_of_something_else_is_refused(results, kind, got):
    allowed = "a list of what run_heat gave, for the 42 heats at most, or None"
    with pytest.raises(kind, match=f"^race: results must be {allowed}, got {got}$"):
        explore.race([racing.run_heat(racing.HEATS[0])] * 43 if results == "many" else results)


def test_the_race_shows_the_share_that_is_asked_for():
    results = [racing.run_heat(job) for job in racing.HEATS[:1]]
    for share in 5, 50, 95:
        readout = explore.race(results, share=share).readout
        assert number(readout, "GD") == pytest.approx(results[0].quantile(share / 100), rel=0.05)


def test_a_finish_is_told_in_one_word():
    def finish(*results):
        return optimizers.Finish(np.array([0.1]), np.array([0.1]), 0.1, np.array(results))

    assert plots.optimizers.table_entry(finish(0.25, 0.54, np.inf)) == "0.5 (1)"
    assert plots.optimizers.table_entry(finish(0.25, 0.54, np.inf), digits=2) == "0.54 (1)"
    assert plots.optimizers.table_entry(None) == "not run"
    assert plots.optimizers.table_entry(finish(1e-15)) == "~0"
    assert plots.optimizers.table_entry(finish(np.inf, np.inf)) == "diverged (2)"


def test_who_is_ahead_is_said_of_those_that_were_run():
    def finish(result):
        return optimizers.Finish(np.array([0.1]), np.array([0.1]), 0.1, np.array([result]))

    finishes = {("bowl", role): finish(1.0) for role in lesson.ROLES} | {("bowl", "adam"): finish(0.5)}
    assert plots.optimizers.leaders_text(finishes, "bowl") == "Adam"
    finishes |= {("bowl", "momentum"): finish(0.0), ("bowl", "adagrad"): finish(1e-15)}
    assert plots.optimizers.leaders_text(finishes, "bowl") == "momentum, AdaGrad", "both are at the bottom"
    assert plots.optimizers.leaders_text({("bowl", "adam"): finish(0.1)}, "bowl") == "Adam (only 1 of 6 were run)"
    assert plots.optimizers.leaders_text({("bowl", "adam"): finish(np.inf)}, "bowl") == "nobody (only 1 of 6 were run)"
    assert plots.optimizers.leaders_text({}, "bowl") == "not run"


def test_two_races_are_told_apart():
    assert "`lossviz.optimizers.race`" in explore.race.__doc__
    assert "results : sequence of lossviz.optimizers.Finish, optional" in explore.race.__doc__
    assert optimizers.race is not explore.race
    with pytest.raises(ValueError, match=r"^race: share must be one number from 5 to 95, got 3$"):
        explore.race([], share=3)
    with pytest.raises(TypeError, match=r"^race: results must be a list of what run_heat gave, .*, or None, got 3$"):
        explore.race(results=3)


def test_who_is_ahead_once_more_counts_for_all_that_lead():
    assert lesson.leaders({}) == lesson.leaders({"adam": np.inf}) == []
    assert lesson.leaders({"adam": 2.0, "momentum": 2.0, "adagrad": 3.0}) == ["Adam", "momentum"]
    assert lesson.wins_again({("bowl", "adam"): lesson.run_heat(("bowl", "adam"))}, "bowl") == {}
    assert plots.optimizers.wins_text(dict.fromkeys(lesson.NAMES.values(), 0)) == ""


@pytest.mark.parametrize(
    ("function", "given", "message"),
    [
        (lesson.seen, [0], "seen: size must be one integer of at least 1, got 0"),
        (lesson.seen, [2.5], r"seen: size must be one integer of at least 1, got 2\.5"),
        (lesson.grid, [(0, 1)], r"grid: window must be four finite numbers, .*, got shape \(2,\)"),
        (
            lesson.turned_bowl,
            [30, (1, -1)],
            "turned_bowl: curvatures must be two numbers above 0 .*, got -1 at index 1",
        ),
        (lesson.turned_bowl, [30, 5], r"turned_bowl: curvatures must be two numbers above 0 .*, got shape \(\)"),
        (lesson.run_and_starts, ["bowls"], "run_and_starts: course must be one of 'bowl', .*, 'digits', got 'bowls'"),
        (lesson.run_heat, ["bowl"], "run_heat: heat must be one of HEATS, a course and a role, got 'bowl'"),
        (lesson.run_heat, [["bowl", "Adam"]], r"run_heat: heat must be one of HEATS, .*, got \['bowl', 'Adam'\]"),
    ],
)
def test_what_makes_no_sense_to_the_lesson_s_computations_is_refused(function, given, message):
    with pytest.raises((TypeError, ValueError), match=f"^{message}$"):
        function(*given)


# ---------------------------------------------------------------------- exercises


def test_the_references_agree_with_the_library():
    each = exercises.optimizers
    for w, gradient, rate in each.gradient_step.cases:
        assert each.gradient_step.reference(w, gradient, rate) == pytest.approx(
            optimizers.GradientDescent(rate).step(w, gradient)
        )
    w = np.array([1.0, -2.0])
    rule, mine, v = optimizers.Momentum(0.1, momentum=0.8), w, np.zeros(2)
    for gradient in np.random.default_rng(0).normal(size=(4, 2)):
        w = rule.step(w, gradient)
        mine, v = each.momentum_step.reference(mine, v, gradient, 0.1, 0.8)
        assert mine == pytest.approx(w)
    rule, mine, m, v = optimizers.Adam(0.1, 0.8, 0.95, 0.01), w, np.zeros(2), np.zeros(2)
    for t, gradient in enumerate(np.random.default_rng(1).normal(size=(4, 2)), start=1):
        w = rule.step(w, gradient)
        mine, m, v = each.adam_step.reference(mine, gradient, m, v, t, 0.1, 0.8, 0.95, 0.01)
        assert mine == pytest.approx(w)


def test_the_first_curvature_is_not_called_the_smallest():
    told = exercises.optimizers.largest_rate.check(lambda curvatures: 2 / curvatures[0])
    assert "smallest" not in str(told)


def test_the_largest_rate_is_a_limit():
    limit = exercises.optimizers.largest_rate.reference(np.array([1.0, 10.0]))
    bowl = data.quadratic(curvatures=(1, 10))
    for rate, lower in ((0.99 * limit, True), (1.01 * limit, False)):
        run = optimizers.minimize(bowl, bowl.gradient, [1, 1], optimizers.GradientDescent(rate), steps=300)
        assert (run.values[-1] < run.values[0]) == lower


def test_the_predictions_are_true():
    each = exercises.optimizers
    assert each.updates.answer == len(list(optimizers.batches(*lesson.patients(), 32, 0)))
    after = [lesson.batch_run(size, 0.03, -1.0, -1.2).above[lesson.seen(size) == 442] for size in (1, 32, 442)]
    assert after[0] < after[1] < after[2]
    assert each.one_epoch.answer == "1 at a time"
    starts = lesson.STARTS[lesson.STARTS < lesson.RIDGE]
    ends = lesson.roll(starts, 0.02, 0.95)[-1]
    assert 0 < np.sum(ends > lesson.RIDGE) < len(ends)
    assert each.leaves_the_deep_valley.answer == "sometimes"
    first = [optimizers.Adam(0.1, bias_correction=on).step(0.0, 3.0) for on in (False, True)]
    assert first[0] / first[1] == pytest.approx(3.16, abs=0.01)
    assert each.longer.answer == "about three times as long"


def test_no_one_wins_everywhere():
    winners = {}
    for course in ("bowl", "turned bowl", "Beale"):
        medians = {role: racing.run_heat((course, role)).median for role in lesson.ROLES}
        winners[course] = min(medians, key=medians.get)
    assert len(set(winners.values())) == 3
    assert exercises.optimizers.winner.answer == "no one wins them all"


def test_the_kept_image_is_made_anew_for_another_landscape_and_for_a_finer_screen():
    figure = explore.descent(landscape="bowl")

    def fitted():
        return figure.scene.image.make_image(figure._canvas._agg.get_renderer())[0]

    bowl = fitted()
    figure.values = {"landscape": "saddle"}
    saddle = fitted()
    assert saddle.shape == bowl.shape
    assert (saddle != bowl).any()
    kept = figure.scene.image.make_image(figure._canvas._agg.get_renderer())
    figure.values = {"w1": 0.3, "w2": 0.2}
    assert figure.scene.image.make_image(figure._canvas._agg.get_renderer()) is kept, "a drag changes no landscape"
    figure._canvas.set_ratio(2)
    assert np.array(fitted().shape[:2]) == pytest.approx(2 * np.array(bowl.shape[:2]), abs=2)
