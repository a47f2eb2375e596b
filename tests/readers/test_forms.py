"""The reader of tables of responses: headers of any tool, consent, and one error for what is no such table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import forms as exports
from samples.respondent import table
from synthetic import rows_or_one_error

from kithwork.engagement import Reader
from kithwork.errors import UserError
from kithwork.readers import forms
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import FIELDS, Rows, whole


def read(content: bytes, source: str = "answers", **said) -> Rows:
    """The records of one source."""
    return whole(forms.parse(source, Reader(reader="forms", file="t.csv", **said), Given("t.csv", content=content)))


def test_who_does_not_take_part_is_left_out_but_known():
    """Of the answers nothing is read; that there was no consent is, and what may not be used."""
    content = table(["person", "CN", "V1a"], ["a", "1", "4"], ["b", "2", "5"], ["c", "", "5"], ["d", "1 3", "3"])
    found = read(content)
    assert found.frame["person"].tolist() == ["a", "d"]
    assert found.left_out["responses without consent to take part"] == 2
    asked = ["person", "take_part", "use_records", "use_reports"]
    assert read(content, "responses").frame[asked].to_numpy().tolist() == [
        ["a", "yes", "yes", "yes"],
        ["b", "no", "no", "yes"],
        ["c", "no", "yes", "yes"],
        ["d", "yes", "yes", "no"],
    ]


def test_consent_that_cannot_be_understood_is_none():
    """And forbids every use."""
    content = table(["person", "CN", "V1a"], ["a", "perhaps", "4"])
    assert read(content).frame.empty
    assert read(content, "responses").frame.iloc[0][["take_part", "use_records", "use_reports"]].tolist() == ["no"] * 3


def test_unfinished_responses_are_kept_and_said_to_be():
    """LimeSurvey hands them in without a date."""
    content = table(["token", "submitdate", "V1a"], ["a", "2026-09-07 14:30:00", "4"], ["b", "", "5"])
    assert len(read(content).frame) == 2
    assert read(content, "responses").frame["finished"].tolist() == ["yes", "no"]


def test_who_offers_to_help_says_so_and_nobody_else_does():
    """A yes, in figures or words, is a yes, a no is a no, and no answer is none; what is neither is refused."""
    content = table(["person", "HS"], ["a", "1"], ["b", "No"], ["c", ""], ["d", "-99"], ["e", "perhaps"])
    found = read(content, "responses")
    assert found.frame[["person", "start"]].to_numpy().tolist() == [["a", "yes"], ["b", "no"], ["c", ""], ["d", ""]]
    assert [(fault.line, fault.column, fault.found) for fault in found.faults] == [(6, "HS", "perhaps")]


def test_who_asks_for_a_page_of_their_own_says_so_and_nobody_else_does():
    """As an offer: in figures or words, silence is neither, and a faulty answer is refused by name."""
    content = table(["person", "HS", "HP"], ["a", "2", "1"], ["b", "1", "No"], ["c", "1", ""], ["d", "1", "both"])
    found = read(content, "responses")
    assert found.frame["own_page"].tolist() == ["yes", "no", ""]
    assert [(fault.line, fault.column, fault.found) for fault in found.faults] == [(5, "HP", "both")]


def test_answers_that_no_table_holds_are_counted_by_name():
    """So that nobody wonders where they went."""
    content = table(["person", "V1a", "STM"], ["a", "4", "May"])
    assert read(content, "responses").left_out["answers to STM, which no table holds,"] == 1


def test_what_follows_a_note_goes_with_it():
    """Box by box, in codes or words; other notes, and those of which nothing was asked, have none."""
    heads = ["person", "M1_1", "M1K_1", "M1L_1", "M1S_1", "M1Q_1", "M1_2", "M1K_2", "M2_1"]
    found = read(table(heads, ["a", "first", "Technology", "2", "sure", "no", "second", "4", "third"]), "comments")
    assert found.frame.to_numpy().tolist() == [
        ["a", "M1", "first", "technology", "second hand", "4", "no"],
        ["a", "M1", "second", "customer", "", "", ""],
        ["a", "M2", "third", "", "", "", ""],
    ]


def test_what_follows_a_note_and_means_nothing_is_refused_alone():
    """The note is kept without it; what is said of a note without words is counted."""
    heads = ["person", "M1_1", "M1K_1", "M1Q_1"]
    found = read(table(heads, ["a", "word", "weather", "2"], ["b", "", "1", ""], ["c", "-99", "-99", "-99"]), "comments")
    assert found.frame.to_numpy().tolist() == [["a", "M1", "word", "", "paraphrase"]]
    assert [(fault.line, fault.column, fault.found) for fault in found.faults] == [(2, "M1K_1", "weather")]
    assert found.left_out == {"answers about a note that has no words": 1, "cells without an answer": 2}


def test_several_names_in_one_cell_are_several():
    """Where a tool has one box for all, names stand on lines of their own or between semicolons."""
    found = read(table(["person", "GF"], ["a", "Bo Li\nCy Dee; Di"]), "nominations")
    assert found.frame["alter"].tolist() == ["Bo Li", "Cy Dee", "Di"]


def test_choice_that_is_none_is_refused_alone():
    """With its line, its column and what stands there; other people's are read."""
    found = read(table(["person", "A1", "1_T2"], ["a", "b", "9"], ["c", "d", "likely"]), "interpreters")
    [fault] = found.faults
    assert (fault.line, fault.column, fault.found) == (2, "1_T2", "9")
    assert found.frame.to_numpy().tolist() == [["c", "d", "T2", "4"]]


def test_headers_may_be_mapped():
    """A header of the client's own is told by `columns`; one that is not there, or no code, is named."""
    content = table(["Wer", "Frage"], ["a", "4"])
    assert read(content, columns={"person": "Wer", "V1a": "Frage"}).frame["item"].tolist() == ["V1a"]
    with pytest.raises(UserError, match="Did you mean 'Frage'") as caught:
        read(content, columns={"person": "Wer", "V1a": "Frag"})
    assert caught.value.problems[0].what == "is not in the header"
    with pytest.raises(UserError, match="is not a column of the survey"):
        read(content, columns={"persn": "Wer"})


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (table(["person", "V1a"]), "has a header but no rows"),
        (table(["V1a"], ["3"]), "has no column of the respondent"),
        (table(["person", "x"], ["a", "3"]), "has no column of answers"),
        (table(["person", "V1a", "V1[a]"], ["a", "3", "3"]), "stands twice in the header"),
    ],
)
def test_table_that_cannot_be_read_is_named(content, words):
    """What, and what to do."""
    with pytest.raises(UserError, match=words):
        read(content)


cells = st.sampled_from(["", "3", "-99", "98", "1,2", "we are friends", "Bo; Li", "two\nlines", "9", "0"])
CODES = ["person", "CN", "V1a", "GF_1", "A1", "1_T1", "1_T9", "M1_1", "S7", "TH", "HS", "HP", "Q"]


@given(st.lists(st.fixed_dictionaries({code: cells for code in CODES}), min_size=1, max_size=5))
def test_every_answer_is_a_record_or_counted(rows):
    """Of each response that is read, the item's cell is a record or silent; the others are counted whole."""
    if not any(any(row.values()) for row in rows):
        return
    there = [list(row.values()) for row in rows if any(text.strip() for text in row.values())]
    found = read(table(CODES, *there))
    passed = found.left_out["responses without consent to take part"]
    assert len(found.frame) + found.left_out["cells without an answer"] + passed == len(there)


sound = [sample.content for sample in exports.SAMPLES]
cut = st.tuples(st.sampled_from(sound), st.integers(0, 3000), st.integers(0, 3000), st.binary(max_size=6))
damaged = cut.map(lambda one: one[0][: one[1]] + one[3] + one[0][one[2] :])


@given(st.binary(max_size=80) | damaged, st.sampled_from(forms.SOURCES))
def test_any_bytes_give_rows_or_one_error(content, source):
    """No other exception reaches an analyst."""
    found = rows_or_one_error(lambda: read(content, source))
    assert found is None or len(found.frame) == len(found.lines)
    assert found is None or set(found.frame) <= set(FIELDS[source])
