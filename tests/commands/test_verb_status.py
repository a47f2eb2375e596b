"""`kithwork status`: what is stale and why, in words."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from kithwork.cli import app
from kithwork.commands import process

CURRENT = [{"stage": name, "state": "current", "why": []} for name in ("clean", "ties")]
LATE = [
    CURRENT[0],
    {"stage": "ties", "state": "to be run", "why": ["params.yaml: ties.draws 100 → 200", "requirements.lock changed"]},
]
STUDY = {
    "study": "acme",
    "synthetic": "",
    "state": "current",
    "lacks": "",
    "stages": CURRENT,
    "page": "reports/acme/index.html",
    "page_stale": False,
    "retention": "2030-01-31",
    "days_left": 900,
    "retention_near": False,
    "waiting": [],
    "failed": None,
}


@pytest.fixture
def told(monkeypatch):
    """The lines that are printed of studies like STUDY, but for these changes."""

    def say(*changes: dict, words: tuple[str, ...] = ()) -> list[str]:
        monkeypatch.setattr(process, "answer_of", lambda *_: [STUDY | change for change in changes])
        found = CliRunner().invoke(app, ["status", *words])
        assert found.exit_code == 0
        return [" ".join(line.split()) for line in found.output.splitlines()]

    return say


def test_current_study_takes_few_lines(told):
    """All stages in one, the page, and what to do next; asked for by name it has a line a stage."""
    page, last = "page reports/acme/index.html", "next kithwork open acme"
    assert told({}) == ["acme current", "stages all 2 are current", page, last]
    assert told({}, words=("acme",)) == ["acme current", "clean current", "ties current", page, last]


def test_late_study_has_a_line_a_stage_and_one_a_reason(told):
    """The page is then of an earlier run, or marked; next comes a run."""
    late = {"state": "to be run", "stages": LATE}
    lines = told(late)
    assert lines == [
        "acme to be run: 1 of 2 stages",
        "clean current",
        "ties to be run: params.yaml: ties.draws 100 → 200",
        "requirements.lock changed",
        "page reports/acme/index.html, of an earlier run",
        "next kithwork run acme",
    ]
    assert "page reports/acme/index.html, marked stale" in told(late | {"page_stale": True})
    assert "page not there yet" in told(late | {"page": ""})


def test_study_without_files_says_what_it_lacks(told):
    """And that alone of its stages; nothing can be run next."""
    lacks = "data/raw/acme: is missing. Make it."
    lines = told({"state": "lacks its files", "lacks": lacks, "page": ""})
    assert lines == ["acme lacks its files", f"lacks {lacks}", "page not there yet"]


def test_what_waits_for_somebody_is_told(told):
    """Decisions, a failed cell, the day of retention; and before all that nobody in a simulated study exists."""
    failed = {"notebook": "notebooks/2_ties.ipynb", "cell": 2, "cells": 9, "heading": "Work", "half_run": "build/x.ipynb"}
    waiting = [{"file": "data/review/acme/identities.csv", "lines": 15}, {"file": "b.csv", "lines": 1}]
    near = {"retention_near": True, "days_left": 12}
    lines = told({"synthetic": "Synthetic.", "failed": failed, "waiting": waiting} | near)
    assert lines[0] == "acme current (Synthetic.)"
    assert lines[2:7] == [
        "failed the last run, in notebooks/2_ties.ipynb, cell 2 of 9, under 'Work'. As far as it ran: build/x.ipynb",
        "page reports/acme/index.html",
        "decide 15 lines wait in data/review/acme/identities.csv",
        "decide 1 line waits in b.csv",
        "retention 2030-01-31, 12 days left",
    ]
    assert "retention 2030-01-31, its day has come: nothing of it may be kept" in told(near | {"days_left": 0})


def test_script_reads_all_of_it(monkeypatch):
    """As the pipeline says it, of the study asked for."""
    asked = []
    monkeypatch.setattr(process, "answer_of", lambda *given: asked.append(given) or [STUDY])
    found = CliRunner().invoke(app, ["status", "acme", "--json"])
    assert json.loads(found.output) == [STUDY]
    assert asked == [("status", "acme")]
