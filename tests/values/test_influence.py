"""Influence: its examples by hand, pandas and networkx, planted help and rank, and what it needs."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from evidence_of import evidence, person
from sklearn.linear_model import LinearRegression
from synthetic import settings, staff

from kithwork.values import influence
from kithwork.values.evidence import Missing

SIX = staff(["A", "A", "B", "B", "C", "C"], manager_id=[None, *map(person, [0, 0, 2, 0, 4])])
HELPED, HELPED_OTHER, BOTH, NEITHER = 1, 2, 3, 4


def names(pairs) -> list[dict]:
    """Rows of `nominations`: who names whom."""
    return [{"ego_id": person(ego), "alter_id": person(alter), "relation": "work"} for ego, alter in pairs]


def ranked(managers: list[int | None], months: list[float]) -> pd.DataFrame:
    """People with these managers and months in the organisation."""
    above = [None if one is None else person(one) for one in managers]
    return staff([None] * len(managers), manager_id=above, tenure_months=months)


def test_reach_across_by_hand():
    """0 reaches B and C, 1 only B, 2 its own unit twice: one of six; somebody in no unit neither counts nor is counted."""
    people = staff(["A", "A", "A", "B", "C", "C", None])
    found = influence.reach_across(evidence(people, [(0, 3), (0, 4), (0, 5), (1, 3), (2, 0), (2, 1), (2, 6)]))
    assert found.estimate.estimate == pytest.approx(100 / 6)
    assert found.estimate.n == 6


def test_help_beyond_line_by_hand():
    """The docstring's example: three of five who helped are beyond unit and line, beside 72 % of colleagues."""
    said = [(1, 0, "T8", HELPED), (1, 3, "T8", BOTH), (1, 4, "T8", HELPED), (3, 0, "T8", HELPED), (3, 5, "T8", HELPED)]
    found = influence.help_beyond_line(evidence(SIX, said=said))
    assert found.estimate.estimate == pytest.approx(60)
    assert found.reference == pytest.approx(72)
    assert found.estimate.n == 2


def test_help_given_and_help_of_parties_is_no_help_of_colleagues():
    """What a person gave, what neither did, and what an outsider did changes nothing; T9 neither."""
    said = [(1, 3, "T8", HELPED), (3, 0, "T8", HELPED)]
    more = [(0, 3, "T8", HELPED_OTHER), (2, 4, "T8", NEITHER), (5, "firm", "T8", HELPED), (5, 0, "T9", 1)]
    found, again = (influence.help_beyond_line(evidence(SIX, said=one)) for one in (said, said + more))
    assert found.estimate == again.estimate
    assert found.estimate.estimate == 50


def test_help_beyond_line_agrees_with_networkx_and_chance():
    """Everybody helped by everybody: the share is that of pairs beyond unit and line, and so is the reference."""
    rng = np.random.default_rng(5)
    managers = [None, *(int(rng.integers(0, i)) for i in range(1, 30))]
    units = rng.choice(["A", "B", "C"], 30).tolist()
    people = staff(units, manager_id=[None if one is None else person(one) for one in managers])
    said = [(i, j, "T8", HELPED) for i in range(30) for j in range(30) if i != j]
    tree = nx.DiGraph([(one, i) for i, one in enumerate(managers) if one is not None])
    line = {i: nx.ancestors(tree, i) | nx.descendants(tree, i) for i in tree}
    beyond = [units[i] != units[j] and j not in line[i] for i, j, *_ in said]
    found = influence.help_beyond_line(evidence(people, said=said))
    assert found.estimate.estimate == pytest.approx(100 * np.mean(beyond))
    assert found.reference == pytest.approx(found.estimate.estimate)


def test_help_beyond_line_recovers_what_was_planted():
    """Colleagues who helped drawn evenly from all, in 200 organisations: 92 to 98 of 100 intervals hold the reference."""
    people = staff(["A", "B", "C"] * 20, manager_id=[None] + [person(0)] * 5 + [person(1 + i % 5) for i in range(54)])
    of, held = evidence(people, resamples=400), []
    for seed in range(200):
        rng = np.random.default_rng(seed)
        drawn = [(person(i), person(j)) for i in range(60) for j in rng.permutation(60)[: rng.integers(2, 6)] if i != j]
        said = pd.DataFrame(drawn, columns=["ego_id", "alter_id"]).assign(question="T8", value=HELPED)
        found = influence.help_beyond_line(replace(of, interpreters=said))
        held.append(found.estimate.low <= found.reference <= found.estimate.high)
    assert 0.92 <= np.mean(held) <= 0.98


def test_beyond_rank_by_hand():
    """The docstring's example: 4/3 of a sum of squares of 4 is left, adjusted 5/12."""
    people = ranked([None, None, None, 0, 1, 2], [12] * 6)
    named = [(1, 0), (2, 0), (3, 0), (0, 1), (2, 1), (4, 1), (5, 2), (0, 3)]
    found = influence.beyond_rank(evidence(people, nominations=names(named)))
    assert found.estimate.estimate == pytest.approx(100 * 5 / 12)
    assert found.estimate.n == 6


def test_beyond_rank_agrees_with_scikit_learn():
    """Adjusted R² of a regression on level and log tenure, people without either left out; parties named do not count."""
    rng = np.random.default_rng(6)
    managers = [None, *(int(rng.integers(0, i)) for i in range(1, 40))]
    people = ranked(managers, [*rng.integers(0, 200, 38).astype(float), None, None])
    pairs = {(int(i), int(j)) for i, j in rng.integers(0, 40, (150, 2)) if i != j}
    found = influence.beyond_rank(evidence(people, nominations=names([*pairs, (3, "firm")])))
    depth = [0] * 40
    for i, one in enumerate(managers):
        depth[i] = 0 if one is None else depth[one] + 1
    by = np.column_stack([depth, np.log1p(people["tenure_months"])])[:38]
    values = np.log1p(np.bincount([j for _, j in pairs], minlength=40))[:38]
    r2 = LinearRegression().fit(by, values).score(by, values)
    assert found.estimate.estimate == pytest.approx(min(100 * (1 - r2) * 37 / 35, 100))


def test_beyond_rank_finds_what_rank_accounts_for():
    """Where all name the heads alone, nothing is left; where names are dealt at random, nearly all."""
    people = ranked([None] * 5 + [i % 5 for i in range(55)], [12.0] * 60)
    heads = [(i, head) for i in range(60) for head in range(5) if i != head]
    planted = influence.beyond_rank(evidence(people, nominations=names(heads))).estimate
    assert planted.high < 2
    rng = np.random.default_rng(7)
    dealt = {(i, int(j)) for i in range(60) for j in rng.permutation(60)[:5] if i != j}
    random = influence.beyond_rank(evidence(people, nominations=names(dealt))).estimate
    assert random.estimate > 90
    assert random.low > 60


def test_as_answered_by_hand():
    """The docstring's example: 50 and 100."""
    answers = [(0, "V7a", 2), (0, "V7b", 4), *((1, f"V7{item}", 5) for item in "abc")]
    assert influence.as_answered(evidence(SIX, answers=answers)).estimate.estimate == 75


def test_without_its_sources_it_says_what_it_needs():
    """No ties or units, no T8, no managers, no names or none with direction, no tenure, all named alike."""
    ties, units = "ties between people of known units", "a staff list with at least three units"
    assert influence.reach_across(evidence(SIX)) == Missing(ties)
    assert influence.reach_across(evidence(staff(["A", "B", "C", None, None]), [(3, 4)])) == Missing(ties)
    assert influence.reach_across(evidence(staff(["A"] * 4), [(0, 1)])) == Missing(units)
    said = [(0, 1, "T8", HELPED), (1, 2, "T8", HELPED)]
    assert influence.help_beyond_line(evidence(SIX)) == Missing("survey question T8 about each person named")
    flat = evidence(staff(["A", "B", "B"]), said=said)
    assert influence.help_beyond_line(flat) == Missing("a staff list with units and managers")
    nobody = evidence(SIX, said=[(0, 1, "T8", NEITHER)])
    assert "people who were helped" in influence.help_beyond_line(nobody).needs
    people = ranked([None, 0, 0, 1, 1, 2], [1.0, 2, 3, 4, 5, 6])
    asked = Missing("survey questions in which people name colleagues, with who named whom")
    assert influence.beyond_rank(evidence(people)) == asked
    listed = Missing("a staff list with managers and time in the organisation")
    assert influence.beyond_rank(evidence(SIX, nominations=names([(0, 1)]))) == listed
    ring = names([(i, (i + 1) % 6) for i in range(6)])
    assert "more often" in influence.beyond_rank(evidence(people, nominations=ring)).needs


def test_names_without_direction_are_not_counted():
    """Where the client's names do not say who named whom, being named means nothing."""
    people = ranked([None, 0, 0, 1, 1, 2], [1.0, 2, 3, 4, 5, 6])
    of = evidence(people, nominations=names([(0, 1), (2, 1)]))
    blind = replace(of, settings=settings(engagement={"directed": False}))
    assert isinstance(influence.beyond_rank(blind), Missing)
