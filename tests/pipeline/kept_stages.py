"""Stages as dvc hands them out, for the tests: what they read and write, by path, and what dvc says of each."""

from __future__ import annotations

from types import SimpleNamespace


def entry(path: str, digest: str | None, how: str = "") -> SimpleNamespace:
    """A dependency or an output with its recorded digest; `how` it is otherwise now."""
    return SimpleNamespace(
        def_path=path, hash_info=SimpleNamespace(value=digest), status=lambda: {path: how} if how else {}
    )


def stage(
    name: str, reads: list[SimpleNamespace], writes: list[SimpleNamespace], *, command: bool = False
) -> SimpleNamespace:
    """A stage of a study; `command`: its command is another than was run."""
    return SimpleNamespace(name=name, deps=reads, outs=writes, changed_stage=lambda: command, repo=None)


def repo(*stages: SimpleNamespace, cache: dict[str, str] | None = None) -> SimpleNamespace:
    """A repository with these stages; `cache`: places of what has a digest."""
    held = SimpleNamespace(local=SimpleNamespace(oid_to_path=lambda digest: (cache or {}).get(digest, "nowhere")))
    made = SimpleNamespace(index=SimpleNamespace(stages=list(stages)), cache=held)
    for one in stages:
        one.repo = made
    return made
