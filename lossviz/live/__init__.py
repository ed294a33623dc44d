"""How a figure follows a hand: controls, scenes and the live figure.

The only place that knows pixels and the browser.
"""

from .controls import Button, Check, Choice, Memory, Play, Range, Steps
from .explorers import explorer
from .figure import LiveFigure
from .progress_bar import progress
from .scene import GRIP, Drag, Handle, Scene

__all__ = [
    "GRIP",
    "Button",
    "Check",
    "Choice",
    "Drag",
    "Handle",
    "LiveFigure",
    "Memory",
    "Play",
    "Range",
    "Scene",
    "Steps",
    "explorer",
    "progress",
]
