"""Whether sensitive cells are protected, shown by tables that a reader cannot tell from the true one."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st
from random_tables import KINDS, K

from kithwork.disclosure.attack import bounds
from kithwork.disclosure.cells import Cells, partition
from kithwork.disclosure.protection import recoverable, witnesses

kinds = st.sampled_from(list(KINDS))
seeds = st.integers(0, 2**32 - 1)


def much(kind: str, seed: int) -> tuple[Cells, np.ndarray]:
    """A random table with its sensitive cells and about half of the others hidden."""
    cells = KINDS[kind](np.random.default_rng(seed))
    drawn = np.random.default_rng(seed).random(len(cells)) < 0.5
    return cells, (drawn | cells.sensitive | cells.hidden) & ~cells.fixed


@settings(max_examples=15)
@given(kinds, seeds)
def test_witnesses_are_tables_that_cannot_be_told_from_the_true_one(kind, seed):
    """Both are whole numbers from 0, agree with all that is shown and keep every sum; and they differ by K in the cell."""
    cells, hidden = much(kind, seed)
    found = witnesses(cells, hidden, np.flatnonzero(cells.sensitive & hidden), K)
    for cell, pair in found.spans.items():
        assert (pair >= 0).all()
        assert (pair[:, ~hidden] == cells.values[~hidden]).all()
        assert not (cells.relations @ pair.T).any()
        assert pair[1, cell] - pair[0, cell] >= K


@settings(max_examples=15)
@given(kinds, seeds)
def test_cells_without_witnesses_are_those_with_narrow_intervals(kind, seed):
    """Recoverable are the sensitive cells whose interval of whole tables spans fewer than K, each end sought alone."""
    cells, hidden = much(kind, seed)
    low, high = np.zeros(len(cells)), np.zeros(len(cells))
    low[hidden], high[hidden] = bounds(cells, hidden, whole=True)
    np.testing.assert_array_equal(recoverable(cells, hidden, K), cells.sensitive & (high - low < K))


def test_a_sensitive_cell_that_is_shown_is_recovered():
    """Nothing has to be worked out where it is printed."""
    cells = partition(pd.Series({"a": 3, "b": 20}), 23, K)
    assert recoverable(cells, cells.hidden, K).tolist() == [True, False, False, False]


def test_the_width_of_what_is_told_is_given():
    """Two small groups that add up to four can each be 0 to 4."""
    cells = partition(pd.Series({"a": 3, "b": 1, "c": 20}), 24, K)
    assert witnesses(cells, cells.hidden | cells.sensitive, [0, 1], K).narrow == {0: 4.0, 1: 4.0}
