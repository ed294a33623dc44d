"""Which cell made which figure: a cell that runs again closes what it made before.

Without this, every run would leave a figure, a widget and a channel to the browser behind.
"""

from IPython import get_ipython

_made_by: dict[str, list] = {}  # cell id -> what the last run of that cell made


def _cell_id() -> str | None:
    """Return the id of the cell that is running, or None outside a notebook."""
    kernel = getattr(get_ipython(), "kernel", None)
    if kernel is None:
        return None
    return kernel.get_parent("shell").get("metadata", {}).get("cellId")


def _close_previous(*_):
    for figure in _made_by.pop(_cell_id(), []):
        figure.close()


def watch():
    """Begin to watch the cells of this kernel; once is enough, more does no harm."""
    shell = get_ipython()
    if shell is not None and _close_previous not in shell.events.callbacks["pre_run_cell"]:
        shell.events.register("pre_run_cell", _close_previous)


def remember(figure):
    """Note that the running cell made `figure`; anything with a `close()` will do."""
    if (cell := _cell_id()) is not None:
        _made_by.setdefault(cell, []).append(figure)
