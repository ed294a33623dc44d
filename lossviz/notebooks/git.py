"""Git, asked in a way that needs no shell and never waits for an answer from the keyboard."""

import os
import shutil
import subprocess
from pathlib import Path

from .copies import CourseError

COURSE = Path(__file__).resolve().parents[2]  # the folder with notebooks/ and lossviz/
PATIENCE = 300  # seconds, for a slow network

# a program that calls us, a hook for example, may have told git to look at another repository
ELSEWHERE = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY"}


def git(*arguments: str, course: Path) -> bytes:
    """Run git in the folder of the course and return what it prints, or raise a CourseError with git's own words."""
    program = shutil.which("git")
    if program is None:
        raise CourseError("git is not installed")
    environment = {name: value for name, value in os.environ.items() if name not in ELSEWHERE}
    try:
        done = subprocess.run(
            [program, "--literal-pathspecs", *arguments],
            cwd=course,
            env=environment | {"GIT_TERMINAL_PROMPT": "0"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # on Windows, no black window
        )
    except subprocess.TimeoutExpired:
        raise CourseError(f"git {arguments[0]} did not end within {PATIENCE} seconds") from None
    except OSError as error:
        raise CourseError(f"git cannot be run ({error})") from None
    if done.returncode:
        said = (done.stderr or done.stdout).decode("utf-8", errors="replace").strip()
        raise CourseError(f"git {arguments[0]} failed; it says: {said or done.returncode}")
    return done.stdout


def line(*arguments: str, course: Path) -> str:
    """Run git and return the one line that it prints."""
    return git(*arguments, course=course).decode("utf-8", errors="replace").strip()


def paths(*arguments: str, course: Path) -> list[str]:
    """Run git and return the paths that it prints with -z: relative to the course, with slashes."""
    return [os.fsdecode(each) for each in git(*arguments, course=course).split(b"\0") if each]


def blob(name: str, course: Path) -> bytes | None:
    """Return the file of a commit or of the index, such as ``HEAD:notebooks/03_entropy.ipynb``; None without one."""
    try:
        return git("cat-file", "blob", name, course=course)
    except CourseError:
        return None
