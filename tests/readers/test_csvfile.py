"""The CSV reader: cell for cell what was written, or one error that names file, row, column, finding and remedy."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from synthetic import rows_or_one_error

from kithwork.engagement import Reader
from kithwork.errors import UserError
from kithwork.readers import csvfile
from kithwork.readers.parts import delimited, textfile
from kithwork.readers.parts.given import Given, located
from kithwork.readers.parts.rows import FIELDS, Rows, whole

FIELDS_USED = ("person", "unit", "role")
STAFF = Reader(file="staff.csv")
cell = st.text(st.characters(exclude_categories=("Cs",)), max_size=12) | st.sampled_from(
    [
        'a "quoted" word',
        "one, two",
        "two\nlines",
        "dos\r\nlines",
        " spaced ",
        "",
        "Ærøskøbing",
        "名前",
        "=1+1",
        "nan",
        "NULL",
        "0012",
    ]
)


def parse(content: bytes, source: str = "staff", spec: Reader = STAFF) -> Rows:
    """The rows of these bytes."""
    return whole(csvfile.parse(source, spec, Given("data/raw/synthetic/staff.csv", content=content)))


def breaks(text: str) -> int:
    """Line breaks as an editor counts them."""
    return len(re.findall(r"\r\n|\r|\n", text))


@given(st.lists(st.tuples(cell, cell, cell), min_size=1, max_size=8), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_table_comes_back_cell_for_cell(rows, ending, bom):
    """Any text survives: quotes, commas, line breaks, any script; the index is the line an editor shows."""
    out, written, lines = io.StringIO(newline=""), [], []
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator=ending)
    writer.writerow(FIELDS_USED)
    for row in rows:
        line = breaks(out.getvalue()) + 1
        writer.writerow(row)
        if any(value.strip() for value in row):
            written.append(list(row))
            lines.append(line)
    content = out.getvalue().encode("utf-8-sig" if bom else "utf-8")
    if not written:
        with pytest.raises(UserError, match="has a header but no rows"):
            parse(content)
        return
    found = parse(content)
    assert found.frame[list(FIELDS_USED)].to_numpy().tolist() == written
    assert found.frame.index.tolist() == lines
    assert ("byte-order mark dropped" in found.notes) == bom
    assert found.left_out["empty lines"] == len(rows) - len(written)


nearly_csv = st.lists(
    st.sampled_from(
        [b"person", b"unit", b",", b",", b"\n", b"\r", b'"', b";", b"a", b"\xe6", b"\xef\xbb\xbf", b"\0", b" ", b"1"]
    )
).map(b"".join)


@given(st.binary(max_size=200) | nearly_csv, st.sampled_from(["utf-8", "cp1252", "utf-16", "ascii"]))
@example(b"\xef\xbb\xbf", "utf-8")
@example(b"\xef\xbb\xbf \n", "utf-8")
@example(b'person,unit\n"a', "utf-8")
@example(b"person\n" + b"a" * 200_000, "utf-8")
def test_any_bytes_give_rows_or_one_error(content, encoding):
    """Whatever a file holds, the reader returns rows or raises `UserError`: no other exception reaches an analyst."""
    found = rows_or_one_error(lambda: parse(content, spec=Reader(file="staff.csv", encoding=encoding)))
    assert found is None or (len(found.frame) + len(found.faults) > 0 and "person" in found.frame)


def test_columns_are_renamed_and_the_rest_left_out():
    """`columns` maps fields to the client's words; what nobody mapped is noted, not carried on."""
    spec = Reader(file="staff.csv", columns={"person": "Employee No", "unit": "Dept"})
    found = parse(b"Dept,Salary, Employee No \nA,900,7\n", spec=spec)
    assert found.frame.to_dict("list") == {"person": ["7"], "unit": ["A"]}
    assert found.header == {"person": "Employee No", "unit": "Dept"}
    assert found.notes == ["columns left out: Salary"]


def test_constants_fill_a_field_the_file_lacks():
    """A log of one channel needs no channel column."""
    spec = Reader(file="log.csv", constants={"channel": "mail"})
    found = parse(b"ego,alter,minutes\na,b,5\na,c,6\n", "interactions", spec)
    assert found.frame["channel"].tolist() == ["mail", "mail"]
    assert "at" not in found.frame


def test_optional_columns_may_be_absent():
    """A staff list of ids alone is a staff list."""
    assert list(parse(b"person\na\n").frame) == ["person"]


def test_stated_encoding_is_used():
    """A Latin-1 file reads as it looks once params.yaml says that it is Latin-1."""
    spec = Reader(file="staff.csv", encoding="latin-1")
    assert parse("person,unit\na,Køb\n".encode("latin-1"), spec=spec).frame["unit"].tolist() == ["Køb"]


FAULTS = {
    "empty": (b"", {}, ("is empty", None, None, "0 bytes", "Export it again")),
    "byte-order mark alone": (b"\xef\xbb\xbf", {}, ("is empty", None, None, "3 bytes", "Export it again")),
    "header only": (b"person,unit\n", {}, ("has a header but no rows", None, None, "", "Export it again")),
    "wrong delimiter": (
        b"person;unit\na;A\n",
        {"columns": {"unit": "unit"}},
        ("is not separated by commas", 1, "1", "person;unit", "semicolon-separated"),
    ),
    "tabs": (b"person\tunit\na\tA\n", {}, ("is not separated by commas", 1, "1", "person", "tab-separated")),
    "renamed column": (
        b"persn,unit\na,A\n",
        {},
        ("is not in the header", 1, "person", "persn, unit", "Did you mean 'persn'?"),
    ),
    "mapped column gone": (
        b"person,team\na,A\n",
        {"columns": {"unit": "tem"}},
        ("is not in the header", 1, "tem", "person, team", "Did you mean 'team'?"),
    ),
    "duplicate header": (b"person,unit,unit\na,A,B\n", {}, ("stands twice in the header", 1, "unit", "", "Rename or drop")),
    "stray quote": (
        b'person,unit\na,A\n"b"x,B\n',
        {},
        ("cannot be read as CSV", 3, None, "expected after", "Mend the quoting"),
    ),
    "Latin-1 bytes": (
        "person,unit\na,A\nb,Køb\n".encode("latin-1"),
        {},
        ("is not utf-8 text", 3, "2", "byte 0xf8 near 'b,Køb', byte 20 of the file", "`encoding: cp1252`, or latin-1"),
    ),
    "workbook called .csv": (
        b"PK\x03\x04\x14\0\x06\0",
        {"encoding": "latin-1"},
        ("is not latin-1 text", None, None, "50 4b 03 04", "set `reader: xlsx` beside `file:` in params.yaml"),
    ),
    "old workbook called .csv": (
        b"\xd0\xcf\x11\xe0\xa1\xb1",
        {},
        ("is not utf-8 text", None, None, "d0 cf 11 e0", "Excel workbook of the old kind (.xls): save its sheet as CSV"),
    ),
    "UTF-16 with a mark": (
        "person,unit\na,A\n".encode("utf-16"),
        {},
        (
            "is not utf-8 text",
            None,
            None,
            "it begins with",
            "save it as UTF-8, or set `encoding: utf-16`",
        ),
    ),
    "UTF-16 without a mark": (
        "person,unit\na,A\n".encode("utf-16-be"),
        {},
        ("is not utf-8 text", None, None, "00 70 00 65", "set `encoding: utf-16-be` beside `file:`"),
    ),
}


@pytest.mark.parametrize(("content", "spec", "expected"), FAULTS.values(), ids=FAULTS)
def test_fault_of_a_file_is_named_in_full(content, spec, expected):
    """File, row, column, what was found and what to do: all five, for each way a file can be wrong."""
    what, row, column, found, do = expected
    with pytest.raises(UserError) as caught:
        parse(content, spec=Reader(file="staff.csv", **spec))
    problem = caught.value.problems[0]
    assert what in problem.what
    assert problem.file == "data/raw/synthetic/staff.csv"
    assert (problem.row, problem.column) == (row, column)
    assert found in problem.found
    assert do in problem.do


def test_ragged_rows_are_refused_alone():
    """A row with a cell too many or too few: its line, where it goes astray, how many cells; the others are kept."""
    found = parse(b"person,unit,role\na,A,x\nb,B,x,oops\n\nc,C\nd,D,x\n")
    assert found.frame["person"].tolist() == ["a", "d"]
    assert found.frame.index.tolist() == [2, 6]
    assert [(fault.line, fault.column, fault.found) for fault in found.faults] == [
        (3, "role", "4 cells, header has 3"),
        (5, "role", "2 cells, header has 3"),
    ]
    assert all("another number of cells" in fault.reason and fault.remedy for fault in found.faults)
    assert found.left_out == {"empty lines": 1}


@pytest.mark.parametrize(("word", "sign"), [("semicolon", ";"), ("tab", "\t"), ("bar", "|"), (";", ";"), ("comma", ",")])
def test_delimiter_is_an_option(word, sign):
    """By its name or as itself; the other signs are then cells' own."""
    content = f'person{sign}unit\na{sign}"A, B{sign} C"\n'.encode()
    found = parse(content, spec=Reader(file="staff.csv", options={"delimiter": word}))
    assert found.frame["unit"].tolist() == [f"A, B{sign} C"]


def test_unknown_delimiter_is_named_in_params():
    """With the nearest name."""
    with pytest.raises(UserError) as caught:
        parse(b"person\na\n", spec=Reader(file="staff.csv", options={"delimiter": "semicolons"}))
    [problem] = caught.value.problems
    assert (problem.file, problem.do) == ("params.yaml", "Did you mean 'semicolon'?")


lines = st.lists(
    st.sampled_from(
        ["a,b\n", 'a,"b\n\nc"\n', '"a ""x""",b\r\n', "\n", ",\n", "a\n", "a,b,c\n", 'a"b,c\n', 'a,"b\rc"\n', "ø,名\n"]
    ),
    min_size=1,
    max_size=12,
)


@given(lines, st.integers(1, 40))
def test_blocks_change_nothing(records, size):
    """Wherever blocks end, the rows, their lines and their faults are those that record by record reading gives."""
    content = ("person,unit\n" + "".join(records)).encode()
    rows = list(csv.reader(io.StringIO(content.decode(), newline=""), strict=True))[1:]
    if not any(any(row) for row in rows):
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(textfile, "BLOCK", size)
        found = parse(content)
    assert found.frame.to_numpy().tolist() == [row for row in rows if len(row) == 2 and any(row)]
    assert len(found.faults) == sum(len(row) != 2 and any(row) for row in rows)
    assert found.left_out.total() == sum(not any(row) for row in rows)
    begun = [breaks(content.decode()[: content.decode().index("\n") + 1]) + 1]
    for record in records:
        begun.append(begun[-1] + breaks(record))
    kept = [line for line, record in zip(begun, records, strict=False) if record.count(",") == 1 and record != ",\n"]
    assert found.frame.index.tolist() == kept


@pytest.mark.parametrize("at", [0, 3, 4, 5, 6, 7])
def test_bad_byte_is_found_wherever_blocks_end(at, monkeypatch):
    """Its row and column do not depend on how the file is read."""
    monkeypatch.setattr(textfile, "BLOCK", at + 1)
    with pytest.raises(UserError) as caught:
        parse(b"person,unit\na,\xc3\xb8\nb,x\xc3\n")
    [problem] = caught.value.problems
    assert (problem.row, problem.column) == (3, "2")


def test_file_without_line_breaks_is_refused(monkeypatch):
    """It would have to be held in memory whole."""
    monkeypatch.setattr(textfile, "BLOCK", 100)
    monkeypatch.setattr(delimited, "LONGEST", 1000)
    with pytest.raises(UserError, match="has a line without an end"):
        parse(b"person,unit\n" + b"a" * 5000)


def test_unknown_encoding_is_named_in_params():
    """An encoding that Python does not know is a fault of params.yaml, not of the client's file."""
    with pytest.raises(UserError) as caught:
        parse(b"person\na\n", spec=Reader(file="staff.csv", encoding="utf-9"))
    [problem] = caught.value.problems
    assert (problem.file, problem.what, problem.found) == ("params.yaml", "is not an encoding", "utf-9")
    assert "latin-1" in problem.do


def test_unknown_field_is_named_in_params():
    """A mapping for a field that the source does not have is answered with the nearest field."""
    with pytest.raises(UserError) as caught:
        parse(b"person,unit\na,A\n", spec=Reader(file="staff.csv", columns={"unti": "unit"}))
    [problem] = caught.value.problems
    assert (problem.file, problem.column, problem.found) == ("params.yaml", "sources.staff.columns", "unti")
    assert problem.do == "Did you mean 'unit'?"


def test_all_missing_columns_come_at_once():
    """One reading names every column that cannot be found."""
    with pytest.raises(UserError) as caught:
        parse(b"from,to\na,b\n", "nominations", Reader(file="ties.csv"))
    assert {problem.column for problem in caught.value.problems} == {"ego", "alter", "relation"}


def test_missing_file_is_answered_with_the_nearest_name(tmp_path):
    """A file that is not there: its path, where params.yaml names it, and the file that was probably meant."""
    folder = tmp_path / "synthetic"
    folder.mkdir()
    (folder / "staf.csv").write_text("person\na\n", encoding="utf-8")
    with pytest.raises(UserError) as caught:
        located("staff", STAFF, folder)
    [problem] = caught.value.problems
    assert (problem.file, problem.what) == ("data/raw/synthetic/staff.csv", "is missing")
    assert problem.do == "Did you mean 'staf.csv'? params.yaml names it under sources.staff.file."


def test_missing_folder_says_where_the_file_belongs(tmp_path):
    """Without any raw file, the message says into which folder it goes."""
    with pytest.raises(UserError, match=r"Put it into data/raw/synthetic/\."):
        located("staff", STAFF, tmp_path / "synthetic")


def test_every_source_fills_columns_of_its_table():
    """Fields of a source are columns of the table it fills, or keys, which fill none."""
    from kithwork.readers.parts.rows import TABLE_OF
    from kithwork.tables import TABLES

    for source, fields in FIELDS.items():
        assert {field.column for field in fields.values()} <= set(TABLES[TABLE_OF[source]].columns) | {None}


TITLED = b"Staff of 2026\n\nperson,unit\na,A\n"


def titled(**said: str) -> Rows:
    """A file whose header stands below a title."""
    spec = Reader(file="staff.csv", options=said)
    return whole(csvfile.parse("staff", spec, Given("staff.csv", content=TITLED)))


def test_header_below_a_title_is_asked_for_and_read():
    """The message names the option that says where the header is; with it the rows below count, under their own lines."""
    with pytest.raises(UserError, match=re.escape("set `options: {header_row: …}`")):
        titled()
    rows = titled(header_row="3")
    assert (rows.frame["unit"].tolist(), rows.frame.index.tolist()) == (["A"], [4])


def test_header_row_that_is_none_is_refused():
    """Row 0, a word, or one below the last row."""
    for asked in ("0", "three"):
        with pytest.raises(UserError, match="is not the number of a row"):
            titled(header_row=asked)
    with pytest.raises(UserError, match="is not in the header"):
        titled(header_row="9")


def test_header_that_is_known_in_part_is_not_looked_for_elsewhere():
    """Where other columns are found, the one that is not there is misspelt."""
    with pytest.raises(UserError) as caught:
        whole(csvfile.parse("staff", Reader(file="s.csv"), Given("s.csv", content=b"persn,unit\na,A\n")))
    assert "header_row" not in str(caught.value)
