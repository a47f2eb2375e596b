"""Runs many small tasks in processes of their own, and ends what hangs: no task can stop the rest."""

from __future__ import annotations

import multiprocessing
import resource
import time
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from typing import Any

MEMORY = 4 * 2**30
"""Bytes of data that a process may hold."""

SLOW, DIED = "slow", "died"
"""What became of a task that was ended, or took its process with it."""


class Hand:
    """One process, and the task it has."""

    def __init__(self, do: Callable[[Any], Any], first: Callable[[], Any]) -> None:
        spawn = multiprocessing.get_context("spawn")
        self.line, theirs = spawn.Pipe()
        self.process = spawn.Process(target=_work, args=(theirs, do, first), daemon=True)
        self.process.start()
        theirs.close()
        self.line.recv()  # it is up
        self.task: Any = None
        self.since = 0.0

    def take(self, task: Any) -> None:
        """Begin a task."""
        self.task, self.since = task, time.monotonic()
        self.line.send(task)

    def end(self) -> None:
        """Kill it, whatever it does."""
        self.process.kill()
        self.process.join()
        self.line.close()


def watched(
    do: Callable[[Any], Any], tasks: Iterable[Any], limit: float, hands: int, first: Callable[[], Any]
) -> Iterator[tuple[Any, Any]]:
    """Each task and what `do` made of it, or `SLOW` after `limit` seconds, or `DIED`; in no order.

    Every process does `first` before its first task, so that importing is no task's time.
    """
    coming = iter(tasks)
    working: list[Hand] = []
    try:
        for task in coming:
            working.append(Hand(do, first))
            working[-1].take(task)
            if len(working) == hands:
                break
        while working:
            spent = max(time.monotonic() - hand.since for hand in working)
            ready = wait([hand.line for hand in working], max(0.0, limit - spent))
            for at, hand in reversed(list(enumerate(working))):
                result = _result(hand, hand.line in ready, limit)
                if result is None:
                    continue
                yield hand.task, result
                if result in (SLOW, DIED):
                    hand.end()
                    hand = working[at] = Hand(do, first)
                task = next(coming, None)
                if task is None:
                    working.pop(at).end()
                else:
                    hand.take(task)
    finally:
        for hand in working:
            hand.end()


def _result(hand: Hand, ready: bool, limit: float) -> Any:
    if ready:
        try:
            return hand.line.recv()
        except EOFError:
            return DIED
    return SLOW if time.monotonic() - hand.since > limit else None


def _work(line: Connection, do: Callable[[Any], Any], first: Callable[[], Any]) -> None:
    first()
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    line.send("up")
    while True:
        line.send(do(line.recv()))
