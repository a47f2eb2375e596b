"""Each person's portfolio: how many ties of each kind are expected, and in what proportion; and the shares of a group.

The share of kind k is Σ p_k over a person's ties, over the sum for all kinds that can be told: a tie of two kinds counts in
both. A group's share counts each tie once per end in the group. Intervals join two sources of doubt in one draw: what was
assumed or estimated of all ties (`ties.kinds.chances`), and who the people are (`dyadic`). They are for the mix of
people like these, of which those here are some.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kithwork.estimates import from_draws
from kithwork.network.graph import ends
from kithwork.params import Settings
from kithwork.people import dyadic
from kithwork.setting import KINDS
from kithwork.ties import kinds

if TYPE_CHECKING:
    from scipy import sparse


def portfolios(ties: pd.DataFrame, people: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """One row per person of the staff list: the `portfolios` table but for how they are spread (`breadth`)."""
    a, b = ends(ties, people)
    frame = people[["person_id", "unit"]].copy()
    frame["ties"] = np.bincount(a, minlength=len(people)) + np.bincount(b, minlength=len(people))
    tellable = kinds.tellable(ties)
    for kind in KINDS:
        p = ties[f"p_{kind}"].to_numpy(dtype=float)
        expected = np.bincount(a, p, len(people)) + np.bincount(b, p, len(people))
        frame[f"{kind}_ties"] = expected if kind in tellable else np.nan
    total = frame[[f"{kind}_ties" for kind in tellable]].sum(axis=1)
    for kind in KINDS:
        frame[f"{kind}_share"] = frame[f"{kind}_ties"] / total.where(total > 0)
    return frame


def told(portfolios: pd.DataFrame) -> tuple[str, ...]:
    """The kinds that these portfolios count, in the order of every table."""
    return tuple(kind for kind in KINDS if portfolios[f"{kind}_share"].notna().any())


def shares(ties: pd.DataFrame, people: pd.DataFrame, settings: Settings, rng: np.random.Generator) -> pd.DataFrame:
    """Share of each kind in the portfolio, for the whole (`unit` absent) and for each unit with enough ties.

    Columns unit, kind, estimate (an `Estimate` in 0–1; the intervals of one unit are of the same draws). No rows where
    fewer than two kinds can be told: there is no mix.
    """
    tellable = kinds.tellable(ties)
    if len(tellable) < 2:
        return pd.DataFrame(columns=["unit", "kind", "estimate"])
    units = [None, *sorted(people["unit"].dropna().unique())]
    a, b = ends(ties, people)
    member, p = _members(people, units), ties[[f"p_{kind}" for kind in tellable]].to_numpy(dtype=float)
    held = (member[:, a] + member[:, b]).tocsr()
    observed = held @ p
    draws = kinds.affordable(len(ties), settings.ties.draws)
    chances = np.stack([held @ chance for chance in kinds.chances(ties, tellable, rng, draws)])
    rows = []
    for at, unit in enumerate(units):
        own = held[[at]].indices
        if len(own) < dyadic.FEWEST_TIES or not observed[at].any():
            continue
        doubt = dyadic.scatter(held[[at]].data, p[own], a[own], b[own])
        resampled = dyadic.drawn(chances[:, at], observed[at], *doubt, rng)
        share, size = observed[at] / observed[at].sum(), int(member[[at]].sum())
        rows += [
            {"unit": unit, "kind": kind, "estimate": from_draws(share[i], resampled[:, i], size)}
            for i, kind in enumerate(tellable)
        ]
    return pd.DataFrame(rows, columns=["unit", "kind", "estimate"])


def _members(people: pd.DataFrame, units: list[str | None]) -> sparse.csc_array:
    """Who belongs to what, units × people of 0 and 1; everybody to the whole, named None."""
    from scipy import sparse

    places = pd.Index(units[1:]).get_indexer(people["unit"])
    known, everybody = np.flatnonzero(places >= 0), np.arange(len(people))
    rows, columns = np.concatenate([np.zeros_like(everybody), places[known] + 1]), np.concatenate([everybody, known])
    return sparse.coo_array((np.ones(len(rows)), (rows, columns)), shape=(len(units), len(people))).tocsc()
