"""Tables of a Spark cluster, by Ibis: which there are is for Spark's own settings to say (`SPARK_CONF_DIR`).

A moment (TIMESTAMP) is told in UTC, which is what Ibis sets a session to; rows come a partition at a time, for Ibis's own
batches hold the whole table (Spark documentation, "Datetime types", "Spark Standalone Mode"). A classic session is driven
from here, on Java; of Spark Connect (`sc://`) there is only a client here ("Spark Connect Overview").
"""

from __future__ import annotations

import logging
import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING

from kithwork.engines import engine as engines
from kithwork.engines.address import Address
from kithwork.engines.engine import Engine, closing
from kithwork.errors import Problem, UserError

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa
    from pyspark.sql import SparkSession

SESSION = {"spark.app.name": "kithwork", "spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false"}
"""What a session is told at its start; all else is as Spark's own settings have it."""

PORT = "15002"
"""Where a Spark Connect server listens unless told otherwise."""


class Spark(Engine):
    """A session on a cluster."""

    def interrupt(self) -> None:
        """Take back what the cluster is working on."""
        session = self.backend._session
        if hasattr(session, "interruptAll"):
            session.interruptAll()
        else:
            session.sparkContext.cancelAllJobs()

    def alive(self) -> bool:
        """Whether the session goes on."""
        try:
            self.backend._session.sql("SELECT 1").collect()
        except Exception:  # a session that ended raises of many kinds
            return False
        self.stopped.clear()
        return True

    def table(self, name: str, schema: str | None = None) -> ibis.Table:
        """A table whose moments are of a zone. Raises what Ibis and Spark raise."""
        found = super().table(name, schema)
        kinds = self.backend.raw_sql(self.backend.compile(found)).schema
        return found.cast({kind.name: "timestamp('UTC')" for kind in kinds if kind.dataType.typeName() == "timestamp"})

    def batches(self, found: ibis.Table, size: int) -> Iterator[pa.RecordBatch]:
        """The rows, so many at a time."""
        import pyarrow as pa

        rows = self.backend.raw_sql(self.backend.compile(found)).toLocalIterator()
        shape = found.schema().to_pyarrow()
        while some := list(islice(rows, size)):
            yield pa.RecordBatch.from_arrays([*map(pa.array, zip(*some, strict=True))], schema=shape)


@contextmanager
def reading(address: Address, seconds: int) -> Iterator[Engine]:
    """A session of its own, to be read from. Raises `UserError`."""
    engine = Spark(address.name, seconds, extra="spark")
    connect(engine, address)
    with closing(engine):
        yield engine


def connect(engine: Engine, address: Address) -> None:
    """Begin a session at an address. Raises `UserError`."""
    host, port = address.filled(address.host), address.filled(address.port)
    with engine.asked("cannot be reached"):
        if address.kind == "spark":
            _expect_java(address.name)
        import ibis
        from pyspark.sql import SparkSession

        socket.create_connection((host, int(port or PORT)), timeout=int(engines.CONNECTING)).close()
        logging.getLogger("SQLQueryContextLogger").disabled = True  # tells again, at length, what becomes a message of ours
        begun = SparkSession.builder.config(map=SESSION)
        session = _classic(begun, f"spark://{host}:{port}") if address.kind == "spark" else _remote(begun, address, host)
        engine.backend = ibis.pyspark.connect(session)


def _classic(begun: SparkSession.Builder, master: str) -> SparkSession:
    session = begun.master(master).getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    return session


def _remote(begun: SparkSession.Builder, address: Address, host: str) -> SparkSession:
    said = [f"{name}={address.filled(word)}" for name, word in address.options if name in ("use_ssl", "token")]
    return begun.remote(";".join([f"sc://{host}:{address.filled(address.port) or PORT}/", *said])).getOrCreate()


def _expect_java(name: str) -> None:
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        do = "Install Java 17 or 21, or set JAVA_HOME to where it is."
        raise UserError(Problem("needs Java, which Spark runs on", name, do))
