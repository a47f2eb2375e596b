"""Which version of the code measured something: a digest of what the benchmark is made of, the commit, and the day."""

from __future__ import annotations

import datetime
import hashlib
import re
import subprocess
from pathlib import Path

FOLDER = Path(__file__).parent
NAMED = re.compile(r"from benchmarks import ([\w ,()]+)|(?:from|import) benchmarks\.(\w+)")
PRINTING = {"figures", "machine", "published", "themes", "version", "page"}
"""Files that only print and keep figures: no figure changes with them."""


def digest(benchmark: str) -> str:
    """Of the benchmark's file and of those beside it that it uses, also in code that it hands to another process."""
    made = hashlib.sha256()
    for name in sorted(used(benchmark)):
        made.update(name.encode() + b"\0" + (FOLDER / f"{name}.py").read_bytes() + b"\0")
    return made.hexdigest()[:16]


def used(benchmark: str, found: frozenset[str] = frozenset()) -> frozenset[str]:
    """The files of this folder that a benchmark is made of, by name."""
    path = FOLDER / f"{benchmark}.py"
    if benchmark in found or benchmark in PRINTING or not path.is_file():
        return found
    found |= {benchmark}
    for several, one in NAMED.findall(path.read_text(encoding="utf-8")):
        for word in re.findall(r"\w+", several) or [one]:
            found = used(word, found)
    return found


def commit() -> str | None:
    """The commit that is checked out, with a plus where source files differ from it; None outside git."""
    try:
        name = _git("rev-parse", "--short=12", "HEAD").strip()
        return name + ("+" if _git("status", "--porcelain", "--untracked-files=no", "--", "src", "benchmarks/*.py") else "")
    except (OSError, subprocess.CalledProcessError):
        return None


def today() -> str:
    """The day, in UTC."""
    return datetime.datetime.now(datetime.UTC).date().isoformat()


def _git(*words: str) -> str:
    return subprocess.run(["git", *words], cwd=FOLDER.parent, capture_output=True, text=True, check=True).stdout
