"""How much is written of each topic, week by week.

A series counts texts that are read. Copies are left out: a forwarded text shows attention, but says nothing that was not
counted when it was first told. Weeks begin on Mondays in UTC and run without a gap from the first dated text to the last,
so that a week in which nobody wrote is there with nothing in it. Texts without a date are in no week.

A survey answered within a few weeks is a wave, one look at what people write of: `waves` tells such looks apart.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kithwork.market_tables import KEPT

WEEK = pd.Timedelta(days=7)
MONTH = 365.25 / 12 / 7
"""Weeks in a month."""
APART = 4
"""Weeks without any text that part one wave from the next."""


@dataclass(frozen=True)
class Counts:
    """`texts`: (topics, weeks), texts on each topic; `of`: (weeks,), texts on anything; `topics`, `weeks` name both
    axes."""

    topics: pd.Index
    weeks: pd.DatetimeIndex
    texts: np.ndarray
    of: np.ndarray


def dated(texts: pd.DataFrame) -> pd.DataFrame:
    """The texts that a series counts: read, no copies, and with a date."""
    return texts[(texts["fate"] == KEPT) & texts["at"].notna()]


def monday(at: pd.Series) -> pd.Series:
    """The Monday, 0:00 UTC, of the week of each time."""
    day = at.dt.floor("D")
    return day - pd.to_timedelta(day.dt.day_of_week, unit="D")


def weekly(texts: pd.DataFrame, of: pd.Series) -> pd.DataFrame:
    """`TOPIC_WEEKS` without `burst`: a row per topic with a dated text and week, empty weeks too.

    `texts`: `TEXTS`; `of`: topic by comment_id, absent where a text fits none.
    """
    counted = dated(texts)
    topic, week = counted["comment_id"].map(of), monday(counted["at"])
    if topic.isna().all():
        return pd.DataFrame(
            {"topic_id": pd.Series(dtype="str"), "week": week[:0], "texts": pd.Series(dtype="int64"), "of": 0}
        )
    weeks = pd.date_range(week.min(), week.max(), freq=WEEK, name="week")
    table = pd.DataFrame({"topic_id": topic, "week": week}).groupby(["topic_id", "week"]).size().unstack(fill_value=0)
    long = table.reindex(columns=weeks, fill_value=0).stack().rename("texts").reset_index()
    whole = week.value_counts().reindex(weeks, fill_value=0)
    return long.assign(of=long["week"].map(whole))


def counts(weeks: pd.DataFrame) -> Counts:
    """The table of `weekly` as arrays."""
    wide = weeks.pivot(index="topic_id", columns="week", values="texts")
    of = weeks.drop_duplicates("week").set_index("week")["of"].reindex(wide.columns)
    return Counts(wide.index, pd.DatetimeIndex(wide.columns), wide.to_numpy(float), of.to_numpy(float))


def waves(of: np.ndarray) -> np.ndarray:
    """The wave of each week, numbered from 0, where `APART` weeks or more without a text part one from the next."""
    written = np.flatnonzero(of > 0)
    starts = written[1:][np.diff(written) > APART]
    return np.searchsorted(starts, np.arange(len(of)), side="right")
