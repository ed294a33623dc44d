"""Drawing the course itself: its notebooks in order, and what each builds on (lesson 00)."""

from matplotlib import rcParams
from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

from .. import theme
from ..course import LESSONS, Lesson

COLUMNS = 4
LARGEST = 10  # points, in a figure 10 inches wide: with larger letters the longest title does not fit in its box


def course_map(ax: Axes) -> None:
    """Draw each notebook as a box, in reading order; a filled box means that the notebook is ready."""
    for place, lesson in enumerate(LESSONS):
        row, column = divmod(place, COLUMNS)
        _box(ax, lesson, column, -row)
    ax.set(xlim=(-0.48, COLUMNS - 0.52), ylim=(-len(LESSONS) / COLUMNS + 0.56, 0.44))
    ax.set_axis_off()


def _box(ax: Axes, lesson: Lesson, x: float, y: float):
    color = theme.STYLES["model"]["color"] if lesson.ready else theme.FAINT
    ink, paper = (theme.PAPER, color) if lesson.ready else (theme.INK, theme.PAPER)
    shape = dict(boxstyle="round,pad=0,rounding_size=0.05", facecolor=paper, edgecolor=color)
    ax.add_patch(FancyBboxPatch((x - 0.47, y - 0.41), 0.94, 0.82, linestyle="-" if lesson.ready else "--", **shape))
    when = f"{lesson.minutes} minutes" if lesson.ready else "in preparation"
    after = f"   ·   after {', '.join(lesson.needs)}" if lesson.needs else ""
    size = min(rcParams["font.size"], LARGEST)
    ax.text(x - 0.44, y + 0.2, lesson.number, va="center", color=ink, weight="bold", size=1.1 * size)
    ax.text(x - 0.335, y + 0.2, lesson.title, va="center", color=ink, size=size)
    ax.text(x - 0.44, y - 0.18, when + after, va="center", color=ink, size=0.85 * size)
