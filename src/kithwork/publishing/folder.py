"""A published folder on disk: known by its manifest, and put in its place whole or not at all.

The new folder is written beside the old one, which then gives way. A folder that holds anything else is left alone.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from kithwork.errors import Problem
from kithwork.publishing import manifest
from kithwork.publishing.manifest import Manifest
from kithwork.publishing.refusal import Refused


def former(folder: Path) -> Manifest | None:
    """What was published there before; None where nothing lies there.

    Raises `Refused` where something else lies there, or a file is not as it was published.
    """
    _bring_back(folder)
    if not os.path.lexists(folder):
        return None
    if not folder.is_dir():
        raise Refused(Problem("is no folder", str(folder), "Name a new or empty folder."))
    there = {
        path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if not path.is_dir() or path.is_symlink()
    }
    if not there:
        return None
    found = manifest.read(folder)
    if found is None:
        what = "holds files that kithwork did not publish"
        raise Refused(Problem(what, str(folder), "Name a new or empty folder.", _some(there)))
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
    names = (
        [] if found is None else [name for other in found.engagements if other != engagement for name in _of(found, other)]
    )
    return {name: (folder / name).read_bytes() for name in names}


def put(folder: Path, files: Mapping[str, bytes], look: Callable[[Path], None]) -> None:
    """Write these files as the whole of the folder. `look` is called with the finished folder before it takes its place;
    what it raises leaves all as it was."""
    unfinished, old = _beside(folder, "unfinished"), _beside(folder, "old")
    try:
        shutil.rmtree(unfinished, ignore_errors=True)
        for name, content in files.items():
            path = unfinished / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        look(unfinished)
        if folder.exists():
            os.replace(folder, old)
        os.replace(unfinished, folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
        _bring_back(folder)
    shutil.rmtree(old, ignore_errors=True)


def _bring_back(folder: Path) -> None:
    """After a run that was cut off between the two renames, the old folder takes its place again."""
    old = _beside(folder, "old")
    if old.is_dir() and not os.path.lexists(folder):
        os.replace(old, folder)


def _beside(folder: Path, what: str) -> Path:
    return folder.with_name(f".{folder.name}.kithwork-{what}")


def _of(found: Manifest, engagement: str) -> list[str]:
    return [name for name in found.files if name.startswith(f"{engagement}/")]


def _some(names: Iterable[str]) -> str:
    listed = sorted(names)
    return ", ".join(listed[:3]) + (f" and {len(listed) - 3:,} more" if len(listed) > 3 else "")
