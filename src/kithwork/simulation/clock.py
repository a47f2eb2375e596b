"""Time as the simulated organisation lives it: seconds of its own wall clock, and what they are in UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np

from kithwork.simulation import words

START = datetime(2026, 1, 5, tzinfo=UTC)
"""Monday on which the simulation begins; its wall-clock seconds count from that midnight, in each place."""
DAY, WEEK = 86_400, 7 * 86_400
MORNING, EVENING = 8 * 3600, 18 * 3600
SHARE_OF_WEEKEND = 0.35
"""Of what happens outside working hours, the share that happens at weekends."""


def to_utc(local: np.ndarray, site: np.ndarray) -> np.ndarray:
    """Seconds since 1970 in UTC for wall-clock seconds at a site, summer time included."""
    day = np.clip(local // DAY, 0, None).astype(int)
    return (local + START.timestamp() - _offsets(int(day.max(initial=0)) + 1)[site, day]).astype(np.int64)


def to_local(at: np.ndarray, site: np.ndarray) -> np.ndarray:
    """What the wall clock of a site shows at a second of UTC, exact but for the hours around a change of summer time."""
    since = np.asarray(at, dtype=np.int64) - int(START.timestamp())
    day = np.clip(since // DAY, 0, None).astype(int)
    return since + _offsets(int(day.max(initial=0)) + 1)[site, day].astype(np.int64)


def elsewhere(local: np.ndarray, site: np.ndarray, other: np.ndarray) -> np.ndarray:
    """What the wall clock of another site shows when that of a site shows this."""
    day = np.clip(local // DAY, 0, None).astype(int)
    ahead = _offsets(int(day.max(initial=0)) + 1)
    return local + ahead[other, day] - ahead[site, day]


@lru_cache
def _offsets(days: int) -> np.ndarray:
    """Seconds ahead of UTC, by site and day."""
    noons = [START + timedelta(days=day, hours=12) for day in range(days)]
    zones = [ZoneInfo(zone) for zone in words.SITES.values()]
    return np.array([[noon.astimezone(zone).utcoffset().total_seconds() for noon in noons] for zone in zones])


def moments(week: np.ndarray, after_hours: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A wall-clock second in each week: two humps of a day (Malmgren et al. 2008, PNAS 105:18153), or outside it."""
    count = len(week)
    day = rng.choice(5, count, p=[0.19, 0.22, 0.22, 0.21, 0.16])
    hump = np.where(rng.random(count) < 0.55, rng.normal(10.2, 1.1, count), rng.normal(14.8, 1.3, count))
    second = np.clip(hump * 3600, MORNING, EVENING - 1)
    late = np.clip(rng.normal(20.5, 1.2, count) * 3600, EVENING, DAY - 1)
    weekend = after_hours & (rng.random(count) < SHARE_OF_WEEKEND)
    second = np.where(after_hours, np.where(weekend, rng.uniform(9, 22, count) * 3600, late), second)
    return week * WEEK + np.where(weekend, rng.integers(5, 7, count), day) * DAY + second


def is_after_hours(local: np.ndarray) -> np.ndarray:
    """Before eight, from six in the evening, or at a weekend, on the wall clock."""
    second = local % DAY
    return (second < MORNING) | (second >= EVENING) | (local % WEEK >= 5 * DAY)


def is_for_talk(local: np.ndarray) -> np.ndarray:
    """From seven in the morning to nine in the evening, on the wall clock: outside it people write."""
    second = local % DAY
    return (second >= 7 * 3600) & (second < 21 * 3600)


def is_night(local: np.ndarray) -> np.ndarray:
    """From eleven in the evening to seven, on the wall clock: nobody answers then."""
    second = local % DAY
    return (second < 7 * 3600) | (second >= 23 * 3600)


def next_morning(local: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The beginning of the next working day, give or take: when an answer comes that had to wait."""
    day = local // DAY + (local % DAY >= MORNING)
    day += np.select([day % 7 == 5, day % 7 == 6], [2, 1], 0)
    return day * DAY + MORNING + rng.exponential(2400, len(local))
