"""The section of the ten values: every branch of what it shows, and no word that claims more than an interval holds."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
import pytest
from markupsafe import Markup
from scored import BETTER, NAMES, scored, words
from synthetic import claim, released

from kithwork.report import scorecard, section, value_blocks
from kithwork.tables import ORGANISATIONS
from kithwork.values import VALUES, learning
from kithwork.values.indicator import Action

ALL_BETTER = {name: "better" if BETTER[name] else "alone" for name in NAMES}
ALL_WORSE = {name: "worse" if BETTER[name] else "alone" for name in NAMES}
SHOWN = dict.fromkeys(VALUES, 0.5)
REACH, CROSSING = "learning.two_step_reach", "strategic_perspective.boundary_crossing"
READINESS = "change_management.readiness"
BANNED = (
    r"\b(causes?|caused|drives?|driven|leads to|led to|proves?|significant|hidden influencer|will increase|total score)\b"
)


@pytest.fixture(autouse=True)
def _no_drawing(monkeypatch):
    """The figure has tests of its own, and takes time."""
    monkeypatch.setattr(scorecard, "figure", lambda made, title: Markup("<svg></svg>"))


def made(lying: dict[str, str], **how) -> section.Section:
    """The section of such a scorecard."""
    return section.build("values", *scored(lying, **how))


def test_nothing_measured_says_what_would_measure_it():
    """Ten questions without a figure, each indicator with what it needs, in the client's word for units."""
    one = made({}, engagement={"group_word": "faculty"})
    assert one.title == "None of the ten values can be read from the data brought"
    assert words(one).count("Nothing that may be shown tells of this value yet.") == 10
    assert words(one).count("[x] Needs survey question T9 about each faculty named") == len(NAMES)
    assert "Bring the sources named above" in words(one)
    assert "<figure" not in one.html


def test_all_better_has_no_action_and_no_claim_of_a_total():
    """Every figure on the better side: the title counts them, nothing falls due, and the ten are not added up."""
    one = made(ALL_BETTER, composites=SHOWN)
    figures = sum(how == "better" for how in ALL_BETTER.values())
    assert re.match(rf"All ten values can be read; (\w+|{figures}) figures lie on the better side", one.title)
    assert "Ten values lie above what references give" in words(one)
    assert 'class="acts"' not in one.html
    assert "nothing falls short" in words(one)
    assert "A total: the ten ask different questions" in words(one)


def test_blocks_stand_in_order_with_question_sentence_and_definition():
    """A heading for each value, in the framework's order; below it what it asks, what was found, and how it is measured."""
    one = made(ALL_BETTER, composites=SHOWN)
    assert re.findall(r'id="value-(\d+)"', one.html) == [str(number) for number in range(1, 11)]
    assert "Do we see beyond our function, place and project? Boundary crossing" in words(one)
    assert one.html.count('<details class="df">') == 10
    levels = [int(level) for level in re.findall(r"<h(\d)", one.html)]
    assert set(levels) == {3}


@pytest.mark.parametrize(("how", "said"), [("worse", "falls short of it"), ("neither", "nothing falls short")])
def test_verdicts_follow_the_interval(how, said):
    """Wholly on one side of its reference, or not: never a side that the interval does not hold."""
    one = made({REACH: how})
    if how == "worse":
        assert one.title == "One of the ten values can be read; one figure lies on the worse side of its reference"
        assert "Two-step reach lies on the worse side of its reference." in words(one)
        assert "clearly below 70% (ties at random)" in words(one)
        assert "by more than so many comparisons would give by chance: two-step reach." in words(one)
    else:
        assert "No figure here differs clearly from its reference." in words(one)
        assert one.title.endswith("no figure differs from its reference by more than chance")
        assert said in words(one)


def test_what_so_many_comparisons_would_give_is_no_headline():
    """An interval clear of its reference by itself is said in its row; the title and the so-what need the correction."""
    one = made({REACH: "worse"}, stands_out=False)
    assert one.title.endswith("no figure differs from its reference by more than chance")
    assert "Two-step reach lies on the worse side" in words(one)
    assert "Begin where" not in words(one)


def test_a_figure_without_reference_is_the_start_of_a_series():
    """No side is claimed where there is nothing to be held against."""
    one = made({REACH: "alone"})
    assert one.title == "One of the ten values can be read; no figure has a reference yet"
    assert "they are the start of a series" in words(one)


def test_figures_of_too_few_are_held_back():
    """A figure of fewer people than the smallest group is neither shown nor counted, and not called missing."""
    one = made({REACH: "better", CROSSING: "better"}, small={REACH: 3})
    assert "[c] Held back: about too few people" in words(one)
    assert one.title.startswith("One of the ten values can be read")
    assert "values.learning.two_step_reach" not in one.html


@pytest.mark.parametrize(("points", "said"), [(8, "rose by 8 points (6 to 10)"), (-8, "fell by 8 points (6 to 10)")])
def test_changes_are_said_where_they_are_clear(points, said):
    """Up or down in the value's sentence, and with the interval of that in the row."""
    told = words(made({REACH: "neither"}, moved={REACH: points}))
    assert f"Since the wave before, two-step reach {said.split()[0]}." in told
    assert told.count(f"Since the wave before, two-step reach {said}") == 1


@pytest.mark.parametrize("points", [2, 4])
def test_small_or_unclear_changes_are_not_called_so(points):
    """Less than the smallest useful difference, or not clear of chance: no change is claimed."""
    one = made({REACH: "neither"}, moved={REACH: points})
    assert "Since the wave before" not in words(one)
    assert "No clear change since the wave before" in words(one)


def test_without_an_earlier_wave_none_is_spoken_of():
    """No word about a change where there is nothing to compare with."""
    assert "wave before" not in words(made(ALL_BETTER, composites=SHOWN))


def test_no_group_is_shown_where_none_is_marked():
    """One sentence says so, in the client's word, and no unit's figure is printed."""
    one = made({REACH: "neither"}, groups={REACH: []}, engagement={"group_word": "team"})
    assert "Compared were one indicator over all teams: no team differs from the rest" in words(one)
    assert "Alpha" not in one.html


def test_marked_groups_stand_in_a_table():
    """Each unit's figure with its interval, the marked one with its side; an indicator of none marked is left out."""
    one = made({REACH: "neither", CROSSING: "neither"}, groups={REACH: ["Gamma"], CROSSING: []})
    said = words(one)
    assert "Alpha 40% 35 to 45% Beta 55% 50 to 60% Gamma 70% 65 to 75% above" in said
    assert "70% 65 to 75% above; the whole organisation: 50%" in said
    assert 'data-claim="values.strategic_perspective.boundary_crossing.Alpha"' not in one.html


def test_a_units_readiness_is_the_same_in_every_section():
    """The figure of the section on the change stands here too, beside the whole, with the mark that the test gave."""
    shown, about = scored({READINESS: "neither"}, groups={READINESS: ["Gamma"]})
    ready = {"unit": "score", "reference": 60.0, "reference_label": "the declared threshold"}
    rows = [*shown.claims.to_dict("records"), claim("change.readiness", 55, 53, 57, n=60, **ready)]
    rows += [claim("change.readiness", 76, 68, 83, n=20, group=name, **ready) for name in ("Alpha", "Beta", "Gamma")]
    said = section.build("values", released(*rows), about)
    assert "Gamma Change management: readiness 76 68 to 83 above; the whole organisation: 50" in words(said)
    assert 'data-claim="values.change_management.readiness.Gamma"' not in said.html


def test_the_side_is_the_tests_not_the_wholes():
    """A unit may lie below the rest and have a figure above the whole's, where a tie across counts once."""
    shown, about = scored({REACH: "neither"}, groups={REACH: ["Beta"]})
    assert "Beta 55% 50 to 60% below" in words(section.build("values", shown, about))


def test_a_marked_group_that_is_held_back_marks_nothing():
    """What may not be shown is not hinted at."""
    one = made({REACH: "neither"}, groups={REACH: ["Epsilon"]})
    assert "no unit differs from the rest" in words(one)
    assert "Epsilon" not in one.html


def test_a_mark_needs_a_figure_printed_other_than_the_wholes():
    """Beta's figure is printed as that of the whole once shrunk: it is not told as one that differs."""
    shown, about = scored({CROSSING: "neither"}, groups={CROSSING: ["Beta"]})
    rows = [row | {"estimate": 50.2} if row["group"] == "Beta" else row for row in shown.claims.to_dict("records")]
    assert "no unit differs from the rest" in words(section.build("values", released(*rows), about))


def test_the_order_is_worth_what_other_weights_leave_of_it():
    """Shares of other weightings and of draws of people; a value that is first in few draws is not called so."""
    rows = [claim("values.order_kept", 12, 11, 14), claim("values.order_first", 71, 68, 74)]
    rows.append(claim("values.order_tau", 0.8, 0.6, 1, unit="index"))
    shown, about = scored(ALL_BETTER, composites=SHOWN)
    both = released(*shown.claims.to_dict("records"), *rows)
    said = words(section.build("values", both, about))
    assert "the ten values keep their order in 12% (11 to 14%) of them" in said
    assert "in 71% (68 to 74%) of draws: so no value should be called the first." in said


def test_other_organisations_are_dots_with_their_people():
    """Each other organisation of which the figure is known, with how many people; the study itself is none of them."""
    columns = dict.fromkeys(ORGANISATIONS.columns, "x") | {"indicator": REACH, "low": 1.0, "high": 99.0, "reference": None}
    columns |= {"pairs": 9, "unit": "%"}
    others = [("office", "an office", 211, 30.0), ("synthetic", "the study", 60, 50.0), ("bank", "a bank", 14, 80.0)]
    there = [columns | dict(zip(("organisation", "name", "people", "estimate"), one, strict=True)) for one in others]
    shown, about = scored({REACH: "neither"})
    beside = replace(about, organisations=ORGANISATIONS.checked(pd.DataFrame(there)))
    one = section.build("values", shown, beside)
    assert one.html.count('class="other"') == 2
    assert "Elsewhere, as dots: 30% (211 people) and 80% (14 people)" in words(one)
    assert "Public data allow it for two: a bank (14) and an office (211)." in words(one)
    assert 'class="other"' not in made({REACH: "neither"}).html


@pytest.mark.parametrize(
    ("unit", "high", "ends"),
    [
        ("%", 60, (0, 100)),
        ("%", 130, (0, 200)),
        ("minutes", 1631, (0, 2000)),
        ("scale points", 0.4, (-4, 4)),
        ("times", 2, (0, 2)),
    ],
)
def test_strips_have_ends_that_hold_the_figure(unit, high, ends):
    """Those of the unit where it has some and the interval lies within, else a round number from 0."""
    figure = released(claim("values.x.y", high, high, high, unit=unit)).claims.iloc[0]
    assert value_blocks.ends(figure) == ends


def test_introductions_are_counted_and_nobody_is_named():
    """How many are worth making, between how many pairs of groups, of whom asked; nothing without such claims."""
    rows = [claim("values.introductions", 12, unit="count", n=60), claim("values.introductions_pairs", 75, 40, 95)]
    rows += [claim("values.introducers", 20, 12, 32), claim("values.introduced", 64, 50, 76)]
    shown, about = scored({REACH: "neither"})
    said = words(section.build("values", released(*shown.claims.to_dict("records"), *rows), about))
    assert "12 introductions are worth making between units that hold fewer ties than chance would give" in said
    assert "They would ask 20% (95% interval 12 to 32%, n = 40) of people to introduce somebody." in said
    assert "is not printed" in said
    assert "Introductions" not in words(made({REACH: "neither"}))


def test_actions_follow_from_the_worse_side_alone(monkeypatch):
    """What to do, whose it is and why, in the value's block and among the actions; nothing where it is not clear."""
    reach = next(one for one in learning.INDICATORS if one.name == "two_step_reach")
    due = Action("Hold one exchange a month", "Heads of the groups", 60, "Two-step reach", "Nobody comes")
    told = tuple(replace(one, action=due) if one is reach else replace(one, action=None) for one in learning.INDICATORS)
    monkeypatch.setattr(learning, "INDICATORS", told)
    assert "Hold one exchange" not in made({REACH: "better"}).html
    due = "Hold one exchange a month. Heads of the groups, within 60 days: two-step reach is 50% (45 to 55%), clearly below"
    assert f"{due} 70%" in words(made({REACH: "worse"}))
    actions = section.build("actions", *scored({REACH: "worse"}))
    assert actions.title == "One action, each with a measure and a reason to stop"
    assert "Hold one exchange a month Heads of the groups 60 Two-step reach Nobody comes" in words(actions)
    assert 'href="#value-10"' in actions.html


@pytest.mark.parametrize("lying", [{}, ALL_BETTER, ALL_WORSE, {REACH: "neither"}])
def test_no_word_says_what_no_interval_can(lying):
    """Neither cause nor total, whatever was found."""
    one = made(lying, moved={REACH: 9})
    said = words(
        section.Section(one.id, one.topic, one.title, re.sub('<details class="df">.*?</details>', "", str(one.html)))
    )
    assert re.findall(BANNED, f"{one.title} {said}", re.IGNORECASE) == []
    assert len(one.title.split()) <= 18
    assert "nan" not in said.lower().split()
