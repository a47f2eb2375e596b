"""What `kithwork status` tells of a study besides its stages: decisions, failures, pages and days."""

from __future__ import annotations

import json
from contextlib import nullcontext
from datetime import date, timedelta

import cells
import nbformat.v4
import pytest

from kithwork import store
from kithwork.errors import UserError
from kithwork.pages import rendering
from pipeline import stale, staleness, status

STAGES = [{"stage": name, "state": staleness.CURRENT, "why": []} for name in ("clean", "ties")]


@pytest.fixture
def house(project, monkeypatch):
    """Two studies, one of which has its raw folder; dvc finds every stage current."""
    cells.house(project)
    store.raw("synthetic").mkdir(parents=True)
    monkeypatch.setattr("dvc.repo.Repo", lambda _: nullcontext())
    monkeypatch.setattr(staleness, "of", lambda repo, name, made: [dict(one) for one in STAGES])
    return project


def halted(project, stem: str = "2_ties", error: str = "error") -> None:
    """A notebook that papermill ran until its second code cell failed."""
    failed = nbformat.v4.new_output("error", ename="KeyError", evalue="'Ada'", traceback=[])
    shown = [failed] if error == "error" else []
    path = project / "build" / "executed" / "synthetic" / f"{stem}.ipynb"
    book = (cells.markdown("## Load"), cells.code(), cells.markdown("## Work"), cells.code("x", *shown), cells.code())
    cells.save(path, *book, papermill={"exception": True if shown else None})
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")), indent=1), encoding="utf-8")


def test_study_is_as_its_stages_are(house, monkeypatch):
    """Current or never run where all are; else to be run; one without files lacks them, and says what to do."""
    found = {one["study"]: one for one in status.status()}
    assert found["synthetic"]["state"] == "current"
    assert found["synthetic"]["lacks"] == ""
    assert found["other"]["state"] == "lacks its files"
    assert found["other"]["lacks"].startswith("data/raw/other: is missing")
    for states, told in (("never run", "never run"), ("perhaps to be run", "to be run")):
        stages = [STAGES[0] | {"state": states}, STAGES[1] | {"state": "never run"}]
        monkeypatch.setattr(staleness, "of", lambda repo, name, made, stages=stages: stages)
        [only] = status.status(["synthetic"])
        assert only["state"] == told
        assert only["stages"] == stages


def test_unknown_study_is_told_before_anything_is_read(house):
    """With the nearest there is."""
    with pytest.raises(UserError, match="Did you mean 'synthetic'"):
        status.status(["syntetic"])


def test_open_decisions_are_counted(house):
    """Lines that nobody filled in, list by list; a list of none, or of answers alone, waits for nobody."""
    folder = store.folder("review", "synthetic")
    folder.mkdir(parents=True)
    (folder / "identities.csv").write_text("word,person,decision\nAda,p1,\nBo,p2,same\nCy,p3,\n", encoding="utf-8")
    (folder / "parties.csv").write_text("domain,kind\n", encoding="utf-8")
    assert status.waiting("synthetic") == [{"file": "data/review/synthetic/identities.csv", "lines": 2}]
    assert "Ada" not in json.dumps(status.status(["synthetic"]))


def test_failed_cell_is_named_and_its_error_is_not_quoted(house, monkeypatch):
    """Which cell of how many, under which heading, where the half-run notebook lies: while its stage is to be run."""
    halted(house, error="none")
    assert status.failed("synthetic") is None
    halted(house)
    told = status.failed("synthetic")
    assert told == {
        "notebook": "notebooks/2_ties.ipynb",
        "cell": 2,
        "cells": 3,
        "heading": "Work",
        "half_run": "build/executed/synthetic/2_ties.ipynb",
    }
    assert status.status(["synthetic"])[0]["failed"] is None
    late = [STAGES[0], STAGES[1] | {"state": staleness.STALE}]
    monkeypatch.setattr(staleness, "of", lambda repo, name, made: late)
    assert status.status(["synthetic"])[0]["failed"] == told


def test_page_and_its_banner_are_told(house):
    """Not there, there, there and marked stale."""
    page = house / "reports" / "synthetic" / "index.html"
    assert (status.status()[0]["page"], status.status()[0]["page_stale"]) == ("", False)
    rendering.write(page, stale.PLACE)
    assert (status.status()[0]["page"], status.status()[0]["page_stale"]) == ("reports/synthetic/index.html", False)
    stale.mark("synthetic")
    assert status.status()[0]["page_stale"]


@pytest.mark.parametrize(("days", "near"), [(status.SOON + 1, False), (status.SOON, True), (0, True), (-3, True)])
def test_day_of_retention_is_near_from_two_months_before(days, near, house):
    """And stays so when it has passed: status is told of a study that may no longer be run."""
    content = cells.settings(house)
    content["engagements"]["synthetic"]["retention"] = str(date.today() + timedelta(days))
    cells.settle(house, content)
    [only] = status.status(["synthetic"])
    assert (only["days_left"], only["retention_near"]) == (days, near)
