"""What a reader can work out about cells that are not shown."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from random_tables import KINDS, K, frame, tables_like

from kithwork.disclosure.attack import bounds, exact, few_left
from kithwork.disclosure.cells import Cells, partition
from kithwork.disclosure.crosstable import of_table

kinds = st.sampled_from(list(KINDS))
seeds = st.integers(0, 2**32 - 1)


def investment() -> tuple[Cells, np.ndarray]:
    """The table of three activities by three regions by which Fischetti and Salazar (2000, *JASA* 95) show the attack.

    Hidden are activities II and III in regions A and C; activity II in region C, 22, is the sensitive one.
    """
    table = frame(np.array([[20, 50, 10], [8, 19, 22], [17, 32, 12]]), ["activity", "region"])
    cells = of_table(table, ["activity", "region"], "n", K)
    hidden = [(("activity", f"activity{i}"), ("region", f"region{j}")) for i in (1, 2) for j in (0, 2)]
    return cells, cells.mask(hidden)


def some(cells: Cells, seed: int) -> np.ndarray:
    """Cells hidden at random, those known to all and those published nowhere aside."""
    return (np.random.default_rng(seed).random(len(cells)) < 0.4) & ~cells.fixed & ~cells.hidden


def test_the_published_example():
    """A reader of the published example finds 5 to 30 for the sensitive cell; no cell follows.

    By hand: what it shares with region A in its row is 30; and above it, 34 less at most the 29 of activity III leaves 5.
    """
    cells, hidden = investment()
    low, high = bounds(cells, hidden)
    ends = dict(
        zip([name for name, hid in zip(cells.names, hidden, strict=True) if hid], zip(low, high, strict=True), strict=True)
    )
    assert ends[("activity", "activity1"), ("region", "region2")] == (5, 30)
    assert ends[("activity", "activity1"), ("region", "region0")] == (0, 25)
    assert not exact(cells, hidden).any()


def test_one_cell_hidden_alone_follows():
    """Hidden alone in its row, a cell is known exactly."""
    cells, hidden = investment()
    alone = hidden & (np.cumsum(hidden) == 1)
    low, high = bounds(cells, alone)
    assert (low == high).all()
    assert (exact(cells, alone) == alone).all()


@settings(max_examples=12)
@given(kinds, seeds)
def test_the_attack_finds_what_trying_every_table_finds(kind, seed):
    """The interval of whole tables is that over all tables that a reader cannot tell apart, listed one by one."""
    cells = KINDS[kind](np.random.default_rng(seed))
    hidden = some(cells, seed) | cells.hidden
    found = tables_like(cells, hidden, 200_000)
    assume(found is not None and found[1] and hidden.any())
    low, high = bounds(cells, hidden, whole=True)
    np.testing.assert_array_equal(low, found[0].min(axis=0))
    np.testing.assert_array_equal(high, found[0].max(axis=0))


@settings(max_examples=10)
@given(kinds, seeds)
def test_the_truth_lies_within_and_hiding_more_tells_less(kind, seed):
    """Every true count lies in its interval; a cell's interval is no narrower where more cells are hidden."""
    cells = KINDS[kind](np.random.default_rng(seed))
    hidden = some(cells, seed) | cells.hidden
    more = hidden | some(cells, seed + 1)
    low, high = bounds(cells, hidden)
    assert (low <= cells.values[hidden] + 1e-6).all()
    assert (high >= cells.values[hidden] - 1e-6).all()
    lower, higher = (ends[hidden[more]] for ends in bounds(cells, more))
    assert (lower <= low + 1e-6).all()
    assert (higher >= high - 1e-6).all()


@settings(max_examples=10)
@given(kinds, seeds)
def test_what_follows_by_algebra_has_an_interval_of_no_width(kind, seed):
    """A cell that the relations alone determine is exact in the attack too."""
    cells = KINDS[kind](np.random.default_rng(seed))
    hidden = some(cells, seed) | cells.hidden
    low, high = bounds(cells, hidden)
    follows = exact(cells, hidden)[hidden]
    np.testing.assert_allclose(low[follows], high[follows])
    assert not exact(cells, hidden)[~hidden].any()


def test_rounding_and_limits_widen_and_narrow():
    """A sum known to within 2 widens the interval by 2 either way; what no cell exceeds narrows it."""
    cells = partition(pd.Series({"a": 4, "b": 7, "c": 20}), 31, K)
    hidden = cells.mask([("", "a"), ("", "b")])
    assert [end.tolist() for end in bounds(cells, hidden)] == [[0, 0, 0], [11, 11, 11]]
    assert bounds(cells, hidden, slack=np.array([2]))[1].tolist() == [13, 13, 13]
    low, high = bounds(cells, hidden, upper=np.array([5, 8, 99, 0, 99]))
    assert [low.tolist(), high.tolist()] == [[3, 6, 0], [5, 8, 0]]


def test_a_cell_in_no_sum_is_not_bound():
    """Nothing is known of a cell that no relation names, but that it is not below 0."""
    cells, _ = investment()
    unbound = Cells(
        **({name: getattr(cells, name) for name in cells.__dataclass_fields__} | {"relations": cells.relations[:0]})
    )
    low, high = bounds(unbound, unbound.mask([()]))
    assert [low.tolist(), high.tolist()] == [[0], [np.inf]]


@pytest.mark.parametrize(("hidden", "few"), [(["a"], True), (["a", "b"], False), ([], False), (["c"], False)])
def test_what_the_groups_shown_leave(hidden, few):
    """Those in no group shown are few where their sum is 1 to K − 1."""
    cells = partition(pd.Series({"a": 4, "b": 7, "c": 20}), 31, K)
    assert few_left(cells, cells.mask([("", one) for one in hidden]), K).tolist() == [few]
