"""Independent sources of a signal: reports that could not all go back to one."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hearing import company, telling
from hypothesis import given
from hypothesis import strategies as st

from kithwork.market.sources import joined, linked, near, separate, sources, worth_of

NOBODY_NEAR = near(*reversed(company(["A"] * 12, {}, [])))


def count(rows: list[tuple], beside=NOBODY_NEAR) -> int:
    """Independent sources of one signal, from (person, party, learned)."""
    return int(sources(telling([("en-01", *row) for row in rows]), beside)["picked"].sum())


def graph(seed: int, size: int, share: float) -> np.ndarray:
    """Links of a random graph."""
    upper = np.triu(np.random.default_rng(seed).random((size, size)) < share, 1)
    return upper | upper.T


def test_three_reports_two_of_one_party_are_two_sources():
    """What three people heard from two customers comes from two."""
    assert count([("p000", "acme", "directly"), ("p001", "acme", "directly"), ("p002", "brew", "directly")]) == 2


def test_what_links_reports():
    """One person, one publication, one unnamed source, one manager, a close tie: each makes two reports one source."""
    assert count([("p000", "acme", "directly"), ("p000", "brew", "directly")]) == 1
    assert count([("p000", None, "published"), ("p001", None, "published")]) == 1
    assert count([("p000", None, "second hand"), ("p001", None, "second hand")]) == 1
    apart = [("p000", None, "inference"), ("p001", None, "inference")]
    assert count(apart) == 2
    people, ties = company(["A"] * 3, {0: 2, 1: 2}, [])
    assert count(apart, near(ties, people)) == 1
    people, ties = company(["A"] * 3, {}, [(0, 1)])
    assert count(apart, near(ties, people)) == 1
    assert count([("p000", "acme", "directly"), ("p001", "brew", "directly")], near(ties, people)) == 2


def test_reports_that_name_no_party_may_go_back_to_those_named():
    """Ten people who do not say who told them add no source to the customer that one names."""
    nameless = [(f"p{number:03d}", None, "inference") for number in range(10)]
    assert count(nameless) == 10
    found = sources(telling([("en-01", *row) for row in [*nameless, ("p011", "acme", "directly")]]), NOBODY_NEAR)
    assert found["picked"].sum() == 1
    assert found["group"].nunique() == 1


def test_chains_of_colleagues_do_not_make_one_source():
    """Of five in a chain three know nothing of one another; connected components would come to one."""
    people, ties = company(["A"] * 5, {}, [(0, 1), (1, 2), (2, 3), (3, 4)])
    chain = [(f"p{number:03d}", None, "inference") for number in range(5)]
    assert count(chain, near(ties, people)) == 3


def test_links_are_those_of_a_graph_built_one_pair_at_a_time():
    """Every pair of forty reports against the rule as it is written."""
    rng = np.random.default_rng(3)
    people, ties = company(["A"] * 12, {i: i // 3 * 3 for i in range(12) if i % 3}, [(0, 4), (5, 9), (2, 11)])
    ways = ["directly", "second hand", "published", "inference"]

    def one_of(letter: str, most: int) -> str | None:
        return None if rng.random() < 0.3 else f"{letter}{rng.integers(most):03d}"

    rows = [("en-01", one_of("p", 12), one_of("q", 5), str(rng.choice(ways))) for _ in range(40)]
    reports = telling(rows)
    tied = {frozenset(pair) for pair in ties[["a_id", "b_id"]].itertuples(index=False)}
    manager = people.set_index("person_id")["manager_id"].dropna().to_dict()

    def are_linked(one: tuple, other: tuple) -> bool:
        (_, a, p, how), (_, b, q, why) = one, other
        unknown = [party is None and (learned == "second hand" or who is None) for _, who, party, learned in (one, other)]
        beside = frozenset((a, b)) in tied or (a in manager and manager[a] == manager.get(b))
        return (
            (a is not None and a == b) or (p is not None and p == q) or how == why == "published" or all(unknown)
            or (None in (p, q) and beside)
        )  # fmt: skip

    brute = [[i != j and are_linked(one, other) for j, other in enumerate(rows)] for i, one in enumerate(rows)]
    assert np.array_equal(linked(reports, near(ties, people)), np.array(brute))


@given(st.integers(0, 10**6), st.integers(1, 14), st.floats(0, 1))
def test_separate_reports_are_as_many_as_can_be(seed, size, share):
    """Against networkx's independent sets: no two are linked, no fewer than Wei's bound, no more than the most."""
    links = graph(seed, size, share)
    picked = separate(links)
    assert not links[np.ix_(picked, picked)].any()
    assert (links[:, picked].any(axis=1) | np.isin(np.arange(size), picked)).all()
    most = max(len(one) for one in nx.find_cliques(nx.complement(nx.from_numpy_array(links))))
    assert (1 / (1 + links.sum(axis=1))).sum() - 1e-9 <= len(picked) <= most


def test_separate_reports_are_nearly_always_the_most():
    """In 95 of 100 graphs of twelve reports and a fifth of pairs linked, there is no larger set."""
    hits = [
        len(separate(links)) == max(map(len, nx.find_cliques(nx.complement(nx.from_numpy_array(links)))))
        for links in (graph(seed, 12, 0.2) for seed in range(100))
    ]
    assert np.mean(hits) >= 0.95


def test_every_report_joins_the_first_source_it_is_linked_to():
    """The middle of a chain of three is linked to both ends; the fourth report stands alone."""
    links = np.zeros((4, 4), dtype=bool)
    links[1, [0, 2]] = links[[0, 2], 1] = True
    assert joined(links, np.array([3, 0, 2])).tolist() == [1, 1, 2, 0]


def test_reports_that_name_no_party_join_the_largest_source():
    """Two customers, of whom two people and one tell, and one report from nobody named."""
    heard = [("p000", "acme", "directly"), ("p001", "brew", "directly"), ("p002", "brew", "directly")]
    found = sources(telling([("en-01", *row) for row in [*heard, ("p003", None, "inference")]]), NOBODY_NEAR)
    of = found.set_index("person_id")["group"]
    assert of["p003"] == of["p001"] == of["p002"] != of["p000"]


def test_worth_of_a_group_is_kishs():
    """One report is one; of many that repeat each other by .8 never more than 1.25 comes; without echo all count."""
    assert worth_of(1, 0.8) == 1
    assert worth_of(10, 0.05) == pytest.approx(10 / 1.45)
    assert worth_of(10**9, 0.8) == pytest.approx(1.25)
    assert worth_of(7, 0) == 7
    assert worth_of(7, 1) == 1


TOLD = st.tuples(
    st.sampled_from([None, *(f"p{number:03d}" for number in range(6))]), st.sampled_from([None, "acme", "brew", "cask"]),
    st.sampled_from(["directly", "second hand", "published", "inference"]),
)  # fmt: skip


@given(st.lists(TOLD, min_size=1, max_size=10), st.randoms())
def test_the_order_of_reports_is_nothing_and_neither_is_saying_it_again(rows, random):
    """Shuffled, and with reports told twice by the same person of the same party, sources are the same."""
    named = [row for row in rows if row[0] is not None or row[1] is not None] or [("p000", None, "directly")]
    again = [*named, *named]
    random.shuffle(again)
    assert count(named) == count(again)


@given(st.lists(TOLD, min_size=1, max_size=10))
def test_another_party_heard_by_another_person_is_one_source_more(rows):
    """Where a party is named already; where none is, the first that is named is what all others may go back to."""
    more = count([*rows, ("p009", "new", "directly")])
    published = [row for row in rows if row[1] is not None]
    assert more == (count(rows) + 1 if published else 1)
