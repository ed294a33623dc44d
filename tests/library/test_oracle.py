"""Every loss, likelihood, information measure and optimiser against independent libraries.

Their answers are in oracle.json, which tools/oracle/ wrote; this test does not need those libraries.
"""

import inspect
import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from lossviz import information, likelihood, losses, optimizers
from lossviz.loss import Loss

TABLE = json.loads((Path(__file__).parent / "oracle.json").read_text(encoding="utf-8"))
RECORDS = TABLE["records"]
PARTS = {"losses": losses, "likelihood": likelihood, "information": information, "optimizers": optimizers}
TOLERANCE = 1e-9  # relative


def function_of(record):
    part, _, name = record["function"].partition(".")
    return getattr(PARTS[part], name)


def read(argument):
    """Turn the table's "inf" and "-inf" into numbers; settings such as a unit stay as they are."""
    if isinstance(argument, list):
        return [read(each) for each in argument]
    return float(argument) if argument in ("inf", "-inf") else argument


def records_of(kind):
    chosen = [record for record in RECORDS if kind(record)]
    return pytest.mark.parametrize("record", chosen, ids=[record["id"] for record in chosen])


def of_optimizers(record):
    return "points" in record


def of_losses(record):
    return not of_optimizers(record) and isinstance(function_of(record), Loss)


def of_scores(record):
    return "scores" in record["arguments"] and record["function"] == "losses.ctc"


def assert_close(what, got, expected):
    """Compare shapes and numbers; differences that are only rounding of the largest number are allowed."""
    got, expected = np.asarray(got), np.array(read(expected), float)
    assert got.dtype == np.float64, what
    assert got.shape == expected.shape, what
    largest = np.abs(expected[np.isfinite(expected)]).max(initial=0)
    rounding = 1e-14 * largest if largest else 1e-15
    np.testing.assert_allclose(got, expected, rtol=TOLERANCE, atol=rounding, err_msg=what)


# ---------------------------------------------------------------------- losses


@records_of(lambda record: of_losses(record) and not of_scores(record))
def test_a_loss_agrees(record):
    each, arguments = function_of(record), {key: read(given) for key, given in record["arguments"].items()}
    assert_close("value", each(**arguments), record["value"])
    if "per_example" in record:
        assert_close("per_example", each.per_example(**arguments), record["per_example"])
    if "gradient" in record:
        gradient = each.gradient(**arguments)
        assert isinstance(gradient, tuple) == (len(record["gradient"]) > 1)
        parts = gradient if isinstance(gradient, tuple) else (gradient,)
        for (name, expected), got in zip(record["gradient"].items(), parts, strict=True):
            assert_close(f"gradient in {name}", got, expected)


@records_of(of_scores)
def test_ctc_agrees_through_the_softmax(record):
    """The libraries give the gradient in the scores, ours is in the log-probabilities: the chain rule leads there."""
    scores = np.array(record["arguments"]["scores"])
    log_probability = losses.log_softmax(scores)
    arguments = record["arguments"] | {"log_probability": log_probability}
    del arguments["scores"]
    assert_close("value", losses.ctc(**arguments), record["value"])
    slope = losses.ctc.gradient(**arguments)
    through = slope - np.exp(log_probability) * slope.sum(axis=1, keepdims=True)
    assert_close("gradient in scores", through, record["gradient"]["scores"])


@records_of(lambda record: not of_losses(record) and not of_optimizers(record))
def test_a_function_agrees(record):
    arguments = {key: read(given) for key, given in record["arguments"].items()}
    assert_close("value", function_of(record)(**arguments), record["value"])


# ---------------------------------------------------------------------- optimisers


def rosenbrock(w):
    return (1 - w[0]) ** 2 + 100 * (w[1] - w[0] ** 2) ** 2


def rosenbrock_gradient(w):
    across = w[1] - w[0] ** 2
    return np.array([2 * (w[0] - 1) - 400 * w[0] * across, 200 * across])


def bowl(w):
    return (w[0] ** 2 + 10 * w[1] ** 2) / 2


def bowl_gradient(w):
    return np.array([w[0], 10 * w[1]])


SURFACES = {"rosenbrock": (rosenbrock, rosenbrock_gradient), "bowl": (bowl, bowl_gradient)}


@records_of(of_optimizers)
def test_an_optimizer_goes_the_same_way(record):
    function, gradient = SURFACES[record["surface"]]
    optimizer = function_of(record)(**record["arguments"])
    points = [np.array(record["points"][0])]
    for _ in record["points"][1:]:
        points.append(optimizer.step(points[-1], gradient(points[-1])))
    assert_close("step", points, record["points"])
    steps = len(record["points"]) - 1
    run = optimizers.minimize(function, gradient, record["points"][0], optimizer, steps=steps)
    assert_close("minimize", run.points, record["points"])


# ---------------------------------------------------------------------- the table itself


def own(part, kind):
    """The names of what a part defines itself, not of what it imports."""
    found = {name: each for name, each in vars(PARTS[part]).items() if kind(each) and not name.startswith("_")}
    return {f"{part}.{name}" for name, each in found.items() if each.__module__ == PARTS[part].__name__}


def test_everything_is_in_the_table_at_least_three_times():
    wanted = {f"losses.{name}" for name in losses.__all__}
    wanted |= own("likelihood", lambda each: isinstance(each, Loss)) | own("information", inspect.isfunction)
    wanted |= {f"optimizers.{rule.__name__}" for rule in optimizers.RULES}
    count = Counter(record["function"] for record in RECORDS)
    assert {name: count[name] for name in wanted if count[name] < 3} == {}
    assert set(count) == wanted


@pytest.mark.parametrize("name", sorted({record["function"] for record in RECORDS} - {"losses.ctc"}))
def test_the_table_uses_every_argument_and_knows_their_order(name):
    records = [record for record in RECORDS if record["function"] == name]
    parameters = inspect.signature(function_of(records[0])).parameters
    needed = [key for key, parameter in parameters.items() if parameter.default is parameter.empty]
    for record in records:
        assert list(record["arguments"])[: len(needed)] == needed, record["id"]
        learned = list(record.get("gradient", {}))
        assert learned == list(parameters)[: len(learned)], record["id"]
    used = {key for record in records for key in record["arguments"]}
    assert used == set(parameters) - {"bias_correction"}  # which no library can switch off


def test_every_record_names_who_said_it():
    assert {"torch", "scipy", "scikit-learn", "POT"} <= set(TABLE["libraries"])
    for name, version in TABLE["libraries"].items():
        assert version[0].isdigit(), name
    for record in RECORDS:
        assert record["by"], record["id"]
        assert record["also"] or record["by"] in ("definition", "closed form"), record["id"]
    assert len({record["id"] for record in RECORDS}) == len(RECORDS)
