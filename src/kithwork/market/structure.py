"""How many topics texts have, or that they have none, by words held out.

The words of each text are dealt into two halves by lot. Groups are found by the first halves; how well they tell of the
second is the share of the second halves' variance that goes away when each is foretold by the mean of the others in its
group, not by the mean of all others:

    R² = 1 − Σ_i |y_i − ȳ of i's group without i|² / Σ_i |y_i − ȳ of all without i|²

(cross-validation as by thinning: Neufeld et al. 2024, JMLR 25:57; texts completed from half their words: Wallach et al. 2009,
ICML 1105). Too few groups leave topics lumped, too many have means of few texts: both cost. The number with the largest R²,
on average over `SPLITS` deals, is taken.

Words that are not bound together by any topic make halves independent, and R² what it is when groups are dealt to second
halves by lot. Where twice the median, over deals, of the chance of so large an R² in such permutations (of the largest over
all numbers of groups; Meinshausen, Meier & Bühlmann 2009, JASA 104:1671) is above `LEVEL`, no topics are told.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kithwork.market.clusters import AT_ONCE, cut, tree
from kithwork.market.plain import WORD
from kithwork.market.points import points

SPLITS = 6
PERMUTATIONS = 199
LEVEL = 0.05
DIMENSIONS = 50
"""Of the second halves, by their principal components."""
STEP = 1.2
"""Numbers of groups tried grow by this factor, or by one."""


@dataclass(frozen=True)
class Structure:
    """`groups`: number that tells most, `range_`: those that single deals would have, `p`: chance of such texts without
    any topic; `told`: held-out R² by number of groups."""

    groups: int
    range_: tuple[int, int]
    p: float
    told: dict[int, float]

    @property
    def found(self) -> bool:
        """Whether the texts have topics at all."""
        return self.p <= LEVEL


def structure(texts: pd.Series, language: str, fewest: int, most: int, rng: np.random.Generator) -> Structure:
    """What plain texts of one language tell of their topics; `fewest`, `most`: groups tried, at least two."""
    some = texts.iloc[np.sort(rng.permutation(len(texts))[:AT_ONCE])]
    tried = numbers(fewest, most)
    gains, chances = zip(*(_held_out(some, language, tried, rng) for _ in range(SPLITS)), strict=True)
    mean = np.mean(gains, axis=0)
    single = [tried[int(np.argmax(gain))] for gain in gains]
    p = min(2 * float(np.median(chances)), 1.0)
    return Structure(tried[int(mean.argmax())], (min(single), max(single)), p, dict(zip(tried, mean.tolist(), strict=True)))


def numbers(fewest: int, most: int) -> list[int]:
    """The numbers of groups tried: each the one before times `STEP`, or plus one."""
    found = [fewest]
    while found[-1] < most:
        found.append(min(max(found[-1] + 1, int(found[-1] * STEP)), most))
    return found


def halves(texts: pd.Series, rng: np.random.Generator) -> tuple[pd.Series, pd.Series]:
    """Each text's words dealt into two halves by lot, the first the larger by one where their number is odd."""
    word = texts.str.findall(WORD).reset_index(drop=True).explode().dropna()
    row = word.index.to_numpy()
    order = np.lexsort([rng.random(len(word)), row])
    place = np.arange(len(word)) - np.searchsorted(row, row)
    first = place * 2 < np.bincount(row, minlength=len(texts))[row]
    dealt = word.iloc[order]
    return tuple(
        dealt[half].groupby(level=0).agg(" ".join).reindex(range(len(texts)), fill_value="").set_axis(texts.index)
        for half in (first, ~first)
    )


def _held_out(texts: pd.Series, language: str, tried: list[int], rng: np.random.Generator) -> tuple[np.ndarray, float]:
    """R² by number of groups of one deal, and the chance of the largest where groups are dealt by lot."""
    first, second = halves(texts, rng)
    found = points(first, language)
    other = _principal(points(second, language))
    joins = tree(found)
    groups = [cut(joins, found, number) for number in tried]
    gains = np.array([explained(other, of) for of in groups])
    by_lot = np.array(
        [
            max(explained(other, of[order]) for of in groups)
            for order in (rng.permutation(len(other)) for _ in range(PERMUTATIONS))
        ]
    )
    return gains, float((1 + (by_lot >= gains.max()).sum()) / (PERMUTATIONS + 1))


def _principal(points: np.ndarray) -> np.ndarray:
    from sklearn.utils.extmath import randomized_svd

    centred = points - points.mean(axis=0)
    left, size, _ = randomized_svd(centred, min(DIMENSIONS, *points.shape), random_state=0)
    return left * size


def explained(points: np.ndarray, of: np.ndarray) -> float:
    """R² of points (texts, dimensions) foretold by the mean of the others in their group; at most 1, below 0 if worse."""
    from scipy.sparse import csr_matrix

    count = np.bincount(of)
    member = csr_matrix((np.ones(len(of)), (of, np.arange(len(of)))), shape=(len(count), len(of)))
    sums, square = np.asarray(member @ points), np.bincount(of, weights=(points**2).sum(axis=1))
    alone = count < 2
    within = square - (sums**2).sum(axis=1) / np.maximum(count, 1)
    whole = (len(of) / (len(of) - 1)) ** 2 * (square.sum() - (sums.sum(axis=0) ** 2).sum() / len(of))
    off = np.where(alone, square, (count / np.maximum(count - 1, 1)) ** 2 * within).sum()
    return float(1 - off / whole) if whole > 0 else 0.0
