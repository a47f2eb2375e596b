"""A log where it lies: the same rows from files, from memory, and as an expression."""

from __future__ import annotations

from datetime import UTC, datetime
from math import floor

import ibis
import pyarrow as pa
import pyarrow.parquet as pq

from kithwork.log import Log, second

ROWS = pa.table({"ego_id": ["a", "b", "c"], "minutes": [1.0, 2.0, 3.0]})


def test_files_and_memory_give_the_same_rows(tmp_path):
    """Rows are counted and summed alike in two files and in memory."""
    for number, part in enumerate((ROWS.slice(0, 1), ROWS.slice(1))):
        pq.write_table(part, tmp_path / f"{number}.parquet")
    lying, held = Log(sorted(tmp_path.glob("*.parquet"))), Log(held=ROWS)
    for log in (lying, held):
        assert log.count_rows() == 3
        assert log.table().minutes.sum().execute() == 6
        assert log.dataset.to_table() == ROWS


def test_a_second_is_the_one_that_a_moment_is_in():
    """Parts of it are left off, before 1970 too, as the engine's own words for seconds have it."""
    moments = [datetime(1969, 12, 31, 23, 59, 59, 750_000, UTC), datetime(2026, 1, 5, 9, 0, 0, 999_999, UTC)]
    table = ibis.memtable({"at": moments}, schema={"at": "timestamp('UTC', 6)"})
    found = table.select(one=second(table.at), other=table.at.epoch_seconds().floor()).execute()
    assert found["one"].tolist() == found["other"].tolist() == [floor(moment.timestamp()) for moment in moments]
