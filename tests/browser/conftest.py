"""One JupyterLab, one Notebook 7 and one Chromium for all tests of a worker."""

import os
import shutil
from importlib.resources import files
from pathlib import Path

import lab
import pytest

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


@pytest.fixture(scope="session")
def chromium():
    try:
        lab.find_chromium()
    except lab.NoBrowserError as problem:
        # in CI nobody reads the summary: a test that is silently skipped is worse than a test that fails
        (pytest.fail if os.environ.get("CI") else pytest.skip)(str(problem))
    with lab.browser() as chromium:
        yield chromium


@pytest.fixture(scope="session")
def server(chromium, tmp_path_factory):
    """Serve a copy of the course, so that nothing that happens here changes it."""
    folder = shutil.copytree(NOTEBOOKS, tmp_path_factory.mktemp("lab") / "notebooks")
    with lab.serve(folder) as server:
        yield server


@pytest.fixture(scope="session")
def notebook_7(chromium, tmp_path_factory):
    """Serve a copy of the course with the other application that readers use."""
    folder = shutil.copytree(NOTEBOOKS, tmp_path_factory.mktemp("notebook-7") / "notebooks")
    with lab.serve(folder, app="notebook") as server:
        yield server


@pytest.fixture(scope="session")
def accessibility():
    """Return a function that lists what axe finds wrong with a live figure."""
    # we read the file ourselves: the package that contains it uses the platform's encoding
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")

    def violations(figure: lab.Figure) -> list[str]:
        figure.box.page.evaluate(axe)
        # axe judges the contrast of visible text alone; Lab's body is a box of no height that hides what overflows
        figure.box.scroll_into_view_if_needed()
        figure.box.page.evaluate("() => { document.body.style.overflow = 'visible'; }")
        found = figure.box.evaluate("box => axe.run(box)")
        assert "color-contrast" in [rule["id"] for rule in found["passes"]], "axe saw no text"
        return [f"{rule['id']}: {node['html']}" for rule in found["violations"] for node in rule["nodes"]]

    return violations
