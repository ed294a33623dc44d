"""How things are drawn: functions on matplotlib Axes that return the artists they made and know no widget."""

from . import classification, course, entropy, lines, losses, maximum_likelihood, svm_softmax

__all__ = ["classification", "course", "entropy", "lines", "losses", "maximum_likelihood", "svm_softmax"]
