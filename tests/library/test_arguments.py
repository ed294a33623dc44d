"""One dialect for all that is refused: "function: argument must …, got …", and docstrings that say the same.

TABLE has a line for each argument of each public function, constructor and method of the numerical library, of what the
lessons compute, and of the theme: a value that is taken, and values that must be refused. What is missing in it fails a
test.
"""

import importlib
import inspect
import math
import re
from pkgutil import iter_modules

import numpy as np
import pytest

from lossviz import arguments, blocks, data, exercises, experiments, likelihood, losses, models, optimizers, theme
from lossviz.checking import Check, Condition, Refusal, checked, condition, refusals, with_raises
from lossviz.loss import Loss

NAN, INF = math.nan, math.inf
RAGGED = [[1.0], [1.0, 2.0]]

# ---------------------------------------------------------------------- values, the first is taken, the others are not

NOT_REAL = "x", ["x", "y"], [1.0, NAN], [INF, 1.0], [], RAGGED, [None, 1.0], [1j, 1.0]
BOOLEANS = [True, False], np.array([True, False])
REALS = [1.0, 2.0], *NOT_REAL, *BOOLEANS
NOT_NEGATIVE = REALS[0], *REALS[1:], [-1.0, 1.0]
BITS = [0, 1], *NOT_REAL, [0.5, 1]
SIGNS = [-1, 1], *REALS[1:], [0, 1]
COUNTS = [0, 3], *REALS[1:], [0.5, 1], [-1, 1]
SHARES = [0.5, 0.25], *NOT_REAL, [1.5, 0.5], [-0.5, 0.5]
PROBABILITIES = *SHARES, [0, 1], *BOOLEANS
LOGS = [-1.0, -2.0], *REALS[1:], [0.5, -1.0]
ROWS = [[1.0, 2.0], [3.0, 4.0]], *REALS[1:]
LABELS = [0, 1], *REALS[1:], [0.0, 1.0], [-1, 0], np.array([-1]).astype(np.uint64), np.array([1, 2**40]), *BOOLEANS
SHARE_ROWS = [[0.5, 0.5], [0.0, 1.0]], *NOT_REAL, [[0.5, 0.4], [1.0, 0.0]], [[1.5, -0.5], [1.0, 0.0]], 0.5
PROBABILITY_ROWS = *SHARE_ROWS, [[0, 1], [1, 0]]
LOG_ROWS = np.log([[0.5, 0.25, 0.25]] * 2), *REALS[1:], np.log([[0.5, 0.4, 0.2]]), [[0.5, -1.0]], 0.0
POINTS = [[1.0, 2.0], [3.0, 5.0]], *REALS[1:], [1.0, 2.0]
LIST = *REALS, [[1.0, 2.0]], 1.0
NUMBER = 1.0, "1", NAN, INF, True, [1.0, 2.0], None, 1j
POSITIVE = *NUMBER, 0, -1
AT_LEAST_0 = *NUMBER, -1
OPEN_SHARE = 0.5, *NUMBER[1:], 0, 1, -1
CLOSED_SHARE = 0.5, *NUMBER[1:], -0.1, 1.1
BELOW_1 = 0.5, *NUMBER[1:], -0.1, 1
ACUTE = 45.0, *NUMBER[1:], 0, 90
WIDTH = 1.0, "1", NAN, INF, True, None, 0, -1, [1.0, -1.0], [1.0, NAN], RAGGED
INTEGER = 3, "3", 2.5, True, None, [3], NAN
SEED = 3, "x", -1, 2.5, True, None, [3]
YES_OR_NO = True, 1, "yes", None
FUNCTION = len, 3, "len", None


def integer(good, least):
    return good, *INTEGER[1:], least - 1


def name(good):
    return good, "nothing", 3, None, [good]


def maybe(values):
    return tuple(each for each in values if each is not None)


# ---------------------------------------------------------------------- the losses

WEIGHT = AT_LEAST_0
LOSSES = {
    **{each: dict(prediction=REALS, target=REALS) for each in ("sse", "mse", "rmse", "mae", "log_cosh")},
    "huber": dict(prediction=REALS, target=REALS, delta=POSITIVE),
    "smooth_l1": dict(prediction=REALS, target=REALS, beta=POSITIVE),
    "quantile": dict(prediction=REALS, target=REALS, q=OPEN_SHARE),
    "binary_cross_entropy": dict(probability=PROBABILITIES, target=SHARES),
    "sigmoid_cross_entropy": dict(score=REALS, target=SHARES),
    "focal": dict(score=REALS, target=BITS, gamma=AT_LEAST_0, alpha=maybe(CLOSED_SHARE)),
    "categorical_cross_entropy": dict(probability=PROBABILITY_ROWS, one_hot=SHARE_ROWS),
    "sparse_categorical_cross_entropy": dict(probability=PROBABILITY_ROWS, label=(*LABELS, [0, 2], [0])),
    "softmax_cross_entropy": dict(scores=(*ROWS, 1.0), label=(*LABELS, [0, 2], [0])),
    "hinge": dict(score=REALS, target=SIGNS),
    "squared_hinge": dict(score=REALS, target=SIGNS),
    "multiclass_hinge": dict(scores=(*ROWS, 1.0), label=(*LABELS, [0, 2], [0]), margin=POSITIVE),
    "dice": dict(probability=PROBABILITIES, target=SHARES, smooth=WEIGHT),
    "tversky": dict(probability=PROBABILITIES, target=SHARES, alpha=WEIGHT, beta=WEIGHT, smooth=WEIGHT),
    "focal_tversky": dict(
        probability=PROBABILITIES, target=SHARES, alpha=WEIGHT, beta=WEIGHT, gamma=POSITIVE, smooth=WEIGHT
    ),
    "chamfer": dict(points=POINTS, target=(*POINTS, [[1.0, 2.0, 3.0]])),
    "earth_movers": dict(points=POINTS, target=(*POINTS, [[1.0, 2.0]])),
    "earth_movers_1d": dict(values=LIST, target=LIST),
    "contrastive": dict(distance=NOT_NEGATIVE, same=BITS, margin=POSITIVE),
    "triplet": dict(anchor=(*ROWS, 1.0), positive=ROWS, negative=ROWS, margin=POSITIVE),
    "angular": dict(anchor=(*ROWS, 1.0), positive=ROWS, negative=ROWS, degrees=ACUTE),
    "margin_ranking": dict(first=REALS, second=REALS, order=SIGNS, margin=AT_LEAST_0),
    "ctc": dict(
        log_probability=(*LOG_ROWS, LOG_ROWS[0][0]),
        labels=([1, 2], *(bad for bad in LABELS[1:] if len(bad)), [0, 1], [1, 3], [[1]]),
        blank=(0, *INTEGER[1:], -1, 3),
    ),
    "discriminator": dict(real_score=REALS, fake_score=REALS),
    "generator": dict(fake_score=REALS),
    "generator_minimax": dict(fake_score=REALS),
    "policy_gradient": dict(log_probability=LOGS, advantage=REALS),
    "q_learning": dict(
        q=(*ROWS, 1.0),
        action=(*LABELS, [0, 2]),
        reward=(*REALS, [1.0]),
        next_q=(*ROWS, [[1.0]]),
        done=BITS,
        discount=CLOSED_SHARE,
    ),
    "l1": dict(weights=REALS),
    "l2": dict(weights=REALS),
    "gaussian_nll": dict(mean=REALS, target=REALS, sigma=(*WIDTH, [1.0])),
    "laplace_nll": dict(location=REALS, target=REALS, scale=(*WIDTH, [1.0])),
    "student_t_nll": dict(location=REALS, target=REALS, scale=(*WIDTH, [1.0]), df=POSITIVE),
    "bernoulli_nll": dict(probability=PROBABILITIES, target=BITS),
    "categorical_nll": dict(probability=PROBABILITY_ROWS, label=(*LABELS, [0, 2], [0])),
    "poisson_nll": dict(rate=NOT_NEGATIVE, target=COUNTS),
}

# ---------------------------------------------------------------------- functions

AXIS = -1, "0", 0.5, None, True, 1
TWO = (*SHARE_ROWS, [1.0])
CURVE = dict(n=integer(3, 1), noise=AT_LEAST_0, seed=SEED)
XY = dict(x=([1.0, 2.0, 4.0], "x", [1.0, NAN, 2.0], RAGGED), y=([1.0, 2.0, 3.0], "x", [1.0, NAN, 2.0], [1.0], RAGGED))
LINE_XY = dict(x=(*XY["x"], [1.0, 1.0, 1.0], []), y=(*XY["y"], [[1.0, 2.0, 3.0]], []))
TABLE_XY = dict(x=(*XY["x"], [], 1.0), y=(*XY["y"], [[1.0, 2.0, 3.0]], []))


def total(w):
    return float(np.sum(w))


def totals(w):
    return np.sum(w, axis=1)


def same(w):
    return np.ones_like(w)


def descend(optimizer, starts):
    return np.zeros(len(starts))


FUNCTIONS = {
    losses.sigmoid: dict(score=REALS),
    losses.softmax: dict(scores=REALS, axis=AXIS),
    losses.log_softmax: dict(scores=REALS, axis=AXIS),
    losses.log_sum_exp: dict(scores=REALS, axis=AXIS),
    likelihood.gaussian_sample: dict(mean=REALS, sigma=(*WIDTH, [1.0]), rng=SEED),
    likelihood.laplace_sample: dict(location=REALS, scale=(*WIDTH, [1.0]), rng=SEED),
    likelihood.student_t_sample: dict(location=REALS, scale=(*WIDTH, [1.0]), df=POSITIVE, rng=SEED),
    likelihood.bernoulli_sample: dict(probability_of_1=PROBABILITIES, rng=SEED),
    likelihood.categorical_sample: dict(probabilities=PROBABILITY_ROWS, rng=SEED),
    likelihood.poisson_sample: dict(rate=NOT_NEGATIVE, rng=SEED),
    "information.information": dict(p=SHARES, unit=name("nats")),
    "information.entropy": dict(p=SHARE_ROWS, unit=name("nats")),
    "information.cross_entropy": dict(truth=SHARE_ROWS, prediction=TWO, unit=name("nats")),
    "information.kl_divergence": dict(truth=SHARE_ROWS, prediction=TWO, unit=name("nats")),
    "information.js_divergence": dict(p=SHARE_ROWS, q=TWO, unit=name("nats")),
    "gradients.numerical_gradient": dict(
        function=(total, *FUNCTION[1:], str, lambda w: NAN),
        at=(REALS[0], *NOT_REAL),
        step=(1e-3, *POSITIVE[1:], 1e-300),
        scheme=name("forward"),
    ),
    "gradients.check_gradient": dict(
        function=(total, *FUNCTION[1:], str, lambda w: NAN),
        gradient=([1.0, 1.0], *REALS[1:], [1.0], str),
        at=REALS,
        step=(1e-3, *POSITIVE[1:]),
    ),
    optimizers.minimize: dict(
        function=(total, *FUNCTION[1:], str, lambda w: NAN),
        gradient=(same, *FUNCTION[1:], str, lambda w: [1.0]),
        start=(*REALS, [1e300, 1.0]),
        optimizer=(optimizers.Adam(), 3, None, optimizers.Adam),
        steps=integer(2, 1),
        tolerance=maybe(AT_LEAST_0),
    ),
    optimizers.minimize_many: dict(
        function=(totals, *FUNCTION[1:], lambda w: "x", lambda w: [1.0]),
        gradient=(same, *FUNCTION[1:], lambda w: "x", lambda w: [1.0]),
        starts=(*ROWS, [1.0, 2.0]),
        optimizer=(optimizers.Adam(), 3, None, optimizers.Adam),
        steps=integer(2, 1),
    ),
    optimizers.race: dict(
        run=(descend, *FUNCTION[1:], lambda optimizer, starts: "x", lambda optimizer, starts: [1.0]),
        entrant=(optimizers.Adam, *FUNCTION[1:]),
        rates=([0.1, 0.2], "x", [0.2, 0.1], [0.0, 1.0], [NAN], [], RAGGED),
        tuning=([1.0, 2.0], [], 1.0),
        starts=([3.0, 4.0], [], 1.0),
    ),
    optimizers.random_search: dict(
        function=(total, *FUNCTION[1:], str),
        draw=(lambda rng: rng.normal(size=2), *FUNCTION[1:], lambda rng: "x", lambda rng: [NAN]),
        tries=integer(2, 1),
        seed=SEED,
    ),
    optimizers.batches: dict(
        x=([1, 2, 3], 1, [], RAGGED), y=([1, 2, 3], 1, [1, 2], RAGGED), size=integer(2, 1), rng=SEED
    ),
    models.accuracy: dict(
        scores=([[1.0, 2.0], [2.0, 1.0]], *REALS[1:], 1.0), label=([0, 1], *NOT_REAL, [0], [0, 2], [0.5, 1])
    ),
    models.best_huber_constant: dict(y=LIST, delta=POSITIVE),
    models.best_student_t_constant: dict(y=(*REALS, 1.0), df=POSITIVE),
    models.lasso: dict(**TABLE_XY, penalty=AT_LEAST_0),
    models.ridge: dict(**TABLE_XY, penalty=AT_LEAST_0),
    models.least_absolute_line: LINE_XY,
    models.least_squares_line: LINE_XY,
    models.least_huber_line: dict(**LINE_XY, delta=POSITIVE),
    models.line_mse: dict(x=(*XY["x"], []), y=(*XY["y"], []), m=REALS, c=([3.0, 4.0], *REALS[1:], [1.0, 2.0, 3.0])),
    data.blobs: dict(n=integer(4, 1), classes=integer(2, 2), spread=AT_LEAST_0, seed=SEED),
    data.cloud: dict(shape=name("cross"), **CURVE),
    data.curve: CURVE,
    data.line: CURVE,
    data.moons: CURVE,
    data.imbalanced: dict(n=integer(4, 2), rare=(0.5, *NUMBER[1:], 0, 0.6), seed=SEED),
    data.outlier_line: dict(x=NUMBER, y=NUMBER, n=integer(4, 2), seed=SEED),
    data.disc_image: dict(size=integer(8, 8), noise=AT_LEAST_0, seed=SEED),
    data.disc_mask: dict(
        size=integer(4, 1), centre=((1.0, 2.0), "x", (1.0,), (1.0, NAN), 1.0, RAGGED), radius=AT_LEAST_0
    ),
    data.quadratic: dict(curvatures=((1.0, 3.0), "x", (1.0,), (1.0, NAN), (1.0, 0.0), 1.0, RAGGED)),
    data.split: dict(
        x=([1, 2, 3], 1, [1], [], RAGGED), y=([1, 2, 3], 1, [1, 2], RAGGED), validation=OPEN_SHARE, seed=SEED
    ),
    **{
        each: dict(point=([1.0, 2.0], "x", [1.0], 1.0, RAGGED, [None, 1.0]))
        for each in (data.beale, data.double_well, data.himmelblau, data.rosenbrock, data.saddle)
    },
}

# ---------------------------------------------------------------------- what the lessons compute, by module

ARRAY = 1.0, "x", ["x"], NAN, [1.0, INF], [], RAGGED, None, 1j  # one number will do, or several
ABOVE_0 = *ARRAY, 0.0, [1.0, -1.0]
AT_LEAST_0_EACH = *ARRAY, [1.0, -1.0]
SHARE_EACH = 0.5, *ARRAY[1:], 1.5, [0.5, -0.5]
PAIR = (1.0, 2.0), "x", (1.0,), (1.0, NAN), (1.0, 2.0, 3.0), 1.0, RAGGED, None
PAIRS = [[1.0, 2.0]], *PAIR[1:]
BIT = 1, "1", 2, -1, 0.5, True, None, [1], NAN
ABOVE_1 = 2.0, *NUMBER[1:], 1, 0
ONE_SHARES = [0.5, 0.5], *SHARE_ROWS[1:], [[0.5, 0.5]]
THREE = [0.5, 0.25, 0.25], *SHARE_ROWS[1:], [0.5, 0.5]
TRUTH = dict(truth=SHARE_ROWS, prediction=TWO)
UNIT = name("nats")
LINE_OF = dict(x=XY["x"], y=XY["y"])
CLASSED = dict(
    x=([[1.0, 0.0], [-1.0, 0.5], [0.0, 1.0], [0.5, 0.5]], "x", [[1.0, NAN]], [1.0, 2.0], [[1.0]], RAGGED, []),
    label=([0, 1, 1, 1], *BITS[1:], [0, 1], [[0, 1, 1, 1]]),
)
ON_A_LINE = [[0.0, 0.0], [1.0, 2.0], [2.0, 4.0], [-1.0, -2.0]]
WEIGHT_AND_BIAS = dict(w=NUMBER, b=NUMBER)
ROLE = name("mse")
NEURON = dict(role=ROLE, **WEIGHT_AND_BIAS, target=BIT, rate=POSITIVE, steps=integer(2, 0))
NETWORK = dict(depth=integer(2, 1), scale=AT_LEAST_0)
OF_DRAW = dict(draw=integer(1, 0), n=(*integer(15, 15), 201))
ENOUGH = [float(each) for each in range(15)]
SHAPE = np.eye(2), "x", 1.0, [1.0, 2.0], [[1.0, 2.0], [2.0, 1.0]], [[1.0, 0.5], [0.0, 1.0]], -np.eye(2), RAGGED, None
NORM = name("l1")
WINDOW = (-1.0, 1.0, -1.0, 1.0), "x", (0.0, 1.0), (0.0, 1.0, 0.0, NAN), 1.0, RAGGED, None
CURVE_OF_W = experiments.gradients.CURVES["squared error"]
CURVES_OF_W = CURVE_OF_W, 3, "squared error", None, len
PRECISION = "float32", "float16", "double", 32, None, np.float32
AT_STEPS = dict(curve=CURVES_OF_W, w=NUMBER, h=ABOVE_0, precision=PRECISION)
SCHEME = "centred", "both", 3, None, ["centred"]
MEASURED = dict(curve=CURVES_OF_W, w=NUMBER, h=ABOVE_0, scheme=SCHEME, precision=PRECISION)
WEIGHTS = np.ones((5, 3)), "x", 1.0, np.ones((3, 5)), np.full((5, 3), NAN), RAGGED, None
NOISE = name("laplace")
DRAWN = dict(noise=NOISE, n=(10, *INTEGER[1:], 0, 301))
HEAT = ("bowl", "adam"), "bowl", ("bowl",), ("bowl", "Adam"), ["adam", "bowl"], ("bowl", ["adam"]), 3, None
FINISH = optimizers.Finish(np.array([0.1]), np.array([1.0]), 0.1, np.ones(3))
FINISHES = {("bowl", "adam"): FINISH}, 3, None, [FINISH], {"bowl": FINISH}, {("bowl", "Adam"): FINISH}, {HEAT[0]: 1.0}
COURSE = name("bowl")
DESCENT = dict(role=name("adam"), rate=POSITIVE, w1=NUMBER, w2=NUMBER)

EXPERIMENTS = {
    "backpropagation": {
        "activation": dict(role=name("relu"), z=ARRAY),
        "neuron_loss": dict(role=ROLE, z=ARRAY, target=BIT),
        "descend_neuron": NEURON,
        "neuron_run": NEURON,
        "first_step_right": dict(p=(*SHARES, 0.5, [[0.5]]), target=BIT),
        "neuron_chain": dict(role=ROLE, **WEIGHT_AND_BIAS, x=NUMBER, target=BIT),
        "fresh_network": dict(role=name("tanh"), **NETWORK, bias=NUMBER),
        "norms_by_layer": dict(role=name("tanh"), **NETWORK, loss=name("BCE"), bias=NUMBER),
        "slopes_by_layer": dict(role=name("tanh"), **NETWORK),
        "silent_units": NETWORK,
        "fresh_networks": dict(**NETWORK, loss=name("BCE"), bias=NUMBER),
        "relu_state": WEIGHT_AND_BIAS,
        "descend_relu": dict(**WEIGHT_AND_BIAS, rate=(0.1, *POSITIVE[1:]), steps=integer(2, 0)),
        "relu_losses": dict(**LINE_OF, w=([1.0, 2.0], *REALS[1:]), b=([1.0, 2.0], *REALS[1:], [1.0], 1.0)),
    },
    "classification_losses": {
        "log_loss": dict(score=ARRAY, target=BIT),
        "log_loss_curve": dict(target=BIT, reach=POSITIVE, count=integer(3, 2)),
        "one_example": dict(score=NUMBER, target=BIT),
        "margin_curve": dict(role=name("hinge"), margin=ARRAY, base=ABOVE_1),
        "two_classes": dict(mislabelled=(*YES_OR_NO, [True])),
        "directions": dict(angle=NUMBER),
        "costs": dict(**CLASSED, angle=NUMBER, offset=NUMBER, steepness=NUMBER),
        "least_bce": dict(
            x=([[0.0, 0.0], [1.0, 1.0], [0.0, 1.0], [2.0, 0.0]], *CLASSED["x"][1:], [[1.0, 2.0]] * 4, ON_A_LINE),
            label=([0, 0, 1, 1], *CLASSED["label"][1:]),
        ),
        "clipped": dict(exponent=(-1.0, *ARRAY[1:], 1.0, [-1.0, 0.5]), epsilon=AT_LEAST_0),
        "ceiling": dict(epsilon=ABOVE_0),
        "discount": dict(epsilon=AT_LEAST_0_EACH),
    },
    "entropy": {
        "coins": dict(head=SHARE_EACH),
        "coin_entropy": dict(head=SHARE_EACH),
        "coin_losses": dict(truth=CLOSED_SHARE, prediction=SHARE_EACH),
        "information_of_possible": dict(p=SHARE_EACH),
        "scaled": dict(p=(*NOT_NEGATIVE, 1.0, [[1.0]])),
        "rescaled": dict(p=ONE_SHARES, place=(*integer(1, 0), 2), value=CLOSED_SHARE),
        "entropy_plus_kl": dict(**TRUTH, unit=UNIT),
        "cost_of_each": dict(truth=ONE_SHARES, prediction=(*ONE_SHARES, [1.0]), unit=UNIT),
        "to_plane": dict(p=THREE),
        "to_distribution": dict(point=PAIRS),
        "grid": dict(columns=integer(3, 2)),
        "measured": dict(measure=name("JS(P, Q)"), p=THREE, q=(*THREE, [[[1.0, 0.0, 0.0]], [[1.0, 0.0]]])),
        "triangle_map": dict(measure=name("KL(P‖Q)"), q=(*THREE, [THREE[0]])),
        "lengths": TRUTH,
    },
    "gradients": {
        "search_run": dict(scale=(0.1, *POSITIVE[1:])),
        "at_kink": dict(loss=name("hinge"), w=NUMBER),
        "true_slope": dict(curve=CURVES_OF_W, w=NUMBER, precision=PRECISION),
        "one_two_five": dict(lowest=(-1, *INTEGER[1:], -301), highest=(1, *INTEGER[1:], 301, -2)),
        "ends_of_difference": dict(w=ARRAY, h=ABOVE_0, scheme=SCHEME),
        "measured_slopes": MEASURED,
        "slope_errors": MEASURED,
        "error_parts": AT_STEPS,
        "measure": AT_STEPS,
        "rises": dict(curve=CURVES_OF_W, w=NUMBER, h=POSITIVE, steps=ARRAY, precision=PRECISION),
        "is_lost": dict(w=NUMBER, h=POSITIVE, precision=PRECISION),
        "penalised_loss": dict(weights=WEIGHTS, loss=(losses.softmax_cross_entropy, *FUNCTION[1:], total)),
        "derived_gradient": dict(
            weights=WEIGHTS,
            loss=(losses.softmax_cross_entropy, *FUNCTION[1:], total),
            slope_in_scores=maybe((losses.multiclass_hinge.gradient, *FUNCTION[1:])),
            factor=NUMBER,
        ),
        "weight_set": dict(place=(*integer(2, 1), 7)),
        "compare": dict(letter=name("B"), place=(*integer(2, 1), 7), h=(1e-5, *POSITIVE[1:], [1e-5])),
        "worst_weight": dict(error=(*ROWS, 1.0, [1.0, 2.0])),
    },
    "line_fit": {
        "cloud": dict(noise=AT_LEAST_0, n=integer(3, 2)),
        "bowl": dict(**LINE_OF, m=LIST, c=LIST),
        "downhill": dict(**LINE_OF, m=([1.0, 2.0], *REALS[1:]), c=([1.0, 2.0], *REALS[1:], [1.0], 1.0)),
        "about_the_centre": dict(**LINE_OF, m=NUMBER),
    },
    "maximum_likelihood": {
        "density": dict(noise=NOISE, y=ARRAY, location=NUMBER, scale=POSITIVE),
        "Tosses": dict(heads=integer(3, 0), tails=integer(2, 0)),
        "best_bell": dict(y=LIST, least_sigma=POSITIVE, largest_sigma=(2.0, *POSITIVE[1:], 0.5)),
        "costs": dict(y=LIST, mean=NUMBER, sigma=POSITIVE),
        "nll_regions": dict(mean=NUMBER, spread=AT_LEAST_0, lowest=(1.5, *NUMBER[1:]), largest_sigma=POSITIVE),
        "best_location": dict(noise=NOISE, y=LIST),
        "NoisyPoints": dict(noise=NOISE, y=LIST),
        "draws": dict(noise=NOISE),
        "estimates": DRAWN,
        "typical_errors": DRAWN,
        "round_trip": DRAWN,
    },
    "optimizers": {
        "grid": dict(window=WINDOW, count=integer(3, 2)),
        "inside": dict(points=([[1.0, NAN]], "x", [1.0], 1.0, [[1.0, 2.0, 3.0]], [], RAGGED, None), landscape=COURSE),
        "sensible_rate": dict(landscape=COURSE, role=name("adam")),
        "lowest": dict(landscape=name("double well")),
        "descend": dict(landscape=COURSE, **DESCENT),
        "turned_bowl": dict(degrees=NUMBER, curvatures=(*PAIR, (1.0, 0.0))),
        "heat_name": dict(heat=HEAT),
        "starts_on": dict(landscape=(data.beale, "Beale", len, None), count=integer(3, 1), seed=SEED),
        "run_and_starts": dict(course=COURSE),
        "run_heat": dict(heat=HEAT),
        "run_setup": dict(seed=integer(3, 0)),
        "train_on_digits": dict(
            optimizer=(optimizers.Adam(), 3, None, optimizers.Adam),
            seeds=([1, 2], 3, None, [], "x", [-1], [0.5], [None]),
        ),
        "medians_on": dict(finishes=FINISHES, course=COURSE),
        "leaders": dict(
            medians=({"adam": 1.0, "momentum": INF}, 3, None, [1.0], {"Adam": 1.0}, {"adam": NAN}, {"adam": ""})
        ),
        "wins_again": dict(finishes=FINISHES, course=COURSE, rounds=integer(1, 1)),
        "on_parabola": dict(rate=POSITIVE, curvature=POSITIVE, start=NUMBER, steps=integer(2, 0)),
        "above_least": dict(w=PAIRS),
        "seen": dict(size=integer(32, 1)),
        "batch_run": dict(size=integer(442, 1), rate=(0.1, *POSITIVE[1:], [0.1]), w1=NUMBER, w2=NUMBER),
        "hill": dict(w=ARRAY),
        "roll": dict(
            w=([1.0, 2.0], *REALS[1:]),
            rate=(0.02, *POSITIVE[1:]),
            beta=([0.5, 0.9], *SHARE_EACH[1:], [0.5, 0.6, 0.7]),
            steps=integer(2, 0),
        ),
        "end_valleys": dict(rate=(0.02, *POSITIVE[1:], [0.02])),
        "adam_run": dict(
            momentum=YES_OR_NO,
            scaling=YES_OR_NO,
            correction=YES_OR_NO,
            rate=(0.1, *POSITIVE[1:], [0.1]),
            w1=NUMBER,
            w2=NUMBER,
            steps=integer(3, 1),
        ),
    },
    "regression_losses": {
        "curve": dict(name=name("huber"), residual=ARRAY, delta=POSITIVE),
        "constant_curve": dict(name=name("mae"), values=LIST, constants=LIST, delta=POSITIVE),
        "best_constants": dict(values=LIST, delta=POSITIVE),
        "best_line": dict(name=name("mse"), **LINE_XY, delta=POSITIVE),
        "shares": dict(per_example=NOT_NEGATIVE),
        "with_outlier": dict(x=NUMBER, y=NUMBER, delta=POSITIVE, there=YES_OR_NO),
    },
    "regularization": {
        "true_curve": dict(x=ARRAY),
        "powers": dict(x=LIST, degree=integer(2, 1)),
        "examples": OF_DRAW,
        "liftable": dict(x=LIST),
        "decomposed_powers": dict(**OF_DRAW, degree=(*integer(2, 1), 15)),
        "ridge_fits": dict(**OF_DRAW, degree=(*integer(2, 1), 15), y=(ENOUGH, *LIST[1:], [1.0, 2.0])),
        "sweep": dict(**OF_DRAW, lift=NUMBER),
        "price": dict(norm=NORM, w=ARRAY, penalty=AT_LEAST_0),
        "shrunk": dict(norm=NORM, pull=ARRAY, penalty=AT_LEAST_0),
        "loss_shape": dict(tilt=(0.5, *NUMBER[1:], 1, -1)),
        "data_loss": dict(shape=SHAPE, best=PAIR, w=PAIR),
        "length": dict(norm=NORM, w=PAIR),
        "limited": dict(norm=NORM, shape=SHAPE, best=PAIR, size=POSITIVE),
        "corner_fields": dict(shape=SHAPE, size=POSITIVE, reach=POSITIVE),
        "corner_rays": dict(shape=SHAPE, size=POSITIVE, reach=POSITIVE),
        "path": dict(fit=name("ridge"), n=(*integer(40, 40), 221), scaled=(*YES_OR_NO, [True])),
        "prior_density": dict(prior=name("Laplace"), w=ARRAY, width=POSITIVE),
        "strength_of_prior": dict(prior=name("Laplace"), width=POSITIVE, n=integer(5, 1)),
        "belief": dict(prior=name("Laplace"), width=POSITIVE, a=NUMBER, n=integer(5, 1)),
    },
    "start_here": {"valley": dict(w=ARRAY)},
    "svm_and_softmax": {
        "over_margin": dict(scores=LIST, true=(*integer(1, 0), 2), margin=POSITIVE),
        "work_out": dict(scores=LIST, true=(*integer(1, 0), 2), margin=POSITIVE),
        "both_losses": dict(scores=(*ROWS, 1.0), true=(*LABELS, [0, 2], [0, 1, 1], [[0, 1]]), margin=POSITIVE),
        "scores_of_gap": dict(gap=ARRAY),
        "jiggled": dict(gap=NUMBER, jiggle=AT_LEAST_0),
        "losses_of_scale": dict(scale=ARRAY),
        "penalty_of_scale": dict(scale=ARRAY, strength=AT_LEAST_0),
        "objective": dict(scale=LIST, strength=AT_LEAST_0),
        "penalty_of_shares": dict(t=ARRAY),
    },
}
# what they return, and nobody else makes
RESULTS = {
    "backpropagation": {"NeuronRun", "NeuronChain", "FreshNetworks", "ReluState"},
    "classification_losses": {"Curve", "Example", "Costs"},
    "entropy": {"Sum", "Map", "Lengths"},
    "gradients": {"Run", "Curve", "ErrorParts", "Measured", "Case", "Comparison"},
    "line_fit": {"Cloud", "ThreeMeans"},
    "maximum_likelihood": {"Bell", "Costs", "RoundTrip"},
    "optimizers": {"ParabolaRun", "BatchRun", "AdamRun"},
    "regression_losses": {"Curve", "LineFit"},
    "regularization": {"Split", "Decomposition", "Sweep", "Path", "Belief"},
    "svm_and_softmax": {"WorkedOut", "Objective"},
}

# ---------------------------------------------------------------------- how it looks, and what is asked

OTHERS = {
    theme.use: dict(preset=name("lab")),
    theme.line: dict(role=name("mse")),
    theme.dots: dict(role=name("mse")),
    exercises.of: dict(lesson=name("line_fit")),
}

# ---------------------------------------------------------------------- constructors and methods

SETTINGS = dict(
    learning_rate=POSITIVE,
    momentum=BELOW_1,
    nesterov=YES_OR_NO,
    decay=BELOW_1,
    beta1=BELOW_1,
    beta2=BELOW_1,
    epsilon=POSITIVE,
    bias_correction=YES_OR_NO,
)
OUTPUT = name("probability")
CONSTRUCTORS = {
    **{
        rule: {argument: SETTINGS[argument] for argument in inspect.signature(rule).parameters}
        for rule in (
            optimizers.GradientDescent,
            optimizers.Momentum,
            optimizers.AdaGrad,
            optimizers.RMSProp,
            optimizers.Adam,
        )
    },
    models.Line: dict(features=integer(2, 1)),
    models.Logistic: dict(features=integer(2, 1), output=OUTPUT),
    models.Softmax: dict(features=integer(2, 1), classes=integer(3, 2), output=OUTPUT),
    models.MLP: dict(
        sizes=((2, 3, 1), 3, (2,), (2, 0, 1), (2, "3", 1), None, (2.5, 1)), activation=name("relu"), output=OUTPUT
    ),
    data.Landscape: dict(
        rule=(lambda w1, w2: (w1, (w1, w2)), *FUNCTION[1:]),
        formula=("w", 3, None),
        minima=([], "x", [1.0], [[1.0, NAN]]),
        start=((1.0, 2.0), "x", (1.0,), (1.0, NAN)),
        window=((1, 2, 1, 2), "x", (1, 2), (1, 2, 1, NAN)),
    ),
}
FLAT = [1.0, 2.0, 3.0], "x", [1.0, NAN, 2.0], [1.0], [], RAGGED
X_ROWS = [[1.0, 2.0], [3.0, 4.0]], "x", [[1.0, NAN]], [[1.0]], [], RAGGED
TARGET = [0.0, 1.0], [0.0], 1.0, RAGGED
LOSS = losses.mse, 3, None, "mse"
FIT = dict(x=X_ROWS, target=TARGET, loss=LOSS)
MODEL = {
    "__call__": dict(parameters=FLAT, x=X_ROWS),
    "initial": dict(seed=SEED, scale=maybe(AT_LEAST_0)),
    "objective": FIT,
    "unpack": dict(parameters=FLAT[:2] + FLAT[3:]),
    "value_and_gradient": dict(parameters=FLAT, **FIT),
}
SOFTMAX_VALUES = {
    "parameters": ([1.0, 2.0, 3.0, 4.0], *FLAT[1:]),
    "x": ([1.0, 2.0], *X_ROWS[1:3], X_ROWS[0], *X_ROWS[4:]),
    "target": ([[0.0, 1.0]] * 2, *TARGET[1:]),
}
METHODS = [
    *((rule(0.1), "step", dict(parameters=REALS, gradient=(*REALS, [1.0]))) for rule in optimizers.RULES),
    *((model, method, MODEL[method]) for model in (models.Line(2), models.Logistic(2)) for method in MODEL),
    *(
        (models.Softmax(1, 2), method, {each: SOFTMAX_VALUES.get(each, values[each]) for each in values})
        for method, values in MODEL.items()
    ),
    *((models.MLP((2, 1)), method, MODEL[method]) for method in MODEL),
    (models.MLP((2, 1)), "activations", MODEL["__call__"]),
    (models.MLP((2, 1)), "layer_gradients", MODEL["value_and_gradient"]),
    (data.rosenbrock, "gradient", FUNCTIONS[data.rosenbrock]),
    (FINISH, "quantile", dict(share=(0.5, *POSITIVE[1:], 1.1))),
    (experiments.maximum_likelihood.Tosses(3, 2), "likelihood", dict(theta=SHARE_EACH)),
    (experiments.maximum_likelihood.Tosses(3, 2), "log_likelihood", dict(theta=SHARE_EACH)),
    (experiments.maximum_likelihood.NoisyPoints("laplace", [1.0, 2.0]), "at", dict(location=ARRAY)),
]
UNCHECKED = {
    # what the library makes, and nobody else
    *("GradientReport", "Finish", "Runs", "Search", "Trajectory"),
    "Optimizer",  # the base of all rules
    *("forward", "backward"),  # the inner loop of a model, which checks before it begins
}

# ---------------------------------------------------------------------- the table


def argument_names(function):
    parameters = inspect.signature(function).parameters.values()
    return [each.name for each in parameters if each.kind is not each.VAR_KEYWORD and each.name != "self"]


def lines():
    """Each callable with its name in messages and its arguments."""
    for loss_name, values in LOSSES.items():
        each = getattr(losses, loss_name, None) or getattr(likelihood, loss_name)
        for use in "__call__", "per_example", "gradient", "value_and_gradient":
            yield f"{loss_name}.{use}", getattr(each, use), loss_name, values
    for function, values in FUNCTIONS.items():
        if isinstance(function, str):
            module, function_name = function.split(".")
            function = getattr(importlib.import_module(f"lossviz.{module}"), function_name)
        yield function.__name__, function, function.__name__, values
    for module, functions in EXPERIMENTS.items():
        for function_name, values in functions.items():
            each = getattr(getattr(experiments, module), function_name)
            yield f"{module}.{function_name}", each, function_name, values
    for function, values in OTHERS.items():
        yield f"{function.__module__.removeprefix('lossviz.')}.{function.__name__}", function, function.__name__, values
    for constructor, values in CONSTRUCTORS.items():
        yield constructor.__name__, constructor, constructor.__name__, values
    for each, method, values in METHODS:
        name = getattr(each, "name", type(each).__name__)
        yield f"{name}.{method}", getattr(each, method), name, values


LINES = list(lines())
each_line = pytest.mark.parametrize(("use", "name", "values"), [line[1:] for line in LINES], ids=[i[0] for i in LINES])


@each_line
def test_what_is_taken_is_taken(use, name, values):
    use(**{argument: good for argument, (good, *_) in values.items()})


@each_line
def test_a_bad_argument_is_refused_in_one_dialect(use, name, values):
    taken = {argument: good for argument, (good, *_) in values.items()}
    for argument, (_, *bad) in values.items():
        assert bad, f"no bad value for {argument}"
        for value in bad:
            with pytest.raises((TypeError, ValueError)) as refused:
                use(**taken | {argument: value})
            message = str(refused.value)
            assert re.match(rf"{name}: {argument}(\[\d+\])? must .*, got ", message, re.S), f"{value!r}: {message}"


def public():
    """Find the names of all that a reader may call, and of its arguments."""
    for part in "losses", "likelihood", "information", "gradients", "optimizers", "models", "data":
        module = importlib.import_module(f"lossviz.{part}")
        own = [name for name, each in vars(module).items() if getattr(each, "__module__", "") == module.__name__]
        for name in getattr(module, "__all__", [name for name in own if not name.startswith("_")]):
            each = getattr(module, name)
            if name in UNCHECKED or not callable(each):
                continue
            if isinstance(each, Loss):
                yield from ((f"{name}.{use}", argument_names(each.rule)) for use in ("__call__", "per_example"))
                yield from ((f"{name}.{use}", argument_names(each.rule)) for use in ("gradient", "value_and_gradient"))
            else:
                yield name, argument_names(type(each).__call__ if isinstance(each, data.Landscape) else each)
            if inspect.isclass(each) and each is not data.Landscape:
                for method, function in inspect.getmembers(each, inspect.isfunction):
                    if method == "__call__" or not method.startswith("_"):
                        yield f"{name}.{method}", argument_names(function)


def own_public(module):
    """Find what is written in a module, or in those of a package, and a reader may call, by name."""
    parts = [
        importlib.import_module(f"{module.__name__}.{part.name}")
        for part in iter_modules(getattr(module, "__path__", []))
    ]
    return {
        name: each
        for part in (module, *parts)
        for name, each in vars(part).items()
        if not name.startswith("_") and getattr(each, "__module__", "") == part.__name__
        if inspect.isclass(each) or inspect.isfunction(inspect.unwrap(each) if callable(each) else each)
    }.items()


def public_above():
    """Find all that a reader may call of what the lessons compute, of the theme and of the exercises."""
    for module_name in experiments.__all__:
        for name, each in own_public(getattr(experiments, module_name)):
            if name in RESULTS.get(module_name, ()):
                continue
            yield f"{module_name}.{name}", argument_names(each)
            if inspect.isclass(each):
                for method, function in inspect.getmembers(each, inspect.isfunction):
                    if not method.startswith("_"):
                        yield f"{name}.{method}", argument_names(function)
    for name, each in own_public(theme):
        yield f"theme.{name}", argument_names(each)
    yield "exercises.of", argument_names(exercises.of)


class Recording:
    """What a tensor that records gradients does where an array is wanted; torch itself is not needed."""

    shape, ndim, size, dtype = (2,), 1, 2, "float64"

    def __array__(self, *_, **__):
        raise RuntimeError("Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.")

    def __len__(self):
        return 2


HIDDEN = np.ma.array([1.0, 2.0], mask=[False, True])
SWALLOWED = HIDDEN, [HIDDEN, HIDDEN], np.ma.masked, [1.0, np.ma.masked], HIDDEN.astype(int), Recording(), [Recording()]
SWALLOWED += np.array("1"), np.array(b"1"), object(), [object(), object()], np.array(None), np.array(1j), ["1", "2"]
ANY_SORT = {"batches", "split"}  # they deal out examples of any sort, texts and objects too


@each_line
def test_what_numpy_would_change_without_a_word_is_refused_everywhere(use, name, values):
    taken = {argument: good for argument, (good, *_) in values.items()}
    for argument, (good, *_) in values.items():
        for value in SWALLOWED:
            any_list = name in ANY_SORT or argument in ("tuning", "starts", "target")
            if any_list and isinstance(value, list) and not isinstance(value[0], np.ma.MaskedArray | float | Recording):
                continue
            with pytest.raises((TypeError, ValueError)) as refused:
                use(**taken | {argument: value})
            message = str(refused.value)
            assert re.match(rf"{name}: {argument}(\[\d+\])? must .*, got ", message, re.S), f"{value!r}: {message}"
            if isinstance(value, np.ma.MaskedArray) and isinstance(good, np.ndarray | list) and "shape" not in message:
                assert "a masked array: [" in message or value is np.ma.masked, message


def test_a_tensor_that_records_gradients_is_refused_with_advice():
    words = "got Recording, which does not become an array; if it is a tensor that records gradients, give what its "
    with pytest.raises(TypeError, match=rf"^mse: prediction must be .*, {words}method .detach\(\) returns$"):
        losses.mse(Recording(), [1.0, 2.0])


def test_a_masked_array_that_hides_nothing_is_an_array():
    assert losses.mse(np.ma.array([1.0, 3.0]), np.ma.array([1.0, 1.0], mask=[False, False])) == 2
    with pytest.raises(
        TypeError, match=r"^mse: target must be .*, got a masked array: \[1.0 --\]; first fill its hidden"
    ):
        losses.mse([1.0, 99.0], HIDDEN)


def test_hidden_entries_are_not_counted_in_a_large_batch(monkeypatch):
    monkeypatch.setattr(blocks, "BLOCK", 3)
    numbers = np.zeros(10)
    with pytest.raises(TypeError, match="^mse: target must be .*, got a masked array: "):
        losses.mse(numbers, np.ma.array(numbers + 99, mask=numbers == 0))


def test_labels_are_indices_of_this_machine():
    """In a browser's Python an index has 32 bits: NumPy refuses there to make one of 64 bits an index."""
    for sort in np.int8, np.uint8, np.int32, np.uint64, np.intp:
        assert arguments.label("f: a", np.array([2, 0], sort)).dtype == np.intp
    for label in data.blobs(4)[1], data.moons(4)[1], data.imbalanced(20)[1], data.digits()[1]:
        assert label.dtype == np.intp
    assert likelihood.bernoulli_sample([0.5]).dtype == np.intp
    with pytest.raises(
        ValueError, match=r"^f: a must be one or more integers .*, got 18446744073709551615 at index 0$"
    ):
        arguments.label("f: a", np.array([-1]).astype(np.uint64))


def test_the_table_names_every_argument_of_every_public_function():
    table = {line: list(values) for line, _, _, values in LINES}
    assert len(table) == len(LINES)
    wanted = {name: found for name, found in public() if found and name.split(".")[-1] not in UNCHECKED}
    wanted |= {name: found for name, found in public_above() if found}
    assert {name: table.get(name) for name in wanted} == wanted
    assert set(table) - set(wanted) == {"rosenbrock.gradient", "Finish.quantile"}


def test_what_is_said_to_be_a_result_is_one():
    for module, names in RESULTS.items():
        for name in names:
            assert issubclass(getattr(getattr(experiments, module), name), tuple)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: data.line(n="3"), "line: n must be one integer of at least 1, got '3'"),
        (
            lambda: likelihood.gaussian_sample([0.0], rng="x"),
            "gaussian_sample: rng must be an integer from 0, or a numpy.random.Generator, got 'x'",
        ),
        (
            lambda: optimizers.batches([1], [2], size=1, rng="x"),
            "batches: rng must be an integer from 0, or a numpy.random.Generator, got 'x'",
        ),
        (lambda: data.line(seed=-1), "line: seed must be an integer from 0, or a numpy.random.Generator, got -1"),
        (lambda: losses.huber([1], [1], 0), "huber: delta must be one number above 0 and finite, got 0"),
        (
            lambda: losses.mse([1, 2], [1, 2, 3]),
            "mse: target must have the shape of prediction, (2,), got shape (3,)",
        ),
    ],
)
def test_the_words(call, message):
    with pytest.raises((TypeError, ValueError), match=f"^{re.escape(message)}$"):
        call()


def test_a_line_needs_as_many_y_as_x():
    with pytest.raises(ValueError, match=r"^least_squares_line: y must .*, got "):
        models.least_squares_line([1, 2], [1])


# ---------------------------------------------------------------------- checks

ALL_CHECKS = {name: each for name, each in vars(arguments).items() if isinstance(each, Check)}


@pytest.mark.parametrize("check", ALL_CHECKS.values(), ids=list(ALL_CHECKS))
def test_a_check_says_what_it_allows(check):
    with pytest.raises((TypeError, ValueError)) as refused:
        check("f: a", object())
    assert re.match(
        rf"f: a must be {re.escape(check.allowed)}, got (shape|(object: )?<object object at) ", str(refused.value)
    )
    assert refused.value.__suppress_context__, "the reader sees one error"
    assert refused.value.__cause__ is None


def test_none_and_other_spellings():
    maybe = arguments.optional(arguments.positive)
    assert maybe("f: a", None) is None
    assert maybe("f: a", 2) == 2
    assert maybe.allowed == "one number above 0 and finite, or None"
    scheme = arguments.one_of("centered", "forward", also={"centred": "centered"})
    assert scheme("f: a", "centred") == scheme("f: a", "centered") == "centered"
    assert scheme.allowed == "one of 'centered', 'forward'"


def test_seeds_and_generators():
    rng = np.random.default_rng(5)
    assert arguments.seed("f: a", rng) is arguments.generator("f: a", rng) is rng
    assert arguments.seed("f: a", np.int32(5)) == 5
    assert arguments.generator("f: a", 5).random() == np.random.default_rng(5).random()
    assert arguments.seed.allowed == arguments.generator.allowed


def test_an_integer_beyond_the_largest_float_is_refused():
    with pytest.raises(ValueError, match="above 0 and finite, got an integer beyond the largest float"):
        arguments.positive("f: a", 10**400)


# ---------------------------------------------------------------------- the decorator


@condition("high must be above low")
def _above(values):
    return None if values["high"] > values["low"] else f"{values['low']:g}, got {values['high']:g}"


@checked(_above, low=arguments.finite, high=arguments.finite)
def interval(low, high=1.0, *, label="", **others):
    """Return an interval.

    Returns
    -------
    tuple

    Raises
    ------
    KeyError
        If the label is unknown.

    Examples
    --------
    >>> interval(0)
    (0.0, 1.0, '', {})
    """
    return low, high, label, others


def test_a_checked_function_gets_checked_values_and_the_defaults():
    assert interval(0) == (0.0, 1.0, "", {})
    assert interval(np.float32(0.5), high=2, label="a", color="b") == (0.5, 2.0, "a", {"color": "b"})
    assert isinstance(interval(0)[0], float)


def test_a_checked_function_looks_like_itself():
    assert interval.__name__ == "interval"
    assert str(inspect.signature(interval)) == "(low, high=1.0, *, label='', **others)"
    assert inspect.getsource(interval).startswith("@checked(")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: interval(), r"interval\(\) missing 1 required positional argument: 'low'"),
        (lambda: interval(1, 2, 3), r"interval\(\) takes from 1 to 2 positional arguments but 3 were given"),
        (lambda: interval(1, low=2), r"interval\(\) got multiple values for argument 'low'"),
        (lambda: losses.sigmoid(nothing=1), r"sigmoid\(\) got an unexpected keyword argument 'nothing'"),
    ],
)
def test_a_call_that_does_not_fit_is_refused_by_python(call, message):
    with pytest.raises(TypeError, match=f"^{message}") as refused:
        call()
    assert refused.value.__context__ is None


def test_conditions_come_after_the_checks():
    with pytest.raises(ValueError, match=r"^interval: high must be above low, 3, got 2$"):
        interval(3, 2)
    with pytest.raises(TypeError, match=r"^interval: high must be one number that is finite, got '2'$"):
        interval(3, "2")


def test_the_raises_section_of_a_function_is_completed():
    text = inspect.cleandoc(interval.__doc__)
    assert text.count("Raises\n------") == 1
    assert (
        "tuple\n\nRaises\n------\nValueError, TypeError\n    low and high must be one number that is finite.\n"
        "    high must be above low.\nKeyError\n    If the label is unknown.\n\nExamples\n" in text
    )


@pytest.mark.parametrize("before", ["", "Notes\n-----\nn", "See Also\n--------\ns", "References\n----------\nr"])
def test_the_raises_section_stands_in_numpydocs_order(before):
    text = with_raises(f"Do.\n\nReturns\n-------\nint\n\n{before}", ["a must be b."])
    expected = f"Do.\n\nReturns\n-------\nint\n\nRaises\n------\nValueError, TypeError\n    a must be b.\n\n{before}"
    assert text.rstrip() == expected.rstrip()


def test_an_entry_of_the_same_errors_is_joined():
    text = with_raises("Do.\n\nRaises\n------\nValueError, TypeError\n    c must be d.\n", ["a must be b."])
    assert text == "Do.\n\nRaises\n------\nValueError, TypeError\n    a must be b.\n    c must be d."


def test_without_docstrings_nothing_is_said():
    assert with_raises(None, ["a must be b."]) is None
    assert with_raises("Do.", []) == "Do."


def test_arguments_with_one_check_share_a_sentence():
    checks = dict.fromkeys(["a", "b", "c"], arguments.real) | {"d": arguments.index}
    assert refusals(checks) == [
        "a, b and c must be one or more finite numbers.",
        "d must be one integer of at least 0.",
    ]


def test_a_method_is_named_by_its_class():
    class Ruler:
        @checked(length=arguments.positive)
        def measure(self, length):
            return length

    class Tape(Ruler):
        pass

    assert Ruler().measure(2) == 2
    with pytest.raises(ValueError, match=r"^Tape: length must be one number above 0 and finite, got 0$"):
        Tape().measure(0)


def test_a_check_of_something_else_is_a_mistake():
    with pytest.raises(TypeError, match="f: b must be among its arguments"):
        checked(b=arguments.real)(_f)
    with pytest.raises(TypeError, match="must have names"):
        checked(a=arguments.real)(lambda *a: a)


def _f(a):
    return a


_f.__name__ = "f"


def test_a_check_and_a_condition_of_ones_own():
    def even(given):
        if given % 2:
            raise Refusal(f"{given}")
        return given

    check = Check("an even number", even)
    assert check("f: a", 4) == 4
    with pytest.raises(ValueError, match="^f: a must be an even number, got 3$"):
        check("f: a", 3)
    with pytest.raises(ValueError, match="^f: a must return an even number, got 3$"):
        arguments.returned(check)("f: a", 3)
    assert isinstance(_above, Condition)


@pytest.mark.parametrize(
    "function",
    [each for _, each, _, _ in LINES if hasattr(each, "checks") and not inspect.ismethod(each)],
    ids=lambda each: each.__name__,
)
def test_the_docstring_of_a_checked_function_says_what_its_checks_allow(function):
    said = " ".join(function.__doc__.split())
    for argument, check in function.checks.items():
        assert re.search(rf"\b{argument}\b[\w, ]* must {check.verb} {re.escape(check.allowed)}\.", said), argument
    assert len(re.findall("^Raises$", inspect.cleandoc(function.__doc__), re.M)) == 1
