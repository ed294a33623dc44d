"""In the browser: from a hand on a slider to new pixels in JupyterLab, for both ways side by side in one notebook."""

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
from playwright.sync_api import JSHandle

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tools"))

import lab  # noqa: E402

CELLS = {
    "live": "from lossviz import explore, theme\ntheme.use('lab')\nexplore.fit_line()",
    "interact": f"import sys\nsys.path.insert(0, {str(HERE)!r})\nimport usual\nusual.interact()",
}
SLIDERS = {"live": "input[type=range]", "interact": ".noUi-handle"}  # the first of each is the slope's
TRACKS = {"live": "input[type=range]", "interact": ".noUi-base"}
STEPS = 100
PACE = 0.016  # seconds from one step of a drag to the next
AHEAD = 8  # seconds for a film to come ahead
REST = 0.3  # seconds for the machine to come to rest between two measurements


class Figure:
    """A figure in the page, made in one of the two ways."""

    def __init__(self, notebook: lab.Notebook, way: str):
        self.page = notebook.page
        cell = self.page.locator(".jp-CodeCell").nth(list(CELLS).index(way))
        self.slider, self.track = cell.locator(SLIDERS[way]).first, cell.locator(TRACKS[way]).first
        self.slider.wait_for()
        cell.locator("img" if way == "interact" else "canvas").wait_for()
        watch = (HERE / "watch.js").read_text(encoding="utf-8")
        self.watch: JSHandle = cell.evaluate_handle(watch, way)

    def press(self, key: str = "ArrowRight") -> dict:
        """Press a key on the slider; return the milliseconds to its picture, and what else was seen."""
        self.slider.focus()
        self.page.wait_for_timeout(1000 * REST)
        self.watch.evaluate("watch => watch.begin()")
        self.page.keyboard.press(key)
        return self.watch.evaluate("watch => watch.answer()")

    def drag(self) -> dict:
        """Drag the slider from one end to the other; return what was seen on the way."""
        self.slider.press("Home")
        self.watch.evaluate("watch => watch.end()")
        box = self.track.bounding_box()
        y, left, right = box["y"] + box["height"] / 2, box["x"] + 4, box["x"] + box["width"] - 4
        self.page.mouse.move(left, y)
        self.page.mouse.down()
        self.watch.evaluate("watch => watch.begin()")
        start, step = time.perf_counter(), 0
        while step < STEPS:
            time.sleep(max(0, start + (step + 1) * PACE - time.perf_counter()))
            # a page that is still busy with the last step gets the newest, as from a real mouse
            step = min(STEPS, int((time.perf_counter() - start) / PACE))
            self.page.mouse.move(left + (right - left) * step / STEPS, y)
        self.page.mouse.up()
        return self.watch.evaluate("watch => watch.end()")


FILM = "descent"
FILMS = {
    "live": f"from lossviz import explore, theme\ntheme.use('lab')\nexplore.{FILM}()",
    "interact": f"import sys\nsys.path.insert(0, {str(HERE)!r})\nimport usual\nusual.film({FILM!r})",
}
PLAYS = {"live": ".lossviz-play button", "interact": ".widget-play button"}  # the first of each plays


@contextmanager
def _opened(texts: dict[str, str]) -> Iterator[lab.Notebook]:
    """Open a notebook of these cells, run."""
    cells = [nbformat.v4.new_code_cell(text) for text in texts.values()]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": {"name": "python3", "display_name": ""}})
    with tempfile.TemporaryDirectory(prefix="lossviz-page-") as folder:
        nbformat.write(notebook, Path(folder, "both.ipynb"))
        with (
            lab.browser() as chromium,
            lab.serve(folder) as server,
            lab.open_notebook(chromium, server, "both.ipynb", height=1500) as notebook,
        ):
            notebook.run_all()
            yield notebook


def films() -> dict[str, dict]:
    """Play one film each way; return what was seen, and how many frames it has."""
    seen = {}
    with _opened(FILMS) as notebook:
        for way in FILMS:
            cell = notebook.page.locator(".jp-CodeCell").nth(list(FILMS).index(way))
            cell.locator("img" if way == "interact" else "canvas").wait_for()
            cell.scroll_into_view_if_needed()
            notebook.page.wait_for_timeout(1000 * AHEAD)
            watch = cell.evaluate_handle((HERE / "watch.js").read_text(encoding="utf-8"), way)
            watch.evaluate("watch => watch.begin()")
            cell.locator(PLAYS[way]).first.click()
            seen[way] = watch.evaluate("watch => watch.end()")
        last = notebook.page.locator(".lossviz-play input").get_attribute("max")
    return seen | {"frames": int(last) + 1}


def both_ways(keys: int, drags: int) -> dict[str, dict[str, list[dict]]]:
    """Press keys and drag, one of each way in turn; return what was seen.

    Raises
    ------
    lab.NoBrowserError
        If there is no Chromium on this machine.
    """
    with _opened(CELLS) as notebook:
        figures = {way: Figure(notebook, way) for way in CELLS}
        for figure in figures.values():
            figure.press()  # to warm up
        pressed = [{way: figure.press() for way, figure in figures.items()} for _ in range(keys)]
        dragged = [{way: figure.drag() for way, figure in figures.items()} for _ in range(drags)]
    return {way: {"keys": [seen[way] for seen in pressed], "drags": [seen[way] for seen in dragged]} for way in CELLS}
