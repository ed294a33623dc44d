"""What all unit tests share: the course's style, and examples that are the same in every run and have no time limit;
and how all tests that need no browser are shared among workers.
"""

import matplotlib as mpl
import pytest
from hypothesis import settings
from xdist.scheduler import LoadFileScheduling

from lossviz import theme

settings.register_profile("course", deadline=None, derandomize=True)
settings.load_profile("course")


@pytest.fixture(autouse=True)
def style():
    """Draw in the course's style, whatever the test before did to matplotlib's settings."""
    with mpl.rc_context():
        theme.use("lab")
        yield


class EachExplorerInOneWorker(LoadFileScheduling):
    """As `--dist loadfile`, but the tests of all explorers, which take longer than any other file, are divided."""

    def _split_scope(self, nodeid):
        file, _, test = nodeid.partition("::")
        return test.partition("[")[2] or file if file.endswith("test_explorers.py") else file


def pytest_xdist_make_scheduler(config, log):
    return EachExplorerInOneWorker(config, log)
