"""The notebooks keep the rules of the house: they tell a story, call the package, and are committed without outputs."""

from __future__ import annotations

import ast
import json
import os
import shutil
from itertools import pairwise

import nbformat
import pytest
import synthetic

from kithwork.pages import rendering
from kithwork.tables import STAGES

NAMES = tuple(rendering.STEMS.values())
BOOKS = {name: json.loads((synthetic.HOME / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8")) for name in NAMES}
ACTS = ["Load", "Look", "Work", "Check", "Save"]

each = pytest.mark.parametrize("name", NAMES)


def cells(name: str, kind: str) -> list[dict]:
    """The cells of one kind."""
    return [cell for cell in BOOKS[name]["cells"] if cell["cell_type"] == kind]


def text(cell: dict) -> str:
    """A cell's source."""
    return "".join(cell["source"])


def code(name: str) -> ast.Module:
    """All code of a notebook, parsed."""
    return ast.parse("\n".join(text(cell) for cell in cells(name, "code")))


def headings(name: str, level: int) -> list[str]:
    """Headings of one level, in order."""
    lines = [line for cell in cells(name, "markdown") for line in text(cell).splitlines()]
    return [line.removeprefix("#" * level + " ") for line in lines if line.startswith("#" * level + " ")]


def test_one_chapter_a_stage():
    """There is a notebook for every stage, numbered in the order of the stages, and no other."""
    found = sorted(path.stem for path in (synthetic.HOME / "notebooks").glob("*.ipynb"))
    assert found == [f"{number}_{stage}" for number, stage in enumerate(STAGES, start=1)]


@each
def test_no_outputs_are_committed(name):
    """Neither outputs nor execution counts, nor what papermill or a widget leaves in the metadata."""
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in cells(name, "code"))
    assert all(set(cell["metadata"]) <= {"tags"} for cell in BOOKS[name]["cells"])
    assert set(BOOKS[name]["metadata"]) == {"kernelspec", "language_info"}


@each
def test_any_machine_has_the_kernel(name):
    """The kernel is the environment's own python3, not one that somebody registered."""
    assert BOOKS[name]["metadata"]["kernelspec"]["name"] == "python3"


@each
def test_the_tagged_cell_says_engagement(name):
    """One cell is tagged `parameters`; it says which study, and nothing else."""
    [tagged] = [cell for cell in cells(name, "code") if "parameters" in cell["metadata"].get("tags", [])]
    assert text(tagged) == 'engagement = "aarhus"'


@each
def test_it_opens_with_its_question(name):
    """The first cell is the chapter's title and a question in bold."""
    first = BOOKS[name]["cells"][0]
    assert text(first).startswith(f"# {name[0]} · {name[2:].capitalize()}\n")
    assert any(line.startswith("**") and line.endswith("?**") for line in text(first).splitlines())


@each
def test_acts_stand_in_order(name):
    """Load, Look, Work, Check, Save; and "In short" before the last."""
    assert headings(name, 2) == ACTS
    assert "In short" in headings(name, 3)
    every = [line.lstrip("# ") for cell in cells(name, "markdown") for line in text(cell).splitlines() if line[:1] == "#"]
    assert every[-2:] == ["In short", "Save"]


@each
def test_prose_stands_before_every_code_cell(name):
    """No code cell follows another: a reader is always told first."""
    kinds = [cell["cell_type"] for cell in BOOKS[name]["cells"]]
    assert kinds[0] == "markdown"
    assert ("code", "code") not in list(pairwise(kinds))


@each
def test_cells_and_chapters_are_short(name):
    """At most 10 lines a cell and 100 lines of code a chapter."""
    lengths = [len(text(cell).splitlines()) for cell in cells(name, "code")]
    assert max(lengths) <= 10
    assert sum(lengths) <= 100


@each
def test_thin_notebook_thick_package(name):
    """No function or class is defined, and no file is read, written or named: that is the package's work."""
    for node in ast.walk(code(name)):
        assert not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda)
        if isinstance(node, ast.Attribute):
            assert not node.attr.startswith(("read_", "to_"))
        if isinstance(node, ast.Name):
            assert node.id not in ("open", "Path")
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            assert "/" not in node.value
            assert not node.value.endswith((".csv", ".parquet", ".json", ".yaml"))


@each
def test_no_bar_counts_rows_past_the_gate(name):
    """A histogram's bars are counts, of two ties as of two hundred: counted, held back where they are few, then drawn."""
    called = {node.attr for node in ast.walk(code(name)) if isinstance(node, ast.Attribute)}
    assert not {"hist", "hist2d", "hexbin"} & called


@each
def test_cell_ids_are_stable(name):
    """Every cell has an id that names its chapter, so that a change to one cell is a change to one cell."""
    ids = [cell["id"] for cell in BOOKS[name]["cells"]]
    assert len(set(ids)) == len(ids)
    assert all(cell.startswith(f"{name}-") for cell in ids)


def test_every_section_has_a_heading_for_the_consultant():
    """The report chapter has one H3 heading a section, in the order of params.yaml; others are for one study."""
    from kithwork.report.section import module_of

    settings = synthetic.committed()
    topics = [module_of(section).TOPIC for section in settings["report"]["sections"]]
    for_one = [f"{topic} ({engagement})" for topic in topics for engagement in settings["engagements"]]
    assert [heading for heading in headings("7_report", 3) if heading not in for_one] == [*topics, "In short"]


@pytest.mark.slow
@each
def test_it_runs_in_jupyter_from_its_own_folder(name, full, tmp_path):
    """Run as JupyterLab runs it, from the notebooks' folder: no cell fails. (The pipeline runs them from the root.)"""
    from nbclient import NotebookClient

    root = tmp_path / "a study"
    shutil.copytree(full.root, root)
    folder = root / "notebooks"
    folder.mkdir()
    notebook = nbformat.reads(json.dumps(BOOKS[name]), as_version=4)
    tagged = next(cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", []))
    tagged.source = 'engagement = "synthetic"'
    client = NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": str(folder)}})
    client.execute(env={**os.environ, "KITHWORK_KEY_FILE": str(synthetic.key(full.root))})
    assert all(cell.execution_count for cell in notebook.cells if cell.cell_type == "code")
