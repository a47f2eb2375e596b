"""The best small team of some candidates: all are tried where they are few, else teams are grown and bettered by swaps.

Parts have units of their own, so each is put on one scale: how far from the mean of random teams of the same candidates, in
terms of the whole way from the worst that a team could be to the best (Marler & Arora 2004, Struct. Multidiscip. Optim.
26:369):

    worth = Σ |weight| · (part − mean) / (best − worst) / Σ |weight|          0 as random teams; between −1 and 1

Standard deviations of random teams would not do: hardly any has a tie inside, so that one tie would lie many from the mean.

The worth is no sum of members', nor submodular: trust and variety are of pairs. So greedy growth has no bound here (Kempe,
Kleinberg & Tardos 2003, KDD, 137, need submodularity); several starts, and swaps of one member for whoever is worth more
until no swap helps, stand in for one, and brute force on small cases shows how near they come.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np

from kithwork.change.team_worth import WEIGHTS, Candidates

ALL = 200_000
"""Teams that are all tried; where there are more, they are searched."""
RANDOM = 1000
"""Random teams that a team is held against, at least."""
GROWN, DRAWN, ALONE = 12, 8, 4
"""Starts of a search: teams grown from the best single members, the best of the random ones, and teams grown for one part
alone."""
SPAN = 1e-9
"""What differs by no more differs by rounding alone."""


@dataclass(frozen=True)
class Worth:
    """What teams are worth: Σ share · (part − mean). `mean`, `shares`: (parts,)."""

    among: Candidates
    mean: np.ndarray
    shares: np.ndarray

    def __call__(self, sets: np.ndarray) -> np.ndarray:
        """(teams,) of `sets`, (teams, members)."""
        return (self.among.parts(sets) - self.mean) @ self.shares

    def adding(self, base: np.ndarray, rest: np.ndarray) -> np.ndarray:
        """(others,) of the team `base` with each of the others."""
        return (self.among.adding(base, rest) - self.mean) @ self.shares


@dataclass(frozen=True)
class Search:
    """`team`: (members,) positions among the candidates, ascending; `worth` of teams of any size; `others`: (teams, parts)
    of all teams where they were all tried (`exact`), else of random ones; `values`: (teams,) what those are worth."""

    team: np.ndarray
    worth: Worth
    others: np.ndarray
    values: np.ndarray
    exact: bool


def best(among: Candidates, free: np.ndarray, size: int, weights: np.ndarray, fewest: int, rng) -> Search:
    """The best team of `size` of the candidates who are `free` (positions, at least `size`). Ties go to lower positions.

    Where not all are tried, it is held against `RANDOM` random teams, or `fewest` where that is more.
    """
    if exact := comb(len(free), size) <= ALL:
        sets = free[np.array(list(combinations(range(len(free)), size)))]
    else:
        sets = free[np.sort(_drawn(len(free), size, max(RANDOM, fewest), rng), axis=1)]
    others = among.parts(sets)
    mean, far = others.mean(axis=0), np.subtract(*_ends(among, free, size, weights, others))
    differs = np.abs(far) > SPAN
    shares = np.abs(weights) * differs / np.where(differs, far, 1) / max((np.abs(weights) * differs).sum(), SPAN)
    value = (others - mean) @ shares
    worth = Worth(among, mean, shares)
    if exact:
        return Search(sets[_first(value)], worth, others, value, exact)
    firsts = free[np.argsort(-worth(free[:, None]), kind="stable")[:GROWN], None]
    starts = [_grown(worth, free, size, first) for first in firsts]
    starts += [*sets[np.argsort(-value, kind="stable")[:DRAWN]]]
    apart = sorted({tuple(np.sort(start).tolist()) for start in starts})
    found = sorted({tuple(_swapped(worth, free, np.array(start)).tolist()) for start in apart})
    return Search(np.array(found[_first(worth(np.array(found)))]), worth, others, value, exact)


def _ends(
    among: Candidates, free: np.ndarray, size: int, weights: np.ndarray, others: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """(parts,) the best and the worst that each could be. Reach and trust: as far as a search for them alone takes them,
    and the least of the other teams. A part that is a mean over members: that of the best, and of the worst, of them. Else
    the ends of its range."""
    alone, up = among.parts(free[:, None]), weights > 0
    ranked = np.sort(alone * np.where(up, -1, 1), axis=0) * np.where(up, -1, 1)
    ends = {
        part: (most, least) for part, most, least in zip(WEIGHTS, _mean(ranked[:size]), _mean(ranked[-size:]), strict=True)
    }
    ends |= {"variety": (1.0, 0.0), "pieces": (0.0, size - 1.0)}
    for part, hope in (("reach", alone[:, 0]), ("trust", among.trust[np.ix_(free, free)].sum(axis=1))):
        at = list(WEIGHTS).index(part)
        of = Worth(among, np.zeros(len(WEIGHTS)), np.eye(len(WEIGHTS))[at])
        firsts = free[np.argsort(-hope, kind="stable")[:ALONE], None]
        most = max(of(_swapped(of, free, _grown(of, free, size, first))[None])[0] for first in firsts)
        ends[part] = (most, others[:, at].min())
    best, worst = np.array([ends[part] for part in WEIGHTS]).T
    return best, worst


def _mean(rows: np.ndarray) -> list[float]:
    return rows.mean(axis=0).tolist()


def _first(value: np.ndarray) -> int:
    """Where the most is, the first of those that differ by rounding alone."""
    return int(np.argmax(value >= value.max() - SPAN))


def _drawn(many: int, size: int, count: int, rng: np.random.Generator) -> np.ndarray:
    """(count, size) random sets out of so many, each without repetition."""
    return np.array([rng.choice(many, size, replace=False) for _ in range(count)])


def _grown(worth: Worth, free: np.ndarray, size: int, team: np.ndarray) -> np.ndarray:
    """The team after adding whoever makes it worth most, one by one, until it is full."""
    while len(team) < size:
        rest = np.setdiff1d(free, team)
        team = np.append(team, rest[_first(worth.adding(team, rest))])
    return team


def _swapped(worth: Worth, free: np.ndarray, team: np.ndarray) -> np.ndarray:
    """The team after the best swap of one member, again and again, until none makes it worth more."""
    value = worth(team[None])[0]
    while len(rest := np.setdiff1d(free, team)):
        left = [np.delete(team, at) for at in range(len(team))]
        values = np.concatenate([worth.adding(base, rest) for base in left])
        at = _first(values)
        if values[at] <= value + SPAN:
            break
        team, value = np.append(left[at // len(rest)], rest[at % len(rest)]), values[at]
    return np.sort(team)
