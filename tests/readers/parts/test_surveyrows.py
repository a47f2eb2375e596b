"""The rows of a survey's export: any separator, a workbook's cells as CSV would hold them, and rows that do not fit."""

from __future__ import annotations

import io
import zipfile

import pytest

from kithwork.errors import UserError
from kithwork.readers.parts import surveyrows
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import Fault
from kithwork.survey.sheet import workbook


def read(content: bytes, encoding: str = "utf-8", sheet: str = "") -> list[surveyrows.Line]:
    """All rows that fit the first."""
    [first], blocks = surveyrows.read(Given("survey", content=content), encoding, 1, sheet)
    return [first, *(line for block in blocks for line in block.told() if not isinstance(line, Fault))]


def refused(content: bytes, encoding: str = "utf-8", sheet: str = "") -> str:
    """What is said of a file that cannot be read."""
    with pytest.raises(UserError) as caught:
        read(content, encoding, sheet)
    [problem] = caught.value.problems
    assert problem.do
    return str(problem)


def packed(parts: dict[str, bytes]) -> bytes:
    """A zip file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def changed(old: bytes, new: bytes) -> bytes:
    """A workbook of four cells, with something else written into its sheet."""
    with zipfile.ZipFile(io.BytesIO(workbook({"s": [["a", "b"], ["1", "2"]]}))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return packed({name: data.replace(old, new) for name, data in parts.items()})


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_separator_is_told_by_the_header(sign):
    """Whichever stands there most often outside quotes; empty lines are passed over, lines keep their numbers."""
    content = f'a{sign}"b,c;d"{sign}e\n\n1{sign}"two\nlines"{sign}3\n4{sign}5{sign}6\n'
    assert read(content.encode()) == [(1, ["a", "b,c;d", "e"]), (3, ["1", "two\nlines", "3"]), (5, ["4", "5", "6"])]


@pytest.mark.parametrize(
    ("content", "encoding", "second"),
    [
        (b"a,b,c\r1,2,3\r4,5,6\r", "utf-8", ["1", "2", "3"]),
        (b"a;b;c\r\n1;2;3\r\n\r\n;;\r\n4;5;6", "utf-8", ["1", "2", "3"]),
        (b'\xef\xbb\xbf"a","b\nb","c"\n1,"two\nlines",""\n4,"say ""five""",6\n', "utf-8", ["1", "two\nlines", ""]),
        (b"a\tb\tc\n1\t\xe9\t3\n4\t5\t6", "cp1252", ["1", "é", "3"]),
    ],
)
def test_ends_of_lines_quotes_and_encodings(content, encoding, second):
    """As the tools of different systems write them."""
    _, (_, found), (_, third) = read(content, encoding)
    assert (found, third[0], third[2]) == (second, "4", "6")


def test_byte_order_mark_is_dropped():
    """As spreadsheets write it."""
    assert read(b"\xef\xbb\xbfa,b\n") == [(1, ["a", "b"])]


def test_cells_of_a_workbook_are_as_typed():
    """Numbers without needless decimals, times in ISO 8601; an empty row above counts as one."""
    number = b'<c r="B3"><v>4</v></c><c r="C3"><v>0.5</v></c>'
    with zipfile.ZipFile(io.BytesIO(workbook({"s": [[], ["a", "b", "c"], ["x"]]}))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"</c></row></sheetData>", b"</c>" + number + b"</row></sheetData>")
    assert read(packed(parts)) == [(2, ["a", "b", "c"]), (3, ["x", "4", "0.5"])]


def test_sheet_is_named_or_the_first():
    """A misspelt sheet is answered with the nearest."""
    content = workbook({"notes": [["n"]], "answers": [["a"]]})
    assert read(content) == [(1, ["n"])]
    assert read(content, sheet="answers") == [(1, ["a"])]
    assert "Did you mean 'answers'?" in refused(content, sheet="answer")
    assert surveyrows.sheets(Given("x", content=content)) == ["notes", "answers"]


@pytest.mark.parametrize("place", [b'r="XFD1048576"', b'r="&#88;FD9"', b'r="A99999999"'])
def test_cells_far_apart_cost_nothing(place):
    """A few bytes may name any cell of seventeen thousand million: no room is made for those between."""
    content = changed(b'r="B2"', place)
    assert read(content)[0] == (1, ["a", "b"])


def test_rows_of_another_width_are_faults():
    """But for empty cells at their end, as spreadsheets leave them; each is told of by its line."""
    heads, blocks = surveyrows.read(Given("survey", content=b"a,b\n1,2\n3\n4,5,,\n6,7,8\n"), "utf-8", 1)
    told = [one for block in blocks for one in block.told()]
    assert heads == [(1, ["a", "b"])]
    assert [one for one in told if not isinstance(one, Fault)] == [(2, ["1", "2"]), (4, ["4", "5"])]
    assert [(one.line, one.found) for one in told if isinstance(one, Fault)] == [
        (3, "1 cells, header has 2"),
        (5, "3 cells, header has 2"),
    ]


@pytest.mark.parametrize("heads", [1, 2, 3, 9])
def test_rows_of_the_header_may_be_several(heads):
    """As many as are asked for, or as there are."""
    tops, blocks = surveyrows.read(Given("survey", content=b"\na\nb\n\nc\nd\n"), "utf-8", heads)
    below = [line for block in blocks for line in block.told()]
    assert [*tops, *below] == [(2, ["a"]), (3, ["b"]), (5, ["c"]), (6, ["d"])]
    assert len(tops) == min(heads, 4)


@pytest.mark.parametrize(
    ("content", "encoding", "words"),
    [
        (b"", "utf-8", "is empty"),
        (b"\n \n", "utf-8", "is empty"),
        (b"a,b\n1,\xe9\n", "utf-8", "is not utf-8 text"),
        (b"a,b\n", "utf-9", "is not an encoding"),
        (b'a,b\n1,"2"3\n', "utf-8", "cannot be read as CSV"),
        (b"a,b\n1," + b"x" * 200_000, "utf-8", "cannot be read as CSV"),
        (b"PK\x03\x04 and no more", "utf-8", "cannot be read as an Excel workbook"),
        (packed({"a.csv": b"a"}), "utf-8", "cannot be read as an Excel workbook"),
        (packed({"xl/workbook.xml": b"<workbook/>"}), "utf-8", "cannot be read as an Excel workbook"),
    ],
)
def test_file_that_cannot_be_read_is_one_message(content, encoding, words):
    """What, where and what to do, whatever the file is."""
    assert words in refused(content, encoding)
