"""market/nothing.py: answers that say there is none."""

import pandas as pd
import pytest

from kithwork.market.nothing import BESIDE, DENY, says_nothing
from kithwork.market.plain import plain


@pytest.mark.parametrize(
    "text",
    [
        *("none", "N/A", "-", "…", "?", "24", "Nothing new this month.", "I don’t know", "No comment", "nothing to report"),
        *(
            "Keine",
            "nichts Neues",
            "weiß nicht",
            "rien à signaler",
            "aucune idée",
            "nada nuevo",
            "não sei",
            "niente di nuovo",
        ),
        *("geen idee", "inget nytt", "ei mitään", "nic nowego", "没有", "特になし", "нет"),
    ],
)
def test_answers_without_content(text):
    """In many languages, whatever the letters' size and the signs around them."""
    assert says_nothing(plain(pd.Series([text]))).all()


@pytest.mark.parametrize(
    "text",
    ["no time for training", "Nothing works here", "too many meetings", "Keine Zeit", "nobody answers", "rien ne marche",
     "new price", "report", "no glass", "not enough people", "no answer yet"],
)  # fmt: skip
def test_answers_with_content(text):
    """A complaint is one even if it denies; words that may stand beside a denial say nothing on their own."""
    assert not says_nothing(plain(pd.Series([text]))).any()


def test_rows_stay_apart_whatever_the_index():
    """Each text is judged by its own words."""
    found = says_nothing(pd.Series(["none", "glass is late", "nothing"], index=["b", "a", "b2"]))
    assert found.to_dict() == {"b": True, "a": False, "b2": True}
    assert set(DENY) == set(BESIDE)
