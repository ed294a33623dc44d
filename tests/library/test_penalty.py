"""Penalties of weights: values and gradients by hand."""

from lossviz.losses import l1, l2


def test_penalties():
    assert l1([[1.0, -2.0]]) == 3
    assert l2([[1.0, -2.0]]) == 5
    assert (l1.gradient([[1.0, -2.0, 0.0]]) == [[1, -1, 0]]).all()
    assert (l2.gradient([[1.0, -2.0]]) == [[2, -4]]).all()
