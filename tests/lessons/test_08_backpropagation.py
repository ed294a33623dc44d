"""Lesson 08: its plots and explorers against models and losses of the library, by numbers and by hand."""

import itertools
import re

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.path import Path

from lossviz import exercises, experiments, explore, gradients, losses, models, optimizers, plots, theme
from lossviz.experiments.backpropagation import (
    NEURON_STEPS,
    RELU_X,
    RELU_Y,
    descend_neuron,
    descend_relu,
    examples,
    first_step_right,
    fresh_network,
    fresh_networks,
    neuron_chain,
    neuron_run,
    norms_by_layer,
    relu_losses,
    relu_state,
    silent_units,
    slopes_by_layer,
)
from lossviz.live import Drag
from lossviz.plots.numbers import short

LOSSES = {"mse": losses.mse, "cross_entropy": losses.binary_cross_entropy}


def numbers(text: str) -> list[float]:
    """Read all numbers of a text, with true minus signs and powers of ten."""
    return [float(each) for each in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", text.replace("−", "-"))]


@pytest.fixture
def ax():
    return Figure().subplots()


# ---------------------------------------------------------------------- plots


@pytest.mark.parametrize("role", ["mse", "cross_entropy"])
@pytest.mark.parametrize("target", [0, 1])
def test_a_neuron_s_loss_and_slope_are_those_of_the_library(role, target):
    z = np.array([-6.0, -1.0, 0.0, 0.5, 4.0])
    value, slope = experiments.backpropagation.neuron_loss(role, z, target)
    for each, cost, steep in zip(z, value, slope, strict=True):

        def loss(z):
            return LOSSES[role](losses.sigmoid([z]), [target])

        assert cost == pytest.approx(loss(each))
        assert steep == pytest.approx(float(gradients.numerical_gradient(loss, each)), rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("role", ["sigmoid", "tanh", "relu"])
def test_an_activation_s_slope_is_the_slope_of_its_value(role):
    z = np.array([-5.0, -1.2, 0.3, 2.0])
    value, slope = experiments.backpropagation.activation(role, z)
    beside = [experiments.backpropagation.activation(role, z + h)[0] for h in (1e-6, -1e-6)]
    assert slope == pytest.approx((beside[0] - beside[1]) / 2e-6, abs=1e-8)
    assert value.shape == z.shape


@pytest.mark.parametrize("reach", [6.0, 6.4])  # with 6.4 the middle of the z is 1e-15
def test_no_line_joins_the_two_slopes_of_relu(ax, reach):
    drawn = plots.backpropagation.activation_curves(ax, Figure().subplots(), reach=reach)
    assert [np.isnan(slope.get_ydata()).sum() for _, slope in drawn] == [0, 0, 1]


def test_the_gradient_s_size_is_drawn_for_both_losses(ax):
    mse, bce = plots.backpropagation.gradient_curves(ax, target=1)
    z = mse.get_xdata()
    assert np.allclose(mse.get_ydata(), 2 * losses.sigmoid(-z) ** 2 * losses.sigmoid(z))
    assert np.allclose(bce.get_ydata(), losses.sigmoid(-z))


def test_a_neuron_s_chain_multiplies_up(ax):
    plots.backpropagation.neuron_chain(ax, "mse", 2.0, 1.0, x=0.5, target=0)
    words = [text.get_text() for text in ax.texts]
    slopes = [float(words[3 * place + 2]) for place in range(4)]
    factors = [float(word.rpartition("= ")[2]) for word in words if word.startswith("×")]
    assert words[4] == "2"
    assert slopes[3] == 1
    for place, factor in enumerate(factors):
        assert slopes[place] == pytest.approx(slopes[place + 1] * factor, abs=2e-4)
    in_w = gradients.numerical_gradient(lambda w: losses.mse(losses.sigmoid([w * 0.5 + 1]), [0]), 2.0)
    assert slopes[0] == pytest.approx(float(in_w), abs=5e-5)


@pytest.mark.parametrize("preset", ["lab", "projector"])
def test_no_two_words_of_a_chain_lie_on_each_other(preset):
    theme.use(preset)
    figure = Figure(figsize=(9, 4.6))
    panels = figure.subplots(2, 1)
    for ax, role in zip(panels, LOSSES, strict=True):
        plots.backpropagation.neuron_chain(ax, role, 2.0, 2.0, x=1.0, target=0)
    figure.draw_without_rendering()
    for ax in panels:
        boxes = [text.get_window_extent() for text in ax.texts if text.get_text()]
        assert not any(one.overlaps(other) for one, other in itertools.combinations(boxes, 2))


def test_steps_and_layers_are_drawn_where_they_belong(ax):
    (line,) = plots.backpropagation.over_steps(ax, {"mse": [3.0, 2.0, 1.5]}, names={"mse": "MSE"})
    assert line.get_xydata().tolist() == [[0, 3], [1, 2], [2, 1.5]]
    assert [(text.get_text(), text.xy) for text in ax.texts] == [("MSE", (2, 1.5))]
    other = Figure().subplots()
    (line,) = plots.backpropagation.by_layer(other, {"relu": [1e-3, 1.0]})
    assert line.get_xydata().tolist() == [[1, 1e-3], [2, 1]]
    assert other.get_yscale() == "log"


def test_the_last_of_the_relu_s_lines_is_the_thick_one(ax):
    first, last = plots.backpropagation.relu_steps(ax, RELU_X, RELU_Y, [(2.0, 0.0), (1.0, -1.0)])
    assert first.get_linewidth() < last.get_linewidth()
    assert np.allclose(last.get_ydata(), np.maximum(0, last.get_xdata() - 1))
    assert [text.get_text() for text in ax.texts] == ["start", "after 1 step"]


# ---------------------------------------------------------------------- the race


@pytest.mark.parametrize("role", ["mse", "cross_entropy"])
@pytest.mark.parametrize(("target", "rate"), [(0, 0.15), (1, 1.5)])
def test_the_race_is_gradient_descent_of_a_logistic_model(role, target, rate):
    model = models.Logistic(features=1, output="probability")
    objective = model.objective([[1.0]], [target], LOSSES[role])
    run = optimizers.minimize(objective, objective.gradient, [2.0, 1.0], optimizers.GradientDescent(rate), steps=40)
    assert descend_neuron(role, 2.0, 1.0, target, rate, steps=40) == pytest.approx(run.points.sum(axis=1), abs=1e-9)


@pytest.mark.parametrize("role", ["mse", "cross_entropy"])
def test_a_run_holds_all_of_the_neuron(role):
    z, p, loss, slope = neuron_run(role, 2.0, 1.0, 0, 0.5, steps=20)
    assert (z == descend_neuron(role, 2.0, 1.0, 0, 0.5, steps=20)).all()
    assert (p == losses.sigmoid(z)).all()
    assert loss == pytest.approx([LOSSES[role]([each], [0]) for each in p])
    assert np.diff(z) == pytest.approx(-2 * 0.5 * slope[:-1]), "weight and bias both move by η times the slope"


def test_the_first_step_past_a_half():
    p = np.array([0.9, 0.5, 0.4, 0.6])
    assert first_step_right(p, 0) == 1
    assert first_step_right(p, 1) == 0
    assert first_step_right(p[:1], 0) is None


@pytest.mark.parametrize("role", ["mse", "cross_entropy"])
@pytest.mark.parametrize("target", [0, 1])
def test_every_slope_of_a_chain_is_a_measured_one(role, target):
    links = neuron_chain(role, w=0.5, b=-1.0, x=3.0, target=target)

    def loss(p):
        return LOSSES[role]([p], [target])

    assert links.z == 0.5
    assert links.loss == pytest.approx(loss(links.p))
    measured = [
        gradients.numerical_gradient(lambda w: loss(losses.sigmoid(3 * w - 1)), 0.5),
        gradients.numerical_gradient(lambda z: loss(losses.sigmoid(z)), links.z),
        gradients.numerical_gradient(loss, links.p),
        gradients.numerical_gradient(losses.sigmoid, links.z),
    ]
    assert [links.slope_in_w, links.slope_in_z, links.slope_in_p, links.bend] == pytest.approx(
        np.array(measured), abs=1e-8
    )


@pytest.mark.parametrize(
    ("function", "arguments", "said"),
    [
        (experiments.backpropagation.activation, (0.5,), "activation: role must be one of 'sigmoid', 'tanh', 'relu'"),
        (experiments.backpropagation.neuron_loss, (0.5, 1), "neuron_loss: role must be one of 'mse', 'cross_entropy'"),
        (descend_neuron, (2, 2, 0, 0.1), "descend_neuron: role must be one of 'mse', 'cross_entropy'"),
    ],
)
@pytest.mark.parametrize("role", ["MSE", "ReLU", "", None])
def test_a_role_that_is_not_there_is_refused(function, arguments, said, role):
    with pytest.raises(TypeError if role is None else ValueError, match=f"^{said}, got {role!r}$"):
        function(role, *arguments)


def test_the_readout_tells_the_frame():
    figure = explore.neuron_race(w=1, b=2, rate=0.5, k=7)
    told = numbers(figure.readout.partition("   past")[0])
    expected = [7]
    for role in LOSSES:
        z = descend_neuron(role, 1, 2, 0, 0.5)[7]
        cost, slope = experiments.backpropagation.neuron_loss(role, z, 0)
        expected += [z, losses.sigmoid(z), cost, slope]
    assert told == pytest.approx(expected, abs=0.006)
    for dots in figure.scene.dots[2:]:
        assert [dot.get_xdata()[0] for dot in dots] == [7, 7]
    assert all(len(line.get_xdata()) == 8 for lines in figure.scene.done for line in lines)


def test_the_saturated_neuron_needs_seven_times_the_steps_with_mse():
    figure = explore.neuron_race(w=2, b=2, rate=0.15)
    assert figure.readout.endswith("past ½: MSE 117, BCE 17")
    figure.values = {"rate": 0.05}
    assert figure.readout.endswith(f"past ½: MSE > {NEURON_STEPS}, BCE 50")
    figure.values = {"target": "y = 1"}
    assert figure.readout.endswith("right from the start")


def test_all_views_of_the_race_agree():
    figure = explore.neuron_race(w=2, b=1, rate=0.5, k=12)
    curve, pull, output, loss = figure.scene.dots
    for at, steep, over, cost, role in zip(curve, pull, output, loss, LOSSES, strict=True):
        z = at.get_xdata()[0]
        assert at.get_ydata()[0] == over.get_ydata()[0] == pytest.approx(float(losses.sigmoid(z)))
        value, slope = experiments.backpropagation.neuron_loss(role, z, 0)
        assert steep.get_xydata()[0] == pytest.approx([z, abs(slope)])
        assert cost.get_ydata()[0] == pytest.approx(value)
    tangent = figure.scene.tangents[0].get_xydata()
    rise, run = tangent[1, 1] - tangent[0, 1], tangent[1, 0] - tangent[0, 0]
    p = float(losses.sigmoid(curve[0].get_xdata()[0]))
    assert rise / run == pytest.approx(p * (1 - p))


@pytest.mark.parametrize(("w", "b", "to"), [(2.0, 2.0, 1.0), (-1.0, 2.0, 5.0), (2.0, 2.0, 5.6), (3.0, 0.0, -4.2)])
def test_the_start_follows_the_hand(w, b, to):
    scene = explore.neuron_race().scene
    values = scene.complete({"w": w, "b": b})
    p = float(losses.sigmoid(w + b))
    moved = scene.nearest(scene.drag(Drag(scene.curve, (w + b, p), (to, 0.5), values)))
    assert moved["w"] + moved["b"] == pytest.approx(to, abs=0.051)
    elsewhere = scene.nearest(scene.drag(Drag(scene.curve, (-7, 0.9), (to, 0.5), values)))
    assert elsewhere["w"] + elsewhere["b"] == pytest.approx(to, abs=0.051), "the start comes to the hand"


def test_a_drag_moves_weight_and_bias_alike():
    scene = explore.neuron_race().scene
    values = scene.complete({"w": 1.0, "b": -0.4})
    moved = scene.drag(Drag(scene.pull, (-2, 0.5), (0, 0.5), values))
    assert moved == {"w": pytest.approx(2.0), "b": pytest.approx(0.6)}


def test_start_and_gradients_follow_their_values():
    figure = explore.neuron_race(w=1.0, b=-2.5, target="y = 1")
    assert figure.scene.start.get_xydata()[0] == pytest.approx([-1.5, float(losses.sigmoid(-1.5))])
    for line, role in zip(figure.scene.pulls, LOSSES, strict=True):
        slope = experiments.backpropagation.neuron_loss(role, line.get_xdata(), 1)[1]
        assert (line.get_ydata() == np.abs(slope)).all()


# ---------------------------------------------------------------------- slopes


def test_slopes_are_multiplied_layer_by_layer():
    figure = explore.activation_slopes(z=0.5, n=7, w=2)
    told = dict(re.findall(r"(sigmoid|tanh|ReLU) (\S+)", figure.readout.partition("\n")[2]))
    p, t = float(losses.sigmoid(0.5)), np.tanh(0.5)
    expected = [(2 * p * (1 - p)) ** 7, (2 * (1 - t**2)) ** 7, 2.0**7]
    assert numbers(" ".join(told.values())) == pytest.approx(expected, rel=0.005)
    for row, product in zip(figure.scene.rows, expected, strict=True):
        assert row.get_ydata()[6] == pytest.approx(product)


def test_to_the_left_of_0_nothing_is_left_of_relu():
    figure = explore.activation_slopes(z=-0.5, n=1)
    assert [line.partition("ReLU")[2] for line in figure.readout.split("\n")] == [" 0.000, slope 0", " 0"]
    assert figure.scene.dead.get_visible()
    assert np.isnan(figure.scene.rows[2].get_ydata()).all()
    figure.values = {"z": 0.5}
    assert not figure.scene.dead.get_visible()


def test_no_dot_is_cut_at_the_ends_of_z_and_no_product_leaves_at_the_top():
    scene = explore.activation_slopes(z=6, n=20, w=5).scene
    assert all(ax.get_xlim()[0] < -6.3 and ax.get_xlim()[1] > 6.3 for ax in (scene.values, scene.slopes))
    assert scene.rows[2].get_ydata()[-1] < scene.products.get_ylim()[1]


@pytest.mark.parametrize(("z", "w"), [(-6, 0.1), (-3, 1), (0, 4), (0, 5)])
def test_the_word_on_the_dead_relu_lies_on_no_line(z, w):
    figure = explore.activation_slopes(z=z, n=20, w=w)
    scene = figure.scene
    canvas = scene.products.figure.canvas
    box = scene.dead.get_window_extent(canvas.get_renderer())
    for row in scene.rows:
        way = Path(scene.products.transData.transform(row.get_xydata()))
        assert not way.intersects_bbox(box, filled=False)


def test_z_and_n_can_be_dragged():
    scene = explore.activation_slopes().scene
    values = scene.complete({})
    assert scene.drag(Drag(scene.values, (1, 0), (2.5, 0), values)) == {"z": 2.5}
    assert scene.drag(Drag(scene.slopes, (1, 0), (-2.5, 0), values)) == {"z": -2.5}
    assert scene.nearest(scene.drag(Drag(scene.products, (10, 1), (14.3, 1), values))) == {"n": 14}


# ---------------------------------------------------------------------- depth


@pytest.mark.parametrize(("name", "loss"), [("BCE", losses.binary_cross_entropy), ("MSE", losses.mse)])
@pytest.mark.parametrize("role", ["sigmoid", "tanh", "relu"])
def test_the_norms_are_those_of_a_measured_gradient(role, name, loss):
    x, target = examples()
    model, start = fresh_network(role, depth=2, scale=1.4, bias=1.0)
    measured = model.unpack(gradients.numerical_gradient(model.objective(x, target, loss), start))
    norms = norms_by_layer(role, 2, 1.4, name, 1.0)
    assert norms == pytest.approx([np.linalg.norm(layer.weights) for layer in measured], rel=1e-5)


def test_the_three_networks_differ_in_their_activation_alone():
    starts = [fresh_network(role, depth=4, scale=0.7, bias=2.0)[1] for role in models.ACTIVATIONS]
    assert all((start == starts[0]).all() for start in starts)
    assert starts[0][-1] == 2
    assert np.std(fresh_network("tanh", 20)[1][: 16 * 16]) == pytest.approx(0.25, rel=0.1), "1 / √16"


def test_the_slope_of_units_is_a_root_mean_square():
    model, start = fresh_network("tanh", 2)
    first, second = model.activations(start, examples()[0])
    expected = [np.sqrt(np.mean((1 - a**2) ** 2)) for a in (first, second)]
    assert slopes_by_layer("tanh", 2) == pytest.approx(expected)


def test_what_the_lesson_says_of_depth_is_so():
    sigmoid, tanh, relu = (norms_by_layer(role, 10) for role in ("sigmoid", "tanh", "relu"))
    assert 0.2 < (sigmoid[0] / sigmoid[-1]) ** 0.1 < 0.25
    assert tanh[0] / tanh[-1] > 0.1
    steady, large = (norms_by_layer("tanh", 10, scale) for scale in (1.4, 4.0))
    assert 0.5 < steady[0] / steady[-1] < 2
    assert large[0] / large[-1] > 10, "at scale 4 tanh's gradient grows towards the input"
    assert slopes_by_layer("tanh", 10, 4.0).max() < 0.5
    assert relu[0] / relu[-1] > 0.1
    bce, mse = norms_by_layer("tanh", 10, bias=8.0), norms_by_layer("tanh", 10, bias=8.0, loss="MSE")
    assert np.ptp(np.log10(bce / mse)) < 0.35, "the loss shifts all layers alike"
    small, large = norms_by_layer("relu", 20, scale=0.5), norms_by_layer("relu", 20, scale=2.0)
    assert small.max() < 1e-9
    assert large.min() > 10


def test_the_readout_tells_first_and_last_layer():
    figure = explore.gradient_depth(depth=5, scale=1.4, loss="MSE", bias=3.0)
    told = dict(re.findall(r"(sigmoid|tanh|ReLU) (\S+ to \S+)", figure.readout))
    for role, name in experiments.backpropagation.ACTIVATION_NAMES.items():
        norms = norms_by_layer(role, 5, 1.4, "MSE", 3.0)
        assert told[name] == f"{short(norms[0])} to {short(norms[-1])}"
    assert figure.readout.endswith(f"{silent_units(5, 1.4)} of 80")
    assert [len(line.get_xdata()) for line in figure.scene.lines] == [6, 6, 6]
    assert [len(line.get_xdata()) for line in figure.scene.means] == [5, 5, 5]


def test_the_three_networks_are_asked_one_by_one():
    norms, slopes, silent = fresh_networks(3, 1.4, "MSE", 2.0)
    assert list(norms) == list(slopes) == ["sigmoid", "tanh", "relu"]
    for role in norms:
        assert (norms[role] == norms_by_layer(role, 3, 1.4, "MSE", 2.0)).all()
        assert (slopes[role] == slopes_by_layer(role, 3, 1.4)).all()
    assert silent == silent_units(3, 1.4)


def test_a_silent_unit_is_0_for_every_example():
    model, start = fresh_network("relu", 6)
    values = model.activations(start, examples()[0])
    assert silent_units(6) == sum((a.max(axis=0) == 0).sum() for a in values) > 0


def test_a_relu_whose_outputs_are_rounded_is_said_to_be_below_the_panel():
    figure = explore.gradient_depth(depth=10, scale=4.0, loss="MSE")
    assert "ReLU 0 to 0\n" in figure.readout, "exactly: each p is 0 or 1 to the computer, and p (1 − p) is 0"
    assert figure.scene.below.get_visible()
    figure.values = {"loss": "BCE"}
    assert not figure.scene.below.get_visible()
    lowest = norms_by_layer("sigmoid", 20, scale=0.5, loss="MSE", bias=8.0).min()
    assert figure.scene.norms.get_ylim()[0] < lowest < 1e-20, "the sigmoid's line stays inside"


@pytest.mark.parametrize(
    ("asked", "kind", "said"),
    [
        (dict(depth=2.5), TypeError, "depth must be one integer of at least 1, got 2.5"),
        (dict(depth=0), ValueError, "depth must be one integer of at least 1, got 0"),
        (dict(scale=float("nan")), ValueError, "scale must be one number of at least 0 and finite, got nan"),
        (dict(loss="mse"), ValueError, "loss must be one of 'MSE', 'BCE', got 'mse'"),
        (dict(role="ReLU"), ValueError, "role must be one of 'sigmoid', 'tanh', 'relu', got 'ReLU'"),
    ],
)
def test_a_reader_who_asks_for_other_networks_is_told_what_there_is(asked, kind, said):
    with pytest.raises(kind, match=f"^norms_by_layer: {said}$"):
        norms_by_layer(**dict(role="relu", depth=3) | asked)


def test_the_dotted_line_falls_to_a_quarter_in_each_layer():
    figure = explore.gradient_depth(depth=6)
    guide = figure.scene.guide.get_ydata()
    assert guide[-1] == figure.scene.prepared_for(figure.values).norms["sigmoid"][-1]
    assert guide[1:] / guide[:-1] == pytest.approx(np.full(6, 4.0))


def test_the_edge_can_be_dragged():
    figure = explore.gradient_depth(depth=10)
    scene = figure.scene
    edge = scene.edges[0].get_xdata()[0]
    for ax in (scene.norms, scene.slopes):
        moved = scene.nearest(scene.drag(Drag(ax, (edge, 0.5), (edge + 4, 0.5), figure.values)))
        assert moved == {"depth": 14}


# ---------------------------------------------------------------------- the ReLU


def test_the_relu_s_way_is_gradient_descent():
    model = models.MLP((1, 1, 1), activation="relu")

    def loss(wb):
        return losses.mse(model([*wb, 1.0, 0.0], RELU_X), RELU_Y)

    w, b = way = descend_relu(2.0, 0.5, 0.05, steps=5)[0]
    assert tuple(way) == (2.0, 0.5)
    for point in descend_relu(2.0, 0.5, 0.05, steps=5)[1:]:
        w, b = np.array([w, b]) - 0.05 * gradients.numerical_gradient(loss, [w, b])
        assert point == pytest.approx([w, b], abs=1e-6)


@pytest.mark.parametrize(("w", "b", "alive"), [(2.0, 0.5, 3), (1.0, -1.5, 2), (-1.0, 1.2, 1), (-1.0, 0.0, 0)])
def test_a_relu_knows_its_loss_its_slopes_and_its_living_points(w, b, alive):
    def loss(wb):
        return losses.mse(np.maximum(0, wb[0] * RELU_X + wb[1]), RELU_Y)

    state = relu_state(w, b)
    assert state.loss == pytest.approx(loss([w, b]))
    assert [state.slope_in_w, state.slope_in_b] == pytest.approx(gradients.numerical_gradient(loss, [w, b]))
    assert state.alive == alive
    over, dead = relu_losses(RELU_X, RELU_Y, np.array([[w, w + 1]]), np.array([[b, b]]))
    assert over.shape == dead.shape == (1, 2)
    assert over[0] == pytest.approx([loss([w, b]), loss([w + 1, b])])
    assert dead[0, 0] == (alive == 0)


def test_a_dead_relu_stays_where_it_is():
    way = descend_relu(2.0, 0.0, 0.2, steps=60)
    assert (way[1] == way[60]).all()
    figure = explore.relu_neuron(rate=0.2)
    assert figure.readout.endswith("dead: 0 for all three points, gradient 0")
    figure.values = {"rate": 0.1}
    assert figure.readout.endswith("above 0 for 3 of 3 points")
    figure.values = {"w": -1.0, "b": 1.2}
    assert figure.readout.endswith("above 0 for 1 of 3 points")


def test_a_frame_of_the_relu_shows_its_step():
    figure = explore.relu_neuron(w=2.0, b=-0.5, rate=0.05, k=3)
    scene, way = figure.scene, descend_relu(2.0, -0.5, 0.05, 60)
    assert np.allclose(scene.way.get_xydata(), way[:4])
    assert scene.here.get_xydata()[0] == pytest.approx(way[3])
    assert scene.grip.get_xydata()[0] == pytest.approx([3, 5.5])
    assert np.allclose(scene.begin.get_ydata(), np.maximum(0, 2 * scene.reach - 0.5))
    w, b = way[3]
    assert np.allclose(scene.now.get_ydata(), np.maximum(0, w * scene.reach + b))
    told = numbers(figure.readout.partition("   above")[0])
    z = np.maximum(0, w * RELU_X + b)
    assert told[:4] == pytest.approx([3, w, b, losses.mse(z, RELU_Y)], abs=0.006)


def test_the_landscape_is_hatched_where_every_point_gives_0(ax):
    plots.backpropagation.relu_landscape(ax, RELU_X, RELU_Y, (-3, 3), (-3, 3))
    (hatched,) = [each for each in ax.collections if any(getattr(each, "hatches", None) or [])]
    (outline,) = hatched.get_paths()
    assert outline.contains_point((-2, 0))
    assert outline.contains_point((0.5, -2))
    assert not outline.contains_point((0.5, 0.1))
    assert not outline.contains_point((-2, 2.5)), "the first point is above 0 there"


def test_the_start_of_the_relu_can_be_dragged():
    scene = explore.relu_neuron().scene
    values = scene.complete({"w": 1.5, "b": 0.5})
    assert scene.drag(Drag(scene.plane, (0, 0), (-1, 2), values)) == {"w": -1, "b": 2}
    turned = scene.drag(Drag(scene.line, (3, 5.0), (3, 3.5), values))
    assert turned == {"w": pytest.approx(1.0)}, "the end follows the hand"
    assert scene.drag(Drag(scene.line, (1, 2), (1, 3), values)) == {"b": 1.5}


# ---------------------------------------------------------------------- exercises


def test_the_references_agree_with_the_library():
    lesson = exercises.backpropagation
    for (z,) in lesson.sigmoid_slope.cases:
        assert lesson.sigmoid_slope.reference(z) == pytest.approx(models.ACTIVATIONS["sigmoid"].slope(z))
    model = models.Logistic(features=1, output="probability")
    for w, b, x, y in lesson.bce_gradient.cases:
        _, gradient = model.value_and_gradient([w, b], [[x]], [y], losses.binary_cross_entropy)
        assert lesson.bce_gradient.reference(w, b, x, y) == pytest.approx(gradient[0])
    assert 0.25**lesson.layers.answer < 1e-6 < 0.25 ** (lesson.layers.answer - 1)


def test_a_slope_whose_inner_part_is_forgotten_is_recognised_with_and_without_its_minus():
    check = exercises.backpropagation.sigmoid_slope.check
    assert check(lambda z: -1 / (1 + np.exp(-z)) ** 2).misconception == "only the outer derivative"
    assert check(lambda z: 1 / (1 + np.exp(-z)) ** 2).misconception == "no inner derivative"
    assert check(lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2).verdict == "right"


def test_one_layer_back_is_what_the_network_does():
    model = models.MLP((3, 2, 2), activation="sigmoid")
    start, x = model.initial(seed=1), np.array([[0.5, -1.0, 2.0], [1.0, 0.3, 0.0]])
    values = model.forward(start, x)
    slope = np.array([[0.2, -0.4], [0.1, 0.3]])
    biases = model.unpack(model.backward(start, values, slope))[0].biases
    before = exercises.backpropagation.slope_before.reference(slope, model.unpack(start)[1].weights, values[1])
    assert before.sum(axis=0) == pytest.approx(biases)


def test_the_predictions_are_true():
    assert losses.sigmoid(descend_neuron("mse", 2.0, 2.0, 0, 0.15)[50]) > 0.9
    assert 0.9e-6 < 0.25**10 < 1e-6
    row = np.random.default_rng(0).normal(size=(1, 16))
    model, start = fresh_network("sigmoid", 10, bias=4.0)
    by_mse, by_bce = (model.layer_gradients(start, row, [0], loss) for loss in LOSSES.values())
    ratio = [np.linalg.norm(b) / np.linalg.norm(m) for m, b in zip(by_mse, by_bce, strict=True)]
    assert ratio == pytest.approx([ratio[0]] * 11)
    assert "one factor" in exercises.backpropagation.which_layers.answer
