"""Weights that make those who answered stand for the staff list: raking to the shares of its groups, margin by margin.

Iterative proportional fitting (Deming & Stephan 1940, Ann. Math. Stat. 11:427): each margin in turn, weights are multiplied
by share on the list over weighted share, until no share is off by more than `ACCURACY`. A group of fewer respondents than
`smallest_cell` is pooled with the other such groups of its margin, smallest first, until the pool is large enough; a margin
with one group left says nothing and is dropped. Weights have mean 1 and are held within `weight_range`, in every round
after all margins; where that binds, the margins are missed by what the table `weighting` shows.

The price is Kish's design effect, 1 + cv² of the weights (Kish 1965, Survey Sampling, 11.7): n respondents tell as much of
a mean as n / (1 + cv²) unweighted ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kithwork.tables import WEIGHTING, WEIGHTS

if TYPE_CHECKING:
    import pandas as pd

    from kithwork.chapters import Survey

ACCURACY, MOST_ROUNDS = 1e-9, 1000
POOLED = "(pooled)"
UNKNOWN = "(unknown)"


@dataclass(frozen=True)
class Raked:
    """Weights of mean 1; the largest miss of a share, 0 to 1; and the rounds it took (`MOST_ROUNDS`: not converged)."""

    weights: np.ndarray
    miss: float
    rounds: int


def rake(
    groups: list[np.ndarray],
    shares: list[np.ndarray],
    start: np.ndarray | None = None,
    limits: tuple[float, float] = (0.0, np.inf),
    rounds: int = MOST_ROUNDS,
) -> Raked:
    """Weights under which each margin has its shares.

    `groups`: by margin, each respondent's group as a number; `shares`: by margin, the share of each group, every one of
    which somebody is in; `start`: weights to begin with, 1 unless given.
    """
    size = len(groups[0]) if groups else len(start) if start is not None else 0
    weights = np.ones(size) if start is None else start / start.mean()
    done, moved = 0, np.inf
    while (miss := _miss(weights, groups, shares)) > ACCURACY and moved > ACCURACY and done < rounds:
        before, done = weights, done + 1
        for group, share in zip(groups, shares, strict=True):
            weights = weights * (share * size / np.bincount(group, weights, len(share)))[group]
        weights = np.clip(weights, *limits)
        weights = np.clip(weights / weights.mean(), *limits)
        moved = np.abs(weights - before).max()
    return Raked(weights, miss, done)


def _miss(weights: np.ndarray, groups: list[np.ndarray], shares: list[np.ndarray]) -> float:
    held = [np.bincount(group, weights, len(share)) / weights.sum() for group, share in zip(groups, shares, strict=True)]
    return max((float(np.abs(one - share).max()) for one, share in zip(held, shares, strict=True)), default=0.0)


def design_effect(weights: np.ndarray) -> float:
    """Kish's 1 + cv² = n Σw² / (Σw)², at least 1."""
    return float(len(weights) * (weights**2).sum() / weights.sum() ** 2)


def effective_n(weights: np.ndarray) -> float:
    """People who, unweighted, would tell as much: (Σw)² / Σw², at most n."""
    return len(weights) / design_effect(weights)


def pooled(groups: pd.Series, responded: pd.Series, fewest: int) -> pd.Series:
    """Groups with those of too few respondents pooled, and with the pool the next smallest until it is large enough."""
    counts = responded.groupby(groups).sum().sort_values(kind="stable")
    small, held = [], 0
    for group, count in counts.items():
        if count >= fewest and (held >= fewest or not small):
            break
        small.append(group)
        held += int(count)
    return groups.where(~groups.isin(small), POOLED) if len(small) > 1 else groups


def weighted(invited: pd.DataFrame, setting: Survey) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The tables `weights`, a row per respondent, and `weighting`, a row per margin and group, from `response.invited`."""
    import pandas as pd

    responded = invited["responded"]
    if not responded.any():
        return WEIGHTS.empty(), WEIGHTING.empty()
    margins = {name: invited[name].fillna(UNKNOWN).astype("str") for name in setting.margins if invited[name].notna().any()}
    margins = {name: pooled(groups, responded, setting.smallest_cell) for name, groups in margins.items()}
    margins = {name: groups for name, groups in margins.items() if groups.nunique() > 1}
    shares = {name: groups.value_counts(normalize=True).sort_index() for name, groups in margins.items()}
    codes = [pd.Index(shares[name].index).get_indexer(groups[responded]) for name, groups in margins.items()]
    even, limits = np.ones(int(responded.sum())), tuple(setting.weight_range)
    raked = rake(codes, [share.to_numpy() for share in shares.values()], even, limits)
    weights = pd.Series(raked.weights, index=invited.index[responded])
    table = pd.DataFrame({"person_id": invited.loc[responded, "person_id"], "weight": weights})
    rows = []
    for name, groups in margins.items():
        on_list, held = groups.value_counts(), groups[responded].value_counts()
        carried = weights.groupby(groups[responded]).sum() / weights.sum()
        shown = held / responded.sum()
        rows += [
            (name, one, on_list[one], held[one], share, shown[one], carried[one]) for one, share in shares[name].items()
        ]
    sides = pd.DataFrame(rows, columns=list(WEIGHTING.columns))
    return WEIGHTS.checked(table), WEIGHTING.checked(sides) if rows else WEIGHTING.empty()
