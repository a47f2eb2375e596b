"""What a column asks, told from its header."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork.readers.parts import headings
from kithwork.survey.wording import READINESS, VALUES


def code(top: str, below: str = "", change: str = "") -> str:
    """The code of one column."""
    return headings.resolved([top], [below], {}, change)[0]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("V1a", "V1a"), ("V1[a]", "V1a"), ("V1a. I have a working picture", "V1a"), ("V1a: words", "V1a"),
        (" V10c ", "V10c"),
        ("values/V1a", "V1a"), ("values-V1a", "V1a"), ("a/b/CC3", "CC3"), ("GF_8", "GF_8"), ("GF[SQ003]", "GF_3"),
        ("GF", "GF"), ("3_T2", "3_T2"), ("T2[3]", "3_T2"), ("A[3]", "A3"), ("T1[3_2]", "3_T1/2"), ("3_T1_2", "3_T1/2"),
        ("CN_1", "CN/1"), ("notice/CN/3", "CN/3"), ("alter[2]/T1", "2_T1"), ("x/alter[2]/T1/3", "2_T1/3"), ("T1/3", "T1/3"),
        ("alter[2]/A", "A2"), ("M1K_2", "M1K_2"), ("Email Address", "person"), ("submitdate", "ended"),
        ("V11a", ""), ("V1d", ""), ("CC4", ""), ("v1a", ""), ("V1a_1", ""), ("AWE", ""), ("PS5", ""), ("GF_9", ""),
        ("16_T1", ""), ("CN/9", ""), ("I like V1a", ""), ("", ""), ("3_T2/1", ""), ("year-2/3", ""),
    ],
)  # fmt: skip
def test_codes_are_told_as_tools_write_them(header, expected):
    """And nothing that merely begins like a code, or is out of range, is one."""
    assert code(header) == expected


def test_words_are_the_same_whatever_their_case_quotes_and_spaces():
    """But not if a word of them differs."""
    text = VALUES["V4"]["V4a"]
    assert code(f"  {text.upper()} ") == code(text.replace(" ", "\u00a0").rstrip(".")) == "V4a"
    assert code("Rate these:", text) == code(f"Rate these [{text}]") == "V4a"
    assert code(text.replace("Ideas", "Thoughts")) == ""
    assert code("In my team you can say “I got this wrong” and talk turns to fixing it") == ""
    assert code("In my team you can say ‘I got this wrong’ and talk turns to fixing it") == "PS1"


def test_name_of_the_change_is_any_or_the_one_given():
    """Where it is known, another change's question is another question."""
    text = READINESS["CC2"].replace("[CHANGE]", "the new billing system")
    assert code(text) == code(text, change="the new billing system") == "CC2"
    assert code(text, change="the move") == ""


def test_boxes_of_one_question_are_counted():
    """Each column under the same words is the next box; so is one that says it is another."""
    asked = headings.known()["GS_1"].text
    assert headings.resolved([asked, "Another, if there is one (2 of at most 8)", "x", asked], [""] * 4, {}) == [
        "GS_1",
        "GS_2",
        "",
        "GS_3",
    ]


def test_mapping_comes_first():
    """What params.yaml says of a column is so, whatever its header looks like."""
    assert headings.resolved(["V1a", "mail", "Email Address"], [""] * 3, {"V2b": "V1a", "person": "mail"}) == [
        "V2b",
        "person",
        "",
    ]


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_header_is_a_known_code_or_none(top, below):
    """Whatever stands there."""
    found = code(top, below)
    assert not found or found.split("/")[0] in {*headings.known(), *headings.ABOUT} or found in headings._boxed()
