"""What dialogue takes and changes: by hand, as pandas counts it, with planted shares held, nothing made of absent data."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from evidence_of import evidence, log, muddled, person, ratings, reports, weeks
from hypothesis import given, settings
from hypothesis import strategies as st
from synthetic import staff

from kithwork.ties import halves
from kithwork.values import transformation
from kithwork.values.evidence import Missing
from kithwork.values.indicator import PARTS
from kithwork.values.transformation import as_answered, load, new_contact, useful_contact

SAMPLES = 600
LATER = 7 * 24
"""Hours after which the second of two weeks has begun."""


def two_weeks(before: list[tuple], after: list[tuple], people: int, **others):
    """People of whom each has contact in both weeks; contacts are pairs by number."""
    rows = [(a, b, 1 + at / 10, 2) for at, (a, b) in enumerate(before)]
    rows += [(a, b, LATER + at / 10, 2) for at, (a, b) in enumerate(after)]
    there = weeks([(who, week) for who in range(people) for week in (0, 1)])
    return evidence(staff([None] * people), interactions=log(rows), **({"person_weeks": there} | others))


def test_load_by_hand():
    """60 minutes of A and B, 30 of B and C: people hold 60, 90, 30 and 0."""
    found = load(evidence(staff([None] * 4), [(0, 1), (1, 2)], minutes=[60.0, 30.0]))
    assert (found.estimate.estimate, found.unit) == (45, "minutes")


def test_load_recovers_planted_minutes():
    """Median minutes per person, each contact counted for both: 30, 50, 20 and 0 have the median 25."""
    found = load(evidence(staff([None] * 4), [(0, 1), (1, 2)], minutes=[30.0, 20.0]))
    assert (found.estimate.estimate, found.unit) == (25, "minutes")


def test_useful_contact_by_hand():
    """Of 10 contacts of one 6 go to a tie of use, of 6 of the other all: 12 of 16. Clients have no record here."""
    said = [(0, 1, "T9", 1), (0, 2, "T9", 0), (1, 0, "T9", 3), (1, "X", "T9", 0)]
    found = useful_contact(evidence(staff([None] * 3), [(0, 1), (0, 2), (1, 2)], said=said, contacts=[6, 4, 50]))
    assert (found.estimate.estimate, found.estimate.n, found.unit) == (75, 2, "%")


AS_IN_THE_EXAMPLE = (
    [(0, 1), (1, 2), (2, 3), (3, 4)],
    [(0, 1), (1, 0), (3, 4), (3, 4), (1, 2), (2, 3), (0, 4), (4, 0)],
)


def test_new_contact_by_hand():
    """Of eight contacts in the second half two are of a pair without any in the first."""
    found = new_contact(two_weeks(*AS_IN_THE_EXAMPLE, 5))
    assert (found.estimate.estimate, found.estimate.n, found.unit) == (25, 5, "%")
    assert 0 < found.estimate.low < 25 < found.estimate.high < 100


def test_new_contact_beside_chance_by_hand():
    """Eight of twelve contacts are in the second half: a pair of three would be with 4/9, one of two with 2/3."""
    found = new_contact(two_weeks(*AS_IN_THE_EXAMPLE, 5))
    assert found.reference == pytest.approx(100 * (6 * 4 / 9 + 6 * 2 / 3) / 12)


def test_who_came_or_left_has_no_new_contact():
    """A sixth person, in the second week only, adds nothing, whatever contact there is."""
    before, after = AS_IN_THE_EXAMPLE
    there = weeks([(who, week) for who in range(5) for week in (0, 1)] + [(5, 1)])
    found = new_contact(two_weeks(before, [*after, (0, 5), (1, 5)], 6, person_weeks=there))
    assert (found.estimate.estimate, found.estimate.n) == (25, 5)


def test_chance_alone_is_the_reference():
    """Contacts whose half is drawn by lot: over 50 records the figure is in the mean what chance gives."""
    rng = np.random.default_rng(2)
    apart = []
    for _ in range(50):
        records = rng.integers(1, 5, 80)
        after = rng.binomial(records, 0.5)
        total = records.astype(float)
        new = after[after == records].sum() / after.sum()
        apart.append(new - transformation._by_chance(total, after.sum(), records))
    assert abs(np.mean(apart)) < 0.01


def test_score_by_hand():
    """Answers 5 and 4 of one, 3 of another: 87.5 and 50, in the mean 68.75."""
    found = as_answered(evidence(staff([None] * 3), answers=[(0, "V5a", 5), (0, "V5b", 4), (1, "V5c", 3)]))
    assert found.estimate.estimate == 68.75


@pytest.mark.parametrize(
    ("indicator", "needs"),
    [(load, "length of contacts"), (useful_contact, "T9"), (new_contact, "times of contacts"), (as_answered, "V5a")],
)
def test_nothing_brought_is_missing(indicator, needs):
    """Each names the source or question that would give it."""
    assert needs in indicator(evidence(staff([None] * 3), [(0, 1)])).needs


def test_half_the_evidence_is_missing():
    """Ratings without recorded contact, a single week, and fewer than five pairs: no figure."""
    said = [(a, b, "T9", 2) for a in range(3) for b in range(3) if a != b]
    assert "contact between people who answered T9" in useful_contact(evidence(staff([None] * 3), said=said)).needs
    one_week = two_weeks(*AS_IN_THE_EXAMPLE, 5, person_weeks=weeks([(who, 0) for who in range(5)]))
    assert isinstance(new_contact(one_week), Missing)
    assert isinstance(new_contact(two_weeks([(0, 1)], [(0, 1), (1, 2)], 3)), Missing)


def test_all_of_use_and_none_new_is_not_sure():
    """Shares of 100 and 0 have intervals with a width."""
    said = [(a, (a + 1) % 8, "T9", 2) for a in range(8)]
    ring = [(a, (a + 1) % 8) for a in range(8)]
    useful = useful_contact(evidence(staff([None] * 8), ring, said=said, contacts=3)).estimate
    assert (useful.estimate, useful.high) == (100, 100)
    assert useful.low < 80
    new = new_contact(two_weeks(ring, ring, 8)).estimate
    assert new.estimate == 0
    assert new.low == pytest.approx(0, abs=1)
    assert new.high > 5


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6))
def test_as_pandas_counts_them(seed):
    """Plain joins and sums give the same figures, within 0 and 100, in whatever order rows come."""
    rng = np.random.default_rng(seed)
    pairs = [(a, b) for a in range(8) for b in range(a + 1, 8) if rng.random() < 0.7]
    said = [(a, b, "T9", int(rng.integers(4))) for a in range(8) for b in range(8) if a != b and rng.random() < 0.5]
    contacts = np.where(rng.random(len(pairs)) < 0.8, rng.integers(1, 30, len(pairs)), np.nan)
    rows = [
        (*pairs[at], float(hour), 2)
        for at, hour in zip(rng.integers(0, len(pairs), 60), rng.integers(0, 336, 60), strict=True)
    ]
    there = weeks([(who, week) for who in range(8) for week in (0, 1)])
    given_ = evidence(staff([None] * 8), pairs, said=said, contacts=contacts, interactions=log(rows), person_weeks=there)

    ties = given_.ties[["a_id", "b_id", "contacts"]]
    both = pd.concat([ties, ties.rename(columns={"a_id": "b_id", "b_id": "a_id"})])
    joined = given_.interpreters.merge(both, left_on=["ego_id", "alter_id"], right_on=["a_id", "b_id"])
    useful = joined.loc[joined["value"] >= 1, "contacts"].sum() / joined["contacts"].sum()
    met = pd.DataFrame(rows, columns=["a", "b", "hour", "size"])
    later = met[met["hour"] >= LATER]
    known = met[met["hour"] < LATER].set_index(["a", "b"]).index
    new = (~later.set_index(["a", "b"]).index.isin(known)).mean()

    dealt = [rows[at] for at in rng.permutation(len(rows))]
    other = muddled(replace(given_, interactions=log(dealt)), rng)
    for indicator, expected in ((useful_contact, useful), (new_contact, new)):
        found = indicator(given_)
        assert found.estimate.estimate == pytest.approx(100 * expected)
        assert 0 <= found.estimate.low <= found.estimate.high <= 100
        again = indicator(other).estimate
        assert again.estimate == pytest.approx(found.estimate.estimate)


def test_a_planted_share_of_useful_contact_is_held():
    """Ties of any number of contacts, of use with .6 each: held by 92 to 98 % of 600 intervals."""
    bare = evidence(staff([None] * 80), resamples=2000)
    rng = np.random.default_rng(7)
    held = 0
    for _ in range(SAMPLES):
        ego, alter, yes = ratings(rng, 80, 0.6)
        pairs = np.unique(np.sort(np.column_stack([ego, alter]), axis=1), axis=0)
        contacts = rng.geometric(0.2, len(pairs)).astype(float)
        ties = pd.DataFrame({"a_id": map(person, pairs[:, 0]), "b_id": map(person, pairs[:, 1]), "contacts": contacts})
        found = useful_contact(replace(bare, ties=ties, interpreters=reports(ego, alter, "T9", np.where(yes, 1, 0))))
        held += found.estimate.low <= 60 <= found.estimate.high
    assert 0.92 <= held / SAMPLES <= 0.98


def test_a_planted_share_of_new_contact_is_held(monkeypatch):
    """Pairs that are new by the newness of both their ends, .3 in the mean: held by 92 to 98 % of 600 intervals."""
    rng = np.random.default_rng(9)
    bare = two_weeks(*AS_IN_THE_EXAMPLE, 80, resamples=2000)
    a, b = np.triu_indices(80, 1)
    ids = np.array([person(who) for who in range(80)], dtype=object)
    held = 0
    for _ in range(SAMPLES):
        met = rng.random(len(a)) < 0.1
        newness = rng.beta(3, 7, 80)
        new = rng.random(met.sum()) < (newness[a[met]] + newness[b[met]]) / 2
        frame = pd.DataFrame(
            {"a_id": ids[a[met]], "b_id": ids[b[met]], "before": 1.0 - new, "after": 1.0, "records": 2 - new}
        )
        monkeypatch.setattr(halves, "around", lambda *_, frame=frame: frame)
        found = new_contact(replace(bare, rng=rng))
        held += found.estimate.low <= 30 <= found.estimate.high
    assert 0.92 <= held / SAMPLES <= 0.98


def test_all_are_defined_in_full():
    """Four indicators, each with its five paragraphs, what it needs and what follows."""
    assert [one.name for one in transformation.INDICATORS] == ["load", "useful_contact", "new_contact", "as_answered"]
    for one in transformation.INDICATORS:
        assert tuple(one.parts) == PARTS
        assert one.needs
        assert one.action.days in (30, 60, 90)
