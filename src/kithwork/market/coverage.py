"""Which parts of the market the organisation has ties into, and which it does not (blind spots)."""

from __future__ import annotations

import pandas as pd

from kithwork.claims import Ledger
from kithwork.estimates import proportion
from kithwork.network.outside import known_to
from kithwork.params import Settings
from kithwork.tables import UNMAPPED

WORDS = {"investor": "an investor", "other": "another kind of party"}
METHOD = "Share of people with a tie there; Wilson interval (Wilson 1927)"


def coverage(nominations: pd.DataFrame, parties: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """One row per kind of party: `kind`, `parties` known, and `people` who name at least one of them.

    Parties that nobody has mapped yet are left out: they are no part of the market.
    """
    mapped = parties[parties["kind"] != UNMAPPED]
    frame = mapped.groupby("kind")["party_id"].nunique().rename("parties").reset_index()
    of_kind = (mapped["kind"].to_numpy()[:, None] == frame["kind"].to_numpy()).astype(float)
    held = known_to(nominations, people, mapped) @ of_kind > 0
    return frame.assign(people=held.sum(axis=0).astype("int64"))


def claims(covered: pd.DataFrame, people: pd.DataFrame, settings: Settings) -> Ledger:
    """Per kind of party, the share of people with a tie there; and the share of kinds too thinly covered.

    The claims count everybody, tied or not, so that their size says nothing about who holds the ties.
    """
    ledger, n = Ledger("market"), len(people)
    for row in covered.itertuples():
        ledger.add(
            f"{row.kind}_coverage",
            f"Share of people with a tie to {WORDS.get(row.kind, f'a {row.kind}')}",
            proportion(row.people, n).times(100),
            unit="%",
            method=METHOD,
        )
    if len(covered):
        blind = int((covered["people"] < settings.market.fewest_sources).sum())
        ledger.add(
            "blind_spots",
            f"Kinds of party with fewer than {settings.market.fewest_sources} people tied to them",
            proportion(blind, len(covered)).times(100),
            unit="%",
            method="Share of the kinds of party on file; Wilson interval (Wilson 1927)",
            people=n,
        )
    return ledger
