"""Ties across and within units: the E-I index, set against what the units' sizes alone would give.

E-I = (E − I) / (E + I), E ties to other units, I ties within (Krackhardt & Stern 1988, Social Psychology Quarterly 51:123);
−1 all within, +1 all across. Raw values mislead: many small units give a high value by arithmetic. So each comes with its
expected value (ties dealt evenly over all pairs) and, for the whole, a permutation of the unit labels. Ties with an
end in no known unit are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kithwork.estimates import Estimate, from_draws, p_value
from kithwork.network.graph import ends
from kithwork.network.nulls import shuffled, tie_weights, vertex_draws

CELLS = 20_000_000
"""People × resamples held in memory at a time."""
WEIGHED, FEWEST = 1_000_000_000, 100
"""Ties × resamples above which fewer resamples are drawn, and how many at least."""


@dataclass(frozen=True)
class Boundary:
    """E-I with interval; `expected` from sizes alone; `p` by permutation (None for a single unit)."""

    index: Estimate
    expected: float
    p: float | None = None


def e_i(external, internal):
    """(E − I)/(E + I), element-wise; NaN where there are no ties."""
    with np.errstate(invalid="ignore", divide="ignore"):
        total = np.asarray(external) + internal
        return np.where(total > 0, (np.asarray(external) - internal) / total, np.nan)


def by_person(ties: pd.DataFrame, people: pd.DataFrame) -> np.ndarray:
    """Each person's E-I, in the order of `people`; NaN without ties or unit."""
    known, a, b, codes, _ = _known(ties, people)
    crosses = (codes[a] != codes[b]).astype(float)
    external = np.bincount(a, crosses, len(people)) + np.bincount(b, crosses, len(people))
    internal = np.bincount(a, 1 - crosses, len(people)) + np.bincount(b, 1 - crosses, len(people))
    return np.where(known, e_i(external, internal), np.nan)


def whole(
    ties: pd.DataFrame, people: pd.DataFrame, resamples: int, permutations: int, rng: np.random.Generator
) -> Boundary:
    """E-I of the whole network; interval by vertex bootstrap, p by dealing the unit labels anew."""
    known, a, b, codes, _ = _known(ties, people)
    crosses = codes[a] != codes[b]
    weight = tie_weights(vertex_draws(len(people), resamples, rng), a, b)
    drawn = e_i(weight @ crosses, weight @ ~crosses)
    observed = e_i(crosses.sum(), (~crosses).sum()).item()
    who = np.flatnonzero(known)
    place = np.full(len(people), -1)
    place[who] = np.arange(len(who))
    dealt = shuffled(codes[who], permutations, rng)
    crossing = dealt[:, place[a]] != dealt[:, place[b]]
    null = e_i(crossing.sum(axis=1), (~crossing).sum(axis=1))
    sizes = np.bincount(codes[who])
    within = (sizes * (sizes - 1) / 2).sum()
    pairs = len(who) * (len(who) - 1) / 2
    return Boundary(from_draws(observed, drawn, len(who)), float(1 - 2 * within / pairs), p_value(observed, null))


def by_unit(ties: pd.DataFrame, people: pd.DataFrame, resamples: int, rng: np.random.Generator) -> dict[str, Boundary]:
    """E-I of each unit that has ties; interval by vertex bootstrap."""
    known, a, b, codes, units = _known(ties, people)
    sizes = np.bincount(codes[known], minlength=len(units))
    across, within = _by_unit(np.ones((1, len(people)), dtype=int), a, b, codes, len(units))
    each = [_by_unit(draws, a, b, codes, len(units)) for draws in _in_parts(len(people), len(a), resamples, rng)]
    drawn = e_i(*(np.concatenate([part[side] for part in each]) for side in (0, 1)))
    found = {}
    for code in np.flatnonzero((across + within)[0]):
        size = int(sizes[code])
        others = size * (known.sum() - size)
        own = size * (size - 1) / 2
        index = from_draws(e_i(across[0, code], within[0, code]).item(), drawn[:, code], size)
        found[units[code]] = Boundary(index, float((others - own) / (others + own)))
    return found


def by_draw(values: np.ndarray, codes: np.ndarray, units: int, resamples: int, rng: np.random.Generator) -> np.ndarray:
    """Sums of people's values by unit over people drawn anew (bootstrap, Efron 1979): (resamples, units)."""
    parts = _in_parts(len(values), 0, resamples, rng)
    return np.array([np.bincount(codes, drawn * values, units) for draws in parts for drawn in draws])


def _by_unit(draws: np.ndarray, a: np.ndarray, b: np.ndarray, codes: np.ndarray, units: int) -> tuple[np.ndarray, ...]:
    """Ties of each unit with others, and within, in each draw of people: both (draws, units), whole numbers."""
    sides = np.zeros((2, len(draws), units), dtype=np.int64)
    within = codes[a] == codes[b]
    own, ends_across = codes[a[within]], [codes[end[~within]] for end in (a, b)]
    for at, drawn in enumerate(draws):
        weight = tie_weights(drawn[None], a, b)[0].astype(float)
        sides[1, at] = np.bincount(own, weight[within], units)
        for end in ends_across:
            sides[0, at] += np.bincount(end, weight[~within], units).astype(np.int64)
    return tuple(sides)


def _in_parts(people: int, ties: int, resamples: int, rng: np.random.Generator) -> Iterator[np.ndarray]:
    """The draws of people, so many at a time as memory is meant for; fewer of them where ties are many.

    An end of a percentile interval of B draws is off by 2.7 / √B of the figure's standard error (B = 100: 0.27).
    """
    left = max(min(resamples, WEIGHED // max(ties, 1)), min(resamples, FEWEST))
    while left:
        part = min(left, max(CELLS // max(people, 1), 1))
        yield vertex_draws(people, part, rng)
        left -= part


def _known(ties: pd.DataFrame, people: pd.DataFrame):
    """People with a unit, ends of the ties between them, unit codes (−1 unknown) and unit names."""
    codes, units = pd.factorize(people["unit"], sort=True)
    a, b = ends(ties, people)
    both = (codes[a] >= 0) & (codes[b] >= 0)
    return codes >= 0, a[both], b[both], codes, list(units)
