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


@pytest.mark.parametrize(
    "place",
    [
        "Karl Johans gate 22",
        "Kongens Nytorv 8",
        "Rua das Flores, n.º 12",
        "Av. da Liberdade 5",
        "Largo do Carmo 4",
        "C/ Mayor, 3",
        "M5V 3L9",
    ],
)
def test_norwegian_portuguese_spanish_and_canadian_forms_are_addresses(place):
    """Where the street's kind is a word of its own, or a sign comes before the number, an address is one all the same."""
    assert places(f"near {place}") == "near [address]"


@pytest.mark.parametrize("page", ["foo(dot)com", "foo[.]com", "foo [dot] com"])
def test_a_page_whose_dots_are_spelt_out_is_a_link(page):
    """A page written so that no machine reads it is read."""
    assert places(f"see {page} now") == "see [link] now"


@pytest.mark.parametrize("text", ["Stage gate 3 is late", "the torv 4 stays", "a plan (see below). Com 3"])
def test_gates_of_projects_are_no_streets(text):
    """A gate of a project with its number stays."""
    assert places(text) == text
