"""From which groups a start goes far."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from scipy import sparse
from synthetic import settings, staff

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
    """The planted order: hub over everybody, whoever is cut off or on the rim below."""
    reached = found()
    by = dict(zip(reached.groups, reached.reached.mean(axis=1), strict=True))
    assert by["Hub"] > 2 * reached.everybody.mean()
    assert by["Rim"] < by["Hub"]
    assert by["Few"] == 0


def test_reach_by_hand():
    """Three of eight who heed one another are .43 of the ties of each of the five others: no more than five of the 47 can
    be reached. Four starters leave 4 of 46, who all follow in the next week; where weeks pass before, it is less."""
    cut_off = found().groups.index("Cut off")
    assert 0 < found().reached[cut_off].max() <= 5 / 47
    assert found(size=4, follow=1.0).reached[cut_off] == pytest.approx(np.full(200, 4 / 46))
    assert found(size=4, follow=1 / 15).reached[cut_off].mean() < 4 / 46 * 0.8


def test_small_units_start_whole():
    """Two people are two starters of three; what they reach counts those who are left."""
    frame = claimed()
    assert "2 people of Few" in frame.loc["change.start_in.Few", "label"]
    assert frame.loc["change.start_in.Few", "people"] == 2


def test_where_all_adopt_alone_no_group_leads():
    """With everybody adopting at once of their own accord, all reach is complete and no lead is found."""
    frame = claimed(alone=1.0)
    assert frame.loc[frame["measure"] == "change.start_in", "estimate"].tolist() == pytest.approx([100] * 4)
    assert frame.loc[frame["measure"] == "change.start_in_lead", "estimate"].tolist() == pytest.approx([0] * 4)


def test_leads_are_told_within_worlds():
    """The hub leads for certain; its reach stands beside that of as many drawn from everybody, one for all."""
    frame = claimed()
    assert frame.loc["change.start_in_lead.Hub", "low"] > 0
    assert frame.loc["change.start_in_lead.Few", "high"] < 0
    assert frame.loc[frame["measure"] == "change.start_in", "reference"].nunique() == 1
    lead = frame.loc["change.start_in.Hub", "estimate"] - frame.loc["change.start_in.Hub", "reference"]
    assert frame.loc["change.start_in_lead.Hub", "estimate"] == pytest.approx(lead)
    assert set(frame["scope"]) == {"group"}
    assert frame.loc["change.start_in.Rim", "people"] == 30


def test_people_without_a_unit_start_among_everybody_only():
    """No claim about them."""
    assert set(claimed()["group"]) == {"Hub", "Rim", "Cut off", "Few"}


def test_more_starters_than_people_leave_nobody_to_reach():
    """Everybody starts: nobody is left, and reach is 0."""
    assert found(size=60).everybody.max() == 0


def test_same_seed_same_reach():
    """Two runs give the same figures; the settings' ranges are drawn where nothing is given."""
    net, people = network(), staff(UNITS)
    one, other = (places(net, people, np.zeros(50), 3, SET_TO, np.random.default_rng(5)) for _ in range(2))
    assert (one.reached == other.reached).all()
    assert one.reached.shape == (4, 200)
