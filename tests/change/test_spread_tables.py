"""The tables of a spread: by week, and by kind of adopter."""

from __future__ import annotations

from itertools import permutations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from kithwork.change import spread_tables
from kithwork.change.adoption import Adoptions
from kithwork.change.diffusion import NEVER
from kithwork.change.spread_tables import adopter_table, classed, moran, nearness, spread_table
from kithwork.tables import BY_TIME, NOT_ADOPTED

PHYSICIANS = [11, 9, 9, 11, 11, 11, 13, 7, 4, 1, 5, 3, 3, 4, 4, 2, 1, 16]
"""Adopters of tetracycline by month, as summary(medInnovationsDiffNet) of netdiffuseR 1.20.2 prints them."""
CUMULATIVE = [11, 20, 29, 40, 51, 62, 75, 82, 86, 87, 92, 95, 98, 102, 106, 108, 109, 125]
SHARES = [.09, .16, .23, .32, .41, .50, .60, .66, .69, .70, .74, .76, .78, .82, .85, .86, .87, 1]  # fmt: skip
HAZARDS = [.08, .09, .11, .13, .15, .21, .14, .09, .03, .13, .09, .10, .15, .17, .11, .06, 1]  # fmt: skip

RING = sparse.csr_array(nx.to_scipy_sparse_array(nx.path_graph(6)).astype(float))


def adopted(*weeks: int, watched: int = 5) -> Adoptions:
    """Adoption in these weeks."""
    return Adoptions(np.array(weeks, dtype=np.int16), watched)


def test_the_physicians_of_netdiffuser():
    """Its printed table (reference page of summary.diffnet), but for what needs the ties: those are for the benchmark."""
    of = Adoptions(np.repeat(np.arange(18), PHYSICIANS).astype(np.int16), 18)
    found = spread_table(sparse.csr_array((125, 125)), of)
    assert found["adopters"].tolist() == PHYSICIANS
    assert found["cumulative"].tolist() == CUMULATIVE
    assert found["share"].tolist() == pytest.approx(SHARES, abs=0.00501)
    assert np.isnan(found["hazard"][0])
    assert found["hazard"][1:].tolist() == pytest.approx(HAZARDS, abs=0.00501)
    assert found["moran"].isna().all()


def test_nearness_is_one_over_networkx_distances():
    """Directed steps, six at most; nobody is near oneself."""
    net = sparse.csr_array((np.random.default_rng(2).random((40, 40)) < 0.04).astype(float))
    steps = dict(nx.all_pairs_shortest_path_length(nx.from_scipy_sparse_array(net, create_using=nx.DiGraph), cutoff=6))
    expected = [[1 / steps[i][j] if i != j and j in steps[i] else 0 for j in range(40)] for i in range(40)]
    assert nearness(net).toarray() == pytest.approx(np.array(expected))
    assert max(max(of.values()) for of in steps.values()) == 6


def test_morans_i_is_its_formula_and_its_spread_that_of_all_orders():
    """Observed by two loops; mean and standard deviation over all 720 orders of six values (Cliff & Ord 1981)."""
    values, near = np.array([0.0, 1, 1, 3, 0, 7]), nearness(RING)
    found = moran(values, near)
    weights = near.toarray() / near.toarray().sum(axis=1)[:, None]
    apart = values - values.mean()
    by_hand = sum(weights[i, j] * apart[i] * apart[j] for i in range(6) for j in range(6)) / (apart**2).sum()
    assert found.observed == pytest.approx(by_hand)
    others = [moran(np.array(order), near).observed for order in permutations(values)]
    assert found.expected == pytest.approx(np.mean(others)) == pytest.approx(-1 / 5)
    assert found.spread == pytest.approx(np.std(others))


def test_adopters_who_lie_together_have_morans_i_above_chance():
    """One end of a path of thirty adopts: p small; every second one does: below chance."""
    near = nearness(sparse.csr_array(nx.to_scipy_sparse_array(nx.path_graph(30)).astype(float)))
    together, apart = moran((np.arange(30) < 15).astype(float), near), moran(np.arange(30) % 2.0, near)
    assert together.observed > together.expected
    assert together.p < 0.001
    assert apart.observed < apart.expected


def test_morans_i_of_scattered_adopters_is_by_chance():
    """Of 400 scatterings about 5 % have p at most .05."""
    rng = np.random.default_rng(3)
    near = nearness(sparse.csr_array(nx.to_scipy_sparse_array(nx.random_regular_graph(4, 80, seed=1)).astype(float)))
    found = [moran((rng.random(80) < 0.4).astype(float), near).p for _ in range(400)]
    assert 0.02 <= np.mean(np.array(found) <= 0.05) <= 0.08


def test_kinds_of_adopters_by_hand():
    """Weeks 0, 2, 2, 2, 4 of mean 2 and sd √2, cut at their ends: what lies on a cut belongs before it (netdiffuseR)."""
    weeks = np.array([0, 2, 2, 2, 4, NEVER])
    found = classed(weeks, weeks != NEVER, BY_TIME)
    assert found.tolist() == ["early adopters", *["early majority"] * 3, "laggards", NOT_ADOPTED]


def test_adopters_by_time_and_threshold():
    """On a path whose ends adopt first: every adopter once, non-adopters in a row of their own."""
    found = adopter_table(RING, adopted(0, 1, 2, NEVER, 1, 0))
    assert found["people"].sum() == 6
    assert found["share"].sum() == pytest.approx(1)
    never = found[found["time"] == NOT_ADOPTED]
    assert never[["threshold", "people"]].to_numpy().tolist() == [[NOT_ADOPTED, 1]]


def test_where_there_are_too_many_people_morans_i_is_left_out(monkeypatch):
    """All else stays."""
    usual = spread_table(RING, adopted(0, 1, 2, NEVER, 1, 0))
    monkeypatch.setattr(spread_tables, "MOST", 5)
    large = spread_table(RING, adopted(0, 1, 2, NEVER, 1, 0))
    morans = [name for name in usual if name.startswith("moran")]
    assert usual["moran"].notna().any()
    assert large[morans].isna().all().all()
    pd.testing.assert_frame_equal(usual.drop(columns=morans), large.drop(columns=morans))


@given(st.integers(0, 8), st.integers(1, 4), st.floats(0, 1), st.integers(0, 10**6))
@settings(max_examples=30, deadline=None)
def test_any_study_has_its_tables(people, weeks, ties, seed):
    """Of however few people, ties and adopters: the contract holds, and nobody is counted twice."""
    rng = np.random.default_rng(seed)
    net = sparse.csr_array((rng.random((people, people)) < ties) * rng.random((people, people)))
    of = Adoptions(np.where(rng.random(people) < 0.7, rng.integers(0, weeks, people), NEVER).astype(np.int16), weeks)
    table = spread_table(net, of)
    assert len(table) == weeks
    assert table["adopters"].sum() == table["cumulative"].iloc[-1] == of.adopted.sum()
    assert adopter_table(net, of)["people"].sum() == people
