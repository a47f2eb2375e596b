"""Readiness of those whom people listen to, beside their own."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from synthetic import settings, staff

from kithwork.change.listened import likeness, listened
from kithwork.claims import Ledger
from kithwork.tables import NOMINATIONS

SET_TO = settings(change={"permutations": 199, "resamples": 100})
UNDIRECTED = settings(change={"permutations": 199, "resamples": 100}, engagement={"directed": False})


def named(pairs, relation="advice"):
    """The table `nominations`: who names whom, by number."""
    rows = [(f"p{ego:03d}", f"p{alter:03d}", relation) for ego, alter in pairs]
    return NOMINATIONS.checked(pd.DataFrame(rows, columns=list(NOMINATIONS.columns)))


def scored(values) -> pd.Series:
    """Scores of p000, p001 …; NaN has none."""
    found = pd.Series(list(values), index=[f"p{who:03d}" for who in range(len(values))], dtype=float)
    return found.dropna()


def of(values, pairs, units=None, set_to=SET_TO, seed=1):
    """What is found of people by number."""
    people = staff(units or [None] * len(values))
    return listened(scored(values), named(pairs), people, set_to, np.random.default_rng(seed))


PAIRS = [(0, 1), (0, 2), (1, 0), (1, 3), (1, 2), (2, 1), (2, 4), (3, 0), (3, 1), (3, 5)]
VALUES = [10, 20, 60, 80, np.nan, 90]


def test_by_hand():
    """Only alters who answered count, at least two: 0 hears (20, 60), 1 hears (10, 80, 60), 3 hears (10, 20, 90).

    Beside what 0 and 1 hear stands the mean of all three of their unit: of 2, who names too few, it tells nothing apart.
    """
    found = of(VALUES, PAIRS, ["A", "A", "A", "B", "B", "B"])
    assert found.heard[None].theirs.estimate == pytest.approx((40 + 50 + 40) / 3)
    assert found.heard[None].theirs.n == 3
    assert found.heard["A"].theirs.estimate == pytest.approx(45)
    assert found.heard["A"].beside == pytest.approx(30)
    assert found.likeness.estimate == pytest.approx(np.corrcoef([10, 20, 80], [40, 50, 40])[0, 1])


def test_people_counted_are_those_told_about():
    """Ten people who all listen to the same two tell about two people, not ten."""
    found = of(range(12), [(ego, alter) for ego in range(10) for alter in (10, 11)])
    assert found.heard[None].theirs.n == 10
    assert found.heard[None].people == 2
    assert found.likeness is None


def test_address_books_outsiders_and_oneself_are_nobody_one_listens_to():
    """Relations of address books, people not on the staff list and oneself are left out; nobody left is None."""
    people, scores = staff([None] * 4), scored([1, 2, 3, 4])
    books = named([(0, 1), (0, 2), (0, 3)], "contact")
    rng = np.random.default_rng(1)
    assert listened(scores, books, people, SET_TO, rng) is None
    assert listened(scores, named([(0, 0), (0, 1), (0, 7)]), people, SET_TO, rng) is None
    assert listened(scores, NOMINATIONS.empty(), people, SET_TO, rng) is None
    assert listened(scores.iloc[:0], named([(0, 1), (0, 2)]), people, SET_TO, rng) is None


def test_both_ends_listen_where_no_direction_was_recorded():
    """A star whose points all name its middle: then the middle hears them, else nobody hears two."""
    star = [(point, 0) for point in range(1, 6)]
    assert of([0, 10, 20, 30, 40, 100], star) is None
    found = of([0, 10, 20, 30, 40, 100], star, set_to=UNDIRECTED)
    assert found.heard[None].theirs.n == 1
    assert found.heard[None].theirs.estimate == pytest.approx(40)


@given(st.integers(0, 10**6))
def test_correlation_is_that_of_networkx(seed):
    """Alters' means are those of networkx, the correlation numpy's, in every draw."""
    rng = np.random.default_rng(seed)
    net = nx.gnp_random_graph(15, 0.3, seed=int(seed), directed=True)
    ready = rng.normal(size=(3, 15))
    matrix = nx.to_scipy_sparse_array(net, nodelist=range(15), format="csr", dtype=float)
    egos = [ego for ego in net if net.out_degree(ego) >= 2]
    for values, found in zip(ready, likeness(sparse.csr_array(matrix), ready), strict=True):
        theirs = [np.mean([values[alter] for alter in net.successors(ego)]) for ego in egos]
        if len(egos) > 2:
            assert found == pytest.approx(np.corrcoef(values[egos], theirs)[0, 1])


def test_regular_graph_has_the_assortativity_that_networkx_prints():
    """On a ring every tie counts alike: the slope of alters' mean on own is networkx's numeric assortativity."""
    values = np.random.default_rng(3).permutation(40).astype(float)
    ring = nx.cycle_graph(40)
    nx.set_node_attributes(ring, dict(enumerate(values)), "ready")
    matrix = sparse.csr_array(nx.to_scipy_sparse_array(ring, format="csr", dtype=float))
    theirs = matrix @ values / 2
    slope = likeness(matrix, values[None])[0] * theirs.std() / values.std()
    assert slope == pytest.approx(nx.numeric_assortativity_coefficient(ring, "ready"))


def organisation(rng, alike: float):
    """Sixteen units of ten, apart in readiness; each person names four of the unit, of readiness like theirs or any."""
    units = np.repeat(np.arange(16), 10)
    values = 50 + 10 * rng.normal(size=16)[units] + 15 * rng.normal(size=160)
    pairs = []
    for ego in range(160):
        mates = np.flatnonzero((units == units[ego]) & (np.arange(160) != ego))
        close = -alike * np.abs(values[mates] - values[ego]) / 15 + rng.gumbel(size=9)
        pairs += [(ego, int(alter)) for alter in mates[np.argsort(-close)[:4]]]
    return values, pairs, [f"U{unit:02d}" for unit in units]


def test_planted_likeness_is_found_and_that_of_units_alone_is_not():
    """People who choose their like, in 6 organisations of 6; units that differ, and nothing else, in 3 of 16 at most."""
    rng = np.random.default_rng(7)
    planted = [of(*organisation(rng, 2.0)) for _ in range(6)]
    assert all(one.chance.p <= 0.05 and one.likeness.estimate > one.chance.mean for one in planted)
    nothing = [of(*organisation(rng, 0.0)) for _ in range(16)]
    assert sum(one.chance.p <= 0.05 for one in nothing) <= 3
    assert np.mean([one.likeness.estimate - one.chance.mean for one in nothing]) == pytest.approx(0, abs=0.05)


def test_claims_stand_beside_all_there_and_beside_chance():
    """The whole and each unit with the mean of all who answered there; the correlation with chance within units, its P."""
    found = of(*organisation(np.random.default_rng(8), 1.0))
    ledger = Ledger("change")
    found.claims(ledger)
    frame = ledger.frame().set_index("id")
    assert (frame["measure"] == "change.heeded_readiness").sum() == 17
    assert frame.loc["change.heeded_readiness.U03", "reference"] == pytest.approx(found.heard["U03"].beside)
    like = frame.loc["change.heeded_likeness"]
    assert like["reference"] == pytest.approx(found.chance.mean)
    assert f"{found.chance.p:.3f}" in like["method"]


def test_intervals_hold_the_mean_of_the_many():
    """Of 25 organisations in which people name at random, nine in ten intervals hold the mean that is planted."""
    rng = np.random.default_rng(9)
    held = []
    for _ in range(25):
        values = 50 + 15 * rng.normal(size=60)
        pairs = {(ego, int(alter)) for ego in range(60) for alter in rng.integers(0, 60, 4) if alter != ego}
        theirs = of(values, pairs).heard[None].theirs
        held.append(theirs.low <= 50 <= theirs.high)
    assert np.mean(held) >= 0.9
