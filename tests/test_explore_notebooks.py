"""The notebooks beside the story keep its rules where they can, run for any study, and are no part of any stage."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
from itertools import pairwise
from types import SimpleNamespace

import nbformat
import pandas as pd
import pytest
import synthetic
import yaml

import kithwork
from kithwork import params

FOLDER = synthetic.HOME / "notebooks" / "explore"
NAMES = (
    "add_an_indicator",
    "change_one_setting",
    "compare_two_departments",
    "look_at_one_portfolio",
    "try_another_clustering",
)
"""Those that come along; others in the folder are somebody's own."""
BOOKS = {name: json.loads((FOLDER / f"{name}.ipynb").read_text(encoding="utf-8")) for name in NAMES}
ACTS = ["Load", "Look", "Work", "Check"]
RELOADING = "%load_ext autoreload\n%autoreload 2"
MAY_DEFINE = {"add_an_indicator": ["strategic_reach"]}
"""An indicator is a function: the one notebook that shows how to add one defines it, and nothing else."""

each = pytest.mark.parametrize("name", NAMES)


def sources(name: str, kind: str) -> list[str]:
    """The cells of one kind."""
    return ["".join(cell["source"]) for cell in BOOKS[name]["cells"] if cell["cell_type"] == kind]


def code(name: str) -> ast.Module:
    """All code of a notebook, less what is IPython's own."""
    return ast.parse("\n".join(text for text in sources(name, "code") if text != RELOADING))


@each
def test_it_opens_with_its_question_and_loads_code_anew(name):
    """A title, a question in bold; the first code cell is autoreload's, the second says which study, and is tagged."""
    title, *rest = sources(name, "markdown")[0].splitlines()
    assert title.removeprefix("# ").replace("person's ", "").lower().split() == name.split("_")
    assert any(line.startswith("**") and line.endswith("?**") for line in rest)
    assert sources(name, "code")[:2] == [RELOADING, 'engagement = "aarhus"']
    tagged = [cell for cell in BOOKS[name]["cells"] if cell["metadata"]]
    assert [(cell["metadata"], "".join(cell["source"])) for cell in tagged] == [
        ({"tags": ["parameters"]}, 'engagement = "aarhus"')
    ]


@each
def test_it_reads_like_a_chapter(name):
    """Load, Look, Work, Check, and In short; prose before every code cell; cells of ten lines; nothing to save."""
    headings = [line for text in sources(name, "markdown") for line in text.splitlines() if line.startswith("##")]
    assert headings == [*(f"## {act}" for act in ACTS), "### In short"]
    kinds = [cell["cell_type"] for cell in BOOKS[name]["cells"]]
    assert ("code", "code") not in list(pairwise(kinds))
    assert max(len(text.splitlines()) for text in sources(name, "code")) <= 10
    assert max(len(line) for text in sources(name, "code") for line in text.splitlines()) <= 124


@each
def test_no_output_is_committed(name):
    """Neither outputs, counts, nor a kernel of one machine; ids are the notebook's own."""
    cells = BOOKS[name]["cells"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in cells if cell["cell_type"] == "code")
    assert [cell["id"] for cell in cells] == [f"{name}-{at:02d}" for at in range(len(cells))]
    assert BOOKS[name]["metadata"]["language_info"] == {"name": "python"}
    assert BOOKS[name]["metadata"]["kernelspec"]["name"] == "python3"


@each
def test_it_calls_the_package(name):
    """No file is read, written or named, and nothing is defined but the one indicator."""
    nodes = list(ast.walk(code(name)))
    assert [node.name for node in nodes if isinstance(node, ast.FunctionDef)] == MAY_DEFINE.get(name, [])
    assert not any(isinstance(node, ast.ClassDef | ast.Lambda) for node in nodes)
    assert not any(node.attr.startswith(("read_", "to_", "save")) for node in nodes if isinstance(node, ast.Attribute))
    assert not any(node.id in ("open", "Path") for node in nodes if isinstance(node, ast.Name))
    texts = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    assert not [text for text in texts if "/" in text or text.endswith((".csv", ".parquet", ".json", ".yaml"))]


@each
def test_no_bar_counts_rows_past_the_gate(name):
    """No histogram of people or ties."""
    called = {node.attr for node in ast.walk(code(name)) if isinstance(node, ast.Attribute)}
    assert not {"hist", "hist2d", "hexbin"} & called


def test_departments_are_compared_past_the_gate():
    """The comparison reads released figures, and no table of people."""
    asked = {node.attr for node in ast.walk(code("compare_two_departments")) if isinstance(node, ast.Attribute)}
    assert "released" in asked
    assert not {"load", "scan"} & asked


def test_one_portfolio_is_looked_at_where_a_kind_cannot_be_told(monkeypatch):
    """As in a study of contacts alone: what nothing could show is left out, and the rest adds up."""
    chances = {"p_personal": [None, None], "p_functional": [0.2, 0.6], "p_strategic": [0.5, 0.1]}
    mix = {"unit": "A", "ties": [2, 1, 1], "personal_ties": None, "functional_ties": [0.8, 0.2, 0.6]}
    tables = {
        "portfolios": pd.DataFrame({"person_id": list("abc"), **mix, "strategic_ties": [0.6, 0.5, 0.1]}),
        "ties": pd.DataFrame({"a_id": ["a", "a"], "b_id": ["b", "c"], **chances}),
    }
    monkeypatch.setattr(kithwork, "load", tables.get, raising=False)
    monkeypatch.setattr(params, "load", lambda name: SimpleNamespace(ties=SimpleNamespace(told_apart_at=0.8)))
    known: dict = {}
    exec(compile(code("look_at_one_portfolio"), "look_at_one_portfolio", "exec"), known)
    assert list(known["chances"]) == ["p_functional", "p_strategic"]
    assert known["expected"].to_dict() == {"functional_ties": 0.6, "strategic_ties": 0.1}


def test_no_stage_reads_them():
    """Neither a stage of dvc nor what prepares stages depends on this folder, so that work in it makes nothing stale."""
    text = (synthetic.HOME / "dvc.yaml").read_text(encoding="utf-8")
    assert "notebooks/explore" not in text
    for stage in yaml.safe_load(text)["stages"].values():
        assert "notebooks" not in stage.get("do", stage).get("deps", [])
    assert "notebooks/explore" in (synthetic.HOME / ".dvcignore").read_text(encoding="utf-8").splitlines()


def test_ones_own_notebooks_stay_out_of_git():
    """Free work is ignored; those that come along are not."""
    asked = [f"notebooks/explore/{name}.ipynb" for name in (*NAMES, "my_own", "client_acme")]
    told = subprocess.run(
        ["git", "check-ignore", "--no-index", *asked], cwd=synthetic.HOME, capture_output=True, text=True, check=False
    )
    if told.returncode == 128:
        pytest.skip("not a git repository")
    assert told.stdout.split() == asked[len(NAMES) :]


@pytest.mark.slow
@each
def test_it_runs_in_jupyter_from_its_own_folder(name, full: SimpleNamespace, tmp_path):
    """For another study than it names: no cell fails, and nothing that lay there is changed."""
    from nbclient import NotebookClient

    root = tmp_path / "a study"
    shutil.copytree(full.root, root)
    folder = root / "notebooks" / "explore"
    folder.mkdir(parents=True)
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    notebook = nbformat.reads(json.dumps(BOOKS[name]), as_version=4)
    tagged = next(cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", []))
    tagged.source = 'engagement = "synthetic"'
    client = NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": str(folder)}})
    client.execute(env={**os.environ, "KITHWORK_KEY_FILE": str(synthetic.key(full.root))})
    assert all(cell.execution_count for cell in notebook.cells if cell.cell_type == "code")
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before
