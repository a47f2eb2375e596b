"""Tables of a Spark cluster, by Ibis: which there are is for Spark's own settings to say (`SPARK_CONF_DIR`).

A moment (TIMESTAMP) is told in UTC, which is what Ibis sets a session to; rows come a partition at a time, for Ibis's own
batches hold the whole table (Spark documentation, "Datetime types", "Spark Standalone Mode").
"""

from __future__ import annotations

import logging
import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from kithwork.errors import Problem, UserError
from kithwork.readers.parts.engines import CONNECTING, Engine, closing

if TYPE_CHECKING:
    import ibis
    import pyarrow as pa

SESSION = {"spark.app.name": "kithwork", "spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false"}
"""What a session is told at its start; all else is as Spark's own settings have it."""


@dataclass
class Spark(Engine):
    """A session on a cluster."""

    extra: str = "spark"

    def interrupt(self) -> None:
        """Take back what the cluster is working on."""
        self.backend._session.sparkContext.cancelAllJobs()

    def table(self, name: str, schema: str | None) -> ibis.Table:
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
def session(name: str, master: str, seconds: int) -> Iterator[Engine]:
    """A session on the cluster of this master. Raises `UserError`."""
    engine = Spark(name, seconds)
    with engine.asked("cannot be reached"):
        _expect_java(name)
        import ibis
        from pyspark.sql import SparkSession

        _expect_somebody(master)
        logging.getLogger("SQLQueryContextLogger").disabled = True  # tells again, at length, what becomes a message of ours
        started = SparkSession.builder.master(master).config(map=SESSION).getOrCreate()
        started.sparkContext.setLogLevel("OFF")
        engine.backend = ibis.pyspark.connect(started)
    with closing(engine):
        yield engine


def _expect_java(name: str) -> None:
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        do = "Install Java 17 or 21, or set JAVA_HOME to where it is."
        raise UserError(Problem("needs Java, which Spark runs on", name, do))


def _expect_somebody(master: str) -> None:
    """That somebody answers there: Spark itself asks for minutes. Raises `OSError`."""
    host, _, port = master.removeprefix("spark://").rpartition(":")
    socket.create_connection((host, int(port)), timeout=int(CONNECTING)).close()
