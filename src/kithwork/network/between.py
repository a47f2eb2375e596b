"""How units are tied to one another: ties found between each two of them, and within each, beside what chance would give.

Chance keeps each person's number of ties and draws partners regardless of unit: the network of most entropy with these
degrees and no tie twice, in which a pair is tied with probability p_ij = x_i x_j / (1 + x_i x_j), the x such that
Σ_j p_ij is the number of ties of i (Park & Newman 2004, Phys. Rev. E 70:066117; Squartini & Garlaschelli 2011, New J. Phys.
13:083001). Where no pair is likely this is d_A d_B / 2m for units with d_A and d_B ties; unlike that it never expects more
ties than there are pairs, nor a tie of a person with herself, which counts where units are small.

Counts vary more or less than independent ties would: ties close triangles, and units' ties sum to what they hold. So φ is
the mean square of found − expected, in expected ties, where unit labels are dealt anew to the n people. No deal is made for
it: two pairs of people are the same, share one person or share none, and how often deals put both between A and B follows
from the units' sizes (own derivation, after the moments of Mantel 1967, Cancer Res. 27:209). With Q_ij = A_ij − p_ij, and
sums over i ≠ j, S = Σ Q², T = Σ_i (Σ_j Q_ij)² − S, D = (Σ Q)² − 4 T − 2 S and E = Σ p,

    E φ_AB = S + T (n_A + n_B − 2) / (n − 2) + D (n_A − 1)(n_B − 1) / ((n − 2)(n − 3))
    E φ_AA = S + T 2 (n_A − 2) / (n − 2) + D (n_A − 2)(n_A − 3) / (2 (n − 2)(n − 3)).

The count over φ is taken for Poisson, which turned round is its interval (at φ = 1 that of Garwood 1936, Biometrika
28:437).

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

FEW = 5
"""Ties below which a pair's ratio is known by its upper limit only."""

STEPS, LEAST, MOST = 200, -100.0, 200.0
"""Newton's steps at most, and the least and the largest log x. It has no end where some are tied for sure, such as two hubs
that share out the leaves between them: the leaves go down without end as the hubs go up."""

NOTHING = np.log(2 / (1 - LEVEL))
"""Expected ties over φ below which a pair without a tie is not told apart at 5 %, even if no other were compared: that none
comes of so many has probability exp(−expected / φ)."""

CELLS = 2**22
"""Pairs of units that are looked at together."""

EXACT = 1e-9
"""φ below which ties are where they must be, as among people all tied to one another, and tell nothing of how they vary."""


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

    Nobody without ties is ever tied, and whoever is tied to everybody is for sure: both are taken away first, and so again
    among those who are left, each with the ties that are left. Each other number of ties is solved for once, however many
    people hold it, by Newton's method for log x; steps are at most 1.
    """
    values, place, many = np.unique(degrees, return_inverse=True, return_counts=True)
    chance, left, lower, upper = np.zeros((len(values), len(values))), values.astype(int), 0, len(values)
    while lower < upper:
        if left[lower] == 0:
            lower += 1
        elif left[upper - 1] == many[lower:upper].sum() - 1:
            upper -= 1
            chance[upper, lower : upper + 1] = chance[lower : upper + 1, upper] = 1
            left[lower:upper] -= many[upper]
        else:
            open_ = slice(lower, upper)
            chance[open_, open_] = _entropic(left[open_], many[open_])
            break
    return place, chance


def _entropic(values: np.ndarray, many: np.ndarray) -> np.ndarray:
    """The matrix of `chances` for numbers of ties, above 0, that so many people hold each."""
    log_x = np.log(values / np.sqrt(values @ many))
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-(log_x[:, None] + log_x)))
        short = values - (chance @ many - chance.diagonal())
        if np.abs(short).max() < 1e-7:
            break
        slope = chance * (1 - chance)
        own = slope @ many - 2 * slope.diagonal() + 1e-9
        step = np.linalg.solve(slope * many + np.diag(own), short)
        log_x = np.clip(log_x + np.clip(step, -1, 1), LEAST, MOST)
    return chance


def pairs(ties: pd.DataFrame, people: pd.DataFrame) -> list[Pair]:
    """Every pair of units that could be tied by chance, units with themselves first, in name order; none without ties."""
    found = _compared(ties, people)
    return found.told(np.arange(len(found.ties)))


def below(ties: pd.DataFrame, people: pd.DataFrame) -> list[Pair]:
    """Of these, those of two units that hold fewer ties than chance would give, clearly."""
    found = _compared(ties, people, whole=False)
    return found.told(np.flatnonzero(found.clear & (found.ties < found.expected) & (found.one != found.other)))


def outside(ties: pd.DataFrame, people: pd.DataFrame) -> dict[str, float]:
    """The share of its ties that each unit with ties would have with others by chance, 0 to 1; a tie within counts once."""
    held = _held(ties, people)
    if not len(held.a):
        return {}
    reached = held.by_kind @ held.chance
    own = (reached * held.by_kind).sum(axis=1)
    within = (own - held.by_kind @ held.chance.diagonal()) / 2
    touched = reached @ held.by_kind.sum(axis=0) - own + within
    return {unit: float(1 - own / all_) for unit, own, all_ in zip(held.units, within, touched, strict=True) if all_ > 0}


@dataclass(frozen=True)
class _Held:
    """Ties `a`, `b` between the people of known units, `codes`, whose names are `units`; people by unit and number of ties,
    `by_kind`; that number's `place`, (people,), in the matrix `chance`."""

    a: np.ndarray
    b: np.ndarray
    codes: np.ndarray
    units: list[str]
    place: np.ndarray
    chance: np.ndarray
    by_kind: np.ndarray

    def expected(self, rows: slice = slice(None)) -> np.ndarray:
        """Ties between some units and all, within them where the two are one, by chance: (rows, units)."""
        reached = self.by_kind[rows] @ self.chance
        even, which = reached @ self.by_kind.T, np.arange(len(self.units))[rows]
        itself = self.by_kind[rows] @ self.chance.diagonal()
        even[np.arange(len(which)), which] = (even[np.arange(len(which)), which] - itself) / 2
        return even

    def tied(self) -> tuple[np.ndarray, np.ndarray]:
        """Numbers of the pairs of units that are tied, lower · units + higher, in order, and their ties."""
        one, other = self.codes[self.a], self.codes[self.b]
        return np.unique(np.minimum(one, other) * len(self.units) + np.maximum(one, other), return_counts=True)

    def varying(self, one: np.ndarray, other: np.ndarray) -> np.ndarray:
        """φ of pairs of units."""
        same, sharing, apart = self._moments()
        n, a, b = len(self.codes), *(np.bincount(self.codes)[of] - 1 for of in (one, other))
        third, fourth = max(n - 2, 1), max(n - 2, 1) * max(n - 3, 1)
        across = same + sharing * (a + b) / third + apart * a * b / fourth
        within = same + sharing * 2 * (a - 1) / third + apart * (a - 1) * (a - 2) / (2 * fourth)
        phi = np.where(one == other, within, across)
        return np.where(phi > EXACT, phi, 1.0)

    def _moments(self) -> tuple[float, float, float]:
        """S, T and D, in expected ties of everybody."""
        many, own = self.by_kind.sum(axis=0), self.chance.diagonal()
        each = self.chance @ many - own
        short = np.bincount(np.concatenate([self.a, self.b]), minlength=len(self.codes)) - each[self.place]
        found = 2 * (1 - 2 * self.chance[self.place[self.a], self.place[self.b]]).sum()
        same = found + many @ self.chance**2 @ many - many @ own**2
        sharing = (short**2).sum() - same
        return tuple(np.array([same, sharing, short.sum() ** 2 - 4 * sharing - 2 * same]) / max(many @ each, EXACT))


def _held(ties: pd.DataFrame, people: pd.DataFrame) -> _Held:
    codes, units = pd.factorize(people["unit"], sort=True)
    a, b = ends(ties, people)
    both = (codes[a] >= 0) & (codes[b] >= 0)
    known = np.flatnonzero(codes >= 0)
    order = np.full(len(people), -1)
    order[known] = np.arange(len(known))
    a, b, codes = order[a[both]], order[b[both]], codes[known]
    place, chance = chances(np.bincount(np.concatenate([a, b]), minlength=len(known)))
    kinds = len(chance)
    by_kind = np.bincount(codes * kinds + place, minlength=len(units) * kinds).reshape(len(units), kinds)
    return _Held(a, b, codes, [str(unit) for unit in units], place, chance, by_kind)


@dataclass(frozen=True)
class _Compared:
    """Pairs of units, `one` and `other` by code: their ties, those expected, φ, p, which are clearly apart from chance as
    all are compared, and the tail that intervals leave out to match."""

    units: list[str]
    sizes: np.ndarray
    one: np.ndarray
    other: np.ndarray
    ties: np.ndarray
    expected: np.ndarray
    phi: np.ndarray
    p: np.ndarray
    clear: np.ndarray
    tail: float

    def told(self, which: np.ndarray) -> list[Pair]:
        """Those of these numbers, with their intervals."""
        count, even, phi = self.ties[which], self.expected[which], self.phi[which]
        low, high = _limits(count, phi, self.tail) / even
        most = _limits(np.full(len(count), FEW - 1), phi, self.tail)[1] / even
        made = []
        for i, at in enumerate(which):
            one, other = self.one[at], self.other[at]
            people = (int(self.sizes[one]), int(self.sizes[other]))
            n = people[0] + (people[1] if one != other else 0)
            ratio, at_most = Estimate(count[i] / even[i], low[i], high[i], n), Estimate(most[i], 0.0, most[i], n)
            names, told = (self.units[one], self.units[other]), (float(self.p[at]), bool(self.clear[at]))
            made.append(Pair(names, people, int(count[i]), float(even[i]), ratio, at_most, *told))
        return made


def _compared(ties: pd.DataFrame, people: pd.DataFrame, whole: bool = True) -> _Compared:
    """All pairs that could be tied by chance, units with themselves first, in name order; unless `whole`, without pairs
    that hold no tie and of which so few are expected that this cannot tell them apart. They are compared all the same."""
    from scipy import special

    held = _held(ties, people)
    numbers, ties_of = held.tied()
    parts, compared = [np.empty((4, 0))], 0
    for rows in _rows(len(held.units)):
        one, other, even = _could(held, rows)
        compared += len(even)
        count, phi = _looked_up(one * len(held.units) + other, numbers, ties_of), held.varying(one, other)
        kept = slice(None) if whole else (count > 0) | (even >= NOTHING * phi)
        parts.append(np.array([one, other, even, count])[:, kept])
    one, other, even, count = np.concatenate(parts, axis=1)
    order = np.argsort(one != other, kind="stable")
    one, other, count, even = one[order].astype(int), other[order].astype(int), count[order].astype(int), even[order]
    phi = held.varying(one, other)
    above = np.where(count > 0, special.gammainc(np.maximum(count, 1) / phi, even / phi), 1.0)
    p = np.minimum(2 * np.minimum(above, special.gammaincc(count / phi + 1, even / phi)), 1.0)
    clear = _rejected(p, compared)
    tail = (1 - LEVEL) * max(clear.sum(), 1) / max(compared, 1) / 2
    return _Compared(held.units, np.bincount(held.codes), one, other, count, even, phi, p, clear, tail)


def _rows(units: int) -> Iterator[slice]:
    """Units to look at together, so that their pairs with all fill no memory."""
    size = max(CELLS // max(units, 1), 1)
    return (slice(first, first + size) for first in range(0, units, size))


def _could(held: _Held, rows: slice) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Pairs of some units with themselves and with later ones that chance could tie: both, and ties expected."""
    even, first = held.expected(rows), np.arange(len(held.units))[rows]
    row, other = np.nonzero((even > 1e-9) & (np.arange(len(held.units)) >= first[:, None]))
    return first[row], other, even[row, other]


def _looked_up(wanted: np.ndarray, numbers: np.ndarray, values: np.ndarray) -> np.ndarray:
    """The values of these numbers, which are in order; 0 where one is not among them."""
    place = np.minimum(np.searchsorted(numbers, wanted), max(len(numbers) - 1, 0))
    return np.where(numbers[place] == wanted, values[place], 0) if len(numbers) else np.zeros(len(wanted), dtype=int)


def _rejected(p: np.ndarray, compared: int) -> np.ndarray:
    """Which are told apart by Benjamini and Hochberg; of those compared that are not here no p is below 1 − LEVEL."""
    order = np.argsort(p, kind="stable")
    passed = np.flatnonzero(p[order] * compared / np.arange(1, len(p) + 1) <= 1 - LEVEL)
    rejected = np.zeros(len(p), dtype=bool)
    rejected[order[: passed[-1] + 1 if len(passed) else 0]] = True
    return rejected


def _limits(count: np.ndarray, phi: np.ndarray, tail: float) -> np.ndarray:
    """Lowest and highest ties expected under which `count` or more, or so few, come with probability `tail`: (2, pairs)."""
    from scipy import special

    low = np.where(count > 0, phi * special.gammaincinv(np.maximum(count, 1) / phi, tail), 0.0)
    return np.array([low, phi * special.gammainccinv(count / phi + 1, tail)])
