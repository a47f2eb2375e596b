"""A small part of `make bench-volunteers`: one organisation, and goals that stand where the figures do."""

from __future__ import annotations

import pytest

from benchmarks import volunteers
from kithwork.setting import KINDS


@pytest.fixture(scope="module")
def study(world) -> volunteers.Study:
    """A small organisation without a survey."""
    return volunteers.Study(world)


@pytest.mark.slow
def test_volunteers_are_scored_on_ties_they_were_not_asked_about(study):
    """Without volunteers the vote tells its kinds and leaves all open; with twenty every kind has its scores."""
    voted, taught = study.scored(0), study.scored(20)
    assert set(voted) == {"functional", "strategic"}
    assert {one["open"] for one in voted.values()} == {100}
    assert set(taught) == set(KINDS)
    assert all(0 <= one["auc"] <= 1 and 0 <= one["open"] <= 100 for one in taught.values())


def test_goals_are_of_figures_that_there_are():
    """Three kinds left open where nothing tells, three calibrated at the default signal; nothing else has a goal."""
    scores = dict.fromkeys(("auc", "brier", "calibration error", "open"), 0.5)
    names = (volunteers.RHYTHMS, f"20 volunteers, tie_signal {volunteers.DEFAULT:g}", "no volunteers, tie_signal 0")
    figures = [figure for name in names for figure in volunteers.figures_of(name, [dict.fromkeys(KINDS, scores)])]
    aimed = {figure.name for figure in figures if figure.goal is not None}
    assert aimed == {f"{names[0]}: {kind} open" for kind in KINDS} | {
        f"{names[1]}: {kind} calibration error" for kind in KINDS
    }
