"""The trained models against measured gradients and against mathematics; ridge and lasso against their conditions."""

import inspect
import re
import warnings
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lossviz import data, losses, models
from lossviz.models import MLP, Line, Logistic, Softmax

N = 7
RNG = np.random.default_rng(0)
X = RNG.normal(size=(N, 3))
NUMBERS = RNG.normal(size=N)
BITS = np.array([0, 1, 1, 0, 1, 0, 0])
SIGNS = 2 * BITS - 1
LABELS = np.array([0, 3, 1, 2, 2, 0, 3])
ONE_HOT = np.eye(4)[LABELS]
TABLE = RNG.normal(size=(N, 4))

HIDDEN = [(), (5,), (5, 4), (5, 4, 6)]
ONE_SCORE = [Logistic(3), *(MLP((3, *hidden, 1), a) for hidden in HIDDEN for a in models.ACTIVATIONS)]
SCORES = [Softmax(3, 4), *(MLP((3, *hidden, 4), a) for hidden in HIDDEN for a in models.ACTIVATIONS)]
ONE_PROBABILITY = [Logistic(3, "probability"), *(MLP((3, *hidden, 1), output="probability") for hidden in HIDDEN)]
PROBABILITIES = [Softmax(3, 4, "probability"), *(MLP((3, *hidden, 4), output="probability") for hidden in HIDDEN)]

REGRESSION = [(losses.mse, {}), (losses.mae, {}), (losses.huber, dict(delta=0.7)), (losses.rmse, {})]
PAIRS = [
    *((m, loss, NUMBERS, settings) for m in [Line(3), *ONE_SCORE] for loss, settings in REGRESSION),
    *((m, losses.sigmoid_cross_entropy, BITS, {}) for m in ONE_SCORE),
    *((m, losses.focal, BITS, dict(gamma=1.5, alpha=0.3)) for m in ONE_SCORE[:3]),
    *((m, losses.hinge, SIGNS, {}) for m in ONE_SCORE),
    *((m, losses.squared_hinge, SIGNS, {}) for m in ONE_SCORE[:3]),
    *((m, losses.softmax_cross_entropy, LABELS, {}) for m in SCORES),
    *((m, losses.multiclass_hinge, LABELS, dict(margin=0.8)) for m in SCORES),
    *((m, losses.mse, TABLE, {}) for m in SCORES),
    *((m, losses.binary_cross_entropy, BITS, {}) for m in ONE_PROBABILITY),
    *((m, losses.mse, BITS, {}) for m in ONE_PROBABILITY),
    *((m, losses.categorical_cross_entropy, ONE_HOT, {}) for m in PROBABILITIES),
    *((m, losses.sparse_categorical_cross_entropy, LABELS, {}) for m in PROBABILITIES),
    *((m, losses.mse, ONE_HOT, {}) for m in PROBABILITIES),
]
each_pair = pytest.mark.parametrize(
    ("model", "loss", "target", "settings"), PAIRS, ids=lambda value: getattr(value, "name", None) or repr(value)[:40]
)
each_model = pytest.mark.parametrize(
    "model", [Line(3), *ONE_SCORE, *SCORES, *ONE_PROBABILITY, *PROBABILITIES], ids=repr
)


def somewhere(model, seed=1):
    return np.random.default_rng(seed).normal(size=model.size)


def measured(function, at, step=1e-6):
    moves = step * np.eye(len(at))
    return np.array([(function(at + move) - function(at - move)) / (2 * step) for move in moves])


# ---------------------------------------------------------------------- forward and backward


@each_pair
def test_the_gradient_is_the_slope_of_the_value(model, loss, target, settings):
    at = somewhere(model)
    value, gradient = model.value_and_gradient(at, X, target, loss, **settings)
    objective = model.objective(X, target, loss, **settings)
    assert value == loss(model(at, X), target, **settings) == objective(at)
    assert isinstance(value, float)
    assert gradient.shape == (model.size,)
    assert (objective.gradient(at) == gradient).all()
    assert measured(objective, at) == pytest.approx(gradient, rel=1e-5, abs=1e-8)


@each_model
def test_the_shape_of_a_prediction_is_what_losses_expect(model):
    shape = (N,) if model.sizes[-1] == 1 else (N, 4)
    prediction = model(somewhere(model), X)
    assert prediction.shape == shape
    assert prediction.dtype == np.float64
    assert model(somewhere(model), X[:1]).shape == (1, *shape[1:])
    if model.output == "probability":
        assert ((prediction >= 0) & (prediction <= 1)).all()
        if shape != (N,):
            assert prediction.sum(axis=1) == pytest.approx(1)


@each_model
def test_unpack_names_every_parameter_once_in_order(model):
    parameters = somewhere(model)
    layers = model.unpack(parameters)
    layers = layers if isinstance(layers, list) else [layers]
    assert (np.concatenate([np.ravel(part) for layer in layers for part in layer]) == parameters).all()
    for layer in layers:
        assert np.shares_memory(layer.weights, parameters), "a view"


def test_unpack_gives_the_symbols_of_the_formulas():
    m, c = Line().unpack([2.0, 3.0])
    assert (m, c) == (2, 3)
    assert Line().unpack([2.0, 3.0]).m == 2
    weights, bias = Logistic(2).unpack([1.0, 2.0, 3.0])
    assert (weights == [1, 2]).all()
    assert bias == 3
    W, b = Softmax(2, 3).unpack(np.arange(9.0))  # noqa: N806
    assert (W == [[0, 1, 2], [3, 4, 5]]).all()
    assert (b == [6, 7, 8]).all()


def test_predictions_by_hand():
    assert Line()([2, 1], [0, 1, 2]) == pytest.approx([1, 3, 5])
    assert Line()([2, 1], [[0], [1], [2]]) == pytest.approx([1, 3, 5])
    assert Line(2)([2, 1, 5], [[1, 10]]) == pytest.approx([17])
    assert Logistic(1, "probability")([2, 2], [1]) == pytest.approx([1 / (1 + np.exp(-4))])
    assert Softmax(2, 2)([1, 2, 3, 4, 5, 6], [[1, 10]]) == pytest.approx(np.array([[1 + 30 + 5, 2 + 40 + 6]]))
    parameters = [1, -1, 0.5, 0, 2, 3, 0.25]
    hidden = np.tanh([1 * 3 + 0.5, -1 * 3 + 0])
    assert MLP((1, 2, 1))(parameters, [3]) == pytest.approx([2 * hidden[0] + 3 * hidden[1] + 0.25])


@pytest.mark.parametrize("output", ["score", "probability"])
def test_without_a_hidden_layer_an_mlp_is_the_linear_model(output):
    at = somewhere(Softmax(3, 4))
    assert (MLP((3, 4), output=output)(at, X) == Softmax(3, 4, output)(at, X)).all()
    at = somewhere(Logistic(3))
    assert MLP((3, 1), output=output)(at, X) == pytest.approx(Logistic(3, output)(at, X), rel=1e-14)


@pytest.mark.parametrize(
    ("output", "loss"), [("score", losses.sigmoid_cross_entropy), ("probability", losses.binary_cross_entropy)]
)
def test_the_gradient_of_logistic_regression_in_closed_form(output, loss):
    model = Logistic(3, output)
    at = somewhere(model)
    p = 1 / (1 + np.exp(-(X @ at[:3] + at[3])))
    wanted = np.append(X.T @ (p - BITS), (p - BITS).sum()) / N
    assert model.value_and_gradient(at, X, BITS, loss)[1] == pytest.approx(wanted, rel=1e-12)


def test_the_gradient_of_softmax_regression_in_closed_form():
    model = Softmax(3, 4, "probability")
    at = somewhere(model)
    error = (model(at, X) - ONE_HOT) / N
    gradient = model.value_and_gradient(at, X, LABELS, losses.sparse_categorical_cross_entropy)[1]
    assert gradient == pytest.approx(np.append(X.T @ error, error.sum(axis=0)), rel=1e-12)


@given(st.permutations(range(N)), st.sampled_from(PAIRS))
def test_the_order_of_the_examples_does_not_matter(order, pair):
    model, loss, target, settings = pair
    at = somewhere(model)
    value, gradient = model.value_and_gradient(at, X, target, loss, **settings)
    other_value, other_gradient = model.value_and_gradient(at, X[order], target[order], loss, **settings)
    assert other_value == pytest.approx(value, rel=1e-12)
    assert other_gradient == pytest.approx(gradient, rel=1e-9, abs=1e-12)


@each_pair
def test_what_is_given_stays_as_it_was(model, loss, target, settings):
    given = [somewhere(model), X.copy(), target.copy()]
    before = [array.copy() for array in given]
    objective = model.objective(*given[1:], loss, **settings)
    _, gradient = model.value_and_gradient(*given, loss, **settings)
    objective(given[0])
    gradient += 1
    objective.gradient(given[0])[:] = 1
    model(*given[:2])[:] = 1
    for array, old in zip(given, before, strict=True):
        assert (array == old).all()


def test_integers_and_lists_are_taken():
    assert Line(2)([1, 2, 3], [[1, 1]]).dtype == np.float64
    as_lists = MLP().value_and_gradient([1] * 33, [[1, 2]], [1], losses.sigmoid_cross_entropy)
    as_arrays = MLP().value_and_gradient(
        np.ones(33), np.array([[1.0, 2.0]]), np.array([1]), losses.sigmoid_cross_entropy
    )
    assert as_lists[0] == as_arrays[0]
    assert (as_lists[1] == as_arrays[1]).all()


# ---------------------------------------------------------------------- far out


@pytest.mark.parametrize("model", [*ONE_PROBABILITY, *PROBABILITIES, *ONE_SCORE, *SCORES], ids=repr)
def test_large_scores_give_probabilities_without_a_warning(model):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        prediction = model(1e4 * somewhere(model), X)
        assert np.isfinite(prediction).all()
        if model.output == "probability":
            assert ((prediction >= 0) & (prediction <= 1)).all()
            assert (prediction.max(axis=-1) > 0.999).all() or prediction.ndim == 1


@pytest.mark.parametrize("score", [30.0, 40.0, 800.0, 1e4, 1e300])
@pytest.mark.parametrize("side", [1, -1])
def test_the_gradient_has_its_limit_where_a_probability_is_rounded_to_0_or_1(score, side):
    """Confident and wrong: the slope in the score is p − y, ±1, though σ′ is 0 and the loss's own slope infinite."""
    wrong = np.array([0 if side > 0 else 1])
    value, gradient = Logistic(1, "probability").value_and_gradient(
        [0, side * score], [0.0], wrong, losses.binary_cross_entropy
    )
    assert gradient == pytest.approx([0, side], rel=1e-12)
    assert value == pytest.approx(score, rel=1e-2) or value == np.inf
    right = Logistic(1, "probability").value_and_gradient(
        [0, side * score], [0.0], 1 - wrong, losses.binary_cross_entropy
    )
    assert right[0] == pytest.approx(0, abs=1e-12)
    assert right[1] == pytest.approx([0, 0], abs=1e-12)
    for loss, target in (losses.sparse_categorical_cross_entropy, [1]), (losses.categorical_cross_entropy, [[0, 1]]):
        gradient = Softmax(1, 2, "probability").value_and_gradient([0, 0, score, 0], [0.0], target, loss)[1]
        assert gradient == pytest.approx([0, 0, 1, -1], rel=1e-12)


def test_mse_on_a_saturated_neuron_has_no_slope():
    gradient = Logistic(1, "probability").value_and_gradient([0, 1e4], [0.0], [0], losses.mse)[1]
    assert (gradient == 0).all()


class Watched:
    """A loss that remembers the predictions it gets."""

    def __init__(self):
        self.asked = []

    def value_and_gradient(self, prediction, target):
        self.asked.append(prediction.copy())
        return losses.binary_cross_entropy.value_and_gradient(prediction, target)


def test_no_loss_is_asked_about_a_probability_outside_0_and_1():
    loss = Watched()
    model = Logistic(1, "probability")
    for score in (-1e300, -800.0, -40.0, -1.0, 37.0, 1e4):
        model.value_and_gradient([0, score], np.zeros(2), [0, 1], loss)
    asked = np.concatenate(loss.asked)
    assert len(loss.asked) > 6, "asked again, just inside, where a slope is infinite"
    assert ((asked >= 0) & (asked <= 1)).all()


@pytest.mark.parametrize(
    "model", [Line(3), Softmax(3, 4), MLP((3, 5, 1), "relu"), MLP((3, 5, 4), output="probability")]
)
@pytest.mark.parametrize("far", [1e308, np.inf, np.nan])
def test_where_training_has_diverged_the_objective_says_inf_without_a_warning(model, far):
    objective = model.objective(abs(X), np.zeros((N, *[4] * (model.sizes[-1] == 4))), losses.mse)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for place in 0, slice(None, model.size // 2), slice(None):
            at = np.ones(model.size)
            at[place] = far
            value, gradient = objective.value_and_gradient(at)
            assert objective(at) == value
            assert gradient.shape == (model.size,)
            if not np.isfinite(far):
                assert value == np.inf
                assert np.isnan(gradient).all()
            if place == slice(None) and model.output == "score":
                assert value == np.inf


def test_beyond_the_largest_float_nothing_warns():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert Line()([1.7e308, 1.7e308], [1.0, -1.0]).tolist() == [np.inf, 0]
        assert MLP((1, 1, 1), "relu")([1.7e308, 1.7e308, 1, 0], [1.0]) == np.inf
        assert MLP((1, 1, 1), "relu").activations([1.7e308, 1.7e308, 1, 0], [1.0])[0] == np.inf
        assert Softmax(1, 2, "probability")([0, 0, 1.7e308, -1.7e308], [0.0]).tolist() == [[1, 0]]
        value, gradient = Softmax(1, 2, "probability").value_and_gradient(
            [0, 0, 1.7e308, -1.7e308], [0.0], [1], losses.sparse_categorical_cross_entropy
        )
        assert value == np.inf
        assert gradient == pytest.approx([0, 0, 1, -1])
        value, gradient = Line(2).value_and_gradient([1.0, 1.0, 0.0], [[1e200, 1e200]], [0.0], losses.mse)
        assert value == np.inf
        assert (gradient > 1e200).all()
        MLP((1, 1, 1), "relu").value_and_gradient([1e200, 0, 1e50, 0], [1.0], [0.0], losses.mse)


# ---------------------------------------------------------------------- the start


@pytest.mark.parametrize("model", [Line(3), Logistic(3), Softmax(3, 4)], ids=repr)
def test_a_linear_model_starts_from_0_unless_asked(model):
    assert (model.initial() == np.zeros(model.size)).all()
    assert not np.signbit(model.initial()).any()
    weights, biases = model.unpack(model.initial(seed=3, scale=0.1))
    assert (weights != 0).all()
    assert not np.any(biases)


@each_model
def test_a_seed_settles_the_start_and_a_scale_stretches_it(model):
    assert (model.initial(4, 1.0) == model.initial(4, 1.0)).all()
    assert (model.initial(4, 0.5) == 0.5 * model.initial(4, 1.0)).all()
    assert not (model.initial(4, 1.0) == model.initial(5, 1.0)).all()


@each_model
def test_a_start_may_be_drawn_from_a_generator(model):
    rng = np.random.default_rng(4)
    first = model.initial(rng, 1.0)
    assert (first == model.initial(4, 1.0)).all()
    assert not (model.initial(rng, 1.0) == first).all(), "it moves on"


def test_an_mlp_starts_with_weights_of_size_1_over_root_inputs():
    layers = MLP((100, 400, 50, 20)).unpack(MLP((100, 400, 50, 20)).initial())
    for layer in layers:
        inputs = len(layer.weights)
        assert layer.weights.std() * np.sqrt(inputs) == pytest.approx(1, abs=0.05)
        assert not layer.biases.any()
    whole = MLP((100, 400, 50, 20)).unpack(MLP((100, 400, 50, 20)).initial(scale=3.0))
    assert [layer.weights.std() for layer in whole] == pytest.approx([3, 3, 3], abs=0.15)


# ---------------------------------------------------------------------- the hidden layers


@pytest.mark.parametrize("name", models.ACTIVATIONS)
def test_an_activation_s_slope_is_measured(name):
    activation = models.ACTIVATIONS[name]
    z = np.array([-3.0, -0.5, -1e-3, 1e-3, 0.7, 4.0])
    assert (activation(z + 1e-6) - activation(z - 1e-6)) / 2e-6 == pytest.approx(activation.slope(z), abs=1e-8)
    assert activation.slope(z.tolist()) == pytest.approx(activation.slope_at(activation(z)))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert np.isfinite([activation([-1e4, 1e4]), activation.slope([-1e4, 1e4])]).all()


def test_activations_at_known_places():
    sigmoid, tanh, relu = (models.ACTIVATIONS[name] for name in ("sigmoid", "tanh", "relu"))
    assert (sigmoid(0), sigmoid.slope(0)) == (0.5, 0.25)
    assert (tanh(0), tanh.slope(0)) == (0, 1)
    assert relu([-2, 0, 3]).tolist() == [0, 0, 3]
    assert relu.slope([-2, 0, 3]).tolist() == [0, 0, 1]
    z = np.linspace(-5, 5, 11)
    assert tanh(z) == pytest.approx(2 * sigmoid(2 * z) - 1)
    assert sigmoid(z) == pytest.approx(losses.sigmoid(z), rel=1e-13)


@pytest.mark.parametrize("activation", models.ACTIVATIONS)
def test_the_hidden_layers_can_be_read(activation):
    model = MLP((3, 5, 4, 1), activation)
    at = somewhere(model)
    (w1, b1), (w2, b2), (w3, b3) = model.unpack(at)
    first, second = model.activations(at, X)
    act = models.ACTIVATIONS[activation]
    assert first == pytest.approx(act(X @ w1 + b1))
    assert second == pytest.approx(act(first @ w2 + b2))
    assert model(at, X) == pytest.approx((second @ w3 + b3)[:, 0])
    assert MLP((3, 1)).activations(np.zeros(4), X) == []


def test_the_gradients_by_layer_are_those_of_the_weights():
    model = MLP((3, 5, 4, 1))
    at = somewhere(model)
    layers = model.layer_gradients(at, X, NUMBERS, losses.huber, delta=0.3)
    assert [each.shape for each in layers] == [(3, 5), (5, 4), (4, 1)]
    whole = measured(model.objective(X, NUMBERS, losses.huber, delta=0.3), at)
    for found, wanted in zip(layers, model.unpack(whole), strict=True):
        assert found == pytest.approx(wanted.weights, abs=1e-8)


# ---------------------------------------------------------------------- training


def descend(objective, start, learning_rate, steps):
    parameters = start
    for _ in range(steps):
        parameters = parameters - learning_rate * objective.gradient(parameters)
    return parameters


def test_a_trained_line_is_the_least_squares_line():
    x, y = RNG.uniform(-2, 2, 30), RNG.normal(size=30)
    line = Line()
    trained = descend(line.objective(x, y, losses.mse), line.initial(), 0.2, 300)
    assert tuple(line.unpack(trained)) == pytest.approx(models.least_squares_line(x, y), rel=1e-9)


def test_a_trained_plane_is_ridge():
    x, y = RNG.normal(size=(40, 2)), RNG.normal(size=40)
    plane, penalty = Line(2), 0.3
    objective = plane.objective(x, y, losses.mse)
    parameters = plane.initial()
    for _ in range(500):
        parameters = parameters - 0.2 * (objective.gradient(parameters) + 2 * penalty * parameters * [1, 1, 0])
    weights, c = models.ridge(x, y, penalty)
    assert parameters == pytest.approx(np.append(weights, c), rel=1e-9)


@pytest.mark.parametrize("activation", ["tanh", "relu", "sigmoid"])
@pytest.mark.parametrize(
    ("output", "loss"), [("score", losses.sigmoid_cross_entropy), ("probability", losses.binary_cross_entropy)]
)
def test_a_hidden_layer_learns_exclusive_or(activation, output, loss):
    x, y = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([0, 1, 1, 0])
    model = MLP((2, 8, 1), activation, output)
    start = model.initial(seed=0, scale=1.0)
    trained = descend(model.objective(x, y, loss), start, 1.0, 1000)
    scores = model(trained, x) - (0.5 if output == "probability" else 0)
    assert models.accuracy(scores, y) == 1
    linear = Logistic(2)
    trained = descend(linear.objective(x, y, losses.sigmoid_cross_entropy), linear.initial(1, 1.0), 1.0, 1000)
    assert models.accuracy(linear(trained, x), y) < 1, "no straight boundary can"


def test_an_mlp_learns_two_moons():
    angle = np.linspace(0, np.pi, 40)
    x = np.vstack(
        [np.c_[np.cos(angle), np.sin(angle)], np.c_[1 - np.cos(angle), 0.5 - np.sin(angle)]]
    ) + np.random.default_rng(2).normal(0, 0.05, (80, 2))
    y = np.repeat([0, 1], 40)
    model = MLP((2, 8, 2))
    trained = descend(model.objective(x, y, losses.softmax_cross_entropy), model.initial(), 1.0, 600)
    assert models.accuracy(model(trained, x), y) == 1


# ---------------------------------------------------------------------- bad input

WRONG_MODELS = {
    "no feature": (lambda: Line(0), ValueError, "Line: features must be one integer of at least 1, got 0"),
    "half a feature": (
        lambda: Logistic(1.5),
        TypeError,
        "Logistic: features must be one integer of at least 1, got 1.5",
    ),
    "a bool": (lambda: Logistic(True), TypeError, "Logistic: features must be one integer of at least 1, got True"),
    "one class": (lambda: Softmax(2, 1), ValueError, "Softmax: classes must be one integer of at least 2, got 1"),
    "output": (
        lambda: Softmax(2, 2, "logit"),
        ValueError,
        "Softmax: output must be one of 'score', 'probability', got 'logit'",
    ),
    "mlp output": (lambda: MLP(output="p"), ValueError, "MLP: output must be one of 'score', 'probability', got 'p'"),
    "activation": (
        lambda: MLP(activation="elu"),
        ValueError,
        "MLP: activation must be one of 'sigmoid', 'tanh', 'relu', got 'elu'",
    ),
    "one size": (
        lambda: MLP((2,)),
        ValueError,
        r"MLP: sizes must be a tuple of two or more integers of at least 1, got \(2,\)",
    ),
    "no sizes": (lambda: MLP(3), TypeError, "MLP: sizes must be a tuple of two or more integers of at least 1, got 3"),
    "an empty layer": (
        lambda: MLP((2, 0, 1)),
        ValueError,
        "MLP: sizes must be a tuple of .* integers of at least 1, got 0 at index 1",
    ),
    "half a unit": (
        lambda: MLP((2, 0.5, 1)),
        TypeError,
        "MLP: sizes must be a tuple of .* integers of at least 1, got 0.5 at index 1",
    ),
    "scale": (
        lambda: MLP().initial(scale=-1),
        ValueError,
        "MLP: scale must be one number of at least 0 and finite, or None, got -1",
    ),
    "scale as text": (lambda: Line().initial(scale="1"), TypeError, "Line: scale must be one number of .*, got '1'"),
    "seed": (
        lambda: MLP().initial(-1),
        ValueError,
        "MLP: seed must be an integer from 0, or a numpy.random.Generator, got -1",
    ),
    "no seed": (
        lambda: Softmax(2, 2).initial(None),
        TypeError,
        "Softmax: seed must be an integer from 0, .*, got None",
    ),
}


@pytest.mark.parametrize("what", WRONG_MODELS)
def test_no_model_is_made_of_nonsense(what):
    make, kind, message = WRONG_MODELS[what]
    with pytest.raises(kind, match=f"^{message}"):
        make()


ROWS = r"rows of finite numbers, a row for each example, shape \(N, 3\)"
WRONG_X = {
    "features": (np.ones((4, 2)), ValueError, rf"x must be {ROWS}, got shape \(4, 2\)"),
    "no rows": (np.ones(3), ValueError, rf"x must be {ROWS}, got shape \(3,\)"),
    "too deep": (np.ones((2, 2, 3)), ValueError, rf"x must be {ROWS}, got shape \(2, 2, 3\)"),
    "a number": (1.0, ValueError, rf"x must be {ROWS}, got shape \(\)"),
    "nan": ([[1, 2, np.nan]], ValueError, rf"x must be {ROWS}, got nan at index \(0, 2\)"),
    "infinity": ([[1, 2, 3], [-np.inf, 0, 0]], ValueError, rf"x must be {ROWS}, got -inf at index \(1, 0\)"),
    "ragged": ([[1, 2, 3], [1, 2]], ValueError, f"x must be {ROWS}, got rows of different lengths"),
    "empty": (np.ones((0, 3)), ValueError, rf"x must be {ROWS}, got none \(shape \(0, 3\)\)"),
    "text": ([["a", "b", "c"]], TypeError, f"x must be {ROWS}, got text"),
}


@pytest.mark.parametrize("model", [Line(3), Logistic(3), Softmax(3, 4), MLP((3, 2, 1))], ids=repr)
@pytest.mark.parametrize("what", WRONG_X)
def test_bad_x_is_refused_with_a_reason(model, what):
    x, kind, message = WRONG_X[what]
    zeros, name = np.zeros(model.size), type(model).__name__
    for use in (
        lambda: model(zeros, x),
        lambda: model.value_and_gradient(zeros, x, NUMBERS, losses.mse),
        lambda: model.objective(x, NUMBERS, losses.mse),
    ):
        with pytest.raises(kind, match=f"^{name}: {message}"):
            use()


@pytest.mark.parametrize("model", [Line(3), Logistic(3), Softmax(3, 4), MLP((3, 2, 1))], ids=repr)
def test_bad_parameters_are_refused_with_a_reason(model):
    name = type(model).__name__
    for bad in np.zeros(model.size + 1), np.zeros(model.size - 1), np.zeros((model.size, 1)):
        for use in (
            lambda bad=bad: model(bad, X),
            lambda bad=bad: model.value_and_gradient(bad, X, NUMBERS, losses.mse),
            lambda bad=bad: model.objective(X, NUMBERS, losses.mse)(bad),
            lambda bad=bad: model.objective(X, NUMBERS, losses.mse).gradient(bad),
            lambda bad=bad: model.unpack(bad),
        ):
            with pytest.raises(ValueError, match=f"^{name}: parameters must be a flat array of {model.size} numbers"):
                use()
    for bad, kind, got in [
        (["a"] * model.size, TypeError, "text"),
        ([[1], [1, 2]], ValueError, "rows of different lengths"),
        (None, TypeError, "NoneType: None"),
    ]:
        for use in lambda bad=bad: model.unpack(bad), lambda bad=bad: model.objective(X, NUMBERS, losses.mse)(bad):
            with pytest.raises(kind, match=f"^{name}: parameters must be .*, got {got}"):
                use()
    holes = np.zeros(model.size)
    holes[1] = np.nan
    for use in lambda: model(holes, X), lambda: model.value_and_gradient(holes, X, NUMBERS, losses.mse):
        with pytest.raises(
            ValueError, match=f"^{name}: parameters must be one or more finite numbers, got nan at index 1"
        ):
            use()


@pytest.mark.parametrize("target", [NUMBERS[:-1], np.append(NUMBERS, 0), 1.0])
def test_a_target_of_another_length_is_refused(target):
    for use in (
        lambda: Line(3).objective(X, target, losses.mse),
        lambda: Line(3).value_and_gradient(np.zeros(4), X, target, losses.mse),
    ):
        with pytest.raises(ValueError, match="^Line: target must have an entry for each row of x, 7, got shape"):
            use()
    with pytest.raises(ValueError, match="^Line: target must be a rectangular array"):
        Line(3).objective(X[:2], [[1, 2], [3]], losses.mse)


def test_a_loss_s_own_refusal_is_passed_on():
    with pytest.raises(ValueError, match=r"^mse: target must have the shape of prediction, \(7, 4\), got shape \(7,\)"):
        Softmax(3, 4).value_and_gradient(np.zeros(16), X, NUMBERS, losses.mse)
    with pytest.raises(
        ValueError, match="^softmax_cross_entropy: label must be below the number of classes, 4, got 4 at index 1"
    ):
        Softmax(3, 4).value_and_gradient(np.zeros(16), X, LABELS + 1, losses.softmax_cross_entropy)
    with pytest.raises(ValueError, match="^huber: delta must be one number above 0"):
        Line(3).objective(X, NUMBERS, losses.huber, delta=-1)(np.zeros(4))


class Fourth:
    """A loss of the reader's own; `shape` spoils the shape of its gradient."""

    def __init__(self, shape=None):
        self.shape = shape

    def value_and_gradient(self, prediction, target):
        error = prediction - target
        return np.mean(error**4), (4 * error**3 / len(error)).reshape(self.shape or error.shape)


def test_a_loss_of_the_reader_s_own():
    objective = Line(3).objective(X, NUMBERS, Fourth())
    at = somewhere(Line(3))
    assert objective(at) == pytest.approx(np.mean((Line(3)(at, X) - NUMBERS) ** 4))
    assert isinstance(objective(at), float)
    assert measured(objective, at) == pytest.approx(objective.gradient(at), rel=1e-6)
    with pytest.raises(ValueError, match=r"^Line: the gradient that loss returns must have .* \(7,\), got \(7, 1\)"):
        Line(3).value_and_gradient(at, X, NUMBERS, Fourth((7, 1)))
    with pytest.raises(TypeError, match="^Line: loss must have a method value_and_gradient.*, got <function"):
        Line(3).objective(X, NUMBERS, lambda prediction, target: 0.0)


def test_a_model_of_the_reader_s_own_needs_no_checks():
    class Parabola(models.Line):
        """Parabola y = a x² + c."""

        def __init__(self):
            super().__init__()

        def forward(self, parameters, x):
            return super().forward(parameters, x**2)

    assert Parabola.__doc__ == "Parabola y = a x² + c."
    assert Parabola()([2, 1], [1, 3]) == pytest.approx([3, 19])
    assert type(Line().unpack([2, 1])).__name__ == "Slope"


def test_a_model_shows_what_it_is_made_of():
    assert repr(Line()) == "Line(features=1)"
    assert repr(Softmax(2, 3)) == "Softmax(features=2, classes=3, output='score')"
    assert repr(MLP([2, 4, 1])) == "MLP(sizes=(2, 4, 1), activation='tanh', output='score')"
    assert repr(Line().objective([1, 2], [1, 2], losses.mse)) == "<mse of Line(features=1) on 2 examples>"


# ---------------------------------------------------------------------- accuracy


def test_accuracy_counts_what_is_right():
    assert models.accuracy(TABLE, TABLE.argmax(axis=1)) == 1
    assert models.accuracy(TABLE, (TABLE.argmax(axis=1) + 1) % 4) == 0
    assert models.accuracy([[0.9, 0.1], [0.4, 0.6], [0.7, 0.3]], [0, 1, 1]) == pytest.approx(2 / 3)
    assert models.accuracy([1.0, -1.0, 0.0], [1, 0, 0]) == 1
    assert models.accuracy([1.0, -1.0, 0.0], [1, -1, -1]) == 1
    assert models.accuracy([1.0, -1.0], [-1, 1]) == 0
    assert models.accuracy([1.0, -1.0], [1, 1]) == 0.5
    assert models.accuracy([-2.0, -1.0], [-1, -1]) == 1


@pytest.mark.parametrize(
    ("scores", "label", "message"),
    [
        ([[1, 2]], [2], r"label must hold classes \(.*\), here from 0 to 1, got"),
        ([[1, 2]], [-1], r"label must hold classes \(.*\), here from 0 to 1, got"),
        ([[1, 2]], [0.5], r"label must hold classes \(.*\), here from 0 to 1, got \[0.5\]"),
        ([1, 2], [0, 2], r"label must hold classes \(.* 0 and 1, or −1 and 1\), got"),
        ([1, 2, 3], [0, 1, -1], r"label must hold classes \(.* 0 and 1, or −1 and 1\), got"),
        ([1, 2], [1], r"label must be one class for each example, 2 of them, got shape \(1,\)"),
        ([[1, 2]], [[1, 0]], r"label must be one class for each example, 1 of them, got shape \(1, 2\)"),
        (1, 1, r"scores must be one or more finite numbers, shape \(N,\) or \(N, C\), got shape \(\)"),
        ([np.nan], [1], "scores must be one or more finite numbers, .*, got nan at index 0"),
    ],
)
def test_accuracy_refuses(scores, label, message):
    with pytest.raises(ValueError, match=f"^accuracy: {message}"):
        models.accuracy(scores, label)


# ---------------------------------------------------------------------- lines and constants

CLOUDS = st.integers(0, 10_000).map(lambda seed: data.outlier_line(y=-seed % 40 - 20.0, seed=seed))


@given(CLOUDS)
def test_least_squares_agrees_with_numpy(cloud):
    assert models.least_squares_line(*cloud) == pytest.approx(np.polyfit(*cloud, deg=1), rel=1e-9, abs=1e-9)


@given(CLOUDS)
def test_no_line_nearby_is_better(cloud):
    x, y = cloud
    for fit, loss, settings in [
        (models.least_squares_line, losses.mse, {}),
        (models.least_absolute_line, losses.mae, {}),
        (models.least_huber_line, losses.huber, dict(delta=1.5)),
    ]:
        m, c = fit(x, y, **settings)
        least = loss(m * x + c, y, **settings)
        for step in 1e-3, 0.1, 3:
            for turn in np.linspace(0, 2 * np.pi, 13):
                other_m, other_c = m + step * np.cos(turn), c + step * np.sin(turn)
                assert loss(other_m * x + other_c, y, **settings) >= least - 1e-12


@given(CLOUDS)
def test_a_wide_huber_is_least_squares(cloud):
    assert models.least_huber_line(*cloud, delta=1e6) == pytest.approx(models.least_squares_line(*cloud))


@given(st.lists(st.integers(-20, 20), min_size=1, max_size=9), st.floats(0.05, 30))
def test_the_best_huber_constant_is_best(values, delta):
    values = np.array(values, float)
    best = models.best_huber_constant(values, delta)

    def loss(constant):
        return losses.huber(np.full(len(values), constant), values, delta=delta)

    assert loss(best) <= min(map(loss, np.linspace(-21, 21, 421))) + 1e-9
    assert min(values) - 1e-9 <= best <= max(values) + 1e-9


def test_the_best_huber_constant_goes_from_median_to_mean():
    values = [1, 2, 4, 5, 8, 9, 24]
    assert models.best_huber_constant(values, 1e-6) == pytest.approx(5)
    assert models.best_huber_constant(values, 1e6) == pytest.approx(np.mean(values))
    assert models.best_huber_constant([0, 10, 20, 30], 1) == 15  # all between 11 and 19 are best: the middle


@given(CLOUDS, st.floats(-5, 5), st.floats(-5, 5))
def test_the_surface_is_the_loss_of_each_line(cloud, m, c):
    x, y = cloud
    assert models.line_mse(x, y, m, c) == pytest.approx(losses.mse(m * x + c, y))


A_LIST = r"must be a list of finite numbers, shape \(n,\), got"
TWO = "x must hold two or more different numbers, got"


@pytest.mark.parametrize(
    ("x", "y", "message"),
    [
        ([1], [1], f"{TWO} only 1"),
        ([1, 1], [0, 2], f"{TWO} only 1"),
        ([1, 2], [1], r"y must have the shape of x, \(2,\), got shape \(1,\)"),
        ([[1, 2]], [[1, 2]], rf"x {A_LIST} shape \(1, 2\)"),
        ([1, np.nan], [1, 2], f"x {A_LIST} nan at index 1"),
        ([1, 2], [1, np.inf], f"y {A_LIST} inf at index 1"),
        ([], [], rf"x {A_LIST} none \(shape \(0,\)\)"),
    ],
)
def test_a_line_that_is_not_determined_is_refused(x, y, message):
    for fit in models.least_squares_line, models.least_absolute_line, models.least_huber_line:
        with pytest.raises(ValueError, match=f"^{fit.__name__}: {message}$"):
            fit(x, y)


def test_delta_must_be_positive():
    with pytest.raises(ValueError, match="^least_huber_line: delta must be one number above 0 and finite, got 0"):
        models.least_huber_line([0, 1], [0, 1], delta=0)
    with pytest.raises(ValueError, match="^best_huber_constant: delta must be one number above 0 and finite, got -1"):
        models.best_huber_constant([0, 1], delta=-1)
    with pytest.raises(ValueError, match=f"^best_huber_constant: y {A_LIST} none"):
        models.best_huber_constant([])


@pytest.mark.parametrize(
    ("changed", "kind", "message"),
    [
        (dict(x=["a", "b"]), TypeError, f"x {A_LIST} text"),
        (dict(y=[1, 2, 3]), ValueError, r"y must have the shape of x, \(2,\), got shape \(3,\)"),
        (dict(m=np.nan), ValueError, "m must be one or more finite numbers, got nan"),
        (dict(c="1"), TypeError, "c must be one or more finite numbers, got text"),
        (dict(m=[1, 2], c=[1, 2, 3]), ValueError, r"c must have a shape that goes with .*, \(2,\), got shape \(3,\)"),
    ],
)
def test_the_surface_refuses(changed, kind, message):
    with pytest.raises(kind, match=f"^line_mse: {message}"):
        models.line_mse(**dict(x=[0, 1], y=[1, 3], m=2, c=1) | changed)


def test_the_best_student_t_constant_takes_rows_and_refuses_the_rest():
    rows = np.random.default_rng(0).normal(size=(3, 9))
    assert models.best_student_t_constant(rows) == pytest.approx([models.best_student_t_constant(row) for row in rows])
    assert models.best_student_t_constant(rows, df=1e9) == pytest.approx(rows.mean(axis=1), abs=1e-6)
    for bad, message in [
        ([], r"y must be rows of finite numbers, .*, got none \(shape \(0,\)\)"),
        ([np.nan], "y must be rows of finite numbers, .*, got nan"),
        (1.0, "y must be rows of .*, got one number: 1"),
    ]:
        with pytest.raises(ValueError, match=f"^best_student_t_constant: {message}"):
            models.best_student_t_constant(bad)
    with pytest.raises(ValueError, match="^best_student_t_constant: df must be one number above 0 and finite, got 0"):
        models.best_student_t_constant([1.0], df=0)


# ---------------------------------------------------------------------- ridge and lasso

SEEDS = st.integers(0, 10_000)
PENALTIES = st.sampled_from([1e-6, 1e-3, 0.03, 0.5, 2.0])


def regression(seed, n=25, features=4):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, features)) @ rng.normal(size=(features, features)) + 5
    return x, x @ rng.normal(size=features) * rng.integers(0, 2) + rng.normal(size=n) - 3


def polynomial(degree, n=20):
    x = np.sort(np.random.default_rng(3).uniform(-1, 1, n))
    noise = np.random.default_rng(4).normal(0, 0.2, n)
    return np.vander(x, degree + 1, increasing=True)[:, 1:], np.sin(3 * x) + noise


def slopes(x, y, weights, c):
    """Half the slope of the mean squared error in each weight, and in the intercept."""
    error = x @ weights + c - y
    return x.T @ error / len(y), error.mean()


@given(SEEDS, PENALTIES)
def test_ridge_solves_its_equations(seed, penalty):
    x, y = regression(seed)
    weights, c = models.ridge(x, y, penalty)
    in_weights, in_c = slopes(x, y, weights, c)
    assert in_weights + penalty * weights == pytest.approx(np.zeros(4), abs=1e-9)
    assert in_c == pytest.approx(0, abs=1e-9)
    middle = x - x.mean(axis=0)
    normal = np.linalg.solve(middle.T @ middle + len(y) * penalty * np.eye(4), middle.T @ y)
    assert weights == pytest.approx(normal, rel=1e-6, abs=1e-8)
    # least squares with an intercept's column, and a row √(Nλ) w = 0 for each weight
    rows = np.vstack([np.c_[x, np.ones(len(y))], np.sqrt(len(y) * penalty) * np.eye(4, 5)])
    augmented = np.linalg.lstsq(rows, np.append(y, np.zeros(4)), rcond=None)[0]
    assert np.append(weights, c) == pytest.approx(augmented, rel=1e-6, abs=1e-8)


def check_lasso(x, y, penalty):
    weights, c = models.lasso(x, y, penalty)
    in_weights, in_c = slopes(x, y, weights, c)
    used = weights != 0
    assert in_weights[used] == pytest.approx(-penalty / 2 * np.sign(weights[used]), abs=1e-8)
    assert (abs(in_weights[~used]) <= penalty / 2 + 1e-8).all()
    assert in_c == pytest.approx(0, abs=1e-9)


@given(SEEDS, PENALTIES)
def test_lasso_meets_its_conditions(seed, penalty):
    check_lasso(*regression(seed), penalty)


@given(SEEDS, st.sampled_from([0.0, 1e-9, 1e-3, 0.5]))
def test_lasso_where_columns_are_sums_of_others(seed, penalty):
    rng = np.random.default_rng(seed)
    x = rng.integers(0, 3, (rng.integers(2, 15), 4)).astype(float)
    x, y = np.c_[x[:, :2] - x[:, 2:], x, x[:, :2] + x[:, 2:]], rng.integers(-3, 4, len(x))
    check_lasso(x, y, penalty)
    assert np.abs(models.lasso(x, y, penalty)[0]).max() < 1e4


@pytest.mark.parametrize("n", [5, 20])
@pytest.mark.parametrize("degree", [3, 9, 15])
@pytest.mark.parametrize("penalty", [1e-9, 1e-6, 1e-4, 1e-2, 1.0])
def test_polynomials_whose_columns_are_alike(n, degree, penalty):
    x, y = polynomial(degree, n)
    weights, c = models.ridge(x, y, penalty)
    in_weights, _ = slopes(x, y, weights, c)
    assert in_weights + penalty * weights == pytest.approx(np.zeros(degree), abs=1e-9)
    check_lasso(x, y, penalty)


def test_lasso_on_columns_at_right_angles_is_a_threshold():
    x = np.array([[1, 1, 1], [1, -1, -1], [-1, 1, -1], [-1, -1, 1]])
    y = x @ [3.0, -0.2, 0.6] + 10
    weights, c = models.lasso(x, y, penalty=1.0)
    assert weights == pytest.approx([2.5, 0, 0.1])
    assert weights[1] == 0
    assert c == pytest.approx(10)
    ridge, _ = models.ridge(x, y, penalty=1.0)
    assert ridge == pytest.approx([1.5, -0.1, 0.3]), "halved, none 0"


@pytest.mark.parametrize("fit", [models.ridge, models.lasso])
def test_without_a_penalty_both_are_least_squares(fit):
    x, y = polynomial(5)
    weights, c = fit(x, y, 0)
    assert np.append(c, weights) == pytest.approx(np.polynomial.polynomial.polyfit(x[:, 0], y, 5), rel=1e-6)
    line = fit(x[:, 0], y, 0)
    assert (line[0][0], line[1]) == pytest.approx(models.least_squares_line(x[:, 0], y))


@pytest.mark.parametrize("fit", [models.ridge, models.lasso])
def test_a_larger_penalty_means_smaller_weights_and_in_the_end_the_mean(fit):
    x, y = regression(2)
    norms = [
        np.sum(w**2) if fit is models.ridge else np.abs(w).sum()
        for w, _ in (fit(x, y, p) for p in 10.0 ** np.arange(-4, 6))
    ]
    assert all(first >= second for first, second in pairwise(norms))
    weights, c = fit(x, y, 1e9)
    assert weights == pytest.approx(np.zeros(4), abs=1e-6)
    assert c == pytest.approx(y.mean(), abs=1e-5)


@pytest.mark.parametrize("fit", [models.ridge, models.lasso])
def test_data_moved_up_move_the_intercept_alone(fit):
    x, y = regression(2)
    weights, c = fit(x, y, 0.5)
    moved_weights, moved_c = fit(x, y + 1e6, 0.5)
    assert moved_weights == pytest.approx(weights, rel=1e-9)
    assert moved_c == pytest.approx(c + 1e6)


@pytest.mark.parametrize("fit", [models.ridge, models.lasso])
def test_columns_in_very_different_units(fit):
    x, y = regression(2)
    units = np.array([1e12, 1.0, 1e-12, 1e6])
    weights, c = fit(x * units, y, 0)
    plain, plain_c = fit(x, y, 0)
    assert weights * units == pytest.approx(plain, rel=1e-7)
    assert c == pytest.approx(plain_c)


@pytest.mark.parametrize("fit", [models.ridge, models.lasso])
@pytest.mark.parametrize("penalty", [0, 1e-3, 0.1])
def test_columns_that_do_not_vary_or_come_twice(fit, penalty):
    x, y = regression(5)
    weights, c = fit(np.c_[x, np.full(25, 0.1), x[:, :1]], y, penalty)
    assert weights[4] == 0
    in_weights, _ = slopes(x, y, weights[:4] + weights[5] * np.eye(4)[0], c)
    if penalty == 0:
        assert in_weights == pytest.approx(np.zeros(4), abs=1e-8)
    elif fit is models.ridge:
        assert weights[0] == pytest.approx(weights[5]), "the penalty shares it out"
    else:
        assert models.lasso(x, y, penalty)[0] == pytest.approx(weights[:4] + weights[5] * np.eye(4)[0], abs=1e-8)
    assert not fit(np.full((3, 2), 0.1), [1, 2, 4], penalty)[0].any()
    weights, c = fit(x, np.full(25, 0.1), penalty)
    assert not weights.any()
    assert c == pytest.approx(0.1)
    assert fit(x[:3], y[:3], penalty)[0].shape == (4,)  # fewer rows than columns


@pytest.mark.parametrize("fit", [models.ridge, models.lasso])
def test_ridge_and_lasso_refuse(fit):
    name, before = fit.__name__, X.copy()
    for x, y, penalty, kind, message in [
        (X, NUMBERS[:-1], 1, ValueError, r"y must be one number for each row of x, 7 of them, got shape \(6,\)"),
        (X, TABLE, 1, ValueError, r"y must be one number for each row of x, 7 of them, got shape \(7, 4\)"),
        (X[None], NUMBERS, 1, ValueError, r"x must be rows .*, shape \(N, features\) or \(N,\), got shape \(1, 7, 3\)"),
        ([[1, np.nan]], [1], 1, ValueError, r"x must be rows of finite numbers, .*, got nan at index \(0, 1\)"),
        ([[1, 2]], [np.inf], 1, ValueError, "y must be one or more finite numbers, got inf at index 0"),
        ([], [], 1, ValueError, r"x must be rows of .*, got none \(shape \(0,\)\)"),
        (X, NUMBERS, -1, ValueError, "penalty must be one number of at least 0 and finite, got -1"),
        (X, NUMBERS, np.nan, ValueError, "penalty must be one number of at least 0 and finite, got nan"),
        (X, NUMBERS, "1", TypeError, "penalty must be one number"),
    ]:
        with pytest.raises(kind, match=f"^{name}: {message}"):
            fit(x, y, penalty)
    fit(X, NUMBERS, 0.1)
    assert (before == X).all()


@pytest.mark.parametrize("name", [name for name in models.__all__ if name != "ACTIVATIONS"])
def test_the_docstrings_are_whole(name):
    text = inspect.cleandoc(getattr(models, name).__doc__)
    fits = ["Returns"] if name.islower() else ["Attributes", "References"]
    assert len(re.findall(r"^Raises\n-+$", text, re.M)) == 1
    for part in ["Parameters", "Examples", *fits]:
        assert re.search(rf"^{part}\n-+$", text, re.M), part
