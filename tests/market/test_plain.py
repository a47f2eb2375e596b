"""market/plain.py: a comment's own words."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork.market.plain import plain, words


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Fwd: RE: “glass is late”", "glass is late"),
        ("> > glass\n> is late", "glass is late"),
        ("WG: AW: Glas ist knapp", "Glas ist knapp"),
        ("Ask [person] or [email] first", "Ask … or … first"),
        ("it's the buyers' 'own' price", "it's the buyers own price"),
        ("ﬁsh  and\tchips", "fish and chips"),
        ("I: am late", "I: am late"),
        ("", ""),
    ],
)
def test_marks_of_mail_quoting_and_redaction_are_taken_off(text, left):
    """What was said stays, letter for letter."""
    assert plain(pd.Series([text])).tolist() == [left]


def test_words_are_counted_also_where_no_space_is_written():
    """A sign of Chinese, Japanese or Thai is a word, digits are none, and signs within Hindi words do not cut them."""
    texts = pd.Series(["it's not 24 hours", "玻璃涨价", "प्रिंटर काम नहीं करता", "ガラスが高い", "…", "don't-know"])
    assert words(texts).tolist() == [3, 4, 4, 6, 0, 1]


@given(st.text())
def test_plain_text_of_plain_text_is_itself(text):
    """Nothing more is taken off the second time, of texts without quoted marks of mail."""
    once = plain(pd.Series([text.replace(":", "").replace("[", "").replace(">", "").replace("|", "")]))
    assert once.str.contains(r"\s\s").sum() == 0
    assert words(once).ge(0).all()
