"""What a study's figures were made from, each source by a digest: whoever holds the same files can see that they are."""

from __future__ import annotations

import hashlib
from pathlib import Path

from kithwork import params, store
from kithwork.engagement import Reader
from kithwork.engines import address
from kithwork.params import Settings
from kithwork.readers.warehouse import PATTERN
from kithwork.report import brought
from kithwork.report import sentences as say

SHORT = 12
"""Hexadecimal digits of a SHA-256 that are printed."""

ELSEWHERE = "read in place"
"""What stands for a digest where there is no file: a server's tables may change after they were read."""


def origins(settings: Settings) -> dict[str, str]:
    """The digest of each file, by what published pages call it.

    A folder or pattern has one digest, over the names and digests of its files. Files that merely lie in the raw folder
    are not told of; nor is the list of those who opted out, which its digest would confirm to whoever guesses it.
    """
    folder = store.raw(settings.name)
    told = ((spec, words) for source, spec, words in brought.files(settings) if source != brought.UNCOUNTED)
    return {say.sentence(words): _origin(spec, folder) for spec, words in told}


def lock() -> str:
    """The digest of the list of packages, each of one version, that `make` installs."""
    path = params.ROOT / "requirements.lock"
    return _digest(path)[:SHORT] if path.is_file() else "no requirements.lock"


def short(content: bytes) -> str:
    """The first digits of the SHA-256 of these bytes."""
    return hashlib.sha256(content).hexdigest()[:SHORT]


def _origin(spec: Reader, folder: Path) -> str:
    if spec.sha256:
        return spec.sha256[:SHORT]
    if address.is_one(spec.file):
        return ELSEWHERE
    path = folder / spec.file
    if path.is_dir():
        inside = path.rglob("*")
    elif PATTERN.search(spec.file):
        inside = folder.glob(spec.file)
    else:
        return _digest(path)[:SHORT]
    files = sorted(one for one in inside if one.is_file() and not one.is_symlink())
    lines = [f"{one.relative_to(folder).as_posix()} {_digest(one)}\n" for one in files]
    return short("".join(lines).encode("utf-8", "surrogateescape"))


def _digest(path: Path) -> str:
    """The SHA-256 of a file, read part by part."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
