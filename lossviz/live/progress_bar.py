"""A bar for computations that take seconds: what is running, how much is done. An interruption keeps what is done."""

import time
from collections.abc import Callable, Sequence
from importlib.resources import files
from typing import Any

import anywidget
import traitlets
from IPython.display import display

from ..console import printable
from . import lifetime

PACE = 0.1  # seconds between two messages to the page: nobody can read faster


class Progress(anywidget.AnyWidget):
    """The bar in the page. It disappears when the work ends; only how much was done stays."""

    _esm = files(__package__).joinpath("progress_bar.js").read_text(encoding="utf-8")

    what = traitlets.Unicode().tag(sync=True)
    running = traitlets.Unicode().tag(sync=True)  # the present job; empty when the work has ended
    done = traitlets.Int().tag(sync=True)
    jobs = traitlets.Int().tag(sync=True)

    def __repr__(self) -> str:
        return printable(f"{self.what}: {self.jobs} runs")

    def _repr_mimebundle_(self, **more) -> tuple[dict, dict]:
        """Return the widget, and a line that is the same before and after: a stored notebook does not hold a bar."""
        data, metadata = super()._repr_mimebundle_(**more)
        return data | {"text/plain": repr(self)}, metadata

    def close(self):
        """Close the bar: it leaves the page."""
        lifetime.close_layout(self)
        super().close()


def progress(work: Callable[[Any], Any], jobs: Sequence[Any], what: str, name: Callable[[Any], str] = str) -> list:
    """Do some work for each of many jobs, with a bar that says which is running.

    The bar appears in a notebook. Interrupt the cell, and the jobs that are done keep their results: the list is
    shorter, and a line says so.

    Parameters
    ----------
    work : callable
        From a job to its result.
    jobs : sequence
        What to work on, in this order.
    what : str
        What the whole work is, in words for the reader.
    name : callable, optional
        From a job to its name, for the reader.

    Returns
    -------
    list
        A result for each job, in their order; after an interruption, for those that are done.

    Raises
    ------
    Exception
        What `work` raises, immediately.

    Examples
    --------
    >>> progress(lambda n: n**2, [1, 2, 3], "Squaring")
    Squaring: 3 runs
    [1, 4, 9]
    """
    lifetime.watch()
    bar = Progress(what=what, jobs=len(jobs), running=name(jobs[0]) if len(jobs) else "")
    lifetime.remember(bar)
    display(bar)
    results = []
    try:
        told = time.monotonic()
        for job in jobs:
            if time.monotonic() - told > PACE:
                with bar.hold_sync():
                    bar.done, bar.running = len(results), name(job)
                told = time.monotonic()
            results.append(work(job))
    except KeyboardInterrupt:
        print(printable(f"{what}: interrupted after {len(results)} of {len(jobs)} runs; what is done is kept."))
    finally:
        with bar.hold_sync():
            bar.done, bar.running = len(results), ""
    return results
