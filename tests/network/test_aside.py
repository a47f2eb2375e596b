"""Work in a second process: what comes of it, and what is done where there is none or it fails."""

from __future__ import annotations

import errno
import os
import subprocess

import numpy as np
import pytest

from kithwork.network import aside
from kithwork.network.aside import Aside


def test_a_second_process_gives_what_this_one_would(monkeypatch):
    """An array goes there and comes back, from another process."""
    monkeypatch.setattr(aside, "processors", lambda: 2)
    given = np.arange(200_000.0)
    assert (Aside(np.sqrt, given).result() == np.sqrt(given)).all()
    assert Aside(os.getpid).result() != os.getpid()


def test_with_one_processor_it_is_done_here(monkeypatch):
    """No process is started."""
    monkeypatch.setattr(aside, "processors", lambda: 1)
    assert Aside(os.getpid).result() == os.getpid()


def test_with_no_room_for_a_process_it_is_done_here(monkeypatch):
    """The system refuses one more."""

    def refused(*words, **how):
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(aside, "processors", lambda: 2)
    monkeypatch.setattr(subprocess, "Popen", refused)
    assert Aside(os.getpid).result() == os.getpid()


@pytest.mark.parametrize(
    "code", ["import os; os._exit(9)", "print('not what was asked for')", "print('I am not what was asked for')"]
)
def test_where_it_fails_it_is_done_here(monkeypatch, code):
    """Killed before it read anything, or talking of something else: the work is done all the same."""
    monkeypatch.setattr(aside, "processors", lambda: 2)
    monkeypatch.setattr(aside, "CODE", code)
    assert Aside(np.sum, np.ones(500_000)).result() == 500_000
