"""What the client gave: one file or folder, and whether its settings mean anything to its reader."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import BinaryIO

from kithwork.engagement import Reader
from kithwork.errors import Problem, UserError, nearest

SETTINGS = ("columns", "constants", "encoding", "timezone", "package", "sha256", "options")
"""What may be said of a file beside where it is; a reader's `TAKES` names those that mean something to it."""


OPEN = "~$"
"""How the file begins that an office program keeps beside a document while it is open."""


@dataclass(frozen=True)
class Given:
    """One file or folder: where it lies, or else its content; `name` is what messages call it.

    `broadcast_above` is that of the settings: people in a meeting above which a reader makes no pairs of them.
    """

    name: str
    path: Path | None = None
    content: bytes = b""
    broadcast_above: int = 25

    def open(self) -> BinaryIO:
        """The file, to be read from its start; the caller closes it. Raises `UserError` where it cannot be opened."""
        if self.path and self.path.is_dir():
            raise UserError(Problem("is a folder where one file was to be", self.name, "Name each of its files."))
        try:
            return self.path.open("rb") if self.path else io.BytesIO(self.content)
        except OSError as error:
            do = "See that it is there, and that you may read it."
            raise UserError(Problem("cannot be opened", self.name, do, error.strerror or "")) from None

    def read(self) -> bytes:
        """All bytes of the file."""
        with self.open() as file:
            return file.read()


def inside(source: str, spec: Reader, folder: Path) -> Path:
    """Where `file` leads within the engagement's raw folder. Raises `UserError` where it leads out of it, or nowhere."""
    path = Path(os.path.normpath(folder / spec.file))
    if folder not in path.parents:
        what = "leads out of the study's folder" if spec.file.strip() and path != folder else "names no file"
        do = f"Put the file into data/raw/{folder.name}/ and write its name, or its path from there."
        where = f"engagements.{folder.name}.sources.{source}.file"
        raise UserError(Problem(what, "params.yaml", do, repr(spec.file), column=where))
    if path.name.startswith(OPEN):
        do = f"Name the workbook itself, {path.name.removeprefix(OPEN)}, and close it in Excel."
        where = f"engagements.{folder.name}.sources.{source}.file"
        raise UserError(
            Problem("is only the mark of a workbook that is open in Excel", "params.yaml", do, spec.file, column=where)
        )
    return path


def located(source: str, spec: Reader, folder: Path) -> Given:
    """A file or folder in the engagement's raw folder. Raises `UserError` where it is not there, or would be elsewhere."""
    path = inside(source, spec, folder)
    name = f"data/raw/{folder.name}/{spec.file}"
    if not path.exists():
        there = sorted(file.name for file in folder.glob(f"*{path.suffix}")) if folder.is_dir() else []
        remedy = nearest(spec.file, there) if there else f"Put it into data/raw/{folder.name}/."
        raise UserError(Problem("is missing", name, f"{remedy} params.yaml names it under sources.{source}.file."))
    return Given(name, path)


def expect(source: str, spec: Reader, reader: ModuleType, where: str) -> None:
    """That a reader serves this source, and that all said of the file means something to it. Raises `UserError`."""
    if source not in reader.SOURCES:
        do = f"It reads {', '.join(reader.SOURCES)}."
        raise UserError(Problem("is not read by this reader", "params.yaml", do, found=spec.reader, column=where))
    silent = Reader(reader=spec.reader, file=spec.file)
    told = [name for name in SETTINGS if getattr(spec, name) != getattr(silent, name)]
    problems = [
        Problem("means nothing to this reader", "params.yaml", _means(reader), column=f"{where}.{name}")
        for name in told
        if name not in reader.TAKES
    ]
    if "options" in reader.TAKES:
        what, column = "is not an option of this reader", f"{where}.options"
        problems += [
            Problem(what, "params.yaml", nearest(name, reader.OPTIONS), name, column=column)
            for name in spec.options
            if name not in reader.OPTIONS
        ]
    if problems:
        raise UserError(problems)


def _means(reader: ModuleType) -> str:
    takes: Iterable[str] = reader.TAKES
    return f"Take it out; it takes {', '.join(takes)}." if takes else "Take it out: the format says what its columns are."
