"""The usual way to let a figure follow two sliders, or play a film: `interact`, which draws all of it again each time.

The scenes are the explorers' own, so the panels, the artists and the style are the same by construction.
"""

import ipywidgets
import matplotlib.pyplot as plt
from matplotlib_inline.backend_inline import set_matplotlib_formats

from lossviz import explore, theme
from lossviz.explore.line_fit import LineFit
from lossviz.live import Scene

theme.use("lab")
set_matplotlib_formats("png", bbox_inches=None)  # as many pixels as the live figure sends, not the theme's four times


def move(scene: Scene, values: dict, slow: bool = True):
    """Move a whole scene to the values; `slow` says whether to change what changes rarely as well."""
    prepared = scene.with_prepared(values)
    if slow and scene.slow:
        scene.draw_slow(**prepared, **scene.slow_values(values))
    scene.update(**prepared, **values)


def replot(m: float, c: float):
    """Draw the figure for one line, and show it."""
    scene = LineFit()
    scene.draw(plt.figure(figsize=scene.size))
    move(scene, scene.complete({"m": m, "c": c, "record": 0.0}))
    plt.show()


def interact() -> ipywidgets.interactive:
    """Return what `ipywidgets.interact` would show: one slider for the slope, one for the intercept, and the figure."""
    sliders = {
        it.name: ipywidgets.FloatSlider(it.value, min=it.minimum, max=it.maximum, step=it.step)
        for it in LineFit.controls
        if it.name in ("m", "c")
    }
    return ipywidgets.interactive(replot, **sliders)


def film(name: str) -> ipywidgets.interactive:
    """Return a film as it is usually made: `Play`, whose number the figure follows, with our frames per second."""
    live = getattr(explore, name)()
    scene, values, frame = type(live.scene), live.values, live.scene.film
    play = next(control for control in scene.controls if control.name == frame)
    live.close()

    def replot(k: int):
        fresh = scene()
        fresh.draw(plt.figure(figsize=fresh.size))
        move(fresh, values | {frame: k})
        plt.show()

    return ipywidgets.interactive(replot, k=ipywidgets.Play(min=0, max=play.last, interval=round(1000 / play.rate)))
