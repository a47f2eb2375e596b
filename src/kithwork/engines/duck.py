"""DuckDB for files: read-only, and confined to them, so that a view inside a client's database reads nothing else of this
machine (DuckDB documentation, "Securing DuckDB")."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from kithwork import passing
from kithwork.engines.engine import Engine, closing
from kithwork.engines.refusals import WRITING
from kithwork.engines.working import WorkingEngine

if TYPE_CHECKING:
    import ibis
    from duckdb import DuckDBPyConnection

SETTINGS = {
    "memory_limit": "2GB",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
"""What does not fit in memory is laid down in a passing folder, outside the client's, and nothing is fetched."""


class DuckDB(Engine):
    """DuckDB in this process."""

    def interrupt(self) -> None:
        """End what it is doing, by its own word."""
        self.backend.con.interrupt()


@contextmanager
def duckdb(name: str, path: Path | None, seconds: int, database: Path | None = None) -> Iterator[Engine]:
    """DuckDB for what lies at this path, where `database` is a file of its own. Raises `UserError`."""
    import ibis

    engine = DuckDB(name, seconds, path)
    with passing.folder() as folder:
        said = {"temp_directory": str(folder / "spill"), **SETTINGS}
        with engine.asked():
            engine.backend = ibis.duckdb.connect(database or ":memory:", read_only=database is not None, **said)
        with closing(engine):
            yield engine


def confine(engine: Engine, paths: list[Path]) -> None:
    """Let DuckDB read these files alone from now on. Raises `UserError`."""
    listed = ", ".join("'{}'".format(str(path).replace("'", "''")) for path in paths)
    with engine.asked():
        engine.backend.raw_sql(f"SET allowed_paths = [{listed}]")
        engine.backend.raw_sql("SET enable_external_access = false")
        engine.backend.raw_sql("SET lock_configuration = true")


def parquet(engine: Engine, files: list[Path]) -> ibis.Table:
    """The files as one table, in their order; folders named `column=value` are columns of text. Raises `UserError`."""
    with engine.asked():
        named = [str(file) for file in files]
        return engine.backend.read_parquet(named, hive_partitioning=True, hive_types_autocast=False)


NUMBERED = ("line", "filename", "file_row_number")
"""Columns that `numbered` adds."""


def numbered(engine: Engine, files: list[Path]) -> ibis.Table:
    """The files as one table, with `line`, the number of each row from 1, files in their order. Raises `UserError`."""
    import ibis
    import pyarrow.parquet as pq

    told = {"hive_partitioning": True, "hive_types_autocast": False, "filename": True, "file_row_number": True}
    with engine.asked():
        table = engine.backend.read_parquet([str(file) for file in files], **told)
        lengths = [pq.read_metadata(file).num_rows for file in files]
    starts = ibis.memtable({"filename": [str(file) for file in files], "before": [0, *accumulate(lengths)][: len(files)]})
    joined = table.inner_join(starts, "filename")
    return joined.mutate(line=joined.file_row_number + 1 + joined.before).drop("before")


def is_view(engine: Engine, name: str) -> bool:
    """Whether this table of a DuckDB database is a view. Raises `UserError`."""
    with engine.asked():
        views = engine.backend.raw_sql("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()
    return (name,) in views


class WorkingDuckDB(DuckDB, WorkingEngine):
    """DuckDB in this process, in memory and, of what does not fit, in a temporary folder."""

    @contextmanager
    def _transaction(self) -> Iterator[DuckDBPyConnection]:
        with self.backend.con.cursor() as line:
            line.begin()
            yield line
            line.commit()


@contextmanager
def working(seconds: int) -> Iterator[WorkingEngine]:
    """DuckDB with nothing in it yet; what is made goes at the end. Raises `UserError`."""
    import ibis

    with passing.folder() as folder:
        engine = WorkingDuckDB("DuckDB", seconds, extra="duckdb")
        with engine.asked(WRITING):
            engine.backend = ibis.duckdb.connect(temp_directory=str(folder / "spill"))
        with closing(engine):
            yield engine
