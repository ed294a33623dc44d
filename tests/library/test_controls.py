"""Controls: legal values, the nearest legal value, and what is refused at construction."""

import json
from fractions import Fraction

import numpy as np
import pytest

from lossviz.live import Button, Check, Choice, Memory, Play, Range, Steps


def rng(**changes):
    return Range(**dict(name="m", label="slope", minimum=-1, maximum=1, step=0.1, value=0) | changes)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (dict(minimum=1, maximum=-1), "Range 'm': minimum must be below maximum, -1, got 1"),
        (dict(minimum=1, maximum=1), "minimum must be below maximum"),
        (dict(step=0), "step must be above 0 and lead from -1 to 1 in whole steps, got 0"),
        (dict(step=-0.1), "step must be above 0"),
        (dict(step=0.3), "step must be above 0 and lead from -1 to 1 in whole steps, got 0.3"),
        (dict(step=5), "step must be above 0"),
        (dict(value=2), r"Range 'm': m must be one number from -1 to 1, got 2"),
        (dict(value=None), "m must be one number from -1 to 1, got None"),
        (dict(value=True), "m must be one number from -1 to 1, got True"),
        (dict(maximum=float("inf")), "Range 'm': maximum must be one finite number, got inf"),
        (dict(minimum="0"), "minimum must be one finite number, got '0'"),
    ],
)
def test_range_refuses(changes, message):
    with pytest.raises(ValueError, match=message):
        rng(**changes)


def test_range_snaps_to_the_grid_without_float_dust():
    control = rng()
    assert control.snap(0.3000001) == 0.3
    assert control.snap(-7) == -1
    assert control.snap(7) == 1
    assert [control.snap(-1 + i * 0.1) for i in range(21)] == [round(-1 + i * 0.1, 1) for i in range(21)]
    assert str(control.snap(-0.01)) == "0.0", "no minus before a zero"


@pytest.mark.parametrize(
    ("step", "minimum", "digits"), [(0.05, 0, 2), (1, 0, 0), (0.1, -0.25, 2), (10, -100, 0), (0.5, 0, 1)]
)
def test_range_shows_the_digits_of_its_grid(step, minimum, digits):
    assert Range("a", "a", minimum, minimum + 10 * step, step, minimum).digits == digits


@pytest.mark.parametrize(
    ("control", "arguments", "message"),
    [
        (Steps, ([3, 2], 2), r"options must be rising, got \[3, 2\]"),
        (Steps, ([1], 1), "options must be at least two, all different, got"),
        (Steps, ([1, 1], 1), "options must be at least two, all different, got"),
        (Steps, ([1, 2], 3), r"Steps 'n': n must be one of 1, 2, got 3"),
        (Choice, (["a", "a"], "a"), "options must be at least two, all different, got"),
        (Steps, (range(30), 0.5), r"one of 0, 1, 2, ..., 27, 28, 29, got 0.5"),
        (Choice, (["a", "b"], "c"), "must be one of 'a', 'b', got 'c'"),
        (Choice, (["a", "b"], None), "must be one of 'a', 'b', got None"),
    ],
)
def test_steps_and_choices_refuse(control, arguments, message):
    with pytest.raises(ValueError, match=message):
        control("n", "points", *arguments)


def test_steps_take_the_nearest():
    assert Steps("n", "points", [10, 100, 1000], 10).snap(400) == 100


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (dict(last=0), "Play 'k': last must be one integer of at least 1, got 0"),
        (dict(last=2.5), "last must be one integer of at least 1, got 2.5"),
        (dict(last=True), "last must be one integer of at least 1, got True"),
        (dict(last=9, rate=0), "rate must be one number above 0, in frames a second, got 0"),
        (dict(last=9, rate=float("nan")), "rate must be one number above 0"),
        (dict(last=9, rate="fast"), "rate must be one number above 0, in frames a second, got 'fast'"),
    ],
)
def test_play_refuses(settings, message):
    with pytest.raises(ValueError, match=message):
        Play("k", "step", **settings)


def test_a_film_has_frames_from_0_to_the_last():
    film = Play("k", "step", last=9)
    assert film.value == 9
    assert [film.snap(given) for given in (-3, 2.4, 2.6, 50)] == [0, 2, 3, 9]
    assert type(film.snap(film.check(3.0))) is int
    for wrong, message in [
        (10, "Play: k must be the number of a frame, from 0 to 9, got 10"),
        (-1, "from 0 to 9, got -1"),
        (True, "number of a frame, from 0 to 9, got True"),
    ]:
        with pytest.raises(ValueError, match=message):
            film.check(wrong)
    assert film.spec == dict(kind="play", name="k", label="step", last=9, rate=30.0, after_drag=False)


def test_one_is_not_true():
    with pytest.raises(ValueError, match="Steps: n must be one of 1, 2, got True"):
        Steps("n", "points", [1, 2], 1).check(True)
    with pytest.raises(ValueError, match="must be True or False, got 1"):
        Check("on", "on", value=1)


def test_numpys_values_are_taken_as_pythons():
    given = Check("on", "on", True).check(np.bool_(False))
    assert given is False
    assert Steps("n", "points", [1, 2], 1).check(np.int64(2)) == 2
    memory = Memory("p")
    for each, expected in [(np.array([0.5, 0.5]), [0.5, 0.5]), (np.float64(2), 2.0), (np.int64(2), 2), ("a", "a")]:
        for remembered in (memory.check(each), memory.snap(each)):
            assert remembered == expected
            assert type(remembered) is type(expected)


@pytest.mark.parametrize("control", [Memory("n"), Memory("n", value=1.0), Memory("n", like=0.0)])
def test_what_is_remembered_can_always_be_sent(control):
    for number in (Fraction(1, 4), np.longdouble(0.25), np.float32(0.25), np.array(0.25)):
        remembered = control.check(number)
        assert (remembered, type(remembered)) == (0.25, float)
    with pytest.raises(ValueError, match="^f: n must be .*finite number"):
        control.check(10**400, "f")
    with pytest.raises(ValueError, match="^f: n must be .*finite number"):
        control.check(-(10**400), "f")
    assert json.dumps(Memory("n").check([Fraction(1, 4), {"a": (np.longdouble(1),)}])) == '[0.25, {"a": [1.0]}]'


@pytest.mark.parametrize(
    "control",
    [
        rng(name="n"),
        Steps("n", "points", [1, 2], 1),
        Choice("n", "points", "ab", "a"),
        Check("n", "points", value=True),
        Play("n", "step", last=9),
    ],
    ids=lambda control: type(control).__name__,
)
def test_every_control_refuses_what_is_none_of_its_values(control):
    for given in (10**400, -(10**400), np.nan, np.inf, 3j, [1], np.array([1]), {}, b"1", object()):
        with pytest.raises(ValueError, match="^f: n must be "):
            control.check(given, "f")


@pytest.mark.parametrize("given", [np.array([1, 2]), np.array([1]), [1], np.bool_(True), None])
def test_one_of_a_few_is_one_value(given):
    with pytest.raises(ValueError, match="^n: n must be one of 1, 2, got "):
        Steps("n", "points", [1, 2], 1).check(given, "n")
    with pytest.raises(ValueError, match="^n: n must be one of '1', '2', got "):
        Choice("n", "points", ["1", "2"], "1").check(given, "n")


@pytest.mark.parametrize(
    ("kind", "parts", "allowed"),
    [
        (Range, dict(minimum=0, maximum=1, step=1, value=3), "x must be one number from 0 to 1, got 3"),
        (Steps, dict(options=[0, 1], value=3), "x must be one of 0, 1, got 3"),
        (Choice, dict(options="ab", value=3), "x must be one of 'a', 'b', got 3"),
        (Check, dict(value=3), "x must be True or False, got 3"),
    ],
)
def test_all_controls_refuse_their_own_start_in_one_way(kind, parts, allowed):
    with pytest.raises(ValueError, match=f"^{kind.__name__} 'x': {allowed}$"):
        kind("x", "x", **parts)


def test_what_the_browser_is_told():
    assert rng(unit="°C").spec == dict(
        kind="range", name="m", label="slope", min=-1, max=1, step=0.1, digits=1, unit="°C"
    )
    assert Steps("n", "points", (1, 2), 1).spec["options"] == [1, 2]
    assert Check("on", "squares", True).spec == dict(kind="check", name="on", label="squares")
    assert Button("go", "Go").spec == dict(kind="button", name="go", label="Go")
    assert Memory("best").spec is None


@pytest.mark.parametrize("control", [rng(), rng(minimum=0.2, maximum=1.4, value=0.2), rng(maximum=1000, step=0.001)])
def test_a_value_that_a_rounding_puts_beyond_an_end_is_the_end(control):
    for end in control.minimum, control.maximum:
        roundings = [
            np.nextafter(end, -np.inf),
            np.nextafter(end, np.inf),
            np.float32(end),
            end + 4e-16,
            end * (1 + 3e-16),
        ]
        for given in roundings:
            assert control.snap(control.check(given)) == end
            assert control.minimum <= control.check(given) <= control.maximum
        outside = end + (control.step if end == control.maximum else -control.step) / 100
        with pytest.raises(ValueError, match="must be one number from"):
            control.check(outside)


def test_a_value_that_is_rounded_is_one_of_the_steps():
    steps = Steps("n", "points", [0.1, 0.3, 1, 1000], 1)
    for given, stop in (0.1 + 0.2, 0.3), (np.float32(0.1), 0.1), (1000.0000001, 1000), (1 - 1e-16, 1):
        assert steps.check(given) == stop
    for given in (0.31, 0.3001, 999.9):
        with pytest.raises(ValueError, match="n must be one of"):
            steps.check(given)
    film = Play("k", "step", last=9)
    assert [film.snap(film.check(given)) for given in (-1e-12, 9 + 1e-12)] == [0, 9]


@pytest.mark.parametrize("value", ["x", [1], None, True, float("nan"), float("inf"), 1j])
def test_a_memory_of_a_number_takes_one_number(value):
    with pytest.raises(ValueError, match="^fit: a must be one finite number, got "):
        Memory("a", 1).check(value, "fit")
    assert Memory("a", 1).check(np.float32(2)) == Memory("a", like=1).check(2.0) == 2
    if value is not None:
        with pytest.raises(ValueError, match="^fit: a must be one finite number, got "):
            Memory("a", like=1).check(value, "fit")


@pytest.mark.parametrize("value", [1j, {1: 2}, [float("nan")], [[np.inf]], {"a": object()}, print])
def test_a_memory_takes_what_json_can_express(value):
    with pytest.raises(ValueError, match="^Memory: a must be what JSON can express, with finite numbers, got "):
        Memory("a").check(value)


def test_a_memory_keeps_a_copy():
    given = [[1, 2], {"a": (np.float64(3), np.arange(2))}]
    kept = Memory("a").check(given)
    assert kept == [[1, 2], {"a": [3.0, [0, 1]]}]
    given[0].clear()
    assert kept[0] == [1, 2]
