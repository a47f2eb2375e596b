"""Passing folders go with their process, and what a killed one left goes with the next: never what is still in use."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile

import pytest

from kithwork import passing

MAKES_ONE = "from kithwork import passing; print(passing.made(), flush=True); input()"


@pytest.fixture(autouse=True)
def alone(tmp_path, monkeypatch):
    """A folder of passing files of the test's own."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def other(tmp_path):
    """Another process with a folder, and that folder."""
    line = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    process = subprocess.Popen([sys.executable, "-c", MAKES_ONE], env=os.environ | {"TMPDIR": str(tmp_path)}, **line)
    yield process, tmp_path / os.path.basename(process.stdout.readline().strip())
    process.kill()
    process.communicate()


def test_folder_is_gone_after_its_use(alone):
    """With what lies in it, also where its use failed."""
    with pytest.raises(IsADirectoryError), passing.folder() as path:  # noqa: PT012 (what is raised within is the case)
        (path / "rows").write_text("x", encoding="utf-8")
        path.read_bytes()
    assert list(alone.iterdir()) == []


def test_folder_in_use_is_left_alone(other):
    """By this process and by another: a new one takes neither away."""
    with passing.folder() as first, passing.folder() as second:
        assert first.is_dir()
        assert second.is_dir()
        assert other[1].is_dir()


def test_folder_of_a_killed_process_is_swept(other):
    """The next folder made removes it, full as it is."""
    process, left = other
    (left / "rows").write_text("x", encoding="utf-8")
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert left.is_dir()
    with passing.folder():
        assert not left.exists()


def test_what_others_lay_there_stays(alone):
    """Only folders of this kind are removed."""
    (alone / "kithwork-postgres-x").mkdir()
    (alone / passing.PREFIX).with_suffix(".txt").write_text("x", encoding="utf-8")
    with passing.folder():
        pass
    assert sorted(path.name for path in alone.iterdir()) == ["kithwork-passing-.txt", "kithwork-postgres-x"]


def test_without_locks_nothing_is_swept(alone, monkeypatch):
    """As on Windows: a folder is made and removed, and what others left stays."""
    monkeypatch.setattr(passing, "fcntl", None)
    left = passing.made()
    with passing.folder() as path:
        assert path.is_dir()
    passing.sweep()
    assert list(alone.iterdir()) == [left]
