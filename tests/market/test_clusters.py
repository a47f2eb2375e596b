"""market/clusters.py: groups of points, and how far they are found again."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.cluster import AgglomerativeClustering, KMeans
from sklearn.metrics import adjusted_rand_score

from kithwork.market import clusters
from kithwork.market.clusters import cut, found_again, grouped, middles, nearest, tree


def apart(groups: int, each: int, rng: np.random.Generator, far: float = 6.0) -> tuple[np.ndarray, np.ndarray]:
    """Points of clusters so far apart, in units of their spread, and the cluster of each."""
    of = np.repeat(np.arange(groups), each)
    return (far * np.eye(groups, 12)[of] + rng.normal(size=(len(of), 12))).astype(np.float32), of


@given(st.integers(0, 10**6), st.integers(2, 6))
def test_planted_clusters_are_found(seed, groups):
    """Where they lie apart, all of them."""
    points, of = apart(groups, 20, np.random.default_rng(seed))
    assert adjusted_rand_score(of, grouped(points, groups, np.random.default_rng(1))) > 0.95


@given(st.integers(0, 10**6))
def test_cut_is_ward_settled_by_k_means(seed):
    """The same groups as of scikit-learn's Ward and its k-means from there; and no worse in the sum of squares."""
    points = np.random.default_rng(seed).normal(size=(60, 5))
    ward = AgglomerativeClustering(4).fit_predict(points)
    start = np.array([points[ward == one].mean(axis=0) for one in range(4)])
    other = KMeans(4, init=start, n_init=1).fit(points)
    of = cut(tree(points), points, 4)
    assert adjusted_rand_score(other.labels_, of) == pytest.approx(1)
    assert ((points - middles(points, of)[of]) ** 2).sum() <= ((points - start[ward]) ** 2).sum() + 1e-9


def test_middles_and_nearest_by_hand():
    """Means by group, −1 in none; the nearer of two."""
    points = np.array([[0.0, 0], [2, 0], [0, 5], [9, 9]])
    found = middles(points, np.array([0, 0, 1, -1]))
    np.testing.assert_array_equal(found, [[1, 0], [0, 5]])
    np.testing.assert_array_equal(nearest(points, found), [0, 0, 1, 1])


def test_more_points_than_are_joined_at_once(monkeypatch):
    """Those drawn by lot tell the middles, and all points find theirs; the same at every run."""
    monkeypatch.setattr(clusters, "AT_ONCE", 60)
    points, of = apart(4, 100, np.random.default_rng(3))
    found = grouped(points, 4, np.random.default_rng(1))
    assert adjusted_rand_score(of, found) > 0.97
    np.testing.assert_array_equal(found, grouped(points, 4, np.random.default_rng(1)))


def test_what_is_planted_is_found_again_and_what_is_cut_by_lot_is_not():
    """Jaccard near 1 for clusters that are there, far below for halves of one of them, NaN for what no resample draws."""
    rng = np.random.default_rng(4)
    points, of = apart(3, 30, rng)
    assert np.nanmean(found_again(points, of, 3, 20, rng)) > 0.95
    halves = np.where(of == 0, rng.integers(0, 2, len(of)), of + 1)
    again = np.nanmean(found_again(points, halves, 4, 20, rng), axis=0)
    assert (again[:2] < 0.75).all()
    assert (again[2:] > 0.8).all()
    lone = np.full(len(points), -1)
    lone[0] = 0
    assert np.isnan(found_again(points, lone, 3, 30, rng)).any()


def test_jaccard_by_brute_force():
    """The largest |A ∩ B| / |A ∪ B| over the texts drawn."""
    points, _ = apart(3, 10, np.random.default_rng(5), far=2)
    of = np.random.default_rng(6).integers(-1, 3, len(points))
    found = found_again(points, of, 3, 5, np.random.default_rng(7))
    rng = np.random.default_rng(7)
    for row in found:
        drawn = np.unique(rng.integers(0, len(points), len(points)))
        new = cut(tree(points[drawn]), points[drawn], 3)
        for group in range(3):
            mine = set(drawn[of[drawn] == group])
            best = max(len(mine & (other := set(drawn[new == one]))) / len(mine | other) for one in range(new.max() + 1))
            assert row[group] == pytest.approx(best)


def test_large_resamples_are_told_by_some_of_their_points(monkeypatch):
    """Clusters that lie apart are found again also where few points of a resample are joined from the bottom up."""
    monkeypatch.setattr(clusters, "AGAIN", 50)
    rng = np.random.default_rng(8)
    points, of = apart(3, 100, rng)
    assert np.nanmean(found_again(points, of, 3, 10, rng)) > 0.95


def test_points_that_are_the_same_make_no_warning(recwarn):
    """Where fewer points differ than middles are given, k-means rests all the same and says nothing."""
    same = np.repeat(np.eye(3, dtype=np.float32), 5, axis=0)
    assert clusters.settled(same, np.vstack([np.eye(3), [[0.5, 0.5, 0], [0, 0.5, 0.5]]]).astype(np.float32)).shape == (5, 3)
    assert not recwarn.list
