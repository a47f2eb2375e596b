"""Which answers are absent, and whether by chance alone.

Little's test (Little 1988, J. Am. Stat. Assoc. 83:1198) compares the means of people who left out the same items with those
that the fitted normal distribution (`gaussian`) expects:

    d² = Σ_j n_j (ȳ_j − μ_j)ᵀ V_j⁻¹ (ȳ_j − μ_j),   χ² with Σ_j p_j − p degrees of freedom

over patterns j of n_j people and p_j items answered; V is the fitted covariance. It is made for each scale,
whose few items have few patterns, and not for the whole questionnaire, where nearly everybody has a pattern of their own.
An answer that was given and refused is not left out: it is counted apart, and its person is not in its scale's test.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kithwork.cleaning.survey import gaussian
from kithwork.scales import ITEMS
from kithwork.tables import GAP_TESTS, GAPS

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Chance:
    """Little's test: the statistic, its degrees of freedom and p; NaN and 0 where there is nothing to compare."""

    statistic: float
    freedom: int
    p: float
    patterns: int


def little(grid: np.ndarray) -> Chance:
    """Little's test of a grid with NaN where an answer is absent. Rows and columns without any are left out."""
    from scipy.special import chdtrc

    grid = grid[:, np.array([len(np.unique(column[~np.isnan(column)])) > 1 for column in grid.T], dtype=bool)]
    grid = grid[~np.isnan(grid).all(axis=1)]
    patterns, which = np.unique(~np.isnan(grid), axis=0, return_inverse=True)
    freedom = int(patterns.sum()) - grid.shape[1]
    if len(patterns) < 2 or freedom < 1 or len(grid) <= 2 * grid.shape[1]:
        return Chance(np.nan, 0, np.nan, len(patterns))
    mean, spread = gaussian.fitted(grid)
    counts = np.bincount(which.ravel())
    middles = np.stack([grid[which.ravel() == number].mean(axis=0) for number in range(len(patterns))])
    statistic = float((counts * gaussian.distances(middles, mean, spread)).sum())
    return Chance(statistic, freedom, float(chdtrc(freedom, statistic)), len(patterns))


def monotone(grid: np.ndarray) -> bool:
    """Whether items can be ordered so that whoever left one out left out all after it, as those who break off do."""
    absent = np.unique(np.isnan(grid), axis=0)
    absent = absent[np.argsort(absent.sum(axis=1), kind="stable")]
    return bool((absent[1:] | ~absent[:-1]).all())


def gaps(wide: pd.DataFrame, refused: pd.DataFrame) -> pd.DataFrame:
    """The table `gaps`: how many of those who took part answered each item; one that their form left out is unanswered.

    `refused` says, in the form of `wide`, whose answer to what was refused.
    """
    import pandas as pd

    if wide.empty:
        return GAPS.empty()
    answered, lost = wide.notna().sum(), refused.sum()
    found = pd.DataFrame({"item": answered.index, "asked": len(wide), "answered": answered.to_numpy()})
    found = found.assign(refused=lost.to_numpy(), absent=1 - (answered + lost).to_numpy() / len(wide))
    return GAPS.checked(found)


def gap_tests(wide: pd.DataFrame, refused: pd.DataFrame) -> pd.DataFrame:
    """The table `gap_tests`: Little's test of each scale; p as it stands, one of as many tests as rows."""
    import pandas as pd

    scales: dict[str, list[str]] = {}
    for item in wide:
        if item in ITEMS:
            scales.setdefault(ITEMS[item][0], []).append(item)
    rows = []
    for scale, items in scales.items():
        grid = wide.loc[~refused[items].any(axis=1), items].to_numpy(dtype=float)
        test = little(grid)
        told = ~np.isnan(grid).all(axis=1)
        rows.append((scale, int(told.sum()), test.patterns, monotone(grid[told]), test.statistic, test.freedom, test.p))
    return GAP_TESTS.checked(pd.DataFrame(rows, columns=list(GAP_TESTS.columns))) if rows else GAP_TESTS.empty()
