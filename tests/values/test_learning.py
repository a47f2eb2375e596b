"""The learning organisation: its examples by hand, networkx, planted lessons and orders of contact, and what it needs."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise, permutations

import networkx as nx
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from evidence_of import evidence, person
from synthetic import staff

from kithwork.log import Log
from kithwork.values import learning
from kithwork.values.evidence import Missing

MONDAY = pd.Timestamp("2026-01-05", tz="UTC")
SITES = staff([None] * 6, site=["X"] * 4 + ["Y"] * 2)


def mails(rows: list[tuple[int, int, float]]) -> Log:
    """Mails from one to another, so many hours after a Monday."""
    at = pd.Series([MONDAY + pd.Timedelta(hours=hours) for *_, hours in rows], dtype="datetime64[us, UTC]")
    frame = pd.DataFrame({"ego_id": [person(a) for a, *_ in rows], "alter_id": [person(b) for _, b, _ in rows]})
    return Log(held=pa.Table.from_pandas(frame.assign(channel="mail", at=at), preserve_index=False))


def weeks(count: int, pairs: list[tuple[int, int]]) -> Log:
    """Each week the same mails in this order, an hour apart."""
    return mails([(a, b, 168 * week + 9 + hour) for week in range(count) for hour, (a, b) in enumerate(pairs)])


def test_two_step_reach_by_hand():
    """The docstring's example: four in a row."""
    found = learning.two_step_reach(evidence(staff([None] * 4), [(0, 1), (1, 2), (2, 3)]))
    assert found.estimate.estimate == pytest.approx(100 * 10 / 12)
    assert found.spread == pytest.approx(100 * np.std([2 / 3, 1, 1, 2 / 3], ddof=1))


def test_two_step_reach_agrees_with_breadth_first_search():
    """The karate club's mean two-step reach, by networkx; rewired ties reach further, since its factions are closed."""
    net = nx.karate_club_graph()
    found = learning.two_step_reach(evidence(staff([None] * 34), net.edges))
    reach = [(len(nx.single_source_shortest_path_length(net, who, cutoff=2)) - 1) / 33 for who in net]
    assert found.estimate.estimate == pytest.approx(100 * np.mean(reach))
    assert found.spread == pytest.approx(100 * np.std(reach, ddof=1))
    assert found.estimate.low < found.estimate.estimate < found.estimate.high
    assert 0 < found.reference <= 100


def test_news_within_week_by_hand():
    """The docstring's example: one writes to two and then two to three, three of six ordered pairs, in each week."""
    found = learning.news_within_week(evidence(staff([None] * 3), interactions=weeks(5, [(0, 1), (1, 2)])))
    assert found.estimate.estimate == pytest.approx(50)
    assert (found.estimate.low, found.estimate.high, found.estimate.n) == (50, 50, 3)
    assert 100 * 2 / 6 < found.reference < 50


def test_news_within_week_finds_an_order_that_holds_news_up():
    """A chain of six whose last link writes first passes nothing on: less than the same mails at other times; else more."""
    chain = [(i, i + 1) for i in range(5)]
    people = staff([None] * 6)
    on = learning.news_within_week(evidence(people, interactions=weeks(8, chain)))
    back = learning.news_within_week(evidence(people, interactions=weeks(8, chain[::-1])))
    assert on.estimate.estimate == pytest.approx(100 * 15 / 30)
    assert back.estimate.estimate == pytest.approx(100 * 5 / 30)
    assert back.estimate.high < back.reference == pytest.approx(on.reference, abs=5)
    assert on.reference < on.estimate.low


def test_news_within_week_agrees_with_a_search_in_time():
    """Weeks of random mails, and by networkx the paths of rising times: who can be got to, by each path's edges."""
    rng = np.random.default_rng(8)
    rows = [
        (int(a), int(b), 168 * w + h) for w in range(4) for h, (a, b) in enumerate(rng.integers(0, 5, (7, 2))) if a != b
    ]
    found = learning.news_within_week(evidence(staff([None] * 5), interactions=mails(rows)))
    shares = []
    for week in (1, 2):
        when = nx.MultiDiGraph()
        when.add_nodes_from(range(5))
        when.add_edges_from((a, b, int(h)) for a, b, h in rows if h // 168 == week)
        shares.append(np.mean([_passes(when, a, b) for a, b in permutations(range(5), 2)]))
    assert found.estimate.estimate == pytest.approx(100 * np.mean(shares))


def _passes(when: nx.MultiDiGraph, a: int, b: int) -> bool:
    """Whether a path from one to the other rises in time."""
    ways = nx.all_simple_edge_paths(when, a, b)
    return any(all(one[2] < after[2] for one, after in pairwise(way)) for way in ways)


def test_lessons_across_sites_by_hand():
    """The docstring's example: one of four is elsewhere, beside half of the colleagues; what was of no use counts not."""
    said = [(0, 1, "T9", 1), (0, 2, "T9", 2), (0, 4, "T9", 3), (4, 5, "T9", 1), (3, 4, "T9", 0), (3, "firm", "T9", 3)]
    found = learning.lessons_across_sites(evidence(SITES, said=said))
    assert found.estimate.estimate == pytest.approx(25)
    assert found.reference == pytest.approx(50)
    assert found.estimate.n == 2


def test_lessons_across_sites_agrees_with_pandas():
    """By a merge of answers and sites; people of no known site are left out."""
    rng = np.random.default_rng(9)
    people = staff([None] * 30, site=[*rng.choice(["X", "Y", "Z"], 28), None, None])
    said = [(i, j, "T9", int(rng.integers(0, 4))) for i in range(30) for j in range(30) if i != j and rng.random() < 0.3]
    frame = pd.DataFrame(said, columns=["ego", "alter", "question", "value"])
    site = people["site"]
    frame = frame.assign(own=frame["ego"].map(site), other=frame["alter"].map(site)).query("value >= 1").dropna()
    found = learning.lessons_across_sites(evidence(people, said=said))
    assert found.estimate.estimate == pytest.approx(100 * (frame["own"] != frame["other"]).mean())
    chance = (28 - site.map(site.value_counts())) / 27
    assert found.reference == pytest.approx(100 * frame["ego"].map(chance).mean())


def test_lessons_across_sites_recovers_what_was_planted():
    """Useful colleagues drawn evenly from all, in 200 organisations: 92 to 98 of 100 intervals hold the reference."""
    people = staff([None] * 50, site=["X"] * 30 + ["Y"] * 20)
    of, held = evidence(people, resamples=400), []
    for seed in range(200):
        rng = np.random.default_rng(seed)
        drawn = [(person(i), person(j)) for i in range(50) for j in rng.permutation(50)[: rng.integers(2, 6)] if i != j]
        said = pd.DataFrame(drawn, columns=["ego_id", "alter_id"]).assign(question="T9", value=1.0)
        found = learning.lessons_across_sites(replace(of, interpreters=said))
        held.append(found.estimate.low <= found.reference <= found.estimate.high)
    assert 0.92 <= np.mean(held) <= 0.98


def test_as_answered_by_hand():
    """The docstring's example: 50 and 100."""
    answers = [(0, "V10a", 2), (0, "V10b", 4), *((1, f"V10{item}", 5) for item in "abc")]
    assert learning.as_answered(evidence(SITES, answers=answers)).estimate.estimate == 75


def test_without_its_sources_it_says_what_it_needs():
    """No ties, no contact records or too short ones, no T9, one site, nothing that was of use."""
    records = Missing("contact records with times, over at least two whole weeks")
    assert learning.two_step_reach(evidence(SITES)) == Missing("ties between people")
    assert learning.news_within_week(evidence(SITES)) == records
    assert learning.news_within_week(evidence(SITES, interactions=weeks(3, [(0, 1)]))) == records
    said = [(0, 1, "T9", 1), (1, 2, "T9", 1)]
    assert learning.lessons_across_sites(evidence(SITES)) == Missing("survey question T9 about each person named")
    one = evidence(staff([None] * 3, site=["X"] * 3), said=said)
    assert learning.lessons_across_sites(one) == Missing("a staff list with at least two sites")
    useless = evidence(SITES, said=[(0, 1, "T9", 0)])
    assert "was useful" in learning.lessons_across_sites(useless).needs
