"""What the tie chapter claims: who is tied to anybody, how many ties people hold, and what the signs leave open."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kithwork.claims import Ledger
from kithwork.estimates import from_draws, mean, proportion
from kithwork.params import Settings
from kithwork.ties import kinds


def claims(ties: pd.DataFrame, people: pd.DataFrame, settings: Settings, rng: np.random.Generator) -> Ledger:
    """The claims of the tie chapter, for the whole and by unit; about kinds, for the whole only. None without ties."""
    ledger = Ledger("ties")
    if ties.empty:
        return ledger
    held = pd.concat([ties["a_id"], ties["b_id"]]).value_counts().reindex(people["person_id"], fill_value=0).to_numpy()
    for unit in [None, *sorted(people["unit"].dropna().unique())]:
        member = np.ones(len(people), bool) if unit is None else (people["unit"] == unit).to_numpy()
        scope = {"scope": "organisation" if unit is None else "group", "group": unit}
        connected = proportion(int((held[member] > 0).sum()), int(member.sum())).times(100)
        method = "Share of the staff list; Wilson interval (Wilson 1927)"
        ledger.add("connected", "Share of people with at least one tie", connected, unit="%", method=method, **scope)
        per_person = mean(held[member], settings.ties.draws, rng)
        method = "Mean over people; bootstrap over people (Efron 1979)"
        ledger.add(
            "per_person",
            "Colleagues each person is tied to",
            per_person,
            unit="people",
            method=method,
            **scope,
        )
    told = kinds.tellable(settings)
    for kind in told:
        ledger.add(
            f"open_{kind}",
            f"Share of ties whose signs leave open whether they are {kind}",
            kinds.left_open(ties, settings, kind, rng).times(100),
            unit="%",
            method=f"P between {1 - settings.ties.told_apart_at:.2g} and {settings.ties.told_apart_at:.2g}; "
            "range over the stated sign strengths; n counts ties",
            people=len(people),
        )
    if len(told) > 1:
        drawn = kinds.draws(ties, settings, rng, settings.ties.draws)
        multiplex = np.array([(labels.sum(axis=1) > 1).mean() for labels in drawn]) * 100
        ledger.add(
            "multiplex",
            "Share of ties that are of two or more kinds",
            from_draws(multiplex.mean(), multiplex, len(ties)),
            unit="%",
            method="Multiplexity (Verbrugge 1979) over draws of sign strengths and kinds; n counts ties",
            people=len(people),
        )
    return ledger
