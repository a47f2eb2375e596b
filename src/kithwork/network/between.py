"""How units are tied to one another: ties found between each two of them, and within each, beside what chance would give.

Chance keeps each person's number of ties and draws partners regardless of unit: the network of most entropy with these
degrees and no tie twice, in which a pair is tied with probability p_ij = x_i x_j / (1 + x_i x_j), the x such that
Σ_j p_ij is the number of ties of i (Park & Newman 2004, Phys. Rev. E 70:066117; Squartini & Garlaschelli 2011, New J. Phys.
13:083001). Where no pair is likely this is d_A d_B / 2m for units with d_A and d_B ties; unlike that it never expects more
ties than there are pairs, nor a tie of a person with herself, which counts where units are small.

Counts vary more or less than independent ties would: ties close triangles, and units' ties sum to what they hold. So unit
labels are dealt anew to people; φ is the mean square of found − expected over these deals, in expected ties. The count over
φ is taken for Poisson, which turned round is its interval (at φ = 1 that of Garwood 1936, Biometrika 28:437).

Pairs are compared all at once: clearly apart from chance are those that Benjamini & Hochberg (1995, JRSS B 57:289) reject
at 5 %. If R of K are, every interval is given at 1 − 5 % · R/K (R at least 1). Of the pairs told apart, 95 % of intervals
then hold their ratio in expectation (Benjamini & Yekutieli 2005, JASA 100:71), and those intervals alone leave out 1.

It fails where ties come in clumps that lie within units without being about them, such as projects: those vary more than
people dealt at random show. In lattices of nothing but triangles a little over 5 % of whole studies give a false pair. Two
units alone always mirror each other. Ties with an end in no known unit are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kithwork.estimates import LEVEL, Estimate
from kithwork.network.graph import ends
from kithwork.network.nulls import shuffled

FEW = 5
"""Ties below which a pair's ratio is known by its upper limit only."""

STEPS, FARTHEST = 200, 25.0
"""Newton's steps at most, and the largest log x: of somebody who is tied to everybody it has no end."""

AT_ONCE = 50
"""Deals of unit labels held in memory at a time,"""
HELD = 50_000_000
"""and deals × ties, or pairs of units."""
DEALT, FEWEST_DEALS = 2_000_000_000, 100
"""Deals × ties, or pairs of units, above which fewer are made, and how many at least: φ is then off by 1/√50, 14 %."""


@dataclass(frozen=True)
class Pair:
    """Two units, or one and itself: `ratio` of ties found to expected; `sizes` are the people of each."""

    units: tuple[str, str]
    sizes: tuple[int, int]
    ties: int
    expected: float
    ratio: Estimate
    at_most: Estimate
    p: float
    clear: bool

    @property
    def telling(self) -> bool:
        """Whether there is anything to print: five ties, or an upper limit below chance."""
        return self.ties >= FEW or self.at_most.high < 1

    @property
    def shown(self) -> Estimate:
        """What may be printed: below five ties the upper limit that four would have, from 0; else the ratio."""
        return self.at_most if self.ties < FEW else self.ratio


def chances(degrees: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """P(tie) of two people, by their numbers of ties: the place of each person's in a square matrix, and the matrix.

    Each number of ties is solved for once, however many people hold it, by Newton's method for log x; steps are at most 1.
    Nobody without ties is ever tied.
    """
    values, place, many = np.unique(degrees, return_inverse=True, return_counts=True)
    held = values > 0
    log_x = np.log(np.where(held, values, 1) / np.sqrt(max(degrees.sum(), 1)))
    chance = np.zeros((len(values), len(values)))
    for _ in range(STEPS):
        chance = np.where(np.outer(held, held), 1 / (1 + np.exp(-(log_x[:, None] + log_x))), 0.0)
        short = values - (chance @ many - chance.diagonal())
        if np.abs(short).max(initial=0) < 1e-7:
            break
        slope = chance * (1 - chance)
        own = slope @ many - 2 * slope.diagonal() + 1e-9
        step = np.linalg.solve(slope * many + np.diag(own), short)
        log_x = np.clip(log_x + np.clip(step, -1, 1), -FARTHEST, FARTHEST)
    return place, chance


def expected(held: np.ndarray, chance: np.ndarray) -> np.ndarray:
    """Ties expected between units, within them on the diagonal: (…, units, units).

    `held` counts people by unit and number of ties.
    """
    between = held @ chance @ np.swapaxes(held, -1, -2)
    itself = held @ chance.diagonal()
    units = np.arange(held.shape[-2])
    between[..., units, units] = (between[..., units, units] - itself) / 2
    return between


def pairs(ties: pd.DataFrame, people: pd.DataFrame, deals: int, rng: np.random.Generator) -> list[Pair]:
    """Every pair of units that could be tied by chance, units with themselves first, in name order; none without ties."""
    codes, units, tally = _prepared(ties, people)
    if not len(tally.a):
        return []
    [found], [even] = tally(codes[None])
    spread = _dispersion(tally, codes, deals, rng)
    rows, columns = np.triu_indices(len(units))
    could = even[rows, columns] > 1e-9
    return _compared(units, np.bincount(codes), (rows[could], columns[could]), found, even, spread)


def outside(ties: pd.DataFrame, people: pd.DataFrame) -> dict[str, float]:
    """The share of its ties that each unit with ties would have with others by chance, 0 to 1; a tie within counts once."""
    codes, units, tally = _prepared(ties, people)
    if not len(tally.a):
        return {}
    within, touched = tally.within_and_touched(codes)
    return {unit: float(1 - own / all_) for unit, own, all_ in zip(units, within, touched, strict=True) if all_ > 0}


def _prepared(ties: pd.DataFrame, people: pd.DataFrame) -> tuple[np.ndarray, list[str], _Tally]:
    """Unit codes of the people in a unit, the units' names, and the count of ties under any codes."""
    codes, units = pd.factorize(people["unit"], sort=True)
    a, b = ends(ties, people)
    both = (codes[a] >= 0) & (codes[b] >= 0)
    known = np.flatnonzero(codes >= 0)
    order = np.full(len(people), -1)
    order[known] = np.arange(len(known))
    a, b = order[a[both]], order[b[both]]
    place, chance = chances(np.bincount(np.concatenate([a, b]), minlength=len(known)))
    return codes[known], [str(unit) for unit in units], _Tally(a, b, place, chance, len(units))


@dataclass(frozen=True)
class _Tally:
    """Counts ties found and expected under given unit labels of the people known; both (deals, units, units), symmetric."""

    a: np.ndarray
    b: np.ndarray
    place: np.ndarray
    chance: np.ndarray
    units: int

    def __call__(self, codes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        deals, units, kinds = len(codes), self.units, len(self.chance)
        deal = np.arange(deals)[:, None]
        cell = (deal * units + codes[:, self.a]) * units + codes[:, self.b]
        found = np.bincount(cell.ravel(), minlength=deals * units**2).reshape(deals, units, units)
        own = found * np.eye(units, dtype=int)
        held = np.bincount(((deal * units + codes) * kinds + self.place).ravel(), minlength=deals * units * kinds)
        return found + np.swapaxes(found, 1, 2) - own, expected(
            held.reshape(deals, units, kinds).astype(float), self.chance
        )

    def within_and_touched(self, codes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Ties expected within each unit, and touching it: (units,), without a table of units by units."""
        kinds = len(self.chance)
        held = (
            np.bincount(codes * kinds + self.place, minlength=self.units * kinds).reshape(self.units, kinds).astype(float)
        )
        reached = held @ self.chance
        own = (reached * held).sum(axis=1)
        within = (own - held @ self.chance.diagonal()) / 2
        return within, reached @ held.sum(axis=0) - own + within


def _dispersion(tally: _Tally, codes: np.ndarray, deals: int, rng: np.random.Generator) -> np.ndarray:
    """φ of each pair of units: Σ (found − expected)² / Σ expected over deals of the labels."""
    square, even = np.zeros((tally.units, tally.units)), np.zeros((tally.units, tally.units))
    for many in _parts(deals, max(len(tally.a), tally.units**2, 1)):
        found, by_chance = tally(shuffled(codes, many, rng))
        square += ((found - by_chance) ** 2).sum(axis=0)
        even += by_chance.sum(axis=0)
    return np.divide(square, even, out=np.ones_like(even), where=(even > 0) & (square > 0))


def _parts(deals: int, cells: int) -> Iterator[int]:
    """How many of the deals to make at a time, each of which holds so many cells."""
    deals = max(min(deals, DEALT // cells), min(deals, FEWEST_DEALS))
    at_once = max(min(AT_ONCE, HELD // cells), 1)
    yield from [at_once] * (deals // at_once)
    if deals % at_once:
        yield deals % at_once


def _compared(units, sizes, cells, found, even, spread) -> list[Pair]:
    """The pairs with their tests, corrected for one another, and intervals to match."""
    from scipy import special, stats

    count, by_chance, phi = found[cells], even[cells], spread[cells]
    above = np.where(count > 0, special.gammainc(np.maximum(count, 1) / phi, by_chance / phi), 1.0)
    below = special.gammaincc(count / phi + 1, by_chance / phi)
    p = np.minimum(2 * np.minimum(above, below), 1.0)
    clear = stats.false_discovery_control(p) <= 1 - LEVEL
    tail = (1 - LEVEL) * max(clear.sum(), 1) / len(p) / 2
    low, high = _limits(count, phi, tail)
    limit = _limits(np.full(len(count), FEW - 1), phi, tail)[1]
    made = []
    for i, (one, other) in enumerate(zip(*cells, strict=True)):
        n = int(sizes[one] + (sizes[other] if one != other else 0))
        ratio = Estimate(count[i] / by_chance[i], low[i] / by_chance[i], high[i] / by_chance[i], n)
        most = limit[i] / by_chance[i]
        names, people = (units[one], units[other]), (int(sizes[one]), int(sizes[other]))
        at_most = Estimate(most, 0.0, most, n)
        made.append(Pair(names, people, int(count[i]), float(by_chance[i]), ratio, at_most, float(p[i]), bool(clear[i])))
    return sorted(made, key=lambda pair: (pair.units[0] != pair.units[1], pair.units))


def _limits(count: np.ndarray, phi: np.ndarray, tail: float) -> tuple[np.ndarray, np.ndarray]:
    """Lowest and highest ties expected under which `count` or more, or so few, come with probability `tail`."""
    from scipy import special

    low = np.where(count > 0, phi * special.gammaincinv(np.maximum(count, 1) / phi, tail), 0.0)
    return low, phi * special.gammainccinv(count / phi + 1, tail)
