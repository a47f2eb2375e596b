"""Weekly counts of topics: whose texts count, which weeks there are, and which waves."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from talk import BEGIN, texts

from kithwork.market.series import WEEK, counts, monday, waves, weekly
from kithwork.market_tables import COPY, KEPT, TEXTS, TOPIC_WEEKS

NONE = float("nan")


def test_weeks_by_hand():
    """Two topics in four weeks: an empty week stays, texts on nothing count in the whole, an undated text nowhere."""
    found = weekly(*texts([0, 0, 0, 1, 3, NONE], ["en-00", "en-01", None, "en-00", "en-00", "en-00"]))
    wide = counts(found)
    assert wide.texts.tolist() == [[1, 1, 0, 1], [1, 0, 0, 0]]
    assert wide.of.tolist() == [3, 1, 0, 1]
    assert list(wide.weeks) == [BEGIN + WEEK * week for week in range(4)]
    assert TOPIC_WEEKS.checked(found.assign(burst=False)).shape == (8, 5)


def test_copies_and_texts_not_read_are_no_part_of_a_series():
    """Not of a topic's counts, and not of the whole."""
    frame, of = texts([0, 0, 0, 1], ["en-00"] * 4, fates=[KEPT, COPY, "too short", COPY])
    found = weekly(frame, of)
    assert found[["texts", "of"]].to_numpy().tolist() == [[1, 1]]


def test_weeks_begin_on_mondays_in_utc():
    """The last second of a Sunday is of the week before."""
    at = pd.Series(pd.to_datetime(["2025-01-05T23:59:59Z", "2025-01-06T00:00:00Z", "2025-01-12T12:00:00Z"]))
    assert monday(at).dt.strftime("%m-%d").tolist() == ["12-30", "01-06", "01-06"]


def test_without_topics_or_dates_there_is_no_series():
    """No text, none in a topic, none with a date."""
    for frame, of in (texts([], []), texts([0, 1], [None, None]), texts([NONE], ["en-00"])):
        assert weekly(frame, of).empty
    assert weekly(TEXTS.empty(), pd.Series(dtype="str")).empty


@given(st.lists(st.tuples(st.integers(0, 30), st.sampled_from(["en-00", "de-01", None])), min_size=1, max_size=60))
def test_counts_add_up(rows):
    """Every dated text of a topic is in one week; the whole of the weeks is all dated texts; weeks have no gap."""
    weeks, topics = zip(*rows, strict=True)
    found = weekly(*texts(weeks, topics))
    if found.empty:
        assert set(topics) == {None}
        return
    told = pd.Series(topics).value_counts()
    assert found.groupby("topic_id")["texts"].sum().to_dict() == told.to_dict()
    wide = counts(found)
    assert wide.of.sum() == len(rows)
    assert set(np.diff(wide.weeks)) <= {WEEK.to_numpy()}
    assert wide.weeks[0] == BEGIN + min(weeks) * WEEK


def test_waves_are_parted_by_weeks_without_texts():
    """A month of silence parts two waves; three weeks do not."""
    assert waves(np.array([3, 5, 0, 0, 0, 0, 0, 4, 1])).tolist()[::7] == [0, 1]
    assert waves(np.array([3, 0, 0, 0, 4])).max() == 0
    assert waves(np.array([3, 0, 0, 0, 0, 4])).max() == 1
