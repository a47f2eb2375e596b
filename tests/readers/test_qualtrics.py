"""The Qualtrics reader: three header rows, many records a line, and one error for whatever is no such export."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic import rows_or_one_error

from kithwork.engagement import Reader
from kithwork.errors import UserError
from kithwork.readers import qualtrics
from kithwork.readers.parts import meanings, questionnaire
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import FIELDS, Rows, whole

SPEC = Reader(reader="qualtrics", file="survey.csv")
CODES = ["Status", "RecipientEmail", "ExternalReference", "V1a", "V10c", "GF_1", "GM_5", "A1", "1_T1", "M1_1", "M2_3", "Q9"]


def export(*rows: dict[str, str], codes: list[str] = CODES) -> bytes:
    """A Qualtrics export of these responses."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(codes)
    writer.writerow([f"How, in your words, is\n{code}?" for code in codes])
    writer.writerow([json.dumps({"ImportId": f"QID{i}"}) for i, _ in enumerate(codes)])
    writer.writerows([[row.get(code, "") for code in codes] for row in rows])
    return out.getvalue().encode()


def read(content: bytes, source: str = "answers") -> Rows:
    """The records of one source."""
    return whole(qualtrics.parse(source, SPEC, Given("survey.csv", content=content)))


def first_line(codes: list[str] = CODES) -> int:
    """The line of the first response: below codes, texts of two lines each, and ids."""
    return 1 + (len(codes) + 1) + 1 + 1


def test_answers_are_the_questionnaires_items():
    """An item answered is a record with line and column; an item left open is counted; the rest is left out."""
    found = read(export({"RecipientEmail": "a@x", "V1a": "4", "V10c": "-99"}, {"ExternalReference": "b", "V1a": "-98"}))
    assert found.frame.to_dict("list") == {"person": ["a@x"], "item": ["V1a"], "value": ["4"]}
    assert (found.lines, found.cells) == ([first_line()], ["V1a"])
    assert found.header == {"person": "RecipientEmail or ExternalReference"}
    assert found.left_out == {"cells without an answer": 3, "columns that are not of the survey (Q9)": 1}


def test_columns_not_read_are_told_by_code_or_by_number():
    """A header in words may name a person; of very many the first are told."""
    codes = [*CODES, "How often do you talk to Anna Ek?", "Anna", "Q10_3", *(f"Q{number}" for number in range(20, 40))]
    for source in ("answers", "comments"):
        told = next(
            what for what in read(export({"RecipientEmail": "a@x"}, codes=codes), source).left_out if "not of" in what
        )
        assert told.startswith("columns that are not of the survey (Q9, no. 13, no. 14, Q10_3, Q20")
        assert told.endswith("Q35, …)")
        assert "Anna" not in told


def test_nominations_come_from_named_columns_and_ticks():
    """A name generator's cell is one relation; of a distinct alter each tick is one."""
    row = {"RecipientEmail": "a@x", "GF_1": "Bo Li", "GM_5": "Acme", "A1": "Bo Li", "1_T1": "1, 3"}
    found = read(export(row), "nominations")
    assert found.frame.to_numpy().tolist() == [
        ["a@x", "Bo Li", "GF"],
        ["a@x", "Acme", "GM"],
        ["a@x", "Bo Li", "friends"],
        ["a@x", "Bo Li", "widens"],
    ]
    assert found.cells == ["GF_1", "GM_5", "1_T1", "1_T1"]


def test_comments_keep_their_prompt():
    """Three cells to a prompt; what was left empty is no comment."""
    found = read(export({"RecipientEmail": "a@x", "M1_1": "Hello,\nyou", "M2_3": "-99"}), "comments")
    assert found.frame.to_numpy().tolist() == [["a@x", "M1", "Hello,\nyou"]]


def test_words_of_choices_are_understood():
    """Exported as words, points and ticks are the same; what no choice explains stands as it is, to be judged."""
    words = {"RecipientEmail": "a", "V1a": "Largely true", "V10c": "rather"}
    assert read(export(words)).frame["value"].tolist() == ["4", "rather"]
    ticks = {"RecipientEmail": "a", "A1": "b", "1_T1": "we are friends,this person widens what I can see, reach or attempt"}
    assert read(export(ticks), "nominations").frame["relation"].tolist() == ["friends", "widens"]


@pytest.mark.parametrize("status", ["1", "Survey Preview"])
def test_responses_of_a_preview_are_left_out(status):
    """What the makers answered while trying the survey is counted, not read; unfinished responses stay."""
    rows = [{"Status": status, "RecipientEmail": "me", "V1a": "1"}, {"Status": "0", "RecipientEmail": "a", "V1a": "2"}]
    found = read(export(*rows))
    assert found.frame["person"].tolist() == ["a"]
    assert found.left_out["responses of a preview or test"] == 1


def test_survey_nobody_commented_on_has_no_records():
    """Columns without a word in them are an empty source, not a fault."""
    found = read(export({"RecipientEmail": "a", "V1a": "1"}), "comments")
    assert found.frame.empty
    assert {name for name, field in FIELDS["comments"].items() if field.required} <= set(found.frame)


def test_byte_order_mark_is_dropped_and_noted():
    """As Qualtrics writes it for spreadsheets."""
    found = read(b"\xef\xbb\xbf" + export({"RecipientEmail": "a", "V1a": "1"}))
    assert found.frame["item"].tolist() == ["V1a"]
    assert len(found.frame) == 1


FAULTS = {
    "one header row": (b"RecipientEmail,V1a\na,3\n", "answers", ("third header row", None, None, "no third row")),
    "third row of something else": (
        b"RecipientEmail,V1a\nx,y\na,3\n",
        "answers",
        ("third header row", 3, None, "a"),
    ),
    "no respondent": (
        export({"V1a": "3"}, codes=["V1a"]),
        "answers",
        ("has no column of the respondent", 1, None, "V1a"),
    ),
    "no item": (
        export({"RecipientEmail": "a"}, codes=["RecipientEmail", "Q1"]),
        "answers",
        ("has no column of answers", 1, None, "2 other columns"),
    ),
    "an item twice": (
        export({"RecipientEmail": "a"}, codes=["RecipientEmail", "V1a", "V1a"]),
        "answers",
        ("stands twice in the header", 1, "V1a", ""),
    ),
    "no responses": (export(), "answers", ("has a header but no rows", None, None, "")),
}
ALONE = {
    "words for a tick": (
        export({"RecipientEmail": "a", "A1": "b", "1_T1": "Foe", "GF_1": "c"}),
        ("is none of the choices", first_line(), "1_T1", "Foe"),
    ),
    "a cell too many": (
        export({"RecipientEmail": "a", "GF_1": "c"}, codes=["RecipientEmail", "GF_1"]) + b"a,3,4\n",
        ("has another number of cells", first_line(["", ""]) + 1, "", "3 cells"),
    ),
}


@pytest.mark.parametrize(("content", "expected"), ALONE.values(), ids=ALONE)
def test_cell_at_fault_is_refused_alone(content, expected):
    """With its line, its column and what stands there; the rest is read."""
    reason, line, column, found = expected
    rows = read(content, "nominations")
    [fault] = rows.faults
    assert reason in fault.reason
    assert (fault.line, fault.column) == (line, column)
    assert found in fault.found
    assert rows.frame["alter"].tolist() == ["c"]


@pytest.mark.parametrize(("content", "source", "expected"), FAULTS.values(), ids=FAULTS)
def test_fault_of_an_export_is_named_in_full(content, source, expected):
    """What, where, what was found and what to do."""
    what, row, column, found = expected
    with pytest.raises(UserError) as caught:
        read(content, source)
    [problem] = caught.value.problems
    assert what in problem.what
    assert (problem.file, problem.row, problem.column) == ("survey.csv", row, column)
    assert found in problem.found
    assert problem.do


cell = st.sampled_from(["", "3", "-99", "-98", "1,2", "2", "Bo, Li", "two\nlines", "9"])


@given(st.lists(st.fixed_dictionaries({code: cell for code in CODES}), min_size=1, max_size=5))
def test_every_cell_is_a_record_or_counted(rows):
    """Of the item columns of every real response: records and silent cells are all there are."""
    real = [row for row in rows if any(row.values()) and row["Status"] not in questionnaire.TRIALS]
    if not any(any(row.values()) for row in rows):
        return
    found = read(export(*rows))
    silent = sum(row[code] in meanings.SILENT for row in real for code in ("V1a", "V10c"))
    assert len(found.frame) == len(found.lines) == len(found.cells) == 2 * len(real) - silent
    assert found.left_out["cells without an answer"] == silent


pieces = st.sampled_from([*CODES, ",", ",", "\n", '"', '{"ImportId":"a"}', '"{""ImportId"":""a""}"', "1", "[", "\0", "é"])


@given(
    st.binary(max_size=120) | st.lists(pieces, max_size=40).map(lambda words: "".join(words).encode()),
    st.sampled_from(list(qualtrics.SOURCES)),
)
def test_any_bytes_give_rows_or_one_error(content, source):
    """No other exception reaches an analyst."""
    found = rows_or_one_error(lambda: read(content, source))
    assert found is None or set(found.frame) <= set(FIELDS[source])
