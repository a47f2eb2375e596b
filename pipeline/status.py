"""What `kithwork status` tells: of each study which stages are to be run and why, and what else waits for somebody.

It is for programs too: plain data, told in words by the command.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from kithwork import params, store
from kithwork.pages import rendering
from kithwork.params import Params
from kithwork.tables import STAGES
from pipeline import prepare, run, stale, staleness, studies

ANSWERED = {"identities": "decision", "parties": "kind"}
"""The lists that a run writes for a person to decide on, and the column that the decision goes into."""
SOON = 60
"""Days before the day of retention from which it is told."""
FAILED = b'"exception": true'
"""What papermill writes into a notebook that it could not run to its end."""


def status(names: Iterable[str] = ()) -> list[dict[str, Any]]:
    """Of each study named, or of all. Raises `UserError` for an unknown name, faulty settings or a faulty notebook."""
    asked = params.read()
    wanted = studies.chosen(asked, names)
    made = prepare.made()
    from dvc.repo import Repo

    with Repo(str(params.ROOT)) as repo:
        stages = {name: staleness.of(repo, name, made) for name in wanted}
    return [_of_study(asked, name, stages[name]) for name in wanted]


def _of_study(asked: Params, name: str, stages: list[dict[str, Any]]) -> dict[str, Any]:
    lacks = studies.lacking(asked, name)
    left = (asked.engagements[name].retention - date.today()).days
    page = params.ROOT / "reports" / name / "index.html"
    return {
        "study": name,
        "synthetic": asked.engagements[name].label,
        "state": "lacks its files" if lacks else _state(stages),
        "lacks": str(lacks) if lacks else "",
        "stages": stages,
        "page": f"reports/{name}/index.html" if page.is_file() else "",
        "page_stale": stale.is_marked(name),
        "retention": str(asked.engagements[name].retention),
        "days_left": left,
        "retention_near": left <= SOON,
        "waiting": waiting(name),
        "failed": failed(name, [one["stage"] for one in stages if one["state"] != staleness.CURRENT]),
    }


def _state(stages: list[dict[str, Any]]) -> str:
    states = {one["state"] for one in stages}
    for state in (staleness.CURRENT, staleness.NEVER):
        if states == {state}:
            return state
    return staleness.STALE


def waiting(study: str) -> list[dict[str, Any]]:
    """The lists of `data/review/<study>/` that somebody is to decide on: `file`, and how many `lines` are open."""
    found = []
    for name, column in ANSWERED.items():
        path = store.folder("review", study) / f"{name}.csv"
        if path.is_file():
            with path.open(encoding="utf-8", newline="") as file:
                lines = sum(not row.get(column) for row in csv.DictReader(file))
            if lines:
                found.append({"file": f"data/review/{study}/{name}.csv", "lines": lines})
    return found


def failed(study: str, stages: Iterable[str] = STAGES) -> dict[str, Any] | None:
    """The first of these chapters whose last run ended in an error: `notebook`, `cell` of how many, `heading` and the
    half-run copy.

    The error's words stay out: they may quote a client's file.
    """
    for stem in (rendering.STEMS[stage] for stage in STAGES if stage in stages):
        path = params.ROOT / "build" / "executed" / study / f"{stem}.ipynb"
        if not path.is_file() or FAILED not in (content := path.read_bytes()):
            continue
        cells = json.loads(content)["cells"]
        for place, (number, total, heading) in run.headings(cells).items():
            if any(output["output_type"] == "error" for output in cells[place]["outputs"]):
                half_run = str(path.relative_to(params.ROOT))
                where = {"notebook": f"notebooks/{stem}.ipynb", "cell": number, "cells": total, "heading": heading}
                return where | {"half_run": half_run}
    return None
