"""Hinge losses: of a score and a side, and of several classes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lossviz.losses import hinge, multiclass_hinge, squared_hinge

scores = arrays(float, (3, 4), elements=st.floats(-50, 50))
few_labels = arrays(int, 3, elements=st.integers(0, 3))
single_scores = arrays(float, 5, elements=st.floats(-50, 50))
classes = arrays(int, 5, elements=st.integers(0, 1))


@given(single_scores, classes)
def test_hinges(s, y):
    sign = 2 * y - 1
    assert squared_hinge.per_example(s, sign) == pytest.approx(hinge.per_example(s, sign) ** 2)
    assert (hinge.per_example(s, sign) >= (sign * s < 0)).all(), "above the 0-1 loss"
    two = np.stack([-s / 2, s / 2], axis=-1)
    assert multiclass_hinge(two, y) == pytest.approx(hinge(s, sign))


@given(scores, few_labels, st.floats(0.1, 5))
def test_a_constant_does_not_change_the_multiclass_hinge_and_a_factor_scales_it(s, label, scale):
    assert multiclass_hinge(s + 7, label) == pytest.approx(multiclass_hinge(s, label), rel=1e-9, abs=1e-9)
    assert multiclass_hinge(s * scale, label, margin=scale) == pytest.approx(
        scale * multiclass_hinge(s, label), rel=1e-9, abs=1e-9
    )
