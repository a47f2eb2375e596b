"""What the computer refuses: room on the disk, the right to write, memory, a package, a kernel, a browser, Java."""

from __future__ import annotations

import errno
import json
import os
import socket
from pathlib import Path

import pandas as pd
import pytest
import synthetic
import typer
from mistaken import tells
from typer.testing import CliRunner

from kithwork import cli, mishaps, params, store
from kithwork.commands.speaking import for_people
from kithwork.engines import spark
from kithwork.errors import UserError
from kithwork.pages import rendering
from kithwork.publishing import browser, printing
from pipeline import __main__ as verbs
from pipeline import failure, kernel, lab

HALF = "build/executed/acme/2_ties.ipynb"
NO_ROOM = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "data/people/acme/people.parquet")
NO_RIGHT = PermissionError(errno.EACCES, os.strerror(errno.EACCES), "reports/acme/index.html")


def raising(error: BaseException):
    """A function that fails with it."""

    def fail(*_, **__):
        raise error

    return fail


def in_a_cell(name: str, words: str) -> str:
    """What is said of a cell that failed so."""
    return failure.of_cell("notebooks/2_ties.ipynb", "Save", name, words, HALF)


@pytest.mark.parametrize(
    "words",
    [
        str(NO_ROOM),
        "[Errno 28] Error writing bytes to file. Detail: [errno 28] No space left on device",
        "[Errno 122] Disk quota exceeded: 'data/people/acme/people.parquet'",
        'IO Error: Could not write file "/tmp/spill": No space left on device',
        "(sqlite3.OperationalError) database or disk is full",
    ],
)
def test_full_disk_in_a_cell_is_told(words):
    """As Python says it, and Arrow, DuckDB and SQLite do; a share of a disk that is used up is as full."""
    assert tells("disk-full", in_a_cell("OSError", words))


def test_full_disk_while_a_table_is_saved_leaves_the_table_before(project, monkeypatch):
    """The message, and yesterday's result whole."""
    rows = pd.DataFrame([{"person_id": "a", "scope": "all"}])
    store.save("opt_outs", rows, "synthetic")
    monkeypatch.setattr(pd.DataFrame, "to_parquet", raising(NO_ROOM))
    with pytest.raises(OSError, match="No space") as caught:
        store.save("opt_outs", rows.assign(person_id="b"), "synthetic")
    assert tells("disk-full", mishaps.of(caught.value, project))
    assert store.load("opt_outs", "synthetic")["person_id"].tolist() == ["a"]


def test_full_disk_while_pages_are_written_is_told(monkeypatch, capsys):
    """By the stage that publishes, which runs no notebook."""
    monkeypatch.setitem(verbs.VERBS, "publish", raising(NO_ROOM))
    assert verbs.main(["publish", "aarhus"]) == 1
    assert tells("disk-full", capsys.readouterr().err)


def test_full_disk_under_a_verb_is_told(monkeypatch):
    """Whichever verb it is: none needs to think of it."""
    monkeypatch.setattr(params, "load", raising(NO_ROOM))
    found = CliRunner().invoke(cli.app, ["check", "aarhus"])
    assert found.exit_code == 1
    assert tells("disk-full", found.stderr)


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM, errno.EROFS])
def test_folder_that_may_not_be_written_is_told(number, monkeypatch, capsys):
    """Foreign, locked, or on a disk that is read only."""
    error = OSError(number, os.strerror(number), "reports/acme/index.html")
    monkeypatch.setitem(verbs.VERBS, "publish", raising(error))
    assert verbs.main(["publish", "aarhus"]) == 1
    assert tells("read-only", capsys.readouterr().err)
    assert tells("read-only", in_a_cell(type(error).__name__, str(error)))


def test_places_are_told_from_the_project_on(project):
    """`data/…`, not the whole way there."""
    error = OSError(errno.EACCES, "Permission denied", str(project / "data" / "x.csv"))
    assert mishaps.of(error, project).file == "data/x.csv"


@pytest.mark.parametrize("name", ["MemoryError", "_ArrayMemoryError", "ArrowMemoryError", "OutOfMemoryException"])
def test_memory_that_is_not_enough_is_told(name):
    """Of Python, numpy, Arrow and DuckDB."""
    assert tells("out-of-memory", in_a_cell(name, "for an array of 7.11 PiB"))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("OSError", "[Errno 12] Cannot allocate memory"),
        ("ImportError", "libarrow.so: failed to map segment from shared object"),
        ("RuntimeError", "can't start new thread"),
        ("Exception", "std::bad_alloc"),
    ],
)
def test_memory_that_is_not_enough_is_told_whatever_it_is_called(name, words):
    """Of the system, the loader, a thread, a library in C++."""
    assert tells("out-of-memory", in_a_cell(name, words))


def test_memory_that_is_not_enough_under_a_verb_is_told(capsys):
    """`MemoryError` has no words, and needs none."""
    with pytest.raises(typer.Exit), for_people():
        raise MemoryError
    assert "needs more memory than there is. Close other programs" in capsys.readouterr().err


@pytest.mark.parametrize(("name", "words"), [("DeadKernelError", "Kernel died"), ("CellExecutionError", "")])
def test_kernel_that_died_is_told(name, words):
    """The system tells nobody why it ended it; nor does a kernel that has no memory left for words."""
    assert tells("kernel-died", in_a_cell(name, words))


def test_kernel_that_does_not_start_is_told():
    """Which Python it was, and how to see for oneself."""
    assert tells("kernel-does-not-start", kernel.not_started(RuntimeError("Kernel died before replying to kernel_info")))


def test_kernels_of_other_projects_do_no_harm(tmp_path, monkeypatch):
    """A description of the same name that is broken is not even read: the run's kernel is its own Python."""
    place = tmp_path / "kernels" / "python3" / "kernel.json"
    rendering.write(place, json.dumps({"argv": ["/nowhere/python"], "display_name": "x", "language": "python"}))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    monkeypatch.setenv("JUPYTER_PREFER_ENV_PATH", "0")
    assert kernel.OwnKernel(kernel_name="python3").kernel_spec.argv == kernel.LAUNCH


def test_package_that_is_missing_is_told(monkeypatch, capsys):
    """In a cell as in a stage: the environment is another, or older than the lock."""
    assert tells("package-missing", in_a_cell("ModuleNotFoundError", "No module named 'igraph'"))
    monkeypatch.setitem(verbs.VERBS, "prepare", raising(ModuleNotFoundError("No module named 'igraph'")))
    assert verbs.main(["prepare"]) == 1
    assert tells("package-missing", capsys.readouterr().err)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("OperationalError", "consuming input failed: server closed the connection unexpectedly\n\tThis probably means"),
        ("OperationalError", "the connection is closed"),
        ("AdminShutdown", "terminating connection due to administrator command"),
        ("Py4JJavaError", "Job aborted due to stage failure: ExecutorLostFailure (executor 1 exited)"),
    ],
)
def test_engine_that_goes_away_under_a_cell_is_told(name, words):
    """Whatever the cell asked of it."""
    assert tells("engine-lost", in_a_cell(name, words))


def test_fault_of_our_own_is_not_taken_for_the_machines():
    """A name, a key or a file that nobody wrote is an ordinary exception, as is one that has words of an engine's."""
    assert mishaps.of(ValueError("EOF detected in row 3"), Path()) is None
    assert mishaps.of(KeyError("unit"), Path()) is None
    assert mishaps.of(FileNotFoundError(errno.ENOENT, "No such file", "x"), Path()) is None


def test_run_that_is_stopped_is_told(monkeypatch, capsys):
    """Ctrl-C is no fault; what was finished stays."""
    monkeypatch.setitem(verbs.VERBS, "repro", raising(KeyboardInterrupt()))
    assert verbs.main(["repro"]) == failure.INTERRUPTED
    assert tells("interrupted", capsys.readouterr().err)


def test_cell_that_was_interrupted_is_not_called_a_fault():
    """From JupyterLab, or by a signal to the kernel."""
    assert "It was interrupted before it had ended." in in_a_cell("KeyboardInterrupt", "")


def test_missing_browser_is_told(monkeypatch):
    """A PDF needs one that prints."""
    monkeypatch.setattr(browser, "found", lambda: None)
    with pytest.raises(UserError) as caught:
        printing.printed(b"<p>page</p>")
    assert tells("no-browser", caught.value)


def test_missing_java_is_told(monkeypatch):
    """Spark runs on it."""
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UserError) as caught:
        spark._expect_java("spark://cluster:7077")
    assert tells("no-java", caught.value)


def test_key_that_cannot_be_written_is_told(project, tmp_path_factory, monkeypatch):
    """A home that is read-only, or a place that is not there."""
    from kithwork.cleaning import identities

    blocked = tmp_path_factory.mktemp("home") / "file"
    blocked.write_text("x", encoding="utf-8")
    monkeypatch.setenv("KITHWORK_KEY_FILE", str(blocked / "acme.key"))
    with pytest.raises(UserError) as caught:
        identities.pseudonyms(synthetic.settings(engagement={"ids": "secret"}))
    assert tells("key-file", caught.value)


def test_terminal_without_our_signs_shows_others(monkeypatch):
    """A sign outside its alphabet becomes ?, where it would have stopped the program."""
    import io
    import sys

    narrow = io.TextIOWrapper(io.BytesIO(), encoding="ascii", errors="strict")
    monkeypatch.setattr(sys, "stdout", narrow)
    mishaps.speak_in_any_alphabet()
    print("95% – Ærø")
    narrow.flush()
    assert narrow.buffer.getvalue() == b"95% ? ?r?\n"


def test_port_of_lab_is_taken():
    """Whoever listens there, it is said which port it is and where Lab is instead; a free port and none are no matter."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert tells("port-taken", lab.port_taken(["--no-browser", f"--port={port}"]))
        assert str(port) in lab.port_taken([f"--port={port}"])
    assert lab.port_taken([f"--port={port}"]) == ""
    assert lab.port_taken(["--port=99999"]) == lab.port_taken(["--port=eighty"]) == ""
