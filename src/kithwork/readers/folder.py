"""The files of an export that is a folder or a zip file, each to be read on its own; nothing is unpacked onto disk."""

from __future__ import annotations

import io
import lzma
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from kithwork.errors import Problem, UserError
from kithwork.readers.given import Given

LARGEST = 4 * 2**30
"""Bytes that an export may unpack to; a few kilobytes of zip can claim any size."""

BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
"""What reading a zip file raises that is damaged, encrypted or packed in an unknown way."""


@dataclass(frozen=True)
class Packed(Given):
    """One file in a zip file."""

    archive: zipfile.ZipFile | None = None
    member: zipfile.ZipInfo | None = None

    def open(self) -> BinaryIO:
        """The file, to be read from its start; the caller closes it."""
        return io.BufferedReader(_Unpacked(self), 2**16)


class _Unpacked(io.RawIOBase):
    """A file in a zip file as it is unpacked; what is broken about it is an error for people."""

    def __init__(self, packed: Packed) -> None:
        self._packed, self._file = packed, None

    def readable(self) -> bool:
        return True

    def readinto(self, into: memoryview) -> int:
        try:
            self._file = self._file or self._packed.archive.open(self._packed.member)
            found = self._file.read(len(into))
        except BROKEN as error:
            do = "Export it again, and do not unpack it."
            raise UserError(Problem("cannot be unpacked", self._packed.name, do, str(error)[:60])) from None
        into[: len(found)] = found
        return len(found)


@contextmanager
def files(given: Given, do: str) -> Iterator[dict[str, Given]]:
    """The files by their path within a folder or zip file, in order; or the one file it is. Raises `UserError`."""
    if given.path is not None and given.path.is_dir():
        paths = sorted(path for path in given.path.rglob("*") if path.is_file() and not path.is_symlink())
        inner = {path.relative_to(given.path).as_posix(): path for path in paths}
        yield {name: Given(f"{given.name}/{name}", path) for name, path in inner.items()}
        return
    with given.open() as file:
        if file.read(4) != b"PK\x03\x04":
            yield {given.name: given}
            return
        file.seek(0)
        try:
            archive = zipfile.ZipFile(file)
        except BROKEN as error:
            raise UserError(Problem("is not a zip file", given.name, do, str(error)[:60])) from None
        members = sorted((one for one in archive.infolist() if not one.is_dir()), key=lambda one: one.filename)
        if sum(one.file_size for one in members) > LARGEST:
            do = f"An export may hold {LARGEST / 2**30:g} GiB; export fewer sessions at a time."
            raise UserError(Problem("is too large unpacked", given.name, do))
        plain = [one for one in members if not stat.S_ISLNK(one.external_attr >> 16)]
        names = {one: one.filename.encode("utf-8", "replace").decode() for one in plain}
        yield {name: Packed(f"{given.name}/{name}", archive=archive, member=one) for one, name in names.items()}
