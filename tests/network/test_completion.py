"""Networks completed for the silent: a silent hub is found, what was said is kept, what is drawn is like it."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from scipy.special import expit

from kithwork.network.completion import completed, learn, learnable, resampled, returned, silenced


def organisation(people: int, rng: np.random.Generator, returns: float = 2.0, base: float = -4.5):
    """Nominations with units, popular people and returned ties, 0/1."""
    unit, fame, talk = rng.integers(0, max(people // 12, 1), people), rng.normal(0, 0.7, people), rng.normal(0, 0.5, people)
    bond = np.triu(rng.normal(0, 1, (people, people)), 1) * returns
    odds = base + 2.5 * (unit[:, None] == unit) + fame + talk[:, None] + bond + bond.T
    net = rng.random((people, people)) < expit(odds)
    np.fill_diagonal(net, False)
    return sparse.csr_array(net.astype(float))


def most(people: int, rng: np.random.Generator, silent: float = 0.3):
    """Who answers."""
    answered = np.ones(people, dtype=bool)
    answered[rng.permutation(people)[: round(people * silent)]] = False
    return answered


def star(people: int):
    """Person 0 and all others name each other."""
    net = np.zeros((people, people))
    net[0, 1:] = net[1:, 0] = 1
    return sparse.csr_array(net)


def test_a_silent_centre_is_recovered_by_returning_nominations():
    """All name the centre, which did not answer: returned, the network is whole; dropped, nobody is named by it."""
    answered = np.arange(12) > 0
    assert (returned(star(12), answered) != star(12)).nnz == 0
    assert silenced(star(12), answered)[[0]].nnz == 0


@given(st.integers(0, 10_000))
def test_what_respondents_said_is_kept_and_the_silent_return_it(seed):
    """Rows of respondents as they are; rows of the silent are the respondents who name them, none between two silent."""
    rng = np.random.default_rng(seed)
    net, answered = organisation(20, rng), most(20, rng)
    found, said = returned(net, answered).toarray(), net.toarray()
    assert (found[answered] == said[answered]).all()
    assert (found[~answered][:, answered] == said[answered][:, ~answered].T).all()
    assert not found[~answered][:, ~answered].any()


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_completed_networks_are_networks(seed):
    """0 or 1, nobody with oneself, respondents as they answered, and what the silent said, if anything, unused."""
    rng = np.random.default_rng(seed)
    net, answered = organisation(30, rng), most(30, rng)
    one, same = (list(completed(given, answered, 2, np.random.default_rng(1))) for given in (net, silenced(net, answered)))
    for found, again in zip(one, same, strict=True):
        assert set(np.unique(found.toarray())) <= {0, 1}
        assert not found.diagonal().any()
        assert (found[answered] != net[answered]).nnz == 0
        assert (found != again).nnz == 0


def test_the_chance_of_return_that_was_planted_is_learned():
    """Pairs that are mutual with .25, one-sided with .1 either way: log odds ratio ln(.25 × .55 / .1²) = 2.62."""
    rng, n = np.random.default_rng(6), 200
    of_pair = np.triu(rng.choice(4, (n, n), p=[0.55, 0.1, 0.1, 0.25]), 1)
    net = sparse.csr_array(((of_pair & 1) | ((of_pair & 2) >> 1).T).astype(float))
    beta, covariance = learn(net, np.ones(n, bool), rng).given
    assert beta[1] == pytest.approx(2.62, abs=0.1)
    assert 0 < covariance[1, 1] < 0.05


def test_coefficients_are_those_of_maximum_likelihood():
    """Newton's steps on the same pairs, with the features written out anew, end at the same coefficients."""
    rng, n = np.random.default_rng(7), 80
    net = organisation(n, rng)
    naming = learn(net, np.ones(n, bool), rng)
    y, popular = net.toarray(), np.asarray(net.sum(axis=0))
    apart = ~np.eye(n, dtype=bool)
    x = np.stack(
        [np.ones((n, n)), y.T, np.log((popular - y + 0.5) / (n - 1)), np.log((popular[:, None] - y.T + 0.5) / (n - 1)),
         np.log1p(y.T @ y)], axis=-1,
    )[apart]  # fmt: skip
    beta = np.zeros(5)
    for _ in range(25):
        p = expit(x @ beta)
        beta += np.linalg.solve((x.T * (p * (1 - p))) @ x, x.T @ (y[apart] - p))
    assert naming.given[0] == pytest.approx(beta, abs=0.01)


def test_completed_networks_are_as_dense_and_as_mutual_as_the_whole():
    """Of 12 organisations a third is silenced: ties, returned ties and popular people are as many as before."""
    found, true = [], []
    for seed in range(12):
        rng = np.random.default_rng(seed)
        net, answered = organisation(80, rng), most(80, rng)
        for one, kept in ((net, true), *((drawn, found) for drawn in completed(net, answered, 3, rng))):
            kept.append((one.nnz, nx.overall_reciprocity(nx.DiGraph(one)), one.sum(axis=1).std(), one.sum(axis=0).std()))
    assert np.mean(found, axis=0) == pytest.approx(np.mean(true, axis=0), rel=0.08)


def test_resampling_respondents_moves_a_network_that_is_complete():
    """Everybody answered: a tenth is silenced anew each time, and nine in ten keep what they said."""
    rng = np.random.default_rng(8)
    net = organisation(60, rng)
    for one in resampled(net, np.ones(60, bool), 3, rng):
        changed = np.flatnonzero(np.asarray((one != net).sum(axis=1)))
        assert 0 < len(changed) <= 6


def test_completion_repeats_with_its_seed():
    """The same generator gives the same networks."""
    net = organisation(40, np.random.default_rng(9))
    answered = most(40, np.random.default_rng(9))
    one, two = (next(completed(net, answered, 1, np.random.default_rng(3))) for _ in range(2))
    assert (one != two).nnz == 0


@pytest.mark.parametrize(
    ("net", "answered", "enough"),
    [(star(12), 12, True), (star(12), 9, False), (star(12) * 0, 12, False), (np.ones((12, 12)) - np.eye(12), 12, False)],
)
def test_what_can_be_learned_from(net, answered, enough):
    """Ten people of whom some name some of the others; nobody or everybody naming everybody tells nothing of choices."""
    net = sparse.csr_array(net)
    net.eliminate_zeros()
    assert learnable(net, np.arange(12) < answered) == enough


def test_where_everybody_answered_nothing_is_drawn():
    """The network itself, each time."""
    net = organisation(30, np.random.default_rng(10))
    for one in completed(net, np.ones(30, bool), 2, np.random.default_rng(11)):
        assert (one != net).nnz == 0
