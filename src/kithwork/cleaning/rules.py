"""The rules that a row must pass, whole columns at a time. Each refusal names row, column, what was found and the remedy.

A row is judged by every rule, so that one pass shows all its faults; the rules of a table's contract (range, allowed
values) come from `tables.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kithwork.cleaning.identities import normal
from kithwork.errors import nearest
from kithwork.params import Settings
from kithwork.readers.rows import FIELDS, TABLE_OF, Rows
from kithwork.tables import TABLES, Column

if TYPE_CHECKING:
    import pandas as pd

ID_KINDS = ("person", "new_person", "new_party", "alter")


@dataclass
class Known:
    """Ids met so far, normalised: the staff list first, then parties; and the staff list's ids as they were spelt.

    Where rows at fault are left out (quarantine), a person or party whose own row is refused is not known to other rows.
    """

    people: set[str] = field(default_factory=set)
    parties: set[str] = field(default_factory=set)
    spelt: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Refusal:
    """One fault of one row."""

    file: str
    row: int
    column: str | None
    reason: str
    remedy: str
    found: str


@dataclass(frozen=True)
class Judged:
    """The rows kept, under table column names and in table types, and the refusals."""

    kept: pd.DataFrame
    refused: list[Refusal]


def judge(rows: Rows, known: Known, settings: Settings) -> Judged:
    """Apply every rule to one source; ids that it defines are added to `known`."""
    import pandas as pd

    fields, contract = FIELDS[rows.source], TABLES[TABLE_OF[rows.source]]
    refused: list[Refusal] = []
    columns: dict[str, pd.Series] = {}

    def refuse(where: pd.Series, name: str, reason: str | pd.Series, remedy: str) -> None:
        header = rows.header.get(name, name)
        for row in where.index[where]:
            why = reason if isinstance(reason, str) else reason[row]
            refused.append(Refusal(rows.file, int(row), header, why, remedy, rows.frame[name][row][:40]))

    for name in [name for name in fields if name in rows.frame]:
        rule, column = fields[name], contract.columns[fields[name].column]
        text = rows.frame[name].str.strip()
        empty = text == ""
        if rule.required:
            refuse(empty, name, "is empty", "Fill it in, or remove the row.")
        value = text.map(normal) if rule.kind in ID_KINDS else text
        value = value.mask(empty)
        if rule.kind == "number":
            value = _numbers(value, name, column, refuse)
        elif rule.kind == "time":
            value = _times(value, name, refuse)
        elif column.allowed:
            unknown = value.notna() & ~value.isin(column.allowed)
            for spelling in sorted(set(value[unknown])):
                refuse(value == spelling, name, "is not an allowed value", nearest(spelling, column.allowed))
        columns[name] = value
    if rows.source == "staff":
        known.people.update(columns["person"].dropna())
        known.spelt.update(known.people, rows.frame["person"].str.strip()[columns["person"].notna()])
    if rows.source == "parties":
        known.parties.update(columns["party"].dropna())
    for name, value in columns.items():
        kind = fields[name].kind
        if kind in ("person", "alter"):
            pool = known.people | known.parties if kind == "alter" else known.people
            stranger = value.notna() & ~value.isin(pool)
            refuse(stranger, name, "is not on the staff list", "Add the person there, or correct the id.")
    if "relation" in columns:
        plus = columns["relation"].str.contains("+", regex=False).fillna(False).astype(bool)
        refuse(plus, "relation", "holds a +, which joins relations here", "Write another sign in its place.")
    if {"ego", "alter"} <= set(columns):
        refuse(columns["ego"] == columns["alter"], "alter", "is the same person as ego", "Remove the row.")
    frame = pd.DataFrame(columns)
    _duplicates(frame, rows, contract.key, settings, refuse)
    kept = frame.drop(index=[refusal.row for refusal in refused])
    if settings.clean.bad_rows == "quarantine":
        if rows.source == "staff":
            known.people &= set(kept["person"])
        if rows.source == "parties":
            known.parties &= set(kept["party"])
    return Judged(kept.rename(columns={name: fields[name].column for name in columns}), refused)


def _numbers(text: pd.Series, name: str, column: Column, refuse) -> pd.Series:
    import numpy as np
    import pandas as pd

    value = pd.to_numeric(text, errors="coerce").astype("float64")
    broken = text.notna() & ~np.isfinite(value)
    refuse(broken, name, "is not a number", "Write it in digits, with a point before decimals.")
    if column.low is not None:
        refuse(
            value < column.low,
            name,
            f"is below {column.low:g}",
            f"The smallest allowed is {column.low:g} {column.unit}.",
        )
    if column.high is not None:
        refuse(
            value > column.high,
            name,
            f"is above {column.high:g}",
            f"The largest allowed is {column.high:g} {column.unit}.",
        )
    return value


def _times(text: pd.Series, name: str, refuse) -> pd.Series:
    import pandas as pd

    written = text.where(text.str.match(r"\d{4}").fillna(False).astype(bool))  # pandas would take "now" for a date
    value = pd.to_datetime(written, errors="coerce", utc=True, format="ISO8601")
    refuse(
        text.notna() & value.isna(),
        name,
        "is not a date",
        "Write it as 2026-09-07 or 2026-09-07T14:30+02:00.",
    )
    return value.astype("datetime64[us, UTC]")


def _duplicates(frame: pd.DataFrame, rows: Rows, key: tuple[str, ...], settings: Settings, refuse) -> None:
    """Refuse a row whose key an earlier row has; without direction, a pair is the same either way round."""
    import pandas as pd

    fields = FIELDS[rows.source]
    names = [name for name, rule in fields.items() if rule.column in key and name in frame]
    if not names or rows.source == "comments":
        return
    keys = frame[names].dropna(subset=[name for name in names if fields[name].required])
    if not settings.engagement.directed and {"ego", "alter"} <= set(names):
        ends = keys[["ego", "alter"]]
        keys = keys.assign(ego=ends.min(axis=1), alter=ends.max(axis=1))
    first = keys.reset_index().groupby(names, dropna=False)["row"].transform("min").set_axis(keys.index)
    repeats = pd.Series(keys.duplicated(names), index=keys.index)
    refuse(repeats, names[0], "repeats row " + first.astype(str), "Keep one of the two.")
