"""Who can introduce us: the way from colleague to colleague that most likely carries an introduction.

A tie of a and b carries one with probability

    p_ab = SURE · s_ab / √(s_a s_b) · (1 − Π over kinds (1 − P_kind))

s_ab its strength, s_a the strength of a's strongest tie, P_kind the probability that it is personal, functional or
strategic; the last factor is 1 where no kind is known of it. A way carries with the product over its ties, so that the most
probable way is the shortest one in −log p (Dijkstra 1959, Numer. Math. 1:269).

That p is a scale to compare ways by, not a forecast: SURE and the formula are assumed, ties are taken to fail
independently, and no record of introductions stands behind them. Ways fade fast: in the chains of messages of Dodds,
Muhamad & Watts (2003, Science 301:827) more than half ended at each step. So introductions worth making are sought through
one colleague only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kithwork.network.between import Pair
from kithwork.network.graph import ends
from kithwork.network.outside import known_to
from kithwork.setting import KINDS
from kithwork.tables import INTRODUCTIONS

if TYPE_CHECKING:
    from scipy import sparse

SURE = 0.9
"""Probability that the strongest of ties carries an introduction."""
MADE, RECEIVED = 3, 2
"""Introductions that one person is asked to make, and to receive, at most."""
AT_ONCE = 4_000_000
"""Ways of two ties held in memory at a time."""


@dataclass(frozen=True)
class Way:
    """People by row, from who asks to who is sought, and the probability that all ties between them carry."""

    people: tuple[int, ...]
    probability: float


def carries(ties: pd.DataFrame, people: pd.DataFrame) -> sparse.csr_array:
    """P(a tie carries an introduction), people × people and symmetric, 0 where there is no tie; see above."""
    from scipy import sparse

    a, b = ends(ties, people)
    strength, n = ties["strength"].to_numpy(dtype=float), len(people)
    strongest = np.zeros(n)
    np.maximum.at(strongest, np.concatenate([a, b]), np.concatenate([strength, strength]))
    kinds = ties.reindex(columns=[f"p_{kind}" for kind in KINDS]).to_numpy(dtype=float)
    some = 1 - np.prod(1 - np.nan_to_num(kinds), axis=1)
    of_kind = np.where(np.isnan(kinds).all(axis=1), 1.0, some)
    relative = strength / np.sqrt(np.maximum(strongest[a] * strongest[b], np.finfo(float).tiny))
    half = sparse.coo_array((SURE * np.minimum(relative, 1) * of_kind, (a, b)), shape=(n, n)).tocsr()
    found = half + half.T
    found.eliminate_zeros()
    return found


def known_by(party: str, people: pd.DataFrame, nominations: pd.DataFrame, parties: pd.DataFrame) -> np.ndarray:
    """Rows of the people who name a party, by its id; none where nobody does, or there is no such party."""
    held = known_to(nominations, people, parties[parties["party_id"] == party])
    return np.flatnonzero(held.sum(axis=1))


def ways(carry: sparse.csr_array, ego: int, targets: Collection[int], most: int = 3) -> list[Way]:
    """The most probable way from a person to any of `targets` through each first colleague, best first, at most `most`.

    `carry`: as `carries` gives it. People by row; `targets` are those of a group, or who knows a party. Empty where no way
    leads there, or `ego` is one of them.
    """
    from scipy.sparse import csgraph

    wanted = np.unique(np.fromiter(targets, dtype=int))
    first = carry.indices[carry.indptr[ego] : carry.indptr[ego + 1]]
    if not len(wanted) or not len(first) or ego in wanted:
        return []
    others = carry.tocoo()
    kept = (others.coords[0] != ego) & (others.coords[1] != ego)
    cost = type(others)((-np.log(others.data[kept]), (others.coords[0][kept], others.coords[1][kept])), carry.shape)
    far, before, _ = csgraph.dijkstra(cost.tocsr(), directed=False, indices=wanted, return_predecessors=True, min_only=True)
    through = carry.data[carry.indptr[ego] : carry.indptr[ego + 1]] * np.exp(-far[first])
    order = np.lexsort([first, -through])[:most]
    return [Way((ego, *_back(before, int(first[i]))), float(through[i])) for i in order if through[i] > 0]


def _back(before: np.ndarray, person: int) -> Iterator[int]:
    """The people from this one to the target it is nearest to."""
    while person >= 0:
        yield person
        person = int(before[person])


def worth_making(carry: sparse.csr_array, people: pd.DataFrame, pairs: Collection[Pair]) -> pd.DataFrame:
    """The `introductions` table: between units that hold fewer ties than chance would give.

    Of ways a – via – b of two ties, of people of these units without a tie of their own, the most probable come first,
    equal ones by turns of the pairs of units, until their units would hold as many ties as by chance. Nobody is asked to
    make more than `MADE` or to receive more than `RECEIVED`; where a colleague has been asked enough, the next best in
    common is. `pairs`: as `between.below` gives them.
    """
    codes, units = pd.factorize(people["unit"], sort=True)
    wanted = Wanted.of(pairs, [str(unit) for unit in units])
    offers = _offers(carry, codes, wanted)
    chosen = offers.iloc[_greedy(offers, wanted.many, len(people))]
    ids = people["person_id"].to_numpy(dtype=object)
    names = np.asarray(units, dtype=object)
    rows = {
        "unit": names[codes[chosen["a"]]],
        "other": names[codes[chosen["b"]]],
        **{f"{end}_id": ids[chosen[end]] for end in ("a", "b", "via")},
        "strength": chosen["strength"].to_numpy(),
        "ways": chosen["ways"].to_numpy(),
    }
    return INTRODUCTIONS.checked(pd.DataFrame(rows))


@dataclass(frozen=True)
class Wanted:
    """Pairs of units between which ties are wanted: their `numbers` in order, unit · units + other, how `many` for each,
    and how many `units` there are."""

    numbers: np.ndarray
    many: np.ndarray
    units: int

    @classmethod
    def of(cls, pairs: Collection[Pair], units: list[str]) -> Wanted:
        """As many as chance would give beyond those found."""
        code = {unit: number for number, unit in enumerate(units)}
        numbers = np.array([code[pair.units[0]] * len(units) + code[pair.units[1]] for pair in pairs], dtype=np.int64)
        many = np.array([int(np.ceil(pair.expected - pair.ties)) for pair in pairs], dtype=int)
        order = np.argsort(numbers)
        return cls(numbers[order], many[order], len(units))

    def cell(self, one: np.ndarray, other: np.ndarray) -> np.ndarray:
        """The place of each pair of units, by their codes, among those wanted; -1 where it is not or a unit is unknown."""
        number = one.astype(np.int64) * self.units + other
        place = np.searchsorted(self.numbers, number)
        found = (one >= 0) & (other >= 0) & (np.append(self.numbers, -1)[place] == number)
        return np.where(found, place, -1)


def _offers(carry: sparse.csr_array, codes: np.ndarray, wanted: Wanted) -> pd.DataFrame:
    """Every way a – via – b between units of a pair that is wanted, of people without a tie; in order of turn.

    Columns a, b, via (rows of people), strength (p of the way), ways (colleagues in common), pair and cell (one number for
    each two people, and for each two units).
    """
    a, b, via, strength = (np.concatenate(parts) for parts in zip(*_two_steps(carry, codes, wanted), strict=True))
    pair, cell = a * len(codes) + b, wanted.cell(codes[a], codes[b])
    _, place, many = np.unique(pair, return_inverse=True, return_counts=True)
    found = pd.DataFrame(
        {"a": a, "b": b, "via": via, "strength": strength, "ways": many[place], "pair": pair, "cell": cell}
    )
    found = found.iloc[np.lexsort([via, pair, -found["ways"], -strength])]
    turn = _place(found["cell"].to_numpy())
    return found.iloc[np.lexsort([turn, -found["ways"], -found["strength"]])].reset_index(drop=True)


def _two_steps(carry: sparse.csr_array, codes: np.ndarray, wanted: Wanted) -> Iterator[tuple[np.ndarray, ...]]:
    """a, b, via and p of every way into a wanted cell, by parts: each tie of a via, continued by each of the via's."""
    tied = carry.astype(bool)
    via = np.repeat(np.arange(carry.shape[0]), np.diff(carry.indptr))
    many = np.diff(carry.indptr)[via]
    part = np.cumsum(many) // AT_ONCE
    for one in range(int(part.max(initial=0)) + 1):
        tie = np.flatnonzero(part == one)
        left = np.repeat(tie, many[tie])
        right = np.arange(len(left)) - np.repeat(np.cumsum(many[tie]) - many[tie] - carry.indptr[via[tie]], many[tie])
        kept = wanted.cell(codes[carry.indices[left]], codes[carry.indices[right]]) >= 0
        left, right = left[kept], right[kept]
        a, b = carry.indices[left].astype(np.int64), carry.indices[right].astype(np.int64)
        apart = ~np.asarray(tied[a, b], dtype=bool).ravel() if len(a) else np.zeros(0, dtype=bool)
        yield a[apart], b[apart], via[left[apart]], (carry.data[left] * carry.data[right])[apart]


def _greedy(offers: pd.DataFrame, wanted: np.ndarray, people: int) -> np.ndarray:
    """Rows of `offers` taken one after the other, two people once, while each person and each pair of units has any left.

    Each round takes at once all whose turn is sure: even if every offer before them were taken, enough would be left. What
    is taken is what going through them one by one would take.
    """
    a, b, via, pair, cell = (offers[name].to_numpy() for name in ("a", "b", "via", "pair", "cell"))
    to_receive, to_make, to_join = np.full(people, RECEIVED), np.full(people, MADE), wanted.copy()
    taken, open_ = [np.arange(0)], np.arange(len(offers))
    while len(open_):
        both = _place(np.column_stack([a[open_], b[open_]]).ravel()).reshape(-1, 2)
        sure = (both[:, 0] < to_receive[a[open_]]) & (both[:, 1] < to_receive[b[open_]]) & (_place(pair[open_]) == 0)
        sure &= (_place(via[open_]) < to_make[via[open_]]) & (_place(cell[open_]) < to_join[cell[open_]])
        now = open_[sure]
        taken.append(now)
        to_receive -= np.bincount(np.concatenate([a[now], b[now]]), minlength=people)
        to_make -= np.bincount(via[now], minlength=people)
        to_join -= np.bincount(cell[now], minlength=len(wanted))
        left = open_[~sure & ~np.isin(pair[open_], pair[now])]
        able = (to_receive[a[left]] > 0) & (to_receive[b[left]] > 0) & (to_make[via[left]] > 0)
        open_ = left[able & (to_join[cell[left]] > 0)]
    return np.concatenate(taken)


def _place(keys: np.ndarray) -> np.ndarray:
    """How many equal keys stand before each."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])) if len(keys) else np.arange(0)
    found = np.empty(len(keys), dtype=int)
    found[order] = np.arange(len(keys)) - np.repeat(starts, np.diff(np.append(starts, len(keys))))
    return found
