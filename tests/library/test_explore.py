"""Every explorer: each control changes the picture, nothing fails at any end, and the values alone decide.

All of it where a reader has told NumPy to raise, because that must change nothing.
"""

import inspect
import itertools
import random
import re
from dataclasses import replace

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib import pyplot
from matplotlib.text import Text

from lossviz import explore, theme
from lossviz.live import Button, Check, Choice, Drag, LiveFigure, Memory, Play, Range, Steps


@pytest.fixture(scope="module", params=explore.__all__)
def name(request):
    return request.param


@pytest.fixture(autouse=True)
def _numpy_raises():
    with np.errstate(all="raise"):
        yield


@pytest.fixture(scope="module")
def made(name):
    with mpl.rc_context(), np.errstate(all="raise"):
        theme.use("lab")
        figure = getattr(explore, name)()
    yield figure, dict(figure.values)
    figure.close()


@pytest.fixture
def figure(made):
    """The explorer with its start values: made once, because making it takes longer than most tests with it."""
    figure, start = made
    moved(figure, values=start)
    assert not figure.error
    return figure


def ends(control):
    """The values at which something is most likely to break."""
    match control:
        case Range():
            middle = control.snap((control.minimum + control.maximum) / 2)
            return [control.minimum, middle, control.maximum]
        case Steps() | Choice():
            return list(control.options)
        case Check():
            return [False, True]
        case Play():
            return [0, control.last]
    return []


def corners(figure):
    """All combinations of the controls' ends; if there are many, a part of them, the same in every run."""
    shown = [control for control in figure.scene.controls if ends(control)]
    every = list(itertools.product(*([ends(control)[0], ends(control)[-1]] for control in shown)))
    some = every if len(every) <= 32 else [every[0], every[-1], *random.Random(0).sample(every[1:-1], 30)]
    return [dict(zip((control.name for control in shown), corner, strict=True)) for corner in some]


def pressed(figure, name):
    figure._answer(None, {"press": name, "number": figure.answered + 1}, [])


def moved(figure, **request):
    """Move a figure without drawing it, which takes most of the time."""
    figure._answer(None, request | {"seen": True, "number": figure.answered + 1}, [])


def moving_words(figure):
    """The texts that move or change, and where they stand, in pixels from the picture's lower left."""
    canvas = figure._canvas
    texts = {text for artist in (*canvas.slow, *canvas.moving) for text in artist.findobj(Text)}
    return [(text.get_text(), text.get_window_extent()) for text in texts if text.get_visible() and text.get_text()]


def cut(place, figure, spare):
    width, height = figure.size
    return min(place.x0, place.y0, width - place.x1, height - place.y1) < -spare


def test_every_control_changes_picture_and_readout(figure):
    for control in figure.scene.controls:
        start, seen = dict(figure.values), set()
        for value in ends(control):
            figure.values = {control.name: value}
            assert not figure.error, (control.name, value)
            seen.add((figure.frame, figure.readout))
        if ends(control):
            pictures, readouts = map(set, zip(*seen, strict=True))
            assert len(pictures) == len(ends(control)), f"{control.name} does not change the picture"
            assert len(readouts) > 1, f"{control.name} does not change the readout"
        if isinstance(control, Button):
            figure._show()
            before = figure.frame, figure.readout
            pressed(figure, control.name)
            assert not figure.error
            assert figure.frame != before[0]
            assert figure.readout != before[1]
        moved(figure, values=start)


def test_all_corners_can_be_drawn(figure):
    for corner in corners(figure):
        figure.values = corner
        assert not figure.error, corner
        assert "nan" not in figure.readout, corner
        assert "inf" not in figure.readout, corner
        assert not re.search(r"(?<![\w])-\d|\de[+-]?0\d", figure.readout), "−1 and 1e−7, as `plots.numbers` writes them"
        for words, place in moving_words(figure):
            assert not cut(place, figure, spare=1), (words, corner)


def test_no_word_is_cut_on_a_projector(name):
    theme.use("projector")
    figure = getattr(explore, name)()
    start = dict(figure.values)
    for values in [start | {control.name: end} for control in figure.scene.controls for end in ends(control)]:
        moved(figure, values=values)
        for words, place in moving_words(figure):
            assert not cut(place, figure, spare=4), (words, values)
    figure.close()


def test_the_picture_is_a_function_of_the_values(figure):
    for control in figure.scene.controls:
        for value in ends(control):
            moved(figure, values={control.name: value})
    compare_with_a_fresh_one(figure)


def test_it_looks_the_same_whatever_a_reader_has_set(figure):
    figure._show()
    with mpl.rc_context(), pyplot.style.context("dark_background"):
        mpl.rcParams.update({"axes.grid": True, "lines.marker": "o", "path.simplify": False, "xtick.labelsize": 30})
        mpl.rcParams.update({"figure.autolayout": True, "text.usetex": True, "font.family": ["serif", "STIXGeneral"]})
        fresh = LiveFigure(type(figure.scene)(), **figure.values)
    assert fresh.frame == figure.frame
    fresh.close()


def test_what_changes_rarely_leaves_nothing_behind(figure):
    """Else old ticks or limits stay in the picture, where no moving artist covers them."""
    start = dict(figure.values)
    for name in figure.scene.slow:
        control = next(control for control in figure.scene.controls if control.name == name)
        for value in (each for each in ends(control)[:1] if each != start[name]):
            figure.values = {name: value}
            compare_with_a_fresh_one(figure)
            moved(figure, values=start)


def compare_with_a_fresh_one(figure):
    figure._show()
    fresh = LiveFigure(type(figure.scene)(), **figure.values)
    assert fresh.readout == figure.readout
    if fresh.frame != figure.frame:
        pictures = [each._canvas.render(each.values)[1].astype(int) for each in (fresh, figure)]
        rows, columns = np.nonzero(np.abs(np.subtract(*pictures)).max(axis=2))
        pytest.fail(
            f"pixels {columns.min()} to {columns.max()}, rows {rows.min()} to {rows.max()} differ: {figure.values}"
        )
    fresh.close()


def test_a_drag_anywhere_is_harmless(figure):
    assert figure.areas, "an explorer can be touched"
    answers = 0
    for left, top, right, bottom in figure.areas:
        for a, b in itertools.product(np.linspace(0.02, 0.98, 9), repeat=2):
            start = [left + a * (right - left), top + b * (bottom - top)]
            now = [left + b * (right - left), top + a * (bottom - top)]
            before = dict(figure.values)
            moved(figure, drag=[start, now, before])
            assert not figure.error, (start, now)
            answers += figure.values != before
    assert answers
    figure._show()
    assert not figure.error


def test_what_a_hand_takes_does_not_jump(figure, monkeypatch):
    """A hand takes a handle from up to 18 CSS pixels away; until it moves, nothing else does."""
    scene, values = figure.scene, dict(figure.values)
    for handle in scene.handles:
        monkeypatch.setattr(scene, "handles", (handle,), raising=False)
        for axes in scene._axes_of(handle) if handle.at is not None else ():
            drag = Drag(axes, start := _middle(axes), start, values, prepared=scene.prepared_for(values))
            for place in axes.transData.transform(handle.places(scene, drag)):
                for aside in (-8, 5), (9, -6):
                    start = tuple(axes.transData.inverted().transform(place + aside).tolist())
                    if np.isfinite(start).all() and axes.bbox.contains(*(place + aside)):
                        taken = replace(drag, start=start, now=start)
                        assert scene.complete(scene.nearest(scene.drag(taken)), values) == values, handle


def _middle(axes):
    return tuple(axes.transData.inverted().transform(axes.transAxes.transform((0.5, 0.5))).tolist())


def test_all_that_can_be_dragged_can_be_done_by_control(figure):
    """A drag may change memories; everything else that it changes must have a visible control."""
    hidden = [control.name for control in figure.scene.controls if isinstance(control, Memory)]
    start = dict(figure.values)
    for left, top, right, bottom in figure.areas:
        request = {"drag": [[left, top], [right, bottom], start], "number": figure.answered + 1}
        figure._answer(None, request, [])
    assert {key for key in start if key not in hidden} <= {spec["name"] for spec in figure.specs}


def test_a_scene_keeps_nothing_of_what_it_was_shown(figure):
    """Only `draw` sets attributes: what other methods need, `prepare` returns."""
    scene = figure.scene
    before = {key: id(value) for key, value in vars(scene).items() if key != "_kept"}
    for corner in corners(figure)[:12]:
        moved(figure, values=corner)
        for control in scene.controls:
            if isinstance(control, Button):
                moved(figure, press=control.name)
    assert {key: id(value) for key, value in vars(scene).items() if key != "_kept"} == before


def test_a_used_scene_answers_as_a_fresh_one_does(figure):
    """After a press, a drag or `follow`: neither earlier pictures nor the present one may matter."""
    used, fresh = figure, LiveFigure(type(figure.scene)())
    for here, there in itertools.pairwise(corners(figure)[:12]):
        values = fresh.scene.complete(there, figure.values)
        moved(used, values=here)  # the figure shows other values than those in the question
        for control in fresh.scene.controls:
            if isinstance(control, Button):
                answers = [
                    each.scene.press(control.name, values, **each.scene.with_prepared(values)) for each in (used, fresh)
                ]
                assert answers[0] == answers[1], (control.name, values)
        assert used.scene.follow(figure.values, values) == fresh.scene.follow(figure.values, values)
        for each in used, fresh:
            moved(each, values=values)
        shown = dict(used.values)  # the same for both: what a figure remembers depends on its history
        for left, top, right, bottom in figure.areas:
            for a, b in (0.1, 0.3), (0.5, 0.52), (0.85, 0.6):
                start = [left + a * (right - left), top + b * (bottom - top)]
                now = [left + b * (right - left), top + a * (bottom - top)]
                answers = [each._canvas.drag(start, now, dict(shown)) for each in (used, fresh)]
                assert answers[0] == answers[1], (start, values)


def test_bad_start_values_are_named(name, figure):
    with pytest.raises(ValueError, match=rf"^{figure.scene.name}: values must name controls \(.*\), got 'wrong'$"):
        getattr(explore, name)(wrong=1)
    control = next(control for control in figure.scene.controls if isinstance(control, Range))
    said = f"^{figure.scene.name}: {control.name} must be one number from .*, got {control.maximum + 1}"
    with pytest.raises(ValueError, match=said):
        getattr(explore, name)(**{control.name: control.maximum + 1})


def test_the_help_names_every_control_and_what_it_takes(name, figure):
    function = getattr(explore, name)
    assert figure.scene.name == name
    for control in figure.scene.controls:
        if isinstance(control, Button):
            assert f'"{control.label}"' in function.__doc__
        elif control.spec or control.allowed:
            assert f"\n{control.name} : " in function.__doc__
            assert control.allowed[1:] in function.__doc__
            assert inspect.signature(function).parameters[control.name].default == control.value
        else:
            assert f"\n{control.name} : " not in function.__doc__, "a memory is not for readers"
    first = function.__doc__.partition("\n")[0]
    assert 20 < len(first) <= 100
    assert first.endswith((".", "?"))
    assert "Raises\n------\nValueError" in function.__doc__
    assert "Examples\n--------" in function.__doc__
