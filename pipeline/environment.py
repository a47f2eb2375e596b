"""environment.yml for conda users: what pyproject.toml asks for, at the versions of requirements.lock, under conda's names.

    make environment

Where the lock holds two versions of a package, the one for the Python named here is taken. What only these ask for in turn
is left to conda. No conda channel was at hand to solve it, and the file says so.
"""

from __future__ import annotations

import re
import tomllib

from kithwork import params
from kithwork.pages.rendering import write

PYTHON = "3.11"
"""The Python that the environment has; the lock's own tests run on it."""

CONDA = {
    "duckdb": "python-duckdb",
    "ibis-framework[duckdb]": "ibis-duckdb",
    "igraph": "python-igraph",
    "jupyter-client": "jupyter_client",
    "jupyter-server": "jupyter_server",
    "matplotlib": "matplotlib-base",
}
"""Names that differ on conda-forge."""

BY_PIP = (
    "axe-playwright-python", "onadata", "playwright", "psycopg[binary]", "pyxform", "stopwordsiso", "wordllama",
)  # fmt: skip
"""Packages that pip fetches into the environment, for want of them on conda-forge, or of their extras."""

EXTRAS = ("dev", "examples")
"""What is asked for beside the dependencies, as `make setup` does."""

HEAD = f"""\
# For conda users: the packages that pyproject.toml asks for, at the versions of requirements.lock, for Python {PYTHON}.
# Written by `make environment`, and held to the lock by a test. Not solved by us: no conda channel was at hand. Where
# conda-forge lacks a version, take the nearest there is on that line. `conda env create -f environment.yml`, `conda
# activate kithwork`, then `dvc repro`.
name: kithwork
channels:
  - conda-forge
dependencies:
"""


def text() -> str:
    """The file. Raises `KeyError` where something that is asked for is not in the lock."""
    locked = pins((params.ROOT / "requirements.lock").read_text(encoding="utf-8"))
    project = tomllib.loads((params.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *(one for extra in EXTRAS for one in project["optional-dependencies"][extra])]
    names = sorted({re.match(r"[\w.-]+(\[[\w,]+\])?", one)[0] for one in asked})
    version = {name: locked[name.partition("[")[0]] for name in names}
    by_conda = [f"{CONDA.get(name, name)}=={version[name]}" for name in names if name not in BY_PIP]
    by_pip = [f"{name}=={version[name]}" for name in names if name in BY_PIP]
    lines = [f"- python={PYTHON}", "- pip", *(f"- {one}" for one in sorted(by_conda)), "- pip:"]
    lines += [f"    - {one}" for one in [*by_pip, "-e ."]]
    return HEAD + "".join(f"  {line}\n" for line in lines)


def pins(lock: str) -> dict[str, str]:
    """The version of each package of a lock, for the Python that the environment has."""
    found = re.findall(r"^([a-z0-9._-]+)(?:\[[a-z,]+\])?==(\S+)(?: ; (.*?))? \\$", lock, flags=re.M)
    return {name: version for name, version, marker in found if _holds(marker)}


def _holds(marker: str) -> bool:
    """Whether a marker lets a line be for this Python; one on other things than its version is no matter here."""
    asked = re.fullmatch(r"python_full_version (<|>=) '(\d+)\.(\d+)'", marker)
    if not asked:
        return True
    older = tuple(map(int, PYTHON.split("."))) < (int(asked[2]), int(asked[3]))
    return older == (asked[1] == "<")


if __name__ == "__main__":
    write(params.ROOT / "environment.yml", text())
