"""Which files a chapter's code reaches: found by reading, and no fewer than what is loaded when it runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
import synthetic

from kithwork.pages import rendering
from pipeline import imports

LOADED = """
import json, sys
import synthetic
found = {}
for chapter in synthetic.CHAPTERS:
    for name in [name for name in sys.modules if name.split(".")[0] == "kithwork"]:
        del sys.modules[name]
    synthetic.run_chapters(chapters=(chapter,))
    found[chapter] = [module.__file__ for name, module in sys.modules.items() if name.split(".")[0] == "kithwork"]
with open(sys.argv[1], "w", encoding="utf-8") as file:
    json.dump(found, file)
"""
"""Runs the chapters one after the other, the package imported anew for each, and writes down which files were loaded."""


def names(*sources: str) -> list[str]:
    """What these pieces of code reach, as paths inside the package."""
    return [path.relative_to(imports.PACKAGE).as_posix() for path in imports.files(sources)]


def code_of(stem: str) -> list[str]:
    """The code cells of one of the project's notebooks."""
    notebook = json.loads((synthetic.HOME / "notebooks" / f"{stem}.ipynb").read_text(encoding="utf-8"))
    return ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]


def test_files_are_reached_through_others():
    """A module, the packages it lies in, and what they import in turn, each once and sorted."""
    found = names("from kithwork.market import coverage", "import kithwork.market.coverage as again")
    assert found == sorted(set(found))
    assert {"__init__.py", "market/__init__.py", "market/coverage.py", "claims.py", "errors.py"} <= set(found)


@pytest.mark.parametrize(
    "source",
    [
        "from kithwork import store",
        "import kithwork.store",
        "from kithwork.store import load",
        "def later():\n    from kithwork import store",
        "if True:\n    import kithwork.store as s",
    ],
)
def test_every_way_to_import_counts(source):
    """Whole modules, names inside them, and imports that run later."""
    assert "store.py" in names(source)


def test_other_libraries_do_not_count():
    """Only the package's own files are watched; the lock stands for the rest."""
    assert names("import numpy as np\nfrom pandas import DataFrame\nimport kithworkshop\nx = 1") == []


def test_package_named_at_run_time_counts_whole():
    """What `import_module` is given as an f-string may be any module of that package."""
    every = {f"values/{path.name}" for path in (imports.PACKAGE / "values").glob("*.py")}
    found = names('from importlib import import_module\nimport_module(f"kithwork.values.{value}")')
    assert every <= set(found)


def test_name_that_cannot_be_read_is_refused():
    """`import_module(name)` could be anything: an error to the developer, not a file overlooked."""
    with pytest.raises(AssertionError, match="f-string"):
        imports.files(["import_module(name)"])


def test_chapters_do_not_reach_each_others_files():
    """The market chapter rests on neither values nor change, so that their code leaves it alone."""
    found = imports.files(code_of("5_market"))
    assert not [path for path in found if path.parent.name in ("values", "change", "people", "report")]


@pytest.mark.slow
def test_all_that_a_chapter_loads_is_found(project):
    """Every file of the package loaded while a chapter runs is among those found by reading its code."""
    synthetic.build(project, synthetic.tables(), synthetic.SIGNS, people={"most_segments": 2})
    environment = os.environ | {"PYTHONPATH": str(synthetic.HOME / "tests")}
    command = [sys.executable, "-c", LOADED, str(project / "loaded.json")]
    subprocess.run(command, check=True, capture_output=True, cwd=project, env=environment)
    loaded = json.loads((project / "loaded.json").read_text(encoding="utf-8"))
    assert list(loaded) == list(rendering.STEMS.values())
    for stem, files in loaded.items():
        assert {str(imports.PACKAGE / "store.py")} <= set(files)
        assert set(files) - {str(path) for path in imports.files(code_of(stem))} == set()
