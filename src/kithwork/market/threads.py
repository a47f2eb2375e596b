"""How firmly the parties outside are tied to the organisation: by one person only, and within reach of others."""

from __future__ import annotations

import pandas as pd

from kithwork.claims import Ledger
from kithwork.estimates import proportion
from kithwork.network.graph import adjacency
from kithwork.network.outside import known_to

WILSON = "Wilson interval (Wilson 1927) over parties"


def threads(nominations: pd.DataFrame, parties: pd.DataFrame, people: pd.DataFrame, ties: pd.DataFrame) -> pd.DataFrame:
    """One row per kind of party that anybody names: `kind`, parties `known`, those held by a `single` person, those `near`
    to somebody else, who has no tie to the party but to a colleague with one, and the number of people with ties there.
    """
    held = known_to(nominations, people, parties)
    by = held.sum(axis=0)
    beside = (adjacency(ties, people) @ held > 0).astype(float)
    others = beside.sum(axis=0) - beside.multiply(held).sum(axis=0)
    found = pd.DataFrame({"kind": parties["kind"], "known": by > 0, "single": by == 1, "near": (others > 0) & (by > 0)})
    counted = found[found["known"]].groupby("kind", as_index=False)[["known", "single", "near"]].sum()
    of_kind = parties["kind"].to_numpy()[:, None] == counted["kind"].to_numpy()
    return counted.assign(holders=((held @ of_kind.astype(float)) > 0).sum(axis=0))


def claims(held: pd.DataFrame, people: pd.DataFrame, ties: pd.DataFrame, ledger: Ledger) -> None:
    """By kind of party, the share that hangs on one person; of all, the share within another's reach, where ties are known.

    What hangs on one person could tell of those who hold such ties: they are the people whom the gate counts.
    """
    for row in held.itertuples():
        ledger.add(
            f"{row.kind}_single_thread",
            f"Share of the parties of this kind that anybody names which one person alone names, {row.kind}",
            proportion(row.single, row.known).times(100),
            unit="%",
            method=f"Parties that one person names over parties named; {WILSON}",
            people=row.holders,
        )
    if len(held) and len(ties):
        ledger.add(
            "within_reach",
            "Share of the parties named that somebody without a tie to them reaches through one colleague",
            proportion(int(held["near"].sum()), int(held["known"].sum())).times(100),
            unit="%",
            method=f"A colleague's colleague names the party; {WILSON}",
            people=len(people),
        )
