"""The staff list as names are held against it, and what in it is sound but deserves a look."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from kithwork.cleaning.rules import Judged

NAMED = 5
"""Rows that a note names; the others are counted."""


def held_against(staff: Judged) -> pd.DataFrame:
    """The staff list as names are held against it: person, and email, name, unit, tenure_months where it has them."""
    understood = staff.rows.loc[staff.kept.index]
    names = [name for name in ("email", "name", "unit") if name in understood]
    found = staff.records.frame.loc[understood.index, names].apply(lambda cells: cells.str.strip())
    tenure = {"tenure_months": understood["tenure_months"]} if "tenure_months" in understood else {}
    return found.where(understood[names].notna()).assign(person=understood["person"], **tenure).reset_index(drop=True)


def notes(staff: Judged, file: str) -> list[str]:
    """What the intake has to say of one file of the staff list, by row and without a word of it.

    A row with nothing but an id, where others have more, may be a total or a heading; an e-mail address that several have
    finds none of them; cells that could not be understood were emptied.
    """
    people = staff.rows.loc[staff.kept.index]
    words = staff.records.frame.loc[people.index].drop(columns="person")
    bare = (words.apply(lambda cells: cells.str.strip()) == "").all(axis=1)
    found = [("an id alone, perhaps of no person", people.index[bare])] if not bare.all() else []
    if "email" in people:
        shared = people["email"].notna() & people["email"].duplicated(keep=False)
        found.append(("an e-mail address that others have too, which finds none of them", people.index[shared]))
    if "unit" in people:
        found.append(("a unit that others write with other capitals, so that it is two", _spelt_otherwise(people["unit"])))
    lines = staff.records.places.loc[staff.records.places["file"] == file, "row"]
    told = [(what, lines[lines.index.intersection(at)].tolist()) for what, at in found]
    emptied = int((staff.emptied["file"] == file).sum())
    return [
        *(f"{what}: {_listed(rows)}" for what, rows in told if rows),
        *([f"cells that could not be understood, emptied: {emptied:,}"] if emptied else []),
    ]


def _spelt_otherwise(units: pd.Series) -> pd.Index:
    """Rows whose unit is written as most do not write it, where spellings differ in capitals and spaces only."""
    spelt = units.dropna().astype("str")
    alike = spelt.groupby(spelt.str.split().str.join(" ").str.casefold())
    usual = alike.transform(lambda ways: ways.value_counts(sort=False).sort_index().idxmax())
    return spelt.index[usual != spelt]


def _listed(lines: list[int]) -> str:
    named = ", ".join(str(line) for line in lines[:NAMED])
    more = f" and {len(lines) - NAMED:,} more" if len(lines) > NAMED else ""
    return f"row{'s' if len(lines) > 1 else ''} {named}{more}"
