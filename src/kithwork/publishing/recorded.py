"""Whether what the pages rest on is as the last run left it: raw files, an opt-out above all, settings, notebooks, code.

dvc writes into `dvc.lock` what each stage read and wrote: of a file its MD5, of a folder the MD5 of the JSON list of its
files' names and MD5s (DVC, `dvc_data.hashfile.tree`). The same is reckoned of what lies there now; dvc itself is not asked.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import yaml

from kithwork import params
from kithwork.tables import STAGES


def changed(engagement: str) -> list[str]:
    """The paths in the project that are not as the last run of this engagement read them, or as it wrote its pages; none
    where no run was recorded."""
    passed_over = _passed_over()
    said = set(_recorded(engagement))
    return sorted({path for path, digest in said if _digest(params.ROOT / path, passed_over) != digest})


def _recorded(engagement: str) -> Iterator[tuple[str, str]]:
    known = stages()
    for name in ("prepare", *(f"{stage}@{engagement}" for stage in STAGES), f"publish@{engagement}"):
        stage = known.get(name, {})
        for entry in [*stage.get("deps", []), *(stage.get("outs", []) if name.startswith("publish") else [])]:
            if entry.get("hash") == "md5":
                yield entry["path"], entry["md5"]


def stages() -> dict[str, Any]:
    """What `dvc.lock` records of each stage, by name; nothing where there is none, or it cannot be read."""
    try:
        text = (params.ROOT / "dvc.lock").read_text(encoding="utf-8")
        return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))["stages"]
    except (OSError, yaml.YAMLError, KeyError, TypeError):
        return {}


def _digest(path: Path, passed_over: list[str]) -> str:
    if not path.is_dir():
        return _of_a_file(path) if path.is_file() else ""
    return of_a_list(_listed(path, passed_over))


def listed(folder: Path) -> list[dict[str, str]]:
    """Names and MD5s of a folder's files, by name, as dvc lists them; none where there is no folder."""
    return _listed(folder, _passed_over())


def of_a_list(files: list[dict[str, str]]) -> str:
    """dvc's digest of a folder that holds these files."""
    return f"{hashlib.md5(json.dumps(files, sort_keys=True).encode('utf-8')).hexdigest()}.dir"


def _listed(folder: Path, passed_over: list[str]) -> list[dict[str, str]]:
    files = []
    for one in folder.rglob("*"):
        inside = one.relative_to(folder)
        if one.is_file() and not any(fnmatch(part, pattern) for part in inside.parts for pattern in passed_over):
            files.append({"md5": _of_a_file(one), "relpath": inside.as_posix()})
    return sorted(files, key=lambda one: one["relpath"])


def _of_a_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "md5").hexdigest()


def _passed_over() -> list[str]:
    """The names that `.dvcignore` lists."""
    try:
        lines = (params.ROOT / ".dvcignore").read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
    return [line.strip().strip("/") for line in lines if line.strip() and not line.startswith(("#", "!"))]
