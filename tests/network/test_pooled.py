"""What people alike share: classes, chance as for each by itself, and chances of the top near those of many draws."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from random_networks import matrix

from kithwork.network import many, nulls, pooled, position, ranks, standing


def test_classes_hold_as_many_as_asked_and_are_in_order():
    """Equal keys are together, each class has so many, and a higher key is never in a lower class."""
    keys = np.random.default_rng(1).geometric(0.2, 500)
    found = pooled.classes(keys, 40)
    assert np.bincount(found).min() >= 40
    order = np.argsort(keys, kind="stable")
    assert (np.diff(found[order]) >= 0).all()
    assert pd.Series(found).groupby(keys).nunique().max() == 1
    assert pooled.classes(np.array([1, 2, 3]), 40).tolist() == [0, 0, 0]


def test_chance_is_that_of_each_kind_of_person():
    """Values around the number of ties: mean and middle 95 % of each number are those that made them."""
    rng = np.random.default_rng(1)
    keys = np.repeat([2, 5, 9], 2000)
    mean, low, high = pooled.beside(keys, rng.normal(keys, 1, (5, 6000)), np.array([2, 5, 9]))
    assert mean == pytest.approx([2, 5, 9], abs=0.05)
    assert low == pytest.approx(np.array([2, 5, 9]) - 1.96, abs=0.12)
    assert high == pytest.approx(np.array([2, 5, 9]) + 1.96, abs=0.12)


def test_without_values_there_is_no_chance():
    """Nobody has one: NaN for all."""
    found = pooled.beside(np.arange(3), np.full((2, 3), np.nan), np.arange(3))
    assert all(np.isnan(one).all() for one in found)


def test_the_top_sums_to_its_places_and_covers_what_happens():
    """Of people with a known doubt about their value, P(top) is the share of draws in which they are in it."""
    rng = np.random.default_rng(2)
    true = rng.normal(size=4000)
    drawn = true + rng.normal(0, 0.3, (400, 4000))
    seen = np.mean([one >= np.sort(one)[-400] for one in drawn], axis=0)
    p = pooled.top(true, np.arange(4000), drawn[:4], 0.1)
    assert p.sum() == pytest.approx(400)
    assert np.abs(p - seen).mean() < 0.01
    assert np.quantile(np.abs(p - seen), 0.99) < 0.12


def test_who_has_no_value_is_not_in_the_top():
    """Isolates have none; where all that have one fit in, they are in."""
    values = np.array([np.nan, 3.0, *np.zeros(18)])
    assert pooled.top(values, np.arange(20), values[None], 0.1)[0] == 0
    few = np.array([np.nan] * 8 + [1.0, 2.0])
    assert pooled.top(few, np.arange(10), few[None], 0.3).tolist() == [0] * 8 + [1, 1]


@pytest.fixture(scope="module")
def both():
    """Standings of 600 people with ties of their own and names, of which each is measured both ways."""
    net = matrix(nx.powerlaw_cluster_graph(600, 5, 0.5, seed=1))
    people = pd.DataFrame({"person_id": [f"p{row:03d}" for row in range(600)], "unit": None})
    a, b = np.array([end for end in zip(*net.nonzero(), strict=True) if end[0] < end[1]]).T
    ids = people["person_id"].to_numpy()
    ties = pd.DataFrame({"a_id": ids[a], "b_id": ids[b]})
    found = position.Network(people, ties, None, np.zeros(600, dtype=bool))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ranks, "FEWEST", 40)
        one = standing.standings(found, 40, np.random.default_rng(1))
        patch.setattr(nulls, "LARGE", 500)
        patch.setattr(many, "SAMPLE", 450)
        other = standing.standings(found, 40, np.random.default_rng(1))
    return one.set_index(["measure", "person_id"]).sort_index(), other.set_index(["measure", "person_id"]).sort_index()


def test_what_silence_does_to_many_is_tried_without_drawing_names(monkeypatch):
    """Above `LARGE` people the silent are dropped or returned, fewer times; above `LARGEST` nothing is tried."""
    net = matrix(nx.gnp_random_graph(60, 0.1, seed=1, directed=True))
    people = pd.DataFrame({"person_id": [f"p{row:02d}" for row in range(60)], "unit": None})
    ties = pd.DataFrame({"a_id": ["p00"], "b_id": ["p01"]})
    found = position.Network(people, ties, net, np.ones(60, dtype=bool))
    monkeypatch.setattr(nulls, "LARGE", 50)
    silence = standing.silence(found, np.random.default_rng(1))
    assert set(silence["treatment"]) == {"dropped", "returned"}
    assert f"computed on {2 * 20 + 30:,} networks" in standing.planned(found, 100)
    assert standing.standings(found, 100, np.random.default_rng(1))["top_tenth"].between(0, 1).all()
    monkeypatch.setattr(standing, "LARGEST", 50)
    assert standing.silence(found, np.random.default_rng(1)).empty


def test_values_are_the_same(both):
    """What is measured of everybody once is exact."""
    one, other = both
    assert one.index.equals(other.index)
    assert other["value"].to_numpy() == pytest.approx(one["value"].to_numpy(), nan_ok=True)


@pytest.mark.parametrize("measure", ["constraint", "two_step_reach"])
def test_chance_agrees_with_many_draws_of_each(both, measure):
    """Of numbers of ties that ten people or more hold: the mean of what is expected, within 5 %; and ranges as wide, within
    a quarter, at the median person."""
    one, other = (frame.loc[measure] for frame in both)
    degree = both[0].loc["degree", "value"]
    common = degree.map(degree.value_counts()) >= 10
    here, there = (frame.loc[common, "expected"].groupby(degree[common]).mean() for frame in (other, one))
    assert here.to_numpy() == pytest.approx(there.to_numpy(), rel=0.05)
    width = (other["high"] - other["low"]) / (one["high"] - one["low"])
    assert width.median() == pytest.approx(1, abs=0.25)


@pytest.mark.parametrize("measure", ["degree", "constraint", "two_step_reach"])
def test_chances_of_the_top_agree_with_many_draws(both, measure):
    """Within 0.2 for 95 % of people, and as many places."""
    one, other = (frame.loc[measure, "top_tenth"] for frame in both)
    assert (one - other).abs().quantile(0.95) < 0.2
    assert other.sum() == pytest.approx(60)
