"""Membership: sure where kinds are certain, honest where they are open, and bands alike."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from synthetic import settings, staff, ties

from kithwork.people import composition, membership, portfolio, segments, summary
from kithwork.ties import kinds


def two_groups(strength: list[float], people: int = 100):
    """Half of the people hold friends, half hold work, a few of each across; each sign makes a tie of its kind with a
    chance from this range. Everybody's ties are to the next few of their half."""
    rng = np.random.default_rng(1)
    half, pairs = people // 2, {}
    for i in range(people):
        for step in range(1, int(rng.integers(4, 8))):
            j = (i + step) % half + (half if i >= half else 0)
            pairs[min(i, j), max(i, j)] = ("friend", "work")[int((i >= half) ^ (rng.random() < 0.1))]
    signs = {"personal": {"friend": strength}, "functional": {"work": strength}}
    set_to = settings(signs, people={"resamples": 20, "most_segments": 3})
    frame = ties(pairs).assign(signs=[pairs[pair] for pair in sorted(pairs)])
    everybody = staff([None] * people)
    frame = kinds.probabilities(frame, set_to, np.random.default_rng(2))
    placed = composition.placed(portfolio.portfolios(frame, everybody, set_to), set_to)
    return frame, everybody, placed, segments.segment(placed, set_to)


def test_certain_kinds_give_the_models_own_chances():
    """Where every tie's kind is certain all draws are alike: membership is the chance under the model."""
    frame, everybody, placed, found = two_groups([1.0, 1.0])
    assert found.supported
    chances = membership.membership(frame, everybody, placed, found, np.random.default_rng(3))
    assert chances == pytest.approx(found.chances, abs=1e-9)


def test_open_kinds_make_membership_less_sure():
    """Ties that may be of a kind or not blur where people belong; rows stay shares."""
    frame, everybody, placed, found = two_groups([0.5, 0.9])
    assert found.supported
    chances = membership.membership(frame, everybody, placed, found, np.random.default_rng(3))
    assert chances.sum(axis=1) == pytest.approx(1)
    assert chances.max(axis=1).mean() < found.chances.max(axis=1).mean() - 0.005


def test_bands_have_membership_too():
    """Where no segments are supported, the share of draws that put a person in the band."""
    rng = np.random.default_rng(4)
    pairs = {tuple(sorted(rng.choice(40, 2, replace=False).tolist())): "friend" for _ in range(200)}
    signs = {"personal": {"friend": [0.3, 0.7]}, "functional": {"work": [0.5, 0.5], "any": [0.3, 0.6]}}
    set_to, everybody = settings(signs, people={"resamples": 20, "most_segments": 2}), staff([None] * 40)
    frame = kinds.probabilities(ties(pairs).assign(signs="friend"), set_to, rng)
    placed = composition.placed(portfolio.portfolios(frame, everybody, set_to), set_to)
    found = segments.segment(placed, set_to)
    assert not found.supported
    chances = membership.membership(frame, everybody, placed, found, rng)
    assert chances.sum(axis=1) == pytest.approx(1)
    assert 0.4 < chances.max(axis=1).mean() < 1
    called = summary.names(placed, found)
    assert summary.segments(placed, called, chances, found)["segment"].value_counts().max() <= len(placed.people) // 3 + 1
    assert (summary.segments(placed, called, chances, found)["mixed"] == 0).all()


def test_nobody_placed_has_no_membership():
    """No rows, no error."""
    nobody = composition.Placed(pd.DataFrame({"person_id": []}), (), np.empty((0, 2)), np.zeros(2), np.ones(2))
    found = segments.segment(nobody, settings())
    none = membership.membership(ties([]), staff(["A"]), nobody, found, np.random.default_rng(1))
    assert summary.segments(nobody, summary.names(nobody, found), none, found).empty
