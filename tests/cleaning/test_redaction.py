"""Redaction of comments: what is on the staff list or has a fixed form does not get through."""

from __future__ import annotations

import unicodedata

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork.cleaning.redaction import redact


def redacted(text: str, *identities: str) -> str:
    """One text, redacted."""
    return redact(pd.Series([text], dtype="str"), identities)[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("write to anna.b+news@mail.example.co.uk today", "write to [email] today"),
        ("call +45 20 30 40 50!", "call [phone]!"),
        ("call (020) 7946-0018.", "call ([phone]."),
        ("ask AB12, not AB123 or XAB12", "ask [person], not AB123 or XAB12"),
        ("ab12/AB12", "[person]/[person]"),
        ("prices rose 12% in 2026, by 3.5 million", "prices rose 12% in 2026, by 3.5 million"),
    ],
)
def test_fixed_forms_and_ids_are_taken_out_and_nothing_else(text, expected):
    """E-mail addresses, telephone numbers and whole ids go, in any case; years, shares and longer words stay."""
    assert redacted(text, "ab12") == expected


def test_longest_id_is_taken_out_whole():
    """Of two ids, one inside the other, nothing of the longer is left over."""
    assert redacted("ask anna-maria", "anna", "anna-maria") == "ask [person]"


def test_ids_are_read_literally():
    """Dots and brackets of an id match themselves only."""
    assert redacted("a.b and axb and (c)", "a.b", "(c)") == "[person] and axb and [person]"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_ids_are_found_in_either_unicode_form(form):
    """An accent typed as a letter of its own does not carry a name past the redaction."""
    assert redacted(unicodedata.normalize(form, "ask José now"), "josé") == "ask [person] now"


name = st.text(st.characters(categories=("Lu", "Ll", "Nd")), min_size=1, max_size=10)


@given(st.lists(name, min_size=1, max_size=5), st.data())
def test_no_listed_id_survives(names, data):
    """Whichever ids are planted between words, as they are spelt on the staff list, none is left."""
    planted = data.draw(st.lists(st.sampled_from(names), min_size=1, max_size=5))
    found = redacted(" — ".join(planted), *names)
    assert found == " — ".join(["[person]"] * len(planted))


def test_empty_texts_and_no_ids_are_fine():
    """No comments, or an empty staff list, redact to what they were."""
    assert redact(pd.Series([], dtype="str"), ["a"]).empty
    assert redacted("hello") == "hello"
