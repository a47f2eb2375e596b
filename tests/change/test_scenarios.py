"""Ways to start, played in the same worlds: by hand, paired, and against what later happened in simulated organisations."""

from __future__ import annotations

import dataclasses

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic import settings, staff

from kithwork.change import ahead, assumptions, scenario_claims, scenarios
from kithwork.change.diffusion import NEVER, Worlds
from kithwork.change.starts import CALLED, Missing
from kithwork.chapters import Scenario
from kithwork.claims import Ledger
from kithwork.simulation import adoption

NOBODY = np.zeros(0, dtype=np.intp)


def net_of(graph: nx.Graph):
    """The ties of a graph, each counting fully."""
    return nx.to_scipy_sparse_array(graph, dtype=float, format="csr")


def certain(people: int, worlds: int, pass_on: float = 1.0) -> ahead.Ahead:
    """Worlds without chance: nobody adopts alone, half of one's ties is enough, everybody follows after a week."""
    shape = (worlds, people)
    fixed = Worlds(np.full(shape, NEVER, dtype=np.int16), np.full(shape, 0.5), np.ones(shape, dtype=np.int16))
    given = {name: np.full(worlds, pass_on) for name in ahead.NAMES}
    return ahead.Ahead(lambda campaign: fixed, assumptions.Assumptions(**given), "fixed by hand")


def drawn(people: int, seed: int = 1, **changes) -> ahead.Ahead:
    """A hundred worlds of the stated ranges."""
    set_to = settings(change={"worlds": 100} | changes)
    return ahead.assumed(np.zeros(people), set_to, np.random.default_rng(seed))


def play(graph: nx.Graph, starts: dict, worlds: ahead.Ahead, weeks: int = 10, adopted=None, campaigns=None):
    """Scenarios on a graph; `campaigns` by name."""
    net, n = net_of(graph), graph.number_of_nodes()
    asked = {name: Scenario(start="random", campaign=(campaigns or {}).get(name, 1)) for name in starts}
    adopted = np.zeros(n, dtype=bool) if adopted is None else adopted
    return scenarios.play(net, staff([None] * n), starts, adopted, worlds, asked, weeks, np.random.default_rng(3))


def test_a_path_by_hand():
    """On a path of five, begun at its end, one more adopts each week; begun in the middle, two, so that .2, .4 and .2 more
    have in three weeks; a cascade reaches all."""
    found = play(nx.path_graph(5), {"end": np.array([0]), "middle": np.array([2])}, certain(5, 3), weeks=3)
    assert found.played["end"].shares[0] == pytest.approx([0.2, 0.4, 0.6, 0.8])
    assert found.played["middle"].shares[0] == pytest.approx([0.2, 0.6, 1, 1])
    assert found.leads["middle"] == pytest.approx([0.8 / 3] * 3)
    assert found.played["end"].passed_on == pytest.approx([0.8] * 3)


def test_who_has_adopted_stays_so_and_counts():
    """The left half of a path of six has adopted: it pulls its neighbour along, and counts from week 0; in a cascade it has
    had its say."""
    adopted = np.arange(6) < 3
    found = play(nx.path_graph(6), {"none": NOBODY, "last": np.array([5])}, certain(6, 2), weeks=3, adopted=adopted)
    assert found.played["none"].shares[0] == pytest.approx([3 / 6, 4 / 6, 5 / 6, 1])
    assert found.played["none"].passed_on is None
    assert found.played["last"].shares[0, 0] == pytest.approx(4 / 6)
    assert found.played["last"].passed_on == pytest.approx([1, 1])


@given(st.integers(0, 10_000))
def test_lead_of_a_scenario_over_itself_is_nothing(seed):
    """The same start under two names: not only on average, in every world the two come to exactly the same."""
    graph, who = nx.gnp_random_graph(25, 0.15, seed=seed), np.array([1, 4, 7])
    worlds = drawn(25, seed)
    found = play(graph, {"one": who, "two": who}, worlds)
    assert (found.leads["two"] == 0).all()
    assert (found.played["one"].passed_on == found.played["two"].passed_on).all()


@given(st.integers(0, 10_000), st.integers(1, 8))
def test_more_starters_never_lower_a_curve(seed, more):
    """In no world and no week has fewer people adopted where somebody starts besides, or a campaign is on."""
    graph, order = nx.gnp_random_graph(25, 0.15, seed=seed), np.random.default_rng(seed).permutation(25)
    worlds = drawn(25, seed)
    starts = {"few": order[:2], "more": order[: 2 + more], "loud": order[:2]}
    found = play(graph, starts, worlds, campaigns={"loud": 3})
    few = found.played["few"]
    assert (found.played["more"].shares >= few.shares).all()
    assert (found.played["more"].passed_on >= few.passed_on).all()
    assert (found.played["loud"].shares >= few.shares).all()


def test_each_world_may_have_its_own_starters():
    """One world begins at the end of a path, the other in its middle; the first row of starters is not listed as theirs."""
    each = np.array([[True, False, False, False, False], [False, False, True, False, False]])
    found = play(nx.path_graph(5), {"random": each}, certain(5, 2), weeks=2)
    assert found.played["random"].shares == pytest.approx(np.array([[0.2, 0.4, 0.6], [0.2, 0.6, 1]]))
    assert found.played["random"].passed_on == pytest.approx([0.6, 1])
    assert (found.played["random"].size, len(found.starters)) == (1, 0)


def test_a_planted_hub_leads():
    """One person to whom all others are tied, and only they, goes further than one of these in most worlds, and by far."""
    worlds = drawn(60)
    found = play(nx.star_graph(59), {"leaf": np.array([5]), "hub": np.array([0])}, worlds, weeks=26)
    assert (found.leads["hub"] > 0).mean() > 0.8
    assert np.median(found.leads["hub"]) > 0.3


def test_curves_rise_within_their_range():
    """Each week's median lies within its range, no week below the one before; the table has every scenario and week."""
    worlds = drawn(40)
    table = play(nx.gnp_random_graph(40, 0.1, seed=2), {"b": np.array([0]), "a": np.array([1])}, worlds).table
    assert ((table["low"] <= table["median"]) & (table["median"] <= table["high"])).all()
    assert (table.groupby("scenario")[["low", "median", "high"]].diff().dropna() >= 0).all(axis=None)
    assert table.groupby("scenario")["week"].apply(list).to_dict() == {name: list(range(11)) for name in "ab"}


def test_what_cannot_be_started_gives_no_claim_but_its_reason():
    """The reason is kept; the others are held against the first that could be played; no table row, no claim."""
    worlds = drawn(20)
    starts = {"managers": Missing("A manager."), "one": np.array([0]), "two": np.array([0, 1])}
    found = play(nx.cycle_graph(20), starts, worlds)
    ledger = Ledger("change")
    scenario_claims.claims(found, ledger)
    frame = ledger.frame()
    assert (found.missing, found.first) == ({"managers": "A manager."}, "one")
    assert not frame["id"].str.contains("managers").any()
    assert {"change.scenario_lead.two", "change.scenario.one"} <= set(frame["id"])
    assert set(found.starters["scenario"]) == {"one", "two"}


def test_where_nothing_can_be_started_there_is_nothing():
    """No scenario at all: empty tables, an empty ledger."""
    worlds = drawn(20)
    found = play(nx.cycle_graph(20), {"managers": Missing("A manager.")}, worlds)
    ledger = Ledger("change")
    scenario_claims.claims(found, ledger)
    assert (len(ledger.frame()), len(found.table), len(found.starters)) == (0, 0, 0)


def claimed(seed: int = 1) -> pd.DataFrame:
    """Claims of three scenarios on a graph of forty."""
    worlds = drawn(40, seed)
    random = np.random.default_rng(seed).permuted(np.tile(np.arange(40) < 4, (100, 1)), axis=1)
    starts = {"random": random, "few": np.array([1, 2]), "loud": NOBODY}
    ledger = Ledger("change")
    scenario_claims.claims(play(nx.gnp_random_graph(40, 0.1, seed=2), starts, worlds, 26, campaigns={"loud": 2}), ledger)
    return ledger.frame()


def test_claims_are_those_of_scenarios():
    """Each is of the whole organisation; a curve has few points; a cascade nobody starts is not claimed; two runs are
    the same."""
    frame = claimed()
    assert set(frame["scope"]) == {"scenario"}
    assert set(frame["n"]) == {40}
    ids = frame["id"].str.removeprefix("change.")
    assert {f"scenario.{name}" for name in ("random", "few", "loud")} <= set(ids)
    assert {one for one in ids if one.startswith("scenario_cascade")} == {"scenario_cascade.random", "scenario_cascade.few"}
    assert ids.str.startswith("curve.few.").sum() == 14
    assert {"curve.few.0", "curve.few.26"} <= set(ids)
    assert not {"scenario_lead.random", "scenario_ahead.random"} & set(ids)
    pd.testing.assert_frame_equal(frame, claimed())


def test_a_start_by_few_is_about_those_few():
    """What two people's start comes to could tell about the two, a start drawn in each world about all who are ever drawn,
    and nobody's about everybody: the gate counts these."""
    frame = claimed()
    few = frame["measure"].str.contains(r"\.few\b")
    assert few.any()
    assert set(frame.loc[few, "people"]) == {2}
    assert set(frame.loc[frame["measure"].str.contains(r"\.(?:random|loud)\b"), "people"]) == {40}
    against = play(nx.cycle_graph(20), {"few": np.array([1, 2]), "nobody": NOBODY}, drawn(20))
    ledger = Ledger("change")
    scenario_claims.claims(against, ledger)
    assert set(ledger.frame()["people"]) == {2}


def test_last_point_of_a_curve_is_the_scenario():
    """What is claimed of the end stands in the curve too, to the last digit."""
    frame = claimed().set_index("id")
    columns = ["estimate", "low", "high"]
    pd.testing.assert_series_equal(
        frame.loc["change.curve.few.26", columns], frame.loc["change.scenario.few", columns], check_names=False
    )


def test_method_says_what_was_assumed_with_its_ranges():
    """A reader finds each range beside the figure, and who starts in its label."""
    row = claimed().set_index("id").loc["change.scenario.loud"]
    assert "share of ties that is enough 0.15 to 0.45" in row["method"]
    assert "2 times as likely" in row["label"]
    assert row["reference_label"].startswith("if 4 people drawn at random")


def test_what_the_lead_hangs_on_is_found():
    """Where only the delay differs between worlds, the lead goes with `follow`; what does not differ is not claimed."""
    fixed = {name: [0.3, 0.3] for name in ("alone", "enough", "pass_on")} | {"readiness": [0.0, 0.0], "spread": [0.1, 0.1]}
    stated = fixed | {"alone": [0.001, 0.001], "follow": [0.01, 0.5]}
    worlds = drawn(60, assumed=stated)
    ledger = Ledger("change")
    starts = {"leaf": np.array([5]), "hub": np.array([0])}
    scenario_claims.claims(play(nx.star_graph(59), starts, worlds, weeks=8), ledger)
    frame = ledger.frame().set_index("id")
    assert [one for one in frame.index if ".sensitive." in one] == ["change.sensitive.follow"]
    assert frame.loc["change.sensitive.follow", "low"] > 0.8


def test_fan_of_true_assumptions_holds_what_came_about(world):
    """Simulated spreads of a change with known parameters: at four points in time some 95 of 100 lie in the range that the
    same parameters give, which the simulation knows nothing of."""
    minds, bonds, knobs, weeks = world.minds, world.bonds, world.knobs, 24
    n, rng = len(world.org), np.random.default_rng(9)
    org = dataclasses.replace(world.org, people=world.org.people.assign(joined_week=0, left_week=99))
    net = nx.Graph()
    net.add_nodes_from(range(n))
    net.add_edges_from(zip(bonds.ties["a"], bonds.ties["b"], strict=True))
    scale = float(minds.readiness.std())
    true = {"alone": knobs.spontaneous, "follow": knobs.contagion, "enough": 1 / 3, "spread": np.sqrt(2 / 63)}
    stated = {name: [value, value] for name, value in (true | {"readiness": scale, "pass_on": 0.1}).items()}
    set_to = settings(change={"worlds": 400, "assumed": stated})
    begun = play(net, {"nobody": NOBODY}, ahead.assumed(minds.readiness / scale, set_to, rng), weeks)
    inside = []
    for _ in range(100):
        drawn_anew = dataclasses.replace(minds, threshold=rng.beta(2, 4, n))
        when = adoption.weeks_of_adoption(org, bonds, drawn_anew, adoption.LAUNCH + weeks, knobs, rng)
        came = np.array([((when >= 0) & (when < adoption.LAUNCH + week)).mean() for week in (6, 12, 18, 24)])
        rows = begun.table.set_index("week").loc[[6, 12, 18, 24]]
        inside.append((rows["low"].to_numpy() - 1e-9 <= came) & (came <= rows["high"].to_numpy() + 1e-9))
    assert (np.mean(inside, axis=0) >= 0.89).all()


@pytest.mark.parametrize("start", CALLED)
def test_a_label_tells_how_many_start(start):
    """The number that stands in it, whichever way it names; none where nobody starts."""
    label = f"Share of people after 26 weeks, if {CALLED[start].format(17)} start"
    assert scenario_claims.size_of(label) == (None if start == "nobody" else 17)
