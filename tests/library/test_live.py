"""The live figure, without a browser: one answer for each request, errors seen, pure pictures, nothing left behind."""

import base64
import copy
import gc
import io
import pickle
import sys
import weakref
from types import SimpleNamespace

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib import image
from traitlets import TraitError

from lossviz import theme
from lossviz.live import Button, Check, Handle, LiveFigure, Memory, Play, Range, Scene, lifetime, progress_bar
from lossviz.live.canvas import Canvas, png

VIEW = "application/vnd.jupyter.widget-view+json"


class Dot(Scene):
    """A dot that can be dragged, sent home, and made to fail."""

    title = "a dot"
    size = (2, 1)
    controls = (
        Range("x", "x", 0, 10, step=0.5, value=5),
        Range("shade", "shade", 0, 1, step=0.25, value=0),
        Check("fail", "fail", value=False),
        Button("home", "Home"),
        Memory("farthest", 0.0),
    )
    slow = ("shade",)
    handles = (Handle("ax", x="x", relative=True),)
    stills = 0

    def draw(self, figure):
        self.ax = figure.add_axes([0.1, 0.2, 0.5, 0.6])
        self.ax.set(xlim=(0, 10), ylim=(0, 1))
        (self.dot,) = self.ax.plot([], [], "o")
        self.paper = self.ax.axhspan(0.1, 0.9)
        return [self.dot]

    def draw_slow(self, prepared, shade):
        self.stills += 1
        self.paper.set_color(str(1 - shade))
        return [self.paper]

    def update(self, prepared, x, shade, fail, farthest):
        if fail:
            raise RuntimeError("as asked")
        self.dot.set_data([x], [0.5])
        return f"x = {x}, farthest {farthest}"

    def press(self, name, values, prepared):
        return {"x": 0}

    def follow(self, before, after):
        return {"farthest": max(before["farthest"], after["x"])}


class Film(Dot):
    """The dot walks to the right; it cannot do step 7."""

    controls = (*Dot.controls, Play("k", "step", last=10))
    followed = 0

    def update(self, k, **values):
        if k == 7:
            raise RuntimeError("no step 7")
        return super().update(**values | {"x": k}) + f", step {k}"

    def follow(self, before, after):
        self.followed += 1
        return super().follow(before, after)


@pytest.fixture
def figure():
    return LiveFigure(Dot())


@pytest.fixture
def film():
    return LiveFigure(Film())


def ask(figure, number=1, **request):
    """Send what the browser would, and return the messages that go back."""
    sent = []
    figure.comm.send = lambda data=None, buffers=None, **_: sent.append(data.get("state", data | {"buffers": buffers}))
    figure._handle_msg(
        {"content": {"data": {"method": "custom", "content": {"number": number, **request}}}, "buffers": []}
    )
    return sent


def pixels(data: bytes) -> np.ndarray:
    return image.imread(io.BytesIO(data))


# ---------------------------------------------------------------------- requests and answers


def test_one_message_answers_with_picture_readout_and_values(figure):
    (state,) = ask(figure, number=7, values={"x": 8.2})
    assert state["values"] == {"x": 8.0, "shade": 0, "fail": False, "farthest": 8.0}
    assert state["readout"] == "x = 8.0, farthest 8.0"
    assert state["answered"] == 7
    assert figure.frame.startswith(b"\x89PNG")


def test_a_request_that_changes_nothing_is_answered_without_a_picture(figure):
    before = figure.frame
    (state,) = ask(figure, number=3, values={"x": 5})
    assert state == {"answered": 3}
    assert figure.frame is before


def test_a_hand_that_goes_too_far_stops_at_the_end(figure):
    ask(figure, values={"x": 400})
    assert figure.values["x"] == 10


def test_an_error_is_seen_answered_and_cleared(figure):
    before = figure.frame
    (state,) = ask(figure, number=1, values={"fail": True})
    assert state["error"] == figure.error == "RuntimeError: as asked"
    assert state["answered"] == 1
    assert figure.frame == before
    (state,) = ask(figure, number=2, values={"fail": False})
    assert state["error"] == figure.error == ""
    assert state["answered"] == 2


@pytest.mark.parametrize(
    "request_",
    [
        {"values": {"unknown": 1}},
        {"drag": "nonsense"},
        {"values": {"x": "far"}},
        {"ratio": None},
        {"press": 3, "values": 1},
    ],
)
def test_a_broken_request_is_answered_too(figure, request_):
    (state,) = ask(figure, number=9, **request_)
    assert state["answered"] == 9
    assert state["error"]


def test_a_button_sets_values(figure):
    ask(figure, press="home")
    assert figure.values["x"] == 0


def test_a_drag_is_told_in_data_and_needs_no_message_but_its_last(figure):
    left, top, right, bottom = figure.areas[0]
    middle = (top + bottom) / 2
    start, now = [left + 0.2 * (right - left), middle], [left + 0.5 * (right - left), middle]
    ask(figure, drag=[start, now, figure.values])
    assert figure.values["x"] == pytest.approx(5 + 3)
    ask(figure, drag=[start, start, figure.values | {"x": 5.0}])
    assert figure.values["x"] == 5


def test_a_drag_that_begins_beside_the_panel_does_nothing(figure):
    ask(figure, drag=[[0.95, 0.5], [0.1, 0.5], figure.values])
    assert figure.values["x"] == 5
    assert not figure.error


def test_a_finer_screen_gets_more_pixels_but_never_more_than_twice(figure):
    assert pixels(figure.frame).shape[:2] == (100, 200)
    ask(figure, ratio=1.5)
    assert pixels(figure.frame).shape[:2] == (150, 300)
    ask(figure, ratio=3)
    assert pixels(figure.frame).shape[:2] == (200, 400)
    ask(figure, ratio=0.5)
    assert pixels(figure.frame).shape[:2] == (100, 200)


# ---------------------------------------------------------------------- films, and what the browser keeps


def drawn_ahead(film, *frames, **changes):
    """Ask for frames ahead; return what came, the pictures, and the answer."""
    sent = ask(film, number=5, ahead=dict(values=film.values | changes, frames=list(frames)))
    return sent[0]["content"], sent[0]["buffers"], sent[1]


def test_a_film_starts_at_its_end(film):
    assert film.values["k"] == 10
    assert film.readout.endswith("step 10")


def test_frames_ahead_are_what_an_update_would_show(film, monkeypatch):
    monkeypatch.setattr("lossviz.live.figure.AHEAD", 60)
    (content, pictures, answer) = drawn_ahead(film, 3, 4, x=2)
    assert content == dict(ahead=[[3, "x = 3, farthest 5.0, step 3"], [4, "x = 4, farthest 5.0, step 4"]], failed=False)
    assert answer == {"answered": 5}
    assert film.values["k"] == 10, "the figure itself stays where it is"
    for (frame, readout), picture in zip(content["ahead"], pictures, strict=True):
        film.values = {"k": frame}
        assert (film.readout, film.frame) == (readout, picture)


def test_frames_ahead_stop_when_time_is_up(film, monkeypatch):
    clock = iter(range(100))
    monkeypatch.setattr("lossviz.live.figure.time", SimpleNamespace(perf_counter=lambda: next(clock)))
    monkeypatch.setattr("lossviz.live.figure.AHEAD", 3)
    assert [frame for frame, _ in drawn_ahead(film, *range(7))[0]["ahead"]] == [0, 1]


def test_a_frame_that_cannot_be_drawn_ends_what_comes_ahead_and_is_not_an_error_yet(film, monkeypatch):
    monkeypatch.setattr("lossviz.live.figure.AHEAD", 60)
    content, pictures, answer = drawn_ahead(film, 6, 7, 8)
    assert ([frame for frame, _ in content["ahead"]], content["failed"]) == ([6], True)
    assert len(pictures) == 1
    assert answer == {"answered": 5}
    assert film.error == ""
    ask(film, values={"k": 7})
    assert film.error == "RuntimeError: no step 7"


def test_nothing_is_drawn_ahead_while_a_cell_runs(film, monkeypatch):
    monkeypatch.setattr(lifetime, "_run", "a run")
    content, pictures, answer = drawn_ahead(film, 1, 2)
    assert (content, list(pictures), answer) == (dict(ahead=[], failed=False), [], {"answered": 5})


def test_nothing_follows_from_a_film_that_moves_on(film):
    before = film.scene.followed
    film.values = {"k": 3}
    ask(film, values={"k": 4})
    ask(film, values={"k": 4})
    assert film.scene.followed == before
    film.values = {"k": 5, "x": 9}
    assert film.scene.followed == before + 1
    assert film.values["farthest"] == 9


def test_what_the_browser_has_seen_is_not_drawn_again(film):
    before, updates = film.frame, []
    film.observe(lambda change: updates.append(change.new["k"]), "values")
    (state,) = ask(film, number=4, seen=True, values={"k": 2})
    assert "frame" not in state
    assert (state["readout"], state["answered"]) == ("x = 2, farthest 5.0, step 2", 4)
    assert (updates, film.readout, film.frame) == ([2], state["readout"], before)
    # a page that opens now, and the notebook's own picture, get the present one
    shown = film.get_state()["frame"]
    film.values = {"k": 3}
    film.values = {"k": 2}
    assert shown == film.frame != before
    ask(film, values={"k": 4})
    assert film.frame not in (before, shown), "the next request is drawn again"


def test_only_a_scene_in_which_nothing_follows_is_plain(figure):
    assert not figure.plain
    assert LiveFigure(type("Plain", (Dot,), {"follow": Scene.follow})()).plain


def test_a_scene_plays_one_film():
    controls = (Play("a", "step", last=3), Play("b", "step", last=3))
    with pytest.raises(ValueError, match="Twice: a scene plays one film, not a and b"):
        type("Twice", (Scene,), {"controls": controls})


# ---------------------------------------------------------------------- from Python


def test_values_can_be_set_in_part_and_observed(figure):
    seen = []
    figure.observe(lambda change: seen.append((change.new["x"], figure.readout)), "values")
    before = figure.frame
    figure.values = {"x": 2}
    assert figure.values == {"x": 2.0, "shade": 0, "fail": False, "farthest": 5.0}
    assert seen == [(2.0, "x = 2.0, farthest 5.0")]
    assert figure.readout == "x = 2.0, farthest 5.0"
    assert figure.frame != before


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ({"x": 11}, "^Dot: x must be one number from 0 to 10, got 11$"),
        ({"y": 1}, r"^Dot: values must name controls \(x, shade, fail\), got 'y'$"),
        ({"home": 1}, r"^Dot: values must name controls \(x, shade, fail\), got 'home'$"),
        ({"fail": 1}, "^Dot: fail must be True or False, got 1$"),
    ],
)
def test_bad_values_are_refused_at_construction_and_later(figure, bad, message):
    with pytest.raises(ValueError, match=message):
        LiveFigure(Dot(), **bad)
    before = dict(figure.values)
    with pytest.raises(ValueError, match=message):
        figure.values = bad
    assert figure.values == before


def test_an_error_at_construction_is_raised():
    with pytest.raises(RuntimeError, match="as asked"):
        LiveFigure(Dot(), fail=True)


def test_a_readout_must_be_text():
    class Mute(Dot):
        def update(self, **values):
            return None

    with pytest.raises(TypeError, match=r"Mute\.update must return the readout, a str; got None"):
        LiveFigure(Mute())


def test_two_controls_of_one_name_are_refused():
    with pytest.raises(ValueError, match="Twins: two controls are named 'x'"):
        type("Twins", (Scene,), {"controls": (Range("x", "", 0, 1, 1, 0), Check("x", "", False))})


def test_an_entry_that_is_set_moves_the_figure(figure):
    before = figure.frame
    figure.values["x"] = 2
    assert (figure.values["x"], figure.readout) == (2.0, "x = 2.0, farthest 5.0")
    assert figure.frame != before
    values = figure.values
    values |= {"x": 9}
    values.update(shade=0.5)
    assert values == figure.values == {"x": 9.0, "shade": 0.5, "fail": False, "farthest": 9.0}


@pytest.mark.parametrize("wrong", [None, 3, "x", [("x", 1)]])
def test_what_is_not_a_dict_is_refused_and_forgotten(figure, wrong):
    before = dict(figure.values)
    for assign in (lambda: setattr(figure, "values", wrong), lambda: figure.set_trait("values", wrong)):
        with pytest.raises((TypeError, TraitError)):
            assign()
        assert figure.values == before
    figure.values = {"x": 3}
    assert figure.values["x"] == 3
    figure.close()
    with pytest.raises((TypeError, TraitError)):
        figure.values = wrong
    assert figure.values["x"] == 3


@pytest.mark.parametrize(("name", "value"), [("x", 999), ("nonsense", 1), ("home", 1), ("x", None)])
def test_an_entry_that_cannot_be_set_is_refused_and_forgotten(figure, name, value):
    before = dict(figure.values)
    with pytest.raises(ValueError, match="^Dot: (x must be one number|values must name controls)"):
        figure.values[name] = value
    assert figure.values == before
    figure.values = {"x": 3}
    assert (figure.error, figure.readout) == ("", "x = 3.0, farthest 5.0")


@pytest.mark.parametrize(
    "change", [lambda v: v.pop("x"), lambda v: v.clear(), lambda v: v.__delitem__("x"), lambda v: v.setdefault("y", 1)]
)
def test_values_stay_complete(figure, change):
    with pytest.raises(TypeError, match="^values must stay complete"):
        change(figure.values)
    with pytest.raises(TypeError, match="^values must be a dict of some or all values, got 3$"):
        figure.values = 3


def test_nothing_of_a_figure_s_own_is_handed_out():
    """Whatever a reader does with what an attribute holds, or has given: the figure stays as it is."""
    given = [[1.0], {"a": 2.0}]

    class Full(Dot):
        controls = (*Dot.controls, Memory("more"))

        def update(self, more, **values):
            return super().update(**values)

    figure = LiveFigure(Full(), more=given)
    full = figure.get_state()

    def spoil(thing):
        for inner in list(thing.values() if isinstance(thing, dict) else thing if isinstance(thing, list) else ()):
            spoil(inner)
        if isinstance(thing, list):
            thing.clear()
        elif isinstance(thing, dict):
            dict.clear(thing)

    figure.observe(lambda change: spoil(change.new), "values")
    figure.values = {"x": 5.0, "shade": 0.25}
    figure.values = {"shade": 0.0}
    for name in figure.keys:
        spoil(getattr(figure, name))
    spoil(given)
    after = figure.get_state()
    assert {name for name in full if after[name] != full[name]} == set()
    assert copy.deepcopy(figure.values) == dict(figure.values)
    assert type(copy.copy(figure.values)) is type(pickle.loads(pickle.dumps(figure.values))) is dict


# ---------------------------------------------------------------------- drawing


SETTINGS = {"text.usetex": True, "axes.facecolor": "black", "lines.linewidth": 9, "font.size": 30}


def test_a_figure_keeps_the_course_s_style_whatever_a_reader_sets(figure):
    expected, readout = pictures_of(figure), figure.readout
    with mpl.rc_context(SETTINGS):
        assert pictures_of(figure) == pictures_of(LiveFigure(Dot())) == expected
        assert {name: mpl.rcParams[name] for name in SETTINGS} == SETTINGS, "what the reader has set stays"
    theme.use("projector")
    assert pictures_of(figure) == expected, "a figure keeps the preset it was made with"
    larger = LiveFigure(Dot())
    assert pictures_of(larger) != expected
    assert larger.text_size > figure.text_size
    assert figure.readout == readout


def pictures_of(figure):
    """Pictures of one figure after each kind of change."""
    pictures = []
    for values in {"x": 1, "shade": 1}, {"x": 3}, {"x": 5, "shade": 0}:
        figure.values = values
        pictures.append(figure.frame)
    figure._canvas.set_ratio(1.5)
    figure._show()
    figure._canvas.set_ratio(1)
    return [*pictures, figure.frame]


def test_panels_placed_by_hand_are_left_where_they_are():
    canvas = Canvas(Dot())  # the course's style lays out panels of a grid, and warns if there is no grid
    canvas.render(canvas.scene.complete({}))
    assert canvas.scene.ax.get_position().bounds == pytest.approx((0.1, 0.2, 0.5, 0.6))


def test_a_title_that_changes_stays_above_its_panel():
    class Named(Dot):
        def draw(self, figure):
            moving = super().draw(figure)
            self.heading = self.ax.set_title("before")
            return [*moving, self.heading]

        def update(self, **values):
            self.heading.set_text(f"x is {values['x']}")
            return super().update(**values)

    figure = LiveFigure(Named())
    figure.values = {"x": 3}
    above = figure.scene.heading.get_window_extent().y0 - figure.scene.ax.bbox.y1
    assert figure.scene.heading.get_text() == "x is 3.0"
    assert 0 < above < 10


def test_the_still_part_is_drawn_again_only_when_its_values_change():
    canvas = Canvas(Dot())
    values = canvas.scene.complete({})
    for x in 1.0, 2.0, 3.0:
        canvas.render(values | {"x": x})
    assert canvas.scene.stills == 1
    darker = canvas.render(values | {"shade": 0.5})[1].copy()
    assert canvas.scene.stills == 2
    assert (darker == Canvas(Dot()).render(values | {"shade": 0.5})[1]).all()
    assert (darker != Canvas(Dot()).render(values)[1]).any()


def test_blitting_shows_what_a_full_draw_shows():
    canvas, fresh = Canvas(Dot()), Canvas(Dot())
    values = canvas.scene.complete({})
    for x in 1.0, 9.0, 4.0:
        blitted = canvas.render(values | {"x": x})[1].copy()
    assert (blitted == fresh.render(values | {"x": 4.0})[1]).all()


def test_png_keeps_every_pixel():
    picture = np.random.default_rng(0).integers(0, 256, (7, 5, 4), dtype=np.uint8)
    picture[..., 3] = 255
    for level in 1, 9:
        assert (np.round(pixels(png(picture, level)) * 255) == picture).all()


# ---------------------------------------------------------------------- in the notebook


def test_the_bundle_holds_widget_picture_and_text(figure):
    data, metadata = figure._repr_mimebundle_()
    assert data["text/plain"] == "Dot: x = 5.0, farthest 5.0"
    assert pixels(base64.b64decode(data["image/png"])).shape[:2] == (100, 200)
    assert metadata["image/png"] == dict(width=200, height=100)
    assert data[VIEW]["model_id"] == figure.model_id


def test_where_a_page_needs_more_to_find_a_widget_the_bundle_has_it(figure, monkeypatch):
    """Google Colab loads the scripts of foreign widgets only if the output says where they are."""
    colab = SimpleNamespace(enable_custom_widget_manager=lambda: None, _widgets=SimpleNamespace(_installed_url="there"))
    monkeypatch.setitem(sys.modules, "google.colab.output", colab)
    for data, metadata in figure._repr_mimebundle_(), progress_bar.Progress()._repr_mimebundle_():
        assert VIEW in data
        assert metadata[VIEW] == {"colab": {"custom_widget_manager": {"url": "there"}}}


def test_a_console_that_lacks_letters_gets_others(figure, monkeypatch):
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="ascii"))
    figure.readout = "w = −1, σ = 2"
    assert figure._repr_mimebundle_()[0]["text/plain"] == "Dot: w = -1, ? = 2"
    print(figure)
    assert progress_bar.progress(str, [1], "η → 0") == ["1"]


@pytest.mark.parametrize("watched", ["values", "readout", "frame", "answered"])
def test_a_figure_may_be_closed_by_one_that_watches_it(figure, watched):
    figure.observe(lambda change: figure.close(), watched)
    ask(figure, values={"x": 8}, ratio=2)
    figure._answer(figure, {"number": 2, "values": {"x": 3}}, [])  # was under way
    figure.values = {"x": 1}
    figure.values["x"] = 2
    assert figure.values["x"] == 8
    assert repr(figure) == "<LiveFigure: closed; run the cell that made it again>"
    assert figure.error == ""


def test_a_figure_may_close_another(figure):
    other = LiveFigure(Dot())
    figure.observe(lambda change: other.close(), "values")
    (state,) = ask(figure, values={"x": 8})
    assert state["values"]["x"] == 8
    assert other.comm is None


def test_closing_lets_go_of_everything(figure):
    scene, canvas = weakref.ref(figure.scene), weakref.ref(figure._canvas)
    drawn = weakref.ref(figure._canvas.figure)
    layout = figure.layout
    figure.close()
    gc.collect()
    assert (scene(), canvas(), drawn()) == (None, None, None)
    assert figure.comm is None
    assert layout.comm is None
    assert figure.frame == b""
    figure.close()  # a second time changes nothing
    figure.values = {"x": 1}  # nor does an assignment from code that still holds the figure
    assert "LiveFigure" in repr(figure)
