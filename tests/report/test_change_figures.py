"""The figures on change: everything that the claims hold is drawn, in both widths."""

from __future__ import annotations

import re

import pytest
from changed import peers, reach, study, ways
from synthetic import facts, released

from kithwork.report import change_figures, change_readings

NAMES = {f"Unit {letter}": (40 + 10 * at, 0.5 + at / 2) for at, letter in enumerate("ABCD")}


def test_readiness_draws_every_group_under_its_verdict():
    """Names and verdicts in both widths; on a narrow screen once for each of the two panels."""
    shown, _ = study(NAMES, reach("Unit E", 1), peers("found"))
    wide, narrow = re.findall(r"<svg.*?</svg>", str(change_figures.readiness(change_readings.groups(shown), "T")), re.S)
    for name in (*NAMES, "Unit E", "Ready", "Too close to call", "Not ready", "Too few answered to show"):
        assert (wide.count(f">{name}<"), narrow.count(f">{name}<")) == (1, 2), name


def test_readiness_without_ties_has_one_panel():
    """No reach of a start: one panel, and nothing is said of it."""
    shown, _ = study(NAMES)
    groups = [change_readings.Group(one.name, one.ready, None, one.verdict) for one in change_readings.groups(shown)]
    drawn = str(change_figures.readiness(groups, "T"))
    assert "readiness, 0 to 100" in drawn
    assert "times as far" not in drawn


@pytest.mark.parametrize("leads", [{"random": 0, "teams": -12, "placed": 3}, {"random": 0, "managers": 0.2}])
def test_ways_draws_curves_and_every_lead(leads):
    """Each way's name, the curves given, and a scale that holds all leads and 0."""
    shown, about = released(*ways(leads)), facts()
    found = change_readings.ways(shown, about)
    curves = {one.called: change_readings.curve(shown, one.name) for one in found[:2]}
    drawn = str(change_figures.ways(found, curves, "T"))
    for one in found[1:]:
        assert f">{one.called}<" in drawn
    assert "weeks from now" in drawn
    assert ">0<" in drawn


def test_ways_without_curves_shows_the_leads():
    """Where no curve may be shown the leads stand alone."""
    shown = released(*ways({"random": 0, "teams": 4}))
    drawn = str(change_figures.ways(change_readings.ways(shown, facts()), {}, "T"))
    assert "weeks from now" not in drawn
    assert "points over random, mean over weeks" in drawn


def test_one_way_is_drawn_without_leads():
    """Where everybody has taken the change up a campaign alone can be played: its curve, and nothing beside it."""
    shown, about = released(*ways({"broadcast": 0})), facts()
    [one] = change_readings.ways(shown, about)
    drawn = str(change_figures.ways([one], {one.called: change_readings.curve(shown, one.name)}, "T"))
    assert "weeks from now" in drawn
    assert "points over" not in drawn
