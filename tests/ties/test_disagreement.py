"""What people say beside what is recorded."""

from __future__ import annotations

import numpy as np
import pandas as pd
from synthetic import settings, ties

from kithwork.claims import Ledger
from kithwork.ties import disagreement
from kithwork.ties.dyads import Dyads


def claims(
    contacts: list[float | None], named: list[bool], said: list[int], asked: list[bool], unseen: tuple[str, ...] = ()
) -> pd.DataFrame:
    """The claims about four ties of a ring; `said` and `asked` from the first side, the other was not asked."""
    frame = ties(
        [(0, 1), (1, 2), (2, 3), (3, 4)], contacts=contacts, relations=[("work" if one else None) for one in named]
    )
    nobody = [False] * 4
    sides = Dyads(
        np.array([*frame["a_id"], *frame["b_id"]]),
        pd.DataFrame({"personal": [*asked, *nobody]}),
        pd.DataFrame({"personal": [*said, 0, 0, 0, 0]}),
        pd.DataFrame(index=range(8)),
        (frame["contacts"] >= 2).to_numpy(),
    )
    ledger = Ledger("ties")
    disagreement.claims(ledger, frame, sides, settings({}), np.random.default_rng(1), unseen)
    return ledger.frame().set_index("id") if ledger.rows else pd.DataFrame()


def test_shares_by_hand():
    """Of three ties named one has no record; of one said to be personal none; of two pairs asked about and often in contact
    one is named by nobody; whom nobody was asked about does not count."""
    found = claims([5, None, 3, 9], [True, True, True, False], [1, 0, 0, 0], [True, True, False, True])
    assert found.loc["ties.unrecorded", ["estimate", "n", "people"]].round(3).tolist() == [33.333, 3, 4]
    assert found.loc["ties.unrecorded_personal", ["estimate", "n"]].tolist() == [0, 1]
    assert found.loc["ties.unnamed", ["estimate", "n", "people"]].tolist() == [50, 2, 4]
    assert (found["low"] <= found["estimate"]).all()
    assert (found["estimate"] <= found["high"]).all()


def test_no_record_of_who_withdrew_them_says_nothing():
    """Ties of whoever may not be seen in the records are left out, of those named and of those said to be personal."""
    given = [5, None, None, 9], [True] * 4, [1] * 4, [True] * 4
    assert claims(*given).loc["ties.unrecorded", ["estimate", "n"]].tolist() == [50, 4]
    found = claims(*given, unseen=("p002",))
    assert found.loc["ties.unrecorded", ["estimate", "n"]].tolist() == [0, 2]
    assert found.loc["ties.unrecorded_personal", "n"] == 2


def test_nothing_is_said_where_one_source_is_silent():
    """Without contact, or without anybody naming anybody, there is nothing to disagree with."""
    assert claims([None] * 4, [True] * 4, [1] * 4, [True] * 4).empty
    assert claims([5.0] * 4, [False] * 4, [0] * 4, [False] * 4).empty
