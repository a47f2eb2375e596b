"""Who knows which organisation outside: each pair once, in the order of the tables, and nobody who is on neither list."""

from __future__ import annotations

import pandas as pd
from synthetic import staff

from kithwork.network.outside import known_to
from kithwork.tables import NOMINATIONS, PARTIES


def test_known_by_hand():
    """Named twice counts once; colleagues, strangers, an unmapped party and who is not on the staff list have no entry."""
    named = [
        ("p001", "Q", "learn"),
        ("p001", "Q", "work"),
        ("p000", "P", "work"),
        ("p002", "Q", "work"),
        ("p000", "U", "work"),
    ]
    named += [("p000", "p001", "work"), ("p000", "stranger", "work"), ("stranger", "P", "work")]
    parties = pd.DataFrame(
        {"party_id": list("PQRUV"), "kind": ["customer", "partner", "other", "unmapped", "unmapped"], "segment": None}
    )
    nominations = NOMINATIONS.checked(pd.DataFrame(named, columns=list(NOMINATIONS.columns)))
    found = known_to(nominations, staff([None] * 4), PARTIES.checked(parties))
    assert found.toarray().tolist() == [[1, 0, 0, 0, 0], [0, 1, 0, 0, 0], [0, 1, 0, 0, 0], [0, 0, 0, 0, 0]]


def test_nothing_named_is_nobody_known():
    """Empty tables give an empty matrix of the right shape."""
    assert known_to(NOMINATIONS.empty(), staff([None] * 3), PARTIES.empty()).shape == (3, 0)


def test_a_party_may_stand_first():
    """Where names have no direction a pair is kept in the order of its ids: the party may be the first of the two."""
    parties = PARTIES.checked(pd.DataFrame({"party_id": ["P"], "kind": ["customer"], "segment": [None]}))
    for pair in (("P", "p001"), ("p001", "P")):
        nominations = NOMINATIONS.checked(pd.DataFrame([(*pair, "work")], columns=list(NOMINATIONS.columns)))
        assert known_to(nominations, staff([None] * 2), parties).toarray().tolist() == [[0], [1]]
