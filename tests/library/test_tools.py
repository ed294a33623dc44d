"""The tools that keep the course: how its notebooks are stored, and how git shows them."""

import base64
import io
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import numpy as np
import pytest
from matplotlib.figure import Figure
from notebook_store import spoilers
from notebook_text import as_text
from palette import with_palette
from PIL import Image

from lossviz.course import LESSONS

ROOT = Path(__file__).parents[2]
NOTEBOOKS = [ROOT / "notebooks" / f"{lesson.name}.ipynb" for lesson in LESSONS if lesson.ready]
LARGEST = 900_000  # bytes of one notebook: the largest has 814 428; in true colours it had 2 159 088
PALETTE = 3  # the colour type in a PNG's header


def pictures(path):
    cells = nbformat.read(path, as_version=4).cells
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    stored = [output.data["image/png"] for output in outputs if "image/png" in output.get("data", {})]
    return [base64.b64decode(each) for each in stored]


def as_png(image):
    stored = io.BytesIO()
    image.save(stored, "PNG", dpi=(200, 200))
    return stored.getvalue()


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGBA")).astype(int)


def gradient():
    """Return a picture with far more colours than a palette has, on a white ground."""
    y, x = np.mgrid[:120, :160]
    colours = np.stack([x, 2 * y, 255 - x], axis=2).astype(np.uint8)
    return Image.fromarray(np.concatenate([colours, np.full_like(colours, 255)]))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_stored_notebook_is_small_enough_to_be_kept_in_every_version(path):
    assert all(png[25] == PALETTE for png in pictures(path)), "python tools/notebooks.py tidy gives pictures a palette"
    assert path.stat().st_size < LARGEST


def landscape():
    """Return a figure as colourful as the course's most colourful ones: many colours of lines and of areas."""
    figure = Figure(figsize=(5, 3), dpi=200)
    axes = figure.subplots()
    x, y = np.meshgrid(np.linspace(-2, 2, 60), np.linspace(-2, 2, 60))
    axes.contourf(x, y, x**2 + 3 * y**2, levels=12, cmap="viridis")
    axes.contour(x, y, x**2 + 3 * y**2, levels=12, colors="k", linewidths=0.5)
    for turn in range(9):
        axes.plot([-2, 2], [turn / 5 - 1, 1 - turn / 5])
    return figure


def test_a_picture_with_a_palette_is_smaller_and_looks_alike():
    stored = io.BytesIO()
    landscape().savefig(stored)
    before = stored.getvalue()
    after = with_palette(before)
    error = abs(pixels(after) - pixels(before))
    assert after[25] == PALETTE
    assert len(after) < len(before) / 2
    assert error.max() < 32
    assert error.mean() < 0.25
    assert Image.open(io.BytesIO(after)).info["dpi"] == pytest.approx((200, 200), abs=0.1)


def test_the_most_frequent_colours_stay_exactly_the_same():
    assert (pixels(with_palette(as_png(gradient())))[120:] == 255).all()


def test_a_picture_gets_the_same_palette_each_time_and_only_once():
    before = as_png(gradient())
    after = with_palette(before)
    assert with_palette(before) == after
    assert with_palette(after) == after


def test_a_picture_of_few_colours_keeps_them_all():
    few = as_png(gradient().resize((16, 15), Image.Resampling.NEAREST))
    assert (pixels(with_palette(few)) == pixels(few)).all()


def test_a_picture_with_a_palette_keeps_its_transparency():
    image = gradient().convert("RGBA")
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    before = as_png(image)
    after = with_palette(before)
    assert after[25] == PALETTE
    assert abs(pixels(after) - pixels(before))[..., 3].max() < 32


def notebook(path, *outputs, source="# A title\n\nand words"):
    cells = [nbformat.v4.new_markdown_cell(source), nbformat.v4.new_code_cell("print(1 + 1)", outputs=list(outputs))]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return as_text(path)


def shown(data, **metadata):
    return nbformat.v4.new_output("display_data", data=data, metadata=metadata)


def encoded(image):
    return base64.b64encode(as_png(image)).decode()


def test_a_notebook_as_text_has_its_words_and_what_its_cells_printed(tmp_path):
    failed = nbformat.v4.new_output("error", ename="ValueError", evalue="too small", traceback=["\x1b[31mred"])
    printed = nbformat.v4.new_output("stream", name="stdout", text="2\nσ\n")
    result = nbformat.v4.new_output("execute_result", data={"text/plain": "0.5", "text/html": "<b>0.5</b>"})
    text = notebook(tmp_path / "one.ipynb", printed, result, failed)
    assert text.partition("\n\n")[2].splitlines() == [
        *("# %% [markdown]", "# A title", "", "and words", ""),
        *("# %%", "print(1 + 1)", "# %% stdout", "2", "σ"),
        *("# %% result", "0.5", "[text/html, 10 bytes, 1fa6ee78]"),
        *("# %% error", "ValueError: too small"),
    ]


def test_a_picture_is_one_line_that_changes_with_the_picture(tmp_path):
    size = {"image/png": {"width": 80, "height": 120}}
    one = notebook(tmp_path / "one.ipynb", shown({"image/png": encoded(gradient())}, **size)).splitlines()
    other = gradient()
    other.putpixel((3, 3), (1, 2, 3))
    other = notebook(tmp_path / "other.ipynb", shown({"image/png": encoded(other)}, **size)).splitlines()
    assert one[-1].startswith("[image/png, 160 × 240, shown as 80 × 120, ")
    assert len(one[-1]) < 80
    assert one[:-1] == other[:-1]
    assert one[-1] != other[-1]


def test_what_is_neither_text_nor_a_picture_is_one_line_as_well(tmp_path):
    vector = shown({"image/svg+xml": ["<svg>", "</svg>"], "application/json": {"b": [1, 2]}})
    assert [line.split(",")[0] for line in notebook(tmp_path / "one.ipynb", vector).splitlines()[-2:]] == [
        "[application/json",
        "[image/svg+xml",
    ]


@pytest.mark.parametrize("written", ["", "{", "[]", "<<<<<<< ours\n{}\n=======\n{}\n>>>>>>> theirs\n"])
def test_a_file_that_is_not_a_notebook_is_shown_as_it_is(tmp_path, written):
    (tmp_path / "broken.ipynb").write_text(written, encoding="utf-8")
    assert as_text(tmp_path / "broken.ipynb") == written


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_notebook_is_shown_without_its_pictures_bytes(path):
    text = as_text(path)
    assert text.count("[image/png, ") == len(pictures(path))
    assert len(text) < 200_000


def test_git_is_shown_a_notebook_in_utf_8_without_the_libraries_that_execute_one(tmp_path):
    notebook(tmp_path / "one.ipynb", nbformat.v4.new_output("stream", name="stdout", text="σ\n"))
    script = "import runpy, sys; sys.argv[0] = sys.argv.pop(1); sys.path.insert(0, sys.argv.pop(1)); "
    script += "runpy.run_path(sys.argv[0], run_name='__main__'); "
    script += "assert not {'jupytext', 'nbformat', 'nbclient', 'numpy', 'lossviz'} & set(sys.modules)"
    tools = ROOT / "tools"
    command = [sys.executable, "-c", script, tools / "notebooks.py", tools, "text", tmp_path / "one.ipynb"]
    answer = subprocess.run(command, capture_output=True, check=True, env=os.environ | {"PYTHONIOENCODING": "ascii"})
    assert answer.stdout.decode() == as_text(tmp_path / "one.ipynb")


def test_what_answers_a_guess_is_found():
    guess, answer = "exercises.line_fit.a.commit(guess)", "exercises.line_fit.a.reveal()"
    assert spoilers(["x", guess, "text", "plot", "exercises.line_fit.b.check(b)", answer, "y"]) == [2, 3, 5]
    assert spoilers([guess, "## One", "plot", answer]) == [1, 2, 3]
    assert spoilers([guess, "## One", "plot", "## Two", "plot", answer]) == [3, 4, 5], "far away"
