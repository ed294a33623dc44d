"""The course's data: generators with a seed, one file for each kind."""

from .lines import LINE_C, LINE_M, line, outlier_line

__all__ = ["LINE_C", "LINE_M", "line", "outlier_line"]
