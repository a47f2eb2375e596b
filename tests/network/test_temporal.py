"""Reach in time: toys, a time-expanded network of networkx on random contacts, and what the order of times adds."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from kithwork.network import temporal
from kithwork.network.temporal import Contacts, against_order, reach


def contacts(rows: list, people: int, directed: bool = True, within: int | None = None) -> Contacts:
    """Contacts from rows (a, b, at)."""
    a, b, at = np.array(rows, dtype=int).reshape(-1, 3).T
    return Contacts(a, b, at, people, directed, within)


def found(given_contacts: Contacts):
    """Their reach."""
    return reach(given_contacts, np.random.default_rng(1))


def expanded(given_contacts: Contacts) -> np.ndarray:
    """Who reaches whom, by networkx: a copy of each person for each time, ties to the next copy and along the contacts."""
    last = int(given_contacts.at.max(initial=0)) + 2
    net = nx.DiGraph([((i, t), (i, t + 1)) for i in range(given_contacts.people) for t in range(last)])
    real = (given_contacts.a >= 0) & (given_contacts.b >= 0) & (given_contacts.a != given_contacts.b)
    end = last if given_contacts.within is None else given_contacts.at[real].min(initial=last) + given_contacts.within
    for a, b, at in zip(given_contacts.a, given_contacts.b, given_contacts.at, strict=True):
        if a >= 0 and b >= 0 and a != b and at <= end:
            net.add_edge((a, at), (b, at + 1))
            if not given_contacts.directed:
                net.add_edge((b, at), (a, at + 1))
    later = [nx.descendants(net, (i, 0)) | {(i, 0)} for i in range(given_contacts.people)]
    return np.array([[(j, last) in after for j in range(given_contacts.people)] for after in later])


def test_news_passes_in_the_order_of_contacts_only():
    """Holme & Saramäki 2012, section 4: a → b at 1 and b → c at 2 bring a's news to c; the other way round they do not."""
    assert found(contacts([(0, 1, 1), (1, 2, 2)], 3)).reaches.tolist() == [1, 0.5, 0]
    assert found(contacts([(0, 1, 2), (1, 2, 1)], 3)).reaches.tolist() == [0.5, 0.5, 0]
    assert found(contacts([(0, 1, 1), (1, 2, 2)], 3)).hears.tolist() == [0, 0.5, 1]
    assert found(contacts([(0, 1, 1), (1, 2, 2)], 3)).share.estimate == 0.5


def test_contacts_at_one_time_do_not_chain():
    """Both at 1: a's news gets to b and no further; a swap at one time passes both ways."""
    assert found(contacts([(0, 1, 1), (1, 2, 1)], 3)).reaches.tolist() == [0.5, 0.5, 0]
    assert found(contacts([(0, 1, 1), (1, 0, 1)], 2)).reaches.tolist() == [1, 1]


def test_undirected_contacts_pass_both_ways_and_a_deadline_ends_it():
    """Along a line from left to right all of the left is heard; within 1 of the first contact the third is too late."""
    line = [(0, 1, 5), (1, 2, 6), (2, 3, 7)]
    assert found(contacts(line, 4, directed=False)).reaches == pytest.approx([1, 1, 2 / 3, 1 / 3])
    assert found(contacts(line, 4, directed=False, within=1)).reaches == pytest.approx([2 / 3, 2 / 3, 1 / 3, 0])


def test_nobody_and_nothing():
    """No contacts: nobody reaches anybody; contact with oneself or nobody known is none; one person has nobody to reach."""
    assert found(contacts([], 3)).share.estimate == 0
    assert found(contacts([(0, 0, 1), (-1, 2, 1), (2, -1, 3)], 3)).reaches.tolist() == [0, 0, 0]
    assert found(contacts([], 1)) is None
    assert against_order(contacts([], 1), 5, np.random.default_rng(1)) is None


events = st.lists(st.tuples(st.integers(-1, 7), st.integers(-1, 7), st.integers(0, 9)), min_size=1, max_size=40)


@settings(max_examples=50)
@given(events, st.booleans(), st.none() | st.integers(0, 9))
def test_agreement_with_a_time_expanded_network(rows, directed, within):
    """On any contacts: each person's reach, who hears whom, and the overall share."""
    some = contacts(rows, 8, directed, within)
    known, held = expanded(some), found(some)
    assert held.reaches == pytest.approx((known.sum(axis=1) - 1) / 7)
    assert held.hears == pytest.approx((known.sum(axis=0) - 1) / 7)
    assert held.share.estimate == pytest.approx((known.sum() - 8) / 56)
    assert held.share.low == held.share.high == held.share.estimate


@given(events)
def test_time_turned_back_swaps_reaching_and_hearing(rows):
    """With times and directions reversed everybody hears whom they reached."""
    back = [(b, a, 9 - at) for a, b, at in rows]
    assert found(contacts(rows, 8)).reaches.tolist() == found(contacts(back, 8)).hears.tolist()


def test_following_some_tells_the_share_within_its_error(monkeypatch):
    """Of 120 people 40 followed: the share of all lies in the 95 % interval in at least 52 of 60 draws (58 for 60 in
    theory); what is told of those followed is what following everybody tells."""
    rng = np.random.default_rng(3)
    some = contacts(np.column_stack([rng.integers(0, 120, (400, 2)), rng.integers(0, 300, 400)]).tolist(), 120)
    whole = found(some)
    monkeypatch.setattr(temporal, "EVERYBODY", 100)
    monkeypatch.setattr(temporal, "SOURCES", 40)
    drawn = [reach(some, np.random.default_rng(seed)) for seed in range(60)]
    assert sum(part.share.low <= whole.share.estimate <= part.share.high for part in drawn) >= 52
    followed = ~np.isnan(drawn[0].reaches)
    assert followed.sum() == drawn[0].share.n == 40
    assert drawn[0].reaches[followed] == pytest.approx(whole.reaches[followed])
    assert np.mean([part.hears for part in drawn], axis=0) == pytest.approx(whole.hears, abs=0.1)


def relayed(seed: int, forward: bool) -> Contacts:
    """Ten waves along random lines of twelve among 120 people, in the order of the line or against it."""
    rng = np.random.default_rng(seed)
    lines = [rng.choice(120, 12, replace=False) for _ in range(30)]
    rows = [(a, b, 20 * k + place) for k, line in enumerate(lines) for place, (a, b) in enumerate(pairwise(line))]
    return contacts([(a, b, at if forward else 600 - at) for a, b, at in rows], 120)


@pytest.mark.parametrize("seed", range(3))
def test_planted_relays_reach_further_than_times_dealt_anew(seed):
    """News handed on down the lines gets further than chance, and against the order of the lines less far."""
    rng = np.random.default_rng(seed)
    assert against_order(relayed(seed, True), 49, rng).z > 3
    assert against_order(relayed(seed, False), 49, rng).z < -1


def test_p_is_uniform_where_times_mean_nothing():
    """Over 60 sets of random times p is uniform (Kolmogorov-Smirnov): no more false alarms than stated."""
    found = []
    for seed in range(60):
        rng = np.random.default_rng(seed)
        rows = np.column_stack([rng.integers(0, 30, (60, 2)), rng.permutation(60)])
        found.append(against_order(contacts(rows.tolist(), 30), 79, rng).p)
    assert stats.kstest(found, "uniform").pvalue > 0.01
