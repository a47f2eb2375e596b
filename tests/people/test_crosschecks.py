"""Other methods: they agree where groups lie apart, and not where there are none."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.cluster import KMeans
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


def test_nothing_to_agree_with_where_no_split_was_tried():
    """Of too few people."""
    placed = placed_at(np.random.default_rng(4).normal(size=(12, 2)))
    assert crosschecks.agreement(placed, segments.segment(placed, quick()), quick()) == {}


def test_many_people_are_sampled(monkeypatch):
    """Above the stated size some of the people are grouped again, and n says how many."""
    monkeypatch.setattr(crosschecks, "COMPARED", 50)
    placed, _ = three(np.random.default_rng(5), 10)
    assert crosschecks.agreement(placed, segments.segment(placed, quick()), quick())["kmeans"].n == 50
