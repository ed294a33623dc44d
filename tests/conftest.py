"""How the tests are shared among workers."""

from xdist.scheduler import LoadFileScheduling

DIVIDED = "test_explorers.py", "test_notebooks.py"  # each explorer, each notebook by itself: together they take longest


class DividedFiles(LoadFileScheduling):
    """As `--dist loadfile`, but the tests of some files are divided by what they are about, in their brackets."""

    def _split_scope(self, nodeid):
        file, _, test = nodeid.partition("::")
        return test.partition("[")[2] or file if file.endswith(DIVIDED) else file


def pytest_xdist_make_scheduler(config, log):
    return DividedFiles(config, log)
