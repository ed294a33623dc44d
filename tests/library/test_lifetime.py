"""Which cell made which figure, in kernels of every kind; and a kernel that cannot tell never stops a figure."""

import warnings
from contextlib import suppress
from types import SimpleNamespace

import pytest
from IPython.core.interactiveshell import InteractiveShell

from lossviz.live import LiveFigure, Range, Scene, lifetime, progress

VIEW = "application/vnd.jupyter.widget-view+json"


class Dot(Scene):
    size = (2, 1)
    controls = (Range("x", "x", 0, 10, step=0.5, value=5),)

    def draw(self, figure):
        return figure.add_axes([0, 0, 1, 1]).plot([], [], "o")

    def update(self, x):
        return f"x = {x}"


class WithChannel:
    """As ipykernel: it has several channels."""

    def __init__(self):
        self.message = {}

    def get_parent(self, channel=None):
        return self.message


class WithoutChannel(WithChannel):
    """As xeus-python and pyodide-kernel."""

    def get_parent(self):
        return self.message


class Broken(WithChannel):
    def get_parent(self):
        raise RuntimeError("no message")


class WithStrangeId(WithoutChannel):
    """As a kernel whose cells have an id of another form, which Python cannot look up."""

    def get_parent(self):
        return self.message and self.message | {"metadata": {"cellId": list(self.message["metadata"].items())}}


KERNELS = {
    "channel": WithChannel,
    "no channel": WithoutChannel,
    "none": SimpleNamespace,
    "broken": Broken,
    "strange id": WithStrangeId,
}


class Client:
    """A shell of IPython, asked for cells as a kernel would be."""

    def __init__(self, shell, kernel, tells_ids=True):
        self.shell, self.kernel, self.tells_ids, self.count = shell, kernel, tells_ids, 0

    def run(self, source, cell, passed_on=True):
        """Run a cell; `passed_on`: the kernel tells IPython the cell's id."""
        self.count += 1
        told = {"cellId": cell} if self.tells_ids else {}
        self.kernel.message = {"header": {"msg_id": self.count}, "metadata": told}
        result = self.shell.run_cell(source, store_history=True, cell_id=cell if passed_on and self.tells_ids else None)
        result.raise_error()

    def open_figures(self):
        return sum(figure.comm is not None for figure in self.shell.user_ns["made"])


@pytest.fixture
def shell(monkeypatch):
    monkeypatch.setattr("atexit.register", lambda *_: None)  # the shell ends with the test
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it has no folder of its own
        shell = InteractiveShell()
    shell.history_manager.enabled = False
    monkeypatch.setattr(lifetime, "get_ipython", lambda: shell)
    monkeypatch.setattr("IPython.core.getipython.get_ipython", lambda: shell)
    monkeypatch.setattr(lifetime, "_made_by", {})
    monkeypatch.setattr(lifetime.gc, "collect", lambda: None)  # it takes longer than all the rest
    monkeypatch.setattr(shell, "showtraceback", lambda *_, **__: None)
    shell.user_ns.update(made=[], LiveFigure=LiveFigure, Dot=Dot, shell=shell, progress=progress)
    lifetime._now(None, running=False)
    yield shell
    lifetime._now(None, running=False)


@pytest.fixture(params=KERNELS)
def client(request, shell):
    shell.kernel = KERNELS[request.param]()
    return Client(shell, shell.kernel)


MAKE = "made.append(LiveFigure(Dot()))"


@pytest.mark.parametrize("passed_on", [True, False], ids=["id passed on", "id in the message"])
@pytest.mark.parametrize("tells_ids", [True, False], ids=["with ids", "without ids"])
def test_a_cell_that_runs_again_leaves_one_figure(client, tells_ids, passed_on):
    client.tells_ids = tells_ids
    for _ in range(4):
        client.run(MAKE, "a", passed_on)
    assert client.open_figures() == 1
    client.run(MAKE + "  # another", "b", passed_on)
    client.run("1 + 1", "c", passed_on)
    assert client.open_figures() == 2
    client.run(MAKE, "a", passed_on)
    assert client.open_figures() == 2


def test_a_cell_may_ask_for_code_to_be_run(client):
    inner = MAKE + "\nfor code in '1 + 1', '', '1 / 0', 'made.append(LiveFigure(Dot()))': shell.run_cell(code)"
    client.run(inner, "a")
    assert client.open_figures() == 2
    client.run("1 + 1", "b")
    assert client.open_figures() == 2
    client.run(inner, "a")
    assert client.open_figures() == 2


@pytest.mark.parametrize("error", ["1 / 0", "raise KeyboardInterrupt", "1 +", "raise SystemExit"])
def test_after_an_error_all_goes_on(client, error):
    with suppress(BaseException):
        client.run(f"{MAKE}\n{error}", "a")
    assert not lifetime.cell_is_running()
    client.run(MAKE, "b")
    client.run(MAKE, "b")
    assert client.open_figures() == (1 if error == "1 +" else 2)


def test_a_run_whose_end_is_not_told_is_over_when_the_next_one_begins(client):
    client.run("import asyncio", "z")
    lifetime.watch()
    for _ in range(3):
        lifetime._begin(SimpleNamespace(raw_cell="await it", cell_id=None, store_history=True))
        client.run(MAKE, "a")
    assert client.open_figures() == 1


def test_a_cell_that_runs_is_noticed(client):
    client.run("from lossviz.live import lifetime\n" + MAKE + "\nassert lifetime.cell_is_running()", "a")
    assert not lifetime.cell_is_running()
    client.run("assert lifetime.cell_is_running()", "a")
    assert not lifetime.cell_is_running()


@pytest.mark.parametrize(
    "other",
    [
        None,
        SimpleNamespace(),
        SimpleNamespace(events=None, kernel=None),
        SimpleNamespace(events=SimpleNamespace(callbacks={}), kernel=SimpleNamespace()),
    ],
    ids=["none", "no events", "no kernel", "other events"],
)
def test_in_any_other_shell_figures_work(monkeypatch, other):
    monkeypatch.setattr(lifetime, "get_ipython", lambda: other)
    monkeypatch.setattr(lifetime, "_made_by", {})
    figure = LiveFigure(Dot())
    figure.values = {"x": 1}
    assert (figure.readout, figure.error) == ("x = 1.0", "")
    assert not lifetime._made_by
    assert not lifetime.cell_is_running()


def test_a_hook_that_fails_is_not_called_again_and_says_nothing(client, monkeypatch, capsys):
    client.run(MAKE, "a")

    def fail(*_):
        raise RuntimeError("as asked")

    monkeypatch.setattr(lifetime, "_close_previous", fail)
    client.run("1 + 1", "b")
    hooks = [hook for hooks in client.shell.events.callbacks.values() for hook in hooks]
    assert not set(hooks) & set(lifetime._HOOKS.values())
    assert "as asked" not in capsys.readouterr().out
    client.run(MAKE, "c")
    assert client.open_figures() == 2


def test_a_figure_that_cannot_be_closed_does_not_keep_the_others(client):
    client.run("1 + 1", "a")
    client.run(f"{MAKE}\n{MAKE}", "a")
    first, second = client.shell.user_ns["made"]
    first.close = lambda: 1 / 0
    client.run(f"{MAKE}\n{MAKE}", "a")
    del first.close
    assert second.comm is None


def test_a_bar_of_progress_is_closed_too(client, monkeypatch, capsys):
    bars = []
    monkeypatch.setattr("lossviz.live.progress_bar.display", bars.append)
    for _ in range(2):
        client.run("progress(str, 'ab', 'Racing')", "a")
    assert [bar.comm is None for bar in bars] == [True, False]


def test_ipython_s_copy_of_a_closed_picture_is_let_go(monkeypatch):
    figures = [LiveFigure(Dot()), LiveFigure(Dot())]
    outputs = {n: [SimpleNamespace(bundle=figure._repr_mimebundle_()[0])] for n, figure in enumerate(figures)}
    shell = SimpleNamespace(history_manager=SimpleNamespace(outputs=outputs))
    monkeypatch.setattr(lifetime, "get_ipython", lambda: shell)
    monkeypatch.setattr(lifetime, "_made_by", {"a": figures[:1]})
    lifetime._close_previous("a")
    assert "image/png" not in outputs[0][0].bundle
    assert "image/png" in outputs[1][0].bundle


def test_outside_a_notebook_nothing_is_remembered(monkeypatch):
    monkeypatch.setattr(lifetime, "_made_by", {})
    LiveFigure(Dot())
    assert not lifetime._made_by
