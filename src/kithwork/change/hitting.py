"""Which few people hit most of given sets of people, and how many no choice can exceed.

Greedy choice hits at least 1 − 1/e of the most (Nemhauser, Wolsey & Fisher 1978, Math. Program. 14:265). Mostly it hits far
more, and for the sets at hand that can be shown: give each set any weight u between 0 and 1; then k people hit at most

    Σ_s (1 − u_s) + the k largest of the sums over the sets of each person, Σ_{s ∋ v} u_s

Weight 1 for the sets that the first few chosen leave and 0 for others is the bound of Tang, Tang, Xiao & Yuan (2018,
SIGMOD, 991). From the best of these, weights are bettered step by step: down for sets that several of the k largest share,
up for sets that none has (Lagrangian relaxation: Galvão & ReVelle 1996, Eur. J. Oper. Res. 88:114; length of a step as
Polyak 1969, USSR Comput. Math. Math. Phys. 9:14).

Where that does not show the greedy choice to be best, one person at a time is swapped for another who hits more in their
place (greedy adding with substitution: Church & ReVelle 1974, Pap. Reg. Sci. Assoc. 32:101), first from the greedy choice,
then from whichever k largest of any step hit most.
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

ROUNDS = 8
"""Times that every one chosen may be swapped."""

Sets = tuple[np.ndarray, np.ndarray]
"""Sets of people: (sets + 1,) where each begins, and the row numbers that they hold."""


@dataclass(frozen=True)
class Chosen:
    """`rows`: people, in the order chosen where none was swapped; `hit`: sets that they hit; `most`: as many people hit no
    more."""

    rows: np.ndarray
    hit: int
    most: int


def most_hit(sets: Sets, candidates: np.ndarray, size: int) -> Chosen:
    """The candidates, (people,) booleans, who hit most sets together, as far as found; ties go to the lower row number.

    All candidates where they are no more than `size`. Counts are kept as they fall, so that each set is gone through once
    for the greedy choice, and once for each round of swaps.
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
        new = _sets(of, row)
        new = new[missed[new]]
        missed[new] = False
        gain -= np.where(gain >= 0, np.bincount(held[new].indices, minlength=len(gain)), 0)
        gain[row] = -1
        if hit + _largest(gain, size).sum() < most:
            most, after, gains = hit + _largest(gain, size).sum(), missed.copy(), gain.copy()
    if hit == most:
        return Chosen(rows, hit, int(most))
    rows, hit, most = _swapped(held, of, candidates, rows, int(most))
    few = np.flatnonzero(candidates & (np.diff(of.indptr) > 0))
    sums = gains[few].clip(min=0).astype(float)
    bound, best = _bettered(held[:, few], of[:, few], after.astype(float), sums, size, hit)
    if len(best):
        return Chosen(*_swapped(held, of, candidates, few[best], min(most, bound)))
    return Chosen(rows, hit, min(most, bound))


def hits(sets: Sets, rows: np.ndarray) -> int:
    """How many of the sets hold one of `rows`."""
    starts, people = sets
    at = np.flatnonzero(np.isin(people, rows))
    return len(np.unique(np.searchsorted(starts, at, side="right")))


def joined(parts: Sequence[Sets]) -> Sets:
    """All sets of several collections, in their order."""
    sizes = [np.diff(starts) for starts, _ in parts]
    return np.r_[0, np.cumsum(np.concatenate(sizes))], np.concatenate([people for _, people in parts])


def _sets(of: sparse.csc_array, row: int) -> np.ndarray:
    """Numbers of the sets that hold a person."""
    return of.indices[of.indptr[row] : of.indptr[row + 1]]


def _swapped(held, of, candidates: np.ndarray, rows: np.ndarray, most: int) -> tuple[np.ndarray, int, int]:
    """People after swaps that each hit more, sets that they hit, and `most` or what they prove themselves if that is less.

    The one chosen first may be swapped first, for whoever then hits most.
    """
    people, rows = len(candidates), rows.copy()
    times = np.bincount(np.concatenate([_sets(of, row) for row in rows]), minlength=held.shape[0])
    hit, gain = int((times > 0).sum()), np.bincount(held[times == 0].indices, minlength=people)
    free = candidates & ~np.isin(np.arange(people), rows)
    for _ in range(ROUNDS):
        before = hit
        for at, row in enumerate(rows.tolist()):
            own = _sets(of, row)
            lost = own[times[own] == 1]
            without = gain + np.bincount(held[lost].indices, minlength=people)
            best = int(np.argmax(np.where(free, without, -1)))
            if not free[best] or without[best] <= len(lost):
                continue
            times[own] -= 1
            new = _sets(of, best)
            gain = without - np.bincount(held[new[times[new] == 0]].indices, minlength=people)
            times[new] += 1
            hit += int(without[best]) - len(lost)
            rows[at], free[row], free[best] = best, True, False
        if hit in (before, most):
            break
    return rows, hit, min(most, hit + int(_largest(np.where(free, gain, -1), len(rows)).sum()))


def _bettered(held, of, weight: np.ndarray, sums: np.ndarray, size: int, hit: int) -> tuple[int, np.ndarray]:
    """The least bound found from these weights (sets,) and their sums (people,) of those who may be chosen, and those of
    them with the largest sums of a step that hit more than `hit`, most of all; nobody where none did."""
    bound_found, length, calm, found = np.inf, 1.0, 0, np.zeros(0, dtype=int)
    for _ in range(STEPS):
        top = _top(sums, size)
        bound = (1 - weight).sum() + sums[top].sum()
        calm = 0 if bound < bound_found - SHARP else calm + 1
        bound_found = min(bound_found, bound)
        turn = 1 - np.bincount(np.concatenate([_sets(of, row) for row in top]), minlength=len(weight))
        if (turn <= 0).sum() > hit:
            hit, found = int((turn <= 0).sum()), top
        if np.floor(bound_found + SHARP) <= hit or calm == 4 * CALM:
            break
        length = length / 2 if calm and calm % CALM == 0 else length
        turn[(turn > 0) & (weight >= 1) | (turn < 0) & (weight <= 0)] = 0
        moved = np.flatnonzero(turn)
        if not len(moved):
            break
        new = (weight[moved] + length * (bound - hit) / (turn[moved] ** 2).sum() * turn[moved]).clip(0, 1)
        change = np.repeat(new - weight[moved], np.diff(held.indptr)[moved])
        weight[moved] = new
        np.add.at(sums, held[moved].indices, change)
    return int(min(np.floor(bound_found + SHARP), len(weight))), found


def _top(sums: np.ndarray, size: int) -> np.ndarray:
    """Numbers of the `size` largest, ascending; equals: the first."""
    least = np.partition(sums, len(sums) - size)[len(sums) - size]
    above = sums > least
    return np.sort(np.r_[np.flatnonzero(above), np.flatnonzero(sums == least)[: size - above.sum()]])


def _largest(gain: np.ndarray, size: int) -> np.ndarray:
    """The `size` largest gains, none below 0."""
    return np.partition(gain, len(gain) - size)[len(gain) - size :].clip(min=0) if size else gain[:0]
