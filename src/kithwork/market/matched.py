"""Which problems on the register of ideas are of which topic, by meaning: one that is like none is left alone.

A problem is as like a topic as it is to the phrase, or the analyst's name, that it is most like: cosine of the mean vectors
of their words (Salton, Wong & Yang 1975, Commun. ACM 18:613). A mean over all phrases would ask of a problem of three words
that it be about everything its topic is. It is matched where it is `LIKE` or more, and `APART` nearer than to the next
topic: a wrong match lends a topic value that was stated of something else, a missed one leaves two signals where one would
do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kithwork.market.embedding import embed

if TYPE_CHECKING:
    from collections.abc import Iterable

LIKE, APART = 0.6, 0.1
"""Cosine from which a problem is of a topic, and by how much the next topic must be further off."""


def matched(problems: Iterable[str], topics: pd.DataFrame, phrases: pd.DataFrame) -> pd.Series:
    """topic_id by problem, absent where the problem is of none or two are as near; problems once each, in order.

    `topics`, `phrases`: by their contracts.
    """
    problems = sorted(set(problems))
    named = topics[["topic_id", "named"]].dropna().rename(columns={"named": "phrase"})
    said = pd.concat([phrases[["topic_id", "phrase"]], named], ignore_index=True)
    said = said[said["topic_id"].isin(topics["topic_id"])].sort_values(["topic_id", "phrase"])
    found = pd.Series(None, index=pd.Index(problems, name="problem", dtype="str"), name="topic_id", dtype="str")
    if found.empty or said.empty:
        return found
    codes, ids = pd.factorize(said["topic_id"])
    first = np.flatnonzero(np.diff(codes, prepend=-1))
    points = embed([*problems, *said["phrase"]])
    like = np.maximum.reduceat(points[: len(problems)] @ points[len(problems) :].T, first, axis=1)
    ordered = np.sort(np.column_stack([like, np.full(len(like), -1.0)]), axis=1)
    sure = (ordered[:, -1] >= LIKE) & (ordered[:, -1] - ordered[:, -2] >= APART)
    found[sure] = ids[like.argmax(axis=1)][sure]
    return found
