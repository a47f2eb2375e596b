"""Opens what a client gave as a zip file, or as the folder it was unpacked to: the one safe way to its members.

A zip file is not to be trusted before it is looked at (zip format: PKWARE, "APPNOTE.TXT, .ZIP File Format
Specification"). Refused by name are members that would lie outside it, links and devices, names that stand twice, members
that lie over one another (one kilobyte may so claim petabytes), members that are encrypted or packed otherwise than by
deflating, and what unpacks to too much. Sizes are limits while a member is read too, since what a file says of itself may
be wrong. Only members that a reader wants count by their size: pictures and films may be of any.
"""

from __future__ import annotations

import io
import os
import re
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

from kithwork.errors import Problem, UserError
from kithwork.readers.parts.given import Given

MEMBER = 2 * 2**30
"""Bytes that one member may unpack to."""

TOTAL = 16 * 2**30
"""Bytes that the members read may unpack to together."""

RATIO, SMALL = 200, 2**20
"""How many times its packed size a member may unpack to, once that is more than `SMALL` bytes. Exports of text reach 5 to
30; deflating ends at 1,032 (zlib, "Technical Details"), which only bombs come near."""

MOST = 2_000_000
"""Members that an archive may have."""

BEGINNING = b"PK\x03\x04"
"""What a zip file begins with, unless it is empty."""

LOCAL_HEADER = 30
"""Bytes before a member's name and content, by the format."""

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    OverflowError,
    RuntimeError,  # an encrypted member, or one of an unknown method
    ValueError,
)
"""What reading a zip file raises that is damaged or packed in an unknown way."""

ORDINARY = (0, stat.S_IFREG, stat.S_IFDIR)
"""Kinds of file that a member may be; 0 where the system it was packed on knows none."""


@dataclass(frozen=True)
class Archive:
    """The members that are wanted, by name, and their sizes in bytes; `name` is what messages call the whole."""

    name: str
    do: str
    openers: dict[str, Callable[[], BinaryIO]]
    sizes: dict[str, int]

    def __contains__(self, member: str) -> bool:
        return member in self.openers

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self.openers))

    def place(self, member: str) -> str:
        """A member as messages call it."""
        return f"{self.name}/{_shown(member)}"

    def open(self, member: str) -> BinaryIO:
        """A member, unpacked while it is read. Raises `UserError`, at the latest with the bytes that are at fault."""
        try:
            raw = self.openers[member]()
        except BROKEN as error:
            raise UserError(Problem("cannot be unpacked", self.place(member), self.do, str(error)[:60])) from None
        return io.BufferedReader(_Limited(raw, self.place(member), self.do), 2**16)


def around(members: Archive, file: str) -> Archive:
    """The members beside this file, where it is not among the first but in one folder: the name of that is taken off."""
    tops = [member.removesuffix(file) for member in members if member.count("/") == 1 and member.endswith(f"/{file}")]
    if file in members or len(tops) != 1:
        return members
    [top] = tops
    openers = {member.removeprefix(top): opener for member, opener in members.openers.items() if member.startswith(top)}
    sizes = {member.removeprefix(top): members.sizes[member] for member in members if member.startswith(top)}
    return Archive(members.place(top.removesuffix("/")), members.do, openers, sizes)


@dataclass(frozen=True)
class Member(Given):
    """A file of an archive, to be read like any other."""

    archive: Archive | None = None
    member: str = ""

    def open(self) -> BinaryIO:
        """The file, to be read from its start; the caller closes it."""
        return self.archive.open(self.member)


class _Limited(io.RawIOBase):
    """A member's bytes, up to `MEMBER` of them."""

    def __init__(self, raw: BinaryIO, place: str, do: str) -> None:
        super().__init__()
        self.raw, self.place, self.do, self.left = raw, place, do, MEMBER

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self.raw.close()
        super().close()

    def readinto(self, buffer: memoryview) -> int:
        try:
            data = self.raw.read(len(buffer))
        except BROKEN as error:
            raise UserError(Problem("cannot be unpacked", self.place, self.do, str(error)[:60])) from None
        self.left -= len(data)
        if self.left < 0:
            raise UserError(Problem("is too large unpacked", self.place, _split(), f"more than {_size(MEMBER)}"))
        buffer[: len(data)] = data
        return len(data)


@contextmanager
def opened(given: Given, do: str, wanted: Callable[[str], bool] = bool) -> Iterator[Archive]:
    """The wanted members of a zip file or folder; `do` is the remedy where it is broken. Raises `UserError`."""
    if given.path and given.path.is_dir():
        yield _unpacked(given, do, wanted)
        return
    with given.open() as file:
        try:
            packed = zipfile.ZipFile(file)
        except BROKEN as error:
            raise UserError(Problem("is not a zip file", given.name, do, str(error)[:60])) from None
        with packed:
            kept = _checked(packed, given.name, do, wanted)
            openers = {info.filename: partial(packed.open, info) for info in kept}
            yield Archive(given.name, do, openers, {info.filename: info.file_size for info in kept})


@contextmanager
def files(given: Given, do: str) -> Iterator[dict[str, Given]]:
    """The files of a zip file or folder by their names, in order; or the one file that was given. Raises `UserError`."""
    if not (given.path and given.path.is_dir()):
        with given.open() as file:
            zipped = file.read(len(BEGINNING)) == BEGINNING
        if not zipped:
            yield {given.name: given}
            return
    with opened(given, do) as members:
        yield {name: Member(members.place(name), archive=members, member=name) for name in members}


def _unpacked(given: Given, do: str, wanted: Callable[[str], bool]) -> Archive:
    """The files below a folder. Raises `UserError` for links and for what is too large."""
    problems, openers, sizes = [], {}, {}
    for path, about in _walked(given.path):
        name = path.relative_to(given.path).as_posix()
        place = f"{given.name}/{_shown(name)}"
        if stat.S_IFMT(about.st_mode) not in ORDINARY:
            problems.append(Problem("is a link or no ordinary file", place, do))
        elif wanted(name):
            openers[name] = partial(path.open, "rb")
            sizes[name] = about.st_size
            if about.st_size > MEMBER:
                problems.append(Problem("is too large", place, _split(), _size(about.st_size)))
    _refuse([*problems, *_too_much(sum(sizes.values()), given.name)])
    return Archive(given.name, do, openers, sizes)


def _walked(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """What lies below a folder, links not followed."""
    for here, folders, files in os.walk(folder):
        for name in sorted([*files, *(one for one in folders if Path(here, one).is_symlink())]):
            yield Path(here, name), Path(here, name).lstat()


def _checked(packed: zipfile.ZipFile, name: str, do: str, wanted: Callable[[str], bool]) -> list[zipfile.ZipInfo]:
    """The wanted members of a zip file that is to be trusted. Raises `UserError`."""
    infos = packed.infolist()
    problems = [
        Problem("holds a file that would lie outside it, or is a link", name, do, _shown(info.filename))
        for info in infos
        if _astray(info.filename) or stat.S_IFMT(info.external_attr >> 16) not in ORDINARY
    ]
    problems += [
        Problem("holds a file twice", name, do, _shown(member))
        for member, count in Counter(info.filename for info in infos).items()
        if count > 1
    ]
    problems += [Problem("holds files that lie over one another", name, do, _shown(one)) for one in _over(packed, infos)]
    if len(infos) > MOST:
        problems.append(Problem("holds too many files", name, _split(), f"{len(infos):,}"))
    kept = [info for info in infos if not info.filename.endswith("/") and wanted(info.filename)]
    for info in kept:
        place = f"{name}/{_shown(info.filename)}"
        if info.flag_bits & 1:
            problems.append(Problem("is encrypted", place, "Pack it without a password."))
        elif info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            problems.append(Problem("is packed in a way not read here", place, "Pack it again as an ordinary zip file."))
        if info.file_size > MEMBER:
            problems.append(Problem("is too large unpacked", place, _split(), _size(info.file_size)))
        elif info.file_size > max(SMALL, RATIO * info.compress_size):
            found = f"{info.compress_size:,} bytes that become {info.file_size:,}"
            problems.append(Problem("unpacks to far more than any export", place, do, found))
    _refuse([*problems, *_too_much(sum(info.file_size for info in kept), name)])
    return kept


def _over(packed: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> list[str]:
    """Members whose bytes are another's too, or the directory's."""
    ordered = sorted(infos, key=lambda info: info.header_offset)
    ends = [info.header_offset + LOCAL_HEADER + len(info.filename.encode()) + info.compress_size for info in ordered]
    starts = [*(info.header_offset for info in ordered), packed.start_dir][1:]
    over = [info.filename for info, end, start in zip(ordered, ends, starts, strict=True) if end > start]
    same = [after.filename for before, after in pairwise(ordered) if before.header_offset == after.header_offset]
    return list(dict.fromkeys([*over, *same]))[:3]


def _astray(member: str) -> bool:
    return not member or member.startswith(("/", "\\")) or ":" in member or ".." in re.split(r"[/\\]", member)


def _too_much(total: int, name: str) -> list[Problem]:
    return [Problem("is too large unpacked", name, _split(), _size(total))] if total > TOTAL else []


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise UserError(problems)


def _split() -> str:
    return f"A file may have {_size(MEMBER)}, all together {_size(TOTAL)}; split the export by dates."


def _size(count: int) -> str:
    return f"{count / 2**30:,.1f} GiB"


def _shown(member: str) -> str:
    return member.encode("utf-8", "replace").decode("utf-8")[:80]
