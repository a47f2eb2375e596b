"""A study's figures as they were at a git revision or in a dvc experiment, out of dvc's cache; nothing is run.

What is handed on: the claims of each chapter, as files in a folder, and what of settings, code and data was otherwise than
under the figures that lie in the project now.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from kithwork import params
from kithwork.errors import Problem, UserError
from kithwork.tables import CLAIMING, STAGES
from pipeline import staleness, studies, wording

if TYPE_CHECKING:
    from dvc.repo import Repo
    from dvc.stage import PipelineStage


def recall(study: str, revision: str, folder: Path) -> dict[str, Any]:
    """Write `<chapter>.parquet` of a study's claims at a revision into a folder. Raises `UserError` for a revision that is
    none, a study that it does not have, and results that are not in the cache.
    """
    studies.chosen(params.read(), [study])
    from dvc.repo import Repo

    with Repo(str(params.ROOT)) as repo:
        commit = _commit(repo, revision)
        with Repo(str(params.ROOT), rev=commit) as old:
            was, now = _stages(old, study), _stages(repo, study)
            if not was:
                do = "Name a later revision; `git log -- params.yaml` lists those at which studies were added."
                raise UserError(Problem("has no results of this study", revision, do, found=study))
            _fetch(old, study, revision, folder)
            inputs = [(_inputs(old, was, name, study), _inputs(repo, now, name, study)) for name in STAGES]
    known = [pair for pair in inputs if None not in pair]
    settings = [
        line for before, after in known for line in wording.settings_apart(before["settings"], after["settings"], study)
    ]
    before, after = ({name: digest for pair in known for name, digest in pair[side]["code"].items()} for side in (0, 1))
    return {
        "revision": commit[:7],
        "settings": list(dict.fromkeys(settings)),
        "code": wording.of_code(before, after),
        "notebooks": [Path(path).name for path in _apart(was, now, "build/notebooks/")],
        "same_data": not _apart(was, now, "data/raw/"),
        "smallest_group": known[-1][0]["settings"]["report"]["smallest_group"] if known else 0,
    }


def _commit(repo: Repo, revision: str) -> str:
    from dvc.exceptions import DvcException
    from dvc.scm import resolve_rev

    try:
        return resolve_rev(repo.scm, revision)
    except (DvcException, AttributeError):  # AttributeError: a folder without git
        do = "`git log --oneline` lists revisions, `dvc exp show` experiments."
        raise UserError(Problem("is no revision and no experiment", "--to", do, found=revision)) from None


def _stages(repo: Repo, study: str) -> dict[str, PipelineStage]:
    """The stages of a study that were recorded as run."""
    named = {stage.name.partition("@")[0]: stage for stage in repo.index.stages if stage.name.endswith(f"@{study}")}
    return {name: stage for name, stage in named.items() if any(out.hash_info.value for out in stage.outs)}


def _fetch(old: Repo, study: str, revision: str, folder: Path) -> None:
    from dvc.exceptions import DvcException
    from dvc.repo.data import DataIndexDirError

    absent = []
    for name in CLAIMING:
        path = f"data/{name}/{study}/claims.parquet"
        try:
            (folder / f"{name}.parquet").write_bytes(old.dvcfs.cat_file(f"/{path}"))
        except (OSError, DvcException, DataIndexDirError):
            absent.append(path)
    if absent:
        do = (
            f"`dvc fetch --all-commits` brings them where a remote has them; else run it in a folder of its own: "
            f"git worktree add ../{study}-then {revision}"
        )
        what = f"was run, but its results are not in dvc's cache ({len(absent)} of {len(CLAIMING)} chapters)"
        raise UserError(Problem(what, revision, do, found=absent[0]))


def _inputs(repo: Repo, stages: dict[str, PipelineStage], name: str, study: str) -> dict[str, Any] | None:
    path = f"build/inputs/{study}/{name}.json"
    digests = {dep.def_path: dep.hash_info.value for dep in stages[name].deps} if name in stages else {}
    return staleness.earlier(repo, path, digests.get(path))


def _apart(was: dict[str, PipelineStage], now: dict[str, PipelineStage], folder: str) -> list[str]:
    """The files or folders below one that stages read in both, and that are not the same."""
    read = [
        {
            dep.def_path: dep.hash_info.value
            for stage in side.values()
            for dep in stage.deps
            if dep.def_path.startswith(folder)
        }
        for side in (was, now)
    ]
    return sorted(path for path in {*read[0]} & {*read[1]} if read[0][path] != read[1][path])
