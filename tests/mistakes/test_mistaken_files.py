"""Mistakes in the files that a client sends: what `kithwork check` and the first chapter say of each."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import synthetic
from mistaken import tells

from kithwork import cleaning, params, readers
from kithwork.errors import UserError

ALL = synthetic.tables()
ROWS = {"staff": ALL["staff"], "answers": ALL["answers"][:400], "outcomes": ALL["outcomes"]}
SOURCES = {source: {"file": f"{source}.csv"} for source in ROWS}
Change = Callable[[Path], object]


def cleaned(project: Path, change: Change, **sources: dict) -> cleaning.Cleaned:
    """The tables of a client whose folder was changed; `sources` are said otherwise in params.yaml."""
    synthetic.build(project, ROWS, {}, engagement={"sources": SOURCES | sources})
    change(project / "data" / "raw" / "synthetic")
    settings = params.load("synthetic")
    return cleaning.clean(readers.read(settings), settings)


def said_of(project: Path, change: Change, **sources: dict) -> str:
    """What is said of it."""
    with pytest.raises(UserError) as caught:
        cleaned(project, change, **sources)
    return str(caught.value)


def holding(content: bytes, name: str = "staff.csv") -> Change:
    """A file that holds something else."""
    return lambda raw: (raw / name).write_bytes(content)


def bytewise(edit: Callable[[bytes], bytes], name: str = "staff.csv") -> Change:
    """A file edited as it lies."""
    return lambda raw: (raw / name).write_bytes(edit((raw / name).read_bytes()))


def cells(name: str, **edits: Callable[[int, str], str]) -> Change:
    """Columns of a file edited, cell by cell."""

    def change(raw: Path) -> None:
        rows = list(csv.DictReader(io.StringIO((raw / name).read_text(encoding="utf-8"))))
        edited = [row | {column: edit(at, row[column]) for column, edit in edits.items()} for at, row in enumerate(rows)]
        synthetic.write(raw / name, edited)

    return change


def packed(*names: str) -> bytes:
    """A zip file of these."""
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return into.getvalue()


def numbered(_: int, person: str) -> str:
    """The id of a person as a number of five digits."""
    return f"{int(person[-2:]) + 1:05d}" if person else ""


def without_zeros(raw: Path) -> None:
    """Ids are numbers, and the staff list has lost the zeros before them."""
    cells("staff.csv", person=lambda at, one: str(int(numbered(at, one))), manager=lambda *_: "")(raw)
    cells("answers.csv", person=numbered)(raw)
    cells("outcomes.csv", person=numbered)(raw)


FAULTS = {
    "survey-not-in": lambda raw: (raw / "answers.csv").unlink(),
    "person-twice": bytewise(lambda content: content + content.splitlines(keepends=True)[3]),
    "empty-file": holding(b""),
    "zip-as-csv": holding(packed("staff.csv")),
    "workbook-as-csv": holding(packed("[Content_Types].xml", "xl/workbook.xml")),
    "pdf-as-csv": holding(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\n"),
    "log-in-page": holding(b"<!doctype html>\n<html><body>Log in</body></html>"),
    "wrong-encoding": bytewise(lambda content: content.replace(b"planner", b"pl\xe4nner")),
    "semicolons": bytewise(lambda content: content.replace(b",", b";")),
    "decimal-comma": cells("staff.csv", tenure_months=lambda _, months: f"{months},5"),
    "rounded-ids": cells("staff.csv", person=lambda at, one: "1.00E+05" if at < 3 else one, manager=lambda *_: ""),
    "lost-zeros": without_zeros,
    "another-year": cells("answers.csv", person=lambda _, one: f"old-{one}"),
    "day-and-month": cells("outcomes.csv", at=lambda at, _: f"0{at + 1}/05/2026"),
    "title-above-header": bytewise(lambda content: b"Staff on 1 May\n\n" + content),
    "column-twice": bytewise(lambda content: content.replace(b"role,site", b"unit,site", 1)),
}


@pytest.mark.parametrize("name", FAULTS)
def test_fault_of_a_file_is_told(name, project):
    """One fault put into a sound client, one message, as the list has it."""
    assert tells(name, said_of(project, FAULTS[name]))


def test_header_that_is_not_there_is_told(project):
    """The first person is not taken for names of columns."""
    without = bytewise(lambda content: content.partition(b"\n")[2])
    assert tells("title-above-header", said_of(project, without))


def test_column_of_managers_that_is_mapped_but_not_there_is_told(project):
    """With the words of the header, and where the mapping stands."""
    mapped = {"file": "staff.csv", "columns": {"manager": "Manager ID"}}
    assert tells("no-manager-column", said_of(project, lambda raw: None, staff=mapped))


def test_mark_of_an_open_workbook_is_told(project):
    """It lies beside the workbook and is none."""
    mark = {"reader": "xlsx", "file": "~$staff.xlsx"}
    assert tells("excel-lock", said_of(project, holding(b"x" * 165, "~$staff.xlsx"), staff=mark))


def test_mark_of_an_open_workbook_that_nobody_names_is_no_fault(project):
    """Files that lie there unread change nothing."""
    assert len(cleaned(project, holding(b"x" * 165, "~$staff.xlsx"))["people"]) == 40


def test_rounded_ids_are_not_called_repeats(project):
    """Three people look the same: to keep one of them would lose two."""
    assert "repeats" not in said_of(project, FAULTS["rounded-ids"])


def test_zeros_lost_in_the_survey_are_told_as_well(project):
    """Whichever of the two files lost them."""

    def change(raw: Path) -> None:
        cells("staff.csv", person=numbered, manager=lambda *_: "")(raw)
        cells("answers.csv", person=lambda at, one: str(int(numbered(at, one))))(raw)

    assert tells("lost-zeros", said_of(project, change))


def test_a_few_strangers_are_not_a_file_of_another_year(project):
    """Somebody who left is told of as one who is missing."""
    some = cells("answers.csv", person=lambda at, one: f"old-{one}" if at < 40 else one)
    assert "Add the person there, or correct the id." in said_of(project, some)


def test_unit_spelt_in_two_ways_is_noted_and_spaces_are_not(project):
    """A study is not stopped for it: the intake names the rows."""
    spelt = cells("staff.csv", unit=lambda at, unit: f" {unit} " if at % 2 else unit.upper() if at == 4 else unit)
    tables = cleaned(project, spelt)
    note = tables["intake"].set_index("source").loc["staff", "note"]
    assert tells("unit-spelt-twice", note)
    assert note.endswith("so that it is two: row 6")
    assert tables["people"]["unit"].nunique() == 6


@pytest.mark.parametrize("end", [b"\r\n", b"\r"], ids=["Windows", "old Macs"])
def test_line_ends_of_other_systems_are_no_fault(end, project):
    """The same rows, whatever parts them."""
    other = bytewise(lambda content: content.replace(b"\r\n", b"\n").replace(b"\n", end))
    assert len(cleaned(project, other)["people"]) == 40


def test_everybody_in_one_unit_is_no_fault(project):
    """Figures of the whole are made; there are no groups to set side by side."""
    assert cleaned(project, cells("staff.csv", unit=lambda *_: "All"))["people"]["unit"].nunique() == 1
