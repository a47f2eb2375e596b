"""Readers: one file per kind of source. Each hands on the client's rows as text, under the toolkit's own field names.

A reader is a module of this folder, and what several share is in `parts`; `params.yaml` names the reader of each file of a
source. It says which `SOURCES` it serves, which settings of a file mean something to it (`TAKES`) and, where these include
`options`, what those are (`OPTIONS`: name and meaning); `parse(source, spec, given)` yields batches of `Rows`. One whose
data lies elsewhere than in the engagement's raw folder has `located(source, spec, folder)` too. Nothing is judged here
beyond the file itself, and whether it has the sites and items that `params.yaml` speaks of: rows are judged in `cleaning`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from kithwork import store
from kithwork.engagement import Reader
from kithwork.engines import address
from kithwork.engines.address import DUCKDB
from kithwork.errors import Problem, UserError, nearest
from kithwork.params import Settings
from kithwork.readers.parts import declared, given
from kithwork.readers.parts.afar import State
from kithwork.readers.parts.lying import Lying
from kithwork.readers.parts.rewritten import DATES, rewritten
from kithwork.readers.parts.rows import Rows, whole

READERS = tuple(sorted(module.name for module in iter_modules(__path__) if not module.ispkg))
"""The readers there are: one file each."""

UNBOUNDED = ("interactions",)
"""Sources that may be larger than memory: their files are handed on unread, to be gone through once."""


def read(settings: Settings) -> dict[str, list[Rows] | list[Iterator[Rows] | Lying]]:
    """The files of every source of an engagement. Raises one `UserError` with the problems of all files together."""
    found: dict[str, list] = {source: [] for source in settings.engagement.sources}
    problems: list[Problem] = []
    for source, files in settings.engagement.sources.items():
        for spec in files:
            try:
                given = unread if source in UNBOUNDED else _whole
                found[source].append(given(source, spec, settings))
            except UserError as error:
                problems.extend(error.problems)
    if problems := problems or list(declared.unmet(found, settings)):
        raise UserError(dict.fromkeys(problems))
    return found


def _whole(source: str, spec: Reader, settings: Settings) -> Rows:
    return whole(batches(source, spec, settings))


def unread(source: str, spec: Reader, settings: Settings) -> Iterator[Rows] | Lying:
    """One file of an engagement as `batches` gives it; or the table it is, where that may be judged where it lies."""
    reader, there = _placed(source, spec, settings)
    rows = partial(batches, source, spec, settings)
    if not hasattr(reader, "at_engine"):
        return rows()
    if settings.engagement.engine != DUCKDB:
        return Lying(there.name, spec.timezone, partial(reader.at_engine, source, spec, there), rows)
    lies = reader.is_at_hand(spec, there)
    return Lying(there.name, spec.timezone, partial(reader.at_hand, source, spec, there), rows) if lies else rows()


def batches(source: str, spec: Reader, settings: Settings) -> Iterator[Rows]:
    """One file of an engagement, batch by batch. Raises `UserError`, at the latest with the batch that is at fault."""
    reader, there = _placed(source, spec, settings)
    parts = reader.parse(source, spec, there)
    dates = spec.options.get("dates", "") if DATES.items() <= getattr(reader, "OPTIONS", {}).items() else ""
    return (rewritten(replace(rows, timezone=spec.timezone), dates) for rows in parts)


def afar(settings: Settings) -> Iterator[tuple[str, Reader]]:
    """The files of an engagement that lie at an address, each with its source."""
    for source, files in settings.engagement.sources.items():
        yield from ((source, spec) for spec in files if address.is_one(spec.file))


def state(source: str, spec: Reader, settings: Settings) -> State:
    """What tells one of these from what lay there before, without its being read. Raises `UserError`."""
    reader, there = _placed(source, spec, settings)
    return reader.state(source, spec, there)


def _placed(source: str, spec: Reader, settings: Settings) -> tuple[ModuleType, given.Given]:
    """The reader of a file, and where that lies. Raises `UserError`."""
    where = f"engagements.{settings.name}.sources.{source}"
    if spec.reader not in READERS:
        where = f"{where}.reader"
        raise UserError(Problem("is not a reader", "params.yaml", nearest(spec.reader, READERS), spec.reader, column=where))
    reader = import_module(f"kithwork.readers.{spec.reader}")
    given.expect(source, spec, reader, where)
    located = getattr(reader, "located", given.located)
    there = located(source, spec, store.raw(settings.name))
    return reader, replace(there, broadcast_above=settings.clean.broadcast_above)
