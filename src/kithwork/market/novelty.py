"""Whether what is said was said before: of a topic when it began, and of all that is written.

A topic is as new as the text nearest to its middle m, of those written before its onset, is far:

    novelty = 1 − max cos(m, x)        over texts x from before

A topic that had been there before would have texts as near as its own are. How far those are is told by leaving each out of
the middle in turn: P is the share of its own texts, the one from before counted with them, that lie at least as far off.

Of all texts, `fresh` asks how many of the later half are nearer to a text of that half than to any of the earlier one.
Where what people write of does not move, that is one in two (Schilling 1986, JASA 81:799; Henze 1988, Ann. Stat. 16:772).
"""

from __future__ import annotations

import numpy as np

from kithwork.estimates import Estimate, proportion

MOST = 2000
"""Texts of each half that are compared, spread evenly over it."""
BLOCK = 500
NEAR = 1e-9
"""Distances that differ by less are the same."""
ALIKE = 1e-6
"""Likenesses that differ by less are the same: points are told to six places."""


def novelty(points: np.ndarray, mine: np.ndarray, before: np.ndarray) -> tuple[float, float] | None:
    """How new a topic was, 0 to 2, and P of a text as far off among its own; None without a text from before.

    `points`: (texts, dims), rows of length 1; `mine`: which are the topic's; `before`: which were written before it began.
    """
    if not before.any() or mine.sum() < 2:
        return None
    own = points[mine].astype(float)
    total = own.sum(axis=0)
    found = 1 - float((points[before] @ _unit(total)).max())
    left_out = 1 - (own * _unit(total - own)).sum(axis=1)
    return found, float((1 + (left_out >= found - NEAR).sum()) / (1 + len(own)))


def _unit(rows: np.ndarray) -> np.ndarray:
    """Rows, or one, at length 1."""
    length = np.linalg.norm(rows, axis=-1, keepdims=True)
    return rows / np.where(length > 0, length, 1)


def fresh(points: np.ndarray) -> Estimate | None:
    """Share of the later half of texts whose nearest text is of that half; None of fewer than four.

    `points`: (texts, dims), in order of time, rows of length 1. Texts just as near count half. Texts share neighbours, so
    that their answers go together: the interval is that of half as many.
    """
    half = len(points) // 2
    if half < 2:
        return None
    take = np.linspace(0, half - 1, min(half, MOST)).astype(int)
    early, late = points[:half][take], points[len(points) - half :][take]
    nearer = np.empty(len(late))
    for first in range(0, len(late), BLOCK):
        rows = np.arange(first, min(first + BLOCK, len(late)))
        among = late[rows] @ late.T
        among[np.arange(len(rows)), rows] = -np.inf
        beside = (late[rows] @ early.T).copy()
        beside[np.arange(len(rows)), rows] = -np.inf
        apart = among.max(axis=1) - beside.max(axis=1)
        nearer[rows] = 0.5 + 0.5 * np.sign(np.where(np.abs(apart) < ALIKE, 0, apart))
    share = float(nearer.mean())
    halved = proportion(share * len(late) / 2, len(late) / 2)
    return Estimate(share, halved.low, halved.high, len(late))
