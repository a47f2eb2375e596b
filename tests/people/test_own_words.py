"""A portfolio by a person's own words: the worked example, and nothing that anybody else said."""

from __future__ import annotations

import asking
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st
from synthetic import SIGNS, settings, staff

from kithwork.people import own_words

EXACT = settings(
    {"personal": {"friend": [0.8, 0.8]}, "functional": {"work": [1.0, 1.0]}, "strategic": {"crosses_unit": [0.4, 0.4]}}
)
PEOPLE = staff(["A", "A", "B", None])


def nominations(*rows: tuple[int, int, str]) -> pd.DataFrame:
    """Ego, alter and relation, by number."""
    return pd.DataFrame([(f"p{a:03d}", f"p{b:03d}", how) for a, b, how in rows], columns=["ego_id", "alter_id", "relation"])


def test_shares_by_hand():
    """p000 named a friend of its unit, a colleague of another by two relations, and one of no unit: .8, 1.8 and .4 of 3.2;
    work is certain and friendship .8, so sums are .8 + .8, 2 and .4."""
    said = nominations((0, 1, "friend"), (0, 2, "friend"), (0, 2, "work"), (0, 3, "work"), (2, 0, "work"), (0, 9, "work"))
    names = own_words.names_given(said, PEOPLE)
    row = own_words.everybody(names, PEOPLE, EXACT).loc["p000"]
    assert row[["named", "units", "named_by"]].tolist() == [3, 2, 1]
    assert row[["personal", "functional", "strategic"]].tolist() == pytest.approx([40, 50, 10])
    assert row["breadth"] == pytest.approx(np.exp(-sum(p * np.log(p) for p in (0.4, 0.5, 0.1))))
    found = own_words.figures(names, "p000", EXACT)
    assert {name: one.estimate for name, one in found.items()} == pytest.approx(row[list(found)].to_dict())
    assert {one.n for one in found.values()} == {3}


def test_an_interval_carries_what_each_tie_leaves_open():
    """Of many ties at .8 and a certain one each, the share's interval is the binomial's, by hand; of few it is wider."""
    only = settings({"personal": {"friend": [0.8, 0.8]}, "functional": {"work": [1.0, 1.0]}}, ties={"draws": 2000})
    people = staff(["A"] * 101)
    said = nominations(*((0, other, how) for other in range(1, 101) for how in ("friend", "work")))
    found = own_words.figures(own_words.names_given(said, people), "p000", only)["personal"]
    low, high = (100 * many / (many + 100) for many in (72, 87))  # the middle 95 % of a binomial of 100 at .8
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.6)
    few = own_words.figures(own_words.names_given(said[:10], people), "p000", only)["personal"]
    assert few.high - few.low > 2 * (found.high - found.low)


@tries(max_examples=5)
@given(st.integers(0, 20), st.integers(0, 2**20))
def test_what_others_say_moves_no_figure(person, seed):
    """Whatever all others answer, the figures of a person stay to the last digit, and their intervals too."""
    before, other = asking.tables(), asking.tables(seed)["nominations"]
    me = f"p{person:03d}"
    own = before["nominations"][before["nominations"]["ego_id"] == me]
    mixed = pd.concat([own, other[other["ego_id"] != me]])
    found = [
        own_words.figures(own_words.names_given(said, before["people"]), me, asking.SETTINGS)
        for said in (before["nominations"], mixed)
    ]
    assert found[0] == found[1]


def test_kinds_without_a_sign_of_ones_own_are_not_told():
    """Who named nobody has no figures, nor has a study in which one kind alone could be told."""
    names = own_words.names_given(nominations((0, 1, "friend"), (0, 0, "friend")), PEOPLE)
    assert own_words.kinds_told(names, settings({"personal": SIGNS["personal"], "strategic": {"bridges": [0, 1]}})) == (
        "personal",
    )
    assert own_words.figures(names, "p000", settings({"personal": SIGNS["personal"]})) == {}
    assert own_words.figures(names, "p001", EXACT) == {}
    nobody = own_words.names_given(nominations(), PEOPLE)
    assert own_words.everybody(nobody, PEOPLE, EXACT)["named"].tolist() == [0] * 4
    assert own_words.figures(nobody, "p000", EXACT) == {}
