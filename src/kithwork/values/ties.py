"""Figures that are shares of what ties hold: of all of it, the part in some ties; for the whole and for each unit.

R = Σ top / Σ bottom over undirected ties, top between 0 and bottom. Ties of one person are alike, so that errors are by
linearisation, clustered at both ends (Fafchamps & Gubert 2007, J. Dev. Econ. 83:326; Aronow, Samii & Assenova 2015,
Political Analysis 23:564): with u = (top − R · bottom) / Σ bottom,

    V = Σ over persons S² − Σ over ties u²,   S the sum of u over a person's ties.

A share and what is left of it are a composition of two parts, whose log ratio is the logit: `people.dyadic` has its error,
with care for few people and t draws, so that intervals lie in 0–1. Where R is 0 or 1 the other part is taken for half a
tie with a standard error of 1 on the log scale: the interval is then up to about three ties wide, as by the rule of three.
What is not counted in ties, as minutes, is scaled to the number of ties it is worth, (Σ bottom)² / Σ bottom² (Kish 1965,
*Survey Sampling*).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from kithwork.estimates import Estimate, from_draws
from kithwork.people import dyadic
from kithwork.values.evidence import Evidence, Measured, Missing

if TYPE_CHECKING:
    from scipy import sparse

ERRORS = "errors of ties clustered at both ends (Fafchamps & Gubert 2007)"


def over_ties(
    evidence: Evidence,
    a: np.ndarray,
    b: np.ndarray,
    top: np.ndarray,
    bottom: np.ndarray,
    *,
    unit: str,
    method: str,
    needs: str,
    factor: float = 1.0,
    reference: float | None = None,
    reference_label: str | None = None,
    drawn: Iterable[tuple[np.ndarray, np.ndarray]] = (),
) -> Measured | Missing:
    """`factor` · Σ top / Σ bottom, 0 ≤ top ≤ bottom, both (ties,) of undirected ties with ends `a`, `b`, rows of people.

    Ties with a bottom of 0 are no part of it. n: people with a tie that is. `by_unit`: of each unit with ties enough, a tie
    counted once for each end in it. `drawn`: top and bottom as they may be too, where they are estimated; the intervals
    then hold both doubts. `Missing(needs)` for fewer than five ties.
    """
    top, bottom = np.asarray(top, dtype=float), np.asarray(bottom, dtype=float)
    kept = np.flatnonzero(bottom > 0)
    if len(kept) < dyadic.FEWEST_TIES:
        return Missing(needs)
    a, b, parts = np.asarray(a)[kept], np.asarray(b)[kept], _parts(top[kept], bottom[kept])
    held = _held(evidence, a, b)
    known, others = held @ parts, [held @ _parts(one[kept], all_of[kept]) for one, all_of in drawn]
    others = np.stack(others) if others else known[None]

    def resampled(row: int, ends: np.ndarray, of: np.ndarray) -> np.ndarray:
        picked = others[evidence.rng.integers(0, len(others), evidence.settings.values.resamples), row]
        return factor * _draws(ends, parts[of], a[of], b[of], picked, evidence.rng)

    draws = resampled(0, np.ones(len(kept)), np.arange(len(kept)))
    own = _by_person(evidence, a, b, parts)
    share = factor * known[:, 0] / known.sum(axis=1).clip(min=np.finfo(float).tiny)
    by_unit: dict[str, Estimate] = {}
    for code, name in enumerate(evidence.units):
        mine = held[[code + 1]]
        if mine.nnz >= dyadic.FEWEST_TIES:
            people = (evidence.unit_codes[own[:, 0] > 0] == code).sum()
            by_unit[name] = from_draws(share[code + 1], resampled(code + 1, mine.data, mine.indices), people)
    who = own[:, 0] > 0
    return Measured(
        from_draws(share[0], draws, int(who.sum())),
        unit,
        f"{method}; {ERRORS}",
        reference,
        reference_label,
        draws,
        spread=float((factor * own[who, 1] / own[who, 0]).std(ddof=1)),
        by_unit=by_unit,
    )


def _parts(top: np.ndarray, bottom: np.ndarray) -> np.ndarray:
    """What is in the share, and what is not: (ties, 2)."""
    return np.column_stack([top, bottom - top])


def _draws(
    ends: np.ndarray, parts: np.ndarray, a: np.ndarray, b: np.ndarray, totals: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """The share in each of `totals`, (resamples, 2), with the error of who the people are: (resamples,) in 0–1."""
    weight = parts.sum(axis=1)
    counted = ends * weight
    scale = counted.sum() / (counted**2).sum()
    covariance, freedom = dyadic.scatter(counted, parts / weight[:, None], a, b)
    return dyadic.drawn(totals * scale, ends @ parts * scale, covariance, freedom, rng)[:, 0]


def _held(evidence: Evidence, a: np.ndarray, b: np.ndarray) -> sparse.csr_array:
    """How often each tie is counted, 1 + units × ties: once in the whole; in a unit, for each end."""
    from scipy import sparse

    tie = np.arange(len(a))
    rows = np.concatenate([np.zeros_like(tie), evidence.unit_codes[a] + 1, evidence.unit_codes[b] + 1])
    columns = np.concatenate([tie, tie, tie])
    kept = np.concatenate([np.ones(len(a), dtype=bool), rows[len(a) :] > 0])
    shape = (1 + len(evidence.units), len(a))
    return sparse.coo_array((np.ones(kept.sum()), (rows[kept], columns[kept])), shape=shape).tocsr()


def _by_person(evidence: Evidence, a: np.ndarray, b: np.ndarray, parts: np.ndarray) -> np.ndarray:
    """Bottom and top summed over each person's ties: (people, 2)."""
    count, both = len(evidence.people), np.concatenate([a, b])
    sums = [np.bincount(both, np.tile(column, 2), count) for column in (parts.sum(axis=1), parts[:, 0])]
    return np.column_stack(sums)
