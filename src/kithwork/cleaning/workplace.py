"""Where tables of this machine are worked on: DuckDB, with a temporary folder that goes with it."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis
    import pandas as pd


class AtHand:
    """A connection of its own, and what an engine of a client's gives too: results made, and small tables brought."""

    def __init__(self) -> None:
        import ibis

        self._folder = Path(tempfile.mkdtemp(prefix="kithwork-"))
        self.connection = ibis.duckdb.connect(temp_directory=str(self._folder / "spill"))
        self.connection.raw_sql("SET preserve_insertion_order = false")
        weakref.finalize(self.connection, shutil.rmtree, self._folder, ignore_errors=True)

    def made(self, name: str, expression: ibis.Table) -> ibis.Table:
        """The result of an expression, once and for all."""
        return self.connection.create_table(name, obj=expression, temp=True, overwrite=True)

    def laid_down(self, name: str, expression: ibis.Table) -> ibis.Table:
        """A result that may be larger than memory, on disk."""
        path = self._folder / f"{name}.parquet"
        self.connection.to_parquet(expression, path)
        return self.connection.read_parquet(path)

    def uploaded(self, name: str, frame: pd.DataFrame) -> ibis.Table:
        """A table of ours, brought there."""
        return self.connection.create_table(name, obj=frame, temp=True, overwrite=True)

    def number(self, text: ibis.expr.types.StringValue) -> ibis.Value:
        """A number that stands for a text."""
        return text.hash()
