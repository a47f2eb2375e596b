"""Headings fit fields by the words clients use, in six languages, whatever their case, accents and signs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork.arrival import headings
from kithwork.arrival.synonyms import CHANNELS, FIELDS, KINDS
from kithwork.readers.parts.rows import FIELDS as READ


def test_synonyms_are_of_fields_that_there_are():
    """No source or field is named that readers do not know, and every required field has words."""
    for source, fields in FIELDS.items():
        assert set(fields) <= set(READ[source])
    for source, fields in READ.items():
        assert {name for name, about in fields.items() if about.required} <= set(FIELDS[source])


@pytest.mark.parametrize(
    ("heading", "source", "field"),
    [
        ("Employee ID", "staff", "person"),
        ("Pers.-Nr.", "staff", "person"),
        ("Nº de empleado", "staff", "person"),
        ("Correo electrónico", "staff", "email"),
        ("Nærmeste leder", "staff", "manager"),
        ("Intitulé du poste", "staff", "role"),
        ("Unidade", "staff", "unit"),
        ("SenderAddress", "interactions", "ego"),
        ("Empfänger", "interactions", "alter"),
        ("Durée (min)", "interactions", "minutes"),
        ("Spørgsmål", "answers", "item"),
    ],
)
def test_heading_is_known(heading, source, field):
    """A usual heading fits its field well enough to be taken without asking."""
    assert headings.of_field(heading, source, field) >= 0.8


@pytest.mark.parametrize(
    ("heading", "source", "field"),
    [("Manager name", "staff", "name"), ("Salary", "staff", "unit"), ("Emergency contact", "staff", "name"),
     ("Notes", "staff", "role"), ("Subject", "interactions", "ego")],
)  # fmt: skip
def test_heading_of_something_else_is_not_taken(heading, source, field):
    """A heading that shares a word with a field's is not sure to be it."""
    assert headings.of_field(heading, source, field) < 0.8


def test_a_slip_of_the_pen_is_forgiven_and_a_short_word_is_not():
    """One letter off in a long word is the same word; in a short one it is another."""
    assert headings.fit("Departmnet", "department") > 0.8
    assert headings.fit("Rote", "role") == 0


def test_words_of_a_name_tell_channel_and_kind():
    """What a file or a relation is called tells more of one thing than of all others, or nothing."""
    assert headings.told("call log 2026", CHANNELS) == "call"
    assert headings.told("Freundschaft", KINDS) == "personal"
    assert headings.told("xyz", KINDS) == ""


@given(st.text(max_size=60))
def test_any_heading_has_a_fit_between_0_and_1(heading):
    """Whatever stands in a heading, it fits every field somehow, and nothing is raised."""
    assert all(0 <= headings.of_field(heading, "staff", field) <= 1 for field in FIELDS["staff"])
