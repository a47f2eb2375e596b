"""A published folder on disk: known by its manifest, and put in its place whole or not at all.

The new folder is written beside the old one, which then gives way. A folder that holds anything else is left alone.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from kithwork.errors import Problem, UserError
from kithwork.publishing import manifest
from kithwork.publishing.manifest import Manifest
from kithwork.publishing.refusal import Refused

Seen = TypeVar("Seen")


def former(folder: Path) -> Manifest | None:
    """What was published there before; None where nothing lies there.

    Raises `Refused` where something else lies there, or a file is not as it was published, and `UserError` where nothing
    can lie.
    """
    try:
        _bring_back(folder)
    except OSError as error:
        raise _unwritable(folder, error) from None
    if not os.path.lexists(folder):
        return None
    if not folder.is_dir():
        raise Refused(Problem("is no folder", str(folder), "Name a new or empty folder."))
    if not (first := os.listdir(folder)):
        return None
    found = manifest.read(folder)
    if found is None:
        what = "holds files that kithwork did not publish"
        raise Refused(Problem(what, str(folder), "Name a new or empty folder.", _some(first)))
    there = {manifest.listed_as(name): path for name, path in _files(folder).items()}
    if strange := {*there} - {*found.files, manifest.NAME, manifest.SUMS}:
        what = "holds files besides those that were published"
        raise Refused(Problem(what, str(folder), "Take them out, or name a new folder.", _some(strange)))
    altered = [
        name
        for name, said in found.files.items()
        if name not in there or there[name].is_symlink() or manifest.described(there[name].read_bytes()) != said
    ]
    if altered:
        what = "holds files that were changed or removed since they were published"
        raise Refused(Problem(what, str(folder), "Remove the folder and publish its studies anew.", _some(altered)))
    return found


def kept(folder: Path, found: Manifest | None, engagement: str) -> dict[str, bytes]:
    """The files there of all other engagements."""
    others = () if found is None else tuple(f"{name}/" for name in found.engagements if name != engagement)
    return {name: path.read_bytes() for name, path in _files(folder).items() if name.startswith(others)}


def put(folder: Path, files: Mapping[str, bytes], look: Callable[[Path], Seen], *, private: bool = False) -> Seen:
    """Write these files as the whole of the folder, which its owner alone can open where it is `private`.

    `look` is called with the finished folder before it takes its place: what it raises leaves all as it was. Returns what
    it returns. Raises `UserError` where the folder cannot be written.
    """
    unfinished, old = _beside(folder, "unfinished"), _beside(folder, "old")
    try:
        shutil.rmtree(unfinished, ignore_errors=True)
        for name, content in files.items():
            path = unfinished / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        if private:
            unfinished.chmod(0o700)
        seen = look(unfinished)
        if folder.exists():
            os.replace(folder, old)
        os.replace(unfinished, folder)
    except OSError as error:
        raise _unwritable(folder, error) from None
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
        _bring_back(folder)
    shutil.rmtree(old, ignore_errors=True)
    return seen


def _unwritable(folder: Path, error: OSError) -> UserError:
    return UserError(Problem("cannot be written", str(folder), "Name a folder that you may write.", error.strerror or ""))


def _bring_back(folder: Path) -> None:
    """After a run that was cut off between the two renames, the old folder takes its place again."""
    old = _beside(folder, "old")
    if old.is_dir() and not os.path.lexists(folder):
        os.replace(old, folder)


def _beside(folder: Path, what: str) -> Path:
    return folder.with_name(f".{folder.name}.kithwork-{what}")


def _files(folder: Path) -> dict[str, Path]:
    found = (path for path in folder.rglob("*") if not path.is_dir() or path.is_symlink())
    return {path.relative_to(folder).as_posix(): path for path in found}


def _some(names: Iterable[str]) -> str:
    listed = sorted(names)
    return ", ".join(listed[:3]) + (f" and {len(listed) - 3:,} more" if len(listed) > 3 else "")
