"""How recovery is scored: pairs that are best in all, onsets near enough, orders against each other."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import f1_score

from benchmarks import market_scores


def test_pairs_are_those_of_most_texts_in_common():
    """Of all ways to pair, one whose F1, as of scikit-learn, is largest in all; weaker pairs are left out."""
    rng = np.random.default_rng(3)
    planted = pd.Series(rng.integers(0, 4, 300).astype(str))
    found = planted.where(rng.random(300) < 0.8, pd.Series(rng.integers(0, 4, 300).astype(str))).map("en-{}".format)
    pairs = market_scores.matched(planted, found)
    each = {(one, other): f1_score(planted == one, found == other) for one in planted.unique() for other in found.unique()}
    best = max(
        sum(each[pair] for pair in zip(sorted(planted.unique()), order, strict=True))
        for order in permutations(found.unique())
    )
    assert pairs["f1"].sum() == pytest.approx(best)
    for pair in pairs.itertuples():
        assert pair.f1 == pytest.approx(each[pair.planted, pair.topic_id])


def test_topics_of_too_few_texts_in_common_are_no_pair():
    """A topic found that is spread over two planted is neither, and texts without a topic count for none."""
    planted = pd.Series(["a"] * 4 + ["b"] * 4 + [None] * 8)
    assert market_scores.matched(planted, pd.Series(["x"] * 16)).empty
    pairs = market_scores.matched(planted, pd.Series(["x"] * 4 + [None] * 4 + ["y"] * 8))
    assert pairs[["topic_id", "planted", "precision", "recall", "f1"]].to_numpy().tolist() == [["x", "a", 1, 1, 1]]


def test_f1_of_topics():
    """Three of four found were planted, three of six planted were found: 2 · 0.75 · 0.5 / 1.25."""
    assert market_scores.f1(3 / 4, 3 / 6) == pytest.approx(0.6)
    assert market_scores.f1(0, 0) == 0


def test_onsets_are_near_within_two_weeks():
    """Of topics that began while texts were written; one that was not dated is not near."""
    pairs = pd.DataFrame({"topic_id": ["x", "y", "z", "u"], "planted": ["a", "b", "c", "d"]})
    near = market_scores.dated(pairs, pd.Series({"x": 5.0, "y": 9.0, "u": 3.0}), pd.Series({"a": 7.0, "b": 6.0, "c": 4.0}))
    assert near.tolist() == [True, False, False]


def test_interval_over_worlds_is_student_s():
    """Of 1, 2, 3: mean 2, standard error 1/√3, and 4.303 of them."""
    low, high = market_scores.over_worlds([1.0, 2.0, 3.0])
    assert (low, high) == pytest.approx((2 - 4.3027 / np.sqrt(3), 2 + 4.3027 / np.sqrt(3)), abs=1e-3)


def test_tau_counts_pairs_in_order():
    """Of six pairs five in order and one not: 4 / 6."""
    assert market_scores.tau(np.array([1, 2, 3, 4]), np.array([1, 2, 4, 3])) == pytest.approx(2 / 3)
