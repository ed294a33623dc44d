"""Which cell made which figure, and whether a cell is running: a cell that runs again closes what it made before.

Without this, every run would leave a figure, a widget and a channel to the browser in memory. It is a convenience:
where a kernel does not offer what it needs, old figures stay open, and everything else works.
"""

import gc
import itertools
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from IPython import get_ipython

VIEW = "application/vnd.jupyter.widget-view+json"  # the part of an output that says which widget to show

UNSEEN = "a run whose begin was not seen"

_made_by: dict[Any, list] = {}  # cell -> what its last run made
_run: Any = None  # what IPython says of the cell that is running; None if none is
_cell: Any = None  # that cell, as `_made_by` names it
_message: Any = None  # the id of the message that asked for it


def _kernel():
    return getattr(get_ipython(), "kernel", None)


def _asked(*path: str) -> Any:
    """Return a name in the message that the kernel is answering; None if it does not tell."""
    with suppress(Exception):  # kernels keep it in different ways, or not at all
        part = _kernel().get_parent()
        for name in path:
            part = part[name]
        hash(part)  # it is to be a name; what cannot be one is not told
        return part


def _name_of(run) -> Any:
    """Return the name of a cell: its id, or its text if the client has sent no id; None outside a notebook."""
    if _kernel() is None:
        return None
    return getattr(run, "cell_id", None) or _asked("metadata", "cellId") or _text_of(run)


def _text_of(run) -> Any:
    """Return the name of a cell whose id is not known: the text that IPython was told to run."""
    with suppress(Exception):
        text = get_ipython().history_manager.input_hist_raw[-1] if run is None else run.raw_cell
        return "text", text.strip()


def _is_inner(run) -> bool:
    """Whether a cell that is running has asked IPython to run this code."""
    if _run is None or getattr(run, "cell_id", None) is not None or _same(run, _run):
        return False
    if _message is None:  # then a cell can be told by its place in the history
        return not getattr(run, "store_history", True)
    return _asked("header", "msg_id") == _message


def _same(run, other) -> bool:
    """Whether this is the same run: after some errors IPython tells of it in a second object."""
    return run is other or getattr(run, "raw_cell", run) == getattr(other, "raw_cell", other)


def _begin(run=None):
    if not _is_inner(run):
        _now(run)
        for cell in {_cell, _text_of(run)}:  # the first figure may have been made before the id was known
            _close_previous(cell)


def _end(result=None):
    run = getattr(result, "info", None)
    if run is None or (getattr(run, "store_history", True) if _run is UNSEEN else _same(run, _run)):
        _now(None, running=False)


def _now(run, running: bool = True):
    """Note which cell is running."""
    global _run, _cell, _message
    _run = (run or UNSEEN) if running else None
    _cell, _message = (_name_of(run), _asked("header", "msg_id")) if running else (None, None)


def _close_previous(cell):
    previous = _made_by.pop(cell, [])
    for figure in previous:
        with suppress(Exception):  # one that cannot be closed must not keep the others
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


def _safe(hook: Callable) -> Callable:
    """Return a hook that is not called again once it has failed; otherwise each later cell would print a traceback."""

    def call(*given):
        try:
            hook(*given)
        except Exception:
            _ignore()

    return call


_HOOKS = {"pre_run_cell": _safe(_begin), "post_run_cell": _safe(_end)}


def watch():
    """Begin to watch the cells of this kernel; a second call changes nothing."""
    try:
        events = get_ipython().events
        new = [event for event, hook in _HOOKS.items() if hook not in events.callbacks[event]]
        for event in new:
            events.register(event, _HOOKS[event])
        if new:
            _now(None)  # the cell that calls this began before we could see it
    except Exception:  # outside IPython, or in a shell that does not tell of its cells
        _ignore()


def _ignore():
    """Watch no more: what a later cell makes stays open."""
    _now(None, running=False)
    for event, hook in _HOOKS.items():
        with suppress(Exception):
            get_ipython().events.unregister(event, hook)


def close_layout(widget):
    """Close the layout: every widget that has a place in the page owns one, and the layout is a widget too."""
    if widget.layout is not None:
        widget.layout.close()


def cell_is_running() -> bool:
    """Return whether Python has a cell to run: then we draw only what somebody waits for."""
    return _run is not None


def remember(figure):
    """Note that the running cell made `figure`, which can be any object with a `close()`."""
    if _cell is not None:
        _made_by.setdefault(_cell, []).append(figure)
