"""A PostgreSQL server: to be read from only, or to be worked on in a schema of ours.

Rows from here go by COPY, as CSV that Arrow writes: nothing is an empty field, an empty text one in quotes (PostgreSQL
documentation, "COPY"). A temporary table is told about to the planner, which knows nothing of its rows by itself
(PostgreSQL documentation, "The Autovacuum Daemon").
"""

from __future__ import annotations

import io
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from os import dup
from typing import TYPE_CHECKING

from kithwork.engines import engine as engines
from kithwork.engines.address import Address
from kithwork.engines.engine import Engine, closing
from kithwork.engines.working import WorkingEngine

if TYPE_CHECKING:
    import ibis
    import pandas as pd

SESSION = "-c datestyle=ISO,YMD -c statement_timeout={}s -c jit=off"
READING = "-c default_transaction_read_only=on"
"""What a session is told at its start, and what one that may only read is told besides. Statements of ours are long, so
that to compile one takes longer than to carry it out (PostgreSQL documentation, "When to JIT?")."""


class Postgres(Engine):
    """A line to a server."""

    def interrupt(self) -> None:
        """Hang up, which ends what the server is doing."""
        if self.backend is not None:
            with socket.socket(fileno=dup(self.backend.con.fileno())) as line:
                line.shutdown(socket.SHUT_RDWR)

    def alive(self) -> bool:
        """Whether the line holds."""
        return super().alive() and not self.backend.con.closed


class WorkingPostgres(Postgres, WorkingEngine):
    """A line to a server on which tables may be made."""

    def _made(self, own: str, expression: ibis.Table) -> ibis.Table:
        found = super()._made(own, expression)
        self.backend.raw_sql(f'ANALYZE "{own}"').close()
        return found

    def _uploaded(self, own: str, frame: pd.DataFrame) -> ibis.Table:
        import ibis
        import pyarrow as pa
        from pyarrow import csv

        rows = pa.Table.from_pandas(frame, preserve_index=False)
        made = self.backend.create_table(own, schema=ibis.schema(rows.schema), temp=True)
        written = io.BytesIO()
        csv.write_csv(rows, written, csv.WriteOptions(include_header=False))
        with self.backend.begin() as line, line.copy(f'COPY "{own}" FROM STDIN (FORMAT csv)') as sent:
            sent.write(written.getbuffer())
        self.backend.raw_sql(f'ANALYZE "{own}"').close()
        return made


@contextmanager
def reading(address: Address, seconds: int) -> Iterator[Engine]:
    """A server, to be read from only. Raises `UserError`."""
    engine = Postgres(address.name, seconds, extra="postgres")
    _connect(engine, told(address), READING)
    with closing(engine):
        yield engine


def working(address: Address, seconds: int) -> WorkingEngine:
    """A server to be worked on. Raises `UserError`."""
    engine = WorkingPostgres(address.name, seconds, extra="postgres", schema=address.schema)
    _connect(engine, told(address), "")
    return engine


def told(address: Address) -> dict[str, str]:
    """What libpq is to be told, by its own names. Raises `UserError`."""
    words = {
        "host": address.host,
        "port": address.port,
        "user": address.user,
        "password": address.password,
        "database": "/".join(address.names),
    }
    safe = {name: word for name, word in address.options if name.startswith("ssl")}
    return {name: address.filled(word) for name, word in words.items() if word} | safe


def _connect(engine: Engine, told: dict[str, str], besides: str) -> None:
    import ibis

    with engine.asked("cannot be reached"):
        engine.backend = ibis.postgres.connect(
            **{"host": None, "port": None, "user": None, "password": None, "database": None, **told},
            connect_timeout=engines.CONNECTING,
            options=f"{SESSION.format(engine.seconds)} {besides}".strip(),
            application_name="kithwork",
        )
