"""How far what was planted in texts is found again: topics, their onsets, the order of what they are worth."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.optimize import linear_sum_assignment
from scipy.stats import kendalltau, t

from kithwork.estimates import LEVEL

SAME = 0.5
"""F1 of texts from which a topic found is the one planted."""
WITHIN = 2
"""Weeks that an onset may be off."""


def matched(planted: pd.Series, found: pd.Series) -> pd.DataFrame:
    """Each topic found, and the topic planted whose texts are most its own, no two alike (Kuhn 1955): topic_id, planted,
    precision and recall of its texts, f1. Both by comment, absent where there is none; topics of no pair are left out."""
    both = pd.crosstab(found, planted)
    many, there = found.value_counts().reindex(both.index), planted.value_counts().reindex(both.columns)
    f1 = 2 * both.to_numpy() / (many.to_numpy()[:, None] + there.to_numpy())
    rows, columns = linear_sum_assignment(-f1)
    kept = f1[rows, columns] >= SAME
    rows, columns = rows[kept], columns[kept]
    hits = both.to_numpy()[rows, columns]
    return pd.DataFrame(
        {
            "topic_id": both.index[rows],
            "planted": both.columns[columns],
            "precision": hits / many.to_numpy()[rows],
            "recall": hits / there.to_numpy()[columns],
            "f1": f1[rows, columns],
        }
    )


def f1(precision: float, recall: float) -> float:
    """Harmonic mean of the shares of topics found that were planted, and of topics planted that were found."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def dated(pairs: pd.DataFrame, onset: pd.Series, truth: pd.Series) -> np.ndarray:
    """For each pair whose planted topic began while texts were written, whether the onset found is near enough.

    `onset`, by topic found, and `truth`, by topic planted, are weeks; absent where it was there from the first.
    """
    said, true = pairs["topic_id"].map(onset), pairs["planted"].map(truth)
    began = true.notna()
    return (said[began] - true[began]).abs().le(WITHIN).to_numpy()


def tau(one: np.ndarray, other: np.ndarray) -> float:
    """Kendall's tau-b of two orders."""
    return float(kendalltau(one, other).statistic)


def over_worlds(values: list[float]) -> tuple[float, float]:
    """Ends of the 95 % interval of the mean over worlds (Student's t)."""
    mean, error = np.mean(values), np.std(values, ddof=1) / np.sqrt(len(values))
    half = t.ppf((1 + LEVEL) / 2, len(values) - 1) * error
    return float(mean - half), float(mean + half)
