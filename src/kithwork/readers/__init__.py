"""Readers: one file per kind of source. Each returns the client's rows as text, under the toolkit's own field names.

A reader is a module with `read(source, spec, folder) -> Rows`; `params.yaml` names it per source. Nothing is judged here
beyond the file itself: rows are judged in `cleaning`.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from kithwork import store
from kithwork.errors import Problem, UserError, nearest
from kithwork.params import Settings
from kithwork.readers.rows import Rows

READERS = tuple(sorted(module.name for module in iter_modules(__path__) if module.name != "rows"))
"""The readers there are: one file each."""


def read(settings: Settings) -> dict[str, Rows]:
    """Every source of an engagement, by name. Raises one `UserError` with the problems of all files together."""
    found: dict[str, Rows] = {}
    problems: list[Problem] = []
    for source, spec in settings.engagement.sources.items():
        if spec.reader not in READERS:
            where = f"engagements.{settings.name}.sources.{source}.reader"
            problems.append(
                Problem("is not a reader", "params.yaml", nearest(spec.reader, READERS), spec.reader, column=where)
            )
            continue
        reader = import_module(f"kithwork.readers.{spec.reader}")
        try:
            found[source] = reader.read(source, spec, store.raw(settings.name))
        except UserError as error:
            problems.extend(error.problems)
    if problems:
        raise UserError(problems)
    return found
