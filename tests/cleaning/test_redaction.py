"""Redaction of comments: what is on the lists or has a fixed form does not get through, and nothing else is touched."""

from __future__ import annotations

import unicodedata

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork.cleaning.redaction import redact
from kithwork.cleaning.redaction_names import Names

PEOPLE = (
    "Anna Müller",
    "José García López",
    "Søren Kjær",
    "O'Brien, Mary-Jane",
    "Will Young",
    "Per Falk",
    "Li Xu",
    "AB12",
    "EMP-0012",
)
PARTIES = ("Aldern Hospitals", "calder.example", "Energy Systems Ltd", "Dovre Safety Authority")
KNOWN = Names.of(PEOPLE, PARTIES)


def redacted(text: str, *identities: str) -> str:
    """One text, redacted."""
    return redact(pd.Series([text], dtype="str"), Names.of(identities) if identities else KNOWN)[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("write to anna.b+news@mail.example.co.uk today", "write to [email] today"),
        ("call +45 20 30 40 50!", "call [phone]!"),
        ("call (020) 7946-0018.", "call [phone]."),
        ("ask AB12, not XAB12", "ask [person], not XAB12"),
        ("ab12/AB12", "[person]/[person]"),
        ("emp-0012 and EMP-0012", "[person] and [person]"),
        ("prices rose 12.5% in 3 weeks, at two hospitals", "prices rose 12.5% in 3 weeks, at two hospitals"),
        ("A. Mueller, Anna's and Müller, Anna", "[person], [person]'s and [person], [person]"),
        ("annamuller, @nobody and Annas idea", "[person], [person] and [person] idea"),
        ("Aldern said so, aldern hospitals too", "[party] said so, [party] too"),
        ("Dovre Safety Authority (DSA)", "[party] ([party])"),
        ("see www.calder.example/x?y=1 and calder.example.", "see [link] and [link]."),
        ("Calder pays", "[party] pays"),
        ("energy prices and energy systems", "energy prices and [party]"),
    ],
)
def test_each_form_has_its_placeholder(text, expected):
    """Ids, names in their many forms, parties and links go; longer words, small counts and shares stay."""
    assert redacted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Аnnа came",
        "Ａｎｎａ came",
        "An\u200bna came",
        "Mül-\nler came",
        "A n n a came",
        "MUELLER\ncame",
        "Anna\n\nMüller came",
    ],
)
def test_tricks_of_spelling_do_not_carry_a_name_past(text):
    """Letters of other alphabets that look alike, wide letters, signs of no width, broken lines, letters apart."""
    assert redacted(text).split() == ["[person]", "came"]


def test_names_in_other_alphabets_are_found():
    """In an alphabet without spaces within what is said; in Cyrillic as it sounds."""
    assert redacted("昨天王伟说了", "王伟") == "昨天[person]说了"
    assert redacted("анна сказала", "Anna Müller") == "[person] сказала"
    assert redacted("Спросите Иванову или анну", "Анна Иванова", "Анну Иванову") == "Спросите [person] или [person]"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("we will pay per client", "we will pay per client"),
        ("Per came, Will left", "[person] came, [person] left"),
        ("ask will, and will young", "ask [person], and [person]"),
        ("per falk knows; will said so", "[person] knows; [person] said so"),
        ("in small letters young and will stay", "in small letters young and will stay"),
    ],
)
def test_names_that_are_words_go_with_a_capital_or_beside_what_tells(text, expected):
    """The rule for Will, Per and Young: small letters alone stay, so that `per` does not vanish from all texts."""
    assert redacted(text) == expected


def test_names_of_people_outside_are_learnt_from_their_addresses():
    """Of two words or more; what belongs to no one person tells none."""
    from kithwork.cleaning.redaction_names import outside

    words = ["joe.black@mail.acme.org", "info.desk@acme.org", "Ann Bee <ab@x.org>", "orders@x.org", "u12@x.org", "ab12"]
    assert outside(words) == {"joe black", "Ann Bee"}


def test_longest_id_is_taken_out_whole():
    """Of two ids, one inside the other, nothing of the longer is left over."""
    assert redacted("ask anna-maria", "anna", "anna-maria") == "ask [person]"


def test_ids_are_read_literally():
    """Dots of an id match themselves only, and a number of two digits stays a count."""
    assert redacted("a.b and axb and (c)", "a.b", "(c)") == "[person] and axb and ([person])"
    assert redacted("12 people of 1204", "12", "1204") == "12 people of [person]"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_ids_are_found_in_either_unicode_form(form):
    """An accent typed as a letter of its own does not carry a name past the redaction."""
    assert redacted(unicodedata.normalize(form, "ask José now"), "josé") == "ask [person] now"


name = st.text(st.characters(categories=("Lu", "Ll", "Nd")), min_size=1, max_size=10).filter(
    lambda text: any(sign.isalpha() for sign in text) and unicodedata.normalize("NFKC", text).isalnum()
)


@given(st.lists(name, min_size=1, max_size=5), st.data())
def test_no_listed_id_survives(names, data):
    """Whichever ids are planted between words, as they are spelt on the staff list, none is left."""
    planted = data.draw(st.lists(st.sampled_from(names), min_size=1, max_size=5))
    found = redacted(" — ".join(planted), *names)
    assert found == " — ".join(["[person]"] * len(planted))


hard = st.sampled_from(
    ["Anna", "Müller", "Mueller", "Muller", "Garcia", "garcía lopez", "Søren", "Soeren", "kjaer", "O'Brien", "Li", "Xu"]
)
cased = st.sampled_from([str.upper, str.lower, str.title, str.swapcase, str])
spaced = st.sampled_from([" ", "\n", "  ", ", ", " (", '"', "\t", " - ", "'s "])


@given(st.text(), hard, cased, spaced, spaced, st.text())
def test_no_name_of_the_list_survives_in_any_case_and_spacing(before, planted, case, left, right, after):
    """Whatever stands before and after it."""
    text = f"{before}{left}{case(planted)}{right}{after}"
    found, words = redacted(text), case(planted).replace("'", " ").split()
    alone = redacted(f"{before}{left}.{right}{after}")
    for word in (one for one in words if len(one) > 1):
        assert found.split(word)[0] == found or found.count(word) <= alone.count(word)


@given(st.text())
def test_redacting_again_changes_nothing(text):
    """Of any text whatever, with names and figures in it."""
    once = redacted(f"{text} Anna 12 Harbour Street {text} 1234 will {text}")
    assert redacted(once) == once


quiet = st.text(st.characters(categories=("Lo", "Ll", "Po", "Zs", "So"), exclude_characters="@."), max_size=40)


@given(quiet)
def test_a_text_without_names_and_figures_is_unchanged(text):
    """Letter for letter, be it in whatever alphabet, with signs of no width or without."""
    assert redacted(text, "zzyzx quuxley") == text


def test_empty_texts_and_no_ids_are_fine():
    """No comments, or an empty staff list, redact to what they were; an absent text stays absent."""
    assert redact(pd.Series([], dtype="str"), KNOWN).empty
    assert redact(pd.Series(["hello", None], dtype="str"), Names()).tolist()[0] == "hello"
    assert redact(pd.Series(["hello", None], dtype="str"), Names()).isna().tolist() == [False, True]
