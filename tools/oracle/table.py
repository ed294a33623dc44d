"""The table of records: what is in it, and how it is saved."""

import json
import math
from pathlib import Path

import mpmath
import numpy as np
import ot
import scipy
import sklearn
import torch

TABLE = Path(__file__).parents[2] / "tests" / "library" / "oracle.json"
LIBRARIES = {"torch": torch, "scipy": scipy, "scikit-learn": sklearn, "POT": ot, "mpmath": mpmath, "numpy": np}

records = {}


def legible(given, number=lambda number: number):
    """Return lists for arrays, text for infinity (JSON has no number for it), and other numbers as `number` does."""
    if isinstance(given, dict):
        return {key: legible(each, number) for key, each in given.items()}
    if isinstance(given, np.ndarray):
        given = given.tolist()
    if isinstance(given, list | tuple):
        return [legible(each, number) for each in given]
    if isinstance(given, float) and math.isinf(given):
        return "inf" if given > 0 else "-inf"
    return number(given)


def rounded(answer):
    if math.isnan(answer):
        raise ValueError("NaN is not an answer")
    return float(f"{float(answer):.14g}") + 0.0  # + 0.0 makes 0.0 of −0.0


def write(function, case, arguments, by, also=(), surface=None, **answers):
    name = f"{function.partition('.')[2]}/{case}"
    if name in records:
        raise ValueError(f"two records are called {name}")
    record = {"function": function, "arguments": legible(arguments)} | ({"surface": surface} if surface else {})
    record |= {what: legible(answer, rounded) for what, answer in answers.items() if answer is not None}
    records[name] = record | {"by": by, "also": list(also)}


def save():
    header = {
        "written_by": "tools/oracle",
        "libraries": {name: module.__version__ for name, module in LIBRARIES.items()},
    }
    lines = [json.dumps({"id": name} | record, ensure_ascii=False, allow_nan=False) for name, record in records.items()]
    text = json.dumps(header)[:-1] + ', "records": [\n' + ",\n".join(lines) + "\n]}\n"
    TABLE.write_text(text, encoding="utf-8", newline="\n")
    print(f"{TABLE.name:16} {len(records):4} records, {len(text.encode()) / 1e6:.2f} MB")
