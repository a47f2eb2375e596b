"""What a figure may be called: never more than its interval allows."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic import claim, settings

from kithwork.chapters import OtherUnit
from kithwork.release import DECIMALS
from kithwork.report import verdicts

SETTINGS = settings()
number = st.floats(-100, 100)


def made(*figures: float, **changes) -> pd.Series:
    """A claim of this figure and interval."""
    return pd.Series(claim("people.any", *figures, **changes))


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (66, 80, "clearly above"),
        (65, 80, "above"),
        (60.5, 64, "above"),
        (60, 64, "about the same as"),
        (55, 65, "about the same as"),
        (50, 70, "not clearly different from"),
        (56, 60, "about the same as"),
        (54, 59.5, "below"),
        (55, 59, "below"),
        (40, 54.9, "clearly below"),
    ],
)
def test_verdict_table(low, high, words):
    """Every row of the rule, at a threshold of 60 and a smallest useful difference of 5."""
    assert verdicts.verdict(low, high, 60, 5) == words


@given(number, number, number, st.floats(0, 20))
def test_verdict_never_says_more_than_the_interval(a, b, threshold, useful):
    """Above and below need the whole interval, clearly the useful difference too; mirrored it reads mirrored."""
    low, high = min(a, b), max(a, b)
    words = verdicts.verdict(low, high, threshold, useful)
    assert ("above" in words) == (low > threshold)
    assert ("below" in words) == (high < threshold)
    if words.startswith("clearly "):
        assert low > threshold + useful or high < threshold - useful
    if words == "about the same as":
        assert low <= threshold <= high
        assert high - low <= 2 * useful + 1e-9
    turned = {"above": "below", "below": "above"}
    mirrored = verdicts.verdict(-high, -low, -threshold, useful)
    assert mirrored == " ".join(turned.get(word, word) for word in words.split())


@pytest.mark.parametrize(
    ("unit", "figures", "words"),
    [
        ("%", (20, 16, 24), "clearly above"),
        ("index", (10.5, 10.2, 10.8), "clearly above"),
        ("index", (10.1, 10.05, 10.2), "above"),
        ("times", (10.1, 10.05, 10.2), "above"),
        ("money", (20, 16, 24), "above"),
    ],
)
def test_clearly_takes_a_useful_difference_in_the_same_unit(unit, figures, words):
    """Against its own reference, 10; where no useful difference is stated nothing is clear."""
    assert verdicts.against(made(*figures, unit=unit, reference=10.0), SETTINGS) == words


def test_every_unit_but_those_of_counts_and_money_has_a_useful_difference():
    """What is worth acting on is stated in points of 100, or in the unit's own entry of params.yaml."""
    stated = {unit for unit in DECIMALS if verdicts.useful(made(unit=unit), SETTINGS) is not None}
    assert set(DECIMALS) - stated == {"count", "money"}
    assert set(OtherUnit.__args__) == set(SETTINGS.report.useful_in)


def test_the_change_has_a_useful_difference_of_its_own():
    """Points of the chapter on change are judged by what it declares."""
    about = settings(change={"useful_difference": 9}, report={"useful_difference": 2})
    of_change, of_others = (pd.Series(claim(name, unit="score")) for name in ("change.any", "values.any"))
    assert (verdicts.useful(of_change, about), verdicts.useful(of_others, about)) == (9, 2)


@pytest.mark.parametrize(
    ("figures", "way"),
    [((8, 5, 11), 1), ((-8, -11, -5), -1), ((4, 2, 6), 0), ((8, -1, 17), 0), ((5, 1, 9), 1)],
)
def test_a_change_is_one_where_it_is_clear_and_worth_acting_on(figures, way):
    """Up or down where the interval leaves out 0 and the change is at least the useful difference, 5 points."""
    assert verdicts.change(made(*figures, unit="points"), SETTINGS) == way


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ((24, 20, 28), "about a quarter"),
        ((24, 21, 24.5), "less than a quarter"),
        ((27, 26, 29), "more than a quarter"),
        ((47, 44, 49), "nearly half"),
        ((47, 44, 51), "about half"),
        ((52, 51, 54), "more than half"),
        ((42, 38, 46), None),
        ((65, 60, 70), "about two thirds"),
        ((58, 55, 61), None),
        ((2, 1, 4), None),
        ((91, 89, 93), "about nine tenths"),
    ],
)
def test_fractions_are_words_only_within_three_points(figures, words):
    """`more` and `less` need the whole interval; between the fractions the number is said."""
    assert verdicts.fraction(made(*figures)) == words


@given(st.floats(0, 100), st.floats(0, 30), st.floats(0, 30))
def test_no_fraction_says_more_than_the_interval(share, below, above):
    """Whatever the figure: "more than half" never stands where half is in the interval, nor "about" far from it."""
    words = verdicts.fraction(made(share, share - below, share + above)) or ""
    if words.endswith("half"):
        assert 44 <= share <= 53
        assert ("more than" in words) <= (share - below > 50)
        assert (words.startswith(("less than", "nearly"))) <= (share + above <= 50)


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ((3.1, 2.6, 3.4), "about three times"),
        ((2.0, 1.6, 2.4), "about twice"),
        ((1.9, 1.8, 1.95), "about twice"),
        ((1.7, 1.6, 1.7), None),
        ((3.1, 2.1, 4.0), None),
        ((1.2, 1.0, 1.4), None),
        ((7.0, 6.8, 7.2), None),
    ],
)
def test_multiples_need_an_interval_that_holds_no_other(figures, words):
    """Three times is said only where two and a half and three and a half are left out; 1.7 times for sure is not twice."""
    assert verdicts.multiple(made(*figures, unit="times")) == words


def test_no_multiple_of_what_is_no_ratio():
    """A ratio of two figures has no interval unless it was claimed itself."""
    with pytest.raises(ValueError, match="no ratio"):
        verdicts.multiple(made(3, 2, 4))
