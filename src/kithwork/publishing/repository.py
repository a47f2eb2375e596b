"""What git says of the project and of a folder in it: commit, uncommitted changes, whether it would take the folder up."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

NOT_IN_GIT = "not in git"


@dataclass(frozen=True)
class State:
    """`commit`: its full name, or NOT_IN_GIT; `clean`: whether what git keeps of the project is as in that commit."""

    commit: str
    clean: bool | None


def state(root: Path, apart_from: Path) -> State:
    """The state of the project, whatever lies in the folder that is published to."""
    found = asked(root, "rev-parse", "--verify", "HEAD")
    if not found:
        return State(NOT_IN_GIT, None)
    without = [f":(top,exclude){name}"] if (name := _within(root, apart_from)) else []
    changes = asked(root, "status", "--porcelain", "--untracked-files=no", "--", ":/", *without)
    return State(found, changes == "")


def top(folder: Path) -> Path | None:
    """The work tree that a folder, made or not, lies in: by its `.git`, so that it is known without git too."""
    return next((one for one in (folder, *folder.parents) if (one / ".git").exists()), None)


def takes_up(tree: Path, folder: Path) -> bool:
    """Whether git keeps a file of this folder, or would with the next `git add`; yes where that cannot be told."""
    name = folder.relative_to(tree).as_posix()
    if name == "." or asked(tree, "ls-files", "--", name) != "":
        return True
    return asked(tree, "check-ignore", "--", f"{name}/index.html") in (None, "")


def branch(tree: Path) -> str:
    """The branch that is checked out, or nothing."""
    return asked(tree, "symbolic-ref", "--short", "HEAD") or ""


def asked(folder: Path, *words: str) -> str | None:
    """What git answers, or None where there is no git or it cannot tell."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *words], capture_output=True, text=True, check=False, env=plain, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def _within(root: Path, folder: Path) -> str | None:
    tree = top(root)
    return folder.relative_to(tree).as_posix() if tree and folder.is_relative_to(tree) and folder != tree else None
