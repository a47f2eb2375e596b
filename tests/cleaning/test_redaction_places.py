"""Addresses of all kinds are told by their form, and words that are like them are left alone."""

from __future__ import annotations

import pytest

from kithwork.cleaning.redaction_places import places


@pytest.mark.parametrize(
    "text",
    [
        "12 Harbour Street",
        "221b baker street",
        "4 Old Mill Close",
        "Harbour Road 12",
        "Hafenstraße 12a, 20457 Hamburg",
        "Hafenstr. 3",
        "Lange Gasse 7",
        "Skovvej 14, 8000 Aarhus",
        "Storgata 5",
        "Kerkstraat 12",
        "5 rue de la Paix, 75002 Paris",
        "Calle Mayor 5",
        "Via Roma 12",
        "P.O. Box 12",
        "room B12",
        "Building C",
        "3rd floor",
        "SW1A 1AA",
    ],
)
def test_addresses_of_many_countries_are_found(text):
    """Number first or last, with a town or without, rooms and boxes."""
    assert places(f"we met at {text} today") == "we met at [address] today"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a.b+c@x.co.uk", "[email]"),
        ("anna at x dot org", "[email]"),
        ("anna (at) x.org", "[email]"),
        ("anna [at] x [dot] org", "[email]"),
        ("@anna.ek", "[person]"),
        ("https://x.org/a?b=c", "[link]"),
        ("www.x.org/a", "[link]"),
        ("shop.x.co.uk", "[link]"),
    ],
)
def test_addresses_on_a_network_are_found(text, expected):
    """Mail, spelt out or not, handles and pages."""
    assert places(f"see {text}, they say") == f"see {expected}, they say"


@pytest.mark.parametrize(
    "text",
    [
        "we investigate 3 cases on the road to 5 markets",
        "look at that: drive 2 of 3 clients away",
        "the office is closed and the room was cold",
        "e.g. glass, i.e. optical glass.Then more",
        "the deal was close, 12 of 20 signed",
        "5 hospitals court suppliers",
    ],
)
def test_words_like_an_address_stay(text):
    """Without a number or a capital where an address has one, a word of streets is a word."""
    assert places(text) == text
