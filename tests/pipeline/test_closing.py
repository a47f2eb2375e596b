"""The account at the end of `kithwork run`: what ran, what was found, what is next."""

from __future__ import annotations

import os

import cells
import pandas as pd
import pytest

from kithwork import store
from kithwork.engagement import SYNTHETIC
from kithwork.publishing import recorded
from kithwork.tables import INTAKE
from pipeline import closing, journal, staleness, status

WORDS = {"synthetic": "", "title": "A synthetic organisation", "summary": ["One: 5%", "Two: 6%"]}


@pytest.fixture
def house(project, monkeypatch):
    """A study of three stages, two of them late, with its page and intake."""
    cells.house(project)
    store.save_document("page", WORDS, "synthetic")
    counts = {"rows_in": 1200, "rows_kept": 1197, "rows_refused": 3, "rows_set_aside": 0}
    store.save(
        "intake",
        pd.DataFrame([{"source": "staff", "file": "a.csv", "note": None} | counts])[list(INTAKE.columns)],
        "synthetic",
    )
    states = {"clean": staleness.CURRENT, "ties": staleness.STALE, "publish": staleness.AFTER}
    stages = [{"stage": name, "state": state, "why": []} for name, state in states.items()]
    monkeypatch.setattr(staleness, "of", lambda repo, name, made: stages)
    yield project
    os.environ.pop(journal.NAMED_BY, None)


def account(*ran: str, failing: str = "", behind: tuple[str, ...] = ()) -> list[str]:
    """What is told after these stages."""
    told = closing.Account(None, ["synthetic"])
    for stage in ran:
        with journal.entry(f"{stage}@synthetic"):
            pass
    if failing:
        with pytest.raises(ZeroDivisionError), journal.entry(f"{failing}@synthetic"):
            raise ZeroDivisionError
    return [line.strip() for line in told.lines(behind)]


def test_only_late_stages_are_planned(house):
    """They are what stages say how many are left of."""
    closing.Account(None, ["synthetic"])
    assert journal.left() == 2


def test_study_is_told_in_full(house):
    """Title, what ran and was up to date with seconds, the summary, rows refused, its page, what to do next."""
    assert account("ties", "publish") == [
        "",
        "synthetic  A synthetic organisation",
        "ran ties 0 s, publish 0 s (together 0 s) · up to date: clean",
        "One: 5%",
        "Two: 6%",
        "3 of 1,200 rows refused: kithwork check synthetic says which and why",
        "page: reports/synthetic/index.html",
        "next: kithwork open synthetic",
    ]


def test_nothing_to_run_and_nothing_found_are_said(house):
    """In so many words."""
    store.save_document("page", WORDS | {"summary": []}, "synthetic")
    told = account()
    assert "everything was up to date" in told
    assert "Nothing in the data brought supports a finding." in told


def test_simulated_study_says_so_before_all_else(house):
    """The label stands under the title."""
    content = cells.settings(house)
    content["engagements"]["synthetic"]["synthetic"] = True
    cells.settle(house, content)
    assert account("ties")[2] == SYNTHETIC


def test_stage_taken_from_the_cache_is_told_as_such(house, monkeypatch):
    """dvc recorded it anew, and no process of it ran."""
    told = closing.Account(None, ["synthetic"])
    monkeypatch.setattr(recorded, "stages", lambda: {"ties@synthetic": {"cmd": "anything"}})
    assert "made before, or by another command: ties · up to date: clean, publish" in told.lines([])[2]


def test_failed_study_says_where_and_what_next(house, monkeypatch):
    """No finding of an older run stands under it."""
    cell = {"notebook": "notebooks/2_ties.ipynb", "cell": 2, "cells": 9, "heading": "Work", "half_run": ""}
    monkeypatch.setattr(status, "failed", lambda study: cell)
    assert account(failing="ties", behind=("synthetic",))[2:] == [
        "failed ties · not reached or up to date: clean, publish",
        "stopped in notebooks/2_ties.ipynb, cell 2 of 9, under 'Work'",
        "next: mend what is said above, then kithwork run synthetic",
    ]


def test_waiting_decisions_are_named(house, monkeypatch):
    """Each list with how many lines."""
    monkeypatch.setattr(status, "waiting", lambda study: [{"file": "a.csv", "lines": 1}, {"file": "b.csv", "lines": 12}])
    told = account()
    assert "1 line waits for a decision: a.csv" in told
    assert "12 lines wait for a decision: b.csv" in told
