"""The page of a group: beside the whole, where it differs, what it could do, and what is held back of it."""

from __future__ import annotations

import base64
import csv
import io
import re

import pytest
from scored import BETTER, scored
from synthetic import claim, facts, released

from kithwork.report import group_page
from kithwork.report.readings import readings

INDICATOR = "learning.lessons_across_sites"
READINESS = "change_management.readiness"


def one(pages: list[dict], name: str) -> dict:
    """The page of a group."""
    return next(page for page in pages if page["name"] == name)


def words(page: dict) -> str:
    """What a page says, without tags."""
    return re.sub("<[^>]+>", " ", " ".join([*(part["title"] + part["html"] for part in page["sections"]), page["ends"]]))


def simple(**people: int) -> list[dict]:
    """Pages of groups of so many people, with a share and a response each."""
    rows = [claim("people.share_strategic", 30, 25, 35, n=sum(people.values()))]
    rows += [claim("ties.connected", 90, 80, 95, n=sum(people.values()))]
    for name, n in people.items():
        rows += [claim("people.share_strategic", 40, 30, 50, n=n, group=name)]
        rows += [claim("ties.connected", 80, 70, 90, n=n, group=name)]
    return group_page.pages(released(*rows), facts())


def test_each_group_shown_has_a_page_and_no_other():
    """Units held back have none, and where no unit may be shown there are none."""
    assert [page["name"] for page in simple(Alpha=12, Beta=11, Gamma=3, Delta=9)] == ["Alpha", "Beta"]
    assert simple(Alpha=12, Beta=3) == []


def test_figures_stand_beside_the_whole():
    """The group's figure with interval and n, the organisation's tied to its own claim, and a line where that lies."""
    beside = one(simple(Alpha=12, Beta=11), "Alpha")["sections"][0]["html"]
    assert 'data-claim="people.share_strategic.Alpha" value="40.0">40%' in beside
    assert 'data-claim="people.share_strategic" value="30.0">30%' in beside
    assert "30 to\u00a050%, n\u00a0=\u00a012" in beside
    assert 'class="ref"' in beside


@pytest.fixture(scope="module")
def marked():
    """Pages of three units of which an indicator tells one apart."""
    gate, about = scored({INDICATOR: "worse", "learning.as_answered": "neither"}, groups={INDICATOR: ["Alpha"]})
    rows = gate.claims.to_dict("records")
    rows += [claim("ties.connected", 80, 70, 90, n=20, group=name) for name in ("Alpha", "Beta", "Gamma")]
    rows += [claim("ties.connected", 80, 70, 90, n=60)]
    return group_page.pages(released(*rows), about), about


def test_only_what_survives_correction_is_said_to_differ(marked):
    """The unit told apart has it in its title; another, as far from the whole, has not."""
    assert BETTER[INDICATOR] == 1
    assert one(marked[0], "Alpha")["title"] == "Alpha: the learning organisation (lessons across sites) below the rest"
    assert "no figure differs from the rest" in one(marked[0], "Gamma")["title"]
    assert "stands out after correction" in words(one(marked[0], "Alpha"))
    assert "stands out" not in words(one(marked[0], "Gamma"))


def test_readiness_is_told_with_one_figure():
    """The gap of a unit's readiness and its section on the change stand on the same claim."""
    gate, about = scored({READINESS: "worse"}, groups={READINESS: ["Alpha"]})
    ready = {"unit": "score", "reference": 60.0, "reference_label": "the declared threshold"}
    rows = [*gate.claims.to_dict("records"), claim("change.readiness", 55, 53, 57, n=60, **ready)]
    rows += [claim("change.readiness", 41, 35, 47, n=20, group=name, **ready) for name in ("Alpha", "Beta", "Gamma")]
    page = one(group_page.pages(released(*rows), about), "Alpha")
    assert page["sections"][1]["html"].count('data-claim="change.readiness.Alpha"') == 1
    assert not any("values.change_management.readiness" in part["html"] for part in page["sections"])


def test_gaps_are_on_the_worse_side_alone(marked):
    """A unit better than the whole has no gap to close."""
    assert "Indicator" in words(one(marked[0], "Alpha"))
    assert "worse side" not in words(one(marked[0], "Gamma"))


def test_what_it_could_do_follows_from_what_falls_short(marked):
    """An action with its owner and days where an indicator stands out on the worse side; else where others are."""
    pages, about = marked
    found = {
        f"learning.{each.indicator.name}": each.indicator for each in readings(released(claim("x")), about)["learning"]
    }
    assert f"within {found[INDICATOR].action.days} days" in words(one(pages, "Alpha"))
    assert "No figure calls for an action of this unit alone" in words(one(pages, "Gamma"))
    assert '<a href="../index.html#actions">' in one(pages, "Gamma")["ends"]


def test_what_is_held_back_is_named_with_its_reason():
    """A measure shown of other units and not of this one is said to be held back, and why."""
    rows = [
        claim("ties.connected", n=40),
        claim("change.readiness", 50, 40, 60, n=40, unit="score", label="Mean readiness"),
    ]
    rows += [claim("ties.connected", group=name, n=20) for name in ("A", "B")]
    rows += [
        claim("change.readiness", 50, 40, 60, n=n, group=name, unit="score", reference=60.0, label="Mean readiness")
        for name, n in (("A", 15), ("B", 4), ("C", 3))
    ]
    pages = group_page.pages(released(*rows), facts())
    assert "Mean readiness" in words(one(pages, "B")).split("[c]")[1]
    assert "about fewer than 5 of its people" in words(one(pages, "B"))
    assert "[c]" not in words(one(pages, "A"))


@pytest.mark.parametrize(
    ("low", "high", "verdict"), [(65, 80, "Ready"), (40, 50, "Not ready"), (50, 70, "Too close to call")]
)
def test_readiness_is_a_verdict_against_the_threshold(low, high, verdict):
    """The title of the section is the verdict, the figure has its interval, the stage is named where it is sure."""
    about = {"unit": "score", "reference": 60.0}
    rows = [claim("change.readiness", 60, 50, 70, **about), claim("ties.connected")]
    for group in ("A", "B"):
        rows += [claim("change.readiness", (low + high) / 2, low, high, n=20, group=group, **about)]
        rows += [claim("ties.connected", n=20, group=group), claim("change.holds.KN", 90, 80, 99, n=20, group=group)]
    part = next(part for part in group_page.pages(released(*rows), facts())[0]["sections"] if part["id"] == "change")
    assert part["title"] == verdict
    assert "stuck at “knowing how”" in part["html"]


def test_the_file_holds_all_of_it_and_nothing_else():
    """Every released figure of the group, its pairs too, and none of another's."""
    about = {"unit": "times", "people": 20, "other_people": 20}
    rows = [claim("ties.connected", n=40), *(claim("ties.connected", group=name, n=20) for name in ("A", "B"))]
    rows += [claim("people.between", 2.0, 1.5, 3.0, group="A", other="B", **about)]
    rows += [claim("people.between", 2.0, 1.5, 3.0, group=name, other=name, **about) for name in ("A", "B")]
    page = one(group_page.pages(released(*rows), facts()), "B")
    held = base64.b64decode(re.search('base64,([^"]+)', page["ends"])[1]).decode("utf-8-sig")
    told = [row["claim"] for row in csv.DictReader(io.StringIO(held, newline=""))]
    assert told == ["ties.connected.B", "people.between.A × B", "people.between.B × B"]
    assert "clearly more than chance would give with A" in words(page)


def test_no_page_says_a_word_that_no_figure_can(marked):
    """No cause, no person, no rank."""
    for page in marked[0]:
        assert not re.search(r"\b(causes?|because|leads? to|proves?|best|worst|ranked)\b", words(page))
