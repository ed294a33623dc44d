"""Drives a real JupyterLab or Notebook 7: starts a server and a browser, opens a notebook, runs cells, moves figures.

The browser tests, the benchmarks and the README's pictures share it. It does not test what it sees.
"""

import base64
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from ipykernel.kernelspec import write_kernel_spec
from playwright.sync_api import Browser, Locator, Page, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

PATIENCE = 60  # seconds for the slow things: a server that starts, a notebook that opens or runs
QUICK = 20  # seconds for one answer of a live figure

# ------------------------------------------------------------------ the server

# All outputs are in the page, not only those in view; no news from the web, no message over a figure.
SETTINGS = {
    "@jupyterlab/notebook-extension/tracker": {"windowingMode": "none"},
    "@jupyterlab/apputils-extension/notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
        "doNotDisturbMode": True,
    },
}


# Each application: its module, its class, and where it opens a notebook.
APPS = {"lab": ("jupyterlab", "LabApp", "doc/tree/"), "notebook": ("notebook", "JupyterNotebookApp", "notebooks/")}


@dataclass(frozen=True)
class Server:
    """A running server: its address, which ends with a slash, its token, the folder it serves, its application."""

    url: str
    token: str
    folder: Path
    app: str = "lab"


@contextmanager
def serve(folder: str | Path, app: str = "lab") -> Iterator[Server]:
    """Start a JupyterLab ("lab") or a Notebook 7 ("notebook") that serves `folder`; stop it at the end.

    It knows nothing of the user's own settings.
    """
    module, name, _ = APPS[app]
    folder, token = Path(folder).resolve(), os.urandom(16).hex()
    # the last files of a kernel that is ending must not make the clean-up fail
    with tempfile.TemporaryDirectory(prefix="lossviz-lab-", ignore_cleanup_errors=True) as home:
        home = Path(home)
        command = [sys.executable, "-m", module, "--no-browser", "--allow-root"]
        command += ["--ServerApp.ip=127.0.0.1", f"--ServerApp.port={_free_port()}", f"--ServerApp.root_dir={folder}"]
        command += [f"--IdentityProvider.token={token}", f"--{name}.expose_app_in_browser=True"]
        with (home / "log").open("wb") as log:
            process = subprocess.Popen(command, env=_environment(home), cwd=folder, stdout=log, stderr=log)
            try:
                yield Server(_address(process, home), token, folder, app)
            finally:
                process.terminate()
                try:
                    process.wait(QUICK)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()


def _environment(home: Path) -> dict[str, str]:
    """Return an environment in which Jupyter keeps everything under `home` and kernels run this very Python."""
    own = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "JUPYTER_PATH": "first",  # searched before the user's and the system's kernels
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "IPYTHONDIR": "ipython",
    }
    for plugin, settings in SETTINGS.items():
        file = home / own["JUPYTERLAB_SETTINGS_DIR"] / f"{plugin}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(settings), encoding="utf-8")
    write_kernel_spec(home / own["JUPYTER_PATH"] / "kernels" / "python3")
    users = {name: value for name, value in os.environ.items() if name != "JUPYTER_CONFIG_PATH"}
    return users | {name: str(home / part) for name, part in own.items()}


def _free_port() -> int:
    """Return a port that is free now. If another process takes it first, Jupyter takes a port nearby and says so."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _address(process: subprocess.Popen, home: Path) -> str:
    """Wait until the server writes down where it listens, and return that."""
    end = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < end:
        for file in (home / "runtime").glob("jpserver-*.json"):
            try:
                return json.loads(file.read_text(encoding="utf-8"))["url"]
            except json.JSONDecodeError:
                pass  # it is still being written
        time.sleep(0.1)
    log = (home / "log").read_text(encoding="utf-8", errors="replace")
    raise RuntimeError(f"Jupyter did not start; its last words:\n{log[-2000:]}")


# ------------------------------------------------------------------ the browser


class NoBrowserError(RuntimeError):
    """There is no Chromium on this machine, or it is not where LOSSVIZ_CHROMIUM says."""


def find_chromium() -> str:
    """Return the path of the system's Chromium or Chrome.

    Raises
    ------
    NoBrowserError
        If there is none; it says what to do.
    """
    if named := os.environ.get("LOSSVIZ_CHROMIUM"):
        if found := shutil.which(named):
            return found
        raise NoBrowserError(f"LOSSVIZ_CHROMIUM names no program: {named!r}; give the path of a Chromium or Chrome")
    names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]
    names += [f"/Applications/{name}.app/Contents/MacOS/{name}" for name in ("Google Chrome", "Chromium")]
    for root in filter(None, map(os.environ.get, ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"))):
        names += [str(Path(root, maker, "Application", "chrome.exe")) for maker in ("Google/Chrome", "Chromium")]
    if found := next(filter(None, map(shutil.which, names)), None):
        return found
    raise NoBrowserError("no Chromium found: install Chromium or Chrome, or set LOSSVIZ_CHROMIUM to its path")


@contextmanager
def browser() -> Iterator[Browser]:
    """Start the system's Chromium without a window, and close it at the end."""
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
    arguments += ["--disable-background-networking", "--disable-component-update"]
    executable = find_chromium()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=arguments)
        yield chromium
        chromium.close()


# ------------------------------------------------------------------ a notebook in the browser

_PANEL = "window.jupyterapp?.shell.currentWidget"

_IDLE = """panel => {
  const session = panel?.sessionContext;
  return panel?.context?.isReady && session?.isReady && session.session?.kernel?.status === "idle";
}"""


@dataclass(frozen=True)
class Cell:
    """A cell as it is in the browser: its kind and its text; for code also its outputs and when it ran."""

    type: str
    source: str
    outputs: list[dict] = field(default_factory=list)
    execution_count: int | None = None


@contextmanager
def open_notebook(
    browser: Browser, server: Server, name: str, *, width: int = 1280, height: int = 900, ratio: float = 1
) -> "Iterator[Notebook]":
    """Open a notebook in a window of `width` × `height` CSS pixels; at the end close it and its kernel.

    Parameters
    ----------
    name : str
        The notebook's path in the served folder.
    ratio : float
        Device pixels per CSS pixel.
    """
    context = browser.new_context(viewport=dict(width=width, height=height), device_scale_factor=ratio)
    context.set_default_timeout(1000 * QUICK)
    try:
        notebook = Notebook(context.new_page(), server)
        *_, place = APPS[server.app]
        notebook.page.goto(f"{server.url}{place}{quote(name)}?token={server.token}", timeout=1000 * PATIENCE)
        notebook.wait_idle()
        yield notebook
        notebook._do("panel => panel.sessionContext.shutdown()")
    finally:
        context.close()


class Notebook:
    """A notebook that is open in a JupyterLab.

    Attributes
    ----------
    page : playwright.sync_api.Page
        For everything that this class does not do.
    folder : pathlib.Path
        Where its server, and its kernel, find files.
    console_errors : list of str
        What the browser's console has shown as an error so far, and the exceptions nobody caught.
    outside_requests : list of str
        The addresses outside the server that the page requested. None of them gets an answer.
    """

    def __init__(self, page: Page, server: Server):
        self.page = page
        self.folder = server.folder
        self.console_errors: list[str] = []
        self.outside_requests: list[str] = []
        page.on("console", lambda message: message.type == "error" and self.console_errors.append(message.text))
        page.on("pageerror", lambda error: self.console_errors.append(str(error)))

        def refuse(route):
            self.outside_requests.append(route.request.url)
            route.abort()

        page.context.route(re.compile(f"^(?!{re.escape(server.url)}|blob:|data:)"), refuse)
        sockets = server.url.replace("http", "ws", 1)
        page.on("websocket", lambda it: it.url.startswith(sockets) or self.outside_requests.append(it.url))

    def _do(self, action: str, argument=None, patience: float = PATIENCE):
        """Call a JavaScript function of the notebook's panel, the app and an argument; wait for what it promises."""
        script = f"""(argument) => Promise.race([
          ({action})({_PANEL}, window.jupyterapp, argument),
          new Promise((_, fail) => setTimeout(() => fail(new Error("no answer in {patience} s")), {1000 * patience})),
        ])"""
        return self.page.evaluate(script, argument)

    def wait_for(self, condition: str):
        """Wait until a JavaScript function of the notebook's panel is true."""
        self.page.wait_for_function(f"() => ({condition})({_PANEL})", timeout=1000 * PATIENCE)

    def wait_idle(self):
        """Wait until the notebook is loaded and its kernel has nothing to do."""
        self.wait_for(_IDLE)

    def use_theme(self, name: str):
        """Show Lab in another theme: "JupyterLab Light" or "JupyterLab Dark"."""
        self._do("(panel, app, theme) => app.commands.execute('apputils:change-theme', { theme })", name)
        self.wait_for(f"() => document.body.dataset.jpThemeName === {name!r}")

    def write(self, index: int, source: str):
        """Put a new text into a cell."""
        self._do(
            "(panel, app, [i, source]) => panel.content.model.cells.get(i).sharedModel.setSource(source)",
            [index, source],
        )

    def trust(self):
        """Trust its stored outputs, as after a save: only then does Lab try to show those that need a script."""
        self._do("panel => { for (const cell of panel.content.model.cells) cell.trusted = true; }")

    def run_all(self):
        """Run all cells from the top, and wait for them."""
        self._do("(panel, app) => app.commands.execute('notebook:run-all-cells')")
        self.wait_idle()

    def run(self, index: int):
        """Run one cell, and wait for it."""
        self.start(index)
        self.wait_run()

    def start(self, index: int):
        """Run one cell without waiting for it."""
        select_and_run = """(panel, app, index) => {
          panel.content.deselectAll();
          panel.content.activeCellIndex = index;
          window.labRun = app.commands.execute("notebook:run-cell");
        }"""
        self._do(select_and_run, index)

    def wait_run(self):
        """Wait for the cell that `start` started."""
        self._do("() => window.labRun")
        self.wait_idle()

    def interrupt(self):
        """Interrupt the cell that is running, as the button with the square does."""
        self._do("panel => panel.sessionContext.session.kernel.interrupt()")

    def restart_kernel(self):
        """Restart the kernel, which forgets everything, and wait until it is there again."""
        self._do("panel => panel.sessionContext.session.kernel.restart()")
        self.wait_idle()

    def cells(self) -> list[Cell]:
        """Return the cells as they are now."""
        cells = self._do("panel => Array.from(panel.content.model.cells, cell => cell.toJSON())")
        return [
            Cell(
                cell["cell_type"],
                "".join(cell["source"]),
                cell.get("outputs", []),
                cell.get("execution_count"),
            )
            for cell in cells
        ]

    def hidden(self) -> list[int]:
        """Return the places of the cells whose outputs are collapsed."""
        return self._do("panel => panel.content.widgets.flatMap((cell, i) => cell.outputHidden ? [i] : [])")

    def figures(self) -> "list[Figure]":
        """Return the live figures, top to bottom, once every cell that made one shows it."""
        # a live figure is an output that is both a widget and a picture
        made = sum(
            {"application/vnd.jupyter.widget-view+json", "image/png"} <= set(output.get("data", {}))
            for cell in self.cells()
            for output in cell.outputs
        )
        found = self.page.locator(".lossviz-live")
        self.page.wait_for_function(
            "count => document.querySelectorAll('.lossviz-live').length === count", arg=made, timeout=1000 * QUICK
        )
        return [Figure(found.nth(index)) for index in range(made)]

    def figure(self, index: int = 0) -> "Figure":
        """Return one live figure, ready to be used."""
        figure = self.figures()[index]
        figure.wait_ready()
        return figure


# ------------------------------------------------------------------ a live figure


class Figure:
    """A live figure in the page, around its `.lossviz-live` element."""

    def __init__(self, box: Locator):
        self.box = box
        self.canvas = box.locator("canvas")

    @property
    def title(self) -> str:
        """Its accessible name."""
        return self.box.get_attribute("aria-label")

    @property
    def state(self) -> str:
        """Ready, waiting (for Python) or gone (Python is)."""
        return self.box.get_attribute("data-state")

    @property
    def painted(self) -> int:
        """How many pictures the canvas has shown."""
        return int(self.box.get_attribute("data-painted"))

    @property
    def readout(self) -> str:
        """The line under the picture."""
        return self.box.locator(".lossviz-readout").inner_text()

    @property
    def note(self) -> str:
        """The note to the reader; empty if none is shown."""
        note = self.box.locator(".lossviz-note")
        return note.inner_text() if note.is_visible() else ""

    def pixels(self) -> bytes:
        """Return what the canvas shows, as PNG."""
        return base64.b64decode(self.canvas.evaluate("canvas => canvas.toDataURL()").partition(",")[2])

    def wait_ready(self, painted: int = 1):
        """Wait until Python has answered everything and the canvas has shown at least so many pictures."""
        self.wait_for(f"box => box.dataset.state === 'ready' && box.dataset.painted >= {painted}")

    def wait_for(self, condition: str):
        """Wait until a JavaScript function of the figure's element is true."""
        try:
            self.box.page.wait_for_function(condition, arg=self.box.element_handle(), timeout=1000 * QUICK)
        except PlaywrightTimeout:
            seen = f"it is {self.state}, painted {self.painted} pictures, and notes {self.note!r}"
            raise TimeoutError(f"figure {self.title!r}: not in {QUICK} s: {condition}; {seen}") from None

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return where on the page a place of the picture is, given in fractions from its top left; scroll to it."""
        self.canvas.scroll_into_view_if_needed()
        box = self.canvas.bounding_box()
        return box["x"] + x * box["width"], box["y"] + y * box["height"]

    def controls(self) -> "list[Control]":
        """Return the controls in the order the reader sees them."""
        return [Control(self, row) for row in self.box.locator(".lossviz-controls > *").all()]

    def control(self, label: str) -> "Control":
        """Return the control with this label."""
        return next(control for control in self.controls() if control.label == label)


class Control:
    """One control of a live figure: a slider, a row of radio buttons, a check box or a button.

    Attributes
    ----------
    kind : str
        The type of its native input: "range", "radio", "checkbox" or "button".
    label : str
        What the reader sees beside it.
    """

    def __init__(self, figure: Figure, row: Locator):
        self.figure, self.row = figure, row
        self.kind, self.label = row.evaluate(
            """row => [
              row.querySelector("input")?.type ?? "button",
              (row.querySelector("legend, :scope > label") ?? row).textContent,
            ]"""
        )

    @property
    def input(self) -> Locator:
        """The element that takes the keys: of radio buttons the chosen one."""
        if self.kind == "button":
            return self.row
        return self.row.locator("input:checked" if self.kind == "radio" else "input")

    @property
    def value(self) -> str | bool | None:
        """The slider's position, the chosen word, whether the box is ticked; a button has none."""
        if self.kind == "checkbox":
            return self.input.is_checked()
        return None if self.kind == "button" else self.input.input_value()

    def press(self, key: str):
        """Press a key on it; if that sends a request to Python, wait until the answer is shown."""
        painted, value = self.figure.painted, self.value
        self.input.press(key)
        if self.kind == "button" or self.value != value:
            self.figure.wait_ready(painted + 1)

    def set(self, value: str | bool):
        """Set a value in one step, like a hand that releases the slider exactly there."""
        if self.kind == "button" or value == self.value:
            return
        painted = self.figure.painted
        if self.kind == "range":
            self.input.evaluate("(input, value) => { input.value = value; }", value)
            self.input.dispatch_event("input")
        elif self.kind == "radio":
            self.row.get_by_label(value, exact=True).check()
        else:
            self.input.set_checked(value)
        self.figure.wait_ready(painted + 1)
