"""Parquet files of others, held against the checksums of pages that some writers put into them.

Arrow and Spark can (Apache Parquet, "Checksumming"). DuckDB, which reads the files, does not look at them, so that a byte
changed on a disk would pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from kithwork.errors import Problem, UserError

DO = "Export it again, or copy it again from where it came."
SHOWN = 60
"""Signs of what is wrong that a message repeats."""


def expect_right(files: Sequence[Path], name: str, columns: Iterable[str] = ()) -> None:
    """That the pages of these columns, or of all, are as they were written, where there are checksums.

    `name` is what messages call the files together. Raises `UserError` naming each file that is broken.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    problems, columns = [], {*columns}
    for file in files:
        try:
            with pq.ParquetFile(file, page_checksum_verification=True) as opened:
                wanted = [one for one in opened.schema_arrow.names if one in columns] or None
                for _ in opened.iter_batches(columns=wanted):
                    pass
        except (pa.ArrowException, OSError) as error:
            if getattr(error, "errno", None) or isinstance(error, MemoryError):  # the machine's, not the file's
                raise
            place = name if len(files) == 1 else f"{name.rstrip('/')}, {file.name}"
            said = str(error).strip().partition("\n")[0][:SHOWN]
            problems.append(Problem("cannot be read: it is broken", place, DO, said))
    if problems:
        raise UserError(problems)
