"""Who holds which ties: the expected number of each kind to colleagues, and the parties outside a topic is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from kithwork.network.graph import ends
from kithwork.network.outside import known_to
from kithwork.setting import KINDS

if TYPE_CHECKING:
    from kithwork.setting import Kind

PARTIES_OF = {
    "customer": ("customer",),
    "competitor": ("competitor",),
    "supplier": ("supplier",),
    "regulation": ("regulator",),
    "technology": ("university", "community", "partner"),
}
"""Kinds of party that news about each part of the market comes from."""


def strengths(ties: pd.DataFrame, people: pd.DataFrame) -> dict[Kind, np.ndarray]:
    """By kind that a tie could be told to be, each person's expected number of such ties: the sum of probabilities."""
    a, b = ends(ties, people)
    found = {}
    for kind in KINDS:
        chance = ties[f"p_{kind}"].to_numpy(dtype=float)
        if not np.isnan(chance).all():
            chance = np.nan_to_num(chance)
            found[kind] = np.bincount(a, chance, len(people)) + np.bincount(b, chance, len(people))
    return found


def degrees(ties: pd.DataFrame, people: pd.DataFrame) -> np.ndarray:
    """Ties of each person."""
    a, b = ends(ties, people)
    return np.bincount(np.concatenate([a, b]), minlength=len(people))


def outside(roles: pd.Series, nominations: pd.DataFrame, people: pd.DataFrame, parties: pd.DataFrame) -> np.ndarray:
    """Parties that each person names of the kinds that each topic is about, (people, topics). `roles`: role by topic."""
    held = known_to(nominations, people, parties)
    kinds = parties["kind"].to_numpy()
    of_topic = (
        np.column_stack([np.isin(kinds, PARTIES_OF[role]) for role in roles]) if len(roles) else np.empty((len(kinds), 0))
    )
    return np.asarray(held @ of_topic.astype(float))
