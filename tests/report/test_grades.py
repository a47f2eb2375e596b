"""How far findings can be relied on: the weakest of all that they depend on."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic import claim, facts, released

from kithwork.report import grades, section
from kithwork.report.finding import BASIS, Finding

ASKED = {
    "sources": {name: {"file": "survey.csv"} for name in ("answers", "nominations")} | {"staff": {"file": "staff.csv"}}
}
RECORDED = {"sources": {name: {"file": f"{name}.csv"} for name in ("staff", "interactions")}}
ABOUT = {name: facts(engagement=of) for name, of in (("asked", ASKED), ("recorded", RECORDED))}


def graded(half: float = 2, basis: str = "said", answered: float | None = 80, about: str = "asked", **more) -> grades.Grade:
    """The grade of a finding with this half-width on a score of readiness."""
    one = claim("change.readiness", 60, 60 - half, 60 + half, unit="score", reference=50.0)
    rows = [one] if answered is None else [one, claim("clean.responded", answered, answered - 1, answered + 1)]
    rows += more.pop("rows", [])
    found = Finding("t", "x", pd.Series(one), more.pop("section", "change"), basis, "f", **more)
    return grades.grade(found, released(*rows), ABOUT[about])


@pytest.mark.parametrize(
    ("answered", "word"),
    [(70, "Strong"), (69, "Moderate"), (60, "Moderate"), (59, "Indicative"), (40, "Indicative"), (39, "Not reportable")],
)
def test_response_bounds_the_grade(answered, word):
    """70, 60 and 40% of those asked; below, answers are not reported."""
    assert graded(answered=answered).word == word


@pytest.mark.parametrize(("half", "word"), [(5, "Strong"), (6, "Moderate"), (10, "Moderate"), (11, "Indicative")])
def test_width_bounds_the_grade(half, word):
    """Half the interval: at most the smallest useful difference, 5; at most twice; wider."""
    assert graded(half).word == word


@pytest.mark.parametrize(
    ("basis", "word"),
    [
        ("measured", "Strong"),
        ("said", "Strong"),
        ("estimated", "Strong"),
        ("assumed", "Moderate"),
        ("scenario", "Moderate"),
    ],
)
def test_what_is_assumed_or_played_is_moderate_at_best(basis, word):
    """However narrow the interval."""
    assert graded(basis=basis).word == word


def test_response_bounds_only_what_was_asked():
    """Records of contact say nothing of who answered; nobody's answers counted, a survey is Moderate at best."""
    assert graded(basis="measured", answered=30, about="recorded", section="portfolio").word == "Strong"
    assert graded(basis="measured", answered=30, section="portfolio").word == "Not reportable"
    assert graded(answered=None).word == "Moderate"


def test_another_way_to_count_that_says_otherwise_makes_it_indicative():
    """The verdict must hold without weights too."""
    agrees, differs = (claim("change.readiness_unweighted", at, at - 2, at + 2, unit="score") for at in (58, 51))
    assert graded(rows=[agrees]).word == "Strong"
    assert graded(rows=[differs]).word == "Indicative"


def test_a_finding_that_names_a_group_takes_its_grade():
    """Of the groups named the weakest counts; of others none does."""
    groups = [
        claim("change.holds.KN", 90, 90 - half, min(90 + half, 100), group=unit, n=20)
        for unit, half in (("A", 3), ("B", 30))
    ]
    about = {"rows": [*groups, *(claim("clean.responded", 80, 79, 81, group=unit, n=20) for unit in "AB")]}
    assert graded(**about).word == "Strong"
    assert graded(others=("change.holds.KN.A",), **about).word == "Strong"
    told = graded(others=("change.holds.KN.A", "change.holds.KN.B"), **about)
    assert told.word == "Indicative"
    assert "B" in told.why


@given(st.floats(0, 30), st.sampled_from(sorted(BASIS)), st.integers(0, 100))
def test_no_grade_is_better_for_less(half, basis, answered):
    """A wider interval, or fewer answers, never makes a finding better."""
    told = graded(half, basis, answered)
    assert graded(half + 5, basis, answered).rank <= told.rank
    assert graded(half, basis, max(answered - 20, 0)).rank <= told.rank


def test_sections_of_a_survey_that_few_answered_are_not_shown():
    """In their place stand the response and what to do; who is in the data is told, and what rests on records too."""
    rows = [claim("people.share_personal", 40, 30, 50), claim("clean.responded", 30, 25, 35)]
    for name in ("portfolio", "clusters", "position", "values", "market", "change"):
        one = section.build(name, released(*rows), ABOUT["asked"])
        assert one.title == "Not reportable: too few of those asked answered"
        assert "What to do." in one.html
        assert 'data-claim="clean.responded"' in one.html
        assert one.sentences[0].claims == ("clean.responded",)
    assert "Not reportable" not in section.build("trust", released(*rows), ABOUT["asked"]).html
    assert "Not reportable" not in section.build("portfolio", released(*rows), ABOUT["recorded"]).html


def test_names_that_another_list_brought_do_not_hang_on_the_survey():
    """Where ties come from a list of their own, how many answered the survey says nothing of them."""
    apart = facts(engagement={"sources": ASKED["sources"] | {"nominations": {"file": "relations.csv"}}})
    assert grades.surveyed("portfolio", facts(engagement=ASKED))
    assert not grades.surveyed("portfolio", apart)
