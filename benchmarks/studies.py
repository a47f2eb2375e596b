"""Copies of the project to measure in: what is committed and what is not yet, less everything that a run made."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def copied(folder: Path) -> Path:
    """A copy of the project as git would hand it over, in a repository of its own: no environment, no cache, no results."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=HOME, capture_output=True, text=True, check=True).stdout.split("\0")
    for name in filter(None, names):
        if (HOME / name).is_file():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(HOME / name, target)
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    return folder


def environment() -> dict[str, str]:
    """The surroundings of a command that runs in a copy with this environment's Python."""
    here = str(Path(sys.executable).parent)
    return os.environ | {"PATH": f"{here}{os.pathsep}{os.environ['PATH']}", "PYTHONNOUSERSITE": "1"}


def dvc(root: Path, *words: str) -> float:
    """Run dvc in a copy; the seconds it took. Raises CalledProcessError."""
    started = time.monotonic()
    subprocess.run([sys.executable, "-m", "dvc", *words], cwd=root, env=environment(), check=True, **QUIET)
    return time.monotonic() - started


def forget(root: Path) -> None:
    """Put a copy back to before its first run: no results, no cache, no lock."""
    for name in ("build", "reports", ".dvc/cache", ".dvc/tmp"):
        shutil.rmtree(root / name, ignore_errors=True)
    for folder in (root / "data").iterdir():
        if folder.name not in ("raw", "reference"):
            shutil.rmtree(folder)
    (root / "dvc.lock").unlink(missing_ok=True)


def published(root: Path) -> dict[str, bytes]:
    """Every data file and page under `data/` and `reports/` of a copy, by path."""
    kinds = {".parquet", ".json", ".svg", ".html"}
    found = [path for top in ("data", "reports") for path in (root / top).rglob("*") if path.suffix in kinds]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(found)}
