"""Trends put together: tables that keep to their contracts, what is claimed, and what too little data leaves out."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as settings_of
from hypothesis import strategies as st
from synthetic import settings
from talk import BEGIN, planted, texts

from kithwork.claims import Ledger
from kithwork.market.series import WEEK
from kithwork.market.trends import Trends, shown, trends
from kithwork.market_tables import COPY, FALLING, FATES, KEPT, RISING, TEXTS, TOO_FEW, TOPIC_WEEKS, TRENDS

SET_TO = settings()


def points(count: int, seed: int = 1) -> np.ndarray:
    """Points for so many texts."""
    rows = np.random.default_rng(seed).normal(size=(count, 8))
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def of(frame, topics) -> Trends:
    """Trends of these texts, wherever they lie."""
    return trends(frame, topics, points(int((frame["fate"] == KEPT).sum())), SET_TO, np.random.default_rng(1))


def claims(found: Trends) -> pd.DataFrame:
    """What is claimed, by measure."""
    ledger = Ledger("market")
    found.claims(ledger)
    return ledger.frame().set_index("measure")


def risen(weeks: int = 40, each: int = 20) -> tuple[pd.DataFrame, pd.Series]:
    """Texts of three topics: one rises from nothing, one falls to nothing, the rest stay."""
    rng = np.random.default_rng(4)
    week = np.repeat(np.arange(weeks), each)
    up = rng.random(len(week)) < 0.5 * week / weeks
    down = ~up & (rng.random(len(week)) < 0.6 * (1 - week / weeks))
    names = np.select([up, down], ["en-01", "en-02"], "en-00")
    return texts(week, names, [f"p{who:03d}" for who in rng.integers(0, 50, len(week))])


def test_planted_rise_and_fall_are_told_and_claimed():
    """The one that rises by about five points in four weeks and the one that falls as fast, each with texts and writers."""
    frame, topics = risen()
    found = of(frame, topics)
    told = found.table.set_index("topic_id")
    assert told.loc["en-01", "trend"] == RISING
    assert told.loc["en-02", "trend"] == FALLING
    named = claims(found)
    rise = named.loc["market.rise.en-01"]
    assert rise["low"] <= 50 / 40 * 365.25 / 12 / 7 <= rise["high"]
    assert rise["low"] > 0 > named.loc["market.rise.en-02", "high"]
    assert rise["n"] == (topics == "en-01").sum()
    assert rise["people"] == frame.loc[(topics == "en-01").to_numpy(), "person_id"].nunique()
    assert named.loc["market.rising", "estimate"] == pytest.approx(100 / 3)
    assert named.loc["market.rising", "n"] == 3
    assert named.loc["market.dated", ["estimate", "n"]].tolist() == [100, 800]


def test_tables_keep_to_their_contracts_and_say_when():
    """A simulated organisation: a row for each topic, onsets within the weeks watched, first texts as they are."""
    frame, topics, true = planted(500, 26, 3)
    found = of(frame, topics)
    assert TRENDS.checked(found.table).equals(found.table)
    assert TOPIC_WEEKS.checked(found.weeks).equals(found.weeks)
    assert found.table["topic_id"].tolist() == sorted(set(topics.dropna()))
    first = frame.groupby(frame["comment_id"].map(topics))["at"].min()
    assert (found.table.set_index("topic_id")["first"] == first).all()
    began = found.table.set_index("topic_id")["onset"].dropna()
    assert ((began - BEGIN) / WEEK % 1 == 0).all()
    assert ((began - BEGIN) / WEEK - true[began.index]).abs().median() <= 2
    assert (found.table["burst_from"].isna() == found.table["burst_p"].isna()).all()
    burst = found.table.dropna(subset="burst_from").merge(found.weeks, on="topic_id")
    assert burst.loc[burst["week"].between(burst["burst_from"], burst["burst_until"]), "burst"].all()


def test_one_wave_is_no_series():
    """A survey answered within three weeks: first texts, and nothing that needs time."""
    frame, topics = texts([0] * 30 + [1] * 20 + [2] * 10, ["en-00", "en-01"] * 30)
    found = of(frame, topics)
    assert (found.table["trend"] == TOO_FEW).all()
    assert found.table[["onset", "slope", "ratio", "p", "burst_from", "novelty"]].isna().all(axis=None)
    assert not found.weeks["burst"].any()
    assert claims(found).index.tolist() == ["market.dated"]


def test_two_waves_are_held_against_each_other():
    """From 5 of 100 texts to 30 of 100: six times, exact, and rising; a topic new in the second wave rises too, and no
    ratio is claimed of it."""
    first = ["en-00"] * 5 + [None] * 95
    second = ["en-00"] * 30 + ["en-01"] * 20 + [None] * 50
    frame, topics = texts([0] * 100 + [26] * 100, first + second)
    found = of(frame, topics)
    assert (found.table["trend"] == RISING).all()
    assert found.table["slope"].isna().all()
    named = claims(found)
    assert named.loc["market.rise_ratio.en-00", "estimate"] == pytest.approx(6)
    assert "market.rise_ratio.en-01" not in named.index
    assert named.loc["market.rising", "estimate"] == 100


def test_copies_and_undated_texts_change_no_trend_and_are_told():
    """Copies of one text are no rise; a text without a date is counted as such."""
    frame, topics = risen()
    before = of(frame, topics).table
    more, of_more = texts([39] * 60 + [float("nan")] * 40, ["en-00"] * 100, "p900", [COPY] * 60 + [KEPT] * 40)
    more["comment_id"] = of_more.index = [f"x{row:06d}" for row in range(100)]
    after = of(TEXTS.checked(pd.concat([frame, more])), pd.concat([topics, of_more]))
    of_places = ["novelty", "novelty_p"]
    pd.testing.assert_frame_equal(after.table.drop(columns=of_places), before.drop(columns=of_places))
    assert claims(after).loc["market.dated", "estimate"] == pytest.approx(100 * 800 / 840)


def test_a_topic_unlike_all_before_it_is_new():
    """Its points lie apart from all earlier ones, and so do texts of the later half."""
    frame, topics = texts(np.repeat(np.arange(20), 10), ["en-00"] * 100 + ["en-01"] * 100)
    place = points(200)
    place[(topics == "en-01").to_numpy()] = np.eye(8)[0] + 0.1 * points(100, 2)
    place[(topics != "en-01").to_numpy(), 0] = 0
    place /= np.linalg.norm(place, axis=1, keepdims=True)
    found = trends(frame, topics, place, SET_TO, np.random.default_rng(1))
    row = found.table.set_index("topic_id").loc["en-01"]
    assert abs((row["onset"] - BEGIN) / WEEK - 10) <= 1
    assert row["novelty"] > 0.5
    assert row["novelty_p"] <= 0.05
    assert found.fresh.low > 0.5


WEEKS = st.integers(0, 40) | st.just(float("nan"))


@settings_of(max_examples=25)
@given(
    st.lists(
        st.tuples(WEEKS, st.sampled_from(["en-00", "de-00", None]), st.sampled_from(FATES)),
        max_size=80,
    )
)
def test_whatever_was_written_keeps_to_the_contracts(rows):
    """Any weeks, topics and fates: tables and claims that check, and a row for each topic with a text that counts."""
    weeks, topics, fates = zip(*rows, strict=True) if rows else ((), (), ())
    frame, topic = texts(weeks, topics, fates=list(fates))
    found = of(frame, topic)
    assert TRENDS.checked(found.table).equals(found.table)
    counted = {name for week, name, fate in rows if name and fate == KEPT and week == week}
    assert set(found.table["topic_id"]) == counted
    claims(found)


def test_without_texts_dates_or_topics_nothing_is_said():
    """Empty tables of the contract, and no claim but how many texts have a date."""
    nothing = pd.Series(dtype="str")
    none = trends(TEXTS.empty(), nothing, np.zeros((0, 8), dtype=np.float32), SET_TO, np.random.default_rng(1))
    undated = of(*texts([float("nan")] * 9, ["en-00"] * 9))
    for found in (none, undated, of(*texts(range(20), [None] * 20))):
        assert found.table.equals(TRENDS.empty())
        assert found.weeks.equals(TOPIC_WEEKS.empty())
    assert claims(none).empty
    assert claims(undated).loc["market.dated", "estimate"] == 0


def test_weeks_are_written_out_for_a_chapter():
    """A day for each week, and a dash where none is known."""
    frame, topics = risen()
    rows = of(frame, topics).table
    told = shown(rows)
    assert list(told.index) == list(rows["topic_id"])
    assert set(told.loc[rows["burst_from"].isna().to_numpy(), "burst_from"]) <= {"–"}
    assert re.fullmatch(r"\d\d \w+ \d{4}|–", told["onset"].iloc[0])
