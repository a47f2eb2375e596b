"""How many topics texts have, or that they have none, by words held out.

The words of each text are dealt into two halves by lot. Groups are found by the first halves; how well they tell of the
second is the share of the second halves' variance that goes away when each is foretold by the mean of the others in its
group, not by the mean of all others:

    R² = 1 − Σ_i |y_i − ȳ of i's group without i|² / Σ_i |y_i − ȳ of all without i|²

(cross-validation as by thinning: Neufeld et al. 2024, JMLR 25:57; texts completed from half their words: Wallach et al.
2009, ICML 1105). Too few groups leave topics lumped, too many have means of few texts: both cost. Taken is the smallest
number whose R², on average over `SPLITS` deals, is short of the largest by no more than the standard error of that
difference (Breiman et al. 1984, *Classification and Regression Trees*, 78).

Words that are not bound together by any topic make halves independent, and R² what it is when groups are dealt to second
halves by lot. Where twice the median, over deals, of the chance of so large an R² in such permutations (of the largest over
all numbers of groups; Meinshausen, Meier & Bühlmann 2009, JASA 104:1671) is above `LEVEL`, no topics are told.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

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
DIGITS = 6
"""Places to which R² is told: the same groups by another number, or of as many texts by lot, tell as much."""


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
    short = mean.max() - mean
    error = np.std(np.array(gains)[:, [mean.argmax()]] - gains, axis=0, ddof=1) / np.sqrt(len(gains))
    single = [tried[int(np.argmax(gain))] for gain in gains]
    p = min(2 * float(np.median(chances)), 1.0)
    best = tried[int((short <= error).argmax())]
    return Structure(best, (min(best, *single), max(best, *single)), p, dict(zip(tried, mean.tolist(), strict=True)))


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
    dealt = word.to_numpy(dtype=object)[order]
    return tuple(_joined(dealt[half], row[half], texts.index) for half in (first, ~first))


def _joined(words: np.ndarray, row: np.ndarray, index: pd.Index) -> pd.Series:
    """The words of each row, which rise, in one text."""
    ends = np.searchsorted(row, np.arange(len(index) + 1))
    return pd.Series([" ".join(words[start:end]) for start, end in pairwise(ends)], index=index, dtype="str")


def _held_out(texts: pd.Series, language: str, tried: list[int], rng: np.random.Generator) -> tuple[np.ndarray, float]:
    """R² by number of groups of one deal, and the chance of the largest where groups are dealt by lot."""
    first, second = halves(texts, rng)
    found = points(first, language)
    other = _principal(points(second, language))
    joins = tree(found)
    dealt = Dealt(np.column_stack([cut(joins, found, number) for number in tried]))
    gains = dealt.explained(other).round(DIGITS)
    by_lot = np.array(
        [dealt.explained(other[rng.permutation(len(other))]).round(DIGITS).max() for _ in range(PERMUTATIONS)]
    )
    return gains, float((1 + (by_lot >= gains.max()).sum()) / (PERMUTATIONS + 1))


def _principal(points: np.ndarray) -> np.ndarray:
    from sklearn.utils.extmath import randomized_svd

    centred = points - points.mean(axis=0)
    left, size, _ = randomized_svd(centred, min(DIMENSIONS, *points.shape), random_state=0)
    return left * size


class Dealt:
    """Several groupings of the same texts, (texts, groupings), each with groups from 0 on."""

    def __init__(self, of: np.ndarray) -> None:
        from scipy.sparse import csr_matrix

        self.first = np.concatenate([[0], np.cumsum(of.max(axis=0) + 1)])
        rows, columns = (of + self.first[:-1]).ravel(order="F"), np.tile(np.arange(len(of)), of.shape[1])
        self.member = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(self.first[-1], len(of)))
        self.count = np.bincount(rows, minlength=self.first[-1])

    def explained(self, points: np.ndarray) -> np.ndarray:
        """R² of points (texts, dimensions) foretold by the mean of the others in their group, one for each grouping.

        At most 1, and below 0 where the mean of all others tells more; a text alone in its group is not foretold at all.
        """
        texts = len(points)
        centred = points - points.mean(axis=0)
        length = (centred**2).sum(axis=1)
        square, sums = self.member @ length, self.member @ centred
        within = square - (sums**2).sum(axis=1) / np.maximum(self.count, 1)
        left = np.where(self.count < 2, square, (self.count / np.maximum(self.count - 1, 1)) ** 2 * within)
        off = np.add.reduceat(left, self.first[:-1])
        whole = (texts / (texts - 1)) ** 2 * length.sum()
        return 1 - off / whole if whole > 0 else np.zeros(len(off))
