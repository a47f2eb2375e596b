"""What is made of one block of records: first what tells whose clock was wrong, then, clocks set right, the clean records.

Each is a parquet file in a folder of the block's own, so that a block that was made before is not made again.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kithwork.cleaning import clocks, filters, weeks
from kithwork.cleaning.blocks import Block
from kithwork.engines.address import DUCKDB
from kithwork.tables import TABLES

if TYPE_CHECKING:
    import ibis

FIRST = ("steps", "pairs", "hours", "days")
"""What is told of a block's records before clocks are set right: rows of `tallied`, `pairs`, `hours` and `days`."""

SECOND = ("set_aside", "arrivals", "weeks")
"""What is told of them after it; the clean records are in a file of the block's name."""


def first(met: ibis.Table, folder: Path) -> None:
    """Write `FIRST`. `met`: the records, each with its step and its own time."""
    kept = met.filter(met.step == filters.KEPT)
    told = (filters.tallied(met), filters.pairs(met), clocks.hours(kept), clocks.days(kept))
    for name, table in zip(FIRST, told, strict=True):
        _write(table, folder / f"{name}.parquet")


def _write(table: ibis.Table, path: Path) -> None:
    """Rows that are told here, whichever engine they come from."""
    if table.get_backend().name == DUCKDB:
        table.to_parquet(path)
    else:
        table.to_pandas().to_parquet(path, index=False)


def second(met: ibis.Table, names: tuple[ibis.Table, ibis.Table], has_lines: bool, folder: Path) -> None:
    """Write `SECOND`. `names`: of files and of cells, by number."""
    files, cells = names
    kept = met.filter(met.step == filters.KEPT)
    aside = _set_aside(met.filter(met.step != filters.KEPT), files, cells, has_lines)
    told = (aside, _arrivals(met, files), weeks.contacts_by_week(kept))
    for name, table in zip(SECOND, told, strict=True):
        _write(table, folder / f"{name}.parquet")


def log(met: ibis.Table, block: Block) -> ibis.Table:
    """The clean records."""
    return contacts(met.filter(met.step == filters.KEPT), block.first_event)


def contacts(kept: ibis.Table, first_event: int) -> ibis.Table:
    """The clean table: pseudonyms in place of numbers, and a number for each message or meeting, in order of time.

    A day alone is put down as its midnight in its file's zone.
    """
    import ibis

    places = ("at", "file", "line", "cell", "ego_mark", "alter_mark", "channel")

    def in_order(met: ibis.Table) -> list[ibis.Value]:
        return [met[name].asc(nulls_first=True) for name in places]

    first = ibis.row_number().over(group_by=kept.message, order_by=in_order(kept)) == 0
    kept = kept.mutate(leads=kept.message.isnull() | first)
    leading = kept.filter(kept.leads)
    nth = ibis.row_number().over(order_by=in_order(leading))
    nth = nth.cast("float64").cast("int64")  # Spark counts in 32 bits where Ibis takes it to be 64
    numbered = leading.mutate(event=nth + first_event)
    alone = numbered.filter(numbered.message.isnull())
    events = numbered.filter(numbered.message.notnull()).select("message", "event")
    of_messages = kept.filter(kept.message.notnull()).inner_join(events, "message")
    columns = [*TABLES["interactions"].columns, "offset"]
    whole = alone.select(columns).union(of_messages.select(columns))
    midnight = whole.at - (12 * 60 + whole.offset.cast("int64")).as_interval("m")
    return whole.mutate(at=whole.day_only.ifelse(midnight, whole.at)).drop("offset")


def _set_aside(taken: ibis.Table, files: ibis.Table, cells: ibis.Table, has_lines: bool) -> ibis.Table:
    """Rows of the table `set_aside`: where records were set aside, by which step; by week where rows have no numbers."""
    import ibis

    names = ibis.cases(*((taken.step == number, step.name) for number, step in enumerate(filters.STEPS)))
    placed = taken.mutate(taken_by=names).inner_join(files, "file").left_join(cells, "cell")
    week = ibis.literal("week of ") + placed.at.truncate("W").date().cast("string")
    row, place = (placed.line, placed.place) if has_lines else (ibis.literal(0).cast("int64"), week)
    places = {"file": placed.name, "row": row, "column": place, "step": placed.taken_by}
    return placed.group_by(source=ibis.literal("interactions"), **places).agg(records=placed.count())


def _arrivals(met: ibis.Table, files: ibis.Table) -> ibis.Table:
    """Records read and kept, by file and week of the record's own time: file, week, records, kept."""
    met = met.mutate(week=met.at.truncate("W"), is_kept=(met.step == filters.KEPT).ifelse(1, 0))
    found = met.group_by("file", "week").agg(records=met.count(), kept=met.is_kept.sum())
    return found.inner_join(files, "file").select(file="name", week="week", records="records", kept="kept")
