"""From which groups a start goes far."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from scipy import sparse
from synthetic import settings, staff

from kithwork.change import places as places_module
from kithwork.change.assumptions import Assumptions
from kithwork.change.places import places
from kithwork.claims import Ledger

SET_TO = settings(change={"weeks": 30, "worlds": 200})
UNITS = ["Hub"] * 6 + ["Rim"] * 30 + ["Cut off"] * 8 + ["Few"] * 2 + [None] * 4


def network() -> sparse.csr_array:
    """All on the rim heed two of the hub; those cut off heed one another alone."""
    net = nx.empty_graph(50)
    net.add_edges_from((6 + rim, (rim + step) % 6) for rim in range(30) for step in (0, 1))
    net.add_edges_from(nx.complete_graph(range(36, 44)).edges)
    return nx.to_scipy_sparse_array(net, weight=None, dtype=float, nodelist=range(50)).tocsr()


def assumed(worlds: int, alone: float = 0.0, follow: float = 0.9) -> Assumptions:
    """All follow soon, once half of their ties have adopted or about."""
    values = {"alone": alone, "readiness": 0.0, "follow": follow, "enough": 0.4, "spread": 0.05, "pass_on": 0.1}
    return Assumptions(**{name: np.full(worlds, value) for name, value in values.items()})


def found(size: int = 3, seed: int = 1, worlds: int = 200, **changes: float):
    """What a start in each unit reaches."""
    given = assumed(worlds, **changes)
    return places(network(), staff(UNITS), np.zeros(50), size, SET_TO, np.random.default_rng(seed), given)


def claimed(**changes):
    """The claims by id."""
    ledger = Ledger("change")
    found(**changes).claims(ledger)
    return ledger.frame().set_index("id")


def test_a_start_in_the_hub_goes_farther_than_one_at_the_rim():
    """The planted order: the hub over a start spread over all, whoever is cut off or on the rim below; two tied to nobody
    add nothing."""
    reached = found()
    by = dict(zip(reached.groups, reached.added.mean(axis=1), strict=True))
    assert by["Hub"] > 2 * reached.spread.mean()
    assert max(by["Rim"], by["Cut off"]) < reached.spread.mean()
    assert by["Few"] == 0


def test_what_a_start_adds_by_hand():
    """Three of eight who heed one another are .43 of the ties of each of the five others: at most five of 47 can be won.
    Four starters win the four others of 46 in the next week, all 30 weeks of theirs, a quarter of it for each starter."""
    cut_off = found().groups.index("Cut off")
    assert 0 < found().added[cut_off].max() <= 5 / 47 / 3
    assert found(size=4, follow=1.0).added[cut_off] == pytest.approx(np.full(200, 4 / 46 / 4))
    assert found(size=4, follow=1 / 15).added[cut_off].mean() < 4 / 46 / 4 * 0.8


def test_small_units_start_whole():
    """Two people are two starters of three; the gate counts them."""
    frame = claimed()
    assert "2 people of Few" in frame.loc["change.start_in.Few", "label"]
    assert frame.loc["change.start_in.Few", "people"] == 2


def test_where_all_adopt_alone_a_start_adds_nothing():
    """With everybody adopting at once of their own accord there is nothing to add, and nothing is claimed."""
    assert found(alone=1.0).added.max() == 0
    assert claimed(alone=1.0).empty


def test_groups_are_held_against_one_another():
    """The hub goes farther and the cut off less far than groups do; weighted by their people the groups come to 1."""
    frame = claimed()
    assert frame.loc["change.start_in.Hub", "low"] > 1.5
    assert frame.loc["change.start_in.Cut off", "high"] < 1
    weights = frame.loc[frame["scope"] == "group", "people"]
    assert np.average(frame.loc[weights.index, "estimate"], weights=weights) == pytest.approx(1)
    assert set(frame["reference"]) == {1}
    assert frame.loc["change.start_spread", "people"] == 46


def test_the_interval_of_a_ratio_is_that_of_resampled_worlds():
    """Against a bootstrap over worlds: the same ends but for a twentieth of the width."""
    reached, rng = found(), np.random.default_rng(2)
    hub = reached.added[reached.groups.index("Hub")]
    picks = rng.integers(0, 200, (4000, 200))
    low, high = np.percentile(hub[picks].mean(axis=1) / reached.typical[picks].mean(axis=1), [2.5, 97.5])
    row = claimed().loc["change.start_in.Hub"]
    assert [row["low"], row["high"]] == pytest.approx([low, high], abs=0.05 * (high - low) + 0.01)


def test_people_without_a_unit_start_among_everybody_only():
    """No claim about them."""
    assert set(claimed()["group"].dropna()) == {"Hub", "Rim", "Cut off", "Few"}


def test_more_starters_than_people_leave_nobody_to_reach():
    """Everybody starts: nobody is left, and nothing is added."""
    assert found(size=60).spread.max() == 0


def test_same_seed_same_reach():
    """Two runs give the same figures; the settings' ranges are drawn where nothing is given."""
    net, people = network(), staff(UNITS)
    one, other = (places(net, people, np.zeros(50), 3, SET_TO, np.random.default_rng(5)) for _ in range(2))
    assert (one.added == other.added).all()
    assert one.added.shape == (4, 200)


def test_many_people_and_groups_are_played_in_fewer_worlds(monkeypatch):
    """As many as are meant for all together, at least the fewest; what is found is the same but for its error."""
    all_ = found()
    monkeypatch.setattr(places_module, "PLAYED", 50 * 4 * 60)
    few = found()
    assert few.added.shape == (4, 60)
    assert few.added.mean(axis=1) == pytest.approx(all_.added.mean(axis=1), abs=0.01)
    monkeypatch.setattr(places_module, "PLAYED", 1)
    assert found().added.shape[1] == places_module.FEWEST


def test_of_many_groups_the_largest_are_tried(monkeypatch):
    """In the order of their names, held against one another alone."""
    monkeypatch.setattr(places_module, "MOST", 2)
    largest = found()
    assert largest.groups == ["Cut off", "Rim"]
    assert largest.people.tolist() == [8, 30]
    assert largest.added.shape[0] == 2
    assert largest.told == "the 2 with most people, of 4"
    tried = claimed().loc["change.start_tried"]
    assert (tried["estimate"], tried["reference"]) == (2, 4)


def test_of_all_groups_none_is_said_to_be_left_out():
    """Nothing is told of how many were tried where all were."""
    assert found().told == ""
    assert "change.start_tried" not in claimed().index
