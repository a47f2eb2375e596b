"""What silence does to measures: printed figures in kind, planted stars, and a chance of the top that is what it says."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse
from scipy.stats import spearmanr
from test_completion import most, organisation, star

from kithwork.network import completion, graph, missing, ranks


def in_degree(net):
    """How many name the person."""
    return np.asarray(net.sum(axis=0))


def betweenness(net):
    """Shortest paths through the person."""
    return np.array(graph.of(net, directed=True).betweenness())


MEASURES = {"in_degree": in_degree, "betweenness": betweenness}


@pytest.fixture(scope="module")
def experiment():
    """One organisation of 80, all of whom answered, masked eight times at each rate."""
    rng = np.random.default_rng(1)
    return missing.masked(organisation(80, rng, base=-3.0), np.ones(80, bool), MEASURES, 8, rng, rates=(0.1, 0.3))


def kept(experiment, measure: str, rate: float, treatment: str) -> float:
    """Spearman's correlation with the whole."""
    index = experiment.set_index(["measure", "rate", "treatment"])
    return index.loc[(measure, rate, treatment), "spearman"]


def test_counts_hold_out_and_paths_do_not(experiment):
    """As Smith & Moody 2013 and Costenbader & Valente 2003 find: in-degree is robust to silence, betweenness breaks first,
    and more so the more are silent."""
    assert kept(experiment, "in_degree", 0.3, "dropped") > 0.9
    assert kept(experiment, "betweenness", 0.3, "dropped") < 0.7
    assert kept(experiment, "betweenness", 0.1, "dropped") > kept(experiment, "betweenness", 0.3, "dropped")


def test_returning_nominations_helps_paths_and_hurts_counts(experiment):
    """Where half of all nominations are returned, to return those of the silent mends betweenness (Stork & Richards 1992),
    and makes as many people named as name the silent."""
    assert kept(experiment, "betweenness", 0.3, "returned") > kept(experiment, "betweenness", 0.3, "dropped") + 0.1
    assert kept(experiment, "in_degree", 0.3, "returned") < kept(experiment, "in_degree", 0.3, "dropped")


def test_drawing_nominations_is_no_worse_than_the_simpler_treatments(experiment):
    """Averaged over networks drawn, both measures keep as much of their order as by the better of the two, or nearly."""
    for measure in MEASURES:
        best = max(kept(experiment, measure, 0.3, one) for one in ("dropped", "returned"))
        assert kept(experiment, measure, 0.3, "drawn") > best - 0.03


def test_experiment_is_what_direct_computation_gives():
    """One masking of a network by hand: the same correlation as scipy's of the same two vectors, and the same top."""
    net = organisation(60, np.random.default_rng(2))
    found = missing.masked(net, np.ones(60, bool), {"in_degree": in_degree}, 1, np.random.default_rng(3), rates=(0.2,))
    rng = np.random.default_rng(3)
    completion.learn(net, np.ones(60, bool), rng)
    silent = rng.permutation(60)[:12]
    left = net.toarray()
    left[silent] = 0
    assert found.loc[0, "spearman"] == pytest.approx(spearmanr(net.toarray().sum(axis=0), left.sum(axis=0)).statistic)
    tops = [ranks.seats(one.sum(axis=0)) for one in (net.toarray(), left)]
    assert found.loc[0, "overlap"] == pytest.approx(np.minimum(*tops).sum() / 6)


def test_intervals_hold_their_mean_and_scores_their_range(experiment):
    """A row per measure, rate and treatment, in order; means within the middle 95 % of maskings."""
    assert len(experiment) == 2 * 2 * 3
    assert experiment["measure"].drop_duplicates().tolist() == list(MEASURES)
    for score in ("spearman", "overlap"):
        assert (experiment[f"{score}_low"] <= experiment[score]).all()
        assert (experiment[score] <= experiment[f"{score}_high"]).all()
    assert experiment["overlap"].between(0, 1).all()


def test_verdicts_take_the_better_treatment_at_the_rate_of_this_study(experiment):
    """At 25 % silent the rate of 30 % is read; beyond what was tried nothing may be ranked, at none everything."""
    found = missing.verdicts(experiment, 0.25).set_index("measure")
    for measure in MEASURES:
        each = {one: kept(experiment, measure, 0.3, one) for one in missing.TREATMENTS}
        assert found.loc[measure, "spearman"] == max(each.values())
        assert each[found.loc[measure, "treatment"]] == max(each.values())
    assert missing.verdicts(experiment, 0.25, 0.9, 0.5)["ranked"].tolist() == [True, False]
    assert not missing.verdicts(experiment, 0.25, spearman_at=0.999)["ranked"].any()
    assert not missing.verdicts(experiment, 0.4)["ranked"].any()
    assert missing.verdicts(experiment, 0.0)["ranked"].all()


def test_too_few_respondents_try_nothing():
    """Of nine people no experiment is made, and there are no verdicts."""
    found = missing.masked(star(9), np.ones(9, bool), MEASURES, 2, np.random.default_rng(4))
    assert found.empty
    assert missing.verdicts(found, 0.2).empty


def test_a_measure_that_tells_nobody_apart_keeps_nothing():
    """The same value for all is no order: a correlation of 0."""
    net = organisation(30, np.random.default_rng(5))
    found = missing.masked(
        net, np.ones(30, bool), {"none": lambda net: np.zeros(net.shape[0])}, 2, np.random.default_rng(6)
    )
    assert (found["spearman"] == 0).all()


def test_a_hub_that_everybody_names_is_at_the_top_for_certain():
    """All name person 0, some are silent: P is 1, and it is 1 too where all answered and respondents are resampled."""
    rng = np.random.default_rng(7)
    net = organisation(40, rng).tolil()
    net[1:, 0] = 1
    net = sparse.csr_array(net)
    for networks in (
        completion.completed(net, most(40, rng), 30, rng),
        completion.resampled(net, np.ones(40, bool), 30, rng),
    ):
        found = ranks.chances(networks, {"in_degree": in_degree})
        assert found["p_top"][0] == 1
        assert found["p_top"].sum() == pytest.approx(4)


@pytest.mark.slow
def test_a_chance_of_the_top_is_what_it_says():
    """In 40 organisations whose top tenth is known a quarter is silenced. Of the people given a P of .7 to .9 about that
    many are at the top, by a count and by paths, and so of those given .1 to .3."""
    given, top = [], []
    for seed in range(40):
        rng = np.random.default_rng(seed)
        net, answered = organisation(100, rng), most(100, rng, 0.25)
        given.append(ranks.chances(completion.completed(net, answered, 60, rng), MEASURES)["p_top"].to_numpy())
        top.append(np.concatenate([ranks.seats(measure(net)) for measure in MEASURES.values()]))
    given, top = np.concatenate(given), np.concatenate(top)
    for low, high in ((0.7, 0.9), (0.1, 0.3)):
        near = (given >= low) & (given <= high)
        assert near.sum() > 150
        assert top[near].mean() == pytest.approx(given[near].mean(), abs=0.07)
