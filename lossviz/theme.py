"""How the course looks: a palette for colour-blind eyes too, a line style with each colour, two presets.

Colour never carries a meaning alone: each role below has its own line style and marker as well. Every colour has a
contrast of at least 3 : 1 with white paper.

The style is whole: nothing that a reader has set before shows through, but for the reader's fonts, which have the
letters that ours lacks. Static figures take it from `use`, and later changes as well; live figures always have it.
"""

import warnings

import matplotlib
from matplotlib import rcParams, rcParamsDefault
from matplotlib.colors import LinearSegmentedColormap

from .arguments import one_of
from .checking import checked

INK = "#222222"
PAPER = "#ffffff"
FAINT = "#8a8f98"  # grids and helper lines; not for data
ON_PAPER = dict(facecolor=PAPER, edgecolor="none", pad=1)  # the box behind words that may lie on a bar or a line

# for landscapes of the loss: the valley is pale, so that marks and letters on it are easy to read
LANDSCAPE = LinearSegmentedColormap.from_list("landscape", ["#fbfcfe", "#c3cfdf", "#7d93b2"])

# role -> how it is drawn; a role is what a line or a mark stands for
STYLES = {
    "data": dict(color="#66707a", marker="o", linestyle="none"),
    "model": dict(color="#0067a5", linestyle="-", marker="o"),
    "other": dict(color="#a65ec4", linestyle="--", marker="s"),
    "best": dict(color="#222222", linestyle="--", marker="*"),
    "residual": dict(color="#d7263d", linestyle="-", marker="|"),
    "outlier": dict(color="#d7263d", linestyle="none", marker="D"),
    "mse": dict(color="#0067a5", linestyle="-", marker="o"),
    "mae": dict(color="#b86e00", linestyle="--", marker="s"),
    "huber": dict(color="#007d5f", linestyle="-.", marker="^"),
    "log_cosh": dict(color="#a65ec4", linestyle=":", marker="D"),
    # distributions, and the lengths that compare them
    "truth": dict(color="#0067a5", linestyle="-", marker="o"),
    "prediction": dict(color="#b86e00", linestyle="--", marker="s"),
    "entropy": dict(color="#0067a5", linestyle="-", marker="o"),
    "kl": dict(color="#d7263d", linestyle="--", marker="|"),
    "cross_entropy": dict(color="#a65ec4", linestyle="-.", marker="D"),
    # classes, and the losses of scores
    "class_0": dict(color="#0067a5", linestyle="-", marker="o"),
    "class_1": dict(color="#b86e00", linestyle="--", marker="s"),
    "class_2": dict(color="#007d5f", linestyle="-.", marker="^"),
    "logistic": dict(color="#0067a5", linestyle="-", marker="o"),
    "hinge": dict(color="#b86e00", linestyle="--", marker="s"),
    "squared_hinge": dict(color="#007d5f", linestyle="-.", marker="^"),
    "squared": dict(color="#a65ec4", linestyle=(0, (5, 1, 1, 1, 1, 1)), marker="D"),
    "zero_one": dict(color="#222222", linestyle=":", marker="x"),
    # noises, and what is swept
    "gaussian": dict(color="#0067a5", linestyle="-", marker="o"),
    "laplace": dict(color="#b86e00", linestyle="--", marker="s"),
    "student_t": dict(color="#007d5f", linestyle="-.", marker="^"),
    "likelihood": dict(color="#a65ec4", linestyle="-", marker="D"),
    # measured slopes, and the functions that are measured
    "one_sided": dict(color="#b86e00", linestyle="--", marker="s"),
    "centered": dict(color="#0067a5", linestyle="-", marker="o"),
    "sigmoid": dict(color="#0067a5", linestyle="-", marker="o"),
    "tanh": dict(color="#b86e00", linestyle="--", marker="s"),
    "relu": dict(color="#007d5f", linestyle="-.", marker="^"),
    # optimisers, and how many examples they see before a step
    "gradient_descent": dict(color="#0067a5", linestyle="-", marker="o"),
    "momentum": dict(color="#b86e00", linestyle="--", marker="s"),
    "nesterov": dict(color="#d7263d", linestyle=(0, (1, 1)), marker="v"),
    "adagrad": dict(color="#222222", linestyle=":", marker="x"),
    "rmsprop": dict(color="#007d5f", linestyle="-.", marker="^"),
    "adam": dict(color="#a65ec4", linestyle=(0, (5, 1, 1, 1, 1, 1)), marker="D"),
    "full_batch": dict(color="#0067a5", linestyle="-", marker="o"),
    "mini_batch": dict(color="#007d5f", linestyle="-.", marker="^"),
    "stochastic": dict(color="#b86e00", linestyle="--", marker="s"),
    # what is learned from, what is held back; and the two penalties
    "train": dict(color="#0067a5", linestyle="-", marker="o"),
    "validation": dict(color="#b86e00", linestyle="--", marker="s"),
    "l2": dict(color="#0067a5", linestyle="-", marker="o"),
    "l1": dict(color="#b86e00", linestyle="--", marker="s"),
}

ROLE = one_of(*STYLES)

_COMMON = {
    "figure.figsize": (10, 4),
    "figure.dpi": 100,
    "figure.facecolor": PAPER,
    "savefig.facecolor": PAPER,
    "figure.constrained_layout.use": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "axes.titlelocation": "left",
    "axes.titleweight": "bold",
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "legend.frameon": False,
    "image.cmap": "cividis",
}

FONT = "DejaVu Sans"  # comes with matplotlib: the same letters everywhere

# what a reader sets for the machine, the keys and the files, not for the look of a figure
_MACHINE = {
    "backend",
    "backend_fallback",
    "date.epoch",
    "figure.hooks",
    "figure.max_open_warning",
    "figure.raise_window",
    "interactive",
    "macosx.window_mode",
    "savefig.directory",
    "savefig.format",
    "timezone",
    "tk.window_focus",
    "toolbar",
}
_MACHINE_GROUPS = ("animation.", "keymap.", "pdf.", "pgf.", "ps.", "svg.", "webagg.")
_SHOWS_NOTHING = {"agg", "cairo", "pdf", "pgf", "ps", "svg", "template"}  # matplotlib's backends that only write files

# the sizes that grow when a figure is shown to a room
PRESETS = {
    "lab": {
        "font.size": 10,
        "axes.titlesize": 11,
        "legend.fontsize": 9.5,
        "legend.handlelength": 2,
        "lines.linewidth": 2,
        "lines.markersize": 5,
    },
    "projector": {
        "font.size": 14.5,
        "axes.titlesize": 15,
        "legend.fontsize": 13.5,
        "legend.handlelength": 2.75,  # in letter sizes: a dash and a dot of a thicker line must fit in
        "lines.linewidth": 3.5,
        "lines.markersize": 8,
    },
}


_used = "lab"  # the preset that was used last


@checked(preset=one_of(*PRESETS))
def use(preset: str = "lab"):
    """From now on, draw all figures in the course's style, whatever was set before.

    In a notebook whose figures would be shown to nobody (matplotlib's backend is "agg", say), they are shown from now
    on. Fonts that the reader has chosen draw the letters that the course's font lacks: Hangul, for example.

    Parameters
    ----------
    preset : str
        "lab" for one reader at a desk; "projector" for a room, with larger letters, thicker lines and larger controls.

    Examples
    --------
    >>> use("projector")
    >>> use("lab")
    """
    global _used
    _used = preset
    _show_static_figures()
    rcParams.update(style())


def style() -> dict:
    """Return all of matplotlib's settings that decide how a figure looks, in the preset that was used last.

    Examples
    --------
    >>> use("projector")
    >>> style()["font.size"]
    14.5
    >>> use("lab")
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a setting that this matplotlib will drop
        plain = {name: rcParamsDefault[name] for name in rcParamsDefault if not _is_of_the_machine(name)}
    return plain | _COMMON | PRESETS[_used] | {"font.family": _fonts()}


def _is_of_the_machine(name: str) -> bool:
    return name in _MACHINE or name.startswith(_MACHINE_GROUPS)


def _fonts() -> list[str]:
    """Return the course's font, and after it those of the reader: they draw the letters that it lacks."""
    from matplotlib.font_manager import fontManager

    families = rcParams["font.family"]
    lists = {family: f"font.{family}" for family in families if f"font.{family}" in rcParams}  # such as "sans-serif"
    theirs = [name for family in families for name in (rcParams[lists[family]] if family in lists else [family])]
    ordinary = {name for key in lists.values() for name in rcParamsDefault[key]}
    here = set(fontManager.get_font_names())
    return list(dict.fromkeys([FONT, *(name for name in theirs if name in here - ordinary)]))


def _show_static_figures():
    """Make the notebook show its own pictures: as wide as their figure, and sharp; outside a notebook do nothing."""
    from IPython import get_ipython

    shell = get_ipython()
    if getattr(shell, "kernel", None) is None:
        return
    if matplotlib.get_backend().lower() in _SHOWS_NOTHING:
        shell.enable_matplotlib("inline")
    from matplotlib_inline.backend_inline import set_matplotlib_formats

    # bbox_inches=None: otherwise the notebook would crop each picture differently, and the sizes would change
    set_matplotlib_formats("retina", bbox_inches=None)


@checked(role=ROLE)
def line(role: str, **changes) -> dict:
    """Return how to draw a line in a role of `STYLES`, without markers.

    Examples
    --------
    >>> line("mae")
    {'color': '#b86e00', 'linestyle': '--'}
    """
    return {key: value for key, value in STYLES[role].items() if key != "marker"} | changes


@checked(role=ROLE)
def dots(role: str, **changes) -> dict:
    """Return how to draw single points in a role of `STYLES`, without a line.

    Examples
    --------
    >>> dots("huber", markersize=9)
    {'color': '#007d5f', 'linestyle': 'none', 'marker': '^', 'markersize': 9}
    """
    return STYLES[role] | {"linestyle": "none"} | changes
