"""Ratios of sums over what people said of those they named: an interval for what answers have in common at both ends.

Answers of one ego are alike, as are those about one alter, and the two of a pair. With u = (top − R · bottom) / Σ bottom
of each answer, errors clustered at both ends have the variance (Aronow, Samii & Assenova 2015, Political Analysis 23:564)

    V = Σ over persons S² − Σ over pairs D²,   S the sum of u over all answers a person gave or was given, D over a pair's.

The bootstrap over egos (`persons.py`) is stretched about the figure by √(V / Σ over egos (Σ u)²), where that is above 1.
"""

from __future__ import annotations

from dataclasses import replace
from math import sqrt

import numpy as np
import pandas as pd

from kithwork.estimates import Estimate
from kithwork.values.asked import Asked
from kithwork.values.evidence import Evidence, Measured, Missing
from kithwork.values.persons import over_people

BOTH_ENDS = "stretched for what answers share at both ends (Aronow, Samii & Assenova 2015)"


def over_answers(
    evidence: Evidence,
    said: Asked,
    top: np.ndarray,
    bottom: np.ndarray,
    *,
    unit: str,
    method: str,
    needs: str,
    factor: float = 1.0,
    ends: tuple[float, float] | None = (0, 1),
    reference: float | None = None,
    reference_label: str | None = None,
) -> Measured | Missing:
    """`factor` · Σ top / Σ bottom, both (answers,) in the order of `said`; all else as in `persons.over_people`."""
    top, bottom = np.asarray(top, dtype=float), np.asarray(bottom, dtype=float)
    found = over_people(
        evidence,
        said.by_ego(top),
        said.by_ego(bottom),
        unit=unit,
        method=method,
        needs=needs,
        factor=factor,
        ends=ends,
        reference=reference,
        reference_label=reference_label,
    )
    if isinstance(found, Missing) or not found.spread:
        return found
    wider, one = stretch(said, top, bottom), found.estimate
    low, high = (one.estimate + wider * (end - one.estimate) for end in (one.low, one.high))
    least, most = (0.0, np.inf) if ends is None else (factor * end for end in ends)
    return replace(
        found,
        estimate=Estimate(one.estimate, max(low, least), min(high, most), one.n),
        method=f"{found.method}, {BOTH_ENDS}",
        draws=np.clip(one.estimate + wider * (found.draws - one.estimate), least, most),
    )


def stretch(said: Asked, top: np.ndarray, bottom: np.ndarray) -> float:
    """How many times the bootstrap over egos the errors clustered at both ends are, at least 1."""
    beside = np.where(said.colleague, said.alter, said.people + pd.factorize(said.alter_id)[0])
    count = said.people + int(beside.max()) + 1
    apart = (top - top.sum() / bottom.sum() * bottom) / bottom.sum()
    given, got = np.bincount(said.ego, apart, count), np.bincount(beside, apart, count)
    pair = np.minimum(said.ego, beside).astype(np.int64) * count + np.maximum(said.ego, beside)
    of_pairs = np.bincount(np.unique(pair, return_inverse=True)[1], apart)
    both = ((given + got) ** 2).sum() - (of_pairs**2).sum()
    alone = (given**2).sum()
    return sqrt(max(both / alone, 1.0)) if alone > 0 else 1.0
