"""Wall clocks: UTC as zoneinfo has it, working hours, and where an answer waits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork.simulation import clock, words

ZONES = list(words.SITES.values())


def zoned(local: int, site: int) -> int:
    """UTC by zoneinfo."""
    wall = (clock.START.replace(tzinfo=None) + timedelta(seconds=local)).replace(tzinfo=ZoneInfo(ZONES[site]))
    return int(wall.timestamp())


def test_the_beginning_is_a_monday():
    """Weeks begin on Mondays, so that five days from there are the working week."""
    assert clock.START.weekday() == 0
    assert clock.START.utcoffset() == timedelta(0)


@given(st.integers(0, 104 * 7 - 1), st.integers(3 * 3600, clock.DAY - 1), st.integers(0, len(ZONES) - 1))
def test_utc_is_that_of_zoneinfo(day, second, site):
    """From three in the morning on, summer time included; clocks change before that, and the night counts as the day."""
    local = day * clock.DAY + second
    assert clock.to_utc(np.array([local]), np.array([site]))[0] == zoned(local, site)


@pytest.mark.parametrize(
    ("site", "when", "utc"),
    [
        ("Oslo", (2026, 1, 5, 9), "08:00"), ("Oslo", (2026, 7, 1, 9), "07:00"), ("Porto", (2026, 7, 1, 9), "08:00"),
        ("Toronto", (2026, 3, 6, 9), "14:00"), ("Toronto", (2026, 3, 9, 9), "13:00"),
        ("Oslo", (2026, 3, 29, 9), "07:00"), ("Oslo", (2026, 10, 25, 9), "08:00"), ("Toronto", (2026, 3, 8, 9), "13:00"),
        ("Singapore", (2026, 1, 5, 9), "01:00"), ("Singapore", (2026, 7, 1, 9), "01:00"),
    ],
)  # fmt: skip
def test_nine_in_the_morning(site, when, utc):
    """Known hours: Oslo +1 and +2, Porto in summer +1, the days of change, Singapore always +8."""
    local = (datetime(*when, tzinfo=UTC) - clock.START).total_seconds()
    second = clock.to_utc(np.array([local]), np.array([list(words.SITES).index(site)]))[0]
    assert datetime.fromtimestamp(int(second), UTC).strftime("%H:%M") == utc


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 200 * clock.DAY)), min_size=1, max_size=20))
def test_elsewhere_is_the_same_moment(rows):
    """The clock of another place shows the same moment in UTC, but in nights on which clocks change."""
    site, other, local = map(np.array, zip(*rows, strict=True))
    there = clock.elsewhere(local, site, other)
    day = np.clip(there // clock.DAY, 0, None)
    same_offset = clock._offsets(202)[other, day.astype(int)] == clock._offsets(202)[other, local // clock.DAY]
    within = same_offset & (there >= 0)
    assert (clock.to_utc(there, other)[within] == clock.to_utc(local, site)[within]).all()


@given(st.integers(0, 2**32), st.booleans())
def test_moments_lie_in_their_week_and_hours(seed, late):
    """A moment asked for in a week is in it, and inside or outside working hours as asked."""
    week = np.repeat(np.arange(10), 20)
    local = clock.moments(week, np.full(200, late), np.random.default_rng(seed))
    assert (local // clock.WEEK == week).all()
    assert (clock.is_after_hours(local) == late).all()


def test_share_of_weekend():
    """Of moments outside working hours, the stated share falls on weekends."""
    local = clock.moments(np.zeros(40_000, int), np.ones(40_000, bool), np.random.default_rng(1))
    weekend = (local >= 5 * clock.DAY).mean()
    share = clock.SHARE_OF_WEEKEND
    assert weekend == pytest.approx(share, abs=4 * np.sqrt(share * (1 - share) / 40_000))


@given(st.integers(0, 2**32))
def test_an_answer_that_waits_comes_on_the_next_working_morning(seed):
    """It is never earlier than what it answers, never at a weekend, and no later than after one weekend."""
    rng = np.random.default_rng(seed)
    local = rng.uniform(0, 4 * clock.WEEK, 200)
    local = local[clock.is_after_hours(local)]
    morning = clock.next_morning(local, rng)
    assert (morning >= local).all()
    assert (morning // clock.DAY % 7 < 5).all()
    assert (morning - local < 4 * clock.DAY).all()
    assert (morning % clock.DAY >= clock.MORNING).all()
