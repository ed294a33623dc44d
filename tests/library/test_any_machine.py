"""The library on any machine: Python without docstrings, NumPy that raises, no metadata, a browser's Python."""

import copy
import importlib
import inspect
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from test_arguments import LINES, own_public

from lossviz import data, environment, experiments, gradients, likelihood, losses, models, optimizers
from lossviz.checking import UsualArithmetic, checked
from lossviz.loss import Loss

ROOT = Path(__file__).parents[2]
ALL = {name: each for part in (losses, likelihood) for name, each in vars(part).items() if isinstance(each, Loss)}


def run(program, *options):
    done = subprocess.run(
        [sys.executable, *options, "-W", "error::RuntimeWarning", "-c", program],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


# ---------------------------------------------------------------------- Python without docstrings and assertions

EVERY_MODULE = """
import importlib, pkgutil, lossviz
for module in pkgutil.walk_packages(lossviz.__path__, "lossviz."):
    importlib.import_module(module.name)
"""
USED = """
import numpy as np
from lossviz import environment, exercises, explore, gradients, losses, models, optimizers, theme
from lossviz.checking import checked
assert_is = lambda truth: truth or exit("wrong")
assert_is(losses.mse([1, 2], [1, 4]) == 2 and "frac" in losses.mse.formula and losses.mse._repr_latex_())
assert_is("one or more finite numbers" in str(losses.mse.checks["target"].allowed))
model = models.MLP((2, 3, 1))
f = model.objective([[1, 2], [3, 4]], [1, 1], losses.sigmoid_cross_entropy)
assert_is(optimizers.minimize(f, f.gradient, model.initial(), optimizers.Adam(), 3).evaluations == 3)
assert_is("good" in str(gradients.check_gradient(f, f.gradient, model.initial())))
theme.use("lab")
for name in explore.__all__:
    assert_is("Raises" in getattr(explore, name).__doc__)
assert_is(explore.fit_line(m=1, c=2).readout)
assert_is("python" in environment.report())
print(checked(x=losses.mse.checks["target"])(lambda x: x.sum())([1, 2]))
"""


@pytest.mark.parametrize("option", ["-O", "-OO"])
def test_every_module_works_without_docstrings(option):
    assert run(EVERY_MODULE + USED, option).splitlines()[-1] == "3.0"


# ---------------------------------------------------------------------- NumPy's error state


@pytest.fixture
def numpy_raises():
    with np.errstate(all="raise"):
        yield


def test_every_module_is_imported_where_numpy_raises():
    run("import numpy\nnumpy.seterr(all='raise')\n" + EVERY_MODULE)


def same(one, other):
    """Whether two results are one to the last bit, whatever they are made of."""
    if isinstance(one, tuple | list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, np.ndarray | float):
        return np.array_equal(one, other, equal_nan=np.asarray(one).dtype.kind == "f")
    return True


@pytest.mark.parametrize(("use", "values"), [(line[1], line[3]) for line in LINES], ids=[line[0] for line in LINES])
def test_every_public_function_is_the_same_where_numpy_raises(use, values):
    taken = {argument: good for argument, (good, *_) in values.items()}
    usual = copy.deepcopy(use)(**copy.deepcopy(taken))  # an optimiser remembers its steps
    with np.errstate(all="raise"):
        assert same(copy.deepcopy(use)(**copy.deepcopy(taken)), usual)


NOTHING_TO_SAY = [
    pytest.param(each, id=f"{module}.{name}")
    for module in experiments.__all__
    for name, each in own_public(getattr(experiments, module))
    if inspect.isfunction(inspect.unwrap(each)) and not inspect.signature(each).parameters
]


@pytest.mark.parametrize("use", NOTHING_TO_SAY)
def test_what_the_lessons_compute_from_nothing_is_the_same_where_numpy_raises(use):
    fresh = inspect.unwrap(use)
    with np.errstate(all="raise"):
        fresh()


TINY = [1.0, 1e-200, -1e-200, 0.0]


@pytest.mark.parametrize("rule", optimizers.RULES, ids=lambda rule: rule.__name__)
@pytest.mark.usefixtures("numpy_raises")
def test_an_optimizer_s_step_squares_small_gradients_where_numpy_raises(rule):
    optimizer = rule(0.1)
    for _ in range(3):
        assert np.isfinite(optimizer.step(TINY * 2, TINY * 2)).all()
    bowl = data.quadratic(curvatures=(1.0, 3.0))
    run = optimizers.minimize(bowl, lambda w: 1e-200 * w, [1.0, 1.0], optimizer, 3)
    assert not run.diverged
    runs = optimizers.minimize_many(bowl, lambda w: 1e-200 * w, [[1.0, 1.0]], optimizer, 3)
    assert not runs.diverged.any()


@pytest.mark.usefixtures("numpy_raises")
def test_far_scores_have_their_limits_where_numpy_raises():
    far = np.array([1e4, -1e4, 1e-300, 0.0])
    assert losses.sigmoid(far).tolist() == [1, 0, 0.5, 0.5]
    assert losses.softmax(far).tolist() == [1, 0, 0, 0]
    assert np.isfinite(losses.log_softmax(far)).all()
    for each in losses.sigmoid_cross_entropy, losses.focal:
        assert np.isfinite(each.per_example(far, [1, 1, 0, 0])).all()
        assert np.isfinite(each.gradient(far, [1, 1, 0, 0])).all()


def test_the_reader_s_own_choice_is_there_again_afterwards():
    with np.errstate(all="raise"):
        losses.sigmoid([-1000.0])
        with pytest.raises(ValueError, match="sigmoid"):
            losses.sigmoid([np.nan])
        assert set(np.geterr().values()) == {"raise"}


def test_what_runs_inside_may_ignore_more():
    @checked()
    def outer():
        with np.errstate(all="ignore"):
            return inner()

    @checked()
    def inner():
        return np.geterr()["over"], np.exp(np.float64(1000))

    assert outer() == ("ignore", np.inf)
    with pytest.warns(RuntimeWarning, match="overflow"):
        assert inner() == ("warn", np.inf)
    with np.errstate(all="raise"), UsualArithmetic():
        assert np.geterr()["over"] == "warn"


# ---------------------------------------------------------------------- numbers of any size

FAR = [10.0**power for power in (-323, -300, -170, 170, 300, 308)]
WITH_A_NUMBER = [line for line in LINES if line[2] not in ALL]


def at_size(given, size):
    """Return what is given, with its numbers at another size; an empty list for anything else."""
    if isinstance(given, float):
        return [size, -size]
    try:
        array = np.asarray(given)
    except (TypeError, ValueError):
        return []
    with np.errstate(all="ignore"):
        sized = [array * size, -array * size] if array.ndim and array.dtype.kind == "f" else []
    return [each for each in sized if np.isfinite(each).all()]


@pytest.mark.parametrize(
    ("use", "name", "values"), [line[1:] for line in WITH_A_NUMBER], ids=[line[0] for line in WITH_A_NUMBER]
)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_numbers_of_any_size_give_a_result_or_a_reason(use, name, values):
    """Python's own arithmetic would raise OverflowError or ZeroDivisionError, which say nothing to a reader."""
    taken = {argument: good for argument, (good, *_) in values.items()}
    refused = []
    for argument, good in taken.items():
        for size in FAR:
            for given in at_size(good, size):
                try:
                    copy.deepcopy(use)(**copy.deepcopy(taken) | {argument: given})
                except (TypeError, ValueError) as error:
                    said = str(error)
                    alone = error.__suppress_context__ or error.__context__ is None
                    refused.append((argument, given, said, alone))
    for *what, said, alone in refused:
        assert re.match(r"\w+: ", said), (what, said)
        assert alone, (what, "the reader sees one error")


FITS = ["least_squares_line", "least_huber_line", "line_mse", "ridge", "lasso"]


@pytest.mark.parametrize("name", FITS)
@pytest.mark.parametrize("size", [1e170, 1e300, 1.7e308])
def test_a_fit_that_leaves_the_floats_is_refused(name, size):
    others = {"line_mse": (2.0, 1.0), "ridge": (0.1,), "lasso": (0.1,)}.get(name, ())
    numbers = size * np.array([0.5, -1.0, 1.0])
    with pytest.raises(ValueError, match=rf"^{name}: the numbers are too large or too small to compute with; "):
        getattr(models, name)(numbers, numbers[::-1], *others)


def test_an_error_of_the_reader_s_own_function_stays_as_it_is():
    with pytest.raises(ZeroDivisionError):
        gradients.numerical_gradient(lambda w: 1 / float(w[0] - w[0]), [1.0])


def test_a_neuron_far_below_0_learns():
    for start in -750.0, -1e300:
        way = experiments.backpropagation.descend_neuron("cross_entropy", start, 0.0, target=1, rate=1.0, steps=1)
        assert way[1] == start + 2


# ---------------------------------------------------------------------- without metadata, and in a browser


def missing(*names):
    def version(name):
        if name in names:
            raise environment.PackageNotFoundError(name)
        return {"numpy": "2.0.2", "scipy": "1.14.1", "matplotlib": "3.8.4", "anywidget": "0.9.13"}.get(name, "8.1.5")

    return version


def test_the_report_works_where_lossviz_is_not_installed(monkeypatch):
    def requires(name):
        raise environment.PackageNotFoundError(name)

    def bounds():
        return {name: set(wanted.split(",")) for name, wanted in environment._ranges().items()}

    installed = bounds()
    monkeypatch.setattr(environment, "requires", requires)
    assert bounds() == installed, "requirements.txt has the same"
    monkeypatch.setattr(environment, "version", missing("lossviz"))
    lines = environment.report().splitlines()
    assert lines[1] == "lossviz      missing → python -m pip install -r requirements.txt"
    assert [line.split()[0] for line in lines[2:]] == list(installed)


def test_a_browser_s_python_is_not_asked_for_jupyterlab(monkeypatch):
    monkeypatch.setattr(environment, "version", missing("jupyterlab"))
    assert "jupyterlab   missing → python -m pip install" in environment.report()
    monkeypatch.setattr(sys, "platform", "emscripten")
    assert "jupyterlab" not in environment.report()
    assert environment.report().endswith("All is ready.")


def test_the_floors_are_those_of_the_browser_s_python():
    browser = {"numpy": "2.0.2", "scipy": "1.14.1", "matplotlib": "3.8.4"}
    ranges = environment._ranges()
    for name, version in browser.items():
        assert environment._within(version, ranges[name]), f"{name} {version} is outside {ranges[name]}"


def test_no_source_asks_for_integers_of_64_bits():
    """In a browser's Python an index has 32 bits; `numpy.bincount` and `take` refuse labels of 64 there."""
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in sorted((ROOT / "lossviz").rglob("*.py"))
        if "exercises" not in path.parts
        for line in path.read_text(encoding="utf-8").splitlines()
        if "int64" in line
    ]
    assert len(found) == 1, found
    assert "parts_of_n, parts_of_m" in found[0], "n m may be larger than an index"


def test_each_module_is_found():
    for part in "arrays", "arguments", "checking":
        assert importlib.import_module(f"lossviz.{part}").__doc__
