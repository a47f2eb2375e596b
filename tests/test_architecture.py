"""The house is as its plans say: imports go one way, dvc.yaml lists what chapters use, the map names what is there."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
import synthetic
import yaml

from kithwork import store
from kithwork.cli import VERBS
from kithwork.engagement import Simulation
from kithwork.pages import rendering
from kithwork.report import measures
from kithwork.tables import CLAIMING, STAGES, TABLES

HOME = synthetic.HOME
SOURCES = sorted((HOME / "src").rglob("*.py"))
NOTEBOOKS = sorted((HOME / "notebooks").rglob("*.ipynb"))
DVC_FILE = yaml.safe_load((HOME / "dvc.yaml").read_text(encoding="utf-8"))
DVC = DVC_FILE["stages"]
MAP = (HOME / "ARCHITECTURE.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]

LAYERS = (
    ("errors", "display", "passing"), ("engines", "sealing", "writing"), ("mishaps",), ("setting", "yamlfile"),
    ("engagement",), ("chapters",), ("params",),
    ("brand",), ("contract",), ("market_tables",), ("tables",),
    ("decided_tables",), ("scales",), ("kept",), ("log",), ("store",), ("lists", "wave_before"),
    ("estimates", "disclosure"), ("replicates", "shrinkage", "gaussian"),
    ("claims",), ("survey",),
    ("readers", "cleaning"),
    ("ties", "network"), ("people",), ("values", "market", "change"), ("release",),
    ("report", "simulation"), ("pages", "desk"), ("lint", "audit"), ("publishing",),
    ("arrival",), ("commands",), ("cli",), ("__main__",),
)  # fmt: skip
"""The floors of the house, lowest first: code imports from lower ones and from its own part, never from beside or above."""

ALLOWED = {("cleaning", "readers"), ("report", "values")}
"""Cleaning judges what readers yield; the report prints the titles of the values."""


@cache
def imports(path: Path) -> set[str]:
    """Full names of the modules that a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def part(name: str) -> str:
    """The part of the house that a module of the package lies in: `ties` for kithwork.ties.kinds."""
    return name.split(".")[1] if "." in name else ""


def floor(name: str) -> int:
    """The number of its floor."""
    return next(number for number, parts in enumerate(LAYERS) if name in parts)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(HOME / "src").as_posix())
def test_imports_go_down(path):
    """No file imports from its own floor's other parts or from above."""
    own = part(".".join(path.relative_to(HOME / "src").with_suffix("").parts)).replace("__init__", "")
    for name in imports(path):
        if not name.startswith("kithwork.") or not own or part(name) in (own, "__version__"):
            continue
        other = part(name)
        assert floor(other) < floor(own) or (own, other) in ALLOWED, f"{own} imports {other}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(HOME / "src").as_posix())
def test_package_knows_no_pipeline(path):
    """The package runs in any notebook: it imports neither dvc nor papermill nor the pipeline."""
    assert not {name.split(".")[0] for name in imports(path)} & {"dvc", "papermill", "pipeline", "nbconvert", "nbformat"}


def test_every_module_says_what_it_is_for():
    """Each file of the package and the pipeline opens with a docstring."""
    for path in [*SOURCES, *(HOME / "pipeline").glob("*.py")]:
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), path


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_no_name_is_defined_twice(path):
    """No module defines a function or class of one name twice: the second would silently stand for both."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = [node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    assert len(names) == len(set(names))


def test_no_drawers():
    """No file is called utils, helpers, common or misc."""
    assert not {path.stem for path in SOURCES} & {"utils", "helpers", "common", "misc", "base"}


KEYS_APART = {"network/introductions.py", "network/matching.py", "ties/local.py"}
"""Where only whole numbers are sorted that all differ, or of which equal ones are dropped."""


@pytest.mark.parametrize("path", [*SOURCES, *NOTEBOOKS], ids=lambda path: path.stem)
def test_ties_in_an_order_are_not_the_processors(path):
    """NumPy sorts equal values otherwise on other processors: where one column alone decides, the sort is stable."""
    if path.as_posix().endswith(tuple(KEYS_APART)):
        return
    calls = [call for tree in parsed(path) for call in ast.walk(tree) if isinstance(call, ast.Call)]
    for call in (one for one in calls if isinstance(one.func, ast.Attribute)):
        several = call.func.attr == "sort_values" and any(isinstance(one, ast.List) for one in call.args[:1])
        if call.func.attr in ("argsort", "sort_values") and not several:
            assert "kind='stable'" in ast.unparse(call), ast.unparse(call)


def parsed(path: Path) -> list[ast.Module]:
    """A module, or each cell of code of a notebook but those that ask the shell."""
    if path.suffix == ".py":
        return [ast.parse(path.read_text(encoding="utf-8"))]
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    return [ast.parse(source) for source in sources if not source.startswith("%")]


def stages() -> dict[str, dict]:
    """What dvc.yaml says of each stage, `do` included."""
    return {name: stage.get("do", stage) for name, stage in DVC.items()}


def test_dvc_has_a_stage_a_chapter():
    """The stages are: prepare, simulate, the chapters in order, publish and index; most for each engagement."""
    assert list(DVC) == ["prepare", "simulate", *STAGES, "publish", "index"]
    for name in [*STAGES, "publish"]:
        assert DVC[name]["foreach"] == "${engagements}"


@pytest.mark.parametrize("stage", STAGES)
def test_dvc_lists_what_a_chapter_loads_and_saves(stage):
    """Tables that the notebook loads are dependencies, each by its file; what it saves is the stage's own folder."""
    stem = rendering.STEMS[stage]
    book = json.loads((HOME / "notebooks" / f"{stem}.ipynb").read_text(encoding="utf-8"))
    source = "\n".join("".join(cell["source"]) for cell in book["cells"] if cell["cell_type"] == "code")
    tree = ast.parse(source)
    named = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and node.value in TABLES}
    loaded = {
        f"data/{TABLES[name].stage}/${{key}}/{name}" + ".parquet" * (name != store.LOG)
        for name in named
        if TABLES[name].stage not in ("", stage)
    }
    if "store.claims(" in source:
        loaded |= {f"data/{one}/${{key}}/claims.parquet" for one in CLAIMING}
    if "store.organisations(" in source:
        loaded.add("data/reference/organisations.csv")
    if stage in ("clean", "values", "market", "report"):  # decisions, the wave before, the report's provenance
        loaded.add("data/raw/${key}")
    does = stages()[stage]
    assert does["cmd"] == f"python -m pipeline run {stage} ${{key}}"
    assert set(does["deps"]) == loaded | {f"build/notebooks/{stem}.ipynb", f"build/inputs/${{key}}/{stage}.json"}
    assert does["outs"] == [f"data/{stage}/${{key}}", f"build/chapters/${{key}}/{stem}.json"]


def facets(template: dict) -> list[dict]:
    """By what a plot is parted into panels."""
    facet = template.get("facet")
    return [facet.get("row", facet)] if facet else []


def test_dvc_compares_every_engagement(project):
    """The change and report chapters write a metric and plots for each engagement, and no line of dvc.yaml names one; plots
    are drawn by templates of ours from columns that the files have."""
    curves = pd.DataFrame({"scenario": "random", "week": [0, 1], "median": [0.1, 0.25], "low": 0.0, "high": 1.0})
    store.save_ways(curves, "any")
    for name, table in (
        ("kinds", measures.kinds(synthetic.released())),
        ("values", measures.values(synthetic.released(), synthetic.facts())),
    ):
        store.save_compared(name, table, "any")
    store.save_compared("study", {"people": 61}, "any")
    assert set(DVC_FILE) == {"stages"}
    saved = {f"data/compare/any/{name}" for name in ("study.json", "ways.json", "kinds.csv", "values.csv", "ways.csv")}
    compared = [stages()[stage] for stage in ("change", "report")]
    drawn = {
        path.replace("${key}", "any"): plot for does in compared for one in does["plots"] for path, plot in one.items()
    }
    metrics = {path.replace("${key}", "any") for does in compared for path in does["metrics"]}
    assert (
        metrics | set(drawn)
        == saved
        == {f"data/compare/any/{path.name}" for path in (project / "data/compare/any").iterdir()}
    )
    assert json.loads((project / "data/compare/any/ways.json").read_text(encoding="utf-8")) == {"start": {"random": 25}}
    for path, plot in drawn.items():
        template = (HOME / ".dvc" / "plots" / f"{plot['template']}.json").read_text(encoding="utf-8")
        columns = set(pd.read_csv(project / path).columns)
        assert {plot["x"], plot["y"], *re.findall(r"datum\.(\w+)", template)} <= columns
        assert {one["field"] for one in facets(json.loads(template))} <= columns


def test_dvc_simulates_by_recipe():
    """Each recipe in params.yaml becomes the raw files of its engagement, by the command that people type."""
    assert DVC["simulate"]["foreach"] == "${simulations}"
    does = stages()["simulate"]
    options = " ".join(f"--{name} ${{item.{name}}}" for name in Simulation.model_fields)
    assert does["cmd"] == f"python -m kithwork simulate {options} --out data/raw/${{key}}"
    assert does["outs"] == [{"data/raw/${key}": {"cache": False, "persist": True}}]  # dvc never empties a raw folder
    parts = {part(name) for path in (HOME / "src/kithwork/simulation").glob("*.py") for name in imports(path)}
    parts -= {"", "errors", "tables", "__version__"}
    listed = {name.removeprefix("src/kithwork/").split("/")[0] for name in does["deps"]}
    assert {name for name in parts if (HOME / "src/kithwork" / name).is_dir()} <= listed


def test_dvc_lists_what_preparing_and_publishing_read():
    """Every notebook and all code go into `prepare`; every chapter and all that makes pages go into `publish`."""
    deps = {name: set(stage["deps"]) for name, stage in stages().items()}
    books = {f"notebooks/{stem}.ipynb" for stem in rendering.STEMS.values()}
    assert deps["prepare"] == books | {"params.yaml", "requirements.lock", "pipeline", "src"}
    chapters = {f"build/chapters/${{key}}/{stem}.json" for stem in rendering.STEMS.values()}
    documents = {f"data/report/${{key}}/{name}.json" for name in ("page", "page_public")}
    made_with = {"pipeline/publish.py", "pipeline/prose.py", "brand", "src/kithwork/brand", "src/kithwork/pages"}
    assert deps["publish"] == chapters | made_with | documents | {"build/notebooks/7_report.ipynb"}
    used = {name.split(".")[1] for name in imports(HOME / "pipeline" / "publish.py") if name.startswith("pipeline.")}
    assert {f"pipeline/{name}.py" for name in used} <= made_with | {"pipeline/prepare.py"}  # which only knows a path
    told_of = {
        "contract.py",
        "decided_tables.py",
        "market_tables.py",
        "readers/parts/rows.py",
        "survey",
        "tables.py",
        "values",
    }
    told_of = {f"src/kithwork/{name}" for name in told_of}
    assert deps["index"] == made_with - {"pipeline/prose.py"} | told_of | {"data/report"}


def test_generated_folders_are_ignored():
    """Nothing that a stage writes can be committed by mistake."""
    listed = [out if isinstance(out, str) else next(iter(out)) for stage in stages().values() for out in stage["outs"]]
    outs = [out.replace("${key}", "any") for out in listed]
    asked = subprocess.run(["git", "check-ignore", *outs], cwd=HOME, capture_output=True, text=True, check=False)
    if asked.returncode == 128:
        pytest.skip("not a git repository")
    assert asked.stdout.split() == outs


def requirement(line: str) -> tuple[str, frozenset[str]]:
    """Name and version limits of `name>=1,<2`."""
    name, limits = re.match(r"([A-Za-z0-9_.\[\]-]+)(.*)", line.strip()).groups()
    return name, frozenset(limits.replace(" ", "").split(","))


def test_every_library_imported_is_declared():
    """What the package and the pipeline import is in pyproject.toml, not merely there because something else wants it."""
    named = {"bs4": "beautifulsoup4", "yaml": "pyyaml", "sklearn": "scikit-learn", "ibis": "ibis-framework"}
    named |= {"dateutil": "python-dateutil", "PIL": "pillow", "kithwork": ""}
    named |= {"jupyter_client": "jupyter-client", "IPython": "ipython", "jupyter_server": "jupyter-server"}
    here = {name.split(".")[0] for path in [*SOURCES, *(HOME / "pipeline").glob("*.py")] for name in imports(path)}
    outside = {named.get(name, name) for name in here - set(sys.stdlib_module_names) - {"pipeline"}} - {""}
    asked = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["spark"]]
    assert outside <= {requirement(line)[0].split("[")[0] for line in asked}


def test_the_lock_holds_hashes_and_no_address():
    """Every package of the lock is pinned and hashed; no file says where it is to be fetched."""
    text = (HOME / "requirements.lock").read_text(encoding="utf-8")
    pinned = re.findall(r"^([a-z0-9._-]+(?:\[[a-z]+\])?)==", text, flags=re.M)
    assert len(pinned) > 200
    assert text.count("--hash=sha256:") >= len(pinned)
    assert "://" not in text
    declared = {requirement(line)[0].split("[")[0] for line in PROJECT["dependencies"]}
    assert declared <= {name.split("[")[0] for name in pinned}


@pytest.mark.parametrize(
    "lock", sorted([*HOME.glob("benchmarks/*.lock"), *HOME.glob("tests/*.lock")]), ids=lambda lock: lock.stem
)
def test_locks_of_single_commands_hold_hashes_and_no_address(lock):
    """As the main lock does; and what pyproject.toml asks of Spark is what is locked."""
    text = lock.read_text(encoding="utf-8")
    held = re.findall(r"^([a-z0-9-]+)==(\S+)((?: \\\n    --hash=sha256:[0-9a-f]{64})+)$", text, flags=re.M)
    pinned = {name: version for name, version, _ in held}
    assert len(text.split()) == sum(1 + len(hashes.split()) for *_, hashes in held)
    assert "://" not in text
    if "pyspark" in pinned:
        _, limits = requirement(PROJECT["optional-dependencies"]["spark"][0])
        assert ">={}.{}".format(*pinned["pyspark"].split(".")) in limits


def drawn() -> str:
    """The part of ARCHITECTURE.md that says where things are."""
    return MAP.split("## Where things are")[1].split("## Rules")[0]


def test_the_map_names_every_module():
    """Each module of the package and of the pipeline is on the map."""
    on_map = set(re.findall(r"[a-z_]+\.py", drawn()))
    values = {f"{name.stem}.py" for name in (HOME / "src/kithwork/values").glob("*.py")}
    sections = {f"{name.stem}.py" for name in (HOME / "src/kithwork/report/sections").glob("*.py")}
    modules = {path.name for path in [*SOURCES, *(HOME / "pipeline").glob("*.py")]}
    assert modules - values - sections - {"__init__.py"} <= on_map


def test_the_map_names_nothing_that_is_not_there():
    """Each file and folder on the map exists, or is written by a run."""
    modules = {path.name for path in [*SOURCES, *(HOME / "pipeline").glob("*.py")]}
    assert set(re.findall(r"[a-z_]+\.py", drawn())) <= modules
    first = {line.split()[0] for line in drawn().splitlines() if re.match(r"[A-Za-z.]", line)} - {
        "data/<stage>/<engagement>/"
    }
    for name in first:
        assert (HOME / name).exists(), name


def test_readme_names_real_commands():
    """Each `make` target and `kithwork` verb that README.md names is there."""
    text = (HOME / "README.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z0-9-]+):", (HOME / "Makefile").read_text(encoding="utf-8"), flags=re.M))
    asked = set(re.findall(r"`?make ([a-z][a-z0-9-]*)", text))
    benchmarks = {f"bench-{path.stem}" for path in (HOME / "benchmarks").glob("*.py")}
    assert {name for name in asked if not name.startswith("bench-")} <= targets
    assert {name for name in asked if name.startswith("bench-")} - {"bench-"} <= benchmarks
    assert set(re.findall(r"`kithwork ([a-z]+)", text)) <= set(VERBS)
