"""Texts with known topics and dates, made for the tests of trends: no line describes anybody."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kithwork.market_tables import KEPT, TEXTS
from kithwork.simulation import simulate

BEGIN = pd.Timestamp("2025-01-06", tz="UTC")
"""A Monday."""


def texts(weeks, topics, people=None, fates=KEPT) -> tuple[pd.DataFrame, pd.Series]:
    """`TEXTS`, one in each of these weeks (NaN where there is no date), and the topic of each by comment_id."""
    ids = [f"c{row:06d}" for row in range(len(weeks))]
    at = BEGIN + pd.to_timedelta(np.asarray(weeks, dtype=float) * 7 + 2.5, unit="D")
    frame = pd.DataFrame({"comment_id": ids, "person_id": "p000" if people is None else people, "at": at, "fate": fates})
    frame = TEXTS.checked(frame.assign(language="en", copy_of=None, words=6))
    return frame, pd.Series(list(topics), index=ids, dtype="str")


def planted(people: int, weeks: int, seed: int, mistaken: float = 0.0) -> tuple[pd.DataFrame, pd.Series, pd.Series]:
    """Texts of a simulated organisation, their true topics but for a share put into any at random, and true onset weeks."""
    said = simulate(people, weeks, seed).voices
    rng, notes = np.random.default_rng(seed), said.notes
    wrong = rng.random(len(notes)) < mistaken
    number = np.where(wrong, rng.integers(-1, len(said.topics), len(notes)), notes["topic"])
    names = [f"en-{one:02d}" for one in range(len(said.topics))]
    frame, of = texts(notes["week"], [names[one] if one >= 0 else None for one in number], notes["person"].astype(str))
    return frame, of, pd.Series(said.topics["onset_week"].to_numpy(), index=names)
