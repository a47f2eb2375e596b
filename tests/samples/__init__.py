"""Files as clients give them, one module a reader, all written by us: nobody in them exists.

A module of this folder is named after its reader and holds

    SAMPLES    a `Sample` for each form that the reader knows, small enough to be read at a glance
    many(n)    the content of one file or folder with about n records, for measuring; read as the first sample is, or as
               the `GROWN` one where there is one
    plain(g)   what is measured beside: the plain library call that parses the same `Given`, and does nothing with it
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from types import ModuleType

from kithwork.engagement import Reader
from kithwork.readers import READERS
from kithwork.readers.parts.given import Given
from kithwork.readers.parts.rows import Rows, whole

Content = bytes | dict[str, bytes]
"""A file's bytes, or a folder: the bytes of each file in it by its path."""


@dataclass(frozen=True)
class Sample:
    """One file or folder: its name, the source it is read as, its content, and what is said of it in params.yaml."""

    name: str
    source: str
    content: Content
    said: dict = field(default_factory=dict)

    def spec(self, reader: str) -> Reader:
        """Its settings."""
        return Reader(reader=reader, file=self.name, **self.said)


def module(reader: str) -> ModuleType:
    """The samples of one reader."""
    return import_module(f"samples.{reader}")


def grown(reader: str) -> Sample:
    """How what `many` makes is read."""
    return getattr(module(reader), "GROWN", module(reader).SAMPLES[0])


def given(name: str, content: Content, folder: Path) -> Given:
    """A file in memory, or a folder written below `folder`."""
    if isinstance(content, bytes):
        return Given(name, content=content)
    (folder / name).mkdir(parents=True, exist_ok=True)
    for path, data in content.items():
        (folder / name / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / name / path).write_bytes(data)
    return Given(name, folder / name)


def read(reader: str, sample: Sample, folder: Path, content: Content | None = None) -> Rows:
    """All rows of a sample, or of other content in its place. Raises `UserError`."""
    file = given(sample.name, sample.content if content is None else content, folder)
    return whole(import_module(f"kithwork.readers.{reader}").parse(sample.source, sample.spec(reader), file))


SAMPLED = tuple(reader for reader in READERS if (Path(__file__).parent / f"{reader}.py").is_file())
"""Readers that have samples."""
