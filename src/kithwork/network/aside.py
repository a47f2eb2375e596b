"""Part of a piece of work in a second process, while this one does the rest: for what keeps Python to one processor.

Threads help only where a library lets go of Python's lock, and igraph does not. What is to be done goes to a new process of
the same interpreter and comes back through pipes; on a machine with one processor, or where that process fails, it is done
here. A second of start-up has to be worth it.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress

CODE = """
import pickle, sys
sys.path[:] = pickle.load(sys.stdin.buffer)
work, given = pickle.load(sys.stdin.buffer)
pickle.dump(work(*given), sys.stdout.buffer)
"""


class Aside:
    """`work(*given)`, begun: a function of a module, and what can be pickled."""

    def __init__(self, work: Callable, *given: object) -> None:
        self.work, self.given, self.process = work, given, None
        if processors() > 1:
            pipe = subprocess.PIPE
            with suppress(OSError):  # there may be no room for one more process, or it may be gone already
                self.process = subprocess.Popen(
                    [sys.executable, "-c", CODE], stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL
                )
                with self.process.stdin as to:
                    pickle.dump(sys.path, to)
                    pickle.dump((work, given), to)

    def result(self) -> object:
        """What came of it."""
        if self.process is not None:
            with self.process, suppress(Exception):  # what is no pickle may be taken for one of anything
                return pickle.load(self.process.stdout)
        return self.work(*self.given)


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
