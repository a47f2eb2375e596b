"""BigQuery and Snowflake, by Ibis: who asks, and with what right, is in Google's and in Snowflake's own settings.

A table that is kept is replaced by one statement (`CREATE OR REPLACE TABLE … AS`), which both carry out whole or not at all
(BigQuery documentation, "Data definition language"; Snowflake documentation, "CREATE TABLE"). Temporary tables go with the
session. Neither can be had on one machine: what is sent to them is compiled and parsed by tests, not carried out.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kithwork.engines.address import Address
from kithwork.engines.engine import Engine, closing
from kithwork.engines.working import WorkingEngine

if TYPE_CHECKING:
    import ibis


class Cloud(WorkingEngine):
    """A session there."""

    def _make_schema(self) -> None:
        """It is there already: it is part of the address."""

    def _kept(self, name: str, expression: ibis.Table) -> None:
        self.backend.create_table(name, expression, database=self.schema, overwrite=True)


@contextmanager
def reading(address: Address, seconds: int) -> Iterator[Engine]:
    """A session, to be read from. Raises `UserError`."""
    engine = working(address, seconds)
    with closing(engine):
        yield engine


def working(address: Address, seconds: int) -> WorkingEngine:
    """A session with a schema to work in, which is there. Raises `UserError`."""
    engine = Cloud(address.name, seconds, extra=address.kind, schema=address.schema)
    names = [address.filled(name) for name in address.names]
    said = {name: address.filled(word) for name, word in address.options if name in ("location", "warehouse", "role")}
    host = address.filled(address.host)
    with engine.asked("cannot be reached"):
        import ibis

        if address.kind == "bigquery":
            engine.backend = ibis.bigquery.connect(project_id=host, dataset_id=names[0], **said)
        else:
            who = {"user": address.filled(address.user)} if address.user else {}
            where = {"account": host, "database": "/".join(names)}
            engine.backend = ibis.snowflake.connect(**where, **who, **said, create_object_udfs=False)
    return engine
