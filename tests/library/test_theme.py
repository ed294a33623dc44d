"""The palette: readable on white, distinct for colour-blind eyes, and never used without a second sign."""

from itertools import combinations

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.colors import to_rgb

from lossviz import theme

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
