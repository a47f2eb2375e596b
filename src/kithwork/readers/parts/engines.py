"""The engines that tables are read through, by Ibis: DuckDB for files, a PostgreSQL server for what lies on one.

A Spark cluster is in `spark.py`.

Nothing is written. DuckDB opens files read-only and may touch no others, so that a view inside a client's database reads
nothing else of this machine (DuckDB documentation, "Securing DuckDB"). A server is told to refuse writing. An engine that
gives no answer in time is stopped, and whatever it raises becomes one `UserError`.
"""

from __future__ import annotations

import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from os import dup
from pathlib import Path
from threading import Event, Timer
from typing import TYPE_CHECKING

from kithwork.errors import Problem, UserError

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa
    from ibis.backends.sql import SQLBackend

CONNECTING = "10"
"""Seconds within which a server must let us in."""

SHOWN = 120
"""Characters of what an engine says that a message repeats."""

DUCKDB = {
    "memory_limit": "2GB",
    "temp_directory": str(Path(tempfile.gettempdir()) / "kithwork-duckdb"),
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
"""Settings of DuckDB: what does not fit in memory is laid down outside the client's folder, and nothing is fetched."""

SESSION = "-c default_transaction_read_only=on -c datestyle=ISO,YMD -c statement_timeout={}s"
"""What a PostgreSQL session is told at its start."""

HIDDEN, OVERDUE = "42501", "57014"
"""PostgreSQL's codes for what needs a privilege, and for what it ended by itself ("PostgreSQL Error Codes")."""

AWAY = "FATAL:"
"""What stands before the reason where a server that answers lets nobody in."""


@dataclass
class Engine:
    """A way to tables: `name` is what messages call it, `seconds` how long it may take for one answer.

    `extra` is that of kithwork which brings the driver.
    """

    name: str
    seconds: int
    path: Path | None = None
    backend: SQLBackend | None = None
    stopped: Event = field(default_factory=Event)
    extra: str = "postgres"

    @contextmanager
    def asked(self, doing: str = "cannot be read") -> Iterator[None]:
        """Around whatever is asked of the engine. Raises `UserError` for all that goes wrong there."""
        timer = Timer(self.seconds, self._stop)
        timer.daemon = True
        timer.start()
        try:
            yield
        except UserError:
            raise
        except Exception as error:  # engines raise of many kinds, some not their own
            raise UserError(self._problem(error, doing)) from None
        finally:
            timer.cancel()

    def _stop(self) -> None:
        self.stopped.set()
        with suppress(Exception):
            self.interrupt()

    def interrupt(self) -> None:
        """End what the engine is doing, from another thread: DuckDB by its own word, a server by hanging up."""
        if self.backend is None:
            return
        if self.backend.name == "duckdb":
            self.backend.con.interrupt()
            return
        with socket.socket(fileno=dup(self.backend.con.fileno())) as line:
            line.shutdown(socket.SHUT_RDWR)

    def table(self, name: str, schema: str | None) -> ibis.Table:
        """A table of that name. Raises what Ibis and the engine raise."""
        return self.backend.table(name, database=schema)

    def batches(self, found: ibis.Table, size: int) -> Iterator[pa.RecordBatch]:
        """The rows of it, so many at a time."""
        return iter(self.backend.to_pyarrow_batches(found, chunk_size=size))

    def _problem(self, error: Exception, doing: str) -> Problem:
        code = getattr(error, "sqlstate", None) or ""
        if self.stopped.is_set() or code == OVERDUE:
            do = "Try again when it is less busy, or allow more with `seconds` under options."
            return Problem("gives no answer", self.name, do, f"nothing after {self.seconds} s")
        if isinstance(error, ImportError):
            do = f"Install kithwork with its `{self.extra}` extra, which brings it: `pip install -e '.[{self.extra}]'`."
            return Problem("needs a driver that is not installed", self.name, do, self._said(error))
        if code == HIDDEN:
            return Problem(
                "may not be read", self.name, "Ask its owner for the right to SELECT from it.", self._said(error)
            )
        if not self.path and AWAY in str(error):
            do = "See the user and the database; a password comes from PGPASSWORD or libpq's password file."
            return Problem("turns us away", self.name, do, self._said(error).split(AWAY)[-1].strip())
        do = "Export it again." if self.path else "See whether the server is up and the address right, then run again."
        return Problem(doing, self.name, do, self._said(error))

    def _said(self, error: Exception) -> str:
        lines = str(error).strip().splitlines() or [type(error).__name__]
        return lines[0].replace(str(self.path), self.name)[:SHOWN]


@contextmanager
def duckdb(name: str, path: Path, seconds: int, database: Path | None = None) -> Iterator[Engine]:
    """DuckDB for what lies at this path, where `database` is a file of its own. Raises `UserError`."""
    import ibis

    engine = Engine(name, seconds, path)
    with engine.asked():
        engine.backend = ibis.duckdb.connect(database or ":memory:", read_only=database is not None, **DUCKDB)
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
    """The files as one table, with `line`, the number of each row from 1, files in their order."""
    from itertools import accumulate

    import ibis
    import pyarrow.parquet as pq

    lengths = [pq.read_metadata(file).num_rows for file in files]
    before = [0, *accumulate(lengths)][: len(files)]
    told = {"hive_partitioning": True, "hive_types_autocast": False, "filename": True, "file_row_number": True}
    table = engine.backend.read_parquet([str(file) for file in files], **told)
    if len(files) == 1:
        return table.mutate(line=table.file_row_number + 1)
    starts = ibis.memtable({"filename": [str(file) for file in files], "before": before})
    joined = table.inner_join(starts, "filename")
    return joined.mutate(line=joined.file_row_number + 1 + joined.before).drop("before")


def is_view(engine: Engine, name: str) -> bool:
    """Whether this table of a DuckDB database is a view. Raises `UserError`."""
    with engine.asked():
        views = engine.backend.raw_sql("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()
    return (name,) in views


def tables(engine: Engine, schema: str | None) -> list[str]:
    """Names of the tables that may be seen there. Raises `UserError`."""
    with engine.asked():
        return sorted(engine.backend.list_tables(database=schema))


def table(engine: Engine, name: str, schema: str | None) -> ibis.Table | None:
    """A table, or None where there is none of that name. Raises `UserError`."""
    from ibis.common.exceptions import TableNotFound

    with engine.asked():
        try:
            return engine.table(name, schema)
        except TableNotFound:
            return None


@contextmanager
def postgres(name: str, told: dict[str, str], seconds: int) -> Iterator[Engine]:
    """A PostgreSQL server, to be read from only. Raises `UserError`."""
    import ibis

    engine = Engine(name, seconds)
    with engine.asked("cannot be reached"):
        engine.backend = ibis.postgres.connect(
            **{"host": None, "port": None, "user": None, "password": None, "database": None, **told},
            connect_timeout=CONNECTING,
            options=SESSION.format(seconds),
            application_name="kithwork",
        )
    with closing(engine):
        yield engine


@contextmanager
def closing(engine: Engine) -> Iterator[None]:
    """Around the use of an engine, which is let go of at the end."""
    hang_up: Callable[[], None] = engine.backend.disconnect
    try:
        yield
    finally:
        with suppress(Exception):
            hang_up()
