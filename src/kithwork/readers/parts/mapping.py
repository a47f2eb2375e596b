"""Which row of a table is the header, and which column of it fills which field: shared by the readers of tables."""

from __future__ import annotations

from collections.abc import Container

from kithwork.engagement import Reader
from kithwork.errors import Problem, UserError, nearest
from kithwork.readers.parts.rows import FIELDS

HEADER_ROW = {"header_row": "the number of the row that names the columns; the first that holds anything, unless told"}
"""The option of readers whose header may stand below a title."""

LAST_ROW = 1_048_576
"""The last row that a sheet may have."""


def header_row(spec: Reader) -> int | None:
    """The row that the option `header_row` names, if it does. Raises `UserError`."""
    asked = spec.options.get("header_row", "")
    if asked and not (asked.isascii() and asked.isdigit() and 0 < int(asked) <= LAST_ROW):
        do = "Write the number that stands beside the row in Excel, or in an editor."
        raise UserError(Problem("is not the number of a row", "params.yaml", do, asked, column="options.header_row"))
    return int(asked) if asked else None


def positions(
    source: str, spec: Reader, header: list[str], name: str, row: int | None = 1, options: Container[str] = ()
) -> dict[str, int]:
    """Where each field stands in the header, which is in this row. Raises `UserError` with all that cannot be found.

    `options` are those of the reader: one that can be told the header's row says so where nothing in this one is known.
    """
    fields = FIELDS[source]
    where = f"sources.{source}.columns"
    problems = [
        Problem("is not a field of this source", "params.yaml", nearest(field, fields), field, column=where)
        for field in [*spec.columns, *spec.constants]
        if field not in fields
    ]
    wanted = {field: spec.columns.get(field, field) for field in fields if field not in spec.constants}
    twice = sorted({column for column in header if header.count(column) > 1 and column in wanted.values()})
    problems += [
        Problem("stands twice in the header", name, "Rename or drop one of the two.", row=row, column=column)
        for column in twice
    ]
    unlike = not {*header} & {*wanted.values()}

    def guess(column: str) -> str:
        return "" if unlike else f"{nearest(column, header)} "

    lower = ""
    if "header_row" in options and unlike:
        lower = (
            " If a title stands above the header, set `options: {header_row: …}` beside `file:`; if there is none, add it."
        )
    problems += [
        Problem(
            "is not in the header",
            name,
            f"{guess(column)}Rename it in the file, or set {where}.{field} in params.yaml.{lower}",
            found=", ".join(header)[:80],
            row=row,
            column=column,
        )
        for field, column in wanted.items()
        if column not in header and (fields[field].required or field in spec.columns)
    ]
    if problems:
        raise UserError(problems)
    return {field: header.index(column) for field, column in wanted.items() if column in header}


def left_out(header: list[str], used: dict[str, int]) -> list[str]:
    """A note that names the columns nobody mapped, where there are any."""
    others = [column for at, column in enumerate(header) if column and at not in used.values()]
    return [f"columns left out: {', '.join(others)}"] if others else []
