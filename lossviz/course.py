"""The course as a list: its notebooks in order, with their minutes and what they build on.

The map in notebook 00, the map in the README and the tests read it from here.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Lesson:
    """One notebook.

    Attributes
    ----------
    name : str
        The notebook's file name without its ending.
    title : str
        The title in its first line.
    minutes : int
        The time for a reader who tries everything.
    needs : tuple of str
        The numbers of the lessons it builds on.
    ready : bool
        Whether it is finished and can be opened.
    """

    name: str
    title: str
    minutes: int
    needs: tuple[str, ...] = ()
    ready: bool = False

    @property
    def number(self) -> str:
        """The two digits before the name."""
        return self.name[:2]

    @property
    def module(self) -> str:
        """The name without its number: what the lesson's file is called in each layer of the library.

        Examples
        --------
        >>> LESSONS[1].name, LESSONS[1].module
        ('01_line_fit', 'line_fit')
        """
        return self.name[3:]


LESSONS = (
    Lesson("00_start_here", "Start here", 20, ready=True),
    Lesson("01_line_fit", "Line fit", 60, ("00",), ready=True),
    Lesson("02_regression_losses", "Regression losses", 70, ("01",), ready=True),
    Lesson("03_entropy", "Entropy, cross-entropy, KL", 60, ("00",), ready=True),
    Lesson("04_classification_losses", "Classification losses", 70, ("02", "03"), ready=True),
    Lesson("05_svm_and_softmax", "SVM and softmax, by hand", 70, ("04",), ready=True),
    Lesson("06_maximum_likelihood", "Maximum likelihood", 70, ("02", "04"), ready=True),
    Lesson("07_gradients", "Gradients", 70, ("05",), ready=True),
    Lesson("08_backpropagation", "Backpropagation's view", 70, ("04", "07"), ready=True),
    Lesson("09_optimizers", "Optimisers", 80, ("07",), ready=True),
    Lesson("10_regularization", "Regularisation", 70, ("06",), ready=True),
    Lesson("11_imbalance_and_overlap", "Imbalance and overlap", 60, ("04",)),
    Lesson("12_distances", "Distances", 60, ("02",)),
    Lesson("13_sequences_and_generators", "Sequences and generators", 80, ("06",)),
    Lesson("14_reinforcement_learning", "Reinforcement learning", 60, ("06",)),
    Lesson("15_choosing_a_loss", "Choosing a loss", 60, ("09", "10", "11")),
)
