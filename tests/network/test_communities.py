"""Communities: the published optimum of the karate club, planted groups, other libraries, and nothing found in noise."""

from __future__ import annotations

from importlib.util import find_spec
from itertools import combinations
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

from kithwork.network.communities import against_degrees, against_units, alike, communities


def matrix(net: nx.Graph) -> sparse.csr_array:
    """A networkx graph as a sparse matrix."""
    return nx.to_scipy_sparse_array(net, nodelist=sorted(net), dtype=float, weight=None, format="csr")


def found_in(net: nx.Graph, seeds: int = 10, start: int = 1):
    """Communities of a networkx graph."""
    return communities(matrix(net), seeds, np.random.default_rng(start))


def test_the_karate_club_is_divided_at_its_optimum():
    """Zachary's club: the greatest modularity there is, .4198 with four communities (Aloise et al. 2010, Phys. Rev.
    E 82:046112), here of 12, 11, 6 and 5 people; more than its degrees give."""
    net = nx.karate_club_graph()
    found = found_in(net, 20)
    assert found.modularity == pytest.approx(0.4198, abs=5e-5)
    assert np.bincount(found.members).tolist() == [12, 11, 6, 5]
    chance = against_degrees(matrix(net), found, 99, np.random.default_rng(1))
    assert chance.z > 3
    factions = np.array([net.nodes[i]["club"] == "Officer" for i in net]).astype(int)
    assert against_units(found.members, factions, 99, np.random.default_rng(1)).p == pytest.approx(0.01)


def test_communities_of_a_research_institute():
    """E-mail of 1,005 people (Leskovec, Kleinberg & Faloutsos 2007; onadata's copy): Leiden finds Q .416
    and shares .58 of its information with the 42 departments, both within .02; isolates are in no community here."""
    home = Path(find_spec("onadata").submodule_search_locations[0]) / "data"
    people, mails = (pd.read_csv(home / f"email_{part}.csv") for part in ("vertices", "edgelist"))
    ids = pd.Index(people["id"])
    a, b = ids.get_indexer(mails["from"]), ids.get_indexer(mails["to"])
    net = sparse.coo_array((np.ones(2 * len(a)), (np.r_[a, b], np.r_[b, a])), shape=(len(ids), len(ids))).tocsr()
    found = communities(net, 10, np.random.default_rng(1))
    assert found.modularity == pytest.approx(0.416, abs=0.02)
    chance = against_units(found.members, pd.factorize(people["dept"])[0], 19, np.random.default_rng(1))
    assert chance.observed == pytest.approx(0.58, abs=0.02)
    assert chance.high < 0.1


def test_isolates_are_in_no_community():
    """The largest is 0, of equals the one with the lowest row; who has no tie is in none."""
    net = nx.disjoint_union_all([nx.complete_graph(3), nx.empty_graph(1), nx.complete_graph(4), nx.complete_graph(3)])
    found = found_in(net)
    assert found.members.tolist() == [1, 1, 1, -1, 0, 0, 0, 0, 2, 2, 2]
    assert found.agreement == 1


def test_a_network_without_ties_has_none():
    """No ties: no communities, no modularity, nothing to compare."""
    found = found_in(nx.empty_graph(4))
    assert (found.members.tolist(), found.modularity, found.agreement, len(found.runs)) == ([-1] * 4, None, None, 0)
    assert against_degrees(sparse.csr_array((4, 4)), found, 5, np.random.default_rng(1)) is None
    assert against_units(found.members, np.zeros(4, dtype=int), 5, np.random.default_rng(1)) is None


@settings(max_examples=40)
@given(st.integers(0, 10**6), st.integers(2, 25), st.floats(0.1, 0.9))
def test_modularity_is_networkx(seed, n, p):
    """Q of what was found is what networkx computes for it; the same generator finds the same; agreement is at most 1."""
    net = nx.gnp_random_graph(n, p, seed=seed)
    found, again = found_in(net, 3, seed), found_in(net, 3, seed)
    assert found.members.tolist() == again.members.tolist()
    if net.number_of_edges():
        groups = [set(np.flatnonzero(found.members == group).tolist()) for group in range(found.members.max() + 1)]
        alone = [{i} for i in np.flatnonzero(found.members < 0).tolist()]
        assert found.modularity == pytest.approx(nx.community.modularity(net, groups + alone))
        assert found.agreement <= 1 + 1e-12
        sizes = [len(group) for group in groups]
        assert sizes == sorted(sizes, reverse=True)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=30))
def test_likeness_of_divisions_is_that_of_scikit_learn(pairs):
    """Adjusted Rand index and normalised mutual information of any two divisions."""
    one, other = np.array(pairs).T
    assert alike(one, other, "adjusted_rand") == pytest.approx(adjusted_rand_score(one, other), abs=1e-9)
    assert alike(one, other, "nmi") == pytest.approx(normalized_mutual_info_score(one, other), abs=1e-9)


@pytest.mark.parametrize("seed", range(4))
def test_planted_communities_are_found(seed):
    """Four groups, dense inside: all seeds find them, they are the units, and beyond what degrees give."""
    net = nx.random_partition_graph([40, 30, 25, 20], 0.35, 0.03, seed=seed)
    units = np.repeat([2, 0, 3, 1], [40, 30, 25, 20])
    found = found_in(net)
    assert adjusted_rand_score(units, found.members) > 0.95
    assert found.agreement > 0.95
    assert against_degrees(matrix(net), found, 39, np.random.default_rng(seed)).z > 5
    assert against_units(found.members, units, 39, np.random.default_rng(seed)).z > 10


def test_random_networks_have_no_communities_beyond_chance():
    """Twenty thin random networks are divided with a Q above .25 each, seeds agree little, and p is low in two at most."""
    low = 0
    for seed in range(20):
        net = nx.gnm_random_graph(60, 180, seed=seed)
        found = found_in(net, 5, seed)
        assert found.modularity > 0.25
        assert found.agreement < 0.8
        low += against_degrees(matrix(net), found, 39, np.random.default_rng(seed)).p <= 0.05
    assert low <= 2


def test_many_small_units_agree_by_arithmetic_alone():
    """Units of two dealt at random share a quarter of their information with communities; p says that this is nothing."""
    net = nx.random_partition_graph([20, 20, 20], 0.4, 0.03, seed=1)
    units = np.random.default_rng(2).permutation(np.arange(60) // 2)
    chance = against_units(found_in(net).members, units, 199, np.random.default_rng(1))
    assert chance.observed > 0.25
    assert chance.p > 0.05


def test_the_consensus_moves_less_than_the_runs():
    """Groups hardly denser inside: consensuses from five starts are more alike than single runs are."""
    net = nx.random_partition_graph([60] * 6, 0.13, 0.03, seed=3)
    found = [found_in(net, 12, start) for start in range(5)]
    alikeness = [alike(one.members, other.members, "adjusted_rand") for one, other in combinations(found, 2)]
    assert np.mean(alikeness) > np.mean([some.agreement for some in found]) + 0.02
