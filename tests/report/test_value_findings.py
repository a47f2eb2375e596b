"""What the summary takes of the ten values: few findings, each clear of chance after correction."""

from __future__ import annotations

import pytest
from scored import NAMES, scored
from synthetic import facts, released

from kithwork.report import value_findings
from kithwork.report.findings import findings

CONSTRAINT, CROSSING = "strategic_perspective.redundancy", "strategic_perspective.boundary_crossing"
ANSWERED = "learning.as_answered"


def found(lying: dict[str, str], **how) -> dict:
    """The findings of such a scorecard that are about the values."""
    rules = {rule.__name__ for rule in value_findings.RULES}
    return {name: one for name, one in findings(*scored(lying, **how)).items() if name in rules}


@pytest.mark.parametrize(
    ("how", "rule", "title"),
    [
        ("worse", "falls_short", "Strategic perspective: redundancy lies clearly above its reference"),
        ("better", "surpasses", "Strategic perspective: redundancy lies clearly below its reference"),
    ],
)
def test_what_stands_out_is_a_finding(how, rule, title):
    """Less constraint is better: its side is told by the indicator, its place by the interval."""
    [(name, one)] = found({CONSTRAINT: how}).items()
    assert (name, one.title) == (rule, title)
    assert one.claim["id"] == f"values.{CONSTRAINT}"
    assert one.text.endswith("; ties at random: 70%." if how == "better" else "; ties at random: 30%.")


def test_nothing_is_found_where_nothing_stands_out():
    """Neither within its interval, nor where so many comparisons would give as much, nor without a reference."""
    assert found({CONSTRAINT: "neither"}) == {}
    assert found({CONSTRAINT: "worse"}, stands_out=False) == {}
    assert found({CONSTRAINT: "alone"}) == {}
    assert found({}) == {}


def test_what_has_a_finding_of_its_own_is_not_said_twice():
    """Whether ties cross units is told by a rule that knows better words for it."""
    assert found({CROSSING: "worse"}) == {}
    assert "crossing" in findings(*scored({CROSSING: "worse"}))


def test_at_most_three_findings_whatever_was_measured():
    """One that falls short, one that surpasses, one that changed: a summary is no list."""
    lying = {name: ("better", "worse")[at % 2] for at, name in enumerate(NAMES)}
    assert len(found(lying, moved=dict.fromkeys(NAMES, 8.0))) == 3


@pytest.mark.parametrize(("points", "said"), [(8.0, "rose"), (-8.0, "fell"), (4.0, None), (2.0, None)])
def test_a_change_is_found_where_it_is_clear_and_useful(points, said):
    """Up or down; less than the smallest useful difference, or not clear of chance, is none."""
    told = found({ANSWERED: "alone"}, moved={ANSWERED: points})
    assert bool(told) == (said is not None)
    if said:
        assert told["moved"].title == f"The learning organisation: what people answered {said} since the wave before"
        assert told["moved"].claim["id"] == f"values.{ANSWERED}_change"


def test_no_claims_no_findings():
    """Nothing is made of nothing."""
    assert [rule(released(), facts()) for rule in value_findings.RULES] == [None] * 3
