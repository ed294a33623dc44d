"""What a kernel keeps: after a whole notebook, and after the same cell has run again and again."""

from pathlib import Path

import nbformat
from kernels import kernel

NOTEBOOK = Path(__file__).parent.parent / "notebooks" / "01_line_fit.ipynb"

PROBE = """
def probe():
    import gc, psutil
    from ipywidgets.widgets import widget
    from matplotlib.figure import Figure
    gc.collect()
    return {
        "MB": psutil.Process().memory_info().rss / 1e6,
        "figures": sum(isinstance(it, Figure) for it in gc.get_objects()),
        "widgets": len(widget._instances),
    }
"""


def after_notebook() -> dict[str, float]:
    """Run every cell of the notebook on the line fit; return what its kernel holds then."""
    cells = [cell for cell in nbformat.read(NOTEBOOK, as_version=4).cells if cell.cell_type == "code"]
    with kernel() as running:
        for cell in cells:
            running.run(cell.source, cell.id)
        running.run(PROBE)
        return running.value("probe()")


def reruns(times: int) -> dict[str, float]:
    """Run the cell of an explorer, and then `times` times again; return how much more the kernel holds."""
    with kernel() as running:
        running.run(PROBE + "from lossviz import explore, theme\ntheme.use()")
        running.run("explore.fit_line()", "cell")
        before = running.value("probe()")
        for _ in range(times):
            running.run("explore.fit_line()", "cell")
        after = running.value("probe()")
        return {what: after[what] - before[what] for what in before}
