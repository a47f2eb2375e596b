"""Engines that tables lie at, through Ibis: where they are, what they are asked, and what they may be told to keep.

`connected` gives an engine that may make tables. One connection to each address is opened in a process, used by all who ask
for it, and closed when the process ends; one that broke is opened anew, without its temporary tables. `reading` gives one
that is only read from.
"""

from __future__ import annotations

import atexit
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from typing import TYPE_CHECKING

from kithwork.engines.address import DUCKDB, Address, parsed

if TYPE_CHECKING:
    from kithwork.engines.engine import Engine
    from kithwork.engines.working import WorkingEngine

SECONDS = 3600
"""How long one answer may take where nothing is said: a statement may go through every record there is."""

SPARKS = ("spark", "sc")

_open: dict[str, WorkingEngine] = {}


@contextmanager
def connected(engine: str, seconds: int | None = None, where: str = "engine") -> Iterator[WorkingEngine]:
    """The engine that this value of the setting `engine` names, with a schema to work in.

    DuckDB is a new one each time. `where` is the setting, for messages. Raises `UserError`.
    """
    if engine == DUCKDB:
        from kithwork.engines import duck

        with duck.working(seconds or SECONDS) as found:
            yield found
        return
    found = _open.get(engine)
    if found is None or not found.alive():
        close(engine)
        address = parsed(engine, where)
        found = _open[engine] = _working(address, seconds or address.seconds or SECONDS)
    yield found


@contextmanager
def reading(address: Address, seconds: int) -> Iterator[Engine]:
    """The engine at an address, to be read from only. Raises `UserError`."""
    if address.kind == "postgres":
        from kithwork.engines.postgres import reading
    elif address.kind in SPARKS:
        from kithwork.engines.spark import reading
    else:
        from kithwork.engines.clouds import reading
    shared = None if address.kind == "postgres" else _open_at(address)
    with nullcontext(shared) if shared else reading(address, seconds) as found:
        yield found


def _open_at(address: Address) -> WorkingEngine | None:
    """The connection that is open to an address: what Spark runs in a process is one session, which must not end twice."""
    return next((one for one in _open.values() if one.name == address.name and one.alive()), None)


@atexit.register
def close(engine: str | None = None) -> None:
    """Let go of the connection to an address, or of all."""
    for one in [engine] if engine else [*_open]:
        if found := _open.pop(one, None):
            with suppress(Exception):
                found.close()


def _working(address: Address, seconds: int) -> WorkingEngine:
    if address.kind == "postgres":
        from kithwork.engines.postgres import working
    elif address.kind in SPARKS:
        from kithwork.engines.spark_working import working
    else:
        from kithwork.engines.clouds import working
    return working(address, seconds)
