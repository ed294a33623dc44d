"""A scene and its handles: what is refused when the class is made, what a hand takes, what `prepare` hands on."""

import numpy as np
import pytest

from lossviz.live import Button, Choice, Drag, Handle, LiveFigure, Memory, Range, Scene, explorer


class Plane(Scene):
    """Two points, two lines and a background, all of which a hand can take."""

    controls = (
        Range("a", "a", 0, 10, step=0.5, value=2),
        Range("b", "b", 0, 10, step=0.5, value=8),
        Range("slow", "slow", 0, 3, step=1, value=1),
        Button("both", "Both to the sum"),
    )
    slow = ("slow",)
    handles = (
        Handle("left", at=("a", 2), x="a"),
        Handle("left", at=(None, "b"), y="b"),
        Handle("left", at="corners", move="jump"),
        Handle("left", x="a"),
        Handle(("many", "named"), x="a", relative=True),
    )

    def draw(self, figure):
        self.calls = []
        self.left, *self.many, last = figure.subplots(1, 4)
        self.named = {"last": last}
        for axes in (self.left, *self.many, last):
            axes.set(xlim=(0, 10), ylim=(0, 10))
        return []

    def prepare(self, slow):
        self.calls.append(slow)
        return 100 * slow

    def draw_slow(self, prepared, slow):
        self.left.set_title(f"{prepared} {slow:g}")
        return []

    def update(self, prepared, a, b, slow):
        return f"{prepared + a + b:g}"

    def press(self, name, values, prepared):
        return {"a": prepared / 100, "b": prepared / 100}

    def corners(self, drag):
        return [(0, 0), (10, 0), (10, 10)]

    def jump(self, drag):
        return {"a": drag.index, "b": drag.prepared / 100}


@pytest.fixture
def figure():
    return LiveFigure(Plane())


def dragged(figure, start, now, axes=None, **values):
    scene = figure.scene
    return scene.drag(Drag(axes or scene.left, start, now, figure.values | values))


# ---------------------------------------------------------------------- what a hand takes


def test_a_handle_with_a_place_moves_as_far_as_the_hand(figure):
    assert dragged(figure, (2.1, 2), (4.1, 7)) == {"a": pytest.approx(4)}


def test_a_handle_goes_along_the_panel_where_its_place_is_open(figure):
    assert dragged(figure, (7, 8.1), (0, 6.1)) == {"b": pytest.approx(6)}
    assert dragged(figure, (1, 8.1), (0, 6.1)) == {"b": pytest.approx(6)}


def test_the_nearest_handle_is_taken_in_any_order(figure):
    assert dragged(figure, (2, 2.2), (5, 5), b=2.5) == {"a": pytest.approx(5)}
    assert dragged(figure, (2, 2.3), (5, 5.3), b=2.5) == {"b": pytest.approx(5.5)}


def test_a_method_says_where_a_handle_is_and_what_it_does(figure):
    assert dragged(figure, (9.9, 0.1), (5, 5)) == {"a": 1, "b": 1}
    assert dragged(figure, (9.9, 9.9), (5, 5), slow=3) == {"a": 2, "b": 3}


@pytest.mark.parametrize("nowhere", [[], np.empty((0, 2)), (np.nan, np.nan)])
def test_a_handle_may_be_nowhere(nowhere):
    def draw(self, figure):
        self.axes = figure.subplots()
        return []

    parts = {"draw": draw, "update": lambda self, **values: "", "places": lambda self, drag: nowhere}
    figure = LiveFigure(made(handles=[Handle("axes", at="places", x="x"), Handle("axes", x="x")], **parts)())
    assert dragged(figure, (0.2, 0.2), (0.7, 0.7), figure.scene.axes) == {"x": 0.7}


def test_elsewhere_the_handle_that_is_everywhere_comes_to_the_hand(figure):
    assert dragged(figure, (5, 5), (6, 5)) == {"a": 6}


def test_a_handle_may_be_on_several_panels(figure):
    scene = figure.scene
    assert list(scene.draggable()) == [scene.left, *scene.many, scene.named["last"]]
    for axes in (*scene.many, scene.named["last"]):
        assert dragged(figure, (5, 5), (6.5, 5), axes) == {"a": pytest.approx(3.5)}


def test_where_there_is_nothing_to_take_nothing_happens():
    class Point(Scene):
        controls = (Range("a", "a", 0, 10, step=0.5, value=2),)
        handles = (Handle("axes", at=("a", 5), x="a"),)

        def draw(self, figure):
            self.axes = figure.subplots()
            self.axes.set(xlim=(0, 10), ylim=(0, 10))
            return []

        def update(self, a):
            return ""

    figure = LiveFigure(Point())
    assert dragged(figure, (8, 5), (9, 5), figure.scene.axes) == {}
    assert dragged(figure, (2, 5), (9, 5), figure.scene.axes) == {"a": 9}


def test_all_handles_have_one_grip(figure):
    width = figure.scene.left.bbox.width  # 10 units; in CSS pixels at a ratio of 1
    inside, outside = (2 + pixels * 10 / width for pixels in (17, 19))
    assert dragged(figure, (inside, 2), (inside + 1, 2)) == {"a": pytest.approx(3)}
    assert dragged(figure, (outside, 2), (outside + 1, 2)) == {"a": pytest.approx(outside + 1)}


# ---------------------------------------------------------------------- what is prepared


def test_what_changes_slowly_is_prepared_once_and_handed_on(figure):
    assert figure.readout == "110"
    figure.values = {"a": 3}
    assert figure.readout == "111"
    assert figure.scene.calls == [1]
    figure.values = {"slow": 2}
    assert figure.readout == "211"
    assert figure.scene.left.get_title(loc="left") == "200.0 2"
    assert figure.scene.calls == [1, 2]
    figure._answer(None, {"press": "both", "number": 1}, [])
    assert not figure.error
    assert (figure.values["a"], figure.values["b"]) == (2, 2)
    assert figure.scene.calls == [1, 2]


def test_a_drag_asks_for_its_start_again_without_preparing_it_again(figure):
    start = dict(figure.values)
    for slow in (2, 3, 0, 2, 3, 0):
        assert figure.scene.prepared_for(start) == 100
        assert figure.scene.prepared_for(start | {"slow": slow}) == 100 * slow
    assert figure.scene.calls == [1, 2, 3, 0]


def test_the_result_that_was_used_last_is_kept_longest(figure):
    for slow in (1, 2, 3, 0, 1):
        figure.scene.prepared_for(figure.values | {"slow": slow})
    assert [slow["slow"] for slow, _ in figure.scene._kept] == [2, 3, 0, 1]


# ---------------------------------------------------------------------- what is refused


def made(**parts):
    controls = (
        Range("x", "x", 0, 1, step=0.5, value=0),
        Choice("y", "y", "ab", value="a"),
        Button("go", "Go"),
        Memory("m"),
    )
    return type("Made", (Scene,), {"controls": controls} | parts)


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"controls": [Button("x", "X"), Range("x", "x", 0, 1, step=1, value=0)]}, "two controls are named 'x'"),
        ({"slow": ("x", "z")}, r"slow must name controls \(m, x, y\), got 'z'"),
        ({"slow": ("go",)}, r"slow must name controls \(m, x, y\), got 'go'"),
        ({"handles": [Handle("axes", x="z")]}, r"a handle must name a control with numbers \(m, x\), got 'z'"),
        ({"handles": [Handle("axes", y="go")]}, r"a handle must name a control with numbers \(m, x\), got 'go'"),
        ({"handles": [Handle("axes", y="y")]}, r"a handle must name a control with numbers \(m, x\), got 'y'"),
        ({"handles": [Handle("axes", at=("z", 0), x="x")]}, r"a handle must name a control with numbers .*, got 'z'"),
        ({"handles": [Handle("axes", at=["z", 0], x="x")]}, r"a handle must name a control with numbers .*, got 'z'"),
        ({"handles": [Handle("axes", at=("y", 0), x="x")]}, r"a handle must name a control with numbers .*, got 'y'"),
        ({"handles": [Handle("axes", at=("x",), x="x")]}, r"a handle must be at \(x, y\), each .*, got \('x',\)"),
        ({"handles": [Handle("axes", at=("x", []), x="x")]}, r"a handle must be at \(x, y\), each .*, got \('x', \["),
        ({"handles": [Handle("axes", at=5, x="x")]}, r"a handle must be at \(x, y\), each .*, got 5"),
        ({"handles": [Handle("axes", at="places", x="x")]}, "a handle must name a method of the scene, got 'places'"),
        ({"handles": [Handle("axes", move="away")]}, "a handle must name a method of the scene, got 'away'"),
        ({"handles": [Handle("axes")]}, r"a handle must name controls \(x, y\) or a method \(move\), got Handle"),
        ({"handles": [Handle("axes", x="x", move="draw")]}, "a handle must name controls"),
        ({"handles": ["left"]}, "handles must be Handle objects, got 'left'"),
        ({"handles": Handle("axes", x="x")}, r"handles must be several, as in \[Handle\(…\)\], got Handle"),
        ({"controls": [Range("prepared", "x", 0, 1, step=1, value=0)]}, "no control may be named 'prepared'"),
    ],
)
def test_a_scene_whose_parts_do_not_fit_is_refused_when_it_is_made(parts, message):
    with pytest.raises((ValueError, TypeError), match=f"^Made: {message}"):
        made(**parts)


@pytest.mark.parametrize(
    ("returned", "message"),
    [
        ({"z": 1}, "ValueError: Made: values must name controls (x, y), got 'z'"),
        ({"go": 1}, "ValueError: Made: values must name controls (x, y), got 'go'"),
        (None, "TypeError: Made: new values must be a dict, got None"),
    ],
)
def test_new_values_must_be_a_dict_of_controls(returned, message):
    def draw(self, figure):
        self.axes = figure.subplots()
        return []

    methods = {"update": lambda self, **values: "", "move": lambda self, drag: returned}
    methods["press"] = lambda self, name, values: returned
    figure = LiveFigure(made(draw=draw, handles=[Handle("axes", move="move")], **methods)())
    for request in ({"press": "go"}, {"drag": [[0.5, 0.5], [0.6, 0.6], figure.values]}):
        figure._answer(None, request | {"number": 1}, [])
        assert figure.error == message


def test_a_value_that_no_control_shows_is_named_if_it_may_be_given():
    scene = made(controls=[Memory("hidden"), Memory("start", allowed="a list")])
    with pytest.raises(ValueError, match=r"^Made: values must name controls \(start\), got 'z'$"):
        scene().complete({"z": 1})


def test_a_panel_that_draw_does_not_make_is_named():
    scene = made(
        handles=[Handle("axis", x="x")],
        draw=lambda self, figure: [],
        update=lambda self, **values: "",
    )
    with pytest.raises(AttributeError, match="Made: a handle must name an attribute that draw sets, got 'axis'"):
        LiveFigure(scene())


@pytest.mark.parametrize("name", ["title", "size", "controls", "slow", "handles", "name"])
def test_draw_may_not_set_what_the_class_declares(name):
    scene = made(draw=lambda self, figure: setattr(self, name, ()) or [], update=lambda self, **values: "")
    with pytest.raises(AttributeError, match=f"^Made: draw must not set self.{name}"):
        LiveFigure(scene())


def test_draw_may_not_hide_a_method():
    def draw(self, figure):
        self.places = []
        return []

    with pytest.raises(AttributeError, match="^Made: draw must not set self.places: it is a method of the class"):
        LiveFigure(made(draw=draw, places=lambda self, drag: (0, 0), update=lambda self, **values: "")())


def test_panels_may_lie_in_a_table():
    def draw(self, figure):
        self.panels = figure.subplots(2, 2)
        return []

    scene = made(draw=draw, update=lambda self, **values: "", handles=[Handle("panels", x="x")])
    drawn = LiveFigure(scene()).scene
    assert list(drawn.draggable()) == drawn.panels.ravel().tolist()


def test_the_grip_is_measured_in_css_pixels_on_a_fine_screen(figure):
    figure._answer(None, {"ratio": 2.0, "number": 1}, [])
    width = figure.scene.left.bbox.width / 2
    outside = 2 + 19 * 10 / width
    assert dragged(figure, (outside, 2), (outside + 1, 2)) == {"a": pytest.approx(outside + 1)}
    assert np.isfinite(outside)


# ---------------------------------------------------------------------- the function of an explorer


class Given(Scene):
    """Begin with something that is given."""

    controls = (Range("x", "x", 0, 1, step=0.5, value=0),)

    def __init__(self, first=1, *, second=2):
        self.parts = first, second

    def draw(self, figure):
        return []

    def update(self, x):
        return f"{x} {self.parts}"


def test_an_explorer_hands_on_what_its_scene_takes():
    given = explorer(Given)
    assert given(3, x=1).readout == "1.0 (3, 2)"
    assert given(second=4, first=0).readout == "0.0 (0, 4)"


def test_a_start_value_without_its_name_is_refused_by_the_explorers_name():
    scene = made(draw=lambda self, figure: [], update=lambda self, **values: "")
    with pytest.raises(TypeError, match=r"^made: start values must be given by name, as in made\(x=0.0\), got 3$"):
        explorer(scene)(3)
    with pytest.raises(TypeError, match=r"^given: start values must be given by name, as in given\(x=0.0\), got 'b'$"):
        explorer(Given)("a", "b")


def test_a_title_that_no_class_gives_is_the_name_of_the_class():
    class Parent(Scene):
        def draw(self, figure):
            return []

        def update(self):
            return ""

    class Child(Parent):
        pass

    class Titled(Child):
        title = "A title"

    class Heir(Titled):
        pass

    assert [LiveFigure(scene()).title for scene in (Parent, Child, Titled, Heir)] == [
        "Parent",
        "Child",
        "A title",
        "A title",
    ]


def test_a_class_is_no_scene():
    with pytest.raises(TypeError, match="^LiveFigure: scene must be an object of a child of Scene, got <class"):
        LiveFigure(Given)
