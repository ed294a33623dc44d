"""Every test draws in the course's style, whatever the test before it did to matplotlib's settings."""

import matplotlib as mpl
import pytest

from lossviz import theme


@pytest.fixture(autouse=True)
def style():
    with mpl.rc_context():
        theme.use("lab")
        yield
