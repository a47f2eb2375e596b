"""Recorded contact, cleaned: who it joins, when it was, which records say nothing of relationships, and why.

Everything that grows with the number of records is an Ibis expression over the staged records, carried out block by block
(`by_block.py`); what comes into memory has a row per person, word, week or step.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kithwork.cleaning import clocks, filters, mailboxes, weeks
from kithwork.cleaning.by_block import ByBlock
from kithwork.cleaning.known import Known
from kithwork.cleaning.meaning import Meaning
from kithwork.cleaning.prints import number_of
from kithwork.cleaning.staging import Arrived, Staged
from kithwork.errors import Problem
from kithwork.log import Log
from kithwork.params import Settings
from kithwork.tables import TABLES

if TYPE_CHECKING:
    import ibis
    import pandas as pd


NAMED = 10
"""Problems of one kind in one file kept word by word where rows at fault stop the run; the rest are counted."""


@dataclass(frozen=True)
class Cleaned:
    """The table `interactions` as a log and the rows that no contact was made of as an expression, or both as frames where
    there are none; and what is told of them."""

    interactions: Log | pd.DataFrame
    set_aside: ibis.Table | pd.DataFrame
    steps: pd.DataFrame
    shifts: pd.DataFrame
    person_weeks: pd.DataFrame
    arrivals: pd.DataFrame
    files: list[Arrived]
    rows: pd.DataFrame
    faults: pd.DataFrame
    problems: list[Problem]


def nothing() -> Cleaned:
    """What is there where no record was brought."""
    import pandas as pd

    names = ("interactions", "set_aside", "filters", "clocks", "person_weeks", "arrivals")
    return Cleaned(*(TABLES[name].empty() for name in names), [], pd.DataFrame(), pd.DataFrame(), [])


def cleaned(
    staged: Staged,
    staff: pd.DataFrame,
    known: Known,
    meant: Meaning,
    settings: Settings,
    pseudonym: Callable[[str], str],
    *,
    keeps: bool = True,
) -> Cleaned:
    """Clean the records of all files. `staff` has person_id (not yet a pseudonym), site and timezone where known."""
    words = mailboxes.told(staged.words, staged.contacts, known, meant, settings.engagement.directed)
    who = staged.made("words", _who(words, staff, settings, pseudonym))
    met = ByBlock(staged, who, clocks.period(staged.contacts, settings), settings, keeps)
    found = Cleaned(
        met.log(),
        met.table("set_aside"),
        filters.counted(met.told("steps"), met.table("pairs")).assign(source="interactions"),
        met.wrong,
        weeks.states(met.told("weeks"), settings.clean.light_user),
        _arrivals(met.told("arrivals")),
        staged.files,
        staged.rows(),
        staged.faults,
        [*_faults(staged), *_problems(met, staged)] if settings.bad_rows == "stop" else [],
    )
    met.memory.forget()
    return found


def _who(words: pd.DataFrame, staff: pd.DataFrame, settings: Settings, pseudonym) -> pd.DataFrame:
    """A row per word: code; entity, the number of whom it means; id, the pseudonym; kind, zone, place; and mark, which is
    another number where any of these is another."""
    import pandas as pd

    entity, _ = pd.factorize(words["kind"].eq("stranger").map({True: "?", False: ""}) + words["identity"])
    zones = clocks.zones(staff, settings).drop_duplicates("identity")
    ids = {word: pseudonym(word) for word in words.loc[words["kind"].isin(("person", "party")), "identity"].unique()}
    who = words.assign(entity=entity.astype("int32"), id=words["identity"].map(ids))
    who = who.merge(zones, on="identity", how="left")
    told = ["id", "kind", "zone", "place"]
    who = who.astype(dict.fromkeys(told, "str"))
    who["mark"] = [number_of(repr(row)) for row in who[["identity", *told]].itertuples(index=False, name=None)]
    return who[["code", "entity", "mark", *told]]


def _faults(staged: Staged) -> list[Problem]:
    """Faults of records: of each kind in a file the first, and how many others."""
    kinds = staged.faults.groupby(["file", "reason"], sort=False)["reason"]
    first = staged.faults.assign(nth=kinds.cumcount(), count=kinds.transform("size")).query("nth < @NAMED")
    return [Problem(r.reason, r.file, r.remedy, r.found, int(r.row), r.column, _unlisted(r)) for r in first.itertuples()]


def _arrivals(by_block: pd.DataFrame) -> pd.DataFrame:
    """Records read and kept, by file and week of the record's own time: file, week, records, kept."""
    by_block = by_block.assign(week=weeks.in_utc(by_block["week"]))
    return by_block.groupby(["file", "week"], as_index=False, dropna=False)[["records", "kept"]].sum()


def _problems(met: ByBlock, staged: Staged) -> list[Problem]:
    """Records that stop the run: of each kind in a file the first, and how many others."""
    import pandas as pd

    stops = [number for number, step in enumerate(filters.STEPS) if step.stops]
    taken = [pd.read_parquet(folder / "steps.parquet", columns=["step"])["step"] for folder in met.first]
    parts = [_first_of(met.met(one), stops) for one, step in zip(met.blocks, taken, strict=True) if step.isin(stops).any()]
    if not parts:
        return []
    rows = pd.concat(parts).sort_values(["file", "line", "cell"], ignore_index=True)
    kind = rows.groupby(["file", "step", "ego_kind"])
    rows = rows.assign(nth=kind.cumcount(), count=kind["rows"].transform("sum"))
    rows = rows[rows["nth"] < NAMED]
    found = []
    for row in rows.itertuples():
        step, file = filters.STEPS[row.step], staged.files[row.file]
        field = {"out of time": "at", "stranger": "ego" if row.ego_kind == "stranger" else "alter"}.get(step.name, "alter")
        word = str(row.at) if field == "at" else staged.words[getattr(row, field)]
        place = file.header.get(field, staged.cells[row.cell] if row.cell >= 0 else field)
        found.append(Problem(step.reason, file.file, step.remedy, word[:40], int(row.line), place, _unlisted(row)))
    return found


def _first_of(met: ibis.Table, stops: list[int]) -> pd.DataFrame:
    """Of each kind of such records in a file of one block the first; `rows`, of the very first, is how many there are."""
    import ibis

    taken = met.filter(met.step.isin(stops))
    kind = {"group_by": ["file", "step", "ego_kind"]}
    ordered = ibis.window(**kind, order_by=["line", "cell"])
    taken = taken.mutate(nth=ibis.row_number().over(ordered), count=taken.count().over(ibis.window(**kind)))
    taken = taken.mutate(rows=(taken.nth == 0).ifelse(taken["count"], 0))
    return taken.filter(taken.nth < NAMED).drop("nth", "count").to_pandas()


def _unlisted(row: object) -> int:
    """How many others of its kind are not listed: told with the last of them that is."""
    return max(row.count - NAMED, 0) if row.nth == NAMED - 1 else 0
