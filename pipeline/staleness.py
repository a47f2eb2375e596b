"""Which stages of a study are to be run, and why, in words; nothing is run or written.

dvc says which files are not as `dvc.lock` has them. What it cannot say is worked out here: what the first stage would
write of settings and code now, beside what each stage last read of it; which raw files changed; and which stages follow.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kithwork import params
from kithwork.tables import STAGES
from pipeline import seen, wording

if TYPE_CHECKING:
    from dvc.repo import Repo
    from dvc.stage import PipelineStage

CHAIN = ("simulate", *STAGES, "publish")
"""The stages that a study may have, in order."""
CURRENT, STALE, AFTER, NEVER = "current", "to be run", "perhaps to be run", "never run"
"""States of a stage; AFTER: where what another gives comes out as before, dvc leaves it as it is."""


def of(repo: Repo, study: str, made: Mapping[Path, str]) -> list[dict[str, Any]]:
    """Each stage of a study in order: `stage`, `state` and `why`, a list of reasons. `made`: what preparing would write."""
    stages = {stage.name: stage for stage in repo.index.stages}
    told, writes = [], {}
    for name in CHAIN:
        stage = stages.get(f"{name}@{study}")
        if stage is None:
            continue
        read = {dep.def_path: dep.hash_info.value for dep in stage.deps}
        awaited = {path: one for path in read for one, outs in writes.items() if _within(path, outs)}
        if not any(read.values()):
            state, why = NEVER, []
        else:
            why = _reasons(stage, study, read, made, awaited)
            state = STALE if why else AFTER if awaited else CURRENT
            why = why or _following([one for one in CHAIN if one in awaited.values()])
        told.append({"stage": name, "state": state, "why": why})
        if state != CURRENT:
            writes[name] = [out.def_path for out in stage.outs]
    return told


def _reasons(
    stage: PipelineStage, study: str, read: Mapping[str, str | None], made: Mapping[Path, str], awaited: Mapping[str, str]
) -> list[str]:
    """Why a stage is to be run, whatever becomes of those before it; `awaited`: what it reads of stages to be run."""
    prepared = {path.relative_to(params.ROOT).as_posix(): text for path, text in made.items()}
    found = []
    for path in sorted({*read} & {*prepared}):
        if hashlib.md5(prepared[path].encode("utf-8")).hexdigest() != read[path]:
            found += _of_prepared(stage, study, path, read[path], prepared[path])
    if stage.changed_stage():
        found.append("its command in dvc.yaml changed")
    for dep in stage.deps:
        if dep.def_path not in prepared and dep.def_path not in awaited:
            found += [words for how in dep.status().values() for words in _of_file(study, dep.def_path, how, read)]
    if not found and not awaited:
        told = [(out.def_path, how) for out in stage.outs for how in out.status().values()]
        found = [f"{path} {'is not there' if how == 'deleted' else 'is not as it was written'}" for path, how in told]
    return found


def _of_prepared(stage: PipelineStage, study: str, path: str, digest: str | None, now: str) -> list[str]:
    if path.endswith(".ipynb"):
        return [f"notebook {Path(path).name} changed"]
    was = earlier(stage.repo, path, digest)
    return wording.of_inputs(was, json.loads(now), study) if was else ["settings or code changed"]


def earlier(repo: Repo, path: str, digest: str | None) -> dict[str, Any] | None:
    """What a file of `build/inputs/` held when it had this digest; None where neither it nor the cache holds that."""
    for place in (params.ROOT / path, Path(repo.cache.local.oid_to_path(digest)) if digest else None):
        if place is not None and place.is_file():
            content = place.read_bytes()
            if hashlib.md5(content).hexdigest() == digest:
                return json.loads(content)
    return None


def _of_file(study: str, path: str, how: str, read: Mapping[str, str | None]) -> list[str]:
    if path == f"data/raw/{study}" and how == "modified" and (digest := read[path]):
        return seen.since(study, digest)
    return [f"{path} {'is not there' if how == 'deleted' else 'changed'}"]


def _within(path: str, outs: Iterable[str]) -> bool:
    return any(path == out or path.startswith(f"{out}/") for out in outs)


def _following(names: list[str]) -> list[str]:
    if not names:
        return []
    if len(names) > wording.NAMED:
        names = [*names[: wording.NAMED], f"{len(names) - wording.NAMED} more"]
    told = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return [f"because {told} {'is' if len(names) == 1 else 'are'} to be run"]
