"""What the stages depend on besides data: each notebook without its outputs, and each stage's settings and code.

A notebook that was only run and saved in JupyterLab gives the same copy, for whichever study, so saving it makes no stage
out of date. The inputs of a stage are one small file: the settings it reads, checked and with defaults filled in, and a
digest of every source file that its notebook imports. Changing a setting or a file makes those stages alone run again that
use it; dvc need not parse params.yaml for each, and nobody keeps lists of files by hand. What chapter 1 reads at an address
is told of there too.
"""

from __future__ import annotations

import ast
import hashlib
import json
import re
import shutil
from pathlib import Path
from typing import Any

from kithwork import params
from kithwork.errors import Problem, UserError
from kithwork.pages import rendering
from kithwork.tables import STAGES
from pipeline import elsewhere, imports

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}

STUDY = 'engagement = "aarhus"'
NAMES_STUDY = re.compile(r"""engagement *= *("[^"\n]*"|'[^'\n]*')\s*""")
"""What the tagged cell says in every copy, whichever study a person looked at last: a run says which one it is of."""

READS = {
    "clean": (
        "clean",
        *(f"engagement.{name}" for name in ("bad_rows", "directed", "engine", "ids", "period", "places", "purposes")),
        *(f"engagement.{name}" for name in ("scales", "sources", "survey_months_ago")),
        "report.smallest_group",
    ),
    "ties": (
        *(f"engagement.{name}" for name in ("base_rates", "directed", "fewest_contacts", "labels", "signs")),
        "report.smallest_group",
        "ties",
    ),
    "people": (
        "engagement.directed",
        "people",
        "report.smallest_group",
        "ties.draws",
        "values.resamples",
    ),
    "values": (
        "change.ready_at",
        *(f"engagement.{name}" for name in ("directed", "labels", "signs")),
        "report.smallest_group",
        "ties.draws",
        "values",
    ),
    "market": ("engagement.labels", "engagement.signs", "market", "report.smallest_group"),
    "change": (
        "change",
        *(f"engagement.{name}" for name in ("change_began", "directed", "period")),
        "report.smallest_group",
    ),
    "report": tuple(name for name in params.Settings.model_fields if name != "name"),
}
"""The settings that each stage reads; tests/pipeline/test_prepare.py holds this against what its chapter really reads."""

LOOKS = tuple(f"src/kithwork/desk/{name}.py" for name in ("__init__", "dress", "shown"))
RUNNING = ("pipeline/run.py", "pipeline/chapter.py", "requirements.lock", *LOOKS)
"""Files that a stage's results rest on besides its notebook and the package."""


def prepare() -> None:
    """Write `build/notebooks/` and `build/inputs/`. Raises `UserError` naming every notebook or setting at fault."""
    asked = params.read().engagements
    elsewhere.forget(asked)
    told = {name: inputs_of(STAGES[0], name) for name in asked}
    elsewhere.look({name: path for name, path in told.items() if not elsewhere.of(name, asked[name], path)})
    texts = made()
    shutil.rmtree(params.ROOT / "build" / "inputs", ignore_errors=True)  # of engagements that are no more
    for path, text in texts.items():
        rendering.write(path, text)


def made() -> dict[Path, str]:
    """What `prepare` would write now, by its place. Raises `UserError` as it does."""
    studies = {name: params.stated(name) for name in params.read().engagements}
    settings = {name: study.model_dump(mode="json") for name, study in studies.items()}
    copies, inputs, problems = {}, {}, []
    for stage, stem in rendering.STEMS.items():
        try:
            copies[copy_of(stem)] = stripped(params.ROOT / "notebooks" / f"{stem}.ipynb")
            code = _digests(_code(copies[copy_of(stem)], f"notebooks/{stem}.ipynb"))
        except UserError as error:
            problems += error.problems
            continue
        for name, content in settings.items():
            rests = {"settings": _part(content, READS[stage]), "code": code}
            if stage == STAGES[0] and (there := elsewhere.of(name, studies[name].engagement, inputs_of(stage, name))):
                rests[elsewhere.KEY] = there
            inputs[inputs_of(stage, name)] = _text(rests)
    if problems:
        raise UserError(problems)
    return copies | inputs


def copy_of(stem: str) -> Path:
    """Where the copy of a notebook lies."""
    return params.ROOT / "build" / "notebooks" / f"{stem}.ipynb"


def inputs_of(stage: str, engagement: str) -> Path:
    """Where the settings and code of a stage are written down."""
    return params.ROOT / "build" / "inputs" / engagement / f"{stage}.json"


def _part(content: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    found = {}
    for name in names:
        value: Any = content
        for key in name.split("."):
            value = value[key]
        found[name] = value
    return found


def _code(copy: str, name: str) -> list[str]:
    """The code cells of a notebook, less the lines that are IPython's own. Raises `UserError` where one is not Python."""
    cells = [cell for cell in json.loads(copy)["cells"] if cell["cell_type"] == "code"]
    found = ["".join(line for line in cell["source"] if not line.startswith(("%", "!"))) for cell in cells]
    for number, source in enumerate(found, start=1):
        try:
            ast.parse(source)
        except SyntaxError as error:
            what = f"has a code cell that is not Python (the {number}. of them, line {error.lineno})"
            raise UserError(Problem(what, name, "Mend it in JupyterLab (make lab).", found=error.msg)) from None
    return found


def _digests(code: list[str]) -> dict[str, str]:
    """A digest of every file that a stage's results rest on, by its path in the project."""
    package = {f"src/kithwork/{path.relative_to(imports.PACKAGE).as_posix()}": path for path in imports.files(code)}
    around = {name: params.ROOT / name for name in RUNNING}
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in (package | around).items()}


def _text(content: Any) -> str:
    return json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def stripped(notebook: Path) -> str:
    """The notebook as JSON: sources, pasted pictures, tags and ids; no outputs, counts, kernel of its own or widget states.

    Raises `UserError` for a notebook that is missing or is not one.
    """
    name = f"notebooks/{notebook.name}"
    if not notebook.is_file():
        raise UserError(Problem("is missing", name, f"Take it back: git checkout {name}."))
    try:
        content = json.loads(notebook.read_text(encoding="utf-8"))
        cells = [_cell(number, cell) for number, cell in enumerate(content["cells"])]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UserError(
            Problem("is not a notebook", name, f"Save it again, or take it back: git checkout {name}.")
        ) from None
    plain = {
        "cells": cells,
        "metadata": {"kernelspec": KERNEL, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return _text(plain)


def _cell(number: int, cell: dict) -> dict:
    tags, source = cell["metadata"].get("tags") or [], "".join(cell["source"])
    if "parameters" in tags and NAMES_STUDY.fullmatch(source):
        source = STUDY
    kept = {
        "cell_type": cell["cell_type"],
        "id": cell.get("id", f"cell-{number}"),
        "metadata": {"tags": tags} if tags else {},
        "source": source.splitlines(keepends=True),
    }
    if cell.get("attachments"):  # pictures pasted into prose
        kept["attachments"] = cell["attachments"]
    return kept | ({"execution_count": None, "outputs": []} if cell["cell_type"] == "code" else {})
