"""Where records are worked on: DuckDB with a temporary folder that goes with it, or an engine of the client's."""

from __future__ import annotations

import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kithwork import engines, passing
from kithwork.engines import summed
from kithwork.engines.address import DUCKDB
from kithwork.params import Settings

if TYPE_CHECKING:
    import ibis
    import pandas as pd

    from kithwork.engines.working import WorkingEngine

    Text = ibis.expr.types.StringValue


def of(settings: Settings) -> Workplace:
    """That of a study. Raises `UserError` where its engine cannot be reached."""
    if (engine := settings.engagement.engine) == DUCKDB:
        return AtHand()
    with engines.connected(engine, where=f"engagements.{settings.name}.engine") as found:
        return AtEngine(found)


class Workplace(Protocol):
    """What both can do. `connection` is what a table is opened on; `is_elsewhere` where it is not this machine's."""

    connection: object
    is_elsewhere: bool
    folder: Path

    @property
    def here(self) -> ibis.BaseBackend:
        """DuckDB on this machine."""

    def made(self, name: str, expression: ibis.Table) -> ibis.Table:
        """The result of an expression, once and for all."""

    def laid_down(self, name: str, expression: ibis.Table) -> ibis.Table:
        """A result that may be larger than memory."""

    def uploaded(self, name: str, frame: pd.DataFrame) -> ibis.Table:
        """A table of ours, brought there."""

    def release(self, table: ibis.Table) -> None:
        """Take away a table that was made here."""

    def number(self, text: Text) -> ibis.Value:
        """What stands for a text, and is equal where that is equal."""


SETTINGS = {"memory_limit": "3GB", "preserve_insertion_order": "false"}
"""Settings of DuckDB: what does not fit is laid down in the folder."""


class AtHand:
    """DuckDB, in memory and a temporary folder, which is gone with it, at the latest with the process."""

    is_elsewhere = False

    def __init__(self) -> None:
        import ibis

        self.folder = passing.made()
        self.connection = ibis.duckdb.connect(temp_directory=str(self.folder / "spill"), **SETTINGS)
        weakref.finalize(self.connection, passing.removed, self.folder)

    @property
    def here(self) -> ibis.BaseBackend:
        """The connection itself."""
        return self.connection

    def made(self, name: str, expression: ibis.Table) -> ibis.Table:
        """A temporary table."""
        return self.connection.create_table(name, obj=expression, temp=True, overwrite=True)

    def laid_down(self, name: str, expression: ibis.Table) -> ibis.Table:
        """A parquet file of that folder."""
        path = self.folder / f"{name}.parquet"
        self.connection.to_parquet(expression, path)
        return self.connection.read_parquet(path)

    def uploaded(self, name: str, frame: pd.DataFrame) -> ibis.Table:
        """A temporary table of these rows."""
        return self.connection.create_table(name, obj=frame, temp=True, overwrite=True)

    def release(self, table: ibis.Table) -> None:
        """Its room is free for others."""
        self.connection.drop_table(table.op().name, database=("temp", "main"))

    def number(self, text: Text) -> ibis.Value:
        """DuckDB's own hash, of 64 bits."""
        return text.hash()


class AtEngine:
    """An engine of the client's, and a folder here for what is told of it. What is temporary there is the engine's own to
    keep or spill."""

    is_elsewhere = True

    def __init__(self, connection: WorkingEngine) -> None:
        import ibis

        self.connection, self.folder = connection, passing.made()
        self.here = ibis.duckdb.connect(temp_directory=str(self.folder / "spill"))
        weakref.finalize(self.here, passing.removed, self.folder)

    def made(self, name: str, expression: ibis.Table) -> ibis.Table:
        """A temporary table."""
        return self.connection.made(name, expression)

    laid_down = made

    def uploaded(self, name: str, frame: pd.DataFrame) -> ibis.Table:
        """A temporary table of these rows."""
        return self.connection.uploaded(name, frame)

    def release(self, table: ibis.Table) -> None:
        """The engine may forget it."""
        self.connection.released(table)

    def number(self, text: Text) -> ibis.Value:
        """MD5 in hexadecimal digits, which every engine has and sorts alike."""
        return summed.md5(text)
