"""What the change chapter's claims are put together to: verdicts of groups, ways to start, stages that hold back."""

from __future__ import annotations

import pytest
from changed import peers, reach, readiness, study, ways
from synthetic import claim, facts, released

from kithwork.chapters import Scenario
from kithwork.report import change_findings, change_readings

FIRST = "random"


@pytest.mark.parametrize(("middle", "verdict"), [(70, "Ready"), (62, "Too close to call"), (50, "Not ready")])
def test_a_verdict_needs_the_whole_interval_on_one_side(middle, verdict):
    """An interval of four points either way over the threshold of 60."""
    [one] = change_readings.groups(released(readiness(60), readiness(middle, group="A")))
    assert (one.verdict, one.place) == (verdict, None)


@pytest.mark.parametrize(
    ("middle", "place"), [(1.4, change_readings.PLACED), (1.22, change_readings.ANYWHERE), (0.7, change_readings.CUT_OFF)]
)
def test_a_start_goes_farther_only_where_its_whole_range_does(middle, place):
    """By a fifth, as the whole interval has it; a group of which few answered is still placed."""
    [one] = change_readings.groups(released(reach("A", middle)))
    assert (one.verdict, one.place) == (None, place)


def test_groups_stand_by_verdict_the_readiest_first():
    """Ready, too close to call, not ready, then those of which readiness may not be shown."""
    shown, _ = study({"A": (50, 1), "B": (70, 1), "C": (60, 1), "D": (80, 1)}, reach("E", 1))
    assert [one.name for one in change_readings.groups(shown)] == ["D", "B", "C", "A", "E"]


def test_ways_follow_the_settings_and_skip_those_not_played():
    """A way the data do not allow has no claims; the first has no lead, also where it was not played."""
    shown, about = released(*ways({FIRST: 0, "teams": 5, "placed": 3})), facts()
    assert [one.name for one in change_readings.ways(shown, about)] == [FIRST, "placed", "teams"]
    assert [one.lead is None for one in change_readings.ways(shown, about)] == [True, False, False]


@pytest.mark.parametrize(("half", "names"), [(2, ["teams", "managers"]), (5, ["teams"]), (7, [])])
def test_ahead_is_wholly_and_by_enough(half, names):
    """Ways whose range has no 0 in it, with a lead that is worth acting on: the largest first."""
    found = change_readings.ways(released(*ways({FIRST: 0, "placed": 3, "managers": 5, "teams": 6}, half)), facts())
    assert [one.name for one in change_readings.ahead(found, facts().settings)] == names


def test_curves_are_in_the_order_of_weeks():
    """Week 13 before week 26, not as text sorts; none for a way without."""
    shown = released(*ways({FIRST: 0, "teams": 5}))
    assert change_readings.curve(shown, "teams")["week"].tolist() == [0, 13, 26]
    assert change_readings.curve(shown, "placed").empty


@pytest.mark.parametrize(
    ("scenario", "words"),
    [
        ({"start": "random"}, "five people drawn at random"),
        ({"start": "ready"}, "the five readiest people"),
        ({"start": "nobody", "campaign": 2.0}, "a campaign alone"),
        ({"start": "teams", "campaign": 2.0}, "five people in small teams, and a campaign"),
        ({"start": "nobody"}, "nobody asked to start"),
    ],
)
def test_who_starts_is_said_in_words(scenario, words):
    """How many, by which rule, and whether a campaign helps."""
    assert change_readings.who(Scenario(**scenario), 5) == words


@pytest.mark.parametrize(
    ("label", "words"), [("if 7 managers start", "seven managers"), ("of a label without a number", "ten managers")]
)
def test_as_many_are_said_to_start_as_did(label, words):
    """Seven managers where there are no more, whatever number was asked for."""
    row = claim("change.scenario.managers", 50, scope="scenario", label=f"Share of people {label}")
    [way] = change_readings.ways(released(row), facts(change={"starters": 10}))
    assert way.who(facts(change={"starters": 10}).settings) == words


def test_what_holds_back_is_told_stage_by_stage():
    """Groups by stage, in the order of the stages; the finding names up to three of those of the commonest stage."""
    rows = [claim(f"change.holds.{stage}", group=group) for stage, group in (("AB", "C"), ("DE", "B"), ("AB", "A"))]
    rows += [claim("change.passed.AB", 30), claim("change.passed.DE", 10)]
    shown = released(*rows)
    assert change_readings.held(shown) == {"DE": ["B"], "AB": ["A", "C"]}
    found = change_findings.held_back(shown, facts())
    assert found.title == "A and C are stuck at “able”, a stage of the change"
    assert found.text.endswith("one unit is stuck at others.")
    assert found.claim["id"] == "change.passed.AB"
    assert change_findings.held_back(released(), facts()) is None
    many = [claim("change.holds.KN", group=group) for group in "ABCD"]
    found = change_findings.held_back(released(*many, claim("change.passed.KN")), facts())
    assert found.title == "Four units are stuck at “knowing how”, a stage of the change"


@pytest.mark.parametrize(
    ("verdict", "words"), [("found", "took the change up at like times"), ("not found", "No peer effect is found")]
)
def test_a_peer_effect_is_told_as_the_chapter_judged_it(verdict, words):
    """Found, or not found; where too few can tell it is no finding."""
    assert words in change_findings.peers(released(peers(verdict)), facts()).title
    assert change_findings.peers(released(peers("too few to tell")), facts()) is None
    assert change_findings.peers(released(), facts()) is None


@pytest.mark.parametrize(
    ("leads", "title"),
    [
        (
            {FIRST: 0, "teams": 5},
            "ten people in small teams would go farther than {}",
        ),
        ({FIRST: 0, "teams": 1}, "no way to start is clearly ahead of {}"),
        (
            {FIRST: 0, "teams": 3},
            "no way to start is ahead of {} by enough to act on",
        ),
        (
            {FIRST: 0, "teams": 6, "placed": 5},
            "two ways to start are clearly ahead of {}",
        ),
    ],
)
def test_a_start_is_a_finding_either_way(leads, title):
    """That none is ahead is said too; a scenario, and its range is called one."""
    found = change_findings.start(released(*ways(leads)), facts(change={"starters": 10}))
    said = f"In simulation, {title.format('ten people drawn at random')}"
    assert (found.title, found.basis, found.spread) == (said, "scenario", "95% of worlds")
    assert change_findings.start(released(*ways({FIRST: 0})), facts()) is None
