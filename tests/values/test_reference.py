"""Other organisations' figures: the study itself is left out, and of the others each is a dot."""

from __future__ import annotations

import pandas as pd
import pytest
from synthetic import HOME

from kithwork import params, store
from kithwork.tables import ORGANISATIONS
from kithwork.values import scorecard
from kithwork.values.reference import others

REACH = "learning.two_step_reach"


@pytest.fixture
def bundled(monkeypatch) -> pd.DataFrame:
    """The file of the repository."""
    monkeypatch.setattr(params, "ROOT", HOME)
    return store.organisations()


def many(number: int) -> pd.DataFrame:
    """Organisations with the figures 1, 2, 3 …"""
    text = dict.fromkeys(("tie", "source", "terms"), "as told")
    rows = [
        {"organisation": f"o{at}", "name": f"firm {at}", "people": 50, "pairs": 99, "indicator": REACH, "unit": "%", **text}
        | {"estimate": at, "low": at - 1, "high": at + 1, "reference": None}
        for at in range(1, number + 1)
    ]
    return ORGANISATIONS.checked(pd.DataFrame(rows))


def test_the_study_itself_is_left_out(bundled):
    """`aarhus` is set beside the others, a client's study beside all five."""
    assert "aarhus" not in set(others(REACH, "aarhus", bundled)["organisation"])
    assert len(others(REACH, "aarhus", bundled)) == 4
    assert len(others(REACH, "client", bundled)) == 5


def test_others_stand_from_the_lowest_on():
    """And of another indicator there are none."""
    assert others(REACH, "o2", many(3).iloc[::-1])["estimate"].tolist() == [1, 3]
    assert others("no.such", "o1", many(3)).empty


def test_a_study_without_the_file_has_no_others(monkeypatch, tmp_path):
    """A client's folder need not bring it."""
    monkeypatch.setattr(params, "ROOT", tmp_path)
    assert store.organisations().empty


def test_the_file_is_of_indicators_that_exist(bundled):
    """Every indicator in it is one that a value declares; every organisation states its source and terms."""
    declared = {f"{value}.{one.name}" for value, those in scorecard.declared().items() for one in those}
    assert set(bundled["indicator"]) <= declared
    assert bundled[["source", "terms", "tie"]].notna().all(axis=None)
    readme = (HOME / "data" / "reference" / "README.md").read_text(encoding="utf-8")
    assert all(f"`{name}`: {what}" in readme for name, what in zip(bundled["organisation"], bundled["name"], strict=True))
