"""Gives the package the dependencies that requirements.txt lists: one place for every floor and ceiling."""

from pathlib import Path

from setuptools import setup

lines = Path(__file__).with_name("requirements.txt").read_text(encoding="utf-8").splitlines()
setup(install_requires=[line for line in lines if line and not line.startswith(("#", "-"))])
