"""Telephones, accounts, dates and sums go; small counts stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork.cleaning.redaction_figures import figures


@pytest.mark.parametrize(
    "text", ["+45 20 30 40 50", "0045 2030 4050", "(020) 7946-0018", "+1.202.555.0148", "20 30 40 50", "030/1234567"]
)
def test_telephones_are_found(text):
    """International or not, parted in any way."""
    assert figures(f"call {text}!") == "call [phone]!"


@pytest.mark.parametrize(
    "text",
    [
        "DE89 3704 0044 0532 0130 00",
        "GB29NWBK60161331926819",
        "4111 1111 1111 1111",
        "1234567",
        "INV20391",
        "QQ123456C",
        "5 May 1980",
        "May 5th, 1980",
        "1980-05-01",
        "1.5.80",
        "192.168.1.10",
        "fe80::1ff:fe23:4567:890a",
        "€5,000",
        "3.5 million",
        "USD 5",
        "12 kr",
        "2026",
        "1 200",
        "٣٤٥",
    ],
)
def test_figures_that_could_tell_are_found(text):
    """Accounts, cards, ids, days, addresses of machines, sums and any number of three digits."""
    assert figures(f"it was {text} then") == "it was [number] then"


@pytest.mark.parametrize("text", ["3 weeks", "12.5%", "5 of 12", "2-3 days", "10:30", "24/7", "B2B and Q3", "the 5th time"])
def test_small_counts_stay(text):
    """Of one or two digits, shares with a decimal, and times of day."""
    assert figures(text) == text


@given(st.text(st.characters(exclude_categories=("Nd", "Cs"))))
def test_text_without_a_digit_is_unchanged(text):
    """Whatever else is in it."""
    assert figures(text) == text


@given(st.text(), st.integers(100, 10**15), st.text())
def test_no_run_of_three_digits_is_left(before, number, after):
    """Wherever it stands."""
    assert str(number) not in figures(f"{before} {number} {after}").replace(before, "").replace(after, "")


@pytest.mark.parametrize(
    "day", ["March 3", "March 3rd", "3. mars", "5 de março", "3 de março de 2026", "5 maggio", "5 de mayo"]
)
def test_days_of_a_month_without_a_year_go_in_further_languages(day):
    """A day is told by its month in words, in the languages of the South too."""
    assert figures(f"seen {day}, again") == "seen [number], again"


def test_a_count_after_a_month_is_no_day():
    """What is counted after the name of a month stays."""
    assert figures("In March 12 customers asked") == "In March 12 customers asked"
