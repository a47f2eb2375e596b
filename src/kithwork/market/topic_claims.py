"""What is claimed of topics: how many there are, how many texts fit one, and of each its share and its stability."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kithwork.claims import Ledger
from kithwork.estimates import from_draws, proportion

if TYPE_CHECKING:
    from kithwork.market.topics import Topics

NUMBER = "Number that tells most of words held out (Neufeld et al. 2024); range over deals of words"
SHARE = "Share of texts read, copies left out; Wilson interval (Wilson 1927)"
STABILITY = "Largest Jaccard index with a topic of a resample of texts, mean (Hennig 2007); range of 95% of resamples"


def claim(topics: Topics, ledger: Ledger) -> None:
    """Add them; nothing where no text was read, and where no topics are found that there are none."""
    if topics.number is None:
        return
    read, people = topics.number.n, topics.people
    ledger.add("topics", "Topics found in what people wrote", topics.number, unit="count", method=NUMBER, people=people)
    if topics.topics.empty:
        return
    size = topics.topics["texts"].to_numpy()
    share = proportion(int(size.sum()), read).times(100)
    ledger.add("in_topics", "Texts read that fit a topic", share, unit="%", method=SHARE, people=people)
    whole = np.nansum(topics.again * size, axis=1) / (~np.isnan(topics.again) * size).sum(axis=1)
    steady = from_draws(float(whole.mean()), whole, read)
    label = "How far topics are found again in resamples, mean over texts"
    ledger.add("topic_stability", label, steady, unit="index", method=STABILITY, people=people)
    for at, row in enumerate(topics.topics.itertuples()):
        share = proportion(row.texts, read).times(100)
        label = f"Texts on topic {row.topic_id}"
        ledger.add(f"topic_texts.{row.topic_id}", label, share, unit="%", method=SHARE, people=row.people)
        steady = from_draws(row.stability, topics.again[:, at], row.texts)
        label = f"How far topic {row.topic_id} is found again in resamples"
        ledger.add(f"topic_stability.{row.topic_id}", label, steady, unit="index", method=STABILITY, people=row.people)
