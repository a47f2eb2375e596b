"""Whose news each person has heard, as bits: contacts are passed in the order of time, some at a time.

Contacts come in blocks of givers, takers and times, in order; no more than a block and the bits are held. In small
organisations the bits of a person are one of Python's whole numbers, which join thousands of bits at once, a contact after
the other. In large ones they are a row of words, and contacts are passed a run at a time: as long as no giver took
anything earlier in the run, all that is given is what was known as the run began.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

Block = tuple[np.ndarray, np.ndarray, np.ndarray]
"""Givers and takers, by row number, and times that never fall."""

ROWS = 2**18
"""Contacts of a block that are looked at together."""

RUN = 1_024
"""Contacts among which a run is looked for."""

NEVER = np.iinfo(np.int64).max
"""After any row."""

MARKS = 2**22
"""Marks for who takes at which time."""

MANY = 50_000
"""People above which runs are long enough to be worth it (`make bench-news`)."""


def heard(blocks: Iterable[Block], people: int, sources: np.ndarray) -> np.ndarray:
    """Who has heard from whom in the end: (people, words) of uint64, a bit for each of `sources`, lowest first.

    Contacts at one time do not chain.
    """
    return (_by_run if people > MANY else _one_by_one)(whole_times(blocks), people, sources)


def whole_times(blocks: Iterable[Block]) -> Iterator[Block]:
    """The same contacts in blocks that none of the times lies in two of; those of one time are never cut."""
    rest: Block | None = None
    for block in blocks:
        for first in range(0, len(block[2]), ROWS):
            part = tuple(column[first : first + ROWS] for column in block)
            if rest is not None:
                part = tuple(np.concatenate(halves) for halves in zip(rest, part, strict=True))
            cut = np.searchsorted(part[2], part[2][-1])
            if cut:
                yield tuple(column[:cut] for column in part)
            rest = tuple(column[cut:] for column in part)
    if rest is not None:
        yield rest


def _one_by_one(blocks: Iterable[Block], people: int, sources: np.ndarray) -> np.ndarray:
    known = [0] * people
    for place, source in enumerate(sources.tolist()):
        known[source] = 1 << place
    for a, b, at in blocks:
        givers, takers = a.tolist(), b.tolist()
        for first, stop, chained in _spans(a, b, at, people):
            own = takers[first:stop]
            if chained:
                given = [known[giver] for giver in givers[first:stop]]
                for taker, bits in zip(own, given, strict=True):
                    known[taker] |= bits
            else:
                for giver, taker in zip(givers[first:stop], own, strict=True):
                    known[taker] |= known[giver]
    width = _words(sources) * 8
    joined = b"".join(bits.to_bytes(width, "little") for bits in known)
    return np.frombuffer(joined, dtype="<u8").reshape(people, -1)


def _spans(a: np.ndarray, b: np.ndarray, at: np.ndarray, people: int) -> Iterator[tuple[int, int, bool]]:
    """Where to begin and stop, and whether it is one time at which somebody who gives takes as well: what is given must
    then be looked up first. Marks are shared by some, so that this is told of a few times too many."""
    new = np.diff(at, prepend=at[0]) != 0
    begins = np.append(0, new.nonzero()[0])
    times = np.cumsum(new) * people
    takes = np.zeros(MARKS, dtype=bool)
    takes[(times + b) % MARKS] = True
    both = np.logical_or.reduceat(takes[(times + a) % MARKS], begins).nonzero()[0]
    edges = np.append(begins, len(at))
    done = 0
    for first, stop in zip(edges[both].tolist(), edges[both + 1].tolist(), strict=True):
        if done < first:
            yield done, first, False
        yield first, stop, True
        done = stop
    if done < len(at):
        yield done, len(at), False


def _by_run(blocks: Iterable[Block], people: int, sources: np.ndarray) -> np.ndarray:
    known, place = np.zeros((people, _words(sources)), "<u8"), np.arange(len(sources))
    known[sources, place // 64] = np.uint64(1) << (place % 64).astype(np.uint64)
    taken = np.full(people, NEVER)
    for a, b, at in blocks:
        begin = np.searchsorted(at, at)
        start = 0
        while start < len(at):
            stop = _stop(a, b, begin, start, taken)
            _pass(known, a[start:stop], b[start:stop])
            start = stop
    return known


def _stop(a: np.ndarray, b: np.ndarray, begin: np.ndarray, start: int, taken: np.ndarray) -> int:
    """The end of the run that begins at `start`: before the first time at which one gives who took at an earlier one.

    `begin`: the row at which each row's time begins; `taken`: (people,) of `NEVER`, and left so.
    """
    end = min(start + RUN, len(b))
    if end < len(b):
        end = int(begin[end]) if begin[end] > start else int(np.searchsorted(begin, start, "right"))
    takers = b[start:end]
    taken[takers[::-1]] = np.arange(end - 1, start - 1, -1)
    chained = taken[a[start:end]] < begin[start:end]
    taken[takers] = NEVER
    first = int(chained.argmax())
    return int(begin[start + first]) if chained[first] else end


def _pass(known: np.ndarray, a: np.ndarray, b: np.ndarray) -> None:
    """Give all at once; who takes several times takes in turns."""
    given, order = known.take(a, axis=0), np.argsort(b, kind="stable")
    takers = b[order]
    runs = np.flatnonzero(np.append(True, takers[1:] != takers[:-1]))
    turn = np.arange(len(b)) - np.repeat(runs, np.diff(runs, append=len(b)))
    for number in range(int(turn.max()) + 1):
        rows = order[turn == number]
        known[b[rows]] |= given[rows]


def _words(sources: np.ndarray) -> int:
    return -(-len(sources) // 64)
