"""Large networks with everybody's number of ties kept: ends dealt anew at once, where swaps take minutes.

Every tie is cut into its two ends, the ends are shuffled and joined in pairs (the configuration model; Bollobás 1980, Eur.
J. Comb. 1:311). The few pairs that are a person with herself, or are there already, are mended by swapping an end with a
tie drawn at random where that makes two new ties. What comes out is nearly, not exactly, uniform over the networks with
these numbers of ties (Milo et al. 2003, arXiv:cond-mat/0312028), for mended pairs keep near where they were. So up to
`MIXED` ties as many as can be are swapped a few times more; in larger networks mended pairs are few. Dense ones, where many
would be mended, are left to swaps (`nulls.rewired`).
"""

from __future__ import annotations

import numpy as np

ROUNDS = 100
"""Most rounds of mending; three to six are the rule."""
MIXED, AGAIN = 1_000_000, 5
"""Ties up to which some are swapped so many times more, a third of them each time."""


def dealt(given: np.ndarray, got: np.ndarray | None, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray] | None:
    """Both ends of the ties of a random network; None where it could not be mended.

    `given`: (people,) each one's number of ties. `got`: None, or of a directed network how many end with each, `given`
    being how many begin.
    """
    people = np.arange(len(given))
    if got is None:
        ends = rng.permutation(np.repeat(people, given))
        a, b = ends[: len(ends) // 2], ends[len(ends) // 2 :]
    else:
        a, b = np.repeat(people, given), rng.permutation(np.repeat(people, got))
    mixing = AGAIN if len(a) <= MIXED else 0
    for _ in range(ROUNDS):
        keys = _keys(a, b, len(given), got is not None)
        ordered = np.sort(keys)
        bad = np.flatnonzero(_again(keys, ordered) | (a == b))
        if not len(bad) and not mixing:
            return a, b
        if not len(bad):
            bad, mixing = rng.permutation(len(a))[: len(a) // 3], mixing - 1
        _mended(a, b, bad, ordered, got is not None, len(given), rng)
    return None


def _mended(
    a: np.ndarray, b: np.ndarray, bad: np.ndarray, there: np.ndarray, directed: bool, people: int, rng: np.random.Generator
) -> None:
    """Swap second ends of bad ties with those of others, in place, where both new ties are new and no loops.

    An undirected partner is turned around by a coin, else some pairings could not come about.
    """
    with_ = rng.integers(len(a), size=len(bad))
    place, first = np.arange(len(bad)), np.zeros(len(a), dtype=int)
    first[with_[::-1]] = place[::-1]
    first[bad] = len(bad)
    sole = first[with_] == place
    bad, with_ = bad[sole], with_[sole]
    turned = np.zeros(len(bad), dtype=bool) if directed else rng.random(len(bad)) < 0.5
    one, other = np.where(turned, b[with_], a[with_]), np.where(turned, a[with_], b[with_])
    new = np.concatenate([_keys(a[bad], other, people, directed), _keys(one, b[bad], people, directed)])
    fine = _new(new, there).reshape(2, -1).all(axis=0)
    fine &= (a[bad] != other) & (one != b[bad])
    bad, with_, one, other = bad[fine], with_[fine], one[fine], other[fine]
    a[with_], b[with_], b[bad] = one, b[bad], other


def _again(keys: np.ndarray, ordered: np.ndarray) -> np.ndarray:
    """Which keys stand before too. `ordered`: the same, sorted."""
    twice = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    again = np.zeros(len(keys), dtype=bool)
    if len(twice):
        held = np.flatnonzero(np.isin(keys, twice))
        again[np.delete(held, np.unique(keys[held], return_index=True)[1])] = True
    return again


def _new(keys: np.ndarray, there: np.ndarray) -> np.ndarray:
    """Which keys come once, and are not among those that are there, sorted."""
    order = np.argsort(keys)
    ordered = keys[order]
    same = ordered[1:] == ordered[:-1]
    known = there[np.searchsorted(there, ordered).clip(max=len(there) - 1)] == ordered
    found = np.empty(len(keys), dtype=bool)
    found[order] = ~(known | np.append(same, False) | np.append(False, same))
    return found


def _keys(a: np.ndarray, b: np.ndarray, people: int, directed: bool) -> np.ndarray:
    """One number for each tie, the same whichever way round where it has no direction."""
    return a * people + b if directed else np.minimum(a, b) * people + np.maximum(a, b)
