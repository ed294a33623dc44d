"""Overlap losses: for hard masks they count pixels, and each loss is a special case of another."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lossviz.losses import dice, focal_tversky, tversky

masks = arrays(int, (3, 4), elements=st.integers(0, 1))
soft_masks = arrays(float, (3, 4), elements=st.floats(0, 1))
weights = st.floats(0, 2)


@given(masks, masks, weights, weights)
def test_overlap_of_hard_masks_is_counting(a, b, alpha, beta):
    both, only_a, only_b = np.sum(a & b), np.sum(a & ~b & 1), np.sum(b & ~a & 1)
    if both + only_a + only_b:
        assert dice(a.astype(float), b) == pytest.approx(1 - 2 * both / (2 * both + only_a + only_b))
    else:
        assert dice(a.astype(float), b) == 0
    size = both + alpha * only_a + beta * only_b
    if size > 1e-6:
        assert tversky(a.astype(float), b, alpha=alpha, beta=beta) == pytest.approx(1 - both / size, abs=1e-12)


@given(soft_masks, masks, st.floats(0, 1))
def test_dice_and_jaccard_are_tverskys(p, t, smooth):
    if p.sum() + t.sum() < 1e-6:
        return
    for use in "__call__", "gradient":
        one = getattr(dice, use)(p, t, smooth=2 * smooth)
        assert one == pytest.approx(getattr(tversky, use)(p, t, smooth=smooth), rel=1e-9, abs=1e-9)
        assert getattr(focal_tversky, use)(p, t) == pytest.approx(getattr(tversky, use)(p, t), rel=1e-9, abs=1e-9)
    jaccard = 1 - (p * t).sum() / (p.sum() + t.sum() - (p * t).sum())
    assert tversky(p, t, alpha=1, beta=1) == pytest.approx(jaccard, abs=1e-12)
    assert focal_tversky(p, t, gamma=0.75) == pytest.approx(tversky(p, t) ** 0.75)


@given(masks, masks)
def test_alpha_weighs_false_positives(a, b):
    p = a.astype(float)
    assert tversky(p, b, alpha=0.3, beta=0.7) == pytest.approx(tversky(b.astype(float), a, alpha=0.7, beta=0.3))
    too_much, too_little = np.ones((3, 4)), np.zeros((3, 4))
    too_little[0, 0] = 1
    target = np.zeros((3, 4))
    target[0, :2] = 1
    assert tversky(too_much, target, alpha=0.9, beta=0.1) > tversky(too_much, target, alpha=0.1, beta=0.9)
    assert tversky(too_little, target, alpha=0.9, beta=0.1) < tversky(too_little, target, alpha=0.1, beta=0.9)


def test_several_pictures_are_examples_and_a_flat_one_is_one():
    p, t = np.random.default_rng(0).uniform(size=(5, 3, 4)), np.random.default_rng(1).integers(0, 2, (5, 3, 4))
    for each in dice, tversky, focal_tversky:
        assert each.per_example(p, t) == pytest.approx([each(one, other) for one, other in zip(p, t, strict=True)])
        assert each(p[0].ravel(), t[0].ravel()) == pytest.approx(each(p[0], t[0]))


@pytest.mark.parametrize("each", [dice, tversky, focal_tversky], ids=lambda each: each.name)
def test_a_channel_at_the_end_is_refused(each):
    """Else each row of a picture would count as a picture."""
    p, t = np.random.default_rng(0).uniform(size=(2, 2, 4, 4))
    told = rf"^{each.name}: probability must not end in a single column .*squeeze\(-1\).*, got shape \(2, 4, 4, 1\)$"
    with pytest.raises(ValueError, match=told):
        each(p[..., None], t[..., None])
    assert each(p[:, None], t[:, None]) == each(p, t), "a channel before the picture is harmless"
    assert each(p[0, :, :1], t[0, :, :1]) == each(p[0, :, 0], t[0, :, 0]), "a column alone is a region"
