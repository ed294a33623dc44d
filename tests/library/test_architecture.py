"""The architecture: which part may import which, what an import costs, and what the package contains."""

import ast
import importlib
import pkgutil
import re
import subprocess
import sys
from importlib.metadata import requires
from importlib.resources import files
from pathlib import Path
from types import ModuleType

import pytest

import lossviz
from lossviz import environment, explore
from lossviz.course import LESSONS

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "lossviz"

# part of the library -> the parts it may import; a part that is missing here fails the test, so add each new part
MAY_IMPORT = {
    "__init__": set(),
    "__main__": {"notebooks"},
    "course": set(),
    "caching": set(),
    "console": set(),
    "environment": {"console"},
    "notebooks": {"course"},
    "checking": set(),
    "arrays": {"checking"},
    "arguments": {"arrays", "checking"},
    "blocks": {"arrays", "checking"},
    "loss": {"arguments", "arrays", "blocks", "checking"},
    "theme": {"arguments", "checking"},
    "losses": {"arguments", "checking", "loss"},
    "information": {"arguments", "checking", "losses"},
    "likelihood": {"arguments", "checking", "loss", "losses"},
    "gradients": {"arguments", "checking"},
    "optimizers": {"arguments", "arrays", "checking", "gradients"},
    "data": {"arguments", "arrays", "checking"},
    "models": {"arguments", "arrays", "checking", "losses"},
    "live": {"checking", "console", "theme"},
    "experiments": {
        "arguments",
        "arrays",
        "caching",
        "checking",
        "data",
        "models",
        "losses",
        "information",
        "likelihood",
        "gradients",
        "optimizers",
    },
    "plots": {"arguments", "checking", "experiments", "theme", "course"},
    "explore": {
        "arguments",
        "checking",
        "live",
        "experiments",
        "plots",
        "theme",
        "data",
        "models",
        "losses",
        "information",
        "likelihood",
        "gradients",
        "optimizers",
    },
    "exercises": {"arguments", "checking", "console"},
}
ONLY_NUMPY = {
    "caching",
    "checking",
    "arrays",
    "arguments",
    "blocks",
    "loss",
    "losses",
    "information",
    "likelihood",
    "gradients",
    "optimizers",
    "data",
    "models",
    "experiments",
}
LAZILY_SCIPY = {"losses", "likelihood"}  # imported inside a function, where it is needed
NO_WIDGETS = {"plots", "theme", "exercises", "course", "notebooks", "__main__"}


def sources():
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).parts[0].removesuffix(".py"), path


def imported(path):
    """The absolute names of the modules that a file imports."""
    package = ("lossviz", *path.relative_to(PACKAGE).parent.parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, [base, node.module]))
            yield from (f"{module}.{alias.name}" for alias in node.names) if module == "lossviz" else [module]


@pytest.mark.parametrize(("part", "path"), list(sources()), ids=lambda value: getattr(value, "name", value))
def test_an_import_goes_downward_only(part, path):
    for module in imported(path):
        if module.startswith("lossviz."):
            other = module.split(".")[1]
            assert other == part or other in MAY_IMPORT[part], f"{part} imports {other}"
        elif part in ONLY_NUMPY and module.split(".")[0] not in sys.stdlib_module_names:
            allowed = {"numpy", "scipy"} if part in LAZILY_SCIPY else {"numpy"}
            assert module.split(".")[0] in allowed, f"{part} imports {module}"
        elif part in NO_WIDGETS:
            assert module.split(".")[0] not in {"ipywidgets", "anywidget", "traitlets"}, f"{part} imports {module}"


EVERY_SOURCE = pytest.mark.parametrize(
    "path", [path for _, path in sources()], ids=lambda path: str(path.relative_to(PACKAGE))
)


@EVERY_SOURCE
def test_a_module_says_first_what_lives_in_it(path):
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), path
    assert path.stem not in {"utils", "helpers"}


# ---------------------------------------------------------------------- files short enough to understand


def code_lines(function, source):
    """The lines of a function without its docstring, comments and blank lines."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    first = min((each.lineno for each in body), default=function.end_lineno + 1)
    head = range(function.lineno, function.body[0].lineno)
    lines = [source[number - 1].strip() for number in (*head, *range(first, function.end_lineno + 1))]
    return [line for line in lines if line and not line.startswith("#")]


@EVERY_SOURCE
def test_a_file_and_its_functions_are_short(path):
    text = path.read_text(encoding="utf-8")
    source = text.splitlines()
    assert len(source) <= 500
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert len(code_lines(node, source)) <= 40, f"{node.name} in {path}"


def test_the_files_of_the_browser_s_half_are_short():
    for path in PACKAGE.rglob("*.js"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 600, path


# ---------------------------------------------------------------------- one name for each lesson

READY = [lesson for lesson in LESSONS if lesson.ready]
# the layers with one module for each lesson, and the modules beside these that all lessons share
EXERCISE_ENGINE = {"answers", "engine", "feedback", "options", "patterns", "questions", "showing", "source", "stumbles"}
LAYERS = {"experiments": set(), "plots": {"numbers"}, "explore": set(), "exercises": EXERCISE_ENGINE}


@pytest.mark.parametrize("layer", LAYERS)
def test_each_lesson_has_one_module_of_its_name_in_each_layer(layer):
    found = {module.name for module in pkgutil.iter_modules([PACKAGE / layer])}
    assert found == {lesson.module for lesson in READY} | LAYERS[layer]


def test_each_lesson_has_one_file_of_tests_of_its_name():
    found = sorted(path.stem for path in (ROOT / "tests" / "lessons").glob("*.py"))
    assert found == [f"test_{lesson.name}" for lesson in READY]


def test_no_function_hides_a_module_of_its_name():
    for found in pkgutil.walk_packages([str(PACKAGE)], "lossviz."):
        package, _, name = found.name.rpartition(".")
        there = getattr(importlib.import_module(package), name, importlib.import_module(found.name))
        assert isinstance(there, ModuleType), f"{found.name} is hidden by {there!r}"


@pytest.mark.parametrize("path", sorted((PACKAGE / "explore").rglob("*.py")), ids=lambda path: path.stem)
def test_what_is_public_in_explore_is_a_scene_or_an_explorer(path):
    """What computes is in `experiments`, what draws in `plots`."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            assert node.name.startswith("_"), f"{node.name} computes or draws: it belongs in experiments or plots"


def test_every_explorer_is_made_of_its_scene():
    for name in explore.__all__:
        function = getattr(explore, name)
        module = importlib.import_module(function.__module__)
        scenes = [each for each in vars(module).values() if isinstance(each, type) and getattr(each, "name", 0) == name]
        assert scenes, f"{name} is not made by `explorer`"


def modules_after(statement):
    code = f"import sys\n{statement}\nprint(' '.join(sys.modules))"
    return set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())


def test_importing_the_package_loads_no_drawing_and_no_widgets():
    heavy = {"matplotlib", "ipywidgets", "anywidget", "IPython", "scipy"}
    assert not modules_after("import lossviz") & heavy
    assert not modules_after(f"from lossviz import {', '.join(sorted(ONLY_NUMPY))}") & heavy
    assert "matplotlib" in modules_after("import lossviz; lossviz.plots")


def test_the_parts_are_found_by_name():
    assert lossviz.losses.mse.name == "mse"
    assert {"explore", "exercises", "theme"} <= set(dir(lossviz))
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = lossviz.nothing


# ---------------------------------------------------------------------- packaging


def ranges(text):
    lines = [line.strip() for line in text.splitlines()]
    return [line for line in lines if line and not line.startswith(("#", "-"))]


def test_the_package_depends_on_what_requirements_txt_lists():
    listed = ranges((ROOT / "requirements.txt").read_text(encoding="utf-8"))

    def plain(requirement):
        name, bounds = re.match(r"([\w.-]+)(.*)", requirement.replace(" ", "")).groups()
        return name.lower(), frozenset(bounds.split(","))

    installed = {plain(line) for line in requires("lossviz")}
    assert installed == {plain(line) for line in listed}, "after a change of requirements.txt, install the package anew"


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_dependency_has_a_floor_and_a_ceiling(name):
    for line in ranges((ROOT / name).read_text(encoding="utf-8")):
        assert re.search(r">=\d.*,<\d|==\d", line), line


def test_the_browser_s_half_is_inside_the_package():
    for name in "hands.js", "live.js", "live.css", "progress_bar.js":
        assert files("lossviz.live").joinpath(name).read_text(encoding="utf-8")


# ---------------------------------------------------------------------- the environment report


def test_the_report_names_every_part_and_the_repair(monkeypatch):
    report = environment.report()
    assert report.endswith("All is ready.")
    for name in "python", "jupyterlab", "numpy", "scipy", "matplotlib", "ipywidgets", "anywidget":
        assert re.search(rf"^{name} +\d", report, re.M), name

    def version(name):
        if name == "anywidget":
            raise environment.PackageNotFoundError(name)
        return "3.6.1" if name == "jupyterlab" else "9999.0" if name == "numpy" else "8.1.3"

    monkeypatch.setattr(environment, "version", version)
    report = environment.report()
    assert "All is ready." not in report
    assert re.search(r"^jupyterlab +3\.6\.1 is outside \S+ → python -m pip install -r requirements\.txt$", report, re.M)
    assert re.search(r"^anywidget +missing → python -m pip install -r requirements\.txt$", report, re.M)
    assert re.search(r"^numpy +9999\.0 is outside", report, re.M)


@pytest.mark.parametrize(
    ("found", "wanted", "within"),
    [
        ("4.2.0", ">=4.2,<5", True),
        ("4.1.9", ">=4.2,<5", False),
        ("5.0", ">=4.2,<5", False),
        ("4.10.1", ">=4.2,<5", True),
        ("4.6.0rc1", ">=4.2,<5", True),
        ("0.11.0", ">=0.9,<0.12", True),
        ("3.11.7", ">=3.11", True),
    ],
)
def test_versions_are_compared_as_numbers(found, wanted, within):
    assert environment._within(found, wanted) is within
