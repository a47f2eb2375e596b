"""News within a week: a planted chain, messages one way and talks both, weeks that are cut, and what chance gives."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from synthetic import staff

from kithwork.log import Log
from kithwork.network import weekly

START = pd.Timestamp("2026-01-05", tz="UTC")
"""A Monday."""


def log(rows: list[tuple]) -> Log:
    """A log of contacts (ego, alter, channel, hours after START)."""
    frame = pd.DataFrame(rows, columns=["ego_id", "alter_id", "channel", "at"])
    at = [None if pd.isna(hours) else START + pd.Timedelta(hours=hours) for hours in frame["at"]]
    frame["at"] = pd.Series(at, dtype="datetime64[us, UTC]")
    return Log(held=pa.Table.from_pandas(frame, preserve_index=False))


def chain(people: pd.DataFrame, weeks: int, channel: str) -> list[tuple]:
    """Each week the first writes to the second, then the second to the third."""
    one, two, three = people["person_id"]
    return [
        row
        for week in range(weeks)
        for row in ((one, two, channel, 168 * week + 9), (two, three, channel, 168 * week + 10))
    ]


def test_news_passes_along_a_chain_of_messages_in_order():
    """Of six ordered pairs three: one to two, two to three, and one to three through two. Each week alike: no doubt."""
    people = staff([None] * 3)
    met = weekly.contacts(log(chain(people, 5, "mail")), people)
    found = weekly.passed(met, 100, np.random.default_rng(1))
    assert found.estimate.estimate == pytest.approx(0.5)
    assert (found.estimate.low, found.estimate.high, found.estimate.n) == (0.5, 0.5, 3)
    assert found.chance.mean == pytest.approx((3 + 2) / 2 / 6, abs=0.02)


def test_talks_pass_news_both_ways():
    """By calls the second tells the first, and the third the second; what the third knew comes too late for the first."""
    people = staff([None] * 3)
    found = weekly.passed(weekly.contacts(log(chain(people, 4, "call")), people), 20, np.random.default_rng(1))
    assert found.estimate.estimate == pytest.approx(5 / 6)


def test_the_first_and_last_week_may_be_cut_and_are_left_out():
    """Two weeks alone give nothing; four give those between."""
    people = staff([None] * 3)
    assert weekly.passed(weekly.contacts(log(chain(people, 3, "mail")), people), 20, np.random.default_rng(1)) is None
    assert weekly.passed(weekly.contacts(log(chain(people, 4, "mail")), people), 20, np.random.default_rng(1)) is not None


def test_outsiders_and_contacts_without_a_time_pass_nothing():
    """They are left out, and an empty log is no error."""
    people = staff([None] * 2)
    one, two = people["person_id"]
    met = weekly.contacts(log([(one, "party", "mail", 1), (one, two, "mail", np.nan)]), people)
    assert not len(met.at)
    assert weekly.passed(met, 20, np.random.default_rng(1)) is None


def test_a_week_without_contact_passes_no_news():
    """Of two whole weeks one is silent: the mean is half of the other's, and the interval says that weeks differ."""
    people = staff([None] * 3)
    one, two, three = people["person_id"]
    rows = [(one, two, "mail", 9), *((a, b, "mail", 168 + at) for a, b, at in ((one, two, 9), (two, three, 10)))]
    found = weekly.passed(
        weekly.contacts(log([*rows, (one, two, "mail", 168 * 3 + 9)]), people), 20, np.random.default_rng(1)
    )
    assert found.estimate.estimate == pytest.approx(0.25)
    assert (found.estimate.low, found.estimate.high) == pytest.approx((0, 0.5))
