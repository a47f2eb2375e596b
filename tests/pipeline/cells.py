"""Notebooks for the tests: cells, what cells show, and files of them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import nbformat
import nbformat.v4
import synthetic
import yaml

from pipeline import prepare

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def markdown(source: str, **metadata: Any) -> nbformat.NotebookNode:
    """A cell of prose, with a random id."""
    return nbformat.v4.new_markdown_cell(source, metadata=metadata)


def code(source: str = "1", *outputs: nbformat.NotebookNode, **metadata: Any) -> nbformat.NotebookNode:
    """A cell of code and what it showed, with a random id."""
    return nbformat.v4.new_code_cell(source, outputs=list(outputs), metadata=metadata)


def shown(content: str, kind: str = "text/html", **metadata: Any) -> nbformat.NotebookNode:
    """One output of a cell."""
    return nbformat.v4.new_output("display_data", {kind: content}, metadata=metadata)


def save(path: Path, *cells: nbformat.NotebookNode, **metadata: Any) -> Path:
    """A notebook of these cells, at its place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(nbformat.v4.new_notebook(cells=list(cells), metadata=metadata), path)
    return path


def house(root: Path) -> Path:
    """Fills a folder with what `prepare` reads: the notebooks, the files around them and two synthetic engagements."""
    shutil.copytree(synthetic.HOME / "notebooks", root / "notebooks", ignore=shutil.ignore_patterns(".*"))
    for name in prepare.RUNNING:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(synthetic.HOME / name, root / name)
    content = synthetic.settings_of({"staff": {"file": "staff.csv"}}, synthetic.SIGNS, change={"starters": 7})
    content["engagements"]["other"] = content["engagements"]["synthetic"] | {"title": "Another"}
    settle(root, content)
    return root


def settle(root: Path, content: dict) -> None:
    """Writes params.yaml."""
    (root / "params.yaml").write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")


def settings(root: Path) -> dict:
    """Reads params.yaml as plain data."""
    return yaml.safe_load((root / "params.yaml").read_text(encoding="utf-8"))


def inputs(root: Path) -> dict[tuple[str, str], dict]:
    """What `prepare` wrote for each (engagement, stage)."""
    files = (root / "build" / "inputs").rglob("*.json")
    return {(path.parent.name, path.stem): json.loads(path.read_text(encoding="utf-8")) for path in files}
