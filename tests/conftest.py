"""What all tests share: how they are shared among workers, the course's style, and examples that are the same in every
run and have no time limit.
"""

import matplotlib as mpl
import pytest
from hypothesis import settings
from xdist.scheduler import LoadFileScheduling

from lossviz import theme
from lossviz.live import lifetime

settings.register_profile("course", deadline=None, derandomize=True)
settings.load_profile("course")


@pytest.fixture(autouse=True)
def style():
    """Draw in the course's style, even if the test before changed matplotlib's settings."""
    with mpl.rc_context():
        theme.use("lab")
        yield


@pytest.fixture(autouse=True)
def nothing_stays_open(monkeypatch):
    """Close the figures that a test has left open: ipywidgets keeps every widget, and each keeps its pictures."""
    made, remember = [], lifetime.remember
    monkeypatch.setattr(lifetime, "remember", lambda figure: made.append(figure) or remember(figure))
    yield
    for figure in made:
        figure.close()


DIVIDED = "test_explore.py", "test_notebooks.py"  # each explorer, each notebook by itself: together they take longest


class DividedFiles(LoadFileScheduling):
    """As `--dist loadfile`, but the tests of some files are divided by their parameter, in their brackets."""

    def _split_scope(self, nodeid):
        file, _, test = nodeid.partition("::")
        return test.partition("[")[2] or file if file.endswith(DIVIDED) else file


def pytest_xdist_make_scheduler(config, log):
    return DividedFiles(config, log)
