"""Runs inside a kernel: how long Python takes from a request of the browser to the picture sent back."""

import copy
import io
import itertools
import time

import numpy as np
import usual
from matplotlib.figure import Figure

from lossviz import explore
from lossviz.live import LiveFigure, Play, Range, Scene, Steps, lifetime

WARM_UP = 5
SAMPLE = 4  # every so many updates the same scene is also drawn in full, which takes long

_numbers = itertools.count(1)  # of the requests


def milliseconds(action, *arguments, **settings) -> float:
    start = time.perf_counter()
    action(*arguments, **settings)
    return 1000 * (time.perf_counter() - start)


def ask(figure: LiveFigure, **values):
    """Hand a live figure the message that its page sends for new values."""
    request = {"method": "custom", "content": {"number": next(_numbers), "values": values}}
    figure.comm.handle_msg({"content": {"data": request}, "buffers": []})
    if figure.error:
        raise RuntimeError(f"{figure.title}: {values}: {figure.error}")


def set_slider(slider, value: float):
    """Hand a slider of ipywidgets the message that its page sends for a new value."""
    request = {"method": "update", "state": {"value": value}, "buffer_paths": []}
    slider.comm.handle_msg({"content": {"data": request}, "buffers": []})


def both_ways(count: int) -> dict[str, list[float]]:
    """Move the same slider through the same values, one update of each way in turn; return milliseconds."""
    live, interact = explore.fit_line(), usual.interact()
    slider = interact.children[0]
    times = {"live": [], "interact": []}
    for m in np.round(np.linspace(-2, 8, count + WARM_UP), 2).tolist():
        times["live"].append(milliseconds(ask, live, m=m))
        times["interact"].append(milliseconds(set_slider, slider, m))
    return {way: of[WARM_UP:] for way, of in times.items()}


def sweep(name: str, stops: int) -> dict[str, dict[str, list[float]]]:
    """Move every slider of an explorer through its range; return, for each, the milliseconds of three ways.

    "update" is the live figure's; "redraw" draws all of a figure that was kept, "replot" all of a new one, both with
    matplotlib's own PNG.
    """
    live = getattr(explore, name)()
    kept = _draw(live)
    times = {}
    for control in live.scene.controls:
        if not isinstance(control, Range | Steps | Play):
            continue
        start = live.values[control.name]
        times[control.name] = of = {"update": [], "redraw": [], "replot": []}
        for number, value in enumerate(_stops(control, stops, start)):
            of["update"].append(milliseconds(ask, live, **{control.name: value}))
            if number % SAMPLE == 0:
                slow = control.name in live.scene.slow
                of["redraw"].append(milliseconds(_draw_all, *kept, live.values, slow))
                of["replot"].append(milliseconds(_draw, live))
        ask(live, **{control.name: start})
    live.close()
    return times


def ahead(name: str) -> dict[str, list[float]]:
    """Ask for a whole film in advance, as a page does; return milliseconds for each request, bytes for each picture."""
    live, sizes = getattr(explore, name)(), []
    live.send = lambda content, buffers: sizes.extend(map(len, buffers))
    lifetime._end()  # while a cell runs nothing is drawn ahead, but this one only measures
    frames, times = list(range(live.values[live.scene.film] + 1)), []
    while len(sizes) < len(frames):
        asked = dict(number=next(_numbers), ahead=dict(values=live.values, frames=frames[len(sizes) :][:8]))
        request = {"content": {"data": {"method": "custom", "content": asked}}, "buffers": []}
        times.append(milliseconds(live.comm.handle_msg, request))
    live.close()
    return {"requests": times, "bytes": sizes}


def _stops(control: Range | Steps | Play, count: int, start: float) -> list[float]:
    """Return values over the whole slider, from end to end, each different from the one before."""
    if isinstance(control, Range):
        values = [control.snap(float(value)) for value in np.linspace(control.minimum, control.maximum, count)]
    elif isinstance(control, Play):
        values = [control.snap(value) for value in np.linspace(0, control.last, count)]
    else:
        values = control.options
    return [value for before, value in itertools.pairwise([start, *values]) if value != before]


def _draw(live: LiveFigure) -> tuple[Scene, Figure]:
    """Draw the scene of a live figure once more, in a new figure."""
    scene, figure = copy.copy(live.scene), Figure(figsize=live.scene.size, dpi=100)
    scene.draw(figure)
    _draw_all(scene, figure, live.values, slow=True)
    return scene, figure


def _draw_all(scene: Scene, figure: Figure, values: dict, slow: bool):
    """Draw a whole figure and write it as PNG; `slow` says whether what changes rarely has changed as well."""
    usual.move(scene, values, slow)
    figure.savefig(io.BytesIO(), format="png")
