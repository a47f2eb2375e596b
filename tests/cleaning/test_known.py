"""Whom a word means: found by exact keys in a fixed order, and never guessed."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork.cleaning.known import TWO_PARTIES, TWO_PEOPLE, Known, address, spaced

STAFF = {"person": ["e1", "e2", "e3"], "email": ["anna@x.org", "bo@x.org", None], "name": ["anna ek", "bo li", "bo li"]}
PARTIES = {
    "party": ["p1", "p2", "p3"],
    "name": ["acme", "bolt", None],
    "domain": ["acme.org", "bolt.co.uk", "uk.acme.org"],
}


def columns(rows: dict[str, list]) -> pd.DataFrame:
    """Columns of a source as the rules hand them on."""
    return pd.DataFrame(rows, dtype="str")


@pytest.fixture
def known() -> Known:
    """Three people, two of one name, and three parties."""
    found = Known()
    found.learn("staff", columns(STAFF))
    found.learn("parties", columns(PARTIES))
    return found


def meant(known: Known, word: str, kind: str = "anyone") -> str | None:
    """The id that one word means."""
    found = known.resolve(pd.Series([word], dtype="str"), kind)[0]
    return found if isinstance(found, str) else None


@pytest.mark.parametrize(
    ("word", "identity"),
    [
        ("E1", "e1"),
        (" Anna@X.org ", "e1"),
        ("Anna  Ek", "e1"),
        ("Somebody Else <anna@x.org>", "e1"),
        ("<BO@x.org>", "e2"),
        ("Bo Li", TWO_PEOPLE),
        ("Bo", None),
        ("anna@y.org", None),
        ("Anna Ek <anna@y.org>", None),
    ],
)
def test_a_person_is_found_by_id_address_or_full_name(known, word, identity):
    """Case, space and a name before the address do not matter; a name of two fits neither; half a name fits nobody."""
    assert meant(known, word, "person") == identity
    assert meant(known, word) == identity


@pytest.mark.parametrize(
    ("word", "identity"),
    [
        ("P1", "p1"),
        ("ACME", "p1"),
        ("acme.org", "p1"),
        ("joe@acme.org", "p1"),
        ("Joe Doe <joe@mail.acme.org>", "p1"),
        ("joe@uk.acme.org", "p3"),
        ("joe@bolt.co.uk", "p2"),
        ("joe@co.uk", None),
        ("joe@notacme.org", None),
        ("mail.acme.org", None),
    ],
)
def test_a_party_is_found_by_id_name_domain_or_an_address_there(known, word, identity):
    """The longest domain known decides; a domain that merely ends alike is another."""
    assert meant(known, word) == identity
    assert meant(known, word, "person") is None


def test_an_id_goes_before_an_address_and_an_address_before_a_name():
    """Where one word is the id of one person and a key of others, it means the first."""
    found = Known()
    found.learn("staff", columns({"person": ["a", "b", "c"], "email": ["x", "a", "y"], "name": ["y", "x", "b"]}))
    assert [meant(found, word, "person") for word in ("a", "b", "x", "y")] == ["a", "b", "a", "c"]


def test_a_person_goes_before_a_party(known):
    """An address of the staff list is that person, though its domain is a party's."""
    known.learn("parties", columns({"party": ["p"], "domain": ["x.org"]}))
    assert meant(known, "anna@x.org") == "e1"
    assert meant(known, "else@x.org") == "p"


@given(st.text(max_size=30))
def test_any_word_means_somebody_or_nobody(word):
    """No text a client may write is a fault of ours; what it is compared by is stable."""
    assert address(address(word)) == address(word) or "<" in word
    assert spaced(spaced(word)) == spaced(word)
    found = Known()
    found.learn("staff", columns(STAFF))
    found.learn("parties", columns(PARTIES))
    cell = word.encode("utf-8", "replace").decode()
    assert meant(found, cell) in {None, TWO_PEOPLE, *STAFF["person"], *PARTIES["party"]}


def test_a_domain_of_two_parties_means_neither():
    """An address there fits both, and so does the domain."""
    found = Known()
    found.learn("parties", columns({"party": ["p", "q"], "domain": ["x.org", "x.org"]}))
    assert [meant(found, word) for word in ("joe@x.org", "x.org", "p")] == [TWO_PARTIES, TWO_PARTIES, "p"]


def test_a_party_is_no_person(known):
    """Where a party is asked for, a person's words mean nobody, and a party's the same as elsewhere."""
    assert meant(known, "e1", "party") is None
    for word in PARTIES["party"] + PARTIES["name"]:
        assert meant(known, word, "party") == meant(known, word)
