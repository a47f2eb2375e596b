"""What somebody said of a tie itself (table `labels`): evidence that what others said of theirs does not overturn.

Where enough people spoke, all ties are told by their words (`told.py`). Where too few did, a word still tells of its own
tie: by Bayes' rule, with what else is known of the tie before it, or even odds where nothing is, and as far as a person's
word goes by `ties.word`. Nothing else is certain before it: a tie without any sign has P 0 by the signs alone, on which no
word would tell.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from kithwork.chapters import Word
from kithwork.estimates import TAILS
from kithwork.tables import EGO
from kithwork.ties import reports

DRAWS = 40
"""Draws of how far a word goes."""

EVEN = 0.5


def given(ties: pd.DataFrame, labels: pd.DataFrame, kind: str) -> tuple[np.ndarray, np.ndarray]:
    """How many of the two said of each tie that it is of the kind, and how many spoke of it: (ties,) each."""
    own = labels[(labels["by"] == EGO) & (labels["kind"] == kind)].set_index(["ego_id", "alter_id"])["is"]
    sides = [pd.MultiIndex.from_frame(ties[[ego, alter]]) for ego, alter in (("a_id", "b_id"), ("b_id", "a_id"))]
    word = np.stack([own.reindex(side).to_numpy(dtype=float) for side in sides])
    return np.nansum(word, axis=0).astype(int), (~np.isnan(word)).sum(axis=0)


def weighed(
    p: np.ndarray,
    low: np.ndarray,
    high: np.ndarray,
    said: np.ndarray,
    asked: np.ndarray,
    word: Word,
    rng: np.random.Generator,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """P of each tie and the ends of its range, (ties,) each, with its words heard; those of a tie without words stay."""
    heard = asked > 0
    before = [np.where(np.isnan(one), EVEN, one)[heard].clip(reports.LEAST, reports.MOST) for one in (p, low, high)]
    middle, drawn = (reports.stated(word, count, rng) for count in (None, DRAWS))
    tail = [np.percentile(drawn.after(one, said[heard], asked[heard]), TAILS, axis=0) for one in before[1:]]
    after = middle.after(before[0], said[heard], asked[heard])[0]
    found = [one.copy() for one in (p, low, high)]
    for one, values in zip(found, (after, np.minimum(tail[0][0], after), np.maximum(tail[1][1], after)), strict=True):
        one[heard] = values
    return tuple(found)
