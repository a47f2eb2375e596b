"""News within a week: a planted chain, messages one way and talks both, weeks that are cut, and what chance gives."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from synthetic import staff

from kithwork.log import Log
from kithwork.network import weekly
from kithwork.network.week import CONTACT

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
    found = weekly.passed(log(chain(people, 5, "mail")), people, 100, np.random.default_rng(1))
    assert found.estimate.estimate == pytest.approx(0.5)
    assert (found.estimate.low, found.estimate.high, found.estimate.n) == (0.5, 0.5, 3)
    assert found.chance.mean == pytest.approx((3 + 2) / 2 / 6, abs=0.02)


def test_talks_pass_news_both_ways():
    """By calls the second tells the first, and the third the second; what the third knew comes too late for the first."""
    people = staff([None] * 3)
    found = weekly.passed(log(chain(people, 4, "call")), people, 20, np.random.default_rng(1))
    assert found.estimate.estimate == pytest.approx(5 / 6)


def test_the_first_and_last_week_may_be_cut_and_are_left_out():
    """Two weeks alone give nothing; four give those between."""
    people = staff([None] * 3)
    assert weekly.passed(log(chain(people, 3, "mail")), people, 20, np.random.default_rng(1)) is None
    assert weekly.passed(log(chain(people, 4, "mail")), people, 20, np.random.default_rng(1)) is not None


def test_outsiders_and_contacts_without_a_time_pass_nothing():
    """They are left out, and an empty log is no error."""
    people = staff([None] * 2)
    one, two = people["person_id"]
    met = log([(one, "party", "mail", 1), (one, two, "mail", np.nan), (one, one, "mail", 3)])
    assert weekly.among(met.table(), people).to_pandas().empty
    assert weekly.passed(met, people, 20, np.random.default_rng(1)) is None


def test_a_week_without_contact_passes_no_news():
    """Of two whole weeks one is silent: the mean is half of the other's, and the interval says that weeks differ."""
    people = staff([None] * 3)
    one, two, three = people["person_id"]
    rows = [(one, two, "mail", 9), *((a, b, "mail", 168 + at) for a, b, at in ((one, two, 9), (two, three, 10)))]
    found = weekly.passed(log([*rows, (one, two, "mail", 168 * 3 + 9)]), people, 20, np.random.default_rng(1))
    assert found.estimate.estimate == pytest.approx(0.25)
    assert (found.estimate.low, found.estimate.high) == pytest.approx((0, 0.5))


def uneven(weeks: int, people: int) -> tuple[pd.Series, dict[int, np.ndarray]]:
    """Weeks that differ: contacts of each, and the contacts themselves, in order of time."""
    rng, found = np.random.default_rng(8), {}
    for number in range(weeks):
        rows = np.zeros(rng.integers(60, 240), CONTACT)
        rows["a"], step = rng.integers(0, people, len(rows)), rng.integers(1, people, len(rows))
        rows["b"], rows["at"] = (rows["a"] + step) % people, np.sort(rng.integers(0, 200, len(rows)))
        found[number] = rows
    return pd.Series({number: len(rows) for number, rows in found.items()}), found


def test_weeks_and_people_drawn_tell_the_whole_within_their_error(monkeypatch):
    """Of 40 uneven weeks 6 are drawn, and 12 of 60 people in each: the interval holds the share of all weeks and
    people in at least 93 of 100 draws in theory, in 88 here; none leans to one side."""
    counts, found = uneven(40, 60)
    monkeypatch.setattr(weekly, "_held", lambda met, weeks: np.concatenate([found[number] for number in weeks]))
    monkeypatch.setattr(weekly, "HELD", 1)
    truth = weekly._shares(None, counts, 60, None, 0, np.random.default_rng(1))[0].mean()
    monkeypatch.setattr(weekly, "MOST_PASSES", int(2 * 6.5 * counts.mean()))
    monkeypatch.setattr(weekly, "FOLLOWED", 12)
    drawn = [weekly._drawn(None, counts, 60, np.random.default_rng(seed)) for seed in range(100)]
    assert drawn[0].drawn == "6 of 40 weeks, and in each 12 people to start from, drawn by chance"
    assert sum(one.estimate.low <= truth <= one.estimate.high for one in drawn) >= 88
    apart = np.array([one.estimate.estimate for one in drawn]) - truth
    assert abs(apart.mean()) < 4 * apart.std() / 10
    assert np.mean([one.estimate.high - one.estimate.low for one in drawn]) < 0.5


def test_a_long_record_is_drawn_and_a_short_one_is_not(monkeypatch):
    """The same log with and without room for all of it: each week alike, so both tell the same, and one says how."""
    people = staff([None] * 3)
    met = log(chain(people, 9, "mail"))
    whole = weekly.passed(met, people, 20, np.random.default_rng(1))
    monkeypatch.setattr(weekly, "MOST_PASSES", 20)
    monkeypatch.setattr(weekly, "HELD", 3)
    some = weekly.passed(met, people, 20, np.random.default_rng(1))
    assert (whole.drawn, some.drawn) == ("", "5 of 7 weeks, and in each 3 people to start from, drawn by chance")
    assert whole.estimate == some.estimate
    assert weekly.passed(met, people, 20, np.random.default_rng(1)) == some
