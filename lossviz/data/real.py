"""Two small real data sets, in files beside this one; `sources.md` says where they come from."""

import functools
import gzip
import io
from importlib.resources import files

import numpy as np

DIABETES_FEATURES = ("age", "sex", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6")


@functools.cache
def _table(name: str) -> np.ndarray:
    """Read a table whose first line names its columns."""
    content = files(__package__).joinpath(name).read_bytes()
    if name.endswith(".gz"):
        content = gzip.decompress(content)
    return np.loadtxt(io.BytesIO(content), delimiter=",", skiprows=1)


def digits() -> tuple[np.ndarray, np.ndarray]:
    """Return 1797 images of handwritten digits, 8 × 8 pixels each: lessons 07, 09 and 15.

    Returns
    -------
    x : numpy.ndarray, shape (1797, 64)
        Whole numbers from 0 (paper) to 16 (ink); ``x[i].reshape(8, 8)`` is image i, its rows from top to bottom.
    label : numpy.ndarray of int, shape (1797,)
        The digit that the writer meant, from 0 to 9; each occurs between 174 and 183 times.

    Examples
    --------
    >>> x, label = digits()
    >>> x.shape, label[:5].tolist()
    ((1797, 64), [0, 1, 2, 3, 4])

    References
    ----------
    E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, UCI Machine Learning Repository, 1998,
    https://doi.org/10.24432/C50P49, licensed CC BY 4.0; here its test part, by 13 writers.
    """
    table = _table("digits.csv.gz")
    return table[:, :-1].copy(), table[:, -1].astype(np.intp)


def diabetes() -> tuple[np.ndarray, np.ndarray]:
    """Return ten measurements of 442 people with diabetes, and how far the disease went in a year: lessons 10 and 15.

    Each measurement is in its own unit, as it was taken. Scale them before you train a model by gradients, or with a
    penalty on its weights.

    Returns
    -------
    x : numpy.ndarray, shape (442, 10)
        One column for each of `DIABETES_FEATURES`:

        ======== ==================================================================
        ``age``  years
        ``sex``  1 or 2; the source does not say which is which
        ``bmi``  body mass index, kg/m²
        ``bp``   average blood pressure, mm Hg
        ``s1``   total cholesterol, mg/dl
        ``s2``   low-density lipoproteins, mg/dl: s1 − s3 − exp(s5)/5 in 438 rows
        ``s3``   high-density lipoproteins, mg/dl
        ``s4``   total cholesterol over high-density lipoproteins, s1/s3, rounded
        ``s5``   natural logarithm of the triglycerides in mg/dl
        ``s6``   blood sugar, mg/dl
        ======== ==================================================================

        The source does not name units: we found those of s1 to s6 from the relations between the columns and the
        usual ranges.
    y : numpy.ndarray, shape (442,)
        A measure of progression one year later, from 25 to 346, without a unit.

    Examples
    --------
    >>> x, y = diabetes()
    >>> x.shape, round(float(y.mean()), 3)
    ((442, 10), 152.133)

    References
    ----------
    B. Efron, T. Hastie, I. Johnstone and R. Tibshirani, Least angle regression, Annals of Statistics 32, 2004.
    """
    table = _table("diabetes.csv")
    return table[:, :-1].copy(), table[:, -1].copy()
