"""The table `interactions` of a study where it lies, unread: parquet files at hand, each of four weeks, in order of time;
or a table at the engine that the study is worked on at.

It may be larger than memory, so it is never loaded: what a chapter needs of it is one Ibis expression over `table()`.
"""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kithwork import kept, passing
from kithwork.engines import driver
from kithwork.engines.address import DUCKDB
from kithwork.tables import INTERACTIONS

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa
    from pyarrow import dataset

MILLION = 1_000_000


def second(at: ibis.Value) -> ibis.Value:
    """The second that a moment is in, counted from the beginning of 1970.

    DuckDB is asked for microseconds, since Ibis would have it take off the zone before, in ten times as long.
    """
    import ibis

    if driver.named(at) != DUCKDB:
        return at.epoch_seconds().floor().cast("int64")
    micro = ibis.udf.scalar.builtin(_micro, name="epoch_us", signature=((at.type(),), "int64"))
    return (micro(at) / MILLION).floor().cast("int64")


def _micro(at: datetime) -> int: ...


@dataclass(frozen=True)
class Log:
    """Recorded contact as it lies: `files` in order of time, none where the rows are held in memory, or at the engine that
    `note` names (`kept.py`).

    `keeper`: what must live as long, as the files are gone with it.
    """

    files: Sequence[Path] = ()
    held: pa.Table | None = None
    keeper: object = None
    note: dict | None = None

    def table(self) -> ibis.Table:
        """The rows, as an expression; in no order."""
        return self._table

    @cached_property
    def _table(self) -> ibis.Table:
        import ibis

        if self.note:
            return kept.table(self.note, INTERACTIONS)
        if self.held is not None:
            return ibis.memtable(self.held)
        spill = passing.made()
        connection = ibis.duckdb.connect(temp_directory=str(spill / "spill"))
        weakref.finalize(connection, passing.removed, spill)
        weakref.finalize(connection, lambda keeper: None, self.keeper)
        return connection.read_parquet([str(file) for file in self.files])

    def count_rows(self) -> int:
        """How many rows there are."""
        if self.note:
            return int(self.note["rows"])
        return self.dataset.count_rows()

    @property
    def dataset(self) -> dataset.Dataset:
        """The rows, as Arrow reads them."""
        from pyarrow import dataset

        if self.held is not None:
            return dataset.dataset(self.held)
        return dataset.dataset([str(file) for file in self.files], format="parquet")
