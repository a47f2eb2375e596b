"""Share of entries that come to one end within a time, where another end competes and some are not watched long enough.

Aalen & Johansen (1978, Scand. J. Stat. 5:141), of which the complement of Kaplan & Meier's (1958, JASA 53:457) survival is
the case without a competing end:

    F(t) = Σ_{s ≤ t} S(s−) · d₁(s)/Y(s),   S(s−) = Π_{u < s} (1 − (d₁(u) + d₂(u))/Y(u))

d₁, d₂: entries that come to either end on a day, Y: those still watched then; who is watched until a day is watched on it.
"""

from __future__ import annotations

import numpy as np

from kithwork import replicates

WATCHED, END, OTHER_END = 0, 1, 2
"""How an entry's days were over: no longer watched, at the end that is asked for, or at the one that competes with it."""


def cumulative_incidence(days: np.ndarray, fate: np.ndarray, horizon: int, counts: np.ndarray) -> np.ndarray:
    """Share that comes to `END` within `horizon` days, 0 to 1, in each resample: (resamples,).

    `days`: (entries,) whole days until the end or the last look, `fate`: (entries,) which of the three it was, `counts`:
    (resamples, entries) how often each entry is drawn. NaN where no entry drawn is watched so long while some are open.
    """
    grid = np.union1d(days[days <= horizon], [horizon])
    on = days[:, None] == grid
    columns = np.hstack([on & (fate == end)[:, None] for end in (END, OTHER_END, WATCHED)])
    end, other, left = np.split(replicates.sums(counts, columns.astype(float)), 3, axis=1)
    over = end + other
    watched = counts.sum(axis=1, dtype=float)[:, None] - np.cumsum(over + left, axis=1) + over + left
    going_on = 1 - np.divide(over, watched, out=np.zeros_like(over), where=watched > 0)
    open_after = np.cumprod(going_on, axis=1)
    open_before = np.hstack([np.ones((len(counts), 1)), open_after[:, :-1]])
    found = (open_before * np.divide(end, watched, out=np.zeros_like(end), where=watched > 0)).sum(axis=1)
    return np.where((watched[:, -1] > 0) | (open_after[:, -1] == 0), found, np.nan)
