"""What was said of those named reaches each person's row, whatever order it came in, and finds what was recorded."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from evidence_of import evidence
from hypothesis import given, settings
from hypothesis import strategies as st
from synthetic import staff

from kithwork.values import asked

SAID = [
    (0, 1, "T9", 2),
    (2, 0, "T9", 1),
    (0, "client", "T9", 3),
    (0, 1, "T8", 4),
    ("stranger", 0, "T9", 3),
    (1, "stranger", "T9", 0),
    (1, 1, "T9", 3),
]
"""Among them a question not asked for, an answer by who is not on the staff list, and one of oneself."""
PARTIES = [{"party_id": "client", "kind": "customer"}, {"party_id": "stranger", "kind": "supplier"}]


def test_answers_by_hand():
    """Four answers to T9 count, in order of ego and alter; who is no colleague has row −1 and keeps the id."""
    found = asked.answers(evidence(staff([None] * 3), said=SAID, parties=PARTIES), "T9")
    assert found.ego.tolist() == [0, 0, 1, 2]
    assert found.alter.tolist() == [-1, 1, -1, 0]
    assert found.alter_id.tolist() == ["client", "p001", "stranger", "p000"]
    assert found.value.tolist() == [3, 2, 0, 1]
    assert found.colleague.tolist() == [False, True, False, True]
    assert found.by_ego().tolist() == [2, 1, 1]
    assert found.by_ego(found.value).tolist() == [5, 0, 1]
    assert len(found.where(found.value >= 2)) == 2


def test_kinds_of_parties_by_hand():
    """The client is a customer, the stranger a supplier, and colleagues are neither."""
    given_ = evidence(staff([None] * 3), said=SAID, parties=PARTIES)
    found = asked.answers(given_, "T9")
    assert asked.of_kind(given_, found, "customer").tolist() == [True, False, False, False]
    assert asked.of_kind(given_, found, "supplier").tolist() == [False, False, True, False]


def test_recorded_by_hand():
    """Of a pair the same is recorded whoever speaks; a party, and a tie without a record, have nothing."""
    given_ = evidence(
        staff([None] * 3), [(0, 1), (0, 2)], said=SAID, parties=PARTIES, minutes=[30, np.nan], contacts=[4, 1]
    )
    found = asked.answers(given_, "T9")
    assert asked.recorded(given_, found, "minutes").tolist() == [0, 30, 0, 0]
    assert asked.recorded(given_, found, "contacts").tolist() == [0, 4, 0, 1]


def test_nothing_said_is_no_answers():
    """Without the table every array is empty and nobody's sum is above 0."""
    given_ = evidence(staff([None] * 3))
    found = asked.answers(given_, "T9")
    assert len(found) == 0
    assert found.by_ego().tolist() == [0, 0, 0]
    assert len(asked.recorded(given_, found, "minutes")) == 0


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6))
def test_recorded_agrees_with_a_join(seed):
    """Sums per person are those of pandas: answers joined to ties both ways round, whatever the order of rows."""
    rng = np.random.default_rng(seed)
    people, pairs = staff([None] * 9), [(a, b) for a in range(9) for b in range(a + 1, 9) if rng.random() < 0.5]
    said = [(a, b, "T9", int(rng.integers(4))) for a in range(9) for b in range(9) if a != b and rng.random() < 0.4]
    rng.shuffle(said)
    given_ = evidence(
        people, pairs, said=[(int(a), int(b), q, int(v)) for a, b, q, v in said], minutes=rng.integers(1, 99, len(pairs))
    )
    found = asked.answers(given_, "T9")
    ties = given_.ties[["a_id", "b_id", "minutes"]]
    both = pd.concat([ties, ties.rename(columns={"a_id": "b_id", "b_id": "a_id"})])
    joined = given_.interpreters.merge(both, "left", left_on=["ego_id", "alter_id"], right_on=["a_id", "b_id"])
    expected = joined.groupby("ego_id")["minutes"].sum().reindex(people["person_id"]).fillna(0)
    assert found.by_ego(asked.recorded(given_, found, "minutes")) == pytest.approx(expected.to_numpy())
