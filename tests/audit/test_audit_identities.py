"""Who is looked for: everybody of the raw files by every telling word, nothing that stands on every page; all counted."""

from __future__ import annotations

import pytest
import synthetic
from hypothesis import given
from hypothesis import strategies as st

from kithwork.audit import identities
from kithwork.audit.searched import Sought, masked
from kithwork.audit.words import APART, small, words

STAFF = [
    ("E00041", "Søren Müller", "soren.muller@nobody.example", "Alpha"),
    ("7", "Will May", "wm@nobody.example", "Alpha"),
    ("42", "Cher", "", "North Field"),
    ("E00044", "Iris North Field", "", "Beta"),
]
PARTIES = [("P-77", "Quillon Foods", "quillon.example"), ("P-78", "Bank", ""), ("P-79", "Zephrinal", "")]


@pytest.fixture
def known(project):
    """The identities of a study with these people and parties."""
    staff = [dict(zip(("person", "name", "email", "unit"), row, strict=True)) for row in STAFF]
    parties = [{**dict(zip(("party", "name", "domain"), row, strict=True)), "kind": "customer"} for row in PARTIES]
    synthetic.build(project, {"staff": staff, "parties": parties}, synthetic.SIGNS)
    return identities.of("synthetic")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("as Søren Müller said", "name"),
        ("MUELLER, SOEREN", "name"),
        ("soren_muller.csv", "name"),
        ("@SorenMuller", "name"),
        ("S. Müller", "name"),
        ("So\u00adren Mul\u200bler", "name"),
        ("write to SOREN.MULLER@nobody.example", "e-mail address"),
        ("row E00041", "id"),
        ("Will May left", "name"),
        ("at Quillon-Foods", "party's name"),
        ("www.quillon.example/x", "party's domain"),
        ("Zephrinal too", "party's name"),
    ],
)
def test_every_spelling_is_found(known, text, kind):
    """Marks, capitals, order, umlauts written out and unseen signs hide nobody."""
    assert kind in {found for found, _, _ in Sought(known).found(text)}


@pytest.mark.parametrize("text", ["this will may be so", "7 of 42", "the bank", "Cher", "Alpha", "E000411"])
def test_words_are_nobody(known, text):
    """Words of a language, plain numbers, names of one part or of units, and parts of longer words name nobody."""
    assert not list(Sought(known).found(text))


def test_what_is_not_looked_for_is_counted(known):
    """Two plain numbers as ids, a name of one part, a party that is a word: each is counted."""
    assert known.left_out["id"] == 2
    assert known.left_out["name"] == 1
    assert known.left_out["party's name"] == 1


def test_a_study_without_its_data_knows_nobody(project):
    """Where the raw folder is not at hand nobody is looked for, and nothing fails."""
    synthetic.build(project, {"staff": [{"person": "E00041"}]}, synthetic.SIGNS)
    (project / "data/raw/synthetic/staff.csv").unlink()
    (project / "data/raw/synthetic").rmdir()
    assert not identities.of("synthetic").sought


@given(st.text())
def test_words_are_letters_and_digits(text):
    """Cut words hold nothing but letters and digits, and cutting them again changes nothing."""
    cut = words(text)
    assert all(word.isalnum() or word == APART or not word.isascii() for word in cut)
    assert small(" ".join(cut)) == small(" ".join(words(" ".join(cut))))


@given(st.lists(st.text("abcdefghij", min_size=2, max_size=9), min_size=1, max_size=4))
def test_masked_never_tells_a_word(parts):
    """Of no word of what was found more than its first sign is told."""
    told = masked(" ".join(parts))
    assert not any(part in told.partition(" (")[0] for part in parts)
