"""Reach in time: whom information can get to along contacts in the order in which they happened.

Holme & Saramäki 2012 (Physics Reports 519:97). What somebody knows at the start passes at each of that person's contacts,
and on from there at later ones: a path's times must increase, so contacts at one time do not chain. A network of the same
ties without times promises more: who met after the news had passed is tied, and never heard it.

Contacts are arrays `a`, `b` (row numbers of people; −1, nobody known, is left out, and so is contact with oneself) and
`at`, whole numbers in any unit. Undirected contacts pass both ways. A pass over them costs in proportion to their number
(`make bench-news`).

How it fails: it is what could be passed, not what was. Reach grows with the length of the window and the number of
contacts, so windows of unlike length are not compared. Coarse times lose chains, for contacts of one day are then at once.
And it needs what chance gives: the same contacts with their times dealt anew (Holme 2005, Phys. Rev. E 71:046119), which
keeps who meets whom how often, and when how much is going on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import sqrt
from statistics import NormalDist

import numpy as np

from kithwork.estimates import LEVEL, Estimate
from kithwork.network.heard import Block, heard
from kithwork.network.nulls import Chance, against

EVERYBODY = 20_000
"""Up to so many people each one's information is followed, above that of `SOURCES` drawn at random."""

SOURCES = 2_048
"""People whose information is followed in larger organisations: the standard error of the overall share is .011 at most."""

ROWS = 1_024
"""People whose bits are counted at once."""


@dataclass(frozen=True)
class Reach:
    """`share`: of ordered pairs of people, those of whom the first's information can get to the second; its n is the
    number of people followed, and its interval is empty where that is everybody: it holds the error of drawing them only.

    `reaches`: (people,) share of all others whom one's information gets to, NaN for those not followed.
    `hears`: (people,) share of the others followed whose information gets to one.
    """

    share: Estimate
    reaches: np.ndarray
    hears: np.ndarray


@dataclass(frozen=True)
class Contacts:
    """Contacts in time among `people` people; `within`: only those up to so long after the first."""

    a: np.ndarray
    b: np.ndarray
    at: np.ndarray
    people: int
    directed: bool = True
    within: int | None = None


def reach(contacts: Contacts, rng: np.random.Generator) -> Reach | None:
    """How far information gets that people have before the first contact; None for fewer than two people.

    `rng` draws whom to follow, where that is not everybody.
    """
    n = contacts.people
    if n < 2:
        return None
    sources = followed(n, rng)
    bits = heard([_in_order(_known(contacts))], n, sources)
    share, k = _by_source(bits, sources), len(sources)
    reaches = np.full(n, np.nan)
    reaches[sources] = share
    own = np.isin(np.arange(n), sources)
    hears = (np.bitwise_count(bits).sum(axis=1, dtype=np.int64) - own) / (k - own)
    half = NormalDist().inv_cdf((1 + LEVEL) / 2) * float(share.std(ddof=1)) * sqrt((1 - k / n) / k)
    mean = float(share.mean())
    return Reach(Estimate(mean, max(mean - half, 0.0), min(mean + half, 1.0), k), reaches, hears)


def against_order(contacts: Contacts, draws: int, rng: np.random.Generator) -> Chance | None:
    """The overall share against the same contacts with their times dealt anew: does the order carry news or hold it up?

    The same people are followed in every draw; each draw costs what `reach` does. None for fewer than two people.
    """
    if contacts.people < 2:
        return None
    known, sources = _known(contacts), followed(contacts.people, rng)
    dealt = (replace(known, at=rng.permutation(known.at)) for _ in range(draws))
    shares = [_by_source(heard([_in_order(some)], contacts.people, sources), sources).mean() for some in (known, *dealt)]
    return against(shares[0], np.array(shares[1:]))


def _known(contacts: Contacts) -> Contacts:
    """Those between two different people who are known."""
    a, b, at = (np.asarray(part) for part in (contacts.a, contacts.b, contacts.at))
    kept = (a >= 0) & (b >= 0) & (a != b)
    return replace(contacts, a=a[kept], b=b[kept], at=at[kept])


def followed(people: int, rng: np.random.Generator, most: int | None = None) -> np.ndarray:
    """Row numbers of those whose information is followed: everybody or `SOURCES` by chance, `most` by chance where told."""
    most = (EVERYBODY if people <= EVERYBODY else SOURCES) if most is None else most
    return np.arange(people) if people <= most else np.sort(rng.choice(people, most, replace=False))


def _by_source(bits: np.ndarray, sources: np.ndarray) -> np.ndarray:
    """Share of all others that the information of each of `sources` gets to, (sources,); `bits` are those of `heard`."""
    counts = np.zeros(len(sources), dtype=np.int64)
    for first in range(0, len(bits), ROWS):
        rows = bits[first : first + ROWS].view(np.uint8)
        counts += np.unpackbits(rows, axis=1, count=len(sources), bitorder="little").sum(axis=0, dtype=np.int64)
    return (counts - 1) / (len(bits) - 1)


def _in_order(contacts: Contacts) -> Block:
    """Givers, takers and times in the order of time."""
    a, b, at = contacts.a, contacts.b, contacts.at
    if not contacts.directed:
        a, b, at = np.concatenate([a, b]), np.concatenate([b, a]), np.concatenate([at, at])
    if contacts.within is not None and len(at):
        soon = at <= at.min() + contacts.within
        a, b, at = a[soon], b[soon], at[soon]
    order = np.argsort(at, kind="stable")
    return a[order], b[order], at[order]
