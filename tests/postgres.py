"""A PostgreSQL server of the tests' own: from Debian's package, in a temporary folder, gone with the test."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

HOMES = [Path("/usr/lib/postgresql"), Path("/usr/local/pgsql")]
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "stdin": subprocess.DEVNULL}


def programs() -> Path | None:
    """The folder with the newest server's programs, or None where no server is installed."""
    found = sorted((path for home in HOMES for path in home.glob("**/bin/initdb")), key=lambda path: path.parts)
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@dataclass(frozen=True)
class Server:
    """A running server: its port, and the folder of its data."""

    port: int
    folder: Path

    def url(self, user: str = "analyst") -> str:
        """Its address, for a user who may read only."""
        return f"postgres://{user}@127.0.0.1:{self.port}/study"

    def run(self, *statements: str, database: str = "study") -> None:
        """Carry out statements as its owner."""
        import psycopg

        with psycopg.connect(host="127.0.0.1", port=self.port, user="owner", dbname=database, autocommit=True) as line:
            for statement in statements:
                line.execute(statement)

    def names(self, database: str = "study") -> list[str]:
        """The tables and views that lie there, temporary ones too."""
        import psycopg

        asked = "SELECT relname FROM pg_class WHERE relkind IN ('r', 'v', 'm') AND oid >= 16384 ORDER BY relname"
        with psycopg.connect(host="127.0.0.1", port=self.port, user="owner", dbname=database) as line:
            return [name for (name,) in line.execute(asked)]

    def start(self) -> None:
        """Start it, at first or after it was killed; it listens on this machine alone."""
        place = self.folder.parent
        said = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='{place}' -c fsync=off"
        _as_nobody_special("pg_ctl", "-D", str(self.folder), "-w", "-o", said, "-l", str(place / "log"), "start")

    def signal(self, kind: signal.Signals) -> None:
        """Send a signal to the server and to all processes that answer for it, those that are still there; those killed
        are gone then, as a server is not started beside what is left of another."""
        processes = self._processes()
        for process in processes:
            with suppress(psutil.NoSuchProcess):
                process.send_signal(kind)
        if kind == signal.SIGKILL:
            psutil.wait_procs(processes, timeout=10)

    def _processes(self) -> list[psutil.Process]:
        try:
            first = psutil.Process(int((self.folder / "postmaster.pid").read_text().split()[0]))
            return [first, *first.children()]
        except psutil.NoSuchProcess:
            return []


@contextmanager
def server() -> Iterator[Server]:
    """A server with an empty database `study`, which the owner writes and `analyst` reads."""
    folder = Path(tempfile.mkdtemp(prefix="kithwork-postgres-"))
    data, port = folder / "data", _free_port()
    if os.getuid() == 0:
        about = pwd.getpwnam("postgres")
        os.chown(folder, about.pw_uid, about.pw_gid)
    try:
        _as_nobody_special("initdb", "-D", str(data), "-U", "owner", "-A", "trust", "--no-sync", "-E", "UTF8")
        running = Server(port, data)
        running.start()
        running.run("CREATE DATABASE study", "CREATE ROLE analyst LOGIN", "CREATE ROLE stranger LOGIN", database="postgres")
        yield running
    finally:
        if (data / "postmaster.pid").exists():
            Server(port, data).signal(signal.SIGCONT)
            _as_nobody_special("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop", check=False)
        shutil.rmtree(folder, ignore_errors=True)


def _as_nobody_special(program: str, *words: str, check: bool = True) -> None:
    """Run one of the server's programs, which refuse to work for root."""
    before = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    subprocess.run([*before, str(programs() / program), *words], check=check, cwd="/", **QUIET)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]
