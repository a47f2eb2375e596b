"""The spread of a portfolio: by hand on a few ties, Hill's numbers as another library has them, and what bounds them."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import entropy
from synthetic import staff, ties

from kithwork.people.breadth import balance, effort, evenly, mean_effort, outside, reached, spread


def named(*pairs: tuple[str, str]) -> pd.DataFrame:
    """Nominations of one relation."""
    return pd.DataFrame(pairs, columns=["ego_id", "alter_id"]).assign(relation="advice")


def typed(pairs, minutes, personal, functional):
    """Ties with minutes and two kinds that can be told."""
    told = {"p_personal": personal, "p_functional": functional, "p_strategic": np.nan}
    return ties(pairs).assign(minutes=minutes, contacts=1.0, **told)


def test_effort_by_hand():
    """90 minutes of work and 30 of a friend: a quarter is personal; ties counted alike would say half."""
    frame = typed([(0, 1), (0, 2)], [90.0, 30.0], [0.0, 1.0], [1.0, 0.0])
    found = effort(frame, staff(["A"] * 4), "minutes")
    assert found.loc[0].tolist() == pytest.approx([0.25, 0.75])
    assert effort(frame, staff(["A"] * 4), "contacts").loc[0].tolist() == pytest.approx([0.5, 0.5])
    assert list(found) == ["personal", "functional"]
    assert found.loc[3].isna().all()


def test_a_tie_without_contact_takes_no_effort():
    """Named and never met on a recorded channel: it weighs nothing, and who has only such ties has no composition."""
    found = effort(typed([(0, 1), (0, 2)], [60.0, np.nan], [0.2, 1.0], [0.8, 0.0]), staff(["A"] * 3), "minutes")
    assert found.loc[0].tolist() == pytest.approx([0.2, 0.8])
    assert found.loc[2].isna().all()


@given(st.lists(st.floats(0, 1), min_size=2, max_size=6).filter(lambda one: sum(one) > 0.01))
def test_breadth_is_the_exponential_of_scipys_entropy(parts):
    """Between 1 and the number of kinds, whatever their order."""
    shares = np.array(parts) / sum(parts)
    found = evenly(shares[None])[0]
    assert found == pytest.approx(np.exp(entropy(shares)))
    assert 1 - 1e-9 <= found <= len(parts) + 1e-9
    assert evenly(shares[None, ::-1])[0] == pytest.approx(found)


def test_breadth_of_even_shares_is_their_number():
    """Hill 1973: S kinds held alike are S kinds, and one held alone is one."""
    assert evenly(np.full((1, 3), 1 / 3))[0] == pytest.approx(3)
    assert evenly(np.array([[1.0, 0, 0]]))[0] == 1
    assert np.isnan(evenly(np.full((1, 3), np.nan)))[0]


def test_reach_over_units_by_hand():
    """0 is tied to two of A, one of B, and one of no known unit: two units, of 2 in 3 and 1 in 3."""
    found = reached(ties([(0, 1), (0, 2), (0, 3), (0, 4)]), staff(["A", "A", "A", "B", None, "C"]), "unit")
    assert found.loc[0, "distinct"] == 2
    assert found.loc[0, "evenly"] == pytest.approx(np.exp(entropy([2 / 3, 1 / 3])))
    assert found.loc[5, "distinct"] == 0
    assert np.isnan(found.loc[5, "evenly"])


def test_reach_counts_the_units_of_neighbours():
    """On a random network: as many as the set of units of each person's neighbours has."""
    net, units = nx.gnp_random_graph(40, 0.1, seed=1), [f"u{i % 7}" for i in range(40)]
    found = reached(ties(net.edges), staff(units), "unit")["distinct"]
    assert found.tolist() == [len({units[other] for other in net[person]}) for person in range(40)]


def test_outside_by_hand():
    """p000 names a colleague twice and two outsiders: two of three; who names nobody has none."""
    frame = named(("p000", "p001"), ("p000", "p001"), ("p000", "bank"), ("p000", "maker"), ("p001", "p000"))
    assert outside(frame, staff(["A"] * 3)) == pytest.approx([2 / 3, 0, np.nan], nan_ok=True)


def test_balance_by_hand():
    """p000 names two and is named by one: −1/3. p002 is named and names only outside: +1. p003 was named and names nobody,
    so that it may not have been asked."""
    frame = named(
        ("p000", "p001"), ("p000", "p002"), ("p001", "p000"), ("p002", "bank"), ("p000", "p000"), ("p001", "p003")
    )
    found = balance(frame, staff(["A"] * 4))
    assert found == pytest.approx([-1 / 3, -1 / 3, 1, np.nan], nan_ok=True)


@given(st.sets(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=60))
def test_balance_lies_between_its_ends_and_weighs_to_nothing(pairs):
    """−1 to 1; where everybody names somebody, what all give is what all take."""
    frame = named(
        *((f"p{a:03d}", f"p{b:03d}") for a, b in pairs), *((f"p{a:03d}", f"p{(a + 1) % 12:03d}") for a in range(12))
    )
    found = balance(frame, staff(["A"] * 12))
    assert (np.abs(found) <= 1).all()
    apart = frame[frame["ego_id"] != frame["alter_id"]].drop_duplicates()
    ends = pd.concat([apart["ego_id"], apart["alter_id"]]).value_counts().sort_index()
    assert (found * ends.to_numpy()).sum() == pytest.approx(0)


def ranged(frame: pd.DataFrame, wide: float) -> pd.DataFrame:
    """The same ties with so wide a range around each probability."""
    ends = {
        f"p_{kind}_{end}": (frame[f"p_{kind}"] + side * wide).clip(0, 1)
        for kind in ("personal", "functional", "strategic")
        for end, side in (("low", -1), ("high", 1))
    }
    return frame.assign(**ends)


def test_mean_effort_holds_people_and_what_is_open_of_kinds():
    """Its mean is that of the people; its interval grows with the ranges of the probabilities."""
    pairs = nx.gnm_random_graph(40, 120, seed=1).edges
    rng = np.random.default_rng(2)
    p = rng.random(len(pairs))
    frame, people = typed(pairs, 1.0, p, 1 - p), staff([None] * 40)
    sure, unsure = (mean_effort(ranged(frame, wide), people, 300, np.random.default_rng(3)) for wide in (0.0, 0.3))
    own = effort(frame, people, "contacts").dropna()
    assert sure["personal"].estimate == pytest.approx(own["personal"].mean())
    assert sure["personal"].n == len(own)
    assert sure["personal"].high - sure["personal"].low < unsure["personal"].high - unsure["personal"].low
    assert sure["personal"].low == pytest.approx(1 - sure["functional"].high)


def test_there_is_no_mean_effort_of_one_person_or_one_kind():
    """Nothing to compare: no figure."""
    alone = ranged(typed([(0, 1)], 1.0, 0.5, np.nan), 0.1)
    assert mean_effort(alone, staff([None] * 2), 20, np.random.default_rng(1)) == {}


def test_names_of_who_did_not_answer_are_not_counted():
    """Of somebody who was silent a list of contacts was brought: it holds outsiders only, and says nothing of whom the
    person would have named. Where nobody is known to have answered, everybody's names count."""
    frame, people = (
        typed([(0, 1), (0, 2)], [60.0, 60.0], 0.5, 0.5).assign(strength=1.0),
        staff(["A"] * 3, role="x", site="y"),
    )
    said = named(("p000", "p001"), ("p000", "x"), ("p002", "y"))
    found = spread(frame, people, said, pd.Series(["p000", "p001"]), directed=True)
    assert found["outside"].fillna(-1).tolist() == [0.5, -1, -1]
    assert found["give_take"].fillna(-9).tolist() == [-1, -9, -9]
    assert spread(frame, people, said, pd.Series([], dtype=str), directed=True)["outside"].fillna(-1).tolist() == [
        0.5,
        -1,
        1,
    ]
