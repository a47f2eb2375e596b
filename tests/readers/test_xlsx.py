"""The workbook reader: what cells hold as text, by the rules of CSV; and no workbook that is a trap."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time, timedelta

import pytest
import samples
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from synthetic import rows_or_one_error

from kithwork.engagement import Reader
from kithwork.errors import UserError
from kithwork.readers import xlsx
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import Rows, whole

book, saved = samples.module("xlsx").book, samples.module("xlsx").saved
SAMPLE = samples.module("xlsx").SAMPLES[0].content


def read(content: bytes | list[list] | Workbook, source: str = "staff", **said: dict) -> Rows:
    """The rows of a workbook, of its bytes, or of rows of cells."""
    content = book(content) if isinstance(content, list) else content
    content = saved(content) if isinstance(content, Workbook) else content
    return whole(xlsx.parse(source, Reader(reader="xlsx", file="staff.xlsx", **said), Given("staff.xlsx", content=content)))


def changed(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """A workbook with one part's bytes changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            data = before.read(name)
            assert name != part or old in data
            after.writestr(name, data.replace(old, new) if name == part else data)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_header_below_a_title_is_asked_for():
    """The message names the option that says where the header is."""
    with pytest.raises(UserError, match="header_row"):
        read([["Staff of 2026"], [], ["person"], ["a"]])


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("Ærø", "Ærø"),
        ("0012", "0012"),
        (12, "12"),
        (12.0, "12"),
        (0.1, "0.1"),
        (True, "TRUE"),
        (None, ""),
        (datetime(2026, 9, 7), "2026-09-07"),
        (datetime(2026, 9, 7, 14, 30), "2026-09-07T14:30:00"),
        (date(2026, 9, 7), "2026-09-07"),
        (time(14, 30), "14:30:00"),
        (timedelta(minutes=90), "90"),
        (" two\nlines ", " two\nlines "),
    ],
)
def test_cell_becomes_its_text(cell, text):
    """As CSV would hold it, dates in ISO 8601 and lengths of time in minutes."""
    assert read([["person", "unit"], ["a", cell]]).frame["unit"].tolist() == [text]


def test_rows_have_the_numbers_that_excel_shows():
    """Empty rows are counted; columns nobody mapped are noted; constants fill what the sheet lacks."""
    rows = [[], ["Who", "Pay"], ["a", 1], [], [None, 2], ["b", 3]]
    found = read(rows, columns={"person": "Who"}, constants={"unit": "North"})
    assert found.frame.to_dict("list") == {"person": ["a", "b"], "unit": ["North", "North"]}
    assert found.lines == [3, 6]
    assert found.header == {"person": "Who"}
    assert found.left_out == {"empty lines": 2}
    assert found.notes == ["columns left out: Pay"]


def test_error_value_is_refused_alone():
    """Its row, column and value; an error in a column nobody mapped does no harm."""
    found = read([["person", "unit", "pay"], ["a", "#N/A", 1], ["b", "North", "#REF!"]])
    assert found.frame["person"].tolist() == ["b"]
    assert [(fault.line, fault.column, fault.found) for fault in found.faults] == [(2, "unit", "#N/A")]


def test_formula_is_the_value_it_had():
    """The file holds both; the formula is not worked out again."""
    content = saved(book([["person", "tenure_months"], ["a", 5]]))
    content = changed(content, SHEET, b"<v>5</v>", b"<f>2+3</f><v>5</v>")
    assert read(content).frame["tenure_months"].tolist() == ["5"]


def test_merged_cell_holds_in_each_of_its_rows():
    """A unit written once beside its people is the unit of each; below it, cells are themselves again."""
    rows = [["person", "unit"], ["a", "North"], ["b", None], ["c", None], ["d", None]]
    assert read(book(rows, merged=("B2:B4",))).frame["unit"].tolist() == ["North", "North", "North", ""]


def test_hidden_rows_are_read_and_noted():
    """As when Excel saves the sheet as CSV."""
    made = book([["person"], ["a"], ["b"]])
    made.active.row_dimensions[3].hidden = True
    found = read(made)
    assert found.frame["person"].tolist() == ["a", "b"]
    assert found.notes == ["hidden rows read like others: 1"]


def test_first_sheet_that_is_not_hidden_is_read():
    """Unless another is named; the others are noted."""
    made = book([["person"], ["hidden"]], "Old")
    made.create_sheet("New").append(["person"])
    made["New"].append(["a"])
    made.active = 1
    made["Old"].sheet_state = "hidden"
    found = read(made)
    assert found.frame["person"].tolist() == ["a"]
    assert found.notes == ["sheets left out: Old"]
    assert read(made, options={"sheet": "Old"}).frame["person"].tolist() == ["hidden"]


def test_dimension_that_a_workbook_claims_is_not_trusted():
    """Some programs write that a sheet is one cell."""
    assert len(read(changed(SAMPLE, SHEET, b'ref="A1:C3"', b'ref="A1"')).frame) == 2


FAULTS = {
    "empty": (b"", {}, "is empty"),
    "no workbook": (b"person,unit\na,A\n", {}, "cannot be read as an Excel workbook"),
    "a zip of nothing": (b"PK\x05\x06" + b"\0" * 18, {}, "cannot be read as an Excel workbook"),
    "cut off": (SAMPLE[:-200], {}, "cannot be read as an Excel workbook"),
    "no such sheet": (SAMPLE, {"options": {"sheet": "Staf"}}, "has no such sheet"),
    "no row": (SAMPLE, {"options": {"header_row": "0"}}, "is not the number of a row"),
    "a row without a header": (SAMPLE, {"options": {"header_row": "9"}}, "has no header"),
    "header only": (saved(book([["person"]])), {}, "has a header but no rows"),
    "another header": (saved(book([["persn"], ["a"]])), {}, "is not in the header"),
    "broken XML": (changed(SAMPLE, SHEET, b"</sheetData>", b"<oops"), {}, "cannot be read as an Excel workbook"),
}


@pytest.mark.parametrize(("content", "said", "what"), FAULTS.values(), ids=FAULTS)
def test_fault_of_a_workbook_is_named(content, said, what):
    """One error, with what to do."""
    with pytest.raises(UserError) as caught:
        read(content, **said)
    [problem] = caught.value.problems
    assert problem.what == what
    assert problem.do


def test_cell_far_away_costs_nothing():
    """A sheet's last cell makes it neither a million rows of text nor sixteen thousand columns."""
    far = b'<row r="99999999999"><c r="XFD99999999999"><v>1</v></c></row></sheetData>'
    assert len(read(changed(SAMPLE, SHEET, b"</sheetData>", far)).frame) == 2
    wide = b'<row r="4"><c r="XFD4"><v>1</v></c></row></sheetData>'
    assert len(read(changed(SAMPLE, SHEET, b"</sheetData>", wide)).frame) == 2


parts = [name for name in zipfile.ZipFile(io.BytesIO(SAMPLE)).namelist()]


@settings(deadline=None)
@given(
    st.sampled_from(parts),
    st.integers(0, 3000),
    st.integers(0, 9),
    st.sampled_from([b"", b"<", b'"', b"9", b"\xff", b"<c/>", b' r="-1"', b' t="e"', b' t="s"', b' t="d"', b"e999"]),
)
def test_any_workbook_gives_rows_or_one_error(part, at, length, new):
    """Whatever stands in its parts, no other exception reaches an analyst."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(SAMPLE)) as before, zipfile.ZipFile(out, "w") as after:
        for name in parts:
            data = before.read(name)
            after.writestr(name, data[:at] + new + data[at + length :] if name == part else data)
    rows_or_one_error(lambda: read(out.getvalue()))


@given(st.binary(max_size=60), st.integers(0, len(SAMPLE)), st.integers(0, 40))
def test_any_bytes_give_rows_or_one_error(noise, at, length):
    """Nor for a file that is damaged."""
    rows_or_one_error(lambda: read(SAMPLE[:at] + noise + SAMPLE[at + length :]))
    rows_or_one_error(lambda: read(noise))
