"""Faults of engines: a server's process, the whole server, or a cluster's worker, killed while a stage reads from it."""

from __future__ import annotations

import random
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import psutil

from benchmarks import fault_grounds, fault_kinds
from benchmarks.fault_grounds import TABLE, Ground
from benchmarks.sampled import postgres, spark

SESSION, SESSION_LASTS = "postgres: analyst", 1.0
EXECUTOR, EXECUTOR_LASTS = "CoarseGrainedExecutorBackend", 20.0
"""How a process that answers a stage is known, and the seconds within which it is killed once it is seen."""

Hit = Callable[[psutil.Process], None]


@contextmanager
def on_postgres(folder: Path, client: Path, like: Ground) -> Iterator[tuple[Ground, dict[str, fault_kinds.Kind]]]:
    """A study whose mails lie in PostgreSQL and are cleaned there, and the faults of its server."""
    with postgres.server() as server:
        _fill(server, client)
        ground = fault_grounds.moved(like, folder, "postgres", server.url())
        yield ground, {"server's process killed": partial(_backend, server), "server killed": partial(_server, server)}


@contextmanager
def on_spark(folder: Path, client: Path, like: Ground) -> Iterator[tuple[Ground, dict[str, fault_kinds.Kind]]]:
    """A study whose mails lie at a Spark cluster with two workers and are cleaned there, and the faults of that."""
    place = folder.with_name("cluster")
    place.mkdir(parents=True)
    with spark.cluster(place) as cluster:
        mails = [path.read_bytes() for path in sorted((client / "mails").iterdir())]
        cluster.run({f"part_{number}": content for number, content in enumerate(mails)}, _united(len(mails)))
        spark._end_driver()  # which holds what says where the tables are
        settings = {"SPARK_CONF_DIR": str(place), "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_LOCAL_DIRS": str(place / "local")}
        ground = fault_grounds.moved(like, folder, "spark", cluster.url, settings)
        yield ground, {"worker's process killed": _executor}


def _fill(server: postgres.Server, client: Path) -> None:
    mails = fault_grounds.rows(client)
    columns = ", ".join(f"{name} text" for name in mails)
    server.run("CREATE SCHEMA kithwork AUTHORIZATION analyst", "GRANT TEMPORARY ON DATABASE study TO analyst")
    server.run(f"CREATE TABLE {TABLE} ({columns})", f"GRANT SELECT ON {TABLE} TO analyst")
    import psycopg

    told = {"host": "127.0.0.1", "port": server.port, "user": "owner", "dbname": "study"}
    with psycopg.connect(**told) as line, line.cursor() as cursor, cursor.copy(f"COPY {TABLE} FROM STDIN") as copy:
        for row in mails.itertuples(index=False):
            copy.write_row(row)


def _united(parts: int) -> str:
    return f"CREATE TABLE {TABLE} AS " + " UNION ALL ".join(f"SELECT * FROM part_{number}" for number in range(parts))


def _backend(server: postgres.Server, ground: Ground, stage: str, dice: random.Random) -> int:
    """The process that answers the stage is killed; the server then ends all others, and comes up by itself."""

    def strike(run: subprocess.Popen, after: float) -> bool:
        return _seen(run, _first(server), SESSION, after, psutil.Process.kill)

    code = fault_kinds.until_struck(lambda: ground.begin(stage), strike, dice, SESSION_LASTS)
    _await(server)
    return code


def _server(server: postgres.Server, ground: Ground, stage: str, dice: random.Random) -> int:
    """All processes of the server are killed while the stage has a session, and it is started again after the run."""

    def strike(run: subprocess.Popen, after: float) -> bool:
        return _seen(run, _first(server), SESSION, after, lambda _: server.signal(signal.SIGKILL))

    code = fault_kinds.until_struck(lambda: ground.begin(stage), strike, dice, SESSION_LASTS)
    server.start()
    _await(server)
    return code


def _executor(ground: Ground, stage: str, dice: random.Random) -> int:
    """One worker's process for the session is killed: what it had to do is for the other."""

    def strike(run: subprocess.Popen, after: float) -> bool:
        return _seen(run, psutil.Process(), EXECUTOR, after, psutil.Process.kill)

    return fault_kinds.until_struck(lambda: ground.begin(stage), strike, dice, EXECUTOR_LASTS)


def _first(server: postgres.Server) -> psutil.Process:
    return psutil.Process(int((server.folder / "postmaster.pid").read_text(encoding="utf-8").split()[0]))


def _seen(run: subprocess.Popen, above: psutil.Process, words: str, after: float, hit: Hit) -> bool:
    """Hit a process below another, known by words of its command, so long after it is seen; whether it was still there."""
    while run.poll() is None:
        for one in above.children(recursive=True):
            with suppress(psutil.Error):
                if words in " ".join(one.cmdline()):
                    time.sleep(after)
                    if not one.is_running():
                        return False
                    hit(one)
                    return True
        time.sleep(fault_kinds.LOOK_AGAIN)
    return False


def _await(server: postgres.Server) -> None:
    """Wait until the server lets us in. Raises what it raises after a minute."""
    import psycopg

    last = time.monotonic() + 60
    while True:
        try:
            server.run("SELECT 1")
            return
        except psycopg.OperationalError:
            if time.monotonic() > last:
                raise
            time.sleep(0.2)
