"""Which files of the package a chapter's notebook imports, directly or through others: its code, for dvc to watch.

Read from the sources, so nothing is run. A package imported by name at run time (`import_module(f"kithwork.values.{…}")`)
counts with all its modules.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import kithwork

PACKAGE = Path(kithwork.__file__).parent


def files(sources: Iterable[str]) -> list[Path]:
    """The package's files that these pieces of Python reach, sorted."""
    found: set[Path] = set()
    known: set[str] = set()
    waiting = {name for source in sources for name in _imported(ast.parse(source))}
    while waiting:
        known |= waiting
        reached = {path for name in waiting if (path := _file(name))} - found
        found |= reached
        waiting = {name for path in reached for name in _imports_of(path)} - known
    return sorted(found)


@cache
def _imports_of(path: Path) -> tuple[str, ...]:
    return tuple(_imported(ast.parse(path.read_text(encoding="utf-8"))))


def _imported(tree: ast.AST) -> Iterator[str]:
    """Names of modules of the package that a piece of code imports, each with the packages it lies in."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "import_module":
            names = list(_members(node.args[0]))
        else:
            continue
        for name in names:
            parts = name.split(".")
            if parts[0] == kithwork.__name__:
                yield from (".".join(parts[: i + 1]) for i in range(len(parts)))


def _members(name: ast.expr) -> Iterator[str]:
    """All modules of the package that a name made at run time, like f"kithwork.values.{value}", may mean."""
    assert isinstance(name, ast.JoinedStr), "a module imported at run time is named by an f-string"
    package = name.values[0].value.removesuffix(".")
    folder = PACKAGE.joinpath(*package.split(".")[1:])
    yield from (f"{package}.{path.stem}" for path in folder.glob("*.py") if path.stem != "__init__")


def _file(name: str) -> Path | None:
    """The file of a module of the package; None for a name that is something inside one."""
    place = PACKAGE.joinpath(*name.split(".")[1:])
    return next((path for path in (place.with_suffix(".py"), place / "__init__.py") if path.is_file()), None)
