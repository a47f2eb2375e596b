"""Mistakes around runs: two at a time, a broken lock, hidden folders left behind, tables not made or of another version."""

from __future__ import annotations

import pandas as pd
import pytest
from dvc.exceptions import DvcException, NotDvcRepoError
from dvc.lock import LockError
from dvc.rwlock import RWLockFileCorruptedError, RWLockFileFormatError
from dvc.stage.exceptions import StageCmdFailedError
from mistaken import tells
from synthetic import claim

from kithwork import params, store
from kithwork.errors import UserError
from kithwork.pages import rendering
from kithwork.release import release
from kithwork.tables import CLAIMS
from pipeline import dvc_faults

LOG = "build/dvc.log"
BUSY = (
    "'clean' is busy, it is being blocked by:\n  (PID 42): dvc repro\n\nIf there are no processes with such PIDs, you can …"
)


def loading(table: str) -> UserError:
    """What is said of a table on disk."""
    with pytest.raises(UserError) as caught:
        store.load(table, "synthetic")
    return caught.value


@pytest.mark.parametrize("said", ["Unable to acquire lock. Most likely another DVC process is running.", BUSY])
def test_another_run_is_told(said):
    """Nobody is sent to a page elsewhere."""
    assert tells("locked", dvc_faults.told(LockError(said), LOG))


def test_who_holds_the_lock_is_named():
    """Where dvc knows it."""
    assert dvc_faults.told(LockError(BUSY), LOG).found == "(PID 42): dvc repro"


@pytest.mark.parametrize("fault", [RWLockFileCorruptedError, RWLockFileFormatError])
def test_broken_lock_is_told(fault):
    """It may go."""
    assert tells("broken-lock", dvc_faults.told(fault(".dvc/tmp/rwlock"), LOG))


def test_missing_folder_of_dvc_is_told():
    """Hidden folders are left behind by some ways of copying."""
    assert tells("no-dvc-folder", dvc_faults.told(NotDvcRepoError("you are not inside of a DVC repository"), LOG))


def test_full_disk_under_dvc_is_told():
    """Its cache lies on the same disk."""
    error = DvcException("failed to transfer")
    error.__cause__ = OSError(28, "No space left on device", ".dvc/cache/files/md5/45/x.tmp")
    assert tells("disk-full", dvc_faults.told(error, LOG))


@pytest.mark.parametrize("status", ["-9", "137"])
def test_stage_that_was_killed_is_told(status):
    """By its signal, or by that of the shell it ran in; one that failed has told of it itself."""
    error = StageCmdFailedError("python -m pipeline run ties acme", status)
    assert dvc_faults.was_ended(error)
    assert tells("stage-killed", dvc_faults.told(error, LOG))
    assert not dvc_faults.was_ended(StageCmdFailedError("python -m pipeline run ties acme", 1))


def test_whatever_else_dvc_says_is_handed_on():
    """On one line, with where more of it stands."""
    told = dvc_faults.told(DvcException("'x' does\nnot exist"), LOG)
    assert (told.found, LOG in told.do) == ("'x' does not exist", True)


def test_project_without_git_is_run(project):
    """dvc is told that there is none, and only then."""
    assert dvc_faults.without_git() == {"core": {"no_scm": True}}
    (project / ".git").mkdir()
    assert dvc_faults.without_git() is None


def test_table_that_is_not_there_is_told(project):
    """To people, and to code that goes on without it."""
    found = loading("ties")
    assert tells("not-made-yet", found)
    assert isinstance(found, FileNotFoundError)


def test_table_of_another_version_is_told(project):
    """With the columns that differ."""
    store.save("opt_outs", pd.DataFrame([{"person_id": "a", "scope": "all"}]), "synthetic")
    path = params.ROOT / "data" / "clean" / "synthetic" / "opt_outs.parquet"
    pd.read_parquet(path).drop(columns="scope").to_parquet(path)
    assert tells("other-version", loading("opt_outs"))


@pytest.mark.parametrize("text", ["", "PAR1 and then nothing"])
def test_broken_table_is_told(text, project):
    """Cut off, or overwritten."""
    rendering.write(params.ROOT / "data" / "clean" / "synthetic" / "people.parquet", text)
    assert tells("broken-table", loading("people"))


def test_study_of_too_few_is_told():
    """Figures of three people are not shown."""
    with pytest.raises(UserError) as caught:
        release(CLAIMS.checked(pd.DataFrame([claim("ties.connected", n=3, people=3)])), 5)
    assert tells("too-few-people", caught.value)
