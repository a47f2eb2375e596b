"""The features of `contact.py` from records in memory: put in order of pair and time, a feature is a sum over neighbours.

Each function says in numpy what the one of its name says in `contact.py`, where the columns are explained. Sums are of
integers, shares in millionths; floats are summed in order of time. The same records give the same bits.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import log

import numpy as np

from kithwork.tables import CHANNELS
from kithwork.ties.contact import ANSWERED_WITHIN, DIRECTED, HALF_LIFE, MONDAY, QUIET, WEEK

NEVER = np.iinfo(np.int64).max
"""The second of a record without time: after all others."""

CHANNEL, DAY_ONLY, HOURS_KNOWN, OFF_HOURS, DAYS_KNOWN, WEEKEND = (np.uint8(bits) for bits in (7, 8, 16, 32, 64, 128))
"""What the flags of a record hold: the number of its channel, and five bits."""

MILLION, BILLION = 1e6, 1e9


@dataclass(frozen=True)
class Records:
    """Columns of records in order of pair and time.

    A row per record: `pair` counts from 0; `forth` where the one first in sort order is ego; `second` is `NEVER` where no
    time is known; `people` are 2 and more, `minutes` 0 and more; `flags` are the bits above. A row per pair: `starts`, the
    row that it begins at, and `key`, what it was told apart by.
    """

    pair: np.ndarray
    starts: np.ndarray
    key: np.ndarray
    forth: np.ndarray
    second: np.ndarray
    people: np.ndarray
    minutes: np.ndarray
    flags: np.ndarray

    @cached_property
    def rows(self) -> np.ndarray:
        """Records of each pair."""
        return np.diff(self.starts, append=len(self.pair))

    def total(self, values: np.ndarray) -> np.ndarray:
        """The sum of whole numbers, or the number of rows that hold, in each pair."""
        return np.add.reduceat(values, self.starts, dtype=np.int64)

    def squares(self, values: np.ndarray) -> np.ndarray:
        """The sum of squares in each pair, which may be more than an integer holds."""
        return np.add.reduceat(values.astype(float) ** 2, self.starts)

    def shares(self, share: np.ndarray, kind: np.ndarray, kinds: int) -> np.ndarray:
        """(pairs, kinds): the sum of shares by kind of row, exact while below 2**53 millionths."""
        found = np.bincount(self.pair * kinds + kind, share, len(self.starts) * kinds)
        return found.reshape(-1, kinds) / MILLION


def ordered(key: np.ndarray, forth: np.ndarray, columns: dict[str, np.ndarray]) -> Records:
    """The records in order of key, second, event and ego."""
    second = columns["second"]
    known = second.max(initial=0, where=second != NEVER)
    order = _stable(np.minimum(second, known + 1) - second.min(initial=0))
    order = order.take(_stable(key.take(order)))
    key = key.take(order)
    starts = np.flatnonzero(np.append(True, key[1:] != key[:-1])[: len(key)])
    pair = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(key)))
    _untie(order, pair, second.take(order), columns["event"], forth)
    kept = {name: columns[name].take(order) for name in ("second", "people", "minutes", "flags")}
    return Records(pair, starts, key.take(starts), forth.take(order), **kept)


def _stable(key: np.ndarray) -> np.ndarray:
    """The order of keys, equal ones as they came: whole numbers that end in their place are what numpy sorts fastest."""
    bits = len(key).bit_length()
    if key.max(initial=0) >= NEVER >> bits:
        return np.argsort(key, kind="stable")
    return np.sort(key << bits | np.arange(len(key))) & ((1 << bits) - 1)


def _untie(order: np.ndarray, pair: np.ndarray, second: np.ndarray, event: np.ndarray, forth: np.ndarray) -> None:
    """Put those records of a pair that share their second in order of event and ego."""
    equal = (pair[1:] == pair[:-1]) & (second[1:] == second[:-1])
    rows = np.flatnonzero(np.append(equal, False)[: len(pair)] | np.append(False, equal)[: len(pair)])
    tied = order[rows]
    order[rows] = tied[np.lexsort((~forth[tied], event[tied], second[rows], pair[rows]))]


def features(met: Records, last: int, directed: bool) -> dict[str, np.ndarray]:
    """Every column of `contact.FEATURES`, a value per pair; `last` is the second of the last contact of all."""
    channel, there = met.flags & CHANNEL, met.second != NEVER
    told = np.isin(CHANNELS, DIRECTED) & directed
    way = np.where(told[channel], np.where(met.forth, np.int8(1), np.int8(-1)), np.int8(0))
    share, length = _whole(1 / (met.people - 1) * MILLION), _whole(met.minutes / (met.people - 1) * MILLION)
    same = np.append(False, met.pair[1:] == met.pair[:-1])[: len(met.pair)]
    gap = np.where(same & there, np.diff(met.second, prepend=0), 0)
    timed = ~((met.flags | _before(met.flags)) & DAY_ONLY).astype(bool)
    answers = same & there & timed & (way * _before(way) == -1) & (channel == _before(channel)) & (gap <= ANSWERED_WITHIN)
    by_channel, by_way = met.shares(share, channel, len(CHANNELS)), met.shares(share, way + 1, 3)
    return {
        "contacts": met.total(share) / MILLION,
        "minutes": met.total(length) / MILLION,
        **{f"contacts_{name}": by_channel[:, number] for number, name in enumerate(CHANNELS)},
        "one_to_one": met.total(met.people == 2) / met.rows,
        "group_size": met.total(np.rint(met.people).astype(np.int64)) / met.rows,
        "off_hours": _over(met.total(met.flags & OFF_HOURS != 0), met.total(met.flags & HOURS_KNOWN != 0)),
        "weekend": _over(met.total(met.flags & WEEKEND != 0), met.total(met.flags & DAYS_KNOWN != 0)),
        **in_time(met, there, same, share, last),
        "burstiness": burstiness(met.total(same & there), met.total(gap), met.squares(gap)),
        "reciprocity": _over(by_way[:, ::2].min(axis=1), by_way[:, ::2].max(axis=1)),
        "initiative": initiative(met, there & (~same | (gap > QUIET)) & (way != 0), way),
        "latency_a": latency(met, gap, answers & (way == 1)),
        "latency_b": latency(met, gap, answers & (way == -1)),
    }


def in_time(met: Records, there: np.ndarray, same: np.ndarray, share: np.ndarray, last: int) -> dict[str, np.ndarray]:
    """What is known of a pair's weeks, of its first contact and its last; absent where no time is."""
    times = met.total(there)
    first, final = (met.second[met.starts + row] for row in (0, np.maximum(times, 1) - 1))
    week = (met.second - MONDAY) // WEEK
    weeks = met.total(there & (~same | (week != _before(week))))
    age = np.where(there, last - met.second, 0)
    weight = _whole(share / MILLION * np.exp(age * (-log(2) / HALF_LIFE)) * BILLION)
    span = (final - MONDAY) // WEEK - (first - MONDAY) // WEEK + 1
    found = {
        "active_weeks": weeks.astype(float),
        "tenure_days": (final - first) / 86_400,
        "recency_days": (last - final) / 86_400,
        "decayed": met.total(np.where(there, weight, 0)) / BILLION,
        "regularity": weeks / span,
    }
    return {name: np.where(times > 0, values, np.nan) for name, values in found.items()}


def burstiness(n: np.ndarray, total: np.ndarray, squares: np.ndarray) -> np.ndarray:
    """From the number of gaps, their sum and that of their squares."""
    mean, square = _over(total, n), _over(squares, n)
    ratio = _over(np.sqrt(np.maximum(square - mean * mean, 0)), mean)
    more, less = np.sqrt(n + 1), np.sqrt(np.maximum(n - 1, 0))
    return np.clip(_over(more * ratio - less, (more - 2) * ratio + less), -1, 1)  # rounding may lead beyond the ends


def initiative(met: Records, begun: np.ndarray, way: np.ndarray) -> np.ndarray:
    """The share, by a, of the contacts that begin something."""
    return _over(met.total(begun & (way == 1)), met.total(begun))


def latency(met: Records, gap: np.ndarray, answers: np.ndarray) -> np.ndarray:
    """The median gap of these rows of each pair, in minutes."""
    rows = np.flatnonzero(answers)
    pair, gap = np.divmod(np.sort(met.pair[rows] * (ANSWERED_WITHIN + 1) + gap[rows]), ANSWERED_WITHIN + 1)
    answered, starts, counts = np.unique(pair, return_index=True, return_counts=True)
    found = np.full(len(met.starts), np.nan)
    found[answered] = (gap[starts + (counts - 1) // 2] + gap[starts + counts // 2]) / 2 / 60
    return found


def _before(column: np.ndarray) -> np.ndarray:
    """Each row's value in the row before it."""
    return np.concatenate([column[:1], column[:-1]])


def _whole(values: np.ndarray) -> np.ndarray:
    """Rounded as DECIMAL is: halves up."""
    return np.floor(values + 0.5).astype(np.int64)


def _over(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Part over whole, absent where the whole is nothing or absent."""
    return np.divide(part, whole, out=np.full(len(whole), np.nan), where=whole != 0)
