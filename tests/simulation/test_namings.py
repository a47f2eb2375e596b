"""What notes give away: somebody of the organisation, somebody outside, or a number in the form it has."""

from __future__ import annotations

import re

import numpy as np
import pytest

from kithwork.simulation import namings

FORMS = {
    "phone": r"[+(][\d ()-]{11,}\d",
    "mail": r"[\w.]+@[\w-]+\.example",
    "address": r"\d+ [\w ]+|[\w ]+ \d+",
    "amount": r"(NOK |EUR |€)?[\d,]+( kroner)?",
}


@pytest.mark.parametrize("kind", namings.KINDS)
def test_each_kind_is_what_it_says(kind, world):
    """Of a party where one is given: its name, or that of one of its contacts."""
    org, bonds, rng = world.org, world.bonds, np.random.default_rng(1)
    of = {
        "colleague": set(org.people["name"]),
        "contact": set(bonds.contacts["name"][bonds.contacts["party"] == 2]),
        "party": {bonds.parties["name"][2]},
    }
    for _ in range(50):
        it = namings.drawn(kind, org, bonds, 2, rng)
        assert it in of[kind] if kind in of else re.fullmatch(FORMS[kind], it)
        assert namings.drawn(kind, org, bonds, -1, rng)
