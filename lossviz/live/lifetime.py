"""Which cell made which figure, and whether a cell is running: a cell that runs again closes what it made before.

Without this, every run would leave a figure, a widget and a channel to the browser in memory.
"""

import gc
import itertools

from IPython import get_ipython

VIEW = "application/vnd.jupyter.widget-view+json"  # the part of an output that says which widget to show

_made_by: dict[str, list] = {}  # cell id -> what the last run of that cell made
_running = False  # whether a cell is running now


def _cell_id() -> str | None:
    """Return the id of the cell that is running, or None outside a notebook."""
    kernel = getattr(get_ipython(), "kernel", None)
    if kernel is None:
        return None
    return kernel.get_parent("shell").get("metadata", {}).get("cellId")


def _begin(*_):
    global _running
    _running = True
    _close_previous()


def _end(*_):
    global _running
    _running = False


def _close_previous():
    previous = _made_by.pop(_cell_id(), [])
    for figure in previous:
        _forget_picture(figure.model_id)
        figure.close()
    if previous:
        gc.collect()  # a matplotlib figure is full of cycles: without this, memory would hold several dead figures


def _forget_picture(model_id: str):
    """Remove a figure's picture from the outputs that IPython keeps for its magic %notebook."""
    history = getattr(get_ipython(), "history_manager", None)
    for output in itertools.chain.from_iterable(getattr(history, "outputs", {}).values()):  # since IPython 9
        if output.bundle.get(VIEW, {}).get("model_id") == model_id:
            output.bundle.pop("image/png", None)


def watch():
    """Begin to watch the cells of this kernel; a second call changes nothing."""
    shell = get_ipython()
    if shell is not None and _begin not in shell.events.callbacks["pre_run_cell"]:
        shell.events.register("pre_run_cell", _begin)
        shell.events.register("post_run_cell", _end)


def close_layout(widget):
    """Close the layout: every widget that has a place in the page owns one, and the layout is a widget too."""
    if widget.layout is not None:
        widget.layout.close()


def cell_is_running() -> bool:
    """Return whether Python has a cell to run: then we draw only what somebody waits for."""
    return _running


def remember(figure):
    """Note that the running cell made `figure`, which can be any object with a `close()`."""
    if (cell := _cell_id()) is not None:
        _made_by.setdefault(cell, []).append(figure)
