"""Workbooks: a staff list as it is, and one with a title, merged units, dates and a second sheet."""

from __future__ import annotations

import io
from datetime import datetime

from openpyxl import Workbook, load_workbook

from kithwork.readers.parts.given import Given
from samples import Sample


def book(rows: list[list], name: str = "Staff", merged: tuple[str, ...] = ()) -> Workbook:
    """A workbook of one sheet."""
    made = Workbook()
    made.active.title = name
    for row in rows:
        made.active.append(row)
    for cells in merged:
        made.active.merge_cells(cells)
    return made


def saved(made: Workbook) -> bytes:
    """Its bytes."""
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _second() -> Workbook:
    rows = [
        ["All staff (synthetic)"],
        [],
        ["Mail", "Name", "Dept", "Months"],
        ["anna@north.example", "Anna Ek", "North", 12.0],
        ["bo@north.example", "Bo Li", None, 7],
    ]
    made = book(rows, merged=("A1:D1", "C4:C5"))
    made.create_sheet("Notes")
    return made


SAMPLES = [
    Sample(
        "staff.xlsx", "staff", saved(book([["person", "unit", "role"], ["e1", "North", "engineer"], [17, "South", None]]))
    ),
    Sample(
        "people.xlsx",
        "staff",
        saved(_second()),
        {
            "columns": {"person": "Mail", "name": "Name", "unit": "Dept", "tenure_months": "Months"},
            "options": {"sheet": "Staff", "header_row": "3"},
        },
    ),
    Sample(
        "calls.xlsx",
        "interactions",
        saved(book([["ego", "alter", "at", "minutes"], ["e1", "e2", datetime(2026, 9, 7, 14, 30), 5]])),
        {"constants": {"channel": "call"}},
    ),
]

GROWN = Sample("log.xlsx", "interactions", b"")
"""How what `many` makes is read."""


def many(n: int) -> bytes:
    """A log of n contacts."""
    made = Workbook(write_only=True)
    sheet = made.create_sheet("Log")
    sheet.append(["ego", "alter", "channel", "at", "minutes"])
    for i in range(n):
        sheet.append(
            [f"p{i % 499}@north.example", f"p{i % 503}@north.example", "call", datetime(2026, 9, 7, 14, i % 60), i % 90]
        )
    return saved(made)


def plain(given: Given) -> None:
    """openpyxl hands on all values."""
    with given.open() as file:
        for _ in load_workbook(file, read_only=True, data_only=True).worksheets[0].iter_rows(values_only=True):
            pass
