"""How things are drawn: functions on matplotlib Axes that return the artists they made and know no widget."""

from . import course, lines, losses

__all__ = ["course", "lines", "losses"]
