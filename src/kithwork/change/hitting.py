"""Which few people hit most of given sets of people, one chosen after the other, and how many no choice can exceed.

Greedy choice hits at least 1 − 1/e of the most (Nemhauser, Wolsey & Fisher 1978, Math. Program. 14:265). Mostly it hits far
more, and for the sets at hand that can be shown: give each set any weight u between 0 and 1; then k people hit at most

    Σ_s (1 − u_s) + the k largest of the sums over the sets of each person, Σ_{s ∋ v} u_s

Weight 1 for the sets that the first few chosen leave and 0 for others is the bound of Tang, Tang, Xiao & Yuan (2018,
SIGMOD, 991). From the best of these, weights are bettered step by step: down for sets that several of the k largest share,
up for sets that none has (Lagrangian relaxation: Galvão & ReVelle 1996, Eur. J. Oper. Res. 88:114; length of a step as
Polyak 1969, USSR Comput. Math. Math. Phys. 9:14).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

STEPS = 200
"""Steps by which weights are bettered at most."""
CALM = 10
"""Steps without a better bound after which they are halved; after four times as many they end."""
SHARP = 1e-6
"""Sets of which sums of floats may be off."""

Sets = tuple[np.ndarray, np.ndarray]
"""Sets of people: (sets + 1,) where each begins, and the row numbers that they hold."""


@dataclass(frozen=True)
class Chosen:
    """`rows`: people in the order chosen; `hit`: sets that they hit; `most`: as many people hit no more."""

    rows: np.ndarray
    hit: int
    most: int


def most_hit(sets: Sets, candidates: np.ndarray, size: int) -> Chosen:
    """The candidates, (people,) booleans, who hit most sets together, one by one; ties go to the lower row number.

    All candidates where they are no more than `size`. Counts are kept as they fall, so that each set is gone through once.
    """
    starts, people = sets
    held = sparse.csr_array((np.ones(len(people), dtype=np.int8), people, starts), shape=(len(starts) - 1, len(candidates)))
    of = held.tocsc()
    gain = np.where(candidates, np.diff(of.indptr), -1)
    size = min(size, int(candidates.sum()))
    missed = np.ones(held.shape[0], dtype=bool)
    rows, hit = np.zeros(size, dtype=int), 0
    most, after, gains = hit + _largest(gain, size).sum(), missed.copy(), gain.copy()
    for at in range(size):
        rows[at] = row = int(np.argmax(gain))
        hit += int(gain[row])
        new = of.indices[of.indptr[row] : of.indptr[row + 1]]
        new = new[missed[new]]
        missed[new] = False
        gain -= np.where(gain >= 0, np.bincount(held[new].indices, minlength=len(gain)), 0)
        gain[row] = -1
        if hit + _largest(gain, size).sum() < most:
            most, after, gains = hit + _largest(gain, size).sum(), missed.copy(), gain.copy()
    few = np.flatnonzero(candidates & (np.diff(of.indptr) > 0))
    held, of = held[:, few], of[:, few]
    sums = gains[few].clip(min=0).astype(float)
    return Chosen(rows, hit, _bettered(held, of, after.astype(float), sums, min(size, len(few)), hit))


def hits(sets: Sets, rows: np.ndarray) -> int:
    """How many of the sets hold one of `rows`."""
    starts, people = sets
    at = np.flatnonzero(np.isin(people, rows))
    return len(np.unique(np.searchsorted(starts, at, side="right")))


def joined(parts: Sequence[Sets]) -> Sets:
    """All sets of several collections, in their order."""
    sizes = [np.diff(starts) for starts, _ in parts]
    return np.r_[0, np.cumsum(np.concatenate(sizes))], np.concatenate([people for _, people in parts])


def _bettered(held, of, weight: np.ndarray, sums: np.ndarray, size: int, hit: int) -> int:
    """The least bound found from these weights (sets,) and their sums (people,) of those who may be chosen."""
    best, length, calm = np.inf, 1.0, 0
    for _ in range(STEPS):
        top = np.argpartition(sums, len(sums) - size)[len(sums) - size :] if size else np.zeros(0, dtype=int)
        bound = (1 - weight).sum() + sums[top].sum()
        calm = 0 if bound < best - SHARP else calm + 1
        best = min(best, bound)
        if np.floor(best + SHARP) <= hit or calm == 4 * CALM:
            break
        length = length / 2 if calm and calm % CALM == 0 else length
        lists = [of.indices[of.indptr[row] : of.indptr[row + 1]] for row in top]
        turn = 1 - np.bincount(np.concatenate(lists), minlength=len(weight))
        turn[(turn > 0) & (weight >= 1) | (turn < 0) & (weight <= 0)] = 0
        moved = np.flatnonzero(turn)
        if not len(moved):
            break
        new = (weight[moved] + length * (bound - hit) / (turn[moved] ** 2).sum() * turn[moved]).clip(0, 1)
        change = np.repeat(new - weight[moved], np.diff(held.indptr)[moved])
        weight[moved] = new
        np.add.at(sums, held[moved].indices, change)
    return int(min(np.floor(best + SHARP), len(weight)))


def _largest(gain: np.ndarray, size: int) -> np.ndarray:
    """The `size` largest gains, none below 0."""
    return np.partition(gain, len(gain) - size)[len(gain) - size :].clip(min=0) if size else gain[:0]
