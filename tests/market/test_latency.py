"""market/latency.py: days from a topic's first text to its first entry on the register."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork.market.latency import latency

START = pd.Timestamp("2026-01-01", tz="UTC")
DAY = (START - pd.Timestamp(0, tz="UTC")).days


def register(waits: list[float | None]) -> tuple[pd.Series, pd.DataFrame, pd.Series]:
    """Topics that all began on one day, and entries so many days after; None for a topic without one."""
    ids = [f"en-{i:02d}" for i in range(len(waits))]
    entries = [
        (f"problem {one}", START + pd.Timedelta(days=wait))
        for one, wait in zip(ids, waits, strict=True)
        if wait is not None
    ]
    frame = pd.DataFrame(entries, columns=["problem", "raised"]).astype({"raised": "datetime64[us, UTC]"})
    return pd.Series(float(DAY), index=ids), frame, pd.Series(ids, index=[f"problem {one}" for one in ids])


def test_the_medians_of_the_leukaemia_trial():
    """Weeks to relapse (Freireich et al. 1963, Blood 21:699): under placebo 8, 95 % 4 to 11, as SAS prints it (log-log);
    under 6-MP the upper end of the median is not reached, and none is told."""
    placebo = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
    found = latency(*register(placebo), DAY + 35.0)
    assert (found.estimate, found.low, found.high, found.n) == (8, 4, 11, 21)
    relapsed = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    censored = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    since, entries, problems = register([*relapsed, *[None] * len(censored)])
    since.iloc[len(relapsed) :] = (
        DAY + 35 - np.array(censored, dtype=float)
    )  # watched from their first text to the last day
    assert latency(since, entries, problems, DAY + 35.0) is None


def by_hand(wait: np.ndarray, known: np.ndarray) -> tuple[float | None, ...]:
    """Median and the ends of its interval, time by time: Kaplan & Meier's product, Greenwood's sum, log-log."""
    alive, spread, times = 1.0, 0.0, [None, None, None]
    for time in sorted(set(wait[known])):
        left, gone = int((wait >= time).sum()), int((known & (wait == time)).sum())
        alive *= 1 - gone / left
        ends = [0.0, 0.0]
        if alive > 0:
            spread += gone / (left * (left - gone))
            far = 1.959963984540054 * np.sqrt(spread) / abs(np.log(alive))
            ends = [alive ** np.exp(far), alive ** np.exp(-far)]
        for at, one in enumerate([alive, *ends]):
            if times[at] is None and one <= 0.5:
                times[at] = time
    return tuple(times)


@given(st.integers(0, 2**32 - 1), st.integers(5, 40), st.floats(0, 0.6))
def test_it_is_the_median_by_hand(seed, topics, unknown):
    """Topics begin on different days and enter on whole ones, so that waits are the same and censored ones among them."""
    rng = np.random.default_rng(seed)
    begun, last = rng.integers(0, 40, topics), 60
    known = rng.random(topics) >= unknown
    wait = np.where(known, np.minimum(rng.geometric(0.08, topics) - 1, last - begun), last - begun)
    since, entries, problems = register([float(one) if has else None for one, has in zip(begun + wait, known, strict=True)])
    found = latency(since + begun, entries, problems, DAY + float(last))
    expected = by_hand(wait, known)
    if known.sum() < 5 or None in expected:
        assert found is None
    else:
        assert (found.estimate, found.low, found.high) == pytest.approx(expected)
        assert found.n == topics


def test_without_censoring_it_is_the_middle_one():
    """All topics on the register: the median of the waits; entries from before the first text wait no day."""
    found = latency(*register([-4, 3, 5, 8, 9, 12, 40]), DAY + 50.0)
    assert (found.estimate, found.n) == (8, 7)
    assert latency(*register([-9, -4, -2, -1, -8]), DAY + 50.0).estimate == 0


def test_a_second_entry_does_not_count():
    """What is told is the first entry of each topic."""
    since, entries, problems = register([3, 5, 8, 9, 12])
    again = pd.concat([entries, entries.assign(raised=entries["raised"] + pd.Timedelta(days=30))])
    assert latency(since, again, problems, DAY + 50.0) == latency(since, entries, problems, DAY + 50.0)


@pytest.mark.parametrize("waits", [[], [1, 2, 3, 4], [1, 2, 3, 4, 5, *[None] * 20]])
def test_too_few_entries_tell_nothing(waits):
    """Four topics on the register, or a median beyond what was watched."""
    assert latency(*register(waits), DAY + 50.0) is None
