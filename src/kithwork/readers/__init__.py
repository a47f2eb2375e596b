"""Readers: one file per kind of source. Each returns the client's rows as text, under the toolkit's own field names.

A reader is a module with `read(source, spec, folder) -> Rows`; `params.yaml` names it per file of a source. Nothing
is judged here beyond the file itself: rows are judged in `cleaning`.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from kithwork import store
from kithwork.errors import Problem, UserError, nearest
from kithwork.params import Reader, Settings
from kithwork.readers.rows import Rows

SHARED = ("given", "rows")
"""Modules of this folder that several readers use."""

READERS = tuple(sorted(module.name for module in iter_modules(__path__) if module.name not in SHARED))
"""The readers there are: one file each."""


def read(settings: Settings) -> dict[str, list[Rows]]:
    """The files of every source of an engagement. Raises one `UserError` with the problems of all files together."""
    found: dict[str, list[Rows]] = {source: [] for source in settings.engagement.sources}
    problems: list[Problem] = []
    for source, files in settings.engagement.sources.items():
        for spec in files:
            try:
                found[source].append(_read(source, spec, settings))
            except UserError as error:
                problems.extend(error.problems)
    if problems:
        raise UserError(dict.fromkeys(problems))
    return found


def _read(source: str, spec: Reader, settings: Settings) -> Rows:
    if spec.reader not in READERS:
        where = f"engagements.{settings.name}.sources.{source}.reader"
        raise UserError(Problem("is not a reader", "params.yaml", nearest(spec.reader, READERS), spec.reader, column=where))
    reader = import_module(f"kithwork.readers.{spec.reader}")
    return reader.read(source, spec, store.raw(settings.name))
