"""What a study's figures were made from, each source by a digest: whoever holds the same files can see that they are."""

from __future__ import annotations

import hashlib
from pathlib import Path

from kithwork import store
from kithwork.params import Reader, Settings
from kithwork.readers.parts import address
from kithwork.readers.warehouse import PATTERN

SHORT = 12
"""Hexadecimal digits of a SHA-256 that are printed."""

ELSEWHERE = "read in place"
"""What stands for a digest where there is no file: a server's tables may change after they were read."""


def origins(settings: Settings) -> dict[str, str]:
    """What was read, by name, with its digest.

    A folder or pattern has one digest, over the names and digests of its files: what they are called may be nobody's
    business. So are files that merely lie in the raw folder, which are not named either.
    """
    sources = [spec for files in settings.engagement.sources.values() for spec in files]
    found = [_origin(spec, store.raw(settings.name)) for spec in sources if not spec.sha256]
    packaged = {f"{spec.package}/{spec.file}": spec.sha256[:SHORT] for spec in sources if spec.sha256}
    return dict(sorted(found)) | packaged


def short(content: bytes) -> str:
    """The first digits of the SHA-256 of these bytes."""
    return hashlib.sha256(content).hexdigest()[:SHORT]


def _origin(spec: Reader, folder: Path) -> tuple[str, str]:
    if address.is_one(spec.file):
        return address.shown(spec.file), ELSEWHERE
    name, path = f"data/raw/{folder.name}/{spec.file}", folder / spec.file
    if path.is_dir():
        inside = path.rglob("*")
    elif PATTERN.search(spec.file):
        inside = folder.glob(spec.file)
    else:
        return name, _digest(path)[:SHORT]
    files = sorted(one for one in inside if one.is_file() and not one.is_symlink())
    lines = [f"{one.relative_to(folder).as_posix()} {_digest(one)}\n" for one in files]
    return name, short("".join(lines).encode("utf-8", "surrogateescape"))


def _digest(path: Path) -> str:
    """The SHA-256 of a file, read part by part."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
