"""market/structure.py: how many topics there are, or none."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.model_selection import LeaveOneOut
from written import comments, shuffled, themed

from kithwork.market import structure as module
from kithwork.market.structure import Dealt, halves, numbers, structure


@pytest.fixture(autouse=True)
def _few_permutations(monkeypatch):
    monkeypatch.setattr(module, "PERMUTATIONS", 59)
    monkeypatch.setattr(module, "SPLITS", 3)


@given(st.integers(0, 10**6))
def test_explained_is_leave_one_out_by_brute_force(seed):
    """R² of each point foretold by the mean of the others of its group, of several groupings at once."""
    rng = np.random.default_rng(seed)
    points, of = rng.normal(size=(25, 3)), np.column_stack([rng.integers(0, 3, 25), rng.integers(0, 6, 25)])
    whole = sum(((points[test] - points[train].mean(axis=0)) ** 2).sum() for train, test in LeaveOneOut().split(points))
    for one, found in zip(of.T, Dealt(of).explained(points), strict=True):
        off = 0.0
        for train, test in LeaveOneOut().split(points):
            others = train[one[train] == one[test]]
            told = points[others].mean(axis=0) if len(others) else points.mean(axis=0)
            off += ((points[test] - told) ** 2).sum()
        assert found == pytest.approx(1 - off / whole)


def test_halves_hold_each_word_once():
    """Each text's words are dealt, none is lost, and the halves differ by one word at most."""
    texts = pd.Series(["one two three four five", "six", "", "seven eight"], index=list("abcd"))
    first, second = halves(texts, np.random.default_rng(1))
    for text, one, other in zip(texts, first, second, strict=True):
        assert sorted(text.split()) == sorted(one.split() + other.split())
        assert 0 <= len(one.split()) - len(other.split()) <= 1
    assert first.index.tolist() == second.index.tolist() == list("abcd")


def test_numbers_tried_go_from_the_fewest_to_the_most():
    """Both ends, and none twice."""
    assert numbers(2, 20) == [2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 19, 20]
    assert numbers(3, 3) == [3]


@pytest.mark.parametrize("themes", [3, 5])
def test_as_many_topics_as_are_planted(themes):
    """Give or take one, and no doubt that there are some."""
    texts, _ = themed(30, np.random.default_rng(themes), themes)
    found = structure(pd.Series(texts), "en", 2, 12, np.random.default_rng(1))
    assert abs(found.groups - themes) <= 1
    assert found.found
    assert found.range_[0] <= found.groups <= found.range_[1]


def test_no_topics_in_texts_whose_words_were_dealt_by_lot():
    """Of eight such sets of texts, at most one is said to have topics."""
    found = []
    for seed in range(8):
        rng = np.random.default_rng(seed)
        texts, _ = themed(12, rng)
        table = comments(shuffled(texts, rng))
        found.append(structure(table["text"], "en", 2, 6, rng).found)
    assert sum(found) <= 1
