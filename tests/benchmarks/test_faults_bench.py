"""The benchmark of faults strikes what still works, puts back what it spoilt, and knows a wrong file and a foreign word."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from types import SimpleNamespace

import pytest

from benchmarks import fault_kinds, faults
from benchmarks.fault_grounds import Ground
from benchmarks.studies import HOME

PART = "data/clean/small/people.parquet"


@pytest.fixture
def ground(tmp_path):
    """A study with one table and our stages, in a folder of its own."""
    (tmp_path / "root" / PART).parent.mkdir(parents=True)
    (tmp_path / "root" / PART).write_bytes(b"PAR1 a table PAR1")
    shutil.copy(HOME / "dvc.yaml", tmp_path / "root")
    return Ground(tmp_path / "root", "small", "parquet", {PART: b"PAR1 a table PAR1"})


def program(words: str) -> subprocess.Popen:
    """Python, at these words."""
    return subprocess.Popen([sys.executable, "-c", words])


def test_process_at_work_is_killed():
    """Once it has done some work, as a signal says."""
    run = program("while True: pass  # at work")
    assert fault_kinds._at_work("at work", False, run, 0.1)
    assert fault_kinds.ended(run) == faults.KILLED


def test_run_that_hangs_is_ended(monkeypatch):
    """And counts as a fault that was not told, however long it would have gone on."""
    monkeypatch.setattr(fault_kinds, "LONGEST", 0.5)
    run = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
    assert fault_kinds.ended(run) == fault_kinds.HUNG
    assert run.returncode


def test_fault_that_came_too_late_is_made_again_and_sooner():
    """A run that had ended was not struck."""
    asked = []

    def strike(run: subprocess.Popen, after: float) -> bool:
        asked.append(after)
        run.wait()
        return len(asked) == 3

    assert fault_kinds.until_struck(lambda: program("raise SystemExit(4)"), strike, random.Random(1), 5.0) == 4
    assert 5 >= asked[0] >= asked[1] >= asked[2]


@pytest.mark.parametrize("spoil", [fault_kinds.cut, fault_kinds.flipped])
def test_spoilt_file_is_another_while_the_stage_runs_and_put_back(spoil, ground, monkeypatch):
    """Its date is as it was all the time."""
    path, seen = ground.root / PART, []
    before = path.stat().st_mtime_ns

    def begin(_, stage):
        seen.append((path.read_bytes(), path.stat().st_mtime_ns))
        return program("")

    monkeypatch.setattr(Ground, "begin", begin)
    monkeypatch.setattr(fault_kinds, "read_by", lambda *_: [path])
    assert spoil(ground, "ties", random.Random(2)) == 0
    assert seen[0][0] != ground.expected[PART]
    assert seen[0][1] == path.stat().st_mtime_ns == before
    assert faults._differing(ground) == ()


def test_files_that_a_stage_reads_are_those_of_the_pipeline(ground):
    """The tables that dvc.yaml names, the log's files among them; for the first stage the client's parts."""
    read = [path.relative_to(ground.root).as_posix() for path in fault_kinds.read_by(ground, "ties")]
    assert PART in read
    assert not any("raw" in path or "ties" in path for path in read)
    assert fault_kinds.read_by(ground, "clean") == []


def test_file_that_differs_is_wrong_and_one_that_lacks_is_not_yet(ground):
    """A failed run may leave nothing; it may not leave something else."""
    (ground.root / PART).write_bytes(b"PAR1 a tablf PAR1")
    assert faults._differing(ground) == (PART,)
    (ground.root / PART).unlink()
    assert faults._differing(ground) == ()


def test_words_of_ours_are_told_from_a_traceback():
    """A message for people, and no inside of a program."""
    assert faults._is_ours("Stopped in notebooks/2_ties.ipynb, under 'Save'.\ndata/clean: is broken.")
    assert not faults._is_ours("Stopped in notebooks/2_ties.ipynb, under 'Save'.\nKeyError: 'x'   (full traceback: …)")
    assert not faults._is_ours("Traceback (most recent call last):")
    assert not faults._is_ours("")


def test_hundred_faults_are_planned_of_kinds_that_there_are():
    """Every kind has its way, and the engines' own have theirs."""
    assert sum(sum(kinds.values()) for kinds in faults.PLAN.values()) == 100
    engines = {kind for name in ("postgres", "spark") for kind in faults.PLAN[name]} - {*faults.KINDS}
    assert engines == {"server's process killed", "server killed", "worker's process killed"}


def test_figures_count_each_sort_of_failure():
    """One wrong file, one foreign word, one report that looked current, one process left: each is one fault."""
    fine = faults.Found("none", "disk full", "ties", 1, (), "", False, 0)
    bad = [SimpleNamespace(**(vars(fine) | {name: value})) for name, value in
           (("wrong", ("x",)), ("untold", "x"), ("looked_current", True), ("left", 2))]  # fmt: skip
    found = faults._figures([fine, *bad], 60)
    assert [one.measured for one in found[:5]] == [5, 1, 1, 1, 1]
    assert found[6].name == "disk full; log: none; 0 completed"
