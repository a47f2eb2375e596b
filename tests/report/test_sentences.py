"""The rules that turn claims into words: a sentence never says more than its interval allows."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import strategies as st
from synthetic import claim

from kithwork.report import sentences as say

number = st.floats(-100, 100)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (24.4, "%", "24%"),
        (-0.47, "index", "−0.47"),
        (163, "minutes", "163 minutes"),
        (3761, "minutes", "3,761 minutes"),
        (8.83, "people", "8.8"),
        (61.6, "score", "62"),
        (0, "%", "0%"),
    ],
)
def test_numbers_carry_their_unit_and_a_true_minus(value, unit, text):
    """A figure is printed with the digits of its unit, and a minus sign that is one."""
    assert say.number(value, unit) == text


def test_interval_reads_as_one_phrase():
    """Word, ends, unit once, and n, with no line break inside."""
    row = pd.Series(claim("ties.x", 15, 14, 17, n=1339))
    assert say.interval(row) == "95% interval 14 to\u00a017%, n\u00a0=\u00a01,339"
    assert say.interval(row, "") == "14 to\u00a017%, n\u00a0=\u00a01,339"
    index = pd.Series(claim("people.e_i", -0.47, -0.59, -0.34, unit="index"))
    assert say.interval(index, "").startswith("−0.59 to\u00a0−0.34, ")


@pytest.mark.parametrize(("n", "text"), [(0, "no"), (1, "one"), (10, "ten"), (11, "11"), (1200, "1,200")])
def test_counts_are_words_up_to_ten(n, text):
    """Small counts are words, larger ones digits in groups."""
    assert say.count(n) == text


def test_plurals_are_computed():
    """One group, two groups, and words with a plural of their own."""
    assert [say.several(n, "group") for n in (0, 1, 2)] == ["no groups", "one group", "two groups"]
    assert say.several(2, "person", "people") == "two people"


@pytest.mark.parametrize(
    ("words", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_lists_read_as_sentences(words, text):
    """None, one, two or more words are joined as in prose, from any iterable."""
    assert say.join(iter(words)) == text


def test_sentence_raises_the_first_letter_only():
    """Names inside keep their case; nothing stays nothing."""
    assert say.sentence("ties in DevOps") == "Ties in DevOps"
    assert say.sentence("") == ""


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("unit", "units"), ("research group", "research groups"), ("branch", "branches"), ("class", "classes"),
        ("faculty", "faculties"), ("survey", "surveys"),
    ],
)  # fmt: skip
def test_plurals_of_what_clients_call_their_groups(one, many):
    """Whatever word a client uses, two of them are spelt right."""
    assert say.plural(one) == many
    assert say.several(2, one) == f"two {many}"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("1 - epsilon squared", "1 − epsilon squared"),
        ("E-I index: -1 all within (-0.5)", "E-I index: −1 all within (−0.5)"),
        ("the units' sizes, 1-5 as 0-100", "the units’ sizes, 1–5 as 0–100"),
        ("range holding 95 % of them", "range holding 95% of them"),
        ("Snijders & Borgatti 1999; co-author", "Snijders & Borgatti 1999; co-author"),
    ],
)
def test_text_typed_in_code_is_set_as_print(typed, printed):
    """Minus signs, ranges and apostrophes are true ones; hyphens stay."""
    assert say.typeset(typed) == printed


def test_last_word_of_a_list_may_be_or():
    """What is missing is joined by "or"."""
    assert say.join(["a", "b", "c"], "or") == "a, b or c"
    assert say.join(["a"], "or") == "a"
