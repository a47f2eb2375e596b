"""One study before and after its settings, code or data changed: which of its released figures read otherwise.

The same data under other settings have no chance in them: figures moved, or they did not, and nothing is tested. Where the
data changed too, figures of groups are left out: the gate guards one partition of people at a time, and groups that
overlap, set beside each other, could tell of the few by whom they differ.
"""

from __future__ import annotations

from kithwork.release import Released
from kithwork.report.beside_rows import Beside, indexed, of_both, of_one

MOVED, INTERVAL_ALONE = "moved", "interval alone moved"


def moved(before: Released, now: Released, *, same_data: bool) -> list[Beside]:
    """Of one study: each figure that reads otherwise than before, or stands in one of the two alone.

    Groups are set beside each other only where the data are the same, and then those that both show.
    """
    one, other = (indexed(frame.claims, groups=same_data) for frame in (before, now))
    rows = []
    for name in (name for name in one.index if name in other.index):
        old, new = one.loc[name], other.loc[name]
        if any(old[end] != new[end] for end in ("estimate", "low", "high")):
            verdict = INTERVAL_ALONE if old["estimate"] == new["estimate"] else MOVED
            rows.append(of_both(old, new, verdict))
    return [*sorted(rows, key=lambda row: (row.verdict == MOVED, _step(row)), reverse=True), *of_one(one, other)]


def _step(row: Beside) -> float:
    """By how many of its own half-widths a figure moved."""
    half = max((row.first.high - row.first.low) / 2, 1e-9)
    return abs(row.second.estimate - row.first.estimate) / half
