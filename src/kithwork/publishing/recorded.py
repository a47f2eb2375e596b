"""Whether the raw files are those of the last run: what a client changed since, an opt-out above all, is not on the pages.

dvc writes into `dvc.lock` what the first chapter read: of a folder the MD5 of the JSON list of its files' names and MD5s
(DVC, `dvc_data.hashfile.tree`). The same is reckoned of the folder as it is now; nothing is asked of dvc itself.
"""

from __future__ import annotations

import hashlib
import json
from fnmatch import fnmatch
from pathlib import Path

import yaml

from kithwork import params, store


def changed(engagement: str) -> bool:
    """Whether the raw folder differs from what the last run read; no where no run was recorded."""
    at_the_run = _recorded(engagement)
    return at_the_run is not None and at_the_run != _digest(store.raw(engagement))


def _recorded(engagement: str) -> str | None:
    try:
        lock = yaml.load(
            (params.ROOT / "dvc.lock").read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        )
        read = lock["stages"][f"clean@{engagement}"]["deps"]
        return next((one["md5"] for one in read if one["path"] == f"data/raw/{engagement}"), None)
    except (OSError, yaml.YAMLError, KeyError, TypeError):
        return None


def _digest(folder: Path) -> str:
    passed_over = _passed_over()
    files = []
    for path in folder.rglob("*"):
        inside = path.relative_to(folder)
        if path.is_file() and not any(fnmatch(part, pattern) for part in inside.parts for pattern in passed_over):
            with path.open("rb") as file:
                files.append({"md5": hashlib.file_digest(file, "md5").hexdigest(), "relpath": inside.as_posix()})
    listed = json.dumps(sorted(files, key=lambda one: one["relpath"]), sort_keys=True)
    return f"{hashlib.md5(listed.encode('utf-8')).hexdigest()}.dir"


def _passed_over() -> list[str]:
    """The names that `.dvcignore` lists."""
    try:
        lines = (params.ROOT / ".dvcignore").read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
    return [line.strip().strip("/") for line in lines if line.strip() and not line.startswith(("#", "!"))]
