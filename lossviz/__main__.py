"""The command line: ``python -m lossviz afresh 03_entropy`` and ``python -m lossviz update``."""

import argparse
import sys

from lossviz import notebooks


def main(arguments: list[str] | None = None) -> None:
    """Do what the command line says; what could not be done is said in words, with the exit status 1."""
    for stream in sys.stdout, sys.stderr:
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a path may have letters that a console of Windows does not know
    parser = argparse.ArgumentParser(prog="python -m lossviz", description="Look after the notebooks of the course.")
    commands = parser.add_subparsers(dest="command", required=True)
    afresh = commands.add_parser("afresh", help="start notebooks afresh, and keep what you wrote as copies beside them")
    afresh.add_argument("names", nargs="+", metavar="NAME", help="a notebook's name, such as 03_entropy, or its path")
    commands.add_parser("update", help="fetch the newest course with git, and keep what you wrote")
    asked = parser.parse_args(arguments)
    try:
        if asked.command == "update":
            notebooks.update()
        else:
            for name in asked.names:
                notebooks.afresh(name)
    except (notebooks.CourseError, ValueError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
