"""Which groups of one partition of people to hide, in all families of measures together.

A family is a set of measures about the same people, such as all answers to one questionnaire; each parts its people into
the same groups, less those who gave it no figure. In a family every group of fewer than the smallest group is hidden, and
what the groups shown leave of its whole, hidden groups and people in no group, must be nobody, at least the smallest
group, or everybody: then every hidden group may be as large as the smallest (`protection.py`, where one sum binds the
cells).

Those too small are hidden in any case, so a family that leaves too few needs just one group more, of any size, as all
left have enough people. It takes one that some family hides already, so that a page hides the same groups throughout;
where there is none, the fewest groups that will do for all such families; and of several ways, that of least loss, weight
times people.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd

MOST = 200
"""Choices, of groups by families, up to which three groups or more are sought by integer programs."""


def hidden_groups(sizes: pd.DataFrame, totals: pd.Series, weights: pd.Series, smallest: int) -> pd.DataFrame:
    """(groups, families) bool: what to hide.

    `sizes` (groups, families): people, NaN where a family has no such group. `totals`: people of each family's whole;
    where NaN, or fewer than its groups hold, those in its groups. `weights`: what a person's figures in a family are
    worth, ≥ 0. All by family. The order of groups and families does not matter: of equal ways the one first in order of
    names is taken.
    """
    ordered = sizes.loc[sorted(sizes.index, key=str), sorted(sizes.columns, key=str)]
    people = ordered.fillna(0).to_numpy("int64")
    there = ordered.notna().to_numpy()
    hidden = there & (people < smallest)
    outside = totals.reindex(ordered.columns).fillna(0).to_numpy("int64") - people.sum(axis=0)
    left = np.maximum(outside, 0) + np.where(hidden, people, 0).sum(axis=0)
    needy = (left > 0) & (left < smallest) & (there & ~hidden).any(axis=0)
    if needy.any():
        worth = weights.reindex(ordered.columns).to_numpy("float64")
        chosen = _one_each((there & ~hidden)[:, needy], (people * worth)[:, needy], hidden.any(axis=1))
        hidden[chosen, np.flatnonzero(needy)] = True
    return pd.DataFrame(hidden, ordered.index, ordered.columns).loc[sizes.index, sizes.columns]


def _one_each(may: np.ndarray, loss: np.ndarray, opened: np.ndarray) -> np.ndarray:
    """(families,) the group each family hides, of those it `may` (groups, families), at `loss` (groups, families).

    Groups already `opened` (groups,) go first; then as few others as will do; then the least loss.
    """
    cost = np.where(may, loss, np.inf)
    lacking = np.flatnonzero(~may[opened].any(axis=0))
    if len(lacking):
        opened = _fewest(may, cost, opened, lacking)
    return np.argmin(np.where(opened[:, None], cost, np.inf), axis=0)


def _fewest(may: np.ndarray, cost: np.ndarray, opened: np.ndarray, lacking: np.ndarray) -> np.ndarray:
    """(groups,) bool: `opened`, and the fewest more of which every lacking family may hide one, at the least loss of all.

    One group, or two, are found by trying all: that is nearly always enough. Else it is an integer program; beyond `MOST`
    choices, the group that serves most families is opened, again and again (Chvátal 1979, "A greedy heuristic for the
    set-covering problem", *Mathematics of Operations Research* 4).
    """
    already = np.where(opened[:, None], cost, np.inf).min(axis=0)
    for number in (1, 2):
        several = np.array(list(combinations(range(len(may)), number)), dtype=int).reshape(-1, number)
        serve = several[may[several][:, :, lacking].any(axis=1).all(axis=1)]
        if len(serve):
            total = np.minimum(cost[serve].min(axis=1), already).sum(axis=1)
            return opened | np.isin(np.arange(len(may)), serve[np.argmin(total)])
    if may.sum() <= MOST:
        return _facilities(may, cost, opened)
    while len(lacking):
        served = may[:, lacking].sum(axis=1)
        price = np.where(may, cost, 0)[:, lacking].sum(axis=1)
        opened = opened | (np.arange(len(may)) == np.lexsort((price, -served))[0])
        lacking = lacking[~may[opened][:, lacking].any(axis=0)]
    return opened


def _facilities(may: np.ndarray, cost: np.ndarray, opened: np.ndarray) -> np.ndarray:
    """The same by two integer programs: the least number of groups, then with that number the least loss.

    y opens a group, z lets a family hide it where it is open, and each family hides one.
    """
    from scipy import optimize, sparse

    groups, families = np.nonzero(may)
    count, pairs = len(may), len(groups)
    opens = sparse.csr_array((-np.ones(pairs), (np.arange(pairs), groups)), (pairs, count))
    uses = sparse.hstack([opens, sparse.eye_array(pairs)])
    each = sparse.csr_array((np.ones(pairs), (families, count + np.arange(pairs))), (may.shape[1], count + pairs))
    new = np.concatenate([~opened, np.zeros(pairs, dtype=bool)]).astype(float)
    rules = [optimize.LinearConstraint(uses, -np.inf, 0), optimize.LinearConstraint(each, 1, 1)]
    whole = np.concatenate([np.ones(count), np.zeros(pairs)])
    box = optimize.Bounds(np.zeros(count + pairs), 1)
    fewest = round(optimize.milp(new, integrality=whole, bounds=box, constraints=rules).fun)
    priced = np.concatenate([np.zeros(count), cost[groups, families] / max(cost[groups, families].max(), 1e-9)])
    rules.append(optimize.LinearConstraint(new[None, :], 0, fewest))
    found = optimize.milp(priced, integrality=whole, bounds=box, constraints=rules, options={"mip_rel_gap": 0.0})
    return found.x[:count] > 0.5
