"""Whether people and answers are enough is told in words, by the numbers that the report itself goes by."""

from __future__ import annotations

import pandas as pd
import pytest
import synthetic

from kithwork.arrival import judged
from kithwork.arrival.judged import Group, Response


@pytest.mark.parametrize(
    ("group", "words"),
    [
        (Group(61, 10, 6, 5), "61 people: 6 of 10 units have 5 or more, and may be shown; 4 smaller are held back."),
        (Group(40, 3, 3, 5), "40 people: 3 of 3 units have 5 or more, and may be shown."),
        (Group(9, 2, 1, 5), "9 people: 1 of 2 units have 5 or more, and may be shown; 1 smaller is held back."),
        (Group(4, 1, 0, 5), "4 people: fewer than report.smallest_group (5), so that nothing of them may be shown."),
        (Group(40, 0, 0, 5), "40 people: no units are known, so that figures are of the whole alone."),
    ],
)
def test_group_is_told_in_words(group, words):
    """How many units may be shown, of how many, and when none or nobody may."""
    assert group.told == words


def test_units_are_counted_against_the_smallest_group():
    """Of the synthetic organisation's five units one has three people."""
    people = pd.DataFrame({"unit": synthetic.units()})
    assert judged.group(people, synthetic.settings()) == Group(40, 5, 4, 5)


@pytest.mark.parametrize(
    ("answered", "words"),
    [
        (75, "can be Strong at best."),
        (65, "can be Moderate at best; from 70% on better."),
        (45, "can be Indicative at best; from 60% on better."),
        (39, "below 40%, so that what rests on answers alone is not reported."),
    ],
)  # fmt: skip
def test_response_is_told_by_what_findings_can_reach(answered, words):
    """The same thresholds as the grades of findings."""
    response = Response(100, answered)
    assert response.told == f"{answered} of 100 answered the survey ({answered}%): " + (
        words if answered < 40 else f"findings from it {words}"
    )
    assert response.enough == (answered >= 40)


def test_steps_that_took_records_say_how_many_and_why():
    """Steps that took none, and the line before the first, are not told."""
    rows = [("before", None, 0), ("repeat", "repeats an earlier record", 3), ("list", "goes to a list", 0)]
    table = pd.DataFrame(rows, columns=["step", "reason", "taken"])
    assert judged.steps({"filters": table}) == {"repeat: repeats an earlier record": 3}
