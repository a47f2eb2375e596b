"""A way to tables, by Ibis: whatever is asked of it comes back in time, or as one `UserError`.

DuckDB reads files (`duck.py`), a PostgreSQL server is in `postgres.py`, a Spark cluster in `spark.py`, BigQuery and
Snowflake in `clouds.py`. An engine that gives no answer in time is stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Timer
from typing import TYPE_CHECKING

from kithwork.engines import refusals
from kithwork.errors import UserError

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa
    from ibis.backends.sql import SQLBackend

CONNECTING = "10"
"""Seconds within which a server must let us in."""


@dataclass
class Engine:
    """A way to tables: `name` is what messages call it, `seconds` how long it may take for one answer.

    `path` is where its files are, if it reads any; `extra` that of kithwork which brings the driver.
    """

    name: str
    seconds: int
    path: Path | None = None
    backend: SQLBackend | None = None
    stopped: Event = field(default_factory=Event)
    extra: str = ""

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
            raise UserError(refusals.problem(self, error, doing)) from None
        finally:
            timer.cancel()

    def _stop(self) -> None:
        self.stopped.set()
        with suppress(Exception):
            self.interrupt()

    def interrupt(self) -> None:
        """End what the engine is doing, from another thread."""

    def alive(self) -> bool:
        """Whether it would answer: a line that broke stays broken."""
        return not self.stopped.is_set()

    def table(self, name: str, schema: str | None = None) -> ibis.Table:
        """A table of that name. Raises what Ibis and the engine raise."""
        return self.backend.table(name, database=schema)

    def batches(self, found: ibis.Table, size: int) -> Iterator[pa.RecordBatch]:
        """The rows of it, so many at a time."""
        return iter(self.backend.to_pyarrow_batches(found, chunk_size=size))

    def listed(self, schema: str | None = None) -> list[str]:
        """Names of the tables that may be seen there. Raises `UserError`."""
        with self.asked():
            return sorted(self.backend.list_tables(database=schema))

    def found(self, name: str, schema: str | None = None) -> ibis.Table | None:
        """A table, or None where there is none of that name. Raises `UserError`."""
        from ibis.common.exceptions import TableNotFound

        with self.asked():
            try:
                return self.table(name, schema)
            except TableNotFound:
                return None


@contextmanager
def closing(engine: Engine) -> Iterator[None]:
    """Around the use of an engine, which is let go of at the end."""
    hang_up: Callable[[], None] = engine.backend.disconnect
    try:
        yield
    finally:
        with suppress(Exception):
            hang_up()
