"""What lesson 00 computes: the loss of one weight, a valley with its lowest place at w = 2."""

from ..arguments import one_or_more, real
from ..checking import checked

LOWEST = 2.0


@checked(w=one_or_more(real))
def valley(w):
    """Return the loss (w − 2)² of a weight, or of each of an array.

    Examples
    --------
    >>> valley(5.0)
    9.0
    """
    return (w - LOWEST) ** 2
