"""Ranks come with their chance: seats at the edge by hand, chances as shares of networks, and what they add up to."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from kithwork.network import ranks

VALUES = st.lists(st.sampled_from([0.0, 1.0, 2.0, 5.0, 5.0 + 1e-13, np.nan]), min_size=1, max_size=60)


def degree(net):
    """Ties of each person."""
    return np.asarray(net.sum(axis=0))


def star(people: int):
    """Person 0 tied to all others."""
    net = np.zeros((people, people))
    net[0, 1:] = net[1:, 0] = 1
    return sparse.csr_array(net)


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        ([5, 4, 3, 2, 1], 0.4, [1, 1, 0, 0, 0]),
        ([5, 4, 4, 4, 1], 0.4, [1, 1 / 3, 1 / 3, 1 / 3, 0]),
        ([1, 1, 1, 1], 0.5, [0.5] * 4),
        ([np.nan, 2, np.nan], 0.9, [0, 1, 0]),
        ([3, np.nan, 2, 1], 0.5, [1, 0, 1, 0]),
        ([0.1 + 0.2, 0.3, 0.0], 0.3, [0.5, 0.5, 0]),
    ],
)
def test_seats_by_hand(values, share, expected):
    """Who is above the edge is in, who is level at it shares the places left, who has no value is out."""
    assert ranks.seats(np.array(values, dtype=float), share) == pytest.approx(expected)


@given(VALUES, st.floats(0.01, 1))
def test_seats_are_a_chance_and_fill_the_places(values, share):
    """In 0–1, a higher value never a smaller seat, and as many in all as there are places or people with a value."""
    values = np.array(values)
    found = ranks.seats(values, share)
    assert ((found >= 0) & (found <= 1)).all()
    assert found.sum() == pytest.approx(min(max(round(len(values) * share), 1), np.isfinite(values).sum()))
    known = np.isfinite(values)
    order = np.argsort(np.round(values[known], 9), kind="stable")
    assert (np.diff(found[known][order]) >= -1e-12).all()


def test_seats_are_what_lots_give():
    """Lots cast among those level, 4,000 times: each is at the top as often as its seat says."""
    values, rng = np.array([3.0, 2, 2, 2, 1, 0]), np.random.default_rng(1)
    lots = np.array([np.argsort(np.argsort(-values + rng.random(6) / 2)) < 3 for _ in range(4000)])
    assert lots.mean(axis=0) == pytest.approx(ranks.seats(values, 0.5), abs=0.03)


def test_ranks_share_and_leave_the_unknown_last():
    """Two level at the top are both 1.5; no value is the last place."""
    assert ranks.ranks(np.array([2.0, 7.0, np.nan, 7.0])).tolist() == [3, 1.5, 4, 1.5]


def test_chances_are_shares_of_networks():
    """Person 0 is the hub in three networks of four, person 1 in one: P is .75 and .25, their ranks 1 to 2 and beyond."""
    nets = [star(10)] * 3 + [star(10)[[1, 0, *range(2, 10)]][:, [1, 0, *range(2, 10)]]]
    found = ranks.chances(nets, {"degree": degree}).set_index("person")
    assert found["p_top"].tolist() == [0.75, 0.25] + [0.0] * 8
    assert found.loc[0, "rank_low"] == 1
    assert found.loc[0, "rank_high"] > 5


def test_chances_do_not_depend_on_the_order_of_people():
    """People in another order have the same chances."""
    rng = np.random.default_rng(2)
    net = sparse.csr_array((rng.random((30, 30)) < 0.1).astype(float))
    other = rng.permutation(30)
    one = ranks.chances([net], {"degree": degree})["p_top"].to_numpy()
    two = ranks.chances([net[other][:, other]], {"degree": degree})["p_top"].to_numpy()
    assert two == pytest.approx(one[other])


def test_drawn_networks_hold_the_ties_that_are_there():
    """A tie of P .8 is in four networks of five; each network is symmetric and has no other ties."""
    rng, a, b = np.random.default_rng(3), np.array([0, 1, 2]), np.array([1, 2, 3])
    nets = list(ranks.drawn(a, b, 5, (rng.random(3) < [0.8, 0.2, 1.0] for _ in range(600))))
    mean = sum(nets).toarray() / len(nets)
    assert (mean == mean.T).all()
    assert mean[a, b] == pytest.approx([0.8, 0.2, 1], abs=0.06)
    assert mean.sum() == pytest.approx(2 * mean[a, b].sum())


def test_a_certain_hub_of_a_contact_network_stays_the_top():
    """A tenth of a star's ties unrecorded leaves its centre where it is; among the level others the place is nobody's."""
    nets = list(ranks.thinned(star(41), 50, np.random.default_rng(4)))
    assert {net.nnz for net in nets} == {72}
    found = ranks.chances(nets, {"degree": degree}, 0.02)["p_top"]
    assert found[0] == 1
    assert found[1:].max() == 0


@given(st.integers(1, 30_000), st.integers(0, 1_000_000))
def test_larger_networks_are_drawn_less_often(people, ties):
    """Between 20 and 100, never more for more people or ties."""
    assert ranks.FEWEST <= ranks.draws(people, ties) <= ranks.MOST
    assert ranks.draws(2 * people, ties + 1000) <= ranks.draws(people, ties)
