"""Other methods: they agree where groups lie apart, and not where there are none."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.cluster import HDBSCAN, KMeans
from sklearn.metrics import adjusted_rand_score
from test_segments import placed_at, quick, three

from kithwork.people import crosschecks, segments


def test_methods_agree_on_groups_apart():
    """Three groups ten spreads apart: k-means and HDBSCAN find them too; the interval holds the index."""
    placed, _ = three(np.random.default_rng(1), 10)
    found = crosschecks.agreement(placed, segments.segment(placed, quick()), quick())
    assert list(found) == list(crosschecks.METHODS)
    for one in found.values():
        assert 0.9 < one.estimate <= 1
        assert one.low <= one.estimate <= one.high
        assert one.n == 130


def test_methods_differ_on_one_cloud():
    """HDBSCAN finds no groups where there is one: its agreement with any split is 0."""
    placed = placed_at(np.random.default_rng(2).normal(size=(200, 2)))
    found = crosschecks.agreement(placed, segments.segment(placed, quick()), quick())
    assert abs(found["hdbscan"].estimate) < 0.2


def test_index_is_scikit_learns():
    """The agreement with k-means is the adjusted Rand index of the two partitions."""
    placed, _ = three(np.random.default_rng(3), 6)
    split = segments.segment(placed, quick())
    again = KMeans(split.tried, n_init=10, random_state=1).fit_predict(placed.values)
    found = crosschecks.agreement(placed, split, quick())["kmeans"].estimate
    assert found == pytest.approx(adjusted_rand_score(split.split, again), abs=0.02)


@given(st.integers(0, 10**6), st.integers(2, 3))
def test_dense_groups_are_scikit_learns(seed, groups):
    """Of groups apart, HDBSCAN with ties broken beforehand finds what it finds by itself."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(150, 3)) + 8 * np.eye(3)[rng.integers(0, groups, 150)]
    plain = HDBSCAN(min_cluster_size=150 // crosschecks.SMALLEST, copy=True).fit_predict(x)
    assert adjusted_rand_score(plain, crosschecks._hdbscan(x)) > 0.95


def test_dense_groups_do_not_hang_on_the_order_of_equals(monkeypatch):
    """On a lattice, where hardly any two distances differ, a sort that turns equals round changes nothing."""
    x = np.array([(a, b) for a in range(12) for b in range(12)], dtype=float)
    first = crosschecks._hdbscan(x)
    plain = np.argsort

    def turned(values, kind=None):
        return len(values) - 1 - plain(values[::-1], kind="stable")

    monkeypatch.setattr(np, "argsort", turned)
    assert (crosschecks._hdbscan(x) == first).all()


def test_nothing_to_agree_with_where_no_split_was_tried():
    """Of too few people."""
    placed = placed_at(np.random.default_rng(4).normal(size=(12, 2)))
    assert crosschecks.agreement(placed, segments.segment(placed, quick()), quick()) == {}


def test_many_people_are_sampled(monkeypatch):
    """Above the stated size some of the people are grouped again, and n says how many."""
    monkeypatch.setattr(crosschecks, "COMPARED", 50)
    placed, _ = three(np.random.default_rng(5), 10)
    assert crosschecks.agreement(placed, segments.segment(placed, quick()), quick())["kmeans"].n == 50
