"""A study as an analyst shares it by dvc: recorded, pushed to a store, pulled by a colleague; and words to look for."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import synthetic
import yaml

from benchmarks import studies

STUDY = "synthetic"
AUTHOR = ("-c", "user.name=A", "-c", "user.email=a@example.org")


@dataclass(frozen=True)
class Shared:
    """An analyst's folder `mine` and a colleague's `theirs`, who has neither raw files nor a key."""

    mine: Path
    theirs: Path
    pulled: str


def dvc(root: Path, *words: str) -> str:
    """What dvc prints in a folder. Raises AssertionError with its account where it fails."""
    settings = {"cwd": root, "env": studies.environment(), "capture_output": True, "text": True}
    done = subprocess.run([sys.executable, "-m", "dvc", *words], check=False, **settings)
    assert done.returncode == 0, done.stderr
    return done.stdout


def git(root: Path, *words: str) -> None:
    """git, quietly, in a folder. Raises CalledProcessError."""
    subprocess.run(["git", *AUTHOR, *words], cwd=root, check=True, **studies.QUIET)


def shared(made: Path, folder: Path, *remotes: tuple[str, ...]) -> Shared:
    """What the chapters `made` of a study, recorded by the project's own dvc.yaml, pushed, cloned and pulled.

    `remotes`: words for `dvc remote` that name the store. What no chapter writes, pages among it, are stubs.
    """
    mine, theirs = folder / "mine", folder / "theirs"
    shutil.copytree(made, mine)
    for name in ("dvc.yaml", ".gitignore", ".dvcignore", ".dvc/config", ".dvc/plots", ".dvc/.gitignore"):
        source, target = synthetic.HOME / name, mine / name
        target.parent.mkdir(exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, target)
    secrets(mine)
    stubs(mine)
    git(mine, "init", "-q")
    for words in remotes:
        dvc(mine, "remote", *words)
    dvc(mine, "commit", "-f", "-q")
    git(mine, "add", "-A")
    git(mine, "commit", "-q", "-m", "A study")
    dvc(mine, "push")
    git(folder, "clone", "-q", str(mine), str(theirs))
    if (mine / ".dvc/config.local").is_file():
        shutil.copy2(mine / ".dvc/config.local", theirs / ".dvc/config.local")
    return Shared(mine, theirs, dvc(theirs, "pull"))


def secrets(root: Path) -> None:
    """A list for review, which names people, and a key that somebody left in the folder."""
    review = root / "data" / "review" / STUDY
    review.mkdir(parents=True, exist_ok=True)
    (review / "identities.csv").write_text(f"word,person\nBo Lindh,{synthetic.person(1)}\n", encoding="utf-8")
    (root / f"{STUDY}.key").write_text("a key of 32 characters or even more", encoding="utf-8")


def stubs(root: Path) -> None:
    """A file wherever dvc.yaml names one that the chapters alone do not write."""
    for stage in yaml.safe_load((root / "dvc.yaml").read_text(encoding="utf-8"))["stages"].values():
        does = stage.get("do", stage)
        for name in [*does["deps"], *does["outs"]]:
            path = root / (name if isinstance(name, str) else next(iter(name))).replace("${key}", STUDY)
            if path.exists() or "${" in str(path):
                continue
            path = path if path.suffix else path / "index.html"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"stub of {name}\n", encoding="utf-8")


def words_in(content: bytes) -> str:
    """All text of a file, of whatever kind: a table's cells, else its characters."""
    if content[:4] == b"PAR1":
        return pd.read_parquet(io.BytesIO(content)).to_csv()
    return content.decode("utf-8", errors="replace")


def raw_words() -> Iterator[str]:
    """What stands in raw files and lists for review, and nowhere else."""
    yield from ("Bo Lindh", "a key of 32 characters")
    yield from (synthetic.person(number) for number in range(len(synthetic.units())))
