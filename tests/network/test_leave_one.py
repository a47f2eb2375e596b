"""What leaving does to a figure: the same as computing it without each person, and intervals that hold what they say."""

from __future__ import annotations

from functools import partial

import networkx as nx
import numpy as np
import pytest
from scipy import sparse

from kithwork.claims import Ledger
from kithwork.network import communities, core, graph, leave_one, nulls, reach, structure, summary
from kithwork.network.jackknife import leaving_out


def matrix(net: nx.Graph) -> sparse.csr_array:
    """Its 0/1 matrix over nodes in order."""
    return sparse.csr_array(nx.to_scipy_sparse_array(net, nodelist=sorted(net), weight=None, dtype=float))


def without(net: sparse.csr_array, who: int) -> tuple[sparse.csr_array, np.ndarray]:
    """The network of the others, and their rows."""
    stay = np.delete(np.arange(net.shape[0]), who)
    return net[stay][:, stay], stay


@pytest.mark.parametrize("seed", range(6))
def test_each_is_what_is_computed_without_the_person(seed):
    """Clustering by networkx, modularity and fit with the division kept, reciprocity, of networks with isolates."""
    net = matrix(nx.disjoint_union(nx.gnp_random_graph(24, 0.25, seed=seed), nx.empty_graph(2)))
    groups, centre = communities.communities(net, 2, np.random.default_rng(1)), core.core(net)
    found = {
        "clustering": leave_one.clustering(net, structure.triangles(net)),
        "modularity": leave_one.modularity(net, groups.members),
        "core": leave_one.core_fit(net, centre.members, core.fit_of),
    }
    for person in range(net.shape[0]):
        left, stay = without(net, person)
        alone = nx.from_scipy_sparse_array(left)
        parts = [set(np.flatnonzero(groups.members[stay] == one)) for one in np.unique(groups.members[stay])]
        assert found["clustering"][person] == pytest.approx(nx.transitivity(alone))
        assert found["modularity"][person] == pytest.approx(nx.community.modularity(alone, parts, weight=None))
        sides = [np.flatnonzero(side[stay]) for side in (centre.members, ~centre.members)]
        ties = np.array([left[side][:, side].sum() / 2 for side in sides])
        assert found["core"][person] == pytest.approx(float(core.fit_of(ties, np.array([len(side) for side in sides]))))


def test_reciprocity_without_each_is_networkx():
    """Names given and got by the person are gone."""
    net = nx.gnp_random_graph(20, 0.3, seed=2, directed=True)
    found = leave_one.reciprocity(matrix(net))
    for person in range(20):
        assert found[person] == pytest.approx(nx.reciprocity(net.subgraph(set(net) - {person})))


def test_intervals_are_those_of_leaving_a_tenth_out():
    """On a network of 300 with hubs: values, widths within three tenths, and chance as for each person left out in turn."""
    net = matrix(nx.powerlaw_cluster_graph(300, 4, 0.6, seed=1))
    small = structure.of_ties(net, 60, np.random.default_rng(1))
    lots = np.random.default_rng(1)
    large = structure.of_many(net, 60, lots, lots)
    assert set(large) == set(small)
    for name, one in large.items():
        here, there = one.estimate, small[name].estimate
        assert here.estimate == pytest.approx(there.estimate, abs=0.01)
        assert here.high - here.low == pytest.approx(there.high - there.low, rel=0.3, abs=0.004), name
        assert one.chance.mean == pytest.approx(small[name].chance.mean, abs=0.02)


def test_the_interval_holds_what_networks_of_the_same_make_have():
    """Of 200 random networks with latent teams, at least 93 % of intervals of clustering hold the mean over all."""
    found = []
    for seed in range(200):
        rng = np.random.default_rng(seed)
        teams = rng.integers(8, size=150)
        chance = np.where(teams[:, None] == teams, 0.3, 0.02)
        half = np.triu(rng.random((150, 150)) < chance, 1)
        net = sparse.csr_array((half | half.T).astype(float))
        value = graph.of(net).transitivity_undirected()
        found.append(leave_one.interval(value, leave_one.clustering(net, structure.triangles(net))))
    mean = np.mean([one.estimate for one in found])
    assert np.mean([one.low <= mean <= one.high for one in found]) >= 0.93


def mean_reach(egos: np.ndarray, part: sparse.csr_array, kept: np.ndarray) -> dict[str, float]:
    """Mean two-step reach of those of `egos`, booleans, who are kept."""
    return {"mean": reach.within_two(part, np.flatnonzero(egos[kept])).mean()}


def test_two_step_reach_of_some_people_holds_that_of_all():
    """Of 40 samples of a fifth of the people at least 36 intervals hold the mean over all."""
    net = matrix(nx.barabasi_albert_graph(400, 3, seed=1))
    true = reach.within_two(net).mean()
    held = 0
    for seed in range(40):
        rng = np.random.default_rng(seed)
        egos = np.isin(np.arange(400), rng.permutation(400)[:80])
        found = leaving_out(net, partial(mean_reach, egos), 20, rng)["mean"]
        held += found.low <= true <= found.high
    assert held >= 36


def test_many_people_are_measured_in_few_networks(monkeypatch):
    """Above `LARGE` people the same measures come out, beside a few networks of chance; the same twice."""
    monkeypatch.setattr(nulls, "LARGE", 100)
    net = matrix(nx.relaxed_caveman_graph(30, 10, 0.2, seed=1))
    one, other = (structure.of_ties(net, 10, np.random.default_rng(3)) for _ in range(2))
    assert one == other
    ledger = Ledger("people")
    summary.whole(ledger, one)
    methods = ledger.frame().set_index("id")["method"]
    assert "delete-one" in methods["people.network_clustering"]
    assert "delete-d" in methods["people.network_two_steps"]
    assert one["clustering"].estimate.low > one["clustering"].chance.mean
    assert {name: found.chance.draws for name, found in one.items()} == dict.fromkeys(one, 10)
