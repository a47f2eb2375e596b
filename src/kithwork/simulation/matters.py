"""The planted topics: what of the market each is about, when it begins and fades, who outside says it, and its worth.

    there at once   full weight in every week
    beginning       in its onset week with `BEGINS`; `GROWS` more every week, up to `FULL`
    fading          from its last week on by a factor of `FADES` every week

A real topic is told by several parties outside that know nothing of each other; hearsay by one. The worth of a topic is
whether it is real, times how far it repeats, times its value.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from kithwork.simulation.knobs import Knobs
from kithwork.simulation.relationships import Relationships

ROLES = {
    "cheaper sensors": "competitor",
    "calibration by phone": "technology",
    "traceability rule": "regulation",
    "glass shortage": "supplier",
    "rental instead of sale": "customer",
    "hydrogen plants": "customer",
    "repair shops bought": "competitor",
    "plating line closes": "supplier",
    "solvent ban": "regulation",
    "failure forecasts": "technology",
}
"""What each topic is about."""
TOLD_BY = {
    "customer": ("customer",),
    "supplier": ("supplier", "partner"),
    "competitor": ("competitor", "customer"),
    "regulation": ("regulator", "partner"),
    "technology": ("university", "community"),
}
"""Kinds of party that tell of each part of the market; one of the first kind always does."""
SOURCES = 4
"""Independent parties behind a real topic, at most."""
AT_ONCE = 3
"""Topics that are there from the first week. One of these fades, and so does the one after them."""
BEGINS, GROWS, FULL, FADES = 1.0, 0.25, 2.0, 0.7
LAST_ONSET, FIRST_FADE = 0.75, 0.5
"""Shares of the weeks watched: by the first, every topic has begun; from the second on, topics fade."""
NEVER = -1


def drawn(bonds: Relationships, weeks: int, knobs: Knobs, rng: np.random.Generator) -> pd.DataFrame:
    """topic, role, onset_week, fades_week (−1: it does not), at_once, sources (party rows), value, repeatable, real."""
    count = len(ROLES)
    order = rng.permutation(count)
    turn = np.maximum(np.argsort(order, kind="stable") - AT_ONCE + 1, 0)
    onset = np.ceil(turn * LAST_ONSET * weeks / (count - AT_ONCE)).astype(int)
    fades = np.full(count, NEVER)
    fades[[order[0], order[AT_ONCE]]] = int(np.ceil(FIRST_FADE * weeks))
    real = rng.permutation(count) >= round(knobs.hearsay * count)
    kind = bonds.parties["kind"].to_numpy()
    return pd.DataFrame(
        {
            "topic": list(ROLES),
            "role": list(ROLES.values()),
            "onset_week": onset,
            "fades_week": fades,
            "at_once": turn == 0,
            "sources": [_sources(kind, role, is_real, rng) for role, is_real in zip(ROLES.values(), real, strict=True)],
            "value": rng.lognormal(12, 0.8, count).round(-3),
            "repeatable": rng.beta(2, 2, count).round(2),
            "real": real,
        }
    )


def weights(topics: pd.DataFrame, weeks: int) -> np.ndarray:
    """(weeks, topics): how much each is written of, beside the others."""
    week = np.arange(weeks)[:, None]
    since = week - topics["onset_week"].to_numpy()
    grown = np.minimum(BEGINS + GROWS * since, FULL)
    weight = np.where(topics["at_once"], FULL, np.where(since >= 0, grown, 0.0))
    fades = topics["fades_week"].to_numpy()
    return weight * FADES ** np.where(fades == NEVER, 0, np.maximum(week - fades + 1, 0))


def worth(topics: pd.DataFrame) -> np.ndarray:
    """What each topic is truly worth, in money."""
    return (topics["real"] * topics["repeatable"] * topics["value"]).to_numpy(dtype=float)


def _sources(kind: np.ndarray, role: str, real: bool, rng: np.random.Generator) -> list[int]:
    """Rows of the parties that tell of a topic: the first is of the kind that it is about."""
    first = rng.permutation(np.flatnonzero(kind == TOLD_BY[role][0]))
    others = rng.permutation(np.flatnonzero(np.isin(kind, TOLD_BY[role])))
    told = [first[0], *others[others != first[0]]]
    return sorted(map(int, told[: SOURCES if real else 1]))
