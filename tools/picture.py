"""Take the README's picture: the line-fit explorer of notebook 01, in a real JupyterLab, with the line half way.

python tools/picture.py
"""

import shutil
import tempfile
from pathlib import Path

import lab

ROOT = Path(__file__).parent.parent


def main():
    with tempfile.TemporaryDirectory() as folder, lab.serve(folder) as server, lab.browser() as browser:
        shutil.copy(ROOT / "notebooks" / "01_line_fit.ipynb", folder)
        with lab.open_notebook(browser, server, "01_line_fit.ipynb", ratio=2) as notebook:
            notebook.run_all()
            (figure,) = [each for each in notebook.figures() if "bowl" in each.title]
            figure.control("slope m").input.fill("2.35")
            figure.wait_ready(painted=2)
            figure.box.screenshot(path=ROOT / "notebooks" / "pictures" / "line_fit.png")


if __name__ == "__main__":
    main()
