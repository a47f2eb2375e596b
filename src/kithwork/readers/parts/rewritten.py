"""Cells that say the same in another way: a name in two columns, a day as a country writes it."""

from __future__ import annotations

from dataclasses import replace

from kithwork.readers.parts.rows import FIELDS, Rows

DATES = {"dates": "how days and times are written where that is not as 2026-09-07 14:30, as %d.%m.%Y"}
"""The option of readers of tables."""

HALVES = ("first_name", "last_name")


def rewritten(rows: Rows, dates: str = "") -> Rows:
    """The same records with `name` where a file has its halves, and with times in ISO 8601 where they fit `dates`.

    What does not fit stays as it is, for cleaning to name. Where one half stands alone, no name is made of it.
    """
    return _whole_names(_in_iso(rows, dates) if dates else rows)


def _whole_names(rows: Rows) -> Rows:
    there = [half for half in HALVES if half in rows.frame]
    if not there:
        return rows
    frame, header, notes = rows.frame.drop(columns=there), dict(rows.header), list(rows.notes)
    if len(there) == len(HALVES) and "name" not in rows.frame:
        first, last = (rows.frame[half].fillna("").str.strip() for half in HALVES)
        frame["name"] = (first + " " + last).where((first != "") & (last != ""), "")
        header["name"] = " and ".join(header.get(half, half) for half in HALVES)
    elif "name" not in rows.frame:
        notes.append(f"{there[0]} alone makes no name")
    return replace(rows, frame=frame, header=header, notes=notes)


def _in_iso(rows: Rows, dates: str) -> Rows:
    import pandas as pd

    given = [name for name, about in FIELDS[rows.source].items() if about.kind == "time" and name in rows.frame]
    sign = "%Y-%m-%dT%H:%M:%S%z" if "%z" in dates else "%Y-%m-%dT%H:%M:%S" if "%H" in dates or "%I" in dates else "%Y-%m-%d"
    moved = {}
    for name in given:
        value = pd.to_datetime(rows.frame[name].str.strip(), format=dates, errors="coerce")
        moved[name] = value.dt.strftime(sign).where(value.notna(), rows.frame[name])
    return replace(rows, frame=rows.frame.assign(**moved))
