"""Novelty: of a topic against what was said before it, and of what is written in the later half."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.neighbors import NearestNeighbors

from kithwork.market.novelty import fresh, novelty


def unit(rows) -> np.ndarray:
    """Rows at length 1."""
    rows = np.asarray(rows, dtype=float)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def about(middles, each, rng, spread=0.3) -> np.ndarray:
    """Points about each of these middles."""
    middles = np.repeat(unit(middles), each, axis=0)
    return unit(middles + spread / np.sqrt(middles.shape[1]) * rng.normal(size=middles.shape))


def test_novelty_by_hand():
    """Own texts at ±30° about the x axis: the middle is the axis; a text at 60° from it is new by 1 − ½, and each of the
    two is as far from the other, the middle without it."""
    turn = np.radians([30, -30, 60, 180])
    points = np.column_stack([np.cos(turn), np.sin(turn)])
    mine, before = np.array([1, 1, 0, 0], dtype=bool), np.array([0, 0, 1, 1], dtype=bool)
    assert novelty(points, mine, before) == pytest.approx((0.5, 1.0))
    assert novelty(points, mine, np.array([0, 0, 0, 1], dtype=bool)) == pytest.approx((2.0, 1 / 3))


def test_without_a_text_from_before_nothing_is_new():
    """And of one text alone there is no chance to tell."""
    points = unit(np.eye(3))
    assert novelty(points, np.array([1, 1, 0], dtype=bool), np.zeros(3, dtype=bool)) is None
    assert novelty(points, np.array([1, 0, 0], dtype=bool), np.array([0, 1, 1], dtype=bool)) is None


def test_new_topics_are_told_from_old_ones():
    """Topics whose like was never said have small P in nine of ten; those told before have not, in nine of ten."""
    rng = np.random.default_rng(1)
    new, old = [], []
    for _ in range(40):
        middles = rng.normal(size=(6, 24))
        before, own = about(middles[1:], 20, rng), about(middles[:1], 30, rng)
        again = about(middles[:1], 20, rng)
        mine = np.r_[np.zeros(100, dtype=bool), np.ones(30, dtype=bool)]
        new.append(novelty(np.r_[before, own], mine, ~mine)[1] <= 0.05)
        mine = np.r_[np.zeros(120, dtype=bool), np.ones(30, dtype=bool)]
        old.append(novelty(np.r_[before, again, own], mine, ~mine)[1] <= 0.05)
    assert np.mean(new) >= 0.9
    assert np.mean(old) <= 0.1


def test_fresh_share_by_brute_force():
    """The nearest text by scikit-learn, the one in the same place of the earlier half left out, as many to each half."""
    rng = np.random.default_rng(2)
    points = unit(rng.normal(size=(60, 5)))
    early, late = points[:30], points[30:]
    nearer = []
    for row in range(30):
        others = np.arange(30) != row
        pool = np.r_[late[others], early[others]]
        nearest = NearestNeighbors(n_neighbors=1, metric="cosine").fit(pool).kneighbors(late[[row]])[1][0, 0]
        nearer.append(nearest < 29)
    assert fresh(points).estimate == pytest.approx(np.mean(nearer))


def test_where_talk_does_not_move_one_in_two_is_fresh():
    """Intervals hold one half in 93 of 100 samples of points in clumps, at least; where the later half is on other things
    nearly all texts are fresh; where all texts are the same, half."""
    rng = np.random.default_rng(3)
    middles = rng.normal(size=(8, 16))
    same = [fresh(about(middles[rng.integers(0, 8, 200)], 1, rng)) for _ in range(100)]
    assert sum(one.low <= 0.5 <= one.high for one in same) >= 93
    moved = fresh(np.r_[about(middles[:4], 40, rng), about(middles[4:], 40, rng)])
    assert moved.low > 0.9
    assert fresh(np.tile(middles[:1] / np.linalg.norm(middles[0]), (40, 1))).estimate == 0.5
    assert fresh(points=unit(np.eye(3))) is None


def test_texts_that_differ_in_the_last_digits_are_as_near():
    """Each text is there twice in each half, but for what rounding loses: half of them are fresh."""
    rng = np.random.default_rng(4)
    text = np.tile(unit(rng.normal(size=(10, 300))), (4, 1))
    assert fresh((text + rng.normal(scale=5e-8, size=text.shape)).astype(np.float32)).estimate == 0.5
