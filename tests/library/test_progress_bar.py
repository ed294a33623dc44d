"""The progress bar, without a browser: all results, or those that are done; a stored notebook does not hold a bar."""

import pytest

from lossviz.live import progress, progress_bar


@pytest.fixture
def shown(monkeypatch):
    """The bars that were shown, each with what the page has seen of it: jobs done, and the job running."""
    bars = []

    def display(bar):
        bar.seen = []
        bar.observe(lambda change: bar.seen.append((bar.done, bar.running)), ["done", "running"])
        bars.append(bar)

    monkeypatch.setattr(progress_bar, "display", display)
    monkeypatch.setattr(progress_bar, "PACE", -1)  # nobody has to be able to read it
    return bars


def test_every_job_is_done_in_order_and_named(shown):
    assert progress(lambda n: n * n, [1, 2, 3], "Squaring", "number {}".format) == [1, 4, 9]
    (bar,) = shown
    assert (bar.what, bar.jobs, bar.done, bar.running) == ("Squaring", 3, 3, "")
    assert {(1, "number 2"), (2, "number 3"), (3, "")} <= set(bar.seen)


def test_an_interruption_keeps_what_is_done_and_says_so(shown, capsys):
    def work(n):
        if n == 3:
            raise KeyboardInterrupt
        return n * n

    assert progress(work, [1, 2, 3, 4], "Squaring") == [1, 4]
    assert capsys.readouterr().out == "Squaring: interrupted after 2 of 4 runs; what is done is kept.\n"
    (bar,) = shown
    assert (bar.done, bar.running) == (2, ""), "the bar goes"


def test_an_error_in_the_work_is_raised_and_the_bar_goes(shown):
    with pytest.raises(ZeroDivisionError):
        progress(lambda n: 1 / n, [1, 0], "Dividing")
    assert (shown[0].done, shown[0].running) == (1, "")


def test_no_jobs_no_results(shown):
    assert progress(str, [], "Nothing") == []


def test_the_page_is_not_told_more_often_than_it_can_be_read(shown, monkeypatch):
    monkeypatch.setattr(progress_bar, "PACE", 3600)
    progress(str, range(1000), "Counting")
    assert set(shown[0].seen) == {(1000, "0"), (1000, "")}  # two traits, in one message


def test_what_is_stored_is_the_same_before_and_after_and_holds_no_bar(shown):
    stored = []

    def work(_):
        stored.append(shown[0]._repr_mimebundle_()[0]["text/plain"])

    progress(work, "ab", "Racing")
    assert {*stored, shown[0]._repr_mimebundle_()[0]["text/plain"]} == {"Racing: 2 runs"}
