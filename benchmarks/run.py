"""Measure the live figures against the usual way, side by side in one run, and print a table.

    python benchmarks/run.py [--no-browser] [--quick]

The usual way is `ipywidgets.interact` with a function that draws the whole figure again (usual.py). Both ways draw the
same values in turn, so that other work of the machine slows both: read the ratios, not the milliseconds. The script
does not judge: the last table has the figures that the course has promised, each beside its bar. It takes about five
minutes.
"""

import argparse
import os
import platform
from importlib.metadata import version

import imports
import memory
import numpy as np
from kernels import kernel

FULL = dict(updates=60, keys=30, drags=5, imports=15, reruns=200, stops=12)
QUICK = dict(updates=12, keys=6, drags=2, imports=5, reruns=30, stops=5)

ROW = "{:<32}{:>9}{:>9}{:>12}{:>9}{:>9}  {}"
PROMISE = "{:<58}{:>12}  {}"

promises: list[tuple[str, str, str]] = []  # what was measured, the figure, its bar


def promise(what: str, found: str, bar: str):
    """Keep a figure for the last table."""
    promises.append((what, found, bar))


def row(name: str, *cells, bar: str = ""):
    cells = [f"{cell:.{0 if abs(cell) >= 100 else 1}f}" if isinstance(cell, float) else str(cell) for cell in cells]
    print(ROW.format(name, *cells, *[""] * (5 - len(cells)), bar).rstrip(), flush=True)


def median(values) -> float:
    return float(np.median(values))


def p95(values) -> float:
    return float(np.percentile(values, 95))


def compare(name: str, live: list[float], interact: list[float], more_is_better: bool = False) -> str:
    """Print a quantity of both ways with its ratio, and return the ratio."""
    ratio = median(interact) / median(live)
    ratio = f"{1 / ratio if more_is_better else ratio:.1f}x"
    row(name, median(live), p95(live), median(interact), p95(interact), ratio)
    return ratio


def in_python(updates: int):
    with kernel() as running:
        running.run("import updates")
        messages = running.run(f"times = updates.both_ways({updates})")
        times = running.value("times")
    ratio = compare("Python per update, ms", times["live"], times["interact"])
    promise("Python per update: so many times less than interact", ratio, "12x")
    # a live frame travels as bytes; the notebook's own pictures travel as text, which is a third longer
    frames = [sum(map(len, it["buffers"])) / 1000 for it in messages if it["msg_type"] == "comm_msg" and it["buffers"]]
    pictures = [len(it["content"]["data"]["image/png"]) / 1000 for it in messages if it["msg_type"] == "display_data"]
    compare("picture as sent, kB", frames, pictures)


def in_the_page(keys: int, drags: int):
    try:
        import page

        seen = page.both_ways(keys, drags)
    except (ImportError, RuntimeError) as problem:
        print(f"not measured in the page: {problem}")
        return
    live, interact = seen["live"], seen["interact"]

    def both(action, what):
        return [it[what] for it in live[action]], [it[what] for it in interact[action]]

    ratio = compare("key to new pixels, ms", *both("keys", "milliseconds"))
    promise("key to new pixels: so many times sooner than interact", ratio, "5x")
    print(f"a drag of {page.STEPS} steps, one each {1000 * page.PACE:.0f} ms")
    compare("  pictures shown a second", *both("drags", "rate"), more_is_better=True)
    compare("  last picture after the hand, ms", *both("drags", "late"))
    for what, name in [("blank", "blank frames"), ("jumps", "layout jumps")]:
        counts = [sum(a) + sum(b) for a, b in zip(both("keys", what), both("drags", what), strict=True)]
        row(f"{name}, all in all", counts[0], "", counts[1])
        promise(name, str(counts[0]), "0")


def of_a_film():
    try:
        import page

        seen = page.films()
    except (ImportError, RuntimeError) as problem:
        print(f"not measured in the page: {problem}")
        return
    rates = {way: seen[way]["rate"] for way in ("live", "interact")}
    ratio = f"{rates['live'] / rates['interact']:.1f}x"
    row("frames shown a second", rates["live"], "", rates["interact"], "", ratio)
    shown = {way: f"{min(1, seen[way]['pictures'] / seen['frames']):.0%}" for way in rates}
    row(f"shown of {seen['frames']} frames", shown["live"], "", shown["interact"])
    promise("a film: so many times the frames of Play with interact", ratio, "6x")
    promise("a film: shown of its frames", shown["live"], "95 %")
    with kernel() as running:
        running.run("import updates")
        running.run(f"film = updates.ahead({page.FILM!r})")
        film = running.value("film")
    times, held = film["requests"], sum(film["bytes"]) / 1e6
    print(f"drawn ahead in {len(times)} requests, {sum(times) / 1000:.1f} s of Python and {held:.0f} MB in all;")
    print(f"the longest held Python for {max(times):.0f} ms")
    promise("a film drawn ahead: the longest that it holds Python", f"{max(times):.0f} ms", "100 ms")


def of_imports(count: int):
    numpy, lossviz, unasked = imports.times(count)
    print(f"import lossviz on top of import numpy ({median(numpy):.0f} ms): {median(lossviz):.1f} ms")
    promise("import lossviz on top of import numpy", f"{median(lossviz):.1f} ms", "30 ms")
    print(f"loaded by it of matplotlib and ipywidgets: {', '.join(sorted(unasked)) or 'neither'}")


def of_memory(times: int):
    print(f"memory of a kernel after all of {memory.NOTEBOOK.name}: {memory.after_notebook()['MB']:.0f} MB")
    more = memory.reruns(times)
    print(f"grown by {times} re-runs of a cell with explore.fit_line(): {more['MB']:.1f} MB")
    print(f"left behind by them: {more['figures']} figures, {more['widgets']} widgets")
    promise(f"memory grown by {times} re-runs of a cell", f"{more['MB']:.1f} MB", "30 MB for 200")
    promise("figures and widgets left behind by them", f"{more['figures']} and {more['widgets']}", "0 and 0")


def of_every_explorer(stops: int):
    slowest = (0.0, "")
    print(ROW.format("ms per update of", "median", "p95", "redraw", "ratio", "replot", "ratio"))
    with kernel() as running:
        running.run("import updates")
        for name in running.value("updates.explore.__all__"):
            for control, of in running.value(f"updates.sweep({name!r}, {stops})").items():
                update, redraw, replot = (median(of[way]) for way in ("update", "redraw", "replot"))
                in_full = redraw, f"{redraw / update:.1f}x", replot
                row(f"{name}, {control}", update, p95(of["update"]), *in_full, bar=f"{replot / update:.1f}x")
                slowest = max(slowest, (update, f"{name}, {control}"))
    promise(f"slowest update of all explorers, median ({slowest[1]})", f"{slowest[0]:.0f} ms", "30 ms")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--no-browser", action="store_true", help="leave out what needs JupyterLab and a Chromium")
    parser.add_argument("--quick", action="store_true", help="fewer repetitions: to see whether it runs")
    asked = parser.parse_args()
    counts = QUICK if asked.quick else FULL
    packages = ", ".join(f"{name} {version(name)}" for name in ("matplotlib", "ipywidgets", "anywidget", "jupyterlab"))
    print(f"Python {platform.python_version()}, {packages}; {platform.system()}, {os.cpu_count()} cores")

    print("\nThe line-fit explorer, 1000 points, and the same figure with interact")
    print(ROW.format("", "live", "p95", "interact", "p95", "ratio", "").rstrip())
    in_python(counts["updates"])
    if not asked.no_browser:
        in_the_page(counts["keys"], counts["drags"])

        print("\nA film, and the same with Play and interact, asked for as many frames a second")
        of_a_film()

    print("\nImport and memory")
    of_imports(counts["imports"])
    of_memory(counts["reruns"])

    print("\nEvery explorer: a live update; all of the kept figure redrawn; all of it plotted anew")
    of_every_explorer(counts["stops"])

    print("\nWhat the course has promised")
    print(PROMISE.format("", "found", "bar"))
    for line in promises:
        print(PROMISE.format(*line).rstrip())


if __name__ == "__main__":
    main()
