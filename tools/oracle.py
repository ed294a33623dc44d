"""Ask libraries that nobody here wrote for values, gradients and trajectories, and write down what they say.

    python tools/oracle.py     rewrites tests/library/oracle.json, which test_oracle.py beside it
                               compares lossviz with

Needs torch, scipy, scikit-learn and POT, which the project itself does not (mpmath comes with torch). Imports nothing
of lossviz: the two must not share a mistake. Running it twice gives the same bytes; it takes about a minute.

How a record comes to be
    Each function is written here twice: with a library's own loss, whose gradient is torch.autograd's, and as its
    definition, in plain loops over numbers of 100 digits, whose slopes are measured by tiny central differences. Where
    a further library has the function, its value is asked too. A record is written only if all of them agree to 11
    digits. It names who said it (`by`; plain "torch" where no library has the loss, and its formula was written in
    tensors) and who agreed (`also`).
    Where the library gives up (it clamps a logarithm, drops what is small, or answers NaN), the record has what the
    definition gives; where no difference measures the slope, because it is infinite, or because 0 / 0 is 1 by
    agreement, it is written out by hand as "closed form". Numbers are rounded to 14 digits, far more than are compared:
    the last ones depend on the processor.
"""

import itertools
import json
import math
import random
import warnings
from pathlib import Path

import mpmath
import numpy as np
import ot
import scipy.linalg
import scipy.optimize
import scipy.spatial
import scipy.special
import scipy.stats
import sklearn.metrics
import torch
import torch.nn.functional as F  # noqa: N812
from mpmath import mpf

TABLE = Path(__file__).parent.parent / "tests" / "library" / "oracle.json"
INF = math.inf
HALF = mpf(1) / 2

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)  # the order of a sum, and so its last digit, must not depend on the machine's cores
mpmath.mp.dps = 100
STEP = mpf(10) ** -25  # for the measured slopes, relative to the number that is moved; their error is about STEP²

# ---------------------------------------------------------------------- the table

records = {}


def legible(given, number=lambda number: number):
    """Return lists for arrays, and text for infinity, which JSON has no number for; the others as `number` has them."""
    if isinstance(given, dict):
        return {key: legible(each, number) for key, each in given.items()}
    if isinstance(given, np.ndarray):
        given = given.tolist()
    if isinstance(given, list | tuple):
        return [legible(each, number) for each in given]
    if isinstance(given, float) and math.isinf(given):
        return "inf" if given > 0 else "-inf"
    return number(given)


def rounded(answer):
    if math.isnan(answer):
        raise ValueError("NaN is no answer")
    return float(f"{float(answer):.14g}") + 0.0  # + 0.0 makes 0.0 of −0.0


def write(function, case, arguments, by, also=(), surface=None, **answers):
    name = f"{function.partition('.')[2]}/{case}"
    if name in records:
        raise ValueError(f"two records are called {name}")
    record = {"function": function, "arguments": legible(arguments)} | ({"surface": surface} if surface else {})
    record |= {what: legible(answer, rounded) for what, answer in answers.items() if answer is not None}
    records[name] = record | {"by": by, "also": list(also)}


def agree(where, one, other, digits=11):
    """Refuse to go on if two opinions differ; beside large numbers, a small one is only as exact as they are."""
    one, other = np.asarray(one, float), np.asarray(other, float)
    if one.shape != other.shape:
        raise ValueError(f"{where}: shapes {one.shape} and {other.shape}")
    largest = np.abs(other[np.isfinite(other)]).max(initial=0)
    np.testing.assert_allclose(one, other, rtol=10.0**-digits, atol=1e-14 * largest, err_msg=where)


# ---------------------------------------------------------------------- inputs


def draw(name, shape, low=-3.0, high=3.0):
    """Numbers of three decimals that depend on these arguments alone: a new case leaves the others as they are."""
    source = random.Random(f"{name} {shape} {low} {high}")
    return np.array([round(source.uniform(low, high), 3) for _ in range(math.prod(shape))]).reshape(shape)


def choose(name, shape, options):
    source = random.Random(f"{name} {shape} {options}")
    return np.array([source.choice(options) for _ in range(math.prod(shape))]).reshape(shape)


def distributions(name, shape):
    """Probabilities of three decimals whose last axis sums to 1."""
    thousandths = np.floor(1000 * draw(name, shape, 0.1, 1.0) / shape[-1])
    thousandths[..., -1] += 1000 - thousandths.sum(axis=-1)
    return thousandths / 1000


SHAPES = {"scalar": (), "one": (1,), "seven": (7,), "forty": (40,), "grid": (3, 4), "cube": (2, 3, 2)}


def in_all_shapes(**arguments):
    return {name: {key: make(shape) for key, make in arguments.items()} for name, shape in SHAPES.items()}


def given(names, cases):
    """Name the arguments of cases that are written as tuples of lists."""
    return {case: dict(zip(names.split(), map(np.array, each), strict=True)) for case, each in cases.items()}


def with_settings(cases, chosen, **settings):
    """Add the chosen cases once more with each combination of the settings; without any, a case shows the defaults."""
    more = dict(cases)
    for combination in itertools.product(*settings.values()):
        setting = dict(zip(settings, combination, strict=True))
        more |= {f"{case},{named(setting)}": cases[case] | setting for case in chosen}
    return more


def named(setting):
    return ",".join(
        f"{key}={each:.4g}" if isinstance(each, float) else f"{key}={each}" for key, each in setting.items()
    )


# ---------------------------------------------------------------------- how a loss is asked


def mean(per_example):
    return per_example.mean()


def total(per_example):
    return per_example.sum()


def root_mean(per_example):
    return per_example.mean() ** 0.5


def exact(array):
    return [exact(each) for each in array] if np.ndim(array) else mpf(float(array))


def moved(array, index, step):
    if not index:
        return array + step
    return [moved(each, index[1:], step) if i == index[0] else each for i, each in enumerate(array)]


def measured_slope(function, array, index):
    """The slope of a function of an array of long numbers in one of its entries."""
    at = array
    for i in index:
        at = at[i]
    step = STEP * (abs(at) if at else 1)
    return float((function(moved(array, index, step)) - function(moved(array, index, -step))) / (2 * step))


def by_definition(definition, arguments, learned, depth):
    """Return the examples' values and the slopes of each in the learned arguments, from the definition for one.

    `depth` tells how many of an argument's last axes belong to one example, none if not named; None says all of all.
    """
    arrays = {key: each for key, each in arguments.items() if isinstance(each, np.ndarray)}
    settings = {key: exact(each) for key, each in arguments.items() if key not in arrays and each is not None}
    first = next(iter(arrays.values()))
    axes = first.ndim if depth is None else depth.get(next(iter(arrays)), 0)
    shape = first.shape[: first.ndim - axes]
    values, slopes = np.empty(shape), {key: np.empty(arrays[key].shape) for key in learned}
    for place in np.ndindex(shape):
        example = {key: exact(each[place]) for key, each in arrays.items()} | settings
        values[place] = float(definition(**example))
        for key in learned:
            for index in np.ndindex(arrays[key].shape[len(shape) :]):
                slopes[key][place + index] = measured_slope(
                    lambda entry, key=key, example=example: definition(**(example | {key: entry})), example[key], index
                )
    return values, slopes


def batch_of(values, slopes, together):
    """Put the examples of a definition together: the batch's value and its gradient."""
    value = together(values)
    factor = {mean: 1 / values.size, total: 1.0, root_mean: 0.5 / (value * values.size) if value else 0.0}[together]
    return float(value), {key: slope * factor for key, slope in slopes.items()}


def with_autograd(library, arguments, learned, together):
    """Return the batch's value, the examples' values and the gradient, as torch computes them."""
    tensors = {
        key: torch.tensor(each.copy(), dtype=torch.long if key in {"label", "action"} else torch.float64)
        if isinstance(each, np.ndarray)
        else each
        for key, each in arguments.items()
    }
    for key in learned:
        tensors[key].requires_grad_()
    per_example = library(**tensors)
    value = together(per_example)
    gradient = torch.autograd.grad(value, [tensors[key] for key in learned])
    gradient = {key: each.numpy() for key, each in zip(learned, gradient, strict=True)}
    return value.item(), per_example.detach().numpy(), gradient


def ask(
    function,
    cases,
    by,
    library,
    definition,
    learned=None,
    depth=(),
    together=mean,
    also=None,
    library_fails=(),
    kinks=(),
    too_large=(),
    examples=True,
):
    """Compute all cases of a loss, compare the opinions, and write the records.

    library        arguments as tensors -> tensor of the examples' values
    definition     arguments of one example as numbers of 100 digits -> its value
    learned        names of the arguments that the gradient is taken in; the first one if not given
    depth          how many of an argument's last axes belong to one example (see `by_definition`)
    also           name of another library's function -> the batch's value from the arguments; None: has no such case
    library_fails  cases that `by` answers wrongly or not at all; the definition is written instead
    kinks          cases without a gradient
    too_large      cases whose definition would take too long
    examples       whether the loss has values of single examples
    """
    for case, arguments in cases.items():
        where = f"{function} {case}"
        names = learned or [next(iter(arguments))]
        agreed = []
        if case in library_fails:
            values, slopes = by_definition(definition, arguments, names, None if depth is None else dict(depth))
            said_by, per_example = "definition", values
            value, gradient = batch_of(values, slopes, together)
        else:
            said_by = by
            value, per_example, gradient = with_autograd(library, arguments, names, together)
            if case not in too_large:
                slopes_of = () if case in kinks else names
                values, slopes = by_definition(definition, arguments, slopes_of, None if depth is None else dict(depth))
                defined_value, defined_gradient = batch_of(values, slopes, together)
                agree(f"{where}: value", value, defined_value)
                agree(f"{where}: examples", per_example, values)
                for key, slope in defined_gradient.items():
                    agree(f"{where}: gradient in {key}", gradient[key], slope)
                agreed.append("definition")
            for name, opinion in (also or {}).items():
                if (other := opinion(**arguments)) is not None:
                    agree(f"{where}: {name}", other, value)
                    agreed.append(name)
            if not agreed:
                raise ValueError(f"{where}: nobody agrees with {by}")
        answers = {"value": value, "per_example": per_example if examples else None}
        write(function, case, arguments, said_by, agreed, **answers, gradient=None if case in kinks else gradient)


def by_hand(function, case, arguments, per_example, gradient):
    """Write a record whose answers a closed form gives: the ends of the range, where values or slopes are infinite."""
    answers = {"value": np.mean(per_example), "per_example": per_example}
    write(function, case, arguments, "closed form", **answers, gradient={next(iter(arguments)): gradient})


def ask_plain(function, cases, by, library, definition, also=None, library_fails=()):
    """Like `ask`, for a function that is no loss: it answers with one number or array for each row, without a gradient.

    The definition takes one row of each argument, and the settings.
    """
    for case, arguments in cases.items():
        where = f"{function} {case}"
        arrays = {key: each for key, each in arguments.items() if isinstance(each, np.ndarray)}
        settings = {key: each for key, each in arguments.items() if key not in arrays}
        axis = settings.pop("axis", -1)
        rows = {key: np.moveaxis(each, axis, -1) for key, each in arrays.items()}
        shape = next(iter(rows.values())).shape[:-1]
        defined = [definition(*(exact(each[i]) for each in rows.values()), **settings) for i in np.ndindex(shape)]
        defined = np.array(defined, float)
        defined = np.moveaxis(defined.reshape(*shape, -1), -1, axis) if defined.ndim > 1 else defined.reshape(shape)
        if any(case.startswith(fails) for fails in library_fails):
            write(function, case, arguments, "definition", value=defined)
            continue
        value = np.asarray(library(**arguments))
        agree(where, value, defined)
        agreed = ["definition"]
        for name, opinion in (also or {}).items():
            if (other := opinion(**arguments)) is not None:
                agree(f"{where}: {name}", other, value)
                agreed.append(name)
        write(function, case, arguments, by, agreed, value=value)


# ---------------------------------------------------------------------- arithmetic that the definitions share


def log(x):
    return mpmath.log(x) if x > 0 else -mpmath.inf


def x_log_y(x, y):
    return x * log(y) if x else mpf(0)


def softplus(x):
    return max(x, 0) + mpmath.log1p(mpmath.exp(-abs(x)))


def log_sum_exp(scores):
    return mpmath.log(mpmath.fsum(map(mpmath.exp, scores)))


def squared_distance(one, other):
    return mpmath.fsum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def distance(one, other):
    return mpmath.sqrt(squared_distance(one, other))


# ---------------------------------------------------------------------- regression


def regression():
    cases = in_all_shapes(
        prediction=lambda shape: draw("prediction", shape), target=lambda shape: draw("target", shape)
    )
    cases |= given(
        "prediction target",
        {
            "integers": ([1, 5, -3, 2], [3, 0, -4, 9]),
            "outlier": ([0.0, 0.0, 0.0, 0.0, 0.0], [1.25, -0.5, 0.25, -2.0, 80.0]),
            "near": ([1e-9, -3e-8, 2e-7, 5e-4], [0.0, 0.0, 0.0, 0.0]),
            "far": ([1e4, -1e4, 9999.5], [0.0, 0.5, -1e4]),
            "huge": ([1e150, -3e140], [0.0, 2e140]),
            "offset": (1e6 + draw("high", (6,)), 1e6 + draw("high too", (6,))),
        },
    )
    perfect = given(
        "prediction target",
        {"perfect": ([1.5, -2.0, 0.0], [1.5, -2.0, 0.0]), "some-perfect": ([1.5, -2.0, 4.0], [1.5, 0.25, 4.0])},
    )
    seam = given("prediction target", {"seam": ([0.5, -0.5, 1.0, -1.0, 2.5, -2.5], [0.0] * 6)})
    bend = given("prediction target", {"bend": ([0.999, 1.0, 1.001, -20.0, 19.0], [0.0] * 5)})

    def metric(name, settings_of=lambda **settings: settings):
        def opinion(prediction, target, **settings):
            return getattr(sklearn.metrics, name)(target.ravel(), prediction.ravel(), **settings_of(**settings))

        return {f"sklearn.metrics.{name}": opinion}

    def squared(prediction, target):
        return F.mse_loss(prediction, target, reduction="none")

    def squared_by_definition(prediction, target):
        return (prediction - target) ** 2

    by = "torch.nn.functional.mse_loss"
    ask("losses.sse", cases | perfect, by, squared, squared_by_definition, together=total)
    also = metric("mean_squared_error")
    ask("losses.mse", cases | perfect, by, squared, squared_by_definition, also=also)
    ask(
        "losses.rmse",
        cases | perfect,
        by,
        squared,
        squared_by_definition,
        together=root_mean,
        also=metric("root_mean_squared_error"),
        library_fails={"perfect"},  # the root has a kink there: torch answers NaN, the course takes the middle slope
    )
    ask(
        "losses.mae",
        cases | perfect,
        "torch.nn.functional.l1_loss",
        lambda prediction, target: F.l1_loss(prediction, target, reduction="none"),
        lambda prediction, target: abs(prediction - target),
        also=metric("mean_absolute_error"),
    )

    def huber(prediction, target, delta=1):
        r = abs(prediction - target)
        return r**2 / 2 if r <= delta else delta * r - delta**2 / 2

    def scipy_huber(prediction, target, delta=1.0):
        return scipy.special.huber(delta, prediction - target).mean()

    widths, chosen = [0.5, 2.5, 1000.0], ["forty", "far", "near", "seam"]
    ask(
        "losses.huber",
        with_settings(cases | perfect | seam, chosen, delta=widths),
        "torch.nn.functional.huber_loss",
        lambda prediction, target, **delta: F.huber_loss(prediction, target, reduction="none", **delta),
        huber,
        also={"scipy.special.huber": scipy_huber},
    )
    ask(
        "losses.smooth_l1",
        with_settings(cases | perfect | seam, chosen, beta=widths),
        "torch.nn.functional.smooth_l1_loss",
        lambda prediction, target, **beta: F.smooth_l1_loss(prediction, target, reduction="none", **beta),
        lambda prediction, target, beta=1: huber(prediction, target, beta) / beta,
    )

    def log_cosh(prediction, target):
        r = torch.abs(prediction - target)
        return r + F.softplus(-2 * r) - math.log(2)

    ask(
        "losses.log_cosh",
        cases | perfect | bend,
        "torch.nn.functional.softplus",
        log_cosh,
        lambda prediction, target: mpmath.log(mpmath.cosh(prediction - target)),
        library_fails={"near"},  # the sum cancels
    )

    def pinball(prediction, target, q=0.5):
        return q * F.relu(target - prediction) + (1 - q) * F.relu(prediction - target)

    ask(
        "losses.quantile",
        with_settings(cases | seam, ["forty", "far"], q=[0.1, 0.9, 0.999]),
        "torch.nn.functional.relu",
        pinball,
        lambda prediction, target, q=HALF: max(q * (target - prediction), (q - 1) * (target - prediction)),
        also=metric("mean_pinball_loss", lambda q=0.5: {"alpha": q}),
    )


# ---------------------------------------------------------------------- classification


def activations():
    cases = {
        "seven": draw("scores", (7,)),
        "grid": draw("scores", (3, 4)),
        "cube": draw("scores", (2, 3, 4)),
        "one": np.array([2.5]),
        "equal": np.zeros((2, 5)),
        "large": np.array([700.0, -700.0, 0.0, 36.0, -36.0]),
        "extreme": np.array([1e4, -1e4, 0.0]),
        "shifted": 1e4 + draw("scores", (4,)),
    }
    ask_plain(
        "losses.sigmoid",
        {case: {"score": each} for case, each in cases.items()},
        "torch.sigmoid",
        lambda score: torch.sigmoid(torch.tensor(score)),
        lambda score: [1 / (1 + mpmath.exp(-s)) for s in score],
        also={"scipy.special.expit": lambda score: scipy.special.expit(score)},
    )
    cases = {case: {"scores": each} for case, each in cases.items()}
    cases |= {"grid,axis=0": cases["grid"] | {"axis": 0}, "cube,axis=1": cases["cube"] | {"axis": 1}}
    definitions = {
        "softmax": lambda scores: [mpmath.exp(s - log_sum_exp(scores)) for s in scores],
        "log_softmax": lambda scores: [s - log_sum_exp(scores) for s in scores],
        "log_sum_exp": log_sum_exp,
    }
    for name, definition in definitions.items():
        library = name.replace("log_sum_exp", "logsumexp")
        ask_plain(
            f"losses.{name}",
            cases,
            f"torch.{library}",
            lambda scores, axis=-1, library=library: getattr(torch, library)(torch.tensor(scores), dim=axis),
            definition,
            also={
                f"scipy.special.{library}": lambda scores, axis=-1, library=library: getattr(scipy.special, library)(
                    scores, axis=axis
                )
            },
        )


def two_classes():
    cases = in_all_shapes(
        probability=lambda shape: draw("p", shape, 0.01, 0.99), target=lambda shape: choose("hard", shape, [0, 1])
    )
    cases |= given(
        "probability target",
        {
            "all-zeros": (draw("p", (5,), 0.01, 0.99), [0] * 5),
            "all-ones": (draw("p", (5,), 0.01, 0.99), [1] * 5),
            "nearly-sure": ([1e-5, 1 - 1e-5, 1e-5], [0, 1, 1]),
            "tiny": ([1e-300, 1e-15, 1e-12], [1, 0, 1]),
        },
    )
    soft = {"soft": {"probability": draw("p", (8,), 0.01, 0.99), "target": draw("soft", (8,), 0.0, 1.0)}}

    def log_loss(probability, target):
        if not np.isin(target, [0, 1]).all():
            return None
        return sklearn.metrics.log_loss(target.ravel(), probability.ravel(), labels=[0, 1])

    for function in "losses.binary_cross_entropy", "likelihood.bernoulli_nll":
        ask(
            function,
            cases | soft if "losses" in function else cases,
            "torch.nn.functional.binary_cross_entropy",
            lambda probability, target: F.binary_cross_entropy(probability, target, reduction="none"),
            lambda probability, target: -x_log_y(target, probability) - x_log_y(1 - target, 1 - probability),
            also={"sklearn.metrics.log_loss": log_loss},
            library_fails={"tiny"},  # torch clamps the logarithm at −100, and p (1 − p) at 1e-12
        )
        right = {"probability": [0.0, 1.0], "target": [0, 1]}
        by_hand(function, "sure-and-right", right, [0, 0], [1 / 2, -1 / 2])
        wrong = {"probability": [0.0, 1.0, 0.5], "target": [1, 0, 1]}
        by_hand(function, "sure-and-wrong", wrong, [INF, INF, math.log(2)], [-INF, INF, -2 / 3])
    torn = {"probability": [0.0, 1.0], "target": [0.5, 0.25]}
    by_hand("losses.binary_cross_entropy", "sure-of-the-uncertain", torn, [INF, INF], [-INF, INF])

    cases = in_all_shapes(
        score=lambda shape: draw("s", shape, -6, 6), target=lambda shape: choose("hard", shape, [0, 1])
    )
    cases |= given(
        "score target",
        {
            "all-zeros": (draw("s", (5,)), [0] * 5),
            "all-ones": (draw("s", (5,)), [1] * 5),
            "undecided": ([0.0, 0.0], [0, 1]),
            "large": ([40.0, -40.0, 40.0, -40.0], [1, 0, 0, 1]),
            "large-and-right": ([300.0, -300.0, 50.0], [1, 0, 1]),
            "extreme": ([1e4, -1e4, 1e4, -1e4], [1, 0, 0, 1]),
            "extreme-and-right": ([1e4, -1e4], [1, 0]),
        },
    )
    soft = given(
        "score target",
        {
            "soft": (draw("s", (8,)), draw("soft", (8,), 0.0, 1.0)),
            "soft-extreme": ([1e4, -1e4, 800.0], [0.5, 0.25, 0.125]),
        },
    )

    def log_expit(score, target):
        return -np.mean(target * scipy.special.log_expit(score) + (1 - target) * scipy.special.log_expit(-score))

    ask(
        "losses.sigmoid_cross_entropy",
        cases | soft,
        "torch.nn.functional.binary_cross_entropy_with_logits",
        lambda score, target: F.binary_cross_entropy_with_logits(score, target, reduction="none"),
        lambda score, target: target * softplus(-score) + (1 - target) * softplus(score),
        also={"scipy.special.log_expit": log_expit},
        library_fails={"large-and-right"},  # torch drops what is small beside 1
    )

    def focal(score, target, gamma=2.0, alpha=None):
        toward = torch.where(target > 0, score, -score)
        weight = 1.0 if alpha is None else torch.where(target > 0, alpha, 1 - alpha)
        return -weight * torch.sigmoid(-toward) ** gamma * F.logsigmoid(toward)

    def focal_by_definition(score, target, gamma=2, alpha=None):
        toward = score if target else -score
        weight = 1 if alpha is None else alpha if target else 1 - alpha
        return weight * mpmath.exp(-gamma * softplus(toward)) * softplus(-toward)

    ask(
        "losses.focal",
        with_settings(cases, ["forty", "large"], gamma=[0.0, 0.5, 5.0])
        | with_settings(cases, ["forty", "extreme"], gamma=[2.0, 1.0], alpha=[0.25, 0.75])
        | with_settings(cases, ["grid"], alpha=[0.5, 0.0, 1.0, None]),
        "torch.nn.functional.logsigmoid",
        focal,
        focal_by_definition,
    )


def several_classes():
    sizes = {"one-row": (1, 3), "two-classes": (6, 2), "ten-classes": (4, 10), "many-rows": (20, 3), "stack": (2, 3, 4)}
    right = {name: choose("right", shape[:-1], range(shape[-1])) for name, shape in sizes.items()}
    cases = {name: {"probability": distributions("rows", shape), "label": right[name]} for name, shape in sizes.items()}
    cases |= given(
        "probability label",
        {
            "one-class": ([[1.0], [1.0]], [0, 0]),
            "same-class": (distributions("rows", (5, 4)), [3] * 5),
            "sure": ([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]], [0, 2]),
            "tiny": ([[1e-300, 0.5, 0.5], [0.0, 1e-12, 1.0]], [0, 1]),
            "some-zeros": ([[0.0, 0.25, 0.75], [0.5, 0.5, 0.0]], [2, 0]),
        },
    )
    with_zeros = {"sure", "tiny", "some-zeros"}  # torch multiplies the slope of log 0 with 0, and answers NaN
    wrong = given("probability label", {"": ([[0.0, 1.0], [0.5, 0.5]], [0, 1])})[""]
    wrong_answers = [INF, math.log(2)], [[-INF, 0], [0, -1]]

    def nll(probability, label):
        logs = torch.log(probability).reshape(-1, probability.shape[-1])
        return F.nll_loss(logs, label.reshape(-1), reduction="none").reshape(label.shape)

    def log_loss(probability, label):
        classes = probability.shape[-1]
        if classes == 1:
            return None
        return sklearn.metrics.log_loss(label.ravel(), probability.reshape(-1, classes), labels=range(classes))

    for function in "losses.sparse_categorical_cross_entropy", "likelihood.categorical_nll":
        ask(
            function,
            cases,
            "torch.nn.functional.nll_loss",
            nll,
            lambda probability, label: -log(probability[int(label)]),
            depth={"probability": 1},
            also={"sklearn.metrics.log_loss": log_loss},
            library_fails=with_zeros,
        )
        by_hand(function, "sure-and-wrong", wrong, *wrong_answers)

    def one_hot(probability, label):
        return {"probability": probability, "one_hot": np.eye(probability.shape[-1], dtype=int)[label]}

    function = "losses.categorical_cross_entropy"
    ask(
        function,
        {case: one_hot(**each) for case, each in cases.items()},
        "torch.nn.functional.nll_loss",
        lambda probability, one_hot: nll(probability, one_hot.argmax(dim=-1)),
        lambda probability, one_hot: -mpmath.fsum(map(x_log_y, one_hot, probability)),
        depth={"probability": 1, "one_hot": 1},
        library_fails=with_zeros,
    )
    by_hand(function, "sure-and-wrong", one_hot(**wrong), *wrong_answers)

    cases = {name: {"scores": draw("scores", shape, -4, 4), "label": right[name]} for name, shape in sizes.items()}
    # the course's worked example: images of a cat, a car and a frog, scored as cat, car and frog
    images = [[3.2, 5.1, -1.7], [1.3, 4.9, 2.0], [2.2, 2.5, -3.1]]
    cases |= given(
        "scores label",
        {
            "images": (images, [0, 1, 2]),
            "cat": (images[0], 0),
            "one-class": ([[2.0], [-1e4]], [0, 0]),
            "equal": (np.full((3, 4), 7.0), [0, 3, 1]),
            "same-class": (draw("scores", (5, 4)), [3] * 5),
            "large": ([[40.0, 0.0, -40.0], [45.0, 0.0, -40.0]], [1, 0]),
            "extreme": ([[1e4, -1e4, 0.0], [1e4, 9998.5, -1e4]], [1, 0]),
            "extreme-and-right": ([[1e4, -1e4, 0.0], [-1e4, 0.0, 1e4]], [0, 2]),
            "shifted": (1e4 + draw("scores", (3, 4)), [0, 1, 2]),
        },
    )

    def in_rows(library, scores, label, **settings):
        rows = library(scores.reshape(-1, scores.shape[-1]), label.reshape(-1), reduction="none", **settings)
        return rows.reshape(label.shape)

    def log_softmax(scores, label):
        return -np.take_along_axis(scipy.special.log_softmax(scores, axis=-1), label[..., None], axis=-1).mean()

    small = given("scores label", {"large-and-right": ([[40.0, 0.0, 3.0], [0.0, -60.0, 60.0]], [0, 2])})
    ask(
        "losses.softmax_cross_entropy",
        cases | small,
        "torch.nn.functional.cross_entropy",
        lambda scores, label: in_rows(F.cross_entropy, scores, label),
        lambda scores, label: log_sum_exp(scores) - scores[int(label)],
        depth={"scores": 1},
        also={"scipy.special.log_softmax": log_softmax},
        library_fails={"large-and-right"},  # torch drops what is small beside 1
    )
    ask(
        "losses.multiclass_hinge",
        with_settings(cases, ["images", "many-rows", "extreme"], margin=[0.5, 3.0]),
        "torch.nn.functional.multi_margin_loss, times the classes",
        lambda scores, label, **margin: in_rows(F.multi_margin_loss, scores, label, **margin) * scores.shape[-1],
        lambda scores, label, margin=1: mpmath.fsum(
            max(0, s - scores[int(label)] + margin) for c, s in enumerate(scores) if c != label
        ),
        depth={"scores": 1},
    )


def margin():
    cases = in_all_shapes(score=lambda shape: draw("s", shape), target=lambda shape: choose("side", shape, [-1, 1]))
    cases |= given(
        "score target",
        {
            "all-minus": (draw("s", (5,)), [-1] * 5),
            "all-plus": (draw("s", (5,)), [1] * 5),
            "undecided": ([0.0, 0.0], [-1, 1]),
            "beyond": ([2.0, -1.5, 30.0], [1, -1, 1]),
            "extreme": ([1e4, -1e4, 1e4, -1e4], [1, -1, -1, 1]),
            "at-the-margin": ([1.0, -1.0, 0.5], [1, -1, 1]),
        },
    )

    def sklearn_hinge(score, target):
        return sklearn.metrics.hinge_loss(target.ravel(), score.ravel()) if {-1, 1} <= {*target.ravel()} else None

    ask(
        "losses.hinge",
        cases,
        "torch.nn.functional.margin_ranking_loss against 0, with margin 1",
        lambda score, target: F.margin_ranking_loss(score, 0 * score, target, margin=1.0, reduction="none"),
        lambda score, target: max(0, 1 - target * score),
        also={"sklearn.metrics.hinge_loss": sklearn_hinge},
        kinks={"at-the-margin"},
    )

    def squared_hinge(score, target):
        scores = torch.stack([0 * score, score], dim=-1).reshape(-1, 2)
        label = (target > 0).long().reshape(-1)
        return 2 * F.multi_margin_loss(scores, label, p=2, reduction="none").reshape(score.shape)

    ask(
        "losses.squared_hinge",
        cases,
        "torch.nn.functional.multi_margin_loss(p=2) of the scores 0 and s, times the classes",
        squared_hinge,
        lambda score, target: max(0, 1 - target * score) ** 2,
    )


# ---------------------------------------------------------------------- overlap


def overlap():
    def masks(shape):
        return draw("mask", shape, 0.0, 1.0), choose("mask", shape, [0, 1])

    def hard(shape):
        return choose("other", shape, [0.0, 1.0]), choose("mask", shape, [0, 1])

    lines = given(
        "probability target",
        {
            "one-pixel": ([0.25], [1]),
            "line": masks((12,)),
            "line,hard": hard((30,)),
            "perfect": ([0.0, 1.0, 1.0], [0, 1, 1]),
            "disjoint": ([1.0, 0.0, 0.0, 1.0], [0, 1, 1, 0]),
            "nothing-predicted": ([0.0, 0.0, 0.0, 0.0], [0, 1, 1, 0]),
            "nothing-there": ([0.5, 0.25, 0.125], [0, 0, 0]),
            "everything-there": ([0.5, 0.25, 0.125], [1, 1, 1]),
        },
    )
    images = given(
        "probability target",
        {
            "image": masks((4, 5)),
            "image,hard": hard((5, 5)),
            "images": masks((3, 4, 4)),
            "images,hard": hard((3, 4, 4)),
            "channels": masks((2, 2, 3, 3)),
        },
    )
    empty = {"probability": np.zeros(4), "target": np.zeros(4, int)}

    def of_sets(score):
        """Ask a library that compares sets: hard masks alone, without smoothing, and with weights that it has."""

        def opinion(probability, target, smooth=0.0, alpha=0.5, beta=0.5, gamma=1.0):
            if smooth or not np.isin(probability, [0, 1]).all():
                return None
            shape = (-1, *target.shape[-2:]) if target.ndim > 1 else (1, -1)
            pairs = zip(target.reshape(shape), probability.astype(int).reshape(shape), strict=True)
            indices = [score(there.ravel(), predicted.ravel(), alpha, beta) for there, predicted in pairs]
            return None if None in indices else np.mean([(1 - index) ** gamma for index in indices])

        return opinion

    def f1(there, predicted, alpha, beta):
        return sklearn.metrics.f1_score(there, predicted)

    def dissimilarity(there, predicted, alpha, beta):
        return 1 - scipy.spatial.distance.dice(there.astype(bool), predicted.astype(bool))

    def jaccard(there, predicted, alpha, beta):
        return sklearn.metrics.jaccard_score(there, predicted) if alpha == beta == 1 else None

    def f_beta(there, predicted, alpha, beta):
        if not math.isclose(alpha + beta, 1):
            return None
        return sklearn.metrics.fbeta_score(there, predicted, beta=math.sqrt(beta / alpha))

    def counts(probability, target):
        """Count pixel by pixel: true positives, false positives, false negatives."""
        both = only_predicted = only_there = mpf(0)
        if isinstance(target[0], list):
            probability, target = (list(itertools.chain(*mask)) for mask in (probability, target))
        for p, t in zip(probability, target, strict=True):
            both += p * t
            only_predicted += p * (1 - t)
            only_there += (1 - p) * t
        return both, only_predicted, only_there

    def dice_by_definition(probability, target, smooth=0):
        both, only_predicted, only_there = counts(probability, target)
        return 1 - (2 * both + smooth) / (2 * both + only_predicted + only_there + smooth)

    def tversky_by_definition(probability, target, alpha=HALF, beta=HALF, smooth=0, gamma=1):
        both, only_predicted, only_there = counts(probability, target)
        return (1 - (both + smooth) / (both + alpha * only_predicted + beta * only_there + smooth)) ** gamma

    def area(mask):
        return mask.sum(dim=(-2, -1) if mask.ndim > 1 else -1)

    def dice(probability, target, smooth=0.0):
        both = area(probability * target)
        return 1 - (2 * both + smooth) / (area(probability) + area(target) + smooth)

    def tversky(probability, target, alpha=0.5, beta=0.5, smooth=0.0, gamma=1.0):
        both = area(probability * target)
        only_predicted, only_there = area(probability) - both, area(target) - both
        return (1 - (both + smooth) / (both + alpha * only_predicted + beta * only_there + smooth)) ** gamma

    dice_also = {"scipy.spatial.distance.dice": of_sets(dissimilarity), "sklearn.metrics.f1_score": of_sets(f1)}
    also = {"sklearn.metrics.fbeta_score": of_sets(f_beta), "sklearn.metrics.jaccard_score": of_sets(jaccard)}
    for cases, axes in (lines, 1), (images, 2):
        depth = {"probability": axes, "target": axes}
        soft, sharp = ("line", "line,hard") if axes == 1 else ("images", "images,hard")
        smoothed = {"empty,smooth=1": empty | {"smooth": 1.0}} if axes == 1 else {}
        smoothed |= with_settings(cases, [soft, sharp], smooth=[1.0, 0.01])
        ask("losses.dice", smoothed, "torch", dice, dice_by_definition, depth=depth, also=dice_also)
        weighted = with_settings(smoothed, [soft, sharp], alpha=[0.3, 1.0], beta=[0.7, 1.0])
        weighted |= with_settings(cases, [soft], alpha=[0.0, 2.0], beta=[0.25], smooth=[1.0])
        ask("losses.tversky", weighted, "torch", tversky, tversky_by_definition, depth=depth, also=also)
        focused = with_settings(weighted, [soft, sharp], alpha=[0.3], beta=[0.7], gamma=[0.75, 4 / 3, 2.0])
        ask("losses.focal_tversky", focused, "torch", tversky, tversky_by_definition, depth=depth, also=also)
    for function in "losses.dice", "losses.tversky", "losses.focal_tversky":  # 0 / 0: two empty regions are the same
        by_hand(function, "empty", empty, 0.0, [0.0] * 4)
    perfect = lines["perfect"] | {"gamma": 2.0}
    by_hand("losses.focal_tversky", "perfect,gamma=2", perfect, 0.0, [0.0, 0.0, 0.0])


# ---------------------------------------------------------------------- distance


def distances():
    sizes = {
        "one-and-one": ((1, 2), (1, 2)),
        "line": ((5, 1), (5, 1)),
        "plane": ((4, 2), (4, 2)),
        "space": ((5, 3), (5, 3)),
    }
    unequal = {"one-and-many": ((1, 2), (7, 2)), "many-and-few": ((9, 2), (4, 2)), "wide": ((3, 8), (5, 8))}
    clouds = {
        case: {"points": draw("points", here), "target": draw("points there", there)}
        for case, (here, there) in (sizes | unequal).items()
    }
    points, target = clouds["plane"].values()
    special = given(
        "points target",
        {"apart": (points + 1e4, target - 1e4), "nearby": (points, points[::-1] + np.array([0.001, 0.002]))},
    )
    same = {"points": points, "target": points[::-1].copy()}

    def nearest(one, other):
        return ((one[:, None] - other) ** 2).sum(dim=2).min(dim=1).values.mean()

    def nearest_by_definition(one, other):
        return mpmath.fsum(min(squared_distance(a, b) for b in other) for a in one) / len(one)

    def trees(points, target):
        return sum(np.mean(scipy.spatial.cKDTree(a).query(b)[0] ** 2) for a, b in [(points, target), (target, points)])

    ask(
        "losses.chamfer",
        clouds | special | {"same": same},
        "torch",
        lambda points, target: nearest(points, target) + nearest(target, points),
        lambda points, target: nearest_by_definition(points, target) + nearest_by_definition(target, points),
        depth=None,
        also={"scipy.spatial.cKDTree": trees},
        examples=False,
    )

    lengths = {
        "one-and-one": (1, 1),
        "five": (5, 5),
        "twenty": (20, 20),
        "one-and-many": (1, 6),
        "many-and-one": (6, 1),
    }
    lengths |= {"four-and-six": (4, 6), "seven-and-three": (7, 3), "thirteen-and-eleven": (13, 11)}
    cases = {
        case: {"values": draw("values", (here,)), "target": draw("values there", (there,))}
        for case, (here, there) in lengths.items()
    }
    cases |= given(
        "values target",
        {
            "shifted": ([0.0, 1.0, 3.0], [5.0, 6.0, 8.0]),
            "far": ([1e4, -1e4, 3.0], [-9999.0, 2.0, 0.5]),
            "swapped": ([3.0, 1.0, 2.0], [2.0, 3.0, 1.0]),
            "doubled": ([3.0, 1.0], [1.0, 3.0, 3.0, 1.0]),
        },
    )

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
        cases,
        "ot.wasserstein_1d",
        lambda values, target: ot.wasserstein_1d(values, target, p=1),
        between_the_steps,
        depth=None,
        also={
            "scipy.stats.wasserstein_distance": lambda values, target: scipy.stats.wasserstein_distance(values, target)
        },
        examples=False,
    )

    def best_of_all(points, target):
        orders = itertools.permutations(target)
        return min(mpmath.fsum(map(distance, points, order)) for order in orders) / len(points)

    def assignment(points, target):
        cost = scipy.spatial.distance.cdist(points, target)
        return cost[scipy.optimize.linear_sum_assignment(cost)].mean()

    staying = given("points target", {"some-stay": ([[0.0, 0.0], [1.0, 0.0]], [[1.0, 3.0], [0.0, 0.0]])})
    small = {case: each for case, each in clouds.items() if case in sizes}
    large = {
        case: {"points": draw("points", (n, 2)), "target": draw("points there", (n, 2))}
        for case, n in [("twelve", 12), ("thirty", 30)]
    }
    ask(
        "losses.earth_movers",
        small | special | large | {"same": same} | staying,
        "ot.emd2",
        lambda points, target: ot.emd2([], [], torch.linalg.vector_norm(points[:, None] - target, dim=2)),
        best_of_all,
        depth=None,
        also={"scipy.optimize.linear_sum_assignment": assignment},
        too_large=set(large),
        examples=False,
    )


# ---------------------------------------------------------------------- metric


def metric():
    cases = in_all_shapes(
        distance=lambda shape: draw("d", shape, 0, 2), same=lambda shape: choose("same", shape, [0, 1])
    )
    cases |= given(
        "distance same",
        {
            "all-same": (draw("d", (5,), 0, 2), [1] * 5),
            "all-different": (draw("d", (5,), 0, 2), [0] * 5),
            "touching": ([0.0, 0.0], [0, 1]),
            "at-the-margin": ([1.0, 1.0], [0, 1]),
            "extreme": ([1e4, 1e4], [0, 1]),
            "huge": ([1e200], [0]),
        },
    )
    ask(
        "losses.contrastive",
        with_settings(cases, ["forty", "grid"], margin=[0.5, 2.5]),
        "torch.nn.functional.hinge_embedding_loss, squared",
        lambda distance, same, **margin: (
            F.hinge_embedding_loss(distance, 2 * same - 1, reduction="none", **margin) ** 2
        ),
        lambda distance, same, margin=1: distance**2 if same else max(0, margin - distance) ** 2,
    )

    roles = ("anchor", "positive", "negative")
    depth = dict.fromkeys(roles, 1)
    sizes = {"point": (2,), "one": (1, 2), "line": (6, 1), "plane": (8, 2), "ten": (4, 10), "stack": (2, 3, 2)}
    triples = {case: {role: draw(role, shape) for role in roles} for case, shape in sizes.items()}
    triples |= given(
        "anchor positive negative",
        {
            "satisfied": ([[0.0, 0.0]], [[0.1, 0.2]], [[9.0, 7.0]]),
            "hard": ([[0.0, 0.0], [1.0, 1.0]], [[3.0, 4.0], [1.0, 2.5]], [[0.6, 0.8], [1.5, 1.0]]),
            "extreme": ([[1e4, -1e4], [0.0, 0.0]], [[-1e4, 1e4], [1.0, 0.0]], [[5e3, 2e3], [-1e4, 1e4]]),
        },
    )
    ask(
        "losses.triplet",
        with_settings(triples, ["plane", "hard"], margin=[0.2, 5.0]),
        "torch.nn.functional.triplet_margin_loss(eps=0)",
        lambda anchor, positive, negative, **margin: F.triplet_margin_loss(
            anchor, positive, negative, eps=0.0, reduction="none", **margin
        ),
        lambda anchor, positive, negative, margin=1: max(
            0, distance(anchor, positive) - distance(anchor, negative) + margin
        ),
        learned=roles,
        depth=depth,
    )

    def angular(anchor, positive, negative, degrees=45.0):
        opposite, adjacent = anchor - positive, negative - (anchor + positive) / 2
        wide = 4 * math.tan(math.radians(degrees)) ** 2
        return F.relu((opposite**2).sum(dim=-1) - wide * (adjacent**2).sum(dim=-1))

    def angular_by_definition(anchor, positive, negative, degrees=45):
        middle = [(a + p) / 2 for a, p in zip(anchor, positive, strict=True)]
        wide = 4 * mpmath.tan(degrees * mpmath.pi / 180) ** 2
        return max(0, squared_distance(anchor, positive) - wide * squared_distance(negative, middle))

    ask(
        "losses.angular",
        with_settings(triples, ["plane", "hard", "ten"], degrees=[15.0, 36.0, 60.0]),
        "torch",
        angular,
        angular_by_definition,
        learned=roles,
        depth=depth,
    )

    pairs = in_all_shapes(
        first=lambda shape: draw("first", shape),
        second=lambda shape: draw("second", shape),
        order=lambda shape: choose("order", shape, [-1, 1]),
    )
    pairs |= given(
        "first second order",
        {
            "right": ([2.0, 0.5], [0.0, 3.0], [1, -1]),
            "wrong": ([2.0, 0.5], [0.0, 3.0], [-1, 1]),
            "extreme": ([1e4, 1e4], [-1e4, -1e4], [1, -1]),
        },
    )
    ask(
        "losses.margin_ranking",
        with_settings(pairs, ["forty", "grid", "wrong"], margin=[0.5, 1.5]),
        "torch.nn.functional.margin_ranking_loss",
        lambda first, second, order, **margin: F.margin_ranking_loss(first, second, order, reduction="none", **margin),
        lambda first, second, order, margin=0: max(0, -order * (first - second) + margin),
        learned=("first", "second"),
    )


# ---------------------------------------------------------------------- sequence


def sequence():
    """CTC; its gradient is given in the scores before the log-softmax, because that is the one torch computes."""

    def over_all_alignments(scores, labels, blank):
        likelihood = mpf(0)
        for path in itertools.product(range(len(scores[0])), repeat=len(scores)):
            if [symbol for symbol, _ in itertools.groupby(path) if symbol != blank] == labels:
                likelihood += mpmath.exp(mpmath.fsum(scores[t][symbol] for t, symbol in enumerate(path)))
        return mpmath.fsum(map(log_sum_exp, scores)) - log(likelihood)

    def by_recursion(scores, labels, blank):
        states = [blank]
        for label in labels:
            states += [label, blank]
        reached = []
        for row in scores:
            whole = log_sum_exp(row)
            before, reached = reached, []
            for s, state in enumerate(states):
                if not before:
                    came = mpf(s < 2)
                else:
                    may_skip = s > 1 and state not in (blank, states[s - 2])
                    came = sum(before[max(0, s - 1 - may_skip) : s + 1])
                reached.append(came * mpmath.exp(row[state] - whole) if came else mpf(0))
        return -log(sum(reached[-2:]))

    def ctc(logs, labels, blank=0, **settings):
        lengths = torch.tensor(len(logs)), torch.tensor(len(labels))
        return F.ctc_loss(logs, torch.tensor(labels), *lengths, blank=blank, reduction="sum", **settings)

    cases = {
        "one-step": (draw("scores", (1, 3)), [2], 0),
        "two-steps": (draw("scores", (2, 3)), [1], 0),
        "exact-fit": (draw("scores", (3, 4)), [1, 2, 3], 0),
        "four-steps": (draw("scores", (4, 4)), [2, 3], 0),
        "repeat": (draw("scores", (5, 3)), [1, 1], 0),
        "repeat,exact-fit": (draw("scores", (3, 3)), [2, 2], 0),
        "two-symbols": (draw("scores", (6, 2)), [1, 1], 0),
        "blank-last": (draw("scores", (5, 3)), [0, 1], 2),
        "blank-between": (draw("scores", (5, 3)), [2, 0], 1),
        "even": (np.zeros((6, 4)), [1, 2, 2], 0),
        "twenty-steps": (draw("scores", (20, 5)), [1, 4, 4, 2, 3, 1], 0),
        "twenty-steps,blank-last": (draw("scores", (20, 5)), [0, 1, 1, 0, 3], 4),
        "many-labels": (draw("scores", (30, 4)), [1, 2, 3, 3, 2, 1, 1, 2, 3, 1, 2, 2, 3], 0),
        "fifty-steps": (draw("scores", (50, 8)), [1, 7, 7, 3, 2, 6, 5, 5, 5, 4, 1, 2], 0),
        "fifty-steps,one-label": (draw("scores", (50, 4)), [3], 0),
        "large": (draw("scores", (8, 4), -60, 60), [1, 3, 2], 0),
        "extreme": (draw("scores", (6, 3), -1e4, 1e4), [1, 2, 1], 0),
        "more-labels-than-steps": (draw("scores", (2, 4)), [1, 2, 3], 0),
        "no-room-between-repeats": (draw("scores", (3, 3)), [1, 1, 2], 0),
    }
    for case, (scores, labels, blank) in cases.items():
        asked, long = torch.tensor(scores, requires_grad=True), exact(scores)
        logs = F.log_softmax(asked, dim=1)
        value = ctc(logs, labels, blank).item()
        # what cannot be said has the loss inf; zero_infinity makes the gradient 0 there, and changes it nowhere else
        gradient = torch.autograd.grad(ctc(logs, labels, blank, zero_infinity=True), asked)[0].numpy()
        definitions = {"definition, by recursion": by_recursion}
        if scores.shape[1] ** scores.shape[0] <= 300:
            definitions["definition, over all alignments"] = over_all_alignments
        for definition in definitions.values():
            agree(f"ctc {case}", value, float(definition(long, labels, blank)))
            if math.isfinite(value):
                slopes = [
                    measured_slope(lambda s, d=definition, said=labels, b=blank: d(s, said, b), long, index)
                    for index in np.ndindex(scores.shape)
                ]
                agree(f"ctc {case}: gradient", gradient, np.reshape(slopes, scores.shape))
        arguments = {"scores": scores, "labels": labels} | ({"blank": blank} if blank else {})
        by = "torch.nn.functional.ctc_loss"
        write("losses.ctc", case, arguments, by, definitions, value=value, gradient={"scores": gradient})

    # a symbol of probability 0 has no score; here the gradient is in the logarithms: the share of the paths through it
    def shares(probability, labels, blank):
        likelihood, share = mpf(0), np.full(probability.shape, mpf(0))
        steps, symbols = probability.shape
        for path in itertools.product(range(symbols), repeat=steps):
            if [symbol for symbol, _ in itertools.groupby(path) if symbol != blank] == labels:
                weight = mpmath.fprod(mpf(probability[t, symbol]) for t, symbol in enumerate(path))
                likelihood += weight
                share[range(steps), path] += weight
        return float(-log(likelihood)), (-share / (likelihood or 1)).astype(float)

    certain = {
        "never-blank": (np.array([[0.0, 0.5, 0.5], [0.0, 0.25, 0.75], [0.0, 0.5, 0.5]]), [1, 2]),
        "some-zeros": (np.array([[0.5, 0.5, 0.0], [0.25, 0.0, 0.75], [0.0, 1.0, 0.0], [0.25, 0.25, 0.5]]), [1, 2, 1]),
        "sure": (np.eye(3)[[1, 0, 1, 2]], [1, 1, 2]),
        "sure-and-wrong": (np.eye(3)[[1, 0, 1, 2]], [1, 2]),
    }
    for case, (probability, labels) in certain.items():
        with np.errstate(divide="ignore"):
            logs = np.log(probability)
        value, share = shares(probability, labels, 0)
        agree(f"ctc {case}", ctc(torch.tensor(logs), labels).item(), value)
        by, also = "definition, over all alignments", ["torch.nn.functional.ctc_loss, the value"]
        arguments = {"log_probability": logs, "labels": labels}
        write("losses.ctc", case, arguments, by, also, value=value, gradient={"log_probability": share})


# ---------------------------------------------------------------------- adversarial, reinforcement, penalty


def adversarial():
    cases = in_all_shapes(real_score=lambda shape: draw("real", shape), fake_score=lambda shape: draw("fake", shape))
    cases |= given(
        "real_score fake_score",
        {
            "undecided": ([0.0, 0.0, 0.0], [0.0, 0.0, 0.0]),
            "right": ([40.0, 30.0], [-40.0, -20.0]),
            "fooled": ([-40.0, 30.0], [40.0, 20.0]),
            "extreme": ([1e4, -1e4], [-1e4, 1e4]),
            "extreme-and-right": ([1e4], [-1e4]),
        },
    )

    def logits(score, target):
        return F.binary_cross_entropy_with_logits(score, torch.full_like(score, target), reduction="none")

    by = "torch.nn.functional.binary_cross_entropy_with_logits"
    ask(
        "losses.discriminator",
        cases,
        by,
        lambda real_score, fake_score: logits(real_score, 1.0) + logits(fake_score, 0.0),
        lambda real_score, fake_score: softplus(-real_score) + softplus(fake_score),
        learned=("real_score", "fake_score"),
        library_fails={"right"},  # torch drops what is small beside 1
        examples=False,
    )
    fakes = {case: {"fake_score": each["fake_score"]} for case, each in cases.items()}
    ask(
        "losses.generator",
        fakes,
        by,
        lambda fake_score: logits(fake_score, 1.0),
        lambda fake_score: softplus(-fake_score),
        library_fails={"fooled"},
    )
    ask(
        "losses.generator_minimax",
        fakes,
        by,
        lambda fake_score: -logits(fake_score, 0.0),
        lambda fake_score: -softplus(fake_score),
        library_fails={"right"},
    )


def reinforcement():
    cases = in_all_shapes(
        log_probability=lambda shape: draw("log p", shape, -4, -0.01),
        advantage=lambda shape: draw("advantage", shape),
    )
    cases |= given(
        "log_probability advantage",
        {
            "sure": ([0.0, 0.0], [1.0, -2.0]),
            "no-advantage": ([-1.0, -2.0], [0.0, 0.0]),
            "extreme": ([-1e4, -1e-9], [-1e4, 1e4]),
        },
    )
    ask(
        "losses.policy_gradient",
        cases,
        "torch",
        lambda log_probability, advantage: -log_probability * advantage,
        lambda log_probability, advantage: -log_probability * advantage,
    )

    def transitions(name, shape, actions, done=(0, 1), size=3.0):
        return {
            "q": draw(f"{name} q", (*shape, actions), -size, size),
            "action": choose(name, shape, range(actions)),
            "reward": draw(f"{name} reward", shape, -1, 1),
            "next_q": draw(f"{name} next", (*shape, actions), -size, size),
            "done": choose(f"{name} done", shape, done),
        }

    cases = {
        "step": transitions("step", (), 3, done=(0,)),
        "one": transitions("one", (1,), 3),
        "one-action": transitions("one action", (4,), 1),
        "two-actions": transitions("two actions", (6,), 2),
        "many": transitions("many", (20,), 4),
        "stack": transitions("stack", (2, 3), 2),
        "none-done": transitions("none done", (5,), 3, done=(0,)),
        "all-done": transitions("all done", (5,), 3, done=(1,)),
        "extreme": transitions("extreme", (3,), 3, size=1e4),
        "tie": transitions("tie", (2,), 2, done=(0,)) | {"next_q": np.array([[1.5, 1.5], [0.0, 0.0]])},
    }

    def q_learning(q, action, reward, next_q, done, discount=0.99):
        target = reward + discount * (1 - done) * next_q.amax(dim=-1)
        return F.mse_loss(q.gather(-1, action[..., None])[..., 0], target, reduction="none") / 2

    def q_learning_by_definition(q, action, reward, next_q, done, discount=0.99):
        target = reward if done else reward + discount * max(next_q)
        return (target - q[int(action)]) ** 2 / 2

    ask(
        "losses.q_learning",
        with_settings(cases, ["many", "none-done"], discount=[0.0, 0.5, 1.0]),
        "torch.nn.functional.mse_loss, halved",
        q_learning,
        q_learning_by_definition,
        depth={"q": 1, "next_q": 1},
    )


def penalty():
    cases = in_all_shapes(weights=lambda shape: draw("w", shape))
    cases |= {
        "spread": {"weights": np.full(4, 0.25)},
        "alone": {"weights": np.array([1.0, 0.0, 0.0, 0.0])},
        "nothing": {"weights": np.zeros(3)},
        "extreme": {"weights": np.array([1e4, -1e4, 1e-9])},
    }
    ask(
        "losses.l1",
        cases,
        "torch.nn.functional.l1_loss",
        lambda weights: F.l1_loss(weights, torch.zeros_like(weights), reduction="none"),
        lambda weights: abs(weights),
        together=total,
        also={"scipy.linalg.norm": lambda weights: scipy.linalg.norm(weights.ravel(), 1)},
        examples=False,
    )
    ask(
        "losses.l2",
        cases,
        "torch.nn.functional.mse_loss",
        lambda weights: F.mse_loss(weights, torch.zeros_like(weights), reduction="none"),
        lambda weights: weights**2,
        together=total,
        also={"scipy.linalg.norm": lambda weights: scipy.linalg.norm(weights.ravel()) ** 2},
        examples=False,
    )


# ---------------------------------------------------------------------- information


def information():
    def ln(unit):
        return math.log(2) if unit == "bits" else 1.0

    def in_units(cases):
        return with_settings(cases, cases, unit=["bits", "nats"])

    shapes = {"coin": (2,), "die": (6,), "rows": (3, 4), "cube": (2, 3, 5)}
    pairs = {case: (distributions("p", shape), distributions("q", shape)) for case, shape in shapes.items()}
    pairs |= {
        "one": ([1.0], [1.0]),
        "even": ([0.125] * 8, distributions("q", (8,))),
        "sure": ([0.0, 1.0, 0.0], [0.25, 0.5, 0.25]),
        "some-sure": ([[0.5, 0.5, 0.0], [1.0, 0.0, 0.0]], [[0.25, 0.5, 0.25], [0.5, 0.25, 0.25]]),
        "tiny": ([1e-300, 1.0], [0.25, 0.75]),
        "tinier": ([1e-310, 1.0], [0.5, 0.5]),  # its inverse is no number
        "hardly-foreseen": ([0.5, 0.25, 0.25], [2**-33, 0.5, 0.5 - 2**-33]),
        "not-foreseen": ([[1.0, 0.0], [0.5, 0.5]], [[1e-300, 1.0], [1e-17, 1.0]]),
        "close": ([0.5, 0.5], [0.5 + 2**-20, 0.5 - 2**-20]),
        "closer": ([0.25, 0.25, 0.5], [0.25 + 2**-40, 0.25 - 2**-40, 0.5]),
    }
    same = {"same": (distributions("p", (6,)), distributions("p", (6,)))}
    impossible = {
        "impossible": ([0.5, 0.5], [1.0, 0.0]),
        "some-impossible": ([[0.5, 0.5], [1.0, 0.0]], [[1.0, 0.0], [1.0, 0.0]]),
    }
    disjoint = {"disjoint": ([0.5, 0.5, 0.0], [0.0, 0.0, 1.0])}
    alone = given("p", {case: (p,) for case, (p, _) in pairs.items()})

    ask_plain(
        "information.information",
        in_units(alone),
        "torch.log",
        lambda p, unit="bits": -torch.log(torch.tensor(p)) / ln(unit),
        lambda p, unit="bits": [-log(each) / ln(unit) for each in p],
        also={"scipy.special.xlogy": lambda p, unit="bits": -scipy.special.xlogy(1, p) / ln(unit)},
    )

    def categorical(p, unit="bits"):
        """Torch moves probabilities off 0 and 1, by its rounding."""
        if p.min() < 1e-9 or p.max() == 1:
            return None
        return torch.distributions.Categorical(torch.tensor(p)).entropy().numpy() / ln(unit)

    ask_plain(
        "information.entropy",
        in_units(alone),
        "scipy.stats.entropy",
        lambda p, unit="bits": scipy.stats.entropy(p, axis=-1) / ln(unit),
        lambda p, unit="bits": -mpmath.fsum(x_log_y(each, each) for each in p) / ln(unit),
        also={"torch.distributions.Categorical": categorical},
    )

    def cross(truth, prediction):
        return -mpmath.fsum(map(x_log_y, truth, prediction))

    def torch_cross(truth, prediction, unit="bits"):
        if prediction.min() == 0:
            return None
        classes = truth.shape[-1]
        logs, truth_rows = torch.log(torch.tensor(prediction)).reshape(-1, classes), torch.tensor(truth)
        rows = F.cross_entropy(logs, truth_rows.reshape(-1, classes), reduction="none")
        return rows.reshape(truth.shape[:-1]).numpy() / ln(unit)

    ask_plain(
        "information.cross_entropy",
        in_units(given("truth prediction", pairs | same | impossible)),
        "scipy.special.xlogy",
        lambda truth, prediction, unit="bits": -scipy.special.xlogy(truth, prediction).sum(axis=-1) / ln(unit),
        lambda truth, prediction, unit="bits": cross(truth, prediction) / ln(unit),
        also={"torch.nn.functional.cross_entropy": torch_cross},
    )

    cancels = {"close"}  # SciPy subtracts what is nearly equal

    def torch_kl(truth, prediction, unit="bits"):
        if prediction.min() == 0:
            return None
        terms = F.kl_div(torch.log(torch.tensor(prediction)), torch.tensor(truth), reduction="none")
        return terms.sum(dim=-1).numpy() / ln(unit)

    ask_plain(
        "information.kl_divergence",
        in_units(given("truth prediction", pairs | same | impossible)),
        "scipy.stats.entropy",
        lambda truth, prediction, unit="bits": scipy.stats.entropy(truth, prediction, axis=-1) / ln(unit),
        lambda truth, prediction, unit="bits": (cross(truth, prediction) - cross(truth, truth)) / ln(unit),
        also={"torch.nn.functional.kl_div": torch_kl},
        library_fails=cancels,
    )

    def jensen_shannon(p, q, unit="bits"):
        middle = [(a + b) / 2 for a, b in zip(p, q, strict=True)]
        return (cross(p, middle) + cross(q, middle) - cross(p, p) - cross(q, q)) / 2 / ln(unit)

    ask_plain(
        "information.js_divergence",
        in_units(given("p q", pairs | same | disjoint)),
        "scipy.spatial.distance.jensenshannon, squared",
        lambda p, q, unit="bits": scipy.spatial.distance.jensenshannon(p, q, axis=-1) ** 2 / ln(unit),
        jensen_shannon,
        library_fails=cancels,
    )


# ---------------------------------------------------------------------- likelihood


def likelihood():
    def cases_of(first, width):
        cases = in_all_shapes(**{first: lambda shape: draw("mean", shape), "target": lambda shape: draw("y", shape)})
        one_for_each = {"grid,each": cases["grid"] | {width: draw("width", (3, 4), 0.1, 4)}}
        special = {
            "far": ([1e4, 0.0], [0.0, -1e4]),
            "near": ([1e-9, 0.5], [0.0, 0.5000001]),
            "integers": ([1, 4], [3, 2]),
        }
        return cases | one_for_each | given(f"{first} target", special)

    chosen, scales = ["forty", "far"], [1e-4, 0.5, 3.0, 1000.0]
    perfect = given("mean target", {"perfect": ([1.5, -2.0], [1.5, -2.0])})
    ask(
        "likelihood.gaussian_nll",
        with_settings(cases_of("mean", "sigma") | perfect, chosen, sigma=scales),
        "torch.nn.functional.gaussian_nll_loss(full=True)",
        lambda mean, target, sigma=1.0: F.gaussian_nll_loss(
            mean, target, sigma**2 * torch.ones_like(mean), full=True, reduction="none"
        ),
        lambda mean, target, sigma=1: (
            ((target - mean) / sigma) ** 2 / 2 + mpmath.log(sigma * mpmath.sqrt(2 * mpmath.pi))
        ),
        also={"scipy.stats.norm": lambda mean, target, sigma=1.0: -scipy.stats.norm.logpdf(target, mean, sigma).mean()},
        library_fails={"forty,sigma=0.0001", "far,sigma=0.0001"},  # torch clamps the variance at 1e-6
    )

    def scipy_laplace(location, target, scale=1.0):
        """SciPy takes the logarithm of a density that underflows far out."""
        value = -scipy.stats.laplace.logpdf(target, location, scale).mean()
        return value if np.isfinite(value) else None

    ask(
        "likelihood.laplace_nll",
        with_settings(cases_of("location", "scale"), chosen, scale=scales),
        "torch.distributions.Laplace",
        lambda location, target, scale=1.0: -torch.distributions.Laplace(location, scale).log_prob(target),
        lambda location, target, scale=1: abs(target - location) / scale + mpmath.log(2 * scale),
        also={"scipy.stats.laplace": scipy_laplace},
    )

    def student_t(location, target, scale=1, df=3):
        gammas = mpmath.loggamma(HALF * df) - mpmath.loggamma(HALF * (df + 1))
        z = (target - location) / scale
        return gammas + mpmath.log(scale * mpmath.sqrt(mpmath.pi * df)) + HALF * (df + 1) * mpmath.log1p(z**2 / df)

    ask(
        "likelihood.student_t_nll",
        with_settings(cases_of("location", "scale"), chosen, df=[0.01, 1.0, 5.0, 200.0, 1e6, 1e12])
        | with_settings(cases_of("location", "scale"), chosen, scale=[1e-4, 0.5, 1000.0], df=[2.5]),
        "torch.distributions.StudentT",
        lambda location, target, scale=1.0, df=3.0: -torch.distributions.StudentT(df, location, scale).log_prob(target),
        student_t,
        also={
            "scipy.stats.t": lambda location, target, scale=1.0, df=3.0: (
                -scipy.stats.t.logpdf(target, df, location, scale).mean()
            )
        },
        library_fails={"forty,df=1e+06", "forty,df=1e+12", "far,df=1e+12"},  # log Γ − log Γ cancels
    )

    counts = in_all_shapes(
        rate=lambda shape: draw("rate", shape, 0.1, 9), target=lambda shape: choose("count", shape, range(12))
    )
    counts |= given(
        "rate target",
        {
            "none": (draw("rate", (4,), 0.1, 9), [0, 0, 0, 0]),
            "large": ([1e4, 9990.0, 0.001], [10000, 9000, 0]),
            "unlikely": ([1e-9, 1e4], [12, 3]),
        },
    )
    ask(
        "likelihood.poisson_nll",
        counts,
        "torch.distributions.Poisson",
        lambda rate, target: -torch.distributions.Poisson(rate).log_prob(target),
        lambda rate, target: rate - x_log_y(target, rate) + mpmath.loggamma(target + 1),
        also={"scipy.stats.poisson": lambda rate, target: -scipy.stats.poisson.logpmf(target, rate).mean()},
    )
    by_hand("likelihood.poisson_nll", "rate-0", {"rate": [0.0, 0.0], "target": [0, 2]}, [0, INF], [0.5, -INF])


# ---------------------------------------------------------------------- optimisers

STEPS = 50
START = {"rosenbrock": [-1.2, 1.0], "bowl": [4.0, -3.0]}
SURFACE = {
    "rosenbrock": lambda w: (1 - w[0]) ** 2 + 100 * (w[1] - w[0] ** 2) ** 2,
    "bowl": lambda w: (w[0] ** 2 + 10 * w[1] ** 2) / 2,
}
SLOPES = {  # for the definitions; torch differentiates the surfaces itself
    "rosenbrock": lambda x, y: (2 * (x - 1) - 400 * x * (y - x**2), 200 * (y - x**2)),
    "bowl": lambda x, y: (x, 10 * y),
}

# A rule by its definition: the step's number, one parameter's slope g, and the two numbers m and s that it remembers,
# 0 at first -> how far the parameter goes down, and what it remembers next.


def descent(learning_rate):
    return lambda t, g, m, s: (learning_rate * g, m, s)


def momentum(learning_rate, momentum=0.9, nesterov=False):
    def rule(t, g, m, s):
        m = momentum * m + g
        return learning_rate * (g + momentum * m if nesterov else m), m, s

    return rule


def adagrad(learning_rate=0.01, epsilon=1e-10):
    def rule(t, g, m, s):
        s += g**2
        return learning_rate * g / (mpmath.sqrt(s) + epsilon), m, s

    return rule


def rmsprop(learning_rate=0.01, decay=0.9, epsilon=1e-8):
    def rule(t, g, m, s):
        s = decay * s + (1 - mpf(decay)) * g**2
        return learning_rate * g / (mpmath.sqrt(s) + epsilon), m, s

    return rule


def adam(learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8):
    def rule(t, g, m, s):
        m, s = beta1 * m + (1 - mpf(beta1)) * g, beta2 * s + (1 - mpf(beta2)) * g**2
        unbiased_m, unbiased_s = m / (1 - mpf(beta1) ** t), s / (1 - mpf(beta2) ** t)
        return learning_rate * unbiased_m / (mpmath.sqrt(unbiased_s) + epsilon), m, s

    return rule


def trajectory(surface, make):
    w = torch.tensor(START[surface], requires_grad=True)
    optimizer = make([w])
    points = [w.tolist()]
    for _ in range(STEPS):
        optimizer.zero_grad()
        SURFACE[surface](w).backward()
        optimizer.step()
        points.append(w.tolist())
    return points


def trajectory_by_definition(surface, rule):
    points, memory = [exact(START[surface])], [(mpf(0), mpf(0))] * 2
    for t in range(1, STEPS + 1):
        moves = [rule(t, g, *kept) for g, kept in zip(SLOPES[surface](*points[-1]), memory, strict=True)]
        points.append([w - move for w, (move, _, _) in zip(points[-1], moves, strict=True)])
        memory = [(m, s) for _, m, s in moves]
    return [[float(w) for w in point] for point in points]


def optimizers():
    def follow(name, optimizer, definition, library_names, surfaces, all_settings):
        for surface, settings in itertools.product(surfaces, all_settings):
            case = f"{surface},{named(settings)}" if settings else surface
            points = trajectory(surface, lambda w, settings=settings: optimizer(w, **library_names(**settings)))
            agree(f"{name} {case}", points, trajectory_by_definition(surface, definition(**settings)))
            by = f"torch.optim.{optimizer.__name__}"
            write(f"optimizers.{name}", case, settings, by, ["definition"], surface=surface, points=points)

    def rates(*learning_rates, **others):
        return [{"learning_rate": each, **others} for each in learning_rates]

    both = ("rosenbrock", "bowl")
    sgd = torch.optim.SGD, descent, lambda learning_rate: {"lr": learning_rate}
    follow("GradientDescent", *sgd, ["rosenbrock"], rates(1e-4, 5e-4, 1e-3))
    follow("GradientDescent", *sgd, ["bowl"], rates(0.01, 0.1, 0.19, 0.21))  # the last one diverges

    def heavy(learning_rate, momentum=0.9, nesterov=False):
        return {"lr": learning_rate, "momentum": momentum, "nesterov": nesterov}

    sgd = torch.optim.SGD, momentum, heavy
    follow("Momentum", *sgd, ["rosenbrock"], rates(1e-4) + rates(1e-4, nesterov=True) + rates(5e-4, momentum=0.5))
    follow("Momentum", *sgd, ["bowl"], rates(0.02) + rates(0.05, nesterov=True) + rates(0.1, momentum=0.5))
    follow("Momentum", *sgd, ["bowl"], rates(0.1, momentum=0.0) + rates(0.05, momentum=0.99, nesterov=True))

    follow(
        "AdaGrad",
        torch.optim.Adagrad,
        adagrad,
        lambda learning_rate=0.01, epsilon=1e-10: {"lr": learning_rate, "eps": epsilon},
        both,
        [{}, *rates(0.1), *rates(0.5, epsilon=1e-8), *rates(2.0, epsilon=1e-3)],
    )
    follow(
        "RMSProp",
        torch.optim.RMSprop,
        rmsprop,
        lambda learning_rate=0.01, decay=0.9, epsilon=1e-8: {"lr": learning_rate, "alpha": decay, "eps": epsilon},
        both,
        [{}, *rates(0.002), *rates(0.02, decay=0.99), *rates(0.1, decay=0.5, epsilon=1e-3)],
    )
    follow(
        "Adam",
        torch.optim.Adam,
        adam,
        lambda learning_rate=0.001, beta1=0.9, beta2=0.999, epsilon=1e-8: {
            "lr": learning_rate,
            "betas": (beta1, beta2),
            "eps": epsilon,
        },
        both,
        [{}, *rates(0.1), *rates(0.3, beta1=0.5, beta2=0.9), *rates(0.1, epsilon=0.1), *rates(0.1, beta1=0.0)],
    )


# ---------------------------------------------------------------------- everything

FAMILIES = [regression, activations, two_classes, several_classes, margin, overlap, distances, metric, sequence]
FAMILIES += [adversarial, reinforcement, penalty, information, likelihood, optimizers]


def main():
    for family in FAMILIES:
        before = len(records)
        family()
        print(f"{family.__name__:16} {len(records) - before:4} records")
    libraries = {"torch": torch, "scipy": scipy, "scikit-learn": sklearn, "POT": ot, "mpmath": mpmath, "numpy": np}
    header = {
        "written_by": "tools/oracle.py",
        "libraries": {name: module.__version__ for name, module in libraries.items()},
    }
    lines = [json.dumps({"id": name} | record, ensure_ascii=False, allow_nan=False) for name, record in records.items()]
    text = json.dumps(header)[:-1] + ', "records": [\n' + ",\n".join(lines) + "\n]}\n"
    TABLE.write_text(text, encoding="utf-8", newline="\n")
    print(f"{TABLE.name:16} {len(records):4} records, {len(text.encode()) / 1e6:.2f} MB")


if __name__ == "__main__":
    warnings.filterwarnings("ignore", message="The use of `x.T`", category=UserWarning)  # inside POT
    main()
