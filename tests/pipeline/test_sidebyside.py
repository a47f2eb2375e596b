"""Stages side by side: which wait for which, what a failure stops, and that nobody is left running."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import pytest

from kithwork.errors import UserError
from pipeline import sidebyside


def graph() -> dict[str, set[str]]:
    """What each stage rests on: two studies with a fork each, between the stages of all."""
    rests: dict[str, set[str]] = {"prepare": set(), "index": {"publish@a", "publish@b"}}
    for name in "ab":
        rests |= {f"clean@{name}": {"prepare"}, f"values@{name}": {f"clean@{name}"}, f"market@{name}": {f"clean@{name}"}}
        rests |= {f"publish@{name}": {f"values@{name}", f"market@{name}"}}
    return rests


def test_what_rests_on_stale_is_run_after_it():
    """Of one study, from the stage that is out of date on; the other's stages, and those of all studies, are left out."""
    assert sidebyside.waits(graph(), ["values@a"]) == {"values@a": set(), "publish@a": {"values@a"}}


def test_only_what_the_targets_need():
    """All of both studies is out of date, one study is asked for: its fork waits for what it rests on alone."""
    found = sidebyside.waits(graph(), ["prepare"], ["publish@b"])
    assert {name: sorted(rests) for name, rests in found.items()} == {
        "clean@b": [],
        "market@b": ["clean@b"],
        "publish@b": ["clean@b", "market@b", "values@b"],
        "values@b": ["clean@b"],
    }


def test_nothing_out_of_date_starts_nothing():
    """Nor does a stage that the graph does not know."""
    assert sidebyside.waits(graph(), []) == {}
    assert sidebyside._all({}, 2) == set()


class Running:
    """Stands for a stage under way, done at the second look."""

    under_way: list[str]

    def __init__(self, name: str, status: int, seen: list[list[str]]) -> None:
        self.name, self.returncode, self.looks, self.seen = name, status, 0, seen
        self.seen.append([*(self.seen[-1] if self.seen else []), name])

    def poll(self) -> int | None:
        """Nothing at first, then how it ended."""
        self.looks += 1
        if self.looks < 2:
            return None
        self.seen.append([name for name in self.seen[-1] if name != self.name])
        return self.returncode


@pytest.fixture
def begun(monkeypatch):
    """Runs stages that end with the statuses given, 0 unless said; what was under way, change by change."""
    monkeypatch.setattr(sidebyside, "LOOK_AGAIN", 0)

    def ready(**statuses: int) -> list[list[str]]:
        seen: list[list[str]] = []
        ending = {name.replace("_", "@"): status for name, status in statuses.items()}
        monkeypatch.setattr(sidebyside, "_begun", lambda name: Running(name, ending.get(name, 0), seen))
        return seen

    return ready


def test_as_many_at_a_time_as_asked(begun):
    """No stage starts before what it rests on is done, and never more than two are under way."""
    seen = begun()
    waiting = sidebyside.waits(graph(), ["prepare"])
    assert sidebyside._all(waiting, 2) == set()
    started = [now[-1] for before, now in pairwise([[], *seen]) if len(now) > len(before)]
    assert sorted(started) == sorted(waiting)
    assert all(started.index(rest) < started.index(name) for name, rests in waiting.items() for rest in rests)
    assert max(len(now) for now in seen) == 2


def test_failure_stops_what_rests_on_it_alone(begun):
    """The failed stage is named; its study goes no further, the other to its end."""
    seen = begun(values_a=1)
    assert sidebyside._all(sidebyside.waits(graph(), ["prepare"]), 2) == {"values@a"}
    started = {name for now in seen for name in now}
    assert "publish@a" not in started
    assert {"market@a", "publish@b"} <= started


def test_nobody_is_left_running(monkeypatch):
    """Whoever stops the run stops every stage under way, also one that does not end by itself."""
    sleeping = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    monkeypatch.setattr(sidebyside, "ENDING", 0)
    monkeypatch.setattr(sidebyside, "_begun", lambda _: sleeping)

    def interrupt(_: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(sidebyside.time, "sleep", interrupt)
    with pytest.raises(KeyboardInterrupt):
        sidebyside._all({"clean@a": set()}, 2)
    assert sleeping.returncode is not None


def test_stage_ends_with_who_started_it():
    """A process whose parent is killed is gone soon after."""
    alone = "import os, time; from pipeline import sidebyside; sidebyside._end_with(os.getppid())"
    alone += "; print(os.getpid(), flush=True)"
    between = f"import subprocess, sys; subprocess.run([sys.executable, '-c', '''{alone}; time.sleep(600)'''])"
    parent = subprocess.Popen([sys.executable, "-c", between], stdout=subprocess.PIPE, text=True)
    import psutil

    child = psutil.Process(int(parent.stdout.readline()))
    parent.kill()
    parent.wait()
    psutil.wait_procs([child], timeout=30)
    assert not child.is_running()


@pytest.mark.parametrize("asked", ["0", "two", "-1", "1.5", ""])
def test_jobs_are_a_number(monkeypatch, asked):
    """What is no number of stages is refused with what to do."""
    monkeypatch.setenv(sidebyside.JOBS, asked)
    with pytest.raises(UserError, match="KITHWORK_JOBS"):
        sidebyside.jobs()


def test_one_at_a_time_unless_asked(monkeypatch):
    """Without the variable stages run one after another; with it, as many as it says."""
    monkeypatch.delenv(sidebyside.JOBS, raising=False)
    assert sidebyside.jobs() == 1
    monkeypatch.setenv(sidebyside.JOBS, "3")
    assert sidebyside.jobs() == 3
