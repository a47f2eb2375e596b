"""The one gate: what may leave it, and what nobody can work out from what left it."""

from __future__ import annotations

import copy
import dataclasses
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from synthetic import claim, facts, released

from kithwork.disclosure.cells import partition as partition_of
from kithwork.disclosure.suppression import suppress
from kithwork.errors import UserError
from kithwork.market_tables import QUOTES, TOPIC_PHRASES
from kithwork.release import (
    DECIMALS,
    HELD_BACK,
    Phrases,
    Quotations,
    Released,
    by_row,
    enough,
    parted,
    phrases,
    quotations,
    release,
    stepwise,
    withheld,
)
from kithwork.report import section
from kithwork.tables import CLAIMS

sizes_of = st.lists(st.integers(1, 30), min_size=1, max_size=12).map(
    lambda sizes: pd.Series(sizes, index=[f"group {i}" for i in range(len(sizes))])
)
smallest = st.integers(5, 25)


def partition(sizes: pd.Series, outside: int) -> list[dict]:
    """Claims about a whole and its groups; `outside` people are in no group."""
    whole = claim("ties.connected", 60, n=max(int(sizes.sum()) + outside, 25))
    return [whole, *(claim("ties.connected", 50, n=int(size), group=group) for group, size in sizes.items())]


@given(sizes_of, smallest)
def test_held_back_groups_are_none_or_many_enough_or_all(sizes, k):
    """No group below k is shown; those held back are none, or at least two with at least k people together, or all."""
    hidden = withheld(sizes, k)
    assert set(sizes.index[sizes < k]) <= hidden
    people = sizes[list(hidden)].sum()
    assert not hidden or hidden == set(sizes.index) or (len(hidden) >= 2 and people >= k)


@given(sizes_of, smallest)
def test_no_group_is_held_back_without_need(sizes, k):
    """Where every group is large enough, all are shown; groups held back for cover are the smallest ones."""
    hidden = withheld(sizes, k)
    if (sizes >= k).all():
        assert not hidden
    elif hidden != set(sizes.index):
        assert sizes[list(hidden)].max() <= sizes.drop(list(hidden)).min()


@given(sizes_of, smallest, st.integers(0, 30))
def test_a_stricter_gate_never_shows_more(sizes, k, outside):
    """Raising the smallest group can only hide."""
    total = int(sizes.sum()) + outside
    assert withheld(sizes, k, total) <= withheld(sizes, k + 1, total)


@given(sizes_of, smallest, st.randoms(use_true_random=False))
def test_order_of_groups_does_not_matter(sizes, k, random):
    """The same groups are held back however the rows are sorted."""
    order = list(sizes.index)
    random.shuffle(order)
    assert withheld(sizes[order], k) == withheld(sizes, k)


@given(st.lists(st.integers(1, 25), min_size=1, max_size=6), st.integers(5, 12), st.integers(0, 12))
def test_no_subtraction_reaches_fewer_than_the_smallest_group(sizes, k, outside):
    """An attacker takes any published groups from the published total: what is left is nobody or at least k people."""
    named = pd.Series(sizes, index=[f"group {i}" for i in range(len(sizes))])
    rows = partition(named, outside)
    gate = released(*rows, smallest_group=k)
    total, shown = rows[0]["n"], gate.of("ties.connected")["n"].tolist()
    assert all(n >= k for n in shown)
    for count in range(len(shown) + 1):
        for taken in combinations(shown, count):
            left = total - sum(taken)
            assert left == 0 or left >= k


def test_people_in_no_group_cannot_be_found_by_subtraction():
    """40 people in groups and 2 in none: without cover, total less groups would be about those two."""
    gate = released(
        claim("ties.connected", n=42), *(claim("ties.connected", n=n, group=g) for g, n in [("A", 25), ("B", 15)])
    )
    assert gate.of("ties.connected")["group"].tolist() == ["A"]
    assert gate.held_back == {"ties.connected": 1}


def test_each_measure_is_a_partition_of_its_own():
    """A group too small in one measure is held back there, and shown in another that counts more of its people."""
    gate = released(
        *(claim("ties.connected", n=n, group=g) for g, n in [("A", 20), ("B", 10), ("C", 9)]),
        *(claim("change.readiness", n=n, group=g) for g, n in [("A", 18), ("B", 8), ("C", 2)]),
    )
    assert gate.held_back == {"change.readiness": 2, "ties.connected": 0}
    assert gate.of("change.readiness")["group"].tolist() == ["A"]
    assert gate.of("ties.connected")["group"].tolist() == ["A", "B", "C"]


def test_gate_counts_people_not_n():
    """A figure over 900 ties of 3 people is about 3 people."""
    gate = released(claim("ties.multiplex", n=900, people=40), claim("ties.open_personal", n=900, people=3))
    assert gate.get("ties.multiplex") is not None
    assert gate.get("ties.open_personal") is None


def test_measure_answered_by_too_few_is_held_back_whole():
    """Three answers in a study of forty cost that measure, its groups included, and nothing else."""
    gate = released(
        claim("ties.connected", n=40), claim("change.readiness", n=3), claim("change.readiness", n=3, group="A")
    )
    assert gate.claims["id"].tolist() == ["ties.connected"]
    assert gate.held_back == {"change.readiness": 1}


def test_organisation_below_the_smallest_group_is_refused():
    """Where every figure is about too few, nothing may be shown: one error that says so."""
    with pytest.raises(UserError) as caught:
        released(claim("ties.connected", n=4), claim("values.x", n=3))
    [problem] = caught.value.problems
    assert "no report can be made" in problem.what
    assert problem.found == "4 people"
    assert problem.do


def between(sizes: pd.Series, ratio: float = 2.0) -> list[dict]:
    """Claims about every pair of these groups, each with itself too."""
    at = [(a, b) for i, a in enumerate(sizes.index) for b in sizes.index[i:]]
    about = {"scope": "pair", "unit": "times", "reference": 1.0}
    return [
        claim("people.between", ratio, n=1, people=int(sizes[a]), group=a, other=b, other_people=int(sizes[b]), **about)
        for a, b in at
    ]


@given(sizes_of, smallest)
def test_pairs_are_shown_of_groups_that_are(sizes, k):
    """All pairs of the groups shown and no other; both their groups are large enough."""
    gate = released(claim("ties.connected", n=400), *between(sizes), smallest_group=k)
    hidden = withheld(sizes, k)
    shown = gate.of("people.between")
    groups = len(sizes) - len(hidden)
    assert len(shown) == groups * (groups + 1) // 2
    assert not hidden & {*shown["group"], *shown["other"]}
    assert gate.held_back["people.between"] == len(hidden)
    assert (shown[["people", "other_people"]] >= k).all(axis=None)


@given(st.lists(st.integers(1, 20), min_size=2, max_size=7), st.integers(5, 12), st.integers(0, 12))
def test_no_pair_held_back_follows_from_what_groups_hold(sizes, k, outside):
    """A reader who knows the ties of every group shown in any measure, and all ties, solves for no pair held back.

    Unknown: each pair held back. Known: of each group, its ties less its pairs shown; of the whole, all less all shown.
    What a group's remainder is about are the groups held back together: at least k people, however many are in no group.
    """
    named = pd.Series(sizes, index=[f"group {i}" for i in range(len(sizes))])
    rows = between(named)
    gate = released(claim("ties.connected", n=int(named.sum()) + outside + 50), *rows, smallest_group=k)
    seen = gate.of("people.between")
    shown = set(zip(seen["group"], seen["other"], strict=True))
    unknown = [pair for pair in ((row["group"], row["other"]) for row in rows) if pair not in shown]
    groups = {name for pair in shown for name in pair}
    if not unknown or not groups:
        return
    told = groups | {*named.index} - withheld(named, k, sum(sizes) + outside)
    known = np.array([[pair.count(name) for pair in unknown] for name in sorted(told)] + [[1] * len(unknown)])
    rank = np.linalg.matrix_rank(known)
    for i in range(len(unknown)):
        assert np.linalg.matrix_rank(np.vstack([known, np.eye(len(unknown))[i]])) == rank + 1
    assert named[[name for name in named.index if name not in groups]].sum() >= k


def test_people_in_no_group_cover_no_pair():
    """Four people in no group hide who the three of C are in a total, but they have no ties here: B covers C instead."""
    sizes = pd.Series({"A": 20, "B": 9, "C": 3})
    gate = released(claim("ties.connected", n=36), *partition(sizes, 4)[1:], *between(sizes))
    assert gate.of("ties.connected")["group"].tolist() == ["A", "B"]
    assert gate.of("people.between")[["group", "other"]].to_numpy().tolist() == [["A", "A"]]


def test_pairs_have_names_of_their_own():
    """A pair is found by both names, shown in notebooks by them, and rounded to tenths."""
    gate = released(*between(pd.Series({"A": 20, "B": 9}), 0.4449))
    assert gate.get("people.between.A × B")["estimate"] == 0.4
    assert "A × B" in gate._repr_html_()


def test_no_claims_release_nothing():
    """A chapter without claims passes the gate empty."""
    gate = released()
    assert gate.claims.empty
    assert gate.get("ties.connected") is None
    assert gate._repr_html_()


@given(st.sampled_from(sorted(DECIMALS)), st.floats(-99, 99), st.floats(0, 20), st.floats(0, 20))
def test_figures_leave_rounded(unit, estimate, below, above):
    """Figure, both ends and reference carry the digits of their unit, and the interval still holds the estimate."""
    row = claim("ties.x", estimate, estimate - below, estimate + above, unit=unit, reference=estimate / 3)
    found = released(row).get("ties.x")
    for column in ("estimate", "low", "high", "reference"):
        assert found[column] == round(row[column], DECIMALS[unit])
    assert found["low"] <= found["estimate"] <= found["high"]


def test_only_the_gate_makes_a_released_frame():
    """Neither the constructor nor a copy with other claims yields a frame that sections would take."""
    frame = pd.DataFrame([claim("ties.connected")])
    with pytest.raises(TypeError, match="only kithwork"):
        Released(frame, {}, 5)
    with pytest.raises(TypeError, match="only kithwork"):
        Released(frame, {}, 5, object())
    gate = released(claim("ties.connected"))
    with pytest.raises((TypeError, ValueError)):
        dataclasses.replace(gate, claims=frame)
    with pytest.raises(dataclasses.FrozenInstanceError):
        gate.claims = frame
    assert isinstance(copy.copy(gate), Released)


@pytest.mark.parametrize("name", section.SECTIONS)
def test_sections_refuse_anything_but_released_claims(name):
    """A plain frame of claims, however harmless, is not accepted by any section."""
    for unreleased in (pd.DataFrame([claim("ties.connected")]), CLAIMS.empty(), None):
        with pytest.raises(TypeError, match="Released"):
            section.build(name, unreleased, facts())


def test_get_and_of_read_what_was_released():
    """`get` finds one claim by id, `of` the groups of a measure in name order, without the whole."""
    gate = released(
        claim("ties.connected", n=30), *(claim("ties.connected", n=n, group=g) for g, n in [("B", 16), ("A", 14)])
    )
    assert gate.get("ties.connected.B")["n"] == 16
    assert gate.get("ties.connected.C") is None
    assert gate.of("ties.connected")["group"].tolist() == ["A", "B"]


def test_notebook_table_shows_released_figures_only():
    """What a chapter displays of its claims names no group held back, counts them, and escapes the client's words."""
    gate = released(
        claim("ties.connected", 61.234, 51.2, 71.9, n=32),
        *(claim("ties.connected", n=n, group=g) for g, n in [("A <b>", 20), ("Tiny", 2), ("Small", 10)]),
    )
    shown = gate._repr_html_()
    assert "Tiny" not in shown
    assert "Small" not in shown
    assert "A &lt;b&gt;" in shown
    assert "51 to 72" in shown
    assert "61.2" not in shown
    assert "[c] 2 held back from ties.connected" in shown


falls = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 20)), min_size=1, max_size=8)


@given(falls, smallest)
def test_no_two_steps_differ_by_few(losses, k):
    """Of counts that fall step by step no figure shown, and no difference of two, is about 1 to k - 1 people."""
    lost = pd.DataFrame(losses, columns=["people", "pairs"])
    left = (lost[::-1].cumsum()[::-1] * 2).assign(contacts=1.5)
    shown = stepwise(left, k)
    for name, fewest in (("people", k), ("pairs", (k - 1) * (k - 2) // 2 + 1)):
        figures = [0, *(figure for figure in shown[name] if figure != HELD_BACK)]
        assert all(abs(a - b) not in range(1, fewest) for a, b in combinations(figures, 2))
    assert ((shown["contacts"] == HELD_BACK) == (shown["pairs"] == HELD_BACK)).all()


def test_steps_that_leave_out_many_or_nobody_are_shown():
    """Held back is only what would single out a few: one person after the first step, one pair after the second."""
    steps = pd.DataFrame({"people": [40, 39, 39, 30, 30], "pairs": [90, 80, 79, 60, 60], "contacts": [9.0, 8, 7, 6, 6]})
    shown = stepwise(steps, 5)
    assert shown["people"].tolist() == [40, HELD_BACK, HELD_BACK, 30, 30]
    assert shown["pairs"].tolist() == [90, 80, HELD_BACK, 60, 60]
    assert shown["contacts"].tolist() == [9, 8, HELD_BACK, 6, 6]


@given(st.lists(st.integers(0, 40), min_size=1, max_size=5), smallest)
def test_parts_of_a_whole_tell_of_no_few_pairs(counts, k):
    """What is held back adds up to no pair, or to more than fewer people than k could form, or to the whole."""
    pairs = pd.Series(counts)
    shown = parted(pairs, k)
    hidden = shown == HELD_BACK
    assert (shown[~hidden] == pairs[~hidden]).all()
    assert not hidden.any() or pairs[hidden].sum() > (k - 1) * (k - 2) / 2 or (pairs[~hidden] == 0).all()
    assert not pairs[~hidden].between(1, (k - 1) * (k - 2) / 2).any()


def test_rows_about_few_people_are_held_back_whole():
    """Nothing of such a row is told but what it is called, not even how few they are; the others stay as they are."""
    table = pd.DataFrame(
        {"people": [4, 5], "chance": [0.25, 0.8], "tells": [True, False]}, index=["personal", "functional"]
    )
    shown = by_row(table, "people", 5)
    assert shown.loc["personal"].tolist() == [HELD_BACK] * 3
    assert shown.loc["functional"].tolist() == [5, 0.8, False]
    assert by_row(table.iloc[:0], "people", 5).empty


def test_rows_about_few_people_may_be_left_out_with_their_names():
    """Enough people, or nobody at all, may be told of; a row about few is gone, name and all."""
    table = pd.DataFrame({"people": [0, 1, 4, 5], "part": ["nobody", "one", "four", "five"]})
    assert list(enough(table, "people", 5)["part"]) == ["nobody", "five"]


def test_a_count_beside_one_held_back_is_held_back_too():
    """Two ties of ninety would be found by subtraction; where there is none of a sort, that is said."""
    told = pd.Series({"no": 30, "open": 2, "yes": 58})
    assert parted(told, 5).to_dict() == {"no": HELD_BACK, "open": HELD_BACK, "yes": 58}
    assert parted(pd.Series({"no": 0, "open": 2, "yes": 88}), 5).to_dict() == {"no": 0, "open": HELD_BACK, "yes": HELD_BACK}


quoted = st.builds(
    dict,
    person_id=st.integers(0, 5).map(str),
    topic_id=st.sampled_from(["en-01", "en-02", "en-03"]),
    words=st.integers(1, 40).map(lambda count: " ".join(["word"] * count)),
    fit=st.floats(-1, 1),
    approved=st.booleans(),
)
of_topics = st.fixed_dictionaries(
    {topic: st.tuples(st.integers(1, 12), st.floats(0, 1)) for topic in ("en-01", "en-02", "en-03")}
)


def quotes_of(rows: list[dict], topics: dict) -> pd.DataFrame:
    """Table QUOTES of these texts; `topics` holds the people of each topic, and the largest share of one."""
    frame = pd.DataFrame(rows, columns=["person_id", "topic_id", "words", "fit", "approved"])
    frame = frame.assign(comment_id=[f"{number:03d}" for number in range(len(frame))], language="en")
    frame["people"] = frame["topic_id"].map({topic: people for topic, (people, _) in topics.items()})
    frame["most"] = frame["topic_id"].map({topic: most for topic, (_, most) in topics.items()})
    return QUOTES.checked(frame)


@given(st.lists(quoted, max_size=25), of_topics, smallest, st.integers(1, 3))
def test_quotation_passes_from_a_topic_of_many_and_of_no_one_person(rows, topics, k, most):
    """Every quotation is approved, short, of a topic of k writers whom nobody outweighs; nobody is quoted twice."""
    texts = quotes_of(rows, topics)
    texts["words"] += " " + texts["comment_id"]
    shown = quotations(texts, k, most).rows.merge(texts, on="words", validate="one_to_one")
    assert (shown["people"] >= k).all()
    assert (shown["most"] <= 0.5).all()
    assert shown["approved"].all()
    assert (shown["words"].str.split().str.len() <= 25).all()
    assert shown["person_id"].is_unique
    assert (shown.groupby("topic_id_x").size() <= most).all()


@given(st.lists(quoted, max_size=25), of_topics, smallest)
def test_no_quotation_is_held_back_without_need(rows, topics, k):
    """A writer with an approved short text of a topic that passes is quoted, where a topic may have any number."""
    texts = quotes_of(rows, topics)
    may = texts[texts["approved"] & (texts["people"] >= k) & (texts["most"] <= 0.5)]
    may = may[may["words"].str.split().str.len() <= 25]
    assert len(quotations(texts, k, 100).rows) == may["person_id"].nunique()


def test_quotations_say_nothing_of_who_wrote_them():
    """What passes has the topic, the language and the words, and the most typical goes first."""
    row = {"topic_id": "en-01", "approved": True}
    rows = [
        row | {"person_id": one, "words": f"words of {one}", "fit": fit}
        for one, fit in (("a", 0.1), ("b", 0.3), ("c", 0.2))
    ]
    shown = quotations(quotes_of(rows, {"en-01": (5, 0.4)}), 5)
    assert list(shown.rows) == ["topic_id", "language", "words"]
    assert shown.of("en-01") == ["words of b", "words of c"]
    assert shown.of("en-02") == []


def test_only_the_gate_makes_quotations_and_phrases():
    """Nothing else can call texts or words released."""
    for kind in (Quotations, Phrases):
        with pytest.raises(TypeError, match="only kithwork"):
            kind(pd.DataFrame())


@given(st.lists(st.integers(1, 12), max_size=12), smallest)
def test_topic_is_called_by_words_that_enough_people_wrote(people, k):
    """Phrases of fewer are held back, all others pass in their order; without any, a topic has its role and number."""
    frame = pd.DataFrame({"people": people}).assign(topic_id="en-03")
    frame = frame.assign(
        phrase=[f"phrase {number}" for number in range(len(people))], rank=range(1, len(people) + 1), weight=0.5
    )
    shown = phrases(TOPIC_PHRASES.checked(frame), k)
    expected = frame.loc[frame["people"] >= k, "phrase"].tolist()
    assert shown.of("en-03") == expected
    assert shown.called("en-03", "customer") == (", ".join(expected[:3]) or "customer en-03")
    assert shown.called("en-09") == "topic en-09"


def test_what_one_person_makes_up_is_held_back():
    """A group of many whose sum is mostly one person's is held back, with another beside it, and so is such a whole."""
    rows = [claim("people.brokered", 10, n=40, group=f"group {i}", largest=0.3) for i in range(4)]
    rows += [claim("people.brokered", 60, n=40, group="of one", largest=0.6)]
    shown = released(*rows, claim("ties.per_person", 5, n=200, largest=0.51), claim("ties.connected", 90, n=200))
    assert "of one" not in set(shown.claims["group"])
    assert shown.held_back["people.brokered"] == 2
    assert shown.get("ties.per_person") is None


@given(sizes_of, smallest, st.integers(0, 11))
def test_a_group_of_one_persons_covers_nobody_else(sizes, k, dominated):
    """Who takes the groups shown from the total learns of k people, of whom that group counts as one."""
    at = dominated % len(sizes)
    rows = partition(sizes, 0)
    rows[1 + at]["largest"] = 0.9
    shown = release(pd.DataFrame(rows, columns=list(CLAIMS.columns)), k)
    hidden = sorted(set(sizes.index) - set(shown.of("ties.connected")["group"]))
    assert sizes.index[at] in hidden
    others = sizes[[name for name in hidden if name != sizes.index[at]]].sum()
    assert len(hidden) == len(sizes) or others + 1 >= k


@given(sizes_of, smallest, st.integers(0, 30))
def test_no_other_choice_of_groups_holds_back_fewer_people(sizes, k, outside):
    """What is held back of a whole loses as little as the best that all tables solved together would."""
    cells = partition_of(sizes, int(sizes.sum()) + outside, k)
    least = suppress(cells, k)
    hidden = cells.mask([("", name) for name in withheld(sizes, k, int(sizes.sum()) + outside)])
    if not least.open.any() and not hidden[: len(sizes)].all():
        assert cells.weights[hidden].sum() == least.lost
