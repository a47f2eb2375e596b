"""Counts by place and segment through the gate: what is shown, and what nobody can work out from it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kithwork.disclosure.cells import joined
from kithwork.disclosure.crosstable import of_table
from kithwork.disclosure.protection import recoverable
from kithwork.release import ALL, REST, Crossed, crossed
from kithwork.tables import SEGMENT_PLACES

SEGMENTS = ("First third", "Last third", "Middle third")


def counts(units: list[list[int]], sites: list[list[int]] | None = None) -> pd.DataFrame:
    """The table of these people, by unit and segment and by site and segment."""
    rows = [
        {"split": split, "place": f"{split} {i}", "segment": segment, "people": n}
        for split, parts in (("unit", units), ("site", sites or []))
        for i, part in enumerate(parts)
        for segment, n in zip(SEGMENTS, part, strict=True)
    ]
    return SEGMENT_PLACES.checked(pd.DataFrame(rows))


@st.composite
def two_splits(draw) -> pd.DataFrame:
    """People dealt to units and sites, so that both ways of parting them agree about each segment."""
    people = draw(st.integers(20, 160))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    segment = rng.choice(3, people, p=rng.dirichlet(np.ones(3) * 4))
    tables = []
    for split in ("unit", "site"):
        place = rng.choice(draw(st.integers(1, 6)), people)
        dealt = pd.crosstab([f"{split} {i}" for i in place], [SEGMENTS[i] for i in segment]).stack()
        tables.append(dealt.rename("people").rename_axis(["place", "segment"]).reset_index().assign(split=split))
    return SEGMENT_PLACES.checked(pd.concat(tables)[list(SEGMENT_PLACES.columns)])


@given(two_splits(), st.integers(5, 12))
def test_no_small_count_can_be_worked_out(table, k):
    """From both tables shown, nobody can tell a count of 1 to k − 1 people more nearly than within k."""
    shown = crossed(table, k)
    parts, hidden = [], {}
    for split in sorted(set(shown.rows["split"])):
        told = shown.of(split)
        merged = table[table["split"] == split].assign(
            place=lambda rows, told=told: rows["place"].where(rows["place"].isin(told.index), REST)
        )
        parts.append(of_table(merged.rename(columns={"place": split}), [split, "segment"], "people", k))
        for place, row in told.iterrows():
            for segment, n in row.items():
                name = tuple(
                    ([] if segment == ALL else [("segment", segment)]) + ([] if place == ALL else [(split, place)])
                )
                hidden[tuple(sorted(name))] = pd.isna(n)
    if parts:
        cells = joined(parts)
        assert not recoverable(cells, np.array([hidden[name] for name in cells.names]), k).any()


def test_large_counts_are_all_shown():
    """Where every count is large enough nothing is held back, and margins are what the counts add up to."""
    table = crossed(counts([[10, 20, 30], [11, 12, 13]]), 5).of("unit")
    assert table.loc["unit 0"].tolist() == [10, 20, 30, 60]
    assert table.loc[ALL].tolist() == [21, 32, 43, 96]


def test_a_small_count_takes_three_others_with_it():
    """One small count is held back with one beside it, one under it and the one that closes the square."""
    table = crossed(counts([[3, 20, 30], [11, 12, 13], [14, 15, 16]]), 5).of("unit")
    assert int(table.isna().to_numpy().sum()) == 4
    assert pd.isna(table.loc["unit 0", "First third"])


def test_small_places_count_as_one():
    """A unit below the smallest group is not named: it stands with another that covers it."""
    table = crossed(counts([[1, 1, 1], [10, 10, 10], [20, 20, 20], [30, 30, 30]]), 5).of("unit")
    assert list(table.index) == ["unit 2", "unit 3", REST, ALL]
    assert table.loc[REST].tolist() == [11, 11, 11, 33]


def test_a_table_of_which_little_could_be_shown_is_left_out():
    """Of many small units nothing is shown; the sites, whose counts are large, are shown whole."""
    shown = crossed(counts([[2, 3, 4]] * 10, [[10, 15, 20], [10, 15, 20]]), 5)
    assert shown.of("unit").empty
    assert not shown.of("site").isna().to_numpy().any()


def test_only_the_gate_makes_counts():
    """A section cannot be handed counts that did not pass."""
    with pytest.raises(TypeError, match="crossed"):
        Crossed(counts([[10, 20, 30]]))
