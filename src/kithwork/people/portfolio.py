"""Each person's portfolio: how many ties of each kind are expected, and in what proportion; and the shares of a group.

The share of kind k is Σ p_k over a person's ties, over the sum for all kinds that can be told: a tie of two kinds counts in
both. A group's share counts each tie once per end in the group. Intervals join two sources of doubt in one draw: which
kinds each tie is (draws of `ties.kinds`) and who was there to ask (vertex bootstrap).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from kithwork.estimates import from_draws
from kithwork.network.graph import ends
from kithwork.network.nulls import tie_weights, vertex_draws
from kithwork.params import KINDS, Settings
from kithwork.ties import kinds


def portfolios(ties: pd.DataFrame, people: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """The `portfolios` table: one row per person of the staff list."""
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
    """Share of each kind in the portfolio, for the whole (`unit` absent) and for each unit with ties.

    Columns unit, kind, estimate (an `Estimate` in 0–1). No rows where fewer than two kinds can be told: there is no mix.
    """
    tellable = kinds.tellable(ties)
    if len(tellable) < 2:
        return pd.DataFrame(columns=["unit", "kind", "estimate"])
    a, b = ends(ties, people)
    p = ties[[f"p_{kind}" for kind in tellable]].to_numpy(dtype=float)
    weight = tie_weights(vertex_draws(len(people), settings.ties.draws, rng), a, b)
    drawn = list(kinds.draws(ties, rng, settings.ties.draws))
    rows = []
    for unit in [None, *sorted(people["unit"].dropna().unique())]:
        member = np.ones(len(people)) if unit is None else (people["unit"] == unit).to_numpy(dtype=float)
        held = member[a] + member[b]
        observed = _composition(held @ p)
        size = int(member.sum())
        resampled = np.stack([_composition((held * w) @ labels) for w, labels in zip(weight, drawn, strict=True)])
        if np.isnan(observed).any() or np.isnan(resampled).all():
            continue
        rows += [
            {"unit": unit, "kind": kind, "estimate": from_draws(observed[i], resampled[:, i], size)}
            for i, kind in enumerate(tellable)
        ]
    return pd.DataFrame(rows, columns=["unit", "kind", "estimate"])


def _composition(totals: np.ndarray) -> np.ndarray:
    whole = totals.sum()
    return totals / whole if whole > 0 else np.full(len(totals), np.nan)
