"""Losses that compare regions, by how much of both is in common: for segmentation, and where one class is rare.

A prediction is a map of probabilities, a target the true region. The last two axes are one picture; axes before them
count the examples. An array with one axis is one region.
"""

import numpy as np

from .. import arguments
from ..checking import condition
from ..loss import loss, rows


@condition("probability must not end in a single column after two other axes: probability.squeeze(-1) drops a channel")
def _no_channel_at_the_end(checked):
    shape = checked["probability"].shape
    return f"got shape {shape}" if len(shape) > 2 and shape[-1] == 1 else None


def _pictures(checks):
    """The last two axes are a picture. A last axis of channels would be taken for the width."""
    return [_no_channel_at_the_end, *rows(checks)]


def _picture(array: np.ndarray) -> tuple[int, ...]:
    """Return the axes of one picture."""
    return (-2, -1) if array.ndim > 1 else (-1,)


def _sum(array: np.ndarray) -> np.ndarray:
    """Sum over each picture, keeping its axes, so that the sums stand beside the pixels."""
    return array.sum(axis=_picture(array), keepdims=True)


@loss(
    r"1 - \frac{2 \sum_k p_k y_k + s}{\sum_k p_k + \sum_k y_k + s}",
    shapes=_pictures,
    probability=arguments.probability,
    target=arguments.share,
    smooth=arguments.at_least_0,
)
def dice(probability, target, smooth=0.0):
    """Dice loss: 1 minus the Dice coefficient, twice what two regions have in common over the sum of their sizes.

    Parameters
    ----------
    probability : array_like, shape (n,) or (..., height, width)
        For each pixel the predicted probability that it belongs to the region, as floats.
    target : array_like, equal in shape
        1 inside the true region, 0 outside (or the share of the pixel that is inside).
    smooth : float
        Added above and below, at least 0. With 0 the loss is the plain ratio, and two empty regions have loss 0. Others
        add it to half of both, as `tversky` does: the smooth of `dice` is twice that of `tversky`.

    Returns
    -------
    float
        From 0, the same region, to 1, nothing in common; the mean over pictures. The sums below are plain; others
        square the probabilities there.

    Examples
    --------
    >>> dice([1.0, 1.0, 0.0, 0.0], [1, 0, 0, 0])
    0.3333333333333333

    References
    ----------
    L. R. Dice, Measures of the amount of ecologic association between species, Ecology 26, 1945; F. Milletari, N. Navab
    and S.-A. Ahmadi, V-Net, 3DV 2016 (as a loss, with squares below).
    """
    wrong = _sum(probability * (1 - target)) + _sum((1 - probability) * target)
    size = _sum(probability) + _sum(target) + smooth
    empty = size == 0
    value = wrong / (size + empty)  # 1 − the coefficient, with no digit lost where the two are nearly the same
    slope = (1 - value - 2 * target) / (size + empty) * ~empty
    return value.squeeze(_picture(target)), slope


def _tversky(probability, target, alpha, beta, smooth):
    """Return 1 − the Tversky index, one for each picture, and its slope."""
    largest = max(alpha, beta, smooth)
    one = 1 / largest if largest > 1e150 else 1.0  # only ratios count: no sum may be beyond the largest float
    alpha, beta, smooth = alpha * one, beta * one, smooth * one
    wrong = alpha * _sum(probability * (1 - target)) + beta * _sum((1 - probability) * target)
    size = one * _sum(probability * target) + wrong + smooth
    empty = size == 0
    value = wrong / (size + empty)
    slope = (1 - value) * (one * target + alpha * (1 - target) - beta * target) - one * target
    return value, slope / (size + empty) * ~empty


@loss(
    r"1 - \frac{\mathrm{TP} + s}{\mathrm{TP} + \alpha\,\mathrm{FP} + \beta\,\mathrm{FN} + s},\quad"
    r" \mathrm{TP} = \sum_k p_k y_k,\; \mathrm{FP} = \sum_k p_k (1 - y_k),\; \mathrm{FN} = \sum_k (1 - p_k)\,y_k",
    shapes=_pictures,
    probability=arguments.probability,
    target=arguments.share,
    alpha=arguments.at_least_0,
    beta=arguments.at_least_0,
    smooth=arguments.at_least_0,
)
def tversky(probability, target, alpha=0.5, beta=0.5, smooth=0.0):
    """Tversky loss: Dice with a price of its own for each of the two errors.

    Parameters
    ----------
    probability : array_like, shape (n,) or (..., height, width)
        For each pixel the predicted probability that it belongs to the region, as floats.
    target : array_like, equal in shape
        1 inside the true region, 0 outside (or the share of the pixel that is inside).
    alpha, beta : float
        The weights of false positives (alpha) and of false negatives (beta), at least 0; some texts have them the
        other way round. ½ and ½ is `dice`, 1 and 1 the Jaccard index, also called IoU.
    smooth : float
        Added above and below, at least 0. With 0, two empty regions have loss 0.

    Returns
    -------
    float
        From 0, the same region, to 1, nothing in common; the mean over pictures.

    Examples
    --------
    >>> round(tversky([1.0, 1.0, 0.0, 0.0], [1, 0, 0, 0], alpha=0.3, beta=0.7), 6)
    0.230769

    References
    ----------
    A. Tversky, Features of similarity, Psychological Review 84, 1977; S. S. M. Salehi, D. Erdogmus and A. Gholipour,
    Tversky loss function for image segmentation using 3D fully convolutional deep networks, MLMI 2017.
    """
    value, slope = _tversky(probability, target, alpha, beta, smooth)
    return value.squeeze(_picture(target)), slope


@loss(
    r"(1 - \mathrm{TI})^{\gamma},\quad \mathrm{TI} ="
    r" \frac{\mathrm{TP} + s}{\mathrm{TP} + \alpha\,\mathrm{FP} + \beta\,\mathrm{FN} + s}",
    shapes=_pictures,
    probability=arguments.probability,
    target=arguments.share,
    alpha=arguments.at_least_0,
    beta=arguments.at_least_0,
    gamma=arguments.positive,
    smooth=arguments.at_least_0,
)
def focal_tversky(probability, target, alpha=0.5, beta=0.5, gamma=1.0, smooth=0.0):
    """Focal Tversky loss: a power of `tversky`.

    Parameters
    ----------
    probability : array_like, shape (n,) or (..., height, width)
        For each pixel the predicted probability that it belongs to the region, as floats.
    target : array_like, equal in shape
        1 inside the true region, 0 outside (or the share of the pixel that is inside).
    alpha, beta : float
        The weights of false positives (alpha) and of false negatives (beta), at least 0.
    gamma : float
        The power, above 0; 1 is `tversky`. Above 1 what is nearly right counts less, as in `focal`; below 1 it counts
        more. The paper calls 1 / gamma the parameter, and uses 4/3, which is gamma = 3/4 here.
    smooth : float
        Added above and below, at least 0.

    Returns
    -------
    float
        From 0 to 1; the mean over pictures. At a perfect prediction the slope returned is 0 where gamma is not 1,
        though below 1 the loss is infinitely steep beside it.

    Examples
    --------
    >>> round(focal_tversky([1.0, 1.0, 0.0, 0.0], [1, 0, 0, 0], alpha=0.3, beta=0.7, gamma=0.75), 6)
    0.332953

    References
    ----------
    N. Abraham and N. M. Khan, A novel focal Tversky loss function with improved attention U-Net for lesion
    segmentation, ISBI 2019.
    """
    value, slope = _tversky(probability, target, alpha, beta, smooth)
    steep = np.where(value > 0, gamma * value ** (gamma - 1), float(gamma == 1))
    power = value**gamma
    slope = np.where(np.isinf(steep), gamma * power * (slope / value), steep * slope)
    return power.squeeze(_picture(target)), slope
