"""What an engine raises is told as what can be mended: by its code where it has one, else by its words."""

from __future__ import annotations

from pathlib import Path

import pytest
from psycopg import errors as postgres

from kithwork.engines import refusals
from kithwork.engines.engine import Engine

SPARK = "Job aborted due to stage failure: Task 0 in stage 3.0 failed 4 times: ExecutorLostFailure (executor 1 exited)"


def what(error: Exception, doing: str = refusals.WRITING, path: Path | None = None) -> str:
    """What is told of it."""
    return refusals.problem(Engine("engine", 5, path), error, doing).what


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (postgres.DiskFull("could not extend file"), "has no room left on its disk"),
        (RuntimeError("java.io.IOException: No space left on device"), "has no room left on its disk"),
        (postgres.OutOfMemory("out of memory"), "has no memory left"),
        (postgres.QueryCanceled("canceling statement due to statement timeout"), "gives no answer"),
        (postgres.InsufficientPrivilege("permission denied for schema kithwork"), "may not be written into"),
        (postgres.InsufficientPrivilege("permission denied for table contacts"), "may not be read"),
        (RuntimeError("[INSUFFICIENT_PERMISSIONS] Insufficient privileges"), "may not be written into"),
        (RuntimeError(SPARK), "loses the workers that were to do it"),
        (postgres.AdminShutdown("terminating connection due to administrator command"), "breaks off while it is worked on"),
        (RuntimeError("server closed the connection unexpectedly"), "breaks off while it is worked on"),
        (
            postgres.OperationalError("connection failed: port 5432 failed: FATAL:  the database system is starting up"),
            "is starting up or shutting down",
        ),
        (RuntimeError("SparkContext was shut down"), "breaks off while it is worked on"),
        (ImportError("No module named 'snowflake'"), "needs a driver that is not installed"),
        (RuntimeError("value out of range"), refusals.WRITING),
    ],
)
def test_fault_is_told_by_what_mends_it(error, told):
    """Each kind of fault in its own words."""
    assert what(error) == told


def test_right_that_lacks_for_reading_is_that_to_read():
    """Nothing was to be written."""
    assert what(postgres.InsufficientPrivilege("permission denied for schema hr"), "cannot be read") == "may not be read"


def test_full_disk_here_is_no_engines():
    """DuckDB reads files of this machine, whose disk `mishaps.py` tells of."""
    error = RuntimeError("No space left on device")
    assert what(error, "cannot be read", Path("contacts.parquet")) == "cannot be read"


def test_answer_that_was_stopped_is_late_whatever_it_raised():
    """Hanging up makes a server say that the line is lost."""
    engine = Engine("engine", 5)
    engine.stopped.set()
    error = RuntimeError("server closed the connection unexpectedly")
    assert refusals.problem(engine, error, refusals.WRITING).found == "nothing after 5 s"
