"""A log where it lies: the same rows from files, from memory, and as an expression."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq

from kithwork.log import Log

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
