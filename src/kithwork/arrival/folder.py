"""The whole of a client's folder: each file as what it is. The staff list comes first, for it tells who the others name."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kithwork.arrival import fields, formats, headings, sampled, surveys, tabular
from kithwork.arrival.formats import Format
from kithwork.arrival.looked import Looked, Reading
from kithwork.arrival.questions import Noted
from kithwork.arrival.sampled import Table
from kithwork.arrival.synonyms import FILES
from kithwork.lists import PASSED_OVER

OURS = ("readme", "decided", "previous", "truth")
"""How files and folders begin that belong to a study's raw folder without being a source."""

Sampled = tuple[str, str, Table]
"""A table by the name of its file, and of its sheet where it is not the first."""


def files(folder: Path) -> list[str]:
    """The names of what a client put into a folder, in order."""
    if not folder.is_dir():
        return []
    return sorted(one.name for one in folder.iterdir() if not one.name.casefold().startswith((*PASSED_OVER, *OURS)))


def looked_at(
    folder: Path, names: Iterable[str], ask: Noted, people: frozenset[str] = frozenset()
) -> tuple[list[Looked], frozenset[str]]:
    """These files of a folder as what they are, and the words for people of the staff list.

    `people` are those of a list that is known already.
    """
    found: dict[str, Looked] = {}
    tables: list[Sampled] = []
    for name in names:
        form = formats.of(folder / name)
        if form.table and not form.why_not:
            there, why_not = _tables(folder / name, form)
            tables += [(name, sheet, table) for sheet, table in there]
            if not there:
                found[name] = Looked(name, form.called, why_not=why_not)
        else:
            found[name] = _by_itself(name, form)
    if not people and (staff := _staff(tables)):
        tables.remove(staff)
        name, sheet, table = staff
        one = tabular.looked(name, table, people, ask, sheet)
        if one.readings and one.readings[0].source == "staff":
            people = tabular.people_of(table, one.readings[0])
            one = tabular.with_manager(one, table, people)
        found[one.name] = one
    for name, sheet, table in tables:
        one = tabular.looked(name, table, people, ask, sheet)
        found[one.name] = one
    return [found[name] for name in sorted(found)], people


def people_in(folder: Path, reading: Reading) -> frozenset[str]:
    """The words for people in a staff list that params.yaml names; none where it cannot be read."""
    path = folder / str(reading.spec["file"])
    form = formats.of(path)
    there, _ = _tables(path, form) if form.table else ([], "")
    return tabular.people_of(there[0][1], reading) if there else frozenset()


def _by_itself(name: str, form: Format) -> Looked:
    """A file whose format says what it holds."""
    if form.why_not:
        return Looked(name, form.called, why_not=form.why_not)
    if form.reader == "vcard":
        return Looked(name, form.called, why_not="is an address book: say whose, in params.yaml (options: {owner: …})")
    spec: dict[str, object] = {"file": name, "reader": form.reader}
    if form.reader in ("pajek", "ucinet", "graphml", "gexf"):
        spec["options"] = {"relation": "_".join(headings.words(Path(name).stem)) or "tie"}
    return Looked(name, form.called, tuple(Reading(one, dict(spec)) for one in form.sources))


def _tables(path: Path, form: Format) -> tuple[list[tuple[str, Table]], str]:
    """The tables of a file, each with its sheet, and why there is none where there is none."""
    try:
        if form.table == "workbook":
            there = [(sheet, table) for sheet, table in sampled.workbook(path) if table]
            return [("" if at == 0 else sheet, table) for at, (sheet, table) in enumerate(there)], NO_TABLE
        table = sampled.parquet(path) if form.table == "parquet" else sampled.text(path)
    except Exception as error:
        # openpyxl and pyarrow have no error of their own for a broken file
        return [], f"cannot be read ({type(error).__name__}): save it again, or export it as CSV"
    return ([("", table)] if table else []), NO_TABLE


NO_TABLE = "holds no table: write a row of two headings or more above its rows, and save it again"


def _staff(tables: list[Sampled]) -> Sampled | None:
    """The table that is most like a staff list."""
    likely: list[tuple[float, Sampled]] = []
    for name, sheet, table in tables:
        if table.rows and not surveys.sources(table)[2]:
            first = fields.best(table.columns, frozenset(), headings.told(Path(name).stem, FILES))[0]
            if first.source == "staff" and first.score > 0:
                likely.append((first.score, (name, sheet, table)))
    return max(likely, key=lambda one: one[0])[1] if likely else None
