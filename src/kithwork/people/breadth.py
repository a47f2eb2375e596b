"""How each person's portfolio is spread: by effort, over kinds, over the organisation, outside, and either way.

A portfolio counts each tie once; effort counts it by what it takes: the expected effort on kind k is Σ w p_k over a
person's ties, w its contacts (mail has no minutes), or where none are recorded its strength. A tie that was named and never
recorded then weighs nothing: effort is of the channels that were brought, and says nothing of what goes by others.

Breadth is Hill's number of order 1, exp(−Σ s ln s): how many kinds, units or sites, evenly held, would be as diverse (Hill
1973, Ecology 54:427; Jost 2006, Oikos 113:363). It grows with the number of ties that are seen, least so in order 1 and
above: people of very unequal numbers of ties are not to be compared by it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from kithwork.estimates import Estimate, from_draws
from kithwork.network.graph import ends
from kithwork.setting import KINDS
from kithwork.ties import kinds


def spread(
    ties: pd.DataFrame, people: pd.DataFrame, nominations: pd.DataFrame, answered: pd.Series, directed: bool
) -> pd.DataFrame:
    """The columns of the `portfolios` table that tell of spread: one row per person, in the order of `people`.

    Effort is by contacts where any is recorded, else by the strength of ties. Give and take are absent where names have no
    direction. `answered`: ids of who answered the survey; where any are known, only their names count: of somebody who was
    silent a list of contacts may be brought, and it holds nobody but outsiders.
    """
    said = nominations[nominations["ego_id"].isin(answered)] if len(answered) else nominations
    tellable = kinds.tellable(ties)
    by = effort(ties, people, _measured_by(ties))
    shares = by.reindex(columns=list(KINDS))
    return pd.DataFrame(
        {
            **{f"{kind}_effort": shares[kind] for kind in KINDS},
            "breadth": evenly(by.to_numpy()) if len(tellable) > 1 else np.nan,
            **{
                f"{column}s_reached": reached(ties, people, column)["distinct"] if people[column].notna().any() else np.nan
                for column in ("unit", "role", "site")
            },
            "outside": outside(said, people),
            "give_take": balance(said, people) if directed else np.nan,
        }
    )


def effort(ties: pd.DataFrame, people: pd.DataFrame, by: str) -> pd.DataFrame:
    """Share of each person's effort that goes to ties of each kind that can be told: people × kinds, rows in the order of
    `people`, each summing to 1; NaN for who has none. `by`: the column of ties it is measured by, as
    contacts, minutes or strength; where it is absent a tie has none."""
    tellable = kinds.tellable(ties)
    p = ties[[f"p_{kind}" for kind in tellable]].to_numpy(dtype=float)
    weight = ties[by].fillna(0).to_numpy(dtype=float)[:, None]
    spent = _by_person(weight * p, *ends(ties, people), len(people))
    total = spent.sum(axis=1, keepdims=True)
    return pd.DataFrame(np.divide(spent, total, out=np.full_like(spent, np.nan), where=total > 0), columns=list(tellable))


def mean_effort(ties: pd.DataFrame, people: pd.DataFrame, draws: int, rng: np.random.Generator) -> dict[str, Estimate]:
    """The average person's share of effort by kind, 0–1, as in `spread`. Each draw takes the kinds' chances from their
    ranges (`kinds.chances`) and people anew (bootstrap, Efron 1979). Nothing where fewer than two people have any."""
    weight = ties[_measured_by(ties)].fillna(0).to_numpy(dtype=float)[:, None]
    own, tellable = effort(ties, people, _measured_by(ties)).to_numpy(), kinds.tellable(ties)
    known = ~np.isnan(own).any(axis=1)
    if known.sum() < 2 or len(tellable) < 2:
        return {}
    draws = kinds.affordable(len(ties), draws)
    drawn, (a, b) = np.empty((draws, len(tellable))), ends(ties, people)
    for at, chance in enumerate(kinds.chances(ties, tellable, rng, draws)):
        spent = _by_person(weight * chance, a, b, len(people))[known]
        total = spent.sum(axis=1, keepdims=True)
        share = np.divide(spent, total, out=own[known].copy(), where=total > 0)
        drawn[at] = share[rng.integers(0, len(share), len(share))].mean(axis=0)
    means = own[known].mean(axis=0)
    return {kind: from_draws(means[i], drawn[:, i], int(known.sum())) for i, kind in enumerate(tellable)}


def evenly(shares: np.ndarray) -> np.ndarray:
    """Hill's number of order 1 of each row of shares: (people,), from 1 to the number of columns; NaN where a row is.

    >>> evenly(np.array([[0.5, 0.5, 0.0], [1.0, 0.0, 0.0]])).tolist()
    [2.0, 1.0]
    """
    logs = np.log(np.where(shares > 0, shares, 1))
    return np.exp(-(shares * logs).sum(axis=1))


def reached(ties: pd.DataFrame, people: pd.DataFrame, column: str) -> pd.DataFrame:
    """What of the organisation a person's alters stand for: `distinct`, how many different units, sites or roles, as
    `column` says, and `evenly`, Hill's number of order 1 over the alters. Alters of whom it is not known are left out; 0
    and NaN where it is known of none."""
    from scipy import sparse

    codes, found = pd.factorize(people[column], sort=True)
    a, b = ends(ties, people)
    ego, alter = np.concatenate([a, b]), np.concatenate([b, a])
    known = codes[alter] >= 0
    counts = sparse.coo_array(
        (np.ones(known.sum()), (ego[known], codes[alter][known])), shape=(len(people), max(len(found), 1))
    ).tocsr()
    distinct, total = np.diff(counts.indptr), counts.sum(axis=1)
    counts.data /= np.repeat(total, distinct)
    counts.data *= np.log(counts.data)
    return pd.DataFrame({"distinct": distinct, "evenly": np.where(total > 0, np.exp(-counts.sum(axis=1)), np.nan)})


def outside(nominations: pd.DataFrame, people: pd.DataFrame) -> np.ndarray:
    """Share of those whom each person names who are not of the staff list: (people,), 0–1, each named once; NaN for who
    names nobody."""
    pairs = nominations[["ego_id", "alter_id"]].drop_duplicates()
    abroad = ~pairs["alter_id"].isin(people["person_id"])
    return abroad.groupby(pairs["ego_id"]).mean().reindex(people["person_id"]).to_numpy(dtype=float)


def balance(nominations: pd.DataFrame, people: pd.DataFrame) -> np.ndarray:
    """Give and take: (named by − names) / (named by + names) among people of the staff list, each pair once: (people,), −1
    who only seeks, +1 who is only sought; NaN for neither, and for who names nobody at all, who may not have been asked."""
    pairs = nominations[["ego_id", "alter_id"]].drop_duplicates()
    asked = people["person_id"].isin(pairs["ego_id"]).to_numpy()
    inside = pairs[pairs["alter_id"].isin(people["person_id"]) & (pairs["ego_id"] != pairs["alter_id"])]
    gives, takes = (
        inside[end].value_counts().reindex(people["person_id"]).fillna(0).to_numpy(dtype=float)
        for end in ("alter_id", "ego_id")
    )
    total = gives + takes
    return np.divide(gives - takes, total, out=np.full(len(people), np.nan), where=asked & (total > 0))


def _measured_by(ties: pd.DataFrame) -> str:
    """The column that effort is counted by."""
    return "contacts" if ties["contacts"].fillna(0).any() else "strength"


def _by_person(of_ties: np.ndarray, a: np.ndarray, b: np.ndarray, people: int) -> np.ndarray:
    """Sums over each person's ties: (people, columns). `a`, `b`: the ends of each tie."""
    found = np.zeros((people, of_ties.shape[1]))
    for column, one in enumerate(of_ties.T):
        found[:, column] = np.bincount(a, one, people) + np.bincount(b, one, people)
    return found
