"""Words taken apart: addresses, names in any order, marks and wrong encodings; any text gives forms and no exception."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork.cleaning.spelling import forms, mended, spelt


@pytest.mark.parametrize(
    "name", ["Søren Wójcik", "João", "Élodie", "Zoë Ångström", "李小龍", "Иван", "Ann O’Neill", "Đỗ Mười"]
)
def test_wrong_encoding_is_undone(name):
    """UTF-8 read as Latin-1 or Windows-1252, once or twice; a sound name stays as it is."""
    once = name.encode().decode("latin-1")
    assert mended(once) == name
    assert mended(once.encode().decode("latin-1")) == name
    assert mended(name) == name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lind, Anna", "Anna Lind"),
        ("ANNA  LIND", "anna lind"),
        ("Anna.Lind", "anna_lind"),
        ("Søren Wójcik", "Soren Wojcik"),
        ("Müller", "Mueller"),
        ("Ægir Þórsson", "Aegir Thorsson"),
        ("Ann O'Neill", "Ann O’Neill"),
    ],
)
def test_ways_to_write_a_name_share_a_form(one, other):
    """Order with a comma, case, separators, marks, umlauts written out, apostrophes."""
    assert set(forms(one)) & set(forms(other))


def test_address_is_taken_apart():
    """Mailbox without sub-address and numbers, domain, and the name before the bracket."""
    found = spelt("Anna Lind <anna.lind2+home@Mail.Example>")
    assert (found.local, found.digits, found.domain, found.tagged) == ("anna.lind2", "2", "mail.example", True)
    assert found.forms == (("anna", "lind"),)


@pytest.mark.parametrize("word", ["", "@", "<", "+@x.example", "a b@x.example", "<<a@b>", "  ,", "\ud800x"])
def test_odd_words_are_taken_as_they_are(word):
    """No form is empty, whatever the word."""
    assert all(form and all(form) for form in spelt(word).forms)


@given(st.text(max_size=60) | st.text("aÃ¸@+<>., ö́", max_size=20))
def test_any_text_has_forms(word):
    """No exception, no empty token."""
    assert all(form and all(form) for form in spelt(word).forms)
