"""A reader's notebooks: start one afresh, and lose nothing that was typed.

In any cell: ``from lossviz import notebooks``, then ``notebooks.afresh("03_entropy")``. In a
terminal: ``python -m lossviz afresh 03_entropy``.
"""

from .copies import CourseError
from .fresh import afresh

__all__ = ["CourseError", "afresh"]
