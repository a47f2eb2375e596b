"""Whose a domain is: own, a mail provider's, a party's or nobody's yet; any domain has one answer."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork.cleaning.free_mail import FREE_MAIL
from kithwork.cleaning.parties import NONE, domains, registrable, unmapped

STAFF = [f"p{number}@firm.example" for number in range(9)] + ["p9@gmail.com"]
KNOWN = domains(STAFF, [], {"client.example": "A1", "lab.client.example": "A2"})


@pytest.mark.parametrize(
    ("domain", "name"),
    [
        ("mail.rowan.co.uk", "rowan.co.uk"),
        ("Rowan.DE.", "rowan.de"),
        ("a.b.firm.example", "firm.example"),
        ("co.uk", "co.uk"),
        ("localhost", "localhost"),
    ],
)
def test_domain_is_what_can_be_registered(domain, name):
    """One label below the public suffix; a suffix alone stays."""
    assert registrable(domain) == name


@pytest.mark.parametrize(
    ("domain", "whose"),
    [
        ("firm.example", "own"),
        ("hr.firm.example", "own"),
        ("gmail.com", "free_mail"),
        ("client.example", "party"),
        ("mail.client.example", "party"),
        ("other.example", "unmapped"),
        ("", NONE),
    ],
)
def test_whose_a_domain_is(domain, whose):
    """A mail provider's domain on the staff list is not the company's."""
    assert KNOWN.whose(domain) == whose


def test_nearest_party_counts():
    """A department listed on its own goes before the whole."""
    assert [KNOWN.party(one) for one in ("x.lab.client.example", "x.client.example", "example")] == ["A2", "A1", None]


def test_domain_where_the_staffs_mailboxes_come_back_is_own():
    """Three people's names and half of all there; fewer, or a party's, are not."""
    words = [f"p{number}@old.example" for number in range(3)]
    words += [f"x{number}@old.example" for number in range(3)] + ["p1@two.example", "p2@two.example"]
    words += [f"p{number}@client.example" for number in range(5)]
    assert domains(STAFF, words, {"client.example": "A1"}).own == {"firm.example", "old.example"}
    assert "old.example" not in domains(STAFF, [*words, "x9@old.example"]).own


def test_what_a_person_says_goes_first():
    """Own and free domains may be told."""
    told = domains(STAFF, [], own=["sister.example"], free=["firm.example"])
    assert (told.whose("sister.example"), told.whose("firm.example")) == ("own", "free_mail")


def test_unmapped_domains_are_listed_with_their_contacts():
    """Most contacts first; addresses of one domain together."""
    words = pd.Series(
        ["a@mail.new.example", "b@new.example", "c@rare.example", "p1@firm.example", "Ada Falk", "d@client.example"]
    )
    found = unmapped(words, pd.Series([3, 4, 5, 9, 9, 9]), KNOWN)
    assert found.to_dict("records") == [
        {"domain": "new.example", "addresses": 2, "contacts": 7},
        {"domain": "rare.example", "addresses": 1, "contacts": 5},
    ]


def test_providers_are_registrable_domains():
    """Each entry of the list is what an address is compared by."""
    assert {name for name in FREE_MAIL if registrable(name) != name} == set()


@given(st.text(max_size=40) | st.text("ab.-Ü", max_size=20))
def test_any_domain_has_an_owner(domain):
    """No exception, and the same whatever is below it is of."""
    assert KNOWN.whose(domain) in ("own", "free_mail", "party", "unmapped", NONE)
