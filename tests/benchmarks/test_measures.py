"""What the benchmarks measure of networks and rhythms: values that can be worked out by hand or are published."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from benchmarks import measures as of
from benchmarks.likeness import Comparison


@pytest.mark.parametrize("waits", [2, 9, 50, 1000])
def test_burstiness_of_the_published_cases(waits):
    """Kim & Jo 2016, any n: −1 for a regular beat, 0 for moments at random, 1 where all waits but one are nothing."""
    assert of.burstiness(0.0, waits) == pytest.approx(-1)
    assert of.burstiness(np.sqrt((waits - 1) / (waits + 1)), waits) == pytest.approx(0, abs=1e-12)
    assert of.burstiness(np.sqrt(waits - 1), waits) == pytest.approx(1)


def test_burstiness_of_many_waits_is_that_of_goh_and_barabasi():
    """(r − 1) / (r + 1) in the limit."""
    for ratio in (0.3, 1.0, 4.0):
        assert of.burstiness(ratio, 10**9) == pytest.approx((ratio - 1) / (ratio + 1), abs=1e-3)


def test_poisson_ties_are_not_bursty_and_the_plain_form_would_say_more_regular():
    """Ten events a tie at random moments: near 0 on average (0 at the ratio's mean square); the form of 2008 is farther."""
    rng = np.random.default_rng(1)
    ties, events = 4000, 10
    seconds = rng.exponential(1, (ties, events)).cumsum(axis=1).ravel()
    a = np.repeat(np.arange(ties), events)
    found = of.tie_burstiness(a, a + ties, seconds)
    assert len(found) == ties
    assert abs(found.mean()) < 0.05
    waits = np.diff(seconds.reshape(ties, events), axis=1)
    ratio = waits.std(axis=1) / waits.mean(axis=1)
    assert ((ratio - 1) / (ratio + 1)).mean() < found.mean() - 0.04


def test_ties_count_both_ways_and_need_enough_events():
    """A regular beat with alternating senders is one tie of −1; nine events are too few."""
    sender, receiver = np.tile([1, 2], 5), np.tile([2, 1], 5)
    assert of.tie_burstiness(sender, receiver, np.arange(10)).tolist() == pytest.approx([-1])
    assert len(of.tie_burstiness(sender[:9], receiver[:9], np.arange(9))) == 0


def test_encounters_begin_after_a_pause():
    """Rows 20 seconds apart are one encounter, whichever side is named first; another pair is another matter."""
    a, b = np.array([1, 2, 1, 3, 1]), np.array([2, 1, 2, 4, 2])
    assert of.begun(a, b, np.array([0, 20, 40, 40, 200]), 60).tolist() == [True, False, False, True, True]


def test_networks_against_networkx():
    """Reciprocity, transitivity and degrees as networkx has them."""
    graph = nx.gnp_random_graph(40, 0.15, seed=3, directed=True)
    a, b = np.array(graph.edges).T
    both = nx.Graph(graph.edges)
    assert of.reciprocity(of.directed(a, b)) == pytest.approx(nx.reciprocity(graph))
    assert of.transitivity(of.undirected(a, b)) == pytest.approx(nx.transitivity(both))
    degrees = np.array([degree for _, degree in both.degree])
    assert of.degree_variation(of.undirected(a, b)) == pytest.approx(degrees.std() / degrees.mean())


def test_nobody_is_tied_to_oneself_and_edges_count_once():
    """A loop and a repeat change nothing."""
    assert of.directed(np.array([1, 1, 1, 2]), np.array([2, 2, 1, 3])).sum() == 2


def test_overlap_is_the_mean_jaccard_of_layers():
    """Three layers, of which two share one of three pairs, and one stands apart."""
    layers = [of.pairs([1, 2], [2, 3]), of.pairs([2, 4], [1, 5]), of.pairs([7], [8])]
    assert of.overlap(layers) == pytest.approx((1 / 3 + 0 + 0) / 3)


def test_exceedance():
    """The share of values at least as large."""
    values, share = of.exceedance(np.array([1, 1, 2, 5]))
    assert values.tolist() == [1, 2, 5]
    assert share.tolist() == [1, 0.5, 0.25]


def test_outside_hours():
    """Friday at 8, 17:59 and 18, and Saturday noon: two of four."""
    moments = pd.to_datetime(["2026-01-09 08:00", "2026-01-09 17:59", "2026-01-09 18:00", "2026-01-10 12:00"])
    assert of.outside_hours(pd.Series(moments)) == 0.5


def test_how_far_a_value_lies_outside():
    """Below the range, inside of it, above it; the goal is the range itself."""
    one = Comparison("m", "n", {"x": (0.2,), "y": (0.5, 0.4)}, {"simulated": (0.1, 0.3, 0.9)})
    assert [round(one.outside(value), 9) for value in (0.1, 0.3, 0.9)] == [0.1, -0.1, 0.4]
    assert one.figures()[-1].goal == pytest.approx(0.3)
