"""The palette: readable on white, distinct for colour-blind eyes, and never used without a second sign."""

import warnings
from itertools import combinations
from types import SimpleNamespace

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib import font_manager, pyplot
from matplotlib.colors import to_rgb
from matplotlib.ft2font import FT2Font

from lossviz import theme
from lossviz.live.canvas import applied

TOGETHER = [  # the roles that one figure shows side by side
    ("data", "model", "best", "residual"),
    ("mse", "mae", "huber", "log_cosh"),
    ("model", "other", "data"),
    ("mse", "mae", "huber", "outlier"),
    ("truth", "prediction"),
    ("entropy", "kl", "cross_entropy"),
    ("class_0", "class_1", "class_2"),
    ("logistic", "hinge", "squared_hinge", "squared", "zero_one"),
    ("gaussian", "laplace", "student_t", "likelihood", "data"),
    ("one_sided", "centered"),
    ("sigmoid", "tanh", "relu"),
    ("mse", "cross_entropy"),
    ("gradient_descent", "momentum", "nesterov", "adagrad", "rmsprop", "adam"),
    ("full_batch", "mini_batch", "stochastic"),
    ("train", "validation", "data"),
    ("l1", "l2"),
]
# Machado, Oliveira and Fernandes, A physiologically-based model for simulation of color vision deficiency, 2009,
# severity 1.0, on linear RGB
BLINDNESS = {
    "none": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}


def linear(color):
    rgb = np.array(to_rgb(color))
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def luminance(color):
    return linear(color) @ [0.2126, 0.7152, 0.0722]


def lab(rgb):
    """CIE L*a*b* of linear RGB, white point D65."""
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ np.clip(rgb, 0, 1)
    f = np.cbrt(np.maximum(xyz / [0.9505, 1, 1.089], 216 / 24389))
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("role", theme.STYLES)
def test_every_color_stands_out_from_paper(role):
    assert 1.05 / (luminance(theme.STYLES[role]["color"]) + 0.05) >= 3


@pytest.mark.parametrize("eyes", BLINDNESS)
@pytest.mark.parametrize("roles", TOGETHER)
def test_colors_shown_together_differ_for_all_eyes(roles, eyes):
    for one, other in combinations(roles, 2):
        seen = [lab(BLINDNESS[eyes] @ linear(theme.STYLES[role]["color"])) for role in (one, other)]
        assert np.linalg.norm(seen[0] - seen[1]) > 10, f"{one} and {other} look alike with {eyes}"


@pytest.mark.parametrize("roles", TOGETHER)
def test_nothing_is_told_by_color_alone(roles):
    for one, other in combinations(roles, 2):
        first, second = theme.STYLES[one], theme.STYLES[other]
        assert (first["linestyle"], first["marker"]) != (second["linestyle"], second["marker"])


def test_the_projector_is_larger_in_every_way():
    lab_preset, projector = theme.PRESETS["lab"], theme.PRESETS["projector"]
    assert lab_preset.keys() == projector.keys()
    assert all(projector[key] > lab_preset[key] for key in lab_preset)


def test_use_changes_the_figures_that_come_after():
    theme.use("projector")
    assert mpl.rcParams["font.size"] == theme.PRESETS["projector"]["font.size"]
    theme.use()
    assert mpl.rcParams["font.size"] == theme.PRESETS["lab"]["font.size"]


def test_an_unknown_preset_is_named():
    with pytest.raises(ValueError, match="^use: preset must be one of 'lab', 'projector', got 'cinema'$"):
        theme.use("cinema")


@pytest.mark.parametrize("style", [theme.line, theme.dots])
def test_an_unknown_role_is_named(style):
    with pytest.raises(ValueError, match=rf"^{style.__name__}: role must be one of .*'mse'.*, got 'msee'$"):
        style("msee")
    with pytest.raises(TypeError, match="got 3$"):
        style(3)


# ---------------------------------------------------------------------- what a reader has set before

STIX = "STIXGeneral"  # comes with matplotlib too, and has letters that DejaVu Sans lacks


def letter_of_stix_alone():
    theirs, ours = (set(FT2Font(font_manager.findfont(name)).get_charmap()) for name in (STIX, theme.FONT))
    return chr(max(theirs - ours))


SET_BEFORE = {
    "LaTeX": lambda: mpl.rcParams.update({"text.usetex": True}),
    "a dark style": lambda: pyplot.style.use("dark_background"),
    "ggplot": lambda: pyplot.style.use("ggplot"),
    "hand-drawn": pyplot.xkcd,
    "a layout": lambda: mpl.rcParams.update({"figure.autolayout": True, "savefig.bbox": "tight"}),
    "axes": lambda: mpl.rcParams.update({"axes.grid": True, "axes.facecolor": "black", "xtick.labelsize": 30}),
    "lines": lambda: mpl.rcParams.update({"lines.marker": "o", "axes.unicode_minus": False, "path.simplify": False}),
    "a font": lambda: mpl.rcParams.update({"font.family": STIX}),
    "a list of fonts": lambda: mpl.rcParams.update({"font.family": ["serif"], "font.serif": [STIX, "Not here"]}),
    "the other preset": lambda: theme.use("projector"),
}


def static_picture():
    figure, axes = pyplot.subplots()
    axes.plot([-1, 1], [1e-5, 2], label="a line", **theme.line("mse"))
    axes.set(title="A loss", xlabel="σ − 1", yscale="log")
    axes.legend()
    figure.canvas.draw()
    pixels = bytes(figure.canvas.buffer_rgba())
    pyplot.close(figure)
    return pixels


@pytest.mark.parametrize("before", SET_BEFORE)
def test_a_static_figure_is_the_same_whatever_was_set_before(before):
    mpl.rcdefaults()
    theme.use("lab")
    expected = static_picture()
    SET_BEFORE[before]()
    theme.use("lab")
    assert static_picture() == expected


def test_a_reader_s_font_draws_the_letters_that_ours_lacks():
    letter = letter_of_stix_alone()
    mpl.rcParams["font.family"] = STIX
    theme.use("lab")
    theme.use("projector")
    assert mpl.rcParams["font.family"] == [theme.FONT, STIX]
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # matplotlib warns of a letter that no font has
        pyplot.xlabel(letter)
        pyplot.gcf().canvas.draw()
    pyplot.close()
    mpl.rcdefaults()
    theme.use("lab")
    assert mpl.rcParams["font.family"] == [theme.FONT]


def test_the_machine_s_own_settings_stay():
    own = {
        "animation.ffmpeg_path": "/programs/ffmpeg",
        "animation.html": "jshtml",
        "figure.hooks": ["json:dumps"],
        "figure.raise_window": False,
        "interactive": True,
        "keymap.save": ["w"],
        "pdf.fonttype": 42,
        "savefig.directory": "here",
        "savefig.format": "pdf",
        "svg.hashsalt": "the same file each time",
        "toolbar": "None",
        "webagg.port": 9000,
    }
    with mpl.rc_context(own):
        backend = mpl.get_backend()
        theme.use("lab")
        assert {name: mpl.rcParams[name] for name in own} == own
        assert mpl.get_backend() == backend


def test_all_that_is_drawn_is_of_the_course():
    groups = {name.partition(".")[0] for name in set(mpl.rcParams) - theme.style().keys() - theme._MACHINE}
    assert groups == {"animation", "keymap", "pdf", "pgf", "ps", "svg", "webagg"}


def test_only_settings_that_differ_are_touched_and_they_come_back():
    style = theme.style()
    with mpl.rc_context({"font.size": 40, "text.usetex": True}):
        with applied(style):
            assert (mpl.rcParams["font.size"], mpl.rcParams["text.usetex"]) == (style["font.size"], False)
            mpl.rcParams["axes.grid"] = True  # in another thread, meanwhile
        assert (mpl.rcParams["font.size"], mpl.rcParams["text.usetex"], mpl.rcParams["axes.grid"]) == (40, True, True)
        with pytest.raises(ZeroDivisionError), applied(style):
            raise ZeroDivisionError
        assert mpl.rcParams["font.size"] == 40


@pytest.mark.parametrize(
    ("backend", "shown"), [("agg", True), ("SVG", True), ("module://inline", False), ("qtagg", False)]
)
def test_a_notebook_that_shows_no_figures_shows_them_from_now_on(backend, shown, monkeypatch):
    asked = []
    monkeypatch.setattr(mpl, "get_backend", lambda *_, **__: backend)
    monkeypatch.setattr("matplotlib_inline.backend_inline.set_matplotlib_formats", lambda *_, **__: None)
    for shell in SimpleNamespace(kernel=object(), enable_matplotlib=asked.append), None, SimpleNamespace():
        monkeypatch.setattr("IPython.get_ipython", lambda shell=shell: shell)
        theme.use("lab")
    assert asked == (["inline"] if shown else [])
