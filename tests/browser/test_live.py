"""What a live figure must do for its reader, in a real JupyterLab, with real mouse and key events."""

from base64 import b64encode
from contextlib import contextmanager

import lab
import nbformat
import pytest

SCENES = '''
import time
from pathlib import Path

from IPython.display import display
from lossviz.live import Button, Check, Choice, Handle, LiveFigure, Memory, Play, Range, Scene, Steps


class Dot(Scene):
    """A dot that can be dragged. The panel is the picture, so a place in the picture is a place in the data."""

    title = "A dot"
    size = (8, 3)
    controls = [
        Range("x", "position x", 0, 1, step=0.01, value=0.5),
        Range("y", "position y", 0, 1, step=0.01, value=0.5),
    ]
    handles = [Handle("axes", x="x", y="y")]
    updates = 0

    def draw(self, figure):
        self.axes = figure.add_axes([0, 0, 1, 1], xlim=(0, 1), ylim=(0, 1))
        [self.dot] = self.axes.plot([], [], "o", markersize=20)
        return [self.dot]

    def update(self, x, y):
        self.updates += 1
        self.dot.set_data([x], [y])
        return f"x = {x:.2f}, y = {y:.2f}"


class Slow(Dot):
    """A dot that takes its time, and counts how often it was asked to move while it was moving."""

    moving = False
    clashes = 0

    def update(self, x, y):
        self.clashes += self.moving
        self.moving = True
        time.sleep(0.1)
        self.moving = False
        return super().update(x, y)


class Gated(Dot):
    """A dot that moves only while there is no file named "wait"."""

    def update(self, x, y):
        while Path("wait").exists():
            time.sleep(0.02)
        return super().update(x, y)


class Walk(Scene):
    title = "A walk"
    controls = [Button("on", "one step"), Button("back", "start again"), Memory("steps", 0)]

    def draw(self, figure):
        return []

    def update(self, steps):
        while Path("wait").exists():
            time.sleep(0.02)
        return f"{steps} steps"

    def press(self, name, values):
        return dict(steps=values["steps"] + 1 if name == "on" else 0)


class Fragile(Dot):
    def update(self, x, y):
        if x == 1:
            raise ValueError("the dot fell off the edge")
        return super().update(x, y)


class Everything(Scene):
    title = "A control of each kind"
    controls = [
        Range("m", "slope m", -1, 1, step=0.1, value=0, unit="€"),
        Steps("n", "points N", [10, 100, 1000], value=100),
        Choice("loss", "loss", ["MSE", "MAE", "Huber"], value="MSE"),
        Check("squares", "draw the squares", value=True),
        Button("best", "Go to the best fit"),
        Play("k", "step", last=3),
    ]

    def draw(self, figure):
        self.text = figure.text(0.1, 0.5, "")
        return [self.text]

    def update(self, **values):
        self.text.set_text(str(values))
        return str(values)

    def press(self, name, values):
        return dict(m=1)


class Film(Dot):
    """A dot that falls, from where it was dropped."""

    title = "A film"
    controls = [
        Range("x", "position x", 0, 1, step=0.01, value=0.5),
        Play("k", "step", last=40, rate=25, after_drag=True),
    ]
    handles = [Handle("axes", x="x")]

    def update(self, x, k):
        return super().update(x, 1 - k / 40) + f", step {k}"


class Stuck(Film):
    """Its first frames come immediately, the others only while there is no file named "wait"."""

    def update(self, x, k):
        while k > 10 and Path("wait").exists():
            time.sleep(0.02)
        return super().update(x, k)


class Torn(Film):
    def update(self, x, k):
        if k == 20:
            raise ValueError("the film is torn")
        return super().update(x, k)


class Falling(Dot):
    """A dot that falls when it is moved to the side."""

    def follow(self, before, after):
        return dict(y=after["y"] if after["x"] == before["x"] else 0)


class Counting(Film):
    """It counts how often `follow` is asked about the film's frames: it should never be."""

    controls = [*Film.controls, Memory("followed", 0)]

    def update(self, x, k, followed):
        return super().update(x, k) + f", followed {followed}"

    def follow(self, before, after):
        return dict(followed=after["followed"] + 1)
'''

# begins when the hand has moved; if Python has one thread for both, this never happens
BESIDE_THE_HAND = """
end = time.time() + 2
while figure.values["x"] == 0 and time.time() < end:
    time.sleep(0.01)
for step in range(1, 16):
    figure.values = {"y": step / 100}
print(figure.scene.clashes)
"""

DEFINE, SHOW, OTHER = range(3)  # the cells


def write_notebook(path, *cells):
    notebook = nbformat.v4.new_notebook(cells=list(cells))
    notebook.metadata.kernelspec = dict(name="python3", display_name="Python 3", language="python")
    nbformat.write(notebook, path)


@pytest.fixture(scope="module")
def opened(server, chromium):
    write_notebook(server.folder / "live.ipynb", *map(nbformat.v4.new_code_cell, (SCENES, "", "")))
    with lab.open_notebook(chromium, server, "live.ipynb") as notebook:
        yield notebook


@pytest.fixture
def notebook(opened):
    """A notebook that knows the scenes; no test may cause an error in the console."""
    opened.console_errors.clear()
    opened.run(DEFINE)
    yield opened
    assert opened.console_errors == []
    assert opened.outside_requests == []


def show(notebook: lab.Notebook, source: str) -> lab.Figure:
    notebook.write(SHOW, source)
    notebook.run(SHOW)
    return notebook.figure()


def ask(notebook: lab.Notebook, source: str) -> str:
    """Run Python in the last cell, and return what it prints."""
    notebook.write(OTHER, source)
    notebook.run(OTHER)
    return printed(notebook)


def printed(notebook: lab.Notebook) -> str:
    return "".join("".join(output["text"]) for output in notebook.cells()[OTHER].outputs).strip()


# ------------------------------------------------------------------ a hand on the picture


def test_a_drag_follows_the_hand_and_ends_where_it_lets_go(notebook):
    figure = show(notebook, "LiveFigure(Dot())")
    mouse = notebook.page.mouse
    mouse.move(*figure.place(0.5, 0.5))
    mouse.down()
    for x, y in [(0.2, 0.9), (0.8, 0.1), (0.3, 0.6)]:
        mouse.move(*figure.place(x, y))
        figure.wait_for(f"box => box.innerText.includes('x = {x:.2f}, y = {1 - y:.2f}')")
    mouse.move(*figure.place(0.6, 0.4), steps=50)  # faster than Python can draw
    mouse.move(*figure.place(0.7, 0.2))
    mouse.up()
    mouse.move(*figure.place(0.1, 0.1))  # the button is released: this is not a drag
    figure.wait_ready()
    assert figure.readout == "x = 0.70, y = 0.80"
    assert [control.value for control in figure.controls()] == ["0.7", "0.8"]


WATCH = """box => {
  const canvas = box.querySelector("canvas"), cell = box.closest(".jp-Cell");
  const small = new OffscreenCanvas(160, 60).getContext("2d", { willReadFrequently: true });
  const seen = (window.seen = { frames: 0, blank: 0, layouts: [], watching: true });
  const look = () => {
    small.clearRect(0, 0, 160, 60);
    small.drawImage(canvas, 0, 0, 160, 60);
    const pixels = small.getImageData(0, 0, 160, 60).data;
    seen.frames += 1;
    seen.blank += pixels.every((value, i) => value === pixels[i % 4]);
    const [outer, inner] = [cell.getBoundingClientRect(), canvas.getBoundingClientRect()];
    const layout = [outer.height, inner.top - outer.top, inner.width, inner.height].join(" ");
    if (!seen.layouts.includes(layout)) seen.layouts.push(layout);
    if (seen.watching) requestAnimationFrame(look);
  };
  look();
}"""


def test_a_drag_shows_no_blank_frame_and_moves_nothing_else(notebook):
    figure = show(notebook, "LiveFigure(Dot())")
    mouse = notebook.page.mouse
    (left, y), (right, _) = figure.place(0.1, 0.5), figure.place(0.9, 0.5)
    mouse.move(left, y)
    mouse.down()
    figure.box.evaluate(WATCH)  # what the reader sees: each frame of the browser from now on
    for step in range(100):
        painted = figure.painted
        mouse.move(left + (right - left) * step / 100, y)
        if step % 10 == 5:  # however slow the machine, at least ten pictures come
            figure.wait_for(f"box => box.dataset.painted > {painted}")
    mouse.up()
    figure.wait_ready()
    seen = notebook.page.evaluate("() => Object.assign(window.seen, { watching: false })")
    assert seen["frames"] > 10
    assert seen["blank"] == 0
    assert len(seen["layouts"]) == 1, seen["layouts"]


# ------------------------------------------------------------------ a hand on the keys


def test_a_slider_tells_its_value_as_the_picture_does(notebook):
    control = show(notebook, "LiveFigure(Everything())").control("slope m")
    control.press("Home")
    assert control.input.get_attribute("aria-valuetext") == "−1.0 €"
    assert control.input.evaluate("input => input.nextSibling.textContent") == "−1.0 €"


def test_keys_that_are_faster_than_python_are_all_counted(notebook):
    figure = show(notebook, "LiveFigure(Slow())")
    slider = figure.control("position x")
    slider.input.focus()
    for _ in range(10):
        painted = figure.painted
        notebook.page.keyboard.press("ArrowRight")
        notebook.page.keyboard.press("ArrowRight")
        figure.wait_for(f"box => box.dataset.painted > {painted}")  # an old picture, while the hand is further on
    figure.wait_ready()
    assert (slider.value, figure.readout) == ("0.7", "x = 0.70, y = 0.50")


def test_a_control_moved_after_a_drag_decides(notebook):
    figure = show(notebook, "LiveFigure(Gated())")
    mouse = notebook.page.mouse
    with python_waiting(notebook):
        mouse.move(*figure.place(0.2, 0.2))
        mouse.down()
        mouse.move(*figure.place(0.3, 0.3), steps=5)
        mouse.up()
        figure.control("position x").input.press("End")
    figure.wait_ready()
    assert figure.readout == "x = 1.00, y = 0.70"


def test_no_press_of_a_button_is_lost(notebook):
    figure = show(notebook, "LiveFigure(Walk())")
    with python_waiting(notebook):
        for label in ["one step", "one step", "start again", "one step", "one step", "one step"]:
            figure.control(label).input.press("Enter")
    figure.wait_ready()
    assert figure.readout == "3 steps"


def test_two_figures_do_not_share_names(notebook):
    notebook.write(SHOW, "for _ in range(2):\n    display(LiveFigure(Everything()))")
    notebook.run(SHOW)
    first, second = notebook.figures()
    first.wait_ready()
    second.wait_ready()
    assert (first.control("loss").value, second.control("loss").value) == ("MSE", "MSE")
    first.control("loss").press("ArrowDown")
    assert (first.control("loss").value, second.control("loss").value) == ("MAE", "MSE")
    second.box.get_by_text("points N", exact=True).click()  # a label leads to its own slider
    assert second.control("points N").input.evaluate("input => input === document.activeElement")


# ------------------------------------------------------------------ Python busy, gone, wrong


@contextmanager
def python_waiting(notebook):
    """Stop Python in the middle of the next update of a Gated scene."""
    (notebook.folder / "wait").touch()
    try:
        yield
    finally:
        (notebook.folder / "wait").unlink()


def test_the_figure_says_that_python_is_busy_and_the_last_of_many_moves_counts(notebook):
    figure = show(notebook, "figure = LiveFigure(Gated())\nfigure")
    updates = int(ask(notebook, "print(figure.scene.updates)"))
    slider = figure.control("position x")
    figure.box.evaluate("""box => {
      const note = box.querySelector(".lossviz-note");
      box.addEventListener("input", () => (window.asked ??= performance.now()));
      const look = () => note.hidden || (window.said ??= performance.now());
      new MutationObserver(look).observe(note, { attributes: true });
    }""")
    with python_waiting(notebook):
        slider.input.focus()
        for _ in range(30):
            notebook.page.keyboard.press("ArrowRight")
        figure.wait_for("box => !box.querySelector('.lossviz-note').hidden")
        assert "busy" in figure.note
        assert notebook.page.evaluate("() => window.said - window.asked") > 1400  # not after a shorter wait
        assert (figure.state, figure.readout) == ("waiting", "x = 0.50, y = 0.50")
    figure.wait_ready()
    assert (figure.note, figure.readout, slider.value) == ("", "x = 0.80, y = 0.50", "0.8")
    assert int(ask(notebook, "print(figure.scene.updates)")) == updates + 2  # for the first move and for the last


def test_after_a_restart_the_picture_stays_and_says_what_to_do(notebook):
    figure = show(notebook, "LiveFigure(Everything())")
    figure.control("slope m").press("End")
    picture, readout = figure.pixels(), figure.readout
    notebook.restart_kernel()
    figure.wait_for("box => box.dataset.state === 'gone'")
    assert "run this cell again" in figure.note
    assert (figure.pixels(), figure.readout) == (picture, readout)
    disabled = figure.box.locator("input, button, select").evaluate_all("inputs => inputs.map(input => input.disabled)")
    assert disabled == [True] * 12

    notebook.run(DEFINE)
    notebook.run(SHOW)
    figure = notebook.figure()
    figure.control("slope m").press("Home")
    assert figure.pixels() != picture
    assert (figure.state, figure.note) == ("ready", "")


def test_an_exception_is_shown_until_the_next_good_value(notebook):
    figure = show(notebook, "LiveFigure(Fragile())")
    slider = figure.control("position x")
    slider.press("End")
    assert figure.note == "ValueError: the dot fell off the edge"
    slider.press("Home")
    assert (figure.note, figure.readout) == ("", "x = 0.00, y = 0.50")


# ------------------------------------------------------------------ from Python


def test_values_set_in_another_cell_move_control_and_picture(notebook):
    figure = show(notebook, "figure = LiveFigure(Dot())\nfigure")
    slider = figure.control("position x")
    start = figure.pixels()
    slider.set("0.25")
    there = figure.pixels()
    slider.set("0.5")
    assert figure.pixels() == start != there  # the same values, the same picture
    ask(notebook, "figure.values = {'x': 0.25}")
    figure.wait_for(f"box => box.querySelector('canvas').toDataURL().endsWith('{b64encode(there).decode()}')")
    assert (figure.readout, slider.value) == ("x = 0.25, y = 0.50", "0.25")


def test_numbers_controls_and_picture_change_together(notebook):
    figure = show(notebook, "figure = LiveFigure(Dot())\nfigure")
    figure.box.evaluate("""box => {
      const look = () => window.seen.add(`${box.querySelector("input").value}: ${box.querySelector("p").innerText}`);
      window.seen = new Set();
      new MutationObserver(look).observe(box, { attributes: true, childList: true, subtree: true });
    }""")
    ask(notebook, "figure.values = {'x': 0.25}")
    figure.wait_for("box => box.innerText.includes('x = 0.25')")
    assert notebook.page.evaluate("() => Array.from(window.seen)") == ["0.25: x = 0.25, y = 0.50"]


def test_a_cell_and_a_hand_can_move_one_figure_at_the_same_time(notebook):
    figure = show(notebook, "figure = LiveFigure(Slow(), x=0)\nfigure")
    slider = figure.control("position x")
    for key in ["End", "Home"] * 3:  # from now on Lab may answer the hand in a thread beside the running cell
        slider.press(key)
    notebook.write(OTHER, BESIDE_THE_HAND)
    notebook.start(OTHER)
    for _ in range(15):
        slider.press("ArrowRight")
    notebook.wait_run()
    figure.wait_for("box => box.innerText.includes('y = 0.15')")
    figure.wait_ready()
    assert (figure.readout, slider.value, figure.note) == ("x = 0.15, y = 0.15", "0.15", "")
    assert printed(notebook) == "0"


def test_the_readout_is_what_a_screen_reader_is_told(notebook):
    figure = show(notebook, "LiveFigure(Dot(), x=0.1)")
    figure.control("position y").press("End")
    assert figure.readout == "x = 0.10, y = 1.00"
    assert figure.box.locator(".lossviz-readout").get_attribute("role") == "status"
    assert figure.canvas.get_attribute("aria-label") == "A dot. x = 0.10, y = 1.00"
    assert figure.control("position y").input.get_attribute("aria-valuetext") == "1.00"


def test_running_the_cell_again_leaves_one_figure_and_nothing_behind(notebook):
    count = "from comm import get_comm_manager; print(len(get_comm_manager().comms))"
    show(notebook, "LiveFigure(Dot())")
    before = ask(notebook, count)
    for _ in range(3):
        figure = show(notebook, "LiveFigure(Dot())")
    assert notebook.page.locator(".lossviz-live").count() == 1
    assert ask(notebook, count) == before
    figure.control("position x").press("End")
    assert figure.readout == "x = 1.00, y = 0.50"


def test_a_stored_notebook_shows_the_picture_without_python(notebook, server, chromium):
    show(notebook, "LiveFigure(Dot(), x=0.25)")
    output = nbformat.from_dict(notebook.cells()[SHOW].outputs[0])
    del output["data"]["application/vnd.jupyter.widget-view+json"]  # as the course is committed
    write_notebook(server.folder / "stored.ipynb", nbformat.v4.new_code_cell("LiveFigure(Dot())", outputs=[output]))
    with lab.open_notebook(chromium, server, "stored.ipynb") as stored:
        stored.trust()
        picture = stored.page.locator(".jp-OutputArea-output img")
        widths = picture.evaluate("async image => (await image.decode(), [image.naturalWidth, image.width])")
        assert widths == [800, 800]
        assert "widget" not in stored.page.locator(".jp-OutputArea-output").inner_text()
        assert stored.figures() == []
        assert stored.console_errors == []
    assert output["data"]["text/plain"] == "Dot: x = 0.25, y = 0.50"


@contextmanager
def zooming(notebook):
    """Give a function that zooms as a browser does: the window has fewer CSS pixels, each of more device pixels."""
    screen = notebook.page.context.new_cdp_session(notebook.page)

    def zoom(factor: float):
        window = dict(width=round(1280 / factor), height=round(900 / factor), deviceScaleFactor=factor, mobile=False)
        screen.send("Emulation.setDeviceMetricsOverride", window)

    try:
        yield zoom
    finally:
        screen.send("Emulation.clearDeviceMetricsOverride")
        screen.detach()


# ------------------------------------------------------------------ a film, and what is kept

COUNT_SENT = """() => {
  window.sent = window.told = 0;
  window.send ??= WebSocket.prototype.send;
  WebSocket.prototype.send = function (message) {
    const text = typeof message === "string" ? message : new TextDecoder().decode(message);
    if (text.includes("comm_msg")) text.includes('"seen"') ? window.told++ : window.sent++;
    return window.send.call(this, message);
  };
}"""
PLAYING = "box => box.querySelector('.lossviz-play').dataset.playing === '%s'"
ALL_AHEAD = """box => {
  const seen = (box.seen ??= { sent: -1 });
  if (seen.sent !== window.sent) Object.assign(seen, { sent: window.sent, since: performance.now() });
  return performance.now() - seen.since > 800;
}"""


def show_film(notebook: lab.Notebook, source: str) -> lab.Figure:
    """Show a film, and wait until no more frames are asked for ahead."""
    notebook.page.evaluate(COUNT_SENT)
    figure = show(notebook, source)
    figure.wait_for("() => window.sent > 1")
    figure.wait_for(ALL_AHEAD)
    return figure


def sent(notebook: lab.Notebook) -> int:
    """Return how often the page asked Python for something since the last call; to tell Python does not count."""
    return notebook.page.evaluate("() => { const sent = window.sent; window.sent = window.told = 0; return sent; }")


def button(figure: lab.Figure, name: str):
    return figure.box.get_by_role("button", name=name)


def seen_in_python(notebook: lab.Notebook, expected: str):
    """Wait until Python's figure has this readout; the page tells it about kept pictures when the hand rests."""
    for _ in range(20):
        if (found := ask(notebook, "print(figure.readout)")) == expected:
            return
        notebook.page.wait_for_timeout(100)
    raise AssertionError(f"Python has {found!r}, the page {expected!r}")


def test_a_film_shows_every_frame_and_asks_python_nothing(notebook):
    figure = show_film(notebook, "figure = LiveFigure(Film())\nfigure")
    assert figure.readout == "x = 0.50, y = 0.00, step 40"  # it stands at its end
    figure.box.evaluate("""box => {
      const line = box.querySelector(".lossviz-readout");
      window.steps = [];
      new MutationObserver(() => window.steps.push(Number(line.innerText.split("step ")[1])))
        .observe(line, { childList: true, characterData: true, subtree: true });
    }""")
    painted = figure.painted
    sent(notebook)
    button(figure, "play: step").click()
    figure.wait_for(PLAYING % "true")
    figure.wait_for(PLAYING % "false")
    assert sent(notebook) == 0
    figure.wait_for(f"box => Number(box.dataset.painted) === {painted + 41}")  # from 0 to 40, each once
    assert notebook.page.evaluate("() => window.steps") == list(range(41))
    assert figure.readout == "x = 0.50, y = 0.00, step 40"


def test_a_film_of_kept_frames_shows_what_python_draws(notebook):
    figure = show_film(notebook, "figure = LiveFigure(Film())\nfigure")
    figure.control("step").press("Home")
    kept = figure.pixels()
    ask(notebook, "figure.values = {'k': 3}")
    figure.wait_for("box => box.innerText.includes('step 3')")
    ask(notebook, "figure.values = {'k': 0}")
    figure.wait_for("box => box.innerText.includes('step 0')")
    figure.wait_for(f"box => box.querySelector('canvas').toDataURL().endsWith('{b64encode(kept).decode()}')")


def test_scrubbing_asks_python_nothing_and_tells_it_where_the_hand_rests(notebook):
    figure = show_film(notebook, "figure = LiveFigure(Film())\nfigure")
    step = figure.control("step")
    step.input.focus()
    sent(notebook)
    for key in ["Home", *["ArrowRight"] * 5, "ArrowLeft"]:
        painted = figure.painted
        notebook.page.keyboard.press(key)
        figure.wait_for(f"box => box.dataset.painted > {painted}")
        assert figure.readout.endswith(f"step {step.value}")
    assert step.value == "4"
    figure.wait_for("() => window.told > 0")
    assert sent(notebook) == 0
    seen_in_python(notebook, figure.readout)
    assert ask(notebook, "print(figure.values)") == "{'x': 0.5, 'k': 4}"


def test_a_film_can_be_paused_and_stepped_through(notebook):
    figure = show_film(notebook, "figure = LiveFigure(Film())\nfigure")
    step = figure.control("step")
    play = figure.box.locator(".lossviz-play button").first
    figure.box.get_by_label("speed").select_option("0.5×")
    play.click()
    figure.wait_for("box => Number(box.querySelector('.lossviz-play input').value) >= 3")
    play.click()
    at = int(step.value)
    assert 3 <= at < 40
    notebook.page.wait_for_timeout(300)
    assert int(step.value) == at, "it goes on although it was paused"
    button(figure, "+1 step").click()
    assert figure.readout.endswith(f"step {at + 1}")
    button(figure, "−1 step").click()
    button(figure, "−1 step").click()
    assert figure.readout.endswith(f"step {at - 1}")
    for key, name in [("Home", "−1 step"), ("End", "+1 step")]:
        step.press(key)
        end = figure.readout
        button(figure, name).press("Enter")
        figure.wait_ready()
        assert figure.readout == end
        focused = button(figure, name).evaluate("button => button === document.activeElement")
        assert focused, "the keys would go to the notebook"


def test_a_film_goes_on_with_new_values(notebook):
    figure = show_film(notebook, "figure = LiveFigure(Film())\nfigure")
    button(figure, "play: step").click()
    figure.wait_for("box => Number(box.querySelector('.lossviz-play input').value) >= 3")
    painted = figure.painted
    figure.control("position x").input.press("End")
    figure.wait_for(PLAYING % "false")
    assert figure.readout == "x = 1.00, y = 0.00, step 40"
    assert figure.painted - painted >= 20  # it took some time
    figure.wait_for(ALL_AHEAD)
    seen_in_python(notebook, figure.readout)


def test_new_values_have_their_frames_drawn_ahead_too(notebook):
    figure = show_film(notebook, "LiveFigure(Film())")
    figure.control("position x").press("End")
    figure.wait_for(ALL_AHEAD)
    sent(notebook)
    step = figure.control("step")
    for key in ["Home", "PageUp", "PageUp", "ArrowLeft", "End"]:
        step.press(key)
    assert sent(notebook) == 0
    assert figure.readout == "x = 1.00, y = 0.00, step 40"


def test_a_film_out_of_sight_draws_nothing_ahead(notebook):
    notebook.page.evaluate(COUNT_SENT)
    far = "from IPython.display import HTML\ndisplay(HTML('<div style=\"height: 4000px\">far</div>'))\n"
    figure = show(notebook, far + "LiveFigure(Film())")
    notebook.page.get_by_text("far", exact=True).evaluate("far => far.scrollIntoView()")
    figure.wait_for(ALL_AHEAD)
    sent(notebook)
    ask(notebook, "")  # Python has been idle
    notebook.page.get_by_text("far", exact=True).evaluate("far => far.scrollIntoView()")
    notebook.page.wait_for_timeout(1000)
    assert sent(notebook) == 0
    figure.canvas.scroll_into_view_if_needed()
    figure.wait_for("() => window.sent > 0")


def test_a_film_on_a_finer_screen_shows_no_coarse_frame(notebook):
    figure = show_film(notebook, "LiveFigure(Film())")
    with zooming(notebook) as zoom:
        zoom(1.5)
        figure.wait_for("box => box.querySelector('canvas').width === 1200")
        figure.control("step").press("Home")
        assert figure.readout.endswith("step 0")
        assert figure.canvas.evaluate("canvas => canvas.width") == 1200
    figure.wait_for("box => box.querySelector('canvas').width === 800")


def test_a_hand_on_the_picture_stops_the_film(notebook):
    figure = show_film(notebook, "LiveFigure(Film())")
    figure.box.get_by_label("speed").select_option("0.5×")
    button(figure, "play: step").click()
    figure.wait_for(PLAYING % "true")
    mouse = notebook.page.mouse
    mouse.move(*figure.place(0.2, 0.5))
    mouse.down()
    assert figure.box.locator(".lossviz-play").get_attribute("data-playing") == "false"
    mouse.up()


def test_a_drop_plays_the_film_from_there(notebook):
    figure = show_film(notebook, "figure = LiveFigure(Film())\nfigure")
    painted = figure.painted
    mouse = notebook.page.mouse
    mouse.move(*figure.place(0.2, 0.5))
    mouse.down()
    figure.wait_for("box => box.innerText.includes('x = 0.20, y = 0.00, step 40')")
    mouse.up()
    figure.wait_for(PLAYING % "true")
    figure.wait_for(PLAYING % "false")
    assert figure.readout == "x = 0.20, y = 0.00, step 40"
    assert figure.painted - painted >= 41


def test_a_reader_who_wants_no_motion_gets_the_end_and_the_slider(notebook):
    notebook.page.emulate_media(reduced_motion="reduce")
    try:
        figure = show_film(notebook, "figure = LiveFigure(Film())\nfigure")
        assert figure.readout.endswith("step 40")
        assert not button(figure, "play: step").is_visible()
        assert not figure.box.get_by_label("speed").is_visible()
        mouse = notebook.page.mouse
        mouse.move(*figure.place(0.2, 0.5))
        mouse.down()
        mouse.up()
        figure.wait_for("box => box.innerText.includes('x = 0.20')")
        notebook.page.wait_for_timeout(300)
        assert figure.readout == "x = 0.20, y = 0.00, step 40"
        figure.control("step").press("ArrowLeft")
        assert figure.readout.endswith("step 39")
        button(figure, "−1 step").click()
        figure.wait_for("box => box.innerText.includes('step 38')")
    finally:
        notebook.page.emulate_media(reduced_motion="no-preference")


def test_a_film_that_waits_for_python_says_so(notebook):
    with python_waiting(notebook):
        figure = show(notebook, "LiveFigure(Stuck(), k=10)")
        button(figure, "play: step").click()
        figure.wait_for("box => !box.querySelector('.lossviz-note').hidden")
        assert "busy" in figure.note
        assert figure.control("step").value == "10"
    figure.wait_for(PLAYING % "false")
    assert (figure.note, figure.control("step").value) == ("", "40")


def test_a_film_with_a_frame_that_fails_says_so_and_stops(notebook):
    figure = show_film(notebook, "LiveFigure(Torn())")
    button(figure, "play: step").click()
    figure.wait_for("box => box.innerText.includes('the film is torn')")
    figure.wait_for(PLAYING % "false")
    assert figure.control("step").value == "20"
    figure.control("step").press("ArrowRight")
    assert (figure.note, figure.readout) == ("", "x = 0.50, y = 0.47, step 21")
    figure.control("step").press("ArrowLeft")  # the error was not kept
    assert figure.note == "ValueError: the film is torn"


def test_what_follows_from_other_values_is_not_asked_about_frames(notebook):
    figure = show_film(notebook, "figure = LiveFigure(Counting())\nfigure")
    start = figure.readout
    step = figure.control("step")
    step.press("Home")
    step.press("End")
    assert figure.readout == start
    for key in ["End", "Home", "End"]:
        figure.control("position x").press(key)  # Python decides what follows, even for values that were shown before
    assert figure.readout == start.replace("x = 0.50", "x = 1.00").replace("followed 1", "followed 4")


def test_what_was_here_before_is_shown_without_python(notebook):
    figure = show(notebook, "figure = LiveFigure(Dot())\nfigure")
    notebook.page.evaluate(COUNT_SENT)
    slider = figure.control("position x")
    slider.press("End")
    there = figure.pixels()
    slider.press("Home")
    sent(notebook)
    slider.press("End")
    assert sent(notebook) == 0
    assert (figure.pixels(), figure.readout) == (there, "x = 1.00, y = 0.50")
    seen_in_python(notebook, figure.readout)
    figure.control("position y").press("End")  # what Python was told holds for the next request
    assert figure.readout == "x = 1.00, y = 1.00"


def test_where_other_values_follow_python_is_asked(notebook):
    figure = show(notebook, "LiveFigure(Falling(), x=0)")
    x, y = figure.controls()
    y.press("End")
    x.press("End")
    y.press("End")
    x.press("Home")  # x = 0 and y = 1 was here before
    assert figure.readout == "x = 0.00, y = 0.00"


def test_what_is_kept_needs_no_python_even_behind_a_request_that_does(notebook):
    figure = show(notebook, "LiveFigure(Gated())")
    notebook.page.evaluate(COUNT_SENT)
    slider = figure.control("position x")
    slider.press("Home")
    slider.press("End")
    sent(notebook)
    with python_waiting(notebook):
        slider.input.press("ArrowLeft")
        slider.input.press("Home")
    figure.wait_for("box => box.innerText.includes('x = 0.00')")
    assert sent(notebook) == 1
    figure.wait_for("() => window.told > 0")


def test_no_frames_are_drawn_ahead_while_a_cell_runs(notebook):
    figure = show_film(notebook, "figure = LiveFigure(Film())\nfigure")
    count = "before = figure.scene.updates\ntime.sleep(2)\nprint(figure.scene.updates - before)"
    ask(notebook, "figure.values = {'x': 0.3}")
    notebook.write(OTHER, count)
    notebook.start(OTHER)
    notebook.wait_run()
    first = int(printed(notebook))
    figure.wait_for("() => window.sent > 1")
    assert first <= 1


def test_a_long_computation_shows_how_far_it_is_and_can_be_interrupted(notebook):
    work = "from lossviz.live import progress\ndone = progress(lambda n: time.sleep(0.2) or n, range(100), 'Working')"
    notebook.write(SHOW, work)
    notebook.start(SHOW)
    line = notebook.page.locator(".lossviz-progress")
    started = r"/^Working: [1-9]\d* of 100 runs done; now \d/"
    shown = "document.querySelector('.lossviz-progress')?.innerText"
    notebook.page.wait_for_function(f"() => {started}.test({shown})")
    bar = line.locator("progress")
    assert bar.get_attribute("aria-label") == "Working"
    assert bar.get_attribute("max") == "100"
    assert float(bar.evaluate("bar => bar.value")) >= 1
    notebook.interrupt()
    notebook.wait_run()
    assert not bar.is_visible()
    done = int(ask(notebook, "print(len(done))"))
    assert 1 <= done < 100
    assert line.inner_text() == f"Working: {done} of 100 runs"
    [_, stopped] = notebook.cells()[SHOW].outputs
    assert "".join(stopped["text"]) == f"Working: interrupted after {done} of 100 runs; what is done is kept.\n"


# ------------------------------------------------------------------ the window and the screen


def test_a_fine_screen_gets_twice_the_pixels(server, chromium):
    write_notebook(server.folder / "fine.ipynb", *map(nbformat.v4.new_code_cell, (SCENES, "LiveFigure(Dot())")))
    with lab.open_notebook(chromium, server, "fine.ipynb", ratio=2) as notebook:
        notebook.run_all()
        figure = notebook.figure()
        figure.wait_for("box => box.querySelector('canvas').width === 1600")
        shown = figure.canvas.evaluate("canvas => [canvas.height, canvas.clientWidth, canvas.clientHeight]")
        assert shown == [600, 800, 300]


def test_zooming_the_page_keeps_the_picture_sharp(notebook):
    figure = show(notebook, "LiveFigure(Dot())")
    assert figure.canvas.evaluate("canvas => canvas.width") == 800
    with zooming(notebook) as zoom:
        for factor, width in [(1.5, 1200), (3, 1600), (1, 800)]:  # twice the pixels is enough
            zoom(factor)
            figure.wait_for(f"box => box.querySelector('canvas').width === {width}")


def test_a_narrow_window_holds_the_whole_figure(notebook):
    figure = show(notebook, "LiveFigure(Everything())")
    window = notebook.page.viewport_size
    notebook.page.set_viewport_size(dict(width=900, height=900))
    try:
        panel = notebook.page.locator(".jp-NotebookPanel:visible").bounding_box()
        box, canvas = figure.box.bounding_box(), figure.canvas.bounding_box()
        assert panel["width"] < 900
        assert panel["x"] <= box["x"]
        assert box["x"] + box["width"] <= panel["x"] + panel["width"]
        assert canvas["width"] <= box["width"]
        assert canvas["height"] / canvas["width"] == pytest.approx(0.4, abs=0.005)
        assert figure.box.evaluate("box => box.scrollWidth <= box.clientWidth")
    finally:
        notebook.page.set_viewport_size(window)


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_every_kind_of_control_is_accessible(notebook, accessibility, theme):
    notebook.use_theme(theme)
    try:
        assert accessibility(show(notebook, "LiveFigure(Everything())")) == []
        figure = show(notebook, "LiveFigure(Fragile())")
        figure.control("position x").press("End")
        assert figure.note
        assert accessibility(figure) == []
    finally:
        notebook.use_theme("JupyterLab Light")


# VS Code's own colours, and beside them some of Jupyter's names with the values of a light theme
VS_CODE = {
    "light": {"editor-foreground": "#3b3b3b", "button-secondaryBackground": "#e5e5e5"}
    | {"button-secondaryForeground": "#3b3b3b", "editor-background": "#ffffff"},
    "dark": {"editor-foreground": "#cccccc", "button-secondaryBackground": "#313131"}
    | {"button-secondaryForeground": "#cccccc", "editor-background": "#1f1f1f"},
}


@pytest.mark.parametrize("theme", VS_CODE)
def test_every_kind_of_control_is_accessible_in_the_colours_of_vs_code(notebook, accessibility, theme):
    figure = show(notebook, "LiveFigure(Everything())")
    figure.box.evaluate(
        """(box, colours) => {
          for (const [name, colour] of Object.entries(colours)) box.style.setProperty(`--vscode-${name}`, colour);
          box.style.background = colours["editor-background"];
        }""",
        VS_CODE[theme],
    )
    assert accessibility(figure) == []
