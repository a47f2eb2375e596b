"""Recorded contact, cleaned: who it joins, when it was, which records say nothing of relationships, and why.

Everything that grows with the number of records is one Ibis expression over the staged file; what comes into memory has a
row per person, word, week or step.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kithwork.cleaning import clocks, filters, mailboxes, weeks
from kithwork.cleaning.known import Known
from kithwork.cleaning.meaning import Meaning
from kithwork.cleaning.staging import Arrived, Staged
from kithwork.errors import Problem
from kithwork.params import Settings
from kithwork.tables import TABLES

if TYPE_CHECKING:
    import ibis
    import pandas as pd


NAMED = 10
"""Problems of one kind in one file kept word by word where rows at fault stop the run; the rest are counted."""


@dataclass(frozen=True)
class Cleaned:
    """The table `interactions` and the rows that no contact was made of, as expressions, or as frames where there are none;
    and what is told of them."""

    interactions: ibis.Table | pd.DataFrame
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
) -> Cleaned:
    """Clean the records of all files. `staff` has person_id (not yet a pseudonym), site and timezone where known."""
    import ibis

    directed = settings.engagement.directed
    words = mailboxes.told(staged.words, staged.contacts, known, meant, directed)
    who = _who(words, staff, settings, pseudonym)
    people = staged.uploaded("words", who)
    period, zones = clocks.period(staged.contacts, settings), set(who["zone"].dropna())
    met = filters.stepped(staged.contacts, people, settings.clean.broadcast_above, period, directed)
    met = staged.made("met", clocks.in_own_time(met, settings, zones, period))
    wrong = clocks.shifts(met.filter(met.step == filters.KEPT))
    if len(wrong):
        met = staged.made("met_right", clocks.in_own_time(_set_right(met, wrong), settings, zones, period))
    kept = met.filter(met.step == filters.KEPT)
    files = ibis.memtable({"file": range(len(staged.files)), "name": [one.file for one in staged.files]})
    places = {"cell": range(len(staged.cells)), "place": staged.cells}
    cells = ibis.memtable(places, schema={"cell": "int32", "place": "string"})
    return Cleaned(
        _contacts(kept),
        _set_aside(met.filter(met.step != filters.KEPT), files, cells, staged.has_lines),
        filters.counted(met).assign(source="interactions"),
        _named(wrong, who),
        weeks.states(weeks.contacts_by_week(kept), settings.clean.light_user),
        _arrivals(met, files),
        staged.files,
        staged.rows(),
        staged.faults,
        [*_faults(staged), *_problems(met, staged)] if settings.bad_rows == "stop" else [],
    )


def _who(words: pd.DataFrame, staff: pd.DataFrame, settings: Settings, pseudonym) -> pd.DataFrame:
    """A row per word: code; entity, the number of whom it means; id, the pseudonym; kind, zone, place."""
    import pandas as pd

    entity, _ = pd.factorize(words["kind"].eq("stranger").map({True: "?", False: ""}) + words["identity"])
    zones = clocks.zones(staff, settings).drop_duplicates("identity")
    ids = {word: pseudonym(word) for word in words.loc[words["kind"].isin(("person", "party")), "identity"].unique()}
    who = words.assign(entity=entity.astype("int32"), id=words["identity"].map(ids))
    who = who.merge(zones, on="identity", how="left")
    return who[["code", "entity", "id", "kind", "zone", "place"]].astype(
        {"id": "str", "kind": "str", "zone": "str", "place": "str"}
    )


def _set_right(met: ibis.Table, wrong: pd.DataFrame) -> ibis.Table:
    """The records with the times of wrong clocks moved by the hours they run ahead."""
    import ibis

    ahead = ibis.memtable(wrong[["entity", "channel", "hours"]].astype({"entity": "int32", "channel": "str"}))
    ahead = ahead.rename(wrong_entity="entity", wrong_channel="channel", hours_ahead="hours")
    joined = met.left_join(ahead, [met.ego_entity == ahead.wrong_entity, met.channel == ahead.wrong_channel])
    hours = joined.day_only.ifelse(0, joined.hours_ahead.fill_null(0))
    at = joined.at - hours.cast("int64").as_interval("h")
    return joined.mutate(at=at)[met.columns]


def _contacts(kept: ibis.Table) -> ibis.Table:
    """The clean table: pseudonyms in place of numbers, and a number for each message or meeting, in order of time.

    A day alone is put down as its midnight in its file's zone.
    """
    import ibis

    row = [kept[name].cast("string") for name in ("file", "line", "cell", "ego_entity", "alter_entity")]
    kept = kept.mutate(key=ibis.coalesce(kept.message.cast("string"), ibis.literal("row ") + ibis.literal("/").join(row)))
    keys = kept.group_by("key").agg(at=kept.at.min(), file=kept.file.min(), line=kept.line.min())
    numbered = keys.select("key", event=ibis.row_number().over(order_by=[keys.at, keys.file, keys.line, keys.key]))
    midnight = kept.at - (12 * 60 + kept.offset.cast("int64")).as_interval("m")
    kept = kept.mutate(at=kept.day_only.ifelse(midnight, kept.at))
    return kept.inner_join(numbered, "key").select(list(TABLES["interactions"].columns))


def _set_aside(taken: ibis.Table, files: ibis.Table, cells: ibis.Table, has_lines: bool) -> ibis.Table:
    """The table `set_aside`: where records were set aside, and by which step; by week where rows have no numbers."""
    import ibis

    names = ibis.cases(*((taken.step == number, step.name) for number, step in enumerate(filters.STEPS)))
    placed = taken.mutate(taken_by=names).inner_join(files, "file").left_join(cells, "cell")
    week = ibis.literal("week of ") + placed.at.truncate("W").date().cast("string")
    row, place = (placed.line, placed.place) if has_lines else (ibis.literal(0).cast("int64"), week)
    places = {"file": placed.name, "row": row, "column": place, "step": placed.taken_by}
    return placed.group_by(source=ibis.literal("interactions"), **places).agg(records=placed.count())


def _arrivals(met: ibis.Table, files: ibis.Table) -> pd.DataFrame:
    """Records read and kept, by file and week of the record's own time: file, week, records, kept."""
    met = met.mutate(week=met.at.truncate("W"), is_kept=(met.step == filters.KEPT).ifelse(1, 0))
    found = met.group_by("file", "week").agg(records=met.count(), kept=met.is_kept.sum())
    found = found.inner_join(files, "file").select(file="name", week="week", records="records", kept="kept")
    found = found.order_by("file", "week").to_pandas()
    return found.assign(week=weeks.in_utc(found["week"]))


def _named(wrong: pd.DataFrame, who: pd.DataFrame) -> pd.DataFrame:
    """Wrong clocks by the pseudonym of their person."""
    ids = who.dropna(subset=["id"]).drop_duplicates("entity").set_index("entity")["id"]
    return wrong.assign(person_id=wrong["entity"].map(ids)).drop(columns="entity")


def _faults(staged: Staged) -> list[Problem]:
    """Faults of records: of each kind in a file the first, and how many others."""
    kinds = staged.faults.groupby(["file", "reason"], sort=False)["reason"]
    first = staged.faults.assign(nth=kinds.cumcount(), count=kinds.transform("size")).query("nth < @NAMED")
    return [Problem(r.reason, r.file, r.remedy, r.found, int(r.row), r.column, _unlisted(r)) for r in first.itertuples()]


def _problems(met: ibis.Table, staged: Staged) -> list[Problem]:
    """Records that stop the run: of each kind in a file the first, and how many others."""
    import ibis

    stops = [number for number, step in enumerate(filters.STEPS) if step.stops]
    taken = met.filter(met.step.isin(stops))
    kind = {"group_by": ["file", "step", "ego_kind"]}
    ordered = ibis.window(**kind, order_by=["line", "cell"])
    taken = taken.mutate(nth=ibis.row_number().over(ordered), count=taken.count().over(ibis.window(**kind)))
    rows = taken.filter(taken.nth < NAMED).order_by("file", "line", "cell").to_pandas()
    found = []
    for row in rows.itertuples():
        step, file = filters.STEPS[row.step], staged.files[row.file]
        field = {"out of time": "at", "stranger": "ego" if row.ego_kind == "stranger" else "alter"}.get(step.name, "alter")
        word = str(row.at) if field == "at" else staged.words[getattr(row, field)]
        place = file.header.get(field, staged.cells[row.cell] if row.cell >= 0 else field)
        found.append(Problem(step.reason, file.file, step.remedy, word[:40], int(row.line), place, _unlisted(row)))
    return found


def _unlisted(row: object) -> int:
    """How many others of its kind are not listed: told with the last of them that is."""
    return max(row.count - NAMED, 0) if row.nth == NAMED - 1 else 0
