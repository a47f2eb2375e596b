"""Made-up ties of a firm: some have many more than others, and most are between people of one team.

A degree-corrected block model (Karrer & Newman 2011, Phys. Rev. E 83:016107): how many ties a person draws follows a Pareto
tail, cut off; a share of the ties is drawn within teams of about a hundred, the rest over all. Each tie has a direction,
and some are returned: the directed network of who names whom has the same pairs.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from scipy import sparse

TAIL, MOST = 2.2, 60
"""Exponent of the tail of how many ties people draw, and the most, in times of the least."""

TEAM = 100
WITHIN = 0.6
RETURNED = 0.4
"""Share of ties within teams, and of those that go both ways."""


def drawn(people: int, ties: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """So many pairs of people, each once: the one who names, the one who is named, and whether that one names back."""
    rng = np.random.default_rng(seed)
    ends = np.cumsum(np.minimum(rng.pareto(TAIL, people) + 1, MOST))
    teams = max(people // TEAM, 1)
    border = np.r_[0, ends[np.linspace(0, people, teams + 1).astype(int)[1:] - 1]]
    pairs = np.zeros(0, dtype=np.int64)
    while len(pairs) < ties:
        count = int(1.3 * (ties - len(pairs))) + 100
        first, second = rng.random(count) * ends[-1], rng.random(count)
        team = np.searchsorted(border, first, side="right") - 1
        inside = border[team] + second * (border[team + 1] - border[team])
        second = np.where(rng.random(count) < WITHIN, inside, second * ends[-1])
        one, other = (np.searchsorted(ends, place, side="right").clip(0, people - 1) for place in (first, second))
        low, high = np.minimum(one, other), np.maximum(one, other)
        pairs = np.unique(np.r_[pairs, (low * people + high)[low < high]])
    pairs = np.sort(rng.permutation(pairs)[:ties])
    turned = rng.random(ties) < 0.5
    low, high = pairs // people, pairs % people
    return np.where(turned, high, low), np.where(turned, low, high), rng.random(ties) < RETURNED


def write(path: Path, people: int, ties: int) -> None:
    """The pairs as a file that `read` takes."""
    ego, alter, back = drawn(people, ties)
    np.savez(path, people=people, ego=ego, alter=alter, back=back)


def read(path: Path) -> tuple[sparse.csr_array, sparse.csr_array]:
    """The network of ties, symmetric, and of names, directed; both of ones."""
    with np.load(path) as kept:
        people, ego, alter, back = (kept[name] for name in ("people", "ego", "alter", "back"))
    ties = matrix(np.r_[ego, alter], np.r_[alter, ego], int(people))
    return ties, matrix(np.r_[ego, alter[back]], np.r_[alter, ego[back]], int(people))


def matrix(a: np.ndarray, b: np.ndarray, people: int) -> sparse.csr_array:
    """Ones at these places."""
    return sparse.coo_array((np.ones(len(a)), (a, b)), shape=(people, people)).tocsr()
