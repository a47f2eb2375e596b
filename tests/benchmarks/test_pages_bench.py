"""The benchmark of pages: the organisation of 6,000 people that it makes of a small one."""

from __future__ import annotations

import pandas as pd
from synthetic import claim

from benchmarks import pages
from kithwork.tables import CLAIMS


def test_units_are_told_again_until_there_are_enough():
    """As many units as said, each claim once, pairs among the units told; figures of the whole are about more people."""
    about = {"unit": "times", "people": 20, "other_people": 20}
    rows = [claim("ties.connected", n=385), *(claim("ties.connected", group=unit, n=20) for unit in "ABC")]
    rows += [
        claim("people.between", group="A", other="C", **about),
        claim("people.segment_share", group="First third", n=128),
    ]
    made = pages._many(pd.DataFrame(rows, columns=list(CLAIMS.columns)))
    assert made["id"].is_unique
    assert len(made[(made["measure"] == "ties.connected") & made["group"].notna()]) == pages.UNITS
    whole = made[made["group"].isna()]
    assert whole["people"].tolist() == [pages.PEOPLE]
    pairs = made[made["other"].notna()]
    assert set(pairs["group"]) | set(pairs["other"]) <= set(made.loc[made["measure"] == "ties.connected", "group"])
    assert len(pairs) == pages.UNITS // 3
