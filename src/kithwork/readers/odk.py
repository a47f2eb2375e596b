"""Reads the export of the survey's XLSForm from ODK Central or KoboToolbox: a CSV, a workbook, or a zip or folder of CSVs.

Groups lead the names of columns (`names-GF_1`, `names/GF_1`) or do not; a tick question is one cell, or a column for each
choice as well. The people named are asked about in a repeat: a table of its own, joined by `PARENT_KEY` to `KEY` (ODK
Central, "Submission data": "CSV") or by `_parent_index` to `_index` (KoboToolbox, XLS export), or flattened
as `alter[1]/T1`.
A response that a reviewer rejected is left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from kithwork.engagement import Reader
from kithwork.errors import Problem, UserError
from kithwork.readers.parts import archive, questionnaire, surveyrows
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.questionnaire import Sheet
from kithwork.readers.parts.rows import Fault, Left, Record, Rows, in_batches

SOURCES = questionnaire.SOURCES
TAKES = ("columns", "encoding", "timezone", "options")
OPTIONS = questionnaire.OPTIONS
JOINS = (("KEY", "PARENT_KEY"), ("_index", "_parent_index"))
"""The column that tells a response apart, and the one by which a repeat names it."""
REPEATED = ("nominations", "interpreters")
"""Sources that the repeat holds records of."""
AGAIN = "Export it again, with its repeats, and do not unpack it."

Table = tuple[Sheet, Iterator[surveyrows.Block]]


def parse(source: str, spec: Reader, given: Given) -> Iterator[Rows]:
    """The records of one source in an export of the form. Raises `UserError`."""
    with archive.files(given, AGAIN) as files:
        parts = _given(files, given)
        tables = [_table(one, sheet, spec, len(parts) > 1) for one, sheet in parts]
        main, repeats = _parted(tables, given.name)
        questionnaire.expect(source, [main[0], *(table for table, _ in repeats)])
        if source in REPEATED and repeats:
            told = _told(source, main, repeats)
            yield from in_batches(source, given.name, told, questionnaire.header(source, main[0]))
        else:
            yield from questionnaire.found(source, *main)


def _told(source: str, main: Table, repeats: list[Table]) -> Iterator[Record | Fault | Left]:
    """What the responses say, then what their repeats do."""
    table, blocks = main
    responses = questionnaire.one_by_one(questionnaire.some(blocks, table.file))
    people: dict[str, str] = {}
    yield from questionnaire.records(source, table, _noted(table, responses, source, people))
    for repeat, rows in repeats:
        yield from _repeated(source, repeat, questionnaire.one_by_one(rows), people)


def _noted(table: Sheet, responses: Iterator, source: str, people: dict[str, str]) -> Iterator[surveyrows.Line | Fault]:
    """The responses as they come, while each one's key and person are noted for the repeats."""
    key = table.own.index(next(key for key, _ in JOINS if key in table.own))
    passed_over = questionnaire.judge(source, table)
    for line in responses:
        if not isinstance(line, Fault) and not passed_over(line[1]):
            people[line[1][key].strip()] = table.cell(line[1], "person")
        yield line


def _repeated(source: str, table: Sheet, rows: Iterator, people: dict[str, str]) -> Iterator[Record | Fault | Left]:
    parent = table.own.index(_parent(table))
    read = questionnaire.about if source == "nominations" else questionnaire.interpreted
    for line in rows:
        if isinstance(line, Fault):
            yield line
        elif (key := line[1][parent].strip()) not in people:
            yield Left("people named in responses that are left out")
        else:
            yield from questionnaire.told(read(table, line[1], "", "A"), line[0], source, people[key])


def _parent(table: Sheet) -> str:
    """The column by which a repeat names its response; nothing where the table is no repeat."""
    return next((parent for _, parent in JOINS if parent in table.own), "")


def _parted(tables: list[Table], name: str) -> tuple[Table, list[Table]]:
    """The responses, and the repeats of people named. Raises `UserError`."""
    mains = [one for one in tables if not _parent(one[0])]
    repeats = [one for one in tables if _parent(one[0]) and "A" in one[0].at]
    if len(mains) != 1:
        do = "Give the export of one form: its responses, and the repeats that belong to them."
        raise UserError(Problem("does not hold one table of responses", name, do, f"{len(mains)} that are no repeat"))
    if repeats and not any(key in mains[0][0].own for key, _ in JOINS):
        do = "Export it with the columns that hold the keys of responses."
        raise UserError(Problem("has repeats, but no KEY or _index to join them by", name, do))
    return mains[0], repeats


def _table(given: Given, sheet: str, spec: Reader, one_of_several: bool) -> Table:
    """One table and its rows; of several, each has some of the columns that params.yaml names. Raises `UserError`."""
    heads, blocks = surveyrows.read(given, spec.encoding, 1, sheet)
    header = heads[0][1]
    columns = {code: own for code, own in spec.columns.items() if own in header or not one_of_several}
    table = questionnaire.sheet(header, [""] * len(header), columns, spec.options, given.name)
    return table, blocks


def _given(files: dict[str, Given], given: Given) -> list[tuple[Given, str]]:
    """The tables of an export, each with the sheet it is where it lies in a workbook. Raises `UserError`."""
    if "xl/workbook.xml" in files:
        return [(given, sheet) for sheet in surveyrows.sheets(given)]
    if len(files) == 1 and given in files.values():
        return [(given, "")]
    return [(file, "") for name, file in files.items() if name.lower().endswith(".csv") and "/" not in name]
