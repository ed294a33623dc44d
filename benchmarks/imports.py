"""What `import lossviz` costs on top of the NumPy that everybody imports anyway."""

import subprocess
import sys

CODE = """
import sys, time
start = time.perf_counter()
import numpy
middle = time.perf_counter()
import lossviz
print(1000 * (middle - start), 1000 * (time.perf_counter() - middle))
print(*[name for name in ("matplotlib", "ipywidgets") if name in sys.modules])
"""


def times(count: int) -> tuple[list[float], list[float], set[str]]:
    """Import both in fresh interpreters; return the milliseconds of each, and what was loaded unasked."""
    numpy, lossviz, unasked = [], [], set()
    for _ in range(count):
        printed = subprocess.run([sys.executable, "-c", CODE], capture_output=True, check=True, text=True).stdout
        times, names = printed.splitlines()
        for of, time in zip((numpy, lossviz), times.split(), strict=True):
            of.append(float(time))
        unasked.update(names.split())
    return numpy, lossviz, unasked
