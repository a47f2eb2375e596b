"""Portfolios: by hand on a few ties, and shares of groups with intervals that hold them."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from synthetic import settings, staff, ties

from kithwork.people import breadth
from kithwork.people.portfolio import portfolios, shares
from kithwork.tables import PORTFOLIOS
from kithwork.ties import kinds

SIGNS = {"personal": {"friend": [0.5, 0.5]}, "functional": {"work": [1.0, 1.0]}, "strategic": {"learn": [0.2, 0.2]}}


def typed(pairs: dict[tuple[int, int], str], signs: dict = SIGNS) -> pd.DataFrame:
    """Ties with their signs and probabilities."""
    frame = ties(pairs)
    order = sorted((min(a, b), max(a, b)) for a, b in pairs)
    frame = frame.assign(signs=[pairs[pair] for pair in order])
    return kinds.probabilities(frame, settings(signs), np.random.default_rng(1))


def test_portfolio_by_hand():
    """0 holds work+friend (1 and 0.5) and learn (0.2): shares 0.5/1.7, 1/1.7, 0.2/1.7 of an expected 1.7 ties."""
    people = staff(["A", "A", "B", "B"])
    frame = portfolios(typed({(0, 1): "friend+work", (0, 2): "learn"}), people, settings(SIGNS))
    first = frame.loc[0]
    assert first["ties"] == 2
    assert first[["personal_ties", "functional_ties", "strategic_ties"]].tolist() == pytest.approx([0.5, 1, 0.2])
    assert first[["personal_share", "functional_share", "strategic_share"]].tolist() == pytest.approx(
        [0.5 / 1.7, 1 / 1.7, 0.2 / 1.7]
    )
    assert frame.loc[3, ["personal_share", "functional_share", "strategic_share"]].isna().all()
    assert frame["person_id"].tolist() == people["person_id"].tolist()


def test_portfolios_fulfil_their_contract():
    """On a random organisation: one row a person, shares of those with ties sum to one."""
    net = nx.gnp_random_graph(30, 0.2, seed=2)
    signs = {(a, b): ("friend", "work", "learn+work")[(a + b) % 3] for a, b in net.edges}
    people, found = staff(["A", "B", None] * 10), typed(signs).assign(contacts=1.0)
    named = pd.DataFrame({"ego_id": found["a_id"], "alter_id": found["b_id"], "relation": "work"})
    frame = portfolios(found, people, settings(SIGNS)).join(
        breadth.spread(found, people, named, named["ego_id"], directed=True)
    )
    frame = PORTFOLIOS.checked(frame)
    shared = frame[[f"{kind}_share" for kind in ("personal", "functional", "strategic")]]
    assert shared.dropna().sum(axis=1).to_numpy() == pytest.approx(1)
    assert frame["ties"].tolist() == [net.degree(i) for i in range(30)]


def test_kind_that_cannot_be_told_has_no_column_of_guesses():
    """Two kinds told: the third's ties and shares are absent, and the two make up the whole."""
    signs = {kind: SIGNS[kind] for kind in ("personal", "functional")}
    frame = portfolios(typed({(0, 1): "friend+work"}, signs), staff(["A"] * 2), settings(signs))
    assert frame[["strategic_ties", "strategic_share"]].isna().all(axis=None)
    assert frame.loc[0, ["personal_share", "functional_share"]].tolist() == pytest.approx([1 / 3, 2 / 3])


def shares_of(pairs, people, signs=SIGNS):
    """Shares by (unit, kind)."""
    found = shares(typed(pairs, signs), people, settings(signs), np.random.default_rng(3))
    return {(None if pd.isna(row.unit) else row.unit, row.kind): row.estimate for row in found.itertuples()}


FIVE = [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3)]
"""Five ties among four people."""


def test_a_groups_share_counts_each_tie_once_per_end_in_it():
    """A holds both ends of five work ties and one end of five learn ties: 10 of 11; B one end of learn: all strategic."""
    pairs = dict.fromkeys(FIVE, "work") | {(person, 5 + person): "learn" for person in range(5)}
    found = shares_of(pairs, staff(["A"] * 5 + ["B"] * 5))
    assert found["A", "functional"].estimate == pytest.approx(10 / 11)
    assert found["B", "strategic"].estimate == 1
    assert found[None, "functional"].estimate == pytest.approx(10 / 12)
    assert (found["A", "functional"].n, found["B", "strategic"].n, found[None, "personal"].n) == (5, 5, 10)


def test_a_group_with_hardly_a_tie_has_no_shares():
    """Four ties in B: nothing is known of how they would differ among people like these."""
    pairs = dict.fromkeys(FIVE, "work") | {(4, 5): "learn", (4, 6): "work", (5, 6): "friend", (5, 7): "work"}
    assert {unit for unit, _ in shares_of(pairs, staff(["A"] * 4 + ["B"] * 4))} == {None, "A"}


def test_ranges_of_probabilities_widen_all_groups_alike():
    """What was assumed of a kind is right or wrong for everybody: with a range of weights all intervals are wider."""
    net = nx.gnp_random_graph(60, 0.2, seed=5)
    pairs = {(a, b): ("friend", "work")[(a + b) % 2] for a, b in net.edges}
    certain = {"personal": {"friend": [0.5, 0.5]}, "functional": {"work": [1.0, 1.0]}}
    ranged = {"personal": {"friend": [0.2, 0.8]}, "functional": {"work": [1.0, 1.0]}}
    one, two = (shares_of(pairs, staff([None] * 60), signs)[None, "personal"] for signs in (certain, ranged))
    assert two.high - two.low > 1.5 * (one.high - one.low)
    assert one.estimate == pytest.approx(two.estimate)


def test_shares_sum_to_one_and_hold_their_estimate():
    """For the whole and every group, shares of the kinds are a composition, each inside its interval."""
    net = nx.gnp_random_graph(30, 0.2, seed=4)
    found = shares_of(
        {(a, b): ("friend", "work", "learn")[(a * b) % 3] for a, b in net.edges}, staff(["A"] * 20 + ["B"] * 10)
    )
    for unit in (None, "A", "B"):
        parts = [found[unit, kind] for kind in ("personal", "functional", "strategic")]
        assert sum(part.estimate for part in parts) == pytest.approx(1)
        assert all(0 <= part.low <= part.estimate <= part.high <= 1 for part in parts)


def test_interval_holds_a_planted_mix():
    """Ties of a known mix of kinds, drawn anew in 12 organisations: the share's interval holds the mix in at least 9."""
    signs = {"personal": {"friend": [1.0, 1.0]}, "functional": {"work": [1.0, 1.0]}}
    held = 0
    for seed in range(12):
        rng = np.random.default_rng(seed)
        net = nx.gnp_random_graph(40, 0.15, seed=seed)
        pairs = {pair: "friend" if rng.random() < 0.4 else "work" for pair in net.edges}
        one = shares_of(pairs, staff([None] * 40), signs)[None, "personal"]
        held += one.low <= 0.4 <= one.high
    assert held >= 9


@pytest.mark.parametrize("signs", [{}, {"functional": {"work": [0.8, 1.0]}}])
def test_fewer_than_two_kinds_are_no_mix(signs):
    """With one kind told, "100 % of the portfolio" would be arithmetic, not a finding: nothing is claimed."""
    assert shares_of({(0, 1): "work"}, staff(["A", "A"]), signs) == {}


def test_group_without_ties_of_any_kind_is_left_out():
    """A unit whose ties show no sign has no shares; the others keep theirs."""
    pairs = dict.fromkeys(FIVE, "work") | {(a + 4, b + 4): "other" for a, b in FIVE}
    found = shares_of(pairs, staff(["A"] * 4 + ["B"] * 4))
    assert {unit for unit, _ in found} == {None, "A"}
