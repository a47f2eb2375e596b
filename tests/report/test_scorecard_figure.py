"""The scorecard figure: what it draws, says and lists, and that it tells the same in words."""

from __future__ import annotations

import re

import pytest
from scored import NAMES, scored
from synthetic import released

from kithwork.report import scorecard
from kithwork.report.readings import readings
from kithwork.values import VALUES

BOTH = {name: "better" for name in NAMES}


def rows(**how) -> list[scorecard.Row]:
    """The rows of a scorecard in which everything was measured."""
    shown, facts = scored(BOTH, **how)
    return scorecard.rows(readings(shown, facts), shown, facts)


def test_rows_follow_the_framework_and_say_why_one_is_empty():
    """Ten rows in its order; a value without a composite says so in few words, and in the table in full."""
    composites = {"influence": 0.1, "learning": 0.4}
    made = rows(composites=composites)
    assert [row.value for row in made] == list(VALUES)
    assert made[-1].told == ("0.40", "0.20 to 0.60")
    assert made[0].told[0] == "no composite"
    table = str(scorecard.data(made, scored(BOTH, composites=composites)[1]))
    assert "Only one indicator can be put on this scale" in table
    assert 'data-claim="values.learning.composite"' in table
    assert "1 (1 to\u00a03)" in table


def test_a_single_composite_has_no_place():
    """One value is first of one: nothing is said of its place."""
    composites = {"learning": 0.4}
    table = str(scorecard.data(rows(composites=composites), scored(BOTH, composites=composites)[1]))
    assert "1 (1 to" not in table
    assert "Place" not in table


def test_a_composite_of_too_few_is_held_back():
    """What the gate keeps is not called missing."""
    shown, facts = scored(BOTH, composites={"learning": 0.4})
    kept = [row for row in shown.claims.to_dict("records") if not row["id"].endswith("composite")]
    made = scorecard.rows(readings(shown, facts), released(*kept), facts)
    assert made[-1].told == ("no composite", "held back")


def test_words_tell_what_the_picture_shows():
    """Each value with its figure and interval, or that it has none, for those who do not see it."""
    said = scorecard.description(rows(composites={"learning": 0.4, "influence": -0.3}))
    assert "The learning organisation 0.40, 0.20 to 0.60" in said
    assert "Return on influence \u22120.30, \u22120.50 to \u22120.10" in said
    assert "Strategic perspective has none" in said


@pytest.mark.parametrize(("middle", "end"), [(0.3, 1.0), (1.1, 1.5), (9.0, 3.0)])
def test_the_scale_holds_what_is_drawn_up_to_three(middle, end):
    """Half steps, the same to both sides; beyond three standard deviations it is cut."""
    assert scorecard._reach(rows(composites={"learning": middle})) == end


def test_both_drawings_have_every_row():
    """The wide and the narrow drawing name all ten values and print the figures."""
    drawn = str(scorecard.figure(rows(composites={"learning": 0.4}), "A title"))
    wide, narrow = drawn.split('class="narrow"')
    for part in (wide, narrow):
        texts = " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", part))
        assert all(
            f"{number} {title}" in re.sub(r"\s+", " ", texts)
            for number, title in ((1, "Strategic perspective"), (10, "The learning"))
        )
        assert "0.40" in texts
        assert "better" in texts
