"""An engine that may make tables: temporary ones, and ones it keeps in the schema that is ours, whole or not at all.

Temporary tables have names of their own (`kithwork_contacts_1`), go with the connection and lie where the engine puts such.
A table that is kept is written under another name and put in its place in one transaction, so that whoever reads it
meanwhile, or after a fault, finds the whole of the old one or the whole of the new.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from kithwork.engines.engine import Engine
from kithwork.engines.refusals import WRITING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    import ibis
    import pandas as pd

UNFINISHED = "__unfinished"
"""What stands behind a table's name until it is whole."""


@dataclass
class WorkingEngine(Engine):
    """An engine with a schema to work in: `schema`, or none where the whole database is ours."""

    schema: str | None = None
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def ready(self) -> None:
        """Make the schema that is ours, where it is not there. Raises `UserError` where we may not."""
        with self.asked(WRITING):
            self._make_schema()

    def made(self, name: str, expression: ibis.Table) -> ibis.Table:
        """A temporary table of what an expression gives, worked out now. Raises `UserError`."""
        own = self._own(name)
        with self.asked(WRITING):
            return self._made(own, expression)

    def uploaded(self, name: str, frame: pd.DataFrame) -> ibis.Table:
        """A temporary table of rows from here: up to about a million. Raises `UserError`."""
        own = self._own(name)
        with self.asked(WRITING):
            return self._uploaded(own, frame)

    def kept(self, name: str, expression: ibis.Table) -> ibis.Table:
        """A table in our schema, in place of one of that name. Raises `UserError`; then what was there is there still."""
        with self.asked(WRITING):
            self._make_schema()
            self._kept(name, expression)
            return self.table(name, self.schema)

    def append(self, name: str, expression: ibis.Table) -> None:
        """More rows of a table that is kept, all or none. Raises `UserError`."""
        with self.asked(WRITING):
            self._append(name, expression)

    def drop(self, name: str) -> None:
        """Take away a table that is kept, and what was left unfinished of it. Raises `UserError`."""
        with self.asked(WRITING):
            for one in (name, f"{name}{UNFINISHED}"):
                self.backend.drop_table(one, database=self.schema, force=True)

    def released(self, table: ibis.Table) -> None:
        """Take away a temporary table before the end. Raises `UserError`."""
        name, lies = table.op().name, table.op().namespace
        with self.asked(WRITING):
            self.backend.drop_table(name, database=(lies.catalog, lies.database) if lies.catalog else None)

    def fetched(self, expression: ibis.Table) -> pd.DataFrame:
        """The rows of an expression, here. Raises `UserError`."""
        with self.asked("breaks off while it is read"):
            return self.backend.to_pandas(expression)

    def close(self) -> None:
        """Let go of it."""
        self.backend.disconnect()

    def _make_schema(self) -> None:
        if self.schema and self.schema not in self.backend.list_databases():
            self.backend.create_database(self.schema)

    def _own(self, name: str) -> str:
        return f"kithwork_{name}_{next(self.numbers)}"

    def _made(self, own: str, expression: ibis.Table) -> ibis.Table:
        return self.backend.create_table(own, expression, temp=True)

    def _uploaded(self, own: str, frame: pd.DataFrame) -> ibis.Table:
        return self.backend.create_table(own, frame, temp=True)

    def _kept(self, name: str, expression: ibis.Table) -> None:
        unfinished = f"{name}{UNFINISHED}"
        self.backend.drop_table(unfinished, database=self.schema, force=True)
        self.backend.create_table(unfinished, expression, database=self.schema)
        self._swapped(unfinished, name)

    def _swapped(self, unfinished: str, name: str) -> None:
        """Put a finished table in its place, in one transaction."""
        before = f'"{self.schema}".' if self.schema else ""
        with self._transaction() as line:
            line.execute(f'DROP TABLE IF EXISTS {before}"{name}"')
            line.execute(f'ALTER TABLE {before}"{unfinished}" RENAME TO "{name}"')

    def _transaction(self) -> AbstractContextManager:
        """Statements that are carried out all or none."""
        return self.backend.begin()

    def _append(self, name: str, expression: ibis.Table) -> None:
        self.backend.insert(name, expression, database=self.schema)
