"""A Spark cluster of the tests' own: a master and two workers on loopback, in a temporary folder, gone with the tests.

Each worker has one core, so that rows are exchanged between them as in any cluster. A Spark Connect server is a driver of
its own on that cluster.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

THERE = find_spec("pyspark") is not None and shutil.which("java") is not None
REASON = "needs pyspark and Java 17 or 21: `make test-spark`"
WORKERS = 2
STARTING = 300
"""Seconds within which a program of the cluster must listen."""

SETTINGS = """
spark.driver.host 127.0.0.1
spark.driver.bindAddress 127.0.0.1
spark.driver.memory 512m
spark.driver.extraJavaOptions -Dderby.system.home={folder}
spark.executor.memory {memory}m
spark.executor.cores {cores}
spark.sql.shuffle.partitions 2
spark.sql.catalogImplementation hive
spark.sql.warehouse.dir {folder}/warehouse
spark.hadoop.javax.jdo.option.ConnectionURL jdbc:derby:;databaseName={folder}/metastore;create=true
"""
"""What an analyst's own `spark-defaults.conf` would say: where the tables are."""


@dataclass(frozen=True)
class Cluster:
    """A running cluster, and the folder of its tables."""

    port: int
    folder: Path
    workers: list[subprocess.Popen] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The address of its master."""
        return f"spark://127.0.0.1:{self.port}"

    @contextmanager
    def session(self) -> Iterator[SparkSession]:
        """A session on it, stopped at the end."""
        from pyspark.sql import SparkSession

        started = SparkSession.builder.master(self.url).getOrCreate()
        try:
            yield started
        finally:
            started.stop()

    def run(self, files: dict[str, bytes], *statements: str) -> None:
        """Make a table of each parquet file, by its name, then carry out statements."""
        made = []
        for table, content in files.items():
            path = self.folder / f"{table}.parquet"
            path.write_bytes(content)
            made.append(f"CREATE TABLE {table} AS SELECT * FROM parquet.`{path}`")
        with self.session() as started:
            for statement in [*made, *statements]:
                started.sql(statement)

    @contextmanager
    def connect(self) -> Iterator[str]:
        """The address of a Spark Connect server on it, with tables of its own; it takes every core there is."""
        port = _free_port()
        server = "org.apache.spark.sql.connect.service.SparkConnectServer"
        settings = {
            "spark.connect.grpc.binding.address": "127.0.0.1",
            "spark.connect.grpc.binding.port": port,
            "spark.sql.catalogImplementation": "in-memory",
        }
        said = [word for name, value in settings.items() for word in ("--conf", f"{name}={value}")]
        program = _program(self.folder, "spark-submit", "--master", self.url, "--class", server, *said, "spark-internal")
        try:
            _await(port, program)
            yield f"sc://127.0.0.1:{port}"
        finally:
            program.kill()
            program.wait()


@contextmanager
def cluster(folder: Path, workers: int = WORKERS, cores: int = 1) -> Iterator[Cluster]:
    """A master and so many workers of so many cores, and this process's own sessions told where tables are."""
    port = _free_port()
    told = SETTINGS.format(folder=folder, cores=cores, memory=512 * cores)
    (folder / "spark-defaults.conf").write_text(told, encoding="utf-8")
    running, before = Cluster(port, folder), dict(os.environ)
    started: list[subprocess.Popen] = []
    try:
        os.environ.update(SPARK_CONF_DIR=str(folder), SPARK_LOCAL_IP="127.0.0.1")
        started.append(_started(folder, "master.Master", "--port", str(port)))
        _await(port, started[0])
        limits = ("--cores", str(cores), "--memory", f"{cores}g", "--work-dir", str(folder / "work"))
        running.workers.extend(_started(folder, "worker.Worker", *limits, running.url) for _ in range(workers))
        started.extend(running.workers)
        yield running
    finally:
        _end_driver()
        for program in reversed(started):
            program.kill()
            program.wait()
        os.environ.clear()
        os.environ.update(before)


def _started(folder: Path, kind: str, *words: str) -> subprocess.Popen:
    """The master or a worker."""
    return _program(
        folder, "spark-class", f"org.apache.spark.deploy.{kind}", "--host", "127.0.0.1", "--webui-port", "0", *words
    )


def _program(folder: Path, name: str, *words: str) -> subprocess.Popen:
    import pyspark

    program = Path(pyspark.__file__).parent / "bin" / name
    with (folder / "log").open("ab") as log:
        return subprocess.Popen([str(program), *words], env=os.environ | {"SPARK_DAEMON_MEMORY": "200m"}, cwd=folder,
                                stdin=subprocess.DEVNULL, stdout=log, stderr=log)  # fmt: skip


def _await(port: int, program: subprocess.Popen) -> None:
    for _ in range(STARTING * 10):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        assert program.poll() is None, "it ended by itself"
        time.sleep(0.1)
    raise TimeoutError("it does not listen")


def _end_driver() -> None:
    """End the Java program behind this process's sessions, which outlives them."""
    from pyspark import SparkContext

    if gateway := SparkContext._gateway:
        gateway.shutdown()
        gateway.proc.stdin.close()
        gateway.proc.wait(STARTING)
        SparkContext._gateway = SparkContext._jvm = None


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]
