"""Which findings a summary takes: by grade, size and action, never all of one section, and nothing lost."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from synthetic import claim, facts, released

from kithwork.report import selection
from kithwork.report.finding import GOOD, RISK, STRATEGIC, Finding

SECTIONS = ("portfolio", "clusters", "position", "values", "market", "change")
FACTS = facts(engagement={"sources": {name: {"file": f"{name}.csv"} for name in ("staff", "interactions")}})
GATE = released()


def finding(at: int, section: str, effect: float = 10, half: float = 2, about: tuple[str, ...] = ()) -> Finding:
    """A finding that is measured: its half-width makes its grade, 5 Strong, 10 Moderate, more Indicative."""
    one = pd.Series(claim(f"people.m{at}", 50, 50 - half, 50 + half))
    return Finding(f"finding {at}", "x", one, section, "measured", "f", about=about, effect=effect)


def chosen(*found: Finding) -> selection.Selection:
    """What is taken of these."""
    return selection.choose({f"rule{at}": one for at, one in enumerate(found)}, GATE, FACTS)


def test_seven_are_taken_and_no_more_than_two_of_a_section():
    """The strongest of each section; the others are held back with the reason."""
    told = chosen(*(finding(at, SECTIONS[at % 6], effect=at) for at in range(18)))
    sections = [one.finding.section for one in told.shown.values()]
    assert len(told.shown) == 7
    assert max(sections.count(name) for name in SECTIONS) <= 2
    assert len(told.held) == 11
    assert {one.held for one in told.held.values()} <= {
        "Seven findings weigh more",
        "Two findings of its section weigh more",
    }


def test_order_is_that_of_the_story():
    """A finding that weighs more does not go first for it."""
    told = chosen(*(finding(at, SECTIONS[at], effect=at) for at in range(6)))
    assert list(told.shown) == [f"rule{at}" for at in range(6)]


@pytest.mark.parametrize("subject", [STRATEGIC, RISK, GOOD])
def test_a_summary_lacks_no_subject_that_there_is(subject):
    """However little it weighs, one on strategic ties, one risk and one good news are taken."""
    strong = [finding(at, SECTIONS[at % 5], effect=20) for at in range(10)]
    told = chosen(*strong, finding(10, "change", effect=0.1, about=(subject,)))
    assert "rule10" in told.shown


def test_indicative_findings_fill_up_to_five_and_no_further():
    """Where five are better none is taken; where fewer are, those that weigh most."""
    weak = [finding(at + 9, SECTIONS[at], half=20) for at in range(6)]
    enough = chosen(*(finding(at, SECTIONS[at]) for at in range(5)), *weak)
    assert [one.grade.word for one in enough.shown.values()] == ["Strong"] * 5
    assert all(one.held.startswith("Indicative: ") for one in enough.held.values())
    assert not enough.thin
    few = chosen(finding(0, "portfolio"), *weak)
    assert len(few.shown) == 5
    assert "rule0" in few.shown
    assert few.thin


def test_what_is_not_reportable_is_never_taken():
    """A survey that few answered makes no finding, and calls for no action."""
    about = facts(engagement={"sources": {name: {"file": f"{name}.csv"} for name in ("staff", "answers")}})
    gate = released(claim("clean.responded", 20, 15, 25))
    one = {"readiness": Finding("t", "x", pd.Series(claim("change.readiness")), "change", "said", "f")}
    told = selection.choose(one, gate, about)
    assert not told.shown
    assert told.held["readiness"].held == "Not reportable: 20% of those asked answered"
    assert selection.tellable(one, gate, about) == {}


kinds = st.tuples(st.sampled_from(SECTIONS), st.floats(0, 50), st.floats(0, 30), st.sampled_from([(), (RISK,), (GOOD,)]))


@settings(max_examples=40)
@given(st.lists(kinds, max_size=14))
def test_every_finding_is_shown_or_held_back_with_a_reason(found):
    """None is lost, and none stands twice."""
    told = chosen(*(finding(at, *one) for at, one in enumerate(found)))
    assert len(told.shown) + len(told.held) == len(found)
    assert not told.shown.keys() & told.held.keys()
    assert len(told.shown) <= 7
    assert all(one.held for one in told.held.values())
    assert not any(one.held for one in told.shown.values())
