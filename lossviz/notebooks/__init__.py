"""A reader's notebooks: start one afresh, update the course, and lose nothing that was typed.

In any cell: ``from lossviz import notebooks``, then ``notebooks.afresh("03_entropy")`` or ``notebooks.update()``. In a
terminal: ``python -m lossviz afresh 03_entropy`` or ``python -m lossviz update``.
"""

from .copies import CourseError
from .fresh import afresh
from .updating import update

__all__ = ["CourseError", "afresh", "update"]
