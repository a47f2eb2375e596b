"""What was brought, as published pages tell it: by source and place of a file, never by its name, which may be a person's.

Of the list of those who opted out no page says how many are in it: two reports would tell who joined it between them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kithwork.engagement import Reader
from kithwork.engines import address
from kithwork.params import Settings

if TYPE_CHECKING:
    import pandas as pd

UNCOUNTED = "opt_outs"
"""The source of which no page counts anything."""


def files(settings: Settings) -> Iterator[tuple[str, Reader, str]]:
    """Each file with its source and what a page calls it: the source and, of several, `file 2 of 5` as in params.yaml."""
    for source, specs in settings.engagement.sources.items():
        for number, spec in enumerate(specs, start=1):
            yield source, spec, f"{source}, file {number} of {len(specs)}" if len(specs) > 1 else source


def counted(intake: pd.DataFrame) -> pd.DataFrame:
    """The rows of the table `intake` that a page may show."""
    return intake[intake["source"] != UNCOUNTED]


def unnamed(table: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """A table of sources and files, in the order of params.yaml, without `file`: `source` holds what a page calls it."""
    called = {(source, _stored(spec, settings)): words for source, spec, words in files(settings)}
    place = {file: number for number, file in enumerate(called)}
    keys = list(zip(table["source"], table["file"], strict=True))
    order = sorted(range(len(keys)), key=lambda row: place[keys[row]])
    told = table.assign(source=[called[key] for key in keys]).drop(columns="file")
    return told.iloc[order].reset_index(drop=True)


def _stored(spec: Reader, settings: Settings) -> str:
    """The name under which readers hand on a file."""
    if address.is_one(spec.file):
        return address.shown(spec.file)
    return f"{spec.package or f'data/raw/{settings.name}'}/{spec.file}"
