"""Corrections: the cell that is meant is put right, what is not as expected is an error, and each one made is told of."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic import rows_or_one_error

from kithwork.cleaning.corrections import COLUMNS, Corrections, listed
from kithwork.errors import UserError
from kithwork.readers.parts.rows import Rows


def batch(rows: list[tuple[str, str]], first: int = 2, file: str = "data/raw/x/mail.csv") -> Rows:
    """Two columns of a file from a line on, under the client's headings."""
    frame = pd.DataFrame(rows, columns=["ego", "at"], index=pd.RangeIndex(first, first + len(rows)), dtype="str")
    return Rows("interactions", file, frame, {"ego": "From", "at": "Sent"})


def corrections(*lines: tuple[str, ...]) -> Corrections:
    """Lines of corrections.csv."""
    return listed([(at + 2, dict(zip(COLUMNS, line, strict=True))) for at, line in enumerate(lines)], "corrections.csv")


RIGHT = ("mail.csv", "4", "Sent", "2098", "2026", "clock never set")


def test_cell_is_put_right_in_whichever_batch_it_stands():
    """By file, line and the client's column; all else stays; the table says what and why, and no value."""
    given = corrections(RIGHT)
    first, second = batch([("a", "2098"), ("b", "1")]), batch([("c", "2098"), ("d", "2098")], 4)
    made = list(given.correct([first, second]))
    assert [list(one.frame["at"]) for one in made] == [["2098", "1"], ["2026", "2098"]]
    assert second.frame["at"].iloc[0] == "2098"
    assert given.finish().to_dict("records") == [{"file": "mail.csv", "row": 4, "column": "Sent", "why": "clock never set"}]


def test_cell_of_a_record_that_has_a_column_of_its_own():
    """Where a line holds several records, the one of that column is meant."""
    frame = pd.DataFrame({"ego": ["a", "a"], "alter": ["Bo", "Cid"], "relation": ["g", "g"]}, dtype="str")
    rows = Rows("nominations", "s.csv", frame, {"ego": "Mail"}, lines=[7, 7], cells=["Q1", "Q2"])
    [made] = corrections(("s.csv", "7", "Q2", "Cid", "Dan", "typed wrong")).correct([rows])
    assert list(made.frame["alter"]) == ["Bo", "Dan"]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (("mail.csv", "4", "Sent", "2097", "2026", "why"), "is not what stands there"),
        (("mail.csv", "9", "Sent", "2098", "2026", "why"), "meets no such file, row and column"),
        (("mail.csv", "4", "Date", "2098", "2026", "why"), "meets no such file, row and column"),
        (("call.csv", "4", "Sent", "2098", "2026", "why"), "meets no such file, row and column"),
        (("mail.csv", "x", "Sent", "2098", "2026", "why"), "is not a line number"),
        (("mail.csv", "4", "Sent", "2098", "2026", ""), "is empty"),
    ],
)
def test_correction_that_does_not_fit_is_an_error_with_its_line(line, what):
    """After the source was mended a correction must go."""
    with pytest.raises(UserError) as caught:
        made(corrections(line))
    [problem] = caught.value.problems
    assert (problem.what, problem.file, problem.row) == (what, "corrections.csv", 2)


def made(given: Corrections) -> pd.DataFrame:
    """The corrections made to one file."""
    list(given.correct([batch([("a", "1"), ("b", "2"), ("c", "2098")])]))
    return given.finish()


def test_same_cell_twice_is_an_error():
    """Which of the two would count?"""
    with pytest.raises(UserError, match="a second time"):
        corrections(RIGHT, RIGHT)


@given(st.lists(st.tuples(*[st.text(max_size=5) | st.sampled_from(["mail.csv", "2", "Sent", "1"])] * 6), max_size=4))
def test_any_lines_are_made_or_one_error(lines):
    """Every line is in the table, or the analyst is told."""
    found = rows_or_one_error(lambda: made(corrections(*lines)))
    assert found is None or len(found) == len(lines)
