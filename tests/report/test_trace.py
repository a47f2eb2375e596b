"""What is noted while a section is built: sentences, the claims they rest on, and the rule that worded each."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from synthetic import claim, facts, released

from kithwork.report import section, trace
from kithwork.report.finding import Finding

GATE = released(claim("people.a"), claim("people.b"), claim("people.a", group="G", n=9), claim("people.a", group="H", n=9))


@trace.worded
def said(gate, row=None) -> str:
    """A rule that reads one claim, the groups of another, and may be handed a third."""
    return f"{gate.get('people.b')['id']} of {len(gate.of('people.a'))}"


@trace.worded
def made(gate) -> Finding:
    """A rule that makes a finding about one claim, and reads another."""
    gate.get("people.b")
    return Finding("about a", "x", gate.get("people.a"), "portfolio", "measured", "f")


def noted(rule, *given) -> trace.Sentence:
    """The sentence that a rule makes, as it is noted."""
    with trace.noting() as notes:
        told = rule(trace.Watched(GATE), *given)
        trace.place(trace.TITLE, told.title if isinstance(told, Finding) else told)
    (one,) = trace.sentences(notes, noted)
    return one


def test_a_sentence_rests_on_what_its_rule_read_and_was_handed():
    """What it was handed first; a measure read of all groups once."""
    assert noted(said).claims == ("people.b", "people.a.*")
    assert noted(said, {"one": [pd.Series(claim("people.c"))]}).claims == ("people.c", "people.b", "people.a.*")


def test_a_finding_is_first_about_its_own_claim():
    """Whatever its rule read before."""
    assert noted(made).claims == ("people.a", "people.b")


def test_a_sentence_knows_its_rule_and_line():
    """The function, and the line where it stands."""
    one = noted(said)
    assert one.rule == f"{__name__}.said"
    line = int(one.line.rpartition(":")[2])
    lines = Path(__file__).read_text(encoding="utf-8").splitlines()
    assert "trace.worded" in lines[line - 1] or "def said" in lines[line - 1]


def test_what_no_rule_worded_is_its_makers_own():
    """A sentence that is the same in every report rests on no claim."""
    with trace.noting() as notes:
        trace.place(trace.LIMIT, "<b>As ever</b>")
    (one,) = trace.sentences(notes, noted)
    assert (one.text, one.kind, one.claims) == ("As ever", trace.LIMIT, ())


def test_nothing_is_noted_outside_a_section():
    """Rules are plain functions there, and take plain released claims."""
    trace.place(trace.TITLE, "x")
    assert said(GATE) == "people.b of 2"


def test_watched_claims_are_those_released():
    """They are what the gate let through and can be read no further."""
    watched = trace.Watched(GATE)
    assert watched.get("people.a").equals(GATE.get("people.a"))
    assert watched.get("people.none") is None
    assert watched.of("people.a").equals(GATE.of("people.a"))
    with pytest.raises(AttributeError):
        watched.smallest_group = 1


def test_sections_hand_on_their_sentences():
    """A title, what follows and what is not shown, with their claims."""
    rows = [claim(f"people.share_{kind}", at, at - 3, at + 3) for kind, at in (("personal", 20), ("functional", 70))]
    told = section.build("portfolio", released(*rows), facts()).sentences
    assert [one.kind for one in told] == [trace.TITLE, trace.SO_WHAT, trace.LIMIT]
    assert set(told[0].claims) == {"people.share_personal", "people.share_functional"}
    assert told[0].rule == "kithwork.report.findings.composition"
