"""What notes give away: colleagues, people and parties outside, telephones, addresses and amounts, drawn for each note.

Telephones are of ranges kept for fiction or made of digits that no exchange has; streets are made up.
"""

from __future__ import annotations

import numpy as np

from kithwork.simulation.organisation import Organisation, plain
from kithwork.simulation.relationships import Relationships

KINDS = ("colleague", "contact", "party", "phone", "mail", "address", "amount")
PHONES = ("+1 416 555 01{:02d}", "+47 00 00 12 {:02d}", "(416) 555-01{:02d}", "+351 000 000 1{:02d}")
STREETS = ("{} Harbour Street", "{} Mill Lane", "{} Glassworks Road", "Rua do Farol {}", "Fyrveien {}")
AMOUNTS = ("NOK {:,}", "{:,} kroner", "EUR {:,}", "€{:,}")


def drawn(kind: str, org: Organisation, bonds: Relationships, party: int, rng: np.random.Generator) -> str:
    """The words that name somebody or something of a kind; contacts are of the party, where one is given (−1: none)."""
    number = int(rng.integers(100))
    if kind == "colleague":
        return str(org.people["name"].iloc[int(rng.integers(len(org)))])
    if kind == "phone":
        return str(rng.choice(PHONES)).format(number)
    if kind == "address":
        return str(rng.choice(STREETS)).format(number + 1)
    if kind == "amount":
        return str(rng.choice(AMOUNTS)).format((number + 1) * 25_000)
    if party < 0:
        party = int(rng.integers(len(bonds.parties)))
    if kind == "party":
        return str(bonds.parties["name"].iloc[party])
    there = np.flatnonzero(bonds.contacts["party"].to_numpy() == party)
    name = str(bonds.contacts["name"].iloc[int(rng.choice(there))])
    return name if kind == "contact" else f"{plain(name)}@{bonds.parties['party'].iloc[party]}"
