"""The section on change: what it says in each case, and what follows."""

from __future__ import annotations

import pytest
from changed import peers, study, ways
from scored import words
from synthetic import claim, facts, released

from kithwork.report import change_figures, section

FIRST = "random"
GROUPS = {"Sales": (75, 1.5), "Stores": (45, 1.5), "Finance": (75, 0.5), "Legal": (60, 1)}


@pytest.fixture(autouse=True)
def _no_drawing(monkeypatch):
    """Figures have tests of their own, and take time."""
    monkeypatch.setattr(change_figures, "readiness", lambda *_: "")
    monkeypatch.setattr(change_figures, "ways", lambda *_: "")


def made(*rows: dict, groups=GROUPS) -> section.Section:
    """The section of these groups and claims."""
    return section.build("change", *study(groups, *rows))


def test_groups_are_sorted_by_readiness_and_reach_together():
    """Where to start, where a start would go less far, and whom to help first; what follows says the same."""
    one = made()
    said = words(one)
    assert "Ready, and a start there would go farther than elsewhere: Sales." in said
    assert "Ready, but a start there would go less far: Finance." in said
    assert "Not ready, though a start there would go farther than elsewhere: Stores." in said
    assert "Two units are ready, one is not and one is too close to call" in said
    assert "Start with Sales, by consent. Help Stores first" in said


def test_groups_in_which_no_start_was_tried_are_counted():
    """One sentence with both numbers, where there are more groups than were tried; else none."""
    tried = claim("change.start_tried", 1000, unit="count", reference=1234)
    assert "A start was tried in the 1,000 units with most people, of 1,234." in words(made(tried))
    assert "A start was tried" not in words(made())


def test_an_unreliable_scale_is_named_and_not_reported():
    """Its alpha stands in the table of scales; no score of it anywhere."""
    rows = [claim(f"change.alpha.{name}", 0.4, 0.3, 0.5, unit="index", reference=0.7) for name in ("gain", "belief")]
    rows.append(claim("change.belief", 50, 45, 55, unit="score"))
    said = words(made(*rows))
    assert "Those on what the change holds for oneself do not, and are not reported as a scale." in said
    assert "What the change holds for oneself 0.40" in said
    assert said.count("not reported") == 2


def test_parts_of_readiness_keep_what_is_held_back():
    """A group of which one part may not be shown has the sign of what is held back there."""
    parts = [claim("change.commitment", unit="score"), claim("change.efficacy", unit="score")]
    parts += [claim("change.commitment", 70, unit="score", group=g) for g in ("Sales", "Legal")]
    parts.append(claim("change.efficacy", 60, unit="score", group="Sales"))
    said = words(made(*parts))
    assert "Legal 70 70 to 70 [c]" in said


@pytest.mark.parametrize(
    ("verdict", "text"),
    [
        ("found", "took it up at like times, more than"),
        ("not found", "No peer effect is found"),
        ("too few to tell", "Too few people or ties tell"),
    ],
)
def test_whether_it_travelled_along_ties_is_said_with_its_caveat(verdict, text):
    """Also where nothing is found, or can be; likeness is no influence."""
    said = words(made(peers(verdict), claim("change.enough", 33, 28, 39), claim("change.said_enough", 40, 35, 45)))
    assert text in said
    assert "By the dates, people follow once 33%" in said
    assert ("takes any likeness for following" in said) == (verdict != "found")
    assert "said themselves that 40%" in said
    assert "likeness is no influence" in said


def test_ways_to_start_stand_side_by_side_with_what_they_assume():
    """Each way with who starts, its share and its lead; every assumption with its range."""
    said = words(made(*ways({FIRST: 0, "placed": 5, "broadcast": 1})))
    assert "Placed ten people placed to reach the most 55% 35 to 75% 5 3 to 7 90% 88 to 92% 40% 20 to 60%" in said
    assert "Broadcast a campaign alone: taking it up on one’s own is 2 times as likely" in said
    assert "Chance a week to follow, once enough of those one heeds have 5 to 30%" in said
    assert "Week 13" in said


@pytest.mark.parametrize(
    ("leads", "act"),
    [
        ({FIRST: 0, "teams": 5}, "Start with ten people in small teams, by consent"),
        ({FIRST: 0, "teams": 6, "managers": 5}, "Start with ten people in small teams or ten managers, by consent"),
        ({FIRST: 0, "broadcast": 5}, "Tell everybody: no start by a few is as far ahead"),
        ({FIRST: 0, "teams": 1}, "no way to start is far enough ahead"),
        ({FIRST: 0, "teams": 3}, "no way to start is far enough ahead"),
    ],
)
def test_what_follows_from_the_ways(leads, act):
    """The way that is ahead, whichever it is; readiness and the wish to where none is."""
    assert act in words(made(*ways(leads)))


@pytest.mark.parametrize(
    ("middle", "side"),
    [
        (2, "about twice as far as"),
        (1.5, "farther than"),
        (1, "neither clearly farther nor less far than"),
        (0.5, "less far than"),
    ],
)
def test_whether_starters_should_be_spread(middle, side):
    """Beside as many in one group."""
    spread = claim("change.start_spread", middle, middle - 0.1, middle + 0.1, unit="times", scope="scenario")
    assert f"In simulation, starters spread over all groups go {side} the same number in one group" in words(made(spread))


def test_without_answers_ways_to_start_are_all_there_is():
    """It says what is missing, titles itself by the start, and numbers its figure first."""
    one = section.build("change", released(*ways({FIRST: 0, "teams": 5})), facts())
    said = words(one)
    assert one.title == "In simulation, ten people in small teams would go farther than ten people drawn at random"
    assert "Nobody, or too few people, answered about a change" in said
    assert "whether people want the change is not known here" in said
    assert 'id="figure-8-1"' in str(one.html)


def test_answers_that_make_no_scale_are_not_called_missing():
    """People did answer: that their answers do not go together is said instead."""
    loose = claim("change.alpha.readiness", 0.2, 0.1, 0.3, unit="index", reference=0.7)
    said = words(section.build("change", released(loose), facts()))
    assert "Answers about the change do not go together well enough" in said
    assert "Nobody, or too few people" not in said


@pytest.mark.parametrize(("low", "told"), [(-2, True), (1, False)])
def test_teams_are_ahead_of_chance_only_where_the_interval_is(low, told):
    """Two figures beside one another look apart also where they may not be."""
    rows = [claim("change.team_reach", 28), claim("change.team_random", 23)]
    rows.append(claim("change.team_margin", 5, low, 11, unit="points", reference=0))
    assert ("That is not clearly more." in words(made(*rows))) == told


def test_ranges_that_dates_replace_are_not_called_assumed():
    """Where dates of adoption tell, only what none tells is assumed."""
    said = words(made(claim("change.alone", 1), *ways({FIRST: 0, "teams": 5})))
    assert "Chance a week to follow" not in said
    assert "Chance that a tie passes it on" in said
    assert "estimated from dates" in said


def test_ready_units_are_named_where_none_is_better_placed():
    """No unit is ready and farther-reaching: those that are ready and not cut off come next."""
    assert "Look for volunteers in Legal: ready, and not cut off" in words(made(groups={"Legal": (75, 1)}))


def test_ways_that_could_not_be_played_are_named():
    """No row is missing without a word."""
    said = words(made(*ways({FIRST: 0, "most_tied": 1, "ready": 1, "teams": 1, "broadcast": 1})))
    assert "Not played, for want of data: managers and placed." in said


def test_one_way_alone_is_the_title_of_a_section_without_answers():
    """Where there is a figure, it is not said that nothing can be read."""
    assert section.build("change", released(*ways({FIRST: 0})), facts()).title.startswith("One way to start was played")


def test_without_anything_it_says_so():
    """No claim about change at all."""
    assert section.build("change", released(), facts()).title == "Nothing about change can be read from these data"


def test_stages_tell_where_people_stop():
    """Share past each stage, where it stops, what holds groups back, and whether the order holds."""
    rows = [claim(f"change.{part}.{stage}", 40) for part in ("passed", "stops") for stage in ("AW", "DE")]
    rows.append(claim("change.holds.DE", group="Sales"))
    rows.append(claim("change.stage_order", 0.2, 0.1, 0.35, unit="index", reference=0.3))
    said = words(made(*rows))
    assert "Willing 40%" in said
    assert "Sales at “willing”" in said
    assert "The stages do not clearly follow one another" in said
