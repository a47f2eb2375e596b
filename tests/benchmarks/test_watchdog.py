"""A task that hangs or takes its process with it is counted, and the rest go on."""

from __future__ import annotations

import os
import time

import pytest

from benchmarks.watchdog import DIED, SLOW, watched


def work(task: str) -> str:
    """Does as it is told."""
    if task == "hang":
        time.sleep(60)
    if task == "die":
        os._exit(3)
    return task.upper()


def nothing() -> None:
    """What every process does first."""


@pytest.mark.slow
def test_what_hangs_or_dies_is_counted_and_the_rest_go_on():
    """Every task has one result."""
    tasks = ["a", "hang", "b", "die", "c", "hang", "d"]
    found = sorted(watched(work, tasks, 6, 2, nothing))
    assert found == sorted(zip(tasks, ["A", SLOW, "B", DIED, "C", SLOW, "D"], strict=True))
