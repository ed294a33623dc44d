"""Small images, each with the mask of the object in it: the data of lesson 11."""

import numpy as np

from .. import arguments
from ..checking import checked
from .seeds import streams

CENTRE = arguments.of_shape((2,), arguments.real, "two finite numbers, row and column")


@checked(size=arguments.integer(), centre=arguments.optional(CENTRE), radius=arguments.at_least_0)
def disc_mask(size: int = 32, centre: tuple[float, float] | None = None, radius: float = 8.0) -> np.ndarray:
    """Make the mask of a disc: 1 on the pixels whose middle lies inside the disc, 0 elsewhere.

    Parameters
    ----------
    size : int
        Height and width of the image, in pixels, at least 1.
    centre : pair of float, optional
        Row and column, in pixels; whole numbers are the middles of pixels, and the disc may reach over the edge or
        lie outside. Without it, the middle of the image.
    radius : float
        In pixels, at least 0. With radius 0 the mask is empty.

    Returns
    -------
    numpy.ndarray, shape (size, size)

    Examples
    --------
    >>> disc_mask(size=5, radius=1.5)
    array([[0., 0., 0., 0., 0.],
           [0., 1., 1., 1., 0.],
           [0., 1., 1., 1., 0.],
           [0., 1., 1., 1., 0.],
           [0., 0., 0., 0., 0.]])
    """
    middle = (size - 1) / 2
    centre = (middle, middle) if centre is None else centre
    row, column = np.ogrid[:size, :size]
    return (np.hypot(row - centre[0], column - centre[1]) < radius).astype(float)


@checked(size=arguments.integer(8), noise=arguments.at_least_0, seed=arguments.seed)
def disc_image(
    size: int = 32, noise: float = 0.5, seed: int | np.random.Generator = 11
) -> tuple[np.ndarray, np.ndarray]:
    """Draw a noisy image of a bright disc, and its true mask: a small task for segmentation.

    The whole disc lies inside the image. Its radius is between 1/8 and 1/4 of the size, so between 1/20 and 1/5 of the
    pixels belong to it. Less noise is the same noise made smaller.

    Parameters
    ----------
    size : int
        Height and width of the image, in pixels, at least 8.
    noise : float
        Standard deviation of the normal noise on each pixel, at least 0; the disc is brighter than the rest by 1.
    seed : int or numpy.random.Generator
        The same integer gives the same image; another integer gives another disc in another place. A generator gives
        others each time: an integer is drawn from it.

    Returns
    -------
    image : numpy.ndarray, shape (size, size)
        Brightness: 0 outside and 1 inside the disc, plus noise.
    mask : numpy.ndarray, shape (size, size)
        1 inside the disc, 0 outside.

    Examples
    --------
    >>> image, mask = disc_image(size=16, noise=0)
    >>> bool((image == mask).all())
    True
    """
    places, errors = streams(seed, 2)
    radius = size * places.uniform(1 / 8, 1 / 4)
    centre = places.uniform(radius, size - 1 - radius, 2)
    mask = disc_mask(size, centre, radius)
    return mask + noise * errors.standard_normal((size, size)), mask
