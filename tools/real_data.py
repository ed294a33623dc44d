"""Write the two real data sets of lossviz/data/ again from the copies in scikit-learn (not needed by the project).

python tools/real_data.py
"""

import gzip
from pathlib import Path

from sklearn.datasets import load_diabetes, load_digits

DATA = Path(__file__).parent.parent / "lossviz" / "data"


def table(names, x, y) -> bytes:
    """Return comma-separated lines: the names of the columns, then the rows of x, each with its y at the end."""
    rows = (",".join(f"{number:.10g}" for number in [*row, last]) for row, last in zip(x, y, strict=True))
    return "".join(f"{line}\n" for line in [",".join(names), *rows]).encode()


def main():
    x, y = load_diabetes(return_X_y=True, scaled=False)
    (DATA / "diabetes.csv").write_bytes(table([*load_diabetes().feature_names, "progression"], x, y))

    x, label = load_digits(return_X_y=True)
    pixels = [f"row{i}_column{j}" for i in range(8) for j in range(8)]
    with open(DATA / "digits.csv.gz", "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(table([*pixels, "digit"], x, label))


if __name__ == "__main__":
    main()
