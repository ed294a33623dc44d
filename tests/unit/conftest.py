"""What all unit tests share: the course's style, and examples that are the same in every run and have no time limit."""

import matplotlib as mpl
import pytest
from hypothesis import settings

from lossviz import theme

settings.register_profile("course", deadline=None, derandomize=True)
settings.load_profile("course")


@pytest.fixture(autouse=True)
def style():
    """Draw in the course's style, whatever the test before did to matplotlib's settings."""
    with mpl.rc_context():
        theme.use("lab")
        yield
